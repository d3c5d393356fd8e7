"""The lists of what commands wrote, as they lie in ``.tflow/undo``: whoever made the
project may have made them, too."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.files import private_place, read_bytes

FOLDER = "undo"
LIST = "files.json"
LAST = 999_999_999
"""The highest number of a command. Nobody runs so many: what has a higher one is none
of ours, and would leave no number to the commands that follow."""

_NUMBER = re.compile(r"[0-9]{6}|[1-9][0-9]{6,8}")
_BEFORE = re.compile(r"[0-9]{1,9}\.before")
_LONGEST = 1 << 26
"""Bytes of a list that are read."""


def entries(root: Path) -> list[Path]:
    """Return the folders of the commands that can be taken back, the newest last. What
    else lies there is not ours."""
    folder = private_place(root, FOLDER)
    if not folder.is_dir():
        return []
    found = (
        path
        for path in folder.iterdir()
        if _NUMBER.fullmatch(path.name)
        and not path.is_symlink()
        and (path / LIST).is_file()
    )
    return sorted(found, key=lambda path: int(path.name))


def read(entry: Path) -> dict[str, Any]:
    """Return the list of a command, if it has the form of one: somebody else may have
    written it.

    :raises FlowError: if it has not.
    """
    path = entry / LIST
    try:
        if path.stat().st_size <= _LONGEST:
            told = _joined(read_bytes(path).decode())
            if _is_list(told):
                return told
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        pass
    message = "cannot be read; nothing can be undone"
    raise FlowError(message, str(path), hint="delete its folder")


def _joined(text: str) -> dict[str, Any]:
    """Return a list with the lines that were added to it. A last line without an end is
    left out: the command was killed while it wrote it, before the file it speaks of.

    :raises ValueError: if it is not JSON of that form.
    """
    told, end = json.JSONDecoder().raw_decode(text)
    rest, *lines = text[end:].split("\n")
    if (
        rest.strip()
        or not isinstance(told, dict)
        or not isinstance(told["files"], dict)
    ):
        raise ValueError("no list")
    told["folders"] = [*told.get("folders", [])]
    for line in lines[:-1]:
        row = json.loads(line)
        told["files"][row["path"]] = {"before": row["before"], "after": row["after"]}
        told["folders"] += row["folders"]
    return told


def _is_list(told: Any) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("command"), str):
        return False
    files, folders = told.get("files"), told.get("folders", [])
    return (
        isinstance(files, dict)
        and all(_is_name(key) and _is_row(row) for key, row in files.items())
        and isinstance(folders, list)
        and all(isinstance(key, str) and _is_name(key) for key in folders)
    )


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict):
        return False
    before, after = row.get("before", 0), row.get("after", 0)
    stands = before is None or (isinstance(before, str) and _BEFORE.fullmatch(before))
    return bool(stands) and (after is None or isinstance(after, str))


def _is_name(key: str) -> bool:
    return bool(key) and "\0" not in key


def is_folder(key: str) -> bool:
    """Tell whether a folder may be removed, if it is empty: one of the project's, or
    one that the project lies in."""
    parts = Path(key).parts
    above = all(part in (os.curdir, os.pardir) for part in parts)
    return above or not (os.pardir in parts or Path(key).is_absolute())
