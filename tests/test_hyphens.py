"""Hyphens stand in prose, with a hyphen of its own face: never in titles, code or
addresses."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
import test_browser
from editions import edition
from firefox import Firefox
from playwright.sync_api import Browser

from translate_flow.exporters import email, epub, html
from translate_flow.exporters.inline.verbatim import verbatim

SOURCE = """\
# International considerations of `international_code`

## Internationalisation

An internationally acknowledged `international_passenger_number` and
https://internationally.example.org/acknowledged/considerations, or
[acknowledged](https://e.org), or considerations@example.org, or
international_passenger_number, or <kbd>International</kbd>.

| International | Considerations |
|---------------|----------------|
| Acknowledged internationally | `international_code` |

> [!NOTE] Internationalisation
> Internationally acknowledged.

```
internationally_acknowledged considerations
```

<p>An internationally acknowledged <code>consideration</code>.</p>
"""

HYPHENS = """() => {
  const hyphens = (e) => getComputedStyle(e).hyphens;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const inside = (e) => [e, ...e.querySelectorAll('*')];
  const never = all('h1, h2, th, code, kbd, pre, .label, .as-is').flatMap(inside);
  const prose = all('p:not(.label) > .t:lang(en), td > .t:lang(en), .raw p:lang(en)');
  return {
    never: never.filter((e) => hyphens(e) !== 'none' && hyphens(e) !== 'manual')
      .map((e) => e.outerHTML.slice(0, 80)),
    prose: prose.length && prose.every((e) => hyphens(e) === 'auto'),
    sign: prose.map((e) => getComputedStyle(e).hyphenateCharacter)[0],
    kept: all('.as-is').map((e) => e.textContent),
  };
}"""
WANTED = {
    "never": [],
    "prose": True,
    "sign": '"-"',
    "kept": [
        "https://internationally.example.org/acknowledged/considerations",
        "considerations@example.org",
        "international_passenger_number",
    ],
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return an edition as a page, and as the text of a book."""
    folder, made = (
        tmp_path_factory.mktemp("pages"),
        edition(SOURCE, {}, {}, proof=False),
    )
    page, book = folder / "page.html", folder / "a.epub"
    page.write_text(html.export(made, layout="source"), "utf-8")
    book.write_bytes(epub.export(made, layout="source"))
    with ZipFile(book) as packed:
        packed.extractall(folder)
    return [page, folder / "EPUB" / "text.xhtml"]


@pytest.mark.slow
def test_hyphens_in_chromium(browser: Browser, pages: list[Path]) -> None:
    """Prose alone has them, in pages and in books."""
    for file in pages:
        page = test_browser.opened(browser, file, {"width": 390, "height": 900})
        assert page.evaluate(HYPHENS) == WANTED, file.name


@pytest.mark.slow
def test_hyphens_in_firefox(firefox: Firefox, pages: list[Path]) -> None:
    """So it is in Firefox, which knows more words to hyphenate."""
    for file in pages:
        firefox.show(file, 390)
        assert firefox.evaluate(HYPHENS) == WANTED, file.name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("see https://e.org/a_b/c.", "see [https://e.org/a_b/c]."),
        ("(http://e.org/?a=1&amp;b)에서", "([http://e.org/?a=1&amp;b])에서"),
        ("a@e.org, b_c.d_e and f.g", "[a@e.org], [b_c.d_e] and f.g"),
        ('<a href="https://e.org/a_b">go</a>', '<a href="https://e.org/a_b">go</a>'),
        ("snake_case를 5_000", "[snake_case]를 [5_000]"),
        ("&lt;https://e.org&gt;", "&lt;[https://e.org]&gt;"),
        ("<code>a_b</code> a_b", "<code>a_b</code> [a_b]"),
        ("_ a_ _b well-known", "_ a_ _b well-known"),
    ],
)
def test_what_is_no_word(text: str, wanted: str) -> None:
    """Addresses and names of code are held, without the marks about them; tags are left
    alone, and mail knows nothing of it."""
    held = wanted.replace("[", '<span class="as-is">').replace("]", "</span>")
    assert verbatim(text) == held
    made = edition("See https://e.org/a_b.\n", {}, {}, proof=False)
    assert "as-is" not in email.export(made, layout="source")
