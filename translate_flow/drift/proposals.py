"""Targets that would fit a new source: numbers and names exchanged as they were there.
A proposal is shown, never taken by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate_flow.drift.carrying import KEPT, carried, is_explained
from translate_flow.drift.classes import Evidence

PROPOSED = frozenset({"number", "name"})


def proposal(
    before: str,
    after: str,
    target: str,
    found: Sequence[Evidence],
    languages: tuple[str, str],
) -> str | None:
    """Return a target for the new source, or None if none is certain.

    :param found: what ``classify`` says of the edit.
    :param languages: of source and target.
    """
    from translate_flow.text.numerals import proposal as with_numbers

    classes = {e.drift_class for e in found} - KEPT
    if not classes or not classes <= PROPOSED | {"code", "link"}:
        return None
    for evidence in found:
        if evidence.drift_class == "name":
            named = _renamed(before, target, evidence)
            if named is None:
                return None
            target = named
    if constructs := [e for e in found if e.drift_class in ("code", "link")]:
        moved = carried(before, after, target, constructs, proposing=True)
        now = carried(before, after, before, constructs, proposing=True)
        if moved is None or now is None:
            return None
        before, target = now, moved
    if "number" in classes:
        return with_numbers(before, after, target, *languages)
    return target


def _renamed(source: str, target: str, evidence: Evidence) -> str | None:
    """Exchange a name that stands in the target just as in the source, once."""
    from translate_flow.text.korean import surely_replaced

    old = rf"(?<![A-Za-z0-9]){re.escape(evidence.old)}(?![A-Za-z0-9])"
    spots = [*re.finditer(old, target)] if evidence.old else []
    if len(spots) != 1 or not evidence.new:
        return None
    if is_explained(source, target, evidence.old, spots[0].span()):
        return None
    return surely_replaced(target, *spots[0].span(), evidence.new)
