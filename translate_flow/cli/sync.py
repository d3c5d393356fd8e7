"""``sync``: catalogs follow their articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.face import Command, Lang, Places, counted, face

if TYPE_CHECKING:
    from translate_flow.flow.acts import Synced


def sync(
    context: typer.Context,
    places: Places = None,
    lang: Lang = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if it would.")
    ] = False,
) -> None:
    """Update catalogs from their articles."""
    from translate_flow.flow.acts import sync as run

    speaker = face(context)
    desk, spots, language = speaker.ready(places, lang)
    done = run(desk, spots, language=language, check=check)
    files = [str(one.written) for one in done if one.written]
    if speaker.json:
        changes = [change for one in done for change in _as_json(one)]
        speaker.document({"changes": changes, "written": files})
    else:
        speaker.write(_told(done, files, check))
        speaker.say("next: tflow sync" if check and files else "next: tflow status")
    if check and files:
        raise typer.Exit(1)


def _as_json(one: Synced) -> list[dict[str, object]]:
    return [
        {
            "slug": one.slug,
            "lang": one.language,
            "id": change.id,
            "kind": change.kind,
            "moved": change.moved,
            "class": change.drift_class,
            "classes": list(change.classes),
            "severity": change.severity,
            "from": list(change.ancestors),
            "action": change.action,
        }
        for change in one.changes
    ]


def _told(done: Sequence[Synced], files: Sequence[str], check: bool) -> str:
    kinds = Counter(change.kind for one in done for change in one.changes)
    drifted = sum(c.action == "drifted" for one in done for c in one.changes)
    words = [f"{n} {kind}" for kind, n in kinds.items()]
    if drifted:
        words.append(f"{drifted} drifted")
    if absorbed := sum(one.absorbed for one in done):
        words.append(f"{absorbed} taken in from another editor")
    words += [f"{one.moved_from} taken along" for one in done if one.moved_from]
    what = f"{counted(len(done), 'catalog')}: {', '.join(words) or 'nothing changed'}"
    if not files:
        return what
    listed = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if files[3:] else "")
    return f"{what}; {'would write' if check else 'wrote'} {listed}"


COMMANDS = {
    "sync": Command(
        sync,
        (
            "tflow sync                  # all articles",
            "tflow sync russia",
            "tflow sync --check          # for scripts: exit 1 if a catalog is behind",
        ),
    ),
}
