"""``sync``: catalogs follow their articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.articles import sync_document
from translate_flow.cli.face import counted, face
from translate_flow.cli.options import All, Command, Lang, Places, all_of
from translate_flow.commands import command
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.acts import Synced
    from translate_flow.model import Change


def sync(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if it would.")
    ] = False,
    rewrite: Annotated[
        bool,
        typer.Option(
            "--rewrite", help="Write entries of format 1 anew that nobody touched, too."
        ),
    ] = False,
) -> None:
    """Update catalogs from their articles."""
    from translate_flow.flow.acts import sync as run

    speaker = face(context)
    places = all_of(places, everything)
    workspace, spots, language = speaker.ready(places, lang)
    broken: list[FlowError] | None = None if places else []
    done = run(
        workspace, spots, language=language, check=check, rewrite=rewrite, broken=broken
    )
    files = [str(one.written) for one in done if one.written]
    if speaker.json:
        speaker.document(sync_document(done, files, broken))
    else:
        tell = speaker.tell if check and files else speaker.did
        if done or not broken:
            for line in _summary(done, files, check):
                tell(line)
        if settled := _settled(done):
            speaker.say(_how_to_look(settled, check))
        if flags := _cleared(done):
            speaker.say(flags)
        if not broken:
            speaker.next("tflow sync" if check and files else "tflow status")
    speaker.exit_for(broken or [])
    if check and files:
        raise typer.Exit(1)


# --- for people -------------------------------------------------------------


def _summary(done: Sequence[Synced], files: Sequence[str], check: bool) -> list[str]:
    """Say in a line what was done to all catalogs and, if there are several, in another
    what was done to each."""
    touched = [one for one in done if list(_words([one]))]
    named = touched[0] if len(touched) == 1 else None
    words = ", ".join(_words(done, places=named is not None))
    unsaid = "no text changed" if files else "nothing changed"
    what = f"{counted(len(done), 'catalog')}: {words or unsaid}"
    if files:
        more = f" and {len(files) - 3} more" if files[3:] else ""
        wrote = "would write" if check else "wrote"
        what = f"{what}; {wrote} {', '.join(files[:3])}{more}"
    if old := sum(one.first_format for one in done):
        entries = "entry has" if old == 1 else "entries have"
        what = f"{what}; {old} {entries} fingerprints of format 1 (--rewrite)"
    if named is not None:
        return [what]
    followed = [one for one in touched if not _only_new(one)]
    lines = [
        f"  {one.slug} ({one.language}): {', '.join(_words([one], places=True))}"
        for one in followed[:MOST]
    ]
    if len(followed) > MOST:
        lines.append(f"  and {len(followed) - MOST} more")
    return [what, *lines]


ELSEWHERE = {"doubted": "fell to draft", "returned": "came back"}
"""What another tool did that people have to know, and how it is said."""

MOST = 40
"""How many catalogs are listed; the rest are counted."""


def _only_new(one: Synced) -> bool:
    """Whether nothing happened to what was there."""
    return not one.moved_from and all(c.action == "new" for c in one.changes)


def _words(done: Sequence[Synced], *, places: bool = False) -> Iterator[str]:
    """Yield what was done, the gravest first.

    :param places: also say where something was settled.
    """
    changes = [change for one in done for change in one.changes]
    drifted = [change for change in changes if change.action == "drifted"]
    high = sum(change.severity == "high" for change in drifted)
    if drifted:
        yield f"{len(drifted)} drifted" + (f" ({high} high)" if high else "")
    for action, happened in ELSEWHERE.items():
        theirs = [(one, c) for one in done for c in one.changes if c.action == action]
        if theirs:
            numbers = [one.numbers.get(change.id, 0) for one, change in theirs]
            where = f" (:{_listed(numbers)})" if places and all(numbers) else ""
            yield f"{len(theirs)} {happened}{where}"
    for action in ("kept", "carried"):
        quiet = [
            (one, c) for one in done for c in one.changes if _is_settled(c, action)
        ]
        if quiet:
            yield f"{len(quiet)} {action} ({_classes_of(quiet, places=places)})"
    counts = {
        "split": len({c.ancestors for c in changes if c.kind == "split"}),
        "merged": sum(c.kind == "merged" for c in changes),
        "moved": sum(c.moved for c in changes),
        "edited": sum(_is_plain(c) for c in changes),
        "added": sum(c.kind == "added" for c in changes),
        "removed": sum(c.kind == "removed" for c in changes),
        "taken in from another editor": sum(one.absorbed for one in done),
    }
    yield from (f"{n} {what}" for what, n in counts.items() if n)
    yield from (f"{one.moved_from} taken along" for one in done if one.moved_from)


def _is_settled(change: Change, action: str) -> bool:
    """Whether sync did something by itself to what a person had taken."""
    from translate_flow.drift import KEPT

    if change.action != action or not change.classes:
        return False
    return action != "kept" or set(change.classes) <= KEPT


def _is_plain(change: Change) -> bool:
    """Whether an edit left nothing to settle: nobody had accepted the unit, or its
    source is again what was accepted."""
    edited = change.kind == "edited" and change.action == "kept"
    return edited and not _is_settled(change, "kept")


def _classes_of(quiet: Sequence[tuple[Synced, Change]], *, places: bool) -> str:
    """Return the classes of what was settled, each with where."""
    found: dict[str, list[int]] = {}
    for one, change in quiet:
        where = found.setdefault(str(change.drift_class), [])
        where.append(one.numbers.get(change.id, 0))
    if not places:
        return ", ".join(found)
    return ", ".join(f"{name} :{_listed(where)}" for name, where in found.items())


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def _settled(done: Sequence[Synced]) -> list[str]:
    """Return the places where sync did something by itself."""
    places = []
    for one in done:
        actions = ("kept", "carried")
        quiet = [c for c in one.changes if any(_is_settled(c, a) for a in actions)]
        if quiet:
            numbers = [one.numbers.get(change.id, 0) for change in quiet]
            places.append(f"{one.slug}:{_listed(numbers)}")
    return places


def _cleared(done: Sequence[Synced]) -> str:
    """Say where flags were taken off while the texts stayed, and what to do."""
    count = sum(len(one.cleared) for one in done)
    slugs = list(dict.fromkeys(one.slug for one in done if one.cleared))
    if not count:
        return ""
    were = "flag was" if count == 1 else "flags were"
    more = f" (and {len(slugs) - 1} more)" if slugs[1:] else ""
    what = command("accept", slugs[0], tail=f"--cleared{more}")
    return f"{count} {were} taken off elsewhere: {what}"


def _how_to_look(places: Sequence[str], check: bool) -> str:
    """Say how to look at what was settled, and how to take it back."""
    if check:
        return "what would be kept and carried: tflow drift --kept"
    more = f" and {len(places) - 2} more" if places[2:] else ""
    look = command("show", *places[:2])
    return f"kept and carried: {look}{more}; tflow undo takes it back"


COMMANDS = {
    "sync": Command(
        sync,
        (
            "tflow sync                  # all articles",
            "tflow sync russia",
            "tflow sync --check          # for scripts: exit 1 if a catalog is behind",
            "tflow sync --rewrite        # all entries in today's format",
        ),
    ),
}
