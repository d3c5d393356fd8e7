"""What is shown of a long paragraph: the sentences that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from translate_flow.text.sentences import sentences
from translate_flow.text.worddiff import Diff, Op

LONG = 60
"""Words beyond which a paragraph is shown in part."""

GAP = "…"


def changed_only(diff: Diff) -> Diff:
    """Return a diff without the sentences in which nothing changed, if it is long; what
    is left out between others is ``…``."""
    words = sum(len(text.split()) for op, text in diff if op != "-")
    if words <= LONG or all(op == "=" for op, _ in diff):
        return diff
    after = "".join(text for op, text in diff if op != "-")
    ends = [0, *accumulate(map(len, sentences(after)))]
    return tuple(_pieces(diff, ends))


def _pieces(diff: Diff, ends: Sequence[int]) -> Iterator[tuple[Op, str]]:
    """Yield the pieces of a diff, of unchanged ones only the ends that stand in one
    sentence with a change.

    :param ends: where sentences begin and end in the new text.
    """
    at = 0
    for n, (op, text) in enumerate(diff):
        if op == "=":
            first, last = at, at + len(text)
            inside = [end for end in ends if first <= end <= last]
            head = inside[0] if n and inside else first
            tail = inside[-1] if n < len(diff) - 1 and inside else last
            if not inside or (n and n < len(diff) - 1 and head == tail):
                yield op, text
            else:
                yield from _shortened(diff, n, text, (head - first, tail - first))
        else:
            yield op, text
        at += len(text) * (op != "-")


def _shortened(
    diff: Diff, n: int, text: str, cut: tuple[int, int]
) -> Iterator[tuple[Op, str]]:
    """Yield an unchanged piece without the whole sentences in it."""
    head = text[: cut[0]] if n else ""
    tail = text[cut[1] :] if n < len(diff) - 1 else ""
    if text[cut[0] : cut[1]].strip() or not (head or tail):
        before = f"{head.rstrip()} " if head.strip() else head
        yield "=", f"{before}{GAP}{' ' if n < len(diff) - 1 else ''}{tail}"
    else:
        yield "=", text
