"""The HTML edition in a real browser: columns aligned, phones spared, no requests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from editions import HOSTILE, edition
from playwright.sync_api import Browser, Page

from translate_flow import exporters
from translate_flow.article import parse
from translate_flow.model import State

pytestmark = pytest.mark.slow

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

BASELINE = """
  const empty = () => {
    const probe = document.createElement('span');
    probe.style.cssText = 'display:inline-block;width:0;height:0';
    return probe;
  };
  // An empty inline block on the baseline of an element's first line.
  const probed = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text;
    do text = walker.nextNode();
    while (text && (!text.data.trim() || text.parentElement.closest('.n, .tick')));
    if (!text) return null;
    const inside = text.parentElement.closest('.badge') ?? text;
    return inside.parentNode.insertBefore(empty(), inside);
  };
  const bottom = (probe) => probe && probe.getBoundingClientRect().bottom;
"""

FIRST_LINES = (
    "() => {"
    + BASELINE
    + """
  // All probes stand before any is looked at: the page is laid out once.
  const pairs = [];
  for (const target of document.querySelectorAll('[id^="s"][id$="-ko"]')) {
    const both = [document.getElementById(target.id.slice(0, -3)), target];
    pairs.push({ both, probes: both.map(probed) });
  }
  for (const pair of pairs) pair.lines = pair.probes.map(bottom);
  for (const pair of pairs) pair.probes.forEach((probe) => probe?.remove());
  return pairs.map(({ both, lines }) => ({
    id: both[0].id, lines, tops: both.map((e) => e.getBoundingClientRect().top) }));
}"""
)

NUMBERS = (
    "() => {"
    + BASELINE
    + """
  // How far each segment's number stands off the first line of its text, and where.
  const numbers = [];
  for (const number of document.querySelectorAll('.n > span')) {
    const own = empty(), first = probed(number.closest('.cell'));
    number.prepend(own);
    const off = bottom(own) - bottom(first);
    own.remove();
    first.remove();
    const { right } = number.getBoundingClientRect();
    numbers.push({ id: number.textContent, off, right });
  }
  return numbers;
}"""
)

STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (e) => e && e !== document.body
    && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
        || scrolls(e.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter((e) => !scrolls(e.parentElement))
    .filter((e) => {
      const { left, right } = e.getBoundingClientRect();
      return right > width + 0.5 || left < -0.5;
    })
    .map((e) => e.outerHTML.slice(0, 120));
}"""


@pytest.fixture(scope="module", params=["proof", "release"])
def file(request: pytest.FixtureRequest, tmp_path_factory) -> Path:
    made = edition(proof=request.param == "proof")
    return written(made, tmp_path_factory.mktemp("edition"))


def written(made, folder: Path, layout: exporters.Layout = "facing") -> Path:
    """Write an edition and return its path."""
    path = folder / exporters.file_name(made, "html", layout)
    path.write_text(str(exporters.export(made, "html", layout)), "utf-8")
    return path


USUAL: dict[Browser, Page] = {}


def opened(browser: Browser, file: Path, viewport: dict[str, int]) -> Page:
    """Open a file in the one page of all tests that need no other, as a new one takes
    longer than what is done with it; it remembers nothing."""
    if browser not in USUAL:
        USUAL[browser] = browser.new_page()
        USUAL[browser].add_init_script("try { localStorage.clear() } catch {}")
    page = USUAL[browser]
    page.goto("about:blank")
    page.mouse.move(0, 0)
    page.emulate_media(media="null", color_scheme="null")
    page.set_viewport_size(viewport)
    page.goto(file.as_uri())
    return page


def at_each(
    browser: Browser, file: Path, widths: Iterable[int], height: int = 844
) -> Iterator[tuple[int, Page]]:
    """Open a file on screens of some widths, one after the other."""
    for width in widths:
        yield width, opened(browser, file, {"width": width, "height": height})


def test_pairs_start_on_the_same_line(browser: Browser, file: Path) -> None:
    """On a wide screen the first lines of both sides of every pair share a baseline,
    headings, list items, table cells and footnotes included."""
    for width, page in at_each(browser, file, (1440, 1280, 1024), 900):
        pairs = page.evaluate(FIRST_LINES)
        assert len(pairs) == len(edition().pairs)
        for pair in pairs:
            one, other = pair["lines"]
            if one is not None and other is not None:
                assert abs(one - other) <= 1, (width, pair)
            assert abs(pair["tops"][0] - pair["tops"][1]) <= 1, (width, pair)


def test_columns_stand_side_by_side(browser: Browser, file: Path) -> None:
    """On a wide screen the target begins right of where the source ends; on a phone
    it stands below, when it is asked for."""
    for viewport, beside in ((WIDE, True), (PHONE, False)):
        page = opened(browser, file, viewport)
        if not beside:
            page.locator("#s3 + details > summary").click()
        one = page.locator("#s3").bounding_box()
        other = page.locator("#s3-ko").bounding_box()
        assert one
        assert other
        assert (other["x"] >= one["x"] + one["width"]) is beside
        assert (other["y"] >= one["y"] + one["height"] - 1) is not beside


def test_nothing_overflows(browser: Browser, file: Path) -> None:
    """At no width does the page scroll sideways or an element stick out; long code
    scrolls inside its own box."""
    for width, page in at_each(browser, file, (320, 390, 720, 721, 1024, 1280)):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            width
        )
        assert page.evaluate(STICKING_OUT) == [], width


LONG = "무궁화꽃이피었습니다" * 12
STUBBORN = f"""\
# {"Unbreakable" * 20}

https://e.org/{"path-" * 60}

- `{"code" * 60}`

  - - - - - Deep {"word" * 30}

> > > > Quote {"x" * 200}

| {"Wide" * 15} | b | c | d | e | f | g | h |
|---|---|---|---|---|---|---|---|
| {"word " * 40} | b | c | d | e | f | g | h |

<table><tr><td>Raw {"cell" * 90}</td></tr></table>

![Picture {"alt" * 80}]({"file" * 60}.png)
"""


@pytest.mark.parametrize("layout", ["facing", "interleaved", "source", "target"])
def test_stubborn_texts_do_not_overflow(
    browser: Browser, tmp_path: Path, layout: exporters.Layout
) -> None:
    """Words, addresses, code and tables without a place to break stay in their box in
    every layout."""
    korean = dict.fromkeys(("Unb", "http", "Deep", "Quote", "Wide", "word"), LONG)
    file = written(edition(STUBBORN, korean, {}), tmp_path, layout)
    for width, page in at_each(browser, file, (320, 390, 1280)):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            width
        )
        assert page.evaluate(STICKING_OUT) == [], width


def test_the_page_asks_for_nothing(browser: Browser, file: Path) -> None:
    """Opening the file makes no request but for the file, and no complaint."""
    page = browser.new_page(viewport=WIDE)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [file.as_uri()]
    assert said == []
    page.close()


def test_it_works_without_javascript(browser: Browser, file: Path) -> None:
    """Without script the same text is there, and an anchor leads to its segment and
    opens it."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#s28-ko")
    assert page.locator("#s28-ko").is_visible()
    assert page.locator("#s27-ko").is_hidden()
    assert "배가 늦은 것이 아니다." in page.locator("main").inner_text()
    page.set_viewport_size(WIDE)
    assert page.locator("#s27-ko").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_badges_are_words(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """In a proof each unfinished pair shows a readable word, not a colour alone, on a
    ground that differs between light and dark."""
    page = opened(browser, written(edition(), tmp_path), PHONE)
    page.emulate_media(color_scheme=scheme)
    shown = page.locator("main .badge:visible")
    machine = "기계 번역 초안"
    assert sorted(shown.all_inner_texts()) == [machine, machine, "미번역", "원문 바뀜"]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    bright = sum(map(int, ground[4:-1].split(","))) > 384
    assert bright is (scheme == "light")


def test_korean_breaks_between_words(browser: Browser, file: Path) -> None:
    """Korean lines break between words, and emphasis is not slanted."""
    page = opened(browser, file, PHONE)
    style = "e => [getComputedStyle(e).wordBreak, getComputedStyle(e).fontStyle]"
    found = page.locator("#s3-ko em").evaluate(style)
    assert found == ["keep-all", "normal"]
    assert page.locator("#s3 em").evaluate(style)[1] == "italic"


NUMBERED = """\
# Title

One.

::: warning Label
In a box.
:::

<div><p>Raw <b>text</b>.</p></div>

> > Quoted.

- Item

  More.

- [ ] Task

Term
: Definition.

| Head | Other |
|------|-------|
| Cell | More |

![Picture](p.png "Caption")

### Below
"""


@pytest.mark.parametrize("layout", ["facing", "interleaved", "source"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_numbers_stand_on_the_line_of_their_text(
    browser: Browser, tmp_path: Path, viewport: dict[str, int], layout: exporters.Layout
) -> None:
    """Every number shares the baseline of the text that it numbers, and all of them
    stand in one column in the margin."""
    made = edition(NUMBERED, {}, {}, proof=False)
    page = opened(browser, written(made, tmp_path, layout), viewport)
    numbers = page.evaluate(NUMBERS)
    told = [found["id"] for found in numbers]
    assert told == ["#", *map(str, range(1, 11)), "#"]
    assert [found for found in numbers if abs(found["off"]) > 1] == []
    assert len({round(found["right"]) for found in numbers}) == 1


LONG_WORDS = f"""\
https://example.org/{"a-long-path/" * 20} begins.

## {"Unbreakable" * 12}

> {"donaudampfschiff" * 12} begins.

- `{"code_without_a_blank_" * 9}` begins.

Noted.[^a] Again.[^b]

[^a]: {"https://example.org/long" + "path" * 60} has it.

[^b]: {"donaudampfschiff" * 12} ends.
"""


NOTES = """() => [...document.querySelectorAll('.note .cell:not(.other) .number')]
  .map((number) => {
    // how far below a note's number its first word begins
    const walker = document.createTreeWalker(
      number.closest('p'), NodeFilter.SHOW_TEXT);
    walker.currentNode = number.firstChild;
    let node = walker.nextNode();
    while (!node.data.trim()) node = walker.nextNode();
    const range = document.createRange();
    const at = node.data.search(/\\S/);
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const bottom = (e) => e.getBoundingClientRect().bottom;
    return bottom(range) - bottom(number);
  })"""


def test_a_long_first_word_stands_beside_its_number(
    browser: Browser, tmp_path: Path
) -> None:
    """No line ends between a number and a word that fills the whole line."""
    file = written(edition(LONG_WORDS, {}, {}, proof=False), tmp_path)
    for viewport in (WIDE, PHONE):
        page = opened(browser, file, viewport)
        numbers = page.evaluate(NUMBERS)
        assert len(numbers) == 5
        assert [found for found in numbers if abs(found["off"]) > 1] == []
        notes = page.evaluate(NOTES)
        assert len(notes) == 2
        assert max(map(abs, notes)) < 3


SIZES = """() => [...document.images].map((e) => {
  const { width, height } = e.getBoundingClientRect();
  return [Math.round(width), Math.round(height), getComputedStyle(e).objectFit];
})"""
TALL = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="2000"/>'
PICTURES = """\
![Tall](tall.svg)

In a text ![tall](tall.svg) too.

<p><img src="tall.svg" alt="Tall" width="400" height="2000"></p>
"""


def test_pictures_fit_on_the_screen(browser: Browser, tmp_path: Path) -> None:
    """No picture is higher than six tenths of the screen, or out of shape."""
    made = replace(edition(PICTURES, {}, {}), images={"tall.svg": TALL})
    file = written(made, tmp_path)
    for viewport in (WIDE, PHONE):
        page = opened(browser, file, viewport)
        sizes = page.evaluate(SIZES)
        assert len(sizes) >= 3
        for width, height, fit in sizes:
            assert height <= 0.6 * viewport["height"] + 1
            assert fit == "contain" or abs(height / width - 5) < 0.1


def test_quiet_words_stand_on_the_first_line(browser: Browser, tmp_path: Path) -> None:
    """The quiet word for what is left out shares the first line of its source."""
    made = edition("One.\n\n## Two\n", {}, {}, proof=False)
    pairs = tuple(replace(pair, state=State.OMITTED) for pair in made.pairs)
    page = opened(browser, written(replace(made, pairs=pairs), tmp_path), WIDE)
    one, other = page.evaluate(FIRST_LINES)[0]["lines"]
    assert abs(one - other) <= 1


def test_names_of_boxes_stand_in_their_cells(browser: Browser, tmp_path: Path) -> None:
    """A box without a title is one rectangle per language: its name and its text have
    the same left and right edges."""
    korean = {"One": "하나.", "Two": "둘."}
    made = edition("::: note\nOne.\n\nTwo.\n:::\n", korean, {})
    page = opened(browser, written(made, tmp_path), WIDE)
    boxes = [box.bounding_box() for box in page.locator(".box").all()]
    edges = [(round(box["x"]), round(box["width"])) for box in boxes if box]
    assert len(edges) == 6
    assert edges[::2] == edges[:1] * 3
    assert edges[1::2] == edges[1:2] * 3


PARTICLES = [
    "날’이라는",
    "(deal)를",
    "『법』은",
    "‘금지’라고",
    "[a]에서만은",
    "“말”이었습니다만",
    "5%가",
    "f()를",
]

BROKEN = """(words) => {
  const walker = document.createTreeWalker(
    document.querySelector('#s1-ko'), NodeFilter.SHOW_TEXT);
  const places = [];
  for (let node; (node = walker.nextNode());)
    for (let i = 0; i < node.length; i++) places.push([node, i]);
  const all = places.map(([node, i]) => node.data[i]).join('');
  const top = ([node, i]) => {
    const range = document.createRange();
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    return range.getBoundingClientRect().bottom;
  };
  const broken = [];
  for (const word of words)
    for (let at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + 1)) {
      const ends = [at, at + word.length - 1].map((i) => top(places[i]));
      if (ends[1] - ends[0] > 12) broken.push(word);
    }
  return broken;
}"""


def test_particles_stay_with_their_closing_marks(
    browser: Browser, tmp_path: Path
) -> None:
    """At no width does a line end between a closing mark and its particle, and nothing
    is wider than a phone."""
    korean = (
        "그 ‘손 없는 날’이라는 것과 (deal)를 『법』은 **‘금지’**라고 [a]에서만은 "
        "“말”이었습니다만 *그 ‘손 없는 날’*이라는 3.5%가 `f()`를 "
    )
    made = edition("One.\n", {"One": korean * 6}, {}, proof=False)
    page = opened(browser, written(made, tmp_path), PHONE)
    page.locator("summary").click()
    for width in range(250, 420, 10):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(BROKEN, PARTICLES) == [], width
        assert page.evaluate(STICKING_OUT) == [], width


def test_a_reader_can_choose_one_language(browser: Browser, tmp_path: Path) -> None:
    """Without script a choice hides the other language, titles, tables and notes
    included, and the one that is left fits on the page."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    for layout in ("facing", "interleaved"):
        page.goto(written(edition(), tmp_path, layout).as_uri())
        for viewport in (WIDE, PHONE):
            page.set_viewport_size(viewport)
            page.get_by_label("English").check()
            assert page.locator("#s3").is_visible()
            assert page.get_by_text("Passengers", exact=True).is_visible()
            assert page.locator("[lang=ko]:visible").all_inner_texts() == CHOICES
            page.get_by_label("한국어").check()
            assert page.locator("#s3-ko").is_visible()
            assert page.get_by_text("1인당 비용").is_visible()
            assert page.locator("#s3").is_hidden()
            assert page.get_by_text("Passengers", exact=True).is_hidden()
            left = [page.locator(n).bounding_box() for n in ("#s1-ko", "#s3-ko")]
            assert len({box["x"] for box in left if box}) == 1
            page.get_by_label("둘 다").check()
            assert page.locator("#s3").is_visible()
            folded = layout == "facing" and viewport is PHONE
            assert page.locator("#s3-ko").is_visible() is not folded
    context.close()


CHOICES = ["보기", "한국어", "둘 다"]
"""Korean that stays on the page of who reads English alone."""


def test_one_language_fits(browser: Browser, tmp_path: Path) -> None:
    """Whichever language is chosen, nothing sticks out, on a phone or beside it."""
    page = opened(browser, written(edition(), tmp_path), PHONE)
    for name in ("English", "한국어"):
        page.get_by_label(name).check()
        for width in (320, 390, 800, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(STICKING_OUT) == [], (name, width)


def test_code_leaves_no_blank_before_a_particle(
    browser: Browser, tmp_path: Path
) -> None:
    """Korean code ends close to the particle after it; English code has room on both
    sides."""
    made = edition("Use `code` now.\n", {"Use": "`code`로 쓴다."}, {})
    page = opened(browser, written(made, tmp_path), WIDE)
    padding = "e => parseFloat(getComputedStyle(e).paddingRight)"
    assert page.locator("#s1-ko code").evaluate(padding) <= 1
    assert page.locator("#s1 code").evaluate(padding) >= 3


def test_print_is_clean(browser: Browser, file: Path) -> None:
    """On paper both columns stand side by side, black on white, without links to
    segments."""
    page = opened(browser, file, WIDE)
    page.emulate_media(media="print")
    assert not page.locator(".n > span").first.is_visible()
    one = page.locator("#s3").bounding_box()
    other = page.locator("#s3-ko").bounding_box()
    assert one
    assert other
    assert other["x"] >= one["x"] + one["width"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )


WORDS = (
    "First", "Words", "Item", "Said", "Head", "Cell", "Heading", "In", "Alt", "Note",
)  # fmt: skip


def besieged(*evils: str) -> str:
    """Return an article that holds hostile texts wherever one can stand."""
    quoted = json.dumps("\n".join(evils).replace("\0", ""))
    lines = [" ".join(evil.split()) for evil in evils]
    labels = [re.sub(r"[\[\]\s]", "", evil) or "x" for evil in evils]
    return f"""\
---
title: {quoted}
description: {quoted}
author: {quoted}
translator: {{ko: {quoted}}}
date: {quoted}
caption: {quoted}
---

First words.

{"".join(map(siege, range(len(evils)), evils, lines, labels))}\
Last words.

{"".join(map(notes, range(len(evils)), lines, labels))}"""


def siege(n: int, evil: str, line: str, label: str) -> str:
    """Return the part of an article that one hostile text stands in."""
    return f"""\
Words{n} {line} words.[^{label}{n}]

{evil}

- Item{n} {line}

  {line}

> Said{n} {line}

| Head{n} {line} | b |
|---|---|
| Cell{n} {line} | c |

## Heading{n} {line}

::: note {line}
In{n} a box {line}
:::

![Alt{n} {line}](p.png "{line}")

```{line}
{line}
```

[link][r{n}]

{{{{< {line} >}}}}

"""


def notes(n: int, line: str, label: str) -> str:
    """Return what stands about a hostile text at the end of an article."""
    return f"""\
[^{label}{n}]: Note{n} {line}

[r{n}]: https://e.org/{label} '{line}'

"""


def targets(evils: Sequence[str], say: str) -> dict[str, str]:
    """Return what translates an article that is besieged, by first words.

    :param say: with ``{}`` for the text.
    """
    return {
        f"{word}{n}": say.format(evil) for n, evil in enumerate(evils) for word in WORDS
    }


def together(evils: Sequence[str]) -> list[tuple[str, ...]]:
    """Return texts that can stand on one page; then, alone, each that nothing closes,
    as it reaches to the end of its article."""
    alone = [evil for evil in evils if not closed(besieged(evil))]
    return [tuple(e for e in evils if e not in alone), *((evil,) for evil in alone)]


def closed(markdown: str) -> bool:
    """Whether an article that is besieged comes to its last words."""
    segments = parse(markdown, name="evil.md").segments
    return any(one.text == "Last words." for one in segments)


def apart(evils: Sequence[str]) -> list[tuple[str, ...]]:
    """Return each text alone."""
    return [(evil,) for evil in evils]


Arrange = Callable[[Sequence[str]], list[tuple[str, ...]]]
arranged = pytest.mark.parametrize(
    "arrange", [together, pytest.param(apart, marks=pytest.mark.long)]
)


STRUCTURE = """() => {
  const shape = (parent) => [...parent.children].map((e) => e.tagName);
  const beside = ['First words.', 'Last words.'].map((words) => {
    const row = [...document.querySelectorAll('main .row')]
      .find((row) => row.textContent.includes(words));
    return row && [...row.children].map((cell) => {
      const { top, width } = cell.getBoundingClientRect();
      return [Math.round(top - row.getBoundingClientRect().top), width > 300];
    });
  });
  return {
    body: shape(document.body),
    rows: [...document.querySelectorAll(
      'main > :not(.row.paired, .group), .group > :not(.row.paired)')].length,
    cells: [...document.querySelectorAll('.row > *')]
      .filter((e) => !e.matches('.row > .cell')).length,
    beside,
    lost: [...document.querySelectorAll('main, header, footer')]
      .filter((e) => e.parentElement !== document.body).length,
    styled: [...document.querySelectorAll('[style]')]
      .filter((e) => !e.matches('.grid, .grid :is(th, td)')).length,
    handlers: [...document.querySelectorAll('*')].flatMap((e) =>
      [...e.attributes].filter((a) => /^on|^src(set|doc)$/i.test(a.name))).length,
    ids: [...document.querySelectorAll('[id]')].map((e) => e.id)
      .filter((id, i, all) => all.indexOf(id) !== i),
    schemes: [...document.querySelectorAll('a[href]')].map((a) => a.protocol)
      .filter((p) => !['http:', 'https:', 'file:', 'mailto:', 'tel:'].includes(p)),
    scripts: [...document.scripts].map((e) => e.parentElement.tagName + e.type),
    alien: document.querySelectorAll('iframe, object, embed, form, svg, math, '
      + 'main input, base, link, video, audio, main meta, main style').length,
    pwned: window.pwned ?? false,
  };
}"""


HARMLESS = {
    "rows": 0,
    "cells": 0,
    "lost": 0,
    "styled": 0,
    "handlers": 0,
    "ids": [],
    "schemes": [],
    "scripts": ["HEADapplication/ld+json", "HEADmodule"],
    "alien": 0,
    "pwned": False,
}


@arranged
def test_hostile_texts_do_nothing(
    browser: Browser, tmp_path: Path, arrange: Arrange
) -> None:
    """Whatever an article, its front matter or a translation holds, no script runs, no
    request leaves, and the page keeps its rows; even without its own policy, which
    would stop scripts too."""
    context = browser.new_context(viewport=WIDE, bypass_csp=True)
    context.add_init_script("window.pwn = () => { window.pwned = true; }")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    groups = arrange(HOSTILE)
    for n, evils in enumerate(groups):
        made = edition(besieged(*evils), targets(evils, "{} 말"), {})
        path = tmp_path / f"{n}.html"
        path.write_text(str(exporters.export(made, "html")), "utf-8")
        page.goto(path.as_uri())
        found = page.evaluate(STRUCTURE)
        body = found.pop("body")
        assert body[:3] == ["ASIDE", "HEADER", "MAIN"], evils
        assert set(body[3:-1]) <= {"SECTION"}, evils
        assert body[-1] == "FOOTER", evils
        first, last = found.pop("beside")
        assert found == HARMLESS, evils
        assert first == [[0, True], [0, True]], evils
        # a comment or script that nothing closes reaches to the end of the article
        ends = any(s.text == "Last words." for s in made.article.segments)
        assert last == first or not ends, evils
        assert ends or len(evils) == 1
    assert asked == [(tmp_path / f"{n}.html").as_uri() for n in range(len(groups))]
    context.close()
