"""Findings as people see them on a terminal, or as a CI service reads them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from translate_flow.cli.documents.annotations import annotation, place, sarif_document
from translate_flow.cli.documents.units import check_document
from translate_flow.cli.face import Face, counted, finding_line
from translate_flow.errors import FlowError
from translate_flow.model import Finding

if TYPE_CHECKING:
    from translate_flow.flow.workspace import Workspace

SEVERITIES = ("error", "warning", "info")
NEVER = "never"


def show_findings(
    speaker: Face,
    places: Sequence[str] | None,
    lang: str | None,
    *,
    fail_on: str,
    form: str,
    only: Collection[str] = (),
) -> None:
    """Show findings, and exit as ``fail_on`` says.

    :param only: the checks whose findings are shown; none means all.
    """
    from translate_flow.flow.checking import check as run

    _refuse_unknown("severity", fail_on, (*SEVERITIES, NEVER))
    _refuse_unknown("format", form, tuple(WRITERS))
    workspace, spots, language = speaker.ready(places, lang)
    broken: list[FlowError] | None = None if places else []
    found = run(workspace, spots, language, broken)
    found = tuple(one for one in found if not only or one.check in only)
    if speaker.json:
        speaker.document(check_document(found, broken))
    else:
        named = [_from_top(workspace, error) for error in broken or ()]
        WRITERS[form](speaker, found, named)
    speaker.exit_for(broken or [])
    worst = (*SEVERITIES, NEVER).index(fail_on)
    if any(SEVERITIES.index(finding.severity) <= worst for finding in found) and (
        fail_on != NEVER
    ):
        raise typer.Exit(1)


def _from_top(workspace: Workspace, error: FlowError) -> FlowError:
    """Return an error with its file relative to the top of the repository."""
    if error.file is None:
        return error
    inner = Path(os.path.relpath(error.file, workspace.project.root)).as_posix()
    file = workspace.git.prefix + inner
    return FlowError(error.message, file, error.line, error.hint)


def _refuse_unknown(what: str, word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        raise FlowError(f"unknown {what} {word!r}", hint=f"known: {', '.join(known)}")


def _write_text(
    speaker: Face, found: Sequence[Finding], broken: Sequence[FlowError]
) -> None:
    if broken and not found:
        return
    for finding in found:
        speaker.tell(finding_line(finding))
    counts = Counter(finding.severity for finding in found)
    told = [counted(counts[s], s) for s in ("error", "warning") if counts[s]]
    speaker.say(", ".join(told) or "nothing found")


def _write_for_github(
    speaker: Face, found: Sequence[Finding], broken: Sequence[FlowError]
) -> None:
    """Write annotations that GitHub shows beside a change."""
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    for one in found:
        said = f"{place(one)}: {one.message}"
        level, title = levels[one.severity], one.check
        told = annotation(level, said, file=one.file, line=one.line, title=title)
        speaker.write(told)
    for error in broken:
        said = "; ".join(filter(None, (error.message, error.hint)))
        file, line = error.file or "", error.line or 0
        speaker.write(annotation("error", said, file=file, line=line, title="tflow"))


def _write_sarif(
    speaker: Face, found: Sequence[Finding], broken: Sequence[FlowError]
) -> None:
    speaker.document(sarif_document(found, broken))


WRITERS = {"text": _write_text, "github": _write_for_github, "sarif": _write_sarif}
