"""Drafts by machine: what is not words is protected, asked about in several threads,
put back and verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from translate_flow.checks.constructs import placeholder_findings
from translate_flow.draft.asking import Asked, Effort, Purse, ask, batches
from translate_flow.draft.repeats import Repeats, repeated
from translate_flow.draft.verdict import cleaned, judged, stayed
from translate_flow.engines.answers import Answers, Forgetful, key
from translate_flow.engines.engine import Assignment, Engine, Passage
from translate_flow.errors import EngineError, Unusable
from translate_flow.model import Finding
from translate_flow.text.mask import LETTER
from translate_flow.text.pieces import Kind, References, pieces, severity
from translate_flow.text.protect import Protected, Restored, Swap, protect, restore

ECHO = "the engine left it as it is; is it a name?"

__all__ = [
    "Draft",
    "Effort",
    "Failure",
    "Purse",
    "Request",
    "Withdrawn",
    "draft",
    "unasked",
]


@dataclass(frozen=True, slots=True)
class Request:
    """A text to draft, and what may help with it."""

    id: str
    source: str
    """Inline Markdown of one block."""

    above: str = ""
    """What stands before it in the article."""

    below: str = ""
    swaps: tuple[Swap, ...] = ()
    """Words in it that are settled: engines do not get to see them."""

    terms: tuple[tuple[str, str], ...] = ()
    """Terms in it for an engine that heeds them, and what they are to be."""

    examples: tuple[tuple[str, str], ...] = ()
    """Texts like it that people have translated."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's text, with everything back in its place or a finding for it."""

    id: str
    target: str
    findings: tuple[Finding, ...] = ()
    key: str = field(default="", compare=False)
    """The question that it answers; empty if nothing was asked."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A question whose drafts, of this call or one before, turned out to be none."""

    key: str
    message: str
    """One line: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that got no draft."""

    id: str
    message: str
    """One line: why, and what to do."""

    final: bool = False
    """Whether the engine need not be asked again at all."""

    said: str = field(default="", compare=False)
    """The text that its answer would make, if there was one: a draft that is the same
    is none, either."""


def draft(
    requests: Iterable[Request],
    engine: Engine,
    assignment: Assignment,
    *,
    references: References,
    effort: Effort | None = None,
    answers: Answers | None = None,
    fresh: bool = False,
) -> Generator[Draft | Failure | Withdrawn, None, None]:
    """Ask an engine for drafts and yield them as they come, in any order: one draft or
    failure for each request, and the questions whose drafts are none after all. What
    was answered before is not asked again, and the same text is asked once. Once the
    engine proves unusable it is not asked again, and the rest fails at once. Closing
    the generator lets go of what is under way.

    :param references: the article's link reference definitions.
    :param answers: those known from earlier runs; takes the new ones as they come.
    :param fresh: ask again for what is known, too.
    """
    effort = effort or Effort()
    listener = _Listener(engine, assignment, Repeats(answers or Forgetful()))
    waiting: dict[str, list[_Prepared]] = {}
    everything = [
        _prepared(request, engine, assignment, references) for request in requests
    ]
    listener.recall(everything)
    for prepared in everything:
        if not LETTER.search(prepared.protected.words):
            yield _put_back(prepared, prepared.protected.text)
            continue
        known = None if fresh else listener.known(prepared)
        if known is None:
            waiting.setdefault(prepared.key, []).append(prepared)
        else:
            yield _put_back(prepared, known)
    questions = [
        Asked(name, group[0].passage, group[0].protected.words)
        for name, group in waiting.items()
    ]
    heard = ask(questions, engine, assignment, effort, listener.receive)
    with closing(heard) as outcomes:
        for name, outcome in outcomes:
            if name in listener.repeats.void:
                outcome = repeated(engine.name)
            for prepared in waiting[name]:
                if isinstance(outcome, str):
                    yield _put_back(prepared, outcome)
                else:
                    yield _failure(prepared, outcome, listener.said.get(name, ""))
            for taken_back in listener.repeats.taken_back():
                yield Withdrawn(taken_back, str(repeated(engine.name)))


def unasked(
    requests: Iterable[Request],
    engine: Engine,
    assignment: Assignment,
    references: References,
    answers: Answers,
) -> tuple[tuple[Passage, ...], ...]:
    """Return what a run of drafts would send, each request's passages together: nothing
    that is known, nothing twice."""
    listener = _Listener(engine, assignment, Repeats(answers))
    found: dict[str, Asked] = {}
    everything = [
        _prepared(request, engine, assignment, references) for request in requests
    ]
    listener.recall(everything)
    for prepared in everything:
        words = prepared.protected.words
        if LETTER.search(words) and listener.known(prepared) is None:
            found[prepared.key] = Asked(prepared.key, prepared.passage, words)
    together = batches(found.values(), engine)
    return tuple(tuple(asked.passage for asked in batch) for batch in together)


def _failure(prepared: _Prepared, error: EngineError, answer: str) -> Failure:
    final = isinstance(error, Unusable)
    said = _put_back(prepared, answer).target if answer else ""
    return Failure(prepared.request.id, str(error), final, said)


@dataclass(frozen=True, slots=True)
class _Listener:
    """Judges what an engine answers, now or in an earlier run."""

    engine: Engine
    assignment: Assignment
    repeats: Repeats
    said: dict[str, str] = field(default_factory=dict)
    """What was answered, by the questions."""

    def recall(self, everything: Iterable[_Prepared]) -> None:
        """Learn what was asked from what is asked now: an earlier version has kept the
        answers alone."""
        answers = self.repeats.answers
        for prepared in everything:
            name, answer = prepared.key, answers.get(prepared.key)
            if answer is not None and name not in dict(answers.alike(answer)):
                answers.put(name, answer, prepared.protected.words)

    def known(self, prepared: _Prepared) -> str | None:
        """Return what was answered before, if it still counts as an answer."""
        name, words = prepared.key, prepared.protected.words
        answer = self.repeats.answers.get(name)
        if answer is None:
            return None
        try:
            text = self._judged(answer, words, prepared.passage.text)
        except EngineError:
            return None
        return None if self.repeats.found(name, words, text) else text

    def receive(self, question: Asked, answer: object) -> str:
        """Return a good answer, kept before anything is done with it."""
        self.said[question.name] = cleaned(answer, question.passage.text)
        text = self._judged(answer, question.words, question.passage.text)
        self.repeats.take(question.name, question.words, text, self.engine.name)
        return text

    def _judged(self, answer: object, words: str, sent: str) -> str:
        return judged(
            answer,
            words,
            sent,
            engine=self.engine.name,
            source=self.assignment.source,
            target=self.assignment.target,
        )


class _Prepared(NamedTuple):
    """A request as an engine gets it."""

    request: Request
    protected: Protected
    passage: Passage
    key: str
    assignment: Assignment
    references: References


def _prepared(
    request: Request, engine: Engine, assignment: Assignment, references: References
) -> _Prepared:
    swaps = () if engine.takes_terms else request.swaps
    protected = protect(request.source, references, swaps)
    passage = Passage(
        protected.text, request.above, request.below, request.terms, request.examples
    )
    name = key(engine, passage, assignment)
    return _Prepared(request, protected, passage, name, assignment, references)


def _put_back(prepared: _Prepared, answer: str) -> Draft:
    """Return the draft that an answer makes, with findings for what went wrong."""
    request, protected = prepared.request, prepared.protected
    restored = restore(protected, _framed(protected.text, answer))
    languages = (prepared.assignment.source, prepared.assignment.target)
    findings = (*restored.findings, *_changed(prepared, restored))
    if stayed(protected.words, answer, *languages):
        findings = (*findings, Finding("draft-echo", "info", ECHO))
    return Draft(request.id, restored.text, findings, prepared.key)


def _changed(prepared: _Prepared, restored: Restored) -> Iterator[Finding]:
    """Yield what the whole text, read as Markdown, has lost or got, beside what is told
    of its placeholders: one that came back within code or a comment is no link."""
    source, references = prepared.request.source, prepared.references
    known = tuple(token.name for token in prepared.protected.tokens)
    told = {finding.message for finding in restored.findings}
    is_lost = bool(told)
    for found in placeholder_findings(source, restored.text, references):
        lost = found.check == "placeholder-lost"
        if found.message not in told and (lost or not found.message.startswith(known)):
            is_lost = is_lost or lost
            yield found
    was, now = (_constructs(one, references) for one in (source, restored.text))
    for kind, text in now - was:
        if kind == "comment":
            message = f"comment {text} is not in the source"
            yield Finding("placeholder-added", "error", message)
    for kind, text in () if is_lost else was - now:
        message = f"{kind} {text}".strip() + " is nothing where it stands now"
        yield Finding("placeholder-lost", severity(kind), message)


def _constructs(text: str, references: References) -> Counter[tuple[Kind, str]]:
    """Return what is no words in a text, links and images by where they lead."""
    whole = (piece for piece in pieces(text, references) if piece.role != "close")
    return Counter(
        (
            one.kind,
            one.address if one.role else " ".join(text[one.start : one.end].split()),
        )
        for one in whole
    )


def _framed(text: str, answer: str) -> str:
    """Return an answer between the blanks that its text stands between."""
    if not answer.strip():
        return answer
    lead = text[: len(text) - len(text.lstrip())]
    return lead + answer.strip() + text[len(text.rstrip()) :]
