"""A new project, and new articles in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from translate_flow.errors import FlowError
from translate_flow.files import (
    make_folder,
    read_bytes,
    read_if_there,
    write_atomic,
)
from translate_flow.flow.desk import Desk
from translate_flow.project import SOURCES, SUFFIXES, TRANSLATIONS, articles
from translate_flow.settings import LANGUAGE_TAG, SETTINGS

_SETTINGS = """\
[project]
languages = [{languages}]
source_language = "{source}"
"""

# --- init -------------------------------------------------------------------


def init(folder: Path, languages: Sequence[str]) -> tuple[Path, ...]:
    """Make a project in a folder, which is created if need be.

    :param languages: BCP 47 tags; the first is the source language.
    :returns: the files written.
    :raises FlowError: if there is a project already, or the languages are not two.
    """
    for tag in languages:
        if not LANGUAGE_TAG.fullmatch(tag):
            hint = "languages look like this: --languages en,ko"
            raise FlowError(f"{tag!r} is not a language tag", hint=hint)
    if len({tag.lower() for tag in languages}) < 2:
        hint = "name the source language first: --languages en,ko"
        raise FlowError("a project needs two languages or more", hint=hint)
    settings = folder / SETTINGS
    if settings.exists():
        message = "there is a project here already"
        raise FlowError(message, str(settings), hint="edit that file to change it")
    for part in (SOURCES, TRANSLATIONS):
        make_folder(folder / part)
    ignored = _ignore_editions(folder / ".gitignore")
    quoted = ", ".join(f'"{tag}"' for tag in languages)
    text = _SETTINGS.format(languages=quoted, source=languages[0])
    write_atomic(settings, text.encode())
    return (settings, *ignored)


def _ignore_editions(path: Path) -> tuple[Path, ...]:
    before = read_if_there(path) or b""
    wanted = [name for name in (b"editions/", b".tflow/") if name not in before.split()]
    if not wanted:
        return ()
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    write_atomic(path, before + gap + b"".join(name + b"\n" for name in wanted))
    return (path,)


# --- add --------------------------------------------------------------------

MARKDOWN = (".md", ".mdx", ".markdown")


@dataclass(frozen=True, slots=True)
class Added:
    """An article brought in."""

    slug: str
    path: Path
    language: str
    segments: int


def add(
    desk: Desk,
    data: bytes,
    *,
    name: str,
    slug: str | None = None,
    language: str | None = None,
) -> Added:
    """Bring one text into the project as an article.

    :param data: Markdown, or plain text if ``name`` ends with ``.txt``.
    :param name: the file it comes from; its stem is the slug if none is given.
    :param language: its language; None for the project's source language, or Korean
        where the text plainly is Korean.
    :raises FlowError: if the slug is taken or leaves the project, or the text cannot
        be read.
    """
    from translate_flow.article import decode

    suffix = Path(name).suffix.lower()
    slug = checked_slug(Path(name).stem if slug is None else slug)
    text = decode(data, name)
    if suffix == ".txt":
        text, suffix = _markdown(text), ".md"
    whole = _in_language(desk, text, language, name)
    path = desk.project.sources / f"{slug}{suffix or '.md'}"
    segments, own = _tried(desk, whole, name)
    with desk.locked():
        taken = {file.slug: file.path for file in articles(desk.project)}
        if slug in taken or path.exists():
            message = f"there is an article {slug!r} already"
            hint = "choose another slug with --slug, or edit that file and run sync"
            raise FlowError(message, str(taken.get(slug, path)), hint=hint)
        desk.journal.write(path, whole.encode())
    if whole != text:
        desk.say(f"written into its front matter: lang: {own}")
    return Added(slug, path, own, segments)


def add_file(
    desk: Desk, path: Path, *, slug: str | None = None, language: str | None = None
) -> Added:
    """Bring a file into the project as an article; see :func:`add`."""
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        message = f"articles end with {known}"
        raise FlowError(message, str(path), hint="pipe other text in with add - --slug")
    return add(desk, read_bytes(path), name=str(path), slug=slug, language=language)


def checked_slug(slug: str) -> str:
    """Return a slug in NFC that can be a path under ``sources/``.

    :raises FlowError: if it cannot.
    """
    slug = unicodedata.normalize("NFC", slug)
    path = PurePosixPath(slug)
    if path.is_absolute() or ".." in path.parts or "\\" in slug:
        hint = f"a slug is a path under {SOURCES}/, like opinion/russia"
        raise FlowError(f"{slug!r} is outside the project", hint=hint)
    hidden = any(part.startswith(".") for part in path.parts)
    if not path.parts or hidden or re.search(r"[:\x00-\x1f\x7f]", slug):
        hint = "a slug has no colon and no part that begins with a dot"
        raise FlowError(f"{slug!r} cannot be a slug", hint=hint)
    return path.as_posix()


def _tried(desk: Desk, text: str, name: str) -> tuple[int, str]:
    """Read the article as it would be, so that what is broken never gets in."""
    from translate_flow.article import FRONT_MATTER_KEYS, parse

    keys = desk.project.front_matter or FRONT_MATTER_KEYS
    article = parse(text, name=name, keys=keys)
    own, _ = desk.project.languages_of(article.meta, name)
    return len(article.segments), own


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


def _in_language(desk: Desk, text: str, named: str | None, name: str) -> str:
    """Write the article's language into its front matter where it must be said."""
    from translate_flow.article import parse

    project = desk.project
    meta = parse(text, name=name).meta
    language = project.language(named) if named else _guessed(desk, text)
    if (said := meta.get("lang")) is not None:
        if named and str(said).lower() != language.lower():
            message = f"its front matter says lang: {said}"
            raise FlowError(message, name, hint="leave --lang out, or change that")
        return text
    if language == project.source_language:
        return text
    return _with_lang(text, language, has_front_matter=bool(meta))


def _guessed(desk: Desk, text: str) -> str:
    """Return Korean for a text whose letters are mostly Hangul, else the project's
    source language."""
    project = desk.project
    letters = [c for c in text[:20_000] if c.isalpha()]
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in letters)
    if "ko" in project.languages and hangul * 2 > len(letters):
        return "ko"
    return project.source_language


def _with_lang(text: str, language: str, *, has_front_matter: bool) -> str:
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    end = "\r\n" if "\r\n" in text else "\n"
    if not has_front_matter:
        return f"{bom}---{end}lang: {language}{end}---{end}{end}{text}"
    first, _, rest = text.partition(end)
    line = f'lang = "{language}"' if first.startswith("+++") else f"lang: {language}"
    return f"{bom}{first}{end}{line}{end}{rest}"
