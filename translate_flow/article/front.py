"""Front matter: where it ends, what it says, and where its translatable values stand.
What writes it is ``saying``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from translate_flow.article import json, toml, yaml
from translate_flow.article.scalars import (
    Content,
    Malformed,
    Scalar,
    refuse_depth,
    refuse_excess,
)
from translate_flow.errors import FlowError

OPENING = re.compile(r"(?P<above>(?:[ \t]*\n)*)(?P<mark>---|\+\+\+)[ \t]*\n")
"""Blank lines may stand above it, as Hugo and Astro allow, if it looks like nothing
else."""
YAML_LOOKS = re.compile(
    r"""(?:[ \t]*(?:\#[^\n]*)?\n)*
    (?:[\w][\w.-]*|"[^"\n]+"|'[^'\n]+')[ \t]*:(?:[ \t]|\n|$)""",
    re.VERBOSE,
)
TOML_LOOKS = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:\[[^\n]*\]|[\w\"'.-]+[ \t]*=)"
)
BLANK = re.compile(r"^[ \t]*\n", re.MULTILINE)
EMPTY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
OBJECT = re.compile(r"\{\s*(?:\}|(?P<key>\"[^\"\n]+\"\s*:))")
MARKS = {"YAML": "---", "TOML": "+++"}
LANGUAGES = {mark: language for language, mark in MARKS.items()}
READERS = {"YAML": yaml, "TOML": toml, "JSON": json}


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of one article."""

    language: Literal["YAML", "TOML", "JSON"]
    start: int
    """Offset of its content in the article's text."""

    content: str
    """What stands between the two marks; of JSON, the braces, too."""

    end: int
    """Offset of the line after the closing mark."""

    meta: dict[str, Any]

    def scalars(self, keys: Sequence[str]) -> list[tuple[str, Scalar]]:
        """Return the texts that keys lead to, in order of place, with their keys.

        :param keys: dotted paths; a list on the way gives each of its members.
        """
        found = []
        for scalar in read(self).scalars:
            paths = map(_dotted, (scalar.path, *scalar.repeats))
            if (
                key := next((path for path in paths if path in keys), None)
            ) is not None:
                found.append((key, scalar))
        return sorted(found, key=lambda pair: pair[1].start)

    def around(self, content: str) -> str:
        """Return a text that has nothing but this as its front matter."""
        mark = MARKS.get(self.language)
        return f"{mark}\n{content}{mark}\n" if mark else f"{content}\n"


def cut(text: str, name: str) -> Front | None:
    """Return the front matter of an article, None if it has none.

    :param text: the article; lines end in ``\\n``. A byte order mark may come first.
    :raises FlowError: if it is meant as front matter but cannot be read.
    """
    start = int(text.startswith("\ufeff"))
    opening = OPENING.match(text, start)
    if opening is None:
        return _object(text, start, name)
    language: Any = LANGUAGES[opening["mark"]]
    looks = (YAML_LOOKS if language == "YAML" else TOML_LOOKS).match
    closes = r"---|\.\.\." if language == "YAML" else r"\+\+\+"
    closing = re.compile(rf"^(?:{closes})[ \t]*(?:\n|\Z)", re.MULTILINE)
    closed = closing.search(text, opening.end())
    if closed is None:
        if looks(text, opening.end()) and not opening["above"]:
            hint = f"put a line {opening['mark']} after it"
            raise FlowError("front matter is never closed", name, 1, hint)
        return None
    content = text[opening.end() : closed.start()]
    meant = looks(content) or (EMPTY.fullmatch(content) and not opening["above"])
    if opening["above"] and BLANK.search(content):
        return None
    sure = language == "TOML" or opening["above"]
    if not meant and (sure or not _is_mapping(content)):
        return None
    above = text.count("\n", 0, opening.end())
    meta = _load(language, content, name, above)
    return Front(language, opening.end(), content, closed.end(), meta)


def read(front: Front) -> Content:
    """Return what a front matter says and where its texts stand."""
    return _content(front.language, front.content)


def _content(language: str, content: str) -> Content:
    """:raises Malformed: if it breaks the rules of its language, or has more in it than
    anybody writes."""
    refuse_depth(content)
    try:
        found: Content = READERS[language].read(content)
    except RecursionError as error:
        raise Malformed("it is nested too deeply", 0) from error
    except (ValueError, ArithmeticError) as error:
        raise Malformed(f"a value cannot be read ({error})", 0) from error
    refuse_excess(found.meta)
    return found


def _object(text: str, start: int, name: str) -> Front | None:
    """Return the front matter of a text that begins with an object of JSON, alone on
    its lines."""
    opening = OBJECT.match(text, start)
    if opening is None:
        return None
    try:
        end = start + json.length(text, start)
        rest = re.compile(r"[ \t]*(?:\n|\Z)").match(text, end)
        if rest is None:
            return None
        meta = _content("JSON", text[start:end]).meta
    except Malformed as error:
        if not opening["key"]:
            return None
        message = f"front matter is not valid JSON: {error.problem}"
        raise FlowError(message, name, error.line + 1) from error
    return Front("JSON", start, text[start:end], rest.end(), meta)


QUOTE = "quote a value that has : or # in it, or begins with a sign"


def _load(language: str, content: str, name: str, above: int) -> dict[str, Any]:
    try:
        meta = _content(language, content).meta
    except Malformed as error:
        message = f"front matter is not valid {language}: {error.problem}"
        hint = QUOTE if language == "YAML" else None
        raise FlowError(message, name, error.line + above + 1, hint) from error
    if not isinstance(meta, dict):
        message = "front matter holds no keys"
        raise FlowError(message, name, above + 1, "write it as key: value")
    return meta


def _is_mapping(content: str) -> bool:
    """Whether YAML that does not look like front matter is front matter all the same,
    and not Markdown between two rules."""
    try:
        return isinstance(_content("YAML", content).meta, dict)
    except Malformed:
        return False


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(part for part in path if isinstance(part, str))
