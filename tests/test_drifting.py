"""What edits did to translations, as people see and settle it: drift, accept, minor,
sync's report, signatures that stay."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import Once, Result, Tflow, Write

from translate_flow.cli.terminal.excerpt import GAP, LONG, changed_only
from translate_flow.text.worddiff import word_diff

KO = Path("translations/ko/deal.po")
ARTICLE = Path("sources/deal.md")

DEAL = """\
---
title: A deal
---

Voters will accept such a deal.

It is a 60-day waiver for the island.

The goverment pays for it.

See [the port](https://old.example/) today.

The boat leaves at 9.

It does not wait.
"""

KOREAN = (
    "합의",
    "유권자들은 그런 합의를 받아들일 것이다.",
    "섬을 위한 60일 면제이다.",
    "정부가 그 돈을 낸다.",
    "오늘 [항구](https://old.example/)를 보라.",
    "배는 9시에 기다리지 않고 떠난다.",
)


@pytest.fixture
def deal(project: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """An article of seven segments, translated and signed; the sixth translation
    covers the seventh segment, too."""

    @once
    def arrange() -> None:
        Path("sources/boat.md").unlink()
        write("sources/deal.md", DEAL)
        for n, text in enumerate(KOREAN, 1):
            tflow("set", f"deal:{n}", text)
        tflow("join", "deal:6,7")
        tflow("sign", "deal", "--by", "bob")

    return project


def edit(old: str, new: str) -> None:
    """Edit the article, as its author does."""
    text = ARTICLE.read_text()
    assert old in text
    ARTICLE.write_text(text.replace(old, new))


def units(tflow: Tflow, place: str = "deal") -> list[dict[str, object]]:
    """Return what show says of units."""
    found: list[dict[str, object]] = tflow("show", place, "--json").json["units"]
    return found


def states(tflow: Tflow, place: str = "deal") -> list[object]:
    """Return the states of units."""
    return [unit["state"] for unit in units(tflow, place)]


def git(*words: str) -> None:
    """Run git in the project."""
    subprocess.run(["git", *words], check=True, capture_output=True)


def commit() -> None:
    """Put everything into a new commit."""
    if not Path(".git").exists():
        git("init")
    git("add", "-A")
    git("commit", "-m", "now")


def drifted(done: Result) -> list[tuple[int, str]]:
    """Return number and class of what drift lists as JSON."""
    return [(unit["n"], unit["class"]) for unit in done.json["drifted"]]


# --- drift ------------------------------------------------------------------


def test_the_gravest_comes_first(deal: Path, tflow: Tflow) -> None:
    """Each unit has a line of what happened, its words, its target or a proposal, and
    the command to type; the count stands above."""
    edit("60-day", "90-day")
    edit("will accept", "will not accept")
    done = tflow("drift")
    assert done.out == (
        "DRIFTED  2 of 7  deal en→ko\n"
        "HIGH  risk :2  “not” added    tflow edit deal:2\n"
        "  en  Voters will {+not+} accept such a deal.\n"
        "  ko  유권자들은 그런 합의를 받아들일 것이다.\n"
        "\n"
        "MED   number :3  60 → 90    tflow accept deal:3 --proposal\n"
        "  en  It is a [-60-]{+90+}-day waiver for the island.\n"
        "  ko  섬을 위한 [-60-]{+90+}일 면제이다.\n"
    )
    assert done.err == (
        "next: tflow sync deal, then tflow edit deal:2, or tflow accept deal:2\n"
    )
    tflow("sync")
    assert tflow("drift").err.startswith("next: tflow edit deal:2, or")


def test_several_articles_are_named(deal: Path, tflow: Tflow, write: Write) -> None:
    """Where units of several articles are listed, each is named with its article."""
    write("sources/north.md", "All of them came.\n")
    tflow("set", "north:1", "모두 왔다.")
    write("sources/north.md", "Most of them came.\n")
    edit("60-day", "90-day")
    out = tflow("drift").out
    assert "HIGH  risk north:1  All → Most" in out
    assert "MED   number deal:3  60 → 90" in out


def test_drift_says_since_when_readers_have_it(
    deal: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was released is said to be live since that day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    tflow("export", "deal", "--release")
    edit("will accept", "will never accept")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795510800")
    assert "HIGH  risk :2  “never” added  live since 18 Nov  " in tflow("drift").out
    assert tflow("drift", "--json").json["drifted"][0]["live"] == "2026-11-18"


def test_evidence_in_json(deal: Path, tflow: Tflow) -> None:
    """JSON names all classes with the exact words, the gravest first."""
    edit("a 60-day waiver", "never a 90-day waiver")
    [unit] = tflow("drift", "--json").json["drifted"]
    assert unit["class"] == unit["classes"][0] == "risk"
    assert {"number", "risk"} <= set(unit["classes"])
    assert {"class": "number", "old": "60", "new": "90"} in unit["evidence"]
    assert unit["evidence"][0]["class"] == "risk"
    assert (unit["severity"], unit["proposal"]) == ("high", None)


def test_only_some_classes_and_severities(deal: Path, tflow: Tflow) -> None:
    """Lists of classes and severities choose; the header still counts all."""
    edit("60-day", "90-day")
    edit("will accept", "will not accept")
    assert drifted(tflow("drift", "--class", "number,name", "--json")) == [
        (3, "number")
    ]
    assert drifted(tflow("drift", "--severity", "high", "--json")) == [(2, "risk")]
    assert tflow("drift", "--severity", "high").out.startswith(
        "DRIFTED  2 of 7  1 shown"
    )
    assert tflow("drift", "--class", "link").out == "none of these; 2 of 7 in all\n"


def test_unknown_words_name_the_known(deal: Path, tflow: Tflow) -> None:
    """A mistyped class, severity or side is an error that lists what there is."""
    assert tflow("drift", "--class", "numbr", code=2).err.startswith(
        "error: unknown class 'numbr'; did you mean number?"
    )
    assert "known: high, medium, low" in tflow("drift", "--severity", "x", code=2).err
    assert "known: source, target" in tflow("drift", "--side", "x", code=2).err
    assert "unknown class" in tflow("accept", "deal", "--class", "x", code=2).err


def test_drift_check(deal: Path, tflow: Tflow) -> None:
    """--check exits 1 if anything is listed, and only then."""
    assert tflow("drift", "--check").out == "nothing has drifted\n"
    edit("60-day", "90-day")
    tflow("drift", "--check", code=1)
    tflow("drift", "--check", "--severity", "high")
    tflow("drift", "--check", "--json", code=1)


def test_one_broken_article_hides_no_other(
    deal: Path, tflow: Tflow, write: Write
) -> None:
    """What cannot be read is told, and the rest is listed."""
    edit("60-day", "90-day")
    write("sources/bad.md", b"\xff\xfe\x00")
    done = tflow("drift", code=2)
    assert "number :3" in done.out
    assert "error: sources/bad.md" in done.err


def test_a_lost_text_is_told(deal: Path, tflow: Tflow) -> None:
    """Where nobody has the accepted source any more, that is said, and it is grave."""
    edit("will accept", "will surely accept")
    tflow("sync")
    KO.write_text(re.sub(r"^#\| .*\n", "", KO.read_text(), flags=re.M))
    out = tflow("drift").out
    assert "HIGH  unknown :2  what it was accepted for is lost" in out
    assert "(nobody has the text any more)" in out


# --- long paragraphs --------------------------------------------------------

SENTENCES = [
    f"Sentence number {word} says eight words at least." for word in "abcdefghij"
]


def text(diff: object) -> str:
    """Return a diff as it is shown."""
    signs = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(signs[op].format(t) for op, t in diff)  # type: ignore[attr-defined]


def test_a_short_paragraph_is_shown_whole() -> None:
    """Up to sixty words nothing is left out."""
    diff = word_diff("One. Two. Three.", "One. Two. Four.")
    assert changed_only(diff) == diff


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (0, "Sentence number a {+never +}says eight words at least. …"),
        (4, "… Sentence number e {+never +}says eight words at least. …"),
        (9, "… Sentence number j {+never +}says eight words at least."),
    ],
)
def test_of_a_long_paragraph_what_changed(n: int, shown: str) -> None:
    """Of a long paragraph only the sentences that changed are shown, with … for the
    others."""
    after = list(SENTENCES)
    after[n] = after[n].replace("says", "never says")
    assert text(changed_only(word_diff(" ".join(SENTENCES), " ".join(after)))) == shown


def test_neighbours_stay_together() -> None:
    """Between two changed neighbours nothing is left out; between others it is."""
    after = [s.replace("says", "said") if s[16] in "abd" else s for s in SENTENCES]
    shown = text(changed_only(word_diff(" ".join(SENTENCES), " ".join(after))))
    assert shown.count(GAP) == 2
    assert "least. Sentence number b" in shown
    assert "number c" not in shown


def test_long_korean_paragraphs_are_cut_too(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """The view is by 어절 in Korean; the target is shown whole."""
    many = [f"{n}번째 문장은 언제나 여섯 어절로 쓴다." for n in range(1, 13)]
    write("sources/long.md", f"---\nlang: ko\n---\n\n{' '.join(many)}\n")
    tflow("set", "long:1", "Twelve sentences.")
    many[5] = many[5].replace("언제나", "가끔")
    write("sources/long.md", f"---\nlang: ko\n---\n\n{' '.join(many)}\n")
    out = tflow("drift", "long").out
    assert len(" ".join(many).split()) > LONG
    assert "  ko  … 6번째 문장은 [-언제나-]{+가끔+} 여섯 어절로 쓴다. …\n" in out
    assert "  en  Twelve sentences.\n" in out


# --- what one translation covers --------------------------------------------


def test_a_covering_unit_is_told_once(deal: Path, tflow: Tflow) -> None:
    """When the covering segment drifts, what it covers is told with it, in its
    class."""
    edit("leaves at 9", "leaves at 10")
    assert states(tflow)[5:] == ["drifted", "drifted"]
    [unit] = tflow("drift", "--json").json["drifted"]
    assert (unit["n"], unit["class"], unit["covers"]) == (6, "number", [7])
    assert "MED   number :6  9 → 10  covers :7  " in tflow("drift").out
    [article] = tflow("status", "--json").json["articles"]
    assert article["drift"] == {"number": 2}


def test_a_covered_unit_alone(deal: Path, tflow: Tflow) -> None:
    """Asked for what is covered alone, drift leads to what covers it."""
    edit("leaves at 9", "leaves at 10")
    out = tflow("drift", "deal:7").out
    assert "number :7  9 → 10  covered by :6    tflow drift deal:6\n" in out
    assert "  en  It does not wait.\n" in out


@pytest.mark.parametrize("synced", [False, True])
def test_a_covered_source_that_moved(deal: Path, tflow: Tflow, synced: bool) -> None:
    """A covered segment that was edited shows its own words beside the translation that
    covers it, synced or not, and is accepted by its own place."""
    edit("does not wait", "does not wait for us")
    if synced:
        assert "1 drifted" in tflow("sync").out
    [unit] = tflow("drift", "--json").json["drifted"]
    assert (unit["n"], unit["class"], unit["cover"]) == (7, "wording", 6)
    assert (unit["before"], unit["target"]) == ("It does not wait.", KOREAN[5])
    assert unit["proposal"] is None
    tflow("sync")
    tflow("sync", "--check")
    assert tflow("accept", "deal:7").out == "accepted deal:7 (ko): translated\n"
    assert states(tflow)[5:] == ["reviewed", "translated"]
    assert tflow("drift").out == "nothing has drifted\n"


def test_a_covered_source_mended(deal: Path, tflow: Tflow) -> None:
    """A slip mended in a covered segment leaves it signed."""
    edit("does not wait", "does not  wait")
    tflow("sync")
    assert states(tflow)[6] == "reviewed"


def test_a_cover_that_is_gone(deal: Path, tflow: Tflow) -> None:
    """What was covered by a segment that is gone says so."""
    edit("The boat leaves at 9.\n\n", "")
    tflow("sync")
    out = tflow("drift").out
    assert "HIGH  unknown :6  the segment that covered it is gone" in out


# --- what sync settles ------------------------------------------------------


def test_sync_tells_what_it_did_by_itself(deal: Path, tflow: Tflow) -> None:
    """One line counts what drifted and names what was kept and carried; undo takes it
    back."""
    edit("goverment", "government")
    edit("old.example", "new.example")
    edit("will accept", "will not accept")
    edit("60-day", "90-day")
    before = KO.read_bytes()
    check = tflow("sync", "--check", code=1)
    assert "2 drifted (1 high), 1 kept (spelling :4), 1 carried (link :5)" in check.out
    assert "tflow drift --kept" in check.err
    done = tflow("sync")
    assert done.out == (
        "1 catalog: 2 drifted (1 high), 1 kept (spelling :4), 1 carried (link :5); "
        f"wrote {KO}\n"
    )
    assert done.err == (
        "kept and carried: tflow show deal:4,5; tflow undo takes it back\n"
        "next: tflow status\n"
    )
    assert states(tflow)[3:5] == ["reviewed", "translated"]
    tflow("undo")
    assert KO.read_bytes() == before


def test_sync_of_several_catalogs(deal: Path, tflow: Tflow, write: Write) -> None:
    """Of several catalogs, each in which something happened has a line."""
    write("sources/north.md", "All of them came.\n\nThen they left.\n")
    tflow("set", "north:1", "모두 왔다.")
    tflow("set", "north:2", "그러고는 떠났다.")
    write("sources/north.md", "Then they left.\n\nAll of them came.\n")
    write("sources/south.md", "New.\n")
    edit("60-day", "90-day")
    lines = tflow("sync").out.splitlines()
    assert lines[0].startswith("3 catalogs: 1 drifted, ")
    assert lines[1:] == ["  deal (ko): 1 drifted", "  north (ko): 1 moved"]


def test_a_split_is_counted_once(deal: Path, tflow: Tflow) -> None:
    """A paragraph that became two is one split, of which the first part has drifted."""
    edit(
        "Voters will accept such a deal.",
        "Voters will accept such a deal. They have waited for it since last winter.",
    )
    tflow("sync")
    tflow("set", "deal:2", "유권자들은 받아들일 것이다. 그들은 지난겨울부터 기다렸다.")
    edit("such a deal. They", "such a deal.\n\nThey")
    assert "1 drifted (1 high), 1 split" in tflow("sync").out


def test_drift_shows_what_will_be_kept(deal: Path, tflow: Tflow) -> None:
    """--kept also lists what the next sync settles, below what drifted, as low."""
    edit("goverment", "government")
    edit("old.example", "new.example")
    assert tflow("drift").out == "nothing has drifted\n"
    out = tflow("drift", "--kept").out
    assert "LOW   spelling :4  goverment → government  kept, still reviewed\n" in out
    assert "LOW   link :5  " in out
    assert "  carried\n" in out
    assert "오늘 [항구](https://[-old-]{+new+}.example/)를 보라." in out
    found = tflow("drift", "--kept", "--json").json
    assert found["drifted"] == []
    assert [(u["n"], u["action"]) for u in found["kept"]] == [
        (5, "carried"),
        (4, "kept"),
    ]
    some = tflow("drift", "--kept", "--class", "spelling", "--json").json["kept"]
    assert [unit["n"] for unit in some] == [4]
    tflow("drift", "--kept", "--check")
    tflow("sync")
    assert tflow("drift", "--kept").out == "nothing has drifted\n"


def test_what_a_project_never_settles(deal: Path, tflow: Tflow, write: Write) -> None:
    """Classes named in the settings always leave a translation drifted."""
    tflow("config", "drift.always", "spelling", "link")
    edit("goverment", "government")
    edit("old.example", "new.example")
    edit("A deal", "A  deal")
    assert drifted(tflow("drift", "--json")) == [(5, "link"), (4, "spelling")]
    tflow("sync")
    assert states(tflow)[3:5] == ["drifted", "drifted"]
    assert states(tflow)[0] == "reviewed"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ('["risk"]', "'risk' is not one of cosmetic, punctuation, spacing, spelling"),
        ('"link"', "must be a list of some of cosmetic"),
    ],
)
def test_only_what_sync_settles_can_be_named(
    project: Path, tflow: Tflow, write: Write, said: str, wrong: str
) -> None:
    """What drifts anyway cannot be named, and the error says what can."""
    write(
        "translate_flow.toml",
        f'[project]\nlanguages = ["en", "ko"]\n\n[drift]\nalways = {said}\n',
    )
    done = tflow("status", code=2)
    assert done.err.startswith(f"error: translate_flow.toml:5: drift.always: {wrong}")


# --- accept -----------------------------------------------------------------


def test_a_proposal_is_taken(deal: Path, tflow: Tflow) -> None:
    """The proposal becomes the target, in the name of who takes it; it can be taken
    back."""
    edit("60-day", "90-day")
    tflow("sync")
    before = KO.read_bytes()
    done = tflow("accept", "deal:3", "--proposal", "--by", "jin")
    assert done.out == "accepted deal:3 (ko): translated\n"
    [unit] = units(tflow, "deal:3")
    assert unit["target"] == "섬을 위한 90일 면제이다."
    assert unit["mark"]["by"] == "jin"  # type: ignore[index]
    assert "signed" not in unit["mark"]  # type: ignore[operator]
    tflow("undo")
    assert KO.read_bytes() == before


def test_a_proposal_only_where_there_is_one(deal: Path, tflow: Tflow) -> None:
    """Named segments must have a proposal; of an article those that have one are
    taken."""
    edit("60-day", "90-day")
    edit("will accept", "will not accept")
    tflow("sync")
    before = KO.read_bytes()
    assert tflow("accept", "deal:2,3", "--proposal", code=2).err.startswith(
        "error: there is no proposal for deal:2; "
    )
    assert KO.read_bytes() == before
    assert tflow("accept", "deal", "--proposal").out == (
        "accepted deal:3 (ko): translated\n"
    )
    assert tflow("accept", "--all", "--proposal", code=2).err == (
        "error: nothing there has a proposal; see tflow drift\n"
    )


def test_a_proposal_is_taken_as_it_was_shown(deal: Path, tflow: Tflow) -> None:
    """The command that ``drift`` shows beside a proposal works at once, also where no
    sync has seen the edit; without a proposal the edit must have been seen."""
    ARTICLE.write_text(DEAL.replace("60-day", "90-day").replace("will", "must"))
    shown = "tflow accept deal:3 --proposal"
    assert shown in tflow("drift", "deal").out
    assert tflow(*shown.split()[1:]).out == "accepted deal:3 (ko): translated\n"
    assert tflow("show", "deal:3", "--json").json["units"][0]["target"] == (
        "섬을 위한 90일 면제이다."
    )
    edited = DEAL.replace("60-day", "120-day").replace("Voters", "New.\n\nVoters")
    ARTICLE.write_text(edited)
    [shown] = re.findall("tflow (accept deal:[a-z]\\w+ --proposal)", tflow("drift").out)
    tflow(*shown.split())
    assert "120일" in KO.read_text()
    ARTICLE.write_text(DEAL.replace("60-day", "120-week"))
    assert "since the last sync" in tflow("accept", "deal:3", code=2).err
    ARTICLE.write_text(DEAL.replace("60-day", "150-day"))
    assert "since the last sync" in tflow("accept", "deal", "--proposal", code=2).err


def test_what_a_sync_did_before_an_act_is_told(deal: Path, tflow: Tflow) -> None:
    """Who sets one text hears which other translations were changed with it."""
    ARTICLE.write_text(DEAL.replace("old.example", "new.example"))
    told = "the author's edits were carried over, too: deal:5 (link)\n"
    assert told in tflow("set", "deal:1", "거래").err
    assert "new.example" in KO.read_text()
    assert "carried" not in tflow("set", "deal:1", "합의").err


def test_whose_text_it_is(project: Path, tflow: Tflow, write: Write) -> None:
    """What a person made of a machine's text is edited, or rewritten if nothing much is
    left; what stood in a paragraph that was split is proposed, and from the memory no
    machine text."""
    write("sources/b.md", "The boat leaves at 9 in the morning.\n\nIt waits.\n")
    for n, text in ((1, "배는 아침 아홉 시에 항구를 떠난다."), (2, "그것은 기다린다.")):
        tflow("set", f"b:{n}", text, "--machine", "m")
    tflow("set", "b:1", "배는 아침 아홉 시에 포구를 떠난다.")
    tflow("set", "b:2", "머물러 있다.")
    assert "from m, edited" in tflow("show", "b:1").out
    assert "rewritten after a machine" in tflow("show", "b:2").out
    mark = tflow("show", "b:2", "--json").json["units"][0]["mark"]
    assert mark["origin"] == "human"
    assert mark["draft"]
    told = tflow("status", "b").out
    assert "1 rewritten after a machine · 1 edited after a machine" in told
    write("sources/c.md", "The boat leaves at 9 in the morning.\n\nIt waits.\n")
    tflow("draft", "c", "--engine", "memory")
    assert "2 of these in c are drafts that" in tflow("accept", "c", code=2).err
    write("sources/d.md", "It rains a lot. It snows a lot.\n")
    tflow("set", "d:1", "비가 많이 온다. 눈이 많이 온다.")
    write("sources/d.md", "It rains a lot.\n\nIt snows a lot.\n")
    tflow("sync")
    assert "human, proposed" in " ".join(tflow("show", "d:2").out.split()).replace(
        "human proposed", "human, proposed"
    )
    assert "unread" not in tflow("status", "d").out


def test_minor_is_not_offered_for_what_is_grave(deal: Path, tflow: Tflow) -> None:
    """Nor is a list headed by a count of what it does not show."""
    ARTICLE.write_text(DEAL.replace("will accept", "will not accept"))
    assert "tflow minor" not in tflow("drift", "deal").err
    ARTICLE.write_text(DEAL.replace("old.example", "new.example"))
    assert tflow("drift", "--kept").out.startswith("SETTLED by the next sync  deal")


def test_findings_are_told_when_a_text_is_taken(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """``accept`` says what is wrong with a draft, as ``set`` does of a text."""
    Path("sources/boat.md").unlink()
    write("sources/a.md", "See [it](/a).\n\nA *big* boat, and no other.\n")
    tflow("set", "a:1", "보라.", "--machine", "m")
    told = "found: error: a:1 (ko): link to /a is missing [placeholder-lost]\n"
    assert told in tflow("accept", "a:1").err


def test_labels_and_footnotes_that_were_renumbered(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A sync does the same to the translation; what nobody sees leaves it as it is."""
    Path("sources/boat.md").unlink()
    old = "# Har\u200bbour {#h}\n\nSee [it][1].[^1]\n\n[1]: /a\n\n[^1]: So said Kim.\n"
    path = write("sources/a.mdx", old)
    for n, text in enumerate(("항구 {#h}", "[그것][1]을 보라.[^1]", "김의 말."), 1):
        tflow("set", f"a:{n}", text)
    path.write_text(
        "# Harbour {/* #h */}\n\nSee [it][2].[^2]\n\n[2]: /a\n\n[^2]: So said Kim.\n"
    )
    tflow("sync")
    units = tflow("show", "a", "--json").json["units"]
    assert [unit["state"] for unit in units] == ["translated"] * 3
    assert [unit["target"] for unit in units][:2] == [
        "항구 {/* #h */}",
        "[그것][2]을 보라.[^2]",
    ]


def test_classes_are_taken_in_bulk(deal: Path, tflow: Tflow) -> None:
    """--class takes the drifted units of these classes, and nothing else."""
    edit("60-day", "90-day")
    edit("will accept", "will not accept")
    edit("pays for it", "pays all of it")
    tflow("sync")
    assert tflow("accept", "deal", "--class", "number,link").out == (
        "accepted deal:3 (ko): translated\n"
    )
    assert units(tflow, "deal:3")[0]["target"] == KOREAN[2]
    assert states(tflow)[1] == "drifted"
    assert "nothing to be accepted" in tflow("accept", "deal", "--class", "name").out


def test_a_unit_with_other_edits_is_not_taken_along(deal: Path, tflow: Tflow) -> None:
    """A unit of which more was edited than the classes named stays."""
    edit("a 60-day waiver", "a generous 90-day waiver")
    tflow("sync")
    tflow("accept", "deal", "--class", "number")
    assert states(tflow)[2] == "drifted"
    tflow("accept", "deal", "--class", "number,wording")
    assert states(tflow)[2] == "translated"


@pytest.mark.parametrize("grave", ["risk", "rewrite", "unknown"])
def test_grave_classes_are_never_taken_in_bulk(
    deal: Path, tflow: Tflow, grave: str
) -> None:
    """What may have turned a meaning round must be named, segment by segment."""
    edit("will accept", "will not accept")
    tflow("sync")
    for places in (["deal"], ["--all"]):
        done = tflow("accept", *places, "--class", f"number,{grave}", code=2)
        assert done.err.startswith(f"error: {grave} cannot be accepted in bulk; read")
    assert states(tflow)[1] == "drifted"
    tflow("accept", "deal:2", "--class", "risk")
    assert states(tflow)[1] == "translated"


def test_what_another_editor_unflagged(deal: Path, tflow: Tflow) -> None:
    """A flag taken off elsewhere beside an old target accepts nothing; --cleared lists
    such units and takes them where it is told to."""
    edit("will accept", "will not accept")
    edit("60-day", "90-day")
    tflow("sync")
    assert tflow("accept", "--cleared").out == (
        "nothing was un-flagged in another editor\n"
    )
    text = KO.read_text()
    head, tail = text.split('msgid "Voters', 1)
    first = head.rindex("#, fuzzy\n")
    KO.write_text(head[:first] + head[first + 9 :] + 'msgid "Voters' + tail)
    listed = tflow("accept", "--cleared")
    assert "deal:2" in listed.out
    assert "deal:3" not in listed.out
    assert "tflow accept deal --cleared" in listed.err
    assert states(tflow)[1:3] == ["drifted", "drifted"]
    [unit] = tflow("accept", "--cleared", "--json").json["units"]
    assert (unit["n"], unit["state"]) == (2, "drifted")
    assert tflow("accept", "deal", "--cleared").out == (
        "accepted deal:2 (ko): translated\n"
    )
    assert states(tflow)[1:3] == ["translated", "drifted"]


def test_unread_text_stays_unread_in_bulk(project: Path, tflow: Tflow) -> None:
    """Un-flagging machine text elsewhere is no way round reading it."""
    tflow("draft", "boat", "--engine", "pseudo")
    path = Path("translations/ko/boat.po")
    path.write_text(path.read_text().replace("#, fuzzy\n", ""))
    assert "machine text that nobody has read" in (
        tflow("accept", "boat", "--cleared", code=2).err
    )
    tflow("accept", "boat", "--cleared", "--unread")
    assert set(states(tflow, "boat")) == {"translated"}


# --- minor ------------------------------------------------------------------


def test_an_edit_without_meaning(deal: Path, tflow: Tflow) -> None:
    """The author's word keeps translation, names and signature; undo takes it back."""
    edit("pays for it", "is paying for it")
    tflow("sync")
    before = KO.read_bytes()
    assert states(tflow)[3] == "drifted"
    done = tflow("minor", "deal:4")
    assert done.out == "no meaning changed: deal:4 (ko): reviewed\n"
    [unit] = units(tflow, "deal:4")
    mark = unit["mark"]
    assert isinstance(mark, dict)
    assert (mark["by"], mark["signed"]) == ("Mina", "bob")
    assert unit["previous"] is None
    tflow("sync", "--check")
    tflow("undo")
    assert KO.read_bytes() == before


def test_minor_is_said_of_the_edit_that_was_seen(deal: Path, tflow: Tflow) -> None:
    """After a minor edit the next one counts from there, and going back does not."""
    edit("pays for it", "is paying for it")
    tflow("sync")
    tflow("minor", "deal:4")
    edit("is paying for it", "is never paying for it")
    [unit] = tflow("drift", "--json").json["drifted"]
    assert unit["before"] == "The goverment is paying for it."
    assert unit["class"] == "risk"


def test_minor_of_what_is_covered(deal: Path, tflow: Tflow) -> None:
    """A covered segment can be edited without meaning, too, and stays signed."""
    edit("does not wait", "does not wait around")
    tflow("sync")
    tflow("minor", "deal:7")
    assert states(tflow)[5:] == ["reviewed", "reviewed"]


def test_minor_is_refused(deal: Path, tflow: Tflow) -> None:
    """What has not drifted, a whole article, and another text than the accepted one
    are refused."""
    assert tflow("minor", "deal:4", code=2).err == (
        "error: deal:4 is reviewed; only what has drifted can be minor; "
        "see tflow drift\n"
    )
    assert "deal is a whole article" in tflow("minor", "deal", code=2).err
    assert "which articles?" in tflow("minor", code=2).err
    edit("pays for it", "is paying for it")
    tflow("sync")
    KO.write_text(
        KO.read_text().replace("정부가 그 돈을 낸다.", "정부가 돈을 안 낸다.")
    )
    done = tflow("minor", "deal:4", code=2)
    assert done.err == (
        "error: deal:4 has another translation than the one that was accepted; "
        "read it, then tflow accept\n"
    )
    assert states(tflow)[3] == "drifted"


def test_minor_must_have_seen_the_edit(deal: Path, tflow: Tflow) -> None:
    """An edit that came after the last sync is refused once."""
    edit("pays for it", "is paying for it")
    assert "changed since the last sync" in tflow("minor", "deal:4", code=2).err
    tflow("minor", "deal:4")


def test_minor_of_a_covered_unit_waits_for_its_cover(deal: Path, tflow: Tflow) -> None:
    """What has drifted only with the segment that covers it is settled there."""
    edit("leaves at 9", "is leaving at 9")
    tflow("sync")
    assert tflow("minor", "deal:7", code=2).err.startswith(
        "error: the source of deal:7 is the one that it was accepted for"
    )
    tflow("minor", "deal:6")
    assert states(tflow)[5:] == ["reviewed", "reviewed"]


# --- the target's side ------------------------------------------------------


def test_a_mended_target_stays_signed(deal: Path, tflow: Tflow) -> None:
    """A particle or blank mended in a signed translation leaves it signed, and taken by
    whom it was; what it covers, too."""
    tflow("set", "deal:2", "유권자들은 그런 합의을 받아들일 것이다.", "--by", "jin")
    tflow("sign", "deal:2", "--by", "bob")
    done = tflow("set", "deal:2", KOREAN[1], "--by", "bob")
    assert done.out == "set deal:2 (ko): reviewed\n"
    mark = units(tflow, "deal:2")[0]["mark"]
    assert isinstance(mark, dict)
    assert (mark["by"], mark["signed"]) == ("jin", "bob")
    tflow("set", "deal:6", f"{KOREAN[5][:-1]}.".replace("9시에 ", "9시에  "))
    assert states(tflow)[5:] == ["reviewed", "reviewed"]
    tflow("sync", "--check")


@pytest.mark.parametrize(
    "text",
    [
        "유권자들은 그런 합의를 받아들이지 않을 것이다.",
        "유권자들은 그런 제안을 받아들일 것이다.",
        "유권자들은 그런 합의를\n\n받아들일 것이다.",
    ],
)
def test_another_meaning_is_not_signed(deal: Path, tflow: Tflow, text: str) -> None:
    """Other words, or another count of paragraphs, lose the signature."""
    assert tflow("set", "deal:2", text).out == "set deal:2 (ko): translated\n"


def test_an_unsigned_target_is_taken_anew(deal: Path, tflow: Tflow) -> None:
    """A mended target that nobody signed is taken by who mended it."""
    tflow("set", "deal:2", "그런 합의을 받아들인다.")
    tflow("set", "deal:2", "그런 합의를 받아들인다.", "--by", "jin")
    mark = units(tflow, "deal:2")[0]["mark"]
    assert isinstance(mark, dict)
    assert mark["by"] == "jin"
    assert "signed" not in mark


def typed(old: str, new: str) -> None:
    """Type in another PO editor."""
    text = KO.read_text()
    assert old in text
    KO.write_text(text.replace(old, new))


def test_a_target_mended_elsewhere(deal: Path, tflow: Tflow) -> None:
    """In another editor, too, if git has the text that was signed."""
    tflow("set", "deal:2", "유권자들은 그런 합의을 받아들일 것이다.")
    tflow("sign", "deal:2", "--by", "bob")
    commit()
    typed("합의을", "합의를")
    assert states(tflow)[1] == "reviewed"
    tflow("sync")
    mark = units(tflow, "deal:2")[0]["mark"]
    assert isinstance(mark, dict)
    assert (mark["by"], mark["signed"]) == ("Mina", "bob")
    typed("합의를 받아들일", "합의를 거절할")
    tflow("sync")
    assert states(tflow)[1] == "translated"


def test_a_signature_needs_the_signed_text(deal: Path, tflow: Tflow) -> None:
    """Where nobody has the signed text any more, a typed one is not signed."""
    tflow("set", "deal:2", "유권자들은 그런 합의을 받아들일 것이다.")
    tflow("sign", "deal:2", "--by", "bob")
    typed("합의을", "합의를")
    tflow("sync")
    assert states(tflow)[1] == "translated"


def test_a_doubt_is_not_signed_away(deal: Path, tflow: Tflow) -> None:
    """A mended target that was left flagged is a draft."""
    commit()
    head, tail = KO.read_text().split('msgid "Voters', 1)
    at = head.rindex("msgctxt")
    head = f"{head[:at]}#, fuzzy\n{head[at:]}"
    KO.write_text(head + 'msgid "Voters' + tail.replace("그런 합의를", "그런  합의를"))
    tflow("sync")
    assert states(tflow)[1] == "draft"


# --- since ------------------------------------------------------------------


def test_since_a_revision(deal: Path, tflow: Tflow) -> None:
    """What changed since a commit is listed, whatever anybody accepted meanwhile."""
    commit()
    edit("60-day", "90-day")
    edit("will accept", "will not accept")
    tflow("sync")
    tflow("set", "deal:3", "섬을 위한 90일 면제이다.")
    assert drifted(tflow("drift", "--json")) == [(2, "risk")]
    found = tflow("drift", "--since", "HEAD", "--json")
    assert drifted(found) == [(2, "risk"), (3, "number")]
    assert [unit["state"] for unit in found.json["drifted"]] == [
        "drifted",
        "translated",
    ]
    out = tflow("drift", "--since", "HEAD").out
    assert out.startswith("CHANGED  2 of 7  deal en→ko\n")
    assert "MED   number :3  60 → 90  translated\n" in out
    commit()
    assert tflow("drift", "--since", "HEAD").out == "nothing has changed\n"
    assert len(tflow("drift", "--since", "HEAD~1", "--json").json["drifted"]) == 2
    tflow("drift", "--since", "HEAD~1", "--check", code=1)


def test_since_a_revision_with_no_catalog(project: Path, tflow: Tflow) -> None:
    """An article that had no catalog then is compared all the same; one that was not
    there is new, and new text has not changed."""
    commit()
    path = Path("sources/boat.md")
    path.write_text(path.read_text().replace("at 9", "at 10"))
    Path("sources/other.md").write_text("New.\n")
    tflow("sync")
    found = tflow("drift", "--since", "HEAD", "--json").json["drifted"]
    assert [(unit["slug"], unit["n"]) for unit in found] == [("boat", 3)]


def test_since_a_revision_under_another_name(deal: Path, tflow: Tflow) -> None:
    """Article and catalog are found under the names that they had."""
    commit()
    tflow("mv", "deal", "treaty")
    git("add", "-A")
    path = Path("sources/treaty.md")
    path.write_text(path.read_text().replace("60-day", "90-day"))
    assert drifted(tflow("drift", "--since", "HEAD", "--json")) == [(3, "number")]


REWORDED = {
    "by tflow": ("treaty", None),
    "by hand, catalog too": ("treaty", "treaty"),
    "by hand, into a folder": ("2013/deal-done", "2013/deal-done"),
    "by hand, alone": ("treaty", ""),
}


@pytest.mark.parametrize("name", REWORDED)
@pytest.mark.parametrize("committed", [True, False])
def test_since_a_revision_renamed_and_reworded(
    deal: Path, tflow: Tflow, name: str, committed: bool
) -> None:
    """An article that got another name, and so many other words that git does not see
    it, is found by its catalog."""
    commit()
    slug, catalog = REWORDED[name]
    path = Path(f"sources/{slug}.md")
    if catalog is None:
        tflow("mv", "deal", slug)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        Path("sources/deal.md").rename(path)
    if catalog:
        place = Path(f"translations/ko/{catalog}.po")
        place.parent.mkdir(parents=True, exist_ok=True)
        Path("translations/ko/deal.po").rename(place)
    more = "\n\n".join(f"Nobody has read paragraph {n} of this." for n in range(40))
    path.write_text(path.read_text().replace("60-day", "90-day") + f"\n{more}\n")
    tflow("sync")
    if committed:
        git("add", "-A")
        git("commit", "-qm", "renamed")
    since = "HEAD~1" if committed else "HEAD"
    assert drifted(tflow("drift", "--since", since, "--json")) == [(3, "number")]


def test_since_a_revision_that_had_it_not(deal: Path, tflow: Tflow) -> None:
    """That nothing has changed is said with what could not be compared."""
    commit()
    Path("sources/new.md").write_text("Nobody has read this.\n")
    said = tflow("drift", "--since", "HEAD").out
    assert said == "nothing has changed; 1 translation was not there then\n"


def test_since_an_unknown_revision(deal: Path, tflow: Tflow) -> None:
    """A revision that git does not know, or no git at all, is one clear error."""
    assert "not in a git repository" in tflow("drift", "--since", "v1", code=2).err
    commit()
    assert tflow("drift", "--since", "v1", code=2).err.startswith(
        "error: git knows no revision 'v1'; "
    )
    assert "git knows no revision" in tflow("drift", "--since=--help", code=2).err


def test_since_the_release(deal: Path, tflow: Tflow) -> None:
    """What readers have is compared with today, even if it was translated again."""
    assert tflow("drift", "--since", "release", code=2).err.startswith(
        "error: nothing of this was released"
    )
    tflow("export", "deal", "--release")
    edit("60-day", "90-day")
    tflow("sync")
    tflow("set", "deal:3", "섬을 위한 90일 면제이다.")
    [unit] = tflow("drift", "--since", "release", "--json").json["drifted"]
    assert (unit["n"], unit["class"], unit["before"]) == (3, "unknown", None)
    tflow("undo")
    [unit] = tflow("drift", "--since", "release", "--json").json["drifted"]
    assert (unit["n"], unit["class"]) == (3, "number")


def test_since_the_release_git_has_the_text(deal: Path, tflow: Tflow) -> None:
    """A text that no catalog holds any more is found in git by its hash."""
    tflow("export", "deal", "--release")
    commit()
    edit("60-day", "90-day")
    tflow("sync")
    tflow("set", "deal:3", "섬을 위한 90일 면제이다.")
    [unit] = tflow("drift", "--since", "release", "--json").json["drifted"]
    assert unit["before"] == "It is a 60-day waiver for the island."
    assert unit["class"] == "number"


def test_translations_that_changed(deal: Path, tflow: Tflow) -> None:
    """The author sees which translations changed, classified in their language, and
    whether his own text did, too."""
    commit()
    tflow("set", "deal:2", "유권자들은 그런 합의를 받아들이지 않을 것이다.")
    edit("60-day", "90-day")
    tflow("sync")
    tflow("accept", "deal:3", "--proposal")
    words = ("drift", "--side", "target", "--since", "HEAD")
    found = tflow(*words, "--json").json["drifted"]
    assert [(u["n"], u["class"], u["side"]) for u in found] == [
        (2, "risk", "target"),
        (3, "number", "target"),
    ]
    assert found[0]["before"] == KOREAN[1]
    out = tflow(*words).out
    assert "HIGH  risk :2  " in out
    assert "under the same source" in out
    assert "source changed, too" in out
    assert "  en  Voters will accept such a deal.\n" in out
    assert "compared with what they were" in (
        tflow("drift", "--side", "target", code=2).err
    )


def test_a_first_translation_has_not_changed(project: Path, tflow: Tflow) -> None:
    """Where nothing stood, nothing changed; what was taken away did."""
    tflow("set", "boat:1", "막배")
    commit()
    tflow("set", "boat:2", "항구")
    tflow("set", "boat:1", "")
    words = ("drift", "--side", "target", "--since", "HEAD", "--json")
    [unit] = tflow(*words).json["drifted"]
    assert (unit["n"], unit["before"], unit["after"]) == (1, "막배", "")


def test_translations_since_the_release(deal: Path, tflow: Tflow) -> None:
    """Translations are compared with those that readers have."""
    tflow("export", "deal", "--release")
    commit()
    tflow("set", "deal:2", "유권자들은 그런 제안을 받아들일 것이다.")
    words = ("drift", "--side", "target", "--since", "release", "--json")
    [unit] = tflow(*words).json["drifted"]
    assert (unit["n"], unit["before"]) == (2, KOREAN[1])


def test_a_shallow_clone_says_that_it_is_one(
    deal: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a check fails, people read that another clone may say something else."""
    edit("60-day", "90-day")
    commit()
    Path("note").write_text("x")
    commit()
    assert "shallow" not in tflow("status", "--check", code=1).err
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--depth=1", f"file://{deal}", str(clone))
    monkeypatch.chdir(clone)
    assert "this clone is shallow" in tflow("status", "--check", code=1).err
    assert tflow("status", "--json").json["shallow"] is True


# --- the same in many places ------------------------------------------------

LINTS = """\
Run clippy on the tree.

The linter clippy has many lints.

Not all of clippy is loved.

We ask clippy and rustfmt.
"""
HINTS = (
    "트리에 clippy를 돌린다.",
    "린터 clippy에는 린트가 많다.",
    "clippy 전부가 사랑받지는 않는다.",
    "clippy와 rustfmt에 묻는다.",
)


@pytest.fixture
def lints(project: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """Two articles with one word in all of their units, translated."""

    @once
    def arrange() -> None:
        Path("sources/boat.md").unlink()
        write("sources/lint.md", LINTS)
        write("sources/more.md", "Here clippy is again.\n")
        for n, text in enumerate(HINTS, 1):
            tflow("set", f"lint:{n}", text)
        tflow("set", "more:1", "여기 clippy가 또 있다.")

    return project


def recase(name: str = "lint", **also: str) -> None:
    """Write the word with a capital, and edit what else is named."""
    file = Path(f"sources/{name}.md")
    text = file.read_text().replace("clippy", "Clippy")
    for old, new in also.items():
        text = text.replace(old, new)
    file.write_text(text)


def test_the_same_is_decided_once(lints: Path, tflow: Tflow) -> None:
    """Units with just the same edit are counted, listed and taken together, in all
    articles; what was edited besides is left."""
    recase(Not="Yet not")
    recase("more")
    tflow("sync")
    told = tflow("drift", "lint:2")
    assert told.out.count("clippy → Clippy") == 1
    told = tflow("drift")
    assert "clippy → Clippy  the same in 3 more" in told.out
    assert told.err.endswith("or tflow accept --like lint:1 --proposal\n")
    assert {unit["like"] for unit in tflow("drift", "--json").json["drifted"]} == {0, 3}
    same = tflow("drift", "--like", "lint:1", "--json").json["drifted"]
    assert [(one["slug"], one["n"]) for one in same] == [
        ("lint", 1), ("lint", 2), ("lint", 4), ("more", 1),
    ]  # fmt: skip
    done = tflow("accept", "--like", "lint:1", "--proposal", "--by", "jin")
    assert done.out == (
        "accepted 3 units of lint (ko)\naccepted more:1 (ko): translated\n"
    )
    assert [unit["target"] for unit in units(tflow, "lint:1,4")] == [
        "트리에 Clippy를 돌린다.",
        "Clippy와 rustfmt에 묻는다.",
    ]
    assert drifted(tflow("drift", "--json")) == [(3, "wording")]


def test_the_same_within_places(lints: Path, tflow: Tflow) -> None:
    """Places named beside it bound what is taken."""
    recase()
    recase("more")
    tflow("sync")
    tflow("accept", "more", "--like", "lint:1")
    assert states(tflow, "more") == ["translated"]
    assert states(tflow, "lint") == ["drifted"] * 4


def test_a_term_renamed_is_one_decision(
    project: Path, write: Write, tflow: Tflow
) -> None:
    """Whatever particle stands behind it."""
    Path("sources/boat.md").unlink()
    korean = "에러가 났다.\n\n그 에러를 읽는다.\n\n에러는 하나다.\n"
    write("sources/err.md", f"---\nlang: ko\n---\n\n{korean}")
    for n, text in enumerate(("An error came.", "Read it.", "There is one."), 1):
        tflow("set", f"err:{n}", text)
    write("sources/err.md", f"---\nlang: ko\n---\n\n{korean.replace('에러', '오류')}")
    tflow("sync")
    assert [u["like"] for u in tflow("drift", "--json").json["drifted"]] == [2, 2, 2]
    assert tflow(
        "accept", "--like", "err:2"
    ).out == "accepted 3 units of err (ko→en)\n".replace("ko→en", "en")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("lint:3", "lint:3 is risk, which is not decided for others"),
        ("more:1", "0 units have drifted there; --like takes one"),
        ("lint", "4 units have drifted there; --like takes one"),
    ],
)
def test_like_takes_one_that_is_not_grave(
    lints: Path, tflow: Tflow, place: str, said: str
) -> None:
    """It must have drifted, be one, and not be high; nothing is taken else."""
    recase(Not="Now")
    tflow("sync")
    for verb in ("accept", "drift"):
        assert said in tflow(verb, "--like", place, code=2).err
    assert states(tflow, "lint") == ["drifted"] * 4


def test_what_was_dropped_is_shown_in_the_translation(
    project: Path, write: Write, tflow: Tflow
) -> None:
    """The sentence of the target that says it is marked, and in JSON."""
    Path("sources/boat.md").unlink()
    write("sources/b.md", "The boat leaves at 9. It never waits. Bring a coat.\n")
    tflow("set", "b:1", "배는 9시에 떠난다. 기다리는 법이 없다. 외투를 챙겨라.")
    write("sources/b.md", "The boat leaves at 9. Bring a coat.\n")
    done = tflow("drift")
    assert "HIGH  dropped :1" in done.out
    assert "배는 9시에 떠난다. [-기다리는 법이 없다.-] 외투를 챙겨라." in done.out
    [unit] = tflow("drift", "--json").json["drifted"]
    assert unit["stale"] == ["기다리는 법이 없다."]
