"""The versions of one catalog that git has, read as far as they are needed."""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from translate_flow.catalog.paragraphs import entries, paragraphs
from translate_flow.errors import GitError
from translate_flow.history.left import left_in
from translate_flow.history.repository import Repository
from translate_flow.model import Unit

LIMIT = 500
"""Most old versions of one catalog that are searched."""

_AT_ONCE = 32
"""Old versions read by one git process."""


class At(NamedTuple):
    """A catalog as one commit has it."""

    commit: str
    path: str
    """Relative to the top of the work tree."""


class Versions:
    """The versions of one catalog: those that led here, and those of all branches."""

    def __init__(self, repository: Repository, path: Path) -> None:
        self._repository, self._path = repository, path
        self._asked = False
        self.merging = False
        """Whether git has not yet done what it was told to bring in."""

        self._now: tuple[At, ...] = ()
        self._index = At("", "")
        self._lists: dict[At, tuple[At, ...]] = {}
        self._nearest: dict[At, tuple[At, ...]] = {}
        self._parents: dict[At, tuple[At, ...]] = {}
        self._before: dict[At, tuple[At, ...]] = {}
        self._blobs: dict[At, str | None] = {}
        self._heads: dict[str, bytes] = {}
        self._texts: dict[str, dict[str, list[str]]] = {}
        self._entries: dict[str, tuple[Unit, ...]] = {}
        self._all: tuple[str, ...] | None = None
        self._by_target: dict[str, list[Unit]] | None = None
        self._anywhere: list[At] = []

    # all branches

    def alike(self, unit: Unit) -> list[Unit]:
        """Return the entries of all versions that have the same target. All of them are
        read for the first one that is asked for, and none again."""
        if self._by_target is None:
            self._by_target = defaultdict(list)
            for paragraph in self.everything():
                for old in self.parsed(paragraph):
                    self._by_target[old.target].append(old)
        return self._by_target.get(unit.target, [])

    def everything(self) -> Iterable[str]:
        """Return the paragraphs of all versions, on any branch and wherever one was."""
        if self._all is None:
            found: dict[str, None] = {}
            for at in self.anywhere():
                for some in self.texts(at).values():
                    found |= dict.fromkeys(some)
            self._all = tuple(found)
        return self._all

    def anywhere(self) -> list[At]:
        """Return the versions of all branches, the newest first."""
        if not self._anywhere:
            led = [at.path for at in self.ancestry()]
            left = left_in(self._repository).beside(led[0]) if led else ()
            paths = dict.fromkeys((*led, *left))
            asked = ("--all", "--reflog", "--full-history", "--ignore-missing")
            for path in paths:
                told = self.ask("rev-list", *asked, f"-{LIMIT}", "--", path)
                self._anywhere += [At(name, path) for name in told.decode().split()]
            self._anywhere += [at for at in self.heads() if at not in self._anywhere]
            self._anywhere.append(self._index)
            self._check(self._anywhere)
        return self._anywhere

    def ancestry(self) -> list[At]:
        """Return the versions that led to the last commit, and that commit's."""
        found, queue = list[At](), deque(self.heads()[:1])
        while queue:
            for at in self._listed(queue.popleft()):
                if at not in found and len(found) < LIMIT:
                    found.append(at)
                    queue += [old for old in self.older(at) if old.path != at.path]
        return [*found, *self.heads()[:1]]

    # entries

    def versions(self, name: str) -> Iterator[Unit]:
        """Yield what a unit was, newest first, under each name the file had; before all
        commits comes the index."""
        seen: set[At] = set()
        queue = deque(self.heads())
        yield from self.units(self._index, name)
        while queue:
            for at in self._listed(queue.popleft()):
                if at in seen or len(seen) == LIMIT:
                    continue
                seen.add(at)
                yield from self.units(at, name)
                queue += [old for old in self.older(at) if old.path != at.path]

    def units(self, at: At, name: str) -> Iterator[Unit]:
        """Yield the entries of one unit in one version; of what cannot be read, none.
        Only the paragraphs of the file that name the unit are read."""
        for paragraph in self.texts(at).get(name, ()):
            yield from (u for u in self.parsed(paragraph) if u.id == name)

    def parsed(self, paragraph: str) -> tuple[Unit, ...]:
        if paragraph not in self._entries:
            self._entries[paragraph] = entries(paragraph)
        return self._entries[paragraph]

    def texts(self, at: At) -> dict[str, list[str]]:
        blob = self._blob(at)
        if blob is None:
            return {}
        if blob not in self._texts:
            near = [other for other in self._blobs.values() if other]
            start = near.index(blob)
            wanted = dict.fromkeys(near[start : start + _AT_ONCE])
            self._read([other for other in wanted if other not in self._texts])
        return self._texts.get(blob, {})

    def _read(self, blobs: Iterable[str]) -> None:
        given = "".join(f"{blob}\n" for blob in blobs).encode()
        answer = self.ask("cat-file", "--batch", given=given)
        while answer:
            head, _, rest = answer.partition(b"\n")
            words = head.split()
            size = int(words[2]) if words[1:2] == [b"blob"] else -1
            if size >= 0:
                self._texts[words[0].decode()] = paragraphs(rest[:size])
            answer = rest[size + 1 :]

    # commits

    @cached_property
    def was_stashed(self) -> bool:
        """Whether work was ever put aside here, in any work tree: what comes back from
        there is put together without a trace."""
        return any(map(self._has_stashed, self._repository.trees()))

    def _has_stashed(self, head: str) -> bool:
        with suppress(GitError):
            told = self.ask("log", "-g", "--format=%gs", head, "--")
            return b"reset: moving to HEAD" in told.splitlines()
        return False

    @cached_property
    def put_aside(self) -> tuple[str, ...]:
        """The paragraphs of what was ever put aside here and taken up again: git has
        it, though nothing names it any more."""
        if not self.was_stashed:
            return ()
        asked = (
            "--batch-all-objects",
            "--unordered",
            "--batch-check=%(objecttype) %(objectname)",
        )
        told = self.ask("cat-file", *asked).splitlines()
        commits = b"".join(line[7:] + b"\n" for line in told if line[:7] == b"commit ")
        names = _stashes(self.ask("cat-file", "--batch", given=commits))
        paths = dict.fromkeys(at.path for at in self.ancestry())
        found = [At(name, path) for name in names for path in paths][:LIMIT]
        self._check(found)
        some = (chain.from_iterable(self.texts(at).values()) for at in found)
        return tuple(dict.fromkeys(chain.from_iterable(some)))

    def ask(self, *words: str, given: bytes = b"") -> bytes:
        """Run git at the top of the work tree."""
        return self._repository.ask(*words, given=given, top=True)

    def heads(self) -> tuple[At, ...]:
        """Return the last commit, and those that a merge in progress brings in."""
        if not self._asked:
            self._asked = True
            name = self._repository.name(self._path)
            head = self.ask("rev-parse", "--verify", "HEAD").decode().strip()
            coming = self._repository.merging()
            self._index = At("", name)
            self.merging = bool(coming)
            found = (self._at(commit, name) for commit in (head, *coming))
            self._now = tuple(at for at in found if at is not None)
        return self._now

    def _at(self, commit: str, path: str, child: str | None = None) -> At | None:
        """Return the catalog in a commit, under the name that it had before it got
        ``path`` in a child, or in the index."""
        if self._blob(At(commit, path)):
            return At(commit, path)
        diff = ("diff-tree", "-r") if child else ("diff-index", "--cached")
        trees = (commit, child) if child else (commit,)
        asked = ("-M", "-z", "--name-status", "--diff-filter=R")
        try:
            answer = os.fsdecode(self.ask(*diff, *asked, *trees))
        except GitError:
            return None
        words = answer.split("\0")
        renamed = dict(zip(words[2::3], words[1::3], strict=False))
        return At(commit, renamed[path]) if path in renamed else None

    def _listed(self, start: At) -> tuple[At, ...]:
        """Return, newest first, the commits from ``start`` on that gave the file a new
        content, and all merges; note what comes before each."""
        if start not in self._lists:
            order = ("--full-history", "--parents", "--date-order")
            what = (start.commit, "--", start.path)
            answer = self.ask("rev-list", *order, f"-{LIMIT}", *what)
            nearest = _rows(answer, start.path)
            found = tuple(nearest)
            given = "".join(f"{at.commit}\n" for at in found).encode()
            asked = ("--no-walk=unsorted", "--parents", "--stdin")
            answer = self.ask("rev-list", *asked, given=given)
            self._parents |= _rows(answer, start.path)
            self._nearest |= {start: found[:1], **nearest}
            self._check((*found, *(old for at in found for old in self._parents[at])))
            self._lists[start] = tuple(at for at in found if self._blobs[at])
        return self._lists[start]

    def older(self, at: At) -> tuple[At, ...]:
        """Return the catalog in the commits before one, as far as it is there: the
        nearest that matter under its name, and parents that have it under another."""
        if at not in self._before:
            if at not in self._nearest:
                self._listed(at)
            there = [old for old in self._nearest[at] if self._blob(old)]
            parents = self._parents.get(at, ())
            named = (
                self._at(old.commit, at.path, at.commit)
                for old in parents
                if not self._blob(old)
            )
            self._before[at] = (*there, *(old for old in named if old))
        return self._before[at]

    def is_merge(self, commit: str) -> bool:
        """Tell whether a commit has several parents; a shallow clone may lack some."""
        return self.head_of(commit).count(b"\nparent ") > 1

    def head_of(self, commit: str) -> bytes:
        """Return what git notes of a commit above its message, asked for once: who,
        when, and its parents."""
        if commit not in self._heads:
            answer = self.ask("cat-file", "commit", commit)
            self._heads[commit] = answer.partition(b"\n\n")[0]
        return self._heads[commit]

    def _blob(self, at: At) -> str | None:
        if at not in self._blobs:
            self._check([at])
        return self._blobs[at]

    def _check(self, versions: Iterable[At]) -> None:
        """Note which blob the file is in each version."""
        asked = [at for at in versions if at not in self._blobs]
        self._blobs.update((at, None) for at in asked)
        asked = [at for at in asked if "\n" not in at.path]
        given = os.fsencode("".join(f"{at.commit}:{at.path}\n" for at in asked))
        form = "--batch-check=%(objectname) %(objecttype)"
        answer = self.ask("cat-file", form, given=given).splitlines()
        for at, line in zip(asked, answer, strict=True):
            words = line.decode(errors="replace").split()
            self._blobs[at] = words[0] if words[1:] == ["blob"] else None


def _rows(answer: bytes, path: str) -> dict[At, tuple[At, ...]]:
    """Read a list of commits, each followed by its parents."""
    lines = (
        [At(commit, path) for commit in line.split()]
        for line in answer.decode().splitlines()
    )
    return {line[0]: tuple(line[1:]) for line in lines}


def _stashes(answer: bytes) -> Iterator[str]:
    """Yield the names of commits that ``git stash`` made, and of those that it made of
    the index and of files that git did not know.

    :param answer: commits as ``git cat-file --batch`` tells them.
    """
    while answer:
        head, _, rest = answer.partition(b"\n")
        name, _, size = head.split()
        above, _, says = rest[: int(size)].partition(b"\n\n")
        lines = above.splitlines()
        parents = [line[7:].decode() for line in lines if line.startswith(b"parent ")]
        if len(parents) > 1 and says.startswith((b"WIP on ", b"On ")):
            yield from (name.decode(), *parents[1:])
        answer = rest[int(size) + 1 :]
