"""HTML blocks: the runs of text between their tags, and what images say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_flow.text.mask import has_letters

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
IMAGE_TAG = re.compile(r"<img\b(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>", re.IGNORECASE)
IMAGE_TEXT = re.compile(
    r"""(?<=\s)(?P<kind>alt|title)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""",
    re.IGNORECASE,
)
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


def texts(html: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind and span of everything that readers see in words: runs (``html``),
    and what images say that stand outside of them (``alt``, ``title``)."""
    spans = [(start, end, "") for start, end in _boundaries(html)]
    spans += [(a, b, "html") for a, b in runs(html) if has_letters(html[a:b])]
    done = 0
    for start, end, kind in (*sorted(spans), (len(html), len(html), "")):
        for tag in IMAGE_TAG.finditer(html, done, start):
            for found in IMAGE_TEXT.finditer(html, *tag.span()):
                field = "double" if found["double"] is not None else "single"
                yield found["kind"].lower(), *found.span(field)
        if kind:
            yield kind, start, end
        done = end


def skeleton(html: str) -> tuple[str, ...]:
    """Return what stays when the words change: every boundary as it is written."""
    return tuple(SPACES.sub(" ", html[a:b]) for a, b in _boundaries(html))


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
    pos = 0
    while (found := TOKEN.search(html, pos)) is not None:
        start, pos = found.span()
        name = (found["name"] or "").lower()
        if name in INLINE:
            continue
        if name in UNREAD and not found["close"] and not found[0].endswith("/>"):
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, pos)
            pos = end.end() if end else len(html)
        yield start, pos


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
