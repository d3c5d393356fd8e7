"""Rows of an HTML edition: one per block, a cell per language, or one cell across."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from translate_flow.edition import ADDED
from translate_flow.exporters.html.inline import Notes, Writer, attributes
from translate_flow.exporters.sides import (
    ATTRIBUTES,
    MEDIA,
    VISIBLE,
    Side,
    box_title,
    neighbours,
    part_language,
    shared,
    silent,
    worst,
)
from translate_flow.exporters.words import phrase, state_name
from translate_flow.model import Block, Container, Content

TEXT = '<span class="t"'
FIRST_TEXT = re.compile(r"(?:^|>)\s*(?=[^<\s]|<(?:a|img)\b|<span class=\"badge)")


@dataclass(frozen=True)
class Book:
    """The writers of an edition's sides and its common numbering of footnotes."""

    writers: tuple[Writer, ...]
    notes: Notes

    @property
    def source(self) -> Writer:
        return self.writers[0]


@dataclass(frozen=True)
class Place:
    """A block with how many of its containers go on from the block before and how
    many go on to the one after."""

    block: Block
    before: int = 0
    after: int = 0
    kind: str = ""
    """What the row is called, if not by its block's kind."""

    note: str = ""
    """Label of the footnote that the block begins."""

    note_ends: str = ""
    """Label of the footnote that the block ends."""


def rows(book: Book, blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the rows of blocks in their order."""
    for before, block, after in neighbours(blocks):
        yield row(book, Place(block, shared(before, block), shared(block, after)))


def row(book: Book, place: Place) -> str:
    """Return one block as a row; empty if readers would see nothing of it."""
    block = place.block
    kind = place.kind or block.kind
    if block.part:
        return _of_part(book, place)
    if block.kind == "table":
        return _row(_wide(book, place, _table(book, block)), kind)
    if not any(block.segments()):
        if box_title(block, book.source.side):
            return _row("".join(_box_titles(book, place)), kind)
        content = _opaque(book, block)
        return _row(_wide(book, place, content), kind) if content else ""
    if _is_figure(book, block):
        return _figure(book, place)
    cells = (_cell(writer, place, _leaf(writer, place)) for writer in book.writers)
    return _row("".join(cells), kind)


def _row(cells: str, kind: str) -> str:
    return f'<div class="row paired {kind}">{cells}</div>\n'


def _cell(writer: Writer, place: Place, content: str) -> str:
    """Return one side of a row: anchors, the link to itself, chrome and content."""
    side = writer.side
    numbers = list(place.block.segments())
    state = worst(side.unfinished(numbers))
    content = _led(_permalink(side, numbers[0]), content)
    names = face(side, state, anchor(side, numbers[0]))
    rest = _anchors(side, numbers[1:])
    inner = _wrapped(place, content, side.language)
    return f"<div{names}>{rest}{inner}</div>"


def _box_titles(book: Book, place: Place) -> Iterator[str]:
    """Yield a cell per language with its name for a box that has no title."""
    for writer in book.writers:
        name = escape(box_title(place.block, writer.side))
        label = f'<p class="label">{TEXT}>{name}</span></p>'
        label = _wrapped(place, label, writer.side.language)
        yield f"<div{face(writer.side)}>{label}</div>"


def face(side: Side, state: str = "", name: str = "") -> str:
    """Return the attributes of a cell: its class, language and anchor."""
    other = "" if side.is_source else "other"
    names = " ".join(filter(None, ("cell", other, state)))
    return attributes({"class": names, "lang": side.language, "id": name})


def anchor(side: Side, n: int) -> str:
    """Return the anchor of segment ``n``: ``s7``, on the target's side ``s7-ko``."""
    return f"s{n}" if side.is_source else f"s{n}-{side.language}"


def _anchors(side: Side, numbers: Iterable[int]) -> str:
    return "".join(f'<span id="{anchor(side, n)}"></span>' for n in numbers)


def _permalink(side: Side, n: int) -> str:
    if not _numbered(side) or side.edition.pair(n).segment.kind == ADDED:
        return ""
    says = escape(phrase("segment", side.language, n))
    link = f'<a class="n" href="#{anchor(side, n)}" aria-label="{says}">'
    return f"{link}<span>{n}</span></a>"


def _numbered(side: Side) -> bool:
    """Whether the segments of a side show their numbers."""
    return side.is_source or side.alone


def _led(link: str, content: str) -> str:
    """Put the link to a segment before its first text: it stands in the margin, on the
    line of that text."""
    at = content.find(TEXT)
    if at < 0 and (found := FIRST_TEXT.search(content)):
        at = found.end()
    return f"{content[:at]}{link}{content[at:]}" if at >= 0 else link + content


def _wide(book: Book, place: Place, content: str) -> str:
    side = book.source.side
    numbers = list(place.block.segments())
    content = _led(_permalink(side, numbers[0]), content) if numbers else content
    language = side.edition.source_language
    inner = _wrapped(place, content, language)
    return f'<div class="cell wide"{attributes({"lang": language})}>{inner}</div>'


def _of_part(book: Book, place: Place) -> str:
    """Return a row of what is there in one language only, across the page."""
    block = place.block
    language = part_language(book.source.side.edition, block)
    writer = next(w for w in book.writers if w.side.language == language)
    alone = Book((writer,), book.notes)
    table = block.kind == "table"
    content = _table(alone, block) if table else _opaque(alone, block)
    if not content:
        return ""
    names = " ".join(filter(None, ("part", "" if writer.side.is_source else "other")))
    inner = _wrapped(place, content, language)
    cell = f'<div class="cell wide"{attributes({"lang": language})}>{inner}</div>'
    return f'<div class="row {names} {block.kind}">{cell}</div>\n'


# --- containers -------------------------------------------------------------


def _wrapped(place: Place, content: str, language: str) -> str:
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


# --- leaves -----------------------------------------------------------------


def _leaf(writer: Writer, place: Place) -> str:
    """Return a block's text on one side."""
    side, block = writer.side, place.block
    marks = badges(side, block.segments())
    if block.kind == "html":
        return f'<div class="raw">{marks}{writer.raw(_html(side, block))}</div>'
    tag, names = _element(block)
    texts = [writer.inline(part) for part in side.paragraphs(block.content)]
    if not texts and not marks:
        return _absent(side, block)
    lead = " ".join(filter(None, (_number(writer, place), marks)))
    texts[:1] = [" ".join(filter(None, (lead, *texts[:1])))]
    if place.note_ends:
        texts[-1] += writer.notes.back(place.note_ends, side.language)
    names += _foreign(side, block)
    if block.kind == "heading" and _numbered(side):
        return _heading(tag, names, next(block.segments()), texts)
    return "".join(f"<{tag}{names}>{TEXT}>{text}</span></{tag}>" for text in texts)


def _heading(tag: str, names: str, n: int, texts: Iterable[str]) -> str:
    """Return a heading that is called by its words alone, without its number."""
    own = f'<{tag} aria-labelledby="t{n}"{names}>{TEXT} id="t{n}">'
    text = " ".join(texts)
    return f"{own}{text}</span></{tag}>"


def _html(side: Side, block: Block) -> str:
    return "".join(
        f"<small>{escape(word)}</small>"
        if isinstance(part, int) and (word := side.absence(part))
        else side.fill((part,))
        for part in block.content
    )


def _number(writer: Writer, place: Place) -> str:
    if not place.note:
        return ""
    return f'<span class="number">{writer.notes.number(place.note)}.</span>'


def _element(block: Block) -> tuple[str, str]:
    if block.kind == "heading":
        return f"h{block.level}", ""
    return "p", f' class="{block.kind}"' if block.kind in ("term", "label") else ""


def _foreign(side: Side, block: Block) -> str:
    """A text that stands in for its missing translation keeps its own language."""
    stands_in = not side.is_source and side.alone
    if stands_in and all(not side.own(n) for n in block.segments()):
        return attributes({"lang": side.edition.source_language})
    return ""


def _absent(side: Side, block: Block) -> str:
    """What stands for a finished segment without a text of its own."""
    words = dict.fromkeys(filter(None, map(side.absence, block.segments())))
    return "".join(
        f'<p class="quiet"><span class="t">{escape(word)}</span></p>' for word in words
    )


def badge(standing: str, language: str) -> str:
    """Return the visible mark of what is unfinished, in words."""
    name = escape(state_name(standing, language))
    return f'<span class="badge {standing}">{name}</span>'


def badges(side: Side, numbers: Iterable[int]) -> str:
    """Return the marks of the unfinished among some segments."""
    found = dict.fromkeys(pair.standing for pair in side.unfinished(numbers))
    return " ".join(badge(standing, side.language) for standing in found)


# --- blocks without a translation of their own ------------------------------


def _opaque(book: Book, block: Block) -> str:
    text = book.source.side.fill(block.content)
    if block.kind == "rule":
        return "<hr>"
    if block.kind == "html":
        return _raw(book.source, text)
    if block.kind == "code":
        return _lines(text, "code", block.info)
    if block.kind == "opaque":
        return "" if silent(block) else _lines(text, "opaque")
    tag, names = _element(block)
    html = book.source.inline(text.strip())
    return f'<{tag}{names}><span class="t">{html}</span></{tag}>' if html else ""


def _raw(writer: Writer, html: str) -> str:
    """HTML without segments: what may be shown of it; of embedded media its text, so
    that readers see that something was there."""
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


def _is_figure(book: Book, block: Block) -> bool:
    pair = book.source.side.edition.pair
    kinds = {pair(n).segment.kind for n in block.segments()}
    within = len(block.content) > 1
    return block.kind == "paragraph" and within and kinds <= set(ATTRIBUTES)


def _figure(book: Book, place: Place) -> str:
    """Images once across, and under them what each language says of them."""
    block, source = place.block, book.writers[0]
    pictures = source.inline(source.side.fill(block.content))
    pictures = _wrapped(place, f"<p>{pictures}</p>", source.side.language)
    wide = f'<div class="cell wide">{pictures}</div>'
    cells = (_cell(w, place, _captions(w, block)) for w in book.writers)
    return _row(wide + "".join(cells), "figure")


def _captions(writer: Writer, block: Block) -> str:
    side = writer.side
    lines = (
        " ".join(filter(None, (badges(side, [n]), writer.inline(side.text(n)))))
        for n in block.segments()
    )
    return "".join(
        f'<p class="caption"><span class="t">{line}</span></p>' for line in lines
    )


# --- tables -----------------------------------------------------------------


def _table(book: Book, block: Block) -> str:
    """Return one table with its columns once per language, so that paired cells share
    a line; the style sheet folds it on phones."""
    head, *rest = ("".join(_table_row(book, block, row)) for row in block.rows)
    columns = range(max(len(row) for row in block.rows))
    tracks = " ".join(_track(book, block, column) for column in columns)
    style = f"--tracks:{tracks};--turn:{len(columns) + 2}"
    return (
        f'<div class="scroll" tabindex="0"><table style="{style}">'
        f"<thead>{head}</thead><tbody>{''.join(rest)}</tbody></table></div>"
    )


def _table_row(book: Book, block: Block, row: tuple[Content, ...]) -> Iterator[str]:
    yield "<tr>"
    head = row is block.rows[0]
    for writer in book.writers:
        for column, content in enumerate(row):
            align = block.align[column] if column < len(block.align) else ""
            turn = "turn" if column == 0 and writer is not book.source else ""
            yield _table_cell(writer, content, (turn, align), head=head)
    yield "</tr>\n"


def _table_cell(
    writer: Writer, content: Content, names: Iterable[str], *, head: bool
) -> str:
    """Return one cell, under its column's name if it is one of the head."""
    side = writer.side
    numbers = [part for part in content if isinstance(part, int)]
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
    rest = _anchors(side, numbers[1:])
    return f"<{tag}{attributes(values)}>{rest}{TEXT}>{inner}</span></{tag}>"


def _missing(side: Side, numbers: Iterable[int]) -> str:
    words = dict.fromkeys(filter(None, map(side.absence, numbers)))
    return "".join(f'<span class="quiet">{escape(word)}</span>' for word in words)


def _track(book: Book, block: Block, column: int) -> str:
    """Return a column's share of the width: by the length of its texts in both
    languages, but no less than their longest word."""
    texts = [
        writer.side.fill(row[column])
        for row in block.rows
        if column < len(row)
        for writer in book.writers
    ]
    word = max((_width(word) for text in texts for word in text.split()), default=0)
    least = 0.54 * max(5, min(24, word)) + 0.6
    share = max(4, min(30, max(map(_width, texts), default=0)), min(24, word))
    return f"minmax({least:.1f}rem,{share}fr)"


def _width(text: str) -> int:
    """Return how many Latin letters wide a text is."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
