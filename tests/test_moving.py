"""Articles come and go; their translations stay with them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from conftest import BOAT, Tflow, Write, machine_drafts

KO = Path("translations/ko")
BOAT_KO = KO / "boat.po"


@pytest.fixture
def translated(project: Path, tflow: Tflow) -> Path:
    """A project whose article is translated and released."""
    machine_drafts(tflow)
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    tflow("accept", "boat", "--unread")
    tflow("export", "boat", "--release")
    return project


def states(tflow: Tflow, slug: str) -> set[str]:
    """Return the states that the units of an article are in."""
    return {unit["state"] for unit in tflow("show", slug, "--json").json["units"]}


# --- mv ---------------------------------------------------------------------


def test_mv_takes_everything_along(translated: Path, tflow: Tflow) -> None:
    """Article, catalog and release record get the new name; nothing else changes."""
    done = tflow("mv", "boat", "2026/ferry")
    assert done.out == "moved boat to 2026/ferry: 3 files\n"
    assert Path("sources/2026/ferry.md").read_text() == BOAT
    assert not Path("sources/boat.md").exists()
    assert not BOAT_KO.exists()
    assert Path("translations/releases/2026/ferry.toml").exists()
    assert states(tflow, "ferry") == {"translated"}
    assert (
        '"X-Tflow-Source: sources/2026/ferry.md\\n"'
        in (KO / "2026/ferry.po").read_text()
    )
    tflow("sync", "--check")


def test_mv_can_be_taken_back(translated: Path, tflow: Tflow) -> None:
    """undo gives every file its old name back."""
    before = BOAT_KO.read_bytes()
    tflow("mv", "boat", "ferry")
    tflow("undo")
    assert BOAT_KO.read_bytes() == before
    assert Path("sources/boat.md").read_text() == BOAT
    assert not (KO / "ferry.po").exists()


def test_mv_overwrites_nothing(translated: Path, tflow: Tflow, write: Write) -> None:
    """Where an article or a catalog stands already, nothing moves."""
    write("sources/ferry.mdx", "x\n")
    assert tflow("mv", "boat", "ferry", code=2).err == (
        "error: sources/ferry.mdx: stands there already; "
        "choose another name, or move that away first\n"
    )
    write("translations/ko/ship.po", "# mine\n")
    assert "translations/ko/ship.po" in tflow("mv", "boat", "ship", code=2).err
    assert "outside the project" in tflow("mv", "boat", "../x", code=2).err
    assert Path("sources/boat.md").exists()


# --- renamed by hand --------------------------------------------------------


def test_a_renamed_article_keeps_its_translations(
    translated: Path, tflow: Tflow
) -> None:
    """An article that was renamed in the file manager finds its catalog again."""
    Path("sources/boat.md").rename("sources/ferry.md")
    assert states(tflow, "ferry") == {"translated"}
    assert BOAT_KO.exists()
    done = tflow("sync")
    assert done.out == (
        f"1 catalog: {BOAT_KO} taken along; wrote translations/ko/ferry.po\n"
    )
    assert not BOAT_KO.exists()
    assert Path("translations/releases/ferry.toml").exists()
    assert tflow("status", "--json").json["left_behind"] == []
    tflow("undo")
    assert BOAT_KO.exists()


def test_a_renamed_and_edited_article(translated: Path, tflow: Tflow) -> None:
    """Half of the old segments are enough to know it by."""
    Path("sources/boat.md").rename("sources/ferry.md")
    path = Path("sources/ferry.md")
    path.write_text(path.read_text().replace("It does not wait.", "Something else."))
    assert "translated" in states(tflow, "ferry")


def test_an_article_that_merely_resembles_gets_nothing(
    translated: Path, tflow: Tflow, write: Write
) -> None:
    """A new article that shares a line with one that is gone is a new article."""
    Path("sources/boat.md").unlink()
    write(
        "sources/other.md", "The boat leaves at 9.\n\nA new text.\n\nQuite another.\n"
    )
    assert states(tflow, "other") == {"untranslated"}


def test_two_that_fit_get_nothing(translated: Path, tflow: Tflow, write: Write) -> None:
    """Where two articles might be the renamed one, a person decides."""
    Path("sources/boat.md").unlink()
    write("sources/one.md", BOAT)
    write("sources/two.md", BOAT)
    assert states(tflow, "one") == states(tflow, "two") == {"untranslated"}
    assert tflow("status", "--json").json["left_behind"] == [
        str(BOAT_KO),
        "translations/releases/boat.toml",
    ]


def test_a_copy_is_a_new_article(translated: Path, tflow: Tflow, write: Write) -> None:
    """A copy takes nothing from its original."""
    write("sources/copy.md", BOAT)
    assert states(tflow, "copy") == {"untranslated"}
    assert states(tflow, "boat") == {"translated"}


# --- gone -------------------------------------------------------------------


def test_a_deleted_article_leaves_its_work(translated: Path, tflow: Tflow) -> None:
    """What is left behind is listed; it is dropped only with --yes, and comes back."""
    Path("sources/boat.md").unlink()
    tflow("sync")
    before = BOAT_KO.read_bytes()
    assert "2 files without an article: tflow clean\n" in tflow("status").out
    listed = tflow("clean")
    assert f"{BOAT_KO}: 4 translations\n" in listed.out
    assert BOAT_KO.exists()
    tflow("clean", "--yes")
    assert not BOAT_KO.exists()
    tflow("undo")
    assert BOAT_KO.read_bytes() == before
    Path("sources/boat.md").write_text(BOAT)
    assert states(tflow, "boat") == {"translated"}
    assert tflow("clean").err == "nothing is left behind\n"


def test_hangul_names_in_both_forms(project: Path, tflow: Tflow, write: Write) -> None:
    """A name that the file system keeps decomposed is the same slug."""
    write(f"sources/{unicodedata.normalize('NFD', '한글')}.md", "Text.\n")
    tflow("set", f"{unicodedata.normalize('NFC', '한글')}:1", "글.")
    assert states(tflow, unicodedata.normalize("NFD", "한글")) == {"translated"}
    assert (KO / f"{unicodedata.normalize('NFC', '한글')}.po").exists()
    assert tflow("clean").err == "nothing is left behind\n"


def test_one_slug_for_two_files(project: Path, tflow: Tflow, write: Write) -> None:
    """a.md beside a.mdx is an error that names both."""
    write("sources/boat.mdx", "x\n")
    assert tflow("status", code=2).err == (
        "error: sources/boat.mdx: two articles have the slug 'boat': "
        "this and sources/boat.md; rename one of them\n"
    )
