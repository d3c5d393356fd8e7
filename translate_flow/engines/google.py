"""Google's translation page for small devices, through deep-translator. No key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from translate_flow.engines.engine import Assignment, ByText, Passage, Served
from translate_flow.engines.languages import code
from translate_flow.engines.library import maker, one_by_one
from translate_flow.engines.settings import (
    COMMON,
    address,
    checked,
    patient,
    per_minute,
)
from translate_flow.errors import Trouble
from translate_flow.wire.network import Patience, Wire

NAME = "google"
URL = "https://translate.google.com/m"
SETTINGS = COMMON
PER_MINUTE = 300
"""Requests: without a key nothing is promised, but it bears five a second."""
LIMIT = 4999
ADDRESS_LIMIT = 14_000
"""Bytes of a text in an address: about 1,500 Hangul syllables. Beyond
16,000 it refuses them."""
ALSO = {
    "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "he": "iw", "jv": "jw",
    "nb": "no", "nn": "no", "fil": "tl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Google(ByText, Served):
    """Makes one request for each portion of a text."""

    wire: Wire
    url: str
    name: str = NAME
    remote: bool = True
    limit: int = LIMIT
    batch: int = 1
    takes_terms: bool = False
    options: str = ""
    keys: tuple[str, ...] = ()

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[str]:
        """Translate some passages, as ``Engine`` says."""
        from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES
        from deep_translator.exceptions import TranslationNotFound

        known = GOOGLE_LANGUAGES_TO_CODES.values()
        pair = [code(tag, known, ALSO, engine=NAME) for tag in assignment.pair]
        made = maker(self.wire, "google", "GoogleTranslator")

        def ask(portion: str) -> object:
            translator = made(source=pair[0], target=pair[1])
            translator._base_url = self.url
            try:
                return translator.translate(portion)
            except TranslationNotFound:
                raise _odd_page() from None

        return one_by_one(passages, ask, NAME, _fits)


def _fits(text: str) -> bool:
    return len(text) <= LIMIT and len(quote_plus(text)) <= ADDRESS_LIMIT


def _odd_page() -> Trouble:
    return Trouble(
        "google answered with a page without a translation",
        hint="it may want to see a person; try again later, or with another engine",
    )


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> Google:
    """Make the engine.

    :raises FlowError: for a setting that it does not know.
    """
    checked(NAME, settings, SETTINGS)
    url = address(NAME, settings, None, URL).url
    waits = patient(NAME, settings, patience)
    pace = per_minute(NAME, settings, PER_MINUTE)
    return Google(Wire(NAME, url, waits, per_minute=pace), url)
