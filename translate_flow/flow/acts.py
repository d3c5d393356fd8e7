"""What changes catalogs: sync, and the acts of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate_flow import state as states
from translate_flow.errors import FlowError
from translate_flow.flow.desk import (
    Desk,
    Sheet,
    content,
    indices,
    one_sheet,
    refuse_lost,
    refuse_moved,
    save,
    sheets,
)
from translate_flow.flow.reading import findings
from translate_flow.journal import Undone
from translate_flow.journal import undo as take_back
from translate_flow.model import FINISHED, Change, Finding, State, Unit
from translate_flow.places import Place

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


def sync(
    desk: Desk,
    places: Sequence[Place],
    *,
    language: str | None = None,
    check: bool = False,
) -> tuple[Synced, ...]:
    """Bring catalogs up to their articles.

    :param check: write nothing; report what would be written.
    :raises FlowError: after all the others, if another tool emptied translations that
        could not be put back; their catalogs are not written.
    """
    done: list[Synced] = []
    refused: list[FlowError] = []
    for spot in places:
        try:
            done += _synced(desk, spot, language, check=check)
        except _Lost as error:
            refused.append(error.told)
    if refused:
        raise refused[0]
    return tuple(done)


class _Lost(Exception):
    def __init__(self, told: FlowError) -> None:
        self.told = told


def _synced(
    desk: Desk, spot: Place, language: str | None, *, check: bool
) -> list[Synced]:
    if check:
        return [_report(sheet) for sheet in sheets(desk, spot.file, language)]
    with desk.locked():
        opened = list(sheets(desk, spot.file, language))
        for sheet in opened:
            try:
                refuse_lost(sheet)
            except FlowError as error:
                raise _Lost(error) from error
        reports = [_report(sheet) for sheet in opened]
        for sheet in opened:
            save(desk, sheet)
    return reports


def _report(sheet: Sheet) -> Synced:
    changed = content(sheet) != sheet.saved
    return Synced(
        sheet.file.slug,
        sheet.language,
        sheet.result.changes,
        len(sheet.result.absorbed),
        sheet.path if changed else None,
        sheet.orphan.path if sheet.orphan else None,
    )


# --- taking back ------------------------------------------------------------


def undo(desk: Desk) -> Undone:
    """Take the last command that wrote back.

    :raises FlowError: if there is none, or a file was changed since.
    """
    with desk.locked():
        return take_back(desk.project.root)


# --- people's acts ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Acted:
    """What a person's act left behind."""

    sheet: Sheet
    """As saved."""

    done: tuple[int, ...]
    """Indices of the units that the act settled."""

    passed: tuple[int, ...]
    """Indices of units in the place to which the act does not apply."""

    written: Path | None
    findings: tuple[Finding, ...] = ()


def set_target(
    desk: Desk, spot: Place, text: str, *, by: str, language: str | None = None
) -> Acted:
    """Set the target of one unit, as a person who thereby accepts it.

    :param text: blocks separated by blank lines; empty leaves the unit untranslated.
    :raises FlowError: if the place is not one unit, or the text would change the
        block structure of the article.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")

    def act(sheet: Sheet, i: int, unit: Unit) -> Unit:
        if not text.strip():
            return states.unset(unit)
        sheet.article.validate(sheet.article.segments[i], text)
        return states.taken(unit, text, by=by, today=desk.today)

    acted = perform(desk, spot, language, _only_one, act, take_along(desk, by))
    unit = acted.sheet.catalog.units[acted.done[0]]
    return replace(acted, findings=findings(acted.sheet, unit))


def _only_one(sheet: Sheet, wanted: Sequence[int]) -> Sequence[int]:
    if len(wanted) != 1:
        slug = sheet.file.slug
        message = f"{slug} has {len(wanted)} segments there; set takes one"
        raise FlowError(message, hint=f"name it: tflow set {slug}:1 TEXT")
    return wanted


def accept(
    desk: Desk,
    spot: Place,
    *,
    by: str,
    language: str | None = None,
    unread: bool = False,
) -> Acted:
    """Take targets as right for today's source. Of a whole article, that is its drafts
    and drifted units.

    :param unread: several machine drafts at once may be taken as they are.
    :raises FlowError: if a unit has no target, or several unread drafts are taken
        without ``unread``.
    """

    def fit(sheet: Sheet, wanted: Sequence[int]) -> Sequence[int]:
        if not spot.picks:
            open_states = (State.DRAFT, State.DRIFTED)
            wanted = [i for i in wanted if _state(sheet, i) in open_states]
        if not unread:
            _refuse_unread(sheet, wanted)
        return wanted

    def act(sheet: Sheet, i: int, unit: Unit) -> Unit:
        cover = cover_of(sheet, unit)
        if cover is not None:
            return states.joined_to(unit, cover, by=by, today=desk.today)
        return states.taken(unit, None, by=by, today=desk.today)

    return perform(desk, spot, language, fit, act, take_along(desk, by))


def _refuse_unread(sheet: Sheet, wanted: Sequence[int]) -> None:
    raw = [i for i in wanted if states.unread(sheet.catalog.units[i])]
    if len(raw) < 2:
        return
    slug = sheet.file.slug
    raise FlowError(
        f"{len(raw)} of these in {slug} are machine text that nobody has read",
        hint=f"read them: tflow show {slug}; or take them as they are with --unread",
    )


def sign(desk: Desk, spot: Place, *, by: str, language: str | None = None) -> Acted:
    """Sign accepted targets as their reviewer. Of a whole article, those that are
    accepted.

    :raises FlowError: if a unit that was named is not accepted.
    """

    def fit(sheet: Sheet, wanted: Sequence[int]) -> Sequence[int]:
        if spot.picks:
            return wanted
        return [i for i in wanted if _state(sheet, i) is State.TRANSLATED]

    def act(sheet: Sheet, i: int, unit: Unit) -> Unit:
        cover = cover_of(sheet, unit)
        if cover is not None and states.state(cover) in FINISHED:
            return states.signed_with(unit, cover, by=by)
        return states.signed(unit, by=by)

    def along(unit: Unit, cover: Unit) -> Unit:
        return states.signed_with(unit, cover, by=by)

    return perform(desk, spot, language, fit, act, along)


def named(sheet: Sheet, spot: Place, wanted: Sequence[int]) -> Sequence[int]:
    """Return the indices that a place picks.

    :raises FlowError: if a whole article was named where segments are meant."""
    if not spot.picks:
        slug = sheet.file.slug
        message = f"{slug} is a whole article; this is said of segments"
        raise FlowError(message, hint=f"name them: {slug}:7 or {slug}:3,5-8")
    return wanted


def _state(sheet: Sheet, i: int) -> State:
    return sheet.edition().pairs[i].state


def cover_of(sheet: Sheet, unit: Unit) -> Unit | None:
    """Return the unit whose target covers this one, if there is one."""
    mark = unit.mark
    if unit.target or mark is None or not mark.joined:
        return None
    return next((u for u in sheet.catalog.units if u.id == mark.joined), None)


Along = Callable[[Unit, Unit], Unit]
"""What an act on a unit also does to one that it covers."""


def take_along(desk: Desk, by: str) -> Along:
    """Return what lets a unit be taken with the target that covers it."""

    def along(unit: Unit, cover: Unit) -> Unit:
        if not cover.target:
            return unit
        return states.joined_to(unit, cover, by=by, today=desk.today)

    return along


Fit = Callable[[Sheet, Sequence[int]], Sequence[int]]
Act = Callable[[Sheet, int, Unit], Unit]


def perform(
    desk: Desk,
    spot: Place,
    language: str | None,
    fit: Fit,
    act: Act,
    along: Along = lambda unit, cover: unit,
) -> Acted:
    """Load, sync, act on the units that fit, save: all under the lock. What the sync
    found is saved even when the act is refused for it."""
    with desk.locked():
        sheet = one_sheet(desk, spot.file, language)
        everything = indices(sheet, spot)
        settling = everything if fit is _only_one else ()
        refuse_lost(sheet, settling)
        wanted = tuple(fit(sheet, everything))
        try:
            refuse_moved(sheet, spot, wanted)
        except FlowError:
            save(desk, sheet)
            raise
        units = list(sheet.catalog.units)
        for i in wanted:
            units[i] = _told(sheet, i, act)
        reach_covered(units, wanted, along)
        catalog = replace(sheet.catalog, units=tuple(units))
        written = save(desk, sheet, catalog)
    done = replace(sheet, result=replace(sheet.result, catalog=catalog))
    passed = tuple(i for i in everything if i not in set(wanted))
    return Acted(done, wanted, passed, written)


def reach_covered(units: list[Unit], wanted: Sequence[int], along: Along) -> None:
    """Let an act reach the units that those acted on cover, unless their own source has
    moved: nobody saw it then."""
    for i in wanted:
        for n, unit in enumerate(units):
            if n not in wanted and states.still_covered(unit, units[i].id):
                units[n] = along(unit, units[i])


def _told(sheet: Sheet, i: int, act: Act) -> Unit:
    """Act on one unit; an error names its place as a user would type it."""
    unit = sheet.catalog.units[i]
    try:
        return act(sheet, i, unit)
    except FlowError as error:
        spot = f"{sheet.file.slug}:{i + 1}"
        error.message = error.message.replace(f"unit {unit.id}", spot)
        raise
