"""Front matter: its translatable values, where they stand, and how they are replaced.

A replacement is tried as its author would have written it, then in double quotes, and
taken only if the whole front matter read again says what it should.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from translate_flow.article import toml, yaml
from translate_flow.article.places import Refusal
from translate_flow.article.scalars import Malformed, Scalar
from translate_flow.errors import FlowError

OPENING = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*\n")
YAML_LOOKS = re.compile(
    r"""(?:[ \t]*(?:\#[^\n]*)?\n)*
    (?:[\w][\w.-]*|"[^"\n]+"|'[^'\n]+')[ \t]*:(?:[ \t]|\n|$)""",
    re.VERBOSE,
)
TOML_LOOKS = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:\[[^\n]*\]|[\w\"'.-]+[ \t]*=)"
)
EMPTY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
LANGUAGES = {"---": "YAML", "+++": "TOML"}
MANY_LINES = ("|", ">", '"""', "'''")


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of one article."""

    language: Literal["YAML", "TOML"]
    start: int
    """Offset of its content in the article's text."""

    content: str
    """What stands between the two marks."""

    end: int
    """Offset of the line after the closing mark."""

    meta: dict[str, Any]

    def scalars(self, keys: Sequence[str]) -> list[tuple[str, Scalar]]:
        """Return the texts that keys lead to, in order of place, with their keys.

        :param keys: dotted paths; a list on the way gives each of its members.
        """
        found = [(_dotted(scalar), scalar) for scalar in read(self).scalars]
        return sorted(
            (pair for pair in found if pair[0] in keys), key=lambda pair: pair[1].start
        )

    def write(self, scalar: Scalar, target: str) -> str:
        """Return what stands in the place of a scalar so that it reads ``target``.

        :raises Refusal: if it cannot.
        """
        target = self._fitting(scalar, target)
        candidates = yaml.candidates if self.language == "YAML" else toml.candidates
        before, after = self.content[: scalar.start], self.content[scalar.end :]
        expected = deepcopy(self.meta)
        for path in (scalar.path, *scalar.repeats):
            _put(expected, path, target + scalar.tail)
        source = self.content[scalar.start : scalar.end]
        for candidate in candidates(scalar, source, target):
            if self._reads(before + candidate + after) == repr(expected):
                return candidate
        raise Refusal("cannot be written in this front matter")

    def _fitting(self, scalar: Scalar, target: str) -> str:
        """Return a target with the line breaks that its place may have."""
        target = re.sub(r"\r\n?", "\n", target).strip()
        if not target:
            raise Refusal("is empty")
        if scalar.style in MANY_LINES or "\n" in scalar.text:
            return target
        if re.search(r"\n[ \t]*\n", target):
            raise Refusal("has a blank line, but only one block fits here")
        return re.sub(r"[ \t]*\n[ \t]*", " ", target)

    def _reads(self, content: str) -> str | None:
        """Return what a text says as front matter in this place; as text, because NaN
        is not equal to itself."""
        mark = {"YAML": "---", "TOML": "+++"}[self.language]
        try:
            again = cut(f"{mark}\n{content}{mark}\n", "")
        except FlowError:
            return None
        return repr(again.meta) if again and again.content == content else None


def cut(text: str, name: str) -> Front | None:
    """Return the front matter of an article, None if it has none.

    :param text: the article; lines end in ``\\n``. A byte order mark may come first.
    :raises FlowError: if it is meant as front matter but cannot be read.
    """
    start = int(text.startswith("\ufeff"))
    opening = OPENING.match(text, start)
    if opening is None:
        return None
    language: Any = LANGUAGES[opening["mark"]]
    looks = (YAML_LOOKS if language == "YAML" else TOML_LOOKS).match
    closes = r"---|\.\.\." if language == "YAML" else r"\+\+\+"
    closing = re.compile(rf"^(?:{closes})[ \t]*(?:\n|\Z)", re.MULTILINE)
    closed = closing.search(text, opening.end())
    if closed is None:
        if looks(text, opening.end()):
            hint = f"put a line {opening['mark']} after it"
            raise FlowError("front matter is never closed", name, 1, hint)
        return None
    content = text[opening.end() : closed.start()]
    meant = looks(content) or EMPTY.fullmatch(content)
    if not meant and (language == "TOML" or not _is_mapping(content)):
        return None
    meta = _load(language, content, name)
    return Front(language, opening.end(), content, closed.end(), meta)


def read(front: Front) -> Any:
    """Return the scalars of a front matter."""
    return (yaml if front.language == "YAML" else toml).read(front.content)


def _load(language: str, content: str, name: str) -> dict[str, Any]:
    try:
        meta = (yaml if language == "YAML" else toml).read(content).meta
    except Malformed as error:
        message = f"front matter is not valid {language}: {error.problem}"
        hint = "quote a value that has : or # in it" if language == "YAML" else None
        raise FlowError(message, name, error.line + 2, hint) from error
    if not isinstance(meta, dict):
        message = "front matter holds no keys"
        raise FlowError(message, name, 2, "write it as key: value")
    return meta


def _is_mapping(content: str) -> bool:
    """Whether YAML that does not look like front matter is front matter all the same,
    and not Markdown between two rules."""
    try:
        return isinstance(yaml.read(content).meta, dict)
    except Malformed:
        return False


def _dotted(scalar: Scalar) -> str:
    return ".".join(part for part in scalar.path if isinstance(part, str))


def _put(meta: Any, path: Sequence[str | int], text: str) -> None:
    for part in path[:-1]:
        meta = meta[part]
    meta[path[-1]] = text
