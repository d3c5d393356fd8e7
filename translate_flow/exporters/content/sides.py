"""The two sides of an edition: which text of a block stands on which side, and what
exporters ask about blocks and their containers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from itertools import pairwise

from translate_flow.article.anchors import SILENT, bare, fragments
from translate_flow.edition import ADDED, UNREAD, Edition, Pair
from translate_flow.exporters import Layout
from translate_flow.exporters.content.anchors import SideAnchors
from translate_flow.exporters.content.words import (
    box_name,
    marker,
    part_name,
    phrase,
    state_name,
)
from translate_flow.model import Block, Container, Content, State

BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
MARK = re.compile(r"(?<!\\)\[\^([^\[\]\n]+)\]")
"""The mark of a footnote."""

ATTRIBUTES = ("alt", "title")
"""Kinds of segments that stand inside an attribute, where no marker can be seen."""

VISIBLE = re.compile(r"<(?:img|hr)\b|(?:^|>)[^<]*[^<\s]", re.IGNORECASE)
MEDIA = re.compile(r"<(?:iframe|video|audio|object|embed|svg|form)\b", re.IGNORECASE)
PROGRAM = re.compile(r"(?:import|export)\s")
"""How lines of code in an MDX page begin."""
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:\#\w+|\w+);")

UNFINISHED = (str(State.UNTRANSLATED), str(State.DRIFTED), UNREAD, str(State.DRAFT))
"""Standings that a release refuses, the worst first."""

TICKS = {None: "", True: "☑ ", False: "☐ "}
"""What stands before an item: ticked or not, if it is a task."""

DECK = (
    "subtitle", "headline", "deck", "lead", "excerpt", "description", "summary",
)  # fmt: skip
"""Front matter that readers see under the title."""


@dataclass(frozen=True)
class Side:
    """One language of an edition."""

    edition: Edition
    language: str
    is_source: bool
    alone: bool = False
    """Whether the edition shows this language only."""

    @cached_property
    def anchors(self) -> SideAnchors:
        """The ids of this side, and where fragments lead."""
        edition = self.edition
        once = (block for block in edition.article.blocks if _once(block, edition))
        tail = "" if self.is_source or self.alone else self.language
        return SideAnchors(edition.article, tail, frozenset(b.line for b in once))

    @cached_property
    def linked(self) -> frozenset[str]:
        """The ids of this side that links in the article lead to."""
        article = self.edition.article
        targets = (pair.unit.target for pair in self.edition.pairs)
        goals = fragments(article, (article.text, *targets))
        return frozenset(map(self.anchors.at, goals))

    @cached_property
    def notes(self) -> frozenset[str]:
        """The labels of the article's footnotes."""
        return frozenset(footnotes(self.edition.blocks))

    @cached_property
    def references(self) -> Mapping[str, tuple[str, str]]:
        """This side's link reference definitions: normalised label → (href, title)."""
        return references(self)

    @property
    def title(self) -> str:
        """The title as one line of plain text, else the slug."""
        from translate_flow.text.markup import visible

        text = " ".join(visible(self.edition.title(self.language)).split())
        return text or self.edition.slug

    def own(self, n: int) -> str:
        """Return segment ``n`` in this language; empty if it has no text here."""
        gone = n in self.edition.left_out
        return "" if gone else self.edition.text(n, self.language)

    def leaves_out(self, n: int) -> bool:
        """Whether this side has nothing of segment ``n``, and says no word of that:
        readers of one language never miss it."""
        pair = self.edition.pair(n)
        if n in self.edition.left_out or not self.alone:
            return n in self.edition.left_out
        if self.is_source:
            return pair.segment.kind == ADDED
        apart = pair.segment.kind in ATTRIBUTES or pair.unit.target
        return pair.finished and not apart

    def text(self, n: int) -> str:
        """Return what stands for segment ``n`` on this side: alone, the source's text
        where nothing is translated yet."""
        if self.alone and self.edition.pair(n).state is State.UNTRANSLATED:
            return self.edition.text(n, self.edition.source_language)
        return self.own(n)

    def fill(self, content: Content) -> str:
        """Return Markdown with its holes filled; attributes without a translation get
        the source's text."""
        if len(content) == 1 and isinstance(content[0], int):
            return self.text(content[0])
        return "".join(
            part if isinstance(part, str) else quoted(self._hole(part), before)
            for before, part in pairwise(("", *content))
        )

    def _hole(self, n: int) -> str:
        pair = self.edition.pair(n)
        if pair.segment.kind in ATTRIBUTES:
            return self.text(n) or pair.segment.text
        return self.text(n)

    def absence(self, n: int) -> str:
        """Return the quiet word for a finished segment that has no text of its own on
        this side: left out, told in another passage, or added by the other side. Else
        an empty string, and in an edition of one language."""
        pair = self.edition.pair(n)
        if self.alone or self.leaves_out(n):
            return ""
        if self.is_source and pair.segment.kind == ADDED:
            return phrase("added", self.language)
        attribute = pair.segment.kind in ATTRIBUTES
        if self.is_source or attribute or pair.unit.target or not pair.finished:
            return ""
        if pair.state is State.OMITTED:
            return state_name(State.OMITTED, self.language)
        return phrase("joined", self.language)

    def cover(self, n: int) -> int:
        """Return the segment whose text also tells segment ``n`` on this side; 0 if
        there is none."""
        mark = self.edition.pair(n).unit.mark
        if self.is_source or mark is None or not mark.joined or not self.absence(n):
            return 0
        covers = (p for p in self.edition.segments if p.unit.id == mark.joined)
        return next((pair.segment.n for pair in covers), 0)

    def absences(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Return the quiet words for some segments, each once."""
        return tuple(dict.fromkeys(filter(None, map(self.absence, numbers))))

    def stands_in(self, numbers: Iterable[int]) -> bool:
        """Whether the source's text stands in for some segments, because this side is
        alone and has no text of its own."""
        other = self.alone and not self.is_source
        return other and not any(map(self.own, numbers))

    def paragraphs(self, content: Content) -> list[str]:
        """Return the filled content as the blocks that its targets hold."""
        text = bare(self.fill(content).strip())
        return [part for part in BLANK_LINES.split(text) if part]

    def unfinished(self, block: Iterable[int]) -> list[Pair]:
        """Return the pairs to be marked on this side: none in a release, and none on
        the source side, which is as its author wrote it."""
        if self.is_source or not self.edition.proof:
            return []
        pairs = (self.edition.pair(n) for n in block)
        return [pair for pair in pairs if not pair.finished]

    def standings(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Return the standings to be marked on this side, each once."""
        return tuple(dict.fromkeys(p.standing for p in self.unfinished(numbers)))


def sides(edition: Edition, layout: Layout = "facing") -> tuple[Side, ...]:
    """Return the sides that a layout shows, the source's first."""
    alone = layout in ("source", "target")
    both = (
        Side(edition, edition.source_language, is_source=True, alone=alone),
        Side(edition, edition.target_language, is_source=False, alone=alone),
    )
    return {"source": both[:1], "target": both[1:]}.get(layout, both)


def worst(pairs: Iterable[Pair]) -> str:
    """Return the worst unfinished standing among some pairs; empty if all are
    finished."""
    found = {pair.standing for pair in pairs}
    return next((standing for standing in UNFINISHED if standing in found), "")


def numbers_in(content: Content) -> list[int]:
    """Return the numbers of the segments in a text."""
    return [part for part in content if isinstance(part, int)]


def footnote(block: Block) -> Container | None:
    """Return the footnote definition that a block belongs to."""
    return next((c for c in block.path if c.kind == "footnote"), None)


def body(
    edition: Edition, printed: Iterable[Block], languages: Collection[str]
) -> tuple[Block, ...]:
    """Return the blocks outside footnotes that readers of some languages see.

    Boxes without a title get the name of their type in both languages as a label
    without segments, its ``info`` the type; parts get their name and language.
    """
    blocks = [
        block
        for block in printed
        if footnote(block) is None
        and (block.part is None or part_language(edition, block) in languages)
    ]
    named: list[Block] = []
    for before, block, _ in neighbours(blocks):
        if block.part and (before is None or before.part != block.part):
            language = part_language(edition, block)
            text = part_name(block.part.name, language)
            named.append(Block("label", (text,), line=block.line, part=block.part))
        named += _named(edition, block)
    return tuple(named)


def part_language(edition: Edition, block: Block) -> str:
    """Return the language of the part that a block belongs to; the source's if it is
    in none."""
    return (block.part and block.part.language) or edition.source_language


def _named(edition: Edition, block: Block) -> Iterator[Block]:
    path = block.path
    opened = [i for i, c in enumerate(path) if c.kind == "box" and c.first]
    if opened and block.kind != "label":
        inner = path[opened[-1]]
        languages = (edition.source_language, edition.target_language)
        names = dict.fromkeys(box_name(inner.name, lang) for lang in languages)
        if name := " · ".join(filter(None, names)):
            above = path[: opened[-1] + 1]
            yield Block("label", (name,), above, info=inner.name, line=block.line)
            path = tuple(
                replace(c, first=False) if i <= opened[-1] else c
                for i, c in enumerate(path)
            )
    yield replace(block, path=path)


def quoted(text: str, before: str | int) -> str:
    """Return the text of a hole so that it does not end the attribute it stands in.

    :param before: the part of the content that it follows.
    """
    for sign, entity in (('"', "&quot;"), ("'", "&#39;")):
        if isinstance(before, str) and before.endswith(f"={sign}"):
            return text.replace(sign, entity)
    return text


def is_figure(block: Block, edition: Edition) -> bool:
    """Whether a block is nothing but images."""
    kinds = {edition.pair(n).segment.kind for n in block.segments()}
    within = len(block.content) > 1
    return block.kind == "paragraph" and within and kinds <= set(ATTRIBUTES)


def _once(block: Block, edition: Edition) -> bool:
    """Whether a block stands on a page once, for both sides."""
    alone = block.kind == "table" or block.part or not any(block.segments())
    return bool(alone) or is_figure(block, edition)


def box_title(block: Block, side: Side) -> str:
    """Return what a side calls a box whose author gave it no title; empty if the block
    is not the name of such a box."""
    return box_name(block.info, side.language) if block.kind == "label" else ""


def silent(block: Block) -> bool:
    """Whether readers would see nothing of a block: comments, scripts, lone tags and
    imports of MDX. Embedded media are seen."""
    text = "".join(part for part in block.content if isinstance(part, str))
    if any(block.segments()) or block.kind not in ("html", "opaque"):
        return False
    if block.kind == "opaque":
        return not text.strip() or bool(PROGRAM.match(text))
    return not shown(text)


def shown(html: str) -> bool:
    """Whether readers would see anything of an article's HTML."""
    heard = SILENT.sub("", html)
    return bool(VISIBLE.search(heard) or MEDIA.search(heard))


def references(side: Side) -> Mapping[str, tuple[str, str]]:
    """Return a side's link reference definitions: normalised label → (href, title).

    A definition's title is a segment without a block. In a proof an unfinished one
    bears its marker.
    """
    edition = side.edition
    titles: dict[str, str] = {}
    if not side.is_source:
        for pair in loose(edition):
            own = _plain(pair.segment.text)
            titles.setdefault(own, _translated_title(side, pair))
    return {
        label: (href, titles.get(" ".join(title.split()), title))
        for label, (href, title) in edition.article.references.items()
    }


def _translated_title(side: Side, pair: Pair) -> str:
    title = _plain(pair.unit.target or pair.segment.text)
    state = worst(side.unfinished([pair.segment.n]))
    return f"{marker(state, side.language)} {title}" if state else title


def _plain(title: str) -> str:
    """Return a title as a parser gives it: without backslashes and entities."""
    text = ESCAPED.sub(lambda found: found[1] or unescape(found[0]), title)
    return " ".join(text.split())


def map_notes(text: str, known: Collection[str], write: Callable[[str], str]) -> str:
    """Return Markdown with each mark of a known footnote, ``[^label]``, written by
    ``write``; code spans are left as they are."""
    if "[^" not in text:
        return text

    def mark(found: re.Match[str]) -> str:
        return write(found[1]) if found[1] in known else found[0]

    done, last = "", 0
    for code in CODE_SPAN.finditer(text):
        done += MARK.sub(mark, text[last : code.start()]) + code[0]
        last = code.end()
    return done + MARK.sub(mark, text[last:])


def footnotes(blocks: Iterable[Block]) -> Mapping[str, tuple[Block, ...]]:
    """Return the blocks of each footnote by label, in the order of definitions."""
    notes: dict[str, tuple[Block, ...]] = {}
    for block in blocks:
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
    return tuple(p for p in edition.pairs if p.of_front)


def loose(edition: Edition) -> tuple[Pair, ...]:
    """Return the pairs that stand in no block and not in front matter: titles of link
    definitions."""
    placed = {n for block in edition.blocks for n in block.segments()}
    outside = (p for p in edition.segments if p.segment.n not in placed)
    return tuple(p for p in outside if not p.of_front)


def key(pair: Pair) -> str:
    """Return the front matter key of such a pair."""
    return pair.segment.kind.removeprefix("front ")
