"""How Korean and Latin words end when Koreans read them: particles take their form from
that sound. None wherever they are read in more ways than one.
"""

from __future__ import annotations

import re
from itertools import takewhile

from translate_flow.text.codewords import Coda, word_end

__all__ = [
    "FIRST",
    "LAST",
    "LONGEST",
    "MARKS",
    "Coda",
    "bracket_start",
    "coda",
    "jamo",
    "of_syllable",
]

FIRST, LAST = "가", "힣"
CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

MARKS = re.compile(r"[*_~\"'”’»」』》〉]+$|</?[A-Za-z][\w:-]*>$")
"""Emphasis, closing quotes and tags at the end of a word: they are not read."""
QUOTES = "\"'”’»」』》〉"
LINK_END = re.compile(r"\](?:\([^()\s]*(?:\s\"[^\"]*\")?\)|\[[^\[\]]*\])?$")
LONGEST = 200
"""No 어절 is longer; of a long text so much of the end is looked at."""

DIGITS: dict[str, Coda] = {
    "0": "C", "1": "ㄹ", "2": "", "3": "C", "4": "", "5": "", "6": "C", "7": "ㄹ",
    "8": "ㄹ", "9": "",
}  # fmt: skip
JO, GYEONG = 12, 16
"""So many zeros are read 조, which ends in a vowel; or 경."""

UNITS: dict[str, Coda] = {
    "%": "", "％": "", "‰": "", "℃": "", "°C": "", "℉": "", "°": "", "km": "", "m": "",
    "cm": "", "mm": "", "㎞": "", "㎝": "", "㎜": "", "nm": "", "㎡": "", "m²": "",
    "km²": "", "m³": "", "kg": "C", "g": "C", "mg": "C", "㎏": "C", "㎎": "C",
    "ha": "", "KB": "", "MB": "", "GB": "", "TB": "", "PB": "", "Hz": "", "kHz": "",
    "MHz": "", "GHz": "", "kW": "", "MW": "", "GW": "", "mL": "", "ml": "", "ℓ": "",
    "원": "C",
}  # fmt: skip
"""Units after a number, as they are read: 60%는 is 육십 퍼센트는."""
NUMBER = re.compile(
    r"(?<![\d.,:/#$€£¥₩−^])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?"
    rf"(?:[ ]?(?P<unit>{'|'.join(map(re.escape, UNITS))}))?$",
    re.ASCII,
)
"""Amounts of money, times, fractions and numbers of issues are read in more ways."""

CODE_END = re.compile(r"<(code|kbd|samp)\b[^<>]*>(?P<shown>[^<>]*)</\1>$")
CALLED = re.compile(r"(?:\(\)|[!;,:'\"])+$")
"""What nobody reads at the end of code: ``open()``, ``panic!``."""
TAG = re.compile(r"</?(?P<name>[A-Za-z][\w-]*)\s*/?>$")
GENERIC = re.compile(r"(?<=\w)<(?P<inner>[^<>]+)>$")
LAST_WORD = re.compile(r"(?:[A-Z]?[a-z]+|[A-Z]+)$")
NUMBERED = re.compile(r"[A-Za-z][_-]?(?P<digits>\d+)$")
DIGITS_ALONE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?", re.ASCII)

TWO_WAYS: dict[str, Coda] = {"2": "", "4": "", "5": ""}
"""Digits that end alike in Korean and in English: G5, MP4. All others are not sure."""

LETTERS: dict[str, Coda] = dict.fromkeys("ABCDEFGHIJKOPQSTUVWXYZ", "")
LETTERS |= {"L": "ㄹ", "M": "C", "N": "C"}
"""Names of letters; R is read 알 or 아르."""
READ_AS_WORDS = re.compile(r"[AEIOUY]")
SURE_IN_WORDS = "AFHILMNOSUVWXYZQJ"
"""Capitals that end alike when the letters are named or read as a word (NATO, ASEAN);
OPEC and IDLE are not like that."""
SPELT_OUT = """
    AP BBC CEO CIO CTO CIA DMZ EU FTA GDP IAEA IP IT KBS LED OECD OTP PC UAE UK API URI
    URL USB VIP WTO DVD FBI IMF ICBM MOU NGO SNS TPP USA USD UTC ISP
"""
"""Acronyms with a vowel that everybody spells out."""

VERBS = ("GET", "PUT")
"""Short ones that are a word all the same."""

LONGEST_ACRONYM = 4
"""Capitals in code that are more than these are a word: ``MAX_LENGTH``."""

WORD_ENDS: tuple[tuple[str, Coda], ...] = (
    (r"(?:tion|sion|ism|ing|[a-z]{3}[mn])", "C"),
    (r"(?:[a-z]{3}l|[bcdgkp]le)", "ㄹ"),
    (r"(?:[a-z]{3}(?:er|or)|[a-z]{3}[aoiuy]|[a-z]{3}(?:ss|sh|st|ce|ge|ve|se|ze))", ""),
)
"""How Latin words end that every Korean reads alike; the rest is not sure."""
LATIN = re.compile(r"(?<![\w.@/\\-])[A-Za-z]+$")


def coda(word: str) -> Coda | None:
    """Return how the last sound of a text ends, None if nobody can be sure.

    Digits are read as Koreans read them (10 is 십, 2.7 is 이 점 칠), units and acronyms
    too; quotes, emphasis and link ends are skipped; before a bracket that closes, its
    content and what stands before it must agree.
    """
    word = word[-LONGEST:]
    while word:
        code = _code_at_end(word)
        if code is not None:
            return of_code(code)
        bare = MARKS.sub("", word)
        if word[-1] in QUOTES or (bare != word and bare[-1:] in QUOTES):
            bare = bare.rstrip(".!?…,")
        if bare == word and word[-1] in ")]":
            return _bracket(word)
        if bare == word:
            break
        word = bare
    if not word:
        return None
    if FIRST <= word[-1] <= LAST:
        return of_syllable(word[-1])
    number = NUMBER.search(word)
    return _of_number(number) if number else _of_latin(word)


def _bracket(word: str) -> Coda | None:
    if link := LINK_END.search(word):
        return coda(word[: link.start()])
    opening = bracket_start(word)
    if opening < 0:
        return None
    inside, before = coda(word[opening + 1 : -1]), word[:opening]
    return inside if not before.strip() or inside == coda(before) else None


def bracket_start(word: str) -> int:
    """Return where the bracket opens that closes at the end of a text; -1 if none."""
    depth = 0
    for at in range(len(word) - 1, -1, -1):
        depth += (word[at] == ")") - (word[at] == "(")
        if depth <= 0:
            return at if word[at] == "(" else -1
    return -1


def _code_at_end(word: str) -> str | None:
    """Return what stands in the code span that a text ends in; None if it is none."""
    if shown := CODE_END.search(word):
        return shown["shown"]
    if word[-1] != "`":
        return None
    head = word.rstrip("`")
    ticks = word[len(head) :]
    runs = [run for run in re.finditer("`+", head) if run[0] == ticks]
    return head[runs[-1].end() :] if runs else ""


def of_code(code: str) -> Coda | None:
    """Return how a piece of code ends when it is read, None if nobody can be sure."""
    code = code.strip()
    if tag := TAG.match(code):
        code = tag["name"]
    code = CALLED.sub("", code)
    if generic := GENERIC.search(code):
        inner, outer = of_code(generic["inner"]), of_code(code[: generic.start()])
        return inner if inner == outer else None
    if DIGITS_ALONE.fullmatch(code):
        number = NUMBER.search(code)
        return _of_number(number) if number else None
    if numbered := NUMBERED.search(code):
        digits = numbered["digits"]
        return TWO_WAYS.get(digits[-1]) if digits not in ("14", "15") else None
    if FIRST <= code[-1:] <= LAST:
        return of_syllable(code[-1])
    found = LAST_WORD.search(code)
    if found is None or code[: found.start()][-1:].isdigit():
        return None
    word = found[0]
    return word_end(word) if word[-1].islower() else _of_constant(word)


def _of_constant(word: str) -> Coda | None:
    """Return how capitals in code end: as a word, if they can be one, else as letters;
    None if those differ."""
    named = LETTERS.get(word[-1])
    spoken = word_end(word)
    if word in SPELT_OUT.split() or len(word) == 1:
        return named
    long = len(word) > LONGEST_ACRONYM and READ_AS_WORDS.search(word)
    if long or word in VERBS:
        return spoken
    return named if named == spoken else None


def jamo(syllable: str) -> tuple[str, str, str]:
    """Return onset, vowel and coda of a syllable; a blank for no coda."""
    number = ord(syllable) - ord(FIRST)
    vowel = number // 28 % 21
    return ONSETS[number // 588], VOWELS[vowel], CODAS[number % 28]


def of_syllable(syllable: str) -> Coda:
    """Return how a syllable ends."""
    end = jamo(syllable)[2]
    return "" if end == " " else "ㄹ" if end == "ㄹ" else "C"


def _of_number(found: re.Match[str]) -> Coda | None:
    if found["unit"]:
        return UNITS[found["unit"]]
    digits, decimals = found[1].replace(",", ""), found[2]
    letter = found.string[: found.start()][-1:]
    if letter.isascii() and letter.isalpha():
        return None if decimals else TWO_WAYS.get(digits)
    zeros = len(digits) - len(digits.rstrip("0"))
    if decimals or zeros < JO or zeros == len(digits):
        return DIGITS[(decimals or digits)[-1]]
    return "" if zeros < GYEONG else None


def _of_latin(word: str) -> Coda | None:
    found = LATIN.search(word)
    if found is None:
        return None
    capitals = "".join(takewhile(str.isupper, reversed(found[0])))[::-1]
    if capitals:
        named = len(capitals) == 1 or not READ_AS_WORDS.search(capitals)
        if named and len(found[0]) > len(capitals) == 1:
            return None
        sure = named or capitals in SPELT_OUT.split() or capitals[-1] in SURE_IN_WORDS
        return LETTERS.get(capitals[-1]) if sure else None
    low = found[0].lower()
    if len(low) < 5 or low in {"chile", "nestle"}:
        return None
    ends = (end for shape, end in WORD_ENDS if re.search(f"{shape}$", low))
    return next(ends, None)
