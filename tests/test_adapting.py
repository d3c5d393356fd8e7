"""Translations that are not one to one, and questions to the author."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Tflow

KO = Path("translations/ko/boat.po")


def states(tflow: Tflow) -> list[str]:
    """Return the states of all units."""
    return [unit["state"] for unit in tflow("show", "boat", "--json").json["units"]]


def edit(old: str, new: str) -> None:
    """Edit the article, as its author does."""
    path = Path("sources/boat.md")
    path.write_text(path.read_text().replace(old, new))


@pytest.fixture
def work(project: Path, tflow: Tflow) -> Path:
    """An article whose third paragraph has a translation that says the fourth, too."""
    tflow("set", "boat:1", "막배")
    tflow("set", "boat:2", "항구")
    tflow("set", "boat:3", "배는 아홉 시에, 기다리지 않고 떠난다.")
    return project


# --- omit -------------------------------------------------------------------


def test_what_is_left_out_is_finished(work: Path, tflow: Tflow) -> None:
    """A segment left out on purpose holds no release; the reason is a note."""
    done = tflow("omit", "boat:4", "--why", "cut in print")
    assert done.out == "left out boat:4 (ko): omitted\n"
    assert states(tflow)[3] == "omitted"
    assert "# left out: cut in print\n" in KO.read_text()
    assert "omitted=Mina" in KO.read_text()
    tflow("status", "--check")
    tflow("export", "boat", "--release")


def test_an_omission_is_for_one_source(work: Path, tflow: Tflow) -> None:
    """When the source changes, somebody must decide again; taken back, it stands."""
    tflow("omit", "boat:4", "--why", "cut")
    edit("does not wait", "waits")
    assert states(tflow)[3] == "untranslated"
    tflow("sync")
    edit("waits", "does not wait")
    tflow("sync")
    assert states(tflow)[3] == "omitted"


def test_a_text_ends_an_omission(work: Path, tflow: Tflow) -> None:
    """Who translates a segment after all takes the omission back."""
    tflow("omit", "boat:4", "--why", "cut")
    tflow("set", "boat:4", "기다리지 않는다.")
    assert states(tflow)[3] == "translated"
    assert "omitted=" not in KO.read_text()


def test_omit_loses_no_text_of_a_person(work: Path, tflow: Tflow) -> None:
    """A translation that a person wrote is not dropped by leaving it out."""
    done = tflow("omit", "boat:3", "--why", "cut", code=2)
    assert done.err.startswith("error: boat:3 holds a person's text; take it away")
    assert "기다리지" in KO.read_text()
    tflow("draft", "boat:4", "--engine", "pseudo")
    tflow("omit", "boat:4", "--why", "cut")
    assert states(tflow)[3] == "omitted"


def test_a_whole_article_is_not_left_out(work: Path, tflow: Tflow) -> None:
    """omit, join and ask are said of segments."""
    assert tflow("omit", "boat", "--why", "x", code=2).err == (
        "error: boat is a whole article; this is said of segments; "
        "name them: boat:7 or boat:3,5-8\n"
    )


# --- join -------------------------------------------------------------------


def test_two_segments_one_translation(work: Path, tflow: Tflow) -> None:
    """A segment that another one's translation covers has that one's state."""
    done = tflow("join", "boat:3,4")
    assert done.out == "joined 2 units of boat (ko)\n"
    assert states(tflow)[2:] == ["translated", "translated"]
    tflow("sync", "--check")
    tflow("export", "boat", "--release")


def test_a_signature_reaches_what_is_covered(work: Path, tflow: Tflow) -> None:
    """Signing the translation signs it for all that it covers."""
    tflow("join", "boat:3,4")
    tflow("sign", "boat:3")
    assert states(tflow)[2:] == ["reviewed", "reviewed"]


def test_a_new_text_covers_what_the_old_one_did(work: Path, tflow: Tflow) -> None:
    """Who sets the translation anew takes it for all that it covers."""
    tflow("join", "boat:3,4")
    tflow("sign", "boat:3")
    tflow("set", "boat:3", "배는 기다리지 않고 아홉 시에 떠난다.")
    assert states(tflow)[2:] == ["translated", "translated"]


def test_a_covered_source_that_moves(work: Path, tflow: Tflow) -> None:
    """When a covered source changes it has drifted, and stays so whatever is done to
    the other one, until a person takes it again."""
    tflow("join", "boat:3,4")
    edit("does not wait", "does not wait for us")
    tflow("sync")
    assert states(tflow)[2:] == ["translated", "drifted"]
    tflow("set", "boat:3", "배는 아홉 시에 떠나며, 누구도 기다리지 않는다.")
    assert states(tflow)[2:] == ["translated", "drifted"]
    tflow("accept", "boat:4")
    assert states(tflow)[2:] == ["translated", "translated"]


def test_a_cover_that_goes(work: Path, tflow: Tflow) -> None:
    """When the covering segment is deleted, what it covered has drifted."""
    tflow("join", "boat:3,4")
    edit("The boat leaves at 9.\n\n", "")
    assert states(tflow)[2] == "drifted"
    tflow("sync")
    assert states(tflow)[2] == "drifted"


def test_join_takes_two(work: Path, tflow: Tflow) -> None:
    """One segment alone, or one whose first has no translation, cannot be joined."""
    assert tflow("join", "boat:3", code=2).err == (
        "error: join takes two segments or more; name them: tflow join boat:2,3\n"
    )
    assert "holds a person's text" in tflow("join", "boat:2,3", code=2).err


def test_omit_and_join_can_be_taken_back(work: Path, tflow: Tflow) -> None:
    """undo gives the catalog back byte for byte."""
    before = KO.read_bytes()
    tflow("join", "boat:3,4")
    tflow("undo")
    assert KO.read_bytes() == before
    tflow("omit", "boat:4", "--why", "cut")
    tflow("undo")
    assert KO.read_bytes() == before


# --- ask --------------------------------------------------------------------


def test_an_open_question_holds_a_release(work: Path, tflow: Tflow) -> None:
    """A question is counted, holds the release, and becomes a note when answered."""
    tflow("omit", "boat:4", "--why", "cut")
    done = tflow("ask", "boat:3", "Morning or evening?", "--by", "mina")
    assert done.out == "asked about boat:3 (ko): translated\n"
    assert "1 question from mina" in tflow("status").out
    [article] = tflow("status", "--json").json["articles"]
    assert article["questions"] == {"mina": 1}
    tflow("status", "--check")
    refused = tflow("export", "boat", "--release", code=1)
    assert refused.err.startswith(
        "refused boat:3 (ko): open question from mina: Morning or evening?\n"
    )
    tflow("ask", "boat:3", "Morning.", "--answer", "--by", "bob")
    assert "bob answered: Morning.\n" in KO.read_text()
    assert "mina asked: Morning or evening?\n" in KO.read_text()
    tflow("export", "boat", "--release")


def test_an_answer_is_for_the_oldest_question(work: Path, tflow: Tflow) -> None:
    """With several questions the oldest is answered, its answer stands behind it, and
    what is left is told."""
    tflow("ask", "boat:3", "Morning?", "--by", "mina")
    tflow("ask", "boat:3", "Which boat?", "--by", "ann")
    done = tflow("ask", "boat:3", "Morning.", "--answer", "--by", "bob")
    last = done.err.splitlines()[-1]
    assert last.startswith("1 question left at boat:3: question from ann, ")
    assert last.endswith(": Which boat?")
    [article] = tflow("status", "--json").json["articles"]
    assert article["questions"] == {"ann": 1}
    done = tflow("ask", "boat:3", "The red one.", "--answer", "--by", "bob")
    assert "left" not in done.err
    notes = [line for line in KO.read_text().splitlines() if line.startswith("# 2")]
    assert [note.split(" ", 2)[2].partition(" ")[2] for note in notes] == [
        "asked: Morning?",
        "answered: Morning.",
        "asked: Which boat?",
        "answered: The red one.",
    ]


def test_questions_stay_through_edits(work: Path, tflow: Tflow) -> None:
    """A question stays with its unit when source or translation change."""
    tflow("ask", "boat:3", "Why?")
    edit("at 9", "at 10")
    tflow("set", "boat:4", "끝")
    tflow("accept", "boat:3")
    assert tflow("status", "--json").json["articles"][0]["questions"] == {"Mina": 1}


def test_nothing_to_answer(work: Path, tflow: Tflow) -> None:
    """An answer needs a question, a question needs words."""
    assert tflow("ask", "boat:3", "x", "--answer", code=2).err == (
        "error: boat:3 has no open question\n"
    )
    assert "there is no text" in tflow("ask", "boat:3", " ", code=2).err


# --- what joined segments lose ----------------------------------------------

LINKS = """\
The boat leaves from [the old port](https://example.org/port).

It is [free](https://example.org/fares) for the islanders.
"""


@pytest.fixture
def linked(project: Path, tflow: Tflow) -> Path:
    """An article whose two paragraphs are one in print."""
    Path("sources/boat.md").write_text(LINKS)
    tflow(
        "set", "boat:1", "배는 [옛 항구](https://example.org/port)에서 떠나며 공짜다."
    )
    tflow("join", "boat:1,2")
    return project


def test_a_link_lost_in_a_joined_segment(linked: Path, tflow: Tflow) -> None:
    """A link of a covered segment that the joint translation lacks is found, told with
    its place, and holds a release."""
    message = "link to https://example.org/fares is missing; it stands in boat:2"
    done = tflow("check", code=1)
    assert done.out == f"error: boat:1 (ko): {message} [placeholder-lost]\n"
    [finding] = tflow("check", "--json", code=1).json["findings"]
    assert (finding["n"], finding["source_span"]) == (1, None)
    refused = tflow("export", "boat", "--release", code=1)
    assert refused.err.splitlines()[0] == f"refused boat:1 (ko): {message}"


def test_a_link_kept_in_a_joined_segment(linked: Path, tflow: Tflow) -> None:
    """A link of a covered segment that stands in the joint translation is not one that
    the translator invented, whichever segment covers the other."""
    text = (
        "배는 [옛 항구](https://example.org/port)에서 떠난다. "
        "섬사람은 [공짜](https://example.org/fares)로 탄다."
    )
    done = tflow("set", "boat:1", text)
    assert "found" not in done.err
    tflow("check", "--fail-on", "warning")
    tflow("export", "boat", "--release")


def test_a_span_of_joint_sources(linked: Path, tflow: Tflow) -> None:
    """What the covering segment lost of its own source is told with its span there."""
    tflow("set", "boat:1", "섬사람은 [공짜](https://example.org/fares)로 탄다.")
    [finding] = tflow("check", "--json", code=1).json["findings"]
    assert finding["source_span"][0] == LINKS.index("[the old port]")
    assert "stands in" not in finding["message"]


def test_a_covered_segment_says_where_it_is_told(linked: Path, tflow: Tflow) -> None:
    """show names the segment whose translation says a covered one, too."""
    out = tflow("show", "boat:2").out
    assert "  ko  told in boat:1\n" in out
    assert "told in" not in tflow("show", "boat:1").out


def test_errors_name_places(work: Path, tflow: Tflow) -> None:
    """What is said of a unit names its place, not its id."""
    assert tflow("accept", "boat:4", code=2).err == (
        "error: boat:4 has no translation to take; use tflow set\n"
    )
    tflow("set", "boat:3", "")
    assert tflow("join", "boat:3,4", code=2).err.startswith(
        "error: boat:3 has no translation that could cover another one"
    )
