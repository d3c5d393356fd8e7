"""Two glossaries made one; what they disagree about is a person's to settle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from translate_flow.glossary.terms import Glossary, Term

Key = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MergedGlossary:
    """What came of it."""

    glossary: Glossary
    added: tuple[Term, ...] = ()
    changed: tuple[Term, ...] = ()
    """Rows that say more now than before, or something else if that was wanted."""

    conflicts: tuple[tuple[Term, Term], ...] = ()
    """Rows that contradict each other: ours, theirs. Ours stands, unless ``theirs``."""


def merged(
    ours: Glossary, new: Iterable[Term], *, theirs: bool = False
) -> MergedGlossary:
    """Put rows into a glossary: one that it does not have goes to its end, one that it
    has gets what it lacks. Nothing that is said is overwritten.

    :param theirs: let the new rows win where both say something.
    """
    rows = _by_pair(ours.terms)
    added: dict[Key, Term] = {}
    changed: dict[Key, Term] = {}
    conflicts: list[tuple[Term, Term]] = []
    for row in new:
        key = _key(row)
        clashing = [k for k, other in rows.items() if _clash(other, row)]
        conflicts += [(rows[k], row) for k in clashing]
        if clashing and not theirs:
            continue
        for k in clashing:
            del rows[k]
        now = rows.get(key)
        if now is None:
            rows[key] = added[key] = replace(row, line=0)
            continue
        both = _both(now, row)
        if both is None:
            conflicts.append((now, row))
            both = _over(now, row) if theirs else now
        if both != now:
            rows[key] = both
            (added if key in added else changed)[key] = both
    return MergedGlossary(
        replace(ours, terms=tuple(rows.values())),
        tuple(added.values()),
        tuple(changed.values()),
        tuple(conflicts),
    )


def _by_pair(terms: Iterable[Term]) -> dict[Key, Term]:
    """Return rows by what they pair; one that stands there twice stays twice."""
    rows: dict[Key, Term] = {}
    for number, row in enumerate(terms):
        key = _key(row)
        rows[key if key not in rows else key | {("", str(number))}] = row
    return rows


def _key(row: Term) -> Key:
    return frozenset(row.texts.items())


def _clash(one: Term, other: Term) -> bool:
    """Whether one forbids everywhere what the other allows."""
    if not (one.alone or other.alone) or "forbidden" == one.status == other.status:
        return False
    return bool(one.texts.items() & other.texts.items()) and _key(one) != _key(other)


def _both(ours: Term, theirs: Term) -> Term | None:
    """Return what two rows of one pair say together; None if they contradict each
    other."""
    pairs = (
        (ours.status, theirs.status),
        (ours.reading, theirs.reading),
        (ours.type, theirs.type),
        (ours.note, theirs.note),
    )
    if any(mine and their and mine != their for mine, their in pairs):
        return None
    return _over(ours, theirs)


def _over(ours: Term, theirs: Term) -> Term:
    """Return our row with all that theirs says."""
    return replace(
        ours,
        status=theirs.status,
        reading=theirs.reading or ours.reading,
        type=theirs.type or ours.type,
        note=theirs.note or ours.note,
        extra=tuple({**dict(ours.extra), **dict(theirs.extra)}.items()),
    )
