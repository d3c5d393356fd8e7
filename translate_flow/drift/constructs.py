"""Where the constructs of a text stand among its words: what an edit may exchange, put
round words or take away, and what a target must have afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from translate_flow.drift.parts import BRACKETS, CODE, KEYS, constructs
from translate_flow.text.markup import emphasis
from translate_flow.text.pieces import Piece

WORD = re.compile(r"\w+(?:['’]\w+)*")
ATTRIBUTE = re.compile(
    r"(?P<name>[\w:.@-]+)(?:(?P<is>\s*=\s*)(?P<value>\"[^\"]*\"|'[^']*'"
    r"|\{(?:[^{}]|\{[^{}]*\})*\}|[^\s\"'>{}]+))?"
)
TECHNICAL = frozenset(
    """
    href src srcset sizes poster cite data action formaction to url width height class
    classname id name style target rel loading align valign border type media download
    colspan rowspan start lang dir hreflang crossorigin referrerpolicy allow controls
    allowfullscreen frameborder async defer autoplay loop muted preload
""".split()  # noqa: SIM905
)
"""Attributes that nobody reads."""

READABLE = frozenset(
    """
    alt title label aria-label placeholder summary caption description text header
""".split()  # noqa: SIM905
)
"""Attributes that are words for certain."""

_STRUCK = re.compile(r"(?<!~)(~~)(?=[^\s~]).*?(?<=[^\s~])(~~)(?!~)", re.DOTALL)
_TAG = re.compile(r"</?(?P<name>[A-Za-z][\w.:-]*)?")
_CODES = ("code", "shortcode", "placeholder", "maths")
_URL = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>\n]*)>"
    r"|(?P<url>[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*))"
)


@dataclass(frozen=True, slots=True)
class Construct:
    """A construct in a text: all of it, or its two ends with words between them."""

    kind: str
    """``code``, ``address``, ``link``, ``image``, ``tag``, ``note``, ``emphasis``, or
    what else ``pieces`` names."""

    start: int
    end: int
    opening: str
    """Its first end as it is written, or all of it."""

    closing: str = ""
    """Its last end; empty if it has no words in it."""

    address: str = ""
    """Where a link, an image or an address leads; of a link by reference its label in
    brackets."""

    words: tuple[int, int] = (0, 0)
    """Which words of the text it is round; code and addresses are one."""

    @property
    def inner(self) -> tuple[int, int]:
        """Where what it is round begins and ends."""
        return self.start + len(self.opening), self.end - len(self.closing)

    @property
    def value(self) -> str:
        """What tells it from another one of its kind."""
        return self.address or self.opening

    @property
    def key(self) -> tuple[str, ...]:
        """What is the same in those that are like it."""
        return self.kind, self.value, "/" * bool(self.closing)

    @property
    def written(self) -> tuple[str, ...]:
        """How it is written, and what it leads to."""
        return self.kind, self.opening, self.closing, self.address

    @property
    def seen(self) -> tuple[str, ...]:
        """What a reader has of it: two that are alike in this do the same."""
        if self.kind == "emphasis":
            struck = self.opening.startswith("~")
            return self.kind, "*" * len(self.opening), "~" * struck
        if self.kind == "tag":
            return self.kind, bool(self.closing) * "/", *sorted(technical(self.opening))
        return self.kind, self.value


@dataclass(frozen=True, slots=True)
class Layout:
    """A text, its words and its constructs."""

    text: str
    words: tuple[str, ...]
    constructs: tuple[Construct, ...]
    """In the order in which they begin, outer ones first."""

    def like(self, one: Construct) -> list[Construct]:
        """Return the constructs that are like another one."""
        return [other for other in self.constructs if other.key == one.key]

    def technically_like(self, one: Construct) -> list[Construct]:
        """Return the tags that are like another one but for attributes that are
        read."""
        if one.kind != "tag":
            return []
        return [other for other in self.constructs if other.seen == one.seen]


def inner_text(text: str, one: Construct) -> str:
    """Return what stands between the ends of a construct of a text."""
    start, end = one.inner
    return text[start:end]


def technical(tag: str) -> Iterator[str]:
    """Yield the name of a tag and its attributes that nobody reads."""
    name = _TAG.match(tag)
    yield name[0] if name else tag
    if name and name["name"]:
        for one in ATTRIBUTE.finditer(tag, name.end()):
            if one["name"].lower() in TECHNICAL:
                yield one[0]


def url_span(closing: str) -> tuple[int, int] | None:
    """Return where the address stands in the end of a link, ``](/a "title")``."""
    if (found := _URL.match(closing)) is None:
        return None
    return found.span("angled" if found["angled"] is not None else "url")


def laid_out(text: str) -> Layout:
    """Return a text of inline Markdown with its constructs."""
    ends = sorted(_ends(text), key=lambda one: (one[0], -one[1]))
    words: list[str] = []
    counted: dict[int, int] = {}
    done = 0
    for start, end, sign in (*ends, (len(text), len(text), "")):
        if start < done:
            continue
        words += WORD.findall(text, done, start)
        counted[start] = len(words)
        words += [sign] if sign else []
        counted[-end - 1] = len(words)
        done = end
    found = [
        Construct(
            *(one.kind, one.start, one.end, one.opening, one.closing, one.address),
            (counted[one.start], counted[-one.end - 1]),
        )
        for one in _whole(text)
        if one.start in counted and -one.end - 1 in counted
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    return Layout(text, tuple(words), tuple(found))


def _ends(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a text has no words, and the sign that stands there for one."""
    for piece in constructs(text):
        if keys := _keys(text, piece):
            yield piece.start, keys.start("text"), ""
            yield keys.end("text"), piece.end, ""
            continue
        sign = CODE if piece.kind in (*_CODES, "address") else ""
        yield piece.start, piece.end, sign
    for start, end in _brackets(text):
        yield start, start + 1, ""
        yield end - 1, end, ""
    for opens, closes in _emphasis(text):
        yield *opens, ""
        yield *closes, ""


def _emphasis(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the emphasis whose marks stand in no other construct."""
    taken = [(piece.start, piece.end) for piece in constructs(text)]
    struck = [(one.span(1), one.span(2)) for one in _STRUCK.finditer(text)]
    for ends in (*emphasis(text), *struck):
        if not any(a < end and start < b for a, b in taken for start, end in ends):
            yield ends


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in brackets: they may be a link."""
    taken = [(piece.start, piece.end) for piece in constructs(text)]
    for found in BRACKETS.finditer(text):
        ends = found.start(), found.end() - 1
        if len(found["inner"].strip()) > 1 and not any(
            a <= end < b for a, b in taken for end in ends
        ):
            yield found.span()


def _keys(text: str, piece: Piece) -> re.Match[str] | None:
    """Return the name of a key, ``<kbd>Esc</kbd>``: its words are read."""
    if piece.kind != "code" or text[piece.start] != "<":
        return None
    return KEYS.fullmatch(text, piece.start, piece.end)


def _whole(text: str) -> Iterator[Construct]:
    opened: dict[int, Piece] = {}
    for piece in constructs(text):
        kind = "code" if piece.kind in _CODES else piece.kind
        own = text[piece.start : piece.end]
        if piece.role == "open":
            opened[piece.pair] = piece
        elif piece.role == "close":
            first = opened[piece.pair]
            address = (first.address or own) if kind in ("link", "image") else ""
            opening = text[first.start : first.end]
            yield Construct(kind, first.start, piece.end, opening, own, address)
        elif keys := _keys(text, piece):
            ends = own[: keys.start("text") - piece.start], own[-len(keys["tag"]) - 3 :]
            yield Construct("tag", piece.start, piece.end, *ends)
        elif kind not in ("break", "escape", "entity"):
            address = piece.address if kind == "address" else ""
            yield Construct(kind, piece.start, piece.end, own, address=address)
    for start, end in _brackets(text):
        yield Construct("link", start, end, "[", "]", text[start:end])
    for (start, opens), (closes, end) in _emphasis(text):
        yield Construct("emphasis", start, end, text[start:opens], text[closes:end])


def seen(layout: Layout) -> Counter[tuple[str, ...]]:
    """Return what readers have of the constructs of a text, each as often as it is
    there."""
    return Counter(one.seen for one in layout.constructs)


def says_more(one: Construct) -> bool:
    """Whether a construct has words of its own, as a title."""
    if one.kind == "tag":
        found = ATTRIBUTE.finditer(one.opening, 1)
        return any(it["name"].lower() in READABLE and it["value"] for it in found)
    return one.kind in ("link", "image") and '"' in one.closing
