"""An article: its segments, and how translations are spliced into its text.

``segments`` and ``render`` share one list of slots, so they cannot disagree; what
stands between the slots never changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from translate_flow.article import front, grammar, reading
from translate_flow.article.arranging import arranged
from translate_flow.article.arranging import without as without_spans
from translate_flow.article.front import Front
from translate_flow.article.places import Refusal, Rendering, Root, Slot, Stretch
from translate_flow.article.saying import replacement
from translate_flow.article.scalars import Scalar
from translate_flow.article.structure import Edit, Misfit, Structure
from translate_flow.article.texts import Unheld, named
from translate_flow.errors import FlowError, StructureError
from translate_flow.model import Block, Segment
from translate_flow.text.encoding import NAMES, recognised
from translate_flow.text.invisible import nothing_to_see
from translate_flow.text.mask import has_letters

__all__ = ["FRONT_MATTER_KEYS", "Article", "decode", "parse"]

FRONT_MATTER_KEYS: tuple[str, ...] = (
    "title",
    "subtitle",
    "headline",
    "deck",
    "lead",
    "description",
    "summary",
    "excerpt",
    "caption",
)
"""Front matter that is translated unless a project says otherwise."""

NEWLINE = re.compile(r"\r\n?|\n")
CRLF = re.compile(r"\r\n")
PRINTED = ("blocks", "lines", "heading", "line", "cell", "label", "html")
"""Forms of texts that readers see where they stand."""
MOST = 1 << 62
"""More characters than any text has moved."""

Lookup = Callable[[Segment], str | None]


def decode(data: bytes, name: str) -> str:
    """Return the text of an article file, byte order mark and line ends included.

    :param name: the file, for errors.
    :raises FlowError: if it is not UTF-8 or holds a NUL character.
    """
    at, message = data.find(b"\0"), "holds a NUL character"
    hint = "save it as plain UTF-8 text"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        at, text = error.start, ""
        message = f"is not UTF-8 text: it has the byte 0x{data[at]:02x}"
    if at < 0:
        return text
    if known := recognised(data):
        message = f"is {NAMES[known]} text, not UTF-8"
        at = 0 if known.startswith("utf") else at
    above = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    raise FlowError(message, name, above.count(b"\n") + 1, hint)


def parse(
    text: str,
    *,
    name: str,
    keys: Sequence[str] = FRONT_MATTER_KEYS,
    texts: Sequence[str] = (),
) -> Article:
    """Read an article.

    :param text: the whole file: front matter, if any, and Markdown.
    :param name: the file, for errors; in a ``.mdx`` indented lines are no code.
    :param keys: front matter to translate; ``hero.text`` is nested.
    :param texts: more attributes that are texts for readers, ``Badge.hint``; those with
        ``!`` before them are not.
    :raises FlowError: for broken front matter or a directive that cannot be obeyed.
    """
    plain = NEWLINE.sub("\n", text) if "\r" in text else text
    conflicts = list(CONFLICT.finditer(plain))
    try:
        head = front.cut(plain, name)
    except FlowError:
        if conflicts:
            raise _unresolved(conflicts[0], name) from None
        raise
    start = head.end if head else int(plain.startswith("\ufeff"))
    body = plain[start:]
    mdx = name.lower().endswith(".mdx")
    parsed = grammar.parse(body, mdx=mdx, names=named(tuple(texts)))
    for conflict in conflicts:
        line = plain.count("\n", start, conflict.start())
        if conflict.start() < start or not _is_code(parsed, line):
            raise _unresolved(conflict, name)
    values = tuple(_front_slots(head, plain, keys)) if head else ()
    above = plain.count("\n", 0, start)
    found = reading.read(body, parsed, file=name, numbers=(len(values) + 1, above))
    slots = (*(slot for slot, _ in values), *found.slots)
    return Article(
        name=name,
        text=text,
        segments=tuple(slot.segment for slot in slots),
        blocks=found.blocks,
        meta=head.meta if head else {},
        references=parsed.references,
        unheld=found.unheld,
        _plain=plain,
        _body_start=start,
        _front=head,
        _scalars=tuple(scalar for _, scalar in values),
        _slots=slots,
        _stretches=found.stretches,
        _structure=Structure(body, parsed, found.roots, head is None, mdx),
    )


def front_matter(text: str, *, name: str) -> Mapping[str, Any]:
    """Return what the front matter of an article says, without reading the rest.

    :param name: the file, for errors.
    :raises FlowError: if it cannot be read.
    """
    head = front.cut(NEWLINE.sub("\n", text), name)
    return head.meta if head else {}


CONFLICT = re.compile(
    r"^<{7}(?: .*)?\n(?:.*\n)*?={7}\n(?:.*\n)*?>{7}(?: .*)?$", re.MULTILINE
)
"""What git leaves of a merge that nobody has finished."""


def _is_code(parsed: grammar.Parsed, line: int) -> bool:
    """Whether a line of the body, counted from 0, is shown as code."""
    code = (one.map for one in parsed.tokens if one.type in ("fence", "code_block"))
    return any(span and span[0] <= line < span[1] for span in code)


def _unresolved(conflict: re.Match[str], name: str) -> FlowError:
    line = conflict.string.count("\n", 0, conflict.start()) + 1
    hint = "resolve the conflict first"
    return FlowError("git conflict markers", name, line, hint)


def _front_slots(
    head: Front, plain: str, keys: Sequence[str]
) -> Iterator[tuple[Slot, Scalar]]:
    pairs = ((k, s) for k, s in head.scalars(keys) if has_letters(s.text))
    for n, (key, scalar) in enumerate(pairs, 1):
        line = plain.count("\n", 0, head.start + scalar.start) + 1
        segment = Segment(n, f"front {key}", scalar.text, line)
        place = Rendering("front", quote=scalar.style)
        yield Slot(segment, scalar.start, scalar.end, place), scalar


@dataclass(frozen=True, slots=True)
class Article:
    """One Markdown file with front matter in one language."""

    name: str
    """The file, as a user would type it."""

    text: str
    """All of it, as it was read."""

    segments: tuple[Segment, ...]
    """What is to be translated, in document order; ``segments[n - 1].n == n``."""

    blocks: tuple[Block, ...]
    """The leaves of its block structure, in document order."""

    meta: Mapping[str, Any]
    """Its front matter; empty if it has none."""

    references: Mapping[str, tuple[str, str]]
    """Link reference definitions: normalised label → (href, title)."""

    unheld: tuple[Unheld, ...]
    """What readers see, or may see, that no segment holds; code is not."""

    _plain: str = field(repr=False, compare=False)
    """Its text with all line ends ``\n``."""

    _body_start: int = field(repr=False, compare=False)
    _front: Front | None = field(repr=False, compare=False)
    _scalars: tuple[Scalar, ...] = field(repr=False, compare=False)
    """The texts of the first slots, those in the front matter."""

    _slots: tuple[Slot, ...] = field(repr=False, compare=False)
    _stretches: tuple[Stretch, ...] = field(repr=False, compare=False)
    _structure: Structure = field(repr=False, compare=False)

    @property
    def roots(self) -> tuple[Root, ...]:
        """The outermost blocks of its body, in document order."""
        return self._structure.roots

    @property
    def spans(self) -> Iterator[tuple[int, int]]:
        """Where each segment stands in the text, which has line ends of one character
        for that; segment 1 first."""
        for slot in self._slots:
            front = slot.place.form == "front" and self._front
            at = front.start if front else self._body_start
            yield slot.start + at, slot.end + at

    @property
    def twice(self) -> tuple[tuple[str, int], ...]:
        """Keys of the front matter that stand more than once in the same place, each
        with the line of a later one; what the last says is read."""
        if self._front is None:
            return ()
        above = self._plain.count("\n", 0, self._front.start) + 1
        return tuple((key, above + n) for key, n in front.read(self._front).twice)

    def root(self, n: int) -> int:
        """Return the index of the outermost block that holds segment ``n``; -1 for
        front matter."""
        slot = self._slots[n - 1]
        return -1 if slot.place.form == "front" else slot.root

    def render(
        self,
        lookup: Lookup,
        *,
        order: Sequence[int] | None = None,
        without: Collection[int] = frozenset(),
    ) -> str:
        """Return the article's text with translations in place of its segments.

        :param lookup: gives the target of a segment. None or the segment's own text
            keeps what stands there, byte for byte.
        :param order: indices of the outermost blocks to print, in order; None for all.
        :param without: numbers of segments to leave out, those in attributes and front
            matter excepted: with their lines, where nothing else is in them.
        :raises StructureError: naming the segment whose target cannot stand there or
            would change the block structure.
        """
        edits = []
        for slot in self._slots:
            if slot.segment.n in without and (blank := self._blank(slot)) is not None:
                edits.append(Edit(slot, blank, blank))
                continue
            target = lookup(slot.segment)
            if target is not None and target != slot.segment.text:
                edits.append(self._edit(slot, target))
        in_front = [edit for edit in edits if edit.slot.place.form == "front"]
        try:
            in_body = self._structure.settle(edits[len(in_front) :])
        except Misfit as misfit:
            raise self._error(misfit.edit.slot, misfit.why) from misfit
        spliced = self._spliced(in_front, in_body)
        if order is None and not without:
            return spliced.text
        return self._arranged(spliced, order, frozenset(without))

    def validate(self, segment: Segment, target: str) -> None:
        """Check that one target could stand in the place of its segment.

        :raises StructureError: if it could not, saying why.
        """
        slot = self._slots[segment.n - 1]
        if target == slot.segment.text:
            return
        edit = self._edit(slot, target)
        if nothing_to_see(target, self.references):
            raise self._error(slot, "has nothing that a reader sees")
        if slot.place.form == "front":
            return
        try:
            self._structure.settle_alone(edit)
        except Misfit as misfit:
            raise self._error(slot, misfit.why) from misfit

    def _blank(self, slot: Slot) -> str | None:
        """Return what stands for a text that is left out where its lines stay; None if
        nothing can."""
        form = slot.place.form
        before = self._structure.body[: slot.start][-1:]
        if (form == "cell" and not slot.place.opens) or (form, before) == ("html", ">"):
            return ""
        return "&nbsp;" if form in PRINTED else None

    def _edit(self, slot: Slot, target: str) -> Edit:
        """:raises StructureError: if the target cannot be written there."""
        try:
            if slot.place.form == "front" and self._front:
                scalar = self._scalars[slot.segment.n - 1]
                return Edit(slot, target, replacement(self._front, scalar, target))
            return Edit.of(slot, target)
        except Refusal as refusal:
            raise self._error(slot, str(refusal)) from refusal

    def _error(self, slot: Slot, why: str) -> StructureError:
        n, line = slot.segment.n, slot.segment.line
        message = f"segment {n} (line {line}): the translation {why}"
        hint = f"change the translation of this {slot.segment.kind}"
        return StructureError(message, self.name, line, hint)

    def _spliced(self, in_front: Sequence[Edit], in_body: Sequence[Edit]) -> _Spliced:
        """Splice into the text as it was read, with the line ends it has."""
        ends = [found.start() - i for i, found in enumerate(CRLF.finditer(self.text))]
        head = self._front.start if self._front else 0
        newline = self._newline
        parts: list[str] = []
        done = grown = 0
        shifts = [(0, 0)]
        for edits, shift in ((in_front, head), (in_body, self._body_start)):
            for edit in edits:
                start, end = edit.slot.start + shift, edit.slot.end + shift
                start += bisect_left(ends, start)
                text = edit.text.replace("\n", newline)
                parts += self.text[done:start], text
                done = end + bisect_left(ends, end)
                grown += len(text) - (done - start)
                shifts.append((edit.slot.end + shift, grown))
        return _Spliced("".join((*parts, self.text[done:])), ends, shifts)

    @property
    def _newline(self) -> str:
        first = NEWLINE.search(self.text)
        return first[0] if first else "\n"

    # --- another order ------------------------------------------------------

    def _arranged(
        self, spliced: _Spliced, order: Sequence[int] | None, left_out: frozenset[int]
    ) -> str:
        """:raises StructureError: if blocks would run into each other."""
        roots, lines = self._structure.roots, self._structure.line_starts
        held = self._held()
        order = range(len(roots)) if order is None else order
        printed = [i for i in order if not (held[i] and held[i] <= left_out)]
        here = self._body_start
        cuts = [
            (spliced.at(here + lines[first]), spliced.at(here + lines[end]))
            for first, end in map(self._cut, self._outermost(left_out))
        ]
        text, now = without_spans(spliced.text, cuts)
        starts = [now(spliced.at(here + lines[root.line])) for root in roots]
        whole, blocks = arranged(text, starts, printed, self._newline)
        body = whole[starts[0] if starts else len(whole) :]
        wrong = self._structure.clash(
            [NEWLINE.sub("\n", block) for block in blocks], NEWLINE.sub("\n", body)
        )
        if wrong is not None:
            line = roots[printed[wrong]].line + self._plain.count("\n", 0, here) + 1
            message = f"the block of line {line} cannot stand where it is put"
            hint = "it would run into its neighbour there; put it elsewhere"
            raise StructureError(message, self.name, line, hint)
        return whole

    def _cut(self, gone: Stretch) -> tuple[int, int]:
        """Return the lines to cut for a stretch: with the blank ones below it, or above
        the last one of an outermost block, which is to stay parted from the next."""
        first, end = gone.first, gone.end
        rows, roots = self._structure.body.split("\n"), [r.line for r in self.roots]
        at = bisect_right(roots, first)
        below = roots[at] if at < len(roots) else len(rows)
        if any(row.strip() for row in rows[end:below]):
            return first, end
        while not rows[end - 1].strip():
            end -= 1
        while first > roots[at - 1] and not rows[first - 1].strip():
            first -= 1
        return first, end

    def _held(self) -> list[set[int]]:
        """Return the segments of each outermost block."""
        held: list[set[int]] = [set() for _ in self._structure.roots]
        for slot in self._slots:
            if slot.place.form != "front":
                held[slot.root].add(slot.segment.n)
        return held

    def _outermost(self, left_out: frozenset[int]) -> list[Stretch]:
        """Return the stretches of which nothing is left, in order, without those that
        stand in another one."""
        gone = [one for one in self._stretches if left_out.issuperset(one.segments)]
        outer: list[Stretch] = []
        for one in sorted(gone, key=lambda one: (one.first, -one.end)):
            if not outer or one.first >= outer[-1].end:
                outer.append(one)
        return outer


@dataclass(frozen=True, slots=True)
class _Spliced:
    """An article's text with replacements, and where its offsets have gone."""

    text: str
    ends: Sequence[int]
    """Offsets of line ends of two characters, in the text that counts them as one."""

    shifts: Sequence[tuple[int, int]]
    """After each replacement, by how many characters what follows has moved."""

    def at(self, offset: int) -> int:
        """Return where an offset of the article is now; it is in no replacement."""
        shift = self.shifts[bisect_right(self.shifts, (offset, MOST)) - 1][1]
        return offset + bisect_left(self.ends, offset) + shift
