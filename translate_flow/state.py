"""What may be said of a unit: fingerprints, states, and the acts that change them.

This room is the only one that reads or writes the meaning of a mark. Every function is
pure: a unit goes in, a unit or a state comes out. The rule behind all of them: a state
is never better than the truth, and anything uncertain is the worse state.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import replace

from translate_flow.errors import FlowError
from translate_flow.model import Accepted, Mark, State, Unit

DIGITS = 8
"""Hexadecimal digits of a fingerprint (32 bits)."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

NEVER: Callable[[Unit], bool] = lambda unit: False  # noqa: E731 - a default argument


def collapse(text: str) -> str:
    """Return the NFC text with runs of white space as one space, none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str) -> str:
    """Return the short SHA-256 of a source text, blind to wrapping and white space."""
    return exact(collapse(text))


def exact(text: str) -> str:
    """Return the short SHA-256 of a target text, letter for letter."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def target_blocks(target: str) -> tuple[str, ...]:
    """Return the blocks of a target: blank lines part them."""
    return tuple(_BLANK_LINES.split(target.strip())) if target.strip() else ()


def is_added(block: str, mark: Mark) -> bool:
    """Whether a person said that a block of a target has no counterpart in the source.
    ``added`` names such blocks by their hashes, so that it never names another one."""
    return exact(block) in mark.added.split(",")


def pair(unit: Unit) -> Accepted:
    """Return the fingerprints of the source and target that stand there now."""
    return Accepted(fingerprint(unit.source), exact(unit.target))


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


# --- acts -------------------------------------------------------------------


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
        raise FlowError(f"unit {unit.id} holds a person's text; a draft would lose it")
    if mark.ok or mark.omitted or mark.joined:
        raise FlowError(f"unit {unit.id} was settled by a person; nothing to draft")
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
            f"unit {unit.id} has no translation to take", hint="use tflow set"
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
        joined="",
    )
    return replace(unit, target=text, fuzzy=False, previous=None, mark=stamped)


def unset(unit: Unit) -> Unit:
    """Return the unit without its target, because a person said so."""
    empty = replace(unit, target="", fuzzy=False, previous=None)
    return born(replace(empty, mark=_blank(unit)))


def left_out(unit: Unit, *, by: str, today: str) -> Unit:
    """Return the unit left out on purpose for today's source.

    :raises FlowError: if it holds a text that is not just a machine's.
    """
    empty = _without_draft(unit)
    mark = replace(_blank(empty), omitted=by, on=today, src=fingerprint(unit.source))
    return replace(empty, mark=mark)


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
        )
    if cover.id == unit.id or (cover.mark and cover.mark.joined):
        raise FlowError(f"unit {cover.id} is itself covered by another one")
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
        raise FlowError(message, hint=f"it has {count}, parted by blank lines")
    if numbers and len(set(numbers)) == len(blocks):
        message = f"unit {unit.id} would have no block left that translates it"
        hint = "put the added text into the translation of a neighbour"
        raise FlowError(message, hint=hint)
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
        )
    if unit.mark.ok != pair(unit):
        raise FlowError(f"unit {unit.id} was edited elsewhere", hint="run tflow sync")
    return replace(unit, mark=replace(unit.mark, signed=by))


# --- sync's two steps for one unit ------------------------------------------


def absorbed(
    unit: Unit, *, today: str, merge_made: Callable[[Unit], bool] = NEVER
) -> Unit:
    """Return the unit with what happened to it in other editors written into its mark.

    :param merge_made: whether only a git merge put this msgid, msgstr and missing flag
        together; asked for suspicious units alone.
    """
    mark = unit.mark
    if mark is None:
        return _unmarked(unit)
    if not unit.target:
        return unit
    if mark.omitted or mark.joined:
        mark = replace(mark, omitted="", joined="", ok=None, signed="")
        unit = replace(unit, mark=mark)
    if exact(unit.target) == mark.tgt:
        return _doubted(unit, mark)
    if unit.fuzzy:
        return _restamped(_doubted(unit, mark), today)
    if edited_elsewhere(unit) and not merge_made(unit):
        return taken(unit, None, by="", today=today)
    doubtful = replace(mark, ok=None, by="", signed="")
    return _restamped(replace(unit, fuzzy=True, mark=doubtful), today)


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
    """Return an emptied unit with its text put back, flagged unless it was accepted."""
    full = replace(unit, target=target)
    accepted = full.mark is not None and full.mark.ok == pair(full)
    return replace(full, fuzzy=not accepted)


def followed(
    unit: Unit, text: str, *, recover: Callable[[str], str | None] = lambda _: None
) -> Unit:
    """Return an absorbed unit with ``text`` as its source, flagged if that leaves its
    target behind, unflagged if it is again what was accepted.

    :param recover: finds a lost accepted source by its fingerprint.
    """
    old, mark = unit, unit.mark or Mark()
    unit = replace(unit, source=text)
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
