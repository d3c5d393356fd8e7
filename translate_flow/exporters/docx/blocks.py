"""Blocks of an edition as paragraphs of one side, their targets in content controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from translate_flow.exporters.content.columns import Shape, names, same, shape
from translate_flow.exporters.content.sides import (
    ATTRIBUTES,
    MEDIA,
    Side,
    box_title,
    numbers_in,
    silent,
)
from translate_flow.exporters.content.words import phrase, state_name
from translate_flow.exporters.docx.lists import STEP, Lists
from translate_flow.exporters.docx.package import DocxFile, escaped
from translate_flow.exporters.docx.runs import Pen, Tongue, bookmark
from translate_flow.exporters.docx.walk import Paragraph, Run, held, paragraphs, unheld
from translate_flow.exporters.inline.writer import Writer
from translate_flow.model import Block, Content

LONGEST_TAG = 64
"""Letters that Word keeps of a content control's tag."""

CONTAINERS = {
    "box": "Box",
    "definition": "Definition",
    "footnote": "FootnoteText",
    "quote": "Quote",
}
"""Styles of paragraphs in containers."""

KINDS = {
    "caption": "Caption",
    "code": "SourceCode",
    "label": "BoxTitle",
    "opaque": "SourceCode",
    "rule": "Rule",
    "term": "Term",
}
ELEMENTS = {
    "blockquote": "Quote",
    "caption": "Caption",
    "figcaption": "Caption",
    "li": "ListParagraph",
    "pre": "SourceCode",
    **{f"h{level}": f"Heading{level}" for level in range(1, 7)},
}
"""Styles of what an article writes in HTML."""

STATES = {
    "draft": "StateDraft",
    "drifted": "StateDrifted",
    "unread": "StateDraft",
    "untranslated": "StateUntranslated",
}
RULE = "* * *"
EM = 180
"""Twips of an em of a table's letters."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands."""

    style: str
    indent: int = 0
    """Twips."""

    item: tuple[int, int] | None = None
    """List and level of what begins an item."""

    align: str = ""
    mark: str = ""
    """A bookmark at its beginning, as XML."""


@dataclass(frozen=True, slots=True)
class Column:
    """One side of an edition while it is written."""

    writer: Writer
    pen: Pen
    width: int
    """Twips that its text may take."""

    @property
    def side(self) -> Side:
        return self.writer.side

    def pen_for(self, numbers: Iterable[int]) -> Pen:
        """Return the pen for some segments: a text that stands in for its missing
        translation keeps its own language."""
        side = self.side
        if not side.stands_in(numbers):
            return self.pen
        edition = side.edition
        tongue = Tongue(edition.source_language, edition.target_language)
        return replace(self.pen, tongue=tongue)


@dataclass(frozen=True)
class Blocks:
    """Writes blocks, each side for itself."""

    file: DocxFile
    lists: Lists
    columns: tuple[Column, ...]

    # --- what has segments --------------------------------------------------

    def cell(self, column: Column, block: Block, style: str = "", note: int = 0) -> str:
        """Return one side of a block as XML.

        :param style: id of a paragraph style, if not that of its kind.
        :param note: number of the footnote that it begins.
        """
        look = self._look(column, block, style, note)
        numbers = list(block.segments())
        if not numbers and (name := box_title(block, column.side)):
            return _paragraph(column.pen.plain(name), look)
        if block.kind == "html":
            parts = self._html(column, block)
            text = self._written(column.pen_for(numbers), column.side, parts, look)
        else:
            text = self._text(column, block.content, look)
        return text + self._states(column, numbers, look)

    def captions(self, column: Column, block: Block) -> str:
        """Return what one side says of pictures: a paragraph per segment."""
        texts = (Block("paragraph", (n,), block.path) for n in block.segments())
        return "".join(self.cell(column, text, "Caption") for text in texts)

    def _text(self, column: Column, content: Content, look: Look) -> str:
        """Return content as paragraphs, in a content control if it is a target."""
        side = column.side
        numbers = numbers_in(content)
        pen = column.pen_for(numbers)
        written = [column.writer.inline(t) for t in side.paragraphs(content)]
        parts = [part for html in written for part in paragraphs(html)]
        empty = not parts
        if empty:
            words = Run(self._missing(side, numbers), frozenset({"missing"}))
            parts = [Paragraph(runs=[words])]
        if side.is_source or len(numbers) != 1:
            return self._written(pen, side, parts, look)
        if len(parts) > 1:
            text = self._written(pen, side, parts, look)
            return self.control(side, numbers[0], text)
        text = self.control(side, numbers[0], pen.runs(parts[0].runs), empty=empty)
        return _paragraph(text, look)

    def _missing(self, side: Side, numbers: Iterable[int]) -> str:
        """Return what stands in the place of a text that is not there."""
        numbers = list(numbers)
        words = side.absences(numbers)
        if words or not side.unfinished(numbers):
            return " · ".join(words)
        return phrase("enter", side.language)

    def _html(self, column: Column, block: Block) -> list[Paragraph]:
        side = column.side
        kind = {n: side.edition.pair(n).segment.kind for n in block.segments()}
        html = "".join(
            unheld(side.fill((part,)))
            if isinstance(part, str) or kind[part] in ATTRIBUTES
            else held(part, side.text(part) or self._missing(side, [part]))
            for part in block.content
        )
        return paragraphs(column.writer.raw(html))

    def _written(
        self, pen: Pen, side: Side, parts: Sequence[Paragraph], look: Look
    ) -> str:
        """Return paragraphs as XML; only the first one begins an item."""
        written = []
        for i, part in enumerate(parts):
            here = look if i == 0 else replace(look, item=None, mark="")
            if named := ELEMENTS.get(part.element):
                here = replace(here, style=named)
            if part.element == "li":
                item = self.lists.bullet(), 0
                here = replace(here, item=item, indent=here.indent + STEP)
            written.append(_paragraph(self._runs(pen, side, part.runs), here))
        return "".join(written)

    def _runs(self, pen: Pen, side: Side, runs: Iterable[Run]) -> str:
        done = []
        for n, group in groupby(runs, lambda run: run.segment):
            text = pen.runs(group)
            if n and not side.is_source:
                text = self.control(side, n, text, empty=not side.text(n))
            done.append(text)
        return "".join(done)

    def control(self, side: Side, n: int, text: str, *, empty: bool = False) -> str:
        """Return XML in the content control of a unit: runs in a paragraph, or several
        paragraphs. (LibreOffice 7.4 drops bold and italics from a control around one
        whole paragraph.)

        :param empty: whether it only tells what is missing.
        """
        edition = side.edition
        unit = f"{side.language}:{edition.pair(n).unit.id}"
        tag = f"tflow:{edition.slug}:{unit}"
        tag = tag if len(tag) <= LONGEST_TAG else f"tflow::{unit}"
        alias = phrase("segment", side.language, n)
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(alias)}"/>'
            f'<w:tag w:val="{escaped(tag)}"/><w:id w:val="{self.file.number()}"/>'
            f"{'<w:showingPlcHdr/>' if empty else ''}<w:richText/></w:sdtPr>"
            f"<w:sdtContent>{text}</w:sdtContent></w:sdt>"
        )

    def _states(self, column: Column, numbers: Iterable[int], look: Look) -> str:
        """Return the marks of what is unfinished, below the text: whoever types at the
        end of it does not type into them."""
        side = column.side
        marks = [self.badge(column, standing) for standing in side.standings(numbers)]
        space = column.pen.plain(" ")
        under = Look("State", look.indent, align=look.align)
        return _paragraph(space.join(marks), under) if marks else ""

    def badge(self, column: Column, standing: str) -> str:
        """Return the mark of a state as a run."""
        name = state_name(standing, column.side.language)
        return column.pen.plain(f"\u00a0{name}\u00a0", STATES[standing])

    def _look(self, column: Column, block: Block, style: str, note: int) -> Look:
        path, side = block.path, column.side
        within = (c.kind for c in reversed(path) if c.kind in CONTAINERS)
        own = f"Heading{block.level}" if block.level else KINDS.get(block.kind)
        inner = CONTAINERS[kind] if (kind := next(within, "")) else ""
        items = any(c.kind == "item" for c in path)
        named = style or own or inner or ("ListParagraph" if items else "Normal")
        indent = STEP * sum(c.kind != "list" for c in path)
        item = self.lists.of(block, side.language)
        mark = self._bookmarks(column, block)
        if note:
            item = self.lists.count(-1, side.language, note), 0
            mark += self._bookmark(f"note{note}-{side.language}")
        return Look(named, indent, item, mark=mark)

    def _bookmarks(self, column: Column, block: Block) -> str:
        """Return what links in the article to a block lead to."""
        return "".join(map(self._bookmark, column.writer.side.anchors.of(block)))

    def _bookmark(self, anchor: str) -> str:
        name = f'w:id="{self.file.number()}"'
        start = f'<w:bookmarkStart {name} w:name="{bookmark(anchor)}"/>'
        return f"{start}<w:bookmarkEnd {name}/>"

    # --- tables -------------------------------------------------------------

    def table(self, columns: Sequence[Column], block: Block, room: int) -> str:
        """Return a table with some sides in each of its cells, or as records if it has
        no room; of one shape the widths are the same, whatever side it shows.

        :param room: twips.
        """
        indent = STEP * sum(c.kind != "list" for c in block.path)
        room -= indent
        own = self.shape(block)
        upright = own.setting(room / EM) != "records"
        parts = own.parts(room / EM) if upright else [1.0]
        widths = [int(room * part) for part in parts]
        write = self._table_rows if upright else self._records
        rows = "".join(
            f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
            f"{cells}</w:tr>"
            for head, cells in write(columns, block, widths)
        )
        return (
            f"{''.join(self._bookmarks(one, block) for one in columns)}"
            '<w:tbl><w:tblPr><w:tblStyle w:val="ArticleTable"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
            f"{grid(widths)}{rows}</w:tbl>{_paragraph('', Look('AfterTable'))}"
        )

    def shape(self, block: Block) -> Shape:
        """Return the shape of a table on all sides of the file."""
        return replace(shape(block, (one.side for one in self.columns)), indent=0)

    def _table_rows(
        self, columns: Sequence[Column], block: Block, widths: list[int]
    ) -> Iterator[tuple[bool, str]]:
        for row in block.rows:
            cells = []
            for i, width in enumerate(widths):
                align = block.align[i] if i < len(block.align) else ""
                content = row[i] if i < len(row) else ()
                looks = [Look("TableText", align=align)] * len(columns)
                cells.append(cell(self._in_cell(columns, content, looks), width))
            yield row is block.rows[0], "".join(cells)

    def _records(
        self, columns: Sequence[Column], block: Block, widths: list[int]
    ) -> Iterator[tuple[bool, str]]:
        """Yield a cell for each row: a line for each cell of it, led by the name of its
        column."""
        told = [names(block, column.side) for column in columns]
        for row in block.rows:
            head, lines = row is block.rows[0], ""
            for i, content in enumerate(row):
                labels = [label[i] for label in told]
                if same(content):
                    labels = [" · ".join(dict.fromkeys(filter(None, labels)))]
                led = (
                    column.pen.plain(f"{label}  ", "Small")
                    if label and not head
                    else ""
                    for column, label in zip(columns, labels, strict=False)
                )
                looks = [Look("TableText", mark=mark) for mark in led]
                lines += self._in_cell(columns, content, looks)
            yield head, cell(lines, widths[0])

    def _in_cell(
        self, columns: Sequence[Column], content: Content, looks: Sequence[Look]
    ) -> str:
        """Return a cell's text on some sides; once if it is the same on all."""
        shown = columns[:1] if same(content) else columns
        numbers = numbers_in(content)
        return "".join(
            self._text(column, content, look) + self._states(column, numbers, look)
            for column, look in zip(shown, looks, strict=False)
        )

    # --- what has none ------------------------------------------------------

    def across(self, column: Column, block: Block) -> str:
        """Return a block without segments as XML; empty if readers see nothing."""
        look = self._look(column, block, "", 0)
        text = column.side.fill(block.content)
        if block.kind == "rule":
            return _paragraph(column.pen.plain(RULE), look)
        if block.kind == "html":
            parts = paragraphs(column.writer.raw(unheld(text)))
            if parts or not MEDIA.search(text):
                return self._written(column.pen, column.side, parts, look)
            look = replace(look, style="SourceCode")
        elif block.kind not in ("code", "opaque"):
            parts = paragraphs(column.writer.inline(text.strip()))
            return self._written(column.pen, column.side, parts, look)
        if silent(block):
            return ""
        code = Run(text.strip("\n"), frozenset({"code"}))
        return _paragraph(column.pen.runs([code]), look)


def _paragraph(inner: str, look: Look) -> str:
    lists, hanging = "", ""
    if look.item:
        name, level = look.item
        lists = f'<w:ilvl w:val="{level}"/><w:numId w:val="{name}"/>'
        lists, hanging = f"<w:numPr>{lists}</w:numPr>", f' w:hanging="{STEP}"'
    indent = f'<w:ind w:left="{look.indent}"{hanging}/>' if look.indent else ""
    align = f'<w:jc w:val="{look.align}"/>' if look.align else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{look.style}"/>{lists}{indent}{align}</w:pPr>'
        f"{look.mark}{inner}</w:p>"
    )


def paragraph(inner: str, style: str) -> str:
    """Return runs as a paragraph of a style."""
    return _paragraph(inner, Look(style))


def cell(inner: str, width: int, *, span: int = 1, fill: str = "") -> str:
    """Return XML as a cell of a table.

    :param width: in twips; ``span`` is how many columns it takes, ``fill`` what its
        ground is shaded with, as ``RRGGBB``.
    """
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{over}{ground}</w:tcPr>{inner or '<w:p/>'}</w:tc>"


def grid(widths: Iterable[int]) -> str:
    """Return the grid of a table with columns of some widths."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"
