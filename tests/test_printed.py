"""Translations as a magazine prints them: cut, joined, split, reordered, with more than
the source has; parts that are there in one language only; credits."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Once, Tflow, Write
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.article import Article, parse
from translate_flow.article.arranging import arranged

OPED = """\
---
title: Who Pays for the Ferry
---

Ten years ago the ferry carried nine hundred people a day.

Today it carries two hundred.

Nobody on the island disputes the figures. What they dispute is the remedy.

## What the province says

The province says that a bus would do.

It has said so since 1998.

- The clinic closes at noon.
- The bank closed last year.
- The school may be next.

A bridge was promised twice.

The last boat leaves at four.
"""

PRINTED = """\
---
lang: ko
title: 뱃삯은 누가 내는가
---

마지막 배는 네 시에 떠난다.

십 년 전 하루 구백 명이 타던 배에 이제는 이백 명이 탄다.

섬에서 이 숫자를 두고 다투는 사람은 없다.

다투는 것은 해법이다.

## 도(道)는 말한다

도는 버스면 된다고 말한다.

편집자 주: 도청은 이에 관한 질의에 답하지 않았다.

- 보건소는 정오에 닫는다.
- 학교가 다음 차례일지 모른다.
"""


@pytest.fixture
def adapted(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """The op-ed beside a translation that a magazine made its own."""

    @once
    def arrange() -> None:
        write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
        write("sources/ferry.md", OPED)
        targets = {
            1: "뱃삯은 누가 내는가",
            2: "십 년 전 하루 구백 명이 타던 배에 이제는 이백 명이 탄다.",
            4: "섬에서 이 숫자를 두고 다투는 사람은 없다.\n\n다투는 것은 해법이다.",
            5: "도(道)는 말한다",
            6: "도는 버스면 된다고 말한다.\n\n"
            "편집자 주: 도청은 이에 관한 질의에 답하지 않았다.",
            8: "보건소는 정오에 닫는다.",
            10: "학교가 다음 차례일지 모른다.",
            12: "마지막 배는 네 시에 떠난다.",
        }
        for n, text in targets.items():
            tflow("set", f"ferry:{n}", text)
        tflow("join", "ferry:2,3")
        tflow("omit", "ferry:7,9,11", "--why", "cut in print")
        tflow("added", "ferry:6", "2")
        tflow("reorder", "ferry:12", "--first")

    return folder


# --- the printed version ----------------------------------------------------


def test_the_printed_version_comes_back(adapted: Path, tflow: Tflow) -> None:
    """Two made one, one made two, left out, added, reordered: in its own order the
    translation is, byte for byte, what was printed."""
    tflow("sign", "ferry")
    words = ("--layout", "target", "--order", "target", "--format", "md", "--release")
    tflow("export", "ferry", *words)
    assert Path("editions/ferry.ko.reordered.md").read_text() == PRINTED


def test_what_is_adapted_is_finished(adapted: Path, tflow: Tflow) -> None:
    """Nothing that was left out or joined on purpose counts as untranslated."""
    [article] = tflow("status", "--json").json["articles"]
    assert article["states"] == {"translated": 9, "omitted": 3}
    tflow("status", "--check")
    tflow("sync", "--check")


def test_both_orders_tell_what_was_done(adapted: Path, tflow: Tflow) -> None:
    """A bilingual edition shows every segment of the source once, in either order, and
    says what was left out, joined and added."""
    rows: dict[str, list[str]] = {}
    for order, own in (("source", ""), ("target", ".reordered")):
        tflow("export", "ferry", "--format", "md", "--order", order)
        page = Path(f"editions/ferry.en-ko{own}.md").read_text().split("\n---\n")[0]
        rows[order] = [line for line in page.splitlines() if line.startswith("|")]
        for words, count in (("생략", 3), ("다른 단락에 합침", 1), ("added in", 1)):
            assert page.count(words) == count
    assert sorted(rows["source"]) == sorted(rows["target"])
    last = "| The last boat leaves at four. | 마지막 배는 네 시에 떠난다. |"
    assert rows["source"][-1] == last
    assert rows["target"][3] == last
    added = rows["source"].index(
        "| <small>added in translation</small> | "
        "편집자 주: 도청은 이에 관한 질의에 답하지 않았다. |"
    )
    assert rows["source"][added - 1].startswith("| The province says that a bus")


def test_html_tells_what_was_done(adapted: Path, tflow: Tflow) -> None:
    """In HTML, too; alone and in its own order the translation has no gaps."""
    words = ("--format", "html", "--order", "target")
    tflow("export", "ferry", "--layout", "facing,target", *words)
    page = Path("editions/ferry.en-ko.reordered.html").read_text()
    assert page.index("마지막 배는") < page.index("십 년 전")
    assert page.count("added in translation") == 1
    assert page.count('<span class="t">생략</span>') == 3
    alone = Path("editions/ferry.ko.reordered.html").read_text()
    assert '<span class="t">생략</span>' not in alone
    assert "합침" not in alone


def test_counts_are_of_the_source(adapted: Path, tflow: Tflow) -> None:
    """What a translation adds is no segment."""
    tflow("export", "ferry", "--format", "html", "--order", "target")
    page = Path("editions/ferry.en-ko.reordered.html").read_text()
    assert "Segments 12: translated 9, left out 3" in page


def test_an_addition_is_known_by_its_text(adapted: Path, tflow: Tflow) -> None:
    """An added paragraph stays one when others change, and is none when it does."""
    note = "편집자 주: 도청은 이에 관한 질의에 답하지 않았다."
    tflow("set", "ferry:6", f"도는 버스로 족하다고 말한다.\n\n정말이다.\n\n{note}")
    tflow("export", "ferry", "--format", "md")
    page = Path("editions/ferry.en-ko.md").read_text()
    assert f"| <small>added in translation</small> | {note} |" in page
    tflow("set", "ferry:6", "도는 버스로 족하다고 말한다.\n\n편집자 주: 답이 없었다.")
    tflow("export", "ferry", "--format", "md")
    assert "added in translation" not in Path("editions/ferry.en-ko.md").read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("added", "ferry:6", "3"),
            "the translation of ferry:6 has no block 3; it has 2 blocks, "
            "parted by blank lines",
        ),
        (
            ("added", "ferry:8", "1"),
            "ferry:8 would have no block left that translates it; "
            "put the added text into the translation of a neighbour",
        ),
        (
            ("added", "ferry:6", "two"),
            "'two' names no blocks; say 2 or 1,3, counted from the top, or none",
        ),
        (
            ("added", "ferry:6,8", "1"),
            "added is said of one segment; name it: tflow added ferry:3 2",
        ),
        (
            ("reorder", "ferry:1", "--after", "4"),
            "ferry:1 is front matter; it stays where it is; "
            "only blocks of the text have an order",
        ),
        (
            ("reorder", "ferry", "--first"),
            "ferry is a whole article; this is said of segments; "
            "name them: ferry:7 or ferry:3,5-8",
        ),
        (
            ("reorder", "ferry:4", "--after", "4"),
            "ferry:4 itself comes after what would follow it; "
            "put that back first with --back",
        ),
        (
            ("reorder", "ferry:4"),
            "where to?; say --after SEGMENT, --first or --back",
        ),
        (
            ("reorder", "ferry:4", "--after", "99"),
            "ferry has no segment 99; it has 12; see tflow show ferry",
        ),
    ],
)
def test_what_cannot_be(
    adapted: Path, tflow: Tflow, words: tuple[str, ...], message: str
) -> None:
    """What cannot be done is said in one line, and nothing is written."""
    before = Path("translations/ko/ferry.po").read_bytes()
    assert tflow(*words, code=2).err == f"error: {message}\n"
    assert Path("translations/ko/ferry.po").read_bytes() == before


def test_an_order_can_be_taken_back(adapted: Path, tflow: Tflow) -> None:
    """--back puts a segment where the source has it, undo puts the catalog back."""
    before = Path("translations/ko/ferry.po").read_bytes()
    tflow("reorder", "ferry:4,6", "--after", "12")
    tflow("undo")
    assert Path("translations/ko/ferry.po").read_bytes() == before
    tflow("reorder", "ferry:12", "--back")
    assert "at=" not in Path("translations/ko/ferry.po").read_text()


def test_no_circles(adapted: Path, tflow: Tflow) -> None:
    """Two segments cannot follow each other."""
    tflow("reorder", "ferry:4", "--after", "12")
    done = tflow("reorder", "ferry:12", "--after", "4", code=2)
    assert "ferry:4 itself comes after" in done.err


def test_a_list_moves_as_one(adapted: Path, tflow: Tflow) -> None:
    """Whoever moves an item moves its list; several blocks go one behind the other."""
    tflow("reorder", "ferry:8-10,4", "--after", "5")
    words = ("--layout", "target", "--order", "target", "--format", "md")
    tflow("export", "ferry", *words)
    page = Path("editions/ferry.ko.reordered.md").read_text()
    at = [page.index(text) for text in ("도(道)", "섬에서", "보건소", "도는 버스")]
    assert at == sorted(at)


def test_an_anchor_that_goes(adapted: Path, tflow: Tflow) -> None:
    """A segment whose neighbour was deleted stands where the source has it."""
    tflow("reorder", "ferry:12", "--after", "4")
    path = Path("sources/ferry.md")
    path.write_text(path.read_text().replace("Nobody on the island", "No one there"))
    gone = "\n".join(
        line for line in path.read_text().splitlines() if "No one there" not in line
    )
    path.write_text(gone)
    tflow("sync")
    words = ("--layout", "target", "--order", "target", "--format", "md")
    tflow("export", "ferry", *words)
    assert Path("editions/ferry.ko.md").read_text().rstrip().endswith("떠난다.")


def test_blocks_that_would_run_together(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """An order in which two lists would become one is refused, naming the place."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", "- One\n\nText.\n\n- Two\n\nEnd.\n")
    for n, text in enumerate(("하나", "글", "둘", "끝"), 1):
        tflow("set", f"a:{n}", text)
    tflow("reorder", "a:3", "--after", "1")
    words = ("--layout", "target", "--order", "target", "--format", "md")
    assert tflow("export", "a", *words, code=2).err == (
        "error: sources/a.md:1: the block of line 1 cannot stand where it is put; "
        "it would run into its neighbour there; put it elsewhere\n"
    )


# --- arranging --------------------------------------------------------------

TEXTS = (
    OPED,
    "One.\r\n\r\n- a\r\n- b\r\n\r\nTwo.",
    "# H\npara\n\n\n```\ncode\n\n```\n> quote\n\n[x]: /u\n\nlast\n\n",
    "﻿no front\n\n***\n\nend",
)


@pytest.mark.parametrize("text", TEXTS)
def test_all_blocks_in_their_order_are_the_article(text: str) -> None:
    """Printing every block where it is changes no byte."""
    article = parse(text, name="a.md")
    order = range(len(article.roots))
    assert article.render(lambda s: None, order=order) == text


def said(article: Article, *wanted: str) -> list[int]:
    """Return the numbers of segments with these texts."""
    return [s.n for s in article.segments if s.text in wanted]


def test_items_go_with_their_lines() -> None:
    """A list item of which nothing is left is not printed, nor what is inside."""
    text = "- a\n  - b\n\n    more\n- c\n\n  - d\n- e\n"
    article = parse(text, name="a.md")
    without = said(article, "b", "more")
    assert article.render(lambda s: None, without=without) == "- a\n- c\n\n  - d\n- e\n"
    without = said(article, "a", "b", "more", "e")
    assert article.render(lambda s: None, without=without) == "- c\n\n  - d\n"
    everything = [segment.n for segment in article.segments]
    assert article.render(lambda s: None, without=everything) == ""


def test_translations_move_with_their_blocks() -> None:
    """Lines of any end, replaced texts of any length, in any order."""
    text = "---\r\ntitle: T\r\n---\r\n\r\nOne.\r\n\r\nTwo\r\nlines.\r\n\r\nThree.\r\n"
    targets = {"T": "제목이 길다", "One.": "하나.\n\n또 하나.", "Two lines.": "둘."}
    article = parse(text, name="a.md")
    got = article.render(lambda s: targets.get(s.text), order=[2, 1, 0])
    assert got == (
        "---\r\ntitle: 제목이 길다\r\n---\r\n\r\n"
        "Three.\r\n\r\n둘.\r\n\r\n하나.\r\n\r\n또 하나.\r\n"
    )


@given(
    st.lists(st.sampled_from(["Text.", "- a\n- b", "# H", "> q"]), min_size=1),
    st.randoms(),
)
def test_arranging_keeps_every_block(blocks: list[str], random: object) -> None:
    """In any order each block is there once, with its own bytes."""
    text = "\n\n".join(blocks) + "\n"
    starts = [text.find(b, 0) for b in blocks]
    at = 0
    for i, block in enumerate(blocks):
        starts[i] = text.index(block, at)
        at = starts[i] + len(block)
    order = list(range(len(blocks)))
    random.shuffle(order)  # type: ignore[attr-defined]
    whole, printed = arranged(text, starts, order, "\n")
    assert list(printed) == [blocks[i] for i in order]
    assert whole == "\n\n".join(printed) + "\n"


# --- parts ------------------------------------------------------------------

WITH_PARTS = """\
---
title: Who Pays
---

<!-- tflow:part note lang=en -->

Readers asked where this was printed.

- Nowhere **yet**.

<!-- tflow:end -->

The last boat leaves at four.

<!-- tflow:part introduction lang=ko -->

한국 독자에게 드리는 말입니다.

<!-- tflow:end -->
"""


@pytest.fixture
def parts(folder: Path, write: Write, tflow: Tflow) -> Path:
    """An article with a note in English and an introduction in Korean."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/ferry.md", WITH_PARTS)
    tflow("set", "ferry:1", "누가 내는가")
    tflow("set", "ferry:2", "마지막 배는 네 시에 떠난다.")
    return folder


def test_parts_are_not_counted(parts: Path, tflow: Tflow) -> None:
    """What is there in one language only is nothing to translate."""
    [article] = tflow("status", "--json").json["articles"]
    assert article["segments"] == 2
    tflow("export", "ferry", "--release")


def test_each_language_has_its_parts(parts: Path, tflow: Tflow) -> None:
    """The page of one language has its own parts, without our comments."""
    tflow("export", "ferry", "--format", "md", "--layout", "source,target")
    assert Path("editions/ferry.en.md").read_text() == (
        "---\ntitle: Who Pays\n---\n\nReaders asked where this was printed.\n\n"
        "- Nowhere **yet**.\n\nThe last boat leaves at four.\n"
    )
    assert Path("editions/ferry.ko.md").read_text() == (
        "---\nlang: ko\ntitle: 누가 내는가\n---\n\n마지막 배는 네 시에 떠난다.\n\n"
        "한국 독자에게 드리는 말입니다.\n"
    )


def test_bilingual_editions_name_parts(parts: Path, tflow: Tflow) -> None:
    """A part stands across the page, with its name and language."""
    tflow("export", "ferry", "--layout", "facing,interleaved")
    facing = Path("editions/ferry.en-ko.md").read_text()
    assert (
        "**Author's note · English only**\n\nReaders asked where this was printed.\n\n"
        "- Nowhere **yet**.\n"
    ) in facing
    assert "**들어가며 · 한국어로만**\n\n한국 독자에게 드리는 말입니다.\n" in facing
    page = Path("editions/ferry.en-ko.html").read_text()
    assert page.count('class="row part') == 5
    assert '<div class="row part other label"><div class="cell wide" lang="ko">' in page


def test_html_of_one_language_has_its_parts(parts: Path, tflow: Tflow) -> None:
    """A page of one language shows no part of the other."""
    tflow("export", "ferry", "--format", "html", "--layout", "source,target")
    source = Path("editions/ferry.en.html").read_text()
    target = Path("editions/ferry.ko.html").read_text()
    assert "Readers asked" in source
    assert "Readers asked" not in target
    assert "한국 독자" in target
    assert "한국 독자" not in source
    assert "마지막 배는" in target


def test_a_part_of_no_language_is_the_articles(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """Without lang= a part is in the language of its article."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", "글.\n")
    write(
        "sources/b.md",
        "---\nlang: ko\n---\n\n"
        "<!-- tflow:part -->\n덧붙임.\n<!-- tflow:end -->\n\n글.\n",
    )
    tflow("set", "b:1", "Text.")
    tflow("export", "b", "--format", "md", "--layout", "source,target,facing")
    assert "덧붙임." in Path("editions/b.ko.md").read_text()
    assert "덧붙임." not in Path("editions/b.en.md").read_text()
    assert "**글쓴이의 말 · 한국어로만**" in Path("editions/b.ko-en.md").read_text()


def test_a_part_that_is_not_understood(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """A part with words that mean nothing is an error with its line."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", "Text.\n\n<!-- tflow:part note language=en -->\n\nx\n")
    assert tflow("sync", code=2).err == (
        "error: sources/a.md:3: tflow:part note language=en: not understood; "
        "write it like <!-- tflow:part note lang=en -->\n"
    )


# --- credits ----------------------------------------------------------------

CREDITED = """\
---
title: Who Pays
authors:
  - en: Bob Smith
    ko: 밥 스미스
translators: [{en: Mina Kim, ko: 김민아}]
date: 2013-11-11
relation: adapted
published:
  - outlet: {en: Weekly Korea, ko: 주간 한국}
    date: 2013-11-18
    url: https://example.org/1118
    headline: {ko: 뱃삯은 누가, en: 뱃삯은 누가}
  - outlet: Island News
---

The last boat leaves at four.
"""


def test_credits_are_in_every_edition(folder: Path, write: Write, tflow: Tflow) -> None:
    """Authors, translators, places of print and the kind of translation are told in
    the words of each language."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/ferry.md", CREDITED)
    tflow("export", "ferry", "--layout", "facing,interleaved,target")
    english = (
        "By Bob Smith · Translated by Mina Kim · 11 November 2013 · "
        "[First printed in Weekly Korea, 18 November 2013, as “뱃삯은 누가”]"
        "(<https://example.org/1118>) · Printed in Island News · "
        "한국어: Weekly Korea, adapted"
    )
    korean = (
        "글 밥 스미스 · 옮김 김민아 · 2013년 11월 11일 · "
        "[주간 한국 첫 수록, 2013년 11월 18일, 지면 제목 ‘뱃삯은 누가’]"
        "(<https://example.org/1118>) · Island News 수록 · "
        "한국어: 주간 한국, 지면에 맞춰 편집"
    )
    assert f"| {english} | {korean} |" in Path("editions/ferry.en-ko.md").read_text()
    assert korean in Path("editions/ferry.en-ko.interleaved.md").read_text()
    page = Path("editions/ferry.en-ko.html").read_text()
    assert '<a href="https://example.org/1118">주간 한국 첫 수록' in page
    assert "한국어: 주간 한국, 지면에 맞춰 편집" in page
    assert "글 밥 스미스" in Path("editions/ferry.ko.html").read_text()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "relation: remixed",
            "relation: 'remixed' is no relation; write translated or adapted",
        ),
        (
            "published: [{date: 2013-11-18}]",
            "published: an entry does not say where; give it outlet: NAME",
        ),
    ],
)
def test_credits_that_say_nothing(
    folder: Path, write: Write, tflow: Tflow, line: str, message: str
) -> None:
    """Front matter of ours that cannot be understood is an error."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", f"---\n{line}\n---\n\nText.\n")
    assert tflow("export", "a", code=2).err == f"error: sources/a.md:2: {message}\n"


def test_published_of_others(folder: Path, write: Write, tflow: Tflow) -> None:
    """What other programs call published is not ours; an address that is none leads
    nowhere."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", "---\npublished: true\n---\n\nText.\n")
    write(
        "sources/b.md",
        "---\npublished: [{outlet: X, url: 'javascript:alert(1)'}]\n---\n\nText.\n",
    )
    tflow("export")
    page = Path("editions/b.en-ko.html").read_text()
    assert "First printed in X" in page
    assert "javascript" not in page


# --- what readers may have --------------------------------------------------


@pytest.mark.parametrize(
    ("publish", "released"),
    [("false", False), ("[en]", False), ("[en, ko]", True), ("true", True)],
)
def test_what_is_kept_back(
    folder: Path, write: Write, tflow: Tflow, publish: str, released: bool
) -> None:
    """An article may say in which languages readers get it; a proof shows it all the
    same."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", f"---\npublish: {publish}\n---\n\nText.\n")
    tflow("set", "a:1", "글.")
    done = tflow("export", "a", "--format", "md", "--release")
    assert Path("editions/a.en-ko.md").exists() == released
    assert Path("translations/releases/a.toml").exists() == released
    told = "left out a (ko): publish in its front matter keeps it back\n"
    assert (told in done.err) != released
    tflow("export", "a", "--format", "md")
    assert Path("editions/a.en-ko.md").exists()


def test_publish_in_an_unknown_language(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """A language that the project does not have is a mistake."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", "---\npublish: [kr]\n---\n\nText.\n")
    tflow("set", "a:1", "글.")
    assert "unknown language 'kr'" in tflow("export", "--release", code=2).err
