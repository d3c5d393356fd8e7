"""What may be typed next: slugs, segments, languages and other words of a project.

Asked at every press of a key, so nothing is read, nor loaded, that need not be: no
article for a slug, no catalog for a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from translate_flow.project import Project, articles
from translate_flow.project.places import find

if TYPE_CHECKING:
    from translate_flow.flow.workspace import Workspace

LONGEST = 48
"""Characters of a segment that are shown beside its number."""


class Candidate(NamedTuple):
    """A word that may stand there."""

    value: str
    says: str = ""
    """What it is, for shells that show it."""


def beginning(typed: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates that begin with what is typed."""
    return (one for one in candidates if one.value.startswith(typed))


def listed(typed: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield what may end a list with commas, but not what stands in it already."""
    before, comma, last = typed.rpartition(",")
    taken = before.split(",")
    fits = (one for one in beginning(last, candidates) if one.value not in taken)
    return (Candidate(before + comma + one.value, one.says) for one in fits)


def languages(project: Project) -> Iterator[Candidate]:
    """Yield the languages of a project."""
    for tag in project.languages:
        source = tag == project.source_language
        yield Candidate(tag, "the source language" if source else "")


# --- places -----------------------------------------------------------------


def slugs(project: Project, typed: str) -> tuple[Candidate, ...]:
    """Return the articles whose slug begins with what is typed; if there is none, the
    tails of slugs that do and are of one article only."""
    wanted = unicodedata.normalize("NFC", typed)
    here = "./" if wanted.startswith("./") else ""
    wanted = wanted.removeprefix("./")
    every = [file.slug for file in articles(project)]
    found = [slug for slug in every if slug.startswith(wanted)]
    if not found:
        tails = Counter(tail for slug in every for tail in _tails(slug))
        found = [t for t, n in tails.items() if n == 1 and t.startswith(wanted)]
    dashed = ("./" if slug.startswith("-") else here for slug in found)
    return tuple(map(Candidate, map(str.__add__, dashed, found)))


def _tails(slug: str) -> Iterator[str]:
    parts = slug.split("/")
    return ("/".join(parts[n:]) for n in range(1, len(parts)))


def places(
    project: Project,
    workspace: Callable[[], Workspace],
    typed: str,
    language: str | None,
) -> tuple[Candidate, ...]:
    """Return the places that begin with what is typed: slugs or, after a colon, numbers
    of segments or, after a letter, ids of units.

    :param workspace: asked for only if an article must be read.
    :param language: the target language; None for the first.
    :raises FlowError: if there is no such article, or it cannot be read.
    """
    head, colon, tail = typed.rpartition(":")
    if not colon:
        return slugs(project, typed)
    found = re.fullmatch(r"(?P<done>(?:.*[,-])?)(?P<last>[^,-]*)", tail)
    done, last = (found["done"], found["last"]) if found else ("", tail)
    fits = beginning(last, segments(workspace(), head, last, language))
    return tuple(Candidate(f"{head}:{done}{one.value}", one.says) for one in fits)


def segments(
    workspace: Workspace, name: str, typed: str, language: str | None
) -> Iterator[Candidate]:
    """Yield the numbers of an article's segments or, if a letter is typed, the ids of
    its units.

    :raises FlowError: if there is no such article, or it cannot be read.
    """
    from translate_flow.flow.translations import translations
    from translate_flow.project.catalogs import read_article

    file = find(name, articles(workspace.project))
    if not typed[:1].isalpha():
        for segment in read_article(workspace.project, file).segments:
            yield Candidate(str(segment.n), _shown(segment.text))
        return
    for translation in translations(workspace, file, language):
        for unit in translation.catalog.units:
            yield Candidate(unit.id, _shown(unit.source))
        return


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
