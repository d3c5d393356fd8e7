"""An article of what finds no room: wide tables, long code, deep lists, large pictures.

It is looked at, and read back from every format. A word of each segment is its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editions import edition

from translate_flow.edition import Edition, arranged

PICTURE = b"""<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="700">
<rect width="2400" height="700" fill="#dfe7ea"/>
<path d="M0 560 C400 380 700 640 1200 480 S2000 400 2400 520 V700 H0Z" fill="#6f8fa0"/>
<circle cx="2050" cy="170" r="90" fill="#e3a75c"/></svg>"""

TALL = b"""<svg xmlns="http://www.w3.org/2000/svg" width="600" height="1800">
<rect width="600" height="1800" fill="#efe6d8"/>
<path d="M300 60 L520 1740 H80Z" fill="#8a5a44"/></svg>"""

FERRIES = """\
---
title: Every Ferry of the Southern Islands, in Tables
description: What the timetables say, and what they leave out.
author: Jane Reed
date: 2026-11-20
---

The provincial office keeps four tables. This page holds them all, with the code that
reads them and the addresses they came from.

## Four columns

| Crossing | Passengers a day | Cost per head | What the report says of it |
|:---------|-----------------:|--------------:|:---------------------------|
| Morning | 212 | ₩4,100 | Full in summer, half empty from November |
| Noon | 96 | ₩7,800 | Kept for the clinic and the post |
| Evening | 58 | ₩13,400 | Loses the most, and is missed the most |

## Eight columns

| Island | Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday |
|--------|-------:|--------:|----------:|---------:|-------:|---------:|-------:|
| Yokjido | 6 | 6 | 6 | 6 | 8 | 9 | 9 |
| Saryangdo | 5 | 5 | 5 | 5 | 5 | 7 | 7 |
| Maemuldo | 3 | 3 | 3 | 3 | 4 | 6 | suspended |
| Hansando | 12 | 12 | 12 | 12 | 14 | 16 | 15 |

## Two columns of prose

| Question | Answer |
|----------|--------|
| Who decides how many boats sail in winter? | The province decides, after it has \
heard the operator; the islands are told by letter, usually in September. |
| Who pays? | Two thirds come from the province, the rest from the fares. |

## Numbers alone

| 2022 | 2023 | 2024 |
|-----:|-----:|-----:|
| 41,200 | 39,870 | 38,015 |
| 12.5% | 12.1% | 11.8% |

## Words that do not break

| Setting | Type | Default | Meaning |
|---------|------|---------|---------|
| `ferries.timetable.winter.first_departure` | `datetime.timedelta` | \
`"06:40:00+09:00"` | When the first boat leaves |
| `ferries.notify_passengers_before_departure_minutes` | `int` | `30` | \
See <https://example.org/reference/ferries/notifications#before-departure> |

## One column, and ten

| Only this |
|-----------|
| One boat, one word |

| A | B | C | D | E | F | G | H | I | Notes for the harbour master |
|---|---|---|---|---|---|---|---|---|------------------------------|
| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | Ropes doubled in wind |

## Code

The value is `international_passenger_identification_number`, and nothing else.

```python
def subsidy(passengers: int, cost: int, fares: int, *, winter: bool = False) -> int:
    return max(0, cost - fares) if not winter else max(0, (cost - fares) * 3 // 2)  # Ω
TIMETABLE = "https://example.org/timetables/2026/winter/southern-islands/yokjido-saryangdo.json"
```

## Deep lists

1. The province
   - The transport office
     - The section for islands
       - The desk that answers letters
         - The clerk who knows the boats
           1. His list of spare parts at international_passenger_terminal_number_two

> > The letter said: nothing will change before
> > https://example.org/letters/2026/11/an-address-without-any-place-to-break/at-all.html

- [x] Ask the residents
- [ ] Publish the answers

## Pictures

![The islands from the air](islands.svg)

The lighthouse stands alone.

![The lighthouse](lighthouse.svg)

- A list with a table in it:

  | Part | Spare | Where it is kept | Since |
  |------|------:|------------------|-------|
  | Propeller | 1 | In the shed behind the ice house | 2019 |
"""

KOREAN = {
    "Every Ferry": "남쪽 섬 여객선 전부, 표로 보다",
    "What the timetables": "시간표가 말하는 것과 빠뜨린 것.",
    "The provincial office": (
        "도청은 표 네 개를 가지고 있다. 이 쪽에 그 전부를, 표를 읽는 코드와 표가 나온 "
        "주소와 함께 싣는다."
    ),
    "Four columns": "네 칸",
    "Crossing": "배편",
    "Passengers a day": "하루 승객 수",
    "Cost per head": "1인당 비용",
    "What the report": "보고서가 이 배편을 두고 하는 말",
    "Morning": "아침",
    "Full in summer": "여름에는 만석, 11월부터는 반이 빈다",
    "Noon": "한낮",
    "Kept for": "보건소와 우편 때문에 남겨 두었다",
    "Evening": "저녁",
    "Loses the most": "적자가 가장 크고, 없어지면 가장 아쉽다",
    "Eight columns": "여덟 칸",
    "Island": "섬",
    "Monday": "월요일",
    "Tuesday": "화요일",
    "Wednesday": "수요일",
    "Thursday": "목요일",
    "Friday": "금요일",
    "Saturday": "토요일",
    "Sunday": "일요일",
    "Yokjido": "욕지도",
    "Saryangdo": "사량도",
    "Maemuldo": "매물도",
    "Hansando": "한산도",
    "suspended": "운항 중지",
    "Two columns of": "글이 든 두 칸",
    "Question": "물음",
    "Answer": "답",
    "Who decides": "겨울에 배가 몇 번 뜰지는 누가 정하는가?",
    "The province decides": (
        "도가 운항사의 의견을 듣고 정한다. 섬에는 대개 9월에 공문으로 알린다."
    ),
    "Who pays": "돈은 누가 내는가?",
    "Two thirds": "3분의 2는 도가, 나머지는 뱃삯으로 낸다.",
    "Numbers alone": "숫자뿐인 표",
    "Words that do": "나뉘지 않는 낱말",
    "Setting": "설정",
    "Type": "형식",
    "Default": "기본값",
    "Meaning": "뜻",
    "When the first": "첫 배가 떠나는 시각",
    "See <https": (
        "<https://example.org/reference/ferries/notifications#before-departure> 참조"
    ),
    "One column, and": "한 칸, 그리고 열 칸",
    "Only this": "이것뿐",
    "One boat, one": "배 하나, 낱말 하나",
    **dict(zip("ABCDEFGHI", "가나다라마바사아자", strict=True)),
    "Notes for": "항만장에게 남기는 말",
    "Ropes doubled": "바람에는 밧줄을 두 겹으로",
    "Code": "코드",
    "The value is": (
        "값은 `international_passenger_identification_number`이고, 다른 것은 없다."
    ),
    "Deep lists": "깊은 목록",
    "The province": "도청",
    "The transport": "교통과",
    "The section": "도서 담당",
    "The desk": "민원 창구",
    "The clerk": "배를 아는 직원",
    "His list": ("international_passenger_terminal_number_two에 있는 예비 부품 목록"),
    "The letter said": (
        "편지에는 이렇게 적혀 있었다. "
        "https://example.org/letters/2026/11/an-address-without-any-place-to-break/"
        "at-all.html 전에는 아무것도 바뀌지 않는다고."
    ),
    "Ask the residents": "주민에게 묻기",
    "Publish the": "답을 공개하기",
    "Pictures": "그림",
    "The islands from": "하늘에서 본 섬들",
    "The lighthouse stands": "등대는 홀로 서 있다.",
    "The lighthouse": "등대",
    "A list with": "표가 든 목록:",
    "Part": "부품",
    "Spare": "예비품",
    "Where it is": "두는 곳",
    "Since": "언제부터",
    "Propeller": "프로펠러",
    "In the shed": "얼음 창고 뒤 헛간",
}


def wide(*, proof: bool = False) -> Edition:
    """Return the article with its Korean and its pictures."""
    made = edition(FERRIES, KOREAN, {}, proof=proof)
    pictures = {"islands.svg": PICTURE, "lighthouse.svg": TALL}
    return arranged(replace(made, slug="wide", images=pictures), "source")


# --- tables of every width --------------------------------------------------

ENGLISH = ("Ferry", "Timetables", "Rope", "A whole sentence in a cell, told at length")
HANGUL = ("배", "시간표를", "굵은 밧줄", "칸 하나에 든 문장 하나, 길게 풀어 쓴 것")
LONG = "passenger_identification_number_of_the_harbour_office"
"""A word of which no column is wide enough."""


def long(columns: Iterable[int]) -> Edition:
    """Return such an article with a word in each table that no column has room for."""
    return replace(grids(columns, LONG), slug="long")


def grids(columns: Iterable[int], second: str = ENGLISH[1]) -> Edition:
    """Return an article of tables, each word of them its own.

    :param columns: of each table; the last column is the same in both languages.
    :param second: what each table's second row begins with.
    """
    lines, korean = ["The tables."], {"The tables.": "표들."}
    for n in columns:
        rows = []
        for r in range(3):
            row = []
            for c in range(n - 1 or 1):
                mark = f"{n}x{r}x{c}"
                one = second if (r, c) == (1, 0) else ENGLISH[(r + c) % 4]
                row.append(f"{one} en{mark}")
                korean[row[-1]] = f"{HANGUL[(r + c) % 4]} ko{mark}"
            row += [f"{n * 1000 + r}"] * (n > 1)
            rows.append(f"| {' | '.join(row)} |")
        lines.append("\n".join([rows[0], "|" + "---|" * n, *rows[1:]]))
    made = edition("\n\n".join(lines), korean, {}, proof=False)
    return arranged(replace(made, slug="grids"), "source")
