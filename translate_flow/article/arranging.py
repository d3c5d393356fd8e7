"""An article's outermost blocks in another order, or without some of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

Span = tuple[int, int]

GAP = re.compile(r"[ \t]*(?:\r\n?|\n|\Z)(?:[ \t]*(?:\r\n?|\n))*[ \t]*\Z")
"""What follows a block: the end of its last line, and blank lines."""


def arranged(
    text: str, starts: Sequence[int], order: Sequence[int], newline: str
) -> tuple[str, tuple[str, ...]]:
    """Return a text with its blocks in another order, and those blocks.

    What stood between two blocks stays between them; blocks that were no neighbours get
    a blank line.

    :param text: what stands before the first block stays first.
    :param starts: where each block begins.
    :param order: indices of the blocks to print, each at most once.
    :param newline: how a line of the text ends.
    """
    bounds = pairwise((*starts, len(text)))
    chunks = [_cut(text[start:end]) for start, end in bounds]
    blocks = tuple(chunks[i][0] for i in order)
    head = text[: starts[0]] if starts else text
    if not order:
        return head, ()
    between = [
        chunks[one][1] if other == one + 1 else newline * 2
        for one, other in pairwise(order)
    ]
    gaps = [*between, chunks[-1][1]]
    whole = "".join(part for pair in zip(blocks, gaps, strict=True) for part in pair)
    return head + whole, blocks


def _cut(chunk: str) -> tuple[str, str]:
    found = GAP.search(chunk)
    at = found.start() if found else len(chunk)
    return chunk[:at], chunk[at:]


def without(text: str, cuts: Iterable[Span]) -> tuple[str, Callable[[int], int]]:
    """Return a text without some spans, and where its offsets are now.

    :param cuts: in order; they do not overlap.
    """
    cuts = tuple(cuts)
    parts, done = [], 0
    for start, end in cuts:
        parts.append(text[done:start])
        done = end
    parts.append(text[done:])

    def now(offset: int) -> int:
        before = (min(end, offset) - start for start, end in cuts if start < offset)
        return offset - sum(before)

    return "".join(parts), now
