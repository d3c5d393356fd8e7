"""The forms of an English word: president, presidents; plan, planned, planning."""

from __future__ import annotations

import re

HISS = re.compile("(?:s|x|z|ch|sh|o)$")
CONSONANT_Y = re.compile("[^aeiou]y$")
DOUBLED = re.compile("(?:^|[^aeiou]|qu)[aeiou][bdfgklmnprtvz]$")
IRREGULAR = {"man": "men", "child": "children", "foot": "feet", "tooth": "teeth"}
"""How words may end, and their plural."""


def forms(word: str, *, verb: bool) -> tuple[str, ...]:
    """Return a word and all that it may become at its end; some are no English, and
    harm nobody.

    :param word: ASCII letters; what is put behind is in small letters.
    :param verb: whether -ed and -ing may follow, too.
    """
    found = {word, *_plurals(word)}
    if verb:
        found |= _verbs(word)
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def _plurals(word: str) -> set[str]:
    low = word.lower()
    found = {word + "s"}
    if HISS.search(low):
        found.add(word + "es")
    if CONSONANT_Y.search(low):
        found.add(word[:-1] + "ies")
    if low.endswith("z"):
        found.add(word + "zes")
    if low.endswith("sis"):
        found.add(word[:-2] + "es")
    if low.endswith(("f", "fe")):
        found.add(word.removesuffix("e")[:-1] + "ves")
    for end, many in IRREGULAR.items():
        if low.endswith(end) and not low.endswith("human"):
            found.add(word[: -len(end)] + word[-len(end)] + many[1:])
    return found


def _verbs(word: str) -> set[str]:
    low = word.lower()
    if low.endswith("ie"):
        return {word + "d", word[:-2] + "ying"}
    if low.endswith("e"):
        ing = {word + "ing"} if low.endswith(("ee", "ye", "oe")) else set()
        return {word + "d", word[:-1] + "ing"} | ing
    if CONSONANT_Y.search(low):
        return {word[:-1] + "ied", word + "ing"}
    found = {word + "ed", word + "ing"}
    if low.endswith("c"):
        found |= {word + "ked", word + "king"}
    if DOUBLED.search(low):
        found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return found
