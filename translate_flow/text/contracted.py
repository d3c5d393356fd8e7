"""Korean words that are written in full or contracted: 하였다 and 했다, 에서는 and
에선, 것을 and 걸. They are the same words."""

from __future__ import annotations

import re

from translate_flow.text.sounds import CODAS, FIRST, LAST, ONSETS, VOWELS, jamo

SHORT_OF = {
    ("ㅗ", "아"): "ㅘ",
    ("ㅜ", "어"): "ㅝ",
    ("ㅣ", "어"): "ㅕ",
    ("ㅚ", "어"): "ㅙ",
}
"""What a vowel and the syllable behind it become."""

PRONOUNS = """
    나는=난 너는=넌 저는=전 우리는=우린 때는=땐 때에는=땐 여기는=여긴 거기는=거긴
    어디를=어딜 나를=날 너를=널 저를=절 누구를=누굴 여기를=여길 무엇을=뭘 무엇이=뭐가
    무엇인가=뭔가 무언가=뭔가 무언가를=뭔가를 무엇인가를=뭔가를 것은=건 것을=걸 것이=게
    것입니다=겁니다 것이에요=거예요 것이지=거지 것이죠=거죠 것으로=걸로 것인가=건가
    것인지=건지 것이라고=거라고 그것은=그건 그것을=그걸 그것이=그게 이것은=이건
    이것을=이걸 이것이=이게 저것은=저건 저것을=저걸 마음대로=맘대로 그런데=근데
    그러면=그럼 조금=좀 위해서=위해 통해서=통해 대해서=대해 의해서=의해 관해서=관해
    인해서=인해 되어=돼 하여=해
"""
"""Words in full, each with the short one."""

WHOLE = dict(pair.split("=") for pair in PRONOUNS.split())

PARTICLES = tuple(
    (re.compile(f"(?<=[^\\W_]){long}$"), short)
    for long, short in (
        ("에서는", "에선"), ("에게는", "에겐"), ("에는", "엔"), ("으로는", "으론"),
        ("로는", "론"), ("까지는", "까진"), ("보다는", "보단"), ("지는", "진"),
    )
)  # fmt: skip
"""Particles at the end of a word; 지는 is only met against 진."""

LEAST = 2
"""So many syllables of a contracted verb must be left: 고아 is no 과."""


def is_contracted(old: str, new: str) -> bool:
    """Say whether two 어절 are one word, in full the one and contracted the other."""
    if old == new or not old or not new:
        return False
    return _short(old) == _short(new)


def _short(word: str) -> str:
    """Return the shortest form of a word."""
    bare = re.sub(r"[\W_]+$", "", word)
    rest = word[len(bare) :]
    if bare in WHOLE:
        return WHOLE[bare] + rest
    for long, short in PARTICLES:
        bare = long.sub(short, bare)
    return _verb(bare) + rest


def _verb(word: str) -> str:
    """Return a word with every 하여, 보아, 주어, 이어 and 되어 contracted."""
    at = 1
    while at < len(word):
        joined = _joined(word[at - 1], word[at], first=at == 1)
        if joined and len(word) > LEAST:
            word = word[: at - 1] + joined + word[at + 1 :]
        else:
            at += 1
    return word


def _joined(one: str, other: str, *, first: bool) -> str:
    """Return one syllable for two; an empty string if they stay two.

    :param first: whether they begin a word: 피어 is not 펴, 이어 is not 여.
    """
    if not (FIRST <= one <= LAST and FIRST <= other <= LAST):
        return ""
    onset, vowel, end = jamo(one)
    coda = jamo(other)[2]
    if end != " " or jamo(other)[0] != "ㅇ" or coda not in " ㅆ":
        return ""
    if one == "하" and jamo(other)[1] == "ㅕ":
        return _syllable("ㅎ", "ㅐ", coda)
    short = SHORT_OF.get((vowel, _syllable("ㅇ", jamo(other)[1], " ")))
    if short is None or (first and short == "ㅕ") or one in "이아어오우":
        return ""
    return _syllable(onset, short, coda)


def _syllable(onset: str, vowel: str, coda: str) -> str:
    number = ONSETS.index(onset) * len(VOWELS) + VOWELS.index(vowel)
    return chr(ord(FIRST) + number * len(CODAS) + CODAS.index(coda))
