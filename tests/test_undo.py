"""Undo gives the files back byte for byte, after each command that writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shlex import join

import pytest
from conftest import Tflow, Write

KO = Path("translations/ko/boat.po")


def files() -> Mapping[str, bytes]:
    """Return every file of the project but tflow's private ones."""
    return {
        str(path): path.read_bytes()
        for path in sorted(Path().rglob("*"))
        if path.is_file() and ".tflow" not in path.parts
    }


@pytest.fixture
def busy(project: Path, tflow: Tflow, write: Write) -> Path:
    """A project in the middle of its work, with a file that waits to be added."""
    write("new.md", "# New\n\nText.\n")
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
    ],
    ids=lambda words: words[0],
)
def test_each_command_can_be_taken_back(
    busy: Path, tflow: Tflow, words: tuple[str, ...]
) -> None:
    """After undo every file holds what it held before the command, byte for byte."""
    before = files()
    tflow(*words)
    assert files() != before
    done = tflow("undo")
    assert done.out.startswith(f"took back: tflow {join(words)}; ")
    assert files() == before


def test_a_release_can_be_taken_back(project: Path, tflow: Tflow) -> None:
    """The record of what readers have goes with its edition."""
    tflow("draft", "boat", "--engine", "pseudo")
    tflow("accept", "boat", "--unread")
    before = files()
    tflow("export", "boat", "--release")
    assert "translations/releases/boat.toml" in files()
    tflow("undo")
    assert files() == before


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
    KO.write_bytes(before[str(KO)])
    tflow("undo")
    assert files() == before


def test_refused_commands_leave_nothing_to_undo(project: Path, tflow: Tflow) -> None:
    """A command that wrote nothing is not what undo takes back."""
    tflow("set", "boat:3", "배")
    tflow("set", "boat", "배", code=2)
    tflow("status")
    assert "tflow set boat:3 '배';" in tflow("undo").out
