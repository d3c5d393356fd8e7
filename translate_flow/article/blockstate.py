"""What the rules of our constructs ask of markdown-it's block state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock

    Rule = Callable[[StateBlock, int, int, bool], bool]

Span = tuple[int, int]
"""Start and end of a piece of text, in characters."""

MANY, FEW = 200, 20
"""Lines that a tag, an expression or a shortcode may span."""


def line(state: StateBlock, n: int) -> str:
    """Return a line without indent and container markers."""
    return state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]]


def spans(state: StateBlock, first: int, last: int) -> tuple[Span, ...]:
    """Return where lines stand without indents and container markers."""
    return tuple(
        (state.bMarks[n] + state.tShift[n], state.eMarks[n]) for n in range(first, last)
    )


def opaque(state: StateBlock, start: int, last: int, silent: bool) -> bool:
    """Take lines over as they are."""
    if not silent:
        token = state.push("opaque", "", 0)
        token.map = [start, last]
        token.content = state.getLines(start, last, state.blkIndent, False)
        token.meta = {"lines": spans(state, start, last)}
        state.line = last
    return True


def closing_line(
    state: StateBlock, start: int, end: int, closes: re.Pattern[str]
) -> int | None:
    """Return the line below ``start`` that a pattern is found in.

    Where a search came to nothing is remembered, or a page of unclosed openers would
    cost the square of its length.
    """
    failed: dict[str, range] = state.env.setdefault("unclosed", {})
    if start in failed.get(closes.pattern, ()):
        return None
    n = start
    for n in range(start + 1, end):
        if state.sCount[n] < state.blkIndent and not state.isEmpty(n):
            break
        if closes.search(line(state, n)):
            return n
    failed[closes.pattern] = range(start, n + 1)
    return None


def few_lines(state: StateBlock, start: int, end: int, silent: bool) -> str:
    """Return a line and those below it up to a blank one: at most ``MANY``, and in the
    middle of a paragraph ``FEW``."""
    last, limit = start + 1, min(end, start + (FEW if silent else MANY))
    while last < limit and not state.isEmpty(last):
        if state.sCount[last] < state.blkIndent:
            break
        last += 1
    return "\n".join(line(state, n) for n in range(start, last))
