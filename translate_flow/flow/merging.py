"""Three catalog files merged into one, as git asks its merge driver to."""

from __future__ import annotations

import re
from pathlib import Path

from translate_flow.article import decode
from translate_flow.catalog import parse
from translate_flow.errors import FlowError
from translate_flow.files import read_bytes, write_atomic
from translate_flow.merge import merge, written
from translate_flow.model import Catalog


def merge_files(
    base: Path, ours: Path, theirs: Path, *, name: str = ""
) -> tuple[str, ...]:
    """Merge three versions of a catalog; the result goes into ``ours``.

    :param base: the common ancestor; an empty file if both sides added the catalog.
    :param name: the catalog's path, for errors.
    :returns: ids of the units that are in conflict: each stands in the file as two
        whole entries between git's markers.
    :raises FlowError: if a version cannot be read; the file then keeps our version.
    """
    name = name or str(ours)
    versions = (
        _ancestor(base),
        _read(ours, f"{name} (ours)"),
        _read(theirs, f"{name} (theirs)"),
    )
    merged = merge(*versions)
    write_atomic(ours, written(merged).encode())
    return tuple(conflict.ours.id for conflict in merged.conflicts)


def _read(path: Path, name: str) -> Catalog:
    try:
        return parse(decode(read_bytes(path), name), name=name)
    except FlowError as error:
        error.hint = (
            "the file keeps our version and has nothing of theirs: call the merge off "
            "(git merge --abort), mend the version that is named, and merge again"
        )
        raise


_HUNK = re.compile(r"^<{7}(?: .*)?\n.*?^>{7}(?: .*)?\n", re.M | re.S)
_NOTHING = Catalog("", "", "")


def _ancestor(path: Path) -> Catalog:
    """Read the common ancestor.

    Where branches crossed, git merges their ancestors first, conflicts and all: an
    entry in conflict counts as added on both sides. So do all of them where the
    ancestor cannot be read, for nobody can mend the past.
    """
    data = read_bytes(path)
    try:
        text = _HUNK.sub("", decode(data, ""))
        return parse(text, name="") if text.strip() else _NOTHING
    except FlowError:
        return _NOTHING
