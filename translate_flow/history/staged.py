"""What git's index and the last commit have of a project's catalogs.

What stands there and not in the work tree was taken away by another tool, unless
somebody told git so. Reading is lazy and silent, as in ``history.git``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from translate_flow.catalog import parse
from translate_flow.errors import FlowError, GitError
from translate_flow.history.repository import Repository
from translate_flow.model import Catalog


class Staged:
    """The catalogs of a project as git would commit them, and as it last did."""

    def __init__(self, root: Path) -> None:
        """:param root: the project's folder, as the user would type it."""
        self._root = root
        self._ask = Repository(root).ask

    def catalog(self, path: Path) -> Catalog | None:
        """Return what the index has of a catalog; None if it has none to be read."""
        return self._read(self._index.get(self._name(path)))

    def committed(self, path: Path) -> Catalog | None:
        """Return what the last commit has of a catalog, if the index has another one
        and no merge is going on."""
        name = self._name(path)
        last = self._last.get(name) if name in self._index else None
        return self._read(last) if last != self._index.get(name) else None

    def is_known(self, path: Path) -> bool:
        """Tell whether the index has a file."""
        return self._name(path) in self._index

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self._root)).as_posix()

    @cached_property
    def _index(self) -> Mapping[str, str]:
        """The blobs in the index, by their paths relative to the project; of what is in
        conflict, none."""
        found = {}
        for head, path in self._rows("ls-files", "--stage", "-z"):
            _, blob, stage = head.split()
            if stage == "0":
                found[path] = blob
        return found

    @cached_property
    def _last(self) -> Mapping[str, str]:
        """The blobs in the last commit, likewise."""
        rows = self._rows("ls-tree", "-r", "-z", "HEAD")
        return {} if self._is_merging else {p: head.split()[2] for head, p in rows}

    @cached_property
    def _is_merging(self) -> bool:
        try:
            self._ask("rev-parse", "--verify", "--quiet", "MERGE_HEAD")
        except GitError:
            return False
        return True

    def _rows(self, *words: str) -> Iterator[tuple[str, str]]:
        try:
            answer = os.fsdecode(self._ask(*words, "--", "translations"))
        except GitError:
            return
        for row in answer.split("\0"):
            head, tab, path = row.partition("\t")
            if tab:
                yield head, path

    def _read(self, blob: str | None) -> Catalog | None:
        try:
            if blob is not None:
                data = self._ask("cat-file", "blob", blob)
                return parse(data.decode("utf-8-sig"), name=blob)
        except (FlowError, UnicodeDecodeError):
            pass
        return None
