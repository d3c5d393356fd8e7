"""Which words changed, and how grave that is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow import state as states
from translate_flow.drift import drift, drift_class
from translate_flow.model import Unit
from translate_flow.text.worddiff import MOST_WORDS, word_diff, words

TEXT = st.text(st.sampled_from("ab가나 .,!?-\n'’“1"), max_size=60)


@given(TEXT | st.text(max_size=60))
def test_words_are_the_text(text: str) -> None:
    """The words of a text joined are the text."""
    assert "".join(words(text)) == text


@given(TEXT, TEXT)
def test_a_diff_holds_both_versions(before: str, after: str) -> None:
    """Kept and old pieces are the old text, kept and new ones the new text; no two
    pieces of one kind stand side by side."""
    diff = word_diff(before, after)
    assert "".join(text for op, text in diff if op in "=-") == before
    assert "".join(text for op, text in diff if op in "=+") == after
    assert all(a[0] != b[0] for a, b in pairwise(diff))
    assert all(text for _, text in diff)


def test_no_word_is_cut() -> None:
    """A changed ending changes its whole 어절."""
    assert word_diff("정말 재미있다.", "정말 재미있습니다.") == (
        ("=", "정말 "),
        ("-", "재미있다"),
        ("+", "재미있습니다"),
        ("=", "."),
    )


def test_numbers_are_words() -> None:
    """A number changes as a whole, its unit stays."""
    assert word_diff("a 60-day waiver", "a 1,200.5-day waiver") == (
        ("=", "a "),
        ("-", "60"),
        ("+", "1,200.5"),
        ("=", "-day waiver"),
    )


def test_long_texts_are_compared_by_sentences() -> None:
    """Texts of thousands of words are compared sentence by sentence, quickly."""
    before = "One sentence here. " * MOST_WORDS
    after = before + "Another one."
    diff = word_diff(before, after)
    assert diff[-1] == ("+", "Another one.")
    assert "".join(text for op, text in diff if op in "=-") == before


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        (None, "Anything.", "unknown"),
        ("Voters will accept it.", "Voters will not accept it.", "risk"),
        ("It must be signed today.", "It may be signed today.", "risk"),
        ("All members agreed to it.", "Most members agreed to it.", "risk"),
        ("그 안을 받아들일 것이다.", "그 안을 받아들이지 않을 것이다.", "risk"),
        ("그렇게 할 수 있다.", "그렇게 할 수 없다.", "risk"),
        ("A 60-day waiver was given.", "A 90-day waiver was given.", "number"),
        ("The boat leaves soon.", "The ship leaves soon.", "wording"),
        ("배가 곧 떠난다.", "배가 일찍 떠난다.", "wording"),
        ("“Go,” she said – twice.", '"Go," she said - twice.', "cosmetic"),
        (
            "The boat leaves the harbour at nine every single morning.",
            "Trains to the mountains run on Sundays from the old station.",
            "rewrite",
        ),
    ],
)
def test_classes(before: str | None, after: str, named: str) -> None:
    """An edit is called by the gravest class that fits."""
    assert drift_class(before, after) == named


def drifted() -> Unit:
    """Return a unit whose source moved after its target was accepted."""
    unit = states.born(Unit("k1", "The boat leaves at nine."))
    unit = states.taken(unit, "배는 아홉 시에 떠난다.", by="mina", today="2026-11-24")
    return states.followed(unit, "The boat leaves at ten.")


def test_drift_is_measured_against_what_was_accepted() -> None:
    """However often the source moves on, the text of ``ok`` is what counts."""
    unit = states.followed(drifted(), "The boat never leaves at ten.")
    found = drift(unit)
    assert found.before == "The boat leaves at nine."
    assert found.after == "The boat never leaves at ten."
    assert (found.drift_class, found.severity) == ("risk", "high")


def test_a_false_previous_text_is_not_believed() -> None:
    """A ``#|`` text that is not the accepted one is as good as none."""
    found = drift(replace(drifted(), previous="Something else."))
    assert (found.before, found.drift_class) == (None, "unknown")
    assert found.diff == (("+", "The boat leaves at ten."),)
