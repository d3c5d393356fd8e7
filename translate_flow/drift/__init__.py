"""What an edit of the source did to a translation: which words, how grave it is, and
what it may do to the translation by itself.

The source is always compared with the text that the translation was accepted for, not
with the last one.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from translate_flow.drift.carrying import KEPT, carried, is_kept
from translate_flow.drift.classes import SEVERITIES, Evidence, Severity, classify
from translate_flow.drift.likeness import Edit, edits
from translate_flow.model import Unit
from translate_flow.state import accepted_source
from translate_flow.text.coded import CodeWords
from translate_flow.text.worddiff import Diff, word_diff

if TYPE_CHECKING:
    from translate_flow.glossary import Glossary

__all__ = [
    "KEPT",
    "SEVERITIES",
    "CodeWords",
    "Drift",
    "Edit",
    "Evidence",
    "Severity",
    "accepted_source",
    "carried",
    "classify",
    "drift",
    "edits",
    "is_kept",
]


@dataclass(frozen=True)
class Drift:
    """How the source of one unit moved under its translation."""

    before: str | None
    """The source that the target was accepted for; None if nobody has it any more."""

    after: str
    target: str
    evidence: tuple[Evidence, ...]
    """What the edit did, the gravest first."""

    languages: tuple[str, str]
    """Of source and target."""

    glossary: Glossary | None = field(default=None, repr=False, compare=False)
    """What names are in both languages, for a proposal."""

    @property
    def drift_class(self) -> str:
        """The gravest class that applies: a key of ``SEVERITIES``."""
        return self.evidence[0].drift_class if self.evidence else "unknown"

    @property
    def classes(self) -> tuple[str, ...]:
        """All classes that apply, the gravest first."""
        return tuple(dict.fromkeys(e.drift_class for e in self.evidence))

    @property
    def severity(self) -> Severity:
        """How grave the gravest class is."""
        return SEVERITIES[self.drift_class]

    @property
    def diff(self) -> Diff:
        """The words that went and came."""
        if self.before is None:
            return (("+", self.after),)
        return word_diff(self.before, self.after)

    @cached_property
    def stale(self) -> tuple[str, ...]:
        """The sentences of the target that say what was dropped, as far as that is
        sure."""
        from translate_flow.drift.splitting import part_of_target

        gone = [one.old for one in self.evidence if one.drift_class == "dropped"]
        if self.before is None:
            return ()
        found = (part_of_target(self.before, self.target, text) for text in gone)
        return tuple(dict.fromkeys(text for text in found if text))

    @cached_property
    def proposal(self) -> str | None:
        """A target that would fit the new source, if one is certain."""
        from translate_flow.drift.proposals import proposal

        if self.before is None:
            return None
        return proposal(
            self.before,
            self.after,
            self.target,
            self.evidence,
            self.languages,
            self.glossary,
        )


def drift(
    unit: Unit,
    languages: tuple[str, str] = ("en", "ko"),
    glossary: Glossary | None = None,
    terms: Container[str] = (),
) -> Drift:
    """Return what happened to the source of a drifted unit.

    :param unit: synced: ``source`` is today's, ``previous`` the accepted one.
    :param languages: of source and target.
    :param glossary: tells a proposal what names are in both.
    :param terms: words that are none of a dictionary and meant so.
    """
    before = accepted_source(unit)
    found = classify(before, unit.source, languages[0], terms, languages[1])
    return Drift(before, unit.source, unit.target, found, languages, glossary)
