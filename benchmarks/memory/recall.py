"""What the index misses of real edits that a comparison with every text finds.

    python -m benchmarks.memory.recall OLD NEW

OLD and NEW are folders with an earlier and a later version of the same pages. The texts
of OLD are the memory; those of NEW that are not among them are the questions.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from benchmarks.memory.corpus import segments
from benchmarks.memory.systems import Scan
from translate_flow.memory import Memory, MemoryUnit, Origin

LEASTS = (70, 60)


def main(old: Path, new: Path) -> None:
    """Measure and print."""
    known, later = texts(old), texts(new)
    made = [MemoryUnit((("own", text), ("other", f"→ {text}"))) for text in known]
    memory = Memory(None, {"pages": Origin("1", lambda: made)})
    asked = [text for text in later if text not in set(known)]
    print(f"{len(known)} texts, {len(asked)} questions")
    scan = Scan([(text, "") for text in known], old)
    for least in LEASTS:
        there = found = 0
        times = []
        for text in asked:
            best = scan.best(text, least)
            start = time.perf_counter()
            matches = memory.search(text, "own", "other", least=least)
            times.append((time.perf_counter() - start) * 1000)
            points = (match.score for match in matches if not match.part)
            there += best >= least
            found += best >= least and max(points, default=0) >= best
        middle = statistics.median(times)
        print(f"least {least}: the best found {found} of {there}, {middle:.1f} ms")


def texts(folder: Path) -> list[str]:
    """Return the different segments of the pages below a folder."""
    pages = sorted(folder.rglob("*.md"))
    return list({text: None for page in pages for _, text in segments(page)})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
