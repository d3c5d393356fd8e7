"""Catalogs for tests: any that our code can make, and those of our own articles."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from translate_flow import state as states
from translate_flow.catalog import new
from translate_flow.catalog.grammar import UNWRITABLE
from translate_flow.model import Accepted, Catalog, Mark, Segment, Unit
from translate_flow.sync import sync

TODAY = "2026-11-24"
SOURCES = Path(__file__).parent.parent / "sources"
FIELDS = tuple(name for name in Mark.__slots__ if name not in ("ok", "extra"))

# --- any catalog ------------------------------------------------------------

TRAPS = (
    '"', "\\", "\\n", '\\"', "\n", "\n\n", "\t", "\r", "\r\n", "\a\b\f\v", "\x1b[0m",
    "\x85", "\u2028", "\u2029", "\ufeff", "\xa0", "\u3000", "%41", "#~ msgid", "=", "|",
    "<<<<<<< ours", "독립선언", "e\u0301", "\u1112\u1161\u11ab", "👩‍👩‍👧", "\U0010ffff",
)  # fmt: skip
"""What trips readers of PO files."""

_ANY = st.characters(exclude_categories=["Cs"], exclude_characters=UNWRITABLE)
_PART = st.sampled_from(TRAPS) | st.text(_ANY, max_size=6)
TEXTS = _PART | st.tuples(_PART, _PART).map("".join)
SOURCE = TEXTS.filter(bool)
TARGET = TEXTS.filter(lambda text: not text or bool(text.strip()))
LINE = TEXTS.map(lambda text: re.sub(r"[\r\n]|\\$", " ", text))
COMMENT = LINE.filter(lambda line: not line.startswith(("tflow:", "tflow-was:")))
FIELD = LINE.map(str.strip)

_WORDS = st.sampled_from(["", "human", "11aa22bb", "a b", "%41"]) | TEXTS
MARKS = st.tuples(
    st.lists(st.tuples(st.sampled_from(FIELDS), _WORDS), max_size=4),
    st.sampled_from([None, Accepted("11aa22bb", "33cc44dd")]),
    st.lists(
        st.tuples(st.sampled_from(["later", "a-b", "%.", "x%20"]), TEXTS), max_size=1
    ),
).map(lambda drawn: Mark(**dict(drawn[0]), ok=drawn[1], extra=tuple(drawn[2])))
UNITS = st.builds(
    Unit,
    id=st.just(""),
    source=SOURCE,
    target=TARGET,
    mark=st.none() | MARKS,
    fuzzy=st.booleans(),
    previous=st.none() | SOURCE,
    kind=st.sampled_from(["", "paragraph", "heading 2"])
    | FIELD.filter(lambda text: not text.endswith("\\")),
    note=st.just("") | st.lists(LINE, max_size=2).map("\n".join),
    comments=st.lists(COMMENT, max_size=2).map(tuple),
    flags=st.sampled_from([(), (), ("no-wrap",), ("no-c-format", "no-wrap")]),
)


def numbered(units: list[Unit], first: str) -> tuple[Unit, ...]:
    """Give units ids of their own."""
    return tuple(replace(unit, id=f"{first}{n}") for n, unit in enumerate(units))


CATALOGS = st.builds(
    Catalog,
    source=FIELD,
    source_language=st.sampled_from(["en", "ko", "zh-Hant"]),
    language=st.sampled_from(["ko", "en"]),
    units=st.lists(UNITS, max_size=3).map(lambda units: numbered(units, "k")),
    obsolete=st.lists(UNITS, max_size=1).map(lambda units: numbered(units, "z")),
    header=st.lists(st.tuples(st.just("X-Generator"), FIELD), max_size=1).map(tuple),
    header_comment=st.lists(COMMENT, max_size=1).map(tuple),
    tail=st.lists(COMMENT.map(lambda line: f"# {line}"), max_size=1).map(tuple),
)

# --- a catalog of an article ------------------------------------------------


def own_articles() -> list[tuple[str, tuple[Segment, ...]]]:
    """Return name and segments of every article of this repository."""
    from translate_flow.article import parse as parse_article

    found = []
    for path in sorted(SOURCES.rglob("*.md")):
        article = parse_article(path.read_text("utf-8"), name=path.name)
        found.append((path.relative_to(SOURCES.parent).as_posix(), article.segments))
    assert len(found) >= 3
    return found


def lived_in(name: str, segments: tuple[Segment, ...]) -> Catalog:
    """Return a catalog of an article on which everybody has worked: each state, notes,
    unknown keys, an obsolete unit, flags."""
    start = [Segment(0, "paragraph", "This paragraph is gone.", 1), *segments]
    catalog = sync(start, new(name, "en", "ko"), today=TODAY).catalog
    worked = tuple(_worked(n, unit) for n, unit in enumerate(catalog.units))
    return sync(segments, replace(catalog, units=worked), today=TODAY).catalog


def _worked(n: int, unit: Unit) -> Unit:
    target = f"「{unit.source}」의 번역 {n}\n\n둘째 문단이다."
    if n % 7 == 1:
        return unit
    if n % 7 == 2:
        return states.drafted(unit, target, origin="google", today=TODAY)
    if n % 7 == 3:
        text = unit.source
        unit = replace(unit, source="What it said when it was taken.")
        unit = states.taken(unit, target, by="mina", today=TODAY)
        return states.followed(unit, text)
    unit = states.taken(unit, target, by="Mina Kim", today=TODAY)
    mark = replace(unit.mark or Mark(), extra=(("later", "a b=c%"),))
    if n % 7 == 4:
        return states.signed(replace(unit, mark=mark), by="봅")
    if n % 7 == 5:
        return replace(unit, comments=("말장난이라 옮길 수 없다.", "  - 미나"))
    return unit


def lived_in_catalogs() -> list[tuple[tuple[Segment, ...], Catalog]]:
    """Return the segments of our own articles with such a catalog of each."""
    return [(segments, lived_in(name, segments)) for name, segments in own_articles()]
