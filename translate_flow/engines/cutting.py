"""Texts made fit for requests: cut where they are too long, without the white space at
their ends, and whole again afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from translate_flow.errors import EngineError


class Portion(NamedTuple):
    """A text, or a portion of one."""

    of: int
    """Which of the texts it belongs to."""

    lead: str
    """White space before the words; the whole portion if it has none."""

    core: str
    """What an engine is asked for; empty if there are no words."""

    tail: str


def parted(
    texts: Sequence[str], fits: Callable[[str], bool], engine: str
) -> list[Portion]:
    """Cut texts at sentence ends into portions that fit.

    :raises EngineError: if a sentence does not fit.
    """
    return [
        _part(index, portion)
        for index, text in enumerate(texts)
        for portion in portions(text, fits, fits, engine)
    ]


def _part(index: int, portion: str) -> Portion:
    core = portion.strip()
    if not any(map(str.isalnum, core)):
        return Portion(index, portion, "", "")
    start = portion.index(core)
    return Portion(index, portion[:start], core, portion[start + len(core) :])


def whole(parts: Sequence[Portion], answers: Sequence[str]) -> list[str]:
    """Make texts of the answers to their parts.

    :param answers: one for each part that has words, in their order.
    :returns: a text for each that was cut; an empty one if an answer to a part of it is
        empty, for a half is no translation.
    """
    texts: list[list[str]] = []
    halves: set[int] = set()
    left = iter(answers)
    for part in parts:
        if part.of == len(texts):
            texts.append([])
        answer = next(left).strip() if part.core else ""
        if part.core and not answer:
            halves.add(part.of)
        texts[part.of] += part.lead, answer, part.tail
    return ["" if n in halves else "".join(text) for n, text in enumerate(texts)]


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
