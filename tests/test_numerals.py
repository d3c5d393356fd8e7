"""Numbers are read exactly, written anew in their own style, and carried over only
where that is certain."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from translate_flow.text.korean import replaced
from translate_flow.text.number_words import (
    NATIVE_VALUES,
    english,
    english_ordinal,
    native,
    sino,
    sino_value,
)
from translate_flow.text.numerals import rewritten
from translate_flow.text.quantities import quantities
from translate_flow.text.updating import proposal


def values(text: str, language: str) -> list[tuple[str, Fraction]]:
    """What is read, and what it is worth."""
    return [(q.text, q.value) for q in quantities(text, language)]


# --- reading ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("1.2 million people", "1.2 million", 1_200_000),
        ("a 60-day waiver", "60", 60),
        ("in 1998", "1998", 1998),
        ("worth $1.5bn", "1.5bn", 1_500_000_000),
        ("worth $5m", "5m", 5_000_000),
        ("12,345.6 points", "12,345.6", "12345.6"),
        ("three ships", "three", 3),
        ("Twenty-five years", "Twenty-five", 25),
        ("two hundred and fifty men", "two hundred and fifty", 250),
        ("two million voters", "two million", 2_000_000),
        ("a hundred days", "a hundred", 100),
        ("the third time", "third", 3),
        ("the 21st century", "21st", 21),
        ("Python 2.7 only", "2.7", "2.7"),
        ("about 5k runs", "5k", 5000),
        ("a 1.2-million loan", "1.2-million", 1_200_000),
        ("**60** days", "60", 60),
        ("[60](https://example.org/70) days", "60", 60),
        ("`30` of 60 &#8212; all", "60", 60),
        ("on October 3, 1998", "1998", 1998),
        ("60%, they say", "60", 60),
    ],
)
def test_an_english_quantity(text: str, number: str, value: int | str) -> None:
    """Digits, scales, words and ordinals are read; all else in the text is not."""
    assert values(text, "en") == [(number, Fraction(value))]


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("120만 명", "120만", 1_200_000),
        ("1억 2,000만 명", "1억 2,000만", 120_000_000),
        ("3조5천억 원", "3조5천억", 3_500_000_000_000),
        ("3조 5000억원", "3조 5000억", 3_500_000_000_000),
        ("12만여 명", "12만", 120_000),
        ("1만 5천 명", "1만 5천", 15_000),
        ("2만8500원", "2만8500", 28_500),
        ("1.5만 명", "1.5만", 15_000),
        ("5천 명", "5천", 5000),
        ("2천5백 명", "2천5백", 2500),
        ("100만 이상", "100만", 1_000_000),
        ("60일 비자 면제", "60", 60),
        ("약60명", "60", 60),
        ("1998년", "1998", 1998),
        ("배 세 척", "세", 3),
        ("스물다섯 명", "스물다섯", 25),
        ("두 나라가", "두", 2),
        ("둘은 떠났다", "둘", 2),
        ("세 시간 뒤", "세", 3),
        ("이백만 명", "이백만", 2_000_000),
        ("삼십 년", "삼십", 30),
        ("천 명", "천", 1000),
        ("네 번째로", "네", 4),
        ("첫 번째로", "첫", 1),
        ("셋째로", "셋", 3),
        ("제3조", "3", 3),
        ("3.5만큼 빠르다", "3.5", "3.5"),
        ("3조각", "3", 3),
        ("5천지", "5", 5),
        ("100만 명이 2023. 5. 1.부터", "100만", 1_000_000),
    ],
)
def test_a_korean_quantity(text: str, number: str, value: int | str) -> None:
    """Myriads, native and Sino-Korean words are read with their counters."""
    assert values(text, "ko") == [(number, Fraction(value))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "F-35 and G20"), ("en", "COVID-19"), ("en", "version 2.7.1"),
        ("en", "at 5:30"), ("en", "at 5 p.m."), ("en", "on 9/11"), ("en", "2023-10-03"),
        ("en", "October 3"), ("en", "3 October"), ("en", "the 1990s"), ("en", "5G"),
        ("en", "7-Eleven"), ("en", "issue #5"), ("en", "[1]"), ("en", "-5 degrees"),
        ("en", "`60`"), ("en", "&#8212;"), ("en", "https://example.org/60"),
        ("en", "[x](/60)"), ("en", "{60}"), ("en", "two-thirds"), ("en", "1,2"),
        ("en", "a few hundred"), ("en", "nineteen eighty-four"), ("en", "someone"),
        ("en", "v2"), ("en", "x_2"), ("en", "007"), ("en", "’97"),
        ("ko", "IPv6 조작"), ("ko", "9·11 테러"), ("ko", "6·25"), ("ko", "10월 3일"),
        ("ko", "오전 5시 30분"), ("ko", "세 시에"), ("ko", "3분의 2"),
        ("ko", "6자회담"), ("ko", "8강"), ("ko", "1990년대"), ("ko", "을지로2가"),
        ("ko", "4할 6리"), ("ko", "13초04"), ("ko", "서너 명"), ("ko", "두세 척"),
        ("ko", "수천 명"), ("ko", "만일"), ("ko", "세대"), ("ko", "천명"),
        ("ko", "구조 개선"), ("ko", "한 번에"), ("ko", "일이 년"),
        ("ko", "1919. 3. 1."), ("ko", "넷플릭스"), ("ko", "이삼 일"),
        ("ko", "네 생각"), ("ko", "F-35"), ("ja", "60日"), ("en", "1" * 5000),
        ("ko", "1" * 5000),
    ],
)  # fmt: skip
def test_no_quantity(language: str, text: str) -> None:
    """Dates, times, names, code, fractions and approximations are no quantities."""
    assert values(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "readings"),
    [
        ("ko", "파이썬 2.7만 지원", {"2.7만": 27_000, "2.7": "2.7"}),
        ("ko", "3조에 속한다", {"3조": 3 * 10**12, "3": 3}),
        ("en", "5m wide", {"5m": 5_000_000, "5": 5}),
    ],
)
def test_two_readings(language: str, text: str, readings: dict[str, int | str]) -> None:
    """Where 만 may be a particle and m a metre, both values are given."""
    (found,) = quantities(text, language)
    assert {q.text: q.value for q in found.readings} == {
        own: Fraction(value) for own, value in readings.items()
    }


def test_several_quantities_in_order() -> None:
    """Ranges have two; the 2 of "2-3 million" is left out, since its scale is not
    beside it."""
    assert [v for _, v in values("15-25 people, 60 to 90 days", "en")] == [
        15, 25, 60, 90,
    ]  # fmt: skip
    assert [v for _, v in values("2-3 million", "en")] == [3_000_000]
    assert [v for _, v in values("15에서 20명, 60~90일", "ko")] == [15, 20, 60, 90]


SCRAPS = """
    1 2 60 1,200 3.5 만 억 조 천 백 명 원 세 척 % $ million bn three - ~ . , : / 년 월
    일 은 이 여 `x` ** twenty five hundred and second 스물 이 십 ( ) [ ] &amp;
"""
PIECES = st.lists(st.sampled_from([" ", *SCRAPS.split()]), max_size=12).map("".join)


@given(PIECES | st.text(max_size=30), st.sampled_from(["en", "ko"]))
def test_spans_are_exact(text: str, language: str) -> None:
    """Each quantity says exactly what stands where, in order, without overlaps."""
    done = 0
    for quantity in quantities(text, language):
        assert done <= quantity.start < quantity.end
        done = quantity.end
        for reading in quantity.readings:
            assert text[reading.start : reading.end] == reading.text
            assert text.endswith(reading.after, reading.end, reading.end + 40)


# --- writing ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "value", "expected"),
    [
        ("ko", "120만 명", 1_300_000, "130만"),
        ("ko", "1억 2,000만 명", 130_000_000, "1억 3,000만"),
        ("ko", "1억2000만 명", 130_000_000, "1억3000만"),
        ("ko", "1억 2,000만 명", 200_000_000, "2억"),
        ("ko", "3조5천억 원", 3_600_000_000_000, "3조6천억"),
        ("ko", "3조5천억 원", 3_550_000_000_000, "3조5500억"),
        ("ko", "15억 달러", 2_000_000_000, "20억"),
        ("ko", "1만 5천 명", 16_000, "1만 6천"),
        ("ko", "5천 명", 5500, "5천5백"),
        ("ko", "5천 명", 12_000, "1만 2천"),
        ("ko", "5천 명", 5123, None),
        ("ko", "3만 명", 9000, "9,000"),
        ("ko", "1.5만 명", 17_000, "1.7만"),
        ("ko", "12만여 명", 130_000, "13만"),
        ("ko", "12만여 명", 125_500, None),
        ("ko", "120만 명", 130_001, None),
        ("ko", "배 세 척", 4, "네"),
        ("ko", "배 세 척", 20, "스무"),
        ("ko", "배 세 척", 25, "스물다섯"),
        ("ko", "배 세 척", 100, None),
        ("ko", "배 세 척", Fraction(7, 2), None),
        ("ko", "둘은", 3, "셋"),
        ("ko", "네 번째", 1, "첫"),
        ("ko", "둘째로", 4, "넷"),
        ("ko", "이백만 명", 3_000_000, "삼백만"),
        ("ko", "60일", 90, "90"),
        ("ko", "60일", 12_000, "12,000"),
        ("en", "1.2 million", 1_300_000, "1.3 million"),
        ("en", "1.2 million", 2_000_000, "2 million"),
        ("en", "900 million", 1_200_000_000, "1.2 billion"),
        ("en", "$900m", 1_200_000_000, "1.2bn"),
        ("en", "1.2 million", 1_234_567, None),
        ("en", "1.2 million", 500, None),
        ("en", "60", 90, "90"),
        ("en", "1,200", 1300, "1,300"),
        ("en", "1200", 1300, "1300"),
        ("en", "2.50", 3, "3.00"),
        ("en", "2.5", 3, "3"),
        ("en", "60", Fraction(1, 3), None),
        ("en", "60", 0, None),
        ("en", "60", -5, None),
        ("en", "three ships", 4, "four"),
        ("en", "Three ships", 21, "Twenty-one"),
        ("en", "three ships", 300, "three hundred"),
        ("en", "three ships", 345, None),
        ("en", "two million", 3_000_000, "three million"),
        ("en", "the third", 12, "twelfth"),
        ("en", "the third", 20, "twentieth"),
        ("en", "the 3rd", 11, "11th"),
        ("en", "the 3rd", 22, "22nd"),
    ],
)
def test_a_value_in_the_style_of_another(
    language: str, text: str, value: int | Fraction, expected: str | None
) -> None:
    """The form, separators, blanks and capitals of the old number are kept, or there is
    no answer."""
    (quantity,) = quantities(text, language)
    assert rewritten(quantity, value) == expected


LIKE = [
    (
        "en",
        "{} people",
        ("60", "1,200", "1200", "2.5", "three", "Three", "two million"),
    ),
    ("en", "{} people", ("1.2 million", "a hundred", "12 thousand")),
    ("en", "${} lost", ("1.5bn", "5m", "3k")),
    ("en", "the {} time", ("third", "3rd", "Second")),
    (
        "ko",
        "{} 명",
        ("60", "1,200", "120만", "1억 2,000만", "3조5천억", "1.5만", "5천"),
    ),
    ("ko", "{} 명", ("세", "스물다섯", "이백만", "2만8500", "1만 5천")),
    ("ko", "{} 번째", ("세", "첫", "3")),
]
WRITTEN = [(lang, frame, like) for lang, frame, all_ in LIKE for like in all_]
NUMBERS = (
    st.integers(1, 120)
    | st.integers(1, 10**6)
    | st.builds(lambda n, k: n * 10**k, st.integers(1, 9999), st.integers(0, 12))
    | st.builds(Fraction, st.integers(1, 9999), st.sampled_from([2, 4, 5, 10, 100]))
)


@given(st.sampled_from(WRITTEN), NUMBERS)
def test_what_is_written_is_read_back(
    case: tuple[str, str, str], value: int | Fraction
) -> None:
    """A number in the style of another, in its place, is worth what it should be."""
    language, frame, like = case
    (quantity,) = quantities(frame.format(like), language)
    text = rewritten(quantity, value)
    assume(text is not None)
    (again,) = quantities(frame.format(text), language)
    assert (again.text, again.value) == (text, value)


@given(st.integers(1, 10**13))
def test_words_are_read_back(number: int) -> None:
    """Number words of both languages are worth the number that they were made of."""
    assert sino_value(sino(number) or "") == number
    assert NATIVE_VALUES.get(native(number % 99 + 1) or "") == number % 99 + 1
    assert (
        NATIVE_VALUES.get(native(number % 99 + 1, alone=True) or "") == number % 99 + 1
    )
    for words in (english(number), english_ordinal(number % 99 + 1)):
        if words:
            (found,) = quantities(words, "en")
            assert found.value == (number % 99 + 1 if found.ordinal else number)


# --- carrying over ----------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        ("1.2 million people", "1.3 million people", "120만 명", "130만 명"),
        ("a 60-day waiver", "a 90-day waiver", "60일 비자 면제", "90일 비자 면제"),
        ("an 80-day stay", "a 90-day stay", "80일 체류", "90일 체류"),
        ("three ships", "four ships", "배 세 척", "배 네 척"),
        ("in 1998", "in 2001", "1998년", "2001년"),
        ("in 1998", "in 1999", "98년에", "99년에"),
        (
            "one ship is here",
            "two ships are here",
            "배 한 척이 있다",
            "배 두 척이 있다",
        ),
        ("$1.5 billion", "$2 billion", "15억 달러", "20억 달러"),
        ("3.5 trillion won", "3.6 trillion won", "3조5천억 원", "3조6천억 원"),
        (
            "120 million voters",
            "130 million voters",
            "1억 2,000만 명",
            "1억 3,000만 명",
        ),
        ("60% of them", "55% of them", "60%를", "55%를"),
        ("60 percent", "55 percent", "60퍼센트", "55퍼센트"),
        ("5 percentage points", "6 percentage points", "5%포인트", "6%포인트"),
        ("a total of 3", "a total of 2", "모두 3은", "모두 2는"),
        ("**3** of them", "**4** of them", "그중 **3**이", "그중 **4**가"),
        ("Python 2.7 only", "Python 3.1 only", "파이썬 2.7만", "파이썬 3.1만"),
        ("27,000 of them", "28,000 of them", "2.7만 이상", "2.8만 이상"),
        ("the third time", "the fourth time", "세 번째로", "네 번째로"),
        ("the 19th century", "the 20th century", "19세기에", "20세기에"),
        ("Chapter 3 says", "Chapter 4 says", "제3장은", "제4장은"),
        ("60 to 90 days", "60 to 120 days", "60~90일", "60~120일"),
        ("2-3 million", "2-4 million", "200만~300만", "200만~400만"),
        ("15,000 yen", "16,000 yen", "1만 5천 엔", "1만 6천 엔"),
        ("60 more days", "90 more days", "60일 더", "90일 더"),
        ("Kim, 42, said", "Kim, 43, said", "김(42)은", "김(43)은"),
        ("aged 42", "aged 43", "42세의", "43세의"),
        ("3 men, 3 dogs", "4 men, 4 dogs", "3명과 개 3마리", "4명과 개 4마리"),
        ("3 men, 5 dogs", "4 men, 6 dogs", "3명과 개 5마리", "4명과 개 6마리"),
        ("3 men, 5 dogs", "5 men, 3 dogs", "개 5마리와 3명", "개 3마리와 5명"),
        ("60 users, `60`", "70 users, `60`", "사용자 60명, `60`", "사용자 70명, `60`"),
        (
            "in 2001",
            "in 2011",
            "2001. 3. 1.이 아니라 2001년",
            "2001. 3. 1.이 아니라 2011년",
        ),
    ],
)
def test_an_english_edit_is_carried_into_korean(
    before: str, after: str, target: str, expected: str
) -> None:
    """The same value in Korean becomes the new one, in the translator's style."""
    assert proposal(before, after, target, "en", "ko") == expected


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        ("120만 명", "130만 명", "1.2 million people", "1.3 million people"),
        ("60일 면제", "90일 면제", "a 60-day waiver", "a 90-day waiver"),
        ("배 세 척", "배 네 척", "three ships", "four ships"),
        ("1998년에", "2001년에", "in 1998", "in 2001"),
        ("60은 크다", "62는 크다", "60 is big", "62 is big"),
        ("2.7만 지원", "3.1만 지원", "only 2.7", "only 3.1"),
        ("2만 원", "3만 원", "20,000 won", "30,000 won"),
        ("15억 달러", "20억 달러", "$1.5bn", "$2bn"),
        ("스무 명", "서른 명", "Twenty people", "Thirty people"),
        ("19세기", "21세기", "the 19th century", "the 21st century"),
        ("네 번째", "다섯 번째", "the fourth time", "the fifth time"),
        ("제3조", "제4조", "Article 3", "Article 4"),
    ],
)
def test_a_korean_edit_is_carried_into_english(
    before: str, after: str, target: str, expected: str
) -> None:
    """The same value in English becomes the new one, in the translator's style."""
    assert proposal(before, after, target, "ko", "en") == expected


@pytest.mark.parametrize(
    ("before", "after", "target"),
    [
        ("3 men, 3 dogs", "4 men, 3 dogs", "3명과 개 3마리"),
        ("3 men", "4 men", "3명, 곧 세 명"),
        ("3 men, 3 dogs", "4 men, 4 dogs", "세 명"),
        ("3 men, 3 dogs", "4 men, 5 dogs", "3명과 개 3마리"),
        ("60 days", "90 days", "두 달"),
        ("60 days", "90 days", "60명"),
        ("60 days", "90 hours", "60일"),
        ("60%", "55%", "60%포인트"),
        ("60%", "60 percentage points", "60%"),
        ("5 percentage points", "6 percentage points", "5%"),
        ("60 people", "55 people", "60%"),
        ("$60", "$70", "60유로"),
        ("40 miles", "50 miles", "64km"),
        ("12 months", "13 months", "12년"),
        ("two ships", "three ships", "두 나라"),
        ("in 1998", "in 2001", "98년에"),
        ("1998 people", "2001 people", "1,998년"),
        ("ten ships", "nine ships", "여러 척이 10월에"),
        ("on 9/11", "on 9/12", "9·11에"),
        ("F-35", "F-15", "F-35"),
        ("version 2.7.1", "version 2.7.2", "2.7.1 판"),
        ("IPv6", "IPv4", "IPv6 조작"),
        ("2 million", "2.3456 million", "두 명"),
        ("three ships", "150 ships", "배 세 척"),
        ("three ships", "3.5 ships", "배 세 척"),
        ("three ships", "three boats", "배 세 척"),
        ("three ships", "three ships", "배 세 척"),
        ("3 ships", "three ships", "배 세 척"),
        ("three ships", "four ships and a boat", "배 세 척"),
        ("three ships", "ships", "배 세 척"),
        ("three ships", "four ships", "배 몇 척"),
        ("three ships", "four ships", ""),
        ("the third time", "the fourth time", "세 명"),
        ("three ships", "four ships", "세 번째 배"),
        ("2.7 or 27,000", "3.7 or 27,000", "2.7만"),
        ("two-thirds", "three-quarters", "3분의 2"),
        ("a few hundred", "a few thousand", "수백 명"),
        ("2 to 3 million", "1 to 3 million", "200만~300만"),
    ],
)
def test_no_guess(before: str, after: str, target: str) -> None:
    """Where a value, a unit or a place is not certain, there is no proposal."""
    assert proposal(before, after, target, "en", "ko") is None


@pytest.mark.parametrize(
    ("before", "after", "target"),
    [
        ("한 척", "두 척", "one ship"),
        ("두 척", "한 척", "two ships"),
        ("60일", "80일", "a 60-day stay"),
        ("80일", "60일", "an 80-day stay"),
        ("123만 명", "123만 4567명", "1.23 million people"),
        ("60일", "60명", "60 days"),
        ("60은", "90을", "60"),
    ],
)
def test_english_that_would_not_agree_is_no_proposal(
    before: str, after: str, target: str
) -> None:
    """A plural, an article or a scale that no longer fits is the translator's."""
    assert proposal(before, after, target, "ko", "en") is None


@pytest.mark.parametrize("pair", [("en", "en"), ("ko", "ko"), ("en", "fr"), ("", "ko")])
def test_only_between_english_and_korean(pair: tuple[str, str]) -> None:
    """Of other languages nothing is known."""
    assert proposal("60 days", "90 days", "60 days", *pair) is None


def test_languages_may_name_their_country() -> None:
    """``en-US`` and ``ko-KR`` are English and Korean."""
    assert proposal("60 days", "90 days", "60일", "en-US", "ko-KR") == "90일"


SENTENCES = [
    ("en", "The {} ships came", "ko", "배 {}척이 왔다"),
    ("en", "It was {}", "ko", "그것은 {}이었다"),
    ("en", "in `7` and {} days, `x`", "ko", "`7`과 **{}**일을 `x`로"),
    ("ko", "모두 {}은 아니다", "en", "Not all {} of [7](/7)"),
    ("en", "{} of them", "ko", "그중 [{}](/60)는 60%로"),
]


@given(st.sampled_from(SENTENCES), st.integers(2, 3000), st.integers(2, 3000))
def test_only_numbers_and_particles_change(
    sentence: tuple[str, str, str, str], old: int, new: int
) -> None:
    """All of a target but the number and the particle at it stays, and the number
    is worth the new value."""
    language, source, other, target = sentence
    before = source.format(old)
    start = source.index("{")
    after = replaced(before, start, start + len(str(old)), str(new))
    if language == "en":
        after = source.format(new)
    was = target.format(old)
    found = proposal(before, after, was, language, other)
    assume(found is not None)
    assert found is not None
    head, tail = target.split("{}")
    assert found.startswith(head + str(new))
    rest = found[len(head) + len(str(new)) :]
    assert sketch(rest) == sketch(tail)


def sketch(text: str) -> str:
    """Leave the particle at the head of a text out."""
    return re.sub(r"^(\**|\]\(/60\))(?:이었|였|은|는)", r"\1", text)


@given(PIECES, PIECES, st.integers(61, 99), st.integers(2, 9999), st.booleans())
def test_whatever_stands_around_a_number_stays(
    head: str, tail: str, old: int, new: int, korean: bool
) -> None:
    """A proposal is the target with one number exchanged and its particle fitted."""
    source, other = ("ko", "en") if korean else ("en", "ko")
    target = f"{head}{old}{tail}"
    found = proposal(f"= {old}.", f"= {new}.", target, source, other)
    if found is not None:
        at = len(head)
        end = at + len(str(old))
        fitting = replaced(target, at, end, str(new))
        assert found == (target[:at] + f"{new}{tail}" if korean else fitting)
