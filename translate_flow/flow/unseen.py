"""What changed of units since somebody saw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.translations import Translation
from translate_flow.project.places import Place
from translate_flow.state import fingerprint


def refuse_moved(
    translation: Translation, spot: Place, wanted: Sequence[int], *, now: bool = False
) -> None:
    """Stop if a unit is not what the person saw: its source changed since the catalog
    was saved, or its number now names another unit.

    :param now: whether the act is of the source as it is now, as reading commands show
        it.
    :raises FlowError: naming the first such unit.
    """
    by_number = any(not isinstance(pick, str) for pick in spot.picks)
    for i, change in moved(translation, wanted):
        name = f"{translation.file.slug}:{i + 1}"
        if change == "source" and not now:
            raise _moved(f"the source of {name} changed since the last sync", name)
        if change == "number" and by_number:
            raise _moved(f"{name} is another segment than at the last sync", name)


def moved(
    translation: Translation, wanted: Sequence[int]
) -> Iterator[tuple[int, Literal["source", "number"]]]:
    """Yield what changed of units since the catalog was saved: the source, the number
    that names one, or both. Nothing did if there was no catalog."""
    if translation.stored is None:
        return
    before = {unit.id: unit for unit in translation.stored.units}
    numbers = [unit.id for unit in translation.stored.units]
    for i in wanted:
        unit = translation.catalog.units[i]
        old = before.get(unit.id)
        if old and fingerprint(old.source) != fingerprint(unit.source):
            yield i, "source"
        if numbers[i : i + 1] != [unit.id]:
            yield i, "number"


def shown_place(translation: Translation, slug: str, i: int) -> str:
    """Return the place of a unit as a command takes it at once: by its id if its number
    is another one than at the last sync."""
    renumbered = any(what == "number" for _, what in moved(translation, [i]))
    return f"{slug}:{translation.ids[i] if renumbered else i + 1}"


def _moved(message: str, name: str) -> FlowError:
    hint = f"it is synced now: look at {command('show', name)}, then run this again"
    return FlowError(message, hint=hint)
