"""``flip``: the translation becomes the source of an article."""

from __future__ import annotations

from typing import Annotated

import typer

from translate_flow.cli.documents.articles import flip_document
from translate_flow.cli.face import counted, face
from translate_flow.cli.options import Command, Lang


def flip(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="SLUG", help="The article.")],
    lang: Lang = None,
) -> None:
    """Make the translation the source of an article."""
    from translate_flow.flow.flipping import flip as turn

    speaker = face(context)
    workspace, spots, language = speaker.ready([article], lang)
    done = turn(workspace, spots[0], language=language)
    if speaker.json:
        speaker.document(flip_document(done))
        return
    size = counted(done.segments, "segment")
    ways = f"written in {done.source}, translated into {done.target}"
    speaker.tell(f"flipped {done.slug}: {ways} ({size})")
    speaker.say("next: tflow status; tflow undo takes it back")


COMMANDS = {
    "flip": Command(
        flip,
        (
            "tflow flip russia           # its Korean is the article from now on",
            "tflow flip russia --lang ko",
        ),
    ),
}
