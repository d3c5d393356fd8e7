"""Filler that stands where a translation will be, and how it is known."""

from __future__ import annotations

import re

FILLER = re.compile(r"⟦[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*⟧")
"""What filler bears, and no translation: the tag of its language."""


def filler(words: str, language: str) -> str:
    """Return words as filler of a language."""
    return f"⟦{language}⟧ {words}"
