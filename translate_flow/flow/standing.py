"""How far an article is in a language, and what is remembered of that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.flow.published import Live, edited_pages
from translate_flow.flow.workspace import Workspace
from translate_flow.model import FINISHED, State
from translate_flow.project import ArticleFile


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one article is in one language."""

    slug: str
    source_language: str
    language: str
    segments: int
    words: int
    """Of the source, as a reader sees it: runs without white space."""

    characters: int
    """Of the source, as a reader sees it, blanks counted."""

    states: Mapping[State, int]
    drift: Mapping[str, int]
    """Drift class → drifted units."""

    unread: int
    """Drafts that are letter for letter what a machine wrote."""

    made: Mapping[str, int]
    """Whose texts the targets are, see ``Pair.made``."""

    outdated: int
    """Drafts made for a source that has moved since."""

    lost: int
    """Translations that another tool emptied."""

    unseen: int
    """Texts of the article that no segment holds, though readers see them."""

    questions: Mapping[str, int]
    """Open questions to the author, by who asked."""

    severities: Mapping[str, int]
    """Severity of drift → drifted units."""

    minutes: float
    """How long a translator will need for what is open, roughly."""

    live: Live | None
    """What readers have; None if it was never released."""

    edited: tuple[Path, ...]
    """Pages that somebody changed since export wrote them."""

    people: frozenset[str]
    """Who took or asked something here."""

    first_question: int
    """Number of the first segment that one is about; 0 if there is none."""

    target_words: int
    """Of what people have translated so far, as a reader sees it; no machine's
    drafts."""

    target_characters: int
    """The same in characters, blanks counted."""

    to_sign: int
    """Translations that a release waits for somebody to sign."""

    unsynced: bool
    """Whether a unit is not what the catalog knows."""

    @property
    def finished(self) -> int:
        """Segments that a release may print."""
        return sum(n for state, n in self.states.items() if state in FINISHED)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to translate, take or mend."""
        return self.finished == self.segments and not self.lost

    @property
    def current(self) -> bool:
        """Whether nothing is left to do, but to sign where no release waits for it."""
        waits = self.questions or self.to_sign or self.unseen
        return self.complete and not waits


def remembered(
    workspace: Workspace, file: ArticleFile, language: str | None
) -> list[Standing] | None:
    """Return how far an article is, without reading it; None if that is not known."""
    rows = workspace.index.answer("status", file, language)
    try:
        return None if rows is None else [_read(workspace, row) for row in rows]
    except FlowError:
        return None


def remember(
    workspace: Workspace,
    file: ArticleFile,
    language: str | None,
    found: Sequence[Standing],
    seen: bytes,
) -> None:
    """Keep how far an article is.

    :param seen: what the index said of it before it was read.
    """
    rows = [_written(one) for one in found]
    workspace.index.note("status", file, language, rows, seen)


_COUNTED = ("drift", "severities", "made", "questions")


def _written(one: Standing) -> str:
    """Return a standing as JSON, but for the pages, which anybody may change."""
    values: dict[str, Any] = {
        field.name: getattr(one, field.name)
        for field in fields(one)
        if field.name != "edited"
    }
    values["states"] = {str(state): n for state, n in one.states.items()}
    values |= {name: dict(values[name]) for name in _COUNTED}
    values["people"] = sorted(one.people)
    values["live"] = one.live and asdict(one.live)
    return json.dumps(values)


def _read(workspace: Workspace, row: str) -> Standing:
    values: dict[str, Any] = json.loads(row)
    states = {State(name): n for name, n in values["states"].items()}
    values |= {name: Counter(values[name]) for name in _COUNTED}
    values["states"] = Counter(states)
    values["people"] = frozenset(values["people"])
    values["live"] = values["live"] and Live(**values["live"])
    slug, language = values["slug"], values["language"]
    return Standing(**values, edited=edited_pages(workspace.project, slug, language))
