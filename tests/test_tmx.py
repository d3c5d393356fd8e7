"""TMX: what is written is read again, other tools read it, and no file does harm."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.errors import FlowError
from translate_flow.memory import MemoryUnit, Tmx, read_tmx, write_tmx

NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), max_size=12)
TEXTS = st.text(min_size=1, max_size=60).filter(str.strip)
HASHES = st.text("0123456789abcdef", min_size=8, max_size=8) | st.just("")
DAYS = st.dates().map(lambda day: day.isoformat()) | st.just("")
PAIRS = st.permutations(["en", "ko", "zh-Hant"]).flatmap(
    lambda tags: st.tuples(
        st.tuples(st.just(tags[0]), TEXTS), st.tuples(st.just(tags[1]), TEXTS)
    )
)
ENTRIES = st.builds(
    MemoryUnit,
    texts=PAIRS,
    place=NAMES,
    by=NAMES,
    on=DAYS,
    made=NAMES,
    above=st.tuples(HASHES, HASHES),
    sentence=st.integers(0, 99),
)
BOAT = MemoryUnit(
    (("en", 'The "boat" & <sea>.'), ("ko", "배와 바다.")),
    place="boat:k7f2qd",
    by="mina",
    on="2026-11-24",
    made="google",
    above=("d712d28b", "9b441d94"),
)


def tmx(body: str, head: str = '<header srclang="en"/>', top: str = "") -> bytes:
    """Return a TMX file with some units."""
    return f'{top}<tmx version="1.4">{head}<body>{body}</body></tmx>'.encode()


def tu(*texts: tuple[str, str], attributes: str = "") -> str:
    """Return a unit: languages and what stands in their segments."""
    variants = (f'<tuv xml:lang="{tag}"><seg>{seg}</seg></tuv>' for tag, seg in texts)
    return f"<tu{attributes}>{''.join(variants)}</tu>"


def read(data: bytes) -> Tmx:
    """Read a file called ``old.tmx``."""
    return read_tmx(data, name="old.tmx")


def only(data: bytes) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the texts of the one entry of a file."""
    (entry,) = read(data).entries
    return entry.texts


def refused(data: bytes) -> str:
    """Return what is said of a file that cannot be read."""
    with pytest.raises(FlowError) as caught:
        read(data)
    assert caught.value.file == "old.tmx"
    assert caught.value.line
    assert caught.value.hint
    return caught.value.message


# --- what we write ----------------------------------------------------------


@given(st.lists(ENTRIES, max_size=5))
def test_what_is_written_is_read(entries: list[MemoryUnit]) -> None:
    """Law 7: every entry comes back as it was, any sign in it; twice, too."""
    data = write_tmx(entries)
    back = read(data)
    assert back.entries == tuple(entries)
    assert write_tmx(back.entries) == data
    assert (back.alone, dict(back.skipped)) == (0, {})


def test_signs_that_xml_cannot_hold() -> None:
    """Control signs, carriage returns and half characters come back."""
    text = "a\x07b\r\nc\td\x85\ud800\ufffe\U0001f6a2 "
    entry = MemoryUnit((("en", text), ("ko", "\x00")))
    assert read(write_tmx([entry])).entries == (entry,)


def test_a_file_looks_as_the_format_says() -> None:
    """A unit has who made it, when, and our properties, in the order of TMX 1.4."""
    text = write_tmx([BOAT]).decode()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYS')
    assert 'srclang="en"' in text
    assert (
        '<tu tuid="boat:k7f2qd" creationdate="20261124T000000Z" creationid="mina"'
        ' changedate="20261124T000000Z">\n'
        '<prop type="x-tflow-made">google</prop>\n'
        '<tuv xml:lang="en"><prop type="x-tflow-above">d712d28b</prop>'
        '<seg>The "boat" &amp; &lt;sea&gt;.</seg></tuv>\n'
    ) in text


def test_several_source_languages_are_told_by_unit() -> None:
    """With sources in two languages the header says so, and each unit its own."""
    turned = MemoryUnit((("ko", "배"), ("en", "boat")))
    text = write_tmx([BOAT, turned]).decode()
    assert text.count('srclang="*all*"') == text.count('srclang="ko"') == 1
    assert read(text.encode()).entries == (BOAT, turned)


DTD = """\
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED
  o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED
  changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED creationdate CDATA #IMPLIED
  creationid CDATA #IMPLIED changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA | ph)*>
<!ELEMENT ph (#PCDATA)>
<!ATTLIST ph type CDATA #IMPLIED x CDATA #IMPLIED assoc CDATA #IMPLIED>
<!ELEMENT ude EMPTY>
"""
"""What of the document type of TMX 1.4 our files may use."""


@pytest.mark.slow
def test_our_files_are_valid(tmp_path: Path) -> None:
    """A validator finds nothing wrong with a file that has all we write."""
    odd = MemoryUnit((("ko", "\x07 <"), ("en", "x")), sentence=2)
    (tmp_path / "tmx14.dtd").write_text(DTD)
    (tmp_path / "our.tmx").write_bytes(write_tmx([BOAT, odd]))
    words = ["xmllint", "--nonet", "--noout", "--valid", "our.tmx"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


READ_BY_ANOTHER = """
import sys
from translate.storage.tmx import tmxfile
with open(sys.argv[1], "rb") as file:
    store = tmxfile(file, "en", "ko")
for unit in store.units:
    print(repr((str(unit.source), str(unit.target))))
"""


@pytest.mark.slow
def test_another_reader_reads_our_files(tmp_path: Path) -> None:
    """translate-toolkit finds the same texts in a file of ours."""
    entries = [BOAT, MemoryUnit((("en", "Tides\nand winds"), ("ko", "조수")))]
    path = tmp_path / "our.tmx"
    path.write_bytes(write_tmx(entries))
    words = [sys.executable, "-c", READ_BY_ANOTHER, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    wanted = [repr((e.texts[0][1], e.texts[1][1])) for e in entries]
    assert done.stdout.splitlines() == wanted


# --- what others write ------------------------------------------------------


def test_inline_codes_are_dropped_and_words_kept() -> None:
    """Codes of a format go, words between them stay; what a program puts a value into
    is part of the text."""
    seg = (
        'Click <bpt i="1">&lt;b&gt;</bpt>here<ept i="1">&lt;/b&gt;</ept>, '
        '<ph x="1">{name}</ph><ph>&lt;img alt="<sub>Hello</sub>"/&gt;</ph> '
        '<hi>now <hi>or</hi></hi> <it pos="begin">&lt;i&gt;</it>never<ut>x</ut>'
    )
    texts = only(tmx(tu(("en", seg), ("ko", "<ph>%1$s</ph> 지금"))))
    assert texts == (("en", "Click here, {name} now or never"), ("ko", "%1$s 지금"))


def test_any_number_of_languages() -> None:
    """Three languages are three pairs, that of the source first in its pairs."""
    unit = tu(("ko", "배"), ("en", "boat"), ("ja", "船"))
    pairs = [[tag for tag, _ in e.texts] for e in read(tmx(unit)).entries]
    assert pairs == [["en", "ko"], ["en", "ja"], ["ko", "ja"]]
    assert read(tmx(tu(("en", "alone")) + tu())).alone == 2


def test_languages_are_chosen_and_counted() -> None:
    """What is not wanted is skipped and counted as the file writes it."""
    body = tu(("EN-US", "boat"), ("ko", "배"), ("de_DE", "Boot"))
    known = {"EN-US": "en", "ko": "ko"}
    got = read_tmx(tmx(body), name="x", language=known.get)
    assert [e.texts for e in got.entries] == [(("en", "boat"), ("ko", "배"))]
    assert got.languages == {"EN-US": 1, "ko": 1}
    assert got.skipped == {"de_DE": 1}


def test_the_old_attribute_and_who_did_it() -> None:
    """TMX 1.1 says ``lang``; a change counts more than its beginning."""
    body = (
        '<tu creationid="bob" creationdate="20131118T120000Z"><note>n</note>'
        '<tuv lang="en"><seg>boat</seg></tuv>'
        '<tuv lang="ko" changeid="mina" changedate="20261124T093000Z">'
        '<prop type="other">x</prop><seg>배</seg></tuv></tu>'
    )
    (entry,) = read(tmx(body)).entries
    assert entry == MemoryUnit(
        (("en", "boat"), ("ko", "배")), by="mina", on="2026-11-24"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_encodings(encoding: str) -> None:
    """A byte order mark or the declaration tells how a file is written."""
    said = {"utf-16-le": "UTF-16", "latin-1": "ISO-8859-1"}.get(encoding, "")
    top = f'<?xml version="1.0" encoding="{said}"?>' if said else ""
    text = tmx(tu(("en", "café"), ("fr", "é")), top=top).decode()
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    data = (mark + text).encode(encoding)
    assert only(data) == (("en", "café"), ("fr", "é"))


def test_what_is_empty_or_without_end_is_left_out() -> None:
    """Blank texts and texts of a hundred thousand letters are no entries."""
    blank = tu(("en", " "), ("ko", "배"))
    long = tu(("en", "a" * 100_001), ("ko", "배"))
    got = read(tmx(blank + long))
    assert (got.entries, got.alone) == ((), 2)


# --- what would do harm -----------------------------------------------------

BOMB = (
    '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'
    "<tmx><body><tu><tuv><seg>&b;</seg></tuv></tu></body></tmx>"
)


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    """No entity is expanded, inside or outside of the file."""
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    assert "declares the entity 'a'" in refused(BOMB.encode())
    for kind in (f'x SYSTEM "{secret.as_uri()}"', f'% x SYSTEM "{secret.as_uri()}"'):
        data = tmx(
            tu(("en", "&x;"), ("ko", "b")), top=f"<!DOCTYPE tmx [<!ENTITY {kind}>]>"
        )
        assert "declares the entity 'x'" in refused(data)


def test_a_document_type_is_never_fetched() -> None:
    """A DTD elsewhere is named and not asked for: the tests have no network."""
    top = '<!DOCTYPE tmx SYSTEM "http://192.0.2.1/tmx14.dtd">'
    assert only(tmx(tu(("en", "a"), ("ko", "b")), top=top))
    entity = tmx(tu(("en", "&nbsp;"), ("ko", "b")), top=top)
    assert "nothing declares" in refused(entity)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not XML"),
        (b"not xml", "not XML"),
        (b"\x00\x01\x02", "not XML"),
        (b"<html/>", "not a TMX file"),
        (b"<tmx><body><tu></tmx>", "not XML"),
        (b"<tmx>" + b"<a>" * 1000, "without end"),
        ("<tmx>한글</tmx>".encode("euc-kr"), "not XML"),
        (b'<?xml version="1.0" encoding="euc-kr"?><tmx/>', "encoding"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "encoding"),
    ],
)
def test_what_is_no_tmx_is_told_in_one_line(data: bytes, message: str) -> None:
    """A file that cannot be read is refused with its line."""
    assert message in refused(data)


def test_the_line_is_that_of_the_fault() -> None:
    """The error names the line where the file breaks."""
    with pytest.raises(FlowError) as caught:
        read(b"<tmx>\n<body>\n<tu></seg>\n")
    assert caught.value.line == 3


@given(st.data())
def test_a_harmed_file_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever bytes are cut out of a file, it is read, or refused in one line."""
    whole = write_tmx([BOAT, BOAT])
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    told = ""
    try:
        read(whole[:start] + whole[end:])
    except FlowError as error:
        told = str(error)
    assert not told or re.fullmatch(r"old\.tmx:\d+: [^\n]+", told)
