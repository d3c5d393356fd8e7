"""What comes of a sync."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from translate_flow.model import Catalog, Change, Unit

Recover = Callable[[Unit, str], str | None]
"""Finds in git an earlier text of a unit by its hash, or gives None."""

Policy = frozenset[str]
"""Drift classes that always leave a translation drifted."""


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync would save and report."""

    catalog: Catalog
    """``catalog.units[i]`` belongs to ``segments[i]``."""

    changes: tuple[Change, ...]
    absorbed: tuple[str, ...]
    """Ids of the units whose target was typed in another editor."""

    lost: tuple[Unit, ...]
    """Units another tool emptied whose text could not be put back: nothing may be
    saved before a person has looked."""
