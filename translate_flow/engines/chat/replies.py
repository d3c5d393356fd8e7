"""Translations in what a language model says. It is believed only if it has the form
that was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from translate_flow.errors import EngineError

THOUGHT = re.compile(r"\A\s*[^{`\s].*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
"""What some models say to themselves first; some servers swallow its beginning."""
ID = re.compile(r"\d{1,6}")
TRIES = 1000
"""Braces at which JSON is looked for."""


def translations(words: str, count: int, engine: str) -> dict[int, str]:
    """Return the translations of passages by their numbers, which begin with 1. What is
    not translated is not there.

    :param words: what a model said.
    :param count: how many passages it was given.
    :raises EngineError: if there is no JSON of the right form in it, or numbers are
        there twice or are not ours: then no text is known to belong to its number.
    """
    entries = _entries(words)
    if entries is None:
        raise EngineError(f"{engine} did not answer with the JSON that was asked for")
    found: dict[int, str] = {}
    for entry in entries:
        number, text = _read(entry)
        if number in found or not 1 <= number <= count:
            raise EngineError(f"{engine} mixed the passages up")
        found[number] = text
    return {number: text for number, text in found.items() if text.strip()}


def _entries(words: str) -> list[Any] | None:
    for said in (THOUGHT.sub("", words), words):  # a translation may speak of thoughts
        for document in _documents(said):
            entries = document.get("translations")
            if isinstance(entries, list):
                return entries
    return None


def _documents(words: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects in a text, whatever stands around them."""
    decoder = json.JSONDecoder(strict=False)
    place = 0
    for _ in range(TRIES):
        place = words.find("{", place)
        if place < 0:
            return
        try:
            found, place = decoder.raw_decode(words, place)
        except (ValueError, RecursionError):
            place += 1
        else:
            yield found


def _read(entry: Any) -> tuple[int, str]:
    """Return the number and the text of an entry; 0 and nothing if it has none."""
    if not isinstance(entry, dict):
        return 0, ""
    number, text = entry.get("id"), entry.get("text")
    if isinstance(number, str) and ID.fullmatch(number):
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool):
        return 0, ""
    return number, text if isinstance(text, str) else ""
