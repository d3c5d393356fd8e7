"""Which old segment a new one descends from; in doubt, none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.lineage import Links, Piece, lineage

LONG = (
    "The last boat leaves the harbour at nine and does not wait for anybody.",
    "Nobody on the island has a clock that agrees with the captain's watch.",
    "In winter the mail comes twice a week, if the wind allows it to come.",
    "A schoolmaster counted the passengers for a year and published the list.",
    "The assembly answered him with a report of four hundred pages.",
    "Every one of its tables begins on the day after the ferry was cut.",
)


def link(old: list[str], new: list[str], kind: str = "paragraph") -> Links:
    """Find the ancestors of texts of one kind."""
    return lineage([Piece(t, kind) for t in old], [Piece(t, kind) for t in new])


def test_nothing_descends_from_nothing() -> None:
    """Empty articles have no lineage."""
    assert link([], []) == []
    assert link([], ["a"]) == [None]
    assert link(["a"], []) == []


def test_the_same_text_descends_from_itself() -> None:
    """However the order changed, and however it is wrapped."""
    order = [3, 0, 5, 1, 2, 4]
    new = [LONG[i].replace(" ", "\n  ", 2) for i in order]
    assert link(list(LONG), new) == order


def test_the_same_text_counts_across_kinds() -> None:
    """A paragraph that becomes a quotation or a heading keeps its translation."""
    old = [Piece(LONG[0], "paragraph"), Piece(LONG[1], "paragraph")]
    new = [Piece(LONG[1], "heading 2"), Piece(LONG[0], "item")]
    assert lineage(old, new) == [1, 0]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("aaa", "aaa", [0, 1, 2]),
        ("aaa", "aa", [0, 1]),
        ("aa", "aaa", [0, 1, None]),
        ("axaya", "axaya", [0, 1, 2, 3, 4]),
        ("axaya", "xaya", [1, 2, 3, 4]),
        ("axaya", "axa", [0, 1, 2]),
        ("xayaz", "xayaaz", [0, 1, 2, 3, None, 4]),
        ("abab", "baba", [1, 2, 3, 0]),
    ],
)
def test_repeated_texts_go_to_the_nearest_in_order(
    old: str, new: str, wanted: Links
) -> None:
    """Which of several equal texts is meant, their neighbours say."""
    assert link(list(old), list(new)) == wanted


def test_an_attribute_tail_is_no_difference() -> None:
    """Anchors that are added, changed or taken away, even of the shortest heading."""
    old = ["Recap", "Use it { #use }", "Next { #next }", "Summary"]
    new = ["Recap { #recap }", "Use it { #use-it }", "Next", "Summary { .wide #sum }"]
    assert link(old, new, "heading 2") == [0, 1, 2, 3]


def test_an_attribute_tail_does_not_join_families() -> None:
    """A heading is not the paragraph that says the same without its anchor."""
    old = [Piece("Recap", "paragraph")]
    assert lineage(old, [Piece("Recap { #recap }", "heading 2")]) == [None]


def test_an_edited_text_descends_from_its_old_version() -> None:
    """A typo, a word, a number, an added sentence, between what did not change."""
    new = list(LONG)
    new[1] = LONG[1].replace("agrees", "aggrees")
    new[2] = LONG[2].replace("twice", "three times")
    new[4] = f"{LONG[4]} He read it all."
    assert link(list(LONG), new) == [0, 1, 2, 3, 4, 5]


def test_an_edit_beside_insertions_and_removals() -> None:
    """The old version is found among what came and went at the same place."""
    came = "Fishermen sell their catch on the quay before the sun is up."
    new = [LONG[0], came, LONG[2].replace("twice", "once"), LONG[5]]
    assert link(list(LONG), new) == [0, None, 2, 5]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG[0], LONG[1]),
        (LONG[0], "It does."),
        ("Yes.", "No."),
        ("Read more", "Table of contents"),
        ("배는 아홉 시에 떠난다.", "겨울에는 편지가 두 번 온다."),
    ],
)
def test_another_text_in_its_place_gets_nothing(old: str, new: str) -> None:
    """A paragraph that was exchanged for another one has no ancestor."""
    assert link([LONG[3], old, LONG[5]], [LONG[3], new, LONG[5]]) == [0, None, 2]


def test_a_new_text_that_resembles_a_kept_one_gets_nothing() -> None:
    """The resemblance of a text that is still there is no lineage."""
    twin = LONG[0].replace("nine", "ten")
    assert link(list(LONG[:3]), [LONG[0], twin, *LONG[1:3]]) == [0, None, 1, 2]


def test_two_candidates_are_none() -> None:
    """Where two old texts resemble a new one alike, neither is taken, nor is one taken
    for two new texts."""
    first, second = LONG[0].replace("nine", "ten"), LONG[0].replace("nine", "six")
    assert link([first, second], [LONG[0]]) == [None]
    assert link([LONG[0]], [first, second]) == [None, None]


def test_the_better_candidate_wins_with_a_margin() -> None:
    """An edit is told from a text that only resembles it."""
    old = ["The boat leaves at nine o'clock sharp.", "The mail leaves at ten."]
    assert link(old, ["The boat leaves at nine o'clock."]) == [0]


def test_similarity_stays_between_its_neighbours() -> None:
    """A text like one that was removed far away does not descend from it."""
    old = [LONG[0], LONG[1], LONG[2], LONG[3]]
    new = [LONG[1], LONG[2], LONG[0].replace("nine", "ten"), LONG[3]]
    assert link(old, new) == [1, 2, None, 3]


def test_similarity_stays_in_its_family() -> None:
    """A cell or a title does not descend from prose, however alike they are."""
    old = [Piece(LONG[0], "paragraph")]
    new = LONG[0].replace("nine", "ten")
    for kind in ("heading 2", "cell", "front title", "alt"):
        assert lineage(old, [Piece(new, kind)]) == [None]
    for kind in ("item", "caption", "term"):
        assert lineage(old, [Piece(new, kind)]) == [0]
    assert lineage([Piece(LONG[0], "heading 2")], [Piece(new, "heading 3")]) == [0]


def test_an_edit_is_found_behind_many_insertions() -> None:
    """However much was added in front of it."""
    added = [f"Fisherman number {n} sells {n * 7} fish." for n in range(150)]
    new = [*added, LONG[0].replace("nine", "ten")]
    assert link([LONG[0]], new) == [*[None] * 150, 0]


def test_a_long_gap_compares_neighbours_only() -> None:
    """Where everything was edited at once, far more than can be compared, each text
    still finds its old version near its own place."""
    chance = random.Random(7)
    words = [f"w{n}" for n in range(4000)]
    old = [" ".join(chance.sample(words, 12)) for _ in range(1200)]
    new = [f"{text} edited" for text in old]
    assert link(old, new) == list(range(1200))


PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(
            [*LONG[:3], LONG[0][:40], LONG[0] + " Not now.", "a", "a {#b}"]
        ),
        st.sampled_from(["paragraph", "heading 2", "cell"]),
    ),
    max_size=8,
)


@given(PIECES, PIECES)
def test_no_ancestor_is_given_twice(old: list[Piece], new: list[Piece]) -> None:
    """Each new piece has one ancestor or none; equal texts are never left apart."""
    links = lineage(old, new)
    used = [found for found in links if found is not None]
    assert len(links) == len(new)
    assert len(set(used)) == len(used)
    left = {piece.text for i, piece in enumerate(old) if i not in used}
    orphans = {
        piece.text for piece, found in zip(new, links, strict=True) if found is None
    }
    assert not left & orphans


@given(PIECES)
def test_an_unchanged_article_is_its_own_ancestor(pieces: list[Piece]) -> None:
    """Nothing moves where nothing changed, repeated texts included."""
    assert lineage(pieces, pieces) == list(range(len(pieces)))
