"""The records of what readers have: one file for an article, the one place that knows
its shape.

Each edition is a table whose lines stand together, all its units in one of them and a
hash of all of it at the end: two branches that release the same article conflict in
git. What was merged all the same, or changed by hand, is damaged: it protects what
readers have, and is never taken for what they read. Records of format 1, a line for
each unit below a head of its own and without a hash, are read; they alone may lack it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.model import Accepted
from translate_flow.state import exact

CORRECTIONS = "correction"
"""Key of what readers are told was put right; no language is called that."""

HEADER = """\
# What readers have; written by tflow export --release. After a merge that conflicts
# here, take either side, or leave it, and release again.
"""
MERGED = "two releases were merged into one"
EDITED = "it was changed by hand or mixed by a merge"
WAY_OUT = "release again: tflow export --release"

_FLAT = ("date", "revision")
_MARKER = re.compile(r"(?m)^(<{7}|\|{7}|={7}|>{7})(?= |\r?$)")
_SECTION = re.compile(r"\[+ *([A-Za-z0-9-]+)(?:\.\w+)? *\]+\s*")
_HEAD = re.compile(r"(?m)^\[([A-Za-z0-9-]+)\.(units|pages)\]\s*$")
"""What stands above the units or pages of an edition in format 1."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LITERAL = re.compile(r"[^'\x00-\x1f\x7f]*")


@dataclass(frozen=True, slots=True)
class Release:
    """What readers have of an article in one language."""

    date: str = ""
    """ISO date; empty if nothing was released, and it is only known which pages are
    ours."""

    revision: str = ""
    """Fingerprint of the article's text."""

    units: Mapping[str, str] = field(default_factory=dict)
    """By the ids of units, the fingerprints of source and target with a dot between."""

    pages: Mapping[str, str] = field(default_factory=dict)
    """What we wrote into files of the project, by their paths: hashes, parted by
    blanks."""

    extra: Mapping[str, str] = field(default_factory=dict)
    """What else is said, by others."""

    damage: str = ""
    """Why nobody can tell what readers have; empty if somebody can."""

    @property
    def pairs(self) -> dict[str, Accepted]:
        """What its units had; rows that say something else are left out."""
        told = {name: text.split(".") for name, text in self.units.items()}
        return {name: Accepted(*two) for name, two in told.items() if len(two) == 2}

    @property
    def is_live(self) -> bool:
        """Whether readers have anything."""
        return bool(self.date or self.units or self.damage)


@dataclass(frozen=True, slots=True)
class Releases:
    """All that is recorded of an article."""

    editions: Mapping[str, Release] = field(default_factory=dict)
    """By target language."""

    corrections: tuple[Mapping[str, str], ...] = ()
    torn: bool = False
    """Whether there is a conflict in the corrections."""

    @property
    def live(self) -> set[str]:
        """The languages in which readers have the article."""
        return {tag for tag, one in self.editions.items() if one.is_live}

    @property
    def pages(self) -> dict[str, str]:
        """The hashes of all pages of the article, by their paths."""
        found: dict[str, str] = {}
        for release in self.editions.values():
            for path, known in release.pages.items():
                found[path] = f"{found.get(path, '')} {known}".strip()
        return found


# --- reading ----------------------------------------------------------------


def parse(data: bytes | None, *, name: str) -> Releases:
    """Read a record; one with conflict markers is read as far as it goes.

    :param data: None if there is no record.
    :param name: the file, for errors.
    :raises FlowError: if it is no record at all.
    """
    if data is None:
        return Releases()
    try:
        return _parsed(data)
    except (ValueError, RecursionError) as error:
        hint = "take it back from git, or delete it to release anew"
        raise FlowError("not a release record", name, hint=hint) from error


@lru_cache(maxsize=8)
def _parsed(data: bytes) -> Releases:
    text = data.decode()
    return _salvaged(text) if _MARKER.search(text) else _read(text)


def _read(text: str) -> Releases:
    table, heads = tomllib.loads(text), set(_HEAD.findall(text))
    rows = table.get(CORRECTIONS, [])
    return Releases(
        {
            tag: _release(tag, one, summed=not _is_first_format(tag, one, heads))
            for tag, one in table.items()
            if isinstance(one, dict)
        },
        tuple(_texts(row) for row in rows if isinstance(row, dict))
        if isinstance(rows, list)
        else (),
    )


def _is_first_format(
    tag: str, told: Mapping[str, Any], heads: Collection[tuple[str, str]]
) -> bool:
    """Whether an edition may lack its hash: each of its tables has a head of its own,
    and what was released has units."""
    tables = {key for key, one in told.items() if isinstance(one, dict)}
    own = all((tag, key) in heads for key in tables)
    return own and ("revision" not in told or "units" in tables)


def _release(tag: str, told: Mapping[str, Any], *, summed: bool) -> Release:
    flat = _texts(told)
    said, damage = flat.pop("sum", None), flat.pop("damage", "")
    found = Release(
        units=_texts(told.get("units")),
        pages=_texts(told.get("pages")),
        damage=damage,
        **{key: flat.pop(key, "") for key in _FLAT},
        extra=flat,
    )
    known = (_sum(tag, found),) if summed else (_sum(tag, found), None)
    if said not in known and not damage:
        return replace(found, damage=EDITED)
    return found


def _texts(table: Any) -> dict[str, str]:
    rows = table.items() if isinstance(table, Mapping) else ()
    return {key: str(one) for key, one in rows if not isinstance(one, dict | list)}


def _salvaged(text: str) -> Releases:
    """Read what stands outside of conflicts; of what does not, which pages are ours."""
    sections: dict[str, list[str]] = {}
    struck: set[str] = set()
    section, inside = "", False
    for line in text.splitlines():
        if marker := _MARKER.match(line):
            inside = marker[1][0] != ">"
            continue
        if found := _SECTION.fullmatch(line):
            section = found[1]
        if inside and line.strip():
            struck.add(section)
        sections.setdefault(section, []).append(line)
    rest = {name: lines for name, lines in sections.items() if name not in struck}
    whole = _read("\n".join("\n".join(lines) for lines in rest.values()))
    lost = {
        name: _lost(lines)
        for name, lines in sections.items()
        if name in struck and name not in ("", CORRECTIONS)
    }
    order = [name for name in sections if name in lost or name in whole.editions]
    editions = {tag: lost.get(tag) or whole.editions[tag] for tag in order}
    return replace(whole, editions=editions, torn=CORRECTIONS in struck)


def _lost(lines: Iterable[str]) -> Release:
    """Return an edition of which two versions stand in a conflict."""
    dates, pages = [""], dict[str, str]()
    for line in lines:
        try:
            told = tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            continue
        dates.append(str(told.get("date", "")))
        for path, known in _texts(told.get("pages")).items():
            both = dict.fromkeys(f"{pages.get(path, '')} {known}".split())
            pages[path] = " ".join(both)
    return Release(date=max(dates), pages=pages, damage=MERGED)


# --- writing ----------------------------------------------------------------


def dump(record: Releases) -> str:
    """Return a record as its file holds it."""
    parts = [HEADER]
    for tag, release in record.editions.items():
        lines = [f"[{tag}]", *_lines(release)]
        if not release.damage:
            lines.append(f'sum = "{_sum(tag, release)}"')
        parts.append("\n".join(lines) + "\n")
    for row in record.corrections:
        lines = [f"[[{CORRECTIONS}]]", *(f"{k} = {_basic(v)}" for k, v in row.items())]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _lines(release: Release) -> Iterator[str]:
    flat = {key: getattr(release, key) for key in _FLAT}
    for key, value in {**flat, **release.extra, "damage": release.damage}.items():
        if value:
            yield f"{_name(key)} = {_basic(value)}"
    for key, table in (("units", release.units), ("pages", release.pages)):
        if table:
            pairs = (f"{_name(name)} = {_quoted(one)}" for name, one in table.items())
            yield f"{key} = {{ {', '.join(pairs)} }}"


def _sum(tag: str, release: Release) -> str:
    return exact("\n".join((tag, *_lines(release))))


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else _basic(key)


def _quoted(text: str) -> str:
    return f"'{text}'" if _LITERAL.fullmatch(text) else _basic(text)


def _basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- what it says -----------------------------------------------------------


def page_hash(data: bytes) -> str:
    """Return the hash by which a page of ours is known in any clone, whatever line ends
    git gives it there."""
    plain = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return exact(plain.decode("utf-8", "backslashreplace"))


def is_ours(pages: Mapping[str, str], path: str, data: bytes) -> bool:
    """Whether a page is as we wrote it."""
    return page_hash(data) in pages.get(path, "").split()


def with_names(record: Releases, names: Mapping[str, str]) -> Releases:
    """Return a record whose pages have other names.

    :param names: the old and the new one of each that has.
    """
    editions = {
        tag: replace(
            one,
            pages={names.get(path, path): known for path, known in one.pages.items()},
        )
        for tag, one in record.editions.items()
    }
    return replace(record, editions=editions)


def turned(
    record: Releases, languages: tuple[str, str], news: Mapping[str, str]
) -> Releases:
    """Return a record told in the other direction; used twice, it gives back what went
    in.

    :param languages: of source and target until now.
    :param news: what becomes of a revision or a pair of fingerprints; of other pairs,
        the two change places.
    """
    own, target = languages
    names = {own: target, target: own}

    def told(value: str) -> str:
        first, dot, second = value.partition(".")
        return news.get(value, f"{second}{dot}{first}" if dot else value)

    editions = {}
    for tag, release in record.editions.items():
        if tag in names:
            units = {name: told(one) for name, one in release.units.items()}
            new = replace(release, units=units, revision=told(release.revision))
            editions[names[tag]] = new
        else:
            editions[tag] = release
    return replace(record, editions=editions)
