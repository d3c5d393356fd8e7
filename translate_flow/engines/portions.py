"""Texts cut at sentence ends into portions that an engine takes."""

from __future__ import annotations

import re
from collections.abc import Callable

from translate_flow.errors import EngineError

SENTENCE_END = re.compile(
    r"""(?<=[.!?…])(?<!\b[A-Z]\.)["'”’」』)\]]*\s+(?=\S)
      | (?<=[。！？])["”’」』]*\s*(?=\S)""",
    re.VERBOSE,
)


def portions(
    text: str, fits: Callable[[str], bool], at_most: Callable[[str], bool], engine: str
) -> list[str]:
    """Cut a text into as few portions as fit. Joined they are the text.

    :param fits: whether a portion of several sentences may be this long.
    :param at_most: whether a single sentence may be.
    :raises EngineError: if a sentence is longer than that.
    """
    if fits(text):
        return [text]
    cuts = [match.end() for match in SENTENCE_END.finditer(text)]
    cut: list[str] = []
    start = last = 0
    for end in (*cuts, len(text)):
        if last > start and not fits(text[start:end]):
            cut.append(text[start:last])
            start = last
        last = end
    cut.append(text[start:])
    if longest := next((part for part in cut if not at_most(part)), ""):
        raise EngineError(
            f"a sentence of {len(longest)} characters is too long for {engine}",
            hint="make two of it, or translate it by hand",
        )
    return cut
