"""A Korean word in full and contracted is one word."""

from __future__ import annotations

import pytest

from translate_flow.text.contracted import is_contracted


@pytest.mark.parametrize(
    "pair",
    """
    사용하여:사용해 선언하였지만:선언했지만 살펴보았습니다:살펴봤습니다
    이루어진:이뤄진 나누어:나눠
    보여주었다:보여줬다 되어:돼 가지어:가져 코드에는:코드엔 챕터에서는:챕터에선
    것만으로는:것만으론
    때는:땐 걸:것을 게,:것이, 것입니다.:겁니다. 무엇을:뭘 무언가를:뭔가를 위해서:위해
    마음대로:맘대로
    """.split(),  # noqa: SIM905
)
def test_in_full_and_contracted(pair: str) -> None:
    """Either way round, with marks behind it too."""
    one, other = pair.split(":")
    assert is_contracted(one, other)
    assert is_contracted(other, one)


@pytest.mark.parametrize(
    "pair",
    """
    피어:펴 이어:여 비어:벼 고아:과 주어:줘 코드에:코드엔 객체는:객체를
    중요하지:중요하진 하여:하고
    사용하여:사용하며 것:걸 때:땐 가:가
    """.split(),  # noqa: SIM905
)
def test_what_is_another_word(pair: str) -> None:
    """Words that are too short to tell, and particles that only one of them has."""
    one, other = pair.split(":")
    assert not is_contracted(one, other)
    assert not is_contracted(other, one)
