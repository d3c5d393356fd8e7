"""The HTML edition in Firefox: on a screen, on paper."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
from editions import edition
from firefox import Firefox
from test_browser import LONG_WORDS, NUMBERED, NUMBERS, STICKING_OUT, written
from test_pdf import texts

from translate_flow.exporters.content.sides import sides

pytestmark = pytest.mark.slow


LINE = 40
"""A word of more letters stands on several lines, with the other column between."""


@pytest.mark.parametrize("width", [500, 1280])
@pytest.mark.parametrize("layout", ["facing", "interleaved", "source", "target"])
def test_nothing_overflows(
    firefox: Firefox, tmp_path: Path, width: int, layout: str
) -> None:
    """No element sticks out of the window."""
    firefox.show(written(edition(), tmp_path, layout), width)
    assert firefox.evaluate("() => innerWidth") == width
    assert firefox.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("text", [NUMBERED, LONG_WORDS], ids=["short", "long"])
def test_numbers_stand_on_the_line_of_their_text(
    firefox: Firefox, tmp_path: Path, text: str
) -> None:
    """Every number shares the baseline of the text that it numbers, in one column, also
    where the first word fills the line."""
    file = written(edition(text, {}, {}, proof=False), tmp_path)
    for width in (500, 1280):
        firefox.show(file, width)
        numbers = firefox.evaluate(NUMBERS)
        assert [found for found in numbers if abs(found["off"]) > 1] == []
        assert len({round(found["right"]) for found in numbers}) == 1


def test_korean_breaks_between_words(firefox: Firefox, tmp_path: Path) -> None:
    """Korean lines break between words, and emphasis is not slanted."""
    firefox.show(written(edition(), tmp_path), 500)
    style = "const s = getComputedStyle(document.querySelector('#s3-ko em'))"
    found = firefox.evaluate(f"() => {{ {style}; return [s.wordBreak, s.fontStyle] }}")
    assert found == ["keep-all", "normal"]


def test_every_word_of_both_languages_is_printed(
    firefox: Firefox, tmp_path: Path
) -> None:
    """A page printed from a narrow window, where one language is folded away, has all
    of both."""
    made = edition(proof=False)
    firefox.show(written(made, tmp_path), 500)
    file = tmp_path / "printed.pdf"
    file.write_bytes(firefox.printed())
    reader = ("pdftotext", "-raw", file, "-")
    shown = subprocess.run(reader, check=True, capture_output=True, text=True).stdout
    letters = "".join(filter(str.isalpha, normalize("NFKC", shown)))
    for side in sides(made):
        for text in texts(made, side.language):
            words = ("".join(filter(str.isalpha, word)) for word in text.split())
            missing = [word for word in words if word not in letters]
            assert all(len(word) > LINE for word in missing), missing
