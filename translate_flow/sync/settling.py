"""What ends a sync: signatures of targets that were mended in another editor, and what
covered units were joined for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from translate_flow import state as states
from translate_flow.model import State, Unit
from translate_flow.sync.result import Recover, SyncResult


def is_mended(old: str, new: str, language: str) -> bool:
    """Whether a target only had its spelling, a particle or its signs mended.

    :param language: of both texts, BCP 47.
    """
    from translate_flow.drift import classify, is_kept

    same_blocks = len(states.target_blocks(old)) == len(states.target_blocks(new))
    return same_blocks and is_kept(classify(old, new, language))


def is_rewritten(old: str, new: str, language: str) -> bool:
    """Whether of a text nothing much is left in another.

    :param language: of both texts, BCP 47.
    """
    from translate_flow.drift import classify

    return any(e.drift_class == "rewrite" for e in classify(old, new, language))


def settled(
    before: Sequence[Unit],
    result: SyncResult,
    recover_target: Recover,
    recover_source: Recover,
) -> SyncResult:
    """Return a sync's result with what needs more than the catalog to be known: the
    signatures of targets that were mended in another editor, and the texts that
    covered units were joined for.

    :param before: the units as the catalog had them.
    :param recover_target: finds an earlier target by its hash.
    :param recover_source: finds an earlier source by its fingerprint.
    """
    was = {unit.id: unit for unit in before}
    language = result.catalog.language

    def done(unit: Unit) -> Unit:
        old = was.get(unit.id)
        if old is None:
            return unit
        if unit.mark and unit.mark.joined:
            return _with_text(unit, old, recover_source)
        return _signed_again(unit, old, result.absorbed, recover_target, language)

    units = tuple(map(done, result.catalog.units))
    catalog = replace(result.catalog, units=units)
    return replace(result, catalog=catalog)


def _with_text(unit: Unit, old: Unit, recover: Recover) -> Unit:
    """Let a covered unit whose source moved keep the text that it was joined for."""
    ok = unit.mark.ok if unit.mark else None
    if unit.target or ok is None:
        return unit
    if ok.src == states.fingerprint(unit.source):
        return replace(unit, previous=None)
    for text in (unit.previous, old.source):
        if text is not None and states.fingerprint(text) == ok.src:
            return replace(unit, previous=text)
    return replace(unit, previous=recover(unit, ok.src))


def _signed_again(
    unit: Unit, old: Unit, absorbed: Collection[str], recover: Recover, language: str
) -> Unit:
    """Give a unit whose signed target was mended in another editor its signature back,
    if the text that was signed is known, and its source stood still."""
    mark = old.mark
    if unit.id not in absorbed or not (mark and mark.signed and mark.ok):
        return unit
    stood = states.fingerprint(unit.source) == mark.ok.src
    if not stood or mark.tgt != mark.ok.tgt:
        return unit
    if states.state(unit) is not State.TRANSLATED or unit.mark is None:
        return unit
    earlier = recover(old, mark.tgt)
    if earlier is None or not is_mended(earlier, unit.target, language):
        return unit
    signed = replace(old, target=earlier, source=unit.source, fuzzy=False)
    again = states.retaken(signed, unit.target, today=unit.mark.on)
    return replace(unit, mark=again.mark)
