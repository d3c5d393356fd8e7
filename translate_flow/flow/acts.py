"""What changes catalogs: sync, and the acts of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.catalog import first_format, renewed
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.changing import Acted, Along, named, perform
from translate_flow.flow.drift import cover_of, drift_of
from translate_flow.flow.translations import (
    Emptied,
    Translation,
    content,
    is_same,
    synced_and_saved,
    translations,
)
from translate_flow.flow.units import checker, findings
from translate_flow.flow.workspace import Workspace
from translate_flow.journal import Undone
from translate_flow.journal import undo as take_back
from translate_flow.model import FINISHED, Catalog, Change, Mark, State, Unit
from translate_flow.project.places import Place
from translate_flow.sync.settling import is_mended, is_rewritten

if TYPE_CHECKING:
    from translate_flow.drift import Edit
    from translate_flow.edition import Pair

# --- sync -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did to one catalog, or would do."""

    slug: str
    language: str
    changes: tuple[Change, ...]
    absorbed: int
    """How many targets were typed in another editor."""

    written: Path | None
    """The catalog, if it is written; None if it already holds just that."""

    moved_from: Path | None = None
    """Where the catalog was, if its article has another name now."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    """Number of each unit's segment, by id."""

    cleared: tuple[str, ...] = ()
    """Ids of the units whose flag was taken off elsewhere while the target stayed."""

    first_format: int = 0
    """How many entries keep the short fingerprints of format 1."""


def sync(
    workspace: Workspace,
    places: Sequence[Place],
    *,
    language: str | None = None,
    check: bool = False,
    rewrite: bool = False,
    broken: list[FlowError] | None = None,
) -> tuple[Synced, ...]:
    """Bring catalogs up to their articles.

    :param check: write nothing; report what would be written.
    :param rewrite: give entries that nobody touched the fingerprints of today's format,
        too.
    :param broken: takes what cannot be read, and which catalogs are not written because
        another tool emptied translations that could not be put back; the others are.
        None raises the first of these, the latter after all the others.
    """
    done: list[Synced] = []
    lost: list[FlowError] = []
    for spot in places:
        known = None if rewrite else workspace.index.answer("sync", spot.file, language)
        if known is not None:
            done += [Synced(spot.file.slug, tag, (), 0, None) for tag in known]
            continue
        seen = workspace.index.seen(spot.file, language)
        failed = len(lost) + len(broken or ())
        found = _synced(workspace, spot, language, broken, lost, check, rewrite)
        done += [one for one, _ in found]
        whole = found and failed == len(lost) + len(broken or ())
        if whole and all(still for _, still in found):
            tags = [one.language for one, _ in found]
            workspace.index.note("sync", spot.file, language, tags, seen)
    workspace.index.save()
    if broken is not None:
        broken += lost
    elif lost:
        raise lost[0]
    return tuple(done)


def _synced(
    workspace: Workspace,
    spot: Place,
    language: str | None,
    broken: list[FlowError] | None,
    lost: list[FlowError],
    check: bool,
    rewrite: bool,
) -> list[tuple[Synced, bool]]:
    """Return what a sync did to the catalogs of an article, and of which of them it
    would always do nothing."""

    def result(catalog: Catalog) -> Catalog:
        return renewed(catalog) if rewrite else catalog

    found: Iterable[Translation]
    if check:
        found = translations(workspace, spot.file, language, broken)
    else:
        try:
            found = synced_and_saved(workspace, spot.file, language, broken, result)
        except Emptied as error:
            lost.append(error)
            return []
    reports = [(one, _report(one, result(one.catalog))) for one in found]
    return [(told, one.alone and _is_quiet(told)) for one, told in reports]


def _is_quiet(told: Synced) -> bool:
    """Whether there is nothing to be said of a catalog."""
    noted = told.changes or told.cleared or told.absorbed or told.first_format
    return not (noted or told.written or told.moved_from)


def _report(translation: Translation, catalog: Catalog) -> Synced:
    changed = not is_same(content(translation, catalog), translation.saved)
    return Synced(
        translation.file.slug,
        translation.language,
        translation.result.changes,
        len(translation.result.absorbed),
        translation.path if changed else None,
        translation.orphan.path if translation.orphan else None,
        {name: i + 1 for name, i in translation.where.items()},
        tuple(unit.id for unit in catalog.units if states.cleared(unit)),
        len(first_format(catalog)),
    )


# --- taking back ------------------------------------------------------------


def undo(workspace: Workspace) -> Undone:
    """Take the last command that wrote back.

    :raises FlowError: if there is none, or a file was changed since.
    """
    with workspace.locked():
        return take_back(workspace.project.root, workspace.machine)


# --- targets that people set ------------------------------------------------


def set_target(
    workspace: Workspace,
    spot: Place,
    text: str,
    *,
    by: str,
    language: str | None = None,
) -> Acted:
    """Set the target of one unit, as a person who thereby accepts it. A signed target
    of which only the spelling was mended stays signed.

    :param text: blocks separated by blank lines; empty leaves the unit untranslated.
    :raises FlowError: if the place is not one unit, or the text changes its blocks.
    """
    workspace.refuse_machine("set a translation that counts as accepted")
    text = as_stored(text)
    was: list[Unit] = []

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        if not text.strip():
            return states.unset(unit)
        translation.article.validate(translation.article.segments[i], text)
        was.append(unit)
        own = translation.language
        return taken(unit, text, by=by, today=workspace.today, language=own)

    def along(unit: Unit, cover: Unit) -> Unit:
        if not cover.target:
            return unit
        return covered(unit, was[0], cover, by=by, today=workspace.today)

    acted = perform(workspace, spot, language, only_one, act, along, settles=True)
    return replace(
        acted, findings=findings(workspace, acted.translation, acted.done[0] + 1)
    )


def only_one(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
    """Return the one index of a place that must be one segment."""
    if len(wanted) != 1:
        slug = translation.file.slug
        message = f"{slug} has {len(wanted)} segments there; set takes one"
        raise FlowError(message, hint="name it: " + command("set", f"{slug}:1", "TEXT"))
    return wanted


def as_stored(text: str) -> str:
    """Return a target with the line ends of catalogs, and none at its ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def taken(unit: Unit, text: str, *, by: str, today: str, language: str) -> Unit:
    """Return a unit with a target that a person sets; a signature stays if the text is
    the signed one, mended.

    :param today: ISO date.
    :param language: of the target.
    """
    signed = states.state(unit) is State.REVIEWED
    if signed and is_mended(unit.target, text, language):
        return states.retaken(unit, text, today=today)
    if _is_machines(unit) and is_rewritten(unit.target, text, language):
        unit = states.disowned(unit)
    return states.taken(unit, text, by=by, today=today)


def _is_machines(unit: Unit) -> bool:
    """Whether a target is a machine's, letter for letter."""
    from translate_flow.edition import PEOPLE

    mark = unit.mark or Mark()
    own = bool(mark.draft) and mark.draft == states.exact(unit.target)
    return own and mark.origin not in PEOPLE


def covered(unit: Unit, before: Unit, after: Unit, *, by: str, today: str) -> Unit:
    """Return a unit taken with the target that covers it; it stays signed if that did.

    :param before: the covering unit as it was.
    :param after: the covering unit as it is now.
    """
    joined = states.joined_to(unit, after, by=by, today=today)
    old, mark = unit.mark or Mark(), after.mark or Mark()
    was_signed = old.signed and old.ok and old.ok.tgt == states.exact(before.target)
    if was_signed and mark.signed:
        return states.signed_with(joined, after, by=old.signed)
    return joined


def take_along(workspace: Workspace, by: str) -> Along:
    """Return what lets a unit be taken with the target that covers it."""

    def along(unit: Unit, cover: Unit) -> Unit:
        if not cover.target:
            return unit
        return states.joined_to(unit, cover, by=by, today=workspace.today)

    return along


# --- targets that people accept ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Which:
    """Which units of a place are accepted, and how."""

    unread: bool = False
    """Several machine drafts at once may be taken as they are."""

    classes: frozenset[str] = frozenset()
    """Only drifted units all of whose edits are of these classes; none means all."""

    proposal: bool = False
    """Only drifted units with a proposal, which becomes their target."""

    like: frozenset[Edit] = frozenset()
    """Only drifted units with just these edits; none means all."""

    cleared: bool = False
    """Only units whose flag was taken off in another editor, the target left as it
    was."""


GRAVE = frozenset({"risk", "added", "dropped", "rewrite", "unknown"})
"""Classes of drift that nobody takes in bulk."""


def accept(
    workspace: Workspace,
    spot: Place,
    *,
    by: str,
    language: str | None = None,
    which: Which = Which(),
) -> Acted:
    """Take targets as right for today's source. Of a whole article, that is its drafts
    and drifted units.

    :raises FlowError: if a unit has no target, several unread drafts or grave classes
        are taken in bulk, or a unit that was named has no proposal.
    """
    workspace.refuse_machine("accept translations")
    if not spot.picks and (grave := sorted(which.classes & GRAVE)):
        message = f"{' and '.join(grave)} cannot be accepted in bulk"
        slug = spot.file.slug
        read, take = command("drift", slug), command("accept", f"{slug}:7")
        hint = f"read each: {read}; then name them: {take}"
        raise FlowError(message, hint=hint)

    texts: dict[int, str] = {}

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        wanted = _fitting(translation, wanted, which, named=bool(spot.picks))
        if which.proposal:
            proposals = _proposals(
                workspace, translation, wanted, named=bool(spot.picks)
            )
            texts.update(proposals)
            wanted = tuple(texts)
        if not which.unread:
            _refuse_unread(translation, wanted)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        cover = cover_of(translation, unit)
        if cover is not None:
            return states.joined_to(unit, cover, by=by, today=workspace.today)
        text = texts.get(i)
        if text is not None:
            translation.article.validate(translation.article.segments[i], text)
        return states.taken(unit, text, by=by, today=workspace.today)

    # a proposal that was named is what drift and gate show of the source as it is now
    now = which.proposal and bool(spot.picks)
    along = take_along(workspace, by)
    acted = perform(workspace, spot, language, fit, act, along, now=now)
    found = checker(acted.translation, workspace.terms)
    return replace(acted, findings=tuple(f for i in acted.done for f in found(i + 1)))


def _fitting(
    translation: Translation, wanted: Sequence[int], which: Which, *, named: bool
) -> Sequence[int]:
    """Return the indices of those units that are accepted."""
    pairs = translation.pairs
    if not named:
        open_states = (State.DRAFT, State.DRIFTED)
        wanted = [i for i in wanted if pairs[i].state in open_states]
    if which.cleared:
        wanted = [i for i in wanted if states.cleared(pairs[i].unit)]
    if which.like:
        wanted = [i for i in wanted if _is_like(translation, pairs[i], which.like)]
    if which.classes:
        wanted = [i for i in wanted if _is_of(translation, pairs[i], which.classes)]
    return wanted


def _proposals(
    workspace: Workspace,
    translation: Translation,
    wanted: Sequence[int],
    *,
    named: bool,
) -> Iterator[tuple[int, str]]:
    """Yield the proposals for units.

    :param named: whether each was asked for.
    :raises FlowError: if there is none for one that was.
    """
    pairs = translation.pairs
    for i in wanted:
        drift = drift_of(translation, pairs[i], workspace.terms)
        text = drift.proposal if drift and pairs[i].unit.target else None
        if text is not None:
            yield i, text
        elif named:
            place = f"{translation.file.slug}:{i + 1}"
            hint = f"write it: {command('edit', place)}"
            raise FlowError(f"there is no proposal for {place}", hint=hint)


def _is_of(translation: Translation, pair: Pair, classes: frozenset[str]) -> bool:
    """Whether a unit has drifted by edits of some classes alone; those that leave every
    translation right do not count."""
    from translate_flow.drift import is_kept

    drift = drift_of(translation, pair)
    if drift is None:
        return False
    gravest: dict[tuple[str, str], str] = {}
    for one in drift.evidence:
        if not is_kept((one,)):
            gravest.setdefault((one.old, one.new), one.drift_class)
    return set(gravest.values()) <= classes


def _is_like(translation: Translation, pair: Pair, like: frozenset[Edit]) -> bool:
    """Whether a unit has drifted by just some edits."""
    from translate_flow.drift import edits

    drift = drift_of(translation, pair)
    own = pair.unit.target and drift is not None and drift.severity != "high"
    return bool(own and drift and edits(drift.evidence) == like)


def _refuse_unread(translation: Translation, wanted: Sequence[int]) -> None:
    raw = [i for i in wanted if states.unread(translation.catalog.units[i])]
    if len(raw) < 2:
        return
    slug = translation.file.slug
    marks = [translation.catalog.units[i].mark or Mark() for i in raw]
    recalled = {mark.origin for mark in marks} & {"memory", "human"}
    what = "drafts" if recalled else "machine text"
    raise FlowError(
        f"{len(raw)} of these in {slug} are {what} that nobody has read",
        hint=f"read them: {command('show', slug)}; or take them as they are with "
        "--unread",
    )


def minor(workspace: Workspace, spot: Place, *, language: str | None = None) -> Acted:
    """Take the author's word that the edits of some segments changed no meaning: their
    translations are accepted for today's source as they were for the old one.

    :raises FlowError: if a unit has not drifted, or has another target than the one
        that was accepted.
    """
    workspace.refuse_machine("say that an edit changed no meaning")

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        for i in named(spot)(translation, wanted):
            if (found := translation.pairs[i].state) is not State.DRIFTED:
                message = f"{translation.file.slug}:{i + 1} is {found}"
                hint = "only what has drifted can be minor; see tflow drift"
                raise FlowError(message, hint=hint)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        return states.minor(unit, cover_of(translation, unit))

    return perform(workspace, spot, language, fit, act)


# --- signatures -------------------------------------------------------------


def sign(
    workspace: Workspace, spot: Place, *, by: str, language: str | None = None
) -> Acted:
    """Sign accepted targets as their reviewer. Of a whole article, those that are
    accepted.

    :raises FlowError: if a unit that was named is not accepted, or the project wants
        somebody else to sign than the person who took it.
    """
    workspace.refuse_machine("sign translations")
    strict = workspace.project.reviewer == "other"

    def fit(translation: Translation, wanted: Sequence[int]) -> Sequence[int]:
        if not spot.picks:
            wanted = [
                i for i in wanted if translation.pairs[i].state is State.TRANSLATED
            ]
        if strict:
            _refuse_own(translation, wanted, by)
        return wanted

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        cover = cover_of(translation, unit)
        if cover is not None and states.state(cover) in FINISHED:
            return states.signed_with(unit, cover, by=by)
        return states.signed(unit, by=by)

    def along(unit: Unit, cover: Unit) -> Unit:
        if strict and not may_sign(unit, by):
            return unit
        return states.signed_with(unit, cover, by=by)

    return perform(workspace, spot, language, fit, act, along)


def may_sign(unit: Unit, by: str) -> bool:
    """Whether a person is known not to be the one who took a unit."""
    taker = (unit.mark or Mark()).by
    return bool(taker) and _name(taker) != _name(by)


def _name(person: str) -> str:
    return " ".join(person.split()).casefold()


def own_signature(unit: Unit) -> str:
    """Return what is wrong with a signature where nobody may sign what they took
    themselves; empty if nothing is."""
    mark = unit.mark or Mark()
    if may_sign(unit, mark.signed):
        return ""
    if not mark.by:
        return f"signed by {mark.signed}, but nobody knows who took it"
    return f"signed by {mark.signed}, who took it"


def _refuse_own(translation: Translation, wanted: Sequence[int], by: str) -> None:
    """:raises FlowError: if one of some units may not be signed by this person."""
    slug, units = translation.file.slug, translation.catalog.units
    taken = [i for i in wanted if translation.pairs[i].state in FINISHED]
    own = [i for i in taken if not may_sign(units[i], by)]
    if not own:
        return
    n, mark = own[0] + 1, units[own[0]].mark or Mark()
    message = f"you took {slug}:{n}" if mark.by else f"nobody knows who took {slug}:{n}"
    if own[1:]:
        message += f" and {len(own) - 1} more of these"
    hint = 'somebody else must sign: the project says reviewer = "other"'
    if not mark.by:
        said = command("accept", f"{slug}:{n}", tail="--by NAME")
        hint = f"{said} says who did; another one may sign"
    others = ",".join(str(i + 1) for i in taken if i not in own)
    if others:
        hint += f"; {command('sign', f'{slug}:{others}')} signs the others"
    raise FlowError(message, hint=hint)
