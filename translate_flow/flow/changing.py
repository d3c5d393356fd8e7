"""The one way to change units: under the lock, each only if it is still what was seen,
all saved together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate_flow import state as states
from translate_flow.errors import FlowError
from translate_flow.flow.translations import (
    Translation,
    indices,
    one_translation,
    refuse_lost,
    save,
)
from translate_flow.flow.unseen import refuse_moved
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Catalog, Finding, Unit
from translate_flow.project.places import Place

Act = Callable[[Translation, int, Unit], Unit]
"""What becomes of one unit; its index comes before it."""

Along = Callable[[Unit, Unit], Unit]
"""What an act on a unit also does to one that it covers, which comes first."""

Fit = Callable[[Translation, Sequence[int]], Sequence[int]]
"""Which units of a place an act applies to."""


class Late(FlowError):
    """A unit that is not what was seen any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change to one unit."""

    at: int | FlowError
    """The index of the unit, or why there is none."""

    act: Act
    seen: Unit | None = None
    """The unit as somebody saw it; None if the act looks for itself."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step."""

    i: int
    """The index of the unit; -1 if there is none."""

    error: FlowError | None
    """Why the unit stays as it was; units are named by their places."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What a person's act left behind."""

    translation: Translation
    """As saved."""

    done: tuple[int, ...]
    """Indices of the units that the act settled."""

    passed: tuple[int, ...]
    """Indices of units in the place to which the act does not apply."""

    written: Path | None
    findings: tuple[Finding, ...] = ()


def perform(
    workspace: Workspace,
    spot: Place,
    language: str | None,
    fit: Fit,
    act: Act,
    along: Along = lambda unit, cover: unit,
    *,
    settles: bool = False,
    now: bool = False,
) -> Acted:
    """Act on the units of a place that fit, on all or on none. What the sync found is
    saved even when the act is refused for it.

    :param settles: whether the act may be on units that another tool emptied.
    :param now: whether it may be on units whose source moved since the last sync.
    """
    with workspace.locked():
        translation = one_translation(workspace, spot.file, language)
        everything = indices(translation, spot)
        refuse_lost(translation, everything if settles else ())
        wanted = tuple(fit(translation, everything))
        try:
            refuse_moved(translation, spot, wanted, now=now)
        except FlowError:
            save(workspace, translation)
            raise
        steps = [Step(i, act) for i in wanted]
        catalog, outcomes = change(translation, steps, along)
        for outcome in outcomes:
            if outcome.error:
                raise outcome.error
        written = save(workspace, translation, catalog)
    done = replace(translation, result=replace(translation.result, catalog=catalog))
    passed = tuple(sorted({*everything} - {*wanted}))
    return Acted(done, wanted, passed, written)


def change(
    translation: Translation,
    steps: Iterable[Step],
    along: Along = lambda unit, cover: unit,
) -> tuple[Catalog, tuple[Outcome, ...]]:
    """Return a catalog after some steps, each taken if it can be, and what became of
    each. Whoever saves the catalog has held the lock since it was loaded."""
    units = list(translation.catalog.units)
    outcomes = tuple(_taken(translation, units, step) for step in steps)
    _reach_covered(units, {one.i for one in outcomes if one.error is None}, along)
    return replace(translation.catalog, units=tuple(units)), outcomes


def still(translation: Translation, seen: Unit, act: Act) -> Step:
    """Return a change to a unit that must still be what was seen."""
    gone = Late("its segment is gone")
    return Step(translation.where.get(seen.id, gone), act, seen)


def _taken(translation: Translation, units: list[Unit], step: Step) -> Outcome:
    """Take a step in place."""
    if isinstance(step.at, FlowError):
        return Outcome(-1, step.at)
    i = step.at
    try:
        if step.seen and states.pair(units[i]) != states.pair(step.seen):
            raise Late("it changed meanwhile")
        units[i] = step.act(translation, i, units[i])
    except FlowError as error:
        return Outcome(i, in_places(translation, error))
    return Outcome(i, None)


def _reach_covered(units: list[Unit], acted: Collection[int], along: Along) -> None:
    """Let an act reach the units that those acted on cover, unless their own source has
    moved: nobody saw it then."""
    covers = {units[i].id: units[i] for i in acted}
    for n, unit in enumerate(units):
        cover = covers.get(unit.mark.joined) if unit.mark else None
        if cover and n not in acted and states.still_covered(unit, cover.id):
            units[n] = along(unit, cover)


def in_places(translation: Translation, error: FlowError) -> FlowError:
    """Let an error name the unit that it is about by its place, as users type it."""
    i = translation.where.get(error.unit or "")
    if i is not None:
        place = f"{translation.file.slug}:{i + 1}"
        error.message = error.message.replace(f"unit {error.unit}", place)
    return error


# --- which units ------------------------------------------------------------


def named(spot: Place) -> Fit:
    """Return what takes the units of a place, and refuses a whole article where
    segments are meant."""

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        if not spot.picks:
            slug = translation.file.slug
            message = f"{slug} is a whole article; this is said of segments"
            raise FlowError(message, hint=f"name them: {slug}:7 or {slug}:3,5-8")
        return wanted

    return fit
