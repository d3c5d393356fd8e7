"""What a CI reads of findings, what the gate could not compare, and the hook that asks
it before a commit."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import BOAT, Once, Tflow, Write
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema

SOURCE = """\
---
title: The last boat
---

Read [the table](https://example.org/a) before `nine`.

It does not wait.
"""


def git(*words: str, code: int = 0, **environ: str) -> str:
    """Run git, which must exit with ``code``, and return all that it says."""
    found = {**os.environ, **environ}
    done = subprocess.run(["git", *words], capture_output=True, text=True, env=found)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def save(message: str = "a step") -> None:
    """Commit everything, past any hook."""
    git("add", "--all")
    git("commit", "--quiet", "--no-verify", "-m", message)


@pytest.fixture
def wrong(project: Path, tflow: Tflow, write: Write) -> Path:
    """A project with an article whose translation lost a link and some code."""
    Path("sources/boat.md").unlink()
    write("sources/table, 100%: a.md", SOURCE)
    tflow("set", "table, 100%: a:2", "먼저 표를 읽어라.", "--by", "mina")
    return project


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read GitHub's workflow commands as its runner does."""
    found = []
    for line in text.splitlines():
        command, _, data = line.removeprefix("::").partition("::")
        level, _, said = command.partition(" ")
        pairs = (part.split("=", 1) for part in said.split(",") if part)
        decoded = {
            key: value.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n")
            .replace("%0D", "\r").replace("%25", "%")
            for key, value in pairs
        }  # fmt: skip
        data = data.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        found.append((level, decoded, data))
    return found


def test_annotations_have_file_and_line(wrong: Path, tflow: Tflow) -> None:
    """GitHub shows a finding beside the line of the article, whatever it is called."""
    told = annotations(tflow("check", "--format", "github", code=1).out)
    assert len(told) >= 2
    for level, where, message in told:
        assert level in ("error", "warning", "notice")
        assert where["file"] == "sources/table, 100%: a.md"
        assert where["line"] == "5"
        assert where["title"].startswith("placeholder")
        assert message.startswith("table, 100%: a:2 (ko): ")


def test_annotations_in_a_folder_of_a_repository(
    folder: Path, tflow: Tflow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are named from the top of the repository, unreadable ones among them."""
    git("init", "--quiet")
    write("site/translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("site/sources/boat.md", SOURCE)
    write("site/sources/bad.md", b"One.\n\nTwo \xff.\n")
    tflow("--project", "site", "set", "boat:2", "먼저 표를 읽어라.", "--by", "mina")
    for where, options in ((".", ["--project", "site"]), ("site", [])):
        with monkeypatch.context() as patch:
            patch.chdir(where)
            done = tflow(*options, "check", "--format", "github", code=2)
        told = annotations(done.out)
        files = {(said["file"], said["line"]) for _, said, _ in told}
        assert files == {("site/sources/boat.md", "5"), ("site/sources/bad.md", "3")}
    found = tflow("--project", "site", "--json", "check", code=2).json["findings"]
    assert {(one["file"], one["line"]) for one in found} == {
        ("site/sources/boat.md", 5)
    }


def test_nothing_in_a_message_is_a_command(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A text of the article begins no annotation of its own."""
    evil = "`%0A::error::PWN` `\n::error file=x::PWN`"
    write("sources/boat.md", f"Read {evil}.\n")
    tflow("set", "boat:1", "읽어라.", "--by", "mina")
    lines = tflow("check", "--format", "github").out.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("::warning file=sources/boat.md,") for line in lines)
    assert annotations(lines[0])[0][2].endswith("code `%0A::error::PWN` is missing")


# --- SARIF ------------------------------------------------------------------


def sarif(tflow: Tflow, *words: str, code: int = 1) -> dict:
    """Return a document of SARIF, which must fit its schema, and its one run."""
    document = tflow(*words, "--format", "sarif", code=code).json
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(document)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    return run


def test_sarif(wrong: Path, tflow: Tflow) -> None:
    """Findings with their rule, severity, file and line, by its schema; what a finding
    is known by stays while lines move."""
    run = sarif(tflow, "check")
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for one in run["results"]:
        assert rules[one["ruleIndex"]] == one["ruleId"]
        assert one["level"] in ("error", "warning", "note")
        (where,) = one["locations"]
        file = where["physicalLocation"]["artifactLocation"]
        assert unquote(file["uri"]) == "sources/table, 100%: a.md"
        assert " " not in file["uri"]
        assert where["physicalLocation"]["region"] == {"startLine": 5}
    known = [one["partialFingerprints"] for one in run["results"]]
    assert len({json.dumps(one) for one in known}) == len(known) >= 2
    path = Path("sources/table, 100%: a.md")
    path.write_text(path.read_text().replace("---\n\n", "---\n\nFirst.\n\n"))
    moved = sarif(tflow, "check")["results"]
    assert [one["partialFingerprints"] for one in moved] == known
    lines = [one["locations"][0]["physicalLocation"]["region"] for one in moved]
    assert lines == [{"startLine": 7}] * len(known)


def test_sarif_of_nothing_and_of_what_is_broken(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """Without findings there is a run without results; what could not be looked at is
    told, and the run was no success."""
    assert sarif(tflow, "check", code=0)["results"] == []
    assert sarif(tflow, "glossary", "check", code=0)["results"] == []
    write("sources/bad.md", b"\xff\xfe")
    run = sarif(tflow, "check", code=2)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert "sources/bad.md" in note["message"]["text"]


# --- what the gate could not compare ----------------------------------------


def test_the_gate_tells_what_nobody_has(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """All clear of what readers do not have says so: nothing was looked at."""
    git("init", "--quiet")
    tflow("sync")
    save()
    done = tflow("gate", "--base", "HEAD")
    assert done.err == "worse since HEAD: nothing\n"
    write("sources/boat.md", BOAT.replace("9", "10"))
    for n in range(6):
        write(f"sources/new{n}.md", BOAT)
    done = tflow("gate", "--base", "HEAD")
    assert done.err.splitlines() == [
        "worse since HEAD: nothing",
        "not compared: 7 changed articles that readers do not have: boat, new0, new1, "
        "new2, new3 and 2 more",
    ]
    told = tflow("gate", "--base", "HEAD", "--json").json["not_compared"]
    assert {one["why"] for one in told} == {"unpublished"}
    assert len(told) == 7


@pytest.mark.parametrize(
    ("file", "data", "says"),
    [
        ("sources/boat.md", b"\xff", "sources/boat.md: as it was, is not UTF-8 text"),
        (
            "translations/ko/boat.po",
            b"msgid oops\n",
            "translations/ko/boat.po: as it was,",
        ),
        ("translate_flow.toml", b"oops\n", "translate_flow.toml: as it was, "),
    ],
)
def test_the_gate_tells_what_it_could_not_read(
    project: Path, tflow: Tflow, file: str, data: bytes, says: str
) -> None:
    """What was broken in the commit to compare with is no all clear in silence."""
    git("init", "--quiet")
    for n, text in enumerate(("마지막 배", "항구", "9시.", "아니."), 1):
        tflow("set", f"boat:{n}", text, "--by", "mina")
    tflow("export", "boat", "--release", "--format", "md")
    good = Path(file).read_bytes()
    Path(file).write_bytes(data)
    save()
    Path(file).write_bytes(good)
    done = tflow("gate", "--base", "HEAD")
    assert done.err.startswith("worse since HEAD: nothing\n")
    assert f"not compared: {says}" in done.err
    (told,) = tflow("gate", "--base", "HEAD", "--json").json["not_compared"]
    assert told["why"].startswith(says)


# --- the hook ---------------------------------------------------------------


@pytest.fixture
def published(project: Path, tflow: Tflow, once: Once) -> Path:
    """A repository with an article that readers have."""

    @once
    def start() -> None:
        git("init", "--quiet")
        for n, text in enumerate(("마지막 배", "항구", "9시.", "아니."), 1):
            tflow("set", f"boat:{n}", text, "--by", "mina")
        tflow("export", "boat", "--release", "--format", "md")

    return project


def worse() -> None:
    """Leave a translation behind."""
    Path("sources/boat.md").write_text(BOAT.replace("leaves", "never leaves"))


PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def test_the_hook_keeps_worse_things_out(published: Path, tflow: Tflow) -> None:
    """The first commit passes, one that leaves a translation behind does not; with
    --no-verify it does; undo takes the hook away."""
    assert "pre-commit" in tflow("git", "install", "--hook").out
    hook = Path(".git/hooks/pre-commit")
    assert os.access(hook, os.X_OK)
    assert "nothing was missing" in tflow("git", "install", "--hook").out
    git("add", "--all")
    git("commit", "--quiet", "-m", "first", PATH=PATH)
    worse()
    git("add", "--all")
    told = git("commit", "-m", "worse", code=1, PATH=PATH)
    assert "translated → drifted" in told
    git("commit", "--quiet", "--no-verify", "-m", "worse", PATH=PATH)


def test_the_hook_is_taken_back(published: Path, tflow: Tflow) -> None:
    """undo leaves no hook, and does not touch one that somebody wrote since."""
    hook = Path(".git/hooks/pre-commit")
    tflow("git", "install", "--hook")
    tflow("undo")
    assert not hook.exists()


@pytest.mark.parametrize("option", ["--hook", "--no-hook", ""])
@pytest.mark.parametrize("kind", ["file", "link", "nowhere"])
def test_a_hook_that_is_there_stays(
    published: Path, tflow: Tflow, option: str, kind: str
) -> None:
    """Somebody else's hook is never overwritten; the line to add to it is told, and
    nothing else is done."""
    hook = Path(".git/hooks/pre-commit")
    if kind == "file":
        hook.write_text("#!/bin/sh\nexit 0\n")
    else:
        hook.symlink_to("/bin/true" if kind == "link" else "nowhere")
    before = hook.read_bytes() if kind != "nowhere" else hook.readlink()
    words = ("git", "install", *filter(None, [option]))
    done = tflow(*words, code=2 if option == "--hook" else 0)
    if option == "--hook":
        assert "there is a pre-commit hook already; add to it: " in done.err
        assert done.err.rstrip().endswith("gate --base HEAD")
        assert not Path(".gitattributes").exists()
    assert (hook.read_bytes() if kind != "nowhere" else hook.readlink()) == before
    assert hook.is_symlink() == (kind != "file")


def test_a_hook_that_asks_the_gate_is_enough(published: Path, tflow: Tflow) -> None:
    """The line in somebody's own hook is the hook."""
    hint = tflow_hint(tflow)
    hook = Path(".git/hooks/pre-commit")
    hook.write_text(f"#!/bin/sh\nmake lint\n{hint}\n")
    tflow("git", "install", "--hook")
    assert hook.read_text().endswith(f"make lint\n{hint}\n")


def tflow_hint(tflow: Tflow) -> str:
    """Return the line that a hook must have."""
    hook = Path(".git/hooks/pre-commit")
    hook.write_text("#!/bin/sh\n")
    err = tflow("git", "install", "--hook", code=2).err
    hook.unlink()
    return err.rstrip().partition("add to it: ")[2]


def test_hooks_elsewhere(published: Path, tflow: Tflow) -> None:
    """core.hooksPath is where the hook goes, below the repository alone."""
    git("config", "core.hooksPath", ".husky")
    tflow("git", "install", "--hook")
    assert Path(".husky/pre-commit").read_text().startswith("#!/bin/sh\n")
    assert not Path(".git/hooks/pre-commit").exists()
    tflow("undo")
    assert not Path(".husky/pre-commit").exists()
    for outside in ("../elsewhere", "/etc/tflow-hooks", "~/hooks"):
        git("config", "core.hooksPath", outside)
        err = tflow("git", "install", "--hook", code=2).err
        assert "core.hooksPath leads out of the repository; add to its pre-comm" in err
    assert not Path("../elsewhere").exists()


def test_hooks_of_the_users_own(
    published: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A folder of hooks for all repositories of a user gets none of ours."""
    config = tmp_path / "config"
    config.write_text(f"[core]\nhooksPath = {tmp_path / 'hooks'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    err = tflow("git", "install", "--hook", code=2).err
    assert "core.hooksPath leads out of the repository" in err
    assert not (tmp_path / "hooks").exists()


def test_a_project_below_its_repository(
    folder: Path, tflow: Tflow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hook runs at the top of the repository, and names the project."""
    git("init", "--quiet")
    write("a site/translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("a site/sources/boat.md", BOAT)
    monkeypatch.chdir("a site")
    tflow("git", "install", "--hook")
    assert "--project 'a site/' gate" in Path("../.git/hooks/pre-commit").read_text()
    git("add", "--all")
    git("commit", "--quiet", "-m", "first", PATH=PATH)
    Path("sources/boat.md").write_text(BOAT.replace("9", "10"))
    git("add", "--all")
    git("commit", "--quiet", "-m", "second", PATH=PATH)


def test_a_script_is_not_asked(published: Path, tflow: Tflow) -> None:
    """Without a terminal there is no question, and no hook."""
    for words in ((), ("--yes",), ("--json",)):
        tflow("git", "install", *words)
    assert not Path(".git/hooks/pre-commit").exists()


@pytest.mark.parametrize("said", ["y\n", "n\n"])
def test_a_person_is_asked(published: Path, said: str) -> None:
    """At a terminal the hook is offered, with the file that it would be."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "translate_flow", "git", "install"]
    process = subprocess.Popen(command, stdin=theirs, stderr=subprocess.PIPE, text=True)
    os.write(ours, said.encode())
    _, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == (0 if said == "y\n" else process.returncode)
    assert ".git/hooks/pre-commit. Go on?" in err.replace("\n  ", " ")
    assert Path(".git/hooks/pre-commit").exists() == (said == "y\n")
    assert Path(".gitattributes").exists()
