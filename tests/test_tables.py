"""Tables find room: in every format, on every page, whatever their shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from zipfile import ZipFile

import pytest
import test_browser
from docx import Document
from docx.oxml.ns import qn
from editions import edition
from firefox import Firefox
from playwright.sync_api import Browser
from test_docx import text
from test_pdf import said, texts
from test_sites import run
from wide import grids, long, wide

from translate_flow import exporters
from translate_flow.edition import Edition
from translate_flow.exporters import docx, email, epub
from translate_flow.exporters.content.columns import ems, shape
from translate_flow.exporters.content.sides import sides
from translate_flow.exporters.pdf.paper import paper

ALL = range(1, 11)


def more(values: Iterable[object]) -> list[object]:
    """Return parameters that take longer than ``make test`` has."""
    return [pytest.param(value, marks=pytest.mark.long) for value in values]


def numbers(n: int) -> str:
    """Return a table of n columns of numbers."""
    return f"|{' 1 |' * n}\n|{'---|' * n}\n|{' 2 |' * n}\n"


def heads(*words: str) -> str:
    """Return a table of nothing but its head."""
    return f"| {' | '.join(words)} |\n|{'---|' * len(words)}\n"


# --- the rule ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "settings"),
    [
        (numbers(2), ["beside", "together", "together"]),
        (numbers(8), ["beside", "together", "records"]),
        (numbers(9), ["together", "together", "records"]),
        (numbers(21), ["records", "records", "records"]),
        (
            f"> > {numbers(8)}".replace("\n", "\n> > "),
            ["together", "together", "records"],
        ),
        (heads("Passengers", "Island", "Cost"), ["beside", "together", "together"]),
        (heads("Passengers", "Timetables", "Cost"), ["beside", "together", "together"]),
        (heads("승객들의", "시간표를", "비용"), ["beside", "together", "together"]),
        (
            heads(*["시간표를"] * 4),
            ["beside", "together", "records"],
        ),
        (heads("제목 " * 20, "a"), ["beside", "together", "together"]),
        (heads("x" * 90, "a"), ["beside", "together", "together"]),
    ],
)
def test_the_shape_of_a_table_decides(table: str, settings: list[str]) -> None:
    """Columns, longest words and Hangul at its width say how a table is set, the same
    in every format; of a word that no column could hold, only so much counts."""
    made = edition(table, {}, {}, proof=False)
    own = shape(next(b for b in made.blocks if b.kind == "table"), sides(made))
    assert [
        own.setting(56, 24),
        own.setting(40),
        own.setting(19),
    ] == settings


def test_no_word_is_wider_than_it_is_thought_to_be(browser: Browser) -> None:
    """A browser's widest faces need no more room for a word than we reckon with."""
    words = ["Wednesday", "commitment", "WWW", "2026-11-20", "₩13,400", "수요일의"]
    page = browser.new_page()
    page.set_content("".join(f"<b>{word}</b><br>" for word in words))
    for family in ("Noto Serif CJK KR", "DejaVu Serif", "Liberation Serif"):
        wide = page.evaluate(
            """(family) => [...document.querySelectorAll('b')].map((e) => {
              e.style.cssText = `font: bold 100px "${family}", "Noto Serif CJK KR"`;
              return e.getBoundingClientRect().width / 100;
            })""",
            family,
        )
        for word, width in zip(words, wide, strict=True):
            assert width <= ems(word) * 1.09 + 0.35, (family, word)
    page.close()


# --- on screens -------------------------------------------------------------

CELLS = """() => {
  // What of a page's tables cannot be read: cells cut off, words in pieces, scrollers.
  const found = [];
  document.body.append(Object.assign(document.createElement('style'), {
    textContent: '* { hyphens: none !important }' }));
  const style = (e) => getComputedStyle(e);
  const clipped = (e) => e && style(e).position === 'absolute';
  for (const cell of document.querySelectorAll('th, td')) {
    if (!cell.getClientRects().length || clipped(cell.closest('thead'))) continue;
    const { left, right } = cell.getBoundingClientRect();
    if (left < 0 || right > innerWidth + 0.5) found.push(['outside', cell.textContent]);
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode())
      for (const { index, 0: word } of text.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map((r) => r.top));
        if (lines.size > 1 && word.length < 17) found.push(['broken', word]);
        if (range.getBoundingClientRect().right > right + 1) found.push(['over', word]);
      }
  }
  for (const e of document.querySelectorAll('body :not(pre)'))
    if (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(style(e).overflowX))
      found.push(['scrolls', e.outerHTML.slice(0, 80)]);
  if (document.documentElement.scrollWidth > innerWidth) found.push(['page scrolls']);
  return found;
}"""

SETTINGS = """() => [...document.querySelectorAll('.grid')].map((table) => {
  const clipped = getComputedStyle(table.tHead).position === 'absolute';
  const [one] = table.querySelectorAll('td:not(.other)');
  const [other] = table.querySelectorAll('td.other');
  const [a, b] = [one, other].map((e) => e.getBoundingClientRect());
  return clipped ? 'records' : b.left > a.right ? 'beside' : 'together';
})"""

SCREENS = {
    320: ["together"] * 2 + ["records"] * 8,
    390: ["together"] * 3 + ["records"] * 7,
    768: ["beside"] * 3 + ["together"] * 3 + ["records"] * 4,
    1440: ["beside"] * 5 + ["together"] * 5,
}
"""How tables of one to ten columns of short words stand at a width."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "layout",
    ["facing", *more(["interleaved", "target"])],
)
def test_tables_fit_the_screen(
    browser: Browser, tmp_path: Path, layout: exporters.Layout
) -> None:
    """At no width is a cell outside of the page, a word in pieces, or anything but code
    in a scroller; the wider the screen, the closer stand the languages."""
    for made in (wide(), grids(ALL), long(ALL))[: 2 if layout == "facing" else 3]:
        file = test_browser.written(made, tmp_path, layout)
        for width, page in test_browser.at_each(browser, file, SCREENS, 900):
            assert page.evaluate(CELLS) == [], width
            if made.slug == "grids" and layout == "facing":
                assert page.evaluate(SETTINGS) == SCREENS[width]


@pytest.mark.slow
def test_tables_fit_the_screen_in_firefox(firefox: Firefox, tmp_path: Path) -> None:
    """So they do in a browser of another family."""
    file = test_browser.written(wide(), tmp_path)
    for width in SCREENS:
        firefox.show(file, width)
        assert firefox.evaluate(CELLS) == [], width


# --- on paper ---------------------------------------------------------------

LINE = 40
"""Letters of a word that may stand on two lines, with another column between."""


def unprinted(made: Edition, layout: exporters.Layout, file: Path) -> list[str]:
    """Return what of an edition cannot be read on its pages: words of each language and
    of code that are not there, words beyond the edge. Alternative texts are heard."""
    boxes = said("pdftotext", "-bbox", file, "-")
    pages = re.findall(r'<page width="([\d.]+)"(.*?)</page>', boxes, re.DOTALL)
    words = r'<word xMin="([-\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>([^<]*)</word>'
    outside = [
        word
        for width, page in pages
        for left, right, word in re.findall(words, page)
        if float(left) < 0 or float(right) > float(width)
    ]
    letters = together(said("pdftotext", "-raw", file, "-"))
    alts = [p.segment.n for p in made.segments if p.segment.kind == "alt"]
    heard = {made.text(n, language) for n in alts for language in ("en", "ko")}
    told = (t for side in sides(made, layout) for t in texts(made, side.language))
    wanted = [text for text in told if text not in heard]
    wanted += [str(b.content[0]) for b in made.blocks if b.kind == "code"]
    tokens = (together(word) for line in wanted for word in line.split())
    return outside + [t for t in tokens if t not in letters and len(t) <= LINE]


def together(words: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, normalize("NFKC", words)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "layout"),
    [
        (wide, "facing"),
        *(
            pytest.param(make, layout, marks=pytest.mark.long)
            for make in (wide, lambda: grids(ALL), lambda: long(ALL))
            for layout in ("facing", "interleaved", "source", "target")
        ),
    ],
)
def test_nothing_is_out_of_sight_on_paper(
    browser: Browser,
    tmp_path: Path,
    make: Callable[[], Edition],
    layout: exporters.Layout,
) -> None:
    """Every word of each language is on the pages of the PDF and, whatever paper a
    reader has, of the HTML edition that a browser prints; so is code."""
    made = make()
    page = tmp_path / "page.html"
    page.write_text(paper(made, layout), "utf-8")
    html = test_browser.written(made, tmp_path, layout)
    for name, file, size in (
        ("pdf", page, {"prefer_css_page_size": True}),
        ("a4", html, {"format": "A4"}),
        ("letter", html, {"format": "Letter"}),
    ):
        opened = test_browser.opened(browser, file, {"width": 1280, "height": 900})
        printed = tmp_path / f"{name}.pdf"
        printed.write_bytes(opened.pdf(**size))
        assert unprinted(made, layout, printed) == [], name


@pytest.mark.slow
def test_what_an_author_sets_himself_is_seen(browser: Browser, tmp_path: Path) -> None:
    """A wide table in HTML is printed whole, in its language's column; it and lists of
    many levels make no page wider than a phone."""
    heads = [f"Mooring{i}" for i in range(8)]
    table = "".join(f"<th>{head}</th>" for head in heads)
    levels = "".join(f"{'  ' * i}- level{i} internationalization\n" for i in range(12))
    korean = dict.fromkeys(heads, "계류장의 이름")
    source = f"<table><tr>{table}</tr></table>\n\n{levels}"
    made = edition(source, korean, {}, proof=False)
    page = tmp_path / "page.html"
    page.write_text(paper(made, "facing"), "utf-8")
    opened = test_browser.opened(browser, page, {"width": 700, "height": 900})
    opened.emulate_media(media="print")
    beside = """() => [...document.querySelectorAll('.raw th')].every((cell) =>
      cell.getBoundingClientRect().right
        <= cell.closest('.cell').getBoundingClientRect().right + 1)"""
    assert opened.evaluate(beside)
    printed = tmp_path / "raw.pdf"
    printed.write_bytes(opened.pdf(prefer_css_page_size=True))
    assert unprinted(made, "facing", printed) == []
    file = test_browser.written(made, tmp_path)
    opened = test_browser.opened(browser, file, {"width": 320, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


# --- in Word ----------------------------------------------------------------


@pytest.mark.parametrize("layout", docx.LAYOUTS)
def test_word_breaks_no_word(layout: exporters.Layout) -> None:
    """Every column of a DOCX is wider than its longest word, as records if it must be;
    every translation stands in its control, once, and a number once beside both."""
    made = grids([1, 3, 6, 10, 20])
    body = Document(BytesIO(docx.export(made, layout=layout))).element.body
    tables = [t for t in body.iter(qn("w:tbl")) if not list(t.iter(qn("w:tbl")))[1:]]
    for table in tables:
        widths = [int(column.get(qn("w:w"))) for column in table.tblGrid]
        for row in table.tr_lst:
            for cell, width in zip(row.tc_lst, widths, strict=True):
                words = text(cell).split()
                assert all(ems(word) * 0.9 * 180 < width for word in words), words
    tags = [tag.get(qn("w:val")) for tag in body.iter(qn("w:tag"))]
    assert len(tags) == len(set(tags)) == len(made.pairs) * (layout != "source")
    shown = text(body)
    times = {"facing": [2, 2, 1, 1]}.get(layout, [1, 1, 1, 1])
    assert [len(re.findall(rf"\b{n}002\b", shown)) for n in (3, 6, 10, 20)] == times


@pytest.mark.long
@pytest.mark.parametrize("layout", docx.LAYOUTS)
@pytest.mark.parametrize("make", [wide, lambda: long(ALL)])
def test_libreoffice_prints_every_word(
    make: Callable[[], Edition], layout: exporters.Layout, tmp_path: Path
) -> None:
    """Printed by LibreOffice, nothing of a DOCX is out of sight."""
    made, file = make(), tmp_path / "a.docx"
    file.write_bytes(docx.export(made, layout=layout))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = ("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path))
    run("soffice", profile, *words, str(file))
    assert unprinted(made, layout, file.with_suffix(".pdf")) == []


# --- in mail ----------------------------------------------------------------


@pytest.mark.slow
def test_mail_needs_no_more_than_a_phone(browser: Browser, tmp_path: Path) -> None:
    """A message of wide tables is no wider than the narrowest phone, and has every word
    and number once per language, or once where they are the same."""
    for made in (wide(), grids(ALL), long(ALL)):
        file = tmp_path / "mail.html"
        file.write_text(email.export(made, layout="interleaved"), "utf-8")
        page = test_browser.opened(browser, file, {"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(CELLS) == []
        words = page.inner_text("body").split()
        times = [words.count(f"{n}001") for n in ALL if n > 1]
        assert times == [made.slug != "wide"] * 9


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["facing", *more(["interleaved", "target"])])
def test_a_book_needs_no_more_than_a_phone(
    browser: Browser, tmp_path: Path, layout: exporters.Layout
) -> None:
    """No page of a book is wider than its screen, from phones to tablets."""
    for made in (wide(), grids(ALL), long(ALL))[: 1 if layout == "facing" else 3]:
        file = tmp_path / "a.epub"
        file.write_bytes(epub.export(made, layout=layout))
        with ZipFile(file) as packed:
            packed.extractall(tmp_path / made.slug)
        text = tmp_path / made.slug / "EPUB" / "text.xhtml"
        for width in (320, 390, 768, 1024):
            page = test_browser.opened(browser, text, {"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(CELLS) == []
