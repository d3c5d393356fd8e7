"""What each command wrote, so that it can be taken back.

The journal lies in ``.tflow/undo``, a folder per command, the newest last: the bytes of
every file before its first change, and a list of what was written. Each list is saved
before the file it speaks of is, so that a killed command can be taken back, too. So
are the folders that it made, to be removed if nothing else is in them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.files import (
    PRIVATE,
    delete,
    make_folder,
    private_folder,
    read_if_there,
    write_atomic,
)

KEPT = 50
"""Commands that are remembered."""

_FOLDER = "undo"
_LIST = "files.json"
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

    def write(self, path: Path, data: bytes) -> None:
        """Put ``data`` into a file, whole or not at all. The project's lock must be
        held.

        :raises FlowError: naming the file and what to do.
        """
        self._remember(path, _hash(data))
        write_atomic(path, data)

    def delete(self, path: Path) -> None:
        """Delete a file. The project's lock must be held.

        :raises FlowError: naming the file and what to do.
        """
        self._remember(path, None)
        delete(path)

    def _remember(self, path: Path, after: str | None) -> None:
        key = os.path.relpath(path, self.root)
        entry = self._opened()
        if key not in self._files:
            before = read_if_there(path)
            missing = () if path.parent.exists() else absent([path.parent])
            self._folders += [os.path.relpath(part, self.root) for part in missing]
            name = None if before is None else f"{len(self._files)}.before"
            if before is not None and name is not None:
                write_atomic(entry / name, before)
            self._files[key] = {"before": name}
        self._files[key]["after"] = after
        self._save(entry)

    def _save(self, entry: Path) -> None:
        told: dict[str, object] = {"command": self.command, "files": self._files}
        told |= {"folders": self._folders, "new": self._new, "machine": self.machine}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        write_atomic(entry / _LIST, text.encode())

    def _opened(self) -> Path:
        """Return the folder of this command, made at its first write."""
        if self._entry is None:
            folder = private_folder(self.root) / _FOLDER
            entries = _entries(self.root)
            number = int(entries[-1].name) + 1 if entries else 1
            for old in entries[: -KEPT + 1]:
                shutil.rmtree(old, ignore_errors=True)
            self._entry = folder / f"{number:06}"
        return self._entry


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


def undo(root: Path, machine: str = "") -> Undone:
    """Take the last command of a project back. The project's lock must be held.

    :param machine: who asks for it, if that is no person.
    :raises FlowError: if there is nothing to take back, or a file was changed since, or
        something was put into a folder that would have to go, or a machine would take
        back what it did not do.
    """
    entries = _entries(root)
    if not entries:
        raise FlowError("nothing to undo", hint="only what was written can be")
    entry = entries[-1]
    told = _read(entry)
    if machine and told.get("machine") != machine:
        message = f"{machine} did not run the last command: {told['command']}"
        raise FlowError(message, hint="only a person may take it back")
    files = {root / key: values for key, values in told["files"].items()}
    made: list[str] = told.get("folders", [])
    for path, values in files.items():
        _refuse_changed(path, values, entry)
    if told.get("new"):
        _refuse_filled(root, made, files)
    for path, values in files.items():
        _give_back(path, values["before"], entry)
    _note_undone(root, entry, () if told.get("new") else tuple(files))
    shutil.rmtree(entry)
    _remove(root, made)
    return Undone(told["command"], tuple(files), len(files) - _moves(files.values()))


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
        write_atomic(path, (entry / name).read_bytes())
        return
    delete(path)


def left_so(root: Path, path: Path, data: bytes | None) -> bool:
    """Whether it is a command of a project, or undo, that left a file as it is: no
    other tool has touched it since. What cannot be read says nothing.

    :param data: what the file holds; None if it is not there.
    """
    if not (root / PRIVATE / _FOLDER).is_dir():
        return False
    key = os.path.relpath(path, root)
    now = None if data is None else _hash(data)
    number, left = _undone(root).get(key, (0, ""))
    for entry in reversed(_entries(root)):
        with suppress(FlowError, KeyError, TypeError, ValueError):
            if int(entry.name) < number:
                break
            return bool(_read(entry)["files"][key]["after"] == now)
    return left == now


def _note_undone(root: Path, entry: Path, files: Collection[Path]) -> None:
    """Remember how undo leaves files, but not those of a project that is no more. They
    are what they were before a command with this number; another one will have it."""
    told = _undone(root)
    if not files:
        delete(entry.parent / _UNDONE)
        return
    for path in files:
        data = read_if_there(path)
        left = None if data is None else _hash(data)
        told[os.path.relpath(path, root)] = (int(entry.name), left)
    write_atomic(entry.parent / _UNDONE, json.dumps(told, indent=1).encode())


def _undone(root: Path) -> dict[str, tuple[int, str | None]]:
    data = read_if_there(private_folder(root) / _FOLDER / _UNDONE)
    try:
        told = json.loads(data) if data else {}
        return {str(k): (int(n), left) for k, (n, left) in told.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


# --- folders ----------------------------------------------------------------


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
            (private / _FOLDER).rmdir()
            delete(private / "lock")
            delete(private / ".gitignore")
    here, top = Path(os.path.realpath(Path.cwd())), os.path.realpath(root)
    for key in reversed(made):
        folder = Path(os.path.normpath(os.path.join(top, key)))  # noqa: PTH118
        if not here.is_relative_to(folder):
            with suppress(OSError):
                folder.rmdir()


# --- entries ----------------------------------------------------------------


def _entries(root: Path) -> list[Path]:
    """Return the folders of the commands that can be taken back, the newest last."""
    folder = private_folder(root) / _FOLDER
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if (path / _LIST).is_file())


def _read(entry: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((entry / _LIST).read_bytes())
    except ValueError as error:
        message = "cannot be read; nothing can be undone"
        hint = "delete its folder"
        raise FlowError(message, str(entry / _LIST), hint=hint) from error
    return told


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
