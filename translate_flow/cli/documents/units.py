"""Units, drafts and findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.cli.documents import Document, errors, paths

if TYPE_CHECKING:
    from translate_flow.errors import FlowError
    from translate_flow.flow.editing import Edited
    from translate_flow.flow.landing import Drafted
    from translate_flow.flow.units import Seen
    from translate_flow.glossary import Hit
    from translate_flow.memory.suggestion import Suggestion
    from translate_flow.model import Finding, Mark


def show_document(
    units: Sequence[Seen], broken: Sequence[FlowError] | None
) -> Document:
    """Return units as ``show`` and ``next`` have them."""
    return {"units": [_unit(unit) for unit in units]} | errors(broken)


def acted_document(units: Sequence[Seen], files: Sequence[Path]) -> Document:
    """Return the units that a command left behind, and the catalogs it wrote."""
    return {"units": [_unit(unit) for unit in units], "written": paths(files)}


def _unit(unit: Seen) -> Document:
    from translate_flow.state.questions import questions

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
        "mark": _mark(entry.mark),
        "previous": entry.previous,
        "note": entry.note,
        "questions": [
            {"by": asked.by, "on": asked.on, "text": asked.text}
            for asked in questions(entry)
        ],
        "suggestions": [suggestion(found) for found in unit.suggestions],
        "terms": [_term(hit) for hit in unit.terms],
        "findings": _findings(unit.findings),
    }


def _mark(mark: Mark | None) -> dict[str, str] | None:
    """Return a mark under the keys that catalogs use."""
    if mark is None:
        return None
    from urllib.parse import unquote

    from translate_flow.catalog import MARK, write_mark

    words = write_mark(mark).removeprefix(MARK).split()
    return {key: unquote(value) for key, _, value in (w.partition("=") for w in words)}


def suggestion(found: Suggestion) -> Document:
    """Return what the memory has for a text."""
    match = found.match
    return {
        "score": match.score,
        "source": match.source,
        "target": match.target,
        "origin": match.origin,
        "part": match.part,
        "by": match.by,
        "on": match.on,
        "made": match.made,
        "diff": found.diff,
    }


def _term(hit: Hit) -> Document:
    return {
        "term": hit.term,
        "span": (hit.start, hit.end),
        "preferred": hit.preferred,
        "admitted": hit.admitted,
        "forbidden": hit.forbidden,
        "reading": hit.reading,
        "type": hit.type,
        "note": hit.note,
    }


def edit_document(done: Edited) -> Document:
    """Return the places that a form changed."""
    return {
        "taken": list(done.taken),
        "emptied": list(done.emptied),
        "asked": list(done.asked),
        "late": [answer.place for answer, _ in done.late],
        "findings": _findings(done.findings),
    }


def draft_document(
    done: Drafted, broken: Sequence[FlowError] | None = None
) -> Document:
    """Return what a run of drafting did.

    :param broken: what could not be read.
    """
    return {
        "drafted": done.drafted,
        "from_memory": done.from_memory,
        "requested": done.requested,
        "sent": done.sent,
        "characters": done.characters,
        "cost": done.cost,
        "engine": done.engine,
        "failed": [
            {
                "slug": undone.slug,
                "lang": undone.language,
                "id": undone.id,
                "n": undone.n,
                "message": undone.message,
                **({"line": undone.line} if undone.line else {}),
            }
            for undone in done.failed
        ],
        "findings": _findings(done.findings),
    } | errors(broken)


def check_document(
    found: Sequence[Finding], broken: Sequence[FlowError] | None
) -> Document:
    """Return findings."""
    return {"findings": _findings(found)} | errors(broken)


def _findings(found: Sequence[Finding]) -> list[Document]:
    return [
        {
            "check": finding.check,
            "severity": finding.severity,
            "slug": finding.slug,
            "lang": finding.lang,
            "id": finding.id,
            "n": finding.n or None,
            "file": finding.file or None,
            "line": finding.line or None,
            "message": finding.message,
            "source_span": finding.source_span,
            "target_span": finding.target_span,
            "fix": finding.fix,
        }
        for finding in found
    ]
