"""``drift``: translations that their source has left behind, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from translate_flow.cli.face import Command, Lang, Places, face

if TYPE_CHECKING:
    from rich.console import RenderableType

    from translate_flow.drift import Drift
    from translate_flow.flow.reading import Seen

_SHORT = {"high": "HIGH", "medium": "MED", "low": "LOW"}


def drift(context: typer.Context, places: Places = None, lang: Lang = None) -> None:
    """Show which words changed under translations."""
    from translate_flow.flow.reading import drifted

    speaker = face(context)
    desk, spots, language = speaker.ready(places, lang)
    units = drifted(desk, spots, language)
    if speaker.json:
        speaker.document({"drifted": [_as_json(u, u.drift) for u in units if u.drift]})
    elif units:
        _draw(units)
        first = f"{units[0].slug}:{units[0].pair.segment.n}"
        speaker.say(f'next: tflow set {first} "…", or tflow accept {first}')
    else:
        speaker.write("nothing has drifted")


def _as_json(unit: Seen, found: Drift) -> dict[str, Any]:
    return {
        "slug": unit.slug,
        "lang": unit.language,
        "id": unit.pair.unit.id,
        "n": unit.pair.segment.n,
        "class": found.drift_class,
        "severity": found.severity,
        "before": found.before,
        "after": found.after,
        "target": found.target,
        "proposal": found.proposal,
        "diff": [[op, text] for op, text in found.diff],
    }


def _draw(units: Sequence[Seen]) -> None:
    from translate_flow.cli.drawing import draw, styled

    parts: list[RenderableType] = []
    for unit in units:
        if unit.drift:
            parts += [_heading(unit, unit.drift), _body(unit, unit.drift), styled("")]
    draw(*parts[:-1])


def _heading(unit: Seen, found: Drift) -> RenderableType:
    from translate_flow.cli.drawing import SEVERITIES, styled

    line = styled(f"{_SHORT[found.severity]:4}", SEVERITIES[found.severity])
    line.append_text(styled(f"  {found.drift_class}"))
    line.append_text(styled(f"  {unit.slug}:{unit.pair.segment.n}", "bold"))
    line.append(f"  {unit.pair.unit.id}", "dim")
    return line


def _body(unit: Seen, found: Drift) -> RenderableType:
    from translate_flow.cli.drawing import labelled, styled, word_diff

    was = styled("(the text it was accepted for is not known)", "dim")
    rows = [("", was)] if found.before is None else []
    rows.append((unit.source_language, word_diff(found.diff)))
    rows.append((unit.language, styled(found.target)))
    if found.proposal:
        rows.append(("now?", styled(found.proposal, "green")))
    return labelled(rows)


COMMANDS = {
    "drift": Command(
        drift,
        (
            "tflow drift                 # all articles",
            "tflow drift russia:7 --json",
        ),
    ),
}
