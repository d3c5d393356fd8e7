"""Rows of an HTML edition: one per block, a cell per language, or one cell across."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from itertools import groupby

from translate_flow.exporters.content.composition import captions, pictured
from translate_flow.exporters.content.credits import is_adapted
from translate_flow.exporters.content.sides import (
    Side,
    box_title,
    footnote,
    is_figure,
    neighbours,
    shared,
    worst,
)
from translate_flow.exporters.content.words import language_name, phrase
from translate_flow.exporters.html.leaves import leaf, opaque, texts_of
from translate_flow.exporters.html.marks import (
    TEXT,
    NestedBlock,
    anchor,
    anchors,
    badges,
    face,
    numbered,
)
from translate_flow.exporters.html.matching import matched
from translate_flow.exporters.html.tables import table
from translate_flow.exporters.inline.book import Book
from translate_flow.exporters.inline.tags import anchor_tags
from translate_flow.exporters.inline.writer import Writer, attributes
from translate_flow.model import Block, Container

FIRST_TEXT = re.compile(r"(?:^|>)\s*(?=[^<\s]|<(?:a|img)\b|<span class=\"badge)")
OPEN = ("title", "deck", "front", "caption")
"""Rows that phones show in both languages at once."""


def rows(book: Book, blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the rows of blocks in their order; those of a list, a quotation or a box in
    one group, which phones fold as one."""
    for group, found in groupby(neighbours(blocks), lambda place: _group(place[1])):
        places = [
            NestedBlock(block, shared(before, block), shared(block, after))
            for before, block, after in found
        ]
        side = book.writers[-1].side
        folded = [i for i, place in enumerate(places) if _folds(book, side, place)]
        if group is None or len(folded) < 2:
            yield from (row(book, place) for place in places)
            continue
        numbers = (n for place in places for n in place.block.segments())
        places[folded[0]] = replace(places[folded[0]], folds=tuple(numbers))
        inside = "".join(row(book, place) for place in places)
        yield f'<div class="group">{inside}</div>\n'


def _group(block: Block) -> tuple[str, int] | None:
    """Return what a block is folded with: all terms and definitions in a row, else its
    outermost container; nothing for a paragraph."""
    if block.part or footnote(block):
        return None
    outer = block.path[0] if block.path else None
    if block.kind == "term" or (outer and outer.kind == "definition"):
        return "definitions", 0
    return (outer.kind, outer.key) if outer else None


def row(book: Book, place: NestedBlock) -> str:
    """Return one block as a row; empty if readers would see nothing of it."""
    block = place.block
    kind = place.kind or block.kind
    if block.part:
        return _of_part(book, place)
    if block.kind == "table":
        ids = anchor_tags(book.source.side.anchors.of(block))
        return _row(_wide(book, place, ids + table(book, block)), kind)
    if not any(block.segments()):
        if box_title(block, book.source.side):
            return _row("".join(_box_titles(book, place)), kind)
        content = opaque(book, block)
        return _row(_wide(book, place, content), kind) if content else ""
    if is_figure(block, book.edition):
        return _figure(book, place)
    languages = [writer.side.language for writer in book.writers]
    texts = [texts_of(writer, block) for writer in book.writers]
    if not is_adapted(book.edition):
        texts = matched(texts, block, languages)
    cells = (
        _cell(book, w, place, leaf(book, w, place, own))
        for w, own in zip(book.writers, texts, strict=True)
    )
    return _row("".join(cells), kind)


def _row(cells: str, kind: str) -> str:
    return f'<div class="row paired {kind}">{cells}</div>\n'


def _cell(book: Book, writer: Writer, place: NestedBlock, content: str) -> str:
    """Return one side of a row: anchors, the link to itself, chrome and content.

    A text that phones fold away has its anchor inside, so that a link to it opens it.
    """
    side = writer.side
    numbers = list(place.block.segments())
    state, name = worst(side.unfinished(numbers)), anchor(side, numbers[0])
    content = _led(_permalink(book, side, place.block), content)
    inner = anchors(side, numbers[1:]) + _wrapped(place, content, side.language)
    if not _folds(book, side, place):
        return f"<div{face(side, state, name)}>{inner}</div>"
    own = attributes({"class": "inner", "lang": side.language, "id": name})
    summary = _summary(book, side, place.folds or tuple(numbers))
    own_face = face(side, state, leads=bool(place.folds))
    return f"<details{own_face}>{summary}<div{own}>{inner}</div></details>"


def _folds(book: Book, side: Side, place: NestedBlock) -> bool:
    """Whether a cell holds a text of the other language that phones show when it is
    asked for."""
    if book.composed.layout != "facing":
        return False
    texts = map(side.own, place.block.segments())
    apart = (place.kind or place.block.kind) in OPEN or footnote(place.block)
    return not (side.is_source or apart) and any(texts)


def _summary(book: Book, side: Side, numbers: tuple[int, ...]) -> str:
    """Return what readers tap to unfold texts: their language, and their badges."""
    name = escape(language_name(side.language))
    known = book.composed.paragraphs
    told = [known[n] for n in (numbers[0], numbers[-1]) if n in known]
    span = "–".join(map(str, dict.fromkeys(told)))
    says = escape(phrase("paragraph", side.language, span)) if span else ""
    heard = f'<span class="heard">{says}</span>' if says else ""
    return f"<summary>{name} {badges(side, numbers)}{heard}</summary>"


def _box_titles(book: Book, place: NestedBlock) -> Iterator[str]:
    """Yield a cell per language with its name for a box that has no title."""
    for writer in book.writers:
        name = escape(box_title(place.block, writer.side))
        label = f'<p class="label">{TEXT}>{name}</span></p>'
        label = _wrapped(place, label, writer.side.language)
        yield f"<div{face(writer.side)}>{label}</div>"


def _permalink(book: Book, side: Side, block: Block) -> str:
    """Return the link in the margin: the number of a paragraph, or the sign of a
    heading. In a proof it tells which segment it is."""
    n = next(block.segments(), 0)
    number = book.composed.paragraphs.get(n, 0)
    if not n or not numbered(side) or not (number or block.kind == "heading"):
        return ""
    names, shown = ("n", str(number)) if number else ("n sign", "#")
    says = phrase("paragraph" if number else "heading", side.language, number)
    own = {
        "class": names,
        "href": f"#{anchor(side, n)}",
        "aria-label": says,
        "title": f"{side.edition.slug}:{n}" if side.edition.proof else "",
    }
    return f"<a{attributes(own)}><span>{shown}</span></a>"


def _led(link: str, content: str) -> str:
    """Put the link to a segment before its first text: it stands in the margin, on the
    line of that text."""
    at = content.find(TEXT)
    if at < 0 and (found := FIRST_TEXT.search(content)):
        at = found.end()
    return f"{content[:at]}{link}{content[at:]}" if at >= 0 else link + content


def _wide(book: Book, place: NestedBlock, content: str) -> str:
    side = book.source.side
    content = _led(_permalink(book, side, place.block), content)
    language = side.edition.source_language
    inner = _wrapped(place, content, language)
    return f'<div class="cell wide"{attributes({"lang": language})}>{inner}</div>'


def _of_part(book: Book, place: NestedBlock) -> str:
    """Return a row of what is there in one language only, across the page."""
    block = place.block
    alone = replace(book, writers=book.writers_of(block))
    writer, language = alone.source, alone.source.side.language
    ids = anchor_tags(writer.side.anchors.of(block)) if block.kind == "table" else ""
    content = ids + (table if block.kind == "table" else opaque)(alone, block)
    if not content:
        return ""
    names = " ".join(filter(None, ("part", "" if writer.side.is_source else "other")))
    inner = _wrapped(place, content, language)
    cell = f'<div class="cell wide"{attributes({"lang": language})}>{inner}</div>'
    return f'<div class="row {names} {block.kind}">{cell}</div>\n'


# --- containers -------------------------------------------------------------


def _wrapped(place: NestedBlock, content: str, language: str) -> str:
    """Put a block's containers around it, innermost first."""
    if not content:
        return ""
    path = place.block.path
    for depth in reversed(range(len(path))):
        ends = [
            name
            for name, holds in (
                ("first", depth >= place.before),
                ("last", depth >= place.after),
            )
            if holds
        ]
        inner = path[depth + 1] if depth + 1 < len(path) else None
        if depth >= place.before:
            content = _tick(path[depth], language) + content
        content = _container(path[depth], inner, ends, content)
    return content


def _container(
    container: Container, inner: Container | None, ends: list[str], content: str
) -> str:
    if container.kind == "footnote":
        return content
    names = " ".join([*_chrome(container), *ends])
    more: dict[str, str | int | None] = {"class": names}
    if container.kind == "list" and container.ordered:
        more["start"] = inner.number if inner else 1
    tag = {"quote": "blockquote", "item": "li"}.get(container.kind, "div")
    if container.kind == "list":
        tag = "ol" if container.ordered else "ul"
    return f"<{tag}{attributes(more)}>{content}</{tag}>"


def _chrome(container: Container) -> Iterator[str]:
    if container.kind == "box":
        yield "box"
        yield "".join(c for c in container.name.lower() if c.isalnum() or c == "-")
    elif container.kind == "definition":
        yield "definition"
    elif container.kind == "item" and container.checked is not None:
        yield "task"
    elif container.kind == "item" and not container.first:
        yield "goes-on"


def _tick(container: Container, language: str) -> str:
    """Return the box of a task, told in a language; empty for all else."""
    if container.kind != "item" or container.checked is None or not container.first:
        return ""
    sign, says = ("☑", "done") if container.checked else ("☐", "open")
    label = escape(phrase(says, language))
    return f'<span class="tick" role="img" aria-label="{label}">{sign}</span>'


# --- figures ----------------------------------------------------------------


def _figure(book: Book, place: NestedBlock) -> str:
    """Images once across, and under them what each language says of them."""
    block, source = place.block, book.writers[0]
    pictures = source.inline(pictured(block, book.composed.sides))
    pictures = f"{anchor_tags(source.side.anchors.of(block))}<p>{pictures}</p>"
    pictures = _wrapped(place, pictures, source.side.language)
    told = [_captions(writer, block) for writer in book.writers]
    if any(told):
        cells = [
            _cell(book, w, place, t) for w, t in zip(book.writers, told, strict=True)
        ]
        return _row(
            f'<div class="cell wide">{pictures}</div>{"".join(cells)}', "figure"
        )
    names = "".join(anchors(w.side, block.segments()) for w in book.writers)
    return _row(f'<div class="cell wide">{names}{pictures}</div>', "figure")


def _captions(writer: Writer, block: Block) -> str:
    side = writer.side
    lines = (
        " ".join(filter(None, (badges(side, [n]), writer.inline(side.text(n)))))
        for n in captions(block, side)
    )
    return "".join(
        f'<p class="caption"><span class="t">{line}</span></p>' for line in lines
    )
