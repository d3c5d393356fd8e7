"""States are derived from an entry alone, and never better than the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.errors import FlowError
from translate_flow.model import Accepted, Mark, State, Unit
from translate_flow.state import (
    absorbed,
    born,
    cleared,
    drafted,
    edited_elsewhere,
    emptied,
    exact,
    fingerprint,
    followed,
    joined_to,
    left_out,
    outdated,
    pair,
    refilled,
    signed,
    signed_with,
    state,
    still_covered,
    taken,
    typed_elsewhere,
    unread,
    unset,
)

OLD, NEW, THIRD = "The boat leaves at 9.", "The boat leaves at 10.", "No boat leaves."
KO, KO2 = "배는 9시에 떠난다.", "배는 10시에 떠난다."
DAY, NEXT_DAY = "2026-11-23", "2026-11-24"


def ok(source: str = OLD, target: str = KO) -> Accepted:
    """What a person took as right."""
    return Accepted(fingerprint(source), exact(target))


def unit(
    source: str = OLD,
    target: str = KO,
    *,
    fuzzy: bool = False,
    src: str | None = OLD,
    tgt: str | None = KO,
    flagged: str | None = None,
    **mark: object,
) -> Unit:
    """Make a unit; ``src``, ``tgt`` and ``flagged`` are texts to be hashed."""
    hashes = {
        "src": "" if src is None else fingerprint(src),
        "tgt": "" if tgt is None else exact(tgt),
        "flagged_for": "" if flagged is None else fingerprint(flagged),
    }
    return Unit("k1", source, target, Mark(**hashes, **mark), fuzzy)  # type: ignore[arg-type]


EMPTY = born(Unit("k1", OLD))
DRAFTED = drafted(EMPTY, KO, origin="google", today=DAY)
TAKEN = taken(EMPTY, KO, by="mina", today=DAY)
SIGNED = signed(TAKEN, by="bob")
DRIFTED = followed(SIGNED, NEW)

# --- fingerprints -----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [" The  boat\nleaves at\t9. ", "The boat\u3000leaves\u2028at 9.", f"\n{OLD}"],
)
def test_wrapping_is_no_change_of_a_source(text: str) -> None:
    """Runs of white space of any kind are one, and none at the ends."""
    assert fingerprint(text) == fingerprint(OLD)


def test_normalisation_is_no_change_of_a_source() -> None:
    """Hangul typed as letters or as syllables is the same text."""
    assert fingerprint("\u1112\u1161\u11ab") == fingerprint("\ud55c")
    assert exact("\u1112\u1161\u11ab") != exact("\ud55c")


@given(st.text(), st.text())
def test_targets_are_compared_letter_for_letter(one: str, other: str) -> None:
    """Any difference of a target shows in its hash, and none without one."""
    assert (exact(one) == exact(other)) == (one == other)
    assert len(fingerprint(one)) == 32


def test_space_between_words_counts() -> None:
    """A blank that parts or joins words is a change of both."""
    assert fingerprint("아버지가 방에") != fingerprint("아버지 가방에")
    assert fingerprint("a b") != fingerprint("ab")


# --- the table of states ----------------------------------------------------

TABLE = [
    # omitted
    ("left out on purpose", unit(target="", tgt=None, omitted="mina"), State.OMITTED),
    ("left out, wrapped anew",
     unit(f"  {OLD}", target="", tgt=None, omitted="mina"), State.OMITTED),
    ("left out, flagged by somebody",
     unit(target="", tgt=None, fuzzy=True, omitted="mina"), State.OMITTED),
    ("left out, then the source moved",
     unit(NEW, target="", tgt=None, omitted="mina"), State.UNTRANSLATED),
    ("left out, but a text was typed in",
     unit(tgt=None, omitted="mina"), State.TRANSLATED),
    # untranslated
    ("born", EMPTY, State.UNTRANSLATED),
    ("nothing known", Unit("k1", OLD), State.UNTRANSLATED),
    ("emptied elsewhere", unit(target=""), State.UNTRANSLATED),
    ("emptied after it was signed",
     unit(target="", ok=ok(), signed="bob"), State.UNTRANSLATED),
    # reviewed
    ("signed", SIGNED, State.REVIEWED),
    ("signed, wrapped anew", replace(SIGNED, source=f"{OLD}\n"), State.REVIEWED),
    ("signed, then flagged", replace(SIGNED, fuzzy=True), State.DRAFT),
    ("signed, then the source moved", replace(SIGNED, source=NEW), State.DRIFTED),
    ("signed without anything taken",
     unit(signed="bob", draft=exact(KO)), State.DRAFT),
    ("signed for another target", unit(ok=ok(OLD, KO2), signed="bob"), State.DRAFT),
    # translated
    ("taken", TAKEN, State.TRANSLATED),
    ("taken, stamps lost", unit(src=None, tgt=None, ok=ok()), State.TRANSLATED),
    ("taken, then flagged", replace(TAKEN, fuzzy=True), State.DRAFT),
    ("taken, then edited elsewhere", replace(TAKEN, target=KO2), State.TRANSLATED),
    ("signed, then edited elsewhere", replace(SIGNED, target=KO2), State.TRANSLATED),
    ("taken, edited and flagged", replace(TAKEN, target=KO2, fuzzy=True), State.DRAFT),
    ("typed into an empty entry", replace(EMPTY, target=KO), State.TRANSLATED),
    ("typed and flagged", replace(EMPTY, target=KO, fuzzy=True), State.DRAFT),
    ("no mark", Unit("k1", OLD, KO), State.TRANSLATED),
    ("no mark, flagged", Unit("k1", OLD, KO, fuzzy=True), State.DRAFT),
    ("typed for the source it drifted to",
     replace(DRIFTED, target=KO2, fuzzy=False), State.TRANSLATED),
    # drifted
    ("drifted", DRIFTED, State.DRIFTED),
    ("drifted, flag taken off", replace(DRIFTED, fuzzy=False), State.DRIFTED),
    ("drifted, typed and flagged", replace(DRIFTED, target=KO2), State.DRIFTED),
    ("msgid and msgstr from two branches",
     replace(TAKEN, source=NEW, target=KO2), State.DRIFTED),
    ("flagged by sync, source restored by hand",
     replace(DRIFTED, source=OLD), State.DRAFT),
    # draft
    ("machine text", DRAFTED, State.DRAFT),
    ("machine text, flag taken off", replace(DRAFTED, fuzzy=False), State.DRAFT),
    ("machine text, source moved", replace(DRAFTED, source=NEW), State.DRAFT),
    ("machine text, typed over elsewhere",
     replace(DRAFTED, target=KO2, fuzzy=False), State.TRANSLATED),
    ("machine text, typed over and flagged",
     replace(DRAFTED, target=KO2), State.DRAFT),
    ("typed for a source that is gone",
     replace(DRAFTED, source=NEW, target=KO2, fuzzy=False), State.DRAFT),
    ("an unreadable mark", Unit("k1", OLD, KO, Mark(extra=(("x", ""),))), State.DRAFT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "wanted"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_states(entry: Unit, wanted: State) -> None:
    """The first rule that holds decides."""
    assert state(entry) is wanted


HASHES = st.sampled_from(["", *map(fingerprint, (OLD, NEW)), *map(exact, (KO, KO2))])
ANY = st.builds(
    Unit,
    id=st.just("k1"),
    source=st.sampled_from([OLD, NEW]),
    target=st.sampled_from(["", KO, KO2]),
    mark=st.none()
    | st.builds(
        Mark,
        src=HASHES,
        tgt=HASHES,
        draft=HASHES,
        flagged_for=HASHES,
        ok=st.none() | st.builds(Accepted, HASHES, HASHES),
        signed=st.sampled_from(["", "bob"]),
        omitted=st.sampled_from(["", "mina"]),
    ),
    fuzzy=st.booleans(),
)
FINISHED = (State.TRANSLATED, State.REVIEWED)


@given(ANY)
def test_finished_needs_a_person(any_unit: Unit) -> None:
    """Whatever a mark says: without a person's act for just these two texts, or an edit
    that it does not know, a target is not finished; and a flag always tells."""
    found = state(any_unit)
    mark = any_unit.mark or Mark()
    if found is State.REVIEWED:
        assert mark.ok == pair(any_unit)
        assert mark.signed
    if found in FINISHED:
        assert not any_unit.fuzzy
        assert mark.ok == pair(any_unit) or edited_elsewhere(any_unit)
    if found is State.OMITTED:
        assert not any_unit.target


@given(ANY, st.sampled_from([OLD, NEW, THIRD]))
def test_a_sync_makes_no_state_better(any_unit: Unit, text: str) -> None:
    """What was not finished for a text is not finished for it after a sync, unless it
    is what a person took; and a sync never touches a target."""
    after = followed(absorbed(any_unit, today=NEXT_DAY), text)
    assert after.target == any_unit.target
    if state(after) in FINISHED:
        same = fingerprint(text) == fingerprint(any_unit.source)
        was_taken = any_unit.mark is not None and any_unit.mark.ok == pair(after)
        assert was_taken or (same and state(any_unit) in FINISHED)
    if state(after) is State.REVIEWED:
        assert any_unit.mark is not None
        assert any_unit.mark.signed


@given(ANY, st.sampled_from([OLD, NEW, THIRD]))
def test_a_second_sync_changes_nothing(any_unit: Unit, text: str) -> None:
    """Absorbing and following once more gives the same unit."""
    once = followed(absorbed(any_unit, today=DAY), text)
    assert followed(absorbed(once, today=NEXT_DAY), text) == once


# --- questions --------------------------------------------------------------


def test_a_draft_is_outdated_when_its_source_moved() -> None:
    """A draft of another source stays a draft, and is known to be of that source."""
    moved = followed(DRAFTED, NEW)
    assert (state(moved), outdated(moved)) == (State.DRAFT, True)
    assert moved.previous == OLD
    assert not outdated(DRAFTED)
    back = followed(moved, OLD)
    assert back == DRAFTED


def test_what_was_emptied_is_known() -> None:
    """A target that the mark knows and that is gone was taken away; one that was left
    out, joined or never there was not."""
    assert emptied(replace(TAKEN, target=""))
    assert emptied(replace(DRAFTED, target=""))
    assert not emptied(EMPTY)
    assert not emptied(TAKEN)
    assert not emptied(Unit("k1", OLD))
    assert not emptied(unit(target="", omitted="mina"))
    assert not emptied(unit(target="", joined="k2"))


def test_flags_taken_off_elsewhere_are_known() -> None:
    """Unflagged drafts and drifted units can be listed; nothing else is."""
    assert cleared(replace(DRAFTED, fuzzy=False))
    assert cleared(replace(DRIFTED, fuzzy=False))
    for other in (DRAFTED, DRIFTED, TAKEN, EMPTY, replace(TAKEN, target=KO2)):
        assert not cleared(other)


def test_unread_machine_text_is_known() -> None:
    """Only a draft that stands letter for letter as the machine wrote it is unread."""
    assert unread(DRAFTED)
    assert unread(replace(DRAFTED, fuzzy=False))
    assert not unread(replace(DRAFTED, target=KO2))
    assert not unread(taken(DRAFTED, None, by="mina", today=DAY))
    assert not unread(TAKEN)


def test_what_was_typed_elsewhere_is_known() -> None:
    """A target that the mark does not know was typed in another editor."""
    assert typed_elsewhere(replace(TAKEN, target=KO2))
    assert not typed_elsewhere(TAKEN)
    assert not typed_elsewhere(EMPTY)
    assert not typed_elsewhere(Unit("k1", OLD, KO))


# --- acts -------------------------------------------------------------------


def test_a_draft_says_where_it_came_from() -> None:
    """The mark of a draft has origin, hash, date and both stamps, and no acceptance."""
    assert DRAFTED.fuzzy
    assert DRAFTED.mark == Mark(
        origin="google", draft=exact(KO), on=DAY, src=fingerprint(OLD), tgt=exact(KO)
    )


def test_a_draft_replaces_an_unread_one_only() -> None:
    """A machine never writes over a person's text or decision."""
    again = drafted(DRAFTED, KO2, origin="memory", today=NEXT_DAY, conf="0.9")
    assert (again.target, again.mark and again.mark.conf) == (KO2, "0.9")
    for settled in (
        TAKEN,
        SIGNED,
        DRIFTED,
        replace(DRAFTED, target=KO2),
        replace(TAKEN, target=""),
        unit(target="", tgt=None, omitted="mina"),
        unit(target="", tgt=None, joined="k2"),
        Unit("k1", OLD, KO),
    ):
        with pytest.raises(FlowError, match="unit k1"):
            drafted(settled, KO2, origin="google", today=NEXT_DAY)


def test_setting_a_target_takes_it() -> None:
    """A text that a person sets is his, and right for its source."""
    assert TAKEN.mark == Mark(
        origin="human",
        on=DAY,
        src=fingerprint(OLD),
        tgt=exact(KO),
        ok=ok(),
        by="mina",
    )
    assert not TAKEN.fuzzy


def test_accepting_keeps_origin_draft_and_date() -> None:
    """Machine text that is taken as it is stays labelled; the text did not change."""
    after = taken(DRAFTED, None, by="mina", today=NEXT_DAY)
    mark = after.mark or Mark()
    assert (mark.origin, mark.draft, mark.on) == ("google", exact(KO), DAY)
    assert (mark.ok, mark.by, state(after)) == (ok(), "mina", State.TRANSLATED)


def test_accepting_what_was_typed_elsewhere_dates_the_change() -> None:
    """The date is that of the last change of the target, whoever made it."""
    after = taken(replace(TAKEN, target=KO2), None, by="bob", today=NEXT_DAY)
    mark = after.mark or Mark()
    assert (mark.on, mark.by, mark.ok) == (NEXT_DAY, "bob", ok(OLD, KO2))


def test_accepting_again_changes_nothing() -> None:
    """Neither who took it nor who signed it is forgotten."""
    assert taken(SIGNED, None, by="eve", today=NEXT_DAY) == SIGNED
    assert taken(SIGNED, KO, by="eve", today=NEXT_DAY) == SIGNED


@pytest.mark.parametrize("target", [KO2, None])
def test_a_change_of_what_is_right_removes_the_signature(target: str | None) -> None:
    """A reviewer signed two texts, not one."""
    after = taken(DRIFTED, target, by="mina", today=NEXT_DAY)
    mark = after.mark or Mark()
    assert (mark.signed, mark.flagged_for, after.previous) == ("", "", None)
    assert (mark.src, mark.tgt) == (fingerprint(NEW), exact(target or KO))
    assert state(after) is State.TRANSLATED


@pytest.mark.parametrize("target", [None, "", " \n"])
def test_there_must_be_something_to_take(target: str | None) -> None:
    """Nothing cannot be accepted, nor set."""
    with pytest.raises(FlowError, match="unit k1 has no translation to take"):
        taken(EMPTY, target, by="mina", today=DAY)


def test_taking_ends_omission_and_joining() -> None:
    """A segment with a text of its own is neither left out nor covered by another."""
    left_out = unit(
        target="", tgt=None, omitted="mina", joined="k2", ok=ok(), signed="b"
    )
    mark = taken(left_out, KO2, by="bob", today=DAY).mark or Mark()
    assert (mark.omitted, mark.joined, mark.signed) == ("", "", "")


def test_unsetting_forgets_all_but_what_is_unknown() -> None:
    """A person who takes a target away gets an untranslated unit, and no alarm."""
    mark = replace(SIGNED.mark or Mark(), extra=(("later", "x"),))
    after = unset(replace(DRIFTED, source=OLD, mark=mark, comments=("note",)))
    assert after.mark == Mark(src=fingerprint(OLD), extra=(("later", "x"),))
    assert (after.target, after.comments) == ("", ("note",))
    assert (after.fuzzy, after.previous) == (False, None)
    assert not emptied(after)


COVER = replace(TAKEN, id="k2", source=NEW)
SETTLED = [TAKEN, DRIFTED, replace(DRAFTED, target=KO2), Unit("k1", OLD, KO)]


def test_a_segment_is_left_out_for_its_source() -> None:
    """A draft goes, what is unknown stays, and the decision is for this text only."""
    mark = replace(DRAFTED.mark or Mark(), extra=(("later", "x"),))
    draft = replace(DRAFTED, mark=mark, previous=NEW)
    after = left_out(draft, by="mina", today=DAY)
    assert (after.target, after.fuzzy, after.previous) == ("", False, None)
    assert state(after) is State.OMITTED
    assert after.mark == Mark(
        omitted="mina", on=DAY, src=fingerprint(OLD), extra=(("later", "x"),)
    )
    assert not emptied(after)
    assert state(followed(after, NEW)) is State.UNTRANSLATED


def test_a_segment_is_joined_to_the_one_that_covers_it() -> None:
    """What a person takes as right is its source with the other one's target."""
    after = joined_to(DRAFTED, COVER, by="mina", today=DAY)
    wanted = Accepted(fingerprint(OLD), exact(KO))
    assert after.mark == Mark(
        joined="k2", on=DAY, src=fingerprint(OLD), ok=wanted, by="mina"
    )
    assert (after.target, after.fuzzy, emptied(after)) == ("", False, False)
    assert still_covered(after, "k2")
    for other in (
        followed(after, NEW),
        absorbed(replace(after, target=KO2), today=DAY),
        EMPTY,
    ):
        assert not still_covered(other, "k2")
    assert not still_covered(after, "k3")


def test_joining_again_keeps_a_signature_of_the_same_texts() -> None:
    """It goes with any change of what was accepted."""
    after = joined_to(EMPTY, COVER, by="mina", today=DAY)
    reviewed = signed_with(after, COVER, by="bob")
    assert (reviewed.mark or Mark()).signed == "bob"
    again = joined_to(reviewed, COVER, by="mina", today=NEXT_DAY)
    assert (again.mark or Mark()).signed == "bob"
    changed = replace(COVER, target=KO2)
    assert (joined_to(reviewed, changed, by="m", today=DAY).mark or Mark()).signed == ""
    assert signed_with(after, changed, by="bob") == after


@pytest.mark.parametrize("settled", SETTLED)
def test_a_person_s_text_is_neither_left_out_nor_joined(settled: Unit) -> None:
    """It must be taken away first, in so many words."""
    with pytest.raises(FlowError, match="holds a person's text") as left:
        left_out(settled, by="mina", today=DAY)
    with pytest.raises(FlowError, match="holds a person's text") as joined:
        joined_to(settled, COVER, by="mina", today=DAY)
    assert left.value.unit == joined.value.unit == settled.id


def test_only_a_translation_of_its_own_covers_another() -> None:
    """An empty one, a covered one and the unit itself do not."""
    covered = joined_to(replace(EMPTY, id="k3"), COVER, by="mina", today=DAY)
    with pytest.raises(FlowError, match="unit k4 has no translation") as none:
        joined_to(EMPTY, replace(COVER, id="k4", target=""), by="mina", today=DAY)
    assert none.value.unit == "k4"
    for cover in (replace(COVER, id="k1"), replace(covered, target=KO)):
        with pytest.raises(FlowError, match="is itself covered"):
            joined_to(EMPTY, cover, by="mina", today=DAY)


@pytest.mark.parametrize("entry", [EMPTY, DRAFTED, DRIFTED, replace(TAKEN, fuzzy=True)])
def test_only_what_is_accepted_can_be_signed(entry: Unit) -> None:
    """A reviewer cannot sign what no translator took."""
    with pytest.raises(FlowError, match="only accepted targets can be signed"):
        signed(entry, by="bob")


def test_what_was_edited_elsewhere_is_signed_after_a_sync() -> None:
    """The signature belongs to a known acceptance."""
    typed = replace(TAKEN, target=KO2)
    with pytest.raises(FlowError, match="was edited elsewhere"):
        signed(typed, by="bob")
    assert state(signed(absorbed(typed, today=DAY), by="bob")) is State.REVIEWED


# --- absorbing what other editors did ---------------------------------------


def test_nothing_to_absorb_changes_nothing() -> None:
    """A unit that nobody touched is the same unit."""
    for entry in (EMPTY, DRAFTED, TAKEN, SIGNED, DRIFTED):
        assert absorbed(entry, today=NEXT_DAY) == entry


@pytest.mark.parametrize("before", [EMPTY, DRAFTED, TAKEN, SIGNED, DRIFTED])
def test_a_typed_target_is_taken_for_the_source_it_stands_with(before: Unit) -> None:
    """Typed and not flagged: a person took it, nobody knows who, and nobody signed."""
    after = absorbed(replace(before, target="딴 말.", fuzzy=False), today=NEXT_DAY)
    mark = after.mark or Mark()
    assert (state(after), mark.ok, mark.on) == (State.TRANSLATED, pair(after), NEXT_DAY)
    assert (mark.by, mark.signed, mark.flagged_for) == ("", "", "")
    assert mark.draft == (before.mark or Mark()).draft
    assert after.previous is None


def test_a_typed_target_left_flagged_is_stamped() -> None:
    """It stays what it was, and the next change will be seen as one."""
    for before, wanted in (
        (EMPTY, State.DRAFT),
        (DRAFTED, State.DRAFT),
        (SIGNED, State.DRAFT),
        (DRIFTED, State.DRIFTED),
    ):
        after = absorbed(replace(before, target=KO2, fuzzy=True), today=NEXT_DAY)
        mark = after.mark or Mark()
        assert state(after) is wanted
        assert (mark.tgt, mark.on) == (exact(KO2), NEXT_DAY)
        assert state(absorbed(replace(after, fuzzy=False), today=DAY)) is wanted


def test_a_doubt_removes_acceptance_and_signature() -> None:
    """A flag that sync did not set, on an accepted entry, is a person's; taking it off
    again does not bring the acceptance back."""
    after = absorbed(replace(SIGNED, fuzzy=True), today=NEXT_DAY)
    mark = after.mark or Mark()
    assert (mark.ok, mark.by, mark.signed) == (None, "", "")
    assert mark.on == DAY
    assert state(after) is State.DRAFT
    assert state(absorbed(replace(after, fuzzy=False), today=NEXT_DAY)) is State.DRAFT


def test_a_doubt_is_about_the_source_that_stands_there() -> None:
    """The doubted text is one for that source, not an outdated one, whatever the mark
    was stamped with; and no later sync thinks otherwise."""
    odd = unit(fuzzy=True, src=NEW, ok=ok(), by="mina", signed="bob")
    for after in (
        absorbed(odd, today=DAY),
        followed(absorbed(replace(odd, source=NEW), today=DAY), OLD),
    ):
        mark = after.mark or Mark()
        assert (state(after), outdated(after)) == (State.DRAFT, False)
        assert (mark.ok, mark.by, mark.signed) == (None, "", "")
        assert followed(absorbed(after, today=DAY), OLD) == after


def test_a_flag_that_sync_set_for_another_text_is_a_doubt() -> None:
    """Only a flag for the very msgid that stands there is sync's to take off."""
    merged = unit(NEW, fuzzy=True, flagged=THIRD, ok=ok(), by="mina")
    back = followed(absorbed(merged, today=DAY), OLD)
    assert (back.fuzzy, state(back)) == (True, State.DRAFT)


def test_the_flag_of_sync_is_no_doubt() -> None:
    """A drifted unit keeps what it was accepted for."""
    assert absorbed(DRIFTED, today=NEXT_DAY).mark == DRIFTED.mark


def test_a_flag_taken_off_is_no_acceptance() -> None:
    """Text unchanged and flag gone: nobody says that he read it. The flag is not set
    again, so that what was cleared elsewhere can be listed."""
    for before in (DRAFTED, DRIFTED):
        after = absorbed(replace(before, fuzzy=False), today=NEXT_DAY)
        assert state(after) is state(before)
        assert after.mark == before.mark
        assert followed(after, before.source) == after


def test_a_target_typed_for_another_source_is_a_draft() -> None:
    """The msgid is not the one that the mark knows: a merge, or a tool, put the two
    together."""
    for before in (DRAFTED, TAKEN, SIGNED):
        after = absorbed(replace(before, source=NEW, target=KO2), today=NEXT_DAY)
        assert state(after) is State.DRAFT
        assert (after.fuzzy, (after.mark or Mark()).by) == (True, "")


def test_what_only_a_merge_put_together_is_a_draft() -> None:
    """The question is asked for edits that nobody may have seen together, and only
    for those."""
    asked: list[Unit] = []

    def merge_made(entry: Unit) -> bool:
        asked.append(entry)
        return True

    typed = replace(TAKEN, target=KO2)
    after = absorbed(typed, today=NEXT_DAY, merge_made=merge_made)
    assert (state(after), after.fuzzy) == (State.DRAFT, True)
    assert (after.mark or Mark()).ok is None
    for entry in (TAKEN, SIGNED, DRAFTED, EMPTY, replace(TAKEN, fuzzy=True)):
        absorbed(entry, today=NEXT_DAY, merge_made=merge_made)
    assert asked == [typed]


def test_a_lost_mark_is_a_doubt() -> None:
    """In a catalog of ours an entry without a mark lost it: nobody can say more."""
    after = absorbed(Unit("k1", OLD, KO), today=NEXT_DAY)
    assert (state(after), after.fuzzy) == (State.DRAFT, True)
    assert after.mark == Mark(src=fingerprint(OLD), tgt=exact(KO))
    assert absorbed(Unit("k1", OLD), today=NEXT_DAY) == EMPTY


def test_a_text_typed_into_an_omission_ends_it() -> None:
    """So it does into a unit that another one covered."""
    for entry in (
        unit(OLD, KO2, tgt=None, omitted="mina"),
        unit(OLD, KO2, tgt=None, joined="k2", ok=ok(OLD, KO), signed="bob"),
    ):
        after = absorbed(entry, today=NEXT_DAY)
        mark = after.mark or Mark()
        assert (mark.omitted, mark.joined, mark.signed) == ("", "", "")
        assert (mark.ok, state(after)) == (pair(after), State.TRANSLATED)
        mark = absorbed(replace(entry, fuzzy=True), today=DAY).mark or Mark()
        assert (mark.omitted, mark.joined, mark.ok) == ("", "", None)


def test_what_was_put_back_is_what_it_was() -> None:
    """An emptied target returns with its state; a flag that the tool took off, too."""
    for before in (DRAFTED, TAKEN, SIGNED, DRIFTED):
        empty = replace(before, target="", fuzzy=False)
        after = refilled(empty, before.target)
        assert (after.fuzzy, state(after)) == (before.fuzzy, state(before))


# --- following the source ---------------------------------------------------


def test_an_edited_source_leaves_its_target_behind() -> None:
    """The flag is set, what it was accepted for stays, and so does the signature's
    record, which counts again when the texts do."""
    assert DRIFTED.fuzzy
    assert DRIFTED.previous == OLD
    assert DRIFTED.mark == replace(SIGNED.mark or Mark(), flagged_for=fingerprint(NEW))


def test_the_accepted_text_is_kept_through_later_edits() -> None:
    """Drift is measured against what was accepted, not against the last version."""
    again = followed(DRIFTED, THIRD)
    assert (again.previous, again.source) == (OLD, THIRD)
    assert (again.mark or Mark()).flagged_for == fingerprint(THIRD)
    assert state(again) is State.DRIFTED


def test_a_source_that_returns_brings_the_state_back() -> None:
    """When both texts are again what was signed, the unit is again what it was."""
    assert followed(DRIFTED, OLD) == SIGNED
    assert followed(followed(DRIFTED, THIRD), OLD) == SIGNED
    assert followed(replace(DRIFTED, fuzzy=False), OLD) == SIGNED


def test_a_doubt_stays_when_the_source_returns() -> None:
    """A person's flag is not cleared by anything that the author does."""
    doubted = absorbed(replace(TAKEN, fuzzy=True), today=DAY)
    moved = absorbed(followed(doubted, NEW), today=DAY)
    back = followed(moved, OLD)
    assert (back.fuzzy, state(back)) == (True, State.DRAFT)


def test_a_doubt_between_two_edits_of_the_source_stays() -> None:
    """Flagged while the source was back by hand and not synced yet."""
    flagged = replace(followed(DRIFTED, OLD), fuzzy=True)
    after = followed(absorbed(flagged, today=DAY), OLD)
    assert state(after) is State.DRAFT


def test_wrapping_changes_nothing_but_the_text() -> None:
    """A source wrapped anew keeps state, mark and flag."""
    for before in (EMPTY, DRAFTED, SIGNED, DRIFTED):
        text = before.source.replace(" ", "\n", 1)
        assert followed(before, text) == replace(before, source=text)


def test_a_target_edited_for_a_source_that_goes_is_a_draft() -> None:
    """Typed for the new source and flagged, then the author takes the edit back: the
    text belongs to neither."""
    typed = absorbed(replace(DRIFTED, target=KO2), today=NEXT_DAY)
    back = followed(typed, OLD)
    assert (back.fuzzy, state(back)) == (True, State.DRAFT)


def test_an_accepted_text_that_is_lost_is_looked_for() -> None:
    """What another tool dropped is searched by its hash; no other text will do."""
    lost = replace(DRIFTED, previous=None)
    assert followed(lost, NEW, recover={fingerprint(OLD): OLD}.get).previous == OLD
    assert followed(lost, NEW).previous is None
    lie = replace(DRIFTED, previous="Something else.")
    assert followed(lie, NEW).previous is None
    assert state(followed(lie, NEW)) is State.DRIFTED


def test_an_empty_unit_follows() -> None:
    """It is stamped with the source that it waits for."""
    after = followed(EMPTY, NEW)
    assert after.mark == Mark(src=fingerprint(NEW))
    assert (after.fuzzy, after.previous) == (False, None)


def test_an_omission_waits_for_its_source() -> None:
    """Left out for one text, it is not left out for another, and is again when the
    text returns."""
    left_out = unit(target="", tgt=None, omitted="mina")
    moved = followed(left_out, NEW)
    assert state(moved) is State.UNTRANSLATED
    assert followed(moved, OLD) == left_out
