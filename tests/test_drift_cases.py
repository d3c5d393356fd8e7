"""The classes of drift, judged by edits that were labelled from their definitions.

``cases/drift_development.toml`` is for whoever writes the classifier.
``cases/drift_held_out.toml`` judges it, so a failing test tells of that half only how
many edits it got wrong. ``python tests/test_drift_cases.py development`` (or
``held_out``) prints the score of each class and every miss.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from translate_flow.drift import Evidence, classify

CASES = Path(__file__).parent / "cases"
HALVES = ("development", "held_out")
LANGUAGES = ("en", "ko")

FEWEST = {
    "cosmetic": 40,
    "spelling": 40,
    "respelling": 16,
    "agreement": 16,
    "article": 16,
    "variant": 16,
    "contraction": 16,
    "numeral": 16,
    "doubled": 16,
    "hyphen": 16,
    "spacing": 16,
    "punctuation": 24,
    "case": 16,
    "markup": 24,
    "link": 16,
    "code": 16,
    "number": 40,
    "name": 24,
    "wording": 50,
    "dropped": 16,
    "added": 16,
    "risk": 60,
    "rewrite": 16,
}
"""The classes, the less severe first, and how many edits each names at least."""

CLASSES = tuple(FEWEST)

ONLY = {
    "respelling": "en",
    "agreement": "en",
    "article": "en",
    "variant": "en",
    "contraction": "en",
    "hyphen": "en",
    "spacing": "ko",
}
"""Classes that one language alone has, and which."""

OTHER = {"en": "ko", "ko": "en"}
"""The language that a text of each language is translated into."""

KEPT = (
    "cosmetic",
    "spelling",
    "agreement",
    "article",
    "variant",
    "contraction",
    "numeral",
    "doubled",
    "hyphen",
    "spacing",
    "punctuation",
)
"""Classes that keep a translation as it is, with nobody looking.

Of agreement only that of a verb does.
"""

RIGHT = 0.95
"""Share of the edits of a class that must be named so."""

LISTED = 0.9
"""Share of the edits of several classes of which all must be listed."""

GONE = re.compile(r"\[-(.*?)-\]", re.DOTALL)
NEW = re.compile(r"\{\+(.*?)\+\}", re.DOTALL)
MARKS = re.compile(r"\[-|-\]|\{\+|\+\}")
ADDRESS = re.compile(r"(?<=\]\()[^)\s]+|(?<=<)https?://[^>]+")
SPAN = re.compile(r"(?<=`)[^`]+(?=`)")


@dataclass(frozen=True, slots=True)
class Case:
    """One edit and what it is."""

    classes: tuple[str, ...]
    """Every class that applies; the first names the edit."""
    language: str
    """Language of the text: ``en`` or ``ko``."""
    edit: str
    """The text with ``[-old-]`` and ``{+new+}``."""

    @property
    def before(self) -> str:
        """The text before the edit."""
        return GONE.sub(r"\1", NEW.sub("", self.edit))

    @property
    def after(self) -> str:
        """The text after the edit."""
        return NEW.sub(r"\1", GONE.sub("", self.edit))

    @property
    def name(self) -> str:
        """The class that names the edit."""
        return self.classes[0]


@cache
def read(half: str) -> tuple[Case, ...]:
    """Return the edits of one half, in the order of its file."""
    tables = tomllib.loads((CASES / f"drift_{half}.toml").read_text("utf-8"))
    return tuple(
        Case(tuple(labels.split(", ")), language, edit)
        for labels, languages in tables.items()
        for language, edits in languages.items()
        for edit in edits
    )


def everything() -> Iterator[Case]:
    """Yield the edits of both halves."""
    for half in HALVES:
        yield from read(half)


def answer(case: Case) -> tuple[str, ...]:
    """Return the classes that the classifier gives to an edit, the first names it."""
    found = classify(case.before, case.after, case.language, (), OTHER[case.language])
    return tuple(str(evidence.drift_class) for evidence in found)


def misses(
    cases: Iterable[Case],
    right: Callable[[Case, tuple[str, ...]], bool],
) -> list[tuple[Case, tuple[str, ...]]]:
    """Return the edits whose answer is not right, each with that answer."""
    answered = ((case, answer(case)) for case in cases)
    return [(case, given) for case, given in answered if not right(case, given)]


def told(half: str, missed: list[tuple[Case, tuple[str, ...]]]) -> str:
    """Say what was missed: each edit, or of the held-out half only how many.

    What fails says this and no more: an ``assert`` would print the edits too.
    """
    if half == "held_out":
        return f"{len(missed)} missed"
    return "\n" + "\n".join(line(case, given) for case, given in missed)


def line(case: Case, given: tuple[str, ...]) -> str:
    """Say what an edit is, what it was taken for, and how it reads."""
    return (
        f"{', '.join(case.classes)} {case.language}, taken for "
        f"{', '.join(given) or 'nothing'}: {case.edit!r}"
    )


# The cases themselves


def test_labels_are_known() -> None:
    """Every edit has known classes, the most severe first, and a known language."""
    for case in everything():
        ranks = [CLASSES.index(name) for name in case.classes]
        assert ranks == sorted(set(ranks), reverse=True), case
        assert case.language in LANGUAGES, case


def test_every_case_is_an_edit() -> None:
    """Every edit changes its text, its marks are whole, and none stands there twice."""
    seen = Counter((case.before, case.after) for case in everything())
    assert [texts for texts, count in seen.items() if count > 1] == []
    for case in everything():
        assert case.before.strip() != case.after.strip(), case
        assert case.before.strip(), case
        assert case.after.strip(), case
        assert not MARKS.search(case.before + "\n" + case.after), case


def test_there_are_enough() -> None:
    """Every class names enough edits, as many in each language and file."""
    counts = Counter(
        (case.name, case.language, half) for half in HALVES for case in read(half)
    )
    for name, fewest in FEWEST.items():
        languages = (ONLY[name],) if name in ONLY else LANGUAGES
        for language in languages:
            found = [counts[name, language, half] for half in HALVES]
            assert sum(found) >= fewest / len(languages), (name, language)
            assert abs(found[0] - found[1]) <= 1, (name, language)


def test_low_edits_leave_the_words() -> None:
    """Edits of how a text is written leave its words, or at least its letters."""
    for case in everything():
        old, new = words(case.before), words(case.after)
        if case.classes == ("cosmetic",):
            assert old == new, case
        if case.classes in (("hyphen",), ("spacing",), ("punctuation",)):
            assert "".join(old).lower() == "".join(new).lower(), case
        if case.classes == ("case",):
            assert words(case.before.lower()) == words(case.after.lower()), case


@pytest.mark.parametrize(("name", "token"), [("link", ADDRESS), ("code", SPAN)])
def test_exchanged_tokens_leave_the_rest(name: str, token: re.Pattern[str]) -> None:
    """An address or a code span is exchanged and nothing beside it."""
    for case in everything():
        if case.classes == (name,):
            assert token.sub("", case.before) == token.sub("", case.after), case
            assert len(exchanged(case, token)) >= 1, case


def words(text: str) -> list[str]:
    """Return the words of a text without what stands between them."""
    return re.findall(r"\w+", text)


def exchanged(case: Case, token: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return the pairs of old and new tokens that differ."""
    pairs = zip(token.findall(case.before), token.findall(case.after), strict=True)
    return [(old, new) for old, new in pairs if old != new]


# What the classifier makes of them


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("half", HALVES)
def test_edits_are_named(half: str, name: str) -> None:
    """Of the edits of each class 95 % and more are named so."""
    cases = [case for case in read(half) if case.name == name]
    missed = misses(cases, named)
    if len(missed) > len(cases) * (1 - RIGHT):
        pytest.fail(told(half, missed), pytrace=False)


@pytest.mark.parametrize("half", HALVES)
def test_no_risk_is_missed(half: str) -> None:
    """Every edit with a risk is said to have one, and named so unless rewritten."""
    cases = [case for case in read(half) if "risk" in case.classes]
    missed = misses(
        cases,
        lambda case, given: "risk" in given and given[0] in ("risk", "rewrite"),
    )
    if missed:
        pytest.fail(told(half, missed), pytrace=False)


@pytest.mark.parametrize("half", HALVES)
def test_nothing_that_matters_is_kept(half: str) -> None:
    """No edit of medium or high severity is named a class that is kept unseen."""
    matters = CLASSES[CLASSES.index("link") :]
    cases = [case for case in read(half) if case.name in matters]
    missed = misses(cases, lambda _, given: bool(given) and given[0] not in KEPT)
    if missed:
        pytest.fail(told(half, missed), pytrace=False)


@pytest.mark.parametrize("half", HALVES)
def test_all_classes_are_listed(half: str) -> None:
    """Of the edits of several classes nine in ten list all of them."""
    cases = [case for case in read(half) if len(case.classes) > 1]
    missed = misses(cases, lambda case, given: set(case.classes) <= set(given))
    if len(missed) > len(cases) * (1 - LISTED):
        pytest.fail(told(half, missed), pytrace=False)


@pytest.mark.parametrize("half", HALVES)
def test_evidence_is_the_words(half: str) -> None:
    """The evidence of an edit of one word, address or code span is just that."""
    wrong = []
    for case in read(half):
        pair = single(case)
        found = classify(
            case.before, case.after, case.language, (), OTHER[case.language]
        )
        if pair and not exact(case, pair, found):
            wrong.append((case, tuple(f"{one.old} → {one.new}" for one in found)))
    if wrong:
        pytest.fail(told(half, wrong), pytrace=False)


def named(case: Case, given: tuple[str, ...]) -> bool:
    """Whether an edit got its name."""
    return given[:1] == (case.name,)


def single(case: Case) -> tuple[str, str] | None:
    """Return the old and the new word, address or code span of an edit of just one.

    One of the words is empty if a word was added or removed. Words with emphasis or a
    footnote inside, and words that only got or lost quotation marks, are left out.
    """
    if len(case.classes) > 1 or case.name in ("cosmetic", "markup", "rewrite"):
        return None
    if case.name in ("link", "code"):
        found = exchanged(case, ADDRESS if case.name == "link" else SPAN)
    else:
        found = replaced(case.before.split(), case.after.split())
        found = [] if any(" " in word for pair in found for word in pair) else found
    if len(found) != 1:
        return None
    old, new = map(bare, found[0])
    marked = re.search(r"[*\[]", old + new)
    return None if marked or unquoted(old) == unquoted(new) else (old, new)


def replaced(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Return what differs between two lists of words, old and new, joined by blanks."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (" ".join(old[a:b]), " ".join(new[c:d]))
        for op, a, b, c, d in blocks
        if op != "equal"
    ]


def exact(case: Case, pair: tuple[str, str], found: tuple[Evidence, ...]) -> bool:
    """Whether the first evidence is a pair of words.

    A number or a name may be shown without what both words have around it, as ``60`` of
    ``60일을``, and a word without the digits before it. Digits are never cut.
    """
    if not found:
        return False
    shown = bare(found[0].old), bare(found[0].new)
    if shown == pair or not all(shown):
        return shown == pair
    head, _, tail = pair[0].partition(shown[0])
    if case.name in ("number", "name"):
        whole = not re.search(r"\d[.,]?$", head) and not re.match(r"[.,]?\d", tail)
    else:
        whole = head.isdigit() and not tail
    return whole and pair == (head + shown[0] + tail, head + shown[1] + tail)


def bare(word: str) -> str:
    """Return a word without the marks around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", word)


def unquoted(word: str) -> str:
    """Return a word without quotation marks and apostrophes."""
    return re.sub("[\"'‘’“”]", "", word)


def main(half: str) -> None:
    """Print the score of each class of one half and every miss."""
    for name in CLASSES:
        cases = [case for case in read(half) if case.name == name]
        missed = misses(cases, named)
        print(f"{name:11} {len(cases) - len(missed):3} of {len(cases):3}")
        for case, given in missed:
            print(f"  {line(case, given)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "development")
