"""An edit of a text's constructs done again, to that text and to its translation: the
same steps in both, so that the first shows whether they are the edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from translate_flow.drift.constructs import (
    ATTRIBUTE,
    TECHNICAL,
    WORD,
    Construct,
    Layout,
    laid_out,
    technical,
    url_span,
)
from translate_flow.drift.parts import QUOTES, unfenced

RANGES = ("emphasis", "link", "image", "tag", "code")
"""Kinds that may have words in them; a code span shows words, too."""

_HANGUL = re.compile("[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")
_JOINS = re.compile(r"[-./@'’_:]\w|\w")
"""What goes on with a word behind it."""
_JOINED = re.compile(r"\w[-./@'’_:]?\Z")
_STOPS = re.compile(r"[.,:;!?)…。]*\Z")


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did to one construct: None stands for one that is not there."""

    old: Construct | None
    new: Construct | None

    @property
    def is_fence(self) -> bool:
        """Whether words became code, or code words."""
        one = self.old if self.new is None else self.new if self.old is None else None
        return one is not None and one.kind == "code"


@dataclass(frozen=True, slots=True)
class Splice:
    """One place of a text, and what is to stand there."""

    start: int
    end: int
    new: str
    is_read: bool = False
    """Whether a reader says it aloud, so that a particle behind it must fit."""


# --- what changed -----------------------------------------------------------


def changes(old: Layout, new: Layout) -> tuple[Change, ...]:
    """Return how the constructs of a text became those of another version of it: those
    that stand at the same words belong together."""
    begins, ends = _mapped(old.words, new.words)
    rest = list(new.constructs)
    partners: dict[int, Construct] = {}
    for alike in (_same, _of_value, _of_kind, _of_ends):
        for n, one in enumerate(old.constructs):
            if n in partners:
                continue
            first, last = one.words
            place = (begins.get(first), ends.get(last))
            if first == last:
                place = (ends.get(last), ends.get(last))
            for other in rest:
                if other.words == place and alike(one, other):
                    partners[n] = other
                    rest.remove(other)
                    break
    pairs = [(one, partners.get(n)) for n, one in enumerate(old.constructs)]
    found = [Change(*pair) for pair in pairs if not pair[1] or not _same(*pair)]
    return (*found, *(Change(None, other) for other in rest))


def _mapped(
    old: Sequence[str], new: Sequence[str]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return where, between the words of a new version, what begins at a word of the
    old one begins, and where what ends before one ends."""
    begins, ends = {len(old): len(new)}, {0: 0}
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if b - a == d - c:
            begins |= {a + n: c + n for n in range(b - a)}
            ends |= {a + n + 1: c + n + 1 for n in range(b - a)}
        elif op == "replace":
            begins[a], ends[b] = c, d
    return begins, ends


def _same(one: Construct, other: Construct | None) -> bool:
    return other is not None and one.written == other.written


def _of_value(one: Construct, other: Construct) -> bool:
    return (one.kind, one.value) == (other.kind, other.value)


def _of_kind(one: Construct, other: Construct) -> bool:
    return (one.kind, not one.closing) == (other.kind, not other.closing)


def _of_ends(one: Construct, other: Construct) -> bool:
    return bool(one.closing and other.closing)


# --- done to a text ---------------------------------------------------------


def redone(
    text: str, model: Layout, after: Layout, made: Sequence[Change], *, both: bool
) -> str | None:
    """Return a text with what was done to the constructs of another, None where it is
    not certain which of its own are meant.

    :param model: the text that the changes were made to.
    :param after: what they made of it.
    :param made: the changes.
    :param both: write both forms of a particle where nobody knows which one fits.
    """
    done = _exchanged(text, model, made, both=both)
    added = [change.new for change in made if change.old is None and change.new]
    for new in sorted(added, key=lambda one: one.end - one.start):
        if done is None:
            return None
        done = _added(done, new, after, model)
    return done


def _exchanged(
    text: str, model: Layout, made: Sequence[Change], *, both: bool
) -> str | None:
    """Exchange constructs of a text and take others away, all at once."""
    from translate_flow.text.korean import exchanged

    here = laid_out(text)
    splices: set[Splice] = set()
    for change in made:
        if change.old is None:
            continue
        spots = _spots(here, model, change, made)
        if not spots:
            return None
        for spot in spots:
            parts = _splices(here.text, spot, change)
            if parts is None:
                return None
            splices |= {*parts}
    ordered = sorted(splices, key=lambda one: (one.start, one.end), reverse=True)
    done: str | None = text
    last = len(text) + 1
    for one in ordered:
        if done is None or one.end > last:
            return None
        last = one.start
        if one.is_read:
            done = exchanged(done, one.start, one.end, one.new, both=both)
        else:
            done = done[: one.start] + one.new + done[one.end :]
    return done


def _spots(
    here: Layout, model: Layout, change: Change, made: Sequence[Change]
) -> list[Construct]:
    """Return the constructs of a text that a change is to be done to: all that are
    like the one that was changed if those were all changed alike and are as many here,
    else the one that is round the same words, or round everything."""
    old = change.old
    if old is None:
        return []
    mine = [one for one in model.constructs if _like(one, old)]
    fates = [_fate(other) for one in mine for other in made if other.old is one]
    for like in (_like, _alike_technically):
        theirs = [one for one in here.constructs if like(one, old)]
        others = [one for one in model.constructs if like(one, old)]
        alike = len(fates) == len(mine) == len(others) == len(theirs)
        if alike and len(set(fates)) == 1:
            removed = change.new is None and old.kind in ("link", "image")
            if not removed or _stands(here.text, model.text, old):
                return theirs
    if not old.closing:
        return []
    theirs = [one for one in here.constructs if _like(one, old)]
    inner = _inner(model.text, old)
    same = [one for one in theirs if _inner(here.text, one) == inner]
    if len(same) == 1 == sum(_inner(model.text, one) == inner for one in mine):
        return same
    if old.words == (0, len(model.words)) and old.kind == "emphasis":
        return [one for one in theirs if one.words == (0, len(here.words))]
    return []


def _stands(text: str, source: str, old: Construct) -> bool:
    """Whether the words of a link stand in a target as they do in its source."""
    return text.count(_inner(source, old)) == 1 == source.count(_inner(source, old))


def _inner(text: str, one: Construct) -> str:
    start, end = one.inner
    return text[start:end]


def _like(one: Construct, other: Construct) -> bool:
    ends = (one.kind, one.value, bool(one.closing))
    return ends == (other.kind, other.value, bool(other.closing))


def _alike_technically(one: Construct, other: Construct) -> bool:
    """Whether tags are the same but for attributes that are read."""
    return one.kind == other.kind == "tag" and one.seen == other.seen


def _fate(change: Change) -> tuple[str, ...]:
    """Return what becomes of a construct, for comparing."""
    new = change.new
    return (new.kind, new.opening, new.closing) if new else ()


def _splices(text: str, spot: Construct, change: Change) -> list[Splice] | None:
    """Return what a change means for one construct of a text."""
    old, new = change.old, change.new
    start, end = spot.inner
    if old is None:
        return None
    if new is None:
        return _without(text, spot)
    if not spot.closing:
        return _whole(spot, old, new)
    looked_up = new.closing == "]" != spot.closing
    if looked_up and new.address != f"[{text[start:end]}]" and old.closing != "]":
        return None
    if old.kind == new.kind and old.kind in ("link", "image"):
        closing = _closing(spot, old, new)
        opening = new.opening if spot.opening == old.opening else None
    else:
        opening = _opening(text, spot, old, new)
        closing = new.closing if spot.closing == old.closing else None
    if opening is None or closing is None:
        return None
    if new.kind == "emphasis":
        opening, closing = _starred(text, spot.start, spot.end, opening, closing)
    return [Splice(spot.start, start, opening), Splice(end, spot.end, closing)]


def _without(text: str, spot: Construct) -> list[Splice]:
    """Return what takes a construct away; code leaves what it shows."""
    start, end = spot.inner
    if spot.closing:
        return [Splice(spot.start, start, ""), Splice(end, spot.end, "")]
    if spot.kind == "code":
        return [Splice(spot.start, spot.end, unfenced(spot.opening) or "")]
    first, last = spot.start, spot.end
    while first and text[first - 1] in " \t" and text[last : last + 1] in ("", " "):
        first -= 1
    return [Splice(first, last, "")]


def _whole(spot: Construct, old: Construct, new: Construct) -> list[Splice] | None:
    """Return what exchanges a construct without words in it."""
    if old.kind == "tag":
        opening = _tag(spot.opening, old.opening, new.opening)
        return None if opening is None else [Splice(spot.start, spot.end, opening)]
    if old.kind == "address" and spot.opening != old.opening:
        if (old.opening == old.address) != (new.opening == new.address):
            return None
        at = spot.start + spot.opening.find(spot.address)
        return [Splice(at, at + len(spot.address), new.address)]
    if spot.opening != old.opening or new.closing:
        return None
    shows = unfenced(old.opening), unfenced(new.opening)
    is_read = old.kind == "code" and (shows[0] != shows[1] or shows[0] is None)
    return [Splice(spot.start, spot.end, new.opening, is_read)]


def _closing(spot: Construct, old: Construct, new: Construct) -> str | None:
    """Return the new end of a link, with the title that its target has."""
    if spot.closing == old.closing:
        return new.closing
    if spot.closing == f"]{old.address}":
        return f"]{new.address}" if new.closing == "]" else new.closing
    here, there, then = map(url_span, (spot.closing, old.closing, new.closing))
    if not here or not there or not then:
        return None
    if old.closing[there[1] :].split() != new.closing[then[1] :].split():
        return None
    return spot.closing[: here[0]] + new.closing[slice(*then)] + spot.closing[here[1] :]


def _opening(text: str, spot: Construct, old: Construct, new: Construct) -> str | None:
    if old.kind == new.kind == "tag":
        return _tag(spot.opening, old.opening, new.opening)
    return new.opening if spot.opening == old.opening else None


def _tag(here: str, old: str, new: str) -> str | None:
    """Return a tag of a target as that of its source was changed: attributes that are
    read must have stayed, those of the target are its own."""
    if sorted(_read(old)) != sorted(_read(new)):
        return None
    if here == old:
        return new
    was, now = [*technical(old)], [*technical(new)]
    if len(was) != len(now):
        return None
    for one, other in zip(was, now, strict=True):
        names = [ATTRIBUTE.match(each) for each in (one, other)]
        if one == other:
            continue
        if one != was[0] and not (names[0] and names[1]):
            return None
        if here.count(one) != 1:
            return None
        here = here.replace(one, other)
    return here


def _read(tag: str) -> Iterator[str]:
    """Yield the attributes of a tag that a reader may see."""
    name = re.match(r"</?[\w.:-]*", tag)
    for one in ATTRIBUTE.finditer(tag, name.end() if name else 0):
        if one["name"].lower() not in TECHNICAL and one["value"]:
            yield one[0]


def _starred(
    text: str, start: int, end: int, opening: str, closing: str
) -> tuple[str, str]:
    """Return marks of emphasis that are seen: underscores are not beside a letter."""
    beside = text[start - 1 : start] + text[end : end + 1]
    if opening[:1] == "_" and any(one.isalnum() for one in beside):
        return "*" * len(opening), "*" * len(closing)
    return opening, closing


# --- added to a text --------------------------------------------------------


def _added(text: str, new: Construct, after: Layout, model: Layout) -> str | None:
    """Put a new construct into a text: round words, at the end or at the beginning."""
    if not new.closing and new.kind != "code":
        return _at_end(text, new, after) or _at_start(text, new, after)
    here = laid_out(text)
    inner = unfenced(new.opening) if new.kind == "code" else _inner(after.text, new)
    if not inner:
        return None
    place = None
    if new.kind != "code" and new.closing != "]":
        place = _around_all(here, new, after) or _anchored(here, new, after)
    mixed = bool(_HANGUL.search(text)) == bool(_HANGUL.search(model.text))
    place = place or _literal(here, inner, sure=mixed or bool(_HANGUL.search(text)))
    if place is None:
        return None
    start, end = place
    opening, closing = new.opening, new.closing
    if new.kind == "code":
        opening, _, closing = new.opening.partition(inner)
        quoted = _quoted(text, start, end)
        if quoted and not _quoted(after.text, new.start, new.end):
            text, start, end = (
                text[: start - 1] + inner + text[end + 1 :],
                start - 1,
                end - 1,
            )
    elif new.kind == "emphasis":
        opening, closing = _starred(text, start, end, opening, closing)
    return text[:start] + opening + text[start:end] + closing + text[end:]


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
        mine = [other for other in after.constructs if _like(other, one)]
        theirs = [other for other in here.constructs if _like(other, one)]
        if len(mine) == 1 == len(theirs):
            outside = new.start <= one.start and one.end <= new.end
            spot = theirs[0]
            if outside and _inner(after.text, new) == after.text[one.start : one.end]:
                return spot.start, spot.end
            if not outside and one.inner == (new.start, new.end):
                return spot.inner
    return None


def _literal(here: Layout, inner: str, *, sure: bool) -> tuple[int, int] | None:
    """Return where words stand in a text, if they do so once and are no part of longer
    ones; a Korean particle may follow.

    :param sure: whether no word of the text can be one of its own language by chance.
    """
    text = here.text
    if not _LETTER.search(inner) or (not sure and is_ordinary(inner)):
        return None
    places = [at.start() for at in re.finditer(re.escape(inner), text)]
    places = [at for at in places if _is_word(text, at, at + len(inner))]
    if len(places) != 1:
        return None
    start, end = places[0], places[0] + len(inner)
    for one in here.constructs:
        first, last = one.inner
        spans = [(one.start, first), (last, one.end)] if one.closing else []
        spans = spans or [(one.start, one.end)]
        edges = product((start, end), spans)
        if any(a < edge < b for edge, (a, b) in edges):
            return None
        if any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans):
            return None
    return start, end


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether words stand for themselves, but for a Korean particle."""
    behind = _JOINS.match(text, end)
    particle = behind and _HANGUL.match(behind[0]) and not _HANGUL.match(text[end - 1])
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


def seen(layout: Layout) -> Counter[tuple[str, ...]]:
    """Return what readers have of the constructs of a text, each as often as it is
    there."""
    return Counter(one.seen for one in layout.constructs)
