"""Whether an article keeps its block structure when texts in it are replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Any

from translate_flow.article import front
from translate_flow.article.grammar import Parsed, parse
from translate_flow.article.places import (
    FIRMEST,
    Refusal,
    Root,
    Slot,
    blocks,
    write,
)
from translate_flow.article.shortcodes import CODE
from translate_flow.errors import FlowError
from translate_flow.text.mask import mask

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
    "alert": "the head of a box",
    "abbreviation": "an abbreviation",
    "reference": "a link definition",
}
ENTITIES = str.maketrans({":": "&#58;", "=": "&#61;"})
"""What makes a line between two rules a line of front matter."""


PATIENCE = 32
"""Times that an article is parsed to find out which edits need escapes."""
PROSE = frozenset({"blocks", "lines", "heading", "line", "html"})
HARMLESS = re.compile(
    r"""(?!(?:im|ex)port\b) ["'(*_]{0,3} [0-9]* [A-Za-z\u00a1-\u1fff\u2010-\U0010ffff]
    [^\n|<>}\\]*(?<!\#)""",
    re.VERBOSE,
)
"""One line that no block begins with, whatever stands around it."""
FAR = re.compile(
    rf"\$\$|\{{/\*|\*/\}}|8<|:::|\{{%-?\s*(?:end)?(?:{CODE})|\{{\{{[<%]\s*/?\s*(?:{CODE})"
)
"""What opens a block that ends anywhere below, or ends one that begins anywhere above.
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """A target and the characters that are to stand for it."""

    slot: Slot
    target: str
    text: str

    @property
    def harmless(self) -> bool:
        """Whether it cannot be anything but prose."""
        place = self.slot.place
        if place.folded or place.form not in PROSE:
            return False
        return HARMLESS.fullmatch(self.text) is not None

    @classmethod
    def of(cls, slot: Slot, target: str) -> Edit:
        """:raises Refusal: if the target cannot stand in its place."""
        return cls(slot, target, write(slot.place, target))

    def firm(self, level: int) -> Edit:
        """Return it with more escapes than it needs by itself."""
        if not self.target:
            return self
        text = write(self.slot.place, self.target, firmly=level)
        return replace(self, text=text)

    def without_keys(self) -> Edit:
        """Return it so that it holds no keys of front matter."""
        shown = mask(self.text)
        signs = (
            sign if shown[i] == "\0" else sign.translate(ENTITIES)
            for i, sign in enumerate(self.text)
        )
        return replace(self, text="".join(signs))


@dataclass(frozen=True)
class Structure:
    """The body of an article as it was parsed."""

    body: str
    parsed: Parsed
    roots: tuple[Root, ...]

    headless: bool = True
    """Whether the body is all of the article: there is no front matter."""

    mdx: bool = False

    def settle(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Return edits that together keep the structure: these, where they do.

        :raises Misfit: naming the first edit that nothing makes fit.
        """
        if not edits:
            return ()
        if self._broken(edits) is not None:
            edits = self._firmed(edits)
        return self._settle_head(tuple(edits))

    def settle_alone(self, edit: Edit) -> Edit:
        """Return an edit that by itself keeps the structure around it.

        Only as much is parsed as it may change, and nothing for plain prose.
        :raises Misfit: if nothing makes it fit.
        """
        if not edit.harmless or FAR.search(edit.text):
            around = self._around(edit)
            if (why := self._broken([edit], *around)) is not None:
                firmer = (edit.firm(level + 1) for level in range(FIRMEST))
                fits = (e for e in firmer if self._broken([e], *around) is None)
                if (found := next(fits, None)) is None:
                    raise Misfit(edit, why)
                edit = found
        return self._settle_head((edit,))[0]

    def clash(self, chunks: Sequence[str], whole: str) -> int | None:
        """Return the index of the first of some blocks that is not in the whole what it
        is alone; None if all are."""
        found = self._parse(whole).signature()
        done = 0
        for i, chunk in enumerate(chunks):
            alone = self._parse(chunk).signature()
            if found[done : done + len(alone)] != alone:
                return i
            done += len(alone)
        return None if done == len(found) else len(chunks) - 1

    def _parse(self, text: str) -> Parsed:
        return parse(text, mdx=self.mdx, names=self.parsed.names)

    def _around(self, edit: Edit) -> tuple[int, int]:
        """Return the outermost blocks that an edit may change: its own, the one above
        and below, and those that no blank line parts from these."""
        if FAR.search(edit.text):
            return 0, len(self.roots)
        first, last = max(0, edit.slot.root - 1), edit.slot.root + 2
        while first > 0 and not self._parted(first):
            first -= 1
        while last < len(self.roots) and not self._parted(last):
            last += 1
        return first, last

    def _parted(self, root: int) -> bool:
        """Whether a blank line stands above an outermost block."""
        line = self.roots[root][0]
        above = self.body[self.line_starts[line - 1] : self.line_starts[line]]
        return not above.strip(" \t\n")

    def _firmed(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Return edits that fit, as few of them firm as a number of tries can find."""
        chosen: Sequence[Edit] = edits
        for level in range(FIRMEST):
            chosen = [edit.firm(level + 1) for edit in edits]
            if self._broken(chosen) is None:
                return self._softened(chosen, edits)
        raise self._culprit(edits, chosen)

    def _softened(self, chosen: Sequence[Edit], edits: Sequence[Edit]) -> list[Edit]:
        doubtful = [i for i, edit in enumerate(edits) if edit != chosen[i]]
        settled, parts, tries = list(chosen), [*_halves(doubtful)], PATIENCE
        while parts and tries:
            part = parts.pop()
            trial = list(settled)
            for i in part:
                trial[i] = edits[i]
            tries -= 1
            if self._broken(trial) is None:
                settled = trial
            else:
                parts += _halves(part)
        return settled

    def _settle_head(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """Return edits that do not make the beginning of an article front matter."""
        end = self._head_end(edits)
        if not end:
            return edits
        settled, shift = [], 0
        for edit in edits:
            within = edit.slot.start + shift < end
            settled.append(edit.without_keys() if within else edit)
            shift += len(edit.text) - (edit.slot.end - edit.slot.start)
        if self._head_end(settled) or self._broken(settled):
            raise Misfit(edits[0], "would make this front matter")
        return tuple(settled)

    def _head_end(self, edits: Sequence[Edit]) -> int:
        """Return where front matter ends that edits bring about; 0 if they do not."""
        begins = front.OPENING.match(self.body) or edits[0].slot.start == 0
        if not (self.headless and begins):
            return 0
        text = splice(self.body, ((e.slot, e.text) for e in edits))
        try:
            found = front.cut(text, "")
        except FlowError:
            return len(text)
        return found.end if found else 0

    def _culprit(self, edits: Sequence[Edit], firm: Sequence[Edit]) -> Misfit:
        """Blame the edit that completes a run of edits that breaks the structure."""
        fits, breaks = 0, len(edits)
        while breaks - fits > 1:
            middle = (fits + breaks) // 2
            if self._broken(firm[:middle]) is None:
                fits = middle
            else:
                breaks = middle
        why = self._broken([*firm[:fits], edits[fits]]) or self._broken(firm[:breaks])
        return Misfit(edits[fits], why or "would change the structure")

    def _broken(
        self, edits: Sequence[Edit], first: int = 0, last: int | None = None
    ) -> str | None:
        """Say what edits would do to some of the outermost blocks; None if nothing."""
        last = len(self.roots) if last is None else last
        start, end = self._offset(first), self._offset(last)
        source = self.body[start:end]
        new = splice(source, ((e.slot, e.text) for e in edits), -start)
        found = self._parse(new)
        whole = (start, end) == (0, len(self.body))
        old = self.parsed if whole else self._parse(source)
        if _addresses(found) != _addresses(old):
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
    def line_starts(self) -> list[int]:
        """Where each line of the body begins, and one beyond."""
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
        return self.line_starts[self.roots[root][0]]

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


def _halves(part: Sequence[int]) -> Iterator[Sequence[int]]:
    if len(part) > 1:
        middle = len(part) // 2
        yield part[middle:]
        yield part[:middle]


def _addresses(parsed: Parsed) -> dict[str, tuple[str, bool]]:
    """Return what must not change of link definitions: all but their titles."""
    return {k: (href, bool(title)) for k, (href, title) in parsed.references.items()}


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
