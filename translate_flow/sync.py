"""One article and one catalog in, a new catalog and what changed out.

First what happened in other editors is absorbed, then the source is followed. Pure and
deterministic: the caller reads, saves and asks git.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from translate_flow import state as states
from translate_flow.catalog import unit_id
from translate_flow.lineage import Piece, lineage
from translate_flow.model import Action, Catalog, Change, Mark, Segment, State, Unit
from translate_flow.state import exact, fingerprint

Recover = Callable[[Unit, str], str | None]
"""Finds in git an earlier text of a unit by its hash, or gives None."""


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync would save and report."""

    catalog: Catalog
    """``catalog.units[i]`` belongs to ``segments[i]``."""

    changes: tuple[Change, ...]
    absorbed: tuple[str, ...]
    """Ids of the units whose target was typed in another editor."""

    lost: tuple[Unit, ...]
    """Units another tool emptied whose text could not be put back: nothing may be
    saved before a person has looked."""


def sync(
    segments: Sequence[Segment],
    catalog: Catalog,
    *,
    today: str,
    recover_target: Recover = lambda unit, tgt: None,
    recover_source: Recover = lambda unit, src: None,
    merge_made: Callable[[Unit], bool] = states.NEVER,
) -> SyncResult:
    """Bring a catalog up to its article.

    :param segments: the article's segments as they are today.
    :param today: ISO date for targets that were typed in another editor.
    :param recover_target: finds a target that another tool emptied.
    :param recover_source: finds the source that an acceptance was for.
    :param merge_made: whether only a git merge put an entry's lines together.
    """
    if catalog.foreign:
        catalog = _adopted(segments, catalog)
    units = [
        _refilled(unit, recover_target) if states.emptied(unit) else unit
        for unit in catalog.units
    ]
    lost = tuple(unit for unit in units if states.emptied(unit))
    typed = tuple(unit.id for unit in units if states.typed_elsewhere(unit))
    units = [
        states.absorbed(unit, today=today, merge_made=merge_made) for unit in units
    ]
    live, obsolete, changes = _follow(
        segments, replace(catalog, units=tuple(units)), recover_source
    )
    synced = replace(catalog, units=live, obsolete=obsolete)
    return SyncResult(synced, changes, typed, lost)


def _refilled(unit: Unit, recover: Recover) -> Unit:
    text = recover(unit, unit.mark.tgt) if unit.mark else None
    return unit if text is None else states.refilled(unit, text)


def _follow(
    segments: Sequence[Segment], catalog: Catalog, recover: Recover
) -> tuple[tuple[Unit, ...], tuple[Unit, ...], tuple[Change, ...]]:
    """Return the units of today's segments, those without one, and the changes."""
    links = lineage(
        [Piece(unit.source, unit.kind) for unit in catalog.units],
        [Piece(segment.text, segment.kind) for segment in segments],
    )
    obsolete = list(catalog.obsolete)
    ids = _Ids(catalog)
    live: list[Unit] = []
    changes: list[Change] = []
    for segment, link in zip(segments, links, strict=True):
        if link is not None:
            old = catalog.units[link]
            unit = _fit(old, segment, recover)
            changes += _edited(old, unit)
        elif (found := _returning(obsolete, segment)) is not None:
            unit = _fit(obsolete.pop(found), segment, recover)
            changes.append(Change(unit.id, "added", "kept", ancestors=(unit.id,)))
        else:
            unit = _fit(Unit(ids.fresh(segment.text), ""), segment, recover)
            changes.append(Change(unit.id, "added", "new"))
        live.append(unit)
    linked = set(links)
    gone = [unit for i, unit in enumerate(catalog.units) if i not in linked]
    changes += [
        Change(unit.id, "removed", "obsolete", ancestors=(unit.id,)) for unit in gone
    ]
    obsolete += [unit for unit in gone if _worth_keeping(unit)]
    return tuple(live), tuple(obsolete), tuple(changes)


def _fit(unit: Unit, segment: Segment, recover: Recover) -> Unit:
    """Return the unit following its segment, with what catalogs say about it."""
    unit = replace(unit, kind=segment.kind, note=segment.note)
    return states.followed(unit, segment.text, recover=lambda src: recover(unit, src))


def _edited(old: Unit, new: Unit) -> Iterable[Change]:
    """Report an edit of the text; what the wrapping did alone is none."""
    if fingerprint(old.source) == fingerprint(new.source):
        return
    action: Action = "drifted" if states.state(new) is State.DRIFTED else "kept"
    yield Change(new.id, "edited", action, ancestors=(new.id,))


def _returning(obsolete: Sequence[Unit], segment: Segment) -> int | None:
    """Find the obsolete unit whose text, last or accepted, the segment brings back."""
    src = fingerprint(segment.text)
    last = None
    for i, unit in enumerate(obsolete):
        if fingerprint(unit.source) == src:
            return i
        if unit.mark and unit.mark.ok and unit.mark.ok.src == src:
            last = i
    return last


def _worth_keeping(unit: Unit) -> bool:
    mark = unit.mark or Mark()
    return bool(unit.target or unit.comments or mark.tgt or mark.omitted or mark.joined)


# --- ids --------------------------------------------------------------------


class _Ids:
    """Hands out fresh ids while one catalog is followed."""

    def __init__(self, catalog: Catalog) -> None:
        self._taken = {unit.id for unit in (*catalog.units, *catalog.obsolete)}
        self._seen: Counter[str] = Counter()

    def fresh(self, text: str) -> str:
        src = fingerprint(text)
        name = unit_id(text, self._seen[src], self._taken)
        self._seen[src] += 1
        self._taken.add(name)
        return name


# --- catalogs of other tools ------------------------------------------------


def _adopted(segments: Sequence[Segment], catalog: Catalog) -> Catalog:
    """Take in another tool's catalog: what is not fuzzy counts as accepted for its
    msgid. Such catalogs say a repeated text once, so its entry serves each place."""
    wanted: dict[str, int] = defaultdict(int)
    for segment in segments:
        wanted[fingerprint(segment.text)] += 1
    ids = _Ids(replace(catalog, units=(), obsolete=()))
    units = [
        _taken_in(unit, ids.fresh(unit.source))
        for unit in catalog.units
        for _ in range(max(1, wanted.pop(fingerprint(unit.source), 1)))
    ]
    obsolete = [_taken_in(unit, ids.fresh(unit.source)) for unit in catalog.obsolete]
    return replace(catalog, units=tuple(units), obsolete=tuple(obsolete), foreign=False)


def _taken_in(unit: Unit, name: str) -> Unit:
    unit = replace(unit, id=name)
    if not unit.target:
        return states.born(replace(unit, fuzzy=False, previous=None))
    now = states.pair(unit)
    ok = None if unit.fuzzy else now
    mark = Mark(origin="adopted", src=now.src, tgt=exact(unit.target), ok=ok)
    return replace(unit, mark=mark)
