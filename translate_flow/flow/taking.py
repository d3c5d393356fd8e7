"""Targets as people set them: what only mends the spelling of a signed one leaves it
signed."""

from __future__ import annotations

from translate_flow import state as states
from translate_flow.model import Mark, State, Unit
from translate_flow.sync.settling import is_mended


def as_stored(text: str) -> str:
    """Return a target as it came in with the line ends of catalogs, and none around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def taken(unit: Unit, text: str, *, by: str, today: str, language: str) -> Unit:
    """Return a unit with a target that a person sets; a signature stays if the text is
    the signed one, mended.

    :param today: ISO date.
    :param language: of the target.
    """
    signed = states.state(unit) is State.REVIEWED
    if signed and is_mended(unit.target, text, language):
        return states.retaken(unit, text, today=today)
    return states.taken(unit, text, by=by, today=today)


def covered(unit: Unit, before: Unit, after: Unit, *, by: str, today: str) -> Unit:
    """Return a unit taken with the target that covers it; it stays signed if that did.

    :param before: the covering unit as it was.
    :param after: the covering unit as it is now.
    """
    joined = states.joined_to(unit, after, by=by, today=today)
    old, mark = unit.mark or Mark(), after.mark or Mark()
    was_signed = old.signed and old.ok and old.ok.tgt == states.exact(before.target)
    if was_signed and mark.signed:
        return states.signed_with(joined, after, by=old.signed)
    return joined
