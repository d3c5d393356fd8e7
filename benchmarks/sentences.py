"""Which sentences of a passage belong to which of its translation: how often right?

    pip install nltk            # optional: its Gale-Church beside ours
    python benchmarks/sentences.py CATALOG.po... [--seed N]

Passages of PO files that have as many sentences in both languages, two or more, are
taken as pairs of sentences in order; those where a pair's lengths do not fit each other
are left out. Some in a row make one long passage. Then one sentence in five is joined
with the next, on a side drawn by lot, as translators do. A bead counts as right if it
holds just the sentences that belong together. *Equal counts* pairs sentences in order
where their numbers agree, and nothing else.

In shortened translations of passages of three sentences or more some sentences are left
out, drawn by lot. A sentence of either side is *lit* if it has partners, and these
*lie* if one of them does not belong to it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from statistics import median

import polib

from translate_flow.text.beads import beads
from translate_flow.text.sentences import sentences

Beads = list[tuple[range, range]]
Pair = tuple[tuple[str, ...], tuple[str, ...]]
Aligner = Callable[[Sequence[str], Sequence[str]], Beads]
LONG = 10
JOINED = 0.2
ODD = 0.75


def passages(path: str) -> Iterator[Pair]:
    """Yield passages with as many sentences on both sides, two or more."""
    for entry in polib.pofile(path):
        one, other = sentences(entry.msgid), sentences(entry.msgstr)
        done = entry.msgstr and not entry.fuzzy and not entry.obsolete
        if done and len(one) == len(other) > 1 and _even(one, other):
            yield one, other


def long(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield passages of ten sentences or more, each made of some in a row."""
    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    for more, others in pairs:
        one, other = one + more, other + others
        if len(one) >= LONG:
            yield one, other
            one, other = (), ()


def _even(one: Sequence[str], other: Sequence[str]) -> bool:
    ratios = [log((len(b) + 4) / (len(a) + 4)) for a, b in zip(one, other, strict=True)]
    return all(abs(ratio - median(ratios)) < ODD for ratio in ratios)


def joined(
    one: Sequence[str], other: Sequence[str], dice: random.Random
) -> tuple[list[str], list[str], Beads]:
    """Join neighbours of one side, and return what belongs together then."""
    sides: tuple[list[str], list[str]] = [], []
    gold: Beads = []
    i = 0
    while i < len(one):
        size = 2 if i + 1 < len(one) and dice.random() < JOINED else 1
        spans = []
        short = dice.randrange(2)
        for n, (side, texts) in enumerate(zip(sides, (one, other), strict=True)):
            part = texts[i : i + size]
            at = len(side)
            side += ["".join(part)] if n == short else part
            spans.append(range(at, len(side)))
        gold.append((spans[0], spans[1]))
        i += size
    return *sides, gold


def shortened(
    one: Sequence[str], other: Sequence[str], share: float, dice: random.Random
) -> tuple[Sequence[str], list[str], list[int]]:
    """Leave out a share of the sentences of a translation, never all; return with both
    sides which sentence of the source each that is left belongs to."""
    kept = [i for i in range(len(other)) if dice.random() >= share]
    kept = kept or [dice.randrange(len(other))]
    return one, [other[i] for i in kept], kept


def lies(beads: Beads, kept: Sequence[int]) -> tuple[int, int]:
    """Return how many sentences of both sides are lit, and how many of those have a
    partner that is none of theirs."""
    lit = wrong = 0
    for a, b in beads:
        if a and b:
            lit += len(a) + len(b)
            wrong += sum({kept[j] for j in b} != {i} for i in a)
            wrong += sum(set(a) != {kept[j]} for j in b)
    return lit, wrong


def in_order(one: Sequence[str], other: Sequence[str]) -> Beads:
    """Pair sentences in order if there are as many."""
    if len(one) != len(other):
        return []
    return [(range(i, i + 1), range(i, i + 1)) for i in range(len(one))]


def of_nltk(one: Sequence[str], other: Sequence[str]) -> Beads:
    """Return what the Gale-Church aligner of nltk says."""
    from nltk.translate.gale_church import align_blocks

    links = align_blocks([len(a) for a in one], [len(b) for b in other])
    found = [(range(i, i + 1), range(j, j + 1)) for i, j in links]
    merged: Beads = found[:1]
    for (_, _), (s, t) in pairwise(found):
        last_s, last_t = merged[-1]
        if s.start < last_s.stop or t.start < last_t.stop:
            s, t = range(last_s.start, s.stop), range(last_t.start, t.stop)
            merged[-1] = s, t
        else:
            merged.append((s, t))
    return merged


def ours(one: Sequence[str], other: Sequence[str]) -> Beads:
    """Return what we say."""
    return list(beads(one, other, ("en", "ko")))


def cut(pairs: Sequence[Pair], seed: int, systems: Mapping[str, Aligner]) -> None:
    """Print how often the partners of sentences lie in shortened translations."""
    print(f"\n{len(pairs)} passages\n\n| left out | aligner | lit | of these lie |")
    print("|---:|---|---:|---:|")
    for share in (0.0, 0.15, 0.3, 0.5):
        for name, align in systems.items():
            dice = random.Random(seed)
            trials = [shortened(*pair, share, dice) for pair in pairs]
            told = [lies(align(one, other), kept) for one, other, kept in trials]
            lit, wrong = (sum(column) for column in zip(*told, strict=True))
            total = sum(len(one) + len(other) for one, other, _ in trials)
            row = f"{lit / total:.1%} | {wrong / max(1, lit):.1%}"
            print(f"| {share:.0%} | {name} | {row} |")


def main() -> None:
    """Measure, and print tables."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("catalogs", nargs="+")
    asked.add_argument("--seed", type=int, default=1)
    said = asked.parse_args()
    dice = random.Random(said.seed)
    found = [pair for path in said.catalogs for pair in long(passages(path))]
    trials = [joined(*pair, dice) for pair in found]
    total = sum(len(gold) for *_, gold in trials)
    odd = sum(len(one) != len(other) for one, other, _ in trials)
    print(f"{len(found)} passages, {total} beads; {odd} with other counts\n")
    print("| aligner | precision | recall | passages all right |")
    print("|---|---:|---:|---:|")
    systems: dict[str, Aligner] = {
        "translate_flow": ours,
        "equal counts": in_order,
    }
    try:
        import nltk  # noqa: F401
    except ImportError:
        pass
    else:
        systems["nltk gale_church"] = of_nltk
    for name, align in systems.items():
        said_ = right = whole = 0
        for one, other, gold in trials:
            got = align(one, other)
            hits = sum(bead in gold for bead in got)
            said_, right, whole = said_ + len(got), right + hits, whole + (got == gold)
        shares = (right / said_, right / total, whole / len(trials))
        print(f"| {name} | {' | '.join(f'{share:.1%}' for share in shares)} |")
    pairs = [pair for path in said.catalogs for pair in passages(path)]
    cut([pair for pair in pairs if len(pair[0]) > 2], said.seed, systems)


if __name__ == "__main__":
    main()
