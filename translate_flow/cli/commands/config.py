"""``config``: the settings of the project and of its user, looked at and changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.resources import config_document, config_set_document
from translate_flow.cli.face import Face, face
from translate_flow.cli.options import Command
from translate_flow.commands import command
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.settings import Changed, Value


def config(
    context: typer.Context,
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="[KEY]",
            help="Like draft.engine; all if not said.",
            show_default=False,
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VALUE]...",
            help="What to set; a list takes several.",
            show_default=False,
        ),
    ] = None,
    unset: Annotated[
        bool, typer.Option("--unset", help="Take KEY out; its default holds then.")
    ] = False,
) -> None:
    """Show the settings, the project's and yours, or change one."""
    from translate_flow.flow import owning
    from translate_flow.flow.settings import drop, put, value, values
    from translate_flow.project.user import is_own

    speaker = face(context)
    if unset and key is None:
        raise FlowError("unset what?", hint="tflow config --unset KEY")
    if unset and words:
        raise FlowError(
            "--unset takes no value", hint=command("config --unset", key or "")
        )
    if key is not None and is_own(key):
        if unset or words:
            new = None if unset else words
            _tell(speaker, owning.put(os.environ, key, new), back="")
        else:
            _show(speaker, owning.value(os.environ, key))
        return
    workspace = speaker.workspace()
    if key is None:
        _list(speaker, (*values(workspace), *owning.values(os.environ)))
    elif unset:
        _tell(speaker, drop(workspace, key))
    elif words:
        _tell(speaker, put(workspace, key, words))
    else:
        _show(speaker, value(workspace, key))


def _list(speaker: Face, found: tuple[Value, ...]) -> None:
    from translate_flow.cli.terminal.drawing import draw, labelled, styled

    if speaker.json:
        speaker.document(config_document(found))
        return
    rows = []
    for one in found:
        cell = styled(_text(one, ", "))
        rows.append((one.path, cell.append(_mark(one), "dim")))
    draw(labelled(rows))
    speaker.say("next: tflow config KEY VALUE")


def _show(speaker: Face, found: Value) -> None:
    if speaker.json:
        speaker.document(config_document([found]))
        return
    speaker.write(_text(found, " "))
    speaker.say(f"{found.says}{_mark(found)}".strip() or "said in the settings")


def _tell(
    speaker: Face, done: Changed, back: str = "; tflow undo takes that back"
) -> None:
    now = done.after
    if speaker.json:
        speaker.document(config_set_document(now, done.written))
        return
    speaker.did(f"{now.path} = {_text(now, ' ')}{_mark(now)}")
    if done.written is None:
        speaker.say("nothing had to be changed")
    else:
        speaker.say(f"it was {_text(done.before, ' ')}{back}")


def _text(found: Value, between: str) -> str:
    from translate_flow.flow.settings import shown

    return found.usual if found.value is None else shown(found.value, between)


def _mark(found: Value) -> str:
    return "" if found.said else "  (default)"


COMMANDS = {
    "config": Command(
        config,
        (
            "tflow config                      # all settings",
            "tflow config draft.engine         # one",
            "tflow config draft.engine mymemory",
            "tflow config project.languages en ko ja",
            "tflow config --unset draft.engine",
            "tflow config user.name Mina       # yours, in all projects",
        ),
    ),
}
