"""Numbers carried from a source into its translation: 60-day → 90-day, 60일 → 90일.

A number is written anew in the style of the one that it replaces, or not at all: where
anything is uncertain (a unit that differs, a value that stands there twice) there is no
proposal, and a translator looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from translate_flow.text.korean import fitted, replaced
from translate_flow.text.measures import Quantified, count_alike
from translate_flow.text.number_words import (
    ENGLISH_SCALES,
    MYRIAD,
    MYRIADS,
    english,
    english_ordinal,
    native,
    sino,
)
from translate_flow.text.quantities import (
    SHORT_SCALES,
    Form,
    Quantity,
    quantities,
)

__all__ = ["Quantity", "proposal", "quantities", "rewritten"]

# --- writing ----------------------------------------------------------------

MOST_DECIMALS = 3
GROUPED = 10_000
"""From here on digits get separators where the old number was too short to tell."""


def rewritten(quantity: Quantity, value: int | Fraction) -> str | None:
    """Return another value in the form and style of a quantity, without its unit:
    120만 → 130만, 세 → 네, 1.2 million → 1.3 million.

    None if that form cannot say it exactly, or nobody would write it so.
    """
    value = Fraction(value)
    if value <= 0 or (quantity.ordinal and value.denominator > 1):
        return None
    return WRITERS[quantity.form](quantity, value)


def _digits(quantity: Quantity, value: Fraction) -> str | None:
    end = re.search("[a-z]*$", quantity.text)
    if quantity.ordinal and end and end[0]:
        return f"{int(value)}{_ordinal_end(int(value))}"
    return _decimal(quantity.text, value)


def _ordinal_end(number: int) -> str:
    teen = number // 10 % 10 == 1
    return "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _decimal(like: str, value: Fraction) -> str | None:
    """Write digits, with separators if ``like`` has them or is too short for them."""
    places = next(
        (n for n in range(MOST_DECIMALS + 1) if (value * 10**n).denominator == 1), None
    )
    if places is None:
        return None
    own = like.rpartition(".")[2] if "." in like else ""
    if own.endswith("0"):
        places = max(places, len(own))
    long = re.match(r"\d{4}", like) is not None
    grouped = "," in like or (not long and value >= GROUPED)
    whole, rest = divmod(int(value * 10**places), 10**places)
    decimals = f".{rest:0{places}d}" if places else ""
    return (f"{whole:,}" if grouped else str(whole)) + decimals


THOUSAND = 1000
USUAL_SCALES = ("thousand", "million", "billion", "trillion", "k", "m", "bn", "tn")
SCALE_WORD = re.compile(r"(?P<number>[\d.,]+)(?P<gap>[ -]?)(?P<scale>[a-z]+)$")


def _scaled(quantity: Quantity, value: Fraction) -> str | None:
    """Write millions as millions; the next scale if it has grown out of them."""
    found = SCALE_WORD.match(quantity.text)
    if found is None:
        return None
    known = SHORT_SCALES if found["scale"] in SHORT_SCALES else ENGLISH_SCALES
    name = found["scale"]
    if not known[name] <= value < known[name] * THOUSAND:
        fits = (n for n in USUAL_SCALES if n in known)
        name = next((n for n in fits if 1 <= value / known[n] < THOUSAND), "")
    if not name:
        return None
    scale = known[name]
    number = _decimal(found["number"], value / scale)
    return None if number is None else number + found["gap"] + name


def _words(quantity: Quantity, value: Fraction) -> str | None:
    if value.denominator > 1:
        return None
    write = english_ordinal if quantity.ordinal else english
    words = write(int(value))
    if words is None:
        return None
    first = quantity.text[0]
    return words[0].upper() + words[1:] if first.isupper() else words


def _mixed(quantity: Quantity, value: Fraction) -> str | None:
    """Write a Korean number in myriads: 1억 2,000만, 3조5천억, 1.5만."""
    text = quantity.text
    if "." in text:
        return _with_decimals(text, value)
    if value.denominator > 1:
        return None
    apart = "" if re.search("[조억만](?=[^ ])", text) else " "
    rest, parts = int(value), []
    for scale, name in (*MYRIADS, (1, "")):
        count, rest = divmod(rest, scale)
        if not count:
            continue
        small = _small(text, count, name)
        if small is None:
            return None
        parts.append(small + name)
    rounded = quantity.after.startswith("여") and len(parts) > 1
    small_rest = apart and len(parts) > 1 and 0 < value % MYRIAD < THOUSAND
    return None if rounded or small_rest else apart.join(parts)


def _with_decimals(text: str, value: Fraction) -> str | None:
    name = text[-1]
    scale = next((s for s, n in (*MYRIADS, (1000, "천")) if n == name), None)
    if scale is None or not scale <= value < scale * MYRIAD:
        return None
    number = _decimal(text[:-1], value / scale)
    return None if number is None else number + name


def _small(text: str, count: int, name: str) -> str | None:
    """Write up to four digits, with 천 and 백 if the old number has them."""
    if not re.search("[천백십]", text):
        plain = re.search(r"\d{4}", text) is not None
        return str(count) if plain else f"{count:,}"
    if count % 1000 == 0:
        return f"{count // 1000}천"
    if count % 100 == 0 and count > 1000 and not name:
        return f"{count // 1000}천{count // 100 % 10}백"
    if count % 100 == 0 and "백" in text and count < 1000:
        return f"{count // 100}백"
    return str(count) if name else None


def _native(quantity: Quantity, value: Fraction) -> str | None:
    if value.denominator > 1:
        return None
    if quantity.ordinal and value == 1:
        return "첫"
    joined = quantity.after.startswith("째")
    if joined and value == 2:
        return "둘"
    counted = re.match(r"\s?[가-힣]", quantity.after) and not joined
    alone = quantity.text in ("둘", "셋", "넷") or not counted
    return native(int(value), alone=alone)


def _sino(quantity: Quantity, value: Fraction) -> str | None:
    words = sino(int(value)) if value.denominator == 1 else None
    return words if words and len(words) > 1 else None  # 이 명 and 일 명 are not said


WRITERS: Mapping[Form, Callable[[Quantity, Fraction], str | None]] = {
    "digits": _digits,
    "scaled": _scaled,
    "words": _words,
    "mixed": _mixed,
    "native": _native,
    "sino": _sino,
}

# --- carrying ---------------------------------------------------------------

Change: TypeAlias = tuple[Quantity, Quantity]
"""A quantity of the old source, and the one in its place in the new source."""

AN = re.compile(r"(?:8|1[18](?!\d)|1[18],|eight|eleven)")
"""Numbers that are read with a vowel first: an 80-day stay."""
ARTICLE = re.compile(r"\b(an?)[ *_]+$", re.IGNORECASE)
SINGULAR = re.compile(r"^([*_]*[ -][A-Za-z]+?)(?:e?s)?\b")
VERBS = {"are": "is", "were": "was", "have": "has"}


def proposal(
    before: str, after: str, target: str, source_language: str, target_language: str
) -> str | None:
    """Return a translation with the numbers that an edit of its source changed.

    :param before: the source that ``target`` translates; inline Markdown.
    :param after: the source today: only numbers differ (and what agrees with them).
    :param target: each old number must stand in it as often as in the source, with the
        same unit; only these numbers change, and particles directly after them.
    :returns: None wherever this is not certain.
    """
    source, other = source_language[:2].lower(), target_language[:2].lower()
    changes = _changes(before, after, source)
    if {source, other} != {"en", "ko"} or not changes:
        return None
    there = quantities(target, other)
    edits: dict[tuple[int, int], str] = {}
    for old, new in changes:
        if old.value == new.value:
            continue
        found = _carried(old, new, changes, there, (source, other))
        if found is None:
            return None
        edits |= found
    return _applied(target, edits, other) if edits else None


def _changes(before: str, after: str, language: str) -> list[Change]:
    """Pair the quantities of two texts; nothing if anything but them differs."""
    olds, news = quantities(before, language), quantities(after, language)
    if len(olds) != len(news) or not olds:
        return []
    pairs = list(zip(olds, news, strict=True))
    crossing = any((old.value == 1) != (new.value == 1) for old, new in pairs)
    ends = [(0, 0), *((old.end, new.end) for old, new in pairs)]
    starts = [
        *((old.start, new.start) for old, new in pairs),
        (len(before), len(after)),
    ]
    for i, ((a, b), (c, d)) in enumerate(zip(ends, starts, strict=True)):
        gap, now = before[a:c], after[b:d]
        if language == "ko" and i:
            gap = gap if gap == now else fitted(after[:b], gap)
        if gap != now and _agreed(gap, crossing) != _agreed(now, crossing):
            return []
    return pairs


def _agreed(gap: str, crossing: bool) -> str:
    """Return the English between two numbers without what agrees with them."""
    gap = re.sub(r"\b([Aa])n(?=[ *_]+$)", r"\1", gap)
    if not crossing:
        return gap
    gap = re.sub(r"\b(?:are|were|have)\b", lambda verb: VERBS[verb[0]], gap)
    return SINGULAR.sub(r"\1", gap)


def _carried(
    old: Quantity,
    new: Quantity,
    changes: Sequence[Change],
    there: Sequence[Quantity],
    languages: tuple[str, str],
) -> dict[tuple[int, int], str] | None:
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


def _applied(
    target: str, edits: Mapping[tuple[int, int], str], language: str
) -> str | None:
    for (start, end), text in sorted(edits.items(), reverse=True):
        if language == "ko":
            target = replaced(target, start, end, text)
        else:
            target = target[:start] + text + target[end:]
    return target
