"""What stands about the texts of an edition: numbers of paragraphs, words for what is
told elsewhere, pictures and what is said of them, the way back from notes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from editions import TODAY, edition

from translate_flow import exporters
from translate_flow import state as states
from translate_flow.edition import Edition, arranged, build
from translate_flow.exporters.content.composition import Composition
from translate_flow.model import Catalog, State

TEXT = """\
---
title: A title
description: A deck
---

One.[^n]

## Heading

> Two.[^n]

- Three
- Four

::: note Label
Five.
:::

| Six | b |
|-----|---|
| c | d |

![Picture](p.png)

Seven.

[^n]: Note.
"""


def html(made: Edition, layout: exporters.Layout = "facing") -> str:
    return str(exporters.export(made, "html", layout))


def numbers(page: str) -> list[tuple[str, str]]:
    """Return the segments that are linked in the margin, and what is shown there."""
    return re.findall(r'<a class="n[^"]*" href="#s(\d+)[^>]*><span>([^<]*)', page)


@pytest.mark.parametrize("layout", ["facing", "interleaved", "source", "target"])
def test_paragraphs_are_numbered_from_one(layout: exporters.Layout) -> None:
    """Titles, headings, names of boxes, pictures and notes are not counted: headings
    have a link of their own, and a paragraph the same number in both languages."""
    korean = dict.fromkeys(("One", "Two", "Three", "Four", "Five", "Seven"), "말.")
    told = dict(numbers(html(edition(TEXT, korean, {}), layout)))
    assert list(told.values()) == ["#", "1", "#", "2", "3", "4", "5", "6", "7"]
    texts = edition(TEXT, {}, {}).article.segments
    counted = [texts[int(n) - 1].text for n in told if told[n] != "#"]
    assert counted == [
        "One.[^n]",
        "Two.[^n]",
        "Three",
        "Four",
        "Five.",
        "Six",
        "Seven.",
    ]


def test_numbers_follow_the_order_of_the_edition() -> None:
    """In the translation's own order the first paragraph is the first one there."""
    made = edition("One.\n\nTwo.\n", {"One": "하나.", "Two": "둘."}, {})
    (one, two) = made.pairs
    mark = replace(two.unit.mark, at="^")
    moved = replace(made, pairs=(one, replace(two, unit=replace(two.unit, mark=mark))))
    turned = Composition(arranged(moved, "target"), "facing").paragraphs
    assert turned == {2: 1, 1: 2}
    assert Composition(arranged(moved, "source"), "facing").paragraphs == {1: 1, 2: 2}


def test_a_proof_tells_the_place_of_a_paragraph() -> None:
    """Whoever proofreads sees what to type for tflow; readers of a release do not."""
    assert 'title="ferry:3"' in html(edition(TEXT, {}, {}))
    assert 'title="ferry:3"' not in html(edition(TEXT, {}, {}, proof=False))


def joined(markdown: str, texts: dict[str, str], *pairs: tuple[int, int]) -> Edition:
    """Return a release in which some segments are told by others."""
    made = edition(markdown, texts, {}, proof=False)
    units = [pair.unit for pair in made.pairs]
    for n, cover in pairs:
        units[n - 1] = states.joined_to(
            units[n - 1], units[cover - 1], by="mina", today=TODAY
        )
    catalog = Catalog("sources/ferry.md", "en", "ko", units=tuple(units))
    return build("ferry", made.article, catalog, proof=False)


@pytest.mark.parametrize(
    ("texts", "pairs", "said"),
    [
        ({"One": "하나, 둘."}, [(2, 1)], ["#s1-ko ↑ 1단락"]),
        ({"Two": "하나, 둘."}, [(1, 2)], ["#s2-ko ↓ 2단락"]),
        ({"One": "하나, 둘, 넷."}, [(2, 1), (4, 1)], ["#s1-ko ↑ 1단락"] * 2),
        ({"Title": "제목"}, [(2, 3)], ["#s3-ko ↓"]),
    ],
)
def test_a_joined_paragraph_says_where_it_is_told(
    texts: dict[str, str], pairs: list[tuple[int, int]], said: list[str]
) -> None:
    """It names the other paragraph, above or below, and leads there; on paper and in
    books, where paragraphs have no numbers, words say so."""
    made = joined("One.\n\nTwo.\n\n## Title\n\n- Four.\n", texts, *pairs)
    page = html(made)
    link = r'<a href="(#s\d-ko)"><span class="on-screen">(.*?)</span>'
    assert [" ".join(found) for found in re.findall(link, page)] == said
    assert page.count('<span class="on-paper">다른 단락에 합침</span>') == len(said)
    assert "↑" not in str(exporters.export(made, "md"))


PICTURE = {"A ferry": "해 질 녘의 배", "Caption": "설명"}


@pytest.mark.parametrize("form", ["html", "wordpress"])
def test_alternative_texts_are_only_that(form: str) -> None:
    """What is said of a picture to those who do not see it is no caption, and says it
    in both languages; a picture's title is one."""
    made = edition('![A ferry](a.png "Caption")\n', PICTURE, {}, proof=False)
    made = replace(made, images={"a.png": b"\x89PNG"})
    page = str(exporters.export(made, form))
    assert 'alt="A ferry · 해 질 녘의 배"' in page
    seen = re.sub(r"<[^>]*>", " ", page.partition("<main>")[2] or page)
    assert "A ferry" not in seen
    assert "해 질 녘" not in seen
    assert "설명" in seen


def test_a_proof_shows_alternative_texts_that_are_unfinished() -> None:
    """Nothing unfinished hides in an attribute."""
    made = edition("![A ferry](a.png)\n", {"A ferry": "배"}, {"A ferry": State.DRAFT})
    page = html(made)
    assert re.search(r'class="badge unread">기계 번역 초안</span> 배', page)
    assert 'class="badge' not in html(replace(made, proof=False)).partition("<main>")[2]


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("One.[^n]", ["↩"]),
        ("One.[^n] Two.[^n]", ["a", "b"]),
        ("One.[^n]" * 28, [*"abcdefghijklmnopqrstuvwxyz", "aa", "ab"]),
    ],
)
def test_a_note_leads_back_to_each_of_its_marks(text: str, back: list[str]) -> None:
    """Where a text mentions a note more than once, letters tell the ways back apart."""
    page = html(edition(f"{text}\n\n[^n]: Note.\n", {}, {}, proof=False), "source")
    links = re.findall(
        r'<a class="back" href="#([^"]*)" aria-label="(.*?)">(.*?)<', page
    )
    assert [shown for *_, shown in links] == back
    assert all(f'id="{place}"' in page for place, *_ in links)
    assert len({says for _, says, _ in links}) == len(links)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://e.org/a_b?c=1&d=2, and more.", ["https://e.org/a_b?c=1&d=2"]),
        ("(https://e.org/wiki/A_(b)) and www.e.org.",
         ["https://e.org/wiki/A_(b)", "https://www.e.org"]),
        ("보고서는 https://e.org/a에서, 더는 http://e.org:8080/b이다.",
         ["https://e.org/a", "http://e.org:8080/b"]),
        ("`https://e.org` <https://e.org/b> [https://e.org](https://e.org/c)",
         ["https://e.org/b", "https://e.org/c"]),
        ("no www. no https:// and no https://<b>e</b>, javascript://e.org", []),
        ('https://e.org/"onclick=alert(1)', ["https://e.org/"]),
    ],
)  # fmt: skip
def test_bare_addresses_are_links(text: str, links: list[str]) -> None:
    """A web address in a text is a link that ends where it ends, in no code and in no
    other link."""
    page = html(edition(f"Word {text}\n", {}, {}, proof=False), "source")
    main = page.partition("<main>")[2].partition("</main>")[0]
    found = re.findall(r'<a href="(h[^"]*)"', main)
    assert [unescape(link) for link in found] == links
    assert "onclick=" not in re.sub(r">[^<]*<", "><", main)
