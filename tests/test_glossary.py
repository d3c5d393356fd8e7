"""Terms are found in whatever form a text has them, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Tflow, Write

from translate_flow.errors import FlowError
from translate_flow.glossary import Glossary, read_csv

TABLE = """\
en,ko,status,reading,type,note
president,대통령,preferred,,,
president,총통,admitted,,,
president,통령,forbidden,,,
type,형,preferred,,,
GDP,국내총생산,preferred,,,
nuclear weapon,핵무기,preferred,,,
Park Geun-hye,박근혜,preferred,,name,
policy,정책,preferred,,,
,북괴,forbidden,,,
"""
LANGUAGES = ("en", "ko")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """A small glossary."""
    return read_csv(TABLE, name="glossary.csv", languages=LANGUAGES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The president met two presidents.", ["president", "president"]),
        ("The president's policies failed.", ["president", "policy"]),
        ("Presidents lie; presidential ones too.", ["president"]),
        ("Nuclear weapons and a nuclear-weapon test", ["nuclear weapon"] * 2),
        ("A gdp is no GDP.", ["GDP"]),
        ("See `president` and [it](/president).", []),
        ("Park Geun-hye’s speech", ["Park Geun-hye"]),
    ],
)
def test_english_terms(glossary: Glossary, text: str, found: list[str]) -> None:
    """Plurals, possessives and capitals are the same term; code and addresses are
    none."""
    assert [hit.term for hit in glossary.hits(text, "en", "ko")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("대통령은 정책을 바꿨다.", ["대통령", "정책"]),
        ("대통령들에게 물었다.", ["대통령"]),
        ("대통령실은 유형을 밝혔다.", []),
        ("박근혜가 말했다.", ["박근혜"]),
        ("핵무기를 버렸다.", ["핵무기"]),
    ],
)
def test_korean_terms(glossary: Glossary, text: str, found: list[str]) -> None:
    """A term is found with particles, and not as a part of another word."""
    assert [hit.term for hit in glossary.hits(text, "ko", "en")] == found


def test_a_hit_tells_all_that_is_known(glossary: Glossary) -> None:
    """What is preferred, admitted and forbidden stands together."""
    [hit] = glossary.hits("A president.", "en", "ko")
    assert hit.preferred == ("대통령",)
    assert (hit.admitted, hit.forbidden) == (("총통",), ("통령",))
    assert str(hit) == "president → 대통령 (also 총통; not 통령)"


def test_a_wrong_table_is_told_with_its_line() -> None:
    """An unknown status names its file and line."""
    with pytest.raises(FlowError) as caught:
        read_csv("en,ko,status\nx,엑스,liked\n", name="g.csv", languages=LANGUAGES)
    assert (caught.value.file, caught.value.line) == ("g.csv", 2)


def test_check_and_show_know_the_glossary(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """A term that is missing is a warning, a forbidden one an error with its fix, and
    show tells what a term is to be."""
    write("translations/glossary.csv", TABLE)
    write("sources/news.md", "The president left.\n\nThe president came.\n")
    tflow("set", "news:1", "통령은 떠났다.", "--by", "Mina")
    tflow("set", "news:2", "대통령이 왔다.", "--by", "Mina")
    found = tflow("check", "news", "--json", code=1).json["findings"]
    assert [(f["check"], f["severity"], f["n"]) for f in found] == [
        ("term-forbidden", "error", 1)
    ]
    assert found[0]["fix"].startswith("대통령")
    assert "대통령 (also 총통; not 통령)" in tflow("show", "news:2").out


def test_what_contradicts_is_left_out(project: Path, tflow: Tflow) -> None:
    """A row that says otherwise is told and left out; --yes lets it win, undo takes
    that back."""
    tflow("glossary", "add", "president", "대통령")
    done = tflow(
        "glossary", "add", "president", "대통령", "--status", "forbidden", code=1
    )
    assert "left out: president" in done.err
    table = project / "translations/glossary.csv"
    before = table.read_bytes()
    assert b"preferred" in before
    tflow("glossary", "add", "president", "대통령", "--status", "forbidden", "--yes")
    assert b"forbidden" in table.read_bytes()
    tflow("undo")
    assert table.read_bytes() == before
    tflow("glossary", "add", "x", "y", "--status", "liked", code=2)


def test_check_of_the_glossary_alone(project: Path, tflow: Tflow, write: Write) -> None:
    """glossary check tells terms and nothing else; with JSON, in one document."""
    write("translations/glossary.csv", TABLE)
    write("sources/news.md", "The [president](/p) left.\n")
    tflow("set", "news:1", "그는 떠났다.", "--by", "Mina")
    found = tflow("glossary", "check", "--json").json["findings"]
    assert [one["check"] for one in found] == ["term-missing"]
    tflow("glossary", "check", "--fail-on", "warning", code=1)
    [term] = tflow("glossary", "find", "presid", "--json").json["terms"]
    assert term["preferred"] == ["대통령"]
    tflow("glossary", "export", "out.csv")
    tflow("glossary", "export", "out.csv", code=2)
