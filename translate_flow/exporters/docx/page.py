"""The whole document: rows of a table, or one language in flow; titles, credits, the
proof's legend, notes and colophon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.composition import Composition, Legend
from translate_flow.exporters.content.credits import Credit, day
from translate_flow.exporters.content.sides import box_title, is_figure, part_language
from translate_flow.exporters.content.words import language_name
from translate_flow.exporters.docx.blocks import (
    EM,
    Blocks,
    Column,
    cell,
    grid,
    paragraph,
)
from translate_flow.exporters.docx.lists import Lists
from translate_flow.exporters.docx.package import ZIP_EPOCH, DocxFile, Facts
from translate_flow.exporters.docx.runs import Pen, Tongue
from translate_flow.exporters.docx.walk import Run
from translate_flow.exporters.inline.writer import Notes, Writer
from translate_flow.model import Block

SHORT_EDGE, LONG_EDGE, MARGIN = 11906, 16838, 1021
"""Twips: A4, and 18 mm around it."""
NUMBER = 520
"""Width of the column of numbers."""
PADDING = 120
"""Left and right of a cell's text."""
EMU_PER_TWIP = 635
HEAD = "Columns"
"""Style of the row that each page repeats."""
LOWER = ("Title", "Heading1", "Heading2", "Heading3", "Heading4")
"""Styles with room above, for which numbers have a style of their own."""
GROUND = "F3F0E8"
"""Colour behind what exists in one language only."""


def page(edition: Edition, layout: Layout) -> bytes:
    """Return the whole DOCX file."""
    from translate_flow.text.markup import visible

    sheet = _Sheet(edition, layout)
    text = sheet.framed("".join(sheet.rows()))
    columns = sheet.blocks.columns
    titles = dict.fromkeys(edition.title(c.side.language) for c in columns)
    when = day(edition.article.meta)
    told = Facts(
        title=" · ".join(map(visible, titles)),
        slug=edition.slug,
        language=columns[-1].side.language,
        date=datetime(when.year, when.month, when.day) if when else ZIP_EPOCH,
        custom={
            "tflow-slug": edition.slug,
            "tflow-source": edition.source_language,
            "tflow-target": edition.target_language,
            "tflow-revision": edition.revision,
        },
    )
    return sheet.file.packed(text, sheet.blocks.lists.xml(), told)


class _Sheet:
    """One document while it is written."""

    def __init__(self, edition: Edition, layout: Layout) -> None:
        self.edition = edition
        self.layout = layout
        self.file = DocxFile()
        self.composed = Composition(edition, layout)
        labels = tuple(self.composed.footnotes)
        self.notes = Notes(labels, self.composed.unprinted)
        self.facing = layout == "facing"
        self.in_table = layout in ("facing", "interleaved")
        edge = LONG_EDGE if self.facing else SHORT_EDGE
        room = edge - 2 * MARGIN - (NUMBER if self.in_table else 0)
        self.width = room // 2 if self.facing else room
        padding = 2 * PADDING if self.in_table else 0
        inner = self.width - padding
        self.room = room - padding
        columns = []
        for side in self.composed.sides:
            other = {edition.source_language, edition.target_language}
            tongue = Tongue(side.language, *(other - {side.language}))
            writer = Writer(side, self.notes)
            known = writer.side.anchors.known
            pen = Pen(self.file, tongue, inner * EMU_PER_TWIP, known)
            columns.append(Column(writer, pen, inner))
        self.blocks = Blocks(self.file, Lists(), tuple(columns))
        self.columns = self.blocks.columns

    # --- rows ---------------------------------------------------------------

    def framed(self, rows: str) -> str:
        """Return all rows as the content of the document's body."""
        wide, high = LONG_EDGE, SHORT_EDGE
        if not self.facing:
            wide, high = high, wide
        turned = ' w:orient="landscape"' if self.facing else ""
        edges = " ".join(
            f'w:{e}="{MARGIN}"' for e in ("top", "right", "bottom", "left")
        )
        section = (
            f'<w:sectPr><w:footerReference w:type="default" r:id="{self.file.footer}"/>'
            f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/><w:pgMar {edges} '
            'w:header="510" w:footer="510" w:gutter="0"/></w:sectPr>'
        )
        if not self.in_table:
            return rows + section
        widths = [NUMBER, *[self.width] * (2 if self.facing else 1)]
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Pairs"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0000"/></w:tblPr>{grid(widths)}{rows}</w:tbl>'
            f"{paragraph('', 'AfterTable')}{section}"
        )

    def row(self, cells: Iterable[str], n: int = 0, style: str = "") -> str:
        """Return one row: a cell per language, or one with all languages.

        :param n: the number that it shows, if any.
        :param style: that of its text, if it stands lower than others.
        """
        texts = list(cells)
        if not any(texts):
            return ""
        if not self.facing:
            texts = ["".join(texts)]
        if not self.in_table:
            return texts[0]
        return self._row([cell(text, self.width) for text in texts], n, style)

    def wide(self, text: str, n: int = 0, *, fill: str = "") -> str:
        """Return one row with one cell across all languages."""
        if not text or not self.in_table:
            return text
        span = 2 if self.facing else 1
        one = cell(text, self.width * span, span=span, fill=fill)
        return self._row([one], n)

    def _row(self, cells: list[str], n: int, style: str = "") -> str:
        text = self.columns[0].pen.plain(str(n)) if n else ""
        number = paragraph(text, f"Number{style if style in LOWER else ''}")
        head = "<w:cantSplit/><w:tblHeader/>" if style == HEAD else ""
        chrome = f"<w:trPr>{head}</w:trPr>" if head else ""
        return f"<w:tr>{chrome}{cell(number, NUMBER)}{''.join(cells)}</w:tr>"

    def across(self, style: str, texts: Iterable[str]) -> str:
        """Return a row of runs as XML, a paragraph for each side that says anything."""
        return self.row(paragraph(t, style) if t else "" for t in texts)

    def told(self, style: str, texts: Iterable[str]) -> str:
        """Return a row of plain texts, one for each side."""
        told = zip(self.columns, texts, strict=True)
        return self.across(style, (c.pen.plain(t) if t else "" for c, t in told))

    # --- the parts of the document ------------------------------------------

    def rows(self) -> Iterator[str]:
        """Yield all rows in their order."""
        if self.facing:
            names = (_language(column) for column in self.columns)
            yield self.row((paragraph(name, HEAD) for name in names), style=HEAD)
        yield from self._head()
        yield from map(self._block, self.composed.text)
        yield from self._notes()
        yield from self._end()

    def _head(self) -> Iterator[str]:
        composed = self.composed
        if composed.title:
            yield self._pair(composed.title, "Title")
        else:
            yield self.across("Title", map(self._title, self.columns))
        yield from (self._pair(n, "Subtitle") for n in composed.deck)
        yield self.across("Credits", map(self._credits, self.columns, composed.credits))
        yield self.told("Notice", composed.notice)
        yield self.across("Legend", map(self._legend, self.columns, composed.legend))
        yield from (self._pair(n, "Front") for n in composed.hidden)

    def _title(self, column: Column) -> str:
        from translate_flow.text.markup import visible

        return column.pen.plain(visible(self.edition.title(column.side.language)))

    def _pair(self, n: int, style: str) -> str:
        block = Block("paragraph", (n,), line=self.composed.title_line(n))
        cells = (self.blocks.cell(column, block, style) for column in self.columns)
        return self.row(cells, style=style)

    def _credits(self, column: Column, credits: Iterable[Credit]) -> str:
        runs = (Run(credit.text, address=credit.url) for credit in credits)
        return column.pen.plain(" · ").join(column.pen.runs([run]) for run in runs)

    def _legend(self, column: Column, legend: Legend) -> str:
        """Return what is unfinished, with counts."""
        pen = column.pen
        name = pen.runs([Run(legend.name, frozenset({"bold"}))])
        marks = (
            self.blocks.badge(column, standing) + pen.plain(f" {n}  ")
            for standing, n in legend.counts.items()
        )
        return name + pen.plain(f"  {legend.says}  ") + "".join(marks)

    def _block(self, block: Block, note: int = 0) -> str:
        numbers = list(block.segments())
        n = self.composed.paragraphs.get(numbers[0], 0) if numbers else 0
        if block.part:
            return self._of_part(block)
        if block.kind == "table":
            return self._table(block, n)
        if is_figure(block, self.edition):
            return self._figure(block, n)
        named = not numbers and box_title(block, self.columns[0].side)
        if numbers or named:
            cells = [self.blocks.cell(c, block, note=note) for c in self.columns]
            style = f"Heading{block.level}" if block.level else ""
            return self.row(cells, n, style)
        return self.wide(self.blocks.across(self.columns[0], block))

    def _of_part(self, block: Block) -> str:
        """Return what is there in one language only."""
        language = part_language(self.edition, block)
        column = next(c for c in self.columns if c.side.language == language)
        if block.kind == "table":
            text = self.blocks.table((column,), block, self.room)
        else:
            text = self.blocks.across(column, block)
        return self.wide(text, fill=GROUND)

    def _table(self, block: Block, n: int) -> str:
        """Return a table: once per language if both find room side by side, else one
        with both languages in its cells."""
        half = self.columns[0].width
        beside = self.facing and any(block.segments())
        need = self.blocks.shape(block).setting(0, half / EM if beside else 0)
        if need != "beside":
            return self.wide(self.blocks.table(self.columns, block, self.room), n)
        cells = (self.blocks.table((c,), block, half) for c in self.columns)
        return self.row(cells, n)

    def _figure(self, block: Block, n: int) -> str:
        """Return pictures once, and under them what each language says of them."""
        column = self.columns[0]
        content = (column.side.fill(block.content),)
        filled = Block("paragraph", content, block.path, line=block.line)
        pictures = self.wide(self.blocks.across(column, filled))
        return pictures + self.row(
            (self.blocks.captions(column, block) for column in self.columns), n
        )

    # --- after the text -----------------------------------------------------

    def _notes(self) -> Iterator[str]:
        """Yield the footnotes."""
        for n, note in enumerate(self.composed.noted(self.notes)):
            if n == 0:
                yield self.told("Section", self.composed.phrases("notes"))
            for i, block in enumerate(note.blocks):
                yield self._block(block, 0 if i else note.number)

    def _end(self) -> Iterator[str]:
        """Yield titles of links that a proof must show, what was put right, and how
        the edition was made."""
        composed = self.composed
        if composed.loose:
            yield self.told("Section", composed.phrases("links"))
            yield from (self._pair(n, "Front") for n in composed.loose)
        for told in composed.corrections:
            yield self.told("Colophon", (text for _, text in told))
        yield self.told("Colophon", composed.colophon)


def _language(column: Column) -> str:
    return column.pen.plain(language_name(column.side.language))
