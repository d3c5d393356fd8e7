"""The command line as people use it: exit codes, stdout, stderr, files."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import BOAT, MACHINES, Tflow, Write, machine_drafts

from translate_flow import __version__
from translate_flow.catalog import parse
from translate_flow.cli.commands import COMMANDS, commands, hoisted

KO = Path("translations/ko/boat.po")


def catalog(path: Path = KO) -> object:
    """Read a catalog from disk."""
    return parse(path.read_text(), name=str(path))


def targets(path: Path = KO) -> list[str]:
    """Return the targets of a catalog on disk."""
    return [unit.target for unit in parse(path.read_text(), name="x").units]


def states(tflow: Tflow, place: str = "boat") -> list[str]:
    """Return the states of a place's units."""
    return [unit["state"] for unit in tflow("show", place, "--json").json["units"]]


def edit(old: str, new: str) -> None:
    """Edit the article, as its author does."""
    path = Path("sources/boat.md")
    path.write_text(path.read_text().replace(old, new))


# --- the command line itself ------------------------------------------------


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(tflow: Tflow, option: str) -> None:
    """--version says the version, and so does -V."""
    assert tflow(option).out == f"tflow {__version__}\n"
    assert tflow("--version", "--json").json == {"version": __version__}


@pytest.mark.parametrize("words", ["", "draft", "set boat:1", "git", "git install"])
def test_help_in_short(folder: Path, tflow: Tflow, words: str) -> None:
    """-h is --help, of tflow, of a command, of a family and of one in it."""
    assert tflow(*words.split(), "-h").out == tflow(*words.split(), "--help").out


def test_python_runs_the_package(folder: Path) -> None:
    """python -m translate_flow is tflow, with its exit codes and its name."""

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "translate_flow", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran("-V").stdout == f"tflow {__version__}\n"
    assert ran("--help").stdout.startswith("Usage: tflow [OPTIONS] COMMAND")
    lost = ran("status")
    assert (lost.returncode, lost.stdout) == (2, "")
    assert lost.stderr.startswith("error: ")


def test_help_lists_every_command(tflow: Tflow) -> None:
    """tflow alone shows the help, with each command and what it does."""
    out = tflow().out
    assert out == tflow("--help").out
    for entry in COMMANDS:
        assert f"  {entry.name} " in out
        assert entry.help in out


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_each_command_has_help_with_examples(tflow: Tflow, entry: object) -> None:
    """Each command explains itself as the list does, and shows examples."""
    for name, command in commands(entry).items():  # type: ignore[arg-type]
        assert command.examples
        for example in command.examples:
            assert f"tflow {name}" in example or f"tflow {name.split()[0]}" in example
        words = name.split()
        if words[0] != entry.name:  # type: ignore[attr-defined]
            continue
        out = tflow(*words, "--help").out
        assert "Examples:" in out
        if len(words) == 1:
            assert f"  {entry.help}\n" in out  # type: ignore[attr-defined]


def test_global_options_stand_anywhere() -> None:
    """Global options are moved before the command, but not those after --."""
    assert hoisted(["show", "a", "--json", "--project", "x"]) == [
        "--json",
        "--project",
        "x",
        "show",
        "a",
    ]
    assert hoisted(["--project=x", "set", "a:1", "--", "--json"]) == [
        "--project=x",
        "set",
        "a:1",
        "--",
        "--json",
    ]


@pytest.mark.parametrize("text", ["- 배는 떠난다.", "-1도였다.", "-가, 나", "-- 배"])
@pytest.mark.parametrize("by", [(), ("--by", "mina"), ("--by=mina", "--quiet")])
def test_a_text_may_begin_with_a_hyphen(
    text: str, by: tuple[str, ...], project: Path, tflow: Tflow
) -> None:
    """It is a text wherever it stands, unless it could be an option: then it is told
    how to write it."""
    tflow("set", "boat:3", text, *by)
    assert tflow("show", "boat:3", "--json").json["units"][0]["target"] == text
    tflow("set", *by, "boat:4", text)
    assert tflow("show", "boat:4", "--json").json["units"][0]["target"] == text
    told = tflow("set", "boat:3", "-Wow", code=2).err
    assert told.endswith("; a text that begins with - stands behind --\n")
    tflow("set", "boat:3", "--", "-Wow")


def test_json_before_or_after_the_command(project: Path, tflow: Tflow) -> None:
    """--json works in both places and prints one document and nothing else."""
    before = tflow("--json", "status")
    after = tflow("status", "--json")
    assert before.out == after.out
    assert before.err == after.err == ""
    assert set(before.json) == {"articles", "shallow", "left_behind", "unfit"}


def test_a_project_elsewhere(project: Path, tflow: Tflow, write: Write) -> None:
    """--project works from any folder, and paths are those one would type."""
    os.chdir(project.parent)
    done = tflow("sync", "--project", "here", "--json")
    assert done.json["written"] == ["here/translations/ko/boat.po"]


def test_from_a_folder_inside(project: Path, tflow: Tflow) -> None:
    """The project is found from any folder inside it."""
    os.chdir(project / "sources")
    assert tflow("sync", "--json").json["written"] == ["../translations/ko/boat.po"]


@pytest.mark.parametrize("words", ["check", "drift", "sync", "glossary check"])
def test_all_articles_may_be_said(project: Path, tflow: Tflow, words: str) -> None:
    """What means all articles anyway takes --all, and not with a place beside it."""
    command = words.split()
    tflow("set", "boat:2", "`배`가 떠난다.", "--by", "mina")
    everything = tflow(*command, "--all", "--json").json
    assert everything == tflow(*command, "--json").json
    assert "not both" in tflow(*command, "boat", "--all", code=2).err


def test_quiet_says_only_results(project: Path, tflow: Tflow) -> None:
    """--quiet leaves out what to type next."""
    assert tflow("sync", "-q").err == ""
    assert tflow("sync").err == "next: tflow status\n"


def test_a_bug_says_so(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug exits with 3 and lines to report."""
    monkeypatch.setattr(os, "scandir", lambda path: 1 / 0)
    done = tflow("status", code=3)
    assert done.out == ""
    assert "This is a bug in tflow" in done.err
    assert "$ tflow status" in done.err
    assert "ZeroDivisionError" in done.err


def test_ctrl_c(project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C exits with 130."""

    def interrupt(path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "scandir", interrupt)
    tflow("status", code=130)


INSTALLED = Path(sys.executable).with_name("tflow")


def tflow_process(
    *words: str, program: Path = INSTALLED, **more: object
) -> subprocess.CompletedProcess[str]:
    """Run the installed command as a process."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [program, *words], capture_output=True, text=True, check=False, **more
    )


def test_the_installed_command(project: Path) -> None:
    """The console script gives the codes and streams that it should."""
    fine = tflow_process("sync")
    assert (fine.returncode, fine.stderr) == (0, "next: tflow status\n")
    wrong = tflow_process("show", "bot")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "error: no article 'bot'; did you mean boat?\n"
    assert tflow_process("status", "--check").returncode == 1


def test_a_reader_that_has_had_enough(project: Path, write: Write) -> None:
    """When the reader of a pipe goes away, tflow says nothing."""
    write("sources/long.md", "word word\n\n" * 2000)  # more than a pipe holds
    program = Path(sys.executable).with_name("tflow")
    line = f"{program} show long | head -1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.startswith("long:1")


def test_a_screen_that_lacks_letters(project: Path, tflow: Tflow) -> None:
    """On a terminal without Hangul nothing breaks."""
    tflow("set", "boat:1", "마지막 배")
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = tflow_process("show", "boat:1", env=environ)
    assert (shown.returncode, "??? ?" in shown.stdout) == (0, True)
    document = json.loads(tflow_process("show", "boat:1", "--json", env=environ).stdout)
    assert document["units"][0]["target"] == "마지막 배"


BUFFERED = pytest.mark.parametrize("unbuffered", [{}, {"PYTHONUNBUFFERED": "1"}])
"""Whether Python writes in blocks, as it does for users, or at once."""


@BUFFERED
@pytest.mark.parametrize("words", [("init", "new"), ("sync",), ("status", "gone")])
def test_what_is_said_first_is_read_first(
    project: Path, words: tuple[str, ...], unbuffered: dict[str, str], warm: Path
) -> None:
    """Where results and messages go to the same place, they come in the order of a
    terminal: what was done before what may be done next."""
    program, environ = warm / "tflow", {**os.environ, **unbuffered}
    apart = tflow_process(*words, env=environ, program=program)
    shutil.rmtree("new", ignore_errors=True)
    Path("translations/ko/boat.po").unlink(missing_ok=True)
    together = subprocess.run(
        [program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ,
    )
    assert together.stdout == apart.stdout + apart.stderr


@pytest.mark.parametrize("words", ["status", "sync --check", "show --json", "edit"])
def test_a_closed_stream(project: Path, words: str) -> None:
    """What goes to a stream that the shell closed is not missed by the command."""
    program = Path(sys.executable).with_name("tflow")
    codes = [
        subprocess.run(
            ["sh", "-c", f"exec {program} {words} {where}"],
            capture_output=True,
            stdin=subprocess.DEVNULL,
        ).returncode
        for where in ("", ">&-", "2>&-", "<&- >&- 2>&-")
    ]
    assert codes == codes[:1] * 4
    assert codes[0] < 3


def on_a_full_disk(
    program: Path, words: tuple[str, ...], full: Sequence[str], more: dict[str, str]
) -> Any:
    """Run a command line with some of its streams on a full disk."""
    with Path("/dev/full").open("w") as disk:
        return subprocess.run(
            [program, *words],
            stdout=disk if "stdout" in full else subprocess.PIPE,
            stderr=disk if "stderr" in full else subprocess.PIPE,
            text=True,
            env={**os.environ, **more},
        )


RESULTS = [("status",), ("--help",), ("status", "--json"), ("--version",), ("sync",)]


@BUFFERED
@pytest.mark.parametrize("words", RESULTS)
def test_a_full_disk_behind_the_results(
    project: Path, words: tuple[str, ...], unbuffered: dict[str, str], warm: Path
) -> None:
    """Results that cannot be written are one line on stderr, and nothing else."""
    run = partial(on_a_full_disk, warm / "tflow", words, more=unbuffered)
    done = run(["stdout"])
    told = "error: the output cannot be written: no space left on device\n"
    assert (done.returncode, done.stderr) == (2, told)
    assert run(["stdout", "stderr"]).returncode == 2


@BUFFERED
@pytest.mark.parametrize("words", [("status", "gone"), ("nonsense",), ("sync",)])
def test_a_full_disk_behind_the_messages(
    project: Path, words: tuple[str, ...], unbuffered: dict[str, str], warm: Path
) -> None:
    """Messages that cannot be written are an error, not a bug."""
    done = on_a_full_disk(warm / "tflow", words, ["stderr"], unbuffered)
    assert done.returncode == 2


def test_nothing_can_steer_the_terminal(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """Control characters of an article do not reach the screen."""
    write("sources/evil.md", "A \x1b[31mred\x1b[0m word \x9b2J.\n")
    out = tflow("show", "evil").out
    assert "\x1b" not in out
    assert "\x9b" not in out


# --- init and add -----------------------------------------------------------


def test_init_makes_a_project(folder: Path, tflow: Tflow) -> None:
    """init writes settings that can be read, and keeps editions out of git."""
    done = tflow("init", "--languages", "ko,en")
    assert done.out == "made a project for ko, en\n"
    assert Path("translate_flow.toml").read_text() == (
        '[project]\nlanguages = ["ko", "en"]\nsource_language = "ko"\n'
    )
    assert Path(".gitignore").read_text() == "editions/\n.tflow/\n"
    assert sorted(p.name for p in Path().iterdir()) == [
        ".gitignore",
        ".tflow",
        "sources",
        "translate_flow.toml",
        "translations",
    ]
    assert tflow("status").err == "next: tflow add FILE\n"


def test_init_elsewhere_keeps_what_is_there(folder: Path, tflow: Tflow) -> None:
    """init makes the folder and adds to a .gitignore that lacks its lines."""
    (folder / "blog").mkdir()
    (folder / "blog" / ".gitignore").write_text("public/\neditions/")
    done = tflow("init", "blog")
    assert done.out == "made a project in blog for en, ko\n"
    assert done.err == "next: cd blog; tflow add FILE\n"
    assert (folder / "blog" / ".gitignore").read_text() == (
        "public/\neditions/\n.tflow/\n"
    )


def test_a_project_within_another_is_told(project: Path, tflow: Tflow) -> None:
    """It is made, and nobody wonders later which of the two a command is about."""
    told = tflow("init", "docs/inner").err
    assert f"it lies within the project in {project.resolve()}: commands" in told
    assert "lies within" not in tflow("init", str(project.parent / "beside")).err


def test_init_twice(project: Path, tflow: Tflow) -> None:
    """A project is not made twice."""
    assert tflow("init", code=2).err == (
        "error: translate_flow.toml: there is a project here already; "
        "edit that file to change it\n"
    )


def test_add_brings_markdown_in_unchanged(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A Markdown file is copied byte for byte."""
    data = "\ufeff# Title\r\n\r\nText.\r\n".encode()
    write("russia.md", data)
    done = tflow("add", "russia.md")
    assert done.out == "added sources/russia.md: 2 segments in en\n"
    assert done.err == "next: tflow draft russia, or tflow set russia:1 TEXT\n"
    assert Path("sources/russia.md").read_bytes() == data


def test_add_plain_text(project: Path, tflow: Tflow, write: Write) -> None:
    """Plain text becomes Markdown that shows it as it is: a paragraph per line where
    there are no blank lines; Korean is recognised and written down."""
    write(
        "essay.txt",
        "그날의 골목\n1919. 3. 1. 만세를 불렀다.\n# 숫자표는 제목이 아니다\n",
    )
    done = tflow("add", "essay.txt", "--slug", "2026/essay")
    assert done.out == "added sources/2026/essay.md: 3 segments in ko\n"
    assert done.err.startswith("written into its front matter: lang: ko\n")
    text = Path("sources/2026/essay.md").read_text()
    assert text.startswith("---\nlang: ko\n---\n\n그날의 골목\n\n1919\\. 3. 1.")
    kinds = [u["kind"] for u in tflow("show", "essay", "--json").json["units"]]
    assert kinds == ["paragraph"] * 3


def test_add_plain_text_with_paragraphs(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """Lines of one paragraph stay one segment."""
    write("note.txt", "One line\ngoes on here.\n\n    Another\tparagraph.\n")
    tflow("add", "note.txt")
    assert Path("sources/note.md").read_text() == (
        "One line goes on here.\n\nAnother paragraph.\n"
    )


def test_add_from_stdin(project: Path, tflow: Tflow) -> None:
    """A text from stdin needs a slug and is Markdown."""
    done = tflow("add", "-", "--slug", "note", stdin=b"# Note\n\nText.\n")
    assert done.out == "added sources/note.md: 2 segments in en\n"
    assert tflow("add", "-", code=2).err == (
        "error: a text from stdin needs a slug; tflow add - --slug SLUG\n"
    )


def test_add_with_a_language(project: Path, tflow: Tflow, write: Write) -> None:
    """--lang goes into front matter that is there."""
    write("x.md", "---\ntitle: Titel\n---\n\nText.\n")
    tflow("add", "x.md", "--lang", "ko")
    assert Path("sources/x.md").read_text().startswith("---\nlang: ko\ntitle: Titel\n")


def test_add_never_overwrites(project: Path, tflow: Tflow, write: Write) -> None:
    """A slug that is taken is refused, whatever its suffix."""
    write("boat.mdx", "x\n")
    assert tflow("add", "boat.mdx", code=2).err == (
        "error: sources/boat.md: there is an article 'boat' already; "
        "choose another slug with --slug, or edit that file and run sync\n"
    )
    assert Path("sources/boat.md").read_text() == BOAT


@pytest.mark.parametrize("slug", ["../x", "/x", "a/../../x"])
def test_add_stays_in_the_project(
    project: Path, tflow: Tflow, write: Write, slug: str
) -> None:
    """No slug leads out of sources/."""
    write("x.md", "x\n")
    assert "is outside the project" in tflow("add", "x.md", "--slug", slug, code=2).err


# --- sync -------------------------------------------------------------------


def test_sync_writes_once(project: Path, tflow: Tflow) -> None:
    """A first sync makes the catalog; a second one changes nothing."""
    done = tflow("sync")
    assert done.out == f"1 catalog: 4 added; wrote {KO}\n"
    before = KO.read_bytes()
    assert tflow("sync").out == "1 catalog: nothing changed\n"
    assert KO.read_bytes() == before


def test_sync_check_writes_nothing(project: Path, tflow: Tflow) -> None:
    """--check exits 1 if a sync would write, 0 if not."""
    done = tflow("sync", "--check", code=1)
    assert done.out == f"1 catalog: 4 added; would write {KO}\n"
    assert not KO.exists()
    tflow("sync")
    tflow("sync", "--check")


def test_sync_json(project: Path, tflow: Tflow) -> None:
    """Changes and files are listed as documented."""
    tflow("sync")
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    edit("at 9", "at 10")
    document = tflow("sync", "--json").json
    assert document["written"] == [str(KO)]
    [change] = document["changes"]
    assert set(change) == {
        "slug",
        "lang",
        "id",
        "kind",
        "moved",
        "class",
        "classes",
        "severity",
        "from",
        "action",
    }
    assert (change["slug"], change["lang"], change["kind"]) == ("boat", "ko", "edited")
    assert change["action"] == "drifted"


def test_sync_of_one_article(project: Path, tflow: Tflow, write: Write) -> None:
    """A place limits the sync."""
    write("sources/other.md", "Text.\n")
    tflow("sync", "other")
    assert not KO.exists()
    assert Path("translations/ko/other.po").exists()


def test_reading_commands_write_nothing(project: Path, tflow: Tflow) -> None:
    """status, show and drift see the source as it is and leave the disk alone."""
    tflow("sync")
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    edit("at 9", "at 10")
    before = KO.read_bytes()
    assert states(tflow)[2] == "drifted"
    assert tflow("status", "--json").json["articles"][0]["states"]["drifted"] == 1
    assert len(tflow("drift", "--json").json["drifted"]) == 1
    assert KO.read_bytes() == before


# --- set, accept, sign ------------------------------------------------------


def test_set_accepts(project: Path, tflow: Tflow) -> None:
    """A text that a person sets is translated, in his name."""
    done = tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    assert done.out == "set boat:3 (ko): translated\n"
    assert done.err == "next: tflow show boat:4\n"
    [unit] = tflow("show", "boat:3", "--json").json["units"]
    assert unit["target"] == "배는 아홉 시에 떠난다."
    assert unit["state"] == "translated"
    assert unit["mark"]["by"] == "Mina"
    assert unit["mark"]["origin"] == "human"


def test_set_reads_stdin(project: Path, tflow: Tflow) -> None:
    """A dash, or no text, reads stdin; its last line end is no part of the text."""
    tflow("set", "boat:3", "-", stdin="첫 문단.\r\n\r\n둘째 문단.\n".encode())
    tflow("set", "boat:4", stdin="기다리지 않는다.\n".encode())
    assert targets()[2:] == ["첫 문단.\n\n둘째 문단.", "기다리지 않는다."]


@pytest.mark.parametrize("stdin", [b"", b"\n", b" \r\n\n"])
def test_an_empty_pipe_takes_nothing_away(
    project: Path, tflow: Tflow, stdin: bytes
) -> None:
    """When nothing comes in, the program before the pipe has failed: nothing is set."""
    tflow("set", "boat:3", "배")
    before = KO.read_bytes()
    for words in (("set", "boat:3", "-"), ("set", "boat:3")):
        assert tflow(*words, stdin=stdin, code=2).err == (
            "error: nothing came in on stdin; "
            'tflow set boat:3 "" takes the translation away\n'
        )
    assert KO.read_bytes() == before


def test_set_nothing_takes_the_text_away(project: Path, tflow: Tflow) -> None:
    """An empty text leaves the unit untranslated."""
    tflow("set", "boat:3", "배")
    assert tflow("set", "boat:3", "").out == "emptied boat:3 (ko): untranslated\n"
    assert targets()[2] == ""


def test_set_takes_one_place(project: Path, tflow: Tflow) -> None:
    """A whole article cannot be set."""
    assert tflow("set", "boat", "배", code=2).err == (
        "error: boat has 4 segments there; set takes one; "
        "name it: tflow set boat:1 TEXT\n"
    )


def test_set_refuses_what_changed_under_the_eyes(project: Path, tflow: Tflow) -> None:
    """A text typed for an old source is refused once; then the new one is known."""
    tflow("sync")
    edit("leaves at 9", "never leaves")
    done = tflow("set", "boat:3", "배는 아홉 시에 떠난다.", code=2)
    assert done.err == (
        "error: the source of boat:3 changed since the last sync; it is synced now: "
        "look at tflow show boat:3, then run this again\n"
    )
    assert targets()[2] == ""
    tflow("set", "boat:3", "배는 떠나지 않는다.")


def test_set_refuses_a_number_that_moved(project: Path, tflow: Tflow) -> None:
    """A number that means another segment now is refused once; an id is not."""
    tflow("sync")
    [unit] = tflow("show", "boat:4", "--json").json["units"]
    edit("The boat leaves", "Listen.\n\nThe boat leaves")
    done = tflow("set", "boat:4", "기다리지 않는다.", code=2)
    assert done.err.startswith(
        "error: boat:4 is another segment than at the last sync; it is synced now"
    )
    tflow("set", f"boat:{unit['id'][:4]}", "기다리지 않는다.")
    assert targets()[4] == "기다리지 않는다."


def test_set_shows_lost_placeholders(project: Path, tflow: Tflow, write: Write) -> None:
    """A translation that lost a link is taken, and what was found is told in the words
    of check."""
    write("sources/link.md", "See [the port](https://example.org/) and `code`.\n")
    done = tflow("set", "link:1", "항구를 보라.")
    told = tflow("check", code=1).out.splitlines()
    assert told[0].startswith("error: link:1 (ko): link to https://example.org/ is ")
    assert [f"found: {line}" for line in told] == done.err.splitlines()[:-1]
    assert states(tflow, "link") == ["translated"]


def test_set_refuses_another_structure(project: Path, tflow: Tflow) -> None:
    """Two paragraphs in a heading are refused; nothing is written."""
    done = tflow("set", "boat:2", "항구\n\n둘째", code=2)
    assert done.err.startswith("error: sources/boat.md:5: ")
    assert not KO.exists()


def test_accept_takes_drafts(project: Path, tflow: Tflow) -> None:
    """Unread machine text is taken one by one, or in bulk only when that is said."""
    tflow("draft", "boat", "--engine", "pseudo")
    done = tflow("accept", "boat", code=2)
    assert done.err == (
        "error: 4 of these in boat are machine text that nobody has read; "
        "read them: tflow show boat; or take them as they are with --unread\n"
    )
    tflow("accept", "boat:3")
    assert states(tflow) == ["draft", "draft", "translated", "draft"]
    assert tflow("accept", "boat", "--unread").out == "accepted 3 units of boat (ko)\n"
    assert set(states(tflow)) == {"translated"}


def test_accept_takes_drift(project: Path, tflow: Tflow) -> None:
    """A person may say that a translation still fits."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    edit("leaves at", "sails at")
    tflow("sync")
    assert states(tflow, "boat:3") == ["drifted"]
    assert tflow("accept", "boat:3").out == "accepted boat:3 (ko): translated\n"


def test_writing_commands_must_be_told_where(project: Path, tflow: Tflow) -> None:
    """accept, sign and draft need a place or --all."""
    for command in ("accept", "sign", "draft"):
        assert tflow(command, code=2).err == (
            "error: which articles?; name a place like SLUG or SLUG:7, or say --all\n"
        )


def test_sign(project: Path, tflow: Tflow) -> None:
    """A reviewer signs what is accepted; what is not cannot be signed by name."""
    tflow("set", "boat:3", "배")
    assert tflow("sign", "boat", "--by", "bob").out == "signed boat:3 (ko): reviewed\n"
    assert states(tflow)[2] == "reviewed"
    assert tflow("sign", "boat:4", code=2).err == (
        "error: boat:4 is untranslated; only accepted targets can be signed; "
        "accept it first with tflow accept\n"
    )
    assert tflow("sign", "--all").out == "boat (ko): nothing to be signed\n"


def test_several_targets(project: Path, tflow: Tflow, write: Write) -> None:
    """With several targets, an act needs --lang; reading does not."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko", "ja"]\n')
    assert tflow("set", "boat:1", "x", code=2).err == (
        "error: boat is translated into ko, ja; pick one with --lang\n"
    )
    tflow("set", "boat:1", "船", "--lang", "ja")
    assert targets(Path("translations/ja/boat.po"))[0] == "船"
    assert [a["target"] for a in tflow("status", "--json").json["articles"]] == [
        "ko",
        "ja",
    ]


def test_emptied_elsewhere(project: Path, tflow: Tflow) -> None:
    """A translation that another tool emptied stops every writing command, until a
    person has settled it."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    tflow("set", "boat:4", "기다리지 않는다.")
    text = KO.read_text().replace("배는 아홉 시에 떠난다.", "")
    KO.write_text(text)
    done = tflow("sync", code=2)
    assert "a translation was emptied by another tool: " in done.err
    assert done.err.startswith(f"error: {KO}:")
    tflow("set", "boat:4", "그래도 기다리지 않는다.", code=2)
    assert KO.read_text() == text
    tflow("set", "boat:3", "")
    tflow("sync")
    assert states(tflow)[2:] == ["untranslated", "translated"]


# --- draft ------------------------------------------------------------------


def test_draft_fills_what_is_empty(project: Path, tflow: Tflow) -> None:
    """Drafts land where nothing stands, are labelled, and come only once."""
    tflow("set", "boat:3", "사람의 말")
    done = tflow("draft", "boat", "--engine", "pseudo", "--json").json
    assert (done["drafted"], done["requested"], done["failed"]) == (3, 3, [])
    assert states(tflow) == ["draft", "draft", "translated", "draft"]
    again = tflow("draft", "boat", "--engine", "pseudo")
    assert again.out == "nothing to draft\n"


def test_draft_dry_run(project: Path, tflow: Tflow) -> None:
    """--dry-run counts and writes nothing."""
    done = tflow("draft", "boat", "--engine", "pseudo", "--dry-run", "--json").json
    assert (done["requested"], done["drafted"]) == (4, 0)
    assert done["characters"] == len("The last boatHarbourThe boat leaves at 9.") + len(
        "It does not wait."
    )
    assert not KO.exists()


def test_draft_again_after_an_edit(project: Path, tflow: Tflow) -> None:
    """An unread draft whose source moved is fetched anew; one that a person touched is
    not."""
    tflow("draft", "boat", "--engine", "pseudo")
    drafts = targets()
    KO.write_text(KO.read_text().replace(drafts[3], "손댄 초안"))
    edit("at 9", "at 10")
    edit("not wait", "never wait")
    done = tflow("draft", "boat", "--engine", "pseudo", "--json").json
    assert done["requested"] == 1
    assert targets()[2] != drafts[2]
    assert targets()[3] == "손댄 초안"


def test_a_confidential_article_stays_here(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A remote engine never sees a confidential article; a local one may."""
    write("sources/secret.md", "---\nconfidential: true\n---\n\nText.\n")
    done = tflow("draft", "secret", "--engine", "google", code=2)
    assert done.err == (
        "error: sources/secret.md: confidential; google would send it away; "
        "use an engine that works on this computer, or translate it by hand\n"
    )
    tflow("draft", "secret", "--engine", "pseudo")


# --- status, drift, show ----------------------------------------------------


def test_status_json(project: Path, tflow: Tflow) -> None:
    """status counts as documented."""
    tflow("set", "boat:3", "배")
    edit("at 9", "at 10")
    [article] = tflow("status", "--json").json["articles"]
    assert article["slug"] == "boat"
    assert (article["source"], article["target"]) == ("en", "ko")
    assert (article["segments"], article["words"]) == (4, 13)
    assert article["characters"] == len(
        "The last boatHarbourThe boat leaves at 10.It does not wait."
    )
    assert article["states"] == {"untranslated": 3, "drifted": 1}
    assert sum(article["drift"].values()) == 1


def test_status_says_what_is_next(project: Path, tflow: Tflow) -> None:
    """The one line of what to type next follows the work."""
    assert tflow("status").err == "next: tflow draft boat\n"
    machine_drafts(tflow)
    assert tflow("status").err == "next: tflow edit boat\n"
    tflow("accept", "boat", "--unread")
    edit("at 9", "at 10")
    hint = "next: tflow sync boat, then tflow drift boat\n"
    assert tflow("status").err == hint
    tflow("sync")
    assert tflow("status").err == "next: tflow drift boat\n"
    tflow("accept", "boat")
    assert tflow("status").err == "next: tflow sign boat, or tflow export boat\n"
    tflow("sign", "boat")
    assert tflow("status").err == "next: tflow export boat --release\n"
    tflow("export", "boat", "--release")
    assert tflow("status").err == ""


def test_status_says_what_readers_have(project: Path, tflow: Tflow) -> None:
    """status tells when an article was released and how much of it changed since."""
    assert tflow("status", "--json").json["articles"][0]["live"] is None
    finish(tflow)
    tflow("export", "boat", "--release")
    assert tflow("status", "--json").json["articles"][0]["live"]["behind"] == 0
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    edit("not wait", "never wait")
    assert tflow("status", "--json").json["articles"][0]["live"]["behind"] == 2
    assert re.search(r"live \d+ \w{3}, 2 behind\n", tflow("status").out)


def test_status_of_ones_own(project: Path, tflow: Tflow, write: Write) -> None:
    """--mine leaves out what one has nothing to do with."""
    write("sources/other.md", "Text.\n")
    tflow("set", "boat:3", "배", "--by", "bob")
    mine = tflow("status", "--mine", "--by", "bob", "--json").json["articles"]
    assert [article["slug"] for article in mine] == ["boat"]
    assert tflow("status", "--mine", "--json").json["articles"] == []


def test_status_tells_what_was_written(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The length of a translation is told as its translators bill it, without what a
    machine wrote, and only where there is room."""
    tflow("draft", "boat:4", "--engine", "pseudo")
    assert "words  not live" in tflow("status").out
    tflow("set", "boat:3", "배는 [아홉 시](https://example.org)에 떠난다.")
    [article] = tflow("status", "--json").json["articles"]
    assert article["target_characters"] == len("배는 아홉 시에 떠난다.")
    assert "13 words → 13자 0.1매  not live" in tflow("status").out
    monkeypatch.setenv("COLUMNS", "44")
    assert "→ 1" not in tflow("status").out


def test_status_of_korean_tells_words(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """Of English made from Korean, the words are told."""
    write("sources/수필.md", "---\nlang: ko\n---\n\n배는 떠났다.\n")
    tflow("set", "수필:1", "The boat has left.")
    assert "7자 0.1매 → 4 words" in tflow("status", "수필").out


def test_status_check(project: Path, tflow: Tflow) -> None:
    """--check exits 1 until everything is taken for today's source."""
    tflow("status", "--check", code=1)
    tflow("draft", "boat", "--engine", "pseudo")
    tflow("status", "--check", code=1)
    tflow("accept", "boat", "--unread")
    tflow("status", "--check")
    edit("at 9", "at 10")
    tflow("status", "--check", code=1)


def test_status_in_80_columns(
    project: Path, tflow: Tflow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Korean names and long slugs fit 80 columns; what is longer is folded."""
    from rich.cells import cell_len

    write(
        "sources/2026/아주-긴-이름을-가진-글-그래도-여든-칸-안에-들어가야-한다.md",
        "---\nlang: ko\n---\n\n" + "한국어 문장이다.\n\n" * 150,
    )
    monkeypatch.setenv("COLUMNS", "80")
    lines = tflow("status").out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert any("자" in line and "매" in line for line in lines)


def test_status_is_plain_in_a_pipe(project: Path, tflow: Tflow) -> None:
    """What is piped has no colours, no blanks at line ends, and is not cut."""
    out = tflow("status", "--all").out
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_no_color(project: Path) -> None:
    """Colours show on a terminal, and not where NO_COLOR is set."""
    words = [str(Path(sys.executable).with_name("tflow")), "status"]
    plain = {**os.environ, "NO_COLOR": "1", "TERM": "xterm-256color"}
    colour = {key: value for key, value in plain.items() if key != "NO_COLOR"}
    assert "\x1b[31m" not in on_a_terminal(words, plain)
    assert "\x1b[33m" in on_a_terminal(words, colour)


def on_a_terminal(words: list[str], environ: dict[str, str]) -> str:
    """Run a command on a terminal and return what it showed."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, env=environ
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        pass
    os.close(ours)
    assert process.wait() == 0
    return shown.decode()


def test_drift_shows_the_words(project: Path, tflow: Tflow) -> None:
    """drift shows old and new words and the translation they left behind."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    edit("at 9", "at 10")
    done = tflow("drift")
    assert "boat:3" in done.out
    assert "[-9.-]{+10.+}" in done.out or "[-9-]{+10+}" in done.out
    assert "배는 아홉 시에 떠난다." in done.out
    assert done.err.startswith("next: tflow sync boat, then tflow edit boat:3, or ")


def test_drift_json(project: Path, tflow: Tflow) -> None:
    """The diff's pieces give the text before and the text after."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    edit("leaves at 9", "leaves never")
    [unit] = tflow("drift", "--json").json["drifted"]
    assert unit["before"] == "The boat leaves at 9."
    assert unit["after"] == "The boat leaves never."
    assert unit["target"] == "배는 아홉 시에 떠난다."
    assert "".join(t for op, t in unit["diff"] if op in "=-") == unit["before"]
    assert "".join(t for op, t in unit["diff"] if op in "=+") == unit["after"]
    assert (unit["slug"], unit["lang"], unit["n"]) == ("boat", "ko", 3)


def test_no_drift(project: Path, tflow: Tflow) -> None:
    """Nothing drifted is said in one line."""
    assert tflow("drift").out == "nothing has drifted\n"


def test_show_json(project: Path, tflow: Tflow) -> None:
    """show tells units as documented."""
    units = tflow("show", "boat:1,3-4", "--json").json["units"]
    assert [unit["n"] for unit in units] == [1, 3, 4]
    assert {"slug", "lang", "id", "n", "kind", "source", "target", "state"} <= set(
        units[0]
    )
    assert {"mark", "previous"} <= set(units[0])
    assert units[0]["kind"] == "front title"


def test_show_for_people(project: Path, tflow: Tflow) -> None:
    """show tells where a target came from and who took it."""
    machine_drafts(tflow)
    assert "draft  m  unread" in tflow("show", "boat:3").out
    tflow("accept", "boat:3")
    tflow("sign", "boat:3", "--by", "bob")
    out = tflow("show", "boat:3").out
    assert "reviewed  m  taken by Mina  signed by bob" in out
    assert "  en  The boat leaves at 9.\n" in out


def test_show_tells_questions_in_words(project: Path, tflow: Tflow) -> None:
    """An open question is told as such; in JSON it has its parts."""
    tflow("ask", "boat:3", "Which boat?", "--by", "bob")
    out = tflow("show", "boat:3").out
    assert re.search(r"  note  question from bob, \d+ \w{3}: Which boat\?\n", out)
    [unit] = tflow("show", "boat:3", "--json").json["units"]
    [question] = unit["questions"]
    assert (question["by"], question["text"]) == ("bob", "Which boat?")


# --- hints that are taken ---------------------------------------------------


def test_hints_of_what_is_not_synced(project: Path, tflow: Tflow) -> None:
    """What is typed next is not refused: while the catalog does not know what was
    shown, a sync comes first."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    edit("leaves at 9", "never leaves")
    for command in ("status", "drift", "next", "show"):
        assert tflow(command).err.startswith("next: tflow sync"), command
    tflow("set", "boat:3", "배는 떠나지 않는다.", code=2)
    edit("never leaves", "leaves at 10")
    tflow("sync", "boat")
    for command in ("status", "drift", "next", "show"):
        assert "tflow sync" not in tflow(command).err, command
    tflow("set", "boat:3", "배는 열 시에 떠난다.")


def test_hints_of_numbers_that_moved(project: Path, tflow: Tflow) -> None:
    """A number that names another segment than the catalog knows needs a sync."""
    tflow("set", "boat:4", "기다리지 않는다.")
    edit("The boat leaves", "Listen.\n\nThe boat leaves")
    assert tflow("show", "boat:5").err == "next: tflow sync boat\n"
    assert tflow("show", "boat:1").err == ""


def test_hints_name_the_unique_tail(project: Path, tflow: Tflow, write: Write) -> None:
    """An article is named as short as can be typed, but never so that it is another."""
    write("sources/opinion/2026/tide.md", "Tide.\n")
    write("sources/news/boat.md", "Boat.\n")
    assert tflow("status", "tide").err == "next: tflow draft tide\n"
    assert tflow("status", "news/boat").err == "next: tflow draft news/boat\n"
    assert tflow("set", "tide:1", "밀물").err == "next: tflow export tide\n"


# --- one broken file among others -------------------------------------------

CONFLICT = "<<<<<<< ours\n=======\n>>>>>>> theirs\n"


@pytest.fixture
def broken(project: Path, tflow: Tflow, write: Write) -> list[str]:
    """A project in which an article and another one's catalog cannot be read; returns
    the errors to be told."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    write("sources/port.md", "A port.\n")
    tflow("set", "port:1", "항구")
    path = Path("translations/ko/port.po")
    path.write_text(path.read_text() + CONFLICT)
    write("sources/tide.md", b"Tide \xff\n")
    edit("at 9", "at 10")
    return ["translations/ko/port.po", "sources/tide.md"]


@pytest.mark.parametrize(
    "command", ["status", "check", "drift", "show", "next", "sync"]
)
def test_one_broken_file_stops_nothing_else(
    broken: list[str], tflow: Tflow, command: str
) -> None:
    """What can be read is told; what cannot has one line each, and the code is 2."""
    done = tflow(command, code=2)
    if command != "check":
        assert "boat" in done.out
    errors = [line for line in done.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 2
    for line, name in zip(errors, broken, strict=True):
        assert line.startswith(f"error: {name}:")
    told = tflow(command, "--json", code=2).json
    assert [error["file"] for error in told["errors"]] == broken
    assert set(told["errors"][0]) == {"message", "file", "line", "hint"}


@pytest.mark.parametrize(
    "command", ["status", "check", "drift", "show", "next", "sync"]
)
def test_a_broken_file_that_is_named_is_an_error(
    broken: list[str], tflow: Tflow, command: str
) -> None:
    """Who names an article wants just that."""
    done = tflow(command, "port", "boat", code=2)
    assert done.out == ""
    assert done.err.startswith("error: translations/ko/port.po:")
    assert done.err.count("\n") == 1
    tflow(command, "boat")


def test_sync_goes_on_after_a_broken_file(broken: list[str], tflow: Tflow) -> None:
    """The others are synced; what is broken stays as it is."""
    before = Path(broken[0]).read_bytes()
    tflow("sync", code=2)
    assert states(tflow, "boat:3") == ["drifted"]
    assert tflow("show", "boat:3").err == ""
    assert Path(broken[0]).read_bytes() == before


def test_a_broken_release_record(project: Path, tflow: Tflow, write: Write) -> None:
    """A record that cannot be read hides one article from status, and no other."""
    write("sources/tide.md", "Tide.\n")
    write("translations/releases/boat.toml", "no = = toml\n")
    done = tflow("status", code=2)
    assert "tide" in done.out
    assert done.err.startswith("error: translations/releases/boat.toml: ")


# --- --quiet ----------------------------------------------------------------


def test_quiet_commands_say_nothing(project: Path, tflow: Tflow) -> None:
    """A command that did what it was told says nothing; what was asked for is told."""
    Path("drafts.jsonl").write_text(MACHINES)
    for words in (
        ("sync",),
        ("draft", "--from", "drafts.jsonl"),
        ("set", "boat:3", "배"),
        ("accept", "boat", "--unread"),
        ("sign", "boat"),
        ("ask", "boat:3", "Which?"),
        ("ask", "boat:3", "This.", "--answer"),
        ("export", "boat", "--release"),
        ("sync", "--check"),
        ("check",),
        ("mv", "boat", "ship"),
        ("undo",),
    ):
        done = tflow("--quiet", *words)
        assert (done.out, done.err) == ("", ""), words
    for words in (("status",), ("show", "boat:3")):
        done = tflow("--quiet", *words)
        assert "boat" in done.out or "1 translation" in done.out
        assert done.err == ""
    edit("at 9", "at 10")
    assert "would write" in tflow("--quiet", "sync", "--check", code=1).out
    assert "boat:3" in tflow("--quiet", "drift").out


def test_a_move_and_its_undo_count_alike(project: Path, tflow: Tflow) -> None:
    """What was moved as so many files comes back as so many."""
    finish(tflow)
    tflow("export", "boat", "--release", "--format", "md")
    assert tflow("mv", "boat", "ship").out == "moved boat to ship: 3 files\n"
    assert tflow("undo").out == "took back: tflow mv boat ship; 3 files as before\n"
    tflow("mv", "boat", "ship")
    Path("sources/ship.md").unlink()
    assert tflow("clean", "--yes").out.count("\n") == 2
    assert tflow("undo").out == "took back: tflow --yes clean; 2 files as before\n"


# --- signatures -------------------------------------------------------------


@pytest.fixture
def strict(project: Path) -> Path:
    """A project that releases only what another person has signed."""
    with Path("translate_flow.toml").open("a") as settings:
        settings.write('[release]\nrequire = "reviewed"\nreviewer = "other"\n')
    return project


def test_hints_say_what_a_release_waits_for(strict: Path, tflow: Tflow) -> None:
    """Where a release wants signatures, unsigned articles need somebody, and every hint
    leads to signing."""
    finish(tflow)
    done = tflow("status")
    assert done.out.startswith("NEEDS YOU  1 of 1\n")
    assert "  4 unsigned    tflow sign boat\n" in done.out
    assert done.err == "next: tflow sign boat\n"
    tflow("status", "--check")
    assert tflow("set", "boat:3", "배").err == "next: tflow sign boat\n"
    assert tflow("accept", "boat:3").err == "next: tflow sign boat\n"
    refused = tflow("export", "boat", "--release", code=1)
    assert refused.err.splitlines()[0] == "refused boat:1 (ko): not signed"
    assert refused.err.endswith("next: tflow sign boat\n")
    assert tflow("sign", "boat", "--by", "bob").err == "next: tflow export boat\n"
    tflow("export", "boat", "--release")


def test_nobody_signs_his_own(strict: Path, tflow: Tflow) -> None:
    """Who took a text cannot sign it, under any spelling of the name; nothing is signed
    then, and the hint names what can be."""
    tflow("set", "boat:2", "항구", "--by", "bob")
    tflow("set", "boat:3", "배")
    tflow("set", "boat:4", "기다리지 않는다.")
    for name in ("Mina", " mina"):
        done = tflow("sign", "boat", "--by", name, code=2)
        assert done.err == (
            "error: you took boat:3 and 1 more of these; somebody else must sign: "
            'the project says reviewer = "other"; tflow sign boat:2 signs the others\n'
        )
    assert "reviewed" not in states(tflow)
    tflow("sign", "boat:2", "--by", "Mina")
    tflow("sign", "boat:3,4", "--by", "bob")
    assert states(tflow) == ["untranslated", "reviewed", "reviewed", "reviewed"]


def test_what_nobody_took_cannot_be_signed(strict: Path, tflow: Tflow) -> None:
    """A text from another editor has no name on it: anybody may have written it."""
    tflow("set", "boat:3", "배")
    KO.write_text(KO.read_text().replace('"배"', '"막배"'))
    done = tflow("sign", "boat:3", "--by", "bob", code=2)
    assert done.err.startswith("error: nobody knows who took boat:3; tflow accept ")
    tflow("accept", "boat:3", "--by", "Mina")
    tflow("sign", "boat:3", "--by", "bob")


def test_a_covered_segment_is_signed_by_another(strict: Path, tflow: Tflow) -> None:
    """Who joined a segment to a text does not sign that, whoever wrote the text."""
    tflow("set", "boat:3", "배는 기다리지 않는다.", "--by", "ann")
    tflow("join", "boat:3,4", "--by", "bob")
    tflow("sign", "boat:3", "--by", "bob")
    assert states(tflow)[2:] == ["reviewed", "translated"]
    tflow("sign", "boat:4", "--by", "ann")
    assert states(tflow)[2:] == ["reviewed", "reviewed"]


def test_a_release_refuses_own_signatures(project: Path, tflow: Tflow) -> None:
    """Signatures that were given before the project was strict do not count."""
    finish(tflow)
    tflow("sign", "boat:1-3", "--by", "Mina")
    tflow("sign", "boat:4", "--by", "bob")
    settings = Path("translate_flow.toml")
    rule = '[release]\nrequire = "reviewed"\n'
    settings.write_text(settings.read_text() + rule)
    tflow("export", "boat", "--release", "-o", "first")
    settings.write_text(settings.read_text() + 'reviewer = "other"\n')
    done = tflow("export", "boat", "--release", code=1)
    assert done.err.splitlines() == [
        *(f"refused boat:{n} (ko): signed by Mina, who took it" for n in (1, 2, 3)),
        "next: tflow sign boat",
    ]
    tflow("sign", "boat:1-3", "--by", "bob")
    tflow("export", "boat", "--release")


# --- export -----------------------------------------------------------------


def finish(tflow: Tflow) -> None:
    """Bring the article to where a release prints it."""
    machine_drafts(tflow)
    tflow("accept", "boat", "--unread")


def test_export_writes_proofs(project: Path, tflow: Tflow) -> None:
    """Without options both formats are written, unfinished or not."""
    done = tflow("export", "boat", "--json").json
    assert [edition["path"] for edition in done["editions"]] == [
        "editions/boat.en-ko.md",
        "editions/boat.en-ko.html",
    ]
    assert done["refused"] == []
    for edition in done["editions"]:
        assert Path(edition["path"]).stat().st_size > 100
        assert edition["states"] == {"untranslated": 4}


def test_export_chooses(project: Path, tflow: Tflow) -> None:
    """Formats, layouts and the folder can be chosen."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    tflow("export", "--format", "md", "--layout", "target,interleaved", "-o", "out")
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "boat.en-ko.interleaved.md",
        "boat.ko.md",
    ]
    assert "배는 아홉 시에 떠난다." in Path("out/boat.ko.md").read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "doc"), "unknown format 'doc'"),
        (("--layout", "sideways"), "unknown layout 'sideways'"),
        (("--order", "up"), "unknown order 'up'"),
    ],
)
def test_export_of_unknown_kinds(
    project: Path, tflow: Tflow, words: tuple[str, str], message: str
) -> None:
    """What export does not know it names, with what it knows."""
    done = tflow("export", "boat", *words, code=2)
    assert done.err.startswith(f"error: {message}; known")


def test_release_refuses_what_is_unfinished(project: Path, tflow: Tflow) -> None:
    """A release lists what it refuses, exits 1 and writes nothing."""
    tflow("draft", "boat:1", "--engine", "pseudo")
    done = tflow("export", "boat", "--release", code=1)
    assert done.out == ""
    assert done.err.splitlines()[:2] == [
        "refused boat:1 (ko): draft",
        "refused boat:2 (ko): untranslated",
    ]
    assert not Path("editions").exists()
    refused = tflow("export", "boat", "--release", "--json", code=1).json["refused"]
    assert [one["n"] for one in refused] == [1, 2, 3, 4]


def test_release_writes_what_readers_have(project: Path, tflow: Tflow) -> None:
    """A release is recorded by the hashes of its pairs; doing it again changes
    nothing."""
    finish(tflow)
    tflow("export", "boat", "--release")
    record = Path("translations/releases/boat.toml")
    before = record.read_text()
    assert "[ko]" in before
    assert before.count(".") >= 4
    tflow("export", "boat", "--release")
    assert record.read_text() == before


def test_release_may_require_signatures(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A project may release only what is signed."""
    with Path("translate_flow.toml").open("a") as settings:
        settings.write('[release]\nrequire = "reviewed"\n')
    finish(tflow)
    tflow("export", "boat", "--release", code=1)
    tflow("sign", "boat")
    tflow("export", "boat", "--release")


def test_export_overwrites_only_its_own(project: Path, tflow: Tflow) -> None:
    """A file that export did not write, or that was edited since, is kept."""
    tflow("export", "boat")
    tflow("set", "boat:3", "배")
    tflow("export", "boat")
    path = Path("editions/boat.en-ko.md")
    path.write_text("mine")
    done = tflow("export", "boat", code=1)
    assert done.err == (
        "refused editions/boat.en-ko.md: it was edited by hand since export wrote it; "
        "--force overwrites it, -o DIR writes elsewhere\n"
    )
    assert path.read_text() == "mine"
    tflow("export", "boat", "--force")
    assert path.read_text() != "mine"


def test_export_embeds_only_images_of_the_project(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """An image beside the article is put into the HTML; one outside is not read."""
    pixel = b"\x89PNG\r\n\x1a\n" + b"ours"
    write("sources/dot.png", pixel)
    (project.parent / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\nsecret")
    write("sources/pic.md", "![Dot](dot.png)\n\n![Out](../../secret.png)\n")
    tflow("export", "pic", "--format", "html")
    html = Path("editions/pic.en-ko.html").read_text()
    assert "iVBORw0KGgpvdXJz" in html
    assert "secret.png" in html
    assert html.count("data:image/png") == 2 * html.count("iVBORw0KGgpvdXJz") // 2


# --- law 8 ------------------------------------------------------------------


def test_eight_at_once_lose_nothing(project: Path, write: Write, warm: Path) -> None:
    """Eight people set eight units at the same time; all eight texts are there."""
    write("sources/many.md", "".join(f"Paragraph {n}.\n\n" for n in range(1, 9)))

    def put(n: int) -> int:
        words = "set", f"many:{n}", f"문단 {n}", "--by", f"p{n}"
        return tflow_process(*words, program=warm / "tflow").returncode

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(put, range(1, 9))) == [0] * 8
    assert targets(Path("translations/ko/many.po")) == [
        f"문단 {n}" for n in range(1, 9)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rounds", "earliest"), [(8, 0.6), pytest.param(60, 0.1, marks=pytest.mark.long)]
)
def test_killed_at_any_instant(
    project: Path, write: Write, tflow: Tflow, rounds: int, earliest: float
) -> None:
    """Killed at random instants, set and sync leave the catalog old or new, whole, and
    the next command works; little can go wrong before a command has loaded."""
    write("sources/long.md", "".join(f"Paragraph {n} here.\n\n" for n in range(300)))
    tflow("sync", "long")
    path = Path("translations/ko/long.po")
    program = str(Path(sys.executable).with_name("tflow"))
    dice = random.Random(8)
    alive = 0
    took = []
    for text in ("문", "문단"):
        started = time.monotonic()
        subprocess.run([program, "set", "long:7", text, "--by", "mina"], check=True)
        took.append(time.monotonic() - started)
    for round_ in range(rounds):
        before = parse(path.read_text(), name="x")
        words = [program, "set", "long:7", f"문단 {round_}", "--by", "mina"]
        process = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(earliest, 1.1) * min(took))
        process.kill()
        alive += process.wait() == 0
        after = parse(path.read_text(), name="x")
        assert after.units[6].target in (before.units[6].target, f"문단 {round_}")
        assert len(after.units) == 300
    tflow("set", "long:7", "끝")
    assert targets(path)[6] == "끝"
    assert alive < rounds, "none was killed"


# --- check ------------------------------------------------------------------


LINK = "See [the port](https://example.org/) and {name}.\n"


def test_check_names_what_was_lost(project: Path, tflow: Tflow, write: Write) -> None:
    """check lists what a translation lost and invented, and exits 1 for an error."""
    write("sources/link.md", LINK)
    tflow("set", "link:1", "항구와 {이름}을 보라.")
    done = tflow("check", "link", code=1)
    assert "https://example.org/" in done.out
    assert "{이름}" in done.out
    assert all(line.startswith("error: link:") for line in done.out.splitlines())
    found = tflow("check", "--json", code=1).json["findings"]
    assert {"check", "severity", "slug", "lang", "id", "message"} <= set(found[0])
    assert {finding["slug"] for finding in found} == {"link"}


def test_check_finds_nothing(project: Path, tflow: Tflow, write: Write) -> None:
    """What is whole has no finding; what has no translation neither."""
    write("sources/link.md", LINK)
    tflow("set", "link:1", "{name}과 [항구](https://example.org/)를 보라.")
    done = tflow("check")
    assert (done.out, done.err) == ("", "nothing found\n")


def test_check_fails_on_what_is_asked(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """--fail-on says how grave a finding must be; github gets annotations."""
    write("sources/link.md", LINK)
    tflow("set", "link:1", "항구를 보라.")
    out = tflow("check", "--fail-on", "never", "--format", "github").out
    assert out.startswith("::error file=sources/link.md,line=1,title=")
    wrong = tflow("check", "--fail-on", "fatal", code=2)
    assert wrong.err.startswith("error: unknown severity 'fatal'; known: error,")


def test_release_refuses_an_error(project: Path, tflow: Tflow, write: Write) -> None:
    """A translation that a person took but that lost a link is not released."""
    write("sources/link.md", LINK)
    tflow("set", "link:1", "{name}과 항구를 보라.")
    done = tflow("export", "link", "--release", code=1)
    assert done.err.startswith("refused link:1 (ko): ")
    assert "https://example.org/" in done.err
    [refused] = tflow("export", "link", "--release", "--json", code=1).json["refused"]
    assert (refused["state"], refused["check"]) == ("translated", "placeholder-lost")
