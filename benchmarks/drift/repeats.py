"""Texts that a page says more than once, each with a translation of its own: does any
of them ever get another one's?

    python -m benchmarks.drift.repeats FOLDER... [--seed N] [--times 3] [-v]

Whole table rows, list items and paragraphs with such a text are inserted, deleted,
moved and swapped in the ``.md`` pages below the folders, one edit at a time. A row that
is inserted has new words where the others differ, an item or a paragraph is said once
more. *Wrong*: another one's translation, shown as current. *Lost*: no translation at
all. *Draft*: a translation that a person must look at; of these, *another's*.
difflib pairs equal texts in order and knows nothing else.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from benchmarks.drift import pages
from benchmarks.drift.generator import plain_text
from benchmarks.drift.language import language
from benchmarks.drift.systems import TODAY, accepted
from benchmarks.drift.targets import numbers
from translate_flow import state as states
from translate_flow.errors import FlowError
from translate_flow.model import FINISHED, Segment
from translate_flow.state import collapse
from translate_flow.sync import sync

SORTS = {"row": "cell", "item": "item", "paragraph": "paragraph"}
"""What is edited, and the kind of its segments."""

LARGEST = 1500
"""Most segments of a page that is used."""

Line = tuple[int | None, str]
"""A line of the new page: its index in the old one, if it was there, and its text."""


@dataclass(frozen=True)
class Lines:
    """A page, line by line, and those that hold a repeated text and nothing else."""

    name: str
    lines: tuple[str, ...]
    segments: tuple[Segment, ...]
    on: dict[int, tuple[int, ...]]
    """Indices of the segments that begin on a line."""

    repeated: frozenset[str]
    blocks: dict[str, tuple[int, ...]]
    """By sort, lines that can be taken out, put in and exchanged."""


@dataclass(frozen=True)
class Edit:
    """A page after one edit."""

    page: Lines
    news: tuple[Segment, ...]
    origins: tuple[int | None, ...]
    """For each new segment its index in the old page; None for an inserted one."""


def read(file: Path) -> Lines | None:
    """Return a page that says something more than once, else None."""
    try:
        text = plain_text(file)
        segments = pages.read(text, file.name).segments
    except FlowError:
        return None
    said = Counter(collapse(segment.text) for segment in segments)
    repeated = frozenset(text for text, times in said.items() if times > 1)
    if not repeated or len(segments) > LARGEST or language(text) is None:
        return None
    on = defaultdict[int, list[int]](list)
    for segment in segments:
        on[segment.line - 1].append(segment.n - 1)
    lines = tuple(text.split("\n"))
    found = defaultdict[str, list[int]](list)
    for at, here in on.items():
        if any(collapse(segments[i].text) in repeated for i in here):
            for sort in SORTS:
                if _is(sort, lines, at, [segments[i] for i in here]):
                    found[sort].append(at)
    blocks = {sort: tuple(at) for sort, at in found.items()}
    return Lines(
        file.name,
        lines,
        tuple(segments),
        {at: tuple(here) for at, here in on.items()},
        repeated,
        blocks,
    )


def _is(sort: str, lines: Sequence[str], at: int, here: Sequence[Segment]) -> bool:
    if {segment.kind for segment in here} != {SORTS[sort]}:
        return False
    around = [lines[n].strip() if 0 <= n < len(lines) else "" for n in (at - 1, at + 1)]
    if sort == "row":  # not a head: a rule follows that
        return not re.fullmatch(r"[|:\s-]+", around[1] or "x")
    whole = len(here) == 1 and collapse(lines[at]).endswith(collapse(here[0].text))
    if sort == "item":
        return whole and re.match(r"[-*+] ", lines[at].lstrip()) is not None
    return whole and around == ["", ""] and lines[at][:1] not in (" ", "\t", "")


# --- edits ------------------------------------------------------------------


def inserted(page: Lines, sort: str, dice: random.Random) -> list[Line]:
    """Say a line once more beside another one."""
    at, beside = dice.choice(page.blocks[sort]), dice.choice(page.blocks[sort])
    line = page.lines[at]
    for i in page.on[at] if sort == "row" else ():
        text = page.segments[i].text
        if collapse(text) not in page.repeated:
            line = line.replace(text, f"{text} anew")
    new: list[Line] = [(None, line), *([(None, "")] if sort == "paragraph" else [])]
    where = beside + dice.choice((0, 1 if sort != "paragraph" else 2))
    lines = _all(page)
    return [*lines[:where], *new, *lines[where:]]


def deleted(page: Lines, sort: str, dice: random.Random) -> list[Line]:
    """Take a line out."""
    gone = _span(sort, dice.choice(page.blocks[sort]))
    return [line for line in _all(page) if line[0] not in gone]


def moved(page: Lines, sort: str, dice: random.Random) -> list[Line]:
    """Put a line beside another one."""
    gone = _span(sort, dice.choice(page.blocks[sort]))
    beside = dice.choice(page.blocks[sort])
    lines = _all(page)
    rest = [line for line in lines if line[0] not in gone]
    where = next((n for n, line in enumerate(rest) if line[0] == beside), 0)
    return [*rest[:where], *(lines[n] for n in gone), *rest[where:]]


def swapped(page: Lines, sort: str, dice: random.Random) -> list[Line]:
    """Exchange a line and another one of its sort, repeated or not."""
    kind = SORTS[sort]
    others = [
        at
        for at, here in page.on.items()
        if all(page.segments[i].kind == kind for i in here)
        and _is(sort, page.lines, at, [page.segments[i] for i in here])
    ]
    one, other = dice.choice(page.blocks[sort]), dice.choice(others)
    lines = _all(page)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


EDITS: dict[str, Callable[[Lines, str, random.Random], list[Line]]] = {
    "insert": inserted,
    "delete": deleted,
    "move": moved,
    "swap": swapped,
}


def _all(page: Lines) -> list[Line]:
    return [*enumerate(page.lines)]


def _span(sort: str, at: int) -> tuple[int, ...]:
    return (at, at + 1) if sort == "paragraph" else (at,)


def edited(page: Lines, lines: Sequence[Line]) -> Edit | None:
    """Return the edited page; None if it says the same as before, or if its grammar
    makes something else of the edit."""
    text = "\n".join(line for _, line in lines)
    try:
        news = pages.read(text, page.name).segments
    except FlowError:
        return None
    now = [collapse(segment.text) for segment in news]
    if now == [collapse(segment.text) for segment in page.segments]:
        return None
    by_line = {n: at for n, (at, _) in enumerate(lines)}
    counts = Counter[int]()
    origins: list[int | None] = []
    for segment in news:
        line = by_line[segment.line - 1]
        here = page.on.get(line, ()) if line is not None else ()
        origins.append(here[counts[line]] if counts[line or 0] < len(here) else None)
        counts[line if line is not None else -1] += 1
    origins = _told_apart(origins, now)
    same = all(
        i is None or collapse(page.segments[i].text) == text
        for i, text in zip(origins, now, strict=True)
    )
    return Edit(page, tuple(news), tuple(origins)) if same else None


def _told_apart(
    origins: Sequence[int | None], texts: Sequence[str]
) -> list[int | None]:
    """Return the origins with, of equal neighbours, the inserted ones last:
    which of two lines that say the same is new, nobody can tell."""
    told = list[int | None]()
    for _, run in groupby(zip(texts, origins, strict=True), key=lambda one: one[0]):
        told += sorted((i for _, i in run), key=lambda i: i is None)
    return told


# --- who gets what ----------------------------------------------------------

Given = tuple[int | None, bool]
"""The old segment whose translation a new one got; whether it is shown as current."""


def tflow(edit: Edit) -> list[Given]:
    """Accept a translation of every old segment, then sync with the new page."""
    catalog = accepted(edit.page.segments, "en")
    units = sync(edit.news, catalog, today=TODAY).catalog.units
    return [
        (next(iter(numbers(unit.target)), None), states.state(unit) in FINISHED)
        for unit in units
    ]


def difflib(edit: Edit) -> list[Given]:
    """Pair equal texts in order."""
    olds = [collapse(segment.text) for segment in edit.page.segments]
    news = [collapse(segment.text) for segment in edit.news]
    given: list[Given] = [(None, False)] * len(news)
    for a, b, size in SequenceMatcher(None, olds, news, False).get_matching_blocks():
        given[b : b + size] = [(a + n, True) for n in range(size)]
    return given


def counted(edit: Edit, given: Sequence[Given]) -> Counter[str]:
    """Count what became of the repeated texts of a page."""
    found = Counter[str]()
    for segment, origin, (got, current) in zip(
        edit.news, edit.origins, given, strict=True
    ):
        if collapse(segment.text) not in edit.page.repeated:
            continue
        found["texts"] += 1
        found["wrong"] += current and got != origin
        found["lost"] += origin is not None and got is None
        found["draft"] += got is not None and not current
        found["another's"] += got not in (None, origin) and not current
    return found


def edits(
    folder: Path, seed: int, times: int
) -> Iterator[tuple[tuple[str, str], Edit]]:
    """Yield edited pages, each with what was edited and how."""
    for file in sorted(folder.rglob("*.md")):
        page, where = read(file), file.relative_to(folder).as_posix()
        for sort in page.blocks if page else ():
            for name, way in EDITS.items():
                for n in range(times):
                    assert page is not None
                    dice = random.Random(f"{seed} {where} {sort} {name} {n}")
                    edit = edited(page, way(page, sort, dice))
                    if edit:
                        yield (sort, name), edit


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift.repeats")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("-v", action="store_true", help="print what was wrong or lost")
    asked = parser.parse_args()
    systems = {"translate_flow": tflow, "difflib": difflib}
    tallies = defaultdict[tuple[str, str, str], Counter[str]](Counter)
    pages_seen = set[str]()
    for folder in asked.folders:
        for (sort, name), edit in edits(folder, asked.seed, asked.times):
            pages_seen.add(edit.page.name)
            for system, way in systems.items():
                found = counted(edit, way(edit))
                tallies[sort, name, system] += found + Counter(edits=1)
                bad = system == "translate_flow" and (found["wrong"] or found["lost"])
                if asked.v and bad:
                    print(f"{edit.page.name} {sort} {name} {dict(found)}")
    columns = ("edits", "texts", "wrong", "lost", "draft", "another's")
    print("| edit | system | " + " | ".join(columns) + " |")
    print("|---|---|" + "---:|" * len(columns))
    for (sort, name, system), tally in sorted(tallies.items()):
        cells = " | ".join(f"{tally[column]:,}" for column in columns)
        print(f"| {sort}, {name} | {system} | {cells} |")


if __name__ == "__main__":
    main()
