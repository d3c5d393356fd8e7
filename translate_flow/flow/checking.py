"""What the checks find in articles: in their translations, in print, on their pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.flow.publish.links import Neighbours
from translate_flow.flow.publish.printing import Surroundings
from translate_flow.flow.published import edited_pages, live
from translate_flow.flow.translations import Translation
from translate_flow.flow.units import checker, misread, of_article, pairs
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Finding
from translate_flow.project import Project
from translate_flow.project.places import Place

if TYPE_CHECKING:
    from translate_flow.edition import Pair


def check(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> tuple[Finding, ...]:
    """Return what the checks find in the units of places, in document order, what would
    be missing or broken in print, and what is to be known of their pages."""
    around = Surroundings(Neighbours(workspace, release=True))
    found: list[Finding] = []
    told: set[str] = set()
    for translation, wanted in pairs(workspace, places, language, broken):
        checked = checker(translation, workspace.glossary)
        file = workspace.git.prefix + translation.file.name
        whole = _of_article(workspace.project, translation, wanted, told)
        found += (replace(one, file=file) for one in whole)
        found += (
            replace(one, file=file, line=pair.segment.line)
            for pair in wanted
            for one in checked(pair.segment.n)
        )
        found += _of_print(around, translation, {pair.segment.n for pair in wanted})
        pages = _of_pages(workspace.project, translation)
        found += (replace(one, file=file) for one in pages)
    return tuple(found)


def _of_article(
    project: Project, translation: Translation, wanted: Sequence[Pair], told: set[str]
) -> Iterator[Finding]:
    """Yield what is to be known of a whole article, once for all its languages.

    :param told: the articles of which it was told; this one is added.
    """
    slug = translation.file.slug
    if slug not in told and len(wanted) == len(translation.pairs):
        told.add(slug)
        yield from _of_front(project, translation)
        yield from of_article(translation)


def _of_front(project: Project, translation: Translation) -> Iterator[Finding]:
    slug, language = translation.file.slug, translation.language
    for one in misread(project, translation.article):
        told = f"{one.message}; {one.hint}"
        yield Finding("front", "error", told, slug=slug, lang=language, line=one.line)


def _of_print(
    around: Surroundings, translation: Translation, wanted: Collection[int]
) -> list[Finding]:
    """Return what would be missing or broken in print: of some segments, or, if those
    are all, of what stands in none, too."""
    found = around.findings(translation, translation.edition(proof=False))
    whole = len(wanted) == len(translation.article.segments)
    return [one for one in found if whole or one.n in wanted]


def _of_pages(project: Project, translation: Translation) -> Iterator[Finding]:
    slug, language = translation.file.slug, translation.language
    try:
        told = [
            ("page", f"{path} was edited by hand since export wrote it")
            for path in edited_pages(project, slug, language)
        ]
        printed = live(project, translation)
    except FlowError as error:
        told, printed = [("release", str(error))], None
    if printed and printed.damage:
        told.append(("release", printed.damage))
    for name, message in told:
        yield Finding(name, "warning", message, slug=slug, lang=language)
