"""Fingerprints: whole ones tell all texts apart, short ones of format 1 still count."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from conftest import Tflow, Write

from translate_flow.catalog import dump, first_format, parse
from translate_flow.model import Accepted, Mark, State, Unit
from translate_flow.state import exact, fingerprint, lengthened, state
from translate_flow.sync.merge import merge, written

YES = "The mayor yesterday accepted the claim of the students without a word."
NO = "The council at last rejected the motion of the students, we hear in part."
예 = "노조는 급히 농민의 법안을 받아들였다."
아니오 = "의회는 월요일에 남부의 안건을 받아들이지 않았다고 들었다 우선."
"""Two pairs of opposite meaning, each with one beginning of its fingerprints."""

CATALOG = Path("translations/ko/a.po")
ARTICLE = Path("sources/a.md")


def shorten(text: str) -> str:
    """Return a catalog as format 1 wrote it."""
    text = re.sub(r"\b([0-9a-f]{8})[0-9a-f]{24}\b", r"\1", text)
    return text.replace("X-Tflow-Format: 2", "X-Tflow-Format: 1")


@pytest.fixture
def claim(folder: Path, write: Write, tflow: Tflow) -> Path:
    """A project with two translated paragraphs, the first of them signed."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n',
    )
    write("sources/a.md", f"{YES}\n\nIt does not wait.\n")
    tflow("set", "a:1", 예, "--by", "mina")
    tflow("set", "a:2", "기다리지 않는다.", "--by", "mina")
    tflow("sign", "a:1", "--by", "bob")
    return folder


def states(tflow: Tflow) -> list[str]:
    """Return the states of all units."""
    return [unit["state"] for unit in tflow("--json", "show", "a").json["units"]]


def test_the_texts_of_these_tests_share_32_bits() -> None:
    """Each pair begins alike and does not go on alike."""
    for one, other in ((YES, NO), (예, 아니오)):
        assert one != other
        assert exact(one)[:8] == exact(other)[:8]
        assert exact(one) != exact(other)


def test_all_fingerprints_have_128_bits(claim: Path, tflow: Tflow) -> None:
    """What a catalog and a release record name texts by is at least 128 bits long."""
    tflow("draft", "a", "--engine", "pseudo")
    tflow("export", "a", "--format", "md", "--release")
    said = CATALOG.read_text() + Path("translations/releases/a.toml").read_text()
    assert "X-Tflow-Format: 2" in said
    found = re.findall(r"\b[0-9a-f]{8,}\b", said)
    assert len(found) > 8
    assert {len(one) for one in found} == {32}


def test_a_source_with_the_same_beginning_drifts(claim: Path, tflow: Tflow) -> None:
    """A source that was made to share 32 bits with the accepted one is another text."""
    ARTICLE.write_text(ARTICLE.read_text().replace(YES, NO))
    assert states(tflow) == ["drifted", "translated"]


def test_a_target_with_the_same_beginning_is_not_signed(
    claim: Path, tflow: Tflow
) -> None:
    """A target that shares 32 bits with the signed one loses the signature."""
    CATALOG.write_text(CATALOG.read_text().replace(예, 아니오))
    assert states(tflow) == ["translated", "translated"]


def test_readers_do_not_have_a_text_with_the_same_beginning(
    claim: Path, tflow: Tflow
) -> None:
    """A release is behind as soon as one of its texts is another one."""
    tflow("export", "a", "--format", "md", "--release")
    tflow("set", "a:1", 아니오, "--by", "mina")
    article = tflow("--json", "status", "a").json["articles"][0]
    assert article["live"]["behind"] == 1


# --- format 1 ---------------------------------------------------------------


@pytest.fixture
def old(claim: Path) -> Path:
    """The same project as an older version left it."""
    CATALOG.write_text(shorten(CATALOG.read_text()))
    return claim


def test_untouched_entries_count_as_before(old: Path, tflow: Tflow) -> None:
    """States are what they were, and nothing has to be written."""
    before = CATALOG.read_bytes()
    assert states(tflow) == ["reviewed", "translated"]
    told = tflow("--json", "sync").json
    assert told["written"] == []
    assert told["first_format"] == 2
    assert CATALOG.read_bytes() == before
    assert "2 entries have fingerprints of format 1" in tflow("sync").out


def test_a_touched_entry_is_rewritten(old: Path, tflow: Tflow) -> None:
    """An act makes the fingerprints of its entry whole, and leaves the others."""
    second = CATALOG.read_text().split("\n\n")[2]
    tflow("set", "a:1", "시장이 받아들였다.", "--by", "mina")
    text = CATALOG.read_text()
    assert "X-Tflow-Format: 2" in text
    assert second in text
    first = text.split("\n\n")[1]
    assert not re.search(r"\b[0-9a-f]{8}\b", first)
    assert tflow("--json", "sync").json == {
        "changes": [],
        "written": [],
        "first_format": 1,
        "cleared": [],
    }


def test_sync_rewrites_all_entries_if_asked(old: Path, tflow: Tflow) -> None:
    """After it no short fingerprint is left, and all states stay."""
    tflow("sync", "--check", "--rewrite", code=1)
    tflow("sync", "--rewrite")
    assert shorten(CATALOG.read_text()) != CATALOG.read_text()
    assert not re.search(r"\b[0-9a-f]{8}\b", CATALOG.read_text())
    assert states(tflow) == ["reviewed", "translated"]
    tflow("sync", "--check", "--rewrite")


def test_an_old_entry_drifts_from_a_source_with_the_same_beginning(
    old: Path, tflow: Tflow
) -> None:
    """Of an old entry the text is known, and so is its whole fingerprint."""
    ARTICLE.write_text(ARTICLE.read_text().replace(YES, NO))
    assert states(tflow) == ["drifted", "translated"]
    tflow("sync")
    assert states(tflow) == ["drifted", "translated"]
    ARTICLE.write_text(ARTICLE.read_text().replace(NO, YES))
    assert states(tflow) == ["reviewed", "translated"]


def test_old_covered_and_omitted_units_stay_so(old: Path, tflow: Tflow) -> None:
    """What is joined or left out in format 1 is joined or left out."""
    ARTICLE.write_text(f"{YES}\n\nIt does not wait.\n\nNobody complains.\n")
    tflow("set", "a:2", "", "--by", "mina")
    tflow("join", "a:1-2", "--by", "mina")
    tflow("omit", "a:3", "--by", "bob", "--why", "cut")
    CATALOG.write_text(shorten(CATALOG.read_text()))
    before = CATALOG.read_bytes()
    assert states(tflow) == ["reviewed", "translated", "omitted"]
    assert tflow("--json", "sync").json["written"] == []
    assert CATALOG.read_bytes() == before
    ARTICLE.write_text(ARTICLE.read_text().replace("Nobody", "No one"))
    assert states(tflow)[2] == "untranslated"


def test_old_text_is_found_in_git(old: Path, tflow: Tflow) -> None:
    """A text that another tool emptied is found by its short fingerprint."""
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "commit", "-qm", "old"], check=True)
    CATALOG.write_text(CATALOG.read_text().replace(f'msgstr "{예}"', 'msgstr ""'))
    tflow("sync")
    assert states(tflow) == ["reviewed", "translated"]


def test_a_short_acceptance_in_a_new_entry_counts_for_nothing() -> None:
    """We write no entry that mixes short and whole fingerprints; in one that does, a
    short ``ok`` is no acceptance, and a short ``draft`` is still a machine's text."""
    ok = Accepted(fingerprint(YES)[:8], exact(예)[:8])
    mark = Mark(src=fingerprint(YES), tgt=exact(예), ok=ok, draft=exact(예)[:8])
    unit = Unit("aaaaaa", YES, 예, mark)
    whole = lengthened(unit)
    assert whole is not None
    assert whole.draft == exact(예)
    read = Unit("aaaaaa", YES, 예, whole)
    assert state(read) not in (State.TRANSLATED, State.REVIEWED)


def test_a_short_target_in_a_new_entry_is_no_typed_text() -> None:
    """A short ``tgt`` beside whole fingerprints does not make a draft look typed."""
    mark = Mark(src=fingerprint(YES), tgt=exact(예)[:8], draft=exact(예))
    read = Unit("aaaaaa", YES, 예, lengthened(Unit("aaaaaa", YES, 예, mark)))
    assert state(read) is State.DRAFT


def test_reading_and_writing_an_old_catalog_changes_nothing(old: Path) -> None:
    """``save(load(file))`` is the identity for files of format 1, too."""
    text = CATALOG.read_text()
    read = parse(text, name="a.po")
    assert dump(read) == text
    assert len(first_format(read)) == 2


def test_old_and_new_catalogs_merge(old: Path, tflow: Tflow) -> None:
    """A side that only made fingerprints whole has changed nothing, and what neither
    side touched stays as it was."""
    base = CATALOG.read_text()
    tflow("set", "a:2", "배는 기다리지 않는다.", "--by", "mina")
    theirs = CATALOG.read_text()
    CATALOG.write_text(base)
    tflow("sync", "--rewrite")
    ours = CATALOG.read_text()
    read = [parse(text, name="") for text in (base, ours, theirs)]
    merged = merge(*read)
    assert not merged.conflicts
    CATALOG.write_text(written(merged))
    assert states(tflow) == ["reviewed", "translated"]
    assert "배는 기다리지 않는다." in CATALOG.read_text()
    same = merge(read[0], read[0], read[0])
    assert written(same) == base


def of_format_1(record: str) -> str:
    """Return a record as it was: a table of units, and no sum."""
    told = tomllib.loads(record)["ko"]
    units = "".join(f'{name} = "{pair}"\n' for name, pair in told["units"].items())
    head = f'date = "{told["date"]}"\nrevision = "{told["revision"]}"\n'
    return f"[ko]\n{head}\n[ko.units]\n{units}"


def test_an_old_release_record_counts(claim: Path, tflow: Tflow) -> None:
    """Readers have what a record of format 1 names; a new release writes it whole, and
    keeps the date if they had all of it."""
    record = Path("translations/releases/a.toml")
    tflow("export", "a", "--format", "md", "--release")
    dated = re.sub(r"date = .*", 'date = "2020-01-02"', shorten(record.read_text()))
    record.write_text(of_format_1(dated))
    live = tflow("--json", "status", "a").json["articles"][0]["live"]
    assert (live["date"], live["behind"]) == ("2020-01-02", 0)
    assert tflow("--json", "drift", "--since", "release").json["drifted"] == []
    tflow("export", "a", "--format", "md", "--release", "--force")
    told = tomllib.loads(record.read_text())["ko"]
    assert told["date"] == "2020-01-02"
    assert len(told["revision"]) == 32
    tflow("set", "a:2", "안 기다린다.", "--by", "mina")
    live = tflow("--json", "status", "a").json["articles"][0]["live"]
    assert live["behind"] == 1


def test_added_blocks_of_format_1_stay_added(old: Path, tflow: Tflow) -> None:
    """A block that was named as added by a short hash is no translation."""
    tflow("set", "a:1", f"{예}\n\n편집자가 덧붙인다.", "--by", "mina")
    tflow("added", "a:1", "2")
    CATALOG.write_text(shorten(CATALOG.read_text()))
    (unit,) = [
        u for u in parse(CATALOG.read_text(), name="").units if u.target[0] == "노"
    ]
    assert unit.mark is not None
    assert unit.mark.added == exact("편집자가 덧붙인다.")
