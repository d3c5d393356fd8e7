"""What cherry-picks, rebases, squashes, stashes and hands put together is no person's
translation."""

from __future__ import annotations

import os
import re
import subprocess
from itertools import count
from pathlib import Path

import pytest
from conftest import Once, Tflow, Write

from translate_flow.catalog import GONE, dump, parse

ARTICLE = Path("sources/a.md")
CATALOG = Path("translations/ko/a.po")
SETTINGS = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
ONE = "The boat leaves at nine."
TWO = "It does not wait."
CLOCK = count(1_795_500_000, 60)


def git(*words: str, ok: bool = True) -> None:
    """Run git here, a minute later each time."""
    date = f"{next(CLOCK)} +0000"
    now = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_EDITOR": "true"}
    subprocess.run(
        ["git", *words], check=ok, capture_output=True, env={**os.environ, **now}
    )


def commit() -> None:
    """Commit everything."""
    git("add", "-A")
    git("commit", "-qm", "work", "--allow-empty")


@pytest.fixture
def boat(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """A committed project with two untranslated paragraphs and a branch ``side``."""

    @once
    def start() -> None:
        write("translate_flow.toml", SETTINGS)
        write("sources/a.md", f"{ONE}\n\n{TWO}\n")
        write(".gitignore", ".tflow/\n")
        tflow("sync")
        git("init", "-q", "-b", "main")
        commit()
        git("branch", "side")

    return folder


def states(tflow: Tflow) -> list[str]:
    """Return the states of all units, as they are and after a sync."""
    before = tflow("--json", "show", "a").json["units"]
    tflow("sync")
    after = tflow("--json", "show", "a").json["units"]
    assert [u["state"] for u in before] == [u["state"] for u in after]
    return [unit["state"] for unit in after]


def edited(n: int, target: str) -> None:
    """Type a target in another editor, which takes the flag off."""
    parts = CATALOG.read_text().split("\n\n")
    entry = parts[n].replace("#, fuzzy\n", "")
    entry = re.sub(r"(?m)^#\| .*\n", "", entry)
    parts[n] = re.sub(r'(?m)^msgstr ".*"', f'msgstr "{target}"', entry)
    CATALOG.write_text("\n\n".join(parts))


def drafts_on_main(tflow: Tflow) -> None:
    """On main: drafts, another text, drafts again, each committed."""
    tflow("draft", "a", "--engine", "pseudo")
    commit()
    ARTICLE.write_text(ARTICLE.read_text().replace(ONE, "Nobody has seen the mail."))
    tflow("draft", "a", "--engine", "pseudo")
    commit()


@pytest.mark.parametrize("wish", ["ours", "theirs"])
def test_a_draft_that_was_picked_stays_one(boat: Path, tflow: Tflow, wish: str) -> None:
    """A machine's text that a cherry-pick carries to another entry is nobody's."""
    drafts_on_main(tflow)
    git("checkout", "-q", "side")
    Path("other.txt").write_text("work\n")
    commit()
    git("cherry-pick", f"-X{wish}", "main", ok=False)
    git("checkout", f"--{wish}", "--", ".", ok=False)
    commit()
    assert not {"translated", "reviewed"} & set(states(tflow))
    assert "ok=" not in CATALOG.read_text()


@pytest.mark.parametrize("where", ["here", "other branch", "reflog"])
def test_a_text_that_was_any_draft_is_not_typed(
    boat: Path, tflow: Tflow, where: str
) -> None:
    """Wherever a text was a unit's draft, it does not count as typed beside another."""
    git("checkout", "-q", "side")
    tflow("draft", "a", "--engine", "pseudo")
    unit = parse(CATALOG.read_text(), name="").units[0]
    if where != "here":
        commit()
        git("checkout", "-q", "main")
    if where == "reflog":
        git("branch", "-D", "side")
    edited(2, unit.target)
    assert states(tflow)[1] == "draft"
    tflow("accept", "a:2", "--by", "mina")
    assert states(tflow)[1] == "translated"


def test_a_typed_text_is_still_taken(boat: Path, tflow: Tflow) -> None:
    """What somebody types in another editor counts, committed or not, drafts or not."""
    edited(1, "배는 아홉 시에 떠난다.")
    assert states(tflow) == ["translated", "untranslated"]
    tflow("draft", "a", "--engine", "pseudo")
    edited(2, "기다리지 않는다.")
    commit()
    assert states(tflow) == ["translated", "translated"]


def test_a_typed_text_counts_after_a_rebase(boat: Path, tflow: Tflow) -> None:
    """Where the reflog, or the parent, tells what a commit was made of, what somebody
    typed in it counts."""
    tflow("draft", "a", "--engine", "pseudo")
    edited(2, "기다리지 않는다.")
    commit()
    git("checkout", "-q", "side")
    Path("other.txt").write_text("work\n")
    commit()
    git("checkout", "-q", "main")
    git("rebase", "-q", "side")
    assert states(tflow) == ["draft", "translated"]


CONFLICT = r"^<{7}[^\n]*\n(.*?)^={7}\n(.*?)^>{7}[^\n]*\n"


def married(tflow: Tflow) -> None:
    """On main a signed translation; on side another source, drifted."""
    tflow("set", "a:1", "배는 아홉 시에 떠난다.", "--by", "mina")
    commit()
    git("branch", "-f", "side")
    ARTICLE.write_text(ARTICLE.read_text().replace("nine", "ten"))
    tflow("sync")
    commit()
    git("checkout", "-q", "side")
    tflow("set", "a:1", "배는 9시에 떠난다.", "--by", "mina")
    commit()


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize("way", ["merge", "pick", "rebase", "squash"])
def test_a_new_source_with_the_old_target_by_hand(
    boat: Path, tflow: Tflow, way: str, settled: bool
) -> None:
    """Somebody who settles a conflict with the new msgid, the old msgstr and no flag
    has translated nothing."""
    married(tflow)
    words = {
        "merge": ["merge", "-q", "main"],
        "pick": ["cherry-pick", "main"],
        "rebase": ["rebase", "-q", "main"],
        "squash": ["merge", "-q", "--squash", "main"],
    }[way]
    git(*words, ok=False)
    said = CATALOG.read_text()
    assert "<<<<<<<" in said
    both = [re.sub(CONFLICT, rf"\{n}", said, flags=re.S | re.M) for n in (1, 2)]
    new, old = sorted(
        both, key=lambda text: 'msgid "The boat leaves at ten' not in text
    )
    target = re.search(r'msgstr "배.*"', old)
    assert target is not None
    text = re.sub(r'msgstr "배.*"', target[0], new.replace("#, fuzzy\n", ""))
    CATALOG.write_text(text)
    if "at ten" not in ARTICLE.read_text():
        ARTICLE.write_text(ARTICLE.read_text().replace("nine", "ten"))
    if settled:
        commit()
        git("rebase", "--continue", ok=False)
    assert states(tflow)[0] not in ("translated", "reviewed")


def test_a_flagged_text_that_was_picked_is_not_taken(boat: Path, tflow: Tflow) -> None:
    """A text that its translator left flagged on another branch is not taken because
    git lost the flag."""
    git("checkout", "-q", "side")
    parts = CATALOG.read_text().split("\n\n")
    entry = parts[1].replace('msgstr ""', 'msgstr "배는 떠난다."')
    parts[1] = entry.replace("msgctxt", "#, fuzzy\nmsgctxt")
    CATALOG.write_text("\n\n".join(parts))
    commit()
    git("checkout", "-q", "main")
    edited(1, "배는 떠난다.")
    commit()
    assert states(tflow)[0] == "draft"


# --- the line between -------------------------------------------------------


def test_a_line_parts_what_is_gone(boat: Path, tflow: Tflow) -> None:
    """Between the last entry and the first removed one stands a fixed line, which other
    tools keep or lose, and which is there once after the next write."""
    tflow("set", "a:1", "배는 아홉 시에 떠난다.", "--by", "mina")
    ARTICLE.write_text(f"{TWO}\n")
    tflow("sync")
    text = CATALOG.read_text()
    live, line, gone = text.partition(f"\n# {GONE}\n\n")
    assert line
    assert "#~" not in live
    assert "#~ msgstr" in gone
    read = parse(text, name="")
    assert dump(read) == text
    assert all(GONE not in comment for u in read.obsolete for comment in u.comments)
    for tool in (["msgcat", "--no-wrap"], ["msgattrib", "--no-wrap"]):
        subprocess.run([*tool, "-o", CATALOG, CATALOG], check=True)
        tflow("sync")
        assert CATALOG.read_text() == text
    subprocess.run(["msgattrib", "--no-obsolete", "-o", CATALOG, CATALOG], check=True)
    tflow("sync")
    assert GONE not in CATALOG.read_text()


def test_a_note_that_says_the_same_is_kept() -> None:
    """A person's note is a note, whatever it says."""
    text = f'msgid ""\nmsgstr ""\n\n#  {GONE}\nmsgctxt "a"\nmsgid "a"\nmsgstr ""\n'
    header = text.replace('msgstr ""\n\n', 'msgstr "X-Tflow-Format: 2\\n"\n\n')
    read = parse(header, name="")
    assert read.units[0].comments == (f" {GONE}",)
    assert parse(dump(read), name="") == read
