"""Only changed editions are made again, and the same input gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Tflow, Write

EDITION = Path("editions/boat.en-ko.md")


def written(tflow: Tflow, *more: str) -> list[bool]:
    """Export two articles and return which of the editions were made."""
    told = tflow("export", "boat", "notice", "--format", "md", *more, "--json").json
    return [one["written"] for one in told["editions"]]


@pytest.fixture
def two(project: Path, tflow: Tflow, write: Write) -> Path:
    """A project with two articles, exported."""
    write("sources/notice.md", "Bring a coat.\n")
    assert written(tflow) == [True, True]
    return project


def test_what_stands_there_is_not_made_again(two: Path, tflow: Tflow) -> None:
    """Without a change nothing is written, and the person is told."""
    before = EDITION.stat().st_mtime_ns
    assert written(tflow) == [False, False]
    out = tflow("export", "boat", "--format", "md").out
    assert out.endswith("segments finished, unchanged\n")
    assert EDITION.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "change",
    [
        ("set", "boat:3", "배는 아홉 시에 떠난다."),
        ("accept", "boat:1", "--unread"),
        ("glossary", "add", "boat", "배"),
    ],
    ids=lambda words: words[0],
)
def test_what_changes_an_edition(
    two: Path, tflow: Tflow, change: tuple[str, ...]
) -> None:
    """A text, a state, or the glossary that the colophon names; only what it is of."""
    tflow("draft", "boat:1", "--engine", "pseudo")
    written(tflow)
    tflow(*change)
    assert written(tflow) == [True, change[0] == "glossary"]
    assert written(tflow) == [False, False]


def test_an_edited_edition_is_not_taken_for_ours(two: Path, tflow: Tflow) -> None:
    """A file that somebody changed or took away is no unchanged one."""
    EDITION.write_text("mine\n")
    tflow("export", "boat", "--format", "md", code=1)
    EDITION.unlink()
    assert written(tflow) == [True, False]


def test_the_same_input_gives_the_same_bytes(two: Path, tflow: Tflow) -> None:
    """Made anew, each file holds what it held."""
    before = EDITION.read_bytes()
    assert written(tflow, "--force") == [True, True]
    assert EDITION.read_bytes() == before


def test_an_image_that_is_not_there_is_told(two: Path, tflow: Tflow) -> None:
    """The edition says it in words, and the person hears why."""
    Path("sources/notice.md").write_text("Bring a coat.\n\n![Fog](fog.png)\n")
    err = tflow("export", "notice", "--format", "html").err
    assert "notice: fog.png is shown in words: there is no such file" in err
