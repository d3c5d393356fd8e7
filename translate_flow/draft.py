"""Drafts by machine: what is not words is protected, asked about in several threads,
put back and verified."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeAlias

from translate_flow.checks.constructs import placeholder_findings
from translate_flow.engines import Engine, Trouble, Unsupported, Unusable
from translate_flow.errors import EngineError
from translate_flow.model import Finding
from translate_flow.text.mask import LETTER
from translate_flow.text.pieces import References
from translate_flow.text.protect import MARK, protect, restore

__all__ = ["Draft", "Failure", "Request", "draft"]

ENOUGH = 3
"""Troubles in a row after which an engine is not asked any more."""

PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
"""Characters that engines add and nobody sees, and halves of characters."""
HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")


@dataclass(frozen=True, slots=True)
class Request:
    """A text to draft."""

    id: str
    source: str
    """Inline Markdown of one block."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's text, with everything back in its place or a finding for it."""

    id: str
    target: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that got no draft."""

    id: str
    message: str
    """One line: why, and what to do."""

    final: bool = False
    """Whether the engine need not be asked again at all."""


def draft(
    requests: Iterable[Request],
    engine: Engine,
    *,
    source: str,
    target: str,
    references: References,
    jobs: int = 1,
) -> Generator[Draft | Failure, None, None]:
    """Ask an engine for drafts and yield them as they come, in any order: one draft or
    failure for each request. Once the engine proves unusable it is not asked again, and
    the rest fails at once. Closing the generator lets go of what is under way.

    :param source: BCP 47 tag of the texts' language.
    :param target: BCP 47 tag of the language to translate into.
    :param references: the article's link reference definitions.
    :param jobs: requests at a time.
    """
    waiting = {request.id: request for request in requests}
    ask = partial(
        _one, engine=engine, source=source, target=target, references=references
    )
    run = _Run(ask, waiting.values())
    run.start(min(jobs, len(waiting)))
    try:
        while waiting:
            name, outcome = run.outcomes.get()
            del waiting[name]
            yield _answer(name, outcome)
            if run.hopeless is not None and isinstance(outcome, EngineError):
                yield from _rest(run, list(waiting), run.hopeless)
                return
    finally:
        run.stop()


def _answer(name: str, outcome: Outcome) -> Draft | Failure:
    """Return what came of a request.

    :raises Exception: if the engine is not to blame.
    """
    if isinstance(outcome, Draft):
        return outcome
    if isinstance(outcome, EngineError):
        return Failure(name, str(outcome), final=isinstance(outcome, Unusable))
    raise outcome


def _rest(run: _Run, names: list[str], why: EngineError) -> Iterator[Draft | Failure]:
    """Yield the drafts that have come in the meantime, and failures for all others."""
    arrived = {name: outcome for name, outcome in run.arrived()}
    final = not isinstance(why, Unsupported)
    for name in names:
        outcome = arrived.get(name)
        if isinstance(outcome, Draft):
            yield outcome
        else:
            yield Failure(name, str(why), final=final)


# --- threads ----------------------------------------------------------------

Outcome: TypeAlias = Draft | Exception


class _Run:
    """Threads that take requests from one queue and put outcomes into another. They
    are daemons: what they wait for must not keep the program from ending."""

    def __init__(
        self, ask: Callable[[Request], Draft], requests: Iterable[Request]
    ) -> None:
        self.outcomes: SimpleQueue[tuple[str, Outcome]] = SimpleQueue()
        self.hopeless: EngineError | None = None
        """Why nothing more is asked."""

        self._ask, self._todo = ask, deque(requests)
        self._lock = threading.Lock()
        self._troubles = 0

    def start(self, threads: int) -> None:
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """Ask for nothing new."""
        self._todo.clear()

    def arrived(self) -> Iterator[tuple[str, Outcome]]:
        """Yield the outcomes that are there."""
        while True:
            try:
                yield self.outcomes.get_nowait()
            except Empty:
                return

    def _work(self) -> None:
        while True:
            try:
                request = self._todo.popleft()
            except IndexError:
                return
            try:
                outcome: Outcome = self._ask(request)
            except Exception as error:
                outcome = error
            self._judge(outcome)
            self.outcomes.put((request.id, outcome))

    def _judge(self, outcome: Outcome) -> None:
        """Stop if the engine has proved unusable."""
        with self._lock:
            in_row = self._troubles + 1 if isinstance(outcome, Trouble) else 0
            self._troubles = in_row
            useless = isinstance(outcome, Unusable | Unsupported) or in_row >= ENOUGH
            if useless and isinstance(outcome, EngineError):
                self.hopeless = self.hopeless or outcome
                self.stop()


# --- one text ---------------------------------------------------------------


def _one(
    request: Request,
    *,
    engine: Engine,
    source: str,
    target: str,
    references: References,
) -> Draft:
    """Draft one text.

    :raises EngineError: if what the engine gives is no draft.
    """
    protected = protect(request.source, references)
    if not LETTER.search(protected.words):
        return Draft(request.id, request.source)
    answer = engine.translate(protected.text, source, target)
    answer = _readable(engine.name, answer)
    if _is_echo(protected.words, answer, source, target):
        raise EngineError(
            f"{engine.name} gave the text back as it was",
            hint="if it should stay so, take it with tflow set",
        )
    restored = restore(protected, _framed(protected.text, answer))
    known = [token.name for token in protected.tokens]
    invented = (
        found
        for found in placeholder_findings(request.source, restored.text, references)
        if found.check == "placeholder-added"
        and not any(found.message.startswith(name) for name in known)
    )
    return Draft(request.id, restored.text, (*restored.findings, *invented))


def _readable(engine: str, answer: object) -> str:
    """Return an answer on one line, without what nobody sees.

    :raises EngineError: if there are no words in it.
    """
    text = answer if isinstance(answer, str) else ""
    if PAGE.match(text):
        raise Trouble(f"{engine} answered with a web page, not with a translation")
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    text = re.sub(r"\s*\n\s*", " ", text.strip())
    if not any(map(str.isalnum, MARK.sub("", text))):
        raise EngineError(f"{engine} gave no words back", hint="translate it by hand")
    return text


def _framed(text: str, answer: str) -> str:
    """Return an answer between the blanks that its text stands between."""
    lead = text[: len(text) - len(text.lstrip())]
    return lead + answer + text[len(text.rstrip()) :]


def _is_echo(words: str, answer: str, source: str, target: str) -> bool:
    """Whether an answer is the source's own words, and these are not of the target
    language already: names in Latin letters stay what they are in English."""
    if source.split("-")[0].lower() == target.split("-")[0].lower():
        return False
    if _letters(words) != _letters(MARK.sub("", answer)):
        return False
    if target.lower().startswith("ko"):
        return LETTER.search(HANGUL.sub("", words)) is not None
    return not source.lower().startswith("ko") or HANGUL.search(words) is not None


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
