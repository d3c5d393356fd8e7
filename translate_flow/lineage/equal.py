"""Pieces of equal texts. What is said once is an anchor; what is repeated is paired
beside one in its row, then between two of them, then anywhere; and it is told where
another piece of the same text may be meant."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from translate_flow.lineage.likeness import Fragment
from translate_flow.lineage.links import Kind, Links

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

Key = Callable[[Fragment], str]
"""What is to be equal; nothing is like an empty one."""


class Equals:
    """Links what is free and has equal keys."""

    def __init__(
        self, links: Links, kind: Kind, old_key: Key, new_key: Key | None = None
    ) -> None:
        self.links, self.kind = links, kind
        self.olds = {i: old_key(links.old[i]) for i in links.free_old}
        self.news = {
            j: (new_key or old_key)(links.new[j])
            for j, found in enumerate(links.found)
            if found is None
        }
        self.values: dict[str, set[str]] = defaultdict(set)
        for i, key in self.olds.items():
            self.values[key].add(links.old[i].value)

    def run(self) -> None:
        """Link all that can be, the surest first."""
        self.uniques()
        self.beside()
        for olds, news in self.links.gaps():
            self.in_order(olds, news)
        self.anywhere()

    def uniques(self) -> None:
        """Link what has a key that nothing else has, on either side."""
        places = [_places(self.olds), _places(self.news)]
        for key, (i, *others) in places[0].items():
            news = places[1].get(key, ())
            if not others and len(news) == 1:
                self.links.link(self.kind, (i,), *news)

    def beside(self) -> None:
        """Link what stands beside its old neighbour: in its row one will do."""
        size = len(self.links.new)
        for step, order in ((1, range(size)), (-1, range(size - 1, -1, -1))):
            for j in order:
                at = self.after(j - step, step)
                if at is None or not self.fits(at, j):
                    continue
                row = self.links.new[j].row
                if (row and self.links.new[j - step].row == row) or self.after(
                    j + step, -step
                ) == at:
                    self.links.link(self.kind, (at,), j)

    def after(self, j: int, step: int) -> int | None:
        """Return which old piece stands beside the one that ``j`` descends from."""
        found = self.links.found[j] if 0 <= j < len(self.links.new) else None
        return None if found is None else found.ancestors[0] + step

    def fits(self, i: int, j: int) -> bool:
        """Whether both are free and have one key."""
        free = i in self.links.free_old and self.links.found[j] is None
        return free and self.olds.get(i) == self.news[j]

    def in_order(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Link what has the same key and stands in the same order between two anchors:
        for sure, if as many stand there as before, and nothing changed places there."""
        keys = [self.olds.get(i, "") for i in olds]
        others = [self.news[j] for j in news]
        pairs = [(olds[a], news[b]) for a, b in _common(keys, others)]
        had, have = Counter(keys), Counter(others)
        linked = Counter(self.news[j] for _, j in pairs)
        crossed = any(linked[key] < min(had[key], have[key]) for key in have)
        for i, j in pairs:
            key = self.news[j]
            sure = self.alike(key) or (had[key] == have[key] and not crossed)
            self.links.link(self.kind, (i,), j, sure=sure)

    def anywhere(self) -> None:
        """Link what is left of equal keys, each to the nearest in order."""
        places = _places(
            {i: k for i, k in self.olds.items() if i in self.links.free_old}
        )
        expected = 0
        for j in range(len(self.links.new)):
            known = self.links.found[j]
            if known is None and (candidates := places.get(self.news[j])):
                at = candidates.pop(_nearest(candidates, expected))
                sure = self.alike(self.news[j])
                self.links.link(self.kind, (at,), j, sure=sure)
                expected = at + 1
            elif known is not None:
                expected = known.ancestors[-1] + 1

    def alike(self, key: str) -> bool:
        """Whether it does not matter which of the old pieces with a key is meant."""
        return len(self.values[key]) < 2


def _places(keys: Mapping[int, str]) -> dict[str, list[int]]:
    """Return the indices that have a key, by key."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, key in keys.items():
        if key:
            found[key].append(at)
    return found


def _common(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the indices of a longest common subsequence, each as early as can be."""
    from rapidfuzz.distance import LCSseq

    if not {*one} & {*other}:
        return
    a = b = -1
    found = LCSseq.opcodes(one[::-1], other[::-1])
    ends = [len(one) - n for op in found if op.tag == "equal" for n in _span(op)]
    for at in reversed(ends):
        key = one[at - 1]
        a, b = one.index(key, a + 1), other.index(key, b + 1)
        yield a, b


def _span(op: Opcode) -> range:
    return range(op.src_start, op.src_end)


def _nearest(sorted_indices: Sequence[int], wanted: int) -> int:
    """Return the position in ``sorted_indices`` of the value nearest to ``wanted``."""
    right = bisect_left(sorted_indices, wanted)
    near = [k for k in (right, right - 1) if 0 <= k < len(sorted_indices)]
    return min(near, key=lambda k: abs(sorted_indices[k] - wanted))
