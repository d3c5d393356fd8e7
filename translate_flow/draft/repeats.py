"""One answer to different questions is no answer: a refusal, or a message of a server,
whatever its words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from translate_flow.draft.verdict import size
from translate_flow.engines.answers import Answers
from translate_flow.errors import Useless

ALIKE = 0.45
"""How alike the letters of two texts are at least that may have one translation. Of
6,600 real pairs in both directions one was wrongly told from another by this."""

LONG = 25
"""Letters of a text or its answer from which on two that differ are enough."""

MOST = 500
"""Letters of a text that are compared."""

PHRASE, GROWTH = 12, 1.5
"""Letters of an answer, and how many to each of a text, that are no translation of two
short ones."""

SEVERAL = 5
"""How many short texts that differ are, all with one answer that is no mere word."""


@dataclass
class Repeats:
    """Knows what an engine has answered to which texts, in this run and before. Threads
    share it."""

    answers: Answers
    void: set[str] = field(default_factory=set)
    """The questions whose answers were taken back."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _news: list[str] = field(default_factory=list)

    def found(self, key: str, words: str, answer: str) -> bool:
        """Whether an answer has been given to texts that cannot have it in common.

        :param key: of the question.
        :param words: of its text.
        """
        return bool(self._others(key, words, answer))

    def take(self, key: str, words: str, answer: str, engine: str) -> None:
        """Keep an answer, unless others had it, too: then none of them has it.

        :raises Useless: if that is so.
        """
        with self._lock:
            others = self._others(key, words, answer)
            if not others:
                self.answers.put(key, answer, words)
                return
            for other, told in {**others, key: words}.items():
                self.answers.refuse(other, answer, told)
            self._news += others.keys() - self.void
            self.void |= others.keys()
        raise repeated(engine)

    def taken_back(self) -> Iterator[str]:
        """Yield the questions whose answers were taken back since this was asked."""
        with self._lock:
            news, self._news = self._news, []
        yield from news

    def _others(self, key: str, words: str, answer: str) -> dict[str, str]:
        """Return the questions that prove an answer to be none, with their words."""
        known = {
            other: told
            for other, told in self.answers.alike(answer)
            if other != key and told
        }
        other = {key: told for key, told in known.items() if differ(words, told)}
        long = [told for told in other.values() if _is_enough(answer, words, told)]
        apart = [words]
        for told in other.values():
            if all(differ(told, one) for one in apart):
                apart.append(told)
        many = len(apart) >= SEVERAL and size(answer) >= PHRASE
        return known if long or many else {}


def _is_enough(answer: str, *texts: str) -> bool:
    """Whether two texts that differ are enough to prove that an answer is none."""
    came, sent = size(answer), max(map(size, texts))
    return max(came, sent) >= LONG or (came >= PHRASE and came >= GROWTH * sent)


def repeated(engine: str) -> Useless:
    """Return what to say of such an answer."""
    return Useless(
        f"{engine} gave one answer to different texts",
        hint="it may refuse, or be out of order; try again later, or another engine",
    )


def differ(one: str, other: str) -> bool:
    """Whether two texts have too little in common for one translation."""
    a, b = ("".join(filter(str.isalnum, text)).casefold() for text in (one, other))
    matcher = SequenceMatcher(None, a[:MOST], b[:MOST], autojunk=False)
    return min(matcher.real_quick_ratio(), matcher.ratio()) < ALIKE
