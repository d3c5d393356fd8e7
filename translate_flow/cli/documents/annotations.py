"""What is found, as machines of a CI read it: annotations of GitHub, and SARIF."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from translate_flow import __version__
from translate_flow.errors import FlowError
from translate_flow.model import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
TOP = "%SRCROOT%"
"""What SARIF calls the top of the repository."""


def annotation(
    level: str, message: str, *, file: str = "", line: int = 0, title: str = ""
) -> str:
    """Return a command of GitHub's workflows that shows a message beside a line.

    :param level: ``error``, ``warning`` or ``notice``.
    :param file: relative to the top of the repository.
    """
    values = {"file": file, "line": str(line) if line and file else "", "title": title}
    said = ",".join(f"{key}={_property(v)}" for key, v in values.items() if v)
    return f"::{level}{' ' if said else ''}{said}::{_data(message)}"


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a value before the message of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def place(finding: Finding) -> str:
    """Return where a finding is, as a user would type it, and in which language."""
    number = f":{finding.n}" if finding.n else ""
    return f"{finding.slug}{number} ({finding.lang})"


# --- SARIF ------------------------------------------------------------------


def sarif_document(
    found: Sequence[Finding], broken: Sequence[FlowError]
) -> dict[str, Any]:
    """Return findings as a document of SARIF 2.1.0.

    https://docs.oasis-open.org/sarif/sarif/v2.1.0/

    :param broken: what kept files from being looked at.
    """
    rules = list(dict.fromkeys(finding.check for finding in found))
    invocation: dict[str, Any] = {"executionSuccessful": not broken}
    if broken:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": str(error)}} for error in broken
        ]
    driver = {
        "name": "tflow",
        "semanticVersion": __version__,
        "rules": [{"id": rule} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {TOP: {"description": {"text": "the repository"}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_result(finding, rules.index(finding.check)) for finding in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    levels = {"error": "error", "warning": "warning", "info": "note"}
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(finding.file), "uriBaseId": TOP}
    }
    if finding.line:
        physical["region"] = {"startLine": finding.line}
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": place(finding)}]
    }
    if finding.file:
        location["physicalLocation"] = physical
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": levels[finding.severity],
        "message": {"text": f"{place(finding)}: {finding.message}"},
        "locations": [location],
        "partialFingerprints": {"tflow/1": _fingerprint(finding)},
    }


def _fingerprint(finding: Finding) -> str:
    """Return what a finding is known by while lines and numbers move."""
    named = (finding.check, finding.slug, finding.lang, finding.id, finding.message)
    return sha256("\0".join(named).encode("utf-8", "surrogatepass")).hexdigest()
