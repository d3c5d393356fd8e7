"""The HTML edition in a real browser: columns aligned, phones spared, no requests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from editions import edition
from playwright.sync_api import Browser, Page, sync_playwright

from translate_flow import exporters

pytestmark = pytest.mark.slow

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)

FIRST_LINES = """() => {
  // The baseline of an element's first line: where an empty inline block would stand.
  const baseline = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text;
    do text = walker.nextNode();
    while (text && (!text.data.trim() || text.parentElement.closest('.n, .tick')));
    if (!text) return null;
    const probe = document.createElement('span');
    probe.style.cssText = 'display:inline-block;width:0;height:0';
    const inside = text.parentElement.closest('.badge') ?? text;
    inside.parentNode.insertBefore(probe, inside);
    const { bottom } = probe.getBoundingClientRect();
    probe.remove();
    return bottom;
  };
  const pairs = [];
  for (const target of document.querySelectorAll('[id^="s"][id$="-ko"]')) {
    const source = document.getElementById(target.id.slice(0, -3));
    const lines = [source, target].map(baseline);
    const tops = [source, target].map((e) => e.getBoundingClientRect().top);
    pairs.push({ id: source.id, lines, tops });
  }
  return pairs;
}"""

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of this system: a missing one is a failure, never a skip."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing; install it: apt-get install -y chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="module", params=["proof", "release"])
def file(request: pytest.FixtureRequest, tmp_path_factory) -> Path:
    made = edition(proof=request.param == "proof")
    return written(made, tmp_path_factory.mktemp("edition"))


def written(made, folder: Path, layout: exporters.Layout = "facing") -> Path:
    """Write an edition and return its path."""
    path = folder / exporters.file_name(made, "html", layout)
    path.write_text(str(exporters.export(made, "html", layout)), "utf-8")
    return path


def opened(browser: Browser, file: Path, viewport: dict[str, int], **more) -> Page:
    page = browser.new_page(viewport=viewport, **more)
    page.goto(file.as_uri())
    return page


def test_pairs_start_on_the_same_line(browser: Browser, file: Path) -> None:
    """On a wide screen the first lines of both sides of every pair share a baseline,
    headings, list items, table cells and footnotes included."""
    page = opened(browser, file, WIDE)
    pairs = page.evaluate(FIRST_LINES)
    assert len(pairs) == len(edition().pairs)
    for pair in pairs:
        one, other = pair["lines"]
        if one is not None and other is not None:
            assert abs(one - other) <= 1, pair
        assert abs(pair["tops"][0] - pair["tops"][1]) <= 1, pair
    page.close()


def test_columns_stand_side_by_side(browser: Browser, file: Path) -> None:
    """On a wide screen the target begins right of where the source ends; on a phone
    it stands below."""
    for viewport, beside in ((WIDE, True), (PHONE, False)):
        page = opened(browser, file, viewport)
        one = page.locator("#s3").bounding_box()
        other = page.locator("#s3-ko").bounding_box()
        assert one
        assert other
        assert (other["x"] >= one["x"] + one["width"]) is beside
        assert (other["y"] >= one["y"] + one["height"] - 1) is not beside
        page.close()


@pytest.mark.parametrize("width", [320, 390, 720, 721, 1024, 1280])
def test_nothing_overflows(browser: Browser, file: Path, width: int) -> None:
    """At no width does the page scroll sideways or an element stick out; long code
    and tables scroll inside their own box."""
    page = opened(browser, file, {"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(STICKING_OUT) == []
    page.close()


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
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_stubborn_texts_do_not_overflow(
    browser: Browser, tmp_path: Path, width: int, layout: exporters.Layout
) -> None:
    """Words, addresses, code and tables without a place to break stay in their box in
    every layout."""
    korean = dict.fromkeys(("Unb", "http", "Deep", "Quote", "Wide", "word"), LONG)
    made = edition(STUBBORN, korean, {})
    page = opened(
        browser, written(made, tmp_path, layout), {"width": width, "height": 844}
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(STICKING_OUT) == []
    page.close()


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
    """Without script the same text is there, and an anchor leads to its segment."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#s29-ko")
    assert page.locator("#s29-ko").is_visible()
    assert "배가 늦은 것이 아니다." in page.locator("main").inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_badges_are_words(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """In a proof each unfinished pair shows a readable word, not a colour alone, on a
    ground that differs between light and dark."""
    page = opened(browser, written(edition(), tmp_path), PHONE, color_scheme=scheme)
    shown = page.locator("main .badge")
    assert sorted(shown.all_inner_texts()) == ["미번역", "원문 바뀜", "초안", "초안"]
    assert all(badge.is_visible() for badge in shown.all())
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    bright = sum(map(int, ground[4:-1].split(","))) > 384
    assert bright is (scheme == "light")
    page.close()


def test_korean_breaks_between_words(browser: Browser, file: Path) -> None:
    """Korean lines break between words, and emphasis is not slanted."""
    page = opened(browser, file, PHONE)
    style = "e => [getComputedStyle(e).wordBreak, getComputedStyle(e).fontStyle]"
    found = page.locator("#s3-ko em").evaluate(style)
    assert found == ["keep-all", "normal"]
    assert page.locator("#s3 em").evaluate(style)[1] == "italic"
    page.close()


def test_print_is_clean(browser: Browser, file: Path) -> None:
    """On paper both columns stand side by side, black on white, without links to
    segments."""
    page = opened(browser, file, WIDE)
    page.emulate_media(media="print")
    assert not page.locator(".n").first.is_visible()
    one = page.locator("#s3").bounding_box()
    other = page.locator("#s3-ko").bounding_box()
    assert one
    assert other
    assert other["x"] >= one["x"] + one["width"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    page.close()
