"""Front matter is plain text: its letters are shown as they are, in every format."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from editions import edition
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from translate_flow.edition import Edition, arranged
from translate_flow.exporters import export
from translate_flow.exporters.pdf.document import properties
from translate_flow.exporters.pdf.paper import paper
from translate_flow.exporters.sites.feed import feed
from translate_flow.exporters.sites.index import Site, entry, index
from translate_flow.exporters.wordpress import title as wordpress_title
from translate_flow.text.markup import literal, to_html, visible

TITLES = (
    "std::vector<int> and *this",
    "Using <details>, <script> & &amp;",
    "__init__ or _main_ `ls` $HOME $1",
    "{#id} {{ x }} ~~3~5~~ [^1] [a](b) ![c](d) C:\\Users\\",
    "# C # or F #",
    "1. **정부(政府)**는 | ‘||’",
)


class Shown(HTMLParser):
    """The words that a page shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.silent = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head"):
            self.silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        self.words += "" if self.silent else data


def text_of(made: str | bytes) -> str:
    """Return what readers of a file see, and what its head says in plain text."""
    if isinstance(made, str):
        return Shown(made).words
    if b"word/document.xml" in made:
        body = Document(BytesIO(made)).element.body
        return "".join(run.text or "" for run in body.iter(qn("w:t")))
    with ZipFile(BytesIO(made)) as book:
        return "\n".join(
            "".join(ElementTree.fromstring(book.read(name)).itertext())
            for name in book.namelist()
            if name.endswith((".xhtml", ".opf"))
        )


def rendered(markdown: str | bytes) -> str:
    assert isinstance(markdown, str)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Shown(parser.render(markdown)).words


def head(page: str) -> str:
    """Return what the head of a page says, and the texts of its JSON-LD."""
    tags, _, rest = page.partition('<script type="application/ld+json">')
    works = json.loads(rest.partition("</script>")[0])["@graph"]
    texts = [work[key] for work in works for key in ("headline", "description")]
    names = [person["name"] for work in works for person in work["author"]]
    return " ".join([unescape(tags), *texts, *names])


SHOWN: dict[str, Callable[[Edition], str]] = {
    "html": lambda e: text_of(export(e, "html")),
    "html, one language": lambda e: text_of(export(e, "html", "target")),
    "head": lambda e: head(str(export(e, "html"))),
    "email": lambda e: text_of(export(e, "email")),
    "epub": lambda e: text_of(export(e, "epub")),
    "docx": lambda e: text_of(export(e, "docx")),
    "pdf": lambda e: text_of(paper(e, "facing")) + properties(e, "facing")["Title"],
    "md": lambda e: rendered(export(e, "md")),
    "md, interleaved": lambda e: rendered(export(e, "md", "interleaved")),
    "wordpress": lambda e: (
        unescape(wordpress_title(e, "facing")) + text_of(export(e, "wordpress"))
    ),
    "index": lambda e: text_of(index(Site(("en", "ko"), {}), [entry([e])], {})),
    "feed": lambda e: "".join(
        "".join(
            ElementTree.fromstring(
                feed(Site(("en", "ko"), {}), tag, [entry([e])], lambda page: "", "2026")
            ).itertext()
        )
        for tag in ("en", "ko")
    ),
}


@pytest.fixture(scope="module")
def named() -> list[tuple[str, Edition]]:
    """Editions, each with a title, a deck and a credit of the same words."""
    found = []
    for title in TITLES:
        said = title.replace("'", "''")
        source = (
            f"---\ntitle: '{said}'\ndescription: '{said} deck'\n"
            f"author: '{said} author'\n---\n\nText.\n"
        )
        korean = {title: f"{title} 제목", f"{title} deck": f"{title} 요약", "T": "글."}
        made = edition(source, korean, {}, proof=False)
        found.append((title, replace(arranged(made, "source"), base="../")))
    return found


@pytest.mark.parametrize("form", SHOWN)
def test_letters_of_titles_are_shown(named: list, form: str) -> None:
    """Titles, decks and credits lose no letter in any format, in either language."""
    for title, made in named:
        seen = " ".join(SHOWN[form](made).split())
        for said in ("", " deck", " author", " 제목", " 요약"):
            assert title + said in seen or said in UNSAID.get(form, ()), said


UNSAID = {
    "html, one language": (" deck",),
}
"""What a form has no place for."""


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40))
def test_any_plain_text_is_shown_letter_by_letter(text: str) -> None:
    """As Markdown it says what it said, to us and to a parser of CommonMark."""
    words = " ".join(text.split())
    assert " ".join(visible(literal(text)).split()) == words
    assert " ".join(unescape(to_html(literal(words))).split()) == words
    common = MarkdownIt("commonmark").renderInline(literal(words))
    assert " ".join(unescape(common).split()) == words


# --- standfirsts and captions ---------------------------------------------------------

FRONT = """\
---
title: Title
subtitle: Its subtitle.
headline: Its headline.
deck: Its deck.
lead: Its lead.
excerpt: Its excerpt.
description: Its description.
summary: Its summary.
image: img/boat.png
caption: Its caption.
---

Text.
"""


@pytest.mark.parametrize("layout", ["facing", "interleaved", "source", "target"])
@pytest.mark.parametrize(
    "form", ["html", "md", "docx", "email", "epub", "wordpress", "pdf"]
)
def test_what_is_asked_for_is_printed(form: str, layout: str) -> None:
    """A release prints every standfirst, and the caption under its picture, in all
    formats and layouts; each once in a language."""
    layout = "interleaved" if (form, layout) == ("email", "facing") else layout
    korean = {"Its": "그 글.", "Title": "제목", "Text": "글."}
    made = edition(FRONT, korean, {}, proof=False)
    boat = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="  # noqa: E501
    made = replace(made, images={"img/boat.png": base64.b64decode(boat)})
    page = paper(arranged(made, "source"), layout) if form == "pdf" else ""
    page = page or export(made, form, layout)
    text = text_of(page) if form != "md" else str(page)
    shown = " ".join(text.split())
    texts = re.findall(r"Its \w+\.", FRONT)
    if layout != "target":
        assert [t for t in texts if t not in shown] == []
    if layout != "source":
        assert shown.count("그 글.") >= len(texts)
    if form == "docx":
        assert len(Document(BytesIO(page)).inline_shapes) == 1
    if form in ("html", "pdf"):
        assert str(page).count("<img") == 1
        assert str(page).index("<img") < str(page).rindex('class="caption"')


def test_a_picture_is_shown_with_its_caption_alone() -> None:
    """Without a caption front matter's picture is the site's own business; without a
    picture a caption stands by itself."""
    for source, pictures in (
        (FRONT, 1),
        (FRONT.replace("caption: Its caption.\n", ""), 0),
        (FRONT.replace("image: img/boat.png\n", ""), 0),
        (FRONT.replace("img/boat.png", "{src: a/b.jpg, alt: Boat}"), 1),
        (FRONT.replace("img/boat.png", "'no picture <x>'"), 0),
    ):
        text = str(export(edition(source, {}, {}, proof=False), "md"))
        assert text.count("![") == pictures, source
