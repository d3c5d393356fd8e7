"""Git merges the glossary term by term, never a conflict is read as terms, and line
ends of a clone are no change."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import BOAT, Tflow, Write
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.errors import FlowError
from translate_flow.glossary import (
    Glossary,
    Term,
    joined,
    languages_of,
    read_csv,
    written,
)
from translate_flow.glossary.versions import RowConflict
from translate_flow.history.git import Git

HEAD = "en,ko,status,reading,type,note\n"
LANGUAGES = ("en", "ko")
GLOSSARY = Path("translations/glossary.csv")


def git(*words: str, code: int = 0, where: str = ".") -> str:
    """Run git, which must exit with ``code``, and return what it says."""
    done = subprocess.run(["git", "-C", where, *words], capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def read(text: str) -> Glossary:
    """Read rows below the usual header."""
    return read_csv(HEAD + text, name="x", languages=LANGUAGES)


def merge(base: str, ours: str, theirs: str) -> str:
    """Merge rows, and return what is written, without the header."""
    done = joined(read(base), read(ours), read(theirs), LANGUAGES)
    return written(done, LANGUAGES).removeprefix(HEAD)


PRESIDENT = "president,대통령,preferred,,,\n"
BOAT_ROW = "boat,배,preferred,,,\n"
BASE = PRESIDENT + BOAT_ROW


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        # one side alone
        (BASE + "pier,부두,preferred,,,\n", BASE, BASE + "pier,부두,preferred,,,\n"),
        (BASE, PRESIDENT, PRESIDENT),
        (BASE, PRESIDENT + "boat,선박,preferred,,,\n",
         PRESIDENT + "boat,선박,preferred,,,\n"),
        # both, beside each other
        (BASE + "pier,부두,preferred,,,\n", BASE + "ship,함선,preferred,,,\n",
         BASE + "pier,부두,preferred,,,\nship,함선,preferred,,,\n"),
        (BASE + "pier,부두,preferred,,,\n", BASE + "pier,부두,preferred,,,\n",
         BASE + "pier,부두,preferred,,,\n"),
        (BOAT_ROW, PRESIDENT, ""),
        ("president,대통령,preferred,,name,\n" + BOAT_ROW,
         "president,대통령,preferred,,,of a state\n" + BOAT_ROW,
         "president,대통령,preferred,,name,of a state\n" + BOAT_ROW),
        ("president,총통,preferred,,,\n" + BOAT_ROW,
         "president,대통령,preferred,,,of a state\n" + BOAT_ROW,
         "president,총통,preferred,,,of a state\n" + BOAT_ROW),
        (BOAT_ROW + PRESIDENT, BASE + "pier,부두,preferred,,,\n",
         BOAT_ROW + PRESIDENT + "pier,부두,preferred,,,\n"),
    ],
)  # fmt: skip
def test_what_both_changed_is_merged(ours: str, theirs: str, wanted: str) -> None:
    """Rows, and cells of a row, that only one side changed come from that side."""
    assert merge(BASE, ours, theirs) == wanted


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("boat,선박,preferred,,,\n", "boat,함선,preferred,,,\n"),
        ("boat,배,admitted,,,\n", "boat,배,forbidden,,,\n"),
        ("boat,배,preferred,,,small\n", "boat,배,preferred,,,large\n"),
        ("boat,배,preferred,,,small\n", ""),
        ("", "boat,배,preferred,배,,\n"),
        ("boat,선박,preferred,,,\n", "boat,배,admitted,,,\n"),
        ("ship,배,preferred,,,\n", "boat,선박,preferred,,,\n"),
        ("boat,배,preferred,bae,,\n", "boat,배,admitted,,,\n"),
    ],
)
def test_what_both_changed_otherwise_is_a_conflict(ours: str, theirs: str) -> None:
    """One row, whole, of each side between git's markers; all others are merged, and
    the file is refused until somebody chose."""
    new = "pier,부두,preferred,,,\n"
    text = merge(BASE, PRESIDENT + ours, PRESIDENT + theirs + new)
    assert "<<<<<<< ours\n" in text
    inside = text.partition("<<<<<<< ours\n")[2].partition(">>>>>>> theirs\n")[0]
    mine, _, other = inside.partition("=======\n")
    assert (mine, other) == (ours, theirs)
    assert PRESIDENT in text
    assert new in text
    with pytest.raises(FlowError, match="git conflict markers; resolve"):
        read(text)


def test_both_added_what_cannot_stand_together() -> None:
    """A term that one side forbids and the other prefers is a conflict."""
    text = merge(
        BASE, BASE + ",통령,forbidden,,,\n", BASE + "chief,통령,preferred,,,\n"
    )
    assert text == (
        BASE + "<<<<<<< ours\n,통령,forbidden,,,\n=======\nchief,통령,preferred,,,\n"
        ">>>>>>> theirs\n"
    )


def test_columns_of_both_stay() -> None:
    """What either side wrote beside our columns is kept."""
    ours = read_csv("en,ko,seen\nboat,배,yes\n", name="x", languages=LANGUAGES)
    theirs = read_csv("en,ko,who\nboat,배,mina\n", name="x", languages=LANGUAGES)
    base = read_csv("en,ko\nboat,배\n", name="x", languages=LANGUAGES)
    done = written(joined(base, ours, theirs, LANGUAGES), LANGUAGES)
    assert done.splitlines() == ["en,ko,seen,who,status", "boat,배,yes,mina,preferred"]
    assert languages_of("\ufeffko;en;Status\n", "sep=;\nzh-Hant;x y") == (
        "ko", "en", "zh-Hant",
    )  # fmt: skip


WORDS = st.sampled_from(["a", "b", "c", "가", "나"])
ROW = st.builds(
    Term.of,
    st.dictionaries(st.sampled_from(LANGUAGES), WORDS, min_size=1),
    status=st.just("preferred"),
    note=st.sampled_from(["", "x", "y"]),
)
TABLE = st.lists(ROW, max_size=5, unique_by=lambda row: str(sorted(row.texts.items())))


@given(TABLE, TABLE, TABLE)
def test_laws_of_merging(
    base: list[Term], ours: list[Term], theirs: list[Term]
) -> None:
    """Nothing changed by one side leaves what the other did; what both sides have is
    there; no row of a side is lost unless the other side took it out."""

    def made(a: list[Term], b: list[Term], c: list[Term]) -> list[Term | RowConflict]:
        versions = (Glossary(tuple(rows)) for rows in (a, b, c))
        return list(joined(*versions, LANGUAGES).rows)

    def order(rows: list) -> list[tuple]:
        return sorted((sorted(row.texts.items()), row.note) for row in rows)

    assert made(base, ours, base) == ours
    assert order(made(base, base, theirs)) == order(theirs)
    assert made(base, ours, ours) == ours
    told = []
    for row in made(base, ours, theirs):
        told += [row] if isinstance(row, Term) else [row.ours, row.theirs]
    kept = [row for row in told if row]
    for row in (*ours, *theirs):
        if row not in base:
            assert any(row.texts.items() & one.texts.items() for one in kept)
        if row in ours and row in theirs:
            assert row in kept


# --- with git ---------------------------------------------------------------


@pytest.fixture
def team(project: Path, tflow: Tflow) -> Path:
    """A project in git whose merges go through our drivers."""
    git("init", "--quiet")
    tflow("glossary", "add", "president", "대통령")
    tflow("git", "install")
    tflow("sync")
    save()
    return project


def save() -> None:
    """Commit everything."""
    git("add", "--all")
    git("commit", "--quiet", "-m", "a step")


def test_two_terminologists(team: Path, tflow: Tflow) -> None:
    """Both add a row at the end of the file, which git alone cannot merge."""
    git("checkout", "--quiet", "-b", "jun")
    tflow("glossary", "add", "pier", "부두")
    save()
    git("checkout", "--quiet", "main")
    tflow("glossary", "add", "boat", "배")
    save()
    git("merge", "--quiet", "--no-edit", "jun")
    assert GLOSSARY.read_text().splitlines()[1:] == [
        "president,대통령,preferred,,,", "boat,배,preferred,,,",
        "pier,부두,preferred,,,",
    ]  # fmt: skip


def test_a_conflict_is_never_read_as_terms(team: Path, tflow: Tflow) -> None:
    """Commands go on without the terms and name the line; what would rewrite the
    glossary refuses, and leaves it as it is."""
    for branch, word in (("jun", "총통"), ("main", "통령")):
        git("checkout", "--quiet", *(["-b"] if branch == "jun" else []), branch)
        GLOSSARY.write_text(f"{HEAD}president,{word},preferred,,,\n")
        save()
    git("merge", "--no-edit", "jun", code=1)
    before = GLOSSARY.read_bytes()
    assert before.count(b"<<<<<<<") == 1
    told = "translations/glossary.csv:2: git conflict markers; resolve the conflict fir"
    for words in (("add", "boat", "배"), ("find", "boat"), ("export",)):
        assert told in tflow("glossary", *words, code=2).err
    assert GLOSSARY.read_bytes() == before
    Path("more.csv").write_text("en,ko\nboat,배\n")
    assert told in tflow("glossary", "import", "more.csv", code=2).err
    assert GLOSSARY.read_bytes() == before
    assert told.split(";")[0] in tflow("show", "boat").err


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", ",,,,,"])
@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "=======", ">>>>>>> side", "||||||| 1a2b3c"]
)
def test_one_marker_is_enough(line: str, tail: str, end: str) -> None:
    """Half a conflict, or one that a spreadsheet saved, is none of our terms."""
    text = end.join((HEAD.strip(), "boat,배,preferred,,,", line + tail, ""))
    with pytest.raises(FlowError) as caught:
        read_csv(text, name="g.csv", languages=LANGUAGES)
    assert (
        str(caught.value) == "g.csv:3: git conflict markers; resolve the conflict first"
    )


@pytest.mark.parametrize(
    "text",
    [
        "All.\n\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> side\n",
        "---\n<<<<<<< HEAD\ntitle: x\n=======\ntitle: y\n>>>>>>> side\n---\n\nAll.\n",
        "```\n<<<<<<< a\n=======\n>>>>>>> b\n```\n\n<<<<<<< a\n=======\ny\n>>>>>>> b\n",
        "- All.\r\n\r\n<<<<<<< a\r\n||||||| b\r\n=======\r\ny\r\n>>>>>>> b\r\n",
    ],
)
def test_an_article_in_conflict_is_refused(
    project: Path, tflow: Tflow, write: Write, text: str
) -> None:
    """It is not cut into segments of markers; the other articles go on."""
    tflow("sync")
    write("sources/other.md", text)
    done = tflow("sync", code=2)
    assert "sources/other.md:" in done.err
    assert "git conflict markers; resolve the conflict first" in done.err
    assert not Path("translations/ko/other.po").exists()
    assert tflow("--json", "show", "boat").json["units"]


def test_markers_may_be_shown_as_code(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """An article about git is an article."""
    shown = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> side\n"
    indented = "".join(f"    {line}\n" for line in shown.splitlines())
    write("sources/git.md", f"# Git\n\n```\n{shown}```\n\n{indented}\nTitle\n=======\n")
    units = tflow("--json", "show", "git").json["units"]
    assert [unit["source"] for unit in units] == ["Git", "Title"]


# --- line ends --------------------------------------------------------------


def clone(team: Path, crlf: str, where: Path) -> None:
    """Clone a project as git for Windows does."""
    git("clone", "-q", "-c", f"core.autocrlf={crlf}", str(team), str(where))


def test_a_clone_of_windows_has_our_bytes(
    team: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With our attributes, what tflow writes comes out of git as it went in."""
    clone(team, "true", tmp_path / "clone")
    monkeypatch.chdir(tmp_path / "clone")
    assert b"\r\n" in Path("sources/boat.md").read_bytes()
    for name in ("translations/ko/boat.po", str(GLOSSARY), "translate_flow.toml"):
        assert b"\r" not in Path(name).read_bytes()
        assert Path(name).read_bytes() == (team / name).read_bytes()
    assert tflow("sync", "--check").code == 0


def test_a_clone_without_attributes_works(
    team: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files whose lines end in CRLF are read, are no change, and take new words."""
    Path(".gitattributes").unlink()
    save()
    clone(team, "true", tmp_path / "clone")
    monkeypatch.chdir(tmp_path / "clone")
    catalog = Path("translations/ko/boat.po")
    for path in (catalog, GLOSSARY, Path("translate_flow.toml")):
        assert b"\r\n" in path.read_bytes()
    assert tflow("sync", "--check").code == 0
    done = tflow("--json", "sync").json
    assert (done["changes"], done["written"]) == ([], [])
    assert b"\r\n" in catalog.read_bytes()
    tflow("set", "boat:2", "항구")
    assert "항구" in catalog.read_text()
    assert tflow("glossary", "find", "president").out == "en→ko  president → 대통령\n"
    tflow("glossary", "add", "pier", "부두")
    assert "대통령" in GLOSSARY.read_text()
    tflow("config", "draft.engine", "pseudo")
    assert tflow("config", "draft.engine").out == "pseudo\n"


def test_crlf_on_one_side_merges(team: Path, tflow: Tflow, tmp_path: Path) -> None:
    """An old commit with CRLF and a new one with LF are of the same rows."""
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    base.write_bytes((HEAD + BASE).replace("\n", "\r\n").encode())
    ours.write_bytes(
        b"\xef\xbb\xbf" + (HEAD + BASE + "pier,부두,preferred,,,\n").encode()
    )
    theirs.write_bytes((HEAD + PRESIDENT).replace("\n", "\r\n").encode())
    tflow("merge-csv", str(base), str(ours), str(theirs), "translations/glossary.csv")
    assert ours.read_text("utf-8-sig") == HEAD + PRESIDENT + "pier,부두,preferred,,,\n"
    assert ours.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_version_that_is_none(tflow: Tflow, tmp_path: Path) -> None:
    """Theirs cannot be read: ours stays, and git hears of it; an ancestor in conflict,
    or none, is no ancestor."""
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    base.write_bytes(b"")
    ours.write_text(HEAD + BOAT_ROW)
    theirs.write_text(f"{HEAD}<<<<<<< a\n")
    names = (str(base), str(ours), str(theirs), "g.csv")
    told = tflow("merge-csv", *names, code=2).err
    assert told.startswith(
        "error: g.csv (theirs):2: git conflict markers; the file keep"
    )
    assert ours.read_text() == HEAD + BOAT_ROW
    theirs.write_text(HEAD + PRESIDENT)
    base.write_text(HEAD + f"<<<<<<< a\n{BOAT_ROW}=======\n{PRESIDENT}>>>>>>> b\n")
    tflow("merge-csv", *names)
    assert ours.read_text() == HEAD + BOAT_ROW + PRESIDENT


def test_install_is_taken_back(project: Path, tflow: Tflow) -> None:
    """undo of git install leaves attributes and settings as they were."""
    git("init", "--quiet")
    Path(".gitattributes").write_text("*.png binary\n")
    config = Path(".git/config").read_bytes()
    assert len(Git(Path()).install()) == 2
    Path(".gitattributes").write_text("*.png binary\n")
    Path(".git/config").write_bytes(config)
    tflow("git", "install")
    tflow("undo")
    assert Path(".gitattributes").read_text() == "*.png binary\n"
    assert Path(".git/config").read_bytes() == config
    assert BOAT
