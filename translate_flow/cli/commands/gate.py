"""``gate``: what got worse of published articles, for CI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate_flow.cli.face import Face, counted, face, inline
from translate_flow.cli.options import Command, Lang, Places
from translate_flow.cli.terminal.annotations import annotation
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
        speaker.document(_as_json(found))
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
"""Articles that are named; the rest are counted."""

NOTICE = "published with a notice to readers meanwhile"


def _level(one: Worse) -> str:
    return "warning" if one.excused else "error"


def _told(one: Worse) -> str:
    """Return what happened to a segment, in a line."""
    before = one.before or "new"
    if one.reason in ("finding", "question", "pair"):
        what = f"{one.now}, but {one.message}" if one.reason == "pair" else one.message
    else:
        what = f"{before} → {one.now}"
    if one.drift_class:
        what += f" ({one.drift_class}, {one.severity})"
    if one.reason == "signature" or (one.reason == "new" and one.now == "translated"):
        what += ", not signed"
    return f"{what}; {NOTICE}" if one.excused else what


def _as_text(one: Worse) -> str:
    place = f"{one.slug}:{one.n} ({one.language})"
    return inline(f"{_level(one)}: {place}: {_told(one)}") + f"\n  {one.command}"


def _for_github(one: Worse) -> str:
    """Return an annotation that GitHub shows beside the change of an article."""
    title = f"{one.slug}:{one.n} ({one.language})"
    said = f"{_told(one)}: {one.command}"
    return annotation(_level(one), said, file=one.file, line=one.line, title=title)


WRITERS = {"text": _as_text, "github": _for_github}


def _as_json(found: Gated) -> dict[str, Any]:
    worse = [
        {
            "slug": one.slug,
            "lang": one.language,
            "id": one.id,
            "n": one.n,
            "file": one.file,
            "line": one.line,
            "reason": one.reason,
            "before": one.before,
            "now": one.now,
            "class": one.drift_class,
            "severity": one.severity,
            "message": _told(one),
            "command": one.command,
            "level": _level(one),
        }
        for one in found.worse
    ]
    return {
        "base": found.base,
        "commit": found.commit,
        "worse": worse,
        "not_compared": [
            *({"slug": None, "why": line} for line in found.unread),
            *({"slug": one, "why": "unpublished"} for one in found.unpublished),
        ],
        "edited_pages": [str(path) for path in found.edited],
    }


COMMANDS = {
    "gate": Command(
        gate,
        (
            "tflow gate --base origin/main",
            "tflow gate --base origin/main --grace 3 --format github",
        ),
    ),
}
