"""``undo``: the last command that wrote, taken back."""

from __future__ import annotations

import typer

from translate_flow.cli.documents.articles import undo_document
from translate_flow.cli.face import counted, face
from translate_flow.cli.options import Command
from translate_flow.project.settings import SETTINGS

LONGEST = 60
"""How many characters of a command line are shown."""


def undo(context: typer.Context) -> None:
    """Take the last command back."""
    from translate_flow.flow.acts import undo as take_back

    speaker = face(context)
    workspace = speaker.workspace()
    undone = take_back(workspace)
    if speaker.json:
        speaker.document(undo_document(undone))
        return
    size = counted(undone.size, "file")
    speaker.did(f"took back: {_short(undone.command)}; {size} as before")
    for path in undone.left:
        speaker.caution(f"left as it is, for it lies outside the project: {path}")
    there = (workspace.project.root / SETTINGS).is_file()
    speaker.say("next: tflow status" if there else "next: tflow init")


def _short(command: str) -> str:
    return command if len(command) <= LONGEST else f"{command[: LONGEST - 1]}…"


COMMANDS = {
    "undo": Command(
        undo,
        ("tflow undo                  # and again for the command before",),
    ),
}
