"""A glossary as a table of text: CSV, as spreadsheets write it, too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from translate_flow.errors import FlowError
from translate_flow.glossary.terms import (
    STATUSES,
    Glossary,
    Status,
    Term,
    refuse_contradictions,
    tidy,
    tidy_note,
)

DELIMITERS = (",", ";", "\t")
FIELDS = ("status", "reading", "type", "note")
TAG = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8})*$")
"""What looks like a language in a header."""

SEPARATOR = re.compile(r"sep=([,;|\t])\r?\n", re.IGNORECASE)
"""The line by which spreadsheets tell their separator."""

RUN = re.compile(r"""["'\s]*[=+\-@\t\r＝＋－＠]""")
"""How a cell begins that a spreadsheet may take for a formula, and run."""

CONFLICT = re.compile(r"""^"?(<{7}|\|{7}|={7}|>{7})(?=[\s,;"]|$)""", re.MULTILINE)
"""What git, or a spreadsheet after it, leaves of a merge that nobody has finished."""

LONGEST_CELL = 100_000
FORGIVEN = {"": "preferred", "approved": "preferred", "allowed": "admitted"}
FORGIVEN |= {"deprecated": "forbidden"}
"""Other words for a status."""


def decoded(data: bytes, name: str) -> str:
    """Return the text of a table: UTF-8, UTF-16 with a mark at its beginning, or what
    Korean spreadsheets call CSV.

    :raises FlowError: if it is none of them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        kinds = ["utf-16"]
    else:
        kinds = ["utf-8-sig", "cp949"]
    for kind in kinds:
        try:
            text = data.decode(kind)
        except UnicodeDecodeError:
            continue
        if kind != "cp949" or re.search("[가-힣]", text):
            return text
    raise FlowError("is not UTF-8", name, hint="save it as CSV UTF-8")


def read_csv(text: str, *, name: str, languages: Sequence[str]) -> Glossary:
    """Read a table with a header: a column for each language, then ``status``,
    ``reading``, ``type`` and ``note``, in any order; other columns are kept.

    :param name: what to call the file in errors.
    :param languages: BCP 47 tags of the project.
    :raises FlowError: naming file and line: no header, an unknown status, a row without
        terms, a pair that is said to be different things.
    """
    text = text.removeprefix("\ufeff")
    if found := CONFLICT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FlowError(
            "git conflict markers", name, line, "resolve the conflict first"
        )
    rows = _rows(text, name, languages)
    top, header = next(rows, (1, []))
    if not header:
        return Glossary()
    columns = tuple(tidy(cell) for cell in header)
    meant = _meant(columns, languages, name, top)
    terms = tuple(_term(columns, meant, cells, line, name) for line, cells in rows)
    refuse_contradictions(terms, name)
    strange = [c for c, key in zip(columns, meant, strict=True) if not key]
    notes = tuple(
        f"column {column} is no language of the project; it is kept"
        for column in strange
        if TAG.match(column)
    )
    return Glossary(terms, columns, notes)


def write_csv(glossary: Glossary, *, languages: Sequence[str]) -> str:
    """Return a glossary as a table; what was read and not changed comes out with the
    same columns in the same order.

    :param languages: BCP 47 tags of the project: its first columns if there are none.
    """
    columns = columns_of(glossary, languages)
    meant = _meant(columns, languages, "")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(_harmless, columns))
    for row in glossary.terms:
        cells = _cells(row)
        extra = dict(row.extra)
        writer.writerow(
            _harmless(cells.get(key, "") if key else extra.get(column, ""))
            for column, key in zip(columns, meant, strict=True)
        )
    return out.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell that a spreadsheet takes for a text, as its users write one: with
    an apostrophe in front."""
    return f"'{cell}" if RUN.match(cell) else cell


def _meant_cell(cell: str) -> str:
    """Return what a cell says: without an apostrophe that only says that it is text."""
    return cell[1:] if cell.startswith("'") and RUN.match(cell) else cell


def languages_of(*texts: str) -> tuple[str, ...]:
    """Return what looks like a language in the headers of tables, each once; enough to
    tell rows apart where no project is at hand."""
    found: dict[str, None] = {}
    for text in texts:
        top = text.removeprefix("\ufeff")
        told = SEPARATOR.match(top)
        signs = (told[1],) if told else DELIMITERS
        top = (top[told.end() :] if told else top).lstrip(" \r\n")
        tags = sorted((_tags(top, sign) for sign in signs), key=len)
        found |= dict.fromkeys(tags[-1])
    return tuple(found)


def _tags(text: str, sign: str) -> list[str]:
    """Return what looks like a language in the first row of a table."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        row = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), ())
    except csv.Error:
        return []
    cells = map(tidy, row)
    return [cell for cell in cells if TAG.match(cell) and cell.lower() not in FIELDS]


def settled(tag: str, languages: Sequence[str]) -> str:
    """Return the language of a project that a tag means, empty if it is none of them:
    ``en-US`` is ``en`` if there is no other English."""
    low = tag.lower().replace("_", "-")
    for known in languages:
        if known.lower() == low:
            return known
    primary = low.partition("-")[0]
    akin = [one for one in languages if one.lower().partition("-")[0] == primary]
    return akin[0] if len(akin) == 1 else ""


# --- reading ----------------------------------------------------------------


def _rows(
    text: str, name: str, languages: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank with the lines in which they begin, counted
    from 1."""
    told = SEPARATOR.match(text)
    line = first = 2 if told else 1
    text = text[told.end() :] if told else text
    csv.field_size_limit(LONGEST_CELL)
    try:
        delimiter = told[1] if told else _delimiter(text, languages)
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_meant_cell(cell) for cell in cells]
            line = first + reader.line_num
    except csv.Error as error:
        raise FlowError(
            _in_plain_words(error), name, line, hint="see its quotes"
        ) from None


def _in_plain_words(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell has more than {LONGEST_CELL:,} characters"
    return "is no table from here on: a quote that nothing closes, or a sign behind one"


def _delimiter(text: str, languages: Sequence[str]) -> str:
    """Return what parts the columns: the sign by which most of the header is known."""

    def known(sign: str) -> int:
        lines = io.StringIO(text.lstrip(" \r\n"), newline="")
        header = map(tidy, next(csv.reader(lines, delimiter=sign), ()))
        return sum(c.lower() in FIELDS or bool(settled(c, languages)) for c in header)

    return max(DELIMITERS, key=known)


def _meant(
    columns: Sequence[str], languages: Sequence[str], name: str, line: int = 1
) -> list[str]:
    """Return what each column holds: a language of the project, a field, or nothing
    that we know.

    :raises FlowError: if none holds a language, or two the same.
    """
    meant = [column.lower() if column.lower() in FIELDS else "" for column in columns]
    exact = {tag.lower(): tag for tag in languages}
    for i, column in enumerate(columns):
        meant[i] = meant[i] or exact.get(column.lower().replace("_", "-"), "")
    for i, column in enumerate(columns):
        akin = settled(column, languages) if TAG.match(column) else ""
        if not meant[i] and akin not in meant:
            meant[i] = akin
    if not set(meant) & set(languages):
        hint = f"its first line must be {','.join((*languages, *FIELDS))}"
        raise FlowError("has no column for a language of the project", name, line, hint)
    names = [key or column for column, key in zip(columns, meant, strict=True)]
    twice = next((one for one in names if one and names.count(one) > 1), None)
    if twice:
        raise FlowError(f"has two columns for {twice}", name, line)
    return meant


def _term(
    columns: Sequence[str],
    meant: Sequence[str],
    cells: Sequence[str],
    line: int,
    name: str,
) -> Term:
    for i, cell in enumerate(cells):
        if cell.strip() and not any(columns[i : i + 1]):
            message = f"a cell in column {i + 1}, which has no name"
            hint = "name it in the first line, or put cells with a comma into quotes"
            raise FlowError(message, name, line, hint)
    said = dict(zip(meant, cells, strict=False))
    texts = {
        key: tidy(said[key])
        for key in meant
        if key not in ("", *FIELDS) and tidy(said.get(key, ""))
    }
    if not texts:
        raise FlowError("a row without terms", name, line, hint="fill it or delete it")
    extra = tuple(
        (column, tidy_note(cell))
        for column, key, cell in zip(columns, meant, cells, strict=False)
        if not key and tidy_note(cell)
    )
    return Term(
        texts,
        status_of(said.get("status", ""), name, line),
        tidy(said.get("reading", "")),
        tidy(said.get("type", "")),
        tidy_note(said.get("note", "")),
        extra,
        line,
    )


def status_of(word: str, name: str, line: int | None) -> Status:
    """Return the status that a word means; preferred if there is none.

    :raises FlowError: if it means none.
    """
    low = word.strip().lower()
    low = FORGIVEN.get(low, low)
    for status in STATUSES:
        if status == low:
            return status
    hint = f"a status is {', '.join(STATUSES)}"
    raise FlowError(f"unknown status {word.strip()!r}", name, line, hint)


# --- writing ----------------------------------------------------------------


def columns_of(glossary: Glossary, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a table: those that there are, and behind them those that
    its rows need."""
    columns = list(glossary.columns or (*languages, *FIELDS))
    meant = set(_meant(columns, languages, ""))
    said = {key for row in glossary.terms for key in _cells(row)}
    missing = [key for key in (*languages, *FIELDS) if key in said - meant]
    extra = [name for row in glossary.terms for name, _ in row.extra]
    missing += [n for n in dict.fromkeys(extra) if n not in columns]
    return (*columns, *missing)


def _cells(row: Term) -> dict[str, str]:
    """Return what a row says, by column; nothing empty."""
    fields = (row.status, row.reading, row.type, row.note)
    said = {**row.texts, **dict(zip(FIELDS, fields, strict=True))}
    return {key: text for key, text in said.items() if text}
