"""Sentences of both languages, told apart so that a reader can see which belong
together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from translate_flow.model import Block
from translate_flow.text.sentences import sentences

TOKEN = re.compile(
    r"""(?P<mark><sup\ class="mark".*?</sup>)
    | (?P<tag><(?P<end>/?)(?P<name>\w+)(?:[^<>"]|"[^"]*")*>)
    | (?P<letter>&\#?\w+; | .)""",
    re.VERBOSE | re.DOTALL,
)
"""A note's mark, a tag, or what readers see as one letter."""

EMPTY = ("br", "img", "wbr")


def matched(sides: Sequence[list[str]], block: Block) -> list[list[str]]:
    """Return the paragraphs of a block, per side, with each sentence in an element of
    its own, ``<span class="s" data-s="3.1">`` for the first of segment 3.

    They come back as they are if the sides have not the same number of sentences, or
    only one, or if a sentence ends inside an element.
    """
    parted = [[_parted(text) for text in texts] for texts in sides]
    counts = {sum(map(len, texts)) for texts in parted}
    sound = all(all(texts) for texts in parted)
    if block.kind == "html" or len(sides) < 2 or not sound or len(counts) > 1:
        return list(sides)
    if counts <= {0, 1}:
        return list(sides)
    n = next(block.segments())
    return [_wrapped(texts, n) for texts in parted]


def _wrapped(texts: list[list[str]], n: int) -> list[str]:
    count, wrapped = 0, []
    for parts in texts:
        spans = []
        for part in parts:
            count += 1
            words = part.rstrip()
            span = f'<span class="s" data-s="{n}.{count}">{words}</span>'
            spans.append(span + part[len(words) :])
        wrapped.append("".join(spans))
    return wrapped


def _parted(html: str) -> list[str]:
    """Return the sentences of a paragraph, each well formed; none if one ends inside
    an element."""
    seen, places = _letters(html)
    ends, at = [0], 0
    for sentence in sentences(seen)[:-1]:
        at += len(sentence)
        if places[at] < 0:
            return []
        ends.append(places[at])
    ends.append(len(html))
    return [html[a:b] for a, b in pairwise(ends)]


def _letters(html: str) -> tuple[str, list[int]]:
    """Return the letters that readers see, and for each the first place before it that
    is in no element; -1 where there is none."""
    letters, places, depth, place = [], [], 0, 0
    for found in TOKEN.finditer(html):
        if found["letter"]:
            letters.append(found[0] if len(found[0]) == 1 else "&")
            places.append(place)
            place = found.end() if depth == 0 else -1
            continue
        depth += _deeper(found)
        if depth == 0 and place < 0:
            place = found.end()
    return "".join(letters), places


def _deeper(tag: re.Match[str]) -> int:
    if tag["mark"] or tag["name"] in EMPTY:
        return 0
    return -1 if tag["end"] else 1
