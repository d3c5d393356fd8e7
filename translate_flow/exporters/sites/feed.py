"""Feeds of a site, one for each language: Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from posixpath import join
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from translate_flow.exporters.sites.index import (
    INDEX,
    IndexEntry,
    IndexTitle,
    Site,
    newest_first,
)

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
"""Articles in a feed."""
ILLEGAL = re.compile(
    "[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)


def name(language: str) -> str:
    """Return the file of a language's feed."""
    return f"feed.{language}.xml"


def feed(
    site: Site,
    language: str,
    entries: Iterable[IndexEntry],
    text: Callable[[str], str],
    today: str,
) -> bytes:
    """Return the feed of a language: its newest articles.

    :param text: gives the whole text of a page as HTML.
    :param today: ISO date, for what nobody has dated.
    """
    ElementTree.register_namespace("", ATOM)
    found = [
        (one, front)
        for one in newest_first(entries)
        for front in one.fronts
        if front.language == language
    ][:MOST]
    own = join(site.url, name(language))
    root = ElementTree.Element(_tag("feed"), {"xml:lang": language})
    _put(root, "id", own if site.url else _urn(own, *site.titles.values()))
    _put(root, "title", site.title(language))
    _put(
        root,
        "updated",
        _instant(max((one.changed for one, _ in found), default="") or today),
    )
    if site.url:
        _put(root, "link", rel="self", href=own, type="application/atom+xml")
    home = site.url or INDEX
    _put(root, "link", rel="alternate", href=home, hreflang=language)
    for one, front in found:
        dated = one if one.changed else replace(one, changed=today)
        _entry(root, site, dated, front, text(front.page))
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _entry(
    root: ElementTree.Element, site: Site, one: IndexEntry, front: IndexTitle, text: str
) -> None:
    made = ElementTree.SubElement(root, _tag("entry"))
    address = join(site.url, front.page)
    _put(made, "id", address if site.url else _urn(address))
    _put(made, "title", front.title)
    if one.date:
        _put(made, "published", _instant(one.date))
    _put(made, "updated", _instant(one.changed))
    for person in front.authors or (site.title(front.language),):
        _put(_put(made, "author"), "name", person)
    _put(made, "link", rel="alternate", href=address, hreflang=front.language)
    for other in one.fronts:
        if other.language != front.language:
            href = join(site.url, other.page)
            _put(made, "link", rel="related", href=href, hreflang=other.language)
    if front.deck:
        _put(made, "summary", front.deck)
    if text:
        _put(made, "content", text, type="html")


def _put(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, _tag(tag), attributes)
    made.text = _legal(text) or None
    return made


def _legal(text: str) -> str:
    """Return a text without characters that XML 1.0 forbids."""
    return ILLEGAL.sub("", text)


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _instant(date: str) -> str:
    return f"{date}T00:00:00Z"


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(parts)).urn
