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
from translate_flow.catalog import dump, entry, parse, unit_id
from translate_flow.errors import CatalogError, FlowError
from translate_flow.history.merging import merge_files
from translate_flow.model import Catalog, Mark, State, Unit
from translate_flow.state import exact, fingerprint, followed, state, taken
from translate_flow.sync.merge import MergedCatalog, merge, written

DAY = "2026-11-23"


def unit(source: str, target: str = "", by: str = "mina") -> Unit:
    """Return a unit, accepted if it has a target."""
    new = states.born(Unit(unit_id(source, 0, set()), source, kind="paragraph"))
    return taken(new, target, by=by, today=DAY) if target else new


def catalog(*units: Unit, obsolete: tuple[Unit, ...] = ()) -> Catalog:
    """Return a catalog as it is read from a file."""
    made = Catalog("sources/a.md", "en", "ko", units, obsolete)
    return parse(dump(made), name="a.po")


def one(merged: MergedCatalog) -> Unit:
    """Return the one unit of a merge without conflict."""
    assert not merged.conflicts
    (only,) = merged.catalog.units
    return only


BOAT = unit("The boat leaves at 9.", "배는 9시에 떠난다.")
LATER = "The boat leaves at 10."


# --- laws -------------------------------------------------------------------

WORDS = ("a", "b", "c")
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
acts = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 1), st.integers(0, 2)), max_size=12
)


@st.composite
def branches(draw: st.DrawFn) -> tuple[Branch, Branch, Branch]:
    """Return an ancestor and two branches of it, each with a random history."""
    base = Branch([unit(source) for source in SOURCES[:2]])
    for act in draw(acts):
        base.act(*act)
    sides = base.copy(), base.copy()
    for side in sides:
        for act in draw(acts):
            side.act(*act)
    return base, *sides


def every(merged: MergedCatalog) -> list[Unit]:
    """Return all units that a merge left, theirs of a conflict too."""
    theirs = [conflict.theirs for conflict in merged.conflicts]
    return [*merged.catalog.units, *merged.catalog.obsolete, *theirs]


def all_of(catalog: Catalog) -> dict[str, Unit]:
    """Return all units of a catalog by id."""
    return {unit.id: unit for unit in (*catalog.units, *catalog.obsolete)}


@given(branches())
def test_what_only_one_side_did_is_the_result(
    sides: tuple[Branch, Branch, Branch],
) -> None:
    """Where one side did nothing the other is the result, and two equal sides are."""
    base, changed, _ = (side.catalog for side in sides)
    assert merge(base, changed, base) == MergedCatalog(changed)
    assert merge(base, base, changed) == MergedCatalog(changed)
    assert merge(base, changed, changed) == MergedCatalog(changed)


@settings(max_examples=150)
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
            new = was is None or was.target != unit.target
            if unit.target and new and not states.unread(unit):
                assert (name, unit.target) in left


@settings(max_examples=150)
@given(branches())
def test_a_merge_unflags_nothing(sides: tuple[Branch, Branch, Branch]) -> None:
    """What stands without a flag in the result stood so in a side, or a person took it
    for that very source."""
    base, *both = (side.catalog for side in sides)
    stood = {
        (unit.id, fingerprint(unit.source), unit.target, unit.fuzzy)
        for side in both
        for unit in all_of(side).values()
    }
    for unit in every(merge(base, *both)):
        pair = states.pair(unit)
        if unit.target and not (unit.mark and unit.mark.ok == pair):
            assert unit.fuzzy or (unit.id, pair.src, unit.target, False) in stood


@settings(max_examples=300)
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


@settings(max_examples=150)
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


@settings(max_examples=100)
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


@settings(max_examples=100)
@given(branches())
def test_only_what_both_touched_conflicts(sides: tuple[Branch, Branch, Branch]) -> None:
    """A unit is in conflict only if each side changed its text."""
    base, ours, theirs = (side.catalog for side in sides)
    before = all_of(base)
    for conflict in merge(base, ours, theirs).conflicts:
        was = before.get(conflict.ours.id, Unit("", ""))
        texts = {exact(u.target) for u in (was, conflict.ours, conflict.theirs)}
        assert len(texts) == 3 or (len(texts) == 2 and was.mark is None)


# --- a translator and an author ---------------------------------------------


def test_the_target_of_one_and_the_source_of_the_other() -> None:
    """A text set on one side for what the author meanwhile rewrote on the other is
    kept, drifted from the source it was set for."""
    set_there = taken(BOAT, "배는 아홉 시에 떠난다.", by="jun", today=DAY)
    synced_here = followed(BOAT, LATER)
    for sides in ((synced_here, set_there), (set_there, synced_here)):
        found = one(merge(catalog(BOAT), *map(catalog, sides)))
        assert found.source == LATER
        assert found.target == "배는 아홉 시에 떠난다."
        assert found.fuzzy
        assert found.previous == BOAT.source
        assert found.mark
        assert set_there.mark
        assert found.mark.ok == set_there.mark.ok
        assert found.mark.by == "jun"
        assert found.mark.flagged_for == fingerprint(LATER)
        assert state(found) is State.DRIFTED


def test_a_first_translation_of_what_the_author_rewrote() -> None:
    """A first translation meets a new source: drifted, never accepted for it."""
    new = unit(BOAT.source)
    found = one(merge(catalog(new), catalog(followed(new, LATER)), catalog(BOAT)))
    assert (found.source, found.target) == (LATER, BOAT.target)
    assert state(found) is State.DRIFTED


def test_a_draft_of_what_the_author_rewrote() -> None:
    """A machine's draft meets a new source: an outdated draft."""
    new = unit(BOAT.source)
    draft = states.drafted(new, "배 9", origin="google", today=DAY)
    found = one(merge(catalog(new), catalog(followed(new, LATER)), catalog(draft)))
    assert state(found) is State.DRAFT
    assert states.outdated(found)


def test_accepted_for_the_new_source() -> None:
    """Where the author's side also accepted the old text for the new source, that is
    kept although the other side signed it for the old."""
    accepted = taken(followed(BOAT, LATER), None, by="jun", today=DAY)
    signed = states.signed(BOAT, by="bob")
    found = one(merge(catalog(BOAT), catalog(signed), catalog(accepted)))
    assert state(found) is State.TRANSLATED
    assert found == accepted


def test_typed_elsewhere_for_a_source_that_was_taken_back() -> None:
    """A text typed in another editor for a source that the author's side took back is
    flagged, though the draft before it was made for what stands there again."""
    draft = states.drafted(unit(BOAT.source), "배 9", origin="google", today=DAY)
    was = followed(draft, LATER)
    typed = replace(was, target="배는 10시에 떠난다.", fuzzy=False)
    back = followed(was, BOAT.source)
    found = one(merge(catalog(was), catalog(back), catalog(typed)))
    assert (found.source, found.target) == (BOAT.source, "배는 10시에 떠난다.")
    assert state(found) is State.DRAFT


def test_two_authors() -> None:
    """Where both sides rewrote the source, ours stands until the next sync."""
    sides = [catalog(followed(BOAT, text)) for text in (LATER, "The boat sank.")]
    found = one(merge(catalog(BOAT), *sides))
    assert found.source == LATER
    assert state(found) is State.DRIFTED


def test_an_accident_stays_a_question() -> None:
    """A target that another tool emptied is still missed after the author's edit."""
    emptied = replace(BOAT, target="")
    found = one(merge(catalog(BOAT), catalog(followed(BOAT, LATER)), catalog(emptied)))
    assert (found.source, found.target) == (LATER, "")
    assert states.emptied(found)


def test_an_accident_here_and_a_text_there() -> None:
    """What another tool emptied on one side gives way to a text of the other."""
    better = taken(BOAT, "배는 아홉 시에 떠난다.", by="jun", today=DAY)
    emptied = replace(BOAT, target="")
    assert one(merge(catalog(BOAT), catalog(emptied), catalog(better))) == better


# --- two translators --------------------------------------------------------


def test_neighbouring_units() -> None:
    """Two translators at neighbouring units are never in conflict."""
    first, second = unit("One."), unit("Two.")
    merged = merge(
        catalog(first, second),
        catalog(unit("One.", "하나."), second),
        catalog(first, unit("Two.", "둘.", by="jun")),
    )
    assert merged == MergedCatalog(
        catalog(unit("One.", "하나."), unit("Two.", "둘.", by="jun"))
    )


def test_one_unit_two_texts() -> None:
    """Two texts of one unit are one conflict: two whole entries between git's markers,
    and all else is merged."""
    new, other = unit(BOAT.source), unit("Two.")
    mine, yours = BOAT, unit(BOAT.source, "그 배는 9시에 나간다.", by="jun")
    sides = (
        catalog(new, other),
        catalog(mine, other),
        catalog(yours, unit("Two.", "둘.")),
    )
    merged = merge(*sides)
    (conflict,) = merged.conflicts
    assert (conflict.ours, conflict.theirs) == (mine, yours)
    text = written(merged)
    assert 'msgid "Two."\nmsgstr "둘."\n' in text
    assert text.split("\n\n")[1] == (
        f"<<<<<<< ours\n{entry(mine)}=======\n{entry(yours)}>>>>>>> theirs"
    )


def test_a_conflict_over_a_moved_source() -> None:
    """Both entries of a conflict have the newer source, and neither counts as taken
    for it."""
    mine = followed(taken(BOAT, "배 1", by="mina", today=DAY), LATER)
    yours = taken(BOAT, "배 2", by="jun", today=DAY)
    (conflict,) = merge(catalog(BOAT), catalog(mine), catalog(yours)).conflicts
    for side in (conflict.ours, conflict.theirs):
        assert (side.source, state(side)) == (LATER, State.DRIFTED)


def test_the_same_text_twice() -> None:
    """One text set by two people, or on two days, is no conflict."""
    new = unit(BOAT.source)
    yours = taken(new, BOAT.target, by="jun", today="2026-11-24")
    found = one(merge(catalog(new), catalog(BOAT), catalog(yours)))
    assert state(found) is State.TRANSLATED
    assert found in (BOAT, yours)


@pytest.mark.parametrize("swapped", [False, True])
def test_accepted_here_signed_there(swapped: bool) -> None:
    """Who signed the text that both sides take has signed it."""
    new = unit(BOAT.source)
    signed = states.signed(taken(new, BOAT.target, by="bob", today=DAY), by="eve")
    sides = [catalog(BOAT), catalog(signed)]
    found = one(merge(catalog(new), *(sides[::-1] if swapped else sides)))
    assert state(found) is State.REVIEWED
    assert found.mark
    assert found.mark.signed == "eve"


@pytest.mark.parametrize("swapped", [False, True])
def test_doubted_here_signed_there(swapped: bool) -> None:
    """A doubt outweighs a signature: neither is lost, the text is a draft."""
    doubted = states.absorbed(replace(BOAT, fuzzy=True), today=DAY)
    sides = [catalog(doubted), catalog(states.signed(BOAT, by="bob"))]
    found = one(merge(catalog(BOAT), *(sides[::-1] if swapped else sides)))
    assert found == doubted
    assert state(found) is State.DRAFT


@pytest.mark.parametrize("swapped", [False, True])
def test_doubted_elsewhere_and_signed(swapped: bool) -> None:
    """A doubt that no sync has seen yet outweighs a signature, too."""
    doubted = replace(
        BOAT, fuzzy=True, mark=replace(BOAT.mark or Mark(), on="2026-12-01")
    )
    sides = [catalog(doubted), catalog(states.signed(BOAT, by="bob"))]
    found = one(merge(catalog(BOAT), *(sides[::-1] if swapped else sides)))
    assert state(states.absorbed(found, today=DAY)) is State.DRAFT


@pytest.mark.parametrize("swapped", [False, True])
def test_a_signature_taken_back(swapped: bool) -> None:
    """A signature that one side lost since the ancestor does not come back."""
    signed = states.signed(BOAT, by="bob")
    other = replace(signed, mark=replace(signed.mark or Mark(), on="2026-12-01"))
    sides = [catalog(BOAT), catalog(other)]
    found = one(merge(catalog(signed), *(sides[::-1] if swapped else sides)))
    assert state(found) is State.TRANSLATED


@pytest.mark.parametrize("swapped", [False, True])
def test_an_unread_draft_gives_way(swapped: bool) -> None:
    """A machine's text that nobody has read is no conflict with a person's."""
    new = unit(BOAT.source)
    draft = states.drafted(new, "배 9", origin="google", today=DAY)
    sides = [catalog(draft), catalog(BOAT)]
    assert one(merge(catalog(new), *(sides[::-1] if swapped else sides))) == BOAT


@pytest.mark.parametrize("swapped", [False, True])
def test_two_unread_drafts(swapped: bool) -> None:
    """Of two machines' texts the one made for today's source stays."""
    new = unit(BOAT.source)
    old = states.drafted(new, "배 9", origin="google", today=DAY)
    moved = states.drafted(followed(new, LATER), "배 10", origin="pseudo", today=DAY)
    sides = [catalog(old), catalog(moved)]
    assert one(merge(catalog(new), *(sides[::-1] if swapped else sides))) == moved


def test_an_adopted_text_is_a_text() -> None:
    """What an alignment brought in is a person's writing: it conflicts."""
    new = unit(BOAT.source)
    adopted = states.drafted(new, "배가 떠났다.", origin="adopted", today=DAY)
    assert merge(catalog(new), catalog(adopted), catalog(BOAT)).conflicts


def test_left_out_here_translated_there() -> None:
    """Who leaves a segment out and who translates it must talk to each other."""
    new = unit(BOAT.source)
    left_out = replace(new, mark=replace(new.mark or Mark(), omitted="jun"))
    assert merge(catalog(new), catalog(left_out), catalog(BOAT)).conflicts


# --- segments that come and go ----------------------------------------------


@pytest.mark.parametrize("swapped", [False, True])
def test_removed_here_edited_there(swapped: bool) -> None:
    """A removed segment goes obsolete with the text that the other side gave it."""
    better = taken(BOAT, "배는 아홉 시에 떠난다.", by="jun", today=DAY)
    sides = [catalog(obsolete=(BOAT,)), catalog(better)]
    merged = merge(catalog(BOAT), *(sides[::-1] if swapped else sides))
    assert merged == MergedCatalog(catalog(obsolete=(better,)))


@pytest.mark.parametrize("swapped", [False, True])
def test_dropped_here_translated_there(swapped: bool) -> None:
    """A segment that was removed before it had a translation keeps the one that the
    other side wrote, as obsolete."""
    sides = [catalog(), catalog(BOAT)]
    base = catalog(unit(BOAT.source))
    merged = merge(base, *(sides[::-1] if swapped else sides))
    assert [u.target for u in merged.catalog.obsolete] == [BOAT.target]
    assert merged.catalog.units == ()


@pytest.mark.parametrize("swapped", [False, True])
def test_dropped_here_asked_there(swapped: bool) -> None:
    """A person's comment on a segment that was dropped is kept; without it, it goes."""
    new = unit(BOAT.source)
    asked = replace(new, comments=("is that boat a ferry?",))
    for there, left in ((new, 0), (followed(new, LATER), 0), (asked, 1)):
        sides = [catalog(), catalog(there)]
        merged = merge(catalog(new), *(sides[::-1] if swapped else sides))
        assert len(merged.catalog.obsolete) == left
        assert merged.catalog.units == ()


@pytest.mark.parametrize("swapped", [False, True])
def test_revived_here(swapped: bool) -> None:
    """A segment that one side brought back lives, though the other cleaned it away."""
    for there in (catalog(obsolete=(BOAT,)), catalog()):
        sides = [catalog(BOAT), there]
        merged = merge(catalog(obsolete=(BOAT,)), *(sides[::-1] if swapped else sides))
        assert merged == MergedCatalog(catalog(BOAT))


def test_the_same_paragraph_twice() -> None:
    """A paragraph that both sides synced is one unit, with the one translation."""
    first, new = unit("One.", "하나."), unit(BOAT.source)
    assert merge(
        catalog(first), catalog(first, new), catalog(first, BOAT)
    ) == MergedCatalog(catalog(first, BOAT))


def test_a_catalog_that_both_sides_added() -> None:
    """Without an ancestor, equal units are one and two texts are a conflict."""
    nothing = Catalog("", "", "")
    mine = catalog(unit("One.", "하나."), unit("Two.", "둘."), unit("Three."))
    yours = catalog(
        unit("One.", "하나."), unit("Two.", "두 개."), unit("Three.", "셋.")
    )
    merged = merge(nothing, mine, yours)
    assert [u.target for u in merged.catalog.units] == ["하나.", "둘.", "셋."]
    assert [c.theirs.target for c in merged.conflicts] == ["두 개."]
    assert merged.catalog.source == "sources/a.md"


def test_order() -> None:
    """Each side's new segments stand after their predecessors, in our order; if only
    the other side moved some, in its order."""
    a, b, c, x, y, z = (unit(text) for text in "abcxyz")

    def merged(*sides: tuple[Unit, ...]) -> str:
        found = merge(*(catalog(*side) for side in sides)).catalog.units
        return "".join(u.source for u in found)

    assert merged((a, b, c), (a, x, b, c), (y, a, b, z, c)) == "yaxbzc"
    assert merged((a, b, c), (a, x, b, c), (c, a, b)) == "caxb"
    assert merged((a, b, c), (c, a, b), (a, x, b, c)) == "caxb"
    assert merged((a, b, c), (c, b, a), (b, a, c)) == "cba"
    assert merged((a, b, c), (a, c), (a, b, x, y)) == "axy"


# --- what stands around a target --------------------------------------------


def test_comments_flags_and_notes() -> None:
    """Comments and flags come and go as either side had it; kind and note are those of
    the newer source, or of the side that changed them."""
    was = replace(BOAT, comments=("a", "b", "b"), flags=("c-format",), note="ferry")
    mine = replace(was, comments=("a", "x", "b", "b"), flags=("c-format", "no-wrap"))
    yours = replace(
        followed(was, LATER), comments=("b", "y", "b"), flags=(), note="steamer"
    )
    found = one(merge(catalog(was), catalog(mine), catalog(yours)))
    assert sorted(found.comments) == ["b", "b", "x", "y"]
    assert found.flags == ("no-wrap",)
    assert found.note == "steamer"
    renoted = replace(was, note="a small boat")
    assert (
        one(merge(catalog(was), catalog(mine), catalog(renoted))).note == "a small boat"
    )


def test_header() -> None:
    """Header fields are merged one by one, and an article that one side renamed has
    its new name."""
    base = replace(catalog(BOAT), header=(("X-Team", "a"), ("X-Old", "1")))
    ours = replace(base, header=(("X-Team", "b"), ("X-Old", "1")), tail=("# end",))
    theirs = replace(
        base,
        source="sources/b.md",
        header=(("X-Team", "a"), ("X-New", "2")),
        header_comment=("by jun",),
    )
    found = merge(base, ours, theirs).catalog
    assert dict(found.header) == {"X-Team": "b", "X-New": "2"}
    assert found.source == "sources/b.md"
    assert (found.header_comment, found.tail) == (("by jun",), ("# end",))


FOREIGN = 'msgid ""\nmsgstr ""\n"Project-Id-Version: ours 1\\n"\n"Language: ko\\n"\n'


def foreign(*entries: tuple[str, str]) -> Catalog:
    """Return a catalog of another tool: neither marks nor ids."""
    text = FOREIGN + "".join(f'\nmsgid "{s}"\nmsgstr "{t}"\n' for s, t in entries)
    return parse(text, name="a.po")


def test_catalogs_of_another_tool() -> None:
    """Entries without ids are one if their msgids are; the result does not become ours,
    for then its texts would count as drafts."""
    merged = merge(
        foreign(("One", ""), ("Two", "")),
        foreign(("One", "하나"), ("Two", "")),
        foreign(("One", ""), ("Two", "둘"), ("Three", "셋")),
    )
    assert not merged.conflicts
    text = written(merged)
    assert "X-" not in text
    assert '"Project-Id-Version: ours 1\\n"' in text
    again = parse(text, name="a.po")
    assert again.foreign
    assert [u.target for u in again.units] == ["하나", "둘", "셋"]


def test_two_texts_of_another_tool() -> None:
    """Without ids, too, two texts are one conflict."""
    base, mine, yours = (foreign(("One", text)) for text in ("", "하나", "한 개"))
    merged = merge(base, mine, yours)
    assert len(merged.conflicts) == 1
    assert written(merged).count("<<<<<<< ours\n") == 1


def test_taken_in_on_one_side_only() -> None:
    """Where one side has taken a catalog in and the other not yet, its entries are
    found by their msgids; what has no mark is a draft at the next sync."""
    one_, two = unit("One", "하나"), unit("Two")
    base = foreign(("One", "하나"), ("Two", ""))
    merged = merge(base, catalog(one_, two), foreign(("One", "하나"), ("Two", "둘")))
    assert merged.catalog.units[0] == one_
    added = merged.catalog.units[1]
    assert (added.id, added.target) == (two.id, "둘")
    assert not merged.catalog.foreign
    assert state(states.absorbed(added, today=DAY)) is State.DRAFT


# --- files ------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[Path]]:
    """Write three versions into files."""

    def write(*versions: Catalog | str) -> list[Path]:
        paths = [tmp_path / name for name in ("base", "ours", "theirs")]
        for path, version in zip(paths, versions, strict=True):
            text = version if isinstance(version, str) else dump(version)
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def test_merge_files(files: Callable[..., list[Path]]) -> None:
    """The result is written over ours; without ancestor its file is empty."""
    paths = files("", catalog(unit("One.", "하나.")), catalog(BOAT))
    assert merge_files(*paths, name="a.po") == ()
    found = parse(paths[1].read_text(), name="a.po")
    assert {u.target for u in found.units} == {"하나.", BOAT.target}
    assert merge_files(*files("", catalog(BOAT), catalog(unit(BOAT.source, "배"))))


def test_an_ancestor_with_conflicts(files: Callable[..., list[Path]]) -> None:
    """Of an ancestor that is itself a merge with conflicts the other entries count; one
    that cannot be read counts as none."""
    new = unit(BOAT.source)
    mine, yours = unit(BOAT.source, "배 1"), unit(BOAT.source, "배 2")
    past = written(merge(*(catalog(u, unit("Two.")) for u in (new, mine, yours))))
    assert "<<<<<<< ours" in past
    sides = catalog(mine, unit("Two.", "둘.")), catalog(mine, unit("Two."))
    for ancestor in (past, "not a catalog"):
        paths = files(ancestor, *sides)
        assert merge_files(*paths) == ()
        texts = [u.target for u in parse(paths[1].read_text(), name="a").units]
        assert texts == ["배 1", "둘."]


@pytest.mark.parametrize("broken", [1, 2])
def test_a_version_that_cannot_be_read(
    files: Callable[..., list[Path]], broken: int
) -> None:
    """A broken version is named with its line; our file stays as it was."""
    versions: list[Catalog | str] = [catalog(BOAT)] * 3
    versions[broken] = '<<<<<<< ours\nmsgid "a"\n'
    paths = files(*versions)
    before = paths[1].read_bytes()
    with pytest.raises(FlowError) as caught:
        merge_files(*paths, name="translations/ko/boat.po")
    side = ("ours", "theirs")[broken - 1]
    assert str(caught.value) == (
        f"translations/ko/boat.po ({side}):1: git conflict markers; the file keeps our "
        "version and has nothing of theirs: call the merge off (git merge --abort), "
        "mend the version that is named, and merge again"
    )
    assert paths[1].read_bytes() == before


def test_a_place_and_a_text() -> None:
    """One moves a unit in the translation's order and names what was added, the other
    words it anew: both stand."""
    base = unit(BOAT.source, "배는 9시에 떠난다.\n\n편집자 주.")
    placed = states.with_added(states.put(base, "^"), [2])
    worded = unit(BOAT.source, "배는 아홉 시에 떠난다.\n\n편집자 주.", by="jun")
    for ours, theirs in ((placed, worded), (worded, placed)):
        merged = one(merge(catalog(base), catalog(ours), catalog(theirs)))
        assert merged.target == worded.target
        assert merged.mark is not None
        assert merged.mark.at == "^"
        assert states.is_added("편집자 주.", merged.mark)
        assert states.state(merged) is State.TRANSLATED
