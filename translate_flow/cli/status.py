"""``status``: what needs somebody, first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.face import By, Command, Lang, Places, counted, face, today
from translate_flow.model import State

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from translate_flow.flow.reading import Standing

_NEEDS = (State.DRIFTED, State.DRAFT, State.UNTRANSLATED)
GRAVE = ("risk", "rewrite", "unknown")
"""Classes of drift that are counted as high, together."""

SHEET = 200
"""Characters, blanks counted, on a sheet of Korean manuscript paper (원고지 1매)."""


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
    from translate_flow.flow.moving import left_behind
    from translate_flow.flow.reading import status as standings

    speaker = face(context)
    desk, spots, language = speaker.ready(places, lang)
    found = standings(desk, spots, language)
    if mine:
        who = desk.by(by)
        found = tuple(one for one in found if who in one.people)
    left = [] if places or mine else [str(one.path) for one in left_behind(desk)]
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
        "minutes": round(one.minutes, 1),
        "live": one.live and {"date": one.live.date, "behind": one.live.behind},
    }


def _tell(found: Sequence[Standing], everything: bool) -> None:
    from translate_flow.cli.drawing import draw, styled

    needy = sorted((one for one in found if not one.current), key=_urgency)
    current = [one for one in found if one.current]
    shown = [*needy, *(current if everything else [])]
    parts: list[RenderableType] = []
    if needy:
        parts.append(styled(f"NEEDS YOU  {len(needy)} of {len(found)}", "bold"))
    elif found:
        parts.append(styled(f"{counted(len(found), 'translation')}, all current"))
    parts += _lines(shown)
    if len(shown) < len(found) and needy:
        parts.append(styled(f"{len(found) - len(shown)} current (--all)", "dim"))
    if parts:
        draw(*parts)


def _lines(shown: Sequence[Standing]) -> Iterator[RenderableType]:
    """Yield a line for each article, and one below it for what it needs."""
    from translate_flow.cli.drawing import columns, styled

    rows = [
        (
            styled(one.slug, "bold"),
            _direction(one),
            _done(one),
            styled(_live(one), "dim"),
        )
        for one in shown
    ]
    for one, line in zip(shown, columns(rows), strict=True):
        yield line
        if not one.current:
            needs = styled(f"  {_needs(one)}", "yellow")
            needs.append(f"{_about(one)}    tflow {_command(one)}", "dim")
            yield needs


def _direction(one: Standing) -> Text:
    from translate_flow.cli.drawing import styled

    return styled(f"{one.source_language}→{one.language}")


def _done(one: Standing) -> Text:
    from translate_flow.cli.drawing import styled

    words = [f"{one.finished}/{one.segments}"]
    if omitted := one.states.get(State.OMITTED):
        words.append(f"{omitted} omitted")
    if one.current:
        words.append(_signatures(one))
    return styled(" · ".join([*words, _size(one)]))


def _signatures(one: Standing) -> str:
    unsigned = one.states.get(State.TRANSLATED, 0)
    return f"{unsigned} unsigned" if unsigned else "signed"


def _live(one: Standing) -> str:
    if one.live is None:
        return "not live"
    behind = f", {one.live.behind} behind" if one.live.behind else ""
    return f"live {_day(one.live.date)}{behind}"


def _day(iso: str) -> str:
    """Return a date as ``18 Nov``, with the year if it is not this one."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12):
        return iso
    told = f"{int(day)} {MONTHS[int(month) - 1]}"
    return told if year == today()[:4] else f"{told} {year}"


MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def _about(one: Standing) -> str:
    minutes = math.ceil(one.minutes)
    if not minutes:
        return ""
    if minutes < 90:
        return f"    about {minutes} min"
    return f"    about {minutes / 60:.0f} h"


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
        f"{one.states[state]} {state}" for state in _NEEDS[1:] if state in one.states
    ]
    if one.outdated:
        words.append(f"{one.outdated} outdated")
    if not words:
        words = [_signatures(one)]
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


def _command(one: Standing) -> str:
    """Return the command for what an article needs first."""
    if one.lost:
        return f"sync {one.slug}"
    for state, command in zip(_NEEDS, ("drift", "edit", "draft"), strict=True):
        if one.states.get(state):
            return f"{command} {one.slug}"
    return f"show {one.slug}:{one.first_question}"


def _next(found: Sequence[Standing]) -> str:
    """Return the one command to type next."""
    if not found:
        return "tflow add FILE"
    needy = [one for one in found if not one.current]
    if needy:
        return f"tflow {_command(min(needy, key=_urgency))}"
    unsigned = [one for one in found if one.states.get(State.TRANSLATED)]
    if unsigned:
        return f"tflow sign {unsigned[0].slug}, or tflow export {unsigned[0].slug}"
    behind = [one for one in found if one.live is None or one.live.behind]
    return f"tflow export {(behind or found)[0].slug} --release"


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
