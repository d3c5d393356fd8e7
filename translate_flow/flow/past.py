"""Translations as a commit had them, synced as those of today are, to compare with."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.files import read_if_there
from translate_flow.flow.translations import Translation, synced
from translate_flow.flow.units import checker
from translate_flow.flow.workspace import Workspace
from translate_flow.glossary import Glossary
from translate_flow.history.commit import Commit
from translate_flow.model import Catalog, State, Unit
from translate_flow.project import (
    SOURCES,
    TRANSLATIONS,
    ArticleFile,
    parse_settings,
)
from translate_flow.project.catalogs import as_article
from translate_flow.project.releases import parse as parse_record
from translate_flow.project.settings import SETTINGS

if TYPE_CHECKING:
    from translate_flow.article import Article

SAME_ARTICLE = 0.5
"""Least share of the smaller catalog's units that the other one must have, by their
ids, to belong to the same article under another name."""


@dataclass(frozen=True, slots=True)
class Before:
    """A unit as it was."""

    unit: Unit
    state: State
    errors: Counter[str]


@dataclass(frozen=True)
class Was:
    """A translation as it was; empty if there was none that could be read."""

    language: str = ""
    """Of the targets; another one than today if the article was turned round."""

    units: Mapping[str, Before] = field(default_factory=dict)

    def complete(self, good: Set[State]) -> bool:
        """Tell whether every segment was in one of these states."""
        return bool(self.units) and all(u.state in good for u in self.units.values())

    @cached_property
    def by_target(self) -> Mapping[str, list[Unit]]:
        """The units that say the same thing."""
        found: dict[str, list[Unit]] = {}
        for before in self.units.values():
            found.setdefault(before.unit.target, []).append(before.unit)
        return found


class Earlier:
    """The project as it was."""

    def __init__(self, workspace: Workspace, base: Commit) -> None:
        self.base = base
        self.unread: list[str] = []
        """What could not be read as it was, a line each."""

        self._workspace = workspace
        self.project = workspace.project
        root, settings = workspace.project.root, base.read([SETTINGS]).get(SETTINGS)
        today = read_if_there(root / SETTINGS)
        self.settings_stand = base.holds(SETTINGS, today)
        if settings is not None and not self.settings_stand:
            try:
                self.project = parse_settings(settings, root=root, name=SETTINGS)
            except FlowError as error:
                self.project = workspace.project
                self._note(error)

    def _note(self, error: FlowError) -> None:
        """Keep in mind what there is nothing to compare with."""
        where = f"{error.file}: " if error.file else ""
        told = f"{where}as it was, {error.message}"
        if told not in self.unread:
            self.unread.append(told)

    def name(self, path: Path) -> str:
        """Return a file's path relative to the project, with slashes."""
        return path.relative_to(self.project.root).as_posix()

    def stands(self, path: Path) -> bool:
        """Tell whether a file is what it was, or still not there."""
        return self.base.holds(self.name(path), read_if_there(path))

    @cached_property
    def _gone(self) -> set[str]:
        """Files that are not there any more."""
        root = self.project.root
        return {name for name in self.base.files if not (root / name).exists()}

    def may_be_released(self, file: ArticleFile) -> bool:
        """Tell whether there was a record of a release, perhaps under another name."""
        record = self.name(self.project.release(file.slug))
        return record in self.base.files or file.name not in self.base.files

    def article(self, file: ArticleFile) -> str | None:
        """Return the path of an article as it was; None if it is new."""
        if file.name in self.base.files:
            return file.name
        return self.base.renamed.get(file.name) or self._by_catalog(file)

    def _by_catalog(self, file: ArticleFile) -> str | None:
        """Return the article that had the catalog of this one, and is gone: the catalog
        lies where it lay, or has most of the units of one that is gone."""
        for language in self.project.languages:
            path = self._workspace.project.catalog(file.slug, language)
            orphan = self._workspace.heirs.get((file.slug, language))
            path = orphan.path if orphan else path
            catalog = _catalog(read_if_there(path), str(path))
            if catalog is None:
                continue
            for old in (catalog, *(self._alike(catalog, language))):
                if old.source in self._gone:
                    return old.source
        return None

    def _alike(self, catalog: Catalog, language: str) -> Iterator[Catalog]:
        """Yield catalogs that are gone and share most units with one of today."""
        folder, ids = f"{TRANSLATIONS}/{language}/", _ids(catalog)
        gone = [n for n in self._gone if n.startswith(folder) and n.endswith(".po")]
        for name, data in self.base.read(gone).items() if ids else ():
            old = _catalog(data, name)
            if old and _are_alike(_ids(old), ids):
                yield old

    def slug(self, article: str) -> str | None:
        """Return the slug that an article had; None if there was no such article."""
        if self.project.tree is not None:
            spot = self.project.tree.spot(article)
            return spot.slug if spot else None
        path = PurePosixPath(article)
        if not path.is_relative_to(SOURCES):
            return None
        slug = path.relative_to(SOURCES).with_suffix("").as_posix()
        return unicodedata.normalize("NFC", slug)

    def released(self, article: str | None) -> set[str]:
        """Return the languages in which readers had an article."""
        slug = self.slug(article) if article else None
        if slug is None:
            return set()
        name = self.name(self.project.release(slug))
        try:
            return parse_record(self.base.read([name]).get(name), name=name).live
        except FlowError as error:
            self._note(error)
            return set(self.project.languages)

    def translation(self, now: Translation, article: str | None) -> Was:
        """Return what a translation was; nothing if it could not be read."""
        try:
            was = self._translation(now, article)
        except FlowError as error:
            self._note(error)
            return Was()
        if was is None:
            return Was()
        errors = errors_in(was, self._workspace.glossary)
        units = {
            pair.unit.id: Before(pair.unit, pair.state, errors(pair.segment.n))
            for pair in was.pairs
        }
        return Was(was.language, units)

    def _translation(self, now: Translation, article: str | None) -> Translation | None:
        found = self.files(now, article)
        if found is None:
            return None
        parsed, catalog, _ = found
        never = self.project.never_settled
        result = synced(self._workspace, parsed, catalog, now.path, never)
        path = self.project.root / catalog.source
        file = ArticleFile(self.slug(catalog.source) or "", path, catalog.source)
        return Translation(file, parsed, now.path, None, None, None, result)

    def files(
        self, now: Translation, article: str | None
    ) -> tuple[Article, Catalog, bool] | None:
        """Return an article and its catalog as they were, and whether there was one;
        None if there was no article, or it had other languages.

        :param article: its path then, as :meth:`article` finds it.
        :raises FlowError: if it cannot be read.
        """
        from translate_flow.article import decode

        slug = self.slug(article) if article else None
        if article is None or slug is None:
            return None
        project, path = self.project, self.project.root / article
        data = self.base.read([article]).get(article)
        if data is None:
            raise FlowError("this repository lacks what it was", article)
        text = decode(data, article)
        parsed = as_article(project, text, str(path))
        own, _ = project.languages_of({**parsed.meta, "targets": ()}, str(path))
        languages = (now.catalog.source_language, now.language)
        if own not in languages:
            return None
        language = languages[own == languages[0]]
        name = self.name(project.catalog(slug, language))
        data = self.base.read([name]).get(name)
        saved = _catalog(data, name)
        if data is not None and saved is None:
            raise FlowError("the catalog cannot be read", name)
        catalog = replace(
            saved or Catalog("", "", ""),
            source=article,
            source_language=own,
            language=language,
        )
        return parsed, catalog, saved is not None


def _catalog(data: bytes | None, name: str) -> Catalog | None:
    """Read a catalog; None if there is none, or it is broken."""
    from translate_flow.article import decode
    from translate_flow.catalog import parse

    if data is None:
        return None
    try:
        return parse(decode(data, name), name=name)
    except FlowError:
        return None


def _are_alike(one: Set[str], other: Set[str]) -> bool:
    least = SAME_ARTICLE * min(len(one), len(other))
    return bool(one) and len(one & other) >= least


def _ids(catalog: Catalog) -> set[str]:
    return {unit.id for unit in catalog.units if unit.id}


def errors_in(
    translation: Translation, glossary: Glossary
) -> Callable[[int], Counter[str]]:
    """Return what tells the errors that the checks find in a segment, by its number.

    :param glossary: the terms of today, for what was and what is alike.
    """
    check = checker(translation, glossary)

    def errors(n: int) -> Counter[str]:
        found = (f for f in check(n) if f.severity == "error")
        return Counter(f"{finding.message} [{finding.check}]" for finding in found)

    return errors
