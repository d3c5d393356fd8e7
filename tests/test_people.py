"""Who acts: named, known, asked for at a terminal, or told how to say it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Tflow, Write

from translate_flow.catalog import parse
from translate_flow.errors import FlowError
from translate_flow.files import write_atomic
from translate_flow.flow.people import Terminal, who
from translate_flow.project.user import config_folder, own, state_folder

KO = Path("translations/ko/boat.po")
NOBODY = (
    "error: nobody knows who you are; say --by NAME, set TFLOW_BY, or once and for "
    "all: tflow config user.name NAME; a machine says --machine NAME\n"
)


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a person's own settings, of one who has said nothing yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "translate_flow" / "settings.toml"


def takers() -> set[str]:
    """Return who took the units of the catalog."""
    units = parse(KO.read_text(), name="ko").units
    return {unit.mark.by for unit in units if unit.mark and unit.mark.by}


# --- what decides -----------------------------------------------------------


def asking(answer: str) -> Callable[[str], str]:
    """Return somebody who gives one answer."""
    return lambda question: answer


def nobody() -> str | None:
    """Be a git that knows nobody."""
    return None


def test_the_nearest_word_counts(mine: Path) -> None:
    """--by comes before the environment, that before one's own settings, those before
    git, and git before a question."""
    write_atomic(mine, b'[user]\nname = "Settings"\n')
    environ = {"XDG_CONFIG_HOME": str(mine.parent.parent), "TFLOW_BY": "Environment"}
    here = Terminal(asking("Answer"))

    def found(named: str | None = None, git: str | None = "Git") -> str:
        return who(named, environ, lambda: git, here)

    assert found("Option") == "Option"
    assert found() == "Environment"
    del environ["TFLOW_BY"]
    assert found() == "Settings"
    mine.unlink()
    assert found() == "Git"
    assert found(git=None) == "Answer"


def test_git_is_only_believed_at_a_terminal(mine: Path) -> None:
    """Where nobody sits, git's user is not who acts; one's own settings are."""
    environ = {"XDG_CONFIG_HOME": str(mine.parent.parent)}
    with pytest.raises(FlowError, match="nobody knows who you are"):
        who(None, environ, lambda: "Git", None)
    with pytest.raises(FlowError, match="nobody knows who you are"):
        who(None, environ, nobody, Terminal(None))
    assert who(None, environ, lambda: "Git", Terminal(None)) == "Git"
    write_atomic(mine, b'[user]\nname = "Settings"\n')
    assert who(None, environ, lambda: "Git", None) == "Settings"


def test_an_answer_is_kept(mine: Path) -> None:
    """Who was asked once is not asked again, and what else stands in the file stays."""
    environ = {"XDG_CONFIG_HOME": str(mine.parent.parent)}
    write_atomic(mine, "# 내 설정\n".encode())
    told: list[str] = []
    asked = Terminal(asking("  김  민아 "))
    assert who(None, environ, nobody, asked, told.append) == "김 민아"
    assert told == [f"kept in {mine}; tflow config user.name NAME changes it"]
    assert mine.read_text() == '# 내 설정\n\n[user]\nname = "김 민아"\n'
    assert who(None, environ, nobody, None) == "김 민아"


def test_what_cannot_be_kept_is_told(mine: Path) -> None:
    """A name that cannot be kept counts this time, all the same."""
    environ = {"XDG_CONFIG_HOME": str(mine.parent.parent)}
    mine.parent.parent.write_text("a file where a folder should be")
    told: list[str] = []
    assert who(None, environ, nobody, Terminal(asking("Mina")), told.append) == "Mina"
    [line] = told
    assert line.startswith("your name is not kept: ")


@pytest.mark.parametrize("wrong", ["", "  ", "Mi\nna", "Mi\x1b[2Jna", "\u202eaniM"])
def test_what_is_no_name(mine: Path, wrong: str) -> None:
    """A name is a line of letters that can be seen, wherever it comes from."""
    environ = {"XDG_CONFIG_HOME": str(mine.parent.parent)}
    with pytest.raises(FlowError, match="--by: must be a name"):
        who(wrong, environ, nobody, None)
    with pytest.raises(FlowError, match=r"user\.name: must be a name"):
        who(None, environ, nobody, Terminal(asking(wrong)))
    if wrong.strip():
        with pytest.raises(FlowError, match="TFLOW_BY: must be a name"):
            who(None, {**environ, "TFLOW_BY": wrong}, nobody, None)
    assert not mine.exists()


# --- the command line -------------------------------------------------------


@pytest.mark.parametrize("words", ["set boat:1 배", "accept boat:1", "sign boat"])
def test_without_a_name(mine: Path, project: Path, tflow: Tflow, words: str) -> None:
    """Where nobody sits and nobody is named, one line says how to name oneself."""
    assert tflow(*words.split(), code=2).err == NOBODY


def test_each_way_to_be_known(
    mine: Path, project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--by, TFLOW_BY and one's own settings each name who takes a translation."""
    tflow("set", "boat:1", "항구", "--by", "Option")
    monkeypatch.setenv("TFLOW_BY", "Environment")
    tflow("set", "boat:2", "항구")
    monkeypatch.delenv("TFLOW_BY")
    tflow("config", "user.name", "Settings")
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    assert takers() == {"Option", "Environment", "Settings"}


def test_ones_own_setting(mine: Path, folder: Path, tflow: Tflow) -> None:
    """user.name is looked at, changed and taken out without any project, and the file
    keeps what else is in it."""
    shown = tflow("config", "user.name")
    assert (shown.out, shown.err) == (
        "not said\n",
        "who you are, in every project  (default)\n",
    )
    done = tflow("config", "user.name", "Bob", "Smith")
    assert (done.out, done.err) == ("user.name = Bob Smith\n", "it was not said\n")
    mine.write_text("# mine\n" + mine.read_text().rstrip() + "  # short\n")
    assert tflow("config", "user.name", "Bob").err == "it was Bob Smith\n"
    assert mine.read_text() == '# mine\n[user]\nname = "Bob"  # short\n'
    assert tflow("config", "user.name", "Bob").err == "nothing had to be changed\n"
    found = tflow("config", "user.name", "--json").json
    assert found == {"settings": {"user.name": "Bob"}, "defaults": []}
    tflow("config", "--unset", "user.name")
    assert tflow("config", "user.name").out == "not said\n"
    assert "# short" not in mine.read_text()
    assert list(folder.iterdir()) == []


def test_ones_own_settings_beside_the_projects(
    mine: Path, project: Path, tflow: Tflow
) -> None:
    """Among all settings one's own are shown, too; a project cannot say them."""
    tflow("config", "user.name", "Mina")
    assert tflow("config", "--json").json["settings"]["user.name"] == "Mina"
    settings = Path("translate_flow.toml")
    assert "Mina" not in settings.read_text()
    settings.write_text(settings.read_text() + '[user]\nname = "Mallory"\n')
    assert "unknown setting user" in tflow("status", code=2).err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[user\nname = "x"', ":1: expected ']' at the end of a table declaration; "),
        (
            '\n[user]\nnmae = "x"',
            ":3: unknown setting user.nmae; did you mean user.name?",
        ),
        ("[user]\nname = 3", ":2: user.name: must be a name"),
        ('[user]\nname = ""', ":2: user.name: must be a name"),
        ('user = "x"', ":1: unknown setting user; did you mean user.name?"),
        ('[project]\nlanguages = ["en"]', ":2: unknown setting project.languages; "),
    ],
)
def test_settings_that_cannot_be_read(
    mine: Path, project: Path, tflow: Tflow, text: str, message: str
) -> None:
    """What is wrong in one's own settings is told with its line; who is named otherwise
    goes on working."""
    write_atomic(mine, text.encode())
    err = tflow("set", "boat:1", "항구", code=2).err
    assert err.startswith(f"error: {mine}{message}")
    tflow("set", "boat:1", "항구", "--by", "Mina")


# --- where one's own files lie ----------------------------------------------


def test_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where HOME is not set, the system knows where one's files lie; never is it the
    folder where one stands, which may be a project of anybody's."""
    import pwd

    home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    for environ in ({}, {"HOME": ""}, {"HOME": ".", "XDG_CONFIG_HOME": "here"}):
        assert config_folder(environ) == home / ".config" / "translate_flow"
        assert state_folder(environ) == home / ".local" / "state" / "translate_flow"
    there = {"HOME": "/home/mina", "XDG_STATE_HOME": "/var/mina"}
    assert config_folder(there) == Path("/home/mina/.config/translate_flow")
    assert state_folder(there) == Path("/var/mina/translate_flow")


def test_a_project_cannot_consent(
    project: Path, tflow: Tflow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without HOME, what lies in a project is not taken for the user's own answer."""
    for name in ("HOME", "XDG_STATE_HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    line = f"google\ttranslate.google.com\t{project.resolve()}\n"
    write(".local/state/translate_flow/consents.tsv", line)
    err = tflow("draft", "boat", "--engine", "google", code=2).err
    assert "google sends 4 texts" in err


def test_a_system_that_does_not_know_the_user(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no place for one's own files, names are still heard, and what is
    to be kept is refused in one line."""
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert own(os.environ).path is None
    assert tflow("config", "user.name", "Mina", code=2).err == (
        "error: there is no place for files of your own; "
        "set HOME to a folder of yours\n"
    )
    monkeypatch.setenv("TFLOW_BY", "Mina")
    tflow("set", "boat:1", "항구")
    assert takers() == {"Mina"}


# --- at a terminal ----------------------------------------------------------


def at_a_terminal(
    *words: str, typed: str = "", piped: bytes | None = None, **environ: str
) -> tuple[int, str]:
    """Run tflow at a terminal of its own; return its exit code and what stood there.

    :param typed: by the person, as soon as something stands there.
    :param piped: into standard input, which is then no terminal.
    """
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "translate_flow", *words],
        stdin=theirs if piped is None else subprocess.PIPE,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, **environ},
        start_new_session=True,
    )
    os.close(theirs)
    if run.stdin is not None:
        run.stdin.write(piped or b"")
        run.stdin.close()
    seen, left = b"", typed.encode()
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            seen += os.read(ours, 4096)
        except OSError:  # nobody is at the other end any more
            break
        if left and seen.endswith(b": "):
            line, _, left = left.partition(b"\n")
            os.write(ours, line + b"\n")
    os.close(ours)
    return run.wait(10), seen.decode().replace("\r\n", "\n")


@pytest.fixture
def no_git_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git know nobody."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


def test_the_first_command_asks(mine: Path, project: Path, no_git_user: None) -> None:
    """At a terminal, the first command that needs a name asks for it and keeps it; the
    next one knows it, also where nobody sits."""
    code, seen = at_a_terminal("set", "boat:1", "항구", typed="김민아\n")
    assert code == 0, seen
    assert "Your name, as it will stand beside what you translate: " in seen
    assert "set boat:1 (ko): translated" in seen
    assert mine.read_text() == '[user]\nname = "김민아"\n'
    code, seen = at_a_terminal("set", "boat:2", "항구")
    assert (code, "Your name" in seen) == (0, False)
    done = subprocess.run(
        [sys.executable, "-m", "translate_flow", "set", "boat:3", "배가 떠난다."],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert takers() == {"김민아"}


def test_git_is_believed_at_a_terminal(mine: Path, project: Path) -> None:
    """At a terminal git's user acts without a question, and so it is when a text comes
    through a pipe."""
    assert at_a_terminal("set", "boat:1", "항구")[0] == 0
    assert at_a_terminal("set", "boat:2", "-", piped="항구".encode())[0] == 0
    assert takers() == {"Mina"}
    assert not mine.exists()


def test_a_pipe_cannot_be_asked(mine: Path, project: Path, no_git_user: None) -> None:
    """What is piped in is a text, and no answer to a question."""
    code, seen = at_a_terminal("set", "boat:1", "-", piped=b"Mallory\n", COLUMNS="200")
    assert (code, seen.replace("\n", " ").strip()) == (2, NOBODY.strip())


def test_the_tour_waits_at_a_terminal(mine: Path, folder: Path) -> None:
    """At a terminal the tour goes on with Enter, ends with q, and says where its folder
    stays; neither git nor a name is needed."""
    code, seen = at_a_terminal("demo", "tour", typed="\n\nq\n", PATH="", COLUMNS="300")
    assert code == 0, seen
    there = folder / "tour"
    assert seen.startswith(f"A tour in {there}, which stays there.\n")
    assert seen.count("Enter goes on, q ends the tour: ") == 3
    assert "3. A draft to start from." in seen
    assert "4. See what a unit looks like." not in seen
    assert f"rm -r {there}" in " ".join(seen.split())
    assert (there / "sources" / "harbour.md").exists()
    assert not mine.exists()


@pytest.mark.parametrize("words", [("--no-step",), ("--step",)])
def test_the_tour_elsewhere(
    mine: Path, folder: Path, tflow: Tflow, words: tuple[str, ...]
) -> None:
    """Where nobody sits the tour does not wait, not even when it is told to."""
    done = tflow("demo", "tour", *words)
    assert "14. Now the release goes out." in done.out
    assert done.out.count("Enter goes on") == (words == ("--step",))
    assert f"The project stays in {folder / 'tour'}" in done.err


def test_the_tour_ends_as_json(folder: Path, tflow: Tflow) -> None:
    """A tour that somebody ends is one document, too."""
    done = tflow("demo", "tour", "--step", "--json", stdin=b"\nq\n")
    assert json.loads(done.out) == {"folder": str(folder / "tour"), "editions": []}
