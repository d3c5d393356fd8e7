"""What may stand in ``translate_flow.toml``: one table of settings, each with its
shape, and the reading of a file against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.project.layout import (
    wrong_output,
    wrong_pattern,
    wrong_template,
)

SETTINGS = "translate_flow.toml"
"""Name of the settings file, at the top of a project."""

LANGUAGE_TAG = re.compile(
    r"""[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}          # language
    (?:-[A-Za-z]{4})? (?:-(?:[A-Za-z]{2}|\d{3}))?   # script, region
    (?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*     # variants
    (?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*   # extensions, private ones
    (?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?""",
    re.VERBOSE,
)
"""The shape of a language tag (BCP 47)."""

ATTRIBUTE = re.compile(r"!?(?:[\w:/-]+\.)*[\w:-]+")
"""What ``project.texts`` may name: ``Badge.text``, ``notice.2``, ``!figure.title``."""

TAKEN = ("sources", "translations", ".tflow", ".git")
"""Folders of a project in which nothing else may be written."""

SETTLED = (
    *("cosmetic", "punctuation", "spacing", "spelling", "hyphen", "doubled"),
    *("numeral", "contraction", "variant", "article", "agreement"),
    *("link", "code", "markup"),
)
"""Classes of edits that ``sync`` may settle by itself."""

Shape = Callable[[Any], str | None]
"""Says what is wrong with a value; None if nothing is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a project may say."""

    path: str
    """``table.key``, as errors and ``tflow config`` call it."""

    shape: Shape
    default: Any
    says: str
    """What it is for, in one line."""

    usual: str = ""
    """What happens if it is not said, when the default does not tell by itself."""


# --- shapes -----------------------------------------------------------------


def text(value: Any) -> str | None:
    """Ask for a text that is not empty."""
    return None if isinstance(value, str) and value else "must be a string"


def texts(value: Any) -> str | None:
    """Ask for a list of texts."""
    fine = isinstance(value, list) and all(isinstance(v, str) and v for v in value)
    return None if fine else "must be a list of strings"


def languages(value: Any) -> str | None:
    """Ask for two language tags or more."""
    if (wrong := texts(value)) is not None:
        return wrong
    for tag in value:
        if not LANGUAGE_TAG.fullmatch(tag):
            return f"{tag!r} is not a language tag"
    few = len({tag.lower() for tag in value}) < 2
    return "needs two languages or more" if few else None


def number(least: int, most: int) -> Shape:
    """Ask for a whole number between two others."""

    def wrong(value: Any) -> str | None:
        whole = isinstance(value, int) and not isinstance(value, bool)
        fine = whole and least <= value <= most
        return None if fine else f"must be a number from {least} to {most}"

    return wrong


def one_of(*known: str) -> Shape:
    """Ask for one of some words."""
    listed = " or ".join(f'"{word}"' for word in known)
    return lambda value: None if value in known else f"must be {listed}"


def some_of(*known: str) -> Shape:
    """Ask for a list of some of the words."""
    listed = ", ".join(known)

    def wrong(value: Any) -> str | None:
        if not isinstance(value, list):
            return f"must be a list of some of {listed}"
        others = [word for word in value if word not in known]
        return f"{others[0]!r} is not one of {listed}" if others else None

    return wrong


def engine(value: Any) -> str | None:
    """Ask for the name of an engine, or ``memory`` for none but what is known."""
    from translate_flow.engines import ENGINES

    if not isinstance(value, str):
        return "must be a string"
    error = unknown_engine(value, (*ENGINES, "memory"))
    return str(error) if error else None


def unknown_engine(name: str, known: Sequence[str]) -> FlowError | None:
    """Return an error about an engine that is none, with what may be meant and all
    that there are; None if it is one."""
    if name in known:
        return None
    near = nearest(name.lower(), known)
    hint = f"did you mean {near[0]}? " if near else ""
    hint += f"engines are {', '.join(known)}"
    return FlowError(f"unknown engine {name!r}", hint=hint)


def folder(value: Any) -> str | None:
    """Ask for a folder inside the project that holds nothing else."""
    if (wrong := text(value)) is not None:
        return wrong
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts:
        return "must be a folder of the project"
    taken = path.parts[:1] and path.parts[0].lower() in TAKEN
    return f"{path.parts[0]} holds other things; name another folder" if taken else None


def each(wrong: Callable[[str], str | None]) -> Shape:
    """Ask for a text, or a list of them, that nothing is wrong with."""

    def found(value: Any) -> str | None:
        listed = [value] if isinstance(value, str) else value
        if texts(listed) is not None or not listed:
            return "must be a string or a list of strings"
        return next((said for text in listed if (said := wrong(text))), None)

    return found


def attributes(value: Any) -> str | None:
    """Ask for a list of attributes, each with or without the construct it is of."""
    if (wrong := texts(value)) is not None:
        return wrong
    odd = [text for text in value if not ATTRIBUTE.fullmatch(text)]
    return f"{odd[0]!r} is not like Badge.text, notice.2 or tooltip" if odd else None


def front_matter(value: Any) -> str | None:
    """Ask for keys of front matter and what they are to say."""
    if not isinstance(value, dict):
        return "must be a table"
    for key, said in value.items():
        if not re.fullmatch(r"[\w-]+", key):
            return f"{key!r} is not a plain key"
        if not isinstance(said, str | bool | int) or "\n" in str(said):
            return f"{key} must be a string of one line, a number, true or false"
        if (wrong := wrong_template(str(said))) is not None:
            return f"{key}: {wrong}"
    return None


def exchanges(value: Any) -> str | None:
    """Ask for a table for each language: beginnings of addresses and what takes their
    place."""
    if not isinstance(value, dict):
        return "must be a table for each language"
    for tag, pairs in value.items():
        if not LANGUAGE_TAG.fullmatch(tag) or not isinstance(pairs, dict):
            return f"{tag} must be a language with a table of addresses"
        for old, new in pairs.items():
            if not old or not isinstance(new, str) or not new:
                return f"{tag}: {old!r} must be exchanged for an address"
    return None


def web(value: Any) -> str | None:
    """Ask for an address of the web that a folder has."""
    fine = isinstance(value, str) and re.fullmatch(r"https?://[^\s?#]+/", value)
    return None if fine else "must be an address like https://example.org/essays/"


def by_language(value: Any) -> str | None:
    """Ask for a text, or a table with one for each language."""
    if isinstance(value, str):
        return text(value)
    if not isinstance(value, dict) or not value:
        return "must be a string, or a table with one for each language"
    for tag, said in value.items():
        if not LANGUAGE_TAG.fullmatch(tag) or text(said) is not None:
            return f"{tag} must be a language with a string"
    return None


# --- the table --------------------------------------------------------------

KNOWN: tuple[Setting, ...] = (
    Setting("project.languages", languages, None, "language tags (BCP 47)"),
    Setting(
        "project.source_language",
        text,
        None,
        "the language of articles that do not say theirs",
        "the first of the languages",
    ),
    Setting(
        "project.front_matter",
        texts,
        None,
        "front matter keys to translate; hero.text is nested",
        "title, subtitle, headline, deck, lead, description, summary, excerpt, caption",
    ),
    Setting(
        "project.texts",
        attributes,
        (),
        "more attributes that readers see: Badge.hint, notice.2, tooltip; ! before one "
        "says that they do not",
        "nothing",
    ),
    Setting(
        "drift.always",
        some_of(*SETTLED),
        (),
        "classes of edits that sync never settles by itself: a person looks at each",
    ),
    Setting(
        "authors.machines",
        texts,
        (),
        "names or addresses that are a machine's, besides well-known agents and bots",
    ),
    Setting(
        "authors.people",
        texts,
        (),
        "names or addresses that are people's, or pass on what people wrote",
    ),
    Setting(
        "draft.engine", engine, "google", "the engine that drafts if none is named"
    ),
    Setting("draft.jobs", number(1, 32), 4, "requests to an engine at a time"),
    Setting(
        "draft.style",
        text,
        "",
        "what engines that can be told so are asked of every translation",
        "nothing",
    ),
    Setting(
        "release.require",
        one_of("translated", "reviewed"),
        "translated",
        "the least state that a release prints",
    ),
    Setting(
        "release.reviewer",
        one_of("anyone", "other"),
        "anyone",
        "who may sign: anyone, or only another than who took the text",
    ),
    Setting("editions.dir", folder, "editions", "the folder that export writes into"),
    Setting(
        "editions.browsers",
        one_of("read", "translate"),
        "read",
        "what browsers may do with pages that stand in both languages",
    ),
    Setting(
        "site.title",
        by_language,
        {},
        "what export --site calls the site; a table has a title for each language",
        "the name of the project's folder",
    ),
    Setting(
        "site.url",
        web,
        "",
        "where readers find it: https://example.org/essays/",
        "addresses are relative",
    ),
    Setting(
        "layout.sources",
        each(wrong_pattern),
        None,
        "where the articles of an existing site lie: content/**/index.{lang}.md; "
        "! before a pattern takes files out",
        "all below sources/",
    ),
    Setting(
        "layout.output",
        each(wrong_output),
        None,
        "where target pages go, {dir}/index.{lang}.md; a list fits that of the sources",
        "the folder of editions",
    ),
    Setting(
        "layout.addresses",
        one_of("files", "pages"),
        "files",
        "what relative addresses start from: files, or the pages made of them",
    ),
    Setting("layout.front", front_matter, {}, "front matter that target pages get"),
    Setting(
        "layout.links",
        exchanges,
        {},
        "by language, beginnings of addresses that target pages exchange",
    ),
)
"""All settings but those of engines, which know their own."""

FREE = ("engines",)
"""Tables whose keys are looked at by others."""

_SECRET = re.compile(r"(?i)(^|_)(key|token|secret|password)$")


def by_path() -> Mapping[str, Setting]:
    """Return the settings by their paths."""
    return {setting.path: setting for setting in KNOWN}


# --- reading ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file as read, each value of a shape that it may have."""

    name: str
    """The file, for errors."""

    text: str
    tables: Mapping[str, Any]

    def __getitem__(self, path: str) -> Any:
        """Return what is said of a setting, else its default."""
        table, _, key = path.partition(".")
        return self.tables.get(table, {}).get(key, by_path()[path].default)

    @property
    def engines(self) -> Mapping[str, Mapping[str, Any]]:
        """What is said of each engine, by its name."""
        found: Mapping[str, Mapping[str, Any]] = self.tables.get("engines", {})
        return found

    def wrong(self, path: str, message: str, hint: str | None = None) -> FlowError:
        """Return an error about a setting, with the line that says it."""
        line = self.line(path)
        return FlowError(f"{path}: {message}", self.name, line, hint, setting=path)

    def line(self, path: str) -> int | None:
        """Find the line that sets a key: tomllib does not tell."""
        *tables, key = path.split(".")
        inside = not tables
        for count, row in enumerate(self.text.splitlines(), 1):
            if row.strip().startswith((f"[{path}]", f"[{path}.")):
                return count
            if row.lstrip().startswith("["):
                inside = row.strip().startswith(f"[{'.'.join(tables)}]")
            elif inside and re.match(rf"[ \t]*\"?{re.escape(key)}\"?[ \t]*[=.]", row):
                return count
        return None


def read(data: bytes, name: str) -> Settings:
    """Read the bytes of a project's settings and check them against the table.

    :param name: what to call the file in errors.
    :raises FlowError: naming the file, the line and the key that is wrong.
    """
    settings = parsed(data, name)
    if (wrong := next(_errors(settings), None)) is not None:
        raise wrong
    return settings


def parsed(data: bytes, name: str) -> Settings:
    """Read the bytes of a file of settings, whatever they are.

    :param name: what to call the file in errors.
    :raises FlowError: naming the file and the line that is not TOML.
    """
    import tomllib

    try:
        decoded = data.decode("utf-8-sig")
        tables = tomllib.loads(decoded)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FlowError("not UTF-8", name, line, "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else decoded.rstrip().count("\n") + 1
        message = str(error).partition(" (at ")[0].lower()
        raise FlowError(message, name, line, "mend the line") from None
    except RecursionError:
        message = "it is nested too deeply"
        raise FlowError(message, name, hint="take some brackets away") from None
    except ValueError:
        message = "a number has too many digits"
        raise FlowError(message, name, hint="mend it") from None
    return Settings(name, decoded, tables)


def _errors(settings: Settings) -> Iterator[FlowError]:
    known = by_path()
    names = tuple(dict.fromkeys(path.partition(".")[0] for path in known))
    for table, keys in settings.tables.items():
        if table not in (*names, *FREE):
            yield _unknown(settings, table, (*names, *FREE))
        elif not isinstance(keys, dict):
            yield settings.wrong(table, "must be a table")
        elif table == "engines":
            yield from _of_engines(settings, keys)
        else:
            yield from _of_table(settings, table, keys)
    if settings.tables.get("project", {}).get("languages") is None:
        yield settings.wrong("project.languages", "needs two languages or more")


def _of_table(
    settings: Settings, table: str, keys: Mapping[str, Any]
) -> Iterator[FlowError]:
    known = by_path()
    for key, value in keys.items():
        path = f"{table}.{key}"
        if path not in known:
            others = [p.partition(".")[2] for p in known if p.startswith(f"{table}.")]
            yield _unknown(settings, path, others)
        elif (wrong := known[path].shape(value)) is not None:
            yield settings.wrong(path, wrong)


def _of_engines(settings: Settings, engines: Mapping[str, Any]) -> Iterator[FlowError]:
    from translate_flow.engines import ENGINES

    for name, values in engines.items():
        path = f"engines.{name}"
        if not isinstance(values, dict):
            yield settings.wrong(path, "must be a table")
            continue
        for key in values:
            if _SECRET.search(key):
                message = "keys are read from the environment only"
                yield settings.wrong(f"{path}.{key}", message)
        if (error := unknown_engine(name, list(ENGINES))) is not None:
            yield replace(error, file=settings.name, line=settings.line(path))


def _unknown(settings: Settings, path: str, known: Sequence[str]) -> FlowError:
    near = nearest(path.rpartition(".")[2], known)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    line = settings.line(path)
    message = f"unknown setting {path}"
    return FlowError(message, settings.name, line, hint, setting=path)


def nearest(word: str, known: Sequence[str], count: int = 1) -> list[str]:
    """Return what a mistyped word may have meant, best first."""
    return get_close_matches(word, known, n=count, cutoff=0.6)
