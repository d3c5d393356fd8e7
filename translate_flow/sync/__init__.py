"""One article and one catalog in, a new catalog and what changed out.

First what happened in other editors is absorbed, then the source is followed. Pure and
deterministic: the caller reads, saves and asks git.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from translate_flow import state as states
from translate_flow.actors import MachineWriter, claims
from translate_flow.actors.naming import KNOWN, Names
from translate_flow.catalog import unit_id
from translate_flow.lineage import ADDED, Descent, Fragment, lineage
from translate_flow.model import (
    Accepted,
    Action,
    Catalog,
    Change,
    Mark,
    Segment,
    State,
    Unit,
)
from translate_flow.state import accepted_source, exact, fingerprint
from translate_flow.sync.result import Policy, Recover, SyncResult
from translate_flow.sync.settling import settled

if TYPE_CHECKING:
    from translate_flow.drift import Evidence

__all__ = ["Policy", "Recover", "SyncResult", "is_worth_keeping", "sync"]


def sync(
    segments: Sequence[Segment],
    catalog: Catalog,
    *,
    today: str,
    newest_target: Recover = lambda unit, tgt: None,
    recover_target: Recover = lambda unit, tgt: None,
    recover_source: Recover = lambda unit, src: None,
    merge_made: Callable[[Unit], bool] = states.NEVER,
    wrote: states.Wrote = states.NOBODY,
    machines: Names = KNOWN,
    policy: Policy = frozenset(),
    terms: Container[str] = (),
) -> SyncResult:
    """Bring a catalog up to its article.

    :param segments: the article's segments as they are today.
    :param today: ISO date for targets that were typed in another editor.
    :param newest_target: finds the newest text of a target that another tool emptied.
    :param recover_target: finds an earlier target by its hash.
    :param recover_source: finds the source that an acceptance was for.
    :param merge_made: whether only a git merge put an entry's lines together.
    :param wrote: which machine typed a target in another editor, if one did.
    :param machines: the names of machines, for what other tools say of their texts.
    :param policy: drift classes that are never settled by themselves.
    :param terms: words of the article that no dictionary has and that are meant so.
    """
    claimed = _Claimed(catalog, machines, wrote)
    catalog = claimed.catalog
    if catalog.foreign:
        catalog = _adopted(segments, catalog, claimed, today)
    saved = catalog.units
    before = (*catalog.units, *catalog.obsolete)
    filled = [
        _refilled(unit, newest_target) if states.emptied(unit) else unit
        for unit in before
    ]
    size = len(catalog.units)
    lost = tuple(unit for unit in filled[:size] if states.emptied(unit))
    typed = tuple(unit.id for unit in filled[:size] if states.typed_elsewhere(unit))
    nobodys = _Nobodys(filled, merge_made)
    units = tuple(
        claimed.bare(
            states.absorbed(unit, today=today, merge_made=nobodys, wrote=claimed),
            unit,
        )
        for unit in filled
    )
    catalog = replace(catalog, units=units[:size], obsolete=units[size:])
    told = tuple(_elsewhere(before, units))
    follower = _Follower(catalog, recover_source, policy, terms)
    live, obsolete, changes = _follow(segments, catalog, follower)
    if _is_sorted(saved):
        changes = tuple(one for one in map(_unmoved, changes) if one is not None)
    synced = replace(catalog, units=live, obsolete=obsolete)
    result = SyncResult(synced, (*told, *changes), typed, lost)
    return settled(saved, result, recover_target, recover_source)


class _Claimed:
    """Tells which machine wrote a target: what other tools say beside it, or for their
    whole catalog, goes before what git knows."""

    def __init__(self, catalog: Catalog, names: Names, wrote: states.Wrote) -> None:
        self._names, self._wrote = names, wrote
        self._of_all, self.catalog = claims.of_file(catalog, names)

    def __call__(self, unit: Unit) -> MachineWriter | None:
        made = claims.of_unit(unit, self._names)[0] or self._of_all
        return MachineWriter(made) if made else self._wrote(unit)

    def bare(self, unit: Unit, before: Unit) -> Unit:
        """Return an absorbed unit without what was said of its target, if that has
        become its origin."""
        if not unit.fuzzy or unit.mark in (None, before.mark):
            return unit
        return claims.of_unit(unit, self._names)[1]


class _Nobodys:
    """Tells whether a text that looks typed was typed by nobody: it is a unit's draft
    and was not taken for that source, or git put it there."""

    def __init__(
        self, units: Iterable[Unit], merge_made: Callable[[Unit], bool]
    ) -> None:
        marks = [unit.mark for unit in units if unit.mark]
        self._drafts = [mark.draft for mark in marks if mark.draft]
        self._taken = {mark.ok for mark in marks}
        self._merge_made = merge_made

    def __call__(self, unit: Unit) -> bool:
        now = states.pair(unit)
        if now in self._taken:
            return False
        drafted = any(states.names(draft, now.tgt) for draft in self._drafts)
        return drafted or self._merge_made(unit)


def _elsewhere(before: Sequence[Unit], after: Sequence[Unit]) -> Iterable[Change]:
    """Report what another tool did to units since they were written."""
    for old, new in zip(before, after, strict=True):
        was, mark = old.mark or Mark(), new.mark or Mark()
        action: Action | None = None
        if states.emptied(old) and new.target:
            action = "returned"
        elif old.target and ((was.ok and not mark.ok) or old.mark is None):
            action = "doubted"
        elif states.typed_elsewhere(old):
            action = "typed"
        if action is not None:
            yield Change(new.id, "elsewhere", action, ancestors=(old.id,))


def _refilled(unit: Unit, recover: Recover) -> Unit:
    text = recover(unit, unit.mark.tgt) if unit.mark else None
    return unit if text is None else states.refilled(unit, text)


def _follow(
    segments: Sequence[Segment], catalog: Catalog, follower: _Follower
) -> tuple[tuple[Unit, ...], tuple[Unit, ...], tuple[Change, ...]]:
    """Return the units of today's segments, those without one, and the changes."""
    waiting = _Waiting(catalog.obsolete, catalog.units)
    back = _returning(segments, catalog.units, waiting)
    descents = _descents(segments, catalog.units, back)
    live: list[Unit] = []
    changes: list[Change] = []
    for at, segment in enumerate(segments):
        descent = descents.get(at, ADDED)
        if descent.kind != "added":
            unit, told = follower.heir(segment, descent)
        elif (found := back.get(at) or waiting.take(segment.text)) is not None:
            unit = follower.fit(found, segment)
            told = [Change(unit.id, "added", "kept", ancestors=(unit.id,))]
        else:
            unit = follower.fit(follower.fresh(segment), segment)
            told = [Change(unit.id, "added", "new")]
        live.append(unit)
        changes += told
    ended, merged = follower.ended(descents.values())
    changes += [
        Change(unit.id, "removed", "obsolete", ancestors=(unit.id,))
        for unit in ended
        if unit.id not in merged
    ]
    obsolete = (*waiting.rest(), *(unit for unit in ended if is_worth_keeping(unit)))
    return tuple(live), obsolete, tuple(changes)


FEW_TEXTS, FEW_IDS = 3, 6
"""So many units may be in order by chance: ids have none, texts of articles rarely."""


def _is_sorted(units: Sequence[Unit]) -> bool:
    """Whether another tool has put the entries in the order of their texts or of their
    ids, as ``msgcat --sort-output`` does: where they stand says nothing then."""
    texts = [unit.source.encode() for unit in units]
    ids = [unit.id.encode() for unit in units]
    return any(
        len(keys) >= few and keys == sorted(keys)
        for keys, few in ((texts, FEW_TEXTS), (ids, FEW_IDS))
    )


def _unmoved(change: Change) -> Change | None:
    """Return what else happened to a unit than that it has another place."""
    if change.kind == "moved":
        return change if change.action == "proposed" else None
    return replace(change, moved=False)


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


def _descents(
    segments: Sequence[Segment], units: Sequence[Unit], back: Mapping[int, Unit]
) -> dict[int, Descent]:
    """Return what each segment descends from, by its index."""
    rest = [at for at in range(len(segments)) if at not in back]
    found = lineage(
        [
            Fragment(u.source, u.kind, accepted_source(u) or "", value=_value(u))
            for u in units
        ],
        [_piece(segments[at]) for at in rest],
    )
    return dict(zip(rest, found, strict=True))


def _piece(segment: Segment) -> Fragment:
    row = segment.line if segment.kind == "cell" else 0
    return Fragment(segment.text, segment.kind, row=row)


def _value(unit: Unit) -> str:
    """Return all that would go astray with a unit that is taken for another one."""
    mark = unit.mark or Mark()
    acts = mark.omitted, mark.both, mark.joined
    said = states.state(unit), unit.target, *acts, unit.comments
    return repr(said)


class _Follower:
    """Makes the units of today's segments from those of a catalog."""

    def __init__(
        self,
        catalog: Catalog,
        recover: Recover,
        policy: Policy,
        terms: Container[str],
    ) -> None:
        self._units = catalog.units
        self._language = catalog.source_language
        self._other = catalog.language
        self._recover, self._policy, self._terms = recover, policy, terms
        self._ids = _Ids(catalog)

    def fresh(self, segment: Segment) -> Unit:
        """Return a unit for a segment that has none."""
        return Unit(self._ids.fresh(segment.text), "")

    def fit(self, unit: Unit, segment: Segment) -> Unit:
        """Return the unit following its segment, with what catalogs say about it."""
        unit = replace(unit, kind=segment.kind, note=segment.note)
        recover = self._recover
        return states.followed(
            unit, segment.text, recover=lambda src: recover(unit, src)
        )

    def heir(self, segment: Segment, descent: Descent) -> tuple[Unit, list[Change]]:
        """Return the unit of a segment that descends from others."""
        parents = [self._units[i] for i in descent.ancestors]
        if descent.kind == "merged":
            return self._merged(segment, parents, descent)
        if descent.part:
            return self._part(segment, parents[0])
        old = parents[0]
        unit, found = self._settled(old, self.fit(old, segment))
        if not descent.sure:
            unit = states.doubtful(unit)
        return unit, [*self._told(old, unit, descent, found)]

    def _settled(self, old: Unit, unit: Unit) -> tuple[Unit, tuple[Evidence, ...]]:
        """Do to a unit what the edit of its source may do by itself."""
        before = _before(old, unit)
        if before is None or fingerprint(before) == fingerprint(unit.source):
            return unit, ()
        from translate_flow.drift import carried, classify, is_kept

        found = classify(before, unit.source, self._language, self._terms, self._other)
        if any(e.drift_class in self._policy for e in found):
            return unit, found
        if is_kept(found):
            return states.kept(unit), found
        if unit.target:
            target = carried(before, unit.source, unit.target, found)
            if target is not None:
                return states.carried(unit, target), found
        return unit, found

    def _told(
        self, old: Unit, new: Unit, descent: Descent, found: Sequence[Evidence]
    ) -> Iterable[Change]:
        """Report an edit of the text or a new place; what the wrapping did is none."""
        edited = fingerprint(old.source) != fingerprint(new.source)
        doubted = not descent.sure and states.state(old) is not states.state(new)
        if not (edited or descent.moved or doubted):
            return
        action: Action = "proposed" if doubted else "kept"
        covered = new.mark is not None and new.mark.joined  # it has no target to tell
        if states.state(new) is State.DRIFTED or (covered and _is_open(found)):
            action = "drifted"
        elif edited and new.target != old.target:
            action = "carried"
        kind: Any = "moved" if not edited else "edited"
        if descent.kind == "split":
            kind = "split"
        first = found[0] if found and edited else None
        yield Change(
            new.id,
            kind,
            action,
            moved=descent.moved,
            drift_class=first.drift_class if first else None,
            classes=tuple(dict.fromkeys(e.drift_class for e in found)),
            severity=first.severity if first else None,
            ancestors=(old.id,),
        )

    def _part(self, segment: Segment, parent: Unit) -> tuple[Unit, list[Change]]:
        """Return the unit of a later part of a text that was split."""
        unit = self.fit(self.fresh(segment), segment)
        from translate_flow.drift.splitting import part_of_target

        source = accepted_source(parent) or parent.source
        text = part_of_target(source, parent.target, segment.text)
        if text:
            unit = states.proposed(unit, text, parent)
        action: Action = "proposed" if text else "new"
        return unit, [Change(unit.id, "split", action, ancestors=(parent.id,))]

    def _merged(
        self, segment: Segment, parents: Sequence[Unit], descent: Descent
    ) -> tuple[Unit, list[Change]]:
        unit = replace(self.fit(self.fresh(segment), segment), source=segment.text)
        comments = tuple(dict.fromkeys(c for p in parents for c in p.comments))
        unit = replace(states.merged(unit, parents), comments=comments)
        drifted = states.state(unit) is State.DRIFTED
        action: Action = "drifted" if drifted else "proposed" if unit.target else "new"
        ids = tuple(parent.id for parent in parents)
        return unit, [Change(unit.id, "merged", action, descent.moved, ancestors=ids)]

    def ended(self, descents: Iterable[Descent]) -> tuple[list[Unit], set[str]]:
        """Return the units that no segment is any more, and the ids of those among them
        that live on in a merged one."""
        going, merged = set[int](), set[str]()
        for descent in descents:
            if descent.kind == "merged":
                merged |= {self._units[i].id for i in descent.ancestors}
            else:
                going.update(descent.ancestors)
        ended = [unit for i, unit in enumerate(self._units) if i not in going]
        return ended, merged


def _before(old: Unit, unit: Unit) -> str | None:
    """Return the text that a unit was accepted, omitted or joined for, if what became
    of its source may settle that."""
    mark = unit.mark
    if states.state(unit) is State.DRIFTED:
        return accepted_source(unit) if states.may_settle(unit) else None
    if mark is None or unit.target or not (mark.omitted or mark.joined):
        return None
    src = mark.ok.src if mark.ok else mark.src
    return old.source if fingerprint(old.source) == src else None


def _texts(unit: Unit) -> tuple[str, ...]:
    """Return the fingerprints of the texts that are a unit's: its last, and the one
    that a person took."""
    last = fingerprint(unit.source)
    ok = unit.mark.ok if unit.mark else None
    taken = ok and ok.src != last and ok.tgt == exact(unit.target)
    return (last, ok.src) if ok and taken else (last,)


class _Waiting:
    """Obsolete units, to be found by the texts that bring them back.

    One that another tool emptied is not: its text may still be found in git.
    """

    def __init__(self, units: Sequence[Unit], live: Sequence[Unit] = ()) -> None:
        self._units = dict(enumerate(units))
        self._values: dict[str, set[str]] = defaultdict(set)
        for unit in (*units, *live):
            if is_worth_keeping(unit):
                self._values[fingerprint(unit.source)].add(_value(unit))
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
        else the latest for which it was taken. It is a draft at best where others have
        had the same text and another translation: one of them may be meant.

        :param filled: only one with a target.
        """
        src = fingerprint(text)
        for i in (*self._last.get(src, ()), *self._taken.get(src, ())):
            if i in self._units and (self._units[i].target or not filled):
                unit = self._units.pop(i)
                return unit if len(self._values[src]) < 2 else states.doubtful(unit)
        return None

    def rest(self) -> Iterable[Unit]:
        """Return those that still wait."""
        return self._units.values()


def is_worth_keeping(unit: Unit) -> bool:
    """Whether an entry holds anything that somebody said or wrote."""
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


def _adopted(
    segments: Sequence[Segment], catalog: Catalog, claimed: _Claimed, today: str
) -> Catalog:
    """Take in another tool's catalog: what is not fuzzy counts as accepted for its
    msgid, what is fuzzy for its previous one, if it has that. Such catalogs say a
    repeated text once, so its entry serves each place."""
    missing = Counter(fingerprint(segment.text) for segment in segments)
    missing.subtract(fingerprint(unit.source) for unit in catalog.units)
    ids = _Ids(replace(catalog, units=(), obsolete=()))
    units = [
        _taken_in(unit, ids.fresh(unit.source), claimed, today)
        for unit in catalog.units
        for _ in range(1 + max(0, missing.pop(fingerprint(unit.source), 0)))
    ]
    obsolete = [
        _taken_in(unit, ids.fresh(unit.source), claimed, today)
        for unit in catalog.obsolete
    ]
    return replace(catalog, units=tuple(units), obsolete=tuple(obsolete), foreign=False)


def _taken_in(unit: Unit, name: str, claimed: _Claimed, today: str) -> Unit:
    unit = replace(unit, id=name)
    if not unit.target:
        return states.born(replace(unit, fuzzy=False, previous=None))
    if (writer := claimed(unit)) is not None:
        return claimed.bare(states.attributed(unit, writer, today), unit)
    now = states.pair(unit)
    mark = Mark(origin="adopted", src=now.src, tgt=now.tgt)
    if not unit.fuzzy:
        return replace(unit, mark=replace(mark, ok=now))
    src = fingerprint(unit.previous) if unit.previous else now.src
    if src == now.src:
        return replace(unit, previous=None, mark=mark)
    ok = Accepted(src, now.tgt)
    return replace(unit, mark=replace(mark, ok=ok, src=src, flagged_for=now.src))


def _is_open(found: Sequence[Evidence]) -> bool:
    """Whether an edit is more than what leaves every translation right."""
    from translate_flow.drift import is_kept

    return bool(found) and not is_kept(found)
