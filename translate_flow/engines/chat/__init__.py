"""Language models behind the chat interface that OpenAI made and others have taken up:
Ollama, vLLM, llama.cpp, LM Studio and many more, on this computer or elsewhere."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from translate_flow.engines.chat import prompt
from translate_flow.engines.chat.replies import translations
from translate_flow.engines.cutting import parted, whole
from translate_flow.engines.engine import Assignment, Passage, Served
from translate_flow.engines.settings import (
    COMMON,
    address,
    checked,
    name,
    number,
    patient,
    per_minute,
)
from translate_flow.errors import EngineError, FlowError, Trouble, Unusable, Useless
from translate_flow.wire import keys
from translate_flow.wire.addresses import Address
from translate_flow.wire.network import Patience, Wire, document
from translate_flow.wire.sending import answered

if TYPE_CHECKING:
    from translate_flow.wire.network import Response

NAME = "openai"
URL = "https://api.openai.com/v1"
KEY = "OPENAI_API_KEY"
SERVER = "OPENAI_BASE_URL"
"""The server that the user, not the project, gives the key to."""
HOMES = ("api.openai.com",)
ENDPOINT = "/chat/completions"

SETTINGS = (*COMMON, "model", "temperature", "batch")
TIMEOUT = 300.0
TEMPERATURE, HOTTEST = 0.2, 2.0
BATCH, LARGEST_BATCH = 8, 50
LIMIT = 4000
"""Small models lose what is far away, and small servers cut long prompts silently."""

CUT = ("length", "max_tokens")
THOUGHTS = ("reasoning_content", "reasoning")
ANSWER = '"translations"'

FORM = 40
"""Characters of an answer beside each text."""

SCHEMA = {"name": "translations", "strict": True, "schema": prompt.SCHEMA}
FORMATS: Sequence[Mapping[str, Any]] = (
    {"response_format": {"type": "json_schema", "json_schema": SCHEMA}},
    {"response_format": {"type": "json_object"}},
    {},
)
"""How to ask for JSON, the surest way first."""

ABOUT_FORMAT = ("response_format", "json_schema", "json_object", "grammar", "guided")
ABOUT_ROLE = ("system role", "role system", "'system'", '"system"')
CONTEXT = re.compile(
    r"context[ _-]?(?:length|size|window)|maximum context|available context|n_ctx"
    r"|max_model_len|too many tokens|number of tokens|prompt is too long|token limit"
)
"""How servers call a request that is too long for their model."""
EMPTY_PURSE = ("insufficient_quota", "credit_balance", "billing_hard_limit")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a server wants to be asked."""

    format: int = 0
    """Of ``FORMATS``."""

    temperature: bool = True
    """Whether it lets one choose."""

    system: bool = True
    """Whether its model listens to anybody but the user."""


class Manners:
    """What has been learnt about a server. Threads share it."""

    def __init__(self) -> None:
        """Begin with the best."""
        self.now = Manner()
        self._lock = threading.Lock()

    def concede(self, used: Manner, objection: str) -> bool:
        """Learn from an objection; return whether there is another manner to try.

        :param used: the manner that it is about.
        """
        more: Manner | None = None
        if objection == "format" and used.format + 1 < len(FORMATS):
            more = replace(used, format=used.format + 1)
        elif objection == "temperature" and used.temperature:
            more = replace(used, temperature=False)
        elif objection == "system" and used.system:
            more = replace(used, system=False)
        if more is None:
            return False
        with self._lock:
            if self.now == used:
                self.now = more
        return True


class Objection(EngineError):
    """A server that does not know what it is asked for beside the text."""

    def __init__(self, message: str, about: str) -> None:
        """Make one.

        :param about: ``format``, ``temperature`` or ``system``.
        """
        super().__init__(message)
        self.about = about


@dataclass(frozen=True, slots=True)
class OpenAI(Served):
    """Asks about several passages at a time, and again about what was left out."""

    wire: Wire
    url: str
    """Without a slash at its end."""

    model: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    temperature: float = TEMPERATURE
    batch: int = BATCH
    manners: Manners = field(default_factory=Manners, repr=False)
    name: str = NAME
    limit: int = LIMIT
    takes_terms: bool = True
    keys: tuple[str, ...] = ()

    @property
    def options(self) -> str:
        """What else its answers depend on."""
        heat = f"temperature={self.temperature:g}"
        return f"model={self.model} {heat} prompt={prompt.VERSION}"

    def characters(self, passages: Sequence[Passage], assignment: Assignment) -> int:
        """Return how long all is that the model is told, and its answer, if that is as
        long as the texts."""
        told = len(prompt.instructions(assignment))
        given = len(prompt.material(passages, assignment.title))
        return told + given + _expected(passages)

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[str]:
        """Translate some passages, as ``Engine`` says. A text is empty if the model
        gives none when it is asked about nothing else: so the others, which are paid
        for, are not lost."""
        parts = parted([passage.text for passage in passages], _fits, NAME)
        asked = [
            replace(passages[part.of], text=part.core) for part in parts if part.core
        ]
        answers: list[str] = []
        for load in _loads(asked, self.batch):
            answers += self._answers(load, assignment)
        return whole(parts, answers)

    def _answers(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> list[str]:
        found = self._asked(passages, assignment)
        if len(passages) == 1:
            if not found:
                raise Useless(f"{NAME} gave no translation")
            return [found[1]]
        doubtful = _doubtful(found, len(passages))
        return [
            self._alone(passage, assignment) if n in doubtful else found[n]
            for n, passage in enumerate(passages, 1)
        ]

    def _alone(self, passage: Passage, assignment: Assignment) -> str:
        try:
            return self._asked([passage], assignment).get(1, "")
        except EngineError:
            return ""

    def _asked(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> dict[int, str]:
        told = prompt.instructions(assignment)
        given = prompt.material(passages, assignment.title)
        said = self._said(told, given, _expected(passages))
        return translations(said, len(passages), NAME)

    def _said(self, told: str, given: str, expected: int) -> str:
        """Return what the model says, asked in the manner that its server likes.

        :param expected: characters that it will say, about.
        """
        while True:
            manner = self.manners.now
            try:
                response = self.wire.send(
                    "POST",
                    self.url + ENDPOINT,
                    json=self._body(told, given, manner),
                    headers=self.headers,
                    characters=len(told) + len(given),
                    answer=expected,
                )
            except Objection as objection:
                if self.manners.concede(manner, objection.about):
                    continue
                message = objection.message
            else:
                return _content(document(response, NAME), self.wire)
            raise EngineError(message)

    def _body(self, told: str, given: str, manner: Manner) -> dict[str, Any]:
        user = {"role": "user", "content": given}
        if manner.system:
            messages = [{"role": "system", "content": told}, user]
        else:
            messages = [{**user, "content": f"{told}\n\n{given}"}]
        body = {"model": self.model, "messages": messages, "stream": False}
        if manner.temperature:
            body["temperature"] = self.temperature
        return {**body, **FORMATS[manner.format]}


def _expected(passages: Sequence[Passage]) -> int:
    """Return how long an answer is whose translations are as long as the texts."""
    return sum(len(one.text) + FORM for one in passages)


def _doubtful(found: Collection[int], count: int) -> set[int]:
    """Return the passages whose texts are not known to be theirs: those that were left
    out, and those that may hold them, since models join what stands side by side. If
    the last one is missing, all may have moved up."""
    missing = set(range(1, count + 1)) - set(found)
    if count in missing:
        return set(range(1, count + 1))
    return {n + step for n in missing for step in (-1, 0, 1)} - {0}


def _fits(text: str) -> bool:
    return len(text) <= LIMIT


def _loads(passages: Sequence[Passage], most: int) -> Iterator[list[Passage]]:
    """Share passages out among requests, in their order."""
    load: list[Passage] = []
    for passage in passages:
        size = sum(len(one.text) for one in load) + len(passage.text)
        if load and (len(load) == most or size > LIMIT):
            yield load
            load = []
        load.append(passage)
    if load:
        yield load


def _content(found: Any, wire: Wire) -> str:
    """Return what a model says in an answer, which is paid for.

    :raises EngineError: if that is nothing, or was cut off.
    """
    choices = found.get("choices") if isinstance(found, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        why = wire.told(found)
        raise Trouble(f"{NAME} gave no answer of a model{f' ({why})' if why else ''}")
    said = _text(message.get("content"))
    thought = next(filter(None, (_text(message.get(key)) for key in THOUGHTS)), "")
    answered(len(said) + len(thought))
    end = str(choice.get("finish_reason")).lower()
    if not said and ANSWER in thought and end not in CUT:
        return thought  # some servers take all for thoughts
    if not said and thought:
        hint = "turn its thinking off, or let it say more; drafts so far are kept"
        raise Unusable(f"{NAME} thought, and gave no answer", hint=hint)
    if end in CUT:
        hint = f"the server may let it say more, or a smaller batch in [engines.{NAME}]"
        raise Useless(f"the answer of {NAME} was cut off", hint=f"{hint} may help")
    if said:
        return said
    if message.get("refusal") or end in ("content_filter", "refusal"):
        why = f"{NAME} would not translate this text"
        raise EngineError(why, hint="translate it by hand")
    raise Useless(f"{NAME} said nothing", hint="translate it by hand")


def _text(content: Any) -> str:
    """Return the text of a message, which may stand in several parts."""
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, dict))
        content = "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) and content.strip() else ""


# --- servers that refuse ----------------------------------------------------


def _refused(response: Response, says: str) -> EngineError | None:
    """Return what an answer that is an error means, if more than usual."""
    status, words = response.status_code, says.lower()
    told = f"({status}{says})"
    if status == 401:
        hint = f"set {KEY}; for another server than api.openai.com, {SERVER} too"
        return Unusable(f"{NAME} wants a key, or another one {told}", hint=hint)
    if status == 429 and any(word in response.text for word in EMPTY_PURSE):
        hint = "look at the account; drafts so far are kept"
        return Unusable(f"the quota of {NAME} is used up {told}", hint=hint)
    if status == 404 and "model" in words:
        hint = f"set model in [engines.{NAME}] to one that the server has"
        return Unusable(f"{NAME} does not have this model {told}", hint=hint)
    if status in (400, 413, 422, 500) and CONTEXT.search(words):
        hint = f"let the server keep more, or lower batch in [engines.{NAME}]"
        return Useless(f"this is too long for the model of {NAME} {told}", hint=hint)
    if status in (400, 422, 500, 501):
        about = _objection(f"{words} {_pointed(response)}")
        return (
            Objection(f"{NAME} refused this request {told}", about) if about else None
        )
    return None


def _objection(words: str) -> str:
    """Return what a server objects to beside the text; empty for nothing."""
    if any(word in words for word in ABOUT_FORMAT):
        return "format"
    if "temperature" in words:
        return "temperature"
    return "system" if any(word in words for word in ABOUT_ROLE) else ""


def _pointed(response: Response) -> str:
    """Return the fields of a request that its refusal points at."""
    try:
        found = response.json()
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict):
        return ""
    error, details = found.get("error"), found.get("detail")
    fields = [error.get("param")] if isinstance(error, dict) else []
    for detail in details if isinstance(details, list) else []:
        fields.append(detail.get("loc") if isinstance(detail, dict) else None)
    return str(fields).lower()


# --- made of the settings ---------------------------------------------------


def make(
    settings: Mapping[str, Any], environ: Mapping[str, str], patience: Patience
) -> OpenAI:
    """Make the engine.

    :raises FlowError: for a setting that it does not know, without a model, or without
        the key that OpenAI wants.
    """
    checked(NAME, settings, SETTINGS)
    named = keys.named(environ, SERVER)
    server = address(NAME, settings, named, URL)
    url = server.url.rstrip("/").removesuffix(ENDPOINT)
    model = name(NAME, settings, "model")
    temperature = number(NAME, settings, "temperature", TEMPERATURE, (0, HOTTEST))
    batch = int(number(NAME, settings, "batch", BATCH, (1, LARGEST_BATCH)))
    waits = patient(NAME, {"timeout": TIMEOUT, **settings}, patience)
    pace = per_minute(NAME, settings, 0)
    if not model:
        hint = f'like model = "qwen3:8b"; {url}/models may list what the server has'
        path = f"engines.{NAME}.model"
        raise FlowError(f"{path} is not set", hint=hint, setting=path)
    key = _key(server, environ, named)
    wire = Wire(
        NAME,
        url,
        waits,
        secrets=[key] if key else [],
        refused=_refused,
        per_minute=pace,
    )
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    sent = (KEY,) if key else ()
    return OpenAI(wire, url, model, headers, temperature, batch, keys=sent)


def _key(server: Address, environ: Mapping[str, str], named: Address | None) -> str:
    """Return the key for a server; empty if it gets none."""
    key = keys.found(environ, KEY)
    if not keys.at_home(server, HOMES, named if key else None):
        return ""
    if not key:
        hint = f"set {KEY}, or url in [engines.{NAME}] to a server that wants none"
        raise FlowError(f"{NAME} wants a key, and {KEY} is not set", hint=hint)
    return key
