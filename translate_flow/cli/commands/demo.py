"""``demo``: the whole flow on a packaged sample, offline, by these very commands."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from translate_flow.cli.documents.resources import demo_document
from translate_flow.cli.face import Face, face
from translate_flow.cli.options import Command
from translate_flow.errors import FlowError

SAMPLE = Path(__file__).parents[2] / "sample"
"""``harbour.md``, the same after its author's edit, and the Korean of both: lines of a
segment's number, a tab and its translation."""

SLUG = "harbour"


class TourStep(NamedTuple):
    """A command of the tour, and why it is run."""

    why: str
    words: tuple[str, ...]
    code: int = 0


class Copy(NamedTuple):
    """A file that arrives in between, as if somebody had sent or saved it."""

    why: str
    sample: str
    path: str


def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Where; a temporary folder if not said."),
    ] = None,
    paced: Annotated[
        bool | None,
        typer.Option(
            "--step/--no-step",
            help="Wait for Enter after each step; else on a terminal only.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show the whole flow on a sample, offline."""
    speaker = face(context)
    place = _empty(folder)
    pace = _Pace(_is_paced(speaker) if paced is None else paced)
    with redirect_stdout(sys.stderr if speaker.json else sys.stdout):
        print(f"A tour in {place}, which stays there.")
        try:
            with chdir(place):
                finished = _walk(pace)
        except KeyboardInterrupt:
            print(f"\n{_leftover(place)}")
            raise
    _farewell(speaker, place, finished)


def _walk(pace: _Pace) -> bool:
    """Take the steps of the tour; return whether that was all of them."""
    number = 0
    for step in _tour():
        if isinstance(step, TourStep) and step.why:
            if number and not pace.goes_on():
                return False
            number += 1
        _take(step, number)
    return True


# --- its pace ---------------------------------------------------------------


def _is_paced(speaker: Face) -> bool:
    """Whether somebody sits there who may want to read each step."""
    there = all(s is not None and s.isatty() for s in (sys.stdin, sys.stdout))
    return there and not (speaker.json or speaker.quiet or speaker.yes)


@dataclass
class _Pace:
    """Waits between steps for somebody to go on, if anybody is there."""

    slow: bool

    def goes_on(self) -> bool:
        """Wait for Enter, if there is somebody to press it; return whether to go on."""
        if not self.slow:
            return True
        print("\n   Enter goes on, q ends the tour: ", end="", flush=True)
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            print()
        self.slow = bool(line)
        return line.strip().lower() not in ("q", "quit", "exit")


# --- its steps --------------------------------------------------------------


def _empty(folder: Path | None) -> Path:
    """Return the folder of the demo, empty.

    :raises FlowError: if something is in it.
    """
    from tempfile import mkdtemp

    from translate_flow.files import make_folder

    if folder is None:
        return Path(mkdtemp(prefix="tflow-demo-"))
    make_folder(folder)
    if any(folder.iterdir()):
        hint = "name a folder that is new or empty"
        raise FlowError("the demo needs a folder of its own", str(folder), hint=hint)
    return folder.resolve()


def _take(step: TourStep | Copy, number: int) -> None:
    """Announce a step and take it; one without a reason belongs to the one before."""
    if isinstance(step, Copy):
        print(f"\n   {step.why}")
        target = Path(step.path)
        target.write_bytes((SAMPLE / step.sample).read_bytes())
        return
    from translate_flow.cli import main

    if step.why:
        print(f"\n{number}. {step.why}")
    print(f"   $ tflow {shlex.join(step.words)}", flush=True)
    said = StringIO()
    with redirect_stderr(said):
        code = main(step.words)
    sys.stdout.flush()
    warnings, _, _ = said.getvalue().partition("next: ")
    print(warnings, end="", file=sys.stderr, flush=True)
    if code != step.code:
        raise RuntimeError(f"tflow {shlex.join(step.words)} gave {code}")


def _tour() -> Iterator[TourStep | Copy]:
    yield TourStep("Make a project: English and Korean.", ("init",))
    yield Copy("(An article arrives by mail: harbour.md)", "harbour.md", "harbour.md")
    yield TourStep("Bring the article in.", ("add", "harbour.md"))
    yield TourStep(
        "A draft to start from. The pseudo engine works offline and translates\n"
        "   nothing; for real work there is --engine google.",
        ("draft", SLUG, "--engine", "pseudo"),
    )
    yield TourStep("See what a unit looks like.", ("show", f"{SLUG}:3"))
    yield TourStep(
        "A release prints no machine text that nobody has read: it refuses.",
        ("export", SLUG, "--release"),
        1,
    )
    yield from _sets("The translator writes Korean.", "ko.txt")
    yield TourStep("A second person reads it and signs.", ("sign", SLUG, "--by", "bob"))
    yield Copy(
        "(The author edits the article again.)", "edited.md", f"sources/{SLUG}.md"
    )
    yield TourStep("What does that leave to do?", ("status",))
    yield TourStep("Which words changed?", ("drift", SLUG))
    yield TourStep("Let the catalog follow its article.", ("sync",))
    yield from _sets("The translator mends what the edit left behind.", "ko-edited.txt")
    yield from _accepts()
    yield TourStep("Signed again.", ("sign", SLUG, "--by", "bob"))
    yield TourStep("Nothing is left.", ("status", "--all", "--check"))
    yield TourStep("Now the release goes out.", ("export", SLUG, "--release"))


def _sets(why: str, sample: str) -> Iterator[TourStep]:
    """Yield a ``set`` for each line of a sample of translations."""
    for line in (SAMPLE / sample).read_text(encoding="utf-8").splitlines():
        number, _, text = line.partition("\t")
        yield TourStep(why, ("set", f"{SLUG}:{number}", text, "--by", "mina"))
        why = ""


def _accepts() -> Iterator[TourStep]:
    """Yield an ``accept`` for what has drifted although its Korean still fits."""
    from translate_flow.flow.drift import drifted
    from translate_flow.flow.workspace import chosen

    workspace = Face().workspace()
    for unit in drifted(workspace, chosen(workspace.project, [SLUG])).units:
        place = f"{SLUG}:{unit.n}"
        why = f"A slip was mended in segment {unit.n}; the Korean stands."
        yield TourStep(why, ("accept", place, "--by", "mina"))


def _farewell(speaker: Face, place: Path, finished: bool) -> None:
    """Say what came of the tour, and where it is."""
    editions = sorted((place / "editions").glob("*"))
    if speaker.json:
        speaker.document(demo_document(place, editions))
        return
    if finished:
        speaker.write(
            "\nThe finished bilingual edition, for a browser and as Markdown:"
        )
        for path in editions:
            speaker.write(f"  {path}")
    speaker.say(f"\n{_leftover(place)}")


def _leftover(place: Path) -> str:
    """Say where the folder is, and what may be done with it."""
    there = shlex.quote(str(place))
    return (
        f"The project stays in {place}: look around with cd {there}; tflow status, "
        f"or delete it with rm -r {there}"
    )


COMMANDS = {
    "demo": Command(
        demo,
        (
            "tflow demo",
            "tflow demo tour             # in a folder that you choose",
            "tflow demo --step           # Enter goes on; --no-step does not wait",
        ),
    ),
}
