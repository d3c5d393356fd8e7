"""``edit`` and ``next``: units in an editor of one's own, and what to do first."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.units import edit_document, show_document
from translate_flow.cli.face import Face, counted, face
from translate_flow.cli.options import By, Command, Lang, Places, known_words
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.model import State

if TYPE_CHECKING:
    from translate_flow.exchange.form import Answer
    from translate_flow.flow.editing import Edited, Task
    from translate_flow.flow.workspace import Workspace

EDITORS = ("editor", "nano", "vi")
"""Editors that are tried if neither VISUAL nor EDITOR names one."""


def edit(
    context: typer.Context,
    places: Places = None,
    lang: Lang = None,
    by: By = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="LIST", help="Only these states."),
    ] = None,
    drift_class: Annotated[
        str | None,
        typer.Option("--class", metavar="LIST", help="Only these classes of drift."),
    ] = None,
    severity: Annotated[
        str | None,
        typer.Option("--severity", metavar="LIST", help="high, medium, low."),
    ] = None,
    editor: Annotated[
        bool, typer.Option("--editor", help="In $VISUAL or $EDITOR (always, as yet).")
    ] = True,
) -> None:
    """Work through units in your editor."""
    from translate_flow.drift import SEVERITIES
    from translate_flow.flow.drift import WORST_FIRST
    from translate_flow.flow.editing import Choice, tasks

    choice = Choice(
        known_words("state", state, [str(one) for one in State]),
        known_words("class", drift_class, list(SEVERITIES)),
        known_words("severity", severity, WORST_FIRST),
    )
    speaker = face(context)
    workspace, spots, language = speaker.ready(places, lang)
    who = workspace.by(by, "fill in a form")
    shown = tasks(workspace, spots, choice, language)
    if shown or speaker.json:
        _tell(speaker, *_session(workspace, shown, who))
    else:
        speaker.did("nothing to edit")


def _session(
    workspace: Workspace, shown: Sequence[Task], who: str
) -> tuple[Edited, Path | None]:
    """Open the form until all of it can be taken, or it comes back unchanged.

    :raises FlowError: if the person gives up; what was typed is kept in a file.
    """
    from translate_flow.exchange.form import differs, read, write
    from translate_flow.flow.editing import Edited, apply, set_aside

    if not shown:
        return Edited(), None
    items = [task.item for task in shown]
    originals = {item.place: item.target for item in items}
    done, text = Edited(), write(items)
    late: list[tuple[Answer, str]] = []
    why = ""
    while (came := _opened(text)) != text:
        try:
            answers = read(came, items)
        except FlowError as error:
            text, why = _complained(came, error), _reason(error, came)
            continue
        answers = tuple(
            replace(a, changed=differs(a.target, originals[a.place])) for a in answers
        )
        run = apply(workspace, shown, answers, by=who)
        late += run.late
        done = _together(done, run)
        if not run.wrong:
            kept = set_aside(workspace, _late_text(late)) if late else None
            return replace(done, late=tuple(late)), kept
        wrong = {answer.place: why for answer, why in run.wrong}
        typed = {answer.place: answer.target for answer, _ in run.wrong}
        items = [replace(i, target=typed[i.place]) for i in items if i.place in wrong]
        text, why = write(items, wrong), "; ".join(wrong.values())
    if why:
        path = set_aside(workspace, text)
        hint = "; ".join((*_counts(done), "what you typed is kept there"))
        raise FlowError(f"not everything could be taken: {why}", str(path), hint=hint)
    return done, None


def _together(done: Edited, run: Edited) -> Edited:
    """Return what a form did, and what it did before it came back."""
    return replace(
        run,
        taken=(*done.taken, *run.taken),
        emptied=(*done.emptied, *run.emptied),
        asked=(*done.asked, *run.asked),
        findings=(*done.findings, *run.findings),
    )


COMPLAINT = "| ERROR "


def _complained(text: str, error: FlowError) -> str:
    """Return the form with what is wrong above it, and nothing lost."""
    rows = text.removeprefix("\ufeff").split("\n")
    rest = "\n".join(row for row in rows if not row.startswith(COMPLAINT))
    return f"{COMPLAINT}{_reason(error, text)}\n{rest}"


def _reason(error: FlowError, text: str) -> str:
    """Return what is wrong with a form, by the line where it stands below a first line
    that says so."""
    gone = sum(
        row.removeprefix("\ufeff").startswith(COMPLAINT)
        for row in text.split("\n")[: error.line or 0]
    )
    where = f"line {error.line - gone + 1}: " if error.line else ""
    hint = f"; {error.hint}" if error.hint else ""
    return f"{where}{error.message}{hint}"


def _late_text(late: Sequence[tuple[Answer, str]]) -> str:
    return "\n".join(f"=== {a.place}  {why}\n{a.target}\n" for a, why in late)


def _opened(text: str) -> str:
    """Let a person edit a text, and return the result.

    :raises FlowError: if there is no editor, or it failed.
    """
    from tempfile import NamedTemporaryFile

    from translate_flow.article import decode

    with NamedTemporaryFile("wb", prefix="tflow-", suffix=".txt", delete=False) as file:
        file.write(text.encode())
    path = Path(file.name)
    command = [*_editor(os.environ), str(path)]
    try:
        code = subprocess.run(command, check=False).returncode
    except OSError as error:
        raise FlowError(f"{command[0]} cannot be run", hint=_HINT) from error
    if code != 0:
        message = f"{command[0]} ended with {code}; nothing was taken"
        raise FlowError(message, str(path), hint="what you typed is kept there")
    if not path.is_file():
        raise FlowError(f"{command[0]} took the form away; nothing was taken")
    came = decode(path.read_bytes(), str(path))
    path.unlink()
    return came


WINDOWS = re.compile(r"(?:^|[\s\"'=])(?:[A-Za-z]:\\|\\\\)")
"""A path of Windows in a command."""

WINDOWS_PROGRAM = re.compile(
    r"(?:[A-Za-z]:[\\/]|\\\\)[^\"']*?\.(?:exe|com|cmd|bat)(?=\s|$)", re.IGNORECASE
)
"""A command that begins with such a path to a program, blanks and all."""

_HINT = "set EDITOR to the command of your editor"


def _editor(environ: Mapping[str, str]) -> list[str]:
    named = (environ.get("VISUAL") or environ.get("EDITOR") or "").strip()
    if named:
        return words_of(named, environ.get("PATH"))
    if not sys.stdin.isatty():
        raise FlowError("there is no terminal to edit in", hint=_HINT)
    found = next((name for name in EDITORS if shutil.which(name)), None)
    if found is None:
        raise FlowError("no editor was found", hint=_HINT)
    return [found]


def words_of(command: str, path: str | None = None) -> list[str]:
    """Return the words of a command as its user meant them: blanks in a path to a
    program need no quotes, and backslashes of Windows are part of it.

    :param path: where programs are, as in ``PATH``.
    :raises FlowError: if a quote is not closed.
    """
    words = command.split(" ")
    for n in range(len(words), 0, -1):
        program = " ".join(words[:n])
        if shutil.which(program, path=path):
            return [program, *_split(" ".join(words[n:]), command)]
    if found := WINDOWS_PROGRAM.match(command):
        return [found[0], *_split(command[found.end() :], command)]
    return _split(command, command)


def _split(text: str, command: str) -> list[str]:
    """Split words at blanks outside quotes; a backslash in a command of Windows is one
    letter of many."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    if WINDOWS.search(command):
        lexer.escape = ""
    try:
        return list(lexer)
    except ValueError:
        raise FlowError(f"a quote is not closed in {command!r}", hint=_HINT) from None


def _tell(speaker: Face, done: Edited, kept: Path | None) -> None:
    speaker.warn_of(done.findings)
    if speaker.json:
        speaker.document(edit_document(done))
        return
    for answer, why in done.late:
        speaker.caution(f"not taken: {answer.place}: {why}")
    if kept:
        speaker.caution(f"what you typed there is kept in {kept}")
    words = _counts(done)
    speaker.did(", ".join(words) or "nothing changed")
    back = "; tflow undo takes it back" if words else ""
    speaker.say(f"next: tflow status{back}")


def _counts(done: Edited) -> list[str]:
    """Say how many units a form changed, and how."""
    words = [counted(len(done.taken), "unit") + " taken"] if done.taken else []
    words += [counted(len(done.emptied), "unit") + " emptied"] if done.emptied else []
    words += [counted(len(done.asked), "question") + " asked"] if done.asked else []
    return words


# --- next -------------------------------------------------------------------


def next_(context: typer.Context, places: Places = None, lang: Lang = None) -> None:
    """Show the most urgent piece of work."""
    from translate_flow.cli.terminal.units import draw_units
    from translate_flow.flow.editing import most_urgent

    speaker = face(context)
    workspace, spots, language = speaker.ready(places, lang)
    broken: list[FlowError] | None = None if places else []
    found = most_urgent(workspace, spots, language, broken)
    if speaker.json:
        speaker.document(show_document([found] if found else [], broken))
    elif found is None and broken:
        pass
    elif found is None:
        speaker.tell("nothing is left to do")
    else:
        draw_units([found])
        slug = speaker.short(workspace, found.slug)
        setting = command("set", f"{slug}:{found.pair.segment.n}", tail='"…"')
        first = command("sync", slug) if found.unsynced else ""
        speaker.next(setting, command("edit", slug), first=first)
    speaker.exit_for(broken or [])


COMMANDS = {
    "next": Command(next_, ("tflow next", "tflow next russia")),
    "edit": Command(
        edit,
        (
            "tflow edit russia           # what is not finished in it",
            "tflow edit --severity high  # all articles, the gravest drift",
            "EDITOR='code --wait' tflow edit russia:3,5-8",
        ),
    ),
}
