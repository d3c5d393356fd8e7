"""``draft``: machine text to start from, labelled as what it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.units import draft_document
from translate_flow.cli.face import Face, counted, face
from translate_flow.cli.options import All, Command, Lang, Places, wanted
from translate_flow.commands import command
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.landing import Drafted

MEMORY = "memory"
SHOWN = 5
"""How many reasons for failures are shown, and how many places for each."""


Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="One of tflow engines, or memory alone; else the project's.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")]
Redraft = Annotated[
    bool,
    typer.Option("--redraft", help="Also replace drafts that nobody touched or took."),
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Ask again for what was answered before.")
]
Most = Annotated[
    int | None,
    typer.Option(
        "--max-characters",
        metavar="N",
        min=0,
        help="The most to send to the engine.",
        show_default=False,
    ),
]
Patience = Annotated[
    float,
    typer.Option(
        "--patience",
        metavar="MINUTES",
        min=0,
        help="How long to wait for an engine in trouble.",
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Take drafts from JSON lines instead; - reads stdin.",
        show_default=False,
    ),
]


def draft(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    engine: Engine = None,
    dry_run: DryRun = False,
    redraft: Redraft = False,
    fresh: Fresh = False,
    max_characters: Most = None,
    patience: Patience = 0,
    source: From = None,
) -> None:
    """Fill what is missing: from the memory, then an engine."""
    if source is not None:
        if engine or redraft or fresh or max_characters is not None or patience:
            message = "--from takes what is there; nothing is asked of an engine"
            raise FlowError(message, hint="leave the options of engines out")
        _receive(context, source, places, everything, lang, dry_run=dry_run)
        return
    from translate_flow.cli.terminal.drawing import progress
    from translate_flow.flow.drafting import Interrupted, Wish
    from translate_flow.flow.drafting import draft as run

    speaker = face(context)
    workspace, spots, language = speaker.ready(wanted(places, everything), lang)
    wish = Wish(redraft, fresh, dry_run, max_characters, patience * 60)
    broken: list[FlowError] | None = None if places else []
    try:
        with progress(speaker, "drafting") as told:
            done = run(
                workspace,
                spots,
                engine or workspace.project.engine,
                language=language,
                wish=wish,
                allow=speaker.confirm,
                progress=told,
                broken=broken,
            )
    except Interrupted as end:
        speaker.caution(_kept(end.run))
        raise
    slugs = [speaker.short(workspace, spot.file.slug) for spot in spots]
    where = slugs if not everything and len(slugs) <= SHOWN else []
    _report(speaker, done, dry_run=dry_run, where=where, broken=broken)
    speaker.exit_for(broken or [])
    if done.failed:
        raise typer.Exit(1)


def _kept(done: Drafted) -> str:
    """Say what is left of a run that its user has ended."""
    return (
        f"ended; drafted {done.drafted} of {counted(done.requested, 'segment')}, all "
        f"saved; {counted(done.characters, 'character')} sent, and each answer that "
        "came is kept: the same command goes on from here"
    )


def _receive(
    context: typer.Context,
    source: str,
    places: list[str] | None,
    everything: bool,
    lang: str | None,
    *,
    dry_run: bool,
) -> None:
    """Take drafts from a file; its lines name their places, so the user need not."""
    from translate_flow.flow.receiving import receive

    speaker = face(context)
    named = wanted(places, everything) if places or everything else []
    workspace, spots, language = speaker.ready(named, lang)
    with _lines(source) as lines:
        done = receive(workspace, spots, lines, language=language, dry_run=dry_run)
    _report(speaker, done, dry_run=dry_run, where=places or (), source=source)
    if done.failed:
        raise typer.Exit(1)


@contextmanager
def _lines(source: str) -> Iterator[Iterator[bytes]]:
    """Give the lines of a file, or of stdin, as they come; of a line that is too long,
    only the beginning.

    :raises FlowError: if the file cannot be read.
    """
    from translate_flow.flow.receiving import LONGEST

    def each(file: IO[bytes]) -> Iterator[bytes]:
        while line := file.readline(LONGEST + 1):
            yield line
            while len(line) > LONGEST and not line.endswith(b"\n"):
                line = file.readline(LONGEST + 1)

    if source == "-":
        yield each(sys.stdin.buffer)
        return
    try:
        with Path(source).open("rb") as file:
            yield each(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FlowError(reason, source, hint="name a file of JSON lines") from None


def _report(
    speaker: Face,
    done: Drafted,
    *,
    dry_run: bool,
    where: Sequence[str],
    source: str = "",
    broken: Sequence[FlowError] | None = None,
) -> None:
    """Tell what a run did.

    :param source: the file that the drafts came from, if they did.
    :param broken: what could not be read.
    """
    speaker.warn_of(done.findings)
    if speaker.json:
        speaker.document(draft_document(done, broken))
        return
    for line in _failures(done):
        speaker.caution(line)
    if source:
        speaker.did(_outcome_of_file(done, source, dry_run=dry_run))
    elif dry_run:
        speaker.tell(_plan(done))
    else:
        speaker.did(_outcome(done) + _money(done))
    if done.drafted and not dry_run:
        speaker.say("nobody has read them yet; tflow undo takes them back")
    if not source:
        speaker.next(_next(done, dry_run, where))
    elif done.drafted:
        speaker.next(command("show", *where))


def _outcome_of_file(done: Drafted, source: str, *, dry_run: bool) -> str:
    """Say what came from a file."""
    verb = "would draft" if dry_run else "drafted"
    whence = "stdin" if source == "-" else source
    return f"{verb} {done.drafted} of {counted(done.requested, 'line')} of {whence}"


def _plan(done: Drafted) -> str:
    """Say what a run would do."""
    if not done.requested:
        return "nothing to draft"
    words = [f"{counted(done.requested, 'segment')} to draft"]
    if done.from_memory:
        words.append(f"{done.from_memory} from the memory")
    left = done.requested - done.from_memory
    if known := left - done.sent:
        words.append(f"{known} for which nothing need be sent")
    size = counted(done.characters, "character")
    if done.engine != MEMORY:
        words.append(f"{done.engine} would be asked for {done.sent}, {size}")
    return "; ".join(words) + _money(done)


def _outcome(done: Drafted) -> str:
    """Say what a run did."""
    if not done.requested:
        return "nothing to draft"
    words = f"drafted {done.drafted} of {counted(done.requested, 'segment')}"
    if done.engine == MEMORY:
        return f"{words} from the memory"
    words += f" with {done.engine}"
    if done.from_memory:
        words += f", {done.from_memory} of them from the memory"
    return f"{words}; {counted(done.characters, 'character')} sent"


def _money(done: Drafted) -> str:
    return f" ({done.cost:,.2f} at the engine's price)" if done.cost else ""


def _failures(done: Drafted) -> Iterator[str]:
    """Yield a line for each reason, and where it holds."""
    reasons: dict[str, list[str]] = {}
    for undone in done.failed:
        place = f"{undone.slug}:{undone.n}" if undone.n else undone.slug
        if undone.line:
            place = f"line {undone.line}" + (f" ({place})" if place else "")
        reasons.setdefault(undone.message, []).append(place)
    for reason, places in list(reasons.items())[:SHOWN]:
        yield f"no draft for {_listed(places)}: {reason}"
    if others := list(reasons.values())[SHOWN:]:
        where = _listed([place for places in others for place in places])
        yield f"no draft for {where}: {counted(len(others), 'other reason')}"


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    return ", ".join(places[:SHOWN]) + more


def _next(done: Drafted, dry_run: bool, where: Sequence[str]) -> str:
    if dry_run or done.failed:
        again = f"--engine {done.engine}"
        return command("draft", *where, tail=again if where else f"--all {again}")
    return command("show", *where)


COMMANDS = {
    "draft": Command(
        draft,
        (
            "tflow draft russia --engine google",
            "tflow draft --all --dry-run            # segments, characters, cost",
            "tflow draft --all --engine deepl --max-characters 100000",
            "tflow draft russia --engine memory    # only what was translated before",
            "tflow draft russia --redraft          # what nobody touched, too",
            "tflow draft --from drafts.jsonl --machine claude",
            "tflow draft russia:3,5-8 --engine pseudo   # offline, for trying out",
        ),
    ),
}
