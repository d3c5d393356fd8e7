"""Which old segment each new one descends from.

Exact text first (nearest in order where it is repeated), then text without its
attribute tail, then similarity, and that only between two anchors in document order and
only with a clear winner: attaching the wrong translation is the worst error.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from translate_flow.state import collapse

THRESHOLD = 60.0
"""Lowest similarity (rapidfuzz ratio, 0–100) at which a text counts as edited."""

MARGIN = 8.0
"""How far the best candidate must be ahead of the second best."""

WIDEST_GAP = 250_000
"""Most pairs compared between two anchors; beyond it only neighbours are."""

NEAR = 100
"""How far apart neighbours may stand, counted within the gap."""

_TAIL = re.compile(r"\s*\{[^{}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and its kind: all that lineage looks at."""

    text: str
    kind: str

    @property
    def family(self) -> str:
        """Kinds that an edit can turn into one another share a family."""
        word = self.kind.split(" ", 1)[0]
        return word if word in ("heading", "front", "cell", "alt", "title") else "prose"


Links = list[int | None]


def lineage(old: Sequence[Piece], new: Sequence[Piece]) -> Links:
    """Return for each new piece the index of the old one it descends from, or None.

    No old piece is given twice.
    """
    links: Links = [None] * len(new)
    _by_key(old, new, links, lambda piece: collapse(piece.text))
    _by_key(old, new, links, _bare)
    for olds, news in _gaps(len(old), links):
        _by_similarity(old, new, links, olds, news)
    return links


def _bare(piece: Piece) -> str:
    """Return family and text without an attribute tail such as ``{ #id }``."""
    return f"{piece.family}\0{collapse(_TAIL.sub('', piece.text))}"


def _by_key(
    old: Sequence[Piece],
    new: Sequence[Piece],
    links: Links,
    key: Callable[[Piece], str],
) -> None:
    """Link pieces with equal keys; where one is repeated, each to the nearest in
    order."""
    used = {i for i in links if i is not None}
    places: dict[str, list[int]] = defaultdict(list)
    for i, piece in enumerate(old):
        if i not in used:
            places[key(piece)].append(i)
    expected = 0
    for j, piece in enumerate(new):
        if links[j] is None and (candidates := places.get(key(piece))):
            links[j] = candidates.pop(_nearest(candidates, expected))
        expected = expected if (link := links[j]) is None else link + 1


def _nearest(sorted_indices: Sequence[int], wanted: int) -> int:
    """Return the position in ``sorted_indices`` of the value nearest to ``wanted``."""
    right = bisect_left(sorted_indices, wanted)
    near = [k for k in (right, right - 1) if 0 <= k < len(sorted_indices)]
    return min(near, key=lambda k: abs(sorted_indices[k] - wanted))


def _gaps(size: int, links: Links) -> Iterable[tuple[list[int], list[int]]]:
    """Yield (old indices, new indices) left free between two anchors in order."""
    used = {i for i in links if i is not None}
    low, news = 0, list[int]()
    for j, link in enumerate([*links, size]):
        if link is None:
            news.append(j)
            continue
        if link < low:
            continue
        olds = [i for i in range(low, link) if i not in used]
        if olds and news:
            yield olds, news
        low, news = link + 1, []


def _by_similarity(
    old: Sequence[Piece],
    new: Sequence[Piece],
    links: Links,
    olds: Sequence[int],
    news: Sequence[int],
) -> None:
    """Link the most similar first, if nothing else that is free comes near."""
    scores = list(_scores(old, new, olds, news))
    of_old: dict[int, list[Score]] = defaultdict(list)
    of_new: dict[int, list[Score]] = defaultdict(list)
    for found in scores:
        of_old[found[1]].append(found)
        of_new[found[2]].append(found)
    free_old, free_new = set(olds), set(news)
    for score, i, j in sorted(scores, key=lambda s: (-s[0], abs(s[1] - s[2]), s[1])):
        if score < THRESHOLD or i not in free_old or j not in free_new:
            continue
        rivals = [s for s, _, y in of_old[i] if y != j and y in free_new]
        rivals += [s for s, x, _ in of_new[j] if x != i and x in free_old]
        if score - max(rivals, default=0.0) >= MARGIN:
            links[j] = i
            free_old.discard(i)
            free_new.discard(j)


Score = tuple[float, int, int]
"""Similarity of an old and a new piece, and their indices."""


def _scores(
    old: Sequence[Piece],
    new: Sequence[Piece],
    olds: Sequence[int],
    news: Sequence[int],
) -> Iterator[Score]:
    """Yield the pairs of one family that are similar enough to count, as rivals at
    least; where there are too many pairs, of near ones only."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    near = len(news) if len(olds) * len(news) <= WIDEST_GAP else NEAR
    for a, i in enumerate(olds):
        family = old[i].family
        window = news[max(0, a - near) : a + near + 1]
        texts = {j: new[j].text for j in window if new[j].family == family}
        least = THRESHOLD - MARGIN
        text = old[i].text
        for _, score, j in extract(
            text, texts, scorer=ratio, score_cutoff=least, limit=None
        ):
            yield score, i, j
