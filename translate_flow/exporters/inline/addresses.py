"""Relative addresses of an article, seen from where its edition lies."""

from __future__ import annotations

import re
from posixpath import normpath
from urllib.parse import quote, unquote

from translate_flow.edition import Edition
from translate_flow.exporters.content.sides import Side
from translate_flow.exporters.inline.tags import rewritten
from translate_flow.text.mask import HIDDEN

FIXED = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|[/\\?#<{&]|$")
"""How an address begins that is the same from everywhere, or is not an address yet."""
TAG = re.compile(r"""<[A-Za-z](?:"[^"]*"|'[^']*'|[^<>"'])*>""")
PATH = re.compile(r"[^?#]*")


def moved(address: str, edition: Edition) -> str:
    """Return an address of an article as its edition writes it: that of a page of the
    edition's site, else seen from where the edition lies. Empty if there is no page."""
    path = PATH.match(address)
    if path is None or FIXED.match(address):
        return address
    page = edition.pages.get(normpath(unquote(path[0])))
    if page is not None:
        led = page if "://" in page else quote(page)
        return led and led + address[path.end() :]
    if not edition.base:
        return address
    slash = "/" if path[0].endswith("/") else ""
    return normpath(edition.base + path[0]) + slash + address[path.end() :]


def move_in_tags(html: str, edition: Edition) -> str:
    """Return HTML with the addresses in its tags moved."""
    if not (edition.base or edition.pages):
        return html
    return TAG.sub(lambda tag: _in_tag(tag[0], edition), html)


def move_in_markdown(text: str, side: Side) -> str:
    """Return inline Markdown with the addresses of its links, images and tags moved,
    those on the page to the ids of the side; code is left as it is."""
    if not (side.edition.base or side.edition.pages or "#" in text):
        return text
    return HIDDEN.sub(lambda found: _in_part(found, side), text)


def _in_part(found: re.Match[str], side: Side) -> str:
    if found["tag"]:
        tag = found[0]
        if tag.startswith("<a") and "#" in tag:
            tag = rewritten(tag, lambda k, v: side.anchors.led(v) if k == "href" else v)
        return _in_tag(tag, side.edition)
    if not found["link_end"] or not found["address"]:
        return found[0]
    start, end = (at - found.start() for at in found.span("address"))
    address = found["address"]
    if address.startswith("<"):
        start, end, address = start + 1, end - 1, address[1:-1]
    led = moved(side.anchors.led(address), side.edition)
    return found[0][:start] + led + found[0][end:]


def _in_tag(tag: str, edition: Edition) -> str:
    def lead(name: str, value: str) -> str | None:
        if name not in ("href", "src") or not value:
            return value
        return moved(value, edition) or None

    return rewritten(tag, lead)
