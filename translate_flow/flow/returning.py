"""Entries and catalogs that another tool took away, put back as git has them.

What a person took away on purpose stays away: what tflow itself left so, what git was
told of (``git rm``, a commit), and texts that were emptied with ``set PLACE ""``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from translate_flow.catalog import parse
from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.history.staged import Staged
from translate_flow.model import Catalog, Change, Unit
from translate_flow.state import fingerprint, returned
from translate_flow.sync import SyncResult, is_worth_keeping

MOST = 0.5
"""Share of a catalog's entries that another file must have for it to be the same one
under another name."""


def missing(result: SyncResult) -> frozenset[str]:
    """Return the fingerprints of the segments that a sync found no entry for."""
    new = {change.id for change in result.changes if change.action == "new"}
    units = result.catalog.units
    return frozenset(fingerprint(unit.source) for unit in units if unit.id in new)


def put_back(
    staged: Staged, path: Path, catalog: Catalog | None, wanted: Collection[str]
) -> tuple[Catalog, tuple[Change, ...]] | None:
    """Return a catalog with what another tool took out of it, and what came back; None
    if git knows of nothing.

    What the index has is put back as it stands there. What only the last commit has is
    a draft, if its source stands in the article and has no other entry: somebody may
    have told git to forget it.

    :param catalog: what is left of it; None if the file is gone.
    :param wanted: fingerprints of the segments that have no entry.
    """
    past = staged.catalog(path)
    if catalog is None:
        if past is None or _went_elsewhere(staged, path, past):
            return None
        full, found = past, [unit for unit in past.units if unit.target]
    else:
        full, found = _with_entries(catalog, past) if past else (catalog, [])
        if not found and (last := staged.committed(path)):
            full, found = _with_drafts(catalog, last, wanted)
    changes = (Change(u.id, "elsewhere", "returned", ancestors=(u.id,)) for u in found)
    return (full, tuple(changes)) if found else None


def _with_entries(catalog: Catalog, past: Catalog) -> tuple[Catalog, list[Unit]]:
    """Put back what stands in another version, each after the one that it came after;
    removed ones only with live ones, for they may be tidied away."""
    known = {unit.id for unit in (*catalog.units, *catalog.obsolete)}
    units, found, at = list(catalog.units), list[Unit](), 0
    places = {unit.id: n for n, unit in enumerate(units)}
    for unit in past.units:
        if unit.id in places:
            at = places[unit.id] + len(found) + 1
        elif unit.id not in known and is_worth_keeping(unit):
            units.insert(at, unit)
            found.append(unit)
            at += 1
    gone = [u for u in past.obsolete if u.id not in known and is_worth_keeping(u)]
    full = replace(catalog, units=tuple(units), obsolete=(*catalog.obsolete, *gone))
    return full, found


def _with_drafts(
    catalog: Catalog, past: Catalog, wanted: Collection[str]
) -> tuple[Catalog, list[Unit]]:
    known = {unit.id for unit in (*catalog.units, *catalog.obsolete)}
    found = [
        returned(unit)
        for unit in past.units
        if unit.target and unit.id not in known and fingerprint(unit.source) in wanted
    ]
    return replace(catalog, units=(*catalog.units, *found)), found


def _went_elsewhere(staged: Staged, path: Path, past: Catalog) -> bool:
    """Whether a catalog stands under another name that git does not know yet."""
    ids = _translated(past)
    new = (one for one in _neighbours(path) if not staged.is_known(one))
    found = (len(ids & _translated_in(one)) for one in new)
    return bool(ids) and any(number >= MOST * len(ids) for number in found)


def _neighbours(path: Path) -> Iterator[Path]:
    """Yield the other catalogs of a language."""
    folders = [one for one in path.parents if one.parent.name == "translations"]
    for folder in folders[:1]:
        yield from (one for one in sorted(folder.rglob("*.po")) if one != path)


def _translated(catalog: Catalog) -> set[str]:
    return {unit.id for unit in catalog.units if unit.target}


def _translated_in(path: Path) -> set[str]:
    try:
        return _translated(parse(read_bytes(path).decode(), name=str(path)))
    except (FlowError, UnicodeDecodeError):
        return set()


def told(result: SyncResult, changes: Sequence[Change]) -> SyncResult:
    """Return a sync's result that tells first what came back."""
    return replace(result, changes=(*changes, *result.changes))
