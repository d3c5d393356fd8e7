"""``gate``: what got worse of published articles, for CI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.annotations import annotation
from translate_flow.cli.documents.publishing import gate_document, level, worsening
from translate_flow.cli.face import Face, counted, face, inline
from translate_flow.cli.options import Command, Lang, Places
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.gate import Gated, Worse


def gate(
    context: typer.Context,
    places: Places = None,
    base: Annotated[
        str,
        typer.Option(
            "--base",
            metavar="REV",
            help="The commit to compare with, like origin/main.",
            show_default=False,
        ),
    ] = "",
    lang: Lang = None,
    grace: Annotated[
        int,
        typer.Option(
            "--grace",
            metavar="DAYS",
            min=0,
            help="Only warn while a change of an article is younger.",
        ),
    ] = 0,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text or github.")
    ] = "text",
) -> None:
    """Fail for what a change made worse of published articles."""
    from translate_flow.flow.gate import gate as run

    if not base:
        raise FlowError("compared with what?", hint="name a commit: --base origin/main")
    if form not in WRITERS:
        known = ", ".join(WRITERS)
        raise FlowError(f"unknown format {form!r}", hint=f"known: {known}")
    speaker = face(context)
    workspace, spots, language = speaker.ready(places, lang)
    found = run(workspace, spots, base, language=language, grace=grace)
    if speaker.json:
        speaker.document(gate_document(found))
    else:
        for one in found.worse:
            speaker.write(WRITERS[form](one))
        for path in found.edited:
            speaker.caution(f"{path} was edited by hand since export wrote it")
        _sum_up(speaker, found)
    if found.closed:
        raise typer.Exit(1)


def _sum_up(speaker: Face, found: Gated) -> None:
    warnings = sum(one.excused for one in found.worse)
    things = len(found.worse) - warnings
    what = counted(things, "thing") if things else "nothing"
    if warnings:
        what += f" {'and' if things else 'but'} {counted(warnings, 'warning')}"
    since = f"since {found.base}"
    if found.went_on:
        since += f", which went on after {found.commit[:7]}"
    speaker.say(f"worse {since}: {what}")
    for line in found.unread:
        speaker.caution(f"not compared: {line}")
    if found.unpublished:
        number = counted(len(found.unpublished), "changed article")
        named = ", ".join(found.unpublished[:NAMED])
        more = f" and {len(found.unpublished) - NAMED} more"
        more = more if found.unpublished[NAMED:] else ""
        speaker.say(f"not compared: {number} that readers do not have: {named}{more}")


# --- one thing --------------------------------------------------------------

NAMED = 5
"""How many articles are named; the rest are counted."""


def _text_line(one: Worse) -> str:
    place = f"{one.slug}:{one.n} ({one.language})"
    return inline(f"{level(one)}: {place}: {worsening(one)}") + f"\n  {one.command}"


def _github_line(one: Worse) -> str:
    """Return an annotation that GitHub shows beside the change of an article."""
    title = f"{one.slug}:{one.n} ({one.language})"
    said = f"{worsening(one)}: {one.command}"
    return annotation(level(one), said, file=one.file, line=one.line, title=title)


WRITERS = {"text": _text_line, "github": _github_line}


COMMANDS = {
    "gate": Command(
        gate,
        (
            "tflow gate --base origin/main",
            "tflow gate --base origin/main --grace 3 --format github",
        ),
    ),
}
