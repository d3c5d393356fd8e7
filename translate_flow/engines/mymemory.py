"""MyMemory, a memory of translations with a machine behind it, through
deep-translator. No key; an email address in the settings raises the daily quota."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
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
    wrong,
)
from translate_flow.errors import EngineError, Unsupported, Unusable
from translate_flow.wire.network import Patience, Wire, document

if TYPE_CHECKING:
    from translate_flow.wire.network import Response

NAME = "mymemory"
URL = "https://api.mymemory.translated.net/get"
SETTINGS = (*COMMON, "email")
LIMIT = 499
BYTES = 500
"""What its documentation allows. It takes a longer sentence of fewer characters."""
ALSO = {
    "en": "en-US", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "ja": "ja-JP",
    "nb": "nb-NO", "no": "nb-NO", "sr": "sr-Latn-RS", "sv": "sv-SE", "da": "da-DK",
    "cs": "cs-CZ", "uk": "uk-UA", "vi": "vi-VN", "el": "el-GR", "hi": "hi-IN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MyMemory(ByText, Served):
    """Makes one request for each portion of a text."""

    wire: Wire
    url: str
    email: str | None = None
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
        from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

        known = MY_MEMORY_LANGUAGES_TO_CODES.values()
        pair = [code(tag, known, ALSO, engine=NAME) for tag in assignment.pair]
        made = maker(self.wire, "mymemory", "MyMemoryTranslator")

        def ask(portion: str) -> object:
            translator = made(source=pair[0], target=pair[1], email=self.email)
            translator._base_url = self.url
            answer = translator.translate(portion)
            return unescape(answer) if isinstance(answer, str) else answer

        return one_by_one(passages, ask, NAME, _fits, _may_do)


def _fits(text: str) -> bool:
    return len(text) <= LIMIT and len(text.encode()) <= BYTES


def _may_do(text: str) -> bool:
    return len(text.strip()) <= LIMIT


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> MyMemory:
    """Make the engine.

    :raises FlowError: for a setting that it does not know.
    """
    checked(NAME, settings, SETTINGS)
    url = address(NAME, settings, None, URL).url
    email = settings.get("email")
    if email is not None and (not isinstance(email, str) or "@" not in email):
        raise wrong(NAME, "email", "must be an email address")
    waits = patient(NAME, settings, patience)
    pace = per_minute(NAME, settings, 0)
    wire = Wire(NAME, url, waits, read=_read, refused=_refused, per_minute=pace)
    return MyMemory(wire, url, email)


# --- its answers ------------------------------------------------------------

USED_UP = re.compile("MYMEMORY WARNING|AVAILABLE FREE TRANSLATIONS")
OWN = re.compile(
    f"{USED_UP.pattern}|QUERY LENGTH LIMIT|INVALID (?:SOURCE|TARGET)? ?LANGUAGE"
    "|DISTINCT LANGUAGES|NO QUERY SPECIFIED|INVALID EMAIL|INVALID KEY"
)
"""Its own words, which are all in capitals."""


def _read(response: Response) -> None:
    """Find the errors that come as good answers: their text stands where a translation
    would, or would be taken from."""
    found = document(response, NAME)
    found = found if isinstance(found, dict) else {}
    text, details = _words(found)
    matches = found.get("matches")
    if not text and isinstance(matches, list) and matches:
        best = matches[0]
        text = _line(best.get("translation")) if isinstance(best, dict) else ""
    status = str(found.get("responseStatus", 200))
    if status != "200" or not text or OWN.search(text) or USED_UP.search(details):
        raise _failure(status, text or details)


def _refused(response: Response, says: str) -> EngineError | None:
    """Return what an answer that is an error means, if MyMemory says that in it."""
    try:
        found = response.json()
    except (ValueError, RecursionError):
        return None
    text = " ".join(_words(found)) if isinstance(found, dict) else ""
    known = OWN.search(text)
    return _failure(str(response.status_code), text) if known else None


def _words(found: Mapping[str, Any]) -> tuple[str, str]:
    """Return what stands where a translation would, and what is told about it."""
    data = found.get("responseData")
    text = data.get("translatedText") if isinstance(data, dict) else None
    return _line(text), _line(found.get("responseDetails"))


def _line(found: object) -> str:
    return found.strip() if isinstance(found, str) else ""


def _failure(status: str, text: str) -> EngineError:
    words = " ".join(text.split())[:200]
    says = f": {words}" if words else ""
    if USED_UP.search(text) or status == "429":
        hint = "go on tomorrow, set email in [engines.mymemory], or take another engine"
        return Unusable(f"the quota of {NAME} for today is used up", hint=hint)
    if "LANGUAGE" in text and OWN.search(text):
        return Unsupported(f"{NAME} cannot translate between these languages{says}")
    if status in ("401", "403") and "LENGTH" not in text:
        return Unusable(f"{NAME} refuses to translate ({status}{says})")
    return EngineError(f"{NAME} gave no translation ({status}{says})")
