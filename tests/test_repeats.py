"""Texts that an article says more than once: each keeps its own translation, or none
that a person need not look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from catalogs import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.drift import repeats
from translate_flow import state as states
from translate_flow.article import parse
from translate_flow.catalog import dump, new
from translate_flow.model import FINISHED, Catalog, State
from translate_flow.sync import sync

HEAD = "| Gate | State |\n|---|---|\n"
NAMES = ("North", "South", "East", "West", "Harbour")


def follow(text: str, catalog: Catalog | None = None) -> Catalog:
    """Return the catalog of an article."""
    catalog = catalog or new("sources/gates.md", "en", "ko")
    segments = parse(text, name="gates.md").segments
    synced = sync(segments, catalog, today=TODAY).catalog
    assert dump(sync(segments, synced, today=TODAY).catalog) == dump(synced)
    return synced


def signed(text: str, *targets: str, said: str = "Open") -> Catalog:
    """Return a catalog in which a reviewer signed everything.

    :param targets: translations of what is repeated, in order; an empty one is left
        out on purpose.
    """
    catalog, rest, units = follow(text), list(targets), []
    for unit in catalog.units:
        target = rest.pop(0) if unit.source == said else f"번역 {unit.source}"
        if target:
            unit = states.taken(unit, target, by="mina", today=TODAY)
            units.append(states.signed(unit, by="bob"))
        else:
            units.append(states.left_out(unit, by="mina", today=TODAY))
    return replace(catalog, units=tuple(units))


def table(*names: str) -> str:
    """Return a table in which every gate is open."""
    return HEAD + "".join(f"| {name} | Open |\n" for name in names)


def bullets(*names: str) -> str:
    """Return a list."""
    return "".join(f"- {name}\n" for name in names)


def given_to(catalog: Catalog) -> list[tuple[str, str]]:
    """Return what units say, and the state of their translation."""
    return [(unit.target, states.state(unit).value) for unit in catalog.units]


def opens(catalog: Catalog) -> list[tuple[str, str]]:
    """The same for what is repeated."""
    units = tuple(unit for unit in catalog.units if unit.source == "Open")
    return given_to(replace(catalog, units=units))


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    "rows",
    [
        ("Harbour", "North", "South", "East"),
        ("North", "Harbour", "South", "East"),
        ("North", "South", "East", "Harbour"),
        ("South", "East", "North"),
        ("East", "South", "North"),
        ("South", "East"),
        ("North", "East"),
        ("Harbour", "East", "West", "North"),
    ],
)
def test_a_row_keeps_its_own_translations(rows: Sequence[str], last: bool) -> None:
    """Whatever rows come, go or change places: the cells of a row go with it, in
    whichever column its name stands."""

    def page(names: Sequence[str]) -> str:
        text = table(*names)
        lines = [line.split("|") for line in text.splitlines()]
        if last:
            lines = [["", line[2], line[1], ""] for line in lines]
        return "\n".join("|".join(line) for line in lines) + "\n"

    own = {"North": "열림", "South": "개방", "East": "열려 있음"}
    before = signed(page(tuple(own)), *own.values())
    after = opens(follow(page(rows), before))
    for name, (target, state) in zip(rows, after, strict=True):
        if name in own:
            assert (target, state) == (own[name], "reviewed")
        else:
            assert state in ("untranslated", "draft")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (bullets("Open", "Open", "Open"), bullets("Open", "Open", "Open", "Open")),
        (bullets("Open", "Open", "Open"), bullets("Open", "Open")),
        ("Open\n\nOpen\n\nOpen\n", "Open\n\nOpen\n\nOpen\n\nOpen\n"),
        (
            bullets("Go", "Open", "Open", "Stop", "Open"),
            bullets("Go", "Open", "Stop", "Open", "Open"),
        ),
        (HEAD + "| Open | Open |\n| Open |\n", HEAD + "| Open | Open |\n" * 2),
    ],
)
def test_where_nobody_can_tell_a_person_must_look(before: str, after: str) -> None:
    """Of several equal texts with different translations, what came or went without a
    trace leaves drafts: none is shown as finished, none of the texts is lost."""
    catalog = signed(before, "열림", "개방", "열려 있음")
    now = follow(after, catalog)
    kept = {unit.target for unit in (*now.units, *now.obsolete)}
    assert {"열림", "개방", "열려 있음"} <= kept
    doubtful = [state for _, state in opens(now)]
    assert "draft" in doubtful
    finished = Counter(t for t, state in opens(now) if state in ("reviewed",))
    assert all(target == "열려 있음" for target in finished)


def test_it_does_not_matter_which_of_equal_translations_is_meant() -> None:
    """Where all of a text have one translation, all that were there keep it, signed."""
    before = signed(bullets("Open", "Open", "Stop", "Open"), *["열림"] * 3)
    after = follow(bullets("Open", "Open", "Open", "Stop"), before)
    assert opens(after) == [("열림", "reviewed")] * 3
    more = follow(bullets("Open", "Open", "Open", "Open", "Stop", "Open"), before)
    assert Counter(opens(more))[("열림", "reviewed")] == 3


def test_what_is_left_out_on_purpose_does_not_slide() -> None:
    """A cell that is left out stays the one that is; where that cannot be told, nothing
    is left out."""
    before = signed(table("North", "South", "East"), "", "개방", "열려 있음")
    after = opens(follow(table("Harbour", "North", "South", "East"), before))
    assert [state for _, state in after] == [
        "untranslated", "omitted", "reviewed", "reviewed",
    ]  # fmt: skip
    before = signed(bullets("Open", "Open"), "", "개방")
    after = opens(follow(bullets("Open", "Open", "Open"), before))
    assert "omitted" not in [state for _, state in after]


def test_what_moves_past_an_anchor_is_a_draft() -> None:
    """A repeated paragraph that stands elsewhere now takes its text along, for a person
    to look at."""
    before = signed("Open\n\nNorth\n\nOpen\n\nSouth\n", "열림", "개방")
    after = follow("North\n\nOpen\n\nSouth\n\nOpen\n", before)
    assert opens(after) == [("개방", "reviewed"), ("열림", "draft")]


def test_what_comes_back_may_be_another_one() -> None:
    """A repeated text that was taken out and is said elsewhere is a draft; one that
    always had a single translation is again what it was."""
    before = signed(table("North", "South"), "열림", "개방")
    gone = follow(table("South"), before)
    assert opens(follow(table("South", "West"), gone))[1] == ("열림", "draft")
    before = signed(table("North", "South"), "열림", "열림")
    gone = follow(table("South"), before)
    assert opens(follow(table("North", "South"), gone)) == [("열림", "reviewed")] * 2


def test_repeated_headings_that_get_anchors_keep_their_own() -> None:
    """What is equal but for its attributes is paired between anchors, too."""
    page = "## Open\n\nNorth\n\n## Open\n\nSouth\n\n## Open\n\nEast\n"
    before = signed(page, "열림", "개방", "열려 있음")
    anchored = page.replace("## Open", "## Open {{ #{} }}").format("a", "b", "c")
    now = follow("Harbour\n\n" + anchored, before)
    heads = [u for u in now.units if u.source.startswith("Open {")]
    assert [unit.target for unit in heads] == [
        "열림 { #a }", "개방 { #b }", "열려 있음 { #c }",
    ]  # fmt: skip


@given(
    st.lists(st.sampled_from("xyzabc"), min_size=1, max_size=9),
    st.lists(st.sampled_from("xyzabc"), min_size=1, max_size=9),
)
@settings(max_examples=300)
def test_nothing_is_lost_and_nothing_given_twice(old: str, new: str) -> None:
    """Whatever is repeated, each translation is in the catalog once, and a second sync
    changes nothing."""
    catalog = follow("\n\n".join(old))
    units = [
        states.taken(unit, f"번역 {n}", by="mina", today=TODAY)
        for n, unit in enumerate(catalog.units)
    ]
    after = follow("\n\n".join(new), replace(catalog, units=tuple(units)))
    texts = [u.target for u in (*after.units, *after.obsolete) if u.target]
    assert sorted(texts) == sorted(unit.target for unit in units)
    for unit in after.units:
        if states.state(unit) in FINISHED:
            was = units[int(unit.target.removeprefix("번역 "))]
            assert was.source == unit.source
        elif unit.target:
            assert states.state(unit) in (State.DRAFT, State.DRIFTED)


def test_the_benchmark_edits_what_it_says(tmp_path: Path) -> None:
    """Rows, items and paragraphs are inserted, deleted, moved and swapped, and none of
    their translations goes astray or is lost."""
    rows = "".join(f"| {n} | Open | {'Yes' if i % 2 else 'No'} |\n" for i, n in
                   enumerate(NAMES))  # fmt: skip
    items = "".join(f"- The {name.lower()} gate\n- Open it\n" for name in NAMES)
    prose = "".join(f"We walk to the {n} gate.\n\nIt is open.\n\n" for n in NAMES)
    page = f"# Gates of the town\n\n| Gate | State | Paid |\n|---|---|---|\n{rows}\n"
    (tmp_path / "page.md").write_text(f"{page}{items}\n{prose}", "utf-8")
    done = Counter[tuple[str, str]]()
    for what, edit in repeats.edits(tmp_path, seed=1, times=4):
        found = repeats.counted(edit, repeats.tflow(edit))
        assert (what, found["wrong"], found["lost"]) == (what, 0, 0)
        done[what] += found["texts"] > 0
    assert len(done) == 12
