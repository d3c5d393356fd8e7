"""Where editions go: into a folder one by one, or as a site with an index and feeds.

Trees of Markdown and pages of an existing site have modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.flow.publish.exported import Record, recipe
from translate_flow.flow.publish.links import Neighbours, composed, leading, spelled
from translate_flow.flow.publish.prepare import (
    as_source,
    at_home,
    hosted,
    shown_files,
    templates,
    way_back,
)
from translate_flow.flow.published import live, released_on
from translate_flow.flow.translations import Translation
from translate_flow.flow.workspace import Workspace

if TYPE_CHECKING:
    from translate_flow.edition import Edition
    from translate_flow.exporters import Layout, Order
    from translate_flow.exporters.sites.index import Site
    from translate_flow.exporters.sites.rewriting import Lead


READ = ("html", "epub", "pdf", "docx", "email")
"""Formats that readers get as they are; Markdown lies beside its article's files."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An edition and the file that it goes into."""

    path: Path
    edition: Edition
    """As it stands there."""

    recipe: str = ""
    """What tells, as long as it stays, that the file need not be made again; empty if
    only the file itself tells."""

    is_page: bool = False
    """Whether the file is a page of a site that may be committed."""


class Destination(Protocol):
    """Where the editions of one run go."""

    def place(
        self, translation: Translation, edition: Edition, form: str, layout: Layout
    ) -> Placed | None:
        """Return where an edition goes; None if the run has that file already.

        :raises FlowError: if it may not lie there.
        """

    def rendered(
        self, translation: Translation, placed: Placed, form: str, layout: Layout
    ) -> str | bytes | None:
        """Return what to write into a file; None if nothing.

        :raises FlowError: if the edition cannot be written so.
        """

    def take(self, translation: Translation, edition: Edition) -> None:
        """Note an edition whose files are made."""

    def rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the files beside those of editions, and what they hold."""

    def kept(self) -> Iterable[Path]:
        """Return the files of this run, and those that stand there as they should."""


@dataclass(frozen=True)
class Folder:
    """Single files in a folder."""

    workspace: Workspace
    folder: Path
    record: Record
    order: Order = "source"
    release: bool = False
    """Whether it has only what may be released."""

    force: bool = False
    """Whether files that stand there are made anew."""

    pages: bool = False
    """Whether its files are pages of a site that may be committed."""

    owners: dict[Path, str] = field(default_factory=dict)
    """Files of this run, each with the slug of its article."""

    def place(
        self, translation: Translation, edition: Edition, form: str, layout: Layout
    ) -> Placed | None:
        """Return where an edition goes; None if the run has that file already, for
        translations of an article share the page of its source.

        :raises FlowError: if another article has it.
        """
        path, placed = self._spot(translation, edition, form, layout)
        slug = translation.file.slug
        if (other := self.owners.get(path)) is not None:
            if other == slug:
                return None
            message = f"{slug} and {other} would have the same page"
            raise FlowError(message, str(path), hint="rename one with tflow mv")
        self.owners[path] = slug
        if layout == "source":
            placed = as_source(self.workspace, translation, placed)
        placed = replace(placed, base=way_back(self.workspace, translation, path))
        placed = at_home(placed, layout)
        if self.release and form in READ:
            homes = dict(self._homes(translation, edition, layout))
            placed = replace(placed, pages={**homes, **placed.pages})
        if form == "email":
            found = hosted(self.workspace, translation, edition)
            placed = replace(placed, hosted=found)
        return Placed(path, placed, self._recipe(placed, form, layout), self.pages)

    def _homes(
        self, translation: Translation, edition: Edition, layout: Layout
    ) -> Iterator[tuple[str, str]]:
        """Yield the articles that a released edition links to, and where they are on
        the web; nowhere, if nobody says: readers have no use for a path of this
        project."""
        own, other_tongue = edition.source_language, edition.target_language
        language = other_tongue if layout == "target" else own
        for path, other in self._others.linked(translation.file, edition.article.text):
            yield path, self._others.home(other, language)

    @cached_property
    def _others(self) -> Neighbours:
        return Neighbours(self.workspace, self.release)

    def rendered(
        self, translation: Translation, placed: Placed, form: str, layout: Layout
    ) -> str | bytes | None:
        """Return what to write into a file; None if nothing.

        :raises FlowError: if the edition cannot be written so.
        """
        from translate_flow.exporters import export
        from translate_flow.exporters.email import NAME, too_long

        if not self.force and self.record.stands(placed.path, placed.recipe):
            return None
        made = export(placed.edition, form, layout, order=self.order)
        if isinstance(made, bytes):
            return made
        if form == NAME and (why := too_long(made)):
            self.workspace.say(f"{placed.path}: {why}")
        return self._finished(translation, placed, layout, made)

    def take(self, translation: Translation, edition: Edition) -> None:
        """Note an edition whose files are made."""

    def rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the files beside those of editions, and what they hold."""
        yield from ()

    def kept(self) -> Iterable[Path]:
        """Return the files of this run, and those that stand there as they should."""
        return self.owners

    # --- what others do in their own way ------------------------------------

    def _spot(
        self, translation: Translation, edition: Edition, form: str, layout: Layout
    ) -> tuple[Path, Edition]:
        """Return the file of an edition, and the edition as it stands there."""
        from translate_flow.exporters import file_name

        path = self.folder / file_name(edition, form, layout, self.order)
        if edition.proof and self.record.released(path):
            name = file_name(edition, form, layout, self.order, beside=True)
            path = self.folder / name
        return path, edition

    def _recipe(self, edition: Edition, form: str, layout: Layout) -> str:
        return recipe(edition, form, layout, self.order)

    def _finished(
        self, translation: Translation, placed: Placed, layout: Layout, made: str
    ) -> str | None:
        """Return what to write for an edition in text; None if nothing. Markdown of one
        language, which is the article itself, leads to its files from where it lies."""
        from translate_flow.exporters.sites.rewriting import page

        one = placed.path.suffix == ".md" and layout in ("source", "target")
        if not (one and placed.edition.base):
            return made
        lead = self._from_here(translation, unquote(placed.edition.base))
        return page(made, name=str(translation.file.path), front={}, lead=lead)

    def _from_here(self, translation: Translation, base: str) -> Lead:
        """Return what gives an address of an article as its edition has it.

        :param base: the way from the edition's folder to the article's.
        """
        root, name = self.workspace.project.root, composed(translation.file.name)

        def named(written: str) -> str:
            file = composed(join(dirname(name), written))
            there = file != name and spelled(root, file)
            return normpath(base + written) if there else ""

        return leading(named)


@dataclass(frozen=True, slots=True)
class Dates:
    """When readers got an article; ISO dates, empty if nobody can tell."""

    released: str
    changed: str
    """When it was last released anew, translated or put right."""


@dataclass(frozen=True)
class HtmlSite(Folder):
    """A site: its pages by language, its index and its feeds."""

    editions: list[tuple[Edition, Dates]] = field(default_factory=list)
    """Those of the run, each with its dates."""

    files: dict[Path, Path] = field(default_factory=dict)
    """Where images go that feeds and mail show, and where they are."""

    told: dict[str, Edition] = field(default_factory=dict)
    """By the address of a page in one language, what feeds tell of it."""

    def _spot(
        self, translation: Translation, edition: Edition, form: str, layout: Layout
    ) -> tuple[Path, Edition]:
        """Return the file of a page, and the edition with the page's address and those
        of the other languages."""
        from translate_flow.exporters.sites.index import (
            address,
            addresses,
            alternates,
            page_name,
        )

        name, url = page_name(edition, layout), self.workspace.project.site_url
        _, languages = self._others.seen(translation.file)
        both = layout not in ("source", "target")
        here = edition.urls.get(edition.source_language) or join(
            url, address(edition, layout)
        )
        placed = replace(
            edition,
            url=here if url and both else "",
            urls=addresses(edition, languages, url),
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

        here = dirname(page_name(edition, layout))
        text = edition.article.text
        for path, other in self._others.linked(translation.file, text):
            _, languages = self._others.seen(other)
            if not languages:
                message = f"links to {other.slug}, which is not in the site"
                self.workspace.say(f"{translation.file.slug} {message}")
                continue
            kind = _kind(edition, layout, languages)
            yield path, relpath(f"{kind}/{other.slug}.html", here)

    def take(self, translation: Translation, edition: Edition) -> None:
        """Note an edition for the index."""
        from translate_flow.exporters.sites.index import address

        found = hosted(self.workspace, translation, edition)
        edition = replace(edition, hosted=found)
        source = as_source(self.workspace, translation, edition)
        self.told[address(edition, "source")] = source
        self.told[address(edition, "target")] = edition
        date = released_on(self.workspace, translation, edition)
        if not self.release:
            printed = live(self.workspace.project, translation)
            date = printed.date if printed else ""
        right = [c.date for c in (*source.corrections, *edition.corrections)]
        marks = [pair.unit.mark.on for pair in edition.pairs if pair.unit.mark]
        changed = max([date or max(marks, default=""), *right])
        self.editions.append((edition, Dates(date, changed)))
        if self.workspace.project.site_url:
            shown = shown_files(self.workspace, translation, edition)
            self.files.update((self.folder / name, path) for _, (name, path) in shown)

    def rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the index and the feeds."""
        from translate_flow.exporters.sites.feed import feed, name
        from translate_flow.exporters.sites.index import INDEX, entry, index

        entries = [
            entry(found, dates.released, dates.changed)
            for found, dates in self._articles()
        ]
        own = templates(self.workspace.project.root)
        yield self.folder / INDEX, index(self._site, entries, own).encode()
        for language in self._site.languages:
            today = self.workspace.today
            found = feed(self._site, language, entries, self._text, today)
            yield self.folder / name(language), found
        for goal, path in sorted(self.files.items()):
            yield goal, read_bytes(path)

    def _articles(self) -> Iterator[tuple[list[Edition], Dates]]:
        """Yield the editions of each article, and its dates."""
        for _, group in groupby(self.editions, lambda one: one[0].slug):
            editions, dates = zip(*group, strict=True)
            first = min(filter(None, (one.released for one in dates)), default="")
            yield list(editions), Dates(first, max(one.changed for one in dates))

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
        return Site(project.languages, titles, project.site_url, project.translatable)


def _kind(edition: Edition, layout: Layout, languages: Sequence[str]) -> str:
    """Return the folder of the pages that a page leads to.

    :param languages: of the other article, its own first.
    """
    own, *targets = languages
    one, other = edition.source_language, edition.target_language
    if layout not in ("source", "target"):
        fitting = next((tag for tag in targets if tag in (one, other)), targets[0])
        return f"{own}-{fitting}"
    language = one if layout == "source" else other
    return language if language in languages else own
