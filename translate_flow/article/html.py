"""HTML blocks: the runs of text between their tags, and what attributes say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_flow.article import texts as attributes
from translate_flow.article.texts import TAG, Names, Text, of_tag, worded

TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z) | <\?.*?(?:\?>|\Z) | <!\[CDATA\[.*?(?:\]\]>|\Z)
    | <![A-Za-z][^>]*>
    | <(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?:"[^"]*"|'[^']*'|[^'"<>])*>""",
    re.VERBOSE | re.DOTALL,
)
INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd "
        "label mark q rp rt ruby s samp small span strike strong sub sup time tt u var "
        "wbr",
    )
)
"""Tags that stand inside a sentence."""
UNREAD = frozenset(
    re.findall(
        r"\w+",
        "script style pre svg math textarea template iframe object canvas noscript",
    )
)
"""Elements whose content is not text for readers."""
SHOWN = frozenset({"svg", "textarea", "noscript", "object", "canvas"})
"""Those of them in which readers may see words all the same."""
DRAWN = re.compile(
    r"<(style|script|metadata|template|iframe)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
"""What is not words in such an element."""
SPACE = " \t\n\r\f"
SPACES = re.compile(r"[ \t\n\r\f]+")

Span = tuple[int, int]


def runs(html: str) -> list[Span]:
    """Return the spans between block-level tags that have anything but white space,
    trimmed, inline tags included.

    A run never takes in the very first tag: it is what makes the lines an HTML block.
    """
    found = []
    start = 0
    for tag in (*_boundaries(html), (len(html), len(html))):
        span = _trimmed(html, start, tag[0])
        if span[0] == 0:
            span = _after_first_tag(html, *span)
        if span[0] < span[1]:
            found.append(span)
        start = tag[1]
    return found


def texts(html: str, names: Names) -> Iterator[Text]:
    """Yield everything that readers see in words: runs (of the kind ``html``), and
    attributes outside of them."""
    held = []
    for start, end in runs(html):
        if worded(html[start:end]):
            held.append((start, end))
            yield Text("html", "html", start, end, "", "html", True)
        else:
            for one in attributes.hidden(html[start:end], names):
                yield one._replace(start=one.start + start, end=one.end + start)
    i = 0
    for found, _ in _tokens(html):
        while i < len(held) and held[i][1] <= found.start():
            i += 1
        within = i < len(held) and held[i][0] <= found.start()
        if not within and (tag := TAG.match(html, found.start(), found.end())):
            yield from of_tag(tag, names)


def unread(html: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, words and name of each element that is carried over as it is, and
    in which readers may see words all the same."""
    for found, end in _tokens(html):
        name = (found["name"] or "").lower()
        if name in SHOWN and end > found.end():
            words = collapse(DRAWN.sub(" ", html[found.end() : end])).strip()
            if worded(words):
                yield found.start(), words, name


def skeleton(html: str, names: Names) -> tuple[str, ...]:
    """Return what stays when the words change: every boundary as it is written, but
    for attributes that readers see."""
    return tuple(
        SPACES.sub(" ", attributes.skeleton(html[a:b], names))
        for a, b in _boundaries(html)
    )


def collapse(text: str) -> str:
    """Return a run with each stretch of white space as one space."""
    return SPACES.sub(" ", text)


def comments(html: str) -> Iterator[tuple[int, str]]:
    """Yield the comments with their places."""
    for found in TOKEN.finditer(html):
        if found[0].startswith("<!--"):
            yield found.start(), found[0]


def _boundaries(html: str) -> Iterator[Span]:
    """Yield the spans of everything that is neither text nor an inline tag."""
    for found, end in _tokens(html):
        if (found["name"] or "").lower() not in INLINE:
            yield found.start(), end


def _tokens(html: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield tags, comments and the like, and where they end; that of an element whose
    content is not read goes to its closing tag."""
    pos = 0
    while (found := TOKEN.search(html, pos)) is not None:
        pos = found.end()
        name = (found["name"] or "").lower()
        if name in UNREAD and not found["close"] and not found[0].endswith("/>"):
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, pos)
            pos = end.end() if end else len(html)
        yield found, pos


def _trimmed(html: str, start: int, end: int) -> Span:
    text = html[start:end]
    left = len(text) - len(text.lstrip(SPACE))
    return start + left, max(start + left, start + len(text.rstrip(SPACE)))


def _after_first_tag(html: str, start: int, end: int) -> Span:
    first = TOKEN.match(html, start, end)
    if first is None or first["name"] is None:
        return start, start
    closes = re.compile(rf"</{re.escape(first['name'])}\s*>\Z", re.IGNORECASE)
    start = first.end()
    if last := closes.search(html, start, end):
        end = last.start()
    return _trimmed(html, start, end)
