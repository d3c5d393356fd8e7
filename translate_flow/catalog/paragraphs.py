"""Single entries of a catalog, without reading the rest of it."""

from __future__ import annotations

import re
from contextlib import suppress

from translate_flow.catalog import parse
from translate_flow.errors import FlowError
from translate_flow.model import Unit

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_NAMED = re.compile(r'"([^"\\\s]+)"')


def paragraphs(data: bytes) -> dict[str, list[str]]:
    """Split a catalog where it has blank lines, as all tools put between entries.
    Return the paragraphs by the ids, and other words, that they name."""
    found: dict[str, list[str]] = {}
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        for paragraph in _BLANK_LINES.split(text):
            for name in dict.fromkeys(_NAMED.findall(paragraph)):
                found.setdefault(name, []).append(paragraph)
    return found


def entries(paragraph: str) -> tuple[Unit, ...]:
    """Read one paragraph of a catalog; what cannot be read has no entries."""
    try:
        catalog = parse(paragraph, name="")
    except FlowError:
        return ()
    return (*catalog.units, *catalog.obsolete)
