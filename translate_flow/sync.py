"""One article and one catalog in, a new catalog and what changed out.

First what happened in other editors is absorbed, then the source is followed. Pure and
deterministic: the caller reads, saves and asks git.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    filled = [
        _refilled(unit, recover_target) if states.emptied(unit) else unit
        for unit in (*catalog.units, *catalog.obsolete)
    ]
    size = len(catalog.units)
    lost = tuple(unit for unit in filled[:size] if states.emptied(unit))
    typed = tuple(unit.id for unit in filled[:size] if states.typed_elsewhere(unit))
    units = tuple(
        states.absorbed(unit, today=today, merge_made=merge_made) for unit in filled
    )
    catalog = replace(catalog, units=units[:size], obsolete=units[size:])
    live, obsolete, changes = _follow(segments, catalog, recover_source)
    synced = replace(catalog, units=live, obsolete=obsolete)
    return SyncResult(synced, changes, typed, lost)


def _refilled(unit: Unit, recover: Recover) -> Unit:
    text = recover(unit, unit.mark.tgt) if unit.mark else None
    return unit if text is None else states.refilled(unit, text)


def _follow(
    segments: Sequence[Segment], catalog: Catalog, recover: Recover
) -> tuple[tuple[Unit, ...], tuple[Unit, ...], tuple[Change, ...]]:
    """Return the units of today's segments, those without one, and the changes."""
    waiting = _Waiting(catalog.obsolete)
    back = _returning(segments, catalog.units, waiting)
    links = _links(segments, catalog.units, back)
    ids = _Ids(catalog)
    live: list[Unit] = []
    changes: list[Change] = []
    for at, segment in enumerate(segments):
        if (link := links.get(at)) is not None:
            old = catalog.units[link]
            unit = _fit(old, segment, recover)
            changes += _edited(old, unit)
        elif (found := back.get(at) or waiting.take(segment.text)) is not None:
            unit = _fit(found, segment, recover)
            changes.append(Change(unit.id, "added", "kept", ancestors=(unit.id,)))
        else:
            unit = _fit(Unit(ids.fresh(segment.text), ""), segment, recover)
            changes.append(Change(unit.id, "added", "new"))
        live.append(unit)
    linked = set(links.values())
    gone = [unit for i, unit in enumerate(catalog.units) if i not in linked]
    changes += [
        Change(unit.id, "removed", "obsolete", ancestors=(unit.id,)) for unit in gone
    ]
    obsolete = (*waiting.rest(), *(unit for unit in gone if _worth_keeping(unit)))
    return tuple(live), obsolete, tuple(changes)


def _returning(
    segments: Sequence[Segment], units: Sequence[Unit], waiting: _Waiting
) -> dict[int, Unit]:
    """Return, by index, what segments bring back that no live unit has as its text: it
    goes before units that are merely similar."""
    known = {text for unit in units for text in _texts(unit)}
    back: dict[int, Unit] = {}
    for at, segment in enumerate(segments):
        if fingerprint(segment.text) not in known:
            unit = waiting.take(segment.text, filled=True)
            back |= {at: unit} if unit else {}
    return back


def _links(
    segments: Sequence[Segment], units: Sequence[Unit], back: Mapping[int, Unit]
) -> dict[int, int]:
    """Return the unit that each segment descends from, both by index."""
    rest = [at for at in range(len(segments)) if at not in back]
    links = lineage(
        [Piece(unit.source, unit.kind) for unit in units],
        [Piece(segments[at].text, segments[at].kind) for at in rest],
    )
    pairs = zip(rest, links, strict=True)
    return {at: link for at, link in pairs if link is not None}


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


def _texts(unit: Unit) -> tuple[str, ...]:
    """Return the fingerprints of the texts that are a unit's: its last, and the one
    that a person took."""
    last = fingerprint(unit.source)
    ok = unit.mark.ok if unit.mark else None
    return (last, ok.src) if ok and ok.src != last else (last,)


class _Waiting:
    """Obsolete units, to be found by the texts that bring them back.

    One that another tool emptied is not: its text may still be found in git.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = dict(enumerate(units))
        self._last: dict[str, list[int]] = defaultdict(list)
        self._taken: dict[str, list[int]] = defaultdict(list)
        for i, unit in self._units.items():
            if not states.emptied(unit):
                last, *taken = _texts(unit)
                self._last[last].append(i)
                for text in taken:
                    self._taken[text].insert(0, i)

    def take(self, text: str, *, filled: bool = False) -> Unit | None:
        """Return a unit of this text and let it go: the first whose last text it was,
        else the latest for which it was taken.

        :param filled: only one with a target.
        """
        src = fingerprint(text)
        for i in (*self._last.get(src, ()), *self._taken.get(src, ())):
            if i in self._units and (self._units[i].target or not filled):
                return self._units.pop(i)
        return None

    def rest(self) -> Iterable[Unit]:
        """Return those that still wait."""
        return self._units.values()


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
    missing = Counter(fingerprint(segment.text) for segment in segments)
    missing.subtract(fingerprint(unit.source) for unit in catalog.units)
    ids = _Ids(replace(catalog, units=(), obsolete=()))
    units = [
        _taken_in(unit, ids.fresh(unit.source))
        for unit in catalog.units
        for _ in range(1 + max(0, missing.pop(fingerprint(unit.source), 0)))
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
