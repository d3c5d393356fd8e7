"""What reading commands tell: status, units, findings. Nothing is written.

Each takes a list for what cannot be read: then the rest is told all the same. Without
one, the first broken file is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.flow.drift import drift_of
from translate_flow.flow.published import edited_pages, live
from translate_flow.flow.standing import Standing, remember, remembered
from translate_flow.flow.translations import (
    Translation,
    content,
    indices,
    is_same,
    noted,
    translations,
)
from translate_flow.flow.unseen import moved
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Finding, State, Unit
from translate_flow.project import Project, matter
from translate_flow.project.matter import Misread
from translate_flow.project.places import Place
from translate_flow.state import outdated, unread
from translate_flow.state.questions import questions

if TYPE_CHECKING:
    from translate_flow.article import Article
    from translate_flow.drift import Drift
    from translate_flow.edition import Pair
    from translate_flow.glossary import Glossary, Hit
    from translate_flow.memory.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit in its article, as it is now."""

    slug: str
    language: str
    source_language: str
    pair: Pair
    findings: tuple[Finding, ...] = ()
    drift: Drift | None = None
    terms: tuple[Hit, ...] = ()
    """Terms of the glossary in its source, each once."""

    suggestions: tuple[Suggestion, ...] = ()
    """What the memory has for it, where that was asked for."""

    told_in: int = 0
    """Number of the segment whose target says this one, too; 0 if it has its own."""

    unsynced: bool = False
    """Whether it is not what the catalog knows: ``sync`` goes before any act on it."""


def pairs(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None,
    broken: list[FlowError] | None = None,
) -> Iterator[tuple[Translation, list[Pair]]]:
    """Yield each translation of each place with the pairs that the place picks."""
    for spot in places:
        for translation in translations(workspace, spot.file, language, broken):
            built = translation.pairs
            yield translation, [built[i] for i in indices(translation, spot)]


# --- status -----------------------------------------------------------------


def status(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> tuple[Standing, ...]:
    """Return how far each article is in each language."""
    found: list[Standing] = []
    for spot in places:
        known = None if spot.picks else remembered(workspace, spot.file, language)
        found += (
            _standings(workspace, spot, language, broken) if known is None else known
        )
    workspace.index.save()
    return tuple(found)


def _standings(
    workspace: Workspace,
    spot: Place,
    language: str | None,
    broken: list[FlowError] | None,
) -> list[Standing]:
    """Return how far an article is in each language; it is remembered where nothing but
    what lies on disk tells it."""
    seen = workspace.index.seen(spot.file, language)
    failed = len(broken or ())
    found: list[Standing] = []
    alone = not spot.picks
    for translation, wanted in pairs(workspace, [spot], language, broken):
        try:
            found.append(_standing(workspace.project, translation, wanted))
        except FlowError as error:
            noted(error, broken)
        alone = alone and translation.alone and _is_still(translation)
    if alone and failed == len(broken or ()):
        remember(workspace, spot.file, language, found, seen)
    return found


def _is_still(translation: Translation) -> bool:
    """Whether a sync found nothing to do."""
    result = translation.result
    busy = result.changes or result.absorbed or result.lost
    return not busy and is_same(content(translation), translation.saved)


def _standing(
    project: Project, translation: Translation, wanted: Sequence[Pair]
) -> Standing:
    from translate_flow.text.markup import visible

    texts = [visible(pair.segment.text) for pair in wanted]
    written = [visible(p.unit.target) for p in wanted if p.state is not State.DRAFT]
    drafts = [pair.unit for pair in wanted if pair.state is State.DRAFT]
    drifts = [found for pair in wanted if (found := drift_of(translation, pair))]
    states = Counter(pair.state for pair in wanted)
    awaited = project.require == "reviewed"
    return Standing(
        slug=translation.file.slug,
        source_language=translation.catalog.source_language,
        language=translation.language,
        segments=len(wanted),
        words=sum(len(text.split()) for text in texts),
        characters=sum(map(len, texts)),
        states=states,
        drift=Counter(found.drift_class for found in drifts),
        severities=Counter(found.severity for found in drifts),
        minutes=sum(map(_minutes, wanted)),
        live=live(project, translation),
        edited=edited_pages(project, translation.file.slug, translation.language),
        people=frozenset(_people(wanted)),
        unread=sum(unread(one) and not _is_persons(one) for one in drafts),
        made=Counter(pair.made for pair in wanted if pair.unit.target),
        outdated=sum(map(outdated, drafts)),
        lost=len(translation.result.lost),
        unseen=len(translation.article.unheld),
        questions=Counter(q.by for pair in wanted for q in questions(pair.unit)),
        first_question=next((p.segment.n for p in wanted if questions(p.unit)), 0),
        target_words=sum(len(text.split()) for text in written),
        target_characters=sum(map(len, written)),
        to_sign=states[State.TRANSLATED] if awaited else 0,
        unsynced=any(moved(translation, [pair.segment.n - 1 for pair in wanted])),
    )


def _is_persons(draft: Unit) -> bool:
    """Whether a draft is what a person wrote for the segment that this one was part
    of."""
    return bool(draft.mark and draft.mark.origin == "human")


WORDS_A_MINUTE = 8.0
"""What a translator puts into the other language; reading a draft goes three times, and
comparing an old translation with a new source four times as fast."""

FASTER = {State.UNTRANSLATED: 1.0, State.DRAFT: 3.0, State.DRIFTED: 4.0}


def _minutes(pair: Pair) -> float:
    """Estimate the time for one unit: at least ten seconds if it is open at all."""
    if pair.state not in FASTER:
        return 0.0
    words = len(pair.segment.text.split())
    return max(1 / 6, words / WORDS_A_MINUTE / FASTER[pair.state])


def _people(wanted: Sequence[Pair]) -> Iterator[str]:
    for pair in wanted:
        mark = pair.unit.mark
        if mark and mark.by:
            yield mark.by
        yield from (question.by for question in questions(pair.unit))


# --- units ------------------------------------------------------------------


def show(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> tuple[Seen, ...]:
    """Return the units of places, each with its findings and drift; those that were
    named with what the memory has for them."""
    return tuple(
        replace(unit, suggestions=suggestions(workspace, translation, unit))
        if spot.picks
        else unit
        for spot in places
        for translation, wanted in pairs(workspace, [spot], language, broken)
        for unit in _seen(workspace, translation, wanted)
    )


SHOWN = 3
"""Suggestions for one unit, at most."""

WANTING = frozenset({State.UNTRANSLATED, State.DRAFT, State.DRIFTED})
"""States of units that get suggestions."""


def suggestions(
    workspace: Workspace, translation: Translation, unit: Seen
) -> tuple[Suggestion, ...]:
    """Return what the memory has for a unit that wants somebody, but not its own text;
    nothing for one that is finished."""
    if unit.pair.state not in WANTING or unit.told_in:
        return ()
    from translate_flow.memory.suggestion import suggestion

    entry, at = unit.pair.unit, unit.pair.segment.n - 2
    above = translation.catalog.units[at].source if at >= 0 else ""
    source, target = unit.source_language, unit.language
    found = workspace.memory.search(
        entry.source, source, target, above=above, most=SHOWN + 1
    )
    own = f"{unit.slug}:{entry.id}"
    others = [match for match in found if match.origin != own]
    return tuple(suggestion(match, entry.source) for match in others[:SHOWN])


def seen(
    workspace: Workspace, translation: Translation, wanted: Sequence[int]
) -> tuple[Seen, ...]:
    """Return some units of a translation, by their indices."""
    built = translation.pairs
    return tuple(_seen(workspace, translation, [built[i] for i in wanted]))


def _seen(
    workspace: Workspace, translation: Translation, wanted: Sequence[Pair]
) -> Iterator[Seen]:
    terms = workspace.terms
    checked = checker(translation, terms)
    unsynced = {
        i for i, _ in moved(translation, [pair.segment.n - 1 for pair in wanted])
    }
    numbers = {name: n for n, name in enumerate(translation.ids, 1)}
    for pair in wanted:
        mark, n = pair.unit.mark, pair.segment.n
        cover = mark.joined if mark and not pair.unit.target else ""
        yield Seen(
            slug=translation.file.slug,
            language=translation.language,
            source_language=translation.catalog.source_language,
            pair=pair,
            findings=checked(n),
            drift=drift_of(translation, pair, terms),
            terms=_terms(translation, pair, terms),
            told_in=numbers.get(cover, 0),
            unsynced=n - 1 in unsynced,
        )


def _terms(
    translation: Translation, pair: Pair, glossary: Glossary | None
) -> tuple[Hit, ...]:
    if glossary is None:
        return ()
    own, source = translation.catalog.source_language, pair.unit.source
    hits = glossary.hits(source, own, translation.language)
    return tuple({hit.term: hit for hit in hits}.values())


# --- findings ---------------------------------------------------------------


def findings(
    workspace: Workspace, translation: Translation, n: int
) -> tuple[Finding, ...]:
    """Return what the checks find in the unit of segment number ``n``."""
    return checker(translation, workspace.terms)(n)


def checker(
    translation: Translation, glossary: Glossary | None
) -> Callable[[int], tuple[Finding, ...]]:
    """Return what looks for findings in the units of a translation, by segment
    numbers. A target that covers several segments is held against all their sources.

    :param glossary: the terms to look for; None for none.
    """
    from translate_flow.checks import Context
    from translate_flow.checks import findings as checked

    slug, language, units = (
        translation.file.slug,
        translation.language,
        translation.catalog.units,
    )
    own, references = (
        translation.catalog.source_language,
        translation.article.references,
    )
    context = Context(references, own, language, glossary)
    covered: dict[str, list[int]] = {}
    for n, unit in enumerate(units, 1):
        if not unit.target and unit.mark and unit.mark.joined:
            covered.setdefault(unit.mark.joined, []).append(n)

    def found(n: int) -> tuple[Finding, ...]:
        unit = units[n - 1]
        numbers = sorted([n, *covered.get(unit.id, ())])
        sources = {number: units[number - 1].source for number in numbers}
        joint = replace(unit, source=BETWEEN.join(sources.values()))
        placed = (_placed(f, n, sources, slug) for f in checked(joint, context))
        return tuple(
            replace(f, id=unit.id, slug=slug, lang=language, n=n) for f in placed
        )

    return found


BETWEEN = "\n\n"
"""What parts the sources of segments that share a target."""


def _placed(finding: Finding, n: int, sources: Mapping[int, str], slug: str) -> Finding:
    """Return a finding of joint sources as one of segment ``n``: what stands in another
    one's source is told with its place.

    :param sources: by segment numbers, in document order.
    """
    if finding.source_span is None or len(sources) == 1:
        return finding
    first, last = finding.source_span
    end = -len(BETWEEN)
    for number, source in sources.items():
        start = end + len(BETWEEN)
        end = start + len(source)
        if first <= end and number == n:
            return replace(finding, source_span=(first - start, last - start))
        if first <= end:
            break
    message = f"{finding.message}; it stands in {slug}:{number}"
    return replace(finding, message=message, source_span=None)


def of_article(translation: Translation) -> Iterator[Finding]:
    """Yield what is to be known of an article itself: what no segment holds, keys that
    stand twice."""
    from translate_flow.checks import article_findings

    slug, language = translation.file.slug, translation.language
    for one in article_findings(translation.article):
        yield replace(one, slug=slug, lang=language)


def misread(project: Project, article: Article) -> tuple[Misread, ...]:
    """Return what is wrong with the front matter of an article. Keys that the project
    names itself are right."""
    named = [key.partition(".")[0] for key in project.front_matter or ()]
    named += project.tree.front if project.tree else ()
    return tuple(matter.misread(article.meta, article.text, known=named))
