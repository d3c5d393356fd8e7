"""The files of a book around its text: package document, navigation and container
(EPUB 3.3; accessibility metadata of EPUB Accessibility 1.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.credits import authors, day, translators
from translate_flow.exporters.content.sides import DECK, front, key, sides
from translate_flow.exporters.content.words import phrase
from translate_flow.exporters.epub import xhtml
from translate_flow.exporters.epub.text import Heading, Text
from translate_flow.exporters.inline.writer import attributes
from translate_flow.text.markup import visible

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
LONG_AGO = "1980-01-01"
"""When an article without a date was changed."""

CONTAINER = f"""{DECLARATION}\
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

Named = Callable[[Mapping[str, Any], str], tuple[str, ...]]
"""Reads names of front matter, as readers of a language know them."""

FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder")
"""What helps readers find their way in every edition (schema.org's vocabulary)."""


@dataclass(frozen=True)
class Publication:
    """An edition and its content document."""

    edition: Edition
    layout: Layout
    text: Text

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it shows, the source's first."""
        return tuple(side.language for side in sides(self.edition, self.layout))

    @property
    def titles(self) -> tuple[str, ...]:
        """The title in each language as plain text."""
        return tuple(xhtml.legal(s.title) for s in sides(self.edition, self.layout))

    @property
    def name(self) -> str:
        """The titles in all languages."""
        return " · ".join(dict.fromkeys(self.titles))


def page(book: Publication, name: str, body: str) -> str:
    """Return an XHTML document.

    :param name: its title.
    :param body: its ``body`` element as XML.
    """
    language = escape(book.languages[0])
    return f"""{DECLARATION}<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{language}" xml:lang="{language}">
<head>
<meta charset="utf-8"/>
<title>{escape(name)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
{body}
</html>
"""


# --- navigation -------------------------------------------------------------


def navigation(book: Publication) -> str:
    """Return the navigation document: the headings, each once in all its languages,
    and the parts of the book."""
    contents = _spoken(book, "contents")
    whole = Heading("bodymatter", 1, ((book.languages[0], book.name),))
    entries = [*book.text.headings] or [whole]
    if book.text.noted:
        names = tuple((lang, phrase("notes", lang)) for lang in book.languages)
        entries.append(Heading("endnotes", 0, names))
    marks = [
        ("bodymatter", "text.xhtml#bodymatter", _spoken(book, "text")),
        ("colophon", "text.xhtml#colophon", _spoken(book, "colophon")),
    ]
    if book.text.noted:
        marks.insert(1, ("endnotes", "text.xhtml#endnotes", _spoken(book, "notes")))
    parts = "".join(
        f'<li><a epub:type="{kind}" href="{href}">{name}</a></li>\n'
        for kind, href, name in marks
    )
    body = f"""<body class="navigation">
<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="contents">
<h1 id="contents">{contents}</h1>
{_entries(entries)}</nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden">
<ol>
{parts}</ol>
</nav>
</body>"""
    return page(book, book.name, body)


def _entries(headings: Sequence[Heading]) -> str:
    """Return headings as nested lists. The title stands beside the sections that it is
    above, so that no reader has to unfold it."""
    written, depths = "", list[int]()
    for heading in headings:
        level = max(2, heading.level)
        while len(depths) > 1 and level <= depths[-2]:
            written += "</li>\n</ol>\n"
            depths.pop()
        if depths and level <= depths[-1]:
            written += "</li>\n"
            depths[-1] = level
        else:
            written += "<ol>\n"
            depths.append(level)
        href = f"text.xhtml#{escape(heading.anchor)}"
        written += f'<li><a href="{href}">{_languages(heading.names)}</a>'
    return written + "</li>\n</ol>\n" * len(depths)


def _spoken(book: Publication, key: str) -> str:
    return _languages([(lang, phrase(key, lang)) for lang in book.languages])


def _languages(names: Iterable[tuple[str, str]]) -> str:
    return " · ".join(
        f"<span{_tongue(lang)}>{escape(name)}</span>" for lang, name in names
    )


def _tongue(language: str) -> str:
    return attributes({"lang": language, "xml:lang": language})


# --- package ----------------------------------------------------------------


def package(book: Publication) -> str:
    """Return the package document."""
    language = escape(book.languages[0])
    metadata = "\n".join(_metadata(book))
    pictures = "".join(
        f'<item id="image{i}" href="{picture.name}" media-type="{picture.media}"/>\n'
        for i, picture in enumerate(book.text.pictures, 1)
    )
    return f"""{DECLARATION}\
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
 xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
<item id="style" href="style.css" media-type="text/css"/>
{pictures}</manifest>
<spine>
<itemref idref="text"/>
</spine>
</package>
"""


def _metadata(book: Publication) -> Iterator[str]:
    edition, when = book.edition, day(book.edition.article.meta)
    yield _dc("identifier", identifier(book), id="id")
    yield from _titles(book)
    for language in book.languages:
        yield _dc("language", language)
    yield from _people(book, "creator", authors, "aut")
    yield from _people(book, "contributor", translators, "trl")
    if when:
        yield _dc("date", when.isoformat())
    decks = [pair for pair in front(edition) if key(pair) in DECK][:1]
    for pair in decks:
        for language in book.languages:
            if told := visible(edition.text(pair.segment.n, language)).strip():
                yield _dc("description", told, **{"xml:lang": language})
    if edition.home:
        yield _dc("source", edition.home)
    corrected = [one.date for one in edition.corrections]
    changed = max([when.isoformat() if when else LONG_AGO, *corrected])
    yield _meta("dcterms:modified", f"{changed}T00:00:00Z")
    yield from _access(book)


def identifier(book: Publication) -> str:
    """Return the book's name among all others: the same for the same text, languages
    and layout, wherever it is made."""
    edition = book.edition
    parts = (edition.slug, *book.languages, book.layout, edition.revision)
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'translate_flow:' + '/'.join(parts))}"


def _titles(book: Publication) -> Iterator[str]:
    titles: dict[str, str] = {}
    for title, language in zip(book.titles, book.languages, strict=True):
        titles.setdefault(title, language)
    for i, (title, language) in enumerate(titles.items(), 1):
        yield _dc("title", title, id=f"title{i}", **{"xml:lang": language})
        yield _meta("display-seq", str(i), f"title{i}")
    yield _meta("title-type", "main", "title1")


def _people(book: Publication, kind: str, named: Named, role: str) -> Iterator[str]:
    """Yield who made the text: by the first language's name, the other's beside it."""
    meta = book.edition.article.meta
    first, *others = (named(meta, language) for language in book.languages)
    for i, name in enumerate(first):
        own = f"{kind}{i + 1}"
        yield _dc(kind, name, id=own, **{"xml:lang": book.languages[0]})
        yield _meta("role", role, own, scheme="marc:relators")
        for language, names in zip(book.languages[1:], others, strict=True):
            if len(names) == len(first) and names[i] != name:
                script = {"xml:lang": language}
                yield _meta("alternate-script", names[i], own, **script)


def _access(book: Publication) -> Iterator[str]:
    """Yield what readers who cannot see, or see otherwise, are told beforehand."""
    seen = bool(book.text.pictures)
    modes = ("textual", *(("visual",) if seen else ()))
    features = (*FEATURES, *(("alternativeText",) if seen else ()))
    for mode in modes:
        yield _meta("schema:accessMode", mode)
    yield _meta("schema:accessModeSufficient", "textual")
    for feature in features:
        yield _meta("schema:accessibilityFeature", feature)
    yield _meta("schema:accessibilityHazard", "none")
    for language in book.languages:
        said = phrase("access", language)
        yield _meta("schema:accessibilitySummary", said, **{"xml:lang": language})


def _dc(name: str, value: str, **more: str) -> str:
    text = escape(xhtml.legal(value), quote=False)
    return f"<dc:{name}{attributes(more)}>{text}</dc:{name}>"


def _meta(name: str, value: str, refines: str = "", **more: str) -> str:
    values = {"refines": refines and f"#{refines}", "property": name, **more}
    text = escape(xhtml.legal(value), quote=False)
    return f"<meta{attributes(values)}>{text}</meta>"
