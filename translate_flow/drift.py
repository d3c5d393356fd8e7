"""What an edit of the source did to a translation: which words, and how grave it is.

The source is always compared with the text that the translation was accepted for, not
with the last one. Where it is uncertain which class fits, the more severe one names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from translate_flow.model import Mark, Unit
from translate_flow.state import collapse, fingerprint
from translate_flow.text.worddiff import Diff, word_diff

Severity = Literal["high", "medium", "low"]

SEVERITIES: dict[str, Severity] = {
    "unknown": "high",
    "rewrite": "high",
    "risk": "high",
    "number": "medium",
    "wording": "medium",
    "cosmetic": "low",
}
"""Drift class → how grave it is, the gravest first."""

LEAST_KEPT = 0.4
"""Share of its words that a text must keep not to be called rewritten."""

FEW = 4
"""So many words may change in any text without its being called rewritten."""

RISKY = re.compile(
    r"""\b(?: not | no | never | none | nor | neither | nobody | nothing | without
      | hardly | scarcely | barely | \w+n['’]t | cannot
      | must | may | might | can | could | should | shall | will | would | ought
      | all | every | each | some | any | most | many | few | several | both | only
      | always | often | sometimes | seldom | rarely | if | unless | except
      | more | less | fewer | least )\b
    | (?<!\w)(?: 안 | 못 | 모든 | 모두 | 일부 | 대부분 | 거의 | 항상 | 언제나 | 가끔
      | 결코 | 절대 | 반드시 | 만약 | 오직 )
    | 않 | 없 | 아니 | 못하 | 말[아라고] | 수\s*있 | 수\s*없 | 야\s*[하한할합했] | 만\b
    | [을ㄹ]\s*것 | 지도\s*모""",
    re.VERBOSE | re.IGNORECASE,
)
"""Negation, modality and quantity: words that turn a sentence round."""

SIGNS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
)


@dataclass(frozen=True, slots=True)
class Drift:
    """How the source of one unit moved under its translation."""

    drift_class: str
    """The gravest class that applies: a key of ``SEVERITIES``."""

    severity: Severity
    before: str | None
    """The source that the target was accepted for; None if nobody has it any more."""

    after: str
    target: str
    diff: Diff
    proposal: str | None = None
    """A target that would fit the new source, if one is certain."""


def drift(unit: Unit) -> Drift:
    """Return what happened to the source of a drifted unit.

    :param unit: synced: ``source`` is today's, ``previous`` the accepted one.
    """
    before = accepted_source(unit)
    named = drift_class(before, unit.source)
    return Drift(
        drift_class=named,
        severity=SEVERITIES[named],
        before=before,
        after=unit.source,
        target=unit.target,
        diff=(("+", unit.source),)
        if before is None
        else word_diff(before, unit.source),
    )


def accepted_source(unit: Unit) -> str | None:
    """Return the text that ``ok`` names, if the unit still has it."""
    mark = unit.mark or Mark()
    if unit.previous is None:
        return None
    known = mark.ok is None or fingerprint(unit.previous) == mark.ok.src
    return unit.previous if known else None


def drift_class(before: str | None, after: str) -> str:
    """Name the gravest class of an edit.

    :param before: None if it is not known.
    """
    if before is None:
        return "unknown"
    if collapse(before.translate(SIGNS)) == collapse(after.translate(SIGNS)):
        return "cosmetic"
    diff = word_diff(before, after)
    changed = [text for op, text in diff if op != "="]
    if _is_rewrite(diff):
        return "rewrite"
    if _risks(diff, "-") != _risks(diff, "+"):
        return "risk"
    if all(re.fullmatch(r"[\d.,:%\s]+", text) for text in changed):
        return "number"
    return "wording"


def _is_rewrite(diff: Diff) -> bool:
    sizes = {"=": 0, "-": 0, "+": 0}
    for op, text in diff:
        sizes[op] += len(re.findall(r"\w+", text))
    changed = max(sizes["-"], sizes["+"])
    return changed > FEW and sizes["="] < LEAST_KEPT * (sizes["="] + changed)


def _risks(diff: Diff, op: str) -> list[str]:
    """Return the risky words of one side of the changes, in order, with the unchanged
    text around them: 수 있 may be changed in one half only."""
    side = "".join(text if sign in ("=", op) else "" for sign, text in diff)
    return [found[0].lower() for found in RISKY.finditer(side)]
