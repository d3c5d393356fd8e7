"""The plain-text form that an editor opens: units, and what is to become of them.

::

    === russia:k7f2qd  segment 7, paragraph, drifted
    | was  Voters will accept such a deal.
    | now  Voters will {+not+} accept such a deal.
    keep
    target:
    유권자들은 그런 합의를 받아들일 것이다.

Lines that begin with ``|`` are to be read. The word above ``target:`` says what is to
be done: ``keep`` leaves a unit alone, ``ok`` takes its target as right, ``ask`` and a
text puts a question. A target that was changed is taken whatever the word says; nobody
types one for nothing. What follows ``target:`` is the target, up to the next ``===``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from translate_flow.errors import FlowError

Word = Literal["keep", "ok", "ask"]

HEAD = """\
| Change a text below "target:", and it is yours. "keep" leaves a unit alone, "ok"
| takes its text as it is, "ask" and a question asks the author. Delete what you do
| not want to see. Close the editor without saving, and nothing happens.
"""
_START = re.compile(r"=== (?P<place>\S+:[a-z][a-z0-9]*)(?:\s.*)?$")
_WORD = re.compile(r"(?P<word>keep|ok|ask)\b[ \t:]*(?P<text>.*)$", re.IGNORECASE)
_TARGET = "target:"


@dataclass(frozen=True, slots=True)
class FormUnit:
    """A unit as the form shows it."""

    place: str
    """``slug:id``."""

    title: str
    """Its number, kind and state."""

    shown: tuple[tuple[str, str], ...]
    """Labels and texts to be read: ``was``, ``now``, ``note`` …"""

    target: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody made of a unit."""

    place: str
    word: Word
    target: str
    changed: bool
    """Whether the target is another than the form showed."""

    question: str = ""
    line: int = 0
    """1-based line of the form where the unit begins."""


def write(items: Iterable[FormUnit], wrong: Mapping[str, str] | None = None) -> str:
    """Return the form.

    :param wrong: what was wrong with an earlier answer, by place.
    """
    parts = [HEAD]
    for item in items:
        lines = [f"=== {item.place}  {item.title}"]
        lines += _read_only("ERROR", (wrong or {}).get(item.place, ""))
        for label, text in item.shown:
            lines += _read_only(label, text)
        parts.append("\n".join([*lines, "keep", _TARGET, item.target, ""]))
    return "\n".join(parts)


def _read_only(label: str, text: str) -> list[str]:
    width = 5
    return [
        f"| {label if i == 0 else '':{width}} {line}".rstrip()
        for i, line in enumerate(text.split("\n"))
        if text
    ]


def read(text: str, items: Sequence[FormUnit]) -> tuple[Answer, ...]:
    """Read what came back.

    :param items: those that were written; what is missing is kept.
    :raises FlowError: naming the line, if it cannot be understood.
    """
    known = {item.place: item for item in items}
    lines = text.replace("\r\n", "\n").split("\n")
    _refuse_damaged(lines, known)
    starts = [
        (n, found["place"])
        for n, line in enumerate(lines)
        if (found := _START.match(line)) and found["place"] in known
    ]
    ends = [n for n, _ in (*starts, (len(lines), ""))][1:]
    answers: list[Answer] = []
    for (start, place), end in zip(starts, ends, strict=True):
        if any(answer.place == place for answer in answers):
            raise FlowError(f"{place} stands there twice", line=start + 1)
        answers.append(_answer(known[place], lines[start + 1 : end], start + 1))
    return tuple(answers)


def _refuse_damaged(lines: Sequence[str], known: Mapping[str, FormUnit]) -> None:
    """Stop at a target that does not stand below a unit of the form: what was typed
    there would be lost, or another's.

    :raises FlowError: naming the line.
    """
    targets = 0
    for n, line in enumerate(lines, 1):
        if found := _START.match(line):
            if (item := known.get(found["place"])) is None:
                message = f"{found['place']} is no unit of this form"
                raise FlowError(message, line=n, hint="write its place as it was")
            targets = 1 + sum(map(_is_target, item.target.split("\n")))
        elif _is_target(line):
            if not targets:
                hint = 'put the line "=== PLACE" above it back as it was'
                raise FlowError("a target without its unit", line=n, hint=hint)
            targets -= 1


def _is_target(line: str) -> bool:
    return line.strip() == _TARGET


def _answer(item: FormUnit, lines: Sequence[str], line: int) -> Answer:
    try:
        at = [row.strip() for row in lines].index(_TARGET)
    except ValueError:
        message = f'{item.place} has no line "{_TARGET}" any more'
        raise FlowError(message, line=line) from None
    said = [row for row in lines[:at] if row.strip() and not row.startswith("|")]
    word, question = _word(item, said, line)
    target = "\n".join(lines[at + 1 :]).strip("\n")
    changed = differs(target, item.target)
    return Answer(item.place, word, target, changed, question, line)


def differs(typed: str, shown: str) -> bool:
    """Whether somebody typed another text than was shown. What editors do by themselves
    to line ends and blanks before them is nobody's word for a translation."""
    return _bare(typed) != _bare(shown)


def _bare(text: str) -> str:
    rows = (row.rstrip() for row in re.split(r"\r\n?|\n", text))
    return "\n".join(rows).strip("\n")


def _word(item: FormUnit, said: Sequence[str], line: int) -> tuple[Word, str]:
    found = _WORD.match(said[0].strip()) if len(said) == 1 else None
    if said and found is None:
        hint = 'write "keep", "ok" or "ask" and a question there'
        raise FlowError(
            f"{item.place}: not understood: {said[0]!r}", line=line, hint=hint
        )
    if found is None:
        return "keep", ""
    word, text = found["word"].lower(), found["text"].strip()
    if word == "ask" and not text:
        raise FlowError(
            f"{item.place}: ask what?", line=line, hint="write it behind ask"
        )
    if word == "ok":
        return "ok", ""
    return ("ask", text) if word == "ask" else ("keep", "")
