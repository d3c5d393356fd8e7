"""Lines as wide as the terminal: prose is broken between words, commands so that they
can be copied as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

INDENT = "  "
NEXT = "next: "
_WORDS = re.compile(r"(\s*)(\S+)")
_TYPED = re.compile(r"""(\s*)((?:\$'(?:\\.|[^'\\])*'|'[^']*'|"[^"]*"|\\.|\S)+)""")
"""Words of a command line, those in quotes whole."""
_SEAMS = re.compile(r"(?<=/)|(?<=-)")


def cell_len(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    from rich.cells import cell_len as measured

    return measured(text)


def fold(text: str, width: int, indent: str = INDENT) -> str:
    """Break each line of a text between words, and within one only where it is wider
    than a line alone.

    :param width: columns of the terminal.
    :param indent: of what a line goes on with.
    """
    return "\n".join(
        row for line in text.split("\n") for row in _rows(line, width, indent)
    )


def _rows(line: str, width: int, indent: str) -> Iterator[str]:
    row = ""
    for gap, word in _WORDS.findall(line):
        if row.strip() and cell_len(row + gap + word) > width:
            yield row
            row, gap = indent, ""
        *full, row = _pieces(row + gap, word, width, indent)
        yield from full
    yield row


def _pieces(row: str, word: str, width: int, indent: str) -> Iterator[str]:
    """Yield a row with one more word, in pieces if it is too wide for one."""
    if cell_len(row + word) <= width:
        yield row + word
        return
    for part in _SEAMS.split(word):
        if row.strip() and cell_len(row + part) > width:
            yield row
            row = indent
        for letter in part:
            if row.strip() and cell_len(row + letter) > width:
                yield row
                row = indent
            row += letter
    yield row


def fold_commands(commands: Sequence[str], first: str, width: int) -> str:
    """Return the line that says what to type next: one of some commands.

    :param first: what has to be typed before them; empty if nothing has.
    """
    alternatives = [*commands[:1], *(f"or {command}" for command in commands[1:])]
    parts = [f"{part}," for part in alternatives[:-1]] + alternatives[-1:]
    if first:
        parts = [f"{first},", f"then {parts[0]}", *parts[1:]]
    rows, row, indent = [], NEXT, INDENT
    for part in parts:
        gap = "" if row in (NEXT, indent) else " "
        if gap and cell_len(row + gap + part) > width:
            rows.append(row)
            row, gap = indent, ""
        *full, row = continued(f"{row}{gap}{part}", width, indent + INDENT)
        rows += full
    return "\n".join([*rows, row])


def continued(command: str, width: int, indent: str) -> list[str]:
    """Break a command so that a shell takes its lines for one: at blanks, with a
    backslash. A word is never broken.

    :param indent: of what a line goes on with.
    """
    if cell_len(command) <= width:
        return [command]
    rows, row = [], ""
    for gap, word in _TYPED.findall(command):
        room = width - len(" \\")
        if row.strip() not in ("", NEXT.strip()) and cell_len(row + gap + word) > room:
            rows.append(f"{row} \\")
            row, gap = indent, ""
        row += gap + word
    return [*rows, row]
