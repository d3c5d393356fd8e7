"""Which words changed between two versions of a text. One home of diff-match-patch.

Words are encoded as single characters before they are compared, so that no difference
cuts a word or a Korean 어절 in two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

Op: TypeAlias = Literal["=", "-", "+"]
Diff: TypeAlias = tuple[tuple[Op, str], ...]
"""Pieces of both versions: ``=`` and ``-`` joined are the old one, ``=`` and ``+`` the
new one."""

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d]+(?:['’][^\W\d]+)*|\w+|\s+|[^\w\s]")
SENTENCE = re.compile(r".+?(?:[.!?…。]['\"’”)]*\s+|$)", re.DOTALL)
MOST_WORDS = 4_000
"""Beyond this many words of both versions, whole sentences are compared: comparing
costs their number times the number of differences."""

_OPS: dict[int, Op] = {0: "=", -1: "-", 1: "+"}
_FIRST = 0xF0000
"""Where the private characters begin that stand for words: no case, no blanks."""


def words(text: str) -> list[str]:
    """Return the words, numbers, blanks and signs of a text; joined they are it."""
    return WORD.findall(text)


def word_diff(before: str, after: str) -> Diff:
    """Return the differences between two texts, word by word; the same texts always
    give the same answer."""
    old, new = words(before), words(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    return _diff(old, new)


def fine_diff(before: str, after: str) -> Diff:
    """Return the fewest differences between two texts, word by word, however little
    stands between two of them."""
    old, new = words(before), words(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    return _diff(old, new, semantic=False)


def _diff(old: Sequence[str], new: Sequence[str], *, semantic: bool = True) -> Diff:
    from diff_match_patch import diff_match_patch

    codes: dict[str, str] = {}
    encoded = [
        "".join(codes.setdefault(word, chr(_FIRST + len(codes))) for word in side)
        for side in (old, new)
    ]
    decoded = {code: word for word, code in codes.items()}
    tool = diff_match_patch()
    tool.Diff_Timeout = 0
    found = tool.diff_main(*encoded, False)
    if semantic:
        tool.diff_cleanupSemantic(found)
    return tuple(
        (_OPS[op], "".join(map(decoded.__getitem__, text))) for op, text in found
    )
