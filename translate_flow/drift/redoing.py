"""An edit of a text's constructs done again, to that text and to its translation: the
same steps in both, so that the first shows whether they are the edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate_flow.drift.adding import HANGUL, added, shown_text, starred
from translate_flow.drift.changes import Change
from translate_flow.drift.constructs import (
    ATTRIBUTE,
    TECHNICAL,
    Construct,
    Layout,
    inner_text,
    laid_out,
    technical,
    url_span,
)
from translate_flow.drift.parts import unfenced

MOST_ADDED = 40
"""Each place of a new construct is looked for in the whole text."""


@dataclass(frozen=True, slots=True)
class Splice:
    """One place of a text, and what is to stand there."""

    start: int
    end: int
    new: str
    is_read: bool = False
    """Whether a reader says it aloud, so that a particle behind it must fit."""


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
    sure = text == model.text or HANGUL.search(text) is not None
    news = [change.new for change in made if change.old is None and change.new]
    groups: dict[tuple[str, ...], list[Construct]] = {}
    for new in sorted(news, key=lambda one: one.end - one.start):
        alike = (*new.written, shown_text(after.text, new))
        groups.setdefault(alike, []).append(new)
    for group in groups.values():
        if done is None or len(groups) > MOST_ADDED:
            return None
        done = added(done, group, after, sure=sure)
    return done


def _exchanged(
    text: str, model: Layout, made: Sequence[Change], *, both: bool
) -> str | None:
    """Exchange constructs of a text and take others away, all at once."""
    from translate_flow.text.korean import exchanged

    here = laid_out(text)
    splices: set[Splice] = set()
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in made:
        if change.old:
            groups.setdefault(change.old.key, []).append(change)
    for group in groups.values():
        spots = _spots(here, model, group)
        if not spots:
            return None
        for spot, change in spots:
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
    here: Layout, model: Layout, group: Sequence[Change]
) -> list[tuple[Construct, Change]]:
    """Return the constructs of a text that changes are to be done to: all that are like
    those that were changed if these were all changed alike and are as many here, else
    those that are round the same words, or round everything.

    :param group: the changes of constructs that are like each other.
    """
    olds = [change.old for change in group if change.old]
    old, fates = olds[0], {change.new.written if change.new else () for change in group}
    removed = () in fates and old.kind in ("link", "image")
    stands = not removed or all(_stands(here.text, model.text, one) for one in olds)
    for mine, theirs in (
        (model.like(old), here.like(old)),
        (model.technically_like(old), here.technically_like(old)),
    ):
        if len(fates) == 1 and len(olds) == len(mine) == len(theirs) and stands:
            return [(one, group[0]) for one in theirs]
    if not old.closing:
        return []
    mine, theirs = model.like(old), here.like(old)
    shown = Counter(inner_text(model.text, one) for one in mine)
    spots = {inner_text(here.text, one): one for one in theirs}
    there = Counter(inner_text(here.text, one) for one in theirs)
    found: list[tuple[Construct, Change]] = []
    for one, change in zip(olds, group, strict=True):
        words = inner_text(model.text, one)
        if shown[words] == 1 == there[words]:
            found.append((spots[words], change))
        elif one.words == (0, len(model.words)) and one.kind == "emphasis":
            whole = [it for it in theirs if it.words == (0, len(here.words))]
            found += [(it, change) for it in whole]
    return found if len(found) == len(group) else []


def _stands(text: str, source: str, old: Construct) -> bool:
    """Whether the words of a link stand in a target as they do in its source."""
    return (
        text.count(inner_text(source, old))
        == 1
        == source.count(inner_text(source, old))
    )


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
        opening, closing = starred(text, spot.start, spot.end, opening, closing)
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
    if old.kind == new.kind == "tag":
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
    is_read = old.kind == new.kind == "code" and (
        shows[0] != shows[1] or shows[0] is None
    )
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
