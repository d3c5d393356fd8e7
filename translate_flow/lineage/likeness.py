"""How alike two texts are: by their words in order, by their letters where nearly all
are the same, and by what one has of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

FAR_WORDS = 6
"""Fewest words of a text that may be found again elsewhere after an edit."""

PART = 0.7
"""Share of the words of each part that the whole must have."""

LETTERS = 0.75
"""Similarity of letters from which it counts for more than that of words."""

LONGER = 6
"""How many times as long a text may be that has another one in it."""

FEW = 3
"""So few words are compared by their letters alone."""

_WORDS = re.compile(
    r"https?://[^\s<>()]+|\d+(?:[.,:]\d+)*|[가-힣ㄱ-ㅣ぀-ヿ一-鿿]"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
)
"""Korean counts by syllable: particles change, stems do not."""


@dataclass(frozen=True)
class Fragment:
    """A text and its kind: all that lineage looks at."""

    text: str
    kind: str
    accepted: str = ""
    """The text that a person took it for, if that is another one."""

    row: int = 0
    """Of a new cell: the line that its table row stands on."""

    value: str = ""
    """Of an old piece: all that hangs on it. Where two of one text are worth the same,
    it does not matter which of them is found again."""

    @property
    def family(self) -> str:
        """Kinds that an edit can turn into one another share a family."""
        word = self.kind.split(" ", 1)[0]
        return word if word in ("heading", "front", "cell", "alt", "title") else "prose"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case, without signs."""
        return tuple(_WORDS.findall(self.text.lower()))


class Likeness:
    """How similar pieces are; words are encoded as characters."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.encoded: dict[int, str] = {}

    def code(self, piece: Fragment) -> str:
        known = self.encoded.get(id(piece))
        if known is None:
            codes = self.codes
            known = self.encoded[id(piece)] = "".join(
                codes.setdefault(word, chr(0x10000 + len(codes)))
                for word in piece.words
            )
        return known

    def of(self, one: Fragment, other: Fragment, least: float = 0.0) -> float:
        """Return the similarity of two pieces: of their words in order, or of their
        letters if these are nearly all the same."""
        from rapidfuzz.distance import Indel

        alike = 0.0
        a, b = self.code(one), self.code(other)
        if min(len(a), len(b)) > FEW:
            alike = Indel.normalized_similarity(a, b, score_cutoff=least)
            alike = max(alike, _contained(a, b))
        letters = Indel.normalized_similarity(
            one.text, other.text, score_cutoff=max(LETTERS, alike)
        )
        return float(max(alike, letters))

    def whole(self, one: Fragment, parts: Sequence[Fragment]) -> float:
        """Return how similar a piece is to others put together."""
        from rapidfuzz.distance import Indel

        joined = "".join(map(self.code, parts))
        return float(Indel.normalized_similarity(self.code(one), joined))

    def is_part(self, part: Fragment, whole: Fragment) -> bool:
        """Whether most words of a shorter piece are those of another."""
        from rapidfuzz.distance import LCSseq

        a, b = self.code(part), self.code(whole)
        if not 0 < len(a) < len(b) > FEW:
            return False
        return bool(LCSseq.similarity(a, b) >= PART * len(a))


def _contained(one: str, other: str) -> float:
    """Return how similar a text is to another that is all in it: a sentence was added
    or deleted. 0 if that is not so."""
    from rapidfuzz.distance import Postfix, Prefix
    from rapidfuzz.fuzz import partial_ratio

    short = min(len(one), len(other))
    if not short >= FAR_WORDS or max(len(one), len(other)) > LONGER * short:
        return 0.0
    ends = Prefix.similarity(one, other) + Postfix.similarity(one, other)
    inside = max(ends / short, partial_ratio(one, other, score_cutoff=90) / 100)
    return 0.7 * min(inside, 1.0) if inside >= 0.9 else 0.0
