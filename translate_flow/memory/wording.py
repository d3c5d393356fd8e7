"""How alike two texts are, and the words by which texts that are alike are found."""

from __future__ import annotations

import re
from functools import lru_cache

from translate_flow.state import collapse

LONG_ENOUGH = 3
"""Syllables of a Korean word that counts as a whole, too."""

SHORT = 4
"""A text with fewer words is also found by letters, or one typing error would hide
it."""

LETTERS = 3
LONGEST = 40
"""Letters of a word that count: beyond that it is no word but code."""

BAR = "ǀ"
"""A letter that hardly any language has; a sign would not be taken into an index."""

_NO_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u318f\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
)
"""Letters of words that change at their end, or stand together without blanks."""

_WORD = re.compile(f"[{_NO_BLANKS}]+|[^\\W_{_NO_BLANKS}]+")
_PAIRED = re.compile(f"[{_NO_BLANKS}]")


def fold(text: str) -> str:
    """Return a text as it is compared: NFC, white space as one blank, no capitals."""
    return collapse(text).casefold()


def score(text: str, other: str) -> int:
    """Return how alike two texts are, 0 to 100.

    Both are folded; ``d`` letters must be put in, taken out or exchanged to make one
    of the other, the longer of which has ``m``: the score is ``100 * (m - d) / m``,
    rounded down. It is 100 only if the texts are the same, white space aside: those
    that differ in capitals alone have 99.
    """
    from rapidfuzz.distance import Levenshtein

    one, two = fold(text), fold(other)
    longest = max(len(one), len(two))
    if one == two:
        return 100 if collapse(text) == collapse(other) else 99
    return 100 * (longest - Levenshtein.distance(one, two)) // longest


def tokens(folded: str) -> set[str]:
    """Return what a folded text is found by: its words, and of Korean (Chinese,
    Japanese) ones pairs of syllables, since their ends change."""
    words = _WORD.findall(folded)
    found: set[str] = set()
    found.update(*map(_parts, words))
    if len(words) < SHORT:
        found.update(_letters("".join(words)))
    return found


@lru_cache(maxsize=1 << 15)
def _parts(word: str) -> tuple[str, ...]:
    word = word[:LONGEST]
    if not _PAIRED.match(word):
        return (word,)
    pairs = [word[n : n + 2] for n in range(max(1, len(word) - 1))]
    return (*pairs, word) if len(word) >= LONG_ENOUGH else tuple(pairs)


def _letters(text: str) -> set[str]:
    """Return each three letters in a row, marked so that they are no words."""
    ends = range(max(1, len(text) - LETTERS + 1)) if text else ()
    return {f"{BAR}{text[n : n + LETTERS]}" for n in ends}


def is_letters(token: str) -> bool:
    """Whether a token is three letters in a row, not a word."""
    return token.startswith(BAR)
