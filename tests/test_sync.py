"""Sync brings a catalog up to its article, and loses nothing on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from catalogs import TODAY, lived_in, own_articles
from hypothesis import example, given, settings
from hypothesis import strategies as st

from translate_flow import state as states
from translate_flow.article import parse as parse_article
from translate_flow.catalog import dump, new, parse, unit_id
from translate_flow.model import Catalog, Mark, Segment, State, Unit
from translate_flow.state import exact, fingerprint, pair, state
from translate_flow.sync import SyncResult, sync

TEXTS = (
    "The last boat leaves the harbour at nine and does not wait for anybody.",
    "Nobody on the island has a clock that agrees with the captain's watch.",
    "In winter the mail comes twice a week, if the wind allows it to come.",
    "A schoolmaster counted the passengers for a year and published the list.",
    "The assembly answered him with a report of four hundred pages.",
)
EDITED = TEXTS[1].replace("captain's", "schoolmaster's")


def segments(texts: Sequence[str], kind: str = "paragraph") -> tuple[Segment, ...]:
    """Make an article of texts."""
    return tuple(Segment(n, kind, text, n) for n, text in enumerate(texts, 1))


def follow(texts: Sequence[str], catalog: Catalog | None = None) -> Catalog:
    """Return the catalog of an article of these texts."""
    catalog = catalog or new("sources/boat.md", "en", "ko")
    return sync(segments(texts), catalog, today=TODAY).catalog


def settled(texts: Sequence[str] = TEXTS) -> Catalog:
    """Return a catalog in which a person took every target, and signed the first."""
    catalog = follow(texts)
    units = [
        states.taken(unit, f"번역 {n}", by="mina", today=TODAY)
        for n, unit in enumerate(catalog.units)
    ]
    units[0] = states.signed(units[0], by="bob")
    return replace(catalog, units=tuple(units))


def told(result: SyncResult) -> list[tuple[str, str, str]]:
    """Return kind, action and id of what a sync reports."""
    return [(change.kind, change.action, change.id) for change in result.changes]


# --- in another order -------------------------------------------------------


@pytest.mark.parametrize("key", ["source", "id"])
@pytest.mark.parametrize("edited", [False, True])
def test_a_catalog_that_was_sorted_is_no_article_that_moved(
    key: str, edited: bool
) -> None:
    """Entries that another tool put in the order of their texts or their ids come back
    to that of the article; nothing moved, and what the author edited is told."""
    before = settled((*TEXTS, "The end."))
    texts = [EDITED if edited and text == TEXTS[1] else text for text in TEXTS]
    texts.append("The end.")
    units = sorted(before.units, key=lambda unit: str(getattr(unit, key)).encode())
    assert [*before.units] != units
    result = sync(segments(texts), replace(before, units=tuple(units)), today=TODAY)
    assert [unit.source for unit in result.catalog.units] == texts
    assert [unit.target for unit in result.catalog.units] == [
        unit.target for unit in before.units
    ]
    assert [change.kind for change in result.changes] == ["edited"] * edited
    assert not any(change.moved for change in result.changes)


def test_an_article_that_moved_is_told() -> None:
    """What an author moved is told where the catalog has the old order."""
    texts = [TEXTS[-1], *TEXTS[:-1]]
    result = sync(segments(texts), settled(), today=TODAY)
    assert [change.kind for change in result.changes] == ["moved"]


# --- one edit ---------------------------------------------------------------


def test_a_new_article_gets_units_in_order() -> None:
    """Each segment has a stamped, untranslated unit with its kind and note."""
    article = [
        Segment(1, "heading 1", "Harbour", 1),
        Segment(2, "item", "Nets", 3, "N"),
    ]
    result = sync(article, new("sources/boat.md", "en", "ko"), today=TODAY)
    assert [(u.source, u.kind, u.note) for u in result.catalog.units] == [
        ("Harbour", "heading 1", ""),
        ("Nets", "item", "N"),
    ]
    for unit in result.catalog.units:
        assert unit.mark == Mark(src=fingerprint(unit.source))
        assert unit.id == unit_id(unit.source, 0, set())
    assert [change[:2] for change in told(result)] == [("added", "new")] * 2


def test_an_edited_segment_drifts() -> None:
    """Id and target stay, the flag is set, and what was accepted is kept."""
    before = settled()
    result = sync(segments([TEXTS[0], EDITED, *TEXTS[2:]]), before, today=TODAY)
    old, unit = before.units[1], result.catalog.units[1]
    assert told(result) == [("edited", "drifted", old.id)]
    assert (unit.id, unit.target, unit.previous) == (old.id, old.target, TEXTS[1])
    assert (unit.fuzzy, state(unit)) == (True, State.DRIFTED)
    others = [u for u in result.catalog.units if u.id != old.id]
    assert others == [u for u in before.units if u.id != old.id]


def test_an_edit_that_is_taken_back_restores_everything() -> None:
    """The catalog is again what it was, signature included."""
    before = settled()
    edited = follow([TEXTS[0], EDITED, *TEXTS[2:]], before)
    assert follow(TEXTS, edited) == before


def test_a_removed_segment_goes_obsolete_and_returns() -> None:
    """Its target waits at the end and comes back with the paragraph, wherever it is."""
    before = settled()
    result = sync(segments(TEXTS[1:]), before, today=TODAY)
    assert told(result) == [("removed", "obsolete", before.units[0].id)]
    assert result.catalog.obsolete == before.units[:1]
    back = sync(segments([*TEXTS[1:], TEXTS[0]]), result.catalog, today=TODAY)
    assert told(back) == [("added", "kept", before.units[0].id)]
    assert back.catalog.obsolete == ()
    assert back.catalog.units == (*before.units[1:], before.units[0])
    assert state(back.catalog.units[-1]) is State.REVIEWED


def test_a_removed_drifted_segment_returns_by_what_was_accepted() -> None:
    """The text that was taken brings it back as accepted, its last one as drifted."""
    before = settled()
    drifted = follow([TEXTS[0], EDITED, *TEXTS[2:]], before)
    gone = follow([TEXTS[0], *TEXTS[2:]], drifted)
    assert follow(TEXTS, gone) == before
    assert follow([TEXTS[0], EDITED, *TEXTS[2:]], gone) == drifted


def test_a_returning_paragraph_beats_a_similar_one() -> None:
    """A paragraph that stands where another, similar one was removed is itself."""
    before = settled()
    gone = follow([TEXTS[0], *TEXTS[2:]], before)
    other = follow([TEXTS[0], EDITED, *TEXTS[2:]], replace(gone, obsolete=()))
    both = replace(other, obsolete=gone.obsolete)
    result = sync(segments(TEXTS), both, today=TODAY)
    assert result.catalog.units == before.units


def test_an_empty_unit_does_not_return_instead_of_a_similar_one() -> None:
    """A note without a target is no reason to take an edited paragraph for a new one,
    though it comes back with a paragraph that is new."""
    noted = Unit("note", TEXTS[1], comments=("a pun",))
    before = replace(settled([TEXTS[0], EDITED, *TEXTS[2:]]), obsolete=(noted,))
    after = follow(TEXTS, before)
    assert [unit.id for unit in after.units] == [unit.id for unit in before.units]
    assert [unit.id for unit in after.obsolete] == ["note"]
    added = follow([TEXTS[0], EDITED, *TEXTS[2:], TEXTS[1]], before)
    assert (added.units[-1].id, added.obsolete) == ("note", ())


def test_nothing_to_keep_is_not_kept() -> None:
    """An empty unit of a removed segment is dropped, unless a person left a note."""
    catalog = follow(TEXTS)
    noted = replace(catalog.units[0], comments=("a pun",))
    omitted = replace(catalog.units[1], mark=Mark(omitted="mina"))
    units = (noted, omitted, *catalog.units[2:])
    result = sync((), replace(catalog, units=units), today=TODAY)
    assert [unit.id for unit in result.catalog.obsolete] == [noted.id, omitted.id]


def test_moved_segments_take_their_units_along() -> None:
    """Order is the article's; nothing else changed, so that alone is told."""
    before = settled()
    result = sync(segments([*TEXTS[1:], TEXTS[0]]), before, today=TODAY)
    assert result.catalog.units == (*before.units[1:], before.units[0])
    assert told(result) == [("moved", "kept", before.units[0].id)]
    [change] = result.changes
    assert change.moved


def test_soft_wraps_are_no_change() -> None:
    """A source wrapped anew keeps everything and is not reported."""
    article = "# Harbour\n\nThe boat\nleaves at 9.\n\n- It does\n  not wait.\n"
    catalog = sync(
        parse_article(article, name="").segments, new("", "en", "ko"), today=""
    )
    units = [
        states.taken(unit, f"번역 {unit.source}", by="mina", today=TODAY)
        for unit in catalog.catalog.units
    ]
    before = replace(catalog.catalog, units=tuple(units))
    rewrapped = "# Harbour\n\nThe boat leaves\nat 9.\n\n- It does not\n  wait.\n"
    result = sync(parse_article(rewrapped, name="").segments, before, today=TODAY)
    assert result.changes == ()
    assert result.catalog == before


def test_a_changed_kind_is_no_change_of_the_text() -> None:
    """A paragraph that becomes a heading keeps its translation."""
    before = settled()
    result = sync(segments(TEXTS, "heading 2"), before, today=TODAY)
    assert result.changes == ()
    assert {unit.kind for unit in result.catalog.units} == {"heading 2"}
    assert [state(u) for u in result.catalog.units] == [state(u) for u in before.units]


def test_repeated_texts_keep_their_own_targets() -> None:
    """Equal segments have units of their own, and keep them through other edits."""
    texts = ["Buy", TEXTS[0], "Buy", TEXTS[1], "Buy"]
    before = settled(texts)
    assert len({unit.id for unit in before.units}) == 5
    assert follow(texts, before) == before
    without = follow([texts[0], texts[1], texts[3], texts[4]], before)
    kept = [unit.target for unit in without.units]
    assert kept == ["번역 0", "번역 1", "번역 3", "번역 4"]
    assert [unit.target for unit in without.obsolete] == ["번역 2"]


def test_a_new_segment_that_resembles_another_gets_nothing() -> None:
    """The worst error is a translation under the wrong paragraph."""
    twin = TEXTS[1].replace("clock", "dog")
    result = sync(segments([*TEXTS[:2], twin, *TEXTS[2:]]), settled(), today=TODAY)
    added = result.catalog.units[2]
    assert (added.source, added.target) == (twin, "")
    assert told(result) == [("added", "new", added.id)]


# --- ids --------------------------------------------------------------------


def test_two_branches_give_a_new_paragraph_the_same_id() -> None:
    """Wherever the paragraph was added and whatever else was edited."""
    before = settled()
    added = "The mayor has promised a bridge."
    one = follow([added, *TEXTS], before)
    other = follow([*TEXTS[:1], EDITED, *TEXTS[2:4], added], before)
    assert one.units[0].id == other.units[-1].id
    assert {u.id for u in before.units} == {u.id for u in one.units} - {one.units[0].id}


def test_an_id_of_a_unit_that_moved_on_is_not_given_again() -> None:
    """The first text of an edited paragraph comes back as another paragraph."""
    before = follow([TEXTS[1]])
    both = follow([EDITED, TEXTS[1]], follow([EDITED], before))
    assert both.units[0].id == before.units[0].id
    assert both.units[1].id == f"{before.units[0].id}2"


# --- other editors ----------------------------------------------------------


def test_what_was_typed_elsewhere_is_absorbed_before_the_source_is_followed() -> None:
    """A target typed for the old source is taken for it, and drifts with it."""
    before = settled()
    typed = replace(before.units[1], target="다른 편집기에서")
    catalog = replace(before, units=(before.units[0], typed, *before.units[2:]))
    result = sync(segments([TEXTS[0], EDITED, *TEXTS[2:]]), catalog, today="2026-12-25")
    unit = result.catalog.units[1]
    mark = unit.mark or Mark()
    assert (state(unit), unit.previous) == (State.DRIFTED, TEXTS[1])
    assert mark.ok == pair(replace(unit, source=TEXTS[1]))
    assert (mark.by, mark.on) == ("", "2026-12-25")
    assert result.absorbed == (unit.id,)


def test_an_emptied_target_is_put_back_or_listed() -> None:
    """What is found by its hash returns; what is not is a question."""
    before = settled()
    empty = replace(before, units=tuple(replace(u, target="") for u in before.units))
    past = {exact(unit.target): unit.target for unit in before.units[:3]}
    result = sync(
        segments(TEXTS), empty, today=TODAY, newest_target=lambda _, tgt: past.get(tgt)
    )
    assert result.catalog.units[:3] == before.units[:3]
    assert [unit.id for unit in result.lost] == [u.id for u in before.units[3:]]
    assert [unit.mark for unit in result.lost] == [u.mark for u in before.units[3:]]


def test_an_emptied_target_whose_segment_is_gone_is_listed_too() -> None:
    """Nothing is lost because two things happened at once."""
    before = settled()
    empty = replace(
        before, units=(replace(before.units[0], target=""), *before.units[1:])
    )
    result = sync(segments(TEXTS[1:]), empty, today=TODAY)
    assert [unit.id for unit in result.lost] == [before.units[0].id]
    assert [unit.id for unit in result.catalog.obsolete] == [before.units[0].id]


def test_obsolete_units_are_absorbed_as_well() -> None:
    """What happened elsewhere to a unit that waits at the end counts when it returns,
    and a second sync finds nothing more to do."""
    before = settled()
    gone = follow(TEXTS[3:], before)
    bare = replace(gone.obsolete[0], mark=None)
    typed = replace(gone.obsolete[1], target="고침")
    doubted = replace(gone.obsolete[2], fuzzy=True)
    odd = replace(gone, obsolete=(bare, typed, doubted))
    back = follow(TEXTS, odd)
    found = [state(unit) for unit in back.units[:3]]
    assert found == [State.DRAFT, State.TRANSLATED, State.DRAFT]
    assert [unit.target for unit in back.units[:3]] == ["번역 0", "고침", "번역 2"]
    assert follow(TEXTS, back) == back


# --- catalogs of other tools ------------------------------------------------


def foreign(entries: str) -> Catalog:
    """Read a catalog that another tool wrote."""
    header = '"Content-Type: text/plain; charset=UTF-8\\n"'
    catalog = parse(f'msgid ""\nmsgstr ""\n{header}\n\n{entries}', name="")
    assert catalog.foreign
    return catalog


def po(source: str, target: str, before: str = "") -> str:
    """Write an entry as other tools do."""
    return f'{before}msgid "{source}"\nmsgstr "{target}"\n\n'


def test_a_catalog_of_another_tool_is_taken_in() -> None:
    """What is not fuzzy counts as accepted for its msgid; ids and marks are ours."""
    catalog = foreign(
        po(TEXTS[0], "하나", "# note\n#: boat.md:1\n")
        + po(TEXTS[1], "둘", '#, fuzzy\n#| msgid "Older."\n')
        + po(TEXTS[2], "", '#, fuzzy\n#| msgid "Older."\n')
        + po(TEXTS[3], "넷", 'msgctxt "theirs"\n')
        + '#~ msgid "Gone."\n#~ msgstr "간."\n'
    )
    result = sync(segments(TEXTS), catalog, today=TODAY)
    units = result.catalog.units
    assert [unit.target for unit in units] == ["하나", "둘", "", "넷", ""]
    assert [state(unit) for unit in units] == [
        State.TRANSLATED,
        State.DRIFTED,
        State.UNTRANSLATED,
        State.TRANSLATED,
        State.UNTRANSLATED,
    ]
    assert units[1].previous == "Older."
    assert [unit.id for unit in units] == [unit_id(text, 0, set()) for text in TEXTS]
    assert units[0].comments == ("note",)
    assert (units[1].fuzzy, units[2].fuzzy, units[2].previous) == (True, False, None)
    assert {(u.mark or Mark()).origin for u in units if u.target} == {"adopted"}
    assert [unit.target for unit in result.catalog.obsolete] == ["간."]
    assert not result.catalog.foreign
    assert follow(TEXTS, result.catalog) == result.catalog
    assert parse(dump(result.catalog), name="") == result.catalog


def test_fuzzy_entries_of_another_tool_have_drifted_from_their_previous_text() -> None:
    """What another tool flagged because its source was edited keeps the text that it
    was translated for; what it flagged for another reason is a draft."""
    before = TEXTS[1].replace(".", ", never.")
    catalog = foreign(
        po(TEXTS[0], "하나", "#, fuzzy\n")
        + po(TEXTS[1], "둘", f'#, fuzzy\n#| msgid "{before}"\n')
        + po(TEXTS[2], "셋", f'#, fuzzy\n#| msgid ""\n#| "{TEXTS[2]}"\n')
        + po("Old.", "넷", '#, fuzzy\n#| msgid "Older."\n')
    )
    result = sync(segments([*TEXTS[:3], "Old."]), catalog, today=TODAY)
    units = result.catalog.units
    assert [state(unit) for unit in units] == [
        State.DRAFT,
        State.DRIFTED,
        State.DRAFT,
        State.DRIFTED,
    ]
    assert [unit.previous for unit in units] == [None, before, None, "Older."]
    assert follow([*TEXTS[:3], "Old."], result.catalog) == result.catalog
    back = follow([TEXTS[0], before, TEXTS[2], "Old."], result.catalog)
    assert state(back.units[1]) is State.TRANSLATED


def test_a_foreign_catalog_of_an_older_article_drifts() -> None:
    """A translation of an earlier version is shown as such, with the earlier text."""
    catalog = foreign("".join(po(text, f"번역 {n}") for n, text in enumerate(TEXTS)))
    result = sync(segments([TEXTS[0], EDITED, *TEXTS[2:]]), catalog, today=TODAY)
    unit = result.catalog.units[1]
    assert (state(unit), unit.previous, unit.target) == (
        State.DRIFTED,
        TEXTS[1],
        "번역 1",
    )


@pytest.mark.parametrize(
    ("entries", "targets"),
    [
        ([("", "사다")], ["사다", "사다", "사다"]),
        (
            [('msgctxt "1"\n', "사다"), ('msgctxt "2"\n', "구매")],
            ["사다", "사다", "구매"],
        ),
        (
            [(f'msgctxt "{n}"\n', f"사다 {n}") for n in range(3)],
            ["사다 0", "사다 1", "사다 2"],
        ),
    ],
)
def test_repeated_texts_of_a_foreign_catalog(
    entries: list[tuple[str, str]], targets: list[str]
) -> None:
    """One entry serves every place of its text; several serve theirs in order."""
    catalog = foreign("".join(po("Buy", target, head) for head, target in entries))
    result = sync(
        segments(["Buy", TEXTS[0], "Buy", TEXTS[1], "Buy"]), catalog, today=""
    )
    units = [unit for unit in result.catalog.units if unit.source == "Buy"]
    assert [unit.target for unit in units] == targets
    assert len({unit.id for unit in units}) == 3
    assert result.catalog.obsolete == ()


# --- law 3 ------------------------------------------------------------------

SOURCES = (*TEXTS, EDITED, TEXTS[0] + " Not now.", "Buy", "Recap", "Recap { #recap }")
AUTHOR = ("reword", "insert", "delete", "move", "double", "wrap")
PEOPLE = ("take", "draft", "sign", "note", "type", "unsure", "doubt", "unflag")
TOOLS = ("save", "unmark", "obsolete")
EDIT = st.tuples(
    st.sampled_from([*AUTHOR, *PEOPLE, *TOOLS]),
    st.integers(0, 9),
    st.integers(0, len(SOURCES) - 1),
)


class History:
    """An article, its catalog, and what people have taken."""

    def __init__(self) -> None:
        self.texts = list(TEXTS[:3])
        self.catalog = follow(self.texts)
        self.taken: set[tuple[str, str]] = set()
        self.signed: set[tuple[str, str]] = set()
        self.fresh: set[str] = set()
        """Ids of units with a text typed elsewhere since the last sync."""

    def step(self, what: str, place: int, text: int) -> None:
        """Let the author edit, or somebody work on a unit."""
        edit = getattr(self, f"_{what}", None)
        if edit is not None:
            edit(place % (len(self.texts) or 1), SOURCES[text])
        else:
            self._unit(what, place, text)

    def _reword(self, at: int, text: str) -> None:
        self.texts[at : at + 1] = [text]

    def _insert(self, at: int, text: str) -> None:
        self.texts.insert(at, text)

    def _delete(self, at: int, text: str) -> None:
        del self.texts[at : at + 1]

    def _move(self, at: int, text: str) -> None:
        if self.texts:
            self.texts.insert(len(text) % len(self.texts), self.texts.pop(at))

    def _double(self, at: int, text: str) -> None:
        self.texts[at:at] = self.texts[at : at + 1]

    def _wrap(self, at: int, text: str) -> None:
        self.texts[at : at + 1] = [
            t.replace(" ", "\n", 1) for t in self.texts[at : at + 1]
        ]

    def _save(self, at: int, text: str) -> None:
        self.catalog = parse(dump(self.catalog), name="")

    def _obsolete(self, at: int, text: str) -> None:
        """Another tool edits units that nobody sees."""
        gone = [replace(u, target=f"{u.target}!") for u in self.catalog.obsolete]
        self.taken |= {(fingerprint(u.source), u.target) for u in gone if not u.fuzzy}
        self.catalog = replace(self.catalog, obsolete=tuple(gone))

    def _unit(self, what: str, place: int, text: int) -> None:
        units = list(self.catalog.units)
        if not units:
            return
        at = place % len(units)
        units[at] = WORK[what](units[at], f"번역 {text}")
        unit = units[at]
        key = (fingerprint(unit.source), unit.target)
        if what in ("type", "unsure"):
            self.fresh.add(unit.id)
        if what in ("take", "type") or (what == "unflag" and unit.id in self.fresh):
            self.taken.add(key)
        if what == "sign" and (unit.mark or Mark()).signed:
            self.signed.add(key)
        self.catalog = replace(self.catalog, units=tuple(units))

    def targets(self) -> dict[str, str]:
        """Return every target by id, live or obsolete."""
        units = (*self.catalog.units, *self.catalog.obsolete)
        assert len({unit.id for unit in units}) == len(units)
        return {unit.id: unit.target for unit in units if unit.target}


def _sign(unit: Unit, target: str) -> Unit:
    done = state(unit) in (State.TRANSLATED, State.REVIEWED)
    known = done and unit.mark is not None and unit.mark.ok == pair(unit)
    return states.signed(unit, by="bob") if known else unit


def _draft(unit: Unit, target: str) -> Unit:
    fresh = not unit.target and not (unit.mark or Mark()).ok
    if not fresh:
        return unit
    return states.drafted(unit, target, origin="pseudo", today=TODAY)


WORK: dict[str, Callable[[Unit, str], Unit]] = {
    "take": lambda unit, target: states.taken(unit, target, by="mina", today=TODAY),
    "draft": _draft,
    "sign": _sign,
    "type": lambda unit, target: replace(unit, target=target, fuzzy=False),
    "unsure": lambda unit, target: replace(unit, target=target, fuzzy=True),
    "doubt": lambda unit, target: replace(unit, fuzzy=True),
    "unflag": lambda unit, target: replace(unit, fuzzy=False),
    "note": lambda unit, target: replace(unit, comments=(target,)),
    "unmark": lambda unit, target: replace(unit, mark=None),
}


@settings(max_examples=300)
@example(
    [
        (("reword", 1, 6), False),
        (("type", 0, 0), False),
        (("reword", 0, 1), True),
        (("reword", 0, 6), True),
        (("reword", 0, 0), False),
    ]
)
@given(st.lists(st.tuples(EDIT, st.booleans()), max_size=25))
def test_law_3(steps: list[tuple[tuple[str, int, int], bool]]) -> None:
    """Whatever authors and translators do between two syncs, a sync keeps every target
    under its id, gives every segment its unit, tells the truth, and has nothing left to
    do a second time."""
    history = History()
    for (what, place, text), synced in steps:
        history.step(what, place, text)
        if synced:
            check_sync(history)
    check_sync(history)


def check_sync(history: History) -> None:
    """Sync, and check all that must hold."""
    before = history.targets()
    article = segments(history.texts)
    result = sync(article, history.catalog, today=TODAY)
    assert result == sync(article, history.catalog, today=TODAY)
    history.catalog = result.catalog
    history.fresh.clear()
    assert [u.source for u in result.catalog.units] == history.texts
    assert result.lost == ()
    assert history.targets() == before
    again = sync(article, parse(dump(result.catalog), name=""), today="2027-01-01")
    assert (again.changes, again.absorbed) == ((), ())
    assert dump(again.catalog) == dump(result.catalog)
    for unit in result.catalog.units:
        key = (fingerprint(unit.source), unit.target)
        if state(unit) in (State.TRANSLATED, State.REVIEWED):
            assert key in history.taken
        if state(unit) is State.REVIEWED:
            assert key in history.signed


@pytest.mark.parametrize(("name", "article"), own_articles())
def test_our_articles_stay_as_they_are(name: str, article: tuple[Segment, ...]) -> None:
    """A second sync of a real page changes nothing, and so does one after a save."""
    catalog = lived_in(name, article)
    again = sync(article, parse(dump(catalog), name=name), today="2027-01-01")
    assert (again.changes, again.absorbed, again.lost) == ((), (), ())
    assert again.catalog == catalog
