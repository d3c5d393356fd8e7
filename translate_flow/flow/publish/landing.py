"""Files of editions find their places: what may be written there, and what is noted of
it. A file that a person wrote or changed stays, and all that belongs to it is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes, read_if_there
from translate_flow.flow.publish.exported import Record
from translate_flow.flow.publish.release import Unwritten
from translate_flow.flow.published import (
    page_name,
    pages,
    read_record,
    record,
    record_files,
    refuse_torn,
    write_record,
)
from translate_flow.flow.translations import Translation
from translate_flow.flow.workspace import Workspace
from translate_flow.model import State
from translate_flow.project.releases import (
    Release,
    Releases,
    is_ours,
    page_hash,
)

if TYPE_CHECKING:
    from translate_flow.edition import Edition

FOREIGN = "export did not write this file"
READ = "readers have it: a proof never takes the place of a release"
EDITED = "it was edited by hand since export wrote it"
SITE = "site"
"""What the record of pages that belong to no article calls its one edition."""


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
class File:
    """What to write into a file; None for nothing."""

    path: Path
    data: bytes | None
    recipe: str = ""
    printed: Printed | None = None
    """The edition in it; None if it stands beside them."""

    is_page: bool = False
    """Whether it is a page of a site's tree in the project, which any clone knows as
    ours."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are written together or not at all."""

    files: Sequence[File]
    translation: Translation | None = None
    edition: Edition | None = None
    """What readers get by it; None if nothing is released."""

    def is_read(self, file: File) -> bool:
        """Whether readers get one of its files, and not only a proof."""
        return self.edition is not None or file.is_page


class Taken(FlowError):
    """There is a file already, and it is not ours."""


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A file of somebody else, written over because the user said so."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of files."""

    files: tuple[File, ...]
    """Those that are there now; ``data`` is None where nothing changed."""

    refused: tuple[Unwritten, ...]
    overwritten: tuple[Overwritten, ...]

    @property
    def changed(self) -> tuple[Path, ...]:
        """Those that are not what they were."""
        return tuple(file.path for file in self.files if file.data is not None)


def land(
    workspace: Workspace, batches: Iterable[Batch], *, force: bool, dry: bool = False
) -> Landed:
    """Write files, each batch as a whole. The project's lock must be held.

    :param force: write over files of others, too; they are told.
    :param dry: write nothing, tell what would be.
    """
    local = Record(workspace.project.root)  # what another run wrote since is known, too
    landed: list[File] = []
    refused: list[Unwritten] = []
    overwritten: list[Overwritten] = []
    with local if not dry else nullcontext():
        for batch in batches:
            try:
                files, others = _seen(workspace, batch, local, force=force, dry=dry)
            except FlowError as error:
                refused.append(_unwritten(batch, error))
                continue
            if not dry:
                _write(workspace, batch, files, local)
            landed += files
            overwritten += others
    return Landed(tuple(landed), tuple(refused), tuple(overwritten))


def _unwritten(batch: Batch, error: FlowError) -> Unwritten:
    translation = batch.translation
    slug, language = (
        (translation.file.slug, translation.language) if translation else ("", "")
    )
    return Unwritten(slug, language, error)


def _seen(
    workspace: Workspace, batch: Batch, local: Record, *, force: bool, dry: bool
) -> tuple[list[File], list[Overwritten]]:
    """Return the files of a batch beside what stands there, and those of others. That
    git gave a file other line ends is no change, but is put right.

    :raises FlowError: if one of them may not be written over.
    """
    known = _known(workspace, batch)
    files, others = [], []
    for file in batch.files:
        before = read_if_there(file.path)
        if not batch.is_read(file) and before is not None:
            _refuse_proof(workspace, file.path, known, local)
        if file.data is None or before is None:
            files.append(file)
        elif before == file.data or (dry and _same(before, file.data)):
            files.append(replace(file, data=None))
        else:
            same = _same(before, file.data)
            why = "" if same else _whose(workspace, file.path, before, known, local)
            if why and not force:
                hint = "--force overwrites it, -o DIR writes elsewhere"
                raise Taken(why, str(file.path), hint=hint)
            others += [Overwritten(file.path, why)] if why else []
            files.append(file)
    return files, others


def _refuse_proof(
    workspace: Workspace, path: Path, known: Mapping[str, str], local: Record
) -> None:
    """:raises FlowError: if readers have a file that a proof would be written into."""
    name = page_name(workspace.project, path) or ""
    if name in known or local.released(path):
        raise Taken(READ, str(path), hint="-o DIR, or another folder, holds the proof")


def _whose(
    workspace: Workspace,
    path: Path,
    before: bytes,
    known: Mapping[str, str],
    local: Record,
) -> str:
    """Say why a file is not ours to write over; empty if it is."""
    name = page_name(workspace.project, path) or ""
    if local.knows(path, before) or is_ours(known, name, before):
        return ""
    return EDITED if name in known or local.has(path) else FOREIGN


def _same(one: bytes, other: bytes) -> bool:
    """Whether two files differ in nothing but the line ends that git gave them."""
    return one == other or page_hash(one) == page_hash(other)


def _known(workspace: Workspace, batch: Batch) -> Mapping[str, str]:
    """Return the pages of ours among which those of a batch are.

    :raises FlowError: if the record cannot be read, or not be written again.
    """
    project, translation = workspace.project, batch.translation
    path = (
        project.release(translation.file.slug) if translation else project.site_record
    )
    known = read_record(path)
    if batch.edition:
        refuse_torn(known, path)
    return known.pages


def _write(
    workspace: Workspace, batch: Batch, files: Sequence[File], local: Record
) -> None:
    for file in files:
        if file.data is not None:
            workspace.journal.write(file.path, file.data)
        held = read_bytes(file.path) if file.data is None else file.data
        released = batch.is_read(file)
        new = file.data is not None or not local.knows(file.path, held)
        if new or (released and not local.released(file.path)):
            local.add(file.path, held, file.recipe, released=released)
    ours = {
        name: page_hash(read_bytes(file.path))
        for file in files
        if file.is_page and (name := page_name(workspace.project, file.path))
    }
    if batch.translation and (batch.edition or ours):
        record(workspace, batch.translation, batch.edition, ours)
    elif ours:
        _record_site(workspace, ours)


def _record_site(workspace: Workspace, ours: Mapping[str, str]) -> None:
    """Note the pages of a site that belong to no article."""
    path, root = workspace.project.site_record, workspace.project.root
    before = read_record(path)
    standing = {n: h for n, h in before.pages.items() if (root / n).exists()}
    now = Releases({SITE: Release(pages={**standing, **ours})})
    if now != before:
        write_record(workspace, path, now)


# --- what no article has any more -------------------------------------------


def superfluous(
    workspace: Workspace, folder: Path, kept: AbstractSet[Path]
) -> Iterator[Path]:
    """Yield the pages of a site that no article has any more, as far as export wrote
    them and nobody changed them: what is held back is not to stay on the web."""
    project, whole = workspace.project, {path.resolve() for path in kept}
    ours = [*Record(project.root).below(folder)]
    for path in record_files(project):
        ours += [page.path for page in pages(project, path) if not page.edited]
    inside = (path for path in ours if path.resolve().is_relative_to(folder.resolve()))
    for path in dict.fromkeys(path.resolve() for path in inside):
        if path not in whole:
            yield Path(os.path.relpath(path))
