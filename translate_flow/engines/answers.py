"""What engines have answered, kept so that nothing is ever asked, and paid, twice.

A file of SQLite: an answer is in it the moment it came, whatever happens to the program
afterwards. It may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from translate_flow.engines.engine import Assignment, Engine, Passage

TABLES = (
    "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer TEXT NOT NULL) "
    "WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS asked (key BLOB PRIMARY KEY, letters TEXT NOT NULL, "
    "words TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS asked_by_letters ON asked (letters)",
)
"""The answers, and what was asked: also where the answer turned out to be none."""

MOST = 100
"""Questions with one answer that are looked at."""
BUSY = 10.0
"""Seconds to wait for another program that writes."""


class Answers(Protocol):
    """Answers by what was asked."""

    def get(self, key: str) -> str | None:
        """Return the answer to a question, if it is known."""

    def put(self, key: str, answer: str, words: str = "") -> None:
        """Keep an answer.

        :param words: of the text that was asked about.
        """

    def refuse(self, key: str, answer: str, words: str) -> None:
        """Keep no answer to a question, but know that this was given as one."""

    def alike(self, answer: str) -> Sequence[tuple[str, str]]:
        """Return the questions to which that was given, with the words of each."""


def letters(answer: str) -> str:
    """Return what of an answer does not change with the time of day."""
    return "".join(filter(str.isalpha, answer)).casefold()


def key(engine: Engine, passage: Passage, assignment: Assignment) -> str:
    """Return a name for all that an answer depends on: engine, options, languages, the
    text and the terms in it, and what the project asks for if the engine heeds that.

    Neighbours and examples only help: they may change without a new question.
    """
    heeds = engine.takes_terms
    asked = [
        engine.name,
        engine.options,
        assignment.source,
        assignment.target,
        assignment.style if heeds else "",
        passage.text,
        sorted(passage.terms) if heeds else [],
    ]
    told = json.dumps(asked, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


class Forgetful:
    """Keeps answers as long as it lives."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._asked: dict[str, dict[str, str]] = {}

    def get(self, key: str) -> str | None:
        """Return the answer to a question, if it is known."""
        return self._known.get(key)

    def put(self, key: str, answer: str, words: str = "") -> None:
        """Keep an answer."""
        self._known[key] = answer
        self._asked.setdefault(letters(answer), {})[key] = words

    def refuse(self, key: str, answer: str, words: str) -> None:
        """Keep no answer to a question, but know that this was given as one."""
        self._known.pop(key, None)
        self._asked.setdefault(letters(answer), {})[key] = words

    def alike(self, answer: str) -> Sequence[tuple[str, str]]:
        """Return the questions to which that was given, with the words of each."""
        return tuple(self._asked.get(letters(answer), {}).items())[:MOST]


class AnswerFile:
    """Keeps answers in a file. Threads and programs may share it.

    It only saves questions: one that is broken is put aside and begun anew, and where
    none can be written, answers are kept as long as the program runs.
    """

    def __init__(self, path: Path) -> None:
        """Open a file, or make one.

        :param path: its folder is there.
        """
        self._lock = threading.Lock()
        self._file, self._held = _opened(path), Forgetful()

    def get(self, key: str) -> str | None:
        """Return the answer to a question, if it is known."""
        if self._file is None:
            return self._held.get(key)
        with self._lock, suppress(sqlite3.Error):
            query = "SELECT answer FROM answers WHERE key = ?"
            row = self._file.execute(query, (bytes.fromhex(key),)).fetchone()
            return str(row[0]) if row else None
        return None

    def put(self, key: str, answer: str, words: str = "") -> None:
        """Keep an answer; it is in the file when this returns."""
        self._write(key, answer, words, answer)

    def refuse(self, key: str, answer: str, words: str) -> None:
        """Keep no answer to a question, but know that this was given as one."""
        self._write(key, None, words, answer)

    def alike(self, answer: str) -> Sequence[tuple[str, str]]:
        """Return the questions to which that was given, with the words of each."""
        if self._file is None:
            return self._held.alike(answer)
        with self._lock, suppress(sqlite3.Error):
            query = "SELECT key, words FROM asked WHERE letters = ? LIMIT ?"
            rows = self._file.execute(query, (letters(answer), MOST)).fetchall()
            return [(bytes(name).hex(), str(words)) for name, words in rows]
        return ()

    def _write(self, key: str, answer: str | None, words: str, said: str) -> None:
        if self._file is None:
            held = self._held
            (held.put if answer else held.refuse)(key, said, words)
            return
        name = bytes.fromhex(key)
        with self._lock, suppress(sqlite3.Error), self._file:
            if answer is None:
                self._file.execute("DELETE FROM answers WHERE key = ?", (name,))
            else:
                change = "INSERT OR REPLACE INTO answers VALUES (?, ?)"
                self._file.execute(change, (name, answer))
            change = "INSERT OR REPLACE INTO asked VALUES (?, ?, ?)"
            self._file.execute(change, (name, letters(said), words))

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()


def _opened(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            return _connected(path)
        except sqlite3.OperationalError:  # no room, no permission, or long busy
            return None
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.replace(path.with_suffix(".broken"))
    return None


def _connected(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=BUSY, check_same_thread=False)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        for table in TABLES:
            file.execute(table)
        file.execute("SELECT answer FROM answers LIMIT 1").fetchone()
        file.execute("SELECT letters, words FROM asked LIMIT 1").fetchone()
    except sqlite3.Error:
        file.close()
        raise
    return file
