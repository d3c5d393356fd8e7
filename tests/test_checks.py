"""What the checks find in a pair of texts, and what they leave alone."""

from __future__ import annotations

import pytest

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
