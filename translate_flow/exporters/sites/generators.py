"""Trees of Markdown pages for generators of sites: where each generator wants a page in
a language, what its front matter says, and how one page leads to another.

Sources: the documentation of Hugo (multilingual mode, page bundles, aliases), Jekyll
(posts, permalinks, jekyll-redirect-from), Docusaurus (i18n, blog front matter) and
Astro (content collections, i18n routing).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, relpath
from typing import Any

from translate_flow.article.saying import Said
from translate_flow.errors import FlowError

ALIASES = "aliases"
"""Key of front matter that lists where an article was found earlier."""
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")
AUTHORS = ("translationKey", "ref")
"""Keys that stay as they are if the author wrote them: they are one for all
languages."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a tree: an article in a language."""

    slug: str
    """The article's."""

    language: str
    date: str = ""
    """ISO date; empty if the article does not say it."""

    named: str = ""
    """The last part of its address, as the article's front matter says it; empty if it
    is that of the slug."""

    suffix: str = ".md"
    """Of its file: ``.mdx`` if the article has that."""

    first: bool = False
    """Whether its language is the site's first."""

    parent: bool = False
    """Whether other articles lie below it."""

    def filled(self, template: str) -> str:
        """Return a template with its braces filled in for this page."""
        folder, slash, name = self.slug.rpartition("/")
        return template.format(
            lang=self.language,
            slug=self.slug,
            folder=folder + slash,
            name=name,
            date=self.date,
            address=f"{folder}{slash}{self.named or name}",
            ext=self.suffix,
        )


@dataclass(frozen=True, slots=True)
class Generator:
    """What a generator expects. Its texts are templates for :meth:`Leaf.filled`."""

    name: str
    page: str
    """Where a page lies in the tree."""

    front: Mapping[str, str]
    """What front matter says; an empty text takes a key away."""

    first: str = ""
    """Where pages in the site's first language lie; empty if like the others."""

    dated: str = ""
    """Where a page with a date lies; empty if like the others."""

    parent: str = ""
    """Where a page lies that has others below it; empty if like the others."""

    moved: str = ""
    """Key of earlier addresses, relative to the whole site; empty if the generator
    reads ``aliases``, relative to a language's pages, or none."""

    built: str = ""
    """Where a page is on the built site: links lead there, seen from the other page.
    Empty if they lead to the other page's file."""

    abroad: str = ""
    """Link to the file of a page in another language."""

    beside: tuple[str, ...] = ("",)
    """Suffixes of files that may lie beside a page."""

    files: str = ""
    """Folder in the tree for all other files."""

    served: str = ""
    """Where that folder is on the built site; without a slash at its beginning,
    addresses are relative."""

    def path(self, leaf: Leaf) -> str:
        """Return where a page lies in the tree."""
        ways = (
            self.first if leaf.first else "",
            self.dated if leaf.date else "",
            self.parent if leaf.parent else "",
        )
        return leaf.filled(next(filter(None, ways), self.page))

    def link(self, here: Leaf, there: Leaf) -> str:
        """Return how a page names another one; empty if it cannot."""
        if self.built:
            goal, start = there.filled(self.built), here.filled(self.built)
            return f"{relpath(goal, start)}/"
        if here.language == there.language:
            return relpath(self.path(there), dirname(self.path(here)))
        return there.filled(self.abroad) if there.first or not self.first else ""

    def file(self, here: Leaf, near: str, whole: str) -> tuple[str, str]:
        """Return where a file of an article lies in the tree, and how a page names it.

        :param near: its name beside the page.
        :param whole: its name among the files of all articles.
        """
        if near.lower().endswith(self.beside):
            return join(dirname(self.path(here)), near), near
        address = join(self.served, whole)
        if not address.startswith("/"):
            address = relpath(f"/{address}", here.filled(self.built))
        return join(self.files, whole), address

    def says(
        self, leaf: Leaf, meta: Mapping[str, Any], *, own: bool
    ) -> dict[str, Said]:
        """Return what the front matter of a page is to say.

        :param meta: the article's front matter.
        :param own: whether the page is in the article's own language.
        """
        said: dict[str, Said] = {
            key: leaf.filled(template)
            for key, template in self.front.items()
            if key not in AUTHORS or key not in meta
        }
        earlier = meta.get(self.moved) or meta.get(ALIASES)
        if self.moved and earlier and not (own and self.moved in meta):
            listed = earlier if isinstance(earlier, list) else [earlier]
            before = "" if own else f"/{leaf.language}/"
            ways = [join(before, str(way).lstrip("/" * bool(before))) for way in listed]
            said[self.moved] = ways
        return said


GENERATORS: Mapping[str, Generator] = {
    "hugo": Generator(
        name="hugo",
        page="content/{lang}/{slug}/index.md",
        parent="content/{lang}/{slug}/_index.md",
        front={"lang": "", "translationKey": "{slug}"},
        abroad='{{{{< relref path="/{slug}" lang="{lang}" >}}}}',
    ),
    "jekyll": Generator(
        name="jekyll",
        page="{lang}/{slug}.md",
        dated="{lang}/_posts/{folder}{date}-{name}.md",
        front={"lang": "{lang}", "ref": "{slug}", "permalink": "/{lang}/{address}/"},
        moved="redirect_from",
        built="/{lang}/{address}/",
        beside=(),
        files="assets",
        served="assets",
    ),
    "docusaurus": Generator(
        name="docusaurus",
        page="i18n/{lang}/docusaurus-plugin-content-blog/{slug}{ext}",
        first="blog/{slug}{ext}",
        front={"lang": "", "slug": "{address}"},
        abroad="/{slug}{ext}",
    ),
    "astro": Generator(
        name="astro",
        page="src/content/blog/{lang}/{slug}{ext}",
        front={
            "lang": "{lang}",
            "translationKey": "{slug}",
            "slug": "{lang}/{address}",
        },
        built="/{lang}/{address}/",
        beside=PICTURES,
        files="public/files",
        served="/files",
    ),
}


def get(name: str) -> Generator:
    """Return what is known of a generator.

    :raises FlowError: if nothing is.
    """
    if name not in GENERATORS:
        hint = f"known: {', '.join(GENERATORS)}"
        raise FlowError(f"unknown generator {name!r}", hint=hint)
    return GENERATORS[name]
