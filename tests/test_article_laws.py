"""Laws of articles, on generated Markdown and on the examples of CommonMark."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spec import examples

from translate_flow.article import Article, parse
from translate_flow.errors import FlowError, StructureError

WORDS = ("Plain words", "낱말이 여기 있다.", "Words, then: more (of them).")
"""Texts that open nothing and hold no markup."""

OPENERS = (
    "1. x", "1919. 3. 1. 독립선언", "- x", "+ x", "* x", "# x", "> x", "===", "---",
    "***", "```", "~~~ x", ": x", "~ x", "[x]: y", "[^1]: x", "| x", "| x | y |",
    "::: x", "/// x", '!!! note "x"', "??? x", '=== "x"', "$$", "$$ x $$", "{{< x >}}",
    "{% raw %}", "{: .x}", "{x}", "{/* x", "<div>", "<Tab>", "<!-- x -->", "<pre>",
    "import x from 'y'", "export default x", "    x", "\tx", "x #", "#", "[ ] x", '"x"',
    "x\n---", "x\n===", "x | y\n---|---", "x\n: y", "x  \n- y", "x\\\n1. y", "x\n# y",
    "x\n\ty", "x\n> y", "x\n```", "x\n:::", "x\n</div>", "x\\", "![x", "[x", "`", "\\",
)  # fmt: skip
"""One-block texts that would open another kind of block, or close their own."""

LINES = st.sampled_from(
    [
        "word", "낱말 둘", "two words  ", "hard break\\", "**bold** text", "`code`", "",
        "", "", "   ", "\t", "> quoted", ">", "> > deep", ">\ttab", "- item", "-", "- ",
        "-\ttab item", "* star", "+ plus", "1. one", "7) seven", "1.\tone", "  indented",
        "    four", "        eight", "\tone tab", "# heading", "## heading ##", "#", "===",
        "---", "***", "```", "```py", "~~~", "| a | b |", "|---|---|", "a | b", "---|---",
        "| x \\| y | `a \\| b` |", "|-|", ": definition", ":   far", "~ other", "Term",
        "[^n]: footnote", "[^n]:", "[ref]: /url", "[ref]: /url \"title\"", "[ref]:",
        "/url", "- [ ] task", "- [x] done", "[ ] x", "<div>", "</div>", "<div>text</div>",
        "<p>one</p><p>two <b>bold</b></p>", "<span>", "<a href=x>go</a>", "<!-- note -->",
        "<!--", "-->", "<pre>", "</pre>", "<br>", "<svg><text>no</text></svg>",
        "<details><summary>More</summary>", "</details>", "<!-- tflow:note hello -->",
        "::: note Title", ":::note[Title]{.x}", "::: {.box}", ":::", "::::", "/// tip | T",
        "///", "//// tab", '!!! note "Title"', "??? warning", '=== "Tab"', "$$", "$$ x $$",
        "$$ x", "x $$", "{{< figure >}}", "{{% box %}}", "{{< a", ">}}", "{% raw %}",
        "{% endraw %}", "{% include x %}", "{: .cls}", "{x}", "{", "}", "{/* c */}", "{/*",
        "*/}", "<Tabs groupId={x}>", "</Tabs>", "<Tab", "label=\"x\">", "<>", "</>",
        "import A from 'a'", "import things", "export const a = [", "]", "export it",
        "![alt](src)", "[![alt](src \"title\")](href)", "![alt](src){.x}", "![a", "b](src)",
        "title: words", "+++", "...", "\ufeff", "\u00a0", "\u2028", "\x0c", "\x0b", "\x85",
    ]
)  # fmt: skip
NEWLINES = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
PREFIXES = st.sampled_from(
    ["", "", "", "> ", ">", "- ", "  ", "1. ", "   ", "    ", "\t"]
)
FRONT = st.sampled_from(
    [
        "", "", "\ufeff", "---\ntitle: Words\n---\n", "---\ntitle: 'It''s'\ntags: [a]\n---\n",
        '+++\ntitle = "Words"\n+++\n', "\ufeff---\ndescription: >\n  Two\n  lines\n---\n",
        "---\n\n---\n", "---\nwords\n---\n",
    ]
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Markdown put together from nasty lines, with one kind of line end or several."""
    rows = [draw(PREFIXES) + draw(LINES) for _ in range(draw(st.integers(0, 12)))]
    ends = st.just(draw(NEWLINES)) if draw(st.booleans()) else NEWLINES
    last = draw(st.sampled_from(["", "\n"]))
    front = draw(FRONT)
    return (
        front
        + "".join(row + draw(ends) for row in rows[:-1])
        + "".join(rows[-1:])
        + last
    )


RANDOM = st.one_of(
    st.text(st.sampled_from("ab가 \t\n\r>-+*#.1)(|:`~=_$\\[]^{}<>/!?\"'%&;\ufeff"), max_size=40),
    st.text(max_size=40),
)  # fmt: skip


def read(text: str) -> Article | None:
    """Return an article, None if its front matter or directives are broken."""
    try:
        return parse(text, name="a.md")
    except FlowError:
        return None


def shape(article: Article) -> list[object]:
    """Return everything about the blocks of an article but their words."""
    return [
        (
            block.kind, block.level, block.info, block.align,
            [len(row) for row in block.rows],
            [(c.kind, c.ordered, c.number, c.checked, c.name) for c in block.path],
            block.content if block.kind in ("code", "opaque") else None,
        )
        for block in article.blocks
    ]  # fmt: skip


def check_identity(article: Article) -> None:
    assert article.render(lambda segment: None) == article.text
    assert article.render(lambda segment: segment.text) == article.text


def check_structure(article: Article, text: str) -> None:
    """Replace all segments: the structure stays, or the culprit is named."""
    try:
        rendered = article.render(lambda segment: text)
    except StructureError as error:
        named = re.match(r"segment (\d+) \(line (\d+)\): ", error.message)
        assert named, error.message
        segment = article.segments[int(named[1]) - 1]
        assert (error.file, error.line) == ("a.md", segment.line)
        return
    assert shape(parse(rendered, name="a.md")) == shape(article)


def check_words(article: Article, text: str) -> None:
    """Replace all segments by plain words: they are read back as they were written.

    Only below a rule that an article begins with is a colon written as an entity, or
    what stands between that rule and the next would be front matter.
    """
    rendered = article.render(lambda segment: text)
    again = parse(rendered, name="a.md")
    assert shape(again) == shape(article)
    assert [unescape(s.text) for s in again.segments] == [text] * len(article.segments)
    if "&#58;" in rendered:
        assert article.text.lstrip("\ufeff").startswith(("---", "+++"))
    assert [s.kind for s in again.segments] == [s.kind for s in article.segments]


@given(st.one_of(documents(), RANDOM))
@example("a\r\nb  \r\n> c")
@settings(max_examples=400, deadline=None)
def test_identity_keeps_every_byte(text: str) -> None:
    """Rendering without translations gives the file back, byte for byte."""
    if (article := read(text)) is not None:
        check_identity(article)


@given(documents(), st.sampled_from(OPENERS))
@settings(max_examples=400, deadline=None)
def test_openers_keep_the_structure_or_are_named(text: str, target: str) -> None:
    """A text that would open another kind of block is escaped, or refused by name."""
    if (article := read(text)) is not None:
        check_structure(article, target)


@given(documents(), st.sampled_from(WORDS))
@settings(max_examples=400, deadline=None)
def test_plain_words_keep_the_structure(text: str, target: str) -> None:
    """Plain words can stand in the place of every segment and are read back there."""
    if (article := read(text)) is not None:
        check_words(article, target)


@given(documents(), st.data())
@settings(max_examples=200, deadline=None)
def test_single_targets_are_validated_like_all(text: str, data: st.DataObject) -> None:
    """A target that passes ``validate`` can be rendered alone."""
    article = read(text)
    if article is None or not article.segments:
        return
    chosen = data.draw(st.sampled_from(article.segments))
    target = data.draw(st.sampled_from(OPENERS))
    try:
        article.validate(chosen, target)
    except StructureError:
        return
    rendered = article.render(lambda s: target if s.n == chosen.n else None)
    assert shape(parse(rendered, name="a.md")) == shape(article)


def each(check: Callable[[Article, str], None], texts: Sequence[str]) -> None:
    for markdown in examples():
        article = parse(markdown, name="a.md")
        for text in texts:
            check(article, text)


def test_identity_on_commonmark() -> None:
    """Every example of the specification comes back byte for byte."""
    for markdown in examples():
        check_identity(parse(markdown, name="a.md"))
        check_identity(parse(markdown.replace("\n", "\r\n"), name="a.md"))


def test_plain_words_on_commonmark() -> None:
    """Plain words can replace every segment of every example."""
    each(check_words, WORDS)


@pytest.mark.slow
def test_openers_on_commonmark() -> None:
    """Openers in the place of every segment of every example are escaped or named."""
    each(check_structure, OPENERS)
