"""Whether each link of a translation leads where the one that it stands for leads.

Measured on 4,400 pairs of two reviewed Korean translations: 45 have links to several
addresses, 3 of these in another order; the names and code that stay of their words in
Korean say of all three that they are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Literal

from translate_flow.checks.constructs import Essence, compared
from translate_flow.model import Finding
from translate_flow.text.pieces import References

Pair = tuple[Essence, Essence]
"""A link of a source, and the one of the target with its address."""

STOP = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|\[\^)")
"""Where a sentence ends."""

MOST = 60
"""Links of a text that are held against each other; no text of people has more."""

Severity = Literal["error", "warning"]
TELLING = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}|\d+")
"""Words that stay what they are in any language: names, code, numbers."""


def link_findings(
    source: str, target: str, references: References
) -> Iterator[Finding]:
    """Yield the links, images and footnote marks of a target that were exchanged, and
    links that lead to another place of the same page.

    :param references: the article's link reference definitions.
    """
    if source == target or not (
        "#" in source or source.count("[") > 1 or source.count("<a") > 1
    ):
        return
    found = compared(source, target, references).pairs
    for kind in ("link", "image"):
        links = [pair for pair in found if pair[0].kind == pair[1].kind == kind]
        yield from filter(None, map(_astray, links))
        links.sort(key=lambda pair: pair[1].piece.start)
        yield from filter(None, [_exchanged(links)])
    notes = [pair for pair in found if pair[0].kind == "note"]
    yield from filter(None, [_reordered(source, notes)])


def _astray(pair: Pair) -> Finding | None:
    """Return that a link leads to another place of its page than in the source."""
    mine, theirs = pair
    page, _, place = mine.key.partition("#")
    other, _, there = theirs.key.partition("#")
    if page != other or place == there or not place:
        return None
    message = f"{theirs.name} leads to another place than #{place}"
    return _finding("link-place", "warning", message, theirs)


def _exchanged(links: Sequence[Pair]) -> Finding | None:
    """Return that two links have each other's address, as far as that can be told: the
    words that stay in any language say so, or the order is another one and no such word
    says that it is right.

    :param links: in the order of the target.
    """
    for one, other in combinations(links[:MOST], 2):
        if one[0].loose == other[0].loose:
            continue
        crossed = [_alike(one[0], other[1]), _alike(other[0], one[1])]
        straight = [_alike(*one), _alike(*other)]
        turned = one[0].piece.start > other[0].piece.start
        names = f"{one[1].name} and {other[1].name}"
        if sum(map(len, crossed)) > sum(map(len, straight)):
            sure = all(crossed) and not any(straight)
            message = f"{names} {'have' if sure else 'may have'} exchanged their words"
            severity: Severity = "error" if sure else "warning"
            return _finding("link-exchanged", severity, message, one[1])
        if turned and not any(straight):
            message = f"{names} stand in another order than in the source"
            return _finding("link-exchanged", "warning", message, one[1])
    return None


def _reordered(source: str, notes: Sequence[Pair]) -> Finding | None:
    """Return that footnote marks of two sentences have changed places."""
    notes = sorted(notes, key=lambda pair: pair[1].piece.start)
    for one, other in pairwise(notes):
        first, last = other[0].piece.end, one[0].piece.start
        if first <= last and STOP.search(source, first - len(other[0].key) - 2, last):
            message = f"{one[1].name} and {other[1].name} stand in another order"
            message += " than in the source"
            return _finding("link-exchanged", "warning", message, one[1])
    return None


def _alike(mine: Essence, theirs: Essence) -> set[str]:
    """Return the words that two links share in any language."""
    return _telling(mine.words) & _telling(theirs.words)


def _telling(words: str) -> set[str]:
    return {word.casefold() for word in TELLING.findall(words)}


def _finding(check: str, severity: Severity, message: str, item: Essence) -> Finding:
    span = (item.piece.start, item.piece.end)
    return Finding(check, severity, message, target_span=span)
