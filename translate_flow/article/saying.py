"""The one writer of front matter: texts exchanged in place, and keys that say something
else.

Whatever is written is read back, and taken only if the whole front matter says what it
should and the text below it is what it was. All other bytes stay: line ends, comments,
the author's quotes and indents. Texts that readers of YAML 1.1 would take as something
else are put in quotes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from translate_flow.article import yaml
from translate_flow.article.front import READERS, Front, cut
from translate_flow.article.places import Refusal
from translate_flow.article.scalars import Scalar, Table, double_quoted
from translate_flow.errors import FlowError

Value = str | bool | int
"""What settings may have written into front matter: a template, or just that."""

Said = str | bool | int | Sequence[str] | Mapping[str, Any]
"""What front matter may be made to say; an empty text takes a key away."""

MANY_LINES = ("|", ">", '"""', "'''")
NEWLINE = re.compile(r"\r\n?|\n")
CRLF = re.compile(r"\r\n")
BARE = re.compile(r"[A-Za-z0-9_-]+")

Edit = tuple[int, int, str]
"""Where a text with line ends of one character changes, and what stands there then."""

# --- a text in its place ----------------------------------------------------


def replacement(front: Front, scalar: Scalar, target: str) -> str:
    """Return what stands in the place of a scalar so that it reads ``target``: as its
    author would have written it if that will do, else in double quotes.

    :raises Refusal: if nothing does.
    """
    target = _fitting(scalar, target)
    content = front.content
    before, after = content[: scalar.start], content[scalar.end :]
    expected = deepcopy(front.meta)
    for path in (scalar.path, *scalar.repeats):
        _put(expected, path, target + scalar.tail)
    source = content[scalar.start : scalar.end]
    candidates: Iterator[str]
    candidates = READERS[front.language].candidates(scalar, source, target)
    for candidate in candidates:
        written = before + candidate + after
        again = _read_back(front.around(written))
        if again and again.content == written and _same(again.meta, expected):
            return candidate
    raise Refusal("cannot be written in this front matter")


def _fitting(scalar: Scalar, target: str) -> str:
    """Return a target with the line breaks that its place may have."""
    target = re.sub(r"\r\n?", "\n", target).strip()
    if not target:
        raise Refusal("is empty")
    if scalar.style in MANY_LINES or "\n" in scalar.text:
        return target
    if re.search(r"\n[ \t]*\n", target):
        raise Refusal("has a blank line, but only one block fits here")
    return re.sub(r"[ \t]*\n[ \t]*", " ", target)


def _put(meta: Any, path: Sequence[str | int], text: str) -> None:
    for part in path[:-1]:
        meta = meta[part]
    meta[path[-1]] = text


# --- a key ------------------------------------------------------------------


def saying(
    text: str, says: Mapping[str, Said], *, name: str, first: bool = False
) -> str:
    """Return an article whose front matter says something; all else stays, byte for
    byte. An article without front matter gets some.

    :param says: keys of the top level, and what they say from now on.
    :param name: the article's file, for errors.
    :param first: whether a new key stands above the others, not below.
    :raises FlowError: if the author's way of writing has no place for it.
    """
    for key, value in says.items():
        text = _saying(text, key, value, name, first)
    return text


def _saying(text: str, key: str, value: Said, name: str, first: bool) -> str:
    plain = NEWLINE.sub("\n", text)
    head = cut(plain, name)
    before = head.meta if head else {}
    wanted = {k: v for k, v in before.items() if k != key}
    if value != "":
        wanted[key] = _plain(value)
    if _same(wanted, before):
        return text
    if head is None:
        mark = int(text.startswith("\ufeff"))
        line = f"{yaml.written(key)}: {_in_yaml(value)}"
        edit = (mark, mark, f"---\n{line}\n---\n\n")
    else:
        start, end, new = _edit(head, key, value, first)
        edit = (head.start + start, head.start + end, new)
    written = plain[: edit[0]] + edit[2] + plain[edit[1] :]
    again = _read_back(written)
    below = plain[head.end :] if head else "\n" + plain[edit[1] :]
    if again and _same(again.meta, wanted) and written[again.end :] == below:
        return spliced(text, [edit])
    hint = f"write {key} on a line of its own"
    raise FlowError(f"{key} cannot be set in its front matter", name, 1, hint)


def spliced(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits, which are in order; what is written gets the line ends
    that the text begins with.

    :param edits: their places count each line end as one character.
    """
    found = NEWLINE.search(text)
    newline = found[0] if found else "\n"
    ends = [crlf.start() - i for i, crlf in enumerate(CRLF.finditer(text))]
    parts, done = [], 0
    for start, end, new in edits:
        parts.append(text[done : start + bisect_left(ends, start)])
        parts.append(new.replace("\n", newline))
        done = end + bisect_left(ends, end)
    return "".join((*parts, text[done:]))


def _edit(head: Front, key: str, value: Said, first: bool) -> Edit:
    """Return how the content of a front matter changes."""
    table = READERS[head.language].table(head.content)
    at = max((n for n, one in enumerate(table.entries) if one.key == key), default=-1)
    inside = table.braces > 0
    if value == "":
        cutting = _cut_between if inside else _cut_rows
        return (*cutting(head.content, table, at), "")
    written = _value(head.language, value, inside=inside)
    if at >= 0:
        entry = table.entries[at]
        near = head.content[entry.after : entry.value]
        if near and (inside or "\n" not in near):
            return entry.value, entry.end, written
        return entry.after, entry.end, f" {written}"
    pair = _name(head.language, key, inside=inside) + written
    if inside:
        return _put_between(head.content, table, pair, first)
    return _put_row(head, table, pair, first)


def _put_row(head: Front, table: Table, pair: str, first: bool) -> Edit:
    at = 0
    if not first:
        above = head.language == "TOML"  # of its tables
        last = table.entries[-1].end if table.entries else 0
        at = _next_row(head.content, last) if above else len(head.content)
    return at, at, f"{table.indent}{pair}\n"


def _cut_rows(content: str, table: Table, at: int) -> tuple[int, int]:
    entry = table.entries[at]
    start = content.rfind("\n", 0, entry.start) + 1
    return start, _next_row(content, entry.end)


def _next_row(content: str, at: int) -> int:
    end = content.find("\n", at)
    return 0 if at == 0 else len(content) if end < 0 else end + 1


def _put_between(content: str, table: Table, pair: str, first: bool) -> Edit:
    at, entries = table.braces, table.entries
    if not entries:
        return at, at, pair
    before = content[at : entries[0].start]
    gap = before if not before.strip() else " "
    if first:
        return at, at, f"{gap}{pair}," + " " * (not gap)
    return entries[-1].end, entries[-1].end, f",{gap or ' '}{pair}"


def _cut_between(content: str, table: Table, at: int) -> tuple[int, int]:
    entries = table.entries
    if at + 1 < len(entries):
        return entries[at].start, entries[at + 1].start
    return (entries[at - 1].end if at else entries[at].start), entries[at].end


# --- as it is written -------------------------------------------------------


def _name(language: str, key: str, *, inside: bool) -> str:
    """Return a key and the sign after it."""
    if language == "TOML":
        return f"{key if BARE.fullmatch(key) else double_quoted(key)} = "
    return f"{double_quoted(key) if inside else yaml.written(key)}: "


def _value(language: str, value: Said, *, inside: bool) -> str:
    if language == "TOML":
        return _inline(value, " = ", " ")
    return _inline(value) if inside else _in_yaml(value)


def _in_yaml(value: Said) -> str:
    return yaml.written(value) if isinstance(value, str) else _inline(value)


def _inline(value: Any, sign: str = ": ", pad: str = "") -> str:
    """Write a value as JSON, which is YAML, too; with other signs, as TOML.

    :param sign: between a key and its value.
    :param pad: inside of braces.
    """
    if isinstance(value, Mapping):
        pairs = (
            double_quoted(str(key)) + sign + _inline(one, sign, pad)
            for key, one in value.items()
        )
        return f"{{{pad}{', '.join(pairs)}{pad}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(one, sign, pad) for one in value)}]"
    return double_quoted(value) if isinstance(value, str) else json.dumps(value)


def _plain(value: Any) -> Any:
    """Return a value as a reader gives it back."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


# --- as it is read back -----------------------------------------------------


def _read_back(text: str) -> Front | None:
    try:
        return cut(text, "")
    except FlowError:
        return None


def _same(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether two front matters say the same; as text, because NaN is not equal to
    itself and 1 is equal to true."""
    rows = (sorted(map(repr, meta.items())) for meta in (one, other))
    return next(rows) == next(rows)
