"""Does the time of a command grow with the work, and no faster?

    python benchmarks/growth.py [--articles 100,800] [--segments 500,1000,2000,4000]
        [--syncs 50,100,200,400]

Processor seconds of whole processes, on projects that are made for it: many articles of
ten paragraphs in folders, a tenth of whose translations have drifted; and one article
of many paragraphs, all of them drafts, accepted and signed as a whole. What a sync
meets: all of those articles for the first time, a folder of articles that was renamed,
and one article all of whose translations were typed in another editor and committed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from translate_flow import state as states
from translate_flow.article import parse
from translate_flow.catalog import dump, new
from translate_flow.model import Unit
from translate_flow.sync import sync

TODAY = "2026-11-30"
ARTICLE = 10
"""Paragraphs of each of many articles."""

NOUNS = [
    "harbour",
    "island",
    "captain",
    "winter",
    "ferry",
    "clock",
    "letter",
    "school",
    "list",
    "wind",
]
VERBS = ["counts", "keeps", "reads", "calls", "leaves", "finds", "takes", "opens"]


def paragraph(n: int) -> str:
    """Return a text that no other paragraph has."""
    noun, verb = NOUNS[n % len(NOUNS)], VERBS[n // 10 % len(VERBS)]
    return f"The {noun} number {n} {verb} what nobody had seen before that day {n}."


def articles(root: Path, count: int) -> None:
    """Make a project of many articles; of each tenth paragraph the source has moved."""
    _project(root)
    for n in range(count):
        texts = [paragraph(n * ARTICLE + k) for k in range(ARTICLE)]
        slug = f"part{n // 50}/week{n % 50}/article{n}"
        page(root, slug, texts, [states.taken] * ARTICLE)
        moved = [texts[0].replace("The", "No"), *texts[1:]]
        (root / f"sources/{slug}.md").write_text("\n\n".join(moved) + "\n", "utf-8")


def moved(root: Path, count: int) -> None:
    """Make a project of articles in a folder that has another name than their catalogs
    know; all of them begin and end alike."""
    _project(root)
    for n in range(count):
        own = [paragraph(n * ARTICLE + k) for k in range(ARTICLE - 2)]
        texts = ["What is new this week.", *own, "All words are free."]
        page(root, f"old/article{n}", texts, [states.taken] * ARTICLE)
    (root / "sources/old").rename(root / "sources/new")


def typed(root: Path, count: int) -> None:
    """Make a project of one article in git, all of whose translations somebody changed
    in another editor and committed."""
    _project(root)
    page(root, "long", [paragraph(n) for n in range(count)], [states.taken] * count)
    saved = root / "translations/ko/long.po"
    for words in (["init"], ["add", "-A"], ["commit", "-m", "one"]):
        _git(root, *words)
    saved.write_text(saved.read_text("utf-8").replace("그날", "그때"), "utf-8")
    _git(root, "commit", "-am", "two")


def _git(root: Path, *words: str) -> None:
    person = ("-c", "user.name=Mina", "-c", "user.email=mina@example.org")
    command = ["git", "-C", str(root), *person, *words]
    subprocess.run(command, check=True, capture_output=True)


def empty(root: Path, count: int) -> None:
    """Make a project of one article that nobody has translated."""
    _project(root)
    text = "\n\n".join(map(paragraph, range(count))) + "\n"
    (root / "sources").mkdir()
    (root / "sources/long.md").write_text(text, "utf-8")


def segments(root: Path, count: int) -> None:
    """Make a project of one article, all of it drafts."""
    _project(root)
    page(root, "long", [paragraph(n) for n in range(count)], [])


def _project(root: Path) -> None:
    settings = '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n'
    (root / "translate_flow.toml").write_text(settings, "utf-8")


def page(root: Path, slug: str, texts: Sequence[str], acts: Sequence[object]) -> None:
    """Write an article and its catalog.

    :param acts: empty for drafts.
    """
    text = "\n\n".join(texts) + "\n"
    catalog = new(f"sources/{slug}.md", "en", "ko")
    catalog = sync(parse(text, name=slug).segments, catalog, today=TODAY).catalog

    def filled(n: int, unit: Unit) -> Unit:
        target = f"그날까지 아무도 보지 못한 것 {n}."
        if acts:
            return states.taken(unit, target, by="mina", today=TODAY)
        return states.drafted(unit, target, origin="pseudo", today=TODAY)

    units = tuple(filled(n, unit) for n, unit in enumerate(catalog.units))
    source = root / f"sources/{slug}.md"
    saved = root / f"translations/ko/{slug}.po"
    for path in (source, saved):
        path.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, "utf-8")
    saved.write_text(dump(replace(catalog, units=units)), "utf-8")


def seconds(root: Path, *words: str) -> float:
    """Return the processor seconds that a command takes.

    :raises RuntimeError: if it failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "translate_flow", *words]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "NO_COLOR": "1"}, capture_output=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def of_articles(counts: Sequence[int]) -> Iterator[str]:
    """Yield the rows of a table: many articles."""
    yield "| articles | status | status --json | ratio | drift | drift --json |"
    yield "|---:|---:|---:|---:|---:|---:|"
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            articles(root, count)
            seconds(root, "status")
            text, json = seconds(root, "status"), seconds(root, "status", "--json")
            drift = seconds(root, "drift"), seconds(root, "drift", "--json")
        cells = f"{text:.2f} | {json:.2f} | {text / json:.2f}"
        yield f"| {count:,} | {cells} | {drift[0]:.2f} | {drift[1]:.2f} |"


def of_segments(counts: Sequence[int]) -> Iterator[str]:
    """Yield the rows of a table: one article."""
    yield "| segments | status | accept SLUG --unread | sign SLUG |"
    yield "|---:|---:|---:|---:|"
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            segments(root, count)
            status = seconds(root, "status")
            taken = seconds(root, "accept", "long", "--unread", "--by", "mina")
            signed = seconds(root, "sign", "long", "--by", "bob")
        yield f"| {count:,} | {status:.2f} | {taken:.2f} | {signed:.2f} |"


def of_syncs(counts: Sequence[int]) -> Iterator[str]:
    """Yield the rows of a table: what sync meets."""
    yield "| articles, or units | first sync | folder moved | typed elsewhere | again |"
    yield "|---:|---:|---:|---:|---:|"
    for count in counts:
        cells = []
        for make in (articles, moved, typed):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                make(root, count)
                cells.append(f"{seconds(root, 'sync'):.2f}")
                if make is typed:
                    seconds(root, "sync")
                    cells.append(f"{seconds(root, 'sync'):.2f}")
        yield f"| {count:,} | {' | '.join(cells)} |"


def main() -> None:
    """Print three tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", default="100,800", metavar="N,N")
    parser.add_argument("--segments", default="500,1000,2000,4000", metavar="N,N")
    parser.add_argument("--syncs", default="50,100,200,400", metavar="N,N")
    asked = parser.parse_args()
    for rows, counts in (
        (of_articles, asked.articles),
        (of_segments, asked.segments),
        (of_syncs, asked.syncs),
    ):
        for line in rows([int(n) for n in counts.split(",") if n]):
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
