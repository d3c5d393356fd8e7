"""What readers get: editions, posts, corrections; and what the gate holds back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from translate_flow.cli.documents import Document, paths

if TYPE_CHECKING:
    from translate_flow.flow.gate import Gated, Worse
    from translate_flow.flow.publish.correcting import Corrected
    from translate_flow.flow.publish.export import Exported
    from translate_flow.flow.publish.posting import Posted
    from translate_flow.flow.publish.release import Refused, Unwritten


def gate_document(found: Gated) -> Document:
    """Return what a change made worse."""
    return {
        "base": found.base,
        "commit": found.commit,
        "worse": [_worse(one) for one in found.worse],
        "not_compared": [
            *({"slug": None, "why": line} for line in found.unread),
            *({"slug": one, "why": "unpublished"} for one in found.unpublished),
        ],
        "edited_pages": paths(found.edited),
    }


def _worse(one: Worse) -> Document:
    return {
        "slug": one.slug,
        "lang": one.language,
        "id": one.id,
        "n": one.n,
        "file": one.file,
        "line": one.line,
        "reason": one.reason,
        "before": one.before,
        "now": one.now,
        "class": one.drift_class,
        "severity": one.severity,
        "message": worsening(one),
        "command": one.command,
        "level": level(one),
    }


NOTICE = "published with a notice to readers meanwhile"


def level(one: Worse) -> str:
    """Return how grave it is that something got worse: ``error`` or ``warning``."""
    return "warning" if one.excused else "error"


def worsening(one: Worse) -> str:
    """Say in one line what got worse about a segment."""
    before = one.before or "new"
    if one.reason in ("finding", "question", "pair"):
        what = f"{one.now}, but {one.message}" if one.reason == "pair" else one.message
    else:
        what = f"{before} → {one.now}"
    if one.drift_class:
        what += f" ({one.drift_class}, {one.severity})"
    if one.reason == "signature" or (one.reason == "new" and one.now == "translated"):
        what += ", not signed"
    return f"{what}; {NOTICE}" if one.excused else what


def export_document(done: Exported, *, check: bool = False) -> Document:
    """Return the editions that were written, or with ``check`` would change."""
    told: Document = {
        "editions": [
            {
                "slug": printed.slug,
                "lang": printed.language,
                "format": printed.format,
                "layout": printed.layout,
                "path": str(printed.path),
                "written": printed.written,
                "missing": printed.missing,
                "states": {str(state): n for state, n in printed.states.items()},
            }
            for printed in done.editions
        ],
        "others": paths(done.others),
        "refused": [_refused(one) for one in done.refused],
        "overwritten": [
            {"path": str(one.path), "why": one.why} for one in done.overwritten
        ],
    }
    return told | ({"changed": paths(done.changed)} if check else {})


def publish_document(posted: Sequence[Posted], refused: Sequence[Refused]) -> Document:
    """Return the posts of ``export --publish``."""
    posts = [
        {
            "slug": one.slug,
            "lang": one.language,
            "layout": one.layout,
            "id": one.post.id,
            "url": one.post.url,
            "status": one.post.status,
            "new": one.new,
            "images": one.images,
        }
        for one in posted
    ]
    return {"posts": posts, "refused": [_refused(one) for one in refused]}


def _refused(one: Refused | Unwritten) -> Document:
    from translate_flow.flow.publish.release import Refused

    if isinstance(one, Refused):
        finding = one.finding
        return {
            "slug": one.slug,
            "lang": one.language,
            "id": one.pair.unit.id if one.pair else None,
            "n": one.pair.segment.n if one.pair else None,
            "state": str(one.pair.state) if one.pair else None,
            "check": finding.check if finding else None,
            "message": finding.message if finding else None,
            "why": one.why,
            "path": None,
        }
    nothing = dict.fromkeys(("id", "n", "state", "check"))
    return {
        "slug": one.slug,
        "lang": one.language,
        **nothing,
        "message": one.error.message,
        "why": str(one.error),
        "path": one.error.file,
    }


def correct_document(done: Corrected) -> Document:
    """Return the correction that readers are told of."""
    made = done.correction
    told: Document = {"slug": done.slug, "lang": done.language, "n": made.n}
    by = {"by": done.by} if done.by else {}
    return told | {"date": made.date, "texts": dict(made.texts)} | by
