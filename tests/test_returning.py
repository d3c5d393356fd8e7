"""What other tools took away comes back as git has it, and is told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Once, Tflow, Write

ARTICLE = Path("sources/a.md")
CATALOG = Path("translations/ko/a.po")
TEXT = "The boat leaves at nine.\n\nIt does not wait.\n\nNobody complains.\n"
KOREAN = ("배는 아홉 시에 떠난다.", "기다리지 않는다.", "아무도 불평하지 않는다.")
SETTINGS = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'


def git(*words: str) -> None:
    """Run git here."""
    subprocess.run(["git", *words], check=True, capture_output=True)


@pytest.fixture
def boat(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """A committed project: signed, translated, a draft of a machine."""

    @once
    def start() -> None:
        write("translate_flow.toml", SETTINGS)
        write("sources/a.md", TEXT)
        write(".gitignore", ".tflow/\n")
        tflow("sync")
        tflow("set", "a:1", KOREAN[0], "--by", "mina")
        tflow("set", "a:2", KOREAN[1], "--by", "mina")
        tflow("sign", "a:1", "--by", "bob")
        tflow("draft", "a", "--engine", "pseudo")
        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "start")

    return folder


def seen(tflow: Tflow) -> list[tuple[str, str]]:
    """Return states and targets of all units."""
    units = tflow("--json", "show", "a").json["units"]
    return [(unit["state"], unit["target"]) for unit in units]


def entries() -> list[str]:
    """Return the paragraphs of the catalog, the header first."""
    return CATALOG.read_text().split("\n\n")


def keep(wanted: Callable[[int, str], bool]) -> None:
    """Leave some entries in the catalog, by their number and text."""
    parts = entries()
    kept = [e.rstrip("\n") for n, e in enumerate(parts) if n == 0 or wanted(n, e)]
    CATALOG.write_text("\n\n".join(kept) + "\n")


def told(tflow: Tflow) -> list[str]:
    """Sync, and return what came back."""
    changes = tflow("--json", "sync").json["changes"]
    assert all(change["kind"] == "elsewhere" for change in changes)
    return [change["action"] for change in changes]


# --- texts that were emptied ------------------------------------------------


def replaced(old: str, new: str) -> None:
    """Exchange a target in the catalog, as another editor would."""
    text = CATALOG.read_text()
    assert f'msgstr "{old}"' in text
    CATALOG.write_text(text.replace(f'msgstr "{old}"', f'msgstr "{new}"'))


@pytest.mark.parametrize("where", ["HEAD", "index"])
def test_the_newest_text_comes_back(boat: Path, tflow: Tflow, where: str) -> None:
    """A text that somebody typed, and no sync has seen, comes back before the older
    one that the mark knows, as a draft."""
    replaced(KOREAN[0], "배는 9시에 뜬다.")
    git("add", ".")
    if where == "HEAD":
        git("commit", "-qm", "typed elsewhere")
    replaced("배는 9시에 뜬다.", "")
    assert seen(tflow)[0] == ("draft", "배는 9시에 뜬다.")
    assert told(tflow) == ["returned"]
    assert seen(tflow)[0] == ("draft", "배는 9시에 뜬다.")
    assert seen(tflow)[1][0] == "translated"
    assert told(tflow) == []


def test_what_came_back_is_said(boat: Path, tflow: Tflow) -> None:
    """A sync that writes says what for."""
    replaced(KOREAN[1], "")
    said = tflow("sync").out
    assert said.startswith("1 catalog: 1 came back (:2); wrote ")
    assert seen(tflow)[1] == ("translated", KOREAN[1])


def test_an_emptied_text_that_git_does_not_have_is_listed(
    boat: Path, tflow: Tflow
) -> None:
    """Where git has only something older than what was emptied, nothing is guessed."""
    tflow("set", "a:1", "배는 곧 떠난다.", "--by", "mina")
    before = CATALOG.read_text()
    replaced("배는 곧 떠난다.", "")
    assert "a translation was emptied by another tool" in tflow("sync", code=2).err
    assert CATALOG.read_text() != before


# --- entries that vanished --------------------------------------------------


def test_entries_cut_off_come_back(boat: Path, tflow: Tflow) -> None:
    """A catalog that was cut off after an entry is made whole, signature and all."""
    before, states = CATALOG.read_bytes(), seen(tflow)
    keep(lambda n, entry: n < 1)
    assert seen(tflow) == states
    tflow("sync", "--check", code=1)
    assert told(tflow) == ["returned"] * 3
    assert CATALOG.read_bytes() == before


def test_entries_filtered_away_come_back(boat: Path, tflow: Tflow) -> None:
    """msgattrib --no-fuzzy takes drafts away; they come back and are not paid again."""
    states = seen(tflow)
    subprocess.run(
        ["msgattrib", "--no-fuzzy", "--no-wrap", "-o", CATALOG, CATALOG], check=True
    )
    done = tflow("--json", "draft", "a", "--engine", "pseudo").json
    assert done["drafted"] == done["requested"] == 0
    assert seen(tflow) == states


@pytest.mark.parametrize("n", [1, 2, 3])
def test_an_entry_taken_out_by_hand_comes_back(
    boat: Path, tflow: Tflow, n: int
) -> None:
    """Wherever it stood, it stands there again."""
    before = CATALOG.read_bytes()
    keep(lambda number, entry: number != n)
    assert told(tflow) == ["returned"]
    assert CATALOG.read_bytes() == before


def test_entries_come_back_under_an_edited_article(boat: Path, tflow: Tflow) -> None:
    """What vanished while its source was edited has drifted, and is not lost."""
    keep(lambda n, entry: n < 1)
    ARTICLE.write_text(TEXT.replace("nine", "ten").replace("Nobody complains.", ""))
    tflow("sync")
    assert seen(tflow)[0] == ("drifted", KOREAN[0])
    assert "#~ msgstr" in CATALOG.read_text()
    assert tflow("--json", "sync").json["changes"] == []


def test_a_catalog_that_is_gone_comes_back(boat: Path, tflow: Tflow) -> None:
    """A whole file that git has, and somebody deleted, is put back."""
    before, states = CATALOG.read_bytes(), seen(tflow)
    CATALOG.unlink()
    assert seen(tflow) == states
    assert told(tflow) == ["returned"] * 3
    assert CATALOG.read_bytes() == before


@pytest.mark.parametrize("blank", [b"", b"\n", b" \r\n\n"])
def test_an_emptied_catalog_comes_back(boat: Path, tflow: Tflow, blank: bytes) -> None:
    """A file with nothing in it is one that is gone: all marks are as they were."""
    before, states = CATALOG.read_bytes(), seen(tflow)
    CATALOG.write_bytes(blank)
    assert seen(tflow) == states
    tflow("sync")
    assert CATALOG.read_bytes() == before


def test_a_catalog_comes_back_beside_a_copy_of_its_article(
    boat: Path, tflow: Tflow
) -> None:
    """An article of the same text that git does not know has taken nothing along."""
    before = CATALOG.read_bytes()
    Path("sources/b.md").write_bytes(Path("sources/a.md").read_bytes())
    tflow("sync")
    CATALOG.unlink()
    tflow("sync")
    assert CATALOG.read_bytes() == before


def test_an_omission_comes_back(boat: Path, tflow: Tflow) -> None:
    """What was left out on purpose is again."""
    tflow("omit", "a:3", "--by", "bob", "--why", "cut")
    git("commit", "-qam", "left out")
    keep(lambda n, entry: n < 3)
    assert seen(tflow)[2][0] == "omitted"
    tflow("sync")
    assert seen(tflow)[2][0] == "omitted"


def test_what_was_staged_without_it_is_a_draft(boat: Path, tflow: Tflow) -> None:
    """Where git was told of a catalog without an entry, the last commit's text is a
    draft; once that is committed, it stays away."""
    keep(lambda n, entry: n != 1)
    git("add", ".")
    assert seen(tflow)[0] == ("draft", KOREAN[0])
    git("commit", "-qm", "taken out")
    assert seen(tflow)[0] == ("untranslated", "")
    assert seen(tflow)[1] == ("translated", KOREAN[1])


# --- what stays away --------------------------------------------------------


def test_a_text_that_was_set_empty_stays_away(boat: Path, tflow: Tflow) -> None:
    """``set PLACE ""`` takes a translation away."""
    tflow("set", "a:1", "", "--by", "mina")
    assert seen(tflow)[0] == ("untranslated", "")
    assert tflow("--json", "sync").json["changes"] == []


def test_what_undo_took_back_stays_away(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """A catalog that undo took away, though git has it, is not put back."""
    write("translate_flow.toml", SETTINGS)
    write("sources/a.md", TEXT)
    write(".gitignore", ".tflow/\n")
    tflow("set", "a:1", KOREAN[0], "--by", "mina")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "start")
    tflow("undo")
    assert not CATALOG.exists()
    assert seen(tflow)[0] == ("untranslated", "")
    tflow("sync")
    assert seen(tflow)[0] == ("untranslated", "")
    tflow("undo")
    assert seen(tflow)[0] == ("untranslated", "")


def test_a_removed_catalog_stays_away(boat: Path, tflow: Tflow) -> None:
    """``git rm`` tells git; so does a commit without the file."""
    git("rm", "-q", str(CATALOG))
    assert {state for state, _ in seen(tflow)} == {"untranslated"}
    tflow("sync")
    git("add", ".")
    git("commit", "-qm", "anew")
    assert {state for state, _ in seen(tflow)} == {"untranslated"}


def test_a_cleaned_catalog_stays_away(boat: Path, tflow: Tflow) -> None:
    """An article that is gone and cleaned away does not come back with another of the
    same name."""
    ARTICLE.unlink()
    tflow("clean", "--yes")
    ARTICLE.write_text(TEXT)
    assert {state for state, _ in seen(tflow)} == {"untranslated"}


def test_a_moved_article_leaves_nothing_behind(boat: Path, tflow: Tflow) -> None:
    """A new article under the old name of another one begins anew, whether tflow moved
    that or somebody's hands."""
    tflow("mv", "a", "b")
    ARTICLE.write_text(TEXT)
    assert {state for state, _ in seen(tflow)} == {"untranslated"}
    ARTICLE.unlink()
    tflow("undo")
    assert seen(tflow)[0] == ("reviewed", KOREAN[0])
    ARTICLE.rename("sources/c.md")
    CATALOG.rename("translations/ko/c.po")
    ARTICLE.write_text(TEXT)
    assert {state for state, _ in seen(tflow)} == {"untranslated"}


def test_tidied_entries_stay_away(boat: Path, tflow: Tflow) -> None:
    """Removed entries may be tidied away; nothing lives in them."""
    ARTICLE.write_text(TEXT.replace("It does not wait.\n\n", ""))
    tflow("sync")
    git("commit", "-qam", "shorter")
    keep(lambda n, entry: "#~" not in entry)
    assert tflow("--json", "sync").json["changes"] == []
    ARTICLE.write_text(f"{ARTICLE.read_text()}\nA new paragraph.\n")
    changes = tflow("--json", "sync").json["changes"]
    assert [change["action"] for change in changes] == ["new"]


def test_a_version_of_old_that_git_was_asked_for_stays(
    boat: Path, tflow: Tflow
) -> None:
    """An entry that a revert of the catalog takes away comes back as a draft only."""
    ARTICLE.write_text(f"{TEXT}\nThe mail waits.\n")
    tflow("sync")
    tflow("set", "a:4", "편지가 기다린다.", "--by", "mina")
    git("commit", "-qam", "more")
    git("checkout", "-q", "HEAD~1", "--", str(CATALOG))
    assert seen(tflow)[3] == ("draft", "편지가 기다린다.")


# --- what sync says of other tools ------------------------------------------


def test_what_fell_to_draft_is_said(boat: Path, tflow: Tflow) -> None:
    """A flag that another tool set on accepted entries is told, with the places."""
    text = CATALOG.read_text().replace(
        "#. paragraph\nmsgctxt", "#. paragraph\n#, fuzzy\nmsgctxt"
    )
    CATALOG.write_text(text)
    told = tflow("--json", "sync", "--check", code=1).json["changes"]
    assert [(c["kind"], c["action"]) for c in told] == [("elsewhere", "doubted")] * 2
    assert tflow("sync").out.startswith("1 catalog: 2 fell to draft (:1,2); wrote ")
    assert [state for state, _ in seen(tflow)] == ["draft"] * 3


def test_lost_marks_are_said(boat: Path, tflow: Tflow) -> None:
    """A tool that drops comments makes drafts of what was accepted, which is told."""
    lines = CATALOG.read_text().split("\n")
    CATALOG.write_text("\n".join(line for line in lines if "tflow: " not in line))
    assert "3 fell to draft" in tflow("sync").out


def test_cleared_flags_are_said(boat: Path, tflow: Tflow) -> None:
    """A flag that was taken off while the text stayed is told, with what to do."""
    CATALOG.write_text(CATALOG.read_text().replace("#, fuzzy\n", ""))
    said = tflow("sync")
    assert said.out.startswith("1 catalog: nothing changed")
    assert "1 flag was taken off elsewhere: tflow accept a --cleared" in said.err
    told = tflow("--json", "sync").json
    assert [(one["slug"], one["lang"]) for one in told["cleared"]] == [("a", "ko")]
    tflow("accept", "a", "--cleared", "--by", "mina")
    assert tflow("--json", "sync").json["cleared"] == []


def test_typed_texts_are_said(boat: Path, tflow: Tflow) -> None:
    """A text from another editor is among the changes."""
    replaced(KOREAN[1], "안 기다린다.")
    told = tflow("--json", "sync", "--check", code=1).json["changes"]
    assert [(c["kind"], c["action"]) for c in told] == [("elsewhere", "typed")]
    said = tflow("sync").out
    assert said.startswith("1 catalog: 1 taken in from another editor; wrote ")


def test_a_file_that_was_only_written_otherwise_is_said(
    boat: Path, tflow: Tflow
) -> None:
    """Where a tool wrapped lines, sync does not say that it wrote for nothing."""
    subprocess.run(["msgcat", "--width", "20", "-o", CATALOG, CATALOG], check=True)
    said = tflow("sync").out
    assert said.startswith("1 catalog: no text changed; wrote ")
    assert tflow("sync").out.startswith("1 catalog: nothing changed")
