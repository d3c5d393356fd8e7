"""Which old segments each new one descends from: the same text, an edited one, a part
of one that was split, several that were merged, or none.

Exact text first, then the text that a person took, then the text without markup; what
is left is compared, first between two anchors in document order, where order speaks
for it, then anywhere. A clear winner is needed: attaching the wrong translation is the
worst error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from translate_flow.lineage.equal import Equals
from translate_flow.lineage.likeness import FAR_WORDS, Fragment, Likeness
from translate_flow.lineage.links import Descent, Kind, Links, longest_rise
from translate_flow.state import collapse

__all__ = ["ADDED", "Descent", "Fragment", "lineage"]

LIKE = 0.5
"""Similarity from which a text between two anchors counts as edited."""

ALONE = 0.28
"""The same where one old and one new text of a kind are all that is left there."""

FAR_LIKE = 0.66
"""The same for a text that was edited and moved, too."""

MARGIN = 0.1
"""How far the best candidate must be ahead of the second best."""

FAR_MARGIN = 0.2
"""The same for a text that was edited and moved."""

WHOLE = 0.8
"""Similarity from which texts put together count as one that they were or became."""

CLOSER = 0.6
"""What several texts may differ, of what the best of them alone does."""

PARTS = 4
"""Most parts that a text is split into or merged from."""

APART = 3
"""How far apart parts may stand: something may have come between them."""

MOST_PARTS = 60
"""So many texts at most are tried as parts of one."""

MOST_PAIRS = 250_000
"""Most pairs compared at once; beyond it only texts that share rare words are."""

RARE = 8
"""In so many texts a word is still rare."""

SHORT = 3
"""So few words of a text are no text that could be confused with another one's."""

LONGEST = 8
"""Most words of what it became, or was."""

TWIN = 0.8
"""Similarity of texts that are versions of one."""

BLOCKS = ("prose", "heading")
"""Families of which one can become the other."""

_TAIL = re.compile(r"\s*\{[^{}]*\}\s*$")
_SIGNS = str.maketrans("“”‘’–—", "\"\"''--")
_MARKUP = re.compile(r"[*_`~]+|\]\(\s*[^()\s]*\s*\)|\]\[[^\]]*\]|[\[\]]|<[^<>]*>")
ADDED = Descent("added")


def lineage(old: Sequence[Fragment], new: Sequence[Fragment]) -> list[Descent]:
    """Return what each new piece descends from.

    An old piece is given once, or to all parts of a split.
    """
    return _Lineage(old, new).run()


class _Lineage(Links):
    def __init__(self, old: Sequence[Fragment], new: Sequence[Fragment]) -> None:
        super().__init__(old, new)
        self.likeness = Likeness()

    def run(self) -> list[Descent]:
        Equals(self, "same", _text).run()
        Equals(self, "edited", _accepted, _text).run()
        Equals(self, "edited", _bare).run()
        for olds, news in self.gaps():
            self.between(olds, news)
        for olds, news in self.gaps():
            self.rest(olds, news)
        self.far()
        Equals(self, "edited", _said).run()
        for olds, news in self.gaps():
            self.alone(olds, news)
            self.twins(olds, news)
        return self.with_moves()

    # --- between two anchors ------------------------------------------------

    def between(self, olds: list[int], news: list[int]) -> None:
        """Link what stands between two anchors and is clearly alike."""
        self.wholes(olds, news)
        self.best(self.scores(olds, news, LIKE - MARGIN), LIKE, MARGIN)

    def rest(self, olds: list[int], news: list[int]) -> None:
        """Link what is left between two anchors and is little alike, but of one kind:
        order speaks for it."""
        scores = {
            (i, j): score
            for score, i, j in self.scores(olds, news, ALONE - MARGIN)
            if self.old[i].kind == self.new[j].kind
        }
        pairs = list(zip(olds, news, strict=False))
        if len(olds) == len(news) and all(scores.get(p, 0) >= LIKE for p in pairs):
            for i, j in pairs:
                self.link("edited", (i,), j)
        self.best([(s, i, j) for (i, j), s in scores.items()], ALONE, MARGIN)

    def best(self, scores: Iterable[Score], least: float, margin: float) -> None:
        """Link the most similar first, if nothing else that is free comes near."""
        scores = list(scores)
        of_old, of_new = (
            defaultdict[int, list[Score]](list),
            defaultdict[int, list[Score]](list),
        )
        for found in scores:
            of_old[found[1]].append(found)
            of_new[found[2]].append(found)
        scores.sort(key=lambda s: (-s[0], abs(s[1] - s[2]), s[1]))
        for score, i, j in scores:
            if score < least or i not in self.free_old or self.found[j] is not None:
                continue
            rivals = [s for s, _, y in of_old[i] if y != j and self.found[y] is None]
            rivals += [s for s, x, _ in of_new[j] if x != i and x in self.free_old]
            if score - max(rivals, default=0.0) >= margin:
                self.link("edited", (i,), j)

    def scores(
        self, olds: Sequence[int], news: Sequence[int], least: float
    ) -> Iterator[Score]:
        """Yield pairs of one family that are similar, with their similarity."""
        for i, j in self.pairs(olds, news):
            old, new = self.old[i], self.new[j]
            if old.family == new.family:
                alike = self.likeness.of(old, new, least)
                if alike >= least:
                    yield alike, i, j

    def pairs(
        self, olds: Sequence[int], news: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        """Yield the pairs to compare: all, or where these are too many, those that
        share a rare word."""
        if len(olds) * len(news) <= MOST_PAIRS:
            yield from ((i, j) for i in olds for j in news)
            return
        having: dict[str, list[int]] = defaultdict(list)
        for j in news:
            for word in set(self.new[j].words):
                having[word].append(j)
        for i in olds:
            rare = (having.get(word, ()) for word in set(self.old[i].words))
            near = {j for found in rare if len(found) <= RARE for j in found}
            yield from ((i, j) for j in sorted(near))

    # --- split and merged ---------------------------------------------------

    def wholes(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Link texts that were split in several or merged from several, best first."""
        pairs = [
            (i, j)
            for i, j in self.pairs(olds, news)
            if self.old[i].family == self.new[j].family == "prose"
        ]
        found = [
            *((score, (i,), run) for score, i, run in self.put_together(pairs)),
            *(
                (score, run, (j,))
                for score, j, run in self.put_together(
                    [(j, i) for i, j in pairs], merged=True
                )
            ),
        ]
        for _, ancestors, heirs in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
            taken = any(self.found[j] is not None for j in heirs)
            if not taken and all(i in self.free_old for i in ancestors):
                kind: Kind = "split" if len(heirs) > 1 else "merged"
                self.link(kind, ancestors, *heirs)

    def put_together(
        self, pairs: Iterable[tuple[int, int]], *, merged: bool = False
    ) -> Iterator[tuple[float, int, tuple[int, ...]]]:
        """Yield texts of one side with those of the other that together are like them:
        similarity, index, indices.

        :param merged: whether the wholes are new and the parts old.
        """
        whole, part = (self.new, self.old) if merged else (self.old, self.new)
        near: dict[int, list[int]] = defaultdict(list)
        for n, k in pairs:
            if self.likeness.is_part(part[k], whole[n]):
                near[n].append(k)
        for n, parts in near.items():
            best = max(self.likeness.of(whole[n], part[k]) for k in parts)
            for run in self.runs(whole[n], part, parts):
                score = self.likeness.whole(whole[n], [part[k] for k in run])
                if score >= WHOLE and 1 - score <= CLOSER * (1 - best):
                    yield score, n, run

    def runs(
        self, whole: Fragment, pieces: Sequence[Fragment], near: Sequence[int]
    ) -> Iterator[tuple[int, ...]]:
        """Yield texts that stand near each other and together are about as long as
        another one; of a few words between them nothing is asked."""
        size = len(whole.words)
        waiting: list[tuple[tuple[int, ...], int]] = [
            ((n,), at) for at, n in enumerate(near[:MOST_PARTS])
        ]
        while waiting:
            run, at = waiting.pop()
            length = sum(len(pieces[n].words) for n in run)
            if len(run) > 1 and 0.75 * size <= length <= 1.3 * size:
                yield run
            if len(run) < PARTS and length < 1.3 * size:
                further = enumerate(near[at + 1 : at + 1 + PARTS], at + 1)
                waiting += [((*run, n), k) for k, n in further if n - run[-1] <= APART]

    def alone(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Link a lone old and a lone new short text of one kind that stand between the
        same neighbours: nobody would look for another ancestor, however unlike it."""
        for kind in {self.new[j].kind for j in news}:
            old = [i for i in olds if self.old[i].kind == kind]
            new = [j for j in news if self.new[j].kind == kind]
            if len(old) != 1 or len(new) != 1:
                continue
            sizes = sorted(
                len(one.words) for one in (self.old[old[0]], self.new[new[0]])
            )
            if sizes[0] <= SHORT and sizes[1] <= LONGEST:
                self.link("edited", (old[0],), new[0])

    def twins(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Link a text with the liker of two that are nearly the same as it, where none
        else stands between two anchors: someone merged two versions, and kept both."""
        if len(olds) + len(news) != 3 or not any(self.found):
            return
        found = [*self.scores(olds, news, TWIN)]
        if len(found) == len(olds) * len(news):
            _, i, j = max(found, key=lambda one: (one[0], -one[1], -one[2]))
            self.link("edited", (i,), j)

    # --- elsewhere ----------------------------------------------------------

    def far(self) -> None:
        """Link texts that were edited and moved."""
        free = [j for j, found in enumerate(self.found) if found is None]
        self.wholes(list(self.free_old), free)
        olds = [i for i in self.free_old if len(self.old[i].words) >= FAR_WORDS]
        news = [
            j
            for j, found in enumerate(self.found)
            if found is None and len(self.new[j].words) >= FAR_WORDS
        ]
        self.best(self.scores(olds, news, FAR_LIKE - FAR_MARGIN), FAR_LIKE, FAR_MARGIN)

    def with_moves(self) -> list[Descent]:
        """Return all descents; what is not in order with most others has moved."""
        linked = [(f.ancestors[0], j) for j, f in enumerate(self.found) if f]
        staying = longest_rise([i for i, _ in linked])
        moved = {j for n, (_, j) in enumerate(linked) if n not in staying}
        return [
            ADDED if found is None else replace(found, moved=j in moved)
            for j, found in enumerate(self.found)
        ]


Score = tuple[float, int, int]
"""Similarity (0–1) of an old and a new piece, and their indices."""


def _text(piece: Fragment) -> str:
    return collapse(piece.text)


def _accepted(piece: Fragment) -> str:
    return collapse(piece.accepted)


def _said(piece: Fragment) -> str:
    """Return what a paragraph, item or heading says, whatever its kind and signs; of
    anything else nothing."""
    return _bare(piece).partition("\0")[2] if piece.family in BLOCKS else ""


def _bare(piece: Fragment) -> str:
    """Return family and text without markup and attributes such as ``{ #id }``."""
    text = _MARKUP.sub("", _TAIL.sub("", piece.text)).translate(_SIGNS)
    return f"{piece.family}\0{collapse(text)}"
