"""What no person writes: nested without an end, numbers without an end, anything at
all in ``.tflow``. It is told for that file alone, and everything else goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import Tflow, Write

from translate_flow.cli import main
from translate_flow.files import sweep, write_atomic

DEEP = 1200
DIGITS = "9" * 6000
LAUGHS = "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)

FRONT = {
    "lists of TOML": f"+++\na = {'[' * DEEP}{']' * DEEP}\n+++\n",
    "open lists of TOML": f"+++\na = {'[' * DEEP}\n+++\n",
    "tables of TOML": f"+++\na = {'{a=' * DEEP}1{'}' * DEEP}\n+++\n",
    "a number of TOML": f"+++\na = {DIGITS}\n+++\n",
    "aliases of YAML": f"{LAUGHS}title: *a11\n---\n",
    "a circle of YAML": "---\ntitle: &a [*a]\n---\n",
    "a number of JSON": f'{{"title": {DIGITS}}}\n\n',
}


@pytest.mark.parametrize("front", FRONT)
def test_front_matter_that_nobody_writes(
    project: Path, tflow: Tflow, write: Write, front: str
) -> None:
    """It is told, with its file, and the other articles are worked on."""
    write("sources/deep.md", f"{FRONT[front]}\n# A\n\nA text.\n")
    for command in ("status", "sync", "drift", "check"):
        told = tflow(command, "--json", code=2).json
        assert told["error"]["file"] == "sources/deep.md"
        assert "front matter is not valid" in told["error"]["message"]
    assert (project / "translations/ko/boat.po").is_file()
    tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "mina")


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 1000 + "x",
        "<div>\n" * 1000 + "x\n" + "</div>\n" * 1000,
        "*a **b " * 500 + "x" + "** c*" * 500,
    ],
    ids=("b", "div", "emphasis"),
)
def test_an_article_that_nobody_writes(
    project: Path, tflow: Tflow, write: Write, text: str
) -> None:
    """Where an edition of it cannot be made, it is refused alone, in one line."""
    write("sources/deep.md", f"# A\n\n{text}\n")
    tflow("sync")
    done = tflow("export", "--format", "html,email", code=1)
    assert (project / "editions/boat.en-ko.html").is_file()
    assert "sources/deep.md: is nested too deeply for" in done.err
    assert main(["status"]) == 0


@pytest.mark.parametrize(
    "line", [f"a = {'[' * DEEP}{']' * DEEP}", f"a = {DIGITS}"], ids=("deep", "long")
)
def test_settings_that_nobody_writes(project: Path, tflow: Tflow, line: str) -> None:
    """Settings like that are bad input, told in one line."""
    path = project / "translate_flow.toml"
    path.write_text(f"{path.read_text()}{line}\n")
    error = tflow("status", code=2).err
    assert error.startswith("error: translate_flow.toml: ")
    assert error.count("\n") == 1


# --- .tflow -----------------------------------------------------------------


def folder(path: Path) -> None:
    """Make a folder, with something in it."""
    path.mkdir(parents=True)
    (path / "x").write_text("x")


JUNK: dict[str, bytes | Callable[[Path], object]] = {
    "a folder": folder,
    "a pipe": os.mkfifo,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "bytes": b"\xff\x00\x80" * 99,
    "depth": b"[" * 100_000,
    "digits": b'{"command": ' + DIGITS.encode() + b"}",
    "null": b"null",
    "infinity": b'{"x": [Infinity, null]}',
    "other types": b'{"command": 1, "files": [], "folders": 5}',
    "other rows": b'{"command": "x", "files": {"a": {"before": 5}}, "folders": [1]}',
    "half characters": b'{"\\ud800": "\\ud800"}',
}
PLACES = (
    "lock", "editions.json", "answers.sqlite", "memory.sqlite", "undo", "flips",
    "undo/000001", "undo/000001/files.json", "undo/undone.json", "undo/x/files.json",
    "undo/99999999999999999999/files.json", "undo/²²²²²²/files.json",
)  # fmt: skip


LAID = [
    *((junk, PLACES[n % 4 :: 4]) for n, junk in enumerate(JUNK)),
    *(pytest.param(junk, PLACES, marks=pytest.mark.long) for junk in JUNK),
]
"""What lies where: each in some places; in all of them in ``make test-long``."""


@pytest.mark.parametrize(("junk", "places"), LAID)
def test_anything_in_the_private_folder(
    project: Path, tflow: Tflow, junk: str, places: Sequence[str]
) -> None:
    """Whatever lies where our files would, commands do what they do without it."""
    import shutil

    tflow("sync")
    put = JUNK[junk]
    for place in places:
        shutil.rmtree(".tflow")
        path = project / ".tflow" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(put, bytes):
            path.write_bytes(put)
        else:
            put(path)
        tflow("status")
        tflow("show", "boat")
        tflow("draft", "boat", "--engine", "pseudo")
        tflow("set", "boat:3", f"배 {place}", "--by", "mina")
        tflow("export", "--format", "html", "--force")
        assert main(["undo"]) in (0, 2)
        assert main(["undo"]) in (0, 2)
        tflow("sync")


# --- killed -----------------------------------------------------------------


def dead() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_command_left(project: Path, tflow: Tflow) -> None:
    """The next command clears away what a killed one was writing, and nothing else."""
    tflow("set", "boat:3", "배", "--by", "mina")
    place = project / "translations/ko"
    gone = place / f".boat.po.{dead()}.tmp"
    mine = [
        place / f".boat.po.{os.getppid()}.tmp",
        place / f".ship.po.{dead()}.tmp",
        place / ".boat.po.tmp",
        place / f"boat.po.{dead()}.tmp",
    ]
    for path in (gone, *mine):
        path.write_text("half")
    tflow("status")
    assert gone.exists()
    tflow("set", "boat:3", "나룻배", "--by", "mina")
    assert not gone.exists()
    assert all(path.read_text() == "half" for path in mine)


def test_what_was_left_long_ago(tmp_path: Path) -> None:
    """The number of an ended process may be another's today: after a day that no
    longer matters."""
    left = tmp_path / f".a.po.{os.getppid()}.tmp"
    left.write_text("half")
    sweep([tmp_path / "a.po"])
    assert left.exists()
    os.utime(left, (time.time() - 100_000,) * 2)
    sweep([tmp_path / "a.po"])
    assert not left.exists()


def test_a_link_in_place_of_a_temporary_file(tmp_path: Path) -> None:
    """What waits where we write before we replace is not written through."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / f".a.po.{os.getpid()}.tmp").symlink_to(precious)
    write_atomic(tmp_path / "a.po", b"new")
    assert precious.read_text() == "mine"
    assert (tmp_path / "a.po").read_bytes() == b"new"


KILLED = """
import os, signal, sys
from pathlib import Path
from translate_flow.cli import main
at, *words = sys.argv[1:]
left = int(at)
def gone(event, args):
    global left
    if event in ("os.rename", "os.remove") and ".tflow" not in str(args[0]):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
sys.addaudithook(gone)
sys.exit(main(words))
"""
"""Runs a command, and ends it before it replaces or removes a file of the project."""


def killed_at(at: int, *words: str) -> bool:
    """Run a command that is killed before its n-th change; tell whether it was."""
    command = [sys.executable, "-c", KILLED, str(at), *words]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == -signal.SIGKILL


def texts(project: Path) -> str:
    """Return all that stands in catalogs."""
    return "".join(p.read_text() for p in (project / "translations").rglob("*.po"))


def test_undo_of_a_move_that_is_killed(project: Path, tflow: Tflow) -> None:
    """At no instant of an undo is a translation gone from the catalogs."""
    at = 0
    while True:
        tflow("set", "boat:3", "배는 9시에 떠난다.", "--by", "mina")
        tflow("mv", "boat", "ship")
        was_killed = killed_at(at, "undo")
        assert "배는 9시에 떠난다." in texts(project), at
        if not was_killed:
            break
        tflow("undo")
        assert (project / "sources/boat.md").is_file()
        at += 1
    assert at >= 4


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ([], ["mv", "boat", "ship"]),
        (["draft", "boat", "--engine", "pseudo"], ["flip", "boat"]),
    ],
    ids=("mv", "flip"),
)
def test_a_killed_command_is_told(
    project: Path,
    tflow: Tflow,
    capsys: pytest.CaptureFixture[str],
    first: list[str],
    words: list[str],
) -> None:
    """Whoever runs a command again that was killed half-way is told to undo it first;
    then it runs."""
    tflow("sync")
    if first:
        tflow(*first)
        tflow("accept", "boat", "--unread", "--yes", "--by", "mina")
    at, told = 0, 0
    while killed_at(at, *words):
        capsys.readouterr()
        again = main(words)
        if again == 2:
            assert "tflow undo takes it back" in capsys.readouterr().err
            assert main(["undo"]) == 0
            told += 1
        else:
            assert again == 0
            tflow("undo")
        at += 1
    assert told >= 2
