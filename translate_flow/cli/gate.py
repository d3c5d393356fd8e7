"""``gate``: what got worse of published articles, for CI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate_flow.cli.face import Command, Face, Lang, Places, counted, face, inline
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.gating import Gated, Worse


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
    from translate_flow.flow.gating import gate as run

    if not base:
        raise FlowError("compared with what?", hint="name a commit: --base origin/main")
    if form not in WRITERS:
        known = ", ".join(WRITERS)
        raise FlowError(f"unknown format {form!r}", hint=f"known: {known}")
    speaker = face(context)
    desk, spots, language = speaker.ready(places, lang)
    found = run(desk, spots, base, language=language, grace=grace)
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


# --- one thing --------------------------------------------------------------

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
    values = {"file": one.file, "line": str(one.line), "title": title}
    said = ",".join(f"{key}={_property(value)}" for key, value in values.items())
    return f"::{_level(one)} {said}::{_data(f'{_told(one)}: {one.command}')}"


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a value before the message of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


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
