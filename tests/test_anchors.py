"""Links within an article lead to their goal in both languages, in every format: ids of
headings and of places that the author named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from unicodedata import normalize
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from editions import edition
from markdown_it import MarkdownIt

from translate_flow.article import parse
from translate_flow.article.anchors import anchors, explicit
from translate_flow.edition import Edition
from translate_flow.exporters import export
from translate_flow.exporters.sites.headings import NAMINGS, wraps
from translate_flow.text.slugs import Slugs

SOURCE = """\
# The Island { #island }

See [costs](#the-costs), [again](#the-costs-1), [the code](#code_x), [a cell](#cell),
[the item](#item), [the place](#place), [what it says][s], [the island](ferry.md#island)
and [in HTML](#%ec%84%ac).

[s]: #say-it

## The *costs*

Text.

<a name="place"></a>

## The costs

- An item.<span id="item"></span>

## `code_x`

| A | B |
|---|---|
| <a id="cell"></a>One | Two |

## S2

## Say it {/* #say-it */}

## 섬

<div id="box"><p>Boxed <a href="#box">itself</a>.</p></div>
"""
KOREAN = {
    "The Island": "섬 { #island }",
    "See": "[값](#the-costs), [또](#the-costs-1), [코드](#code_x), [칸](#cell), "
    "[항목](#item), [곳](#place), [말][s], [섬](ferry.md#island), [HTML](#섬).",
    "The": "값",
    "Text": "글.",
    "An item": '항목.<span id="item"></span>',
    "A": "가",
    "B": "나",
    '<a id="cell"></a>One': '<a id="cell"></a>하나',
    "Two": "둘",
    "S2": "에스2",
    "Say it": "말하라 {/* #say-it */}",
    "섬": "섬",
    "Boxed": '갇힌 <a href="#box">자신</a>.',
}
LINKS = 9
"""Links of each side in the paragraph."""

Seen = tuple[list[str], list[str]]
"""Goals of links that stay in the document, and names of places."""


@cache
def made() -> Edition:
    """The edition that all formats are made of."""
    return edition(SOURCE, KOREAN, {}, proof=False)


class Tags(HTMLParser):
    """Links and ids of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        found = dict(attrs)
        self.ids += filter(None, [found.get("id"), found.get("name")])
        href = found.get("href") or ""
        if tag == "a" and href.startswith("#") and found.get("class") != "n":
            self.links.append(unquote(href[1:]))


def html(text: str) -> Seen:
    """See a page of HTML."""
    tags = Tags(text)
    return tags.links, tags.ids


def markdown(text: str) -> Seen:
    """See Markdown as a plain renderer shows it, headings without ids of their own."""
    return html(MarkdownIt("gfm-like", {"linkify": False}).render(text))


def epub(data: bytes) -> Seen:
    """See the text of a book."""
    with ZipFile(BytesIO(data)) as file:
        return html(file.read("EPUB/text.xhtml").decode())


def docx(data: bytes) -> Seen:
    """See a document's hyperlinks and bookmarks."""
    with ZipFile(BytesIO(data)) as file:
        xml = file.read("word/document.xml").decode()
    links = re.findall(r'<w:hyperlink w:anchor="([^"]+)"', xml)
    return links, re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)


GIVEN = ("color-scheme", "google", "show", "viewport")
"""Names on a page that are no places."""

READERS: Mapping[str, Callable[..., Seen]] = {
    "html": html, "md": markdown, "epub": epub, "docx": docx, "wordpress": html,
}  # fmt: skip


LAYOUTS = [
    (form, layout)
    for form in READERS
    for layout in ("facing", "interleaved", "target")
    if (form, layout) != ("epub", "interleaved")
]


@pytest.mark.parametrize(("form", "layout"), LAYOUTS)
def test_links_lead_to_their_side(form: str, layout: str) -> None:
    """Every link in the text leads to a place that is there, once; beside the source,
    a translation's lead to the translation's own where that has one."""
    links, ids = READERS[form](export(made(), form, layout))  # type: ignore[arg-type]
    if (form, layout) == ("md", "target"):
        ids += ["island", "say-it", "섬", "code_x"]  # by the author's own generator
        links = ["island" if one == "ferry.md#island" else one for one in links]
    sides = 1 if layout == "target" else 2
    assert len(links) >= (LINKS - (form, layout == "target").count(0)) * sides - 1
    assert set(links) <= set(ids)
    assert all(ids.count(link) == 1 for link in links if form != "md")
    if sides == 2:
        own = [link for link in set(links) if re.search("[-_]ko$", link)]
        assert len(own) >= 6, "the other side has no places of its own"


def test_names_of_our_own_are_no_others() -> None:
    """A heading that is called like something of ours has another id, and links to it
    know that."""
    page = export(edition("# A\n\n[b](#s1)\n\n## S1\n", {}, {}, proof=False), "html")
    assert isinstance(page, str)
    assert 'href="#h-s1"' in page
    assert page.count('id="h-s1"') == 1
    assert page.count('id="s1"') == 1


DOUBLE = [
    'See [to](#x)\n\nOne <i id="x">a</i>.\n\nTwo <i id="x">b</i>.\n\n- <i id="x">c</i>',
    'See [to](#s1)\n\nOne <i id="s1">a</i>.\n\n## S1\n\n> Two <b id="s1">b</b>.',
    "See [to](#x)\n\n## One {#x}\n\n## Two {#x}\n\n### X",
    'See [to](#one)\n\n<a id="one"></a>\n\nTwo.\n\n## One',
    'See [to](#x)\n\n## X\n\n| A |\n|---|\n| <a name="x"></a>One |\n\nTwo.',
    'See [to](#s1)\n\n<i id="h-s1">One</i>\n\nTwo <i id="s1">b</i>.',
    'See [to](#s1)\n\n<i id="s1-ko">One</i>\n\nTwo <i id="s1">b</i>.',
    'See [to](#x)\n\n<i id="x-ko">One</i>\n\n<i id="x-ko-">Two</i>\n\n## X',
    'See [to](#x)\n\n<!-- <a id="x"></a> -->\n\nOne.\n\n## X\n\nTwo.',
    "See [to](#notes)[^1]\n\n## Notes\n\n## Unfold\n\n## Endnotes\n\n[^1]: One.",
]
"""Articles in which an id comes again, or is like another one's on the page."""


@pytest.mark.parametrize("form", ["html", "epub", "docx", "wordpress"])
@pytest.mark.parametrize("text", DOUBLE)
def test_no_id_stands_twice(text: str, form: str) -> None:
    """Of places with one id the first has it, the others give way, and links lead
    there, in both languages."""
    korean = {
        "One": "하나",
        "Two": "둘",
        **dict.fromkeys(("X", "S1", "Notes", "Unfold", "Endnotes"), "제목"),
        "See": "[곳](#" + text[10 : text.index(")")] + ")",
    }
    page = export(edition(text, korean, {}, proof=False), form)
    links, ids = READERS[form](page)
    if form != "docx":
        ids = [one for one in ids if one not in GIVEN]
    assert sorted(ids) == sorted(set(ids))
    assert set(links) <= set(ids)
    assert len(links) > 1
    assert len(set(links)) == len(links), "a side leads to the place of another"


@pytest.mark.parametrize(
    ("text", "line"),
    [(DOUBLE[0], 3), (DOUBLE[2], 3), (DOUBLE[3], 5), (DOUBLE[4], 3), (DOUBLE[8], 7)],
)
def test_links_lead_to_the_first_of_an_id(text: str, line: int) -> None:
    """A fragment leads where a browser would go; what is in a comment is no place."""
    found = anchors(parse(text, name="a.md"))
    name = text[10 : text.index(")")]
    assert found.lines[name] == line
    assert [n for n, ids in found.at.items() if name in ids] == [line]


def test_what_leads_nowhere_stays_as_it_is() -> None:
    """Nobody guesses where a fragment should lead; a word processor gets no dead
    link."""
    lost = edition("# A\n\n[b](#nowhere)\n", {}, {}, proof=False)
    assert 'href="#nowhere"' in str(export(lost, "html"))
    assert docx(bytes(export(lost, "docx")))[0] == []  # type: ignore[arg-type]


# --- what an author writes --------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("A {#b}", "b"), ("A{#b}", "b"), ("A { #b }", "b"), ("A {: #b }", "b"),
        ("A {#b .c}", "b"), ("A {.c #b}", "b"), ('A {: id="b c"}', "b c"),
        ("A {/* #b */}", "b"), ("A <!-- #b -->", "b"), ("A {#여객선}", "여객선"),
        ("A {.c}", ""), ("A {b}", ""), ("A `{#b}`", ""), ("A {#each x}", "each"),
        ("A #b", ""),
    ],
)  # fmt: skip
def test_ids_of_headings(heading: str, name: str) -> None:
    """Each generator's way to give a heading an id is known."""
    assert explicit(heading) == name


def test_places_without_a_text_of_their_own_name_what_follows() -> None:
    """Tags alone name the next block, attributes on a line of their own the one before;
    code names nothing."""
    text = (
        '<a id="one"></a>\n\nA.\n\n## B\n{: #two}\n\n`<i id="no">`\n\n'
        '<div id="three">\n\nC <a name="four"></a>.\n\n</div>\n\n'
        '```html\n<i id="no">\n```\n\n<p id="five"></p>\n'
    )
    found = anchors(parse(text, name="a.md"))
    assert {k: v for k, v in found.at.items() if v} == {
        3: ("one",),
        5: ("two",),
        12: ("three", "four"),
        16: ("five",),
    }


# --- what generators make of it ---------------------------------------------

HEADINGS = {
    "Using `foo()` now": "using-foo-now",
    "See [foo](https://x.y/z) here": "see-foo-here",
    "**Bold** and _em_ text": "bold-and-em-text",
    "여객선의 하루, 그리고 밤": "여객선의-하루-그리고-밤",
    "Don't & stop: it's (really) 50%!": "dont--stop-its-really-50",
    "2024 results": "2024-results",
    "A -- b — c": "a--b--c",
    "emoji 🎉 here": "emoji--here",
    "snake_case and CamelCase.md": "snake_case-and-camelcasemd",
    "Übung café": "übung-café",
    "Tab & <em>html</em> tag": "tab--html-tag",
    "1. First step": "1-first-step",
    "$x$ math": "x-math",
    "~~gone~~ 2": "gone-2",
    "A/B testing": "ab-testing",
    "C++ & C#": "c--c",
    "spaced   out": "spaced---out",
    "Same": "same",
    "Same ": "same-1",
}
"""Headings, and the ids that Hugo 0.168 and Jekyll 4.3 were seen to give them."""


def test_headings_without_an_id_get_those_of_their_generator() -> None:
    """The ids are those that real generators gave."""
    slugs = Slugs("typographic")
    assert {one: slugs.name(one) for one in HEADINGS} == HEADINGS
    assert Slugs("github").name("A -- b — c") == "a----b--c"
    assert Slugs("mkdocs").name("Übung & café") == "ubung-cafe"
    assert Slugs("vitepress").name("2. Don't") == "_2-don-t"


@pytest.mark.parametrize("generator", NAMINGS)
def test_a_translation_keeps_the_ids_of_its_source(generator: str) -> None:
    """A translated heading says the id that its source gets, as its generator reads it;
    one that has the same anyway, or its own, says nothing."""
    text = "## The costs\n\n## Same\n\n## 값\n\n## Own {#own}\n"
    korean = {"The costs": "값", "Same": "Same", "값": "The price", "Own": "제 {#own}"}
    naming = NAMINGS[generator]
    found = wraps(edition(text, korean, {}, proof=False), naming)
    costs = {
        "astro": ('<a id="the-costs"></a>', ""),
        "mkdocs": ("", " { #the-costs }"),
    }.get(generator, ("", " {#the-costs}"))
    price = {
        "astro": ('<a id="값"></a>', ""),
        "jekyll": ('<a id="값"></a>', ""),
        "vitepress": ("", f" {{#{normalize('NFKD', '값')}}}"),
    }.get(generator, ("", " {#값}"))
    expected = {1: costs} | ({} if generator == "mkdocs" else {3: price})
    assert found == expected


@pytest.mark.parametrize(
    ("generator", "written", "told"),
    [
        ("astro", "## A {#b}", '## <a id="b"></a>A'),
        ("astro", "A { #b }", '<a id="b"></a>A'),
        ("jekyll", "## A { #b }", "## A {#b}"),
        ("jekyll", "## A {#가}", '## <a id="가"></a>A'),
        ("docusaurus", "## A { #b }", "## A {#b}"),
        ("docusaurus", "## A {/* #b */}", "## A {/* #b */}"),
        ("hugo", "## A { #b .c }", "## A { #b .c }"),
        ("hugo", "## A {/* #b */}", "## A {#b}"),
        ("mkdocs", "## A {/* #b */}", "## A { #b }"),
    ],
)
def test_an_authors_ids_are_told_as_a_generator_reads_them(
    generator: str, written: str, told: str
) -> None:
    """What a generator would show to readers is written in its own way."""
    assert NAMINGS[generator].told(written) == told
