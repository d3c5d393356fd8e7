"""What the readers of YAML and TOML front matter have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
CONTROL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')


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


@dataclass(frozen=True, slots=True)
class Content:
    """What front matter says, and where."""

    meta: Any
    scalars: tuple[Scalar, ...]


@dataclass
class Malformed(Exception):
    """Front matter that breaks the rules of its language."""

    problem: str
    line: int
    """0-based line in the content."""


def double_quoted(text: str) -> str:
    """Return a text in double quotes; YAML and TOML agree on these escapes."""
    return '"' + CONTROL.sub(lambda m: _escaped(m[0]), text) + '"'


def _escaped(char: str) -> str:
    return ESCAPES.get(char) or f"\\u{ord(char):04x}"
