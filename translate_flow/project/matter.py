"""What the front matter of an article says to us: whether readers may have it, when it
was written, and what in it nobody can have meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from translate_flow.errors import FlowError

YES = ("true", "yes", "on", "y", "1")
NO = ("false", "no", "off", "n", "0")
"""Words for yes and no: readers of YAML disagree which of them are texts."""

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
         "dec"), 1,
    )
}  # fmt: skip
NUMBERS = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
MONTH = r"([A-Za-z]{3})[a-z]*\.?"
DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
DAY_FIRST = re.compile(rf"{DAY}\.? {MONTH},? (\d{{4}})")
MONTH_FIRST = re.compile(rf"{MONTH} {DAY},? (\d{{4}})")

RELATIONS = ("translated", "adapted")
OURS = (
    *("title", "subtitle", "headline", "description", "summary", "excerpt", "caption"),
    *("author", "authors", "translator", "translators", "published", "publish"),
    *("relation", "targets", "canonical", "confidential", "draft"),
)
"""Keys that are easy to miss when they are misspelt."""
OTHERS = frozenset({"publisher", "deadline", "target", "craft", "graft", "except"})
"""Keys that are near one of ours and mean something else."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A key of front matter that does not say what it should."""

    key: str
    message: str
    hint: str
    line: int
    """1-based line of the article."""

    def error(self, name: str) -> FlowError:
        """Return it as an error.

        :param name: the article's file.
        """
        return FlowError(self.message, name, self.line, self.hint)


# --- whether readers may have it --------------------------------------------


def held_back(meta: Mapping[str, Any], language: str) -> str:
    """Return the key that keeps an article from readers of a language; empty if none
    does: ``publish`` may be no, or languages; ``draft`` yes; ``published`` no."""
    wanted = languages(meta)
    if wanted is not None and language.lower() not in map(str.lower, wanted):
        return "publish"
    if truth(meta.get("publish")) is False:
        return "publish"
    if truth(meta.get("draft")) is True:
        return "draft"
    return "published" if truth(meta.get("published")) is False else ""


def languages(meta: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the languages whose readers alone are to have an article; None if front
    matter names none."""
    said = meta.get("publish")
    if isinstance(said, str) and truth(said) is None:
        return (said,)
    return tuple(map(str, said)) if isinstance(said, list | tuple) else None


def truth(value: Any) -> bool | None:
    """Return what a value says of yes and no; None if it says something else."""
    word = str(value).strip().casefold()
    return True if word in YES else False if word in NO else None


# --- dates ------------------------------------------------------------------


def day(value: Any) -> date | None:
    """Return the day that a value names: a date, ``2026-11-23``, ``2026. 11. 23.``,
    ``23 November 2026``, ``Nov 23, 2026``, ``11/23/2026``; None if it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if found := NUMBERS.match(text):
        return _date(*map(int, found.groups()))
    if found := SLASHED.match(text):
        one, other, year = map(int, found.groups())
        return _date(year, one, other) or _date(year, other, one)
    if found := DAY_FIRST.match(text):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    if found := MONTH_FIRST.match(text):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    return None


def _month(name: str) -> int:
    return MONTHS.get(name.lower(), 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- what nobody can have meant ---------------------------------------------


def misread(
    meta: Mapping[str, Any], text: str, *, known: Collection[str] = ()
) -> Iterator[Misread]:
    """Yield what is wrong with front matter, as far as it speaks to us.

    :param text: the article, to find the lines.
    :param known: keys that mean something to somebody else.
    """
    wrong = {
        "date": _no_day,
        "published": _no_print,
        "publish": _no_word,
        "draft": _no_truth,
        "relation": _no_relation,
    }
    for key, value in meta.items():
        name = str(key)
        if name in wrong and (told := wrong[name](value)):
            yield Misread(name, f"{name}: {told[0]}", told[1], line_of(text, name))
        near = _near(name) if name not in known else ""
        if near and near not in meta:
            message = f"front matter has no key {name!r} that we know"
            yield Misread(name, message, f"did you mean {near}?", line_of(text, name))


def _no_day(value: Any) -> tuple[str, str] | None:
    if value in (None, "") or day(value) is not None:
        return None
    return f"{value!r} is no date", "write it as 2026-11-23"


def _no_print(value: Any) -> tuple[str, str] | None:
    """Other programs have a truth or a date there."""
    hint = "list where it was printed: - outlet: NAME"
    entries = [value] if isinstance(value, Mapping) else value
    if not isinstance(entries, list | tuple):
        plain = value in (None, "") or truth(value) is not None or day(value)
        return None if plain else (f"{value!r} is no list of outlets", hint)
    for entry in entries:
        if not isinstance(entry, Mapping) or not entry.get("outlet"):
            return "an entry does not say where", "give it outlet: NAME"
        if told := _no_day(entry.get("date")):
            return told
    return None


def _no_word(value: Any) -> tuple[str, str] | None:
    if value in (None, "") or isinstance(value, str | bool | int | list | tuple):
        return None
    return f"{value!r} is neither yes nor no", "write false, or a list of languages"


def _no_truth(value: Any) -> tuple[str, str] | None:
    if value in (None, "") or truth(value) is not None:
        return None
    return f"{value!r} is neither yes nor no", "write true or false"


def _no_relation(value: Any) -> tuple[str, str] | None:
    if value in RELATIONS:
        return None
    return f"{value!r} is no relation", f"write {' or '.join(RELATIONS)}"


def _near(key: str) -> str:
    """Return the key of ours that another one was meant to be; empty if it is one of
    ours, or like none."""
    small = key.casefold()
    if key in OURS or small in OTHERS or len(small) < 4:
        return ""
    if small in OURS:
        return small
    plurals = {f"{one}s" for one in OURS}
    found = (one for one in OURS if small not in plurals and _typo(small, one))
    return next(found, "")


def _typo(one: str, other: str) -> bool:
    """Whether a letter was added, dropped, changed or swapped with the next."""
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, c in enumerate(one) if c != other[i]), len(one))
    if len(one) < len(other):
        return len(other) == len(one) + 1 and one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return other[at:] == swapped or one[at + 1 :] == other[at + 1 :]


def line_of(text: str, key: str) -> int:
    """Return the line of an article on which a key of its front matter stands."""
    row = re.compile(rf"""(\s*)["']?{re.escape(key)}["']?\s*[:=]""")
    found = [(row.match(line), n) for n, line in enumerate(text.splitlines(), 1)]
    keys = [(len(match[1]), n) for match, n in found if match]
    return min(keys, default=(0, 1))[1]  # keys of its tables are indented more
