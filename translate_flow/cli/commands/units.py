"""``show``, ``set``, ``accept`` and ``sign``: units, and what people say of them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from translate_flow.cli.documents.units import acted_document, show_document
from translate_flow.cli.face import Face, aside, face
from translate_flow.cli.options import (
    All,
    By,
    Classes,
    Command,
    Lang,
    Like,
    Places,
    edits_like,
    known_words,
    wanted,
)
from translate_flow.cli.terminal.units import draw_units, report
from translate_flow.commands import command
from translate_flow.errors import FlowError

# --- show -------------------------------------------------------------------


def show(context: typer.Context, places: Places = None, lang: Lang = None) -> None:
    """Show units: source, target, state, history."""
    from translate_flow.flow.units import show as look

    speaker = face(context)
    workspace, spots, language = speaker.ready(places, lang)
    broken: list[FlowError] | None = None if places else []
    units = look(workspace, spots, language, broken)
    if speaker.json:
        speaker.document(show_document(units, broken))
    elif units:
        draw_units(units)
        unsynced = [unit for unit in units if unit.unsynced][:1]
        speaker.next(
            *(command("sync", speaker.short(workspace, u.slug)) for u in unsynced)
        )
    elif not broken:
        speaker.say("nothing to show")
    speaker.exit_for(broken or [])


# --- set, accept, sign ------------------------------------------------------


def set_(
    context: typer.Context,
    place: Annotated[str, typer.Argument(metavar="PLACE", help="SLUG:7 or SLUG:k7f.")],
    text: Annotated[
        str,
        typer.Argument(
            metavar="[TEXT]", help='The translation; - reads stdin; "" takes it away.'
        ),
    ] = "-",
    lang: Lang = None,
    by: By = None,
) -> None:
    """Set one translation; that accepts it."""
    from translate_flow.flow.acts import set_target
    from translate_flow.flow.receiving import propose

    speaker = face(context)
    workspace, spots, language = speaker.ready([place], lang)
    who = workspace.author(by)
    text = _stdin(place) if text == "-" else text
    if workspace.machine:
        acted = propose(workspace, spots[0], text, language=language)
        report(speaker, workspace, [acted], f"drafted by {who}:")
        return
    acted = set_target(workspace, spots[0], text, by=who, language=language)
    report(speaker, workspace, [acted], "set" if text.strip() else "emptied")


def _stdin(place: str) -> str:
    """Return the text that comes in on stdin.

    :raises FlowError: if it is empty: a broken pipe must not take a translation away.
    """
    from translate_flow.article import decode

    if sys.stdin.isatty():
        hint = "tflow set SLUG:7 TEXT, or end your text with Ctrl-D"
        aside(f"reading the translation; {hint}")
    text = decode(sys.stdin.buffer.read(), "stdin")
    if not text.strip():
        hint = f"{command('set', place, tail=chr(34) * 2)} takes the translation away"
        raise FlowError("nothing came in on stdin", hint=hint)
    return text


def accept(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    by: By = None,
    unread: Annotated[
        bool,
        typer.Option("--unread", help="Also several drafts that nobody has read."),
    ] = False,
    drift_class: Classes = None,
    proposal: Annotated[
        bool,
        typer.Option("--proposal", help="Only those with a proposal: take that."),
    ] = False,
    like: Like = None,
    cleared: Annotated[
        bool,
        typer.Option(
            "--cleared", help="Only what another editor un-flagged; alone, lists it."
        ),
    ] = False,
) -> None:
    """Take translations as right for today's source."""
    from translate_flow.drift import SEVERITIES
    from translate_flow.flow.acts import Which
    from translate_flow.flow.acts import accept as take

    classes = known_words("class", drift_class, list(SEVERITIES))
    speaker = face(context)
    if cleared and not places and not everything:
        _list_cleared(speaker, lang)
        return
    if like is None or places:
        places = wanted(places, everything)
    workspace, spots, language = speaker.ready(places, lang)
    alike = edits_like(speaker, like, lang)
    which = Which(unread, classes, proposal, alike, cleared)
    who = workspace.by(by, "accept translations")
    done = [
        take(workspace, spot, by=who, language=language, which=which) for spot in spots
    ]
    fits = [acted for acted in done if acted.done]
    if proposal and not fits:
        raise FlowError("nothing there has a proposal", hint="see tflow drift")
    report(speaker, workspace, fits or done[:1], "accepted")


def _list_cleared(speaker: Face, lang: str | None) -> None:
    """List what was un-flagged in another editor; nothing is taken."""
    from translate_flow.flow.drift import unflagged
    from translate_flow.flow.units import seen

    workspace, spots, language = speaker.ready((), lang)
    found = unflagged(workspace, spots, language)
    units = [u for s, pair in found for u in seen(workspace, s, [pair.segment.n - 1])]
    if speaker.json:
        speaker.document(acted_document(units, []))
    elif units:
        draw_units(units)
        slug = speaker.short(workspace, units[0].slug)
        place = f"{slug}:{units[0].pair.segment.n}"
        speaker.next(
            command("accept", place), command("accept", slug, tail="--cleared")
        )
    else:
        speaker.tell("nothing was un-flagged in another editor")


def sign(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    by: By = None,
) -> None:
    """Sign accepted translations as their reviewer."""
    from translate_flow.flow.acts import sign as put_name

    speaker = face(context)
    workspace, spots, language = speaker.ready(wanted(places, everything), lang)
    who = workspace.by(by, "sign translations")
    done = [put_name(workspace, spot, by=who, language=language) for spot in spots]
    report(speaker, workspace, done, "signed")


COMMANDS = {
    "show": Command(
        show,
        (
            "tflow show russia           # the whole article",
            "tflow show russia:7         # its seventh segment",
            "tflow show russia:3,5-8 --json",
        ),
    ),
    "set": Command(
        set_,
        (
            'tflow set russia:7 "비자 면제 기간은 90일이다."',
            "tflow set russia:k7f < paragraph.txt",
            'tflow set russia:7 "…" --machine claude   # a draft of that machine',
        ),
    ),
    "accept": Command(
        accept,
        (
            "tflow accept russia:7",
            "tflow accept russia         # its drafts and drifted units",
            "tflow accept russia --unread  # machine text that nobody has read, too",
            "tflow accept russia:9 --proposal",
            "tflow accept russia --class markup,link",
            "tflow accept --like russia:9  # wherever the same was edited",
            "tflow accept --cleared      # list what was un-flagged in another editor",
        ),
    ),
    "sign": Command(
        sign,
        (
            "tflow sign russia           # all that is accepted",
            "tflow sign russia:3,5-8 --by bob",
        ),
    ),
}
