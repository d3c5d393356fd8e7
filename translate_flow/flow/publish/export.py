"""Editions as files, and the record of what readers have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.flow.publish.destinations import (
    Destination,
    Folder,
    HtmlSite,
)
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
from translate_flow.flow.publish.links import Neighbours
from translate_flow.flow.publish.pages import SitePages
from translate_flow.flow.publish.prepare import dressed, templates
from translate_flow.flow.publish.printing import Surroundings
from translate_flow.flow.publish.release import (
    Refused,
    Unwritten,
    held,
    meant,
    refuse_misread,
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
class _Run:
    """What is the same for all articles of an export."""

    workspace: Workspace
    style: Style
    combinations: Sequence[tuple[str, Layout]]
    """Formats and layouts to make."""

    destination: Destination
    around: Surroundings
    """What lies around the articles."""


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
    """Write editions of articles. What cannot be written is refused by itself.

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
    if folder is not None:
        workspace.journal.allow(folder)
    in_tree = folder is None and style.release
    folder = folder or workspace.project.root / workspace.project.editions
    destination = _destination(workspace, folder, style, force, in_tree=in_tree)
    around = Surroundings(Neighbours(workspace, release=True))
    run = _Run(workspace, style, combinations, destination, around)
    refused: list[Refused | Unwritten] = []
    batches: list[Batch] = []
    for done, spot in enumerate(places, 1):
        refuse_parts(spot)
        for found in _batches(run, spot, language):
            if isinstance(found, Batch):
                batches.append(found)
            else:
                refused.append(found)
        progress(done, len(places))
    rest = [File(*one, is_page=style.pages) for one in destination.rest()]
    batches += [Batch([file]) for file in rest]
    cleared: tuple[Path, ...] = ()
    with nullcontext() if check else workspace.locked():
        landed = land(workspace, batches, force=force, dry=check)
        refused += landed.refused
        _refuse_alone(landed, refused)
        if style.site and not refused:
            kept = {*destination.kept(), *(file.path for file in rest)}
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
    run: _Run, spot: Place, language: str | None
) -> Iterator[Batch | Refused | Unwritten]:
    """Yield the files of an article, and what keeps others from being made."""
    broken: list[FlowError] = []
    for translation in translations(run.workspace, spot.file, language, broken):
        try:
            if not _wanted(run, translation):
                continue
            edition, made, wrong = _made(run, translation)
            if not wrong:
                run.destination.take(translation, edition)
        except FlowError as error:
            yield Unwritten(translation.file.slug, translation.language, error)
            continue
        yield from wrong
        if not wrong:
            yield Batch(made, translation, edition if run.style.release else None)
    for unread in broken:
        yield Unwritten(spot.file.slug, language or "", unread)


def _made(
    run: _Run, translation: Translation
) -> tuple[Edition, list[File], list[Refused]]:
    """Return an article as an edition, its files, and what keeps readers from them."""
    from translate_flow.exporters import EMBEDDING

    workspace, release = run.workspace, run.style.release
    images = any(name in EMBEDDING for name, _ in run.combinations)
    plain = translation.edition(proof=not release)
    edition = dressed(workspace, translation, plain, images=images)
    if release:
        wrong = held(workspace, translation, edition)
        if wrong := [*wrong, *run.around.refused(translation, edition)]:
            return edition, [], wrong
    made = list(_files(run, translation, edition))
    return edition, made, _unprintable(run, translation, edition, made)


def _wanted(run: _Run, translation: Translation) -> bool:
    """Whether readers are to have an article; what is left out is told.

    :raises FlowError: if its front matter cannot be understood.
    """
    if run.style.site and not translation.article.segments:
        slug = translation.file.slug
        run.workspace.say(f"left out {slug}: there is nothing in it")
        return False
    if run.style.release:
        return meant(run.workspace, translation)
    refuse_misread(run.workspace, translation)
    return True


# --- which files ------------------------------------------------------------


def _destination(
    workspace: Workspace, folder: Path, style: Style, force: bool, *, in_tree: bool
) -> Destination:
    """Return where editions go.

    :param in_tree: whether target pages have their places in an existing site, if the
        project has one.
    :raises FlowError: if the generator is unknown.
    """
    from translate_flow.exporters.sites.generators import get

    kind: Callable[..., Destination] = HtmlSite if style.site else Folder
    if style.generator:
        kind = partial(Tree, generator=get(style.generator))
    record = Record(workspace.project.root)
    found = kind(
        workspace, folder, record, style.order, style.release, force, style.pages
    )
    tree = workspace.project.tree
    if in_tree and tree and tree.outputs:
        return SitePages(workspace.project, tree, found)
    return found


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


def _files(run: _Run, translation: Translation, edition: Edition) -> Iterator[File]:
    """Yield the files of an edition; those that stand there as they would be made are
    not made again."""
    slug, language, states = translation.file.slug, translation.language, edition.states
    for name, layout in run.combinations:
        placed = run.destination.place(translation, edition, name, layout)
        if placed is None:
            continue
        made = run.destination.rendered(translation, placed, name, layout)
        data = made.encode() if isinstance(made, str) else made
        missing = _missing(name, made, placed.edition, layout)
        anew = data is not None
        printed = Printed(
            slug, language, name, layout, placed.path, states, anew, missing
        )
        # what lacks letters is made anew, as soon as there may be a font for them
        recipe = "" if missing else placed.recipe
        yield File(placed.path, data, recipe, printed, placed.is_page)


def _missing(
    form: str, made: str | bytes | None, edition: Edition, layout: Layout
) -> str:
    """Return the letters that no font had, of what was printed."""
    from translate_flow.exporters import pdf

    if form != pdf.NAME or not isinstance(made, bytes):
        return ""
    return pdf.missing(made, edition, layout)


def _unprintable(
    run: _Run, translation: Translation, edition: Edition, made: Sequence[File]
) -> list[Refused]:
    """Return what keeps printed files from being released: letters that no font has. A
    proof has them as empty boxes, and it is told."""
    from translate_flow.exporters.pdf.fonts import advice, told

    wrong: list[Refused] = []
    for path, letters in ((f.path, f.printed.missing) for f in made if f.printed):
        if letters and not run.style.release:
            boxes = f"{path}: {told(letters)}: empty boxes; {advice(letters)}"
            run.workspace.say(boxes)
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
