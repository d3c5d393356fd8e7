"""Attributes of HTML tags, read one after the other, so that a value is never taken for
another attribute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape

NAMED = re.compile(
    r"""(?P<before>\s+(?P<name>[^\s"'<>/=]+)\s*=\s*)
    (?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""",
    re.VERBOSE,
)
QUOTES = "\"'"
START = re.compile(r"<[^\s/>]+")


def values(tag: str) -> Mapping[str, str]:
    """Return the attributes of a tag that have a value: small name → value, unescaped;
    of two with one name the first, as browsers do."""
    found: dict[str, str] = {}
    for one in NAMED.finditer(tag, _start(tag)):
        found.setdefault(one["name"].lower(), _value(one))
    return found


def rewritten(tag: str, change: Callable[[str, str], str | None]) -> str:
    """Return a tag with the values of its attributes changed.

    :param change: called with a small name and a value, unescaped; returns what takes
        its place, or None to take the attribute away. What stays is not touched.
    """

    def write(found: re.Match[str]) -> str:
        before = _value(found)
        after = change(found["name"].lower(), before)
        if after == before:
            return found[0]
        if after is None:
            return ""
        quote = found["value"][0] if found["value"][0] in QUOTES else '"'
        return f"{found['before']}{quote}{escape(after)}{quote}"

    start = _start(tag)
    return tag[:start] + NAMED.sub(write, tag[start:])


def anchor_tags(ids: Iterable[str]) -> str:
    """Return empty elements with some ids, for links to lead to."""
    return "".join(f'<span id="{escape(one)}"></span>' for one in ids)


def _start(tag: str) -> int:
    found = START.match(tag)
    return found.end() if found else 0


def _value(found: re.Match[str]) -> str:
    value = found["value"]
    return unescape(value[1:-1] if value[0] in QUOTES else value)
