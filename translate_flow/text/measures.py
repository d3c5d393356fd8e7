"""Units that English and Korean numbers count: days, percent, dollars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from translate_flow.text.quantities import Quantity

ENGLISH_UNITS = (
    ("points", r"\s?%[ -]points?|[ -]percentage[ -]points?|\s?pp\b"),
    ("percent", r"\s?%|[ -](?:percent|per cent)\b"),
    ("age", r"[ -]years?[ -]olds?\b|[ -]years? of age"),
    ("day", r"[ -]days?\b"),
    ("week", r"[ -]weeks?\b"),
    ("month", r"[ -]months?\b"),
    ("year", r"[ -](?:years?|yr)\b"),
    ("hour", r"[ -](?:hours?|hrs?)\b"),
    ("minute", r"[ -](?:minutes?|mins?)\b"),
    ("second", r"[ -](?:seconds?|secs?)\b"),
    ("degree", r"\s?°|[ -]degrees?\b"),
    ("km", r"\s?km\b|[ -]kilomet(?:er|re)s?\b"),
    ("m", r"\s?m\b|[ -]met(?:er|re)s?\b"),
    ("mile", r"[ -]miles?\b"),
    ("kg", r"\s?kg\b|[ -](?:kilos?|kilograms?)\b"),
    ("ton", r"[ -](?:metric )?(?:tons?|tonnes?)\b"),
    ("dollar", r"[ -](?:US |U\.S\. )?dollars?\b"),
    ("won", r"[ -]won\b"),
    ("yen", r"[ -]yen\b"),
    ("euro", r"[ -]euros?\b"),
    ("pound", r"[ -]pounds?\b"),
    ("country", r"[ -](?:countries|nations|states)\b"),
)
KOREAN_UNITS = (
    ("points", r"\s?(?:%|퍼센트)\s?(?:포인트|p)"),
    ("percent", r"\s?(?:%|퍼센트|프로(?![가-힣]))"),
    ("age", r"\s?(?:살|세(?!기|대|계))"),
    ("day", r"\s?일(?!본|자리)"),
    ("week", r"\s?주(?!년|택|민|식|장|제|요|의)"),
    ("month", r"\s?(?:개월|달(?!러))"),
    ("year", r"\s?(?:년|해(?![가-힣]{2}))"),
    ("hour", r"\s?시간"),
    ("minute", r"\s?분(?!의|기|야|단)"),
    ("second", r"\s?초(?![가-힣]{2})"),
    ("degree", r"\s?(?:도(?![가-힣])|°|℃)"),
    ("km", r"\s?(?:km|㎞|킬로미터)"),
    ("m", r"\s?(?:m(?![a-z])|미터)"),
    ("mile", r"\s?마일"),
    ("kg", r"\s?(?:kg|㎏|킬로그램)"),
    ("ton", r"\s?톤"),
    ("dollar", r"\s?(?:미국 )?(?:달러|불(?![가-힣]))"),
    ("won", r"\s?원(?!칙|인|자|래)"),
    ("yen", r"\s?엔"),
    ("euro", r"\s?유로"),
    ("pound", r"\s?파운드"),
    ("country", r"\s?(?:개국|나라|국가)"),
)
SIGNS = {"$": "dollar", "₩": "won", "¥": "yen", "€": "euro", "£": "pound"}
BETWEEN = re.compile(
    r"[ -](?:more|additional|extra|consecutive|full|straight|working|business|calendar"
    r"|whole|long|or more|or so)(?=[ -])"
)
"""What may stand between a number and its unit in English."""
RANGE = re.compile(
    r"여?\s?(?:[-–~]|to\b|and\b|or\b|에서|내지)\s?[$€£¥₩]?[\d.,]+"
    r"(?: million| billion|[만억조천])*"
)
"""The rest of a range, whose unit stands at its end: 60 to 90 days."""
ORDINAL_UNITS = re.compile(
    r"\s?(?:세기|차|위|대|층|회|호|주년|일|학년|번|기|장|조|항|절|년차)"
)
"""What Korean puts after a plain number where English has an ordinal: 19세기."""
NUMBERED = re.compile(r"[A-Z][a-z]+ $")
"""Chapter 3 is 제3장."""
LABELLED = re.compile(
    r"\b(?:Act|Article|Chapter|Figure|Flight|Game|Grade|Group|Lesson|Level|Number|No\.|Part"
    r"|Phase|Room|Round|Section|Season|Stage|Step|Table|Unit|Volume|War|Week) $"
)
LABEL = re.compile(
    r"\s?(?:차|편|장|절|항|호|권|번|단계|부|조|과|급|라운드|층|학년|세대|주차|시즌|막|강|회)"
    r"|\W|$"
)
"""What a number that is a name has before it, and in Korean behind it: Game 4 is no
4연승."""
RANKED = re.compile(r"\s?(?:위|등(?!급)|차(?!례|선|로))")
"""What only follows a number that says which one: 3위 is no *three*."""
AGED = re.compile(r"(?:\bag(?:e|ed|es) (?:of )?|[A-Z][a-z]+, )$")
BARE_YEAR = re.compile(r"[12]\d{3}$")
KOREAN_YEAR = re.compile(r"(?:[12]\d)?\d{2}$")

Unit: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Quantified:
    """A quantity and the language that it stands in."""

    quantity: Quantity
    language: str


def count_alike(one: Quantified, other: Quantified) -> bool:
    """Say whether two quantities of equal value surely count the same thing: both days,
    both percent, both none of the units known here.

    :param one: in English or Korean; ``other`` is in the other one of them.
    """
    english, korean = (one, other) if one.language == "en" else (other, one)
    en, ko = english.quantity, korean.quantity
    if not _order_alike(en, ko):
        return False
    named = LABELLED.search(en.before) is not None
    if named and not (ko.ordinal or LABEL.match(ko.after)):
        return False
    if RANKED.match(ko.after) and not (named or en.ordinal):
        return False
    counted, unit = _english_unit(en), _korean_unit(ko)
    if counted == unit:
        return True
    if counted:
        return False
    if unit == "year":
        return bool(BARE_YEAR.match(en.text) and KOREAN_YEAR.match(ko.text))
    if unit == "age":
        return AGED.search(en.before) is not None
    return unit == "day" and en.ordinal and en.form == "digits"


def unit_of(counted: Quantified) -> Unit:
    """Return what a quantity counts; an empty string if that is no unit known here."""
    read = _english_unit if counted.language == "en" else _korean_unit
    return read(counted.quantity)


def _order_alike(en: Quantity, ko: Quantity) -> bool:
    if en.ordinal == ko.ordinal:
        return True
    if en.ordinal:
        return ORDINAL_UNITS.match(ko.after) is not None
    return NUMBERED.search(en.before) is not None


def _english_unit(quantity: Quantity) -> Unit:
    if sign := re.search(r"([$€£¥₩])\s?$", quantity.before):
        return SIGNS[sign[1]]
    after = _past_range(re.sub(r"^[*_]+", "", quantity.after))
    while word := BETWEEN.match(after):
        after = after[word.end() :]
    return _first(ENGLISH_UNITS, after)


def _korean_unit(quantity: Quantity) -> Unit:
    if sign := re.search(r"([$€£¥₩])\s?$", quantity.before):
        return SIGNS[sign[1]]
    if quantity.form == "days":
        return "day"
    unit = _first(KOREAN_UNITS, _past_range(re.sub("^[*_]*여?", "", quantity.after)))
    people = unit == "minute" and quantity.form == "native"
    return "" if people else unit


def _past_range(after: str) -> str:
    shared = RANGE.match(after)
    return after[shared.end() :] if shared else after


def _first(units: Sequence[tuple[Unit, str]], after: str) -> Unit:
    return next((unit for unit, shape in units if re.match(shape, after)), "")
