"""Tables of an HTML edition: one for both languages, set by its shape and the room that
a reader's page has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from math import ceil

from translate_flow.exporters.content.columns import Shape, names, overlong, same, shape
from translate_flow.exporters.content.sides import Side, numbers_in, worst
from translate_flow.exporters.html.marks import TEXT, anchor, anchors, badges
from translate_flow.exporters.inline.book import Book
from translate_flow.exporters.inline.writer import Writer, attributes
from translate_flow.model import Block, Content

LETTERS = 0.92
"""Rem that an em of a table's letters has."""
GAP = 3.25
"""Rem between two languages, at most."""
NEEDS = re.compile(r'<table class="grid need(\d+)')
"""How a table says how many rem it needs for one language."""


def table(book: Book, block: Block) -> str:
    """Return one table with its columns once per language, so that paired cells share
    a line."""
    own = shape(block, (writer.side for writer in book.writers))
    labels = [names(block, writer.side) for writer in book.writers]
    head, *rest = (
        f"<tr>{''.join(_cells(book, block, row, labels))}</tr>\n" for row in block.rows
    )
    once = "" if any(block.segments()) else " once"
    values = {
        "class": f"grid need{ceil(own.need * LETTERS)}{once}",
        "style": f"--tracks:{_tracks(own)};--turn:{len(own.least) + 1}",
    }
    return (
        f"<table{attributes(values)}>"
        f"<thead>{head}</thead><tbody>{''.join(rest)}</tbody></table>"
    )


def _cells(
    book: Book, block: Block, row: tuple[Content, ...], labels: list[list[str]]
) -> Iterator[str]:
    """Yield the cells of a row, of one language after the other."""
    head = row is block.rows[0]
    for n, writer in enumerate(book.writers):
        for i, content in enumerate(row):
            align = block.align[i] if i < len(block.align) else ""
            once = len(book.writers) > 1 and same(content)
            told = [label[i] for label in labels] if once else [labels[n][i]]
            values: dict[str, str | int | None] = {"style": f"--i:{i + 1}"}
            if not head and any(told):
                values["data-of"] = " · ".join(dict.fromkeys(filter(None, told)))
            if once and not head:
                values["data-own"] = labels[n][i]
            long = "long" if overlong(content, [writer.side]) else ""
            classes = (align, "same" if once else "", long)
            yield _cell(writer, content, classes, values, head=head)


def _cell(
    writer: Writer,
    content: Content,
    classes: Iterable[str],
    more: dict[str, str | int | None],
    *,
    head: bool,
) -> str:
    """Return one cell, under its column's name if it is one of the head."""
    side = writer.side
    numbers = numbers_in(content)
    state = worst(side.unfinished(numbers))
    classes = (*classes, "" if side.is_source else "other", state)
    text = " ".join(side.paragraphs(content))
    said = writer.inline(text) or _missing(side, numbers)
    inner = " ".join(filter(None, (badges(side, numbers), said)))
    tag = "th" if head and inner else "td"
    values = {
        "scope": "col" if tag == "th" else None,
        "lang": side.language,
        "id": anchor(side, numbers[0]) if numbers else None,
        "class": " ".join(filter(None, classes)),
        **more,
    }
    rest = anchors(side, numbers[1:])
    return f"<{tag}{attributes(values)}>{rest}{TEXT}>{inner}</span></{tag}>"


def _missing(side: Side, numbers: Iterable[int]) -> str:
    words = map(escape, side.absences(numbers))
    return "".join(f'<span class="quiet">{word}</span>' for word in words)


def _tracks(own: Shape) -> str:
    """Return the tracks of a grid: no column is narrower than its longest word, unless
    all of them together have no room."""
    whole = sum(own.least)
    return " ".join(
        f"minmax(min({least * LETTERS:.1f}rem,{least / whole:.1%}),{share:.0f}fr)"
        for least, share in zip(own.least, own.shares, strict=True)
    )


def style(page: str) -> str:
    """Return the style sheet of the tables on a page: from which room on each stands in
    one setting or another."""
    rules = (files(__package__) / "tables.css").read_text("utf-8")
    needs = sorted(set(map(int, NEEDS.findall(page))))
    return "".join(
        rules.replace("NEED", str(need)).replace("BOTH", f"{2 * need + GAP:g}")
        for need in needs
    )
