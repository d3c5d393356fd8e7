"""Edit real pages, let every system follow, say who was right.

    python -m benchmarks.drift FOLDER... [--profile year] [--seed 1] [--pages 60]
        [--systems tflow,msgmerge] [--verbose N]

Takes the English and Korean .md files below the folders. The same folders, profile and
seed give the same edits. ``--systems lineage`` asks the lineage alone; ``--verbose 5``
prints five misses of each sort, of the first system.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.drift.generator import PROFILES, cases, load
from benchmarks.drift.scorer import Score, goals, kinds, score, told
from benchmarks.drift.systems import DEFAULT, SYSTEMS, Missing
from benchmarks.drift.truth import Case


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--profile", choices=[*PROFILES, "all"], default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, help="at most so many of each language")
    parser.add_argument("--systems", default=",".join(DEFAULT), metavar="A,B")
    parser.add_argument("--verbose", type=int, default=0, metavar="N")
    chosen = parser.parse_args(words)
    wanted = chosen.systems.split(",")
    if unknown := set(wanted) - set(SYSTEMS):
        parser.error(f"no such system: {', '.join(sorted(unknown))}")
    profiles = list(PROFILES) if chosen.profile == "all" else [chosen.profile]
    for folder in chosen.folders:
        corpora = load(sorted(folder.rglob("*.md")), folder)
        if not corpora:
            parser.error(f"no English or Korean page in {folder}")
        for spoken, corpus in corpora.items():
            for name in profiles:
                made = cases(corpus, PROFILES[name], chosen.seed, most=chosen.pages)
                title = f"{folder.name}, {spoken}, {name}, seed {chosen.seed}"
                report(title, list(made), wanted, chosen.verbose)


def report(title: str, made: Sequence[Case], wanted: Sequence[str], most: int) -> None:
    """Let systems work on cases and print how they did.

    :param most: so many misses of each sort are printed of translate_flow.
    """
    size = sum(len(case.news) for case in made)
    print(f"\n### {title}: {len(made)} pages, {size} segments\n", flush=True)
    scores = list(scored(made, wanted))
    print(f"{goals(scores)}\n\n{kinds(scores)}", flush=True)
    for line in told(scores[0].misses, most) if most else ():
        print(line)


def scored(made: Sequence[Case], wanted: Sequence[str]) -> Iterator[Score]:
    """Yield how each system did; say which cannot be had."""
    for name in wanted:
        try:
            yield score(made, SYSTEMS[name](made))
        except Missing as error:
            print(f"{name} is left out: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
