"""What is known so far of which new pieces descend from which old ones."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from translate_flow.lineage.likeness import Fragment

Kind = Literal["same", "edited", "split", "merged", "added"]


@dataclass(frozen=True, slots=True)
class Descent:
    """What a new piece descends from."""

    kind: Kind
    ancestors: tuple[int, ...] = ()
    """Indices of old pieces, in document order."""

    part: int = 0
    """Of a split: which part of its ancestor, from 0."""

    moved: bool = False
    """Whether it stands in another order than its neighbours."""

    sure: bool = True
    """Whether no other old piece of the same text may be meant, or it would not matter:
    all of them are worth the same."""


class Links:
    """Links that grow; an old piece is given once, or to all parts of a split."""

    def __init__(self, old: Sequence[Fragment], new: Sequence[Fragment]) -> None:
        self.old, self.new = old, new
        self.found: list[Descent | None] = [None] * len(new)
        self.free_old = dict.fromkeys(range(len(old)))

    def link(
        self, kind: Kind, ancestors: tuple[int, ...], *news: int, sure: bool = True
    ) -> None:
        """Note what new pieces descend from: parts of a split, if they are several."""
        for part, j in enumerate(news):
            self.found[j] = Descent(kind, ancestors, part, sure=sure)
        for i in ancestors:
            self.free_old.pop(i, None)

    def gaps(self) -> list[tuple[list[int], list[int]]]:
        """Return (old indices, new indices) left free between two anchors. What has
        moved is no anchor."""
        free = sorted(self.free_old)
        linked = [(f.ancestors[0], j) for j, f in enumerate(self.found) if f]
        staying = longest_rise([i for i, _ in linked])
        anchors = {j: i for n, (i, j) in enumerate(linked) if n in staying}
        anchors[len(self.new)] = len(self.old)
        found, low, news = [], 0, list[int]()
        for j in range(len(self.new) + 1):
            if (end := anchors.get(j)) is not None:
                olds = free[bisect_left(free, low) : bisect_left(free, end)]
                if olds and news:
                    found.append((olds, news))
                low, news = end + 1, []
            elif self.found[j] is None:
                news.append(j)
        return found


def longest_rise(values: Sequence[int]) -> set[int]:
    """Return the positions of a longest subsequence that never falls."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for n, value in enumerate(values):
        at = bisect_right(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [n]
    kept: set[int] = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        kept.add(n)
        n = before[n]
    return kept
