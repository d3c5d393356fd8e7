"""What an edit did to the constructs of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from translate_flow.drift.constructs import Construct, Layout
from translate_flow.drift.parts import unfenced
from translate_flow.text.worddiff import MOST_WORDS


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did to one construct: None stands for one that is not there."""

    old: Construct | None
    new: Construct | None

    @property
    def is_read(self) -> bool:
        """Whether an address came or went that is read among the words."""
        one = self.old if self.new is None else self.new if self.old is None else None
        return one is not None and one.kind == "address"

    @property
    def is_fence(self) -> bool:
        """Whether words became code, or code words."""
        one = self.old if self.new is None else self.new if self.old is None else None
        return one is not None and one.kind == "code"


def changes(old: Layout, new: Layout) -> tuple[Change, ...]:
    """Return how the constructs of a text became those of another version of it: those
    that stand at the same words belong together."""
    begins, ends = _mapped(old.words, new.words)
    rest = list(new.constructs)
    partners: dict[int, Construct] = {}
    for alike in (_same, _of_value, _of_kind, _of_ends):
        for n, one in enumerate(old.constructs):
            if n in partners:
                continue
            first, last = one.words
            place = (begins.get(first), ends.get(last))
            if first == last:
                place = (ends.get(last), ends.get(last))
            for other in rest:
                if other.words == place and alike(one, other):
                    partners[n] = other
                    rest.remove(other)
                    break
    for n, one in enumerate(old.constructs):
        there = ends.get(one.words[0])
        for other in rest:
            if n not in partners and other.words[0] == there and _is_fenced(one, other):
                partners[n] = other
                rest.remove(other)
                break
    pairs = [(one, partners.get(n)) for n, one in enumerate(old.constructs)]
    found = [Change(*pair) for pair in pairs if not pair[1] or not _same(*pair)]
    return (*found, *(Change(None, other) for other in rest))


def _mapped(
    old: Sequence[str], new: Sequence[str]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return where, between the words of a new version, what begins at a word of the
    old one begins, and where what ends before one ends."""
    begins, ends = {len(old): len(new)}, {0: 0}
    for op, a, b, c, d in _opcodes(old, new):
        if b - a == d - c:
            begins |= {a + n: c + n for n in range(b - a)}
            ends |= {a + n + 1: c + n + 1 for n in range(b - a)}
        elif op == "replace":
            begins[a], ends[b] = c, d
    return begins, ends


def _opcodes(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield how one list becomes another; what both begin and end with costs
    nothing."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if old[-n - 1] != new[-n - 1]), rest)
    ends = len(old) - tail, len(new) - tail
    yield "equal", 0, head, 0, head
    inner = old[head : ends[0]], new[head : ends[1]]
    if sum(map(len, inner)) <= MOST_WORDS:
        for op, *at in SequenceMatcher(None, *inner, autojunk=False).get_opcodes():
            a, b, c, d = (head + n for n in at)
            yield op, a, b, c, d
    yield "equal", ends[0], len(old), ends[1], len(new)


def _same(one: Construct, other: Construct | None) -> bool:
    return other is not None and one.written == other.written


def _of_value(one: Construct, other: Construct) -> bool:
    return (one.kind, one.value) == (other.kind, other.value)


def _of_kind(one: Construct, other: Construct) -> bool:
    return (one.kind, not one.closing) == (other.kind, not other.closing)


def _of_ends(one: Construct, other: Construct) -> bool:
    return bool(one.closing and other.closing)


def _is_fenced(one: Construct, other: Construct) -> bool:
    """Whether what looked like a tag became code, ``<T>``, or code a tag."""
    if {one.kind, other.kind} != {"tag", "code"}:
        return False
    code, tag = sorted((one, other), key=lambda it: it.kind)
    return unfenced(code.opening) == tag.opening
