"""What git knows: who works here, what a catalog once said, what a merge made.

Reading is lazy and silent: where git is missing, or the folder is in no repository, the
answer is None or False.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from translate_flow.errors import GitError, NoRepository
from translate_flow.files import read_if_there, write_atomic
from translate_flow.history.driver import (
    attributed,
    configured,
    new_hook,
)
from translate_flow.history.past import LIMIT, Past
from translate_flow.history.repository import Repository
from translate_flow.model import Unit

__all__ = ["LIMIT", "Git"]


class Git:
    """The repository around a project, as one command sees it: what was once asked is
    remembered."""

    def __init__(self, root: Path) -> None:
        """:param root: the project's folder, as the user would type it."""
        self._root = root
        self._repository = Repository(root)
        self._pasts: dict[Path, Past] = {}

    def user_name(self) -> str | None:
        """Return git's ``user.name``, or None if git knows nobody."""
        return self._repository.user_name()

    def has(self, folder: str) -> bool:
        """Tell whether files of a folder of the project are in git."""
        return self._repository.has(folder)

    @cached_property
    def prefix(self) -> str:
        """From the top of the repository to the project: ``docs/`` or nothing, which it
        is as well where there is no repository."""
        try:
            return self._repository.prefix
        except GitError:
            return ""

    def recover_target(self, path: Path) -> Callable[[Unit, str], str | None]:
        """Return what finds, in the history of a catalog, the target of a unit by its
        hash; None is the answer if it never stood there."""
        return lambda unit, tgt: self._past(path).target(unit.id, tgt)

    def newest_target(self, path: Path) -> Callable[[Unit, str], str | None]:
        """Return what finds the newest target that a unit of a catalog had, in git's
        index or history; None is the answer if there is a newer one that git lacks.

        Its second argument is the hash of the target that the unit's mark knows.
        """
        return lambda unit, tgt: self._past(path).newest(unit.id, tgt)

    def recover_source(self, path: Path) -> Callable[[Unit, str], str | None]:
        """Return what finds, in the history of a catalog, an earlier source of a unit
        by its fingerprint; None is the answer if it never stood there."""
        return lambda unit, src: self._past(path).source(unit.id, src)

    def merge_made(self, path: Path) -> Callable[[Unit], bool]:
        """Return what tells whether only a git merge put together the msgid, the
        msgstr and the missing flag of a unit that stands in a catalog."""
        return lambda unit: self._past(path).merge_made(unit)

    def is_shallow(self) -> bool:
        """Whether this clone lacks old commits, so that git cannot say what texts were
        and who put them there."""
        try:
            return (self._repository.found.common / "shallow").exists()
        except GitError:
            return False

    def _past(self, path: Path) -> Past:
        if path not in self._pasts:
            self._pasts[path] = Past(self._repository, path)
        return self._pasts[path]

    def install(
        self,
        write: Callable[[Path, bytes], None] = write_atomic,
        allow: Callable[[Path], None] = lambda path: None,
    ) -> list[Path]:
        """Let git merge catalogs by their entries and the glossary by its terms:
        attributes and merge drivers.

        :param write: puts bytes into a file, git's settings among them.
        :param allow: told before that of settings that may lie outside the project.
        :returns: the files that were written; none if nothing was missing.
        :raises GitError: if git is missing, or this is no repository.
        """
        try:
            self._repository.ask("rev-parse", "--git-dir")
        except NoRepository:
            message, hint = "not in a git repository", "run git init first"
            raise GitError(message, str(self._root), hint=hint) from None
        config = self._shown(self._repository.found.common / "config")
        allow(config)
        files = {self._root / ".gitattributes": attributed, config: configured}
        written = []
        for path, changed in files.items():
            before = read_if_there(path) or b""
            if (after := changed(before)) != before:
                write(path, after)
                written.append(path)
        return written

    def new_hook(self) -> tuple[Path, bytes] | None:
        """Return the pre-commit hook that is missing: its file, and what is to stand
        there; None if it is there.

        :raises GitError: if another one is there, if it would lie outside of the
            repository, or if there is none.
        """
        missing = new_hook(self._repository.found, self._repository.prefix)
        return missing and (self._shown(missing[0]), missing[1])

    def _shown(self, path: Path) -> Path:
        """Return a path of git's as the user would type it."""
        inner = os.path.relpath(path, os.path.realpath(self._root))
        below = not inner.startswith(os.pardir)
        return self._root / inner if below or not self._root.is_absolute() else path
