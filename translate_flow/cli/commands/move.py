"""``mv`` and ``clean``: articles with another name, and what they left behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.articles import clean_document, move_document
from translate_flow.cli.face import counted, face
from translate_flow.cli.options import Command

if TYPE_CHECKING:
    from translate_flow.flow.moving import Left


def mv(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The article.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new slug.")],
) -> None:
    """Rename an article with its catalogs."""
    from translate_flow.flow.moving import move

    speaker = face(context)
    moved = move(speaker.workspace(), old, new)
    if speaker.json:
        speaker.document(move_document(moved))
        return
    size = counted(len(moved.files), "file")
    speaker.did(f"moved {moved.old} to {moved.new}: {size}")
    speaker.say("next: tflow status; tflow undo takes it back")


def clean(context: typer.Context) -> None:
    """List what belongs to no article; drop it with --yes."""
    from translate_flow.flow.moving import clean as drop
    from translate_flow.flow.moving import left_behind

    speaker = face(context)
    workspace = speaker.workspace()
    found = drop(workspace) if speaker.yes else left_behind(workspace)
    if speaker.json:
        speaker.document(clean_document(found, dropped=speaker.yes))
        return
    for left in found:
        dropped = speaker.yes and not left.kept
        (speaker.did if dropped else speaker.tell)(_left_line(left))
    speaker.say(_advice(found, dropped=speaker.yes))


def _left_line(left: Left) -> str:
    if left.what == "catalog":
        return f"{left.path}: {counted(left.translated, 'translation')}"
    what = "page of ours" if left.what == "page" else "record of a release"
    return f"{left.path}: {what}{f', kept: {left.kept}' * bool(left.kept)}"


def _advice(found: Sequence[Left], *, dropped: bool) -> str:
    if not found:
        return "nothing is left behind"
    if any(left.what == "page" and left.kept for left in found):
        return "what was edited stays: delete it, or its record to make it an article"
    if dropped:
        return "dropped; tflow undo brings it back"
    return "next: tflow clean --yes drops them; tflow mv gives an article another name"


COMMANDS = {
    "mv": Command(
        mv,
        (
            "tflow mv russia opinion/2013/russia",
            "tflow mv draft.md russia",
        ),
    ),
    "clean": Command(
        clean,
        (
            "tflow clean                 # list what is left behind",
            "tflow clean --yes           # drop it; undo brings it back",
        ),
    ),
}
