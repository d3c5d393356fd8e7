"""What the checks find in a pair of texts, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Tflow

from translate_flow.checks import Context, findings
from translate_flow.model import Unit

REFERENCES = {"1": ("/one", ""), "2": ("/two", "")}


def told(
    source: str, target: str, languages: tuple[str, str] = ("en", "ko")
) -> list[tuple[str, str]]:
    """Return the severity and the check of what is found in a pair."""
    found = findings(Unit("k", source, target), Context(REFERENCES, *languages))
    return [(one.severity, one.check) for one in found]


LOST, ADDED = ("error", "placeholder-lost"), ("error", "placeholder-added")
EXCHANGED = ("warning", "link-exchanged")
LIST = "See [the list](https://e.org/list)."


@pytest.mark.parametrize(
    "target",
    [
        "[목록] (https://e.org/list)을 보라.",
        "[목록](https://e.org/list 을 보라.",
        "\\[목록](https://e.org/list)을 보라.",
        "【목록】(https://e.org/list)을 보라.",
        "목록(https://e.org/list)을 보라.",
        "[](https://e.org/list)을 보라.",
        "`[목록](https://e.org/list)`을 보라.",
        "![목록](https://e.org/list)을 보라.",
    ],
)
def test_a_link_is_equal_only_to_a_link(target: str) -> None:
    """Its address without its words, or in brackets that make no link, is an error."""
    assert LOST in told(LIST, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (LIST, "[목록](https://e.org/list)을 보라."),
        (LIST, "[목록](<https://e.org/list> '제목')을 보라."),
        (LIST, '<a href="https://e.org/list">목록</a>을 보라.'),
        ('<a href="/one">This</a>.', "[이것][1]이다."),
        ("See https://e.org/x now.", "[여기](https://e.org/x)를 보라."),
        ("See <https://e.org/x>.", "https://e.org/x를 보라."),
        ("[https://e.org/x](https://e.org/x)", "<https://e.org/x>"),
        ("[page](pages/a.md).", "[쪽](./pages/a.md)."),
        ("[page](/en/a#top).", "[쪽](/ko/a#위)."),
    ],
)
def test_a_link_may_be_written_otherwise(source: str, target: str) -> None:
    """As long as it is a link, or was a bare address, nothing is found."""
    assert told(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("[Use](#use).", "[사용](#nowhere).", [LOST, ADDED]),
        ("[Use](a.md#use).", "[사용](a.md#no).", [("warning", "link-place")]),
        ("[Use](a.md#use).", "[사용](a.md).", [("warning", "link-place")]),
        ("[page][1] here.", "[쪽][2] 여기.", [LOST, ADDED]),
        ("[page][1] here.", "[쪽][3] 여기.", [LOST]),
        ("Rose.[^1]", "올랐다.[^2]", [LOST, ADDED]),
        ("Rose.[^1]", "올랐다.\\[^1]", [LOST]),
    ],
)
def test_a_link_to_somewhere_else(
    source: str, target: str, found: list[tuple[str, str]]
) -> None:
    """Another place of this page, label or footnote is not the one of the source; of
    another page it is at least told."""
    assert told(source, target) == found


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("[the city](a) and [the sea](b)", "[도시](b)와 [바다](a)", [EXCHANGED]),
        ("[the list](a), [Rust](b)", "[목록](b), [Rust](a)", [EXCHANGED]),
        ("[the list](a), [Rust](b)", "[Rust](a), [목록](b)", [EXCHANGED]),
        ("[Go](a), [Rust](b)", "[Go](b), [Rust](a)", [("error", "link-exchanged")]),
        ("[page][1] of [four][2]", "[넷][2]의 [쪽][1]", [EXCHANGED]),
        ("![a](x.png) ![b](y.png)", "![에이](y.png) ![비](x.png)", [EXCHANGED]),
        ("Rose.[^1] Fell.[^2]", "올랐다.[^2] 내렸다.[^1]", [EXCHANGED]),
        ("Rose[^1] and fell.[^2]", "내리고[^2] 올랐다.[^1]", []),
        ("[the list](a) of [Rust](b)", "[Rust](b)의 [목록](a)", []),
        ("[part 2](a) of [part 1](b)", "[1부](b)의 [2부](a)", []),
        ("[here](a) and [here](a)", "[여기](a)와 [저기](a)", []),
    ],
)
def test_links_that_were_exchanged(
    source: str, target: str, found: list[tuple[str, str]]
) -> None:
    """Another order is told unless words that stay, like names, say that it is right;
    an error is told where they say that it is wrong."""
    assert told(source, target) == found


# --- what nobody asked for, and what nobody sees ----------------------------

BOAT = "The boat leaves at ten."


@pytest.mark.parametrize(
    ("target", "severity"),
    [
        ("배는 \u202e열 시에 떠난다.", "error"),
        ("배는 \u2066열\u2069 시에 떠난다.", "error"),
        ("배는 열 시에\u2028떠난다.", "error"),
        ("배는\U000e0041\U000e0042 떠난다.", "error"),
        ("배는 &#8238;열 시에 떠난다.", "error"),
        ("배\u00ad는 열 시에 떠난다.", "warning"),
        ("배는 &shy;열 시에 떠난다.", "warning"),
        ("배는\u200b 떠난다.", "warning"),
        ("\u200b", "error"),
        ("&nbsp;", "error"),
        ("<br>", "error"),
    ],
)
def test_letters_that_nobody_sees(target: str, severity: str) -> None:
    """They are told, as they are or as entities; as the whole text they are errors."""
    assert (severity, "unseen-letter") in told(BOAT, target)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("A family.", "가족 👨\u200d👩\u200d👧", "ko"),
        ("Scotland.", "스코틀랜드 🏴\U000e0067\U000e0062\U000e0073\U000e007f", "ko"),
        ("I \u2764\ufe0f it.", "\u2764\ufe0f 한다.", "ko"),
        ("He said salaam.", "그는 \u2067سلام\u2069 하고 말했다.", "ko"),
        ("It is.", "می\u200cشود", "fa"),
        ("A\u200bB it is.", "에이\u200b비다.", "ko"),
        ("A space.", "빈\u00a0칸.", "ko"),
    ],
)
def test_letters_that_have_to_be_there(source: str, target: str, language: str) -> None:
    """Joined pictures, words that run to the left, a language that joins letters, and
    what the author has, are no findings."""
    assert told(source, target, ("en", language)) == []


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (BOAT, "# 배는 떠난다.", ("error", "markup-added")),
        (BOAT, "배는\n\n## 떠난다.", ("error", "markup-added")),
        (BOAT, "> 배는 떠난다.", ("error", "markup-added")),
        (BOAT, "=== boat:k1 배", ("error", "markup-added")),
        (BOAT, "- 배는 떠난다.", ("warning", "markup-added")),
        (BOAT, "1. 배는 떠난다.", ("warning", "markup-added")),
        ("A **big** boat.", "큰 배.", ("warning", "emphasis-lost")),
        ("**A** big **boat**.", "**큰** 배.", ("warning", "emphasis-lost")),
        ("A *big* boat.", "큰 배.", ("info", "emphasis-lost")),
        ("A *big* boat.", "_큰_배.", ("error", "markup-seen")),
        ("A **big** boat.", "__큰__배.", ("error", "markup-seen")),
        ("A **big** boat.", "**큰 배.", ("error", "markup-seen")),
        ("Run `go`.", "`go를 돌려라.", ("error", "markup-seen")),
        (BOAT, "**배는 떠난다.**", ("warning", "emphasis-added")),
        ("Run `go`.", "`가`를 돌려라.", ("warning", "placeholder-added")),
        ("Run `go` now.", "`gone`을 돌려라.", ("warning", "placeholder-added")),
        ("Run `go`.", "`go`를 `main`에서 돌려라.", ("info", "placeholder-added")),
    ],
)
def test_markup_that_nobody_asked_for(
    source: str, target: str, found: tuple[str, str]
) -> None:
    """Emphasis that was lost or does not close, marks of other blocks, and code that
    was invented are told."""
    assert found in told(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("March 1, 1919.", "1919. 3. 1. 독립 선언."),
        ("- one dash", "- 줄표 하나"),
        ("See *Titanic*.", "《타이타닉》을 보라."),
        ("It is 2**3.", "2**3이다."),
        ("A *note.", "*주."),
        ("Run main now.", "`main`을 돌려라."),
        ("snake_case_name", "snake_case_name이다"),
    ],
)
def test_markup_that_is_right(source: str, target: str) -> None:
    """Dates, what the source has itself, and titles in their own brackets are not."""
    kinds = ("markup", "emphasis", "placeholder-added")
    found = [one for one in told(source, target) if one[1].startswith(kinds)]
    assert found == []


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        (BOAT, BOAT, ("en", "ko")),
        ("Package version", "Package version", ("en", "ko")),
        (BOAT, "A ship goes at noon.", ("en", "ko")),
        ("배는 떠난다.", "배는 떠난다.", ("ko", "en")),
        ("배", "배", ("ko", "en")),
        (BOAT, "the boat leaves at ten", ("en", "ko-KR")),
    ],
)
def test_a_source_as_its_own_translation(
    source: str, target: str, languages: tuple[str, str]
) -> None:
    """Is told, as a text of another language than the target's is."""
    assert ("warning", "untranslated") in told(source, target, languages)


@pytest.mark.parametrize(
    ("source", "languages"),
    [
        ("Tim Berners-Lee", ("en", "ko")),
        ("Deon Pillsbury and Kabir Khan", ("en", "ko")),
        ("`npm install`", ("en", "ko")),
        ("Linux, macOS", ("en", "ko")),
        ("https://e.org/a-long-way", ("en", "ko")),
        (BOAT, ("en-GB", "en-US")),
        ("Python 3.12", ("ko", "en")),
    ],
)
def test_what_is_the_same_in_any_language(
    source: str, languages: tuple[str, str]
) -> None:
    """Names and code may stay."""
    assert told(source, source, languages) == []


@pytest.mark.parametrize("text", ["&nbsp;", "\u200b", "[](/list)"])
def test_a_text_that_nobody_sees_is_no_target(
    text: str, project: Path, tflow: Tflow
) -> None:
    """Neither a person nor a machine can set it."""
    why = "segment 3 (line 7): the translation has nothing that a reader sees"
    assert why in tflow("set", "boat:3", text, code=2).err
    line = f'{{"place": "boat:3", "target": "{text}"}}\n'.encode()
    done = tflow("draft", "--from", "-", "--machine", "m", stdin=line, code=1)
    assert why in done.err


def test_findings_are_told_wherever_a_text_comes_in(
    project: Path, tflow: Tflow
) -> None:
    """By a person, and by a machine's lines, before any check is asked for."""
    told = "warning: boat:3 (ko): the translation is the source as it was"
    assert told in tflow("set", "boat:3", "The boat leaves at 9.").err
    line = b'{"place": "boat:4", "target": "# It does not wait."}\n'
    done = tflow("draft", "--from", "-", "--machine", "m", stdin=line)
    assert "# begins a line, but none of the source [markup-added]" in done.err


def test_each_line_that_cannot_land_is_told(project: Path, tflow: Tflow) -> None:
    """With its number, also where there are many reasons."""
    bad = [f'{{"place": "boat:{n}", "target": "가"}}' for n in range(5, 12)]
    done = tflow(
        "draft", "--from", "-", "--machine", "m", stdin="\n".join(bad).encode(), code=1
    )
    assert "no draft for line 6 (boat), line 7 (boat): 2 other reasons\n" in done.err
    assert all(f"line {n}" in done.err for n in range(1, 8))


def test_filler_is_no_translation(project: Path, tflow: Tflow) -> None:
    """Whoever takes it: it holds a release, and is not remembered."""
    tflow("draft", "boat", "--engine", "pseudo")
    assert tflow("check").out == ""
    told = tflow("accept", "boat", "--unread").err
    assert told.count("the translation is filler [untranslated]") == 4
    tflow("sign", "boat", "--by", "bob")
    refused = tflow("export", "boat", "--release", code=1).err
    assert refused.count("the translation is filler") == 4
    assert tflow("tm", "export").out.count("<tu ") == 0
    for n in range(1, 5):
        tflow("set", f"boat:{n}", f"글 {n}")
    assert tflow("tm", "export").out.count("<tu ") == 4
    tflow("export", "boat", "--release")
