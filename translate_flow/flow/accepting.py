"""People take targets as right: one, or all of a kind that may be taken in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.acts import Acted, perform, take_along
from translate_flow.flow.drift import cover_of, drift_of
from translate_flow.flow.translations import Translation
from translate_flow.flow.units import checker
from translate_flow.flow.workspace import Workspace
from translate_flow.model import State, Unit
from translate_flow.project.places import Place

if TYPE_CHECKING:
    from translate_flow.edition import Pair


@dataclass(frozen=True, slots=True)
class Which:
    """Which units of a place are accepted, and how."""

    unread: bool = False
    """Several machine drafts at once may be taken as they are."""

    classes: frozenset[str] = frozenset()
    """Only drifted units all of whose edits are of these classes; none means all."""

    proposal: bool = False
    """Only drifted units with a proposal, which becomes their target."""

    cleared: bool = False
    """Only units whose flag was taken off in another editor, the target left as it
    was."""


GRAVE = frozenset({"risk", "rewrite", "unknown"})
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
            texts.update(_proposals(translation, wanted, named=bool(spot.picks)))
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

    acted = perform(workspace, spot, language, fit, act, take_along(workspace, by))
    if not which.proposal:
        return acted
    found = checker(acted.translation, workspace.terms)
    return replace(acted, findings=tuple(f for i in acted.done for f in found(i + 1)))


def _fitting(
    translation: Translation, wanted: Sequence[int], which: Which, *, named: bool
) -> Sequence[int]:
    """Return the indices of those units that are accepted."""
    pairs = translation.edition().pairs
    if not named:
        open_states = (State.DRAFT, State.DRIFTED)
        wanted = [i for i in wanted if pairs[i].state in open_states]
    if which.cleared:
        wanted = [i for i in wanted if states.cleared(pairs[i].unit)]
    if which.classes:
        wanted = [i for i in wanted if _is_of(translation, pairs[i], which.classes)]
    return wanted


def _proposals(
    translation: Translation, wanted: Sequence[int], *, named: bool
) -> Iterator[tuple[int, str]]:
    """Yield the proposals for units.

    :param named: whether each was asked for.
    :raises FlowError: if there is none for one that was.
    """
    pairs = translation.edition().pairs
    for i in wanted:
        drift = drift_of(translation, pairs[i])
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
    from translate_flow.drift import KEPT

    drift = drift_of(translation, pair)
    if drift is None:
        return False
    gravest: dict[tuple[str, str], str] = {}
    for one in drift.evidence:
        gravest.setdefault((one.old, one.new), one.drift_class)
    return set(gravest.values()) <= classes | KEPT


def _refuse_unread(translation: Translation, wanted: Sequence[int]) -> None:
    raw = [i for i in wanted if states.unread(translation.catalog.units[i])]
    if len(raw) < 2:
        return
    slug = translation.file.slug
    raise FlowError(
        f"{len(raw)} of these in {slug} are machine text that nobody has read",
        hint=f"read them: {command('show', slug)}; or take them as they are with "
        "--unread",
    )
