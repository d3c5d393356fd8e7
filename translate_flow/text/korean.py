"""Korean particles (조사) that fit the word before them.

A particle takes its form from the sound before it: 60일을, 3개를, 서울로, 부산으로.
Everything here abstains where the sound is not certain: a wrong particle that a machine
put there is worse than one that a translator still has to change.
"""

from __future__ import annotations

import re

from translate_flow.text.sounds import LONGEST, bracket_start, coda

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
