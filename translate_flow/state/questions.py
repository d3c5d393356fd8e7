"""Questions to the author, kept as comments: ``# tflow-ask: DATE NAME: TEXT``.

An open question holds a release. Answered, the oldest first, both question and answer
become notes like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from translate_flow.errors import FlowError
from translate_flow.model import Unit

ASK = "tflow-ask:"
_LINE = re.compile(rf"{ASK} (?P<on>\S+) (?P<by>[^:]+): (?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to know of the author."""

    by: str
    on: str
    """ISO date."""

    text: str


def questions(unit: Unit) -> tuple[Question, ...]:
    """Return the open questions of a unit, the oldest first."""
    found = (_LINE.fullmatch(comment) for comment in unit.comments)
    return tuple(
        Question(line["by"], line["on"], line["text"]) for line in found if line
    )


def asked(unit: Unit, text: str, *, by: str, today: str) -> Unit:
    """Return the unit with one more question.

    :raises FlowError: if there is no text.
    """
    line = f"{ASK} {today} {_one_line(by).replace(':', ' ')}: {_worded(text)}"
    return replace(unit, comments=(*unit.comments, line))


def answered(unit: Unit, text: str, *, by: str, today: str) -> Unit:
    """Return the unit with its oldest question and the answer to it as notes.

    :raises FlowError: if there is no open question, or no text.
    """
    notes = list(unit.comments)
    where = next((n for n, note in enumerate(notes) if _LINE.fullmatch(note)), None)
    if where is None:
        raise FlowError(f"unit {unit.id} has no open question", unit=unit.id)
    notes[where : where + 1] = [
        _LINE.sub(r"\g<on> \g<by> asked: \g<text>", notes[where]),
        f"{today} {_one_line(by)} answered: {_worded(text)}",
    ]
    return replace(unit, comments=tuple(notes))


def other_notes(unit: Unit) -> tuple[str, ...]:
    """Return the comments of a unit that are no open questions."""
    return tuple(note for note in unit.comments if not _LINE.fullmatch(note))


def _worded(text: str) -> str:
    text = _one_line(text)
    if not text:
        raise FlowError("there is no text", hint="say it in quotes after the place")
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())
