"""``git install``, ``merge-po`` and ``merge-csv``: catalogs merge entry by entry, the
glossary term by term."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.articles import written_document
from translate_flow.cli.documents.resources import merge_document
from translate_flow.cli.face import Face, face
from translate_flow.cli.options import Command
from translate_flow.errors import GitError

if TYPE_CHECKING:
    from translate_flow.flow.workspace import Workspace


def install(
    context: typer.Context,
    hook: Annotated[
        bool | None,
        typer.Option(
            "--hook/--no-hook",
            help="Also a pre-commit hook that asks the gate; else you are asked.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Set up the merge drivers and attributes in this repository."""
    speaker = face(context)
    workspace = speaker.workspace()
    missing = workspace.git.new_hook() if hook else None
    with workspace.locked():
        written = workspace.git.install(
            workspace.journal.write, workspace.journal.allow
        )
    if hook is None:
        missing = _hook_asked_for(speaker, workspace)
    if missing:
        _write_hook(workspace, *missing)
        written.append(missing[0])
    if speaker.json:
        speaker.document(written_document(written))
        return
    listed = ", ".join(str(path) for path in written) or "nothing was missing"
    speaker.did(f"git merges catalogs entry by entry now: {listed}")
    speaker.say("next: commit .gitattributes; each clone runs tflow git install once")


def _hook_asked_for(speaker: Face, workspace: Workspace) -> tuple[Path, bytes] | None:
    """Return the hook if there is none yet and the person at the terminal wants it."""
    asked = sys.stdin.isatty() and not (speaker.json or speaker.quiet or speaker.yes)
    if not asked:
        return None
    try:
        missing = workspace.git.new_hook()
    except GitError:
        return None
    what = "also a pre-commit hook, which keeps a commit from making things worse"
    return missing if missing and speaker.confirm(f"{what}: {missing[0]}") else None


def _write_hook(workspace: Workspace, path: Path, data: bytes) -> None:
    with workspace.locked():
        workspace.journal.allow(path.parent)
        workspace.journal.write(path, data)
        path.chmod(0o755)


Base = Annotated[Path, typer.Argument(help="The common ancestor (%O).")]
Ours = Annotated[Path, typer.Argument(help="Ours (%A); the result goes there.")]
Theirs = Annotated[Path, typer.Argument(help="Theirs (%B).")]


def merge_po(
    context: typer.Context,
    base: Base,
    ours: Ours,
    theirs: Theirs,
    name: Annotated[str, typer.Argument(help="The catalog's path (%P).")] = "",
) -> None:
    """Merge three versions of a catalog, as git asks for it."""
    from translate_flow.history.merging import merge_files

    name = name or str(ours)
    _tell(face(context), name, merge_files(base, ours, theirs, name=name))


def merge_csv(
    context: typer.Context,
    base: Base,
    ours: Ours,
    theirs: Theirs,
    name: Annotated[str, typer.Argument(help="The glossary's path (%P).")] = "",
) -> None:
    """Merge three versions of a glossary, as git asks."""
    from translate_flow.history.merging import merge_glossaries

    name = name or str(ours)
    _tell(face(context), name, merge_glossaries(base, ours, theirs, name=name))


def _tell(speaker: Face, name: str, conflicts: Sequence[str]) -> None:
    """Tell which conflicts are left to a person.

    :raises typer.Exit: if there are any, with 1.
    """
    if speaker.json:
        speaker.document(merge_document(conflicts))
    for unit in conflicts:
        speaker.warn(f"{name}: both sides changed {unit}")
    if conflicts:
        raise typer.Exit(1)


COMMANDS = {
    "git install": Command(install, ("tflow git install", "tflow git install --hook")),
    "merge-po": Command(merge_po, ("tflow merge-po base.po ours.po theirs.po",)),
    "merge-csv": Command(merge_csv, ("tflow merge-csv base.csv ours.csv theirs.csv",)),
}
