"""An edition composed for the readers of a layout: which blocks they see, what stands
above and below the text, and in which order. Formats dress it in their own markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count, pairwise

from translate_flow.edition import Edition, Pair
from translate_flow.exporters import Layout
from translate_flow.exporters.content.credits import (
    Credit,
    corrections,
    credits,
    facts,
    notice,
)
from translate_flow.exporters.content.pictures import CAPTION, opening
from translate_flow.exporters.content.printed import printed
from translate_flow.exporters.content.sides import (
    DECK,
    UNFINISHED,
    Side,
    body,
    footnote,
    footnotes,
    front,
    is_figure,
    key,
    loose,
    quoted,
    sides,
)
from translate_flow.exporters.content.words import phrase
from translate_flow.model import Block

UNCOUNTED = ("heading", "label", "caption")
"""Kinds of blocks that are titles or stand under a picture."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What a proof says of itself to the readers of one side."""

    name: str
    """What a proof is called."""

    says: str
    """How much is unfinished."""

    counts: Mapping[str, int]
    """How many segments are in each unfinished standing that occurs, the worst
    first."""


@dataclass
class Numbers:
    """Numbers footnotes in the order in which their marks are written."""

    labels: tuple[str, ...]
    """Labels that have a definition."""

    unprinted: frozenset[str] = frozenset()
    """Labels of those of which readers see nothing."""

    numbers: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    """Labels in the order of their numbers."""

    @cached_property
    def known(self) -> frozenset[str]:
        """All labels that have a definition, seen or not."""
        return self.unprinted.union(self.labels)

    def number(self, label: str) -> int:
        """Return the number of a footnote; the next one, if it has none yet."""
        if label not in self.numbers:
            self.order.append(label)
            self.numbers[label] = len(self.order)
        return self.numbers[label]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    label: str
    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Composition:
    """What an edition says in a layout."""

    edition: Edition
    layout: Layout

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The sides that readers see, the source's first."""
        return sides(self.edition, self.layout)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the sides."""
        return tuple(side.language for side in self.sides)

    def phrases(self, name: str) -> tuple[str, ...]:
        """Return a phrase for each side."""
        return tuple(phrase(name, language) for language in self.languages)

    # --- the text -----------------------------------------------------------

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks outside footnotes that readers see."""
        return body(self.edition, self._printed, self.languages)

    @cached_property
    def footnotes(self) -> Mapping[str, tuple[Block, ...]]:
        """The blocks of each footnote that readers see, by its label."""
        return footnotes(self._printed)

    @cached_property
    def unprinted(self) -> frozenset[str]:
        """Labels of the footnotes of which they see nothing, nor their marks."""
        return frozenset(footnotes(self.edition.blocks).keys() - self.footnotes.keys())

    @cached_property
    def _printed(self) -> tuple[Block, ...]:
        return printed(self.edition.blocks, self.sides)

    @cached_property
    def title(self) -> int:
        """Number of the segment that is printed as the title: the front matter's, or
        the heading that the text begins with. 0 if there is neither: only
        ``Edition.title`` knows it."""
        pair = self.edition.titled
        if pair is None:
            return 0
        own = pair.segment.kind == "front title" or self._begins_with(pair)
        return pair.segment.n if own else 0

    def title_line(self, n: int) -> int:
        """Return the line of the heading that a segment of the title is; 0 if it is
        none."""
        segment = self.edition.pair(n).segment if n else None
        own = n == self.title and segment and segment.kind.startswith("heading")
        return segment.line if segment and own else 0

    @cached_property
    def whole(self) -> tuple[Block, ...]:
        """The blocks that readers see, with the pictures that front matter names."""
        at = self._headings
        above = printed(tuple(opening(self.edition)), self.sides)
        return (*self.blocks[:at], *above, *self.blocks[at:])

    @cached_property
    def text(self) -> tuple[Block, ...]:
        """The blocks below the title: a heading printed as the title is not among
        them."""
        return self.whole[self._headings :]

    @cached_property
    def _headings(self) -> int:
        """How many blocks are printed as the title."""
        pair = self.edition.titled
        return int(bool(pair and self._begins_with(pair)))

    def _begins_with(self, pair: Pair) -> bool:
        first = self.blocks[0] if self.blocks else None
        return bool(first and first.content == (pair.segment.n,) and not first.path)

    @cached_property
    def paragraphs(self) -> Mapping[int, int]:
        """The numbers that readers see beside the text: the first segment of a block →
        1, 2, 3 … in the order of the edition, the same in both languages. Titles,
        pictures, footnotes and what a translation adds have none."""
        edition, own = self.edition, len(self.edition.segments)
        counted = (
            block
            for block in edition.blocks
            if block.kind not in UNCOUNTED and footnote(block) is None
            if not is_figure(block, edition)
        )
        firsts = (next(block.segments(), 0) for block in counted)
        firsts = (n for n in firsts if 0 < n <= own)
        return {n: number for number, n in enumerate(dict.fromkeys(firsts), 1)}

    # --- above and below the text -------------------------------------------

    @cached_property
    def legend(self) -> tuple[Legend, ...]:
        """A proof's legend for each side; nothing in a release."""
        return tuple(map(_legend, self.sides)) if self.edition.proof else ()

    @cached_property
    def credits(self) -> tuple[tuple[Credit, ...], ...]:
        """Who wrote and translated the article, when, and where it was printed, for
        each side."""
        alone = len(self.languages) == 1
        return tuple(
            tuple(credits(self.edition, tag, alone=alone)) for tag in self.languages
        )

    @cached_property
    def notice(self) -> tuple[str, ...]:
        """What each side must know before it reads; empty texts if there is nothing."""
        return tuple(notice(self.edition, tag) for tag in self.languages)

    @cached_property
    def corrections(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """What was put right after a release, the oldest first: the ISO date and what
        is said of it, for each side."""
        told = (corrections(self.edition, tag) for tag in self.languages)
        return tuple(zip(*told, strict=True))

    @cached_property
    def colophon(self) -> tuple[str, ...]:
        """How the edition was made, for each side."""
        return tuple(" · ".join(facts(self.edition, tag)) for tag in self.languages)

    @cached_property
    def deck(self) -> tuple[int, ...]:
        """Segments of the front matter that stand under the title."""
        pairs = front(self.edition)
        return tuple(pair.segment.n for pair in pairs if key(pair) in DECK)

    @cached_property
    def hidden(self) -> tuple[int, ...]:
        """Segments of the front matter that only a proof shows: all but the title, the
        deck and captions."""
        return tuple(pair.segment.n for pair in self._hidden("title"))

    @cached_property
    def loose(self) -> tuple[int, ...]:
        """Titles of links, which readers see only when they point at one: a proof shows
        them below the text."""
        pairs = loose(self.edition) if self.edition.proof else ()
        return tuple(pair.segment.n for pair in pairs)

    def unseen(self, *, titled: bool) -> tuple[int, ...]:
        """Return the unfinished segments that a proof shows below the text, because its
        readers see them nowhere else: of front matter, and titles of links.

        :param titled: whether readers see the title.
        """
        hidden = self._hidden("title" if titled else "")
        pairs = (*hidden, *map(self.edition.pair, self.loose))
        return tuple(pair.segment.n for pair in pairs if not pair.finished)

    def _hidden(self, *shown: str) -> tuple[Pair, ...]:
        pairs = front(self.edition) if self.edition.proof else ()
        seen = (*DECK, *shown)
        others = (pair for pair in pairs if key(pair) not in seen)
        return tuple(p for p in others if key(p).rpartition(".")[2] != CAPTION)

    # --- notes --------------------------------------------------------------

    def noted(self, numbers: Numbers) -> Iterator[Note]:
        """Yield the footnotes in the order of their numbers, then those that nothing
        mentions. Write each before asking for the next: a note may mention others."""
        unmarked = (label for label in numbers.labels if label not in numbers.numbers)
        for at in count():
            if at == len(numbers.order):
                label = next(unmarked, None)
                if label is None:
                    return
                numbers.number(label)
            label = numbers.order[at]
            yield Note(label, at + 1, self.footnotes[label])


def _legend(side: Side) -> Legend:
    language, standings = side.language, side.edition.standings
    counts = {s: standings[s] for s in UNFINISHED if s in standings}
    total = len(side.edition.segments)
    says = phrase("unfinished", language, sum(counts.values()), total)
    if not counts:
        says = phrase("ready", language, total)
    return Legend(phrase("proof", language), says, counts)


def lowered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks below a title that is a heading of the first level: if any heading
    is as high, each is one level lower."""
    if all(block.level != 1 for block in blocks):
        return blocks
    return tuple(
        replace(block, level=min(6, block.level + 1)) if block.level else block
        for block in blocks
    )


def captions(block: Block, side: Side) -> tuple[int, ...]:
    """Return which texts of a block of images readers see under them on a side: their
    titles. Alternative texts are for those who do not see the images; only a proof
    shows the unfinished ones."""
    kinds = {n: side.edition.pair(n).segment.kind for n in block.segments()}
    unfinished = {pair.segment.n for pair in side.unfinished(kinds)}
    return tuple(n for n, kind in kinds.items() if kind != "alt" or n in unfinished)


def pictured(block: Block, sides: tuple[Side, ...]) -> str:
    """Return the Markdown of images that stand once for all sides: their alternative
    texts say in each language what there is to see."""

    def said(n: int) -> str:
        alt = sides[0].edition.pair(n).segment.kind == "alt"
        texts = [side.own(n) for side in sides if alt] or [sides[0].fill((n,))]
        return " · ".join(dict.fromkeys(filter(None, texts)))

    return "".join(
        p if isinstance(p, str) else quoted(said(p), before)
        for before, p in pairwise(("", *block.content))
    )
