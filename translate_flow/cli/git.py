"""``git install``, ``merge-po`` and ``merge-csv``: catalogs merge entry by entry, the
glossary term by term."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from translate_flow.cli.face import Command, Face, face


def install(context: typer.Context) -> None:
    """Set up the merge driver and its attributes in this repository."""
    speaker = face(context)
    desk = speaker.desk()
    with desk.locked():
        written = desk.git.install(desk.journal.write, desk.journal.allow)
    if speaker.json:
        speaker.document({"written": [str(path) for path in written]})
        return
    listed = ", ".join(str(path) for path in written) or "nothing was missing"
    speaker.did(f"git merges catalogs entry by entry now: {listed}")
    speaker.say("next: commit .gitattributes; each clone runs tflow git install once")


def merge_po(
    context: typer.Context,
    base: Annotated[Path, typer.Argument(help="The common ancestor (%O).")],
    ours: Annotated[Path, typer.Argument(help="Ours (%A); the result goes there.")],
    theirs: Annotated[Path, typer.Argument(help="Theirs (%B).")],
    name: Annotated[str, typer.Argument(help="The catalog's path (%P).")] = "",
) -> None:
    """Merge three versions of a catalog, as git asks for it."""
    from translate_flow.flow.merging import merge_files

    conflicts = merge_files(base, ours, theirs, name=name or str(ours))
    _tell(face(context), name or str(ours), conflicts)


def merge_csv(
    context: typer.Context,
    base: Annotated[Path, typer.Argument(help="The common ancestor (%O).")],
    ours: Annotated[Path, typer.Argument(help="Ours (%A); the result goes there.")],
    theirs: Annotated[Path, typer.Argument(help="Theirs (%B).")],
    name: Annotated[str, typer.Argument(help="The glossary's path (%P).")] = "",
) -> None:
    """Merge three versions of a glossary, as git asks for it."""
    from translate_flow.flow.merging import merge_glossaries

    conflicts = merge_glossaries(base, ours, theirs, name=name or str(ours))
    _tell(face(context), name or str(ours), conflicts)


def _tell(speaker: Face, name: str, conflicts: Sequence[str]) -> None:
    """Tell what is left to a person, and exit for it.

    :raises typer.Exit: if there is anything.
    """
    if speaker.json:
        speaker.document({"conflicts": list(conflicts)})
    for unit in conflicts:
        speaker.warn(f"{name}: both sides changed {unit}")
    if conflicts:
        raise typer.Exit(1)


COMMANDS = {
    "git install": Command(install, ("tflow git install",)),
    "merge-po": Command(merge_po, ("tflow merge-po base.po ours.po theirs.po",)),
    "merge-csv": Command(merge_csv, ("tflow merge-csv base.csv ours.csv theirs.csv",)),
}
