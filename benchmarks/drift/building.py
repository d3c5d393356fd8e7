"""Edits of a page's build: each returns another page, or None where it does not apply.

What one of them has touched is settled: no other one touches it again.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.drift.language import sentences
from benchmarks.drift.pages import Chunk, Page, as_kind, plain_at, section
from benchmarks.drift.truth import Origin
from translate_flow.state import collapse

NEAR = 6
"""Chunks that a paragraph moves at most when it stays in its part of the page."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What can be inserted: plain chunks of other pages in the same language."""

    paragraphs: tuple[Chunk, ...]
    sections: tuple[Page, ...]
    """A heading and the plain chunks under it."""

    items: tuple[str, ...]


Build = Callable[[Page, random.Random, Elsewhere], Page | None]


def _pick(page: Page, dice: random.Random, *kinds: str) -> int | None:
    found = plain_at(page, *kinds)
    return dice.choice(found) if found else None


def _places(page: Page) -> list[int]:
    """Return after which chunks another one can stand."""
    kinds = ("paragraph", "heading", "list")
    return [at + 1 for at in plain_at(page, *kinds, settled=True)]


def deleted(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Take a paragraph out."""
    at = _pick(page, dice, "paragraph")
    return None if at is None else page[:at] + page[at + 1 :]


def section_deleted(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Take a short section out."""
    spans = _sections(page)
    if not spans:
        return None
    span = dice.choice(spans)
    return page[: span.start] + page[span.stop :]


def _sections(page: Page, longest: int = 12) -> list[range]:
    """Return the untouched sections below the first level, none of them half of the
    page."""
    spans = (section(page, at) for at in plain_at(page, "heading"))
    return [
        span
        for span in spans
        if page[span.start].level > 1
        and len(span) <= min(longest, len(page) // 2)
        and not any(page[k].settled for k in span)
    ]


def inserted(page: Page, dice: random.Random, other: Elsewhere) -> Page | None:
    """Put a paragraph of another page somewhere."""
    places = _places(page)
    if not places or not other.paragraphs:
        return None
    return _put(page, dice.choice(places), [dice.choice(other.paragraphs)])


def section_inserted(page: Page, dice: random.Random, other: Elsewhere) -> Page | None:
    """Put a section of another page before a heading, or at the end."""
    places = [at for at in plain_at(page, "heading", settled=True) if at > 1]
    places = [at for at in places if page[at - 1].kind != "other"]
    if not places or not other.sections:
        return None
    return _put(page, dice.choice(places), dice.choice(other.sections))


def _put(page: Page, at: int, what: Sequence[Chunk]) -> Page:
    fresh = tuple(as_kind(chunk, "inserted", fresh=True) for chunk in what)
    return page[:at] + fresh + page[at:]


def replaced(page: Page, dice: random.Random, other: Elsewhere) -> Page | None:
    """Put a paragraph of another page where one was taken out."""
    at = _pick(page, dice, "paragraph")
    if at is None or not other.paragraphs:
        return None
    return _put(page[:at] + page[at + 1 :], at, [dice.choice(other.paragraphs)])


def moved(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Move a paragraph within its part of the page."""
    return _moved(page, dice, NEAR)


def moved_far(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Move a paragraph anywhere."""
    return _moved(page, dice, len(page))


def _moved(page: Page, dice: random.Random, far: int) -> Page | None:
    at = _pick(page, dice, "paragraph")
    if at is None:
        return None
    chunk, rest = page[at], page[:at] + page[at + 1 :]
    places = [k for k in _places(rest) if k != at and abs(k - at) <= far]
    if not places:
        return None
    to = dice.choice(places)
    return (*rest[:to], as_kind(chunk, "moved"), *rest[to:])


def section_moved(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Move a section before another heading of its level."""
    spans = _sections(page)
    if not spans:
        return None
    span = dice.choice(spans)
    taken = tuple(as_kind(page[k], "moved") for k in span)
    rest = page[: span.start] + page[span.stop :]
    level = page[span.start].level
    heads = plain_at(rest, "heading", settled=True)
    places = [k for k in heads if rest[k].level == level and k != span.start]
    if not places:
        return None
    to = dice.choice(places)
    return rest[:to] + taken + rest[to:]


def split(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Break a paragraph in two at the end of a sentence."""
    places = [
        at
        for at in plain_at(page, "paragraph")
        if len(sentences(page[at].origins[0].text)) > 1
    ]
    if not places:
        return None
    at = dice.choice(places)
    origin = page[at].origins[0]
    parts = sentences(origin.text)
    cut = dice.randrange(1, len(parts))
    halves = ("".join(parts[:cut]).strip(), "".join(parts[cut:]).strip())
    both = (_paragraph(origin.ancestors, "split", half) for half in halves)
    return (*page[:at], *both, *page[at + 1 :])


def merged(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Join two paragraphs that are neighbours."""
    free = set(plain_at(page, "paragraph"))
    places = [at for at in sorted(free) if at + 1 in free]
    if not places:
        return None
    at = dice.choice(places)
    first, second = page[at].origins[0], page[at + 1].origins[0]
    parents = (*first.ancestors, *second.ancestors)
    joined = _paragraph(parents, "merged", f"{first.text} {second.text}")
    return (*page[:at], joined, *page[at + 2 :])


def _paragraph(ancestors: tuple[int, ...], kind: str, text: str) -> Chunk:
    lines = (*text.split("\n"), "")
    return Chunk("paragraph", lines, (Origin(ancestors, kind, text),), settled=True)


def level(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Set a heading a level higher or lower."""
    places = [at for at in plain_at(page, "heading") if page[at].level > 1]
    if not places:
        return None
    at = dice.choice(places)
    chunk = page[at]
    new = max(2, min(6, chunk.level + dice.choice((-1, 1))))
    if new == chunk.level:
        return None
    first = "#" * new + chunk.lines[0].lstrip("#")
    chunk = replace(as_kind(chunk, "level"), lines=(first, *chunk.lines[1:]), level=new)
    return (*page[:at], chunk, *page[at + 1 :])


def rewrapped(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Break the lines of a paragraph elsewhere."""
    at = _pick(page, dice, "paragraph")
    if at is None or "\n" in page[at].origins[0].text:
        return None
    chunk = as_kind(page[at], "rewrapped")
    lines = textwrap.wrap(
        collapse(chunk.origins[0].text),
        dice.choice((50, 72, 88)),
        break_long_words=False,
        break_on_hyphens=False,
    )
    if len(lines) < 2 or [*lines, ""] == list(chunk.lines):
        return None
    return (*page[:at], replace(chunk, lines=(*lines, "")), *page[at + 1 :])


def _items(chunk: Chunk) -> list[str]:
    return [line for line in chunk.lines if line.strip()]


def _list(chunk: Chunk, lines: Sequence[str], told: Sequence[Origin]) -> Chunk:
    return replace(chunk, lines=(*lines, ""), origins=tuple(told), settled=True)


def reordered(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Move an item within its list."""
    at = _pick(page, dice, "list")
    if at is None:
        return None
    lines, told = _items(page[at]), list(page[at].origins)
    a, b = dice.sample(range(len(lines)), 2)
    lines.insert(b, lines.pop(a))
    told.insert(b, replace(told.pop(a), kind="reordered"))
    return (*page[:at], _list(page[at], lines, told), *page[at + 1 :])


def item_deleted(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Take an item out of a list."""
    at = _pick(page, dice, "list")
    if at is None:
        return None
    lines, told = _items(page[at]), list(page[at].origins)
    a = dice.randrange(len(lines))
    del lines[a], told[a]
    return (*page[:at], _list(page[at], lines, told), *page[at + 1 :])


def item_inserted(page: Page, dice: random.Random, other: Elsewhere) -> Page | None:
    """Put an item of another page into a list."""
    at = _pick(page, dice, "list")
    if at is None or not other.items:
        return None
    lines, told = _items(page[at]), list(page[at].origins)
    a, new = dice.randrange(len(lines) + 1), dice.choice(other.items)
    lines.insert(a, f"{lines[0][0]} {new}")
    told.insert(a, Origin((), "inserted", new))
    return (*page[:at], _list(page[at], lines, told), *page[at + 1 :])


def copied(page: Page, dice: random.Random, _: Elsewhere) -> Page | None:
    """Say a short paragraph again in other places: boilerplate."""
    short = [
        at
        for at in plain_at(page, "paragraph")
        if 3 <= len(page[at].origins[0].text.split()) <= 25
    ]
    if not short:
        return None
    chunk = page[dice.choice(short)]
    for _again in range(dice.randint(1, 3)):
        to = dice.choice(_places(page))
        page = (*page[:to], chunk, *page[to:])
    return page


BUILDS: dict[str, Build] = {
    "section moved": section_moved,
    "section deleted": section_deleted,
    "section inserted": section_inserted,
    "merged": merged,
    "split": split,
    "moved": moved,
    "moved far": moved_far,
    "reordered": reordered,
    "item deleted": item_deleted,
    "item inserted": item_inserted,
    "replaced": replaced,
    "deleted": deleted,
    "inserted": inserted,
    "level": level,
    "rewrapped": rewrapped,
}
"""Edits of a page's build, in the order in which they are made."""
