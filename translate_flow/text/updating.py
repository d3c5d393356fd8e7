"""Numbers and dates carried from a source into its translation: 60-day → 90-day, 60일 →
90일; on Monday → on Friday, 월요일에 → 금요일에.

Each is written anew in the style of the one that it replaces, or not at all: where
anything is uncertain (a unit that differs, a value that stands there twice, a day that
only the translation tells) there is no proposal, and a translator looks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from translate_flow.text.korean import fitted, replaced
from translate_flow.text.measures import Quantified, count_alike, unit_of
from translate_flow.text.moments import Moment, moments, same
from translate_flow.text.moments import rewritten as moved
from translate_flow.text.numerals import rewritten
from translate_flow.text.quantities import Quantity, quantities

Change: TypeAlias = tuple[Quantity, Quantity]
"""A quantity of the old source, and the one in its place in the new source."""

Move: TypeAlias = tuple[Moment, Moment]
"""A moment of the old source, and the one in its place in the new source."""

Edits: TypeAlias = dict[tuple[int, int], str]
"""Span of a target → what is to stand there."""

AN = re.compile(r"(?:8|1[18](?!\d)|1[18],|eight|eleven|A(?:pril|ug)|Oct)")
"""What is read with a vowel first: an 80-day stay, an April day."""
ARTICLE = re.compile(r"\b(an?)[ *_]+$", re.IGNORECASE)
SINGULAR = re.compile(r"^([*_]*[ -][A-Za-z]+?)(?:e?s)?\b")
VERBS = {"are": "is", "were": "was", "have": "has"}
DATED = ("month", "day", "weekday")
"""Moments of which one tells the others: Monday, March 3."""
NEAR = 40
"""So many letters before a place are looked at."""
GLOSS = re.compile(r"[가-힣A-Za-z%\s]{0,12}[(（][^()（）]*[)）]")
"""What explains a number: 40마일(약 64km)."""
OPENED = re.compile(r"[(（][^()（）]*$")
"""What is explained stands before it."""


def proposal(
    before: str, after: str, target: str, source_language: str, target_language: str
) -> str | None:
    """Return a translation with the numbers and dates that an edit of its source
    changed.

    :param before: the source that ``target`` translates; inline Markdown.
    :param after: the source today: only they differ (and what agrees with them).
    :param target: each old one must stand in it as often as in the source, with the
        same unit; only these change, and particles directly after them.
    :returns: None wherever this is not certain.
    """
    source, other = source_language[:2].lower(), target_language[:2].lower()
    changes, moves = _changes(before, after, source)
    if {source, other} != {"en", "ko"} or not (changes or moves):
        return None
    there, when = _found(target, other)
    known = [old for old, _ in changes]
    edits: Edits = {}
    for old, new in changes:
        if old.value != new.value:
            found = _carried(old, new, changes, there, (source, other))
            if found is None or _is_glossed(target, found, there, known):
                return None
            edits |= found
    for was, now in moves:
        if was.value != now.value:
            dated = _moved(was, now, moves, when, target, other)
            if dated is None or not _all_known(was, moves, when, there, known, other):
                return None
            edits |= dated
    return _applied(target, edits, other) if edits else None


def _found(text: str, language: str) -> tuple[list[Quantity], tuple[Moment, ...]]:
    """Return what a text counts, and its moments; no span is both."""
    when = moments(text, language)
    counted = [
        one
        for one in quantities(text, language)
        if not any(m.start < one.end and one.start < m.end for m in when)
    ]
    return counted, when


def _changes(before: str, after: str, language: str) -> tuple[list[Change], list[Move]]:
    """Pair the quantities and the moments of two texts; nothing if anything but them
    differs."""
    olds, news = _in_order(before, language), _in_order(after, language)
    pairs = list(zip(olds, news, strict=False))
    if len(olds) != len(news) or any(_kind(a) != _kind(b) for a, b in pairs):
        return [], []
    changes = [
        (old, new)
        for old, new in pairs
        if isinstance(old, Quantity) and isinstance(new, Quantity)
    ]
    crossing = any((old.value == 1) != (new.value == 1) for old, new in changes)
    ends = [(0, 0), *((old.end, new.end) for old, new in pairs)]
    starts = [
        *((old.start, new.start) for old, new in pairs),
        (len(before), len(after)),
    ]
    for i, ((a, b), (c, d)) in enumerate(zip(ends, starts, strict=True)):
        gap, now = before[a:c], after[b:d]
        if language == "ko" and i and gap != now:
            gap, now = fitted(after[:b], SPACED.sub("", gap)), SPACED.sub("", now)
        if gap != now and _agreed(gap, crossing) != _agreed(now, crossing):
            return [], []
    moves = [
        (old, new)
        for old, new in pairs
        if isinstance(old, Moment) and isinstance(new, Moment)
    ]
    return changes, moves


SPACED = re.compile(r"^ (?=[가-힣%])")
"""A blank before a counter: 4 번 is 4번."""


def _in_order(text: str, language: str) -> list[Quantity | Moment]:
    counted, when = _found(text, language)
    return sorted((*counted, *when), key=lambda one: one.start)


def _kind(one: Quantity | Moment) -> str:
    return one.kind if isinstance(one, Moment) else "quantity"


def _agreed(gap: str, crossing: bool) -> str:
    """Return the English between two numbers without what agrees with them."""
    gap = re.sub(r"\b([Aa])n(?=[ *_]+$)", r"\1", gap)
    if not crossing:
        return gap
    gap = re.sub(r"\b(?:are|were|have)\b", lambda verb: VERBS[verb[0]], gap)
    return SINGULAR.sub(r"\1", gap)


# --- numbers ----------------------------------------------------------------


def _carried(
    old: Quantity,
    new: Quantity,
    changes: Sequence[Change],
    there: Sequence[Quantity],
    languages: tuple[str, str],
) -> Edits | None:
    """Return what to write where for one changed number; None if it is not certain."""
    chosen = _reading(old, new, there)
    if chosen is None:
        return None
    value, wanted, meant = chosen
    alike = [(o, n) for o, n in changes if value in _values(o)]
    if any(
        len(n.readings) != len(o.readings) or wanted not in _values(n) for o, n in alike
    ):
        return None
    places = [q for q in there if meant in _values(q)]
    found = [r for q in places for r in q.readings if r.value == meant]
    others = {v for q in places for v in _values(q)} - {meant}
    if len(found) != len(alike) or any(others & _values(o) for o, _ in changes):
        return None
    source, other = languages
    edits = {}
    for place in found:
        side = Quantified(place, other)
        if not all(count_alike(Quantified(o, source), side) for o, _ in alike):
            return None
        text = _written(place, old, new, wanted if meant == value else wanted % 100)
        if text is None or (other == "en" and not _agrees(place, wanted, text)):
            return None
        edits[place.start, place.end] = text
    return edits


def _values(quantity: Quantity) -> set[Fraction]:
    return {reading.value for reading in quantity.readings}


def _reading(
    old: Quantity, new: Quantity, there: Sequence[Quantity]
) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the old value, the new one, and what the old one is in the target: the
    same, or for a year its last two digits."""
    known = {value for quantity in there for value in _values(quantity)}
    if len(old.readings) != len(new.readings):
        return None
    pairs = [
        (a.value, b.value) for a, b in zip(old.readings, new.readings, strict=True)
    ]
    standing = [pair for pair in pairs if pair[0] in known]
    if len(standing) == 1:
        return (*standing[0], standing[0][0])
    year, now = pairs[0]
    short = [q for q in there if q.value == year % 100 and len(q.text) == 2]
    if standing or not short or not re.fullmatch(r"[12]\d{3}", old.text):
        return None
    same = year // 100 == now // 100 and now % 100 >= 10
    return (year, now, year % 100) if same else None


def _written(
    place: Quantity, old: Quantity, new: Quantity, value: Fraction
) -> str | None:
    """Return the new text for a place in the target: the author's own digits where the
    old ones stood there as they were."""
    if place.text == old.text and place.form == new.form == "digits":
        return new.text
    return rewritten(place, value)


def _agrees(place: Quantity, value: Fraction, text: str) -> bool:
    """Whether the English around a number may stay as it is."""
    counted = not place.ordinal and not re.search(r"[$€£¥₩]\s?$", place.before)
    if counted and (place.value == 1) != (value == 1):
        return False
    article = ARTICLE.search(place.before)
    return article is None or (article[1].lower() == "an") == bool(AN.match(text))


def _is_glossed(
    target: str, edits: Edits, there: Sequence[Quantity], known: Sequence[Quantity]
) -> bool:
    """Whether a target says a number in another unit, too, and the source does not: of
    40마일(약 64km) and 30 miles (50 km) one would be wrong."""
    said = {value for quantity in known for value in _values(quantity)}
    added = [q for q in there if not said & _values(q)]
    for start, end in edits:
        gloss = GLOSS.match(target, end)
        if gloss and any(end < q.start < gloss.end() for q in added):
            return True
        opened = OPENED.search(target, max(0, start - NEAR), start)
        if opened and any(
            opened.start() - NEAR < q.end <= opened.start() for q in added
        ):
            return True
    return False


# --- dates and times --------------------------------------------------------


def _moved(
    old: Moment,
    new: Moment,
    moves: Sequence[Move],
    there: Sequence[Moment],
    target: str,
    language: str,
) -> Edits | None:
    """Return what to write where for one changed moment; None if it is not certain."""
    alike = [(o, n) for o, n in moves if same(o, old)]
    others = [o for o, _ in moves if not same(o, old)]
    places = [place for place in there if same(place, old)]
    if any(n.value != new.value for _, n in alike) or len(places) != len(alike):
        return None
    if any(same(place, other) for place in places for other in others):
        return None
    edits: Edits = {}
    for place in places:
        text = moved(place, old, new, language)
        head = target[max(0, place.start - NEAR) : place.start]
        article = ARTICLE.search(head) if language == "en" else None
        if text is None or (
            article and (article[1].lower() == "an") != bool(AN.match(text))
        ):
            return None
        edits[place.start, place.end] = text
    return edits


def _all_known(
    old: Moment,
    moves: Sequence[Move],
    there: Sequence[Moment],
    counted: Sequence[Quantity],
    known: Sequence[Quantity],
    language: str,
) -> bool:
    """Whether a target tells no moment that would have to change with another one and
    that the source has not: Monday may be 3일 월요일 there."""
    kinds = DATED if old.kind in DATED else (old.kind,)
    mine = [place for place in there if place.kind in kinds]
    if not all(any(same(place, o) for o, _ in moves) for place in mine):
        return False
    said = {value for quantity in known for value in _values(quantity)}
    return old.kind not in DATED or not any(
        (unit_of(Quantified(q, language)) == "day" or q.ordinal) and q.value not in said
        for q in counted
    )


# --- the target -------------------------------------------------------------


def _applied(
    target: str, edits: Mapping[tuple[int, int], str], language: str
) -> str | None:
    for (start, end), text in sorted(edits.items(), reverse=True):
        if language == "ko":
            target = replaced(target, start, end, text)
        else:
            target = target[:start] + text + target[end:]
    return target
