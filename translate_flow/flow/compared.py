"""What changed, on either side, since a revision of git or since the last release,
whatever anybody accepted meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_flow.errors import FlowError
from translate_flow.flow.drift import (
    Drifted,
    Listing,
    Side,
    cover_of,
    languages_of,
    picked,
    ranked,
    told,
)
from translate_flow.flow.published import readers_have
from translate_flow.flow.translations import Translation
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Accepted, Mark, Unit
from translate_flow.project.places import Place
from translate_flow.state import exact, fingerprint, names, pair

if TYPE_CHECKING:
    from translate_flow.drift import Drift
    from translate_flow.edition import Pair
    from translate_flow.flow.past import Earlier

RELEASE = "release"
"""Stands for what readers have, where a revision may be named."""


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit at another time."""

    pair: Accepted
    """Fingerprints of its texts."""

    text: Callable[[Side], str | None]
    """Finds the text of a side; None if nobody has it any more."""


def changed(
    workspace: Workspace,
    places: Sequence[Place],
    since: str,
    *,
    side: Side = "source",
    language: str | None = None,
    broken: list[FlowError] | None = None,
) -> Listing:
    """Return the units of places of which one side is not the text that it was.

    :param since: what git calls a commit, or ``release``.
    :param broken: takes what cannot be read, while the rest is; None raises it.
    :raises FlowError: if git knows no such commit, or nothing was released.
    """
    earlier = None if since == RELEASE else _earlier(workspace, since)
    found: list[Drifted] = []
    segments, known, new = 0, 0, 0
    for translation, wanted in picked(workspace, places, language, broken):
        segments += len(wanted)
        past = (
            _at(workspace, earlier, translation)
            if earlier
            else _printed(workspace, translation)
        )
        known += bool(past)
        new += not past
        mine, both = [], []
        for one in wanted:
            then = past.get(one.unit.id) or _parents(one.unit, past)
            if then and (drift := _compared(translation, one, then, side)):
                mine.append((one, drift))
                both.append(_is_other(then, one.unit, _other(side)))
        found += (
            replace(unit, side=side, since=True, both=other)
            for unit, other in zip(
                told(workspace, translation, mine), both, strict=True
            )
        )
    if not known and since == RELEASE:
        raise FlowError("nothing of this was released", hint="tflow export --release")
    return Listing(ranked(found), segments, new)


def _earlier(workspace: Workspace, name: str) -> Earlier:
    from translate_flow.flow.past import Earlier
    from translate_flow.history.commit import Commit

    return Earlier(workspace, Commit(workspace.project.root, name, parted=False))


def _other(side: Side) -> Side:
    return "target" if side == "source" else "source"


def _is_other(then: UnitThen, unit: Unit, side: Side) -> bool:
    now = pair(unit)
    if side == "source":
        return not names(then.pair.src, now.src)
    return not names(then.pair.tgt, now.tgt)


def _compared(
    translation: Translation, now: Pair, then: UnitThen, side: Side
) -> Drift | None:
    """Return how one side of a unit changed; None if it did not, or was not there."""
    from translate_flow.drift import Drift, classify

    if not _is_other(then, now.unit, side):
        return None
    if side == "target" and names(then.pair.tgt, exact("")):
        return None
    languages = languages_of(translation)
    before = then.text(side)
    after = now.segment.text if side == "source" else now.unit.target
    found = classify(before, after, languages[side == "target"])
    cover = cover_of(translation, now.unit)
    target = cover.target if cover else now.unit.target
    return Drift(before, after, target, found, languages)


# --- as it was at a revision ------------------------------------------------


def _at(
    workspace: Workspace, earlier: Earlier, translation: Translation
) -> Mapping[str, UnitThen]:
    """Return the units of an article as they were, whatever it and its catalog were
    called; none if it was not there."""
    from translate_flow.sync import sync

    found = earlier.files(translation, earlier.article(translation.file))
    if found is None:
        return {}
    article, saved, is_saved = found
    own, _ = languages_of(translation)
    if saved.source_language != own:
        return {}
    then = sync(article.segments, saved, today=workspace.today).catalog
    past = {unit.id: _known(unit) for unit in then.units}
    if is_saved and any(name in past for name in translation.ids):
        return past
    heirs = sync(
        translation.article.segments, then, today=workspace.today
    ).catalog.units
    names = zip(translation.ids, (unit.id for unit in heirs), strict=True)
    return {now: past[old] for now, old in names if old in past}


def _known(unit: Unit) -> UnitThen:
    def text(side: Side) -> str:
        return unit.source if side == "source" else unit.target

    return UnitThen(pair(unit), text)


def _parents(unit: Unit, past: Mapping[str, UnitThen]) -> UnitThen | None:
    """Return what a merged unit was merged from, joined; None if it was not."""
    names = (unit.mark or Mark()).split_from.split(",")
    parents = [past[name] for name in names if name in past]
    if len(names) < 2 or len(parents) < len(names):
        return None

    def text(side: Side) -> str | None:
        texts = [parent.text(side) for parent in parents]
        return None if None in texts else " ".join(t for t in texts if t)

    source, target = text("source"), text("target")
    src = "" if source is None else fingerprint(source)
    return UnitThen(Accepted(src, "" if target is None else exact(target)), text)


# --- as readers have it -----------------------------------------------------


def _printed(workspace: Workspace, translation: Translation) -> Mapping[str, UnitThen]:
    """Return the units of an article as they were released. The texts are looked for in
    the catalog, then in git."""
    _, printed = readers_have(workspace.project, translation)
    old = (
        {unit.id: unit for unit in translation.stored.units}
        if translation.stored
        else {}
    )
    units = {unit.id: unit for unit in translation.catalog.units}
    return {
        name: UnitThen(
            hashes,
            _finder(workspace, translation, (units[name], old.get(name)), hashes),
        )
        for name, hashes in printed.items()
        if name in units
    }


def _finder(
    workspace: Workspace,
    translation: Translation,
    units: tuple[Unit, Unit | None],
    hashes: Accepted,
) -> Callable[[Side], str | None]:
    now, old = units
    near = [now, *([old] if old else [])]

    def text(side: Side) -> str | None:
        if side == "target":
            texts = (unit.target for unit in near)
            found = next((t for t in texts if names(hashes.tgt, exact(t))), None)
            git = workspace.git.recover_target(translation.path)
            return git(now, hashes.tgt) if found is None else found
        sources = (t for unit in near for t in (unit.source, unit.previous))
        known = (t for t in sources if t is not None)
        found = next((t for t in known if names(hashes.src, fingerprint(t))), None)
        git = workspace.git.recover_source(translation.path)
        return git(now, hashes.src) if found is None else found

    return text
