"""The words that an article has in its code."""

from __future__ import annotations

import re
from functools import cached_property

CODE = re.compile(
    r"(?ms)^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*(?P=fence)"
    r"|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|<code\b[^>]*>.*?</code>"
)
"""Code blocks and spans of an article."""

CODE_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
WORDS = re.compile(r"[A-Za-z]+")


class CodeWords:
    """The words in an article's own code, in small letters: whatever a dictionary
    says, they are words there. They are looked for when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __contains__(self, word: object) -> bool:
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        codes = [found[0] for found in CODE.finditer(self._text)]
        whole = {word.lower() for code in codes for word in WORDS.findall(code)}
        parts = {word.lower() for code in codes for word in CODE_WORD.findall(code)}
        return frozenset(whole | parts)
