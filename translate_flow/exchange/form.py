"""The plain-text form that an editor opens: units, and what is to become of them.

::

    === russia:k7f2qd  segment 7, paragraph, drifted
    | was  Voters will accept such a deal.
    | now  Voters will {+not+} accept such a deal.
    keep
    target:
    유권자들은 그런 합의를 받아들일 것이다.
    === end russia:k7f2qd

Lines that begin with ``|`` are to be read. The word above ``target:`` says what is to
be done: ``keep`` leaves a unit alone, ``ok`` takes its target as right, ``ask`` and a
text puts a question. A target that was changed is taken whatever the word says; nobody
types one for nothing. What stands between ``target:`` and the end of its unit is the
target. A line of it that looks like one of the form has a backslash before it: a form
that lost a line, or got one twice, is refused, and never read as a translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from translate_flow.errors import FlowError

Word = Literal["keep", "ok", "ask"]

HEAD = """\
| Change a text below "target:", and it is yours. "keep" leaves a unit alone, "ok"
| takes its text as it is, "ask" and a question asks the author. Delete what you do
| not want to see, each unit whole, from "===" to "=== end". Close the editor without
| saving, and nothing happens.
"""
_START = re.compile(r"=== (?P<title>\S.*)$")
_END, _TARGET = "=== end ", "target:"
_WORD = re.compile(
    r"(?P<word>keep|ok)[\s:.]*$|ask\b[\s:]*(?P<question>.*)$", re.IGNORECASE
)
_OURS = re.compile(r"\s*(?:===|\||target:\s*$|(?:keep|ok|ask)[\s:]*$)", re.IGNORECASE)
"""What a line of the form looks like."""

_QUOTED = re.compile(rf"\\+{_OURS.pattern}", re.IGNORECASE)
"""Such a line of a target, with the backslash that says so."""


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
        lines = [f"=== {item.place}  {item.title}".rstrip()]
        lines += _read_only("ERROR", (wrong or {}).get(item.place, ""))
        for label, text in item.shown:
            lines += _read_only(label, text)
        lines += ["keep", _TARGET, *map(_quoted, item.target.split("\n"))]
        parts.append("\n".join([*lines, f"{_END}{item.place}", ""]))
    return "\n".join(parts)


def _read_only(label: str, text: str) -> list[str]:
    width = 5
    return [
        f"| {label if i == 0 else '':{width}} {line}".rstrip()
        for i, line in enumerate(text.split("\n"))
        if text
    ]


def _quoted(row: str) -> str:
    return f"\\{row}" if _OURS.match(row) or _QUOTED.match(row) else row


def _unquoted(row: str) -> str:
    return row[1:] if _QUOTED.match(row) else row


# --- what comes back --------------------------------------------------------

Rows = Iterator[tuple[int, str]]
"""Lines that are still to be read, with their 1-based numbers."""


def read(text: str, items: Sequence[FormUnit]) -> tuple[Answer, ...]:
    """Read what came back.

    :param items: those that were written; what is missing is kept.
    :raises FlowError: naming the line, if it cannot be understood.
    """
    known = {item.place: item for item in items}
    answers: dict[str, Answer] = {}
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    rows = iter(enumerate(lines, 1))
    for n, row in rows:
        if not row.strip() or row.startswith("|"):
            continue
        item = _begun(row, n, known)
        if item.place in answers:
            raise FlowError(f"{item.place} stands there twice", line=n)
        answers[item.place] = _answer(item, rows, n)
    return tuple(answers.values())


def _begun(row: str, line: int, known: Mapping[str, FormUnit]) -> FormUnit:
    """Return the unit that a line begins.

    :raises FlowError: if it begins none: what is typed there would be lost, or
        another's.
    """
    if found := _START.match(row):
        title = f"{found['title']} "
        fits = (item for name, item in known.items() if title.startswith(f"{name} "))
        if item := next(fits, None):
            return item
        if not row.startswith(_END):
            message = f"{title.split()[0]} is no unit of this form"
            raise FlowError(message, line=line, hint="write its place as it was")
    hint = 'put the line "=== PLACE" above it back as it was'
    raise FlowError(f"{row.strip()!r} stands in no unit", line=line, hint=hint)


def _answer(item: FormUnit, rows: Rows, line: int) -> Answer:
    """Read a unit to its end.

    :param line: where it begins.
    :raises FlowError: if one of its lines is missing, or not where it belongs.
    """
    said = _said(item, rows, line)
    word, question = _word(item, said, line)
    target = "\n".join(_text(item, rows, line)).strip("\n")
    changed = differs(target, item.target)
    return Answer(item.place, word, target, changed, question, line)


def _said(item: FormUnit, rows: Rows, line: int) -> list[str]:
    """Return what stands above a target and is not only to be read."""
    said: list[str] = []
    for _, row in rows:
        if row.strip() == _TARGET:
            return said
        if row.startswith("==="):
            break
        if row.strip() and not row.startswith("|"):
            said.append(row)
    raise FlowError(f'{item.place} has no line "{_TARGET}" any more', line=line)


def _text(item: FormUnit, rows: Rows, line: int) -> Iterator[str]:
    """Yield the lines of a target."""
    end = f"{_END}{item.place}"
    for n, row in rows:
        if row.rstrip() == end:
            return
        if row.lstrip().startswith("==="):
            line = n
            break
        if _OURS.match(row):
            hint = f"put the form right, or write \\{row.strip()} if the text says so"
            message = f"{item.place}: {row.strip()!r} in a translation"
            raise FlowError(message, line=n, hint=hint)
        yield _unquoted(row)
    hint = "put it back below its text, and a backslash before === in a text"
    raise FlowError(f'{item.place} has no line "{end}" any more', line=line, hint=hint)


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
        wrong = next((row for row in said if not _WORD.match(row.strip())), said[-1])
        message = f"{item.place}: not understood: {wrong.strip()!r}"
        hint = 'write "keep", "ok" or "ask" and a question there'
        raise FlowError(message, line=line, hint=hint)
    if found is None:
        return "keep", ""
    if found["word"]:
        return ("ok" if found["word"].lower() == "ok" else "keep"), ""
    if not found["question"]:
        hint = "write it behind ask"
        raise FlowError(f"{item.place}: ask what?", line=line, hint=hint)
    return "ask", found["question"]
