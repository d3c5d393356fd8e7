"""English words that no dictionary lists, built from what it has: *defund*, *onsite*,
*vaccinee*, *reshoring*. Who wrote one made no slip, and who read it understood it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PREFIXES = (
    "anti", "auto", "bio", "co", "counter", "cross", "cyber", "de", "dis", "down",
    "eco", "ex", "extra", "fore", "geo", "giga", "hyper", "in", "inter", "intra",
    "kilo", "macro", "mega", "micro", "mid", "milli", "mini", "mis", "mono", "multi",
    "nano", "neo", "non", "off", "on", "out", "over", "peta", "pico", "poly", "post",
    "pre", "pro", "proto", "pseudo", "quasi", "re", "semi", "sub", "super", "tele",
    "tera", "trans", "tri", "ultra", "un", "under", "uni", "up", "vice",
)  # fmt: skip

_SUFFIXES = (
    "able", "age", "al", "ance", "ation", "ed", "ee", "eer", "ees", "er", "ers", "ful",
    "hood", "ic", "ing", "ise", "ised", "ism", "ist", "ists", "ity", "ization", "ize",
    "ized", "less", "like", "ly", "ment", "ness", "or", "ors", "s", "ship", "some",
    "ward", "wards", "wise",
)  # fmt: skip

_NAMING = ("ol", "yl", "ane", "ene", "ide", "ine", "ite")
"""Endings by which names of substances differ: *propanol* is no slip of *propane*."""

_CONFUSED = (("ance", "ence"), ("able", "ible"), ("ant", "ent"), ("er", "or", "ar"))
"""Endings that sound alike: who wrote one meant the other."""

_STEM = 3
"""Fewest letters of what a word is built from."""

_HALF = 4
"""Fewest letters of each half of a word that is two."""

_COMMON = 3000
"""How often each half of such a word stands in the dictionary's texts."""

_DOUBLED = re.compile(r"(.)\1+")


def is_built(old: str, new: str, words: Mapping[str, int]) -> bool:
    """Whether a word that is in no dictionary may be one, and not ``new``, misspelt.

    :param old: in small letters.
    :param new: what stands in its place now. A form of the same word with the same
        ending (*occured*, *occurred*) shows that ``old`` was a slip after all.
    :param words: those of the dictionary, and how often they stand in its texts.
    """
    doubled = _DOUBLED.sub(r"\1", old) == _DOUBLED.sub(r"\1", new)
    if doubled and old.endswith("ee") == new.endswith("ee"):
        return False
    if any(old.endswith(one) and not new.endswith(one) for one in _NAMING):
        return True
    stems = (*_without_prefix(old, new), *_without_suffix(old, new))
    return any(stem in words for stem in stems) or _is_two(old, new, words)


def _is_two(old: str, new: str, words: Mapping[str, int]) -> bool:
    if sorted(old) == sorted(new):
        return False
    cuts = range(_HALF, len(old) - _HALF + 1)
    return any(min(words[old[:n]], words[old[n:]]) >= _COMMON for n in cuts)


def _without_prefix(old: str, new: str) -> Iterator[str]:
    for prefix in _PREFIXES:
        rest, other = old.removeprefix(prefix), new.removeprefix(prefix)
        if rest != old and len(rest) >= _STEM and not _sound_alike(rest, other):
            yield rest
            yield from (stem for stem in _without_suffix(rest, "") if len(stem) > _STEM)


def _without_suffix(old: str, new: str) -> Iterator[str]:
    """Yield what a word may be a form of, if ``new`` is no such form of the same."""
    for suffix in _SUFFIXES:
        stem = old.removesuffix(suffix)
        if stem != old and len(stem) >= _STEM and not _is_form(new, stem, suffix):
            yield stem
            if suffix[0] in "aeio":
                yield f"{stem}e"
                yield from (stem[:-1] for _ in range(stem[-1:] == stem[-2:-1]))


def _is_form(word: str, stem: str, suffix: str) -> bool:
    """Whether a word begins like a stem, a vowel or two aside, and ends alike."""
    alike = next((some for some in _CONFUSED if suffix in some), (suffix,))
    return word.endswith(alike) and word.startswith(stem[: max(_STEM, len(stem) - 3)])


def _sound_alike(one: str, other: str) -> bool:
    return any(
        one.endswith(here) and one.removesuffix(here) + there == other
        for some in _CONFUSED
        for here in some
        for there in some
        if here != there
    )
