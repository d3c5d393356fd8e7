"""What readers can do with an HTML edition in a real browser: tap for the other
language, see which sentences belong together, keep a choice, copy a link."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from editions import edition
from playwright.sync_api import Browser, BrowserContext, Page
from test_browser import PHONE, STICKING_OUT, WIDE, opened, written

from translate_flow import exporters

pytestmark = pytest.mark.slow

TEXT = """\
# Ferries

The boat is late. The town waits. So do we.

- One item. Two *sentences*.

*The ferry came in 1998. It went in 2012.* Half of the island is on board.

One here. One there.

| Left | Right |
|------|-------|
| Here | There |

End.[^n]

[^n]: A note.
"""
KOREAN = {
    "Ferries": "여객선",
    "The boat": "배가 늦는다. 마을이 기다린다. 우리도 기다린다.",
    "One item": "항목 하나. *문장* 둘.",
    "*The ferry": "배는 1998년에 왔다. 2012년에 떠났다. 섬의 절반이 타고 있다.",
    "One here": "여기 하나, 저기 하나.",
    "Left": "왼쪽",
    "Right": "오른쪽",
    "Here": "여기",
    "There": "저기",
    "End": "끝.[^n]",
    "A note": "주석.",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A release with sentences that match and some that do not."""
    return written(edition(TEXT, KOREAN, {}, proof=False), tmp_path)


def without_script(browser: Browser, file: Path, **more) -> tuple[BrowserContext, Page]:
    context = browser.new_context(java_script_enabled=False, **more)
    page = context.new_page()
    page.goto(file.as_uri())
    return context, page


# --- one language first ------------------------------------------------------


def test_phones_show_the_partner_when_it_is_asked_for(
    browser: Browser, file: Path
) -> None:
    """Without script each text's partner is one tap or key away, titles and notes are
    there in both languages, and a link into the partner opens it."""
    context, page = without_script(browser, file, viewport=PHONE)
    assert page.get_by_text("여객선", exact=True).is_visible()
    assert page.get_by_text("주석.").is_visible()
    assert page.locator("#s2-ko").is_hidden()
    summary = page.locator("#s2 + details > summary")
    assert summary.inner_text().split() == ["한국어", "단락", "1"]
    box = summary.bounding_box()
    assert box
    assert box["height"] >= 24
    summary.click()
    assert page.locator("#s2-ko").is_visible()
    assert page.locator("#s3-ko").is_hidden()
    page.locator("#s3 + details > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#s3-ko").is_visible()
    page.locator("[href='#mark1-ko']").click()
    assert page.locator("#mark1-ko").is_visible()
    context.close()


def test_nothing_is_folded_elsewhere(browser: Browser, file: Path) -> None:
    """Without script all is open on wide screens and in print, and on phones too for
    readers of the target alone; then no summary can be seen or reached."""
    context, page = without_script(browser, file, viewport=WIDE)
    targets = page.locator("details .inner")

    def is_open() -> bool:
        seen = all(target.is_visible() for target in targets.all())
        return seen and page.locator("summary:visible").count() == 0

    assert targets.count() == 5
    assert is_open()
    page.set_viewport_size(PHONE)
    assert not is_open()
    page.get_by_label("한국어", exact=True).check()
    assert is_open()
    page.get_by_label("둘 다").check()
    page.emulate_media(media="print")
    assert is_open()
    context.close()


BELOW = """() => [...document.querySelectorAll('details.cell')].map((cell) => {
  const source = cell.previousElementSibling.getBoundingClientRect();
  const { top, left } = cell.querySelector('.inner').getBoundingClientRect();
  return [top >= source.bottom, left - source.left];
})"""


def test_an_open_phone_page_fits(browser: Browser, tmp_path: Path) -> None:
    """On a phone an open partner stands below its source, on the same edge, and nothing
    sticks out."""
    page = opened(browser, written(edition(), tmp_path), PHONE)
    for summary in page.locator("summary:visible").all():
        summary.click()
    for width in (320, 390, 720):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(STICKING_OUT) == [], width
        found = page.evaluate(BELOW)
        assert len(found) > 10
        assert found == [[True, 0]] * len(found), width


def test_marks_of_proofs_are_seen_before_a_text_is_opened(
    browser: Browser, tmp_path: Path
) -> None:
    """On a phone a proof shows what is unfinished once, whether a text is open or
    not."""
    page = opened(browser, written(edition(), tmp_path), PHONE)
    draft = page.locator("details.unread")
    assert draft.locator("summary .badge").is_visible()
    draft.locator("summary").click()
    assert draft.locator(".badge:visible").count() == 1
    page.set_viewport_size(WIDE)
    assert draft.locator(".badge:visible").count() == 1


def test_older_browsers_open_what_is_folded(browser: Browser, file: Path) -> None:
    """Where style sheets cannot open what is folded, the script does on wide screens,
    for one language and in print; a summary stays where there is no script."""
    text = file.read_text("utf-8").replace("::details-content", "::no-such-thing")
    file.write_text(text, "utf-8")
    context = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    target = page.locator("#s2-ko")
    assert target.is_hidden()
    page.set_viewport_size(WIDE)
    page.wait_for_selector("#s2-ko")
    assert page.locator("summary:visible").count() == 0
    page.set_viewport_size(PHONE)
    page.reload()
    page.get_by_label("한국어", exact=True).check()
    assert target.is_visible()
    context.close()
    context, page = without_script(browser, file, viewport=WIDE)
    page.locator("#s2 + details > summary").click()
    assert page.locator("#s2-ko").is_visible()
    context.close()


GROUPS = """\
Before.

- One.
- Two.
  - Three.
- Four.

> Said.
>
> Said again.

Term
: Meaning.

Other
: Another.

After.
"""
WORDS = ("Before", "One", "Two", "Three", "Four", "Said", "Term", "Meaning", "After")
GROUPED = {word: f"{word} 말" for word in (*WORDS, "Other", "Another", "Said again")}


@pytest.mark.parametrize("script", [True, False], ids=["script", "bare"])
def test_a_list_is_folded_as_one(
    browser: Browser, tmp_path: Path, *, script: bool
) -> None:
    """On a phone a list, a quotation and a list of terms have one fold each, below all
    their texts; opened, the other language stands there as a whole, in its order."""
    made = edition(GROUPS, GROUPED, {}, proof=False)
    file = written(made, tmp_path)
    context = browser.new_context(viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("summary:visible").count() == 5
    group = page.locator(".group").first
    assert group.locator(".inner:visible").count() == 0
    group.locator("summary:visible").click()
    page.wait_for_timeout(60)
    seen = group.locator(".cell:visible .t:visible")
    tops = [box["y"] for box in (one.bounding_box() for one in seen.all()) if box]
    texts = [" ".join(text.split()) for text in seen.all_inner_texts()]
    told = [text for _, text in sorted(zip(tops, texts, strict=True))]
    english = ["One.", "Two.", "Three.", "Four."]
    korean = ["One 말", "Two 말", "Three 말", "Four 말"]
    assert [text.lstrip("1234567890 ") for text in told] == [*english, *korean]
    assert page.locator(".group >> nth=1").locator(".inner:visible").count() == 0
    group.locator("summary:visible").click()
    page.wait_for_timeout(60)
    assert group.locator(".inner:visible").count() == 0
    page.get_by_label("Open all").check()
    page.wait_for_timeout(60)
    assert page.locator(".inner:visible").count() == len(made.pairs)
    context.close()


def test_a_link_opens_the_list_that_it_leads_into(
    browser: Browser, tmp_path: Path
) -> None:
    """Whatever item of the other language an address names is seen."""
    file = written(edition(GROUPS, GROUPED, {}, proof=False), tmp_path)
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{file.as_uri()}#s4-ko")
    page.wait_for_timeout(60)
    assert page.locator("#s4-ko").is_visible()
    assert page.locator("#s2-ko").is_visible()
    assert not page.locator("#s6-ko").is_visible()
    page.close()


def test_targets_on_a_phone_are_as_large_as_a_finger(
    browser: Browser, file: Path
) -> None:
    """Folds and choices take 44 pixels or more in both directions."""
    page = opened(browser, file, PHONE)
    boxes = [
        one.bounding_box()
        for one in page.locator("summary:visible, .views label:visible").all()
    ]
    assert len(boxes) >= 8
    assert [box for box in boxes if box["width"] < 44 or box["height"] < 44] == []


# --- what script adds --------------------------------------------------------


def test_matching_sentences_light_up(browser: Browser, file: Path) -> None:
    """Under the pointer a sentence and its match light up, in the same ink on another
    ground; two that the other side says in one, together; cells of tables too."""
    page = opened(browser, file, WIDE)

    def lit(selector: str) -> list[str]:
        page.locator(selector).hover()
        words = page.locator(".lit").all_inner_texts()
        return [" ".join(text.split()) for text in words]

    assert lit("[lang=ko] [data-s='2.2']") == ["The town waits.", "마을이 기다린다."]
    assert page.locator("#s2 .lit").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    ) != page.locator("#s2 .s").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert lit("#s3 [data-s='3.1']") == ["One item.", "항목 하나."]
    joined = [
        "The ferry came in 1998. It went in 2012.",
        "배는 1998년에 왔다.",
        "2012년에 떠났다.",
    ]
    assert lit("#s4 em") == joined
    assert len(lit("#s5 .t")) == 2
    assert lit("#s8 .t") == ["Here", "여기"]
    assert lit("h1 .t >> nth=0") == ["# Ferries", "여객선"]


def test_a_tap_lights_up_too(browser: Browser, file: Path) -> None:
    """On a phone a tap on a sentence shows its match in an open partner, and a tap
    elsewhere puts it out."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#s2 + details > summary").tap()
    page.locator("#s2 [data-s='2.3']").tap()
    found = page.locator(".lit").all_inner_texts()
    assert found == ["So do we.", "우리도 기다린다."]
    page.locator("header").tap(position={"x": 5, "y": 5})
    assert page.locator(".lit").count() == 0
    context.close()


def test_the_choice_of_language_is_remembered(browser: Browser, file: Path) -> None:
    """The next page opens in the language that was chosen, also when its source is in
    the other language; without storage the choice still works."""
    page = browser.new_page(viewport=WIDE)
    page.goto(file.as_uri())
    page.get_by_label("한국어", exact=True).check()
    page.reload()
    assert page.get_by_label("한국어", exact=True).is_checked()
    assert page.locator("#s2").is_hidden()
    page.close()
    context = browser.new_context(viewport=WIDE)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new Error('not allowed') } })"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.get_by_label("English", exact=True).check()
    assert page.locator("#s2-ko").is_hidden()
    assert said == []
    context.close()


def test_a_number_copies_the_link_to_its_segment(browser: Browser, file: Path) -> None:
    """A click on a segment's number copies its address and says so in both languages,
    and leads there as it does without script."""
    context = browser.new_context(viewport=WIDE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("a.n[href='#s2'] > span").click()
    region = page.locator("[role=status]")
    page.wait_for_selector("[role=status]:not(:empty)")
    assert region.inner_text() == "Link copied · 링크 복사 완료"
    assert page.evaluate("navigator.clipboard.readText()") == f"{file.as_uri()}#s2"
    assert page.url.endswith("#s2")
    context.close()


def test_script_and_style_obey_the_policy(browser: Browser, tmp_path: Path) -> None:
    """Nothing on the page is stopped by its policy, and whatever readers do, nothing is
    asked of anybody and nothing complained of."""
    said: list[str] = []
    for layout in ("facing", "interleaved", "source", "target"):
        path = written(edition(), tmp_path, layout)
        page = browser.new_page(viewport=PHONE)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url))
        page.goto(path.as_uri())
        for summary in page.locator("summary:visible").all():
            summary.click()
        for choice in page.locator(".views label").all():
            choice.click()
        page.locator("a.n > span").first.click()
        page.emulate_media(media="print")
        assert said == [path.as_uri()], layout
        said.clear()
        page.close()


def test_a_project_template_keeps_the_policy(browser: Browser, tmp_path: Path) -> None:
    """A template of the project's own cannot add a script by mistake that its page then
    runs; the rest of the page works."""
    own = (
        '{% extends "page.html.j2" %}{% block footer %}<p id="own">{{ title }}</p>'
        "<script>window.pwned = true</script>{{ super() }}{% endblock %}"
    )
    made = edition(TEXT, KOREAN, {}, proof=False)
    made = replace(made, templates={"edition.html": own})
    path = tmp_path / "own.html"
    path.write_text(str(exporters.export(made, "html")), "utf-8")
    page = opened(browser, path, WIDE)
    assert page.locator("#own").inner_text() == "Ferries · 여객선"
    assert page.evaluate("window.pwned") is None
    data = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(data or "")["@graph"][1]["inLanguage"] == "ko"
