"""Units in a form: chosen, shown, and taken back one by one where they are still what
the person saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.errors import FlowError
from translate_flow.exchange.form import Answer, FormUnit
from translate_flow.files import private_place, write_atomic
from translate_flow.flow.acts import take_along, taken
from translate_flow.flow.changing import Late, change, still
from translate_flow.flow.drift import cover_of
from translate_flow.flow.translations import (
    Translation,
    one_translation,
    refuse_lost,
    save,
    synced_and_saved,
)
from translate_flow.flow.units import Seen, checker, pairs, seen, suggestions
from translate_flow.flow.workspace import Workspace
from translate_flow.model import FINISHED, Finding, Unit
from translate_flow.project import ArticleFile
from translate_flow.project.places import Place
from translate_flow.state.questions import asked, questions

if TYPE_CHECKING:
    from translate_flow.edition import Pair
    from translate_flow.memory.suggestion import Suggestion

NEEDS = ("drifted", "draft", "untranslated")
"""States that want somebody, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which units somebody wants to see; empty means all that need somebody."""

    states: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    severities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """A unit in a form."""

    file: ArticleFile
    language: str
    unit: Unit
    """As it was when it was shown."""

    item: FormUnit


@dataclass(frozen=True, slots=True)
class Edited:
    """What a form did."""

    taken: tuple[str, ...] = ()
    """Places whose target was taken."""

    emptied: tuple[str, ...] = ()
    """Places whose target was taken away."""

    asked: tuple[str, ...] = ()
    wrong: tuple[tuple[Answer, str], ...] = ()
    """Answers that cannot stand, and why; to be corrected by the person."""

    late: tuple[tuple[Answer, str], ...] = ()
    """Answers for units that changed meanwhile, and how; kept aside."""

    findings: tuple[Finding, ...] = ()
    """What the checks find in the targets that were taken."""


def tasks(
    workspace: Workspace,
    places: Sequence[Place],
    choice: Choice,
    language: str | None = None,
) -> tuple[Task, ...]:
    """Sync, save, and return the units to be edited, in document order.

    :raises FlowError: if they are of several languages: a unit has the same id in each.
    """
    for spot in places:
        synced_and_saved(workspace, spot.file, language)
    found = tuple(_tasks(workspace, places, choice, language))
    languages = dict.fromkeys(task.language for task in found)
    if len(languages) > 1:
        message = f"these are translated into {', '.join(languages)}"
        raise FlowError(message, hint="pick one with --lang")
    return found


def _tasks(
    workspace: Workspace, places: Sequence[Place], choice: Choice, language: str | None
) -> Iterator[Task]:
    for spot in places:
        for translation, wanted in pairs(workspace, [spot], language):
            numbers = [pair.segment.n - 1 for pair in wanted]
            above = (None, *translation.pairs)
            for unit in seen(workspace, translation, numbers):
                if _chosen(unit, choice, named=bool(spot.picks)):
                    before = above[unit.pair.segment.n - 1]
                    item = _item(
                        unit, before, suggestions(workspace, translation, unit)
                    )
                    yield Task(spot.file, translation.language, unit.pair.unit, item)


def _chosen(unit: Seen, choice: Choice, *, named: bool) -> bool:
    found = unit.drift
    if choice.classes and (found is None or found.drift_class not in choice.classes):
        return False
    if choice.severities and (found is None or found.severity not in choice.severities):
        return False
    if choice.states:
        return str(unit.pair.state) in choice.states
    return named or unit.pair.state not in FINISHED


def most_urgent(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> Seen | None:
    """Return the unit that needs somebody most: a drifted one, the gravest first, then
    a draft, then what is missing; None if nothing does.

    :param broken: takes what cannot be read; None raises it.
    """
    found = [
        unit
        for translation, wanted in pairs(workspace, places, language, broken)
        for unit in seen(workspace, translation, _needy(wanted))
    ]
    return min(found, key=_urgency, default=None)


def _needy(wanted: Sequence[Pair]) -> list[int]:
    return [pair.segment.n - 1 for pair in wanted if pair.state not in FINISHED]


def _urgency(unit: Seen) -> tuple[int, int]:
    severities = ("high", "medium", "low")
    grave = severities.index(unit.drift.severity) if unit.drift else len(severities)
    return NEEDS.index(unit.pair.state), grave


# --- the form ---------------------------------------------------------------


def _item(unit: Seen, above: Pair | None, found: Sequence[Suggestion]) -> FormUnit:
    """Return a unit as the form shows it.

    :param above: what stands before it.
    :param found: what the memory has for it.
    """
    entry, segment = unit.pair.unit, unit.pair.segment
    title = f"segment {segment.n}, {segment.kind}, {unit.pair.state}"
    if unit.drift:
        title += f" ({unit.drift.drift_class}, {unit.drift.severity})"
    shown = tuple(_shown(unit, above, found))
    return FormUnit(f"{unit.slug}:{entry.id}", title, shown, entry.target)


def _shown(
    unit: Seen, above: Pair | None, found: Sequence[Suggestion]
) -> Iterator[tuple[str, str]]:
    if above is not None:
        yield "above", above.unit.target or above.segment.text
    if unit.drift and unit.drift.before is not None:
        yield "was", unit.drift.before
        yield "now", _marked(unit.drift.diff)
    else:
        yield unit.source_language, unit.pair.unit.source
    if unit.pair.unit.note:
        yield "note", unit.pair.unit.note
    for one in found:
        yield "memory", f"{one.head} {_marked(one.diff)}\n{one.match.target}"
    for hit in unit.terms:
        yield "term", str(hit)
    for question in questions(unit.pair.unit):
        yield "asked", f"{question.by}: {question.text}"
    for finding in unit.findings:
        yield finding.severity, finding.message


def _marked(diff: Sequence[tuple[str, str]]) -> str:
    signs = {"-": "[-{}-]", "+": "{{+{}+}}", "=": "{}"}
    return "".join(signs[op].format(text) for op, text in diff)


# --- what came back ---------------------------------------------------------


def apply(
    workspace: Workspace, shown: Sequence[Task], answers: Sequence[Answer], *, by: str
) -> Edited:
    """Take what came back, each unit only if it is still what the form showed.

    :raises FlowError: if a machine acts: what a form brings back is accepted.
    """
    workspace.refuse_machine("fill in a form")
    done = Edited()
    by_place = {(task.item.place, task.language): task for task in shown}
    meant = [answer for answer in answers if answer.changed or answer.word != "keep"]
    for group in _grouped(meant, by_place):
        file, language = group[0][0].file, group[0][0].language
        with workspace.locked():
            translation = one_translation(workspace, file, language)
            refuse_lost(translation)
            steps = [
                still(translation, task.unit, partial(_settled, workspace, by, answer))
                for task, answer in group
            ]
            catalog, outcomes = change(translation, steps, take_along(workspace, by))
            save(workspace, translation, catalog)
        result = replace(translation.result, catalog=catalog)
        found = checker(replace(translation, result=result), workspace.terms)
        for (_, answer), outcome in zip(group, outcomes, strict=True):
            done = _with(done, answer, outcome.error)
            if outcome.error is None and (answer.changed or answer.word == "ok"):
                told = (*done.findings, *found(outcome.i + 1))
                done = replace(done, findings=told)
    return done


Group = list[tuple[Task, Answer]]


def _grouped(
    answers: Sequence[Answer], by_place: Mapping[tuple[str, str], Task]
) -> Iterable[Group]:
    """Return answers and what they answer, those of one catalog together."""
    groups: dict[tuple[str, str], Group] = {}
    for answer in answers:
        for (place, language), task in by_place.items():
            if place == answer.place:
                groups.setdefault((task.file.slug, language), []).append((task, answer))
    return groups.values()


def _with(done: Edited, answer: Answer, error: FlowError | None) -> Edited:
    """Return what a form did, with what became of one more answer."""
    if isinstance(error, Late):
        return replace(done, late=(*done.late, (answer, error.message)))
    if error:
        return replace(done, wrong=(*done.wrong, (answer, error.message)))
    if answer.changed and not answer.target.strip():
        done = replace(done, emptied=(*done.emptied, answer.place))
    elif answer.changed or answer.word == "ok":
        done = replace(done, taken=(*done.taken, answer.place))
    if answer.word == "ask":
        done = replace(done, asked=(*done.asked, answer.place))
    return done


def _settled(
    workspace: Workspace,
    by: str,
    answer: Answer,
    translation: Translation,
    i: int,
    unit: Unit,
) -> Unit:
    """Return the unit with an answer to it.

    :raises FlowError: if the target cannot stand in its place.
    """
    today = workspace.today
    cover = None if answer.changed else cover_of(translation, unit)
    if answer.changed and not answer.target.strip():
        unit = states.unset(unit)
    elif answer.word == "ok" and cover:
        unit = states.joined_to(unit, cover, by=by, today=today)
    elif answer.changed or answer.word == "ok":
        text = answer.target if answer.changed else unit.target
        translation.article.validate(translation.article.segments[i], text)
        unit = taken(unit, text, by=by, today=today, language=translation.language)
    if answer.word == "ask":
        unit = asked(unit, answer.question, by=by, today=today)
    return unit


def set_aside(workspace: Workspace, text: str) -> Path:
    """Keep a form that could not be taken whole, where nothing overwrites it."""
    folder = private_place(workspace.project.root, "forms")
    number = 1
    while (path := folder / f"{workspace.today}-{number}.txt").exists():
        number += 1
    write_atomic(path, text.encode())
    return path
