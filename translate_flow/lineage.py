"""Which old segment each new one descends from.

Exact text first (nearest in order where it is repeated), then text without its
attribute tail, then similarity, and that only between two anchors in document order and
only with a clear winner: attaching the wrong translation is the worst error.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from translate_flow.state import collapse

THRESHOLD = 60.0
"""Lowest similarity (rapidfuzz ratio, 0–100) at which a text counts as edited."""

MARGIN = 8.0
"""How far the best candidate must be ahead of the second best."""

WIDEST_GAP = 250_000
"""Most pairs compared between two anchors; beyond it only neighbours are."""

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
    """Link pieces with equal keys: what is unique on both sides first, then what is
    repeated, each to the nearest in order."""
    used = {i for i in links if i is not None}
    places: dict[str, list[int]] = defaultdict(list)
    for i, piece in enumerate(old):
        if i not in used:
            places[key(piece)].append(i)
    waiting: dict[str, list[int]] = defaultdict(list)
    for j, piece in enumerate(new):
        if links[j] is None:
            waiting[key(piece)].append(j)
    for text, news in waiting.items():
        if len(news) == 1 and len(places.get(text, ())) == 1:
            links[news[0]] = places[text].pop()
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
    from rapidfuzz.fuzz import ratio

    scores: list[tuple[float, int, int]] = []
    for a, i in enumerate(olds):
        for b, j in enumerate(news):
            if len(olds) * len(news) > WIDEST_GAP and abs(a - b) > 100:
                continue
            if old[i].family == new[j].family:
                score = ratio(old[i].text, new[j].text, score_cutoff=THRESHOLD - MARGIN)
                if score:
                    scores.append((score, i, j))
    for score, i, j in sorted(scores, key=lambda s: (-s[0], abs(s[1] - s[2]), s[1])):
        if score < THRESHOLD or links[j] is not None or i in links:
            continue
        rivals = [
            s
            for s, x, y in scores
            if (x == i) != (y == j) and links[y] is None and x not in links
        ]
        if score - max(rivals, default=0.0) >= MARGIN:
            links[j] = i
