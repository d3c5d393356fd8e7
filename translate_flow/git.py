"""What git knows: who works here, what a catalog once said, what a merge made.

Reading is lazy and silent: where git is missing, or the folder is in no repository, the
answer is None or False.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from translate_flow.catalog.paragraphs import entries, paragraphs
from translate_flow.errors import FlowError, GitError
from translate_flow.files import read_if_there, write_atomic
from translate_flow.model import State, Unit
from translate_flow.repository import Repository
from translate_flow.repository.setup import attributed, configured
from translate_flow.state import exact, fingerprint, names, state

LIMIT = 500
"""Most old versions of one catalog that are searched."""

_AT_ONCE = 32
"""Old versions read by one git process."""


class Git:
    """The repository around a project, as one command sees it: what was once asked is
    remembered."""

    def __init__(self, root: Path) -> None:
        """:param root: the project's folder, as the user would type it."""
        self._root = root
        self._repository = Repository(root)
        self._pasts: dict[Path, _Past] = {}

    def user_name(self) -> str | None:
        """Return git's ``user.name``, or None if git knows nobody."""
        return self._repository.user_name()

    def has(self, folder: str) -> bool:
        """Tell whether files of a folder of the project are in git."""
        return self._repository.has(folder)

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

    def _past(self, path: Path) -> _Past:
        if path not in self._pasts:
            self._pasts[path] = _Past(self._repository, path)
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
        except GitError as error:
            if error.hint is None and "not a git repository" in error.message:
                message, hint = "not in a git repository", "run git init first"
                raise GitError(message, str(self._root), hint=hint) from None
            raise
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

    def _shown(self, path: Path) -> Path:
        """Return a path of git's as the user would type it."""
        inner = os.path.relpath(path, os.path.realpath(self._root))
        below = not inner.startswith(os.pardir)
        return self._root / inner if below or not self._root.is_absolute() else path


# --- the past of one catalog ------------------------------------------------


class _At(NamedTuple):
    """A catalog as one commit has it."""

    commit: str
    path: str
    """Relative to the top of the work tree."""


class _Past:
    """The versions of one catalog that git has, read as far as they are needed."""

    def __init__(self, repository: Repository, path: Path) -> None:
        self._repository, self._path = repository, path
        self._asked = False
        self._merging = False
        self._now: tuple[_At, ...] = ()
        self._index = _At("", "")
        self._lists: dict[_At, tuple[_At, ...]] = {}
        self._nearest: dict[_At, tuple[_At, ...]] = {}
        self._parents: dict[_At, tuple[_At, ...]] = {}
        self._before: dict[_At, tuple[_At, ...]] = {}
        self._blobs: dict[_At, str | None] = {}
        self._texts: dict[str, dict[str, list[str]]] = {}
        self._entries: dict[str, tuple[Unit, ...]] = {}

    # answers

    def target(self, name: str, tgt: str) -> str | None:
        """Find the newest target of a unit with this hash."""
        try:
            texts = (unit.target for unit in self._versions(name))
            return next((text for text in texts if names(tgt, exact(text))), None)
        except FlowError:
            return None

    def newest(self, name: str, tgt: str) -> str | None:
        """Find the newest target of a unit. It is not known if the mark knows another
        one that stands nowhere and did not come before it."""
        try:
            full = (unit for unit in self._versions(name) if unit.target)
            if (new := next(full, None)) is None:
                return None
            if new.mark is not None and names(tgt, new.mark.tgt):
                return new.target
            known = any(names(tgt, exact(u.target)) for u in chain([new], full))
            return new.target if known else None
        except FlowError:
            return None

    def source(self, name: str, src: str) -> str | None:
        """Find the newest source of a unit, or what it was accepted for, with this
        fingerprint."""
        try:
            units = self._versions(name)
            texts = (text for unit in units for text in (unit.source, unit.previous))
            return next((t for t in texts if t and names(src, fingerprint(t))), None)
        except FlowError:
            return None

    def merge_made(self, unit: Unit) -> bool:
        """Tell whether nobody but git put together how a unit stands there: wherever
        that began, and did not come back, it did so by a merge with no such parent."""
        try:
            return not unit.fuzzy and self._only_merged(unit)
        except FlowError:
            return False

    def _only_merged(self, unit: Unit) -> bool:
        queue = self._standing(self._heads(), unit)
        if not queue:
            return self._merging
        seen = set(queue)
        while queue:
            at = queue.pop()
            before = [old for old in self._older(at) if self._stands(old, unit)]
            began = not before and not self._is_merge(at.commit)
            if began and not (before := self._standing(self._older(at), unit)):
                return False
            queue += set(before) - seen
            seen.update(before)
        return True

    def _standing(self, start: Iterable[_At], unit: Unit) -> list[_At]:
        """Return the first versions from ``start`` back in which a unit stands so."""
        found, queue, seen = [], deque(start), set[_At]()
        while queue:
            if (at := queue.popleft()) not in seen:
                seen.add(at)
                stands = self._stands(at, unit)
                found += [at] if stands else []
                queue += () if stands else self._older(at)
        return found

    def _stands(self, at: _At, unit: Unit) -> bool:
        """Tell whether msgid, msgstr and missing flag stand so in a version, and passed
        for a person's there: a mark of another branch must not make them one."""
        src = fingerprint(unit.source)
        return any(
            old.target == unit.target
            and fingerprint(old.source) == src
            and state(old) in (State.TRANSLATED, State.REVIEWED)
            for old in self._units(at, unit.id)
        )

    # entries

    def _versions(self, name: str) -> Iterator[Unit]:
        """Yield what a unit was, newest first, under each name the file had; before all
        commits comes the index."""
        seen: set[_At] = set()
        queue = deque(self._heads())
        yield from self._units(self._index, name)
        while queue:
            for at in self._listed(queue.popleft()):
                if at in seen or len(seen) == LIMIT:
                    continue
                seen.add(at)
                yield from self._units(at, name)
                queue += [old for old in self._older(at) if old.path != at.path]

    def _units(self, at: _At, name: str) -> Iterator[Unit]:
        """Yield the entries of one unit in one version; of what cannot be read, none.
        Only the paragraphs of the file that name the unit are read."""
        for paragraph in self._text(at).get(name, ()):
            if paragraph not in self._entries:
                self._entries[paragraph] = entries(paragraph)
            yield from (u for u in self._entries[paragraph] if u.id == name)

    def _text(self, at: _At) -> dict[str, list[str]]:
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
        answer = self._ask("cat-file", "--batch", given=given)
        while answer:
            head, _, rest = answer.partition(b"\n")
            words = head.split()
            size = int(words[2]) if words[1:2] == [b"blob"] else -1
            if size >= 0:
                self._texts[words[0].decode()] = paragraphs(rest[:size])
            answer = rest[size + 1 :]

    # commits

    def _ask(self, *words: str, given: bytes = b"") -> bytes:
        return self._repository.ask(*words, given=given, top=True)

    def _heads(self) -> tuple[_At, ...]:
        """Return the last commit, and those that a merge in progress brings in."""
        if not self._asked:
            self._asked = True
            name = self._repository.name(self._path)
            head = self._ask("rev-parse", "--verify", "HEAD").decode().strip()
            coming = self._repository.merging()
            self._index = _At("", name)
            self._merging = bool(coming)
            found = (self._at(commit, name) for commit in (head, *coming))
            self._now = tuple(at for at in found if at is not None)
        return self._now

    def _at(self, commit: str, path: str, child: str | None = None) -> _At | None:
        """Return the catalog in a commit, under the name that it had before it got
        ``path`` in a child, or in the index."""
        if self._blob(_At(commit, path)):
            return _At(commit, path)
        diff = ("diff-tree", "-r") if child else ("diff-index", "--cached")
        trees = (commit, child) if child else (commit,)
        asked = ("-M", "-z", "--name-status", "--diff-filter=R")
        try:
            answer = os.fsdecode(self._ask(*diff, *asked, *trees))
        except GitError:
            return None
        words = answer.split("\0")
        renamed = dict(zip(words[2::3], words[1::3], strict=False))
        return _At(commit, renamed[path]) if path in renamed else None

    def _listed(self, start: _At) -> tuple[_At, ...]:
        """Return, newest first, the commits from ``start`` on that gave the file a new
        content, and all merges; note what comes before each."""
        if start not in self._lists:
            order = ("--full-history", "--parents", "--date-order")
            what = (start.commit, "--", start.path)
            answer = self._ask("rev-list", *order, f"-{LIMIT}", *what)
            nearest = _rows(answer, start.path)
            found = tuple(nearest)
            given = "".join(f"{at.commit}\n" for at in found).encode()
            asked = ("--no-walk=unsorted", "--parents", "--stdin")
            answer = self._ask("rev-list", *asked, given=given)
            self._parents |= _rows(answer, start.path)
            self._nearest |= {start: found[:1], **nearest}
            self._check((*found, *(old for at in found for old in self._parents[at])))
            self._lists[start] = tuple(at for at in found if self._blobs[at])
        return self._lists[start]

    def _older(self, at: _At) -> tuple[_At, ...]:
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

    def _is_merge(self, commit: str) -> bool:
        """Tell whether a commit has several parents; a shallow clone may lack some."""
        answer = self._ask("cat-file", "commit", commit)
        return answer.partition(b"\n\n")[0].count(b"\nparent ") > 1

    def _blob(self, at: _At) -> str | None:
        if at not in self._blobs:
            self._check([at])
        return self._blobs[at]

    def _check(self, versions: Iterable[_At]) -> None:
        """Note which blob the file is in each version."""
        asked = [at for at in versions if at not in self._blobs]
        self._blobs.update((at, None) for at in asked)
        asked = [at for at in asked if "\n" not in at.path]
        given = os.fsencode("".join(f"{at.commit}:{at.path}\n" for at in asked))
        form = "--batch-check=%(objectname) %(objecttype)"
        answer = self._ask("cat-file", form, given=given).splitlines()
        for at, line in zip(asked, answer, strict=True):
            words = line.decode(errors="replace").split()
            self._blobs[at] = words[0] if words[1:] == ["blob"] else None


def _rows(answer: bytes, path: str) -> dict[_At, tuple[_At, ...]]:
    """Read a list of commits, each followed by its parents."""
    lines = (
        [_At(commit, path) for commit in line.split()]
        for line in answer.decode().splitlines()
    )
    return {line[0]: tuple(line[1:]) for line in lines}
