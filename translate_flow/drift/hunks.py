"""Changes within a text, as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from translate_flow.drift.lexicon import HANGUL
from translate_flow.text.worddiff import Diff

_DIGITS = re.compile(r"\d[\d.,]*$")


@dataclass(frozen=True, slots=True)
class Hunk:
    """A change within a text."""

    old: str
    new: str
    before: str
    """The text that both versions have just before it."""

    after: str


def hunks(diff: Diff) -> Iterator[Hunk]:
    """Yield changes as whole words: a word that is changed in part is changed."""
    groups = [
        (same, [*pieces])
        for same, pieces in groupby(diff, key=lambda piece: piece[0] == "=")
    ]
    texts = [
        ("".join(t for op, t in g if op != "+"), "".join(t for op, t in g if op != "-"))
        for _, g in groups
    ]
    for n, (same, _) in enumerate(groups):
        if same:
            continue
        before = texts[n - 1][0] if n else ""
        after = texts[n + 1][0] if n + 1 < len(texts) else ""
        old, new = texts[n]
        yield _with_digits(Hunk(old, new, before, after))


def _with_digits(hunk: Hunk) -> Hunk:
    """Return a change of a unit, 3억 → 3조, with the digits that it belongs to."""
    digits = _DIGITS.search(hunk.before)
    if digits is None or not (HANGUL.match(hunk.old) and HANGUL.match(hunk.new)):
        return hunk
    old, new = digits[0] + hunk.old, digits[0] + hunk.new
    return Hunk(old, new, hunk.before[: digits.start()], hunk.after)


def apart(hunk: Hunk) -> Iterator[Hunk]:
    """Yield a change word by word where as many words came as went, and none of them
    only changed its place."""
    old, new = hunk.old.split(), hunk.new.split()
    if len(old) != len(new) or len(old) < 2 or _moved(old, new):
        yield hunk
        return
    before = hunk.before
    for n, (one, other) in enumerate(zip(old, new, strict=True)):
        after = " ".join(("", *old[n + 1 :])) + hunk.after
        if one != other:
            yield Hunk(one, other, before, after)
        before = f"{one} " if n + 1 < len(old) else before


def _moved(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a word that went came again in another place."""
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return bool({one for one, _ in pairs} & {other for _, other in pairs})


def joined(hunks: Sequence[Hunk]) -> Iterator[tuple[str, str]]:
    """Yield the words that went and came; neighbours of one name as one."""
    old, new, end = "", "", None
    for hunk in hunks:
        if end is not None and hunk.before == f"{end} ":
            old, new = f"{old} {hunk.old}", f"{new} {hunk.new}"
        else:
            if end is not None:
                yield old.strip(), new.strip()
            old, new = hunk.old, hunk.new
        end = hunk.old
    yield old.strip(), new.strip()
