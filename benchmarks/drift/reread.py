"""How much a translator must read again after a year of real edits.

    python -m benchmarks.drift.reread OLD NEW

OLD and NEW are folders with the same site at two dates. Every page of OLD counts as
translated and accepted in full; then it becomes the page of NEW with the same name, or
with another name if at least half of its texts stand there.

gettext flags a segment as a whole, whatever changed in it. We keep what needs no look,
and show which words changed in the rest: of a change, as many words count as stand on
its longer side, the old or the new.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.drift.generator import plain_text
from benchmarks.drift.language import Language, count, language
from benchmarks.drift.systems import TODAY, Carried, Missing, accepted, msgmerge
from benchmarks.drift.truth import Case, Origin
from translate_flow import state as states
from translate_flow.article import parse
from translate_flow.drift import drift
from translate_flow.errors import FlowError
from translate_flow.model import FINISHED, Segment, State, Unit
from translate_flow.state import collapse
from translate_flow.sync import sync

SHARED = 0.5
"""Least share of its texts that a page under a new name has from its old one."""


@dataclass
class Amount:
    """Segments and the words in them."""

    segments: int = 0
    words: int = 0

    def add(self, words: int) -> None:
        """Count one more segment."""
        self.segments += 1
        self.words += words


@dataclass
class Reading:
    """What a year asks of a translator."""

    pages: int = 0
    everything: Amount = field(default_factory=Amount)
    same: Amount = field(default_factory=Amount)
    """Text for text what it was, and still settled."""

    new: Amount = field(default_factory=Amount)
    """Without an ancestor: to be translated, not read again."""

    kept: Amount = field(default_factory=Amount)
    """Changed, and settled without a person."""

    drifted: Amount = field(default_factory=Amount)
    """Changed, to be read again: the whole segments."""

    spans: int = 0
    """Words inside the changed spans of those."""

    fuzzy: Amount = field(default_factory=Amount)
    """msgmerge: flagged with a text to mend."""

    empty: Amount = field(default_factory=Amount)
    """msgmerge: nothing found."""

    classes: Counter[str] = field(default_factory=Counter)
    """Drifted segments by class."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One page at two dates."""

    name: str
    language: Language
    olds: tuple[Segment, ...]
    news: tuple[Segment, ...]


def pairs(old: Path, new: Path) -> Iterator[Pair]:
    """Yield the pages that exist at both dates, renamed ones too."""
    before, after = dict(_pages(old)), dict(_pages(new))
    gone = {name: page for name, page in before.items() if name not in after}
    for name, (spoken, news) in after.items():
        was = name if name in before else _renamed(news, gone)
        if was is not None:
            yield Pair(name, spoken, before[was][1], news)


def _pages(folder: Path) -> Iterator[tuple[str, tuple[Language, tuple[Segment, ...]]]]:
    for file in sorted(folder.rglob("*.md")):
        try:
            text = plain_text(file)
            spoken = language(text)
            if spoken:
                found = parse(text, name=file.name).segments
                yield file.relative_to(folder).as_posix(), (spoken, found)
        except FlowError:
            continue


def _renamed(
    news: Sequence[Segment], gone: dict[str, tuple[Language, tuple[Segment, ...]]]
) -> str | None:
    texts = {collapse(segment.text) for segment in news}
    shares = {
        name: sum(collapse(s.text) in texts for s in olds) / max(1, len(olds))
        for name, (_, olds) in gone.items()
    }
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and shares[best] >= SHARED else None


def read(found: Sequence[Pair]) -> Reading:
    """Return what the edits of these pages ask of a translator."""
    told = Reading(pages=len(found))
    for pair in found:
        texts = {collapse(segment.text) for segment in pair.olds}
        catalog = accepted(pair.olds, pair.language)
        for unit in sync(pair.news, catalog, today=TODAY).catalog.units:
            size = count(unit.source)
            told.everything.add(size)
            if collapse(unit.source) in texts and states.state(unit) in FINISHED:
                told.same.add(size)
            else:
                _ask(unit, size, told)
    return told


def _ask(unit: Unit, size: int, told: Reading) -> None:
    state = states.state(unit)
    if not unit.target:
        told.new.add(size)
    elif state in FINISHED:
        told.kept.add(size)
    elif state is State.DRIFTED:
        seen = drift(unit)
        told.drifted.add(size)
        told.spans += changed(seen.diff)
        told.classes[seen.drift_class] += 1
    else:
        told.drifted.add(size)
        told.spans += size
        told.classes["proposal"] += 1


def changed(diff: Sequence[tuple[str, str]]) -> int:
    """Return how many words stand inside changed spans: of each, its longer side."""
    total, sides = 0, {"-": 0, "+": 0}
    for op, text in (*diff, ("=", "")):
        if op == "=":
            total += max(sides.values())
            sides = {"-": 0, "+": 0}
        else:
            sides[op] += max(count(text), bool(text.strip()))
    return total


def flagged(found: Sequence[Pair], told: Reading) -> None:
    """Add what msgmerge flags.

    :raises Missing: if it cannot be had.
    """
    cases = [
        Case(
            *(p.name, p.language, "", ""),
            *(p.olds, p.news),
            tuple(Origin((), "inserted", s.text) for s in p.news),
        )
        for p in found
    ]
    for case, carried in zip(cases, msgmerge(cases).carried, strict=True):
        for segment, got in zip(case.news, carried, strict=True):
            _flag(segment, got, told)


def _flag(segment: Segment, got: Carried, told: Reading) -> None:
    if got.shown == "drifted":
        told.fuzzy.add(count(segment.text))
    elif got.shown == "none":
        told.empty.add(count(segment.text))


def table(told: Reading) -> str:
    """Return the figures as a table."""

    def row(name: str, amount: Amount) -> str:
        share = f"{100 * amount.segments / max(1, told.everything.segments):.1f} %"
        part = f"{100 * amount.words / max(1, told.everything.words):.1f} %"
        return f"| {name} | {amount.segments} | {share} | {amount.words} | {part} |"

    asked = Amount(told.kept.segments + told.drifted.segments)
    asked.words = told.kept.words + told.drifted.words
    spans = Amount(told.drifted.segments, told.spans)
    lines = [
        "| | segments | of all | words | of all |",
        "|---|---:|---:|---:|---:|",
        row("all, at the later date", told.everything),
        row("the same text as before", told.same),
        row("new, to be translated", told.new),
        row("changed: gettext's way, whole segments", asked),
        row("changed: kept or carried, nothing to read", told.kept),
        row("changed: to be read again, whole segments", told.drifted),
        row("**changed: to be read again, changed spans**", spans),
    ]
    if told.fuzzy.segments or told.empty.segments:
        lines.append(row("msgmerge: fuzzy", told.fuzzy))
        lines.append(row("msgmerge: untranslated", told.empty))
    classes = ", ".join(f"{name} {n}" for name, n in told.classes.most_common())
    return "\n".join(lines) + f"\n\nDrifted by class: {classes or 'none'}."


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift.reread")
    parser.add_argument("old", type=Path, metavar="OLD")
    parser.add_argument("new", type=Path, metavar="NEW")
    chosen = parser.parse_args(words)
    found = list(pairs(chosen.old, chosen.new))
    for spoken in sorted({pair.language for pair in found}):
        of = [pair for pair in found if pair.language == spoken]
        told = read(of)
        try:
            flagged(of, told)
        except Missing as error:
            print(f"msgmerge is left out: {error}")
        print(f"\n### {spoken}: {told.pages} pages\n\n{table(told)}")


if __name__ == "__main__":
    main()
