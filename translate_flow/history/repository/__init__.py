"""The repository around a project, asked by git, though a stranger may have made it.

Git does what the settings of a repository say: it runs filters, hooks, monitors and
helpers, and fetches by any command what it misses. So it never looks for a repository
itself, and never reads the settings of one. The repository is found from the project's
root upwards; git is told where it is and, in a folder of ours, what of its settings can
run nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from translate_flow.errors import GitError
from translate_flow.history.repository.locating import (
    Located,
    find,
    real,
    refuse_strangers,
)
from translate_flow.history.repository.settings import (
    harmless,
    listed,
    text_of,
)
from translate_flow.history.repository.starting import (
    NO_SETTINGS,
    LateError,
    alone,
    options,
    rows,
    start,
)

__all__ = ["Located", "Repository", "alone"]

_ENDS = r"^core\.(autocrlf|eol|filemode|ignorecase|precomposeunicode|symlinks)$"
_SHARED = ("objects", "refs", "packed-refs", "reftable", "logs", "shallow")
"""What a repository has in common with its linked work trees, but for settings, hooks,
attributes and grafts."""

_COMPARING = ("diff", "status", "diff-files")
"""Commands that read the work tree, so that line ends matter; they would look into
submodules, with the settings of those."""

_COMMIT = re.compile(r"^[0-9a-f]{40,64}$", re.M)
_SQUASHED = re.compile(r"^commit ([0-9a-f]{40,64})$", re.M)
_COMING = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD")
"""Where git says what it was told to bring in, as long as that is not done."""


class Repository:
    """The repository around a project. Nothing is looked for before it is asked; the
    same repository answers from then on, or the same error is told."""

    def __init__(self, root: Path) -> None:
        """:param root: the project's folder, as the user would type it."""
        self._root = root
        self._late: GitError | None = None

    def ask(self, *words: str, given: bytes = b"", top: bool = False) -> bytes:
        """Run git and return what it says.

        :param words: the command and its options.
        :param given: what it reads from standard input.
        :param top: whether it stands at the top of the work tree, not in the project.
        :raises GitError: if git is missing, refuses or takes too long, or if there is
            no repository that may be used.
        """
        ends: tuple[str, ...] = ()
        if words[0] in _COMPARING:
            ends = self._ends
            words = (words[0], "--ignore-submodules=all", *words[1:])
        if words[0] in ("diff", "diff-index", "diff-tree", "diff-files", "log"):
            words = (words[0], "--no-ext-diff", "--no-textconv", *words[1:])
        place = self.found.top if top else real(self._root)
        return self._run(place, ends, words, given, NO_SETTINGS)

    def user_name(self) -> str | None:
        """Return git's ``user.name``, or None if git knows nobody."""
        asked = ("config", "--get", "user.name")
        try:
            name = self._run(real(self._root), (), asked)
        except GitError:
            try:
                name = alone(*asked)
            except GitError:
                return None
        return name.decode(errors="replace").strip() or None

    @cached_property
    def _seen(self) -> Located | GitError:
        try:
            found = find(real(self._root))
            refuse_strangers(found)
        except GitError as error:
            return error
        return found

    @property
    def found(self) -> Located:
        """Where it is.

        :raises GitError: if there is none that may be used.
        """
        if isinstance(self._seen, GitError):
            raise self._seen
        return self._seen

    @property
    def prefix(self) -> str:
        """From the top of the work tree to the project: ``docs/`` or nothing."""
        inner = real(self._root).relative_to(self.found.top).as_posix()
        return "" if inner == "." else f"{inner}/"

    def name(self, path: Path) -> str:
        """Return what git calls a file: its path from the top of the work tree.

        :raises GitError: if it lies outside.
        """
        whole = real(path.parent) / path.name
        if not whole.is_relative_to(self.found.top):
            raise GitError("lies outside of the repository", str(path))
        return whole.relative_to(self.found.top).as_posix()

    def merging(self) -> tuple[str, ...]:
        """Return the commits that a merge in progress brings in, a squashed one, too,
        or that are being applied again.

        :raises GitError: if there is no repository that may be used.
        """
        texts = [text_of(self.found.folder / name) for name in _COMING]
        squashed = _SQUASHED.findall(text_of(self.found.folder / "SQUASH_MSG"))
        return (*_COMMIT.findall("\n".join(texts)), *squashed[:1])

    def shallow(self) -> frozenset[str]:
        """Return the commits at which a shallow clone ends; none if it is whole.

        :raises GitError: if there is no repository that may be used.
        """
        return frozenset(text_of(self.found.common / "shallow").split())

    def trees(self) -> tuple[str, ...]:
        """Return what git calls the last commits of all work trees, this one's first.

        :raises GitError: if there is no repository that may be used.
        """
        others = (self.found.common / "worktrees").glob("*/HEAD")
        named = (f"worktrees/{head.parent.name}/HEAD" for head in sorted(others))
        return ("HEAD", "main-worktree/HEAD", *named)

    def has(self, folder: str) -> bool:
        """Tell whether the index has files of a folder of the project; git is asked if
        the folder's name stands there at all."""
        try:
            index = self.found.folder / "index"
            name = f"{folder[1:]}/".encode()  # its first letter may be abbreviated
            if not index.is_file() or name not in index.read_bytes():
                return False
            return bool(self.ask("ls-files", "-z", "--", folder))
        except (GitError, OSError):
            return False

    # running

    @cached_property
    def _beside(self) -> Path:
        """A folder of ours that stands for what all work trees share."""
        folder = Path(tempfile.mkdtemp(prefix="tflow-git-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        common = self.found.common
        try:
            for name in _SHARED:
                if os.path.lexists(common / name):
                    (folder / name).symlink_to(common / name)
        except OSError as error:
            raise GitError(f"git cannot be used here: {error.strerror}") from error
        told = listed((common, self.found.folder))
        (folder / "config").write_bytes(harmless(told))
        return folder

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        """What the user's own settings say of line ends and the like."""
        asked = ("config", "-z", "--get-regexp", _ENDS)
        try:
            told = self._run(real(self._root), (), asked)
        except GitError:
            return ()
        pairs = (row.partition("\n") for row in rows(told))
        return tuple(f"{key}={value}" for key, is_set, value in pairs if is_set)

    def _run(
        self,
        place: Path,
        settings: Sequence[str],
        words: Sequence[str],
        given: bytes = b"",
        environ: Mapping[str, str] | None = None,
    ) -> bytes:
        if self._late:
            raise self._late
        found = self.found
        places = (f"--git-dir={found.folder}", f"--work-tree={found.top}")
        command = ("-C", str(place), *places, *options(settings), *words)
        environ = {**(environ or {}), "GIT_COMMON_DIR": str(self._beside)}
        try:
            return start(command, given, environ)
        except LateError as error:
            self._late = error
            raise
