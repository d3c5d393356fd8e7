"""Words of English that are the same word, written otherwise: contractions, British and
American spelling, joined words, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

APOSTROPHE = re.compile("[’ʼ]")

# --- contractions -----------------------------------------------------------

_NOT = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
}
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
EITHER = {"'s": ("is", "has", "us"), "'d": ("would", "had")}
ALIKE = (
    ("its", "it's"), ("your", "you're"), ("whose", "who's"), ("lets", "let's"),
    ("theirs", "there's"),
)  # fmt: skip
"""Words that are taken for one another, and everybody reads what is meant."""


def expanded(words: Sequence[str]) -> Iterator[str]:
    """Yield words with contractions in full: ``don't`` as ``do not``; one that may be
    two, ``it's``, as ``it 's``."""
    for word in words:
        low = APOSTROPHE.sub("'", word.lower())
        if low in _NOT:
            yield from _NOT[low].split()
        elif low.endswith("n't"):
            yield from (word[:-3], "not")
        else:
            ending = next((e for e in (*_ENDINGS, *EITHER) if low.endswith(e)), "")
            yield word[: len(word) - len(ending)]
            yield from (_ENDINGS.get(e, e) for e in (ending,) if e)


def is_contracted(one: str, other: str) -> bool:
    """Whether a word is what may be another one's contraction: ``'s`` and ``has``."""
    return one in EITHER.get(other, ()) or other in EITHER.get(one, ())


# --- British and American ---------------------------------------------------

_ENDS = (
    ("ise", "ize"), ("ised", "ized"), ("ises", "izes"), ("ising", "izing"),
    ("iser", "izer"), ("isers", "izers"), ("isation", "ization"),
    ("isations", "izations"), ("isable", "izable"), ("yse", "yze"), ("ysed", "yzed"),
    ("yses", "yzes"), ("ysing", "yzing"), ("yser", "yzer"), ("our", "or"),
    ("ours", "ors"), ("oured", "ored"), ("ouring", "oring"), ("ourful", "orful"),
    ("oural", "oral"), ("ourable", "orable"), ("ourite", "orite"),
    ("ourites", "orites"),
    ("ourless", "orless"), ("tre", "ter"), ("tres", "ters"), ("tred", "tered"),
    ("bre", "ber"), ("ogue", "og"), ("ogues", "ogs"), ("ence", "ense"),
    ("ences", "enses"), ("lled", "led"), ("lling", "ling"), ("ller", "ler"),
    ("llers", "lers"), ("llable", "lable"), ("lment", "llment"), ("lful", "llful"),
    ("gement", "gment"), ("gements", "gments"), ("aeo", "eo"),
)  # fmt: skip
_PAIRS = """
    grey/gray greyed/grayed greys/grays licence/license licences/licenses
    programme/program programmes/programs cheque/check whilst/while amongst/among
    towards/toward afterwards/afterward backwards/backward forwards/forward
    upwards/upward downwards/downward learnt/learned spelt/spelled burnt/burned
    dreamt/dreamed artefact/artifact artefacts/artifacts ageing/aging enrol/enroll
    fulfil/fulfill fulfils/fulfills tyre/tire tyres/tires aluminium/aluminum
    sceptical/skeptical sceptic/skeptic catalogue/catalog manoeuvre/maneuver
    practise/practice practised/practiced defence/defense offence/offense
    pretence/pretense cosy/cozy mould/mold plough/plow orientate/orient
    orientated/oriented focussed/focused focussing/focusing focusses/focuses
    benefitted/benefited benefitting/benefiting targetted/targeted likeable/likable
    useable/usable sizeable/sizable moveable/movable ok/okay aeroplane/airplane
    maths/math moustache/mustache pyjamas/pajamas speciality/specialty
    encyclopaedia/encyclopedia anaesthetic/anesthetic mum/mom storey/story kerb/curb
    adviser/advisor advisers/advisors acknowledgement/acknowledgment
    judgement/judgment disc/disk discs/disks analogue/analog dialogue/dialog
    dialogues/dialogs
"""
_WORDS = dict(pair.split("/") for pair in _PAIRS.split())
_APART = frozenset({"story", "check", "curb", "tire", "math"})
"""American words that are others, too."""
_SYLLABLES = re.compile(r"[aeiouy]+")


def is_variant(one: str, other: str) -> bool:
    """Whether two words are one, in British and in American spelling."""
    return _american(one.lower(), other.lower()) or _american(
        other.lower(), one.lower()
    )


def _american(british: str, american: str) -> bool:
    from translate_flow.drift.spelling import is_listed

    if _WORDS.get(british) == american:
        return american not in _APART
    for here, there in _ENDS:
        stem = british.removesuffix(here)
        if stem == british or american != stem + there or len(stem) < 3:
            continue
        doubled = here.startswith("ll") and len(_SYLLABLES.findall(stem)) < 2
        if not doubled and is_listed(american):
            return True
    return False


# --- number ----------------------------------------------------------------

_FORMS = ({"is", "are"}, {"was", "were"}, {"has", "have"}, {"does", "do"},
    {"isn't", "aren't"}, {"wasn't", "weren't"}, {"doesn't", "don't"},
    {"hasn't", "haven't"})  # fmt: skip


def is_agreement(one: str, other: str) -> bool:
    """Whether two verbs are one, of a subject in the singular and in the plural."""
    pair = {APOSTROPHE.sub("'", word.lower()) for word in (one, other)}
    return pair in _FORMS


def is_plural(one: str, other: str) -> bool:
    """Whether one word is the other with the *s* of a plural, or of a verb."""
    from translate_flow.drift.spelling import is_listed

    short, long = sorted((one.lower(), other.lower()), key=len)
    if len(short) < 3 or not short.isascii() or one[:1] != other[:1]:
        return False
    made = {f"{short}s", f"{short}es", f"{short[:-1]}ies" if short[-1] == "y" else ""}
    return long in made and is_listed(short)


# --- joined words -----------------------------------------------------------

_MADE = """
    a/part a/long a/side a/way a/while a/head a/round a/cross a/lone a/new a/live
    a/bout a/board a/like a/wake a/go a/miss a/broad a/ware all/ready all/together
    all/right all/ways any/one any/way any/time any/more every/day every/one
    every/body every/thing any/thing any/body some/one some/body some/time
    some/times some/day some/how some/thing some/where may/be can/not no/where
    no/body no/one no/thing in/to on/to in/deed in/put in/side in/form in/stall
    in/come in/sight in/valid up/date up/on un/til with/in with/out out/side out/put
    out/come out/right over/all over/head over/come over/look over/see over/time
    under/go under/stand under/take re/sign re/form re/cover re/creation re/create
    re/lease re/store re/mark re/sent re/press re/count re/treat re/dress re/act
    re/lay re/place re/pair re/sort re/serve re/side re/solve re/sound re/strain
    re/view re/prove re/search re/call re/collect co/op un/ionized pre/sent
    pre/position pre/serve pro/noun ex/press ex/tract to/day to/night to/morrow
    to/ward to/get/her for/ever for/get for/give for/mat be/come be/side be/sides
    be/low be/fore be/long be/have is/land is/sue her/self it/self him/self my/self
    your/self the/me the/n the/y the/re the/ir not/able not/ice not/ion no/ted or/an
    or/al an/other an/y so/me so/on us/age us/able mean/while how/ever when/ever
    where/as what/ever there/fore there/by here/by more/over never/the/less so/far
    after/all after/noon over/night good/bye best/man black/board green/house
    white/house hot/dog at/tend as/sign as/sure as/sort at/test at/one do/main
    do/nor log/ic man/age man/date mis/s non/sense per/form per/mit per/son per/cent
    sub/due sun/day mon/day fri/day
"""
_OTHERS = frozenset(_MADE.split())
"""Two words that are others than the one that they make together."""


def is_joined_otherwise(parts: Sequence[str]) -> bool:
    """Whether some words mean something else when they are written as one."""
    low = [part.lower() for part in parts]
    return any(f"{a}/{b}" in _OTHERS for a, b in pairwise(low))


# --- numbers ----------------------------------------------------------------

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_COUNTED = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_SPELT = re.compile(rf"\b(?:{'|'.join(_COUNTED)})\b", re.IGNORECASE)
_UNIT = re.compile(r"(?<=\d)[\s-](?=[^\W\d_]|%)|(?<=[^\W\d_])[\s-](?=\d)")


def plain_numbers(text: str) -> str:
    """Return a text with numbers of one style: ``90,000`` as ``90000``, ``UTF-16`` as
    ``UTF16``, ``10 MB`` as ``10MB``, ``three`` as ``3``."""
    text = _SPELT.sub(lambda n: str(2 + _COUNTED.index(n[0].lower())), text)
    return _UNIT.sub("", _THOUSANDS.sub(lambda n: n[0].replace(",", ""), text))
