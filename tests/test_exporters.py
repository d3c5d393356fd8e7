"""Editions as Markdown and HTML: every layout, proof and release."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from itertools import cycle, product
from pathlib import Path

import pytest
from editions import FERRY, HOSTILE, KOREAN, TODAY, UNFINISHED, edition
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from translate_flow import exporters
from translate_flow import state as states
from translate_flow.edition import Correction, build
from translate_flow.errors import FlowError
from translate_flow.exporters.content import words
from translate_flow.exporters.content.composition import Composition, Numbers
from translate_flow.exporters.content.sides import (
    UNFINISHED as UNFINISHED_STATES,
)
from translate_flow.exporters.content.words import marker
from translate_flow.exporters.html import images
from translate_flow.exporters.html.meta import locale
from translate_flow.model import Block, Catalog, Container, State, Unit
from translate_flow.text.markup import portable, to_html

LAYOUTS = ("facing", "interleaved", "source", "target")
EVERY = list(product(("md", "html"), LAYOUTS))
MARKERS = [
    marker(s, lang) for s in (*UNFINISHED.values(), "unread") for lang in ("ko", "en")
]
VOID = {"meta", "br", "hr", "img", "wbr", "col", "input"}
SUMMARY = re.compile("<summary>.*?</summary>")
"""What phones show in a text's place until it is asked for, its state included."""
SCRIPT = re.compile('<script type="module">(.*?)</script>', re.DOTALL)
PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 8


def export(made, format: str, layout: str | None = None) -> str:
    text = exporters.export(made, format, layout)
    assert isinstance(text, str)
    return text


def markdown(source: str, korean: dict[str, str], layout: str = "facing") -> str:
    """Return an edition's text; of a bilingual one without its colophon."""
    text = export(edition(source, korean, {}, proof=False), "md", layout)
    before, rule, after = text.rpartition("\n\n---\n\nEnglish → ")
    notes = re.search(r"\n\n\[.*", after, re.DOTALL)
    return before + (notes[0] if notes else "\n") if rule else text


def test_markdown_ends_with_its_colophon() -> None:
    """Both languages are told how the text was made, below a rule."""
    made = edition("The deal.\n", {"The deal": "합의."}, {}, proof=False)
    for layout in ("facing", "interleaved"):
        *_, rule, _, one, _, other = export(made, "md", layout).splitlines()
        assert rule == "---"
        assert "Segments 1: translated 1 · Translation: people 1" in one
        assert one.endswith("Accepted by mina")
        assert "확인하지 않은 기계 번역 없음 · 번역 확인 mina" in other


def html(source: str, korean: dict[str, str], layout: str = "facing", **more) -> str:
    return export(edition(source, korean, {}, **more), "html", layout)


class Page(HTMLParser):
    """What a page is made of; raises if its tags do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.languages: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        if name := found.get("id"):
            self.ids.append(name)
            self.languages[name] = found.get("lang") or ""
        if tag == "a":
            self.links.append(found.get("href") or "")
        self.loads += [found[k] for k in ("src", "srcset", "data") if found.get(k)]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open, f"stray </{tag}>"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data


# --- the table of formats ---------------------------------------------------


@pytest.mark.parametrize(
    ("format", "layout", "name"),
    [
        ("md", None, "ferry.en-ko.md"),
        ("md", "facing", "ferry.en-ko.md"),
        ("md", "interleaved", "ferry.en-ko.interleaved.md"),
        ("md", "source", "ferry.en.md"),
        ("md", "target", "ferry.ko.md"),
        ("html", None, "ferry.en-ko.html"),
        ("html", "target", "ferry.ko.html"),
    ],
)
def test_file_names(format: str, layout: str | None, name: str) -> None:
    """A file is named by slug, languages, layout and format; slugs keep folders."""
    made = edition()
    assert exporters.file_name(made, format, layout) == name
    deep = replace(made, slug="2026/섬/ferry")
    assert exporters.file_name(deep, format, layout) == f"2026/섬/{name}"


def test_unknown_format_and_layout() -> None:
    """What we cannot make is refused in one line that names what we can."""
    with pytest.raises(FlowError) as unknown:
        exporters.export(edition(), "papyrus")
    assert str(unknown.value).startswith("unknown format 'papyrus'; known formats: md,")
    with pytest.raises(FlowError) as layout:
        exporters.export(edition(), "md", "round")
    assert str(layout.value) == (
        "md has no layout 'round'; known layouts: facing, interleaved, source, target"
    )


def test_words_are_complete() -> None:
    """Every language we speak has every word."""
    for table in (words.STATES, words.PHRASES, words.BOXES):
        assert len({frozenset(said) for said in table.values()}) == 1


# --- proof and release ------------------------------------------------------


@pytest.mark.parametrize(("format", "layout"), EVERY)
def test_a_release_has_no_markers(format: str, layout: str) -> None:
    """A release shows no marker, badge or legend in any layout."""
    text = export(edition(proof=False), format, layout)
    assert not [mark for mark in MARKERS if mark in text]
    assert 'class="badge' not in text
    assert "공개 전" not in text


def _standing(state: State) -> str:
    """Return what a proof calls a state: the drafts of our edition are a machine's."""
    return "unread" if state is State.DRAFT else str(state)


@pytest.mark.parametrize("layout", ["facing", "interleaved", "target"])
def test_a_proof_marks_everything_unfinished(layout: str) -> None:
    """Each unfinished segment is marked once, in words of the target's language."""
    text = export(edition(), "md", layout)
    for state, count in Counter(UNFINISHED.values()).items():
        assert text.count(marker(_standing(state), "ko")) == count
    page = export(edition(), "html", layout)
    for state, count in Counter(UNFINISHED.values()).items():
        standing = _standing(state)
        name = words.state_name(standing, "ko")
        main = SUMMARY.sub("", page[page.index("<main") :])
        assert main.count(f'<span class="badge {standing}">{name}</span>') == count


def test_a_hidden_text_is_marked_in_the_open() -> None:
    """An unfinished image text is marked beside its image, where it can be seen."""
    made = edition(unfinished={"A ferry at": State.DRAFT})
    assert "| 〔기계 번역 초안〕 ![해 질 녘의 여객선](dusk.png) |" in export(made, "md")


def test_the_source_alone_is_the_article() -> None:
    """The source's own edition is the article, byte for byte, in proofs too."""
    assert export(edition(), "md", "source") == FERRY


GUIDE = Path(__file__).parents[1] / "sources" / "guide" / "every-construct.md"
DRAFTED = [
    pytest.param(form, layout, marks=() if layout == "facing" else pytest.mark.long)
    for form, layouts in (
        ("md", ("facing", "interleaved", "target")),
        ("html", ("facing", "target")),
    )
    for layout in layouts
]


@pytest.mark.parametrize(("format", "layout"), DRAFTED)
def test_a_proof_marks_every_kind_of_text(format: str, layout: str) -> None:
    """Whichever single segment of the page with all constructs is unfinished, front
    matter, attributes, cells, notes and titles of links included, a proof shows its
    state in words."""
    whole = edition(GUIDE.read_text("utf-8"), {}, {})
    ready = [
        replace(
            pair,
            unit=replace(pair.unit, target=pair.segment.text),
            state=State.TRANSLATED,
        )
        for pair in whole.pairs
    ]
    for i, state in zip(range(len(ready)), cycle(UNFINISHED_STATES), strict=False):
        pairs = (*ready[:i], replace(ready[i], state=state), *ready[i + 1 :])
        text = export(replace(whole, pairs=pairs), format, layout)
        standing = replace(ready[i], state=state).standing
        name = words.state_name(standing, "ko")
        said = f'<span class="badge {standing}">{name}</span>'
        if format == "html":
            shown = SUMMARY.sub("", text[text.index("<header") :])
            assert shown.count(said) == 1, ready[i]
            # in the legend, the text, its fold and that of its list
            assert text.count(said) <= 4, ready[i]
        else:
            assert text.count(marker(standing, "ko")) >= 1, ready[i]


# --- Markdown ---------------------------------------------------------------


def test_facing_is_a_table_of_two_columns() -> None:
    """Blocks stand side by side under the languages' names."""
    korean = {"The deal": "합의", "It holds": "합의는 지켜진다."}
    assert markdown("# The deal\n\nIt holds.\n", korean) == (
        "| English | 한국어 |\n| --- | --- |\n"
        "| **The deal** | **합의** |\n| It holds. | 합의는 지켜진다. |\n"
    )


def test_facing_fits_blocks_into_cells() -> None:
    """Pipes are escaped, breaks are ``<br>``, two blocks stay apart."""
    korean = {"One": "하나\\\n또 하나\n\n둘 `a|b`"}
    text = markdown("One | two  \nthree.\n", korean)
    assert "| One \\| two<br>three. | 하나<br>또 하나<br><br>둘 `a\\|b` |" in text


def test_facing_sets_code_between_tables() -> None:
    """What cannot stand in a cell interrupts the table, once for both languages."""
    source = "One.\n\n~~~c\n````\n|\n~~~\n\nTwo.\n"
    text = markdown(source, {"One": "하나.", "Two": "둘."})
    assert text.count("| English | 한국어 |") == 2
    assert "\n\n`````c\n````\n|\n`````\n\n" in text


def test_facing_keeps_marks_of_lists_and_quotes() -> None:
    """Items keep number, depth and tick; quotes their sign."""
    source = "3. Three\n   - Deep\n\n> Said\n\n- [x] Done\n- [ ] Open\n"
    korean = {"Three": "셋", "Deep": "깊이", "Said": "말", "Done": "끝", "Open": "아직"}
    rows = markdown(source, korean).splitlines()[2:]
    assert rows == [
        "| 3. Three | 3. 셋 |",
        "| &emsp;• Deep | &emsp;• 깊이 |",
        "| > Said | > 말 |",
        "| ☑ Done | ☑ 끝 |",
        "| ☐ Open | ☐ 아직 |",
    ]


def test_facing_doubles_a_table() -> None:
    """A table of the article has its columns once per language."""
    text = markdown(
        "| A | B |\n|---|--:|\n| c | 1 |\n", {"A": "가", "B": "나", "c": "다"}
    )
    assert "| A | B | 가 | 나 |\n| --- | --: | --- | --: |\n| c | 1 | 다 | 1 |" in text


def test_each_language_has_its_own_footnotes() -> None:
    """Marks of the target point at the target's notes; code is left alone."""
    source = "Late.[^a] `[^a]`\n\n[^a]: Winter.\n"
    korean = {"Late": "늦다.[^a] `[^a]`", "Winter": "겨울."}
    for layout in ("facing", "interleaved"):
        text = markdown(source, korean, layout)
        assert "Late.[^a] `[^a]`" in text
        assert "늦다.[^a-ko] `[^a]`" in text
        assert "\n[^a]: Winter.\n\n[^a-ko]: 겨울.\n" in text


def test_link_definitions_come_along() -> None:
    """Reference links of both languages find their definitions."""
    text = markdown(
        'See [it][r].\n\n[r]: https://e.org/x "T"\n', {"See": "[그것][r] 참고."}
    )
    assert re.search(r'^\[r\]: <https://e.org/x> "T"$', text, re.MULTILINE | re.I)


def shape(text: str) -> Counter[str]:
    parser = MarkdownIt("commonmark").enable("table")
    return Counter(t.type for t in parser.parse(text) if t.type.endswith("_open"))


def test_interleaved_stays_valid() -> None:
    """Lists, quotes and tables have as many parts as the article's; paragraphs and
    headings twice as many."""
    source = (
        "# A\n\n1. B\n\n   C\n2. D\n   - E\n   - F\n\n     > G\n\n> H\n>\n> - I\n\n"
        "| J | K |\n|---|---|\n| L | M |\n\n- N\n\n\n* O\n"
    )
    korean = {letter: f"{letter}의 번역" for letter in "ABCDEFGHIJKLMNO"}
    before, after = shape(source), shape(markdown(source, korean, "interleaved"))
    for part in ("bullet_list", "ordered_list", "list_item", "blockquote"):
        assert after[f"{part}_open"] == before[f"{part}_open"], part
    assert after["heading_open"] == 2 * before["heading_open"]
    assert after["table_open"] == 2 * before["table_open"]
    assert after["paragraph_open"] == 2 * len("BCDEFGHINO")


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("1.-+*#>`~=|[]: \\\n가a_"), min_size=1, max_size=12))
def test_interleaved_targets_stay_paragraphs(target: str) -> None:
    """No target opens a list, heading, quote, fence or rule by its first letters."""
    text = markdown("Word.\n", {"Word": f"{target}가"}, "interleaved")
    kinds = set(shape(text)) | {t.type for t in MarkdownIt("commonmark").parse(text)}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline"}


def test_interleaved_keeps_hard_breaks() -> None:
    """A break that two spaces make is still a break."""
    text = markdown("One  \ntwo.\n", {"One": "하나\\\n둘."}, "interleaved")
    assert text == "One\\\ntwo.\n\n하나\\\n둘.\n"


def test_target_alone() -> None:
    """The target's own edition is the article with its translations and its language;
    what is not translated keeps the source's text."""
    text = export(edition(proof=False), "md", "target")
    assert text.startswith("---\nlang: ko\ntitle: 섬 여객선은 사치가 아니다\n")
    assert "통행금지의 값" in text
    assert "The choir now meets by telephone." in text


# --- HTML -------------------------------------------------------------------


@pytest.mark.parametrize(("layout", "proof"), list(product(LAYOUTS, (True, False))))
def test_html_is_well_formed(layout: str, proof: bool) -> None:
    """Tags nest, ids are unique, links inside the page lead somewhere, and nothing is
    loaded from elsewhere."""
    page = Page(export(edition(proof=proof), "html", layout))
    assert [i for i, n in Counter(page.ids).items() if n > 1] == []
    assert {a[1:] for a in page.links if a.startswith("#")} <= set(page.ids)
    assert page.loads == []
    assert page.tags["script"] == 2
    assert page.tags["link"] == 0


def test_every_segment_has_anchor_and_language() -> None:
    """Each segment is found at ``s7`` and ``s7-ko``, in an element of its language."""
    made = edition()
    page = Page(export(made, "html"))
    for pair in made.pairs:
        n = pair.segment.n
        assert page.languages[f"s{n}"] == "en"
        assert page.languages[f"s{n}-ko"] == "ko"


def test_every_text_is_on_the_page() -> None:
    """No block of either language is lost on the way."""
    page = Page(export(edition(unfinished={}), "html"))
    spoken = " ".join(page.text.replace("*", "").split())
    for text in (*KOREAN.values(), *(s.text for s in edition().article.segments)):
        plain = re.sub(r"\*+|\]\([^)]*\)|\[", "", text.replace("[^boat]", "1"))
        for part in plain.split("\n\n"):
            assert part in spoken


EVIL = (
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "[a](javascript:alert(1))",
    '<a href="javascript:alert(1)">a</a>',
    '<p style="position:fixed" onclick="alert(1)">a</p>',
    '<iframe src="https://e.org/"></iframe>',
    "</div></main></body>",
    "<!-- -->",
    "<svg><script>alert(1)</script></svg>",
    "<style>body{display:none}</style>",
    "<form><input></form>",
    "` ` <b",
    "<meta http-equiv=refresh content=0>",
)


@pytest.mark.parametrize("evil", EVIL)
def test_raw_html_is_made_harmless(evil: str) -> None:
    """Neither an article nor a translation brings script, style, frames or loads into
    the page, and neither breaks it."""
    for source in (f"Word {evil} word.\n", f"{evil}\n\nWord.\n", f"- {evil} word\n"):
        text = html(source, {"Word": f"{evil} 말", "word": evil})
        page = Page(text)
        assert not page.attributes & {"onclick", "onerror", "onload", "srcset"}
        assert not {"iframe", "form", "svg", "object"} & set(page.tags)
        assert page.tags["script"] == 2
        assert page.tags["style"] == page.tags["main"] == page.tags["body"] == 1
        assert page.tags["meta"] == 9
        assert page.loads == []
        assert not [a for a in page.links if a.lower().startswith("javascript")]


PARTS = st.sampled_from(
    [
        *EVIL,
        "<div>",
        "</p>",
        "<b>",
        "&",
        '"',
        "**",
        "[^1]",
        "[x](y)",
        "\n",
        "가",
        "`",
        "| a",
        "- ",
        "> ",
        "1. ",
        "\n\n",
        "# ",
        "![a](b)",
        "<td>",
        "<li>",
        "&#0;",
        "⟦",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PARTS, max_size=8), st.lists(PARTS, max_size=6))
def test_no_text_breaks_the_page(source: list[str], target: list[str]) -> None:
    """Whatever stands in an article or its translation, the page nests, its ids are
    unique and its links lead somewhere."""
    article = "Word " + "".join(source) + "\n\n[^1]: Note\n"
    korean = {"Word": "".join(target) + " 말", "Note": "".join(target)}
    page = Page(html(article, korean))
    assert max(Counter(page.ids).values()) == 1
    assert {a[1:] for a in page.links if re.match(r"#(s|note|mark)\d", a)} <= set(
        page.ids
    )
    assert page.loads == []


def test_titles_are_escaped() -> None:
    """The page's title is plain text in both languages."""
    page = html("# A & *B* <i>C</i>\n", {"A": "가 & <나>"})
    assert "<title>A &amp; B C · 가 &amp; &lt;나&gt;</title>" in page
    assert page.count("<h1") == 2


def test_headings_stand_below_the_title() -> None:
    """The title is the only heading of its level, and no level is skipped."""
    page = Page(html("---\ntitle: A\n---\n# B\n\n## C\n", {}))
    assert [page.tags[f"h{n}"] for n in (1, 2, 3)] == [2, 2, 2]
    page = Page(html("# A\n\n## B\n", {}))
    assert [page.tags[f"h{n}"] for n in (1, 2, 3)] == [2, 2, 0]


def test_attributes_of_headings_are_not_shown() -> None:
    """``{ #id }`` after a heading is no text; interleaved, only the source keeps it."""
    source, korean = "## The end { #end }\n", {"The end": "끝 { #end }"}
    assert "#end" not in Page(html(source, korean)).text
    assert "| **The end** | **끝** |" in markdown(source, korean)
    text = markdown(source, korean, "interleaved")
    assert text == "## The end { #end }\n\n## 끝\n"


def test_list_items_keep_their_numbers() -> None:
    """Each item is a row of its own that goes on counting; later paragraphs of an item
    have no number."""
    page = html("4. Four\n\n   More\n5. Five\n", {"Four": "넷", "Five": "다섯"})
    assert page.count('<ol class="first" start="4">') == 2
    assert page.count('<ol class="last" start="5">') == 2
    assert page.count('<li class="goes-on last">') == 2


def test_an_empty_side_shows_no_mark() -> None:
    """In a release, a side without a text has no bullet and no bar of a quote."""
    page = html("- One\n\n> Two\n", {}, proof=False)
    assert page.count("<li") == page.count("<blockquote") == 1


def test_footnotes_work_in_both_languages() -> None:
    """A mark leads to the note in its language and back, also when used twice."""
    source = "One.[^n] Two.[^n]\n\n[^n]: Note.\n[^unused]: Lost.\n"
    page = Page(html(source, {"One": "하나.[^n]", "Note": "주.", "Lost": "남은 주."}))
    for name in ("mark1-en", "mark1-en-2", "mark1-ko", "note1-en", "note1-ko"):
        assert name in page.ids
        assert f"#{name}" in page.links
    assert "note2-ko" in page.ids


def test_marks_of_notes_in_links_and_attributes() -> None:
    """In a link a mark is a number without a link of its own, to which its note leads
    back; in an attribute there is none."""
    source = "[A link[^n]](https://e.org) and <b title='T[^n]'>B</b>.\n\n[^n]: Note.\n"
    page = html(source, {"[A link": "하나[^n].", "Note": "주."})
    assert 'A link<sup class="mark" id="mark1-en">1</sup></a>' in page
    assert '<b title="T">B</b>' in page
    found = Page(page)
    assert "#mark1-en" in found.links
    assert found.ids.count("mark1-en") == 1


def test_a_link_to_a_bad_address_is_text() -> None:
    """What is left of a link whose address was no good says nothing of where it
    leads."""
    page = html("[One](javascript:x) <a href='x:y' title='T'>two</a>\n", {})
    assert "javascript:x" not in Page(page).links
    assert '<a title="T">two</a>' in page


def test_blocks_without_segments_stand_once() -> None:
    """Code, rules and opaque lines are shown once across both columns, as written."""
    page = html("One.\n\n```py\nif a < b: pass\n```\n\n***\n", {"One": "하나."})
    assert page.count("if a &lt; b: pass") == 1
    assert '<code class="language-py">' in page
    assert page.count("<hr>") == 1
    made = edition("One.\n", {"One": "하나."}, {})
    blocks = (Block("opaque", ("{{< video id=<7> >}}",)), *made.article.blocks)
    made = replace(made, blocks=blocks)
    assert "<code>{{&lt; video id=&lt;7&gt; &gt;}}</code>" in export(made, "html")


def test_embedded_media_are_named_not_loaded() -> None:
    """A frame cannot stand in a self-contained file: readers see its text instead."""
    page = html('One.\n\n<iframe src="https://e.org/"></iframe>\n', {"One": "하나."})
    assert '&lt;iframe src="https://e.org/"&gt;' in page


def test_images_are_embedded_or_linked() -> None:
    """An image that we have is embedded; another is a link with its text."""
    source = '![A sea](sea.png) and ![a sky](https://e.org/sky.png "T")\n'
    made = edition(source, {"![A": "![바다](sea.png)"}, {})
    page = Page(export(made, "html"))
    assert page.loads == []
    assert {"sea.png", "https://e.org/sky.png"} <= set(page.links)
    assert images(made) == ("sea.png",)
    page = Page(export(replace(made, images={"sea.png": PIXEL}), "html"))
    assert len(page.loads) == 2
    assert all(a.startswith("data:image/png;base64,iVBOR") for a in page.loads)


def test_boxes_have_a_title() -> None:
    """A box without a title is named by its type, in each language's own cell."""
    made = edition("One.\n", {"One": "하나."}, {})
    box = Container("box", 1, first=True, name="warning")
    blocks = (replace(made.article.blocks[0], path=(box,)),)
    made = replace(made, blocks=blocks)
    page = export(made, "html")
    for name in ("Warning", "주의"):
        assert page.count(f'<p class="label"><span class="t">{name}</span></p>') == 1
    assert "Warning · 주의" not in page
    assert "| **Warning** | **주의** |\n| One. | 하나. |" in export(made, "md")
    assert "> **Warning · 주의**\n>\n> One.\n>\n> 하나." in export(
        made, "md", "interleaved"
    )


def test_credits_speak_each_language() -> None:
    """Author, translator and date stand under the title in both languages."""
    head = "author: {en: Jane Reed, ko: 제인 리드}\ntranslators: [Mina, Bob]\n"
    source = f"---\ntitle: A\n{head}date: 2026-03-01\n---\nOne.\n"
    page = html(source, {"A": "가", "One": "하나."})
    assert "By Jane Reed · Translated by Mina, Bob · " in page
    assert "글 제인 리드 · 옮김 Mina, Bob · " in page
    assert '<time datetime="2026-03-01">1 March 2026</time>' in page
    assert '<time datetime="2026-03-01">2026년 3월 1일</time>' in page


def test_the_colophon_tells_how_it_was_made() -> None:
    """It names revision, counts per state, and machine text that nobody read."""
    made = edition()
    page = Page(export(made, "html"))
    assert f"Source revision {made.revision}" in page.text
    assert "Unread machine texts: 2" in page.text
    assert "확인하지 않은 기계 번역 2개" in page.text
    assert "No unread machine text" in Page(export(edition(unfinished={}), "html")).text


THREE = "One.\n\nTwo.\n\n- Three\n\n| Four | Five |\n|---|---|\n| Six | 7 |\n"
TOLD = {"One": "하나, 둘.", "Four": "넷", "Five": "다섯"}


def told_elsewhere(*, proof: bool, cover: str = ""):
    """Return an edition whose second segment is joined to the first, and whose third
    and last are left out.

    :param cover: what the first one says since then, if that has changed.
    """
    made = edition(THREE, TOLD, {}, proof=proof)
    units = [pair.unit for pair in made.pairs]
    units[1] = states.joined_to(units[1], units[0], by="mina", today=TODAY)
    if cover:
        units[0] = states.taken(units[0], cover, by="mina", today=TODAY)
    for n in (2, 5):
        units[n] = states.left_out(units[n], by="mina", today=TODAY)
    catalog = Catalog("sources/ferry.md", "en", "ko", units=tuple(units))
    return build("ferry", made.article, catalog, proof=proof)


@pytest.mark.parametrize("proof", [True, False])
@pytest.mark.parametrize("layout", ["facing", "interleaved"])
def test_left_out_and_joined_segments_say_so(layout: str, proof: bool) -> None:
    """What the other language leaves out or tells elsewhere has a quiet word in its
    place, in cells of tables and items of lists too, and no marker."""
    made = told_elsewhere(proof=proof)
    page = export(made, "html", layout)
    main = page[page.index("<main") : page.index("</main")]
    assert main.count('<span class="on-paper">다른 단락에 합침</span>') == 1
    assert main.count('<a href="#s1-ko"><span class="on-screen">↑ 1단락</span>') == 1
    assert main.count('class="quiet"><span class="t">생략</span>') == 1
    assert main.count('<span class="quiet">생략</span>') == 1
    assert main.count("<li") == 2
    assert 'class="badge' not in main
    text = export(made, "md", layout)
    assert text.count("<small>다른 단락에 합침</small>") == 1
    assert text.count("<small>생략</small>") == 2
    assert not [mark for mark in MARKERS if mark in text]


def test_facing_says_what_is_told_elsewhere() -> None:
    """In the facing table the quiet words stand beside what they are about."""
    text = export(told_elsewhere(proof=False), "md")
    assert "| One. | 하나, 둘. |\n| Two. | <small>다른 단락에 합침</small> |" in text
    assert "| • Three | • <small>생략</small> |" in text
    assert "| Six | 7 | <small>생략</small> | 7 |" in text


@pytest.mark.parametrize("format", ["md", "html"])
def test_the_target_alone_does_not_fall_back_on_the_source(format: str) -> None:
    """What is left out or told elsewhere is not in the source's language in an edition
    of the target alone."""
    text = export(told_elsewhere(proof=False), format, "target")
    assert "Two." not in text
    assert "Three" not in text
    assert "합침" not in text


def test_a_joined_segment_that_drifted_is_marked() -> None:
    """When the passage that told it has changed, a proof marks it and does not claim
    that it is told elsewhere."""
    made = told_elsewhere(proof=True, cover="하나.")
    page, text = export(made, "html"), export(made, "md")
    assert "다른 단락에 합침" not in page + text
    assert '<span class="badge drifted">원문 바뀜</span>' in page[page.index("<main") :]
    assert "| Two. | 〔원문 바뀜〕 |" in text


def test_html_says_what_is_left_out() -> None:
    """In an HTML block the quiet word stands in the element whose text is left out."""
    made = edition("<p>One.</p>\n", {}, {}, proof=False)
    omitted = replace(made.pairs[0], state=State.OMITTED)
    made = replace(made, pairs=(omitted,))
    assert "<p><small>생략</small></p>" in export(made, "html")
    assert "| <p>One.</p> | <p><small>생략</small></p> |" in export(made, "md")


# --- link definitions, comments, words, emphasis ------------------------------

LINKED = """\
A [link][r], [again][], [R] and ![an image][r].

[r]: https://e.org/x "It\'s a \\"T\\" &amp; more"
[again]: https://e.org/y
"""
LINKS = {"A [link]": "[고리][r], [again][], [R], ![그림][r].", "It's": '"제목" & 더'}


def test_titles_of_link_definitions_are_translated() -> None:
    """Each side of a page shows its own title of a link by reference."""
    page = html(LINKED, LINKS)
    assert page.count('title="It\'s a &quot;T&quot; &amp; more"') == 2
    assert page.count('title="&quot;제목&quot; &amp; 더"') == 2
    draft = export(edition(LINKED, LINKS, {"It's": State.DRAFT}), "html")
    assert draft.count('title="〔기계 번역 초안〕 &quot;제목&quot; &amp; 더"') == 2
    assert "〔" not in html(LINKED, LINKS, "source")


def test_markdown_defines_links_per_language() -> None:
    """A target's links lead to a definition of its own where the title differs; other
    definitions are shared, and all of them resolve."""
    for layout in ("facing", "interleaved"):
        text = markdown(LINKED, LINKS, layout)
        assert "[고리][r-ko], [again][], [R][R-ko], ![그림][r-ko]." in text
        assert '\n[r]: <https://e.org/x> "It\'s a \\"T\\" & more"\n' in text
        assert '\n[r-ko]: <https://e.org/x> "\\"제목\\" & 더"\n' in text
        assert text.count("<https://e.org/y>") == 1
        assert MarkdownIt("commonmark").render(text).count('title="&quot;제목') == 3


def test_what_nobody_sees_does_not_split_the_table() -> None:
    """Comments, scripts and lone tags are left out; media and text are not."""
    silent = "<!-- c -->", "<div>", "<script>\nx\n</script>", "<!-- a\n\nb -->"
    for block in silent:
        text = markdown(f"One.\n\n{block}\n\nTwo.\n", {"One": "하나.", "Two": "둘."})
        assert text.count("| English |") == 1, block
        assert block not in text
    for block in ("<hr>", '<iframe src="x"></iframe>', "<p>7</p>"):
        text = markdown(f"One.\n\n{block}\n\nTwo.\n", {"One": "하나.", "Two": "둘."})
        assert f"\n{block}\n" in text
    assert 'class="raw"' not in html("One.\n\n<div>\n\nTwo.\n\n</div>\n", {})


def test_html_in_a_cell_has_no_breaks_between_tags() -> None:
    """The lines of an HTML block are joined by blanks in the table."""
    text = markdown("<ul>\n  <li>One</li>\n</ul>\n", {"One": "하나"})
    assert "| <ul> <li>One</li> </ul> | <ul> <li>하나</li> </ul> |" in text


def test_markdown_has_the_credits() -> None:
    """Author, translator and date stand under the title of Markdown editions too, as
    plain text."""
    head = "author: {en: Jane *R*, ko: 제인}\ntranslator: my_name\ndate: 2026-03-01\n"
    source = f"---\ntitle: A\n{head}---\nOne.\n"
    one = "By Jane \\*R\\* · Translated by my_name · 1 March 2026"
    other = "글 제인 · 옮김 my_name · 2026년 3월 1일"
    korean = {"A": "가", "One": "하나."}
    assert f"| **A** | **가** |\n| {one} | {other} |\n" in markdown(source, korean)
    assert f"\n{one}\n\n{other}\n" in markdown(source, korean, "interleaved")


def test_a_title_from_a_heading_below_stands_in_each_language() -> None:
    """Without a title of its own an article is called after its first heading, in both
    languages; a name that is the same in both stands once."""
    page = html("One.\n\n## Two\n", {"Two": "둘"})
    titles = page[page.index("<header") : page.index("</header")]
    assert titles.count("<h1>") == 2
    assert 'lang="ko"><h1><span class="t">둘</span></h1></div>' in titles
    page = html("One.\n", {"One": "하나."})
    assert page.count("<h1>") == 1


def test_a_heading_that_the_text_begins_with_is_the_title() -> None:
    """It stands once, as the title, with its anchors and its badge; a copy of a later
    heading is marked as its segment is."""
    page = export(edition("## One\n\nTwo.\n", {}, {}), "html")
    assert page.count("<h1") == 1 + 1
    assert page.count("<h2") == 0
    assert page.count('<span class="badge untranslated">미번역</span></span></h1>') == 1
    assert Page(page).ids.count("s1") == 1
    page = export(
        edition("One.\n\n## Two\n", {"Two": "둘"}, {"Two": State.DRAFT}), "html"
    )
    assert (
        '<h1><span class="t"><span class="badge unread">기계 번역 초안</span> 둘</span>'
        in page
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("‘손 없는 날’이라는 말", "⟨날’이라는⟩"),
        ("합의(deal)는 끝", "⟨합의(deal)는⟩"),
        ("3.5%가 준다", "⟨3.5%가⟩ 준다"),
        ("**‘금지’**라고", "⟨<strong>‘금지’</strong>라고⟩"),
        ("**‘손 (A)의 날’**은", "⟨<strong>‘손 <wbr>(A)의 <wbr>날’</strong>은⟩"),
        ("<b>『법』</b>은", "⟨<b>『법』</b>은⟩"),
        ("`f()`를", "⟨<code>f()</code>를⟩"),
        ("‘날’” 이라는", ""),
        ("`a(b)은`", "<code>⟨a(b)은⟩</code>"),
        ('<i title="날’이라">날</i>', ""),
        ("![‘날’이라](x.png)", "⟨‘날’이라⟩"),
        ("시설(GP)[^1]은 x", "⟨시설(GP)<sup"),
        ("화물·우편을 나른다", "⟨화물·우편을⟩ 나른다"),
        ("x & (y)’에서는", "⟨(y)’에서는⟩"),
    ],
)  # fmt: skip
def test_words_hold_together(text: str, kept: str) -> None:
    """A Korean word with a mark in it stays on one line, in text alone, and no sign is
    added."""
    page = html("One.\n\n[^1]: Note.\n", {"One": text, "Note": "주"})
    expected = kept.replace("⟨", '<span class="whole">').replace("⟩", "</span>")
    assert expected in page
    assert page.count('class="whole"') == kept.count("⟨")
    assert not set(page) & set("\u2060\u200b\u200d\ufeff\ue000")


def test_emphasis_beside_korean_is_portable() -> None:
    """Emphasis that CommonMark would leave as stars is written as tags in bilingual
    Markdown, with references in that of one language; other emphasis and code stay."""
    source, target = "A.\n", "**굵게(bold)**는 *‘약’*을 **평범**한 `**a(b)**는`."
    written = "<strong>굵게(bold)</strong>는 <em>‘약’</em>을 **평범**한 `**a(b)**는`."
    for layout in ("facing", "interleaved"):
        assert written in markdown(source, {"A": target}, layout)
    alone = "**굵게(bold)**&#45716; *‘약’*&#51012; **평범**한 `**a(b)**는`."
    assert alone in markdown(source, {"A": target}, "target")
    text = markdown(f"{target}\n", {target[:5]: "A."})
    assert f"| {written} | A. |" in text


PIECES = st.sampled_from(["**", "*", "가", "나(b)", "‘", "’", " ", "a", "."])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=9).map("".join))
def test_portable_emphasis_is_what_html_shows(inner: str) -> None:
    """Around any text, CommonMark makes of the portable form what our pages show."""
    text = f"**{inner.replace('*', '')}(b)**는 {inner.replace('**', '')}"
    text = re.sub(r"\*(?!\*)(?<!\*\*)", "", text)
    assert MarkdownIt("commonmark").renderInline(portable(text)) == to_html(text)


def test_a_stand_in_keeps_its_own_language() -> None:
    """In the target's own edition, a text not yet translated is marked as English."""
    page = html("One.\n", {}, "target")
    assert '<p lang="en">' in page


def test_the_colophon_says_where_texts_come_from() -> None:
    """It counts the origins of the texts in each language; a memory's or a person's
    text is no machine's, and a half corrected one was read."""
    made = edition("A.\n\nB.\n\nC.\n\nD.\n\nE.\n", {}, {})
    units = [pair.unit for pair in made.pairs]
    drafts = [
        states.drafted(units[0], "가", origin="google", today=TODAY),
        states.drafted(units[1], "나", origin="memory", today=TODAY),
        states.drafted(units[2], "다", origin="adopted", today=TODAY),
        states.drafted(units[3], "라", origin="mymemory", today=TODAY),
        states.taken(units[4], "마", by="mina", today=TODAY),
    ]
    drafts[3] = replace(drafts[3], target="라마")

    def told(*units: Unit) -> str:
        catalog = Catalog("sources/ferry.md", "en", "ko", units=units)
        page = export(build("ferry", made.article, catalog, proof=True), "html")
        return Page(page[page.index("<footer") : page.index("</body")]).text

    text = told(*drafts)
    assert "Translation: google 1, translation memory 1, earlier translation 1" in text
    assert "mymemory 1, people 1" in text
    assert "번역 출처: google 1, 번역 메모리 1, 기존 번역 1, mymemory 1, 사람 1" in text
    assert "Unread machine texts: 1" in text
    drafts[0] = states.taken(drafts[0], None, by="mina", today=TODAY)
    text = told(*drafts)
    assert "No unread machine text" in text
    assert "Machine texts taken unchanged: 1" in text


# --- what a page says of itself ------------------------------------------------------

NAMED = """\
---
title: A *plain* title
description: What \\</script><!-- it is.
author: {en: Jane Reed, ko: 제인 리드}
translator: [Mina]
date: 2026-03-01
---
One.
"""
TOLD_OF = {"A *plain*": "쉬운 제목", "What": "이야기", "One": "하나."}


def json_ld(page: str) -> dict:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert len(found) == 1
    assert not set("<>&") & set(found[0])
    return json.loads(found[0])


def test_machines_learn_both_works() -> None:
    """JSON-LD has an article and its translation that name each other, with people and
    dates; text in it ends no script."""
    made = replace(edition(NAMED, TOLD_OF, {}), url="https://e.org/a?b&c")
    one, other = json_ld(export(made, "html"))["@graph"]
    assert one == {
        "@type": "Article",
        "headline": "A *plain* title",
        "description": "What \\</script><!-- it is.",
        "inLanguage": "en",
        "author": [{"@type": "Person", "name": "Jane Reed"}],
        "datePublished": "2026-03-01",
        "url": "https://e.org/a?b&c",
        "@id": "#source",
        "workTranslation": {"@id": "#translation"},
    }
    assert other["inLanguage"] == "ko"
    assert other["author"] == [{"@type": "Person", "name": "제인 리드"}]
    assert other["translator"] == [{"@type": "Person", "name": "Mina"}]
    assert other["translationOfWork"] == {"@id": "#source"}
    alone = json_ld(export(made, "html", "target"))
    assert alone["headline"] == "쉬운 제목"
    assert alone["translationOfWork"]["inLanguage"] == "en"
    assert "workTranslation" not in json_ld(export(made, "html", "source"))


def test_the_head_tells_where_and_what() -> None:
    """Canonical address, description and Open Graph stand in the head, escaped, and
    only what is known."""
    made = edition(NAMED, TOLD_OF, {})
    page = export(replace(made, url='https://e.org/a?b&c"'), "html")
    for line in (
        '<link rel="canonical" href="https://e.org/a?b&amp;c&#34;">',
        '<meta name="description" content="What \\&lt;/script&gt;&lt;!-- it is.">',
        '<meta property="og:type" content="article">',
        '<meta property="og:title" content="A *plain* title">',
        '<meta property="og:url" content="https://e.org/a?b&amp;c&#34;">',
        '<meta property="og:locale" content="en_US">',
        '<meta property="og:locale:alternate" content="ko_KR">',
        '<meta property="article:published_time" content="2026-03-01">',
    ):
        assert f"\n{line}\n" in page
    assert "canonical" not in SCRIPT.sub("", export(made, "html"))
    assert "og:url" not in export(made, "html")
    alone = export(made, "html", "target")
    assert '<meta property="og:description" content="이야기">' in alone
    assert '<meta property="og:locale" content="ko_KR">' in alone
    assert "og:locale:alternate" not in alone


def test_locales_have_regions() -> None:
    """A tag's own region is kept; a script is none."""
    tags = {"en": "en_US", "en-GB": "en_GB", "zh-Hant-TW": "zh_TW", "ko": "ko_KR"}
    assert {tag: locale(tag) for tag in tags} == tags


def test_only_our_script_may_run() -> None:
    """The policy names the digest of the script on the page."""
    page = export(edition(), "html")
    script = SCRIPT.search(page)
    assert script
    digest = b64encode(sha256(script[1].encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in page


def test_readers_are_told_before_and_after() -> None:
    """A notice stands above the text when the other side is behind; corrections below
    it with their dates, in both languages, as plain text."""
    texts = {"en": "It was <b>1998</b>.", "ko": "1998년이 맞다."}
    made = replace(edition(), corrections=(Correction("2026-11-26", 3, texts),))
    page = export(made, "html")
    head = page[page.index("<header") : page.index("</header")]
    assert head.count('<div class="row notice">') == 1
    assert "이전 판을 옮긴 것입니다." in head
    foot = page[page.index("<footer") : page.index("</footer")]
    assert foot.index('class="row correction"') < foot.index('class="row colophon"')
    assert '<time datetime="2026-11-26">26 November 2026</time>' in foot
    assert '<time datetime="2026-11-26">2026년 11월 26일</time>' in foot
    assert "It was &lt;b&gt;1998&lt;/b&gt;." in foot
    calm = export(edition(unfinished={}), "html")
    assert 'class="row notice"' not in calm
    assert 'class="row correction"' not in calm


# --- sentences --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("One. Two.", "하나. 둘.", ["One.", "Two.", "하나.", "둘."]),
        ("One. *Two* b.", "하나. **둘**.", ["One.", "<em>Two</em> b.",
                                          "하나.", "<strong>둘</strong>."]),
        ("*One.* Two.", "하나. 둘.", ["<em>One.</em>", "Two.", "하나.", "둘."]),
        ("A &amp; b. Two.", "A & b. 둘.", ["A &amp; b.", "Two.", "A &amp; b.", "둘."]),
        ("One. Two.", "하나, 둘.", []),
        ("One.", "하나.", []),
        ("One. Two.", "하나.\n\n둘.", ["One.", "Two.", "하나.", "둘."]),
    ],
)  # fmt: skip
def test_sentences_are_told_apart(source: str, target: str, found: list[str]) -> None:
    """Sentences of both sides have elements of their own, and what belongs together has
    one name."""
    page = html(f"{source}\n", {source[:4]: target})
    spans = re.findall(r'<span class="s" data-s="(1\.\d)">(.*?)</span>', page)
    assert [text for _, text in spans] == found
    half = len(spans) // 2
    names = [name for name, _ in spans]
    assert names[:half] == names[half:] == [f"1.{i + 1}" for i in range(half)]
    assert 'data-s="1' not in SCRIPT.sub("", html(f"{source}\n", {}, "source"))


def test_sentences_that_one_translation_joins() -> None:
    """Two sentences that the other side says in one share its name; one that ends
    inside an element is one with the next."""
    source = "*It came in 1998. It went* in 2012. Half of the island is on board.\n"
    target = "배는 1998년에 왔다. 2012년에 떠났다. 섬의 절반이 타고 있다."
    page = html(source, {"*It came": target})
    names = re.findall(r'<span class="s" data-s="(1\.\d)">', page)
    assert names == ["1.1", "1.2", "1.1", "1.1", "1.2"]


CUT = (
    "Nobody denies it. The clinic on the mainland closes at noon on Fridays, long "
    "before the boat. A bridge has been promised in every election since 1998."
)
LEFT = (
    "아무도 부인하지 않는다.",
    "육지의 보건소는 금요일이면 배가 닿기 한참 전인 정오에 문을 닫는다.",
    "다리를 놓아 주겠다는 약속은 1998년부터 모든 선거 때마다 있었다.",
)


@pytest.mark.parametrize(
    ("target", "lit"),
    [
        ("{1} {2}", [3]),
        ("{0} {1}", [1]),
        ("{2}", []),
    ],
)
def test_a_sentence_that_was_cut_has_no_partner(target: str, lit: list[int]) -> None:
    """In a shortened translation no sentence has the name of another's partner; where
    nothing is sure the whole paragraph is one."""
    page = html(f"{CUT}\n", {"Nobody": target.format(*LEFT)})
    one, *other = page.split('id="s1-ko"')
    sentences = dict(enumerate(re.findall(r"[A-Z][^.]+\.", CUT), 1))
    theirs = set(re.findall(r'data-s="([\d.]+)"', "".join(other)))
    own = re.findall(r'data-s="([\d.]+)">(.*?)</span>', one)
    paired = [text for name, text in own if name in theirs]
    assert paired == [sentences[i] for i in lit]


def test_an_adapted_translation_has_no_sentences() -> None:
    """Where front matter says that it was adapted, no sentence claims a partner."""
    page = html("---\nrelation: adapted\n---\nOne. Two.\n", {"One": "하나. 둘."})
    assert "하나. 둘." in page
    assert 'data-s="1' not in SCRIPT.sub("", page)


def test_marks_of_notes_stay_with_their_sentence() -> None:
    """A note's mark neither hides the end of a sentence nor opens the next one."""
    source = "One.[^n] Two.\n\n[^n]: Note.\n"
    page = html(source, {"One": "하나.[^n] 둘.", "Note": "주."})
    assert re.search(r'data-s="1\.1">One\.<sup[^>]*>.*?</sup></span> <span', page)


# --- templates --------------------------------------------------------------------


def with_template(*lines: str, **others: str) -> str:
    own = {"edition.html": "\n".join(lines), **others}
    return export(replace(edition(NAMED, TOLD_OF, {}), templates=own), "html")


def test_a_project_may_have_its_own_template() -> None:
    """It takes the place of ours, or extends it; text is escaped, HTML is not."""
    page = with_template("<title>{{ title }}</title>{{ main }}")
    assert page.startswith("<title>A *plain* title · 쉬운 제목</title><div class=")
    page = with_template(
        '{% extends "page.html.j2" %}',
        "{% block footer %}<p>{{ description }}</p>{% include 'x' %}{% endblock %}",
        x="<i>{{ slug }}</i>",
    )
    assert "<footer>\n<p>What \\&lt;/script&gt;&lt;!-- it is.</p><i>ferry</i>" in page
    assert "<main>" in page


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("a", "{% if %}"), "templates/edition.html:2: template: Expected"),
        (("a", "b", "{{ titel }}"), "templates/edition.html:3: template: 'titel' is"),
        (("{{ 1 / 0 }}",), "templates/edition.html:1: template: division by zero"),
        (("", '{% include "no" %}'), "templates/edition.html:2: template: no templ"),
        (
            ("{{ title.__class__.__mro__ }}",),
            "templates/edition.html:1: template: access to attribute '__class__'",
        ),
        (("{% for i in range(10 ** 9) %}{% endfor %}",), "templates/edition.html:1: "),
    ],
)  # fmt: skip
def test_a_wrong_template_is_told_in_one_line(lines: tuple, said: str) -> None:
    """File, line and what is wrong; a template sees the page's values and nothing of
    the machine."""
    with pytest.raises(FlowError) as wrong:
        with_template(*lines)
    assert str(wrong.value).startswith(said)
    assert "\n" not in str(wrong.value)
    assert "page.html.j2" in str(wrong.value)


# --- relative addresses -----------------------------------------------------------

PLACED = """\
See [there](other.md#top), ![p](<a b.png>) and <img src="p.png">, [r], [up](../x.md).

[out](https://e.org/a), [root](/a), [here](#a), `[code](other.md)`, {{< ref "a.md" >}}

<p><a href='raw.md'>Raw</a></p>

[r]: ref.md
"""


def test_relative_addresses_lead_from_the_edition_to_the_article() -> None:
    """Links and images of bilingual editions begin with the way to the article's
    folder; absolute ones, anchors, code and shortcodes stay; without a way all do."""
    made = replace(edition(PLACED, {"See": "[거기](other.md)"}, {}), base="../s/en/")
    for layout in ("facing", "interleaved"):
        text = export(made, "md", layout)
        for place in ("](../s/en/other.md#top)", "](<../s/en/a b.png>)"):
            assert place in text
        for place in ('src="../s/en/p.png"', "[r]: <../s/en/ref.md>", "](../s/x.md)"):
            assert place in text
        for place in ("(https://e.org/a)", "(/a)", "(#a)", "`[code](other.md)`"):
            assert place in text
        assert "[거기](../s/en/other.md)" in text
        assert "<a href='../s/en/raw.md'>" in text
        assert '{{< ref "a.md" >}}' in text
        assert export(replace(made, base=""), "md", layout).count("](other.md") == 3
    links = Page(export(made, "html")).links
    assert {"../s/en/other.md#top", "../s/en/a%20b.png", "../s/en/p.png"} <= set(links)
    assert {"../s/en/ref.md", "../s/en/raw.md", "https://e.org/a", "/a"} <= set(links)
    assert export(made, "md", "source") == PLACED


def test_export_knows_where_an_edition_lies(tflow, write, project, tmp_path) -> None:
    """``export`` writes the way from the edition to the article when both lie in the
    project; a file outside may travel, and keeps what the article says."""
    write("sources/a b/sea.md", "![A sea](sea.png) and [more](more.md).\n")
    tflow("sync")
    tflow("export", "sea")
    made = (project / "editions" / "a b" / "sea.en-ko.md").read_text("utf-8")
    assert "![A sea](../../sources/a%20b/sea.png)" in made
    page = (project / "editions" / "a b" / "sea.en-ko.html").read_text("utf-8")
    assert 'href="../../sources/a%20b/more.md"' in page
    tflow("export", "sea", "-o", str(tmp_path / "out"))
    made = (tmp_path / "out" / "a b" / "sea.en-ko.md").read_text("utf-8")
    assert "![A sea](sea.png) and [more](more.md)." in made


# --- cells and addresses for renderers ------------------------------------------

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.mark.parametrize("evil", HOSTILE)
def test_no_text_leaves_its_cell(evil: str) -> None:
    """In the facing table, raw HTML of an article or a translation neither ends a cell
    nor opens one: every row has two."""
    source = f"First.\n\nWord {evil} words.\n\n- {evil} item\n\nLast.\n"
    korean = dict.fromkeys(("First", "Word", "Last"), f"{evil} 말")
    cells = Cells(GITHUB.render(markdown(source, korean)))
    assert len(cells.rows) > 1
    assert set(cells.rows) == {2}


class Cells(HTMLParser):
    """Counts the cells in each row of outermost tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[int] = []
        self.depth = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.depth += tag == "table"
        if tag == "tr" and self.depth == 1:
            self.rows.append(0)
        elif tag in ("td", "th") and self.depth == 1:
            self.rows[-1] += 1

    def handle_endtag(self, tag) -> None:
        self.depth -= tag == "table"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("<ul>\n<li>One\n</ul>", "<ul> <li>One </li></ul>"),
        ("<p>One</p></td></table>", "<p>One</p>"),
        ("<p>One <script>x()</script></p>", "<p>One </p>"),
        ('<p class="a">One | two</p>', '<p class="a">One \\| two</p>'),
    ],
)
def test_html_blocks_end_in_their_cells(block: str, said: str) -> None:
    """An HTML block whose tags nest stands in its cell as it is; another is mended."""
    text = markdown(f"{block}\n", {})
    assert f"| {said} |" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://e.org/x를 보라", "<https://e.org/x>를 보라"),
        ("(https://e.org/x.pdf)도", "(<https://e.org/x.pdf>)도"),
        ("https://e.org/x, 그리고", "https://e.org/x, 그리고"),
        ("<https://e.org/x>를", "<https://e.org/x>를"),
        ("`https://e.org/x를`", "`https://e.org/x를`"),
        ("[https://e.org/x를](https://e.org)", "[https://e.org/x를](https://e.org)"),
        ("**https://e.org/x**", "**https://e.org/x**"),
    ],
)
def test_bare_addresses_end_before_particles(text: str, said: str) -> None:
    """Renderers that link bare addresses take in no particle."""
    for layout in ("facing", "interleaved"):
        assert said in markdown("One.\n", {"One": text}, layout)


# --- colours ----------------------------------------------------------------


def luminance(colour: str) -> float:
    """Return relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_colours_are_readable(theme: int) -> None:
    """Text has a contrast of 4.5 or more on what it stands on, light and dark."""
    css = (files("translate_flow.exporters.html") / "style.css").read_text("utf-8")
    rules = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[theme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", rules))
    for text in ("ink", "soft", "link"):
        for ground in ("paper", "tint", "lit"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for state in ("draft", "drifted", "untranslated"):
        assert contrast(colours[f"{state}-ink"], colours[state]) >= 4.5


# --- what every format is composed of ---------------------------------------------


NOTED = """\
---
title: Boats
tags: [a]
subtitle: By night
---

# Late

One.[^b] [r]

[^a]: Nobody mentions this.
[^b]: See the other.[^c]
[^c]: Deeper.

[r]: https://r.example "A title"
"""


def test_notes_are_numbered_in_one_order() -> None:
    """Notes come as they are mentioned, in notes, too; then those that nothing
    mentions."""
    numbers, seen = Numbers(("a", "b", "c")), []
    numbers.number("b")
    for note in Composition(edition(NOTED, {}, {}), "facing").noted(numbers):
        seen.append((note.label, note.number, len(note.blocks)))
        if note.label == "b":
            numbers.number("c")
    assert seen == [("b", 1, 1), ("c", 2, 1), ("a", 3, 1)]


@pytest.mark.parametrize("proof", [True, False])
def test_a_proof_shows_what_a_release_hides(proof: bool) -> None:
    """Front matter beside title and deck, titles of links and a legend are there in a
    proof; the title of front matter leaves the text's own heading where it is."""
    made = edition(NOTED, {"Boats": "배"}, {}, proof=proof)
    composed = Composition(made, "facing")
    kinds = {pair.segment.n: pair.segment.kind for pair in made.pairs}
    assert kinds[composed.title] == "front title"
    assert [kinds[n] for n in composed.deck] == ["front subtitle"]
    assert [block.kind for block in composed.text] == ["heading", "paragraph"]
    assert len(composed.legend) == (2 if proof else 0)
    assert len(composed.loose) == proof
    assert bool(composed.unseen(titled=True)) == proof
    if proof:
        unfinished = len(made.segments) - 1
        assert [sum(one.counts.values()) for one in composed.legend] == [unfinished] * 2
    alone = Composition(edition("# Late\n\nOne.\n", {}, {}, proof=proof), "source")
    assert (alone.title, [block.kind for block in alone.text]) == (1, ["paragraph"])
