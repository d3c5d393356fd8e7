"""Which sentences of a passage say what which sentences of its translation say.

A small aligner for one passage whose translation is whole: sentences are joined where
their counts differ, none is left out. Costs follow Gale and Church (1993), *A Program
for Aligning Sentences in Bilingual Corpora*: lengths and how often a sentence becomes
one, two or three; with what is alike in any two languages: numbers, Latin words, the
kind of the last sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, sqrt

from translate_flow.text.quantities import quantities

KINDS = {
    (1, 1): log(0.86),
    (1, 2): log(0.045),
    (2, 1): log(0.045),
    (2, 2): log(0.002),
    (1, 3): log(0.004),
    (3, 1): log(0.004),
}
"""Sentences on both sides of a bead, and how likely that is."""

SPREAD, SPREAD_OF_SHORT = 0.2, 0.9
"""How far the logarithms of lengths are from their mean: of long texts, and what short
ones add."""
OUTLIER = 0.009
ALIKE, UNLIKE = 1.2, 0.6
"""For an anchor that both sides have, and for one that only one has."""
SAME_END, OTHER_END = 0.2, 1.0
MARKED = frozenset("?!？！")
MOST = 60
"""Sentences on a side; no passage has more."""

WORD = re.compile(r"[A-Za-z][A-Za-z.'’-]+|https?://\S+")
LAST = re.compile(r"[.!?…。！？:](?=[\"'”’」』)\]]*\s*$)")

Bead = tuple[range, range]
"""Indices of sentences on both sides that belong together."""


@dataclass(frozen=True)
class _Sentence:
    length: int
    anchors: frozenset[object]
    end: str


def beads(
    source: Sequence[str], target: Sequence[str], languages: tuple[str, str]
) -> tuple[Bead, ...]:
    """Return which sentences belong together, in their order; none if no grouping
    holds all of them.

    :param source: the sentences of a passage; ``target``: those of its translation.
    :param languages: BCP 47 tags of both.
    """
    if not (0 < len(source) <= MOST and 0 < len(target) <= MOST):
        return ()
    one = tuple(_seen(text, languages[0]) for text in source)
    other = tuple(_seen(text, languages[1]) for text in target)
    ratio = log((_size(other) + 4) / (_size(one) + 4))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0, (0, 0))}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            found = [
                (best[i - m, j - n][0] + cost, (i - m, j - n))
                for (m, n), kind in KINDS.items()
                if (i - m, j - n) in best
                for cost in (_likely(one[i - m : i], other[j - n : j], ratio) + kind,)
            ]
            if found:
                best[i, j] = max(found)
    return tuple(_path(best, len(one), len(other)))[::-1]


def _path(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]], i: int, j: int
) -> Iterator[Bead]:
    while (i, j) in best and (i, j) != (0, 0):
        m, n = best[i, j][1]
        yield range(m, i), range(n, j)
        i, j = m, n


@lru_cache(maxsize=4096)
def _seen(text: str, language: str) -> _Sentence:
    words = {word.casefold().rstrip(".'’") for word in WORD.findall(text)}
    numbers = {quantity.value for quantity in quantities(text, language)}
    last = LAST.search(text)
    length = sum(not sign.isspace() for sign in text)
    return _Sentence(length, frozenset({*words, *numbers}), last[0] if last else "")


def _size(sentences: Sequence[_Sentence]) -> int:
    return sum(sentence.length for sentence in sentences)


def _likely(
    one: Sequence[_Sentence], other: Sequence[_Sentence], ratio: float
) -> float:
    """Return how likely sentences are the same ones, as a logarithm."""
    long, wide = _size(one), _size(other)
    spread = SPREAD + SPREAD_OF_SHORT / sqrt(long + 4)
    off = (log((wide + 4) / (long + 4)) - ratio) / spread
    normal = 0.97 * exp(-off * off / 2) / spread + OUTLIER
    return 0.75 * log(normal) + _anchored(one, other)


def _anchored(one: Sequence[_Sentence], other: Sequence[_Sentence]) -> float:
    mine = frozenset[object]().union(*(sentence.anchors for sentence in one))
    theirs = frozenset[object]().union(*(sentence.anchors for sentence in other))
    numbers = {a for a in mine ^ theirs if not isinstance(a, str)}
    score = ALIKE * len(mine & theirs) - UNLIKE * len(numbers)
    same = (one[-1].end in MARKED) == (other[-1].end in MARKED)
    return score + (SAME_END if same else -OTHER_END)
