"""Make edited versions of real pages, knowing what was done to every segment.

The same pages, profile and seed give the same cases. The old page is the real one with
some slips of the hand put in, which the new one mends, and now and then a paragraph
said more than once; all other edits are made on the way to the new page. What the
parser sees in the new page must be, text for text, what the edits say; an edit that the
page's grammar turns into something else is taken back.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.drift import pages
from benchmarks.drift.building import BUILDS, Elsewhere, copied
from benchmarks.drift.language import Language, language, plain, words
from benchmarks.drift.pages import Chunk, Page
from benchmarks.drift.truth import MOVED, Case, Origin
from benchmarks.drift.wording import EDITS, Surroundings, codes, typo
from translate_flow.article import Article, decode
from translate_flow.errors import FlowError
from translate_flow.state import collapse

SMALLEST = 6
"""Fewest segments of a page that is used."""

LARGEST = 800
"""Most segments of a page that is used: changelogs have more, and drown the rest."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How much is edited."""

    builds: Mapping[str, float]
    """How many edits of the build, for each plain chunk of the page."""

    edits: Mapping[str, float]
    """Share of segments whose text is edited so; the rest stays."""

    copies: float
    """Share of pages with boilerplate."""

    headings: float
    """Share of pages on which every heading gets attributes."""

    moved_and_edited: float
    """Share of what was moved that is edited too."""


YEAR = Profile(
    builds={
        "section moved": 0.002,
        "section deleted": 0.002,
        "section inserted": 0.003,
        "merged": 0.008,
        "split": 0.010,
        "moved": 0.006,
        "moved far": 0.004,
        "reordered": 0.020,
        "item deleted": 0.015,
        "item inserted": 0.020,
        "replaced": 0.003,
        "deleted": 0.015,
        "inserted": 0.025,
        "level": 0.006,
        "rewrapped": 0.010,
    },
    edits={
        "typo mended": 0.015,
        "typo made": 0.005,
        "cosmetic": 0.020,
        "attributes": 0.010,
        "link": 0.040,
        "code": 0.015,
        "number": 0.040,
        "word": 0.035,
        "sentence added": 0.015,
        "sentence deleted": 0.040,
        "rewrite": 0.012,
    },
    copies=0.15,
    headings=0.10,
    moved_and_edited=0.30,
)
"""About a quarter of the segments: a year of a site that is looked after."""

STRESS = Profile(
    builds={name: min(0.12, 5 * rate) for name, rate in YEAR.builds.items()},
    edits={name: 3 * rate for name, rate in YEAR.edits.items()},
    copies=0.5,
    headings=0.25,
    moved_and_edited=0.5,
)
"""More than half of everything, all at once."""

PROFILES = {"year": YEAR, "stress": STRESS}


@dataclass(frozen=True)
class Source:
    """One page that can be edited."""

    name: str
    language: Language
    article: Article
    page: Page


@dataclass(frozen=True)
class Corpus:
    """Pages of one language, and what authors take from them."""

    sources: tuple[Source, ...]
    known: frozenset[str]
    """All words, in small letters."""


def load(files: Sequence[Path], root: Path) -> dict[Language, Corpus]:
    """Read the pages that are in English or Korean and have enough segments. Licences
    are left out: nobody edits or translates them.

    :param root: names are relative to it.
    """
    found: dict[Language, list[Source]] = {}
    seen: set[str] = set()
    for file in files:
        if file.name.lower().startswith(("license", "licence")):
            continue
        try:
            text = plain_text(file)
            article = pages.read(text, file.name)
        except FlowError:
            continue
        spoken = language(text)
        fits = SMALLEST <= len(article.segments) <= LARGEST
        if spoken is None or not fits or text in seen:
            continue
        seen.add(text)
        page = pages.chunks(article)
        if not pages.holds(page, file.name):
            continue
        name = file.relative_to(root).as_posix()
        found.setdefault(spoken, []).append(Source(name, spoken, article, page))
    return {spoken: _corpus(sources) for spoken, sources in sorted(found.items())}


def plain_text(file: Path) -> str:
    """Return a page's text without byte order mark, with simple line ends.

    :raises FlowError: if it is not UTF-8 text.
    """
    return plain(decode(file.read_bytes(), str(file))).lstrip("\ufeff")


def _corpus(sources: Sequence[Source]) -> Corpus:
    known = (
        word[0].lower()
        for source in sources
        for segment in source.article.segments
        for word in words(segment.text)
    )
    return Corpus(tuple(sources), frozenset(known))


def cases(
    corpus: Corpus, profile: Profile, seed: int, *, most: int | None = None
) -> Iterator[Case]:
    """Yield an edited version of each page; of ``most`` pages, if there are more."""
    chosen = list(corpus.sources)
    if most is not None and most < len(chosen):
        chosen = random.Random(f"pages {seed}").sample(chosen, most)
    for source in chosen:
        case = edited(source, corpus, profile, seed)
        if case is not None:
            yield case


def edited(source: Source, corpus: Corpus, profile: Profile, seed: int) -> Case | None:
    """Return a page with edits, or None if they came out as something else."""
    dice = random.Random(f"{seed} {source.name}")
    others = [other for other in corpus.sources if other.name != source.name]
    others = dice.sample(others, min(12, len(others))) or [source]
    around = _surroundings(source, corpus, others)
    begun = _begun(source, profile, dice, around)
    if begun is None:
        return None
    before, mended = begun
    page = _built(pages.chunks(before), profile, dice, _elsewhere(others), before.name)
    told = _told(page, before)
    after = pages.read(pages.text(page), before.name)
    plans = _plans(after, told, profile, dice, around, mended)
    done = reworded(after, told, plans)
    if done is None:
        return None
    new, told = done
    news = pages.read(new, before.name).segments
    return Case(
        source.name,
        source.language,
        before.text,
        new,
        before.segments,
        news,
        told,
        mended,
    )


def _surroundings(
    source: Source, corpus: Corpus, others: Sequence[Source]
) -> Surroundings:
    texts = [segment.text for segment in source.article.segments]
    pool = (word[0] for text in texts for word in words(text) if len(word[0]) > 1)
    foreign = (p for other in others for p in pages.paragraphs(other.article))
    return Surroundings(
        words=tuple(dict.fromkeys(pool)),
        known=corpus.known,
        codes=codes(texts),
        foreign=tuple(foreign) or tuple(texts),
    )


def _elsewhere(others: Sequence[Source]) -> Elsewhere:
    chunks = [chunk for other in others for chunk in other.page]
    heads = [
        _section(other.page, at)
        for other in others
        for at in pages.plain_at(other.page, "heading")
    ]
    return Elsewhere(
        paragraphs=tuple(chunk for chunk in chunks if chunk.kind == "paragraph"),
        sections=tuple(part for part in heads if len(part) > 1),
        items=tuple(
            origin.text
            for chunk in chunks
            if chunk.kind == "list"
            for origin in chunk.origins
        ),
    )


def _section(page: Page, at: int) -> Page:
    """Return a heading and the first plain chunks under it."""
    found: list[Chunk] = []
    for k in pages.section(page, at):
        if page[k].kind == "other" or len(found) == 5:
            break
        found.append(page[k])
    return tuple(found) if page[at].level > 1 else ()


# --- the old page -----------------------------------------------------------


def _begun(
    source: Source, profile: Profile, dice: random.Random, around: Surroundings
) -> tuple[Article, dict[int, str]] | None:
    """Return the old page and, by index, what its misspelt segments should be."""
    page = source.page
    if dice.random() < profile.copies:
        copy = copied(page, dice, Elsewhere((), (), ()))
        page = copy if copy and pages.holds(copy, source.name) else page
    article = pages.read(pages.text(page), source.article.name)
    told = tuple(Origin((s.n - 1,), "unchanged", s.text) for s in article.segments)
    plans: Plans = {}
    for i, segment in enumerate(article.segments):
        if dice.random() < profile.edits["typo mended"]:
            bad = typo(segment.text, dice, around)
            plans |= {i: ("typo mended", bad)} if bad else {}
    done = reworded(article, told, plans)
    if done is None:
        return None
    slips = {i for i, origin in enumerate(done[1]) if origin.kind == "typo mended"}
    before = pages.read(done[0], article.name)
    return before, {i: article.segments[i].text for i in slips}


# --- the build --------------------------------------------------------------


def _built(
    page: Page, profile: Profile, dice: random.Random, other: Elsewhere, name: str
) -> Page:
    """Return a page after edits of its build. They are checked together; if that fails,
    they are made again one by one, and those left out that do not hold."""
    size = sum(chunk.kind != "other" for chunk in page)
    begun = dice.getstate()
    done = page
    for way in _ways(size, profile, dice):
        done = BUILDS[way](done, dice, other) or done
    if pages.holds(done, name):
        return done
    dice.setstate(begun)
    for way in _ways(size, profile, dice):
        new = BUILDS[way](page, dice, other)
        page = new if new is not None and pages.holds(new, name) else page
    return page


def _ways(size: int, profile: Profile, dice: random.Random) -> Iterator[str]:
    """Yield which edits of the build are made to a page with so many plain chunks."""
    for way in BUILDS:
        expected = size * profile.builds[way]
        whole = int(expected)
        times = whole + (dice.random() < expected - whole)
        yield from (way for _ in range(times))


def _told(page: Page, before: Article) -> tuple[Origin, ...]:
    """Return the origins of a page; what the old page says more than once and nobody
    touched is ``repeated``."""
    said = Counter(collapse(segment.text) for segment in before.segments)
    return tuple(
        replace(origin, kind="repeated")
        if origin.kind == "unchanged" and said[collapse(origin.text)] > 1
        else origin
        for origin in pages.origins(page)
    )


# --- the words --------------------------------------------------------------

Plans = dict[int, tuple[str, str]]
"""By index of a segment, of which kind it will be and its new text."""

UNTOUCHED = ("html", "alt")
"""Kinds of segments whose words are left alone: not prose."""

WHILE_MOVING = ("word", "sentence added", "sentence deleted", "number", "link")


def _plans(
    article: Article,
    told: Sequence[Origin],
    profile: Profile,
    dice: random.Random,
    around: Surroundings,
    mended: Mapping[int, str],
) -> Plans:
    """Choose which texts are edited, and how.

    :param mended: by index in the old page, what misspelt texts should be.
    """
    rates = {kind: rate for kind, rate in profile.edits.items() if kind in EDITS}
    headings = dice.random() < profile.headings
    plans: Plans = {}
    for j, origin in enumerate(told):
        kind, plan = article.segments[j].kind, None
        if kind in UNTOUCHED:
            continue
        if origin.kind in MOVED and dice.random() < profile.moved_and_edited:
            only = {name: rates[name] for name in WHILE_MOVING}
            plan = _edit(origin.text, kind, only, dice, around)
            plan = plan and ("moved and edited", plan[1])
        elif origin.kind in ("unchanged", "repeated"):
            if origin.ancestors[0] in mended:
                plan = ("typo mended", mended[origin.ancestors[0]])
            elif headings and kind.startswith("heading"):
                plan = _edit(origin.text, kind, {"attributes": 1.0}, dice, around)
            elif dice.random() < sum(rates.values()):
                plan = _edit(origin.text, kind, rates, dice, around)
        if plan:
            plans[j] = plan
    return plans


def _edit(
    text: str,
    kind: str,
    rates: Mapping[str, float],
    dice: random.Random,
    around: Surroundings,
) -> tuple[str, str] | None:
    """Return the first of some edits drawn that applies: its kind and the new text."""
    names = dice.choices(list(rates), list(rates.values()), k=8)
    for name in dict.fromkeys(names):
        if name == "attributes" and not kind.startswith("heading"):
            continue
        new = EDITS[name](text, dice, around)
        if new and collapse(new) != collapse(text):
            return name, new
    return None


def reworded(
    article: Article, told: Sequence[Origin], plans: Plans
) -> tuple[str, tuple[Origin, ...]] | None:
    """Return the page with its texts edited, and what is true of it.

    An edit that cannot stand where it should is left out. None if even the page
    without edits is not what was told.
    """
    fit = {j: plan for j, plan in plans.items() if _stands(article, j, plan[1])}
    done = _spliced(article, told, fit)
    if done is None:
        fit = {j: p for j, p in fit.items() if _spliced(article, told, {j: p})}
        done = _spliced(article, told, fit)
    return done or _spliced(article, told, {})


def _stands(article: Article, j: int, text: str) -> bool:
    try:
        article.validate(article.segments[j], text)
    except FlowError:
        return False
    return True


def _spliced(
    article: Article, told: Sequence[Origin], plans: Plans
) -> tuple[str, tuple[Origin, ...]] | None:
    now = tuple(
        replace(origin, kind=plans[j][0], text=plans[j][1]) if j in plans else origin
        for j, origin in enumerate(told)
    )
    try:
        new = article.render(lambda s: plans[s.n - 1][1] if s.n - 1 in plans else None)
        segments = pages.read(new, article.name).segments
    except FlowError:
        return None
    return (new, now) if pages.agree(segments, now) else None
