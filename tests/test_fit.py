"""A release refuses what readers would not see or not reach, in every format and tree
alike; ``check`` tells it before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Once, Tflow, Write
from editions import edition

from translate_flow.checks.printing import Goal, Printing
from translate_flow.exporters import FORMATS
from translate_flow.exporters.sites.generators import GENERATORS

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
SETTINGS = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
BROKEN = """\
# A

Text with a note.[^9]

![there](there.svg) ![gone](gone.png)

![empty](empty.png) and <img src="page.png" alt="page">. ![own](.own/there.svg)

See [deleted](deleted.md), [open](open.md), [kept](kept.md), [done](done.md#here),
[nowhere](#nowhere), [near](#A) and [lost](done.md#lost).
"""
TOLD = [
    "sources/a.md:3: the footnote [^9] is defined nowhere",
    "sources/a.md:5: the image gone.png: it is not there",
    "sources/a.md:7: the image empty.png: it is empty",
    "sources/a.md:7: the image page.png: it is no image",
    "sources/a.md:7: the image .own/there.svg: it is not for readers",
    "sources/a.md:9: the link to deleted.md: there is no such article",
    "sources/a.md:9: the link to open.md: readers do not have open yet",
    "sources/a.md:9: the link to kept.md: readers do not have kept yet",
    "sources/a.md:10: the link to #nowhere: no heading or place has this id",
    "sources/a.md:10: the link to #A: no heading or place has this id; #a is one",
    "sources/a.md:10: the link to done.md#lost: no heading or place has this id",
]


KINDS = {"print-note", "print-image", "print-link", "print-place"}


@pytest.fixture
def broken(folder: Path, write: Write, tflow: Tflow, once: Once) -> None:
    """A translated article with all that can be missing or broken."""

    def arrange() -> None:
        write("translate_flow.toml", SETTINGS)
        write("sources/a.md", BROKEN)
        write("sources/open.md", "Open.\n")
        write("sources/kept.md", "---\npublish: false\n---\n\nKept.\n")
        write("sources/done.md", "## Here\n")
        write("sources/there.svg", SVG)
        write("sources/.own/there.svg", SVG)
        write("sources/empty.png", b"")
        write("sources/page.png", b"<!DOCTYPE html>")
        tflow("set", "kept:1", "보관.")
        tflow("set", "done:1", "여기")
        for unit in tflow("show", "a", "--json").json["units"]:
            tflow("set", f"a:{unit['n']}", unit["source"])

    once(arrange)


WAYS = {
    **{form: ("--format", form) for form in FORMATS},
    "target": ("--format", "md", "--layout", "target"),
    "site": ("--site", "out"),
    **{one: ("--site", "out", "--for", one) for one in GENERATORS},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_release_refuses_it(broken: None, tflow: Tflow, way: str) -> None:
    """Whatever is made of an article, the same things keep readers from it, each told
    with its file and line; nothing is written."""
    places = () if way == "site" else ("a",)
    done = tflow("export", *places, *WAYS[way], "--release", "--json", code=1).json
    refused = [one for one in done["refused"] if one["slug"] == "a"]
    assert [one["message"] for one in refused] == TOLD
    assert {one["check"] for one in refused} == KINDS
    assert not [one for one in done["editions"] if one["slug"] == "a"]
    assert not list(Path().glob("editions/a.*"))


def test_check_tells_it_before(broken: None, tflow: Tflow) -> None:
    """With file and line; what may be right by the time of the release is a
    warning."""
    found = tflow("check", "a", "--json", code=1).json["findings"]
    found = [one for one in found if one["check"].startswith("print-")]
    assert [one["message"] for one in found] == TOLD
    assert {one["file"] for one in found} == {"sources/a.md"}
    mild = [one["message"] for one in found if one["severity"] == "warning"]
    assert mild == [TOLD[6], TOLD[7]]
    refused = tflow("export", "a", "--release", code=1).err
    assert f"refused a:2 (ko): {TOLD[0]}\n" in refused
    assert refused.endswith("next: tflow check a\n")
    tflow("export", "a")  # a proof is for its author


def test_what_is_mended_is_released(broken: None, tflow: Tflow, write: Write) -> None:
    """Nothing is remembered of what was wrong."""
    write("sources/a.md", "# A\n\n![there](there.svg) [done](done.md#here) [a](#a)\n")
    tflow("sync", "-q")
    units = tflow("show", "a", "--json").json["units"]
    for unit in units:
        tflow("set", f"a:{unit['n']}", unit["source"])
    tflow("export", "a", "--release")


@pytest.mark.parametrize("form", ["html", "epub", "docx", "email"])
@pytest.mark.parametrize("home", ["", "https://bob.example/done"])
def test_a_link_to_an_article_leads_to_the_web(
    folder: Path, write: Write, tflow: Tflow, form: str, home: str
) -> None:
    """Readers of a released file have no use for a path of the project: they get the
    other article's address, or its words alone; an author, in a proof, the path."""
    write("translate_flow.toml", SETTINGS)
    canonical = f"---\ncanonical: {home}\n---\n\n" if home else ""
    write("sources/done.md", f"{canonical}## Here\n")
    write("sources/a.md", "See [done](done.md#here).\n")
    tflow("set", "done:1", "여기")
    tflow("set", "a:1", "[다른 글](done.md#here)을 보라.")
    tflow("export", "a", "--format", form, "--release", "-o", "out")
    (made,) = Path("out").glob("a.*")
    read = made.read_bytes()
    if form in ("epub", "docx"):
        with ZipFile(made) as book:
            read = b"".join(map(book.read, book.namelist()))
    text = read.decode(errors="replace")
    assert "done.md" not in text
    assert ("https://bob.example/done#here" in text) == bool(home)
    assert "다른 글" in text
    tflow("export", "a", "--format", "html", "-o", "proof")
    assert (
        'href="../sources/done.md#here"' in next(Path("proof").glob("a.*")).read_text()
    )


@pytest.mark.parametrize("said", ["published: false", "publish: 'no'", "draft: yes"])
def test_an_article_held_back_is_no_page_of_a_site(
    folder: Path, write: Write, tflow: Tflow, said: str
) -> None:
    """In an existing site whatever front matter calls it: readers do not have it."""
    layout = (
        '[layout]\nsources = "content/*.en.md"\noutput = "content/{slug}.{lang}.md"\n'
    )
    write("translate_flow.toml", SETTINGS + layout)
    write("content/b.en.md", "---\n" + said + "\n---\n\nB.\n")
    write("content/a.en.md", "See [b](b.en.md).\n")
    tflow("set", "a:1", "[글](b.en.md)을 보라.")
    words = ("export", "a", "--format", "md", "--layout", "target", "--release")
    assert "readers do not have b yet" in tflow(*words, code=1).err
    write("content/b.en.md", "---\ntitle: B\n---\n\nB.\n")
    tflow(*words)


LEFT_OUT = "no heading or place has this id in print; it is left out"


@pytest.mark.parametrize("place", ["## Gone", "### Gone {#gone}", "<a id='gone'></a>G"])
def test_a_link_to_what_is_left_out(
    folder: Path, write: Write, tflow: Tflow, place: str
) -> None:
    """What editions leave out in both languages is no place to lead to, and nothing
    within it keeps a release."""
    write("translate_flow.toml", SETTINGS)
    write("sources/a.md", f"A [b](#gone).\n\n{place}\n\nC ![d](none.png) [^9].\n")
    tflow("set", "a:1", "[나](#gone).")
    tflow("omit", "a:2", "--both", "--why", "a comment")
    tflow("omit", "a:3", "--both", "--why", "a comment")
    refused = tflow("export", "a", "--release", "--json", code=1).json["refused"]
    assert {(one["check"], one["message"]) for one in refused} == {
        ("print-place", f"sources/a.md:1: the link to #gone: {LEFT_OUT}")
    }
    write("sources/a.md", f"A b.\n\n{place}\n\nC ![d](none.png) [^9].\n")
    tflow("sync", "-q")
    tflow("set", "a:1", "나.")
    tflow("export", "a", "--release")


class Nothing:
    """A world without anything in it."""

    def image(self, address: str) -> str:
        """Say that it is not there."""
        return "gone"

    def goal(self, path: str) -> Goal:
        """Say that it is not there."""
        return Goal("gone")


def told(source: str, korean: Mapping[str, str] | None = None) -> list[tuple[str, int]]:
    """Return what is told of an article where nothing else is, by check and line."""
    made = edition(source, korean or {}, {}, proof=False)
    return [(one.check, one.line) for one in Printing(made, Nothing()).findings()]


@pytest.mark.parametrize(
    "text",
    [
        "![a](https://e.org/a.png) ![a](/img/a.png) ![a]({{ site.url }}/a.png)",
        "![a](data:image/png;base64,AAAA) ![a](@site/a.png) <img src={a}>",
        "[a](other) [a](../other/) [a](/other.md) [a](https://e.org/a.md#b) [a](x.pdf)",
        '[a]({% link a.md %}) [a]({{< ref "a.md" >}}) [a](<>) [a](#) [a](#top)',
        "`![a](a.png) [^1] [a](a.md)`\n\n```\n![a](a.png)\n```\n",
        "A class [^a-z0-9] and [^0-9], no note; \\[^1].",
        "## See {#see}\n\n[a](#see) [b](#x) <a name='x'></a>",
        "## 여객선\n\n[a](#여객선) [b](#%EC%97%AC%EA%B0%9D%EC%84%A0)",
        "## A - b\n\n[a](#a---b) [b](#a-b)\n\n## 2. It's\n\n[c](#_2-it-s)",
        "Term\n: Said.\n\n[a](#term)",
        "[a](#b)\n\n{{< include b.md >}}\n",
        '[a](#b)\n\n--8<-- "b.md"\n',
        "[a](#b)\n\nimport B from './b.mdx'\n",
        "A.[^a]\n\n[^A]: Note.\n\n[a](#fn:1) [b](#fnref1)",
        '{{< figure src="a.png" >}}',
        "<img srcset='/a.png 1x, https://e.org/b.png 2x'> <video><source src=a.mp4>",
    ],
)
def test_nobody_is_alarmed(text: str) -> None:
    """What only a generator can know, what is code, and all ways to name a place."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A.\n\nB ![a](a.png).", [("print-image", 3)]),
        ("A.\n\nB ![a]().", [("print-image", 3)]),
        ("A.\n\n<img alt='b' src=''>", [("print-image", 3)]),
        ("A <img srcset='a.png 2x, /b.png'>.", [("print-image", 1)]),
        ("<picture>\n<source srcset='a.webp'>\n</picture>", [("print-image", 2)]),
        ("A [b](#fn1).", [("print-place", 1)]),
        ("A [b](#fnord) [c](#footnote-2).", [("print-place", 1)] * 2),
        ("A\nb ![a][x]\n\n[x]: a%20b.png", [("print-image", 4)]),
        ("| A |\n|---|\n| b |\n| ![a](a.png) |", [("print-image", 4)]),
        ('<p>A</p>\n<p><img\nsrc="a.png"></p>', [("print-image", 3)]),
        ("> - A [b](b.md#c)", [("print-link", 1)]),
        ("![a](a.png)\n", [("print-image", 1)]),
        ("A.[^b]\n\n[^a]: Note.[^c]", [("print-note", 1), ("print-note", 3)]),
        ('A <a href="#b">b</a>.', [("print-place", 1)]),
        ("# A\n\n[a](#A)", [("print-place", 3)]),
    ],
)
def test_what_is_broken_is_told(text: str, found: list[tuple[str, int]]) -> None:
    """In all that readers see, with its line."""
    assert told(text) == found


def test_a_translation_has_links_of_its_own() -> None:
    """What only the translation says is looked at, too; what both say is told once."""
    text = "A [b](#a) ![c](c.png).\n\n## A\n"
    korean = {"A [b": "[나](#가) ![다](c.png) ![라](d.png).[^3]"}
    assert told(text, korean) == [
        ("print-image", 1), ("print-place", 1), ("print-image", 1), ("print-note", 1)
    ]  # fmt: skip


def test_markdown_elsewhere_leads_to_the_articles_files(
    folder: Path, tflow: Tflow, write: Write
) -> None:
    """An edition of one language in Markdown is the article in another folder: its
    images and links to files that are there are found from where it lies; all else,
    code included, stays."""
    text = (
        "---\ntitle: A\nversion: 1.2\nimage: a/m.svg\n---\n\n![m](a/m.svg) "
        '[d](./d.md#x) <img src="a/m.svg" alt="m"> [r][r] [g](gone.md) '
        "[h](#a) [w](https://e.org/a/m.svg) `![m](a/m.svg)`\n\n[r]: a/m.svg\n"
    )
    write("translate_flow.toml", SETTINGS)
    write("sources/2026/b.md", text)
    write("sources/2026/d.md", "D.\n")
    write("sources/2026/a/m.svg", SVG)
    tflow("export", "b", "--format", "md", "--layout", "target")
    tflow("export", "b", "--format", "md", "--layout", "source")
    for language in ("en", "ko"):
        page = Path(f"editions/2026/b.{language}.md").read_text()
        way = "../../sources/2026"
        for found in (
            f'image: "{way}/a/m.svg"\n', f"![m]({way}/a/m.svg)", f"[d]({way}/d.md#x)",
            f'src="{way}/a/m.svg"', f"[r]: {way}/a/m.svg\n", "[g](gone.md)", "[h](#a)",
            "(https://e.org/a/m.svg) `![m](a/m.svg)`\n", "\nversion: 1.2\n",
        ):  # fmt: skip
            assert found in page, found
