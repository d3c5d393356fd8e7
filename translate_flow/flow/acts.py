"""What changes catalogs: sync, and the acts of people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.catalog import first_format, renewed
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow import taking
from translate_flow.flow.drift import cover_of
from translate_flow.flow.translations import (
    Translation,
    content,
    indices,
    is_same,
    one_translation,
    refuse_lost,
    save,
    translations,
)
from translate_flow.flow.units import findings
from translate_flow.flow.unseen import refuse_moved
from translate_flow.flow.workspace import Workspace
from translate_flow.journal import Undone
from translate_flow.journal import undo as take_back
from translate_flow.model import Catalog, Change, Finding, State, Unit
from translate_flow.project.places import Place

if TYPE_CHECKING:
    pass

# --- sync -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did to one catalog, or would do."""

    slug: str
    language: str
    changes: tuple[Change, ...]
    absorbed: int
    """How many targets were typed in another editor."""

    written: Path | None
    """The catalog, if it is written; None if it already holds just that."""

    moved_from: Path | None = None
    """Where the catalog was, if its article has another name now."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    """Number of each unit's segment, by id."""

    cleared: tuple[str, ...] = ()
    """Ids of the units whose flag was taken off elsewhere while the target stayed."""

    first_format: int = 0
    """How many entries keep the short fingerprints of format 1."""


def sync(
    workspace: Workspace,
    places: Sequence[Place],
    *,
    language: str | None = None,
    check: bool = False,
    rewrite: bool = False,
    broken: list[FlowError] | None = None,
) -> tuple[Synced, ...]:
    """Bring catalogs up to their articles.

    :param check: write nothing; report what would be written.
    :param rewrite: give entries that nobody touched the fingerprints of today's format,
        too.
    :param broken: takes what cannot be read, and which catalogs are not written because
        another tool emptied translations that could not be put back; the others are.
        None raises the first of these, the latter after all the others.
    """
    done: list[Synced] = []
    lost: list[FlowError] = []
    for spot in places:
        done += _synced(workspace, spot, language, broken, lost, check, rewrite)
    if broken is not None:
        broken += lost
    elif lost:
        raise lost[0]
    return tuple(done)


def _synced(
    workspace: Workspace,
    spot: Place,
    language: str | None,
    broken: list[FlowError] | None,
    lost: list[FlowError],
    check: bool,
    rewrite: bool,
) -> list[Synced]:
    def result(translation: Translation) -> Catalog:
        return renewed(translation.catalog) if rewrite else translation.catalog

    if check:
        looked = translations(workspace, spot.file, language, broken)
        return [_report(translation, result(translation)) for translation in looked]
    with workspace.locked():
        opened = list(translations(workspace, spot.file, language, broken))
        for translation in opened:
            try:
                refuse_lost(translation)
            except FlowError as error:
                lost.append(error)
                return []
        reports = [_report(translation, result(translation)) for translation in opened]
        for translation in opened:
            save(workspace, translation, result(translation))
    return reports


def _report(translation: Translation, catalog: Catalog) -> Synced:
    changed = not is_same(content(translation, catalog), translation.saved)
    return Synced(
        translation.file.slug,
        translation.language,
        translation.result.changes,
        len(translation.result.absorbed),
        translation.path if changed else None,
        translation.orphan.path if translation.orphan else None,
        {name: i + 1 for i, name in enumerate(translation.ids)},
        tuple(unit.id for unit in catalog.units if states.cleared(unit)),
        len(first_format(catalog)),
    )


# --- taking back ------------------------------------------------------------


def undo(workspace: Workspace) -> Undone:
    """Take the last command that wrote back.

    :raises FlowError: if there is none, or a file was changed since.
    """
    with workspace.locked():
        return take_back(workspace.project.root, workspace.machine)


# --- people's acts ----------------------------------------------------------


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


def set_target(
    workspace: Workspace,
    spot: Place,
    text: str,
    *,
    by: str,
    language: str | None = None,
) -> Acted:
    """Set the target of one unit, as a person who thereby accepts it. A signed target
    of which only the spelling was mended stays signed.

    :param text: blocks separated by blank lines; empty leaves the unit untranslated.
    :raises FlowError: if the place is not one unit, or the text changes its blocks.
    """
    workspace.refuse_machine("set a translation that counts as accepted")
    text = taking.as_stored(text)
    was: list[Unit] = []

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        if not text.strip():
            return states.unset(unit)
        translation.article.validate(translation.article.segments[i], text)
        was.append(unit)
        own = translation.language
        return taking.taken(unit, text, by=by, today=workspace.today, language=own)

    def along(unit: Unit, cover: Unit) -> Unit:
        if not cover.target:
            return unit
        return taking.covered(unit, was[0], cover, by=by, today=workspace.today)

    acted = perform(workspace, spot, language, only_one, act, along)
    return replace(
        acted, findings=findings(workspace, acted.translation, acted.done[0] + 1)
    )


def only_one(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
    """Return the one index of a place that must be one segment."""
    if len(wanted) != 1:
        slug = translation.file.slug
        message = f"{slug} has {len(wanted)} segments there; set takes one"
        raise FlowError(message, hint="name it: " + command("set", f"{slug}:1", "TEXT"))
    return wanted


def minor(workspace: Workspace, spot: Place, *, language: str | None = None) -> Acted:
    """Take the author's word that the edits of some segments changed no meaning: their
    translations are accepted for today's source as they were for the old one.

    :raises FlowError: if a unit has not drifted, or has another target than the one
        that was accepted.
    """
    workspace.refuse_machine("say that an edit changed no meaning")

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        for i in named(translation, spot, wanted):
            if (found := state_of(translation, i)) is not State.DRIFTED:
                message = f"{translation.file.slug}:{i + 1} is {found}"
                hint = "only what has drifted can be minor; see tflow drift"
                raise FlowError(message, hint=hint)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        return states.minor(unit, cover_of(translation, unit))

    return perform(workspace, spot, language, fit, act)


def named(
    translation: Translation, spot: Place, wanted: Sequence[int]
) -> Sequence[int]:
    """Return the indices that a place picks.

    :raises FlowError: if a whole article was named where segments are meant."""
    if not spot.picks:
        slug = translation.file.slug
        message = f"{slug} is a whole article; this is said of segments"
        raise FlowError(message, hint=f"name them: {slug}:7 or {slug}:3,5-8")
    return wanted


def state_of(translation: Translation, i: int) -> State:
    """Return the state of a unit, by its index."""
    return translation.edition().pairs[i].state


Along = Callable[[Unit, Unit], Unit]
"""What an act on a unit also does to one that it covers."""


def take_along(workspace: Workspace, by: str) -> Along:
    """Return what lets a unit be taken with the target that covers it."""

    def along(unit: Unit, cover: Unit) -> Unit:
        if not cover.target:
            return unit
        return states.joined_to(unit, cover, by=by, today=workspace.today)

    return along


Fit = Callable[[Translation, Sequence[int]], Sequence[int]]
Act = Callable[[Translation, int, Unit], Unit]


def perform(
    workspace: Workspace,
    spot: Place,
    language: str | None,
    fit: Fit,
    act: Act,
    along: Along = lambda unit, cover: unit,
) -> Acted:
    """Load, sync, act on the units that fit, save: all under the lock. What the sync
    found is saved even when the act is refused for it."""
    with workspace.locked():
        translation = one_translation(workspace, spot.file, language)
        everything = indices(translation, spot)
        settling = everything if fit is only_one else ()
        refuse_lost(translation, settling)
        wanted = tuple(fit(translation, everything))
        try:
            refuse_moved(translation, spot, wanted)
        except FlowError:
            save(workspace, translation)
            raise
        units = list(translation.catalog.units)
        for i in wanted:
            units[i] = _told(translation, i, act)
        reach_covered(units, wanted, along)
        catalog = replace(translation.catalog, units=tuple(units))
        written = save(workspace, translation, catalog)
    done = replace(translation, result=replace(translation.result, catalog=catalog))
    passed = tuple(sorted({*everything} - {*wanted}))
    return Acted(done, wanted, passed, written)


def reach_covered(units: list[Unit], wanted: Sequence[int], along: Along) -> None:
    """Let an act reach the units that those acted on cover, unless their own source has
    moved: nobody saw it then."""
    acted = {units[i].id: i for i in wanted}
    for n in sorted({*range(len(units))} - {*wanted}):
        mark = units[n].mark
        i = acted.get(mark.joined) if mark else None
        if i is not None and states.still_covered(units[n], units[i].id):
            units[n] = along(units[n], units[i])


def _told(translation: Translation, i: int, act: Act) -> Unit:
    """Act on one unit; an error names its place as a user would type it."""
    try:
        return act(translation, i, translation.catalog.units[i])
    except FlowError as error:
        error.message = in_places(translation, error.message)
        raise


def in_places(translation: Translation, message: str) -> str:
    """Return a message with the places of units that it names by their ids."""
    numbers = {name: n for n, name in enumerate(translation.ids, 1)}

    def place(found: re.Match[str]) -> str:
        n = numbers.get(found[1])
        return f"{translation.file.slug}:{n}" if n else found[0]

    return re.sub(r"\bunit ([a-z][a-z0-9]*)\b", place, message)
