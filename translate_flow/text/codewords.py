"""How the words that code is made of end when Koreans read them aloud. A word that two
of them would read differently has no known end.

Tried on the particles behind code in reviewed manuals: ``benchmarks/particles.py``.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Coda: TypeAlias = Literal["", "ㄹ", "C"]
"""How a word ends when it is read: in a vowel, in ㄹ, or in another consonant."""

IN_VOWELS = """
    ast async await bit break check config docs eof evt github gpt hub id iot ip loop
    me ok os props readme root scout stmt sync txt usb uuid wait week
"""
IN_CONSONANTS = """
    asset bot commit deep flat foot format get git good heap job keep mac offset packet
    preset reset sleep tab template unit web
"""
NOT_SURE = """
    acme acne bag bat big certificate chocolate climate composite concat corporate dog
    dot epitome favorite fmt god infinite kit minute opposite palette pip pirate pkt
    pot private ptr resume scheme set sip soot tgt theme toolkit ultimate vec vip
    voip zip
"""
"""Words that the rules below would get wrong: set is 셋 and 세트."""

WORDS: dict[str, Coda | None] = {
    **dict.fromkeys(IN_VOWELS.split(), ""),
    **dict.fromkeys(IN_CONSONANTS.split(), "C"),
    **dict.fromkeys(NOT_SURE.split()),
    "str": "ㄹ",
}
ENDS: tuple[tuple[str, Coda | None], ...] = (
    (r"[mn]|ng|type|europe", "C"),
    (r"l|[a-z]{2}le", "ㄹ"),
    (r"ette", None),
    (r"[aiouy]|[dfhjqsvwxz]|[a-z][aeiou]r", ""),
    (r"(?:[bcdefghikrstuvxyz]|[a-z]p)e", ""),
    (r"[aeiou][mn]e|(?:[klng]e|pu|ou|cu|[a-np-z]o)t", "C"),
    (r"(?:[cfklnprsx]|gh|[bort]oo)t|[lnrs]k|[lmrs]p|r[bcg]|[aou]g", ""),
    (r"(?:c|oo)k|ic|[a-df-np-z]ap|[a-df-z]ep|[a-z][iu]p|[a-np-z]op", "C"),
    (r"app", "C"),
)
"""How words end that every Korean reads alike; of several that fit, the first."""
VOWELLESS = re.compile(r"[^aeiouy]+")
LETTERS: dict[str, Coda | None] = {"l": "ㄹ", "m": "C", "n": "C", "r": "ㄹ", "t": None}
"""Names of the letters that do not end in a vowel for sure: fmt is 포맷, too."""


def word_end(word: str) -> Coda | None:
    """Return how a word of code ends, None if nobody can be sure.

    :param word: Latin letters of one case: of ``createSignal``, ``signal``.
    """
    word = word.lower()
    if word in WORDS:
        return WORDS[word]
    if VOWELLESS.fullmatch(word):
        return "" if word == "t" else LETTERS.get(word[-1], "")
    if len(word) > 1:
        for shape, end in ENDS:
            if re.search(f"(?:{shape})$", word):
                return end
    return "" if len(word) == 1 else None
