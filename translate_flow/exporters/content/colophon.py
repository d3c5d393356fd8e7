"""What an edition says of its own making, and of what was put right since: the same in
every format."""

from __future__ import annotations

from collections.abc import Iterator

from translate_flow.edition import Edition
from translate_flow.exporters.content.credits import adaptation
from translate_flow.exporters.content.words import (
    language_name,
    long_date,
    origin_name,
    phrase,
    state_name,
)


def facts(edition: Edition, language: str) -> tuple[str, ...]:
    """Return what readers may know of how the text was made, as plain text: languages,
    revision, counts by state and origin, whose it is, and the glossary."""
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
    from datetime import date

    told = []
    for one in edition.corrections:
        text = one.texts.get(language) or next(iter(one.texts.values()), "")
        when = long_date(date.fromisoformat(one.date), language)
        told.append((one.date, phrase("correction", language, when, text)))
    return tuple(told)
