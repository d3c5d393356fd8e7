"""Numbers written in the style of others: 120만 → 130만, 세 → 네, 이틀 → 사흘."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from translate_flow.text.number_words import (
    ENGLISH_SCALES,
    MYRIAD,
    MYRIADS,
    days,
    english,
    english_ordinal,
    native,
    sino,
)
from translate_flow.text.quantities import (
    SHORT_SCALES,
    Form,
    Quantity,
)

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


COUNTED_IN_SINO = re.compile(
    r"\s(?:년|개월|분|초|층|세기|주년|학년|달러|주일)(?!대|간지)"
)


def _sino(quantity: Quantity, value: Fraction) -> str | None:
    words = sino(int(value)) if value.denominator == 1 else None
    if words and len(words) == 1 and words not in "십백천만":
        said = COUNTED_IN_SINO.match(quantity.after)  # 이 명 and 일 명 are not said
        return words if said else None
    return words


def _days(quantity: Quantity, value: Fraction) -> str | None:
    return days(int(value)) if value.denominator == 1 else None


WRITERS: Mapping[Form, Callable[[Quantity, Fraction], str | None]] = {
    "digits": _digits,
    "scaled": _scaled,
    "words": _words,
    "mixed": _mixed,
    "native": _native,
    "sino": _sino,
    "days": _days,
}
