"""Editions as posts of WordPress: its own blocks, pair by pair, as its editor would
save them."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from editions import FERRY, HOSTILE, UNFINISHED, edition
from test_sites import installed

from translate_flow.edition import Correction, Edition, arranged
from translate_flow.exporters import wordpress
from translate_flow.exporters.content.words import marker
from translate_flow.model import State

CASES = Path(__file__).parent / "cases" / "wordpress"
EVERY = Path(__file__).parents[1] / "sources" / "guide" / "every-construct.md"
DELIMITER = re.compile(r"<!-- (/)?wp:([a-z-]+)(?: (\{.*?\}))? -->")
KEPT = {"class", "style", "src", "alt", "href", "start", "data-align"}
"""Attributes that blocks save; ``lang`` and names of places stand on texts only."""
SHORT = """\
---
title: Two *boats*
author: Jane Reed
date: 2026-11-20
---

The boat is **late**.[^why]

- One
- Two

![A pier](pier.png)

[^why]: Wind.
"""
SHORT_KOREAN = {
    "Two": "배 *두 척*",
    "The boat": "**배**가 늦다.[^why]",
    "One": "하나",
    "A pier": "부두",
    "Wind": "바람.",
}


def post(made: Edition, layout="facing", order="source") -> str:
    return wordpress.content(arranged(made, order), layout)


def of(source: str, korean=None, layout="facing", unfinished=(), **more) -> str:
    """Return the post of an article; without Korean it is its own translation."""
    made = edition(source, {}, {}, **more)
    if korean is None:
        korean = {p.segment.text: p.segment.text for p in made.pairs}
    return post(edition(source, korean, dict(unfinished), **more), layout)


class Post(HTMLParser):
    """A post's blocks and tags; raises if either do not nest."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.blocks: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.attributes: dict[str, set[str]] = {}
        """Names of attributes by tag, those of HTML blocks left out."""
        self.names: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: dict[str, str] = {"": ""}
        """What is said, by language."""
        self._open: list[tuple[str, str]] = []
        self._inside: list[str] = []
        self.feed(content)
        self.close()
        assert not self._open
        assert not self._inside

    def handle_comment(self, data: str) -> None:
        found = DELIMITER.fullmatch(f"<!--{data}-->")
        assert found, f"no block: {data}"
        if found[1]:
            assert self._inside.pop() == found[2]
            return
        assert found[3] is None or json.loads(found[3])
        self._inside.append(found[2])
        self.blocks[found[2]] += 1

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)

    def handle_starttag(self, tag, attrs) -> None:
        assert self._inside, f"<{tag}> stands in no block"
        found = dict(attrs)
        self.tags[tag] += 1
        self.names |= set(found)
        self.links += [found["href"]] if "href" in found else []
        self.ids += [found["id"]] if "id" in found else []
        if self._inside[-1] != "html":
            self.attributes.setdefault(tag, set()).update(found)
        if tag not in ("br", "hr", "img", "wbr"):
            spoken = self._open[-1][1] if self._open else ""
            self._open.append((tag, found.get("lang") or spoken))

    def handle_endtag(self, tag) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data) -> None:
        language = self._open[-1][1] if self._open else ""
        self.words[language] = self.words.get(language, "") + data


# --- what a post is ---------------------------------------------------------


def test_a_short_article() -> None:
    """The post of a short article, letter by letter but for the colophon; the same each
    time."""
    made = edition(SHORT, SHORT_KOREAN, {}, proof=False)
    content = post(made)
    text = content.partition("<!-- wp:separator -->")[0]
    assert text == (CASES / "short.wp.html").read_text("utf-8") + "\n"
    assert content == post(made)
    assert wordpress.title(made, "facing") == "Two *boats* · 배 *두 척*"
    assert wordpress.title(made, "target") == "배 *두 척*"


def test_pairs_stand_in_columns() -> None:
    """Each paragraph, heading, list, quote and table is a pair of columns; what has no
    translation stands once across, and no title is in the post."""
    post_of = Post(post(edition()))
    assert post_of.blocks["column"] == 2 * post_of.blocks["columns"]
    # title: WordPress' own; front: legend and notice, deck, credits; colophon, notes;
    # text: 5 paragraphs, 2 headings, quote, 2 lists, table, term, definition, HTML
    assert post_of.blocks["columns"] == 3 + 2 + 14
    assert post_of.blocks["code"] == post_of.blocks["image"] == 1
    assert post_of.tags["h1"] == 0
    assert "Is Not a Luxury" not in post_of.words["en"]
    assert {"en", "ko", ""} == set(post_of.words)
    assert post_of.words[""].replace(KEPT_CODE, "").split() == ["☑", "☐"] * 2
    assert "School clubs." in post_of.words["en"]
    assert "방과 후 활동." in post_of.words["ko"]


KEPT_CODE = FERRY.partition("```python\n")[2].partition("```")[0].strip()
"""What no language has."""


def test_languages_stand_on_texts_alone() -> None:
    """The editor finds a block broken that has attributes of its own: ``lang`` and
    names of places stand on what is in the text, and on headings, which have them."""
    for layout in wordpress.LAYOUTS:
        found = Post(of(EVERY.read_text(), layout=layout)).attributes
        for tag, names in found.items():
            inline = {"span": {"lang", "id"}, "a": {"id", "title", "aria-label"}}
            heading = {"id"} if tag in ("h2", "h3", "h4") else set()
            assert names <= KEPT | inline.get(tag, heading), tag


@pytest.mark.parametrize("layout", ["interleaved", "source", "target"])
def test_other_layouts(layout: str) -> None:
    """Interleaved items and cells hold both languages, in one list and one table; one
    language alone holds nothing of the other but what is not translated."""
    post_of = Post(post(edition(proof=False), layout))
    assert post_of.blocks["columns"] == 0
    assert post_of.blocks["table"] == 1
    assert post_of.blocks["list"] == 4
    expected = {"interleaved": {"en", "ko"}, "source": {"en"}, "target": {"en", "ko"}}
    assert set(post_of.words) - {""} == expected[layout]
    if layout == "target":
        assert post_of.words["en"] == "The choir now meets by telephone."
    if layout == "interleaved":
        assert "Noon</span><br>" in post(edition(proof=False), layout)


def test_footnotes_lead_there_and_back() -> None:
    """Marks lead to the note of their language, and notes back; every link of the post
    finds its place, and no name is given twice."""
    source = (
        "A.[^a] B.[^b]\n\n[^b]: Second.[^c]\n\n[^a]: First.\n\n    More.\n\n[^c]: C.\n"
    )
    for layout in wordpress.LAYOUTS:
        content = of(source, layout=layout)
        post_of = Post(content)
        assert len(set(post_of.ids)) == len(post_of.ids)
        assert {link[1:] for link in post_of.links} == set(post_of.ids)
        notes = [content.index(word) for word in ("First", "More", "Second", "C.")]
        assert notes == sorted(notes)


def test_a_pasted_post_holds_both_titles() -> None:
    """The editor has one field for a title: above what is pasted stand those of both
    languages. One that is posted, or in one language, has none in its text."""
    made, title = edition(proof=False), "The Island Ferry Is Not a Luxury"
    for layout in ("facing", "interleaved"):
        found = Post(wordpress.export(arranged(made, "source"), layout=layout))
        assert [
            found.words[n].count(t)
            for n, t in (("en", title), ("ko", "섬 여객선은 사치가 아니다"))
        ] == [1, 1]
        assert title not in post(made, layout)
    assert title not in wordpress.export(made, layout="source")


def test_headings_are_below_the_title() -> None:
    """A heading of the first level is the post's title, or goes below it; details are
    a block of their own."""
    content = of("# The title\n\n# Part\n\n## Chapter\n\n::: details More\nIn.\n:::\n")
    assert "The title" not in content
    assert '<h2 class="wp-block-heading" id="part"><span lang="en">Part' in content
    assert '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading" ' in content
    assert '<summary><span lang="en">More</span></summary>' in content


# --- honesty ----------------------------------------------------------------


def test_proofs_and_releases() -> None:
    """A proof marks what is unfinished, even where readers see nothing of it; a release
    marks nothing."""
    proof, release = post(edition()), post(edition(proof=False))
    assert "〔기계 번역 초안〕</mark> 이 항로가" in proof
    assert "교정쇄" in proof
    standings = {"unread", *UNFINISHED.values()} - {State.DRAFT}
    for standing in standings:
        assert f"<mark>{marker(standing, 'ko')}</mark>" in proof
    assert "<mark>" not in release
    assert "교정쇄" not in release
    source = "---\nseo: Words\n---\n\n[a](b.md) [x][y]\n\n[y]: https://e.org 'Tip'\n"
    assert "Tip" in of(source, {"[a]": "[a](b.md) [x][y]"})
    assert "Tip</span>" not in of(source, {"[a]": "[a](b.md) [x][y]"}, proof=False)


def test_absent_and_late_texts() -> None:
    """What is left out, corrected or behind is told in the reader's language."""
    made = edition("One.\n\nTwo.\n", {"One": "하나.", "Two": "둘."}, {}, proof=False)
    gone = replace(
        made.pairs[1], state=State.OMITTED, unit=replace(made.pairs[1].unit, target="")
    )
    fix = Correction("2026-11-25", 1, {"en": "Not five.", "ko": "다섯이 아니다."})
    told = replace(made, pairs=(made.pairs[0], gone), corrections=(fix,))
    assert '<span lang="ko"><small>생략</small></span>' in post(told)
    assert "25 November 2026: Not five." in post(told)
    assert "2026년 11월 25일 바로잡음: 다섯이 아니다." in post(told)
    behind = edition("One.", {"One": "하나."}, {"One": State.DRIFTED}, proof=False)
    assert "이전 판을 옮긴 것입니다." in post(behind)


# --- images, strangers ------------------------------------------------------


def test_images_stand_at_their_addresses() -> None:
    """Images are shown from where the article has them; the publisher learns which are
    to be uploaded, and puts in where they went."""
    source = (
        '![A "b" & c](a&b.png)\n\n'
        "In ![text](t.png), [![l](l.png)](x.md), ![w](//e.org/w.png)\n"
    )
    made = edition(source, {s: s for s in ("A", "In", "text", "l", "w")}, {})
    content = post(replace(made, images={"t.png": b"GIF8"}, base="../sources/"))
    assert '<img src="a&amp;b.png" alt="A &quot;b&quot; &amp; c · A"/>' in content
    assert wordpress.images(content) == ("a&b.png", "t.png", "l.png")
    moved = wordpress.with_images(content, {"a&b.png": "https://blog/a&b-1.png"})
    assert '<img src="https://blog/a&amp;b-1.png" alt="A' in moved
    assert wordpress.images(moved) == ("t.png", "l.png")


def test_hostile_articles() -> None:
    """Nothing that is written into an article becomes a script, a block, or a
    shortcode."""
    comment = "<!-- wp:html --><script>pwn()</script><!-- /wp:html -->"
    tips = f'[x](https://e.org "{comment}") ![{comment}](a.png) `{comment}` [gallery]'
    more = "\n\n".join(f"Words {hostile} end\n\n> - {hostile}" for hostile in HOSTILE)
    for layout in wordpress.LAYOUTS:
        content = of(f"{tips}\n\n{comment}\n\n{more}\n", layout=layout)
        post_of = Post(content)
        assert not {"script", "iframe", "svg", "style", "form"} & set(post_of.tags)
        assert not {name for name in post_of.names if name.startswith("on")}
        assert not [link for link in post_of.links if "script:" in link]
        assert "[gallery" not in content
        assert "&#91;gallery]" in content
        assert "pwn" in content


# --- the editor itself ------------------------------------------------------


@pytest.fixture(scope="module")
def editor() -> Path:
    """A folder with the block editor of WordPress 6.9, from npm."""
    package = CASES / "package.json"
    words = "npm install --ignore-scripts --legacy-peer-deps --no-package-lock"
    words += " --no-audit --no-fund"
    return installed("wordpress", package.read_text(), *words.split(), given=package)


def judged(editor: Path, posts: list[str]) -> list[dict]:
    """Return what the editor says of posts."""
    done = subprocess.run(
        ("node", str(CASES / "validate.js")),
        cwd=editor,
        input=json.dumps(posts),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)])
def test_the_editor_has_nothing_to_recover(editor: Path, every: bool) -> None:
    """WordPress' own parser and validator take every block of every layout for what the
    editor would save itself, and saving it changes nothing. They do find a block broken
    whose HTML has an attribute more."""
    layouts = wordpress.LAYOUTS if every else wordpress.LAYOUTS[:1]
    sources = [EVERY.read_text(), "\n\n".join(f"a {h}\n\n- {h}" for h in HOSTILE)]
    posts = [of(source, layout=one) for source in sources for one in layouts]
    posts += [post(edition(), one) for one in layouts]
    said = judged(editor, [*posts, posts[0].replace("<h2 ", '<h2 lang="en" ')])
    for content, verdict in zip(posts, said[:-1], strict=True):
        blocks = [(f"core/{name}", True) for name in Post(content).blocks.elements()]
        assert Counter(map(tuple, verdict["blocks"])) == Counter(blocks)
        assert verdict["kept"]
    assert ["core/heading", False] in said[-1]["blocks"]
