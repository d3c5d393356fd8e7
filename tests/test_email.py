"""Editions for mail and feeds: plain elements with their own styles, pair by pair."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from editions import HOSTILE, edition

from translate_flow.edition import Correction, Edition, arranged
from translate_flow.exporters import email
from translate_flow.model import State

CASES = Path(__file__).parent / "cases" / "email"
EVERY = Path(__file__).parents[1] / "sources" / "guide" / "every-construct.md"
VOID = {"meta", "br", "hr", "img", "wbr", "col"}
SHORT = """\
---
title: Two *boats*
author: Jane Reed
date: 2026-11-20
---

The boat is *late*.[^why]

- One
- Two

| Boat | Hour |
|------|-----:|
| Ferry | 4 |

[^why]: Wind.
"""
SHORT_KOREAN = {
    "Two": "배 *두 척*",
    "The boat": "배가 *늦다*.[^why]",
    "One": "하나",
    "Boat": "배",
    "Hour": "시각",
    "Ferry": "여객선",
    "Wind": "바람.",
}


def mail(made: Edition, layout="interleaved") -> str:
    return email.export(arranged(made, "source"), layout=layout)


def of(source: str, layout="interleaved", url="", **more) -> str:
    """Return the mail of an article that is its own translation."""
    korean = {p.segment.text: p.segment.text for p in edition(source, {}, {}).pairs}
    return mail(replace(edition(source, korean, {}, **more), url=url), layout)


class Mail(HTMLParser):
    """What a message is made of; raises if its tags do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.styles: set[str] = set()
        self.links: list[str] = []
        self.spoken: list[str] = []
        """Languages in their order."""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attrs) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        self.attributes |= set(found)
        self.links += [found["href"]] if "href" in found else []
        self.spoken += [found["lang"]] if "lang" in found else []
        rules = (rule.partition(":")[0] for rule in found.get("style", "").split(";"))
        self.styles |= set(filter(None, rules))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self._open.pop() == tag


# --- what a message is ------------------------------------------------------


def test_a_short_article() -> None:
    """The message of a short article, letter by letter but for the colophon; the same
    each time. A feed has it without its title."""
    made = arranged(edition(SHORT, SHORT_KOREAN, {}, proof=False), "source")
    text, _, _ = mail(made).rpartition("<hr")
    assert text == (CASES / "short.email.html").read_text("utf-8")
    assert mail(made) == mail(made)
    entry = email.fragment(made, "interleaved")
    assert mail(made).endswith(entry.partition("\n")[2] + "</body>\n</html>\n")
    assert "Two *boats" not in entry
    assert "<h1" not in entry
    assert "<body" not in entry


@pytest.mark.parametrize("layout", email.LAYOUTS)
def test_nothing_that_readers_of_mail_take_out(layout: str) -> None:
    """No script, no style sheet, no class, no anchor, no image; only styles that mail
    programs know; tables for tables alone."""
    html = of(EVERY.read_text(), layout)
    found = Mail(html)
    assert not {"script", "style", "link", "img", "details", "svg"} & set(found.tags)
    allowed = {
        "lang",
        "style",
        "href",
        "title",
        "start",
        "scope",
        "charset",
        "name",
        "translate",
    }
    assert found.attributes <= allowed | {"content"}
    assert not {"position", "display", "float", "flex", "grid"} & found.styles
    assert found.tags["table"] == 1
    assert 'href="columns.svg' not in html
    assert ("Image: Two columns" in html) == (layout != "target")
    assert ("그림: Two columns" in html) == (layout != "source")


def test_pairs_follow_each_other() -> None:
    """Each text is followed by its translation, each in its own language: paragraphs,
    items, cells, notes. Items and rows are not told twice, nor cells that are the same
    in both."""
    html = mail(edition(SHORT, SHORT_KOREAN, {}, proof=False))
    found = Mail(html)
    assert found.spoken[0] == "en"
    texts = found.spoken[1:]
    assert texts.count("en") - texts.count("ko") == 1  # the hour that is a number
    assert found.tags["li"] == 3
    assert found.tags["tr"] == 2
    assert re.search(r"<li[^>]*><span lang=.en.>One</span><br><span lang=.ko.", html)
    assert re.search(r">Boat</span><br><span lang=\"ko\"[^>]*>배</span></th>", html)
    assert "font-style:normal" in html, "Hangul has no italics"
    assert "<em>late</em>" in html
    one = Mail(mail(edition(SHORT, SHORT_KOREAN, {}, proof=False), "target"))
    assert set(one.spoken) == {"ko"}


def test_proofs_and_releases() -> None:
    """A proof marks what is unfinished, the title and titles of links included; a
    release marks nothing. Late and corrected texts are told."""
    proof, release = mail(edition()), mail(edition(proof=False))
    assert ">〔기계 번역 초안〕</mark> 이 항로가" in proof
    assert "<mark" not in release
    title = mail(edition("---\ntitle: Words\n---\n\nText.\n", {"Text": "글."}))
    assert "〔미번역〕</mark></h1>" in title
    assert "이전 판을 옮긴 것입니다." in release
    fix = Correction("2026-11-25", 1, {"en": "Not five.", "ko": "다섯이 아니다."})
    behind = edition(SHORT, SHORT_KOREAN, {"One": State.DRIFTED}, proof=False)
    told = mail(replace(behind, corrections=(fix,)))
    assert "25 November 2026: Not five." in told
    assert "2026년 11월 25일 바로잡음: 다섯이 아니다." in told


def test_links_work_from_everywhere() -> None:
    """Addresses are whole; what leads only within the article or its folder is words,
    images included, but for what is on the web."""
    source = (
        "[a](https://e.org/?a&b) [b](b.md) [c](/c) [d](#d) <me@e.org>\n\n"
        "![pier](p.png) [![far](//e.org/f.png)](g.html) ![w](https://e.org/w.png)\n"
    )
    nowhere = Mail(of(source, "source")).links
    whole = ["https://e.org/?a&b", "mailto:me@e.org", "https://e.org/w.png"]
    assert nowhere == whole
    there = Mail(of(source, "source", "https://site.org/2026/x/")).links
    home = "https://site.org/"
    assert there == [
        *(whole[0], f"{home}c", whole[1]),
        *(f"{home}2026/x/p.png", f"{home}2026/x/g.html", whole[2]),
    ]
    assert "pier" in of(source, "source")


def test_hostile_articles() -> None:
    """Nothing that is written into an article becomes a script, a style or an image."""
    source = "\n\n".join(f"Words {hostile} end\n\n> - {hostile}" for hostile in HOSTILE)
    for layout in email.LAYOUTS:
        html = of(source, layout, "https://site.org/")
        found = Mail(html)
        bad = {"script", "iframe", "svg", "style", "form", "img", "input", "object"}
        assert not bad & set(found.tags)
        assert not {name for name in found.attributes if name.startswith("on")}
        assert not {"position", "background-image", "inset"} & found.styles
        assert all(re.match(r"https?://|mailto:", link) for link in found.links)
        assert "pwn" in html


def test_long_messages_are_told() -> None:
    """Gmail hides what is beyond 102 kB of HTML, counted in bytes: who sends it is told
    before."""
    assert email.too_long(mail(edition())) is None
    near = email.too_long("가" * 31_000)
    assert near is not None
    assert near.startswith("the message has 93 kB; Gmail hides what is beyond 102 kB, ")
    far = email.too_long("x" * 150_000)
    assert far is not None
    assert far.startswith("the message has 150 kB; Gmail hides what is beyond 102 kB: ")
