"""What ``--json`` promises: one document a command, each made by one function.

Keys may be added, never renamed. ``status_document`` makes the document of ``status``
from what the command has found; documents of several commands say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from translate_flow.errors import FlowError

Document = dict[str, Any]


def paths(found: Iterable[Path]) -> list[str]:
    """Return paths as documents have them."""
    return [str(path) for path in found]


def failure(error: FlowError) -> Document:
    """Return the document of a command that failed."""
    return {"error": _error(error)}


def errors(broken: Sequence[FlowError] | None) -> Document:
    """Return what a document adds for what could not be read: all errors, and the first
    where any error is looked for; nothing if there is none."""
    told = [_error(error) for error in broken or ()]
    return {"error": told[0], "errors": told} if told else {}


def _error(error: FlowError) -> Document:
    return {
        "message": error.message,
        "file": error.file,
        "line": error.line,
        "hint": error.hint,
    }


def version_document(version: str) -> Document:
    """Return which version speaks."""
    return {"version": version}
