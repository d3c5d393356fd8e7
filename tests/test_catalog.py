"""Catalogs: PO text and values, marks, ids, and what is refused."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import replace

import polib
import pytest
from catalogs import CATALOGS, lived_in_catalogs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from translate_flow.catalog import (
    dump,
    entry,
    new,
    parse,
    read_mark,
    unit_id,
    write_mark,
)
from translate_flow.catalog.grammar import escape, unescape
from translate_flow.errors import CatalogError
from translate_flow.model import Accepted, Catalog, Mark, Unit

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: sources/boat.md\\n"
"Language: ko\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Source-Language: en\\n"
"X-Tflow-Source: sources/boat.md\\n"
"X-Tflow-Format: 2\\n"
"""
EMPTY = new("sources/boat.md", "en", "ko")


def read(text: str) -> Catalog:
    """Read a catalog of ours."""
    return parse(f"{HEADER}\n{text}", name="boat.po")


def only(text: str) -> Unit:
    """Read a catalog of ours with one live unit."""
    (unit,) = read(text).units
    return unit


def broken(text: str) -> CatalogError:
    """Return what reading says of a file, whose text begins at line 1."""
    with pytest.raises(CatalogError) as caught:
        parse(text, name="boat.po")
    assert caught.value.file == "boat.po"
    return caught.value


# --- what is written --------------------------------------------------------


def test_an_entry_is_written_as_the_format_says() -> None:
    """Notes, mark, kind, flag, previous source, id, source, target: one line each."""
    unit = Unit(
        id="k7f2qd",
        source='He said "no".\nTwice.',
        target="그는 “아니”라고 했다.\n\n두 번.",
        mark=Mark(
            origin="google",
            draft="11aa22bb",
            on="2026-11-23",
            src="9f86d081",
            tgt="77ab12cd",
            ok=Accepted("9f86d081", "77ab12cd"),
            by="Mina Kim",
            signed="bob",
        ),
        fuzzy=True,
        previous="He said no.",
        kind="heading 2",
        note="Keep it short.",
        comments=("a note by a person is never touched", "", "  indented"),
        flags=("no-wrap",),
    )
    assert entry(unit) == (
        "# a note by a person is never touched\n"
        "#\n"
        "#   indented\n"
        "# tflow: origin=google draft=11aa22bb on=2026-11-23 src=9f86d081"
        " tgt=77ab12cd ok=9f86d081.77ab12cd by=Mina%20Kim signed=bob\n"
        "#. heading 2\n"
        "#. Keep it short.\n"
        "#, fuzzy, no-wrap\n"
        '#| msgid "He said no."\n'
        'msgctxt "k7f2qd"\n'
        'msgid "He said \\"no\\".\\nTwice."\n'
        'msgstr "그는 “아니”라고 했다.\\n\\n두 번."\n'
    )


def test_an_obsolete_entry_keeps_everything() -> None:
    """Mark, flag and context stay, and the previous source stands in a comment."""
    gone = Unit("k1", "Old.", "낡은.", Mark(by="mina"), True, 'Older "yet".', "item")
    assert entry(gone, obsolete=True) == (
        "# tflow: by=mina\n"
        '# tflow-was: "Older \\"yet\\"."\n'
        "#. item\n"
        "#, fuzzy\n"
        '#~ msgctxt "k1"\n'
        '#~ msgid "Old."\n'
        '#~ msgstr "낡은."\n'
    )


def test_a_catalog_begins_with_a_header_without_dates() -> None:
    """The header names the article and the format, and nothing that changes."""
    assert dump(EMPTY) == HEADER


def test_units_stand_in_order_and_obsolete_ones_last() -> None:
    """Live units in document order, then what is gone, then comments at the end."""
    catalog = replace(
        EMPTY,
        units=(Unit("z", "Last in the alphabet."), Unit("a", "First.")),
        obsolete=(Unit("m", "Gone.", "간."),),
        tail=("# the end",),
    )
    ids = re.findall(r'^(#~ |)msgctxt "(.)"', dump(catalog), re.M)
    assert ids == [("", "z"), ("", "a"), ("#~ ", "m")]
    assert dump(catalog).endswith('#~ msgstr "간."\n\n# the end\n')


# --- laws -------------------------------------------------------------------


@given(CATALOGS)
def test_a_catalog_is_read_as_it_was_written(catalog: Catalog) -> None:
    """Reading what was written gives the same value; git sees one line per string."""
    text = dump(catalog)
    assert parse(text, name="") == catalog
    strings = re.findall("^(?:#~ )?msg(?:id|str|ctxt) ", text, re.M)
    assert len(strings) == 2 + 3 * len((*catalog.units, *catalog.obsolete))
    assert not re.search("^#:", text, re.M)


def test_line_ends_and_bom_do_not_matter() -> None:
    """A catalog that an editor saved with CRLF and BOM is the same catalog."""
    text = "\ufeff" + FULL.replace("\n", "\r\n")
    assert parse(text, name="") == parse(FULL, name="")


@given(CATALOGS, st.data())
def test_wrapped_strings_are_put_right(catalog: Catalog, data: st.DataObject) -> None:
    """However another tool cuts strings into lines, they are read as one."""

    def cut(line: re.Match[str]) -> str:
        sign = line[1]
        parts = re.findall(r"\\.|[^\\]", line[3])
        at = data.draw(st.integers(0, len(parts)))
        pieces = ("".join(parts[:at]), "".join(parts[at:]))
        return f'{sign}{line[2]} ""\n' + "\n".join(f'{sign}"{p}"' for p in pieces)

    text = dump(catalog)
    wrapped = re.sub(r'^(#~ |#\| |)(msg[a-z]+) "(.*)"$', cut, text, flags=re.M)
    assert dump(parse(wrapped, name="")) == text


@given(CATALOGS)
def test_polib_reads_the_same(catalog: Catalog) -> None:
    """Another reader finds the texts that we wrote."""
    with tempfile.NamedTemporaryFile(suffix=".po") as file:
        file.write(dump(catalog).encode())
        file.flush()
        po = polib.pofile(file.name)
    found = [(e.msgctxt, e.msgid, e.msgstr, e.fuzzy, bool(e.obsolete)) for e in po]
    units = [(u, False) for u in catalog.units] + [(u, True) for u in catalog.obsolete]
    assert found == [(u.id, u.source, u.target, u.fuzzy, gone) for u, gone in units]


@settings(phases=[Phase.generate])  # to shrink would start gettext a thousand times
@given(CATALOGS)
def test_msgfmt_accepts_what_we_write(catalog: Catalog) -> None:
    """Gettext finds no error in a catalog, whatever its texts hold."""
    units = [replace(unit, target=_edges(unit)) for unit in catalog.units]
    _msgfmt(dump(replace(catalog, units=tuple(units))))


def test_msgfmt_accepts_catalogs_of_our_articles() -> None:
    """Gettext finds no error in the catalogs of real pages."""
    for _, catalog in lived_in_catalogs():
        _msgfmt(dump(catalog))


def _edges(unit: Unit) -> str:
    """Give a target the line ends of its source: gettext insists, and ours have none
    at their edges."""
    target = unit.target.strip("\n")
    if not target:
        return ""
    first = "\n" if unit.source.startswith("\n") else ""
    return first + target + ("\n" if unit.source.endswith("\n") else "")


def _msgfmt(text: str) -> None:
    command = ["msgfmt", "-c", "--check-format", "-o", "/dev/null", "-"]
    done = subprocess.run(
        command, input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


# --- what other tools write -------------------------------------------------


@pytest.mark.parametrize(
    ("string", "text"),
    [
        (r"a\tb\r\n", "a\tb\r\n"),
        (r"\a\b\f\v", "\a\b\f\v"),
        (r"\x41 \101 \1011", "A A A1"),
        (r"\xea\xb0\x80\352\260\201", "가각"),
        (r"\\x41 \\\"", '\\x41 \\"'),
        (r"C:\\new", "C:\\new"),
        (r"\x414", None),
        (r"\xff", None),
        (r"\777", None),
        (r"\0", None),
        (r"\4", None),
        (r"\q", None),
        (r"\?", None),
    ],
)
def test_escapes_mean_what_gettext_says(string: str, text: str | None) -> None:
    """Escapes are read as msgfmt reads them; what means nothing sure is nothing."""
    assert unescape(string) == text


@given(st.text())
def test_escaping_can_be_undone(text: str) -> None:
    """An escaped text has no line end and reads as it was, if gettext can hold it."""
    string = escape(text)
    assert "\n" not in string
    assert unescape(string) == text or "\0" in text or "\4" in text


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ('#tight\nmsgctxt "k"\nmsgid "a"', {"comments": ("tight",)}),
        ('##two\nmsgctxt "k"\nmsgid "a"', {"comments": ("#two",)}),
        ('#\tx\nmsgctxt "k"\nmsgid "a"', {"comments": ("\tx",)}),
        ('#\n# \u3000x\u3000 \nmsgctxt "k"\nmsgid "a"',
         {"comments": ("", "\u3000x\u3000 ")}),
        ('#,fuzzy\nmsgctxt "k"\nmsgid "a"', {"fuzzy": True}),
        ('#, no-wrap,fuzzy\n#,fuzzy, x\nmsgctxt "k"\nmsgid "a"',
         {"fuzzy": True, "flags": ("no-wrap", "x")}),
        ('#= no-wrap\nmsgctxt "k"\nmsgid "a"', {"flags": ("no-wrap",)}),
        ('#|msgid "b"\nmsgctxt "k"\nmsgid "a"', {"previous": "b"}),
        ('#| msgid ""\n#| "b\\n"\n#|"c"\nmsgctxt "k"\nmsgid "a"',
         {"previous": "b\nc"}),
        ('#| msgctxt "k"\n#| msgid "b"\nmsgctxt "k"\nmsgid "a"', {"previous": "b"}),
        ('#| msgctxt "old"\nmsgctxt "k"\nmsgid "a"',
         {"comments": ('previous msgctxt "old"',)}),
        ('# tflow-was: "b"\n#| msgid "c"\nmsgctxt "k"\nmsgid "a"',
         {"previous": "c", "comments": ('previous msgid "b"',)}),
        ('# tflow-was: b\\\nmsgctxt "k"\nmsgid "a"', {"previous": "b\\"}),
        ('#: a.md:1\n#:b.md:2\nmsgctxt "k"\nmsgid "a"', {}),
        ('#. item\n#.\n#.  two\nmsgctxt "k"\nmsgid "a"',
         {"kind": "item", "note": "\n two"}),
        (' \tmsgctxt\t"k" \nmsgid"a"', {}),
        ('msgctxt "k"\n# between\nmsgid "a"', {"comments": ("between",)}),
        ('msgctxt "k"\nmsgid ""\n\n"a"', {}),
        ('msgctxt "k"\nmsgid "a\u2028\x85\x0b"', {"source": "a\u2028\x85\v"}),
    ],
)  # fmt: skip
def test_what_other_tools_write_is_kept(text: str, unit: dict[str, object]) -> None:
    """Odd but legal ways to write an entry are read, and put right once."""
    found = only(f'{text}\nmsgstr "b"\n')
    assert found == replace(Unit("k", "a", "b"), **unit)  # type: ignore[arg-type]
    again = read(entry(found))
    assert again.units == (found,)


def test_obsolete_entries_of_other_tools_are_kept() -> None:
    """Previous texts of obsolete entries, which polib loses, are read, in whichever
    order and tightness they stand."""
    text = (
        '# note\n#. item\n#,fuzzy\n#~|msgctxt "q"\n#~| msgid "old"\n'
        '#~| "er"\n#~msgctxt "k"\n#~ msgid "a"\n#~ msgstr ""\n#~ "b"\n#~\n'
    )
    catalog = read(text)
    comments = ("note", 'previous msgctxt "q"')
    unit = Unit("k", "a", "b", None, True, "older", "item", comments=comments)
    assert catalog.obsolete == (unit,)
    assert catalog.units == ()
    assert parse(dump(catalog), name="") == catalog


def test_an_entry_made_live_by_hand_keeps_its_previous_source() -> None:
    """Somebody who takes the signs of an obsolete entry away loses nothing."""
    text = entry(Unit("k", "a", "b", previous="c"), obsolete=True)
    assert only(text.replace("#~ ", "")) == Unit("k", "a", "b", previous="c")


def test_comments_at_the_end_are_kept() -> None:
    """Comments after the last entry stay there, whatever kind they have."""
    catalog = read('msgctxt "k"\nmsgid "a"\nmsgstr "b"\n\n# the end\n\n#, x\n#.y\n')
    assert catalog.tail == ("# the end", "#, x", "#.y")
    assert parse(dump(catalog), name="") == catalog


def test_the_header_of_another_tool_is_kept() -> None:
    """Fields and comments of others stay; dates go, which only make git conflict."""
    text = (
        '# Korean boats\n#\n#, fuzzy\nmsgid ""\nmsgstr ""\n'
        '"Project-Id-Version: Boats 2\\n"\n"free text\\n"\n'
        '"POT-Creation-Date: 2026-11-01\\n"\n'
        '"PO-Revision-Date: 2026-11-02\\n"\n"Last-Translator: Mina\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"X-Generator: Poedit 3\\n"\n'
        '"X-Tflow-Format: 2\\n"\n"X-Tflow-Source: sources/boat.md\\n"\n'
    )
    catalog = parse(text, name="")
    assert catalog.header_comment == ("Korean boats", "")
    assert dict(catalog.header) == {
        "Project-Id-Version": "Boats 2",
        "": "free text",
        "Last-Translator": "Mina",
        "X-Generator": "Poedit 3",
    }
    written = dump(replace(catalog, language="ko"))
    assert written.startswith('# Korean boats\n#\nmsgid ""\nmsgstr ""\n"Project-Id-')
    assert "Date" not in written
    assert parse(written, name="") == replace(catalog, language="ko")


def test_a_renamed_article_renames_its_catalog() -> None:
    """The project's name in the header follows the article if it was the article's."""
    catalog = replace(read(""), source="sources/ship.md")
    assert "boat" not in dump(catalog)


def test_a_file_without_header_is_read_from_its_first_line() -> None:
    """The first entry of a file without header keeps its comments and its place."""
    catalog = parse('# note\n# tflow: by=mina\nmsgid "a"\nmsgstr "b"\n', name="")
    (unit,) = catalog.units
    assert unit.comments == ("note",)
    assert unit.mark == Mark(by="mina")
    assert unit.line == 1


@pytest.mark.parametrize("text", ["", "\n", "# only a note\n"])
def test_a_file_without_entries_is_an_empty_catalog(text: str) -> None:
    """Nothing is a catalog of nobody; what it says is kept."""
    catalog = parse(text, name="")
    assert catalog.units == ()
    assert catalog.foreign
    assert catalog.tail == tuple(text.split("\n")[:-1] if text.strip() else ())


def test_a_catalog_of_another_tool_stays_one() -> None:
    """Writing it without a sync does not make it ours: its texts would count as ours
    that lost their marks."""
    catalog = parse('msgid ""\nmsgstr "X-A: b\\n"\n\nmsgid "a"\nmsgstr "b"\n', name="")
    assert catalog.foreign
    assert parse(dump(catalog), name="") == catalog


def test_a_blank_target_is_none() -> None:
    """A target of nothing but blanks is no translation."""
    assert only('msgctxt "k"\nmsgid "a"\nmsgstr " \\n"\n').target == ""


# --- what is refused --------------------------------------------------------

UNCLOSED = "a string that is not closed or has an escape that cannot be kept"
REFUSED = [
    ('<<<<<<< ours\nmsgid "a"\n', "git conflict markers"),
    ("=======\n", "git conflict markers"),
    ("||||||| base\n", "git conflict markers"),
    (">>>>>>> theirs\n", "git conflict markers"),
    ("hello\n", "not a PO line"),
    ("msgid a\n", UNCLOSED),
    ('msgid "a\n', UNCLOSED),
    ('msgid "a" b\n', UNCLOSED),
    ('msgid "a"b"\n', UNCLOSED),
    ('msgid "\\q"\n', UNCLOSED),
    ('#| msgid "a\n', UNCLOSED),
    ('#~ msgid "a\n', UNCLOSED),
    ('domain "a"\n', '"domain" lines cannot be kept'),
    ('msgid_plural "a"\n', "plural forms have no place in an article's catalog"),
    ('msgstr[0] "a"\n', "plural forms have no place in an article's catalog"),
    ('#| msgid_plural "a"\n', "plural forms have no place in an article's catalog"),
    ('#~ msgid_plural "a"\n', "plural forms have no place in an article's catalog"),
    ('#| "a"\n', "not a PO line"),
    ("#| hello\n", "not a PO line"),
    ("#~ hello\n", "not a PO line"),
    ('msgstr "a"\n', "msgstr has no place here"),
    ('msgctxt "b"\nmsgid "c"\n', "an entry without msgstr"),
    ('msgctxt "b"\n', "an entry without msgstr"),
    ('msgid ""\nmsgstr ""\n', "a second header"),
    ('msgctxt "b"\nmsgid ""\nmsgstr ""\n', "an empty msgid"),
    ('#~ msgid ""\n#~ msgstr ""\n', "an empty msgid"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
@pytest.mark.parametrize("before", ["", 'msgctxt "k"\nmsgid "a"\nmsgstr "b"\n\n'])
def test_what_cannot_be_kept_is_refused_by_line(
    text: str, message: str, before: str
) -> None:
    """A line that would be lost or misread stops the reading, and is named."""
    error = broken(f"{HEADER}{before}\n{text}")
    assert error.message == message
    assert error.line == (HEADER + before).count("\n") + 2
    assert error.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', "msgid has no place here"),
        ('msgid "a"\nmsgctxt "b"\nmsgstr "c"\n', "msgctxt has no place here"),
        ('msgctxt "a"\nmsgctxt "b"\n', "msgctxt has no place here"),
        ('msgctxt "a"\nmsgstr "b"\n', "msgstr has no place here"),
        ('msgid "a"\n#~ msgstr "b"\n', "an entry that is half obsolete"),
        ('#~ msgid "a"\nmsgstr "b"\n', "an entry that is half obsolete"),
        ('#~ msgid "a"\n"b"\n', "a string that belongs to nothing"),
        ('#| msgid "a"\n"b"\n', "a string that belongs to nothing"),
        ('# note\n"b"\n', "a string that belongs to nothing"),
        ('#| msgid "a"\n#| msgid "b"\n', "not a PO line"),
    ],
)
def test_entries_that_are_not_whole_are_refused(text: str, message: str) -> None:
    """What a merge without a driver may have put together is not guessed at."""
    error = broken(f"{HEADER}\n{text}")
    assert (error.message, error.line) == (message, HEADER.count("\n") + 3)


def test_a_string_at_the_beginning_is_refused() -> None:
    """A file whose first lines were lost is not guessed at."""
    error = broken('"a"\n')
    assert (error.message, error.line) == ("a string that belongs to nothing", 1)


def test_two_translations_of_one_source_are_refused() -> None:
    """A union merge leaves two msgstr lines, of which one would be lost."""
    error = broken('msgid "a"\nmsgstr "b"\nmsgstr "c"\n')
    assert (error.message, error.line) == ("msgstr has no place here", 3)


def test_a_newer_format_is_refused() -> None:
    """A catalog of a later version is left alone."""
    error = broken(HEADER.replace("Format: 2", "Format: 3"))
    assert error.message == "catalog format 3 is newer than this tflow reads"


def test_another_charset_is_refused() -> None:
    """A header that names another charset is believed only where it does not matter."""
    header = HEADER.replace("UTF-8", "EUC-KR")
    assert parse(header, name="") == EMPTY
    error = broken(f'{header}\nmsgid "a"\nmsgstr "가"\n')
    assert error.message == "the file is UTF-8, but its header says charset=EUC-KR"
    assert error.line == 6
    template = header.replace("EUC-KR", "CHARSET")
    assert parse(f"# 배\n{template}", name="").header_comment == ("배",)


@pytest.mark.parametrize("character", ["\0", "\4", "\ud800"])
@pytest.mark.parametrize("place", ["source", "target", "note"])
def test_what_a_file_cannot_hold_is_not_written(character: str, place: str) -> None:
    """Characters that gettext or UTF-8 cannot hold are refused, naming the unit."""
    unit = replace(Unit("k2", "a", "b"), **{place: f"x{character}y"})
    catalog = replace(EMPTY, units=(Unit("k1", "a"), unit))
    with pytest.raises(CatalogError) as caught:
        dump(catalog)
    assert caught.value.message == "unit k2 has a character that a PO file cannot hold"


def test_the_header_is_named_if_it_cannot_be_written() -> None:
    """A file name that is not UTF-8 is found, too."""
    with pytest.raises(CatalogError, match="the catalog's header has a character"):
        dump(replace(EMPTY, source="sources/\udcff.md"))


def test_notes_cannot_pass_for_ours() -> None:
    """A person's note that begins like a mark is written so that it is none."""
    unit = Unit("k", "a", "b", Mark(by="mina"), comments=("tflow: by=eve", "x\ny"))
    found = only(entry(unit))
    assert found.mark == Mark(by="mina")
    assert found.comments == (" tflow: by=eve", "x", "y")


def test_no_comment_ends_in_a_backslash() -> None:
    """Gettext joins such a line to the next, which may be the mark."""
    mark = Mark(by="mina\\")
    unit = Unit("k", "a", "b", mark, note="y\\", comments=("x\\",))
    text = dump(replace(EMPTY, units=(unit,), header_comment=("h\\",), tail=("#\\",)))
    assert not re.search(r"\\$", text, re.M)
    found = parse(text, name="")
    assert found.units == (replace(unit, comments=("x\\ ",), note="y\\ "),)
    assert (found.header_comment, found.tail) == (("h\\ ",), ("#\\ ",))
    assert dump(found) == text


def test_a_line_end_in_a_name_is_no_header_field() -> None:
    """A file name with a line end cannot write fields into the header."""
    text = dump(replace(EMPTY, source="a\nX-Tflow-Format: 9"))
    assert parse(text, name="").source == "a X-Tflow-Format: 9"


# --- nothing is overwritten with less ---------------------------------------

FULL = f"""\
# word1
{HEADER}
# word2
# tflow: origin=word3 later=word4
#. word5
#. word6
#, fuzzy, word7
#| msgid "word8"
msgctxt "word9"
msgid "word10"
msgstr "word11"

msgctxt "word12"
msgid "word13"
msgstr ""
"word14 "
"word15"

# tflow: by=word16
# tflow-was: "word17"
#~ msgctxt "word18"
#~ msgid "word19"
#~ msgstr "word20"

# word21
#~| msgid "word22"
#~ msgctxt "word23"
#~ msgid "word24"
#~ msgstr "word25"

# word26
"""
WORD = re.compile(r"word\d+")
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ("delete", "double", "swap", "unsign", "sign", "tighten", "blank", "move")
        ),
        st.integers(0, FULL.count("\n")),
        st.integers(0, FULL.count("\n")),
    ),
    min_size=1,
    max_size=4,
)


def _edited(text: str, edits: list[tuple[str, int, int]]) -> str:
    lines = text.split("\n")
    for what, i, j in edits:
        i, j = i % len(lines), j % len(lines)
        if what == "delete":
            del lines[i]
        elif what == "double":
            lines.insert(j, lines[i])
        elif what == "swap":
            lines[i], lines[j] = lines[j], lines[i]
        elif what == "move":
            lines.insert(j, lines.pop(i))
        elif what == "unsign":
            lines[i] = re.sub(r"^#[~|,.=]+ ?", "", lines[i])
        elif what == "sign":
            lines[i] = f"#~ {lines[i]}"
        elif what == "tighten":
            lines[i] = re.sub(r"^(#\W*) ", r"\1", lines[i])
        else:
            lines.insert(i, "")
    return "\n".join(lines)


@given(EDITS)
def test_broken_files_are_kept_or_refused(edits: list[tuple[str, int, int]]) -> None:
    """A file that somebody damaged is read with every word that is left in it, or
    refused with a line; and what was written then stays as it is."""
    text = _edited(FULL, edits)
    try:
        catalog = parse(text, name="boat.po")
    except CatalogError as error:
        if error.line is None:
            raise
        return
    written = dump(catalog)
    assert set(WORD.findall(text)) <= set(WORD.findall(written))
    assert dump(parse(written, name="")) == written


# --- healing ----------------------------------------------------------------


def test_identical_twins_become_one() -> None:
    """A merge that put the same entry in twice is healed without a word."""
    text = entry(Unit("k", "a", "b", Mark(by="mina")))
    assert read(f"{text}\n{text}").units == (Unit("k", "a", "b", Mark(by="mina")),)


def test_of_two_with_one_id_the_later_is_doubted() -> None:
    """The later one gets an id of its own and a flag for a person to look."""
    first, second = Unit("k", "a", "b"), Unit("k", "a", "c")
    catalog = read(f"{entry(first)}\n{entry(second)}\n{entry(first)}")
    assert catalog.units == (
        first,
        replace(second, id=unit_id("a", 0, {"k"}), fuzzy=True),
    )
    assert parse(dump(catalog), name="") == catalog


def test_a_lost_id_is_given_anew() -> None:
    """An entry without msgctxt gets the id its text would get, and a flag if somebody
    may have taken its target for another place."""
    catalog = read('msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n')
    assert catalog.units == (
        Unit(unit_id("a", 0, set()), "a", "b", fuzzy=True),
        Unit(unit_id("c", 0, set()), "c"),
    )


def test_live_and_obsolete_units_share_no_id() -> None:
    """One branch removed what another kept: the obsolete one is the later."""
    live, gone = Unit("k", "a", "b"), Unit("k", "a", "c")
    catalog = read(f"{entry(live)}\n{entry(gone, obsolete=True)}")
    assert catalog.units == (live,)
    assert [unit.target for unit in catalog.obsolete] == ["c"]
    assert catalog.obsolete[0].id != "k"


@given(CATALOGS, st.integers(0, 3), st.integers(0, 3))
def test_healing_loses_no_target(catalog: Catalog, i: int, j: int) -> None:
    """Whatever ids collide, every target is still there, and ids are unique."""
    units = list(catalog.units)
    if units:
        i, j = i % len(units), j % len(units)
        units[i] = replace(units[i], id=units[j].id)
    healed = parse(dump(replace(catalog, units=tuple(units))), name="")
    found = [unit.id for unit in (*healed.units, *healed.obsolete)]
    assert len(set(found)) == len(found)
    assert {u.target for u in units} <= {u.target for u in healed.units}
    assert parse(dump(healed), name="") == healed


# --- marks ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("tflow:", Mark()),
        ("tflow: src=aa  by=Mina%20Kim", Mark(src="aa", by="Mina Kim")),
        ("tflow: ok=aa.bb", Mark(ok=Accepted("aa", "bb"))),
        ("tflow: ok=aa", Mark()),
        ("tflow: ok=.bb src=", Mark()),
        ("tflow: for=aa with=k from=q",
         Mark(flagged_for="aa", joined="k", split_from="q")),
        ("tflow: ok=aa.bb ok=cc.dd by=x", Mark(by="x")),
        ("tflow: ok=aa.bb ok=aa.bb", Mark(ok=Accepted("aa", "bb"))),
        ("tflow: new=1%25 bare x=",
         Mark(extra=(("new", "1%"), ("bare", ""), ("x", "")))),
    ],
)  # fmt: skip
def test_marks_are_read(line: str, mark: Mark) -> None:
    """Known keys become fields, unknown ones are kept, what contradicts itself is as if
    it were not there."""
    assert read_mark(line) == mark
    assert read_mark(write_mark(mark)) == mark


def test_values_of_marks_are_encoded() -> None:
    """Blanks, percent and equals signs are written as percent and bytes; letters of
    any language are not."""
    mark = Mark(by="김 미나=50%\u3000\n", extra=(("later", "a b"), ("bare", "")))
    line = "tflow: by=김%20미나%3D50%25%E3%80%80%0A later=a%20b bare"
    assert write_mark(mark) == line
    assert read_mark(line) == mark


@given(st.text("abc=%FE0 ", max_size=30))
def test_unknown_marks_settle(text: str) -> None:
    """What another version wrote is written back with the same meaning for ever."""
    mark = read_mark(f"tflow: {text}")
    assert read_mark(write_mark(mark)) == mark


def test_a_mark_among_notes_is_found() -> None:
    """People may write above, below and around the mark."""
    unit = only('# one\n# tflow: by=mina\n# two\nmsgctxt "k"\nmsgid "a"\nmsgstr "b"\n')
    assert unit.mark == Mark(by="mina")
    assert unit.comments == ("one", "two")


def test_comments_of_ours_that_were_wrapped_are_joined() -> None:
    """Babel's writer wraps comments; marks and previous sources survive it, and what
    people wrote around them."""
    text = (
        "# tflow: by=mina\n# signed=bob later=x\n# a=1 is no mark\n"
        '# tflow-was: "one\n# two\n# three"\n# after\n# tflow-was: "open\n# note\n'
        'msgctxt "k"\nmsgid "a"\nmsgstr "b"\n'
    )
    assert only(text) == Unit(
        id="k",
        source="a",
        target="b",
        mark=Mark(by="mina", signed="bob", extra=(("later", "x"),)),
        previous="one two three",
        comments=("a=1 is no mark", "after", "note", 'previous msgid "\\"open"'),
    )


def test_of_two_marks_none_is_believed() -> None:
    """Where a merge left two, nobody can say which holds: the target is doubted, and
    what the marks said stays readable."""
    lines = "# tflow: by=mina\n# tflow: by=bob\n"
    unit = only(f'{lines}msgctxt "k"\nmsgid "a"\nmsgstr "b"\n')
    assert (unit.mark, unit.fuzzy) == (None, True)
    assert unit.comments == ("one of two marks: by=mina", "one of two marks: by=bob")
    assert read(entry(unit)).units == (unit,)


def test_the_same_mark_twice_is_one() -> None:
    """Tools that join files repeat comments."""
    lines = "# tflow: by=mina\n# tflow: by=mina\n"
    unit = only(f'{lines}msgctxt "k"\nmsgid "a"\nmsgstr "b"\n')
    assert (unit.mark, unit.fuzzy) == (Mark(by="mina"), False)


# --- ids --------------------------------------------------------------------


def test_ids_depend_on_text_and_occurrence_only() -> None:
    """The same paragraph gets the same id on two branches, in every wrapping and
    normalisation; its second occurrence gets another one."""
    assert unit_id("The boat.", 0, set()) == unit_id("The\n  boat.", 0, set())
    assert unit_id("\u1112\u1161\u11ab", 0, set()) == unit_id("\ud55c", 0, set())
    assert unit_id("The boat.", 0, set()) != unit_id("The boat.", 1, set())


@given(st.text(), st.integers(0, 9))
def test_ids_are_words(text: str, occurrence: int) -> None:
    """An id begins with a letter and can be typed."""
    assert re.fullmatch("[a-z][a-z2-7]{5}", unit_id(text, occurrence, set()))


def test_an_id_that_is_taken_gets_a_number() -> None:
    """Collisions are counted."""
    name = unit_id("a", 0, set())
    assert unit_id("a", 0, {name}) == f"{name}2"
    assert unit_id("a", 0, {name, f"{name}2"}) == f"{name}3"
