"""A text taken apart: its words as readers see them, and beside them what nobody reads
as words: code, addresses, markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from translate_flow.state import collapse
from translate_flow.text.pieces import Piece, References, normalised, pieces

CODE = "\ue000"
"""Stands for a code span in the words."""

ADDRESS = "\ue001"
"""Stands for a bare address in the words."""

OTHER = "\ue002"
"""Stands for a shortcode, a placeholder or maths."""

SIGNS = re.compile(f"[{CODE}{ADDRESS}{OTHER}]")
"""Any of them."""

TAIL = re.compile(
    r"(?P<blank>\s*)\{(?::?[ \t]*[#.][^{}\n]*|/\*\s*[#.][^{}\n]*\*/)\}\s*$"
)
"""Attributes at the end of a text, in MDX as a comment."""

_LABEL = re.compile(r"\]\[([^\[\]]+)\]")
_KEYS = re.compile(r"<(?P<tag>kbd|samp)\b[^<>]*>(?P<text>[^<>]*)</(?P=tag)>")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_EMPHASIS = re.compile(r"\*+|~~|==|(?<!\w)_+|_+(?!\w)")
_ROLES = {
    "code": CODE,
    "address": ADDRESS,
    "shortcode": OTHER,
    "placeholder": OTHER,
    "maths": OTHER,
}


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart."""

    words: str
    """What is read, signs that stand for code and the like included."""

    codes: tuple[str, ...]
    """Code spans, shortcodes, placeholders and maths, in order."""

    addresses: tuple[str, ...]
    """Where links and images lead, and bare addresses; of a link by reference its
    label in brackets."""

    notes: tuple[str, ...]
    """Footnote marks."""

    markup: tuple[str, ...]
    """Emphasis, tags."""

    tail: str
    """Attributes at the end: ``{ #id }``."""

    signs: tuple[str, ...] = ()
    """What the signs among the words stand for, in order, as it is written."""

    def shown(self, words: str, before: str = "") -> str:
        """Return some of the words with what the signs in them stand for.

        :param before: the words that stand before them, from the first on: how many
            signs are in there tells which ones these are.
        """
        rest = iter(self.signs[len(SIGNS.findall(before)) :])
        return SIGNS.sub(lambda sign: next(rest, sign[0]), words)


def labels(text: str) -> References:
    """Return the labels that links of a text name, each leading to itself."""
    return {normalised(one): (f"[{one}]", "") for one in _LABEL.findall(text)}


def taken_apart(text: str) -> Parts:
    """Take a text of inline Markdown apart."""
    found = TAIL.search(text)
    tail = found[0].strip() if found else ""
    text = text[: found.start()] if found else text
    heading = _HEADING.match(text)
    text = text[heading.end() :] if heading else text
    words: list[str] = []
    codes: list[str] = []
    addresses: list[str] = []
    notes: list[str] = []
    markup = [heading[0].strip()] if heading else []
    signs: list[str] = []
    done = 0
    for piece in pieces(text, labels(text)):
        if piece.start < done:
            continue
        words.append(_plain(text[done : piece.start], markup))
        signs += SIGNS.findall(words[-1])
        done = piece.end
        if piece.kind == "note":
            notes.append(text[piece.start : piece.end])
            continue
        words.append(_piece(text, piece, codes, addresses, markup))
        if SIGNS.fullmatch(words[-1]):
            signs.append(text[piece.start : piece.end])
    words.append(_plain(text[done:], markup))
    return Parts(
        collapse("".join(words)),
        tuple(codes),
        tuple(addresses),
        tuple(notes),
        tuple(markup),
        tail,
        tuple(signs),
    )


def _piece(
    text: str, piece: Piece, codes: list[str], addresses: list[str], markup: list[str]
) -> str:
    """Note what a construct is, and return what stands for it among the words."""
    own = text[piece.start : piece.end]
    if piece.kind in ("link", "image"):
        if piece.role == "close":
            addresses.append(piece.address or own)
        markup.append("!" if piece.kind == "image" and piece.role == "open" else "[")
        return ""
    if piece.kind == "address":
        addresses.append(piece.address)
        return ADDRESS
    if piece.kind == "code" and (shown := _KEYS.fullmatch(own)):
        markup.append(shown["tag"])
        return shown["text"]
    if (sign := _ROLES.get(piece.kind)) is not None:
        codes.append(own)
        return sign
    if piece.kind in ("break", "comment"):
        if own.lstrip(" \t").startswith("\\") or own.startswith("  "):
            markup.append("break")
        return " "
    if piece.kind in ("escape", "entity"):
        return own[1:] if piece.kind == "escape" else unescape(own)
    markup.append(own)
    return ""


def _plain(text: str, markup: list[str]) -> str:
    markup += _EMPHASIS.findall(text)
    return _EMPHASIS.sub("", text)
