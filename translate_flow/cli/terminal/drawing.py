"""Tables and coloured text: the one home of rich, loaded when something is drawn."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from translate_flow.cli.face import WIDE, Face, columns, inline, plain
from translate_flow.cli.terminal.folding import (
    INDENT,
    cell_len,
    continued,
)
from translate_flow.model import State

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

STYLES = {
    State.OMITTED: "dim",
    State.UNTRANSLATED: "red",
    State.REVIEWED: "bold green",
    State.TRANSLATED: "green",
    State.DRIFTED: "bold red",
    State.DRAFT: "yellow",
}

SEVERITIES = {"high": "bold red", "medium": "yellow", "low": "cyan"}


def console() -> Console:
    """Return a console on stdout: plain in a pipe or with NO_COLOR, as wide as the
    terminal or as COLUMNS says."""
    from rich.console import Console

    width = columns(sys.stdout)
    return Console(width=width, markup=False, emoji=False, highlight=False)


def draw(*parts: RenderableType) -> None:
    """Draw on stdout; without blanks at the ends of lines if it is no terminal."""
    screen = console()
    if screen.is_terminal:
        screen.print(*parts, sep="\n")
        return
    with screen.capture() as capture:
        screen.print(*parts, sep="\n")
    lines = capture.get().split("\n")
    print("\n".join(line.rstrip() for line in lines), end="")


def styled(text: str, style: str = "") -> Text:
    """Return text in a style, without what could steer the terminal."""
    from rich.text import Text

    return Text(plain(text), style=style)


def word_diff(diff: Iterable[tuple[str, str]]) -> Text:
    """Return a diff as ``[-old-]{+new+}``, the old in red and the new in green."""
    from rich.text import Text

    signs = {"-": ("[-", "-]", "red"), "+": ("{+", "+}", "green"), "=": ("", "", "")}
    line = Text()
    for op, text in diff:
        before, after, style = signs[op]
        words = plain(text)
        head, tail = _blanks(words) if words.strip() else ("", "")
        line.append(head)
        words = words[len(head) : len(words) - len(tail)]
        line.append(f"{before}{words}{after}", style)
        line.append(tail)
    return line


def _blanks(text: str) -> tuple[str, str]:
    """Return the blanks at both ends of a text, which would look odd in brackets."""
    left, right = text.lstrip(), text.rstrip()
    return text[: len(text) - len(left)], text[len(right) :]


def table(
    headings: Sequence[str], rows: Iterable[Sequence[Text | str]], *, right: int = 0
) -> RenderableType:
    """Return a table without lines.

    :param right: how many of the last columns are aligned right.
    """
    from rich.table import Table

    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for number, heading in enumerate(headings):
        last = number >= len(headings) - right
        grid.add_column(
            heading,
            justify="right" if last else "left",
            no_wrap=number > 0,
            overflow="fold",
        )
    for row in rows:
        grid.add_row(
            *(cell if not isinstance(cell, str) else plain(cell) for cell in row)
        )
    return grid


def aligned(rows: Sequence[Sequence[Text]], gap: int = 2) -> list[Text]:
    """Return each row as one text, its cells below those of the other rows. A first
    cell that leaves no room for the others stands on a terminal in a line of its own
    above them.
    """
    from rich.text import Text

    width = columns(sys.stdout)
    widths = [max(c.cell_len for c in column) for column in zip(*rows, strict=True)]
    rest = sum(widths[1:]) + gap * (len(widths) - 1)
    most = min(WIDEST, width - rest)
    narrow = [row[0].cell_len for row in rows if row[0].cell_len <= most]
    widths[:1] = [max(narrow, default=0)]
    lines = []
    for row in rows:
        line = Text()
        for n, cell in enumerate(row):
            line.append_text(cell)
            missing = widths[n] - cell.cell_len
            if missing < 0 and width < WIDE:
                line.append("\n" + " " * (widths[n] + gap))
            elif n < len(row) - 1:
                line.append(" " * (max(0, missing) + gap))
        lines.append(line)
    return lines


def widest(rows: Sequence[Sequence[Text]], gap: int = 2) -> int:
    """Return how many columns the widest row takes, leaving out first cells that are
    too wide for their column."""
    columns_ = zip(*rows, strict=True)
    others = [max(cell.cell_len for cell in column) for column in columns_][1:]
    firsts = (row[0].cell_len for row in rows)
    first = max((cells for cells in firsts if cells <= WIDEST), default=0)
    return int(first + sum(others) + gap * len(others))


WIDEST = 34
"""Columns of a terminal that a first cell may claim in every row."""


def room(line: Text, words: Sequence[str]) -> bool:
    """Whether there is room for words behind a line."""
    return line.cell_len + sum(cell_len(f"  {w}") for w in words) <= columns(sys.stdout)


def facts(line: Text, words: Sequence[str], gap: str = INDENT) -> Text:
    """Return a text with dim words behind its last line, each whole; those for which
    there is no room in lines below it."""
    width = columns(sys.stdout)
    cells = cell_len(line.plain.rpartition("\n")[2])
    for word in map(inline, words):
        before = gap
        if cells + cell_len(before + word) > width:
            line.append("\n")
            before, cells = INDENT * 2, 0
        line.append(before + word, "dim")
        cells += cell_len(before + word)
    return line


def beside(text: Text, command: str, gap: int = 4) -> Text:
    """Return a command behind a text, or where there is no room, in lines of its own
    that can be copied as they stand."""
    width = columns(sys.stdout)
    last = cell_len(text.plain.rpartition("\n")[2])
    if last + gap + cell_len(command) <= width:
        return text.append(" " * gap + command, "dim")
    indent = INDENT * 2
    lines = continued(indent + command, width, indent + INDENT)
    return text.append("\n" + "\n".join(lines), "dim")


def labelled(rows: Iterable[tuple[str, Text | str]]) -> RenderableType:
    """Return texts beside their labels, each wrapped in its own column."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for label, text in rows:
        cell = plain(text) if isinstance(text, str) else text
        grid.add_row(f"  {label}", cell)
    return grid


class DraftProgress(Protocol):
    """Called with how many segments of how many are done, and the characters sent."""

    def __call__(self, done: int, total: int, characters: int) -> None: ...


@contextmanager
def progress(face: Face, label: str) -> Iterator[DraftProgress]:
    """Give a progress bar on stderr, which shows only on a terminal: segments,
    characters, how many of them in a minute, and the time that is left."""
    if face.quiet or face.json or not sys.stderr.isatty():
        yield lambda done, total, characters: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns_ = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TextColumn("{task.fields[sent]}", style="dim"),
        TimeRemainingColumn(),
    )
    began = time.monotonic()
    bar = Bar(*columns_, console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=None, sent="")

    def told(done: int, total: int, characters: int) -> None:
        bar.start()  # now, not before: somebody may have been asked something
        rate = characters / max(time.monotonic() - began, 0.1) * 60
        sent = f"{characters:,} characters, {rate:,.0f}/min" if characters else ""
        bar.update(task, completed=done, total=total, sent=sent)

    try:
        yield told
    finally:
        bar.stop()
