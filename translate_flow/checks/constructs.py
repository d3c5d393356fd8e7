"""What a translation lost or added of its source's constructs, whoever wrote it.

Order does not count, nor do the words of links and alternative texts. Addresses may
lead to the same page in another language, and code may be named more or less often:
good translators do both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from translate_flow.model import Finding
from translate_flow.text.pieces import (
    Kind,
    Piece,
    References,
    described,
    pieces,
    severity,
)

LANGUAGE = re.compile(r"/(?:en|ko)(?:[-_][a-z]{2})?(?=/|$)|(?<=//)(?:en|ko|www)\.")
SCHEME = re.compile(r"^(?:https?:)?//|^mailto:")
WIKIPEDIA = re.compile(r"(?<=wikipedia\.org).*")
CODE_SIGNS = re.compile(r"^<[^>]*>|</[^>]*>$|^`+|`+$")
SHORTCODE_NAME = re.compile(r"\{[{%][<%]?-?\s*/?\s*[\w./-]+")
ELEMENT = re.compile(r"</?[\w.:-]*")

FREE = ("comment", "entity", "escape", "break")
"""Kinds that a translator may leave out and put in."""


@dataclass(frozen=True, slots=True)
class Essence:
    """A construct reduced to what must be the same in a translation."""

    kind: Kind
    key: str
    loose: str
    """What is enough if nothing has the same key."""

    piece: Piece
    name: str

    def same(self, other: Essence) -> bool:
        """Whether both are one construct."""
        return (self.kind, self.key) == (other.kind, other.key)

    def like(self, other: Essence) -> bool:
        """Whether one may stand for the other."""
        return (self.kind, self.loose) == (other.kind, other.loose)


def placeholder_findings(
    source: str, target: str, references: References
) -> Iterator[Finding]:
    """Yield what a target lost or added of its source's code, links, images, footnote
    marks, HTML tags, shortcodes, placeholders and maths.

    :param target: one block or several.
    :param references: the article's link reference definitions.
    """
    if source == target:
        return
    mine, theirs = list(_items(source, references)), list(_items(target, references))
    lost, added = _unmatched(mine, theirs)
    for item in lost:
        if item.kind != "code" or not any(map(item.same, theirs)):
            yield _finding(item, "placeholder-lost", f"{item.name} is missing")
    for item in added:
        if item.kind == "code":
            continue
        again = any(map(item.same, mine))
        what = "stands there more often than" if again else "is not"
        message = f"{item.name} {what} in the source"
        yield _finding(item, "placeholder-added", message, mild=again)


def _finding(
    item: Essence,
    check: Literal["placeholder-lost", "placeholder-added"],
    message: str,
    *,
    mild: bool = False,
) -> Finding:
    span = (item.piece.start, item.piece.end)
    return Finding(
        check,
        "warning" if mild else severity(item.kind),
        message,
        source_span=span if check == "placeholder-lost" else None,
        target_span=span if check == "placeholder-added" else None,
    )


def _unmatched(
    mine: Sequence[Essence], theirs: Sequence[Essence]
) -> tuple[list[Essence], list[Essence]]:
    """Pair what is the same, then what may stand for it; return what remains."""
    lost, added = list(mine), list(theirs)
    for fits in (Essence.same, Essence.like):
        rest: list[Essence] = []
        for item in lost:
            twin = next((other for other in added if fits(item, other)), None)
            if twin is None:
                rest.append(item)
            else:
                added.remove(twin)
        lost = rest
    return lost, added


# --- what must be the same --------------------------------------------------


def _items(text: str, references: References) -> Iterator[Essence]:
    found = pieces(text, references)
    ends = {piece.pair: piece.end for piece in found if piece.role == "close"}
    link_ends = -1
    for piece in found:
        if piece.role == "close" and piece.kind != "tag":
            continue
        if piece.kind == "link":
            link_ends = ends[piece.pair]
        elif piece.kind == "address" and piece.start < link_ends:
            continue
        reduced = _reduced(piece, text[piece.start : piece.end])
        if reduced is not None:
            yield Essence(*reduced, piece, described(text, piece))


def _reduced(piece: Piece, own: str) -> tuple[Kind, str, str] | None:
    """Return the kind of a construct, its key and its loose key; None for what is not
    compared."""
    kind, flat = piece.kind, "".join(own.split())
    if kind in FREE:
        return None
    if kind == "tag":
        return _reduced_tag(piece, own)
    if kind in ("link", "address", "image"):
        return _reduced_address("image" if kind == "image" else "link", piece.address)
    if kind == "code":
        flat = " ".join(CODE_SIGNS.sub("", own).split())
    elif kind == "shortcode" and (name := SHORTCODE_NAME.match(own)):
        return kind, flat, "".join(name[0].split())
    return kind, flat, flat


def _reduced_tag(piece: Piece, own: str) -> tuple[Kind, str, str] | None:
    """Tags are known by their names: attributes may hold words."""
    found = ELEMENT.match(own)
    name = found[0].lower() if found else own
    if name == "<img":
        return _reduced_address("image", piece.address)
    if name == "<a" and piece.address:
        return _reduced_address("link", piece.address)
    return None if name in ("<a", "</a") else ("tag", name, name)


def _reduced_address(kind: Kind, address: str) -> tuple[Kind, str, str]:
    return kind, address, loose_address(address)


def loose_address(address: str) -> str:
    """Return an address without what may change with the language of a page: its
    language code, its fragment, its scheme, the title of an encyclopedia's article."""
    page = unquote(address).lower().partition("#")[0]
    page = SCHEME.sub("", LANGUAGE.sub("", page)).rstrip("/")
    return WIKIPEDIA.sub("", page)
