"""What a release refused, told to a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from translate_flow.cli.face import Face
from translate_flow.commands import command

if TYPE_CHECKING:
    from translate_flow.flow.publish.release import Refused, Unwritten
    from translate_flow.flow.workspace import Workspace

SHOWN = 10
"""How many refusals are listed; the rest are counted."""


def tell_refused(
    speaker: Face, workspace: Workspace, found: Sequence[Refused | Unwritten]
) -> None:
    """Tell what was refused, and what to do about it."""
    from translate_flow.flow.publish.release import Refused

    for refused in found[:SHOWN]:
        speaker.caution(f"refused {_refusal_line(refused)}")
    if len(found) > SHOWN:
        speaker.caution(f"and {len(found) - SHOWN} more")
    segments = [one for one in found if isinstance(one, Refused)]
    if ours := [one for one in segments if not one.unprintable]:
        speaker.next(_next(speaker, workspace, ours))


def _refusal_line(one: Refused | Unwritten) -> str:
    from translate_flow.flow.publish.release import Refused

    if not isinstance(one, Refused):
        return str(one.error).replace("\n", " ")
    place = f"{one.slug}:{one.pair.segment.n}" if one.pair else one.slug
    return f"{place} ({one.language}): {one.why}"


def _next(speaker: Face, workspace: Workspace, found: Sequence[Refused]) -> str:
    """Return the command for what was refused first: to sign it if its article lacks
    nothing else, to look at it again if it is not fit to print."""
    slug = found[0].slug
    same = [refused for refused in found if refused.slug == slug]
    verb = "sign" if all(refused.unsigned for refused in same) else "status"
    verb = "check" if all(refused.unfit for refused in same) else verb
    return command(verb, speaker.short(workspace, slug))
