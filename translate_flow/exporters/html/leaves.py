"""The texts in the rows of an HTML edition: of segments, and of blocks without any."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from translate_flow.article.anchors import bare
from translate_flow.exporters.content.sides import MEDIA, VISIBLE, Side, silent
from translate_flow.exporters.content.words import phrase
from translate_flow.exporters.html.marks import (
    TEXT,
    NestedBlock,
    anchor,
    badges,
    numbered,
)
from translate_flow.exporters.inline.book import Book
from translate_flow.exporters.inline.tags import anchor_tags
from translate_flow.exporters.inline.writer import Writer, attributes
from translate_flow.model import Block

NAMED = ("term", "label", "caption")
"""Kinds of paragraphs that are of a class of their own."""


GLUE = "\N{NO-BREAK SPACE}"
"""Behind a note's number: a word that fills the line would leave it alone there."""


def texts_of(writer: Writer, block: Block) -> list[str]:
    """Return a block's text on one side as HTML, one piece per paragraph."""
    side = writer.side
    if block.kind == "html":
        return [writer.block(block)]
    return [writer.inline(part) for part in side.paragraphs(block.content)]


def leaf(book: Book, writer: Writer, place: NestedBlock, texts: list[str]) -> str:
    """Return a block's text on one side in its elements, with its chrome."""
    side, block = writer.side, place.block
    marks = badges(side, block.segments())
    ids = writer.side.anchors.of(block)
    if block.kind == "html":
        return f'{anchor_tags(ids)}<div class="raw">{marks}{"".join(texts)}</div>'
    if not texts and not marks:
        return anchor_tags(ids) + _absent(book, side, block)
    tag, names = _element(block)
    texts[:1] = [" ".join(filter(None, (marks, *texts[:1])))]
    texts[0] = _number(writer, place) + texts[0]
    if place.note_ends:
        texts[-1] += writer.notes.back(place.note_ends, side.language)
    names += _foreign(side, block)
    own, above = _ids(block, ids)
    if block.kind == "heading" and numbered(side):
        return above + _heading(tag, own + names, next(block.segments()), texts)
    return above + "".join(
        f"<{tag}{'' if n else own}{names}>{TEXT}>{text}</span></{tag}>"
        for n, text in enumerate(texts)
    )


def _ids(block: Block, ids: tuple[str, ...]) -> tuple[str, str]:
    """Return the attribute of a heading with its id, and elements with all others."""
    if block.kind != "heading":
        return "", anchor_tags(ids)
    return attributes({"id": next(iter(ids), "")}), anchor_tags(ids[1:])


def _heading(tag: str, names: str, n: int, texts: Iterable[str]) -> str:
    """Return a heading whose accessible name is its words alone, without its number."""
    own = f'<{tag} aria-labelledby="t{n}"{names}>{TEXT} id="t{n}">'
    text = " ".join(texts)
    return f"{own}{text}</span></{tag}>"


def _number(writer: Writer, place: NestedBlock) -> str:
    if not place.note:
        return ""
    return f'<span class="number">{writer.notes.number(place.note)}.</span>{GLUE}'


def _element(block: Block) -> tuple[str, str]:
    if block.kind == "heading":
        return f"h{block.level}", ""
    return "p", f' class="{block.kind}"' if block.kind in NAMED else ""


def _foreign(side: Side, block: Block) -> str:
    """A text that stands in for its missing translation keeps its own language."""
    if side.stands_in(block.segments()):
        return attributes({"lang": side.edition.source_language})
    return ""


def _absent(book: Book, side: Side, block: Block) -> str:
    """What stands for a finished segment without a text of its own."""
    return "".join(
        f'<p class="quiet"><span class="t">{where or escape(word)}</span></p>'
        for word in side.absences(block.segments())
        for where in (_elsewhere(book, side, next(block.segments()), word),)
    )


def _elsewhere(book: Book, side: Side, n: int, word: str) -> str:
    """Return the link to the paragraph that also tells a segment: by its number, and
    on paper, which has none, in words; empty if there is none."""
    numbers, cover = book.composed.paragraphs, side.cover(n)
    if not cover:
        return ""
    number = numbers.get(cover)
    known = cover in numbers and n in numbers
    above = numbers[cover] < numbers[n] if known else cover < n
    arrow = "↑" if above else "↓"
    says = phrase("joined_in", side.language, arrow, number) if number else arrow
    inner = f'<span class="on-screen">{escape(says)}</span>'
    inner += f'<span class="on-paper">{escape(word)}</span>'
    return f'<a href="#{anchor(side, cover)}">{inner}</a>'


# --- blocks without a translation of their own ------------------------------


def opaque(book: Book, block: Block) -> str:
    """Return what readers see of a block without segments; empty if nothing."""
    text = book.source.side.fill(block.content)
    ids = book.source.side.anchors.of(block)
    if block.kind == "rule":
        return "<hr>"
    if block.kind == "html":
        return _named(ids, _raw(book.source, text))
    if block.kind == "code":
        return _named(ids, _lines(text, "code", block.info))
    if block.kind == "opaque":
        return "" if silent(block) else _named(ids, _lines(text, "opaque"))
    (tag, names), (own, above) = _element(block), _ids(block, ids)
    html = book.source.inline(bare(text.strip()))
    if not VISIBLE.search(html):
        return ""
    return f'{above}<{tag}{own}{names}><span class="t">{html}</span></{tag}>'


def _named(ids: tuple[str, ...], html: str) -> str:
    return anchor_tags(ids) + html if html else ""


def _raw(writer: Writer, html: str) -> str:
    """HTML without segments: what may be shown of it. Embedded media are shown as their
    code, so that readers see that something was there."""
    shown = writer.raw(html).strip()
    if VISIBLE.search(shown):
        return f'<div class="raw">{shown}</div>'
    if not MEDIA.search(html):
        return ""
    return _lines(html, "opaque")


def _lines(text: str, kind: str, info: str = "") -> str:
    language = info.split()[0] if info.split() else ""
    name = attributes({"class": language and f"language-{language}"})
    lines = escape(text.strip("\n"), quote=False)
    return f'<pre class="{kind}" tabindex="0"><code{name}>{lines}</code></pre>'
