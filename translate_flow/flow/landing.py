"""Drafts on their way into catalogs: each lands only where it takes nothing from
anybody, and what turns out to be none is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from translate_flow import state as states
from translate_flow.errors import FlowError
from translate_flow.flow.changing import Late, Step, change, still
from translate_flow.flow.translations import (
    Translation,
    refuse_lost,
    save,
    translations,
)
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Finding, Mark, Unit
from translate_flow.project.places import Place
from translate_flow.state import exact

MEANWHILE = "it changed while its draft was being made; run draft again"

NO_MACHINE = ("", "human", "adopted")
"""Origins of texts that neither a machine nor the memory wrote."""


@dataclass(frozen=True, slots=True)
class NotDrafted:
    """A segment that got no draft."""

    slug: str
    language: str
    id: str
    n: int
    message: str
    line: int = 0
    """Of the file that the draft came from, if it came from one."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a run of drafts did, or would do."""

    engine: str
    requested: int = 0
    """Segments that wanted a draft."""

    from_memory: int = 0
    """Of these, what the memory had."""

    sent: int = 0
    """Texts that the engine was asked about; the rest it had answered before, or it
    is the same text again. In a dry run, those it would be asked about."""

    characters: int = 0
    """Of the texts sent, as engines count them."""

    drafted: int = 0
    """Segments that got a draft, from the memory or the engine."""

    price: float | None = None
    """What a million characters cost, if the settings say it."""

    failed: tuple[NotDrafted, ...] = ()
    unusable: str = ""
    """Why the engine was not asked any more."""

    findings: tuple[Finding, ...] = ()

    @property
    def cost(self) -> float | None:
        """What the characters cost, in the money of the settings."""
        return None if self.price is None else self.price * self.characters / 1e6


@dataclass(frozen=True, slots=True)
class Plan:
    """What one catalog needs: the units as they were when the drafts were asked for."""

    spot: Place
    translation: Translation
    wanted: Mapping[str, Unit]

    def units(self) -> Iterator[tuple[int, Unit]]:
        """Yield the units that want a draft, with their indices."""
        for i, unit in enumerate(self.translation.catalog.units):
            if unit.id in self.wanted:
                yield i, self.wanted[unit.id]


@dataclass(frozen=True, slots=True)
class Landing:
    """A text on its way into a catalog."""

    id: str
    target: str
    origin: str
    conf: str = ""
    findings: tuple[Finding, ...] = ()
    key: str = ""
    """The question that it answers, if an engine was asked."""


def draftable(unit: Unit, redraft: bool = False) -> bool:
    """Whether a draft would take nothing from anybody: there is no text, or a machine's
    own, unread, for a source that has moved.

    :param redraft: for a source that has not, too.
    """
    mark = unit.mark or Mark()
    if mark.ok or mark.omitted or mark.joined:
        return False
    if not unit.target:
        return True
    if mark.draft != exact(unit.target):
        return False
    own = mark.origin not in NO_MACHINE and not mark.split_from
    return states.outdated(unit) or (redraft and own)


def undone(run: Drafted, plan: Plan, name: str, message: str) -> Drafted:
    """Return a run with a segment that got no draft."""
    translation, n = plan.translation, plan.translation.where[name] + 1
    left = NotDrafted(translation.file.slug, translation.language, name, n, message)
    return replace(run, failed=(*run.failed, left))


def land(
    workspace: Workspace, plan: Plan, batch: Sequence[Landing], run: Drafted
) -> Drafted:
    """Put drafts into the catalog as it is now, each only where its unit is still what
    it was when the draft was asked for. Where there is none any more, or none that can
    be read, that is told of each."""
    with workspace.locked():
        language = plan.translation.language
        try:
            opened = list(translations(workspace, plan.spot.file, language))
            if not opened:
                raise FlowError(
                    "its article is no longer translated into this language"
                )
            translation = opened[0]
            refuse_lost(translation)
        except FlowError as error:
            for landing in batch:
                run = undone(run, plan, landing.id, str(error))
            return run
        steps = [
            still(
                translation,
                plan.wanted[landing.id],
                partial(_drafted, landing, workspace.today),
            )
            for landing in batch
        ]
        catalog, outcomes = change(translation, steps)
        save(workspace, translation, catalog)
    for landing, outcome in zip(batch, outcomes, strict=True):
        if outcome.error is None:
            run = _counted(run, plan, landing, outcome.i + 1)
        else:
            late = isinstance(outcome.error, Late)
            why = MEANWHILE if late else outcome.error.message
            run = undone(run, plan, landing.id, why)
    return run


def take_back(
    workspace: Workspace, plan: Plan, landing: Landing, why: str, run: Drafted
) -> Drafted:
    """Take back what has landed, if nobody has touched it since.

    :param why: what is told of its segment.
    """
    if not take_out(workspace, plan, landing.id, landing.target):
        return run
    translation = plan.translation
    place = (landing.id, translation.file.slug, translation.language)
    told = (one for one in run.findings if (one.id, one.slug, one.lang) != place)
    run = replace(run, drafted=run.drafted - 1, findings=tuple(told))
    return undone(run, plan, landing.id, why)


def take_out(workspace: Workspace, plan: Plan, name: str, text: str) -> bool:
    """Take a machine's text out of a unit: it has what it had before, or nothing.

    :returns: whether it was there, and nobody has touched it.
    """
    with workspace.locked():
        language = plan.translation.language
        opened = list(translations(workspace, plan.spot.file, language))
        if not opened:
            return False
        i = opened[0].where.get(name, Late("its segment is gone"))
        step = Step(i, partial(_undrafted, text, plan.wanted[name]))
        catalog, [outcome] = change(opened[0], [step])
        if outcome.error is None:
            save(workspace, opened[0], catalog)
        return outcome.error is None


def _undrafted(
    text: str, before: Unit, translation: Translation, i: int, unit: Unit
) -> Unit:
    untouched = unit.source == before.source and unit.target == text
    if not untouched or not draftable(unit, redraft=True):
        raise Late("it changed meanwhile")
    return before if before.target != text else states.unset(unit)


def _drafted(
    landing: Landing, today: str, translation: Translation, i: int, unit: Unit
) -> Unit:
    translation.article.validate(translation.article.segments[i], landing.target)
    return states.drafted(
        unit, landing.target, origin=landing.origin, today=today, conf=landing.conf
    )


def _counted(run: Drafted, plan: Plan, landing: Landing, n: int) -> Drafted:
    slug, language = plan.translation.file.slug, plan.translation.language
    found = (
        replace(f, id=landing.id, slug=slug, lang=language, n=n)
        for f in (*landing.findings, *_seen(plan, landing))
    )
    return replace(run, drafted=run.drafted + 1, findings=(*run.findings, *found))


def _seen(plan: Plan, landing: Landing) -> Iterator[Finding]:
    """Yield what is wrong with a draft beside its constructs, of which the engine's
    answer was already judged."""
    from translate_flow.checks import Context, findings

    translation, unit = plan.translation, plan.wanted[landing.id]
    languages = translation.catalog.source_language, translation.language
    context = Context(translation.article.references, *languages)
    told = {finding.check for finding in landing.findings}
    draft = replace(unit, target=landing.target, fuzzy=True)
    for finding in findings(draft, context):
        echo = finding.check == "untranslated" and "draft-echo" in told
        if not (finding.check.startswith("placeholder") or echo):
            yield finding
