"""Editions as files, and the record of what readers have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import read_if_there
from translate_flow.flow.desk import Desk, Sheet, sheets
from translate_flow.flow.dressing import dressed, way_back
from translate_flow.flow.pages import Site, site
from translate_flow.flow.reading import checker
from translate_flow.flow.releases import record
from translate_flow.flow.signing import own_signature
from translate_flow.flow.written import Record, recipe
from translate_flow.model import Finding, State
from translate_flow.places import Place
from translate_flow.questions import questions

if TYPE_CHECKING:
    from translate_flow.edition import Edition, Pair
    from translate_flow.exporters import Layout, Order


@dataclass(frozen=True, slots=True)
class Style:
    """Which files an export makes."""

    formats: tuple[str, ...] = ()
    """None means the common ones."""

    layouts: tuple[Layout, ...] = ()
    """None means each format's own default."""

    order: Order = "source"
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


@dataclass(frozen=True, slots=True)
class Refused:
    """A segment that a release may not print."""

    slug: str
    language: str
    pair: Pair
    finding: Finding | None = None
    """The error that holds it; None if its state does."""

    @property
    def unsigned(self) -> bool:
        """Whether it waits for nothing but a signature."""
        if self.finding is not None:
            return self.finding.check == SIGNATURE
        return self.pair.state is State.TRANSLATED

    @property
    def why(self) -> str:
        """What keeps it from being printed."""
        if self.finding is not None:
            return self.finding.message
        return "not signed" if self.unsigned else str(self.pair.state)


@dataclass(frozen=True, slots=True)
class _File:
    """What an edition's file is to hold; None if it does."""

    printed: Printed
    data: bytes | None
    recipe: str


@dataclass(frozen=True, slots=True)
class _Target:
    """Where files go, and what may stand there."""

    folder: Path
    tree: Site | None
    order: Order
    record: Record
    force: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote and what it refused."""

    editions: tuple[Printed, ...]
    refused: tuple[Refused, ...]


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
    known = Record(desk.project.root)
    target = _Target(folder, tree, style.order, known, force)
    files: list[_File] = []
    refused: list[Refused] = []
    released: list[tuple[Sheet, Edition]] = []
    for done, spot in enumerate(places, 1):
        if spot.picks:
            hint = f"tflow export {spot.file.slug}"
            raise FlowError("an edition is of a whole article", hint=hint)
        for sheet in sheets(desk, spot.file, language):
            if style.release and not _meant(desk, sheet):
                continue
            edition = sheet.edition(proof=not style.release)
            held = _held(desk, sheet, edition) if style.release else []
            refused += held
            if not held:
                files += _files(desk, sheet, edition, combinations, target)
                released.append((sheet, edition))
        progress(done, len(places))
    with desk.locked():
        _write(desk, files, target)
        if style.release:
            for sheet, edition in released:
                record(desk, sheet, edition)
    return Exported(tuple(one.printed for one in files), tuple(refused))


def _meant(desk: Desk, sheet: Sheet) -> bool:
    """Whether an article's front matter lets readers have it in a language: ``publish``
    may be false, or a list of languages. What is left out is told.

    :raises FlowError: if it names a language that the project does not have.
    """
    wanted = sheet.article.meta.get("publish", True)
    tags = [str(tag) for tag in wanted] if isinstance(wanted, list) else None
    for tag in tags or ():
        desk.project.language(tag)
    meant = wanted is not False if tags is None else sheet.language in tags
    if not meant:
        name = f"{sheet.file.slug} ({sheet.language})"
        desk.say(f"left out {name}: publish in its front matter keeps it back")
    return meant


def _held(desk: Desk, sheet: Sheet, edition: Edition) -> list[Refused]:
    from translate_flow.edition import refusals

    slug, language = sheet.file.slug, sheet.language
    held = refusals(edition, require=desk.project.require)
    found = checker(sheet, desk.glossary)
    wrong = [
        (pair, finding)
        for pair in edition.pairs
        if pair not in held
        for finding in found(pair.segment.n)
        if finding.severity == "error"
    ]
    return [
        *(Refused(slug, language, pair) for pair in held),
        *(Refused(slug, language, *own) for own in _own_signatures(desk, edition)),
        *(Refused(slug, language, pair, finding) for pair, finding in wrong),
        *(Refused(slug, language, *asked) for asked in _open_questions(edition)),
    ]


SIGNATURE = "signature"
"""What a finding is called that is about who signed."""


def _own_signatures(desk: Desk, edition: Edition) -> Iterator[tuple[Pair, Finding]]:
    """Yield what was signed by who took it, where that is not enough."""
    project = desk.project
    if project.require != "reviewed" or project.reviewer != "other":
        return
    for held in edition.pairs:
        if held.state is State.REVIEWED and (why := own_signature(held.unit)):
            yield held, Finding(SIGNATURE, "error", why, id=held.unit.id)


def _open_questions(edition: Edition) -> Iterator[tuple[Pair, Finding]]:
    for held in edition.pairs:
        for question in questions(held.unit):
            message = f"open question from {question.by}: {question.text}"
            yield held, Finding("question", "error", message, id=held.unit.id)


# --- which files ------------------------------------------------------------


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
    from translate_flow.exporters import EMBEDDING, file_name
    from translate_flow.exporters import export as make

    images = any(name in EMBEDDING for name, _ in combinations)
    edition = dressed(desk, sheet, edition, images=images)
    slug, language, states = sheet.file.slug, sheet.language, edition.states
    for name, layout in combinations:
        made: str | bytes | None = None
        cooked = ""
        if target.tree and (name, layout) == ("md", "target"):
            path, made = target.tree.page(sheet, edition)
        else:
            path = target.folder / file_name(edition, name, layout, target.order)
            placed = replace(edition, base=way_back(desk, sheet, path))
            cooked = recipe(placed, name, layout, target.order)
            if target.force or not target.record.stands(path, cooked):
                made = make(placed, name, layout, order=target.order)
        data = made.encode() if isinstance(made, str) else made
        printed = Printed(slug, language, name, layout, path, states, data is not None)
        yield _File(printed, data, cooked)


# --- writing ----------------------------------------------------------------


def _write(desk: Desk, files: Sequence[_File], target: _Target) -> None:
    """Write editions under the lock, and remember them by their hashes."""
    record = Record(desk.project.root)  # what another run wrote since is known, too
    made = [(one, one.data) for one in files if one.data is not None]
    for one, data in made:
        path = one.printed.path
        before = read_if_there(path)
        if not (target.force or before in (None, data) or record.knows(path, before)):
            message = "export did not write this file, or it was edited since"
            hint = "--force overwrites it, -o DIR writes elsewhere"
            raise FlowError(message, str(path), hint=hint)
    for one, data in made:
        desk.journal.write(one.printed.path, data)
        record.add(one.printed.path, data, one.recipe)
    if made:
        record.save()
