"""The values that travel through the flow: frozen, documented, without behaviour
beyond what can be read off their own fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

# --- articles ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """One translatable piece of an article."""

    n: int
    """1-based number in document order: the ``7`` of ``russia:7``."""

    kind: str
    """What it is: ``paragraph``, ``heading 2``, ``item``, ``cell``, ``alt``,
    ``html``, ``term``, ``label`` (title of a container), ``front title`` …"""

    text: str
    """Its text as inline Markdown. Soft line breaks are one space; a hard line
    break keeps its newline."""

    line: int
    """1-based line of the article's file where it begins."""

    note: str = ""
    """What a ``tflow:note`` directive before it says to the translator."""


Content: TypeAlias = tuple["str | int", ...]
"""Markdown with holes: literal text, and segment numbers where a translation goes."""


@dataclass(frozen=True, slots=True)
class Container:
    """A block that encloses other blocks, as seen from one of its leaves."""

    kind: Literal["quote", "list", "item", "definition", "footnote", "box"]
    """``list`` and ``item`` come in pairs; ``box`` is a ``:::``, ``///`` or ``!!!``
    container."""

    key: int
    """Tells containers of one article apart: two leaves are in the same list if
    their lists have the same key."""

    first: bool
    """Whether the leaf is the first one in this container."""

    ordered: bool = False
    """For lists and items: numbered."""

    number: int = 1
    """For items of a numbered list: the number shown."""

    checked: bool | None = None
    """For task list items: ticked or not."""

    name: str = ""
    """Footnote label, or type of the box (``note``, ``warning`` …)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article that is there in one language only, and not translated:
    an author's note, an introduction."""

    key: int
    """Tells parts of one article apart."""

    name: str
    """What it is: ``note``, ``introduction`` …"""

    language: str
    """The language it is written in; empty for the article's own."""


@dataclass(frozen=True, slots=True)
class Block:
    """A leaf of the article's block structure: one row of an aligned edition."""

    kind: Literal[
        "paragraph", "heading", "term", "label", "caption", "table", "code", "html",
        "rule", "opaque",
    ]  # fmt: skip
    """``label`` is the title of a box, ``caption`` what stands under the picture that
    front matter names; ``opaque`` is anything carried over as it
    is (shortcodes, maths, MDX): ``content`` has its lines."""

    content: Content = ()
    """The leaf's inline Markdown (code: its literal body; html: its HTML)."""

    path: tuple[Container, ...] = ()
    """Enclosing containers, outermost first."""

    level: int = 0
    """Heading level, 1–6."""

    info: str = ""
    """Info string of a fenced code block."""

    rows: tuple[tuple[Content, ...], ...] = ()
    """For tables: cells by row; the first row is the header."""

    align: tuple[Literal["", "left", "center", "right"], ...] = ()
    """For tables: alignment of each column."""

    line: int = 0
    """1-based line of the article's file where it begins."""

    root: int = 0
    """Index of the outermost block that it is in, or is."""

    part: Part | None = None
    """The part that it belongs to."""

    def segments(self) -> Iterator[int]:
        """Yield the numbers of the segments in this block, in document order."""
        for content in (self.content, *(cell for row in self.rows for cell in row)):
            yield from (part for part in content if isinstance(part, int))


# --- catalogs ---------------------------------------------------------------


class State(StrEnum):
    """What can be said of a unit today, derived from its entry alone."""

    OMITTED = "omitted"
    UNTRANSLATED = "untranslated"
    REVIEWED = "reviewed"
    TRANSLATED = "translated"
    DRIFTED = "drifted"
    DRAFT = "draft"


FINISHED = frozenset({State.OMITTED, State.TRANSLATED, State.REVIEWED})
"""States that a release may print."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Fingerprints of a source and a target that a person took as right together."""

    src: str
    tgt: str

    def __str__(self) -> str:
        return f"{self.src}.{self.tgt}"


@dataclass(frozen=True, slots=True)
class Mark:
    """The ``# tflow:`` line of a catalog entry: where its target came from and what
    people said of it. An empty string means that the key is absent."""

    origin: str = ""
    draft: str = ""
    on: str = ""
    src: str = ""
    tgt: str = ""
    flagged_for: str = ""
    """Written as ``for``: fingerprint of the msgid for which sync flagged it."""
    ok: Accepted | None = None
    by: str = ""
    signed: str = ""
    omitted: str = ""
    both: str = ""
    """Who decided that editions of the source leave out what is omitted, too."""
    joined: str = ""
    """Written as ``with``: id of the unit whose target covers this one too."""
    at: str = ""
    added: str = ""
    split_from: str = ""
    """Written as ``from``: id of the unit it was split from."""
    conf: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Keys this version does not know, kept as they are."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment with its target text and history: one entry of a catalog."""

    id: str
    """msgctxt: stable through every later edit of its text."""

    source: str
    """msgid: the source text when the catalog was last synced."""

    target: str = ""
    """msgstr: blocks are separated by a blank line."""

    mark: Mark | None = None
    """None when the entry carries no mark."""

    fuzzy: bool = False
    """gettext's own meaning: a person must look."""

    previous: str | None = None
    """``#|`` msgid: the source text the target was accepted for. On an obsolete
    unit it is kept in a ``# tflow-was:`` comment."""

    kind: str = ""
    """First ``#.`` line: the kind of its segment."""

    note: str = ""
    """Further ``#.`` lines: the author's note to the translator."""

    comments: tuple[str, ...] = ()
    """``#`` lines written by people, kept untouched."""

    flags: tuple[str, ...] = ()
    """Other gettext flags."""

    line: int = field(default=0, compare=False)
    """1-based line in the file it was read from; 0 if it was not."""

    short: Mark | None = field(default=None, compare=False)
    """The mark as it was read, if it has short fingerprints of format 1: it is written
    so again as long as it says the same."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """One PO file: one article in one target language."""

    source: str
    """Path of the article relative to the project (``X-Tflow-Source``)."""

    source_language: str
    language: str
    units: tuple[Unit, ...] = ()
    """Live units in document order."""

    obsolete: tuple[Unit, ...] = ()
    """Units whose segment is gone, kept with their targets."""

    header: tuple[tuple[str, str], ...] = ()
    """Header fields of other tools, kept; ours and dates are not here."""

    header_comment: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    """Comment lines after the last entry."""

    foreign: bool = False
    """Not written by tflow: no ``X-Tflow-Format`` in its header."""

    first_format: bool = field(default=False, compare=False)
    """Read from a file of format 1, with short fingerprints."""


# --- what verbs report ------------------------------------------------------

Action: TypeAlias = Literal[
    "kept", "carried", "drifted", "proposed", "new", "obsolete",
    "typed", "doubted", "returned",
]  # fmt: skip
"""What was done to a unit. The last three are what another tool did: it got another
text, what had been accepted is a draft, or a text that was gone was put back."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one sync did to one unit."""

    id: str
    kind: Literal["edited", "moved", "split", "merged", "added", "removed", "elsewhere"]
    """What became of its source; ``elsewhere`` is what became of it in another tool."""

    action: Action
    moved: bool = False
    drift_class: str | None = None
    classes: tuple[str, ...] = ()
    severity: str | None = None
    ancestors: tuple[str, ...] = ()
    """Ids it descends from (JSON ``from``)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check: bad prose, never an exception."""

    check: str
    severity: Literal["error", "warning", "info"]
    message: str
    id: str = ""
    slug: str = ""
    lang: str = ""
    n: int = 0
    """Number of its segment; 0 if nobody can tell."""

    file: str = ""
    """Its article, relative to the top of the repository, or to the project if there is
    none; empty if nobody has looked."""

    line: int = 0
    """1-based line of the article where the segment begins; 0 if it is of no one."""

    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    fix: str | None = None
