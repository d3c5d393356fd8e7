"""Dates, times and names are carried into a translation in its own style, or not at
all."""

from __future__ import annotations

import pytest

from translate_flow.drift import classify
from translate_flow.drift.proposals import proposal
from translate_flow.glossary import Glossary, Term
from translate_flow.text.moments import moments

NAMES = Glossary(
    tuple(
        Term.of({"en": en, "ko": ko}, kind="name", reading=reading)
        for en, ko, reading in [
            ("China", "중국", ""),
            ("Russia", "러시아", ""),
            ("Seoul", "서울", ""),
            ("Busan", "부산", ""),
            ("Moon Jae-in", "문재인", ""),
            ("Park Geun-hye", "박근혜", ""),
            ("Oracle", "Oracle", "오라클"),
        ]
    )
)


def proposed(before: str, after: str, target: str, source: str = "en") -> str | None:
    """What is proposed for an edit between English and Korean."""
    languages = (source, "ko" if source == "en" else "en")
    found = classify(before, after, source)
    return proposal(before, after, target, found, languages, NAMES)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "On Monday, March 3, at 5:30 p.m.", "Monday March 3 5:30_p.m."),
        ("en", "the 3rd of May in the 1990s, the ’80s", "3rd May 1990 80"),
        ("en", "at 17:30 or five o’clock on Fridays", "17:30 five_o’clock Friday"),
        ("en", "It may march on; May I? 5:1 of `May 3`", ""),
        ("ko", "2008년 3월 3일(월) 오후 5시 30분에", "3 3 월 오후_5시_30분"),
        ("ko", "1990년대와 90년대, 다섯 시 반, 17:30", "1990 90 다섯_시_반 17:30"),
        ("ko", "5시간 뒤 3월급, 14일, 세 시 십 분, `5월`", ""),
    ],
)
def test_moments_of_a_text(language: str, text: str, found: str) -> None:
    """Months, weekdays, days beside a month, decades and times are read; what may be
    something else is not."""
    shown = [moment.text.replace(" ", "_") for moment in moments(text, language)]
    assert " ".join(shown) == found


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        ("On Monday he left.", "On Friday he left.", "월요일에 감", "금요일에 감"),
        ("He left in May.", "He left in June.", "5월에 갔다.", "6월에 갔다."),
        ("It is March 3.", "It is March 14.", "3월 3일이다.", "3월 14일이다."),
        ("On Monday, March 3, 2008", "On Tuesday, April 4, 2009",
         "2008년 3월 3일(월)에", "2009년 4월 4일(화)에"),
        ("In the 1990s it was.", "In the 1980s it was.", "90년대에는", "80년대에는"),
        ("In the 1990s it was.", "In the 2010s it was.", "1990년대는", "2010년대는"),
        ("In the mid-1990s, a man", "In the mid-1960s, a man", "90년대", "60년대"),
        ("In the 90s it was so.", "In the 80s it was so.", "90년대였다", "80년대였다"),
        ("At 5:30 p.m. sharp.", "At 6 p.m. sharp.", "오후 5시 30분에", "오후 6시에"),
        ("At 5 p.m. sharp.", "At 9:15 a.m. sharp.", "오후 5시에", "오전 9시 15분에"),
        ("At five o'clock, go.", "At six o'clock, go.", "다섯 시다", "여섯 시다"),
        ("It was eight years ago.", "It was nine years ago.", "팔 년 전", "구 년 전"),
        ("A nineteen-year-old man", "A twenty-year-old man", "열아홉 살", "스무 살"),
        ("For two days it rained.", "For three days it rained.", "이틀은", "사흘은"),
        ("For two days it rained.", "For 12 days it rained.", "이틀은", "12일은"),
        ("Do it 3 times a day.", "Do it 4 times a day.", "하루 3 번", "하루 4 번"),
    ],
)  # fmt: skip
def test_a_date_or_time_takes_its_place(
    before: str, after: str, target: str, expected: str
) -> None:
    """A date, a time or a native numeral becomes the new one as the translator wrote
    the old one, and takes its particle along."""
    assert proposed(before, after, target) == expected


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        (
            "월요일에 갔다.",
            "금요일에 갔다.",
            "He left on Monday.",
            "He left on Friday.",
        ),
        ("3번이 좋다.", "4 번이 좋다.", "3 times it is.", "4 times it is."),
        (
            "5월 3일에 간다",
            "6월 21일에 간다",
            "On the 3rd of May",
            "On the 21st of June",
        ),
        ("오후 5시에", "오후 6시 반에", "at 5 p.m.", "at 6:30 p.m."),
        ("이틀 동안", "나흘 동안", "for two days", "for four days"),
        ("중국이 샀다.", "러시아가 샀다.", "China bought it.", "Russia bought it."),
    ],
)
def test_so_it_does_in_english(
    before: str, after: str, target: str, expected: str
) -> None:
    """The other way round, too."""
    assert proposed(before, after, target, "ko") == expected


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        ("He went to Seoul.", "He went to Busan.", "서울로 갔다.", "부산으로 갔다."),
        ("China won it.", "Oracle won it.", "중국이 이겼다.", "Oracle이 이겼다."),
        ("He met Moon Jae-in.", "He met Park Geun-hye.", "문재인을 만났다.",
         "박근혜를 만났다."),
        ("Moon Jae-in came.", "Park Geun-hye came.", "문재인 대통령이 왔다.",
         "박근혜 대통령이 왔다."),
        ("He left Seoul on Monday.", "He left Busan on Friday.",
         "월요일에 서울을 떠났다.", "금요일에 부산을 떠났다."),
    ],
)  # fmt: skip
def test_a_name_of_the_glossary_takes_its_place(
    before: str, after: str, target: str, expected: str
) -> None:
    """A name that the glossary has in both languages is exchanged with its particle."""
    assert proposed(before, after, target) == expected


@pytest.mark.parametrize(
    ("before", "after", "target"),
    [
        # the translation tells more of the day than the source
        ("On Monday he left.", "On Friday he left.", "14일 월요일에 갔다."),
        ("On March 3 he left.", "On March 4 he left.", "3월 3일 월요일에 갔다."),
        ("He left in May.", "He left in June.", "5월 4일에 갔다."),
        ("At 5:30 he left.", "At 6:30 he left.", "오후 5시 30분에 갔다."),
        ("At 9 p.m. he left.", "At 3 p.m. he left.", "저녁 9시에 갔다."),
        ("In the 90s he left.", "In the 80s he left.", "90대에 갔다."),
        ("On Monday he left.", "On Friday he left.", "어제 갔다."),
        # another number, or one that is said twice
        ("40 miles away", "50 miles away", "40마일(약 64km) 밖"),
        ("the three firms", "the six firms", "3위인 회사들"),
        ("Game 4 was lost.", "Game 5 was lost.", "4연승이 끝났다."),
        ("two years ago", "three years ago", "이 년 전"),
        # another name, or more than it
        ("China and a Chinese firm", "Russia and a Chinese firm", "중국의 회사"),
        ("It is made in China.", "It is made in Russia.", "중국 남방항공의 것이다."),
        ("He lives in Seoul.", "He lives in Busan.", "서울(Seoul)에 산다."),
        ("Moon Jae-in came.", "Park Geun-hye came.", "문재인이, 곧 문 대통령이 왔다."),
        ("He met Seoul.", "He met Gwangju.", "서울을 만났다."),
    ],
)
def test_what_is_not_certain_is_not_proposed(
    before: str, after: str, target: str
) -> None:
    """Where a translation says more, or another thing, a person looks."""
    assert proposed(before, after, target) is None
