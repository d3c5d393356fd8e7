"""Memories that answer the same questions: each is filled, and then asked."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from benchmarks.memory.corpus import Pair
from translate_flow.memory import Memory, MemoryUnit, Origin
from translate_flow.memory.wording import fold, score

LEAST = 70
MOST = 5
ORIGIN = 100
"""Pairs of one catalog."""


class Missing(Exception):
    """A system that cannot be had here."""


class System(Protocol):
    """A memory."""

    name: str
    filled: float
    """Seconds to fill it."""

    opened: float
    """Seconds until it can be asked, when it was filled before; what cannot be kept in
    a file is filled each time."""

    size: int
    """Bytes on disk; 0 if there is nothing."""

    def best(self, text: str) -> int:
        """Return the score of the best match of an English text; 0 if there is none."""


class Ours:
    """translate_flow's index."""

    name = "translate_flow"

    def __init__(self, pairs: Sequence[Pair], folder: Path) -> None:
        path = folder / f"memory-{len(pairs)}.sqlite"
        self._origins = dict(_origins(pairs))
        start = time.perf_counter()
        Memory(path, self._origins).close()
        self.filled = time.perf_counter() - start
        self.size = path.stat().st_size
        start = time.perf_counter()
        self._memory = Memory(path, self._origins)
        self.opened = time.perf_counter() - start

    def best(self, text: str) -> int:
        """Return the score of the best match."""
        found = self._memory.search(text, "en", "ko", least=LEAST, most=MOST)
        return max((match.score for match in found if not match.part), default=0)

    def same(self, text: str) -> bool:
        """Whether the text itself is there."""
        return self._memory.exact(text, "en", "ko") is not None


def _origins(pairs: Sequence[Pair]) -> Iterator[tuple[str, Origin]]:
    for at in range(0, len(pairs), ORIGIN):
        part = pairs[at : at + ORIGIN]
        digest = blake2b("\0".join(text for pair in part for text in pair).encode())
        made = [
            MemoryUnit((("en", one), ("ko", two)), place=f"page{at}:{n}")
            for n, (one, two) in enumerate(part)
        ]
        yield f"page{at}", Origin(digest.hexdigest(), made.copy)


class Scan:
    """Every text compared with rapidfuzz, nothing else."""

    name = "rapidfuzz scan"
    size = 0

    def __init__(self, pairs: Sequence[Pair], folder: Path) -> None:
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        start = time.perf_counter()
        self._texts = [one for one, _ in pairs]
        self._folded = [fold(text) for text in self._texts]
        self.filled = self.opened = time.perf_counter() - start
        self._extract = extract
        self._scorer = Levenshtein.normalized_similarity

    def best(self, text: str, least: int = LEAST) -> int:
        """Return the score of the best match."""
        cutoff = least / 100 - 1e-9
        found = self._extract(
            fold(text),
            self._folded,
            scorer=self._scorer,
            score_cutoff=cutoff,
            limit=MOST,
        )
        points = (score(text, self._texts[n]) for _, _, n in found)
        return max((n for n in points if n >= least), default=0)


class Toolkit:
    """translate-toolkit's matcher, which takes all texts into memory."""

    name = "translate-toolkit"
    size = 0

    def __init__(self, pairs: Sequence[Pair], folder: Path) -> None:
        try:
            stores: Any = importlib.import_module("translate.storage.base")
            match: Any = importlib.import_module("translate.search.match")
        except ImportError as error:
            raise Missing("pip install translate-toolkit") from error
        # Two matches of one score are compared, which its units cannot be.
        stores.TranslationUnit.__lt__ = lambda one, other: one.source < other.source
        store = stores.TranslationStore()
        for one, two in pairs:
            unit = stores.TranslationUnit(one)
            unit.target = two
            store.addunit(unit)
        start = time.perf_counter()
        self._matcher = match.matcher(
            store, max_candidates=MOST, min_similarity=LEAST, max_length=100_000
        )
        self.filled = self.opened = time.perf_counter() - start

    def best(self, text: str) -> int:
        """Return the score of the best match, as it counts."""
        found = self._matcher.matches(text)
        return int(float(found[0].getnotes().rstrip("%"))) if found else 0


SYSTEMS = (Ours, Scan, Toolkit)
