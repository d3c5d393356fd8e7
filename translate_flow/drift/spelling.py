"""Whether an edit only mended a misspelt word: the old one is no word of its language,
and the new one is what everybody has read in its place. In doubt it did not.

Somebody translated what he read. Where another word is about as near to what stood
there, or a contrary one is (llegal: legal, illegal), nobody knows what that was.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from translate_flow.drift.building import is_built
from translate_flow.drift.lexicon import HANGUL, is_number, risks
from translate_flow.drift.opposites import contraries, opposed

LATIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
SHORT = 5
"""Letters of a word that may be a term: only its own letters are put right."""

COMMON = 3000
"""How often a word stands in the dictionary's texts if it is surely no name."""

RIVAL = 20
"""A word that is so many times as frequent would have been read instead."""

SURE = 15
"""A word that is so many times as frequent as another one equally near is read."""

RARE = 3
"""A slip of the rarest kind."""

_VOWELS = re.compile(r"[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")

_BRITISH = (
    ("ise", "ize"), ("ised", "ized"), ("ises", "izes"), ("ising", "izing"),
    ("isation", "ization"), ("our", "or"), ("ours", "ors"), ("oured", "ored"),
    ("ouring", "oring"), ("oural", "oral"), ("ouring", "oring"), ("tre", "ter"),
    ("tres", "ters"), ("ogue", "og"), ("ence", "ense"), ("lled", "led"),
    ("lling", "ling"), ("ller", "ler"), ("yse", "yze"), ("ysed", "yzed"),
    ("bour", "bor"), ("bours", "bors"), ("ourable", "orable"), ("ourite", "orite"),
)  # fmt: skip
"""Endings of words that a dictionary of American English lacks, and what it has."""


def is_mended(old: str, new: str, language: str) -> bool:
    """Whether ``new`` is ``old``, spelt rightly.

    :param old: one word, as it stood there.
    :param language: of the text; in Korean a Latin word may be anything.
    """
    if old == new or not old or not new:
        return False
    if HANGUL.search(old) and HANGUL.search(new):
        return _korean(old, new)
    if language.startswith("en") and LATIN.fullmatch(old) and LATIN.fullmatch(new):
        return _english(old, new)
    return False


def _korean(old: str, new: str) -> bool:
    from translate_flow.text.slips import mended, righted

    return mended(old, new) or new in (right := righted(old), "") or mended(right, new)


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)


def _english(old: str, new: str) -> bool:
    if old[:1].isupper() != new[:1].isupper() or old.isupper() != new.isupper():
        return False
    capital = old[:1].isupper()
    old, new = old.lower().replace("’", "'"), new.lower().replace("’", "'")
    distance = _distance(old, new)
    if not 0 < distance <= (2 if len(old) > SHORT else 1):
        return False
    if len(old) <= SHORT and set(old) != set(new):
        return False
    words = _dictionary()
    if capital and words[new] < COMMON // 3:
        return False
    if len(old) < 3 or is_word(old) or new not in words or is_built(old, new, words):
        return False
    return not _is_doubtful(old, new, distance)


def _is_doubtful(old: str, new: str, distance: int) -> bool:
    """Whether a misspelt word may have been read as another one than ``new``."""
    easy = _slip(old, new) < RARE
    for word, farther in contraries(new):
        near = _distance(old, word) <= distance + (0 if easy else farther)
        if near and (word.endswith(new) or is_word(word)):
            return True
    words = _dictionary()
    nearest = words.known(words.edit_distance_1(old)) - {new}
    if distance > 1:
        return bool(nearest) or any(
            _is_rival(word, old, new) for word in _two_off(old) if word != new
        )
    return any(_is_rival(word, old, new) for word in nearest)


def _is_rival(word: str, old: str, new: str) -> bool:
    """Whether a word that is as near to ``old`` as ``new`` is may have been read."""
    words = _dictionary()
    weighty = any(map(_is_weighty, (word, new)))
    if opposed(word, new) or (is_number(word) and is_number(new)):
        return True
    if not weighty and _is_inflected(*sorted((word, new), key=len)):
        return False
    short = weighty and len(old) <= SHORT
    as_near = short or _slip(old, word) <= _slip(old, new)
    return bool(words[word] * (SURE if as_near else 1 / RIVAL) > words[new])


def _is_weighty(word: str) -> bool:
    return bool(risks(word)) or is_number(word)


def _is_inflected(stem: str, word: str) -> bool:
    """Whether a word is a form of another one: who read one, understood the other."""
    form = word.removeprefix(stem)
    return len(stem) > SHORT and word != form and form in ("s", "d", "ed", "ing", "ly")


def _slip(old: str, word: str) -> int:
    """Return how rarely people slip so: 0 for *ie* and *ei*, 1 for letters in a wrong
    order, 2 for wrong or missing vowels and letters doubled or not, else ``RARE``."""
    if old.replace("ie", "ei") == word.replace("ie", "ei"):
        return 0
    if sorted(old) == sorted(word):
        return 1
    return 2 if old[0] == word[0] and _heard(old) == _heard(word) else RARE


def _heard(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _two_off(word: str) -> Iterator[str]:
    """Yield the words of the dictionary that are at most two slips away."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    for size in range(len(word) - 2, len(word) + 3):
        some = _by_length().get(size, ())
        found = extract_iter(word, some, scorer=OSA.distance, score_cutoff=2)
        yield from (other for other, _, _ in found)


def is_common(word: str) -> bool:
    """Whether an English word, whatever its capitals, is one of the language."""
    return word.isascii() and bool(_dictionary()[word.lower()] >= COMMON)


def is_listed(word: str) -> bool:
    """Whether the dictionary has a word, in small letters."""
    return word in _dictionary()


def is_near(old: str, new: str) -> bool:
    """Whether a name in Latin letters that no dictionary has is a slip or two from one
    that it has, or three of a long one."""
    long = min(len(old), len(new)) > SHORT and old[:1] == new[:1]
    if not (long and LATIN.fullmatch(old) and LATIN.fullmatch(new)):
        return False
    known = _dictionary()
    old, new = old.lower(), new.lower()
    slips = 3 if min(len(old), len(new)) > SHORT + 2 else 2
    return old not in known and new in known and _distance(old, new) <= slips


def is_word(word: str) -> bool:
    """Whether a lower-case word is one of English, American or British."""
    words = _dictionary()
    if word in words or word.removesuffix("'s") in words:
        return True
    return any(
        word.endswith(here) and word.removesuffix(here) + there in words
        for here, there in _BRITISH
    )


@lru_cache(maxsize=1)
def _by_length() -> dict[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    for word in _dictionary().word_frequency.dictionary:
        found[len(word)].append(word)
    return found


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en")
