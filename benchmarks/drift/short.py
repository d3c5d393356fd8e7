"""Texts of a few words that authors edited: do their translations stay with them?

    python -m benchmarks.drift.short REPO... [--commits 3000] [--words 3]
        [--sample 60] [--seed 1]

From git histories: wherever a commit put one text in the place of one of so few
words, both neighbours unchanged, that is where the translation belongs, as drifted.
*Lost*: the new text descends from nothing. *Wrong*: it descends from another text.
``--sample`` prints links to read.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.drift.histories import Git
from benchmarks.drift.language import Language, count, is_of_others
from translate_flow.lineage import Fragment, lineage
from translate_flow.model import Segment
from translate_flow.state import collapse


@dataclass(frozen=True, slots=True)
class Exchange:
    """One short text in the place of another."""

    language: Language
    kind: str
    before: str
    after: str
    became: str
    """kept, lost or wrong."""


def exchanges(repository: Path, most: int, words: int) -> Iterator[Exchange]:
    """Yield the short texts of a history that were edited where they stand, each pair
    once, the newest first."""
    git = Git(repository)
    seen: set[tuple[str, str]] = set()
    for path, old, new in git.changes(most):
        olds, news = git.page(old, path), git.page(new, path)
        if is_of_others(path) or olds is None or news is None or olds[0] != news[0]:
            continue
        for one in _exchanged(olds[0], olds[1], news[1], words):
            if (one.before, one.after) not in seen:
                seen.add((one.before, one.after))
                yield one


def _exchanged(
    spoken: Language, olds: Sequence[Segment], news: Sequence[Segment], words: int
) -> Iterator[Exchange]:
    places = [*_places(olds, news, words)]
    if not places:
        return
    found = lineage(
        *([Fragment(s.text, s.kind) for s in side] for side in (olds, news))
    )
    for here, there in places:
        ancestors = found[there].ancestors
        became = "kept" if ancestors == (here,) else "wrong" if ancestors else "lost"
        before, after = olds[here], news[there]
        yield Exchange(spoken, before.kind, before.text, after.text, became)


def _places(
    olds: Sequence[Segment], news: Sequence[Segment], words: int
) -> Iterator[tuple[int, int]]:
    """Yield where one text stands in the place of a short one of its kind."""
    sides = [[(s.kind, collapse(s.text)) for s in side] for side in (olds, news)]
    for op, a, b, c, d in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
        alone = op == "replace" and b - a == d - c == 1
        if not alone or olds[a].kind != news[c].kind or sides[0][a] in sides[1]:
            continue
        if count(olds[a].text) <= words:
            yield a, c


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift.short")
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO")
    parser.add_argument("--commits", type=int, default=3000, metavar="N")
    parser.add_argument("--words", type=int, default=3, metavar="N")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(words)
    found = [
        one
        for repository in chosen.repositories
        for one in exchanges(repository, chosen.commits, chosen.words)
    ]
    print("| | edited | kept | lost | wrong |\n|---|---:|---:|---:|---:|")
    for spoken in ("en", "ko"):
        counts = Counter(one.became for one in found if one.language == spoken)
        shares = [
            f"{counts[name]} ({100 * counts[name] / max(1, counts.total()):.1f} %)"
            for name in ("kept", "lost", "wrong")
        ]
        print(f"| {spoken} | {counts.total()} | {' | '.join(shares)} |")
    dice = random.Random(chosen.seed)
    for one in dice.sample(found, min(chosen.sample, len(found))):
        print(f"{one.became}\t{one.kind}\t{one.before!r} → {one.after!r}")


if __name__ == "__main__":
    main()
