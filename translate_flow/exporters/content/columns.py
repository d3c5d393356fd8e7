"""How a table is set: by its shape, never by what a page happens to look like.

Both languages stand side by side where both find room, else together in each cell, and
what is the same in both stands once. Where not even one language finds room with its
longest words whole, each row of the table becomes a record: a line per cell, led by its
column's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from unicodedata import east_asian_width

from translate_flow.exporters.content.sides import Side, numbers_in, worst
from translate_flow.exporters.content.words import marker
from translate_flow.model import Block, Content

Setting = Literal["beside", "together", "records"]

LEAST, LONGEST = 1.8, 13.5
"""Ems of the shortest word that counts, and of the longest: what is longer may
break."""
MOST = 20.0
"""Ems of text that count for a column's share of the width."""
PADDING = 1.0
"""Ems between two columns."""
INDENT = 2.0
"""Ems that each container around a table takes."""
BOLD = 1.09

WIDTHS = {
    **dict.fromkeys("MWmw@%&—…₩€½", 1.0),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ+<=>~_#$", 0.72),
    **dict.fromkeys("fijlrt.,:;'’‘!|()[]{}/\\-IJ", 0.42),
    " ": 0.3,
}
OTHER = 0.6
"""Ems of any other letter in a wide face; of Hangul, one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the columns of a table want, in ems of its letters."""

    least: tuple[float, ...]
    """Room for the longest word of each."""

    shares: tuple[float, ...]
    """What each gets of the rest, one against the other."""

    indent: float
    """What containers take around the table."""

    @property
    def need(self) -> float:
        """Room for one language with its words whole."""
        return sum(self.least) + self.indent

    def setting(self, room: float, beside: float = 0) -> Setting:
        """Return how the table is set.

        :param room: of the whole measure, in ems.
        :param beside: of one language beside the other; 0 where none may stand so.
        """
        if self.need <= beside:
            return "beside"
        return "together" if self.need <= room else "records"

    def parts(self, room: float) -> list[float]:
        """Return each column's part of some room in ems: all parts make one."""
        room -= self.indent
        spare = max(0.0, room - sum(self.least)) / sum(self.shares)
        wide = [a + spare * b for a, b in zip(self.least, self.shares, strict=True)]
        return [one / sum(wide) for one in wide]


def shape(block: Block, sides: Iterable[Side]) -> Shape:
    """Return the shape of a table that shows some sides."""
    columns: list[tuple[float, float]] = []
    shown = list(sides)
    for i in range(max(map(len, block.rows))):
        longest, most = LEAST, LEAST
        for row in block.rows:
            bold = BOLD if row is block.rows[0] else 1
            for side in shown if i < len(row) else ():
                text, state = _text(row[i], side), _state(row[i], side)
                wide = (bold * ems(word) for word in text.split())
                longest = max(longest, ems(state), *wide)
                most = max(most, bold * ems(text))
        columns.append((min(longest, LONGEST) + PADDING, min(most, MOST)))
    indent = INDENT * sum(c.kind != "list" for c in block.path)
    return Shape(tuple(a for a, _ in columns), tuple(b for _, b in columns), indent)


def names(block: Block, side: Side) -> list[str]:
    """Return what a side calls the columns, as plain text: their heads, marked if they
    are unfinished."""
    return [_name(cell, side) for cell in block.rows[0]]


def same(content: Content) -> bool:
    """Whether a cell says the same in all languages: nothing in it is translated."""
    return not numbers_in(content)


def overlong(content: Content, sides: Iterable[Side]) -> bool:
    """Whether a cell has a word that no column could hold: only such a cell may break
    words, or all would give way to it."""
    texts = (_text(content, side) for side in sides)
    return any(ems(word) > LONGEST for text in texts for word in text.split())


def ems(text: str) -> float:
    """Return how wide a text is in most faces, at most."""
    return sum(
        1.0 if east_asian_width(c) in "WF" else WIDTHS.get(c, OTHER) for c in text
    )


def _name(content: Content, side: Side) -> str:
    return " ".join(filter(None, (_state(content, side), _text(content, side))))


def _state(content: Content, side: Side) -> str:
    state = worst(side.unfinished(numbers_in(content)))
    return marker(state, side.language) if state else ""


def _text(content: Content, side: Side) -> str:
    from translate_flow.text.markup import visible

    return " ".join(visible(" ".join(side.paragraphs(content))).split())
