"""What one run knows of the articles that others link to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import normpath
from typing import Any

from translate_flow.flow.publish.release import held, meant
from translate_flow.flow.translations import Translation, translations
from translate_flow.flow.workspace import Workspace
from translate_flow.project import ArticleFile, articles

Seen = tuple[Mapping[str, Any], tuple[str, ...]]
"""An article's front matter, and the languages it has pages in, its own one first."""


@dataclass(frozen=True)
class Neighbours:
    """The articles of a project, each looked at when it is first asked for."""

    workspace: Workspace
    release: bool
    """Whether only what may be released has pages."""

    known: dict[str, Seen] = field(default_factory=dict)
    """By slug."""

    @cached_property
    def articles(self) -> Mapping[str, ArticleFile]:
        """The project's articles by their paths, composed."""
        return {composed(file.name): file for file in articles(self.workspace.project)}

    def seen(self, file: ArticleFile) -> Seen:
        """Return what is known of an article that a page links to."""
        if file.slug not in self.known:
            found = list(translations(self._quiet, file, broken=[]))
            ready = [translation for translation in found if self._has(translation)]
            languages = [
                translation.catalog.source_language for translation in ready[:1]
            ]
            languages += [translation.language for translation in ready]
            meta = found[0].article.meta if found else {}
            self.known[file.slug] = meta, tuple(languages)
        return self.known[file.slug]

    def _has(self, translation: Translation) -> bool:
        """Whether an article has pages in a language."""
        if not self.release:
            return True
        edition = translation.edition(proof=False)
        return meant(self._quiet, translation) and not held(
            self._quiet, translation, edition
        )

    @cached_property
    def _quiet(self) -> Workspace:
        return replace(self.workspace, say=lambda message: None)


def composed(path: str) -> str:
    """Return a path without detours, in the one way of writing Hangul."""
    return unicodedata.normalize("NFC", normpath(path))
