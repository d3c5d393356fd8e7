"""Translations in what a language model says. It is believed only if it has the form
that was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from translate_flow.errors import Useless

THOUGHT = re.compile(r"\A\s*[^{`\s].*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
"""What some models say to themselves first; some servers swallow its beginning."""
ID = re.compile(r"\d{1,6}")
TRIES = 1000
"""Braces at which JSON is looked for."""


def translations(words: str, count: int, engine: str) -> dict[int, str]:
    """Return the translations of passages by their numbers, which begin with 1. What is
    not translated is not there. Of several answers the last whole one counts: a model
    may try first, or repeat the form that it was shown.

    :param words: what a model said.
    :param count: how many passages it was given.
    :raises Useless: if there is no JSON of the right form in it, or numbers are there
        twice or are not ours: then no text is known to belong to its number.
    """
    wanted = set(range(1, count + 1))
    answers = [_numbered(entries) for entries in _answers(words)]
    if not answers:
        raise Useless(f"{engine} did not answer with the JSON that was asked for")
    whole = [found for found in answers if found is not None and set(found) == wanted]
    found = (whole or answers)[-1]
    if found is None or not set(found) <= wanted:
        raise Useless(f"{engine} mixed the passages up")
    return {number: text for number, text in found.items() if text.strip()}


def _answers(words: str) -> list[list[Any]]:
    """Return the answers in what a model said, without the example of its form. Before
    what it thought is looked at, the rest is: a translation may speak of thoughts."""
    for said in (THOUGHT.sub("", words), words):
        lists = (document.get("translations") for document in _documents(said))
        found = [one for one in lists if isinstance(one, list) and not _is_example(one)]
        if found:
            return found
    return []


def _is_example(entries: Sequence[Any]) -> bool:
    """Whether there are entries, and a text without words in each of them."""
    texts = [_read(entry)[1] for entry in entries]
    return bool(texts) and all(texts) and not any(map(str.isalnum, "".join(texts)))


def _numbered(entries: Sequence[Any]) -> dict[int, str] | None:
    """Return the texts of entries by their numbers; None if one is there twice."""
    found = dict(map(_read, entries))
    return found if len(found) == len(entries) else None


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
