"""Where a translation is not one to one: ``omit``, ``join``, ``reorder``, ``added``;
and ``ask``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.face import Face, counted, face
from translate_flow.cli.options import By, Command, Lang, Spot
from translate_flow.cli.terminal.units import report
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.changing import Acted


def omit(
    context: typer.Context,
    place: Spot,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")],
    both: Annotated[
        bool,
        typer.Option("--both", help="Leave them out of the source's editions, too."),
    ] = False,
    lang: Lang = None,
    by: By = None,
) -> None:
    """Leave segments out of the translation on purpose."""
    from translate_flow.flow.adapting import omit as leave_out

    speaker = face(context)
    workspace, spots, language = speaker.ready([place], lang)
    who = workspace.by(by, "leave segments out")
    done = leave_out(workspace, spots[0], by=who, why=why, language=language, both=both)
    report(speaker, workspace, [done], "left out of both" if both else "left out")


def join(context: typer.Context, place: Spot, lang: Lang = None, by: By = None) -> None:
    """Let one translation cover several segments."""
    from translate_flow.flow.adapting import join as put_together

    speaker = face(context)
    workspace, spots, language = speaker.ready([place], lang)
    who = workspace.by(by, "let one translation cover several segments")
    done = put_together(workspace, spots[0], by=who, language=language)
    report(speaker, workspace, [done], "joined")


def reorder(
    context: typer.Context,
    place: Spot,
    after: Annotated[
        str | None,
        typer.Option(
            "--after", metavar="SEGMENT", help="What they come after: 9 or SLUG:9."
        ),
    ] = None,
    first: Annotated[
        bool, typer.Option("--first", help="To the beginning of the text.")
    ] = False,
    back: Annotated[
        bool, typer.Option("--back", help="To where the source has them.")
    ] = False,
    lang: Lang = None,
) -> None:
    """Move segments in the translation's own order."""
    from translate_flow.flow.adapting import reorder as put

    if (after is not None) + first + back != 1:
        raise FlowError("where to?", hint="say --after SEGMENT, --first or --back")
    speaker = face(context)
    workspace, spots, language = speaker.ready([place], lang)
    done = put(workspace, spots[0], "^" if first else after, language=language)
    report(speaker, workspace, [done], "put back" if back else "moved")


def added(
    context: typer.Context,
    place: Spot,
    blocks: Annotated[
        str, typer.Argument(metavar="BLOCKS", help="2 or 1,3; none takes it back.")
    ],
    lang: Lang = None,
) -> None:
    """Name the paragraphs that a translation adds."""
    from translate_flow.flow.adapting import added as name

    numbers = [] if blocks == "none" else blocks.split(",")
    if not all(number.strip().isdecimal() for number in numbers):
        hint = "say 2 or 1,3, counted from the top, or none"
        raise FlowError(f"{blocks!r} names no blocks", hint=hint)
    speaker = face(context)
    workspace, spots, language = speaker.ready([place], lang)
    done = name(workspace, spots[0], [int(n) for n in numbers], language=language)
    report(speaker, workspace, [done], "noted")


def ask(
    context: typer.Context,
    place: Spot,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="What you ask or answer.")
    ],
    answer: Annotated[
        bool,
        typer.Option("--answer", help="Answer what is asked there, the oldest first."),
    ] = False,
    lang: Lang = None,
    by: By = None,
) -> None:
    """Ask the author about a segment, or answer."""
    from translate_flow.flow.adapting import ask as put

    speaker = face(context)
    workspace, spots, language = speaker.ready([place], lang)
    who = workspace.author(by)
    done = put(workspace, spots[0], text, by=who, language=language, answer=answer)
    report(speaker, workspace, [done], "answered" if answer else "asked about")
    if answer and not speaker.json:
        _tell_left(speaker, done)


def _tell_left(speaker: Face, done: Acted) -> None:
    """Tell which questions are left where one was answered."""
    from translate_flow.cli.terminal.units import question_line
    from translate_flow.state.questions import questions

    for i in done.done:
        if left := questions(done.translation.catalog.units[i]):
            place = f"{done.translation.file.slug}:{i + 1}"
            size = counted(len(left), "question")
            speaker.say(f"{size} left at {place}: {question_line(left[0])}")


COMMANDS = {
    "omit": Command(
        omit,
        (
            'tflow omit russia:9 --why "cut in print"',
            'tflow omit russia:31 --both --why "a reader\'s comment"',
        ),
    ),
    "join": Command(
        join, ("tflow join russia:2,3       # the Korean of 2 says 3 as well",)
    ),
    "reorder": Command(
        reorder,
        (
            "tflow reorder russia:9 --after 4      # printed after the fourth",
            "tflow reorder russia:9 --back",
        ),
    ),
    "added": Command(
        added,
        ("tflow added russia:3 2      # its second paragraph is the magazine's own",),
    ),
    "ask": Command(
        ask,
        (
            'tflow ask russia:7 "Which treaty is meant?"',
            'tflow ask russia:7 --answer "That of 1994."',
        ),
    ),
}
