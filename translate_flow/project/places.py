"""What users type to name an article or a segment, turned into values."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.project import SOURCES, ArticleFile
from translate_flow.project.settings import nearest


def find(name: str, files: Sequence[ArticleFile]) -> ArticleFile:
    """Return the article that a user means: its slug, a unique tail of its slug, or its
    path.

    :raises FlowError: if no article or more than one fits, or if it lies outside.
    """
    if (file := _by_slug(name, files)) is not None:
        return file
    path = Path(name)
    if path.is_file():
        whole = path.resolve()
        same = [file for file in files if file.path.resolve() == whole]
        if same:
            return same[0]
    if path.is_absolute() or ".." in path.parts:
        hint = f"articles lie in {SOURCES}/; bring others in with tflow add"
        raise FlowError(f"{name!r} is outside the project", hint=hint)
    raise _no_article(name, files)


def _by_slug(name: str, files: Sequence[ArticleFile]) -> ArticleFile | None:
    wanted = unicodedata.normalize("NFC", name).removeprefix("./")
    fits = [file for file in files if f"/{file.slug}".endswith(f"/{wanted}")]
    exact = [file for file in fits if file.slug == wanted]
    if len(exact or fits) == 1:
        return (exact or fits)[0]
    if not fits:
        return None
    slugs = ", ".join(file.slug for file in fits[:5])
    more = f" and {len(fits) - 5} more" if len(fits) > 5 else ""
    hint = "type more of the slug"
    raise FlowError(f"{name!r} fits {slugs}{more}", hint=hint)


def shortest(files: Sequence[ArticleFile]) -> Mapping[str, str]:
    """Return, by slug, the shortest tail by which each article may be named; of all at
    once, in time that grows with their number."""
    fits = Counter(tail for file in files for tail in _tails(file.slug))
    return {
        file.slug: next(
            (t for t in _tails(file.slug) if fits[t] == 1 and ":" not in t), file.slug
        )
        for file in files
    }


def _tails(slug: str) -> Iterator[str]:
    """Yield the tails of a slug, the shortest first, the slug itself last."""
    parts = slug.split("/")
    for n in range(1, len(parts) + 1):
        yield "/".join(parts[-n:])


def _no_article(name: str, files: Sequence[ArticleFile]) -> FlowError:
    if not files:
        hint = "there are no articles yet; bring one in with tflow add"
        return FlowError(f"no article {name!r}", hint=hint)
    tails = {file.slug.rpartition("/")[2]: file.slug for file in files}
    tails |= {file.slug: file.slug for file in files}
    near = [tails[tail] for tail in nearest(name, list(tails), 5)]
    near += [file.slug for file in files if name.lower() in file.slug.lower()]
    listed = ", ".join(list(dict.fromkeys(near))[:3])
    hint = f"did you mean {listed}?" if listed else "see tflow status --all"
    return FlowError(f"no article {name!r}", hint=hint)


# --- places -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """An article, or some of its segments."""

    file: ArticleFile
    picks: tuple[tuple[int, int] | str, ...] = ()
    """Ranges of segment numbers and prefixes of unit ids; none means all."""


_RANGE = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_PREFIX = re.compile(r"[a-z][a-z0-9]*")
PLACE_GRAMMAR = "a place is SLUG, SLUG:7, SLUG:k7f or SLUG:3,5-8"


def place(text: str, files: Sequence[ArticleFile]) -> Place:
    """Read a place: ``SLUG``, ``SLUG:7``, ``SLUG:k7f`` or ``SLUG:3,5-8``.

    :raises FlowError: if there is no such article, or what follows the colon is not a
        list of numbers and ids.
    """
    head, colon, tail = text.rpartition(":")
    if not colon or _by_slug(text, files) is not None:
        return Place(find(text, files))
    return Place(
        find(head, files), tuple(_pick(word, text) for word in tail.split(","))
    )


def _pick(word: str, text: str) -> tuple[int, int] | str:
    if found := _RANGE.fullmatch(word):
        first, last = int(found[1]), int(found[2] or found[1])
        if 1 <= first <= last:
            return first, last
    elif _PREFIX.fullmatch(word):
        return word
    raise FlowError(f"{text!r}: {word!r} is no segment", hint=PLACE_GRAMMAR)


def picked(spot: Place, ids: Sequence[str]) -> tuple[int, ...]:
    """Return the indices that a place picks among units, in document order.

    :param ids: the ids of the article's units, in document order.
    :raises FlowError: if a number is too high, or a prefix fits no or several ids.
    """
    if not spot.picks:
        return tuple(range(len(ids)))
    chosen: set[int] = set()
    for pick in spot.picks:
        if isinstance(pick, str):
            chosen.add(_by_prefix(pick, ids, spot.file.slug))
        else:
            chosen.update(_by_number(pick, len(ids), spot.file.slug))
    return tuple(sorted(chosen))


def _by_number(pick: tuple[int, int], count: int, slug: str) -> range:
    first, last = pick
    if last > count:
        hint = f"it has {count}; see {command('show', slug)}"
        raise FlowError(f"{slug} has no segment {last}", hint=hint)
    return range(first - 1, last)


def _by_prefix(prefix: str, ids: Sequence[str], slug: str) -> int:
    fits = [i for i, name in enumerate(ids) if name.startswith(prefix)]
    exact = [i for i in fits if ids[i] == prefix]
    if len(exact or fits) == 1:
        return (exact or fits)[0]
    if not fits:
        hint = f"see {command('show', slug)}"
        raise FlowError(f"{slug} has no unit whose id begins {prefix!r}", hint=hint)
    names = ", ".join(ids[i] for i in fits[:5])
    message = f"{prefix!r} fits {len(fits)} units of {slug}: {names}"
    raise FlowError(message, hint="type more letters of the id")
