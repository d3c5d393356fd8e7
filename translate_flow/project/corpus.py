"""The memory of a project: brought up to its catalogs and to what was imported."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import private_file, read_bytes
from translate_flow.memory import Memory, MemoryUnit, Origin, accepted, read_tmx
from translate_flow.project import TRANSLATIONS, Project

if TYPE_CHECKING:
    from translate_flow.model import Catalog

INDEX = "memory.sqlite"
IMPORTED = f"{TRANSLATIONS}/memory"
"""Folder of TMX files, relative to the project."""

Say = Callable[[str], None]

LONG = 2_000_000
"""Bytes of files to be read that take so long that a person is told."""

# --- the index --------------------------------------------------------------


def memory_of(project: Project, say: Say) -> Memory:
    """Return the memory of a project, brought up to its files by their content. A file
    that cannot be read is left out.

    :param say: told, once, if that takes long.
    """
    files = _Files(project, say)
    try:
        path: Path | None = private_file(project.root, INDEX)
    except FlowError:
        path = None
    return Memory(path, files.origins())


class _Files:
    """The files of a project that the memory is made of."""

    def __init__(self, project: Project, say: Say) -> None:
        self._project, self._say = project, say
        self._bytes = 0
        self._told = False

    def origins(self) -> dict[str, Origin]:
        """Return them by their paths relative to the project. Their content is read
        once for its hash, and again where that is new: few of them are."""
        project = self._project
        found: dict[str, Origin] = {}
        for path, read in _sources(project):
            try:
                digest = blake2b(read_bytes(path), digest_size=16).hexdigest()
            except FlowError:
                continue
            name = path.relative_to(project.root).as_posix()
            # What a tag of the project is decides what is taken from a file.
            key = f"{digest} {' '.join(project.languages)} {project.source_language}"
            found[name] = Origin(key, self._safe(path, read))
        return found

    def _safe(
        self, path: Path, read: Callable[[Path], Sequence[MemoryUnit]]
    ) -> Callable[[], Sequence[MemoryUnit]]:
        def entries() -> Sequence[MemoryUnit]:
            self._tell(path)
            try:
                return read(path)
            except FlowError:
                return ()

        return entries

    def _tell(self, path: Path) -> None:
        """Say so, once, when there is much to read."""
        self._bytes += path.stat().st_size if path.exists() else 0
        if self._bytes > LONG and not self._told:
            self._told = True
            self._say("the memory is being brought up to the catalogs")


def _sources(
    project: Project,
) -> Iterator[tuple[Path, Callable[[Path], Sequence[MemoryUnit]]]]:
    for language in project.languages:
        for path in _below(project.root / TRANSLATIONS / language, ".po"):
            yield path, _reader(project, language)
    for path in _below(project.root / IMPORTED, ".tmx"):
        yield path, _tmx_reader(project)


def _below(folder: Path, suffix: str) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(suffix) and not name.startswith("."):
                yield Path(where, name)


def _reader(project: Project, language: str) -> Callable[[Path], Sequence[MemoryUnit]]:
    folder = project.root / TRANSLATIONS / language

    def read(path: Path) -> Sequence[MemoryUnit]:
        slug = path.relative_to(folder).with_suffix("").as_posix()
        catalog = _catalog(project, path, language)
        return accepted(catalog, unicodedata.normalize("NFC", slug))

    return read


def _catalog(project: Project, path: Path, language: str) -> Catalog:
    """Read a catalog that belongs to a language.

    :raises FlowError: if it cannot be read.
    """
    from translate_flow.article import decode
    from translate_flow.catalog import parse

    catalog = parse(decode(read_bytes(path), str(path)), name=str(path))
    source = catalog.source_language or project.source_language
    return replace(catalog, source_language=source, language=language)


def _tmx_reader(project: Project) -> Callable[[Path], Sequence[MemoryUnit]]:
    def read(path: Path) -> Sequence[MemoryUnit]:
        tmx = read_tmx(read_bytes(path), name=str(path), language=language_in(project))
        # Their units are told by the name of the file: it has no colon.
        name = path.name.replace(":", "_")
        return tuple(replace(entry, place=name) for entry in tmx.entries)

    return read


def language_in(project: Project) -> Callable[[str], str | None]:
    """Return what tells the tag that a project has for a language of another tool:
    ``EN_us`` is ``en``, where there is just ``en``; None if there is none."""
    known = {tag.lower(): tag for tag in project.languages}

    def language(tag: str) -> str | None:
        asked = tag.strip().lower().replace("_", "-")
        if asked in known:
            return known[asked]
        near = [
            own
            for lower, own in known.items()
            if lower.startswith(f"{asked}-") or asked.startswith(f"{lower}-")
        ]
        return near[0] if len(near) == 1 else None

    return language


def entries_of(project: Project, say: Say) -> Iterator[MemoryUnit]:
    """Yield what people took as right in the project's catalogs, by path, in document
    order. A catalog that cannot be read is left out, and ``say`` is told."""
    for language in project.languages:
        for path in _below(project.root / TRANSLATIONS / language, ".po"):
            try:
                yield from _reader(project, language)(path)
            except FlowError as error:
                say(f"left out: {error}")
