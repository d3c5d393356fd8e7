"""``minor``: the author's word that an edit changed no meaning."""

from __future__ import annotations

import typer

from translate_flow.cli.face import face
from translate_flow.cli.options import Command, Lang, Places, wanted


def minor(context: typer.Context, places: Places = None, lang: Lang = None) -> None:
    """Say that an edit of the source changed no meaning."""
    from translate_flow.cli.terminal.units import report
    from translate_flow.flow.acts import minor as settle

    speaker = face(context)
    workspace, spots, language = speaker.ready(wanted(places, False), lang)
    done = [settle(workspace, spot, language=language) for spot in spots]
    report(speaker, workspace, done, "no meaning changed:")


COMMANDS = {
    "minor": Command(
        minor,
        (
            "tflow minor russia:7        # its translation stays as it was accepted",
            "tflow minor russia:3,5-8",
        ),
    ),
}
