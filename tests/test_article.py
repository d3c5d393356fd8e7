"""Articles, one construct at a time: what is a segment, what is a block, and what
stands in the file when every segment is replaced."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from translate_flow.article import Article, parse
from translate_flow.errors import FlowError, StructureError
from translate_flow.model import Block

CASES = Path(__file__).parent / "cases"


def cases(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield title, article, what is found in it and what is rendered.

    Each part ends with a line that is a dot. In what is found, a newline is ``⏎``.
    """
    parts = path.read_text("utf-8").split("\n.\n")
    yield from zip(*(iter(parts),) * 4, strict=False)


def told(article: Article) -> str:
    """Say what is in an article: a line for each segment and each block without."""
    lines = [line(article, n, "") for n in numbers(article) if in_front(article, n)]
    for block in article.blocks:
        found = list(block.segments())
        where = "".join(f"{step(block, i)}/" for i in range(len(block.path)))
        lines += (line(article, n, where) for n in found)
        if not found:
            lines.append(f"- {where}{still(block)}")
    shown = {n for block in article.blocks for n in block.segments()}
    rest = (n for n in numbers(article) if n not in shown and not in_front(article, n))
    return "\n".join((*lines, *(line(article, n, "unseen ") for n in rest)))


def numbers(article: Article) -> range:
    """Return the numbers of the segments."""
    return range(1, len(article.segments) + 1)


def in_front(article: Article, n: int) -> bool:
    """Whether a segment is in the front matter."""
    return article.segments[n - 1].kind.startswith("front ")


def line(article: Article, n: int, where: str) -> str:
    """Say what a segment is."""
    segment = article.segments[n - 1]
    note = f"  «{segment.note}»" if segment.note else ""
    return f"{n} {where}{segment.kind} = {shown(segment.text)}{note}"


def step(block: Block, i: int) -> str:
    """Say what one of the containers of a block is."""
    container = block.path[i]
    words = {None: "", True: "[x]", False: "[ ]"}[container.checked]
    if container.kind == "item" and container.ordered:
        words += str(container.number)
    kind = (
        "numbers" if container.kind == "list" and container.ordered else container.kind
    )
    named = f":{container.name}" if container.name else ""
    return f"{kind}{named}{words}{'' if container.first else '…'}"


def still(block: Block) -> str:
    """Say what a block without segments is."""
    if block.kind == "table":
        return f"table {block.rows}"
    text = "".join(str(part) for part in block.content)
    return " ".join(filter(None, (block.kind, block.info, shown(text))))


def shown(text: str) -> str:
    """Return a text on one line."""
    return text.replace("\n", "⏎")


def each_case() -> Iterator[object]:
    """Give each case of each file to a test, named by its title."""
    for path in sorted(CASES.glob("*.md")):
        for title, *parts in cases(path):
            yield pytest.param(path.stem, *parts, id=f"{path.stem}: {title.strip()}")


@pytest.mark.parametrize(("name", "text", "found", "rendered"), [*each_case()])
def test_construct(name: str, text: str, found: str, rendered: str) -> None:
    """A construct has the segments and blocks that its case names, and keeps its form
    when they are replaced."""
    article = parse(text, name="a.mdx" if name == "mdx" else "a.md")
    assert told(article) == found
    assert article.render(lambda segment: None) == text
    assert article.render(lambda segment: f"X{segment.n}") == rendered


def filled(text: str, *targets: str | None, keys: tuple[str, ...] = ("title",)) -> str:
    """Render an article with these targets; what has none keeps its text."""
    article = parse(text, name="a.md", keys=keys)
    chosen = dict(enumerate(targets, 1))
    return article.render(lambda segment: chosen.get(segment.n))


def refusal(text: str, target: str) -> str:
    """Return why a target cannot stand in the place of the first segment."""
    article = parse(text, name="a.md")
    with pytest.raises(StructureError) as caught:
        article.validate(article.segments[0], target)
    with pytest.raises(StructureError):
        article.render(lambda segment: target if segment.n == 1 else None)
    return caught.value.message


# --- bytes ------------------------------------------------------------------


def test_every_line_end_stays() -> None:
    """A replaced text takes the line end that the article has; all others stay."""
    text = "\ufeff# One\r\n\r\ntwo\r\nlines  \r\nbreak\r\n\r\n- three\r\n\tfour"
    assert parse(text, name="a.md").render(lambda segment: None) == text
    assert filled(text, "A", "B  \nC\n\nD") == (
        "\ufeff# A\r\n\r\nB  \r\nC\r\n\r\nD\r\n\r\n- three\r\n\tfour"
    )


def test_mixed_line_ends_and_no_last_one() -> None:
    """Line ends of several kinds stay where they are."""
    text = "one\rtwo\n\r\nthree\r\rfour"
    article = parse(text, name="a.md")
    assert [s.text for s in article.segments] == ["one two", "three", "four"]
    assert [s.line for s in article.segments] == [1, 4, 6]
    assert filled(text, None, "3") == "one\rtwo\n\r\n3\r\rfour"


def test_tabs_and_odd_spaces_stay() -> None:
    """Indents by tabs, trailing blanks and no-break spaces outside of texts stay."""
    text = "-\tone  \n\n\ttwo\t\n>\tthree\n\n\u00a0four\u00a0\n"
    assert filled(text, "1", "2", "3") == "-\t1  \n\n\t2\t\n>\t3\n\n\u00a0four\u00a0\n"


def test_an_empty_article_has_no_segments() -> None:
    """Nothing, blank lines and a lone byte order mark are articles too."""
    for text in ("", "\n", "\ufeff", "\r\n\r\n", "---\n---\n"):
        article = parse(text, name="a.md")
        assert (article.segments, article.render(lambda s: "x")) == ((), text)


# --- targets of several blocks ------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("one\n", "A\n\nB\n"),
        ("- one\n", "- A\n\n  B\n"),
        ("10. one\n", "10. A\n\n    B\n"),
        ("- [ ] one\n", "- [ ] A\n\n  B\n"),
        ("> one\n", "> A\n>\n> B\n"),
        ("> - one\n", "> - A\n>\n>   B\n"),
        ("- > one\n", "- > A\n  >\n  > B\n"),
        ("x[^1]\n\n[^1]: one\n", "x[^1]\n\n[^1]: A\n\n    B\n"),
        ("T\n:   one\n", "T\n:   A\n\n    B\n"),
        ("!!! note\n    one\n", "!!! note\n    A\n\n    B\n"),
        ("::: note\none\n:::\n", "::: note\nA\n\nB\n:::\n"),
        ("{{< x >}}\none\n{{< /x >}}\n", "{{< x >}}\nA\n\nB\n{{< /x >}}\n"),
        ("-\tone\n", "-\tA\n\n \tB\n"),
    ],
)
def test_two_paragraphs_in_the_place_of_one(text: str, rendered: str) -> None:
    """A target of two blocks stays in the containers of its segment."""
    article = parse(text, name="a.md")
    segment = next(s for s in article.segments if s.text == "one")
    article.validate(segment, "A\n\nB")
    assert article.render(lambda s: "A\n\nB" if s.text == "one" else None) == rendered


@pytest.mark.parametrize(
    "text",
    [
        "# one\n", "one\n===\n", "| one |\n|---|\n", "T\n: d\n", "<p>one</p>\n",
        "![one](a)\n", "::: note one\n:::\n", "*[A]: one\n", "[a]: /b 'one'\n",
        "---\ntitle: one\n---\n", '{{< figure caption="one" >}}\n',
        '<img alt="one">\n',
    ],
)  # fmt: skip
def test_one_block_is_all_that_fits_elsewhere(text: str) -> None:
    """Where two blocks cannot stand they are refused by name."""
    why = refusal(text, "A\n\nB")
    assert why.startswith("segment 1 (line ")
    assert why.endswith("has a blank line, but only one block fits here")


def test_a_line_break_fits_only_into_running_text() -> None:
    """Hard breaks stay in paragraphs and underlined headings, and are refused in cells
    and headings with signs; soft ones become a space there."""
    assert filled("one\n", "A  \nB") == "A  \nB\n"
    assert filled("one\n===\n", "A\\\nB") == "A\\\nB\n===\n"
    assert filled("# one\n", "A\nB") == "# A B\n"
    assert "only one line fits" in refusal("# one\n", "A  \nB")
    assert "only one line fits" in refusal("| one |\n|---|\n", "A\\\nB")


def test_nothing_is_no_translation() -> None:
    """An empty target and a NUL are refused."""
    assert refusal("one\n", " \n") == "segment 1 (line 1): the translation is empty"
    assert refusal("one\n", "a\0b").endswith("holds a NUL character")


# --- escapes ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("1919. 3. 1. 독립선언", "1919\\. 3. 1. 독립선언"),
        ("1) 하나", "1\\) 하나"),
        ("- x", "\\- x"),
        ("+ x", "\\+ x"),
        ("# x", "\\# x"),
        ("> x", "\\> x"),
        ("***", "\\***"),
        ("```", "\\```"),
        ("~~~ x", "\\~~~ x"),
        ("::: x", "\\::: x"),
        ("/// x", "\\/// x"),
        ("!!! note", "\\!!! note"),
        ('=== "x"', '\\=== "x"'),
        ("$$ x $$", "\\$$ x $$"),
        ("{{< x >}}", "\\{{< x >}}"),
        ("{: .x}", "\\{: .x}"),
        ("<div>", "\\<div>"),
        ("<Tab>", "\\<Tab>"),
        ("[x]: y", "[x]\\: y"),
        ("[^1]: x", "[^1]\\: x"),
        ("*[x]: y", "\\*[x]: y"),
        ("[TOC]", "\\[TOC]"),
        ('--8<-- "x"', '\\--8<-- "x"'),
        ("::: a.b", "\\::: a.b"),
        ("import x from 'y'", "&#105;mport x from 'y'"),
        ("x\n---", "x\n\\---"),
        ("x\n===", "x\n\\==="),
        ("x\n- y", "x\n\\- y"),
        ("x | y\n---|---", "x | y\n\\---|---"),
        ("    x", "x"),
        ("x\n    y", "x\ny"),
        ("import duties rose", "import duties rose"),
        ("-5 degrees", "-5 degrees"),
        ("2.5 percent", "2.5 percent"),
        ("#hashtag", "#hashtag"),
        ("*x* y", "*x* y"),
        ("{{< ref >}} y", "{{< ref >}} y"),
        ("<b>x</b> y", "<b>x</b> y"),
        ("`x`", "`x`"),
        ("[x](y)", "[x](y)"),
    ],
)
def test_only_what_opens_a_block_is_escaped(target: str, written: str) -> None:
    """A backslash stands where a text would open another kind of block, not
    elsewhere."""
    assert filled("one\n", target) == f"{written}\n"


@pytest.mark.parametrize(
    ("text", "target", "rendered"),
    [
        ("# one ##\n", "C #", "# C \\# ##\n"),
        ("| one |\n|---|\n", "a | `b | c`", "| a \\| `b \\| c` |\n|---|\n"),
        ("| one |\n|---|\n", "a\\", "| a\\  |\n|---|\n"),
        ("![one](a)\n", "a ] b", "![a \\] b](a)\n"),
        ('![](a "one")\n', 'say "no"', '![](a "say \\"no\\"")\n'),
        ("[a]: /b 'one'\n", "it's", "[a]: /b 'it\\'s'\n"),
        ('!!! note "one"\n', 'say "no"', '!!! note "say &quot;no&quot;"\n'),
        (":::note[one]\n:::\n", "a ] b", ":::note[a \\] b]\n:::\n"),
        ('{{< x title="one" >}}\n', 'say "no"', '{{< x title="say \\"no\\"" >}}\n'),
        ('{% x title="one" %}\n', 'say "no"', '{% x title="say &quot;no&quot;" %}\n'),
        ("<img alt='one'>\n", "it's", "<img alt='it&#39;s'>\n"),
        ("- one\n", "[x] y", "- \\[x] y\n"),
        ("> one\n", "[!NOTE]", "> \\[!NOTE]\n"),
        ("---\ntitle: one\n---\n", "a: b", '---\ntitle: "a: b"\n---\n'),
        ("---\ntitle: 'one'\n---\n", "it's", "---\ntitle: 'it''s'\n---\n"),
        ('+++\ntitle = "one"\n+++\n', 'a "b"', '+++\ntitle = "a \\"b\\""\n+++\n'),
    ],
)
def test_each_place_has_its_escapes(text: str, target: str, rendered: str) -> None:
    """What would end a heading, a cell, a title or a string is escaped there."""
    assert filled(text, target) == rendered
    parse(text, name="a.md").validate(parse(text, name="a.md").segments[0], target)


def test_html_may_not_gain_or_lose_tags() -> None:
    """A target that would change the tags of an HTML block is refused by name."""
    assert filled("<p>one</p>\n", "<b>A</b> &amp; B") == "<p><b>A</b> &amp; B</p>\n"
    assert "an HTML block" in refusal("<p>one</p>\n", "A</p><p>B")


def test_a_link_definition_may_not_appear_or_go() -> None:
    """Only the title of a link definition can change."""
    assert filled("[a]: /b 'one'\n", "A") == "[a]: /b 'A'\n"
    assert filled("one\n\n[a]: /b\n", "[a]: /c") == "[a]\\: /c\n\n[a]: /b\n"


def test_a_page_that_begins_with_a_rule_gets_no_front_matter() -> None:
    """A colon between two rules at the top is written as an entity."""
    text = "---\nFoo\n---\nBar\n"
    assert filled(text, "a: b", "c: d") == "---\na&#58; b\n---\nc: d\n"
    assert refusal(text, "x `a: b`").endswith("would make this front matter")
    article = parse(text, name="a.md")
    article.validate(article.segments[0], "a: b")


def test_a_text_of_two_lines_above_a_colon_keeps_two_lines() -> None:
    """One line above ``: x`` would be a term, so the text is folded; a text that
    cannot be folded is refused."""
    text = "one\ntwo\n\n: three\n"
    assert filled(text, "새 글이다") == "새\n글이다\n\n: three\n"
    assert "a definition list" in refusal(text, "하나")


def test_far_openers_and_closers_are_seen() -> None:
    """What would close a construct that another block opened far above is escaped or
    refused, also when it is checked alone."""
    text = "{/* open\n\none\n\n# two\n"
    article = parse(text, name="a.md")
    heading = article.segments[2]
    with pytest.raises(StructureError, match="segment 3 "):
        article.validate(heading, "*/}")
    opened = "$$\na = b\n\none\n"
    assert filled(opened, None, "$$") == opened.replace("one", "\\$$")


def test_the_first_target_that_does_not_fit_is_named() -> None:
    """Of many targets the error names the one that breaks the structure."""
    text = "\n\n".join(f"<p>word {n}</p>" for n in range(40))
    article = parse(text, name="a.md")
    with pytest.raises(StructureError, match=r"^a.md:61: segment 31 \(line 61\)"):
        article.render(lambda s: "<hr>" if s.n in (31, 35) else "fine")


def test_few_escapes_when_one_target_needs_them() -> None:
    """Escapes that one target needs are not put into the others."""
    text = "one\ntwo\n\n: x\n\n" + "a\nb\n\n" * 8
    rendered = filled(text, "새 글", "x", *["다른 글 | 표"] * 8)
    assert rendered == "새\n글\n\n: x\n\n" + "다른 글 | 표\n\n" * 8


# --- front matter -----------------------------------------------------------

NESTED = """---
hero:
  text: Hello
  cta: [Go, Stop]
items:
  - name: one
    note: &n shared
  - {name: two, note: *n}
title: "A \\u00e9"   # a comment
---
"""


def test_nested_keys_reach_maps_and_lists() -> None:
    """Dotted keys lead through maps and lists; an alias is translated once."""
    keys = ("hero.text", "hero.cta", "items.name", "items.note", "title")
    article = parse(NESTED, name="a.md", keys=keys)
    assert [(s.kind, s.text) for s in article.segments] == [
        ("front hero.text", "Hello"),
        ("front hero.cta", "Go"),
        ("front hero.cta", "Stop"),
        ("front items.name", "one"),
        ("front items.note", "shared"),
        ("front items.name", "two"),
        ("front title", "A é"),
    ]
    rendered = article.render(lambda s: f"값 {s.n}")
    assert "cta: [값 2, 값 3]" in rendered
    assert "note: &n 값 5" in rendered
    assert '- {name: 값 6, note: *n}\ntitle: "값 7"   # a comment\n' in rendered


def test_nested_tables_of_toml() -> None:
    """Dotted keys lead through tables and arrays of tables."""
    text = '+++\n[a]\nb = "one"\n[[c]]\nd = ["two", "3"]\n[[c]]\nd = ["four"]\n+++\n'
    article = parse(text, name="a.md", keys=("a.b", "c.d"))
    assert [s.text for s in article.segments] == ["one", "two", "four"]
    assert article.render(lambda s: "X") == text.replace("one", "X").replace(
        "two", "X"
    ).replace("four", "X")


def test_front_matter_keeps_what_other_values_mean() -> None:
    """A target that would read as a number or a truth value is quoted."""
    text = "---\ntitle: one\ndraft: true\n---\n"
    for target in ("12:30", "yes: no", "true", "3", "- x", "#x", "null"):
        again = parse(filled(text, target), name="a.md")
        assert again.meta == {"title": target, "draft": True}


# --- directives -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a\n\n<!-- tflow:skip -->\nb\n",
            "a.md:3: tflow:skip is never closed; put <!-- tflow:end --> where it ends",
        ),
        (
            "<!-- tflow:end -->\n",
            "a.md:1: tflow:end closes nothing; "
            "remove it, or put <!-- tflow:skip --> where the region begins",
        ),
        (
            "a\n\n<!-- tflow:skp -->\n",
            "a.md:3: unknown directive tflow:skp; did you mean tflow:skip?",
        ),
        (
            "a\n\n<!-- tflow:zebra -->\n",
            "a.md:3: unknown directive tflow:zebra; known: skip, part, end, note",
        ),
        (
            "a <!-- tflow:skip --> b\n",
            "a.md:1: tflow:skip stands inside a text; put it on a line of its own",
        ),
        (
            "- a <!-- tflow:nte x -->\n",
            "a.md:1: unknown directive tflow:nte; did you mean tflow:note?",
        ),
    ],
)
def test_directives_that_cannot_be_obeyed(text: str, message: str) -> None:
    """A directive that is unknown, misplaced or never closed is an error with its
    line."""
    with pytest.raises(FlowError) as caught:
        parse(text, name="a.md")
    assert str(caught.value) == message


# --- size -------------------------------------------------------------------

OPENERS = (
    "[", "<", "*", ">", "> ", "`", "`a", "![", "](", "[a](", "{", "{{", "{{< ", "{% ",
    "<!--", "$$ ", "$a ", '<a "', '<A "', "<A {", '\\"', '{\\"', "|", "a|", "-", "- ",
    "1. ", ": ", "~", "~~~\n", "[^1]: ", "[a]: ", "\\", "http://(", "a@", "%(a",
    "!!! a\n", "::: a\n", "$$\n", "{/*\n", "{% raw %}\n", "{{< raw >}}\n", "--8<--\n",
    ":::{code}\n", "<Tabs\n", "export const a = [\n", "{\n", "> a\n", "- a\n", "[a]\n",
    "a\n: b\n", "|a|\n|-|\n\n", "<div>\n", "<pre>\n", '<img alt="a">', "</", "#",
    "a\n", "<?", "<![CDATA[", "> [!a]\n\n", '{{< a title="', "---\n", "it's {",
)  # fmt: skip
"""What a hostile or broken page may be full of."""


def seconds(text: str) -> float:
    """Return the processor time that it takes to read and to fill an article."""
    start = time.process_time()
    try:
        article = parse(text, name="a.md")
        article.render(lambda segment: "Words")
        for segment in article.segments[:1]:
            article.validate(segment, text[:300])
    except FlowError:
        pass
    return time.process_time() - start


@pytest.mark.parametrize("opener", OPENERS)
def test_time_grows_with_length_not_with_its_square(opener: str) -> None:
    """A page of openers that nothing closes takes about ten times longer when it is
    ten times longer: a square would be a hundred times."""
    short, long = (opener * (n // len(opener)) for n in (3_000, 30_000))
    assert seconds(long) < 0.5 + 35 * seconds(short)


def test_five_thousand_segments() -> None:
    """A long page costs per segment what a short one does, also when all targets
    change and one of them needs escapes that only the page shows."""
    page = "# Head {0}\n\nWords **{0}**.\n\n- item\n  lines {0}\n- b\n\nend\n\n"
    short, long = ("".join(page.format(i) for i in range(n)) for n in (100, 1_000))
    assert len(parse(long, name="a.md").segments) == 5_000
    assert seconds(long) < 0.5 + 35 * seconds(short)


ROOT = CASES.parent.parent
OWN = [
    page
    for pattern in ("*.md", "sources/**/*.md", "docs/**/*.md", "benchmarks/*.md")
    for page in sorted(ROOT.glob(pattern))
]


@pytest.mark.parametrize("page", OWN, ids=lambda page: page.stem)
def test_our_own_pages_come_back(page: Path) -> None:
    """Each page of this repository is the same with its own texts, and has the same
    segments when all of them are replaced."""
    data = page.read_bytes()
    article = parse(data.decode(), name=page.name)
    assert article.render(lambda segment: segment.text).encode() == data
    again = parse(article.render(lambda segment: f"말 {segment.n}"), name=page.name)
    assert [s.kind for s in again.segments] == [s.kind for s in article.segments]
