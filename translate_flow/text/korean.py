"""Korean particles (조사), and words that are surely misspelt.

A particle takes its form from the sound before it: 60일을, 3개를, 서울로, 부산으로.
Everything here abstains where the sound is not certain: a wrong particle that a machine
put there is worse than one that a translator still has to change.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Literal, TypeAlias
from unicodedata import normalize

from translate_flow.text.misspellings import RULES, SLIPS

Coda: TypeAlias = Literal["", "ㄹ", "C"]
"""How a word ends when it is read: in a vowel, in ㄹ, or in another consonant."""

# --- the last sound ---------------------------------------------------------

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
        return _of_syllable(word[-1])
    number = NUMBER.search(word)
    return _of_number(number) if number else _of_latin(word)


def _bracket(word: str) -> Coda | None:
    if link := LINK_END.search(word):
        return coda(word[: link.start()])
    opening = word.rfind("(")
    if not word.endswith(")") or opening < 0:
        return None
    inside, before = coda(word[opening + 1 : -1]), coda(word[:opening])
    return inside if inside == before else None


def jamo(syllable: str) -> tuple[str, str, str]:
    """Return onset, vowel and coda of a syllable; a blank for no coda."""
    number = ord(syllable) - ord(FIRST)
    vowel = number // 28 % 21
    return ONSETS[number // 588], VOWELS[vowel], CODAS[number % 28]


def _of_syllable(syllable: str) -> Coda:
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


# --- particles --------------------------------------------------------------

PAIRS: tuple[tuple[str, str, str], ...] = (
    ("은", "는", ""),
    ("이", "가", ""),
    ("을", "를", ""),
    ("과", "와", "(?:는|도|의|만|도의)?"),
    ("으로", "로", "(?:서|써|부터|까지|서의|부터의)?(?:는|도|만|의)?"),
    ("이란", "란", ""),
    ("이라", "라", "(?:고|는|도|면|며|서|든지|든가|던)(?:는|도|요)?"),
    ("이나", "나", "(?:마)?"),
    ("이며", "며", ""),
    ("이든", "든", "(?:지|가)?"),
    ("이랑", "랑", "(?:은|도)?"),
    ("이야말로", "야말로", ""),
    ("이었", "였", "(?:다|고|으며|는데|지만|던|습니다|음)"),
    ("이에요", "예요", ""),
)
"""After a consonant, after a vowel, and what may still follow."""

COPULA = re.compile(r"(?:다|고|지만|면|므로|던|면서|자)(?![^\W_])")
"""Endings that drop an 이 after a vowel, and need it after a consonant."""

BOUNDARY = r"(?![^\W_]|[(/]\s*[은는이가을를와과로으])"
CLOSERS = r"(?:[*_~\"'”’»」』》〉)]|\](?:\([^()\s]*\)|\[[^\[\]]*\])?|</[A-Za-z]+>){0,9}"
FORMS = tuple(
    (
        re.compile(f"(?P<closed>{CLOSERS})(?P<form>{c}|{v})(?P<tail>{tail}){BOUNDARY}"),
        c,
        v,
    )
    for c, v, tail in PAIRS
)
CALLED = re.compile(f"(?P<closed>{CLOSERS})(?P<form>아|야)(?=[,!])")
"""민영아, 철수야: only before a comma or a shout, since 야 is a copula too."""


def fitted(before: str, after: str) -> str:
    """Return ``after`` with the particle that it begins with in the form that fits.

    :param before: text that ends in the word that the particle belongs to.
    :param after: begins with the particle, or with marks that close something and the
        particle behind them. Unchanged if it begins with no particle that is surely
        one, or if it is not certain how ``before`` is read.
    """
    for shape, closed, opened in (*FORMS, (CALLED, "아", "야")):
        if found := shape.match(after):
            end = coda(before + found["closed"])
            if end is None:
                return after
            vowel = end == "" or (end == "ㄹ" and opened == "로")
            form = opened if vowel else closed
            return found["closed"] + form + after[found.end("form") :]
    if COPULA.match(after) and coda(before) in ("ㄹ", "C"):
        return "이" + after
    return after


def replaced(text: str, start: int, end: int, new: str, reading: str = "") -> str:
    """Return a text with a span exchanged and the particle after it fitted.

    What did not fit the old word is no particle, or was wrong already: it stays.

    :param reading: how ``new`` is read, if its letters do not tell.
    """
    head, tail = text[:start] + new, text[end:]
    if coda(text[:end]) is not None and fitted(text[:end], tail) != tail:
        return head + tail
    return head + fitted(text[:start] + (reading or new), tail)


# --- wrong particles put right ----------------------------------------------

IMPOSSIBLE: tuple[tuple[str, str, str, re.Pattern[str]], ...] = (
    ("C", "를", "을", re.compile("를$")),
    ("", "을", "를", re.compile("을$")),
    ("C", "와", "과", re.compile("와(?:는|도|의|만)?$")),
    ("", "으로", "로", re.compile("으로(?:서|써|부터|까지)?(?:는|도|만|의)?$")),
    ("", "은", "는", re.compile("은$")),
)
"""How a stem ends, the form that no word has after it, and the right one (part H)."""

REAL = re.compile(
    r"(?:.*(?:마을|노을|휘저을|내저을|매듭지을|결론지을|관련지을|특징지을|퍼부을"
    r"|쏟아부을|뒤이을|더나은|퍼부은|쏟아부은|뒤이은)|[초늦올갈]?가을|지난가을"
    r"|(?:불러|긁어|쓸어|그러|끌어)?모을|[고너지이나부그저쏘꼬자]을)$"
)
"""Words that only look like a vowel with 을 or 은."""
RATE = re.compile(r"(?<=[가-힣])[율률]")
SURE_AFTER_DIGITS = re.compile(r"[은는을를와이]\W|으로")
"""Particles that are nothing else after 3 or API: 제2과 and 종로3가 are names."""
LEAST_WITH_TOPIC = 3
"""A word with 은 after a vowel must be so long: 지은 and 나은 are verbs."""


def mended(before_word: str, after_word: str) -> bool:
    """Say whether a changed 어절 is the same stem whose impossible particle was put
    right: 조약를 → 조약을, 60를 → 60을. False wherever the old form may be a word:
    먹는 → 먹은, 가을 → 가를."""
    if before_word == after_word or not 0 < len(before_word) <= LONGEST:
        return False
    return after_word in _mendings(before_word)


def _mendings(word: str) -> set[str]:
    found = {_rate(word)} | _digits_mended(word)
    stripped = re.sub(r"[\W_]+$", "", word)
    rest = word[len(stripped) :]
    for end, _, right, shape in IMPOSSIBLE:
        if (wrong := shape.search(stripped)) and _surely(stripped, wrong, end):
            tail = re.sub("^(?:으로|[을를은와])", "", wrong[0])
            found.add(stripped[: wrong.start()] + right + tail + rest)
    return found


def _surely(word: str, wrong: re.Match[str], end: str) -> bool:
    stem = _bare(word[: wrong.start()])
    if not stem or not FIRST <= stem[-1] <= LAST or REAL.match(word):
        return False
    if wrong[0] == "은" and len(word) < LEAST_WITH_TOPIC:
        return False
    heard = _of_syllable(stem[-1])
    if wrong[0].startswith("으로"):
        return heard in ("", "ㄹ")
    return (heard != "") if end else heard == ""


def _bare(stem: str) -> str:
    """Leave out the marks that a stem ends in."""
    while (bare := MARKS.sub("", stem)) != stem:
        stem = bare
    return stem


def _digits_mended(word: str) -> set[str]:
    """After digits, units and acronyms a particle is part of no other word."""
    stem = re.sub(r"[가-힣]+\W*$", "", word)
    particle = word[len(stem) :]
    if not re.search(r"[A-Za-z\d%℃]\W*$", _bare(stem)) or "(" in stem:
        return set()
    sure = SURE_AFTER_DIGITS.match(f"{particle} ")
    return {stem + fitted(stem, particle)} if sure else set()


def _rate(word: str) -> str:
    """Write 율 after a vowel and after ㄴ, 률 after anything else."""
    return RATE.sub(lambda m: _rate_after(word[m.start() - 1]), word)


def _rate_after(syllable: str) -> str:
    return "율" if jamo(syllable)[2] in " ㄴ" else "률"


# --- misspelt words ---------------------------------------------------------

KS_X_1001 = 2
"""Bytes of a syllable of the standard; the codec spells all others out, in eight."""
CLUSTERS = "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄㄲ"
CONTRACTED = "ㅏㅐㅑㅒㅓㅔㅕㅖㅘㅙㅝㅞ"
"""Vowels before the ㅆ of a past tense; 됬 has none of them."""
WITHOUT_YAE = "ㄲㄴㄷㄸㄹㅁㅂㅃㅆㅉㅊㅋㅌㅍㅎ"
JOKES = "뷁뙇"
LAUGHING = "ㅋㅎㅠㅜㅡㅇㄷㄴㄱㅅ"
LONE = re.compile(
    rf"[{FIRST}-{LAST}]([ㄱ-ㅎㅏ-ㅣ])(?:[{FIRST}-{LAST}]|\W*$)"
    r"|[가-힣][ㅏ-ㅣ]+\W*$"
)
TWICE = re.compile(r"(?<=[가-힣])([ㄱ-ㅎ])(?=([가-힣]))")
ABOUT_LETTERS = re.compile(r"자음|모음|받침|초성|중성|종성|글자|동사|어미|홀소리")


def misspelt(word: str) -> bool:
    """Say whether a Hangul 어절 is surely no Korean word as it is written.

    True only for what is no word in any sense: 몇일, 됬다, 했읍니다; not for 금새,
    바램, 문안하다, which are words, though others are often meant.
    """
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", normalize("NFC", word))
    if not re.search("[가-힣]", bare):
        return False
    if any(_impossible(letter) for letter in bare if FIRST <= letter <= LAST):
        return True
    return _lone_jamo(bare) or any(wrong.search(bare) for wrong, _ in RULES)


def righted(word: str) -> str:
    """Return what a misspelt 어절 means, if all who read it read the same; an empty
    string if not, or if it is not surely misspelt."""
    right = _unbroken(word)
    for wrong, instead in (*SLIPS, *RULES):
        if wrong.search(right) and not instead:
            return ""
        right = wrong.sub(instead, right)
    return "" if right == word or misspelt(right) else right


def _unbroken(word: str) -> str:
    """Return a word without letters that stand alone because a key was pressed twice:
    밝ㅎ혔다."""
    return TWICE.sub(lambda at: "" if jamo(at[2])[0] == at[1] else at[1], word)


def _impossible(syllable: str) -> bool:
    """Whether a syllable is in no word: outside the 2,350 of KS X 1001, and of a shape
    that no loanword and no contraction has (똠, 펲, 하얬 are outside too)."""
    if len(syllable.encode("euc-kr")) == KS_X_1001 or syllable in JOKES:
        return False
    onset, vowel, end = jamo(syllable)
    if end == "ㅆ" and vowel not in CONTRACTED:
        return True
    return end in CLUSTERS or (vowel == "ㅒ" and onset in WITHOUT_YAE)


def _lone_jamo(word: str) -> bool:
    if ABOUT_LETTERS.search(word):
        return False
    found = LONE.search(word)
    if found is None:
        return False
    chatting = found.end() == len(word) and found[0].rstrip()[-1] in LAUGHING
    return not chatting
