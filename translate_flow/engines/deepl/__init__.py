"""DeepL, by its interface of today: the key in a header, texts in JSON, placeholders as
XML, the terms of the project as a glossary of the account."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from translate_flow.engines.cutting import parted, whole
from translate_flow.engines.deepl.glossaries import (
    HINT,
    AccountGlossaries,
    NoGlossary,
)
from translate_flow.engines.deepl.tags import tagged, untagged
from translate_flow.engines.engine import Assignment, ByText, Passage, Served
from translate_flow.engines.languages import code
from translate_flow.engines.settings import (
    COMMON,
    address,
    checked,
    choice,
    patient,
    per_minute,
    switch,
)
from translate_flow.errors import EngineError, FlowError, Trouble, Unsupported, Unusable
from translate_flow.wire import keys
from translate_flow.wire.network import Patience, Wire, document

if TYPE_CHECKING:
    from translate_flow.wire.network import Response

NAME = "deepl"
PRO, FREE = "https://api.deepl.com", "https://api-free.deepl.com"
FREE_KEY = ":fx"
"""How keys for the free server end."""
KEYS = ("DEEPL_API_KEY", "DEEPL_AUTH_KEY")
SERVER = "DEEPL_SERVER_URL"
"""Another server that the user, not the project, gives the key to."""
HOMES = (".deepl.com",)

SETTINGS = (*COMMON, "formality", "context", "glossary")
FORMALITY = ("default", "more", "less", "prefer_more", "prefer_less")
TEXTS = 50
"""Of one request."""
LIMIT = 15_000
ROOM = 100_000
"""Bytes of the texts of a request, of the 128 KiB that it may have in all."""
AROUND = 1000
"""Characters of a neighbour that are told."""

ABOUT_KEY = re.compile(r"\bauth(?:oriz|entic|[ _-]key)|\bapi[ _-]?key|invalid key")
"""How a refusal says that it is the key itself."""

SOURCES = (
    "AR", "BG", "CS", "DA", "DE", "EL", "EN", "ES", "ET", "FI", "FR", "HE", "HU", "ID",
    "IT", "JA", "KO", "LT", "LV", "NB", "NL", "PL", "PT", "RO", "RU", "SK", "SL", "SV",
    "TH", "TR", "UK", "VI", "ZH",
)  # fmt: skip
TARGETS = (
    *(tag for tag in SOURCES if tag not in ("EN", "PT", "ZH")),
    *("EN-US", "EN-GB", "PT-PT", "PT-BR", "ZH-HANS", "ZH-HANT", "ES-419"),
)
ALSO = {"no": "NB", "nn": "NB", "iw": "HE"}
ALSO_TARGETS = {
    **ALSO, "en": "EN-US", "zh": "ZH-HANS", "zh-cn": "ZH-HANS", "zh-sg": "ZH-HANS",
    "zh-tw": "ZH-HANT", "zh-hk": "ZH-HANT", "zh-mo": "ZH-HANT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeepL(ByText, Served):
    """Asks about one passage at a time, with its neighbours, or about many without."""

    wire: Wire
    url: str
    """Without a slash at its end."""

    headers: Mapping[str, str] = field(repr=False)
    shelf: AccountGlossaries = field(repr=False)
    formality: str = "default"
    context: bool = True
    """Whether neighbours are sent along. They count for all texts of a request, so then
    it has one text; they are not paid for."""

    takes_terms: bool = True
    name: str = NAME
    limit: int = LIMIT
    keys: tuple[str, ...] = ()

    @property
    def batch(self) -> int:
        """Passages that one request may hold."""
        return 1 if self.context else TEXTS

    @property
    def options(self) -> str:
        """What else its answers depend on."""
        return (
            f"formality={self.formality} context={self.context} "
            f"glossary={self.takes_terms} tags=v2"
        )

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[str]:
        """Translate some passages, as ``Engine`` says."""
        wish = self._wish(assignment)
        if self.context and len(passages) == 1:
            wish["context"] = _around(passages[0], assignment.title)
        parts = parted([passage.text for passage in passages], _fits, NAME)
        answers: list[str] = []
        for texts in _loads([tagged(part.core) for part in parts if part.core]):
            answers += self._answers(texts, wish, assignment)
        return whole(parts, answers)

    def _wish(self, assignment: Assignment) -> dict[str, Any]:
        """Return what a request asks for, all but its texts."""
        return {
            "source_lang": code(assignment.source, SOURCES, ALSO, engine=NAME),
            "target_lang": code(assignment.target, TARGETS, ALSO_TARGETS, engine=NAME),
            "tag_handling": "xml",
            "tag_handling_version": "v2",
            "split_sentences": "nonewlines",
            "preserve_formatting": True,
            **({"formality": self.formality} if self.formality != "default" else {}),
        }

    def _answers(
        self, texts: Sequence[str], wish: Mapping[str, Any], assignment: Assignment
    ) -> list[str]:
        """Ask once, and a second time if the glossary is gone."""
        glossary = self._glossary(wish, assignment)
        try:
            return self._asked(texts, wish, glossary)
        except NoGlossary:
            if not glossary:
                raise
        self.shelf.forget(glossary)
        return self._asked(texts, wish, self._glossary(wish, assignment))

    def _glossary(self, wish: Mapping[str, Any], assignment: Assignment) -> str:
        if not self.takes_terms:
            return ""
        source, target = wish["source_lang"].lower(), wish["target_lang"].lower()
        pair = source, target.partition("-")[0]
        return self.shelf.id(assignment.glossary, pair)

    def _asked(
        self, texts: Sequence[str], wish: Mapping[str, Any], glossary: str
    ) -> list[str]:
        body = {**wish, "text": texts}
        if glossary:
            body["glossary_id"] = glossary
        response = self.wire.send(
            "POST",
            f"{self.url}/v2/translate",
            json=body,
            headers=self.headers,
            characters=sum(len(untagged(text)) for text in texts),
        )
        found = document(response, NAME)
        answers = found.get("translations") if isinstance(found, dict) else None
        if not isinstance(answers, list) or not all(map(_is_text, answers)):
            raise Trouble(f"{NAME} gave an answer without translations")
        if len(answers) != len(texts):
            raise Trouble(f"{NAME} gave {len(answers)} answers to {len(texts)} texts")
        return [untagged(answer["text"]) for answer in answers]


def _is_text(answer: Any) -> bool:
    return isinstance(answer, dict) and isinstance(answer.get("text"), str)


def _around(passage: Passage, title: str) -> str:
    """Return what stands around a passage, in the language that it is in."""
    told = (title, passage.above[-AROUND:], passage.below[:AROUND])
    return "\n\n".join(filter(None, told))


def _fits(text: str) -> bool:
    return len(text) <= LIMIT and _size(tagged(text)) <= ROOM


def _size(text: str) -> int:
    """Return the bytes of a text in JSON."""
    return len(json.dumps(text)) + 2


def _loads(texts: Sequence[str]) -> Iterator[list[str]]:
    """Share texts out among requests, in their order."""
    load: list[str] = []
    size = 0
    for text in texts:
        if load and (len(load) == TEXTS or size + _size(text) > ROOM):
            yield load
            load, size = [], 0
        load.append(text)
        size += _size(text)
    if load:
        yield load


def _refused(response: Response, says: str) -> EngineError | None:
    """Return what an answer that is an error means, if DeepL means more by it than
    others do."""
    status, words = response.status_code, says.lower()
    told = f"({status}{says})"
    keeping = "/v3/glossaries" in response.url
    if status == 403 and keeping and not ABOUT_KEY.search(words):
        message = f"{NAME} lets this key keep no glossary {told}"
        return NoGlossary(message, hint=HINT)
    if status in (401, 403):
        hint = f"look at {KEYS[0]}; keys that end in {FREE_KEY} are for the free server"
        return Unusable(f"{NAME} refuses the key {told}", hint=hint)
    if keeping and status < 500 and status != 429:
        return NoGlossary(f"{NAME} does not keep our glossary {told}", hint=HINT)
    if status == 456:
        hint = (
            "wait for the next month, raise the limit of the account, or take another"
        )
        return Unusable(f"the quota of {NAME} is used up {told}", hint=f"{hint} engine")
    if status in (400, 404) and "glossary" in words:
        return NoGlossary(f"{NAME} does not take our glossary {told}", hint=HINT)
    if status == 400 and "formality" in words:
        hint = f'formality = "prefer_more" in [engines.{NAME}] asks where it can be had'
        return Unusable(f"{NAME} has no formality in this language {told}", hint=hint)
    if status == 400 and "_lang" in words:
        message = f"{NAME} cannot translate between these languages {told}"
        return Unsupported(message, hint="try another engine")
    return None


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> DeepL:
    """Make the engine.

    :raises FlowError: for a setting that it does not know, without a key, or if the key
        would go to a stranger.
    """
    checked(NAME, settings, SETTINGS)
    formality = choice(NAME, settings, "formality", FORMALITY)
    context = switch(NAME, settings, "context", True)
    glossary = switch(NAME, settings, "glossary", True)
    key = keys.found(environ, *KEYS)
    if not key:
        hint = f"get one at deepl.com/pro-api, and set {KEYS[0]}"
        raise FlowError(f"{NAME} wants a key, and {KEYS[0]} is not set", hint=hint)
    own = FREE if key.endswith(FREE_KEY) else PRO
    named = keys.named(environ, SERVER)
    server = address(NAME, settings, named, own)
    keys.guarded(NAME, server, HOMES, named, SERVER)
    url = server.url.rstrip("/")
    waits = patient(NAME, settings, patience)
    pace = per_minute(NAME, settings, 0)
    wire, once = (
        Wire(NAME, url, wait, secrets=[key], refused=_refused, per_minute=pace)
        for wait in (waits, replace(waits, tries=1))
    )
    headers = {"Authorization": f"DeepL-Auth-Key {key}"}
    shelf = AccountGlossaries(wire, once, url, headers)
    held = keys.held(environ, *KEYS)
    return DeepL(wire, url, headers, shelf, formality, context, glossary, keys=held)
