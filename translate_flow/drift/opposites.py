"""Words that say the contrary of one another, or count in other units: one in place of
the other turns a sentence round. In English and Korean.

English antonyms are those of WordNet (``antonyms.txt`` says of which, and under which
licence); what people exchange besides, and Korean, is our own (``opposites.txt``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import permutations, product, starmap
from typing import TypeAlias

from translate_flow.drift.lexicon import HANGUL, PARTICLES

_ENDS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
    ("d", ""),
    ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"),
    ("ly", ""), ("ily", "y"), ("'s", ""),
)  # fmt: skip
_NOUN = re.compile(
    r"들?(?:$|[하한할합했해되된될됩됐돼적성형용값측쪽식순]|시키|자$)|입니다|이[다며고]|[인일]"
)
"""What may follow a Korean noun that is no particle."""
FIRST, CODAS = 0xAC00, 28
"""The first syllable, and how many begin alike."""

NIEUN, LIEUL, MIEUM, BIEUP = 4, 8, 16, 17
"""Codas in the order of Unicode."""

_FIGURE = re.compile(r"^[\d.,]+")

NEGATING = ("un", "in", "im", "il", "ir", "non", "dis", "mis", "de", "anti")
"""What makes a word say the contrary when it is put before it."""

WITHOUT = re.compile(
    r"a(?:typical|moral|politic|sexual|symmetr|theis|social|religious|gnostic|cyclic"
    r"|synchron|septic|rhythm|periodic|morphous|historic|chromatic|partisan)"
)
"""Words before which *a-* says the contrary, as it does not in *along*."""

_NEGATING_KO = re.compile(r"[불비무미몰](?=[가-힣]{2})")


def opposed(old: str, new: str) -> bool:
    """Whether two words say the contrary of one another, or are other units."""
    old, new = (word.lower().strip("-") for word in (old, new))
    figures = [_FIGURE.match(word) for word in (old, new)]
    if figures[0] and figures[1] and figures[0][0] == figures[1][0]:
        old, new = old[figures[0].end() :], new[figures[1].end() :]
        if other_unit(old, new):
            return True
    short, long = sorted((old, new), key=len)
    if not short or short == long:
        return False
    if (
        len(short) > 2 - bool(HANGUL.match(short))
        and long.endswith(short)
        and _negates(long, long.removesuffix(short))
    ):
        return True
    if HANGUL.match(short) and HANGUL.match(long):
        return _opposed_in_korean(old, new)
    return any(starmap(_are_antonyms, product({*_lemmas(old)}, {*_lemmas(new)})))


_NONE: frozenset[str] = frozenset()


def other_unit(old: str, new: str) -> bool:
    """Whether behind a figure one unit came for another."""
    signs = _units()
    return old.lower() != new.lower() and new.lower() in signs.get(old.lower(), _NONE)


def _negates(word: str, prefix: str) -> bool:
    if prefix.rstrip("-") in NEGATING or (prefix == "a" and WITHOUT.match(word)):
        return True
    return bool(_NEGATING_KO.match(word)) and len(prefix) == 1


def _lemmas(word: str) -> Iterator[str]:
    """Yield what a word may be a form of, itself first."""
    yield word
    if word in (irregular := _irregular()):
        yield irregular[word]
    for ending, instead in _ENDS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield stem + instead
            if ending in ("ed", "ing", "er", "est") and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


def _opposed_in_korean(old: str, new: str) -> bool:
    nouns = _nouns()
    theirs = {*_stems(new)}
    if any(theirs & nouns.get(one, _NONE) for one in _stems(old)):
        return True
    return any(
        old.startswith(a)
        and new.startswith(b)
        and old[len(a) :][-1:] == new[len(b) :][-1:]
        and (old == a or len(old) > len(a))
        for a, b in _verbs()
    )


def _forms(stem: str) -> tuple[str, ...]:
    """Return how a Korean verb begins before its endings: 끄, 끈, 끈다, 끌, 끕, 끔,
    끄는 and 읽, 읽은, 읽는다, 읽을, 읽습, 읽음, 읽는."""
    end = (ord(stem[-1]) - FIRST) % CODAS
    if end == LIEUL:
        stem, root = stem[:-1] + chr(ord(stem[-1]) - end), stem
    elif end:
        return (stem, *(stem + e for e in ("은", "는다", "을", "습", "음", "는")))
    else:
        root = stem
    n, lieul, m, p = (
        stem[:-1] + chr(ord(stem[-1]) + coda) for coda in (NIEUN, LIEUL, MIEUM, BIEUP)
    )
    return (root, n, f"{n}다", lieul, p, m, f"{stem}는")


def _stems(word: str) -> Iterator[str]:
    """Yield the noun that a Korean word may be a form of."""
    word = re.sub(r"[^가-힣]+$", "", word)
    yield word
    yield PARTICLES.sub("", word)
    for at in range(1, len(word)):
        if _NOUN.match(word[at:]):
            yield word[:at]


# --- what a slip may have been -----------------------------------------------


def _both_ways(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (*pairs, *((other, one) for one, other in pairs))


_EXCHANGED = _both_ways(
    ("in", "ex"), ("im", "ex"), ("im", "em"), ("in", "de"), ("en", "dis"), ("en", "un"),
    ("a", "de"), ("ap", "dep"), ("as", "des"), ("ac", "de"), ("inter", "intra"),
    ("hyper", "hypo"), ("macro", "micro"), ("maxi", "mini"), ("maj", "min"),
    ("pre", "post"), ("pre", "pro"), ("over", "under"), ("up", "down"),
    ("super", "sub"), ("in", "out"), ("bi", "tri"), ("bi", "uni"), ("uni", "tri"),
    ("bi", ""), ("tri", ""),
    ("semi", "bi"), ("mono", "poly"), ("homo", "hetero"), ("endo", "exo"),
    ("ante", "anti"), ("pro", "anti"), ("kilo", "mega"), ("centi", "milli"),
    ("e", "im"), ("a", "im"), ("a", "e"), ("en", "in"), ("app", "dep"), ("mis", "dis"),
    ("north", "south"), ("east", "west"),
)  # fmt: skip
"""How words begin of which one often says the contrary of the other."""

_EXCHANGED_ENDS = _both_ways(
    ("er", "ee"), ("or", "ee"), ("ful", "less"), ("teen", "ty")
)
"""How such words end."""


def contraries(word: str) -> Iterator[tuple[str, int]]:
    """Yield what an English word would be if it said the contrary, whether there is
    such a word or not, and how much farther off than the word itself that may be from
    a slip for which both were meant: a lost prefix is easily more than one slip."""
    for prefix in NEGATING:
        if not word.startswith(prefix):
            yield prefix + word, 1
        elif len(word) > len(prefix) + 2:
            yield word.removeprefix(prefix), 1
    if WITHOUT.match(word):
        yield word[1:], 0
    elif WITHOUT.match("a" + word):
        yield "a" + word, 0
    for one, other in _EXCHANGED:
        if word.startswith(one):
            yield other + word.removeprefix(one), 0
    for one, other in _EXCHANGED_ENDS:
        if word.endswith(one):
            yield word.removesuffix(one) + other, 0


# --- tables -----------------------------------------------------------------

Groups: TypeAlias = Mapping[str, frozenset[str]]
"""A word, and those that it excludes."""


@lru_cache(maxsize=1)
def _own() -> Groups:
    """Return English words of our own list, with those that they exclude."""
    return _excluding(_groups("english"))


@lru_cache(maxsize=1)
def _sides() -> Mapping[str, frozenset[int]]:
    """Return in which groups of antonyms a word is: a number, and that number below
    nothing for the group that is opposed."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(_lines("antonyms.txt"), 1):
        one, _, other = line.partition(" | ")
        for word in one.split():
            found[word].append(number)
        for word in other.split():
            found[word].append(-number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _are_antonyms(one: str, other: str) -> bool:
    """Whether two English words, as a dictionary has them, are opposed."""
    if one == other:
        return False
    if other in _own().get(one, _NONE):
        return True
    theirs = _sides().get(other, frozenset())
    return any(-number in theirs for number in _sides().get(one, frozenset()))


@lru_cache(maxsize=1)
def _irregular() -> Mapping[str, str]:
    groups = (group for group in _groups("irregular"))
    return {form: word for word, *forms in groups for form in forms}


@lru_cache(maxsize=1)
def _units() -> Groups:
    return _excluding(_groups("units"))


@lru_cache(maxsize=1)
def _nouns() -> Groups:
    return _excluding(_groups("korean"))


@lru_cache(maxsize=1)
def _verbs() -> tuple[tuple[str, str], ...]:
    """Return how two opposed verbs begin in one form."""
    pairs = (pair for group in _groups("stems") for pair in permutations(group, 2))
    return tuple(
        both
        for one, other in pairs
        for both in zip(_forms(one), _forms(other), strict=True)
    )


def _excluding(groups: Iterable[Sequence[str]]) -> Groups:
    known: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for word in group:
            known[word].update(group)
    return {word: frozenset(others - {word}) for word, others in known.items()}


def _groups(section: str) -> Iterator[Sequence[str]]:
    """Yield the groups of a section of our own list."""
    inside = False
    for line in _lines("opposites.txt"):
        if line.startswith("["):
            inside = line == f"[{section}]"
        elif inside:
            yield line.split()


def _lines(name: str) -> Iterator[str]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
