"""The letters on printed pages: those that no font had, and what the others are called
in a file.

A browser prints an empty box for a letter that no font has, and says nothing. A font
that has one glyph for two signs makes it name the wrong one: the blank of many Korean
faces is U+0001 in its files. Readers of a PDF see such names, not its ``ActualText``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from translate_flow.exporters.pdf.objects import Objects, packed

FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
BASE = re.compile(rb"/BaseFont /([^\s/]+)")
NAMES = re.compile(rb"/ToUnicode (\d+) 0 R")
SHOWS = re.compile(
    rb"/(?P<font>F\d+) [\d.]+ Tf"
    rb"|(?P<begins>\b(?:BDC|BMC))"
    rb"|(?P<ends>\bEMC\b)"
    rb"|/ActualText ?(?:\((?P<plain>(?:\\.|[^()\\])*)\)|<(?P<wide>[0-9A-Fa-f]*)>)"
    rb"|(?<!<)<(?P<codes>[0-9A-Fa-f]+)>",
    re.DOTALL,
)
"""What a page's program says of its text."""

MAPPED = re.compile(rb"<(\w+)> <(\w+)>(?: <(\w+)>)?\n")
MAPS = re.compile(rb"(?<=endcodespacerange\n).*(?=endcmap)", re.DOTALL)
AT_ONCE = 100
"""Lines that a list of names may have."""

HIDDEN = re.compile(
    r"<(style|script|head|template)\b.*?</\1\s*>"
    r'|<(a|span|fieldset) class="(?:n|n sign|back|on-screen|views)".*?</\2>'
    r"|<[^>]*>",
    re.DOTALL,
)
"""What a page has and paper has not: no letter of it can be missing there."""
BOX, UNKNOWN = "\0", "\ufffd"
CONTEXT = 6
"""Letters beside a box that tell what it stands for."""

LAST_RESORT = b"LastResort"
"""A font of macOS that shows what kind of letter is missing."""


class Glyph(NamedTuple):
    """A glyph on a page."""

    font: int
    """The number of its font among the objects."""

    code: int
    text: str | None
    """What it is said to show; None if its font's name for it counts."""

    alone: bool
    """Whether the text is of this glyph only."""


def missing(document: Objects, page: str) -> str:
    """Return the letters of a page that are printed as boxes, each once; a box whose
    letter is not known is U+FFFD.

    :param page: the HTML that was printed.
    """
    fonts = _fonts(document)
    flow: list[str] = []
    lost: dict[str, None] = {}
    for glyph in _glyphs(document, fonts):
        font = fonts[glyph.font]
        text = glyph.text or font.names.get(glyph.code, "")
        if glyph.code == 0 or font.is_last:
            lost.update(dict.fromkeys(text or BOX))
            flow.append(text or BOX)
        else:
            flow.append(text)
    text = "".join(unescape(HIDDEN.sub("", page)).split())
    if not flow:
        return "".join(dict.fromkeys(text))
    if BOX in lost:
        del lost[BOX]
        lost.update(dict.fromkeys(_guessed("".join("".join(flow).split()), text)))
        if len(lost) > 1:
            lost.pop(UNKNOWN, None)
    return "".join(letter for letter in lost if not letter.isspace())


def _guessed(flow: str, text: str) -> Iterator[str]:
    """Yield what boxes without a name stand for: a browser does not say it of the first
    one of a font. What stands before or behind them tells, but for signs that are put
    in another place.

    :param flow: what is printed, in which a box is ``BOX``.
    :param text: what should have been, both without blanks.
    """
    lost = dict.fromkeys(letter for letter in text if letter not in flow)
    signs = [letter for letter in lost if not (letter.isascii() or letter.isalnum())]
    unseen = f"[{re.escape(''.join(lost) or BOX)}]"
    for box in re.finditer(BOX, flow):
        before = flow[max(0, box.start() - CONTEXT) : box.start()]
        behind = flow[box.end() : box.end() + CONTEXT]
        before, behind = (re.escape(w).replace(BOX, ".") for w in (before, behind))
        ways = (f"{before}({unseen}){behind}", f"({unseen}){behind}")
        tried = (re.search(way, text) for way in (*ways, f"{before}({unseen})"))
        yield from next((found[1] for found in tried if found), signs or UNKNOWN)


def named(document: Objects) -> Objects:
    """Return a document whose fonts call their glyphs what they show."""
    fonts = _fonts(document)
    texts: dict[int, dict[int, set[str | None]]] = {}
    for glyph in _glyphs(document, fonts):
        if glyph.code:
            of = texts.setdefault(glyph.font, {}).setdefault(glyph.code, set())
            of.add(glyph.text if glyph.alone else None)
    new: dict[int, bytes] = {}
    for number, shown in texts.items():
        font = fonts[number]
        always = {code: said.pop() for code, said in shown.items() if len(said) == 1}
        names = font.names | {code: text for code, text in always.items() if text}
        if names != font.names and font.place:
            new[font.place] = packed(font.place, _renamed(font, names))
    return document.with_bodies(new)


# --- pages ------------------------------------------------------------------


def _glyphs(document: Objects, fonts: Mapping[int, Font]) -> Iterator[Glyph]:
    """Yield all glyphs of a document's texts."""
    numbers = _numbers(document)
    for _, data in document.streams():
        if b" Tf" in data:
            yield from _shown(data, numbers, fonts)


def _shown(
    data: bytes, numbers: Mapping[bytes, int], fonts: Mapping[int, Font]
) -> Iterator[Glyph]:
    """Yield the glyphs of one page's program."""
    font, text = -1, None
    spans: list[str | None] = []
    under: list[int] = []
    for found in SHOWS.finditer(data):
        if found["font"]:
            font = numbers.get(found["font"], -1)
        elif found["plain"] is not None or found["wide"] is not None:
            text = _said(found)
        elif found["begins"]:
            spans.append(text)
            text = None
        elif found["ends"]:
            said = spans.pop() if spans else None
            yield from (Glyph(font, code, said, len(under) == 1) for code in under)
            under = []
        elif font in fonts:
            codes = _codes(found["codes"], fonts[font].digits)
            if spans and spans[-1] is not None:
                under += codes
            else:
                yield from (Glyph(font, code, None, True) for code in codes)


def _codes(digits: bytes, size: int) -> list[int]:
    return [int(digits[i : i + size], 16) for i in range(0, len(digits), size)]


def _said(found: re.Match[bytes]) -> str:
    if found["wide"] is not None:
        data = bytes.fromhex(found["wide"].decode())
        return data.decode("utf-16", "replace")
    return re.sub(rb"\\(.)", rb"\1", found["plain"]).decode("latin-1")


# --- fonts ------------------------------------------------------------------


class Font(NamedTuple):
    """What a document says of a font."""

    names: dict[int, str]
    place: int
    """The number of the object with the names; 0 if there is none."""

    cmap: bytes
    digits: int
    """How many digits name a glyph."""

    is_last: bool


def _numbers(document: Objects) -> dict[bytes, int]:
    """Return the number of each font by the name that pages have for it."""
    found = (FONT.findall(body) for body in document.bodies.values())
    return {name: int(number) for pairs in found for name, number in pairs}


def _fonts(document: Objects) -> dict[int, Font]:
    data = {number: stream for number, stream in document.streams()}
    found: dict[int, Font] = {}
    for number in set(_numbers(document).values()):
        body = document.bodies.get(number, b"")
        names, base = NAMES.search(body), BASE.search(body)
        place = int(names[1]) if names else 0
        cmap = data.get(place, b"")
        last = base is not None and base[1].endswith(LAST_RESORT)
        digits = 4 if b"/Subtype /Type0" in body else 2
        found[number] = Font(dict(_mapped(cmap)), place, cmap, digits, last)
    return found


def _mapped(cmap: bytes) -> Iterator[tuple[int, str]]:
    found = MAPS.search(cmap)
    for first, second, third in MAPPED.findall(found[0] if found else b""):
        if not third:
            yield int(first, 16), _letters(second)
            continue
        start = _letters(third)
        for n, code in enumerate(range(int(first, 16), int(second, 16) + 1)):
            yield code, start[:-1] + chr(ord(start[-1]) + n)


def _letters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _renamed(font: Font, names: Mapping[int, str]) -> bytes:
    """Return a font's list of names with others in it."""
    lines = [
        f"<{code:0{font.digits}X}> <{text.encode('utf-16-be').hex().upper()}>\n"
        for code, text in sorted(names.items())
    ]
    parts = [lines[i : i + AT_ONCE] for i in range(0, len(lines), AT_ONCE)]
    whole = (f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n" for part in parts)
    return MAPS.sub(lambda _: "".join(whole).encode(), font.cmap)
