"""``export``: editions for readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from translate_flow.cli.documents.publishing import export_document, publish_document
from translate_flow.cli.face import Face, counted, face
from translate_flow.cli.options import All, Command, Lang, Places
from translate_flow.cli.terminal.refusals import (
    tell_refused,
)
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.exporters import Layout
    from translate_flow.flow.publish.export import Exported, Style
    from translate_flow.flow.publish.posting import Wanted
    from translate_flow.flow.workspace import Workspace
    from translate_flow.project.places import Place

SITE: tuple[Layout, ...] = ("source", "target", "facing")
"""The pages that a site has of an article."""


Formats = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="LIST",
        help="md, html (both if none is named), email, epub, pdf, docx, wordpress.",
        show_default=False,
    ),
]
Layouts = Annotated[
    str | None,
    typer.Option(
        "--layout",
        metavar="LIST",
        help="facing, interleaved, source, target.",
        show_default=False,
    ),
]
InOrder = Annotated[
    str, typer.Option("--order", metavar="SIDE", help="source or target.")
]
Release = Annotated[
    bool,
    typer.Option(
        "--release/--proof",
        help="Refuse what is unfinished / print it, visibly marked.",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option("-o", metavar="DIR", help="Where to.", show_default=False),
]
SiteFolder = Annotated[
    Path | None,
    typer.Option(
        "--site",
        metavar="DIR",
        help="Write a site: pages in each language, index, feeds.",
        show_default=False,
    ),
]
Generator = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="WORD",
        help="With --site, Markdown for: hugo, jekyll, docusaurus, astro.",
        show_default=False,
    ),
]
Publish = Annotated[
    bool, typer.Option("--publish", help="Post it to your WordPress, as a draft.")
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="WORD",
        help="Of the post: draft, pending, private, publish.",
        show_default=False,
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite files that others wrote.")
]
Check = Annotated[
    bool,
    typer.Option("--check", help="Write nothing; exit 1 if a page would change."),
]


def export(
    context: typer.Context,
    places: Places = None,
    lang: Lang = None,
    formats: Formats = None,
    layouts: Layouts = None,
    order: InOrder = "source",
    release: Release = False,
    folder: Folder = None,
    site: SiteFolder = None,
    generator: Generator = "",
    publish: Publish = False,
    status: Status = None,
    everything: All = False,
    force: Force = False,
    check: Check = False,
) -> None:
    """Write editions: aligned, or of one language."""
    from translate_flow.cli.terminal.drawing import progress
    from translate_flow.flow.publish.export import export as print_

    speaker = face(context)
    _refuse_options(
        publish=publish,
        chosen=bool(places or everything),
        of_files=bool(site or folder or force or order != "source"),
        status=status,
        site=site,
        parts=bool(places or lang),
        shaped=bool(formats or layouts or folder),
        generator=generator,
        check=check and (publish or force),
    )
    workspace, spots, language = speaker.ready(places, lang)
    style = _style(formats, layouts, order, release)
    if check and not (site or folder or formats or layouts):
        style = _of_tree(workspace, style)
    if publish:
        _publish(speaker, workspace, spots, style, status=status, language=language)
        return
    if site:
        style = replace(style, **_of_site(generator), whole=not (places or lang))
    with progress(speaker, "exporting") as told:
        done = print_(
            workspace,
            spots,
            style,
            language=language,
            folder=site or folder,
            force=force,
            check=check,
            progress=lambda done, total: told(done, total, 0),
        )
    if check:
        _report_changes(speaker, done)
        return
    _report(speaker, workspace, done)
    if done.refused:
        raise typer.Exit(1)


def _refuse_options(
    *,
    publish: bool,
    chosen: bool,
    of_files: bool,
    status: str | None,
    site: Path | None,
    parts: bool,
    shaped: bool,
    generator: str,
    check: bool,
) -> None:
    """:raises FlowError: if options do not go together."""
    if publish and not chosen:
        raise FlowError("no article is named", hint="name one, or say --all")
    if publish and of_files:
        hint = "it takes --layout, --status and --release"
        raise FlowError(
            "--publish goes without --site, -o, --order, --force", hint=hint
        )
    if site and not generator and parts:
        hint = "leave places and --lang out; publish: false holds an article back"
        raise FlowError("a site is made of all articles", hint=hint)
    if status and not publish:
        raise FlowError("--status goes with --publish", hint="say both")
    if site and shaped:
        hint = "--site DIR makes HTML pages in both languages, and side by side"
        raise FlowError("--site goes without --format, --layout and -o", hint=hint)
    if generator and not site:
        raise FlowError("--for goes with --site", hint="--site DIR says where to")
    if check:
        raise FlowError("--check goes without --publish and --force")


def _of_tree(workspace: Workspace, style: Style) -> Style:
    """Return how the pages in the tree of an existing site are made, if there is one:
    only from releases."""
    if not (workspace.project.tree and workspace.project.tree.outputs):
        return style
    return replace(style, formats=("md",), layouts=("target",), release=True)


def _report_changes(speaker: Face, done: Exported) -> None:
    """Tell which files would change, and exit 1 if any would. What a release refuses
    changes nothing."""
    from translate_flow.flow.publish.release import Unwritten

    kept = [one for one in done.refused if isinstance(one, Unwritten)]
    if speaker.json:
        speaker.document(export_document(done, check=True))
    else:
        for path in done.changed:
            speaker.tell(f"would change: {path}")
        for one in kept:
            speaker.caution(f"would be refused: {one.error}")
        if not done.changed and not kept:
            speaker.say("nothing would change")
    if done.changed or kept:
        raise typer.Exit(1)


def _of_site(generator: str) -> dict[str, Any]:
    """Return what a site is made of: HTML, or Markdown for a generator."""
    if generator:
        layouts = ("source", "target")
        return {"formats": ("md",), "layouts": layouts, "generator": generator}
    return {"formats": ("html",), "layouts": SITE, "site": True}


def _style(
    formats: str | None, layouts: str | None, order: str, release: bool
) -> Style:
    from translate_flow.exporters import Layout, Order
    from translate_flow.flow.publish.export import Style

    return Style(
        formats=_split_list("format", formats, None),
        layouts=_split_list("layout", layouts, get_args(Layout)),
        order=_split_list("order", order, get_args(Order))[0],
        release=release,
    )


def _split_list(what: str, listed: str | None, known: tuple[str, ...] | None) -> Any:
    """Split the list that an option takes; its words are checked if they are known."""
    from translate_flow.exporters import FORMATS

    if listed is None:
        return ()
    words = tuple(word.strip() for word in listed.split(",") if word.strip())
    wrong = [word for word in words if known and word not in known]
    if wrong or not words:
        message = f"unknown {what} {wrong[0] if wrong else listed!r}"
        raise FlowError(message, hint=f"known: {', '.join(known or FORMATS)}")
    return words


def _report(speaker: Face, workspace: Workspace, done: Exported) -> None:
    if speaker.json:
        speaker.document(export_document(done))
        return
    for printed in done.editions:
        finished = _finished(printed.states)
        same = "" if printed.written else ", unchanged"
        words = f"{printed.format} {printed.layout}, {finished}{same}"
        speaker.did(f"{printed.path}  {words}")
    for path in done.others:
        speaker.did(str(path))
    for one in done.overwritten:
        speaker.caution(f"overwrote {one.path}: {one.why}")
    tell_refused(speaker, workspace, done.refused)


def _finished(states: Any) -> str:
    from translate_flow.model import FINISHED

    total = sum(states.values())
    ready = sum(n for state, n in states.items() if state in FINISHED)
    return f"{ready} of {counted(total, 'segment')} finished"


# --- posts ------------------------------------------------------------------

STATUSES = ("draft", "pending", "private", "publish")


def _publish(
    speaker: Face,
    workspace: Workspace,
    spots: Sequence[Place],
    style: Style,
    *,
    status: str | None,
    language: str | None,
) -> None:
    """Post editions, and exit 1 if some were refused."""
    from translate_flow.flow.publish.posting import publish

    wanted = _posts_wanted(style, status)
    posted, refused = publish(
        workspace, spots, wanted, language=language, allow=speaker.confirm
    )
    if speaker.json:
        speaker.document(publish_document(posted, refused))
    else:
        for one in posted:
            images = f", {counted(one.images, 'image')}" if one.images else ""
            new = "new " if one.new else ""
            speaker.did(f"{one.post.url}  {new}{one.post.status}{images}")
        tell_refused(speaker, workspace, refused)
    if refused:
        raise typer.Exit(1)


def _posts_wanted(style: Style, status: str | None) -> Wanted:
    from translate_flow.flow.publish.posting import Wanted

    if style.formats not in ((), ("wordpress",)) or len(style.layouts) > 1:
        hint = "leave --format out, and name one --layout"
        raise FlowError("--publish makes one post of each article", hint=hint)
    if status not in (None, *STATUSES):
        known = ", ".join(STATUSES)
        raise FlowError(f"unknown status {status!r}", hint=f"known: {known}")
    layout = style.layouts[0] if style.layouts else "facing"
    return Wanted(layout, status, style.release)  # type: ignore[arg-type]


COMMANDS = {
    "export": Command(
        export,
        (
            "tflow export russia         # proofs, Markdown and HTML",
            "tflow export russia --release --format html",
            "tflow export --layout interleaved -o out",
            "tflow export --all --site public --release",
            "tflow export --all --site blog --for hugo --release",
            "tflow export russia --publish --release",
            "tflow export --check        # for scripts: exit 1 if a page would change",
        ),
    ),
}
