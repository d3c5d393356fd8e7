"""Columns of tables, for formats that give them widths."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import east_asian_width

from translate_flow.exporters.content.sides import Side
from translate_flow.model import Block


def in_column(block: Block, i: int, sides: Iterable[Side]) -> list[str]:
    """Return the texts in column ``i`` of a table on some sides."""
    rows = [row for row in block.rows if i < len(row)]
    both = list(sides)
    return [side.fill(row[i]) for row in rows for side in both]


def letters(text: str) -> int:
    """Return how many Latin letters wide a text is."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
