"""Where the addresses of an article lead from its page, and what one run knows of the
articles that others link to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from translate_flow.errors import FlowError
from translate_flow.flow.publish.prepare import addresses
from translate_flow.flow.publish.release import held, meant
from translate_flow.flow.translations import Translation, translations
from translate_flow.flow.workspace import Workspace
from translate_flow.project import ArticleFile, articles

if TYPE_CHECKING:
    from translate_flow.article import Article
    from translate_flow.exporters.sites.rewriting import Lead

ARTICLE = re.compile(r"""[^\s()<>"'\[\]]+\.mdx?\b""", re.IGNORECASE)
"""What may name another article."""
SAFE = "/~@!$&'()*+,;=:"
"""What stands in the path of an address as it is."""

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

    read: dict[str, Article | None] = field(default_factory=dict)
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

    def article(self, file: ArticleFile) -> Article | None:
        """Return an article that others link to; None if it cannot be read."""
        if file.slug not in self.read:
            found = next(translations(self._quiet, file, broken=[]), None)
            self.read[file.slug] = found.article if found else None
        return self.read[file.slug]

    def linked(self, file: ArticleFile, text: str) -> Iterator[tuple[str, ArticleFile]]:
        """Yield the articles that an article's text may lead to, by their paths as they
        are written there."""
        for written in dict.fromkeys(ARTICLE.findall(text)):
            path = normpath(unquote(written))
            other = self.articles.get(composed(join(dirname(file.name), path)))
            if other is not None:
                yield path, other

    def home(self, file: ArticleFile, language: str) -> str:
        """Return where on the web readers find an article, as its front matter says: in
        a language, else in any; empty if it does not say."""
        found = next(translations(self._quiet, file, broken=[]), None)
        homes = addresses(self.workspace.project, found) if found else {}
        return homes.get(language) or next(iter(homes.values()), "")

    def _has(self, translation: Translation) -> bool:
        """Whether an article has pages in a language."""
        if not self.release:
            return True
        edition = translation.edition(proof=False)
        try:
            wanted = meant(self._quiet, translation)
        except FlowError:  # it is told where that article has its turn
            return False
        return wanted and not held(self._quiet, translation, edition)

    @cached_property
    def _quiet(self) -> Workspace:
        return replace(self.workspace, say=lambda message: None)


def leading(named: Callable[[str], str]) -> Lead:
    """Return what gives an address of an article as its page has it.

    :param named: how the page names what a path leads to; empty if the address stays.
    """
    from translate_flow.exporters.inline.addresses import FIXED, PATH

    def lead(address: str) -> str:
        way = PATH.match(address)
        if FIXED.match(address) or way is None:
            return address
        path = unquote(way[0])
        led = named(path)
        if led in ("", normpath(path)):
            return address
        if "%" in way[0] and not led.startswith("{"):
            led = quote(led, safe=SAFE)
        return led + address[way.end() :]

    return lead


def spelled(root: Path, file: str, suffixes: Sequence[str] = ("",)) -> Path | None:
    """Return a file of the project as the disk spells it; None if there is none.

    :param file: its path, relative to the project.
    :param suffixes: what may be missing at its end.
    """
    for form in ("NFC", "NFD"):
        for suffix in suffixes:
            path = Path(f"{root / unicodedata.normalize(form, file)}{suffix}")
            with suppress(OSError, ValueError):
                if path.is_file():
                    return path
    return None


def composed(path: str) -> str:
    """Return a path without detours, in the one way of writing Hangul."""
    return unicodedata.normalize("NFC", normpath(path))
