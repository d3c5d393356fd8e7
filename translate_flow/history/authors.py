"""Who brought a text into a catalog, as git's commits say it.

Commits name their author, and trailers name who had a hand in them. A text that a
machine's commit brought in anywhere is that machine's, until a person takes it: who
typed the same once more cannot be told from who let it stand.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from translate_flow.actors import MachineWriter
from translate_flow.actors.naming import Names
from translate_flow.catalog.paragraphs import entries
from translate_flow.errors import FlowError, GitError
from translate_flow.history.left import language_folder, left_in
from translate_flow.history.repository import Repository
from translate_flow.model import Unit
from translate_flow.state import fingerprint, pair

_FORMAT = "%x1e%H%x00%an <%ae>%x00%cn <%ce>%x00%B%x00"
_COMMIT = re.compile("\x1e[0-9a-f]{40,64}\0")
"""Begins what is told of a commit; no message can hold NUL."""

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_NONE = re.compile("0+")


class _Brought(NamedTuple):
    """A file as a machine's commit left it."""

    machine: str
    path: str
    """Relative to the top of the work tree."""

    new: str
    """Its blob."""

    old: frozenset[str]
    """The blobs that the commit's parents have of the files that it changed."""


class _Pair(NamedTuple):
    """A source and a target that stand together in a version."""

    src: str
    target: str
    fuzzy: bool = False
    taken: bool = False
    """Whether the entry's mark says that a person took just these."""


def _paired(unit: Unit) -> _Pair:
    now = pair(unit)
    taken = bool(unit.mark and unit.mark.ok == now)
    return _Pair(now.src, unit.target, unit.fuzzy, taken)


class Authors:
    """Who wrote what stands in the catalogs of a project."""

    def __init__(self, repository: Repository, names: Names, acting: str = "") -> None:
        """:param names: tells machines from people.
        :param acting: the machine that acts: what is not committed yet counts as its
            own, since nothing says who typed it.
        """
        self._repository, self._names, self._acting = repository, names, acting
        self._pairs: dict[str, frozenset[_Pair]] = {}
        self._entries: dict[str, tuple[Unit, ...]] = {}
        self._left = left_in(repository)

    def of(self, path: Path) -> Callable[[Unit], MachineWriter | None]:
        """Return what tells which machine wrote the target of a unit in a catalog; None
        is the answer if a person may have, which is all that can be known."""
        return lambda unit: self._writer(path, unit)

    def _writer(self, path: Path, unit: Unit) -> MachineWriter | None:
        try:
            name = self._repository.name(path)
            wanted = _Pair(fingerprint(unit.source), unit.target)
            for one in self._brought:
                if self._same_file(one.path, name):
                    if self._is_new(one, wanted):
                        return MachineWriter(one.machine)
                    if self._is_cleared(one, wanted):
                        return MachineWriter(one.machine, known=False)
            committed = self._acting and self._is_committed(name, _paired(unit))
        except FlowError:
            committed = False
        return (
            None
            if committed or not self._acting
            else MachineWriter(self._acting, False)
        )

    def _same_file(self, path: str, name: str) -> bool:
        """Tell whether a file of a commit is a catalog of today, or may have become it:
        it is left, and of the same language."""
        if path == name:
            return True
        same_language = language_folder(path) == language_folder(name)
        return same_language and self._left.has(path)

    def _is_new(self, brought: _Brought, wanted: _Pair) -> bool:
        """Tell whether a commit brought a target in, or put it beside this source. What
        a person took with tflow is that person's, whoever committed it."""
        new = {one[:2] for one in self._read(brought.new) if not one.taken}
        old = {one[:2] for blob in brought.old for one in self._read(blob)}
        if wanted[:2] in new:
            return wanted[:2] not in old
        targets = {target for _, target in old}
        return wanted.target in {target for _, target in new} - targets

    def _is_cleared(self, brought: _Brought, wanted: _Pair) -> bool:
        """Tell whether a commit took the flag off a text that stood there: who typed it
        was unsure, and no machine can be sure in that person's place."""
        new = {one for one in self._read(brought.new) if not one.taken}
        old = {one for blob in brought.old for one in self._read(blob)}
        sure = wanted._replace(fuzzy=False, taken=False)
        before = {one.fuzzy for one in old if one[:2] == wanted[:2]}
        return sure in new and before == {True}

    def _is_committed(self, name: str, wanted: _Pair) -> bool:
        """Tell whether a commit has a target beside this source, and no flag there that
        has gone since: a text is nobody's word for another place, nor is a draft."""
        heads = ("HEAD", *self._repository.merging())
        blobs = (self._blob(f"{head}:{name}") for head in heads)
        known = (one for blob in blobs if blob for one in self._read(blob))
        return any(
            one[:2] == wanted[:2] and (wanted.fuzzy or not one.fuzzy) for one in known
        )

    def _blob(self, what: str) -> str:
        try:
            return self._ask("rev-parse", "--verify", "--quiet", what).decode().strip()
        except GitError:
            return ""

    def _read(self, blob: str) -> frozenset[_Pair]:
        """Return the sources and targets of a version."""
        if blob not in self._pairs:
            text = self._ask("cat-file", "blob", blob).decode("utf-8", "replace")
            self._pairs[blob] = frozenset(
                _paired(unit)
                for paragraph in _BLANK_LINES.split(text.replace("\r\n", "\n"))
                for unit in self._parsed(paragraph)
                if unit.target
            )
        return self._pairs[blob]

    def _parsed(self, paragraph: str) -> tuple[Unit, ...]:
        if paragraph not in self._entries:
            self._entries[paragraph] = entries(paragraph)
        return self._entries[paragraph]

    # commits

    def _ask(self, *words: str) -> bytes:
        return self._repository.ask(*words, top=True)

    @cached_property
    def _brought(self) -> tuple[_Brought, ...]:
        """The catalogs that machines' commits changed, on any branch and wherever one
        was: who squashes may leave their messages behind."""
        shown = ("-c", "--root", "--raw", "--no-abbrev", "--no-renames", "-z")
        heads = ("--all", "--reflog", "HEAD", *self._repository.merging())
        folder = f"{self._repository.prefix}translations"
        asked = ("--full-history", f"--format={_FORMAT}", *heads, "--", folder)
        try:
            told = os.fsdecode(self._ask("log", *shown, *asked))
        except GitError:
            return ()
        names = self._names
        found: list[_Brought] = []
        for commit in _COMMIT.split(told)[1:]:
            author, committer, message, changed = commit.split("\0", 3)
            if machine := names.of_commit(author, committer, message):
                found += _files(machine, changed.lstrip("\0\n").split("\0"))
        return tuple(found)


def _files(machine: str, words: Sequence[str]) -> Iterator[_Brought]:
    """Yield the catalogs that a commit changed.

    :param words: git's raw format: for each file the modes and blobs of the parents and
        of the commit, and its name.
    """
    rows = []
    for head, path in zip(words[::2], words[1::2], strict=False):
        parents = len(head) - len(head.lstrip(":"))
        blobs = head.lstrip(":").split()[parents + 1 : 2 * parents + 2]
        if path.endswith(".po") and len(blobs) == parents + 1:
            rows.append((path, blobs))
    old = frozenset(b for _, row in rows for b in row[:-1] if not _NONE.fullmatch(b))
    for path, row in rows:
        if not _NONE.fullmatch(row[-1]):
            yield _Brought(machine, path, row[-1], old)
