"""An article and its catalog resolved for readers: pairs in document order, each with
its state, and what a release refuses. Exporters turn an edition into a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from translate_flow.model import (
    FINISHED,
    Block,
    Catalog,
    Mark,
    Segment,
    State,
    Unit,
)
from translate_flow.state import (
    SHORT,
    exact,
    fingerprint,
    is_added,
    state,
    target_blocks,
)
from translate_flow.text.markup import literal

if TYPE_CHECKING:
    from translate_flow.article import Article

UNREAD = "unread"
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
    def of_front(self) -> bool:
        """Whether it is a value of the front matter."""
        return self.segment.kind.startswith("front ")

    @property
    def finished(self) -> bool:
        """Whether a release may print it."""
        return self.state in FINISHED

    @property
    def is_omitted(self) -> bool:
        """Whether it is left out on purpose."""
        return self.state is State.OMITTED

    @property
    def machine_made(self) -> str:
        """The engine whose text stands there letter for letter, or an empty string.

        Without a record of what the machine wrote, nobody is taken to have changed it.
        """
        mark = self.unit.mark
        if mark is None or not self.unit.target or mark.origin in PEOPLE:
            return ""
        return mark.origin if mark.draft in ("", exact(self.unit.target)) else ""

    @property
    def edited(self) -> bool:
        """Whether people changed what a machine wrote."""
        mark = self.unit.mark or Mark()
        made = bool(self.unit.target) and mark.origin not in PEOPLE
        return made and not self.machine_made

    @property
    def made(self) -> str:
        """Whose text the target is: ``unread``, a machine's that nobody has touched or
        taken; ``unedited``, one that somebody took as it was; ``edited``, one that
        people changed, and ``rewritten``, one of which they left nothing much;
        ``memory`` likewise taken from there, or ``people``."""
        if self.machine_made:
            return UNREAD if self.state is State.DRAFT else "unedited"
        if self.edited:
            return "edited"
        mark = self.unit.mark or Mark()
        draft = mark.draft if mark.origin == "human" and not mark.split_from else ""
        if draft and draft != exact(self.unit.target):
            return "rewritten"
        recalled = mark.origin == "memory" and mark.draft == exact(self.unit.target)
        return "memory" if recalled else "people"

    @property
    def standing(self) -> str:
        """The state in one word, ``unread`` for a machine's text that nobody has
        touched or taken."""
        unread = self.machine_made and self.state is State.DRAFT
        return UNREAD if unread else str(self.state)


ADDED = "added"
"""Kind of what a target says beyond its source, in an arranged edition."""

FIRST = "^"
"""What ``at`` says of a unit that begins the target's text."""

Order = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What readers are told of an error that was put right after a release."""

    date: str
    """ISO date."""

    n: int
    """Number of the segment today; 0 if it is gone."""

    texts: Mapping[str, str]
    """What is said of it, by language."""


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

    blocks: tuple[Block, ...] = ()
    """The article's blocks, in the order of this edition."""

    left_out: frozenset[int] = frozenset()
    """Numbers of segments that editions of the source leave out, too."""

    shown: Mapping[int, str] = field(default_factory=dict)
    """What stands beside a segment of which the target says more: the rest is in
    blocks of its own."""

    order: Order = "source"
    """Whose order of blocks it has."""

    base: str = ""
    """From the folder of the edition's file to that of the article, ``../sources/``:
    relative addresses of bilingual editions begin with it. Empty if the caller cannot
    tell; then they stay as the article writes them."""

    url: str = ""
    """Where readers find this very page on the web; empty if nobody says."""

    urls: Mapping[str, str] = field(default_factory=dict)
    """Where they find the article in each language, as far as anybody says: BCP 47 tag
    → address."""

    translatable: bool = False
    """Whether browsers may offer to translate what stands in both languages."""

    alternates: Mapping[str, str] = field(default_factory=dict)
    """For a page of one language, where the article is in each: BCP 47 tag →
    address."""

    corrections: tuple[Correction, ...] = ()
    """What was put right after a release, the oldest first."""

    terms: str = ""
    """Short hash of the glossary it was checked by; empty if there is none."""

    templates: Mapping[str, str] = field(default_factory=dict)
    """Templates of the project's own by file name; they win over an exporter's."""

    pages: Mapping[str, str] = field(default_factory=dict)
    """In a site, where other articles that this one links to have their pages: path
    from the article's folder → address from this page, empty if there is none."""

    headings: Mapping[int, tuple[str, str]] | None = None
    """On a target page of a site: what tells its generator the ids of headings, before
    and after their words, by the numbers of their segments. None if it is on none."""

    hosted: Mapping[str, str] = field(default_factory=dict)
    """Where readers find image files on the web, by the address that the article
    writes: for mail and feeds, which cannot hold them."""

    images: Mapping[str, bytes] = field(default_factory=dict)
    """Image files by the address that the article writes; exporters that make one
    self-contained file embed these and link to all others."""

    @property
    def home(self) -> str:
        """Where relative addresses of the article start from on the web; empty if
        nobody says."""
        return self.urls.get(self.source_language, "") or self.url

    def pair(self, n: int) -> Pair:
        """Return the pair of segment number ``n``."""
        return self.pairs[n - 1]

    def text(self, n: int, language: str) -> str:
        """Return segment ``n`` in a language as inline Markdown; empty if it has no
        translation. Front matter is plain text: all its signs are letters."""
        pair = self.pair(n)
        own = language == self.source_language
        text = pair.segment.text if own else self.shown.get(n, pair.unit.target)
        return literal(text) if pair.of_front else text

    def title(self, language: str) -> str:
        """Return the title in a language: inline Markdown, never empty.

        The front matter's title, else the first heading, else the slug; the source's
        when it has no translation.
        """
        if (pair := self.titled) is not None:
            n = pair.segment.n
            return self.text(n, language) or self.text(n, self.source_language)
        named = self.article.meta.get("title") or self.slug.rpartition("/")[2]
        return literal(str(named))

    @property
    def titled(self) -> Pair | None:
        """The pair that the title is taken from, if it is a segment."""
        for kind in ("front title", "heading 1", "heading 2"):
            for pair in self.pairs:
                if pair.segment.kind == kind and pair.segment.n not in self.left_out:
                    return pair
        return None

    @property
    def states(self) -> Mapping[State, int]:
        """How many segments are in each state that occurs."""
        return Counter(pair.state for pair in self.segments)

    @property
    def segments(self) -> tuple[Pair, ...]:
        """The pairs of the article's segments, without what a target adds."""
        return self.pairs[: len(self.article.segments)]

    @property
    def origins(self) -> Mapping[str, int]:
        """Where the targets first came from: ``human``, ``memory``, an engine …"""
        return Counter(
            (pair.unit.mark or Mark()).origin or "human"
            for pair in self.segments
            if pair.unit.target
        )

    @property
    def unread(self) -> tuple[Pair, ...]:
        """Machine text that stands there as the machine wrote it and that no person
        has taken."""
        return tuple(p for p in self.segments if p.standing == UNREAD)

    @property
    def unedited(self) -> tuple[Pair, ...]:
        """Machine text that a person took without changing a letter."""
        return tuple(p for p in self.segments if p.machine_made and p.finished)

    @property
    def edited(self) -> tuple[Pair, ...]:
        """Machine text that people changed."""
        return tuple(p for p in self.segments if p.edited)

    @property
    def drifted(self) -> tuple[Pair, ...]:
        """What is translated from an earlier source."""
        return tuple(p for p in self.segments if p.state is State.DRIFTED)

    def people(self, *, signed: bool) -> tuple[str, ...]:
        """Return who took the targets for right, or who signed them, by how much."""
        marks = (pair.unit.mark for pair in self.segments if pair.finished)
        names = (mark.signed if signed else mark.by for mark in marks if mark)
        return tuple(name for name, _ in Counter(filter(None, names)).most_common())

    @property
    def standings(self) -> Mapping[str, int]:
        """How many segments are in each standing that occurs."""
        return Counter(pair.standing for pair in self.segments)


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
        revision=exact(article.text)[:SHORT],
        blocks=article.blocks,
        left_out=frozenset(pair.segment.n for pair in pairs if _is_of_neither(pair)),
    )


def _is_of_neither(pair: Pair) -> bool:
    mark = pair.unit.mark
    return pair.state is State.OMITTED and bool(mark and mark.both)


# --- the target's own order -------------------------------------------------


def arranged(edition: Edition, order: Order) -> Edition:
    """Return an edition whose blocks stand in the source's or the target's order, with
    what a target adds as blocks of their own.

    Such a block holds a pair behind those of the segments, of kind ``added`` and
    without a source.
    """
    roots = target_order(edition) if order == "target" else ()
    place = {root: i for i, root in enumerate(roots)}
    blocks = sorted(edition.blocks, key=lambda block: place.get(block.root, 0))
    pairs, shown, unfolded = list(edition.pairs), dict[int, str](), list[Block]()
    for block in blocks:
        unfolded += _unfolded(block, pairs, shown)
    return replace(
        edition,
        pairs=tuple(pairs),
        blocks=tuple(unfolded),
        shown=shown,
        order=order,
    )


def target_order(edition: Edition) -> tuple[int, ...]:
    """Return the indices of the outermost blocks in the target's own order: each stands
    where the source has it, unless its unit says after which other one it comes.

    What says so of itself, or goes round in a circle, stays where the source has it.
    """
    article = edition.article
    home = {pair.unit.id: article.root(pair.segment.n) for pair in edition.segments}
    after: dict[int, int] = {}
    for pair in edition.segments:
        at = pair.unit.mark.at if pair.unit.mark else ""
        anchor = -1 if at == FIRST else home.get(at)
        root = home[pair.unit.id]
        if at and anchor is not None and root >= 0 and root not in after:
            after[root] = anchor
    after = {root: anchor for root, anchor in after.items() if _leads_on(root, after)}
    followers: dict[int, list[int]] = {}
    for root in sorted(after):
        followers.setdefault(after[root], []).append(root)
    order: list[int] = []
    waiting = [-1, *(i for i in range(len(article.roots)) if i not in after)][::-1]
    while waiting:
        root = waiting.pop()
        order += [root] * (root >= 0)
        waiting += reversed(followers.get(root, []))
    return tuple(order)


def _leads_on(root: int, after: Mapping[int, int]) -> bool:
    """Whether the blocks that a block follows end at one that stays where it is."""
    seen = {root}
    while (root := after.get(root, -1)) >= 0:
        if root in seen:
            return False
        seen.add(root)
    return True


def _unfolded(
    block: Block, pairs: list[Pair], shown: dict[int, str]
) -> Iterator[Block]:
    """Yield a block, and what its target adds before, in and after it as blocks of
    their own; their pairs are appended."""
    n = block.content[0] if len(block.content) == 1 else None
    pair = pairs[n - 1] if isinstance(n, int) else None
    if pair is None or not (mark := pair.unit.mark) or not mark.added:
        yield block
        return
    texts = target_blocks(pair.unit.target)
    kinds = [is_added(text, mark) for text in texts]
    if all(kinds) or not any(kinds):
        yield block
        return
    said = pair.segment.n
    for more, group in groupby(zip(kinds, texts, strict=True), lambda both: both[0]):
        text = "\n\n".join(text for _, text in group)
        if not more and said not in shown:
            shown[said] = text
            yield block
            continue
        segment = replace(
            pair.segment, n=len(pairs) + 1, kind=ADDED if more else "", text=""
        )
        pairs.append(Pair(segment, replace(pair.unit, target=text), pair.state))
        yield replace(block, content=(segment.n,))


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
