"""Real pages there and back: is every byte kept, and the structure when words change?

    python benchmarks/roundtrip.py FOLDER... [-v] [--no-peers] [--cache DIR]

Reads every .md and .mdx file below the folders and prints a table:

- *byte-identical*: pages that come back byte for byte when every target equals its
  source.
- *structure kept*: pages whose blocks are the same when every segment is replaced by
  other words; "by us" is said by our own parser, "by markdown-it" by a plain
  markdown-it that knows none of our constructs, on pages without front matter.
- MB/s: bytes of pages per second of processor time, reading and writing apart. A
  tool is timed as it is made to be used: we and mdpo in one process for all pages,
  translate-toolkit in one process per direction, po4a in one per page and direction.

Each peer extracts a PO file, every msgstr is set to its msgid, and the peer renders
the page from that, told not to wrap lines. mdpo and translate-toolkit name their
commands alike, so each gets a virtual environment of its own in the cache folder; po4a
is used if it is installed.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from translate_flow.article import Article, decode, parse
from translate_flow.errors import FlowError

CACHE = Path(__file__).parent.parent / ".cache" / "peers"
FRONT = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
LIMIT = 120
"""Seconds that a peer may take for one page."""


@dataclass
class Row:
    """What a tool did with all pages."""

    tool: str
    segments: int = 0
    read: int = 0
    identical: int = 0
    ours: int | None = None
    plain: int | None = None
    reading: float = 0.0
    writing: float = 0.0
    failures: list[str] = field(default_factory=list)

    def line(self, pages: int, size: float) -> str:
        """Return the row of the table."""
        share = [self.read, self.identical, self.ours, self.plain]
        cells = [self.tool, str(self.segments)]
        cells += ["–" if n is None else f"{n} ({n / pages:.1%})" for n in share]
        speed = [f"{size / s:.2f}" if s else "–" for s in (self.reading, self.writing)]
        return "| " + " | ".join([*cells, *speed]) + " |"


HEAD = (
    "| tool | segments | pages read | byte-identical | structure kept, by us "
    "| by markdown-it | read MB/s | write MB/s |\n|---|" + "---:|" * 7
)


def cpu() -> float:
    """Return the seconds of processor time that we and our processes have used."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def found(folders: list[Path]) -> list[Path]:
    """Return the pages below folders."""
    pages = (p for folder in folders for p in sorted(folder.rglob("*.md*")))
    return [page for page in pages if page.suffix in (".md", ".mdx") and page.is_file()]


# --- translate_flow ---------------------------------------------------------


def flow(pages: list[Path]) -> Row:
    """Take all pages through our own parser and renderer."""
    row = Row("translate_flow")
    for page in pages:
        data = page.read_bytes()
        start = cpu()
        try:
            article = parse(decode(data, str(page)), name=str(page))
        except FlowError as error:
            row.failures.append(f"cannot be read: {error}")
            continue
        row.reading += cpu() - start
        row.read += 1
        row.segments += len(article.segments)
        row.identical += _identical(article, data, row)
        _replace(article, row)
    return row


def _identical(article: Article, data: bytes, row: Row) -> bool:
    same = all(
        article.render(lookup).encode() == data
        for lookup in (lambda segment: None, lambda segment: segment.text)
    )
    if not same:
        row.failures.append(f"{article.name}: bytes differ")
    return same


def _replace(article: Article, row: Row) -> None:
    start = cpu()
    try:
        text = article.render(lambda segment: f"Words {segment.n} 낱말")
    except FlowError as error:
        row.failures.append(str(error))
        return
    row.writing += cpu() - start
    again = parse(text, name=article.name)
    kinds = [s.kind for s in article.segments] == [s.kind for s in again.segments]
    kept = kinds and own_shape(again) == own_shape(article)
    row.ours = (row.ours or 0) + kept
    plain = plain_shape(text) == plain_shape(article.text)
    row.plain = (row.plain or 0) + plain
    if not kept:
        row.failures.append(f"{article.name}: other blocks")
    if not plain:
        row.failures.append(f"{article.name}: other blocks for markdown-it")


def own_shape(article: Article) -> list[Any]:
    """Return the blocks of an article without their words."""
    return [
        (
            *(b.kind, b.level, b.info, b.align, [len(row) for row in b.rows]),
            *((c.kind, c.ordered, c.number, c.checked, c.name) for c in b.path),
        )
        for b in article.blocks
    ]


PLAIN = (
    MarkdownIt("commonmark").enable(["table"]).use(deflist_plugin).use(footnote_plugin)
)
PLAIN.core.ruler.enableOnly(["normalize", "block"])


def plain_shape(text: str) -> list[Any]:
    """Return the block tokens of a page without their words; code stays."""
    body = FRONT.sub("", text, count=1)
    return [
        (t.type, t.tag, t.level, t.info, t.content if t.type == "fence" else "")
        for t in PLAIN.parse(body)
    ]


# --- peers ------------------------------------------------------------------


@dataclass
class Work:
    """A folder where a peer finds pages under plain names, ``0001.md``."""

    folder: Path
    pages: list[Path]

    def names(self) -> Iterator[tuple[Path, str]]:
        """Yield each page and its name here, without suffix."""
        yield from ((page, f"{n:05}") for n, page in enumerate(self.pages))

    def fill(self) -> tuple[int, list[str]]:
        """Set every msgstr of the PO files to its msgid; return how many entries there
        are, and which pages have no PO file that can be read."""
        count, bad = 0, []
        for page, name in self.names():
            try:
                po = polib.pofile(str(self.folder / "po" / f"{name}.po"), wrapwidth=0)
            except (OSError, ValueError):
                bad.append(str(page))
                continue
            for entry in po:
                entry.msgstr = entry.msgid
            po.metadata["Content-Type"] = "text/plain; charset=UTF-8"
            po.save(str(self.folder / "full" / f"{name}.po"))
            count += len(po)
        return count, bad


def peer(tool: str, work: Work, read: Callable[[Work], None], write: Any) -> Row:
    """Take all pages through a peer."""
    row = Row(tool)
    start = cpu()
    read(work)
    row.reading = cpu() - start
    row.segments, bad = work.fill()
    row.read = len(work.pages) - len(bad)
    row.failures += (f"{page}: no PO file" for page in bad)
    start = cpu()
    write(work)
    row.writing = cpu() - start
    for page, name in work.names():
        out = work.folder / "out" / f"{name}.md"
        same = out.is_file() and out.read_bytes() == page.read_bytes()
        row.identical += same
        if not same:
            what = "bytes differ" if out.is_file() else "no page came back"
            row.failures.append(f"{page}: {what}")
    return row


def run(*command: str | Path, cwd: Path, limit: float | None = None) -> None:
    """Run a command and let it fail: what it leaves behind is judged."""
    try:
        subprocess.run(
            command, cwd=cwd, capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"gave up: {command[0]} after {limit} s", file=sys.stderr)


def toolkit(python: Path) -> tuple[Callable[[Work], None], Callable[[Work], None]]:
    """translate-toolkit, a folder at a time."""

    def read(work: Work) -> None:
        md2po = python.with_name("md2po")
        run(md2po, "--progress=none", "in", "po", cwd=work.folder)

    def write(work: Work) -> None:
        po2md = python.with_name("po2md")
        how = ("--progress=none", "--maxlinelength=0", "-t", "in")
        run(po2md, *how, "full", "out", cwd=work.folder)

    return read, write


MDPO_READ = """
import sys, json
from mdpo.md2po import markdown_to_pofile
for name in json.load(open("names.json")):
    try:
        po = markdown_to_pofile("in/%s.md" % name, wrapwidth=0, location=False)
        po.save("po/%s.po" % name)
    except Exception as error:
        print(name, repr(error), file=sys.stderr)
"""
MDPO_WRITE = """
import sys, json
from mdpo.po2md import pofile_to_markdown
for name in json.load(open("names.json")):
    try:
        text = pofile_to_markdown("in/%s.md" % name, "full/%s.po" % name, wrapwidth=0)
        open("out/%s.md" % name, "w", newline="").write(text)
    except Exception as error:
        print(name, repr(error), file=sys.stderr)
"""


def mdpo(python: Path) -> tuple[Callable[[Work], None], Callable[[Work], None]]:
    """mdpo as a library, all pages in one process."""

    def read(work: Work) -> None:
        names = [name for _, name in work.names()]
        (work.folder / "names.json").write_text(json.dumps(names))
        run(python, "-c", MDPO_READ, cwd=work.folder)

    def write(work: Work) -> None:
        run(python, "-c", MDPO_WRITE, cwd=work.folder)

    return read, write


PO4A = ("-f", "text", "-o", "markdown", "-M", "UTF-8")


def po4a_read(work: Work) -> None:
    """po4a, a page at a time."""
    for _, name in work.names():
        files = ("-m", f"in/{name}.md", "-p", f"po/{name}.po")
        run("po4a-updatepo", *PO4A, *files, cwd=work.folder, limit=LIMIT)


def po4a_write(work: Work) -> None:
    """po4a, a page at a time; ``-w -1`` wraps nothing anew, ``-k 0`` keeps all."""
    for _, name in work.names():
        files = ("-m", f"in/{name}.md", "-p", f"full/{name}.po", "-l", f"out/{name}.md")
        how = ("-L", "UTF-8", "-k", "0", "-w", "-1")
        run("po4a-translate", *PO4A, *how, *files, cwd=work.folder, limit=LIMIT)


def environment(cache: Path, package: str) -> Path:
    """Return the python of a virtual environment that has a package.

    :raises RuntimeError: if the package cannot be had.
    """
    folder = cache / package
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        cache.mkdir(parents=True, exist_ok=True)
        (cache / ".gitignore").write_text("*\n", "utf-8")
        venv.create(folder, clear=True, with_pip=True)
        extra = ["mistletoe"] if package == "translate-toolkit" else []
        command = [str(python), "-m", "pip", "install", "--quiet", package, *extra]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip().splitlines()[-1])
        (folder / "ready").touch()
    return python


def peers(cache: Path, pages: list[Path]) -> Iterator[Row]:
    """Yield the row of each peer that can be had; say which cannot."""
    for package, make in (("translate-toolkit", toolkit), ("mdpo", mdpo)):
        try:
            ways = make(environment(cache, package))
        except RuntimeError as error:
            print(f"{package} cannot be had: {error}", file=sys.stderr)
            continue
        with _work(pages) as work:
            yield peer(package, work, *ways)
    if shutil.which("po4a-translate") is None:
        print("po4a cannot be had: install po4a with apt-get", file=sys.stderr)
        return
    with _work(pages) as work:
        yield peer("po4a", work, po4a_read, po4a_write)


class _work:
    """A folder with all pages in it, for as long as a peer is at work."""

    def __init__(self, pages: list[Path]) -> None:
        self.pages = pages

    def __enter__(self) -> Work:
        self.temporary = tempfile.TemporaryDirectory()
        work = Work(Path(self.temporary.name), self.pages)
        for name in ("in", "po", "full", "out"):
            (work.folder / name).mkdir()
        for page, name in work.names():
            shutil.copyfile(page, work.folder / "in" / f"{name}.md")
        return work

    def __exit__(self, *_: object) -> None:
        self.temporary.cleanup()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("-v", "--verbose", action="store_true", help="list failures")
    parser.add_argument("--no-peers", action="store_true", help="measure only us")
    parser.add_argument("--cache", type=Path, default=CACHE, help="for the peers")
    chosen = parser.parse_args()
    pages = found(chosen.folders)
    if not pages:
        parser.error("no .md or .mdx file there")
    size = sum(page.stat().st_size for page in pages) / 1e6
    parse("warm", name="warm.md")
    print(f"{len(pages)} pages, {size:.2f} MB\n\n{HEAD}", flush=True)
    rows = [flow(pages)]
    print(rows[0].line(len(pages), size), flush=True)
    for row in [] if chosen.no_peers else peers(chosen.cache, pages):
        rows.append(row)
        print(row.line(len(pages), size), flush=True)
    for row in rows if chosen.verbose else ():
        for failure in row.failures:
            print(f"{row.tool}: {failure}")


if __name__ == "__main__":
    main()
