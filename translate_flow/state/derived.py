"""What can be said of a unit from its entry alone.

The rule behind all of it: a state is never better than the truth, and anything
uncertain is the worse state.
"""

from __future__ import annotations

from translate_flow.model import Accepted, Mark, State, Unit
from translate_flow.state.fingerprints import exact, fingerprint


def is_added(block: str, mark: Mark) -> bool:
    """Whether a person said that a block of a target has no counterpart in the source.
    ``added`` names such blocks by their hashes, so that it never names another one."""
    return exact(block) in mark.added.split(",")


def pair(unit: Unit) -> Accepted:
    """Return the fingerprints of the source and target that stand there now."""
    return Accepted(fingerprint(unit.source), exact(unit.target))


def accepted_source(unit: Unit) -> str | None:
    """Return the text that ``ok`` names, if the unit still has it."""
    mark = unit.mark or Mark()
    if unit.previous is None:
        return None
    known = mark.ok is None or fingerprint(unit.previous) == mark.ok.src
    return unit.previous if known else None


def state(unit: Unit) -> State:
    """Derive the state of a unit whose ``source`` is today's.

    ``with=`` needs the unit it names and is resolved by its caller.
    """
    mark = unit.mark or Mark()
    now = pair(unit)
    if not unit.target:
        left_out = mark.omitted and mark.src == now.src
        return State.OMITTED if left_out else State.UNTRANSLATED
    if not unit.fuzzy and mark.ok == now:
        return State.REVIEWED if mark.signed else State.TRANSLATED
    if not unit.fuzzy and edited_elsewhere(unit):
        return State.TRANSLATED
    if mark.ok and mark.ok.src != now.src:
        return State.DRIFTED
    return State.DRAFT


def edited_elsewhere(unit: Unit) -> bool:
    """Whether the target was typed in another editor for the msgid that stands there.

    True of entries without a mark, and of those whose ``src`` or ``for`` fits while
    the target is no longer what ``tgt`` says.
    """
    if not unit.target:
        return False
    if unit.mark is None:
        return True
    now = pair(unit)
    known = now.src in (unit.mark.src, unit.mark.flagged_for)
    return known and unit.mark.tgt != now.tgt


def typed_elsewhere(unit: Unit) -> bool:
    """Whether the target is another than the one the mark knows."""
    return bool(
        unit.target and unit.mark is not None and unit.mark.tgt != exact(unit.target)
    )


def outdated(unit: Unit) -> bool:
    """Whether a draft was made for another source than the one that stands there."""
    mark = unit.mark
    return bool(unit.target and mark and mark.src != fingerprint(unit.source))


def emptied(unit: Unit) -> bool:
    """Whether another tool took a text away that the mark still knows."""
    mark = unit.mark
    return bool(
        not unit.target and mark and mark.tgt and not mark.omitted and not mark.joined
    )


def cleared(unit: Unit) -> bool:
    """Whether the fuzzy flag was taken off elsewhere while the target stayed."""
    return (
        bool(unit.target)
        and not unit.fuzzy
        and state(unit) in (State.DRAFT, State.DRIFTED)
    )


def unread(unit: Unit) -> bool:
    """Whether the target is, letter for letter, what a machine or the memory wrote and
    nobody has taken."""
    mark = unit.mark
    return bool(unit.target and mark and mark.draft == exact(unit.target)) and (
        state(unit) is State.DRAFT
    )
