"""The HTML edition as the one content document of a book: without what only a browser
can use, its parts named for reading systems."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring

from translate_flow.edition import Edition
from translate_flow.exporters import Layout, html
from translate_flow.exporters.content.words import phrase
from translate_flow.exporters.epub import xhtml
from translate_flow.exporters.epub.nesting import fit

CONTROLS = frozenset(
    re.findall(
        r"\w+",
        "button dialog fieldset form input nav noscript script style summary template",
    )
)
"""Elements of a page that has a browser around it."""

SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
"""Core media types of images (EPUB 3.3, section 3.2), and how their files end."""

SVG = "{http://www.w3.org/2000/svg}svg"
EMBEDDED = re.compile(r"data:([^;,]+);base64,(.*)", re.DOTALL)

VALUES = {
    "colspan": r"[1-9]\d{0,2}",
    "datetime": r"\d{4}-\d\d-\d\d",
    "dir": "ltr|rtl|auto",
    "height": r"\d+",
    "lang": r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z\d]{5,8})?",
    "rowspan": r"[1-9]\d{0,4}",
    "scope": "row|col|rowgroup|colgroup",
    "start": r"-?\d+",
    "width": r"\d+",
}
"""Values that attributes in authors' own HTML may have: validators refuse all
others."""

NEED = re.compile(r"\bneed(\d+)")
PHONE, TABLET = 17, 38
"""Ems that a table may need to stand as one on every page, and on wide ones."""

CHROME = ("n", "badge", "mark", "tick")
"""Classes of what stands in a heading but is not part of its words."""

ON_SCREEN = {"on-screen", "sign"}
"""Classes of what has a meaning only beside the numbers of a page."""

NOTE = re.compile(r"note\d+-.+")
HEADING = re.compile("h[1-6]")
STRAY = re.compile(r'[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})')


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    anchor: str
    level: int
    names: tuple[tuple[str, str], ...]
    """Language and plain text, once per side that has one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file of the book."""

    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """The content document and what the rest of the book must know of it."""

    body: Element
    headings: tuple[Heading, ...]
    pictures: tuple[Picture, ...]
    noted: bool
    """Whether it has footnotes."""


def text(edition: Edition, layout: Layout) -> Text:
    """Return an edition's content document, made from its HTML."""
    plain = replace(edition, base="", templates={})
    body = xhtml.tree(html.export(plain, layout=layout)).find("body")
    assert body is not None
    _strip(body, numbered=edition.proof)
    _fold(body)
    pictures = _pictures(body, edition.source_language)
    noted = _notes(body)
    headings = tuple(_headings(body))
    _links(body, edition.home)
    _values(body)
    fit(body)
    _tell(body)
    return Text(body, headings, pictures, noted)


def _strip(body: Element, *, numbered: bool) -> None:
    """Take out what needs a browser; in a release the numbers of segments, too. What
    a browser would fold is open."""
    for parent in list(body.iter()):
        for child in list(parent):
            names = set(xhtml.classes(child))
            number = ("n" in names and not numbered) or names & ON_SCREEN
            if child.tag in CONTROLS or child.get("aria-live") or number:
                xhtml.remove(parent, child)
            elif child.tag == "details":
                child.tag = "div"
                child.attrib.pop("open", None)


def _fold(body: Element) -> None:
    """Put both languages of a table into its cells: a page is not wide enough for both
    side by side, and few reading systems lay out a table by its style. Where a phone
    has no room even so, cells tell their columns."""
    for table in xhtml.of_class(body, "grid"):
        need = int(NEED.findall(table.attrib.pop("class"))[0])
        table.attrib.pop("style")
        if need > PHONE:
            table.set("class", "records" if need > TABLET else "records upright")
        for row in table.iter("tr"):
            for cell in row:
                _tell_column(cell, led=need > PHONE)
            half = len(row) // 2
            if half and "other" in xhtml.classes(row[half]) - xhtml.classes(row[0]):
                row[:] = list(map(_both, row[:half], row[half:]))


def _tell_column(cell: Element, *, led: bool) -> None:
    names = [cell.attrib.pop(name, "") for name in ("style", "data-of", "data-own")]
    if led and names[1]:
        label = Element("span", {"class": "of"})
        label.text, label.tail = names[1], " " + (cell.text or "")
        cell.text = ""
        cell.insert(0, label)


def _both(one: Element, other: Element) -> Element:
    """Return two languages of a cell as one cell."""
    if "same" in xhtml.classes(one):
        return one
    align = " ".join(xhtml.classes(one) & {"center", "left", "right"})
    both = Element("th" if one.tag == "th" else "td", {"class": align} if align else {})
    if scope := one.attrib.pop("scope", ""):
        both.set("scope", scope)
    other.attrib.pop("scope", None)
    one.tag = other.tag = "div"
    both.extend((one, other))
    return both


def _pictures(body: Element, language: str) -> tuple[Picture, ...]:
    """Take the images out of their addresses; those of a type that not every reading
    system knows become words."""
    found: dict[str, Picture] = {}
    for image in list(body.iter("img")):
        embedded = EMBEDDED.fullmatch(image.get("src", ""))
        picture = _picture(embedded[1], b64decode(embedded[2])) if embedded else None
        alt = image.get("alt", "")
        if picture is None:
            image.tag, image.text = "span", alt or phrase("image", language)
            image.attrib = {"class": "picture"}
            continue
        found[picture.name] = picture
        image.attrib |= {"src": picture.name, "alt": alt}
    return tuple(found.values())


def _picture(media: str, data: bytes) -> Picture | None:
    suffix = SUFFIXES.get(media)
    if suffix is None or (suffix == "svg" and not _quiet_svg(data)):
        return None
    return Picture(f"images/{sha256(data).hexdigest()[:12]}.{suffix}", media, data)


def _quiet_svg(data: bytes) -> bool:
    """Whether bytes are an SVG image without scripts that needs no other file."""
    try:
        root = fromstring(data)
    except (ParseError, ValueError, LookupError):
        return False
    names = (element.tag.rpartition("}")[2] for element in root.iter())
    return root.tag == SVG and not {"script", "image", "foreignObject"} & set(names)


def _notes(body: Element) -> bool:
    """Tell reading systems which links open a note, so that they can show it: in all
    languages they lead to the note itself."""
    moved: dict[str, str] = {}
    for note in xhtml.of_class(body, "note"):
        anchors = [child for child in note if NOTE.fullmatch(child.get("id", ""))]
        for anchor in anchors:
            name = anchor.attrib["id"].partition("-")[0]
            moved[f"#{anchor.attrib['id']}"] = f"#{name}"
            xhtml.remove(note, anchor)
            note.tag = "aside"
            note.attrib |= {"id": name, **_kind("footnote")}
    for section in xhtml.of_class(body, "notes"):
        if section.find("aside") is not None:
            section.attrib |= _kind("endnotes") | {"id": "endnotes"}
    for mark in xhtml.of_class(body, "mark"):
        for link in mark.iter("a"):
            link.attrib |= _kind("noteref")
            link.set("href", moved.get(link.get("href", ""), ""))
    for link in xhtml.of_class(body, "back"):
        link.attrib |= _kind("backlink")
    return bool(moved)


def _kind(name: str) -> dict[str, str]:
    """Return what something is called in EPUB's vocabulary and in that of ARIA."""
    return {"epub:type": name, "role": f"doc-{name}"}


def _headings(body: Element) -> Iterator[Heading]:
    """Yield each row of headings once, if it says anything."""
    for number, row in enumerate(xhtml.of_class(body, "row"), 1):
        names: dict[str, str] = {}
        level = 0
        for language, heading in _titles(row, ""):
            level = level or int(heading.tag[1])
            if said := xhtml.words(heading, CHROME):
                names.setdefault(said, language)
        if names:
            own = (e.attrib["id"] for e in row.iter() if e.get("id"))
            anchor = next(own, f"heading{number}")
            row.attrib.setdefault("id", f"heading{number}")
            yield Heading(anchor, level, tuple((lang, n) for n, lang in names.items()))


def _titles(element: Element, language: str) -> Iterator[tuple[str, Element]]:
    """Yield the headings in a row with their languages."""
    if "raw" in xhtml.classes(element):
        return
    language = element.get("lang", language)
    if HEADING.fullmatch(element.tag):
        yield language, element
    for child in element:
        yield from _titles(child, language)


def _links(body: Element, url: str) -> None:
    """Keep the links that lead somewhere from within a book."""
    names = {element.get("id") for element in body.iter()}
    for link in body.iter("a"):
        link.attrib.pop("rel", None)
        href = link.attrib.pop("href", "")
        inside = href.startswith("#") and unquote(href[1:]) in names
        if address := href if inside else _outside(href, url):
            link.set("href", address)
        else:
            link.tag = "span"


def _outside(href: str, url: str) -> str:
    """Return an address on the web; empty if it is not one.

    :param url: the article's own; what is relative is meant from there.
    """
    try:
        address = STRAY.sub(lambda found: quote(found[0]), urljoin(url, href))
        scheme, host, path, *_ = urlsplit(address)
    except ValueError:
        return ""
    if scheme in ("http", "https"):
        return address if host else ""
    return address if scheme in ("mailto", "tel") and path else ""


def _values(body: Element) -> None:
    """Drop attributes whose values no validator accepts, and those for scripts."""
    for element in body.iter():
        for name in list(element.attrib):
            allowed = VALUES.get(name, ".*")
            fits = re.fullmatch(allowed, element.attrib[name], re.I | re.S)
            if not fits or name.startswith(("data-", "on")):
                del element.attrib[name]


def _tell(body: Element) -> None:
    """Say languages as XML does, and name the parts of the book."""
    for element in body.iter():
        if language := element.get("lang"):
            element.set("xml:lang", language)
    for element in body.iter("main"):
        element.attrib |= {"id": "bodymatter", "epub:type": "bodymatter"}
    for element in list(body.iter("footer")):
        element.tag = "section"
        element.attrib |= {"id": "colophon", **_kind("colophon")}
