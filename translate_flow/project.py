"""A folder that is a project: its settings and its articles.

The root of a project is kept as the user would type it from the folder he stands in, so
that every path made from it can be shown and opened as it is.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes

SETTINGS = "translate_flow.toml"
SOURCES = "sources"
TRANSLATIONS = "translations"
RELEASES = f"{TRANSLATIONS}/releases"
SUFFIXES = (".md", ".mdx", ".markdown", ".txt")
"""Files under ``sources/`` with one of these are articles."""

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The shape of a language tag (BCP 47)."""


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

_TABLES: Mapping[str, tuple[str, ...]] = {
    "project": ("languages", "source_language", "front_matter"),
    "draft": ("engine", "jobs"),
    "engines": (),
    "release": ("require",),
    "editions": ("dir",),
}
"""Known tables and keys; those of ``engines`` are the engines' own."""

_SECRET = re.compile(r"(?i)(^|_)(key|token|secret|password)$")


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
    import tomllib

    try:
        text = data.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FlowError("not UTF-8", name, line, "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        message = str(error).partition(" (at ")[0].lower()
        raise FlowError(message, name, line, "mend the line") from None
    return _Settings(name, text, tables).project(root)


@dataclass(frozen=True, slots=True)
class _Settings:
    """A settings file as read; its methods check one value each."""

    name: str
    text: str
    tables: Mapping[str, Any]

    def project(self, root: Path) -> Project:
        self._check_names()
        languages = tuple(self._tag(tag) for tag in self._texts("project.languages"))
        if len({tag.lower() for tag in languages}) < 2:
            raise self._wrong("project.languages", "needs two languages or more")
        source = self._get("project.source_language", str, languages[0], "a string")
        if source not in languages:
            message = f"{source!r} is not one of project.languages"
            raise self._wrong("project.source_language", message)
        return Project(
            root=root,
            languages=languages,
            source_language=source,
            front_matter=self._texts("project.front_matter") or None,
            engine=self._get("draft.engine", str, "google", "a string"),
            jobs=self._jobs(),
            engines=self._engines(),
            require=self._require(),
            editions=self._editions(),
        )

    def _check_names(self) -> None:
        for table, keys in self.tables.items():
            if table not in _TABLES:
                raise self._unknown(table, tuple(_TABLES))
            if not isinstance(keys, dict):
                raise self._wrong(table, "must be a table")
            for key in keys:
                if table != "engines" and key not in _TABLES[table]:
                    raise self._unknown(f"{table}.{key}", _TABLES[table])

    def _get(self, path: str, kind: type, default: Any, what: str) -> Any:
        table, _, key = path.partition(".")
        value = self.tables.get(table, {}).get(key, default)
        if not isinstance(value, kind) or value == "":
            raise self._wrong(path, f"must be {what}")
        return value

    def _texts(self, path: str) -> tuple[str, ...]:
        values = self._get(path, list, [], "a list of strings")
        if not all(isinstance(value, str) and value for value in values):
            raise self._wrong(path, "must be a list of strings")
        return tuple(values)

    def _tag(self, tag: str) -> str:
        if not LANGUAGE_TAG.fullmatch(tag):
            raise self._wrong("project.languages", f"{tag!r} is not a language tag")
        return tag

    def _jobs(self) -> int:
        jobs = cast("int", self._get("draft.jobs", int, 4, "a number from 1 to 32"))
        if isinstance(jobs, bool) or not 1 <= jobs <= 32:
            raise self._wrong("draft.jobs", "must be a number from 1 to 32")
        return jobs

    def _engines(self) -> Mapping[str, Mapping[str, Any]]:
        engines: Mapping[str, Mapping[str, Any]] = self.tables.get("engines", {})
        for engine, settings in engines.items():
            if not isinstance(settings, dict):
                raise self._wrong(f"engines.{engine}", "must be a table")
            for key in settings:
                if _SECRET.search(key):
                    message = "keys are read from the environment only"
                    raise self._wrong(f"engines.{engine}.{key}", message)
        return engines

    def _require(self) -> Literal["translated", "reviewed"]:
        value = self._get("release.require", str, "translated", "a string")
        if value not in ("translated", "reviewed"):
            raise self._wrong("release.require", 'must be "translated" or "reviewed"')
        return cast("Literal['translated', 'reviewed']", value)

    def _editions(self) -> str:
        value = cast("str", self._get("editions.dir", str, "editions", "a string"))
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts:
            raise self._wrong("editions.dir", "must be a folder of the project")
        return value

    def _unknown(self, path: str, known: Sequence[str]) -> FlowError:
        near = nearest(path.rpartition(".")[2], known)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
        return self._error(path, f"unknown setting {path}", hint)

    def _wrong(self, path: str, message: str) -> FlowError:
        return self._error(path, f"{path}: {message}", None)

    def _error(self, path: str, message: str, hint: str | None) -> FlowError:
        return FlowError(message, self.name, self._line(path), hint)

    def _line(self, path: str) -> int | None:
        """Find the line that sets a key: tomllib does not tell."""
        *tables, key = path.split(".")
        inside = not tables
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.strip().startswith(f"[{path}]"):
                return number
            if line.lstrip().startswith("["):
                inside = line.strip().startswith(f"[{'.'.join(tables)}]")
            elif inside and re.match(rf"[ \t]*\"?{re.escape(key)}\"?[ \t]*[=.]", line):
                return number
        return None


def nearest(word: str, known: Sequence[str], count: int = 1) -> list[str]:
    """Return what a mistyped word may have meant, best first."""
    from difflib import get_close_matches

    return get_close_matches(word, known, n=count, cutoff=0.6)


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
