"""Glossaries: what is written is read again, by others too, and no file does harm."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Tflow
from hypothesis import example, given
from hypothesis import strategies as st

from translate_flow.errors import FlowError
from translate_flow.glossary import (
    Glossary,
    Term,
    read_csv,
    read_tbx,
    write_csv,
    write_tbx,
)
from translate_flow.glossary.table import DELIMITERS, FIELDS, decoded, settled
from translate_flow.glossary.terms import STATUSES, refuse_contradictions, tidy

LANGUAGES = ("en", "ko")
HARD = ['"', '""', "'", ",", ";;;;;;;;;", "\t", "\n", "\r\n", "\r", "&amp;", "<", "]]>"]
HARD += [" ", "\xa0", "\u3000", "\u2028", "\x85", "\ufeff", "\u200b", "\x00", "\ud800"]
HARD += ["대통령", "\u1112\u1161\u11ab", "\u0301", "e", "sep=;\n", "=1+1", "reading: "]
HARD += ["=", "-다", "+82", "@SUM(A1)", "'=", "''-", "＝1", "=cmd|' /C calc'!A0"]
HARD += ["\uffff", "🚢", "#", "{title}", "en", "en-US", "name", "</term>", "&"]
CELLS = st.lists(st.sampled_from(HARD) | st.characters(), max_size=6).map("".join)
"""Anything that people type or paste."""

WORDS = CELLS.filter(tidy) | st.sampled_from(["boat", "ship", "배"])
TAGS = st.permutations(["en", "ko", "zh-Hant", "en-GB"])
PROJECTS = st.builds(lambda tags, count: tuple(tags[:count]), TAGS, st.integers(2, 3))
MEANT = re.compile(r"""^'(?=["'\s]*[=+\-@\t\r＝＋－＠])""")
"""What says in a spreadsheet that a cell is a text, though it begins as a formula."""

Drawn = tuple[Glossary, tuple[str, ...]]


def consistent(terms: list[Term]) -> bool:
    """Whether no row contradicts another."""
    try:
        refuse_contradictions(terms, "")
    except FlowError:
        return False
    return True


@st.composite
def glossaries(draw: st.DrawFn) -> Drawn:
    """Draw a glossary and the languages of its project; many of its rows share a
    term."""
    languages = draw(PROJECTS)
    few = st.sampled_from(draw(st.lists(WORDS, min_size=1, max_size=3)))
    row = st.builds(
        Term.of,
        st.dictionaries(st.sampled_from(languages), few, min_size=1),
        status=st.sampled_from(STATUSES),
        reading=st.just("") | CELLS,
        kind=st.sampled_from(["", "name"]) | CELLS,
        note=st.just("") | CELLS,
    )
    terms = draw(st.lists(row, max_size=5).filter(consistent))
    return Glossary(tuple(terms)), languages


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    """Draw a glossary with columns of its own, in any order."""
    glossary, languages = draw(glossaries())
    strange = CELLS.map(tidy).filter(
        lambda name: name.lower() not in ("", *FIELDS) and not settled(name, languages)
    )
    names = draw(st.lists(strange, max_size=2, unique=True))
    columns = draw(st.permutations([*languages, *FIELDS, *names, ""]))
    extra = tuple((name, f"{name} 1") for name in columns if name in names)
    terms = tuple(replace(row, extra=extra) for row in glossary.terms)
    return Glossary(terms, tuple(columns)), languages


def read(data: bytes, form: str, languages: tuple[str, ...] = LANGUAGES) -> Glossary:
    """Read a file called ``x``."""
    if form == "tbx":
        return read_tbx(data, name="x", languages=languages)
    return read_csv(decoded(data, "x"), name="x", languages=languages)


# --- what we write ----------------------------------------------------------


@given(glossaries() | tables())
def test_a_table_that_is_written_is_read(drawn: Drawn) -> None:
    """Every row comes back as it was, any sign in it, with its columns; twice, too."""
    glossary, languages = drawn
    text = write_csv(glossary, languages=languages)
    back = read(text.encode(), "csv", languages)
    assert back == glossary
    assert glossary.columns in ((), back.columns)
    assert write_csv(back, languages=languages) == text


@given(tables())
def test_a_spreadsheet_runs_nothing(drawn: Drawn) -> None:
    """No cell of ours begins as a formula does, after quotes and blanks neither."""
    glossary, languages = drawn
    text = write_csv(glossary, languages=languages)
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not re.match(r"""["\s]*[=+\-@\t\r＝＋－＠]""", cell)


@pytest.mark.parametrize(
    "term", ["=1+1", "-다", "+82", "@here", "'=1", '"=1"', "'", "''-", '="x"&A1', "＝1"]
)
def test_formulas_in_a_glossary(project: Path, tflow: Tflow, term: str) -> None:
    """A term that a spreadsheet would run comes out as text, comes back as it was, and
    is found; in the project's own glossary, too."""
    tflow("glossary", "add", f"--note={term}", "--", term, "배")
    stored = Path("translations/glossary.csv").read_text()
    assert tflow("glossary", "export").out == stored
    cells = next(csv.reader(io.StringIO(stored.split("\n", 1)[1])))
    assert cells[0] == (term if term == "'" else f"'{term}")
    Path("out.csv").write_text(stored)
    Path("translations/glossary.csv").unlink()
    tflow("glossary", "import", "out.csv")
    assert Path("translations/glossary.csv").read_text() == stored
    (found,) = tflow("glossary", "export", "--format", "tbx", "--json").json.values()
    assert html.escape(term, quote=False) in found


@given(glossaries(), CELLS)
def test_a_termbase_that_is_written_is_read(drawn: Drawn, title: str) -> None:
    """Every row comes back as it was, whatever the termbase is called; twice, too."""
    glossary, languages = drawn
    text = write_tbx(glossary, languages=languages, title=title)
    back = read(text.encode(), "tbx", languages)
    assert back == glossary
    assert write_tbx(back, languages=languages, title=title) == text


READ_BY_ANOTHER = """
import sys
from translate.storage.tbx import tbxfile
with open(sys.argv[1], "rb") as file:
    store = tbxfile(file, "en", "ko")
for unit in store.units:
    for source in unit.get_source_terms():
        for target in unit.get_target_terms():
            print(ascii((source.text, target.text, target.deprecated)))
"""


@pytest.mark.slow
def test_another_reader_reads_our_termbases(tmp_path: Path) -> None:
    """translate-toolkit finds every pair, and which of them are forbidden."""
    pairs = [("president", "대통령"), ("president", "총통"), ('A & "<b>"', "가 ]]> 나")]
    terms = [Term({"en": en, "ko": ko}, note="n") for en, ko in pairs]
    terms += [Term({"en": "boat", "ko": "보트"}, "forbidden"), Term({"ko": "북괴"})]
    path = tmp_path / "our.tbx"
    text = write_tbx(Glossary(tuple(terms)), languages=LANGUAGES, title="Our <terms>")
    path.write_text(text, encoding="utf-8")
    words = [sys.executable, "-c", READ_BY_ANOTHER, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    wanted = [(*pair, False) for pair in pairs] + [("boat", "보트", True)]
    assert done.stdout.splitlines() == [ascii(one) for one in wanted]


# --- what others write ------------------------------------------------------


@example([("boat", "", "\ud800'=", "")], ",", "\n", "utf-8", "")
@given(
    st.lists(st.tuples(WORDS, CELLS, CELLS, CELLS), max_size=4),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["", "\n", "sep={}\n", "sep={}\r\n\r\n"]),
)
def test_tables_of_spreadsheets(
    rows: list[tuple[str, str, str, str]], sign: str, end: str, code: str, top: str
) -> None:
    """Whatever parts the columns, ends the lines and stands above the header, a cell
    is what a person typed, tidied."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("EN_us", "ko", "Note", "seen, by; whom\n;;;;"), *rows])
    data = (top.format(sign) + out.getvalue()).encode(code, "ignore")
    back = read(data, "csv")
    there = [[cell.encode(code, "ignore").decode(code) for cell in row] for row in rows]
    texts = [[MEANT.sub("", cell) for cell in row] for row in there]
    typed = [Term.of({"en": en, "ko": ko}, note=note) for en, ko, note, _ in texts]
    assert [(t.texts, t.note) for t in back.terms] == [(t.texts, t.note) for t in typed]


VERSION_3 = """\
<tbx style="{style}" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry>
<langSec xml:lang="en-US"><termSec><term>boat</term></termSec></langSec>
<langSec xml:lang="ko"><termSec><term>배</term>{preferred}</termSec>
<termSec><term>보트</term>{forbidden}<note>not <hi>here</hi></note></termSec></langSec>
<langSec xml:lang="de"><termSec><term>Boot</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
STYLES = {
    "dca": '<termNote type="administrativeStatus">{}</termNote>',
    "dct": "<min:administrativeStatus>{}</min:administrativeStatus>",
}


@pytest.mark.parametrize("style", STYLES)
def test_version_3_in_both_its_styles(style: str) -> None:
    """A concept is a row for each pair; other languages are left out and told."""
    text = VERSION_3.format(
        style=style,
        preferred=STYLES[style].format("preferredTerm-admn-sts"),
        forbidden=STYLES[style].format("deprecatedTerm-admn-sts"),
    )
    back = read(text.encode(), "tbx")
    assert back.terms == (
        Term({"en": "boat", "ko": "배"}),
        Term({"en": "boat", "ko": "보트"}, "forbidden", note="not here"),
    )
    assert back.notes == ("de is no language of the project; its terms are left out",)


# --- what would do harm -----------------------------------------------------


@given(glossaries(), st.sampled_from(["csv", "tbx"]), st.data())
def test_a_harmed_file_is_read_or_refused(
    drawn: Drawn, form: str, data: st.DataObject
) -> None:
    """Whatever bytes are cut out of a file, it is read, or refused in one line."""
    glossary, languages = drawn
    if form == "csv":
        whole = write_csv(glossary, languages=languages).encode()
    else:
        whole = write_tbx(glossary, languages=languages, title="x").encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    told = ""
    try:
        read(whole[:start] + whole[end:], form, languages)
    except FlowError as error:
        told = str(error)
    assert not told or re.fullmatch(r"x(:\d+)?: [^\n]+", told)
