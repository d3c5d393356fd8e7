"""Which sentences of a passage belong to which of its translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.text.beads import beads

SENTENCES = st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=9)

TOWN = (
    "The evening ferry was cut last month, and the island was not asked about it.",
    "Nobody denies it.",
    "The clinic on the mainland closes at noon on Fridays, long before the boat.",
    "A bridge has been promised in every election that anybody here remembers.",
)
MAUL = (
    "지난달 저녁 배편이 없어졌고 섬에는 아무도 묻지 않았다.",
    "아무도 부인하지 않는다.",
    "육지의 보건소는 금요일이면 배가 닿기 한참 전인 정오에 문을 닫는다.",
    "다리를 놓아 주겠다는 약속은 기억하는 모든 선거 때마다 있었다.",
)


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
    """Of two sentences that are as long, the question is the one that was asked."""
    one = ["Who paid for the bridge at last?", "Nobody knows the price.", TOWN[3]]
    other = ["결국 다리의 값은 누가 냈는가?", MAUL[3]]
    assert (one[:1], other[:1]) in paired(one, other)


@pytest.mark.parametrize("gone", range(4))
def test_a_sentence_may_have_no_partner(gone: int) -> None:
    """Whichever sentence the translation leaves out, none has another's partner."""
    other = [text for i, text in enumerate(MAUL) if i != gone]
    found = paired(list(TOWN), other)
    pairs = list(zip(TOWN, MAUL, strict=True))
    for one, two in found:
        assert not (one and two) or (one[0], two[0]) in pairs
        assert len(one) < 2
    assert any(one and two for one, two in found)


def test_what_is_told_of_a_whole_translation() -> None:
    """Where nothing was left out, every sentence has its own."""
    assert paired(list(TOWN), list(MAUL)) == [
        ([one], [other]) for one, other in zip(TOWN, MAUL, strict=True)
    ]


@given(SENTENCES, SENTENCES)
def test_every_sentence_has_one_place(one: list[str], other: list[str]) -> None:
    """Sentences of both sides are there once at most and in order."""
    found = beads(one, other, ("en", "ko"))
    for side, texts in ((0, one), (1, other)):
        told = [i for bead in found for i in bead[side]]
        assert told == sorted(set(told))
        assert set(told) <= set(range(len(texts)))
    assert all(a or b for a, b in found)


@pytest.mark.parametrize(("some", "more"), [(1, 7), (2, 5), (3, 8), (0, 1)])
def test_counts_that_differ_much(some: int, more: int) -> None:
    """Where one side has more than twice as many sentences, nothing is said."""
    one, other = ["One."] * some, ["하나."] * more
    assert beads(one, other, ("en", "ko")) == ()
    assert beads(other, one, ("ko", "en")) == ()
