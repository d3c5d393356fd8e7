"""Who wrote and translated an article, and when: from its front matter, in the words of
one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from translate_flow.exporters.words import phrase

AUTHORS = ("author", "authors")
TRANSLATORS = ("translator", "translators")


def people(meta: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield a line of plain text for the authors and one for the translators, as far
    as front matter names them."""
    for keys, says in ((AUTHORS, "by"), (TRANSLATORS, "translator")):
        names = [name for k in keys for name in _names(meta.get(k), language)]
        if names:
            yield phrase(says, language, ", ".join(dict.fromkeys(names)))


def day(meta: Mapping[str, Any]) -> date | None:
    """Return the date in front matter, if it has one that can be read."""
    value = meta.get("date")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _names(value: Any, language: str) -> Iterator[str]:
    """Yield names from front matter: a text, a list, ``name:`` or one per language."""
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, Mapping):
        yield from _names(value.get(language) or value.get("name"), language)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _names(item, language)
