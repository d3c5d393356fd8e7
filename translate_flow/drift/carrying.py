"""What an edit of the source can do to a translation by itself: constructs exchanged,
put round words or taken away in the target as they were in the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import product

from translate_flow.drift.adding import HANGUL, shown_text
from translate_flow.drift.changes import Change, changes
from translate_flow.drift.classes import Evidence
from translate_flow.drift.constructs import Layout, laid_out, says_more, seen
from translate_flow.drift.parts import QUOTES, TAIL, Parts, taken_apart, unfenced
from translate_flow.drift.redoing import redone
from translate_flow.text.invisible import INVISIBLE

KEPT = frozenset(
    {
        *("cosmetic", "spelling", "punctuation", "spacing", "hyphen", "doubled"),
        *("numeral", "contraction", "variant", "article", "agreement"),
    }
)
"""Classes that touch no translation."""

CARRIED = frozenset({"code", "link", "markup"})
"""Classes of which an edit may be done to a target as to its source."""

_PAIRS = ("", ""), *product(QUOTES, QUOTES)
_LITERAL = re.compile(r"\\?[\[\]]|\\[^\w\s]|&#?\w+;")
"""Brackets, escaped signs and entities."""
_SHOWN = re.compile(r"\[[^\[\]]+\]")


_OPENED = re.compile(r"[*_~\"'”’\])]*\s?[(（\[]")
_READING = re.compile(
    r"[*_~\"'”’]*(?:\]\([^()\s]*\))?"
    r"(?:[(（](?![으이은는을를가와과][)）])|\s[(（](?=[^()（）]*[가-힣]))"
)
"""What says how a value is read, or what it is called, too: Ryanair(라이언에어)."""
_BRACKETED = re.compile(r"[(（][*_~\"'“‘\[]*$")
_NAMED = re.compile(r"[^\s(（][(（][*_~\"'“‘\[]*$")
"""What stands before a value that is in brackets itself: 라이언에어(Ryanair)."""


def is_kept(found: Sequence[Evidence]) -> bool:
    """Whether an edit leaves every translation right."""
    return bool(found) and all(e.sure and e.drift_class in KEPT for e in found)


def carried(
    before: str,
    after: str,
    target: str,
    found: Sequence[Evidence],
    *,
    proposing: bool = False,
) -> str | None:
    """Return the target with the edit of its source done to it, or None if that is not
    certain. The same is done to the old source, which must become the new one; what is
    changed must stand as often in the target, nowhere else, and how it is read must be
    known if a Korean particle follows. Read again, the constructs of the target have
    changed as those of the source have, and no others.

    :param found: what ``classify`` says of the edit.
    :param proposing: for a person to look at: other words may have changed, too, and a
        particle of which nobody knows the form is written in both.
    """
    others = [e for e in found if not is_kept((e,))]
    if not others or not {e.drift_class for e in others} <= CARRIED:
        return None
    before, after = (INVISIBLE.sub("", text) for text in (before, after))
    (source, tail), (wanted, new_tail) = _cut(before), _cut(after)
    body, own = _cut(target)
    if tail != new_tail and own.strip() != tail.strip():
        return None
    named = [*_renamed(others, before)]
    if any(source.count(one.old) != 1 or body.count(one.old) != 1 for one in named):
        return None
    for one in named:
        source, body = (text.replace(one.old, one.new) for text in (source, body))
    alone = len(others) == len(found) and not proposing
    fences = {(e.old, e.new) for e in others if e.drift_class == "markup"}
    done = _done(source, wanted, body, fences, words=alone, proposing=proposing)
    if done is not None:
        done = _with_tail(done, own, tail, new_tail)
    return None if done == target else done


def _done(
    source: str,
    wanted: str,
    target: str,
    fences: Container[tuple[str, str]],
    *,
    words: bool,
    proposing: bool,
) -> str | None:
    """Return a target with the constructs exchanged that were in its source.

    :param fences: which words became code, which code became words.
    :param words: whether nothing else was changed.
    """
    model, after, here = map(laid_out, (source, wanted, target))
    made = changes(model, after)
    if not made:
        return target if _is_edit(model, after, words=words) else None
    if not _may_be_done(made, model, after, here, fences):
        return None
    if not (words or proposing) and any(map(_takes_signs, made)):
        return None
    redid = redone(source, model, after, made, both=proposing)
    done = redone(target, model, after, made, both=proposing)
    if redid is None or done is None:
        return None
    is_edit = _is_edit(laid_out(redid), after, words=words)
    if not is_edit or not _is_alike(here, laid_out(done), model, after):
        return None
    values = {value for change in made for value in _values(change)}
    if any(_count(one, done) > _count(one, redid) for one in values):
        return None
    news = (change.new for change in made if change.old is None and change.new)
    for shown, times in Counter(shown_text(wanted, new) for new in news).items():
        there = _count(shown, redid) if shown else 0
        if shown and _count(shown, done) not in (there, there - times):
            return None
    return done


def _cut(text: str) -> tuple[str, str]:
    """Return a text and the attributes that it ends in, with the blanks before them."""
    found = TAIL.search(text)
    return (text[: found.start()], found[0]) if found else (text, "")


def _with_tail(text: str, own: str, old: str, new: str) -> str:
    """Return a target with the attributes that its source has now."""
    if old.strip() == new.strip():
        return text + own
    if not new:
        return text
    like = own or new
    blank = like[: len(like) - len(like.lstrip())]
    return f"{text.rstrip()}{blank}{new.strip()}"


def _renamed(found: Sequence[Evidence], before: str) -> Iterator[Evidence]:
    """Yield labels that are also what is shown, ``[Android kit]``: they must stand in
    the target as they are."""
    addresses = taken_apart(before).addresses
    for one in found:
        shown = one.drift_class == "link" and _SHOWN.fullmatch(one.old)
        if shown and one.new and one.old not in addresses:
            yield one


def _may_be_done(
    made: Sequence[Change],
    model: Layout,
    after: Layout,
    here: Layout,
    fences: Container[tuple[str, str]],
) -> bool:
    """Whether no value is explained in the target, and words that became code, or were
    some, did nothing else."""
    if any(one.is_read for one in made) or any(
        one.new and not one.old and says_more(one.new) for one in made
    ):
        return False
    fenced = [one for one in made if one.is_fence]
    others = [one for one in made if not (one.is_fence or (one.old and one.new))]
    if not all(_is_told(one, fences) for one in fenced):
        return False
    if any(
        _shown(one, model, after) == _shown(other, model, after)
        for one in fenced
        for other in others
    ):
        return False
    codes = [
        (one.old.opening, one.new.opening)
        for one in made
        if one.old and one.new and one.old.kind == "code" and not _shows_same(one)
    ]
    if HANGUL.search(" ".join(model.words)) and any(
        HANGUL.search(old + new) for old, new in codes
    ):
        return False  # these are words, and have a translation
    exchanged = {old for old, _ in codes}
    return not any(
        is_explained(model.text, here.text, one.opening, (one.start, one.end))
        for one in here.constructs
        if one.opening in exchanged
    )


def _takes_signs(change: Change) -> bool:
    """Whether code differs only in signs at its ends: they may have stood beside it,
    `` `go`. `` → `` `go.` ``, and have gone there."""
    shown = [unfenced(one.opening) for one in (change.old, change.new) if one]
    bare = {re.sub(r"^[\W_]+|[\W_]+$", "", one) for one in shown if one}
    return len(shown) == 2 and len(bare) == 1 and shown[0] != shown[1]


def _shows_same(change: Change) -> bool:
    """Whether code only has other marks."""
    shown = {unfenced(one.opening) for one in (change.old, change.new) if one}
    return len(shown) == 1 and None not in shown


def _shown(change: Change, model: Layout, after: Layout) -> str:
    """Return the words that something came round, or went from."""
    if change.new:
        return shown_text(after.text, change.new)
    return shown_text(model.text, change.old) if change.old else ""


def _is_told(change: Change, fences: Container[tuple[str, str]]) -> bool:
    """Whether words that became code, or were some, are the same words."""
    old, new = change.old, change.new
    if old:
        return (old.opening, unfenced(old.opening)) in fences
    shown = (unfenced(new.opening) or "") if new else ""
    around = [(a + shown + b, new.opening) for a, b in _PAIRS] if new else []
    return any(one in fences for one in around)


def _is_edit(done: Layout, wanted: Layout, *, words: bool) -> bool:
    """Whether what became of the old source is the new one.

    :param words: whether its words must be the same, too: nothing else was changed.
    """
    written = [[c.written for c in one.constructs] for one in (done, wanted)]
    if written[0] != written[1]:
        return False
    if _LITERAL.findall(done.text) != _LITERAL.findall(wanted.text):
        return False
    mine, theirs = taken_apart(done.text), taken_apart(wanted.text)
    if _without_words(mine) != _without_words(theirs):
        return False
    return not (changes(done, wanted) or (words and done.words != wanted.words))


def _without_words(parts: Parts) -> tuple[tuple[str, ...], ...]:
    return parts.codes, parts.addresses, parts.notes, parts.markup


def _is_alike(body: Layout, done: Layout, model: Layout, wanted: Layout) -> bool:
    """Whether as many constructs came and went in the target as in the source."""
    moved: list[Counter[tuple[str, ...]]] = []
    for one, other in ((body, done), (model, wanted)):
        counted = seen(other)
        counted.subtract(seen(one))
        moved.append(Counter({key: n for key, n in counted.items() if n}))
    return moved[0] == moved[1]


def _values(change: Change) -> Iterator[str]:
    """Yield what must be nowhere any more: code and addresses that were exchanged."""
    old, new = change.old, change.new
    if old and new and old.kind == "code" and not _shows_same(change):
        yield unfenced(old.opening) or old.opening
    elif old and new and old.address:
        yield old.address


def _count(value: str, text: str) -> int:
    """Return how often a value stands in a text that is no part of a longer word."""
    start = r"(?<![A-Za-z0-9])" if value[:1].isalnum() else ""
    end = r"(?![A-Za-z0-9])" if value[-1:].isalnum() else ""
    return len(re.findall(start + re.escape(value) + end, text))


def is_explained(source: str, target: str, value: str, span: tuple[int, int]) -> bool:
    """Whether a target says in brackets how a value is read, or says it in brackets
    beside what it is read as, and the source does not: what stands there would not fit
    another value."""
    start, end = span
    at = source.find(value)
    behind = source[at + len(value) :]
    said = _READING.match(target, end) and not _OPENED.match(behind)
    named = _NAMED.search(target[:start]) and not _BRACKETED.search(source[:at])
    return bool(said or named)
