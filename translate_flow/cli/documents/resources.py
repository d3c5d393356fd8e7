"""What a project works with: memory, glossary, settings, engines, git, shells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.cli.documents import Document, paths
from translate_flow.cli.documents.units import suggestion

if TYPE_CHECKING:
    from translate_flow.flow.engines import Listed, Tried
    from translate_flow.flow.settings import Value
    from translate_flow.flow.terms import Lookup, Put
    from translate_flow.flow.tmx import Imported
    from translate_flow.memory import MemoryUnit
    from translate_flow.memory.suggestion import Suggestion


def tm_search_document(found: Sequence[Suggestion]) -> Document:
    """Return what the memory has that is like a text."""
    return {"matches": [suggestion(one) for one in found]}


def tm_import_document(done: Sequence[Imported]) -> Document:
    """Return the TMX files that were taken in."""
    return {
        "imported": [
            {
                "file": str(one.file),
                "written": str(one.written),
                "entries": one.entries,
                "languages": dict(one.languages),
                "skipped": dict(one.skipped),
                "alone": one.alone,
            }
            for one in done
        ]
    }


def tm_export_document(entries: Sequence[MemoryUnit], file: Path | None) -> Document:
    """Return the entries of the memory, or how many of them a file was given."""
    if file is not None:
        return {"entries": len(entries), "written": [str(file)]}
    return {"entries": [_entry(entry) for entry in entries]}


def _entry(entry: MemoryUnit) -> Document:
    (source, text), (target, translation) = entry.texts
    return {
        "from": source,
        "to": target,
        "source": text,
        "target": translation,
        "origin": entry.place,
        "by": entry.by,
        "on": entry.on,
        "made": entry.made,
    }


def glossary_find_document(found: Sequence[Lookup]) -> Document:
    """Return the terms in a text."""
    return {
        "terms": [
            {
                "source": one.source,
                "target": one.target,
                "term": one.hit.term,
                "preferred": list(one.hit.preferred),
                "admitted": list(one.hit.admitted),
                "forbidden": list(one.hit.forbidden),
                "type": one.hit.type,
                "reading": one.hit.reading,
                "note": one.hit.note,
            }
            for one in found
        ]
    }


def glossary_put_document(done: Put) -> Document:
    """Return what ``glossary add`` or ``glossary import`` brought in."""
    merged = done.merged
    return {
        "added": [str(one) for one in merged.added],
        "changed": [str(one) for one in merged.changed],
        "conflicts": [[str(ours), str(theirs)] for ours, theirs in merged.conflicts],
        "written": str(done.written) if done.written else None,
    }


def glossary_export_document(text: str, file: str | None) -> Document:
    """Return the glossary, or the file that it was written to."""
    return {"glossary": text} if file is None else {"written": file}


def config_document(found: Sequence[Value]) -> Document:
    """Return settings."""
    return {
        "settings": {one.path: one.value for one in found},
        "defaults": [one.path for one in found if not one.said],
    }


def config_set_document(now: Value, file: Path | None) -> Document:
    """Return a setting that was changed, and the file that says so."""
    return config_document([now]) | {"written": [str(file)] if file else []}


def engines_document(found: Sequence[Listed]) -> Document:
    """Return which engines can be used."""
    return {
        "engines": [
            {
                "name": one.name,
                "ready": one.ready,
                "why": one.why,
                "where": one.where,
                "remote": one.remote,
                "limit": one.limit,
                "batch": one.batch,
                "per_minute": one.per_minute,
                "price": one.price,
                "keys": [{"name": key, "found": there} for key, there in one.keys],
                "default": one.default,
            }
            for one in found
        ]
    }


def engines_doctor_document(found: Sequence[Tried]) -> Document:
    """Return how engines did."""
    return {
        "tried": [
            {
                "name": one.name,
                "where": one.where,
                "source": one.source,
                "target": one.target,
                "sent": one.sent,
                "answer": one.answer,
                "seconds": round(one.seconds, 3),
                "placeholders_kept": one.kept,
                "error": one.error,
                "skipped": one.skipped,
            }
            for one in found
        ]
    }


def merge_document(conflicts: Sequence[str]) -> Document:
    """Return what a merge leaves to a person."""
    return {"conflicts": list(conflicts)}


def completion_document(script: str) -> Document:
    """Return the script of a shell."""
    return {"script": script}


def demo_document(folder: Path, editions: Sequence[Path]) -> Document:
    """Return where the tour was, and what it made."""
    return {"folder": str(folder), "editions": paths(editions)}
