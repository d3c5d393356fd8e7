"""Asking an engine about many texts: several threads, requests of several texts, second
tries, and an end when it is no use.

What a thread waits for must not keep the program from ending; what was asked and is not
answered yet is then lost, nothing else.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TypeAlias

from translate_flow.engines.engine import Assignment, Engine, Passage
from translate_flow.errors import (
    EngineError,
    Trouble,
    Unsupported,
    Unusable,
    Useless,
)
from translate_flow.wire.sending import paid_from

ENOUGH = 9
"""Troubles, or answers of no use, in a row after which an engine is not asked any more.
"""

MANY = 27
"""Answers of no use in a row, from one that was of use before: texts may be odd."""

PROOF = 2
"""Drafts that show that it can be of use; the first of one answer to all texts is none.
"""

CROWDED = 3
"""Requests of several texts that failed in a row, after which each text goes alone."""

GRAVE = 3
"""For how many counts one that stayed though the engine was asked again and again."""

FIRST_REST, LONGEST_REST = 30.0, 300.0
"""Seconds that an engine in trouble is left alone, for who has patience; each rest is
twice as long as the one before."""

ROUNDS = 5
"""How often a text in trouble is asked about in all; each time behind all others."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text for an engine."""

    name: str
    """Tells it from all others."""

    passage: Passage
    words: str
    """Its text without the placeholders."""

    round: int = 1

    @property
    def characters(self) -> int:
        """How long its text is."""
        return len(self.passage.text)


Receive: TypeAlias = Callable[[Asked, object], str]
"""Takes an engine's answer; returns it as it is to be used, or raises EngineError."""

Outcome: TypeAlias = "str | Exception"


class Purse:
    """How many characters may still be sent. Threads may share it."""

    def __init__(self, characters: int | None = None) -> None:
        """Fill it.

        :param characters: None for any number.
        """
        self._all = self._left = characters
        self._lock = threading.Lock()
        self.spent = 0
        """Characters that have left so far, each time counted, whatever came of them;
        not those that were only meant to."""

        self.texts = 0
        """Texts of which something has left so far, each time counted."""

    def take(self, characters: int) -> bool:
        """Take so many out to send them, if they are in it."""
        with self._lock:
            if self._left is not None:
                if self._left < characters:
                    return False
                self._left -= characters
            return True

    def give_back(self, characters: int) -> None:
        """Put back what was taken out and has not left; less than nothing takes out
        what has come, and must be paid, whether it is in it or not."""
        with self._lock:
            if self._left is not None:
                self._left += characters

    def count(self, characters: int, texts: int) -> None:
        """Note what has left."""
        with self._lock:
            self.spent += characters
            self.texts += texts

    def too_little(self, size: int, question: Asked) -> EngineError:
        """Return what to say to a question that counts as so many characters."""
        if self._all is None or size <= self._all or question.characters == size:
            return self.empty
        return EngineError(
            f"it takes {size:,} characters with all that goes along, of {self._all:,}",
            hint="allow more with --max-characters",
        )

    @property
    def empty(self) -> EngineError:
        """What to say to those that got nothing."""
        return EngineError(
            f"it is beyond the {self._all or 0:,} characters that may be sent",
            hint="allow more with --max-characters, or run it again",
        )


class _Share:
    """What one call of an engine may send: texts that are paid for, and what the purse
    has for asking about them once more."""

    def __init__(
        self,
        purse: Purse,
        characters: int,
        texts: int,
        stopped: Callable[[], EngineError | None],
    ) -> None:
        """Begin with the characters of some texts, as they were taken out of the purse.

        :param stopped: tells why nothing more may be sent at all, if that is so.
        """
        self._purse, self._texts, self._stopped = purse, texts, stopped
        self._all = self._rest = characters
        self._closed = self._asked = self._counted = False
        self._lock = threading.Lock()
        self.short = False
        """Whether something was not sent, for want of characters."""

    def take(self, characters: int) -> bool:
        """Take so many for a request, as ``Budget`` says."""
        with self._lock:
            self._asked = True
            paid = min(characters, self._rest)
            more = characters - paid
            if self._closed or self._stopped():
                return False
            if more and not self._purse.take(more):
                self.short = True
                return False
            self._rest -= paid
            return True

    def gone(self, characters: int) -> None:
        """Count a request that leaves."""
        with self._lock:
            self._purse.count(characters, 0 if self._counted else self._texts)
            self._counted = True

    def came(self, characters: int) -> None:
        """Pay for an answer, as ``Budget`` says."""
        with self._lock:
            paid = min(characters, self._rest)
            self._rest -= paid
            self._purse.give_back(paid - characters)
            self._purse.count(characters, 0)

    def give_back(self, characters: int) -> None:
        """Keep what has not left for the next request."""
        with self._lock:
            self._rest += characters

    @property
    def empty(self) -> EngineError:
        """What to say if no more may be sent."""
        return self._stopped() or self._purse.empty

    def close(self, answered: bool) -> None:
        """Let nothing more be sent, and put back what is left. What an engine answers
        without a request, within this program, has gone to it, too."""
        if answered and not self._asked:
            self.take(self._all)
            self.gone(self._all)
        with self._lock:
            self._closed = True
            self._purse.give_back(self._rest)
            self._rest = 0


class Streak:
    """How an engine has fared of late, in all catalogs of a run. Threads share it."""

    def __init__(self) -> None:
        """Begin with hope."""
        self._lock = threading.Lock()
        self._failures = self._crowded = 0
        self._good = 0
        self.over: Unusable | None = None
        """Why it is not asked any more, in any catalog."""

    def heard(self) -> None:
        """Note an answer that is one."""
        with self._lock:
            self._failures = 0
            self._good += 1

    def failed(self, error: EngineError) -> bool:
        """Note a failure; return whether it is one too many."""
        with self._lock:
            weight = _weight(error)
            self._failures += weight
            lenient = self._good >= PROOF and isinstance(error, Useless)
            return weight > 0 and self._failures >= (MANY if lenient else ENOUGH)

    def rest(self) -> None:
        """Forget failures while it is left alone."""
        with self._lock:
            self._failures = 0

    def end(self, error: EngineError) -> EngineError:
        """Ask it nothing more, unless it only lacks a language; return what to say."""
        if isinstance(error, Unsupported):
            return error
        if isinstance(error, Useless):
            message = f"{error.message}, {self._failures} times in a row"
        else:
            message = error.message
        with self._lock:
            self.over = self.over or Unusable(message, hint=error.hint)
            return self.over

    def together(self, fared: bool) -> None:
        """Note how a request of several texts has fared."""
        with self._lock:
            self._crowded = 0 if fared else self._crowded + 1

    @property
    def alone(self) -> bool:
        """Whether each text is to be asked about alone."""
        return self._crowded >= CROWDED


@dataclass(frozen=True, slots=True)
class Effort:
    """How much may be asked of an engine, and of those who wait for it."""

    jobs: int = 1
    """Requests at a time."""

    purse: Purse = field(default_factory=Purse)
    patience: float = 0.0
    """Seconds that it may be waited for in all when it is in trouble."""

    streak: Streak = field(default_factory=Streak)


def ask(
    questions: Sequence[Asked],
    engine: Engine,
    assignment: Assignment,
    effort: Effort,
    receive: Receive,
) -> Generator[tuple[str, str | EngineError], None, None]:
    """Ask an engine and yield what comes, in any order: one text or error for each
    question, by its name. Closing the generator lets go of what is under way.

    :param receive: called in the thread that got the answer.
    :raises Exception: that is no engine's.
    """
    if (over := effort.streak.over) is not None:
        yield from ((question.name, over) for question in questions)
        return
    waiting = {question.name: question for question in questions}
    run = _Run(questions, engine, assignment, effort, receive)
    run.start(min(effort.jobs, len(waiting)))
    try:
        while waiting:
            name, outcome = run.outcomes.get()
            if isinstance(outcome, Exception) and not isinstance(outcome, EngineError):
                raise outcome
            del waiting[name]
            yield name, outcome
            if run.hopeless is not None and isinstance(outcome, EngineError):
                yield from _rest(run, list(waiting), run.hopeless)
                return
    finally:
        run.stop()


def batches(questions: Iterable[Asked], engine: Engine) -> Iterator[tuple[Asked, ...]]:
    """Share questions out among requests, as a run does if all goes well."""
    todo = deque(questions)
    while todo:
        yield tuple(_batch(todo, engine))


def _batch(todo: deque[Asked], engine: Engine, alone: bool = False) -> list[Asked]:
    """Take as many questions as one request may hold. What must be asked alone, because
    it was refused in company, is."""
    batch: list[Asked] = []
    room = engine.limit or None
    most = 1 if alone else max(1, engine.batch)
    while todo and len(batch) < most:
        size = todo[0].characters
        if batch and (todo[0].round > 1 or (room and size > room)):
            break
        batch.append(todo.popleft())
        if batch[0].round > 1:
            break
        room = room - size if room else None
        if room is not None and room <= 0:
            break
    return batch


def _rest(
    run: _Run, names: Iterable[str], why: EngineError
) -> Iterator[tuple[str, str | EngineError]]:
    """Yield what has come in the meantime, and why there is nothing for all others."""
    arrived = dict(run.arrived())
    for name in names:
        outcome = arrived.get(name)
        yield name, outcome if isinstance(outcome, str) else why


def _weight(error: EngineError) -> int:
    if isinstance(error, Trouble):
        return GRAVE if error.tried else 1
    return int(isinstance(error, Useless))


class _Run:
    """Threads that take questions from one queue and put outcomes into another."""

    def __init__(
        self,
        questions: Iterable[Asked],
        engine: Engine,
        assignment: Assignment,
        effort: Effort,
        receive: Receive,
    ) -> None:
        self.outcomes: SimpleQueue[tuple[str, Outcome]] = SimpleQueue()
        self.hopeless: EngineError | None = None
        """Why nothing more is asked."""

        self._engine, self._assignment = engine, assignment
        self._receive, self._purse = receive, effort.purse
        self._streak = effort.streak
        self._todo = deque(questions)
        self._open = len(self._todo)
        self._stopped = False
        self._changed = threading.Condition()
        self._patience, self._rest, self._rests = effort.patience, FIRST_REST, 0
        self._resting_until = 0.0

    def start(self, threads: int) -> None:
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """Ask for nothing new."""
        with self._changed:
            self._stopped = True
            self._todo.clear()
            self._changed.notify_all()

    def _over(self) -> EngineError | None:
        """Return why nothing more is sent, if that is so."""
        if not self._stopped:
            return None
        return self.hopeless or EngineError("it was not asked about any more")

    def arrived(self) -> Iterator[tuple[str, Outcome]]:
        """Yield the outcomes that are there."""
        while True:
            try:
                yield self.outcomes.get_nowait()
            except Empty:
                return

    def _work(self) -> None:
        while batch := self._next():
            try:
                self._ask(batch)
            except Exception as error:  # ours: the caller raises it
                for question in batch:
                    self._settle(question, error)

    def _next(self) -> list[Asked]:
        """Return what to ask about next; nothing if all is settled. What is under way
        may come back to be asked again."""
        with self._changed:
            while not self._stopped and self._open:
                rest = self._resting_until - time.monotonic()
                if self._todo and rest <= 0:
                    return _batch(self._todo, self._engine, self._streak.alone)
                self._changed.wait(rest if rest > 0 else None)
            return []

    def _ask(self, batch: Sequence[Asked]) -> None:
        paid, size = self._paid(batch)
        if not paid:
            return
        share = _Share(self._purse, size, len(paid), self._over)
        try:
            answers = self._answers(paid, share)
        except EngineError as error:
            self._failed(paid, error)
            return
        for question, answer in zip(paid, answers, strict=True):
            try:
                if not answer and share.short:
                    raise self._purse.empty
                outcome: Outcome = self._receive(question, answer)
            except EngineError as error:
                self._failed([question], error)
            else:
                self._judge(None)
                self._settle(question, outcome)
        if len(paid) > 1:
            self._streak.together(True)

    def _answers(self, paid: Sequence[Asked], share: _Share) -> Sequence[object]:
        answered = False
        try:
            with paid_from(share):
                answers = self._engine.translate(
                    [question.passage for question in paid], self._assignment
                )
            answered = True
        finally:
            share.close(answered)
        if len(answers) != len(paid):
            raise Trouble(
                f"{self._engine.name} gave {len(answers)} answers to {len(paid)}"
            )
        return answers

    def _paid(self, batch: Sequence[Asked]) -> tuple[Sequence[Asked], int]:
        """Take out of the purse what a request counts as; return what it is about, and
        how much that was. What is too much waits; a single text that is, is settled."""
        while True:
            passages = [question.passage for question in batch]
            size = self._engine.characters(passages, self._assignment)
            if self._purse.take(size):
                return batch, size
            if len(batch) == 1:
                self._settle(batch[0], self._purse.too_little(size, batch[0]))
                return (), 0
            half = len(batch) // 2
            with self._changed:
                if not self._stopped:
                    self._todo.extendleft(reversed(batch[half:]))
                self._changed.notify()
            batch = batch[:half]

    def _failed(self, batch: Sequence[Asked], error: EngineError) -> None:
        """Settle what failed, or put it behind all others to be asked again, alone: in
        trouble, or in company of which one text may have been refused."""
        self._judge(error)
        if len(batch) > 1 and not isinstance(error, Trouble):
            self._streak.together(False)
        rounds = ROUNDS + self._rests
        for question in batch:
            final = isinstance(error, Unusable | Unsupported)
            again = isinstance(error, Trouble) or len(batch) > 1
            again = again and not final and question.round < rounds
            if again and not self._stopped:
                self._again(question)
            else:
                self._settle(question, error)

    def _again(self, question: Asked) -> None:
        with self._changed:
            self._todo.append(replace(question, round=question.round + 1))
            self._changed.notify()

    def _settle(self, question: Asked, outcome: Outcome) -> None:
        self.outcomes.put((question.name, outcome))
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def _judge(self, error: EngineError | None) -> None:
        """Leave an engine in trouble alone, as long as there is patience; stop if it
        has proved unusable."""
        if error is None:
            self._streak.heard()
            with self._changed:
                self._rest = FIRST_REST
            return
        useless = isinstance(error, Unusable | Unsupported)
        if self._streak.failed(error) and not useless:
            useless = not (isinstance(error, Trouble) and self._may_rest())
        if useless:
            why = self._streak.end(error)
            self.hopeless = self.hopeless or why
            self.stop()

    def _may_rest(self) -> bool:
        """Begin a rest, unless one is under way, if there is patience left."""
        with self._changed:
            now = time.monotonic()
            if now < self._resting_until:
                return True
            if self._patience <= 0:
                return False
            rest = min(self._rest, self._patience)
            self._resting_until = now + rest
            self._patience -= rest
            self._rest, self._rests = min(2 * self._rest, LONGEST_REST), self._rests + 1
            self._streak.rest()
            return True
