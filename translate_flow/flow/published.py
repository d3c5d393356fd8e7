"""What readers have, seen from today; and which pages of the project are ours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow import files
from translate_flow.errors import FlowError
from translate_flow.files import read_bytes, read_if_there
from translate_flow.flow.translations import Translation
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Accepted, Unit
from translate_flow.project import (
    TRANSLATIONS,
    Project,
    release_records,
)
from translate_flow.project.releases import (
    WAY_OUT,
    Release,
    Releases,
    dump,
    is_ours,
    parse,
)
from translate_flow.project.settings import SETTINGS
from translate_flow.state import exact, names, pair, same

if TYPE_CHECKING:
    from translate_flow.edition import Edition


@dataclass(frozen=True, slots=True)
class Live:
    """A release, seen from today."""

    date: str
    """ISO date of the last release that changed what readers have; empty if nobody can
    tell."""

    behind: int
    """How many units read otherwise today: other words on either side, new or gone; all
    of them if nobody can tell."""

    damage: str = ""
    """Why nobody can tell what readers have."""


def live(project: Project, translation: Translation) -> Live | None:
    """Return what readers have of an article; None if it was never released.

    :raises FlowError: if the record cannot be read.
    """
    path = project.release(translation.file.slug)
    printed = read_record(path).editions.get(translation.language)
    if printed is None or not printed.is_live:
        return None
    now = _pairs_of(translation.catalog.units)
    if printed.damage:
        return Live(printed.date, len(now), f"{path}: {printed.damage}")
    then = printed.pairs
    behind = sum(not _same(then.get(n), now.get(n)) for n in {*then, *now})
    return Live(printed.date, behind)


def readers_have(
    project: Project, translation: Translation
) -> tuple[str, dict[str, Accepted]]:
    """Return the date of an article's last release and what readers have since then:
    the fingerprints of both texts, by unit; an empty date if it was never released.

    :raises FlowError: if the record cannot be read, or nobody can tell.
    """
    path = project.release(translation.file.slug)
    printed = read_record(path).editions.get(translation.language, Release())
    if printed.damage:
        raise FlowError(printed.damage, str(path), hint=WAY_OUT)
    return printed.date, printed.pairs


def _pairs_of(units: Iterable[Unit]) -> dict[str, Accepted]:
    return {unit.id: pair(unit) for unit in units}


def _same(then: Accepted | None, now: Accepted | None) -> bool:
    return same(then, now) if then and now else then is now


def _stands(before: Release, now: Mapping[str, Accepted], text: str) -> bool:
    """Whether readers have these pairs, of an article of this text, already."""
    then = before.pairs
    stand = all(_same(then.get(name), now.get(name)) for name in {*then, *now})
    return stand and not before.damage and names(before.revision, exact(text))


def record(
    workspace: Workspace,
    translation: Translation,
    edition: Edition | None,
    pages: Mapping[str, str],
) -> None:
    """Note what readers get, in the article's record. The date stays while that stays.

    :param edition: what readers get; None if only pages were written.
    :param pages: hashes of the pages of ours, by their paths.
    :raises FlowError: if the record cannot be read, or people's corrections in it are
        in conflict.
    """
    path = workspace.project.release(translation.file.slug)
    stored = read_record(path)
    refuse_torn(stored, path)
    now = stored.editions.get(translation.language, Release())
    if edition is not None:
        now = _released(now, edition, workspace.today)
    root = workspace.project.root
    standing = {n: known for n, known in now.pages.items() if (root / n).exists()}
    now = replace(now, pages={**standing, **pages})
    editions = {**stored.editions, translation.language: now}
    written = replace(stored, editions=editions)
    if dump(written).encode() != read_if_there(path):
        write_record(workspace, path, written)


def released_on(
    workspace: Workspace, translation: Translation, edition: Edition
) -> str:
    """Return the date that a release of an edition today will bear: that of the last
    one, if readers have just this already.

    :raises FlowError: if the record cannot be read.
    """
    stored = read_record(workspace.project.release(translation.file.slug))
    before = stored.editions.get(translation.language, Release())
    return _released(before, edition, workspace.today).date


def _released(before: Release, edition: Edition, today: str) -> Release:
    units = _pairs_of(printed.unit for printed in edition.pairs)
    text = edition.article.text
    return replace(
        before,
        date=before.date if _stands(before, units, text) else today,
        revision=exact(text),
        units={name: str(told) for name, told in units.items()},
        damage="",
    )


def write_record(workspace: Workspace, path: Path, record: Releases) -> None:
    """Save a record; the project's lock must be held."""
    workspace.journal.write(path, dump(record).encode())


def refuse_torn(record: Releases, path: Path) -> None:
    """:raises FlowError: if there is a conflict in corrections, which people wrote."""
    if record.torn:
        hint = "keep the lines of both sides there"
        raise FlowError("a conflict in corrections", str(path), hint=hint)


def read_record(path: Path) -> Releases:
    """Return the record of an article; empty if it was never released.

    :raises FlowError: if it cannot be read.
    """
    return parse(read_if_there(path), name=str(path))


# --- pages that are ours ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A page that export wrote into the project, and that is there."""

    path: Path
    """As the user would type it."""

    name: str
    """Relative to the project, as the record has it."""

    edited: bool
    """Whether somebody changed it since."""


def pages(project: Project, path: Path, language: str | None = None) -> Iterator[Page]:
    """Yield the pages that a record names, as far as they are there.

    :param path: of the record.
    :param language: of the translation to whose release they belong; None for all.
    :raises FlowError: if the record cannot be read.
    """
    data = read_if_there(path)
    if data is None or b"pages" not in data:
        return
    found = parse(data, name=str(path))
    known = found.pages
    wanted = known if language is None else found.editions.get(language, _NONE).pages
    for name in wanted:
        page = inside(project, name)
        if page and page.is_file():
            held = read_bytes(page)
            yield Page(page, name, edited=not is_ours(known, name, held))


_NONE = Release()


def record_files(project: Project) -> Iterator[Path]:
    """Yield the records of a project, the one of pages without an article, too."""
    yield from release_records(project.root)
    if project.site_record.is_file():
        yield project.site_record


def edited_pages(
    project: Project, slug: str, language: str | None = None
) -> tuple[Path, ...]:
    """Return the pages of an article that somebody changed since export wrote them;
    none of an edition of which nobody can tell.

    :raises FlowError: if the article's record cannot be read.
    """
    path = project.release(slug)
    torn = {
        name
        for release in read_record(path).editions.values()
        for name in release.pages
        if release.damage
    }
    found = pages(project, path, language)
    return tuple(page.path for page in found if page.edited and page.name not in torn)


def inside(project: Project, name: str) -> Path | None:
    """Return a file of the project by the path that a record has; None if that leads
    elsewhere, or to what cannot be a page: catalogs, settings, and what is hidden."""
    path, root = project.root / name, project.root.resolve()
    try:
        whole = files.inside(path).resolve()
    except (FlowError, OSError, ValueError):
        return None
    if not whole.is_relative_to(root):  # by its name alone, with no link
        return None
    parts = whole.relative_to(root).parts
    hidden = any(part.startswith(".") for part in parts)
    return None if hidden or parts[:1] in ((SETTINGS,), (TRANSLATIONS,)) else path


def page_name(project: Project, path: Path) -> str | None:
    """Return what records call a file; None if it lies outside the project."""
    root = project.root.resolve()
    whole = path.parent.resolve() / path.name
    if not whole.is_relative_to(root):
        return None
    return unicodedata.normalize("NFC", whole.relative_to(root).as_posix())
