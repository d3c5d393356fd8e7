"""Glossaries that DeepL keeps for us: made once for each content, found again by name.

A glossary is never changed or deleted: two projects, or two people at one project, may
share an account. Its name tells its content, so nothing is there twice.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from translate_flow.engines.engine import Wording
from translate_flow.errors import Trouble, Unusable
from translate_flow.wire.network import Wire, document

ROUNDS = 3
LONGEST = 1024
"""Bytes of a term."""
HINT = (
    "glossary = false in [engines.deepl] goes without: terms are then put in by tflow"
)


class NoGlossary(Unusable):
    """An account that does not keep a glossary, or has lost it."""


class AccountGlossaries:
    """The glossaries of an account. Threads share it."""

    def __init__(
        self, wire: Wire, once: Wire, url: str, headers: Mapping[str, str]
    ) -> None:
        """Begin without knowing any; nothing is sent yet.

        :param once: makes a single try. What has been made although no answer came
            would be made a second time by another.
        :param url: of the server, without a slash at its end.
        :param headers: with the key.
        """
        self._wire, self._once = wire, once
        self._url, self._headers = f"{url}/v3/glossaries", headers
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def id(self, wordings: Sequence[Wording], pair: tuple[str, str]) -> str:
        """Return the id of a glossary, made if there is none; empty for no terms.

        :param pair: languages without their countries, in small letters.
        :raises NoGlossary: if the account keeps none.
        :raises EngineError: if the server fails.
        """
        content = entries(wordings)
        if not content:
            return ""
        name = named(content, pair)
        with self._lock:
            if name not in self._known:
                self._known[name] = self._found(name) or self._made(name, content, pair)
            return self._known[name]

    def forget(self, found: str) -> None:
        """Let the next one who asks look anew: somebody has deleted this one."""
        with self._lock:
            self._known = {
                name: known for name, known in self._known.items() if known != found
            }

    def _found(self, name: str) -> str:
        response = self._wire.send("GET", self._url, headers=self._headers)
        found = document(response, "deepl")
        shelf = found.get("glossaries") if isinstance(found, dict) else None
        if not isinstance(shelf, list):
            raise Trouble("deepl gave no list of its glossaries")
        shelf = [one for one in shelf if isinstance(one, dict)]
        return _id(next((one for one in shelf if one.get("name") == name), {}))

    def _made(self, name: str, content: str, pair: tuple[str, str]) -> str:
        source, target = pair
        dictionary = {
            "source_lang": source,
            "target_lang": target,
            "entries": content,
            "entries_format": "tsv",
        }
        body = {"name": name, "dictionaries": [dictionary]}
        failure = Trouble("deepl made a glossary and did not say which")
        for _ in range(ROUNDS):
            try:
                made = self._once.send(
                    "POST", self._url, json=body, headers=self._headers
                )
                found = _id(document(made, "deepl"))
            except Trouble as error:
                failure, found = error, ""
            if found := found or self._found(name):
                return found
        raise failure


def _id(glossary: Any) -> str:
    found = glossary.get("glossary_id") if isinstance(glossary, dict) else None
    return found if isinstance(found, str) else ""


def entries(wordings: Sequence[Wording]) -> str:
    """Return terms as lines of two columns: the first one for each source, and none
    that DeepL would refuse."""
    lines: dict[str, str] = {}
    for source, target in wordings:
        pair = source.strip(), target.strip()
        if all(map(_fine, pair)):
            lines.setdefault(*pair)
    return "\n".join(f"{source}\t{target}" for source, target in lines.items())


def _fine(term: str) -> bool:
    return bool(term) and term.isprintable() and len(term.encode()) <= LONGEST


def named(content: str, pair: tuple[str, str]) -> str:
    """Return the name of a glossary with some content."""
    told = "\n".join((*pair, content))
    return f"tflow {hashlib.sha256(told.encode()).hexdigest()[:16]} {'-'.join(pair)}"
