"""LibreTranslate, on this computer or on a server, through deep-translator. A key, if
the server wants one, is read from the environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
from translate_flow.errors import FlowError, Trouble
from translate_flow.wire import keys
from translate_flow.wire.network import Patience, Wire, document

if TYPE_CHECKING:
    from translate_flow.wire.network import Response

NAME = "libretranslate"
URL = "https://libretranslate.com/"
SETTINGS = COMMON
KEY = "LIBRETRANSLATE_API_KEY"
SERVER = "LIBRETRANSLATE_URL"
"""Another server that the user, not the project, gives the key to."""
HOMES = ("libretranslate.com",)
LIMIT = 2000
"""The least that public servers take at a time."""
NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class LibreTranslate(ByText, Served):
    """Makes one request for each portion of a text."""

    wire: Wire
    url: str
    """Ends in a slash."""

    key: str = field(default="", repr=False)
    name: str = NAME
    limit: int = LIMIT
    batch: int = 1
    takes_terms: bool = False
    keys: tuple[str, ...] = ()
    options: str = ""

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[str]:
        """Translate some passages, as ``Engine`` says."""
        from deep_translator.constants import LIBRE_LANGUAGES_TO_CODES

        known = LIBRE_LANGUAGES_TO_CODES.values()
        pair = [code(tag, known, {}, engine=NAME) for tag in assignment.pair]
        made = maker(self.wire, "libre", "LibreTranslator")

        def ask(portion: str) -> object:
            translator = made(
                source=pair[0],
                target=pair[1],
                api_key=self.key or NO_KEY,
                custom_url=self.url,
            )
            translator.api_key = self.key
            return translator.translate(portion)

        return one_by_one(passages, ask, NAME, _fits)


def _fits(text: str) -> bool:
    return len(text) <= LIMIT


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> LibreTranslate:
    """Make the engine.

    :raises FlowError: for a setting that it does not know, without a key where one is
        needed, or if a key would go to a stranger.
    """
    checked(NAME, settings, SETTINGS)
    named = keys.named(environ, SERVER)
    server = address(NAME, settings, named, URL)
    url = server.url.rstrip("/") + "/"
    key = keys.found(environ, KEY)
    if url == URL and not key:
        raise FlowError(
            f"libretranslate.com wants a key, and {KEY} is not set",
            hint=f"set {KEY}, or the url of your own server in [engines.{NAME}]",
        )
    if key:
        keys.guarded(NAME, server, HOMES, named, SERVER)
    waits = patient(NAME, settings, patience)
    pace = per_minute(NAME, settings, 0)
    wire = Wire(NAME, url, waits, secrets=[key], read=_read, per_minute=pace)
    return LibreTranslate(wire, url, key, keys=keys.held(environ, KEY))


def _read(response: Response) -> None:
    found = document(response, NAME)
    text = found.get("translatedText") if isinstance(found, dict) else None
    if not isinstance(text, str):
        raise Trouble(f"{NAME} gave an answer without a translation")
