"""``export --site``: pages in each language that link each other, an index, feeds."""

from __future__ import annotations

import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from conftest import Tflow, Write
from test_trees import MAP as PICTURE

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Path("public")
SETTINGS = """\
[project]
languages = ["en", "ko"]
source_language = "en"
[site]
title = { en = "Harbour Notes", ko = "항구 일기" }
url = "https://harbour.example/notes/"
"""


class Links(HTMLParser):
    """The links of a page: of alternates by language, and of anchors."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.alternates: dict[str, str] = {}
        self.anchors: list[str] = []
        self.canonical = ""
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.anchors.append(found.get("href", ""))
        elif tag == "link" and found["rel"] == "canonical":
            self.canonical = found["href"]
        elif tag == "link" and "type" not in found:
            self.alternates[found["hreflang"]] = found["href"]


@pytest.fixture
def two(project: Path, tflow: Tflow, write: Write) -> Path:
    """An English article that is finished, and a Korean one that is not."""
    write(
        "sources/2026/안개.md",
        "---\nlang: ko\ntitle: 안개\ndate: 2026-11-20\n---\n\n안개가 낀다.\n",
    )
    for n, text in enumerate(("막배", "항구", "배는 9시에 떠난다.", "안 기다린다."), 1):
        tflow("set", f"boat:{n}", text)
    return project


def test_a_site_has_all_pages(two: Path, tflow: Tflow) -> None:
    """Each article once in each language and once with both; index and feeds."""
    told = tflow("export", "--all", "--site", "public", "--json").json
    assert len(told["editions"]) == 6
    assert {str(path.relative_to(SITE)) for path in SITE.rglob("*.*")} == {
        *("en/boat.html", "ko/boat.html", "en-ko/boat.html"),
        *("en/2026/안개.html", "ko/2026/안개.html", "ko-en/2026/안개.html"),
        *("index.html", "feed.en.xml", "feed.ko.xml"),
    }
    assert told["others"] == [
        f"public/{n}" for n in ("index.html", "feed.en.xml", "feed.ko.xml")
    ]


def test_pages_name_each_other(two: Path, tflow: Tflow) -> None:
    """hreflang of both pages names both, relative to each; the page with both languages
    is no page of one and names none."""
    tflow("export", "--all", "--site", "public")
    for slug in ("boat", "2026/안개"):
        for language in ("en", "ko"):
            page = f"{language}/{slug}.html"
            found = Links(SITE / page).alternates
            led = {t: unquote(normpath(join(page, "..", a))) for t, a in found.items()}
            assert led == {"en": f"en/{slug}.html", "ko": f"ko/{slug}.html"}
    assert Links(SITE / "en-ko/boat.html").alternates == {}


def test_the_index_leads_to_every_page(two: Path, tflow: Tflow) -> None:
    """Titles in both languages, the newest first, links that lead somewhere."""
    tflow("export", "--all", "--site", "public")
    index = (SITE / "index.html").read_text()
    assert "2026년 11월 20일" in index
    assert index.index("안개") < index.index("The last boat")
    found = Links(SITE / "index.html").anchors
    assert len(found) == 6
    assert all((SITE / unquote(address)).is_file() for address in found)
    assert not any(set(address) & set(" &안개") for address in found)


def test_addresses_of_the_web(two: Path, tflow: Tflow, write: Write) -> None:
    """With site.url pages have canonical addresses, feeds absolute ones."""
    write("translate_flow.toml", SETTINGS)
    tflow("export", "--site", "public")
    home = "https://harbour.example/notes/"
    page = Links(SITE / "ko/boat.html")
    assert page.canonical == f"{home}ko/boat.html"
    assert page.alternates["en"] == f"{home}en/boat.html"
    feed = ElementTree.parse(SITE / "feed.ko.xml").getroot()
    assert feed.findtext(f"{ATOM}title") == "항구 일기"
    ids = [one.text for one in feed.findall(f"{ATOM}entry/{ATOM}id")]
    assert f"{home}ko/boat.html" in ids


@pytest.mark.parametrize("language", ["en", "ko"])
def test_feeds_are_atom(two: Path, tflow: Tflow, language: str) -> None:
    """Each has what RFC 4287 asks for, and the whole text in its language."""
    tflow("export", "--all", "--site", "public")
    feed = ElementTree.parse(SITE / f"feed.{language}.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for one in (feed, *entries):
        assert one.findtext(f"{ATOM}title")
        assert one.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        instant = one.findtext(f"{ATOM}updated", "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", instant)
        assert one.find(f"{ATOM}link[@rel='alternate']") is not None
    for one in entries:
        assert one.findtext(f"{ATOM}author/{ATOM}name")
        text = one.find(f"{ATOM}content")
        assert text is not None
        assert text.get("type") == "html"
        assert f'lang="{language}"' in (text.text or "")
    ids = {one.findtext(f"{ATOM}id") for one in (feed, *entries)}
    assert len(ids) == 3


def test_articles_that_name_each_other(two: Path, tflow: Tflow, write: Write) -> None:
    """A link to another article's file leads to its page: in the same language, with
    both languages; if it has none, nothing is released."""
    fog = Path("sources/2026/안개.md")
    fog.write_text(f"{fog.read_text()}\n[배](../boat.md#top), [물](../no.md)\n")
    boat = Path("sources/boat.md")
    boat.write_text(f"{boat.read_text()}\n[Fog](2026/%EC%95%88%EA%B0%9C.md)\n")
    tflow("sync")
    tflow("set", "boat:5", "[안개](2026/%EC%95%88%EA%B0%9C.md)")
    tflow("export", "--all", "--site", "public")
    for page, other in (
        ("en/boat", "en/2026/안개"),
        ("ko/boat", "ko/2026/안개"),
        ("en-ko/boat", "ko-en/2026/안개"),
        ("ko/2026/안개", "ko/boat"),
        ("ko-en/2026/안개", "en-ko/boat"),
    ):
        led = [unquote(a) for a in Links(SITE / f"{page}.html").anchors if "html" in a]
        ends = {normpath(join(page, "..", a.partition("#")[0])) for a in led}
        assert ends == {f"{other}.html"}
    done = tflow("export", "--site", "public", "--release", code=1)
    assert "md: readers do not have 2026/안개 yet" in done.err
    assert not (SITE / "en/boat.html").read_text().count("sources/2026")


def test_a_release_leaves_out_what_is_unfinished(two: Path, tflow: Tflow) -> None:
    """What is refused stands in no index and in no feed."""
    tflow("export", "--all", "--site", "public", "--release", code=1)
    assert not (SITE / "ko/2026").exists()
    for name in ("index.html", "feed.en.xml", "feed.ko.xml"):
        assert "안개" not in (SITE / name).read_text()


def test_an_article_in_three_languages(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """It stands in the index once, its source has one page, and all pages name all."""
    three = SETTINGS.replace('"ko"]', '"ko", "de"]')
    write("translate_flow.toml", three)
    told = tflow("export", "--site", "public", "--json").json
    pages = ["en/boat", "ko/boat", "en-ko/boat", "de/boat", "en-de/boat"]
    made = [Path(one["path"]).with_suffix("").as_posix() for one in told["editions"]]
    assert made == [f"public/{page}" for page in pages]
    for tag in ("en", "ko", "de"):
        assert set(Links(SITE / f"{tag}/boat.html").alternates) == {"en", "ko", "de"}
    assert sorted(Links(SITE / "index.html").anchors) == sorted(
        f"{page}.html" for page in pages
    )
    for tag in ("en", "ko", "de"):
        feed = ElementTree.parse(SITE / f"feed.{tag}.xml").getroot()
        assert len(feed.findall(f"{ATOM}entry")) == 1


def test_a_second_run_changes_nothing(two: Path, tflow: Tflow) -> None:
    """Pages stand as they are, index and feeds have the same bytes."""
    tflow("export", "--all", "--site", "public")
    before = {path: path.read_bytes() for path in SITE.rglob("*.*")}
    told = tflow("export", "--all", "--site", "public", "--json").json
    assert not any(one["written"] for one in told["editions"])
    assert {path: path.read_bytes() for path in SITE.rglob("*.*")} == before


def test_what_is_held_back_does_not_stay(two: Path, tflow: Tflow, write: Write) -> None:
    """Pages that no article has any more are taken away, but not what people put
    there; undo brings them back."""
    write("sources/fog.md", "---\npublish: false\n---\n\nFog.\n")
    tflow("export", "--site", "public")
    mine = write("public/mine.html", "mine\n")
    Path("sources/2026/안개.md").unlink()
    before = {path: path.read_bytes() for path in SITE.rglob("*.*")}
    err = tflow("export", "--site", "public", "--release").err
    assert "removed public/ko/fog.html: no article has this page" in err
    assert sorted(path.name for path in SITE.rglob("*.html")) == [
        *["boat.html"] * 3,
        "index.html",
        "mine.html",
    ]
    assert mine.read_text() == "mine\n"
    tflow("undo")
    assert {path: path.read_bytes() for path in SITE.rglob("*.*")} == before


def test_readers_of_the_source_are_told_all_corrections(
    two: Path, tflow: Tflow, write: Write
) -> None:
    """Whatever translation led to it; in the feeds, too."""
    settings = SETTINGS.replace('"ko"]', '"ko", "de"]')
    write("translate_flow.toml", settings)
    tflow("export", "boat", "--release", "--lang", "ko")
    said = ("--source", "At nine it is.", "--target", "아홉 시이다.")
    tflow("correct", "boat:3", *said, "--lang", "ko")
    tflow("export", "--site", "public")
    for name in ("en/boat.html", "feed.en.xml"):
        assert "At nine it is." in (SITE / name).read_text()
    assert "At nine it is." not in (SITE / "de/boat.html").read_text()


def test_only_what_is_for_readers(two: Path, tflow: Tflow, write: Write) -> None:
    """Keys, settings and catalogs get into no edition and no tree, whoever asks."""
    write(".env", "SECRET=1\n")
    text = Path("sources/boat.md").read_text()
    asks = "\n![a](../.env) [b](../.env) ![c](../translate_flow.toml)\n"
    Path("sources/boat.md").write_text(text + asks)
    err = tflow("export", "--site", "public").err
    assert "../.env is shown in words: it is not for readers" in err
    tflow("export", "--site", "tree", "--for", "hugo")
    for path in (*SITE.rglob("*"), *Path("tree").rglob("*")):
        assert path.name not in (".env", "translate_flow.toml")
        if path.is_file():
            assert b64encode(b"SECRET")[:6] not in path.read_bytes()


def test_an_index_of_ones_own(two: Path, tflow: Tflow, write: Write) -> None:
    """templates/index.html takes the place of ours; its errors have file and line."""
    write("templates/index.html", "{% for e in entries %}<p>{{ e.slug }}{% endfor %}")
    tflow("export", "--all", "--site", "public")
    assert (SITE / "index.html").read_text() == "<p>2026/안개<p>boat\n"
    write("templates/index.html", "<p>\n{{ entries.nothing.more }}")
    err = tflow("export", "--all", "--site", "public", code=2).err
    assert err.startswith("error: templates/index.html:2: template: ")


def test_what_a_site_cannot_be(project: Path, tflow: Tflow, write: Write) -> None:
    """--site makes its own choice of formats; settings of the wrong shape are named."""
    assert "goes without" in tflow("export", "--site", "x", "-o", "y", code=2).err
    write("translate_flow.toml", SETTINGS.replace("notes/", "notes"))
    err = tflow("export", "--site", "public", code=2).err
    assert "translate_flow.toml:6: site.url: must be an address" in err


# --- pictures and dates of feeds ------------------------------------------------------


def entries(language: str) -> dict[str, dict[str, str]]:
    """Return what a feed says of each article, in its order."""
    feed = ElementTree.parse(SITE / f"feed.{language}.xml").getroot()
    return {
        one.findtext(f"{ATOM}title", ""): {
            name: one.findtext(f"{ATOM}{name}", "")
            for name in ("published", "updated", "content")
        }
        for one in feed.findall(f"{ATOM}entry")
    }


def test_feeds_and_mail_show_pictures(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """By their absolute addresses among the site's files, which lie there; from the
    page that front matter names; in words, and that is told, where nobody knows."""
    write("sources/img/a b.png", PICTURE)
    text = Path("sources/boat.md").read_text()
    write("sources/boat.md", f"{text}\n![The boat](<img/a b.png>)\n")
    told = tflow("export", "boat", "--format", "email").err
    assert "boat: mail and feeds show its images in words: site.url is not set" in told
    assert "<img" not in Path("editions/boat.en-ko.email.html").read_text()
    write("translate_flow.toml", SETTINGS)
    tflow("export", "--site", "public")
    tflow("export", "boat", "--format", "email")
    address = "https://harbour.example/notes/files/img/a%20b.png"
    mail = Path("editions/boat.en-ko.email.html").read_text()
    for shown in (entries("en")["The last boat"]["content"], mail):
        assert shown.count(f'<img src="{address}" alt="The boat"') == 1
    assert (SITE / "files/img/a b.png").read_bytes() == PICTURE
    named = text.replace("---\n", "---\ncanonical: https://e.org/b/\n", 1)
    write("sources/boat.md", f"{named}\n![The boat](<img/a b.png>)\n")
    tflow("export", "boat", "--format", "email")
    mail = Path("editions/boat.en-ko.email.html").read_text()
    assert 'src="https://e.org/b/img/a%20b.png"' in mail.replace("a b.png", "a%20b.png")


def test_dates_of_feeds_stay(
    project: Path, tflow: Tflow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is of 1970; order and dates stay when nothing changed, a correction moves
    what is updated, and only that."""
    write("sources/old.md", "---\ntitle: Old\ndate: 2013-11-18\n---\n\nOld.\n")
    tflow("export", "--all", "--site", "public")
    assert "1970" not in (SITE / "feed.en.xml").read_text()
    for place in ("boat:1", "boat:2", "boat:3", "boat:4", "old:1", "old:2"):
        tflow("set", place, "아홉 시 9" if place == "boat:3" else "배")
    tflow("export", "--all", "--site", "public", "--release", "--force")
    first = entries("en")
    assert list(first) == ["The last boat", "Old"]
    assert first["Old"]["published"] == "2013-11-18T00:00:00Z"
    for slug in ("boat", "old"):
        record = Path(f"translations/releases/{slug}.toml")
        today = re.search(r'date = "?([-0-9]{10})', record.read_text())
        assert today is not None
        assert first["The last boat"]["updated"].startswith(today[1])
    before = (SITE / "feed.en.xml").read_bytes()
    tflow("export", "--all", "--site", "public", "--release", "--force")
    assert (SITE / "feed.en.xml").read_bytes() == before
    assert list(entries("en")) == ["The last boat", "Old"]


def test_a_correction_moves_what_is_updated(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an article that was released long ago, its date alone; the rest stays."""
    for n, text in enumerate(("배", "배", "아홉 시 9", "배"), 1):
        tflow("set", f"boat:{n}", text)
    seen = []
    for day, seconds in (("2020-01-01", "1577880000"), ("2021-02-03", "1612353600")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        if day > "2021":
            words = ("--source", "It left at 9.", "--target", "9시였다.")
            tflow("correct", "boat:3", *words)
        tflow("export", "--all", "--site", "public", "--release")
        seen.append(entries("en")["The last boat"])
    assert [one["updated"][:10] for one in seen] == ["2020-01-01", "2021-02-03"]
    assert {one["published"][:10] for one in seen} == {"2020-01-01"}
