"""Which sentences of a passage belong to which of its translation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translate_flow.text.beads import beads

SENTENCES = st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=9)


def paired(one: list[str], other: list[str]) -> list[tuple[list[str], list[str]]]:
    """Return the sentences of each bead, Korean to the right."""
    found = beads(one, other, ("en", "ko"))
    return [([one[i] for i in a], [other[j] for j in b]) for a, b in found]


def test_numbers_and_names_hold_sentences_together() -> None:
    """Two short sentences that became one are told by what is alike, not by length."""
    one = ["It left in 1998.", "NATO met.", "Half of the 60,000 boats stayed at sea."]
    other = ["1998년에 떠났고 NATO가 모였다.", "6만 척 가운데 절반은 바다에 남았다."]
    assert paired(one, other) == [(one[:2], other[:1]), (one[2:], other[1:])]


def test_a_question_is_a_question() -> None:
    """The kind of the last sign tells which sentence was parted."""
    one = ["Who paid for it, and when?", "Nobody in the town knows."]
    other = ["누가 냈는가?", "그리고 언제 냈는가?", "마을의 누구도 모른다."]
    assert paired(one, other) == [(one[:1], other[:2]), (one[1:], other[2:])]


@given(SENTENCES, SENTENCES)
def test_every_sentence_has_its_place(one: list[str], other: list[str]) -> None:
    """All sentences of both sides are there, once and in order; or nothing is said."""
    found = beads(one, other, ("en", "ko"))
    if found:
        assert [i for a, _ in found for i in a] == list(range(len(one)))
        assert [j for _, b in found for j in b] == list(range(len(other)))
        assert all(a and b for a, b in found)


def test_what_no_grouping_holds() -> None:
    """One sentence is never seven."""
    assert beads(["One."], [f"{n}." for n in range(7)], ("en", "ko")) == ()
    assert beads([], ["하나."], ("en", "ko")) == ()
