"""Whole numbers in words, both ways: twenty-five, 스물다섯, 이십오."""

from __future__ import annotations

ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
ENGLISH_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety",
)  # fmt: skip
ENGLISH_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth",
    "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip

NATIVE = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_ALONE = ("", "하나", "둘", "셋", "넷", *NATIVE[5:])
NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
SINO = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
DAYS = ("", "하루", "이틀", "사흘", "나흘", "닷새")
"""So many days; beyond, Koreans say 6일, but for 열흘."""
SINO_SMALL = ((1000, "천"), (100, "백"), (10, "십"))
MYRIADS = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
"""The units that Koreans count large numbers in."""
MYRIAD = 10**4


def english(number: int) -> str | None:
    """Return a whole number in English words, None if nobody would write it so: from a
    hundred on, only round ones (two hundred, 1.2 million has no words)."""
    if 0 <= number < len(ENGLISH):
        return ENGLISH[number]
    if 0 < number < ENGLISH_SCALES["hundred"]:
        tens, ones = divmod(number, 10)
        return ENGLISH_TENS[tens] + (f"-{ENGLISH[ones]}" if ones else "")
    for name, scale in reversed(ENGLISH_SCALES.items()):
        count, rest = divmod(number, scale)
        if 0 < count < ENGLISH_SCALES["hundred"] and not rest:
            return f"{english(count)} {name}" if count < 10 or scale > 100 else None
    return None


def english_ordinal(number: int) -> str | None:
    """Return a number below a hundred as an English ordinal: third, twenty-first."""
    if not 0 < number < ENGLISH_SCALES["hundred"]:
        return None
    *before, last = (english(number) or "").split("-")
    last = ORDINALS.get(last) or (
        last[:-1] + "ieth" if last[-1] == "y" else last + "th"
    )
    return "-".join([*before, last])


def native(number: int, *, alone: bool = False) -> str | None:
    """Return a number from 1 to 99 in native Korean words.

    :param alone: without a counter after it: 셋, not 세.
    """
    if not 0 < number < len(NATIVE) * 10:
        return None
    tens, ones = divmod(number, 10)
    if number == 20 and not alone:
        return "스무"
    return NATIVE_TENS[tens] + (NATIVE_ALONE if alone else NATIVE)[ones]


def days(number: int) -> str | None:
    """Return a number of days in Korean: 이틀, 열흘, 12일; None below one."""
    if number == 10:
        return "열흘"
    return (
        DAYS[number]
        if 0 < number < len(DAYS)
        else f"{number}일"
        if number > 0
        else None
    )


def sino(number: int) -> str | None:
    """Return a whole number in Sino-Korean words; None below 1 and from 경 on."""
    if not 0 < number < MYRIADS[0][0] * MYRIAD:
        return None
    parts = []
    for scale, name in MYRIADS:
        count, number = divmod(number, scale)
        if count:
            one = count == 1 and name == "만"
            parts.append(("" if one else _sino_small(count)) + name)
    return "".join(parts) + _sino_small(number)


def _sino_small(number: int) -> str:
    parts = []
    for scale, name in SINO_SMALL:
        count, number = divmod(number, scale)
        if count:
            parts.append((SINO[count] if count > 1 else "") + name)
    return "".join(parts) + SINO[number]


def sino_value(words: str) -> int | None:
    """Return the value of Sino-Korean words, None if they are none: 이백오십, 삼만."""
    total, rest = 0, words
    for scale, name in MYRIADS:
        head, found, tail = rest.partition(name)
        if found:
            count = _sino_small_value(head) if head else 1
            if not count:
                return None
            total, rest = total + count * scale, tail
    small = _sino_small_value(rest) if rest else 0
    return None if small is None or not words else total + small


def _sino_small_value(words: str) -> int | None:
    total = 0
    for scale, name in SINO_SMALL:
        head, found, tail = words.partition(name)
        if found:
            if head not in SINO:
                return None
            total, words = total + max(SINO.index(head), 1) * scale, tail
    return total + SINO.index(words) if words in SINO else None


DAY_VALUES = {words: n for n in range(2, 6) if (words := days(n))}
DAY_VALUES |= {"엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10}
"""Native words for some days. 하루 is often *a day*, as in twice a day."""
NATIVE_VALUES = {
    words: number
    for number in range(1, 100)
    for alone in (False, True)
    if (words := native(number, alone=alone))
}
ENGLISH_VALUES = {words: n for n in range(100) if (words := english(n))}
ORDINAL_VALUES = {words: n for n in range(100) if (words := english_ordinal(n))}
"""Below a hundred: words → number."""
