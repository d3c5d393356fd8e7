"""Links of bilingual Markdown: definitions per language, addresses that end where they
should, relative ones seen from where the edition lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from translate_flow.edition import Edition
from translate_flow.exporters.content.sides import Side, sides
from translate_flow.exporters.inline.addresses import move_in_markdown, moved
from translate_flow.text.pieces import Piece, normalised, pieces

TARGET_MARK = "-"
"""Between a label and the language of a target that has its own."""

DEFINED = re.compile(r"^[ \t>*+-]*\[((?:\\.|[^\[\]\\])+)\]:", re.MULTILINE)
RUN = re.compile(r"[^\s<]*")
AFTER = "?!.,:;*_~'\")]|"
"""Signs that renderers do not count as part of a bare address when it ends in them."""

Definitions = Mapping[str, tuple[str, str]]


def led(text: str, side: Side) -> str:
    """Return a side's inline Markdown with links that lead where they should: to the
    side's own definitions, no further than their addresses, from the edition's file."""
    own = {} if side.is_source else _own(side)
    if own or "://" in text:
        found = pieces(text, side.edition.article.references)
        for piece in reversed(found):
            text = _own_link(text, piece, own, side.language)
            text = _bare(text, piece, found)
    return move_in_markdown(text, side)


def definitions(edition: Edition) -> Iterator[str]:
    """Yield the link reference definitions, labels as the author spells them; a target
    has its own where its title differs."""
    article = edition.article
    spelled = {normalised(label): label for label in DEFINED.findall(article.text)}
    known = {spelled.get(k, k): found for k, found in article.references.items()}
    own, *others = sides(edition)
    known = {k: (own.anchors.led(href), title) for k, (href, title) in known.items()}
    for side in others:
        tail = f"{TARGET_MARK}{side.language}"
        known |= {f"{spelled.get(k, k)}{tail}": v for k, v in _own(side).items()}
    for label, (href, title) in known.items():
        quoted = title.replace("\\", "\\\\").replace('"', '\\"')
        address = moved(href, edition)
        yield f"[{label}]: <{address}>" + (f' "{quoted}"' * bool(title))


def _own(side: Side) -> Definitions:
    """Return a side's link definitions that are not as the article has them."""
    common, led = side.edition.article.references, side.anchors.led
    own = {k: (led(href), title) for k, (href, title) in side.references.items()}
    return {k: found for k, found in own.items() if found != common[k]}


def _own_link(text: str, piece: Piece, own: Definitions, language: str) -> str:
    """Make the end of a link by reference lead to the target's own definition."""
    end = text[piece.start : piece.end]
    if piece.role != "close" or not end.startswith("]") or end.startswith("]("):
        return text
    opening = piece.pair + (2 if piece.kind == "image" else 1)
    label = end[2:-1] or text[opening : piece.start]
    if normalised(label) not in own:
        return text
    link = f"][{label}{TARGET_MARK}{language}]"
    return text[: piece.start] + link + text[piece.end :]


def _bare(text: str, piece: Piece, found: Iterable[Piece]) -> str:
    """Put angle brackets around a bare address that a particle or a bracket follows:
    renderers that link bare addresses would take it in."""
    url = text[piece.start : piece.end]
    if piece.kind != "address" or not url.startswith("http"):
        return text
    run = RUN.match(text, piece.start)
    if run is None or run[0].rstrip(AFTER) == url.rstrip(AFTER):
        return text
    if any(
        p.pair < piece.start < p.start
        and (p.kind in ("link", "image") or text.startswith("<a", p.pair))
        for p in found
        if p.role == "close"
    ):
        return text
    return f"{text[: piece.start]}<{url}>{text[piece.end :]}"
