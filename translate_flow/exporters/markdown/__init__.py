"""Markdown editions: a facing table, interleaved blocks, or one language alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from translate_flow.article.anchors import bare
from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.composition import Composition
from translate_flow.exporters.content.credits import Credit, adaptation
from translate_flow.exporters.content.sides import (
    ATTRIBUTES,
    TICKS,
    Side,
    box_title,
    front,
    map_notes,
    neighbours,
    quoted,
    shared,
    silent,
    worst,
)
from translate_flow.exporters.content.words import language_name, marker
from translate_flow.exporters.inline.cells import cell, html_cell
from translate_flow.exporters.inline.links import TARGET_MARK, definitions, led
from translate_flow.exporters.markdown.alone import source, target
from translate_flow.exporters.sites.headings import ANCHOR
from translate_flow.model import Block, Container, Content
from translate_flow.text.markup import literal

NAME = "md"
SUFFIX = "md"
LAYOUTS: tuple[Layout, ...] = ("facing", "interleaved", "source", "target")

OPENER = re.compile(
    r"(?P<number>[0-9]{1,9})(?=[.)](?:\s|$))"
    r"|[-+*](?:\s|$)|\#{1,6}(?:\s|$)|>|`{3}|~{3}"
    r"|(?:=+|-+|(?:\*\s*){3,}|(?:_\s*){3,})\s*$"
    r"|\[[^\]]+\]:"
)
"""What would open another kind of block at the beginning of a paragraph's line."""
QUIET = "<small>"
"""How a quiet word begins."""
HARD_BREAK = re.compile(r" {2,}\n(?=\s*\S)")
FENCE = re.compile(r"`{3,}")


def export(edition: Edition, *, layout: Layout) -> str:
    """Return a Markdown edition.

    :param layout: ``facing`` is a table of two columns, interrupted by what cannot
        stand in a cell; ``interleaved`` has each block followed by its translation;
        ``source`` and ``target`` are the article in one language.
    """
    if layout == "source":
        return source(edition)
    if layout == "target":
        return target(edition)
    composed = Composition(edition, layout)
    pieces = _facing(composed) if layout == "facing" else _interleaved(composed)
    parts = [*pieces, *_end(composed), *_notes(composed), *_definitions(edition)]
    return "\n".join(parts).strip() + "\n"


# --- what both bilingual layouts share --------------------------------------


def _text(side: Side, content: Content) -> str:
    """Return content as it stands on a side, markers and quiet words included."""
    from translate_flow.text.markup import portable

    parts = [
        part if isinstance(part, str) else quoted(_marked(side, part), before)
        for before, part in pairwise(("", *content))
    ]
    hidden = [n for n in content if isinstance(n, int) and _in_attribute(side, n)]
    state = worst(side.unfinished(hidden))
    text = "".join(parts)
    text = portable(f"{marker(state, side.language)} {text}" if state else text)
    if side.edition.left_out:
        unprinted = Composition(side.edition, "facing").unprinted
        text = map_notes(text, unprinted, lambda label: "")
    return led(text if side.is_source else _own_notes(text, side), side)


def _marked(side: Side, n: int) -> str:
    if _in_attribute(side, n):
        return side.fill((n,))
    state = worst(side.unfinished([n]))
    if word := side.absence(n):
        return f"{QUIET}{word}</small>"
    text = side.text(n)
    return f"{marker(state, side.language)} {text}".strip() if state else text


def _in_attribute(side: Side, n: int) -> bool:
    return side.edition.pair(n).segment.kind in ATTRIBUTES


def _own_notes(text: str, side: Side) -> str:
    """Make a target's footnote marks point at the target's own footnotes."""
    own = f"{TARGET_MARK}{side.language}"
    return map_notes(text, side.notes, lambda label: f"[^{label}{own}]")


def _above(composed: Composition) -> Iterator[list[str]]:
    """Yield credits and notice, a line for each side; empty where nothing is said."""
    adapted = [adaptation(composed.edition, tag) for tag in composed.languages]
    told = zip(composed.credits, map(Credit, adapted), strict=True)
    yield [
        " · ".join(_credit(one) for one in (*credits, more) if one.text)
        for credits, more in told
    ]
    yield [f"**{literal(line)}**" if line else "" for line in composed.notice]


def _credit(credit: Credit) -> str:
    text = literal(credit.text)
    return f"[{text}](<{credit.url}>)" if credit.url else text


def _end(composed: Composition) -> Iterator[str]:
    """Yield what was put right, and how the edition was made."""
    lines = [text for told in composed.corrections for _, text in told]
    lines += composed.colophon
    yield "\n---"
    yield from (f"\n{_as_prose(literal(line))}" for line in lines)


def _notes(composed: Composition) -> Iterator[str]:
    for label, blocks in composed.footnotes.items():
        for side in composed.sides:
            tail = "" if side.is_source else f"{TARGET_MARK}{side.language}"
            inner = "\n".join(_written(blocks, [side]))
            if inner.strip():
                lines = inner.splitlines()
                yield ""
                yield f"[^{label}{tail}]: {lines[0]}"
                yield from (f"    {line}".rstrip() for line in lines[1:])


def _definitions(edition: Edition) -> Iterator[str]:
    for n, line in enumerate(definitions(edition)):
        yield "\n" * (n == 0) + line


def _top(composed: Composition) -> Iterator[tuple[int, bool]]:
    """Yield the segments above the text, and whether each is the title."""
    for pair in front(composed.edition):
        if pair.segment.n in (composed.title, *composed.deck):
            yield pair.segment.n, pair.segment.n == composed.title


def _readable(composed: Composition) -> tuple[Block, ...]:
    """Return the blocks of which readers see something."""
    return tuple(block for block in composed.whole if not silent(block))


# --- facing -----------------------------------------------------------------


def _facing(composed: Composition) -> Iterator[str]:
    rows: list[tuple[str, str] | str] = list(_front_rows(composed))
    for part, blocks in groupby(_readable(composed), lambda block: block.part):
        if part:
            rows.append("\n".join(_written(blocks, composed.sides[:1])))
        else:
            rows += [_row(composed, block) for block in blocks]
    rows += [_segment_row(composed, n) for n in composed.unseen(titled=True)]
    languages = tuple(map(language_name, composed.languages))
    for is_block, group in groupby(rows, lambda row: isinstance(row, str)):
        if is_block:
            yield from (f"\n{row}" for row in group)
            continue
        yield "\n" + _line(languages)
        yield _line(("---", "---"))
        yield from (_line(row) for row in group)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _front_rows(composed: Composition) -> Iterator[tuple[str, str]]:
    for n, bold in _top(composed):
        one, other = _segment_row(composed, n)
        yield (_bold(one), _bold(other)) if bold else (one, other)
    for told in _above(composed):
        one, other = map(cell, told)
        if one or other:
            yield one, other


def _segment_row(composed: Composition, n: int) -> tuple[str, str]:
    one, other = (cell(_text(side, (n,))) for side in composed.sides)
    return one, other


def _row(composed: Composition, block: Block) -> tuple[str, str] | str:
    """Return two cells, or a block that stands between two tables."""
    one, other = composed.sides
    if block.kind == "table":
        parts = (_places(block, one), _wide_table(block, one, other))
        return "\n\n".join(filter(None, parts))
    if not any(block.segments()) and not box_title(block, one):
        return "\n".join(_leaf(block, one))
    return _facing_cell(block, one), _facing_cell(block, other)


def _facing_cell(block: Block, side: Side) -> str:
    text = box_title(block, side) if not any(block.segments()) else ""
    text = text or _text(side, block.content)
    text = html_cell(text) if block.kind == "html" else cell(text)
    bold = block.kind in ("heading", "term", "label")
    if text and bold and not text.startswith(QUIET):
        text = _bold(bare(text))
    if text:
        text = f"{_places(block, side)}{text}"
    return "".join(_cell_prefix(block)) + text if text else ""


def _places(block: Block, side: Side) -> str:
    """Return what the article's links to a block lead to."""
    text = side.fill(block.content)
    used = (one for one in side.anchors.of(block) if one in side.linked)
    return "".join(ANCHOR.format(one) for one in used if f'"{one}"' not in text)


def _cell_prefix(block: Block) -> Iterator[str]:
    items = sum(c.kind in ("item", "definition") for c in block.path)
    yield "&emsp;" * (items - 1)
    for container in block.path:
        if container.kind == "quote":
            yield "> "
        elif container.kind == "item" and container is block.path[-1]:
            yield _bullet(container) if container.first else "&emsp;"
        elif container.kind == "definition" and container is block.path[-1]:
            yield "&emsp;"


def _bullet(item: Container) -> str:
    box = TICKS[item.checked]
    if item.ordered:
        return f"{item.number}. {box}"
    return box or "• "


def _bold(text: str) -> str:
    return f"<b>{text}</b>" if "*" in text or not text else f"**{text}**"


def _wide_table(block: Block, one: Side, other: Side) -> str:
    """A table of the article: its columns once per language, side by side."""
    align = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
    lines = [
        _line(cell(_text(side, part)) for side in (one, other) for part in row)
        for row in block.rows
    ]
    rule = [align[a] for a in block.align]
    return "\n".join([lines[0], _line(rule + rule), *lines[1:]])


# --- interleaved ------------------------------------------------------------


def _interleaved(composed: Composition) -> Iterator[str]:
    both = composed.sides
    for n, is_title in _top(composed):
        for side in both:
            if text := _text(side, (n,)):
                yield f"# {text}\n" if is_title else f"{_as_prose(text)}\n"
    for told in _above(composed):
        yield from (f"{line}\n" for line in told if line)
    yield from _written(_readable(composed), both)
    for n in composed.unseen(titled=True):
        for side in both:
            if text := _text(side, (n,)):
                yield f"\n{text}"


def _written(blocks: Iterable[Block], both: Iterable[Side]) -> Iterator[str]:
    """Yield the lines of blocks, each in one language after the other."""
    both, blocks = tuple(both), tuple(blocks)
    markers = _Markers(blocks)
    for before, block, _ in neighbours(blocks):
        common = block.path[: shared(before, block)]
        for n, text in enumerate(_versions(block, both)):
            if before or n:
                inside = block.path if n else common
                yield "".join(markers.rest(c) for c in inside).rstrip()
            first = "".join(
                markers.first(c) if n == 0 and c.first else markers.rest(c)
                for c in block.path
            )
            rest = "".join(markers.rest(c) for c in block.path)
            for i, line in enumerate(text):
                yield ((rest if i else first) + line).rstrip()


def _versions(block: Block, both: tuple[Side, ...]) -> Iterator[list[str]]:
    """Yield a block in each language that has a text for it, or once."""
    if not any(block.segments()):
        yield _leaf(block, both[0])
        return
    for side in both:
        if lines := _leaf(block, side):
            yield lines


def _leaf(block: Block, side: Side) -> list[str]:
    """Return the lines of one block, without its containers."""
    if block.kind == "code":
        return _fenced(block, side.fill(block.content))
    if block.kind == "table":
        return _below(_places(block, side), _table(block, side))
    if block.kind == "rule":
        return ["---"]
    text = _text(side, block.content).strip("\n")
    if text.startswith(QUIET) and block.kind != "html":
        return [text]
    places = _places(block, side) if text else ""
    if block.kind == "heading" and text:
        text = text if side.is_source and not places else bare(text)
        return [f"{'#' * block.level} {places}{text}"]
    if block.kind in ("term", "label") and text:
        return [places + _bold(text)]
    if block.kind in ("paragraph", "caption"):
        text = HARD_BREAK.sub(r"\\\n", text)
        first, *rest = (_as_prose(line) for line in text.split("\n"))
        return [places + first, *rest] if text else []
    return _below(places, text.split("\n") if text else [])


def _below(places: str, lines: list[str]) -> list[str]:
    return [places, "", *lines] if places and lines else lines


def _as_prose(line: str) -> str:
    """Keep a line from opening another kind of block, as in ``1919. 3. 1.``."""
    line = line.strip(" \t")
    opener = OPENER.match(line)
    if opener is None:
        return line
    at = opener.end("number") if opener["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def _fenced(block: Block, code: str) -> list[str]:
    longest = max((len(f[0]) for f in FENCE.finditer(code)), default=2)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{block.info}", *code.removesuffix("\n").split("\n"), fence]


def _table(block: Block, side: Side) -> list[str]:
    align = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
    lines = [_line(cell(_text(side, part)) for part in row) for row in block.rows]
    return [lines[0], _line(align[a] for a in block.align), *lines[1:]]


class _Markers:
    """What each container writes before its first line and before all others."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._item: dict[int, str] = {}
        other: dict[int, bool] = {}
        for before, block, _ in neighbours(blocks):
            depth = shared(before, block)
            for place, container in enumerate(block.path):
                if container.kind == "list" and container.key not in other:
                    follows = before and place == depth and before.path[depth:]
                    last = follows[0] if follows else None
                    other[container.key] = bool(
                        last and last.kind == "list" and not other[last.key]
                    )
                elif container.kind == "item":
                    list_key = block.path[place - 1].key
                    self._item[container.key] = _item(container, other[list_key])

    def first(self, container: Container) -> str:
        if container.kind == "item":
            box = {None: "", True: "[x] ", False: "[ ] "}[container.checked]
            return self._item[container.key] + box
        return {"quote": "> ", "box": "> ", "definition": "- "}.get(container.kind, "")

    def rest(self, container: Container) -> str:
        if container.kind == "item":
            return " " * len(self._item[container.key])
        return {"quote": "> ", "box": "> ", "definition": "  "}.get(container.kind, "")


def _item(item: Container, other: bool) -> str:
    """The marker of a list item: a list right after another one needs the other kind
    to be a list of its own."""
    if item.ordered:
        return f"{item.number}{')' if other else '.'} "
    return "* " if other else "- "
