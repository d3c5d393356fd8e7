"""The constructs of inline Markdown that are not words, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from translate_flow.text.mask import HIDDEN

Kind: TypeAlias = Literal[
    "code", "comment", "address", "tag", "shortcode", "link", "image", "note", "maths",
    "placeholder", "attributes", "entity", "escape", "break", "term",
]  # fmt: skip
References: TypeAlias = Mapping[str, tuple[str, str]]
"""Link reference definitions: normalised label → (href, title)."""

SCAN = re.compile(
    rf"""(?P<verbatim> <(?P<element>code|kbd|samp)\b[^<>]*> [^<>]* </(?P=element)> )
    | (?P<line> \\?[ \t]*\n[ \t]* )
    | {HIDDEN.pattern}
    | (?P<opening> !?\[ )
    | (?P<closing> \] )""",
    re.VERBOSE | re.DOTALL,
)
PLAIN = re.compile(r"[^\\`<{\[\]$:@%&\n]*")
"""Text without any of the signs that a piece begins with."""
KINDS: Mapping[str, Kind] = {
    "verbatim": "code", "line": "break", "kept": "escape", "code": "code",
    "comment": "comment", "autolink": "address", "url": "address", "email": "address",
    "shortcode": "shortcode", "note": "note", "maths": "maths", "braces": "placeholder",
    "format": "placeholder", "entity": "entity",
}  # fmt: skip
ATTRIBUTES = re.compile(r"\{:?\s*[#.]")
TAG = re.compile(r"<(?P<close>/?)(?P<name>[\w.:-]*).*?(?P<alone>/?)>$", re.DOTALL)
VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "source", "wbr"})
TARGET = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
GLUED = re.compile(r"(?<=[A-Za-z0-9])[가-힣]{1,4}$")
"""A particle that follows a bare address at once."""
AFTER_URL = ".,;:!?'\"*_~]}’”」』"
"""Signs that end a sentence or what it stands in, not an address."""
LONGEST_LABEL = 999


@dataclass(frozen=True, slots=True)
class Piece:
    """A construct, or one end of a construct that has words in it."""

    kind: Kind
    start: int
    end: int
    role: Literal["", "open", "close"] = ""
    """Which end it is; empty if it is all there is."""

    pair: int = -1
    """Where the opening end begins, in both ends."""

    address: str = ""
    """What a link, an image or an address leads to."""

    label: str = ""
    """For the end of a link that is looked up by its own text: that text."""


@dataclass
class _Bracket:
    start: int
    end: int
    image: bool
    active: bool = True


def pieces(text: str, references: References) -> tuple[Piece, ...]:
    """Return the constructs of a text in the order in which they begin; none overlap.

    :param text: inline Markdown, of one block or several.
    """
    if PLAIN.fullmatch(text):
        return ()
    scanner = _Scanner(text, references)
    scanner.run()
    return tuple(sorted(scanner.found.values(), key=lambda piece: piece.start))


def normalised(label: str) -> str:
    """Return a label as link reference definitions are looked up."""
    return " ".join(label.split()).lower().upper()


class _Scanner:
    def __init__(self, text: str, references: References) -> None:
        self.text, self.references = text, references
        self.found: dict[int, Piece] = {}
        self.brackets: list[_Bracket] = []
        self.tags: list[tuple[str, int]] = []

    def run(self) -> None:
        pos = 0
        while (match := SCAN.search(self.text, pos)) is not None:
            pos = self.take(match)

    def take(self, match: re.Match[str]) -> int:
        """Note a match; return where to go on."""
        group = match.lastgroup or ""
        if group == "opening":
            image = match[0] != "["
            self.brackets.append(_Bracket(match.start(), match.end(), image))
        elif group in ("link_end", "reference", "closing"):
            return self.close(match, group)
        elif group == "tag":
            self.tag(match)
        else:
            return self.whole(match, KINDS[group])
        return match.end()

    def whole(self, match: re.Match[str], kind: Kind) -> int:
        start, end = match.span()
        if match.lastgroup == "url":
            end = start + len(bare(match[0]))
        elif kind == "placeholder" and ATTRIBUTES.match(match[0]):
            kind = "attributes"
        address = self.text[start:end].strip("<>") if kind == "address" else ""
        self.found[start] = Piece(kind, start, end, address=address)
        return end

    # --- links and images ---------------------------------------------------

    def close(self, match: re.Match[str], group: str) -> int:
        """Make a link or an image of the last open bracket, if it is one."""
        start = match.start()
        bracket = self.brackets.pop() if self.brackets else None
        if bracket is None or not bracket.active:
            return start + 1
        own = self.text[bracket.end : min(start, bracket.end + LONGEST_LABEL)]
        if group == "link_end":
            self.link(bracket, match.end(), start, match["address"].strip("<>"), "")
            return match.end()
        named = match["label"] if group == "reference" else ""
        definition = self.references.get(normalised(named or own))
        if definition is None:
            return start + 1
        end = match.end()
        self.link(bracket, end, start, definition[0], "" if named else own)
        return end

    def link(
        self, bracket: _Bracket, end: int, start: int, address: str, label: str
    ) -> None:
        kind: Kind = "image" if bracket.image else "link"
        pair = bracket.start
        opening = Piece(kind, pair, bracket.end, "open", pair, address)
        self.found[pair] = opening
        self.found[start] = Piece(kind, start, end, "close", pair, address, label)
        if not bracket.image:  # no link stands in a link
            for outer in self.brackets:
                outer.active = outer.image

    # --- tags ---------------------------------------------------------------

    def tag(self, match: re.Match[str]) -> None:
        start, end = match.span()
        parts = TAG.match(match[0])
        name = parts["name"].lower() if parts else ""
        goes_to = TARGET.search(match[0])
        address = (goes_to[1] or goes_to[2] or "") if goes_to else ""
        self.found[start] = Piece("tag", start, end, address=address)
        if parts is None or parts["alone"] or name in VOID:
            return
        if not parts["close"]:
            self.tags.append((name, start))
            return
        for i in range(len(self.tags) - 1, -1, -1):
            if self.tags[i][0] == name:
                pair = self.tags[i][1]
                del self.tags[i:]
                opening = self.found[pair]
                self.found[pair] = replace(opening, role="open", pair=pair)
                self.found[start] = Piece("tag", start, end, "close", pair)
                return


def bare(url: str) -> str:
    """Return an address that stands in running text without what only follows it:
    ``https://e.org에서,`` is ``https://e.org``."""
    if "[" not in url:
        url = url.partition("]")[0]
    return GLUED.sub("", url.rstrip(AFTER_URL))


# --- what to call them ------------------------------------------------------

NAMES: Mapping[Kind, str] = {
    "code": "code", "comment": "comment", "address": "address", "tag": "tag",
    "shortcode": "shortcode", "link": "link to", "image": "image",
    "note": "footnote mark", "maths": "maths", "placeholder": "placeholder",
    "attributes": "attributes", "entity": "character", "escape": "escaped sign",
    "break": "line break", "term": "term",
}  # fmt: skip
SHOWN = 60


def described(text: str, piece: Piece) -> str:
    """Return a construct in a few words: ``link to /guide``, ``tag <b>``."""
    if piece.kind == "break":
        return "line break"
    own = text[piece.start : piece.end]
    shown = piece.address if piece.kind in ("link", "image") else own
    shown = " ".join(shown.split())
    if len(shown) > SHOWN:
        shown = shown[: SHOWN - 1] + "…"
    return f"{NAMES[piece.kind]} {shown}"


def severity(kind: Kind) -> Literal["error", "warning"]:
    """Return how bad it is to lose a construct: an error if a reader is sent astray."""
    mild = ("code", "comment", "tag", "entity", "escape", "break", "term")
    return "warning" if kind in mild else "error"
