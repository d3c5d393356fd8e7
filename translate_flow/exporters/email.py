"""Editions for mail and feeds: each block followed by its translation, styles on the
elements themselves, nothing that mail programs would strip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from translate_flow.exporters.content import tree
from translate_flow.exporters.content.columns import names, overlong, same, shape
from translate_flow.exporters.content.sides import TICKS, is_figure
from translate_flow.exporters.content.tree import Node, Piece, first_block
from translate_flow.exporters.content.words import phrase
from translate_flow.exporters.inline import told
from translate_flow.exporters.inline.book import Book, bound
from translate_flow.exporters.inline.tags import rewritten, values
from translate_flow.exporters.inline.told import Told
from translate_flow.exporters.inline.whole import TAGS
from translate_flow.exporters.inline.writer import Notes, Writer
from translate_flow.model import Block, Content

if TYPE_CHECKING:
    from translate_flow.edition import Edition
    from translate_flow.exporters import Layout

NAME = "email"
SUFFIX = "email.html"
LAYOUTS: tuple[Layout, ...] = ("interleaved", "source", "target")

CLIPPED, NEAR = 102_000, 92_000
"""Bytes of HTML beyond which Gmail hides the rest of a message, and from where on what
a mailing service adds may carry it there."""

FONT = (
    "-apple-system,'Segoe UI','Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',"
    "Arial,sans-serif"
)
PAGE = (
    f"max-width:640px;margin:0 auto;font:16px/1.65 {FONT};color:#222222;"
    "word-break:keep-all;overflow-wrap:break-word"
)
QUIET = "font-size:13px;line-height:1.5;color:#595959"
RULED = "margin:0 0 20px;padding:0 0 0 14px;border-left:3px solid #cccccc"
BOXED = "margin:0 0 20px;padding:14px 16px 0;border:1px solid #cccccc"
LISTED = "margin:0 0 16px;padding:0 0 0 26px"
CODE = (
    "margin:0 0 20px;padding:12px;background:#f4f4f4;color:#222222;"
    "white-space:pre-wrap;font:13px/1.5 Consolas,Menlo,monospace"
)
CELL = "padding:6px;border:1px solid #cccccc;vertical-align:top"
TABLE = "border-collapse:collapse;margin:0 0 20px;font-size:14px;line-height:1.5"
PHONE = 20
"""Ems of a table's letters that a phone has room for: mail knows no other page."""
RECORD = "margin:0;padding:8px 0;border-top:1px solid #cccccc"
NAME_OF = "font-size:13px;color:#595959"
LEAD = "font-size:18px;line-height:1.5"
INDENTED = "margin:0 0 0 24px"
UPRIGHT = "font-style:normal;font-weight:bold"
LIT = "background:#fff0b3;color:#4d3800"
LOOKS = {"term": "font-weight:bold", "label": "font-weight:bold", "caption": QUIET}
RULE = '<hr style="margin:28px 0;border:0;border-top:1px solid #cccccc">\n'
SIZES = {1: 26, 2: 21, 3: 18}
"""Letters of headings in pixels; all others are as large as the text."""
ABSOLUTE = re.compile(r"(?i)https?://|mailto:|tel:")
SOURCE = re.compile(r"(?i)\.mdx?(?:[?#]|$)")
NOWRAP = '<span style="white-space:nowrap">'


def export(edition: Edition, *, layout: Layout) -> str:
    """Return a whole message.

    :param layout: ``interleaved`` has each block followed by its translation,
        ``source`` and ``target`` show one language.
    """
    made = _message(edition, layout)
    title = "".join(made.heading())
    language = made.book.source.side.language
    return f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(told.title(edition, layout))}</title>
</head>
<body style="margin:0;padding:16px">
{_page(made, title)}</body>
</html>
"""


def fragment(edition: Edition, layout: Layout) -> str:
    """Return what stands in a message, without its title: the content of an entry in a
    feed."""
    return _page(_message(edition, layout))


def too_long(html: str) -> str | None:
    """Return a warning about a message that Gmail may cut off; None if it will not."""
    size = len(html.encode())
    if size < NEAR:
        return None
    more = "" if size > CLIPPED else ", and mailing services add to it"
    return (
        f"the message has {size / 1000:.0f} kB; Gmail hides what is beyond "
        f"{CLIPPED // 1000} kB{more}: send one language, or the beginning and a link"
    )


def _message(edition: Edition, layout: Layout) -> _Message:
    plain = replace(edition, images={}, base="")
    return _Message(bound(plain, layout, _MailWriter, _Marks))


def _page(made: _Message, title: str = "") -> str:
    edition = made.book.edition
    both = len(made.book.writers) > 1 and not edition.translatable
    fixed = ' translate="no"' if both else ""
    return f'<div{fixed} style="{PAGE}">\n{title}{made.body()}</div>\n'


class _Marks(Notes):
    """Marks of footnotes without links: mail programs strip anchors."""

    def mark(self, label: str, language: str, *, in_link: bool = False) -> str:
        return f"<sup>{self.number(label)}</sup>"


@dataclass(frozen=True)
class _MailWriter(Writer):
    """Writes links that work from everywhere, and images that are not on the web as
    links."""

    def inline(self, text: str) -> str:
        return self._mailed(super().inline(text))

    def raw(self, html: str) -> str:
        return self._mailed(super().raw(html))

    def _mailed(self, html: str) -> str:
        parts, opened = TAGS.split(told.bare(html, NOWRAP)), list[str]()
        for i in range(1, len(parts), 2):
            if parts[i].startswith("<a"):
                parts[i] = self._link(parts[i])
                opened.append("</a>" if parts[i] else "")
            elif parts[i] == "</a>":
                parts[i] = opened.pop()
        return "".join(parts)

    def _link(self, tag: str) -> str:
        """Return the tag of a link; empty if it leads nowhere from a message."""
        address = self._whole(values(tag).get("href", ""))
        if not address:
            return ""
        return rewritten(tag, lambda name, at: address if name == "href" else at)

    def _whole(self, address: str) -> str:
        """Return an address that works from everywhere; empty if there is none. Only an
        article's page is on the web, not the files beside it."""
        whole = urljoin(self.side.edition.home, address)
        if address.startswith("#") or not ABSOLUTE.match(whole):
            return ""
        return "" if SOURCE.search(whole) and whole != address else whole

    def _picture(self, tag: str, in_link: bool) -> str:
        found = values(tag)
        address, alt = found.get("src", ""), found.get("alt", "")
        language = self.side.language
        if own := self.side.edition.hosted.get(address):
            shown = f'src="{escape(own)}" alt="{escape(alt)}"'
            return f'<img {shown} style="max-width:100%;height:auto">'
        says = escape(": ".join(filter(None, [phrase("image", language), alt])))
        whole = self._whole(address)
        if in_link or not whole:
            return says
        return f'<a href="{escape(whole)}">{says}</a>'


@dataclass(frozen=True)
class _Message:
    book: Book

    def heading(self) -> Iterator[str]:
        """Yield the title in each language."""
        yield from _texts("h1", told.heading(self.book), _letters(1), last=14)

    def body(self) -> str:
        """Return all that stands below the title."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        for kind, lines in told.opening(self.book):
            yield from _texts("p", lines, LEAD if kind == "deck" else QUIET)
        for piece in tree.text(self.book.composed):
            yield from self._piece(piece, self.book.writers_of(first_block(piece)))
        yield from self._notes()
        yield RULE
        for kind, lines in told.closing(self.book, titled=True):
            yield from _texts("p", lines, "" if kind == "front" else QUIET)

    def _notes(self) -> Iterator[str]:
        writers = self.book.writers
        items = [
            "".join(self._item(tree.note_text(note), writers))
            for note in self.book.composed.noted(self.book.notes)
        ]
        if not items:
            return
        heads = told.notes_heading(self.book)
        yield from _texts("h2", heads, _letters(3), first=32, last=10)
        yield f'<ol style="{LISTED}">\n{"".join(items)}</ol>\n'

    # --- containers ---------------------------------------------------------

    def _piece(self, piece: Piece, writers: tuple[Writer, ...]) -> Iterator[str]:
        if isinstance(piece, Block):
            yield from _leaf(piece, writers)
        elif piece.container.kind == "list":
            yield from self._list(piece, writers)
        elif inner := "".join(self._inner(piece.inner, writers)):
            tag = "blockquote" if piece.container.kind == "quote" else "div"
            style = {"quote": RULED, "box": BOXED}.get(piece.container.kind, INDENTED)
            yield f'<{tag} style="{style}">\n{inner}</{tag}>\n'

    def _inner(
        self, inner: Iterable[Piece], writers: tuple[Writer, ...]
    ) -> Iterator[str]:
        for piece in inner:
            yield from self._piece(piece, writers)

    def _list(self, node: Node, writers: tuple[Writer, ...]) -> Iterator[str]:
        tag, start = "ol" if node.container.ordered else "ul", node.start
        first = f' start="{start}"' if tag == "ol" and start != 1 else ""
        yield f'<{tag}{first} style="{LISTED}">\n'
        for item in node.items:
            tick = TICKS[item.container.checked]
            yield from self._item(item.inner, writers, tick)
        yield f"</{tag}>\n"

    def _item(
        self, inner: tuple[Piece, ...], writers: tuple[Writer, ...], tick: str = ""
    ) -> Iterator[str]:
        lines, rest = told.first_text(inner, writers)
        below = "".join(self._inner(rest, writers))
        gap = "\n" if below else ""
        yield f'<li style="margin:0 0 8px">{tick}{_spans(lines)}{gap}{below}</li>\n'


# --- leaves -----------------------------------------------------------------


def _leaf(block: Block, writers: tuple[Writer, ...]) -> Iterator[str]:
    if block.kind == "table":
        yield _table(block, writers)
    elif block.kind == "html" and any(block.segments()):
        yield from map(_raw, writers, [block] * len(writers))
    elif block.kind in ("code", "rule", "html", "opaque"):
        yield _unpaired(block, writers[0])
    elif is_figure(block, writers[0].side.edition):
        yield from _figure(block, writers)
    elif block.kind == "heading":
        style = _letters(block.level)
        lines = told.said(block, writers)
        yield from _texts(f"h{block.level}", lines, style, first=32, last=10)
    else:
        yield from _texts("p", told.said(block, writers), LOOKS.get(block.kind, ""))


def _texts(
    tag: str,
    lines: Iterable[Told],
    style: str = "",
    *,
    first: int = 0,
    last: int = 20,
) -> Iterator[str]:
    """Yield texts as elements: those that belong together stand close.

    :param first: pixels above the first one.
    :param last: pixels below the last one.
    """
    lines = list(lines)
    for n, line in enumerate(lines, start=1):
        top = f"{first}px" if n == 1 and first else "0"
        margin = f"margin:{top} 0 {last if n == len(lines) else min(6, last)}px"
        styles = ";".join(filter(None, (margin, style)))
        lang = escape(line.language)
        yield f'<{tag} lang="{lang}" style="{styles}">{_styled(line)}</{tag}>\n'


def _spans(lines: Iterable[Told]) -> str:
    """Return texts as the lines of one element."""
    return "<br>".join(
        f'<span lang="{escape(line.language)}">{_styled(line)}</span>' for line in lines
    )


def _styled(line: Told) -> str:
    """Return a text with styles on its emphasis: Hangul has no italics."""
    html, korean = _lit(line.html), line.language.partition("-")[0].lower() == "ko"
    return html.replace("<em>", f'<em style="{UPRIGHT}">') if korean else html


def _lit(html: str) -> str:
    return html.replace("<mark>", f'<mark style="{LIT}">')


def _letters(level: int) -> str:
    return f"font-size:{SIZES.get(level, 16)}px;line-height:1.35"


def _table(block: Block, writers: tuple[Writer, ...]) -> str:
    """Return a table with both languages in each cell, as records if a phone has no
    room for it."""
    if shape(block, (w.side for w in writers)).setting(PHONE) == "records":
        labels = [names(block, writer.side) for writer in writers]
        records = (_record(row, writers, labels) for row in block.rows[1:])
        return f'<div style="margin:0 0 20px">\n{"".join(records)}</div>\n'
    rows = (_row(block, n, writers) for n in range(len(block.rows)))
    return f'<table style="{TABLE}">\n{"".join(rows)}</table>\n'


def _row(block: Block, n: int, writers: tuple[Writer, ...]) -> str:
    cells = ""
    tag = "td" if n else 'th scope="col"'
    for column, cell in enumerate(block.rows[n]):
        align = (block.align[column] if column < len(block.align) else "") or "left"
        style = f"{CELL};text-align:{align}"
        if overlong(cell, (w.side for w in writers)):
            style += ";overflow-wrap:anywhere"
        html = _spans(told.in_cell(cell, writers))
        cells += f'<{tag} style="{style}">{html}</{tag[:2]}>'
    return f"<tr>{cells}</tr>\n"


def _record(
    row: tuple[Content, ...], writers: tuple[Writer, ...], labels: list[list[str]]
) -> str:
    """Return a row as lines, each led by the name of its column."""
    lines: list[str] = []
    for column, cell in enumerate(row):
        own = [label[column] for label in labels]
        if same(cell):
            own = [" · ".join(dict.fromkeys(filter(None, own)))]
        for label, writer in zip(own, writers, strict=False):
            name = f'<span style="{NAME_OF}">{escape(label)}</span> ' if label else ""
            if said := _spans(told.told(writer, cell)):
                lang = escape(writer.side.language)
                lines.append(f'<span lang="{lang}">{name}{said}</span>')
    return f'<p style="{RECORD}">{"<br>".join(lines)}</p>\n'


def _raw(writer: Writer, block: Block) -> str:
    html = _lit(told.raw(writer, block))
    lang = escape(writer.side.language)
    return f'<div lang="{lang}" style="margin:0 0 20px">{html}</div>\n' if html else ""


def _unpaired(block: Block, writer: Writer) -> str:
    """Return what has no text to translate."""
    kind, text = told.unpaired(writer, block)
    if kind == "rule":
        return RULE
    if kind == "html":
        return f'<div style="margin:0 0 20px">{text}</div>\n'
    lines = f'<pre style="{CODE}">{escape(text, quote=False)}</pre>\n'
    return lines if kind == "code" else ""


def _figure(block: Block, writers: tuple[Writer, ...]) -> Iterator[str]:
    """Yield images once; where they are links, in each language, which say what they
    show."""
    first, *others = (told.told(writer, block.content) for writer in writers)
    shown = any("<img " in line.html for line in first)
    lines = first if shown else [*first, *(line for one in others for line in one)]
    yield from _texts("p", lines, QUIET)
