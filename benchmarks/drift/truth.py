"""What is true of an edited page: which old segments each new one descends from.

The rule for texts that are the same: whoever gives a segment the translation of a text
that is the same as its own, or as its ancestor's, is right. Nobody could do better. A
misspelt text is the same as one that it should have been.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from translate_flow.model import Segment
from translate_flow.state import collapse
from translate_flow.text.mask import HIDDEN, mask

KINDS = (
    "unchanged",
    "repeated",
    "rewrapped",
    "level",
    "moved",
    "reordered",
    "cosmetic",
    "typo mended",
    "typo made",
    "attributes",
    "link",
    "code",
    "number",
    "word",
    "sentence added",
    "sentence deleted",
    "moved and edited",
    "split",
    "merged",
    "rewrite",
    "inserted",
)
"""What can have happened to a new segment."""

SAME = frozenset({"unchanged", "repeated", "rewrapped", "level"})
"""Kinds whose text and place are what they were: the translation must be kept."""

MOVED = frozenset({"moved", "reordered"})
"""Kinds whose text is what it was: the translation must be kept."""

KEPT_BY_DESIGN = frozenset({"cosmetic", "typo mended", "typo made"})
"""Kinds whose translation may be kept, though the text is another."""

SIGNS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a new segment comes from."""

    ancestors: tuple[int, ...]
    """Indices of old segments; none for one that was inserted."""

    kind: str
    """One of ``KINDS``."""

    text: str
    """Its text, which the edited page must have at this place."""


@dataclass(frozen=True)
class Case:
    """A page before and after known edits."""

    name: str
    language: str
    """``en`` or ``ko``."""

    old: str
    """The page's Markdown before."""

    new: str
    """The page's Markdown after."""

    olds: tuple[Segment, ...]
    news: tuple[Segment, ...]
    origins: tuple[Origin, ...]
    """``origins[j]`` belongs to ``news[j]``."""

    meant: Mapping[int, str] = field(default_factory=dict)
    """By index, what misspelt old segments should have been."""

    _equals: dict[str, frozenset[int]] = field(init=False, repr=False, compare=False)
    _alike: dict[str, frozenset[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note which old segments have the same text, or should have it."""
        texts = [segment.text for segment in self.olds]
        meant = [self.meant.get(i, text) for i, text in enumerate(texts)]
        object.__setattr__(self, "_equals", _places(texts))
        object.__setattr__(self, "_alike", _places(meant))

    def like(self, text: str) -> frozenset[int]:
        """Return the old segments that have this text."""
        return self._equals.get(collapse(text), frozenset())

    def parents(self, j: int) -> tuple[frozenset[int], ...]:
        """Return for each ancestor of a new segment the old segments that are as good:
        itself and those with the same text."""
        return tuple(
            self._alike[collapse(self.meant.get(i, self.olds[i].text))]
            for i in self.origins[j].ancestors
        )

    def right(self, j: int) -> frozenset[int]:
        """Return the old segments whose translation a new one may get."""
        return self.like(self.news[j].text).union(*self.parents(j))

    def current(self, j: int, carried: Sequence[int], target: str) -> bool:
        """Whether a target may be shown as current for a new segment.

        :param carried: the old segments that it was made from.
        """
        if self.origins[j].kind in KEPT_BY_DESIGN:
            return True
        text = self.news[j].text
        texts = [self.olds[i].text for i in carried]
        texts += (self.meant[i] for i in carried if i in self.meant)
        if collapse(text) in map(collapse, texts):
            return True
        same = any(visible(old) == visible(text) for old in texts)
        return same and hidden(target) == hidden(text)


def _places(texts: Sequence[str]) -> dict[str, frozenset[int]]:
    places: dict[str, set[int]] = defaultdict(set)
    for i, text in enumerate(texts):
        places[collapse(text)].add(i)
    return {text: frozenset(at) for text, at in places.items()}


def visible(text: str) -> str:
    """Return the words of a text: no code, addresses, tags or attributes, one way of
    writing quotes, dashes and blanks."""
    return collapse(mask(text).replace("\0", "").translate(SIGNS))


def hidden(text: str) -> Counter[str]:
    """Return what no translator touches: code, addresses, tags, attributes."""
    found = (match for match in HIDDEN.finditer(text) if not match["kept"])
    return Counter(re.sub(r"\s+", " ", match[0]) for match in found)
