"""The values of a glossary, and what it says of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, get_args
from unicodedata import normalize

from translate_flow.errors import FlowError
from translate_flow.glossary.search import Finder, FoundTerm

Status: TypeAlias = Literal["preferred", "admitted", "forbidden"]
STATUSES: tuple[Status, ...] = get_args(Status)
NAME = "name"
"""Type of a term that is a name."""


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a glossary: a term in each language."""

    texts: Mapping[str, str]
    """Language tag → term, in NFC with single blanks; a language may lack one."""

    status: Status = "preferred"
    """What the one may be for the other. With a term in one language only,
    ``forbidden`` forbids it everywhere."""

    reading: str = ""
    """How the Korean term is read, if its letters do not tell: particles need it."""

    type: str = ""
    """``name`` is put in by tflow itself; anything else is for people."""

    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Columns this version does not know, kept as they are; none is empty."""

    line: int = field(default=0, compare=False)
    """1-based line of its file; 0 if it comes from none."""

    def __str__(self) -> str:
        return " = ".join(self.texts.values())

    @classmethod
    def of(
        cls,
        texts: Mapping[str, str],
        *,
        status: Status = "preferred",
        reading: str = "",
        kind: str = "",
        note: str = "",
    ) -> Term:
        """Return a row made of what a person typed, each part tidied.

        :param kind: its ``type``.
        :raises FlowError: if there is no term.
        """
        terms = {tag: tidy(text) for tag, text in texts.items() if tidy(text)}
        if not terms:
            raise FlowError("no term", hint="say one in each language")
        return cls(terms, status, tidy(reading), tidy(kind), tidy_note(note))

    @property
    def alone(self) -> bool:
        """Whether it is forbidden wherever it stands."""
        return self.status == "forbidden" and len(self.texts) == 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that stands in a text, and what it may be in the other language."""

    start: int
    end: int
    term: str
    """As the glossary writes it."""

    preferred: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    type: str = ""
    reading: str = ""
    """How the first preferred term is read, or the term itself if that is Korean."""

    note: str = ""

    def __str__(self) -> str:
        """Tell it in a line: ``president → 대통령 (also 총통; not 통령)``."""
        best = ", ".join(self.preferred)
        more = f"also {', '.join(self.admitted)}" if self.admitted else ""
        never = f"not {', '.join(self.forbidden)}" if self.forbidden else ""
        others = "; ".join(part for part in (more, never) if part)
        told = f"{best} ({others})" if best and others else best or others
        return f"{self.term} → {told}"

    @property
    def allowed(self) -> tuple[str, ...]:
        """What may stand for it, the best first."""
        return (*self.preferred, *self.admitted)


@dataclass(frozen=True)
class Glossary:
    """The terms of a project, in the order of their file."""

    terms: tuple[Term, ...] = ()
    columns: tuple[str, ...] = field(default=(), compare=False)
    """The header of its table; empty if it comes from none."""

    notes: tuple[str, ...] = field(default=(), compare=False)
    """What a person should know of how it was read, a sentence each."""

    _directions: dict[tuple[str, str], tuple[Finder, Mapping[str, Hit]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _languages: dict[str, tuple[Finder, frozenset[str]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def wordings(self, source: str, target: str) -> tuple[tuple[str, str], ...]:
        """Return the preferred pairs of a direction, sorted, each once."""
        pairs = {
            (row.texts[source], row.texts[target])
            for row in self.terms
            if row.status == "preferred" and {source, target} <= row.texts.keys()
        }
        return tuple(sorted(pairs))

    def hits(self, text: str, source: str, target: str) -> tuple[Hit, ...]:
        """Return the terms in a text, in order, with what they may be in the other
        language. None overlap: the longest wins. What no translator touches is not
        looked at.

        :param text: inline Markdown in the language ``source``.
        """
        if not self.terms:
            return ()
        finder, known = self._direction(source, target)
        return tuple(
            replace(known[one.term], start=one.start, end=one.end)
            for one in finder.longest(text)
        )

    def all(self, source: str, target: str) -> tuple[Hit, ...]:
        """Return all terms that have another one in a language, in order of the file,
        as if each stood at the beginning of a text of no length."""
        return tuple(self._direction(source, target)[1].values())

    def standing(self, text: str, language: str) -> tuple[FoundTerm, ...]:
        """Return all terms of a language that stand in a text, those within others
        too."""
        return tuple(self._of(language)[0].all(text))

    def banned(self, text: str, language: str) -> tuple[FoundTerm, ...]:
        """Return what stands in a text and may stand nowhere, unless it is part of a
        longer term."""
        finder, alone = self._of(language)
        if not alone:
            return ()
        return tuple(one for one in finder.longest(text) if one.term in alone)

    def _direction(self, source: str, target: str) -> tuple[Finder, Mapping[str, Hit]]:
        """Return what finds the terms that have another one in a language, and what
        that is."""
        key = (source, target)
        if key not in self._directions:
            known = _known(self.terms, source, target)
            names = [term for term, hit in known.items() if hit.type == NAME]
            self._directions[key] = Finder(known, source, names), known
        return self._directions[key]

    def _of(self, language: str) -> tuple[Finder, frozenset[str]]:
        """Return what finds all terms of a language, and those that are forbidden
        everywhere."""
        if language not in self._languages:
            rows = [row for row in self.terms if language in row.texts]
            names = [row.texts[language] for row in rows if row.type == NAME]
            finder = Finder((row.texts[language] for row in rows), language, names)
            alone = frozenset(row.texts[language] for row in rows if row.alone)
            self._languages[language] = finder, alone
        return self._languages[language]


def _known(terms: Iterable[Term], source: str, target: str) -> dict[str, Hit]:
    """Return, for each term of a language, what the rows say of it together."""
    rows: dict[str, list[Term]] = {}
    for row in terms:
        if source in row.texts and target in row.texts:
            rows.setdefault(row.texts[source], []).append(row)
    return {term: _together(term, found, target) for term, found in rows.items()}


def _together(term: str, rows: list[Term], target: str) -> Hit:
    def of(status: Status) -> tuple[str, ...]:
        texts = (row.texts[target] for row in rows if row.status == status)
        return tuple(dict.fromkeys(texts))

    rows = sorted(rows, key=lambda row: STATUSES.index(row.status))
    return Hit(
        0,
        0,
        term,
        preferred=of("preferred"),
        admitted=of("admitted"),
        forbidden=of("forbidden"),
        type=next((row.type for row in rows if row.type), ""),
        reading=rows[0].reading,
        note=next((row.note for row in rows if row.note), ""),
    )


# --- what a term may be -----------------------------------------------------

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
"""No sign of a text, and none that XML can hold."""


def tidy(text: str) -> str:
    """Return a term as glossaries keep it: NFC, a single blank between words, none at
    its ends."""
    return " ".join(tidy_note(text).split())


def tidy_note(text: str) -> str:
    """Return a note as glossaries keep it: NFC, lines ended by ``\\n``, without blanks
    at its ends."""
    lines = UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return normalize("NFC", lines).strip()


def refuse_contradictions(terms: Sequence[Term], name: str) -> None:
    """Stop if two rows say of one pair that it is different things.

    :param name: what to call their file.
    :raises FlowError: naming the second row.
    """
    said: dict[tuple[tuple[str, str], ...], Term] = {}
    for row in terms:
        key = tuple(sorted(row.texts.items()))
        before = said.setdefault(key, row)
        if before.status != row.status:
            raise _contradiction(str(row), row, before, name)
    banned = {key[0]: row for key, row in said.items() if row.alone}
    for row in terms:
        for pair in row.texts.items():
            if row.status != "forbidden" and pair in banned:
                raise _contradiction(pair[1], row, banned[pair], name)


def _contradiction(what: str, row: Term, before: Term, name: str) -> FlowError:
    where = f"in line {before.line}" if before.line else "elsewhere"
    message = f"{what} is {row.status} here and {before.status} {where}"
    return FlowError(message, name, row.line or None, hint="keep one of them")
