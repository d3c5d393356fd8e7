"""What each command wrote, so that it can be taken back.

The journal lies in ``.tflow/undo``, a folder per command, the newest last: the bytes of
every file before its first change, and a list of what was written. The list grows by a
line before each file that it speaks of is written, so that a killed command can be
taken back, too. So are the folders that it made, to be removed if nothing else is in
them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.files import (
    PRIVATE,
    append_line,
    delete,
    inside,
    make_folder,
    make_room,
    private_file,
    private_place,
    read_bytes,
    read_if_there,
    sweep,
    write_atomic,
)
from translate_flow.journal.entries import FOLDER, LAST, LIST, entries, is_folder, read

KEPT = 50
"""Commands that are remembered."""

_UNDONE = "undone.json"


@dataclass
class Journal:
    """Writes files of a project, and remembers what stood there before."""

    root: Path
    """The project's folder, as the user would type it."""

    command: str
    """What the user typed, to be told when it is taken back."""

    machine: str = ""
    """Who it was if it was no person."""

    _entry: Path | None = None
    _files: dict[str, dict[str, str | None]] = field(default_factory=dict)
    _folders: list[str] = field(default_factory=list)
    _new: bool = False
    _cut_short: bool = False
    _saved: bool = False
    """Whether there is a list that lines can be added to."""
    _allowed: list[Path] = field(default_factory=list)

    def begin(self, folders: Iterable[Path], missing: Iterable[Path]) -> None:
        """Make the folders of a new project. Its lock must be held.

        :param missing: what :func:`absent` said of them before the lock was taken: that
            makes folders, too.
        :raises FlowError: naming the folder and why it cannot be made.
        """
        self._new = True
        self._folders = [os.path.relpath(path, self.root) for path in missing]
        self._save(self._opened())
        for folder in folders:
            make_folder(folder)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Write files of which some mean nothing without the others: if the command
        ends in between, the next one of its kind is refused until it is taken back.

        :raises FlowError: if the last command was such a one, and was cut short.
        """
        known = entries(self.root)
        with suppress(KeyError):
            told = read(known[-1]) if known else {}
            if told["cut_short"]:
                message = f"the last command was cut short: {told['command']}"
                raise FlowError(message, hint="tflow undo takes it back")
        self._cut_short = True
        yield
        self._cut_short = False
        if self._entry is not None:
            self._save(self._entry)

    def allow(self, place: Path) -> None:
        """Let what follows go to a place outside the project that the user named."""
        self._allowed.append(place)

    def write(self, path: Path, data: bytes) -> None:
        """Put ``data`` into a file, whole or not at all. The project's lock must be
        held.

        :raises FlowError: naming the file and what to do.
        """
        self._refuse_outside(path)
        self._remember(path, _hash(data))
        write_atomic(path, data)

    def delete(self, path: Path) -> None:
        """Delete a file. The project's lock must be held.

        :raises FlowError: naming the file and what to do.
        """
        self._refuse_outside(path)
        self._remember(path, None)
        delete(path)

    def _refuse_outside(self, path: Path) -> None:
        inside(path.parent)
        named = (os.path.relpath(path, place) for place in self._allowed)
        if all(map(_is_outside, (os.path.relpath(path, self.root), *named))):
            raise FlowError("lies outside the project", str(path))

    def _remember(self, path: Path, after: str | None) -> None:
        key = os.path.relpath(path, self.root)
        entry = self._opened()
        folders: list[str] = []
        if key not in self._files:
            before = read_if_there(path)
            missing = () if path.parent.exists() else absent([path.parent])
            folders = [os.path.relpath(part, self.root) for part in missing]
            name = None if before is None else f"{len(self._files)}.before"
            if before is not None and name is not None:
                write_atomic(entry / name, before)
            self._files[key] = {"before": name}
        self._files[key]["after"] = after
        self._folders += folders
        if self._saved:
            row = {"path": key, **self._files[key], "folders": folders}
            append_line(entry / LIST, json.dumps(row, ensure_ascii=False).encode())
        else:
            self._save(entry)

    def _save(self, entry: Path) -> None:
        told: dict[str, object] = {"command": self.command, "files": self._files}
        told |= {"folders": self._folders, "new": self._new, "machine": self.machine}
        told |= {"cut_short": True} if self._cut_short else {}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        write_atomic(entry / LIST, f"{text}\n".encode())
        self._saved = True

    def _opened(self) -> Path:
        """Return the folder of this command, made at its first write."""
        if self._entry is None:
            folder = private_place(self.root, FOLDER)
            known = entries(self.root)
            while known and int(known[-1].name) >= LAST:  # no command's: none is next
                make_room(known.pop())
            number = int(known[-1].name) + 1 if known else 1
            for old in known[: -KEPT + 1]:
                shutil.rmtree(old, ignore_errors=True)
            while os.path.lexists(folder / f"{number:06}"):  # whatever that is
                number += 1
            self._entry = folder / f"{number:06}"
        return self._entry


def sweep_leftovers(root: Path) -> None:
    """Delete what the last command left half written, if it was killed. The project's
    lock must be held."""
    private = root / PRIVATE
    ours = [private / "editions.json", private / ".gitignore"]
    for entry in entries(root)[-1:]:
        rows: dict[str, Any] = {}
        with suppress(FlowError):
            rows = read(entry)["files"]
        paths = (root / key for key in rows)
        ours += [path for path in paths if not _is_elsewhere(root, path)]
        ours += [entry / LIST, *(entry / f"{n}.before" for n in range(len(rows) + 1))]
    sweep(ours)


def absent(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return which folders are not there yet, those above them, too, the outer ones
    first."""
    found = [part for path in folders for part in (*reversed(path.parents), path)]
    return tuple(dict.fromkeys(path for path in found if not path.exists()))


@dataclass(frozen=True, slots=True)
class Undone:
    """A command that was taken back."""

    command: str
    files: tuple[Path, ...]
    """Files that hold again what they held before, or are gone again."""

    size: int = 0
    """How many files that is; one that had been moved counts once."""

    left: tuple[Path, ...] = ()
    """Files outside the project, which stay as they are."""


def undo(root: Path, machine: str = "") -> Undone:
    """Take the last command of a project back. The project's lock must be held.

    :param machine: who asks for it, if that is no person.
    :raises FlowError: if there is nothing to take back, or a file was changed since, or
        something was put into a folder that would have to go, or a machine would take
        back what it did not do.
    """
    known = entries(root)
    if not known:
        raise FlowError("nothing to undo", hint="only what was written can be")
    entry = known[-1]
    told = read(entry)
    if machine and told.get("machine") != machine:
        message = f"{machine} did not run the last command: {told['command']}"
        raise FlowError(message, hint="only a person may take it back")
    rows = {root / key: values for key, values in told["files"].items()}
    left = tuple(path for path in rows if _is_elsewhere(root, path))
    files = {path: values for path, values in rows.items() if path not in left}
    made = [key for key in told.get("folders", []) if _is_removable(root, key)]
    for path, values in files.items():
        _refuse_changed(path, values, entry)
        _refuse_forged(root, path, values, entry)
    if told.get("new"):
        _refuse_filled(root, made, files)
    for path, values in _restored_first(files):
        _give_back(path, values["before"], entry)
    _note_undone(root, entry, () if told.get("new") else tuple(files))
    shutil.rmtree(entry)
    _remove(root, made)
    size = len(files) - _moves(files.values())
    return Undone(told["command"], tuple(files), size, left)


def _restored_first(
    files: Mapping[Path, Mapping[str, Any]],
) -> list[tuple[Path, Mapping[str, Any]]]:
    """Return files in an order in which no text is gone at any instant: what a command
    deleted comes back before what it made goes."""
    return sorted(files.items(), key=lambda one: one[1]["before"] is None)


def _moves(files: Iterable[Mapping[str, Any]]) -> int:
    """Return how many files a command gave another name: for each that it made, one
    that it deleted."""
    there = [(one["before"] is None, one["after"] is None) for one in files]
    return min(there.count((True, False)), there.count((False, True)))


def _refuse_changed(path: Path, values: Mapping[str, Any], entry: Path) -> None:
    """:raises FlowError: if a file is not as the command left it, or found it."""
    now = read_if_there(path)
    left = None if now is None else _hash(now)
    if now is None or left == values["after"] or now == _before(values, entry):
        return
    message = "changed since that command, which undo would lose"
    raise FlowError(message, str(path), hint="take that change back first")


def _before(values: Mapping[str, Any], entry: Path) -> bytes | None:
    name = values["before"]
    return None if name is None else read_if_there(entry / name)


def _give_back(path: Path, name: str | None, entry: Path) -> None:
    if name is not None:
        write_atomic(path, read_bytes(entry / name))
        return
    delete(path)


def left_so(root: Path, path: Path, data: bytes | None) -> bool:
    """Whether it is a command of a project, or undo, that left a file as it is: no
    other tool has touched it since. What cannot be read says nothing.

    :param data: what the file holds; None if it is not there.
    """
    if not (root / PRIVATE / FOLDER).is_dir():
        return False
    key = os.path.relpath(path, root)
    now = None if data is None else _hash(data)
    number, left = _undone(root).get(key, (0, ""))
    for entry in reversed(entries(root)):
        with suppress(FlowError, KeyError, TypeError, ValueError):
            if int(entry.name) < number:
                break
            return bool(read(entry)["files"][key]["after"] == now)
    return left == now


def _note_undone(root: Path, entry: Path, files: Collection[Path]) -> None:
    """Remember how undo leaves files, but not those of a project that is no more. They
    are what they were before a command with this number; another one will have it."""
    told = _undone(root)
    if not files:
        delete(private_file(root, f"{FOLDER}/{_UNDONE}"))
        return
    for path in files:
        data = read_if_there(path)
        left = None if data is None else _hash(data)
        told[os.path.relpath(path, root)] = (int(entry.name), left)
    path = private_file(root, f"{FOLDER}/{_UNDONE}")
    write_atomic(path, json.dumps(told, indent=1).encode())


def _undone(root: Path) -> dict[str, tuple[int, str | None]]:
    try:
        data = read_if_there(private_place(root, FOLDER) / _UNDONE)
    except FlowError:
        return {}
    try:
        told = json.loads(data) if data else {}
        return {str(k): (int(n), left) for k, (n, left) in told.items()}
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return {}


# --- what may be taken back -------------------------------------------------

_DRIVERS = (b'[merge "tflow-po"]', b'[merge "tflow-csv"]')
"""How what we add to git's settings begins."""


def _is_outside(key: str) -> bool:
    return Path(key).is_absolute() or Path(key).parts[:1] == (os.pardir,)


def _is_elsewhere(root: Path, path: Path) -> bool:
    """Tell whether a file lies outside the project: a list that somebody else wrote may
    name any. Git's settings are looked at before that."""
    return not _is_gits(path) and _is_outside(os.path.relpath(path, root))


_HOOK = b"#!/bin/sh\n# Written by tflow git install --hook."
"""How our hook begins."""


def _is_hook(path: Path, data: bytes | None) -> bool:
    ours = data is None or data.startswith(_HOOK)
    return path.parts[-2:] == ("hooks", "pre-commit") and ours


def _is_gits(path: Path) -> bool:
    parts = {part.rstrip(" .").casefold() for part in path.parts}
    return bool(parts & {".git", "git~1"})


def _refuse_forged(
    root: Path, path: Path, values: Mapping[str, Any], entry: Path
) -> None:
    """Stop where a list names what no command writes, or would change what git or
    tflow do: of git's settings only our own lines are taken back.

    :raises FlowError: naming the file.
    """
    inside(path)
    now, before = read_if_there(path), _before(values, entry)
    if _is_gits(path):
        grown = now and before and now.startswith(before)
        added = now[len(before) :].lstrip() if now and before and grown else b""
        fine = path.name == "config" and (added.startswith(_DRIVERS) or now == before)
        fine |= _is_hook(path, now) and before is None
    else:
        fine = PRIVATE not in path.relative_to(root).parts
    if not fine:
        message = "is not taken back, for it is git's or tflow's own"
        hint = f"undo that by hand, and run tflow undo again, or delete {entry}"
        raise FlowError(message, str(path), hint=hint)


# --- folders ----------------------------------------------------------------


def _is_removable(root: Path, key: str) -> bool:
    """Tell whether a folder that a list names may go, if it is empty: none of git's,
    and none that a link leads out of the project to."""
    if not is_folder(key) or _is_gits(Path(key)):
        return False
    with suppress(FlowError):
        inside(root / key)
        return True
    return False


def _refuse_filled(root: Path, made: Sequence[str], files: Iterable[Path]) -> None:
    """:raises FlowError: if somebody put a file into a folder of the new project."""
    ours = {os.path.normpath(path) for path in files}
    for key in made:
        if key.startswith("."):
            continue
        for folder, _, names in os.walk(root / key):
            paths = [os.path.normpath(Path(folder, name)) for name in names]
            if any(path not in ours for path in paths):
                message = "something was put there since that command"
                raise FlowError(message, folder, hint="take it out first")


def _remove(root: Path, made: Sequence[str]) -> None:
    """Remove folders that a command made, the inner ones first, but not one that holds
    something else, nor one that the user stands in."""
    if PRIVATE in made:
        private = root / PRIVATE
        with suppress(OSError):
            (private / FOLDER).rmdir()
            delete(private / "lock")
            delete(private / ".gitignore")
    here, top = Path(os.path.realpath(Path.cwd())), os.path.realpath(root)
    for key in reversed(made):
        folder = Path(os.path.normpath(os.path.join(top, key)))  # noqa: PTH118
        if not here.is_relative_to(folder):
            with suppress(OSError):
                folder.rmdir()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
