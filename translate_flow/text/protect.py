"""Text for a machine translator: what is not words goes as ``{1}``, ``{2}`` …, and is
put back in its answer.

A number in braces is the form that machines keep best: it holds no letters to translate
and only signs that their vocabularies know. They may put blanks into it and around it,
or write it with full-width signs; all of that is undone, and whatever is lost, doubled,
invented or turned round is reported.

Words of which people have settled what they are in the other language go the same way,
and come back as that, the Korean particle behind them fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from translate_flow.model import Finding
from translate_flow.text.korean import fitted
from translate_flow.text.mask import LETTER
from translate_flow.text.pieces import (
    Kind,
    Piece,
    References,
    described,
    normalised,
    pieces,
    severity,
)

MARK = re.compile(r"[{｛]\s*(\d{1,6})\s*[}｝]")
"""A placeholder as it may come back. No match runs into another one, so that text
beside a placeholder never becomes part of it."""

NO_REFERENCES: References = MappingProxyType({})
NAMING = ("code", "term")
"""Kinds that stand for a word, so that a particle may follow."""
AT_THE_END = ("attributes", "note", "comment")
"""Kinds that stay where they are when a text ends in them."""

CLOSING = re.compile(r"\s+[.,;:!?)\]}’”」』》〉…]")
OPENING = re.compile(r"[(\[{‘“「『《〈]\s+$")
PARTICLE = re.compile(
    r"\s+(?:은|는|을|를|의|와|과|가|도|에|에는|에서|에서는|에게|로|으로|로는|으로는|부터|까지"
    r"|처럼|보다|라는|이라는|라고|이라고)(?=[\s.,;:!?)]|$)"
)
"""A particle torn off the word that it belongs to."""
BOUND = re.compile(r"[\w$]$")
BOUNDED = re.compile(r"[A-Za-z0-9_$]")
"""What maths may not stand behind and before without a blank."""
EMPHASIS = (r"\*\*", r"~~", r"__", r"(?<!\*)\*(?!\*)")


@dataclass(frozen=True, slots=True)
class Swap:
    """Words of a text that are settled in the other language."""

    start: int
    end: int
    text: str
    """What stands for them in the translation."""

    reading: str = ""
    """How that is read in Korean, if its letters do not tell: particles depend on
    it."""


@dataclass(frozen=True, slots=True)
class Token:
    """What one placeholder stands for."""

    kind: Kind
    text: str
    """Exactly what stood there; for a term, what stands for it in the translation."""

    name: str
    """What to call it."""

    span: tuple[int, int]
    """Where it stood in the source."""

    role: str = ""
    """``open`` or ``close`` for the ends of something that has words in it."""

    pair: int = -1
    """The same number in both ends."""

    label: str = ""
    """For the end of a link that is looked up by its own text: that text."""

    reading: str = ""
    """For a term: how it is read, if its letters do not tell."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A text that can be given to a machine."""

    text: str
    """Words and placeholders; the first is ``{1}``."""

    tokens: tuple[Token, ...]
    head: str = ""
    """What stands before it and is not given away."""

    tail: str = ""
    """What stands behind it and is not given away."""

    @property
    def words(self) -> str:
        """Its text without the placeholders."""
        return MARK.sub("", self.text)


@dataclass(frozen=True, slots=True)
class Restored:
    """A machine's answer with everything put back."""

    text: str
    findings: tuple[Finding, ...] = ()
    """What the machine lost, doubled, invented or turned round."""


def protect(
    text: str, references: References = NO_REFERENCES, swaps: Sequence[Swap] = ()
) -> Protected:
    """Replace what is not words by placeholders, and words that are settled.

    :param text: inline Markdown of one block.
    :param references: the article's link reference definitions.
    :param swaps: in any order; none overlaps another one or a construct.
    """
    found = _whole(text, pieces(text, references))
    start, end, inner = _peeled(text, found)
    settled = {swap.start: swap for swap in swaps}
    terms = (Piece("term", swap.start, swap.end) for swap in settled.values())
    inner = sorted((*inner, *terms), key=lambda piece: piece.start)
    parts: list[str] = []
    tokens: list[Token] = []
    done = start
    for piece in (*inner, Piece("break", end, end)):
        for literal in MARK.finditer(text, done, piece.start):
            parts += text[done : literal.start()], f"{{{len(tokens) + 1}}}"
            tokens.append(
                _token(text, Piece("placeholder", literal.start(), literal.end()))
            )
            done = literal.end()
        parts.append(text[done : piece.start])
        if piece.start < end:
            tokens.append(_token(text, piece, settled.get(piece.start)))
            parts.append(f"{{{len(tokens)}}}")
        done = piece.end
    return Protected("".join(parts), tuple(tokens), text[:start], text[end:])


def restore(protected: Protected, answer: str) -> Restored:
    """Put everything back into the translation of a protected text.

    ``restore(p, p.text).text`` is the text that ``p`` was made of, and has no findings.
    """
    answer = _tightened(answer, protected.text)
    cut = MARK.split(answer)
    gaps, numbers = cut[::2], [int(number) for number in cut[1::2]]
    known = {n: token for n, token in enumerate(protected.tokens, 1)}
    source_gaps = MARK.split(protected.text)[::2]
    writer = _Writer(known, source_gaps)
    around: list[int | None] = [None, *numbers, None]
    for gap, (left, right) in zip(gaps, pairwise(around), strict=True):
        writer.write(gap, left, right)
    text = protected.head + "".join(writer.parts) + protected.tail
    return Restored(text, tuple(_findings(known, numbers)))


def shown(protected: Protected) -> str:
    """Return the words of a text that is only to be read: where something stands that
    is not given away there are three dots, and none around the words of a link."""
    whole = {n for n, token in enumerate(protected.tokens, 1) if not token.role}
    return MARK.sub(lambda found: "…" * (int(found[1]) in whole), protected.text)


# --- what to replace --------------------------------------------------------


def _token(text: str, piece: Piece, settled: Swap | None = None) -> Token:
    swap = settled if piece.kind == "term" else None
    return Token(
        kind=piece.kind,
        text=swap.text if swap else text[piece.start : piece.end],
        reading=swap.reading if swap else "",
        name=described(text, piece),
        span=(piece.start, piece.end),
        role=piece.role,
        pair=piece.pair,
        label=piece.label,
    )


def _whole(text: str, found: Sequence[Piece]) -> list[Piece]:
    """Make one piece of each link and image that has no words in it."""
    ends = {piece.pair: piece for piece in found if piece.role == "close"}
    whole: list[Piece] = []
    done = -1
    for i, piece in enumerate(found):
        if piece.start < done:
            continue
        end = ends.get(piece.pair) if piece.role == "open" else None
        if end and piece.kind != "tag" and not _letters(text, found, i, end):
            piece = Piece(piece.kind, piece.start, end.end, address=piece.address)
        whole.append(piece)
        done = piece.end
    return whole


def _letters(text: str, found: Sequence[Piece], first: int, last: Piece) -> bool:
    """Whether there are words between the piece at an index and a later one."""
    done = found[first].end
    for i in range(first + 1, len(found)):
        if LETTER.search(text, done, found[i].start):
            return True
        if found[i] is last:
            break
        done = found[i].end
    return False


def _peeled(text: str, found: Sequence[Piece]) -> tuple[int, int, Sequence[Piece]]:
    """Leave out what the text ends in, and what encloses all of it: nobody needs to
    see it, and what is not sent away cannot be lost.

    :returns: where the rest begins and ends, and the pieces in it.
    """
    start, end = 0, len(text)
    while found:
        first, last = found[0], found[-1]
        around = first.role == "open" and first.pair == last.pair and not last.label
        if around and (first.start, last.end) == (start, end) and len(found) > 1:
            start, end, found = first.end, last.start, found[1:-1]
        elif last.end == end and last.kind in AT_THE_END:
            found = found[:-1]
            least = found[-1].end if found else start
            end = least + len(text[least : last.start].rstrip())
        else:
            break
    return start, end, found


# --- putting back -----------------------------------------------------------


@dataclass
class _Writer:
    """Writes an answer piece by piece."""

    tokens: dict[int, Token]
    source_gaps: Sequence[str]
    """What stands between the placeholders of the source: ``n - 1`` before the
    ``n``-th, ``n`` after it."""

    parts: list[str] = field(default_factory=list)
    opened: dict[int, int] = field(default_factory=dict)
    """Where in ``parts`` the text of each open pair begins."""

    def write(self, gap: str, left: int | None, right: int | None) -> None:
        """Write the text between two placeholders and the second of them."""
        if left in self.tokens or right in self.tokens:
            gap = self._gap(gap, left, right)
        self.parts.append(gap)
        token = self.tokens.get(right or 0)
        if token is None:
            return
        self.parts.append(self._end(token) if token.label else token.text)
        if token.role == "open":
            self.opened[token.pair] = len(self.parts)

    def _end(self, token: Token) -> str:
        """End a link that is looked up by its own text: it must name its label if that
        text is another one now."""
        begins = self.opened.get(token.pair)
        now = "".join(self.parts[begins:]) if begins is not None else ""
        if normalised(now) == normalised(token.label):
            return token.text
        return f"][{token.label}]"

    def _gap(self, gap: str, left: int | None, right: int | None) -> str:
        """Take back the blanks that a machine put beside placeholders."""
        if left in self.tokens and right in self.tokens and not gap.strip():
            side_by_side = right == (left or 0) + 1 and not self.source_gaps[left or 0]
            if side_by_side:
                return ""
            if not gap and self._would_grow_together(left or 0, right or 0):
                return " "
        if left in self.tokens and self._loose_after(gap, left or 0):
            gap = gap.lstrip()
        if right in self.tokens and self._loose_before(gap, right or 0):
            gap = gap.rstrip()
        gap = self._fitted(gap, left or 0) if left in self.tokens else gap
        return self._parted(gap, left or 0, right or 0)

    def _parted(self, gap: str, left: int, right: int) -> str:
        """Put a blank where maths would grow together with a word."""
        before, after = self.tokens.get(left), self.tokens.get(right)
        if after and after.kind == "maths" and BOUND.search(gap):
            gap += " " * (not BOUND.search(self.source_gaps[right - 1]))
        if before and before.kind == "maths" and BOUNDED.match(gap):
            gap = " " * (not BOUNDED.match(self.source_gaps[left])) + gap
        return gap

    def _would_grow_together(self, left: int, right: int) -> bool:
        """Whether two spans of code would be one with ticks in it, or two of maths."""
        kinds = {self.tokens[left].kind, self.tokens[right].kind}
        return kinds <= {"code", "maths"} and len(kinds) == 1

    def _fitted(self, gap: str, n: int) -> str:
        """Give the particle behind a word that the machine could not read its form. A
        gap of the source is nobody's but the author's."""
        token = self.tokens[n]
        if token.kind not in NAMING or gap == self.source_gaps[n]:
            return gap
        return fitted(token.reading or token.text, gap)

    def _loose_after(self, gap: str, n: int) -> bool:
        own, token = self.source_gaps[n], self.tokens[n]
        if not gap[:1].isspace():
            return False
        if PARTICLE.match(gap):
            return not PARTICLE.match(own) and token.role != "open"
        if own[:1].isspace():
            return False
        inside = token.role == "open" or token.kind == "break"
        return inside or bool(CLOSING.match(gap))

    def _loose_before(self, gap: str, n: int) -> bool:
        own, token = self.source_gaps[n - 1], self.tokens[n]
        if not gap[-1:].isspace() or own[-1:].isspace():
            return False
        inside = token.role == "close" or token.kind == "break"
        return inside or bool(OPENING.search(gap))


def _tightened(answer: str, source: str) -> str:
    """Take back the blanks that a machine put inside emphasis: ``** bold **``."""
    for mark in EMPHASIS:
        own, parts = re.split(mark, source), re.split(mark, answer)
        if len(own) == len(parts) > 2 and len(parts) % 2 and _tight(own[1::2]):
            found = re.search(mark, source)
            parts[1::2] = [part.strip() for part in parts[1::2]]
            answer = (found[0] if found else "").join(parts)
    return answer


def _tight(parts: Sequence[str]) -> bool:
    return all(part and part == part.strip() for part in parts)


# --- what went wrong --------------------------------------------------------


def _findings(known: dict[int, Token], numbers: Sequence[int]) -> Iterator[Finding]:
    places: dict[int, list[int]] = {n: [] for n in known}
    for place, number in enumerate(numbers):
        places.setdefault(number, []).append(place)
    wholes: dict[tuple[int, int], list[int]] = {}
    for n, token in known.items():
        alone = n if token.pair < 0 else 0
        wholes.setdefault((token.pair, alone), []).append(n)
    for ends in wholes.values():
        token = known[ends[0]]
        wrong = _wrong(token, [places[end] for end in ends])
        if wrong is not None:
            check, message = wrong
            span = (known[ends[0]].span[0], known[ends[-1]].span[1])
            yield Finding(check, severity(token.kind), message, source_span=span)
    yield from _crossings(known, places)
    for n in sorted(set(places) - set(known)):
        message = f"placeholder {{{n}}} was invented by the engine, and left out"
        yield Finding("placeholder-added", "warning", message)


def _crossings(
    known: dict[int, Token], places: dict[int, list[int]]
) -> Iterator[Finding]:
    """Yield a finding for each pair of ends that came back entangled with another: one
    ends in the other, or a link stands in a link that it did not stand in."""
    ends: dict[int, list[int]] = {}
    for n, token in known.items():
        if len(places[n]) == 1 and (token.pair >= 0 or token.kind == "link"):
            ends.setdefault(token.pair if token.pair >= 0 else -n, []).append(n)
    whole = [both for name, both in ends.items() if len(both) == 2 or name < 0]
    whole.sort(key=lambda both: places[both[0]])
    for i, outer in enumerate(whole):
        end = places[outer[-1]][0]
        for inner in whole[i + 1 :]:
            first, last = places[inner[0]][0], places[inner[-1]][0]
            if first > end:
                break
            began_in = outer[0] < inner[0] < outer[-1]
            as_it_was = began_in and (inner[-1] < outer[-1]) == (last < end)
            links = known[outer[0]].kind == known[inner[0]].kind == "link"
            if not as_it_was and (last > end or links):
                names = f"{known[outer[0]].name} and {known[inner[0]].name}"
                span = known[inner[0]].span
                message = f"{names} are entangled"
                yield Finding("placeholder-order", "error", message, source_span=span)


def _wrong(token: Token, places: Sequence[Sequence[int]]) -> tuple[str, str] | None:
    """Return the check and the message for a construct, None if it came back whole.

    :param places: for each of its ends, where that stands in the answer.
    """
    if not any(places):
        return "placeholder-lost", f"{token.name} is missing"
    if not all(places):
        half = "end" if places[0] else "beginning"
        return "placeholder-lost", f"{token.name} has lost its {half}"
    most = max(map(len, places))
    if most > 1:
        return "placeholder-added", f"{token.name} stands there {_times(most)}"
    if places[0][0] > places[-1][0]:
        return "placeholder-order", f"{token.name} ends before it begins"
    return None


def _times(count: int) -> str:
    return {2: "twice", 3: "three times"}.get(count, f"{count} times")
