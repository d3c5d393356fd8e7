"""Texts of images and link definitions: alts and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ALT = r"(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*"
ADDRESS = r"(?:<[^<>\n]*>|(?!<)(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))+)?"
TITLE = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))"""
END = rf"\]\(\s*{ADDRESS}(?:\s+(?P<title>{TITLE}))?\s*\)|\]\[[^\[\]]+\]"
IMAGE = re.compile(rf"!\[(?P<alt>{ALT})(?:{END})", re.DOTALL)
LINK_END = re.compile(END, re.DOTALL)
DEFINITION = re.compile(
    rf"\[(?:\\.|[^\[\]\\])+\]:\s*(?:<(?:\\.|[^<>\\])*>|[^\s<]\S*)"
    rf"\s+(?P<title>{TITLE})\s*",
    re.DOTALL,
)
BETWEEN = re.compile(r"(?:\s|<br[ ]*/?>|\{[^{}\n]*\}|\\\n)*")


@dataclass(frozen=True, slots=True)
class LinkPart:
    """A text of an image or a link."""

    kind: Literal["alt", "title"]
    start: int
    end: int
    quote: str = ""
    """The sign that would end a title; both of a pair of brackets."""


def parts(text: str) -> tuple[LinkPart, ...] | None:
    """Return the alts and titles of a paragraph that is only images, which may be
    linked; None if there is anything else in it."""
    if not text.startswith(("![", "[![")):
        return None
    found: list[LinkPart] = []
    pos, linked = 0, False
    while pos < len(text):
        if not linked and text.startswith("[!", pos):
            linked, pos = True, pos + 1
        elif linked and (end := LINK_END.match(text, pos)):
            found += _title(end)
            linked, pos = False, end.end()
        elif image := IMAGE.match(text, pos):
            found += [LinkPart("alt", *image.span("alt")), *_title(image)]
            pos = image.end()
        else:
            return None
        between = BETWEEN.match(text, pos)
        pos = between.end() if between else pos
    return None if linked else tuple(found)


def definition(text: str) -> LinkPart | None:
    """Return the title of a link definition, if it has one."""
    found = DEFINITION.fullmatch(text)
    return next(_title(found), None) if found else None


def _title(found: re.Match[str]) -> Iterator[LinkPart]:
    if found["title"]:
        start, end = found.span("title")
        quote = "()" if found["title"][0] == "(" else found["title"][0]
        yield LinkPart("title", start + 1, end - 1, quote)
