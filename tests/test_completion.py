"""What a shell completes, asked directly and in the real shells, as a user would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote

import pytest
from conftest import BOAT, Tflow, Write
from typer.main import get_command

from translate_flow.cli.commands import COMMANDS, build
from translate_flow.cli.completion import ANSWERS, SCRIPTS, split
from translate_flow.exporters import FORMATS

BREAKS = " \t\n\"'@><=;|&(:"
"""bash's usual COMP_WORDBREAKS."""

Ask = Callable[..., list[str]]


@pytest.fixture
def archive(project: Path, write: Write) -> Path:
    """A project with articles of all sorts of names."""
    for slug in ("opinion/2013/russia", "opinion/2013/gwangju", "2026/배", "2026/배편"):
        write(f"sources/{slug}.md", BOAT)
    write("sources/two words.md", BOAT)
    write("sources/bad\x1b[31m.md", BOAT)
    return project


@pytest.fixture
def ask(tflow: Tflow, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks what may stand after some words, as fish does; the descriptions are cut."""

    def answer(*words: str) -> list[str]:
        with monkeypatch.context() as patch:
            patch.setenv("_TFLOW_COMPLETE", "fish")
            done = tflow(*words)
        assert done.err == ""
        return [line.partition("\t")[0] for line in done.out.splitlines()]

    return answer


# --- what may stand where ---------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["sh"], ["show"]),
        (["--js"], ["--json"]),
        (["--project", ""], "folders"),
        (["--project=so"], "folders"),
        (["git", ""], ["install"]),
        (["show", "b"], ["boat"]),
        (["show", ""],
         ["2026/배", "2026/배편", "boat", "opinion/2013/gwangju",
          "opinion/2013/russia", "two words"]),
        (["--json", "show", "bo"], ["boat"]),
        (["show", "boat", "--json", "opinion/2013/r"], ["opinion/2013/russia"]),
        (["show", "배"], ["배", "배편"]),
        (["show", "\u1107\u1162"], ["배", "배편"]),
        (["show", "rus"], ["russia"]),
        (["show", "2013/"], ["2013/gwangju", "2013/russia"]),
        (["show", "nowhere"], []),
        (["show", "boat:"], ["boat:1", "boat:2", "boat:3", "boat:4"]),
        (["set", "boat:3"], ["boat:3"]),
        (["accept", "boat:1,3-"],
         ["boat:1,3-1", "boat:1,3-2", "boat:1,3-3", "boat:1,3-4"]),
        (["show", "배:4"], ["배:4"]),
        (["show", "nowhere:"], []),
        (["set", "boat:1", ""], []),
        (["set", "boat:1", "--l"], ["--lang"]),
        (["set", "boat:1", "--lang", ""], ["en", "ko"]),
        (["set", "boat:1", "--lang=k"], ["--lang=ko"]),
        (["show", "--lang", "ko", "boat", "--"],
         ["--project", "--machine", "--json", "--quiet", "--yes", "--help"]),
        (["show", "--", "--"], []),
        (["draft", "--from", ""], "files"),
        (["tm", "export", "--from", ""], ["en", "ko"]),
        (["--machine", ""], []),
        (["draft", "boat", "--engine", "p"], ["papago", "pseudo"]),
        (["export", "--format", ""], list(FORMATS)),
        (["export", "--layout", "facing,"],
         ["facing,interleaved", "facing,source", "facing,target"]),
        (["export", "--rel"], ["--release"]),
        (["export", "-o", ""], "folders"),
        (["check", "--format", ""], ["text", "github", "sarif"]),
        (["edit", "--state", "draft,dr"], ["draft,drifted"]),
        (["edit", "--class", "ri"], ["risk"]),
        (["config", "draft."], ["draft.engine", "draft.jobs", "draft.style"]),
        (["config", "draft.engine", ""],
         ["google", "mymemory", "libretranslate", "deepl", "papago", "openai",
          "pseudo", "memory"]),
        (["config", "project.languages", "en", ""], ["en", "ko"]),
        (["config", "draft.jobs", ""], []),
        (["config", "editions.dir", ""], "folders"),
        (["mv", "bo"], ["boat"]),
        (["mv", "boat", "bo"], []),
        (["add", ""], "files"),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["stauts", ""], []),
        (["git", "nothing", ""], []),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)  # fmt: skip
def test_what_may_stand_there(
    archive: Path, ask: Ask, words: list[str], found: list[str] | str
) -> None:
    """Each parameter is completed with what fits it, and with nothing else."""
    wanted = [found] if isinstance(found, str) else ["words", *found]
    got = ask(*words)
    assert (got or ["words"]) == wanted


def test_ids_are_completed(archive: Path, ask: Ask, tflow: Tflow) -> None:
    """After a letter the ids of units are offered, also before the first sync."""
    ids = [unit["id"] for unit in tflow("show", "boat", "--json").json["units"]]
    for name in ids:
        wanted = [f"boat:{other}" for other in ids if other[0] == name[0]]
        assert ask("show", f"boat:{name[0]}")[1:] == wanted


def test_descriptions_tell_what_it_is(
    archive: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shells that show it get the words of a segment and the help of a command."""
    monkeypatch.setenv("_TFLOW_COMPLETE", "zsh")
    assert "boat:4\tIt does not wait.\n" in tflow("show", "boat:").out
    assert "undo\tTake the last command back.\n" in tflow("").out


@pytest.mark.parametrize(
    "words", [["show", ""], ["show", "boat:"], ["set", "b", "--lang", ""], ["mv", ""]]
)
def test_outside_of_a_project(folder: Path, ask: Ask, words: list[str]) -> None:
    """Where there is no project nothing is offered, and nothing is said."""
    assert ask(*words) == []


def test_another_project(
    archive: Path, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The project that --project names is the one that is asked, wherever it stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ask("--project", "~/here", "show", "b") == ["words", "boat"]
    assert ask("--project", "here", "show", "b") == ["words", "boat"]
    assert ask("show", "--project=here", "b") == ["words", "boat"]


@pytest.mark.parametrize("broken", ["[project", "\xff"])
def test_a_broken_project(archive: Path, ask: Ask, write: Write, broken: str) -> None:
    """Settings that cannot be read are no reason to disturb a prompt."""
    write("translate_flow.toml", broken.encode("latin-1"))
    assert ask("show", "") == []
    assert ask("sh") == ["words", "show"]


def test_every_parameter_is_completed() -> None:
    """Whoever adds a parameter says in the table what may stand there."""
    for entry in COMMANDS:
        group = get_command(build(entry.name))
        loaded = [group.commands[entry.name]]  # type: ignore[attr-defined]
        loaded += getattr(loaded[0], "commands", {}).values()
        for command in loaded:
            for param in command.params:
                if getattr(param, "is_flag", False):
                    continue
                named = param.param_type_name == "option"
                name = param.opts[0] if named else param.name
                assert name in ANSWERS, f"{name} of {entry.name} is not in ANSWERS"


def test_a_slug_loads_nothing_heavy(archive: Path) -> None:
    """For a slug neither articles nor catalogs are read."""
    code = (
        "import os, sys; os.environ['_TFLOW_COMPLETE'] = 'fish'; "
        "from translate_flow.cli import main; main(['show', 'b']); "
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    words, slug, modules = done.stdout.split("\n", 2)
    assert (words, slug) == ("words", "boat\t")
    heavy = {"polib", "markdown_it", "rich", "ruamel", "translate_flow.sync"}
    assert heavy & set(modules.split()) == set()


# --- words as bash sees them ------------------------------------------------


@pytest.mark.parametrize(
    ("line", "before", "value", "full", "ended"),
    [
        ("tflow sh", ["tflow"], "sh", "show", "show"),
        ("tflow  show ", ["tflow", "show"], "", "boat", "boat"),
        ("tflow show boat:1", ["tflow", "show"], "boat:1", "boat:12", "12"),
        ("tflow show boat\\:1", ["tflow", "show"], "boat:1", "boat:12", "boat:12"),
        ("tflow x --lang=k", ["tflow", "x"], "--lang=k", "--lang=ko", "ko"),
        ("tflow show two\\ w", ["tflow", "show"], "two w", "two words", "two\\ words"),
        ("tflow show 'two w", ["tflow", "show"], "two w", "two words", "two words"),
        ('tflow show "two w', ["tflow", "show"], "two w", "two $words", "two \\$words"),
        ("tflow show 'boat:1", ["tflow", "show"], "boat:1", "boat:12", "boat:12"),
        (
            "tflow show 'two words':",
            ["tflow", "show"],
            "two words:",
            "two words:1",
            "1",
        ),
        (
            "tflow x 'a b' \"c d\" e\\'f ",
            ["tflow", "x", "a b", "c d", "e'f"],
            "",
            "",
            "",
        ),
        ("tflow x '' 배", ["tflow", "x", ""], "배", "배편", "배편"),
        ("tflow x a\\", ["tflow", "x"], "a", "a*b", "a\\*b"),
    ],
)
def test_lines_of_bash(
    line: str, before: list[str], value: str, full: str, ended: str
) -> None:
    """A line is split as bash does it, and only that is given back which bash puts in
    place of what it takes for the word."""
    words, piece = split(line, BREAKS)
    assert (words, piece.value) == (before, value)
    assert piece.ended(full) == ended


def test_the_scripts(tflow: Tflow) -> None:
    """Each script is printed as it is; another shell is refused."""
    for shell, script in SCRIPTS.items():
        assert tflow("completion", shell).out == script.lstrip("\n")
    assert tflow("completion", "csh", code=2).err == (
        "error: unknown shell 'csh'; known: bash, zsh, fish\n"
    )


# --- real shells ------------------------------------------------------------


class Terminal:
    """A shell in a terminal, and somebody who types."""

    def __init__(
        self, command: list[str], folder: Path, start: str, tools: Path
    ) -> None:
        self._note = folder.parent / "note"
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        environ = {
            **os.environ, "PATH": path, "HOME": str(folder.parent), "PS1": "READY ",
            "LC_ALL": "C.UTF-8", "TERM": "xterm", "INPUTRC": os.devnull,
        }  # fmt: skip
        self._process, self._screen = pty.fork()
        if self._process == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environ)
        size = struct.pack("HHHH", 50, 200, 0, 0)
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, size)
        self.shown = ""
        self._type(f"{start.format(note=quote(str(self._note)))}\necho BE''GUN\n")
        self._until(lambda: "BEGUN" in self.shown)

    def line(self, keys: str) -> str:
        """Return what stands in the command line after some keys."""
        self._note.unlink(missing_ok=True)
        self._type(f"\x15{keys}\x07")
        self._until(
            lambda: self._note.exists() and self._note.read_bytes()[-1:] == b"."
        )
        return self._note.read_text()[:-1]

    def _type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def _until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not done():
            assert time.monotonic() < end, f"nothing happened:\n{self.shown}"
            if select.select([self._screen], [], [], 0.05)[0]:
                self.shown += os.read(self._screen, 65536).decode(errors="replace")

    def close(self) -> None:
        """Turn the terminal off."""
        with suppress(OSError):
            os.kill(self._process, signal.SIGHUP)
            os.close(self._screen)
        os.waitpid(self._process, 0)


START = {
    "bash": """
        eval "$(tflow completion bash)"
        bind 'set bell-style none' 'set completion-query-items 0'
        bind -x '"\\C-g": printf "%s." "$READLINE_LINE" > {note}'
        bind '"\\C-x*": insert-completions'
    """,
    "zsh": """
        eval "$(tflow completion zsh)"
        note() {{ print -rn -- "$BUFFER." > {note} }}
        bindkey -e; setopt no_beep; zle -N note; bindkey '^G' note
        zle -C all complete-word _generic; bindkey '^X*' all
        zstyle ':completion:all:*' completer _all_matches _complete
        zstyle ':completion:all:*' insert true
    """,
}
"""The line of a start file, and keys: ^G notes the command line down, ^X* puts in it
all words that fit."""


@pytest.fixture(params=["bash", "zsh"])
def terminal(
    archive: Path, request: pytest.FixtureRequest, warm: Path
) -> Iterator[Terminal]:
    """A shell with our completion in a terminal."""
    shell = request.param
    command = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-fi"]}
    start = " ; ".join(row.strip() for row in START[shell].strip().split("\n"))
    opened = Terminal(command[shell], archive, start, warm)
    yield opened
    opened.close()


ALL = "\x18*"


@pytest.mark.slow
def test_a_user_presses_tab(terminal: Terminal) -> None:
    """What stands in the command line after a tab is what was meant, also with colons,
    equals signs, blanks, quotes and Hangul, and nothing is said."""
    typed = {
        "tflow sho\t": "tflow show ",
        "tflow show boa\t": "tflow show boat ",
        "tflow show opi\t": "tflow show opinion/2013/",
        "tflow show opinion/2013/r\t": "tflow show opinion/2013/russia ",
        "tflow show rus\t": "tflow show russia ",
        "tflow show 2026/\t": "tflow show 2026/배",
        "tflow show 배편\t": "tflow show 배편 ",
        "tflow show 배:4\t": "tflow show 배:4 ",
        "tflow show boat:4\t": "tflow show boat:4 ",
        "tflow show boat:1,4\t": "tflow show boat:1,4 ",
        "tflow show two\t": "tflow show two\\ words ",
        "tflow show two\\ words:4\t": "tflow show two\\ words:4 ",
        "tflow show 'two w\t": "tflow show 'two words' ",
        "tflow set boat:4 --la\t": "tflow set boat:4 --lang ",
        "tflow set boat:4 --lang=k\t": "tflow set boat:4 --lang=ko ",
        "tflow set boat:4 --lang k\t": "tflow set boat:4 --lang ko ",
        "tflow export boat --layout facing,so\t":
            "tflow export boat --layout facing,source ",
        "tflow config draft.e\t": "tflow config draft.engine ",
        "tflow git i\t": "tflow git install ",
        "tflow add sources/boa\t": "tflow add sources/boat.md ",
        "tflow --project sou\t": "tflow --project sources/",
        "tflow show nowhere\t": "tflow show nowhere",
        "cd sources && tflow show boa\t": "cd sources && tflow show boat ",
    }  # fmt: skip
    got = {keys: terminal.line(keys) for keys in typed}
    assert got == typed
    assert "error" not in terminal.shown.lower()


@pytest.mark.slow
def test_a_user_sees_what_fits(terminal: Terminal) -> None:
    """All words that fit are offered, in their order."""
    assert terminal.line(f"tflow show boat:{ALL}").split() in (
        ["tflow", "show", "boat:1", "2", "3", "4"],
        ["tflow", "show", *(f"boat:{n}" for n in range(1, 5))],
    )
    assert terminal.line(f"tflow export --format {ALL}").split()[3:5] == ["md", "html"]


@pytest.mark.slow
def test_fish(archive: Path, warm: Path) -> None:
    """fish offers the same, with descriptions."""
    lines = {
        "tflow sho": ["show\tShow units: source, target, state, history."],
        "tflow show opinion/2013/r": ["opinion/2013/russia"],
        "tflow show 배편": ["배편"],
        "tflow show boat:4": ["boat:4\tIt does not wait."],
        "tflow show 'two w": ["two words"],
        "tflow show two\\ w": ["two words"],
        "tflow set boat:4 --lang=k": ["--lang=ko"],
        "tflow set boat:4 --lang k": ["ko"],
        "tflow export --layout facing,so": ["facing,source"],
        "tflow add sources/boa": ["sources/boat.md"],
        "tflow --project sou": ["sources/\tDirectory"],
        "tflow show nowhere": [],
    }
    asked = " ; ".join(
        f"complete --do-complete {quote(line)}; echo =" for line in lines
    )
    path = f"{warm}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"tflow completion fish | source; {asked}"],
        env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    got = [part.splitlines() for part in done.stdout.split("=\n")]
    assert dict(zip(lines, got, strict=False)) == lines
    assert done.stderr == ""
