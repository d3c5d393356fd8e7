"""What ``import translate_flow`` promises; everything else may change at any time.

With a project, :func:`open`: articles, translations, what moved, and the acts of the
command line. Without one, the pure functions below turn texts into values and back;
they touch no file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.article import Article
from translate_flow.article import parse as _parse
from translate_flow.catalog import dump, new
from translate_flow.catalog import parse as _parse_catalog
from translate_flow.edition import Edition, Pair, build
from translate_flow.errors import FlowError
from translate_flow.exporters import Layout, Order
from translate_flow.exporters import export as _export
from translate_flow.flow.drift import Drifted
from translate_flow.flow.publish.export import Exported
from translate_flow.flow.standing import Standing
from translate_flow.flow.workspace import Workspace as _Inside
from translate_flow.flow.workspace import chosen
from translate_flow.model import Catalog, Change, Finding, Mark, Segment, State, Unit
from translate_flow.project import articles, find_root, load
from translate_flow.project.user import today as _today
from translate_flow.sync import SyncResult
from translate_flow.sync import sync as _sync

if TYPE_CHECKING:
    from translate_flow.project.places import Place

__all__ = [
    "Article",
    "Catalog",
    "Change",
    "Drifted",
    "Edition",
    "Exported",
    "Finding",
    "FlowError",
    "Layout",
    "Mark",
    "Order",
    "Pair",
    "Segment",
    "Standing",
    "State",
    "SyncResult",
    "Unit",
    "Workspace",
    "edition",
    "export",
    "new_catalog",
    "open",
    "parse",
    "read_catalog",
    "sync",
    "take",
    "write_catalog",
]


# --- without a project ------------------------------------------------------


def parse(text: str, *, name: str = "article.md") -> Article:
    """Read an article; its ``segments`` are what is translated.

    :param text: the whole file: front matter, if any, and Markdown.
    :param name: what to call the file in errors.
    :raises FlowError: for broken front matter or a directive that cannot be obeyed.
    """
    return _parse(text, name=name)


def new_catalog(source: str, source_language: str, language: str) -> Catalog:
    """Return an empty catalog.

    :param source: the article's file, as the catalog's header names it.
    :param source_language: of the article, BCP 47.
    :param language: of its translations, BCP 47.
    """
    return new(source, source_language, language)


def read_catalog(text: str, *, name: str = "catalog.po") -> Catalog:
    """Read a catalog.

    :param text: a whole PO file.
    :param name: what to call the file in errors.
    :raises FlowError: naming the line that is broken or could not be kept.
    """
    return _parse_catalog(text, name=name)


def write_catalog(catalog: Catalog) -> str:
    """Return a catalog as a PO file.

    :raises FlowError: if it holds a character that no PO file can.
    """
    return dump(catalog)


def sync(article: Article, catalog: Catalog, *, today: str) -> SyncResult:
    """Bring a catalog up to its article: ``result.catalog.units[i]`` belongs to
    ``article.segments[i]``; ``result.changes`` tell what became of each.

    :param today: ISO date of what was typed in another editor.
    """
    return _sync(article.segments, catalog, today=today)


def take(unit: Unit, text: str, *, by: str, today: str) -> Unit:
    """Return a unit with a target that a person takes as right for its source.

    :param by: who takes it.
    :param today: ISO date.
    :raises FlowError: if there is no text to take.
    """
    return states.taken(unit, text, by=by, today=today)


def edition(
    article: Article, catalog: Catalog, *, slug: str = "article", proof: bool = False
) -> Edition:
    """Return an article and a synced catalog as readers get them, in pairs.

    :param slug: the article's name.
    :param proof: mark visibly what is unfinished.
    """
    return build(slug, article, catalog, proof=proof)


def export(
    edition: Edition,
    format: str = "md",
    layout: Layout | None = None,
    *,
    order: Order = "source",
) -> str | bytes:
    """Return an edition as a file of a format: bytes for DOCX, EPUB and PDF.

    :param layout: None for the format's own default.
    :param order: whose order of blocks to follow where they differ.
    :raises FlowError: if the format is unknown or has no such layout.
    """
    return _export(edition, format, layout, order=order)


# --- a project --------------------------------------------------------------


def open(
    path: str | os.PathLike[str] = ".", *, machine: str = "", today: str = ""
) -> Workspace:
    """Open the project in a folder, or in the nearest folder above it.

    :param machine: the name of the machine that acts, if no person does; it may leave
        drafts, and accepts, signs and releases nothing.
    :param today: ISO date; empty for that of SOURCE_DATE_EPOCH, or of the clock.
    :raises FlowError: if there is no project, or its settings are wrong.
    """
    from translate_flow.actors import acting_machine
    from translate_flow.history.git import Git

    where = Path(path).absolute()
    root = Path(os.path.normpath(where / find_root(where)))
    acting = acting_machine(machine or None, os.environ)
    day = today or _today(os.environ)
    inside = _Inside(load(root), day, os.environ, Git(root), machine=acting)
    return Workspace(inside)


class Workspace:
    """A project to work in. Places are what the command line takes: ``russia``,
    ``russia:7``, ``russia:k7f``, ``russia:3,5-8``; none means all articles.

    Every act is under the project's lock, can be taken back by ``tflow undo``, and
    raises :class:`FlowError` where ``tflow`` would stop with a message.
    """

    def __init__(self, inside: _Inside) -> None:
        """Not promised: :func:`open` makes workspaces."""
        self._inside = inside

    @property
    def root(self) -> Path:
        """The project's folder, absolute."""
        return self._inside.project.root

    def articles(self) -> tuple[str, ...]:
        """Return the slugs of all articles."""
        return tuple(file.slug for file in articles(self._inside.project))

    def translation(self, slug: str, language: str | None = None) -> Edition:
        """Return an article beside its translation, as both are now: pairs of a segment
        and its unit, with the state of each.

        :param language: None if the article is translated into just one.
        """
        from translate_flow.flow.translations import one_translation

        (place,) = self._places([slug])
        return one_translation(self._inside, place.file, language).edition()

    def status(self, *places: str, language: str | None = None) -> tuple[Standing, ...]:
        """Return how far articles are, once for each of their languages."""
        from translate_flow.flow.units import status

        return status(self._inside, self._places(places), language)

    def drift(self, *places: str, language: str | None = None) -> tuple[Drifted, ...]:
        """Return the units whose source moved under an accepted translation, the
        gravest first, with the words that changed."""
        from translate_flow.flow.drift import drifted

        return drifted(self._inside, self._places(places), language).units

    def sync(
        self, *places: str, language: str | None = None, check: bool = False
    ) -> tuple[Change, ...]:
        """Bring catalogs up to their articles, and return what became of their units.

        :param check: write nothing.
        """
        from translate_flow.flow.acts import sync

        found = self._places(places)
        done = sync(self._inside, found, language=language, check=check)
        return tuple(change for one in done for change in one.changes)

    def set(
        self,
        place: str,
        text: str,
        *,
        by: str | None = None,
        language: str | None = None,
    ) -> tuple[Finding, ...]:
        """Set one translation, which accepts it; return what the checks find in it.
        Where a machine acts, the text is a draft of that machine.

        :param text: blocks separated by blank lines; empty takes the text away.
        :param by: who does it; None for whoever ``tflow`` would take.
        """
        from translate_flow.flow.acts import set_target
        from translate_flow.flow.receiving import propose

        (spot,) = self._places([place])
        if self._inside.machine and by is None:
            return propose(self._inside, spot, text, language=language).findings
        who = self._inside.by(by, "set a translation that counts as accepted")
        return set_target(self._inside, spot, text, by=who, language=language).findings

    def accept(
        self, *places: str, by: str | None = None, language: str | None = None
    ) -> int:
        """Take translations as right for today's source; return how many.

        :param by: who does it; None for whoever ``tflow`` would take.
        """
        from translate_flow.flow.acts import accept

        if not places:
            raise FlowError("which translations?", hint="name places")
        who = self._inside.by(by, "accept translations")
        spots = self._places(places)
        acts = [accept(self._inside, s, by=who, language=language) for s in spots]
        return sum(len(one.done) for one in acts)

    def export(
        self,
        *places: str,
        formats: Sequence[str] = (),
        layouts: Sequence[Layout] = (),
        language: str | None = None,
        release: bool = False,
        folder: str | os.PathLike[str] | None = None,
    ) -> Exported:
        """Write editions; what is refused or cannot be written is told in the result.

        :param formats: none for the common ones; ``layouts`` likewise.
        :param release: refuse what is unfinished, and record what readers get.
        :param folder: where to; None for the project's folder of editions.
        """
        from translate_flow.flow.publish.export import Style, export

        style = Style(tuple(formats), tuple(layouts), release=release)
        where = None if folder is None else Path(folder)
        spots = self._places(places)
        return export(self._inside, spots, style, language=language, folder=where)

    def _places(self, places: Sequence[str]) -> tuple[Place, ...]:
        return chosen(self._inside.project, places)
