"""What commands print on a terminal: no line is wider than it, and what stands in
columns stands in them, where a Korean letter is as wide as two Latin ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import dropwhile
from pathlib import Path

import pytest
from conftest import Once, Tflow, Write

SHORT = ("boat", "culture/김장", "수필/섬의-겨울", "news/winter-ferries")
"""Slugs as people choose them."""

LONG = (
    "opinion/2026/who-should-pay-for-the-ferry-to-the-outer-islands",
    "culture/김장",
    "수필/2026/아무도-묻지-않은-섬에서-보낸-기나긴-겨울의-기록",
    "boat",
)
"""Slugs that some sites have, alone wider than half a terminal."""

ENGLISH = """\
---
title: Who Should Pay for the Ferry to the Outer Islands
---

The ministry wants to switch the lighthouse off in 60 days. Sailors say that satellites
are enough. Fishermen, who cannot afford a receiver, were not asked.

See [the petition](https://example.org/lighthouse) for the names.

It does not wait.
"""

KOREAN = """\
---
title: 아무도 묻지 않은 섬의 겨울
lang: ko
---

정부는 육십 일 뒤에 등대를 끄려 한다. 선원들은 위성이면 충분하다고 말한다. 수신기를 살 \
형편이 못 되는 어민들에게는 아무도 묻지 않았다.

서명한 사람은 [청원](https://example.org/lighthouse)에 있다.

배는 기다리지 않는다.
"""

IN_KOREAN = (
    "먼 섬으로 가는 배의 뱃삯은 누가 내야 하는가",
    "정부는 60일 뒤에 등대를 끄려 한다. 선원들은 위성이면 충분하다고 말한다. "
    "수신기를 살 형편이 못 되는 어민들에게는 아무도 묻지 않았다.",
    "서명한 사람은 청원에 있다.",
)
IN_ENGLISH = (
    "Winter on an Island That Nobody Asked",
    "The ministry wants to switch the lighthouse off in sixty days. Sailors say that "
    "satellites are enough. Fishermen, who cannot afford a receiver, were not asked.",
    "For the names see the petition.",
)

DRAWN = (
    "status",
    "status --all",
    "status --mine",
    "drift",
    "show",
    "next",
    "draft --all --engine pseudo --dry-run",
    "draft --all --engine pseudo",
)
"""Commands that draw."""

TOLD = ("check", "sync --check", "export --format md", "export --format md --release")
"""Commands that print line by line."""

CODES = {"check": 1, "sync --check": 1, "export --format md --release": 1}


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(map(_cells, text))


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    if "\u1160" <= letter <= "\u11ff":  # the latter parts of a decomposed syllable
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wide(text: str, columns: int) -> list[str]:
    """Return the lines that do not fit."""
    return [line for line in text.splitlines() if cells(line) > columns]


def starts(text: str, pattern: str) -> set[int]:
    """Return in which columns what matches begins, one for each line that has it."""
    return {
        cells(line[: found.start()])
        for line in text.splitlines()
        if (found := re.search(pattern, line))
    }


def fill(write: Write, tflow: Tflow, slugs: Sequence[str]) -> None:
    """Make a project with articles in both languages: translated in part, without a
    link, drifted, asked about."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    for slug in slugs:
        korean = not slug.isascii()
        path = write(f"sources/{slug}.md", KOREAN if korean else ENGLISH)
        for n, target in enumerate(IN_ENGLISH if korean else IN_KOREAN, 1):
            tflow("set", f"{slug}:{n}", target)
        text = path.read_text().replace("were not", "were")
        path.write_text(text.replace("60 days", "90 days").replace("육십", "구십"))
    tflow("ask", f"{slugs[0]}:1", "배는 누구의 것인가? Whose is the ferry?")


@pytest.fixture
def short(folder: Path, write: Write, tflow: Tflow, once: Once) -> Tflow:
    """A command line in a project with slugs as people choose them."""

    @once
    def arrange() -> None:
        fill(write, tflow, SHORT)

    return tflow


@pytest.fixture
def long(folder: Path, write: Write, tflow: Tflow, once: Once) -> Tflow:
    """A command line in a project with slugs wider than half a terminal."""

    @once
    def arrange() -> None:
        fill(write, tflow, LONG)

    return tflow


def everything(tflow: Tflow, line: str) -> str:
    """Run a command line; return what came out on both streams."""
    got = tflow(*line.split(), code=CODES.get(line, 0))
    return got.out + got.err


# --- as wide as the terminal ------------------------------------------------


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("line", DRAWN)
def test_no_line_is_wider_than_the_terminal(
    short: Tflow, line: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a command prints fits, on both streams."""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert not wide(everything(short, line), columns)


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("line", DRAWN)
def test_long_slugs_fit_too(
    long: Tflow, line: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is drawn fits even if slugs are long."""
    monkeypatch.setenv("COLUMNS", str(columns))
    got = long(*line.split())
    assert not wide(got.out, columns)


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("line", TOLD)
def test_lines_that_are_told_fit(
    long: Tflow, line: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings, files and refusals fit."""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert not wide(everything(long, line), columns)


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("line", ["next", "drift"])
def test_hints_fit(
    long: Tflow, line: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command to type next fits."""
    monkeypatch.setenv("COLUMNS", str(columns))
    got = long(line, LONG[0])
    assert not wide(got.err, columns)


# --- in columns -------------------------------------------------------------


def test_status_stands_in_columns(
    short: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Directions, counts and releases begin in one column each, whatever the slugs."""
    monkeypatch.setenv("COLUMNS", "80")
    page = short("status", "--all").out
    assert "culture/김장" in page
    for pattern in ("en→ko|ko→en", r"\d+/\d+ ", "not live"):
        assert len(starts(page, pattern)) == 1, page


def test_status_stands_in_columns_on_a_narrow_terminal(
    short: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 60 columns, too."""
    monkeypatch.setenv("COLUMNS", "60")
    page = short("status", "--all").out
    for pattern in ("en→ko|ko→en", r"\d+/\d+ ", "not live"):
        assert len(starts(page, pattern)) == 1, page


def test_decomposed_names_stand_in_columns(
    short: Tflow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file name in NFD, as some systems write it, moves nothing."""
    write(f"sources/{unicodedata.normalize('NFD', '수필/섬의-봄')}.md", KOREAN)
    monkeypatch.setenv("COLUMNS", "80")
    assert len(starts(short("status", "--all").out, "en→ko|ko→en")) == 1


def test_long_slugs_stand_in_columns(
    long: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long slugs do not spoil the columns of the others."""
    monkeypatch.setenv("COLUMNS", "80")
    page = long("status", "--all").out
    assert len(starts(page, "en→ko|ko→en")) == 1, page


def test_an_adapted_article_stands_in_columns(
    short: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left out and what is unsigned do not push the release away."""
    short("omit", "boat:4", "--why", "cut in print")
    for n, target in enumerate(IN_KOREAN, 1):
        short("set", f"boat:{n}", target)
    short("ask", "boat:1", "누구의 배인가?", "--answer")
    monkeypatch.setenv("COLUMNS", "80")
    page = short("status", "--all").out
    assert "1 omitted · 3 unsigned" in page
    assert len(starts(page, "not live")) == 1, page


def test_a_command_to_copy_stands_on_one_line(
    long: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each article needs is a command that can be copied whole."""
    monkeypatch.setenv("COLUMNS", "80")
    page = long("status").out
    assert page.count("tflow drift ") == len(LONG)
    for line in page.splitlines():
        assert not line.endswith("tflow drift"), page


# --- beside their labels ----------------------------------------------------


LABEL = re.compile(r"  \w+  ")
BODY = re.compile(r"^(?P<head>  (?:\w+)?\s+)(?P<text>\S.*)$")


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("line", ["show", "drift"])
def test_texts_stand_beside_their_labels(
    short: Tflow, line: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both languages begin in one column, and go on there in the next line."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for unit in re.split(r"\n\n", short(line, "culture/김장").out.strip()):
        rows = dropwhile(lambda row: not LABEL.match(row), unit.splitlines())
        bodies = [found for row in rows if (found := BODY.match(row))]
        assert bodies
        assert len({len(found["head"]) for found in bodies}) == 1, unit


@pytest.mark.parametrize("columns", [60, 80])
def test_korean_is_wrapped_between_words(
    short: Tflow, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No word is broken where a line ends."""
    monkeypatch.setenv("COLUMNS", str(columns))
    page = short("show", "boat:2").out
    rows = [found["text"] for row in page.splitlines() if (found := BODY.match(row))]
    assert len(rows) > 3
    assert IN_KOREAN[1] in " ".join(rows)


def test_a_heading_is_one_line(short: Tflow, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of a unit's history fits beside its place."""
    short("draft", "boat", "--engine", "pseudo")
    short("set", "boat:4", "배는 기다리지 않는다.")
    monkeypatch.setenv("COLUMNS", "80")
    page = short("show", "boat:4").out
    assert "rewritten after a machine" in page
    assert page.splitlines()[1].startswith("  en"), page


def test_a_question_is_told_in_words(short: Tflow) -> None:
    """An open question is shown as one, not as the line that the catalog has."""
    page = short("show", "boat:1").out
    assert "누구의 것인가?" in page
    assert "tflow-ask" not in page
