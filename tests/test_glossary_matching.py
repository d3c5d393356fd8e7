"""Which forms are a term, and which are another word that only begins like it."""

from __future__ import annotations

import pytest

from translate_flow.glossary.search import Finder


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("개혁", "내년에는 연금을 개혁하겠다고 했다."),
        ("개혁", "개혁하긴 해도 개혁하진 못한다."),
        ("개혁", "누가 개혁하든 개혁하길 바란다."),
        ("개혁", "말로만 개혁하듯 하지 말고 함께 개혁해봅시다."),
        ("개혁", "개혁해달라고 했고 개혁해드리겠다고 했다."),
        ("통일", "언젠가 통일되겠지만 통일되든 말든 상관없다."),
        ("안전", "그 거리는 훨씬 안전해집니다. 갈수록 안전해지고 있다."),
        ("약속", "이것은 약속드립니다."),
        ("의미", "의미없는 말이었다."),
        ("자연", "말투가 자연스럽다."),
        ("가능", "그것이 가능한가?"),
        ("항의", "그것이 항의였는지에 대해 다툰다."),
        ("전쟁", "긴 전쟁이었기를 바라지 않는다."),
        ("존경", "존경받길 바라는 사람"),
        ("서울", "회담이 서울서 열렸다."),
        ("한국", "한국서도 팔린다."),
        ("미국", "미국식으로 먹었다."),
        ("교사", "그는 교사이자 시인이다."),
    ],
)
def test_korean_forms(term: str, text: str) -> None:
    """Verbs made of a noun are found in all their forms, and so are particles."""
    ends = text.count(term)
    assert [found.term for found in Finder([term], "ko").all(text)] == [term] * ends


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("지도", "지도자는 웃었다."),
        ("연구", "연구자들이 모였다."),
        ("청소", "청소기를 샀다."),
        ("소재", "회사의 소재지는 부산이다."),
        ("수호", "마을의 수호신을 그렸다."),
        ("인증", "인증서를 잃어버렸다."),
        ("보고", "보고서에는 없다."),
        ("계산", "계산서도 받았다."),
        ("계약", "계약해지를 알렸다."),
        ("취임", "취임식에서 울었다."),
        ("표현", "표현식은 짧다."),
    ],
)
def test_korean_words_that_begin_alike(term: str, text: str) -> None:
    """A person, a machine, a paper or a ceremony is another word than what it is made
    of, though its last syllable may be a particle elsewhere."""
    assert Finder([term], "ko").all(text) == []


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("panic", "It panics, panicked and went on panicking.", 3),
        ("vote", "They vote, voted, and are voting on votes.", 4),
        ("vote", "A voter in devoted Voteville", 0),
        ("plan", "Planned plans; the _plan_, the plan-maker, the planet.", 3),
    ],
)
def test_english_forms(term: str, text: str, found: int) -> None:
    """Endings that English spells in its own way; no word that is merely longer."""
    assert len(Finder([term], "en").all(text)) == found
