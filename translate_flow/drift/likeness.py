"""Edits that are the same in many places: a word that is written with a capital from
now on, a term that has another name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from translate_flow.drift.carrying import is_kept
from translate_flow.drift.classes import Evidence
from translate_flow.drift.lexicon import PARTICLES

Edit: TypeAlias = tuple[str, str, str]
"""Class, the words that went, the words that came."""

_ENDS = re.compile(r"^\W+|\W+$")
_TAIL = re.compile(r"(?<=[^\W가-힣])[가-힣]+$")
"""What stands in Korean behind a word in Latin letters."""


def edits(evidence: Sequence[Evidence]) -> frozenset[Edit]:
    """Return what an edit did, whatever particles stand behind the words; what leaves
    every translation right does not count."""
    open_ones = (one for one in evidence if not is_kept((one,)))
    return frozenset(
        (one.drift_class, _bare(one, one.old), _bare(one, one.new)) for one in open_ones
    )


def _bare(evidence: Evidence, words: str) -> str:
    words = _ENDS.sub("", words) or words
    bare = PARTICLES.sub("", _TAIL.sub("", words)) or words
    return bare if evidence.drift_class in ("case", "code", "link") else bare.lower()
