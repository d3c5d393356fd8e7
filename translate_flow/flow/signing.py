"""Signatures: who may give them, and which of them count."""

from __future__ import annotations

from collections.abc import Sequence

from translate_flow import state as states
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.acts import Acted, perform, state_of
from translate_flow.flow.drift import cover_of
from translate_flow.flow.translations import Translation
from translate_flow.flow.workspace import Workspace
from translate_flow.model import FINISHED, Mark, State, Unit
from translate_flow.project.places import Place


def sign(
    workspace: Workspace, spot: Place, *, by: str, language: str | None = None
) -> Acted:
    """Sign accepted targets as their reviewer. Of a whole article, those that are
    accepted.

    :raises FlowError: if a unit that was named is not accepted, or the project demands
        another reviewer than who took it.
    """
    workspace.refuse_machine("sign translations")
    strict = workspace.project.reviewer == "other"

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        if not spot.picks:
            wanted = [i for i in wanted if state_of(translation, i) is State.TRANSLATED]
        if strict:
            _refuse_own(translation, wanted, by)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        cover = cover_of(translation, unit)
        if cover is not None and states.state(cover) in FINISHED:
            return states.signed_with(unit, cover, by=by)
        return states.signed(unit, by=by)

    def along(unit: Unit, cover: Unit) -> Unit:
        if strict and not may_sign(unit, by):
            return unit
        return states.signed_with(unit, cover, by=by)

    return perform(workspace, spot, language, fit, act, along)


def may_sign(unit: Unit, by: str) -> bool:
    """Whether somebody is known to be another than who took a unit."""
    taker = (unit.mark or Mark()).by
    return bool(taker) and _name(taker) != _name(by)


def _name(person: str) -> str:
    return " ".join(person.split()).casefold()


def own_signature(unit: Unit) -> str:
    """Return what is wrong with a signature where another than who took the text must
    give it; empty if nothing is."""
    mark = unit.mark or Mark()
    if may_sign(unit, mark.signed):
        return ""
    if not mark.by:
        return f"signed by {mark.signed}, but nobody knows who took it"
    return f"signed by {mark.signed}, who took it"


def _refuse_own(translation: Translation, wanted: Sequence[int], by: str) -> None:
    """:raises FlowError: if one of some units may not be signed by this person."""
    slug, units = translation.file.slug, translation.catalog.units
    taken = [i for i in wanted if state_of(translation, i) in FINISHED]
    own = [i for i in taken if not may_sign(units[i], by)]
    if not own:
        return
    n, mark = own[0] + 1, units[own[0]].mark or Mark()
    message = f"you took {slug}:{n}" if mark.by else f"nobody knows who took {slug}:{n}"
    if own[1:]:
        message += f" and {len(own) - 1} more of these"
    hint = 'somebody else must sign: the project says reviewer = "other"'
    if not mark.by:
        said = command("accept", f"{slug}:{n}", tail="--by NAME")
        hint = f"{said} says who did; another one may sign"
    others = ",".join(str(i + 1) for i in taken if i not in own)
    if others:
        hint += f"; {command('sign', f'{slug}:{others}')} signs the others"
    raise FlowError(message, hint=hint)
