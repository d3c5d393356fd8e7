"""Which sentences of a translation belong to a part of its source that stands alone
now."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from translate_flow.text.sentences import sentences

FOUND = 85.0
"""Similarity (0–100) from which a part is found in the text that it was split from."""

SLACK = 0.15
"""How far, in shares of the whole, a sentence of the target may begin or end from where
it should."""


def part_of_target(source: str, target: str, part: str) -> str:
    """Return the sentences of a target that say what a part of its source says; empty
    if that is not sure.

    Sentence by sentence if both texts have as many, else by their lengths.
    :param part: what stands alone now; it may have been edited.
    """
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(part, source, score_cutoff=FOUND)
    said = sentences(target)
    if found is None or len(said) < 2 or len(part) >= len(source):
        return ""
    told = sentences(source)
    span = (found.dest_start, found.dest_end)
    if len(told) == len(said):
        first, last = (_nearest(_ends(told), at, 1.0) for at in span)
    else:
        scale = len(target) / len(source)
        ends = _ends(said)
        first, last = (_nearest(ends, at * scale, SLACK) for at in span)
    if first is None or last is None or first >= last:
        return ""
    return "".join(said[first:last]).strip()


def _ends(parts: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, parts))]


def _nearest(ends: Sequence[int], at: float, slack: float) -> int | None:
    """Return the index of the end nearest to an offset, if it is near enough."""
    best = min(range(len(ends)), key=lambda n: abs(ends[n] - at))
    return best if abs(ends[best] - at) <= slack * max(ends[-1], 1) else None
