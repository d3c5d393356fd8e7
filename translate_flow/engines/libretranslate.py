"""LibreTranslate, on this computer or on a server, through deep-translator. A key, if
the server wants one, is read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from translate_flow.engines.engine import Trouble
from translate_flow.engines.languages import code
from translate_flow.engines.network import Patience, Wire, framed, is_local
from translate_flow.engines.portions import portions
from translate_flow.engines.settings import address, checked, patient
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from requests import Response

NAME = "libretranslate"
URL = "https://libretranslate.com/"
SETTINGS = ("url", "timeout")
KEY = "LIBRETRANSLATE_API_KEY"
LIMIT = 2000
"""The least that public servers take at a time."""
NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """Makes one request for each portion of a text."""

    wire: Wire
    url: str
    """Ends in a slash."""

    key: str = field(default="", repr=False)
    name: str = NAME
    limit: int = LIMIT

    @property
    def remote(self) -> bool:
        """Whether the server is another computer."""
        return not is_local(self.url)

    def translate(self, text: str, source: str, target: str) -> str:
        """Translate a text, as ``Engine`` says."""
        from deep_translator.constants import LIBRE_LANGUAGES_TO_CODES

        known = LIBRE_LANGUAGES_TO_CODES.values()
        pair = [code(tag, known, {}, engine=NAME) for tag in (source, target)]
        maker = self.wire.maker("libre", "LibreTranslator")

        def ask(portion: str) -> object:
            translator = maker(
                source=pair[0],
                target=pair[1],
                api_key=self.key or NO_KEY,
                custom_url=self.url,
            )
            translator.api_key = self.key
            return translator.translate(portion)

        cut = portions(text, _fits, _fits, NAME)
        return "".join(framed(portion, ask, NAME) for portion in cut)


def _fits(text: str) -> bool:
    return len(text) <= LIMIT


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> LibreTranslate:
    """Make the engine.

    :raises FlowError: for a setting that it does not know, or without a key where one
        is needed.
    """
    checked(NAME, settings, SETTINGS)
    url = address(NAME, settings, URL).rstrip("/") + "/"
    key = environ.get(KEY, "").strip()
    if url == URL and not key:
        raise FlowError(
            f"libretranslate.com wants a key, and {KEY} is not set",
            hint=f"set {KEY}, or the url of your own server in [engines.{NAME}]",
        )
    waits = patient(NAME, settings, patience)
    return LibreTranslate(Wire(NAME, url, waits, secret=key, read=_read), url, key)


def _read(response: Response) -> None:
    try:
        found = response.json()
    except ValueError:
        raise Trouble(f"{NAME} gave an answer that is not JSON") from None
    text = found.get("translatedText") if isinstance(found, dict) else None
    if not isinstance(text, str):
        raise Trouble(f"{NAME} gave an answer without a translation")
