"""Which old segment a new one descends from; in doubt, none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.lineage import Descent, Fragment, lineage

LONG = (
    "The last boat leaves the harbour at nine and does not wait for anybody.",
    "Nobody on the island has a clock that agrees with the captain's watch.",
    "In winter the mail comes twice a week, if the wind allows it to come.",
    "A schoolmaster counted the passengers for a year and published the list.",
    "The assembly answered him with a report of four hundred pages.",
    "Every one of its tables begins on the day after the ferry was cut.",
)


Links = list[int | None]
"""The first ancestor of each new text."""


def first(descents: list[Descent]) -> Links:
    """Return the first ancestors."""
    return [found.ancestors[0] if found.ancestors else None for found in descents]


def told(old: list[str], new: list[str], kind: str = "paragraph") -> list[Descent]:
    """Find what texts of one kind descend from."""
    return lineage([Fragment(t, kind) for t in old], [Fragment(t, kind) for t in new])


def link(old: list[str], new: list[str], kind: str = "paragraph") -> Links:
    """Find the first ancestors of texts of one kind."""
    return first(told(old, new, kind))


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
    old = [Fragment(LONG[0], "paragraph"), Fragment(LONG[1], "paragraph")]
    new = [Fragment(LONG[1], "heading 2"), Fragment(LONG[0], "item")]
    assert first(lineage(old, new)) == [1, 0]


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


@pytest.mark.parametrize(
    ("old", "kind", "new", "other"),
    [
        ("Recap", "paragraph", "Recap { #recap }", "heading 2"),
        ("**Why?**", "paragraph", "Why?", "heading 3"),
        ("Why?", "heading 3", "**Why?**", "item"),
    ],
)
def test_equal_words_cross_kinds(old: str, kind: str, new: str, other: str) -> None:
    """A paragraph that became a heading of the same words is still that text; an
    attribute or a title is not."""
    before = [Fragment(old, kind)]
    assert first(lineage(before, [Fragment(new, other)])) == [0]
    assert first(lineage(before, [Fragment(f"{new} then", "alt")])) == [None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Threads", "Threads in Rust"),
        ("Yes.", "No."),
        ("Read more", "Table of contents"),
        ("결론", "맺음말과 감사의 말"),
    ],
)
def test_a_lone_short_text_between_neighbours(old: str, new: str) -> None:
    """A few words between the same neighbours belong together, however unlike; where
    two stand there, or a text is long, nobody knows."""
    assert link([LONG[3], old, LONG[5]], [LONG[3], new, LONG[5]]) == [0, 1, 2]
    two = [LONG[3], new, "Another one", LONG[5]]
    assert link([LONG[3], old, LONG[5]], two)[1:3] == [None, None]
    assert link([LONG[3], old, LONG[5]], [LONG[3], LONG[0], LONG[5]]) == [0, None, 2]


def test_two_versions_that_were_both_kept() -> None:
    """Of two texts that are nearly one's own, the liker has its translation."""
    old = [LONG[3], LONG[0], LONG[5]]
    near, nearer = LONG[0].replace("nine", "ten"), LONG[0] + "."
    assert link(old, [LONG[3], near, nearer, LONG[5]]) == [0, None, 1, 2]
    assert link([LONG[3], near, nearer, LONG[5]], old) == [0, 2, 3]


def test_blanks_in_an_address_are_no_difference() -> None:
    """An address is the same with blanks around it."""
    assert link([LONG[3], "[x](/a)"], [LONG[3], "[x]( /b )"]) == [0, 1]


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


def test_a_text_that_was_edited_and_moved() -> None:
    """It is found again if nothing else comes near, and said to have moved."""
    new = [LONG[1], LONG[2], LONG[0].replace("nine", "ten"), LONG[3]]
    descents = told(list(LONG[:4]), new)
    assert first(descents) == [1, 2, 0, 3]
    assert descents[2] == Descent("edited", (0,), moved=True)
    assert not any(found.moved for n, found in enumerate(descents) if n != 2)


def test_short_texts_are_not_found_elsewhere() -> None:
    """A few words that resemble others far away prove nothing."""
    old = ["Read it now.", *LONG[:3]]
    assert link(old, [*LONG[:3], "Read it then."]) == [1, 2, 3, None]


def test_what_moved_is_no_wall() -> None:
    """A text that moved between an edited one's neighbours does not hide it."""
    new = [LONG[0], LONG[4], LONG[1].replace("clock", "watch"), *LONG[2:4], LONG[5]]
    assert link(list(LONG), new) == [0, 4, 1, 2, 3, 5]


# --- split and merged -------------------------------------------------------

BOTH = f"{LONG[0]} {LONG[1]}"


def test_a_paragraph_that_was_split() -> None:
    """Each part descends from the whole; the first one is part 0."""
    descents = told([LONG[2], BOTH, LONG[3]], [LONG[2], LONG[0], LONG[1], LONG[3]])
    assert descents[1:3] == [Descent("split", (1,), 0), Descent("split", (1,), 1)]


def test_paragraphs_that_were_merged() -> None:
    """The whole descends from both, in their order."""
    descents = told([LONG[2], LONG[0], LONG[1], LONG[3]], [LONG[2], BOTH, LONG[3]])
    assert descents[1] == Descent("merged", (1, 2))


def test_split_and_edited() -> None:
    """A word that was exchanged meanwhile, or a line in between, hides no split."""
    parts = [LONG[0].replace("nine", "ten"), "By the way:", LONG[1]]
    descents = told([BOTH], parts)
    assert [found.kind for found in descents] == ["split", "added", "split"]


def test_a_short_part() -> None:
    """Two words that became a paragraph of their own belong to the whole."""
    descents = told([f"{LONG[0]} For example:"], [LONG[0], "For example:"])
    assert [found.kind for found in descents] == ["split", "split"]


def test_a_sentence_added_is_no_split() -> None:
    """A paragraph that was edited, before one that is new."""
    new = [f"{LONG[0]} It never did.", LONG[4]]
    assert [f.kind for f in told([LONG[0]], new)] == ["edited", "added"]


def test_headings_are_not_split() -> None:
    """Only prose is split and merged."""
    assert told([BOTH], [LONG[0], LONG[1]], "heading 2")[1].kind == "added"


# --- what a person took -----------------------------------------------------


def test_the_accepted_text_comes_back() -> None:
    """A text that was rewritten and put back descends from the same unit, however
    little its last version was like it."""
    old = [Fragment("Altogether other words.", "paragraph", LONG[0])]
    assert first(lineage(old, [Fragment(LONG[0], "item")])) == [0]


def test_similarity_stays_in_its_family() -> None:
    """A cell or a title does not descend from prose, however alike they are."""
    old = [Fragment(LONG[0], "paragraph")]
    new = LONG[0].replace("nine", "ten")
    for kind in ("heading 2", "cell", "front title", "alt"):
        assert first(lineage(old, [Fragment(new, kind)])) == [None]
    for kind in ("item", "caption", "term"):
        assert first(lineage(old, [Fragment(new, kind)])) == [0]
    below = lineage([Fragment(LONG[0], "heading 2")], [Fragment(new, "heading 3")])
    assert first(below) == [0]


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
        Fragment,
        st.sampled_from(
            [*LONG[:3], LONG[0][:40], LONG[0] + " Not now.", "a", "a {#b}"]
        ),
        st.sampled_from(["paragraph", "heading 2", "cell"]),
    ),
    max_size=8,
)


@given(PIECES, PIECES)
def test_no_ancestor_is_given_twice(old: list[Fragment], new: list[Fragment]) -> None:
    """But to the parts of a split, each with its own number; equal texts are never left
    apart."""
    descents = lineage(old, new)
    assert len(descents) == len(new)
    used = [i for found in descents if not found.part for i in found.ancestors]
    assert len(set(used)) == len(used)
    parts = [(found.ancestors, found.part) for found in descents if found.ancestors]
    assert len(set(parts)) == len(parts)
    left = {piece.text for i, piece in enumerate(old) if i not in used}
    orphans = {
        piece.text
        for piece, found in zip(new, descents, strict=True)
        if not found.ancestors
    }
    assert not left & orphans


@given(PIECES)
def test_an_unchanged_article_is_its_own_ancestor(pieces: list[Fragment]) -> None:
    """Nothing moves where nothing changed, repeated texts included."""
    descents = lineage(pieces, pieces)
    assert descents == [Descent("same", (i,)) for i in range(len(pieces))]
