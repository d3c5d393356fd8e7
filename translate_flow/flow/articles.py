"""A new project, and new articles in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.files import PRIVATE, lock, read_bytes, read_if_there
from translate_flow.flow.workspace import Workspace
from translate_flow.journal import Journal, absent
from translate_flow.project import (
    SOURCES,
    SUFFIXES,
    TRANSLATIONS,
    articles,
)
from translate_flow.project.catalogs import as_article
from translate_flow.project.settings import LANGUAGE_TAG, SETTINGS
from translate_flow.project.slugs import checked, fault, fitting

_SETTINGS = """\
[project]
languages = [{languages}]
source_language = "{source}"
"""

# --- init -------------------------------------------------------------------


def init(
    folder: Path, languages: Sequence[str], command: str = "tflow init"
) -> tuple[Path, ...]:
    """Make a project in a folder, which is created if need be.

    :param languages: BCP 47 tags; the first is the source language.
    :param command: what the user typed.
    :returns: the files written.
    :raises FlowError: if there is a project already, the languages are not two, or
        some system could not hold the folder.
    """
    for tag in languages:
        if not LANGUAGE_TAG.fullmatch(tag):
            hint = "languages look like this: --languages en,ko"
            raise FlowError(f"{tag!r} is not a language tag", hint=hint)
    if len({tag.lower() for tag in languages}) < 2:
        hint = "name the source language first: --languages en,ko"
        raise FlowError("a project needs two languages or more", hint=hint)
    if not folder.exists() and (why := fault(folder.name)):
        hint = f"it could be {folder.with_name(fitting(folder.name))}"
        raise FlowError(f"{str(folder)!r} cannot be a project: {why}", hint=hint)
    settings = folder / SETTINGS
    if settings.exists():
        message = "there is a project here already"
        raise FlowError(message, str(settings), hint="edit that file to change it")
    quoted = ", ".join(f'"{tag}"' for tag in languages)
    text = _SETTINGS.format(languages=quoted, source=languages[0])
    folders = (folder / SOURCES, folder / TRANSLATIONS)
    missing = absent((folder / PRIVATE, *folders))
    journal = Journal(folder, command)
    with lock(folder):
        journal.begin(folders, missing)
        journal.write(settings, text.encode())
        ignored = _ignore_editions(journal, folder / ".gitignore")
    return (settings, *ignored)


def project_around(folder: Path) -> Path | None:
    """Return the folder of the project that a folder lies in, if it lies in one."""
    above = folder.resolve().parents
    return next((one for one in above if (one / SETTINGS).is_file()), None)


def _ignore_editions(journal: Journal, path: Path) -> tuple[Path, ...]:
    before = read_if_there(path) or b""
    wanted = [name for name in (b"editions/", b".tflow/") if name not in before.split()]
    if not wanted:
        return ()
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    lines = b"".join(name + b"\n" for name in wanted)
    journal.write(path, before + gap + lines)
    return (path,)


# --- add --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Added:
    """An article brought in."""

    slug: str
    path: Path
    language: str
    segments: int


def add(
    workspace: Workspace,
    data: bytes,
    *,
    name: str,
    slug: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
) -> Added:
    """Bring one text into the project as an article.

    :param data: Markdown, or plain text if ``name`` ends with ``.txt``.
    :param name: the file it comes from; its stem is the slug if none is given.
    :param language: its language; None for the project's source language, or Korean
        where the text plainly is Korean.
    :param encoding: what the text is in, as Python calls it; None for UTF-8.
    :raises FlowError: if the slug is taken or leaves the project, or the text cannot
        be read.
    """
    suffix = Path(name).suffix.lower()
    there = [file.slug for file in articles(workspace.project)]
    slug = checked(Path(name).stem if slug is None else slug, there)
    text = _text(data, name, encoding)
    if suffix == ".txt":
        text, suffix = _markdown(text), ".md"
    own = _language(workspace, text, language, name)
    path = _place(workspace, slug, own, suffix or ".md", name)
    whole = _in_language(workspace, text, own, path)
    segments = _tried(workspace, whole, name)
    with workspace.locked():
        taken = {file.slug: file.path for file in articles(workspace.project)}
        if slug in taken or path.exists():
            message = f"there is an article {slug!r} already"
            hint = "choose another slug with --slug, or edit that file and run sync"
            raise FlowError(message, str(taken.get(slug, path)), hint=hint)
        workspace.journal.write(path, whole.encode())
    if whole != text:
        workspace.say(f"written into its front matter: lang: {own}")
    return Added(slug, path, own, segments)


def add_file(
    workspace: Workspace,
    path: Path,
    *,
    slug: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
) -> Added:
    """Bring a file into the project as an article; see :func:`add`."""
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        message = f"articles end with {known}"
        raise FlowError(message, str(path), hint="pipe other text in with add - --slug")
    data, name = read_bytes(path), str(path)
    return add(
        workspace, data, name=name, slug=slug, language=language, encoding=encoding
    )


def _text(data: bytes, name: str, encoding: str | None) -> str:
    """Return a text as people read it.

    :raises FlowError: if it is in another encoding than the one named.
    """
    from translate_flow.article import decode
    from translate_flow.text.encoding import NAMES, decoded, recognised

    if encoding is None:
        try:
            return decode(data, name)
        except FlowError as error:
            if known := recognised(data):
                names = () if name == "stdin" else (name,)
                tail = "" if names else "- --slug SLUG "
                error.hint = command("add", *names, tail=f"{tail}--encoding {known}")
            raise
    try:
        text = decoded(data, encoding)
    except LookupError:
        hint = f"known: utf-8, {', '.join(NAMES)} and what else Python knows"
        raise FlowError(f"unknown encoding {encoding!r}", hint=hint) from None
    except UnicodeError as error:
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        known = recognised(data)
        hint = f"try --encoding {known}" if known else "leave --encoding out"
        raise FlowError(f"is not {encoding} text", name, line, hint) from None
    _refuse_garbled(data, name, encoding)
    return decode(text.encode("utf-8", "surrogatepass"), name)


def _refuse_garbled(data: bytes, name: str, encoding: str) -> None:
    """:raises FlowError: if a text is UTF-8, whatever else its bytes may be."""
    is_utf8 = codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    if is_utf8 or data.isascii() or b"\0" in data:
        return
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        hint = "leave --encoding out"
        raise FlowError(f"is UTF-8 already, not {encoding}", name, hint=hint)


def _tried(workspace: Workspace, text: str, name: str) -> int:
    """Read the article as it would be, so that what is broken never gets in."""
    article = as_article(workspace.project, text, name)
    workspace.project.languages_of(article.meta, name)
    return len(article.segments)


def _place(
    workspace: Workspace, slug: str, language: str, suffix: str, name: str
) -> Path:
    """Return where a new article lies.

    :raises FlowError: if no pattern of an existing site has a place for it.
    """
    project = workspace.project
    if project.tree is None:
        return project.sources / f"{slug}{suffix}"
    file = project.tree.place(slug, language, suffix)
    if file is None:
        message = f"no place for {slug!r} ({language}, {suffix}) in this layout"
        where = ", ".join(project.tree.sources)
        hint = f"put the file where articles lie: {where}; or choose another --slug"
        raise FlowError(message, name, hint=hint)
    return project.root / file


def _markdown(text: str) -> str:
    """Return plain text as Markdown that shows it as it is: paragraphs are parted by
    blank lines or, where there are none, by line ends."""
    from translate_flow.article import parse

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if any(not line.strip() for line in lines[:-1]):
        parts = re.split(r"\n[ \t]*(?:\n[ \t]*)+", "\n".join(lines))
    else:
        parts = lines
    prose = [" ".join(part.split()) for part in parts if part.strip()]
    slots = parse("word\n\n" * len(prose), name="text")
    return slots.render(lambda segment: prose[segment.n - 1]).rstrip("\n") + "\n"


# --- language ---------------------------------------------------------------


def _language(workspace: Workspace, text: str, named: str | None, name: str) -> str:
    """Return the language of an article: what its front matter says, else the one
    named, else what its letters tell."""
    from translate_flow.article import parse

    project = workspace.project
    meta = parse(text, name=name).meta
    language = project.language(named) if named else _guessed(workspace, text)
    if meta.get("lang") is None:
        return language
    own, _ = project.languages_of(meta, name)
    if named and own != language:
        message = f"its front matter says lang: {meta['lang']}"
        raise FlowError(message, name, hint="leave --lang out, or change that")
    return own


def _in_language(workspace: Workspace, text: str, language: str, path: Path) -> str:
    """Write the article's language into its front matter where it must be said: where
    neither that nor its path tells."""
    from translate_flow.article import parse
    from translate_flow.article.saying import saying

    meta = parse(text, name=str(path)).meta
    own, _ = workspace.project.languages_of({**meta, "targets": ()}, str(path))
    if own == language:
        return text
    return saying(text, {"lang": language}, name=str(path), first=True)


def _guessed(workspace: Workspace, text: str) -> str:
    """Return Korean for a text whose letters are mostly Hangul, else the project's
    source language."""
    project = workspace.project
    letters = [c for c in text[:20_000] if c.isalpha()]
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in letters)
    if "ko" in project.languages and hangul * 2 > len(letters):
        return "ko"
    return project.source_language
