"""An article and its catalog become pairs with states; a release refuses the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from editions import TODAY, edition
from hypothesis import given
from hypothesis import strategies as st

from translate_flow import state as states
from translate_flow.article import parse
from translate_flow.edition import build, refusals
from translate_flow.model import FINISHED, Catalog, Mark, State, Unit

TWO = "# Harbour\n\nThe boat is late.\n"


def taken(unit_id: str, source: str, target: str) -> Unit:
    blank = states.born(Unit(unit_id, source))
    return states.taken(blank, target, by="mina", today=TODAY)


def two(*units: Unit, proof: bool = True):
    catalog = Catalog("sources/harbour.md", "en", "ko", units=units)
    article = parse(TWO, name="sources/harbour.md")
    return build("ports/harbour", article, catalog, proof=proof)


def test_pairs_follow_the_article() -> None:
    """Each pair holds a segment, its unit and the unit's state."""
    made = edition()
    assert [pair.segment.n for pair in made.pairs] == list(
        range(1, len(made.article.segments) + 1)
    )
    assert all(pair.unit.source == pair.segment.text for pair in made.pairs)


def test_release_refuses_what_no_person_took() -> None:
    """Untranslated, draft and drifted pairs are refused, in document order."""
    refused = refusals(edition())
    assert [pair.state for pair in refused] == [
        State.DRAFT,
        State.UNTRANSLATED,
        State.DRAFT,
        State.DRIFTED,
    ]
    assert [p.segment.n for p in refused] == sorted(p.segment.n for p in refused)


def test_a_strict_release_refuses_what_nobody_signed() -> None:
    """With ``require="reviewed"`` a translated pair is refused until it is signed."""
    heading = taken("ka", "Harbour", "항구")
    line = taken("kb", "The boat is late.", "배가 늦는다.")
    made = two(states.signed(heading, by="bob"), line)
    assert refusals(made) == ()
    assert [p.unit.id for p in refusals(made, require="reviewed")] == ["kb"]


@given(st.lists(st.sampled_from(list(State)), min_size=1, max_size=9), st.booleans())
def test_refused_and_finished_are_all(chosen: list[State], proof: bool) -> None:
    """Every pair is either refused or in a state that a release may print."""
    made = edition(proof=proof)
    pairs = tuple(replace(made.pairs[i], state=state) for i, state in enumerate(chosen))
    refused = refusals(replace(made, pairs=pairs))
    assert len(refused) == sum(state not in FINISHED for state in chosen)
    assert set(refused) | {p for p in pairs if p.finished} == set(pairs)


def test_title_in_each_language() -> None:
    """The title comes from the front matter, in the language asked for."""
    made = edition()
    assert made.title("en") == "The Island Ferry Is Not a Luxury"
    assert made.title("ko") == "섬 여객선은 사치가 아니다"


def test_title_falls_back() -> None:
    """Without front matter the first heading is the title; untranslated it stays as
    it is; without headings the slug is."""
    blank = [states.born(Unit("ka", "Harbour")), states.born(Unit("kb", "The boat"))]
    assert two(*blank).title("ko") == "Harbour"
    plain = edition("Only a line.\n", {}, {})
    assert plain.title("en") == "ferry"


def test_counts() -> None:
    """States and origins are counted, machine text by whether a person took it."""
    draft = states.drafted(
        states.born(Unit("ka", "Harbour")), "항만", origin="google", today=TODAY
    )
    made = two(draft, states.born(Unit("kb", "The boat is late.")))
    assert made.states == {State.DRAFT: 1, State.UNTRANSLATED: 1}
    assert made.origins == {"google": 1}
    assert [pair.unit.id for pair in made.unread] == ["ka"]
    accepted = states.taken(draft, None, by="mina", today=TODAY)
    made = two(accepted, made.pairs[1].unit)
    assert made.unread == ()
    assert [pair.machine_made for pair in made.unedited] == ["google"]
    edited = states.taken(draft, "항구", by="mina", today=TODAY)
    assert two(edited, made.pairs[1].unit).unedited == ()


@pytest.mark.parametrize("origin", ["memory", "adopted"])
def test_people_are_no_machines(origin: str) -> None:
    """A text that people once took, from the memory or an earlier translation, is not
    counted as a machine's, before or after somebody takes it."""
    blank = states.born(Unit("ka", "Harbour"))
    draft = states.drafted(blank, "항구", origin=origin, today=TODAY)
    other = states.born(Unit("kb", "The boat is late."))
    for unit in (draft, states.taken(draft, None, by="mina", today=TODAY)):
        made = two(unit, other)
        assert made.unread == made.unedited == ()


def test_machine_text_without_a_record_counts_as_unread() -> None:
    """When nothing says what the machine wrote, nobody is taken to have changed it."""
    mark = Mark(origin="google")
    foreign = Unit("ka", "Harbour", "항구", mark=mark, fuzzy=True)
    made = two(foreign, states.born(Unit("kb", "The boat is late.")))
    assert made.pairs[0].state is State.DRAFT
    assert len(made.unread) == 1


def joined(cover: Unit, source: str, signed: str = "") -> Unit:
    ok = replace(states.pair(Unit("", source, cover.target)))
    return Unit("kb", source, mark=Mark(joined=cover.id, ok=ok, signed=signed))


@pytest.mark.parametrize(
    ("signed", "cover_signed", "state"),
    [
        ("", False, State.TRANSLATED),
        ("", True, State.TRANSLATED),
        ("bob", True, State.REVIEWED),
    ],
)
def test_a_joined_unit_has_the_state_of_its_cover(
    signed: str, cover_signed: bool, state: State
) -> None:
    """A unit told in another one's target is as good as that one, and reviewed only
    with its own signature."""
    cover = taken("ka", "Harbour", "항구. 배가 늦는다.")
    cover = states.signed(cover, by="bob") if cover_signed else cover
    made = two(cover, joined(cover, "The boat is late.", signed))
    assert made.pairs[1].state is state


def test_a_joined_unit_drifts() -> None:
    """It is drifted when its source moved, its cover's text changed or is gone."""
    cover = taken("ka", "Harbour", "항구. 배가 늦는다.")
    unit = joined(cover, "The boat is late.")
    moved = replace(unit, source="The boat is on time.")
    rewritten = states.taken(cover, "항구.", by="mina", today=TODAY)
    orphan = replace(unit, mark=replace(unit.mark or Mark(), joined="kz"))
    for first, second in ((cover, moved), (rewritten, unit), (cover, orphan)):
        assert two(first, second).pairs[1].state is State.DRIFTED


def test_revision_names_the_source() -> None:
    """The revision changes with the source text alone."""
    assert edition(proof=True).revision == edition(korean={}, proof=False).revision
    assert edition().revision != edition("Another.\n").revision
