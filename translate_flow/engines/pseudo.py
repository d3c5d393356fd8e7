"""An engine for trying things out: offline, and the same every time.

It translates nothing. Its texts have the rhythm of their source in the letters of the
target language, and begin with a mark that no translation begins with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from translate_flow.engines.engine import Assignment, ByText, Passage
from translate_flow.engines.settings import checked
from translate_flow.text.filler import filler
from translate_flow.wire.network import Patience

NAME = "pseudo"
WORD = re.compile(r"[^\W\d_]+")
SYLLABLES = "나무바다소리구름마을사람하늘노래기차여름도시물결고래모래시계아침저녁"
ENDING = "다"
HANGUL = re.compile("[가-힣]")
ACCENTS = str.maketrans("aceeiosuzACEEIOSUZnyghtrl", "àçéëîõšüžÀÇÉËÎÕŠÜŽñýğħţřł")
CONSONANTS, VOWELS = "bdghklmnprstv", "aeiou"


@dataclass(frozen=True, slots=True)
class Pseudo(ByText):
    """Writes filler word for word."""

    name: str = NAME
    remote: bool = False
    where: str = ""
    limit: int = 0
    batch: int = 1
    takes_terms: bool = False
    options: str = ""
    keys: tuple[str, ...] = ()

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[str]:
        """Return filler in the letters of the target language, as ``Engine`` says."""
        return [_filler(passage.text, assignment.target) for passage in passages]


def _filler(text: str, target: str) -> str:
    core = text.strip()
    if not core:
        return text
    korean = target.lower().split("-")[0] == "ko"
    words = WORD.sub(_hangul if korean else _latin, core)
    start = text.index(core)
    return text[:start] + filler(words, target) + text[start + len(core) :]


def _hangul(found: re.Match[str]) -> str:
    """Return half as many syllables as a word has letters; a sentence ends in 다."""
    word = found[0]
    size = max(1, (len(word) + 1) // 2)
    first = crc32(word.lower().encode())
    text = "".join(SYLLABLES[(first + 7 * i) % len(SYLLABLES)] for i in range(size))
    ends = found.string[found.end() : found.end() + 1] in (".", "!", "?")
    return text[:-1] + ENDING if ends else text


def _latin(found: re.Match[str]) -> str:
    """Return a word with accents, and a Hangul word first in Latin syllables."""
    return HANGUL.sub(_syllable, found[0]).translate(ACCENTS)


def _syllable(found: re.Match[str]) -> str:
    number = ord(found[0]) - ord("가")
    return CONSONANTS[number // 588 % 13] + VOWELS[number // 28 % 5]


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> Pseudo:
    """Make the engine.

    :raises FlowError: for any setting: it has none.
    """
    checked(NAME, settings, ())
    return Pseudo()
