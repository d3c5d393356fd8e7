"""A bilingual article as a PDF: typst or a Chromium browser?

    python benchmarks/pdf.py [--rounds N] [--cache DIR] [--keep DIR]

Prints a table over the essay and the op-ed of this project in two facing columns, the
same faces in both programs. typst sets paragraphs, headings and quotations only, each
in a cell beside its partner; "typst, boxes" puts each 어절 into a box of its own, the
known way to keep it whole there. Chromium prints our HTML edition.

- *seconds*: median wall time from an edition in memory to a file, the program's own
  start included.
- *broken 어절*: line ends in the Korean column where the last word of the line and the
  first of the next are one word of the text.
- *en, ko*: words of the text in that language that pdftotext finds again.
- *fonts*: embedded, of all; *drawn*: of these, faces written as drawings (Type 3).
- *outline*: bookmarks.

typst is installed into a virtual environment of its own in the cache folder; poppler's
programs must be there.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from translate_flow import catalog
from translate_flow.article import parse
from translate_flow.edition import Edition, arranged, build
from translate_flow.exporters import pdf
from translate_flow.sync import sync
from translate_flow.text.markup import visible

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "peers"
TYPST = "typst==0.15.2"
ARTICLES = {
    "essay": ("essay/moving-day", "en"),
    "op-ed": ("opinion/unborn-conscripts", "ko"),
}
STYLE = """\
#set document(title: "{title}")
#set page(paper: "a4", margin: (x: 17mm, y: 22mm), numbering: "1 / 1")
#set text(10pt, font: ("Liberation Serif", "NanumMyeongjo"), lang: "{language}")
#set par(leading: 0.75em)
#show heading: set text(font: ("Liberation Serif", "NanumMyeongjo"))
#let pair(a, b) = grid(columns: (1fr, 1fr), column-gutter: 9mm, a, b)
"""
RUN = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
SIGNS = re.compile(r'(["\\])')
HANGUL = re.compile("[가-힣]")
TOP, BOTTOM, MIDDLE = 55, 790, 297
"""Of the text on A4, in points: without running titles; where the columns meet."""

Maker = Callable[[Edition, Path], None]


def article(place: str, target: str) -> Edition:
    """Return an article of this project as readers get it."""
    text = (ROOT / "sources" / f"{place}.md").read_text("utf-8")
    po = (ROOT / "translations" / target / f"{place}.po").read_text("utf-8")
    read = parse(text, name=place)
    synced = sync(read.segments, catalog.parse(po, name=place), today="2026-11-24")
    return arranged(build(place, read, synced.catalog, proof=False), "source")


def chromium(edition: Edition, file: Path) -> None:
    """Print our HTML edition."""
    file.write_bytes(pdf.export(edition, layout="facing"))


def typst(python: Path, *, boxes: bool) -> Maker:
    """Return what sets an edition with typst, a process for each."""

    def make(edition: Edition, file: Path) -> None:
        source = file.with_suffix(".typ")
        source.write_text("".join(lines(edition, boxes=boxes)), encoding="utf-8")
        command = [str(python), "-c", RUN, str(source), str(file)]
        subprocess.run(command, check=True, capture_output=True)

    return make


def lines(edition: Edition, *, boxes: bool) -> Iterator[str]:
    """Yield an edition as typst's markup."""
    languages = (edition.source_language, edition.target_language)
    title = " · ".join(quoted(visible(edition.title(one))) for one in languages)
    yield STYLE.format(title=title, language=languages[0])
    for pair in edition.segments:
        kind, n = pair.segment.kind, pair.segment.n
        level = {"front title": 1}.get(kind, 2 if kind.startswith("heading") else 0)
        cells = (
            cell(plain(edition.text(n, one)), one, level, boxes=boxes)
            for one in languages
        )
        yield f"#pair({', '.join(cells)})\n"


def cell(text: str, language: str, level: int, *, boxes: bool) -> str:
    """Return a text as a typst expression."""
    if boxes and language == "ko":
        inner = ' + " " + '.join(f'box("{quoted(word)}")' for word in text.split())
    else:
        inner = f'"{quoted(text)}"'
    inner = f"heading(level: {level}, {inner})" if level else f"par({inner})"
    return f'text(lang: "{language}", {inner})'


def quoted(text: str) -> str:
    """Return a text as typst writes it between quotes."""
    return SIGNS.sub(r"\\\1", text)


def plain(text: str) -> str:
    """Return what readers see of a text, without marks of notes."""
    return " ".join(re.sub(r"\[\^[^\]]*\]", "", visible(text)).split())


def said(*command: str | Path) -> str:
    """Return what a program prints."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def words(edition: Edition, language: str) -> Counter[str]:
    """Count the words of an edition in one language."""
    texts = (edition.text(pair.segment.n, language) for pair in edition.segments)
    return Counter(word for text in texts for word in plain(text).split())


def column(file: Path, edition: Edition, language: str) -> list[str]:
    """Return the lines of one language's column."""
    left = 0 if language == edition.source_language else MIDDLE
    crop = {"x": left, "y": TOP, "W": MIDDLE, "H": BOTTOM - TOP}
    area = [word for key, value in crop.items() for word in (f"-{key}", str(value))]
    return said("pdftotext", "-raw", *area, file, "-").split("\n")


def broken(rows: Iterable[str], known: Counter[str]) -> int:
    """Count the line ends inside a word."""
    ends = [row.split() for row in rows if row.strip("\f ")]
    return sum(
        a[-1] + b[0] in known
        and not (a[-1] in known and b[0] in known)
        and bool(HANGUL.match(b[0]))
        for a, b in pairwise(ends)
    )


def share(file: Path, edition: Edition, language: str) -> str:
    """Return how many words of a language are found again."""
    wanted = words(edition, language)
    found = Counter(" ".join(column(file, edition, language)).split())
    return f"{(wanted & found).total() / wanted.total():.1%}"


def row(name: str, edition: Edition, make: Maker, folder: Path, rounds: int) -> str:
    """Measure one program on one article."""
    file = folder / f"{name}.pdf".replace(" ", "-").replace(",", "")
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        make(edition, file)
        times.append(time.perf_counter() - start)
    fonts = said("pdffonts", file).splitlines()[2:]
    embedded = sum(bool(re.search(r" yes (yes|no) +(yes|no) +\d+ ", f)) for f in fonts)
    drawn = sum("Type 3" in font for font in fonts)
    outline = said("pdftohtml", "-xml", "-i", "-stdout", "-q", file).count("<item ")
    info = said("pdfinfo", file)
    cells = (
        name,
        f"{statistics.median(times):.2f}",
        f"{file.stat().st_size / 1000:.0f}",
        re.findall(r"Pages: +(\d+)", info)[0],
        str(broken(column(file, edition, "ko"), words(edition, "ko"))),
        share(file, edition, "en"),
        share(file, edition, "ko"),
        f"{embedded} of {len(fonts)}",
        str(drawn),
        str(outline),
        re.findall(r"Tagged: +(\w+)", info)[0],
    )
    return f"| {' | '.join(cells)} |"


def peer(cache: Path) -> Path:
    """Return the Python that has typst, installed on first use."""
    folder = cache / "typst"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", TYPST]
        subprocess.run(command, check=True)
        (folder / "ready").touch()
    return python


def main(rounds: int, cache: Path, folder: Path) -> None:
    """Measure all programs on all articles and print a table."""
    python = peer(cache)
    makers: dict[str, Maker] = {
        "typst": typst(python, boxes=False),
        "typst, boxes": typst(python, boxes=True),
        "Chromium": chromium,
    }
    print("| article, program | seconds | kB | pages | broken 어절 | en | ko ", end="")
    print(f"| fonts | drawn | outline | tagged |\n|---|{'---:|' * 10}")
    for name, place in ARTICLES.items():
        edition = article(*place)
        for program, make in makers.items():
            print(row(f"{name}, {program}", edition, make, folder, rounds))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--keep", type=Path, help="leave the PDF files there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = chosen.keep or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        main(chosen.rounds, chosen.cache, place)
