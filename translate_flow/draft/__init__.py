"""Drafts by machine: what is not words is protected, asked about in several threads,
put back and verified."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from translate_flow.checks.constructs import placeholder_findings
from translate_flow.draft.asking import Asked, Effort, Purse, ask
from translate_flow.draft.verdict import judged, stayed
from translate_flow.engines.answers import Answers, Forgetful, key
from translate_flow.engines.engine import Assignment, Engine, Passage
from translate_flow.errors import EngineError, Unusable
from translate_flow.model import Finding
from translate_flow.text.mask import LETTER
from translate_flow.text.pieces import References
from translate_flow.text.protect import Protected, Swap, protect, restore

ECHO = "the engine left it as it is; is it a name?"

__all__ = ["Draft", "Effort", "Failure", "Purse", "Request", "draft", "unasked"]


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
    assignment: Assignment,
    *,
    references: References,
    effort: Effort | None = None,
    answers: Answers | None = None,
    fresh: bool = False,
) -> Generator[Draft | Failure, None, None]:
    """Ask an engine for drafts and yield them as they come, in any order: one draft or
    failure for each request. What was answered before is not asked again, and the same
    text is asked once. Once the engine proves unusable it is not asked again, and the
    rest fails at once. Closing the generator lets go of what is under way.

    :param references: the article's link reference definitions.
    :param answers: those known from earlier runs; takes the new ones as they come.
    :param fresh: ask again for what is known, too.
    """
    answers, effort = answers or Forgetful(), effort or Effort()
    waiting: dict[str, list[_Prepared]] = {}
    for request in requests:
        prepared = _prepared(request, engine, assignment, references)
        if not LETTER.search(prepared.protected.words):
            yield _put_back(prepared, prepared.protected.text)
            continue
        known = None if fresh else answers.get(prepared.key)
        if known is None:
            waiting.setdefault(prepared.key, []).append(prepared)
        else:
            yield _put_back(prepared, known)
    questions = [
        Asked(name, group[0].passage, group[0].protected.words)
        for name, group in waiting.items()
    ]
    for name, outcome in _asked_and_kept(
        questions, engine, assignment, effort, answers
    ):
        for prepared in waiting[name]:
            if isinstance(outcome, str):
                yield _put_back(prepared, outcome)
            else:
                final = isinstance(outcome, Unusable)
                yield Failure(prepared.request.id, str(outcome), final=final)


def unasked(
    requests: Iterable[Request],
    engine: Engine,
    assignment: Assignment,
    references: References,
    answers: Answers,
) -> tuple[Passage, ...]:
    """Return what a run of drafts would send: nothing that is known, nothing twice."""
    found: dict[str, Passage] = {}
    for request in requests:
        prepared = _prepared(request, engine, assignment, references)
        worded = LETTER.search(prepared.protected.words)
        if worded and answers.get(prepared.key) is None:
            found[prepared.key] = prepared.passage
    return tuple(found.values())


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


def _asked_and_kept(
    questions: Sequence[Asked],
    engine: Engine,
    assignment: Assignment,
    effort: Effort,
    answers: Answers,
) -> Generator[tuple[str, str | EngineError], None, None]:
    """Ask, and keep each good answer before anything is done with it."""

    def receive(question: Asked, answer: object) -> str:
        text = judged(
            answer,
            question.words,
            question.passage.text,
            engine=engine.name,
            source=assignment.source,
            target=assignment.target,
        )
        answers.put(question.name, text)
        return text

    yield from ask(questions, engine, assignment, effort, receive)


def _put_back(prepared: _Prepared, answer: str) -> Draft:
    """Return the draft that an answer makes, with findings for what went wrong."""
    request, protected = prepared.request, prepared.protected
    restored = restore(protected, _framed(protected.text, answer))
    known = [token.name for token in protected.tokens]
    references = prepared.references
    invented = (
        found
        for found in placeholder_findings(request.source, restored.text, references)
        if found.check == "placeholder-added"
        and not any(found.message.startswith(name) for name in known)
    )
    findings = (*restored.findings, *invented)
    languages = (prepared.assignment.source, prepared.assignment.target)
    if stayed(protected.words, answer, *languages):
        findings = (*findings, Finding("draft-echo", "info", ECHO))
    return Draft(request.id, restored.text, findings)


def _framed(text: str, answer: str) -> str:
    """Return an answer between the blanks that its text stands between."""
    if not answer.strip():
        return answer
    lead = text[: len(text) - len(text.lstrip())]
    return lead + answer.strip() + text[len(text.rstrip()) :]
