"""Edits of how a text is written, not of what it says: punctuation, spacing, hyphens,
contractions, doubled words, spelling of one land or another, articles, case.

Each change of a few words is compared as the styles make it: what is left equal changed
no more than they do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, starmap

from translate_flow.drift.hunks import Hunk
from translate_flow.drift.lexicon import HANGUL
from translate_flow.drift.parts import SIGNS
from translate_flow.drift.variants import (
    ALIKE,
    APOSTROPHE,
    expanded,
    is_agreement,
    is_contracted,
    is_joined_otherwise,
    is_plural,
    is_variant,
    plain_numbers,
)
from translate_flow.text.contracted import is_contracted as is_contracted_in_korean
from translate_flow.text.spacing import respaced
from translate_flow.text.worddiff import fine_diff

STYLES = (
    *("numeral", "case", "contraction", "doubled", "hyphen", "variant", "article"),
    "agreement",
)
_ENGLISH = frozenset({"variant", "article", "agreement"})
"""Classes of edits that change how words are written, in the order of asking."""

_TOKEN = re.compile(
    rf"{SIGNS.pattern}|\d+(?:[.,:]\d+)*|[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+(?:['’][^\W_]+)*)*"
    r"|[^\w\s]+|_+"
)
_LETTERS = re.compile(r"[^\W_]")
_RUN_BEFORE = re.compile(r"\S*$")
_RUN_BEHIND = re.compile(r"^\S*")
_BEFORE = re.compile(r"\S*\s*$")
_BEHIND = re.compile(r"^\s*\S*")
_ARTICLES = frozenset({"a", "an", "the"})
_NO_ARTICLE = frozenset(
    {"few", "little", "lot", "number", "bit", "couple", "most", "one", "other", "same"}
)
"""Words before which an article changes what is said: *a few*, *the other*."""
_OPENS = re.compile(r"(?:^|[.!?:…][\"”’)\]]*\s+)[\"“‘(\[]*$")
"""What stands before the first word of a sentence."""
_ASKING = re.compile("[?？]")
_PLAIN = re.compile(r"(?<!\S)-(?!\S)|[.,:;、，。\s]")
"""Signs that may come and go."""
_REPEATED = re.compile(r"([^\w\s])\1+")
_PERCENT = re.compile(r"(?<=\d)\s?(?:per\s?cent\b|퍼센트|%)")
_UNIT = re.compile(r"(\d)\s(?=[A-Za-z]{1,3}(?![A-Za-z]))")
_FIGURES = re.compile(r"\d(?:[\d.,:]*\d)?")
_SIGN = re.compile(r"(?<!\d)[.,:;](?!\d)")
_NO_SIGN = re.compile(rf"[^\w{SIGNS.pattern[1:-1]}]")
_BEFORE_STOP = re.compile(r"\s+([.,:;!?])")
_TWICE = re.compile(r"(?<![\w-])(?P<word>[^\W\d_]+)\s(?P=word)(?![\w'’-])")
_COUNTED = re.compile(r"\d\s[^\W\d_]|[^\W\d_]\s\d")
_RECKONED = re.compile(r"\d\s*[-−+*/=<>~]|[-−+*/=<>~]\s*\d")
"""Signs that may reckon."""
_CLAUSE = re.compile(r",\s+(?:who|whom|whose|which|where|when)\b")
"""A comma that tells more of all from which of them."""
_NEVER_DOUBLED = frozenset({"not", "no", "never"})


@dataclass(frozen=True, slots=True)
class Trifle:
    """One change of style."""

    drift_class: str
    old: str
    new: str
    sure: bool
    """Whether it changes nothing for sure."""


def levelled(
    old: str, new: str, language: str, other: str
) -> tuple[str, tuple[Trifle, ...]]:
    """Return the old text with all changes of style done to it, and which they were.

    :param language: of both texts.
    :param other: the language of their translation: Korean has no articles.
    """
    old, found = _once(old, new)
    done, at = [], 0
    for group in _groups(fine_diff(old, new)):
        whole = _together(group)
        for hunk in [whole] if _trifles(whole, old, language, other) else group:
            if trifles := _trifles(hunk, old, language, other):
                start = len(hunk.before)
                done += [old[at:start], hunk.new]
                at = start + len(hunk.old)
                found += trifles
    return "".join((*done, old[at:])), tuple(found)


def _once(old: str, new: str) -> tuple[str, list[Trifle]]:
    """Return the old text without the words that it says twice and the new one once."""
    found = list[Trifle]()
    for twice in list(_TWICE.finditer(old)):
        word = twice["word"]
        if old.count(twice[0]) > new.count(twice[0]) and not _counts(word):
            old = old.replace(twice[0], word, 1)
            found.append(Trifle("doubled", word, "", sure=True))
    return old, found


def _groups(diff: Sequence[tuple[str, str]]) -> Iterator[list[Hunk]]:
    """Yield changes, those together that have nothing but blanks and signs between
    them; each with the whole old text before and behind it."""
    old = "".join(text for op, text in diff if op != "+")
    group: list[Hunk] = []
    at = 0
    for same, pieces in groupby(diff, key=lambda piece: piece[0] == "="):
        texts = [*pieces]
        was, now = ("".join(t for op, t in texts if op != skip) for skip in "+-")
        if not same:
            group.append(Hunk(was, now, old[:at], old[at + len(was) :]))
        elif group and (_LETTERS.search(was) or SIGNS.search(was)):
            yield group
            group = []
        at += len(was)
    if group:
        yield group


def _together(group: Sequence[Hunk]) -> Hunk:
    """Return several changes as one."""
    first, last = group[0], group[-1]
    old, new, at = [], [], len(first.before)
    for hunk in group:
        between = _part_of(first, at, len(hunk.before))
        old += [between, hunk.old]
        new += [between, hunk.new]
        at = len(hunk.before) + len(hunk.old)
    return Hunk("".join(old), "".join(new), first.before, last.after)


def _part_of(first: Hunk, start: int, end: int) -> str:
    """Return a part of the old text that a change stands in."""
    return (first.before + first.old + first.after)[start:end]


class _Change:
    """One change, with the words on both sides of it."""

    def __init__(self, hunk: Hunk) -> None:
        left = _matched(_BEFORE, hunk.before)
        right = _matched(_BEHIND, hunk.after)
        texts = hunk.old, hunk.new
        self.hunk = hunk
        self.before = hunk.before[: len(hunk.before) - len(left)]
        self.shown = _shown(hunk)
        self.sides = [left + side + right for side in texts]
        self.words = [_words(side) for side in self.sides]
        self.signs = [_signs(side) for side in self.sides]

    @property
    def korean(self) -> bool:
        """Whether there are Korean letters in it or beside it."""
        return HANGUL.search("".join(self.sides)) is not None

    @property
    def moves_blanks(self) -> bool:
        """Whether nothing but blanks came or went."""
        return _without_blanks(self.hunk.old) == _without_blanks(self.hunk.new)

    def alike(self, key: Callable[[str], object]) -> bool:
        """Whether something is the same on both sides."""
        return key(self.sides[0]) == key(self.sides[1])


def _shown(hunk: Hunk) -> list[str]:
    """Return what a change is shown as: whole words, and none that it left alone."""
    texts = [side for side in (hunk.old, hunk.new) if _LETTERS.search(side)]
    left = "" if texts and all(side[0].isspace() for side in texts) else hunk.before
    right = "" if texts and all(side[-1].isspace() for side in texts) else hunk.after
    ends = _matched(_RUN_BEFORE, left), _matched(_RUN_BEHIND, right)
    return [f"{ends[0]}{side}{ends[1]}".strip() for side in (hunk.old, hunk.new)]


def _trifles(hunk: Hunk, text: str, language: str, other: str) -> list[Trifle]:
    """Return which styles a change is of; none if it is of anything else."""
    change = _Change(hunk)
    return [
        Trifle(name, change.shown[0], change.shown[1], sure)
        for name, sure in _styles(change, text, language, other)
    ]


def _styles(
    change: _Change, text: str, language: str, other: str
) -> list[tuple[str, bool]]:
    """Return the styles that a change is of, and whether each is surely no more."""
    if _is_of_unit(change):
        return [("numeral", True)]
    if change.moves_blanks and (change.korean or HANGUL.search(text)):
        hunk = change.hunk
        answer = respaced(text, hunk.before + hunk.new + hunk.after)
        return [] if answer == "other" else [("spacing", answer == "same")]
    if not (change.alike(SIGNS.findall) and change.alike(_ASKING.findall)):
        return []
    english = language.startswith("en")
    needed = _needed(*change.words, korean=change.korean, english=english)
    if needed is None and change.korean and (spaced := _respaced_without_signs(change)):
        plain = _is_plain(*change.signs)
        return [("spacing", spaced == "same"), ("punctuation", plain)]
    if needed is None:
        quoted = (
            change.korean and change.alike(_bare) and change.alike(_FIGURES.findall)
        )
        return [("punctuation", _is_plain(*change.signs))] if quoted else []
    gone, came = change.signs
    if "case" in needed and (len(needed) > 1 or gone != came) and _begins(change):
        needed.remove("case")
    if not needed and any(map(_RECKONED.search, change.sides)):
        return []
    if "article" in needed and not _may_drop(*change.words):
        return []
    found = [(name, _is_sure(name, change.words, other)) for name in needed]
    if gone != came or not found:
        sure = _is_plain(gone, came) and change.alike(_CLAUSE.findall)
        found.append((_of_signs(gone, came, change.sides), sure))
    return found


def _respaced_without_signs(change: _Change) -> str:
    """Return how sure it is that Korean words only have other blanks and signs, or an
    empty string."""
    hunk = change.hunk
    texts = [
        f"{hunk.before}{_SIGN.sub('', side)}{hunk.after}"
        for side in (hunk.old, hunk.new)
    ]
    if _without_blanks(texts[0]) != _without_blanks(texts[1]):
        return ""
    answer = respaced(*texts)
    return "" if answer == "other" else answer


def _begins(change: _Change) -> bool:
    """Whether a word has a capital on one side because a sentence begins with it."""
    olds, news = change.words
    pairs = ((a, b) for a, b in zip(olds, news, strict=False) if a.lower() == b.lower())
    word, other = next(((a, b) for a, b in pairs if a != b), ("", ""))
    places = zip(change.sides, (word, other), strict=True)
    heads = [change.before + side.partition(own)[0] for side, own in places if own]
    return any(map(_OPENS.search, heads)) or olds[:1] != news[:1]


def _is_of_unit(change: _Change) -> bool:
    """Whether a blank before a unit came or went, or a percent is a sign now."""
    near = [_of_unit(side) for side in change.sides]
    same = _without_blanks(near[0]) == _without_blanks(near[1])
    return same and near != change.sides


def _of_signs(gone: str, came: str, sides: Sequence[str]) -> str:
    """Name a change of signs and blanks beside words that are the same."""
    if gone == came and any(map(_COUNTED.search, sides)):
        return "numeral"
    bare = [_REPEATED.sub(r"\1", _BEFORE_STOP.sub(r"\1", side)) for side in sides]
    blanks = _without_blanks(sides[0]) == _without_blanks(sides[1])
    return "cosmetic" if blanks and bare == list(sides) else "punctuation"


def _matched(shape: re.Pattern[str], text: str) -> str:
    found = shape.search(text)
    return found[0] if found else ""


def _is_sure(name: str, words: Sequence[Sequence[str]], other: str) -> bool:
    """Whether a change of a style leaves every translation right."""
    if name == "article":
        return other.startswith("ko")
    if name == "agreement":
        pairs = zip(*words, strict=False)
        plural = len(words[0]) != len(words[1]) or any(starmap(is_plural, pairs))
        return other.startswith("ko") and not plural
    if name == "hyphen":
        return not any(is_joined_otherwise(_parts(side)) for side in words)
    return name != "case"


def _may_drop(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether articles that came or went say nothing by themselves."""
    for words in (old, new):
        for one, following in zip(words, (*words[1:], ""), strict=False):
            if one.lower() in _ARTICLES and following.lower() in _NO_ARTICLE:
                return False
    return True


# --- what styles make equal -------------------------------------------------


def _needed(
    old: Sequence[str], new: Sequence[str], *, korean: bool, english: bool
) -> list[str] | None:
    """Return the styles that make some words equal; None if they do not."""
    usable = [style for style in STYLES if english or style not in _ENGLISH]
    if korean:
        usable = [s for s in usable if s != "hyphen"]
    if _equal(old, new, ()):
        return []
    if english and len(old) == len(new) and all(map(_alike, old, new)):
        return ["contraction"]
    for one in usable:
        if _equal(old, new, (one,)):
            return [one]
    if not _equal(old, new, usable):
        return None
    needed = list(usable)
    for one in usable:
        rest = [style for style in needed if style != one]
        if _equal(old, new, rest):
            needed = rest
    return needed


def _equal(old: Sequence[str], new: Sequence[str], styles: Sequence[str]) -> bool:
    """Whether words are equal once they are written in some styles alike."""
    one, other = (_made(words, styles) for words in (old, new))
    if "hyphen" in styles and "".join(one) == "".join(other):
        return True
    if len(one) != len(other):
        return False
    return all(
        a == b
        or ("variant" in styles and is_variant(a, b))
        or ("contraction" in styles and _is_contracted(a, b))
        or ("agreement" in styles and (is_agreement(a, b) or is_plural(a, b)))
        for a, b in zip(one, other, strict=True)
    )


def _is_contracted(one: str, other: str) -> bool:
    return is_contracted(one, other) or is_contracted_in_korean(one, other)


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same, or taken for one another."""
    pair = {APOSTROPHE.sub("'", word.lower()) for word in (one, other)}
    return one == other or any(pair == set(both) for both in ALIKE)


def _made(words: Sequence[str], styles: Sequence[str]) -> list[str]:
    """Return words as some styles make them."""
    made = list(words)
    if "numeral" in styles:
        made = plain_numbers(" ".join(made)).split()
    if "contraction" in styles:
        made = list(expanded(made))
    if "article" in styles:
        made = [
            word
            for word, following in zip(made, (*made[1:], ""), strict=False)
            if not (word.lower() in _ARTICLES and following)
        ]
    if "case" in styles:
        made = [word.lower() for word in made]
    if "hyphen" in styles:
        made = [word.replace("-", "") for word in made]
    if "doubled" in styles:
        made = [
            word
            for word, last in zip(made, ("", *made), strict=False)
            if word.lower() != last.lower() or _counts(word)
        ]
    return made


def _counts(word: str) -> bool:
    """Whether a word said twice says more than once."""
    return word.isdigit() or word.lower() in _NEVER_DOUBLED


# --- words and signs --------------------------------------------------------


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _words(text: str) -> list[str]:
    """Return the words of a text, with what stands for code among them."""
    return [w for w in _TOKEN.findall(text) if _LETTERS.match(w) or SIGNS.match(w)]


def _of_unit(text: str) -> str:
    """Return a text with percents and units of Latin letters close to their figures."""
    return _UNIT.sub(r"\1", _PERCENT.sub("%", text))


def _bare(text: str) -> list[str]:
    """Return what stands between the blanks of a text, without signs."""
    return [word for part in text.split() if (word := _NO_SIGN.sub("", part))]


def _parts(words: Sequence[str]) -> list[str]:
    """Return words, those with hyphens in parts."""
    return [part for word in words for part in word.split("-")]


def _signs(text: str) -> str:
    """Return the signs of a text that part no letters of a word, doubled ones once."""
    tokens = _TOKEN.findall(_REPEATED.sub(r"\1", text))
    return " ".join(w for w in tokens if not (_LETTERS.match(w) or SIGNS.match(w)))


def _is_plain(gone: str, came: str) -> bool:
    """Whether signs changed in commas, stops, colons and dashes alone."""
    return _PLAIN.sub("", gone) == _PLAIN.sub("", came)
