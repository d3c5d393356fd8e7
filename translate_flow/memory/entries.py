"""What a memory remembers: a text in two languages, and what of a catalog is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from translate_flow.model import Catalog, Mark, Unit
from translate_flow.state import exact, fingerprint, is_added, pair, target_blocks
from translate_flow.text.filler import FILLER
from translate_flow.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """One text in two languages, as a person took it."""

    texts: tuple[tuple[str, str], tuple[str, str]]
    """BCP 47 tag and text, twice: what was translated, and what it became."""

    place: str = ""
    """Where it stands: ``slug:id`` of a unit, the name of a TMX file, or what another
    tool calls it."""

    by: str = ""
    """Who took it."""

    on: str = ""
    """ISO date of the last change of the second text."""

    made: str = ""
    """Name of the engine whose text the second one is, letter for letter; empty if a
    person wrote or mended it."""

    above: tuple[str, str] = ("", "")
    """Fingerprints of what stands before both texts; empty if nothing does."""

    sentence: int = 0
    """1-based number of the sentence that it is of a longer text; 0 for a whole one."""


def accepted(catalog: Catalog, slug: str) -> tuple[MemoryUnit, ...]:
    """Return what people took as right in the catalog of an article, in document order.

    That is a unit whose target was taken for the source that stands there, or for the
    one before it, and one that came from another tool and is not fuzzy. Not a draft,
    nor a unit that shares its target with others or says more than its source.
    """
    covering = {u.mark.joined for u in catalog.units if u.mark and not u.target}
    found: list[MemoryUnit] = []
    above = ("", "")
    for unit in catalog.units:
        if unit.id not in covering or not unit.id:
            found += _entries(catalog, slug, unit, above)
        target = fingerprint(unit.target) if unit.target else ""
        above = (fingerprint(unit.source), target)
    for unit in catalog.obsolete:
        found += _entries(catalog, slug, unit, ("", ""))
    return tuple(found)


def _entries(
    catalog: Catalog, slug: str, unit: Unit, above: tuple[str, str]
) -> Iterator[MemoryUnit]:
    source = _taken_for(unit)
    if source is None or _says_more(unit):
        return
    mark = unit.mark or Mark()
    machine = mark.draft == exact(unit.target) and mark.origin != "memory"
    yield MemoryUnit(
        ((catalog.source_language, source), (catalog.language, unit.target)),
        place=f"{slug}:{unit.id}",
        by=mark.by,
        on=mark.on,
        made=mark.origin if machine else "",
        above=above,
    )


def _taken_for(unit: Unit) -> str | None:
    """Return the source that a person took the target for; None if nobody did, or it is
    filler."""
    if not unit.target or FILLER.search(unit.target):
        return None
    mark = unit.mark
    if mark is None:
        return None if unit.fuzzy else unit.source
    now = pair(unit)
    if mark.ok is None or mark.ok.tgt != now.tgt:
        return None
    if mark.ok == now:
        return None if unit.fuzzy else unit.source
    if unit.fuzzy and mark.flagged_for != now.src:
        return None
    was = unit.previous
    return was if was and fingerprint(was) == mark.ok.src else None


def _says_more(unit: Unit) -> bool:
    mark = unit.mark
    if mark is None or not mark.added:
        return False
    return any(is_added(block, mark) for block in target_blocks(unit.target))


MORE_THAN_ONE = 2


def in_sentences(entry: MemoryUnit) -> Iterator[MemoryUnit]:
    """Yield the sentences of an entry that has as many of them on both sides."""
    (one, text), (two, target) = entry.texts
    ours, theirs = sentences(text), sentences(target)
    if len(ours) != len(theirs) or len(ours) < MORE_THAN_ONE:
        return
    for n, (left, right) in enumerate(zip(ours, theirs, strict=True), 1):
        if left.strip() and right.strip():
            texts = ((one, left.strip()), (two, right.strip()))
            yield replace(entry, texts=texts, above=("", ""), sentence=n)
