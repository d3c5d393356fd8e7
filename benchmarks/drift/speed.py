"""How long one very long article takes: thousands of segments and a year of edits.

    python -m benchmarks.drift.speed FOLDER [--segments 5000] [--profile year] [--peers]

The article is put together from edited pages, so that what is true of them is true of
it. Times are the best of some runs, in processor seconds, for the lineage alone and for
the whole sync.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

from benchmarks.drift.generator import PROFILES, cases, load
from benchmarks.drift.scorer import goals, score
from benchmarks.drift.systems import (
    SYSTEMS,
    TODAY,
    Missing,
    accepted,
    tflow,
)
from benchmarks.drift.truth import Case, Origin
from translate_flow.lineage import Fragment, lineage
from translate_flow.model import Segment
from translate_flow.sync import sync

RUNS = 3


def joined(parts: Iterable[Case], size: int) -> Case:
    """Return one case made of others, of as many old segments as that takes."""
    olds, news, origins = list[Segment](), list[Segment](), list[Origin]()
    old, new, spoken, meant = "", "", "en", dict[int, str]()
    for part in parts:
        if len(olds) >= size:
            break
        before = len(olds)
        olds += part.olds
        meant |= {i + before: text for i, text in part.meant.items()}
        news += part.news
        origins += (
            replace(o, ancestors=tuple(i + before for i in o.ancestors))
            for o in part.origins
        )
        old, new, spoken = old + part.old, new + part.new, part.language
    return Case(
        "long.md",
        spoken,
        old,
        new,
        tuple(replace(s, n=n) for n, s in enumerate(olds, 1)),
        tuple(replace(s, n=n) for n, s in enumerate(news, 1)),
        tuple(origins),
        meant,
    )


def best(work: Callable[[], object]) -> float:
    """Return the least processor time in seconds that something took."""

    def once() -> float:
        start = process_time()
        work()
        return process_time() - start

    return min(once() for _ in range(RUNS))


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift.speed")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--segments", type=int, default=5000)
    parser.add_argument("--profile", choices=PROFILES, default="year")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true", help="msgmerge and pot2po too")
    chosen = parser.parse_args(words)
    corpora = load(sorted(chosen.folder.rglob("*.md")), chosen.folder)
    for spoken, corpus in corpora.items():
        profile = PROFILES[chosen.profile]
        case = joined(cases(corpus, profile, chosen.seed), chosen.segments)
        print(f"\n### {spoken}, {chosen.profile}: {len(case.olds)} segments\n")
        for name, seconds in times(case):
            print(f"- {name}: {seconds:.2f} s", flush=True)
        runs = [tflow([case])]
        for name in ("msgmerge", "pot2po") if chosen.peers else ():
            try:
                runs.append(SYSTEMS[name]([case]))
            except Missing as error:
                print(f"{name} is left out: {error}")
        print("\n" + goals([score([case], run) for run in runs]))


def times(case: Case) -> Iterable[tuple[str, float]]:
    """Yield what is measured and how many seconds it takes."""
    olds = [Fragment(segment.text, segment.kind) for segment in case.olds]
    news = [Fragment(segment.text, segment.kind) for segment in case.news]
    yield "lineage", best(lambda: lineage(olds, news))
    catalog = accepted(case.olds, case.language)
    yield "sync, lineage included", best(lambda: sync(case.news, catalog, today=TODAY))
    yield "sync, nothing changed", best(lambda: sync(case.olds, catalog, today=TODAY))


if __name__ == "__main__":
    main()
