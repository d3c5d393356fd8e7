"""The content of a post: the article's blocks as WordPress' own, pair by pair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content import tree
from translate_flow.exporters.content.composition import Note, captions, pictured
from translate_flow.exporters.content.sides import TICKS, is_figure
from translate_flow.exporters.content.tree import (
    Node,
    Piece,
    first_block,
    is_paired,
    note_text,
)
from translate_flow.exporters.inline.book import Book, bound
from translate_flow.exporters.inline.tags import anchor_tags, values
from translate_flow.exporters.inline.told import (
    Row,
    Told,
    bare,
    closing,
    first_text,
    heading,
    in_cell,
    notes_heading,
    opening,
    raw,
    said,
    told,
    unpaired,
)
from translate_flow.exporters.inline.writer import Writer, note_id
from translate_flow.exporters.wordpress import blocks as wp
from translate_flow.model import Block

IMG = re.compile(r"<img [^>]*>")


@dataclass(frozen=True)
class PostWriter(Writer):
    """Writes images by their addresses: a blog shows them from its own."""

    def _picture(self, tag: str, in_link: bool) -> str:
        found = values(tag)
        address, alt = found.get("src", ""), found.get("alt", "")
        if not address:
            return escape(alt)
        return f'<img src="{escape(address)}" alt="{escape(alt)}">'


def post(edition: Edition, layout: Layout, *, titled: bool = False) -> str:
    """Return the whole content of a post.

    :param titled: whether the title stands above it, in each language.
    """
    plain = replace(edition, images={}, base="")
    made = _Post(
        bound(plain, layout, PostWriter), facing=layout == "facing", titled=titled
    )
    return wp.without_shortcodes(wp.joined(made.parts())) + "\n"


@dataclass(frozen=True)
class _Post:
    book: Book
    facing: bool = False
    titled: bool = False

    @property
    def _edition(self) -> Edition:
        return self.book.edition

    def parts(self) -> Iterator[str]:
        """Yield the blocks of the post."""
        yield wp.raw(anchor_tags(self._titled()))
        if self.titled:
            yield self._row(heading(self.book), lambda html: wp.heading(2, html))
        yield from self._rows(opening(self.book))
        for piece in tree.text(self.book.composed):
            yield self._top(piece)
        if notes := self._notes():
            yield notes
        yield wp.separator()
        yield from self._rows(closing(self.book, titled=False))

    def _titled(self) -> Iterator[str]:
        """Yield the ids of a heading that is the title of the post, if the article
        links to them."""
        composed = self.book.composed
        block = Block("heading", line=composed.title_line(composed.title))
        for side in composed.sides:
            yield from (one for one in side.anchors.of(block) if one in side.linked)

    # --- rows of both languages ---------------------------------------------

    def _rows(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield texts as paragraphs, small ones that follow each other as one pair."""
        for small, group in groupby(rows, lambda row: row[0] not in ("deck", "front")):
            if lines := [line for _, lines in group for line in lines]:
                yield self._row(lines, wp.small if small else wp.paragraph)

    def _row(self, lines: list[Told], write: Callable[[str], str]) -> str:
        if not self.facing:
            return wp.joined(write(wp.spans([line])) for line in lines)
        return self._columns(
            wp.joined(
                write(wp.spans([line]))
                for line in lines
                if line.is_source == writer.side.is_source
            )
            for writer in self.book.writers
        )

    def _columns(self, sides: Iterable[str]) -> str:
        languages = (writer.side.language for writer in self.book.writers)
        named = dict(zip(languages, sides, strict=True))
        return wp.columns(named, translatable=self._edition.translatable)

    def _top(self, piece: Piece) -> str:
        """Return an outermost block of the article, in columns if it has two sides."""
        writers = self.book.writers_of(first_block(piece))
        paired = len(writers) > 1 and is_paired(piece, self._edition)
        if self.facing and paired:
            return self._columns(self._piece(piece, (writer,)) for writer in writers)
        return self._piece(piece, writers)

    # --- containers ---------------------------------------------------------

    def _inner(self, inner: Iterable[Piece], writers: tuple[Writer, ...]) -> str:
        return wp.joined(self._piece(piece, writers) for piece in inner)

    def _piece(self, piece: Piece, writers: tuple[Writer, ...]) -> str:
        if isinstance(piece, Block):
            return self._leaf(piece, writers)
        container = piece.container
        if container.kind == "list":
            return self._list(piece, writers)
        if container.kind == "box" and container.name.lower() == "details":
            return self._details(piece, writers)
        inner = self._inner(piece.inner, writers)
        if container.kind == "quote":
            return wp.quote(inner)
        return wp.box(inner) if container.kind == "box" else inner

    def _list(self, node: Node, writers: tuple[Writer, ...]) -> str:
        return wp.listing(
            (self._item(one, writers) for one in node.items),
            ordered=node.container.ordered,
            start=node.start,
        )

    def _item(self, item: Node, writers: tuple[Writer, ...]) -> str:
        tick = TICKS[item.container.checked]
        lines, rest = first_text(item.inner, writers)
        return wp.item(tick + wp.spans(lines), self._inner(rest, writers))

    def _details(self, node: Node, writers: tuple[Writer, ...]) -> str:
        summary, rest = first_text(node.inner, writers)
        return wp.details(wp.spans(summary), self._inner(rest, writers))

    # --- leaves -------------------------------------------------------------

    def _leaf(self, block: Block, writers: tuple[Writer, ...]) -> str:
        if block.kind == "html" and any(block.segments()):
            return wp.joined(_named(_html(w, block), w, block) for w in writers)
        if block.kind in ("table", "code", "rule", "html", "opaque"):
            table = block.kind == "table"
            made = _table(block, writers) if table else _unpaired(block, writers[0])
            return _named(made, writers[0], block)
        if is_figure(block, self._edition):
            return _named(_figure(block, writers), writers[0], block)
        if block.kind == "heading":
            return wp.joined(_heading(block, line) for line in said(block, writers))
        lines = (wp.spans([line]) for line in said(block, writers))
        if block.kind in ("term", "label"):
            lines = (f"<strong>{line}</strong>" for line in lines)
        write = wp.small if block.kind == "caption" else wp.paragraph
        return wp.joined(map(write, lines))

    # --- footnotes ----------------------------------------------------------

    def _notes(self) -> str:
        """Return the footnotes under their own heading."""
        groups = [(w,) for w in self.book.writers]
        lists = groups if self.facing else [self.book.writers]
        items: list[list[str]] = [[] for _ in lists]
        for note in self.book.composed.noted(self.book.notes):
            for writers, made in zip(lists, items, strict=True):
                made.append(self._note(note, writers))
        if not any(items[0]):
            return ""
        names = notes_heading(self.book)
        heads = [[name] for name in names] if self.facing else [names]
        made = [
            wp.joined([wp.heading(2, wp.spans(head)), wp.listing(one, ordered=True)])
            for head, one in zip(heads, items, strict=True)
        ]
        return self._columns(made) if self.facing else wp.joined(made)

    def _note(self, note: Note, writers: tuple[Writer, ...]) -> str:
        """Return a note as an item; what leads back is what marks lead to."""
        lines, rest = first_text(note_text(note), writers)
        below = self._inner(rest, writers)
        backs = {w.side.language: _back(w, note.label) for w in writers}
        lines = [
            replace(line, html=line.html + backs.pop(line.language, ""))
            for line in lines
        ]
        return wp.item(wp.spans(lines) + "".join(backs.values()), below)


def _back(writer: Writer, label: str) -> str:
    language = writer.side.language
    place = note_id(writer.notes.number(label), language)
    link = bare(writer.notes.back(label, language))
    return link.replace("<a ", f'<a id="{place}" ', 1)


def _heading(block: Block, line: Told) -> str:
    name, rest = next(iter(line.ids), ""), line.ids[1:]
    return wp.heading(max(2, block.level), wp.spans([replace(line, ids=rest)]), name)


def _named(html: str, writer: Writer, block: Block) -> str:
    """Return a block below what links in the article to it lead to."""
    ids = wp.raw(anchor_tags(writer.side.anchors.of(block)))
    return wp.joined([ids, html]) if html else ""


def _table(block: Block, writers: tuple[Writer, ...]) -> str:
    """Return a table; of two languages, both stand in each cell."""
    rows = ([wp.spans(in_cell(cell, writers)) for cell in row] for row in block.rows)
    return wp.table(rows, block.align)


def _html(writer: Writer, block: Block) -> str:
    html = raw(writer, block)
    language = escape(writer.side.language)
    return wp.raw(f'<div lang="{language}">{html}</div>') if html else ""


def _unpaired(block: Block, writer: Writer) -> str:
    """Return what has no text to translate."""
    kind, text = unpaired(writer, block)
    if kind == "rule":
        return wp.separator()
    if kind == "html":
        return wp.raw(text)
    return wp.code(text) if kind == "code" else ""


def _figure(block: Block, writers: tuple[Writer, ...]) -> str:
    """Return images once, and under them what each language says of them."""
    sides = tuple(writer.side for writer in writers)
    html = bare(writers[0].inline(pictured(block, sides)))
    numbers = ((w, n) for w in writers for n in captions(block, w.side))
    caption = wp.spans(line for w, n in numbers for line in told(w, (n,)))
    found = IMG.findall(html)
    if "<a " in html or not found:
        return wp.joined([wp.paragraph(html), wp.small(caption)])
    below = [""] * (len(found) - 1) + [caption]
    return wp.joined(map(wp.image, found, below))
