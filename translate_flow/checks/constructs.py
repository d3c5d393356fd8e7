"""What a translation lost or added of its source's constructs, whoever wrote it.

A link is equal only to a link. Order does not count, nor do the words of links and
alternative texts. Addresses may lead to the same page in another language, and code may
be named more or less often: good translators do both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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

NO_CODE = re.compile("[가-힣\u3040-\u30ff\u4e00-\u9fff\u0400-\u04ff]")
"""Letters that code of another language hardly has."""

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

    words: str = ""
    """Of a link or an image: what stands in its brackets."""

    def same(self, target: Essence) -> bool:
        """Whether a construct of a target is this one of its source."""
        return self._kept_as(target) and self.key == target.key

    def like(self, target: Essence) -> bool:
        """Whether a construct of a target may stand for this one of its source."""
        return self._kept_as(target) and self.loose == target.loose

    def _kept_as(self, target: Essence) -> bool:
        """Whether its kind is kept. An address that stands there bare may get words;
        a link may lose them only if they are its address."""
        if self.kind == target.kind == "link":
            return bool(target.words.strip()) or not self.words.strip()
        if {self.kind, target.kind} != {"link", "address"}:
            return self.kind == target.kind
        return self.kind == "address" or self.words == self.key


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
    both = compared(source, target, references)
    added = list(both.added)
    for item in both.lost:
        if ruin := _ruin(item, added):
            added.remove(ruin)
            how = "has lost its words" if ruin.kind == "link" else "is no link any more"
            how += ": its address stands there alone" * (ruin.kind == "address")
            yield _finding(item, "placeholder-lost", f"{item.name} {how}")
        elif item.kind != "code" or not any(map(item.same, both.theirs)):
            yield _finding(item, "placeholder-lost", f"{item.name} is missing")
    changed = any(item.kind == "code" for item in both.lost)
    for item in added:
        if item.kind == "code":
            yield from _invented(item, source, changed=changed)
            continue
        again = any(own.same(item) for own in both.mine)
        what = "stands there more often than" if again else "is not"
        message = f"{item.name} {what} in the source"
        yield _finding(item, "placeholder-added", message, mild=again)


def _invented(item: Essence, source: str, *, changed: bool) -> Iterator[Finding]:
    """Yield that code of a target stands nowhere in its source, not as words either;
    that is of little weight where it only says more.

    :param changed: whether code of the source is missing.
    """
    if item.key.casefold() in " ".join(source.split()).casefold():
        return
    message = f"{item.name} is not in the source"
    found = _finding(item, "placeholder-added", message)
    words = NO_CODE.search(item.key) and not NO_CODE.search(source)
    yield found if changed or words else replace(found, severity="info")


def _ruin(item: Essence, added: Sequence[Essence]) -> Essence | None:
    """Return what is left of a link: its bare address, or a link without words."""
    if item.kind != "link":
        return None
    left = (one for one in added if one.kind in ("link", "address"))
    return next((one for one in left if one.loose == item.loose), None)


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


# --- what became of what ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compared:
    """The constructs of a source and of its target, and which of them are the same."""

    mine: Sequence[Essence]
    theirs: Sequence[Essence]
    pairs: Sequence[tuple[Essence, Essence]]
    lost: Sequence[Essence]
    added: Sequence[Essence]


def compared(source: str, target: str, references: References) -> Compared:
    """Pair what is the same, then what may stand for it.

    :param references: the article's link reference definitions.
    """
    mine, theirs = constructs(source, references), constructs(target, references)
    lost, added = list(mine), list(theirs)
    pairs: list[tuple[Essence, Essence]] = []
    for fits in (Essence.same, Essence.like):
        rest: list[Essence] = []
        for item in lost:
            twin = next((other for other in added if fits(item, other)), None)
            if twin is None:
                rest.append(item)
            else:
                added.remove(twin)
                pairs.append((item, twin))
        lost = rest
    return Compared(mine, theirs, pairs, lost, added)


# --- what must be the same --------------------------------------------------


def constructs(text: str, references: References) -> tuple[Essence, ...]:
    """Return the constructs of a text that a translation must have, in their order."""
    return tuple(_items(text, references))


def _items(text: str, references: References) -> Iterator[Essence]:
    found = pieces(text, references)
    ends = {piece.pair: piece for piece in found if piece.role == "close"}
    link_ends = -1
    for piece in found:
        if piece.role == "close" and piece.kind != "tag":
            continue
        words = ""
        if piece.role == "open":
            words = text[piece.end : ends[piece.pair].start]
        if piece.kind == "link":
            link_ends = ends[piece.pair].end
        elif piece.kind == "address" and piece.start < link_ends:
            continue
        reduced = _reduced(piece, text[piece.start : piece.end])
        if reduced is not None:
            yield Essence(*reduced, piece, described(text, piece), words)


def _reduced(piece: Piece, own: str) -> tuple[Kind, str, str] | None:
    """Return the kind of a construct, its key and its loose key; None for what is not
    compared."""
    kind, flat = piece.kind, "".join(own.split())
    if kind in FREE:
        return None
    if kind == "tag":
        return _reduced_tag(piece, own)
    if kind in ("link", "address", "image"):
        return _reduced_address(kind, piece.address)
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
    language code, its fragment unless it leads to a place of this very page, its
    scheme, the title of an encyclopedia's article."""
    page, _, place = unquote(address).lower().partition("#")
    if not page:
        return f"#{place}"
    page = SCHEME.sub("", LANGUAGE.sub("", page)).rstrip("/").removeprefix("./")
    return WIKIPEDIA.sub("", page)
