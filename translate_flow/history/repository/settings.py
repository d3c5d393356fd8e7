"""The settings of a repository, which git gets to see in part only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from translate_flow.errors import GitError
from translate_flow.history.repository.starting import rows, start

_LONGEST = 1 << 20
"""Bytes of a file that are read."""

_HARMLESS = re.compile(
    r"core\.repositoryformatversion|extensions\.(?:objectformat|refstorage)"
    r"|core\.(?:autocrlf|eol|filemode|ignorecase|precomposeunicode|symlinks)"
    r"|user\.name|branch\..+\.(?:remote|merge)|remote\..+\.fetch",
    re.S,
)
"""What its files are like, who works there, and which branch follows which. None names
a program, a file or an address."""


def text_of(path: Path) -> str:
    """Return what a small file says; nothing if there is no such file: what a stranger
    put there may never end, or never begin.

    :raises GitError: if it cannot be read.
    """
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return os.fsdecode(file.read(_LONGEST))
    except OSError as error:
        raise GitError(f"cannot be read: {error.strerror}", str(path)) from None


def listed(folders: Iterable[Path]) -> list[tuple[str, str]]:
    """Return the settings that stand in folders of git, as it reads them, but not those
    of other files that they name.

    :raises GitError: if they cannot be read.
    """
    names = ("config", "config.worktree")
    files = [folder / name for folder in dict.fromkeys(folders) for name in names]
    given = os.fsencode("\n".join(map(text_of, files)))
    asked = ("config", "--file", "-", "--no-includes", "-z", "--list")
    told = rows(start(asked, given, {"GIT_DIR": os.devnull}))
    pairs = (row.partition("\n") for row in told)
    return [(key, value if is_set else "true") for key, is_set, value in pairs]


def harmless(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return those settings of a repository that can neither run nor reach anything, as
    a file of git's."""
    kept = [("core.bare", "false")]
    kept += [pair for pair in pairs if _HARMLESS.fullmatch(pair[0])]
    return os.fsencode("".join(map(_written, kept)))


def _written(pair: tuple[str, str]) -> str:
    section, _, rest = pair[0].partition(".")
    middle, _, name = rest.rpartition(".")
    inner = f' "{_escaped(middle)}"' if middle else ""
    value = _escaped(pair[1]).replace("\n", "\\n")
    return f'[{section}{inner}]\n\t{name} = "{value}"\n'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
