"""Where editions go: into a folder one by one, or as a site with an index and feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from translate_flow.flow.publish.correcting import corrections
from translate_flow.flow.publish.exported import recipe
from translate_flow.flow.publish.links import Neighbours, composed
from translate_flow.flow.publish.prepare import templates
from translate_flow.flow.published import live
from translate_flow.flow.translations import Translation
from translate_flow.flow.workspace import Workspace

if TYPE_CHECKING:
    from translate_flow.edition import Edition
    from translate_flow.exporters import Layout, Order
    from translate_flow.exporters.sites.index import Site


ARTICLE = re.compile(r"""[^\s()<>"'\[\]]+\.mdx?\b""", re.IGNORECASE)
"""What may name another article."""


@dataclass(frozen=True)
class Shelf:
    """Where the editions of one run go: single files in a folder."""

    workspace: Workspace
    folder: Path

    def place(
        self,
        translation: Translation,
        edition: Edition,
        form: str,
        layout: Layout,
        order: Order,
    ) -> tuple[Path, Edition]:
        """Return the file of an edition, and the edition as it stands there."""
        from translate_flow.exporters import file_name

        return self.folder / file_name(edition, form, layout, order), edition

    def recipe(self, edition: Edition, form: str, layout: Layout, order: Order) -> str:
        """Return what tells, as long as it stays, that a file need not be made again;
        empty if only the file itself tells."""
        return recipe(edition, form, layout, order)

    def finish(
        self,
        translation: Translation,
        edition: Edition,
        layout: Layout,
        path: Path,
        made: str,
    ) -> str | None:
        """Return what the file of an edition in text is to hold; None if it does."""
        return made

    def take(self, translation: Translation, edition: Edition) -> None:
        """Note an edition whose files are made."""

    def rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the files beside those of editions, and what they hold."""
        yield from ()

    def kept(self) -> Iterable[Path]:
        """Return files that are there and need not be written."""
        return ()


@dataclass(frozen=True)
class Collection(Shelf):
    """A site: its pages by language, its index and its feeds."""

    release: bool = False
    """Whether it has only what may be released."""

    editions: list[tuple[Edition, str]] = field(default_factory=list)
    """Those of the run, each with the date of the article's last release, if any."""

    told: dict[str, Edition] = field(default_factory=dict)
    """By the address of a page in one language, what feeds tell of it."""

    def place(
        self,
        translation: Translation,
        edition: Edition,
        form: str,
        layout: Layout,
        order: Order,
    ) -> tuple[Path, Edition]:
        """Return the file of a page, and the edition with the page's address and those
        of the other languages."""
        from translate_flow.exporters.sites.index import address, alternates, page_name

        name, url = page_name(edition, layout), self.workspace.project.site_url
        _, languages = self._others.seen(translation.file)
        placed = replace(
            edition,
            url=edition.url or (join(url, address(edition, layout)) if url else ""),
            alternates=alternates(edition, layout, languages, url),
            pages=dict(self._pages(translation, edition, layout)),
        )
        return self.folder / name, placed

    def _pages(
        self, translation: Translation, edition: Edition, layout: Layout
    ) -> Iterator[tuple[str, str]]:
        """Yield the articles that a page may link to, and where the pages of the same
        kind are: in its language or with both languages, else in their own."""
        from translate_flow.exporters.sites.index import page_name

        folder, here = (
            dirname(translation.file.name),
            dirname(page_name(edition, layout)),
        )
        for written in dict.fromkeys(ARTICLE.findall(edition.article.text)):
            path = normpath(unquote(written))
            other = self._others.articles.get(composed(join(folder, path)))
            if other is None:
                continue
            _, languages = self._others.seen(other)
            if not languages:
                message = f"links to {other.slug}, which is not in the site"
                self.workspace.say(f"{translation.file.slug} {message}")
                continue
            kind = _kind(edition, layout, languages)
            yield path, relpath(f"{kind}/{other.slug}.html", here)

    @cached_property
    def _others(self) -> Neighbours:
        return Neighbours(self.workspace, self.release)

    def take(self, translation: Translation, edition: Edition) -> None:
        """Note an edition for the index."""
        from translate_flow.exporters.sites.index import address

        printed = live(self.workspace.project, translation)
        source = corrections(self.workspace, translation, source=True)
        self.told[address(edition, "source")] = replace(edition, corrections=source)
        self.told[address(edition, "target")] = edition
        self.editions.append((edition, printed.date if printed else ""))

    def rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the index and the feeds."""
        from translate_flow.exporters.sites.feed import feed, name
        from translate_flow.exporters.sites.index import INDEX, entry, index

        entries = [entry(found, date) for found, date in self._articles()]
        own = templates(self.workspace.project.root)
        yield self.folder / INDEX, index(self._site, entries, own).encode()
        for language in self._site.languages:
            found = feed(self._site, language, entries, self._text)
            yield self.folder / name(language), found

    def _articles(self) -> Iterator[tuple[list[Edition], str]]:
        """Yield the editions of each article, and its date."""
        for _, group in groupby(self.editions, lambda one: one[0].slug):
            editions, dates = zip(*group, strict=True)
            yield list(editions), min(filter(None, dates), default="")

    def _text(self, page: str) -> str:
        """Return the text of a page of one language, as feeds hold it."""
        from translate_flow.edition import arranged
        from translate_flow.exporters.email import fragment
        from translate_flow.exporters.sites.index import address

        edition = self.told[page]
        own = page == address(edition, "source")
        ready = arranged(edition, "source")
        return fragment(ready, "source" if own else "target")

    @property
    def _site(self) -> Site:
        from translate_flow.exporters.sites.index import Site

        project = self.workspace.project
        titles = project.site_title or {
            project.source_language: project.root.resolve().name
        }
        return Site(project.languages, titles, project.site_url)


def _kind(edition: Edition, layout: Layout, languages: Sequence[str]) -> str:
    """Return the folder of the pages that a page leads to.

    :param languages: that the other article has, its own one first.
    """
    own, *targets = languages
    one, other = edition.source_language, edition.target_language
    if layout not in ("source", "target"):
        fitting = next((tag for tag in targets if tag in (one, other)), targets[0])
        return f"{own}-{fitting}"
    language = one if layout == "source" else other
    return language if language in languages else own
