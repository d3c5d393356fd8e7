"""The memory as people use it: ``tm``, and what ``show`` and ``edit`` suggest."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from conftest import Tflow, Write

from translate_flow.memory import MemoryUnit, read_tmx, write_tmx
from translate_flow.project import parse_settings
from translate_flow.project.corpus import language_in

FERRY = """\
# Harbour

The boat leaves at 10.

It does not wait. The crew goes home at night.
"""
INDEX = Path(".tflow/memory.sqlite")
KO = Path("translations/ko/boat.po")


@pytest.fixture
def sea(project: Path, tflow: Tflow, write: Write) -> Path:
    """A project with one article translated and one like it that is not."""
    write("sources/ferry.md", FERRY)
    for n, text in enumerate(
        ("마지막 배", "항구", "배는 9시에 떠난다.", "기다리지 않는다."), 1
    ):
        tflow("set", f"boat:{n}", text, "--by", "mina")
    return project


def matches(tflow: Tflow, *words: str) -> list[tuple[int, str, str]]:
    """Return score, target and origin of what a search finds."""
    found = tflow("tm", "search", *words, "--json").json["matches"]
    return [(one["score"], one["target"], one["origin"]) for one in found]


def suggested(tflow: Tflow, place: str) -> list[list[tuple[int, str]]]:
    """Return score and target of the suggestions of units."""
    units = tflow("show", place, "--json").json["units"]
    return [[(s["score"], s["target"]) for s in u["suggestions"]] for u in units]


def tmx(path: Path) -> tuple[MemoryUnit, ...]:
    """Read a TMX file."""
    return read_tmx(path.read_bytes(), name=str(path)).entries


# --- search -----------------------------------------------------------------


def test_search_shows_what_differs(sea: Path, tflow: Tflow) -> None:
    """A search shows the score, the words that differ, the translation and where it is
    from."""
    out = tflow("tm", "search", "The boat leaves at 10.").out
    first, second = out.splitlines()
    assert first.startswith("  90%  The boat leaves at [-9-]{+10+}.  boat:")
    assert ", by mina" in first
    assert second.strip() == "배는 9시에 떠난다."


def test_search_works_both_ways(sea: Path, tflow: Tflow) -> None:
    """Text of either language is found; --lang names the other one."""
    [(score, target, origin)] = matches(tflow, "배는 9시에 떠난다.")
    assert (score, target) == (100, "The boat leaves at 9.")
    assert origin.startswith("boat:")
    assert matches(tflow, "배는 9시에 떠난다.", "--lang", "en")
    assert matches(tflow, "배는 9시에 떠난다.", "--lang", "ko") == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["배는 9시에 떠난다.", "배는 8시에 떠난다."])
def test_search_compares_composed_letters(
    sea: Path, tflow: Tflow, form: Literal["NFC", "NFD"], asked: str
) -> None:
    """A text is the same in composed letters and in their parts, wherever it stands so:
    only the words that differ are shown."""
    tflow("set", "boat:3", normalize("NFD", "배는 9시에 떠난다."), "--by", "mina")
    out = tflow("tm", "search", normalize(form, asked), "--lang", "en").out
    score = "100%  배는 9시에" if "9" in asked else "90%  배는 [-9-]{+8+}시에"
    assert out.lstrip().startswith(score)


def test_search_can_be_told_how_much(sea: Path, tflow: Tflow) -> None:
    """--least and --most bound what is shown; nothing is no error."""
    text = "The boat leaves when it wants"
    assert "nothing like it" in tflow("tm", "search", text).out
    assert len(matches(tflow, text, "--least", "50", "--most", "1")) == 1
    tflow("tm", "search", text, "--least", "0", code=2)


def test_search_without_anything(project: Path, tflow: Tflow) -> None:
    """An empty project has an empty memory."""
    assert matches(tflow, "anything") == []


# --- suggestions ------------------------------------------------------------


def test_show_suggests_where_segments_are_named(sea: Path, tflow: Tflow) -> None:
    """Named segments that want somebody get suggestions, with the words that differ."""
    assert suggested(tflow, "ferry:1-3") == [
        [(100, "항구")],
        [(90, "배는 9시에 떠난다.")],
        [(100, "기다리지 않는다.")],
    ]
    (unit,) = tflow("show", "ferry:3", "--json").json["units"]
    (one,) = unit["suggestions"]
    assert one["part"] == "It does not wait."
    (unit,) = tflow("show", "ferry:2", "--json").json["units"]
    (one,) = unit["suggestions"]
    assert ["-", "9"] in one["diff"]
    assert ["+", "10"] in one["diff"]
    out = tflow("show", "ferry:2").out
    assert "90%  The boat leaves at [-9-]{+10+}.  boat:" in out


def test_no_memory_is_opened_without_need(sea: Path, tflow: Tflow) -> None:
    """Whole articles, finished units, status and sync open no memory."""
    tflow("show", "ferry")
    tflow("show")
    tflow("show", "boat:1-4")
    tflow("status")
    tflow("sync")
    assert not INDEX.exists()
    assert suggested(tflow, "boat:2") == [[]]


def test_a_drifted_unit_is_not_offered_itself(
    sea: Path, tflow: Tflow, write: Write
) -> None:
    """A drifted unit gets suggestions from elsewhere, not its own old text."""
    boat = Path("sources/boat.md")
    write("sources/boat.md", boat.read_text().replace("at 9", "never at 9"))
    (unit,) = tflow("show", "boat:3", "--json").json["units"]
    assert (unit["state"], unit["suggestions"]) == ("drifted", [])
    tflow("set", "ferry:2", "배는 10시에 떠난다.")
    assert suggested(tflow, "boat:3") == [[(70, "배는 10시에 떠난다.")]]


def test_edit_shows_the_memory(
    sea: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form has what the memory knows among what is to be read."""
    keep = f"{shutil.which('cp')} {{}} seen.txt"
    Path("keep.sh").write_text(f"#!/bin/sh\n{keep.format('$1')}\n")
    monkeypatch.setenv("EDITOR", "sh keep.sh")
    monkeypatch.delenv("VISUAL", raising=False)
    tflow("edit", "ferry:2")
    form = Path("seen.txt").read_text()
    assert "| memory 90% boat:" in form
    assert "The boat leaves at [-9-]{+10+}.\n|       배는 9시에 떠난다.\n" in form


def test_machine_text_says_so(sea: Path, tflow: Tflow) -> None:
    """A machine's text that was accepted unread is suggested under its name."""
    line = json.dumps({"place": "ferry:2", "target": "배는 열 시에 떠난다."})
    tflow("draft", "--from", "-", "--machine", "papago", stdin=line.encode())
    tflow("accept", "ferry:2", "--unread")
    found = tflow("tm", "search", "The boat leaves at 10.", "--json").json["matches"]
    assert found[0]["made"] == "papago"
    out = tflow("tm", "search", "The boat leaves at 10.").out
    assert "papago, taken unchanged" in out


# --- the index --------------------------------------------------------------


def test_the_memory_follows_the_catalogs(sea: Path, tflow: Tflow) -> None:
    """What is set is found at once, what is taken away is not found any more."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    assert matches(tflow, "The boat leaves at 9.")[0][1] == "배는 아홉 시에 떠난다."
    tflow("set", "boat:3", "")
    assert matches(tflow, "The boat leaves at 9.") == []
    tflow("undo")
    assert matches(tflow, "The boat leaves at 9.")


def test_a_broken_catalog_is_left_out(sea: Path, tflow: Tflow, write: Write) -> None:
    """A catalog or TMX file that cannot be read hides only what is in it."""
    write("translations/ko/other.po", "garbage")
    write("translations/memory/bad.tmx", "garbage")
    write("translations/ko/blob.po", b"\xff\x00")
    assert matches(tflow, "The boat leaves at 9.")[0][0] == 100
    KO.write_text("<<<<<<< ours\n" + KO.read_text())
    assert matches(tflow, "The boat leaves at 9.") == []


def test_a_broken_index_is_no_concern(sea: Path, tflow: Tflow) -> None:
    """Garbage in place of the index is replaced without a word."""
    matches(tflow, "Harbour")
    INDEX.write_bytes(b"garbage" * 100)
    done = tflow("tm", "search", "Harbour")
    assert "항구" in done.out
    assert done.err == ""


def test_a_catalog_without_its_article_is_remembered(sea: Path, tflow: Tflow) -> None:
    """What was translated of a deleted article stays known."""
    Path("sources/boat.md").unlink()
    assert matches(tflow, "The boat leaves at 9.")[0][0] == 100


# --- import -----------------------------------------------------------------


def old_memory(path: Path) -> None:
    """Write a TMX file of another tool."""
    seg = "<tuv lang='{}'><seg>{}</seg></tuv>"
    units = (
        (
            ("EN-US", "The tide is high."),
            ("ko-KR", "밀물이다."),
            ("de", "Es ist Flut."),
        ),
        (("EN-US", "Low tide."), ("de", "Ebbe.")),
    )
    body = "".join(f"<tu>{''.join(seg.format(*one) for one in u)}</tu>" for u in units)
    text = f"<tmx version='1.4'><header srclang='EN-US'/><body>{body}</body></tmx>"
    path.write_bytes(text.encode("utf-16"))


def test_import_keeps_a_copy(sea: Path, tflow: Tflow) -> None:
    """A TMX file is copied in one form, counted, found, and taken back by undo."""
    old_memory(Path("Old.TMX"))
    done = tflow("tm", "import", "Old.TMX")
    assert done.out == "Old.TMX: 1 entry to translations/memory/Old.tmx\n"
    assert "not languages of the project: de (2)" in done.err
    assert "fewer than two languages: 1 unit" in done.err
    kept = Path("translations/memory/Old.tmx")
    assert [entry.texts for entry in tmx(kept)] == [
        (("en", "The tide is high."), ("ko", "밀물이다."))
    ]
    assert matches(tflow, "The tide is high.") == [(100, "밀물이다.", "Old.tmx")]
    assert matches(tflow, "밀물이다.") == [(100, "The tide is high.", "Old.tmx")]
    tflow("undo")
    assert not kept.exists()
    assert matches(tflow, "The tide is high.") == []


def test_import_asks_before_it_replaces(sea: Path, tflow: Tflow) -> None:
    """A name that is taken is refused without --yes."""
    old_memory(Path("old.tmx"))
    tflow("tm", "import", "old.tmx")
    kept = Path("translations/memory/old.tmx")
    kept.write_bytes(write_tmx([]))
    err = tflow("tm", "import", "old.tmx", code=2).err
    assert "translations/memory/old.tmx is there" in err
    assert tmx(kept) == ()
    told = tflow("tm", "import", "old.tmx", "--yes", "--json").json["imported"]
    assert [(one["entries"], one["skipped"], one["alone"]) for one in told] == [
        (1, {"de": 2}, 1)
    ]
    assert len(tmx(kept)) == 1


def test_import_is_all_or_nothing(sea: Path, tflow: Tflow, write: Write) -> None:
    """If one file cannot be taken, none is, and the line is told."""
    old_memory(Path("old.tmx"))
    write("bad.tmx", "<tmx>\n<body>\n</tmx>")
    write("none.tmx", "<tmx><body/></tmx>")
    for wrong, message in (
        ("bad.tmx", "bad.tmx:3: not XML"),
        ("none.tmx", "none.tmx: has nothing in two of the project's languages"),
        ("missing.tmx", "missing.tmx: cannot be read"),
    ):
        err = tflow("tm", "import", "old.tmx", wrong, code=2).err
        assert message in err
        assert err.count("\n") == 1
    write("other/old.tmx", Path("old.tmx").read_bytes())
    err = tflow("tm", "import", "old.tmx", "other/old.tmx", code=2).err
    assert "two of the files would be kept as old.tmx" in err
    assert not Path("translations/memory").exists()


def test_names_of_imported_files_stay_in_their_folder(sea: Path, tflow: Tflow) -> None:
    """The name of a file is made one that any system can hold."""
    old_memory(Path("a:b?.tmx"))
    tflow("tm", "import", "a:b?.tmx")
    assert Path("translations/memory/a_b_.tmx").exists()
    assert matches(tflow, "The tide is high.")[0][2] == "a_b_.tmx"


def test_languages_of_other_tools() -> None:
    """A tag is that of the project if one begins as the other, and only one does."""
    said = b'[project]\nlanguages = ["en", "ko-KR", "pt-BR", "pt-PT"]\n'
    known = language_in(parse_settings(said, root=Path(), name="x"))
    asked = ("EN", "en_US", "ko", "KO-kr", "pt", "pt-br", "pt-AO", "english", "")
    assert [known(tag) for tag in asked] == [
        *("en", "en", "ko-KR", "ko-KR"),
        *(None, "pt-BR", None, None, None),
    ]


# --- export -----------------------------------------------------------------


def test_export_writes_what_was_accepted(sea: Path, tflow: Tflow) -> None:
    """All accepted units are written, in document order, drafts are not."""
    tflow("draft", "ferry:2", "--engine", "pseudo")
    assert tflow("tm", "export", "out.tmx").out == "out.tmx: 4 entries\n"
    entries = tmx(Path("out.tmx"))
    assert [entry.texts[1][1] for entry in entries] == [
        *("마지막 배", "항구", "배는 9시에 떠난다.", "기다리지 않는다.")
    ]
    assert {entry.by for entry in entries} == {"mina"}
    told = tflow("tm", "export", "two.tmx", "--json").json
    assert told == {"entries": 4, "written": ["two.tmx"]}
    assert Path("two.tmx").read_bytes() == Path("out.tmx").read_bytes()


def test_export_goes_to_stdout(sea: Path) -> None:
    """Without a file the TMX comes out, byte for byte."""
    program = Path(sys.executable).with_name("tflow")
    out = subprocess.run([program, "tm", "export"], capture_output=True, check=True)
    assert len(read_tmx(out.stdout, name="stdout").entries) == 4
    assert out.stdout.endswith(b"</tmx>\n")


def test_export_in_one_direction(sea: Path, tflow: Tflow) -> None:
    """--from and --to choose languages, and turn round what was translated the other
    way."""
    told = tflow("tm", "export", "--from", "ko", "--to", "en", "--json").json
    first = told["entries"][0]
    assert (first["from"], first["source"]) == ("ko", "마지막 배")
    assert (first["to"], first["target"]) == ("en", "The last boat")
    assert tflow("tm", "export", "--from", "en", "--to", "en", "--json").json == {
        "entries": []
    }
    tflow("tm", "export", "--from", "xx", code=2)


def test_export_never_overwrites(sea: Path, tflow: Tflow, write: Write) -> None:
    """A file that is there is replaced only with --yes."""
    write("out.tmx", "mine")
    assert "out.tmx is there" in tflow("tm", "export", "out.tmx", code=2).err
    assert Path("out.tmx").read_text() == "mine"
    tflow("tm", "export", "out.tmx", "--yes")
    assert len(tmx(Path("out.tmx"))) == 4


def test_an_export_can_be_imported_elsewhere(sea: Path, tflow: Tflow) -> None:
    """What one project exports is known in another; context comes along."""
    tflow("tm", "export", "sea.tmx")
    shutil.rmtree("translations")
    tflow("tm", "import", "sea.tmx")
    assert matches(tflow, "The boat leaves at 9.")[0][1:] == (
        "배는 9시에 떠난다.",
        "sea.tmx",
    )
    assert suggested(tflow, "boat:3-4") == [
        [(101, "배는 9시에 떠난다.")],
        [(101, "기다리지 않는다.")],
    ]
