"""The page as a browser is to print it: the HTML edition with a style for paper,
running titles, and short rows that stay on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from unicodedata import east_asian_width

from translate_flow.edition import Edition
from translate_flow.errors import FlowError
from translate_flow.exporters import Layout
from translate_flow.exporters.content.sides import sides
from translate_flow.exporters.html import export
from translate_flow.exporters.inline.whole import whole_words

POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page may load, whatever its template says: only what is in it. No script
runs."""

BEGINS_WITH = (
    '<!DOCTYPE html>\n<meta charset="utf-8">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
)
"""Stands before all that a template says: a policy binds only what comes after it, and
only in a head."""

SHORT = 750
"""Widths of Latin letters that a row has in all languages together, and that fill eight
lines: in two columns of half a page each, or on its whole breadth."""

DOCTYPE = re.compile(r"\s*<!doctype\b[^>]*>", re.IGNORECASE)
HEAD_ENDS = re.compile(r"<head\b[^>]*>.*?(?=</head\s*>)", re.IGNORECASE | re.DOTALL)
META = re.compile(r"<meta(?=[\s/>])", re.IGNORECASE)
"""What could send the browser on to another file. As ``<link`` it does nothing; no text
of an article holds it, for there ``<`` is escaped."""
IN_TEXT, IN_TABLES = 36, 12
"""Widths of Latin letters that fit on a line in a nested list, and in a narrow cell."""

BEGINS = '<div class="row '
ROW = re.compile(f"(?={BEGINS})")
BLANKS = re.compile(
    r"(?P<kept> <pre\b.*?</pre> | <br>(?:</\w+>)* ) [ \t\n\r\f]* | [ \t\n\r\f]+",
    re.VERBOSE | re.DOTALL,
)
"""What a browser shows as one blank; after a forced end of a line, as none."""
TAG = re.compile(r"<[^>]*>")


def paper(edition: Edition, layout: Layout) -> str:
    """Return the HTML to print.

    :raises FlowError: if the project's own template makes a page without a head.
    """
    html = "".join(map(_row, ROW.split(export(edition, layout=layout))))
    html = META.sub("<link", DOCTYPE.sub("", html, count=1))
    head = HEAD_ENDS.search(html)
    if head is None:
        message = "template: a page to print needs <head> and </head>"
        raise FlowError(message, "templates/edition.html")
    style = (files(__package__) / "print.css").read_text("utf-8")
    style = f"<style>\n{style}{_running(edition, layout)}</style>\n"
    return f"{BEGINS_WITH}{html[: head.end()]}{style}{html[head.end() :]}"


def titles(edition: Edition, layout: Layout) -> Iterator[str]:
    """Yield the title as plain text in each language that a layout shows."""
    for side in sides(edition, layout):
        yield side.title


def _running(edition: Edition, layout: Layout) -> str:
    """Return the titles that stand above every page but the first."""
    corners = zip(("left", "right"), titles(edition, layout), strict=False)
    boxes = (f"@top-{corner} {{ content: {_quoted(t)}; }}" for corner, t in corners)
    return f"@page {{ {' '.join(boxes)} }}\n"


def _quoted(text: str) -> str:
    """Return a text as CSS writes it; no sign in it can end the text or the style."""
    signs = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(signs)}"'


def _row(html: str) -> str:
    """Return a row with its blanks as print.css wants them, marked if it is too short
    to be split over two pages; anything else unchanged."""
    if not html.startswith(BEGINS):
        return html
    html = BLANKS.sub(lambda found: found["kept"] or " ", html)
    if "<pre" not in html:
        html = whole_words(html, IN_TABLES if "<table" in html else IN_TEXT)
    return html.replace('class="row ', 'class="row short ', 1) if _short(html) else html


def _short(row: str) -> bool:
    text = TAG.sub("", row)
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide <= SHORT
