"""Editions as PDF: the page to print, what a file says of itself, and the browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from editions import FERRY, HOSTILE, KOREAN, edition
from hypothesis import given
from hypothesis import strategies as st

from translate_flow import catalog, exporters
from translate_flow.article import parse
from translate_flow.edition import Correction, Edition, arranged, build
from translate_flow.errors import FlowError
from translate_flow.exporters import html, pdf
from translate_flow.exporters.content.sides import sides
from translate_flow.exporters.inline.whole import whole_words
from translate_flow.exporters.pdf.browser import VARIABLE, find, printed
from translate_flow.exporters.pdf.document import properties, stamped
from translate_flow.exporters.pdf.paper import paper
from translate_flow.sync import sync
from translate_flow.text.markup import visible

ROOT = Path(__file__).parents[1]
SINCE_2026 = "1782864000"
"""1 July 2026, in seconds since 1970."""


WHOLE = '<span class="whole">'
PIECES = (
    "<em>",
    "</em>",
    "<p>",
    "</p>",
    WHOLE,
    "</span>",
    "<br>",
    "가",
    "(",
    "”",
    " ",
    "a",
)


# --- the page to print ------------------------------------------------------


@pytest.mark.parametrize("layout", pdf.LAYOUTS)
def test_the_page_to_print(layout: exporters.Layout) -> None:
    """Before all else a policy that lets no script run; after all else in the head the
    style for paper with the titles of the languages on the page."""
    made = edition()
    html = paper(made, layout)
    assert html == paper(made, layout)
    head = html[: html.index("</head>")]
    begins = r'<!DOCTYPE html>\n<meta charset="utf-8">\n<meta [^>]*content="([^"]*)"'
    policy = re.match(begins, head)
    assert policy
    assert len(re.findall("<meta", html)) == 2
    assert policy[1].startswith("default-src 'none';")
    assert "script-src" not in policy[1]
    assert head.endswith("}\n</style>\n")
    boxes = re.findall(r'@top-(?:left|right) \{ content: "([^"]*)"; \}', head)
    shown = {"source": ["en"], "target": ["ko"]}.get(layout, ["en", "ko"])
    assert boxes == [made.title(language) for language in shown]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_leaves_its_place_in_the_style(title: str) -> None:
    """Whatever a title says, it is a text of the style sheet and ends nothing."""
    front = json.dumps(title, ensure_ascii=True)
    page = paper(edition(f"---\ntitle: {front}\n---\n\nOne.\n", {}, {}), "source")
    style = page[page.rindex("<style>") : page.index("</head>")]
    rule = style[style.rindex("@page {") :]
    assert re.fullmatch(r'[^"<]*"(?:\w| |\\[0-9a-f]+ )*"; \} \}\n</style>\n', rule)


def test_short_rows_stay_on_a_page() -> None:
    """Titles and short paragraphs do; a paragraph of half a page may go on."""
    long = "All who were there remember the noise of it. " * 40
    page = paper(edition(f"# Short\n\n{long}\n\nShort, too.\n", {}, {}), "facing")
    rows = re.findall(r'<div class="row (short )?paired (\w+)">', page)
    assert rows == [("short ", "title"), ("", "paragraph"), ("short ", "paragraph")]


def test_blanks_are_one_each() -> None:
    """The style keeps blanks, so those that show nothing are gone; code has its own."""
    text = "One\ntwo  \nthree.  \nFour.\n\n```\na\n  b\n```\n"
    page = paper(edition(text, {}, {}), "source")
    assert re.search(r"One two<br>three\.<br>(<[^>]*>)*Four\.", page)
    assert re.search(r"<pre.*a\n  b", page)


def test_a_template_of_the_project() -> None:
    """It is printed as it is; without a head it could not be told what paper wants."""
    own = {"edition.html": "<!DOCTYPE html><HEAD></HEAD >\n{{ main }}"}
    page = paper(replace(edition(), templates=own), "facing")
    assert re.match(r"<!DOCTYPE html>\n<meta .*\n<meta .*\n<HEAD><style>", page)
    with pytest.raises(FlowError, match="needs <head>") as caught:
        paper(replace(edition(), templates={"edition.html": "{{ main }}"}), "facing")
    assert caught.value.file == "templates/edition.html"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("가 나다. 라", "가 나다. 라"),
        ("마크 하스(Mark Haas)가", "마크 [하스(Mark] [Haas)가]"),
        ("<em>노년의 평화</em>(peace)", "[<em>노년의 <wbr>평화</em>(peace)]"),
        ("첫 절의 <code>{ # }</code>처럼", "첫 절의 [<code>{ # }</code>처럼]"),
        ("<code>&amp;copy;</code>라고 한", "[<code>&amp;copy;</code>라고] 한"),
        ('가 <span class="whole">나 다”라</span>', "가 나 [다”라]"),
        (
            '<p>가</p><p><span class="t">가(나</span></p>',
            '<p>가</p><p><span class="t">[가(나]</span></p>',
        ),
        (
            "https://example.org/a/long/address.pdf)도",
            "https://example.org/a/long/address.pdf)도",
        ),
        ("<code>tflow a-b-c</code>의", "[<code>tflow a-b-c</code>의]"),
        ("every-construct의 a-b", "[every-construct의] a-b"),
        ("가<br>(나 <img alt='a'>", "[가<br>(나] <img alt='a'>"),
    ],
)
def test_korean_words_are_held_together(html: str, wanted: str) -> None:
    """Those that a browser would cut at a mark, with the elements they cross; not what
    is longer than a line; what the page held before is held anew."""
    assert whole_words(html, 36) == wanted.replace("[", WHOLE).replace("]", "</span>")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_holding_words_changes_no_text(html: str) -> None:
    """No letter, blank or tag of any HTML comes or goes, well formed or not, but for
    what holds words."""
    ours = re.compile("</?(?:span|wbr)[^>]*>")
    assert ours.sub("", whole_words(html, 36)) == ours.sub("", html)


@pytest.mark.parametrize("layout", pdf.LAYOUTS)
def test_the_page_keeps_its_elements(layout: exporters.Layout) -> None:
    """The page to print has the elements of the HTML edition, each in its place."""
    made = edition()
    ours = re.compile("<(?!/?(?:span|wbr))[^>]*>")
    pages = paper(made, layout), html.export(made, layout=layout)
    printed_tags, tags = (ours.findall(p[p.index("<body") :]) for p in pages)
    assert [tag.replace("row short", "row") for tag in printed_tags] == tags
    assert pages[0].count("<span") == pages[0].count("</span>")


# --- what a file says of itself ---------------------------------------------


def small(*objects: bytes, info: int) -> bytes:
    """Return a PDF of objects, the first its catalog, with a plain table."""
    made, starts = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n"
        b"<</Size %d\n/Root 1 0 R\n/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, info, len(made))
    )


CATALOG, PAGES = b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 0>>"
OLD = rb"<</Title (x\) /Producer \(no) /Producer (Skia \(1\)) /CreationDate (D:2026)>>"


def objects(data: bytes) -> list[bytes]:
    """Return the objects of a PDF by its own table."""
    start = int(data.split(b"startxref\n")[1].split()[0])
    assert data[start:].startswith(b"xref\n0 ")
    entries = re.findall(rb"(\d{10}) 00000 n \n", data[start:])
    found = [data[int(entry) :].partition(b"endobj")[0] for entry in entries]
    for n, body in enumerate(found, 1):
        assert body.startswith(b"%d 0 obj" % n)
    return found


@given(
    st.dictionaries(st.sampled_from(["Title", "Author"]), st.text()),
    st.permutations([CATALOG, PAGES, OLD]),
)
def test_a_file_says_only_what_it_is_told(
    said: Mapping[str, str], bodies: list[bytes]
) -> None:
    """Texts come back as they were given; all objects are where the table has them;
    the program that wrote the file stays named, all else about it is gone."""
    at = bodies.index(OLD)
    before = small(*bodies, info=at + 1)
    after = objects(stamped(before, said))
    assert len(after) == 3
    for n, body in enumerate(after):
        assert n == at or body == objects(before)[n]
    info = after[at]
    assert b"/Producer (Skia \\(1\\))" in info
    assert b"CreationDate" not in info
    for name, text in said.items():
        found = re.search(rb"/%s (<FEFF(\w*)>|\((.*)\)\n)" % name.encode(), info)
        assert found
        if found[2] is not None:
            read = bytes.fromhex(found[2].decode()).decode("utf-16-be")
        else:
            read = re.sub(r"\\(.)", r"\1", found[3].decode())
        assert read == text


def test_a_file_of_another_kind_is_refused() -> None:
    """What has no plain table of objects is told in one line."""
    whole = small(CATALOG, PAGES, OLD, info=3)
    for data in (b"", b"%PDF-1.7\n", whole.replace(b"/Info 3 0 R", b"")):
        with pytest.raises(FlowError, match="no table of objects"):
            stamped(data, {})


def test_names_and_dates() -> None:
    """The article's own; a correction changes it; a date from outside counts only where
    there is none."""
    text = FERRY.replace("author: Jane Reed", "author: {en: Jane Reed, ko: 제인 리드}")
    made = edition(text)
    said = properties(made, "facing", SINCE_2026)
    assert said == {
        "Title": "The Island Ferry Is Not a Luxury · 섬 여객선은 사치가 아니다",
        "Author": "Jane Reed · 제인 리드",
        "Creator": "translate_flow",
        "CreationDate": "D:20261120000000Z",
        "ModDate": "D:20261120000000Z",
    }
    assert properties(made, "target")["Author"] == "제인 리드"
    corrected = replace(made, corrections=(Correction("2026-12-01", 1, {"en": "x"}),))
    assert properties(corrected, "facing")["ModDate"] == "D:20261201000000Z"
    undated = edition("One.\n", {}, {})
    assert properties(undated, "source")["CreationDate"] == "D:19800101000000Z"
    assert "Author" not in properties(undated, "source")
    told = properties(undated, "source", SINCE_2026)
    assert told["ModDate"] == "D:20260701000000Z"
    assert properties(undated, "source", "soon")["ModDate"] == "D:19800101000000Z"


# --- the browser ------------------------------------------------------------


def program(folder: Path, name: str, script: str) -> str:
    """Write a program that stands where a browser would."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_which_browser(tmp_path: Path) -> None:
    """The one that is named, else the first on PATH; none is told with what to do."""
    environ = {"PATH": str(tmp_path)}
    program(tmp_path, "msedge", "")
    edge = find(environ)
    assert edge == str(tmp_path / "msedge")
    chromium = program(tmp_path, "chromium", "")
    assert find(environ) == chromium
    assert find({**environ, VARIABLE: "msedge"}) == edge
    assert find({**environ, VARIABLE: edge}) == edge
    with pytest.raises(FlowError, match=f"{VARIABLE}: there is no program 'opera'"):
        find({**environ, VARIABLE: "opera"})
    with pytest.raises(FlowError) as caught:
        find({"PATH": str(tmp_path / "nowhere")})
    assert str(caught.value) == (
        "no browser to print a PDF with; install Chromium, Chrome or Edge, or name one "
        "in TFLOW_BROWSER"
    )


def test_a_browser_that_hangs_is_ended(tmp_path: Path) -> None:
    """After the limit, with the processes that it began."""
    pids = tmp_path / "pids"
    script = f'sleep 60 &\necho $$ $! > "{pids}"\nwait'
    hanging = program(tmp_path, "browser", script)
    start = time.monotonic()
    with pytest.raises(FlowError, match="did not print within 1 seconds"):
        printed("<p>x", hanging, seconds=1)
    assert time.monotonic() - start < 20
    for pid in map(int, pids.read_text().split()):
        assert not running(pid)


def running(pid: int) -> bool:
    """Whether a process still does something; one that nobody has waited for does
    not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 3", "printed nothing: exit code 3"),
        ("echo '[1:1:FATAL:a.cc(1)] No usable sandbox!' >&2; exit 1", "No usable sand"),
        ('for f; do case $f in --print*) : > "${f#*=}";; esac; done', "exit code 0"),
    ],
)
def test_a_browser_that_prints_nothing(tmp_path: Path, script: str, told: str) -> None:
    """The error has the browser's own reason where it gives one."""
    with pytest.raises(FlowError, match=told):
        printed("<p>x", program(tmp_path, "browser", script))


def test_a_browser_that_cannot_be_run(tmp_path: Path) -> None:
    """What is no program is told, too."""
    broken = tmp_path / "browser"
    broken.write_bytes(b"\x00")
    broken.chmod(0o755)
    with pytest.raises(FlowError, match="browser cannot be run"):
        printed("<p>x", str(broken))


# --- printed pages ----------------------------------------------------------


def article(place: str, target: str) -> Edition:
    """Return an article of this project with its catalog, for readers."""
    text = (ROOT / "sources" / f"{place}.md").read_text("utf-8")
    po = (ROOT / "translations" / target / f"{place}.po").read_text("utf-8")
    read = parse(text, name=place)
    synced = sync(read.segments, catalog.parse(po, name=place), today="2026-11-24")
    images = {"columns.svg": (ROOT / "sources/guide/columns.svg").read_bytes()}
    made = replace(build(place, read, synced.catalog, proof=False), images=images)
    return arranged(made, "source")


ARTICLES = {
    "essay": ("essay/moving-day", "en"),
    "op-ed": ("opinion/unborn-conscripts", "ko"),
    "constructs": ("guide/every-construct", "ko"),
}
PAGES_OF = {"essay": (3, 6), "op-ed": (3, 6), "constructs": (4, 8), "proof": (2, 4)}
each = pytest.mark.parametrize("name", PAGES_OF)
MIDDLE = 297
"""Where the columns meet on A4, in points."""


@cache
def made_of(name: str) -> Edition:
    return (
        arranged(edition(), "source") if name == "proof" else article(*ARTICLES[name])
    )


@pytest.fixture(scope="module")
def print_of(tmp_path_factory: pytest.TempPathFactory) -> Printer:
    """Return what prints an edition once for all tests."""
    return Printer(tmp_path_factory.mktemp("printed"))


class Printer:
    """Keeps what it has printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, name: str, layout: exporters.Layout = "facing") -> Path:
        file = self.folder / f"{name}.{layout}.pdf"
        if not file.exists():
            file.write_bytes(pdf.export(made_of(name), layout=layout))
        return file


def said(*command: str | Path) -> str:
    """Return what one of poppler's programs says of a file."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def texts(made: Edition, language: str) -> list[str]:
    """Return what readers see of an edition in one language, without marks of notes."""
    found = (made.text(pair.segment.n, language) for pair in made.segments)
    plain = (visible(re.sub(r"\[\^[^\]]*\]", "", text)) for text in found)
    return [" ".join(text.split()) for text in plain]


def column(file: Path, left: int, width: int = MIDDLE) -> list[str]:
    """Return the lines of a column, without running titles and page numbers."""
    area = ["-x", left, "-y", 55, "-W", width, "-H", 735]
    rows = said("pdftotext", "-raw", *map(str, area), file, "-").splitlines()
    return [row.strip("\f ") for row in rows if row.strip("\f ")]


def broken(rows: list[str], known: set[str]) -> list[str]:
    """Return the words of a text that stand on two lines."""
    ends = ((a.split()[-1], b.split()[0]) for a, b in pairwise(rows))
    return [
        a + b for a, b in ends if a + b in known and not (a in known and b in known)
    ]


@pytest.mark.slow
@each
def test_a_printed_edition(print_of: Printer, name: str) -> None:
    """Tagged and in a language, with all faces inside, a bookmark per heading, on
    pages of A4, as many as it takes."""
    file, made = print_of(name), made_of(name)
    info = dict(re.findall(r"^([\w ]+): +(.+)$", said("pdfinfo", file), re.MULTILINE))
    assert info["Tagged"] == "yes"
    assert info["Title"] == properties(made, "facing")["Title"]
    assert info["Author"] == properties(made, "facing")["Author"]
    assert info["Page size"].endswith("(A4)")
    least, most = PAGES_OF[name]
    assert least <= int(info["Pages"]) <= most
    data = file.read_bytes()
    objects(data)
    assert b"/Lang (%s)" % made.source_language.encode() in data
    assert b"/Lang (%s)" % made.target_language.encode() in data
    assert b"/DisplayDocTitle true" in data
    faces = said("pdffonts", file).splitlines()[2:]
    assert faces
    assert all(face.split()[-5] == "yes" for face in faces)


@pytest.mark.slow
@each
def test_bookmarks(print_of: Printer, name: str) -> None:
    """One per heading in each language, whole, whatever lines it stands on."""
    made = made_of(name)
    outline = said("pdftohtml", "-xml", "-i", "-stdout", "-q", print_of(name))
    items = re.findall(r'<item page="\d+">(.*)</item>', outline)
    numbers = [
        pair.segment.n
        for pair in made.segments
        if pair.segment.kind.startswith(("front title", "heading"))
    ]
    both = [texts(made, side.language) for side in sides(made)]
    assert items == [side[n - 1] for n in numbers for side in both]


@pytest.mark.slow
@each
def test_text_can_be_copied(print_of: Printer, name: str) -> None:
    """Nearly all words of both languages come out of the file as they went in; what
    does not stands in an address that is too long for its line, or bears a note."""
    made = made_of(name)
    rows = {language: set[str]() for language in ("en", "ko")}
    for language, words in rows.items():
        left = 0 if language == made.source_language else MIDDLE
        words.update(" ".join(column(print_of(name), left)).split())
        wanted = set(" ".join(texts(made, language)).split())
        missing = wanted - words
        prose = {w for w in missing if re.fullmatch(r"[\w’]+[.,]?", w)}
        assert len(prose) <= 0.04 * len(wanted), sorted(prose)


MEASURES = [
    pytest.param(
        name,
        layout,
        marks=()
        if layout == "facing" or (name == "constructs" and layout != "source")
        else pytest.mark.long,
    )
    for name in PAGES_OF
    for layout in pdf.LAYOUTS
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "layout"), MEASURES)
def test_no_line_ends_in_a_korean_word(
    print_of: Printer, name: str, layout: exporters.Layout
) -> None:
    """No word of the text stands on two lines, in whatever measure; the test sees one
    that does."""
    made = made_of(name)
    known = set(" ".join(texts(made, "ko")).split())
    whole = layout != "facing"
    left = 0 if whole or made.source_language == "ko" else MIDDLE
    rows = column(print_of(name, layout), left, 600 if whole else MIDDLE)
    assert len(rows) > 20
    hangul = {word for word in known if re.search("[가-힣]", word)}
    addresses = {word for word in hangul if "://" in word}
    assert not broken(rows, hangul - addresses)
    assert broken(["그날은 이삿", "짐센터에 갔다"], {"이삿짐센터에"})


@pytest.mark.slow
def test_partners_begin_side_by_side(print_of: Printer) -> None:
    """Each paragraph of the op-ed and its Korean start on one page at one height."""
    made = made_of("op-ed")
    places = {language: starts(print_of("op-ed"), made, language) for language in "ek"}
    both = zip(places["e"], places["k"], strict=True)
    found = [(a, b) for a, b in both if a and b]
    assert len(found) > 10
    for (page, top), (other_page, other_top) in found:
        assert page == other_page
        assert abs(top - other_top) < 4, "faces differ, lines do not"


def starts(file: Path, made: Edition, initial: str) -> list[tuple[int, float] | None]:
    """Return page and height of the first three words of each paragraph."""
    language = {"e": "en", "k": "ko"}[initial]
    words: list[tuple[int, float, str]] = []
    for n, page in enumerate(said("pdftotext", "-bbox", file, "-").split("<page ")):
        found = re.findall(r'yMin="([\d.]+)".*?yMax="([\d.]+)">(.*?)</word>', page)
        words += ((n, (float(a) + float(b)) / 2, word) for a, b, word in found)
    firsts: dict[str, tuple[int, float]] = {}
    for one, two, three in zip(words, words[1:], words[2:], strict=False):
        firsts.setdefault(" ".join(w[2] for w in (one, two, three)), one[:2])
    paragraphs = (
        text
        for text, pair in zip(texts(made, language), made.segments, strict=True)
        if pair.segment.kind == "paragraph"
    )
    return [firsts.get(" ".join(text.split()[:3])) for text in paragraphs]


@pytest.mark.slow
def test_running_titles_and_numbers(print_of: Printer) -> None:
    """Titles stand above every page but the first; each page has its number."""
    pages = said("pdftotext", "-layout", print_of("op-ed"), "-").split("\f")[:-1]
    title = "You Cannot Conscript the Unborn"
    for n, page in enumerate(pages, 1):
        lines = page.strip().splitlines()
        assert lines[-1].replace(" ", "") == f"{n}/{len(pages)}"
        running = re.fullmatch(rf" *{title} +태어나지 않은 아이는 .*없다", lines[0])
        assert (n > 1) == bool(running)


@pytest.mark.slow
def test_proof_marks_are_for_proofs(print_of: Printer) -> None:
    """A proof says in both languages what is unfinished; a release says nothing."""
    proof = said("pdftotext", print_of("proof"), "-")
    assert "Not for release" in proof
    assert "초안" in proof
    release = replace(made_of("proof"), proof=False)
    file = print_of.folder / "release.pdf"
    file.write_bytes(pdf.export(release, layout="facing"))
    assert "Not for release" not in said("pdftotext", file, "-")


@pytest.mark.slow
def test_same_edition_same_bytes(print_of: Printer) -> None:
    """Printed again, in another second, it is the same file."""
    file = print_of("constructs")
    while int(time.time()) == int(file.stat().st_mtime):
        time.sleep(0.05)
    assert pdf.export(made_of("constructs"), layout="facing") == file.read_bytes()


LOADING = {
    "style": '<head><link rel="stylesheet" href="FILE"></head>',
    "script": "<head></head><script>document.write('<p>SECRET')</script>",
    "frame": '<head></head><iframe src="FILE"></iframe>',
    "before the head": '<iframe src="FILE"></iframe><head></head>',
    "head in a comment": '<!-- <head></head> --><iframe src="FILE"></iframe>',
    "head as text": '<textarea><head></head></textarea><iframe src="FILE"></iframe>',
    "frameset": '<frameset><frame src="FILE"></frameset><head></head>',
    "going on": "<head><META/content='0;url=FILE' http-equiv=Refresh></head>",
    "object": '<head></head><object data="FILE"></object><embed src="FILE">',
    "base": '<head><base href="FOLDER"></head><iframe src="secret.html"></iframe>',
    "inner": "<head></head><iframe srcdoc=\"&lt;iframe src='FILE'&gt;\"></iframe>",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [
        ["head in a comment", "before the head", "going on"],
        *(pytest.param([name], marks=pytest.mark.long) for name in LOADING),
    ],
)
def test_nothing_of_the_page_runs_or_loads(names: list[str], tmp_path: Path) -> None:
    """A project's template may say what it likes, wherever: its script does not run,
    and neither the network nor a file of this computer is read."""
    secret = tmp_path / "secret.html"
    secret.write_text("<p>SECRET</p>")
    page = "".join(LOADING[name] for name in names)
    page = page.replace("FILE", secret.as_uri()).replace("FOLDER", tmp_path.as_uri())
    template = f"<!DOCTYPE html>{page}<p>Plain.</p><img src='https://evil.example/x'>"
    made = replace(edition(FERRY, KOREAN), templates={"edition.html": template})
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf.export(made, layout="facing"))
    text = said("pdftotext", file, "-")
    assert "Plain." in text or "frameset" in names
    assert "SECRET" not in text


@pytest.mark.slow
def test_no_trace_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Page, profile and log are gone when the file is there."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert printed("<p>x", find(os.environ)).startswith(b"%PDF-")
    assert not list(tmp_path.glob("tflow-*"))
