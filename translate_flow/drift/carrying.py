"""What an edit of the source can do to a translation by itself: a link, a code span or
an attribute tail exchanged in the target as it was in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate_flow.drift.classes import Evidence
from translate_flow.drift.parts import TAIL, labels, taken_apart
from translate_flow.text.pieces import pieces

KEPT = frozenset({"cosmetic", "spelling"})
"""Classes that touch no translation."""

_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_URL = re.compile(
    r"(?P<before>\]\(\s*<?)(?P<url>[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)"
)


_OPENED = re.compile(r"[*_~\"'”’\])]*\s?[(（\[]")
_READING = re.compile(
    r"[*_~\"'”’]*(?:\]\([^()\s]*\))?"
    r"(?:[(（](?![으이은는을를가와과][)）])|\s[(（](?=[^()（）]*[가-힣]))"
)
"""What says how a value is read, or what it is called, too: Ryanair(라이언에어)."""
_BRACKETED = re.compile(r"[(（][*_~\"'“‘\[]*$")
_NAMED = re.compile(r"[^\s(（][(（][*_~\"'“‘\[]*$")
"""What stands before a value that is in brackets itself: 라이언에어(Ryanair)."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a value stands in a target."""

    start: int
    end: int
    value: str
    whole: tuple[int, int] = (0, 0)
    """Of a link without a title: its end, from the bracket on."""


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
    codes = [e for e in others if e.drift_class == "code"]
    links = [e for e in others if e.drift_class == "link"]
    notes = [e for e in others if _NOTE.fullmatch(e.old) and _NOTE.fullmatch(e.new)]
    if len(others) > len(codes) + len(links) + len(notes):
        return None
    done = _renumbered(target, old.notes, new.notes) if notes else target
    done = done and _readdressed(done, links, old.addresses)
    for evidence in codes:
        if old.codes.count(evidence.old) != 1:
            return None
        done = done and _exchanged(before, done, evidence, both=proposing)
    return _with_tail(done, old.tail, new.tail) if done and tail_only else done


def _exchanged(
    source: str, target: str, evidence: Evidence, *, both: bool
) -> str | None:
    """Exchange code in a target, if it stands there once and is not explained."""
    from translate_flow.text.korean import exchanged

    spots = [spot for spot in _codes(target) if spot.value == evidence.old]
    if len(spots) != 1 or not evidence.new:
        return None
    spot = spots[0]
    if is_explained(source, target, evidence.old, (spot.start, spot.end)):
        return None
    return exchanged(target, spot.start, spot.end, evidence.new, both=both)


def _readdressed(
    target: str, found: Sequence[Evidence], addresses: Sequence[str]
) -> str | None:
    """Exchange addresses and labels of links in a target, all at once: labels that were
    renumbered move up. Each must stand in source and target once; a label that is also
    what is shown, ``[Android kit]``, in the target alone.

    :param addresses: those of the old source.
    """
    spots = list(_addresses(target))
    edits: list[tuple[int, int, str]] = []
    for evidence in found:
        if evidence.old.startswith("[") and evidence.old not in addresses:
            if target.count(evidence.old) != 1:
                return None
            at = target.index(evidence.old)
            edits.append((at, at + len(evidence.old), evidence.new))
            continue
        mine = [spot for spot in spots if spot.value == evidence.old]
        if not evidence.new or not len(mine) == addresses.count(evidence.old) == 1:
            return None
        new, (start, end) = evidence.new, (mine[0].start, mine[0].end)
        if evidence.old.startswith("[") != new.startswith("["):
            start, end = mine[0].whole
            new = f"]{new}" if new.startswith("[") else f"]({new})"
        if start == end:
            return None
        edits.append((start, end, new))
    for start, end, new in sorted(edits, reverse=True):
        target = target[:start] + new + target[end:]
    return target


def _renumbered(target: str, old: Sequence[str], new: Sequence[str]) -> str | None:
    """Exchange footnote marks in a target as they were exchanged in its source."""
    exchanged = dict(zip(old, new, strict=True))
    spots = [(p.start, p.end) for p in pieces(target, {}) if p.kind == "note"]
    same = [exchanged[mark] for mark in old] == [*new]
    marks = [target[start:end] for start, end in spots]
    if not same or sorted(marks) != sorted(old):
        return None
    for (start, end), mark in reversed([*zip(spots, marks, strict=True)]):
        target = target[:start] + exchanged[mark] + target[end:]
    return target


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


def _codes(target: str) -> Iterator[_Spot]:
    for piece in pieces(target, {}):
        if piece.kind in ("code", "shortcode", "placeholder", "maths"):
            yield _Spot(piece.start, piece.end, target[piece.start : piece.end])


def _addresses(target: str) -> Iterator[_Spot]:
    """Yield the addresses in a target, and the labels of its links in brackets."""
    for piece in pieces(target, labels(target)):
        own = target[piece.start : piece.end]
        if piece.kind == "address":
            at = piece.start + (1 if own.startswith("<") else 0)
            yield _Spot(at, at + len(piece.address), piece.address)
        elif piece.kind in ("link", "image") and piece.role == "close":
            found = _URL.match(own)
            if found and found["url"] == piece.address:
                start = piece.start + found.start("url")
                end, url = start + len(found["url"]), found["url"]
                bare = target[end : piece.end].strip() in (")", ">)")
                whole = (piece.start, piece.end) if bare else (0, 0)
                yield _Spot(start, end, url, whole)
            elif own[1:] == piece.address:
                whole = (piece.start, piece.end)
                yield _Spot(piece.start + 1, piece.end, piece.address, whole)


def _with_tail(target: str, old: str, new: str) -> str | None:
    """Exchange the attribute tail of a target; None if it is not the source's."""
    found = TAIL.search(target)
    own = found[0].strip() if found else ""
    if own != old:
        return None
    bare = target[: found.start()] if found else target
    if not new:
        return bare
    blank = (found["blank"] if found else "") or " "
    return f"{bare.rstrip()}{blank}{new}"
