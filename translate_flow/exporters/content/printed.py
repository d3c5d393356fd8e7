"""What readers of a layout are given to read: an article's blocks without those of
which their languages have nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from translate_flow.exporters.content.sides import Side, numbers_in
from translate_flow.model import Block, Container


def printed(blocks: Sequence[Block], sides: Sequence[Side]) -> tuple[Block, ...]:
    """Return blocks without those, and without those rows of tables, of which no side
    has anything for its readers. What is left of a container begins it, and the items
    of a numbered list are counted anew."""

    def gone(numbers: Sequence[int]) -> bool:
        everywhere = (side.leaves_out(n) for n in numbers for side in sides)
        return bool(numbers) and all(everywhere)

    kept = [block for block in blocks if not gone(list(block.segments()))]
    if len(kept) < len(blocks):
        kept = list(_mended(blocks, kept))
    return tuple(_without_rows(block, gone) if block.rows else block for block in kept)


def _without_rows(block: Block, gone: Callable[[Sequence[int]], bool]) -> Block:
    head, *rows = block.rows
    cells = ([n for cell in row for n in numbers_in(cell)] for row in rows)
    left = [row for row, held in zip(rows, cells, strict=True) if not gone(held)]
    return replace(block, rows=(head, *left))


def _mended(blocks: Sequence[Block], kept: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks whose containers begin with what is left of them."""
    numbers = _numbers(blocks, kept)
    entered: set[int] = set()
    for block in kept:
        path = tuple(
            replace(
                container,
                first=container.first or container.key not in entered,
                number=numbers.get(container.key, container.number),
            )
            for container in block.path
        )
        entered |= {container.key for container in path}
        yield replace(block, path=path)


def _numbers(blocks: Sequence[Block], kept: Sequence[Block]) -> dict[int, int]:
    """Return the number of each item that is left in a numbered list, by its key."""
    numbers: dict[int, int] = {}
    firsts = {key: item.number for key, item in reversed([*_items(blocks)])}
    for key, item in _items(kept):
        if item.key not in numbers:
            numbers[item.key] = firsts[key]
            firsts[key] += 1
    return numbers


def _items(blocks: Sequence[Block]) -> Iterator[tuple[int, Container]]:
    """Yield the items that blocks stand in, each with the key of its list."""
    for block in blocks:
        for above, inner in pairwise(block.path):
            if inner.kind == "item" and inner.ordered:
                yield above.key, inner
