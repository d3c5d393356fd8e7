"""Edits of how a text is written, not of what it says: punctuation, spacing, hyphens,
contractions, doubled words, spelling of one land or another, articles, case.

Each change of a few words is compared as the styles make it: what is left equal changed
no more than they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap

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
    *("numeral", "contraction", "doubled", "hyphen", "variant", "article"),
    *("agreement", "case"),
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
_BEFORE_STOP = re.compile(r"\s+([.,:;!?])")
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
    before: str
    """The text before it, of the old version."""

    sure: bool
    """Whether it changes nothing for sure."""


def levelled(
    old: str, new: str, language: str, other: str
) -> tuple[str, tuple[Trifle, ...]]:
    """Return the old text with all changes of style done to it, and which they were.

    :param language: of both texts.
    :param other: the language of their translation: Korean has no articles.
    """
    done, found, at = [], list[Trifle](), 0
    for hunk in _wider(fine_diff(old, new)):
        start = len(hunk.before)
        trifles = _trifles(hunk, old, language, other)
        if trifles:
            done += [old[at:start], hunk.new]
            at = start + len(hunk.old)
            found += trifles
    return "".join((*done, old[at:])), tuple(found)


def _wider(diff: Sequence[tuple[str, str]]) -> Iterator[Hunk]:
    """Yield changes, those with nothing but blanks and signs between them as one; each
    with the whole text before and behind it."""
    groups: list[list[tuple[str, str]]] = []
    for op, text in diff:
        inside = op != "=" or (
            bool(groups)
            and groups[-1]
            and not _LETTERS.search(text)
            and not SIGNS.search(text)
        )
        if op == "=" and not inside:
            groups += [[(op, text)], []]
        else:
            groups = groups or [[]]
            groups[-1].append((op, text))
    texts = [
        tuple("".join(t for op, t in g if op != skip) for skip in "+-") for g in groups
    ]
    for n, (old, new) in enumerate(texts):
        if old != new:
            before = "".join(text[0] for text in texts[:n])
            after = "".join(text[0] for text in texts[n + 1 :])
            yield Hunk(old, new, before, after)


def _trifles(hunk: Hunk, text: str, language: str, other: str) -> list[Trifle]:
    """Return which styles a change is of; none if it is of anything else."""
    left = _matched(_BEFORE, hunk.before)
    right = _matched(_BEHIND, hunk.after)
    sides = [left + side + right for side in (hunk.old, hunk.new)]
    ends = _matched(_RUN_BEFORE, hunk.before), _matched(_RUN_BEHIND, hunk.after)
    one, two = (f"{ends[0]}{side}{ends[1]}".strip() for side in (hunk.old, hunk.new))

    def told(name: str, *, sure: bool) -> Trifle:
        return Trifle(name, one, two, hunk.before[: len(hunk.before) - len(left)], sure)

    korean = bool(HANGUL.search("".join(sides)))
    blanks = _without_blanks(hunk.old) == _without_blanks(hunk.new)
    if blanks and (korean or HANGUL.search(text)):
        now = hunk.before + hunk.new + hunk.after
        answer = respaced(text, now)
        return [] if answer == "other" else [told("spacing", sure=answer == "same")]
    words = [_words(side) for side in sides]
    if SIGNS.findall(sides[0]) != SIGNS.findall(sides[1]):
        return []
    needed = _needed(*words, korean=korean, english=language.startswith("en"))
    if needed is None:
        return []
    gone, came = (_signs(side) for side in sides)
    if _ASKING.findall(gone) != _ASKING.findall(came):
        return []
    opens = _OPENS.search(hunk.before[: len(hunk.before) - len(left)]) is not None
    if "case" in needed and (len(needed) > 1 or gone != came) and opens:
        needed.remove("case")
    if sides[0] != sides[1] and not needed and any(map(_RECKONED.search, sides)):
        return []
    if "article" in needed and not _may_drop(*words):
        return []
    found = [told(name, sure=_is_sure(name, words, other)) for name in needed]
    if gone != came or not found:
        clauses = [bool(_CLAUSE.search(side)) for side in sides]
        sure = _is_plain(gone, came) and clauses[0] == clauses[1]
        found.append(told(_of_signs(gone, came, sides), sure=sure))
    return found


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
