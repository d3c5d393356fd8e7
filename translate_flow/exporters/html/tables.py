"""Tables of an HTML edition: one for both languages, folded on phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from translate_flow.exporters.content.columns import in_column, letters
from translate_flow.exporters.content.sides import Side, numbers_in, worst
from translate_flow.exporters.html.marks import TEXT, anchor, anchors, badges
from translate_flow.exporters.inline.book import Book
from translate_flow.exporters.inline.writer import Writer, attributes
from translate_flow.model import Block, Content


def table(book: Book, block: Block) -> str:
    """Return one table with its columns once per language, so that paired cells share
    a line; the style sheet folds it on phones."""
    head, *rest = ("".join(_table_row(book, block, row)) for row in block.rows)
    columns = range(max(len(row) for row in block.rows))
    tracks = " ".join(_track(book, block, i) for i in columns)
    style = f"--tracks:{tracks};--turn:{len(columns) + 2}"
    return (
        f'<div class="scroll" tabindex="0"><table style="{style}">'
        f"<thead>{head}</thead><tbody>{''.join(rest)}</tbody></table></div>"
    )


def _table_row(book: Book, block: Block, row: tuple[Content, ...]) -> Iterator[str]:
    yield "<tr>"
    head = row is block.rows[0]
    for writer in book.writers:
        for i, content in enumerate(row):
            align = block.align[i] if i < len(block.align) else ""
            turn = "turn" if i == 0 and writer is not book.source else ""
            yield _table_cell(writer, content, (turn, align), head=head)
    yield "</tr>\n"


def _table_cell(
    writer: Writer, content: Content, names: Iterable[str], *, head: bool
) -> str:
    """Return one cell, under its column's name if it is one of the head."""
    side = writer.side
    numbers = numbers_in(content)
    state = worst(side.unfinished(numbers))
    names = (*names, "" if side.is_source else "other", state)
    text = " ".join(side.paragraphs(content))
    said = writer.inline(text) or _missing(side, numbers)
    inner = " ".join(filter(None, (badges(side, numbers), said)))
    tag = "th" if head and inner else "td"
    values = {
        "scope": "col" if tag == "th" else None,
        "lang": side.language,
        "id": anchor(side, numbers[0]) if numbers else None,
        "class": " ".join(filter(None, names)),
    }
    rest = anchors(side, numbers[1:])
    return f"<{tag}{attributes(values)}>{rest}{TEXT}>{inner}</span></{tag}>"


def _missing(side: Side, numbers: Iterable[int]) -> str:
    words = map(escape, side.absences(numbers))
    return "".join(f'<span class="quiet">{word}</span>' for word in words)


def _track(book: Book, block: Block, i: int) -> str:
    """Return a column's share of the width: by the length of its texts in both
    languages, but no less than their longest word."""
    texts = in_column(block, i, (writer.side for writer in book.writers))
    word = max((letters(word) for text in texts for word in text.split()), default=0)
    least = 0.54 * max(5, min(24, word)) + 0.6
    share = max(4, min(30, max(map(letters, texts), default=0)), min(24, word))
    return f"minmax({least:.1f}rem,{share}fr)"
