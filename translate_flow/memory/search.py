"""Asking a memory: the same text, texts like it, and sentences of it."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeAlias, TypeVar
from unicodedata import normalize

from translate_flow.memory import index
from translate_flow.memory.index import Origin, is_text, key_of, language_number, limits
from translate_flow.memory.postings import Postings
from translate_flow.memory.wording import fold, is_letters, score, tokens
from translate_flow.state import collapse, fingerprint
from translate_flow.text.sentences import sentences

T = TypeVar("T")

IN_CONTEXT = 101
"""Score of the same text below the same text."""

CUT_OUT = 99
"""The most that a sentence can have: its other side was cut out of a longer text."""

GOOD = 85
"""With a match as good as this, nobody asks for the sentences."""

FEWEST = 8
"""Characters of a sentence that is worth a question."""

SENTENCES = 12
"""Sentences of a text that are asked for, at most."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text that people have translated."""

    source: str
    target: str
    score: int
    """0 to 100 as :func:`translate_flow.memory.score` tells; 101 for the same text
    below the same text."""

    origin: str
    """``slug:id`` of a unit, or the name of a TMX file."""

    part: str = ""
    """The sentence of the question that it is like; empty for the whole of it."""

    by: str = ""
    on: str = ""
    made: str = ""
    """The engine whose text the target is, letter for letter; empty for a person's."""


class Memory:
    """An index, opened and brought up to its origins. Threads may share it.

    :param path: where it lies; None keeps it nowhere.
    :param origins: all that it is to know, by name.
    """

    def __init__(self, path: Path | None, origins: Mapping[str, Origin]) -> None:
        self._path = path
        self._origins = origins
        self._lock = Lock()
        self._db: sqlite3.Connection | None = None
        self._postings: Postings
        self._safely(lambda db: None)

    def search(
        self,
        text: str,
        source: str,
        target: str,
        *,
        above: str = "",
        least: int = 70,
        most: int = 5,
    ) -> tuple[Match, ...]:
        """Return the texts that are most like one, the best first.

        :param source: BCP 47 tag of the text's language; ``target`` of the other.
        :param above: what stands before it, in its language.
        :param least: the least score of a match.
        :param most: the number of matches.
        """
        if not is_text(text):
            return ()
        text = normalize("NFC", text)
        context = fingerprint(above) if above else ""

        def ask(db: sqlite3.Connection) -> list[Match]:
            asked = _Question(db, self._postings, source, target, least)
            found = asked.matches(text, context, most)
            if not found or found[0].score < GOOD:
                for part in _parts(text):
                    found += asked.matches(part, "", 1, part)
            return found

        found = self._safely(ask)
        found.sort(key=lambda match: (-match.score, bool(match.part)))
        return tuple(found[:most])

    def exact(
        self, text: str, source: str, target: str, *, above: str = ""
    ) -> Match | None:
        """Return the same text as it was translated as a whole, the one below the same
        text rather than the latest; None if there is none."""
        if not is_text(text):
            return None
        context = fingerprint(above) if above else ""

        def ask(db: sqlite3.Connection) -> list[Match]:
            asked = _Question(db, self._postings, source, target, 100)
            return asked.same(text, context)

        return next(iter(self._safely(ask)), None)

    def close(self) -> None:
        """Let the file go."""
        if self._db is not None:
            self._db.close()
            self._db = None

    # --- a file that may be broken ------------------------------------------

    def _safely(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Do something with the index; if that is broken, with a new one; if none can
        be written, with one that lies nowhere."""
        with self._lock:
            for again in (True, False):
                try:
                    return act(self._opened())
                except sqlite3.Error as error:
                    self.close()
                    self._renew(error, again)
            return act(self._opened())

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            self._db, self._postings = index.connect(self._path)
            index.bring_up(self._db, self._postings, self._origins)
        return self._db

    def _renew(self, error: sqlite3.Error, again: bool) -> None:
        if again and _is_broken(error) and self._path is not None:
            with suppress(OSError):
                index.throw_away(self._path)
                return
        self._path = None


def _is_broken(error: sqlite3.Error) -> bool:
    """Whether the file is at fault, not the disk or another process."""
    code = getattr(error, "sqlite_errorname", "")
    world = ("BUSY", "LOCKED", "READONLY", "FULL", "CANTOPEN", "IOERR", "PERM", "NOMEM")
    return not code.startswith(tuple(f"SQLITE_{word}" for word in world))


def _parts(text: str) -> list[str]:
    found = [part.strip() for part in sentences(text)]
    if len(found) < 2:
        return []
    worth = (part for part in found if len(part) >= FEWEST)
    return list(dict.fromkeys(worth))[:SENTENCES]


# --- one question -----------------------------------------------------------

WORDS = 20
"""Words of a text that are looked up, at most; the rarest."""

SHARE = 0.6
"""Share of its words that are looked up: what is like it has one of the rarest."""

ASKED = 5_000
"""Words whose rarity is asked for, at most: a question may have so many values."""

FEW = 8
"""Words of a short text that are looked up, and as many of its letters in a row."""

LIST = 1_500
"""Lines that one word may have to be looked up alone; others only together."""

TOGETHER = 6
"""Common words that are looked up together, at most."""

CANDIDATES = 400
"""Lines that are compared letter by letter."""

TWINS = 20
"""Entries of one line that are looked at, the latest."""

LINES = 1e7
"""A number of lines that no memory has, to weigh words by how rare they are."""

_Row: TypeAlias = tuple[str, str, int, str, str, str, int]


class _Question:
    """Texts of one language that have an entry in another."""

    def __init__(
        self,
        db: sqlite3.Connection,
        postings: Postings,
        source: str,
        target: str,
        least: int,
    ) -> None:
        self._db = db
        self._postings = postings
        self._least = min(max(least, 1), 100)
        self._source = language_number(db, source)
        self._target = language_number(db, target)

    def matches(
        self, text: str, context: str, most: int, part: str = ""
    ) -> list[Match]:
        """Return the best matches of a text.

        :param context: fingerprint of what stands before it.
        """
        found: dict[tuple[str, str], Match] = {}
        for points, line, source in self._scored(text):
            for match in self._entries(line, source, points, context, part):
                known = found.setdefault((match.source, match.target), match)
                if match.score > known.score:
                    found[match.source, match.target] = match
            if len(found) >= most:
                break
        return sorted(found.values(), key=lambda match: -match.score)[:most]

    def same(self, text: str, context: str) -> list[Match]:
        """Return matches of just this text as a whole."""
        found = [
            match
            for line, source in self._equal(text)
            for match in self._entries(line, source, 100, context, "")
            if match.score >= 100
        ]
        found.sort(key=lambda m: (m.score, not m.made, m.on), reverse=True)
        return found

    # --- lines --------------------------------------------------------------

    def _scored(self, text: str) -> list[tuple[int, int, str]]:
        """Return lines with their scores and texts, the best first."""
        if self._source is None or self._target is None:
            return []
        texts = dict(self._equal(text))
        texts.update(self._texts(self._candidates(fold(text))))
        found = [
            (points, line, source)
            for line, source in _alike(text, texts, self._least)
            if (points := score(text, source)) >= self._least
        ]
        return sorted(found, reverse=True)

    def _equal(self, text: str) -> list[tuple[int, str]]:
        if self._source is None:
            return []
        low, high = limits(self._source)
        select = "SELECT id, text FROM line WHERE key = ? AND id BETWEEN ? AND ?"
        found = self._db.execute(select, (key_of(text), low, high))
        return [(n, same) for n, same in found if collapse(same) == collapse(text)]

    def _texts(self, lines: Sequence[int]) -> Iterator[tuple[int, str]]:
        marks = ", ".join("?" * len(lines))
        yield from self._db.execute(
            f"SELECT id, text FROM line WHERE id IN ({marks})", lines
        )

    def _candidates(self, folded: str) -> list[int]:
        """Return the lines that share most with a text, of about its length."""
        size = len(folded)
        shortest = math.ceil(size * self._least / 100)
        longest = size * 100 // self._least
        low, high = limits(self._source or 0, shortest, longest)
        weights: Counter[int] = Counter()
        common: list[tuple[str, float]] = []
        for word, weight in self._rarest(tokens(folded)):
            lines = self._postings.find(self._db, [word], low, high, LIST + 1)
            if len(lines) > LIST:
                common.append((word, weight))
                continue
            for line in lines:
                weights[line] += weight  # type: ignore[assignment]
        if len(weights) < CANDIDATES:
            for line, weight in self._with_several(common, low, high):
                weights[line] += weight  # type: ignore[assignment]
        return [line for line, _ in weights.most_common(CANDIDATES)]

    def _rarest(self, words: set[str]) -> list[tuple[str, float]]:
        """Return the words to be looked up, the rarest first, with what a line that has
        them gains."""
        asked = sorted(words)[:ASKED]
        marks = ", ".join("?" * len(asked))
        select = (
            f"SELECT lines, word FROM word WHERE word IN ({marks}) AND lines > 0"
            " ORDER BY lines, word"
        )
        known = self._db.execute(select, asked).fetchall()
        whole = [(n, word) for n, word in known if not is_letters(word)]
        wanted = min(WORDS, max(FEW, math.ceil(len(whole) * SHARE)))
        letters = [(n, word) for n, word in known if is_letters(word)]
        chosen = sorted(whole[:wanted] + letters[:FEW])
        return [(word, math.log(LINES / n)) for n, word in chosen]

    def _with_several(
        self, common: Sequence[tuple[str, float]], low: int, high: int
    ) -> Iterator[tuple[int, float]]:
        """Yield lines that have several common words: all of the rarest, then all but
        one."""
        words = [word for word, _ in common[:TOGETHER]]
        if not words:
            return
        groups = [words, *(words[:n] + words[n + 1 :] for n in range(len(words)))]
        for group in groups if len(words) > 1 else [words]:
            lines = self._postings.find(self._db, group, low, high, LIST)
            for line in lines:
                yield line, float(len(group))

    # --- entries ------------------------------------------------------------

    def _entries(
        self, line: int, source: str, points: int, context: str, part: str
    ) -> Iterator[Match]:
        """Yield the entries of a line in the other language: those in context, whole
        ones, those of people, those of the project before others, then the latest."""
        low, high = limits(self._target or 0)
        sides = (("one", "two"), ("two", "one"))
        select = " UNION ALL ".join(
            "SELECT place, line.text, sentence, said_by, day, made,"
            f" above_{here} = ?1 AND ?1 <> '' AS fits"
            f" FROM entry JOIN line ON line.id = {there}"
            f" WHERE {here} = ?2 AND {there} BETWEEN ?3 AND ?4"
            for here, there in sides
        )
        order = (
            " ORDER BY fits DESC, sentence > 0, made > '', instr(place, ':') = 0,"
            " day DESC, place LIMIT ?5"
        )
        asked = (context, line, low, high, TWINS)
        both = f"SELECT * FROM ({select}){order}"
        rows: Iterable[_Row] = self._db.execute(both, asked)
        for place, target, sentence, by, on, made, fits in rows:
            worth = _points(points, sentence, fits)
            yield Match(source, target, worth, place, part, by, on, made)


def _points(points: int, sentence: int, fits: int) -> int:
    if sentence:
        return min(points, CUT_OUT)
    return IN_CONTEXT if fits and points == 100 else points


def _alike(
    text: str, lines: Mapping[int, str], least: int
) -> Iterator[tuple[int, str]]:
    """Yield the lines that may have the least score."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    folded = {line: fold(other) for line, other in lines.items()}
    found = extract(
        fold(text),
        folded,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=least / 100 - 1e-9,
        limit=None,
    )
    for _, _, line in found:
        yield line, lines[line]
