"""What fragments of addresses lead to: the headings of an article, and the ids that its
author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from posixpath import basename
from urllib.parse import unquote

from translate_flow.article import Article
from translate_flow.model import Block
from translate_flow.text.pieces import pieces
from translate_flow.text.slugs import STYLES, Slugs, Style

ATTRIBUTES = re.compile(
    r"""(?: [ \t]+\{:?(?P<braces>[ \t]*(?:[#.]|id=)[^{}\n]*)\}
    | \{(?P<glued>\#[\w:.-]+)\}
    | [ \t]*\{/\*[ \t]*(?P<comment>\#[^\n]*?)[ \t]*\*/\}
    | [ \t]*<!--[ \t]*(?P<hidden>\#[^\n]*?)[ \t]*--> )[ \t]*$""",
    re.VERBOSE,
)
"""At the end of a heading: ``{#id}``, ``{: #id .class}``, ``{/* #id */}``."""
OWN = re.compile(r"""(?:^|\s)(?:\#(?P<id>[^\s}#]+)|id=(?P<said>"[^"]*"|'[^']*'|\S+))""")
LIST = re.compile(r"^[ \t]*\{:?([^{}\n]*)\}[ \t]*$")
"""A line of attributes, said of the block above it."""
INLINE = re.compile(r"\{:?([ \t]*[#.][^{}\n]*)\}")
TAG = re.compile(
    r"""<(?P<name>[A-Za-z][\w.:-]*)(?P<rest>(?:"[^"]*"|'[^']*'|[^<>"'])*)>"""
)
SILENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""HTML of which readers see nothing."""
SEEN = re.compile(r"<(?:img|hr|iframe|video|audio|svg|input)\b", re.IGNORECASE)
ID = re.compile(r"""\sid\s*=\s*\{?("[^"]*"|'[^']*'|[^\s"'>{}]+)""", re.IGNORECASE)
NAME = re.compile(r"""\sname\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where the ids of an article stand."""

    at: Mapping[int, tuple[str, ...]]
    """By the line of a block: its ids, a heading's own first. No id stands twice: of
    places with one name the first has it, as in a browser."""

    headings: Mapping[int, str]
    """By the line of a heading: its id."""

    lines: Mapping[str, int]
    """By what a fragment may say: the line of its block. Ids that other generators
    would give to headings are known, too."""


FRAGMENT = re.compile(
    r"""(?:\]\(\s*<?|\]:\s*<?|\bhref\s*=\s*["']?)
    (?P<path>[^\s)>"'#]*)\#(?P<id>[^\s)>"']+)""",
    re.VERBOSE,
)
"""An address with a fragment, wherever one may stand."""


def anchors(article: Article, style: Style = "github") -> Anchors:
    """Return where the ids of an article stand.

    :param style: how headings are named that have no id of their own.
    """
    at: dict[int, list[str]] = {}
    headings: dict[int, str] = {}
    titles: list[tuple[int, str]] = []
    terms: list[tuple[int, str]] = []
    waiting: list[str] = []
    before: Block | None = None
    for block in article.blocks:
        text = source_text(article, block)
        if block.kind == "opaque" and (found := LIST.match(text)):
            _attributed(at, headings, before, list(_said(found[1])))
            continue
        own = list(_ids(article, block, text))
        if not text.strip() or _unseen(block, text):
            waiting += own
            continue
        before = block
        if block.kind == "heading":
            titles.append((block.line, text))
            if name := explicit(text):
                headings[block.line] = name
        elif block.kind == "term":
            terms.append((block.line, text))
        at.setdefault(block.line, []).extend((*waiting, *own))
        waiting = []
    if waiting and before:
        at[before.line] += waiting
    named = _named(titles, headings, style)
    once = _once({n: (named.get(n, ""), *ids) for n, ids in at.items()})
    return Anchors(
        once,
        {line: name for line, name in named.items() if name},
        _lines(once, (titles, terms), headings),
    )


def source_text(article: Article, block: Block) -> str:
    """Return the Markdown of a block in the article's own language; a table's cells
    one below the other."""
    contents = (block.content, *(cell for row in block.rows for cell in row))
    return "\n".join(
        "".join(
            part if isinstance(part, str) else article.segments[part - 1].text
            for part in content
        )
        for content in contents
        if content
    )


def fragments(article: Article, texts: Iterable[str]) -> frozenset[str]:
    """Return the fragments of addresses in texts that lead to the article itself."""
    own = ("", basename(article.name))
    return frozenset(
        unquote(found["id"])
        for text in texts
        for found in FRAGMENT.finditer(text)
        if unquote(found["path"]) in own
    )


def explicit(heading: str) -> str:
    """Return the id that an author gave to a heading; empty if none."""
    found = ATTRIBUTES.search(heading)
    said = found and next(filter(None, found.groups()), "")
    return next(_said(said or ""), "")


def bare(heading: str) -> str:
    """Return a heading without the attributes at its end."""
    return ATTRIBUTES.sub("", heading)


def _said(attributes: str) -> Iterator[str]:
    for found in OWN.finditer(attributes):
        yield found["id"] or found["said"].strip("\"'")


def _attributed(
    at: dict[int, list[str]],
    headings: dict[int, str],
    before: Block | None,
    ids: list[str],
) -> None:
    """Note the ids of a line of attributes: they are those of the block above."""
    if before is None or not ids:
        return
    if before.kind == "heading":
        headings.setdefault(before.line, ids[0])
    at.setdefault(before.line, []).extend(ids)


def _ids(article: Article, block: Block, text: str) -> Iterator[str]:
    """Yield the ids that an author wrote into a block: of tags, and of attributes in
    braces, but for a heading's own."""
    if block.kind == "code":
        return
    if block.kind in ("html", "opaque"):
        yield from _of_tags(SILENT.sub("", text))
        return
    heading = bare(text) if block.kind == "heading" else text
    for piece in pieces(heading, article.references):
        part = heading[piece.start : piece.end]
        if piece.kind == "tag":
            yield from _of_tags(part)
        elif piece.kind == "attributes" and (found := INLINE.fullmatch(part)):
            yield from _said(found[1])


def _of_tags(html: str) -> Iterator[str]:
    for tag in TAG.finditer(html):
        found = [ID.search(tag["rest"])]
        if tag["name"].lower() == "a":
            found.append(NAME.search(tag["rest"]))
        for one in filter(None, found):
            yield unescape(one[1].strip("\"'"))


def _unseen(block: Block, text: str) -> bool:
    """Whether a block is nothing but tags: what they name is what follows."""
    tags = block.kind in ("html", "paragraph") and not SEEN.search(text)
    return tags and not TAG.sub("", text.replace("</", "<")).strip()


def _named(
    titles: list[tuple[int, str]], own: Mapping[int, str], style: Style
) -> dict[int, str]:
    """Return the id of each heading by its line."""
    slugs = Slugs(style)
    slugs.take(own.values())
    return {line: own.get(line) or slugs.name(bare(text)) for line, text in titles}


def _once(at: Mapping[int, Iterable[str]]) -> dict[int, tuple[str, ...]]:
    """Return the ids of each line without those that an earlier one has."""
    taken, found = {""}, dict[int, tuple[str, ...]]()
    for line, ids in sorted(at.items()):
        found[line] = tuple(dict.fromkeys(one for one in ids if one not in taken))
        taken.update(found[line])
    return found


def _lines(
    at: Mapping[int, Iterable[str]],
    titled: tuple[list[tuple[int, str]], list[tuple[int, str]]],
    own: Mapping[int, str],
) -> dict[str, int]:
    """Return the line of all that a fragment may say.

    :param titled: headings and terms, which Hugo names, too.
    """
    found = {name: line for line, ids in at.items() for name in ids}
    for other in STYLES:
        for line, name in _named(titled[0], own, other).items():
            found.setdefault(name, line)
        for line, name in _named(sorted((*titled[0], *titled[1])), own, other).items():
            found.setdefault(name, line)
    found.pop("", None)
    return found
