"""``engines`` and ``engines doctor``: which engines can be used, and whether they
work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.resources import (
    engines_doctor_document,
    engines_document,
)
from translate_flow.cli.face import Face, face
from translate_flow.cli.options import Command
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from rich.text import Text

    from translate_flow.flow.engines import Listed, Tried
    from translate_flow.project import Project

HERE = "this computer"
SHOWN = 200
"""How many characters of an answer are shown."""


def engines(context: typer.Context) -> None:
    """Show which engines can be used, and where they send texts."""
    from translate_flow.flow.engines import listed

    speaker = face(context)
    found = listed(_project(speaker), os.environ)
    if speaker.json:
        speaker.document(engines_document(found))
        return
    _draw(speaker, found)
    speaker.next("tflow engines doctor")


def doctor(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Of engines; all that are ready if none is named.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Send a sentence of ours through engines, and see what comes back."""
    from translate_flow.flow.engines import tried

    speaker = face(context)
    found = []
    for one in tried(_project(speaker), os.environ, names or (), allow=speaker.confirm):
        found.append(one)
        if not speaker.json:
            _tell(speaker, one)
    if speaker.json:
        speaker.document(engines_doctor_document(found))
    if any(one.error for one in found):
        raise typer.Exit(1)


def _project(speaker: Face) -> Project | None:
    """Return the project the user stands in, or names; None if there is none around.

    :raises FlowError: if the one that is named does not exist, or has wrong settings.
    """
    from translate_flow.project import find_root, load

    try:
        root = find_root(Path.cwd(), speaker.project)
    except FlowError:
        if speaker.project is not None:
            raise
        return None
    return load(root)


# --- the list ---------------------------------------------------------------


def _draw(speaker: Face, found: tuple[Listed, ...]) -> None:
    from translate_flow.cli.terminal.drawing import (
        aligned,
        draw,
        facts,
        styled,
    )
    from translate_flow.cli.terminal.folding import INDENT

    rows = [
        (
            styled(one.name, "bold"),
            styled("ready", "green") if one.ready else styled("not ready", "yellow"),
            styled(_where(one)),
        )
        for one in found
    ]
    for line, one in zip(aligned(rows), found, strict=True):
        draw(line)
        first, *others = _facts(one)
        draw(facts(styled(INDENT + first, "dim"), others, gap=" · "))
        if one.why:
            speaker.tell(f"{INDENT}{one.why}")


def _where(one: Listed) -> str:
    if one.where is None:
        return "—"
    if one.remote:
        return one.where
    return f"{HERE}, {one.where}" if one.where else HERE


def _facts(one: Listed) -> Iterator[str]:
    """Yield what else is known of an engine: at least its price."""
    if one.limit:
        yield f"{one.limit:,} characters a request"
    if one.batch and one.batch > 1:
        yield f"{one.batch} texts a request"
    if one.per_minute:
        yield f"{one.per_minute:,g} requests a minute"
    yield _price(one)
    for key, there in one.keys:
        yield f"{key} {'found' if there else 'not set'}"
    if one.default:
        yield "default"


def _price(one: Listed) -> str:
    if one.price is None:
        return "price —"
    return f"{one.price:,g} a million characters" if one.price else "free"


# --- the doctor -------------------------------------------------------------


def _tell(speaker: Face, one: Tried) -> None:
    from translate_flow.cli.terminal.drawing import draw

    if one.skipped:
        speaker.tell(f"{one.name}  skipped: nothing was sent to {one.where}")
        return
    draw(_head(one))
    if one.error:
        speaker.tell(f"  {one.error}")
    if answer := " ".join(one.answer.split()):
        more = "…" if len(answer) > SHOWN else ""
        speaker.tell(f"  {answer[:SHOWN]}{more}")


def _head(one: Tried) -> Text:
    from translate_flow.cli.terminal.drawing import facts, styled

    line = styled(one.name, "bold")
    if one.source:
        line.append(f"  {one.source}→{one.target}")
    line.append("  ").append(*(("failed", "red") if one.error else ("fine", "green")))
    words = [f"{one.seconds:.1f} s"] if one.source else []
    if not one.error:
        words.append(f"placeholders {'kept' if one.kept else 'lost'}")
    return facts(line, words)


COMMANDS = {
    "engines": Command(
        engines,
        (
            "tflow engines                     # ready or why not, limits, keys found",
            "tflow engines --json",
        ),
    ),
    "engines doctor": Command(
        doctor,
        (
            "tflow engines doctor              # all that are ready",
            "tflow engines doctor deepl --yes",
        ),
    ),
}
