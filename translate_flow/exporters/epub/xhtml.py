"""HTML as XML: the tree of a page that any XML parser reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder, tostring

VOID = frozenset(
    re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr")
)
NAME = re.compile(r"(?!xml)[a-z_][a-z0-9._-]*")
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even as a reference."""


def legal(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return ILLEGAL.sub("\ufffd", text.replace("\f", " "))


def tree(html: str) -> Element:
    """Return HTML as a tree under one ``html`` element.

    Elements that are never closed are closed where their parent ends; character
    references become characters, attributes without a value have their name as one;
    comments, and what XML could not name, are left out.
    """
    reader = _Reader()
    reader.feed(html)
    return reader.finished()


def text(root: Element) -> str:
    """Return a tree as XML, without a declaration."""
    return tostring(root, encoding="unicode")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()
        self.builder.start("html", {})
        self.open: list[str] = []

    def finished(self) -> Element:
        self.close()
        for tag in ("html", *self.open)[::-1]:
            self.builder.end(tag)
        return self.builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html" or not NAME.fullmatch(tag):
            return
        values = {
            name: legal(name if value is None else value)
            for name, value in attrs
            if NAME.fullmatch(name)
        }
        self.builder.start(tag, values)
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open:
            last = self.open.pop()
            self.builder.end(last)
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        self.builder.data(legal(data))


# --- what trees are asked ---------------------------------------------------


def classes(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set(element.get("class", "").split())


def of_class(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a class, in document order."""
    return (element for element in root.iter() if name in classes(element))


def words(element: Element, without: Iterable[str] = ()) -> str:
    """Return the text in an element on one line, without elements of some classes."""
    passed = set(without)

    def spoken(inside: Element) -> Iterator[str]:
        yield inside.text or ""
        for child in inside:
            if not passed & classes(child):
                yield from spoken(child)
            yield child.tail or ""

    return " ".join("".join(spoken(element)).split())


def remove(parent: Element, child: Element) -> None:
    """Take an element out of a tree; the text after it stays."""
    at = list(parent).index(child)
    tail = child.tail or ""
    if at:
        before = parent[at - 1]
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(child)
