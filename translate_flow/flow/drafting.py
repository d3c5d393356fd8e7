"""Drafts: asked for without the lock, landed unit by unit under it."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.errors import FlowError
from translate_flow.flow.acts import in_places
from translate_flow.flow.desk import (
    Desk,
    Sheet,
    indices,
    read_article,
    refuse_lost,
    save,
    sheets,
)
from translate_flow.model import Finding, Mark, Unit
from translate_flow.places import Place
from translate_flow.state import exact, fingerprint

if TYPE_CHECKING:
    from translate_flow.draft import Draft, Failure
    from translate_flow.engines import Engine

SAVE_SECONDS = 2.0
"""How long drafts that came may wait to be saved."""

SAVE_COUNT = 50
"""How many may wait."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A segment that got no draft."""

    slug: str
    language: str
    id: str
    n: int
    message: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a run of drafts did, or would do."""

    engine: str
    drafted: int
    requested: int
    characters: int
    """Of the sources asked for."""

    failed: tuple[Undone, ...] = ()
    unusable: str = ""
    """Why the engine was not asked any more."""

    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What one catalog needs: the units as they were when the drafts were asked for."""

    spot: Place
    sheet: Sheet
    wanted: Mapping[str, Unit]

    @property
    def characters(self) -> int:
        """Of the sources to send."""
        return sum(len(unit.source) for unit in self.wanted.values())


def draft(
    desk: Desk,
    places: Sequence[Place],
    engine_name: str,
    *,
    language: str | None = None,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Drafted:
    """Fill what has no translation, and replace drafts that are outdated and unread,
    with an engine's drafts. Text of a person is never touched.

    :param progress: told after each answer how many of all have come.
    :raises FlowError: if the engine cannot be used, or an article is confidential and
        the engine is remote.
    :raises KeyboardInterrupt: after what came has been saved.
    """
    from translate_flow.engines import get

    settings = desk.project.engines.get(engine_name, {})
    engine = get(engine_name, settings=settings, environ=desk.environ)
    for spot in places:
        _refuse_confidential(desk, spot, engine)
    plans = [plan for spot in places for plan in _plans(desk, spot, language, dry_run)]
    total = sum(len(plan.wanted) for plan in plans)
    run = Drafted(engine.name, 0, total, sum(plan.characters for plan in plans))
    if dry_run:
        return run
    for plan in plans:
        run = _run(desk, plan, engine, run, lambda done: progress(done, total))
    return run


def _refuse_confidential(desk: Desk, spot: Place, engine: Engine) -> None:
    article = read_article(desk.project, spot.file)
    if engine.remote and article.meta.get("confidential") not in (None, False):
        raise FlowError(
            f"confidential; {engine.name} would send it away",
            article.name,
            hint="use an engine that works on this computer, or translate it by hand",
        )


def _plans(
    desk: Desk, spot: Place, language: str | None, dry_run: bool
) -> Iterator[Plan]:
    """Sync, save, and choose what to ask for."""
    if dry_run:
        opened = list(sheets(desk, spot.file, language))
    else:
        with desk.locked():
            opened = list(sheets(desk, spot.file, language))
            for sheet in opened:
                refuse_lost(sheet)
            for sheet in opened:
                save(desk, sheet)
    for sheet in opened:
        units = (sheet.catalog.units[i] for i in indices(sheet, spot))
        yield Plan(spot, sheet, {unit.id: unit for unit in units if draftable(unit)})


def draftable(unit: Unit) -> bool:
    """Whether a draft would take nothing from anybody: there is no text, or a machine's
    own, unread, for a source that has moved."""
    mark = unit.mark or Mark()
    if mark.ok or mark.omitted or mark.joined:
        return False
    if not unit.target:
        return True
    return mark.draft == exact(unit.target) and states.outdated(unit)


# --- one catalog ------------------------------------------------------------


def _run(
    desk: Desk,
    plan: Plan,
    engine: Engine,
    run: Drafted,
    progress: Callable[[int], None],
) -> Drafted:
    """Draft one catalog, saving in batches as the answers come."""
    from translate_flow.draft import Failure

    if run.unusable:
        for name in plan.wanted:
            run = _noted(run, plan, name, run.unusable)
        return run
    waiting: list[Draft] = []
    saved_at = time.monotonic()
    before = run.drafted + len(run.failed)
    try:
        with closing(_ask(desk, plan, engine)) as answers:
            for done, answer in enumerate(answers, before + 1):
                progress(done)
                if isinstance(answer, Failure):
                    run = _failed(run, plan, answer)
                    continue
                waiting.append(answer)
                late = time.monotonic() - saved_at > SAVE_SECONDS
                if late or len(waiting) >= SAVE_COUNT:
                    batch, waiting = waiting, []
                    run = _land(desk, plan, batch, run)
                    saved_at = time.monotonic()
    finally:
        if waiting:
            run = _land(desk, plan, waiting, run)
    return run


def _ask(
    desk: Desk, plan: Plan, engine: Engine
) -> Generator[Draft | Failure, None, None]:
    from translate_flow.draft import Request, draft

    catalog = plan.sheet.catalog
    return draft(
        [Request(unit.id, unit.source) for unit in plan.wanted.values()],
        engine,
        source=catalog.source_language,
        target=catalog.language,
        references=plan.sheet.article.references,
        jobs=desk.project.jobs,
    )


def _failed(run: Drafted, plan: Plan, answer: Failure) -> Drafted:
    run = _noted(run, plan, answer.id, answer.message)
    return replace(run, unusable=answer.message) if answer.final else run


def _noted(run: Drafted, plan: Plan, name: str, message: str) -> Drafted:
    sheet, n = plan.sheet, plan.sheet.ids.index(name) + 1
    told = in_places(sheet, message)
    undone = Undone(sheet.file.slug, sheet.language, name, n, told)
    return replace(run, failed=(*run.failed, undone))


def _land(desk: Desk, plan: Plan, batch: Sequence[Draft], run: Drafted) -> Drafted:
    """Put drafts into the catalog as it is now, each only where its unit is still what
    it was when the draft was asked for."""
    with desk.locked():
        language = plan.sheet.language
        opened = list(sheets(desk, plan.spot.file, language))
        if not opened:
            gone = "its article is no longer translated into this language"
            for answer in batch:
                run = _noted(run, plan, answer.id, gone)
            return run
        sheet = opened[0]
        refuse_lost(sheet)
        landed = {unit.id: i for i, unit in enumerate(sheet.catalog.units)}
        units = list(sheet.catalog.units)
        for answer in batch:
            try:
                i = _still(landed, units, plan.wanted[answer.id])
                units[i] = _drafted(sheet, i, answer, desk.today, run.engine)
            except FlowError as error:
                run = _noted(run, plan, answer.id, error.message)
            else:
                run = _counted(run, plan, answer, i + 1)
        save(desk, sheet, replace(sheet.catalog, units=tuple(units)))
    return run


def _still(landed: Mapping[str, int], units: Sequence[Unit], asked: Unit) -> int:
    """Return where the unit is, if its source and target are still what they were."""
    i = landed.get(asked.id)
    if i is not None:
        now = (fingerprint(units[i].source), exact(units[i].target))
        if now == (fingerprint(asked.source), exact(asked.target)):
            return i
    raise FlowError("it changed while its draft was being made; run draft again")


def _drafted(sheet: Sheet, i: int, answer: Draft, today: str, engine: str) -> Unit:
    sheet.article.validate(sheet.article.segments[i], answer.target)
    unit = sheet.catalog.units[i]
    return states.drafted(unit, answer.target, origin=engine, today=today)


def _counted(run: Drafted, plan: Plan, answer: Draft, n: int) -> Drafted:
    slug, language = plan.sheet.file.slug, plan.sheet.language
    found = (
        replace(f, id=answer.id, slug=slug, lang=language, n=n) for f in answer.findings
    )
    return replace(run, drafted=run.drafted + 1, findings=(*run.findings, *found))
