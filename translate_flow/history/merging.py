"""Three files merged into one, as git asks its merge drivers to: catalogs unit by unit,
glossaries term by term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from translate_flow.article import decode
from translate_flow.catalog import parse
from translate_flow.errors import FlowError
from translate_flow.files import read_bytes, write_atomic
from translate_flow.model import Catalog
from translate_flow.sync.merge import merge, written


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
    with _named():
        return parse(decode(read_bytes(path), name), name=name)


@contextmanager
def _named() -> Iterator[None]:
    """Say what became of the file if one of its versions cannot be read."""
    try:
        yield
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


# --- glossaries -------------------------------------------------------------


def merge_glossaries(
    base: Path, ours: Path, theirs: Path, *, name: str = ""
) -> tuple[str, ...]:
    """Merge three versions of a glossary; the result goes into ``ours``.

    :param base: the common ancestor; an empty file if both sides added the glossary.
    :param name: the glossary's path, for errors.
    :returns: the terms that are in conflict: each stands in the file as whole rows of
        both sides between git's markers.
    :raises FlowError: if a version cannot be read; the file then keeps our version.
    """
    from translate_flow import glossary

    name = name or str(ours)
    with _named():
        said = [glossary.decoded(read_bytes(path), name) for path in (ours, theirs)]
        languages = glossary.languages_of(*said)
        mine, other = (
            glossary.read_csv(text, name=f"{name} ({side})", languages=languages)
            for text, side in zip(said, ("ours", "theirs"), strict=True)
        )
    before = glossary.Glossary()
    with suppress(FlowError):  # nobody can mend the past
        text = _HUNK.sub("", glossary.decoded(read_bytes(base), name))
        before = glossary.read_csv(text, name=name, languages=languages)
    done = glossary.joined(before, mine, other, languages)
    mark = "\ufeff" if read_bytes(ours).startswith(b"\xef\xbb\xbf") else ""
    write_atomic(ours, (mark + glossary.written(done, languages)).encode())
    return tuple(map(str, done.conflicts))
