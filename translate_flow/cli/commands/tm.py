"""``tm search``, ``tm import`` and ``tm export``: the memory, and TMX files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.resources import (
    tm_export_document,
    tm_import_document,
    tm_search_document,
)
from translate_flow.cli.face import Face, counted, face
from translate_flow.cli.options import Command, Lang

if TYPE_CHECKING:
    from rich.console import RenderableType

    from translate_flow.flow.tmx import Imported
    from translate_flow.memory.suggestion import Suggestion


def search(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="What to look for.")
    ],
    lang: Lang = None,
    least: Annotated[
        int,
        typer.Option(
            "--least", metavar="N", min=1, max=100, help="The least score, 1 to 100."
        ),
    ] = 70,
    most: Annotated[
        int,
        typer.Option("--most", metavar="N", min=1, max=100, help="The most to show."),
    ] = 5,
) -> None:
    """Look for a text, and for texts like it."""
    from translate_flow.flow.tmx import look_up

    speaker = face(context)
    workspace = speaker.workspace()
    language = workspace.project.language(lang) if lang else None
    text = " ".join(words)
    found = look_up(workspace, text, language, least=least, most=most)
    if speaker.json:
        speaker.document(tm_search_document(found))
    elif found:
        _draw(found)
    else:
        speaker.tell("nothing like it is in the memory")
        if least > 50:
            speaker.next("tflow tm search TEXT --least 50")


def _draw(found: Sequence[Suggestion]) -> None:
    from translate_flow.cli.terminal.drawing import draw, labelled, styled
    from translate_flow.cli.terminal.units import suggestion_rows

    parts: list[RenderableType] = []
    for one in found:
        parts += [labelled(suggestion_rows(one)), styled("")]
    draw(*parts[:-1])


def import_(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="TMX files.")],
) -> None:
    """Take TMX files into the memory."""
    from translate_flow.flow.tmx import clashes, import_tmx

    speaker = face(context)
    workspace = speaker.workspace()
    paths = [Path(file) for file in files]
    for known in clashes(workspace, paths):
        if not speaker.confirm(f"{known} is there and would be replaced"):
            return
    done = import_tmx(workspace, paths)
    if speaker.json:
        speaker.document(tm_import_document(done))
        return
    for one in done:
        _tell(speaker, one)
    speaker.say("next: commit translations/memory; tflow undo takes it back")


def _tell(speaker: Face, one: Imported) -> None:
    entries = counted(one.entries, "entry", "entries")
    speaker.did(f"{one.file}: {entries} to {one.written}")
    if one.skipped:
        tags = ", ".join(f"{tag or 'none'} ({n:,})" for tag, n in one.skipped.items())
        speaker.caution(f"skipped, not languages of the project: {tags}")
    if one.alone:
        units = counted(one.alone, "unit")
        speaker.caution(f"skipped, with a text in fewer than two languages: {units}")


def export(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="Where to; else stdout."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="TAG", help="Only from this language."),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", metavar="TAG", help="Only to this language.")
    ] = None,
) -> None:
    """Write what was accepted in the project as TMX."""
    from translate_flow.flow.tmx import export_tmx, exported
    from translate_flow.memory import write_tmx

    speaker = face(context)
    workspace = speaker.workspace()
    entries = exported(workspace, source, target)
    if file is None and speaker.json:
        speaker.document(tm_export_document(entries, None))
        return
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(write_tmx(entries))
        return
    path = Path(file)
    if path.exists() and not speaker.confirm(f"{path} is there and would be replaced"):
        return
    export_tmx(workspace, path, entries)
    if speaker.json:
        speaker.document(tm_export_document(entries, path))
    else:
        speaker.did(f"{path}: {counted(len(entries), 'entry', 'entries')}")


COMMANDS = {
    "tm search": Command(
        search,
        (
            'tflow tm search "The boat leaves at nine."',
            'tflow tm search "배는 아홉 시에 떠난다." --lang en --least 50',
        ),
    ),
    "tm import": Command(
        import_,
        (
            "tflow tm import old-memory.tmx",
            "tflow tm import glossary.tmx articles.tmx --yes  # replace what is there",
        ),
    ),
    "tm export": Command(
        export,
        (
            "tflow tm export memory.tmx",
            "tflow tm export --from en --to ko > en-ko.tmx",
        ),
    ),
}
