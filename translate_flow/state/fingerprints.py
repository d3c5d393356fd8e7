"""Fingerprints of texts, and how those of format 1 are read.

Format 1 had 32 bits, which two texts can be made to share. Such a fingerprint is taken
for the beginning of a whole one, and made whole by the texts of its own entry when that
is read: from then on only whole ones are compared.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from translate_flow.model import Accepted, Mark, Unit

DIGITS = 32
"""Hexadecimal digits of a fingerprint (128 bits)."""

SHORT = 8
"""What they were in format 1 (32 bits)."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def collapse(text: str) -> str:
    """Return the NFC text with runs of white space as one space, none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a source text, cut to 128 bits and blind to wrapping and
    white space."""
    return exact(collapse(text))


def exact(text: str) -> str:
    """Return the SHA-256 of a target text, cut to 128 bits, letter for letter."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def target_blocks(target: str) -> tuple[str, ...]:
    """Return the blocks of a target: blank lines part them."""
    return tuple(_BLANK_LINES.split(target.strip())) if target.strip() else ()


# --- of format 1 ------------------------------------------------------------


def names(known: str, whole: str) -> bool:
    """Whether a fingerprint, perhaps a short one, is that of a text.

    :param known: as it was written somewhere.
    :param whole: of the text.
    """
    return known == whole or (len(known) == SHORT and whole.startswith(known))


def same(known: Accepted, now: Accepted) -> bool:
    """Whether fingerprints, perhaps two short ones, are those of a source and a target.

    :param now: of the two texts.
    """
    alike = len(known.src) == len(known.tgt)
    return alike and names(known.src, now.src) and names(known.tgt, now.tgt)


def lengthened(unit: Unit, cover: str = "") -> Mark | None:
    """Return a unit's mark with whole fingerprints where its texts have them.

    Short ones count only where no fingerprint of the entry is whole, for we write no
    entry that mixes them: in one that does, ``tgt`` and ``draft`` are still heeded,
    because they only make a state worse.

    :param cover: the target of the unit that covers this one.
    """
    mark = unit.mark
    if mark is None or not is_short(mark):
        return mark
    sources = {fingerprint(t) for t in (unit.source, unit.previous) if t is not None}
    target = {exact(unit.target)} if unit.target else set()
    mark = replace(mark, tgt=_whole(mark.tgt, target), draft=_whole(mark.draft, target))
    if any(len(known) > SHORT for known in _of_state(unit.mark or mark)):
        return mark
    ok, covered = mark.ok, {exact(cover)} if cover else target
    blocks = [exact(block) for block in target_blocks(unit.target)]
    return replace(
        mark,
        src=_whole(mark.src, sources),
        flagged_for=_whole(mark.flagged_for, sources),
        ok=ok and Accepted(_whole(ok.src, sources), _whole(ok.tgt, covered)),
        added=",".join(_whole(known, blocks) for known in _added(mark)),
    )


def is_short(mark: Mark) -> bool:
    """Whether a mark has a fingerprint of format 1."""
    every = (*_of_state(mark), mark.draft, *_added(mark))
    return any(len(known) == SHORT for known in every)


def _of_state(mark: Mark) -> Iterator[str]:
    ok = mark.ok or Accepted("", "")
    yield from (mark.src, mark.tgt, mark.flagged_for, ok.src, ok.tgt)


def _added(mark: Mark) -> list[str]:
    return mark.added.split(",") if mark.added else []


def _whole(known: str, texts: Iterable[str]) -> str:
    if len(known) != SHORT:
        return known
    return next((whole for whole in texts if names(known, whole)), known)
