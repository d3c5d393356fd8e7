"""Editions as files, and the record of what readers have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.flow.publish.correcting import corrections
from translate_flow.flow.publish.destinations import Collection, Shelf
from translate_flow.flow.publish.exported import Record
from translate_flow.flow.publish.landing import (
    Batch,
    File,
    Landed,
    Overwritten,
    Printed,
    Taken,
    land,
    superfluous,
)
from translate_flow.flow.publish.pages import Site, site
from translate_flow.flow.publish.prepare import (
    dressed,
    templates,
    way_back,
)
from translate_flow.flow.publish.release import (
    Refused,
    Unwritten,
    held,
    meant,
    refuse_parts,
    unprintable,
)
from translate_flow.flow.publish.tree import Tree
from translate_flow.flow.translations import Translation, translations
from translate_flow.flow.workspace import Workspace
from translate_flow.project.places import Place

if TYPE_CHECKING:
    from translate_flow.edition import Edition
    from translate_flow.exporters import Layout, Order


@dataclass(frozen=True, slots=True)
class Style:
    """Which files an export makes."""

    formats: tuple[str, ...] = ()
    """None means the common ones."""

    layouts: tuple[Layout, ...] = ()
    """None means each format's own default."""

    order: Order = "source"
    site: bool = False
    """Pages of a site, with an index and feeds, instead of single editions."""

    whole: bool = False
    """Whether the site is of all articles: other pages of ours are taken away."""

    generator: str = ""
    """What builds the site of a tree of Markdown; empty if it is built already."""

    release: bool = False
    """Refuse what is unfinished, and record what readers get."""

    @property
    def pages(self) -> bool:
        """Whether it makes pages of a site that may be committed."""
        return self.release and bool(self.site or self.generator)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where files go, and what may stand there."""

    shelf: Shelf
    tree: Site | None
    order: Order
    record: Record
    force: bool
    pages: bool
    """Whether what goes there is pages of a site that may be committed."""

    made: dict[Path, str] = field(default_factory=dict)
    """Files of this run, each with the slug of its article."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote and what it refused."""

    editions: tuple[Printed, ...]
    refused: tuple[Refused | Unwritten, ...]
    others: tuple[Path, ...] = ()
    """Files beside those of editions: a site's index and feeds."""

    overwritten: tuple[Overwritten, ...] = ()
    """Files of others that were written over because that was wanted."""

    changed: tuple[Path, ...] = ()
    """Files that are, or would be, other than they were."""


def export(
    workspace: Workspace,
    places: Sequence[Place],
    style: Style,
    *,
    language: str | None = None,
    folder: Path | None = None,
    force: bool = False,
    check: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Exported:
    """Write editions of articles. What cannot be written is refused alone.

    :param folder: where to; None for the project's folder of editions and, for target
        pages of an existing site that are released, their places in its tree.
    :param force: overwrite files that export did not write, make all anew.
    :param check: write nothing, tell which files would change.
    :param progress: told how many articles of all are done.
    :raises FlowError: before anything is written, if a format or layout is unknown,
        what all articles need cannot be read, the one article that is wanted is no
        good, or a machine would release.
    """
    if style.release and not check:
        workspace.refuse_machine("release what readers get")
    combinations = tuple(_combinations(style))
    templates(workspace.project.root)
    tree = site(workspace.project) if folder is None and style.release else None
    if folder is not None:
        workspace.journal.allow(folder)
    folder = folder or workspace.project.root / workspace.project.editions
    shelf, record = _shelf(workspace, folder, style), Record(workspace.project.root)
    target = _Target(shelf, tree, style.order, record, force, style.pages)
    refused: list[Refused | Unwritten] = []
    batches: list[Batch] = []
    for done, spot in enumerate(places, 1):
        refuse_parts(spot)
        for found in _batches(workspace, spot, language, style, combinations, target):
            if isinstance(found, Batch):
                batches.append(found)
            else:
                refused.append(found)
        progress(done, len(places))
    rest = [File(*one, is_page=target.pages) for one in target.shelf.rest()]
    batches += [Batch([file]) for file in rest]
    cleared: tuple[Path, ...] = ()
    with nullcontext() if check else workspace.locked():
        landed = land(workspace, batches, force=force, dry=check)
        refused += landed.refused
        _refuse_alone(landed, refused)
        if style.site and not refused:
            kept = {*target.made, *target.shelf.kept(), *(f.path for f in rest)}
            cleared = tuple(_cleared(workspace, folder, kept, dry=check))
    return Exported(
        tuple(one.printed for one in landed.files if one.printed),
        tuple(refused),
        tuple(one.path for one in landed.files if not one.printed),
        landed.overwritten,
        (*landed.changed, *cleared),
    )


def _refuse_alone(landed: Landed, refused: Sequence[Refused | Unwritten]) -> None:
    """:raises FlowError: if nothing was done, because of one bad input."""
    if landed.files or len(refused) != 1 or not isinstance(refused[0], Unwritten):
        return
    if not isinstance(refused[0].error, Taken):
        raise refused[0].error


def _batches(
    workspace: Workspace,
    spot: Place,
    language: str | None,
    style: Style,
    combinations: Sequence[tuple[str, Layout]],
    target: _Target,
) -> Iterator[Batch | Refused | Unwritten]:
    """Yield the files of an article, and what keeps others from being made."""
    broken: list[FlowError] = []
    for translation in translations(workspace, spot.file, language, broken):
        try:
            if not _wanted(workspace, translation, style):
                continue
            edition, made, wrong = _made(
                workspace, translation, style, combinations, target
            )
            if not wrong:
                target.shelf.take(translation, edition)
        except FlowError as error:
            yield Unwritten(translation.file.slug, translation.language, error)
            continue
        yield from wrong
        if not wrong:
            yield Batch(made, translation, edition if style.release else None)
    for unread in broken:
        yield Unwritten(spot.file.slug, language or "", unread)


def _made(
    workspace: Workspace,
    translation: Translation,
    style: Style,
    combinations: Sequence[tuple[str, Layout]],
    target: _Target,
) -> tuple[Edition, list[File], list[Refused]]:
    """Return an article as an edition, its files, and what keeps readers from them."""
    from translate_flow.exporters import EMBEDDING

    images = any(name in EMBEDDING for name, _ in combinations)
    plain = translation.edition(proof=not style.release)
    edition = dressed(workspace, translation, plain, images=images)
    if style.release and (wrong := held(workspace, translation, edition)):
        return edition, [], wrong
    made = list(_files(workspace, translation, edition, combinations, target))
    return edition, made, _unprintable(workspace, translation, edition, made, style)


def _wanted(workspace: Workspace, translation: Translation, style: Style) -> bool:
    """Whether readers are to have an article; what is left out is told."""
    if style.site and not translation.article.segments:
        workspace.say(f"left out {translation.file.slug}: there is nothing in it")
        return False
    return not style.release or meant(workspace, translation)


# --- which files ------------------------------------------------------------


def _shelf(workspace: Workspace, folder: Path, style: Style) -> Shelf:
    """Return where editions go.

    :raises FlowError: if the generator is unknown.
    """
    from translate_flow.exporters.sites.generators import get

    if style.generator:
        return Tree(workspace, folder, get(style.generator), style.release)
    site = Collection(workspace, folder, style.release)
    return site if style.site else Shelf(workspace, folder)


def _combinations(style: Style) -> Iterator[tuple[str, Layout]]:
    """Yield the formats and layouts to make.

    :raises FlowError: if a format is unknown, or no format has a layout.
    """
    from translate_flow.exporters import COMMON, get, layout_of

    names = style.formats or COMMON
    exporters = {name: get(name) for name in names}
    for name, exporter in exporters.items():
        if not style.layouts:
            yield name, layout_of(exporter, None)
    for layout in style.layouts:
        able = [name for name in names if layout in exporters[name].LAYOUTS]
        if not able:
            layout_of(exporters[names[0]], layout)
        for name in able:
            yield name, layout


def _files(
    workspace: Workspace,
    translation: Translation,
    edition: Edition,
    combinations: Sequence[tuple[str, Layout]],
    target: _Target,
) -> Iterator[File]:
    """Yield the files of an edition; those that stand there as they would be made are
    not made again."""
    from translate_flow.exporters import export as make

    slug, language, states = translation.file.slug, translation.language, edition.states
    for name, layout in combinations:
        made: str | bytes | None = None
        cooked, missing, is_page = "", "", target.pages
        if target.tree and (name, layout) == ("md", "target"):
            path, made = target.tree.page(translation, edition)
            is_page = True
        else:
            order = target.order
            path, placed = target.shelf.place(translation, edition, name, layout, order)
            if _is_made(path, slug, target):
                continue
            if layout == "source":
                told = corrections(workspace, translation, source=True)
                placed = replace(placed, corrections=told)
            placed = replace(placed, base=way_back(workspace, translation, path))
            cooked = target.shelf.recipe(placed, name, layout, order)
            if target.force or not target.record.stands(path, cooked):
                made = make(placed, name, layout, order=order)
                missing = _missing(name, made, placed, layout)
                _tell_long(workspace, name, path, made)
            if isinstance(made, str):
                made = target.shelf.finish(translation, placed, layout, path, made)
        data = made.encode() if isinstance(made, str) else made
        anew = data is not None
        printed = Printed(slug, language, name, layout, path, states, anew, missing)
        # what lacks letters is made anew, as soon as there may be a font for them
        yield File(path, data, "" if missing else cooked, printed, is_page)


def _is_made(path: Path, slug: str, target: _Target) -> bool:
    """Whether a file of this run is there: translations of an article share the page of
    its source.

    :raises FlowError: if another article has it.
    """
    other = target.made.get(path)
    if other not in (None, slug):
        message = f"{slug} and {other} would have the same page"
        raise FlowError(message, str(path), hint="rename one with tflow mv")
    target.made[path] = slug
    return other is not None


def _tell_long(workspace: Workspace, form: str, path: Path, made: str | bytes) -> None:
    """Tell of a mail that readers would not see all of."""
    from translate_flow.exporters.email import NAME, too_long

    if form == NAME and isinstance(made, str) and (why := too_long(made)):
        workspace.say(f"{path}: {why}")


def _missing(form: str, made: str | bytes, edition: Edition, layout: Layout) -> str:
    """Return the letters that no font had, of what was printed."""
    from translate_flow.exporters import pdf

    if form != pdf.NAME or isinstance(made, str):
        return ""
    return pdf.missing(made, edition, layout)


def _unprintable(
    workspace: Workspace,
    translation: Translation,
    edition: Edition,
    made: Sequence[File],
    style: Style,
) -> list[Refused]:
    """Return what keeps printed files from being released: letters that no font has. A
    proof has them as empty boxes, and it is told."""
    from translate_flow.exporters.pdf.fonts import advice, told

    wrong: list[Refused] = []
    for path, letters in ((f.path, f.printed.missing) for f in made if f.printed):
        if letters and not style.release:
            workspace.say(f"{path}: {told(letters)}: empty boxes; {advice(letters)}")
        elif letters:
            why = f"{told(letters)}; {advice(letters)}"
            slug, language = translation.file.slug, translation.language
            wrong.append(unprintable(slug, language, edition, letters, why))
    return wrong


# --- a whole site -----------------------------------------------------------


def _cleared(
    workspace: Workspace, folder: Path, kept: AbstractSet[Path], *, dry: bool
) -> Iterator[Path]:
    """Delete the pages that no article has any more, and yield them."""
    for path in superfluous(workspace, folder, kept):
        if not dry:
            workspace.journal.delete(path)
            workspace.say(f"removed {path}: no article has this page")
        yield path
