"""What engines have answered, kept so that nothing is ever asked, and paid, twice.

A file of SQLite: an answer is in it the moment it came, whatever happens to the program
afterwards. It may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from translate_flow.engines.engine import Assignment, Engine, Passage

TABLE = """
    CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer TEXT NOT NULL)
    WITHOUT ROWID
"""
BUSY = 10.0
"""Seconds to wait for another program that writes."""


class Answers(Protocol):
    """Answers by what was asked."""

    def get(self, key: str) -> str | None:
        """Return the answer to a question, if it is known."""

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""


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
    """Keeps answers as long as it lives, and begins with some."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})

    def get(self, key: str) -> str | None:
        """Return the answer to a question, if it is known."""
        return self._known.get(key)

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""
        self._known[key] = answer


class AnswerFile:
    """Keeps answers in a file. Threads and programs may share it.

    It only saves questions: one that cannot be opened, or is broken, is put aside and
    begun anew, and where none can be written there is none.
    """

    def __init__(self, path: Path) -> None:
        """Open a file, or make one.

        :param path: its folder is there.
        """
        self._lock = threading.Lock()
        self._file = _opened(path)

    def get(self, key: str) -> str | None:
        """Return the answer to a question, if it is known."""
        if self._file is None:
            return None
        with self._lock, suppress(sqlite3.Error):
            query = "SELECT answer FROM answers WHERE key = ?"
            row = self._file.execute(query, (bytes.fromhex(key),)).fetchone()
            return str(row[0]) if row else None
        return None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer; it is in the file when this returns."""
        if self._file is None:
            return
        with self._lock, suppress(sqlite3.Error), self._file:
            change = "INSERT OR REPLACE INTO answers VALUES (?, ?)"
            self._file.execute(change, (bytes.fromhex(key), answer))

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
        file.execute(TABLE)
        file.execute("SELECT answer FROM answers LIMIT 1").fetchone()
    except sqlite3.Error:
        file.close()
        raise
    return file
