"""Editions as files, and the record of what readers have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import read_if_there
from translate_flow.flow.collecting import Collection, Shelf
from translate_flow.flow.correcting import corrections
from translate_flow.flow.desk import Desk, Sheet, sheets
from translate_flow.flow.dressing import dressed, way_back
from translate_flow.flow.growing import Tree
from translate_flow.flow.pages import Site, site
from translate_flow.flow.refusing import Refused, held, meant, refuse_parts, unprintable
from translate_flow.flow.releases import record
from translate_flow.flow.written import Record
from translate_flow.model import State
from translate_flow.places import Place

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


@dataclass(frozen=True, slots=True)
class Printed:
    """One edition written."""

    slug: str
    language: str
    format: str
    layout: str
    path: Path
    states: Mapping[State, int]
    written: bool = True
    """False if the file stands there as it would be made."""

    missing: str = ""
    """Letters that no font had when it was printed."""


@dataclass(frozen=True, slots=True)
class _File:
    """What a file is to hold; None if it does."""

    path: Path
    data: bytes | None
    recipe: str = ""
    printed: Printed | None = None
    """The edition in it; None if it stands beside them."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where files go, and what may stand there."""

    shelf: Shelf
    tree: Site | None
    order: Order
    record: Record
    force: bool
    made: dict[Path, str] = field(default_factory=dict)
    """Files of this run, each with the slug of its article."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote and what it refused."""

    editions: tuple[Printed, ...]
    refused: tuple[Refused, ...]
    others: tuple[Path, ...] = ()
    """Files beside those of editions: a site's index and feeds."""


def export(
    desk: Desk,
    places: Sequence[Place],
    style: Style,
    *,
    language: str | None = None,
    folder: Path | None = None,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Exported:
    """Write editions of articles.

    :param folder: where to; None for the project's folder of editions and, for target
        pages of an existing site, their places in its tree.
    :param force: overwrite files that export did not write, make all anew.
    :param progress: told how many articles of all are done.
    :raises FlowError: before anything is written, if a file that stands there was not
        written by export, or a format or layout is unknown.
    """
    combinations = tuple(_combinations(style))
    tree = site(desk.project) if folder is None else None
    folder = folder or desk.project.root / desk.project.editions
    shelf = _shelf(desk, folder, style)
    target = _Target(shelf, tree, style.order, Record(desk.project.root), force)
    files: list[_File] = []
    refused: list[Refused] = []
    released: list[tuple[Sheet, Edition]] = []
    for done, spot in enumerate(places, 1):
        refuse_parts(spot)
        for sheet in sheets(desk, spot.file, language):
            if not _wanted(desk, sheet, style):
                continue
            edition, made, wrong = _made(desk, sheet, style, combinations, target)
            refused += wrong
            if not wrong:
                files += made
                released.append((sheet, edition))
                shelf.take(sheet, edition)
        progress(done, len(places))
    files += [_File(path, data) for path, data in shelf.rest()]
    with desk.locked():
        _write(desk, files, target)
        if style.site and not refused:
            _clear(
                desk, folder, {*target.made, *shelf.kept(), *(f.path for f in files)}
            )
        if style.release:
            for sheet, edition in released:
                record(desk, sheet, edition)
    editions = tuple(one.printed for one in files if one.printed)
    others = tuple(one.path for one in files if not one.printed)
    return Exported(editions, tuple(refused), others)


def _made(
    desk: Desk,
    sheet: Sheet,
    style: Style,
    combinations: Sequence[tuple[str, Layout]],
    target: _Target,
) -> tuple[Edition, list[_File], list[Refused]]:
    """Return an article as an edition, its files, and what keeps readers from them."""
    from translate_flow.exporters import EMBEDDING

    images = any(name in EMBEDDING for name, _ in combinations)
    plain = sheet.edition(proof=not style.release)
    edition = dressed(desk, sheet, plain, images=images)
    if style.release and (wrong := held(desk, sheet, edition)):
        return edition, [], wrong
    made = list(_files(desk, sheet, edition, combinations, target))
    return edition, made, _unprintable(desk, sheet, edition, made, style)


def _wanted(desk: Desk, sheet: Sheet, style: Style) -> bool:
    """Whether readers are to have an article; what is left out is told."""
    if style.site and not sheet.article.segments:
        desk.say(f"left out {sheet.file.slug}: there is nothing in it")
        return False
    return not style.release or meant(desk, sheet)


# --- which files ------------------------------------------------------------


def _shelf(desk: Desk, folder: Path, style: Style) -> Shelf:
    """Return where editions go.

    :raises FlowError: if the generator is unknown.
    """
    from translate_flow.exporters.trees import get

    if style.generator:
        return Tree(desk, folder, get(style.generator), style.release)
    site = Collection(desk, folder, style.release)
    return site if style.site else Shelf(desk, folder)


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
    desk: Desk,
    sheet: Sheet,
    edition: Edition,
    combinations: Sequence[tuple[str, Layout]],
    target: _Target,
) -> Iterator[_File]:
    """Yield the files of an edition; those that stand there as they would be made are
    not made again."""
    from translate_flow.exporters import export as make

    slug, language, states = sheet.file.slug, sheet.language, edition.states
    for name, layout in combinations:
        made: str | bytes | None = None
        cooked = missing = ""
        if target.tree and (name, layout) == ("md", "target"):
            path, made = target.tree.page(sheet, edition)
        else:
            order = target.order
            path, placed = target.shelf.place(sheet, edition, name, layout, order)
            if _is_made(path, slug, target):
                continue
            if layout == "source":
                told = corrections(desk, sheet, source=True)
                placed = replace(placed, corrections=told)
            placed = replace(placed, base=way_back(desk, sheet, path))
            cooked = target.shelf.recipe(placed, name, layout, order)
            if target.force or not target.record.stands(path, cooked):
                made = make(placed, name, layout, order=order)
                missing = _missing(name, made, placed, layout)
                _tell_long(desk, name, path, made)
            if isinstance(made, str):
                made = target.shelf.finish(sheet, placed, layout, path, made)
        data = made.encode() if isinstance(made, str) else made
        anew = data is not None
        printed = Printed(slug, language, name, layout, path, states, anew, missing)
        # what lacks letters is made anew, as soon as there may be a font for them
        yield _File(path, data, "" if missing else cooked, printed)


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


def _tell_long(desk: Desk, form: str, path: Path, made: str | bytes) -> None:
    """Tell of a mail that readers would not see all of."""
    from translate_flow.exporters.email import NAME, too_long

    if form == NAME and isinstance(made, str) and (why := too_long(made)):
        desk.say(f"{path}: {why}")


def _missing(form: str, made: str | bytes, edition: Edition, layout: Layout) -> str:
    """Return the letters that no font had, of what was printed."""
    from translate_flow.exporters import pdf

    if form != pdf.NAME or isinstance(made, str):
        return ""
    return pdf.missing(made, edition, layout)


def _unprintable(
    desk: Desk, sheet: Sheet, edition: Edition, made: Sequence[_File], style: Style
) -> list[Refused]:
    """Return what keeps printed files from being released: letters that no font has. A
    proof has them as empty boxes, and it is told."""
    from translate_flow.exporters.pdf.fonts import advice, told

    wrong: list[Refused] = []
    for path, letters in ((f.path, f.printed.missing) for f in made if f.printed):
        if letters and not style.release:
            desk.say(f"{path}: {told(letters)}: empty boxes; {advice(letters)}")
        elif letters:
            why = f"{told(letters)}; {advice(letters)}"
            slug, language = sheet.file.slug, sheet.language
            wrong.append(unprintable(slug, language, edition, letters, why))
    return wrong


# --- writing ----------------------------------------------------------------


def _write(desk: Desk, files: Sequence[_File], target: _Target) -> None:
    """Write editions under the lock, and remember them by their hashes."""
    record = Record(desk.project.root)  # what another run wrote since is known, too
    made = [(one, one.data) for one in files if one.data is not None]
    for one, data in made:
        path = one.path
        before = read_if_there(path)
        if not (target.force or before in (None, data) or record.knows(path, before)):
            message = "export did not write this file, or it was edited since"
            hint = "--force overwrites it, -o DIR writes elsewhere"
            raise FlowError(message, str(path), hint=hint)
    for one, data in made:
        desk.journal.write(one.path, data)
        record.add(one.path, data, one.recipe)
    if made:
        record.save()


def _clear(desk: Desk, folder: Path, kept: AbstractSet[Path]) -> None:
    """Delete the pages of a site that no article has any more, as far as export wrote
    them and nobody changed them: what is held back is not to stay on the web."""
    whole = {path.resolve() for path in kept}
    for path in Record(desk.project.root).below(folder):
        if path.resolve() not in whole:
            desk.journal.delete(path)
            desk.say(f"removed {os.path.relpath(path)}: no article has this page")
