"""What a translation leaves out or tells elsewhere leaves no trace in editions of one
language; what both leave out is in no edition at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Once, Tflow, Write
from editions import TODAY
from test_plain import text_of

from translate_flow import state as states
from translate_flow.article import parse
from translate_flow.edition import Edition, Order, arranged, build
from translate_flow.exporters import export
from translate_flow.exporters.content.composition import Composition
from translate_flow.exporters.pdf.paper import paper
from translate_flow.model import Catalog, Unit

WHOLE = """\
---
title: Stay title
---

Stay one[^1] and two.[^2]

Gone one.

Neither one.

> Gone quotation.
>
> Stay quotation.
>
> Gone end.

> Gone alone.

- Gone item

  Gone more.
- Stay item

  Gone in item.

1. Neither item
2. Stay number

| Stay head | Gone head |
|---|---|
| Gone cell | Stay cell |
| Neither cell | Neither other |
| Stay row | Stay other |

## Gone heading

::: note
Gone box.
:::

<div><p>Gone HTML.</p><p>Stay HTML.</p></div>

Joined.

Stay end.

[^1]: Neither note.

[^2]: Gone note.
"""


def unit(n: int, text: str) -> Unit:
    """Return a unit that is translated, or left out as its text says."""
    blank = states.born(Unit(f"k{n}", text))
    if text.startswith("Stay"):
        return states.taken(blank, f"{text} 남음", by="mina", today=TODAY)
    return states.left_out(
        blank, by="mina", today=TODAY, both=text.startswith("Neither")
    )


@cache
def whole(order: Order, *, proof: bool = False) -> Edition:
    """Return the article with its Korean, in an order in which they differ."""
    article = parse(WHOLE, name="sources/a.md")
    units = [unit(s.n, s.text) for s in article.segments]
    last = next(i for i, u in enumerate(units) if u.source == "Stay end.")
    units[last] = states.put(units[last], "^")
    units[last - 1] = states.joined_to(
        states.born(Unit(units[last - 1].id, "Joined.")),
        units[last],
        by="mina",
        today=TODAY,
    )
    catalog = Catalog("sources/a.md", "en", "ko", units=tuple(units))
    return build("a", article, catalog, proof=proof)


FORMS: dict[str, Callable[[Edition, str], str]] = {
    "md": lambda e, layout: str(export(e, "md", layout, order=e.order)),
    "pdf": lambda e, layout: text_of(paper(arranged(e, e.order), layout)),
    **{
        name: lambda e, layout, name=name: text_of(
            export(e, name, layout, order=e.order)
        )
        for name in ("html", "email", "epub", "docx", "wordpress")
    },
}


def missing(word: str, text: str) -> list[str]:
    """Return the texts of the article that begin with a word and are not there."""
    texts = set(re.findall(rf"{word} \w+", WHOLE)) - {"Stay title"}
    return sorted(one for one in texts if one not in text)


def read(form: str, layout: str, order: Order) -> str:
    """Return what readers read, without the colophon, which counts."""
    made = FORMS[form](whole(order), layout)
    return re.sub(r"(Segments \d+|\d+개 단위): [^·]*", "", made)


@pytest.mark.parametrize("order", ["source", "target"])
@pytest.mark.parametrize("form", FORMS)
def test_readers_of_one_language_miss_nothing(form: str, order: Order) -> None:
    """A translation alone has no word and no mark of what it leaves out or tells
    elsewhere, and all the rest."""
    text = read(form, "target", order)
    assert not re.search(r"생략|합침|Gone|Neither|Joined|\[\^", text)
    assert not missing("Stay", text)
    source = read(form, "source", order)
    assert not re.search(r"생략|합침|Neither|남음|\[\^1\]", source)
    assert not missing("Stay", source)
    assert not missing("Gone", source)


@pytest.mark.parametrize("layout", ["facing", "interleaved"])
@pytest.mark.parametrize("form", FORMS)
def test_what_both_leave_out_is_nowhere(form: str, layout: str) -> None:
    """It is in no edition of two languages, which still tell of all that the
    translation alone leaves out."""
    if (form, layout) == ("email", "facing"):
        layout = "target"
    text = read(form, layout, "source")
    assert "Neither" not in text
    assert "[^1" not in text
    if layout != "target":
        assert not missing("Gone", text)
        assert "합침" in text


def test_what_is_left_of_a_container_begins_it() -> None:
    """Without what stood before it an item has its mark, a list its first number; a box
    of which nothing is left is none."""
    blocks = Composition(whole("source"), "target").blocks
    found = {export_of(block): block for block in blocks}
    item = found["Stay item"]
    assert [c.first for c in item.path] == [True, True]
    assert found["Stay number"].path[-1].number == 1
    assert found["Stay quotation."].path[-1].first
    assert not [block for block in blocks if block.kind == "label"]


def export_of(block) -> str:
    numbers = list(block.segments())
    return whole("source").pair(numbers[0]).segment.text if numbers else ""


def test_single_pages_are_markdown_without_gaps() -> None:
    """What is left keeps its structure: quotations, items, rows and notes."""
    text = str(export(whole("source"), "md", "target"))
    assert "\n> Stay quotation. 남음\n" in text
    assert "\n- Stay item 남음\n" in text
    assert "| Stay head 남음 |  |\n|---|---|\n|  | Stay cell 남음 |\n| Stay row" in text
    assert text.count("|") == 3 * 4
    again = parse(text, name="a.md")
    assert [s.text for s in again.segments if "&" not in s.text] == [
        f"{s.text} 남음" if not s.text.startswith("Stay one") else
        "Stay one and two. 남음"
        for s in parse(WHOLE, name="a.md").segments
        if s.text.startswith("Stay")
    ]  # fmt: skip


# --- the command ------------------------------------------------------------


@pytest.fixture
def posted(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """An article of three languages; a reader's comment is left out of both."""

    @once
    def arrange() -> None:
        write(
            "translate_flow.toml",
            '[project]\nlanguages = ["en", "ko", "ja"]\n[site]\nurl = "https://e.org/"\n',
        )
        write("sources/post.md", "---\ntitle: Post\n---\n\nOne.\n\nFirst!\n")
        for tag in ("ko", "ja"):
            tflow("set", "post:1", "글", "--lang", tag)
            tflow("set", "post:2", "하나.", "--lang", tag)
        tflow("set", "post:3", "선착!", "--lang", "ko")
        done = tflow(
            *("omit", "post:3", "--both", "--why", "a comment", "--lang", "ja")
        )
        assert done.out == "left out of both post:3 (ja): omitted\n"

    return folder


def test_one_word_leaves_it_out_of_the_sources_page(posted: Path, tflow: Tflow) -> None:
    """The source's page, its feed and a generator's tree leave out what is left out of
    both in any language; a translation that has it keeps it."""
    tflow("export", "--all", "--site", "public", "--release")
    tflow("export", "--all", "--site", "tree", "--for", "hugo", "--release")
    english = Path("public/en/post.html").read_text()
    assert "First!" not in english
    assert "선착!" in Path("public/ko/post.html").read_text()
    assert "First!" not in Path("public/en-ja/post.html").read_text()
    assert "First!" not in Path("tree/content/en/post/index.md").read_text()
    assert "선착!" in Path("tree/content/ko/post/index.md").read_text()
    feed = ElementTree.parse("public/feed.en.xml").getroot()
    assert "First!" not in "".join(feed.itertext())
    assert "One." in "".join(feed.itertext())


def test_its_word_is_taken_back(posted: Path, tflow: Tflow) -> None:
    """It counts as omitted; an edit of its source asks again, a text ends it, undo
    takes it back, and front matter is no matter for it."""
    japanese = Path("translations/ja/post.po")
    assert "omitted=Mina both=Mina" in japanese.read_text()
    ja = tflow("status", "--json").json["articles"]
    assert [one["states"].get("omitted", 0) for one in ja] == [0, 1]
    unit = tflow("show", "post:3", "--lang", "ja", "--json").json["units"][0]
    assert (unit["state"], unit["mark"]["both"]) == ("omitted", "Mina")
    article = Path("sources/post.md")
    before = article.read_text()
    article.write_text(before.replace("First!", "Second!"))
    [other] = tflow("show", "post:3", "--lang", "ja", "--json").json["units"]
    assert other["state"] == "untranslated"
    tflow("export", "post", "--layout", "source", "--lang", "ja", "--format", "md")
    assert "Second!" in Path("editions/post.en.md").read_text()
    article.write_text(before)
    tflow("undo")
    tflow("undo")
    assert "both=" not in japanese.read_text()
    words = ("omit", "post:1", "--both", "--why", "x", "--lang", "ja")
    assert "post:1 is front matter" in tflow(*words, code=2).err
    tflow("omit", "post:3", "--both", "--why", "x", "--lang", "ja")
    tflow("set", "post:3", "三", "--lang", "ja")
    assert "both=" not in japanese.read_text()
