"""Markdown that fits into one cell of a table, whatever HTML is in it."""

from __future__ import annotations

import re

from translate_flow.exporters.content.sides import BLANK_LINES
from translate_flow.exporters.inline.whole import INLINE, VOID
from translate_flow.exporters.inline.writer import BLOCKS, clean
from translate_flow.text.mask import HIDDEN

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)[^>]*>|<[!?]")
NAME = re.compile(r"</?([A-Za-z][\w:.-]*)")


def cell(text: str) -> str:
    """Return Markdown of any length as one line: breaks are tags, pipes escaped, and
    tags that could end the cell are told as text."""
    text = HIDDEN.sub(_harmless, text.strip())
    parts = BLANK_LINES.split(text)
    lines = [re.sub(r"[ \t]*\\?\n[ \t]*", "<br>", part) for part in parts]
    return re.sub(r"(?<!\\)\|", r"\\|", "<br><br>".join(lines))


def html_cell(html: str) -> str:
    """Return an HTML block as one line that cannot end its cell: unchanged if its tags
    are harmless and nest, else mended."""
    html = html if _nests(html) else clean(html, BLOCKS)
    return re.sub(r"(?<!\\)\|", r"\\|", re.sub(r"\s*\n\s*", " ", html.strip()))


def _harmless(found: re.Match[str]) -> str:
    name = NAME.match(found["tag"] or "")
    if name is None or name[1].lower() in INLINE:
        return found[0]
    return "&lt;" + found[0][1:]


def _nests(html: str) -> bool:
    """Whether tags are known, and close in the order in which they opened."""
    opened: list[str] = []
    for tag in TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if name not in BLOCKS:
            return False
        if tag["close"]:
            if not opened or opened.pop() != name:
                return False
        elif name not in VOID:
            opened.append(name)
    return not opened
