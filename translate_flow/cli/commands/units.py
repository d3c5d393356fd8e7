"""``show``, ``set``, ``accept`` and ``sign``: units, and what people say of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from translate_flow.cli.documents.units import acted_document, show_document
from translate_flow.cli.face import Face, aside, counted, day, face, inline
from translate_flow.cli.options import (
    All,
    By,
    Classes,
    Command,
    Lang,
    Places,
    known_words,
    wanted,
)
from translate_flow.commands import command
from translate_flow.errors import FlowError
from translate_flow.model import Mark, State

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from translate_flow.flow.changing import Acted
    from translate_flow.flow.units import Seen
    from translate_flow.flow.workspace import Workspace
    from translate_flow.memory import Match
    from translate_flow.memory.suggestion import Suggestion
    from translate_flow.state.questions import Question

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
    speaker.broken(broken or [])


def suggestion_rows(found: Suggestion) -> list[tuple[str, Text | str]]:
    """Return what the memory has for a text as labels and lines."""
    from translate_flow.cli.terminal.drawing import facts, word_diff

    line = facts(word_diff(found.diff), [_whence(found.match)])
    return [(f"{found.match.score}%", line), ("", found.match.target)]


def _whence(match: Match) -> str:
    """Say in words where a match is from."""
    words = ["one sentence of it"] if match.part else []
    words += [match.origin]
    words += [f"{match.made}, taken unchanged"] if match.made else []
    words += [f"by {match.by}"] if match.by else []
    words += [day(match.on)] if match.on else []
    return ", ".join(words)


def draw_units(units: Sequence[Seen]) -> None:
    """Draw units for people: a line about each, its texts, its findings."""
    from translate_flow.cli.terminal.drawing import draw, styled

    parts: list[RenderableType] = []
    for unit in units:
        parts += [_heading(unit), _body(unit), styled("")]
    draw(*parts[:-1])


def _heading(unit: Seen) -> RenderableType:
    """Return the line about a unit; without its id, and then in several lines, where
    there is no room."""
    from translate_flow.cli.terminal.drawing import (
        STYLES,
        facts,
        room,
        styled,
    )

    entry, segment = unit.pair.unit, unit.pair.segment
    history = _history(unit)
    for name in (f"  {entry.id}", ""):
        line = styled(inline(f"{unit.slug}:{segment.n}"), "bold")
        line.append(inline(f"{name}  {segment.kind}  "), "dim")
        line.append(str(unit.pair.state), STYLES[unit.pair.state])
        if room(line, history):
            break
    return facts(line, history)


def _history(unit: Seen) -> list[str]:
    """Say in words what the mark says of where the target came from."""
    from translate_flow.state import exact, outdated, unread

    entry = unit.pair.unit
    mark = entry.mark or Mark()
    words = [mark.origin] if mark.origin and entry.target else []
    if unread(entry):
        words.append("outdated" if outdated(entry) else "unread")
    elif mark.draft and mark.draft != exact(entry.target):
        words = [f"from {mark.origin}, edited"]
    words += [f"taken by {mark.by}"] if mark.by else []
    words += [f"signed by {mark.signed}"] if mark.signed else []
    words += [day(mark.on)] if mark.on and (entry.target or unit.told_in) else []
    return words


def _body(unit: Seen) -> RenderableType:
    from translate_flow.cli.terminal.drawing import labelled, word_diff
    from translate_flow.state.questions import other_notes, questions

    entry = unit.pair.unit
    source = word_diff(unit.drift.diff) if unit.drift else entry.source
    rows: list[tuple[str, Text | str]] = [(unit.source_language, source)]
    rows += [(unit.language, entry.target)] if entry.target else []
    if unit.told_in:
        rows.append((unit.language, f"told in {unit.slug}:{unit.told_in}"))
    rows += [("note", entry.note)] if entry.note else []
    rows += [("note", comment) for comment in other_notes(entry)]
    rows += [("note", question_line(asked)) for asked in questions(entry)]
    for found in unit.suggestions:
        rows += suggestion_rows(found)
    rows += [("term", str(hit)) for hit in unit.terms]
    rows += [(finding.severity, finding.message) for finding in unit.findings]
    return labelled(rows)


def question_line(asked: Question) -> str:
    """Return an open question in words."""
    return f"question from {asked.by}, {day(asked.on)}: {asked.text}"


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
    """Return the text that comes in.

    :raises FlowError: if none does; what took a text away would be a broken pipe.
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
    which = Which(unread, classes, proposal, cleared)
    speaker = face(context)
    if cleared and not places and not everything:
        _list_cleared(speaker, lang)
        return
    workspace, spots, language = speaker.ready(wanted(places, everything), lang)
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


def report(
    speaker: Face, workspace: Workspace, acts: Sequence[Acted], verb: str
) -> None:
    """Tell what acts left behind, and what may come next.

    :param verb: what was done, as in "set russia:7".
    """
    from translate_flow.flow.units import seen

    for acted in acts:
        speaker.findings(acted.findings)
    if speaker.json:
        units = [u for a in acts for u in seen(workspace, a.translation, a.done)]
        files = [acted.written for acted in acts if acted.written]
        speaker.document(acted_document(units, files))
        return
    for acted in acts:
        speaker.did(_told(acted, verb))
    if acts:
        slug = speaker.short(workspace, acts[-1].translation.file.slug)
        signed = workspace.project.require == "reviewed"
        speaker.next(_next(acts[-1], slug, signed=signed))


def _told(acted: Acted, verb: str) -> str:
    slug, language = acted.translation.file.slug, acted.translation.language
    if len(acted.done) == 1:
        n = acted.done[0] + 1
        state = acted.translation.edition().pair(n).state
        return f"{verb} {slug}:{n} ({language}): {state}"
    if not acted.done:
        return f"{slug} ({language}): nothing to be {verb}"
    return f"{verb} {counted(len(acted.done), 'unit')} of {slug} ({language})"


def _next(acted: Acted, slug: str, *, signed: bool) -> str:
    """Return the command for the next open unit, or for what follows when all are
    done.

    :param signed: whether a release waits for signatures.
    """
    pairs = acted.translation.edition().pairs
    waiting = [pair for pair in pairs if not pair.finished]
    last = acted.done[-1] + 1 if acted.done else 0
    later = [pair for pair in waiting if pair.segment.n > last] or waiting
    if later:
        return command("show", f"{slug}:{later[0].segment.n}")
    unsigned = any(pair.state is State.TRANSLATED for pair in pairs)
    return command("sign" if signed and unsigned else "export", slug)


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
