"""The guard around polib: what a PO file may hold, line by line.

It knows what a catalog of an article can need and refuses the rest by line. Comments
are kept to the letter; a string may be wrapped in any way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from translate_flow.errors import CatalogError

REPAIR = "mend the line, or restore the file from git"

_WORDS = ("msgctxt", "msgid", "msgstr")
_LINE = re.compile(
    r'([a-z_]+(?:\[\d*\])?)?[ \t]*"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL
)
"""A keyword, if any, and a string in quotes."""

_CONFLICT = re.compile(r"(<{7}|>{7}|\|{7})( |$)|={7}$")
_BLANKS = " \t\f\v\r"


@dataclass(slots=True)
class PoEntry:
    """One entry of a PO file, as its lines say."""

    line: int
    """1-based number of its first line."""

    obsolete: bool = False
    comments: list[str] = field(default_factory=list)
    """``#`` lines, without the sign and one blank."""

    extracted: list[str] = field(default_factory=list)
    """``#.`` lines."""

    flags: list[str] = field(default_factory=list)
    """``#,`` and ``#=`` lines, which mean the same."""

    strings: dict[str, str] = field(default_factory=dict)
    """By keyword, unescaped; those of ``#|`` lines begin with ``|``."""

    @property
    def is_header(self) -> bool:
        """Whether it is live and has neither context nor text."""
        return not (self.obsolete or "msgctxt" in self.strings or self.strings["msgid"])


def read(text: str, name: str) -> tuple[list[PoEntry], tuple[str, ...]]:
    """Return the entries of a PO file and the comment lines after the last of them.

    :param name: what to call the file in errors.
    :raises CatalogError: naming the line that is broken or could not be kept.
    """
    reader = _Reader(name)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        reader.take(line, number)
    return reader.entries, reader.tail(lines)


class _Reader:
    """Takes the lines of a file one by one and makes entries of them."""

    def __init__(self, name: str) -> None:
        self.entries: list[PoEntry] = []
        self._name = name
        self._number = 0
        self._key = ""
        """What a line with nothing but a string goes on with."""

    def take(self, line: str, number: int) -> None:
        """Read the next line.

        :raises CatalogError: if it cannot be kept.
        """
        self._number = number
        text = line.lstrip(_BLANKS)
        if text.startswith("#"):
            self._comment(text[1:2], text[2:])
        elif line[:1] in ("<", ">", "|", "=") and _CONFLICT.match(line):
            hint = "resolve the conflict first"
            raise CatalogError("git conflict markers", self._name, number, hint)
        elif text:
            self._string(text.rstrip(_BLANKS), obsolete=False)

    def tail(self, lines: list[str]) -> tuple[str, ...]:
        """Return the comments after the last entry, which belong to none.

        :raises CatalogError: if the last entry is not whole.
        """
        if not self.entries or "msgstr" in self.entries[-1].strings:
            return ()
        last = self.entries.pop()
        if any(word in last.strings for word in _WORDS):
            raise self._error("an entry without msgstr", last.line)
        return tuple(line for line in lines[last.line - 1 :] if line.strip(_BLANKS))

    def _error(self, message: str, line: int = 0) -> CatalogError:
        return CatalogError(message, self._name, line or self._number, REPAIR)

    def _entry(self) -> PoEntry:
        """Return the entry that the line belongs to: a msgstr ended the one before."""
        if not self.entries or "msgstr" in self.entries[-1].strings:
            self.entries.append(PoEntry(self._number))
        return self.entries[-1]

    def _comment(self, sign: str, rest: str) -> None:
        if sign == "~":
            rest = rest.strip(_BLANKS)
            if rest.startswith("|"):
                self._previous(rest[1:].strip(_BLANKS))
            elif rest:
                self._string(rest, obsolete=True)
        elif sign == "|":
            self._previous(rest.strip(_BLANKS))
        elif sign in (",", "="):
            self._entry().flags += [f for f in map(str.strip, rest.split(",")) if f]
        elif sign == ".":
            self._entry().extracted.append(rest.removeprefix(" "))
        elif sign != ":":
            self._entry().comments.append(rest if sign in ("", " ") else sign + rest)

    def _previous(self, text: str) -> None:
        word, string = self._split(text)
        entry = self._entry()
        key = f"|{word}" if word else self._key
        if not key.startswith("|") or (key in entry.strings) == bool(word):
            raise self._error("not a PO line")
        entry.strings[key] = entry.strings.get(key, "") + string
        self._key = key

    def _string(self, text: str, *, obsolete: bool) -> None:
        word, string = self._split(text)
        if not word:
            self._continue(string, obsolete)
            return
        entry = self._entry()
        begun = "msgctxt" in entry.strings or "msgid" in entry.strings
        if begun and entry.obsolete != obsolete:
            raise self._error("an entry that is half obsolete")
        if word in entry.strings or (word == "msgstr") != ("msgid" in entry.strings):
            raise self._error(f"{word} has no place here")
        entry.obsolete = obsolete
        entry.strings[word] = string
        self._key = word

    def _continue(self, string: str, obsolete: bool) -> None:
        last = self.entries[-1] if self.entries else PoEntry(0)
        begun = self._key in _WORDS and self._key in last.strings
        if not begun or last.obsolete != obsolete:
            raise self._error("a string that belongs to nothing")
        last.strings[self._key] += string

    def _split(self, text: str) -> tuple[str, str]:
        """Return the keyword of a line, or nothing, and its string."""
        found = _LINE.fullmatch(text)
        if found is None and not text.startswith(('"', *_WORDS)):
            raise self._error("not a PO line")
        word = (found[1] or "") if found else ""
        if word == "msgid_plural" or word.startswith("msgstr["):
            raise self._error("plural forms have no place in an article's catalog")
        if word and word not in _WORDS:
            raise self._error(f'"{word}" lines cannot be kept')
        string = unescape(found[2]) if found else None
        if string is None:
            raise self._error(
                "a string that is not closed or has an escape that cannot be kept"
            )
        return word, string


def guarded(entries: Iterable[PoEntry]) -> str:
    """Return entries as a PO file in words that polib reads: a header first, each
    string on one line, and no comments, which it would not keep to the letter."""
    lines = ['msgid ""', 'msgstr ""', ""]
    for entry in entries:
        if entry.flags:
            lines.append(f"#, {', '.join(entry.flags)}")
        sign = "#~ " if entry.obsolete else ""
        words = (word for word in _WORDS if word in entry.strings)
        lines += [f'{sign}{word} "{escape(entry.strings[word])}"' for word in words]
        lines.append("")
    return "\n".join(lines)


# --- strings ----------------------------------------------------------------

_CHARACTERS = {
    "\\": "\\",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
"""The letters that gettext knows behind a backslash; polib knows all but ``a``."""

_ESCAPE = re.compile(
    r"((?:\\(?:x[0-9A-Fa-f]{1,2}(?![0-9A-Fa-f])|[0-7]{1,3}))+)|\\(.)", re.DOTALL
)
"""Bytes by their numbers, or a letter."""

UNWRITABLE = "\0\4"
"""Characters that gettext cannot hold: end of string, and of context."""


def escape(text: str) -> str:
    """Return a text as it stands between the quotes of a PO string, on one line."""
    import polib

    return polib.escape(text)


def unescape(string: str) -> str | None:
    """Return what stands between the quotes of a PO string as text, or None if it has
    an escape that means nothing, or a character that gettext cannot hold."""
    if "\\" not in string:
        return string
    try:
        text = _ESCAPE.sub(_character, string)
    except (KeyError, ValueError):
        return None
    return None if any(c in text for c in UNWRITABLE) else text


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return _CHARACTERS[escape[2]]
    numbers = escape[1].split("\\")[1:]
    return bytes(
        int(n[1:], 16) if n.startswith("x") else int(n, 8) for n in numbers
    ).decode()


def quoted(text: str) -> str | None:
    """Return the text of a string in quotes, or None if it is none."""
    found = _LINE.fullmatch(text)
    return unescape(found[2]) if found and not found[1] else None
