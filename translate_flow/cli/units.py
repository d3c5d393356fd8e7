"""``show``, ``set``, ``accept`` and ``sign``: units, and what people say of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate_flow.cli.face import (
    All,
    By,
    Command,
    Face,
    Lang,
    Places,
    counted,
    face,
    wanted,
)
from translate_flow.model import Finding, Mark

if TYPE_CHECKING:
    from rich.console import RenderableType

    from translate_flow.flow.acts import Acted
    from translate_flow.flow.reading import Seen

# --- show -------------------------------------------------------------------


def show(context: typer.Context, places: Places = None, lang: Lang = None) -> None:
    """Show units: source, target, state, history."""
    from translate_flow.flow.reading import show as look

    speaker = face(context)
    desk, spots, language = speaker.ready(places, lang)
    units = look(desk, spots, language)
    if speaker.json:
        speaker.document({"units": [unit_json(unit) for unit in units]})
    elif units:
        draw_units(units)
    else:
        speaker.say("nothing to show")


def unit_json(unit: Seen) -> dict[str, Any]:
    """Return a unit as ``show`` tells it."""
    entry, segment = unit.pair.unit, unit.pair.segment
    return {
        "slug": unit.slug,
        "lang": unit.language,
        "id": entry.id,
        "n": segment.n,
        "kind": segment.kind,
        "source": entry.source,
        "target": entry.target,
        "state": str(unit.pair.state),
        "mark": mark_json(entry.mark),
        "previous": entry.previous,
        "note": entry.note,
        "findings": [finding_json(finding) for finding in unit.findings],
    }


def mark_json(mark: Mark | None) -> dict[str, str] | None:
    """Return a mark under the keys that catalogs use."""
    if mark is None:
        return None
    from urllib.parse import unquote

    from translate_flow.catalog import MARK, write_mark

    words = write_mark(mark).removeprefix(MARK).split()
    return {key: unquote(value) for key, _, value in (w.partition("=") for w in words)}


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as ``check`` tells it."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "slug": finding.slug,
        "lang": finding.lang,
        "id": finding.id,
        "message": finding.message,
        "source_span": finding.source_span,
        "target_span": finding.target_span,
        "fix": finding.fix,
    }


def draw_units(units: Sequence[Seen]) -> None:
    """Draw units for people: a line about each, its texts, its findings."""
    from translate_flow.cli.drawing import draw, styled

    parts: list[RenderableType] = []
    for unit in units:
        parts += [_heading(unit), _body(unit), styled("")]
    draw(*parts[:-1])


def _heading(unit: Seen) -> RenderableType:
    from translate_flow.cli.drawing import STYLES, styled

    entry, segment = unit.pair.unit, unit.pair.segment
    line = styled(f"{unit.slug}:{segment.n}", "bold")
    line.append(f"  {entry.id}  {segment.kind}  ", "dim")
    line.append(str(unit.pair.state), STYLES[unit.pair.state])
    line.append_text(styled(_history(unit), "dim"))
    return line


def _history(unit: Seen) -> str:
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
    words += [mark.on] if mark.on and entry.target else []
    return "".join(f"  {word}" for word in words)


def _body(unit: Seen) -> RenderableType:
    from translate_flow.cli.drawing import labelled, word_diff

    entry = unit.pair.unit
    source = word_diff(unit.drift.diff) if unit.drift else entry.source
    rows = [(unit.source_language, source)]
    rows += [(unit.language, entry.target)] if entry.target else []
    rows += [("note", entry.note)] if entry.note else []
    rows += [("note", comment) for comment in entry.comments]
    rows += [(finding.severity, finding.message) for finding in unit.findings]
    return labelled(rows)


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

    speaker = face(context)
    desk, spots, language = speaker.ready([place], lang)
    who = desk.by(by)
    text = _stdin() if text == "-" else text
    acted = set_target(desk, spots[0], text, by=who, language=language)
    report(speaker, [acted], "set" if text.strip() else "emptied")


def _stdin() -> str:
    from translate_flow.article import decode

    if sys.stdin.isatty():
        hint = "tflow set SLUG:7 TEXT, or end your text with Ctrl-D"
        print(f"reading the translation; {hint}", file=sys.stderr)
    return decode(sys.stdin.buffer.read(), "stdin")


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
) -> None:
    """Take translations as right for today's source."""
    from translate_flow.flow.acts import accept as take

    speaker = face(context)
    desk, spots, language = speaker.ready(wanted(places, everything), lang)
    who = desk.by(by)
    done = [
        take(desk, spot, by=who, language=language, unread=unread) for spot in spots
    ]
    report(speaker, done, "accepted")


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
    desk, spots, language = speaker.ready(wanted(places, everything), lang)
    who = desk.by(by)
    done = [put_name(desk, spot, by=who, language=language) for spot in spots]
    report(speaker, done, "signed")


def report(speaker: Face, acts: Sequence[Acted], verb: str) -> None:
    """Tell what acts left behind, and what may come next.

    :param verb: what was done, as in "set russia:7".
    """
    from translate_flow.flow.reading import seen

    for acted in acts:
        speaker.findings(acted.findings)
    if speaker.json:
        units = [u for a in acts for u in seen(a.sheet, a.done)]
        files = [str(acted.written) for acted in acts if acted.written]
        document = {"units": [unit_json(unit) for unit in units], "written": files}
        speaker.document(document)
        return
    for acted in acts:
        speaker.write(_told(acted, verb))
    if acts:
        speaker.say(f"next: {_next(acts[-1])}")


def _told(acted: Acted, verb: str) -> str:
    slug, language = acted.sheet.file.slug, acted.sheet.language
    if len(acted.done) == 1:
        n = acted.done[0] + 1
        return f"{verb} {slug}:{n} ({language}): {acted.sheet.edition().pair(n).state}"
    if not acted.done:
        return f"{slug} ({language}): nothing to be {verb}"
    return f"{verb} {counted(len(acted.done), 'unit')} of {slug} ({language})"


def _next(acted: Acted) -> str:
    """Return the next open unit's place, or what follows when all are done."""
    slug = acted.sheet.file.slug
    waiting = [pair for pair in acted.sheet.edition().pairs if not pair.finished]
    last = acted.done[-1] + 1 if acted.done else 0
    later = [pair for pair in waiting if pair.segment.n > last] or waiting
    if later:
        return f"tflow show {slug}:{later[0].segment.n}"
    return f"tflow export {slug}"


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
        ),
    ),
    "accept": Command(
        accept,
        (
            "tflow accept russia:7",
            "tflow accept russia         # its drafts and drifted units",
            "tflow accept russia --unread  # machine text that nobody has read, too",
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
