"""An article can go on in its other language, and come back, without losing a thing."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import BOAT, Once, Tflow, Write
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_flow.catalog import dump, parse
from translate_flow.errors import FlowError
from translate_flow.flow.acts import sync
from translate_flow.flow.articles import init
from translate_flow.flow.flipping import flip
from translate_flow.flow.translations import one_translation, save
from translate_flow.flow.workspace import Workspace, chosen
from translate_flow.history.git import Git
from translate_flow.model import Accepted, Mark, Unit
from translate_flow.project import load
from translate_flow.project.releases import parse as parse_record
from translate_flow.project.releases import turned
from translate_flow.state import born, drafted, exact, fingerprint, signed, taken
from translate_flow.sync.flipping import (
    turned_obsolete,
    with_lang,
    without_lang,
)

ARTICLE = Path("sources/boat.md")
KO = Path("translations/ko/boat.po")
EN = Path("translations/en/boat.po")
RECORD = Path("translations/releases/boat.toml")
KOREAN = ("마지막 배", "항구", "배는 아홉 시에 떠난다.", "배는 기다리지 않는다.")


def files() -> dict[str, bytes]:
    """Return what every file of the project holds, but for private ones."""
    return {
        str(path): path.read_bytes()
        for path in sorted(Path().rglob("*"))
        if path.is_file() and not {".tflow", ".git"} & set(path.parts)
    }


def states(tflow: Tflow) -> list[str]:
    """Return the states of the article's units."""
    return [unit["state"] for unit in tflow("show", "boat", "--json").json["units"]]


@pytest.fixture
def done(project: Path, tflow: Tflow, once: Once) -> Path:
    """A project whose article is translated, partly signed, and released."""

    @once
    def arrange() -> None:
        for n, text in enumerate(KOREAN, 1):
            tflow("set", f"boat:{n}", text)
        tflow("sign", "boat:3", "--by", "Bob")
        tflow("export", "boat", "--release")

    return project


# --- what it does -----------------------------------------------------------


def test_the_translation_is_the_article_then(done: Path, tflow: Tflow) -> None:
    """The article has the Korean text and says so; its English is the translation."""
    told = tflow("flip", "boat", "--yes")
    assert told.out == (
        "flipped boat: written in ko, translated into en (4 segments)\n"
    )
    assert told.err == "next: tflow status; tflow undo takes it back\n"
    assert ARTICLE.read_text() == (
        "---\nlang: ko\ntitle: 마지막 배\n---\n\n# 항구\n\n배는 아홉 시에 떠난다.\n\n"
        "배는 기다리지 않는다.\n"
    )
    assert not KO.exists()
    shown = tflow("show", "boat", "--json").json["units"]
    assert [unit["source"] for unit in shown] == list(KOREAN)
    assert [unit["target"] for unit in shown] == [
        "The last boat",
        "Harbour",
        "The boat leaves at 9.",
        "It does not wait.",
    ]
    assert [unit["lang"] for unit in shown] == ["en"] * 4


def test_states_and_ids_stay(done: Path, tflow: Tflow) -> None:
    """Who took and who signed what is said of the same units as before."""
    before = tflow("show", "boat", "--json").json["units"]
    tflow("flip", "boat")
    after = tflow("show", "boat", "--json").json["units"]
    for key in ("id", "kind", "state", "n"):
        assert [unit[key] for unit in after] == [unit[key] for unit in before]
    assert states(tflow) == ["translated", "translated", "reviewed", "translated"]
    for old, new in zip(before, after, strict=True):
        for key in ("by", "signed"):
            assert new["mark"].get(key) == old["mark"].get(key)


def test_a_sync_has_nothing_to_do_then(done: Path, tflow: Tflow) -> None:
    """The new catalog is what a sync would write."""
    tflow("flip", "boat")
    tflow("sync", "--check")


def test_a_second_flip_gives_everything_back(done: Path, tflow: Tflow) -> None:
    """Article, catalog and record are then what they were, byte for byte."""
    before = files()
    tflow("flip", "boat")
    assert files() != before
    tflow("flip", "boat")
    assert files() == before


def test_undo_takes_it_back(done: Path, tflow: Tflow) -> None:
    """One undo gives every file its bytes back."""
    before = files()
    tflow("flip", "boat")
    tflow("undo")
    assert files() == before


def test_readers_still_have_both(done: Path, tflow: Tflow) -> None:
    """The record of the release is of the other direction, and nothing is behind."""
    before = tomllib.loads(RECORD.read_text())
    tflow("flip", "boat")
    record = tomllib.loads(RECORD.read_text())
    assert list(record) == ["en"]
    assert record["en"]["date"] == before["ko"]["date"]
    assert record["en"]["revision"] == exact(ARTICLE.read_text())
    units = {unit.id: unit for unit in parse(EN.read_text(), name="en").units}
    assert {
        name: f"{fingerprint(unit.source)}.{exact(unit.target)}"
        for name, unit in units.items()
    } == record["en"]["units"]
    assert "behind" not in tflow("status", "--all").out


def test_it_answers_in_json(done: Path, tflow: Tflow) -> None:
    """One document says what was written and what is gone."""
    assert tflow("flip", "boat", "--json").json == {
        "slug": "boat",
        "source": "ko",
        "target": "en",
        "segments": 4,
        "written": [str(ARTICLE), str(EN), str(RECORD)],
        "removed": str(KO),
    }


def test_comments_and_machine_origins_are_kept(project: Path, tflow: Tflow) -> None:
    """What a machine wrote is still known to be that when it is the source."""
    tflow("draft", "boat", "--engine", "pseudo")
    tflow("accept", "boat", "--unread")
    text = KO.read_text().replace("#. heading 1", "#. heading 1", 1)
    KO.write_text(text.replace("# tflow:", "# a note by Mina\n# tflow:", 1))
    tflow("sync")
    before = files()
    tflow("flip", "boat")
    unit = parse(EN.read_text(), name="en").units[0]
    assert unit.comments == ("a note by Mina",)
    assert unit.mark is not None
    assert unit.mark.origin == "human"
    assert dict(unit.mark.extra)["source-origin"] == "pseudo"
    tflow("flip", "boat")
    assert files() == before


# --- how the article is written ---------------------------------------------

WRAPPED = """\
---
title: It's a boat
---

The boat
leaves at 9.

> It does
> not wait.
"""


@pytest.fixture
def wrapped(project: Path, write: Write, tflow: Tflow) -> Path:
    """A project whose article is not written as a translation would be."""
    write("sources/boat.md", WRAPPED)
    for n, text in enumerate(("배: 이야기", "1919. 3. 1. 떠난다.", "안 기다린다."), 1):
        tflow("set", f"boat:{n}", text)
    return project


def test_line_breaks_and_quotes_come_back(wrapped: Path, tflow: Tflow) -> None:
    """What was wrapped, or written without quotes, is so again."""
    before = files()
    tflow("flip", "boat")
    assert '"배: 이야기"' in ARTICLE.read_text()
    assert "1919\\. 3. 1." in ARTICLE.read_text()
    tflow("flip", "boat")
    assert files() == before


def test_line_breaks_come_back_in_another_clone(wrapped: Path, tflow: Tflow) -> None:
    """Git knows how the article was written where the private folder is not there."""
    git("init", "-q")
    git("add", "--all")
    git("commit", "-qm", "before")
    before = files()
    tflow("flip", "boat")
    git("commit", "-qam", "flipped")
    shutil.rmtree(".tflow")
    tflow("flip", "boat")
    assert files() == before


def test_line_breaks_stay_where_texts_were_edited(wrapped: Path, tflow: Tflow) -> None:
    """An edit of one paragraph in between changes that one only."""
    tflow("flip", "boat")
    ARTICLE.write_text(ARTICLE.read_text().replace("안 기다린다.", "기다린다."))
    tflow("sync")
    tflow("set", "boat:3", "It waits.")
    tflow("flip", "boat")
    assert ARTICLE.read_text() == WRAPPED.replace("It does\n> not wait.", "It waits.")


def test_without_a_memory_the_words_come_back(wrapped: Path, tflow: Tflow) -> None:
    """Where nobody knows how lines were broken, each text is one line."""
    catalog = KO.read_bytes()
    tflow("flip", "boat")
    shutil.rmtree(".tflow")
    tflow("flip", "boat")
    assert "\nThe boat leaves at 9.\n" in ARTICLE.read_text()
    assert KO.read_bytes() == catalog


@pytest.mark.parametrize(
    ("front", "korean"),
    [
        ("---\nlang: en\ntitle: A\n---\n", "---\nlang: ko\ntitle: 가\n---\n"),
        ('+++\ntitle = "A"\n+++\n', '+++\nlang = "ko"\ntitle = "가"\n+++\n'),
        (
            "---\ntitle: A\ntargets: [ko]\n---\n",
            "---\nlang: ko\ntitle: 가\ntargets: [en]\n---\n",
        ),
        (
            "---\r\ntitle: A\r\n---\r\n",
            "---\r\nlang: ko\r\ntitle: 가\r\n---\r\n",
        ),
    ],
)
def test_front_matter_says_the_language(
    project: Path, write: Write, tflow: Tflow, front: str, korean: str
) -> None:
    """Only what must be said is changed, and it comes back."""
    write("sources/boat.md", front + "\nText.\n")
    tflow("set", "boat:1", "가")
    tflow("set", "boat:2", "글.")
    before = files()
    tflow("flip", "boat")
    assert ARTICLE.read_bytes().decode() == korean + "\n글.\n"
    tflow("flip", "boat")
    assert files() == before


def test_an_article_without_front_matter_gets_some(
    project: Path, write: Write, tflow: Tflow
) -> None:
    """It is taken away again when it is not needed."""
    write("sources/boat.md", "Text.\n")
    tflow("set", "boat:1", "글.")
    tflow("flip", "boat")
    assert ARTICLE.read_text() == "---\nlang: ko\n---\n\n글.\n"
    shutil.rmtree(".tflow")
    tflow("flip", "boat")
    assert ARTICLE.read_text() == "Text.\n"


@given(st.text(alphabet="ab-+=:\n\r\ufeff ", max_size=12))
def test_what_says_a_language_can_be_taken_out(text: str) -> None:
    """The line that a flip writes is found again."""
    for head in ("", "---\ntitle: a\n---\n", '+++\r\na = "b"\r\n+++\r\n'):
        try:
            said = with_lang(head + text, "ko")
        except FlowError:
            continue
        back = without_lang(said, "ko")
        assert back is not None
        assert with_lang(back, "ko") == said


# --- what is refused --------------------------------------------------------


def refused(tflow: Tflow, *words: str) -> str:
    """Return why a flip is refused; nothing may be written."""
    before = files()
    said = tflow("flip", "boat", *words, code=2).err
    assert files() == before
    return said


def test_what_is_not_finished_is_refused(project: Path, tflow: Tflow) -> None:
    """Drafts and segments without a translation are named, with what to do."""
    tflow("set", "boat:2", "항구")
    assert refused(tflow) == (
        "error: boat:1, boat:3, boat:4 are not finished; finish them: tflow edit boat\n"
    )


def test_what_drifted_is_refused(done: Path, tflow: Tflow) -> None:
    """An edit of the source since the last sync counts."""
    ARTICLE.write_text(BOAT.replace("at 9", "at 10"))
    assert "boat:3 is not finished" in refused(tflow)


def test_what_is_left_out_is_refused(done: Path, tflow: Tflow) -> None:
    """A segment without a counterpart would be gone."""
    tflow("set", "boat:4", "")
    tflow("omit", "boat:4", "--why", "too long")
    assert refused(tflow) == (
        "error: boat:4 is left out in ko; translate them: tflow set boat:4 TEXT\n"
    )


def test_what_is_joined_is_refused(done: Path, tflow: Tflow) -> None:
    """Two segments with one translation would be one."""
    tflow("set", "boat:4", "")
    tflow("join", "boat:3-4")
    assert "boat:4 is covered by the translation of another" in refused(tflow)


def test_several_blocks_are_refused(done: Path, tflow: Tflow) -> None:
    """One segment with two blocks would be two."""
    tflow("set", "boat:4", "배는 떠난다.\n\n기다리지 않는다.")
    assert "boat:4 is translated in several blocks" in refused(tflow)


def test_another_order_is_refused(done: Path, tflow: Tflow) -> None:
    """Where the translation stands elsewhere, the article would be another one."""
    tflow("reorder", "boat:4", "--after", "boat:2")
    assert "boat:4 is elsewhere in ko; put them back: tflow reorder" in refused(tflow)


def test_open_questions_are_refused(done: Path, tflow: Tflow) -> None:
    """The author answers in the language that he asked in."""
    tflow("ask", "boat:2", "Which one?")
    assert "boat:2 is asked about; answer first: tflow ask boat:2" in refused(tflow)


def test_a_third_language_is_refused(done: Path, write: Write, tflow: Tflow) -> None:
    """What was translated from the old source would be left behind."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko", "fr"]\n')
    tflow("set", "boat:1", "Le dernier bateau", "--lang", "fr")
    said = refused(tflow, "--lang", "ko")
    assert said.startswith("error: translations/fr/boat.po: boat is translated into fr")


def test_a_third_language_without_a_word_follows(
    done: Path, write: Write, tflow: Tflow
) -> None:
    """A catalog in which nothing was translated is that of the new source."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko", "fr"]\n')
    tflow("sync")
    before = files()
    tflow("flip", "boat", "--lang", "ko")
    tflow("sync", "--check")
    assert "항구" in Path("translations/fr/boat.po").read_text()
    tflow("undo")
    assert files() == before


def test_one_of_several_languages_is_named(
    done: Path, write: Write, tflow: Tflow
) -> None:
    """tflow does not guess which translation is meant."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko", "fr"]\n')
    assert "pick one with --lang" in refused(tflow)


def test_a_catalog_in_the_way_is_refused(done: Path, tflow: Tflow) -> None:
    """Nothing is overwritten."""
    EN.parent.mkdir()
    EN.write_text("whatever")
    assert "a catalog stands where the new one would lie" in refused(tflow)


def test_a_part_without_a_language_is_refused(
    project: Path, write: Write, tflow: Tflow
) -> None:
    """A note that is in the article's language only would be taken for the other."""
    part = "\n<!-- tflow:part note{} -->\n\nFor you.\n\n<!-- tflow:end -->\n"
    write("sources/boat.md", "Text.\n" + part.format(""))
    tflow("set", "boat:1", "글.")
    said = refused(tflow)
    assert said.startswith("error: sources/boat.md:5: a part that is in en only")
    assert "<!-- tflow:part note lang=en -->" in said
    write("sources/boat.md", "Text.\n" + part.format(" lang=en"))
    tflow("flip", "boat")


def test_a_translation_without_letters_is_refused(
    project: Path, write: Write, tflow: Tflow
) -> None:
    """What would be no segment in the other language cannot be turned round."""
    write("sources/boat.md", "Text.\n\nOne.\n")
    tflow("set", "boat:1", "글.")
    tflow("set", "boat:2", "1.")
    assert "the translation of boat:2 would not be a segment" in refused(tflow)


def test_paths_with_a_language_are_refused(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """Where the path says the language, the text cannot say another one."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n\n[layout]\n'
        'sources = "content/*.{lang}.md"\noutput = "content/{name}.{lang}.md"\n',
    )
    write("content/boat.en.md", "Text.\n")
    tflow("set", "boat:1", "글.")
    assert "content/boat.en.md: its path says which language it is in" in refused(tflow)


def test_other_layouts_are_not(folder: Path, write: Write, tflow: Tflow) -> None:
    """Where the path says nothing of the language, front matter does."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n\n[layout]\nsources = "posts/*.md"\n',
    )
    write("posts/boat.md", "Text.\n")
    tflow("set", "boat:1", "글.")
    tflow("flip", "boat")
    assert Path("posts/boat.md").read_text() == "---\nlang: ko\n---\n\n글.\n"


def test_a_part_of_an_article_is_refused(done: Path, tflow: Tflow) -> None:
    """An article is turned round as a whole."""
    tflow("flip", "boat:2", code=2)


# --- what is gone from the article ------------------------------------------

OLD = Mark(origin="human", src=fingerprint("Old."), tgt=exact("옛글."))
ACCEPTED = Unit(
    "kold", "Old.", "옛글.",
    mark=Mark(
        origin="human", on="2026-01-02", src=OLD.src, tgt=OLD.tgt,
        ok=Accepted(OLD.src, OLD.tgt), by="mina", signed="bob",
    ),
    kind="paragraph", comments=("a word",),
)  # fmt: skip
GONE = (
    ACCEPTED,
    drafted(Unit("kdraft", "Drafted."), "초고.", origin="pseudo", today="2026-01-02"),
    Unit(
        "kdrift", "Not old.", "옛글.", fuzzy=True, previous="Old.",
        mark=Mark(
            origin="human", src=OLD.src, tgt=OLD.tgt, by="mina",
            flagged_for=fingerprint("Not old."), ok=Accepted(OLD.src, OLD.tgt),
        ),
    ),
    born(Unit("kbare", "Bare.", comments=("said of it",))),
)  # fmt: skip


@pytest.mark.parametrize("unit", GONE, ids=lambda unit: unit.id)
def test_a_gone_unit_comes_back(unit: Unit) -> None:
    """Turned round twice, it is what it was; every word of it is still there."""
    there = turned_obsolete(unit, "en", "ko")
    assert turned_obsolete(there, "ko", "en") == unit
    assert {there.source, there.target} == {unit.source, unit.target}
    assert (there.comments, there.previous) == (unit.comments, unit.previous)


def test_what_was_accepted_is_turned_round() -> None:
    """A paragraph that comes back to the new article finds its translation."""
    there = turned_obsolete(ACCEPTED, "en", "ko")
    assert (there.source, there.target) == ("옛글.", "Old.")
    assert there.mark is not None
    assert there.mark.ok == Accepted(fingerprint("옛글."), exact("Old."))
    assert (there.mark.by, there.mark.signed) == ("mina", "bob")


def test_gone_units_are_kept(done: Path, tflow: Tflow) -> None:
    """They stand at the end of the new catalog, which a sync leaves alone."""
    catalog = parse(KO.read_text(), name="ko")
    KO.write_text(dump(replace(catalog, obsolete=GONE)))
    tflow("sync")
    before = files()
    tflow("flip", "boat")
    tflow("sync", "--check")
    kept = {unit.id for unit in parse(EN.read_text(), name="en").obsolete}
    assert kept == {unit.id for unit in GONE}
    tflow("flip", "boat")
    assert files() == before


def test_a_record_is_turned_round_twice() -> None:
    """Pairs that readers have and the catalog has no more change places, and back."""
    record = (
        '# Words.\n\n[ko]\ndate = "2026-01-02"\nrevision = "aaaa"\n\n[ko.units]\n'
        'k1 = "11.22"\nk2 = "33.44"\n\n[fr]\ndate = "x"\n\n[fr.units]\nk1 = "5.6"\n'
    )
    before = parse_record(record.encode(), name="")
    there = turned(before, ("en", "ko"), {"11.22": "77.88", "aaaa": "bbbb"})
    assert list(there.editions) == ["en", "fr"]
    assert there.editions["en"].revision == "bbbb"
    assert there.editions["en"].units == {"k1": "77.88", "k2": "44.33"}
    assert there.editions["fr"] == before.editions["fr"]
    back = {"77.88": "11.22", "bbbb": "aaaa"}
    assert turned(there, ("ko", "en"), back) == before


# --- the law ----------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "The boat leaves", "at 9", "**now**", "[here](a.md)", "`code`", "It's", "- no",
        "1. one", "# no", "A | B", "*so*", "<b>x</b>", "Harbour: a story", "> no",
    ]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=3)
TARGETS = st.sampled_from(
    [
        "배가 떠난다.", "1919. 3. 1. 독립", "# 아님", "**굵게**", "- 아니다", "가 | 나",
        "이야기: 하나", "[여기](a.md)", "NASA", "> 아님", "'그것'", "글 #", "a\nb 글",
    ]
)  # fmt: skip
FRONTS = st.sampled_from(
    [
        "", "---\ntitle: A story\n---\n\n", '---\ntitle: "It: a"\nlang: en\n---\n',
        "---\nlang: en\n---\n", '+++\ntitle = "A"\n+++\n\n',
        "---\ntargets: [ko]\ndescription: >\n  Long\n  words.\n---\n",
    ]
)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Draw a small article of several kinds of blocks."""
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        lines = draw(LINES)
        block = draw(st.sampled_from(["p", "h", "q", "l", "t", "c"]))
        blocks.append(
            {
                "p": "\n".join(lines),
                "h": "## " + " ".join(lines),
                "q": "> " + "\n> ".join(lines),
                "l": "- " + "\n- ".join(lines),
                "t": f"| {lines[0].replace('|', '/')} | b |\n|---|---|\n| c | d |",
                "c": "```\n" + lines[0] + "\n```",
            }[block]
        )
    text = draw(FRONTS) + "\n\n".join(blocks) + draw(st.sampled_from(["\n", ""]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@settings(max_examples=30)
@given(articles(), st.data())
def test_two_flips_are_none(text: str, data: st.DataObject) -> None:
    """Whatever an article is, it is turned round and back without a trace, or not at
    all; in between a sync has nothing to do and no state is another one."""
    turned_twice(text, data)


@pytest.mark.long
@settings(max_examples=200)
@given(articles(), st.data())
def test_two_flips_of_many_articles_are_none(text: str, data: st.DataObject) -> None:
    """So it is with articles of rare kinds."""
    turned_twice(text, data)


def turned_twice(text: str, data: st.DataObject) -> None:
    """Turn an article round and back, with some translation of it."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        init(folder, ["en", "ko"])
        path = folder / "sources" / "a.md"
        path.write_bytes(text.encode())
        workspace = Workspace(load(folder), "2026-11-24", {}, Git(folder))
        (spot,) = chosen(workspace.project, ["a"])
        translation = one_translation(workspace, spot.file, "ko")
        units = []
        for segment, unit in zip(
            translation.article.segments, translation.catalog.units, strict=True
        ):
            target = data.draw(TARGETS)
            try:
                translation.article.validate(segment, target)
            except FlowError:
                target = "글"
            unit = taken(unit, target, by="mina", today="2026-01-02")
            units.append(signed(unit, by="bob") if data.draw(st.booleans()) else unit)
        catalog = replace(translation.catalog, units=tuple(units))
        with workspace.locked():
            save(workspace, translation, catalog)
        _two_flips(workspace, folder)


def _two_flips(workspace: Workspace, folder: Path) -> None:
    (spot,) = chosen(workspace.project, ["a"])
    before = _snapshot(folder)
    states = [
        pair.state
        for pair in one_translation(workspace, spot.file, None).edition().pairs
    ]
    try:
        flip(workspace, spot)
    except FlowError:
        assert _snapshot(folder) == before
        return
    assert _snapshot(folder) != before
    translation = one_translation(workspace, spot.file, None)
    assert translation.language == "en"
    assert [pair.state for pair in translation.edition().pairs] == states
    assert all(done.written is None for done in sync(workspace, [spot], check=True))
    flip(workspace, spot)
    assert _snapshot(folder) == before


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".tflow" not in path.parts
    }


def git(*words: str) -> None:
    """Run git in the folder of the test."""
    subprocess.run(["git", *words], check=True, capture_output=True)
