"""The memory of a project: brought up to its catalogs and to what was imported."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import private_file, read_bytes
from translate_flow.flow.desk import Desk
from translate_flow.memory import Entry, Match, Memory, Origin, accepted, read_tmx
from translate_flow.model import State
from translate_flow.project import TRANSLATIONS, Project
from translate_flow.text.worddiff import Diff, word_diff

if TYPE_CHECKING:
    from translate_flow.flow.desk import Sheet
    from translate_flow.flow.reading import Seen
    from translate_flow.model import Catalog

INDEX = "memory.sqlite"
IMPORTED = f"{TRANSLATIONS}/memory"
"""Folder of TMX files, relative to the project."""

LONG = 2_000_000
"""Bytes of files to be read that take so long that a person is told."""

SHOWN = 3
"""Suggestions for one unit, at most."""

# --- the index --------------------------------------------------------------


def memory_of(desk: Desk) -> Memory:
    """Return the memory of a project, brought up to its files by their content. A file
    that cannot be read is left out."""
    files = _Files(desk)
    try:
        path: Path | None = private_file(desk.project.root, INDEX)
    except FlowError:
        path = None
    return Memory(path, files.origins())


class _Files:
    """The files of a project that the memory is made of."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._bytes = 0
        self._told = False

    def origins(self) -> dict[str, Origin]:
        """Return them by their paths relative to the project. Their content is read
        once for its hash, and again where that is new: few of them are."""
        project = self._desk.project
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
        self, path: Path, read: Callable[[Path], Sequence[Entry]]
    ) -> Callable[[], Sequence[Entry]]:
        def entries() -> Sequence[Entry]:
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
            self._desk.say("the memory is being brought up to the catalogs")


def _sources(
    project: Project,
) -> Iterator[tuple[Path, Callable[[Path], Sequence[Entry]]]]:
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


def _reader(project: Project, language: str) -> Callable[[Path], Sequence[Entry]]:
    folder = project.root / TRANSLATIONS / language

    def read(path: Path) -> Sequence[Entry]:
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


def _tmx_reader(project: Project) -> Callable[[Path], Sequence[Entry]]:
    def read(path: Path) -> Sequence[Entry]:
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


def entries_of(desk: Desk) -> Iterator[Entry]:
    """Yield what people took as right in the project's catalogs, by path, in document
    order. A catalog that cannot be read is left out and told."""
    project = desk.project
    for language in project.languages:
        for path in _below(project.root / TRANSLATIONS / language, ".po"):
            try:
                yield from _reader(project, language)(path)
            except FlowError as error:
                desk.say(f"left out: {error}")


# --- suggestions ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the memory has for a unit."""

    match: Match
    diff: Diff
    """From the match's source to what the unit says today."""

    @property
    def head(self) -> str:
        """How good it is, and where it is from: ``87% russia:k7f2qd``."""
        match = self.match
        sentence = "(one sentence of it)" if match.part else ""
        made = f"({match.made})" if match.made else ""
        parts = (f"{match.score}%", sentence, match.origin, made)
        return " ".join(part for part in parts if part)


def suggestion(match: Match, text: str) -> Suggestion:
    """Return a match with the words in which it differs from the text asked for."""
    return Suggestion(match, word_diff(match.source, match.part or text))


WANTING = frozenset({State.UNTRANSLATED, State.DRAFT, State.DRIFTED})
"""States of units that get suggestions."""


def suggestions(desk: Desk, sheet: Sheet, unit: Seen) -> tuple[Suggestion, ...]:
    """Return what the memory has for a unit that wants somebody, but not its own text;
    nothing for one that is finished."""
    if unit.pair.state not in WANTING or unit.told_in:
        return ()
    entry, at = unit.pair.unit, unit.pair.segment.n - 2
    above = sheet.catalog.units[at].source if at >= 0 else ""
    source, target = unit.source_language, unit.language
    found = desk.memory.search(
        entry.source, source, target, above=above, most=SHOWN + 1
    )
    own = f"{unit.slug}:{entry.id}"
    others = [match for match in found if match.origin != own]
    return tuple(suggestion(match, entry.source) for match in others[:SHOWN])


def look_up(
    desk: Desk, text: str, language: str | None, *, least: int, most: int
) -> tuple[Suggestion, ...]:
    """Return what the memory has for a text in any language of the project.

    :param language: of the other side; None for any.
    :param least: the least score; ``most`` is how many there are, at most.
    """
    tags = desk.project.languages
    targets = [language] if language else list(tags)
    found = [
        match
        for target in targets
        for source in tags
        if source != target
        for match in desk.memory.search(text, source, target, least=least, most=most)
    ]
    found.sort(key=lambda match: (-match.score, bool(match.part)))
    return tuple(suggestion(match, text) for match in found[:most])
