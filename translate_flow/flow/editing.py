"""Units in a form: chosen, shown, and taken back one by one where they are still what
the person saw."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.errors import FlowError
from translate_flow.exchange.form import Answer, Item
from translate_flow.files import private_place, write_atomic
from translate_flow.flow.acts import in_places, reach_covered, take_along
from translate_flow.flow.drift import cover_of
from translate_flow.flow.taking import taken as take
from translate_flow.flow.translations import (
    Translation,
    one_translation,
    refuse_lost,
    save,
    translations,
)
from translate_flow.flow.units import Seen, pairs, seen, suggestions
from translate_flow.flow.workspace import Workspace
from translate_flow.model import FINISHED, Unit
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

    item: Item


@dataclass(frozen=True, slots=True)
class Edited:
    """What a form did."""

    taken: tuple[str, ...]
    """Places whose target was taken."""

    asked: tuple[str, ...]
    wrong: tuple[tuple[Answer, str], ...]
    """Answers that cannot stand, and why; to be corrected by the person."""

    late: tuple[tuple[Answer, str], ...]
    """Answers for units that changed meanwhile, and how; kept aside."""


def tasks(
    workspace: Workspace,
    places: Sequence[Place],
    choice: Choice,
    language: str | None = None,
) -> tuple[Task, ...]:
    """Sync, save, and return the units to be edited, in document order.

    :raises FlowError: if they are of several languages: a unit has the same id in each.
    """
    with workspace.locked():
        for spot in places:
            for translation in list(translations(workspace, spot.file, language)):
                refuse_lost(translation)
                save(workspace, translation)
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
            above = (None, *translation.edition().pairs)
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


def _item(unit: Seen, above: Pair | None, found: Sequence[Suggestion]) -> Item:
    """Return a unit as the form shows it.

    :param above: what stands before it.
    :param found: what the memory has for it.
    """
    entry, segment = unit.pair.unit, unit.pair.segment
    title = f"segment {segment.n}, {segment.kind}, {unit.pair.state}"
    if unit.drift:
        title += f" ({unit.drift.drift_class}, {unit.drift.severity})"
    shown = tuple(_shown(unit, above, found))
    return Item(f"{unit.slug}:{entry.id}", title, shown, entry.target)


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
    done = Edited((), (), (), ())
    by_place = {(task.item.place, task.language): task for task in shown}
    meant = [answer for answer in answers if answer.changed or answer.word != "keep"]
    for (slug, language), group in _grouped(meant, by_place):
        file = next(task.file for task in shown if task.file.slug == slug)
        with workspace.locked():
            translation = one_translation(workspace, file, language)
            refuse_lost(translation)
            done = _applied(workspace, translation, group, by, done)
    return done


Group = list[tuple[Task, Answer]]


def _grouped(
    answers: Sequence[Answer], by_place: dict[tuple[str, str], Task]
) -> Collection[tuple[tuple[str, str], Group]]:
    groups: dict[tuple[str, str], Group] = {}
    for answer in answers:
        for (place, language), task in by_place.items():
            if place == answer.place:
                groups.setdefault((task.file.slug, language), []).append((task, answer))
    return groups.items()


def _applied(
    workspace: Workspace, translation: Translation, group: Group, by: str, done: Edited
) -> Edited:
    units = list(translation.catalog.units)
    where = {unit.id: i for i, unit in enumerate(units)}
    touched: list[int] = []
    for task, answer in group:
        i = where.get(task.unit.id, -1)
        if i < 0 or _moved(units[i], task.unit):
            why = "its segment is gone" if i < 0 else "it changed meanwhile"
            done = replace(done, late=(*done.late, (answer, why)))
            continue
        try:
            units[i], done = _settled(workspace, translation, i, answer, by, done)
        except FlowError as error:
            why = in_places(translation, error.message)
            done = replace(done, wrong=(*done.wrong, (answer, why)))
        else:
            touched.append(i)
    reach_covered(units, touched, take_along(workspace, by))
    save(workspace, translation, replace(translation.catalog, units=tuple(units)))
    return done


def _moved(now: Unit, shown: Unit) -> bool:
    return (now.source, now.target) != (shown.source, shown.target)


def _settled(
    workspace: Workspace,
    translation: Translation,
    i: int,
    answer: Answer,
    by: str,
    done: Edited,
) -> tuple[Unit, Edited]:
    """Return the unit with an answer to it.

    :raises FlowError: if the target cannot stand in its place.
    """
    unit = translation.catalog.units[i]
    if answer.changed and not answer.target.strip():
        unit = states.unset(unit)
        done = replace(done, taken=(*done.taken, answer.place))
    elif not answer.changed and answer.word == "ok" and cover_of(translation, unit):
        unit = _covered(workspace, translation, unit, by)
        done = replace(done, taken=(*done.taken, answer.place))
    elif answer.changed or answer.word == "ok":
        text = answer.target if answer.changed else unit.target
        translation.article.validate(translation.article.segments[i], text)
        unit = take(
            unit, text, by=by, today=workspace.today, language=translation.language
        )
        done = replace(done, taken=(*done.taken, answer.place))
    if answer.word == "ask":
        unit = asked(unit, answer.question, by=by, today=workspace.today)
        done = replace(done, asked=(*done.asked, answer.place))
    return unit, done


def _covered(
    workspace: Workspace, translation: Translation, unit: Unit, by: str
) -> Unit:
    cover = cover_of(translation, unit)
    if cover is None:
        return unit
    return states.joined_to(unit, cover, by=by, today=workspace.today)


def set_aside(workspace: Workspace, text: str) -> Path:
    """Keep a form that could not be taken whole, where nothing overwrites it."""
    folder = private_place(workspace.project.root, "forms")
    number = 1
    while (path := folder / f"{workspace.today}-{number}.txt").exists():
        number += 1
    write_atomic(path, text.encode())
    return path
