"""Which pages of a site's tree are ours: in any clone, after edits by hand, after the
article is gone; and what readers have after git merged two releases."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from conftest import Once, Tflow, Write

from translate_flow.project.releases import (
    Release,
    Releases,
    dump,
    page_hash,
    parse,
)

SETTINGS = """\
[project]
languages = ["en", "ko"]
front_matter = ["title"]

[layout]
sources = "content/**/index.{lang}.md"
output = "{dir}/index.{lang}.md"
"""
PAGES = ("--format", "md", "--layout", "target", "--release")
BOAT = Path("content/boat/index.en.md")
PAGE = Path("content/boat/index.ko.md")
RECORD = Path("translations/releases/boat.toml")


def git(*words: str, code: int = 0) -> str:
    """Run git here."""
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout.strip()


def commit(message: str = "x") -> None:
    """Commit everything."""
    git("add", "-A")
    git("commit", "-qm", message)


@pytest.fixture
def site(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """A released page in a repository."""

    @once
    def arrange() -> None:
        git("init", "-q", "-b", "main")
        git("config", "user.name", "a")
        git("config", "user.email", "a@b")
        write(".gitignore", ".tflow/\neditions/\n")
        write("translate_flow.toml", SETTINGS)
        write(str(BOAT), "---\ntitle: Boat\n---\n\nOne.\n\nTwo.\n")
        for n, text in enumerate(("배", "하나.", "둘."), 1):
            tflow("set", f"boat:{n}", text)
        tflow("export", "boat", *PAGES)
        commit()

    return folder


@pytest.fixture
def clone(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A fresh clone of it, where nothing that git ignores is."""
    git("clone", "-q", str(site), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    git("config", "user.name", "b")
    git("config", "user.email", "b@b")
    assert not Path(".tflow").exists()
    return tmp_path / "clone"


# --- any clone --------------------------------------------------------------


def test_a_clone_refreshes_our_pages(clone: Path, tflow: Tflow) -> None:
    """Authorship is committed: a page of ours is written anew wherever it is."""
    tflow("export", "--check")
    tflow("set", "boat:2", "한나.")
    assert tflow("export", "--check", code=1).out == f"would change: {PAGE}\n"
    assert "하나." in PAGE.read_text()
    tflow("export", "boat", *PAGES)
    assert "한나." in PAGE.read_text()
    tflow("export", "--check")


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_of_a_clone_are_no_edit(
    site: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """What git did to line ends was no hand: the page is ours, and nothing changes."""
    crlf = str(end == "\r\n").lower()
    where = str(tmp_path / "clone")
    git("clone", "-q", "-c", f"core.autocrlf={crlf}", str(site), where)
    monkeypatch.chdir(where)
    assert (b"\r\n" in PAGE.read_bytes()) == (end == "\r\n")
    tflow("export", "--check")
    assert tflow("status", "--json").json["articles"][0]["edited_pages"] == []
    assert tflow("check", "--json").json["findings"] == []
    tflow("set", "boat:2", "한나.")
    tflow("export", "boat", *PAGES)
    assert "한나." in PAGE.read_text()


def test_a_page_edited_by_hand_is_told(clone: Path, tflow: Tflow) -> None:
    """status, check and gate tell it, export keeps it; others are written."""
    PAGE.write_text(PAGE.read_text() + "\nBy hand.\n")
    told = f"{PAGE}: edited by hand since export wrote it"
    assert told in tflow("status").out
    (article,) = tflow("status", "--json").json["articles"]
    assert article["edited_pages"] == [str(PAGE)]
    (finding,) = tflow("check", "--json").json["findings"]
    assert (finding["check"], finding["severity"]) == ("page", "warning")
    tflow("check", "--fail-on", "warning", code=1)
    gated = tflow("gate", "--base", "HEAD", "--json").json
    assert gated["edited_pages"] == [str(PAGE)]
    refused = tflow("export", "boat", *PAGES, "--json", code=1).json["refused"]
    assert [(one["slug"], one["lang"], one["path"]) for one in refused] == [
        ("boat", "ko", str(PAGE))
    ]
    assert "edited by hand" in refused[0]["message"]
    tflow("export", "--check", code=1)
    assert PAGE.read_text().endswith("By hand.\n")
    commit()
    assert tflow("gate", "--base", "HEAD", "--json").json["edited_pages"] == []


def put(path: str, text: str) -> Path:
    """Write a file of the clone."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
    return Path(path)


def test_force_tells_which(clone: Path, tflow: Tflow) -> None:
    """What is written over is told, and what others made stays protected after it."""
    put("content/tide/index.en.md", "Tide.\n")
    tflow("set", "tide:1", "밀물.")
    hand = put("content/tide/index.ko.md", "손으로.\n")
    PAGE.write_text("손으로.\n")
    done = tflow("export", "--all", *PAGES, code=1)
    assert done.err.count("refused ") == 2
    done = tflow("export", "--all", *PAGES, "--force", "--json").json
    assert {one["path"]: one["why"] for one in done["overwritten"]} == {
        str(PAGE): "it was edited by hand since export wrote it",
        str(hand): "export did not write this file",
    }
    hand.write_text("again\n")
    tflow("export", "--all", *PAGES, code=1)
    assert hand.read_text() == "again\n"


def test_a_site_in_the_repository_is_known(site: Path, tflow: Tflow) -> None:
    """Pages of a tree for a generator are ours in any clone, and its files, too."""
    words = ("export", "--all", "--site", "blog", "--for", "hugo", "--release")
    tflow(*words)
    commit()
    shutil.rmtree(".tflow")
    tflow("set", "boat:2", "한나.")
    tflow(*words)
    assert any("한나." in path.read_text() for path in Path("blog").rglob("*.md"))
    html = ("export", "--site", "public", "--release")
    tflow(*html)
    shutil.rmtree(".tflow")
    tflow("set", "boat:2", "두나.")
    tflow(*html)
    assert "두나." in Path("public/ko/boat.html").read_text()
    Path("public/index.html").write_text("mine")
    assert "public/index.html" in tflow(*html, code=1).err
    assert Path("public/index.html").read_text() == "mine"


# --- one by one -------------------------------------------------------------


def test_one_page_does_not_stop_the_others(
    site: Path, tflow: Tflow, write: Write
) -> None:
    """What is in the way, broken, or cannot be written is refused alone: the rest is
    written and released."""
    for name in ("a", "b", "c", "d", "e"):
        write(f"content/{name}/index.en.md", f"---\ntitle: {name}\n---\n\nWord.\n")
        tflow("set", f"{name}:1", f"제목 {name}")
        tflow("set", f"{name}:2", "말.")
    write("content/a/index.ko.md", "손으로.\n")
    write("content/b/index.en.md", "---\ntitle: [b\n---\n\nWord.\n")
    write("translations/ko/c.po", 'msgid "torn\n')
    Path("content/d/index.ko.md").mkdir()
    done = tflow("export", "--all", *PAGES, "--json", code=1).json
    assert {one["slug"] for one in done["refused"]} == {"a", "b", "c", "d"}
    assert all(one["why"] and one["path"] for one in done["refused"])
    assert {one["slug"] for one in done["editions"]} == {"boat", "e"}
    assert "말." in Path("content/e/index.ko.md").read_text()
    assert Path("translations/releases/e.toml").exists()
    assert not Path("translations/releases/a.toml").exists()
    text = tflow("export", "--all", *PAGES, code=1).err
    assert text.count("refused ") == 4


def test_front_matter_that_cannot_be_said_is_refused_alone(
    site: Path, tflow: Tflow, write: Write
) -> None:
    """A head with no place for a key holds its own page back, no other."""
    write("content/odd/index.en.md", "---\nx: &a 1\nlang: en\nb: *a\n---\n")
    settings = SETTINGS + "\n[layout.front]\nx = true\n"
    write("translate_flow.toml", settings)
    done = tflow("export", "--all", *PAGES, "--json", code=1).json
    assert [one["slug"] for one in done["refused"]] == ["odd"]
    assert "x: true" in PAGE.read_text()


@pytest.mark.parametrize(
    "head",
    [
        "---\n title: Boat\n---\n",
        "---\r\ntitle: Boat\r\n---\r\n",
        '{"title": "Boat"}\n',
    ],
)
def test_pages_have_their_articles_form(site: Path, tflow: Tflow, head: str) -> None:
    """Indents, line ends and JSON of a head are those of the page; the body is kept."""
    BOAT.write_bytes((head + "\nOne.\r\n\r\nTwo.\r\n").encode())
    tflow("export", "boat", *PAGES)
    page = PAGE.read_bytes().decode()
    assert page.endswith("\n하나.\r\n\r\n둘.\r\n")
    top = page.removesuffix("\n하나.\r\n\r\n둘.\r\n")
    expected = {
        "-": "---\n lang: ko\n title: 배\n---\n",
        "\r": "---\r\nlang: ko\r\ntitle: 배\r\n---\r\n",
        "{": '{"lang": "ko", "title": "배"}\n',
    }
    assert top == expected["\r" if "\r" in head else head[0]]


# --- an article that is gone ------------------------------------------------


def test_a_deleted_article_does_not_come_back(clone: Path, tflow: Tflow) -> None:
    """Our page is no article, whatever is dropped first; clean lists it."""
    git("rm", "-qr", str(BOAT))
    assert tflow("status", "--json").json["articles"] == []
    shutil.rmtree("translations/ko")
    assert tflow("status", "--json").json["articles"] == []
    left = tflow("clean", "--json").json["left"]
    assert {(one["path"], one["what"]) for one in left} == {
        (str(PAGE), "page"),
        (str(RECORD), "release"),
    }
    assert PAGE.exists()
    tflow("clean", "--yes")
    assert not PAGE.exists()
    assert not RECORD.exists()
    tflow("undo")
    assert PAGE.exists()


def test_an_edited_page_outlives_its_article(clone: Path, tflow: Tflow) -> None:
    """What a person wrote is not dropped, and still no article."""
    git("rm", "-qr", str(BOAT))
    PAGE.write_text("손으로.\n")
    dropped = tflow("clean", "--yes", "--json").json["left"]
    kept = {one["path"] for one in dropped if one["kept"]}
    assert kept == {str(PAGE), str(RECORD)}
    assert PAGE.read_text() == "손으로.\n"
    assert RECORD.exists()
    assert tflow("status", "--json").json["articles"] == []


def test_a_translation_by_hand_becomes_an_article(clone: Path, tflow: Tflow) -> None:
    """A page that we did not write is the article when it is the only version."""
    put("content/tide/index.ko.md", "밀물.\n")
    articles = tflow("status", "--json").json["articles"]
    assert {one["slug"]: one["source"] for one in articles} == {
        "boat": "en",
        "tide": "ko",
    }


def test_a_record_names_pages_alone(site: Path, tflow: Tflow, write: Write) -> None:
    """Whatever a record from elsewhere says, clean deletes no article, no catalog, no
    settings, nothing hidden and nothing outside the project."""
    write("content/tide/index.en.md", "Tide.\n")
    tflow("set", "tide:1", "밀물.")
    outside = site.parent / "outside.md"
    outside.write_text("x\n")
    names = (
        "content/tide/index.en.md", "translate_flow.toml", ".gitignore", ".git/HEAD",
        "translations/ko/tide.po", "../outside.md", str(outside), "a\x00b",
    )  # fmt: skip
    ours = {n: page_hash(Path(n).read_bytes()) for n in names if "\x00" not in n}
    record = Releases({"ko": Release("2026-01-02", pages={**ours, "a\x00b": "1"})})
    write("translations/releases/gone.toml", dump(record).replace("\x00", "\\u0000"))
    assert [one["path"] for one in tflow("clean", "--json").json["left"]] == [
        "translations/releases/gone.toml"
    ]
    tflow("clean", "--yes")
    assert all(Path(n).exists() for n in names if "\x00" not in n)


def test_a_page_keeps_its_name_in_the_record(site: Path, tflow: Tflow) -> None:
    """After mv, it is still ours in any clone."""
    tflow("mv", "boat", "ferry")
    shutil.rmtree(".tflow")
    tflow("set", "ferry:2", "한나.")
    tflow("export", "ferry", *PAGES)
    assert "한나." in Path("content/ferry/index.ko.md").read_text()


# --- exclusions -------------------------------------------------------------


def test_what_is_excluded_is_no_article(
    folder: Path, tflow: Tflow, write: Write
) -> None:
    """A pattern with ! takes files or whole folders out again."""
    for rule in ("!content/ko/**", "!content/ko", "!content/{lang}/*.md"):
        sources = json.dumps(["content/**/*.md", rule])
        text = f'[project]\nlanguages = ["en", "ko"]\n[layout]\nsources = {sources}\n'
        write("translate_flow.toml", text + 'output = "content/ko/{path}.md"\n')
        write("content/a.md", "A.\n")
        write("content/ko/b.md", "나.\n")
        slugs = [a["slug"] for a in tflow("status", "--json").json["articles"]]
        assert slugs == ["a"], rule
        write("new.md", "New.\n")
        tflow("add", "new.md", "--slug", "ko/new", code=2)


@pytest.mark.parametrize(
    ("sources", "sign"),
    [
        ("content/[ab]/*.md", "["),
        ("content/!(ko)/*.md", "!"),
        ("!content/[ab]/*.md", "["),
        ("content/@(a|b)/*.md", "@("),
        ("content/a|b/*.md", "|"),
        ("content/{en,ko}/*.md", "{lang}"),
    ],
)
def test_an_unknown_sign_is_an_error(
    folder: Path, tflow: Tflow, write: Write, sources: str, sign: str
) -> None:
    """What other tools would read otherwise is refused with the setting's name."""
    text = f'languages = ["en", "ko"]\n[layout]\nsources = ["*.md", "{sources}"]\n'
    write("translate_flow.toml", f"[project]\n{text}")
    err = tflow("status", code=2).err
    assert "translate_flow.toml:4: layout.sources" in err
    assert sign in err


def test_nothing_but_exclusions_is_an_error(
    folder: Path, tflow: Tflow, write: Write
) -> None:
    """A project without articles by mistake is told."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\n[layout]\nsources = "!content/ko/**"\n',
    )
    assert "layout.sources: takes everything out" in tflow("status", code=2).err


# --- records that git merges -------------------------------------------------


def released_on(branch: str, tflow: Tflow, place: str, text: str) -> None:
    """Release another wording on a branch of its own."""
    git("switch", "-qc", branch, "main")
    tflow("set", place, text)
    tflow("export", "boat", *PAGES)
    commit(branch)


@pytest.fixture
def two(site: Path, tflow: Tflow) -> Path:
    """Two branches that release the same article."""
    released_on("one", tflow, "boat:2", "한나.")
    released_on("two", tflow, "boat:3", "두울.")
    return site


def behind(tflow: Tflow) -> int:
    """Return how many segments readers have otherwise, as status says."""
    (article,) = tflow("status", "--json").json["articles"]
    count: int = article["live"]["behind"]
    return count


def test_two_releases_conflict(two: Path, tflow: Tflow) -> None:
    """git does not mix two releases; in the conflict, nobody is told that readers have
    all of it, and releasing again ends it."""
    git("merge", "-q", "one", code=1)
    assert "<<<<<<<" in RECORD.read_text()
    git("checkout", "--merge", "--", "translations/ko/boat.po")
    git("checkout", "--ours", "--", "translations/ko/boat.po", str(PAGE))
    tflow("set", "boat:2", "한나.")
    assert behind(tflow) == 3
    assert "two releases were merged into one" in tflow("status").out
    found = tflow("check", "--json").json["findings"]
    assert [one["check"] for one in found] == ["release"], found
    tflow("export", "boat", *PAGES)
    assert "<<<<<<<" not in RECORD.read_text()
    assert behind(tflow) == 0
    assert "한나." in PAGE.read_text()
    assert "두울." in PAGE.read_text()


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_either_side_keeps_the_protection(two: Path, tflow: Tflow, side: str) -> None:
    """Whoever takes one record is told what of the other release readers lack."""
    git("merge", "-q", "one", code=1)
    git(
        "checkout", f"--{side}", "--", str(RECORD), str(PAGE), "translations/ko/boat.po"
    )
    other = ("boat:2", "한나.") if side == "ours" else ("boat:3", "두울.")
    tflow("set", *other)
    assert behind(tflow) == 1
    tflow("export", "boat", *PAGES)
    assert behind(tflow) == 0


def test_a_mix_of_two_records_is_told(two: Path, tflow: Tflow) -> None:
    """A record that is put together from two, or changed by hand, is never clean."""
    before = RECORD.read_text()
    other = git("show", f"one:{RECORD}")
    units = [re.search("units = .*", text) for text in (before, other)]
    assert units[0]
    assert units[1]
    for mixed in (
        before.replace(units[0][0], units[1][0]),
        re.sub(r"(?m)^revision = .*", 'revision = "0"', before),
        before.replace("units = { ", "units = { x = 'a.b', "),
    ):
        RECORD.write_text(mixed)
        assert behind(tflow) == 3
        assert "changed by hand or mixed" in tflow("status").out
        gated = tflow("gate", "--base", "HEAD", "--json")
        assert gated.json["worse"] == []
    BOAT.write_text(BOAT.read_text().replace("One.", "Not one."))
    tflow("gate", "--base", "HEAD", code=1)


def test_a_damaged_record_stays_damaged(site: Path, tflow: Tflow) -> None:
    """A correction that is noted in it does not make it whole."""
    text = RECORD.read_text()
    RECORD.write_text(re.sub(r"(?m)^revision = .*", 'revision = "0"', text))
    tflow("correct", "boat:2", "--source", "It was one.", "--target", "하나였다.")
    assert behind(tflow) == 3
    tflow("export", "boat", *PAGES)
    assert behind(tflow) == 0
    assert "It was one." in RECORD.read_text()


def test_corrections_in_conflict_are_kept(site: Path, tflow: Tflow) -> None:
    """What people wrote on both sides is never dropped: it is put right by hand."""
    for branch in ("one", "two"):
        git("switch", "-qc", branch, "main")
        words = ("--source", f"Side {branch}.", "--target", f"{branch} 쪽.")
        tflow("correct", "boat:2", *words)
        commit()
    git("merge", "-q", "one", code=1)
    before = RECORD.read_text()
    assert "a conflict in corrections" in tflow("export", "boat", *PAGES, code=2).err
    assert RECORD.read_text() == before
    lines = [line for line in before.splitlines() if not re.match("[<=>]{7}", line)]
    RECORD.write_text("\n".join(lines).replace("[[correction]]", "\n[[correction]]"))


def test_records_of_format_1_are_read(site: Path, tflow: Tflow) -> None:
    """A line for each unit and no hash: readers have what it names."""
    new = tomllib.loads(RECORD.read_text())["ko"]
    rows = "".join(f'{name} = "{pair}"\n' for name, pair in new["units"].items())
    head = f'[ko]\ndate = "2020-01-02"\nrevision = "{new["revision"]}"\n'
    RECORD.write_text(f"# Words.\n\n{head}\n[ko.units]\n{rows}")
    assert behind(tflow) == 0
    tflow("set", "boat:2", "한나.")
    assert behind(tflow) == 1


@pytest.mark.parametrize(
    "struck",
    [r"sum = .*\n", r"(sum|pages) = .*\n", r"(sum|units) = .*\n"],
    ids=["its hash", "pages, too", "units, too"],
)
def test_only_format_1_lacks_the_hash(site: Path, tflow: Tflow, struck: str) -> None:
    """Who takes the hash away makes no record believed: it protects what readers have,
    and is never taken for what they read."""
    assert behind(tflow) == 0
    text = RECORD.read_text()
    RECORD.write_text(re.sub(rf"(?m)^{struck}", "", text))
    assert behind(tflow) == 3
    assert parse(RECORD.read_bytes(), name="x").editions["ko"].damage
    tflow("export", "boat", *PAGES, "--force")
    assert behind(tflow) == 0


def test_a_record_is_read_as_it_was_written() -> None:
    """Whatever stands in it, and in one line for each table of an edition."""
    record = Releases(
        {
            "ko": Release(
                "2026-11-23",
                "ab",
                {"k1": "a.b", 'odd "id"': "c.d"},
                {"content/it's/글.md": "ff 00"},
                {"url": "https://a.b/'\""},
            ),
            "fr": Release(pages={"a.md": "1"}),
            "zh-Hant": Release("2026-11-23", damage="two"),
        },
        ({"date": "2026-11-24", "unit": "k1", "en": 'a\n"b"\x7f', "ko": "가"},),
    )
    text = dump(record)
    assert parse(text.encode(), name="a") == record
    assert len([line for line in text.splitlines() if line.startswith("units")]) == 1
    assert record.live == {"ko", "zh-Hant"}
