"""Words and sentences of English and Korean pages, as far as edits need them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise
from typing import Literal

from translate_flow.text.mask import mask

Language = Literal["en", "ko"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""Words of a text that has been masked; Korean ones with their particles."""

HANGUL = re.compile("[가-힣]")
_COMMON = re.compile(r"\b(?:the|and|of|to|is|in|you|it|for|that|with|this)\b", re.I)
_END = re.compile(r"[.!?]['\"’”)\]*_]*(\s+)(?=[^\W\d_a-z]|[\"“'‘`*_\[(\0<])")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|No|Mr|Mrs|Dr|St|[A-Z]))\.$")
_PAIRS = (("[", "]"), ("(", ")"), ("“", "”"), ("‘", "’"), ("<", ">"), ("{", "}"))
_SINGLE = ("**", "__", "~~", '"', "`")
_OTHERS = re.compile(
    r"(?:^|/)(?:ar|bg|bn|ca|cs|da|de|el|es|fa|fi|fr|he|hi|hu|id|it|ja|ms|nl|no|pcm|pl"
    r"|pt|ro|ru|sv|sw|ta|th|tr|uk|vi|zh)(?:[-_]\w+)?(?=[/.])"
)
"""Folders of other languages, whose pages may be half English."""
INITIALS, VOWELS, FINALS = 19, 21, 28
_ALIKE = {1: 5, 5: 1, 3: 7, 7: 3, 11: 10, 10: 11, 4: 8, 8: 4, 13: 18, 18: 13, 20: 19}
"""Vowels that are mistaken for one another: ㅐ and ㅔ, ㅒ and ㅖ, ㅚ and ㅙ …"""


def language(text: str) -> Language | None:
    """Return the language of a page, or None if it is neither of ours."""
    letters = [c for c in mask(text) if c.isalpha()]
    if len(letters) < 200:
        return None
    hangul = sum(map(bool, map(HANGUL.match, letters))) / len(letters)
    if hangul > 0.35:
        return "ko"
    if sum(c.isascii() for c in letters) < 0.98 * len(letters):
        return None
    found = WORD.findall(text)
    return "en" if len(_COMMON.findall(text)) > 0.08 * len(found) else None


def is_of_others(path: str) -> bool:
    """Whether a page stands in the folder of a language that is none of ours."""
    return _OTHERS.search(path) is not None


def words(text: str) -> list[re.Match[str]]:
    """Return the words outside code, addresses and the like, with their places."""
    return list(WORD.finditer(mask(text)))


def count(text: str) -> int:
    """Return how many words a translator reads: what blanks part, code included."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; joined they are it. Quotes, brackets and markup
    that open in a sentence also close in it."""
    cuts, shown, start = [], mask(text), 0
    for found in _END.finditer(shown):
        before = shown[start : found.start() + 1]
        if _SHORT.search(before) or not _whole(shown[start : found.start(1)]):
            continue
        cuts.append(found.end(1))
        start = found.end(1)
    if not _whole(shown[start:]) and cuts:
        return [text]
    ends = [0, *cuts, len(text)]
    return [text[a:b] for a, b in pairwise(ends)]


def _whole(text: str) -> bool:
    pairs = all(text.count(a) == text.count(b) for a, b in _PAIRS)
    return pairs and not any(text.count(sign) % 2 for sign in _SINGLE)


def misspelt(
    word: str, dice: random.Random, known: Collection[str], tries: int = 8
) -> str | None:
    """Return a word with one slip of the hand in it that makes it no word.

    :param known: all words of the corpus.
    """
    slip = _slip_ko if HANGUL.match(word) else _slip_en
    for _ in range(tries):
        bad = slip(word, dice)
        if bad and bad != word and bad.lower() not in known:
            return bad
    return None


def _slip_en(word: str, dice: random.Random) -> str | None:
    if len(word) < 5 or not word.isascii():
        return None
    at = dice.randrange(1, len(word) - 1)
    how = dice.randrange(3)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:]


def _slip_ko(word: str, dice: random.Random) -> str | None:
    """Mistake a vowel, lose or add a final consonant, or swap two syllables."""
    if len(word) < 3 or not all(map(HANGUL.match, word)):
        return None
    at = dice.randrange(len(word) - 1)
    code = ord(word[at]) - ord("가")
    initial, rest = divmod(code, VOWELS * FINALS)
    vowel, final = divmod(rest, FINALS)
    how = dice.randrange(3)
    if how == 0 and vowel in _ALIKE:
        vowel = _ALIKE[vowel]
    elif how == 1:
        final = 0 if final else dice.choice((4, 8, 21))
    else:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    syllable = chr(ord("가") + (initial * VOWELS + vowel) * FINALS + final)
    return word[:at] + syllable + word[at + 1 :]


def stand_in(word: str, pool: Collection[str], dice: random.Random) -> str | None:
    """Return another word of the page that could stand where a word stands: with the
    same ending, and as long, if there is one."""
    if HANGUL.match(word):
        fits = [w for w in pool if w[-1] == word[-1] and HANGUL.match(w)]
    else:
        fits = [w for w in pool if w[-2:] == word[-2:]] or list(pool)
    fits = [w for w in fits if w.lower() != word.lower() and len(w) > 1]
    if not fits:
        return None
    near = sorted(fits, key=lambda w: (abs(len(w) - len(word)), w))
    chosen = dice.choice(near[:12])
    return chosen.capitalize() if word[:1].isupper() else chosen.lower()


def plain(text: str) -> str:
    """Return a text in NFC with line ends as they are in memory."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
