"""Quantities in English and Korean text: where they stand, what they are worth.

Dates, times, versions, identifiers (F-35, 2.7.1), fractions and approximations
(서너 명, a few hundred) are no quantities; what cannot be read with certainty is left
out, or has two readings: the 만 of ``2.7만`` is ten thousand, or a particle, "only".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

from translate_flow.text.mask import mask
from translate_flow.text.number_words import (
    DAY_VALUES,
    ENGLISH_SCALES,
    ENGLISH_VALUES,
    MYRIADS,
    NATIVE_VALUES,
    ORDINAL_VALUES,
    SINO_SMALL,
    sino_value,
)

Form: TypeAlias = Literal[
    "digits", "scaled", "words", "mixed", "native", "sino", "days"
]
"""How it is written: 1,200; 1.2 million; twenty-five; 120만, 3천; 세; 이백만; 이틀."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text."""

    start: int
    end: int
    value: Fraction
    text: str
    """What stands there: the number without its counter or unit."""

    form: Form
    ordinal: bool = False
    """Whether it says which one (third, 세 번째), not how many."""

    after: str = ""
    """A little of the text behind it: its counter or unit."""

    before: str = ""
    """A little of the text in front of it."""

    other: Quantity | None = None
    """The second reading, if there are two: shorter, and worth less."""

    @property
    def readings(self) -> tuple[Quantity, ...]:
        """All that it may be."""
        return (self,) if self.other is None else (self, self.other)


NEAR = 40
"""Letters of context that a quantity keeps."""


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order; they do not overlap.

    :param text: inline Markdown; code, addresses and entities in it are passed over.
    :param language: ``en`` or ``ko``; nothing is known of others.
    """
    find = {"en": _english, "ko": _korean}.get(language.lower().split("-")[0])
    if find is None:
        return ()
    found: list[Quantity] = []
    for quantity in sorted(find(mask(text)), key=lambda q: (q.start, -q.end)):
        if not found or quantity.start >= found[-1].end:
            found.append(quantity)
    return tuple(_in_context(text, quantity) for quantity in found)


def _in_context(text: str, quantity: Quantity) -> Quantity:
    other = quantity.other and _in_context(text, quantity.other)
    return replace(
        quantity,
        before=text[max(0, quantity.start - NEAR) : quantity.start],
        after=text[quantity.end : quantity.end + NEAR],
        other=other,
    )


# --- digits -----------------------------------------------------------------

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
DIGITS = re.compile(NUMBER, re.ASCII)
RUN = re.compile(r"[-–−~’'/:·•ㆍ‧.,\d]*\d[-–−~’'/:·•ㆍ‧.,\d]*", re.ASCII)
"""Digits with all the signs that bind them: only a number and a range is a quantity."""
PLAIN = re.compile(
    rf"(?P<lead>[~–-]?)(?P<a>{NUMBER})(?:[-–~](?P<b>{NUMBER}))?[-–−~’':.,]*", re.ASCII
)
LONGEST = 30
"""Digits beyond this number are no quantity but a key or a dump."""
NAMED = re.compile(r"[A-Za-z_#^@\\№][-–]?$")
"""What makes digits part of a name: F-35, #5, v2."""
AFTER_DIGITS = re.compile(
    r"(?:km|cm|mm|nm|kg|mg|g|m|ml|mL|ha|[KMGTP]B|[kMG]?Hz|[kMG]W|ms|px|km²|m²|p)"
    r"(?![A-Za-z\d])|%"
)
"""Latin letters that are a unit; any others make an identifier: 5G, 1990s."""


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where digits stand that are a number of their own."""
    for run in RUN.finditer(text):
        plain = PLAIN.fullmatch(run[0])
        head = text[max(0, run.start() - NEAR) : run.start()]
        if plain is None or NAMED.search(head):
            continue
        if plain["lead"] in ("-", "–") and not re.search("[%가-힣]$", head):
            continue
        cited = head.endswith("[") and text[run.end() : run.end() + 1] == "]"
        dated = plain["b"] and re.match(r"\d{4}[-–]\d{2}(?!\d)", plain[0])
        if cited or dated:
            continue
        for name in ("a", "b"):
            digits = plain[name]
            if digits and not re.match(r"0\d", digits) and len(digits) <= LONGEST:
                start, end = plain.span(name)
                yield run.start() + start, run.start() + end


def _worth(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


# --- English ----------------------------------------------------------------

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?"
    r"|Dec(?:ember|\.)?)"
)
MONTH_BEFORE = re.compile(rf"\b{MONTH} (?:the )?(?:\d+[-–])?$")
NO_ENGLISH = re.compile(
    rf"(?:st|nd|rd|th)?(?:[-–]\d+)? (?:of )?{MONTH}\b|\s?[ap]\.?m\b\.?|\s?o['’]clock"
    r"|\s?(?:GMT|UTC|KST)\b|-[A-Z]",
)
"""What follows a day, an hour or the first half of a name (7-Eleven)."""
LAST_DAY = 31
SCALE = re.compile(
    r"[ -]?(?P<word>hundred|thousand|million|billion|trillion)\b(?!s)"
    r"|\s?(?P<short>bn|mn|tn|[kmb])\b(?![-./]\w)"
)
SHORT_SCALES = {
    "k": 1000, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
SHARED = re.compile(
    rf"(?:[-–]|\s+(?:to|or|and)\s+)[$€£¥₩]?{NUMBER}(?:[ -]?(?:hundred|thousand|million"
    r"|billion|trillion)|\s?(?:bn|mn|tn))\b"
)
"""The rest of ``2-3 million``: what the 2 is worth stands further on."""
MONEY = re.compile(r"[$€£¥₩]\s?$")
ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b")
PARTS = re.compile(
    r"[- ](?:half|halves|(?:third|quarter|fourth|fifth|sixth|eighth|tenth)s?)\b"
)

SMALL = "|".join(sorted(ENGLISH_VALUES, key=len, reverse=True))
ORDINAL = "|".join(sorted(ORDINAL_VALUES, key=len, reverse=True))
BIG = "|".join(ENGLISH_SCALES)
WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<ordinal>{ORDINAL})|(?P<words>(?:a (?={BIG})|(?:{SMALL})(?!\w))"
    rf"(?:[ -]?(?:(?:{BIG})(?: and)?|{SMALL})(?!\w))*))(?!\w)",
    re.IGNORECASE,
)


def _english(text: str) -> Iterator[Quantity]:
    for start, end in _numbers(text):
        yield from _english_digits(text, start, end)
    for found in WORDS.finditer(text):
        value = _english_value(found)
        if value is not None and not PARTS.match(text, found.end()):
            ordinal = found["ordinal"] is not None
            yield Quantity(*found.span(), Fraction(value), found[0], "words", ordinal)


def _english_digits(text: str, start: int, end: int) -> Iterator[Quantity]:
    value, digits = _worth(text[start:end]), text[start:end]
    day = value <= LAST_DAY and MONTH_BEFORE.search(text[max(0, start - NEAR) : start])
    if day or NO_ENGLISH.match(text, end) or SHARED.match(text, end):
        return
    plain = Quantity(start, end, value, digits, "digits")
    scale = SCALE.match(text, end)
    if scale:
        yield from _scaled(text, plain, scale)
    elif ordinal := ORDINAL_END.match(text, end):
        own = text[start : ordinal.end()]
        yield Quantity(start, ordinal.end(), value, own, "digits", ordinal=True)
    elif not text[end : end + 1].isalpha() or AFTER_DIGITS.match(text, end):
        yield plain


def _scaled(text: str, plain: Quantity, scale: re.Match[str]) -> Iterator[Quantity]:
    """With its scale; ``5m`` are millions if it is money, or metres."""
    money = MONEY.search(text[max(0, plain.start - NEAR) : plain.start])
    short = scale["short"]
    factor = SHORT_SCALES[short] if short else ENGLISH_SCALES[scale["word"]]
    whole = replace(
        plain,
        end=scale.end(),
        value=plain.value * factor,
        text=text[plain.start : scale.end()],
        form="scaled",
    )
    if short in ("m", "b") and not money:
        if short == "m":
            yield replace(whole, other=plain)
    else:
        yield whole


def _english_value(found: re.Match[str]) -> int | None:
    """Return the value of number words, None if together they are no number."""
    if found["ordinal"]:
        return ORDINAL_VALUES[found["ordinal"].lower()]
    words = found["words"].lower()
    if words.endswith(" and"):
        return None
    total, current, least = 0, 0, 10**15
    tokens = re.findall(rf"{SMALL}|{BIG}|\ba\b", words.replace(" and", ""))
    for token in tokens:
        if token in ("hundred", "a"):
            current = current * 100 if token == "hundred" else 1
        elif token in ENGLISH_SCALES:
            scale = ENGLISH_SCALES[token]
            if scale >= least or not current:
                return None
            total, current, least = total + current * scale, 0, scale
        elif current % 100 or (ENGLISH_VALUES[token] == 0 and len(tokens) > 1):
            return None
        else:
            current += ENGLISH_VALUES[token]
    return total + current


# --- Korean -----------------------------------------------------------------

MONEY_UNITS = "원|달러|불|엔|유로|위안|파운드|루블|루피|프랑|마르크"
COUNTERS = (
    rf"번째|차례|명|사람|개국|개월|개소|개|척|마리|대|번|살|가지|곳|권|장|채|쌍|잔|병|그루"
    rf"|송이|시간|달|해|배|군데|분|나라|편|벌|켤레|자루|통|판|끼|표|건|팀|단계|가구|세대"
    rf"|년|일|주|세|세기|회|점|톤|인|쪽|줄|층|도시|국가|가족|퍼센트|포인트|킬로|미터|마일"
    rf"|{MONEY_UNITS}|km|kg|%"
)
TAIL = (
    r"(?![가-힣])"
    r"|(?=[은는이가을를의에도만과와로으까부쯤씩째간여당들밖마정짜보처뿐라였인입전후동])"
)
COUNTED = re.compile(rf"여?\s?(?:{COUNTERS})(?:{TAIL})|여(?![가-힣])")
SURE = re.compile(
    rf"여|\s?(?:{COUNTERS})(?:{TAIL})|\s(?:이상|이하|미만|가량|정도|안팎)"
)
"""What can only follow a number: before it, 만 is ten thousand."""
PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|도|만|과|와|로|으로|까지|부터|이나|나|씩|이다"
    r"|보다|이라는|이라고|이며)(?![가-힣])"
)
NO_KOREAN = re.compile(
    r"(?:\s?[~–-]\s?\d+)?\s?(?:월(?!급)|년대|할|푼|시(?!간)|분의|자회담|강(?![가-힣])|박\s?\d"
    r"|[.]\s?\d{1,2}[.]|초\d)"
)
"""What follows a month, an hour, a decade, a fraction or a name (6자회담, 8강)."""
NO_KOREAN_BEFORE = re.compile(
    r"(?:월|시|분의|박|할)\s?(?:\d+\s?[~–-]\s?)?$|\d{4}\.\s?(?:\d{1,2}\.\s?)?$|’$"
)
STREET = re.compile(r"로\d+가")
NATIVE_WORDS = "|".join(sorted(NATIVE_VALUES, key=len, reverse=True))
ATTACHED = "명|개|가지|사람|마리|척|권|번째"
NATIVE_NUMBER = re.compile(
    rf"(?<![가-힣])(?P<words>첫(?=\s?번째|째)|{NATIVE_WORDS})"
    rf"(?:(?=\s(?:{COUNTERS})(?:{TAIL}))|(?=(?:{ATTACHED})(?:{TAIL}))"
    r"|(?=째(?![가-힣]{2})))"
)
ALONE = re.compile(
    r"(?<![가-힣])(?:둘|셋|넷|다섯|여섯|일곱|여덟|아홉)"
    r"(?=(?:은|는|이|가|을|를|의|로|으로|과|와|도|만)?(?![가-힣]))"
)
SINO_NUMBER = re.compile(
    rf"(?<![가-힣])(?:[일이삼사오육칠팔구십백천만억조]{{2,}}(?={COUNTED.pattern})"
    rf"|[십백천만](?=\s(?:명|년|개|번|원|달러|척|대)(?:{TAIL}))"
    rf"|[일삼사오육칠팔구](?=\s(?:년|개월|분|초|층|세기|주년|학년|달러|주일)(?:{TAIL})))"
)
"""An 이 before its counter may be *this*: 이 년 is left out."""
DAYS = re.compile(
    rf"(?<![가-힣])(?:(?P<one>하루(?=\s?(?:동안|간|만에|전|뒤|후|이상|이내|더)))"
    rf"|(?:{'|'.join(DAY_VALUES)})(?=(?:간|째|씩)?(?:{TAIL})|\s?동안))"
)


def _korean(text: str) -> Iterator[Quantity]:
    for start, end in _numbers(text):
        yield from _korean_digits(text, start, end)
    for pattern in (NATIVE_NUMBER, ALONE):
        for found in pattern.finditer(text):
            yield from _native(text, found)
    for found in SINO_NUMBER.finditer(text):
        value = sino_value(found[0])
        if value:
            yield Quantity(*found.span(), Fraction(value), found[0], "sino")
    for found in DAYS.finditer(text):
        days = Fraction(1 if found["one"] else DAY_VALUES[found[0]])
        ordinal = text[found.end() : found.end() + 1] == "째"
        yield Quantity(*found.span(), days, found[0], "days", ordinal)


def _native(text: str, found: re.Match[str]) -> Iterator[Quantity]:
    value = 1 if found[0] == "첫" else NATIVE_VALUES[found[0]]
    rest = text[found.end() : found.end() + NEAR]
    idiom = re.match(r"\s?시(?!간)", rest) or (
        value == 1 and re.match(r"\s?번에", rest)
    )
    if not idiom:
        ordinal = re.match(r"\s?번째|째", rest) is not None
        yield Quantity(*found.span(), Fraction(value), found[0], "native", ordinal)


def _korean_digits(text: str, start: int, end: int) -> Iterator[Quantity]:
    head = text[max(0, start - NEAR) : start]
    street = STREET.match(text, start - 1) if start else None
    if NO_KOREAN.match(text, end) or NO_KOREAN_BEFORE.search(head) or street:
        return
    if re.match("[A-Za-z]", text[end : end + 1]) and not AFTER_DIGITS.match(text, end):
        return
    ordinal = head.endswith("제") or bool(
        re.match(r"\s?번째|째", text[end : end + NEAR])
    )
    plain = Quantity(start, end, _worth(text[start:end]), text[start:end], "digits")
    plain = replace(plain, ordinal=ordinal)
    if text[end : end + 1] not in tuple("조억만천백십"):
        yield plain
        return
    stop, value, parts = _mixed(text, start)
    if stop == end:
        yield plain
        return
    whole = replace(plain, end=stop, value=value, text=text[start:stop], form="mixed")
    doubtful = parts == 1 and text[stop - 1] in "만조" and stop == end + 1
    sure = not doubtful or SURE.match(text, stop) is not None
    if doubtful and head.endswith("제"):
        whole, sure = plain, True  # 제3조 is an article of a law
    yield whole if sure else replace(whole, other=plain)


def _mixed(text: str, start: int) -> tuple[int, Fraction, int]:
    """Read a number of groups in descending myriads: 1억 2,000만, 3조5천억, 2만8500.

    :returns: where it ends, its value, and how many groups it has.
    """
    pos, total, parts, least = start, Fraction(0), 0, MYRIADS[0][0] * 10**4
    end = start
    while (group := _group(text, pos)) is not None:
        after, value = group
        scale = next((s for s, name in MYRIADS if text[after : after + 1] == name), 1)
        last = scale == 1
        if scale >= least or (parts and not last and value >= 10**4):
            break
        stop = after if last else after + 1
        if last and parts and not _belongs(text, end, pos, after, value):
            break
        if text[stop - 1] in "조억만천백십" and not _ends(text, stop):
            if not last:
                total, end = total + value, after
            break
        total, end, parts, least = total + value * scale, stop, parts + 1, scale
        if last:
            break
        pos = end + 1 if text[end : end + 1] == " " else end
    return end, total, parts


def _belongs(text: str, end: int, pos: int, after: int, value: Fraction) -> bool:
    """Whether the digits behind 만 are its rest: 1만 2000, not 100만 2023년."""
    if value >= 10**4 or value.denominator > 1 or text[after : after + 1] == "년":
        return False
    own = text[pos:after]
    if pos == end or own[-1] in "천백" or value >= 1000:
        return True
    return value >= 100 and value % 100 == 0 and COUNTED.match(text, after) is not None


def _group(text: str, pos: int) -> tuple[int, Fraction] | None:
    """Read digits with 천, 백 and 십: 5천, 2천5백, 1,200."""
    found = DIGITS.match(text, pos)
    if found is None or len(found[0]) > LONGEST:
        return None
    total, least = Fraction(0), 10**4
    while found is not None:
        value, end = _worth(found[0]), found.end()
        scale = next((s for s, n in SINO_SMALL if text[end : end + 1] == n), 1)
        if scale == 1 or scale >= least or not _goes_on(text, end + 1):
            return end, total + value
        total, least = total + value * scale, scale
        found = DIGITS.match(text, end + 1, end + 1 + LONGEST)
        if found is None:
            return end + 1, total
    return None


def _goes_on(text: str, pos: int) -> bool:
    return bool(re.match(r"[조억만\d]", text[pos : pos + 1])) or _ends(text, pos)


def _ends(text: str, pos: int) -> bool:
    """Whether a unit such as 만 ends here, and is not the begin of a word (3조각)."""
    rest = text[pos : pos + NEAR]
    follows = not re.match("[가-힣]", rest) or COUNTED.match(rest)
    return bool(follows or PARTICLE.match(rest))
