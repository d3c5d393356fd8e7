"""TMX files: taken into the project's memory, and written from it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes, write_atomic
from translate_flow.flow.workspace import Workspace
from translate_flow.memory import MemoryUnit, read_tmx, write_tmx
from translate_flow.memory.suggestion import Suggestion, suggestion
from translate_flow.project.corpus import IMPORTED, entries_of, language_in


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file."""

    file: Path
    written: Path
    """Where its entries are kept now."""

    entries: int
    languages: Mapping[str, int]
    """The project's languages, and how many texts of each there are."""

    skipped: Mapping[str, int]
    """Tags of other languages as the file writes them, and how many texts."""

    alone: int
    """Units that are left with fewer than two languages."""


def clashes(workspace: Workspace, files: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of the memory that an import would replace."""
    places = (_kept(workspace, file) for file in files)
    return tuple(path for path in dict.fromkeys(places) if path.exists())


def import_tmx(workspace: Workspace, files: Sequence[Path]) -> tuple[Imported, ...]:
    """Copy what TMX files have in two languages of the project into its memory, in one
    form: all of them, or none.

    :raises FlowError: if a file cannot be read or has nothing to offer, or two have one
        name.
    """
    places = [_kept(workspace, file) for file in files]
    twice = next((path for path, n in Counter(places).items() if n > 1), None)
    if twice is not None:
        message = f"two of the files would be kept as {twice.name}"
        raise FlowError(message, hint="import them one by one, and rename one")
    read = [
        _read(workspace, file, kept) for file, kept in zip(files, places, strict=True)
    ]
    with workspace.locked():
        for one, entries in read:
            workspace.journal.write(one.written, write_tmx(entries))
    return tuple(one for one, _ in read)


def _kept(workspace: Workspace, file: Path) -> Path:
    """Return where the entries of a file are kept."""
    name = unicodedata.normalize("NFC", file.name)
    stem = name[:-4] if name.lower().endswith(".tmx") else name
    safe = "".join("_" if sign in ':\\"*?<>|' else sign for sign in stem).lstrip(".")
    if not safe:
        raise FlowError("not a name for a TMX file", str(file), hint="rename it")
    return workspace.project.root / IMPORTED / f"{safe}.tmx"


def _read(
    workspace: Workspace, file: Path, kept: Path
) -> tuple[Imported, list[MemoryUnit]]:
    data = read_bytes(file)
    tmx = read_tmx(data, name=str(file), language=language_in(workspace.project))
    entries = list(dict.fromkeys(tmx.entries))
    if not entries:
        own = ", ".join(workspace.project.languages)
        there = ", ".join(map(repr, tmx.skipped)) or "no other texts"
        message = f"has nothing in two of the project's languages ({own}); {there}"
        raise FlowError(message, str(file))
    language = language_in(workspace.project)
    texts: Counter[str] = Counter()
    for tag, number in tmx.languages.items():
        texts[language(tag) or tag] += number
    one = Imported(file, kept, len(entries), texts, tmx.skipped, tmx.alone)
    return one, entries


def exported(
    workspace: Workspace, source: str | None, target: str | None
) -> tuple[MemoryUnit, ...]:
    """Return what was accepted in the project, in one direction if languages are named.

    :param source: the language of the first texts; ``target`` of the others. Entries
        that were translated the other way are turned round.
    :raises FlowError: if the project has no such language.
    """
    wanted = tuple(tag and workspace.project.language(tag) for tag in (source, target))
    return tuple(_directed(entries_of(workspace.project, workspace.say), *wanted))


def _directed(
    entries: Iterator[MemoryUnit], source: str | None, target: str | None
) -> Iterator[MemoryUnit]:
    for entry in entries:
        for one in (entry, _turned(entry)):
            (own, _), (other, _) = one.texts
            if source in (None, own) and target in (None, other):
                yield one
                break


def _turned(entry: MemoryUnit) -> MemoryUnit:
    one, two = entry.texts
    above, below = entry.above
    return replace(entry, texts=(two, one), above=(below, above))


def export_tmx(workspace: Workspace, path: Path, entries: Sequence[MemoryUnit]) -> None:
    """Write entries as a TMX file, wherever that is.

    :raises FlowError: naming the file and why it cannot be written.
    """
    write_atomic(path, write_tmx(entries))


def look_up(
    workspace: Workspace, text: str, language: str | None, *, least: int, most: int
) -> tuple[Suggestion, ...]:
    """Return what the memory has for a text in any language of the project.

    :param language: of the other side; None for any.
    :param least: the least score; ``most`` is how many there are, at most.
    """
    tags = workspace.project.languages
    targets = [language] if language else list(tags)
    found = [
        match
        for target in targets
        for source in tags
        if source != target
        for match in workspace.memory.search(
            text, source, target, least=least, most=most
        )
    ]
    found.sort(key=lambda match: (-match.score, bool(match.part)))
    return tuple(suggestion(match, text) for match in found[:most])
