"""Whether an article keeps its block structure when texts in it are replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Any

from translate_flow.article.grammar import Parsed, parse
from translate_flow.article.places import Refusal, Slot, blocks, write

Element = tuple[Any, ...]

NAMES = {
    "paragraph_open": "a paragraph",
    "heading_open": "a heading",
    "bullet_list_open": "a list",
    "ordered_list_open": "a numbered list",
    "list_item_open": "a list item",
    "blockquote_open": "a quotation",
    "dl_open": "a definition list",
    "footnote_reference_open": "a footnote",
    "table_open": "a table",
    "fence": "a code block",
    "code_block": "a code block",
    "html_block": "an HTML block",
    "hr": "a rule",
    "opaque": "a line of code",
    "box": "a container",
    "box_end": "the end of a container",
    "box_open": "a container",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """A target and the characters that are to stand for it."""

    slot: Slot
    target: str
    text: str

    @classmethod
    def of(cls, slot: Slot, target: str) -> Edit:
        """:raises Refusal: if the target cannot stand in its place."""
        return cls(slot, target, write(slot.place, target))

    def firm(self) -> Edit:
        """Return it with everything escaped that may be."""
        text = write(self.slot.place, self.target, firmly=True)
        return replace(self, text=text)


@dataclass(frozen=True)
class Structure:
    """The body of an article as it was parsed."""

    body: str
    parsed: Parsed
    roots: tuple[tuple[int, int], ...]
    """First line of each outermost block, and its index among the elements."""

    def settle(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Return edits that together keep the structure: these, where they do.

        :raises Misfit: naming the first edit that nothing makes fit.
        """
        if not edits or self._broken(edits, 0, len(self.roots)) is None:
            return tuple(edits)
        edits = tuple(self.settle_alone(edit) for edit in edits)
        if (why := self._broken(edits, 0, len(self.roots))) is not None:
            raise Misfit(self._culprit(edits), why)
        return edits

    def settle_alone(self, edit: Edit) -> Edit:
        """Return an edit that by itself keeps the structure around it.

        Only the outermost block it is in and the neighbours of that are parsed.
        :raises Misfit: if nothing makes it fit.
        """
        first, last = max(0, edit.slot.root - 1), edit.slot.root + 2
        why = self._broken([edit], first, last)
        if why is None:
            return edit
        if self._broken([firm := edit.firm()], first, last) is None:
            return firm
        raise Misfit(edit, why)

    def _culprit(self, edits: Sequence[Edit]) -> Edit:
        """Return the edit that completes the shortest run of edits that breaks."""
        fits, breaks = 0, len(edits)
        while breaks - fits > 1:
            middle = (fits + breaks) // 2
            if self._broken(edits[:middle], 0, len(self.roots)) is None:
                fits = middle
            else:
                breaks = middle
        return edits[breaks - 1]

    def _broken(self, edits: Sequence[Edit], first: int, last: int) -> str | None:
        """Say what edits would do to some of the outermost blocks; None if nothing."""
        start, end = self._offset(first), self._offset(last)
        source = self.body[start:end]
        found = parse(splice(source, ((e.slot, e.text) for e in edits), -start))
        whole = (start, end) == (0, len(self.body))
        old = self.parsed if whole else parse(source)
        if found.references != old.references:
            return "would change a link definition"
        return _difference(self._expected(edits, first, last), found.signature())

    def _expected(self, edits: Sequence[Edit], first: int, last: int) -> list[Element]:
        elements = self._elements[self._element(first) : self._element(last)]
        shift = self._element(first)
        for edit in sorted(edits, key=lambda e: e.slot.element, reverse=True):
            more = blocks(edit.slot.place, edit.target) - 1
            if more:
                at = edit.slot.element - shift
                elements[at:at] = [elements[at]] * more
        return elements

    @cached_property
    def _elements(self) -> list[Element]:
        return self.parsed.signature()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for row in self.body.split("\n"):
            starts.append(starts[-1] + len(row) + 1)
        return starts

    def _offset(self, root: int) -> int:
        """Return where the text of an outermost block begins. What is no block, like
        link definitions, belongs to the block before it."""
        if root <= 0:
            return 0
        if root >= len(self.roots):
            return len(self.body)
        return self._line_starts[self.roots[root][0]]

    def _element(self, root: int) -> int:
        if root <= 0:
            return 0
        return self.roots[root][1] if root < len(self.roots) else len(self._elements)


@dataclass
class Misfit(Exception):
    """An edit that would change the block structure."""

    edit: Edit
    why: str


def splice(text: str, edits: Iterable[tuple[Any, str]], shift: int = 0) -> str:
    """Return a text with spans of it replaced.

    :param edits: things with ``start`` and ``end``, in order, and what replaces them.
    :param shift: what to add to their offsets.
    """
    parts: list[str] = []
    done = 0
    for span, replacement in edits:
        parts += text[done : span.start + shift], replacement
        done = span.end + shift
    return "".join((*parts, text[done:]))


def _difference(expected: list[Element], found: list[Element]) -> str | None:
    if expected == found:
        return None
    for one, other in zip_longest(expected, found):
        if one != other:
            was, now = _named(one), _named(other)
            if was == now:
                return f"would change {was}"
            return f"would put {now} where there is {was}"
    return None


def _named(element: Element | None) -> str:
    if element is None:
        return "nothing"
    return NAMES.get(element[0], "the end of a block")


__all__ = ["Edit", "Misfit", "Refusal", "Structure", "splice"]
