"""New constructs put into a text where they stand in another one: round everything,
round words that both have, at the end or at the beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate_flow.drift.constructs import (
    WORD,
    Construct,
    Layout,
    inner_text,
    laid_out,
)
from translate_flow.drift.parts import QUOTES, unfenced

HANGUL = re.compile("[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")
_JOINS = re.compile(r"[-./@'’_:]\w|\w")
"""What goes on with a word behind it."""
_JOINED = re.compile(r"\w[-./@'’_:]?\Z")
_STOPS = re.compile(r"[.,:;!?)…。]*\Z")


def added(
    text: str, news: Sequence[Construct], after: Layout, *, sure: bool
) -> str | None:
    """Put new constructs into a text: round words, at the end or at the beginning.

    :param news: all that are alike and round the same words; one, if round none.
    :param after: where they stand in the new source.
    :param sure: whether no word of the text can be one of the source by chance.
    """
    new = news[0]
    if not new.closing and new.kind != "code":
        return _at_end(text, new, after) or _at_start(text, new, after)
    here = laid_out(text)
    inner = shown_text(after.text, new)
    if not inner:
        return None
    places: list[tuple[int, int]] = []
    if new.kind != "code" and new.closing != "]" and len(news) == 1:
        place = _around_all(here, new, after) or _anchored(here, new, after)
        places += [place] if place else []
    if not places and (sure or not is_ordinary(inner)):
        places = _literal(here, inner)
    if len(places) != len(news):
        return None
    for start, end in reversed(places):
        text = _wrapped(text, start, end, new, after)
    return text


def shown_text(text: str, one: Construct) -> str:
    """Return the words that a construct of a text is round."""
    return unfenced(one.opening) or "" if one.kind == "code" else inner_text(text, one)


def _wrapped(text: str, start: int, end: int, new: Construct, after: Layout) -> str:
    """Put the ends of a construct round a place of a text; code takes the place of
    quotation marks there, too, if it did so in the source."""
    inner, opening, closing = text[start:end], new.opening, new.closing
    if new.kind == "code":
        opening, _, closing = new.opening.partition(inner)
        quoted = _quoted(text, start, end)
        if quoted and not _quoted(after.text, new.start, new.end):
            start, end = start - 1, end + 1
    elif new.kind == "emphasis":
        opening, closing = starred(text, start, end, opening, closing)
    return text[:start] + opening + inner + closing + text[end:]


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks stand round a place of a text."""
    beside = text[max(0, start - 1) : start], text[end : end + 1]
    return all(one and one in QUOTES for one in beside)


def _around_all(here: Layout, new: Construct, after: Layout) -> tuple[int, int] | None:
    """Return where a text stands, if the construct is round all of its source but for
    signs that both have."""
    head, tail = after.text[: new.start], after.text[new.end :]
    if new.words != (0, len(after.words)) or WORD.search(head + tail):
        return None
    if not here.words or not here.text.startswith(head) or not here.text.endswith(tail):
        return None
    return len(head), len(here.text) - len(tail)


def _anchored(here: Layout, new: Construct, after: Layout) -> tuple[int, int] | None:
    """Return the place round, or within, the one construct that the new one is round,
    or within, in the source."""
    for one in after.constructs:
        if one is new or one.words != new.words or not one.closing:
            continue
        mine = [other for other in after.constructs if other.key == one.key]
        theirs = [other for other in here.constructs if other.key == one.key]
        if len(mine) == 1 == len(theirs):
            outside = new.start <= one.start and one.end <= new.end
            spot = theirs[0]
            if (
                outside
                and inner_text(after.text, new) == after.text[one.start : one.end]
            ):
                return spot.start, spot.end
            if not outside and one.inner == (new.start, new.end):
                return spot.inner
    return None


def _literal(here: Layout, inner: str) -> list[tuple[int, int]]:
    """Return where words stand among the words of a text, whole; a Korean particle may
    follow."""
    if not _LETTER.search(inner):
        return []
    spans: list[tuple[int, int]] = []
    for one in here.constructs:
        first, last = one.inner
        spans += [(one.start, first), (last, one.end)] if one.closing else []
        spans += [] if one.closing else [(one.start, one.end)]
    return [
        (start, end)
        for start, end in _words(here.text, inner)
        if not any(
            a < start < b or a < end < b or (a <= start and end < b) for a, b in spans
        )
    ]


def _words(text: str, inner: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whole."""
    found = (at.span() for at in re.finditer(re.escape(inner), text))
    return [place for place in found if _is_word(text, *place)]


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether words stand for themselves, but for a Korean particle."""
    behind = _JOINS.match(text, end)
    particle = behind and HANGUL.match(behind[0]) and not HANGUL.match(text[end - 1])
    inside = text[start].isalnum() and _JOINED.search(text[:start][-2:])
    open_end = text[end - 1].isalnum() or text[end - 1] == "_"
    return not inside and (not behind or bool(particle) or not open_end)


def is_ordinary(words: str) -> bool:
    """Whether English words may stand in any English text."""
    from translate_flow.drift.spelling import is_common

    return all(map(is_common, WORD.findall(words)))


def _at_end(text: str, new: Construct, after: Layout) -> str | None:
    """Add what stands at the end of a source, but for a full stop, at the end of a
    text."""
    rest = after.text[new.end :]
    gap = after.text[: new.start]
    gap = gap[len(gap.rstrip()) :]
    if new.words != (len(after.words),) * 2 or not _STOPS.fullmatch(rest):
        return None
    if not text.endswith(rest):
        return None
    body = text[: len(text) - len(rest)]
    return body.rstrip() + gap + new.opening + rest


def _at_start(text: str, new: Construct, after: Layout) -> str | None:
    """Add what a source begins with at the beginning of a text."""
    if new.start or new.words != (0, 0):
        return None
    rest = after.text[new.end :]
    return new.opening + rest[: len(rest) - len(rest.lstrip())] + text.lstrip()


def starred(
    text: str, start: int, end: int, opening: str, closing: str
) -> tuple[str, str]:
    """Return marks of emphasis that are seen: underscores are not beside a letter."""
    beside = text[start - 1 : start] + text[end : end + 1]
    if opening[:1] == "_" and any(one.isalnum() for one in beside):
        return "*" * len(opening), "*" * len(closing)
    return opening, closing
