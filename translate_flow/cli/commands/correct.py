"""``correct``: what readers of a release are told was put right."""

from __future__ import annotations

from typing import Annotated

import typer

from translate_flow.cli.documents.publishing import correct_document
from translate_flow.cli.face import face
from translate_flow.cli.options import By, Command, Lang, Spot
from translate_flow.commands import command


def correct(
    context: typer.Context,
    place: Spot,
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="For the article's readers.")
    ],
    target: Annotated[
        str, typer.Option("--target", metavar="TEXT", help="For the translation's.")
    ],
    lang: Lang = None,
    by: By = None,
) -> None:
    """Tell readers of both languages what was put right."""
    from translate_flow.flow.publish.correcting import correct as note

    speaker = face(context)
    workspace, spots, language = speaker.ready([place], lang)
    done = note(
        workspace, spots[0], source=source, target=target, language=language, by=by
    )
    if speaker.json:
        speaker.document(correct_document(done))
        return
    speaker.did(f"noted a correction of {done.slug}:{done.correction.n}")
    speaker.next(
        command("export", speaker.short(workspace, done.slug), tail="--release")
    )


COMMANDS = {
    "correct": Command(
        correct,
        (
            'tflow correct russia:9 --source "The waiver is for 90 days, not 60." \\\n'
            '  --target "비자 면제 기간은 60일이 아니라 90일이다."',
        ),
    ),
}
