"""Every ``--json`` document has the keys that programs rely on."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from blog import PASSWORD, USER, Blog
from conftest import Write
from documents import DOCUMENTS, FAMILIES, command, strange
from servers import serving
from test_gate import commit, git

from translate_flow.cli import main

TMX = """\
<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>A boat.\
</seg></tuv><tuv xml:lang="ko"><seg>배.</seg></tuv><tuv xml:lang="de"><seg>Boot.</seg>\
</tuv></tu></body></tmx>
"""
KO = "translations/ko/boat.po"
BEGUN = (
    "--version", "init other", "demo tour", "add note.md", "status", "sync", "next",
    "completion zsh", "config", "config draft.jobs", "config draft.jobs 2", "engines",
    "engines doctor pseudo", "tm import x.tmx", "tm search 'A boat.'", "tm export",
    "tm export y.tmx", "glossary add boat 배", "glossary import terms.csv",
    "glossary find boat", "glossary export", "glossary export t.csv", "glossary check",
    "set boat:3 '하나.\n\n둘.'", "omit boat:4 --why cut", "undo", "join boat:3,4",
    "added boat:3 2", "reorder boat:3 --first", "reorder boat:3 --back",
    "draft --all --engine pseudo", "ask boat:2 'Which one?'", "show boat",
    "accept --all --unread", "set boat:1 배", "set boat:2 항구", "sign boat:3",
    "ask boat:2 --answer This", "edit note", "mv note memo", "clean",
    "merge-csv terms.csv terms.csv terms.csv",
    f"merge-po {KO} {KO} {KO}", "export boat --publish", "export --all --release",
    "correct boat:3 --source 'At 8.' --target '여덟 시.'", "export", "git install",
    "show nothing", "glossary check", "check",
)  # fmt: skip
"""A project begins …"""
LATER = (
    "drift --kept", "gate --base HEAD", "sync", "status --all", "drift", "show",
    "minor boat:3", "export --check", "export --release", "accept boat", "flip memo",
    "status", "next",
)  # fmt: skip
"""… and goes on after an edit, with an article that cannot be read."""

Play = Callable[[str], Any]


@pytest.fixture
def play(capsys: pytest.CaptureFixture[str]) -> Play:
    """Run a command line with ``--json``; return its document."""

    def run(line: str) -> Any:
        capsys.readouterr()
        assert main(["--json", "--yes", *shlex.split(line)]) in (0, 1, 2)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def site(
    project: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A project in a repository, with a blog to post to."""
    write("note.md", "A note of the [boat](https://e.org).\n")
    write("x.tmx", TMX)
    write("terms.csv", "en,ko\nharbour,항구\n")
    monkeypatch.setenv("EDITOR", "true")
    with serving() as server:
        monkeypatch.setenv("WORDPRESS_URL", Blog(server).url)
        monkeypatch.setenv("WORDPRESS_USER", USER)
        monkeypatch.setenv("WORDPRESS_PASSWORD", PASSWORD)
        git("init", "--quiet")
        yield project


def test_documents_have_the_keys_that_are_promised(site: Path, play: Play) -> None:
    """Each command prints a document, and it is as the table says, no key more, no key
    less."""
    told = [(shlex.split(line), play(line)) for line in BEGUN]
    commit()
    source = site / "sources/boat.md"
    source.write_text(source.read_text().replace("at 9", "at 10").replace("# H", "# h"))
    (site / "sources/bad.md").write_bytes(b"\xff\xfe\x00 no text")
    (site / "editions/boat.en-ko.md").write_text("Mine.\n")
    told += [(shlex.split(line), play(line)) for line in LATER]
    found = [
        f"tflow {shlex.join(words)}: {one}"
        for words, document in told
        for one in strange(words, document)
    ]
    assert not found, "\n".join(found)
    played = {
        "error" if set(document) == {"error"} else command(words)
        for words, document in told
    }
    assert played == set(DOCUMENTS)


def test_the_table_has_all_commands() -> None:
    """Whoever adds a command says what it promises."""
    assert {*FAMILIES, "error", "version", "export --publish"} == set(DOCUMENTS)


def test_the_table_would_be_missed(project: Path, play: Play) -> None:
    """A key that is lost, renamed or added is seen, however deep it stands."""
    document = play("show boat:1")
    assert strange(["show"], document) == []
    (unit,) = document["units"]
    unit["status"] = unit.pop("state")
    assert strange(["show"], document) == [
        "show.units[] lacks ['state']",
        "show.units[] has ['status']",
    ]
