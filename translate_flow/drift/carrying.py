"""What an edit of the source can do to a translation by itself: a link, a code span or
an attribute tail exchanged in the target as it was in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate_flow.drift.classes import Evidence
from translate_flow.drift.parts import taken_apart
from translate_flow.text.pieces import pieces

KEPT = frozenset({"cosmetic", "spelling"})
"""Classes that touch no translation."""

CARRIED = frozenset({"code", "link"})
"""Classes whose edit may be done in the target, too."""

_TAIL = re.compile(r"(?P<blank>\s*)\{:?[ \t]*[#.][^{}\n]*\}\s*$")
_URL = re.compile(
    r"(?P<before>\]\(\s*<?)(?P<url>[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)"
)


_OPENED = re.compile(r"[*_~\"'”’\])]*\s?[(（\[]")
_READING = re.compile(r"[*_~\"'”’]*(?:\]\([^()\s]*\))?\s?[(（][^()（）]*[가-힣]")
"""What says how a value is read: Ryanair(라이언에어)."""
_BRACKETED = re.compile(r"[(（][*_~\"'“‘\[]*$")
_NAMED = re.compile(r"[^\s(（][(（][*_~\"'“‘\[]*$")
"""What stands before a value that is in brackets itself: 라이언에어(Ryanair)."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a value stands in a target."""

    start: int
    end: int
    value: str


def is_kept(found: Sequence[Evidence]) -> bool:
    """Whether an edit leaves every translation right."""
    return bool(found) and all(e.drift_class in KEPT for e in found)


def carried(
    before: str,
    after: str,
    target: str,
    found: Sequence[Evidence],
    *,
    proposing: bool = False,
) -> str | None:
    """Return the target with the edit of its source done to it, or None if that is not
    certain: each old value must stand in source and target exactly once, and how the
    new one is read must be known if a Korean particle follows.

    :param found: what ``classify`` says of the edit.
    :param proposing: for a person to look at: a particle of which nobody knows the form
        is written in both.
    """
    old, new = taken_apart(before), taken_apart(after)
    tail_only = [e for e in found if (e.old, e.new) == (old.tail, new.tail)]
    others = [e for e in found if e not in tail_only and e.drift_class not in KEPT]
    if old.tail == new.tail:
        others, tail_only = [*others, *tail_only], []
    if not (others or tail_only):
        return None
    for evidence in others:
        if evidence.drift_class not in CARRIED or not evidence.old or not evidence.new:
            return None
        values = old.codes if evidence.drift_class == "code" else old.addresses
        if values.count(evidence.old) != 1:
            return None
        exchanged = _exchanged(before, target, evidence, both=proposing)
        if exchanged is None:
            return None
        target = exchanged
    return _with_tail(target, old.tail, new.tail) if tail_only else target


def _exchanged(
    source: str, target: str, evidence: Evidence, *, both: bool
) -> str | None:
    """Exchange one value in a target, if it stands there once and is not explained."""
    from translate_flow.text.korean import exchanged

    spots = [
        spot
        for spot in _spots(target, evidence.drift_class)
        if spot.value == evidence.old
    ]
    if len(spots) != 1:
        return None
    spot = spots[0]
    if evidence.drift_class == "code":
        if is_explained(source, target, evidence.old, (spot.start, spot.end)):
            return None
        return exchanged(target, spot.start, spot.end, evidence.new, both=both)
    return target[: spot.start] + evidence.new + target[spot.end :]


def is_explained(source: str, target: str, value: str, span: tuple[int, int]) -> bool:
    """Whether a target says in brackets how a value is read, or says it in brackets
    beside what it is read as, and the source does not: what stands there would not fit
    another value."""
    start, end = span
    at = source.find(value)
    behind = source[at + len(value) :]
    said = _READING.match(target, end) and not _OPENED.match(behind)
    named = _NAMED.search(target[:start]) and not _BRACKETED.search(source[:at])
    return bool(said or named)


def _spots(target: str, named: str) -> Iterator[_Spot]:
    for piece in pieces(target, {}):
        own = target[piece.start : piece.end]
        if named == "code":
            if piece.kind in ("code", "shortcode", "placeholder", "maths"):
                yield _Spot(piece.start, piece.end, own)
        elif piece.kind == "address":
            at = piece.start + (1 if own.startswith("<") else 0)
            yield _Spot(at, at + len(piece.address), piece.address)
        elif piece.kind in ("link", "image") and piece.role == "close":
            found = _URL.match(own)
            if found and found["url"] == piece.address:
                start = piece.start + found.start("url")
                yield _Spot(start, start + len(found["url"]), found["url"])


def _with_tail(target: str, old: str, new: str) -> str | None:
    """Exchange the attribute tail of a target; None if it is not the source's."""
    found = _TAIL.search(target)
    own = found[0].strip() if found else ""
    if own != old:
        return None
    bare = target[: found.start()] if found else target
    if not new:
        return bare
    blank = (found["blank"] if found else "") or " "
    return f"{bare.rstrip()}{blank}{new}"
