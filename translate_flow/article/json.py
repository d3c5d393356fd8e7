"""JSON front matter, as Hugo reads it: an object at the very beginning of a file. The
library says what it means, a small scanner where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from translate_flow.article.scalars import (
    Content,
    KeyValue,
    Malformed,
    Scalar,
    Table,
    double_quoted,
)

BLANK = re.compile(r"[ \t\n]*")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
BARE = re.compile(r"[^\s,\]}]+")

Path = tuple[str | int, ...]


def length(text: str, start: int) -> int:
    """Return how long the object is that begins at an offset of a text.

    :raises Malformed: if there is none; its line is counted from the object's own.
    """
    return _decoded(text, start)[1] - start


@lru_cache(maxsize=64)
def read(content: str) -> Content:
    """Return what an object says and where its texts stand.

    :raises Malformed: if it is not JSON, or has a key twice.
    """
    meta, _ = _decoded(content, 0)
    return Content(meta, tuple(_Scanner(content).scalars()))


def table(content: str) -> Table:
    """Return where the keys of an object stand, which must be valid."""
    scanner = _Scanner(content)
    for _ in scanner.scalars():
        pass
    return Table(tuple(scanner.entries), braces=1)


def candidates(scalar: Scalar, source: str, target: str) -> Iterator[str]:
    """Yield the one way to write a text."""
    yield double_quoted(target)


def _decoded(text: str, start: int) -> tuple[dict[str, Any], int]:
    decoder = json.JSONDecoder(object_pairs_hook=_once)
    try:
        meta, end = decoder.raw_decode(text, start)
    except json.JSONDecodeError as error:
        line = text.count("\n", start, error.pos)
        raise Malformed(error.msg[:1].lower() + error.msg[1:], line) from error
    except RecursionError as error:
        raise Malformed("it is nested too deeply", 0) from error
    except ValueError as error:
        raise Malformed("a number has too many digits", 0) from error
    return meta, end


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Malformed(f"it has the key {twice!r} twice", 0)
    return found


class _Scanner:
    """Finds the strings of valid JSON, the paths that lead to them and the places of
    its own keys."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.pos = 0
        self.entries: list[KeyValue] = []

    def scalars(self) -> Iterator[Scalar]:
        try:
            yield from self._any(())
        except RecursionError as error:
            raise Malformed("it is nested too deeply", 0) from error

    def _any(self, path: Path) -> Iterator[Scalar]:
        char = self._next()
        if char in "{[":
            yield from self._members(path, char == "{")
        elif found := STRING.match(self.content, self.pos):
            self.pos = found.end()
            yield Scalar(path, json.loads(found[0]), *found.span(), '"')
        elif found := BARE.match(self.content, self.pos):
            self.pos = found.end()

    def _members(self, path: Path, named: bool) -> Iterator[Scalar]:
        self.pos += 1
        n = 0
        while (char := self._next()) not in "}]":
            if char == ",":
                self.pos += 1
                continue
            start = self.pos
            key = self._key() if named else n
            after = self.pos
            self._next()
            value = self.pos
            yield from self._any((*path, key))
            if not path:
                self.entries.append(KeyValue(str(key), start, after, value, self.pos))
            n += 1
        self.pos += 1

    def _key(self) -> str:
        found = STRING.match(self.content, self.pos)
        self.pos = found.end() if found else self.pos
        self._next()
        self.pos += 1  # :
        return str(json.loads(found[0])) if found else ""

    def _next(self) -> str:
        found = BLANK.match(self.content, self.pos)
        self.pos = found.end() if found else self.pos
        return self.content[self.pos : self.pos + 1] or "}"
