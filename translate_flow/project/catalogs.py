"""Articles and catalogs as they lie on disk, and catalogs whose article is gone."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.errors import CatalogError, FlowError
from translate_flow.files import read_bytes
from translate_flow.model import Unit
from translate_flow.project import TRANSLATIONS, ArticleFile, Project, articles
from translate_flow.state import fingerprint

if TYPE_CHECKING:
    from translate_flow.article import Article

SHARED = 0.5
"""Least share of a catalog's live segments that an article must have, letter for
letter, to be the same one under another name."""


def read_article(project: Project, file: ArticleFile) -> Article:
    """Read an article as it is now."""
    from translate_flow.article import decode

    name = str(file.path)
    text = decode(read_bytes(file.path), name)
    try:
        return as_article(project, text, name)
    except RecursionError:
        message = "what it has in it is nested too deeply"
        raise FlowError(message, name, hint="close what is opened") from None


def as_article(project: Project, text: str, name: str) -> Article:
    """Read a text as an article of a project.

    :param name: the file, for errors.
    :raises FlowError: if it cannot be read.
    """
    from translate_flow.article import FRONT_MATTER_KEYS
    from translate_flow.article import parse as parse_article

    keys = project.front_matter or FRONT_MATTER_KEYS
    return parse_article(text, name=name, keys=keys, texts=project.texts)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A catalog without an article."""

    slug: str
    language: str
    path: Path

    def units(self) -> tuple[Unit, ...]:
        """Return its live units; none if it cannot be read."""
        from translate_flow.article import decode
        from translate_flow.catalog import parse

        name = str(self.path)
        try:
            return parse(decode(read_bytes(self.path), name), name=name).units
        except (CatalogError, FlowError):
            return ()


def orphans(project: Project) -> tuple[Orphan, ...]:
    """Return the catalogs of a project whose article is gone, sorted by path."""
    slugs = {file.slug for file in articles(project)}
    return tuple(
        Orphan(slug, language, path)
        for language in project.languages
        for slug, path in _catalogs(project.root / TRANSLATIONS / language)
        if slug not in slugs
    )


def _catalogs(folder: Path) -> Iterator[tuple[str, Path]]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(where) / name
            if path.suffix == ".po":
                slug = path.relative_to(folder).with_suffix("").as_posix()
                yield unicodedata.normalize("NFC", slug), path


Sources = Mapping[str, set[str]]
"""Fingerprints of the segments of articles, by slug."""


def heirs(
    left: Sequence[Orphan], waiting: Mapping[str, Sources]
) -> Mapping[tuple[str, str], Orphan]:
    """Return which catalogs belong to articles that were renamed, by slug and language.

    :param waiting: by language, the articles that have no catalog.
    """
    found: dict[tuple[str, str], Orphan] = {}
    for language, articles_ in waiting.items():
        said = _said_by(articles_)
        fits = [
            (orphan, slug)
            for orphan in left
            if orphan.language == language
            for slug in _fitting([fingerprint(u.source) for u in orphan.units()], said)
        ]
        old, new = Counter(o.slug for o, _ in fits), Counter(slug for _, slug in fits)
        for orphan, slug in fits:
            if old[orphan.slug] == new[slug] == 1:
                found[slug, language] = orphan
    return found


def _said_by(articles_: Sources) -> Mapping[str, Collection[str]]:
    """Return which articles say a text, by its fingerprint."""
    said = defaultdict[str, set[str]](set)
    for slug, sources in articles_.items():
        for source in sources:
            said[source].add(slug)
    return said


def _fitting(units: Sequence[str], said: Mapping[str, Collection[str]]) -> set[str]:
    """Return the articles that say enough of what a catalog has, ``SHARED``.

    Each of these says at least one of the rarest texts, of which there are one more
    than it may lack: none of the others is looked at.
    """
    rarest = sorted(units, key=lambda one: len(said.get(one, ())))
    enough = max(1, ceil(SHARED * len(units)))
    near = {s for one in rarest[: len(units) - enough + 1] for s in said.get(one, ())}
    return {
        slug
        for slug in near
        if sum(slug in said.get(one, ()) for one in units) >= SHARED * len(units)
    }


def waiting(
    project: Project, languages: Collection[str]
) -> dict[str, dict[str, set[str]]]:
    """Return, by language, the articles that lack a catalog in one of some languages,
    and their sources. What cannot be read is left out."""
    waiting: dict[str, dict[str, set[str]]] = {}
    for file in articles(project):
        lacking = {n for n in languages if not project.catalog(file.slug, n).exists()}
        try:
            sources = _sources(project, file, lacking) if lacking else {}
        except FlowError:
            continue
        for language, texts in sources.items():
            waiting.setdefault(language, {})[file.slug] = texts
    return waiting


def _sources(
    project: Project, file: ArticleFile, lacking: Collection[str]
) -> dict[str, set[str]]:
    """Return the sources of an article for each language that it is to have and lacks;
    it is read only if there is one."""
    from translate_flow.article import decode, front_matter

    name = str(file.path)
    text = decode(read_bytes(file.path), name)
    targets = project.languages_of(front_matter(text, name=name), name)[1]
    wanted = [language for language in targets if language in lacking]
    if not wanted:
        return {}
    sources = {fingerprint(s.text) for s in read_article(project, file).segments}
    return dict.fromkeys(wanted, sources)
