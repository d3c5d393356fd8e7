"""Targets that would fit a new source: numbers, dates, names and code exchanged as they
were there. A proposal is shown, never taken by itself."""

from __future__ import annotations

from collections.abc import Sequence

from translate_flow.drift.carrying import CARRIED, carried, is_kept
from translate_flow.drift.classes import Evidence, classify
from translate_flow.drift.naming import Rename, known_renames, recased, rename, renamed
from translate_flow.glossary import Glossary
from translate_flow.text.updating import proposal as with_numbers

PROPOSED = frozenset({"number", "name", "wording", "respelling", "case"}) | CARRIED
"""Classes of edits that may be done to a target. Of wording, only dates and names."""


def proposal(
    before: str,
    after: str,
    target: str,
    found: Sequence[Evidence],
    languages: tuple[str, str],
    glossary: Glossary | None = None,
) -> str | None:
    """Return a target for the new source, or None if none is certain.

    :param found: what ``classify`` says of the edit.
    :param languages: of source and target.
    :param glossary: tells what names are in both; None for no names but those that
        stand in the target as in the source.
    """
    found = [e for e in found if not is_kept((e,))]
    if not found or not {e.drift_class for e in found} <= PROPOSED:
        return None
    done = _recased(before, after, target, found)
    found = [e for e in found if e.drift_class != "case"]
    if done is None or not found:
        return done and done[1]
    before, target = done
    if names := known_renames(before, after, languages, glossary):
        done = _renamed(before, target, names, languages, glossary)
        if done is None:
            return None
        before, target = done
        found = [e for e in classify(before, after, languages[0]) if not is_kept((e,))]
    names = [one for e in found if (one := rename(e, languages[0]))]
    constructs = [e for e in found if e.drift_class in CARRIED]
    done = _renamed(before, target, names, languages, None)
    if done is None:
        return None
    before, target = done
    if constructs:
        moved = carried(before, after, target, constructs, proposing=True)
        now = carried(before, after, before, constructs, proposing=True)
        if moved is None or now is None:
            return None
        before, target = now, moved
    if len(found) > len(names) + len(constructs):
        return with_numbers(before, after, target, *languages)
    return target


def _recased(
    source: str, after: str, target: str, found: Sequence[Evidence]
) -> tuple[str, str] | None:
    """Return a source and its target with capitals exchanged, or None if that is not
    certain."""
    for one in found:
        if one.drift_class == "case":
            done = recased(source, after, target, one)
            if done is None:
                return None
            source, target = done
    return source, target


def _renamed(
    source: str,
    target: str,
    names: Sequence[Rename],
    languages: tuple[str, str],
    glossary: Glossary | None,
) -> tuple[str, str] | None:
    """Return a source and its target with names exchanged, or None if that is not
    certain."""
    for one in names:
        named, now = renamed(source, target, one, languages, glossary)
        if named is None or now is None:
            return None
        source, target = now, named
    return source, target
