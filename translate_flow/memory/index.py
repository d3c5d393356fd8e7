"""The index of a memory: an SQLite file that may be deleted at any time.

A *line* is a text in one language, kept once however often it stands in origins. Its
number holds its language and its length, so that lines of one language and of about one
length stand together. An *entry* is a pair of lines and where it comes from.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from translate_flow.memory.entries import MemoryUnit, in_sentences
from translate_flow.memory.postings import KINDS, Postings
from translate_flow.memory.wording import fold, tokens
from translate_flow.state import collapse

APPLICATION = 0x7466_6D31
"""Tells our files from those of other programs."""

VERSION = 2
"""Goes up whenever what is kept, or how texts become words, is another: then the file
is filled anew."""

SCHEMA = """
CREATE TABLE origin (id INTEGER PRIMARY KEY, name TEXT UNIQUE, digest TEXT);
CREATE TABLE language (id INTEGER PRIMARY KEY, tag TEXT UNIQUE);
CREATE TABLE line (id INTEGER PRIMARY KEY, key INTEGER, text TEXT);
CREATE INDEX line_key ON line (key);
CREATE TABLE word (word TEXT PRIMARY KEY, lines INTEGER) WITHOUT ROWID;
CREATE TABLE entry (
  origin INTEGER, one INTEGER, two INTEGER, sentence INTEGER, place TEXT,
  said_by TEXT, day TEXT, made TEXT, above_one TEXT, above_two TEXT
);
CREATE INDEX entry_origin ON entry (origin);
CREATE INDEX entry_one ON entry (one);
CREATE INDEX entry_two ON entry (two);
CREATE TABLE detail (name TEXT PRIMARY KEY, value);
"""

PATIENCE = 20.0
"""Seconds that a write waits for another process."""

CHUNK = 20_000
"""Entries that one transaction takes in, about."""

MANY = 50_000
"""Lines after which the index is put into order, which makes it faster to ask."""

LANGUAGE_BITS = 48
LENGTH_BITS = 32
LONGEST = (1 << (LANGUAGE_BITS - LENGTH_BITS)) - 1
"""Characters that a length can tell; longer texts all have this one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where entries come from, as it is now."""

    digest: str
    """Hash of its content."""

    entries: Callable[[], Iterable[MemoryUnit]]
    """Reads it; called only if it is not what the index knows."""


def key_of(text: str) -> int:
    """Return a number that texts share which are the same but for white space."""
    digest = blake2b(collapse(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


# --- the file ---------------------------------------------------------------


def connect(path: Path | None) -> tuple[sqlite3.Connection, Postings]:
    """Open an index, and make it if there is none.

    :param path: None for one that is gone with the connection.
    :raises sqlite3.DatabaseError: if it is broken, cannot be written, or is no index of
        this version.
    """
    name = ":memory:" if path is None else str(path)
    db = sqlite3.connect(
        name, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        return db, _opened(db)
    except BaseException:
        db.close()
        raise


def _opened(db: sqlite3.Connection) -> Postings:
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -65536")
    if _identity(db) == (0, 0):
        db.execute("PRAGMA journal_mode = WAL")
        _create(db)
    if _identity(db) != (APPLICATION, VERSION):
        raise sqlite3.DatabaseError("another version of the index")
    (name,) = db.execute("SELECT value FROM detail WHERE name = 'postings'").fetchone()
    return next(kind for kind in KINDS if kind.name == name)


def _identity(db: sqlite3.Connection) -> tuple[int, int]:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return application, version


def _create(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if _identity(db) == (0, 0):
            for statement in SCHEMA.split(";\n"):
                db.execute(statement)
            postings = _postings(db)
            insert = "INSERT INTO detail VALUES (?, ?)"
            db.executemany(insert, [("postings", postings.name), ("next", 1)])
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _postings(db: sqlite3.Connection) -> Postings:
    for kind in KINDS[:-1]:
        try:
            kind.create(db)
        except sqlite3.OperationalError:
            continue
        return kind
    KINDS[-1].create(db)
    return KINDS[-1]


def throw_away(path: Path) -> None:
    """Delete an index, what SQLite keeps beside it first."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


# --- what it knows ----------------------------------------------------------


def digests(db: sqlite3.Connection) -> dict[str, str]:
    """Return the content hash of each origin as it was when it was read."""
    return dict(db.execute("SELECT name, digest FROM origin"))


def stale(db: sqlite3.Connection, origins: Mapping[str, Origin]) -> list[str]:
    """Return the names of origins that the index does not know as they are, or that are
    gone."""
    known = digests(db)
    changed = [n for n, origin in origins.items() if known.get(n) != origin.digest]
    return changed + [name for name in known if name not in origins]


def bring_up(
    db: sqlite3.Connection, postings: Postings, origins: Mapping[str, Origin]
) -> None:
    """Make an index hold just what origins hold. Each of them is replaced whole or not
    at all; several processes may do this at a time."""
    lines = 0
    names = stale(db, origins)
    while names:
        fresh: dict[str, tuple[str, list[MemoryUnit]]] = {}
        size = 0
        known = digests(db)
        while names and size < CHUNK:
            name = names.pop()
            origin = origins.get(name)
            if origin and known.get(name) != origin.digest:
                read = list(origin.entries())
                fresh[name] = (origin.digest, read)
                size += len(read)
            elif origin is None:
                fresh[name] = ("", [])
        lines += _Writer(db, postings).replace(fresh)
    if lines >= MANY and postings.name == "fts5":
        db.execute("INSERT INTO posting(posting) VALUES ('optimize')")
    if lines >= MANY:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _Writer:
    """One transaction that replaces origins."""

    def __init__(self, db: sqlite3.Connection, postings: Postings) -> None:
        self._db = db
        self._postings = postings
        self._languages: dict[str, int] = {}
        self._new: dict[tuple[int, str], int] = {}
        """Lines that are not written yet."""
        self._next = 0
        """What tells the next line from those of its language and length."""

    def replace(self, fresh: Mapping[str, tuple[str, Sequence[MemoryUnit]]]) -> int:
        """Put what origins hold now in place of what they held.

        :param fresh: hash and entries, by name; no hash takes an origin away.
        :returns: how many new lines there are.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            select = "SELECT value FROM detail WHERE name = 'next'"
            self._next = self._db.execute(select).fetchone()[0]
            old: set[int] = set()
            for name, (digest, entries) in fresh.items():
                old |= self._without(name)
                if digest:
                    self._with(name, digest, entries)
            self._write_lines()
            self._forget(old)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        return len(self._new)

    def _without(self, name: str) -> set[int]:
        """Take the entries of an origin away; return their lines."""
        db = self._db
        found = db.execute("SELECT id FROM origin WHERE name = ?", (name,)).fetchone()
        if found is None:
            return set()
        pairs = db.execute("SELECT one, two FROM entry WHERE origin = ?", found)
        lines = set(chain.from_iterable(pairs))
        db.execute("DELETE FROM entry WHERE origin = ?", found)
        db.execute("DELETE FROM origin WHERE id = ?", found)
        return lines

    def _with(self, name: str, digest: str, entries: Sequence[MemoryUnit]) -> None:
        insert = "INSERT INTO origin (name, digest) VALUES (?, ?)"
        origin = self._db.execute(insert, (name, digest)).lastrowid
        rows = [
            (origin, self._line(*one), self._line(*two), *_row(entry))
            for entry in _whole_and_parts(entries)
            for one, two in [entry.texts]
        ]
        places = ", ".join("?" * 10)
        self._db.executemany(f"INSERT INTO entry VALUES ({places})", rows)

    def _line(self, tag: str, text: str) -> int:
        """Return the number of a line, a new one if it is new."""
        language = self._language(tag)
        if (number := self._new.get((language, text))) is not None:
            return number
        select = "SELECT id FROM line WHERE key = ? AND text = ? AND id BETWEEN ? AND ?"
        low, high = limits(language)
        key = key_of(text)
        found = self._db.execute(select, (key, text, low, high)).fetchone()
        if found is not None:
            return int(found[0])
        length = len(fold(text))
        number = limits(language, length, length)[0] + self._next
        self._next += 1
        self._new[language, text] = number
        return number

    def _language(self, tag: str) -> int:
        if tag not in self._languages:
            self._db.execute("INSERT OR IGNORE INTO language (tag) VALUES (?)", (tag,))
            found = language_number(self._db, tag)
            self._languages[tag] = found or 0
        return self._languages[tag]

    def _write_lines(self) -> None:
        lines = sorted((n, text) for (_, text), n in self._new.items())
        insert = "INSERT INTO line VALUES (?, ?, ?)"
        self._db.executemany(insert, ((n, key_of(text), text) for n, text in lines))
        words = [(n, tokens(fold(text))) for n, text in lines]
        self._postings.add(self._db, words)
        self._count(words, 1)
        update = "UPDATE detail SET value = ? WHERE name = 'next'"
        self._db.execute(update, (self._next,))

    def _forget(self, lines: set[int]) -> None:
        """Take lines away that no entry has any more."""
        texts = ((n, self._unused(n)) for n in sorted(lines))
        gone = [(n, text) for n, text in texts if text is not None]
        words = [(n, tokens(fold(text))) for n, text in gone]
        self._postings.remove(self._db, words)
        self._count(words, -1)
        self._db.executemany("DELETE FROM line WHERE id = ?", [(n,) for n, _ in gone])

    def _unused(self, number: int) -> str | None:
        found = self._db.execute(
            "SELECT text FROM line WHERE id = ?1"
            " AND NOT EXISTS (SELECT 1 FROM entry WHERE one = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM entry WHERE two = ?1)",
            (number,),
        ).fetchone()
        return None if found is None else str(found[0])

    def _count(self, lines: Iterable[tuple[int, set[str]]], sign: int) -> None:
        counts = Counter(chain.from_iterable(words for _, words in lines))
        upsert = (
            "INSERT INTO word VALUES (?, ?)"
            " ON CONFLICT (word) DO UPDATE SET lines = lines + excluded.lines"
        )
        rows = ((word, sign * n) for word, n in sorted(counts.items()))
        self._db.executemany(upsert, rows)


def _row(entry: MemoryUnit) -> tuple[int | str, ...]:
    where = (entry.sentence, entry.place)
    return (*where, entry.by, entry.on, entry.made, *entry.above)


def _whole_and_parts(entries: Iterable[MemoryUnit]) -> Iterator[MemoryUnit]:
    """Yield entries and their sentences, but not what cannot be written down."""
    for entry in entries:
        if all(is_text(text) for _, text in entry.texts):
            yield entry
            yield from in_sentences(entry)


def is_text(text: str) -> bool:
    """Whether a text has letters or signs, and no half characters."""
    try:
        return bool(text.strip() and text.encode())
    except UnicodeEncodeError:
        return False


def language_number(db: sqlite3.Connection, tag: str) -> int | None:
    """Return the number of a language; None if no line is in it."""
    found = db.execute("SELECT id FROM language WHERE tag = ?", (tag,)).fetchone()
    return None if found is None else int(found[0])


def limits(language: int, shortest: int = 0, longest: int = LONGEST) -> tuple[int, int]:
    """Return the least and the greatest number that a line of a language can have.

    :param shortest: characters of its folded text, at least; ``longest`` at most.
    """
    low = language << LANGUAGE_BITS | min(shortest, LONGEST) << LENGTH_BITS
    high = language << LANGUAGE_BITS | min(longest, LONGEST) << LENGTH_BITS
    return low, high | (1 << LENGTH_BITS) - 1
