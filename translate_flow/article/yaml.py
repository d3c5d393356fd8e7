"""YAML 1.2 front matter. The one home of ruamel.yaml.

Most front matter is a few lines ``key: value``; those are read without the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from translate_flow.article.scalars import (
    MOST,
    Content,
    KeyValue,
    Malformed,
    Scalar,
    Table,
    double_quoted,
)

Path = tuple[str | int, ...]

WORDS = r"[^\W\d_][^\n:#\[\]{},\"'&*!|>%@`\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*"
SIMPLE = re.compile(
    rf"""(?P<key>[A-Za-z_][\w-]*):[ \t]+(?:
      (?P<plain>{WORDS}) | "(?P<double>[^"\\\n\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*)"
    | '(?P<single>[^'\n\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*)'
    | (?P<day>\d{{4}}-\d\d-\d\d) | (?P<number>[1-9]\d{{0,8}}) | (?P<truth>true|false)
    )[ ]*\n""",
    re.VERBOSE,
)
NOT_TEXT = re.compile(r"(?i:true|false|null|nan|inf|yes|no|on|off|y|n)")
PLAIN = re.compile(r"[A-Za-z0-9(/$_;^][^\t\n]*|[^\x00-\x7f][^\t\n]*")
"""What may begin a plain text: no sign that means something to some reader."""
NUMBER = re.compile(r"(?i:[-+.]?[0-9][0-9a-fxoz_.,:+\- t]*)")
"""Numbers, times and dates: octal, with ``_`` or ``,`` in them, in base 60."""
BREAKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML 1.1 takes as a line break or refuses."""
IN_BRACKETS = re.compile(r"[\[\]{},?:#&*!|>'\"%@`]")
NAME = re.compile(r"[A-Za-z가-힣/][\w가-힣/.-]*")
PROPERTIES = re.compile(r"(?:[&!]\S*[ \t\n]+)*")
TRAILING = re.compile(r"\n(?:[ \t]*(?:#[^\n]*)?(?:\n|\Z))*\Z")
"""Lines at the end that hold nothing but comments."""
TABS = re.compile(r"^([ ]*(?:-[ ]+)?[\w.-]+:)([ ]*\t[ \t]*)(?=\S)", re.MULTILINE)
"""Tabs between a key and its value, which YAML allows and the library does not."""
MERGE = "tag:yaml.org,2002:merge"
INDENT = re.compile(r"^[ ]*(?=\S)", re.MULTILINE)


@lru_cache(maxsize=64)
def read(content: str) -> Content:
    """Return what YAML says and where its texts stand.

    :raises Malformed: if it is not YAML.
    """
    return _read_simple(content) or _read_any(content)


def candidates(scalar: Scalar, source: str, target: str) -> Iterator[str]:
    """Yield ways to write a text where a scalar stands, its own style first."""
    odd = BREAKS.search(target)
    if scalar.style in ("|", ">") and not odd:
        yield _block(scalar.style, source, target)
    properties = PROPERTIES.match(source)
    head = properties[0] if properties else ""
    if scalar.style == "" and _may_be_plain(target, inside=scalar.inside):
        yield head + target
    if scalar.style == "'" and "\n" not in target and not odd:
        yield head + "'" + target.replace("'", "''") + "'"
    yield head + double_quoted(target)


def written(text: str) -> str:
    """Return a text as any reader of YAML takes it as a text: as it is only if it is a
    mere name."""
    plain = NAME.fullmatch(text) and _may_be_plain(text, inside=True)
    return text if plain else double_quoted(text)


def _may_be_plain(text: str, *, inside: bool) -> bool:
    """Whether readers of YAML 1.1, such as Ruby's and Python's, take a text without
    quotes as a text, as those of 1.2 do if they read it back.

    :param inside: whether it stands in brackets.
    """
    if not PLAIN.fullmatch(text) or NOT_TEXT.fullmatch(text) or NUMBER.fullmatch(text):
        return False
    return not (BREAKS.search(text) or (inside and IN_BRACKETS.search(text)))


def _block(style: str, source: str, target: str) -> str:
    header, _, body = source.partition("\n")
    found = INDENT.search(body)
    indent = found[0] if found else "  "
    if style == ">":
        target = re.sub(r"\n+", lambda m: m[0] + "\n", target)
    lines = (indent + line if line else "" for line in target.split("\n"))
    return header + "\n" + "\n".join(lines)


# --- the keys of the top level ----------------------------------------------


def table(content: str) -> Table:
    """Return where the keys of the top level stand, in content that must be valid."""
    root = _library().compose(_without_tabs(content))
    if root is None:
        return Table(())
    pairs = [(key.value, key.start_mark, key.end_mark, v) for key, v in root.value]
    starts = [start.index for _, start, _, _ in pairs[1:]]
    found = [
        _entry(content, key, (start.index, content.find(":", end.index) + 1), till, v)
        for (key, start, end, v), till in zip(
            pairs, (*starts, len(content)), strict=True
        )
    ]
    if root.flow_style:
        return Table(tuple(found), braces=root.start_mark.index + 1)
    return Table(tuple(found), indent=" " * pairs[0][1].column)


def _entry(
    content: str, key: str, places: tuple[int, int], till: int, node: Any
) -> KeyValue:
    """:param places: where the key begins, and where its value may begin.
    :param till: where the next key begins, or the content ends."""
    start, after = places
    value, end = node.start_mark.index, node.end_mark.index
    rows = node.id != "scalar" and not node.flow_style
    if node.start_mark.index < after:  # what an alias names stands elsewhere
        value = after + len(content[after:till]) - len(content[after:till].lstrip())
        end = value + len(content[value:till].partition("\n")[0].split(" ")[0])
    elif rows:
        end = after + len(TRAILING.sub("", content[after:till]))
    elif node.id == "scalar" and node.style in ("|", ">"):
        end = after + len(content[after:till].rstrip())
    elif not content[value:end]:
        value = end = after
    return KeyValue(key, start, after, value, end)


# --- simple -----------------------------------------------------------------


def _read_simple(content: str) -> Content | None:
    meta: dict[str, Any] = {}
    scalars, pos = [], 0
    while pos < len(content):
        found = SIMPLE.match(content, pos)
        if found is None or found["key"] in meta or NOT_TEXT.fullmatch(found["key"]):
            return None
        try:
            meta[found["key"]] = value = _simple_value(found)
        except ValueError:
            return None
        if isinstance(value, str):
            scalars.append(_simple_scalar(found))
        pos = found.end()
    return Content(meta, tuple(scalars))


def _simple_value(found: re.Match[str]) -> Any:
    if found["plain"] is not None:
        text = found["plain"].rstrip(" ")
        if NOT_TEXT.fullmatch(text) or "\t" in text:
            raise ValueError(text)
        return text
    if found["day"]:
        return date.fromisoformat(found["day"])
    if found["number"]:
        return int(found["number"])
    if found["truth"]:
        return found["truth"] == "true"
    return found["double"] if found["double"] is not None else found["single"]


def _simple_scalar(found: re.Match[str]) -> Scalar:
    path = (found["key"],)
    for field, quote in (("double", '"'), ("single", "'")):
        if found[field] is not None:
            start, end = found.span(field)
            return Scalar(path, found[field], start - 1, end + 1, quote)
    text = found["plain"].rstrip(" ")
    start = found.start("plain")
    return Scalar(path, text, start, start + len(text), "")


# --- anything else ----------------------------------------------------------


def _read_any(content: str) -> Content:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    content = _without_tabs(content)
    try:
        root = _library().compose(content)
        if root is not None and _heaviest(root) > MOST:
            raise Malformed("its aliases stand for too many values", 0)
        meta = _library().load(content)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "cannot be read"
        raise Malformed(problem, mark.line if mark else 0) from error
    except YAMLError as error:
        problem = str(error).split("\n", 1)[0]
        raise Malformed(problem, 0) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise Malformed(f"a value cannot be read ({error})", 0) from error
    meta = {} if meta is None else meta
    if root is None:
        return Content(meta, ())
    return Content(meta, tuple(_scalars(content, root)), tuple(_twice(root, set())))


def _library() -> Any:
    """Return the library; of a key that stands twice it takes the last."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import SafeConstructor

    class LastWins(SafeConstructor):
        def check_mapping_key(self, *args: Any) -> bool:
            return True

    library = YAML(typ="safe", pure=True)
    library.Constructor = LastWins
    return library


def _without_tabs(content: str) -> str:
    """Return content with blanks for tabs between keys and values."""
    if "\t" not in content:
        return content
    return TABS.sub(lambda found: found[1] + " " * len(found[2]), content)


def _heaviest(root: Any) -> int:
    """Return how many values there are at most in one map, with those merged into
    it."""
    known: dict[int, int] = {}
    return max(_weight(root, known), *known.values(), 0)


def _weight(node: Any, known: dict[int, int]) -> int:
    if node.id == "scalar":
        return 1
    if id(node) not in known:
        known[id(node)] = 1
        pairs = node.value if node.id == "mapping" else [(None, v) for v in node.value]
        weights = [(key, _weight(value, known)) for key, value in pairs]
        merged = (w for key, w in weights if key is None or key.tag == MERGE)
        known[id(node)] = len(pairs) + sum(merged)
    return known[id(node)]


def _twice(node: Any, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Yield the keys that stand again in the same map, and their lines."""
    if node.id == "scalar" or id(node) in seen:
        return
    seen.add(id(node))
    known: set[str] = set()
    for key, value in node.value if node.id == "mapping" else ():
        name = key.value if key.id == "scalar" else ""
        if name in known and key.tag != MERGE:
            yield name, key.start_mark.line
        known.add(name)
        yield from _twice(value, seen)
    for value in node.value if node.id != "mapping" else ():
        yield from _twice(value, seen)


def _scalars(content: str, root: Any) -> Iterator[Scalar]:
    """Yield the texts below a node; what an alias repeats is yielded once."""
    paths: dict[int, list[Path]] = {}
    texts = []
    for node, path, inside in _nodes(root, (), set()):
        if id(node) not in paths:
            texts.append((node, inside))
        paths.setdefault(id(node), []).append(path)
    for node, inside in texts:
        first, *others = paths[id(node)]
        found = _scalar(content, node, first)
        yield replace(found, repeats=tuple(others), inside=inside)


def _nodes(
    node: Any, path: Path, seen: set[int], inside: bool = False
) -> Iterator[tuple[Any, Path, bool]]:
    """Yield the text nodes below a node with their paths, and whether they stand in
    brackets; maps and lists that an alias repeats are not entered again."""
    if node.id == "scalar":
        if node.tag in ("tag:yaml.org,2002:str", "!"):
            yield node, path, inside
        return
    if id(node) in seen:
        return
    seen.add(id(node))
    inside = inside or bool(node.flow_style)
    if node.id == "mapping":
        for name, value in _entries(node):
            yield from _nodes(value, (*path, name), seen, inside)
    else:
        for i, value in enumerate(node.value):
            yield from _nodes(value, (*path, i), seen, inside)


def _entries(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield names and values of a map: the last where one stands twice, and what is
    merged into it where it has none of that name."""
    own = {key.value: value for key, value in node.value if _is_name(key)}
    yield from own.items()
    for key, value in node.value:
        if key.tag != MERGE:
            continue
        for merged in value.value if value.id == "sequence" else [value]:
            for name, one in _entries(merged):
                if name not in own:
                    own[name] = one
                    yield name, one


def _is_name(key: Any) -> bool:
    return bool(key.id == "scalar" and key.tag == "tag:yaml.org,2002:str")


def _scalar(content: str, node: Any, path: Path) -> Scalar:
    start, end = node.start_mark.index, node.end_mark.index
    style, text, tail = node.style or "", node.value, ""
    if style in ("|", ">"):
        end = start + len(content[start:end].rstrip())
        text = text.rstrip("\n")
        tail = node.value[len(text) :]
    return Scalar(path, text, start, end, style, tail)
