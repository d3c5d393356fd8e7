"""Where a segment stands in its article, and how a target is written there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from translate_flow.article.escape import (
    TASK,
    escape,
    escape_line_starts,
    fold,
    heading_tail,
)
from translate_flow.article.html import collapse
from translate_flow.model import Part, Segment

Form = Literal[
    "blocks", "lines", "heading", "line", "cell", "alt", "title", "html", "label",
    "attribute", "parameter", "front",
]  # fmt: skip
"""``blocks`` may hold several paragraphs, ``lines`` hard breaks (a heading that is
underlined), all others one line. In an ``attribute`` of HTML or Liquid quotes are
entities, in a ``parameter`` of Hugo or a string of MDX they have backslashes."""

FIRMEST = 2
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
NEWLINES = re.compile(r"\r\n?")
HARD_BREAK = re.compile(r"(?: {2,}|(?<!\\)(?:\\\\)*\\)\n")
BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)
NESTED = re.compile(r"(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*", re.DOTALL)
UNESCAPED = r"(?<!\\)((?:\\\\)*)"


class Refusal(Exception):
    """A target that cannot stand in its place; says why."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a target is written where its segment stands."""

    form: Form
    prefix: str = ""
    """What further lines begin with: the markers and indents of the containers."""

    opens: bool = True
    """Whether the text begins a line of its own, so that it could open a block."""

    ticks: bool = False
    """Whether the text begins a list item, so that ``[x]`` would tick it."""

    folded: bool = False
    """Whether the text stands on several lines."""

    quote: str = ""
    """For titles, labels and the like: what encloses the text."""

    in_cell: bool = False
    """Whether it is such a text in a cell of a table, where a pipe would end it."""


class Slot(NamedTuple):
    """A segment and the characters that a target replaces."""

    segment: Segment
    start: int
    """Offset in the article's body; for front matter in its content."""

    end: int
    place: Rendering
    element: int = -1
    """Index of its paragraph among the elements of the block structure."""

    root: int = 0
    """Index of the outermost block it is in."""


class Root(NamedTuple):
    """An outermost block of an article's body."""

    line: int
    """0-based line of the body where it begins."""

    element: int
    """Its index among the elements of the block structure."""

    part: Part | None = None
    """The part that it belongs to."""

    directive: bool = False
    """Whether it is nothing but a word to tflow."""


class Stretch(NamedTuple):
    """Lines of the body that can go by themselves, and the segments in them: a list
    item, a quotation, a paragraph in one, a row of a table."""

    first: int
    """0-based line where it begins."""

    end: int
    """0-based line after it."""

    segments: range


def write(place: Rendering, target: str, *, firmly: int = 0) -> str:
    """Return a target as it stands in the article, lines ended by ``\\n``.

    :param firmly: up to ``FIRMEST``: also escape what is harmless by itself, but
        perhaps not where it stands.
    :raises Refusal: if it cannot stand there.
    """
    target = NEWLINES.sub("\n", target).strip("\n").lstrip("\ufeff")
    if not target.strip():
        raise Refusal("is empty")
    if "\0" in target:
        raise Refusal("holds a NUL character")
    written = WRITERS[place.form](place, target, firmly)
    return written.replace("|", "\\|") if place.in_cell else written


def blocks(place: Rendering, target: str) -> int:
    """Return how many blocks a target will be in its place."""
    if place.form != "blocks":
        return 1
    target = NEWLINES.sub("\n", target).strip()
    return len(BLANK_LINES.split(target))


def _blocks(place: Rendering, target: str, firmly: int) -> str:
    parts = BLANK_LINES.split(target.strip())
    blank = "\n" + place.prefix.rstrip(" \t")
    return f"{blank}\n{place.prefix}".join(
        _lines(place, part, firmly, first=i == 0) for i, part in enumerate(parts)
    )


def _lines(place: Rendering, text: str, firmly: int, *, first: bool = True) -> str:
    rows = [row.lstrip(" \t") for row in text.strip(" \t").split("\n")]
    if first and place.ticks and TASK.match(rows[0]):
        rows[0] = escape(rows[0])
    if firmly and place.folded and len(rows) == 1:
        rows = fold(rows[0])
    rows = escape_line_starts(rows, opens=place.opens or not first, firmly=firmly)
    return f"\n{place.prefix}".join(rows)


def _one_block(place: Rendering, target: str, firmly: int) -> str:
    _refuse_blocks(target)
    return _lines(place, target, firmly)


def _heading(place: Rendering, target: str, firmly: int) -> str:
    return heading_tail(_one_line(target))


def _line(place: Rendering, target: str, firmly: int) -> str:
    text = _one_line(target)
    return escape_line_starts([text], opens=place.opens, firmly=firmly)[0]


def _cell(place: Rendering, target: str, firmly: int) -> str:
    text = _one_line(target).replace("|", "\\|")
    if place.opens:
        text = escape_line_starts([text], opens=True, firmly=firmly)[0]
    return f"{text} " if text.endswith("\\") else text


def _alt(place: Rendering, target: str, firmly: int) -> str:
    text = _closed(_one_line(target))
    if NESTED.fullmatch(text):
        return text
    return BRACKETS.sub(lambda m: m[0] if len(m[0]) > 1 else f"\\{m[0]}", text)


def _title(place: Rendering, target: str, firmly: int) -> str:
    text = _closed(_one_line(target))
    signs = re.escape(place.quote)
    return re.sub(rf"{UNESCAPED}([{signs}])", r"\1\\\2", text)


def _html(place: Rendering, target: str, firmly: int) -> str:
    _refuse_blocks(target)
    return collapse(target).strip()


def _label(place: Rendering, target: str, firmly: int) -> str:
    text = _one_line(target)
    if place.quote == '"':
        return text.replace('"', "&quot;")
    if place.quote == "[]":
        return _alt(place, text, firmly)
    return text


def _attribute(place: Rendering, target: str, firmly: int) -> str:
    text = _one_line(target)
    if firmly and place.folded:  # on one line its tag might be a block of its own
        one, _, rest = text.partition(" ")
        text = f"{one}\n{place.prefix}{rest}"
    if not place.quote:
        return f'"{text.replace(chr(34), "&quot;")}"'
    return text.replace(place.quote, "&quot;" if place.quote == '"' else "&#39;")


def _parameter(place: Rendering, target: str, firmly: int) -> str:
    text = _one_line(target)
    if place.quote != "`":
        return re.sub(rf"[\\{place.quote}]", r"\\\g<0>", text)
    if set("`\\$") & set(text):
        raise Refusal("has a sign that cannot stand between backticks")
    return text


WRITERS: dict[Form, Callable[[Rendering, str, int], str]] = {
    "blocks": _blocks,
    "lines": _one_block,
    "heading": _heading,
    "line": _line,
    "cell": _cell,
    "alt": _alt,
    "title": _title,
    "html": _html,
    "label": _label,
    "attribute": _attribute,
    "parameter": _parameter,
}


def _refuse_blocks(target: str) -> None:
    if BLANK_LINES.search(target.strip()):
        raise Refusal("has a blank line, but only one block fits here")


def _one_line(target: str) -> str:
    target = target.strip()
    _refuse_blocks(target)
    if HARD_BREAK.search(target):
        raise Refusal("has a line break, but only one line fits here")
    return re.sub(r"[ \t]*\n[ \t]*", " ", target)


def _closed(text: str) -> str:
    """Double a last backslash, or it would escape what encloses the text."""
    slashes = len(text) - len(text.rstrip("\\"))
    return text + "\\" if slashes % 2 else text
