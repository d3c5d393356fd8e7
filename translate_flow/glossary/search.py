"""Where the terms of one language stand in a text, in whatever form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple
from unicodedata import combining, is_normalized, normalize

from translate_flow.glossary.english import forms
from translate_flow.glossary.hangul import RUN, VERB, conjugated, followed
from translate_flow.text.mask import mask

LETTER = "[^\\W_\uac00-\ud7a3\u3040-\u30ff\u3400-\u9fff]"
"""A letter or digit of a script whose words are parted by blanks; Hangul has rules of
its own, Chinese and Japanese have no blanks."""
TOKEN = re.compile(f"[가-힣]+|[\u3040-\u30ff\u3400-\u9fff]|{LETTER}+")
KOREAN = re.compile("[가-힣]")
BLANKED = re.compile(LETTER)

GAP = "(?:[ \\t\u00a0]+|[ \\t]*\\n[ \\t]*|[-\u2010\u2011])"
LOOSE_GAP = "(?:[ \\t\u00a0]+|[ \\t]*\\n[ \\t]*)?"
"""Korean words of a compound are written with a blank between them or without."""
BLANK = re.compile("[\\s\u00a0]")
HYPHENS = "-\u2010\u2011"
ALIKE = {**dict.fromkeys("'’‘ʼ", "['’‘ʼ]"), **dict.fromkeys('"“”', '["“”]')}
ALIKE |= dict.fromkeys("·ㆍ‧・•", "[·ㆍ‧・•]")


def _edges(letters: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what must be true before and after a term.

    :param letters: those that beside a hyphen make another word of it.
    """
    before = f"(?<!{LETTER})(?<!{LETTER}_)(?<![{letters}][{HYPHENS}])"
    after = f"(?!{LETTER}|_{LETTER}|[{HYPHENS}][{letters}]|['’]t(?!{LETTER}))"
    return re.compile(before), re.compile(after)


EDGES = {True: _edges("a-z"), False: _edges("A-Za-z")}
"""``state`` does not stand in ``state-owned``, nor ``government`` in
``anti-government``: those are words of their own. Where capitals count, ``Korea-Japan``
are two."""
LAST_WORD = re.compile("[A-Za-z]+$")


class FoundTerm(NamedTuple):
    """A term in a text."""

    start: int
    end: int
    term: str
    """As the glossary writes it."""


class Finder:
    """Finds terms of one language; prepared once, it looks at a text but once."""

    def __init__(self, terms: Iterable[str], language: str, names: Iterable[str] = ()):
        """Prepare for terms in NFC with single blanks.

        :param language: BCP 47 tag.
        :param names: those that are names: they have no -ed and -ing.
        """
        primary = language.lower().partition("-")[0]
        named = set(names)
        self._shapes: dict[str, list[_Shape]] = {}
        for term in dict.fromkeys(terms):
            shape = _Shape(term, primary, name=term in named)
            for key in shape.begins():
                self._shapes.setdefault(key, []).append(shape)

    def all(self, text: str) -> list[FoundTerm]:
        """Return the terms in a text, those within others too, in order. What no
        translator touches is not looked at: code, addresses, tags, placeholders.

        :param text: inline Markdown.
        """
        if not self._shapes:
            return []
        seen, back = _composed(mask(text))
        found = dict.fromkeys(self._all(seen))
        if back is None:
            return list(found)
        return [FoundTerm(back[f.start], back[f.end], f.term) for f in found]

    def longest(self, text: str) -> list[FoundTerm]:
        """Return the terms in a text, in order; of those that overlap the longest, the
        first of equals, and one that is written as the glossary writes it."""
        found = sorted(self.all(text), key=lambda one: _rank(one, text))
        taken: list[FoundTerm] = []
        for one in found:
            if all(one.end <= f.start or f.end <= one.start for f in taken):
                taken.append(one)
        return sorted(taken)

    def _all(self, text: str) -> Iterator[FoundTerm]:
        for token in TOKEN.finditer(text):
            word = token[0]
            if KOREAN.match(word):
                shapes = self._shapes.get(word[:2], []) if len(word) > 1 else []
                shapes = [*shapes, *self._shapes.get(word[0], [])]
            else:
                shapes = self._shapes.get(word.casefold(), [])
            for shape in shapes:
                end = shape.end(text, token.start())
                if end is not None:
                    yield FoundTerm(token.start() - shape.lead, end, shape.term)


def _rank(found: FoundTerm, text: str) -> tuple[int, int, bool]:
    exact = text[found.start : found.end] == found.term
    return found.start - found.end, found.start, not exact


class _Shape:
    """How one term is recognised."""

    def __init__(self, term: str, language: str, *, name: bool) -> None:
        self.term = term
        first = TOKEN.search(term)
        self.lead = first.start() if first else 0
        """Signs before its first letter."""

        self._first = first[0] if first else ""
        self._korean = language == "ko"
        self._cased = term != term.lower()
        last = LAST_WORD.search(term) if language == "en" else None
        self._stem = term[: last.start()] if last else VERB.sub("", term)
        self._verb = not last and self._stem != term
        verb = not name and not self._cased
        self._forms = forms(last[0], verb=verb) if last else ("",)

    def begins(self) -> set[str]:
        """Return what a word of a text must be for this term to begin there."""
        if not self._first:
            return set()
        if KOREAN.match(self._first):
            return {self._first[:2]}
        if self._stem[self.lead :]:
            return {self._first.casefold()}
        return {form.casefold() for form in self._forms}

    def end(self, text: str, at: int) -> int | None:
        """Return where the term ends if its first word begins at an offset."""
        if at < self.lead:
            return None
        start = at - self.lead
        found = self._pattern.match(text, start)
        if found is None or not self._bounded(text, start, found.end()):
            return None
        end = found.end()
        if self._korean or KOREAN.match(self.term[-1]):
            tail = RUN.match(text, end)
            if tail and not self._follows(found[0], tail[0]):
                return None
        return end

    def _follows(self, noun: str, tail: str) -> bool:
        return conjugated(tail) if self._verb else followed(noun, tail)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        body = self._body(self._stem, self._forms)
        if self._cased and self.term != self.term.upper():
            forms_ = [form.upper() for form in self._forms]
            body = f"(?:{body}|{self._body(self._stem.upper(), forms_)})"
        return re.compile(body, 0 if self._cased else re.IGNORECASE)

    def _bounded(self, text: str, start: int, end: int) -> bool:
        """Whether no letter beside a span makes another word of it; what follows
        Hangul is not looked at."""
        before, after = EDGES[self._cased]
        first, last = self.term[0], self.term[-1]
        if _parted(first) and not before.match(text, start):
            return False
        if KOREAN.match(first) and KOREAN.match(text[start - 1 : start]):
            return False
        return not _parted(last) or after.match(text, end) is not None

    def _body(self, stem: str, ends: Sequence[str]) -> str:
        head = _letters(stem, cased=self._cased)
        tails = [_letters(end, cased=self._cased) for end in ends]
        return f"{head}(?:{'|'.join(tails)})" if any(tails) else head


def _parted(sign: str) -> bool:
    """Whether a term with this sign at its end is parted from others by blanks."""
    return not TOKEN.match(sign) or BLANKED.match(sign) is not None


def _letters(text: str, *, cased: bool) -> str:
    """Return the shape of a term's signs: typographic ones in any variant, a blank or
    a hyphen as either, and where capitals count, a small letter that begins a word as
    headings write it."""
    parts: list[str] = []
    for i, sign in enumerate(text):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        if BLANK.match(sign):
            loose = KOREAN.match(before) or KOREAN.match(after)
            parts.append(LOOSE_GAP if loose else GAP)
        elif sign in HYPHENS:
            parts.append(GAP)
        elif cased and sign.islower() and not before.isalnum():
            parts.append(f"[{sign}{sign.upper()}]")
        else:
            parts.append(ALIKE.get(sign) or re.escape(sign))
    return "".join(parts)


def _composed(text: str) -> tuple[str, list[int] | None]:
    """Return a text in NFC and, if that made it another, for each of its signs and its
    end where that stood."""
    if is_normalized("NFC", text):
        return text, None
    parts: list[str] = []
    back: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _belongs(text[end]):
            continue
        part = normalize("NFC", text[start:end])
        parts.append(part)
        back += [start] * len(part)
        start = end
    return "".join(parts), [*back, len(text)]


def _belongs(sign: str) -> bool:
    """Whether a sign is put onto the one before it: an accent, a vowel of Hangul."""
    return combining(sign) > 0 or "\u1160" <= sign <= "\u11ff"
