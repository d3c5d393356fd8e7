"""A match of the memory, as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from translate_flow.memory.search import Match
from translate_flow.text.worddiff import Diff, word_diff


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the memory has for a unit."""

    match: Match
    diff: Diff
    """From the match's source to what the unit says today."""

    @property
    def head(self) -> str:
        """How good it is, and where it is from: ``87% russia:k7f2qd``."""
        match = self.match
        sentence = "(one sentence of it)" if match.part else ""
        made = f"({match.made})" if match.made else ""
        parts = (f"{match.score}%", sentence, match.origin, made)
        return " ".join(part for part in parts if part)


def suggestion(match: Match, text: str) -> Suggestion:
    """Return a match with the words in which it differs from the text asked for; both
    are compared in NFC, as the memory compares them."""
    sides = (normalize("NFC", side) for side in (match.source, match.part or text))
    return Suggestion(match, word_diff(*sides))
