"""PO files: text ↔ Catalog, and the ids of units. The one home of polib.

A guard stands around polib: it refuses by line what could not be kept, puts the rest
into words that polib reads, and carries around it what polib would lose, so that
nothing is ever overwritten with less. Writing puts each string on one physical line, so
that git conflicts instead of silently pairing a new source with an old target.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from translate_flow import state as states
from translate_flow.catalog.grammar import (
    REPAIR,
    UNWRITABLE,
    PoEntry,
    escape,
    guarded,
    quoted,
    read,
)
from translate_flow.catalog.marks import MARK, continues_mark, read_mark, write_mark
from translate_flow.errors import CatalogError
from translate_flow.model import Catalog, Mark, Unit
from translate_flow.state import collapse

if TYPE_CHECKING:
    import polib

__all__ = [
    "MARK", "dump", "entry", "first_format", "new", "parse", "read_mark", "renewed",
    "unit_id", "write_mark",
]  # fmt: skip

FORMAT = "2"
FIRST = "1"
"""The format that had short fingerprints."""

WAS = "tflow-was:"
GONE = "tflow-gone: what follows stands in the article no more"
"""Stands between the last entry and the first removed one, the same in every version,
so that git does not take the end of one for the end of the other."""


# --- reading ----------------------------------------------------------------


def parse(text: str, *, name: str) -> Catalog:
    """Read a catalog.

    :param text: a whole PO file.
    :param name: what to call the file in errors.
    :raises CatalogError: naming the line that is broken or could not be kept.
    """
    entries, tail = read(text, name)
    head = entries.pop(0) if entries and entries[0].is_header else PoEntry(0)
    for po in entries:
        if not po.strings["msgid"]:
            what = "a second header" if po.is_header else "an empty msgid"
            raise CatalogError(what, name, po.line, REPAIR)
    fields = _fields(head.strings.get("msgstr", ""))
    known = dict(fields)
    _check_header(known, text, name)
    source = known.get("X-Tflow-Source", "")
    marked = any(c.startswith(MARK) for po in entries for c in po.comments)
    units = [(_unit(po, by_polib), po) for po, by_polib in _decoded(entries, name)]
    catalog = Catalog(
        source=source,
        source_language=known.get("X-Source-Language", ""),
        language=known.get("Language", ""),
        units=tuple(u for u, po in units if not po.obsolete),
        obsolete=tuple(u for u, po in units if po.obsolete),
        header=tuple(pair for pair in fields if _is_anothers(*pair, source)),
        header_comment=tuple(_header_notes(head)),
        tail=tuple(line for line in tail if line.removeprefix("#").strip() != GONE),
        foreign="X-Tflow-Format" not in known and not marked,
        first_format=known.get("X-Tflow-Format", FORMAT) == FIRST,
    )
    return catalog if catalog.foreign else _lengthened(_healed(catalog))


class _Lines(str):
    """Text that polib splits where PO files end their lines, and nowhere else."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def _decoded(
    entries: Sequence[PoEntry], name: str
) -> Iterator[tuple[PoEntry, polib.POEntry]]:
    """Yield each guarded entry with what polib makes of it.

    :raises CatalogError: if polib cannot read what the guard let through.
    """
    import polib

    try:
        po = polib.pofile(_Lines(guarded(entries)), wrapwidth=0)
    except OSError as error:
        raise CatalogError("not a PO file", name, hint=REPAIR) from error
    yield from zip(entries, po, strict=True)


def _unit(po: PoEntry, by_polib: polib.POEntry) -> Unit:
    po.comments = _unwrapped(po.comments)
    marks = list(dict.fromkeys(c for c in po.comments if c.startswith(MARK)))
    before = _before(po)
    target = by_polib.msgstr if by_polib.msgstr.strip() else ""
    return Unit(
        id=by_polib.msgctxt or "",
        source=by_polib.msgid,
        target=target,
        mark=read_mark(marks[0]) if len(marks) == 1 else None,
        fuzzy=by_polib.fuzzy or bool(target and len(marks) > 1),
        previous=before[0] if before else None,
        kind=po.extracted[0] if po.extracted else "",
        note="\n".join(po.extracted[1:]),
        comments=tuple(_notes(po, marks, before)),
        flags=tuple(f for f in dict.fromkeys(by_polib.flags) if f != "fuzzy"),
        line=po.line,
    )


def _unwrapped(comments: list[str]) -> list[str]:
    """Join what is ours and was cut in two by a tool that wraps comments, as Babel's
    writer does."""
    whole: list[str] = []
    at = 0
    while at < len(comments):
        end = at + 1
        if comments[at].startswith(MARK):
            while end < len(comments) and continues_mark(comments[end]):
                end += 1
        elif comments[at].startswith(WAS):
            ends = (n for n in range(end, len(comments) + 1) if _was(comments[at:n]))
            end = next(ends, end)
        whole.append(" ".join(comments[at:end]))
        at = end
    return whole


def _was(comments: list[str]) -> str | None:
    """Return the text of a ``tflow-was:`` comment, or None if its string is open."""
    return quoted(" ".join(comments).removeprefix(WAS).strip())


def _before(po: PoEntry) -> list[str]:
    """Return the previous texts that an entry names, that of ``#|`` first."""
    was = [c for c in po.comments if c.startswith(WAS)]
    texts = [_was([c]) or c.removeprefix(WAS).strip() for c in was]
    return [text for text in dict.fromkeys([po.strings.get("|msgid"), *texts]) if text]


def _notes(po: PoEntry, marks: list[str], before: list[str]) -> Iterator[str]:
    """Yield the comments that are not ours, and what has no other place."""
    yield from (c for c in po.comments if not c.startswith((MARK, WAS)) and c != GONE)
    if len(marks) > 1:
        yield from (f"one of two marks: {m.removeprefix(MARK).strip()}" for m in marks)
    yield from (f'previous msgid "{escape(text)}"' for text in before[1:])
    context = po.strings.get("|msgctxt")
    if context and context != po.strings.get("msgctxt"):
        yield f'previous msgctxt "{escape(context)}"'


# --- the header -------------------------------------------------------------


def _header_notes(head: PoEntry) -> Iterator[str]:
    """Yield the comments of a header, and what else stands there and has no place."""
    yield from (*(c for c in head.comments if c != GONE), *head.extracted)
    yield from (flag for flag in head.flags if flag != "fuzzy")
    yield from (escape(t) for word, t in head.strings.items() if word.startswith("|"))


_OURS = (
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "X-Source-Language",
    "X-Tflow-Source",
    "X-Tflow-Format",
)
_DATES = ("POT-Creation-Date", "PO-Revision-Date")
"""They change with every save of other tools, and git would conflict over them."""

_UTF8 = ("utf-8", "utf8", "us-ascii", "ascii", "charset")
"""What a header may say of a UTF-8 file; ``CHARSET`` is what templates say."""


def _fields(header: str) -> tuple[tuple[str, str], ...]:
    """Split the text of a header; a line that is no field has an empty name."""
    parts = (line.partition(":") for line in header.split("\n") if line.strip())
    return tuple((k.strip(), v.strip()) if colon else ("", k) for k, colon, v in parts)


def _is_anothers(key: str, value: str, source: str) -> bool:
    """Whether a header field is another tool's, which is kept as it is."""
    if key == "Project-Id-Version":
        return value != source
    return key not in _OURS and key not in _DATES


def _check_header(fields: dict[str, str], text: str, name: str) -> None:
    version = fields.get("X-Tflow-Format", FORMAT)
    if version not in (FIRST, FORMAT):
        raise CatalogError(
            f"catalog format {version} is newer than this tflow reads",
            name,
            hint="upgrade translate-flow",
        )
    charset = re.search(r"charset=([\w.:-]+)", fields.get("Content-Type", ""))
    if charset and charset[1].lower() not in _UTF8 and not text.isascii():
        line = text[: text.find(charset[0])].count("\n") + 1
        message = f"the file is UTF-8, but its header says {charset[0]}"
        raise CatalogError(message, name, line, "make it say charset=UTF-8")


# --- healing ----------------------------------------------------------------


def _healed(catalog: Catalog) -> Catalog:
    """Give every unit an id of its own: identical doubles become one, of others the
    later gets a fresh id and a flag for a person to look."""
    seen: dict[str, Unit] = {}
    taken = {unit.id for unit in (*catalog.units, *catalog.obsolete)}

    def heal(units: Iterable[Unit]) -> Iterator[Unit]:
        for unit in units:
            twin = seen.get(unit.id)
            if unit.id and twin is None:
                seen[unit.id] = unit
                yield unit
            elif unit != twin:
                fresh = unit_id(unit.source, 0, taken)
                taken.add(fresh)
                seen[fresh] = replace(unit, id=fresh, fuzzy=bool(unit.target))
                yield seen[fresh]

    live = tuple(heal(catalog.units))
    return replace(catalog, units=live, obsolete=tuple(heal(catalog.obsolete)))


# --- short fingerprints -----------------------------------------------------


def _lengthened(catalog: Catalog) -> Catalog:
    """Make the short fingerprints of format 1 whole, as far as the texts are there."""
    targets = _targets(catalog)

    def whole(unit: Unit) -> Unit:
        if unit.mark is None or not states.is_short(unit.mark):
            return unit
        mark = states.lengthened(unit, targets.get(unit.mark.joined, ""))
        return replace(unit, mark=mark, short=unit.mark)

    units, obsolete = (
        tuple(map(whole, some)) for some in (catalog.units, catalog.obsolete)
    )
    return replace(catalog, units=units, obsolete=obsolete)


def _as_read(unit: Unit, targets: Mapping[str, str]) -> Unit:
    """Return a unit with the short fingerprints that it was read with, if its texts say
    that nobody has touched it since."""
    if unit.short is None:
        return unit
    before = replace(unit, mark=unit.short)
    whole = states.lengthened(before, targets.get(unit.short.joined, ""))
    return before if whole == unit.mark else unit


def _targets(catalog: Catalog) -> dict[str, str]:
    return {unit.id: unit.target for unit in catalog.units}


def first_format(catalog: Catalog) -> tuple[str, ...]:
    """Return the ids of the entries that will be written with short fingerprints."""
    targets = _targets(catalog)
    units = (*catalog.units, *catalog.obsolete)
    return tuple(u.id for u in units if _is_short(_as_read(u, targets)))


def _is_short(unit: Unit) -> bool:
    return unit.mark is not None and states.is_short(unit.mark)


def renewed(catalog: Catalog) -> Catalog:
    """Return a catalog of which nothing is written in format 1 any more, as far as the
    texts are there."""
    units, obsolete = (
        tuple(replace(unit, short=None) for unit in some)
        for some in (catalog.units, catalog.obsolete)
    )
    return replace(catalog, units=units, obsolete=obsolete, first_format=False)


# --- ids --------------------------------------------------------------------

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def unit_id(text: str, occurrence: int, taken: Set[str]) -> str:
    """Return a deterministic id that no unit has.

    Base32 of the SHA-256 of the text (fingerprint rules) and how many times it stood
    before; the first character is a letter; a collision gets a number.
    """
    seed = hashlib.sha256(f"{occurrence}\0{collapse(text)}".encode()).digest()
    head = _LETTERS[seed[0] % len(_LETTERS)]
    base = head + base64.b32encode(seed[1:6]).decode().lower()[:5]
    name, suffix = base, 2
    while name in taken:
        name, suffix = f"{base}{suffix}", suffix + 1
    return name


# --- writing ----------------------------------------------------------------


def new(source: str, source_language: str, language: str) -> Catalog:
    """Return an empty catalog for an article.

    :param source: path of the article relative to the project, with slashes.
    """
    return Catalog(source, source_language, language)


def dump(catalog: Catalog) -> str:
    """Write a catalog as a PO file: LF, one physical line per string.

    :raises CatalogError: if it holds a character that no PO file can.
    """
    targets = _targets(catalog)
    live = [_as_read(unit, targets) for unit in catalog.units]
    gone = [_as_read(unit, targets) for unit in catalog.obsolete]
    first = catalog.first_format and not any(map(_is_whole, (*live, *gone)))
    parts = [_header(catalog, FIRST if first else FORMAT)]
    parts += [entry(unit) for unit in live]
    parts += [f"# {GONE}\n"] if gone and not (first or catalog.foreign) else []
    parts += [entry(unit, obsolete=True) for unit in gone]
    if catalog.tail:
        ends = (" \n" if line.endswith("\\") else "\n" for line in catalog.tail)
        parts.append("".join(map("".join, zip(catalog.tail, ends, strict=True))))
    if not _is_writable(text := "\n".join(parts)):
        raise _unwritable(catalog)
    return text


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return not any(character in text for character in UNWRITABLE)


def _unwritable(catalog: Catalog) -> CatalogError:
    units = (*catalog.units, *catalog.obsolete)
    places = (f"unit {u.id}" for u in units if not _is_writable(entry(u)))
    place = next(places, "the catalog's header")
    message = f"{place} has a character that a PO file cannot hold"
    return CatalogError(message, hint="take out NUL, U+0004 and lone surrogates")


def _is_whole(unit: Unit) -> bool:
    """Whether a unit has a fingerprint, and no short one."""
    mark = unit.mark or Mark()
    return bool(mark.src or mark.tgt) and not states.is_short(mark)


def _header(catalog: Catalog, version: str) -> str:
    ours = {
        "Project-Id-Version": catalog.source,
        "Language": catalog.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": catalog.source_language,
        "X-Tflow-Source": catalog.source,
        "X-Tflow-Format": version,
    }
    if catalog.foreign:
        ours = {k: v for k, v in ours.items() if not k.startswith("X-")}
    theirs = [pair for pair in catalog.header if _is_anothers(*pair, catalog.source)]
    ours |= {k: v for k, v in theirs if k in ours}
    fields = [*ours.items(), *(pair for pair in theirs if pair[0] not in ours)]
    lines = list(_comments(catalog.header_comment))
    lines += ['msgid ""', 'msgstr ""']
    texts = (f"{k}: {v}".replace("\n", " ") if k else v for k, v in fields)
    lines += [f'"{escape(text)}\\n"' for text in texts]
    return "\n".join(lines) + "\n"


def entry(unit: Unit, *, obsolete: bool = False) -> str:
    """Write one unit, with a line end and no blank line around it."""
    lines = list(_comments(unit.comments))
    if unit.mark is not None:
        lines.append(f"# {write_mark(unit.mark)}")
    if obsolete and unit.previous is not None:
        lines.append(f'# {WAS} "{escape(unit.previous)}"')
    lines += [_comment("#.", line) for line in _extracted(unit)]
    flags = [*(["fuzzy"] if unit.fuzzy else []), *unit.flags]
    if flags:
        lines.append(f"#, {', '.join(flags)}")
    if not obsolete and unit.previous is not None:
        lines.append(f'#| msgid "{escape(unit.previous)}"')
    strings = [f'msgctxt "{escape(unit.id)}"'] if unit.id else []
    strings.append(f'msgid "{escape(unit.source)}"')
    strings.append(f'msgstr "{escape(unit.target)}"')
    sign = "#~ " if obsolete else ""
    return "".join(f"{line}\n" for line in [*lines, *(sign + s for s in strings)])


def _comments(comments: Iterable[str]) -> Iterator[str]:
    """Yield notes as lines; none can be taken for one of ours."""
    for comment in comments:
        for line in re.split(r"[\r\n]+", comment):
            blank = " " if line.startswith((MARK, WAS, GONE)) else ""
            yield _comment("#", blank + line)


def _comment(sign: str, text: str) -> str:
    """Return a comment line. Gettext joins one that ends in a backslash to the next."""
    blank = " " if text.endswith("\\") else ""
    return f"{sign} {text}{blank}" if text else sign


def _extracted(unit: Unit) -> list[str]:
    if not unit.kind and not unit.note:
        return []
    return [unit.kind, *(re.split(r"\r\n?|\n", unit.note) if unit.note else [])]
