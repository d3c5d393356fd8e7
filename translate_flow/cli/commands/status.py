"""``status``: what needs somebody, first."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.articles import status_document
from translate_flow.cli.face import (
    Face,
    columns,
    counted,
    day,
    face,
    inline,
)
from translate_flow.cli.options import By, Command, Lang, Places
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.model import State
from translate_flow.project.releases import WAY_OUT

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from translate_flow.flow.standing import Standing
    from translate_flow.flow.workspace import Workspace

_NEEDS = (State.DRIFTED, State.DRAFT, State.UNTRANSLATED)
GRAVE = ("risk", "added", "dropped", "rewrite", "unknown")
"""Classes of drift that are counted as high, together."""

SHEET = 200
"""Characters, spaces included, on a sheet of Korean manuscript paper (원고지 1매)."""


def status(
    context: typer.Context,
    places: Places = None,
    lang: Lang = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also articles that need nothing.")
    ] = False,
    mine: Annotated[
        bool, typer.Option("--mine", help="Only what you took or asked about.")
    ] = False,
    by: By = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Exit 1 if anything is untranslated, draft or drifted."
        ),
    ] = False,
) -> None:
    """Show how far each article is, what needs you first."""
    from translate_flow.flow.moving import left_behind, unfit
    from translate_flow.flow.units import status as standings

    speaker = face(context)
    workspace, spots, language = speaker.ready(places, lang)
    broken: list[FlowError] | None = None if places else []
    found = standings(workspace, spots, language, broken)
    if mine:
        who = workspace.author(by)
        found = tuple(one for one in found if who in one.people)
    left = [] if places or mine else [str(one.path) for one in left_behind(workspace)]
    odd = () if places or mine else unfit(workspace)
    if speaker.json:
        shallow = workspace.git.is_shallow()
        speaker.document(
            status_document(found, broken, shallow=shallow, left=left, unfit=odd)
        )
    else:
        _tell(speaker, workspace, found, everything or bool(places), named=bool(places))
        if left:
            files = counted(len(left), "file")
            speaker.tell(f"{files} without an article: tflow clean")
        for one in odd:
            better = command("mv", one.slug, one.fitting)
            speaker.tell(f"{one.path}: {one.why}: {better}")
        if not broken:
            _tell_next(speaker, workspace, found)
    speaker.exit_for(broken or [])
    if check and not all(one.complete for one in found):
        if workspace.git.is_shallow():
            speaker.caution(_SHALLOW)
        raise typer.Exit(1)


_SHALLOW = (
    "this clone is shallow: what older commits say of a text is missing, which may "
    "then count as worse than in a whole clone; fetch it whole: fetch-depth: 0 for "
    "actions/checkout, else git fetch --unshallow"
)


def _tell(
    speaker: Face,
    workspace: Workspace,
    found: Sequence[Standing],
    everything: bool,
    *,
    named: bool,
) -> None:
    from translate_flow.cli.terminal.drawing import draw, styled

    needy = sorted((one for one in found if not one.current), key=_urgency)
    current = [one for one in found if one.current]
    shown = [*needy, *(current if everything else [])]
    parts: list[RenderableType] = []
    if needy:
        parts.append(styled(f"NEEDS YOU  {len(needy)} of {len(found)}", "bold"))
    elif found:
        parts.append(styled(f"{counted(len(found), 'translation')}, all current"))
    parts += _lines(speaker, workspace, shown, named=named)
    if len(shown) < len(found) and needy:
        parts.append(styled(f"{len(found) - len(shown)} current (--all)", "dim"))
    if parts:
        draw(*parts)
    for one in found:
        if one.live and one.live.damage:
            speaker.tell(f"{one.live.damage}; {WAY_OUT}")
        for path in one.edited:
            speaker.tell(f"{path}: edited by hand since export wrote it")


def _lines(
    speaker: Face, workspace: Workspace, shown: Sequence[Standing], *, named: bool
) -> Iterator[RenderableType]:
    """Yield a line for each article, one below it for what it needs and, if the article
    was named, one for who made its text."""
    from translate_flow.cli.terminal.drawing import (
        aligned,
        beside,
        facts,
        styled,
        widest,
    )
    from translate_flow.cli.terminal.folding import fold

    rows = [_row(one, billed=True) for one in shown]
    if rows and widest(rows) > columns(sys.stdout):
        rows = [_row(one, billed=False) for one in shown]
    for one, line in zip(shown, aligned(rows), strict=True):
        yield line
        if not one.current:
            width = columns(sys.stdout)
            needs = styled(fold(f"  {_needs(one)}", width, "    "), "yellow")
            needs = facts(needs, _about(one), gap=" " * 4)
            slug = speaker.short(workspace, one.slug)
            yield beside(needs, _command(one, slug))
        if named and (made := _made(one)):
            yield styled(fold(f"  {made}", columns(sys.stdout), "    "), "dim")


def _row(one: Standing, *, billed: bool) -> tuple[Text, ...]:
    """Return the cells of an article's line.

    :param billed: whether the size of its translation is shown, too.
    """
    from translate_flow.cli.terminal.drawing import styled
    from translate_flow.cli.terminal.folding import fold

    return (
        styled(fold(inline(one.slug), columns(sys.stdout)), "bold"),
        _direction(one),
        _done(one, billed=billed),
        styled(_live(one), "dim"),
    )


def _direction(one: Standing) -> Text:
    from translate_flow.cli.terminal.drawing import styled

    return styled(f"{one.source_language}→{one.language}")


def _done(one: Standing, *, billed: bool) -> Text:
    from translate_flow.cli.terminal.drawing import styled

    words = [f"{one.finished}/{one.segments}"]
    if omitted := one.states.get(State.OMITTED):
        words.append(f"{omitted} omitted")
    if one.current:
        words.append(_signatures(one))
    size = _size(one.source_language, one.words, one.characters)
    if billed and one.target_characters:
        target = _size(one.language, one.target_words, one.target_characters)
        size += f" → {target}"
    return styled(" · ".join([*words, size]))


def _signatures(one: Standing) -> str:
    unsigned = one.states.get(State.TRANSLATED, 0)
    return f"{unsigned} unsigned" if unsigned else "signed"


def _live(one: Standing) -> str:
    if one.live is None:
        return "not live"
    behind = f", {one.live.behind} behind" if one.live.behind else ""
    if one.live.damage:
        return f"live, nobody can tell what{behind}"
    return f"live {day(one.live.date)}{behind}"


MADE = {
    "people": "by people",
    "memory": "from the memory",
    "rewritten": "rewritten after a machine",
    "edited": "edited after a machine",
    "unedited": "a machine's, taken unchanged",
    "unread": "a machine's, unread",
}


def _made(one: Standing) -> str:
    """Say who made the text; nothing if people wrote all of it."""
    if not set(one.made) - {"people"}:
        return ""
    told = (f"{one.made[name]} {says}" for name, says in MADE.items() if one.made[name])
    return " · ".join(told)


def _about(one: Standing) -> list[str]:
    minutes = math.ceil(one.minutes)
    if not minutes:
        return []
    return [f"about {minutes} min" if minutes < 90 else f"about {minutes / 60:.0f} h"]


def _urgency(one: Standing) -> tuple[int, int, int, str]:
    """Drift first, then what is unread, then what is missing."""
    drifted, draft, missing = (one.states.get(state, 0) for state in _NEEDS)
    return (-one.lost - drifted, -draft, -missing, one.slug)


def _needs(one: Standing) -> str:
    words = [f"{one.lost} emptied"] if one.lost else []
    high = one.severities.get("high", 0)
    words += [f"{high} high"] if high else []
    words += [f"{n} {name}" for name, n in one.drift.items() if name not in GRAVE]
    words += [
        f"{one.states[state]} {state}{_unread(one, state)}"
        for state in _NEEDS[1:]
        if state in one.states
    ]
    if one.outdated:
        words.append(f"{one.outdated} outdated")
    if one.unseen:
        words.append(f"{counted(one.unseen, 'text')} in no segment")
    if not words:
        words = [_signatures(one)]
    words += [
        f"{counted(n, 'question')} from {name}" for name, n in one.questions.items()
    ]
    return " · ".join(words)


def _unread(one: Standing, state: State) -> str:
    """Say how many of an article's drafts are a machine's that nobody has read."""
    if state is not State.DRAFT or not one.unread:
        return ""
    return ", unread" if one.unread == one.states[state] else f", {one.unread} unread"


def _size(language: str, words: int, characters: int) -> str:
    """Return the size of a text as its translators count it."""
    if language.partition("-")[0].lower() != "ko":
        return counted(words, "word")
    sheets = math.ceil(characters * 10 / SHEET) / 10
    return f"{characters:,}자 {sheets:.1f}매"


def _command(one: Standing, slug: str) -> str:
    """Return the command for what an article needs first."""
    if one.lost:
        return command("sync", slug)
    for state, verb in zip(_NEEDS, ("drift", "edit", "draft"), strict=True):
        if one.states.get(state):
            return command(verb, slug)
    if one.first_question:
        return command("show", f"{slug}:{one.first_question}")
    if one.unseen:
        return command("check", slug)
    return command("sign", slug)


def _tell_next(speaker: Face, workspace: Workspace, found: Sequence[Standing]) -> None:
    """Tell the one command to type next, or nothing if readers have it all."""
    if not found:
        speaker.next("tflow add FILE")
        return
    needy = [one for one in found if not one.current]
    behind = [one for one in found if one.live is None or one.live.behind]
    if not needy and not behind:
        return
    one = min(needy, key=_urgency) if needy else behind[0]
    slug = speaker.short(workspace, one.slug)
    first = command("sync", slug) if one.unsynced else ""
    if needy:
        needed = _command(one, slug)
        speaker.next(needed, first="" if needed == first else first)
    elif one.states.get(State.TRANSLATED):
        speaker.next(command("sign", slug), command("export", slug), first=first)
    else:
        speaker.next(command("export", slug, tail="--release"), first=first)


COMMANDS = {
    "status": Command(
        status,
        (
            "tflow status                # what needs you, all articles",
            "tflow status russia         # one article",
            "tflow status --mine         # what you took or asked about",
            "tflow status --check        # for scripts: exit 1 if anything is open",
        ),
    ),
}
