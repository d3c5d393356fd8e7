"""Units as people see them on a terminal, and what was done to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from translate_flow.cli.documents.units import acted_document
from translate_flow.cli.face import Face, counted, day, inline
from translate_flow.commands import command
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
        own = "proposed" if mark.origin == "human" else "unread"
        words.append("outdated" if outdated(entry) else own)
    elif unit.pair.made == "rewritten":
        words = ["rewritten after a machine"]
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


# --- what was done ----------------------------------------------------------


def report(
    speaker: Face, workspace: Workspace, acts: Sequence[Acted], verb: str
) -> None:
    """Tell what acts left behind, and what may come next.

    :param verb: what was done, as in "set russia:7".
    """
    from translate_flow.flow.units import seen

    for acted in acts:
        speaker.warn_of(acted.findings)
    if speaker.json:
        units = [u for a in acts for u in seen(workspace, a.translation, a.done)]
        files = [acted.written for acted in acts if acted.written]
        speaker.document(acted_document(units, files))
        return
    for acted in acts:
        speaker.did(_outcome(acted, verb))
        if carried := _carried(acted):
            speaker.say(f"the author's edits were carried over, too: {carried}")
    if acts:
        slug = speaker.short(workspace, acts[-1].translation.file.slug)
        signed = workspace.project.require == "reviewed"
        speaker.next(_next(acts[-1], slug, signed=signed))


def _carried(acted: Acted) -> str:
    """Say in which other translations the sync before an act did by itself what an edit
    did to their sources; empty if in none."""
    translation = acted.translation
    found = [
        (translation.where[change.id] + 1, change.drift_class)
        for change in translation.result.changes
        if change.action == "carried" and change.id in translation.where
    ]
    slug, done = translation.file.slug, {i + 1 for i in acted.done}
    places = (f"{slug}:{n} ({kind})" for n, kind in sorted(found) if n not in done)
    return ", ".join(places)


def _outcome(acted: Acted, verb: str) -> str:
    """Say what was done to which unit, or to how many."""
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
