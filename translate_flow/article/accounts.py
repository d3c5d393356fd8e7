"""Which lines of an article somebody has read, and what is in no segment."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from translate_flow.article.directives import Directives
from translate_flow.article.grammar import DEEPEST
from translate_flow.article.lines import Lines
from translate_flow.article.texts import Text, Unheld, worded

if TYPE_CHECKING:
    from markdown_it.token import Token

LEAVES = frozenset({"paragraph_open", "heading_open", "tr_open"})
"""Opening tokens that have their lines for themselves."""


class Accounts:
    """Follows the reading of an article from top to bottom."""

    def __init__(self, body: str, above: int, directives: Directives) -> None:
        """:param above: lines of the file above the body.
        :param directives: what is in force; where a text is left out nothing is told.
        """
        self.unheld: list[Unheld] = []
        self._body, self._above, self._directives = body, above, directives
        self._starts = [0, *accumulate(len(row) + 1 for row in body.split("\n"))]
        self._read_to = 0

    def read(self, token: Token) -> None:
        """Note that the lines of a leaf are read; those above it that are no one's are
        nested too deeply for anybody to follow."""
        if token.map and (token.nesting == 0 or token.type in LEAVES):
            first, last = token.map
            self._beyond(first)
            self._read_to = max(self._read_to, last, first + 1)

    def opened(self, token: Token) -> None:
        """Note that the line is read that opens a box."""
        if token.map:
            self._read_to = max(self._read_to, token.map[0] + 1)

    def finish(self) -> None:
        """Tell what is left below the last leaf."""
        self._beyond(len(self._starts) - 1)

    def tell(
        self, at: int, text: str, why: str, setting: str = "", last: int = 0
    ) -> None:
        """Tell a text that no segment holds.

        :param at: where it begins in the body.
        :param last: where more of the kind ends.
        """
        if not self._directives.region:
            line = self._line(at)
            end = self._line(last) if last else line
            self.unheld.append(Unheld(line, text, why, setting, end))

    def tell_of(self, lines: Lines, found: Text) -> None:
        """Tell an attribute of which nobody said whether readers see it."""
        own = " ".join(lines.text[found.start : found.end].split())
        path = f"{found.construct}.{found.name}" if found.name else ""
        why = f"{found.name} of {found.construct}" if path else found.construct
        last = lines.at(found.reach or found.end)
        self.tell(lines.at(found.start), own, why, path, last)

    def _beyond(self, last: int) -> None:
        for n in range(self._read_to, last):
            row = self._body[self._starts[n] : self._starts[n + 1] - 1]
            if worded(row):
                why = f"nested more than {DEEPEST} deep, or below that"
                self.tell(self._starts[n], row.strip(" \t>"), why)
        self._read_to = max(self._read_to, last)

    def _line(self, offset: int) -> int:
        return self._above + bisect_right(self._starts, offset)
