"""What people do to a unit: a unit goes in, a unit comes out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from translate_flow.errors import FlowError
from translate_flow.model import Accepted, Mark, State, Unit
from translate_flow.state.derived import pair, state
from translate_flow.state.fingerprints import exact, fingerprint, target_blocks


def born(unit: Unit) -> Unit:
    """Mark a unit that has no target yet."""
    mark = unit.mark or Mark()
    return replace(unit, mark=replace(mark, src=fingerprint(unit.source), tgt=""))


def drafted(
    unit: Unit, target: str, *, origin: str, today: str, conf: str = ""
) -> Unit:
    """Return the unit with a machine's target, which no person has taken.

    :param origin: name of the engine, or ``memory``, ``adopted``.
    :param today: ISO date.
    :raises FlowError: if the unit holds a text that a person wrote or took.
    """
    mark = unit.mark or Mark()
    if unit.target and exact(unit.target) != mark.draft:
        message = f"unit {unit.id} holds a person's text; a draft would lose it"
        raise FlowError(message, unit=unit.id)
    if mark.ok or mark.omitted or mark.joined:
        message = f"unit {unit.id} was settled by a person; nothing to draft"
        raise FlowError(message, unit=unit.id)
    now = pair(replace(unit, target=target))
    stamped = replace(
        mark,
        origin=origin,
        draft=now.tgt,
        on=today,
        src=now.src,
        tgt=now.tgt,
        flagged_for="",
        conf=conf,
        signed="",
    )
    return replace(unit, target=target, fuzzy=True, previous=None, mark=stamped)


def taken(unit: Unit, target: str | None, *, by: str, today: str) -> Unit:
    """Return the unit with a target that a person takes as right for its source.

    :param target: the text set, or None to accept the one that stands there.
    :param by: who takes it; empty if it was another editor's user.
    :raises FlowError: if there is no text to take.
    """
    text = unit.target if target is None else target
    if not text.strip():
        raise FlowError(
            f"unit {unit.id} has no translation to take",
            hint="use tflow set",
            unit=unit.id,
        )
    mark = unit.mark or Mark()
    now = pair(replace(unit, target=text))
    same = mark.ok == now
    stamped = replace(
        mark,
        origin=mark.origin or "human",
        on=mark.on if now.tgt == mark.tgt and mark.on else today,
        src=now.src,
        tgt=now.tgt,
        flagged_for="",
        ok=now,
        by=mark.by if same and mark.by else by,
        signed=mark.signed if same else "",
        omitted="",
        both="",
        joined="",
    )
    return replace(unit, target=text, fuzzy=False, previous=None, mark=stamped)


def disowned(unit: Unit) -> Unit:
    """Return a unit with a machine's draft of which a person is about to keep nothing
    much: where the target came from is a person then, and ``draft`` still tells that
    there was one."""
    return replace(unit, mark=replace(unit.mark or Mark(), origin="human"))


def retaken(unit: Unit, target: str, *, today: str) -> Unit:
    """Return an accepted unit with its target mended, no meaning changed: who took it
    and who signed it did so of the mended one, too.

    :param today: ISO date.
    :raises FlowError: if the target that stands there is not the accepted one.
    """
    mark = unit.mark
    if mark is None or unit.fuzzy or mark.ok != pair(unit):
        raise FlowError(
            f"unit {unit.id} is {state(unit)}; only an accepted target can be mended",
            hint="use tflow set",
            unit=unit.id,
        )
    now = pair(replace(unit, target=target))
    on = mark.on if now.tgt == mark.tgt else today
    stamped = replace(mark, on=on, src=now.src, tgt=now.tgt, ok=now)
    return replace(unit, target=target, previous=None, mark=stamped)


def minor(unit: Unit, cover: Unit | None = None) -> Unit:
    """Return a drifted unit accepted for today's source as it was for the old one,
    signature and all, because the author says that the edit changed no meaning.

    :param cover: the unit whose target covers this one, if there is one.
    :raises FlowError: if the source has not moved, or the target is not the one that
        was accepted.
    """
    mark = unit.mark or Mark()
    src = fingerprint(unit.source)
    if mark.ok is None:
        message = f"unit {unit.id} was never accepted"
        raise FlowError(message, hint="read it, then tflow accept", unit=unit.id)
    if mark.ok.src == src:
        message = f"the source of unit {unit.id} is the one that it was accepted for"
        raise FlowError(message, hint="see tflow drift", unit=unit.id)
    if exact((cover or unit).target) != mark.ok.tgt:
        raise FlowError(
            f"unit {unit.id} has another translation than the one that was accepted",
            hint="read it, then tflow accept",
            unit=unit.id,
        )
    if unit.fuzzy and mark.flagged_for != src:
        raise FlowError(
            f"unit {unit.id} was flagged by a person",
            hint="read it, then tflow accept",
            unit=unit.id,
        )
    return kept(unit)


def kept(unit: Unit) -> Unit:
    """Return a unit whose source was edited without touching what a person took: what
    was accepted is accepted for the new source, signature and all."""
    mark = unit.mark or Mark()
    src = fingerprint(unit.source)
    if mark.ok is None:
        return replace(unit, mark=replace(mark, src=src))
    ok = replace(mark.ok, src=src)
    settled = replace(mark, ok=ok, src=src, flagged_for="")
    return replace(unit, fuzzy=False, previous=None, mark=settled)


def unset(unit: Unit) -> Unit:
    """Return the unit without its target, because a person said so."""
    empty = replace(unit, target="", fuzzy=False, previous=None)
    return born(replace(empty, mark=_blank(unit)))


def left_out(unit: Unit, *, by: str, today: str, both: bool = False) -> Unit:
    """Return the unit left out on purpose for today's source.

    :param both: whether editions of the source leave it out, too.
    :raises FlowError: if it holds a text that is not just a machine's.
    """
    empty = _without_draft(unit)
    mark = replace(_blank(empty), omitted=by, on=today, src=fingerprint(unit.source))
    return replace(empty, mark=replace(mark, both=by if both else ""))


def joined_to(unit: Unit, cover: Unit, *, by: str, today: str) -> Unit:
    """Return the unit whose text stands in the target of another one, as a person says.

    :param cover: the unit with that target.
    :raises FlowError: if the unit holds a text that is not just a machine's, or the
        other one has none.
    """
    if not cover.target:
        raise FlowError(
            f"unit {cover.id} has no translation that could cover another one",
            hint="set it first with tflow set",
            unit=cover.id,
        )
    if cover.id == unit.id or (cover.mark and cover.mark.joined):
        message = f"unit {cover.id} is itself covered by another one"
        raise FlowError(message, unit=cover.id)
    empty = _without_draft(unit)
    now = Accepted(fingerprint(unit.source), exact(cover.target))
    mark = _blank(empty)
    signed_before = (unit.mark or mark).signed if (unit.mark or mark).ok == now else ""
    stamped = replace(
        mark,
        joined=cover.id,
        on=today,
        src=now.src,
        ok=now,
        by=by,
        signed=signed_before,
    )
    return replace(empty, mark=stamped)


def put(unit: Unit, at: str) -> Unit:
    """Return the unit with its place in the target's own order.

    :param at: id of the unit after which it comes, ``^`` for the beginning, empty for
        where the source has it.
    """
    mark = unit.mark or Mark()
    return replace(unit, mark=replace(mark, at=at))


def with_added(unit: Unit, numbers: Collection[int]) -> Unit:
    """Return the unit with some blocks of its target named as added to the source.

    :param numbers: 1-based; none takes back what was said.
    :raises FlowError: if the target has no such block, or would have no other.
    """
    blocks = target_blocks(unit.target)
    wrong = [n for n in numbers if not 1 <= n <= len(blocks)]
    if wrong:
        count = f"{len(blocks)} block" + "s" * (len(blocks) != 1)
        message = f"the translation of unit {unit.id} has no block {wrong[0]}"
        hint = f"it has {count}, parted by blank lines"
        raise FlowError(message, hint=hint, unit=unit.id)
    if numbers and len(set(numbers)) == len(blocks):
        message = f"unit {unit.id} would have no block left that translates it"
        hint = "put the added text into the translation of a neighbour"
        raise FlowError(message, hint=hint, unit=unit.id)
    added = ",".join(exact(blocks[n - 1]) for n in sorted(set(numbers)))
    return replace(unit, mark=replace(unit.mark or Mark(), added=added))


def still_covered(unit: Unit, cover_id: str) -> bool:
    """Whether a unit was joined to another one for the source that it still has."""
    mark = unit.mark
    return bool(
        not unit.target
        and mark
        and mark.joined == cover_id
        and mark.ok
        and mark.ok.src == fingerprint(unit.source)
    )


def signed_with(unit: Unit, cover: Unit, *, by: str) -> Unit:
    """Return a unit signed by the act that signed the one which covers it, if what was
    accepted is what stands there."""
    mark = unit.mark or Mark()
    now = Accepted(fingerprint(unit.source), exact(cover.target))
    return replace(unit, mark=replace(mark, signed=by)) if mark.ok == now else unit


def _without_draft(unit: Unit) -> Unit:
    mark = unit.mark or Mark()
    if unit.target and (mark.ok or exact(unit.target) != mark.draft):
        raise FlowError(
            f"unit {unit.id} holds a person's text",
            hint='take it away first with tflow set PLACE ""',
            unit=unit.id,
        )
    return replace(unit, target="", fuzzy=False, previous=None)


def _blank(unit: Unit) -> Mark:
    return Mark(extra=(unit.mark or Mark()).extra)


def signed(unit: Unit, *, by: str) -> Unit:
    """Return the unit signed by a reviewer.

    :raises FlowError: if nobody has taken its target for today's source.
    """
    if state(unit) not in (State.TRANSLATED, State.REVIEWED) or unit.mark is None:
        raise FlowError(
            f"unit {unit.id} is {state(unit)}; only accepted targets can be signed",
            hint="accept it first with tflow accept",
            unit=unit.id,
        )
    if unit.mark.ok != pair(unit):
        message = f"unit {unit.id} was edited elsewhere"
        raise FlowError(message, hint="run tflow sync", unit=unit.id)
    return replace(unit, mark=replace(unit.mark, signed=by))
