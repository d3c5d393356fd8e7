"""All commands, listed by hand; the module of each is loaded when it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Annotated, NamedTuple, cast

import typer

from translate_flow import __version__
from translate_flow.cli.documents import version_document
from translate_flow.cli.face import Face
from translate_flow.cli.options import Command

# --- the commands -----------------------------------------------------------


class Lazy(NamedTuple):
    """A command in the list; its module is loaded when the command is asked for."""

    name: str
    module: str
    help: str


COMMANDS = (
    Lazy("init", "begin", "Make a project."),
    Lazy("add", "begin", "Bring articles in."),
    Lazy("status", "status", "Show how far each article is, what needs you first."),
    Lazy("sync", "sync", "Update catalogs from their articles."),
    Lazy("draft", "draft", "Fill what is missing: from the memory, then an engine."),
    Lazy("drift", "drift", "Show which words changed under translations."),
    Lazy("next", "edit", "Show the most urgent piece of work."),
    Lazy("edit", "edit", "Work through units in your editor."),
    Lazy("show", "units", "Show units: source, target, state, history."),
    Lazy("set", "units", "Set one translation; that accepts it."),
    Lazy("accept", "units", "Take translations as right for today's source."),
    Lazy("sign", "units", "Sign accepted translations as their reviewer."),
    Lazy("minor", "minor", "Say that an edit of the source changed no meaning."),
    Lazy("mv", "move", "Rename an article with its catalogs."),
    Lazy("clean", "move", "List what belongs to no article; drop it with --yes."),
    Lazy("flip", "flip", "Make the translation the source of an article."),
    Lazy("undo", "undo", "Take the last command back."),
    Lazy("omit", "adapt", "Leave segments out of the translation on purpose."),
    Lazy("join", "adapt", "Let one translation cover several segments."),
    Lazy("reorder", "adapt", "Move segments in the translation's own order."),
    Lazy("added", "adapt", "Name the paragraphs that a translation adds."),
    Lazy("ask", "adapt", "Ask the author about a segment, or answer."),
    Lazy("check", "check", "Show what translations lost or invented."),
    Lazy("gate", "gate", "Fail for what a change made worse of published articles."),
    Lazy("export", "export", "Write editions: aligned, or of one language."),
    Lazy("correct", "correct", "Tell readers of both languages what was put right."),
    Lazy(
        "config",
        "config",
        "Show the settings, the project's and yours, or change one.",
    ),
    Lazy("completion", "completion", "Let your shell complete what you type."),
    Lazy("tm", "tm", "Search the translation memory; bring TMX in and out."),
    Lazy("glossary", "glossary", "Terms: find, check, add, import and export them."),
    Lazy("engines", "engines", "Show which engines can be used, and try them out."),
    Lazy("git", "git", "Let git merge catalogs entry by entry."),
    Lazy("merge-po", "git", "Merge three versions of a catalog, as git asks for it."),
    Lazy("merge-csv", "git", "Merge three versions of a glossary, as git asks."),
    Lazy("demo", "demo", "Show the whole flow on a sample, offline."),
)

_GLOBALS = "Anywhere: --project DIR, --machine NAME, --json, --quiet, --yes."


def commands(entry: Lazy) -> Mapping[str, Command]:
    """Load a command's module and return its commands, by name; ``git install`` is
    one of them."""
    module = import_module(f"{__name__}.{entry.module}")
    return cast("Mapping[str, Command]", module.COMMANDS)


def build(wanted: str | None) -> typer.Typer:
    """Return the parser: complete for one command, the bare names of the others."""
    app = typer.Typer(
        help="Bilingual publishing: track, draft, correct and export by segment.",
        epilog="New here? tflow demo shows the whole flow in two minutes, offline.",
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_globals)
    for entry in COMMANDS:
        if entry.name != wanted:
            app.command(entry.name, help=entry.help)(_not_loaded)
            continue
        loaded = commands(entry)
        if any(name.startswith(f"{entry.name} ") for name in loaded):
            app.add_typer(_family(entry, loaded))
        else:
            _register(app, entry.name, loaded[entry.name])
    return app


def _not_loaded() -> None:
    """Stand in for a command that was not asked for."""


def _register(app: typer.Typer, name: str, command: Command) -> None:
    app.command(name, epilog=_epilog(command))(command.run)


def _epilog(command: Command) -> str:
    lines = "\n".join(f"  {example}" for example in command.examples)
    return f"\b\nExamples:\n{lines}\n\n\b\n{_GLOBALS}"


def _family(entry: Lazy, loaded: Mapping[str, Command]) -> typer.Typer:
    """Return the commands whose names begin with another word, as a group; the word
    alone may be a command, too, if it takes no arguments and no options."""
    family = typer.Typer(name=entry.name, help=entry.help, rich_markup_mode=None)
    alone = loaded.get(entry.name)
    if alone is None:
        family.callback()(_not_loaded)
    else:
        family.callback(invoke_without_command=True, epilog=_epilog(alone))(
            _unless_another(alone)
        )
    for name, command in loaded.items():
        first, _, second = name.partition(" ")
        if first == entry.name and second:
            _register(family, second, command)
    return family


def _unless_another(command: Command) -> Callable[[typer.Context], None]:
    """Return a command that runs if none of its family is named."""

    def run(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            command.run(context)

    return run


def _globals(
    context: typer.Context,
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            metavar="DIR",
            help="The project's folder; else the one around you.",
            show_default=False,
        ),
    ] = None,
    machine: Annotated[
        str | None,
        typer.Option(
            "--machine",
            metavar="NAME",
            help="Who acts, if that is no person: it drafts, and accepts nothing.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON document on stdout.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only what was asked for, and errors.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Answer yes to questions.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="The version.")
    ] = False,
) -> None:
    said = context.obj
    context.obj = speaker = Face(project, json, quiet, yes, said, machine)
    if version:
        if json:
            speaker.document(version_document(__version__))
        else:
            speaker.write(f"tflow {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        speaker.write(context.get_help())


# --- words before the command -----------------------------------------------

_FLAGS = ("--json", "--quiet", "-q", "--yes", "-y")
_NAMED = ("--project", "--machine")
"""Options of every command that take a value."""


def hoisted(words: Sequence[str]) -> list[str]:
    """Return a command line with the global options before the command, where they
    count; what stands after ``--`` stays."""
    first: list[str] = []
    rest: list[str] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += [word, *queue]
            break
        if word in _FLAGS or word.startswith(tuple(f"{name}=" for name in _NAMED)):
            first.append(word)
        elif word in _NAMED and queue:
            first += [word, queue.pop(0)]
        else:
            rest.append(word)
    return first + rest


_OPTION = re.compile(r"--?[A-Za-z][\w-]*(?:=.*)?", re.DOTALL)


def shielded(words: Sequence[str]) -> list[str]:
    """Return a hoisted command line in which a text that begins with a hyphen, and is
    no option for sure (``- x``, ``-1``), stands behind ``--``, and so do the texts that
    follow it."""
    if "--" in words:
        return list(words)
    options: list[str] = []
    texts: list[str] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if _OPTION.fullmatch(word):
            options.append(word)
            options += [queue.pop(0)] if queue and "=" not in word else []
        elif texts or (word[:1] == "-" and word != "-"):
            texts.append(word)
        else:
            options.append(word)
    return [*options, "--", *texts] if texts else list(words)


def command_in(words: Sequence[str]) -> str | None:
    """Return the first word of a hoisted command line that is no global option."""
    queue = list(words)
    while queue and queue[0].startswith("-"):
        del queue[: 2 if queue[0] in _NAMED else 1]
    return queue[0] if queue else None
