"""What got worse since a commit, of what readers have: the gate of a CI.

States are compared, those of then and those of now, both as if sync had just run. What
was bad already is nobody's fault, and what is not published keeps nobody waiting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.drift import drift_of
from translate_flow.flow.past import Before, Earlier, Was, errors_in
from translate_flow.flow.published import edited_pages, read_record
from translate_flow.flow.translations import Translation, indices, translations
from translate_flow.flow.unseen import shown_place
from translate_flow.flow.workspace import Workspace
from translate_flow.history.commit import Commit
from translate_flow.model import FINISHED, State, Unit
from translate_flow.project import ArticleFile, Project
from translate_flow.project.places import Place
from translate_flow.state import pair as fingerprints
from translate_flow.state.questions import questions

if TYPE_CHECKING:
    from translate_flow.edition import Pair

Reason = Literal["state", "new", "signature", "pair", "finding", "question"]
"""Why a segment is worse: it is no longer finished; it is new in an article that was
complete, and not finished; nobody signed what stands there now; it counts as
translated, but nobody took this target for this source; an error that was not there; a
question that was not there."""


@dataclass(frozen=True, slots=True)
class Worse:
    """One thing that got worse."""

    slug: str
    language: str
    id: str
    n: int
    """Number of its segment."""

    file: str
    """The article, relative to the top of the repository."""

    line: int
    """1-based line of the article's file where the segment begins."""

    reason: Reason
    before: State | None
    """Its state then; None if it was not there."""

    now: State
    message: str
    """What the states do not tell: an error, a question."""

    command: str
    """What mends it."""

    drift_class: str | None = None
    severity: str | None = None
    excused: bool = False
    """Whether its article changed so lately that it is a warning."""


@dataclass(frozen=True, slots=True)
class Gated:
    """What a gate found."""

    base: str
    """As it was named."""

    commit: str
    """Full hash of the commit with which today's state was compared."""

    went_on: bool
    """Whether that is not the commit that was named, but where today's work left it."""

    worse: tuple[Worse, ...]
    edited: tuple[Path, ...] = ()
    """Pages of ours that somebody changed by hand since that commit."""

    unread: tuple[str, ...] = ()
    """What could not be read as it was, a line each: there was nothing to compare."""

    unpublished: tuple[str, ...] = ()
    """Slugs of articles that changed, or are new, and that readers do not have: they
    were not looked at."""

    @property
    def closed(self) -> bool:
        """Whether anything is no mere warning."""
        return not all(one.excused for one in self.worse)


def gate(
    workspace: Workspace,
    places: Sequence[Place],
    base: str,
    *,
    language: str | None = None,
    grace: int = 0,
) -> Gated:
    """Return what got worse of published articles since a commit.

    :param base: what git calls the commit; if it went on since, what counts is where
        the work of today left it.
    :param grace: days for which a change of an article excuses what it left behind.
    :raises FlowError: if there is no such commit here.
    """
    then = Earlier(workspace, Commit(workspace.project.root, base, parted=True))
    worse: list[Worse] = []
    edited: list[Path] = []
    unpublished: list[str] = []
    for spot in places:
        found = [
            one
            for translation, was in _published(
                workspace, then, spot.file, language, unpublished
            )
            for one in _Comparison(workspace, then, translation, was).worse(
                indices(translation, spot)
            )
        ]
        worse += _excused(workspace, then, spot.file, found, grace)
        edited += _edited(workspace.project, then, spot.file)
    commit, went_on = then.base.hash, then.base.went_on
    return Gated(
        base,
        commit,
        went_on,
        tuple(worse),
        tuple(edited),
        tuple(then.unread),
        tuple(unpublished),
    )


def _edited(project: Project, then: Earlier, file: ArticleFile) -> Iterator[Path]:
    """Yield the pages of an article that somebody changed by hand since then."""
    with suppress(FlowError):  # of a record that cannot be read, status tells
        for path in edited_pages(project, file.slug):
            if not then.stands(path):
                yield path


def _published(
    workspace: Workspace,
    then: Earlier,
    file: ArticleFile,
    language: str | None,
    unpublished: list[str],
) -> Iterator[tuple[Translation, Was]]:
    """Yield each translation of an article that readers have or had, beside what it
    was, if anything of it changed.

    :param unpublished: gets the slug if they have and had it in no language.
    """
    project = workspace.project
    if file.name in then.base.files and _unchanged(project, then, file):
        return
    released = _released(project, file)
    if not released and not then.may_be_released(file):
        unpublished.append(file.slug)
        return
    known = then.article(file)
    released |= then.released(known)
    if not released:
        unpublished.append(file.slug)
        return
    for translation in translations(workspace, file, language):
        was = then.translation(translation, known)
        if released & {translation.language, was.language}:
            yield translation, was


def _released(project: Project, file: ArticleFile) -> set[str]:
    """Return the languages in which readers have an article; all if nobody can tell."""
    try:
        return read_record(project.release(file.slug)).live
    except FlowError:
        return set(project.languages)


def _unchanged(project: Project, then: Earlier, file: ArticleFile) -> bool:
    """Tell whether an article and its catalogs are, byte for byte, what they were."""
    if not then.settings_stand:
        return False
    paths = [project.catalog(file.slug, name) for name in project.languages]
    return all(then.stands(path) for path in (file.path, *paths))


def _excused(
    workspace: Workspace,
    then: Earlier,
    file: ArticleFile,
    found: Sequence[Worse],
    grace: int,
) -> Sequence[Worse]:
    """Return what got worse in an article, excused if its text changed lately. A text
    that nobody took is not: nothing would tell readers of it."""
    if not (found and grace) or then.stands(file.path):
        return found
    names = dict.fromkeys((file.name, then.article(file) or file.name))
    changed = then.base.changed_on(names)
    days = _days(changed, workspace.today) if changed else 0
    return [replace(w, excused=days < grace and w.reason != "pair") for w in found]


def _days(then: str, now: str) -> int:
    return (date.fromisoformat(now) - date.fromisoformat(then)).days


# --- one translation --------------------------------------------------------


class _Comparison:
    """A translation beside what it was."""

    def __init__(
        self,
        workspace: Workspace,
        then: Earlier,
        translation: Translation,
        was: Was,
    ) -> None:
        project, article = workspace.project, translation.article
        self._translation, self._was = translation, was
        self._terms = workspace.glossary
        self._errors = errors_in(translation, self._terms)
        self._file = then.base.prefix + translation.file.name
        _, targets = project.languages_of(article.meta, article.name)
        self._lang = f" --lang {translation.language}" if len(targets) > 1 else ""
        signed = FINISHED - {State.TRANSLATED}
        self._levels = (FINISHED, *([signed] if project.require == "reviewed" else []))
        stored = translation.stored
        units = (*stored.units, *stored.obsolete) if stored else ()
        self._taken = {u.id: u.mark.ok for u in units if u.mark and u.mark.ok}
        self._settled = {
            change.id
            for change in translation.result.changes
            if change.kind != "added" and change.action in ("kept", "carried")
        }

    def worse(self, wanted: Sequence[int]) -> Iterator[Worse]:
        """Yield what got worse of some segments, in their order."""
        pairs = self._translation.pairs
        for i in wanted:
            yield from self._worse(pairs[i])

    def _worse(self, pair: Pair) -> Iterator[Worse]:
        before = self._ancestors(pair.unit)
        if (fallen := self._fallen(pair, before)) is not None:
            yield fallen
        elif pair.finished:
            if self._is_silent(pair, before):
                message = "its source changed, and nobody took the translation for it"
                yield self._one(pair, before, "pair", message)
            yield from self._wrong(pair, before)
        known = {q for b in before for q in questions(b.unit)}
        for question in questions(pair.unit):
            if question not in known:
                message = f"open question from {question.by}: {question.text}"
                yield self._one(pair, before, "question", message)

    def _ancestors(self, unit: Unit) -> list[Before]:
        """Return what a unit was: itself, else those that it was split or merged
        from."""
        names = [unit.id]
        if unit.id not in self._was.units and unit.mark:
            names = unit.mark.split_from.split(",")
        return [self._was.units[name] for name in names if name in self._was.units]

    def _fallen(self, pair: Pair, before: Sequence[Before]) -> Worse | None:
        """Tell whether a release may print a segment no longer, or its article."""
        for good in self._levels:
            if before:
                was_good = all(b.state in good for b in before)
            else:
                was_good = self._was.complete(good)
            if was_good and pair.state not in good:
                reason: Reason = "state" if before else "new"
                if pair.state in FINISHED:
                    reason = "signature" if before else "new"
                return self._one(pair, before, reason)
        return None

    def _is_silent(self, pair: Pair, before: Sequence[Before]) -> bool:
        """Tell whether a target counts as right for a source that it did not stand
        beside, though no person and no rule of sync took it for that."""
        unit = pair.unit
        if not unit.target or unit.id in self._settled:
            return False
        now = fingerprints(unit)
        if self._taken.get(unit.id) == now:
            return False
        same = [old for old in self._was.by_target.get(unit.target, ())]
        if not before:
            return bool(same) and now not in map(fingerprints, same)
        return unit.target == before[0].unit.target and now not in map(
            fingerprints, same
        )

    def _wrong(self, pair: Pair, before: Sequence[Before]) -> Iterator[Worse]:
        """Yield errors that were not there."""
        known = sum((b.errors for b in before), Counter[str]())
        for message in (self._errors(pair.segment.n) - known).elements():
            yield self._one(pair, before, "finding", message)

    def _one(
        self, pair: Pair, before: Sequence[Before], reason: Reason, message: str = ""
    ) -> Worse:
        was = max((b.state for b in before), key=_RANKS.index, default=None)
        drift = (
            drift_of(self._translation, pair, self._terms)
            if reason in ("state", "new")
            else None
        )
        proposed = bool(drift and drift.proposal)
        slug, n = self._translation.file.slug, pair.segment.n
        place = (
            shown_place(self._translation, slug, n - 1) if proposed else f"{slug}:{n}"
        )
        verb, tail = _mends(reason, pair.state, proposed=proposed)
        return Worse(
            slug=self._translation.file.slug,
            language=self._translation.language,
            id=pair.unit.id,
            n=pair.segment.n,
            file=self._file,
            line=pair.segment.line,
            reason=reason,
            before=was,
            now=pair.state,
            message=message,
            command=command(verb, place, tail=f"{tail}{self._lang}".strip()),
            drift_class=drift.drift_class if drift else None,
            severity=drift.severity if drift else None,
        )


_RANKS = (
    State.REVIEWED, State.OMITTED, State.TRANSLATED, State.DRIFTED, State.DRAFT,
    State.UNTRANSLATED,
)  # fmt: skip
"""The better ones first."""


def _mends(reason: Reason, state: State, *, proposed: bool) -> tuple[str, str]:
    """Return the command that mends a segment: what stands before its place, and
    after it."""
    if reason == "question":
        return "ask", "--answer TEXT"
    if state in FINISHED and reason in ("signature", "new"):
        return "sign", ""
    if state is State.UNTRANSLATED:
        return "draft", ""
    return ("accept", "--proposal") if proposed else ("edit", "")
