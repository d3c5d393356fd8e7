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

from translate_flow.article.scalars import Content, Malformed, Scalar, double_quoted

Path = tuple[str | int, ...]

WORDS = r"[^\W\d_][^\n:#\[\]{},\"'&*!|>%@`\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*"
SIMPLE = re.compile(
    rf"""(?P<key>[A-Za-z_][\w-]*):[ ]+(?:
      (?P<plain>{WORDS}) | "(?P<double>[^"\\\n\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*)"
    | '(?P<single>[^'\n\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*)'
    | (?P<day>\d{{4}}-\d\d-\d\d) | (?P<number>[1-9]\d{{0,8}}) | (?P<truth>true|false)
    )[ ]*\n""",
    re.VERBOSE,
)
NOT_TEXT = re.compile(r"(?i:true|false|null|nan|inf|yes|no|on|off|y|n)")
PROPERTIES = re.compile(r"(?:[&!]\S*[ \t\n]+)*")
INDENT = re.compile(r"^[ ]*(?=\S)", re.MULTILINE)


@lru_cache(maxsize=64)
def read(content: str) -> Content:
    """Return what YAML says and where its texts stand.

    :raises Malformed: if it is not YAML, or has a key twice.
    """
    return _read_simple(content) or _read_any(content)


def candidates(scalar: Scalar, source: str, target: str) -> Iterator[str]:
    """Yield ways to write a text where a scalar stands, its own style first."""
    if scalar.style in ("|", ">"):
        yield _block(scalar.style, source, target)
    properties = PROPERTIES.match(source)
    head = properties[0] if properties else ""
    if scalar.style == "" and "\n" not in target:
        yield head + target
    if scalar.style == "'" and "\n" not in target:
        yield head + "'" + target.replace("'", "''") + "'"
    yield head + double_quoted(target)


def _block(style: str, source: str, target: str) -> str:
    header, _, body = source.partition("\n")
    found = INDENT.search(body)
    indent = found[0] if found else "  "
    if style == ">":
        target = re.sub(r"\n+", lambda m: m[0] + "\n", target)
    lines = (indent + line if line else "" for line in target.split("\n"))
    return header + "\n" + "\n".join(lines)


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
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        meta = YAML(typ="safe", pure=True).load(content)
        root = YAML(typ="safe", pure=True).compose(content)
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
    return Content(meta, tuple(_scalars(content, root) if root else ()))


def _scalars(content: str, root: Any) -> Iterator[Scalar]:
    """Yield the texts below a node; what an alias repeats is yielded once."""
    paths: dict[int, list[Path]] = {}
    texts = []
    for node, path in _nodes(root, (), set()):
        if id(node) not in paths:
            texts.append(node)
        paths.setdefault(id(node), []).append(path)
    for node in texts:
        first, *others = paths[id(node)]
        yield replace(_scalar(content, node, first), repeats=tuple(others))


def _nodes(node: Any, path: Path, seen: set[int]) -> Iterator[tuple[Any, Path]]:
    """Yield the text nodes below a node with their paths; maps and lists that an alias
    repeats are not entered again."""
    if node.id == "scalar":
        if node.tag in ("tag:yaml.org,2002:str", "!"):
            yield node, path
        return
    if id(node) in seen:
        return
    seen.add(id(node))
    if node.id == "mapping":
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:str":
                yield from _nodes(value, (*path, key.value), seen)
    else:
        for i, value in enumerate(node.value):
            yield from _nodes(value, (*path, i), seen)


def _scalar(content: str, node: Any, path: Path) -> Scalar:
    start, end = node.start_mark.index, node.end_mark.index
    style, text, tail = node.style or "", node.value, ""
    if style in ("|", ">"):
        end = start + len(content[start:end].rstrip())
        text = text.rstrip("\n")
        tail = node.value[len(text) :]
    return Scalar(path, text, start, end, style, tail)
