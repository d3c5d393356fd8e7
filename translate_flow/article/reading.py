"""From block tokens to segments, their slots and the blocks of editions.

This is the one place that decides what a segment is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal

from translate_flow.article import html, images
from translate_flow.article.accounts import Accounts
from translate_flow.article.blockstate import Span
from translate_flow.article.containers import KINDS, Containers
from translate_flow.article.directives import COMMENT, Directives
from translate_flow.article.grammar import SILENT, Parsed
from translate_flow.article.lines import (
    INDENT,
    Lines,
    cells,
    flowing,
    prefix,
    unescaped,
    verbatim,
)
from translate_flow.article.places import Form, Rendering, Root, Slot, Stretch
from translate_flow.article.shortcodes import OPENS
from translate_flow.article.texts import (
    Text,
    Unheld,
    hidden,
    inside,
    shown,
    texts,
    worded,
)
from translate_flow.model import Block, Content, Segment

if TYPE_CHECKING:
    from markdown_it.token import Token

TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
MARKER = re.compile(r"(?:[:~][ \t]+)+(?=\S)")
"""What begins a definition. Before other text it ends the paragraph above."""
HTML = Rendering("html")
MARKED = ("list_item_open", "dd_open", "footnote_reference_open", "box_open")
"""Containers with a mark on their first line alone."""
ALIGN: dict[str, Literal["", "left", "center", "right"]] = {
    "text-align:left": "left",
    "text-align:center": "center",
    "text-align:right": "right",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """All there is in the body of an article."""

    slots: tuple[Slot, ...]
    blocks: tuple[Block, ...]
    roots: tuple[Root, ...]
    stretches: tuple[Stretch, ...]
    unheld: tuple[Unheld, ...]
    """What readers see, or may see, and no slot holds."""


def read(
    body: str, parsed: Parsed, *, file: str, numbers: tuple[int, int] = (1, 0)
) -> Reading:
    """Find the segments and blocks of an article's body.

    :param numbers: number of the first segment, and lines above the body.
    :raises FlowError: for a directive that is unknown, misplaced or never closed.
    """
    reader = _Reader(body, parsed, file, *numbers)
    return reader.run()


class _Reader:
    def __init__(
        self, body: str, parsed: Parsed, file: str, number: int, above: int
    ) -> None:
        self.body, self.tokens = body, parsed.tokens
        self.above, self.number = above, number
        self.directives = Directives(file)
        self.slots: list[Slot] = []
        self.blocks: list[Block] = []
        self.roots: list[Root] = []
        self.stretches: list[Stretch] = []
        self.opened: list[tuple[Token, int]] = []
        self.element = 0
        self.containers = Containers()
        self.line_starts = [0, *accumulate(len(row) + 1 for row in body.split("\n"))]
        self.rows: list[tuple[Content, ...]] = []
        self.cells: list[Content] = []
        self.spans: list[Span] = []
        self.first_cell = 0
        self.names = parsed.names
        self.accounts = Accounts(body, above, self.directives)

    def run(self) -> Reading:
        for i, token in enumerate(self.tokens):
            kind = token.type
            self.accounts.read(token)
            if kind in SILENT:
                continue
            if token.level == 0 and token.nesting >= 0 and token.map:
                part = self.directives.part
                self.roots.append(Root(token.map[0], self.element, part))
            handle = HANDLERS.get(kind)
            if handle is not None:
                handle(self, i, token)
            self.element += 1
        self.accounts.finish()
        self.directives.finish()
        return Reading(
            tuple(self.slots),
            tuple(self.blocks),
            tuple(self.roots),
            tuple(self.stretches),
            tuple(sorted(self.accounts.unheld)),
        )

    # --- containers ---------------------------------------------------------

    def open(self, i: int, token: Token) -> None:
        task = self._task(i + 2) if token.type == "list_item_open" else None
        checked = None if task is None else task[1] != " "
        self.containers.open(token, self.tokens[i + 1], checked)
        self.opened.append((token, self.number))
        if token.type == "box_open":
            self.accounts.opened(token)
            self.label(i, token)

    def close(self, i: int, token: Token) -> None:
        self.containers.close()
        opening, number = self.opened.pop()
        if opening.type in ("list_item_open", "blockquote_open"):
            self._stretch(opening, number)

    def _stretch(self, token: Token, number: int) -> None:
        """Note lines that can go by themselves: none that begin what goes on below.

        :param number: of their first segment.
        """
        if not token.map or number == self.number:
            return
        first, end = token.map
        if all(
            one.type not in MARKED or not one.map or one.map[0] != first
            for one, _ in self.opened
        ):
            self.stretches.append(Stretch(first, end, range(number, self.number)))

    def open_flat(self, i: int, token: Token) -> None:
        self.containers.open_flat(token.meta["family"], token.info)
        self.label(i, token)

    def close_flat(self, i: int, token: Token) -> None:
        if not self.containers.close_flat(token.meta["family"]):
            self.opaque(i, token)

    def _task(self, i: int) -> re.Match[str] | None:
        """Return the box that the paragraph of an inline token begins with, if it is
        the first one in a list item."""
        token = self.tokens[i] if i < len(self.tokens) else None
        if token is None or token.type != "inline" or i < 2:
            return None
        above = self.tokens[i - 1].type, self.tokens[i - 2].type
        if above != ("paragraph_open", "list_item_open"):
            return None
        return TASK.match(self.body, *token.meta["lines"][0])

    # --- leaves -------------------------------------------------------------

    def paragraph(self, i: int, token: Token) -> None:
        number, spans = self.number, self.tokens[i + 1].meta["lines"]
        while len(spans) > 1 and self.body[slice(*spans[0])].isspace():
            spans = spans[1:]  # an odd space may be what keeps it from a table above
        lines = flowing(self.body, spans)
        task = self._task(i + 1)
        marker = MARKER.match(lines.text)
        if task is not None:
            lines = lines.without(task.end() - task.start())
        elif marker is not None:
            lines = lines.without(marker.end())
        found = images.parts(lines.text)
        if found is not None:
            content = self._images(lines, found)
        elif not worded(lines.text):
            content = self._wordless(lines)
        else:
            opens = task is None and marker is None
            ticks = opens and self.tokens[i - 1].type == "list_item_open"
            place = self._paragraph_place("blocks", lines, opens, ticks)
            if task is not None:
                place = replace(place, prefix=place.prefix[: task.start() - task.end()])
            kind = self.containers.kind()
            piece = self._segment(kind, lines.text, lines, place, self.element)
            content = (piece,)
        self._block("paragraph", content, token)
        self._stretch(token, number)

    def heading(self, i: int, token: Token) -> None:
        number, inline = self.number, self.tokens[i + 1]
        level = int(token.tag[1])
        if token.markup.startswith("#"):
            lines, place = self._heading_lines(inline, level), Rendering("heading")
        else:
            lines = flowing(self.body, inline.meta["lines"])
            place = self._paragraph_place("lines", lines)
        content = self._inline(f"heading {level}", lines, place)
        self._block("heading", content, token, level=level)
        self._stretch(token, number)

    def _heading_lines(self, inline: Token, level: int) -> Lines:
        start, end = inline.meta["lines"][0]
        row = self.body[start + level : end]
        start += level + len(row) - len(row.lstrip(INDENT))
        return Lines(self.body[start : start + len(inline.content)], ((0, start),))

    def term(self, i: int, token: Token) -> None:
        lines = flowing(self.body, self.tokens[i + 1].meta["lines"])
        marker = MARKER.match(lines.text)
        if marker is not None:
            lines = lines.without(marker.end())
        place = Rendering("line", opens=marker is None)
        self._block("term", self._inline("term", lines, place), token)

    def code(self, i: int, token: Token) -> None:
        content = (token.content,) if token.content else ()
        self._block("code", content, token, info=token.info.strip())
        if token.type == "code_block" and self._below_a_tag(i, token):
            rows = token.content.split("\n")
            if (said := next(filter(worded, rows), None)) is not None:
                first, last = token.map or (0, 0)
                at, end = (
                    self.line_starts[n] for n in (first + rows.index(said), last - 1)
                )
                why = "indented like code, right below a tag or table"
                self.accounts.tell(at, said.strip(), why, last=end)

    def _below_a_tag(self, i: int, token: Token) -> bool:
        """Whether code that is only indented stands right below a tag or a table: one
        that takes the tag away shows a paragraph, and some see another row."""
        if not i or self.tokens[i - 1].type not in ("opaque", "table_close"):
            return False
        first = token.map[0] if token.map else 0
        above = self.body[self.line_starts[first - 1] : self.line_starts[first]]
        return first > 0 and not above.isspace()

    def rule(self, i: int, token: Token) -> None:
        self._block("rule", (), token)

    def opaque(self, i: int, token: Token) -> None:
        if COMMENT.match(token.content):
            self.directives.read(token.content, self._line(token))
            self._is_directive(token)
            return
        self._block("opaque", (token.content,), token)
        text = token.content.lstrip(INDENT)
        if not (OPENS.match(text) or text.startswith("<")):
            return
        lines = verbatim(self.body, token.meta["lines"])
        for found in texts(lines.text, self.names):
            if found.held:
                self._parameter(found, lines, token)
            else:
                self.accounts.tell_of(lines, found)

    def _parameter(self, found: Text, lines: Lines, token: Token) -> None:
        """A text of a shortcode is a row of its own, below the shortcode."""
        text = shown(lines.text, found)
        piece = self._attribute(found, lines, text, kind=found.kind)
        if isinstance(piece, int):
            shape: Any = "paragraph" if found.kind == "caption" else "label"
            self._block(shape, (piece,), token)

    def _attribute(
        self,
        found: Text,
        lines: Lines,
        text: str,
        *,
        kind: str = "",
        in_cell: bool = False,
    ) -> str | int:
        """Make a segment of an attribute.

        :param kind: if it is a row of its own; within a line it is an alternative text
            or a title.
        """
        at, quote = (found.start, found.end), found.quote
        folded = self._line_at(lines.at(at[0])) < self._line_at(lines.at(at[1]))
        indent = prefix(self._row_before(lines)) if folded else ""
        place = Rendering(found.form, indent, False, False, folded, quote, in_cell)
        kind = kind or ("alt" if found.kind == "alt" else "title")
        return self._segment(kind, text, lines, place, at=at)

    def abbreviation(self, i: int, token: Token) -> None:
        lines = verbatim(self.body, token.meta["lines"])
        start, end = token.meta["at"]
        text = lines.text[start:end]
        place = Rendering("label")
        piece = self._segment("abbreviation", text, lines, place, at=(start, end))
        self._block("paragraph", _joined([token.info, piece]), token)

    def reference(self, i: int, token: Token) -> None:
        """The title of a link definition is a segment, but no row of an edition."""
        lines = flowing(self.body, token.meta["lines"])
        found = images.definition(lines.text)
        if found is not None:
            self._title(lines, found)

    def html(self, i: int, token: Token) -> None:
        lines = verbatim(self.body, token.meta["lines"])
        content = self._html_content(lines)
        if any(part != "" for part in content):
            self._block("html", content, token)
        else:
            self._is_directive(token)

    def _html_content(self, lines: Lines) -> Content:
        """Read an HTML block from top to bottom: comments may be directives."""
        said = [
            (start, start + len(text), text)
            for start, text in html.comments(lines.text)
            if COMMENT.match(text)
        ]
        found = []
        for text in html.texts(lines.text, self.names):
            if text.held:
                found.append((text.start, text.end, text))
            else:
                self.accounts.tell_of(lines, text)
        pieces: list[tuple[int, int, str | Text]] = [*said, *found]
        parts: list[str | int] = []
        done = 0
        for start, end, one in sorted(pieces, key=lambda piece: piece[:2]):
            parts.append(lines.text[done:start])
            done = end
            if isinstance(one, str):
                self.directives.read(one, self._line_at(lines.at(start)))
            else:
                parts.append(self._html_piece(one, lines))
        parts.append(lines.text[done:])
        for at, words, name in html.unread(lines.text):
            self.accounts.tell(lines.at(at), words, f"inside <{name}>")
        content = _joined(parts)
        return () if said and not _shown(content) else content

    def _html_piece(self, found: Text, lines: Lines) -> str | int:
        own = lines.text[found.start : found.end]
        text = html.collapse(own).strip()
        if found.form != "html":
            piece = self._attribute(found, lines, text)
        else:
            at = (found.start, found.end)
            piece = self._segment("html", text, lines, HTML, at=at)
        return piece if isinstance(piece, int) else own

    def label(self, i: int, token: Token) -> None:
        if token.meta.get("title") is None:
            return
        start, end = token.meta["title"]
        text = self.body[start:end].strip(INDENT)
        if not text:
            return
        start += len(self.body[start:end]) - len(self.body[start:end].lstrip(INDENT))
        lines = Lines(text, ((0, start),))
        quote = {"quoted": '"', "bracketed": "[]"}.get(token.meta["form"], "")
        shown = text.replace("&quot;", '"') if quote == '"' else text
        place = Rendering("label", quote=quote)
        piece = self._segment("label", shown, lines, place, at=(0, len(text)))
        self._block("label", (piece,), token)

    # --- tables -------------------------------------------------------------

    def table(self, i: int, token: Token) -> None:
        self.rows = []

    def row(self, i: int, token: Token) -> None:
        start, end = self.tokens[i + 2].meta["lines"][0]
        self.spans = cells(self.body[start:end], start)
        self.cells = []
        self.first_cell = self.number

    def cell(self, i: int, token: Token) -> None:
        content = self.tokens[i + 1].content
        column = len(self.cells)
        if column >= len(self.spans) or not content:
            self.cells.append((content,) if content else ())
            return
        start, end = self.spans[column]
        if self.body[start:end].replace("\\|", "|") != content:
            self.accounts.tell(
                start, content, "a cell that cannot be told from its neighbours"
            )
            self.cells.append((content,))
            return
        row_start = self.tokens[i + 1].meta["lines"][0][0]
        place = Rendering("cell", opens=start == row_start)
        lines = unescaped(self.body, start, end)
        if worded(content):
            self.cells.append((self._segment("cell", content, lines, place),))
        else:
            self.cells.append(self._wordless(lines, in_cell=True))

    def row_end(self, i: int, token: Token) -> None:
        if self.rows:  # a table keeps its head
            self._stretch(self.tokens[self._opening(i, "tr_open")], self.first_cell)
        for start, end in self.spans[len(self.cells) :]:
            if worded(self.body[start:end]):
                self.accounts.tell(
                    start, self.body[start:end], "a cell without a column"
                )
        self.rows.append(tuple(self.cells))

    def table_end(self, i: int, token: Token) -> None:
        opening = self._opening(i, "table_open")
        heads = [t for t in self.tokens[opening:i] if t.type == "th_open"]
        align = tuple(ALIGN.get(str(t.attrs.get("style", "")), "") for t in heads)
        rows = tuple(self.rows)
        self._block("table", (), self.tokens[opening], rows=rows, align=align)

    def _opening(self, i: int, kind: str) -> int:
        while self.tokens[i].type != kind:
            i -= 1
        return i

    # --- what leaves are made of --------------------------------------------

    def _segment(
        self,
        kind: str,
        text: str,
        lines: Lines,
        place: Rendering,
        element: int = -1,
        *,
        at: Span | None = None,
    ) -> str | int:
        """Make a segment of a text if it is one; return its number, else the text."""
        if self.directives.region:
            return text
        start, end = at or (0, len(lines.text))
        first, last = lines.at(start), lines.at(end)
        line = self._line_at(first)
        if "tflow:" in text:
            self.directives.inside(text, line)
        if not worded(text):
            return text
        n, note = self.number, self.directives.note
        self.directives.note = ""
        self.number += 1
        segment = Segment(n, kind, text, line, note)
        root = len(self.roots) - 1
        self.slots.append(Slot(segment, first, last, place, element, root))
        return n

    def _inline(self, kind: str, lines: Lines, place: Rendering) -> Content:
        if not worded(lines.text):
            return self._wordless(lines)
        return _joined([self._segment(kind, lines.text, lines, place)])

    def _wordless(self, lines: Lines, *, in_cell: bool = False) -> Content:
        """Read inline Markdown that is nothing but code, tags and the like: the texts
        in them are segments."""
        parts: list[str | int] = []
        done = 0
        for found in sorted(inside(lines.text, self.names), key=lambda t: t.start):
            if not found.held:
                self.accounts.tell_of(lines, found)
                continue
            own = lines.text[found.start : found.end]
            text = html.collapse(own).strip()
            piece = self._attribute(found, lines, text, in_cell=in_cell)
            parts += lines.text[done : found.start], piece
            if not isinstance(piece, int):
                parts[-1] = own
            done = found.end
        parts.append(lines.text[done:])
        if "tflow:" in lines.text:
            self.directives.inside(lines.text, self._line_at(lines.at(0)))
        return _joined(parts)

    def _images(self, lines: Lines, found: tuple[images.LinkPart, ...]) -> Content:
        """Read a paragraph that is only images, with attributes behind them."""
        pieces: list[images.LinkPart | Text] = [*found]
        for one in hidden(lines.text, self.names):
            if any(part.start <= one.start < part.end for part in found):
                continue
            if one.held:
                pieces.append(one)
            else:
                self.accounts.tell_of(lines, one)
        parts: list[str | int] = []
        done = 0
        for part in sorted(pieces, key=lambda piece: piece.start):
            parts.append(lines.text[done : part.start])
            done = part.end
            own = lines.text[part.start : part.end]
            if isinstance(part, Text):
                piece = self._attribute(part, lines, html.collapse(own).strip())
            else:
                piece = self._title(lines, part)
            parts.append(piece if isinstance(piece, int) else own)
        parts.append(lines.text[done:])
        return _joined(parts)

    def _title(self, lines: Lines, part: images.LinkPart) -> str | int:
        text = re.sub(r"\s+", " ", lines.text[part.start : part.end]).strip()
        if part.quote:
            text = re.sub(rf"\\([{re.escape(part.quote)}])", r"\1", text)
        place = Rendering(part.kind, opens=False, quote=part.quote)
        return self._segment(part.kind, text, lines, place, at=(part.start, part.end))

    def _paragraph_place(
        self,
        form: Literal["blocks", "lines"],
        lines: Lines,
        opens: bool = True,
        ticks: bool = False,
    ) -> Rendering:
        row = self._row_before(lines)
        return _place(form, row, opens, ticks, len(lines.starts) > 1)

    def _row_before(self, lines: Lines) -> str:
        """Return what stands before a text on its first line."""
        start = lines.starts[0][1]
        return self.body[
            self.line_starts[self._line_at(start) - self.above - 1] : start
        ]

    def _block(self, kind: Any, content: Content, token: Token, **more: Any) -> None:
        more |= {"root": len(self.roots) - 1, "part": self.directives.part}
        path, line = self.containers.path(), self._line(token)
        self.blocks.append(Block(kind, content, path, line=line, **more))

    def _is_directive(self, token: Token) -> None:
        """Say of the outermost block at hand that it is a word to us. One that opens or
        closes a part belongs to it."""
        if token.level == 0 and self.roots:
            was = self.roots[-1]
            part = was.part or self.directives.part
            self.roots[-1] = was._replace(part=part, directive=True)

    def _line(self, token: Token) -> int:
        return self.above + (token.map[0] if token.map else 0) + 1

    def _line_at(self, offset: int) -> int:
        return self.above + bisect_right(self.line_starts, offset)


@lru_cache(maxsize=256)
def _place(form: Form, row: str, opens: bool, ticks: bool, folded: bool) -> Rendering:
    return Rendering(form, prefix(row), opens, ticks, folded)


def _joined(parts: list[str | int]) -> Content:
    return tuple(part for part in parts if part != "")


def _shown(content: Content) -> bool:
    return any(isinstance(part, int) or part.strip() for part in content)


HANDLERS: dict[str, Callable[[_Reader, int, Any], None]] = {
    **dict.fromkeys(KINDS, _Reader.open),
    **dict.fromkeys((n.replace("_open", "_close") for n in KINDS), _Reader.close),
    "box": _Reader.open_flat,
    "box_end": _Reader.close_flat,
    "paragraph_open": _Reader.paragraph,
    "heading_open": _Reader.heading,
    "dt_open": _Reader.term,
    "fence": _Reader.code,
    "code_block": _Reader.code,
    "hr": _Reader.rule,
    "opaque": _Reader.opaque,
    "alert": _Reader.label,
    "abbreviation": _Reader.abbreviation,
    "reference": _Reader.reference,
    "html_block": _Reader.html,
    "table_open": _Reader.table,
    "tr_open": _Reader.row,
    "th_open": _Reader.cell,
    "td_open": _Reader.cell,
    "tr_close": _Reader.row_end,
    "table_close": _Reader.table_end,
}
