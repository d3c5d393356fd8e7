"""A tree of Markdown pages that grows from a project's articles: one page for each
language, for a generator of sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, relpath
from typing import TYPE_CHECKING, Any

from translate_flow.files import read_bytes, read_if_there
from translate_flow.flow.publish.destinations import Folder, Placed
from translate_flow.flow.publish.links import Neighbours, composed, leading, spelled
from translate_flow.flow.publish.pages import with_slug
from translate_flow.flow.publish.prepare import unfit
from translate_flow.flow.translations import Translation
from translate_flow.project import SOURCES, ArticleFile

if TYPE_CHECKING:
    from translate_flow.edition import Edition
    from translate_flow.exporters import Layout
    from translate_flow.exporters.sites.generators import Generator, Leaf
    from translate_flow.exporters.sites.headings import Naming
    from translate_flow.exporters.sites.rewriting import Lead


@dataclass(frozen=True)
class Tree(Folder):
    """A tree for one generator."""

    generator: Generator = field(kw_only=True)
    files: dict[Path, Path] = field(default_factory=dict)
    """Where the files go that pages show or link to, and where they are."""

    def _spot(
        self, translation: Translation, edition: Edition, form: str, layout: Layout
    ) -> tuple[Path, Edition]:
        """Return the file of a page, and the edition with an address that can be."""
        from translate_flow.exporters.sites.headings import wraps

        here = self._leaf(
            translation.file, edition.article.meta, _language(edition, layout)
        )
        placed = edition
        if layout == "target":
            headings = wraps(edition, self._naming)
            placed = replace(with_slug(edition), headings=headings)
        return self.folder / self.generator.path(here), placed

    @property
    def _naming(self) -> Naming:
        """What the generator does with headings."""
        from translate_flow.exporters.sites.headings import NAMINGS

        return NAMINGS[self.generator.name]

    def _recipe(self, edition: Edition, form: str, layout: Layout) -> str:
        """Return nothing: pages depend on other articles, too."""
        return ""

    def _finished(
        self, translation: Translation, placed: Placed, layout: Layout, made: str
    ) -> str | None:
        """Return a page whose addresses lead to pages and files of the tree, and whose
        front matter says what the generator expects; None if it stands there so.

        :raises FlowError: if the front matter cannot be made to say that.
        """
        from translate_flow.article.saying import saying
        from translate_flow.exporters.sites.rewriting import page

        path, edition = placed.path, placed.edition
        meta, name = edition.article.meta, str(translation.file.path)
        here = self._leaf(translation.file, meta, _language(edition, layout))
        text = page(
            made,
            name=name,
            front={},
            lead=self._lead(translation, here, path),
            headed=self._naming.told,
        )
        own = layout == "source"
        text = saying(text, self.generator.says(here, meta, own=own), name=name)
        data = text.encode()
        same = read_if_there(path) == data and self.record.knows(path, data)
        return None if same else text

    def rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the files of articles that do not stand in the tree as they are."""
        for goal, path in sorted(self.files.items()):
            data = read_bytes(path)
            if read_if_there(goal) != data:
                yield goal, data

    def kept(self) -> Iterable[Path]:
        """Return the pages of this run, and the files that they show or link to."""
        return *self.owners, *self.files

    # --- addresses ----------------------------------------------------------

    def _lead(self, translation: Translation, here: Leaf, path: Path) -> Lead:
        """Return what gives an address of an article as its page has it."""
        folder = dirname(translation.file.name)

        def named(written: str) -> str:
            file = composed(join(folder, written))
            other = self._others.articles.get(file)
            if other is None:
                return self._beside(translation, here, file)
            led = self._to(here, other)
            if not led:
                message = f"leads to {other.slug}, which is not in the tree"
                self.workspace.say(f"{path}: {message}")
            return led

        return leading(named)

    def _to(self, here: Leaf, other: ArticleFile) -> str:
        """Return how a page names that of another article in its own language, else in
        that article's; empty if there is neither."""
        meta, languages = self._others.seen(other)
        if not languages:
            return ""
        language = here.language if here.language in languages else languages[0]
        return self.generator.link(here, self._leaf(other, meta, language))

    def _beside(self, translation: Translation, here: Leaf, file: str) -> str:
        """Return how a page names a file of the project, and note it; empty if there is
        no such file.

        :param file: its path, relative to the project.
        """
        root = self.workspace.project.root
        path = spelled(root, file)
        if path is None or unfit(path, root):
            return ""
        near = relpath(file, composed(dirname(translation.file.name)))
        whole = file.removeprefix(f"{SOURCES}/")
        near = whole if near.startswith("../") else near
        goal, address = self.generator.file(here, near, whole)
        self.files[self.folder / goal] = path
        return address

    # --- what is known of articles ------------------------------------------

    @cached_property
    def _others(self) -> Neighbours:
        return Neighbours(self.workspace, self.release)

    @cached_property
    def _parents(self) -> frozenset[str]:
        """The folders that articles lie in."""
        slugs = (file.slug.split("/") for file in self._others.articles.values())
        return frozenset("/".join(s[:n]) for s in slugs for n in range(1, len(s)))

    def _leaf(self, file: ArticleFile, meta: Mapping[str, Any], language: str) -> Leaf:
        from translate_flow.exporters.content.credits import day
        from translate_flow.exporters.sites.generators import Leaf

        date, named = day(meta), meta.get("slug")
        return Leaf(
            slug=file.slug,
            language=language,
            date=date.isoformat() if date else "",
            named=str(named).strip("/") if named else "",
            suffix=".mdx" if file.path.suffix.lower() == ".mdx" else ".md",
            first=language == self.workspace.project.source_language,
            parent=file.slug in self._parents,
        )


def _language(edition: Edition, layout: Layout) -> str:
    own = layout == "source"
    return edition.source_language if own else edition.target_language
