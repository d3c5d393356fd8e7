"""Drafts: first what the memory has, then what an engine gives; asked for without the
lock, landed unit by unit under it."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from translate_flow.errors import FlowError
from translate_flow.files import lock, private_file
from translate_flow.flow.consent import Allow, ask_once
from translate_flow.flow.helping import Help
from translate_flow.flow.landing import (
    Drafted,
    Landing,
    Plan,
    draftable,
    land,
    take_back,
    take_out,
    undone,
)
from translate_flow.flow.translations import (
    Translation,
    indices,
    noted,
    synced_and_saved,
    translations,
)
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Unit
from translate_flow.project.catalogs import read_article
from translate_flow.project.places import Place

if TYPE_CHECKING:
    from translate_flow.draft import Draft, Effort, Failure, Request, Withdrawn
    from translate_flow.engines import Assignment, Engine, Passage
    from translate_flow.engines.answers import AnswerFile
    from translate_flow.project import ArticleFile

MEMORY = "memory"
"""Stands for no engine: what people have translated before."""

SAVE_SECONDS = 2.0
"""How long drafts that came may wait to be saved."""

SAVE_COUNT = 50
"""How many may wait."""

SAVES = 20
"""So often, at most, is an article saved because many wait: each time it is read, too.
The answers are kept from the moment they come."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a run of drafts."""

    redraft: bool = False
    """Also replace what still is, letter for letter, what a machine or the memory wrote
    and nobody has taken."""

    fresh: bool = False
    """Ask again for what an engine has answered before."""

    dry_run: bool = False
    """Only tell what would be done."""

    max_characters: int | None = None
    """The most characters to send to the engine."""

    patience: float = 0.0
    """Seconds that an engine in trouble may be waited for, for each catalog."""


class Progress(Protocol):
    """Told how far a run has come."""

    def __call__(self, done: int, total: int, characters: int) -> None: ...


class Interrupted(KeyboardInterrupt):
    """The end of a run by its user, after what came has been saved."""

    def __init__(self, run: Drafted) -> None:
        """Tell what the run has done."""
        super().__init__()
        self.run = run


def draft(
    workspace: Workspace,
    places: Sequence[Place],
    engine_name: str,
    *,
    language: str | None = None,
    wish: Wish = Wish(),
    allow: Allow = lambda question: False,
    progress: Progress = lambda done, total, characters: None,
    broken: list[FlowError] | None = None,
) -> Drafted:
    """Fill what has no translation, and replace drafts that are outdated and unread.
    Text of a person is never touched.

    :param engine_name: ``memory`` asks none.
    :param allow: asks the user before texts go to a host for the first time.
    :param broken: takes what cannot be read, while the rest is drafted; None raises it.
    :raises FlowError: if the engine cannot be used, or is remote and all articles are
        confidential. One among others gets what the memory has, and that is told.
    :raises Interrupted: after what came has been saved.
    """
    from translate_flow.draft import Effort, Purse
    from translate_flow.flow.engines import made

    engine = None
    if engine_name != MEMORY:
        engine = made(workspace.project, workspace.environ, engine_name)
    with _alone(workspace, engine) if engine and not wish.dry_run else nullcontext():
        held = _confidential(workspace, places, engine, broken) if engine else ()
        plans = [
            plan
            for spot in places
            for plan in _plans(workspace, spot, language, wish, broken)
        ]
        total = sum(len(plan.wanted) for plan in plans)
        price = workspace.project.engines.get(engine_name, {}).get("price")
        run = Drafted(engine_name, requested=total, price=price)
        helping = Help(workspace)
        for i, plan in enumerate(plans):
            plans[i], run = _from_memory(workspace, plan, helping, run, wish)
        if engine is None:
            return run
        tasks = [
            _task(plan, helping, engine)
            for plan in plans
            if plan.wanted and plan.translation.file not in held
        ]
        effort = Effort(
            workspace.project.jobs, Purse(wish.max_characters), wish.patience
        )
        with closing(_answers(workspace)) as answers:
            work = _Work(workspace, engine, answers, wish, effort)
            return _engaged(work, tasks, run, allow, progress)


def _engaged(
    work: _Work,
    tasks: Sequence[_Task],
    run: Drafted,
    allow: Allow,
    progress: Progress,
) -> Drafted:
    """Ask an engine for what the memory does not have, if the user allows it; in a dry
    run tell how much that would be."""
    count, size = 0, 0
    for task in tasks:
        for passages in work.requests(task):
            count += len(passages)
            size += work.engine.characters(passages, task.assignment)
    if work.wish.dry_run:
        return replace(run, sent=count, characters=size)
    if count:
        texts = "text" if count == 1 else "texts"
        told = f"{count} {texts} ({size:,} characters)"
        ask_once(work.workspace, work.engine, allow, told)
    for task in tasks:
        run = _asked(work, task, run, progress)
    return run


@contextmanager
def _alone(workspace: Workspace, engine: Engine) -> Iterator[None]:
    """Let one run at a time ask an engine: what one pays for, the next one knows."""
    with lock(
        workspace.project.root,
        f"draft-{engine.name}.lock",
        f"another run asks {engine.name}; waiting for it, to pay nothing twice",
        waiting=workspace.say,
        seconds=-1,
    ):
        yield


def _answers(workspace: Workspace) -> AnswerFile:
    from translate_flow.engines.answers import AnswerFile

    return AnswerFile(private_file(workspace.project.root, "answers.sqlite"))


def _confidential(
    workspace: Workspace,
    places: Sequence[Place],
    engine: Engine,
    broken: list[FlowError] | None,
) -> tuple[ArticleFile, ...]:
    """Return the articles that an engine must not get, those that cannot be read
    included.

    :raises FlowError: if all are confidential, or one cannot be read.
    """
    held: list[tuple[ArticleFile, str]] = []
    unread: list[ArticleFile] = []
    for spot in places:
        try:
            article = read_article(workspace.project, spot.file)
        except FlowError:
            if broken is None:
                raise
            unread.append(spot.file)  # the plan says why
        else:
            secret = article.meta.get("confidential") not in (None, False)
            if engine.remote and secret:
                held.append((spot.file, article.name))
    why = f"confidential; {engine.name} would send it away"
    if held and len(held) == len(places):
        hint = "use an engine that works on this computer, or translate it by hand"
        raise FlowError(why, held[0][1], hint=hint)
    for file, _ in held:
        workspace.say(f"left {file.slug} out: {why}")
    return (*unread, *(file for file, _ in held))


def _plans(
    workspace: Workspace,
    spot: Place,
    language: str | None,
    wish: Wish,
    broken: list[FlowError] | None,
) -> Iterator[Plan]:
    """Sync, save, and choose what to ask for."""
    opened: Sequence[Translation] = ()
    try:
        if wish.dry_run:
            opened = tuple(translations(workspace, spot.file, language, broken))
        else:
            opened = synced_and_saved(workspace, spot.file, language, broken)
    except FlowError as error:
        noted(error, broken)
    for translation in opened:
        units = (translation.catalog.units[i] for i in indices(translation, spot))
        chosen = {unit.id: unit for unit in units if draftable(unit, wish.redraft)}
        yield Plan(spot, translation, chosen)


# --- the memory -------------------------------------------------------------


def _from_memory(
    workspace: Workspace, plan: Plan, helping: Help, run: Drafted, wish: Wish
) -> tuple[Plan, Drafted]:
    """Take what people have translated before, letter for letter the same; return what
    is left to ask for."""
    found: list[Landing] = []
    left: dict[str, Unit] = {}
    for i, unit in plan.units():
        match = helping.exact(plan.translation, i)
        if match is None:
            left[unit.id] = unit
        elif match.target != unit.target:
            conf = f"{min(match.score, 100) / 100:g}"
            origin = match.made or MEMORY  # a machine's text stays one
            found.append(Landing(unit.id, match.target, origin, conf))
    run = replace(run, from_memory=run.from_memory + len(found))
    if found and not wish.dry_run:
        run = land(workspace, plan, found, run)
    return replace(plan, wanted=left), run


# --- the engine -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Task:
    """What an engine is to be asked about one catalog."""

    plan: Plan
    requests: tuple[Request, ...]
    assignment: Assignment


@dataclass(frozen=True)
class _Work:
    """What is the same for all catalogs of a run."""

    workspace: Workspace
    engine: Engine
    answers: AnswerFile
    wish: Wish
    effort: Effort
    landed: dict[str, list[tuple[Plan, Landing]]] = field(default_factory=dict)
    """What has landed in this run, by the questions that it answers."""

    def requests(self, task: _Task) -> Sequence[Sequence[Passage]]:
        """Return the passages that would be sent for a catalog, those of each request
        together."""
        from translate_flow.draft import unasked
        from translate_flow.engines.answers import Forgetful

        return unasked(
            task.requests,
            self.engine,
            task.assignment,
            task.plan.translation.article.references,
            Forgetful() if self.wish.fresh else self.answers,
        )

    def ask(self, task: _Task) -> Generator[Draft | Failure | Withdrawn, None, None]:
        """Ask for what a catalog needs."""
        from translate_flow.draft import draft

        return draft(
            task.requests,
            self.engine,
            task.assignment,
            references=task.plan.translation.article.references,
            effort=self.effort,
            answers=self.answers,
            fresh=self.wish.fresh,
        )


def _task(plan: Plan, helping: Help, engine: Engine) -> _Task:
    requests = (helping.request(plan.translation, i, engine) for i, _ in plan.units())
    return _Task(plan, tuple(requests), helping.assignment(plan.translation, engine))


def _asked(work: _Work, task: _Task, run: Drafted, progress: Progress) -> Drafted:
    """Draft one catalog, saving in batches as the answers come.

    :raises Interrupted: after what came has been saved.
    """
    from translate_flow.draft import Failure, Withdrawn

    plan, purse = task.plan, work.effort.purse
    if run.unusable:
        for name in plan.wanted:
            run = undone(run, plan, name, run.unusable)
        return run
    waiting = list[Landing]()
    enough = max(SAVE_COUNT, len(plan.wanted) // SAVES)
    saved_at = time.monotonic()
    before = run.drafted + len(run.failed)
    try:
        with closing(work.ask(task)) as answers:
            for done, answer in enumerate(answers, before + 1):
                progress(min(done, run.requested), run.requested, purse.spent)
                if isinstance(answer, Failure):
                    run = _failed(work, plan, answer, run)
                    continue
                if isinstance(answer, Withdrawn):
                    batch, waiting = waiting, []
                    run = _landed(work, plan, batch, run)
                    for other, landing in work.landed.pop(answer.key, ()):
                        run = take_back(
                            work.workspace, other, landing, answer.message, run
                        )
                    continue
                origin, found = work.engine.name, answer.findings
                waiting.append(
                    Landing(answer.id, answer.target, origin, "", found, answer.key)
                )
                late = time.monotonic() - saved_at > SAVE_SECONDS
                if late or len(waiting) >= enough:
                    batch, waiting = waiting, []
                    run = _landed(work, plan, batch, run)
                    saved_at = time.monotonic()
    except BaseException as error:
        run = _landed(work, plan, waiting, run)
        if isinstance(error, KeyboardInterrupt):
            run = replace(run, sent=purse.texts, characters=purse.spent)
            raise Interrupted(run) from None
        raise
    run = _landed(work, plan, waiting, run)
    return replace(run, sent=purse.texts, characters=purse.spent)


def _failed(work: _Work, plan: Plan, answer: Failure, run: Drafted) -> Drafted:
    """Note a segment that got no draft; one that it had goes if it is what the engine
    said again, and no translation."""
    from translate_flow.engines.answers import letters

    had = plan.wanted[answer.id].target
    if letters(had) and letters(had) == letters(answer.said):
        take_out(work.workspace, plan, answer.id, had)
    run = undone(run, plan, answer.id, answer.message)
    return replace(run, unusable=answer.message) if answer.final else run


def _landed(work: _Work, plan: Plan, batch: Sequence[Landing], run: Drafted) -> Drafted:
    """Land drafts, and know which, in case their answers turn out to be none."""
    if not batch:
        return run
    for landing in batch:
        work.landed.setdefault(landing.key, []).append((plan, landing))
    return land(work.workspace, plan, batch, run)
