"""Fill memories of several sizes, ask each the same questions, print a table.

    python -m benchmarks.memory FOLDER... [--sizes 10000,100000,1000000]
        [--questions 200] [--seed 1] [--slow 20]

Takes English and Korean pairs of .po files and of .md files below ``en`` and ``ko``.
Half of the questions are texts of the memory, half are such texts with one to four
words exchanged. translate-toolkit gets only the first of them (``--slow``).
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.memory.corpus import Pair, enlarged, load, varied
from benchmarks.memory.systems import (
    LEAST,
    SYSTEMS,
    Missing,
    Ours,
    Scan,
    System,
    Toolkit,
)

HEAD = """\
| units | system | fill s | MB | open ms | exact ms | like ms | 95 % ms | ratio |
|---:|---|---:|---:|---:|---:|---:|---:|---:|"""


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--sizes", default="10000,100000,1000000", metavar="N,M")
    parser.add_argument("--questions", type=int, default=200, metavar="N")
    parser.add_argument("--slow", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(words)
    pairs = load(chosen.folders)
    if not pairs:
        parser.error("no English and Korean pairs there")
    print(f"{len(pairs)} real pairs, seed {chosen.seed}\n\n{HEAD}", flush=True)
    notes = []
    for size in map(int, chosen.sizes.split(",")):
        corpus = enlarged(pairs, size, chosen.seed)
        same, like = questions(corpus, chosen.questions, chosen.seed)
        notes.append(measure(corpus, same, like, chosen.slow))
    print("\n" + "\n".join(notes))


def questions(
    corpus: Sequence[Pair], number: int, seed: int
) -> tuple[list[str], list[str]]:
    """Return English texts that are there, and texts like them that are not."""
    chance = random.Random(seed + 1)
    words = [word for one, _ in corpus[:10_000] for word in one.split()]
    known = {one for one, _ in corpus}
    same = [one for one, _ in chance.sample(corpus, number // 2)]
    like = [varied(text.split(), words, chance) for text in same]
    return same, [text for text in like if text not in known]


def measure(
    corpus: Sequence[Pair], same: Sequence[str], like: Sequence[str], slow: int
) -> str:
    """Print a row for each system; return what ours missed."""
    answers: dict[str, list[int]] = {}
    ours = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for make in SYSTEMS:
            try:
                system: System = make(corpus, Path(folder))
            except Missing as error:
                print(f"{make.name} is left out: {error}", file=sys.stderr)
                continue
            most = slow if isinstance(system, Toolkit) else len(like)
            times, answers[system.name] = timed(system.best, like[:most])
            exact = system.same if isinstance(system, Ours) else system.best
            first, _ = timed(exact, same[:most])
            middle = statistics.median(times)
            ours = ours or middle
            row = (
                f"{len(corpus):,}",
                system.name,
                f"{system.filled:.1f}",
                f"{system.size / 1e6:.0f}" if system.size else "–",
                f"{system.opened * 1000:.1f}",
                f"{statistics.median(first):.2f}",
                f"{middle:.1f}",
                f"{statistics.quantiles(times, n=20)[-1]:.1f}",
                f"{middle / ours:.1f}",
            )
            print(f"| {' | '.join(row)} |", flush=True)
    return _missed(len(corpus), answers)


def timed(ask: Callable[[str], int], texts: Sequence[str]) -> tuple[list[float], list]:
    """Return milliseconds and answers of questions."""
    times, answers = [], []
    for text in texts:
        start = time.perf_counter()
        answers.append(ask(text))
        times.append((time.perf_counter() - start) * 1000)
    return times, answers


def _missed(size: int, answers: dict[str, list[int]]) -> str:
    """Say how often the best match of the full scan was found."""
    pairs = zip(answers[Ours.name], answers[Scan.name], strict=False)
    there = [(ours, scan) for ours, scan in pairs if scan >= LEAST]
    found = sum(ours >= scan for ours, scan in there)
    return f"{size:,} units: the best match was found {found} times of {len(there)}"


if __name__ == "__main__":
    main()
