"""Many editions as one site: the index of its articles, a feed for each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import join
from urllib.parse import quote

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.credits import authors, day
from translate_flow.exporters.content.sides import DECK, Side, key, sides
from translate_flow.exporters.content.words import language_name, long_date, phrase
from translate_flow.text.markup import visible

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class IndexTitle:
    """What a site's index says of an article in one language."""

    language: str
    title: str
    deck: str
    authors: tuple[str, ...]
    page: str
    """Address of the page of that language in the site."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One article of a site with one of its translations."""

    slug: str
    date: str
    """ISO date; empty if nobody knows."""

    changed: str
    """ISO date of its last change that readers are told of; empty likewise."""

    fronts: tuple[IndexTitle, ...]
    both: tuple[str, ...]
    """Addresses of pages with two languages, one for each translation."""


@dataclass(frozen=True, slots=True)
class Site:
    """What a site says of itself."""

    languages: tuple[str, ...]
    titles: Mapping[str, str]
    url: str = ""
    """Where it is on the web, with a slash at its end; empty if nobody says."""

    translatable: bool = False
    """Whether browsers may offer to translate what stands in both languages."""

    def title(self, language: str) -> str:
        """Return its title in a language, else in another one, else its address."""
        others = next(iter(self.titles.values()), self.url or "Index")
        return self.titles.get(language, others)


def page_name(edition: Edition, layout: Layout) -> str:
    """Return where a page of an article lies: ``ko/2026/ferry.html``, with both
    languages ``en-ko/2026/ferry.html``."""
    one, other = edition.source_language, edition.target_language
    folder = {"source": one, "target": other}.get(layout, f"{one}-{other}")
    return f"{folder}/{edition.slug}.html"


def address(edition: Edition, layout: Layout) -> str:
    """Return the address of a page of an article, relative to the site."""
    return quote(page_name(edition, layout))


def alternates(
    edition: Edition, layout: Layout, languages: Sequence[str], url: str = ""
) -> dict[str, str]:
    """Return where the same article is in each language, for a page of one: BCP 47 tag
    → address; none for a page with both.

    :param languages: in which the site has it.
    :param url: of the site; without it addresses are relative to the page.
    """
    if layout not in ("source", "target"):
        return {}
    back = url or "../" * page_name(edition, layout).count("/")
    return {tag: join(back, quote(f"{tag}/{edition.slug}.html")) for tag in languages}


def addresses(edition: Edition, languages: Iterable[str], url: str) -> dict[str, str]:
    """Return where readers find an article in each language: where front matter says,
    else in the site; none if nobody knows where that is."""
    pages = (f"{tag}/{edition.slug}.html" for tag in languages)
    found = zip(languages, (join(url, quote(page)) for page in pages), strict=True)
    return {**(dict(found) if url else {}), **edition.urls}


def entry(editions: Sequence[Edition], date: str = "", changed: str = "") -> IndexEntry:
    """Return what a site's index says of an article.

    :param editions: one for each of its translations.
    :param date: ISO date, if the article does not say its own.
    :param changed: ISO date of its last change.
    """
    first = editions[0]
    written = day(first.article.meta)
    own, *_ = sides(first)
    others = [side for edition in editions for side in sides(edition)[1:]]
    return IndexEntry(
        slug=first.slug,
        date=written.isoformat() if written else date,
        changed=max(written.isoformat() if written else date, changed),
        fronts=tuple(map(_front, [own, *others])),
        both=tuple(address(edition, "facing") for edition in editions),
    )


def _front(side: Side) -> IndexTitle:
    edition, language = side.edition, side.language
    return IndexTitle(
        language=language,
        title=visible(edition.title(language)),
        deck=_deck(edition, language),
        authors=authors(edition.article.meta, language),
        page=address(edition, "source" if side.is_source else "target"),
    )


def _deck(edition: Edition, language: str) -> str:
    for wanted in ("description", "summary", *DECK):
        for pair in edition.segments:
            if pair.of_front and key(pair) == wanted:
                return visible(edition.text(pair.segment.n, language))
    return ""


def index(
    site: Site, entries: Iterable[IndexEntry], templates: Mapping[str, str]
) -> str:
    """Return the index of a site: its articles, the newest first, in all languages.

    :param templates: the project's own; its ``index.html`` wins.
    """
    from translate_flow.exporters.templates import Template, filled

    values = {
        "site": site,
        "titles": {site.title(tag): tag for tag in reversed(site.languages)},
        "entries": [_in_order(one, site.languages) for one in newest_first(entries)],
        "language_name": language_name,
        "long_date": _long_date,
        "phrase": phrase,
    }
    return filled(Template(__package__, "index.html.j2", INDEX), templates, values)


def _in_order(one: IndexEntry, languages: Sequence[str]) -> IndexEntry:
    """Return an entry whose fronts stand in the order of the site's languages."""
    fronts = sorted(one.fronts, key=lambda front: languages.index(front.language))
    return replace(one, fronts=tuple(fronts))


def _long_date(date: str, language: str) -> str:
    from datetime import date as day_of

    return long_date(day_of.fromisoformat(date), language)


def newest_first(entries: Iterable[IndexEntry]) -> Sequence[IndexEntry]:
    """Return entries by date, the newest first; those without one last, by name."""
    by_name = sorted(entries, key=lambda one: one.slug)
    return sorted(by_name, key=lambda one: one.date, reverse=True)
