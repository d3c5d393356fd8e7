"""Google's translation page for small devices, through deep-translator. No key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from translate_flow.engines.engine import Trouble
from translate_flow.engines.languages import code
from translate_flow.engines.network import Patience, Wire, framed
from translate_flow.engines.portions import portions
from translate_flow.engines.settings import address, checked, patient

NAME = "google"
URL = "https://translate.google.com/m"
SETTINGS = ("url", "timeout")
LIMIT = 4999
ADDRESS_LIMIT = 14_000
"""Bytes of a text in an address: about 1,500 Hangul syllables. Beyond
16,000 it refuses them."""
ALSO = {
    "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "he": "iw", "jv": "jw",
    "nb": "no", "nn": "no", "fil": "tl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Google:
    """Makes one request for each portion of a text."""

    wire: Wire
    url: str
    name: str = NAME
    remote: bool = True
    limit: int = LIMIT

    def translate(self, text: str, source: str, target: str) -> str:
        """Translate a text, as ``Engine`` says."""
        from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES
        from deep_translator.exceptions import TranslationNotFound

        known = GOOGLE_LANGUAGES_TO_CODES.values()
        pair = [code(tag, known, ALSO, engine=NAME) for tag in (source, target)]
        maker = self.wire.maker("google", "GoogleTranslator")

        def ask(portion: str) -> object:
            translator = maker(source=pair[0], target=pair[1])
            translator._base_url = self.url
            try:
                return translator.translate(portion)
            except TranslationNotFound:
                raise _odd_page() from None

        cut = portions(text, _fits, _fits, NAME)
        return "".join(framed(portion, ask, NAME) for portion in cut)


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
    url = address(NAME, settings, URL)
    waits = patient(NAME, settings, patience)
    return Google(Wire(NAME, url, waits), url)
