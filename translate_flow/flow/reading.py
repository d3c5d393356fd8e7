"""What reading commands tell: status, units, drift. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_flow.flow.desk import Desk, Sheet, indices, sheets
from translate_flow.flow.releases import Live, live
from translate_flow.model import FINISHED, Finding, State, Unit
from translate_flow.places import Place
from translate_flow.project import Project
from translate_flow.questions import questions
from translate_flow.state import outdated, unread

if TYPE_CHECKING:
    from translate_flow.drift import Drift
    from translate_flow.edition import Pair


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit in its article, as it is now."""

    slug: str
    language: str
    source_language: str
    pair: Pair
    findings: tuple[Finding, ...] = ()
    drift: Drift | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one article is in one language."""

    slug: str
    source_language: str
    language: str
    segments: int
    words: int
    """Of the source, as a reader sees it: runs without white space."""

    characters: int
    """Of the source, as a reader sees it, blanks counted."""

    states: Mapping[State, int]
    drift: Mapping[str, int]
    """Drift class → drifted units."""

    unread: int
    """Drafts that are letter for letter what a machine wrote."""

    outdated: int
    """Drafts made for a source that has moved since."""

    lost: int
    """Translations that another tool emptied."""

    questions: Mapping[str, int]
    """Open questions to the author, by who asked."""

    severities: Mapping[str, int]
    """Severity of drift → drifted units."""

    minutes: float
    """How long a translator will need for what is open, roughly."""

    live: Live | None
    """What readers have; None if it was never released."""

    people: frozenset[str]
    """Who took or asked something here."""

    first_question: int
    """Number of the first segment that one is about; 0 if there is none."""

    @property
    def finished(self) -> int:
        """Segments that a release may print."""
        return sum(n for state, n in self.states.items() if state in FINISHED)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to translate, take or mend."""
        return self.finished == self.segments and not self.lost

    @property
    def current(self) -> bool:
        """Whether nothing is left to do but to sign."""
        return self.complete and not self.questions


def pairs(
    desk: Desk, places: Sequence[Place], language: str | None
) -> Iterator[tuple[Sheet, list[Pair]]]:
    """Yield each sheet of each place with the pairs that the place picks."""
    for spot in places:
        for sheet in sheets(desk, spot.file, language):
            built = sheet.edition().pairs
            yield sheet, [built[i] for i in indices(sheet, spot)]


# --- status -----------------------------------------------------------------


def status(
    desk: Desk, places: Sequence[Place], language: str | None = None
) -> tuple[Standing, ...]:
    """Return how far each article is in each language."""
    return tuple(
        _standing(desk.project, *found) for found in pairs(desk, places, language)
    )


def _standing(project: Project, sheet: Sheet, wanted: Sequence[Pair]) -> Standing:
    from translate_flow.text.markup import visible

    texts = [visible(pair.segment.text) for pair in wanted]
    drafts = [pair.unit for pair in wanted if pair.state is State.DRAFT]
    drifts = [found for pair in wanted if (found := _drift(pair))]
    return Standing(
        slug=sheet.file.slug,
        source_language=sheet.catalog.source_language,
        language=sheet.language,
        segments=len(wanted),
        words=sum(len(text.split()) for text in texts),
        characters=sum(map(len, texts)),
        states=Counter(pair.state for pair in wanted),
        drift=Counter(found.drift_class for found in drifts),
        severities=Counter(found.severity for found in drifts),
        minutes=sum(map(_minutes, wanted)),
        live=live(project, sheet),
        people=frozenset(_people(wanted)),
        unread=sum(map(unread, drafts)),
        outdated=sum(map(outdated, drafts)),
        lost=len(sheet.result.lost),
        questions=Counter(q.by for pair in wanted for q in questions(pair.unit)),
        first_question=next((p.segment.n for p in wanted if questions(p.unit)), 0),
    )


WORDS_A_MINUTE = 8.0
"""What a translator puts into the other language; reading a draft goes three times, and
comparing an old translation with a new source four times as fast."""

FASTER = {State.UNTRANSLATED: 1.0, State.DRAFT: 3.0, State.DRIFTED: 4.0}


def _minutes(pair: Pair) -> float:
    """Estimate the time for one unit: at least ten seconds if it is open at all."""
    if pair.state not in FASTER:
        return 0.0
    words = len(pair.segment.text.split())
    return max(1 / 6, words / WORDS_A_MINUTE / FASTER[pair.state])


def _people(wanted: Sequence[Pair]) -> Iterator[str]:
    for pair in wanted:
        mark = pair.unit.mark
        if mark and mark.by:
            yield mark.by
        yield from (question.by for question in questions(pair.unit))


def _drift(pair: Pair) -> Drift | None:
    if pair.state is not State.DRIFTED:
        return None
    from translate_flow.drift import drift

    return drift(pair.unit)


# --- units ------------------------------------------------------------------


def show(
    desk: Desk, places: Sequence[Place], language: str | None = None
) -> tuple[Seen, ...]:
    """Return the units of places, each with its findings and drift."""
    return tuple(
        _seen(sheet, pair)
        for sheet, wanted in pairs(desk, places, language)
        for pair in wanted
    )


def seen(sheet: Sheet, wanted: Sequence[int]) -> tuple[Seen, ...]:
    """Return some units of a sheet, by their indices."""
    built = sheet.edition().pairs
    return tuple(_seen(sheet, built[i]) for i in wanted)


def _seen(sheet: Sheet, pair: Pair) -> Seen:
    return Seen(
        slug=sheet.file.slug,
        language=sheet.language,
        source_language=sheet.catalog.source_language,
        pair=pair,
        findings=findings(sheet, pair.unit),
        drift=_drift(pair),
    )


def findings(sheet: Sheet, unit: Unit) -> tuple[Finding, ...]:
    """Return what the checks find in a unit."""
    from translate_flow.checks import Context
    from translate_flow.checks import findings as checked

    found = checked(unit, Context(sheet.article.references))
    slug, language = sheet.file.slug, sheet.language
    return tuple(replace(f, id=unit.id, slug=slug, lang=language) for f in found)


def check(
    desk: Desk, places: Sequence[Place], language: str | None = None
) -> tuple[Finding, ...]:
    """Return what the checks find in the units of places, in document order."""
    return tuple(
        finding
        for sheet, wanted in pairs(desk, places, language)
        for pair in wanted
        for finding in findings(sheet, pair.unit)
    )


_WORST_FIRST = ("high", "medium", "low")


def drifted(
    desk: Desk, places: Sequence[Place], language: str | None = None
) -> tuple[Seen, ...]:
    """Return the drifted units of places, most severe first."""
    found = [
        _seen(sheet, pair)
        for sheet, wanted in pairs(desk, places, language)
        for pair in wanted
        if pair.state is State.DRIFTED
    ]
    return tuple(sorted((unit for unit in found if unit.drift), key=_rank))


def _rank(unit: Seen) -> int:
    return _WORST_FIRST.index(unit.drift.severity) if unit.drift else 0
