"""Constructs of one line: ``[!NOTE]``, ``*[HTML]: ...``, ``[TOC]``, ``--8<--``,
``::: package.name``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_flow.article.blockstate import closing_line, line, opaque, spans

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

ALERT = re.compile(
    r"\[!(?P<name>[^\W\d][\w-]*)\][+-]?(?:[ \t]+(?P<title>\S.*?))?[ \t]*$"
)
"""The first line of a quotation that is a box."""
CONTENTS = re.compile(r"(?:\[TOC\]|\[\[_?toc_?\]\])[ \t]*$", re.IGNORECASE)
"""Where a generator puts the table of contents."""
ABBREVIATION = re.compile(r"\*\[[^\[\]\n]+\][ ]?:[ \t]*(?P<text>\S[^\n]*?)[ \t]*$")
SNIPPET = re.compile(r"-+8<-+(?P<file>[ \t]+\S.*)?[ \t]*$")
OBJECT = re.compile(r":::[ \t]*[^\W\d]\w*(?:\.\w+)+[ \t]*$")
"""mkdocstrings puts the documentation of a Python object here."""


def bracketed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``[!NOTE] Title`` first in a quotation, and ``[TOC]``."""
    if silent:
        return False
    text = line(state, start)
    if CONTENTS.match(text):
        return opaque(state, start, start + 1, silent)
    found = ALERT.match(text)
    above = state.tokens[-1].type if state.tokens else ""
    if found is None or above != "blockquote_open":
        return False
    token = state.push("alert", "", 0)
    token.map = [start, start + 1]
    at = state.bMarks[start] + state.tShift[start]
    title = found["title"] and (at + found.start("title"), at + found.end("title"))
    token.info = found["name"].lower()
    token.meta = {"name": token.info, "title": title or None, "form": "bare"}
    state.line = start + 1
    return True


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``*[HTML]: Hypertext Markup Language``."""
    found = ABBREVIATION.match(text := line(state, start))
    if found is None:
        return False
    if silent:
        return True
    token = state.push("abbreviation", "", 0)
    token.map = [start, start + 1]
    token.content = text
    token.info = text[: found.start("text")]
    token.meta = {"lines": spans(state, start, start + 1), "at": found.span("text")}
    state.line = start + 1
    return True


def snippet(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``--8<-- "file"``, or two such lines with files between them."""
    found = SNIPPET.match(line(state, start))
    if found is None:
        return False
    if found["file"]:
        return opaque(state, start, start + 1, silent)
    last = closing_line(state, start, end, SNIPPET)
    return last is not None and opaque(state, start, last + 1, silent)


def documented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``::: package.name`` and the indented options below it."""
    if OBJECT.match(line(state, start)) is None:
        return False
    last = start + 1
    inner = state.sCount[start] + 4
    while last < end and not state.isEmpty(last) and state.sCount[last] >= inner:
        last += 1
    return opaque(state, start, last, silent)
