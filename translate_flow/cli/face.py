"""How the command line speaks: results on stdout, everything else on stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.desk import Desk
    from translate_flow.model import Finding
    from translate_flow.places import Place

# --- options that many commands share ---------------------------------------

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
        "--by", metavar="NAME", help="Who does it; else git's user.", show_default=False
    ),
]
All = Annotated[bool, typer.Option("--all", help="All articles.")]


class Command(NamedTuple):
    """A command and how it is used."""

    run: Callable[..., None]
    examples: tuple[str, ...]
    """Command lines, each with what it does after ``#``."""


# --- the face ---------------------------------------------------------------

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Face:
    """The global options, and the ways to speak that they choose."""

    project: str | None = None
    json: bool = False
    quiet: bool = False
    yes: bool = False
    command: str = "tflow"
    """The command line that was typed."""

    def desk(self) -> Desk:
        """Return the project the user stands in, or the one that ``--project`` names.

        :raises FlowError: if there is none, or its settings are wrong.
        """
        from translate_flow.flow.desk import Desk
        from translate_flow.git import Git
        from translate_flow.project import find_root, load

        root = find_root(Path.cwd(), self.project)
        git = Git(root)
        return Desk(load(root), today(), os.environ, git, self.say, self.command)

    def ready(
        self, places: Sequence[str] | None, lang: str | None
    ) -> tuple[Desk, tuple[Place, ...], str | None]:
        """Return the project, and the places and the language that a command is about.

        :raises FlowError: if there is no project, or one of them is unknown.
        """
        from translate_flow.flow.desk import chosen

        desk = self.desk()
        language = desk.project.language(lang) if lang else None
        return desk, chosen(desk.project, places or ()), language

    def say(self, message: str) -> None:
        """Tell a person, on stderr, unless ``--quiet``."""
        if not self.quiet:
            print(plain(message), file=sys.stderr)

    def warn(self, message: str) -> None:
        """Tell a person what must not be missed, on stderr."""
        print(plain(message), file=sys.stderr)

    def write(self, text: str) -> None:
        """Write a result on stdout."""
        print(plain(text))

    def document(self, value: Mapping[str, Any]) -> None:
        """Write the one JSON document of this command on stdout."""
        import json

        whole = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        print(json.dumps(value, ensure_ascii=not whole, indent=2))

    def findings(self, found: Iterable[Finding]) -> None:
        """Warn of findings, a line each."""
        for finding in found:
            self.warn(
                f"{finding.severity}: {finding.slug}:{finding.id}: {finding.message}"
            )


def plain(text: str) -> str:
    """Return a text without what could steer a terminal, nor half characters."""
    safe = text.encode("utf-8", "replace").decode()
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", safe)


def face(context: typer.Context) -> Face:
    """Return the face that the global options made."""
    found = context.find_object(Face)
    return found or Face()


def today() -> str:
    """Return the date, or that of SOURCE_DATE_EPOCH, so that runs can be repeated."""
    from datetime import UTC, date, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return date.today().isoformat()


def wanted(places: list[str] | None, everything: bool) -> list[str]:
    """Return the places of a writing command, which must be said.

    :raises FlowError: if neither a place nor ``--all`` was given, or both were.
    """
    if bool(places) == everything:
        message = "name places or say --all, not both" if places else "which articles?"
        raise FlowError(message, hint="name a place like SLUG or SLUG:7, or say --all")
    return places or []


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 draft``, ``2 drafts``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
