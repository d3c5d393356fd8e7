"""How the command line speaks: results on stdout, everything else on stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.people import Terminal
    from translate_flow.flow.workspace import Workspace
    from translate_flow.model import Finding
    from translate_flow.project.places import Place

BAD_INPUT = 2
"""Exit code of wrong use and of what cannot be read."""

_PICTURES = r"\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    rf"|(?<![{_PICTURES}])\u200d|\u200d(?![{_PICTURES}])"
)
"""Characters that a terminal obeys or hides: controls, marks of direction, letters
without width. A joiner between pictures stays."""


@dataclass(frozen=True, slots=True)
class Face:
    """The global options, and the ways to speak that they choose."""

    project: str | None = None
    json: bool = False
    quiet: bool = False
    yes: bool = False
    command: str = "tflow"
    """The command line that was typed."""

    machine: str | None = None
    """Who acts, if ``--machine`` says that it is no person."""

    def workspace(self) -> Workspace:
        """Return the project the user stands in, or the one that ``--project`` names.

        :raises FlowError: if there is none, its settings are wrong, or ``--machine``
            is given no name.
        """
        from translate_flow.actors import acting_machine
        from translate_flow.flow.workspace import Workspace
        from translate_flow.history.git import Git
        from translate_flow.project import find_root, load

        machine = acting_machine(self.machine, os.environ)
        root = find_root(Path.cwd(), self.project)
        world = (today(), os.environ, Git(root), self.say, self.command, machine)
        return Workspace(load(root), *world, terminal=terminal())

    def ready(
        self, places: Sequence[str] | None, lang: str | None
    ) -> tuple[Workspace, tuple[Place, ...], str | None]:
        """Return the project, and the places and the language that a command is about.

        :raises FlowError: if there is no project, or one of them is unknown.
        """
        from translate_flow.flow.workspace import chosen

        workspace = self.workspace()
        language = workspace.project.language(lang) if lang else None
        return workspace, chosen(workspace.project, places or ()), language

    def say(self, message: str) -> None:
        """Tell a person, on stderr, unless ``--quiet``."""
        if not self.quiet:
            aside(folded(inline(message), sys.stderr))

    def next(self, *commands: str, first: str = "") -> None:
        """Tell what may be typed next, on stderr, unless ``--quiet``.

        :param commands: alternatives; none if nothing is left to do.
        :param first: a command that has to be run before them.
        """
        if commands and not self.quiet:
            aside(hint(commands, first, sys.stderr))

    def warn(self, message: str) -> None:
        """Tell a person what must not be missed, on stderr, in one line."""
        aside(inline(message))

    def caution(self, message: str) -> None:
        """Tell a person what must not be missed, on stderr, folded to its width."""
        aside(folded(inline(message), sys.stderr))

    def write(self, text: str) -> None:
        """Write a result on stdout, as it is."""
        print(plain(text))

    def tell(self, text: str) -> None:
        """Write a line for people on stdout, folded to its width."""
        print(folded(inline(text), sys.stdout))

    def did(self, text: str) -> None:
        """Tell on stdout what a command did, unless ``--quiet``."""
        if not self.quiet:
            self.tell(text)

    def short(self, workspace: Workspace, slug: str) -> str:
        """Return the shortest name by which an article may be called."""
        return workspace.short_names.get(slug, slug) if "/" in slug else slug

    def confirm(self, what: str) -> bool:
        """Ask the person at the terminal whether to go on; ``--yes`` answers for them.

        :param what: what is going to happen, without a full stop.
        :raises FlowError: if nobody is there to ask.
        """
        if self.yes:
            return True
        if self.json or not sys.stdin.isatty():
            raise FlowError(what, hint="say --yes if it may")
        sys.stdout.flush()
        return typer.confirm(folded(inline(f"{what}. Go on?"), sys.stderr), err=True)

    def exit_for(self, errors: Sequence[FlowError]) -> None:
        """Report what could not be read, and exit if there was anything.

        :raises typer.Exit: with ``BAD_INPUT``.
        """
        if not errors:
            return
        if not self.json:
            for error in errors:
                self.warn(f"error: {error}")
        raise typer.Exit(BAD_INPUT)

    def document(self, value: Mapping[str, Any]) -> None:
        """Write the one JSON document of this command on stdout."""
        import json

        whole = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        text = json.dumps(value, ensure_ascii=not whole, indent=2)
        print(_UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text))

    def warn_of(self, found: Iterable[Finding]) -> None:
        """Warn of findings, one a line."""
        for finding in found:
            self.caution(f"found: {finding_line(finding)}")


def aside(line: str) -> None:
    """Write a line on stderr after stdout is flushed: where both go to one place, their
    lines appear in the order in which they were written."""
    if sys.stdout:
        sys.stdout.flush()
    print(line, file=sys.stderr)


def finding_line(finding: Finding) -> str:
    """Return a finding in one line, its place as a user would type it."""
    number = finding.n or finding.id
    place = f"{finding.slug}{f':{number}' * bool(number)} ({finding.lang})"
    return f"{finding.severity}: {place}: {finding.message} [{finding.check}]"


def plain(text: str) -> str:
    """Return a text in which what could steer a terminal, or hide there, stands as an
    escape like ``\\x1b``; lone surrogates become question marks."""
    safe = text.encode("utf-8", "replace").decode()
    return _UNSEEN.sub(lambda found: _escape(found[0]), safe)


def inline(text: str) -> str:
    """Return a name or a message that stays in its line: line ends and tabs are
    escaped, too."""
    return plain(text).replace("\n", "\\n").replace("\t", "\\t")


def _escape(letter: str) -> str:
    number = ord(letter)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def folded(text: str, stream: TextIO) -> str:
    """Return a text broken where the terminal behind a stream ends."""
    width = columns(stream)
    if all(len(line) * 2 <= width for line in text.split("\n")):
        return text
    from translate_flow.cli.terminal.folding import fold

    return fold(text, width)


def hint(commands: Sequence[str], first: str, stream: TextIO) -> str:
    """Return the line that says what to type next."""
    from translate_flow.cli.terminal.folding import fold_commands

    words = [inline(command) for command in commands]
    return fold_commands(words, inline(first), columns(stream))


def columns(stream: TextIO) -> int:
    """Return how wide the terminal behind a stream is, or what COLUMNS says; a
    pipe is as wide as one likes."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return int(said)
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDE
    except (OSError, ValueError):
        return WIDE


WIDE = 100_000
"""Columns of a pipe: nothing is wrapped unless COLUMNS says so."""


def face(context: typer.Context) -> Face:
    """Return the face that the global options made."""
    found = context.find_object(Face)
    return found or Face()


def terminal() -> Terminal | None:
    """Return the terminal somebody sits at, if stdin or stderr is one; None without.
    Questions can be asked only if both are."""
    from translate_flow.flow.people import Terminal

    typed, told = (
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)
    )
    if not (typed or told):
        return None
    return Terminal(_prompted if typed and told else None)


def _prompted(question: str) -> str:
    answer: str = typer.prompt(folded(plain(question), sys.stderr), err=True)
    return answer


MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def day(iso: str) -> str:
    """Return a date as ``18 Nov``, with the year if it is not this one."""
    year, _, rest = iso.partition("-")
    month, _, number = rest.partition("-")
    if not (month.isdecimal() and number.isdecimal() and 1 <= int(month) <= 12):
        return iso
    told = f"{int(number)} {MONTHS[int(month) - 1]}"
    return told if year == today()[:4] else f"{told} {year}"


def today() -> str:
    """Return the date, or that of SOURCE_DATE_EPOCH, so that runs can be repeated."""
    from translate_flow.project.user import today

    return today(os.environ)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 draft``, ``2 drafts``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
