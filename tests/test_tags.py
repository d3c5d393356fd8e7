"""Attributes of tags: the value of one is never taken for another one."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from editions import edition
from hypothesis import given
from hypothesis import strategies as st

from translate_flow import exporters
from translate_flow.exporters.inline.tags import rewritten, values

PNG = b"\x89PNG\r\n\x1a\n0123"
"""Twelve bytes: its base64 ends in no equals sign."""

TRICKS = (
    'Hi <img title="x src=" alt=" onerror=pwn() " src="a.png">\n',
    'Hi <img alt="x src=\'" title="\' onerror=pwn() " src="a.png">\n',
    '<a title="x href=" href=" onmouseover=pwn() y">Go</a> there.\n',
    '<a title="x class=" href="https://example.org/page">Go</a> there.\n',
    "<a title='x href=\"' href='b.md' lang='\" onclick=pwn() '>Go</a> there.\n",
)


class Tags(HTMLParser):
    """All tags of a text with their attributes, as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("form", ["html", "email", "wordpress", "epub"])
@pytest.mark.parametrize("text", TRICKS)
def test_no_value_becomes_an_attribute(form: str, text: str) -> None:
    """Whatever stands in quotes stays there, in every format made of HTML."""
    plain = edition(text, {}, {}, proof=False)
    made = replace(
        plain,
        images={"a.png": PNG},
        url="https://example.org/1",
        base="../sources/",
        pages={"b.md": "b.html"},
    )
    got = exporters.export(made, form)
    if isinstance(got, bytes):
        with zipfile.ZipFile(BytesIO(got)) as book:
            got = book.read("EPUB/text.xhtml").decode()
    for tag, attributes in Tags(got).found:
        assert not [name for name in attributes if name.startswith("on")], tag
    if "example.org/page" in text:
        links = [a.get("href") for tag, a in Tags(got).found if tag == "a"]
        assert "https://example.org/page" in links


@given(st.dictionaries(st.sampled_from(["a", "src", "title"]), st.text(max_size=20)))
def test_what_is_read_is_what_was_written(wanted: dict[str, str]) -> None:
    """A tag that is written anew with other values is read as just these."""
    tag = "<img" + "".join(f' {name}="x"' for name in wanted) + ">"
    written = rewritten(tag, lambda name, _: wanted[name])
    assert values(written) == wanted
    assert rewritten(written, lambda name, value: value) == written
    assert values(rewritten(written, lambda name, value: None)) == {}
