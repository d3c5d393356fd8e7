"""The gate of a CI: it closes for what a change made worse, and for nothing else."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import BOAT, Once, Tflow, Write

ARTICLE = Path("sources/boat.md")
KO = Path("translations/ko/boat.po")
KOREAN = ("마지막 배", "항구", "배는 아홉 시에 떠난다.", "배는 기다리지 않는다.")
NOTICE = "published with a notice to readers meanwhile"


def git(*words: str) -> str:
    """Run git in the folder of the test and return what it says."""
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(day: str = "2026-11-20") -> str:
    """Commit everything, and return the commit."""
    git("add", "--all")
    command = ["git", "commit", "--quiet", "--allow-empty", "-m", "a step"]
    subprocess.run(command, check=True, env=_on(day))
    return git("rev-parse", "HEAD")


def _on(day: str) -> dict[str, str]:
    import os

    when = f"{day}T12:00:00+0000"
    return {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be 24 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795510800")


@pytest.fixture
def live(project: Path, tflow: Tflow, once: Once) -> Path:
    """A repository whose one article is translated and released."""

    @once
    def arrange() -> None:
        git("init", "--quiet")
        for n, text in enumerate(KOREAN, 1):
            tflow("set", f"boat:{n}", text)
        tflow("export", "boat", "--release")
        commit()

    return project


def edit(old: str, new: str, path: Path = ARTICLE) -> None:
    """Exchange a text that stands in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


Worse = list[dict[str, Any]]


@pytest.fixture
def worse(tflow: Tflow) -> Callable[..., Worse]:
    """Run the gate and return what it says got worse."""

    def run(*words: str, code: int = 1, base: str = "HEAD") -> Worse:
        done = tflow("gate", "--base", base, "--json", *words, code=code)
        return list(done.json["worse"])

    return run


def told(found: Worse) -> list[tuple[int, str, str | None, str]]:
    """Return place, reason and states of what got worse."""
    return [(one["n"], one["reason"], one["before"], one["now"]) for one in found]


# --- what got worse ---------------------------------------------------------


def test_nothing_changed(live: Path, tflow: Tflow) -> None:
    """The gate is open, and says since when."""
    done = tflow("gate", "--base", "HEAD")
    assert done.out == ""
    assert done.err == "worse since HEAD: nothing\n"


def test_a_drifted_segment_closes_the_gate(live: Path, tflow: Tflow) -> None:
    """An edit in the work tree counts; class, severity and what mends it are told."""
    edit("It does not wait.", "It does wait.")
    done = tflow("gate", "--base", "HEAD", code=1)
    assert done.out == (
        "error: boat:4 (ko): translated → drifted (risk, high)\n  tflow edit boat:4\n"
    )
    assert done.err == "worse since HEAD: 1 thing\n"


def test_a_ready_proposal_is_named(
    live: Path, tflow: Tflow, write: Write, worse: Callable[..., Worse]
) -> None:
    """Where tflow knows the new translation, accepting it mends the segment."""
    write("sources/visa.md", "A visa for 60 days is enough.\n")
    tflow("set", "visa:1", "60일 비자면 된다.")
    tflow("export", "visa", "--release")
    commit()
    edit("60", "90", Path("sources/visa.md"))
    (one,) = worse()
    assert (one["class"], one["severity"]) == ("number", "medium")
    assert one["command"] == "tflow accept visa:1 --proposal"


def test_a_new_segment_closes_the_gate(live: Path, worse: Callable[..., Worse]) -> None:
    """An article that was complete is not any more."""
    ARTICLE.write_text(BOAT + "\nNobody complains.\n")
    found = worse()
    assert told(found) == [(5, "new", None, "untranslated")]
    assert found[0]["message"] == "new → untranslated"
    assert found[0]["command"] == "tflow draft boat:5"
    assert (found[0]["file"], found[0]["line"]) == ("sources/boat.md", 11)


def test_a_lost_translation_closes_the_gate(
    live: Path, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """A translation that was taken away is missing."""
    tflow("set", "boat:2", "")
    assert told(worse()) == [(2, "state", "translated", "untranslated")]


def test_a_deleted_catalog_closes_the_gate(
    live: Path, worse: Callable[..., Worse]
) -> None:
    """Each of its translations is missing."""
    git("rm", "--quiet", str(KO))
    commit()
    found = worse(base="HEAD~1")
    assert [one["n"] for one in found] == [1, 2, 3, 4]


def test_a_doubted_translation_closes_the_gate(
    live: Path, worse: Callable[..., Worse]
) -> None:
    """A fuzzy flag from another editor is a person's doubt."""
    edit("msgctxt", "#, fuzzy\nmsgctxt", KO)
    found = worse("boat:3")
    assert told(found) == [(3, "state", "translated", "draft")]
    assert found[0]["command"] == "tflow edit boat:3"


def test_a_spelling_mended_is_nothing_worse(live: Path, tflow: Tflow) -> None:
    """What sync settles by itself leaves the gate open."""
    edit("It does not wait.", "It  does not wait.")
    tflow("gate", "--base", "HEAD")


def test_translated_again_is_nothing_worse(live: Path, tflow: Tflow) -> None:
    """A change that comes with its translation passes."""
    edit("at 9", "at 10")
    tflow("sync")
    tflow("set", "boat:3", "배는 열 시에 떠난다.")
    tflow("gate", "--base", "HEAD")


def test_an_open_question_closes_the_gate(
    live: Path, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """A question holds the next release, until it is answered."""
    tflow("ask", "boat:2", "Which one?")
    (one,) = worse()
    assert (one["reason"], one["now"]) == ("question", "translated")
    assert one["message"] == "open question from Mina: Which one?"
    assert one["command"] == "tflow ask boat:2 --answer TEXT"
    commit()
    tflow("gate", "--base", "HEAD")
    tflow("ask", "boat:2", "--answer", "Busan.")
    tflow("gate", "--base", "HEAD~1")


def test_an_error_closes_the_gate(
    live: Path, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """An error that was there already is nobody's."""
    edit("at 9", "at {hour}")
    tflow("sync")
    tflow("set", "boat:3", "배는 {hour}시에 떠난다.")
    commit()
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    (one,) = worse()
    assert (one["n"], one["reason"], one["now"]) == (3, "finding", "translated")
    assert "{hour}" in one["message"]
    commit()
    tflow("gate", "--base", "HEAD")


def test_a_lost_signature(
    live: Path, write: Write, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """It counts where releases ask for signatures, and nowhere else."""
    tflow("sign", "boat", "--by", "Bob")
    commit()
    tflow("set", "boat:3", "배는 9시에 출발한다.")
    tflow("gate", "--base", "HEAD")
    edit(
        "[project]",
        '[release]\nrequire = "reviewed"\n[project]',
        Path("translate_flow.toml"),
    )
    found = worse()
    assert told(found) == [(3, "signature", "reviewed", "translated")]
    assert found[0]["message"] == "reviewed → translated, not signed"
    assert found[0]["command"] == "tflow sign boat:3"


def test_a_split_text_is_followed(
    live: Path, write: Write, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """Its parts are held against the whole, in an incomplete article, too."""
    write(
        "sources/long.md",
        "The old harbour was closed for the whole winter of that year. "
        "The fishermen sold their boats and moved inland to the city.\n\nMore.\n",
    )
    text = "옛 항구는 그해 겨우내 닫혔다. 어부들은 배를 팔고 도시로 떠났다."
    tflow("set", "long:1", text)
    Path("translations/releases/long.toml").write_text('[ko]\ndate = "2026-11-01"\n')
    commit()
    edit("year. The", "year.\n\nThe", Path("sources/long.md"))
    assert [(one["n"], one["before"]) for one in worse()] == [
        (1, "translated"),
        (2, "translated"),
    ]


# --- what is nobody's fault -------------------------------------------------


def test_what_was_bad_is_not_blamed(live: Path, tflow: Tflow) -> None:
    """A drifted segment that drifts on, and what was never translated, are old."""
    edit("It does not wait.", "It does wait.")
    tflow("sync")
    commit()
    edit("It does wait.", "It did wait.")
    ARTICLE.write_text(ARTICLE.read_text() + "\nNobody complains.\n")
    tflow("gate", "--base", "HEAD")
    tflow("gate", "--base", "HEAD~1", code=1)


def test_what_is_not_published_is_not_blamed(
    live: Path, write: Write, tflow: Tflow
) -> None:
    """Nobody reads it yet."""
    write("sources/new.md", "Text.\n")
    tflow("set", "new:1", "글.")
    commit()
    edit("Text.", "No text.", Path("sources/new.md"))
    tflow("gate", "--base", "HEAD")


def test_only_published_languages_count(
    live: Path, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """Readers of one language do not wait for another; places and commands name it."""
    edit('"ko"]', '"ko", "fr"]', Path("translate_flow.toml"))
    tflow("set", "boat:4", "Il n'attend pas.", "--lang", "fr")
    commit()
    edit("It does not wait.", "It does wait.")
    (one,) = worse()
    assert (one["lang"], one["command"]) == ("ko", "tflow edit boat:4 --lang ko")


def test_a_deleted_record_hides_nothing(
    live: Path, worse: Callable[..., Worse]
) -> None:
    """What was published is not unpublished by the change at hand."""
    Path("translations/releases/boat.toml").unlink()
    edit("It does not wait.", "It does wait.")
    assert told(worse()) == [(4, "state", "translated", "drifted")]


def test_places_choose(live: Path, tflow: Tflow) -> None:
    """Only what is named is looked at."""
    edit("It does not wait.", "It does wait.")
    tflow("gate", "--base", "HEAD", "boat:1-3")
    tflow("gate", "--base", "HEAD", "boat:4", code=1)


def test_a_base_that_went_on(live: Path, tflow: Tflow) -> None:
    """What others mended meanwhile on the other branch is not this one's to blame."""
    edit("It does not wait.", "It does wait.")
    tflow("sync")
    commit()
    git("checkout", "--quiet", "-b", "work")
    commit()
    git("checkout", "--quiet", "main")
    tflow("set", "boat:4", "배는 기다린다.")
    commit()
    git("checkout", "--quiet", "work")
    parted = git("merge-base", "main", "work")[:7]
    done = tflow("gate", "--base", "main")
    assert done.err == f"worse since main, which went on after {parted}: nothing\n"


@pytest.mark.parametrize("committed", [True, False])
def test_a_renamed_article_is_followed(
    live: Path, tflow: Tflow, worse: Callable[..., Worse], committed: bool
) -> None:
    """A new name alone is nothing worse; an edit that comes with it is."""
    base = git("rev-parse", "HEAD")
    tflow("mv", "boat", "2026/ferry")
    if committed:
        commit()
    tflow("gate", "--base", base)
    edit("It does not wait.", "It does wait.", Path("sources/2026/ferry.md"))
    found = worse(base=base)
    assert told(found) == [(4, "state", "translated", "drifted")]
    assert found[0]["slug"] == "2026/ferry"


@pytest.mark.parametrize("committed", [True, False])
def test_an_article_renamed_by_hand_is_followed(
    live: Path, worse: Callable[..., Worse], committed: bool
) -> None:
    """Its catalog still lies under the old name, and so does its record."""
    base = git("rev-parse", "HEAD")
    ARTICLE.rename("sources/ferry.md")
    if committed:
        commit()
    edit("It does not wait.", "It does wait.", Path("sources/ferry.md"))
    assert told(worse(base=base)) == [(4, "state", "translated", "drifted")]


def test_a_flipped_article_is_followed(
    live: Path, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """The other direction is nothing worse; an edit of the new source is."""
    tflow("flip", "boat")
    commit()
    tflow("gate", "--base", "HEAD~1")
    edit("기다리지 않는다", "기다린다", ARTICLE)
    found = worse(base="HEAD~1")
    assert told(found) == [(4, "state", "translated", "drifted")]
    assert found[0]["lang"] == "en"


# --- pairs that nobody made -------------------------------------------------


def test_a_silent_merge_is_listed(live: Path, worse: Callable[..., Worse]) -> None:
    """A new source beside the old target, as a merge or another tool leaves them, is
    worse, whatever the catalog says."""
    edit("It does not wait.", "It does wait.")
    edit('msgid "It does not wait."', 'msgid "It does wait."', KO)
    assert told(worse()) == [(4, "state", "translated", "drifted")]


def test_a_silent_pair_without_marks_is_listed(
    live: Path, tflow: Tflow, worse: Callable[..., Worse]
) -> None:
    """Where another tool took all marks away, and so nobody can say what was accepted,
    an old target does not pass for the translation of a new source."""
    text = re.sub(
        r"^# tflow:.*\n|^\"X-(?:Tflow|Source).*\n", "", KO.read_text(), flags=re.M
    )
    KO.write_text(re.sub(r"^msgctxt.*\n", "", text, flags=re.M))
    commit()
    tflow("gate", "--base", "HEAD")
    edit("It does not wait.", "It does wait.")
    edit('msgid "It does not wait."', 'msgid "It does wait."', KO)
    (one,) = worse()
    assert (one["n"], one["reason"], one["now"]) == (4, "pair", "translated")
    assert one["message"] == (
        "translated, but its source changed, and nobody took the translation for it"
    )
    assert one["command"] == "tflow edit boat:4"
    assert worse("--grace", "9")[0]["level"] == "error"
    tflow("sync")
    tflow("accept", "boat:4")
    tflow("gate", "--base", "HEAD")


def test_an_edit_in_another_editor_is_an_act(live: Path, tflow: Tflow) -> None:
    """A target that was typed for the source that stands there is somebody's."""
    edit('msgstr "배는 기다리지 않는다."', 'msgstr "배는 기다리는 법이 없다."', KO)
    tflow("gate", "--base", "HEAD")


# --- grace ------------------------------------------------------------------


def test_a_fresh_change_is_a_warning(live: Path, tflow: Tflow) -> None:
    """Within the days of grace the gate stays open, and says what readers get."""
    edit("It does not wait.", "It does wait.")
    commit("2026-11-22")
    done = tflow("gate", "--base", "HEAD~1", "--grace", "3")
    assert done.out == (
        f"warning: boat:4 (ko): translated → drifted (risk, high); {NOTICE}\n"
        "  tflow edit boat:4\n"
    )
    assert done.err == "worse since HEAD~1: nothing but 1 warning\n"
    tflow("gate", "--base", "HEAD~1", "--grace", "2", code=1)
    tflow("gate", "--base", "HEAD~1", code=1)


def test_grace_counts_from_the_last_change(live: Path, tflow: Tflow) -> None:
    """What is not committed is of today; other commits do not count."""
    edit("It does not wait.", "It does wait.")
    commit("2026-11-21")
    commit("2026-11-24")
    tflow("gate", "--base", "HEAD~2", "--grace", "3", code=1)
    edit("It does wait.", "It did wait.")
    tflow("gate", "--base", "HEAD~2", "--grace", "1")


def test_grace_is_for_changes_of_the_article(live: Path, tflow: Tflow) -> None:
    """Who takes a translation away is not excused by a source that stood still."""
    tflow("set", "boat:2", "")
    tflow("gate", "--base", "HEAD", "--grace", "30", code=1)


# --- for machines -----------------------------------------------------------


def test_annotations_for_github(live: Path, tflow: Tflow, write: Write) -> None:
    """They stand at the line of the article, seen from the top of the repository."""
    edit("It does not wait.", "It does wait.")
    done = tflow("gate", "--base", "HEAD", "--format", "github", code=1)
    assert done.out == (
        "::error file=sources/boat.md,line=9,title=boat%3A4 (ko)"
        "::translated → drifted (risk, high): tflow edit boat:4\n"
    )
    done = tflow("gate", "--base", "HEAD", "--format", "github", "--grace", "1")
    assert done.out.startswith("::warning file=sources/boat.md,line=9,")
    assert f"; {NOTICE}: " in done.out


def test_annotations_are_escaped(
    folder: Path, write: Write, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that an article or a person says can end a command or begin another."""
    git("init", "--quiet")
    write("site,1/translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("site,1/sources/100%.md", "Text.\n")
    monkeypatch.chdir(folder / "site,1")
    tflow("set", "100%:1", "글.")
    tflow("export", "--release")
    commit()
    tflow("ask", "100%:1", "50% or\n::error::a, b: c?")
    done = tflow("gate", "--base", "HEAD", "--format", "github", code=1)
    assert done.out == (
        "::error file=site%2C1/sources/100%25.md,line=1,title=100%25%3A1 (ko)"
        "::open question from Mina: 50%25 or ::error::a, b: c?: "
        "tflow ask 100%25:1 --answer TEXT\n"
    )


def test_json(live: Path, tflow: Tflow) -> None:
    """One document says everything."""
    edit("It does not wait.", "It does wait.")
    base = git("rev-parse", "HEAD")
    document = tflow("gate", "--base", "main", "--json", code=1).json
    (one,) = document.pop("worse")
    assert document == {
        "base": "main",
        "commit": base,
        "not_compared": [],
        "edited_pages": [],
    }
    assert len(one.pop("id")) == 6
    assert one == {
        "slug": "boat",
        "lang": "ko",
        "n": 4,
        "file": "sources/boat.md",
        "line": 9,
        "reason": "state",
        "before": "translated",
        "now": "drifted",
        "class": "risk",
        "severity": "high",
        "message": "translated → drifted (risk, high)",
        "command": "tflow edit boat:4",
        "level": "error",
    }


# --- what cannot be compared ------------------------------------------------


def test_an_unknown_revision(live: Path, tflow: Tflow) -> None:
    """The error names it; nothing is taken for an option of git."""
    for name in ("nope", "--all", "HEAD~9"):
        said = tflow("gate", f"--base={name}", code=2).err
        assert said == (
            f"error: git knows no revision {name!r}; "
            "name a commit, a branch or a tag, like origin/main\n"
        )


def test_a_shallow_clone(
    live: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lacks what would be compared with, and is told how to get it."""
    base = commit()
    commit()
    git("clone", "--quiet", "--depth=1", f"file://{live}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    said = tflow("gate", "--base", base, code=2).err
    assert said.startswith(f"error: this shallow clone has no revision '{base}'; ")
    assert "fetch-depth: 0" in said


def test_a_shallow_clone_of_two_branches(
    live: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has both ends, but not where they parted."""
    git("checkout", "--quiet", "-b", "work")
    commit("2026-11-21")
    git("checkout", "--quiet", "main")
    commit("2026-11-22")
    clone = tmp_path / "clone"
    depth = ("--depth=1", "--no-single-branch")
    git("clone", "--quiet", *depth, "-b", "work", f"file://{live}", str(clone))
    monkeypatch.chdir(clone)
    said = tflow("gate", "--base", "origin/main", code=2).err
    assert "ends before HEAD and origin/main parted" in said
    assert "fetch-depth: 0" in said


def test_no_repository(project: Path, tflow: Tflow) -> None:
    """Without git there is nothing to compare with."""
    said = tflow("gate", "--base", "HEAD", code=2).err
    assert said.startswith("error: .: not in a git repository; ")


def test_a_base_must_be_named(live: Path, tflow: Tflow) -> None:
    """tflow does not guess it."""
    assert "--base origin/main" in tflow("gate", code=2).err


def test_an_unknown_format(live: Path, tflow: Tflow) -> None:
    """The error lists the known ones."""
    said = tflow("gate", "--base", "HEAD", "--format", "xml", code=2).err
    assert "known: text, github" in said


def test_a_base_without_the_project(
    live: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there was nothing, nothing got worse."""
    git("checkout", "--quiet", "--orphan", "empty")
    git("rm", "-r", "--quiet", "--cached", ".")
    git("commit", "--quiet", "--allow-empty", "-m", "nothing")
    git("checkout", "--quiet", "--force", "main")
    git("checkout", "--quiet", "-b", "work")
    git("replace", "--graft", "main", "empty")
    tflow("gate", "--base", "empty")


def test_an_article_that_was_broken(live: Path, tflow: Tflow) -> None:
    """What could not be read was no good before."""
    good = ARTICLE.read_text()
    ARTICLE.write_text("---\ntitle: [\n---\n")
    commit()
    ARTICLE.write_text(good.replace("It does not wait.", "It does wait."))
    tflow("gate", "--base", "HEAD")
