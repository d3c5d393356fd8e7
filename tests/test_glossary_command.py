"""``glossary import`` as a user runs it: several files are one import."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Tflow, Write

HEAD = "en,ko,status\n"


@pytest.fixture
def files(project: Path, write: Write, tflow: Tflow) -> tuple[str, ...]:
    """A glossary that forbids a word, a file that allows it, and one more."""
    tflow("glossary", "add", "president", "대통령")
    write("old.csv", f"{HEAD}president,대통령,forbidden\n")
    write("more.csv", f"{HEAD}north,북한,preferred\n")
    return "old.csv", "more.csv"


def test_a_conflict_keeps_no_other_file_out(
    tflow: Tflow, files: tuple[str, ...]
) -> None:
    """What contradicts the glossary is told, with the way out; the rest is taken."""
    done = tflow("glossary", "import", *files, code=1)
    assert done.out.startswith("1 term added, 1 left out")
    assert "with --yes the new ones win" in done.err
    assert "북한" in tflow("glossary", "find", "north").out
    done = tflow("glossary", "import", *files, "--yes")
    assert done.out.startswith("0 terms added, 1 changed")


def test_several_files_are_one_document(tflow: Tflow, files: tuple[str, ...]) -> None:
    """With --json there is one answer for all files."""
    told = tflow("glossary", "import", *files, "--json", code=1).json
    assert (len(told["added"]), len(told["conflicts"])) == (1, 1)


def test_a_file_that_cannot_be_read_puts_nothing_in(
    tflow: Tflow, write: Write, files: tuple[str, ...]
) -> None:
    """The second file is no CSV: the first is not taken either."""
    before = tflow("glossary", "export").out
    write("wrong.csv", "one,two\n")
    err = tflow("glossary", "import", "more.csv", "wrong.csv", code=2).err
    assert "wrong.csv" in err
    assert tflow("glossary", "export").out == before


def test_half_a_row_is_no_term(project: Path, tflow: Tflow) -> None:
    """A term without one in another language must be meant: an empty one says so."""
    assert tflow("glossary", "add", "president", code=2).err == (
        'error: one term for 2 languages; say one for each of en, ko; "" for none\n'
    )
    tflow("glossary", "add", "", "북괴", "--status", "forbidden")
    assert not Path("translations/glossary.csv").read_text().count("president")
