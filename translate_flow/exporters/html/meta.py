"""What a page says of itself to machines: titles, address, Open Graph, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from translate_flow.edition import Edition
from translate_flow.exporters.content.credits import authors, day, translators
from translate_flow.exporters.content.sides import DECK, Side, front, key
from translate_flow.exporters.inline.book import Book
from translate_flow.exporters.inline.writer import Writer

REGIONS = {"en": "US", "ja": "JP", "ko": "KR", "zh": "CN"}
"""Open Graph's locales have a region: for these languages not their own letters."""

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""What could end a script or begin a comment, as JSON writes it in a text."""


def described(book: Book) -> dict[str, Any]:
    """Return what the template says in the page's head, from ``language`` to ``data``:
    its own top lists it."""
    from markupsafe import Markup

    source = book.source
    edition, languages = source.side.edition, [w.side.language for w in book.writers]
    titles = dict.fromkeys(filter(None, map(_title, book.writers)))
    return {
        "language": source.side.language,
        "languages": languages,
        "title": " · ".join(titles) or edition.slug,
        "description": _description(source),
        "canonical": edition.url,
        "alternates": edition.alternates,
        "notranslate": len(languages) > 1 and not edition.translatable,
        "properties": tuple(_properties(book)),
        "data": Markup(_as_json(_data(book))),
    }


def _title(writer: Writer) -> str:
    return _plain(writer.side.edition.title(writer.side.language))


def _description(writer: Writer) -> str:
    """Return the deck from front matter: a summary if there is one, else the next
    best."""
    side = writer.side
    decks = {key(pair): pair.segment.n for pair in front(side.edition)}
    found = (side.own(decks[name]) for name in reversed(DECK) if name in decks)
    return _plain(next(filter(None, found), ""))


def _plain(text: str) -> str:
    from translate_flow.text.markup import visible

    return " ".join(visible(text).split())


def locale(language: str) -> str:
    """Return a language as Open Graph writes it: ``ko_KR``; of a tag without a region,
    the one where most of its readers are."""
    base, *rest = language.split("-")
    regions = [part.upper() for part in rest if len(part) == 2]
    region = next(iter(regions), REGIONS.get(base.lower(), base.upper()))
    return f"{base.lower()}_{region}"


def _properties(book: Book) -> Iterator[tuple[str, str]]:
    """Yield Open Graph data (https://ogp.me)."""
    source = book.source
    edition = source.side.edition
    yield "og:type", "article"
    yield "og:title", _title(source) or edition.slug
    if description := _description(source):
        yield "og:description", description
    if edition.url:
        yield "og:url", edition.url
    yield "og:locale", locale(source.side.language)
    for writer in book.writers[1:]:
        yield "og:locale:alternate", locale(writer.side.language)
    if when := day(edition.article.meta):
        yield "article:published_time", when.isoformat()


def _data(book: Book) -> dict[str, Any]:
    """Return the article, its translation or both as schema.org has them."""
    works = [_work(writer) for writer in book.writers]
    side = book.source.side
    if len(works) == 2:
        one, other = works
        one |= {"@id": "#source", "workTranslation": {"@id": "#translation"}}
        other |= {"@id": "#translation", "translationOfWork": {"@id": "#source"}}
        return {"@context": "https://schema.org", "@graph": works}
    if not side.is_source:
        original = {"@type": "Article", "inLanguage": side.edition.source_language}
        works[0]["translationOfWork"] = original | {"headline": _original(side.edition)}
    return {"@context": "https://schema.org", **works[0]}


def _original(edition: Edition) -> str:
    return _plain(edition.title(edition.source_language))


def _work(writer: Writer) -> dict[str, Any]:
    side = writer.side
    meta, language = side.edition.article.meta, side.language
    when = day(meta)
    work = {
        "@type": "Article",
        "headline": _title(writer),
        "description": _description(writer),
        "inLanguage": language,
        "author": _persons(authors(meta, language)),
        "translator": [] if side.is_source else _persons(translators(meta, language)),
        "datePublished": when.isoformat() if when else "",
        "url": _address(side),
    }
    return {name: value for name, value in work.items() if value}


def _address(side: Side) -> str:
    """Return where readers find an article in a language."""
    edition = side.edition
    own = edition.urls.get(side.language, "")
    return own or (edition.url if side.alone or side.is_source else "")


def _persons(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in names]


def _as_json(data: dict[str, Any]) -> str:
    """Return JSON that may stand in a script element whatever its texts are."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, written in UNSAFE.items():
        text = text.replace(sign, written)
    return text
