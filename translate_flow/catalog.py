"""PO files: text ↔ Catalog. The one home of polib, and the guard around it.

What polib cannot read is put into its words before it reads; what it would lose is
carried around it; what cannot be kept is refused by line, so that nothing is ever
overwritten with less. Writing is our own: one physical line per string, so that git
conflicts instead of silently pairing a new source with an old target.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from translate_flow.errors import CatalogError
from translate_flow.model import Accepted, Catalog, Mark, Unit
from translate_flow.state import collapse

if TYPE_CHECKING:
    import polib

FORMAT = "1"
MARK = "tflow:"
WAS = "tflow-was:"

# --- reading ----------------------------------------------------------------


def parse(text: str, *, name: str) -> Catalog:
    """Read a catalog.

    :param text: a whole PO file.
    :param name: what to call the file in errors.
    :raises CatalogError: naming the line that is broken or could not be kept.
    """
    import polib

    guarded = _guard(text, name)
    try:
        po = polib.pofile(_Lines("\n".join(guarded.lines)), wrapwidth=0)
    except OSError as error:
        found = re.search(r"\(line (\d+)\)", str(error))
        line = guarded.numbers[int(found[1]) - 1] if found else None
        raise CatalogError("not a PO file", name, line, _REPAIR) from error
    header = tuple(po.metadata.items())
    fields = dict(header)
    _check_format(fields, name)
    units = [_unit(entry, guarded.numbers) for entry in po]
    foreign = "X-Tflow-Format" not in fields and not any(unit.mark for unit in units)
    live = [u for u, entry in zip(units, po, strict=True) if not entry.obsolete]
    gone = [u for u, entry in zip(units, po, strict=True) if entry.obsolete]
    catalog = Catalog(
        source=fields.get("X-Tflow-Source", ""),
        source_language=fields.get("X-Source-Language", ""),
        language=fields.get("Language", ""),
        units=tuple(live),
        obsolete=tuple(gone),
        header=header,
        header_comment=tuple(po.header.split("\n")) if po.header else (),
        tail=guarded.tail,
        foreign=foreign,
    )
    return catalog if foreign else _healed(catalog)


_REPAIR = "mend the line, or restore the file from git"


class _Lines(str):
    """Text that polib splits where PO files end their lines, and nowhere else."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def _check_format(fields: dict[str, str], name: str) -> None:
    version = fields.get("X-Tflow-Format", FORMAT)
    if version != FORMAT:
        raise CatalogError(
            f"catalog format {version} is newer than this tflow reads",
            name,
            hint="upgrade translate-flow",
        )


def _unit(entry: polib.POEntry, numbers: list[int]) -> Unit:
    comments = entry.tcomment.split("\n") if entry.tcomment else []
    marks = [c for c in comments if c.startswith(MARK)]
    was = [c for c in comments if c.startswith(WAS)]
    kind, _, note = (entry.comment or "").partition("\n")
    previous = entry.previous_msgid
    if entry.obsolete and was:
        previous = _unescaped(was[-1].removeprefix(WAS).strip())
    target = entry.msgstr if entry.msgstr.strip() else ""
    line = numbers[entry.linenum - 1] if entry.linenum <= len(numbers) else 0
    return Unit(
        id=entry.msgctxt or "",
        source=entry.msgid,
        target=target,
        mark=read_mark(marks[0]) if len(marks) == 1 else None,
        fuzzy="fuzzy" in entry.flags,
        previous=previous or None,
        kind=kind,
        note=note,
        comments=tuple(c for c in comments if c not in marks and c not in was),
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        line=line,
    )


def _unescaped(text: str) -> str:
    import polib

    return polib.unescape(text)


# --- the guard --------------------------------------------------------------


@dataclass
class _Guarded:
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """1-based number in the file of each line."""
    tail: tuple[str, ...] = ()

    def add(self, line: str, number: int) -> None:
        self.lines.append(line)
        self.numbers.append(number)


_KEYWORD = re.compile(r"(?P<word>[a-z_]+(?:\[\d+\])?)?\s*(?P<string>\".*)$", re.S)
_STRING = re.compile(r'"(?:[^"\\]|\\[ntrvbf"\\])*"$')
_CONFLICT = re.compile(r"(<{7}|>{7}|\|{7})( |$)|={7}$")
_WORDS = ("msgctxt", "msgid", "msgstr")


def _guard(text: str, name: str) -> _Guarded:
    """Put a PO file into the words polib reads, or say which line cannot be kept."""
    guarded = _Guarded()
    raw = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    end = _last_entry_line(raw)
    previous: list[str] = []
    context = False
    for number, line in enumerate(raw[:end], 1):
        stripped = line.strip(" \t")
        if _CONFLICT.match(line):
            raise CatalogError(
                "git conflict markers", name, number, "resolve the conflict first"
            )
        if stripped.startswith("#~|"):
            _lift_previous(stripped[3:].strip(), previous)
            continue
        if previous:
            guarded.add(f"# {WAS} {''.join(previous)}", number - 1)
            previous = []
        plain = _comment(stripped) if stripped.startswith("#") else stripped
        if plain and not plain.startswith("#"):
            plain = _string_line(plain, name, number)
        elif plain.startswith("#~ "):
            plain = "#~ " + _string_line(plain[3:].strip(), name, number)
        elif plain.startswith("#="):
            raise CatalogError(
                '"#=" lines cannot be kept', name, number, "remove the line"
            )
        word = plain.removeprefix("#~ ").partition(" ")[0]
        if word == "msgid" and context and _is_empty_string(raw, number):
            raise CatalogError("an entry with an empty msgid", name, number, _REPAIR)
        context = word == "msgctxt" or (context and plain.startswith('"'))
        guarded.add(plain, number)
    guarded.tail = tuple(line for line in raw[end:] if line.strip())
    return guarded


def _last_entry_line(lines: list[str]) -> int:
    """Return how many lines reach to the end of the last entry."""
    for number in range(len(lines), 0, -1):
        line = lines[number - 1].strip()
        if line and (not line.startswith("#") or line.startswith("#~")):
            return number
    return len(lines)


def _is_empty_string(lines: list[str], number: int) -> bool:
    following = lines[number] if number < len(lines) else ""
    return lines[number - 1].strip().endswith('""') and '"' not in following[:4]


def _lift_previous(line: str, previous: list[str]) -> None:
    """Collect the msgid of a ``#~|`` comment, which polib skips."""
    found = _KEYWORD.match(line)
    if found and found["word"] in (None, "msgid"):
        previous.append(found["string"][1:-1])


def _comment(line: str) -> str:
    """Give a comment the blank after its sign that polib insists on."""
    sign, rest = line[:2], line[2:].strip(" \t")
    if sign in ("#,", "#.", "#:", "#|", "#~", "#="):
        return f"{sign} {rest}" if rest else sign
    return line if line == "#" or line.startswith("# ") else f"# {line[1:]}"


def _string_line(line: str, name: str, number: int) -> str:
    found = _KEYWORD.match(line)
    if found is None:
        raise CatalogError("not a PO line", name, number, _REPAIR)
    word, string = found["word"], found["string"]
    if word and (word == "msgid_plural" or word.startswith("msgstr[")):
        raise CatalogError(
            "plural forms have no place in an article's catalog", name, number, _REPAIR
        )
    if word and word not in _WORDS:
        raise CatalogError(f'"{word}" lines cannot be kept', name, number, _REPAIR)
    if not _STRING.match(string):
        raise CatalogError(
            "a string that is not closed or has an escape that cannot be kept",
            name,
            number,
            _REPAIR,
        )
    return f"{word} {string}" if word else string


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
                fresh = replace(unit, id=unit_id(unit.source, 0, taken), fuzzy=True)
                taken.add(fresh.id)
                seen[fresh.id] = fresh
                yield replace(fresh, fuzzy=bool(fresh.target))

    live = tuple(heal(catalog.units))
    return replace(catalog, units=live, obsolete=tuple(heal(catalog.obsolete)))


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


# --- marks ------------------------------------------------------------------

_KEYS = {
    "origin": "origin",
    "draft": "draft",
    "on": "on",
    "src": "src",
    "tgt": "tgt",
    "for": "flagged_for",
    "ok": "ok",
    "by": "by",
    "signed": "signed",
    "omitted": "omitted",
    "with": "joined",
    "at": "at",
    "added": "added",
    "from": "split_from",
    "conf": "conf",
}
"""Key in the file → field of Mark, in the order they are written."""

_RESERVED = re.compile(r"[\s%=\x00-\x1f\x7f]")


def read_mark(line: str) -> Mark:
    """Read a ``tflow:`` comment. What is malformed is as if it were not there."""
    known: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for word in line.removeprefix(MARK).split():
        key, sign, value = word.partition("=")
        if sign and key in _KEYS:
            known[_KEYS[key]] = unquote(value)
        else:
            extra.append((key, unquote(value)))
    src, _, tgt = known.pop("ok", "").partition(".")
    ok = Accepted(src, tgt) if src and tgt else None
    return Mark(**known, ok=ok, extra=tuple(extra))


def write_mark(mark: Mark) -> str:
    """Return the ``tflow:`` comment of a mark, without the ``#``."""
    values = [(key, getattr(mark, name)) for key, name in _KEYS.items()]
    pairs = [(k, str(v)) for k, v in (*values, *mark.extra) if v not in ("", None)]
    return " ".join([MARK, *(f"{key}={_encoded(value)}" for key, value in pairs)])


def _encoded(value: str) -> str:
    return _RESERVED.sub(
        lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), value
    )


# --- writing ----------------------------------------------------------------


def new(source: str, source_language: str, language: str) -> Catalog:
    """Return an empty catalog for an article.

    :param source: path of the article relative to the project, with slashes.
    """
    return Catalog(source, source_language, language)


def dump(catalog: Catalog) -> str:
    """Write a catalog as a PO file: LF, UTF-8, one physical line per string."""
    parts = [_header(catalog)]
    parts += [entry(unit) for unit in catalog.units]
    parts += [entry(unit, obsolete=True) for unit in catalog.obsolete]
    if catalog.tail:
        parts.append("\n".join(catalog.tail) + "\n")
    return "\n".join(parts)


def _header(catalog: Catalog) -> str:
    ours = {
        "Project-Id-Version": catalog.source,
        "Language": catalog.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": catalog.source_language,
        "X-Tflow-Source": catalog.source,
        "X-Tflow-Format": FORMAT,
    }
    kept = {k: v for k, v in catalog.header if k not in ours}
    lines = [f"# {line}".rstrip() for line in catalog.header_comment]
    lines += ['msgid ""', 'msgstr ""']
    fields = {**ours, **kept}
    lines += [f'"{_escape(f"{k}: {v}")}\\n"' for k, v in fields.items()]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    import polib

    return polib.escape(text)


def entry(unit: Unit, *, obsolete: bool = False) -> str:
    """Write one unit, with a line end and no blank line around it."""
    lines = [f"# {comment}".rstrip() for comment in unit.comments]
    if unit.mark is not None:
        lines.append(f"# {write_mark(unit.mark)}")
    if obsolete and unit.previous is not None:
        lines.append(f"# {WAS} {_escape(unit.previous)}")
    if not obsolete:
        lines += [f"#. {line}".rstrip() for line in _extracted(unit)]
    flags = [*(["fuzzy"] if unit.fuzzy else []), *unit.flags]
    if flags:
        lines.append(f"#, {', '.join(flags)}")
    if not obsolete and unit.previous is not None:
        lines.append(f'#| msgid "{_escape(unit.previous)}"')
    strings = [f'msgctxt "{_escape(unit.id)}"'] if unit.id else []
    strings.append(f'msgid "{_escape(unit.source)}"')
    strings.append(f'msgstr "{_escape(unit.target)}"')
    sign = "#~ " if obsolete else ""
    return "".join(f"{line}\n" for line in [*lines, *(sign + s for s in strings)])


def _extracted(unit: Unit) -> list[str]:
    if not unit.kind and not unit.note:
        return []
    return [unit.kind, *(unit.note.split("\n") if unit.note else [])]
