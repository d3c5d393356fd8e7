"""What need not be looked at again: answers about articles that depend on nothing but
what lies on disk.

The index lies in ``.tflow``: for each article an answer, and a hash of it and of all
that it came of, keyed with a secret of this user's own, so that a project from a
stranger cannot bring answers along. Damaged, stale or missing, it is made anew; of two
programs that write it at once, one wins, and the other's answers are found again.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from translate_flow import __version__
from translate_flow.errors import FlowError
from translate_flow.files import (
    PRIVATE,
    private_file,
    read_bytes,
    read_if_there,
    write_atomic,
)
from translate_flow.project import ArticleFile, Project
from translate_flow.project.settings import SETTINGS
from translate_flow.project.user import state_folder

FILE = "index.json"
KEY = "index.key"
SIZE = 32
"""Bytes of the secret, and of a hash."""


Question = Literal["sync", "status"]
"""What was asked: the languages of which a sync would leave the catalogs as they are,
or how far an article is in each, as JSON."""


class Index:
    """What is known of the articles of a project."""

    def __init__(
        self, project: Project, environ: Mapping[str, str], acting: str
    ) -> None:
        """:param acting: the machine that acts; empty for a person."""
        self._project, self._acting = project, acting
        self._folder = state_folder(environ)
        self._changed = False

    def answer(
        self, question: Question, file: ArticleFile, language: str | None
    ) -> tuple[str, ...] | None:
        """Return what is known of an article; None if nothing is.

        :param language: the one that is asked about; None for all.
        """
        name = _name(question, file, language)
        known = self._known.get(name)
        if known is None or self._secret is None:
            return None
        *rows, told = known
        right = self._sealed(name, rows, self.seen(file, language))
        return tuple(rows) if right and told == right else None

    def seen(self, file: ArticleFile, language: str | None) -> bytes:
        """Return a hash of all that answers about an article come of, as it lies there
        now; empty if it cannot be read."""
        project = self._project
        catalogs = [project.catalog(file.slug, tag) for tag in project.languages]
        paths = (file.path, project.release(file.slug), *catalogs)
        told = "\0".join((file.slug, file.name, language or ""))
        try:
            read = [_bytes(path) for path in paths]
        except FlowError:
            return b""
        return _hash(self._common, told.encode("utf-8", "surrogatepass"), *read)

    def note(
        self,
        question: Question,
        file: ArticleFile,
        language: str | None,
        rows: Sequence[str],
        seen: bytes,
    ) -> None:
        """Note an answer.

        :param seen: what lay there before the article was read: it must be so still.
        """
        if self._secret and seen and seen == self.seen(file, language):
            name = _name(question, file, language)
            self._known[name] = [*rows, self._sealed(name, rows, seen)]
            self._changed = True

    def _sealed(self, name: str, rows: Sequence[str], seen: bytes) -> str:
        """Return what only this user can say of what was seen; empty if nothing was."""
        parts = (part.encode("utf-8", "surrogatepass") for part in (name, *rows))
        return _hash(seen, *parts, key=self._secret or b"").hex() if seen else ""

    def save(self) -> None:
        """Write what is new, if anything is, and if there is a place for it."""
        if self._changed and (self._project.root / PRIVATE).is_dir():
            text = json.dumps(self._known)
            with suppress(FlowError):
                write_atomic(private_file(self._project.root, FILE), text.encode())
        self._changed = False

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        if not (self._project.root / PRIVATE / FILE).is_file():
            return {}
        with suppress(FlowError, ValueError, RecursionError):
            told = json.loads(read_bytes(private_file(self._project.root, FILE)))
            if isinstance(told, dict) and all(map(_is_answer, told.values())):
                return told
        return {}

    @cached_property
    def _secret(self) -> bytes | None:
        """What nobody else knows; None if there is no place for it."""
        if self._folder is None:
            return None
        path = self._folder / KEY
        with suppress(FlowError, OSError):
            if len(found := read_if_there(path) or b"") == SIZE:
                return found
            made = secrets.token_bytes(SIZE)
            write_atomic(path, made)
            path.chmod(0o600)
            return made
        return None

    @cached_property
    def _common(self) -> bytes:
        """What every answer depends on: this program, the project's settings, and who
        acts."""
        code = "\0".join(_code(Path(__file__).parents[1]))
        settings = _bytes(self._project.root / SETTINGS)
        told = f"{__version__}\0{code}\0{self._acting}\0".encode()
        return _hash(told, settings)


def _hash(*parts: bytes, key: bytes = b"") -> bytes:
    hashed = blake2b(key=key, digest_size=SIZE)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.digest()


def _name(question: Question, file: ArticleFile, language: str | None) -> str:
    return f"{question}\0{file.slug}\0{language or ''}"


def _bytes(path: Path) -> bytes:
    """Return what a file holds, told from a file that is not there."""
    data = read_if_there(path)
    return b"-" if data is None else b"+" + data


def _is_answer(row: object) -> bool:
    return isinstance(row, list) and bool(row) and all(isinstance(x, str) for x in row)


def _code(folder: Path) -> Iterator[str]:
    """Yield what the files of this program look like: while it is being written, its
    version says little."""
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _code(Path(entry.path))
        elif entry.name.endswith((".py", ".txt")):
            seen = entry.stat()
            yield f"{entry.path} {seen.st_size} {seen.st_mtime_ns}"
