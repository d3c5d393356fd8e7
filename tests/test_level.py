"""Both languages of a pair begin on one line, whatever makes it higher on one side: on
pages and in books, in both browsers."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import test_browser
from editions import edition
from firefox import Firefox
from playwright.sync_api import Browser
from test_browser import FIRST_LINES

from translate_flow.edition import Edition, arranged
from translate_flow.exporters import epub, html

pytestmark = pytest.mark.slow

HIGH = (
    "`code`",
    "`코드`",
    "<kbd>Ctrl</kbd>",
    "**bold**",
    "*굵게*",
    "H<sub>2</sub>O",
    "x<sup>2</sup>",
    "<small>small</small>",
    "[link](https://e.org)",
    "a mark[^n]",
    "![pic](x.png)",
    "<ruby>漢<rt>한</rt></ruby>",
    "https://e.org/a_b",
)
"""What stands in the first line of one side, of the other, or of both."""


def high() -> Edition:
    blocks, korean = [], {}
    for i, sign in enumerate(HIGH):
        sides = (sign, ""), ("", sign), (sign, sign)
        for j, (one, other) in enumerate(sides):
            own, named = f"P{i}-{j} {one} and more", f"문단 {i} {other} 그리고"
            blocks += [f"{own}.", f"- L{own}.", f"> Q{own}.", f"## H{own}"]
            korean |= {f"{kind}{own}": named for kind in ("", "L", "Q", "H")}
    blocks.append("[^n]: The note.")
    return arranged(edition("\n\n".join(blocks), korean, {}, proof=False), "source")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return an edition as a page, and as the text of a book."""
    folder, made = tmp_path_factory.mktemp("pages"), high()
    page, book = folder / "page.html", folder / "a.epub"
    page.write_text(html.export(made, layout="facing"), "utf-8")
    book.write_bytes(epub.export(made, layout="facing"))
    with ZipFile(book) as packed:
        packed.extractall(folder)
    return [page, folder / "EPUB" / "text.xhtml"]


def apart(pairs: list[dict[str, Any]]) -> list[str]:
    """Return the pairs whose first lines are more than a pixel apart."""
    assert len(pairs) > len(HIGH) * 12
    lines = ((pair["id"], *pair["lines"]) for pair in pairs)
    return [name for name, a, b in lines if None not in (a, b) and abs(a - b) > 1]


def test_pairs_are_level_in_chromium(browser: Browser, pages: list[Path]) -> None:
    """Code, marks, pictures and readings above letters move no line."""
    for file in pages:
        page = test_browser.opened(browser, file, {"width": 1280, "height": 900})
        assert apart(page.evaluate(FIRST_LINES)) == [], file.name


def test_pairs_are_level_in_firefox(firefox: Firefox, pages: list[Path]) -> None:
    """So it is in Firefox, which sets lines by other rules."""
    for file in pages:
        firefox.show(file, 1280)
        assert apart(firefox.evaluate(FIRST_LINES)) == [], file.name
