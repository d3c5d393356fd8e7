"""Where the repository of a folder is, and whether it may be used.

It is the nearest ``.git`` from that folder upwards, as git itself would find it, but
never a folder that only looks like a repository. A ``.git`` that stands for a folder
elsewhere, as linked work trees and submodules have it, counts if that folder says so,
too. Git's own rule, that a repository of another user is not used unless
``safe.directory`` names it, holds here as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from translate_flow.errors import GitError, NoRepository
from translate_flow.history.repository.settings import listed, text_of
from translate_flow.history.repository.starting import alone


class Located(NamedTuple):
    """A repository, and the folder that it is the history of."""

    top: Path
    """The work tree, without links in its path."""

    folder: Path
    """Git's folder for that work tree: HEAD and the index."""

    common: Path
    """Git's folder for all work trees: objects, branches and settings."""


def real(path: Path) -> Path:
    """Return a path without links in it."""
    return Path(os.path.realpath(path))


def find(root: Path) -> Located:
    """Return the repository around a folder: the nearest ``.git`` from there upwards.

    :raises NoRepository: if there is none.
    :raises GitError: if the nearest cannot be used.
    """
    limits = os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    ceilings = {os.path.realpath(limit) for limit in limits if limit}
    for folder in (root, *root.parents):
        if folder != root and str(folder) in ceilings:
            break
        if (found := _at(folder)) is not None:
            return found
    raise NoRepository("not a git repository (or any of the parent directories): .git")


def _at(top: Path) -> Located | None:
    """Return the repository whose ``.git`` stands in a folder; None if none does.

    :raises GitError: if it stands somewhere else, and does not belong to this folder.
    """
    named = top / ".git"
    if named.is_dir() and not named.is_symlink():
        if not (named / "HEAD").is_file():
            return None
        if (named / "commondir").exists():
            raise GitError("is a part of another repository", str(named))
        return Located(top, named, named)
    if not os.path.lexists(named):
        return None
    folder = real(named) if named.is_dir() else _pointed(named)
    if not (folder / "HEAD").is_file():
        raise GitError("names no git repository", str(named))
    found = Located(top, folder, _common(folder))
    back = {real(path) for path in _backwards(found)}
    if top not in back and named not in back:
        raise _foreign(named)
    return found


def _pointed(named: Path) -> Path:
    """Return the folder that a file called ``.git`` names."""
    line = text_of(named)
    if not line.startswith("gitdir: "):
        raise GitError("names no git repository", str(named))
    place = line.removeprefix("gitdir: ").rstrip("\r\n")
    return real(named.parent / place)


def _common(folder: Path) -> Path:
    """Return what the folder of a linked work tree is part of: the one that holds it
    among its work trees; else the folder itself."""
    told = text_of(folder / "commondir").strip()
    common = real(folder / told) if told else folder
    if told and folder.parent != common / "worktrees":
        raise GitError("is a work tree of another repository", str(folder))
    return common


def _backwards(found: Located) -> Iterator[Path]:
    """Yield the folders, or their ``.git``, that a repository says it belongs to: one
    that a stranger's ``.git`` names does not say so of the stranger's folder."""
    if told := text_of(found.folder / "gitdir").strip():
        yield (found.folder / told).parent.resolve() / ".git"
    for key, value in listed((found.common, found.folder)):
        if key == "core.worktree":
            yield found.folder / value


def _foreign(named: Path) -> GitError:
    message = "names a repository that does not belong to this folder"
    top = named.parent
    hint = f"if it does, tell it so: git -C {top} config core.worktree {top}"
    return GitError(message, str(named), hint=hint)


def refuse_strangers(found: Located) -> None:
    """Stop where git would: a repository of another user.

    :raises GitError: if the user's settings do not say that it may be used.
    """
    places = (found.top, found.top / ".git", found.folder)
    if all(map(_owned, places)):
        return
    try:
        asked = ("config", "-z", "--get-all", "safe.directory")
        said = os.fsdecode(alone(*asked)).split("\0")[:-1]
    except GitError:
        said = []
    if not _trusted(found.top, said):
        message = "the repository belongs to another user"
        hint = f"if you trust it: git config --global --add safe.directory {found.top}"
        raise GitError(message, str(found.top), hint=hint)


def _trusted(top: Path, said: Sequence[str]) -> bool:
    """Tell whether settings name a folder as safe; an empty one takes back those before
    it."""
    above = {f"{one}/*" for one in top.parents}
    trusted = False
    for value in said:
        wanted = os.path.expanduser(value)  # noqa: PTH111
        named = value == "*" or wanted in above or real(Path(wanted)) == top
        trusted = bool(value) and (trusted or named)
    return trusted


def _owned(path: Path) -> bool:
    """Whether a file is the user's own; also that of the one who became root."""
    if not hasattr(os, "geteuid"):
        return True
    mine = {os.geteuid()}
    if mine == {0} and (said := os.environ.get("SUDO_UID", "")).isdecimal():
        mine.add(int(said))
    return path.lstat().st_uid in mine
