"""What readers are told of an edition in the words of one language: who wrote and
translated it, when, where it was printed, how it was made, and what was put right
since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
from translate_flow.project import matter

AUTHORS = ("author", "authors")
TRANSLATORS = ("translator", "translators")
SCRIPTS = (
    (re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]"), ("ko",)),
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("[\u3400-\u9fff]"), ("zh", "ja", "ko")),
)
"""Letters, and the languages whose readers know them."""
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


def credits(
    edition: Edition, language: str, *, alone: bool = False
) -> Iterator[Credit]:
    """Yield who wrote and translated an article, its date, and where it was printed.

    :param alone: whether readers see no other language.
    :raises FlowError: if front matter names a place of print without a name.
    """
    meta = edition.article.meta
    yield from map(Credit, people(meta, language, alone=alone))
    if when := day(meta):
        yield Credit(long_date(when, language), date=when.isoformat())
    for i, entry in enumerate(_prints(edition)):
        yield _print(entry, language, first=i == 0)


def is_adapted(edition: Edition) -> bool:
    """Whether front matter says that the translation is adapted on purpose.

    :raises FlowError: if ``relation`` is not a known word.
    """
    relation = edition.article.meta.get("relation", "translated")
    if relation not in matter.RELATIONS:
        known = " or ".join(matter.RELATIONS)
        message = f"relation must be {known}, not {relation!r}"
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


def people(
    meta: Mapping[str, Any], language: str, *, alone: bool = False
) -> Iterator[str]:
    """Yield a line of plain text for the authors and one for the translators, as far
    as front matter names them for readers of a language.

    :param alone: whether to yield other names, too, by themselves: readers see them
        nowhere else.
    """
    for keys, says in ((AUTHORS, "by"), (TRANSLATORS, "translator")):
        names = _named(meta, keys, language, strict=True)
        if names:
            yield phrase(says, language, ", ".join(names))
        elif others := _named(meta, keys, language) if alone else ():
            yield ", ".join(others)


def authors(meta: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Return the names of the authors as readers of a language know them, else in
    another form that there is."""
    return _named(meta, AUTHORS, language)


def translators(meta: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Return the names of the translators likewise."""
    return _named(meta, TRANSLATORS, language)


def day(meta: Mapping[str, Any]) -> date | None:
    """Return the date in front matter, if it has one that can be read."""
    return matter.day(meta.get("date"))


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
        if taken := edition.people(signed=signed):
            told = phrase(says, language, ", ".join(taken))
            yield told + _share(edition, language, signed=signed)
    if edition.terms:
        yield phrase("glossary", language, edition.terms)


def _share(edition: Edition, language: str, *, signed: bool) -> str:
    """Return of how many segments people took or signed the translation by name; empty
    if of all that are finished."""
    done = [p.unit.mark for p in edition.segments if p.finished and not p.is_omitted]
    named = [m for m in done if m and (m.signed if signed else m.by)]
    if len(named) == len(done):
        return ""
    return f" ({phrase('share', language, len(named), len(done))})"


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
    names no outlets, it is passed over."""
    listed = edition.article.meta.get("published")
    listed = [listed] if isinstance(listed, Mapping) else listed
    for entry in listed if isinstance(listed, list) else ():
        if not isinstance(entry, Mapping):
            continue
        if not _name(entry.get("outlet"), edition.source_language):
            message = "published: an entry does not say where"
            hint = "give it outlet: NAME"
            raise FlowError(message, edition.article.name, hint=hint)
        yield entry


def _print(entry: Mapping[str, Any], language: str, *, first: bool) -> Credit:
    when = matter.day(entry.get("date"))
    told = _name(entry["outlet"], language)
    said = phrase("printed_first" if first else "printed", language, told)
    shown = [said, *([long_date(when, language)] if when else [])]
    if headline := _name(entry.get("headline"), language):
        shown.append(phrase("headline", language, headline))
    url = str(entry.get("url", ""))
    return Credit(", ".join(shown), url if WEB.fullmatch(url) else "")


def _name(value: Any, language: str) -> str:
    return next(_names(value, language), "")


def _named(
    meta: Mapping[str, Any],
    keys: Iterable[str],
    language: str,
    *,
    strict: bool = False,
) -> tuple[str, ...]:
    """Return names of front matter.

    :param strict: only those that have a form for readers of the language.
    """
    found = (
        name for key in keys for name in _names(meta.get(key), language, strict=strict)
    )
    return tuple(dict.fromkeys(found))


def _names(value: Any, language: str, *, strict: bool = False) -> Iterator[str]:
    """Yield names from front matter: a text, a list, ``name:``, or one per language,
    the first if none is in this language."""
    if isinstance(value, str) and value.strip():
        if not strict or _is_read(value, language):
            yield value.strip()
    elif isinstance(value, Mapping):
        others = (v for v in value.values() if isinstance(v, str))
        own = value.get(language) or value.get(language.partition("-")[0])
        if own:
            yield from _names(own, language)
            return
        other = None if strict else next(others, None)
        yield from _names(value.get("name") or other, language, strict=strict)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _names(item, language, strict=strict)


def _is_read(name: str, language: str) -> bool:
    """Whether readers of a language know the letters of a name: Latin ones always."""
    base = language.partition("-")[0].lower()
    return all(base in known for script, known in SCRIPTS if script.search(name))
