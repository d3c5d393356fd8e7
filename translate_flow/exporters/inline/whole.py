"""어절 held together: browsers end lines within a word between blanks at many marks,
``하스|(Mark`` or ``화물·|우편``, whatever the style says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from unicodedata import east_asian_width

INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi br cite code del dfn em i img ins kbd mark q rp rt ruby s samp "
        "small span strong sub sup time u var wbr",
    )
)
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
TAGS = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)')
SHORT_CODE = 24
"""Letters of code that fit on a phone's line in any element."""

LETTER = "[가-힣ㄱ-ㅎㅏ-ㅣ一-鿿]"
BEFORE = re.escape("#$&(*+<=>@[\\^_`{~·—―「『《〈【〔（［｛₩€£¥∼×÷±→←↔§※†‡•")
AFTER = re.escape(
    "!#%&)*,-./:;<=>?@]^_`|}~·…—–―」』》〉】〕）］｝、。，．：；？！％℃°∼×÷→←↔§※†‡•"
)
QUOTES = "['\"‘’“”]"
WITHIN = re.compile(
    f"{LETTER}[{BEFORE}]|[{AFTER}]{LETTER}|\\S{QUOTES}{LETTER}|-\\w\\S*{LETTER}"
)
"""Where Chromium ends a line in spite of ``word-break: keep-all``; measured for every
mark, before and after a letter, and for hyphens of Latin words with a particle."""

BLANKS = re.compile(r"([ \t\n\r\f]+)")
ENTITY = re.compile(r"&(#?\w+);")
NAME = re.compile(r"<(/?)([a-z0-9]+)")
HELD = '<span class="whole">'
"""Around words that were held together for another width, and will be anew."""


@dataclass
class Element:
    """An element, or without tags a group of them."""

    opens: str = ""
    children: list[Element | str] = field(default_factory=list)
    closes: str = ""

    @property
    def is_code(self) -> bool:
        found = NAME.match(self.opens)
        return found is not None and found[2] in ("code", "kbd", "samp")

    @property
    def flows(self) -> bool:
        """Whether a word may go on across its edges."""
        found = NAME.match(self.opens)
        own = found is None or found[2] in INLINE
        return own and not self.opens.startswith('<span class="t"')


def whole_words(html: str, widest: int) -> str:
    """Return HTML in which a line ends at blanks only, as far as Korean goes.

    :param html: a piece of a page; it may end elements that it does not begin.
    :param widest: widths of Latin letters that fit on a line whatever they stand in;
        what is longer is left as it is.
    """
    return "".join(_written(_read(html).children, widest))


def _read(html: str) -> Element:
    """Read HTML as a tree, without the tags around words that are held already."""
    stack = [Element()]
    for i, piece in enumerate(TAGS.split(html)):
        found = NAME.match(piece) if i % 2 else None
        if found is None or found[2] in VOID:
            stack[-1].children.append(piece)
        elif not found[1]:
            stack.append(Element("" if piece == HELD else piece))
        elif len(stack) == 1:
            stack[0].children.append(Element(piece))
        else:
            element = stack.pop()
            if element.opens or piece != "</span>":
                element.closes = piece
                stack[-1].children.append(element)
            else:
                stack[-1].children += element.children
    for element in stack[1:]:
        stack[0].children.append(element)
    return stack[0]


def _written(children: list[Element | str], widest: int) -> Iterator[str]:
    """Yield HTML, word by word: what stands between two blanks, elements with all that
    is in them included."""
    word: list[Element | str] = []
    for child in _pieces(children):
        if isinstance(child, Element) and not child.flows:
            yield from _word(word, widest)
            yield from (child.opens, *_written(child.children, widest), child.closes)
            word = []
        elif isinstance(child, str) and BLANKS.fullmatch(child):
            yield from _word(word, widest)
            yield child
            word = []
        else:
            word.append(child)
    yield from _word(word, widest)


def _word(word: list[Element | str], widest: int) -> Iterator[str]:
    text = "".join(map(_text, word))
    alone = len(word) == 1 and isinstance(word[0], Element)
    if not alone and WITHIN.search(text) and _width(text) <= widest:
        inner = "".join(_inner(word))
        yield f'<span class="whole">{inner}</span>'
        return
    for child in word:
        if isinstance(child, Element):
            yield from (child.opens, *_written(child.children, widest), child.closes)
        else:
            yield child


def _inner(children: list[Element | str]) -> Iterator[str]:
    """Yield HTML in which lines end only where it says so: after blanks."""
    for child in _pieces(children):
        if isinstance(child, str):
            yield f"{child}<wbr>" if BLANKS.fullmatch(child) else child
        elif child.is_code and len(_text(child)) <= SHORT_CODE:
            yield from (child.opens, *map(_plain, child.children), child.closes)
        else:
            yield from (child.opens, *_inner(child.children), child.closes)


def _pieces(children: list[Element | str]) -> Iterator[Element | str]:
    """Yield elements and tags as they are, and texts cut at their blanks."""
    for child in children:
        if isinstance(child, Element) or child.startswith("<"):
            yield child
        else:
            yield from filter(None, BLANKS.split(child))


def _plain(child: Element | str) -> str:
    if isinstance(child, str):
        return child
    return "".join((child.opens, *map(_plain, child.children), child.closes))


def _text(child: Element | str) -> str:
    if isinstance(child, Element):
        return "".join(map(_text, child.children))
    return "" if child.startswith("<") else ENTITY.sub("&", child)


def _width(text: str) -> int:
    """Return how wide the longest word is."""
    words = text.split() or [""]
    return max(len(w) + sum(east_asian_width(c) in "WF" for c in w) for w in words)
