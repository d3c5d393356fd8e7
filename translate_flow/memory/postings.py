"""Which lines have which words: an inverted index, by FTS5 or, without it, a table."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeAlias

Line: TypeAlias = tuple[int, Collection[str]]
"""The number of a line and its words."""


class Postings(Protocol):
    """Finds the numbers of lines by words: letters and digits, no signs."""

    name: str

    def create(self, db: sqlite3.Connection) -> None:
        """Make the tables."""

    def add(self, db: sqlite3.Connection, lines: Iterable[Line]) -> None:
        """Take lines in, in the order of their numbers."""

    def remove(self, db: sqlite3.Connection, lines: Iterable[Line]) -> None:
        """Forget lines that were taken in with just these words."""

    def find(
        self,
        db: sqlite3.Connection,
        words: Sequence[str],
        low: int,
        high: int,
        most: int,
    ) -> list[int]:
        """Return lines from number ``low`` to ``high`` that have all of some words; if
        there are more than ``most``, the first."""


class Fts:
    """An FTS5 table that keeps no text: the numbers of lines are compressed, and those
    between two limits are found without reading the others."""

    name = "fts5"

    def create(self, db: sqlite3.Connection) -> None:
        """Make the table.

        :raises sqlite3.OperationalError: if this SQLite has no FTS5.
        """
        db.execute(
            "CREATE VIRTUAL TABLE posting USING fts5"
            "(words, content='', detail=none, columnsize=0, tokenize='ascii')"
        )

    def add(self, db: sqlite3.Connection, lines: Iterable[Line]) -> None:
        """Take lines in, in the order of their numbers."""
        insert = "INSERT INTO posting(rowid, words) VALUES (?, ?)"
        db.executemany(insert, ((n, " ".join(words)) for n, words in lines))

    def remove(self, db: sqlite3.Connection, lines: Iterable[Line]) -> None:
        """Forget lines that were taken in with just these words."""
        delete = "INSERT INTO posting(posting, rowid, words) VALUES ('delete', ?, ?)"
        db.executemany(delete, ((n, " ".join(words)) for n, words in lines))

    def find(
        self,
        db: sqlite3.Connection,
        words: Sequence[str],
        low: int,
        high: int,
        most: int,
    ) -> list[int]:
        """Return the lines that have all of some words."""
        select = (
            "SELECT rowid FROM posting WHERE posting MATCH ?"
            " AND rowid BETWEEN ? AND ? LIMIT ?"
        )
        asked = " AND ".join(f'"{word}"' for word in words)
        return [n for (n,) in db.execute(select, (asked, low, high, most))]


class Plain:
    """A table of words and lines: larger, and slower to fill."""

    name = "plain"

    def create(self, db: sqlite3.Connection) -> None:
        """Make the table."""
        db.execute(
            "CREATE TABLE posting (word TEXT, line INTEGER, PRIMARY KEY (word, line))"
            " WITHOUT ROWID"
        )

    def add(self, db: sqlite3.Connection, lines: Iterable[Line]) -> None:
        """Take lines in."""
        insert = "INSERT OR IGNORE INTO posting VALUES (?, ?)"
        db.executemany(insert, ((word, n) for n, words in lines for word in words))

    def remove(self, db: sqlite3.Connection, lines: Iterable[Line]) -> None:
        """Forget lines."""
        delete = "DELETE FROM posting WHERE word = ? AND line = ?"
        db.executemany(delete, ((word, n) for n, words in lines for word in words))

    def find(
        self,
        db: sqlite3.Connection,
        words: Sequence[str],
        low: int,
        high: int,
        most: int,
    ) -> list[int]:
        """Return the lines that have all of some words."""
        one = "SELECT line FROM posting WHERE word = ? AND line BETWEEN ? AND ?"
        select = " INTERSECT ".join([one] * len(words)) + " LIMIT ?"
        asked: list[str | int] = []
        for word in words:
            asked += [word, low, high]
        return [n for (n,) in db.execute(select, (*asked, most))]


KINDS: tuple[Postings, ...] = (Fts(), Plain())
"""The best first."""
