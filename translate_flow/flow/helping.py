"""What helps with a segment that has no translation yet: the memory of the project, its
glossary, and the text around."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.flow.translations import Translation
from translate_flow.flow.workspace import Workspace
from translate_flow.project import articles
from translate_flow.project.catalogs import read_article

if TYPE_CHECKING:
    from translate_flow.draft import Request
    from translate_flow.engines import Assignment, Engine
    from translate_flow.glossary import Hit
    from translate_flow.memory import Match
    from translate_flow.text.protect import Swap

NAME = "name"
"""Type of a term that engines do not get to see: a person, a place, a title."""

EXAMPLES = 3
LEAST_LIKE = 60
"""The least score of a text that is handed on as an example."""


@dataclass(frozen=True)
class Help:
    """What a project has for the drafts of its catalogs."""

    workspace: Workspace
    _secret: dict[str, bool] = field(default_factory=dict)

    def exact(self, translation: Translation, i: int) -> Match | None:
        """Return what people made of just this text elsewhere.

        :param i: index of the unit.
        """
        own, target = translation.catalog.source_language, translation.language
        text = translation.catalog.units[i].source
        return self.workspace.memory.exact(
            text, own, target, above=_source(translation, i - 1)
        )

    def request(self, translation: Translation, i: int, engine: Engine) -> Request:
        """Return the request for a draft of a unit, with what helps the engine."""
        from translate_flow.draft import Request

        unit = translation.catalog.units[i]
        own, target = translation.catalog.source_language, translation.language
        hits = self.workspace.glossary.hits(unit.source, own, target)
        heeds = engine.takes_terms
        return Request(
            unit.id,
            unit.source,
            above=self._shown(translation, _source(translation, i - 1), engine),
            below=self._shown(translation, _source(translation, i + 1), engine),
            swaps=_names(hits),
            terms=_wordings(hits) if heeds else (),
            examples=self._examples(translation, i, engine) if heeds else (),
        )

    def assignment(self, translation: Translation, engine: Engine) -> Assignment:
        """Return what all drafts of a catalog have in common."""
        from translate_flow.engines import Assignment

        own, target = translation.catalog.source_language, translation.language
        title = translation.edition().title(own)
        return Assignment(
            own,
            target,
            title=self._shown(translation, title, engine),
            style=self.workspace.project.style,
            glossary=self.workspace.glossary.wordings(own, target),
        )

    def _shown(self, translation: Translation, text: str, engine: Engine) -> str:
        """Return a text that goes along, as an engine may see it: without all that it
        does not get to see in what it translates."""
        from translate_flow.text.protect import protect, shown

        own, target = translation.catalog.source_language, translation.language
        known = self.workspace.glossary.hits(text, own, target)
        names = () if engine.takes_terms else _names(known)
        return shown(protect(text, translation.article.references, names))

    def _examples(
        self, translation: Translation, i: int, engine: Engine
    ) -> tuple[tuple[str, str], ...]:
        """Return texts like a unit's; to other computers none of a confidential
        article."""
        own, target = translation.catalog.source_language, translation.language
        text, above = translation.catalog.units[i].source, _source(translation, i - 1)
        found = self.workspace.memory.search(
            text, own, target, above=above, least=LEAST_LIKE, most=EXAMPLES
        )
        return tuple(
            (
                self._shown(translation, match.source, engine),
                self._shown(translation, match.target, engine),
            )
            for match in found
            if not (engine.remote and self._is_secret(match.origin))
        )

    def _is_secret(self, origin: str) -> bool:
        """Whether a match comes from an article that is confidential, or may be since
        it is not there any more. What was imported is neither."""
        slug, found, _ = origin.rpartition(":")
        if not found:
            return False
        if slug not in self._secret:
            self._secret[slug] = self._may_be_secret(slug)
        return self._secret[slug]

    def _may_be_secret(self, slug: str) -> bool:
        project = self.workspace.project
        for file in articles(project):
            if file.slug == slug:
                try:
                    meta = read_article(project, file).meta
                except FlowError:
                    return True
                return meta.get("confidential") not in (None, False)
        return True


def _names(hits: tuple[Hit, ...]) -> tuple[Swap, ...]:
    """Return the names in a text that engines do not get to see."""
    from translate_flow.text.protect import Swap

    return tuple(
        Swap(hit.start, hit.end, hit.preferred[0], hit.reading)
        for hit in hits
        if hit.type == NAME and len(hit.preferred) == 1
    )


def _wordings(hits: tuple[Hit, ...]) -> tuple[tuple[str, str], ...]:
    told = ((hit.term, (*hit.preferred, *hit.admitted)) for hit in hits)
    return tuple(dict.fromkeys((term, best[0]) for term, best in told if best))


def _source(translation: Translation, i: int) -> str:
    """Return the source of a unit by its index; empty if there is none."""
    units = translation.catalog.units
    return units[i].source if 0 <= i < len(units) else ""
