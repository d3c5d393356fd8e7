"""``omit``, ``join`` and ``ask``: where a translation is not one to one."""

from __future__ import annotations

from typing import Annotated

import typer

from translate_flow.cli.face import By, Command, Lang, face
from translate_flow.cli.units import report

Spot = Annotated[
    str, typer.Argument(metavar="PLACE", help="SLUG:7, SLUG:k7f or SLUG:3,5-8.")
]


def omit(
    context: typer.Context,
    place: Spot,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")],
    lang: Lang = None,
    by: By = None,
) -> None:
    """Leave segments out of the translation on purpose."""
    from translate_flow.flow.acts import omit as leave_out

    speaker = face(context)
    desk, spots, language = speaker.ready([place], lang)
    done = leave_out(desk, spots[0], by=desk.by(by), why=why, language=language)
    report(speaker, [done], "left out")


def join(context: typer.Context, place: Spot, lang: Lang = None, by: By = None) -> None:
    """Let one translation cover several segments."""
    from translate_flow.flow.acts import join as put_together

    speaker = face(context)
    desk, spots, language = speaker.ready([place], lang)
    done = put_together(desk, spots[0], by=desk.by(by), language=language)
    report(speaker, [done], "joined")


def ask(
    context: typer.Context,
    place: Spot,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="What you ask or answer.")
    ],
    answer: Annotated[
        bool, typer.Option("--answer", help="Answer what is asked there.")
    ] = False,
    lang: Lang = None,
    by: By = None,
) -> None:
    """Ask the author about a segment, or answer."""
    from translate_flow.flow.acts import ask as put

    speaker = face(context)
    desk, spots, language = speaker.ready([place], lang)
    who = desk.by(by)
    done = put(desk, spots[0], text, by=who, language=language, answer=answer)
    report(speaker, [done], "answered" if answer else "asked about")


COMMANDS = {
    "omit": Command(omit, ('tflow omit russia:9 --why "cut in print"',)),
    "join": Command(
        join, ("tflow join russia:2,3       # the Korean of 2 says 3 as well",)
    ),
    "ask": Command(
        ask,
        (
            'tflow ask russia:7 "Which treaty is meant?"',
            'tflow ask russia:7 --answer "That of 1994."',
        ),
    ),
}
