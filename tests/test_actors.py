"""Who acts is said: a machine drafts, and what only people may do it is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Tflow, Write

from translate_flow.catalog import parse
from translate_flow.model import Mark, Unit

KO = "배는 아홉 시에 떠난다."


def unit(project: Path, n: int, slug: str = "boat") -> Unit:
    """Return a unit of a catalog as it is saved, by its segment's number."""
    text = (project / f"translations/ko/{slug}.po").read_text()
    return parse(text, name=slug).units[n - 1]


def mark(project: Path, n: int, slug: str = "boat") -> Mark:
    """Return the mark of a unit."""
    return unit(project, n, slug).mark or Mark()


def state(tflow: Tflow, place: str) -> str:
    """Return the state of a unit."""
    found: str = tflow("show", place, "--json").json["units"][0]["state"]
    return found


# --- a machine that says so -------------------------------------------------


def test_a_machine_sets_a_draft(tflow: Tflow, project: Path) -> None:
    """What ``set --machine NAME`` writes is a draft of that origin, which nobody took;
    a person's later act takes it, and it stays labelled."""
    said = tflow("set", "boat:3", KO, "--machine", "claude")
    assert "draft" in said.out
    assert state(tflow, "boat:3") == "draft"
    assert mark(project, 3).origin == "claude"
    assert (mark(project, 3).ok, mark(project, 3).by) == (None, "")
    tflow("accept", "boat:3")
    assert state(tflow, "boat:3") == "translated"
    assert mark(project, 3).origin == "claude"


@pytest.mark.parametrize("name", ["gpt-5", "Claude Code", "qwen/qwen3:4b", "번역기"])
def test_the_environment_names_a_machine(
    tflow: Tflow, project: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """``TFLOW_ACTOR=machine:NAME`` says the same of every command; a person who has a
    name in the environment, too, does not act."""
    monkeypatch.setenv("TFLOW_ACTOR", f"machine:{name}")
    monkeypatch.setenv("TFLOW_BY", "mina")
    tflow("set", "boat:3", KO)
    assert mark(project, 3).origin == name
    assert state(tflow, "boat:3") == "draft"


@pytest.mark.parametrize(
    "said",
    [
        *("claude", "machine", "machine:", "machine: ", "Machine:x", "bot:x"),
        *("person:mina", "machine:human", "machine:Memory", "machine:adopted"),
        *("machine:---", "machine:\x1b[1m", f"machine:{'x' * 65}"),
    ],
)
def test_an_actor_is_named_in_one_way(
    tflow: Tflow, project: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """A value of ``TFLOW_ACTOR`` that names no machine, or one that would pass for
    people, is refused in one line by whatever is run."""
    monkeypatch.setenv("TFLOW_ACTOR", said)
    for words in (["set", "boat:3", KO], ["accept", "boat"], ["sync"], ["status"]):
        err = tflow(*words, code=2).err
        assert "TFLOW_ACTOR" in err
        assert err.count("\n") == 1
    assert not (project / "translations").exists()


ACTS = (
    ["accept", "boat:3"],
    ["accept", "boat", "--unread"],
    ["accept", "--all", "--unread"],
    ["accept", "boat:3", "--proposal"],
    ["sign", "boat:3"],
    ["sign", "--all"],
    ["minor", "boat:3"],
    ["omit", "boat:3", "--why", "cut"],
    ["join", "boat:3,4"],
    ["reorder", "boat:4", "--first"],
    ["added", "boat:3", "none"],
    ["ask", "boat:3", "It is.", "--answer"],
    ["edit", "boat"],
    ["set", "boat:3", ""],
    ["correct", "boat:3", "--source", "a", "--target", "b"],
    ["flip", "boat"],
    ["clean", "--yes"],
    ["export", "boat", "--release"],
    ["export", "--all", "--site", "public", "--release"],
    ["export", "--all", "--site", "blog", "--for", "hugo", "--release"],
    ["export", "boat", "--publish", "--yes"],
    ["config", "release.require", "translated"],
    ["config", "--unset", "release.reviewer"],
    ["config", "authors.people", "Claude"],
    ["config", "--unset", "authors.machines"],
    ["config", "--unset", "drift.always"],
)
"""What only people may do."""


@pytest.mark.parametrize("words", ACTS, ids=lambda words: " ".join(words[:3]))
@pytest.mark.parametrize("how", ["option", "environment"])
def test_a_machine_judges_nothing(
    tflow: Tflow,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    how: str,
) -> None:
    """What only a person may do is refused to a machine in one line that says so, and
    nothing is written."""
    monkeypatch.setenv("EDITOR", "false")
    tflow("set", "boat:4", "기다리지 않는다.")
    tflow("draft", "boat:3", "--engine", "pseudo", "--yes")
    before = (project / "translations/ko/boat.po").read_bytes()
    if how == "environment":
        monkeypatch.setenv("TFLOW_ACTOR", "machine:claude")
        err = tflow(*words, code=2).err
    else:
        err = tflow(*words, "--machine", "claude", code=2).err
    assert "only a person may" in err
    assert err.count("\n") == 1
    assert (project / "translations/ko/boat.po").read_bytes() == before


@pytest.mark.parametrize(
    "words", [["set", "boat:3", KO], ["ask", "boat:3", "Who?"], ["accept", "boat:3"]]
)
def test_a_machine_does_not_act_in_a_persons_name(
    tflow: Tflow, project: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """``--by`` with a machine that acts is refused, whichever way that is said."""
    tflow(*words, "--by", "mina", "--machine", "claude", code=2)
    monkeypatch.setenv("TFLOW_ACTOR", "machine:claude")
    tflow(*words, "--by", "mina", code=2)
    assert not (project / "translations").exists()


def test_a_machine_asks_in_its_own_name(tflow: Tflow, project: Path) -> None:
    """A question is no judgement: a machine may ask, under its name."""
    tflow("ask", "boat:3", "Which boat?", "--machine", "claude")
    asked = tflow("show", "boat:3", "--json").json["units"][0]["questions"]
    assert [one["by"] for one in asked] == ["claude"]


@pytest.mark.parametrize(
    "act",
    [
        ["set", "boat:3", KO],
        ["omit", "boat:3", "--why", "cut"],
        ["join", "boat:2,3"],
    ],
    ids=lambda words: words[0],
)
def test_a_machine_overwrites_nothing_of_a_persons(
    tflow: Tflow, project: Path, act: list[str]
) -> None:
    """Where a person wrote, took or decided something, a machine's text is refused; its
    own draft it may write anew."""
    tflow("set", "boat:2", "항구")
    tflow(*act)
    before = (project / "translations/ko/boat.po").read_bytes()
    err = tflow("set", "boat:3", "다른 글", "--machine", "claude", code=2).err
    assert "boat:3" in err
    line = json.dumps({"place": "boat:3", "target": "다른 글"}).encode()
    tflow("draft", "--from", "-", stdin=line, code=1)
    assert (project / "translations/ko/boat.po").read_bytes() == before
    tflow("set", "boat:4", "하나", "--machine", "claude")
    tflow("set", "boat:4", "둘", "--machine", "gpt-5")
    assert (unit(project, 4).target, mark(project, 4).origin) == ("둘", "gpt-5")


def test_a_machine_takes_back_only_what_it_did(tflow: Tflow, project: Path) -> None:
    """A machine may undo its own command, not a person's nor another machine's."""
    tflow("set", "boat:3", KO)
    assert "person" in tflow("undo", "--machine", "claude", code=2).err
    tflow("set", "boat:4", "둘", "--machine", "gpt-5")
    tflow("undo", "--machine", "claude", code=2)
    tflow("undo", "--machine", "gpt-5")
    assert not unit(project, 4).target
    assert unit(project, 3).target == KO


@pytest.mark.parametrize(
    "words", [["set", "boat:3", KO], ["accept", "boat:3"], ["ask", "boat:3", "Who?"]]
)
def test_who_has_no_name_is_asked_for_one(
    tflow: Tflow,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
) -> None:
    """Without a terminal git's user is not who acts: a command that needs somebody asks
    in one line for a person's name or a machine's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    err = tflow(*words, code=2).err
    assert "--by NAME" in err
    assert "--machine NAME" in err
    assert err.count("\n") == 1
    assert not (project / "translations").exists()


def test_a_machine_needs_no_persons_name(
    tflow: Tflow, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that says who it is is enough, where no person is known."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("TFLOW_ACTOR", "machine:claude")
    tflow("set", "boat:3", KO)
    tflow("ask", "boat:4", "Who?")
    assert mark(project, 3).origin == "claude"


def test_a_machine_drops_and_releases_nothing(
    tflow: Tflow, project: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a person could, a machine is refused: nothing is turned round, dropped,
    released or set, and looking is free."""
    write("sources/north.md", "It does not rain.\n")
    for n, text in enumerate(("배", "항구", KO, "기다리지 않는다."), 1):
        tflow("set", f"boat:{n}", text)
    tflow("set", "north:1", "비가 오지 않는다.")
    (project / "sources/north.md").unlink()
    before = {
        path: path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and ".tflow" not in path.parts
    }
    monkeypatch.setenv("TFLOW_ACTOR", "machine:claude")
    acts = [act for act in ACTS if act[0] in ("flip", "clean", "config", "export")]
    for act in acts:
        assert "only a person may" in tflow(*act, code=2).err
    tflow("clean")
    tflow("config", "release.require")
    assert before == {
        path: path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and ".tflow" not in path.parts
    }
    monkeypatch.delenv("TFLOW_ACTOR")
    tflow("config", "release.require", "reviewed")
    tflow("clean", "--yes")
    tflow("export", "boat", "--release", code=1)
    tflow("config", "--unset", "release.require")
    tflow("export", "boat", "--release")
    tflow("flip", "boat")


def test_what_a_machine_may_besides(
    tflow: Tflow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proofs, a new name, terms and other settings are no judgement; a machine may take
    back what it did, and then no more."""
    tflow("set", "boat:3", KO)
    monkeypatch.setenv("TFLOW_ACTOR", "machine:claude")
    tflow("export", "boat", "--format", "html")
    tflow("config", "draft.jobs", "2")
    tflow("glossary", "add", "boat", "배")
    tflow("mv", "boat", "ship")
    for _ in range(4):
        tflow("undo")
    assert unit(project, 3).target == KO
    assert "only a person may" in tflow("undo", code=2).err


# --- drafts from a file -----------------------------------------------------


def lines(*rows: Any) -> bytes:
    """Return rows as JSON lines; what is bytes stands as it is."""
    told = (row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    return b"\n".join(told) + b"\n"


def test_drafts_come_in_from_json_lines(
    tflow: Tflow, project: Path, write: Write
) -> None:
    """What ``show --json`` says of units, with targets and an origin, comes back by
    their ids as drafts of that origin."""
    units = tflow("show", "boat", "--json").json["units"]
    rows = [{**one, "target": f"글 {one['n']}", "origin": "claude"} for one in units]
    write("drafts.jsonl", lines(*rows))
    done = tflow("draft", "--from", "drafts.jsonl", "--json").json
    assert (done["drafted"], done["requested"], done["failed"]) == (4, 4, [])
    assert (done["from_memory"], done["characters"]) == (0, 0)
    for n in range(1, 5):
        assert unit(project, n).target == f"글 {n}"
        assert mark(project, n).origin == "claude"
        assert state(tflow, f"boat:{n}") == "draft"
    tflow("draft", "--from", "drafts.jsonl")
    tflow("undo")
    assert not (project / "translations/ko/boat.po").exists()


def test_lines_name_places_or_ids(tflow: Tflow, project: Path, write: Write) -> None:
    """A line names its segment by place, by id, or by slug and id; an id that stands in
    two articles needs the slug; the origin is the machine's that acts, if none is
    said."""
    write("sources/north.md", "It does not wait.\n")
    ids = [one["id"] for one in tflow("show", "boat", "--json").json["units"]]
    rows = lines(
        {"place": "boat:1", "target": "하나"},
        {"place": f"boat:{ids[1]}", "target": "둘", "origin": "gpt-5"},
        {"id": ids[2], "target": "셋"},
        {"slug": "boat", "id": ids[3], "target": "넷"},
        {"id": ids[3], "target": "다섯"},
    )
    done = tflow(
        "draft", "--from", "-", "--machine", "claude", "--json", stdin=rows, code=1
    )
    assert [(bad["line"], bad["message"]) for bad in done.json["failed"]] == [
        (5, f'{ids[3]} stands in boat, north; say which with "slug" or "place"')
    ]
    found = [(unit(project, n).target, mark(project, n).origin) for n in range(1, 5)]
    assert found == [
        ("하나", "claude"), ("둘", "gpt-5"), ("셋", "claude"), ("넷", "claude"),
    ]  # fmt: skip


BAD = {
    "no JSON": b"{",
    "a number": b"7",
    "a list": b'[{"place": "boat:4", "target": "x"}]',
    "deep": b"[" * 100_000,
    "not UTF-8": b'{"place": "boat:4", "target": "\xff"}',
    "NUL": {"place": "boat:4", "target": "a\0b"},
    "half a character": b'{"place": "boat:4", "target": "\\ud800"}',
    "no target": {"place": "boat:4"},
    "an empty target": {"place": "boat:4", "target": " \n"},
    "a target that is a number": {"place": "boat:4", "target": 7},
    "no place": {"target": "x"},
    "an article": {"place": "boat", "target": "x"},
    "several segments": {"place": "boat:3-4", "target": "x"},
    "another article": {"place": "bus:4", "target": "x"},
    "no such segment": {"place": "boat:99", "target": "x"},
    "no such id": {"id": "zzzzzz", "target": "x"},
    "an empty id": {"slug": "boat", "id": "", "target": "x"},
    "another language": {"place": "boat:4", "lang": "fr", "target": "x"},
    "people's origin": {"place": "boat:4", "target": "x", "origin": "human"},
    "another source": {"place": "boat:4", "target": "x", "source": "It waits."},
    "another fingerprint": {"place": "boat:4", "target": "x", "src": "00000000"},
    "too many blocks": {"place": "boat:2", "target": "하나\n\n둘"},
    "far too long": b'{"place": "boat:4", "target": "' + b"x" * 3_000_000 + b'"}',
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_line_is_told_and_the_rest_lands(
    tflow: Tflow, project: Path, bad: Any
) -> None:
    """A line that cannot land is told by its number, those around it land, exit 1."""
    good = {"place": "boat:3", "target": KO}
    rows = lines({"place": "boat:1", "target": "제목"}, b"", bad, good)
    told = tflow("draft", "--from", "-", stdin=rows, code=1)
    assert "line 3" in told.err
    assert "drafted 2 of 3 lines" in told.out
    assert unit(project, 3).target == KO
    assert not unit(project, 4).target


def test_a_line_lands_only_where_its_source_stands(
    tflow: Tflow, project: Path, write: Write
) -> None:
    """With ``source`` or ``src``, a draft whose source was edited meanwhile is left
    out; wrapping is no edit."""
    one = tflow("show", "boat:3", "--json").json["units"][0]
    article = (project / "sources/boat.md").read_text()
    write(
        "sources/boat.md", article.replace("at 9", "at 10").replace("not w", "not\nw")
    )
    tflow("sync")
    rows = lines(
        {"id": one["id"], "source": one["source"], "target": KO},
        {"place": "boat:4", "source": "It does not wait.", "target": "넷"},
    )
    told = tflow("draft", "--from", "-", stdin=rows, code=1).err
    assert "line 1" in told
    assert (unit(project, 3).target, unit(project, 4).target) == ("", "넷")


def test_drafts_from_a_file_are_checked_like_others(
    tflow: Tflow, project: Path, write: Write
) -> None:
    """A draft that lost a link lands, and that is told."""
    write("sources/boat.md", "See [the `map`](/a) first.\n")
    rows = lines({"place": "boat:1", "target": "먼저 지도를 보라."})
    told = tflow("draft", "--from", "-", stdin=rows)
    assert "link to /a is missing [placeholder-lost]" in told.err
    found = tflow("draft", "--from", "-", "--json", stdin=rows).json["findings"]
    assert {one["check"] for one in found} == {"placeholder-lost"}


def test_places_bound_what_comes_in(tflow: Tflow, project: Path, write: Write) -> None:
    """What is named beside ``--from`` is all that lines may be about; a dry run writes
    nothing; options of engines have no place beside it."""
    write("sources/north.md", "It does not rain.\n")
    rows = lines(
        {"place": "boat:3", "target": KO},
        {"place": "boat:4", "target": "넷"},
        {"place": "north:1", "target": "비가 오지 않는다."},
    )
    dry = tflow("draft", "boat:3", "--from", "-", "--dry-run", stdin=rows, code=1)
    assert "would draft 1 of 3 lines" in dry.out
    assert not (project / "translations").exists()
    tflow("draft", "boat:3", "--from", "-", stdin=rows, code=1)
    assert [unit(project, n).target for n in range(1, 5)] == ["", "", KO, ""]
    for words in (["--engine", "pseudo"], ["--redraft"], ["--max-characters", "9"]):
        tflow("draft", "--from", "-", *words, stdin=rows, code=2)
    assert "no such file" in tflow("draft", "--from", "nowhere", code=2).err


def test_a_broken_article_stops_its_own_lines_only(
    tflow: Tflow, project: Path, write: Write
) -> None:
    """Lines about an article that cannot be read are told; others land."""
    write("sources/north.md", b"\xff\xfe broken")
    rows = lines({"place": "north:1", "target": "x"}, {"place": "boat:3", "target": KO})
    assert "line 1" in tflow("draft", "--from", "-", stdin=rows, code=1).err
    assert unit(project, 3).target == KO


MANY = json.dumps({"place": "boat:3", "source": "x", "target": "가" * 150_000})


@pytest.mark.parametrize(
    "row", [f"{MANY}\n".encode(), MANY.encode()], ids=["many lines", "one long line"]
)
def test_a_large_file_is_never_held_whole(project: Path, row: bytes) -> None:
    """Drafts come in from 225 MB in a process that may not take that much memory."""
    pipe = subprocess.Popen(
        [sys.executable, "-c", _BOUNDED, "draft", "--from", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert pipe.stdin
    for _ in range(250):
        pipe.stdin.write(row)
    pipe.stdin.write(b"\n" + lines({"place": "boat:3", "target": KO}))
    out, err = pipe.communicate()
    assert pipe.returncode == 1, err.decode()
    assert unit(project, 3).target == KO
    assert b"drafted 1 of" in out


_BOUNDED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({240 << 20}, {240 << 20}))
from translate_flow.cli import main
sys.exit(main())
"""
