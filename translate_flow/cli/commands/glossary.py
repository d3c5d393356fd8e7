"""``glossary find``, ``check``, ``add``, ``import`` and ``export``: the termbase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.resources import (
    glossary_export_document,
    glossary_find_document,
    glossary_put_document,
)
from translate_flow.cli.face import Face, counted, face
from translate_flow.cli.options import All, Command, FailOn, Form, Lang, Places, all_of
from translate_flow.cli.terminal.findings import show_findings
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.terms import Put

Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="What translators should know.")
]
Status = Annotated[
    str,
    typer.Option(
        "--status", metavar="WORD", help="preferred, admitted or forbidden, both ways."
    ),
]


def find(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="A text, or how a term begins.")
    ],
) -> None:
    """Show the terms in a text, or those that begin with it."""
    from translate_flow.flow.terms import find as look

    speaker = face(context)
    found = look(speaker.workspace(), " ".join(words))
    if speaker.json:
        speaker.document(glossary_find_document(found))
        return
    for one in found:
        note = f"  ({one.hit.note})" if one.hit.note else ""
        speaker.tell(f"{one.source}→{one.target}  {one.hit}{note}")
    if not found:
        speaker.tell("the glossary has none of that")


def check(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    fail_on: FailOn = "error",
    form: Form = "text",
) -> None:
    """Show terms that translations lack, or must not have."""
    only = ("term-missing", "term-forbidden")
    named = all_of(places, everything)
    show_findings(face(context), named, lang, fail_on=fail_on, form=form, only=only)


def add(
    context: typer.Context,
    terms: Annotated[
        list[str],
        typer.Argument(metavar="TERM...", help='One for each language; "" for none.'),
    ],
    status: Status = "preferred",
    reading: Annotated[
        str, typer.Option("--reading", metavar="TEXT", help="How it is read in Korean.")
    ] = "",
    kind: Annotated[
        str,
        typer.Option("--type", metavar="WORD", help="name: engines do not see it."),
    ] = "",
    note: Note = "",
) -> None:
    """Put a term and its translation into the glossary."""
    from translate_flow.flow.terms import put, row
    from translate_flow.glossary.table import status_of

    speaker = face(context)
    workspace = speaker.workspace()
    said = status_of(status, "--status", None)
    new = row(workspace, terms, status=said, reading=reading, kind=kind, note=note)
    done = put(workspace, [new], theirs=speaker.yes)
    _report(speaker, done)


def import_(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="CSV or TBX files.")
    ],
) -> None:
    """Bring terms in from CSV or TBX; nothing is overwritten without --yes."""
    from translate_flow.flow.terms import bring_in

    speaker = face(context)
    workspace = speaker.workspace()
    paths = [Path(name) for name in files]
    _report(speaker, bring_in(workspace, paths, theirs=speaker.yes))


def _report(speaker: Face, done: Put) -> None:
    """Tell which terms came in, and exit 1 if some contradict the glossary."""
    merged = done.merged
    left = () if speaker.yes else merged.conflicts
    if speaker.json:
        speaker.document(glossary_put_document(done))
    else:
        for note in done.notes:
            speaker.caution(note)
        words = [f"{counted(len(merged.added), 'term')} added"]
        words += _more("changed", merged.changed) + _more("left out", left)
        speaker.did(", ".join(words))
        for ours, theirs in left:
            speaker.caution(f"left out: {theirs}; the glossary says {ours}")
        if left:
            speaker.caution("with --yes the new ones win")
    if left:
        raise typer.Exit(1)


def _more(says: str, rows: Sequence[object]) -> list[str]:
    return [f"{len(rows)} {says}"] if rows else []


def export(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help=".csv or .tbx; else stdout.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="csv or tbx, if no file tells it."
        ),
    ] = None,
) -> None:
    """Write the glossary as CSV or TBX."""
    from translate_flow.files import write_atomic
    from translate_flow.flow.terms import exported, form_of

    speaker = face(context)
    workspace = speaker.workspace()
    if form not in (None, "csv", "tbx"):
        raise FlowError(f"unknown format {form!r}", hint="known: csv, tbx")
    wanted = form or (form_of(Path(file)) if file else "csv")
    text = exported(workspace, "tbx" if wanted == "tbx" else "csv")
    if file is None:
        if speaker.json:
            speaker.document(glossary_export_document(text, None))
        else:
            print(text, end="")
        return
    if Path(file).exists() and not speaker.yes:
        raise FlowError("is there already", file, hint="say --yes to replace it")
    write_atomic(Path(file), text.encode())
    if speaker.json:
        speaker.document(glossary_export_document(text, file))
    else:
        terms = counted(len(workspace.glossary.terms), "term")
        speaker.did(f"wrote {file}: {terms}")


COMMANDS = {
    "glossary find": Command(
        find,
        (
            'tflow glossary find "The president spoke."',
            "tflow glossary find 대통",
        ),
    ),
    "glossary check": Command(
        check,
        (
            "tflow glossary check          # all articles; exit 1 for a forbidden term",
            "tflow glossary check russia --fail-on warning",
        ),
    ),
    "glossary add": Command(
        add,
        (
            "tflow glossary add president 대통령",
            'tflow glossary add "Park Geun-hye" 박근혜 --type name',
            'tflow glossary add "" 북괴 --status forbidden',
        ),
    ),
    "glossary import": Command(
        import_,
        ("tflow glossary import terms.csv", "tflow glossary import terms.tbx --yes"),
    ),
    "glossary export": Command(
        export,
        ("tflow glossary export terms.tbx", "tflow glossary export > terms.csv"),
    ),
}
