"""Three versions of a catalog become one: laws on random histories, and the cases that
people meet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_flow import state as states
from translate_flow.catalog import dump, parse, unit_id
from translate_flow.errors import CatalogError, FlowError
from translate_flow.flow.merging import merge_files
from translate_flow.merge import Merged, merge, written
from translate_flow.model import Catalog, Mark, State, Unit
from translate_flow.state import exact, fingerprint, followed, state, taken

DAY = "2026-11-23"


def unit(source: str, target: str = "", by: str = "mina") -> Unit:
    """Return a unit, accepted if it has a target."""
    new = states.born(Unit(unit_id(source, 0, set()), source, kind="paragraph"))
    return taken(new, target, by=by, today=DAY) if target else new


def catalog(*units: Unit, obsolete: tuple[Unit, ...] = ()) -> Catalog:
    """Return a catalog as it is read from a file."""
    made = Catalog("sources/a.md", "en", "ko", units, obsolete)
    return parse(dump(made), name="a.po")


def one(merged: Merged) -> Unit:
    """Return the one unit of a merge without conflict."""
    assert not merged.conflicts
    (only,) = merged.catalog.units
    return only


BOAT = unit("The boat leaves at 9.", "배는 9시에 떠난다.")
LATER = "The boat leaves at 10."


# --- laws -------------------------------------------------------------------

WORDS = ("a", "b", "c", "d")
SOURCES = tuple(f"The {word} boat leaves." for word in WORDS)
TARGETS = tuple(f"{word} 배" for word in WORDS)


class Branch:
    """A catalog under people's hands, and what they took as right."""

    def __init__(self, live: list[Unit]) -> None:
        self.live = live
        self.gone: list[Unit] = []
        self.truth: set[tuple[str, str]] = set()
        """Fingerprint of a source, and the target a person took for it."""
        self.signed: set[tuple[str, str]] = set()
        self.history: list[tuple[str, int, int]] = []

    def __repr__(self) -> str:
        return f"Branch{self.history}"

    def copy(self) -> Branch:
        """Return a branch that starts here."""
        new = Branch([*self.live])
        new.gone, new.truth, new.signed = [*self.gone], {*self.truth}, {*self.signed}
        return new

    @property
    def catalog(self) -> Catalog:
        """The catalog as it is read from a file."""
        return catalog(*self.live, obsolete=tuple(self.gone))

    def act(self, name: str, i: int, word: int) -> None:
        """Do one thing to one unit, as far as it can be done."""
        self.history.append((name, i, word))
        if name == "add":
            self._add(word)
        elif name == "revive" and self.gone:
            self.live.append(self.gone.pop(i % len(self.gone)))
        elif self.live and name == "remove":
            self.gone.append(self.live.pop(i % len(self.live)))
        elif self.live and name == "move":
            self.live.insert(0, self.live.pop(i % len(self.live)))
        elif self.live and name in ACTS:
            at = i % len(self.live)
            try:
                self.live[at] = ACTS[name](self, self.live[at], word)
            except FlowError:
                return

    def _add(self, word: int) -> None:
        new = unit(f"A new paragraph, {WORDS[word]}.")
        if new.id not in {u.id for u in (*self.live, *self.gone)}:
            self.live.insert(word, new)

    def took(self, unit: Unit) -> Unit:
        """Note that a person took a target as right."""
        self.truth.add((fingerprint(unit.source), unit.target))
        return unit


def _sign(branch: Branch, unit: Unit, word: int) -> Unit:
    done = states.signed(_absorb(branch, unit, word), by=WORDS[word])
    branch.signed.add((fingerprint(unit.source), unit.target))
    return done


def _absorb(branch: Branch, unit: Unit, word: int) -> Unit:
    return states.absorbed(unit, today=DAY)


def _elsewhere(branch: Branch, before: Unit, **changes: object) -> Unit:
    """Change a unit in another editor: a text that is left there without flag is one
    that its user took."""
    after = replace(before, **changes)  # type: ignore[arg-type]
    if after.mark and not after.fuzzy and states.edited_elsewhere(after):
        branch.took(after)
    return after


ACTS: dict[str, Callable[[Branch, Unit, int], Unit]] = {
    "set": lambda b, u, w: b.took(taken(u, TARGETS[w], by=WORDS[w], today=DAY)),
    "accept": lambda b, u, w: b.took(taken(u, None, by=WORDS[w], today=DAY)),
    "sign": _sign,
    "draft": lambda b, u, w: states.drafted(
        u, f"draft {w}: {u.source}", origin="pseudo", today=DAY
    ),
    "source": lambda b, u, w: followed(_absorb(b, u, w), SOURCES[w]),
    "absorb": _absorb,
    "typed": lambda b, u, w: _elsewhere(b, u, target=TARGETS[w], fuzzy=False),
    "typed, flag left": lambda b, u, w: _elsewhere(b, u, target=TARGETS[w]),
    "doubted": lambda b, u, w: replace(u, fuzzy=True),
    "flag cleared": lambda b, u, w: _elsewhere(b, u, fuzzy=False, previous=None),
    "unset": lambda b, u, w: states.unset(u),
    "emptied": lambda b, u, w: replace(u, target="", fuzzy=False),
    "comment": lambda b, u, w: replace(u, comments=(*u.comments, f"seen {w}")),
    "mark lost": lambda b, u, w: replace(u, mark=None),
}
"""Everything that happens to units, from the command line and from other tools."""

NAMES = (*ACTS, "add", "remove", "revive", "move")
acts = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 3), st.integers(0, 3)))


@st.composite
def branches(draw: st.DrawFn) -> tuple[Branch, Branch, Branch]:
    """Return an ancestor and two branches of it, each with a random history."""
    base = Branch([unit(source) for source in SOURCES[:3]])
    for act in draw(acts):
        base.act(*act)
    sides = base.copy(), base.copy()
    for side in sides:
        for act in draw(acts):
            side.act(*act)
    return base, *sides


def every(merged: Merged) -> list[Unit]:
    """Return all units that a merge left, theirs of a conflict too."""
    theirs = [conflict.theirs for conflict in merged.conflicts]
    return [*merged.catalog.units, *merged.catalog.obsolete, *theirs]


def all_of(catalog: Catalog) -> dict[str, Unit]:
    """Return all units of a catalog by id."""
    return {unit.id: unit for unit in (*catalog.units, *catalog.obsolete)}


def yields(unit: Unit) -> bool:
    """Whether a text is nobody's: a machine's that no one has read."""
    return states.unread(unit)


@given(branches())
def test_what_only_one_side_did_is_the_result(
    sides: tuple[Branch, Branch, Branch],
) -> None:
    """Where one side did nothing the other is the result, and two equal sides are."""
    base, changed, _ = (side.catalog for side in sides)
    assert merge(base, changed, base) == Merged(changed)
    assert merge(base, base, changed) == Merged(changed)
    assert merge(base, changed, changed) == Merged(changed)


@settings(max_examples=400)
@given(branches())
def test_no_text_is_lost(sides: tuple[Branch, Branch, Branch]) -> None:
    """Each text that a side has and the ancestor has not is in the result, unless it is
    a machine's that nobody has read."""
    base, *both = (side.catalog for side in sides)
    merged = merge(base, *both)
    left = {(unit.id, unit.target) for unit in every(merged)}
    for side in both:
        for name, unit in all_of(side).items():
            was = all_of(base).get(name)
            if (
                unit.target
                and not yields(unit)
                and (was is None or was.target != unit.target)
            ):
                assert (name, unit.target) in left


@settings(max_examples=800)
@given(branches())
def test_no_state_is_better_than_the_truth(
    sides: tuple[Branch, Branch, Branch],
) -> None:
    """What a merge calls translated or reviewed a person took, or signed, for that very
    source; so too after the next sync has absorbed what other tools did."""
    base, ours, theirs = sides
    merged = merge(base.catalog, ours.catalog, theirs.catalog)
    for unit in every(merged):
        for seen in (unit, states.absorbed(unit, today=DAY)):
            pair = fingerprint(seen.source), seen.target
            if seen.mark is None:
                continue  # sync flags it before anybody sees its state
            if state(seen) in (State.TRANSLATED, State.REVIEWED):
                assert pair in ours.truth | theirs.truth
            if state(seen) is State.REVIEWED:
                assert pair in ours.signed | theirs.signed


@settings(max_examples=400)
@given(branches())
def test_sides_may_be_swapped(sides: tuple[Branch, Branch, Branch]) -> None:
    """Ours and theirs may be swapped: order apart, and where both authors rewrote one
    segment, the result is the same."""
    base, ours, theirs = (side.catalog for side in sides)
    one_way, other_way = merge(base, ours, theirs), merge(base, theirs, ours)
    fights = {conflict.ours.id for conflict in one_way.conflicts}
    assert fights == {conflict.ours.id for conflict in other_way.conflicts}
    swapped = all_of(other_way.catalog)
    assert swapped.keys() == all_of(one_way.catalog).keys()
    for name, unit in all_of(one_way.catalog).items():
        if name in fights or unit.source != swapped[name].source:
            continue
        ordered = replace(unit, comments=tuple(sorted(unit.comments)))
        other = replace(swapped[name], comments=tuple(sorted(swapped[name].comments)))
        assert ordered == other


@settings(max_examples=200)
@given(branches())
def test_a_written_merge_can_be_read(sides: tuple[Branch, Branch, Branch]) -> None:
    """The file reads back as the merge; one with conflicts is refused until a side of
    each is taken, and reads then."""
    merged = merge(*(side.catalog for side in sides))
    text = written(merged)
    if merged.conflicts:
        with pytest.raises(CatalogError, match="git conflict markers"):
            parse(text, name="a.po")
    ours = re.sub(r"<{7} ours\n(.*?)={7}\n.*?>{7} theirs\n", r"\1", text, flags=re.S)
    theirs = re.sub(r"<{7} ours\n.*?={7}\n(.*?)>{7} theirs\n", r"\1", text, flags=re.S)
    assert ours == dump(merged.catalog)
    found = all_of(parse(theirs, name="a.po"))
    for conflict in merged.conflicts:
        assert found[conflict.ours.id].target == conflict.theirs.target


@settings(max_examples=200)
@given(branches())
def test_only_what_both_touched_conflicts(sides: tuple[Branch, Branch, Branch]) -> None:
    """A unit is in conflict only if each side changed its text."""
    base, ours, theirs = (side.catalog for side in sides)
    before = all_of(base)
    for conflict in merge(base, ours, theirs).conflicts:
        was = before.get(conflict.ours.id, Unit("", ""))
        texts = {exact(u.target) for u in (was, conflict.ours, conflict.theirs)}
        assert len(texts) == 3 or (len(texts) == 2 and was.mark is None)
