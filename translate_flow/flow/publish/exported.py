"""Which files export wrote, from what, and how to know them again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.files import private_file, read_if_there, write_atomic

if TYPE_CHECKING:
    from translate_flow.edition import Edition

REMEMBERED = 4
"""What else a file held before that still counts as ours."""
RENDERERS = ("jinja2", "markdown-it-py", "nh3", "python-docx")
RECIPE = "recipe "
"""What the key of a file's recipe begins with."""
RELEASED = "released "
"""What the key of a file begins with that readers have."""
NOTES = (RECIPE, RELEASED)


def recipe(edition: Edition, *style: str) -> str:
    """Return a hash of all that an edition's file is made of, the program included: as
    long as it stays, the file need not be made again.

    :param style: format, layout and order.
    """
    images = {name: _hash(data) for name, data in edition.images.items()}
    places = (edition.base, edition.alternates, edition.pages)
    of_project = (
        *places,
        edition.hosted,
        edition.url,
        edition.urls,
        edition.translatable,
    )
    parts = (
        _program(),
        style,
        (edition.slug, edition.source_language, edition.target_language),
        (edition.article.name, edition.article.text),
        (edition.proof, edition.pairs, sorted(edition.left_out)),
        (*of_project, edition.corrections, edition.terms, edition.templates, images),
    )
    return _hash(repr(parts).encode("utf-8", "surrogatepass"))


@cache
def _program() -> str:
    """Return a hash of the program, and the versions of what renders with it."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [_hash(one.read_bytes()) for one in _below(files("translate_flow"))]
    for name in RENDERERS:
        with suppress(PackageNotFoundError):
            parts.append(f"{name} {version(name)}")
    return _hash("\n".join(parts).encode())


def _below(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from _below(one)
        elif not one.name.endswith((".pyc", ".po", ".md")):
            yield one


class Record:
    """The files that export wrote, by their hashes. It may be deleted at any time; then
    they count as written by others, but for those that stay as they are."""

    def __init__(self, root: Path) -> None:
        """:param root: the project's folder."""
        self._root = root
        self._path = private_file(root, "editions.json")
        self._known = _recorded(self._path)
        self._stored = dict(self._known)

    def knows(self, path: Path, data: bytes | None) -> bool:
        """Tell whether export wrote just this into a file."""
        if data is None:
            return False
        keys = (self._key(path), str(path.resolve()))
        return any(_hash(data) in self._known.get(key, "").split() for key in keys)

    def has(self, path: Path) -> bool:
        """Tell whether export ever wrote into a file."""
        return self._key(path) in self._known

    def stands(self, path: Path, recipe: str) -> bool:
        """Tell whether a file is as export made it, by this very recipe."""
        key = self._key(path)
        if self._known.get(RECIPE + key) != recipe:
            return False
        data = read_if_there(path)
        return data is not None and self._known.get(key, "").startswith(_hash(data))

    def released(self, path: Path) -> bool:
        """Tell whether a file that is there was written for readers, and not as a
        proof."""
        return self.noted_released(path) and path.exists()

    def noted_released(self, path: Path) -> bool:
        """Tell whether a file was written for readers, wherever it is now."""
        return RELEASED + self._key(path) in self._known

    def add(
        self, path: Path, data: bytes, recipe: str = "", *, released: bool = False
    ) -> None:
        """Note what a file of ours holds; what it held before may come back by undo.

        :param recipe: what it was made of; empty if it is to be made anew each time.
        :param released: whether it was written for readers.
        """
        key, now = self._key(path), _hash(data)
        before = [old for old in self._known.get(key, "").split() if old != now]
        self._known[key] = " ".join([now, *before[:REMEMBERED]])
        self._known.pop(RECIPE + key, None)
        if recipe:
            self._known[RECIPE + key] = recipe
        self._known.pop(RELEASED + key, None)
        if released:
            self._known[RELEASED + key] = now

    def below(self, folder: Path) -> Iterator[Path]:
        """Yield the files below a folder that are as export wrote them."""
        root = self._root.resolve()
        for key in tuple(self._known):
            path = root / key
            below = path.is_relative_to(folder.resolve())
            if below and ".." not in path.parts and not key.startswith(NOTES):
                data = read_if_there(path)
                if data is not None and self.knows(path, data):
                    yield path

    def __enter__(self) -> Record:
        """Save at the end what was noted, whatever happens."""
        return self

    def __exit__(self, *_: object) -> None:
        if self._known != self._stored:
            self.save()

    def save(self) -> None:
        """Write it down."""
        text = json.dumps(self._known, ensure_ascii=False, indent=0, sort_keys=True)
        write_atomic(self._path, text.encode())

    def _key(self, path: Path) -> str:
        """Return a name that lasts when the project's folder is moved."""
        whole, root = path.resolve(), self._root.resolve()
        inside = whole.is_relative_to(root)
        return whole.relative_to(root).as_posix() if inside else str(whole)


def remember_moved(root: Path, moved: Sequence[tuple[Path, Path]]) -> None:
    """Let files that export wrote count as its own under their new names, too. The
    project's lock must be held.

    :param moved: the old and the new path of each; what others wrote stays theirs.
    """
    record = Record(root)
    ours = [
        (new, data, record.noted_released(old))
        for old, new in moved
        if (data := read_if_there(new)) is not None and record.knows(old, data)
    ]
    for new, data, released in ours:
        record.add(new, data, released=released)
    if ours:
        record.save()


def _recorded(path: Path) -> dict[str, str]:
    """Read the record; one that cannot be read counts as empty."""
    try:
        known = json.loads(read_if_there(path) or b"{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        key: text
        for key, text in known.items()
        if isinstance(text, str) and (key + text).isprintable()
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
