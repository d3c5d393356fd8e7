"""``init`` and ``add``: a project, and articles in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate_flow.cli.documents.articles import add_document, written_document
from translate_flow.cli.face import counted, face
from translate_flow.cli.options import Command, Lang
from translate_flow.commands import command, named
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    pass


def init(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where; here if not said.")
    ] = Path(),
    languages: Annotated[
        str,
        typer.Option("--languages", metavar="TAGS", help="The source language first."),
    ] = "en,ko",
) -> None:
    """Make a project."""
    from translate_flow.flow.articles import init as make
    from translate_flow.flow.articles import project_around

    tags = [tag.strip() for tag in languages.split(",") if tag.strip()]
    speaker = face(context)
    written = make(folder, tags, speaker.command)
    if speaker.json:
        speaker.document(written_document(written))
        return
    where = "" if folder == Path() else f" in {folder}"
    inside = "" if folder == Path() else f"cd {named(str(folder))}; "
    speaker.did(f"made a project{where} for {', '.join(tags)}")
    if around := project_around(folder):
        speaker.caution(
            f"it lies within the project in {around}: commands that are run here and "
            "below are about this one"
        )
    speaker.say(f"next: {inside}tflow add FILE")


def add(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Markdown or plain text; - is stdin."),
    ],
    slug: Annotated[
        str | None,
        typer.Option(
            "--slug",
            metavar="SLUG",
            help="Its path under sources/, without suffix; else the file's name.",
            show_default=False,
        ),
    ] = None,
    lang: Lang = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="What the text is in, like cp949; else UTF-8.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Bring articles in."""
    from translate_flow.flow.articles import add as add_text
    from translate_flow.flow.articles import add_file

    speaker = face(context)
    workspace = speaker.workspace()
    if slug is not None and len(files) > 1:
        raise FlowError("--slug names one article", hint="add the files one by one")
    if "-" in files and slug is None:
        hint = "tflow add - --slug SLUG"
        raise FlowError("a text from stdin needs a slug", hint=hint)
    said: Any = {"slug": slug, "language": lang, "encoding": encoding}
    added = []
    for name in files:
        if name == "-":
            data = sys.stdin.buffer.read()
            done = add_text(workspace, data, name="stdin", **said)
        else:
            done = add_file(workspace, Path(name), **said)
        added.append(done)
        if not speaker.json:
            size = counted(done.segments, "segment")
            speaker.did(f"added {done.path}: {size} in {done.language}")
    if speaker.json:
        speaker.document(add_document(added))
        return
    full = next((one for one in added if one.segments), None)
    if full is None:
        speaker.tell("there is nothing in it to translate")
        return
    name = speaker.short(workspace, full.slug)
    speaker.next(command("draft", name), command("set", f"{name}:1", tail="TEXT"))


COMMANDS = {
    "init": Command(
        init,
        (
            "tflow init                       # here, English to Korean",
            "tflow init blog --languages ko,en",
        ),
    ),
    "add": Command(
        add,
        (
            "tflow add russia.md",
            "tflow add essay.txt --slug 2026/essay --lang ko",
            "tflow add 기사.txt --encoding cp949",
            "pbpaste | tflow add - --slug note",
        ),
    ),
}
