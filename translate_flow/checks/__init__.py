"""Bad prose is a finding. A check is a function from a unit to findings; they stand in
a tuple. One that is often wrong is not read, so each is measured before it is added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from translate_flow.checks.constructs import placeholder_findings
from translate_flow.checks.copied import copy_findings
from translate_flow.checks.letters import letter_findings
from translate_flow.checks.links import link_findings
from translate_flow.checks.markup import markup_findings
from translate_flow.checks.terms import term_findings
from translate_flow.checks.unseen import article_findings
from translate_flow.glossary import Glossary
from translate_flow.model import Finding, Unit
from translate_flow.text.filler import FILLER
from translate_flow.text.pieces import References

__all__ = ["Context", "article_findings", "findings"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know of the article around a unit."""

    references: References
    """The article's link reference definitions."""

    source_language: str = ""
    """BCP 47 tag; empty if nobody said."""

    language: str = ""
    """Of the target."""

    glossary: Glossary | None = None
    """The terms of the project; None if they are not looked at."""


Check = Callable[[Unit, Context], Iterable[Finding]]


def placeholders(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield what a target lost or invented of its source's code, links, images,
    footnote marks, tags, shortcodes, placeholders and maths."""
    return placeholder_findings(unit.source, unit.target, context.references)


def links(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield the links of a target that lead where another one of its source leads."""
    return link_findings(unit.source, unit.target, context.references)


def markup(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield the emphasis that a target lost, and marks that nobody asked for."""
    inline = not unit.kind.startswith("front")
    return markup_findings(unit.source, unit.target, context.references, inline=inline)


def letters(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield the letters of a target that nobody sees."""
    language, references = context.language, context.references
    return letter_findings(unit.source, unit.target, language, references)


def copied(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield that a target is no translation, but its source again."""
    languages = context.source_language, context.language
    return copy_findings(unit.source, unit.target, languages)


def filler(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield that somebody took filler for a translation. A draft may be that."""
    if FILLER.search(unit.target) and not (unit.fuzzy or FILLER.search(unit.source)):
        yield Finding("untranslated", "error", "the translation is filler")


def terms(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield the terms of a source that its target does not have, and those that stand
    there and must not."""
    if context.glossary is None:
        return iter(())
    languages = context.source_language, context.language
    return term_findings(unit.source, unit.target, context.glossary, languages)


CHECKS: tuple[Check, ...] = (
    placeholders, links, markup, letters, copied, filler, terms,
)  # fmt: skip


def findings(unit: Unit, context: Context) -> tuple[Finding, ...]:
    """Return what all checks find in a unit; nothing if it has no target."""
    if not unit.target:
        return ()
    return tuple(found for check in CHECKS for found in check(unit, context))
