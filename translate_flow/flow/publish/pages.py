"""Target pages in the tree of an existing site: where they go, and where their
addresses lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.publish.destinations import Destination, Placed
from translate_flow.flow.publish.links import composed, leading, spelled
from translate_flow.flow.translations import Translation
from translate_flow.model import State
from translate_flow.project import Project, articles
from translate_flow.project.layout import Locations, Spot

if TYPE_CHECKING:
    from translate_flow.edition import Edition, Pair
    from translate_flow.exporters import Layout
    from translate_flow.exporters.sites.rewriting import Lead

SLUG = "front slug"
PAGE = ("md", "target")
"""The format and layout of target pages."""
MODULES = ("", ".js", ".jsx", ".ts", ".tsx", ".mjs", ".vue", ".svelte")
"""Suffixes that an import may leave out."""


@dataclass(frozen=True)
class SitePages:
    """The tree of an existing site for target pages in Markdown; all else goes
    elsewhere."""

    project: Project
    tree: Locations
    others: Destination
    """Where all else goes."""

    def place(
        self, translation: Translation, edition: Edition, form: str, layout: Layout
    ) -> Placed | None:
        """Return where an edition goes; None if the run has that file already.

        :raises FlowError: if it would lie where it must not.
        """
        from translate_flow.exporters.sites.headings import naming_of, wraps

        if (form, layout) != PAGE:
            return self.others.place(translation, edition, form, layout)
        spot, place = self._spot(translation)
        self._check(spot, place, translation)
        root, file = self.project.root, translation.file.path
        naming = naming_of(root.resolve(), file.resolve().parents)
        placed = replace(with_slug(edition), headings=wraps(edition, naming))
        return Placed(root / place, placed, is_page=True)

    def rendered(
        self, translation: Translation, placed: Placed, form: str, layout: Layout
    ) -> str | bytes | None:
        """Return what to write into a file; None if nothing.

        :raises FlowError: if the edition cannot be written so.
        """
        from translate_flow.exporters.markdown import export
        from translate_flow.exporters.sites.rewriting import page

        if (form, layout) != PAGE:
            return self.others.rendered(translation, placed, form, layout)
        spot, place = self._spot(translation)
        text = export(placed.edition, layout="target")
        front = {
            key: spot.filled(said, translation.language)
            if isinstance(said, str)
            else said
            for key, said in self.tree.front.items()
        }
        lead = self._lead(spot, place, translation.language)
        return page(text, name=str(translation.file.path), front=front, lead=lead)

    def take(self, translation: Translation, edition: Edition) -> None:
        """Note an edition whose files are made."""
        self.others.take(translation, edition)

    def rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the files beside those of editions, and what they hold."""
        return self.others.rest()

    def kept(self) -> Iterable[Path]:
        """Return the files of this run, and those that stand there as they should."""
        return self.others.kept()

    # --- where pages lie ----------------------------------------------------

    @cached_property
    def versions(self) -> Mapping[str, Spot]:
        """The article of every file that is one or is made of one, by its path."""
        found: dict[str, Spot] = {}
        for file in articles(self.project):
            spot = self.tree.spot(file.name)
            if spot is not None:
                for language in self.project.languages:
                    found[composed(self._version(spot, language))] = spot
        return found

    def _version(self, spot: Spot, language: str) -> str:
        """Return where an article stands in a language, relative to the project."""
        if language == (spot.language or self.project.source_language):
            return spot.file
        return self.tree.output(spot, language) or spot.file

    def _spot(self, translation: Translation) -> tuple[Spot, str]:
        """Return what the layout knows of an article, and where its page lies, relative
        to the project.

        :raises FlowError: if it has none.
        """
        spot = self.tree.spot(translation.file.name)
        place = self.tree.output(spot, translation.language) if spot else None
        if spot is None or place is None:
            raise FlowError("has no page in this layout", str(translation.file.path))
        return spot, place

    def _check(self, spot: Spot, place: str, translation: Translation) -> None:
        path, root = self.project.root / place, self.project.root.resolve()
        if not path.resolve().is_relative_to(root):
            hint = "layout.output leads through a link; name another folder"
            raise FlowError("lies outside the project", str(path), hint=hint)
        if composed(place) == composed(spot.file):
            hint = "its front matter says another lang than its path; or layout.output"
            message = f"its page in {translation.language} would be written over it"
            raise FlowError(message, str(translation.file.path), hint=f"look at {hint}")

    # --- addresses ----------------------------------------------------------

    def _lead(self, spot: Spot, place: str, language: str) -> Lead:
        """Return what gives an address of an article as its page has it."""
        from translate_flow.exporters.sites.rewriting import exchanged

        links = self.tree.links.get(language, {})
        here, there = spot.dir, dirname(place) or "."

        def named(written: str) -> str:
            goal = self._goal(normpath(join(here, written)), language)
            led = relpath(goal, there) if goal else ""
            if led in ("", normpath(written)):
                return ""
            dot = "./" if written.startswith(".") and not led.startswith(".") else ""
            return dot + led

        lead = leading(named)

        def exchanging(address: str) -> str:
            address = exchanged(address, links)
            return address if self.tree.addresses == "pages" else lead(address)

        return exchanging

    def _goal(self, file: str, language: str) -> str | None:
        """Return the file that an address of a page is to lead to, None if it leads to
        no file that is known.

        :param file: what it leads to from the article, relative to the project.
        """
        if file.startswith("../"):
            return None
        if (other := self.versions.get(composed(file))) is not None:
            return self._version(other, language)
        return file if spelled(self.project.root, file, MODULES) else None


def with_slug(edition: Edition) -> Edition:
    """Return an edition whose slug can be part of an address: the slug of the article
    as long as its translation is not finished.

    :raises FlowError: if the translation cannot be part of an address.
    """
    pairs = tuple(_fitting(edition, p) if p.segment.kind == SLUG else p
                  for p in edition.pairs)  # fmt: skip
    return replace(edition, pairs=pairs)


def _fitting(edition: Edition, pair: Pair) -> Pair:
    source, target = pair.segment.text, pair.unit.target
    if not pair.finished or not target:
        unit = replace(pair.unit, target=source)
        return replace(pair, unit=unit, state=State.TRANSLATED)
    if re.search(r"[\s?#%\\]", target) or target.count("/") != source.count("/"):
        name, line = edition.article.name, pair.segment.line
        message = f"the translated slug {target!r} cannot be part of an address"
        place = f"{edition.slug}:{pair.segment.n}"
        better = re.sub(r"[^\w-]+", "-", target)
        hint = f"without blanks and slashes: {command('set', place, better)}"
        raise FlowError(message, name, line, hint)
    return pair
