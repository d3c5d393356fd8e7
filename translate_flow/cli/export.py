"""``export``: editions for readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from translate_flow.cli.face import Command, Face, Lang, Places, counted, face
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.desk import Desk
    from translate_flow.flow.publishing import Exported, Style

SHOWN = 10
"""Refused segments told one by one; the rest are counted."""


def export(
    context: typer.Context,
    places: Places = None,
    lang: Lang = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="LIST", help="md, html; else both.", show_default=False
        ),
    ] = None,
    layouts: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="LIST",
            help="facing, interleaved, source, target.",
            show_default=False,
        ),
    ] = None,
    order: Annotated[
        str, typer.Option("--order", metavar="SIDE", help="source or target.")
    ] = "source",
    release: Annotated[
        bool,
        typer.Option(
            "--release/--proof",
            help="Refuse what is unfinished / print it, visibly marked.",
        ),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("-o", metavar="DIR", help="Where to.", show_default=False),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that others wrote.")
    ] = False,
) -> None:
    """Write editions: aligned, or of one language."""
    from translate_flow.cli.drawing import progress
    from translate_flow.flow.publishing import export as print_

    speaker = face(context)
    desk, spots, language = speaker.ready(places, lang)
    style = _style(formats, layouts, order, release)
    with progress(speaker, "exporting") as told:
        done = print_(
            desk,
            spots,
            style,
            language=language,
            folder=folder,
            force=force,
            progress=lambda done, total: told(done, total, 0),
        )
    _report(speaker, desk, done)
    if done.refused:
        raise typer.Exit(1)


def _style(
    formats: str | None, layouts: str | None, order: str, release: bool
) -> Style:
    from translate_flow.exporters import Layout, Order
    from translate_flow.flow.publishing import Style

    return Style(
        formats=_known("format", formats, None),
        layouts=_known("layout", layouts, get_args(Layout)),
        order=_known("order", order, get_args(Order))[0],
        release=release,
    )


def _known(what: str, listed: str | None, known: tuple[str, ...] | None) -> Any:
    """Split a list of an option; what it may hold is checked here if it is known."""
    if listed is None:
        return ()
    words = tuple(word.strip() for word in listed.split(",") if word.strip())
    wrong = [word for word in words if known and word not in known]
    if wrong or not words:
        message = f"unknown {what} {wrong[0] if wrong else listed!r}"
        raise FlowError(message, hint=f"known: {', '.join(known or ('md', 'html'))}")
    return words


def _report(speaker: Face, desk: Desk, done: Exported) -> None:
    if speaker.json:
        speaker.document(_as_json(done))
        return
    for printed in done.editions:
        finished = _finished(printed.states)
        same = "" if printed.written else ", unchanged"
        words = f"{printed.format} {printed.layout}, {finished}{same}"
        speaker.did(f"{printed.path}  {words}")
    for refused in done.refused[:SHOWN]:
        place = f"{refused.slug}:{refused.pair.segment.n}"
        speaker.caution(f"refused {place} ({refused.language}): {refused.why}")
    if len(done.refused) > SHOWN:
        speaker.caution(f"and {len(done.refused) - SHOWN} more")
    if done.refused:
        speaker.next(f"tflow {_next(speaker, desk, done)}")


def _next(speaker: Face, desk: Desk, done: Exported) -> str:
    """Return the command for what was refused first: to sign it if nothing else is
    wanting in its article."""
    slug = done.refused[0].slug
    same = [refused for refused in done.refused if refused.slug == slug]
    command = "sign" if all(refused.unsigned for refused in same) else "status"
    return f"{command} {speaker.short(desk, slug)}"


def _finished(states: Any) -> str:
    from translate_flow.model import FINISHED

    total = sum(states.values())
    ready = sum(n for state, n in states.items() if state in FINISHED)
    return f"{ready} of {counted(total, 'segment')} finished"


def _as_json(done: Exported) -> dict[str, Any]:
    editions = [
        {
            "slug": printed.slug,
            "lang": printed.language,
            "format": printed.format,
            "layout": printed.layout,
            "path": str(printed.path),
            "written": printed.written,
            "states": {str(state): n for state, n in printed.states.items()},
        }
        for printed in done.editions
    ]
    refused = [
        {
            "slug": one.slug,
            "lang": one.language,
            "id": one.pair.unit.id,
            "n": one.pair.segment.n,
            "state": str(one.pair.state),
            "check": one.finding.check if one.finding else None,
            "message": one.finding.message if one.finding else None,
            "why": one.why,
        }
        for one in done.refused
    ]
    return {"editions": editions, "refused": refused}


COMMANDS = {
    "export": Command(
        export,
        (
            "tflow export russia         # proofs, Markdown and HTML",
            "tflow export russia --release --format html",
            "tflow export --layout interleaved -o out",
        ),
    ),
}
