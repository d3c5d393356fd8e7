"""A page as a row of chunks that an author can move, split, merge, delete, insert.

Chunks are lines of Markdown. Those that an author's edit takes as a whole are *plain*:
a paragraph, a heading or a list that stands alone between blank lines and whose lines
are its segments' texts. All else is carried along where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.drift.truth import Origin
from translate_flow.article import Article, parse
from translate_flow.errors import FlowError
from translate_flow.model import Segment
from translate_flow.state import collapse

HEADING = re.compile(r"(#{1,6}) +(.*\S) *$")
ITEM = re.compile(r"([-*+]) +(.*\S) *$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines of a page and the segments in them."""

    kind: str
    """``paragraph``, ``heading``, ``list`` or ``other``."""

    lines: tuple[str, ...]
    """With the blank lines that follow them."""

    origins: tuple[Origin, ...] = ()
    settled: bool = False
    """Whether an edit has been made to it, so that none may be made on top."""

    level: int = field(default=0)
    """Of a heading, 1–6."""


Page = tuple[Chunk, ...]


def read(text: str, name: str) -> Article:
    """Parse a page.

    :raises FlowError: if it cannot be read.
    """
    return parse(text, name=name)


def chunks(article: Article) -> Page:
    """Cut a page into chunks; joined they are it, but for a last line end.

    The origin of each segment is itself, unchanged.
    """
    lines = article.text.rstrip("\n").split("\n")
    on: dict[int, list[Segment]] = {}
    for segment in article.segments:
        on.setdefault(segment.line - 1, []).append(segment)
    top = {n for block in article.blocks if not block.path for n in block.segments()}
    lists = {
        n
        for block in article.blocks
        if [c.kind for c in block.path] == ["list", "item"]
        for n in block.segments()
    }
    found, at, glue = list[Chunk](), 0, list[str]()
    held = list[Segment]()
    while at < len(lines):
        end = _end(lines, at)
        chunk = None
        if at == 0 or not lines[at - 1].strip():
            inside = [s for k in range(at, end) for s in on.get(k, ())]
            chunk = _plain(lines[at:end], inside, top, lists)
        if chunk is None:
            glue.append(lines[at])
            held += on.get(at, ())
            at += 1
            continue
        if glue:
            found.append(_other(glue, held))
            glue, held = [], []
        found.append(chunk)
        at = end
    if glue:
        found.append(_other(glue, held))
    return tuple(found)


def _end(lines: Sequence[str], at: int) -> int:
    """Return where the lines after ``at`` that are not blank, and the blank ones after
    them, end."""
    while at < len(lines) and lines[at].strip():
        at += 1
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _other(lines: Sequence[str], segments: Sequence[Segment]) -> Chunk:
    return Chunk("other", tuple(lines), tuple(map(_itself, segments)))


def _itself(segment: Segment) -> Origin:
    return Origin((segment.n - 1,), "unchanged", segment.text)


def _plain(
    lines: Sequence[str], inside: Sequence[Segment], top: set[int], lists: set[int]
) -> Chunk | None:
    """Return a chunk if these lines are just their segments."""
    full = [line for line in lines if line.strip()]
    if not full or not inside or full[0][0] in " \t":
        return None
    origins = tuple(map(_itself, inside))
    ended = (*full, *[""] * max(1, len(lines) - len(full)))
    kinds = {segment.kind for segment in inside}
    if len(inside) == 1 and inside[0].n in top:
        text = inside[0].text
        if kinds == {"paragraph"} and collapse(" ".join(full)) == collapse(text):
            return Chunk("paragraph", ended, origins)
        heading = HEADING.match(full[0])
        if heading and len(full) == 1 and heading[2] == text:
            return Chunk("heading", ended, origins, level=len(heading[1]))
    same = len(inside) == len(full) > 2 and kinds == {"item"}
    if same and all(segment.n in lists for segment in inside):
        items = [ITEM.match(line) for line in full]
        texts = [item[2] if item else None for item in items]
        if texts == [segment.text for segment in inside]:
            return Chunk("list", ended, origins)
    return None


def text(page: Page) -> str:
    """Return the Markdown of a page."""
    return "\n".join(line for chunk in page for line in chunk.lines).rstrip("\n") + "\n"


def origins(page: Page) -> tuple[Origin, ...]:
    """Return the origins of a page's segments, in order."""
    return tuple(origin for chunk in page for origin in chunk.origins)


def holds(page: Page, name: str) -> bool:
    """Whether the segments of a page are what its chunks say."""
    try:
        article = read(text(page), name)
    except FlowError:
        return False
    return agree(article.segments, origins(page))


def agree(segments: Sequence[Segment], told: Sequence[Origin]) -> bool:
    """Whether segments have the texts that were said of them, in order."""
    return len(segments) == len(told) and all(
        collapse(segment.text) == collapse(origin.text)
        for segment, origin in zip(segments, told, strict=True)
    )


def as_kind(chunk: Chunk, kind: str, *, fresh: bool = False) -> Chunk:
    """Return a chunk whose segments are all of one kind.

    :param fresh: they come from elsewhere and have no ancestors here.
    """
    told = tuple(
        replace(o, kind=kind, ancestors=() if fresh else o.ancestors)
        for o in chunk.origins
    )
    return replace(chunk, origins=told, settled=True)


def plain_at(page: Page, *kinds: str, settled: bool = False) -> list[int]:
    """Return where chunks of these kinds stand that no edit has touched.

    :param settled: touched ones too.
    """
    return [
        at
        for at, chunk in enumerate(page)
        if chunk.kind in kinds and (settled or not chunk.settled)
    ]


def section(page: Page, at: int) -> range:
    """Return which chunks belong to the heading at ``at``, itself included."""
    end = at + 1
    level = page[at].level
    while end < len(page) and not 0 < page[end].level <= level:
        end += 1
    return range(at, end)


def paragraphs(article: Article) -> Iterator[str]:
    """Yield the texts of an article's paragraphs."""
    for segment in article.segments:
        if segment.kind == "paragraph":
            yield segment.text
