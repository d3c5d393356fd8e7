"""Front matter as generators read it: merge keys, keys that stand twice, blank lines
above it, tabs; and what cannot be read is the page's own trouble."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import Tflow, Write

from translate_flow.article import decode, parse
from translate_flow.article.saying import saying
from translate_flow.errors import FlowError

READ: Mapping[str, tuple[str, dict[str, Any], list[str]]] = {
    "a merge key": (
        "---\nx: &b\n  title: Base\n  deck: Words\n<<: *b\ndeck: Own\n---\n",
        {"title": "Base", "deck": "Own"},
        ["Base", "Own"],
    ),
    "merge keys, the first wins": (
        "---\na: &a {title: A b}\nb: &b {title: C d, deck: E}\n<<: [*a, *b]\n---\n",
        {"title": "A b", "deck": "E"},
        ["A b", "E"],
    ),
    "a merge of a merge": (
        "---\na: &a {title: A b}\nb: &b\n  <<: *a\n  deck: E\n<<: *b\n---\n",
        {"title": "A b", "deck": "E"},
        ["A b", "E"],
    ),
    "a text by another name": (
        "---\nx: &x Words here\ntitle: *x\n---\n",
        {"title": "Words here"},
        ["Words here"],
    ),
    "a key twice": ("---\ntitle: One\ntitle: Two\n---\n", {"title": "Two"}, ["Two"]),
    "a key twice, of two kinds": (
        "---\ntitle: [a]\nx: 1\ntitle: >\n  Two\n---\n",
        {"title": "Two\n", "x": 1},
        ["Two"],
    ),
    "a blank line above": ("\n---\ntitle: One\n---\n", {"title": "One"}, ["One"]),
    "blank lines above, TOML": (
        "\ufeff\n \n+++\ntitle = 'One'\n+++\n",
        {"title": "One"},
        ["One"],
    ),
    "a tab": ("---\ntitle:\tOne\n---\n", {"title": "One"}, ["One"]),
    "a tab and quotes": (
        '---\ntitle: \t"One: two"\ntags:\t[a]\n---\n',
        {"title": "One: two", "tags": ["a"]},
        ["One: two"],
    ),
}
"""Articles, a part of what their front matter says, and the texts in it."""


@pytest.mark.parametrize("name", READ)
def test_it_is_read(name: str) -> None:
    """It is read as a generator reads it; a translation stands where its text stood, is
    what is read then, and moves no other byte."""
    text, says, segments = READ[name]
    article = parse(text + "Body.\n", name="a.md")
    assert article.meta == article.meta | says
    assert [s.text for s in article.segments] == [*segments, "Body."]
    again = parse(article.render(lambda s: f"말: {s.n}"), name="a.md")
    assert [s.text for s in again.segments] == [
        f"말: {n + 1}" for n in range(len(segments) + 1)
    ]
    back = {f"말: {n}": s.text for n, s in enumerate(article.segments, 1)}
    assert back.keys() == {s.text for s in again.segments}
    same = article.render(lambda s: s.text)
    assert same == article.text


@pytest.mark.parametrize(
    "text",
    [
        "\n---\n\nNote: words\n\n---\n",
        "\n---\n# Words\n---\n",
        "\nNote: words\n---\n",
        "\n---\ntitle: x\n",
    ],
)
def test_rules_below_a_blank_line_are_rules(text: str) -> None:
    """What stands between two rules below a blank line is text, unless it looks like
    keys from its first line to its last."""
    assert parse(text, name="a.md").meta == {}


def test_the_last_of_two_keys_is_written() -> None:
    """A key that stands twice is set where it is read."""
    text = "---\nlang: en\ntitle: x\nlang: en\n---\n"
    assert (
        saying(text, {"lang": "ko"}, name="a.md")
        == text[::-1].replace("ne :gnal", "ok :gnal", 1)[::-1]
    )


def test_merge_keys_that_nobody_writes() -> None:
    """Few lines that stand for millions of values are refused before they cost any."""
    rows = ["a0: &a0 {x: 1, y: 2}"]
    rows += [
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 12)
    ]
    with pytest.raises(FlowError, match="stand for too many values"):
        parse("---\n" + "\n".join(rows) + "\n---\n", name="a.md")


def test_a_key_that_stands_twice_is_told(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """``check`` warns with the line; nothing waits for it. A head that cannot be read
    is one line, and the others go on."""
    write("sources/twice.md", "---\ntitle: One\ntitle: Two\n---\n")
    write("sources/odd.md", "---\ntitle: {{ .Name }}\n---\nBody.\n")
    shown = tflow("check", "--json", code=2)
    found = json.loads(shown.out)
    assert [(f["check"], f["severity"], f["line"]) for f in found["findings"]] == [
        ("key-twice", "warning", 3)
    ]
    assert [error["line"] for error in found["errors"]] == [2]
    tflow("set", "twice:1", "둘")
    tflow("export", "twice", "--release", "--format", "md")
    assert "title: One\ntitle:" in (project / "sources/twice.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "한글 é".encode() + b" \x92\n\n\x93",
            "a.md:1: is not UTF-8 text: it has the byte 0x92",
        ),
        (
            "가나".encode() + b"\n\n\xea\xb0",
            "a.md:3: is not UTF-8 text: it has the byte 0xea",
        ),
        (
            "café".encode() + b" caf\xe9",
            "a.md:1: is not UTF-8 text: it has the byte 0xe9",
        ),
        (b"caf\xe9 au lait", "a.md:1: is Windows-1252"),
        ("조용한 아침의 나라".encode("cp949"), "a.md:1: is CP949"),
    ],
)
def test_bytes_that_are_not_utf8(data: bytes, said: str) -> None:
    """Of a text that is UTF-8 but for a few bytes the first is named with its line; a
    text in another encoding is known by it."""
    with pytest.raises(FlowError) as caught:
        decode(data, "a.md")
    assert str(caught.value).startswith(said)


def test_nothing_is_suggested_for_an_empty_article(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """Who adds an article without segments is told so, not to set its first one; with
    one that has some, that is the one to begin with."""
    empty, code = write("empty.md", ""), write("code.md", "```\nx\n```\n")
    added = tflow("add", str(empty), str(code))
    assert "nothing in it to translate" in added.out + added.err
    assert "next:" not in added.err
    none, full = write("none.md", ""), write("full.md", "Words.\n")
    assert "set full:1" in tflow("add", str(none), str(full)).err
