"""What edits did to translations: which have drifted, what sync settles by itself, and
what changed on either side since a revision or a release. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.flow.published import readers_have
from translate_flow.flow.translations import (
    Translation,
    content,
    indices,
    is_same,
    translations,
)
from translate_flow.flow.workspace import Workspace
from translate_flow.model import FINISHED, Change, Mark, State, Unit
from translate_flow.project.places import Place
from translate_flow.state import cleared, exact, fingerprint, state

if TYPE_CHECKING:
    from translate_flow.drift import Drift, Edit
    from translate_flow.edition import Pair
    from translate_flow.glossary import Glossary

Side = Literal["source", "target"]

WORST_FIRST = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Drifted:
    """A unit of which one side changed, and what that did to it."""

    translation: Translation = field(repr=False)
    pair: Pair
    drift: Drift
    """How that side changed."""

    live: str = ""
    """ISO date since when readers have it; empty if they do not."""

    covers: tuple[int, ...] = ()
    """Numbers of the segments that its target covers, too."""

    cover: int | None = None
    """Number of the segment whose target covers this one; 0 if that is gone, None if
    it has a target of its own."""

    side: Side = "source"
    """The side that changed."""

    since: bool = False
    """Whether it is compared with another time than that of its acceptance."""

    both: bool = False
    """Whether the other side changed since then, too."""

    like: int = 0
    """How many more units were edited in just that way, and may be decided with it."""

    action: str = ""
    """What the next sync does to it by itself: ``kept`` or ``carried``."""

    @property
    def slug(self) -> str:
        """Slug of its article."""
        return self.translation.file.slug

    @property
    def language(self) -> str:
        """The target language."""
        return self.translation.language

    @property
    def n(self) -> int:
        """Its number."""
        return self.pair.segment.n

    @property
    def proposal(self) -> str | None:
        """A target for today's source, if one is certain and it has none yet."""
        if self.cover is not None or self.since or self.action:
            return None
        return self.drift.proposal


@dataclass(frozen=True, slots=True)
class Listing:
    """What changed in some places."""

    units: tuple[Drifted, ...]
    """The gravest first."""

    segments: int
    """How many segments the places have."""

    new: int = 0
    """Articles, once for each target, that were not there to be compared with."""


# --- one unit ---------------------------------------------------------------


def drift_of(
    translation: Translation, pair: Pair, terms: Glossary | None = None
) -> Drift | None:
    """Return what edits did to a drifted unit; None if it has not drifted.

    :param terms: of the project; without them nothing is proposed for their names.
    """
    if pair.state is not State.DRIFTED:
        return None
    from translate_flow.drift import CodeWords, drift

    if not pair.unit.target:
        return _of_covered(translation, pair.unit)
    meant = CodeWords(translation.article.text)
    return drift(pair.unit, languages_of(translation), terms, meant)


def languages_of(translation: Translation) -> tuple[str, str]:
    """Return the languages of a translation's source and target."""
    return translation.catalog.source_language, translation.language


def _of_covered(translation: Translation, unit: Unit) -> Drift:
    """Return what happened to a unit that another one's target covers: its own source
    moved, or that of the other one, or the target is another one or gone."""
    from translate_flow.drift import (
        CodeWords,
        Drift,
        Evidence,
        accepted_source,
        classify,
        drift,
    )

    languages = languages_of(translation)
    cover, ok = cover_of(translation, unit), (unit.mark or Mark()).ok
    target = cover.target if cover else ""
    if ok and ok.src != fingerprint(unit.source):
        before = accepted_source(unit)
        meant = CodeWords(translation.article.text)
        found = classify(before, unit.source, languages[0], meant)
        return Drift(before, unit.source, target, found, languages)
    if cover and _moved_cover(unit, cover):
        found = drift(cover, languages).evidence
    else:
        found = (Evidence("unknown", "", ""),)
    return Drift(unit.source, unit.source, target, found, languages)


def cover_of(translation: Translation, unit: Unit) -> Unit | None:
    """Return the unit whose target covers this one, if there is one."""
    mark = unit.mark
    if unit.target or mark is None or not mark.joined:
        return None
    return translation.units.get(mark.joined)


def _moved_cover(unit: Unit, cover: Unit) -> bool:
    """Whether a covered unit has drifted because its cover has, and for no other
    reason."""
    ok = unit.mark.ok if unit.mark else None
    fits = ok and ok.src == fingerprint(unit.source) and ok.tgt == exact(cover.target)
    return bool(fits) and state(cover) is State.DRIFTED


# --- what has drifted -------------------------------------------------------


def drifted(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> Listing:
    """Return the drifted units of places. What a drifted unit covers is told with it,
    and not once more by itself.

    :param broken: takes what cannot be read, while the rest is; None raises it.
    """
    found: list[Drifted] = []
    segments = 0
    for translation, wanted in picked(workspace, places, language, broken):
        segments += len(wanted)
        mine = [
            (pair, drift)
            for pair in wanted
            if (drift := drift_of(translation, pair, workspace.terms))
        ]
        listed = {pair.unit.id for pair, _ in mine}
        mine = [one for one in mine if not _is_told(translation, one[0].unit, listed)]
        found += told(workspace, translation, mine)
    return Listing(ranked([*_compared(found)]), segments)


def _compared(found: Sequence[Drifted]) -> Iterator[Drifted]:
    """Yield units with how many others were edited in the same way."""
    keys = [(one.language, edits_of(one)) for one in found]
    counts = Counter(key for key in keys if key[1])
    for one, key in zip(found, keys, strict=True):
        yield replace(one, like=max(0, counts[key] - 1))


def edits_of(unit: Drifted) -> frozenset[Edit]:
    """Return the edits of a unit that may be decided for all units alike; none if its
    drift is high, or of the unit that covers it."""
    from translate_flow.drift import edits

    if unit.drift.severity == "high" or unit.cover is not None:
        return frozenset()
    return edits(unit.drift.evidence)


def edits_at(
    workspace: Workspace, spot: Place, language: str | None
) -> frozenset[Edit]:
    """Return the edits of one drifted unit, to be decided alike in others.

    :raises FlowError: if it is not one unit that has drifted, or is high.
    """
    slug = spot.file.slug
    units = drifted(workspace, [spot], language).units
    if len({unit.n for unit in units}) != 1:
        message = f"{len(units)} units have drifted there; --like takes one"
        raise FlowError(message, hint=f"see {command('drift', slug)}")
    ways = {edits_of(unit) for unit in units}
    if len(ways) == 1 and (found := ways.pop()):
        return found
    message = f"{slug}:{units[0].n} is {units[0].drift.drift_class}"
    hint = f"read each: {command('drift')}"
    raise FlowError(f"{message}, which is not decided for others", hint=hint)


def picked(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None,
    broken: list[FlowError] | None = None,
) -> Iterator[tuple[Translation, list[Pair]]]:
    """Yield each translation of each place with the pairs that the place picks.

    :param broken: takes what cannot be read, while the rest is; None raises it.
    """
    for spot in places:
        for translation in translations(workspace, spot.file, language, broken):
            pairs = translation.pairs
            yield translation, [pairs[i] for i in indices(translation, spot)]


def _is_told(translation: Translation, unit: Unit, listed: Collection[str]) -> bool:
    """Whether a unit is told with the one that covers it."""
    cover = cover_of(translation, unit)
    return bool(cover and cover.id in listed and _moved_cover(unit, cover))


def told(
    workspace: Workspace, translation: Translation, found: Sequence[tuple[Pair, Drift]]
) -> list[Drifted]:
    """Return drifts with what else is to be known of their units."""
    if not found:
        return []
    date, printed = readers_have(workspace.project, translation)
    numbers = {name: i + 1 for i, name in enumerate(translation.ids)}
    covers: dict[str, list[int]] = {}
    for unit in translation.catalog.units:
        covers.setdefault(_joined(unit), []).append(numbers[unit.id])
    return [
        Drifted(
            translation,
            pair,
            drift,
            live=date if pair.unit.id in printed else "",
            covers=tuple(covers.get(pair.unit.id, ())),
            cover=numbers.get(joined, 0) if (joined := _joined(pair.unit)) else None,
        )
        for pair, drift in found
    ]


def _joined(unit: Unit) -> str:
    """Return the id of the unit whose target covers this one, if it says so."""
    return unit.mark.joined if unit.mark and not unit.target else ""


def ranked(found: Sequence[Drifted]) -> tuple[Drifted, ...]:
    """Return units the gravest first, else in their order."""
    rank = {severity: n for n, severity in enumerate(WORST_FIRST)}
    return tuple(sorted(found, key=lambda one: rank[one.drift.severity]))


def chosen(
    listing: Listing,
    classes: Collection[str],
    severities: Collection[str],
    like: Collection[Edit] = (),
) -> tuple[Drifted, ...]:
    """Return the units of a listing whose gravest class and severity are among those
    named, and that were edited in some way; none named means all."""
    return tuple(
        one
        for one in listing.units
        if (not classes or one.drift.drift_class in classes)
        and (not severities or one.drift.severity in severities)
        and (not like or edits_of(one) == like)
    )


def unflagged(
    workspace: Workspace, places: Sequence[Place], language: str | None = None
) -> tuple[tuple[Translation, Pair], ...]:
    """Return the units whose flag was taken off in another editor while the target
    stayed as it was: nobody can tell whether that was said of today's source."""
    return tuple(
        (translation, pair)
        for translation, wanted in picked(workspace, places, language)
        for pair in wanted
        if cleared(pair.unit)
    )


def is_saved(translation: Translation) -> bool:
    """Whether the catalog on disk is what is shown of it."""
    return is_same(content(translation), translation.saved)


# --- what sync settles ------------------------------------------------------


def kept(
    workspace: Workspace,
    places: Sequence[Place],
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> tuple[Drifted, ...]:
    """Return the units whose source was edited since the last sync in a way that the
    next one settles by itself.

    :param broken: takes what cannot be read, while the rest is; None raises it.
    """
    found: list[Drifted] = []
    for translation, wanted in picked(workspace, places, language, broken):
        old = (
            {unit.id: unit for unit in translation.stored.units}
            if translation.stored
            else {}
        )
        changes = {change.id: change for change in translation.result.changes}
        mine = []
        for pair in wanted:
            change, was = changes.get(pair.unit.id), old.get(pair.unit.id)
            if change and was and (drift := _settled(translation, change, was, pair)):
                mine.append((pair, drift))
        found += (
            replace(one, action=changes[one.pair.unit.id].action)
            for one in told(workspace, translation, mine)
        )
    return ranked(found)


def _settled(
    translation: Translation, change: Change, old: Unit, pair: Pair
) -> Drift | None:
    """Return the edit that a sync settled; None if it did not, or there was nothing to
    settle."""
    from translate_flow.drift import CodeWords, Drift, accepted_source, classify

    before, after = accepted_source(old) or old.source, pair.segment.text
    same = fingerprint(before) == fingerprint(after)
    if change.action not in ("kept", "carried") or pair.state not in FINISHED or same:
        return None
    languages = languages_of(translation)
    meant = CodeWords(translation.article.text)
    found = classify(before, after, languages[0], meant)
    return Drift(before, after, old.target, found, languages)
