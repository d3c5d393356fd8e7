"""The ``# tflow:`` line of an entry: text ↔ Mark."""

from __future__ import annotations

import re
from urllib.parse import unquote

from translate_flow.model import Accepted, Mark

MARK = "tflow:"

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
    "both": "both",
    "with": "joined",
    "at": "at",
    "added": "added",
    "from": "split_from",
    "conf": "conf",
}
"""Key in the file → field of Mark, in the order they are written."""

_REST = re.compile(r"[a-z][\w-]*=\S+(?: [a-z][\w-]*=\S+)*")

_RESERVED = re.compile(r"[\s%=\\\x00-\x1f\x7f\udc80-\udcff]")
"""What a value cannot hold as it is; the surrogates are bytes that are not UTF-8, and
at a line's end gettext would take a backslash for a sign to join the next."""


def read_mark(line: str) -> Mark:
    """Read a ``tflow:`` comment. What is malformed or contradicts itself is as if it
    were not there; what is unknown is kept."""
    known: dict[str, str] = {}
    twice: set[str] = set()
    extra: list[tuple[str, str]] = []
    for word in line.removeprefix(MARK).split():
        key, sign, text = word.partition("=")
        value = unquote(text, errors="surrogateescape")
        if not (sign and key in _KEYS):
            extra += [(key, value)] if key or value else []
        elif known.setdefault(_KEYS[key], value) != value:
            twice.add(_KEYS[key])
    known = {key: value for key, value in known.items() if key not in twice}
    src, _, tgt = known.pop("ok", "").partition(".")
    ok = Accepted(src, tgt) if src and tgt else None
    return Mark(**known, ok=ok, extra=tuple(extra))


def continues_mark(line: str) -> bool:
    """Whether a comment below a mark is the rest of it, cut off at a blank."""
    return bool(_REST.fullmatch(line))


def write_mark(mark: Mark) -> str:
    """Return the ``tflow:`` comment of a mark, without the ``#``."""
    words = [MARK]
    for key, name in _KEYS.items():
        if value := getattr(mark, name):
            words.append(f"{key}={_encoded(str(value))}")
    words += [f"{k}={_encoded(v)}" if v else k for k, v in mark.extra]
    return " ".join(words)


def _encoded(value: str) -> str:
    return _RESERVED.sub(_percent, value)


def _percent(found: re.Match[str]) -> str:
    encoded = found[0].encode("utf-8", "surrogateescape")
    return "".join(f"%{byte:02X}" for byte in encoded)
