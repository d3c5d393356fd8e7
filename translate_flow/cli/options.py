"""What commands share of their options and arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.cli.face import Face
    from translate_flow.drift import Edit

Places = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PLACE]...",
        help="SLUG, SLUG:7, SLUG:k7f or SLUG:3,5-8.",
        show_default=False,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="TAG", help="The target language.", show_default=False
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who does it; else you.", show_default=False
    ),
]
All = Annotated[bool, typer.Option("--all", help="All articles.")]
Classes = Annotated[
    str | None,
    typer.Option(
        "--class",
        metavar="LIST",
        help="Only these classes: risk, number, name …",
        show_default=False,
    ),
]
Like = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="PLACE",
        help="Only units edited just as that one was.",
        show_default=False,
    ),
]
Spot = Annotated[
    str, typer.Argument(metavar="PLACE", help="SLUG:7, SLUG:k7f or SLUG:3,5-8.")
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help="Exit 1 for these: error, warning, info or never.",
    ),
]
Form = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text, github or sarif.")
]


def edits_like(
    speaker: Face, place: str | None, language: str | None
) -> frozenset[Edit]:
    """Return the edits of the unit that ``--like`` names; none if it names none."""
    from translate_flow.flow.drift import edits_at

    if place is None:
        return frozenset()
    workspace, (spot,), language = speaker.ready([place], language)
    return edits_at(workspace, spot, language)


class Command(NamedTuple):
    """A command and how it is used."""

    run: Callable[..., None]
    examples: tuple[str, ...]
    """Command lines, each with what it does after ``#``."""


def all_of(places: list[str] | None, everything: bool) -> list[str]:
    """Return the places of a command that means all articles where none is named.

    :raises FlowError: if both places and ``--all`` were given.
    """
    return wanted(places, everything) if places or everything else []


def wanted(places: list[str] | None, everything: bool) -> list[str]:
    """Return the places of a writing command, which must be named.

    :raises FlowError: if neither a place nor ``--all`` was given, or both were.
    """
    if bool(places) == everything:
        message = "name places or say --all, not both" if places else "which articles?"
        raise FlowError(message, hint="name a place like SLUG or SLUG:7, or say --all")
    return places or []


def known_words(what: str, listed: str | None, known: Sequence[str]) -> frozenset[str]:
    """Split a list of an option into its words.

    :param what: what they are, for errors.
    :raises FlowError: if one of them is not known, with the nearest that is.
    """
    from translate_flow.project.settings import nearest

    words = [word.strip() for word in (listed or "").split(",") if word.strip()]
    for word in words:
        if word not in known:
            near = nearest(word, known)
            hint = f"did you mean {near[0]}? " if near else ""
            hint += f"known: {', '.join(known)}"
            raise FlowError(f"unknown {what} {word!r}", hint=hint)
    return frozenset(words)
