"""``drift``: translations that their source has left behind, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from translate_flow.cli.documents.articles import drift_document
from translate_flow.cli.face import Face, counted, day, face, inline
from translate_flow.cli.options import (
    All,
    Classes,
    Command,
    Lang,
    Like,
    Places,
    all_of,
    edits_like,
    known_words,
)
from translate_flow.commands import command
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from translate_flow.flow.drift import Drifted, Listing
    from translate_flow.flow.workspace import Workspace
    from translate_flow.project.places import Place
    from translate_flow.text.worddiff import Diff, Op

_SHORT = {"high": "HIGH", "medium": "MED", "low": "LOW"}


def drift(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    drift_class: Classes = None,
    severity: Annotated[
        str | None,
        typer.Option("--severity", metavar="LIST", help="high, medium, low."),
    ] = None,
    like: Like = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV",
            help="Since a commit, or since the last release: --since release.",
        ),
    ] = None,
    side: Annotated[
        str, typer.Option("--side", metavar="SIDE", help="source or target.")
    ] = "source",
    kept: Annotated[
        bool, typer.Option("--kept", help="Also what the next sync settles by itself.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit 1 if anything is listed.")
    ] = False,
) -> None:
    """Show which words changed under translations."""
    from translate_flow.drift import SEVERITIES
    from translate_flow.flow.drift import WORST_FIRST, chosen
    from translate_flow.flow.drift import kept as settled

    classes = known_words("class", drift_class, list(SEVERITIES))
    severities = known_words("severity", severity, WORST_FIRST)
    speaker = face(context)
    places = all_of(places, everything)
    workspace, spots, language = speaker.ready(places, lang)
    broken: list[FlowError] = []
    listing = _listing(
        workspace, spots, language, since, side, None if places else broken
    )
    alike = edits_like(speaker, like, lang)
    units = chosen(listing, classes, severities, alike)
    quiet = settled(workspace, spots, language, []) if kept else ()
    quiet = tuple(u for u in quiet if not classes or u.drift.drift_class in classes)
    if speaker.json:
        speaker.document(drift_document(units, quiet if kept else None, broken))
    else:
        _tell(speaker, workspace, listing, units, quiet, since=since is not None)
    speaker.exit_for(broken)
    if check and units:
        raise typer.Exit(1)


def _listing(
    workspace: Workspace,
    spots: Sequence[Place],
    language: str | None,
    since: str | None,
    side: str,
    broken: list[FlowError] | None,
) -> Listing:
    from translate_flow.flow.compared import changed
    from translate_flow.flow.drift import Side, drifted

    if side not in get_args(Side):
        hint = f"known: {', '.join(get_args(Side))}"
        raise FlowError(f"unknown side {side!r}", hint=hint)
    if since is not None:
        which: Side = "target" if side == "target" else "source"
        return changed(
            workspace, spots, since, side=which, language=language, broken=broken
        )
    if side == "target":
        hint = "add --since release, or --since REV"
        raise FlowError("translations are compared with what they were", hint=hint)
    return drifted(workspace, spots, language, broken)


# --- for people -------------------------------------------------------------


def _tell(
    speaker: Face,
    workspace: Workspace,
    listing: Listing,
    units: Sequence[Drifted],
    quiet: Sequence[Drifted],
    *,
    since: bool,
) -> None:
    from translate_flow.cli.terminal.drawing import draw, styled

    if not units and not quiet:
        speaker.tell(_nothing(listing, since=since))
        return
    every = [*units, *quiet]
    alone = len({(unit.slug, unit.language) for unit in every}) == 1
    parts: list[RenderableType] = [_header(listing, units, every if alone else [])]
    for unit in every:
        parts += [
            _heading(speaker, workspace, unit, alone=alone),
            _body(unit),
            styled(""),
        ]
    draw(*parts[:-1])
    if units and not units[0].since:
        first = _before(speaker, workspace, units[0])
        may = _next(speaker, workspace, units[0])
        if several := next((unit for unit in units if unit.like), None):
            may.append(_alike(speaker, workspace, several))
        speaker.next(*dict.fromkeys(may), first=first)


def _nothing(listing: Listing, *, since: bool) -> str:
    if listing.units:
        return f"none of these; {len(listing.units)} of {listing.segments} in all"
    if not since:
        return "nothing has drifted"
    if not listing.new:
        return "nothing has changed"
    were = "was" if listing.new == 1 else "were"
    what = counted(listing.new, "translation")
    return f"nothing has changed; {what} {were} not there then"


def _header(
    listing: Listing, units: Sequence[Drifted], alone: Sequence[Drifted]
) -> Text:
    """Return the line above a list: how many of how many, and of what."""
    from translate_flow.cli.terminal.drawing import styled

    since = any(unit.since for unit in units)
    line = styled("CHANGED" if since else "DRIFTED", "bold")
    line.append(f"  {len(listing.units)} of {listing.segments}", "bold")
    if not units:
        line = styled("SETTLED by the next sync", "bold")
    elif len(units) < len(listing.units):
        line.append(f"  {len(units)} shown", "dim")
    if alone:
        line.append(f"  {inline(alone[0].slug)} ", "bold")
        line.append(
            f"{alone[0].translation.catalog.source_language}→{alone[0].language}"
        )
    return line


def _heading(
    speaker: Face, workspace: Workspace, unit: Drifted, *, alone: bool
) -> Text:
    from translate_flow.cli.terminal.drawing import (
        SEVERITIES,
        beside,
        styled,
    )

    severity = "low" if unit.action else unit.drift.severity
    place = "" if alone else inline(speaker.short(workspace, unit.slug))
    place += f":{unit.n}"
    line = styled(f"{_SHORT[severity]:4}", SEVERITIES[severity])
    line.append_text(styled(f"  {unit.drift.drift_class} "))
    line.append_text(styled(place, "bold"))
    line.append_text(styled("".join(f"  {said}" for said in _facts(unit))))
    command = _next(speaker, workspace, unit)[:1]
    return beside(line, command[0]) if command else line


def _facts(unit: Drifted) -> list[str]:
    """Say in words what happened to a unit."""
    words = [_happened(unit)]
    if unit.like:
        words.append(f"the same in {unit.like} more")
    if unit.covers:
        words.append(f"covers {', '.join(f':{n}' for n in unit.covers)}")
    elif unit.cover:
        words.append(f"covered by :{unit.cover}")
    if unit.action:
        still = f", still {unit.pair.state}" if unit.action == "kept" else ""
        words.append(unit.action + still)
    if unit.since:
        words.append(_besides(unit))
    elif unit.live and not unit.action:
        words.append(f"live since {day(unit.live)}")
    return words


def _besides(unit: Drifted) -> str:
    if unit.side == "target":
        return "source changed, too" if unit.both else "under the same source"
    return str(unit.pair.state)


def _happened(unit: Drifted) -> str:
    found = unit.drift
    if found.drift_class == "unknown":
        return _unknown(unit)
    if found.drift_class == "rewrite":
        return "rewritten"
    pairs = dict.fromkeys((one.old, one.new) for one in found.evidence)
    (old, new), *more = pairs
    return _exchange(old, new) + (f" and {len(more)} more" if more else "")


def _unknown(unit: Drifted) -> str:
    if unit.cover == 0:
        return "the segment that covered it is gone"
    if unit.cover and unit.drift.before is not None:
        return "the translation that covers it changed"
    if unit.since:
        return "what it was then is lost"
    return "what it was accepted for is lost"


LONGEST = 24
"""How many characters of a changed text a heading shows."""


def _exchange(old: str, new: str) -> str:
    """Say what went and what came."""
    one, other = (_cut(" ".join(text.split())) for text in (old, new))
    if not one:
        return f"“{other}” added"
    if not other:
        return f"“{one}” removed"
    return "blanks or signs" if one == other else f"{one} → {other}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _next(speaker: Face, workspace: Workspace, unit: Drifted) -> list[str]:
    """Return the commands that may be typed for a unit, the best first."""
    from translate_flow.flow.unseen import shown_place
    from translate_flow.state import may_settle

    if unit.action or unit.since:
        return []
    article = unit.translation.article
    several = len(workspace.project.languages_of(article.meta, article.name)[1]) > 1
    more = f"--lang {unit.language}" if several else ""
    slug = speaker.short(workspace, unit.slug)
    place = f"{slug}:{unit.n}"
    edit, accept = (command(verb, place, tail=more) for verb in ("edit", "accept"))
    if unit.proposal is not None:
        shown = shown_place(unit.translation, slug, unit.n - 1)
        return [f"{command('accept', shown, tail=more)} --proposal", edit]
    if unit.cover is not None and _is_still(unit):
        cover = command("drift", f"{slug}:{unit.cover}", tail=more)
        return [cover] if unit.cover else [edit]
    own = may_settle(unit.pair.unit) or unit.cover is not None
    may_be = own and unit.drift.severity != "high"
    minor = [command("minor", place, tail=more)] if may_be else []
    if unit.drift.severity == "low" or unit.cover is not None:
        return [accept, edit, *minor]
    return [edit, accept, *minor]


def _alike(speaker: Face, workspace: Workspace, unit: Drifted) -> str:
    """Return the command that decides for all units that were edited as one was."""
    place = f"{speaker.short(workspace, unit.slug)}:{unit.n}"
    proposal = "" if unit.proposal is None else "--proposal"
    return command("accept --like", place, tail=proposal)


def _is_still(unit: Drifted) -> bool:
    """Whether a covered unit's own source is unchanged."""
    return unit.drift.before == unit.drift.after


def _before(speaker: Face, workspace: Workspace, unit: Drifted) -> str:
    """Return the command that has to run before one for a unit; empty if none has."""
    from translate_flow.flow.unseen import moved

    fresh = not any(moved(unit.translation, [unit.n - 1]))
    return "" if fresh else command("sync", speaker.short(workspace, unit.slug))


# --- texts ------------------------------------------------------------------


def _body(unit: Drifted) -> RenderableType:
    from translate_flow.cli.terminal.drawing import (
        labelled,
        styled,
        word_diff,
    )
    from translate_flow.cli.terminal.excerpt import changed_only

    own, language = unit.translation.catalog.source_language, unit.language
    was = styled("(nobody has the text any more)", "dim")
    rows = [("", was)] if unit.drift.before is None else []
    diff = word_diff(changed_only(unit.drift.diff))
    if unit.side == "target":
        return labelled([*rows, (language, diff), (own, unit.pair.segment.text)])
    rows.append((own, diff))
    if (other := _target(unit)) is not None:
        rows.append((language, word_diff(changed_only(other))))
    return labelled(rows)


def _target(unit: Drifted) -> Diff | None:
    """Return the target with what a proposal or a sync changes in it."""
    from translate_flow.text.worddiff import word_diff

    target = unit.drift.target
    if target and not unit.action and unit.proposal is None and unit.drift.stale:
        return _lit(target, unit.drift.stale)
    new = unit.pair.unit.target if unit.action else unit.proposal
    if not target:
        return None
    return word_diff(target, new) if new and new != target else (("=", target),)


def _lit(target: str, stale: Sequence[str]) -> Diff:
    """Return a target in which what its source no longer says is marked."""
    parts: list[tuple[Op, str]] = []
    for text in stale:
        before, found, target = target.partition(text)
        parts += [("=", before), ("-", found)]
    return tuple(part for part in (*parts, ("=", target)) if part[1])


COMMANDS = {
    "drift": Command(
        drift,
        (
            "tflow drift                 # all articles",
            "tflow drift russia:7 --json",
            "tflow drift --severity high --check   # for scripts: exit 1 if any is",
            "tflow drift --like russia:7           # where the same was edited",
            "tflow drift --since release           # against what readers have",
            "tflow drift --side target --since v1  # which translations changed",
        ),
    ),
}
