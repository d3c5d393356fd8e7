"""A folder that is a project: its settings and its articles.

The root of a project is kept as the user would type it from the folder he stands in, so
that every path made from it can be shown and opened as it is.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.settings import SETTINGS, read

SOURCES = "sources"
TRANSLATIONS = "translations"
RELEASES = f"{TRANSLATIONS}/releases"
SUFFIXES = (".md", ".mdx", ".markdown", ".txt")
"""Files under ``sources/`` with one of these are articles."""


@dataclass(frozen=True, slots=True)
class Project:
    """What ``translate_flow.toml`` says, and where it lies."""

    root: Path
    """The project's folder, as the user would type it."""

    languages: tuple[str, ...]
    """BCP 47 tags, in the order of the settings."""

    source_language: str
    """The language of articles that do not say theirs."""

    front_matter: tuple[str, ...] | None = None
    """Front matter keys to translate; None for the usual ones."""

    engine: str = "google"
    """The engine that drafts when none is named."""

    jobs: int = 4
    """Requests to an engine at a time."""

    engines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Settings of each engine, by its name."""

    require: Literal["translated", "reviewed"] = "translated"
    """The least state that a release prints."""

    editions: str = "editions"
    """Folder that ``export`` writes into, relative to the root."""

    @property
    def sources(self) -> Path:
        """Folder of the articles."""
        return self.root / SOURCES

    def catalog(self, slug: str, language: str) -> Path:
        """Return where the catalog of an article in a language lies."""
        return self.root / TRANSLATIONS / language / f"{slug}.po"

    def release(self, slug: str) -> Path:
        """Return where the record of what readers have of an article lies."""
        return self.root / RELEASES / f"{slug}.toml"

    def language(self, tag: str) -> str:
        """Return a language of the project as its settings write it.

        :raises FlowError: if the project has no such language.
        """
        for known in self.languages:
            if known.lower() == tag.lower():
                return known
        hint = f"the project's languages are {', '.join(self.languages)}"
        raise FlowError(f"unknown language {tag!r}", hint=hint)

    def languages_of(
        self, meta: Mapping[str, Any], name: str
    ) -> tuple[str, tuple[str, ...]]:
        """Return the language of an article and those it is translated into.

        :param meta: the article's front matter; ``lang`` and ``targets`` count.
        :param name: what to call the article in errors.
        :raises FlowError: if it names a language that the project does not have.
        """
        own = self._named(meta.get("lang", self.source_language), name, "lang")
        wanted = meta.get("targets", self.languages)
        tags = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(tags, list | tuple):
            raise FlowError("targets must be a list of languages", name)
        targets = (self._named(tag, name, "targets") for tag in tags)
        return own, tuple(tag for tag in dict.fromkeys(targets) if tag != own)

    def _named(self, tag: object, name: str, key: str) -> str:
        try:
            return self.language(str(tag))
        except FlowError as error:
            raise FlowError(f"{key}: {error.message}", name, hint=error.hint) from None


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article before it is read."""

    slug: str
    """Path under ``sources/`` without suffix, with slashes, in NFC."""

    path: Path
    """As the user would type it."""

    name: str
    """Path relative to the project, with slashes: what a catalog's header says."""


# --- settings ---------------------------------------------------------------


def find_root(start: Path, named: str | None = None) -> Path:
    """Return the folder of the project around ``start``, or the one named.

    :param start: the folder the user stands in, absolute.
    :param named: what ``--project`` says.
    :raises FlowError: if there is no project.
    """
    if named is not None:
        if (Path(named) / SETTINGS).is_file():
            return Path(named)
        raise FlowError(f"no {SETTINGS} there", named, hint=f"run tflow init {named}")
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return Path(os.path.relpath(folder, start))
    message = f"no {SETTINGS} here or in a folder above"
    raise FlowError(message, hint="run tflow init, or name a project with --project")


def load(root: Path) -> Project:
    """Read the settings of the project at ``root``.

    :raises FlowError: naming the file, the line and the key that is wrong.
    """
    path = root / SETTINGS
    return parse_settings(read_bytes(path), root=root, name=str(path))


def parse_settings(data: bytes, *, root: Path, name: str) -> Project:
    """Turn the bytes of a settings file into a project.

    :param name: what to call the file in errors.
    :raises FlowError: naming the file, the line and the key that is wrong.
    """
    said = read(data, name)
    languages = tuple(said["project.languages"])
    source = said["project.source_language"] or languages[0]
    if source not in languages:
        message = f"{source!r} is not one of project.languages"
        raise said.wrong("project.source_language", message)
    return Project(
        root=root,
        languages=languages,
        source_language=source,
        front_matter=tuple(said["project.front_matter"] or ()) or None,
        engine=said["draft.engine"],
        jobs=said["draft.jobs"],
        engines=said.engines,
        require=said["release.require"],
        editions=said["editions.dir"],
    )


# --- articles ---------------------------------------------------------------


def articles(project: Project) -> tuple[ArticleFile, ...]:
    """Return the articles of a project, sorted by slug. Hidden files are not articles.

    :raises FlowError: if two files have one slug, or a link leaves the project.
    """
    found: dict[str, ArticleFile] = {}
    for path in _walk(project.sources, project.root):
        relative = path.relative_to(project.sources)
        slug = unicodedata.normalize("NFC", relative.with_suffix("").as_posix())
        name = path.relative_to(project.root).as_posix()
        if twin := found.get(slug):
            message = f"two articles have the slug {slug!r}: this and {twin.path}"
            raise FlowError(message, str(path), hint="rename one of them")
        found[slug] = ArticleFile(slug, path, name)
    return tuple(found[slug] for slug in sorted(found))


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    """Yield article files below a folder. Linked folders are not entered, or they could
    turn in circles; what lies in them inside the project is found where it lies."""
    try:
        with os.scandir(folder) as entries:
            children = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise FlowError(f"cannot be read: {reason}", str(folder)) from error
    for child in children:
        path = folder / child.name
        if child.name.startswith("."):
            continue
        if child.is_symlink():
            _check_inside(path, root)
        if child.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif path.suffix.lower() in SUFFIXES and child.is_file():
            yield path


def _check_inside(path: Path, root: Path) -> None:
    if not path.resolve().is_relative_to(root.resolve()):
        hint = "put the file itself there, or remove the link"
        raise FlowError("a link that leaves the project", str(path), hint=hint)
