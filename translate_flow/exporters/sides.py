"""The two sides of an edition: which text of a block stands on which side, and what
each exporter must know of its containers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from translate_flow.edition import Edition, Pair
from translate_flow.exporters import Layout
from translate_flow.exporters.words import box_name
from translate_flow.model import Block, Container, Content, State

BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
TAIL = re.compile(r"[ \t]+\{:?[ \t]*[#.][^{}\n]*\}[ \t]*$")
"""Attributes at the end of a heading, ``{ #id .class }``: not for readers."""

ATTRIBUTES = ("alt", "title")
"""Kinds of segments that stand inside an attribute, where no marker can be seen."""

UNFINISHED = (State.UNTRANSLATED, State.DRIFTED, State.DRAFT)
"""States that a release refuses, the worst first."""

DECK = ("subtitle", "headline", "description", "summary")
"""Front matter that readers see under the title."""


@dataclass(frozen=True, slots=True)
class Side:
    """One language of an edition."""

    edition: Edition
    language: str
    is_source: bool
    alone: bool = False
    """Whether the edition shows this language only."""

    def own(self, n: int) -> str:
        """Return segment ``n`` in this language; empty if it has no text here."""
        return self.edition.text(n, self.language)

    def text(self, n: int) -> str:
        """Return what stands for segment ``n`` on this side: alone, the source's text
        where nothing is translated yet."""
        pair = self.edition.pair(n)
        if self.alone and pair.state is State.UNTRANSLATED:
            return pair.segment.text
        return self.own(n)

    def fill(self, content: Content) -> str:
        """Return Markdown with its holes filled, attributes with the source's text
        when they have none of their own."""
        return "".join(
            part if isinstance(part, str) else self._hole(part) for part in content
        )

    def _hole(self, n: int) -> str:
        pair = self.edition.pair(n)
        if pair.segment.kind in ATTRIBUTES:
            return self.text(n) or pair.segment.text
        return self.text(n)

    def paragraphs(self, content: Content) -> list[str]:
        """Return the filled content as the blocks that its targets hold."""
        text = TAIL.sub("", self.fill(content).strip())
        return [part for part in BLANK_LINES.split(text) if part]

    def unfinished(self, block: Iterable[int]) -> list[Pair]:
        """Return the pairs to be marked on this side: none in a release, and none on
        the source side, which is as its author wrote it."""
        if self.is_source or not self.edition.proof:
            return []
        pairs = (self.edition.pair(n) for n in block)
        return [pair for pair in pairs if not pair.finished]


def sides(edition: Edition, layout: Layout = "facing") -> tuple[Side, ...]:
    """Return the sides that a layout shows, the source's first."""
    alone = layout in ("source", "target")
    both = (
        Side(edition, edition.source_language, is_source=True, alone=alone),
        Side(edition, edition.target_language, is_source=False, alone=alone),
    )
    return {"source": both[:1], "target": both[1:]}.get(layout, both)


def worst(pairs: Iterable[Pair]) -> State | None:
    """Return the state that names a block of several segments, if there is one."""
    states = {pair.state for pair in pairs}
    return next((state for state in UNFINISHED if state in states), None)


def footnote(block: Block) -> Container | None:
    """Return the footnote definition that a block belongs to."""
    return next((c for c in block.path if c.kind == "footnote"), None)


def body(edition: Edition) -> tuple[Block, ...]:
    """Return the blocks outside footnotes; boxes without a title get the name of
    their type in both languages as a label without segments."""
    blocks = (b for b in edition.article.blocks if footnote(b) is None)
    return tuple(part for block in blocks for part in _named(edition, block))


def _named(edition: Edition, block: Block) -> Iterator[Block]:
    path = block.path
    opened = [i for i, c in enumerate(path) if c.kind == "box" and c.first]
    if opened and block.kind != "label":
        inner = path[opened[-1]]
        languages = (edition.source_language, edition.target_language)
        names = dict.fromkeys(box_name(inner.name, lang) for lang in languages)
        if name := " · ".join(filter(None, names)):
            yield Block("label", (name,), path[: opened[-1] + 1], line=block.line)
            path = tuple(
                replace(c, first=False) if i <= opened[-1] else c
                for i, c in enumerate(path)
            )
    yield replace(block, path=path)


def map_notes(text: str, labels: Iterable[str], write: Callable[[str], str]) -> str:
    """Return Markdown with each mark of a known footnote, ``[^label]``, written by
    ``write``; code spans are left as they are."""
    known = "|".join(re.escape(label) for label in labels)
    if not known or "[^" not in text:
        return text
    mark = re.compile(rf"(?<!\\)\[\^({known})\]")
    done, last = "", 0
    for code in CODE_SPAN.finditer(text):
        done += mark.sub(lambda m: write(m[1]), text[last : code.start()]) + code[0]
        last = code.end()
    return done + mark.sub(lambda m: write(m[1]), text[last:])


def footnotes(edition: Edition) -> Mapping[str, tuple[Block, ...]]:
    """Return the blocks of each footnote by label, in the order of definitions."""
    notes: dict[str, tuple[Block, ...]] = {}
    for block in edition.article.blocks:
        if (note := footnote(block)) is not None:
            notes[note.name] = (*notes.get(note.name, ()), block)
    return notes


def shared(one: Block | None, other: Block | None) -> int:
    """Return how many containers two blocks share, from the outermost."""
    if one is None or other is None:
        return 0
    depth = 0
    for a, b in zip(one.path, other.path, strict=False):
        if (a.kind, a.key) != (b.kind, b.key):
            break
        depth += 1
    return depth


def neighbours(
    blocks: Iterable[Block],
) -> Iterator[tuple[Block | None, Block, Block | None]]:
    """Yield each block with the one before and the one after it."""
    row = [None, *blocks, None]
    for (before, here), (_, after) in pairwise(pairwise(row)):
        if here is not None:
            yield before, here, after


def front(edition: Edition) -> tuple[Pair, ...]:
    """Return the pairs of the front matter."""
    return tuple(p for p in edition.pairs if p.segment.kind.startswith("front "))


def key(pair: Pair) -> str:
    """Return the front matter key of such a pair."""
    return pair.segment.kind.removeprefix("front ")
