"""What each side is told, as HTML without the marks of our own page: for WordPress and
mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import TypeAlias

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.composition import Legend
from translate_flow.exporters.content.credits import Credit
from translate_flow.exporters.content.sides import (
    VISIBLE,
    Side,
    box_title,
    is_figure,
    numbers_in,
    sides,
    silent,
    worst,
)
from translate_flow.exporters.content.tree import Piece
from translate_flow.exporters.content.words import marker
from translate_flow.exporters.inline.book import Book
from translate_flow.exporters.inline.tags import rewritten
from translate_flow.exporters.inline.verbatim import OPENS
from translate_flow.exporters.inline.whole import TAGS
from translate_flow.exporters.inline.writer import Writer
from translate_flow.model import Block, Content

ADDED = ("class", "rel")
"""What writers add to tags for our own pages."""
WHOLE = '<span class="whole">'


@dataclass(frozen=True, slots=True)
class Told:
    """A text of one side."""

    language: str
    html: str
    """Inline HTML, harmless and well formed."""

    is_source: bool = True
    ids: tuple[str, ...] = ()
    """Where links in the article lead, if they lead here."""


Row: TypeAlias = tuple[str, list[Told]]
"""A kind, ``deck``, ``credits`` …, and texts that stand around the article's blocks."""


# --- texts ------------------------------------------------------------------


def told(writer: Writer, content: Content) -> list[Told]:
    """Return the paragraphs of a text on one side: unfinished ones marked, a quiet word
    for an absent one."""
    side, numbers = writer.side, numbers_in(content)
    lines = [bare(writer.inline(part)) for part in side.paragraphs(content)]
    marks = marked(side, numbers)
    if not lines and not marks:
        lines = [f"<small>{escape(word)}</small>" for word in side.absences(numbers)]
    if marks:
        lines[:1] = [" ".join([marks, *lines[:1]])]
    foreign = bool(numbers) and side.stands_in(numbers)
    language = side.edition.source_language if foreign else side.language
    return [Told(language, line, side.is_source) for line in lines]


def said(block: Block, writers: tuple[Writer, ...]) -> list[Told]:
    """Return the paragraphs of a block on some sides; once if it is the same on all."""
    named = [(w.side, box_title(block, w.side)) for w in writers]
    if any(name for _, name in named):
        return [Told(s.language, escape(name), s.is_source) for s, name in named]
    lines: list[Told] = []
    for writer in writers[: None if any(block.segments()) else 1]:
        own = told(writer, block.content)
        if own and (any(block.segments()) or VISIBLE.search(own[0].html)):
            own[0] = replace(own[0], ids=writer.side.anchors.of(block))
            lines += own
    return lines


def first_text(
    inner: tuple[Piece, ...], writers: tuple[Writer, ...]
) -> tuple[list[Told], tuple[Piece, ...]]:
    """Return the text that a container begins with, and all that follows."""
    first = inner[0] if inner else None
    if not isinstance(first, Block) or first.kind not in ("paragraph", "label"):
        return [], inner
    if is_figure(first, writers[0].side.edition):
        return [], inner
    return said(first, writers), inner[1:]


def in_cell(content: Content, writers: tuple[Writer, ...]) -> list[Told]:
    """Return a text on some sides; once if nothing in it is translated."""
    own = any(isinstance(part, int) for part in content)
    return [line for w in writers[: None if own else 1] for line in told(w, content)]


def marked(side: Side, numbers: Iterable[int]) -> str:
    """Return the mark of the unfinished among some segments: ``[draft]``."""
    state = worst(side.unfinished(numbers))
    return f"<mark>{escape(marker(state, side.language))}</mark>" if state else ""


def raw(writer: Writer, block: Block) -> str:
    """Return an HTML block of one side made harmless."""
    marks = marked(writer.side, block.segments())
    return marks + bare(writer.block(block)).strip()


def unpaired(writer: Writer, block: Block) -> tuple[str, str]:
    """Return what readers see of a block without a text to translate: ``rule``,
    ``html``, ``code`` or nothing, and the HTML or the code."""
    if block.kind == "rule":
        return "rule", ""
    if block.kind != "code" and silent(block):
        return "", ""
    html = raw(writer, block) if block.kind == "html" else ""
    if VISIBLE.search(html):
        return "html", html
    return "code", writer.side.fill(block.content).strip("\n")


def bare(html: str, whole: str = "") -> str:
    """Return a writer's HTML without what only our own pages know.

    :param whole: the tag to put around what must stay on one line; empty for none.
    """
    html = html if whole else html.replace(" <wbr>", " ")
    parts, opened = TAGS.split(html), list[str]()
    for i in range(1, len(parts), 2):
        tag = parts[i]
        if tag == "</span>":
            parts[i] = opened.pop()
            continue
        if tag in (WHOLE, OPENS):
            parts[i] = whole if tag == WHOLE else ""
        else:
            bare_ = rewritten(tag, lambda name, v: None if name in ADDED else v)
            parts[i] = "<" + bare_[1:].replace("<", "&lt;")
        if tag.startswith("<span"):
            opened.append("</span>" if parts[i] else "")
    return "".join(parts)


# --- what stands around the article -----------------------------------------


def title(edition: Edition, layout: Layout) -> str:
    """Return the title as plain text: in both languages of a bilingual layout,
    ``The Ferry · 여객선``."""
    from translate_flow.text.markup import visible

    titles = (visible(edition.title(s.language)) for s in sides(edition, layout))
    return " · ".join(dict.fromkeys(filter(None, titles)))


def opening(book: Book) -> Iterator[Row]:
    """Yield what stands above the text, without the title."""
    composed = book.composed
    if composed.legend:
        told = map(_legend, composed.legend, composed.languages)
        yield "legend", _told(book, told)
    yield "notice", _told(book, map(escape, composed.notice))
    yield from (("deck", spoken(book, (n,))) for n in composed.deck)
    lines = (" · ".join(map(_credit, credits)) for credits in composed.credits)
    yield "credits", _told(book, lines)


def closing(book: Book, *, titled: bool) -> Iterator[Row]:
    """Yield what stands below the text and its notes.

    :param titled: whether the title stands above.
    """
    composed = book.composed
    for n in composed.unseen(titled=titled):
        yield "front", spoken(book, (n,))
    for told in composed.corrections:
        yield "correction", _told(book, (escape(text) for _, text in told))
    yield "colophon", _told(book, map(escape, composed.colophon))


def notes_heading(book: Book) -> list[Told]:
    """Return what stands above the footnotes."""
    return _told(book, map(escape, book.composed.phrases("notes")))


def spoken(book: Book, content: Content) -> list[Told]:
    """Return a text on all sides."""
    return [line for writer in book.writers for line in told(writer, content)]


def heading(book: Book) -> list[Told]:
    """Return the title on all sides, once if it is the same on all."""
    edition = book.edition
    if pair := edition.titled:
        return spoken(book, (pair.segment.n,))
    return told(book.source, (edition.title(edition.source_language),))


def _told(book: Book, lines: Iterable[str]) -> list[Told]:
    """Return a line of HTML for each side that has one."""
    told = zip(book.composed.sides, lines, strict=True)
    return [Told(s.language, html, s.is_source) for s, html in told if html]


def _legend(legend: Legend, language: str) -> str:
    """A legend of what is unfinished, with counts."""
    lines = [f"<strong>{escape(legend.name)}</strong> {escape(legend.says)}"]
    for standing, n in legend.counts.items():
        lines.append(f"<mark>{escape(marker(standing, language))}</mark> {n}")
    return " ".join(lines)


def _credit(credit: Credit) -> str:
    text = escape(credit.text)
    return f'<a href="{escape(credit.url)}">{text}</a>' if credit.url else text
