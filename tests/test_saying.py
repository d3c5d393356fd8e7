"""Front matter is written by one writer, whatever it looks like."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from translate_flow.article import parse
from translate_flow.article.front import cut
from translate_flow.article.saying import saying
from translate_flow.errors import FlowError


def said(text: str, key: str = "lang", value: Any = "ko", first: bool = True) -> str:
    """Return a text that says a language."""
    return saying(text, {key: value}, name="a.md", first=first)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n", "---\nlang: ko\n---\n\na\n"),
        ("---\nlang: en\nlang: fr\n---\n", "---\nlang: en\nlang: ko\n---\n"),
        ("a\r\n", "---\r\nlang: ko\r\n---\r\n\r\na\r\n"),
        ("a\rb", "---\rlang: ko\r---\r\ra\rb"),
        ("\ufeffa\n", "\ufeff---\nlang: ko\n---\n\na\n"),
        ("---\na\n---\n", "---\nlang: ko\n---\n\n---\na\n---\n"),
        ("---\n---\na", "---\nlang: ko\n---\na"),
        ("---\n# c\n---\na", "---\nlang: ko\n# c\n---\na"),
        ("---\nx: 1\n---", "---\nlang: ko\nx: 1\n---"),
        ("---\nx: 1\n...\na", "---\nlang: ko\nx: 1\n...\na"),
        ("---\n x: 1\n y: 2\n---\na", "---\n lang: ko\n x: 1\n y: 2\n---\na"),
        ("---\n lang: en # c\n---\na", "---\n lang: ko # c\n---\na"),
        ("---\nx: 1\n---\na\r\nb\r\n", "---\nlang: ko\nx: 1\n---\na\r\nb\r\n"),
        ("---\r\nx: 1\r\n---\r\na\nb", "---\r\nlang: ko\r\nx: 1\r\n---\r\na\nb"),
        ("---\nx: 1\r\ny: 2\n---\n", "---\nlang: ko\nx: 1\r\ny: 2\n---\n"),
        ("---\rx: 1\r---\ra\r", "---\rlang: ko\rx: 1\r---\ra\r"),
        ("\ufeff---\r\nx: 1\r\n---\r\n", "\ufeff---\r\nlang: ko\r\nx: 1\r\n---\r\n"),
        ("---\nlang: en\nx: 1\n---\na", "---\nlang: ko\nx: 1\n---\na"),
        ('---\n"lang" : \'en\' # c\n---\n', '---\n"lang" : ko # c\n---\n'),
        ("---\nlang:\nx: 1\n---\n", "---\nlang: ko\nx: 1\n---\n"),
        ("---\nlang:\n- en\n- fr\n# c\nx: 1\n---\n", "---\nlang: ko\n# c\nx: 1\n---\n"),
        ("---\nlang: |\n  en\n\nx: 1\n---\n", "---\nlang: ko\n\nx: 1\n---\n"),
        ("---\nx: &a en\nlang: *a\n---\n", "---\nx: &a en\nlang: ko\n---\n"),
        ("---\nx:\n  lang: en\n---\n", "---\nlang: ko\nx:\n  lang: en\n---\n"),
        ("---\n{x: 1, lang: en}\n---\n", '---\n{x: 1, lang: "ko"}\n---\n'),
        ("---\n{x: 1}\n---\n", '---\n{"lang": "ko", x: 1}\n---\n'),
        ('+++\nlang = "en" # c\n+++\n', '+++\nlang = "ko" # c\n+++\n'),
        ("+++\n'lang' = 'en'\n+++\n", "+++\n'lang' = \"ko\"\n+++\n"),
        ("+++\n[a]\nlang=1\n+++\n", '+++\nlang = "ko"\n[a]\nlang=1\n+++\n'),
        ("+++\n+++\n", '+++\nlang = "ko"\n+++\n'),
        ('{"x": 1}\na', '{"lang": "ko", "x": 1}\na'),
        ('{"x": 1}', '{"lang": "ko", "x": 1}'),
        ("{}\na", '{"lang": "ko"}\na'),
        ('{\n  "x": 1\n}\n', '{\n  "lang": "ko",\n  "x": 1\n}\n'),
        ('{\r\n"lang": "en"\r\n}\r\na\n', '{\r\n"lang": "ko"\r\n}\r\na\n'),
    ],
)  # fmt: skip
def test_an_article_says_its_language(text: str, expected: str) -> None:
    """The line stands where a reader finds it, and every other byte stays."""
    assert said(text) == expected
    assert parse(expected, name="a.md").meta["lang"] == "ko"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nx: 1\n# c\n---\na", "---\nx: 1\n# c\nlang: ko\n---\na"),
        ("---\n  x: |\n    b\n---\na", "---\n  x: |\n    b\n  lang: ko\n---\na"),
        (
            '+++\nx = [\n [1],\n]\n\n# c\n[a]\ny = """\n[b]\n"""\n+++\n',
            '+++\nx = [\n [1],\n]\nlang = "ko"\n\n# c\n[a]\ny = """\n[b]\n"""\n+++\n',
        ),
        ('{\n\t"x": [1]\n}\n', '{\n\t"x": [1],\n\t"lang": "ko"\n}\n'),
    ],
)
def test_a_key_may_stand_last(text: str, expected: str) -> None:
    """It is the last one of the top level, above the tables of TOML."""
    assert said(text, first=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nlang: en # c\nx: 1\n---\n", "---\nx: 1\n---\n"),
        ("---\nx: 1\nlang:\n  - a\n  - b\n---\n", "---\nx: 1\n---\n"),
        ('+++\nx = 1\nlang = """\na\n"""\n[b]\n+++\n', "+++\nx = 1\n[b]\n+++\n"),
        ('{"lang": "a", "x": 1}\n', '{"x": 1}\n'),
        ('{"x": 1, "lang": "a"}\n', '{"x": 1}\n'),
        ('{"lang": "a"}\n', "{}\n"),
        ("a\n", "a\n"),
        ("---\nx: 1\n---\n", "---\nx: 1\n---\n"),
    ],
)
def test_a_key_goes(text: str, expected: str) -> None:
    """An empty text takes a key away, with all of its lines."""
    assert said(text, value="") == expected


@pytest.mark.parametrize(
    "text",
    [
        "+++\nlang = 'en'\nlang = 'fr'\n+++\n",
        '{"lang": "en", "lang": "fr"}\n',
        "---\nlang: &a en\nx: *a\n---\n",
        "+++\n[lang]\na = 1\n+++\n",
        "+++\nlang.a = 1\n+++\n",
        '{\n  "x": 1,\n}\n',
    ],
)
def test_what_cannot_be_written_is_refused(text: str) -> None:
    """A head that is broken, or would say something else, is an error with its file."""
    with pytest.raises(FlowError) as refused:
        said(text)
    assert refused.value.file == "a.md"
    assert refused.value.line


def test_json_that_is_no_head_is_text() -> None:
    """What begins with a brace and is no object alone on its lines stays what it is."""
    for text in (
        "{{< hugo >}}\n",
        "{a} b\n",
        '{"a": 1} b\n',
        "{ #id }\n",
        "{/* a */}\n",
    ):
        assert cut(text, "a.md") is None, text


def test_json_is_translated_in_its_place() -> None:
    """Its texts are segments, and its other bytes stay."""
    text = '{\n  "title" : "A \\"b\\"",\n  "tags": ["x"], "n": null\n}\nText.\n'
    article = parse(text, name="a.md")
    assert [s.text for s in article.segments] == ['A "b"', "Text."]
    assert article.segments[1].line == 5
    told = {'A "b"': '"가"\u2028나', "Text.": "글."}
    made = article.render(lambda segment: told[segment.text])
    head = '{\n  "title" : "\\"가\\"\\u2028나",\n  "tags": ["x"], "n": null\n}\n'
    assert made == f"{head}글.\n"


# --- what readers of YAML 1.1 take otherwise ---------------------------------

ODD = [
    *("yes", "no", "on", "off", "y", "n", "Yes", "NO", "On", "TRUE", "null", "~", ""),
    *("12:30", "190:20:30", "0o17", "017", "0x1F", "0b10", "1_000", "1,000", "1e5"),
    *("2013-11-18", "2013-11-18 12:30:00", ".5", "-1", "+1", ".inf", ".NaN", "nan"),
    *("@a", "`a`", "%a", "*a", "&a", "!a", "|", ">", "- a", "? a", "[a", "{a", "a: b"),
    *("a #b", "#a", ":a", "=", "<<", "---", "...", "'a", '"a', "a\u2028b", "a\u2029b"),
    *("a\x85b", "\ufeffa", "a\ufffeb", "a\x7fb", "a\tb", "b:", "a, b", "a]", "가: 나"),
]  # fmt: skip


def both(head: str) -> tuple[Any, Any]:
    """Return what readers of YAML 1.1 and 1.2 take a head as."""
    content = head[4 : head.rindex("\n---\n") + 1]
    return yaml.safe_load(content), YAML(typ="safe", pure=True).load(content)


@pytest.mark.parametrize("value", [one for one in ODD if one])
def test_a_value_is_a_text_to_all_readers(value: str) -> None:
    """What we say of a key is read back as that very text, in lists, maps, keys."""
    text = said("---\nx: 1\n---\n", "t", value)
    assert both(text) == ({"x": 1, "t": value},) * 2
    for whole in ([value, value], {value: value}, {"a": {"b": [value]}}):
        text = said("---\nx: 1\n---\n", "t", whole)
        assert both(text) == ({"x": 1, "t": whole},) * 2
    text = said("---\nx: 1\n---\n", value, "a")
    assert both(text) == ({"x": 1, value: "a"},) * 2
    assert json.loads(said('{"x": 1}', "t", [value])) == {"x": 1, "t": [value]}
    toml = said("+++\nx = 1\n+++\n", "t", [value]).replace("+++", "")
    assert tomllib.loads(toml) == {"x": 1, "t": [value]}


HEADS = [
    "---\ntitle: Hello\n---\n",
    "---\n title: Hello\n---\n",
    "---\ntitle: 'Hello'\n---\n",
    '---\ntitle: "Hello"\n---\n',
    "---\ntitle: >-\n  Hello\n---\n",
    "---\ntitle: |-\n  Hello\n---\n",
    "---\n{x: a, title: Hello}\n---\n",
    "---\ntitle: !!str Hello\n---\n",
]


def translated(head: str, value: str) -> str:
    """Return a head whose title is translated."""
    article = parse(head, name="a.md", keys=("title",))
    assert [s.text for s in article.segments] == ["Hello"]
    return article.render(lambda segment: value)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("value", [one for one in ODD if one])
def test_a_translation_is_a_text_to_all_readers(head: str, value: str) -> None:
    """A translated value is read back as that very text, however it is written."""
    text = translated(head, value)
    assert [found["title"] for found in both(text)] == [value, value]


@given(
    st.sampled_from(HEADS),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
)
def test_any_translation_is_a_text_to_all_readers(head: str, value: str) -> None:
    """Readers of YAML 1.1 and 1.2 agree on any text."""
    value = " ".join(value.split()).strip()
    if value:
        first, second = both(translated(head, value))
        assert first["title"] == second["title"] == value


def test_a_plain_title_stays_plain() -> None:
    """Nothing is quoted that all readers take as a text."""
    for value in ("2013년의 봄", "“인용”", "10 ways, and more", "a - b", "Ümlaut (x)"):
        assert translated(HEADS[0], value) == f"---\ntitle: {value}\n---\n"
