"""``export --publish``: editions as posts of a WordPress site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from translate_flow.cli.documents.publishing import publish_document
from translate_flow.cli.face import Face, counted
from translate_flow.cli.terminal.refusals import (
    tell_refused,
)
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.publish.export import Style
    from translate_flow.flow.publish.posting import Wanted
    from translate_flow.flow.workspace import Workspace
    from translate_flow.project.places import Place

STATUSES = ("draft", "pending", "private", "publish")


def publish(
    speaker: Face,
    workspace: Workspace,
    spots: Sequence[Place],
    style: Style,
    *,
    status: str | None,
    language: str | None,
) -> None:
    """Post editions, and exit 1 if some were refused."""
    from translate_flow.flow.publish.posting import publish as post

    wanted = _wanted(style, status)
    posted, refused = post(
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


def _wanted(style: Style, status: str | None) -> Wanted:
    from translate_flow.flow.publish.posting import Wanted

    if style.formats not in ((), ("wordpress",)) or len(style.layouts) > 1:
        hint = "leave --format out, and name one --layout"
        raise FlowError("--publish makes one post of each article", hint=hint)
    if status not in (None, *STATUSES):
        known = ", ".join(STATUSES)
        raise FlowError(f"unknown status {status!r}", hint=f"known: {known}")
    layout = style.layouts[0] if style.layouts else "facing"
    return Wanted(layout, status, style.release)  # type: ignore[arg-type]
