"""A folder that is a project: its settings and its articles.

The root of a project is kept as the user would type it from where they are, so
that every path made from it can be shown and opened as it is.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from translate_flow.actors.naming import KNOWN, Names
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.files import contained, keep_inside, read_bytes, read_if_there
from translate_flow.project.layout import (
    NOT,
    Locations,
    Pattern,
    Spot,
    article,
    without_pages,
)
from translate_flow.project.releases import parse
from translate_flow.project.settings import SETTINGS, Settings, read

SOURCES = "sources"
TRANSLATIONS = "translations"
RELEASES = f"{TRANSLATIONS}/releases"
SUFFIXES = (".md", ".mdx", ".markdown", ".txt")
"""Files under ``sources/`` with one of these are articles."""
FOREIGN = ("node_modules",)
"""Folders of a site that hold no articles, but many files."""


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

    texts: tuple[str, ...] = ()
    """More attributes that are texts for readers, and, with ``!``, such as are not."""

    engine: str = "google"
    """The engine that drafts when none is named."""

    jobs: int = 4
    """Requests to an engine at a time."""

    style: str = ""
    """What engines that can be told so are asked of every translation."""

    engines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Settings of each engine, by its name."""

    require: Literal["translated", "reviewed"] = "translated"
    """The least state that a release prints."""

    reviewer: Literal["anyone", "other"] = "anyone"
    """Who may sign a translation: ``other`` is anyone but who took it."""

    never_settled: frozenset[str] = frozenset()
    """Classes of drift that sync never settles by itself."""

    machines: Names = KNOWN
    """Tells machines from people, as commits and headers name them."""

    editions: str = "editions"
    """Folder that ``export`` writes into, relative to the root."""

    translatable: bool = False
    """Whether browsers may offer to translate pages that stand in both languages."""

    site_title: Mapping[str, str] = field(default_factory=dict)
    """What ``export --site`` calls the site, by language."""

    site_url: str = ""
    """Where readers find it, with a slash at its end; empty if nobody says."""

    tree: Locations | None = None
    """Where the files of an existing site lie; None for ``sources/``."""

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

    @property
    def site_record(self) -> Path:
        """Where the record of the pages of ours lies that belong to no article."""
        return self.root / TRANSLATIONS / "site.toml"

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
        :param name: its file, as the user would type it: for errors, and because its
            path may tell the language in an existing site.
        :raises FlowError: if it names a language that the project does not have.
        """
        said = meta["lang"] if "lang" in meta else self._told_by(name)
        own = self._named(said, name, "lang")
        wanted = meta.get("targets", self.languages)
        tags = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(tags, list | tuple):
            raise FlowError("targets must be a list of languages", name)
        targets = (self._named(tag, name, "targets") for tag in tags)
        return own, tuple(tag for tag in dict.fromkeys(targets) if tag != own)

    def _told_by(self, name: str) -> str:
        """Return the language that an article has if its front matter names none."""
        spot = self.tree and self.tree.spot(os.path.relpath(name or ".", self.root))
        return spot.language if spot and spot.language else self.source_language

    def _named(self, tag: object, name: str, key: str) -> str:
        try:
            return self.language(str(tag))
        except FlowError as error:
            raise FlowError(f"{key}: {error.message}", name, hint=error.hint) from None


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article before it is read."""

    slug: str
    """Path under ``sources/`` without suffix, with slashes, in NFC. In an existing
    site, without the fixed part of the pattern, the language and ``/index``, too."""

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
        raise FlowError(
            f"no {SETTINGS} there", named, hint=f"run {command('init', named)}"
        )
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return Path(os.path.relpath(folder, start))
    message = f"no {SETTINGS} here or in a folder above"
    raise FlowError(message, hint="run tflow init, or name a project with --project")


def load(root: Path) -> Project:
    """Read the settings of the project at ``root``.

    :raises FlowError: naming the file, the line and the key that is wrong.
    """
    keep_inside(root)
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
        texts=tuple(said["project.texts"]),
        engine=said["draft.engine"],
        jobs=said["draft.jobs"],
        style=said["draft.style"],
        engines=said.engines,
        require=said["release.require"],
        reviewer=said["release.reviewer"],
        never_settled=frozenset(said["drift.always"]),
        machines=Names(
            frozenset(name.casefold() for name in said["authors.machines"]),
            frozenset(name.casefold() for name in said["authors.people"]),
        ),
        editions=said["editions.dir"],
        translatable=said["editions.browsers"] == "translate",
        site_title=_titles(said["site.title"], languages),
        site_url=said["site.url"],
        tree=_tree(said, languages),
    )


def _titles(
    said: str | Mapping[str, str], languages: Sequence[str]
) -> Mapping[str, str]:
    return dict.fromkeys(languages, said) if isinstance(said, str) else said


def _tree(said: Settings, languages: tuple[str, ...]) -> Locations | None:
    if "layout" not in said.tables:
        return None
    listed = _listed(said["layout.sources"] or f"{SOURCES}/**/*")
    excluded = tuple(one[1:] for one in listed if one.startswith(NOT))
    sources = tuple(one for one in listed if not one.startswith(NOT))
    if not sources:
        message = f"takes everything out; name articles first, as {SOURCES}/**/*"
        raise said.wrong("layout.sources", message)
    outputs = _listed(said["layout.output"] or ())
    if len(outputs) == 1:
        outputs *= len(sources)
    if outputs and len(outputs) != len(sources):
        message = f"has {len(outputs)} paths for {len(sources)} sources"
        raise said.wrong("layout.output", message)
    known = {language.lower(): language for language in languages}
    links = {}
    for tag, pairs in said["layout.links"].items():
        if tag.lower() not in known:
            message = f"{tag!r} is not one of project.languages"
            raise said.wrong(f"layout.links.{tag}", message)
        links[known[tag.lower()]] = pairs
    front, addresses = said["layout.front"], said["layout.addresses"]
    return Locations(sources, languages, outputs, front, links, addresses, excluded)


def _listed(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


# --- articles ---------------------------------------------------------------


def articles(project: Project) -> tuple[ArticleFile, ...]:
    """Return the articles of a project, sorted by slug. Hidden files are not articles.

    :raises FlowError: if two files have one slug, or a link leaves the project.
    """
    if project.tree is not None:
        return _in_tree(project, project.tree)
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


def _in_tree(project: Project, tree: Locations) -> tuple[ArticleFile, ...]:
    """Return the articles of an existing site: of the files that fit a pattern, those
    that are not made of others."""
    versions: dict[str, list[Spot]] = {}
    for file in dict.fromkeys(_fitting(project, tree)):
        if (spot := tree.spot(file)) is not None:
            versions.setdefault(spot.slug, []).append(spot)

    def is_target(slug: str, language: str) -> bool:
        return project.catalog(slug, language).exists()

    source = project.source_language
    try:
        written = (article(versions[s], source, is_target) for s in sorted(versions))
        spots = _without_left(project, [spot for spot in written if spot])
        found = without_pages(tree, spots, source)
    except FlowError as error:
        where = error.file and str(project.root / error.file)
        raise FlowError(error.message, where, hint=error.hint) from None
    return tuple(
        ArticleFile(spot.slug, project.root / spot.file, spot.file) for spot in found
    )


def _without_left(project: Project, spots: Sequence[Spot]) -> Sequence[Spot]:
    """Return articles without the pages that we wrote for articles that are gone: a
    record names them, and they have no catalog of their own."""
    new = {
        spot.slug: unicodedata.normalize("NFC", spot.file)
        for spot in spots
        if not any(
            project.catalog(spot.slug, tag).exists() for tag in project.languages
        )
    }
    if not new:
        return spots
    ours: set[str] = set()
    articles_ = {spot.slug for spot in spots} - new.keys()
    for path in release_records(project.root):
        slug = path.relative_to(project.root / RELEASES).with_suffix("").as_posix()
        if unicodedata.normalize("NFC", slug) not in articles_:
            with suppress(FlowError):  # of a record that is broken, status tells
                ours.update(parse(read_if_there(path), name=str(path)).pages)
    return [spot for spot in spots if new.get(spot.slug) not in ours]


def release_records(root: Path) -> Iterator[Path]:
    """Yield the records of what readers have."""
    for where, folders, names in os.walk(root / RELEASES):
        folders.sort()
        yield from (Path(where) / n for n in sorted(names) if n.endswith(".toml"))


def _fitting(project: Project, tree: Locations) -> Iterator[str]:
    """Yield the files that may fit a pattern, relative to the project. What is ours is
    left out: editions and catalogs are no sources."""
    root = project.root
    others = (root / project.editions, root / TRANSLATIONS)
    for pattern in tree.patterns:

        def entered(folder: Path, depth: int | None = pattern.depth) -> bool:
            ours = folder.name not in FOREIGN and folder not in others
            deep = depth is not None and len(folder.relative_to(root).parts) >= depth
            return ours and not deep and not folder.is_symlink()

        for path in _walk(_spelled(root, pattern), root, entered):
            yield path.relative_to(root).as_posix()


def _spelled(root: Path, pattern: Pattern) -> Path:
    """Return the folder that a pattern begins with, as the disk spells it."""
    folder = root
    for part in pattern.fixed:
        folder /= part
        if part.isascii() or folder.exists() or not folder.parent.is_dir():
            continue
        wanted = unicodedata.normalize("NFC", part)
        names = (child.name for child in folder.parent.iterdir())
        same = (n for n in names if unicodedata.normalize("NFC", n) == wanted)
        folder = folder.parent / next(same, part)
    return folder


def _walk(
    folder: Path, root: Path, entered: Callable[[Path], bool] = lambda folder: True
) -> Iterator[Path]:
    """Yield article files below a folder. Linked folders are not entered, or they could
    turn in circles; what lies in them inside the project is found where it lies. Linked
    files are as good as where they lead: that is seen when they are read.

    :param entered: tells whether a folder is looked into at all.
    """
    try:
        with os.scandir(contained(folder)) as entries:
            children = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise FlowError(f"cannot be read: {reason}", str(folder)) from error
    for child in children:
        path = folder / child.name
        if child.name.startswith(".") or (child.is_dir() and not entered(path)):
            continue
        if child.is_dir(follow_symlinks=False):
            yield from _walk(path, root, entered)
        elif path.suffix.lower() in SUFFIXES and child.is_file():
            yield path
