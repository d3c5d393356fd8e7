"""TOML front matter: tomllib says what it means, a small scanner where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Generator, Iterator
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

BLANK = re.compile(r"(?:[ \t\n\r]|#[^\n]*)*")
KEY = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')[ \t]*""")
STRING = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""{1,3}|\'\'\'(?:[^']|'(?!\'\'))*\'\'\'{1,3}'''
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'""",
    re.DOTALL,
)
BARE = re.compile(r"[^\s,#\]}]+(?: [0-9:.Zz+-]+)?")
PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@lru_cache(maxsize=64)
def read(content: str) -> Content:
    """Return what TOML says and where its texts stand.

    :raises Malformed: if it is not TOML.
    """
    try:
        meta = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        at = PLACE.search(str(error))
        line = int(at[1]) - 1 if at and at[1] else content.count("\n")
        problem = PLACE.sub("", str(error))
        raise Malformed(problem[:1].lower() + problem[1:], line) from error
    found = _Scanner(content).statements()
    return Content(meta, tuple(s for s in found if _get(meta, s.path) == s.text))


def table(content: str) -> Table:
    """Return where the keys above all headers stand, in content that must be valid."""
    scanner = _Scanner(content)
    for _ in scanner.statements():
        pass
    return Table(tuple(scanner.entries))


def candidates(scalar: Scalar, source: str, target: str) -> Iterator[str]:
    """Yield ways to write a text where a scalar stands, its own style first."""
    if scalar.style in ("'", "'''"):
        first = "\n" if source.startswith("'''\n") else ""
        yield scalar.style + first + target + scalar.tail + scalar.style
    if scalar.style == '"""':
        first = "\n" if source.startswith('"""\n') else ""
        inner = double_quoted(target)[1:-1].replace("\\n", "\n")
        yield f'"""{first}{inner}{scalar.tail}"""'
    yield double_quoted(target + scalar.tail)


def _get(meta: Any, path: tuple[str | int, ...]) -> Any:
    try:
        for part in path:
            meta = meta[part]
    except (KeyError, IndexError, TypeError):
        return None
    return meta.rstrip("\n") if isinstance(meta, str) else meta


class _Scanner:
    """Finds the string tokens of valid TOML and the paths that lead to them."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.pos = 0
        self.tables: dict[tuple[str | int, ...], int] = {}
        self.entries: list[KeyValue] = []

    def statements(self) -> Iterator[Scalar]:
        table: tuple[str | int, ...] = ()
        while self._skip() < len(self.content):
            if self.content.startswith("[[", self.pos):
                table = self._header(2)
                self.tables[table] = self.tables.get(table, -1) + 1
                table = (*table, self.tables[table])
            elif self.content.startswith("[", self.pos):
                table = self._header(1)
            else:
                entry = yield from self._pair(table)
                self.entries += [entry] if not table else []

    def _skip(self) -> int:
        found = BLANK.match(self.content, self.pos)
        self.pos = found.end() if found else self.pos
        return self.pos

    def _header(self, brackets: int) -> tuple[str | int, ...]:
        self.pos += brackets
        path: tuple[str | int, ...] = ()
        keys = self._keys()
        for i, key in enumerate(keys, 1):
            path = (*path, key)
            if path in self.tables and (i < len(keys) or brackets == 1):
                path = (*path, self.tables[path])
        self.pos += brackets
        return path

    def _keys(self) -> list[str]:
        keys = []
        while found := KEY.match(self.content, self.pos):
            keys.append(_value(found[1]) if found[1][0] in "\"'" else found[1])
            self.pos = found.end()
            if not self.content.startswith(".", self.pos):
                break
            self.pos += 1
        return keys

    def _pair(self, table: tuple[str | int, ...]) -> Generator[Scalar, None, KeyValue]:
        start, keys = self.pos, self._keys()
        self.pos += 1  # =
        after, value = self.pos, self._skip()
        yield from self._any((*table, *keys))
        key = keys[0] if len(keys) == 1 else ""  # a dotted one is that of a table
        return KeyValue(key, start, after, value, self.pos)

    def _any(self, path: tuple[str | int, ...]) -> Iterator[Scalar]:
        self._skip()
        char = self.content[self.pos : self.pos + 1]
        if char == "[":
            yield from self._members(path, "]")
        elif char == "{":
            yield from self._members(path, "}")
        elif found := STRING.match(self.content, self.pos):
            self.pos = found.end()
            yield _scalar(found, path)
        else:
            bare = BARE.match(self.content, self.pos)
            self.pos = bare.end() if bare else self.pos + 1

    def _members(self, path: tuple[str | int, ...], closes: str) -> Iterator[Scalar]:
        self.pos += 1
        index = 0
        while self._skip() < len(self.content):
            char = self.content[self.pos]
            if char == closes:
                self.pos += 1
                return
            if char == ",":
                self.pos += 1
            elif closes == "}":
                yield from self._pair(path)
            else:
                yield from self._any((*path, index))
                index += 1


def _scalar(found: re.Match[str], path: tuple[str | int, ...]) -> Scalar:
    token = found[0]
    style = token[:3] if token[:3] in ('"""', "'''") else token[0]
    value = _value(token)
    text = value.rstrip("\n") if len(style) == 3 else value
    return Scalar(path, text, *found.span(), style, value[len(text) :])


def _value(token: str) -> str:
    value: str = tomllib.loads(f"x = {token}")["x"]
    return value
