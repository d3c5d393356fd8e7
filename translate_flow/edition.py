"""An article and its catalog resolved for readers: pairs in document order, each with
its state, and what a release refuses. Exporters turn an edition into a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from translate_flow.model import FINISHED, Catalog, Mark, Segment, State, Unit
from translate_flow.state import exact, fingerprint, state

if TYPE_CHECKING:
    from translate_flow.article import Article

PEOPLE = ("", "human", "adopted", "memory")
"""Origins that are no machine: an engine's text bears its name."""

Require = Literal["translated", "reviewed"]
"""The least state that a release prints."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment, its unit and what can be said of the unit today."""

    segment: Segment
    unit: Unit
    state: State

    @property
    def finished(self) -> bool:
        """Whether a release may print it."""
        return self.state in FINISHED

    @property
    def machine_made(self) -> str:
        """The engine whose text stands there letter for letter, or an empty string.

        Without a record of what the machine wrote, nobody is taken to have changed it.
        """
        mark = self.unit.mark
        if mark is None or not self.unit.target or mark.origin in PEOPLE:
            return ""
        return mark.origin if mark.draft in ("", exact(self.unit.target)) else ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One article with one target language, ready for any exporter."""

    slug: str
    source_language: str
    target_language: str
    article: Article
    pairs: tuple[Pair, ...]
    """``pairs[n - 1]`` belongs to segment number ``n``."""

    proof: bool
    """Whether everything unfinished is visibly marked."""

    revision: str
    """Short hash of the source text."""

    base: str = ""
    """From the folder of the edition's file to that of the article, ``../sources/``:
    relative addresses of bilingual editions begin with it. Empty if the caller cannot
    tell; then they stay as the article writes them."""

    images: Mapping[str, bytes] = field(default_factory=dict)
    """Image files by the address that the article writes; exporters that make one
    self-contained file embed these and link to all others."""

    def pair(self, n: int) -> Pair:
        """Return the pair of segment number ``n``."""
        return self.pairs[n - 1]

    def text(self, n: int, language: str) -> str:
        """Return segment ``n`` in a language; empty if it has no translation."""
        pair = self.pair(n)
        if language == self.source_language:
            return pair.segment.text
        return pair.unit.target

    def title(self, language: str) -> str:
        """Return the title in a language: inline Markdown, never empty.

        The front matter's title, else the first heading, else the slug; the source's
        when it has no translation.
        """
        if (pair := self.titled) is not None:
            return self.text(pair.segment.n, language) or pair.segment.text
        return str(self.article.meta.get("title") or self.slug.rpartition("/")[2])

    @property
    def titled(self) -> Pair | None:
        """The pair that the title is taken from, if it is a segment."""
        for kind in ("front title", "heading 1", "heading 2"):
            for pair in self.pairs:
                if pair.segment.kind == kind:
                    return pair
        return None

    @property
    def states(self) -> Mapping[State, int]:
        """How many segments are in each state that occurs."""
        return Counter(pair.state for pair in self.pairs)

    @property
    def origins(self) -> Mapping[str, int]:
        """Where the targets first came from: ``human``, ``memory``, an engine …"""
        return Counter(
            (pair.unit.mark or Mark()).origin or "human"
            for pair in self.pairs
            if pair.unit.target
        )

    @property
    def unread(self) -> tuple[Pair, ...]:
        """Machine text that stands there as the machine wrote it and that no person
        has taken."""
        return tuple(p for p in self.pairs if p.machine_made and p.state is State.DRAFT)

    @property
    def unedited(self) -> tuple[Pair, ...]:
        """Machine text that a person took without changing a letter."""
        return tuple(p for p in self.pairs if p.machine_made and p.finished)


def build(slug: str, article: Article, catalog: Catalog, *, proof: bool) -> Edition:
    """Resolve an article and its catalog for readers.

    :param catalog: already synced: ``catalog.units[i]`` belongs to
        ``article.segments[i]``.
    :param proof: mark everything unfinished; False for a release.
    """
    units = {unit.id: unit for unit in catalog.units}
    pairs = tuple(
        Pair(segment, unit, _state(unit, units))
        for segment, unit in zip(article.segments, catalog.units, strict=True)
    )
    return Edition(
        slug=slug,
        source_language=catalog.source_language,
        target_language=catalog.language,
        article=article,
        pairs=pairs,
        proof=proof,
        revision=exact(article.text),
    )


def refusals(edition: Edition, *, require: Require = "translated") -> tuple[Pair, ...]:
    """Return the pairs that keep an edition from being released, in document order.

    :param require: ``reviewed`` also refuses what nobody signed.
    """
    allowed = FINISHED - ({State.TRANSLATED} if require == "reviewed" else set())
    return tuple(pair for pair in edition.pairs if pair.state not in allowed)


def _state(unit: Unit, units: Mapping[str, Unit]) -> State:
    """Derive a unit's state, following ``with=`` to the unit that covers it."""
    mark = unit.mark
    if unit.target or unit.fuzzy or not (mark and mark.joined):
        return state(unit)
    cover = units.get(mark.joined)
    if cover is None or not cover.target or mark.ok is None:
        return State.DRIFTED
    fits = mark.ok.src == fingerprint(unit.source)
    if not fits or mark.ok.tgt != exact(cover.target):
        return State.DRIFTED
    if (shared := state(cover)) is State.REVIEWED and not mark.signed:
        return State.TRANSLATED
    return shared
