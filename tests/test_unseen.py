"""Law 9: what readers see of an article is in a segment, is code, or is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Tflow, Write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.unseen import unheld
from translate_flow.article import parse
from translate_flow.errors import FlowError

CODE = "`x`"

HELD = {
    "maths with attributes": ("$$\na = b\n$$ {#eq-sum}\n\nOne.\n\n$$\nc\n$$", ["One."]),
    "maths with a label": ("$$\na = b\n$$ (sum)\n\nOne.\n\n$$\nc\n$$", ["One."]),
    "maths with a full stop": ("$$\na = b\n$$.\n\nOne.\n\n$$\nc\n$$", ["One."]),
    "maths on one line with a label": ("$$ a = b $$ (sum)\n\nOne.", ["One."]),
    "maths of parts": ("$$\na = b\n\n\\text{if all is well}\n$$", []),
    "stray dollars": (
        "$$\n\nOne of them here.\n\n$$\n\nTwo.",
        ["One of them here.", "Two."],
    ),
    "stray dollars around a word": ("$$\n\nYes\n\n$$", ["Yes"]),
    "an image in a link": ('[<img alt="A dog" src="x">](/y)', ["A dog"]),
    "images in a row": ("<img alt='One'> <img alt=\"Two\">", ["One", "Two"]),
    "an image on two lines": ('<img\n  alt="A dog"\n  src="x">', ["A dog"]),
    "an alternative text on two lines": ('> <img src="x" alt="A\n> dog">', ["A dog"]),
    "an image without quotes": ("[<img alt=Dog src=x>](/y)", ["Dog"]),
    "an image in a cell": ('| a |\n|---|\n| <img alt="A \\| B"> |', ["a", "A | B"]),
    "an image in a heading": ('## <img alt="Logo">', ["Logo"]),
    "a title of a link around code": (f'[{CODE}](x "Words")', ["Words"]),
    "a tag in capitals": ('<IMG ALT="A dog">', ["A dog"]),
    "a block in capitals": ("<CENTER>\nA *dog*\n</CENTER>", ["A *dog*"]),
    "capitals on a line": ('<CENTER><IMG ALT="A"></CENTER>', ["A"]),
    "raw Liquid": ("{% raw %}\nProse {{ x }}.\n{% endraw %}", ["Prose {{ x }}."]),
    "raw Liquid with code": ("{% raw %}\n```\nx\n```\n{% endraw %}", []),
    "Docusaurus": (
        '<TabItem value="a" label="Apple">\n\nx\n\n</TabItem>',
        ["Apple", "x"],
    ),
    "a string in braces": ('<TabItem label={"Apple"} />', ["Apple"]),
    "Starlight": ('<Badge text="New" variant="tip" />', ["New"]),
    "components in a row": (
        '<Badge text="New" /> <Badge text="Old" />',
        ["New", "Old"],
    ),
    "a tab of Hugo": ('{{< tab name="Linux" >}}', ["Linux"]),
    "the second of those without a name": (
        '{{% notice tip "Own title" %}}',
        ["Own title"],
    ),
    "a raw string of Hugo": ("{{< figure caption=`A dog` >}}", ["A dog"]),
    "Jekyll": ("{% include note.html content='Mind it' %}", ["Mind it"]),
    "a frame": ('<iframe title="A map" src="x"></iframe>', ["A map"]),
    "a form": (
        '<input placeholder="Name" aria-label="Your name">',
        ["Name", "Your name"],
    ),
    "a button": ('<input type=submit value="Send">', ["Send"]),
    "attributes behind an image": (
        '![A](x.png){fig-alt="A dog" width="a b c"}',
        ["A", "A dog"],
    ),
    "attributes of an image without words": ('![](x){title="A dog"}', ["A dog"]),
    "letters as entities": ("&#44032;&#45208;", ["&#44032;&#45208;"]),
    "a tab of code": (
        '{{< tab header="A" lang="yaml" >}}\na: x y z\n{{< /tab >}}',
        ["A"],
    ),
    "code of a pane": (
        '{{< tabpane lang="c" >}}\n{{< tab "A" >}}\nx y\n{{< /tab >}}\n'
        "{{< /tabpane >}}",
        ["A"],
    ),
    "a pane of text": (
        '{{< tabpane text=true >}}\n{{< tab lang="c" >}}\nA b.\n{{< /tab >}}\n'
        "{{< /tabpane >}}",
        ["A b."],
    ),
}
"""Articles and the texts of their segments."""


@pytest.mark.parametrize("name", HELD)
def test_it_is_a_segment(name: str) -> None:
    """What readers see is in a segment, nothing is told, and each text can be exchanged
    for one with every kind of quote; code is neither."""
    text, segments = HELD[name]
    article = parse(text, name="a.md")
    assert [segment.text for segment in article.segments] == segments
    assert article.unheld == ()
    target = "말 \"둘\" 'x' | y"
    again = parse(article.render(lambda segment: target), name="a.md")
    assert [segment.kind for segment in again.segments] == [
        segment.kind for segment in article.segments
    ]


TOLD = {
    "deep": ("> " * 101 + "Words", 1, "nested more than 100 deep"),
    "a deep list": ("".join(f"{'  ' * n}- x\n" for n in range(60)), 50, "nested"),
    "a parameter": ('x\n\n{{< box hint="Three words here" >}}', 3, "box.hint"),
    "one of a tag of Liquid": ('{% box "Three words here" %}', 1, "box.1"),
    "a Korean one": ('<Box hint="밥" />', 1, "Box.hint"),
    "an expression": ("<Tabs values={[{a: 'A b c'}]} hint={<p>x</p>} />", 1, "hint"),
    "dollars around prose": ("$$\n밥을 먹는다.\n$$", 1, "maths"),
    "braces": ("{Three words here}", 1, "braces"),
    "a cell too many": ("| a |\n|---|\n| b | c |", 3, "a cell without a column"),
    "a drawing": ("<div>\n<svg><text>Words</text></svg>\n</div>", 1, "inside <svg>"),
    "a form's text": ("<div>\n<textarea>Words</textarea>", 1, "<textarea>"),
    "indented below a tag": ("{% if x %}\n    Three words here\n", 2, "indented"),
}  # fmt: skip
"""Articles, the line of what is told, and a part of what is said of it."""


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str) -> None:
    """What readers may see and no segment holds is told with its line; not so between
    directives that leave it out."""
    text, line, said = TOLD[name]
    first = parse(text, name="a.md").unheld[0]
    assert (first.line >= line, said in first.why + first.setting) == (True, True)
    if name == "a deep list":  # nothing closes below it
        return
    skipped = f"<!-- tflow:skip -->\n\n{text}\n\n<!-- tflow:end -->"
    assert parse(skipped, name="a.md").unheld == ()


SILENT = (
    '<Box className="flex items center" style={{a: "b c d"}} href="a b c" />',
    '{{< youtube "three words here" >}}',
    '{% if page.title == "Three words here" %}',
    "export const title = 'Three words here'",
    "<svg><style>three words here</style></svg>",
    "<script>three words here</script>",
    "```\nthree words here\n```",
    "{/* three words here */}",
    "[x]: /y",
    "{: .three .words }",
    "`three words here`",
    "$a + b$",
    "Term\n: words\n\nTerm two\n: words",
)


@pytest.mark.parametrize("text", SILENT)
def test_code_is_not_told(text: str) -> None:
    """What readers do not see as words is not told."""
    assert parse(text, name="a.md").unheld == ()


LINES = st.sampled_from(
    [
        "", "", "", "Plain words here.", "낱말이 여기 있다.", "> quoted words",
        "- an item", "1. first one", "## A heading", "Title line\n===",
        "| one | two |\n|---|---|\n| three | four |", "$$", "$$ {#eq}", "x = y",
        "$$ x = y $$", "`code words`", "```\ncode words\n```", "***",
        '<img alt="dog words">', '[<img alt="cat words">](/y)', "<div>", "</div>",
        "<div>block words</div>", '<IMG ALT="loud words">', "<CENTER>", "</CENTER>",
        "text <b>bold words</b> more", "{% raw %}", "{% endraw %}", "{% if x %}",
        "{% endif %}", "{{< note >}}", "{{< /note >}}", "<!-- hidden words -->",
        "[^n]: a note", "Word\n: definition words", "</details>",
        "{% if y %}\n    indented words",
        "<details><summary>More words</summary>", "![alt words](x.png)", "\\$\\$",
        "<pre>code words</pre>", "<svg><text>drawn words</text></svg>",
        "{Three words here}",
    ]
)  # fmt: skip


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(LINES, max_size=10))
def test_a_renderer_of_another_family_shows_nothing_else(rows: list[str]) -> None:
    """Every word that pulldown-cmark shows is in a segment, is code, or is told."""
    text = "\n".join(rows)
    try:
        article = parse(text, name="a.md")
    except FlowError:
        return
    assert unheld(text, article)[0] == []


ARTICLE = 'Words.\n\n{{< box hint="Three words here" >}}\n'


def test_it_is_found_and_holds_a_release(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """``check`` tells it with its line, ``status`` counts it, and nothing is released
    until the project says what it is: then it is a segment, or for no reader."""
    write("sources/odd.md", ARTICLE)
    tflow("sync")
    tflow("set", "odd:1", "말.")
    check = tflow("check", "odd", code=1)
    assert "“Three words here”" in check.out
    assert "box.hint" in check.out
    assert "[unseen]" in check.out
    found = json.loads(tflow("check", "odd", "--json", code=1).out)["findings"][0]
    assert (found["check"], found["line"]) == ("unseen", 3)
    assert "1 text in no segment" in tflow("status", "odd").out
    released = tflow("export", "odd", "--release", "--format", "md", code=1)
    assert "line 3" in released.err
    tflow("config", "project.texts", "!box.hint")
    tflow("check", "odd")
    tflow("config", "project.texts", "box.hint")
    assert "Three words here" in tflow("show", "odd:2").out
    tflow("check", "odd")


def test_sync_carries_every_target_over(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """Where another text is a segment than before, targets go along with their texts;
    what is no segment any more keeps its target among what was removed."""
    write("sources/odd.md", "A *dog* here.\n\n- key: value\n\nLast.\n")
    tflow("sync")
    for n, target in enumerate(("여기 개가 있다.", "키: 값", "끝."), 1):
        tflow("set", f"odd:{n}", target)
    write(
        "sources/odd.md",
        "<CENTER>\nA *dog* here.\n</CENTER>\n\n"
        '{{< tab header="New" lang="yaml" >}}\n- key: value\n{{< /tab >}}\n\nLast.\n',
    )
    tflow("sync")
    units = json.loads(tflow("show", "odd", "--json").out)["units"]
    assert [(u["kind"], u["target"], u["state"]) for u in units] == [
        ("html", "여기 개가 있다.", "translated"),
        ("title", "", "untranslated"),
        ("paragraph", "끝.", "translated"),
    ]
    catalog = (project / "translations/ko/odd.po").read_text("utf-8")
    assert '#~ msgstr "키: 값"' in catalog


def test_quotes_in_attributes_end_none(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A target with quotes stands whole in the attribute of an edition's tag."""
    write("sources/odd.md", '[<img alt="A dog" src="https://e.org/x.png">](/y)\n')
    tflow("sync")
    tflow("set", "odd:1", '개 "멍멍"')
    tflow("export", "odd", "--format", "md,html")
    page = (project / "editions/odd.en-ko.md").read_text("utf-8")
    assert 'alt="개 &quot;멍멍&quot;"' in page
    assert "&lt;img" not in (project / "editions/odd.en-ko.html").read_text("utf-8")
