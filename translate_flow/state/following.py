"""What sync does to a unit: first what happened in other editors is written into its
mark, then its source is followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from translate_flow.actors import MachineWriter
from translate_flow.model import Accepted, Mark, Unit
from translate_flow.state.acts import born, taken
from translate_flow.state.derived import edited_elsewhere, pair
from translate_flow.state.fingerprints import (
    SHORT,
    exact,
    fingerprint,
    lengthened,
    names,
)

NEVER: Callable[[Unit], bool] = lambda unit: False  # noqa: E731 - a default argument

Wrote = Callable[[Unit], MachineWriter | None]
"""Tells which machine typed the target of a unit in another editor; None if a person
may have."""

NOBODY: Wrote = lambda unit: None  # noqa: E731 - a default argument


def absorbed(
    unit: Unit,
    *,
    today: str,
    merge_made: Callable[[Unit], bool] = NEVER,
    wrote: Wrote = NOBODY,
) -> Unit:
    """Return the unit with what happened to it in other editors written into its mark.

    :param merge_made: whether only a git merge put this msgid, msgstr and missing flag
        together; asked for suspicious units alone.
    :param wrote: which machine typed a target, if one did.
    """
    mark = unit.mark
    if mark is None:
        writer = wrote(unit) if unit.target else None
        return attributed(unit, writer, today) if writer else _unmarked(unit)
    if not unit.target:
        return unit
    if mark.omitted or mark.joined:
        mark = replace(mark, omitted="", both="", joined="", ok=None, signed="")
        unit = replace(unit, mark=mark)
    if exact(unit.target) == mark.tgt:
        return _doubted(unit, mark)
    writer = wrote(unit) if mark.ok != pair(unit) else None
    if writer is not None:
        return attributed(unit, writer, today)
    if unit.fuzzy:
        return _restamped(_doubted(unit, mark), today)
    if edited_elsewhere(unit) and not merge_made(unit):
        return taken(unit, None, by="", today=today)
    doubtful = replace(mark, ok=None, by="", signed="")
    return _restamped(replace(unit, fuzzy=True, mark=doubtful), today)


def attributed(unit: Unit, writer: MachineWriter, today: str) -> Unit:
    """Return the unit with the target that a machine typed in another editor, as its
    draft. Where nothing says that it did, the text is as safe as a person's."""
    now, mark = pair(unit), unit.mark or Mark()
    stamped = replace(
        mark,
        origin=writer.name,
        draft=now.tgt if writer.known else "",
        on=today,
        src=now.src,
        tgt=now.tgt,
        flagged_for="",
        ok=None,
        by="",
        signed="",
        conf="",
    )
    return replace(unit, fuzzy=True, previous=None, mark=stamped)


def _unmarked(unit: Unit) -> Unit:
    """A mark was lost in a catalog of ours: nobody can say what was accepted."""
    if not unit.target:
        return born(unit)
    return _restamped(replace(unit, fuzzy=True, mark=Mark()))


def _doubted(unit: Unit, mark: Mark) -> Unit:
    """A fuzzy flag that sync did not set, on an accepted entry, is a person's doubt."""
    src = fingerprint(unit.source)
    accepted_for_this = mark.ok is not None and mark.ok.src == src
    if not (unit.fuzzy and accepted_for_this and mark.flagged_for != src):
        return unit
    doubted = replace(mark, ok=None, by="", signed="", flagged_for="", src=src)
    return replace(unit, mark=doubted, previous=None)


def _restamped(unit: Unit, today: str = "") -> Unit:
    """Stamp what stands there now.

    :param today: date of the change of the target; empty if nobody knows it.
    """
    now = pair(unit)
    mark = unit.mark or Mark()
    mark = replace(mark, src=now.src, tgt=now.tgt, on=today or mark.on)
    return replace(unit, mark=mark)


def refilled(unit: Unit, target: str) -> Unit:
    """Return an emptied unit with a text put back: what it was if that is the text that
    its mark knows, flagged unless it was accepted; any other text is a draft."""
    full = replace(unit, target=target)
    if unit.short is not None:
        full = replace(full, mark=lengthened(replace(full, mark=unit.short)))
    mark = full.mark or Mark()
    if mark.tgt == exact(target):
        return replace(full, fuzzy=mark.ok != pair(full))
    return returned(full)


def returned(unit: Unit) -> Unit:
    """Return a unit with a text that comes back from somewhere as a draft: nobody took
    it as it stands now."""
    doubtful = replace(
        unit.mark or Mark(), ok=None, by="", signed="", flagged_for="", omitted=""
    )
    doubtful = replace(doubtful, both="", joined="")
    return _restamped(replace(unit, fuzzy=True, previous=None, mark=doubtful))


def followed(
    unit: Unit, text: str, *, recover: Callable[[str], str | None] = lambda _: None
) -> Unit:
    """Return an absorbed unit with ``text`` as its source, flagged if that leaves its
    target behind, unflagged if it is again what was accepted.

    :param recover: finds a lost accepted source by its fingerprint.
    """
    old, mark = unit, _whole_ok(unit, recover)
    unit = replace(unit, source=text, mark=unit.mark and mark)
    if not unit.target:
        return unit if mark.omitted or mark.joined else born(unit)
    now = pair(unit)
    if mark.ok == now:
        return _restored(unit, mark, flag_is_ours=_flag_is_ours(old, mark))
    anchor = mark.ok.src if mark.ok else mark.src
    if anchor == now.src and not mark.ok:
        return _unflagged_for(unit, mark)
    if mark.flagged_for == now.src or anchor == fingerprint(old.source) == now.src:
        return replace(unit, previous=_accepted_text(old, anchor, now.src, recover))
    return replace(
        unit,
        fuzzy=True,
        previous=_accepted_text(old, anchor, now.src, recover),
        mark=replace(mark, flagged_for=now.src),
    )


def _whole_ok(unit: Unit, recover: Callable[[str], str | None]) -> Mark:
    """Return a unit's mark; an ``ok`` of format 1 whose source no entry has any more is
    made whole by the text that git has."""
    mark = unit.mark or Mark()
    ok = mark.ok
    if ok is None or len(ok.src) != SHORT or (found := recover(ok.src)) is None:
        return mark
    tgt = exact(unit.target)
    ok = Accepted(fingerprint(found), tgt if names(ok.tgt, tgt) else ok.tgt)
    return replace(mark, ok=ok)


def _flag_is_ours(unit: Unit, mark: Mark) -> bool:
    return bool(mark.flagged_for) and mark.flagged_for == fingerprint(unit.source)


def _restored(unit: Unit, mark: Mark, *, flag_is_ours: bool) -> Unit:
    """Source and target are again what ``ok`` names."""
    settled = replace(mark, flagged_for="", src=fingerprint(unit.source))
    if unit.fuzzy and not flag_is_ours:
        doubted = replace(settled, ok=None, by="", signed="")
        return replace(unit, previous=None, mark=doubted)
    return replace(unit, fuzzy=False, previous=None, mark=settled)


def _unflagged_for(unit: Unit, mark: Mark) -> Unit:
    """A draft whose source is again the one it was made for: still a draft."""
    return replace(unit, previous=None, mark=replace(mark, flagged_for=""))


def _accepted_text(
    unit: Unit, anchor: str, src: str, recover: Callable[[str], str | None]
) -> str | None:
    """Find the text that hashes to ``anchor``: in ``#|``, in the old msgid, in git."""
    if anchor == src:
        return None
    for text in (unit.previous, unit.source):
        if text is not None and fingerprint(text) == anchor:
            return text
    return recover(anchor)


# --- what an edit leaves right ----------------------------------------------


def carried(unit: Unit, target: str) -> Unit:
    """Return a unit whose source had a link, a code span or an attribute exchanged, and
    its target, which a person took, likewise. Nobody has signed that."""
    unit = replace(unit, target=target)
    now = pair(unit)
    mark = replace(
        unit.mark or Mark(), ok=now, src=now.src, tgt=now.tgt, flagged_for="", signed=""
    )
    return replace(unit, fuzzy=False, previous=None, mark=mark)


def may_settle(unit: Unit) -> bool:
    """Whether what drifted is, but for its source, what a person took: the target is
    that of ``ok``, and only sync has flagged it."""
    mark = unit.mark
    if mark is None or mark.ok is None or not unit.target:
        return False
    ours = not unit.fuzzy or mark.flagged_for == fingerprint(unit.source)
    return ours and mark.ok.tgt == exact(unit.target) == mark.tgt


def doubtful(unit: Unit) -> Unit:
    """Return a unit of which nobody knows whether it is this one or another one of the
    same text: whatever a person took or left out, now it is a draft at best."""
    mark = unit.mark
    if mark is None or not (mark.ok or mark.omitted or mark.joined):
        return unit
    now = fingerprint(unit.source)
    moved = now if unit.target and mark.src != now else ""
    mark = replace(
        mark, ok=None, by="", signed="", omitted="", joined="", flagged_for=moved
    )
    mark = replace(mark, both="")
    unit = replace(unit, mark=mark, previous=None, fuzzy=bool(unit.target))
    return unit if unit.target else born(unit)


def proposed(unit: Unit, target: str, parent: Unit) -> Unit:
    """Return a new unit with the part of another's target that may be its own.

    :param parent: the unit that it was split from.
    """
    filled = replace(unit, target=target, fuzzy=True)
    now = pair(filled)
    origin = (parent.mark or Mark()).origin or "human"
    mark = Mark(
        origin=origin, draft=now.tgt, src=now.src, tgt=now.tgt, split_from=parent.id
    )
    return replace(filled, mark=mark)


def merged(unit: Unit, parents: Sequence[Unit]) -> Unit:
    """Return a new unit with the targets of those that it was merged from.

    It has drifted from the first of them that a person took; if none was taken, it is
    a draft, or untranslated where machines had written.
    """
    told = [parent for parent in parents if parent.target]
    taken_ = [p for p in told if p.mark and p.mark.ok]
    people = [p for p in told if (p.mark or Mark()).draft != exact(p.target)]
    names = ",".join(parent.id for parent in parents)
    if not taken_ and not people:
        return replace(
            born(unit), mark=replace(born(unit).mark or Mark(), split_from=names)
        )
    filled = replace(unit, target=" ".join(p.target for p in told), fuzzy=True)
    now = pair(filled)
    mark = Mark(
        origin=(told[0].mark or Mark()).origin or "human",
        src=now.src,
        tgt=now.tgt,
        split_from=names,
    )
    if not taken_:
        return replace(filled, mark=mark)
    first = taken_[0]
    assert first.mark is not None
    mark = replace(mark, ok=first.mark.ok, by=first.mark.by, flagged_for=now.src)
    return replace(filled, previous=_known_source(first), mark=mark)


def _known_source(unit: Unit) -> str | None:
    """Return the text that a unit's target was taken for, if the unit has it."""
    mark = unit.mark
    for text in (unit.previous, unit.source):
        if text is not None and mark and mark.ok and fingerprint(text) == mark.ok.src:
            return text
    return None
