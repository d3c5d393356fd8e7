"""Slugs: names of articles that can be files on every system.

A project is shared. A name that Linux holds may be a device on Windows, or the same
file as another one on macOS.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from translate_flow.errors import FlowError

DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])(?=$|\.)",
    re.IGNORECASE,
)
"""What a name means to Windows, whatever follows a dot."""

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
"""Signs that no name has on Windows."""

LONGEST_PART = 200
"""Bytes of a folder's or file's name: systems hold 255, and editions have longer names
than their articles."""

LONGEST = 180
"""Letters of a whole slug: Windows holds paths of 260."""


def checked(slug: str, others: Iterable[str] = ()) -> str:
    """Return a slug in NFC that can be a path under the folder of articles.

    :param others: slugs that there are.
    :raises FlowError: if it cannot, with another one that can.
    """
    slug = unicodedata.normalize("NFC", slug)
    path = PurePosixPath(slug)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:[\\/]", slug):
        hint = "a slug is a path under the folder of articles, like opinion/russia"
        raise FlowError(f"{slug!r} is outside the project", hint=hint)
    others = tuple(others)
    why = fault(slug, others)
    if not path.parts or any(part.startswith(".") for part in path.parts):
        hint = "a slug has no part that begins with a dot, and is not empty"
        raise FlowError(f"{slug!r} cannot be a slug", hint=hint)
    if why:
        hint = f"it could be {fitting(slug, others)}"
        raise FlowError(f"{slug!r} cannot be a slug: {why}", hint=hint)
    return path.as_posix()


def fault(slug: str, others: Iterable[str] = ()) -> str | None:
    """Say why a system could not hold an article of this name beside others; None if
    every system can."""
    for part in slug.split("/"):
        if wrong := FORBIDDEN.search(part):
            return f"Windows takes no {wrong[0]!r} in a name"
        if found := DEVICE.match(part.rstrip(" ")):
            return f"{found[0]} is a device on Windows"
        if part != part.rstrip(". "):
            return "Windows drops a dot or blank at the end of a name"
        if len(part.encode("utf-8", "replace")) > LONGEST_PART:
            return "it is too long for the name of a file"
    if len(slug) > LONGEST:
        return "it is too long for a path"
    if twin := _twin(slug, others):
        return f"on Windows and macOS it would be the file of {twin!r}"
    return None


def fitting(slug: str, others: Iterable[str] = ()) -> str:
    """Return a name like this one that every system can hold beside others."""
    parts = unicodedata.normalize("NFC", slug).split("/")
    made = "/".join(filter(None, map(_fitting, parts))) or "article"
    while len(made) > LONGEST and "/" in made:
        made = made.partition("/")[2]
    others, number, free = tuple(others), 2, made
    while _twin(free, others) or free in others:
        free, number = f"{made}-{number}", number + 1
    return free


def _fitting(part: str) -> str:
    part = re.sub(r"-{2,}", "-", FORBIDDEN.sub("-", part)).strip("-. ")
    part = DEVICE.sub(lambda found: f"{found[0]}-1", part, count=1)
    while len(part.encode("utf-8", "replace")) > LONGEST_PART * 3 // 4:
        shorter = re.sub(r"[-_ .]+[^-_ .]*$", "", part)
        part = shorter if shorter != part else part[: len(part) * 3 // 4]
    return part.strip("-. ")


def _twin(slug: str, others: Iterable[str]) -> str | None:
    """Return another slug that has the same file where case does not count."""
    same = _folded(slug)
    return next((one for one in others if one != slug and _folded(one) == same), None)


def _folded(slug: str) -> str:
    whole = unicodedata.normalize("NFC", slug)
    return unicodedata.normalize("NFC", whole.casefold())
