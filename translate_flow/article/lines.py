"""The text of a block and where each of its lines stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from translate_flow.article.blockstate import Span
from translate_flow.article.places import UNESCAPED

INDENT = " \t"
MARKERS = re.compile(
    r"(?P<note>\[\^[^\]\n]+\]:[ \t]*)|(?P<quote>>)|(?P<blank>[ \t]+)|(?P<other>.)"
)
PIPE = re.compile(r"\\\|")
BACKSLASH = re.compile(rf"{UNESCAPED}\\$")


class Lines(NamedTuple):
    """A text that was put together from lines of the source."""

    text: str
    starts: tuple[Span, ...]
    """Offsets in the text and in the source, line by line."""

    def at(self, offset: int) -> int:
        """Return where a character of the text stands in the source."""
        if len(self.starts) == 1:
            i = 0
        else:
            i = bisect_right(self.starts, offset, key=lambda pair: pair[0]) - 1
        mine, source = self.starts[i]
        return source + offset - mine

    def without(self, count: int) -> Lines:
        """Return the text without its first characters, which are on one line."""
        (_, source), *rest = self.starts
        starts = ((0, source + count), *((a - count, b) for a, b in rest))
        return Lines(self.text[count:], starts)


def flowing(body: str, spans: Sequence[Span]) -> Lines:
    """Return the text of a paragraph: soft line breaks are one space, hard ones keep
    their newline.

    :param spans: its lines, without indents and markers of containers.
    """
    if len(spans) == 1:
        start, end = spans[0]
        return Lines(body[start:end].rstrip(INDENT), ((0, start),))
    starts, parts = [], []
    offset, last = 0, len(spans) - 1
    for i, (start, end) in enumerate(spans):
        row = body[start:end]
        text = row.rstrip(INDENT)
        if i < last:
            text += _line_break(row, text)
        starts.append((offset, start))
        parts.append(text)
        offset += len(text)
    return Lines("".join(parts), tuple(starts))


def verbatim(body: str, spans: Sequence[Span]) -> Lines:
    """Return lines as they are, with a newline between them."""
    starts, offset = [], 0
    for start, end in spans:
        starts.append((offset, start))
        offset += end - start + 1
    return Lines("\n".join(body[a:b] for a, b in spans), tuple(starts))


def prefix(row: str) -> str:
    """Return what a further line of a paragraph begins with.

    :param row: what stands before its first line: quote markers stay, list markers
        become blanks, a footnote's label becomes its four columns.
    """
    return MARKERS.sub(_continued, row) if row else ""


def cells(row: str, offset: int) -> list[Span]:
    """Return the trimmed spans of the cells of a table row."""
    edges, escaped = [-1], False
    for at, char in enumerate(row):
        if char == "|" and not escaped:
            edges.append(at)
        escaped = char == "\\"
    edges.append(len(row))
    spans = []
    for i, (left, right) in enumerate(pairwise(edges)):
        text = row[left + 1 : right]
        if not text.strip() and i in (0, len(edges) - 2):
            continue
        start = left + 1 + len(text) - len(text.lstrip())
        spans.append((offset + start, offset + start + len(text.strip())))
    return spans


def unescaped(body: str, start: int, end: int) -> Lines:
    """Return the text of a cell, in which ``\\|`` is a pipe."""
    starts, parts, done, offset = [], [], start, 0
    for found in PIPE.finditer(body, start, end):
        starts.append((offset, done))
        parts.append(body[done : found.start()])
        offset += found.start() - done
        done = found.start() + 1
    starts.append((offset, done))
    return Lines("".join((*parts, body[done:end])), tuple(starts))


def _continued(found: re.Match[str]) -> str:
    if found["note"]:
        return "    "
    return " " if found["other"] else found[0]


def _line_break(row: str, text: str) -> str:
    """Return what a line ends with in a segment: a hard break keeps its newline."""
    if row.endswith("  "):
        return "  \n"
    if row == text and row.endswith("\\") and BACKSLASH.search(text):
        return "\n"
    return " "
