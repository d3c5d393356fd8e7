"""Korean particles (조사), and words that are surely misspelt.

A particle takes its form from the sound before it: 60일을, 3개를, 서울로, 부산으로.
Everything here abstains where the sound is not certain: a wrong particle that a machine
put there is worse than one that a translator still has to change.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from translate_flow.text.misspellings import RULES, SLIPS
from translate_flow.text.sounds import (
    FIRST,
    LAST,
    LONGEST,
    MARKS,
    bracket_start,
    coda,
    jamo,
    of_syllable,
)

# --- particles --------------------------------------------------------------

PAIRS: tuple[tuple[str, str, str], ...] = (
    ("은", "는", "(?:커녕)?"),
    ("이", "가", ""),
    ("을", "를", ""),
    ("과", "와", "(?:는|도|의|만|도의|까지|까지도|까지는)?"),
    ("으로", "로", "(?:서|써|부터|까지|서의|부터의)?(?:는|도|만|의)?"),
    ("이란", "란", ""),
    ("이라", "라", "(?:고|는|도|면|며|서|야|기|면서|든지|든가|던)(?:는|도|요|만)?"),
    ("이나", "나", "(?:마)?"),
    ("이며", "며", ""),
    ("이든", "든", "(?:지|가)?"),
    ("이랑", "랑", "(?:은|도)?"),
    ("이야말로", "야말로", ""),
    ("이어", "여", "(?:야|서)(?:만|는|도)?"),
    ("이었", "였", "(?:다|고|으며|는데|지만|던|습니다|음)"),
    ("이에요", "예요", ""),
)
"""After a consonant, after a vowel, and what may still follow."""

COPULA = re.compile(r"(?:다|고|지만|면|므로|던|면서|자|니까|거나|죠)(?![^\W_])")
"""Endings that drop an 이 after a vowel, and need it after a consonant."""

BOUNDARY = r"(?![^\W_]|[(/]\s*[은는이가을를와과로으])"
CLOSERS = (
    r"(?:[*_~`\"'”’»」』》〉)]|\](?:\([^()\s]*\)|\[[^\[\]]*\])?|</[A-Za-z]+>){0,9}"
)
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
APART = re.compile(
    f"(?P<closed>{CLOSERS}) (?P<form>[은는을를와과이가]|으?로){BOUNDARY}"
)
"""A particle with a blank before it, as some write it behind code; an 이 may also be
the word for *this*."""


def fitted(before: str, after: str) -> str:
    """Return ``after`` with the particle that it begins with in the form that fits.

    :param before: text that ends in the word that the particle belongs to.
    :param after: begins with the particle, or with marks that close something and the
        particle behind them. Unchanged if it begins with no particle that is surely
        one, or if it is not certain how ``before`` is read.
    """
    return after if (form := _fitted(before, after)) is None else form


def _fitted(before: str, after: str) -> str | None:
    """Return what ``fitted`` does, or None where a particle has no certain form."""
    for shape, closed, opened in (*FORMS, (CALLED, "아", "야")):
        if found := shape.match(after):
            end = coda(before + found["closed"])
            if end is None:
                return None
            vowel = end == "" or (end == "ㄹ" and opened == "로")
            form = opened if vowel else closed
            return found["closed"] + form + after[found.end("form") :]
    if COPULA.match(after):
        end = coda(before)
        return None if end is None else after if end == "" else "이" + after
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


def surely_replaced(
    text: str, start: int, end: int, new: str, reading: str = ""
) -> str | None:
    """Return what ``replaced`` does, or None where that may be wrong: the particle did
    not fit the old word, or nobody can tell what fits the new one."""
    head, tail = text[:start] + new, text[end:]
    if coda(text[:end]) is not None and fitted(text[:end], tail) != tail:
        return None
    fits = _fitted(text[:start] + (reading or new), tail)
    return None if fits is None else head + fits


def exchanged(
    text: str, start: int, end: int, code: str, *, both: bool = False
) -> str | None:
    """Return a text with a piece of code exchanged and the particle after it fitted:
    what stands behind code is one, whether it fitted the old one or not.

    :param both: write both forms, ``을(를)``, where nobody can tell which one fits.
    :returns: None where nobody can tell, unless both are to be written.
    """
    head, tail = text[:start] + code, text[end:]
    apart = APART.match(tail)
    if apart and apart["form"] == "이" and coda(text[:end]) == "":
        return head + tail  # it means "this"
    gap = apart.end("closed") if apart else 0
    near = tail[:gap] + tail[gap + 1 :] if apart else tail
    fits = _fitted(head, near)
    if apart and apart["form"] == "이" and not both and fits != near:
        return None
    if fits is None and both:
        fits = _with_both(head, near)
    if fits is None:
        return None
    return head + (fits[:gap] + " " + fits[gap:] if apart else fits)


def _with_both(before: str, after: str) -> str | None:
    """Return ``after`` with both forms of the particle that it begins with; behind a
    bracket the form that fits the word before that, as is the rule."""
    for shape, closed, opened in FORMS:
        if (found := shape.match(after)) is None:
            continue
        marks, rest = found["closed"], after[found.end("form") :]
        head = (before + marks).rstrip("*_~")[-LONGEST:]
        named = head[: bracket_start(head)] if head.endswith(")") else ""
        if coda(named) is not None:
            return marks + fitted(named, after[len(marks) :])
        if opened == closed[1:]:
            return f"{marks}({closed[0]}){opened}{rest}"
        return f"{marks}{closed}({opened}){rest}"
    return f"(이){after}" if COPULA.match(after) else None


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
    heard = of_syllable(stem[-1])
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
