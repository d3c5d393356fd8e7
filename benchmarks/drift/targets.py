"""Translations that can be told apart: each sentence says which segment it is of.

``⟦7⟧`` stands before every sentence of the translation of old segment 7; the words are
filler in the letters of the other language; code, addresses and numbers stay.
"""

from __future__ import annotations

import re
from zlib import crc32

from benchmarks.drift.language import HANGUL, WORD, sentences
from translate_flow.text.mask import mask

SYLLABLES = "나무바다소리구름마을사람하늘노래기차여름도시물결고래모래시계아침저녁"
LATIN = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti")
_NUMBER = re.compile(r"⟦(\d+)⟧")


def target(number: int, text: str) -> str:
    """Return the translation of an old segment.

    :param number: its index, which comes back from ``numbers``.
    """
    return "".join(_sentence(number, part) for part in sentences(text))


def numbers(text: str) -> tuple[int, ...]:
    """Return the old segments whose translations, or parts of them, a text has."""
    return tuple(dict.fromkeys(int(n) for n in _NUMBER.findall(text)))


def _sentence(number: int, text: str) -> str:
    shown, parts, done = mask(text), [f"⟦{number}⟧ "], 0
    for found in WORD.finditer(shown):
        parts += text[done : found.start()], _word(found[0])
        done = found.end()
    return "".join((*parts, text[done:]))


def _word(word: str) -> str:
    first = crc32(word.lower().encode())
    if HANGUL.search(word):
        return "".join(LATIN[(first + 7 * i) % len(LATIN)] for i in range(len(word)))
    size = max(1, (len(word) + 1) // 2)
    return "".join(SYLLABLES[(first + 7 * i) % len(SYLLABLES)] for i in range(size))
