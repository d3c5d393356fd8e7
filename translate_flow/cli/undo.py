"""``undo``: the last command that wrote, taken back."""

from __future__ import annotations

import typer

from translate_flow.cli.face import Command, counted, face

LONGEST = 60
"""Characters of a command line that are told."""


def undo(context: typer.Context) -> None:
    """Take the last command back."""
    from translate_flow.flow.acts import undo as take_back

    speaker = face(context)
    undone = take_back(speaker.desk())
    if speaker.json:
        files = [str(path) for path in undone.files]
        speaker.document({"undone": undone.command, "files": files})
        return
    size = counted(len(undone.files), "file")
    speaker.write(f"took back: {_short(undone.command)}; {size} as before")
    speaker.say("next: tflow status")


def _short(command: str) -> str:
    return command if len(command) <= LONGEST else f"{command[: LONGEST - 1]}…"


COMMANDS = {
    "undo": Command(
        undo,
        ("tflow undo                  # and again for the command before",),
    ),
}
