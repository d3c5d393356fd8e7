"""``correct``: a dated line for the readers of both languages, in every edition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Tflow, machine_drafts

SAID = (
    "--source",
    "The ferry leaves at nine, not ten.",
    "--target",
    "배는 아홉 시에 떠난다.",
)


@pytest.fixture
def released(project: Path, tflow: Tflow) -> Path:
    """A project whose readers have its article."""
    machine_drafts(tflow)
    tflow("accept", "boat", "--unread")
    tflow("export", "boat", "--release")
    return project


def test_both_sides_are_told(released: Path, tflow: Tflow) -> None:
    """The edition has the date and the text of each language."""
    done = tflow("correct", "boat:3", *SAID)
    assert done.out == "noted a correction of boat:3\n"
    tflow("export", "boat", "--release", "--force")
    for suffix in ("md", "html"):
        page = (released / f"editions/boat.en-ko.{suffix}").read_text()
        text = re.sub(r"<[^>]+>", "", page)
        assert re.search(r"Correction, \d+ \w+ 20\d\d: The ferry leaves at", text)
        assert re.search(r"20\d\d년 \d+월 \d+일 바로잡음: 배는 아홉 시에", text)


def test_who_noted_it_is_kept(released: Path, tflow: Tflow) -> None:
    """The record names who noted a correction, if anybody is known; readers do not see
    it, and it is no text of a language."""
    told = tflow("correct", "boat:3", *SAID, "--by", "Mina Kim", "--json").json
    assert (told["by"], set(told["texts"])) == ("Mina Kim", {"en", "ko"})
    record = (released / "translations/releases/boat.toml").read_text()
    assert 'by = "Mina Kim"' in record
    assert "--by" in tflow("correct", "boat:3", *SAID, "--by", "a\nb", code=2).err


def test_corrections_outlive_a_release(released: Path, tflow: Tflow) -> None:
    """A second release keeps what the first was corrected by; so does a flip."""
    tflow("correct", "boat:3", *SAID)
    tflow("export", "boat", "--release")
    tflow("correct", "boat:4", "--source", "One a.b more.", "--target", "또 하나.")
    record = (released / "translations/releases/boat.toml").read_text()
    assert record.count("[[correction]]") == 2
    tflow("flip", "boat")
    assert (
        'en = "One a.b more."'
        in (released / "translations/releases/boat.toml").read_text()
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("boat", *SAID), "a correction is of one segment"),
        (("boat:3", "--source", "x", "--target", " "), "told in both languages"),
    ],
)
def test_what_is_no_correction(
    released: Path, tflow: Tflow, words: tuple[str, ...], says: str
) -> None:
    """It is of one segment and told to everybody."""
    assert says in tflow("correct", *words, code=2).err


def test_a_record_that_somebody_broke(released: Path, tflow: Tflow) -> None:
    """A date that is none is one line, with the file."""
    tflow("correct", "boat:3", *SAID)
    path = released / "translations/releases/boat.toml"
    path.write_text(
        re.sub(r'date = "[^"]*"\nunit', 'date = "soon"\nunit', path.read_text())
    )
    err = tflow("export", "boat", "--force", code=2).err
    assert "translations/releases/boat.toml: a correction has no date" in err


def test_what_nobody_has_read_needs_no_correction(project: Path, tflow: Tflow) -> None:
    """Before a release there is nobody to be told."""
    assert "was never released" in tflow("correct", "boat:3", *SAID, code=2).err
