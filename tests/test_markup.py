"""Inline Markdown as HTML and as plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from translate_flow.text.markup import CJK, everywhere, to_html, visible


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**굵게(bold)**는", "<strong>굵게(bold)</strong>는"),
        ("이른바**‘핵우산’**을", "이른바<strong>‘핵우산’</strong>을"),
        ("*`code`*를", "<em><code>code</code></em>를"),
        ("**[링크](u)**를", '<strong><a href="u">링크</a></strong>를'),
        ("**React.**은", "<strong>React.</strong>은"),
        ("***셋***은", "<em><strong>셋</strong></em>은"),
        ("**3.5%**가 늘었다", "<strong>3.5%</strong>가 늘었다"),
        ("**“인용”**이라고", "<strong>“인용”</strong>이라고"),
    ],
)
def test_emphasis_before_a_particle(text: str, html: str) -> None:
    """Emphasis works right before Korean particles, also after punctuation."""
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**정부(政府)**는", "**정부(政府)**&#45716;"),
        ("이른바**‘핵우산’**을", "이른&#48148;**‘핵우산’**&#51012;"),
        ("*“셋”*이 ***넷!***은", "*“셋”*&#51060; ***넷!***&#51008;"),
        ("**3.5%**가, **℃**로", "**3.5%**&#44032;, **℃**&#47196;"),
        ("**[링크](u)**를", "**[링크](u)**&#47484;"),
        ("**굵게**는 (*a*) **b**", "**굵게**는 (*a*) **b**"),
        ("`**(a)**는` 2 * 3", "`**(a)**는` 2 * 3"),
    ],
)
def test_emphasis_that_every_parser_sees(text: str, written: str) -> None:
    """The letter beside it is a reference: punctuation to a parser, a letter to who
    reads; no tag, which Hugo would drop, and nothing that is not needed."""
    assert everywhere(text) == written
    plain = MarkdownIt("commonmark").renderInline(written)
    assert plain == to_html(text)


ASCII = st.text(st.sampled_from("ab *_`()[]!.,\"'<>&\\~"), max_size=30)


@given(ASCII)
def test_other_text_is_commonmark(text: str) -> None:
    """Without a Korean letter nothing differs from CommonMark."""
    assert not CJK.search(text)
    plain = MarkdownIt("commonmark").enable("strikethrough")
    assert to_html(text) == plain.renderInline(text)


def test_references_make_links() -> None:
    """A label that the article defines is a link; another one is text."""
    references = {"PORT": ("https://example.org/", "The port")}
    assert to_html("[Port] and [ship]", references) == (
        '<a href="https://example.org/" title="The port">Port</a> and [ship]'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$x_1*y*z_2$ is *x*", "$x_1*y*z_2$ is <em>x</em>"),
        ("{{< figure a_b_c >}}", "{{&lt; figure a_b_c &gt;}}"),
        ("The end { #end }", "The end "),
        ("{name} *x*", "{name} <em>x</em>"),
        ("it costs $5 and *not* $6", "it costs $5 and <em>not</em> $6"),
    ],
)
def test_no_markup_in_what_is_no_prose(text: str, html: str) -> None:
    """Maths and shortcodes are shown as they are; attributes are not shown."""
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plain words, 낱말", "plain words, 낱말"),
        ("**bold** and `code` and [link](url \"t\")", "bold and code and link"),
        ("![alt *text*](src) end", "alt text end"),
        ("a<br>b<span class=x>c</span>", "a\nbc"),
        ("&amp; \\*x\\*", "& *x*"),
        ("The end { #end }", "The end"),
        ("see {{< ref a >}} there", "see there"),
    ],
)  # fmt: skip
def test_visible_words(text: str, words: str) -> None:
    """Readers see words, not markup, addresses or attributes."""
    assert visible(text) == words


@given(st.text(max_size=40))
def test_any_text_has_words(text: str) -> None:
    """No text is too strange to be shown."""
    assert isinstance(visible(text), str)
    assert isinstance(to_html(text), str)
