"""What the readers of YAML, TOML and JSON front matter have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
CONTROL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
"""What is escaped: readers differ in what breaks a line, and in what they refuse."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text in front matter."""

    path: tuple[str | int, ...]
    """Keys and list indexes that lead to it."""

    text: str
    start: int
    """Offset in the front matter's content."""

    end: int
    style: str
    """How it is written: the quotes, ``|``, ``>`` or empty for plain."""

    tail: str = ""
    """Line ends after the text that belong to its value."""

    repeats: tuple[tuple[str | int, ...], ...] = ()
    """Other paths to the same text: aliases of YAML."""

    inside: bool = False
    """Whether it stands in a list or map of YAML that is written in brackets."""


@dataclass(frozen=True, slots=True)
class Content:
    """What front matter says, and where."""

    meta: Any
    scalars: tuple[Scalar, ...]
    twice: tuple[tuple[str, int], ...] = ()
    """Keys that stand more than once in one map of YAML, and 0-based lines: what the
    last of them says is read, as Jekyll does."""


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A key of the top level and its value, by their offsets in the content."""

    key: str
    start: int
    after: int
    """Behind the sign between the key and its value."""

    value: int
    """Where the value begins."""

    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of the top level, in order of place."""

    entries: tuple[KeyValue, ...]
    indent: str = ""
    """What stands before each of them, where each has a line of its own."""

    braces: int = 0
    """Where they begin, if they stand in braces; 0 if they do not."""


@dataclass
class Malformed(Exception):
    """Front matter that breaks the rules of its language."""

    problem: str
    line: int
    """0-based line in the content."""


DEEPEST = 100
"""Levels of lists and tables in each other that front matter may have."""
MOST = 100_000
"""Values that it may have, those counted again that an alias repeats."""


NESTED = re.compile(rf"[\[{{]|[\]}}]|(?:[-?][ \t]+){{{DEEPEST + 1}}}")


def refuse_depth(content: str) -> None:
    """Stop at brackets that are nested too deeply, before anybody reads them.

    :raises Malformed: naming the line.
    """
    depth = 0
    for found in NESTED.finditer(content):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], DEEPEST + 1)
        depth = max(depth, 0)
        if depth > DEEPEST:
            line = content.count("\n", 0, found.start())
            raise Malformed("it is nested too deeply", line)


def refuse_excess(meta: Any) -> None:
    """Stop at what nobody writes, before it costs more than anybody has: few lines of
    YAML can stand for billions of values, or for one without an end.

    :raises Malformed: if it is nested too deeply, or aliases make too much of it.
    """
    if _weight(meta, 0, {}) > MOST:
        raise Malformed("its aliases stand for too many values", 0)


def _weight(value: Any, depth: int, known: dict[int, int]) -> int:
    """Return how many values there are in one, with itself."""
    if not isinstance(value, dict | list):
        return 1
    if depth > DEEPEST:
        raise Malformed("it is nested too deeply", 0)
    if id(value) not in known:
        inner = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_weight(one, depth + 1, known) for one in inner)
    return known[id(value)]


def double_quoted(text: str) -> str:
    """Return a text in double quotes; YAML, TOML and JSON agree on these
    escapes."""
    return '"' + CONTROL.sub(lambda m: _escaped(m[0]), text) + '"'


def _escaped(char: str) -> str:
    return ESCAPES.get(char) or f"\\u{ord(char):04x}"
