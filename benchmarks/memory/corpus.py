"""Real texts in two languages, and variations of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from translate_flow.article import decode, parse
from translate_flow.catalog import parse as parse_catalog
from translate_flow.errors import FlowError
from translate_flow.memory import accepted

Pair = tuple[str, str]
"""An English text and the Korean one."""

LETTERS_ALONE = ("front", "html")
"""Kinds of segments that are left out."""


def load(folders: Iterable[Path]) -> list[Pair]:
    """Return the pairs below folders: of PO files from English to Korean, and of pages
    that lie in ``en`` and ``ko`` and have segments of the same kinds."""
    found: dict[Pair, None] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.po")):
            found.update(dict.fromkeys(_of_catalog(path)))
        for path in sorted(folder.rglob("*.md")):
            parts = path.relative_to(folder).parts
            if "en" in parts:
                at = parts.index("en")
                twin = folder.joinpath(*parts[:at], "ko", *parts[at + 1 :])
                found.update(dict.fromkeys(_of_pages(path, twin)))
    return list(found)


def _of_catalog(path: Path) -> Iterator[Pair]:
    catalog = parse_catalog(decode(path.read_bytes(), str(path)), name=str(path))
    for entry in accepted(replace(catalog, source_language="en", language="ko"), ""):
        (_, one), (_, two) = entry.texts
        yield one, two


def _of_pages(path: Path, twin: Path) -> Iterator[Pair]:
    try:
        one, two = (segments(page) for page in (path, twin))
    except (OSError, FlowError):
        return
    if [kind for kind, _ in one] == [kind for kind, _ in two]:
        for (_, text), (_, target) in zip(one, two, strict=True):
            if text != target:
                yield text, target


def segments(path: Path) -> list[tuple[str, str]]:
    """Return kinds and texts of a page's segments."""
    article = parse(decode(path.read_bytes(), str(path)), name=str(path))
    return [
        (segment.kind, segment.text)
        for segment in article.segments
        if not segment.kind.startswith(LETTERS_ALONE)
    ]


def enlarged(pairs: Sequence[Pair], size: int, seed: int) -> list[Pair]:
    """Return so many different pairs: the real ones first, then variations."""
    chance = random.Random(seed)
    found = dict.fromkeys(pairs[:size])
    sides = [[pair[n].split() for pair in pairs] for n in (0, 1)]
    words = [[word for text in side for word in text] for side in sides]
    while len(found) < size:
        i, j = chance.randrange(len(pairs)), chance.randrange(len(pairs))
        joined = chance.random() < 0.3
        one, two = (
            varied(side[i] + (side[j] if joined else []), all_words, chance)
            for side, all_words in zip(sides, words, strict=True)
        )
        found[one, two] = None
    return list(found)


def varied(text: Sequence[str], words: Sequence[str], chance: random.Random) -> str:
    """Return a text with one to four of its words exchanged, taken out or put in, as
    often as they are in all texts."""
    made = list(text)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        act = chance.random()
        if act < 0.7 and at < len(made):
            made[at] = chance.choice(words)
        elif act < 0.85:
            made.insert(at, chance.choice(words))
        elif at < len(made) and len(made) > 1:
            del made[at]
    return " ".join(made)
