"""Months, weekdays, days of a month, decades and times of day in English and Korean:
where they stand, and another one in the same style.

What may be something else is left out: *may*, *march*, the 14 of a lone 14일.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from translate_flow.text.mask import mask
from translate_flow.text.number_words import ENGLISH, NATIVE_VALUES, native

Kind: TypeAlias = Literal["month", "weekday", "day", "decade", "time"]
Half: TypeAlias = Literal["", "am", "pm"]
Value: TypeAlias = tuple[int, int, Half]
"""A month, a weekday, a day, the first year of a decade, or an hour from 1 to 12; the
minute; and which half of the day, if that is known."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the calendar or of the day in a text."""

    start: int
    end: int
    kind: Kind
    value: Value
    text: str
    """What stands there; of 3월 and 3일 the number alone."""


def moments(text: str, language: str) -> tuple[Moment, ...]:
    """Return the moments of a text in order; they do not overlap.

    :param text: inline Markdown; what no translator touches is passed over.
    :param language: ``en`` or ``ko``; nothing is known of others.
    """
    find = {"en": _english, "ko": _korean}.get(language.lower().split("-")[0])
    found = sorted(find(mask(text)), key=lambda m: (m.start, -m.end)) if find else []
    kept: list[Moment] = []
    for moment in found:
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return tuple(kept)


def same(one: Moment, other: Moment) -> bool:
    """Whether two moments, in either language, may be one: an hour without its half of
    the day may be in any."""
    (value, minute, half), (number, after, part) = one.value, other.value
    alike = one.kind == other.kind and (value, minute) == (number, after)
    return alike and (not half or not part or half == part)


def rewritten(place: Moment, old: Moment, new: Moment, language: str) -> str | None:
    """Return a moment in the form and style of the one in its place; None if that is
    not certain.

    :param place: in a target, ``same`` as ``old``.
    :param old: in the source; ``new`` has come for it.
    """
    if place.text == old.text and place.kind == "time":
        return new.text
    if place.value[2] and not old.value[2]:
        return None  # the new hour may be in the other half of the day
    write = (WRITE_KOREAN if language == "ko" else WRITE_ENGLISH)[place.kind]
    return write(place, old.value, new.value)


def _whole(number: int, minute: int = 0, half: Half = "") -> Value:
    return number, minute, half


# --- English ----------------------------------------------------------------

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS_SHORT = (
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.",
    "Nov.", "Dec.",
)  # fmt: skip
WEEKDAYS_SHORT = ("Mon.", "Tue.", "Wed.", "Thu.", "Fri.", "Sat.", "Sun.")
MONTH = re.compile(
    rf"\b(?:(?P<full>{'|'.join(MONTHS)})|(?P<short>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec)\.)(?![\w-]*\w*[A-Za-z])"
)
BEFORE_MAY = re.compile(
    r"\b(?:in|on|of|by|since|until|till|last|next|this|early|late|mid|from|to|through"
    r"|between|and|or|during|after|before|every|each|for|per|\d(?:st|nd|rd|th)?)[ -]$",
    re.IGNORECASE,
)
AFTER_MAY = re.compile(r"\.? ?(?:\d|,? \d{4}\b)")
WEEKDAY = re.compile(
    rf"\b(?:(?P<full>{'|'.join(WEEKDAYS)})(?=s?\b)"
    r"|(?P<short>Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)"
)
DAY_AFTER = re.compile(
    r" (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w:%]|[.,]\d|[-–])"
)
DAY_BEFORE = re.compile(r"(?<![\d.,:$–-])(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? $")
DECADE = re.compile(
    r"(?<![\w.,-])(?:(?:mid-)?(?P<full>[12]\d\d0)|(?:['’‘]|(?<=the )|mid-)"
    r"(?P<short>[3-9]0))['’]?s\b"
)
HOURS = "|".join(ENGLISH[1:13])
TIME = re.compile(
    r"(?<![\w:.,$/-])(?P<hour>\d{1,2})(?:(?P<sep>:)(?P<minute>\d\d))?"
    r"(?P<gap> ?)(?P<half>[aApP]\.?[mM]\b\.?)(?![\w:])"
    r"|(?<![\w:.,$/-])(?P<hour2>\d{1,2}):(?P<minute2>\d\d)(?![\w:%]|[.,]\d|-\d)"
    rf"|(?<![\w:.,$/-])(?P<hour3>\d{{1,2}}|(?i:{HOURS})) o['’]clock\b"
)


def _english(text: str) -> Iterator[Moment]:
    for found in MONTH.finditer(text):
        month = _month(found)
        may = BEFORE_MAY.search(text[: found.start()]) or AFTER_MAY.match(
            text, found.end()
        )
        if found[0] == "May" and not may:
            continue
        yield Moment(*found.span(), "month", _whole(month), found[0])
        day = DAY_AFTER.match(text, found.end()) or DAY_BEFORE.search(
            text[max(0, found.start() - 10) : found.start()]
        )
        if day:
            shift = 0 if day.re is DAY_AFTER else max(0, found.start() - 10)
            start, end = day.start("day") + shift, day.end("day") + shift
            end += 2 if text[end : end + 2] in ("st", "nd", "rd", "th") else 0
            yield Moment(start, end, "day", _whole(int(day["day"])), text[start:end])
    for found in WEEKDAY.finditer(text):
        value = next(i for i, w in enumerate(WEEKDAYS) if w.startswith(found[0][:3]))
        yield Moment(*found.span(), "weekday", _whole(value), found[0])
    for found in DECADE.finditer(text):
        value = int(found["full"] or f"19{found['short']}")
        name = "full" if found["full"] else "short"
        yield Moment(*found.span(name), "decade", _whole(value), found[name])
    for found in TIME.finditer(text):
        hour = found["hour"] or found["hour2"] or found["hour3"]
        number = int(hour) if hour.isdigit() else ENGLISH.index(hour.lower())
        minute = int(found["minute"] or found["minute2"] or 0)
        half: Half = ""
        if found["half"]:
            half = "am" if found["half"][0] in "aA" else "pm"
        if time := _time(number, minute, half):
            yield Moment(*found.span(), "time", time, found[0])


def _month(found: re.Match[str]) -> int:
    return next(n for n, m in enumerate(MONTHS, 1) if m.startswith(found[0][:3]))


def _time(hour: int, minute: int, half: Half) -> Value | None:
    """Return a time of day; None if there is none such."""
    if hour > 24 or minute > 59 or (half and not 0 < hour <= 12):
        return None
    if not half:
        half = "pm" if 12 < hour < 24 else "am" if hour in (0, 24) else ""
    return (hour - 1) % 12 + 1, minute, half


def _named(full: Sequence[str], short: Sequence[str], place: Moment, index: int) -> str:
    return short[index] if place.text.endswith(".") else full[index]


def _month_in_english(place: Moment, old: Value, new: Value) -> str:
    return _named(MONTHS, MONTHS_SHORT, place, new[0] - 1)


def _weekday_in_english(place: Moment, old: Value, new: Value) -> str:
    return _named(WEEKDAYS, WEEKDAYS_SHORT, place, new[0])


def _day_in_english(place: Moment, old: Value, new: Value) -> str:
    if place.text.isdigit():
        return str(new[0])
    end = {1: "st", 2: "nd", 3: "rd"}.get(new[0] % 10, "th")
    return f"{new[0]}{'th' if new[0] in (11, 12, 13) else end}"


def _decade(place: Moment, old: Value, new: Value) -> str | None:
    if len(place.text) == 4:
        return str(new[0])
    near = new[0] // 100 == 19 and new[0] % 100 >= 30
    return str(new[0] % 100) if near else None


def _time_in_english(place: Moment, old: Value, new: Value) -> str | None:
    found = TIME.fullmatch(place.text)
    if found is None or bool(old[2]) != bool(new[2]):
        return None
    hour, minute, half = new
    if found["hour2"]:
        return _clock(place, found["hour2"], new) if old[2] == half else None
    if found["hour3"]:
        if minute or old[2] != half:
            return None
        own = str(hour) if found["hour3"].isdigit() else ENGLISH[hour]
        own = own.capitalize() if found["hour3"][0].isupper() else own
        return own + place.text[found.end("hour3") :]
    if not half:
        half = place.value[2]
    mark = found["half"]
    letter = half[0].upper() if mark[0].isupper() else half[0]
    clock = f"{hour}:{minute:02d}" if minute or found["minute"] == "00" else str(hour)
    return f"{clock}{found['gap']}{letter}{mark[1:]}"


def _clock(place: Moment, hour: str, new: Value) -> str:
    """Return a time in digits, of 24 hours if the old one was."""
    value = new[0] % 12 + 12 if int(hour) > 12 else new[0]
    own = f"{value:02d}" if hour.startswith("0") else str(value)
    return f"{own}:{new[1]:02d}"


# --- Korean -----------------------------------------------------------------

DAYS = "월화수목금토일"
MONTH_KO = re.compile(
    r"(?<![\d.,~–-])(?P<number>1[0-2]|[1-9])\s?월(?=$|[^\w]|[은의이과에로말초중까경쯤께호도부생]"
    r"|하순|상순|초순|달|\d)"
)
DAY_KO = re.compile(r"\s?(?P<number>[12]\d|3[01]|[1-9])\s?일(?!\s?[~–-]\s?\d)")
WEEKDAY_KO = re.compile(rf"(?<![가-힣])(?P<name>[{DAYS}]요일)|\((?P<short>[{DAYS}])\)")
DECADE_KO = re.compile(
    r"(?<![\d.,~–-])(?:(?P<full>[12]\d\d0)|(?P<short>[3-9]0))(?=년대)"
)
PARTS: Mapping[str, Half] = {
    "오전": "am", "새벽": "am", "아침": "am", "오후": "pm", "저녁": "pm", "밤": "pm",
    "낮": "pm",
}  # fmt: skip
SPANS = {
    "새벽": range(1, 6), "아침": range(6, 11), "저녁": range(5, 10), "밤": range(7, 12),
    "낮": range(1, 4),
}  # fmt: skip
"""Hours that are surely said so."""
HOURS_KO = "|".join(sorted((native(n) or "" for n in range(1, 13)), key=len)[::-1])
TIME_KO = re.compile(
    rf"(?<![가-힣\d:.,~–-])(?:(?P<part>{'|'.join(PARTS)})(?P<gap>\s?))?"
    rf"(?:(?P<hour>\d{{1,2}}|{HOURS_KO})(?P<tick>\s?)시"
    r"(?:(?P<before>\s?)(?P<minute>\d{1,2})(?P<space>\s?)분|(?P<apart>\s?)(?P<half>반))?"
    r"(?=$|[^\w]|[에부까경쯤께의와과로가는은를을이정도만무입다였라])"
    r"|(?P<hour2>\d{1,2}):(?P<minute2>\d\d)(?![\d:%]|[.,]\d))"
)
SPELT_MINUTE = re.compile(r"\s?[일이삼사오육칠팔구십]+\s?분")


def _korean(text: str) -> Iterator[Moment]:
    for found in MONTH_KO.finditer(text):
        start, end = found.span("number")
        yield Moment(start, end, "month", _whole(int(found[1])), found[1])
        if day := DAY_KO.match(text, found.end()):
            start, end = day.span("number")
            yield Moment(start, end, "day", _whole(int(day[1])), day[1])
    for found in WEEKDAY_KO.finditer(text):
        name = "name" if found["name"] else "short"
        value = _whole(DAYS.index(found[name][0]))
        yield Moment(*found.span(name), "weekday", value, found[name])
    for found in DECADE_KO.finditer(text):
        year = int(found["full"] or f"19{found['short']}")
        yield Moment(*found.span(), "decade", _whole(year), found[0])
    for found in TIME_KO.finditer(text):
        time = _korean_time(found)
        if time and not SPELT_MINUTE.match(text, found.end()):
            yield Moment(*found.span(), "time", time, found[0])


def _korean_time(found: re.Match[str]) -> Value | None:
    hour = found["hour"] or found["hour2"]
    number = int(hour) if hour.isdigit() else NATIVE_VALUES[hour]
    minute = 30 if found["half"] else int(found["minute"] or found["minute2"] or 0)
    half: Half = PARTS[found["part"]] if found["part"] else ""
    if found["part"] in SPANS and number not in SPANS[found["part"]]:
        half = ""  # 밤 12시 is in either half
    return _time(number, minute, half if number <= 12 else "")


def _month_in_korean(place: Moment, old: Value, new: Value) -> str:
    return str(new[0])


def _weekday_in_korean(place: Moment, old: Value, new: Value) -> str:
    return DAYS[new[0]] + place.text[1:]


def _time_in_korean(place: Moment, old: Value, new: Value) -> str | None:
    found = TIME_KO.fullmatch(place.text)
    if found is None or bool(old[2]) != bool(new[2]):
        return None
    part = found["part"] or ""
    digits = found["hour"] or found["hour2"]
    of_24 = digits.isdigit() and int(digits) > 12
    if part in SPANS and (new[0] not in SPANS[part] or old[2] != new[2]):
        return None
    if part in ("오전", "오후") and new[2]:
        part = "오전" if new[2] == "am" else "오후"
    elif old[2] != new[2]:
        return None
    lead = part + (found["gap"] or "")
    if found["hour2"]:
        return lead + _clock(place, digits, new)
    if not digits.isdigit():
        hour = native(new[0])
    else:
        hour = str(new[0] % 12 + 12 if of_24 else new[0])
    return f"{lead}{hour}{found['tick']}시{_minute(found, new[1])}"


def _minute(found: re.Match[str], minute: int) -> str:
    if not minute:
        return ""
    if found["half"]:
        own = "반" if minute == 30 else f"{minute}분"
        return (found["apart"] or " ") + own
    if found["minute"]:
        return f"{found['before']}{minute}{found['space']}분"
    return f" {minute}분"


Write: TypeAlias = Callable[[Moment, Value, Value], str | None]
WRITE_ENGLISH: Mapping[Kind, Write] = {
    "month": _month_in_english,
    "weekday": _weekday_in_english,
    "day": _day_in_english,
    "decade": _decade,
    "time": _time_in_english,
}
WRITE_KOREAN: Mapping[Kind, Write] = {
    "month": _month_in_korean,
    "weekday": _weekday_in_korean,
    "day": _month_in_korean,
    "decade": _decade,
    "time": _time_in_korean,
}
