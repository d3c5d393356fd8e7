"""Articles come and go: renamed ones take their catalogs along, what is left behind is
listed, and dropped only when a person says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.flow.publish.exported import remember_moved
from translate_flow.flow.published import page_name, pages, record_files
from translate_flow.flow.translations import save, translations
from translate_flow.flow.workspace import Workspace
from translate_flow.project import (
    RELEASES,
    SUFFIXES,
    ArticleFile,
    Project,
    articles,
)
from translate_flow.project.catalogs import Orphan, orphans
from translate_flow.project.places import find
from translate_flow.project.releases import dump as dump_record
from translate_flow.project.releases import parse as parse_record
from translate_flow.project.releases import with_names
from translate_flow.project.slugs import checked, fault, fitting


@dataclass(frozen=True, slots=True)
class Moved:
    """An article with another name."""

    old: str
    new: str
    files: tuple[tuple[Path, Path], ...]
    """From where to where each file went."""


def move(workspace: Workspace, old: str, new: str) -> Moved:
    """Rename an article, with its catalogs and the record of what readers have.

    :param old: a place that names an article.
    :param new: its new slug; a suffix of an article's file may be said.
    :raises FlowError: if there is no such article, or something stands there already.
    """
    project = workspace.project
    with workspace.locked(), workspace.journal.whole():
        known = articles(project)
        file = find(old, known)
        suffix = PurePosixPath(new).suffix.lower()
        others = [other.slug for other in known if other != file]
        slug = checked(new.removesuffix(suffix) if suffix in SUFFIXES else new, others)
        if slug == file.slug:
            raise FlowError(f"{slug} has that name already")
        new_path = _new_path(project, file, slug)
        own = _pages(project, file, new_path)
        companions = dict(_companions(project, file, new_path)) | dict(own)
        pairs = [(file.path, new_path), *companions.items()]
        pairs += [
            (project.catalog(file.slug, language), project.catalog(slug, language))
            for language in project.languages
        ]
        pairs.append((project.release(file.slug), project.release(slug)))
        there = [(a, b) for a, b in pairs if a.exists()]
        _refuse_taken(workspace, slug, there)
        _settle(workspace, file)
        for source, target in there:
            data = _renamed(workspace, source, target, new_path, own)
            workspace.journal.write(target, data)
            workspace.journal.delete(source)
        remember_moved(project.root, own)
    return Moved(file.slug, slug, tuple(there))


@dataclass(frozen=True, slots=True)
class Unfit:
    """An article whose name some system cannot hold."""

    slug: str
    path: Path
    why: str
    fitting: str
    """A name like it that every system can hold."""


def unfit(workspace: Workspace) -> tuple[Unfit, ...]:
    """Return the articles whose names some system cannot hold. They can be worked on
    where they are, and renamed."""
    there = articles(workspace.project)
    slugs, found = [file.slug for file in there], []
    for n, file in enumerate(there):
        if why := fault(file.slug, slugs[:n]):
            better = fitting(file.slug, slugs)
            found.append(Unfit(file.slug, file.path, why, better))
    return tuple(found)


def _settle(workspace: Workspace, file: ArticleFile) -> None:
    """Write into the catalogs what git knows of them: under a name that git does not
    know yet, it cannot be asked what only a merge has made."""
    with suppress(FlowError):  # what cannot be read is moved as it is
        for translation in translations(workspace, file):
            if translation.stored is not None:
                save(workspace, translation)


def _new_path(project: Project, file: ArticleFile, slug: str) -> Path:
    """Return where an article lies under a new slug.

    :raises FlowError: if it has no place there.
    """
    tree = project.tree
    if tree is None:
        return project.sources / f"{slug}{file.path.suffix}"
    spot = tree.spot(file.name)
    new = tree.moved(spot, slug) if spot else None
    if spot is None or new is None:
        message = f"no place for {slug!r} in this layout"
        hint = f"articles lie where {', '.join(tree.sources)} says"
        raise FlowError(message, str(file.path), hint=hint)
    return project.root / new


def _companions(
    project: Project, file: ArticleFile, new_path: Path
) -> list[tuple[Path, Path]]:
    """Return the other files of the folder that an article is the page of, and where
    they go with it.

    :raises FlowError: if another article or a link is among them.
    """
    spot = project.tree.spot(file.name) if project.tree else None
    if spot is None or not spot.bundled:
        return []
    others = {other.path for other in articles(project)} - {file.path}
    found = []
    for path in sorted(file.path.parent.rglob("*")):
        if path in others or path.is_symlink():
            what = "another article" if path in others else "a link"
            message = f"its folder holds {what}, {path.name}"
            hint = "move that away first, or move the folder by hand"
            raise FlowError(message, str(file.path), hint=hint)
        if path.is_file() and path != file.path:
            inside = path.relative_to(file.path.parent)
            found.append((path, new_path.parent / inside))
    return found


def _pages(
    project: Project, file: ArticleFile, new_path: Path
) -> list[tuple[Path, Path]]:
    """Return the target pages of an article that are there, and where they go with
    it."""
    tree = project.tree
    old = tree.spot(file.name) if tree else None
    new = tree.spot(new_path.relative_to(project.root).as_posix()) if tree else None
    found = []
    for language in project.languages:
        if tree and old and new and language != old.language:
            ways = tree.output(old, language), tree.output(new, language)
            if ways[0] and ways[1] and ways[0] not in (old.file, new.file):
                found.append((project.root / ways[0], project.root / ways[1]))
    return [pair for pair in found if pair[0].is_file()]


def _refuse_taken(
    workspace: Workspace, slug: str, pairs: Sequence[tuple[Path, Path]]
) -> None:
    twins = [file.path for file in articles(workspace.project) if file.slug == slug]
    taken = [*twins, *(target for _, target in pairs if target.exists())]
    if taken:
        hint = "choose another name, or move that away first"
        raise FlowError("stands there already", str(taken[0]), hint=hint)


def _renamed(
    workspace: Workspace,
    source: Path,
    target: Path,
    article: Path,
    own: Sequence[tuple[Path, Path]],
) -> bytes:
    """Return what a file holds under its new name; a catalog says its article's, and a
    record its pages'."""
    from dataclasses import replace

    from translate_flow.article import decode
    from translate_flow.catalog import dump, parse

    data = read_bytes(source)
    if target.is_relative_to(workspace.project.root / RELEASES):
        return _recorded(workspace.project, data, own)
    if target.suffix != ".po":
        return data
    catalog = parse(decode(data, str(source)), name=str(source))
    if catalog.foreign:
        return data
    name = article.relative_to(workspace.project.root).as_posix()
    return dump(replace(catalog, source=name)).encode()


def _recorded(
    project: Project, data: bytes, moved: Sequence[tuple[Path, Path]]
) -> bytes:
    """Return a record whose pages have their new names; as it is if it is broken."""
    named = [(page_name(project, a), page_name(project, b)) for a, b in moved]
    names = {old: new for old, new in named if old and new}
    try:
        record = parse_record(data, name="")
    except FlowError:
        return data
    if record.torn or not names.keys() & record.pages.keys():
        return data
    return dump_record(with_names(record, names)).encode()


# --- what is left behind ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Left:
    """A file that belongs to no article any more."""

    path: Path
    what: Literal["catalog", "release", "page"]
    translated: int
    """How many translations it holds."""

    kept: str = ""
    """Why it is not dropped; empty if it may be."""


def left_behind(workspace: Workspace) -> tuple[Left, ...]:
    """Return the catalogs, release records and pages of ours whose article is gone, but
    not those that the next sync takes along to its new name."""
    going = set(workspace.heirs.values())
    left = [orphan for orphan in orphans(workspace.project) if orphan not in going]
    found = [_left(orphan) for orphan in left]
    files = articles(workspace.project)
    slugs = {file.slug for file in files} | {orphan.slug for orphan in going}
    written = {file.path.resolve() for file in files}
    for path in record_files(workspace.project):
        if (
            path != workspace.project.site_record
            and _slug(workspace.project, path) not in slugs
        ):
            found += (
                left
                for left in _released(workspace.project, path)
                if left.path.resolve() not in written
            )
    return tuple(found)


def _left(orphan: Orphan) -> Left:
    translated = sum(bool(unit.target) for unit in orphan.units())
    return Left(orphan.path, "catalog", translated)


def _slug(project: Project, path: Path) -> str:
    slug = path.relative_to(project.root / RELEASES).with_suffix("").as_posix()
    return unicodedata.normalize("NFC", slug)


def _released(project: Project, path: Path) -> Iterator[Left]:
    """Yield the pages that a record names, and the record, which stays as long as one
    of them does: without it, the page would be taken for an article."""
    try:
        ours = list(pages(project, path))
    except FlowError as error:
        yield Left(path, "release", 0, kept=error.message)
        return
    edited = [page for page in ours if page.edited]
    for page in ours:
        why = "edited by hand since export wrote it" if page.edited else ""
        yield Left(page.path, "page", 0, kept=why)
    yield Left(path, "release", 0, kept=f"it knows {edited[0].path}" if edited else "")


def clean(workspace: Workspace) -> tuple[Left, ...]:
    """Delete what is left behind and nobody changed; undo brings it back.

    :raises FlowError: if a machine acts: people's translations go with it.
    """
    workspace.refuse_machine("drop what is left behind")
    with workspace.locked():
        found = left_behind(workspace)
        for left in found:
            if not left.kept:
                workspace.journal.delete(left.path)
    return found
