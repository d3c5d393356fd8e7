"""``status``: what needs somebody, first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.face import Command, Lang, Places, counted, face
from translate_flow.model import State

if TYPE_CHECKING:
    from rich.text import Text

    from translate_flow.flow.reading import Standing

_NEEDS = (State.DRIFTED, State.DRAFT, State.UNTRANSLATED)
SHEET = 200
"""Characters, blanks counted, on a sheet of Korean manuscript paper (원고지 1매)."""


def status(
    context: typer.Context,
    places: Places = None,
    lang: Lang = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also articles that need nothing.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Exit 1 if anything is untranslated, draft or drifted."
        ),
    ] = False,
) -> None:
    """Show how far each article is, what needs you first."""
    from translate_flow.flow.desk import chosen
    from translate_flow.flow.moving import left_behind
    from translate_flow.flow.reading import status as standings

    speaker = face(context)
    desk = speaker.desk()
    language = desk.project.language(lang) if lang else None
    found = standings(desk, chosen(desk.project, places or ()), language)
    left = [] if places else [str(one.path) for one in left_behind(desk)]
    if speaker.json:
        articles = [_as_json(one) for one in found]
        speaker.document({"articles": articles, "left_behind": left})
    else:
        _tell(found, everything or bool(places))
        if left:
            files = counted(len(left), "file")
            speaker.write(f"{files} without an article: tflow clean")
        speaker.say(f"next: {_next(found)}")
    if check and not all(one.complete for one in found):
        raise typer.Exit(1)


def _as_json(one: Standing) -> dict[str, object]:
    return {
        "slug": one.slug,
        "source": one.source_language,
        "target": one.language,
        "segments": one.segments,
        "words": one.words,
        "characters": one.characters,
        "states": {str(state): n for state, n in one.states.items()},
        "drift": dict(one.drift),
        "unread": one.unread,
        "outdated": one.outdated,
        "questions": dict(one.questions),
    }


def _tell(found: Sequence[Standing], everything: bool) -> None:
    from translate_flow.cli.drawing import draw, styled, table

    needy = [one for one in found if not one.current]
    current = [one for one in found if one.current]
    shown = sorted(needy, key=_urgency) + (current if everything else [])
    rest = len(found) - len(shown)
    parts: list[object] = []
    if needy:
        parts.append(styled(f"NEEDS YOU  {len(needy)} of {len(found)}", "bold"))
    elif found:
        parts.append(styled(f"{counted(len(found), 'translation')}, all current"))
    if shown:
        rows = [_row(one) for one in shown]
        parts.append(table(("article", "", "done", "needs", "source"), rows, right=1))
    if rest and needy:
        parts.append(styled(f"{rest} current (--all)", "dim"))
    if parts:
        draw(*parts)  # type: ignore[arg-type]


def _urgency(one: Standing) -> tuple[int, int, int, str]:
    """Drift first, then what is unread, then what is missing."""
    drifted, draft, missing = (one.states.get(state, 0) for state in _NEEDS)
    return (-one.lost - drifted, -draft, -missing, one.slug)


def _row(one: Standing) -> tuple[Text | str, ...]:
    from translate_flow.cli.drawing import styled

    return (
        one.slug,
        f"{one.source_language}→{one.language}",
        f"{one.finished}/{one.segments}",
        styled(_needs(one), "" if one.current else "yellow"),
        _size(one),
    )


def _needs(one: Standing) -> str:
    words = [f"{one.lost} emptied"] if one.lost else []
    words += [
        f"{one.states[state]} {state}" for state in _NEEDS if one.states.get(state)
    ]
    if one.outdated:
        words.append(f"{one.outdated} outdated")
    unsigned = one.states.get(State.TRANSLATED, 0)
    if not words:
        words = [f"{unsigned} unsigned" if unsigned else "signed"]
    words += [
        f"{counted(n, 'question')} from {name}" for name, n in one.questions.items()
    ]
    return " · ".join(words)


def _size(one: Standing) -> str:
    """Return the size of the source as its translators count it."""
    if one.source_language.partition("-")[0].lower() != "ko":
        return counted(one.words, "word")
    sheets = math.ceil(one.characters * 10 / SHEET) / 10
    return f"{one.characters:,}자 {sheets:.1f}매"


def _next(found: Sequence[Standing]) -> str:
    """Return the one command to type next."""
    if not found:
        return "tflow add FILE"
    urgent = min(found, key=lambda one: (one.current, _urgency(one)))
    if urgent.lost:
        return f"tflow sync {urgent.slug}"
    for state, command in zip(_NEEDS, ("drift", "show", "draft"), strict=True):
        if urgent.states.get(state):
            return f"tflow {command} {urgent.slug}"
    if urgent.questions:
        return f"tflow show {urgent.slug}:{urgent.first_question}"
    unsigned = [one for one in found if one.states.get(State.TRANSLATED)]
    if unsigned:
        return f"tflow sign {unsigned[0].slug}, or tflow export {unsigned[0].slug}"
    return f"tflow export {urgent.slug} --release"


COMMANDS = {
    "status": Command(
        status,
        (
            "tflow status                # what needs you, all articles",
            "tflow status russia         # one article",
            "tflow status --check        # for scripts: exit 1 if anything is open",
        ),
    ),
}
