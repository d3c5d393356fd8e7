"""Drafts from outside: what a machine that is no engine of ours has made, taken in as
drafts with its name, one by one where they take nothing from anybody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial

from translate_flow import state as states
from translate_flow.actors import UNNAMED, machine
from translate_flow.checks import Context
from translate_flow.checks import findings as checked
from translate_flow.errors import FlowError
from translate_flow.flow.acts import as_stored, only_one
from translate_flow.flow.changing import Acted, Step, change, perform
from translate_flow.flow.landing import Drafted, NotDrafted, draftable
from translate_flow.flow.translations import (
    Translation,
    indices,
    one_translation,
    refuse_lost,
    save,
    translations,
)
from translate_flow.flow.units import findings
from translate_flow.flow.workspace import Workspace
from translate_flow.model import Unit
from translate_flow.project import ArticleFile, articles
from translate_flow.project.places import Place, find, place
from translate_flow.state import fingerprint

BATCH = 500
"""Lines that are looked at before what they bring is saved, if they are not long."""

ROOM = 4_000_000
"""Bytes of lines that are held at a time."""

LONGEST = 1_000_000
"""Bytes of a line that is read."""

UNWRITABLE = "\0\4"
"""Characters that no catalog can hold."""

_KEYS = ("id", "place", "slug", "lang", "target", "source", "src", "origin")


def propose(
    workspace: Workspace, spot: Place, text: str, *, language: str | None = None
) -> Acted:
    """Leave a text of the machine that acts as the draft of one unit.

    :param text: blocks separated by blank lines.
    :raises FlowError: if the place is not one unit, there is no text, it would change
        the block structure of the article, or take something from a person.
    """
    text = as_stored(text)
    if not text.strip():
        workspace.refuse_machine("take a translation away")

    def act(translation: Translation, i: int, unit: Unit) -> Unit:
        return _drafted(translation, i, unit, text, workspace.machine, workspace.today)

    acted = perform(workspace, spot, language, only_one, act)
    return replace(
        acted, findings=findings(workspace, acted.translation, acted.done[0] + 1)
    )


def _drafted(
    translation: Translation, i: int, unit: Unit, text: str, origin: str, today: str
) -> Unit:
    """Return a unit with a machine's draft.

    :raises FlowError: if that would take something from a person, or is no target.
    """
    if not draftable(unit, redraft=True):
        message = (
            f"{translation.file.slug}:{i + 1} has what a person wrote, took or decided"
        )
        raise FlowError(message, hint="a draft would take it away; ask with tflow ask")
    _refuse_unwritable(text)
    translation.article.validate(translation.article.segments[i], text)
    if text == unit.target and not states.outdated(unit):
        return unit
    return states.drafted(unit, text, origin=origin, today=today)


def _refuse_unwritable(text: str) -> None:
    """:raises FlowError: if a catalog could not hold a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise FlowError("the target has half a character") from None
    if any(character in text for character in UNWRITABLE):
        raise FlowError("the target has a character that no catalog can hold")


# --- lines ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """What one line brings, and where to."""

    number: int
    target: str
    origin: str
    spot: Place
    language: str | None
    id: str = ""
    """The unit's whole id, if the line names it by that."""

    source: str | None = None
    src: str | None = None
    """The source that the target was made for, or its fingerprint, if it is said."""


def receive(
    workspace: Workspace,
    places: Sequence[Place],
    lines: Iterable[bytes],
    *,
    language: str | None = None,
    dry_run: bool = False,
) -> Drafted:
    """Take drafts in from JSON lines: objects with ``target``, and ``place``, or ``id``
    with or without ``slug``; ``lang``; ``source`` or ``src`` if it is to land only
    where that stands; ``origin``, else the machine that acts. Only a part of the lines
    is held at a time. What cannot land is told with its line, while the rest does.

    :param places: what the lines may be about.
    :param language: of lines that do not say theirs.
    :param dry_run: only tell what would land.
    """
    reader = _Reader(workspace, places, language)
    inbox = _Inbox(workspace, places, dry_run=dry_run)
    run = Drafted(workspace.machine or UNNAMED)
    waiting: list[_Line] = []
    held = 0
    for number, raw in enumerate(lines, 1):
        if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        run = replace(run, requested=run.requested + 1)
        try:
            waiting.append(reader.read(raw, number))
        except FlowError as error:
            undone = NotDrafted("", language or "", "", 0, str(error), number)
            run = replace(run, failed=(*run.failed, undone))
        held += len(raw)
        if len(waiting) >= BATCH or held >= ROOM:
            run, waiting, held = inbox.land(waiting, run), [], 0
    return inbox.land(waiting, run)


class _Reader:
    """Understands lines."""

    def __init__(
        self, workspace: Workspace, places: Sequence[Place], language: str | None
    ) -> None:
        self._workspace, self._language = workspace, language
        self._files = articles(workspace.project)
        self._places = places
        self._named: dict[str, ArticleFile] = {}
        self._slugs: dict[str, set[str]] | None = None

    def read(self, raw: bytes, number: int) -> _Line:
        """Return what a line brings.

        :raises FlowError: if it brings nothing, or says no place.
        """
        told = _parsed(raw)
        target = as_stored(told.get("target", ""))
        if not target.strip():
            raise FlowError('no "target"')
        origin = self._workspace.machine or UNNAMED
        if "origin" in told:
            origin = machine(told["origin"], f'"origin": {told["origin"]!r}')
        language = told.get("lang")
        return _Line(
            number,
            target,
            origin,
            self._spot(told),
            self._workspace.project.language(language) if language else self._language,
            "" if "place" in told else told["id"],
            told.get("source"),
            told.get("src"),
        )

    def _spot(self, told: Mapping[str, str]) -> Place:
        """Return the place that a line names."""
        if "place" in told:
            slug = told["place"].rpartition(":")[0]
            if slug in self._named:
                return place(told["place"], (self._named[slug],))
            spot = place(told["place"], self._files)
            if spot.picks:
                self._named[slug] = spot.file
            return spot
        if "id" not in told:
            raise FlowError('neither "id" nor "place"')
        slug = told.get("slug") or self._slug_of(told["id"])
        if slug not in self._named:
            self._named[slug] = find(slug, self._files)
        return Place(self._named[slug], (told["id"],))

    def _slug_of(self, name: str) -> str:
        """Return the one article that has a unit of this id."""
        if self._slugs is None:
            self._slugs = {}
            for spot in self._places:
                for translation in translations(self._workspace, spot.file, None, []):
                    for other in translation.ids:
                        self._slugs.setdefault(other, set()).add(spot.file.slug)
        found = sorted(self._slugs.get(name, ()))
        if not found:
            raise FlowError(f"no segment has the id {name!r}")
        if len(found) > 1:
            message = f"{name} stands in {', '.join(found[:3])}"
            raise FlowError(message, hint='say which with "slug" or "place"')
        return found[0]


def _parsed(raw: bytes) -> dict[str, str]:
    """Return what a line says under the keys that are known.

    :raises FlowError: if it is not an object, or says something that is no text.
    """
    if len(raw) > LONGEST:
        raise FlowError(f"longer than {LONGEST:,} bytes")
    try:
        said = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FlowError("not UTF-8") from None
    except (ValueError, RecursionError):
        raise FlowError("not JSON; each line is one object") from None
    if not isinstance(said, dict):
        raise FlowError("not a JSON object")
    told = {key: said[key] for key in _KEYS if said.get(key) is not None}
    for key, value in told.items():
        if not isinstance(value, str):
            raise FlowError(f'"{key}" is no text')
    return told


# --- landing ----------------------------------------------------------------


class _Inbox:
    """Puts what lines bring into the catalogs."""

    def __init__(
        self, workspace: Workspace, places: Sequence[Place], *, dry_run: bool
    ) -> None:
        self._workspace, self._dry_run = workspace, dry_run
        self._allowed = {spot.file.slug: spot for spot in places}

    def land(self, lines: Sequence[_Line], run: Drafted) -> Drafted:
        """Land some lines, those of one catalog at once."""
        groups: dict[tuple[str, str | None], list[_Line]] = {}
        for line in lines:
            groups.setdefault((line.spot.file.slug, line.language), []).append(line)
        for group in groups.values():
            with nullcontext() if self._dry_run else self._workspace.locked():
                run = self._landed(group, run)
        return run

    def _landed(self, group: Sequence[_Line], run: Drafted) -> Drafted:
        first = group[0]
        try:
            translation = one_translation(
                self._workspace, first.spot.file, first.language
            )
            refuse_lost(translation)
        except FlowError as error:
            for line in group:
                run = _undone(run, line, error)
            return run
        today = self._workspace.today
        steps = [
            Step(self._at(translation, line), partial(_fitted, line, today))
            for line in group
        ]
        catalog, outcomes = change(translation, steps)
        for line, outcome in zip(group, outcomes, strict=True):
            if outcome.error:
                run = _undone(run, line, outcome.error, translation, outcome.i)
            else:
                run = _counted(run, translation, outcome.i, line)
        if not self._dry_run:
            save(self._workspace, translation, catalog)
        return run

    def _at(self, translation: Translation, line: _Line) -> int | FlowError:
        """Return where the unit is that a line names, or why it is nowhere."""
        try:
            return self._index(translation, line)
        except FlowError as error:
            return error

    def _index(self, translation: Translation, line: _Line) -> int:
        """Return where the unit is that a line names.

        :raises FlowError: if there is none, or the line may not be about it.
        """
        found = indices(translation, line.spot)
        if len(found) != 1:
            raise FlowError(f"{len(found)} segments stand there; a line is about one")
        if line.id and translation.ids[found[0]] != line.id:
            raise FlowError(
                f"{translation.file.slug} has no segment with the id {line.id}"
            )
        allowed = self._allowed.get(translation.file.slug)
        if allowed is None or found[0] not in indices(translation, allowed):
            raise FlowError("it is not among the places that were named")
        return found[0]


def _fitted(
    line: _Line, today: str, translation: Translation, i: int, unit: Unit
) -> Unit:
    """Return a unit with what a line brings.

    :raises FlowError: if the line was made for another source, or cannot land.
    """
    now = fingerprint(unit.source)
    made_for = line.src or (fingerprint(line.source) if line.source else now)
    if made_for != now:
        message = f"the source of {translation.file.slug}:{i + 1} is another one now"
        raise FlowError(message, hint="read it again with tflow show --json")
    return _drafted(translation, i, unit, line.target, line.origin, today)


def _undone(
    run: Drafted,
    line: _Line,
    error: FlowError,
    translation: Translation | None = None,
    i: int = -1,
) -> Drafted:
    slug, language = line.spot.file.slug, line.language or ""
    name, n, message = line.id, 0, str(error)
    if translation is not None:
        language = translation.language
        name, n = (translation.ids[i], i + 1) if i >= 0 else (name, 0)
    undone = NotDrafted(slug, language, name, n, message, line.number)
    return replace(run, failed=(*run.failed, undone))


def _counted(run: Drafted, translation: Translation, i: int, line: _Line) -> Drafted:
    unit, where = (
        translation.catalog.units[i],
        (translation.file.slug, translation.language),
    )
    context = Context(
        translation.article.references,
        translation.catalog.source_language,
        translation.language,
    )
    found = tuple(
        replace(f, id=unit.id, slug=where[0], lang=where[1], n=i + 1)
        for f in checked(replace(unit, target=line.target), context)
    )
    return replace(run, drafted=run.drafted + 1, findings=(*run.findings, *found))
