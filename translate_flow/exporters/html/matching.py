"""Sentences of both languages, told apart so that a reader can see which belong
together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from translate_flow.model import Block
from translate_flow.text.beads import beads
from translate_flow.text.sentences import sentences

TOKEN = re.compile(
    r"""(?P<mark><sup\ class="mark".*?</sup>)
    | (?P<tag><(?P<end>/?)(?P<name>\w+)(?:[^<>"]|"[^"]*")*>)
    | (?P<letter>&\#?\w+; | .)""",
    re.VERBOSE | re.DOTALL,
)
"""A note's mark, a tag, or what readers see as one letter."""

EMPTY = ("br", "img", "wbr")


Parts = list[list[tuple[str, str]]]
"""For each paragraph its sentences: as HTML, each well formed, and as it reads."""


def matched(
    sides: Sequence[list[str]], block: Block, languages: Sequence[str]
) -> list[list[str]]:
    """Return the paragraphs of a block, per side, with sentences in elements of their
    own, ``<span class="s" data-s="3.1">`` for the first of segment 3. What surely
    belongs together has the same name, what surely has no partner a name alone, all
    else none; a sentence that ends inside an element is one with the next.

    They come back as they are if there is nothing to tell apart.

    :param languages: BCP 47 tags of the sides.
    """
    if block.kind == "html" or len(sides) != 2:
        return list(sides)
    one, other = ([_parted(text) for text in texts] for texts in sides)
    read = _read(one), _read(other)
    found = beads(*read, (languages[0], languages[1]))
    whole = max(map(len, read)) < 2 or found == (
        (range(len(read[0])), range(len(read[1]))),
    )
    if whole or not any(a and b for a, b in found):
        return list(sides)
    n = next(block.segments())
    names: tuple[dict[int, str], dict[int, str]] = {}, {}
    for number, bead in enumerate(found, 1):
        for side, parts in zip(names, bead, strict=True):
            side |= dict.fromkeys(parts, f"{n}.{number}")
    return [_named(one, names[0]), _named(other, names[1])]


def _read(paragraphs: Parts) -> list[str]:
    return [text for parts in paragraphs for _, text in parts]


def _named(paragraphs: Parts, names: Mapping[int, str]) -> list[str]:
    count, named = 0, []
    for parts in paragraphs:
        spans = []
        for html, _ in parts:
            words = html.rstrip()
            span = f'<span class="s" data-s="{names.get(count)}">{words}</span>'
            spans.append(span + html[len(words) :] if count in names else html)
            count += 1
        named.append("".join(spans))
    return named


def _parted(html: str) -> list[tuple[str, str]]:
    """Return the sentences of a paragraph, each well formed."""
    seen, places = _letters(html)
    ends, at = [(0, 0)], 0
    for sentence in sentences(seen)[:-1]:
        at += len(sentence)
        if places[at] >= 0:
            ends.append((places[at], at))
    ends.append((len(html), len(seen)))
    return [(html[a:b], seen[c:d]) for (a, c), (b, d) in pairwise(ends)]


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
