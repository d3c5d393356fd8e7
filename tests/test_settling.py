"""What an edit of the source leaves right, carries over, splits or merges in a catalog
by itself; nothing that a person did not take is ever shown as taken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from catalogs import TODAY

from translate_flow import state as states
from translate_flow.catalog import dump, new, parse
from translate_flow.model import Catalog, Change, Segment, State, Unit
from translate_flow.state import pair, state
from translate_flow.sync import SyncResult, sync

FIRST = "The last boat leaves the harbour at nine. It does not wait for anybody."
SECOND = "Nobody on the island has a clock that agrees with the watch of the captain."
TARGETS = {
    FIRST: "막배는 아홉 시에 항구를 떠난다. 누구도 기다리지 않는다.",
    SECOND: "섬에는 선장의 시계와 맞는 시계를 가진 사람이 없다.",
}


def article(*texts: str) -> tuple[Segment, ...]:
    """Make an article of paragraphs."""
    return tuple(Segment(n, "paragraph", text, n) for n, text in enumerate(texts, 1))


def taken(*texts: str, targets: dict[str, str] | None = None) -> Catalog:
    """Return a catalog in which a person took, and another signed, every target."""
    found = {**TARGETS, **(targets or {})}
    catalog = sync(article(*texts), new("a.md", "en", "ko"), today=TODAY).catalog
    units = []
    for unit in catalog.units:
        unit = states.taken(unit, found[unit.source], by="mina", today=TODAY)
        units.append(states.signed(unit, by="bob"))
    return replace(catalog, units=tuple(units))


def followed(
    catalog: Catalog, *texts: str, policy: frozenset[str] = frozenset()
) -> SyncResult:
    """Sync with an edited article; what is written reads back, and a second sync finds
    nothing to do."""
    result = sync(article(*texts), catalog, today=TODAY, policy=policy)
    written = parse(dump(result.catalog), name="a.po")
    assert dump(written) == dump(result.catalog)
    again = sync(article(*texts), written, today=TODAY, policy=policy)
    assert dump(again.catalog) == dump(result.catalog)
    assert again.changes == ()
    return result


def only(result: SyncResult) -> tuple[Unit, Change]:
    """Return the one unit and what is told of it."""
    [unit], [change] = result.catalog.units, result.changes
    return unit, change


# --- kept -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("The “last” boat — leaves.", 'The "last" boat - leaves.', "cosmetic"),
        ("The goverment decided.", "The government decided.", "spelling"),
    ],
)
def test_what_touches_no_translation_keeps_its_state(
    before: str, after: str, named: str
) -> None:
    """Signature, target and state stay; the mark is for the new source."""
    catalog = taken(before, targets={before: "번역"})
    unit, change = only(followed(catalog, after))
    assert (unit.target, unit.fuzzy, unit.previous) == ("번역", False, None)
    assert unit.mark is not None
    assert unit.mark.ok == pair(unit)
    assert (unit.mark.signed, unit.mark.by) == ("bob", "mina")
    assert state(unit) is State.REVIEWED
    assert (change.kind, change.action, change.drift_class) == ("edited", "kept", named)


def test_a_policy_may_be_stricter() -> None:
    """A class that a project never lets pass drifts."""
    catalog = taken(
        "The goverment decided.", targets={"The goverment decided.": "번역"}
    )
    unit, change = only(
        followed(catalog, "The government decided.", policy=frozenset({"spelling"}))
    )
    assert state(unit) is State.DRIFTED
    assert change.action == "drifted"


def test_drift_stays_drift() -> None:
    """A spelling mended after a real edit does not make the translation right."""
    catalog = taken("The goverment fell.", targets={"The goverment fell.": "번역"})
    later = followed(catalog, "The goverment rose.").catalog
    unit, _ = only(followed(later, "The government rose."))
    assert state(unit) is State.DRIFTED
    assert unit.previous == "The goverment fell."


def test_a_doubt_is_not_overruled() -> None:
    """What a person flagged in another editor is not made right by a quiet edit."""
    catalog = taken("The goverment fell.", targets={"The goverment fell.": "번역"})
    doubted = replace(catalog, units=(replace(catalog.units[0], fuzzy=True),))
    unit = followed(doubted, "The government fell.").catalog.units[0]
    assert state(unit) is State.DRAFT


def test_another_target_is_not_taken() -> None:
    """What was typed elsewhere and left fuzzy is no text that a person took."""
    catalog = taken("The goverment fell.", targets={"The goverment fell.": "번역"})
    typed = replace(catalog.units[0], target="다른 번역", fuzzy=True)
    unit = followed(replace(catalog, units=(typed,)), "The government fell.")
    assert state(unit.catalog.units[0]) is not State.TRANSLATED


def test_an_omission_outlives_a_quiet_edit() -> None:
    """What was left out on purpose stays so, and what was joined stays joined."""
    catalog = taken("The goverment fell.", FIRST, targets={"The goverment fell.": "x"})
    gone = states.left_out(states.unset(catalog.units[0]), by="bob", today=TODAY)
    catalog = replace(catalog, units=(gone, catalog.units[1]))
    unit = followed(catalog, "The government fell.", FIRST).catalog.units[0]
    assert state(unit) is State.OMITTED
    unit = followed(catalog, "The government rose.", FIRST).catalog.units[0]
    assert state(unit) is State.UNTRANSLATED


# --- carried ----------------------------------------------------------------


def test_a_link_is_exchanged_in_both() -> None:
    """The target gets the new address; it is accepted, but nobody has signed it."""
    before, after = "See [the list](/a).", "See [the list](/b)."
    catalog = taken(before, targets={before: "[목록](/a)을 보라."})
    unit, change = only(followed(catalog, after))
    assert unit.target == "[목록](/b)을 보라."
    assert unit.mark is not None
    assert (unit.mark.ok, unit.mark.signed) == (pair(unit), "")
    assert state(unit) is State.TRANSLATED
    assert (change.action, change.drift_class) == ("carried", "link")


def test_a_link_beside_a_word_is_not() -> None:
    """An edit that did more leaves the target to a person."""
    before, after = "See [the list](/a).", "See [the table](/b)."
    unit, change = only(followed(taken(before, targets={before: "[목록](/a)"}), after))
    assert unit.target == "[목록](/a)"
    assert (state(unit), change.action) == (State.DRIFTED, "drifted")


# --- split ------------------------------------------------------------------

HALVES = tuple(FIRST.replace(". ", ".|").split("|"))


def test_a_split_paragraph() -> None:
    """The first part keeps id and whole target, drifted; the second gets its sentence
    as a proposal that nobody has taken."""
    catalog = taken(FIRST, SECOND)
    result = followed(catalog, *HALVES, SECOND)
    first, second, _ = result.catalog.units
    assert (first.id, first.target) == (catalog.units[0].id, TARGETS[FIRST])
    assert first.previous == FIRST
    assert state(first) is State.DRIFTED
    assert second.target == "누구도 기다리지 않는다."
    assert second.mark is not None
    assert (second.mark.split_from, second.mark.ok) == (first.id, None)
    assert state(second) is State.DRAFT
    told = [(c.kind, c.action, c.ancestors) for c in result.changes]
    assert told == [
        ("split", "drifted", (first.id,)),
        ("split", "proposed", (first.id,)),
    ]


def test_a_split_taken_back() -> None:
    """Put together again, the paragraph is what it was, signature and all."""
    catalog = taken(FIRST, SECOND)
    split = followed(catalog, *HALVES, SECOND).catalog
    back = followed(split, FIRST, SECOND).catalog
    assert back.units == catalog.units


# --- merged -----------------------------------------------------------------

BOTH = f"{FIRST} {SECOND}"


def test_merged_paragraphs() -> None:
    """The whole is a new unit with both targets, drifted; its parents are kept."""
    catalog = taken(FIRST, SECOND)
    result = followed(catalog, BOTH)
    [whole] = result.catalog.units
    assert whole.target == f"{TARGETS[FIRST]} {TARGETS[SECOND]}"
    assert state(whole) is State.DRIFTED
    assert whole.previous == FIRST
    assert whole.id not in {unit.id for unit in catalog.units}
    assert result.catalog.obsolete == catalog.units
    [change] = result.changes
    assert (change.kind, change.action) == ("merged", "drifted")
    assert change.ancestors == tuple(unit.id for unit in catalog.units)


def test_a_merge_taken_back() -> None:
    """Apart again, both paragraphs are what they were."""
    catalog = taken(FIRST, SECOND)
    back = followed(followed(catalog, BOTH).catalog, FIRST, SECOND).catalog
    assert back.units == catalog.units


def test_a_merge_of_drafts_is_a_draft() -> None:
    """What nobody took, nobody took merged; what machines wrote is fetched anew."""
    catalog = sync(article(FIRST, SECOND), new("a.md", "en", "ko"), today=TODAY).catalog
    drafts = tuple(
        states.drafted(unit, TARGETS[unit.source], origin="google", today=TODAY)
        for unit in catalog.units
    )
    [whole] = followed(replace(catalog, units=drafts), BOTH).catalog.units
    assert (whole.target, state(whole)) == ("", State.UNTRANSLATED)


def test_a_merge_with_an_untranslated_one() -> None:
    """The text that is there is kept, and drifted."""
    catalog = taken(FIRST, SECOND)
    half = replace(catalog, units=(catalog.units[0], states.unset(catalog.units[1])))
    [whole] = followed(half, BOTH).catalog.units
    assert (whole.target, state(whole)) == (TARGETS[FIRST], State.DRIFTED)


# --- moved ------------------------------------------------------------------


def test_moved_and_edited() -> None:
    """A text that was edited and moved keeps its unit, drifted, and both are told."""
    edited = SECOND.replace("captain", "schoolmaster")
    third = "In winter the mail comes twice a week, if the wind allows it to come."
    fourth = "A schoolmaster counted passengers for a year and published the list."
    targets = {third: "셋", fourth: "넷"}
    catalog = taken(SECOND, FIRST, third, fourth, targets=targets)
    result = followed(catalog, FIRST, third, fourth, edited)
    assert result.catalog.units[3].id == catalog.units[0].id
    [change] = result.changes
    assert (change.kind, change.moved, change.action) == ("edited", True, "drifted")
