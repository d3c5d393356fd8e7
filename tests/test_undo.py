"""Undo gives the files back byte for byte, after each command that writes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from shlex import join

import pytest
from conftest import Tflow, Write, machine_drafts

KO = Path("translations/ko/boat.po")
KO_GONE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ko\\n"
"X-Tflow-Source: sources/gone.md\\n"
"X-Tflow-Format: 2\\n"

# tflow: origin=human
msgctxt "k7f2qd"
msgid "Gone."
msgstr "갔다."
"""


def files() -> Mapping[str, bytes | None]:
    """Return every file of the project but tflow's private ones, and the folders as
    None."""
    return {
        str(path): path.read_bytes() if path.is_file() else None
        for path in sorted(Path().rglob("*"))
        if ".tflow" not in path.parts
    }


@pytest.fixture
def busy(project: Path, tflow: Tflow, write: Write) -> Path:
    """A project in the middle of its work, with a file that waits to be added."""
    write("new.md", "# New\n\nText.\n")
    write("translations/ko/gone.po", KO_GONE)
    tflow("draft", "boat", "--engine", "pseudo")
    tflow("accept", "boat:1")
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    path = Path("sources/boat.md")
    path.write_text(path.read_text().replace("does not", "never does"))
    return project


@pytest.mark.parametrize(
    "words",
    [
        ("add", "new.md"),
        ("sync",),
        ("draft", "boat", "--engine", "pseudo"),
        ("set", "boat:2", "항구"),
        ("accept", "boat:2"),
        ("sign", "boat:3"),
        ("export", "boat"),
        ("omit", "boat:2", "--why", "cut in print"),
        ("join", "boat:3,4"),
        ("reorder", "boat:3", "--first"),
        ("added", "boat:3", "none"),
        ("ask", "boat:3", "At nine in the morning?"),
        ("edit", "boat:3", "--editor"),
        ("mv", "boat", "2026/배"),
        ("--yes", "clean"),
        ("config", "draft.jobs", "8"),
    ],
    ids=lambda words: words[0],
)
def test_each_command_can_be_taken_back(
    busy: Path, tflow: Tflow, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After undo every file holds what it held before the command, byte for byte."""
    monkeypatch.setenv("VISUAL", "sed -i s/아홉/열/")
    if words[0] in ("edit", "join"):
        tflow("sync")
    before = files()
    tflow(*words)
    assert files() != before
    done = tflow("undo")
    assert done.out.startswith(f"took back: tflow {join(words)}; ")
    assert files() == before


def test_a_release_can_be_taken_back(project: Path, tflow: Tflow) -> None:
    """The record of what readers have goes with its edition, a correction before it."""
    machine_drafts(tflow)
    tflow("accept", "boat", "--unread")
    before = files()
    tflow("export", "boat", "--release")
    released = files()
    tflow("correct", "boat:3", "--source", "At nine.", "--target", "아홉 시이다.")
    assert files() != released
    tflow("undo")
    assert files() == released
    assert "translations/releases/boat.toml" in released
    tflow("undo")
    assert files() == before


# --- init -------------------------------------------------------------------


def everything() -> Mapping[str, bytes | None]:
    """Return all files and folders around the test; None stands for a folder."""
    return {
        str(path): path.read_bytes() if path.is_file() else None
        for path in sorted(Path().rglob("*"))
    }


@pytest.mark.parametrize("where", ["blog", "sites/2026/blog"])
def test_a_new_project_can_be_taken_back(
    folder: Path, tflow: Tflow, where: str
) -> None:
    """What init made is gone again, the folders above it, too."""
    tflow("init", where)
    done = tflow("--project", where, "undo")
    assert done.out == f"took back: tflow init {where}; 2 files as before\n"
    assert done.err == "next: tflow init\n"
    assert everything() == {}


def test_a_new_project_around_you_can_be_taken_back(
    folder: Path, tflow: Tflow, write: Write
) -> None:
    """What was there before init stays as it was, and so does the folder."""
    write(".gitignore", "public/\n.env")
    write("sources/old.md", "Old.\n")
    before = everything()
    tflow("init")
    tflow("undo")
    assert everything() == before
    assert folder.is_dir()
    assert "no translate_flow.toml" in tflow("undo", code=2).err


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("translate_flow.toml", "changed since that command, which undo would lose"),
        (".gitignore", "changed since that command, which undo would lose"),
        ("sources/new.md", "something was put there since that command"),
        ("translations/ko/new.po", "something was put there since that command"),
    ],
)
def test_a_project_with_work_in_it_stays(
    folder: Path, tflow: Tflow, write: Write, name: str, told: str
) -> None:
    """A project that somebody changed or filled is not taken back over his head."""
    tflow("init")
    path = Path(name)
    write(name, (path.read_text() if path.exists() else "") + "# mine\n")
    before = everything()
    assert told in tflow("undo", code=2).err
    assert {k: v for k, v in everything().items() if k in before} == before


def test_other_files_in_the_folder_of_a_project_stay(
    folder: Path, tflow: Tflow, write: Write
) -> None:
    """What lies beside the project is none of undo's business."""
    tflow("init", "blog")
    write("blog/notes.txt", "mine\n")
    tflow("--project", "blog", "undo")
    assert everything() == {"blog": None, "blog/notes.txt": b"mine\n"}


def test_a_project_is_taken_back_after_its_work(
    folder: Path, tflow: Tflow, write: Write
) -> None:
    """Step by step undo goes back to where there was no project."""
    new = write("new.md", "# New\n")
    tflow("init", "blog")
    tflow("--project", "blog", "add", str(new))
    tflow("--project", "blog", "sync")
    for _ in range(3):
        tflow("--project", "blog", "undo")
    assert everything() == {"new.md": b"# New\n"}


# --- git install ------------------------------------------------------------


@pytest.mark.parametrize("attributes", [None, "*.png binary", "*.png binary\n"])
def test_git_install_can_be_taken_back(
    project: Path, tflow: Tflow, write: Write, attributes: str | None
) -> None:
    """git's settings and attributes are again what they were, byte for byte."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    config = Path(".git/config")
    config.write_text(f"# mine \n{config.read_text()}[alias]\n  co=checkout ; short")
    config.chmod(0o640)
    if attributes is not None:
        write(".gitattributes", attributes)
    before = files()
    tflow("git", "install")
    now = config.read_bytes()
    assert b'[merge "tflow-po"]' in now
    assert now.startswith(before[".git/config"] or b"?")
    assert tflow("undo").out == "took back: tflow git install; 2 files as before\n"
    assert files() == before
    assert config.stat().st_mode & 0o777 == 0o640


def test_git_settings_changed_since_stay(project: Path, tflow: Tflow) -> None:
    """What somebody told git after the installation is not lost."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    tflow("git", "install")
    subprocess.run(["git", "config", "user.name", "Bob"], check=True)
    before = files()
    assert "changed since" in tflow("undo", code=2).err
    assert files() == before


def test_git_install_below_the_top_can_be_taken_back(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project below the top of its repository gives git's settings back, too."""
    top = project.parent
    subprocess.run(["git", "init", "--quiet", str(top)], check=True)
    before = (top / ".git/config").read_bytes()
    tflow("git", "install")
    assert (top / ".git/config").read_bytes() != before
    monkeypatch.chdir(top)
    tflow("--project", "here", "undo")
    assert (top / ".git/config").read_bytes() == before
    assert not (project / ".gitattributes").exists()


def test_other_drivers_of_these_names_are_put_back_by_hand(
    project: Path, tflow: Tflow
) -> None:
    """Where git had a driver of our name, its lines are the user's to put back; then
    the rest is taken back, and what was before it, too."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    config = Path(".git/config")
    config.write_text(f'{config.read_text()}[merge "tflow-po"]\n\tdriver = mine\n')
    before = files()
    tflow("git", "install")
    told = tflow("undo", code=2).err
    assert "undo that by hand, and run tflow undo again" in told
    config.write_bytes(before[".git/config"] or b"")
    tflow("undo")
    assert files() == before


# --- step by step -----------------------------------------------------------


def test_undo_goes_back_step_by_step(project: Path, tflow: Tflow) -> None:
    """Each undo takes one more command back, until nothing is left."""
    snapshots = [files()]
    for text in ("하나", "둘", "셋"):
        tflow("set", "boat:3", text)
        snapshots.append(files())
    for expected in reversed(snapshots[:-1]):
        tflow("undo")
        assert files() == expected
    assert tflow("undo", code=2).err == (
        "error: nothing to undo; only what was written can be\n"
    )


def test_undo_refuses_to_lose_a_later_change(project: Path, tflow: Tflow) -> None:
    """What somebody changed since is not undone over his head."""
    tflow("set", "boat:3", "배")
    KO.write_text(KO.read_text().replace("배", "나룻배"))
    before = files()
    assert tflow("undo", code=2).err == (
        f"error: {KO}: changed since that command, which undo would lose; "
        "take that change back first\n"
    )
    assert files() == before


def test_a_killed_command_can_be_taken_back(project: Path, tflow: Tflow) -> None:
    """A command that was killed between two files leaves no half that stays."""
    tflow("sync")
    before = files()
    tflow("set", "boat:3", "배")
    KO.write_bytes(before[str(KO)] or b"")
    tflow("undo")
    assert files() == before


def test_refused_commands_leave_nothing_to_undo(project: Path, tflow: Tflow) -> None:
    """A command that wrote nothing is not what undo takes back."""
    tflow("set", "boat:3", "배")
    tflow("set", "boat", "배", code=2)
    tflow("status")
    assert "tflow set boat:3 '배';" in tflow("undo").out


# --- what strangers left there ----------------------------------------------


def forged(number: str, *folders: str) -> Path:
    """Return a command of the journal that nobody gave, and that made folders."""
    entry = Path(".tflow/undo", number)
    entry.mkdir(parents=True)
    told = {"command": "x", "files": {}, "folders": folders}
    (entry / "files.json").write_text(json.dumps(told))
    return entry


@pytest.mark.parametrize(
    "key",
    ["link/inner", "link/inner/more", ".git/refs/tags", ".GIT/refs/tags", "sub/.git"],
)
def test_no_folder_of_others_is_removed(project: Path, tflow: Tflow, key: str) -> None:
    """A list removes no empty folder outside, through a link, and none of git's; those
    of the project it does."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    (project.parent / "outside").mkdir()
    Path("link").symlink_to(project.parent / "outside")
    Path("empty").mkdir()
    Path(key).mkdir(parents=True, exist_ok=True)
    forged("000009", key, "empty")
    tflow("undo")
    assert Path(key).is_dir()
    assert not Path("empty").exists()


@pytest.mark.parametrize(
    "number", ["999999999999", "1000000000", "999999999", "999999998", "0000999999"]
)
def test_no_number_is_the_last(project: Path, tflow: Tflow, number: str) -> None:
    """Whatever number stands in the journal, the next command can be taken back, and so
    can the one after it."""
    tflow("sync")
    forged(number)
    for text in ("하나.", "둘."):
        before = files()
        tflow("set", "boat:2", text)
        assert "took back: tflow set boat:2" in tflow("undo").out
        assert files() == before
        tflow("set", "boat:2", text)


# --- the list of a command ---------------------------------------------------


def test_a_list_grows_by_lines(project: Path, tflow: Tflow, write: Write) -> None:
    """However many files a command writes, its list is written once and added to; all
    of them are taken back."""
    before = files()
    lengths = []
    for size in (4, 16):
        for n in range(size):
            write(f"sources/many/a{n}.md", f"Text {n}.\n")
        sources = files()
        tflow("sync")
        told = Path(".tflow/undo/000001/files.json").read_text()
        lengths.append(len(told))
        assert told.count('"command"') == 1
        tflow("undo")
        assert files() == sources
        for n in range(size):
            Path(f"sources/many/a{n}.md").unlink()
    Path("sources/many").rmdir()
    assert files() == before
    assert lengths[1] < 4.5 * lengths[0]


def test_a_command_killed_while_it_added_a_line(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A line without an end is of a file that was not written: the others come back."""
    for n in range(3):
        write(f"sources/many/a{n}.md", f"Text {n}.\n")
    sources = files()
    tflow("sync")
    log = Path(".tflow/undo/000001/files.json")
    whole = log.read_bytes()
    last = whole.rstrip(b"\n").rsplit(b"\n", 1)[1]
    Path(json.loads(last)["path"]).unlink()
    log.write_bytes(whole[: -len(last) // 2])
    tflow("undo")
    assert files() == sources


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "1",
        "{}",
        '{"path": "x"}',
        "x",
        '{"path": 1, "before": null, "after": null}',
    ],
)
def test_a_line_that_is_none(project: Path, tflow: Tflow, line: str) -> None:
    """Nothing is undone by a list that has what is no line of one."""
    tflow("set", "boat:3", "배")
    log = Path(".tflow/undo/000001/files.json")
    log.write_text(f"{log.read_text()}{line}\n")
    assert "cannot be read; nothing can be undone" in tflow("undo", code=2).err
