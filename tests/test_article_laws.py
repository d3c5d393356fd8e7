"""Laws of articles, on generated Markdown and on the examples of CommonMark.

``TFLOW_EXAMPLES=20000`` tries as many examples per law, new ones each time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spec import examples

from translate_flow.article import Article, grammar, parse
from translate_flow.errors import FlowError, StructureError
from translate_flow.model import Block

MANY = int(os.environ.get("TFLOW_EXAMPLES", "0"))
thorough = settings(
    max_examples=MANY or 250,
    derandomize=not MANY,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

WORDS = ("Plain words", "낱말이 여기 있다.", "Words, then: more (of them).")
"""Texts that open nothing and hold no markup."""

OPENERS = (
    "1. x", "1919. 3. 1. 독립선언", "- x", "+ x", "* x", "# x", "> x", "===", "---",
    "***", "```", "~~~ x", ": x", "~ x", "[x]: y", "[^1]: x", "| x", "| x | y |",
    "::: x", "/// x", '!!! note "x"', "??? x", '=== "x"', "$$", "$$ x $$", "{{< x >}}",
    "{% raw %}", "{: .x}", "{x}", "{/* x", "<div>", "<Tab>", "<!-- x -->", "<pre>",
    "import x from 'y'", "export default x", "    x", "\tx", "x #", "#", "[ ] x", '"x"',
    "x\n---", "x\n===", "x | y\n---|---", "x\n: y", "x  \n- y", "x\\\n1. y", "x\n# y",
    "*[x]: y", "[!NOTE]", "[TOC]", "--8<-- x", "::: a.b", ":::{code} x", "{% endraw %}",
    "*/}", "}", "/>", "x\n\ty", "x\n> y", "x\n```", "x\n:::", "x\n</div>", "x\\", "![x",
    "[x", "`", "\\",
)  # fmt: skip
"""One-block texts that would open another kind of block, or close their own."""

PROSE = (
    *WORDS, "“Quoted”, he said", '"Quoted"', "**bold** word", "*a*", "(x)", "3월 1일",
    "《책》", "a `b` c", "C#", "x_y_", "import duties", "one *two", "가", "a: b",
    "[a](b)",
)  # fmt: skip
"""One-line texts as people write them."""

CASES = Path(__file__).parent / "cases"
SEEN = sorted(
    {row for case in CASES.glob("*.md") for row in case.read_text("utf-8").split("\n")}
)
"""Lines of the cases of ``test_article``."""

LINES = st.sampled_from(SEEN) | st.sampled_from(
    [
        "word", "낱말 둘", "two words  ", "hard break\\", "**bold** text", "`code`", "",
        "", "", "   ", "\t", "> quoted", ">", "> > deep", ">\ttab", "- item", "-", "- ",
        "-\ttab item", "* star", "+ plus", "1. one", "7) seven", "1.\tone",
        "  indented", "    four", "        eight", "\tone tab", "# heading",
        "## heading ##", "#", "===", "---", "***", "```", "```py", "~~~", "| a | b |",
        "|---|---|", "a | b", "---|---", "| x \\| y | `a \\| b` |", "|-|",
        ": definition", ":   far", "~ other", "Term", "[^n]: footnote", "[^n]:",
        "[ref]: /url", "[ref]: /url \"title\"", "[ref]:", "/url", "- [ ] task",
        "- [x] done", "[ ] x", "<div>", "</div>", "<div>text</div>",
        "<p>one</p><p>two <b>bold</b></p>", "<span>", "<a href=x>go</a>",
        "<!-- note -->", "<!--", "-->", "<pre>", "</pre>", "<br>",
        "<svg><text>no</text></svg>", "<details><summary>More</summary>", "</details>",
        "<!-- tflow:note hello -->", "::: note Title", ":::note[Title]{.x}",
        "::: {.box}", ":::", "::::", "/// tip | T", "///", "//// tab",
        '!!! note "Title"', "??? warning", '=== "Tab"', "$$", "$$ x $$", "$$ x", "x $$",
        "{{< figure >}}", "{{% box %}}", "{{< a", ">}}", "{% raw %}", "{% endraw %}",
        "{% include x %}", "{: .cls}", "{x}", "{", "}", "{/* c */}", "{/*", "*/}",
        "<Tabs groupId={x}>", "</Tabs>", "<Tab", "label=\"x\">", "<>", "</>",
        "import A from 'a'", "import things", "export const a = [", "]", "export it",
        "![alt](src)", "[![alt](src \"title\")](href)", "![alt](src){.x}", "![a",
        "b](src)", "> [!NOTE]", "[!tip] Title", "*[abbr]: words", "[TOC]", "--8<--",
        '--8<-- "file"', "::: a.b.c", ":::{note} Title", ":option: x", ":::{code}",
        '{{< f title="words" >}}', "{% x caption='words' %}", '<img alt="words">',
        "import {", "<Card", "title: words", "+++", "...", "\ufeff", "\u00a0", "\u2028",
        "\x0c", "\x0b", "\x85",
    ]
)  # fmt: skip
NEWLINES = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
PREFIXES = st.sampled_from(
    ["", "", "", "> ", ">", "- ", "  ", "1. ", "   ", "    ", "\t"]
)
FRONT = st.sampled_from(
    [
        "", "", "\ufeff", "---\ntitle: Words\n---\n",
        "---\ntitle: 'It''s'\ntags: [a]\n---\n", '+++\ntitle = "Words"\n+++\n',
        "\ufeff---\ndescription: >\n  Two\n  lines\n---\n", "---\n\n---\n",
        "---\nwords\n---\n",
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
    st.text(
        st.sampled_from("ab가 \t\n\r>-+*#.1)(|:`~=_$\\[]^{}<>/!?\"'%&;\ufeff"),
        max_size=40,
    ),
    st.text(max_size=40),
)


NAMES = st.sampled_from(["a.md", "a.md", "a.md", "a.mdx"])


def read(text: str, name: str = "a.md") -> Article | None:
    """Return an article, None if its front matter or directives are broken."""
    try:
        return parse(text, name=name)
    except FlowError:
        return None


def shape(article: Article) -> list[object]:
    """Return everything about the blocks of an article but their words. The texts of
    shortcodes are rows only if they have letters, so they do not count."""
    shortcodes = {b.line for b in article.blocks if b.kind == "opaque"}
    return [
        (
            *(block.kind, block.level, block.info, block.align),
            [len(row) for row in block.rows],
            [(c.kind, c.ordered, c.number, c.checked, c.name) for c in block.path],
            still(block),
        )
        for block in article.blocks
        if block.kind == "opaque" or block.line not in shortcodes
    ]


def still(block: Block) -> object:
    """Return what of a block is no words: all code; of shortcodes and components their
    names."""
    if block.kind == "opaque" and str(block.content[0]).lstrip().startswith(
        ("{{", "{%", "<")
    ):
        return re.findall(r"\w+", str(block.content[0]))[:1]
    return block.content if block.kind in ("code", "opaque") else None


def check_identity(article: Article) -> None:
    assert article.render(lambda segment: None) == article.text
    assert article.render(lambda segment: segment.text) == article.text


def check_structure(article: Article, text: str) -> None:
    """Replace all segments: the structure stays, or the culprit is named."""
    error = None
    try:
        rendered = article.render(lambda segment: text)
    except StructureError as raised:
        error = raised
    if error is not None:
        named = re.match(r"segment (\d+) \(line (\d+)\): ", error.message)
        assert named, error.message
        segment = article.segments[int(named[1]) - 1]
        assert (error.file, error.line) == (article.name, segment.line)
        return
    assert shape(parse(rendered, name=article.name)) == shape(article)


def check_words(article: Article, text: str) -> None:
    """Replace all segments by plain words: they are read back as they were written.

    Only below a rule that an article begins with is a colon written as an entity, or
    what stands between that rule and the next would be front matter. Only a text that
    begins with a sign and stands right below another may refuse them: that sign may be
    what keeps it from being a part of the text above.
    """
    try:
        rendered = article.render(lambda segment: text)
    except StructureError as error:
        segment = next(s for s in article.segments if s.line == error.line)
        above = re.split(r"\r\n?|\n", article.text)[segment.line - 2]
        if not above.strip() or segment.text[0].isalnum():
            raise
        return
    again = parse(rendered, name=article.name)
    assert shape(again) == shape(article)
    assert [unescape(s.text) for s in again.segments] == [text] * len(article.segments)
    if "&#58;" in rendered:
        assert article.text.lstrip("\ufeff").startswith(("---", "+++"))
    assert [s.kind for s in again.segments] == [s.kind for s in article.segments]


@given(documents() | RANDOM, NAMES)
@example("a\r\nb  \r\n> c", "a.md")
@thorough
def test_identity_keeps_every_byte(text: str, name: str) -> None:
    """Rendering without translations gives the file back, byte for byte."""
    if (article := read(text, name)) is not None:
        check_identity(article)


@given(documents(), st.sampled_from(OPENERS), NAMES)
@example("- # Foo\n- Bar\n  ---\n", "[ ] x", "a.md")
@example("---\nwords\n---\nword\n", "{: .x}", "a.md")
@thorough
def test_openers_keep_the_structure_or_are_named(
    text: str, target: str, name: str
) -> None:
    """A text that would open another kind of block is escaped, or refused by name."""
    if (article := read(text, name)) is not None:
        check_structure(article, target)


@given(documents(), st.sampled_from(WORDS), NAMES)
@example("---\nwords\n---\n", "Words, then: more (of them).", "a.md")
@example("one\ntwo\n\n        : x\n", "Plain words", "a.md")
@example("a\n: b\n\n    c\nd\n   : e\n   : f\n", "Plain words", "a.md")
@example("a\n: b\n: c\nd\n  : e\n", "Plain words", "a.md")
@example("| a |\n|---|\n\u2028\n| b |\n", "Plain words", "a.md")
@example("-\ta\n--|\n    --|\n        b\n", "Plain words", "a.md")
@example("a\n: b\n  <p>c</p>\n   : d\n", "Plain words", "a.md")
@example("export default f() {\n'\n ' (\n", "Plain words", "a.md")
@thorough
def test_plain_words_keep_the_structure(text: str, target: str, name: str) -> None:
    """Plain words can stand in the place of every segment and are read back there."""
    if (article := read(text, name)) is not None:
        check_words(article, target)


@given(documents(), st.sampled_from(OPENERS + PROSE), st.integers(0, 40), NAMES)
@example("$$\na\n\n# b\n", "$$", 1, "a.md")
@example("{a (\n{x}\n    b\n  c\n", "{x}", 1, "a.md")
@example("one\ntwo\n~ other\n", "가", 0, "a.md")
@thorough
def test_single_targets_are_validated_like_all(
    text: str, target: str, n: int, name: str
) -> None:
    """A target that passes ``validate`` can be rendered alone."""
    article = read(text, name)
    if article is None or not article.segments:
        return
    chosen = article.segments[n % len(article.segments)]
    try:
        article.validate(chosen, target)
    except StructureError:
        return
    rendered = article.render(lambda s: target if s.n == chosen.n else None)
    assert shape(parse(rendered, name=name)) == shape(article)


@given(documents(), st.data())
@thorough
def test_any_mixture_of_targets_keeps_the_structure(
    text: str, data: st.DataObject
) -> None:
    """Targets of all sorts beside each other keep the structure, or one is named."""
    if (article := read(text)) is None:
        return
    sorts = st.sampled_from((None, *OPENERS, *PROSE))
    targets = [data.draw(sorts) for _ in article.segments]
    try:
        rendered = article.render(lambda segment: targets[segment.n - 1])
    except StructureError:
        return
    assert shape(parse(rendered, name="a.md")) == shape(article)


@given(documents() | RANDOM, st.booleans())
@thorough
def test_rules_chosen_by_the_first_character_are_enough(text: str, mdx: bool) -> None:
    """Trying fewer rules on each line finds what trying all of them does."""
    text = re.sub(r"\r\n?", "\n", text)
    quick, slow = (grammar.parse(text, mdx=mdx, every_rule=e) for e in (False, True))
    assert quick.signature() == slow.signature()
    assert quick.references == slow.references


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


def test_chosen_rules_on_commonmark() -> None:
    """Trying fewer rules makes no difference to any example."""
    for markdown in examples():
        slow = grammar.parse(markdown, every_rule=True)
        assert grammar.parse(markdown).signature() == slow.signature()


def test_plain_words_on_commonmark() -> None:
    """Plain words can replace every segment of every example."""
    each(check_words, WORDS)


@pytest.mark.slow
@pytest.mark.parametrize("share", [6, pytest.param(1, marks=pytest.mark.long)])
def test_openers_on_commonmark(share: int) -> None:
    """Openers in the place of every segment of every example are escaped or named;
    each example gets a share of them."""
    for i, markdown in enumerate(examples()):
        article = parse(markdown, name="a.md")
        for text in OPENERS[i % share :: share]:
            check_structure(article, text)
