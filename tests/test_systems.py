"""What other systems do differently: names of files, encodings, commands, homes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BOAT, Tflow, Write
from hypothesis import example, given
from hypothesis import strategies as st

from translate_flow.cli.commands.edit import words_of
from translate_flow.errors import FlowError
from translate_flow.files import home
from translate_flow.project.slugs import checked, fault, fitting
from translate_flow.text.encoding import recognised

# --- names ------------------------------------------------------------------

UNFIT = (
    "con",
    "CON",
    "nul.2026",
    "Aux",
    "lpt1",
    "com¹",
    "blog/prn",
    "a?b",
    "who<what>",
    'say "no"',
    "a|b",
    "a*b",
    "10:30",
    "essay.",
    "essay ",
    "2026./essay",
    "줄\t바꿈",
    "가" * 80,
    "a/" * 100 + "b",
)


@pytest.mark.parametrize("slug", UNFIT)
def test_names_that_a_system_cannot_hold(
    slug: str, project: Path, tflow: Tflow, write: Write
) -> None:
    """``add`` and ``mv`` refuse them and suggest one that is taken."""
    with pytest.raises(FlowError) as caught:
        checked(slug)
    assert caught.value.hint == f"it could be {fitting(slug)}"
    write("new.md", BOAT)
    refused = tflow("add", "new.md", "--slug", slug, code=2).err
    assert f"it could be {fitting(slug)}" in refused
    assert "it could be" in tflow("mv", "boat", slug, code=2).err
    assert [a["slug"] for a in tflow("status", "--json").json["articles"]] == ["boat"]
    tflow("add", "new.md", "--slug", fitting(slug))


@given(st.text(min_size=1, max_size=300), st.lists(st.text(max_size=5), max_size=5))
@example("con", ["con-1", "CON-1-2"])
@example("..", [])
@example("CON.con", [])
@example("con -", [])
@example(".0", [])
@example("a/ .con", [])
def test_what_is_suggested_fits(name: str, others: list[str]) -> None:
    """Whatever the name and whatever is there, the suggestion can be taken."""
    better = fitting(name, others)
    assert fault(better, others) is None
    assert checked(better, others) == better
    assert better not in others


@pytest.mark.parametrize("slug", ["Boat", "BOAT", "boat"])
def test_twins(slug: str, project: Path, tflow: Tflow, write: Write) -> None:
    """A name that differs in case only would be the same file elsewhere."""
    write("new.md", "New.\n")
    told = tflow("add", "new.md", "--slug", slug, code=2).err
    assert ("there is an article" if slug == "boat" else f"{slug.lower()}-2") in (
        told.lower()
    )
    tflow("add", "new.md", "--slug", "straße")
    assert "'straße'" in tflow("add", "new.md", "--slug", "STRASSE", code=2).err
    tflow("add", "new.md", "--slug", "가을")
    decomposed = "\u1100\u1161\u110b\u1173\u11af"
    assert "가을" in tflow("add", "new.md", "--slug", decomposed, code=2).err


def test_a_name_may_change_its_case(project: Path, tflow: Tflow) -> None:
    """An article is no twin of itself."""
    tflow("mv", "boat", "Boat")
    assert Path("sources/Boat.md").is_file()


def test_names_that_are_there_already(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A project that has such names goes on, is told of them once with the way out, and
    the way works."""
    write("sources/con.md", "Con.\n")
    write("sources/a?b.md", "Why?\n")
    write("sources/Boat.md", "Twin.\n")
    tflow("sync")
    tflow("set", "a?b:1", "왜?")
    told = tflow("status").err + tflow("status").out
    assert "con is a device on Windows: tflow mv con con-1\n" in told
    assert "Windows takes no '?' in a name: tflow mv 'a?b' a-b\n" in told
    assert "tflow mv boat boat-2\n" in told
    unfit = tflow("status", "--json").json["unfit"]
    assert {one["slug"]: one["fitting"] for one in unfit} == {
        "con": "con-1",
        "a?b": "a-b",
        "boat": "boat-2",
    }
    for one in unfit:
        tflow("mv", one["slug"], one["fitting"])
    assert tflow("status", "--json").json["unfit"] == []
    assert tflow("show", "a-b", "--json").json["units"][0]["target"] == "왜?"


@pytest.mark.parametrize("name", ["con", "a?b", "blog."])
def test_a_project_has_such_a_name_neither(
    name: str, folder: Path, tflow: Tflow
) -> None:
    """``init`` makes no folder that Windows cannot hold, but one that is there may be
    a project."""
    assert fitting(name) in tflow("init", name, code=2).err
    assert not Path(name).exists()
    Path(name).mkdir()
    tflow("init", name)


# --- encodings --------------------------------------------------------------

KOREAN = "# 마지막 배\n\n배는 “아홉 시”에 떠난다. 기다리지 않는다. 漢字도 있다·\n"
FRENCH = "# Été\n\nLe café – «déjà» fermé.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (KOREAN, "cp949", "CP949 (EUC-KR)"),
        (KOREAN, "euc-kr", "CP949 (EUC-KR)"),
        ("똠방각하 펲시 콜라는 없다\n", "cp949", "CP949 (EUC-KR)"),
        (KOREAN, "utf-16", "UTF-16"),
        ("\ufeff" + KOREAN, "utf-16-be", "UTF-16"),
        (KOREAN, "utf-16-le", "UTF-16"),
        (FRENCH, "utf-16-be", "UTF-16"),
        (KOREAN, "utf-32", "UTF-32"),
        (FRENCH, "cp1252", "Windows-1252 (Latin-1)"),
    ],
)
def test_a_text_in_another_encoding(
    text: str, encoding: str, named: str, project: Path, tflow: Tflow, write: Write
) -> None:
    """It is recognised and named, and comes in whole by the command that is told."""
    data = text.encode(encoding)
    write("new.md", data)
    known = recognised(data)
    told = tflow("add", "new.md", code=2).err
    assert f"is {named} text, not UTF-8; tflow add new.md --encoding {known}\n" in told
    tflow("add", "new.md", "--encoding", known or "")
    came = Path("sources/new.md").read_bytes().decode()
    assert came.endswith(text.removeprefix("\ufeff"))
    write("sources/there.md", data)
    assert f"is {named} text, not UTF-8" in tflow("show", "there", code=2).err
    stdin = ("add", "-", "--slug", "in", "--encoding", encoding)
    tflow(*stdin, stdin=data)
    assert Path("sources/in.md").read_bytes().decode() == came


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("これは日本語の文章です。今日は良い天気ですね。", "shift-jis"),
        ("これは日本語の文章です。今日は良い天気ですね。", "euc-jp"),
        ("这是一个中文句子，我们今天去北京大学学习。", "gbk"),
        ("Это русский текст.", "koi8-r"),
    ],
)
def test_what_is_not_recognised(text: str, encoding: str) -> None:
    """A text of another language is not taken for Korean."""
    assert recognised(text.encode(encoding)) is None


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("klingon", "unknown encoding 'klingon'; known: utf-8, utf-16"),
        ("rot13", "unknown encoding 'rot13'"),
        ("hex", "unknown encoding 'hex'"),
        ("utf-16", "is not utf-16 text"),
        ("ascii", "new.md:1: is not ascii text; try --encoding cp949"),
        ("utf-8", "new.md:1: is not utf-8 text; try --encoding cp949"),
    ],
)
def test_the_wrong_encoding(
    encoding: str, told: str, project: Path, tflow: Tflow, write: Write
) -> None:
    """One that is none, or that the text is not in, is told."""
    write("new.md", KOREAN.encode("cp949") + b"x")
    assert told in tflow("add", "new.md", "--encoding", encoding, code=2).err


def test_utf8_is_not_garbled(project: Path, tflow: Tflow, write: Write) -> None:
    """A text that is UTF-8 is not read as anything else, though it could be."""
    write("new.md", FRENCH)
    for name in ("cp1252", "latin-1"):
        told = tflow("add", "new.md", "--encoding", name, code=2).err
        assert "is UTF-8 already" in told
    tflow("add", "new.md", "--encoding", "utf-8")


# --- commands ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (r"C:\Windows\notepad.exe", [r"C:\Windows\notepad.exe"]),
        (
            r"C:\Program Files\Notepad++\notepad++.exe -multiInst",
            [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"],
        ),
        (r'"C:\Program Files\ed\ed.exe" -w', [r"C:\Program Files\ed\ed.exe", "-w"]),
        (r"'C:\Program Files\ed\ed.exe' -w", [r"C:\Program Files\ed\ed.exe", "-w"]),
        (r"\\server\share\my ed.EXE", [r"\\server\share\my ed.EXE"]),
        ("C:/ed/ed.cmd --wait", ["C:/ed/ed.cmd", "--wait"]),
        (r"start /wait C:\ed\ed.exe", ["start", "/wait", r"C:\ed\ed.exe"]),
        ("code --wait", ["code", "--wait"]),
        ("'my editor' -n 'a b'", ["my editor", "-n", "a b"]),
        (r"my\ editor -w", ["my editor", "-w"]),
        ("emacs -e '(a)' # b", ["emacs", "-e", "(a)", "#", "b"]),
    ],
)
def test_words_of_an_editor(command: str, words: list[str]) -> None:
    """Backslashes of Windows stay, quotes and escapes of a shell go."""
    assert words_of(command, "") == words


def test_an_editor_with_blanks_in_its_path(tmp_path: Path) -> None:
    """A program that is there needs no quotes, with words behind it or without."""
    path = tmp_path / "My Editor" / "my ed"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    assert words_of(str(path), "") == [str(path)]
    assert words_of(f"{path} -w 'a b'", "") == [str(path), "-w", "a b"]


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        (r"C:\Windows\notepad.exe", r"C:\Windows\notepad.exe cannot be run"),
        ("ed 'a", 'a quote is not closed in "ed \'a"'),
    ],
)
def test_an_editor_that_is_not_here(
    editor: str,
    told: str,
    project: Path,
    tflow: Tflow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is named as it was typed."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    tflow("set", "boat:1", "배")
    refused = tflow("edit", "boat", code=2).err
    assert told in refused
    assert "set EDITOR" in refused


# --- a user without a folder ------------------------------------------------


def test_where_a_user_is_at_home(tmp_path: Path) -> None:
    """What the environment names, else what the system knows; never a folder that
    depends on where one stands."""
    assert home({"HOME": str(tmp_path)}) == tmp_path
    assert home({"HOME": "here", "USERPROFILE": str(tmp_path)}) == tmp_path
    for environ in ({}, {"HOME": ""}, {"HOME": "."}):
        own = home(environ)
        assert own is None or own.is_absolute()


def test_a_project_brings_no_consent_along(
    project: Path, tflow: Tflow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without HOME a file of the project is not taken for the user's own answers, and
    none is written into it."""
    line = f"google\ttranslate.google.com\t{project.resolve()}\n"
    own = write(".local/state/translate_flow/consents.tsv", line)
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    told = tflow("draft", "boat", "--engine", "google", code=2).err
    assert "translate.google.com; say --yes" in told
    assert own.read_text() == line


@pytest.mark.parametrize("name", ["init", "status", "sync", "drift", "check", "export"])
def test_commands_need_no_home(name: str, project: Path) -> None:
    """All that is done day by day works without HOME, and leaves nothing in its stead
    where one stands."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("HOME", "XDG"))}
    words = [sys.executable, "-m", "translate_flow", name]
    words += ["new"] if name == "init" else []
    done = subprocess.run(words, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not Path(".local").exists()
