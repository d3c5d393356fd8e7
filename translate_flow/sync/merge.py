"""Three versions of a catalog in, one out, entry by entry: what git's driver does.

Of each entry the source and the target are merged apart. A target, its mark and its
flag travel together: one side's msgid never meets the other side's msgstr as accepted.
Only a target that both sides changed, each in its way, is a conflict. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple, TypeVar

from translate_flow import state as states
from translate_flow.catalog import dump, entry
from translate_flow.model import Catalog, Mark, State, Unit
from translate_flow.state import exact, fingerprint

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnitConflict:
    """A unit whose target both sides changed."""

    ours: Unit
    """As it stands in the merged catalog."""

    theirs: Unit


@dataclass(frozen=True, slots=True)
class MergedCatalog:
    """What a merge made."""

    catalog: Catalog
    conflicts: tuple[UnitConflict, ...] = ()


def merge(base: Catalog, ours: Catalog, theirs: Catalog) -> MergedCatalog:
    """Merge two catalogs that descend from a third.

    :param base: their common ancestor; without units if both sides added the file.
    """
    sides = _keyed(base, ours, theirs)
    conflicts: list[UnitConflict] = []
    live: dict[_Key, Unit] = {}
    gone: dict[_Key, Unit] = {}
    for key in dict.fromkeys((*sides[1], *sides[2], *sides[0])):
        b, o, t = (side.get(key, _NOWHERE) for side in sides)
        if (place := _place(b, o, t)) is _Place.ABSENT:
            continue
        unit, theirs_too = _unit(b, o, t, place)
        if theirs_too is not None:
            conflicts.append(UnitConflict(unit, theirs_too))
        (live if place is _Place.LIVE else gone)[key] = unit
    catalog = Catalog(
        source=_three(base.source, ours.source, theirs.source),
        source_language=_three(
            base.source_language, ours.source_language, theirs.source_language
        ),
        language=_three(base.language, ours.language, theirs.language),
        units=_ordered(sides, live, _Place.LIVE),
        obsolete=_ordered(sides, gone, _Place.GONE),
        header=_header(base.header, ours.header, theirs.header),
        header_comment=_lines(
            base.header_comment, ours.header_comment, theirs.header_comment
        ),
        tail=_lines(base.tail, ours.tail, theirs.tail),
        foreign=ours.foreign and theirs.foreign,
        first_format=_three(base.first_format, ours.first_format, theirs.first_format),
    )
    return MergedCatalog(catalog, tuple(conflicts))


def written(merged: MergedCatalog) -> str:
    """Write a merged catalog as a PO file; each conflict is one whole entry of either
    side between git's markers."""
    text = dump(merged.catalog)
    live = set(merged.catalog.units)
    for conflict in merged.conflicts:
        obsolete = conflict.ours not in live
        mine = entry(conflict.ours, obsolete=obsolete)
        other = entry(conflict.theirs, obsolete=obsolete)
        both = f"<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n"
        text = text.replace(f"\n\n{mine}", f"\n\n{both}", 1)
    return text


# --- three versions of one value --------------------------------------------


def _three(base: T, ours: T, theirs: T) -> T:
    """Return the side that changed; ours, if both did."""
    return theirs if ours == base else ours


def _lines(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    """Merge lines that only come and go, comments and flags: what either side added
    comes, what either side removed goes."""
    b, o, t = (_numbered(lines) for lines in (base, ours, theirs))
    kept = {line for line in (*o, *t) if line not in b or (line in o and line in t)}
    return tuple(text for text, _ in _woven(b, o, t, kept))


def _numbered(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Tell equal lines apart by how often each came before."""
    seen: Counter[str] = Counter()
    numbered: list[tuple[str, int]] = []
    for line in lines:
        numbered.append((line, seen[line]))
        seen[line] += 1
    return numbered


Fields = Sequence[tuple[str, str]]


def _header(base: Fields, ours: Fields, theirs: Fields) -> tuple[tuple[str, str], ...]:
    """Merge header fields, each by its name."""
    b, o, t = (
        dict(zip(_numbered([name for name, _ in side]), side, strict=True))
        for side in (base, ours, theirs)
    )
    order = _woven(tuple(b), tuple(o), tuple(t), {*o, *t})
    fields = (_three(b.get(key), o.get(key), t.get(key)) for key in order)
    return tuple(field for field in fields if field is not None)


def _woven(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T], kept: Set[T]
) -> list[T]:
    """Put what is kept in our order, or in theirs if only they moved something; what
    only the other side has comes after its predecessor there."""
    shared = set(base) & set(ours) & set(theirs)
    orders = [[key for key in side if key in shared] for side in (base, ours, theirs)]
    only_they_moved = orders[0] == orders[1] != orders[2]
    first, second = (theirs, ours) if only_they_moved else (ours, theirs)
    order = [key for key in first if key in kept]
    known = set(order)
    before: T | None = None
    for key in second:
        if key in kept and key not in known:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
            known.add(key)
        if key in known:
            before = key
    return order + [key for key in base if key in kept and key not in known]


# --- which entries belong together ------------------------------------------


class _Place(IntEnum):
    """Where an entry stands in a catalog; the greater wins when all three differ."""

    ABSENT, GONE, LIVE = range(3)


class _Found(NamedTuple):
    unit: Unit | None
    place: _Place


_NOWHERE = _Found(None, _Place.ABSENT)
_Key = tuple[str, int]
_Sides = tuple[dict[_Key, _Found], dict[_Key, _Found], dict[_Key, _Found]]


def _keyed(base: Catalog, ours: Catalog, theirs: Catalog) -> _Sides:
    """Find the entries that are one: those of one id, or where a catalog comes from
    another tool, of one msgid."""
    foreign = [c.foreign for c in (base, ours, theirs) if c.units or c.obsolete]

    def name(unit: Unit) -> str:
        if not any(foreign):
            return unit.id
        return f"{unit.id}\4{unit.source}" if all(foreign) else unit.source

    def keys(catalog: Catalog) -> dict[_Key, _Found]:
        seen: Counter[str] = Counter()
        found: dict[_Key, _Found] = {}
        parts = ((_Place.LIVE, catalog.units), (_Place.GONE, catalog.obsolete))
        for place, units in parts:
            for unit in units:
                found[name(unit), seen[name(unit)]] = _Found(unit, place)
                seen[name(unit)] += 1
        return found

    return keys(base), keys(ours), keys(theirs)


def _place(b: _Found, o: _Found, t: _Found) -> _Place:
    """Say where the merged entry stands: removed here and edited there, it goes
    obsolete with the edit; removed here and revived there, it lives."""
    if o.place == t.place or t.place == b.place:
        place = o.place
    elif o.place == b.place:
        place = t.place
    else:
        place = max(o.place, t.place)
    left = o.unit or t.unit
    if place == _Place.ABSENT and left is not None:
        was = b.unit or _unborn(left)
        quiet = _followed_only(was, left) and was.comments == left.comments
        return place if quiet else _Place.GONE
    return place


def _ordered(sides: _Sides, units: dict[_Key, Unit], place: _Place) -> tuple[Unit, ...]:
    lists = (tuple(k for k, f in side.items() if f.place == place) for side in sides)
    base, ours, theirs = lists
    order = _woven(base, ours, theirs, units.keys())
    moved = [key for key in units if key not in set(order)]
    return tuple(units[key] for key in (*order, *moved))


# --- one entry --------------------------------------------------------------


def _unit(b: _Found, o: _Found, t: _Found, place: _Place) -> tuple[Unit, Unit | None]:
    """Merge one entry. The second is theirs if the two are in conflict."""
    if o.unit is None or t.unit is None:
        only = o.unit or t.unit
        assert only is not None
        return only, None
    sides = (b.unit or _unborn(o.unit), o.unit, t.unit)
    at = _three(*((side.mark or Mark()).at for side in sides))
    added = _three(*((side.mark or Mark()).added for side in sides))
    base, ours, theirs = map(_unplaced, sides)
    source = _three(base.source, ours.source, theirs.source)
    kind, note = _described(base, o, t, place)
    texts = (source, *(t for u in (base, ours, theirs) for t in (u.previous, u.source)))

    def whole(unit: Unit) -> Unit:
        followed = _follow(unit, source, [text for text in texts if text is not None])
        mark = followed.mark and replace(followed.mark, at=at, added=added)
        return replace(
            followed,
            mark=mark,
            id=ours.id or theirs.id,
            kind=kind,
            note=note,
            comments=_lines(base.comments, ours.comments, theirs.comments),
            flags=_lines(base.flags, ours.flags, theirs.flags),
        )

    winner = _target(base, ours, theirs, source)
    if winner is not None:
        return whole(winner), None
    return replace(whole(ours), short=None), replace(whole(theirs), short=None)


def _unplaced(unit: Unit) -> Unit:
    """Return the unit without what stands for itself whatever becomes of its target:
    its place in the target's order, and which blocks were added."""
    return replace(unit, mark=unit.mark and replace(unit.mark, at="", added=""))


def _unborn(unit: Unit) -> Unit:
    """Stand in for the ancestor of an entry that both sides added."""
    return states.born(Unit(unit.id, unit.source))


def _described(base: Unit, o: _Found, t: _Found, place: _Place) -> tuple[str, str]:
    """Return kind and note as the newer source has them; obsolete entries have none."""
    assert o.unit is not None
    assert t.unit is not None
    ours, theirs = ((u.kind, u.note) for u in (o.unit, t.unit))
    if place == _Place.LIVE and o.place != t.place:
        return ours if o.place == place else theirs
    if o.unit.source == t.unit.source:
        return _three((base.kind, base.note), ours, theirs)
    return theirs if o.unit.source == base.source else ours


def _follow(unit: Unit, source: str, texts: Iterable[str]) -> Unit:
    """Return the unit with ``source`` as its msgid: flagged, unless a person took its
    target for that very source."""
    if fingerprint(unit.source) == fingerprint(source) or states.emptied(unit):
        return replace(unit, source=source)
    by_hash = {fingerprint(text): text for text in texts}
    unit = states.followed(unit, source, recover=by_hash.get)
    taken = unit.mark is not None and unit.mark.ok == states.pair(unit)
    return unit if taken or not unit.target else replace(unit, fuzzy=True)


def _target(base: Unit, ours: Unit, theirs: Unit, source: str) -> Unit | None:
    """Return the side whose target, mark and flag are kept; None is a conflict."""
    for side, other in ((ours, theirs), (theirs, ours)):
        if _untouched(base, side):
            return other
    for side, other in ((ours, theirs), (theirs, ours)):
        if _followed_only(base, side):
            both = _followed_only(base, other)
            return side if both and side.source == source else other
    if _words(ours) == _words(theirs):
        return _agreed(base, ours, theirs, source)
    for side, other in ((ours, theirs), (theirs, ours)):
        if _words(side) == _words(base):
            return other
    return _weightier(ours, theirs, source)


def _untouched(base: Unit, unit: Unit) -> bool:
    blank = replace(base, kind="", note="", comments=(), flags=())
    return blank == replace(unit, kind="", note="", comments=(), flags=())


def _followed_only(base: Unit, unit: Unit) -> bool:
    """Whether nothing happened to the target but that ``sync`` followed the source."""
    then = _follow(base, unit.source, ())
    return (then.target, then.mark, then.fuzzy) == (unit.target, unit.mark, unit.fuzzy)


def _words(unit: Unit) -> tuple[str, bool, bool, str]:
    """Return what the unit says in the target language, or that it says nothing on
    purpose."""
    mark = unit.mark or Mark()
    return unit.target, bool(mark.omitted), bool(mark.both), mark.joined


def _agreed(base: Unit, ours: Unit, theirs: Unit, source: str) -> Unit:
    """Choose between two verdicts on one text: the one that is new; of two new ones
    the worse. Whoever signed what both take as right has signed it."""
    b, o, t = (unit.mark or Mark() for unit in (base, ours, theirs))
    worse = min((ours, theirs), key=lambda unit: _worth(unit, source))
    if o.ok == t.ok and o.ok is not None:
        was, names = (b.signed if b.ok == o.ok else ""), (o.signed, t.signed)
        signed = _three(was, *names) if was in names else min(names)
        return replace(worse, mark=replace(worse.mark or Mark(), signed=signed))
    if o.ok != t.ok and b.ok in (o.ok, t.ok):
        return theirs if o.ok == b.ok else ours
    return worse


_RANKS = (
    State.UNTRANSLATED,
    State.DRAFT,
    State.DRIFTED,
    State.TRANSLATED,
    State.REVIEWED,
    State.OMITTED,
)


def _worth(unit: Unit, source: str) -> tuple[int, bool, str]:
    """Order what two sides made of one text, the worse first; no two are equal."""
    rank = _RANKS.index(states.state(_follow(unit, source, ())))
    return rank, not unit.fuzzy, entry(unit)


def _weightier(ours: Unit, theirs: Unit, source: str) -> Unit | None:
    """Choose between two texts if one is nobody's: emptied by another tool, or a
    machine's that nobody has read. None if both are people's."""
    src = fingerprint(source)

    def weight(unit: Unit) -> int:
        if states.emptied(unit):
            return 0
        mark = unit.mark or Mark()
        if not states.unread(unit) or mark.origin == "adopted":
            return 3
        return 2 if mark.src == src else 1

    if weight(ours) == weight(theirs) == 3:
        return None
    return max((ours, theirs), key=lambda unit: (weight(unit), exact(unit.target)))
