"""What need not be looked at again: articles whose catalogs a sync would leave just as
they are.

The index lies in ``.tflow`` and says nothing but that: an article, and a hash of all
that the answer came of, keyed with a secret of this user's own, so that a project from
a stranger cannot bring answers along. Damaged, stale or missing, it is made anew; of
two programs that write it at once, one wins, and the other's answers are found again.
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


class Index:
    """The articles of a project of which a sync would change nothing."""

    def __init__(
        self, project: Project, environ: Mapping[str, str], acting: str
    ) -> None:
        """:param acting: the machine that acts; empty for a person."""
        self._project, self._acting = project, acting
        self._folder = state_folder(environ)
        self._changed = False

    def settled(
        self, file: ArticleFile, language: str | None
    ) -> tuple[str, ...] | None:
        """Return the languages of an article whose catalogs a sync would leave as they
        are; None if that is not known.

        :param language: the one that is asked about; None for all.
        """
        known = self._known.get(_name(file, language))
        if known is None or self._secret is None:
            return None
        *languages, told = known
        right = self._answer(self.seen(file, language), languages)
        return tuple(languages) if right and told == right else None

    def seen(self, file: ArticleFile, language: str | None) -> bytes:
        """Return a hash of all that a sync of an article comes of, as it lies there
        now; empty if it cannot be read."""
        project = self._project
        paths = [project.catalog(file.slug, tag) for tag in project.languages]
        told = "\0".join((file.slug, file.name, language or ""))
        try:
            read = [_bytes(path) for path in (file.path, *paths)]
        except FlowError:
            return b""
        return _hash(self._common, told.encode("utf-8", "surrogatepass"), *read)

    def settle(
        self,
        file: ArticleFile,
        language: str | None,
        languages: Sequence[str],
        seen: bytes,
    ) -> None:
        """Note that a sync would change nothing.

        :param seen: what was on disk before the article was read: it must be so still.
        """
        if self._secret and seen and seen == self.seen(file, language):
            answer = self._answer(seen, languages)
            self._known[_name(file, language)] = [*languages, answer]
            self._changed = True

    def _answer(self, seen: bytes, languages: Sequence[str]) -> str:
        """Return what only this user can say of what was seen; empty if nothing was."""
        told = "\0".join(languages).encode()
        return _hash(seen, told, key=self._secret or b"").hex() if seen else ""

    def save(self) -> None:
        """Write what is new, if anything is and if it can be written."""
        if self._changed:
            text = json.dumps(self._known, ensure_ascii=False)
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


def _name(file: ArticleFile, language: str | None) -> str:
    return f"{file.slug}\0{language or ''}"


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
