"""What readers are told of an edition in the words of one language: who wrote and
translated it, when, where it was printed, how it was made, and what was put right
since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from translate_flow.edition import Edition
from translate_flow.errors import FlowError
from translate_flow.exporters.content.words import (
    language_name,
    long_date,
    origin_name,
    phrase,
    state_name,
)

AUTHORS = ("author", "authors")
TRANSLATORS = ("translator", "translators")
RELATIONS = ("translated", "adapted")
WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """One thing that readers are told of an article."""

    text: str
    """Plain text."""

    url: str = ""
    """Where it leads; empty if nowhere."""

    date: str = ""
    """ISO date, if it is one."""


def credits(edition: Edition, language: str) -> Iterator[Credit]:
    """Yield who wrote and translated an article, its date, and where it was printed.

    :raises FlowError: if front matter names a place of print without a name.
    """
    meta = edition.article.meta
    yield from map(Credit, people(meta, language))
    if when := day(meta):
        yield Credit(long_date(when, language), date=when.isoformat())
    for i, entry in enumerate(_prints(edition)):
        yield _print(entry, language, first=i == 0)


def is_adapted(edition: Edition) -> bool:
    """Whether front matter says that the translation is adapted on purpose.

    :raises FlowError: if ``relation`` is not a known word.
    """
    relation = edition.article.meta.get("relation", "translated")
    if relation not in RELATIONS:
        message = f"relation must be {' or '.join(RELATIONS)}, not {relation!r}"
        raise FlowError(message, edition.article.name)
    return bool(relation == "adapted")


def adaptation(edition: Edition, language: str) -> str:
    """Return what readers are told of a translation that is adapted on purpose; empty
    if front matter does not say so.

    :raises FlowError: if ``relation`` is not a known word.
    """
    if not is_adapted(edition):
        return ""
    target = edition.target_language
    outlets = [
        _name(entry["outlet"], language)
        for entry in _prints(edition)
        if entry.get("lang", target) == target
    ]
    told = ", ".join([*outlets[:1], phrase("adapted", language)])
    return f"{language_name(target)}: {told}"


def people(meta: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield a line of plain text for the authors and one for the translators, as far
    as front matter names them."""
    for keys, says in ((AUTHORS, "by"), (TRANSLATORS, "translator")):
        if names := _named(meta, keys, language):
            yield phrase(says, language, ", ".join(names))


def authors(meta: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Return the names of the authors as readers of a language know them."""
    return _named(meta, AUTHORS, language)


def translators(meta: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Return the names of the translators as readers of a language know them."""
    return _named(meta, TRANSLATORS, language)


def day(meta: Mapping[str, Any]) -> date | None:
    """Return the date in front matter, if it has one that can be read."""
    return _date(meta.get("date"))


# --- how it was made --------------------------------------------------------


def facts(edition: Edition, language: str) -> tuple[str, ...]:
    """Return how the text was made, as plain text: languages, revision, counts by state
    and origin, who accepted and signed it, and the glossary."""
    return tuple(filter(None, _facts(edition, language)))


def _facts(edition: Edition, language: str) -> Iterator[str]:
    names = map(language_name, (edition.source_language, edition.target_language))
    yield " → ".join(names)
    yield adaptation(edition, language)
    yield f"{phrase('source', language)} {edition.revision}"
    states = ", ".join(
        f"{state_name(state, language)} {n}" for state, n in edition.states.items()
    )
    yield f"{phrase('segments', language, len(edition.segments))}: {states}"
    yield from _made(edition, language)
    for says, signed in (("taken_by", False), ("signed_by", True)):
        if names_of := edition.people(signed=signed):
            yield phrase(says, language, ", ".join(names_of))
    if edition.terms:
        yield phrase("glossary", language, edition.terms)


def _made(edition: Edition, language: str) -> Iterator[str]:
    """Yield where the targets came from, and what of them is a machine's."""
    origins = ", ".join(
        f"{origin_name(origin, language)} {n}" for origin, n in edition.origins.items()
    )
    yield phrase("origins", language, origins) if origins else ""
    unread = len(edition.unread)
    yield phrase("unread" if unread else "no_unread", language, unread)
    for says, pairs in (("edited", edition.edited), ("unedited", edition.unedited)):
        yield phrase(says, language, len(pairs)) if pairs else ""


def notice(edition: Edition, language: str) -> str:
    """Return what readers of one side must know before they read: that the translation
    follows an earlier source. Empty if it does not."""
    behind = len(edition.drifted)
    side = "source" if language == edition.source_language else "target"
    total = len(edition.segments)
    return phrase(f"behind_{side}", language, behind, total) if behind else ""


def corrections(edition: Edition, language: str) -> tuple[tuple[str, str], ...]:
    """Return what was put right after a release, the oldest first: the ISO date, and
    what is said of it in a language, with the date as its readers write it."""
    told = []
    for one in edition.corrections:
        text = one.texts.get(language) or next(iter(one.texts.values()), "")
        when = long_date(date.fromisoformat(one.date), language)
        told.append((one.date, phrase("correction", language, when, text)))
    return tuple(told)


# --- reading ----------------------------------------------------------------


def _prints(edition: Edition) -> Iterator[Mapping[str, Any]]:
    """Yield where an article was printed. Other programs use ``published``, too: if it
    is not a list of outlets, it is passed over."""
    listed = edition.article.meta.get("published")
    for entry in listed if isinstance(listed, list) else ():
        if not isinstance(entry, Mapping):
            continue
        if not _name(entry.get("outlet"), edition.source_language):
            message = "published: an entry does not say where"
            hint = "give it outlet: NAME"
            raise FlowError(message, edition.article.name, hint=hint)
        yield entry


def _print(entry: Mapping[str, Any], language: str, *, first: bool) -> Credit:
    when = _date(entry.get("date"))
    told = _name(entry["outlet"], language)
    said = phrase("printed_first" if first else "printed", language, told)
    shown = [said, *([long_date(when, language)] if when else [])]
    if headline := _name(entry.get("headline"), language):
        shown.append(phrase("headline", language, headline))
    url = str(entry.get("url", ""))
    return Credit(", ".join(shown), url if WEB.fullmatch(url) else "")


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _name(value: Any, language: str) -> str:
    return next(_names(value, language), "")


def _named(
    meta: Mapping[str, Any], keys: Iterable[str], language: str
) -> tuple[str, ...]:
    found = (name for key in keys for name in _names(meta.get(key), language))
    return tuple(dict.fromkeys(found))


def _names(value: Any, language: str) -> Iterator[str]:
    """Yield names from front matter: a text, a list, ``name:``, or one per language,
    the first if none is in this language."""
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, Mapping):
        others = (v for v in value.values() if isinstance(v, str))
        own = value.get(language) or value.get(language.partition("-")[0])
        yield from _names(own or value.get("name") or next(others, None), language)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _names(item, language)
