"""Whether an edit only mended a misspelt word: the old one is no word of its language,
and the new one is what everybody has read in its place. In doubt it did not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from translate_flow.drift.lexicon import HANGUL

LATIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
SHORT = 5
"""Letters of a word that may be a term: only its own letters are put right."""

COMMON = 3000
"""How often a word stands in the dictionary's texts if it is surely no name."""

RIVAL = 20
"""A word that is so many times as frequent would have been read instead."""

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
    from translate_flow.text.korean import mended, misspelt

    if mended(old, new):
        return True
    near = _distance(_letters(old), _letters(new)) <= 1
    return near and misspelt(old) and not misspelt(new)


def _letters(word: str) -> str:
    """Return a Korean word letter by letter as it is heard: 몇일 is ㅁㅕㅊㅣㄹ, so is
    며칠. Of words that differ in two letters one may be another word: 햇다, 하다."""
    from translate_flow.text.korean import jamo

    heard: list[str] = []
    for syllable in word:
        if HANGUL.match(syllable):
            onset, vowel, coda = jamo(syllable)
            heard += onset.replace("ㅇ", ""), vowel, coda.strip()
        else:
            heard.append(syllable)
    return "".join(heard)


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
    if _known(old) or new not in words or len(old) < 3:
        return False
    rivals = words.known(words.edit_distance_1(old))
    if distance > 1 and rivals:
        return False
    best = max((words[word] for word in rivals), default=0)
    return bool(best <= RIVAL * words[new])


def is_common(word: str) -> bool:
    """Whether an English word, whatever its capitals, is one of the language."""
    return word.isascii() and bool(_dictionary()[word.lower()] >= COMMON)


def _known(word: str) -> bool:
    words = _dictionary()
    if word in words or word.removesuffix("'s") in words:
        return True
    return any(
        word.endswith(here) and word.removesuffix(here) + there in words
        for here, there in _BRITISH
    )


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en")
