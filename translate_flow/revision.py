"""The files of a project as one commit has them."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from translate_flow.errors import FlowError, GitError
from translate_flow.repository import Repository


class Revision:
    """One commit, seen from a project."""

    def __init__(self, root: Path, name: str) -> None:
        """:param root: the project's folder, as the user would type it.
        :param name: what git calls the commit: ``HEAD~3``, a tag, a branch, a hash.
        :raises FlowError: if git knows no such commit, or there is no git.
        """
        self.name = name
        self._root = root
        self._ask = Repository(root).ask
        asked = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        try:
            self._ask("rev-parse", "--git-dir")
        except GitError as error:
            message = f"{name} cannot be looked up: {error.message}"
            raise FlowError(message, error.file, hint=error.hint) from None
        try:
            self._commit = self._ask("rev-parse", *asked).decode().strip()
        except GitError:
            hint = "name a commit, a branch or a tag; a shallow clone must fetch it"
            raise FlowError(f"git knows no revision {name!r}", hint=hint) from None

    def read(self, path: Path) -> bytes | None:
        """Return what a file of today held then, under the name that it had, if git
        knows that it was renamed; None if it was not there.

        :param path: as the user would type it.
        """
        name = Path(os.path.relpath(path, self._root)).as_posix()
        data = self._blob(name)
        if data is None and name in self._renamed:
            data = self._blob(self._renamed[name])
        return data

    def _blob(self, name: str) -> bytes | None:
        try:
            return self._ask("cat-file", "blob", f"{self._commit}:./{name}")
        except GitError:
            return None

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """What files were called then, by their names of today."""
        asked = ("-M", "-z", "--relative", "--name-status", "--diff-filter=R")
        try:
            answer = os.fsdecode(self._ask("diff", *asked, self._commit))
        except GitError:
            return {}
        words = answer.split("\0")
        return dict(zip(words[2::3], words[1::3], strict=False))
