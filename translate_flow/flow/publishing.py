"""Editions as files, and the record of what readers have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import private_folder, read_if_there, write_atomic
from translate_flow.flow.desk import Desk, Sheet, sheets
from translate_flow.flow.dressing import dressed, way_back
from translate_flow.flow.pages import Site, site
from translate_flow.flow.reading import checker
from translate_flow.flow.releases import record
from translate_flow.flow.signing import own_signature
from translate_flow.model import Finding, State
from translate_flow.places import Place
from translate_flow.questions import questions

if TYPE_CHECKING:
    from translate_flow.edition import Edition, Pair
    from translate_flow.exporters import Layout, Order

REMEMBERED = 4
"""What else a file held before that still counts as ours."""


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
) -> Exported:
    """Write editions of articles.

    :param folder: where to; None for the project's folder of editions and, for target
        pages of an existing site, their places in its tree.
    :param force: overwrite files that export did not write.
    :raises FlowError: before anything is written, if a file that stands there was not
        written by export, or a format or layout is unknown.
    """
    combinations = tuple(_combinations(style))
    tree = site(desk.project) if folder is None else None
    folder = folder or desk.project.root / desk.project.editions
    files: list[tuple[Printed, bytes]] = []
    refused: list[Refused] = []
    released: list[tuple[Sheet, Edition]] = []
    for spot in places:
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
                files += _files(desk, sheet, edition, combinations, style, folder, tree)
                released.append((sheet, edition))
    with desk.locked():
        _write(desk, files, force=force)
        if style.release:
            for sheet, edition in released:
                record(desk, sheet, edition)
    return Exported(tuple(printed for printed, _ in files), tuple(refused))


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
    style: Style,
    folder: Path,
    tree: Site | None,
) -> Iterator[tuple[Printed, bytes]]:
    from translate_flow.exporters import EMBEDDING, file_name
    from translate_flow.exporters import export as make

    images = any(name in EMBEDDING for name, _ in combinations)
    edition = dressed(desk, sheet, edition, images=images)
    for name, layout in combinations:
        if tree and (name, layout) == ("md", "target"):
            path, made = tree.page(sheet, edition)
        else:
            path = folder / file_name(edition, name, layout, style.order)
            placed = replace(edition, base=way_back(desk, sheet, path))
            text = make(placed, name, layout, order=style.order)
            made = text.encode() if isinstance(text, str) else text
        slug, language, states = sheet.file.slug, sheet.language, edition.states
        yield Printed(slug, language, name, layout, path, states), made


# --- writing ----------------------------------------------------------------


def _write(desk: Desk, files: Sequence[tuple[Printed, bytes]], *, force: bool) -> None:
    """Write editions under the lock, and remember them by their hashes."""
    if not files:
        return
    record = Record(desk.project.root)
    for printed, data in files:
        before = read_if_there(printed.path)
        if not (force or before in (None, data) or record.knows(printed.path, before)):
            message = "export did not write this file, or it was edited since"
            hint = "--force overwrites it, -o DIR writes elsewhere"
            raise FlowError(message, str(printed.path), hint=hint)
    for printed, data in files:
        desk.journal.write(printed.path, data)
        record.add(printed.path, data)
    record.save()


class Record:
    """The files that export wrote, by their hashes. It may be deleted at any time; then
    they count as written by others, but for those that stay as they are."""

    def __init__(self, root: Path) -> None:
        """:param root: the project's folder."""
        self._root = root
        self._path = private_folder(root) / "editions.json"
        self._known = _recorded(self._path)

    def knows(self, path: Path, data: bytes | None) -> bool:
        """Tell whether export wrote just this into a file."""
        if data is None:
            return False
        keys = (self._key(path), str(path.resolve()))
        return any(_hash(data) in self._known.get(key, "").split() for key in keys)

    def add(self, path: Path, data: bytes) -> None:
        """Note what a file of ours holds; what it held before may come back by undo."""
        key, now = self._key(path), _hash(data)
        before = [old for old in self._known.get(key, "").split() if old != now]
        self._known[key] = " ".join([now, *before[:REMEMBERED]])

    def save(self) -> None:
        """Write it down."""
        text = json.dumps(self._known, ensure_ascii=False, indent=0, sort_keys=True)
        write_atomic(self._path, text.encode())

    def _key(self, path: Path) -> str:
        """Return a name that lasts when the project's folder is moved."""
        whole, root = path.resolve(), self._root.resolve()
        inside = whole.is_relative_to(root)
        return whole.relative_to(root).as_posix() if inside else str(whole)


def remember_moved(root: Path, moved: Sequence[tuple[Path, Path]]) -> None:
    """Let files that export wrote count as its own under their new names, too. The
    project's lock must be held.

    :param moved: the old and the new path of each; what others wrote stays theirs.
    """
    record = Record(root)
    ours = [
        (new, data)
        for old, new in moved
        if (data := read_if_there(new)) is not None and record.knows(old, data)
    ]
    for new, data in ours:
        record.add(new, data)
    if ours:
        record.save()


def _recorded(path: Path) -> dict[str, str]:
    """Read the record; one that cannot be read is as good as none."""
    try:
        known = json.loads(read_if_there(path) or b"{}")
    except ValueError:
        return {}
    if not isinstance(known, dict):
        return {}
    return {key: text for key, text in known.items() if isinstance(text, str)}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
