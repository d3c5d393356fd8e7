"""Blocks as a tree, for formats whose containers are elements around what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from translate_flow.edition import Edition
from translate_flow.exporters.content.composition import (
    Composition,
    Note,
    lowered,
)
from translate_flow.exporters.content.sides import (
    box_title,
    footnote,
    is_figure,
    sides,
)
from translate_flow.model import Block, Container


@dataclass(frozen=True, slots=True)
class Node:
    """A container with what it encloses."""

    container: Container
    inner: tuple[Piece, ...]

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a list."""
        return tuple(piece for piece in self.inner if isinstance(piece, Node))

    @property
    def start(self) -> int:
        """The number that a list begins with."""
        return self.items[0].container.number if self.items else 1

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks that it encloses at any depth."""
        for piece in self.inner:
            yield from piece.blocks() if isinstance(piece, Node) else (piece,)


Piece: TypeAlias = Node | Block


def text(composed: Composition) -> tuple[Piece, ...]:
    """Return the blocks below a title that is a heading of the first level."""
    return tuple(nested(lowered(composed.text)))


def note_text(note: Note) -> tuple[Piece, ...]:
    """Return the blocks of a footnote."""
    first = note.blocks[0]
    depth = next(i for i, c in enumerate(first.path) if c is footnote(first)) + 1
    return tuple(nested(note.blocks, depth))


def nested(blocks: Iterable[Block], depth: int = 0) -> Iterator[Piece]:
    """Yield blocks, those of a container together in its node."""

    def place(block: Block) -> tuple[str, int] | None:
        path = block.path[depth : depth + 1]
        return (path[0].kind, path[0].key) if path else None

    for where, group in groupby(blocks, place):
        if where is None:
            yield from group
            continue
        inside = tuple(group)
        yield Node(inside[0].path[depth], tuple(nested(inside, depth + 1)))


def first_block(piece: Piece) -> Block:
    """Return the block that a piece is or begins with."""
    return next(piece.blocks()) if isinstance(piece, Node) else piece


def is_paired(piece: Piece, edition: Edition) -> bool:
    """Whether each side has its own text for a piece."""
    blocks = piece.blocks() if isinstance(piece, Node) else (piece,)
    return any(
        (any(block.segments()) and not is_figure(block, edition))
        or box_title(block, sides(edition)[0])
        for block in blocks
    )
