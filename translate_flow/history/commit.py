"""The project at a commit: its files there, listed at once and read together, so that
whoever compares needs git a few times only."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from translate_flow.errors import FlowError, GitError, NoRepository
from translate_flow.history.repository import Repository

_REGULAR = b"100"
"""How the modes of files begin; links and submodules have others."""


class Commit:
    """A commit that today's work is compared with, seen from a project."""

    def __init__(self, root: Path, name: str, *, parted: bool) -> None:
        """:param root: the project's folder, as the user would type it.
        :param name: what git calls a commit: ``origin/main``, ``HEAD~3``, a hash.
        :param parted: whether, if that branch went on since, the commit is meant where
            the two ways parted.
        :raises FlowError: if git is missing, the folder is in no repository, or the
            commit or that place is not known here.
        """
        self.name = name
        self._root = root
        self._ask = Repository(root).ask
        known = self._known(name)
        self.hash = self._parted(known) if parted else known
        """Its full hash."""

        self.went_on = self.hash != known
        """Whether the named commit is a later one."""

        asked = self._ask("rev-parse", "--show-prefix")
        self.prefix = os.fsdecode(asked).removesuffix("\n")
        """From the top of the work tree to the project: ``docs/`` or nothing."""

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The blobs of the project's files, by their paths relative to the project."""
        tree = f"{self.hash}:{self.prefix}"
        try:
            answer = self._ask("ls-tree", "-r", "-z", "--full-tree", tree)
        except GitError:
            return {}
        rows = (row.partition(b"\t") for row in answer.split(b"\0") if row)
        return {
            os.fsdecode(path): head.split()[2].decode()
            for head, _, path in rows
            if head.startswith(_REGULAR)
        }

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """What files were called, by their names of today, both relative to the
        project."""
        asked = ("-M", "-z", "--relative", "--name-status", "--diff-filter=R")
        answer = os.fsdecode(self._ask("diff", *asked, self.hash))
        words = answer.split("\0")
        return dict(zip(words[2::3], words[1::3], strict=False))

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Return what files held; those that were not there, or whose content this
        repository lacks, are left out."""
        wanted = [path for path in paths if path in self.files]
        given = "".join(f"{self.files[path]}\n" for path in wanted).encode()
        answer = self._ask("cat-file", "--batch", given=given) if wanted else b""
        found = {}
        for path in wanted:
            head, _, answer = answer.partition(b"\n")
            if head.endswith(b" missing"):
                continue
            size = int(head.split()[2])
            found[path], answer = answer[:size], answer[size + 1 :]
        return found

    def holds(self, path: str, data: bytes | None) -> bool:
        """Tell whether a file held just this; None for a file that is not there."""
        blob = self.files.get(path)
        if blob is None or data is None:
            return blob is None and data is None
        whole = b"blob %d\0" % len(data) + data
        return blob == hashlib.new(_algorithm(blob), whole).hexdigest()

    def changed_on(self, paths: Iterable[str]) -> str | None:
        """Return the ISO date of the last commit since then that touched one of some
        files; None if there is none, or if a change is not committed yet."""
        names = tuple(paths)
        if self._ask("status", "--porcelain", "-z", "--", *names):
            return None
        since = f"{self.hash}..HEAD"
        asked = self._ask("log", "-1", "--format=%cs", since, "--", *names)
        return asked.decode().strip() or None

    # asking

    def _known(self, name: str) -> str:
        try:
            self._ask("rev-parse", "--git-dir")
        except NoRepository:
            hint = "what is compared with a commit is asked where git has the project"
            raise GitError("not in a git repository", str(self._root), hint=hint) from (
                None
            )
        asked = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        try:
            return self._ask("rev-parse", *asked).decode().strip()
        except GitError:
            if self._is_shallow():
                raise _shallow(f"this shallow clone has no revision {name!r}") from None
            hint = "name a commit, a branch or a tag, like origin/main"
            raise GitError(f"git knows no revision {name!r}", hint=hint) from None

    def _parted(self, commit: str) -> str:
        """Return the last commit that this one and the work of today have in common."""
        try:
            return self._ask("merge-base", "HEAD", commit).split()[0].decode()
        except GitError:
            if self._is_shallow():
                message = f"this shallow clone ends before HEAD and {self.name} parted"
                raise _shallow(message) from None
            return commit

    def _is_shallow(self) -> bool:
        answer = self._ask("rev-parse", "--is-shallow-repository")
        return answer.strip() == b"true"


def versions(root: Path, path: str, most: int = 20) -> Iterator[bytes]:
    """Yield what commits left in a file, the newest first; nothing if git is missing.

    :param root: the project's folder, as the user would type it.
    :param path: of the file, relative to the project.
    """
    ask = Repository(root).ask
    try:
        asked = ("--format=%H", f"-{most}", "--", path)
        for commit in ask("log", *asked).decode().split():
            yield ask("cat-file", "blob", f"{commit}:./{path}")
    except GitError:
        return


def _shallow(message: str) -> FlowError:
    hint = "fetch it whole: fetch-depth: 0 for actions/checkout, else "
    return GitError(message, hint=hint + "git fetch --unshallow")


def _algorithm(blob: str) -> str:
    return "sha1" if len(blob) == 40 else "sha256"
