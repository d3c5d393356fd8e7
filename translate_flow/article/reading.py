"""From block tokens to segments, their slots and the blocks of editions.

This is the one place that decides what a segment is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from translate_flow.article import html, images
from translate_flow.article.directives import COMMENT, Directives
from translate_flow.article.grammar import Parsed, Span
from translate_flow.article.places import UNESCAPED, Place, Slot
from translate_flow.model import Block, Container, Content, Segment
from translate_flow.text.mask import has_letters

if TYPE_CHECKING:
    from markdown_it.token import Token

TELLING = frozenset({"quote", "item", "definition", "footnote"})
"""Containers that name the kind of the paragraphs right inside them."""
MARKERS = re.compile(
    r"(?P<note>\[\^[^\]\n]+\]:[ \t]*)|(?P<quote>>)|(?P<blank>[ \t]+)|(?P<other>.)"
)
TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
INDENT = " \t"
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
    roots: tuple[tuple[int, int], ...]
    """0-based line of the body where each outermost block begins, and the index of
    that block among the elements of the structure."""


@dataclass
class _Frame:
    """A container that is open."""

    container: Container
    flat: str = ""
    """For ``:::`` and ``///``: which of them; they have no closing token."""

    seen: bool = False
    number: int = 0
    """For lists: the number of the next item."""


@dataclass
class _Flow:
    """The text of a paragraph and where each of its lines stands."""

    text: str
    starts: list[Span] = field(default_factory=list)
    """Offsets in the text and in the source, line by line."""

    def at(self, offset: int) -> int:
        """Return where a character of the text stands in the source."""
        i = bisect_right(self.starts, offset, key=lambda pair: pair[0]) - 1
        mine, source = self.starts[i]
        return source + offset - mine


def read(
    body: str, parsed: Parsed, *, file: str, numbers: tuple[int, int] = (1, 0)
) -> Reading:
    """Find the segments and blocks of an article's body.

    :param numbers: number of the first segment, and lines above the body.
    :raises FlowError: for a directive that is unknown or never closed.
    """
    reader = _Reader(body, parsed, file, *numbers)
    return reader.run()


class _Reader:
    def __init__(
        self, body: str, parsed: Parsed, file: str, number: int, above: int
    ) -> None:
        self.body, self.tokens = body, parsed.tokens
        self.elements = {i: n for n, (i, _) in enumerate(parsed.elements())}
        self.above, self.number = above, number
        self.directives = Directives(file)
        self.slots: list[Slot] = []
        self.blocks: list[Block] = []
        self.roots: list[tuple[int, int]] = []
        self.frames: list[_Frame] = []
        self.keys = 0
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", body))]
        self.rows: list[tuple[Content, ...]] = []
        self.cells: list[Content] = []
        self.spans: list[Span] = []

    def run(self) -> Reading:
        for i, token in enumerate(self.tokens):
            if token.level == 0 and token.nesting >= 0 and token.map:
                self.roots.append((token.map[0], self.elements[i]))
            handle = HANDLERS.get(token.type)
            if handle is not None:
                handle(self, i, token)
        self.directives.finish()
        return Reading(tuple(self.slots), tuple(self.blocks), tuple(self.roots))

    # --- containers ---------------------------------------------------------

    def open(self, i: int, token: Token) -> None:
        kind, ordered = CONTAINERS[token.type]
        number, checked = 1, None
        if kind == "item":
            above = self.frames[-1]
            number, ordered = above.number, above.container.ordered
            above.number += 1
            checked = self._checked(i)
        start = int(token.attrs.get("start", 1)) if ordered else 1
        name = token.meta.get("label", token.info if kind == "box" else "")
        container = Container(kind, self._key(), False, ordered, number, checked, name)
        self.frames.append(_Frame(container, number=start))
        if kind == "box":
            self._label(i, token)

    def close(self, i: int, token: Token) -> None:
        while self.frames.pop().flat:
            pass

    def open_flat(self, i: int, token: Token) -> None:
        container = Container("box", self._key(), False, name=token.info)
        self.frames.append(_Frame(container, flat=token.meta["family"]))
        self._label(i, token)

    def close_flat(self, i: int, token: Token) -> None:
        if self.frames and self.frames[-1].flat == token.meta["family"]:
            self.frames.pop()
        else:
            self.opaque(i, token)

    def _key(self) -> int:
        self.keys += 1
        return self.keys

    def _checked(self, i: int) -> bool | None:
        task = self._task(i + 2)
        return None if task is None else task[1] != " "

    def _task(self, i: int) -> re.Match[str] | None:
        """Return the box that the paragraph of an inline token begins with, if it is
        the first one in a list item."""
        token = self.tokens[i] if i < len(self.tokens) else None
        if token is None or token.type != "inline" or i < 2:
            return None
        if self.tokens[i - 2].type != "list_item_open":
            return None
        return TASK.match(self.body, *token.meta["lines"][0])

    def _path(self) -> tuple[Container, ...]:
        path = []
        for frame in self.frames:
            known = frame.container
            path.append(known if frame.seen else replace(known, first=True))
            frame.seen = True
        return tuple(path)

    # --- leaves -------------------------------------------------------------

    def paragraph(self, i: int, token: Token) -> None:
        flow = self._flow(self.tokens[i + 1])
        if (task := self._task(i + 1)) is not None:
            flow = _without(flow, task.end() - task.start())
        found = images.parts(flow.text)
        if found is not None:
            content = self._images(flow, found)
        else:
            first_in_item = self.tokens[i - 1].type == "list_item_open"
            ticks = first_in_item and task is None
            place = self._paragraph_place("blocks", flow, task is None, ticks)
            kind = self._paragraph_kind()
            content = (self._segment(kind, flow.text, flow, place, self.elements[i]),)
        self._block(Block("paragraph", content, line=self._line(token)))

    def heading(self, i: int, token: Token) -> None:
        inline = self.tokens[i + 1]
        level = int(token.tag[1])
        if token.markup.startswith("#"):
            flow, place = self._heading_flow(inline, level), Place("heading")
        else:
            flow = self._flow(inline)
            place = self._paragraph_place("lines", flow)
        content = _joined([self._segment(f"heading {level}", flow.text, flow, place)])
        self._block(Block("heading", content, level=level, line=self._line(token)))

    def term(self, i: int, token: Token) -> None:
        flow = self._flow(self.tokens[i + 1])
        content = (self._segment("term", flow.text, flow, Place("line")),)
        self._block(Block("term", content, line=self._line(token)))

    def literal(self, i: int, token: Token) -> None:
        kind: Any = LITERALS[token.type]
        info = token.info.strip() if kind == "code" else ""
        content = (token.content,) if token.content else ()
        self._block(Block(kind, content, info=info, line=self._line(token)))

    def rule(self, i: int, token: Token) -> None:
        self._block(Block("rule", line=self._line(token)))

    def opaque(self, i: int, token: Token) -> None:
        if COMMENT.match(token.content):
            self.directives.read(token.content, self._line(token))
            return
        self._block(Block("opaque", (token.content,), line=self._line(token)))

    def html(self, i: int, token: Token) -> None:
        lines = token.meta["lines"]
        flow = _Flow("\n".join(self.body[a:b] for a, b in lines))
        offset = 0
        for start, end in lines:
            flow.starts.append((offset, start))
            offset += end - start + 1
        content = self._html_content(flow)
        if any(part != "" for part in content):
            self._block(Block("html", content, line=self._line(token)))

    def _html_content(self, flow: _Flow) -> Content:
        """Read an HTML block from top to bottom: comments may be directives."""
        runs = [(start, end, "") for start, end in html.runs(flow.text)]
        notes = [
            (start, start + len(text), text)
            for start, text in html.comments(flow.text)
            if COMMENT.match(text)
        ]
        parts: list[str | int] = []
        done = 0
        for start, end, comment in sorted(runs + notes):
            parts.append(flow.text[done:start])
            done = end
            if comment:
                self.directives.read(comment, self._line_at(flow.at(start)))
                continue
            text = html.collapse(flow.text[start:end])
            piece = self._segment("html", text, flow, Place("html"), at=(start, end))
            parts.append(piece if isinstance(piece, int) else flow.text[start:end])
        parts.append(flow.text[done:])
        content = _joined(parts)
        return () if notes and not _shown(content) else content

    def _label(self, i: int, token: Token) -> None:
        if token.meta.get("title") is None:
            return
        start, end = token.meta["title"]
        text = self.body[start:end].strip(INDENT)
        if not text:
            return
        start += len(self.body[start:end]) - len(self.body[start:end].lstrip(INDENT))
        flow = _Flow(text, [(0, start)])
        quote = {"quoted": '"', "bracketed": "[]"}.get(token.meta["form"], "")
        shown = text.replace("&quot;", '"') if quote == '"' else text
        place = Place("label", quote=quote)
        piece = self._segment("label", shown, flow, place, at=(0, len(text)))
        self._block(Block("label", (piece,), line=self._line(token)))

    # --- tables -------------------------------------------------------------

    def table(self, i: int, token: Token) -> None:
        self.rows = []

    def row(self, i: int, token: Token) -> None:
        start, end = self.tokens[i + 2].meta["lines"][0]
        self.spans = cells(self.body[start:end], start)
        self.cells = []

    def cell(self, i: int, token: Token) -> None:
        content = self.tokens[i + 1].content
        column = len(self.cells)
        if column >= len(self.spans) or not content:
            self.cells.append((content,) if content else ())
            return
        start, end = self.spans[column]
        source = self.body[start:end]
        if _unescaped(source) != content:
            self.cells.append((content,))
            return
        row_start = self.tokens[i + 1].meta["lines"][0][0]
        place = Place("cell", opens=start == row_start)
        flow = _Flow(content, [(0, start)])
        piece = self._segment("cell", content, flow, place, at=(0, end - start))
        self.cells.append((piece,))

    def row_end(self, i: int, token: Token) -> None:
        self.rows.append(tuple(self.cells))

    def table_end(self, i: int, token: Token) -> None:
        opening = self._opening(i, "table_open")
        heads = [t for t in self.tokens[opening:i] if t.type == "th_open"]
        align = tuple(ALIGN.get(str(t.attrs.get("style", "")), "") for t in heads)
        line = self._line(self.tokens[opening])
        self._block(Block("table", rows=tuple(self.rows), align=align, line=line))

    def _opening(self, i: int, kind: str) -> int:
        while self.tokens[i].type != kind:
            i -= 1
        return i

    # --- what leaves are made of --------------------------------------------

    def _segment(
        self,
        kind: str,
        text: str,
        flow: _Flow,
        place: Place,
        element: int = -1,
        *,
        at: Span | None = None,
    ) -> str | int:
        """Make a segment of a text if it is one; return its number, else the text."""
        if self.directives.region or not has_letters(text):
            return text
        start, end = at or (0, len(flow.text))
        first, last = flow.at(start), flow.at(end)
        segment = Segment(
            self.number, kind, text, self._line_at(first), self.directives.note
        )
        self.directives.note = ""
        self.number += 1
        root = len(self.roots) - 1
        self.slots.append(Slot(segment, first, last, place, element, root))
        return segment.n

    def _images(self, flow: _Flow, found: tuple[images.Part, ...]) -> Content:
        parts: list[str | int] = []
        done = 0
        for part in found:
            parts.append(flow.text[done : part.start])
            done = part.end
            own = flow.text[part.start : part.end]
            text = re.sub(r"\s+", " ", own).strip()
            if part.quote:
                text = re.sub(rf"\\([{re.escape(part.quote)}])", r"\1", text)
            place = Place(part.kind, opens=False, quote=part.quote)
            at = (part.start, part.end)
            piece = self._segment(part.kind, text, flow, place, at=at)
            parts.append(piece if isinstance(piece, int) else own)
        parts.append(flow.text[done:])
        return _joined(parts)

    def _flow(self, inline: Token) -> _Flow:
        """Return the text of a paragraph: soft line breaks are one space."""
        flow, last = _Flow(""), len(inline.meta["lines"]) - 1
        parts: list[str] = []
        offset = 0
        for i, (start, end) in enumerate(inline.meta["lines"]):
            row = self.body[start:end]
            text = row.rstrip(INDENT)
            if i < last:
                text += _line_break(row, text)
            flow.starts.append((offset, start))
            parts.append(text)
            offset += len(text)
        flow.text = "".join(parts)
        return flow

    def _heading_flow(self, inline: Token, level: int) -> _Flow:
        start, end = inline.meta["lines"][0]
        row = self.body[start + level : end]
        start += level + len(row) - len(row.lstrip(INDENT))
        return _Flow(self.body[start : start + len(inline.content)], [(0, start)])

    def _paragraph_kind(self) -> str:
        inner = (f.container.kind for f in reversed(self.frames))
        return next((kind for kind in inner if kind in TELLING), "paragraph")

    def _paragraph_place(
        self,
        form: Literal["blocks", "lines"],
        flow: _Flow,
        opens: bool = True,
        ticks: bool = False,
    ) -> Place:
        start = flow.starts[0][1]
        row = self.body[self.line_starts[self._line_at(start) - self.above - 1] : start]
        return Place(form, prefix(row), opens, ticks)

    def _block(self, block: Block) -> None:
        self.blocks.append(replace(block, path=self._path()))

    def _line(self, token: Token) -> int:
        return self.above + (token.map[0] if token.map else 0) + 1

    def _line_at(self, offset: int) -> int:
        return self.above + bisect_right(self.line_starts, offset)


def prefix(row: str) -> str:
    """Return what a further line of a paragraph begins with.

    :param row: what stands before its first line: quote markers stay, list markers
        become blanks, a footnote's label becomes its four columns.
    """
    return MARKERS.sub(_continued, row)


def _continued(found: re.Match[str]) -> str:
    if found["note"]:
        return "    "
    return " " if found["other"] else found[0]


def cells(row: str, offset: int) -> list[Span]:
    """Return the trimmed spans of the cells of a table row."""
    edges, escaped = [-1], False
    for at, char in enumerate(row):
        if char == "|" and not escaped:
            edges.append(at)
        escaped = char == "\\"
    edges.append(len(row))
    spans = []
    for i, (left, right) in enumerate(pairwise(edges)):
        text = row[left + 1 : right]
        if not text.strip() and i in (0, len(edges) - 2):
            continue
        start = left + 1 + len(text) - len(text.lstrip())
        spans.append((offset + start, offset + start + len(text.strip())))
    return spans


def _unescaped(cell: str) -> str:
    return cell.replace("\\|", "|")


def _line_break(row: str, text: str) -> str:
    """Return what a line ends with in a segment: a hard break keeps its newline."""
    if row.endswith("  "):
        return "  \n"
    if row == text and re.search(rf"{UNESCAPED}\\$", text):
        return "\n"
    return " "


def _without(flow: _Flow, count: int) -> _Flow:
    """Return a text without its first characters."""
    (_, source), *rest = flow.starts
    starts = [(0, source + count), *((a - count, b) for a, b in rest)]
    return _Flow(flow.text[count:], starts)


def _joined(parts: list[str | int]) -> Content:
    return tuple(part for part in parts if part != "")


def _shown(content: Content) -> bool:
    return any(isinstance(part, int) or part.strip() for part in content)


CONTAINERS: dict[str, tuple[Any, bool]] = {
    "blockquote_open": ("quote", False),
    "bullet_list_open": ("list", False),
    "ordered_list_open": ("list", True),
    "list_item_open": ("item", False),
    "dd_open": ("definition", False),
    "footnote_reference_open": ("footnote", False),
    "box_open": ("box", False),
}
LITERALS = {"fence": "code", "code_block": "code"}
HANDLERS: dict[str, Callable[[_Reader, int, Any], None]] = {
    **dict.fromkeys(CONTAINERS, _Reader.open),
    **dict.fromkeys((n.replace("_open", "_close") for n in CONTAINERS), _Reader.close),
    "box": _Reader.open_flat,
    "box_end": _Reader.close_flat,
    "paragraph_open": _Reader.paragraph,
    "heading_open": _Reader.heading,
    "dt_open": _Reader.term,
    "fence": _Reader.literal,
    "code_block": _Reader.literal,
    "hr": _Reader.rule,
    "opaque": _Reader.opaque,
    "html_block": _Reader.html,
    "table_open": _Reader.table,
    "tr_open": _Reader.row,
    "th_open": _Reader.cell,
    "td_open": _Reader.cell,
    "tr_close": _Reader.row_end,
    "table_close": _Reader.table_end,
}
