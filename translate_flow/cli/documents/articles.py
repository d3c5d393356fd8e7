"""Projects and their articles: what was made, how far they are, what moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.cli.documents import Document, errors, paths

if TYPE_CHECKING:
    from translate_flow.errors import FlowError
    from translate_flow.flow.acts import Synced
    from translate_flow.flow.articles import Added
    from translate_flow.flow.drift import Drifted
    from translate_flow.flow.flipping import Flipped
    from translate_flow.flow.moving import Left, Moved, Unfit
    from translate_flow.flow.standing import Standing
    from translate_flow.journal import Undone


def written_document(files: Iterable[Path]) -> Document:
    """Return the files that ``init`` or ``git install`` wrote."""
    return {"written": paths(files)}


def add_document(added: Sequence[Added]) -> Document:
    """Return the articles that came in."""
    return {
        "added": [
            {
                "slug": one.slug,
                "path": str(one.path),
                "source": one.language,
                "segments": one.segments,
            }
            for one in added
        ]
    }


def status_document(
    found: Sequence[Standing],
    broken: Sequence[FlowError] | None,
    *,
    shallow: bool,
    left: Sequence[str],
    unfit: Sequence[Unfit],
) -> Document:
    """Return how far articles are.

    :param shallow: whether git has only part of the history here.
    :param left: files without an article.
    :param unfit: articles whose names do not fit every system.
    """
    return {
        "articles": [_standing(one) for one in found],
        "shallow": shallow,
        "left_behind": list(left),
        "unfit": [
            {"slug": one.slug, "why": one.why, "fitting": one.fitting} for one in unfit
        ],
    } | errors(broken)


def _standing(one: Standing) -> Document:
    return {
        "slug": one.slug,
        "source": one.source_language,
        "target": one.language,
        "segments": one.segments,
        "words": one.words,
        "characters": one.characters,
        "target_words": one.target_words,
        "target_characters": one.target_characters,
        "states": {str(state): n for state, n in one.states.items()},
        "drift": dict(one.drift),
        "unread": one.unread,
        "made": dict(one.made),
        "outdated": one.outdated,
        "unseen": one.unseen,
        "questions": dict(one.questions),
        "minutes": round(one.minutes, 1),
        "live": one.live
        and {
            "date": one.live.date,
            "behind": one.live.behind,
            "damage": one.live.damage or None,
        },
        "edited_pages": paths(one.edited),
    }


def move_document(moved: Moved) -> Document:
    """Return the files that ``mv`` renamed."""
    files = [{"from": str(old), "to": str(new)} for old, new in moved.files]
    return {"from": moved.old, "to": moved.new, "files": files}


def clean_document(found: Sequence[Left], *, dropped: bool) -> Document:
    """Return what belongs to no article."""
    left = [
        {"path": str(one.path), "what": one.what, "kept": one.kept or None}
        for one in found
    ]
    return {"left": left, "dropped": dropped}


def flip_document(done: Flipped) -> Document:
    """Return the new direction of an article."""
    return {
        "slug": done.slug,
        "source": done.source,
        "target": done.target,
        "segments": done.segments,
        "written": paths(done.files),
        "removed": str(done.removed),
    }


def undo_document(undone: Undone) -> Document:
    """Return the command that was taken back, and its files."""
    told: Document = {"undone": undone.command, "files": paths(undone.files)}
    return told | ({"left": paths(undone.left)} if undone.left else {})


def sync_document(
    done: Sequence[Synced], files: Sequence[str], broken: Sequence[FlowError] | None
) -> Document:
    """Return what happened to catalogs.

    :param files: the catalogs that were written, or would be.
    """
    return {
        "changes": [change for one in done for change in _changes(one)],
        "written": list(files),
        "first_format": sum(one.first_format for one in done),
        "cleared": [
            {"slug": one.slug, "lang": one.language, "id": name}
            for one in done
            for name in one.cleared
        ],
    } | errors(broken)


def _changes(one: Synced) -> list[Document]:
    return [
        {
            "slug": one.slug,
            "lang": one.language,
            "id": change.id,
            "kind": change.kind,
            "moved": change.moved,
            "class": change.drift_class,
            "classes": list(change.classes),
            "severity": change.severity,
            "from": list(change.ancestors),
            "action": change.action,
        }
        for change in one.changes
    ]


def drift_document(
    units: Sequence[Drifted],
    kept: Sequence[Drifted] | None,
    broken: Sequence[FlowError] | None,
) -> Document:
    """Return drifted units.

    :param kept: what the next sync settles by itself; None if nobody asked.
    """
    told: Document = {"drifted": [_drifted(unit) for unit in units]}
    told |= {} if kept is None else {"kept": [_drifted(unit) for unit in kept]}
    return told | errors(broken)


def _drifted(unit: Drifted) -> Document:
    found = unit.drift
    return {
        "slug": unit.slug,
        "lang": unit.language,
        "id": unit.pair.unit.id,
        "n": unit.n,
        "state": str(unit.pair.state),
        "class": found.drift_class,
        "classes": list(found.classes),
        "severity": found.severity,
        "evidence": [
            {"class": one.drift_class, "old": one.old, "new": one.new}
            for one in found.evidence
        ],
        "side": unit.side,
        "before": found.before,
        "after": found.after,
        "source": unit.pair.segment.text,
        "target": unit.pair.unit.target if unit.action else found.target,
        "proposal": unit.proposal,
        "diff": [[op, text] for op, text in found.diff],
        "covers": list(unit.covers),
        "cover": unit.cover,
        "stale": list(found.stale),
        "like": unit.like,
        "live": unit.live or None,
        "action": unit.action or "drifted",
    }
