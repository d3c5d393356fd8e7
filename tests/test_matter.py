"""What front matter says to us: who may read, where, by whom; and what nobody can have
meant."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from conftest import Once, Tflow, Write
from editions import TODAY, edition

from translate_flow import state as states
from translate_flow.edition import Edition, build
from translate_flow.exporters import export
from translate_flow.exporters.content.credits import facts, people
from translate_flow.model import Catalog
from translate_flow.project.matter import day, held_back, line_of, misread

# --- whether readers may have it --------------------------------------------


@pytest.mark.parametrize(
    ("line", "key"),
    [
        *((f"publish: {no}", "publish") for no in ("no", "off", "0", '"false"', "No")),
        *((f"draft: {yes}", "draft") for yes in ("true", "yes", "1", '"on"')),
        *((f"published: {no}", "published") for no in ("false", "no")),
        ("publish: en", "publish"),
        *((line, "") for line in ("publish: yes", "draft: no", "published: true")),
        *((line, "") for line in ("publish:", "draft:", "publish: KO")),
        ("published: 2013-11-18", ""),
    ],
)
def test_words_for_no_hold_an_article_back(line: str, key: str) -> None:
    """All words that some reader of YAML takes for no or yes mean that."""
    made = edition(f"---\n{line}\n---\n\nText.\n", {}, {})
    assert held_back(made.article.meta, "ko") == key


def test_a_release_leaves_out_drafts(folder: Path, write: Write, tflow: Tflow) -> None:
    """Nothing is written of an article that says it is a draft, and the key is told."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    write("sources/a.md", "---\ndraft: true\n---\n\nText.\n")
    tflow("set", "a:1", "글.")
    done = tflow("export", "a", "--release")
    assert "left out a (ko): draft in its front matter keeps it back" in done.err
    assert not Path("editions").exists()


# --- what nobody can have meant ---------------------------------------------


MISREAD = (
    ("date: tomorrow", "date: 'tomorrow' is no date; write it as 2026-11-23"),
    ("date: 2026/13/40", "date: '2026/13/40' is no date; write it as 2026-11-23"),
    ("published: Weekly", "'Weekly' is no list of outlets; list where it was printed"),
    ("published: [Weekly]", "an entry does not say where; give it outlet: NAME"),
    ("published: [{outlet: W, date: soon}]", "published: 'soon' is no date; write it"),
    ("autor: Bob", "no key 'autor' that we know; did you mean author?"),
    ("Title: T", "no key 'Title' that we know; did you mean title?"),
    ("tranlsator: Mina", "'tranlsator' that we know; did you mean translator?"),
    ("publish: {ko: true}", "is neither yes nor no; write false, or a list of langua"),
    ("draft: ture", "draft: 'ture' is neither yes nor no; write true or false"),
    ("draft: [a]", "is neither yes nor no; write true or false"),
    ("relation: remixed", "'remixed' is no relation; write translated or adapted"),
    ("publish: maybe", "publish: unknown language 'maybe'; the project's languages"),
)


def test_what_nobody_can_have_meant_is_an_error(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """It has a line and says what may be meant; no edition is made of it, and check
    finds it before."""
    write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
    for n, (line, _) in enumerate(MISREAD):
        write(f"sources/a{n:02}.md", f"---\nslug: a\n{line}\n---\n\nText.\n")
    refused = tflow("export", "--all", "--release", "--json", code=1).json["refused"]
    for n, ((_, told), one) in enumerate(zip(MISREAD, refused, strict=True)):
        assert one["why"].startswith(f"sources/a{n:02}.md:3: ")
        assert told in one["why"]
    assert not Path("editions").exists()
    findings = tflow("check", "--json", code=1).json["findings"]
    assert [(one["check"], one["line"]) for one in findings] == [("front", 3)] * (
        len(MISREAD) - 1
    )
    for (_, told), one in zip(MISREAD, findings, strict=False):
        assert told in one["message"]


@pytest.mark.parametrize(
    "lines",
    [
        "publisher: X\ndeadline: 2026-01-01\ntarget: _blank",
        "tags: [a]\ncategories: [b]\nslug: c\nlayout: post\ndate:\nimages: [x]",
        "author: Jane\nautor: Juana",
        "date: 2013년 11월 18일\npublished: yes\ndraft: no",
        "titles: [x]\nlead: L\nweight: 1\nlinkTitle: x\nlastmod: 2026-01-01",
    ],
)
def test_other_keys_are_others_business(lines: str) -> None:
    """Keys of other tools, other words for yes and dates of other countries are no
    error."""
    made = edition(f"---\n{lines}\n---\n\nText.\n", {}, {})
    assert not list(misread(made.article.meta, made.article.text))


def test_the_projects_own_keys_are_right(
    folder: Path, write: Write, tflow: Tflow
) -> None:
    """A key that the settings name is no misspelt one."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\nfront_matter = ["titel"]\n',
    )
    write("sources/a.md", "---\ntitel: T\n---\n\nText.\n")
    tflow("check")


@pytest.mark.parametrize(
    "written",
    ["2013-11-18", "2013. 11. 18.", "2013년 11월 18일", "18 November 2013",
     "Nov 18, 2013", "18th Nov. 2013", "11/18/2013", "2013-11-18 09:30:00 +0900"],
)  # fmt: skip
def test_days_are_read_as_people_write_them(written: str) -> None:
    """In numbers and words, in the order of several countries."""
    assert day(written) == date(2013, 11, 18)


# --- by whom ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "english", "korean"),
    [
        ("{en: Bob, ko: 밥}", ["By Bob"], ["글 밥"]),
        ("{ko: 밥}", [], ["글 밥"]),
        ("밥", [], ["글 밥"]),
        ("[{ko: 밥}, {en: Jane, ko: 제인}]", ["By Jane"], ["글 밥, 제인"]),
        ("{en: Bob}", ["By Bob"], []),
        ("Bob", ["By Bob"], ["글 Bob"]),
        ("{name: 밥, url: 'https://e.org'}", [], ["글 밥"]),
        ("{name: Bob, ko: 밥}", ["By Bob"], ["글 밥"]),
    ],
)
def test_a_name_is_credited_in_its_own_letters(
    author: str, english: list[str], korean: list[str]
) -> None:
    """A name that readers of one language have no form of is credited to the others; in
    an edition of one language it stands by itself, and machines know it."""
    made = edition(f"---\nauthor: {author}\n---\n\nText.\n", {"T": "글."}, {})
    meta = made.article.meta
    assert list(people(meta, "en")) == english
    assert list(people(meta, "ko")) == korean
    assert all("By 밥" not in line for line in people(meta, "en", alone=True))
    assert list(people(meta, "en", alone=True))
    assert '"author":' in export(made, "html", "source").replace(": [", ":")


def test_who_accepted_what_has_no_name_is_not_told() -> None:
    """The colophon says of how many segments somebody took the translation."""
    made = edition("One.\n\nTwo.\n\nThree.\n", {"O": "하", "T": "둘"}, {}, proof=False)
    units = [pair.unit for pair in made.pairs]

    def told(*takers: str) -> str:
        marks = [
            states.taken(u, None, by=by, today=TODAY)
            if by != "-"
            else states.left_out(
                states.unset(u), by="bob", today=TODAY
            )
            for u, by in zip(map(fresh, units), takers, strict=True)
        ]  # fmt: skip
        catalog = Catalog("a.md", "en", "ko", units=tuple(marks))
        built = build("a", made.article, catalog, proof=False)
        return " · ".join(facts(built, "en")) + " · ".join(facts(built, "ko"))

    def fresh(unit):
        return states.drafted(
            states.unset(unit), unit.target, origin="google", today=TODAY
        )

    assert "Accepted by Bob (2 of 3)" in told("Bob", "", "Bob")
    assert "번역 확인 Bob (3개 가운데 2개)" in told("Bob", "", "Bob")
    assert re.search(r"Accepted by Bob(?! \()", told("Bob", "Bob", "Bob"))
    assert re.search(r"Accepted by Bob(?! \()", told("Bob", "-", "Bob"))
    assert "Accepted" not in told("", "", "")


# --- where, and for whom ----------------------------------------------------

EN, KO = "https://e.org/en/a", "https://e.org/ko/가"


@pytest.fixture
def addressed(folder: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """Articles with one address, one for each language, and none."""

    @once
    def arrange() -> None:
        write("translate_flow.toml", '[project]\nlanguages = ["en", "ko"]\n')
        for name, said in (
            ("one", f"canonical: {EN}\n"),
            ("both", f"canonical: {{en: {EN}, KO: {KO}}}\n"),
            ("none", "canonical: /posts/a\n"),
        ):
            write(f"sources/{name}.md", f"---\n{said}title: T\n---\n\nText.\n")
            tflow("set", f"{name}:1", "제목")
            tflow("set", f"{name}:2", "글.")
        words = ("--format", "html", "--layout", "facing,source,target")
        tflow("export", "--all", *words, "--release")

    return folder


def head(slug: str, languages: str) -> dict[str, object]:
    """Return what the head of a page says of its address, and in JSON-LD."""
    page = Path(f"editions/{slug}.{languages}.html").read_text()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    data = json.loads(found[1])
    works = data.get("@graph", [data])
    return {
        "canonical": re.findall(r'rel="canonical" href="([^"]*)"', page),
        "og": re.findall(r'og:url" content="([^"]*)"', page),
        "ld": [work.get("url", "") for work in works],
        "hreflang": dict(re.findall(r'hreflang="(\w+)" href="([^"]*)"', page)),
        "notranslate": '<meta name="google" content="notranslate">' in page,
        "fixed": bool(re.search(r'<body class="[\w -]+" translate="no">', page)),
    }


def test_each_page_names_its_own_address(addressed: Path) -> None:
    """The Korean page never names the English address as its own, and both pages name
    each other where both are known."""
    own = {"en": EN, "ko": KO}
    for tag, address in own.items():
        assert head("both", tag) == {
            "canonical": [address],
            "og": [address],
            "ld": [address],
            "hreflang": own,
            "notranslate": False,
            "fixed": False,
        }
    assert head("one", "ko")["canonical"] == head("one", "ko")["og"] == []
    assert head("one", "ko")["ld"] == [""]
    assert head("one", "en")["canonical"] == [EN]
    facing = head("both", "en-ko")
    assert (facing["canonical"], facing["ld"]) == ([EN], [EN, KO])
    assert head("one", "en-ko")["ld"] == [EN, ""]
    assert head("none", "en")["canonical"] == []


def test_nobody_translates_what_stands_in_both(addressed: Path, tflow: Tflow) -> None:
    """Pages, books, mails and posts in both languages ask browsers to leave them alone;
    a setting takes that back."""
    both = head("both", "en-ko")
    assert (both["notranslate"], both["fixed"]) == (True, True)
    tflow("export", "both", "--format", "email,wordpress", "--release")
    mail, post = (Path(f"editions/both.en-ko.{s}.html") for s in ("email", "wp"))
    assert '<div translate="no"' in mail.read_text()
    assert 'class="wp-block-columns notranslate"' in post.read_text()
    tflow("export", "--all", "--site", "public")
    index = Path("public/index.html").read_text()
    assert '<body translate="no">' in index
    tflow("config", "editions.browsers", "translate")
    words = ("--format", "html,email,wordpress", "--site", "public")
    tflow("export", "--all", "--format", "html,email,wordpress", "--release")
    tflow("export", "--all", *words[2:])
    for path in (
        mail,
        post,
        Path("public/index.html"),
        Path("editions/both.en-ko.html"),
    ):
        assert not re.search('translate="no"|notranslate', path.read_text())


def test_an_edition_of_both_is_a_book_of_both() -> None:
    """EPUB carries it along."""
    made: Edition = edition("Text.\n", {"T": "글."}, {}, proof=False)
    assert b'translate="no"' in _text(export(made, "epub"))
    assert b'translate="no"' not in _text(export(made, "epub", "target"))


def _text(book: str | bytes) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    assert isinstance(book, bytes)
    with ZipFile(BytesIO(book)) as packed:
        return packed.read("EPUB/text.xhtml")


def test_a_key_of_a_table_is_another() -> None:
    """The line of a key is its own, not that of one of the same name further in."""
    text = "---\npublished:\n  - outlet: X\n    date: 2020-01-01\ndate: never\n---\n"
    assert line_of(text, "date") == 5
    assert line_of('{\n  "title": "A",\n  "date": "never"\n}\n', "date") == 3
    assert line_of("---\ntitle: A\n---\n", "date") == 1
