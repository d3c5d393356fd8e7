"""``draft``: machine text to start from, labelled as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate_flow.cli.face import (
    All,
    Command,
    Face,
    Lang,
    Places,
    counted,
    face,
    wanted,
)

if TYPE_CHECKING:
    from translate_flow.flow.drafting import Drafted

SHOWN = 5
"""Reasons for failures that are told, and places named for each."""


def draft(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="google, mymemory, libretranslate or pseudo; else the project's.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be asked for.")
    ] = False,
) -> None:
    """Fill what has no translation with an engine's drafts."""
    from translate_flow.cli.drawing import progress
    from translate_flow.flow.drafting import draft as run

    speaker = face(context)
    desk, spots, language = speaker.ready(wanted(places, everything), lang)
    with progress(speaker, "drafting") as told:
        done = run(
            desk,
            spots,
            engine or desk.project.engine,
            language=language,
            dry_run=dry_run,
            progress=told,
        )
    slug = speaker.short(desk, spots[0].file.slug) if len(spots) == 1 else ""
    _report(speaker, done, dry_run=dry_run, slug=slug)
    if done.failed:
        raise typer.Exit(1)


def _report(speaker: Face, done: Drafted, *, dry_run: bool, slug: str) -> None:
    speaker.findings(done.findings)
    if speaker.json:
        speaker.document(_as_json(done))
        return
    for line in _failures(done):
        speaker.caution(line)
    size = f"{counted(done.characters, 'character')}"
    asked = counted(done.requested, "segment")
    if dry_run:
        speaker.tell(f"{done.engine} would be asked for {asked}, {size}")
    elif not done.requested:
        speaker.did("nothing to draft")
    else:
        speaker.did(f"drafted {done.drafted} of {asked} with {done.engine}, {size}")
    speaker.next(_next(done, dry_run, slug))


def _failures(done: Drafted) -> Iterator[str]:
    """Yield a line for each reason, and where it holds."""
    reasons: dict[str, list[str]] = {}
    for undone in done.failed:
        place = f"{undone.slug}:{undone.n}"
        reasons.setdefault(undone.message, []).append(place)
    for reason, places in list(reasons.items())[:SHOWN]:
        where = ", ".join(places[:SHOWN])
        if len(places) > SHOWN:
            where += f" and {len(places) - SHOWN} more"
        yield f"no draft for {where}: {reason}"
    if len(reasons) > SHOWN:
        yield f"and {counted(len(reasons) - SHOWN, 'other reason')}"


def _next(done: Drafted, dry_run: bool, slug: str) -> str:
    target = slug or "--all"
    if dry_run or done.failed:
        return f"tflow draft {target} --engine {done.engine}"
    return f"tflow show {slug}".rstrip()


def _as_json(done: Drafted) -> dict[str, Any]:
    from translate_flow.cli.units import finding_json

    return {
        "drafted": done.drafted,
        "from_memory": 0,
        "requested": done.requested,
        "characters": done.characters,
        "engine": done.engine,
        "failed": [
            {
                "slug": undone.slug,
                "lang": undone.language,
                "id": undone.id,
                "n": undone.n,
                "message": undone.message,
            }
            for undone in done.failed
        ],
        "findings": [finding_json(finding) for finding in done.findings],
    }


COMMANDS = {
    "draft": Command(
        draft,
        (
            "tflow draft russia --engine google",
            "tflow draft --all --dry-run",
            "tflow draft russia:3,5-8 --engine pseudo   # offline, for trying out",
        ),
    ),
}
