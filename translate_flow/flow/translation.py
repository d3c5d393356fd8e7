"""One article beside one of its catalogs, synced in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.catalog import dump
from translate_flow.model import Catalog, Unit
from translate_flow.project import ArticleFile
from translate_flow.project.catalogs import Orphan
from translate_flow.sync import SyncResult

if TYPE_CHECKING:
    from translate_flow.article import Article
    from translate_flow.edition import Edition


@dataclass(frozen=True)
class Translation:
    """An article beside one of its catalogs, synced in memory."""

    file: ArticleFile
    article: Article
    path: Path
    """Where the catalog lies, or will."""

    saved: bytes | None
    """What that file held when it was read."""

    orphan: Orphan | None
    """What it was when the article still had another name."""

    stored: Catalog | None
    """The catalog before this sync; None if there was none of ours."""

    result: SyncResult

    @property
    def catalog(self) -> Catalog:
        """The catalog as it is now."""
        return self.result.catalog

    @property
    def language(self) -> str:
        """The target language."""
        return self.catalog.language

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the units in document order."""
        return tuple(unit.id for unit in self.catalog.units)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by their ids."""
        return {unit.id: unit for unit in self.catalog.units}

    @cached_property
    def _proof(self) -> Edition:
        from translate_flow.edition import build

        return build(self.file.slug, self.article, self.catalog, proof=True)

    def edition(self, *, proof: bool = True) -> Edition:
        """Return segments, units and their states as pairs."""
        return self._proof if proof else replace(self._proof, proof=False)


def content(translation: Translation, catalog: Catalog | None = None) -> bytes:
    """Return the bytes a save would write. Units that another tool emptied stay as they
    were read until a person has settled them."""
    catalog = catalog or translation.catalog
    was = (
        {unit.id: unit for unit in translation.stored.units}
        if translation.stored
        else {}
    )
    lost = {unit.id for unit in translation.result.lost}
    units = tuple(
        was[unit.id]
        if unit.id in lost and translation.units.get(unit.id) == unit
        else unit
        for unit in catalog.units
    )
    return dump(replace(catalog, units=units)).encode()
