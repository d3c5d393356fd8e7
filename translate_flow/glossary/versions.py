"""Three versions of a glossary made one, term by term: the last that both sides had,
and what each made of it. What both changed, each in its way, is a person's to settle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from translate_flow.glossary.table import columns_of, write_csv
from translate_flow.glossary.terms import Glossary, Status, Term

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A row that both sides changed, or two that contradict each other."""

    ours: Term | None
    """None if we took it out."""

    theirs: Term | None

    def __str__(self) -> str:
        return str(self.ours or self.theirs)


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of three versions."""

    rows: tuple[Term | RowConflict, ...]
    columns: tuple[str, ...]

    @property
    def conflicts(self) -> tuple[RowConflict, ...]:
        """What is left to a person."""
        return tuple(row for row in self.rows if isinstance(row, RowConflict))


def joined(
    base: Glossary, ours: Glossary, theirs: Glossary, languages: Sequence[str]
) -> Joined:
    """Make one glossary of two and their common ancestor: our rows in their order,
    then what theirs has beside them.

    A row is the same as another one of the same terms, or else as the only one that
    shares a term with it: so a term that was put better is no new one.
    """
    rows = _settled(list(_rows(base.terms, ours.terms, theirs.terms)), theirs.terms)
    every = [one for row in rows for one in _sides(row) if one]
    columns = dict.fromkeys((*ours.columns, *theirs.columns))
    whole = Glossary(tuple(every), tuple(columns))
    return Joined(tuple(rows), columns_of(whole, languages))


def written(joined: Joined, languages: Sequence[str]) -> str:
    """Write it as a table; each conflict is whole rows of either side between git's
    markers."""

    def lines(*terms: Term | None) -> str:
        rows = tuple(term for term in terms if term)
        text = write_csv(Glossary(rows, joined.columns), languages=languages)
        return text[len(header) :]

    header = write_csv(Glossary((), joined.columns), languages=languages)
    parts = [header]
    for row in joined.rows:
        if isinstance(row, Term):
            parts.append(lines(row))
            continue
        mine, other = lines(row.ours), lines(row.theirs)
        parts.append(f"<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n")
    return "".join(parts)


# --- which row is which -----------------------------------------------------


def _rows(
    base: Sequence[Term], ours: Sequence[Term], theirs: Sequence[Term]
) -> Iterator[Term | RowConflict]:
    mine, other = _descent(base, ours), _descent(base, theirs)
    origin = {n: at for at, n in mine.items()}
    new = [n for n in range(len(theirs)) if n not in other.values()]
    for n, row in enumerate(ours):
        if n in origin:
            at = origin[n]
            there = theirs[other[at]] if at in other else None
            yield from _one(base[at], row, there)
            continue
        twin = next((i for i in new if theirs[i].texts == row.texts), None)
        if twin is None:
            yield row
        else:
            new.remove(twin)
            yield from _one(None, row, theirs[twin])
    for at, n in other.items():
        if at not in mine:
            yield from _one(base[at], None, theirs[n])
    yield from (theirs[n] for n in new)


def _descent(base: Sequence[Term], side: Sequence[Term]) -> dict[int, int]:
    """Return which row of a side each row of the ancestor became."""
    found: dict[int, int] = {}
    left = list(range(len(side)))
    for at, row in enumerate(base):
        same = next((n for n in left if side[n].texts == row.texts), None)
        if same is not None:
            found[at] = same
            left.remove(same)
    lost = [at for at in range(len(base)) if at not in found]

    def akin(at: int, n: int) -> bool:
        return bool(base[at].texts.items() & side[n].texts.items())

    for at in lost:
        likely = [n for n in left if akin(at, n)]
        if len(likely) == 1 and sum(akin(one, likely[0]) for one in lost) == 1:
            found[at] = likely[0]
    return dict(sorted(found.items()))


# --- one row ----------------------------------------------------------------


def _one(
    base: Term | None, ours: Term | None, theirs: Term | None
) -> Iterator[Term | RowConflict]:
    """Yield what becomes of a row, or nothing if it is gone."""
    if ours == theirs or theirs == base:
        kept = ours
    elif ours == base:
        kept = theirs
    elif ours and theirs and (both := _both(base, ours, theirs)):
        kept = both
    else:
        yield RowConflict(ours, theirs)
        return
    if kept is not None:
        yield kept


def _both(base: Term | None, ours: Term, theirs: Term) -> Term | None:
    """Return a row with what either side changed of it; None if both changed the same,
    each in its way. Terms, status and reading are one: who judged a pair has not seen
    what the other side made of it."""
    pair = _chosen(*map(_pair, (base, ours, theirs)))
    was, mine, other = map(_cells, (base, ours, theirs))
    names = dict.fromkeys((*mine, *other))
    cells = {
        name: _chosen(*(side.get(name, "") for side in (was, mine, other)))
        for name in names
    }
    if pair is None or None in cells.values():
        return None
    texts, status, reading = pair
    said = {name: cell for name, cell in cells.items() if cell}
    kind, note = said.pop(TYPE, ""), said.pop(NOTE, "")
    extra = tuple((name, cell) for (_, name), cell in said.items())
    return Term(texts, status, reading, kind, note, extra, ours.line)


def _chosen(before: T, ours: T, theirs: T) -> T | None:
    """Return what one side made of it; None if both did, each in its way."""
    if ours in (theirs, before):
        return theirs
    return ours if theirs == before else None


def _pair(row: Term | None) -> tuple[Mapping[str, str], Status, str] | None:
    return (row.texts, row.status, row.reading) if row else None


TYPE, NOTE = ("", "type"), ("", "note")


def _cells(row: Term | None) -> Mapping[tuple[str, str], str]:
    if row is None:
        return {}
    extra = {("extra", name): cell for name, cell in row.extra}
    return {TYPE: row.type, NOTE: row.note, **extra}


# --- rows that contradict each other ----------------------------------------


def _settled(
    rows: list[Term | RowConflict], theirs: Sequence[Term]
) -> list[Term | RowConflict]:
    """Make a conflict of each two rows that no glossary can have together."""
    terms = {n: row for n, row in enumerate(rows) if isinstance(row, Term)}
    done: set[int] = set()
    gone: set[int] = set()
    for one, two in _clashing(terms):
        if done & {one, two}:
            continue
        done |= {one, two}
        first, second = terms[one], terms[two]
        if first in theirs and second not in theirs:
            first, second = second, first
        rows[one] = RowConflict(first, second)
        gone.add(two)
    return [row for n, row in enumerate(rows) if n not in gone]


def _clashing(terms: Mapping[int, Term]) -> Iterator[tuple[int, int]]:
    """Yield rows of one pair that say different things of it, and those that allow
    what another one forbids everywhere."""
    said: dict[frozenset[tuple[str, str]], int] = {}
    for n, row in terms.items():
        before = said.setdefault(frozenset(row.texts.items()), n)
        if terms[before].status != row.status:
            yield before, n
    banned = {text: n for key, n in said.items() if terms[n].alone for text in key}
    for n, row in terms.items():
        for text in row.texts.items():
            if row.status != "forbidden" and text in banned:
                yield min(n, banned[text]), max(n, banned[text])


def _sides(row: Term | RowConflict) -> tuple[Term | None, ...]:
    return (row,) if isinstance(row, Term) else (row.ours, row.theirs)
