"""Markdown of one segment as safe HTML. The only place where article text becomes
HTML: everything is sanitised here, raw HTML of articles and targets included."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import pairwise

from translate_flow.exporters.content.composition import Numbers
from translate_flow.exporters.content.sides import Side, map_notes, quoted
from translate_flow.exporters.content.words import phrase
from translate_flow.exporters.inline.addresses import move_in_tags, moved
from translate_flow.exporters.inline.bare import linked
from translate_flow.exporters.inline.tags import rewritten, values
from translate_flow.exporters.inline.verbatim import verbatim
from translate_flow.exporters.inline.whole import INLINE, TAGS, whole_words
from translate_flow.model import Block

BLOCKS = INLINE | frozenset(
    re.findall(
        r"\w+",
        "blockquote caption col colgroup dd div dl dt figcaption figure h1 h2 h3 h4 h5 "
        "h6 hr li ol p pre table tbody td tfoot th thead tr ul",
    )
)
NARROW = 24
"""Widths of Latin letters that fit on a phone's line in any element."""

DROPPED = {"script", "style", "template", "title", "noscript", "object", "svg", "math"}
ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

PIECES = re.compile(r"(<a\b[^>]*>|</a>|<img\b[^>]*>)")
SVG_BEGINS = 4096
"""Bytes within which an SVG image begins, behind comments and declarations."""
LINK = re.compile(r"<a\b[^>]*>")
SIGNATURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
IMAGE_ADDRESS = re.compile(r'<a class="picture" href="([^"]*)"')
ELSEWHERE = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")

OPEN, CLOSE = "\u27e6\ue000", "\ue000\u27e7"
"""Around a footnote mark on its way through Markdown: punctuation, as its brackets
were, so that emphasis beside it opens and closes as before."""
HELD = re.compile(f"{OPEN}([0-9]+){CLOSE}")


def clean(html: str, tags: Iterable[str] = INLINE) -> str:
    """Return HTML with only harmless elements and attributes, well formed."""
    import nh3

    cleaned = nh3.clean(
        html.replace("\0", "\ufffd"),
        tags=set(tags),
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return LINK.sub(lambda found: _link(found[0]), cleaned)


def _link(tag: str) -> str:
    """Return the tag of a link, without ``rel`` if its address was refused."""
    if "href" in values(tag):
        return tag
    return rewritten(tag, lambda name, value: None if name == "rel" else value)


@dataclass
class Notes(Numbers):
    """Writes the marks of footnotes, and remembers them for the links back."""

    marks: Counter[tuple[str, str]] = field(default_factory=Counter)

    def mark(self, label: str, language: str, *, in_link: bool = False) -> str:
        """Return the link from the text to a note in its own language; in a link the
        number alone."""
        number = self.number(label)
        self.marks[label, language] += 1
        place = self.place(label, language, self.marks[label, language])
        says = escape(phrase("note", language, number))
        if in_link:
            return f'<sup class="mark" id="{place}">{number}</sup>'
        return (
            f'<sup class="mark"><a href="#{note_id(number, language)}" id="{place}" '
            f'aria-label="{says}">{number}</a></sup>'
        )

    def place(self, label: str, language: str, nth: int) -> str:
        tail = f"-{nth}" if nth > 1 else ""
        return f"mark{self.number(label)}-{language}{tail}"

    def back(self, label: str, language: str) -> str:
        """Return the links from a note back to its marks: ↩, or ↩ a, b …"""
        count, number = self.marks[label, language], self.number(label)
        links = []
        for nth in range(1, count + 1):
            name = letters(nth) if count > 1 else ""
            says = phrase("back", language, f"{number}{name}")
            own = {
                "class": "back",
                "href": f"#{self.place(label, language, nth)}",
                "aria-label": says,
            }
            links.append(f" <a{attributes(own)}>{name or '↩'}</a>")
        return ("" if count < 2 else ' <span class="back">↩</span>') + "".join(links)


def letters(number: int) -> str:
    """Return a number as letters, as references are told: a … z, aa, ab …"""
    name = ""
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(ord("a") + digit) + name
    return name


def note_id(number: int, language: str) -> str:
    """Return the anchor of a footnote in a language."""
    return f"note{number}-{language}"


@dataclass(frozen=True)
class Writer:
    """Writes one side's Markdown as HTML."""

    side: Side
    notes: Notes

    def inline(self, text: str) -> str:
        """Return inline Markdown as HTML that may stand in a paragraph."""
        from translate_flow.text.markup import to_html

        held: list[str] = []

        def hold(label: str) -> str:
            if label in self.notes.unprinted:
                return ""
            held.append(label)
            return f"{OPEN}{len(held) - 1}{CLOSE}"

        text = map_notes(text, self.notes.known, hold)
        safe = self._pictures(linked(clean(to_html(text, self.side.references))))
        html = whole_words(verbatim(safe), NARROW)
        return self._marks(html, held) if held else html

    def _marks(self, html: str, held: Sequence[str]) -> str:
        """Write the marks of notes back into the text: none in attributes, where nobody
        sees it, and no link inside a link."""
        language, in_link = self.side.language, False
        pieces = TAGS.split(html)
        for i, piece in enumerate(pieces):
            if i % 2:
                in_link = piece.startswith("<a") or (in_link and piece != "</a>")
                pieces[i] = HELD.sub("", piece)
                continue
            pieces[i] = HELD.sub(
                lambda found, inside=in_link: self.notes.mark(
                    held[int(found[1])], language, in_link=inside
                ),
                piece,
            )
        return "".join(pieces)

    def raw(self, html: str) -> str:
        """Return an article's HTML block made harmless."""
        return whole_words(
            verbatim(self._pictures(linked(clean(html, BLOCKS)))), NARROW
        )

    def block(self, block: Block) -> str:
        """Return an HTML block of the article made harmless, in this side's language;
        quiet words stand where it has no text."""
        html = "".join(
            f"<small>{escape(word)}</small>"
            if isinstance(part, int) and (word := self.side.absence(part))
            else quoted(self.side.fill((part,)), before)
            for before, part in pairwise(("", *block.content))
        )
        return self.raw(html)

    def _pictures(self, html: str) -> str:
        """Embed the images we have; link to the others, so that opening an edition
        asks no server for anything."""
        in_link, pieces = False, PIECES.split(html)
        for i, piece in enumerate(pieces):
            if piece.startswith("<img"):
                pieces[i] = self._picture(piece, in_link)
            elif PIECES.fullmatch(piece):
                in_link = piece != "</a>"
                pieces[i] = move_in_tags(self._led(piece), self.side.edition)
        return "".join(pieces)

    def _led(self, tag: str) -> str:
        """Return the tag of a link that leads to where this side has its goal, if that
        is on the page."""
        if "#" not in tag:
            return tag
        led = self.side.anchors.led
        return rewritten(tag, lambda name, at: led(at) if name == "href" else at)

    def _picture(self, tag: str, in_link: bool) -> str:
        found = values(tag)
        address, alt = found.get("src", ""), found.get("alt", "")
        data = self.side.edition.images.get(address)
        if data is not None:
            own = data_uri(data)
            return rewritten(tag, lambda name, at: own if name == "src" else at)
        says = f"{phrase('image', self.side.language)}: {alt}" if alt else address
        if in_link or not address:
            return f'<span class="picture">{escape(says)}</span>'
        place = escape(moved(address, self.side.edition))
        return f'<a class="picture" href="{place}">{escape(says)}</a>'


def media_type(data: bytes) -> str:
    """Return the type of an image by its first bytes; empty if we do not know it."""
    kind = next((kind for sign, kind in SIGNATURES if data.startswith(sign)), "")
    if kind:
        return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return "image/svg+xml" if b"<svg" in data[:SVG_BEGINS] else ""


def data_uri(data: bytes) -> str:
    """Return an image as a ``data:`` address."""
    encoded = b64encode(data).decode("ascii")
    return f"data:{media_type(data) or 'image/svg+xml'};base64,{encoded}"


def local_images(page: str) -> tuple[str, ...]:
    """Return the addresses on a page of images that are not on another host."""
    found = dict.fromkeys(unescape(a) for a in IMAGE_ADDRESS.findall(page))
    return tuple(address for address in found if not ELSEWHERE.match(address))


def attributes(values: Mapping[str, str | int | None]) -> str:
    """Return attributes with their values escaped; those without a value left out."""
    return "".join(
        f' {name}="{escape(str(value))}"'
        for name, value in values.items()
        if value not in (None, "")
    )
