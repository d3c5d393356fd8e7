"""Which sentences of a passage say what which sentences of its translation say, as far
as one can be sure.

A small aligner for one passage. Costs follow Gale and Church (1993), *A Program for
Aligning Sentences in Bilingual Corpora*: lengths and how often a sentence becomes none,
one, two or three; with what is alike in any two languages: numbers, Latin words, the
kind of the last sign. Of all ways to pair a passage those beads are told that nearly
all likely ones have in common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import exp, inf, log, log1p, sqrt
from typing import TypeAlias

from translate_flow.text.quantities import quantities

KINDS = {
    (1, 1): log(0.86),
    (1, 0): log(0.04),
    (0, 1): log(0.04),
    (1, 2): log(0.045),
    (2, 1): log(0.045),
    (2, 2): log(0.002),
    (1, 3): log(0.004),
    (3, 1): log(0.004),
}
"""Sentences on both sides of a bead, and how likely that is."""

SURE, SURE_OF_JOINED = log(0.8), log(0.9)
"""How likely a bead must be to be told; one of several sentences of a side."""
WHOLE, SPREAD_OF_WHOLE = 0.8, 0.25
"""How often translations leave nothing out, and how far the logarithm of their length
is from that of the source then."""

SPREAD, SPREAD_OF_SHORT = 0.2, 0.9
"""How far the logarithms of lengths are from each other: of long texts, and what short
ones add."""
OUTLIER = 0.009
ALIKE, UNLIKE = 1.8, 0.6
"""For an anchor that both sides have, and for one that only one has."""
SAME_END, OTHER_END = 0.2, 1.6
MARKED = frozenset("?!？！")
MOST = 60
"""Sentences on a side; no passage has more."""
MUCH = 2
"""How many times as many sentences one side may have."""

WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")
WIDE_SAYS = 2.1
"""How many Latin letters a Korean, Chinese or Japanese one stands for."""

WORD = re.compile(r"[A-Za-z][A-Za-z.'’-]+|https?://\S+")
LAST = re.compile(r"[.!?…。！？:](?=[\"'”’」』)\]]*\s*$)")

Bead: TypeAlias = tuple[range, range]
"""Indices of sentences on both sides that belong together; those of one side, if the
other leaves them out."""

Span: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""How many sentences of both sides lie before a bead, and before what follows it."""

ALL: Span = ((-1, -1), (-1, -1))


@dataclass(frozen=True)
class _Sentence:
    length: float
    """In Latin letters."""

    anchors: frozenset[object]
    end: str


def beads(
    source: Sequence[str], target: Sequence[str], languages: tuple[str, str]
) -> tuple[Bead, ...]:
    """Return which sentences surely belong together, or surely have no partner, in
    their order; all others are left out. None at all if the sides' counts differ much.

    :param source: the sentences of a passage; ``target``: those of its translation.
    :param languages: BCP 47 tags of both.
    """
    fewer, more = sorted((len(source), len(target)))
    if not 0 < fewer <= more <= min(MOST, MUCH * fewer):
        return ()
    one = tuple(_seen(text, languages[0]) for text in source)
    other = tuple(_seen(text, languages[1]) for text in target)
    ratio = log((_size(other) + 4) / (_size(one) + 4))
    off = ratio / SPREAD_OF_WHOLE
    cases = (
        (log(1 - WHOLE), _likelihoods(one, other, 0, whole=False)),
        (log(WHOLE) - off * off / 2, _likelihoods(one, other, ratio, whole=True)),
    )
    shares: dict[Span, float] = {}
    for prior, likelihoods in cases:
        for span, likelihood in likelihoods.items():
            shares[span] = _either(shares.get(span, -inf), prior + likelihood)
    every = shares.pop(ALL)
    found = (
        (range(i, k), range(j, n), share - every)
        for ((i, j), (k, n)), share in sorted(shares.items())
    )
    return tuple(
        (a, b)
        for a, b, share in found
        if share >= (SURE if max(len(a), len(b)) == 1 else SURE_OF_JOINED)
    )


def _likelihoods(
    one: Sequence[_Sentence], other: Sequence[_Sentence], ratio: float, *, whole: bool
) -> Mapping[Span, float]:
    """Return for each bead how likely all the ways to pair a passage that have it are
    together, as a logarithm; ``ALL`` stands for all ways.

    :param ratio: logarithm of how much longer the other side is as a rule.
    :param whole: no sentence of either side is without a partner.
    """
    steps, before = list[tuple[Span, float]](), {(0, 0): 0.0}
    for i, j in product(range(len(one) + 1), range(len(other) + 1)):
        for (m, n), kind in KINDS.items():
            start, paired = (i - m, j - n), bool(m and n)
            if start not in before or (whole and not paired):
                continue
            likely = _likely(one[i - m : i], other[j - n : j], ratio) if paired else 0
            cost = kind + likely
            steps.append(((start, (i, j)), cost))
            before[i, j] = _either(before.get((i, j), -inf), before[start] + cost)
    last = (len(one), len(other))
    after = {last: 0.0}
    for (start, end), cost in reversed(steps):
        if end in after:
            after[start] = _either(after.get(start, -inf), cost + after[end])
    found = {
        (start, end): before[start] + cost + after[end]
        for (start, end), cost in steps
        if end in after
    }
    return {**found, ALL: before.get(last, -inf)}


def _either(one: float, other: float) -> float:
    """Return the logarithm of a sum from those of its parts."""
    low, high = sorted((one, other))
    return high if low == -inf else high + log1p(exp(low - high))


@lru_cache(maxsize=4096)
def _seen(text: str, language: str) -> _Sentence:
    words = {word.casefold().rstrip(".'’") for word in WORD.findall(text)}
    numbers = {quantity.value for quantity in quantities(text, language)}
    last = LAST.search(text)
    letters = sum(not sign.isspace() for sign in text)
    length = letters + (WIDE_SAYS - 1) * len(WIDE.findall(text))
    return _Sentence(length, frozenset({*words, *numbers}), last[0] if last else "")


def _size(sentences: Sequence[_Sentence]) -> float:
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
