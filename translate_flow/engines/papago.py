"""Papago, as NAVER Cloud offers it: two keys in headers, one text in a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from translate_flow.engines.cutting import parted, whole
from translate_flow.engines.engine import Assignment, ByText, Passage, Served
from translate_flow.engines.languages import code
from translate_flow.engines.settings import (
    COMMON,
    address,
    checked,
    name,
    patient,
    per_minute,
    switch,
)
from translate_flow.errors import EngineError, FlowError, Trouble, Unsupported, Unusable
from translate_flow.wire import keys
from translate_flow.wire.network import Patience, Wire, document

if TYPE_CHECKING:
    from translate_flow.wire.network import Response

NAME = "papago"
URL = "https://papago.apigw.ntruss.com/nmt/v1"
KEYS = ("PAPAGO_CLIENT_ID", "PAPAGO_CLIENT_SECRET")
SERVER = "PAPAGO_URL"
"""Another server that the user, not the project, gives the keys to."""
HOMES = (
    "papago.apigw.ntruss.com",
    "papago.apigw.gov-ntruss.com",
    "papago.apigw-pub.fin-ntruss.com",
    "naveropenapi.apigw.ntruss.com",
    "naveropenapi.apigw-pub.fin-ntruss.com",
)
"""Customers of NAVER have servers beside these."""

SETTINGS = (*COMMON, "honorific", "glossary")
LIMIT = 5000
KNOWN = (
    "ko", "en", "ja", "zh-CN", "zh-TW", "vi", "th", "id", "fr", "es", "ru", "de", "it",
)  # fmt: skip
ALSO = {"zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "zh-hk": "zh-TW"}

NO_PAIR = ("N2MT02", "N2MT04", "N2MT05", "N2MT06")
"""Languages that it does not know, or not together."""
QUOTA = "400"
"""What the gateway says with status 429 if all is used up; else it is too much at a
time."""


@dataclass(frozen=True, slots=True)
class Papago(ByText, Served):
    """Makes one request for each portion of a text."""

    wire: Wire
    url: str
    """Without a slash at its end."""

    headers: Mapping[str, str] = field(repr=False)
    honorific: bool = False
    """Whether Korean is to be polite."""

    glossary: str = ""
    """The key of a glossary that NAVER keeps."""

    name: str = NAME
    limit: int = LIMIT
    batch: int = 1
    takes_terms: bool = False
    keys: tuple[str, ...] = KEYS

    @property
    def options(self) -> str:
        """What else its answers depend on."""
        return f"honorific={self.honorific} glossary={self.glossary}"

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[str]:
        """Translate some passages, as ``Engine`` says."""
        source = code(assignment.source, KNOWN, ALSO, engine=NAME)
        target = code(assignment.target, KNOWN, ALSO, engine=NAME)
        wish: dict[str, Any] = {"source": source, "target": target}
        if self.honorific and target == "ko":
            wish["honorific"] = True
        if self.glossary:
            wish["glossaryKey"] = self.glossary
        parts = parted([passage.text for passage in passages], _fits, NAME)
        answers = [self._asked(part.core, wish) for part in parts if part.core]
        return whole(parts, answers)

    def _asked(self, text: str, wish: Mapping[str, Any]) -> str:
        found = document(
            self.wire.send(
                "POST",
                f"{self.url}/translation",
                json={**wish, "text": text},
                headers=self.headers,
                characters=len(text),
            ),
            NAME,
        )
        for key in ("message", "result", "translatedText"):
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, str):
            raise Trouble(f"{NAME} gave an answer without a translation")
        return found


def _fits(text: str) -> bool:
    return len(text) <= LIMIT


def _refused(response: Response, says: str) -> EngineError | None:
    """Return what an answer that is an error means, if Papago means more by it than
    others do."""
    status, number = response.status_code, _number(response)
    told = f"({' '.join(filter(None, (str(status), number)))}{says})"
    if number in NO_PAIR:
        message = f"{NAME} cannot translate between these languages {told}"
        return Unsupported(message, hint="try another engine")
    if status in (401, 403):
        hint = f"look at {' and '.join(KEYS)}"
        return Unusable(f"{NAME} refuses the keys {told}", hint=hint)
    if status == 429 and number == QUOTA:
        hint = (
            "look at the limit of the day in the console of NAVER Cloud, and whether "
            "your application there has Papago Text Translation"
        )
        return Unusable(f"the quota of {NAME} is used up {told}", hint=hint)
    return None


def _number(response: Response) -> str:
    """Return the number of an error: its own ones stand alone, those of the gateway in
    ``error``."""
    try:
        found = response.json()
    except (ValueError, RecursionError):
        return ""
    if isinstance(found, dict) and isinstance(found.get("error"), dict):
        found = found["error"]
    number = found.get("errorCode") if isinstance(found, dict) else None
    return (
        str(number) if isinstance(number, str | int) and len(str(number)) < 10 else ""
    )


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> Papago:
    """Make the engine.

    :raises FlowError: for a setting that it does not know, without its keys, or if they
        would go to a stranger.
    """
    checked(NAME, settings, SETTINGS)
    honorific = switch(NAME, settings, "honorific", False)
    glossary = name(NAME, settings, "glossary")
    client, secret = (keys.found(environ, variable) for variable in KEYS)
    if not client or not secret:
        missing = KEYS[1] if client else KEYS[0]
        hint = "NAVER Cloud gives both to an application with Papago Text Translation"
        raise FlowError(f"{NAME} wants a key, and {missing} is not set", hint=hint)
    named = keys.named(environ, SERVER)
    server = address(NAME, settings, named, URL)
    keys.guarded(NAME, server, HOMES, named, SERVER)
    url = server.url.rstrip("/")
    waits = patient(NAME, settings, patience)
    pace = per_minute(NAME, settings, 0)
    wire = Wire(
        NAME, url, waits, secrets=[client, secret], refused=_refused, per_minute=pace
    )
    headers = {"X-NCP-APIGW-API-KEY-ID": client, "X-NCP-APIGW-API-KEY": secret}
    return Papago(wire, url, headers, honorific, glossary)
