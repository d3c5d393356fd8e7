"""Relative addresses of an article, seen from where its edition lies."""

from __future__ import annotations

import re
from posixpath import normpath

from translate_flow.text.mask import HIDDEN

FIXED = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|[/\\?#<{&]|$")
"""How an address begins that is the same from everywhere, or no address yet."""
ATTRIBUTE = re.compile(r"""(\b(?:href|src)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
TAG = re.compile(r"""<[A-Za-z](?:"[^"]*"|'[^']*'|[^<>"'])*>""")
PATH = re.compile(r"[^?#]*")


def moved(address: str, base: str) -> str:
    """Return an address of an article as its edition writes it.

    :param base: from the edition's folder to the article's, ``../sources/``; empty if
        addresses are to stay as they are.
    """
    if not base or FIXED.match(address):
        return address
    path = PATH.match(address)
    assert path is not None
    slash = "/" if path[0].endswith("/") else ""
    return normpath(base + path[0]) + slash + address[path.end() :]


def move_in_tags(html: str, base: str) -> str:
    """Return HTML with the addresses in its tags moved."""
    if not base:
        return html
    return TAG.sub(lambda tag: _in_tag(tag[0], base), html)


def move_in_markdown(text: str, base: str) -> str:
    """Return inline Markdown with the addresses of its links, images and tags moved;
    code is left as it is."""
    if not base:
        return text
    return HIDDEN.sub(lambda found: _in_part(found, base), text)


def _in_part(found: re.Match[str], base: str) -> str:
    if found["tag"]:
        return _in_tag(found[0], base)
    if not found["link_end"] or not found["address"]:
        return found[0]
    start, end = (at - found.start() for at in found.span("address"))
    address = found["address"]
    if address.startswith("<"):
        start, end, address = start + 1, end - 1, address[1:-1]
    return found[0][:start] + moved(address, base) + found[0][end:]


def _in_tag(tag: str, base: str) -> str:
    def write(found: re.Match[str]) -> str:
        quote = found[2][0]
        return f"{found[1]}{quote}{moved(found[2][1:-1], base)}{quote}"

    return ATTRIBUTE.sub(write, tag)
