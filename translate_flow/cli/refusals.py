"""What a release refused, told to a person or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from translate_flow.cli.face import Face

if TYPE_CHECKING:
    from translate_flow.flow.desk import Desk
    from translate_flow.flow.refusing import Refused

SHOWN = 10
"""Refused segments told one by one; the rest are counted."""


def tell_refused(speaker: Face, desk: Desk, found: Sequence[Refused]) -> None:
    """Tell what was refused, and what to do about it."""
    for refused in found[:SHOWN]:
        place = f"{refused.slug}:{refused.pair.segment.n}"
        speaker.caution(f"refused {place} ({refused.language}): {refused.why}")
    if len(found) > SHOWN:
        speaker.caution(f"and {len(found) - SHOWN} more")
    if ours := [refused for refused in found if not refused.unprintable]:
        speaker.next(f"tflow {_next(speaker, desk, ours)}")


def _next(speaker: Face, desk: Desk, found: Sequence[Refused]) -> str:
    """Return the command for what was refused first: to sign it if nothing else is
    wanting in its article."""
    slug = found[0].slug
    same = [refused for refused in found if refused.slug == slug]
    command = "sign" if all(refused.unsigned for refused in same) else "status"
    return f"{command} {speaker.short(desk, slug)}"


def refusals_json(found: Sequence[Refused]) -> list[dict[str, Any]]:
    """Return what was refused, for ``--json``."""
    return [
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
        for one in found
    ]
