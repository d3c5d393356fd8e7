"""What all rows of an HTML edition are made with: names of cells and anchors, and the
visible marks of what is unfinished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from translate_flow.exporters.content.sides import Side
from translate_flow.exporters.content.words import state_name
from translate_flow.exporters.inline.writer import attributes
from translate_flow.model import Block

TEXT = '<span class="t"'
"""How the words of a block begin, behind its chrome."""


@dataclass(frozen=True)
class NestedBlock:
    """A block with how many of its containers go on from the block before and how
    many go on to the one after."""

    block: Block
    before: int = 0
    after: int = 0
    kind: str = ""
    """What the row is called, if not by its block's kind."""

    folds: tuple[int, ...] = ()
    """The segments of a group that phones fold with this block."""

    note: str = ""
    """Label of the footnote that the block begins."""

    note_ends: str = ""
    """Label of the footnote that the block ends."""


def face(side: Side, state: str = "", name: str = "", *, leads: bool = False) -> str:
    """Return the attributes of a cell: its class, language and anchor.

    :param leads: whether phones fold all texts of a group with it.
    """
    names = (
        "cell",
        "" if side.is_source else "other",
        "leads" if leads else "",
        state,
    )
    return attributes(
        {"class": " ".join(filter(None, names)), "lang": side.language, "id": name}
    )


def anchor(side: Side, n: int) -> str:
    """Return the anchor of segment ``n``: ``s7``, on the target's side ``s7-ko``."""
    return f"s{n}" if side.is_source else f"s{n}-{side.language}"


def anchors(side: Side, numbers: Iterable[int]) -> str:
    """Return empty anchors for segments that have no element of their own."""
    own = ({"id": anchor(side, n), "lang": side.language} for n in numbers)
    return "".join(f"<span{attributes(values)}></span>" for values in own)


def badge(standing: str, language: str) -> str:
    """Return the visible mark of what is unfinished, in words."""
    name = escape(state_name(standing, language))
    return f'<span class="badge {standing}">{name}</span>'


def badges(side: Side, numbers: Iterable[int]) -> str:
    """Return the marks of the unfinished among some segments."""
    return " ".join(badge(one, side.language) for one in side.standings(numbers))


def numbered(side: Side) -> bool:
    """Whether the segments of a side show their numbers."""
    return side.is_source or side.alone
