"""What readers have: for each article and language the date, the source's revision and
the fingerprints of every pair, one line per unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate_flow.errors import FlowError
from translate_flow.files import read_if_there
from translate_flow.flow.desk import Desk, Sheet
from translate_flow.model import Accepted, Unit
from translate_flow.project import Project
from translate_flow.state import exact, names, pair, same

if TYPE_CHECKING:
    from translate_flow.edition import Edition


CORRECTIONS = "correction"
"""Key of what readers are told was put right; no language is called that."""


@dataclass(frozen=True, slots=True)
class Live:
    """A release, seen from today."""

    date: str
    """ISO date of the last release that changed what readers have."""

    behind: int
    """How many units read otherwise today: other words on either side, new or gone."""


def live(project: Project, sheet: Sheet) -> Live | None:
    """Return what readers have of an article; None if it was never released.

    :raises FlowError: if the record cannot be read.
    """
    printed = read_record(project.release(sheet.file.slug)).get(sheet.language)
    if not isinstance(printed, dict):
        return None
    then, now = _rows(printed), _pairs_of(sheet.catalog.units)
    behind = sum(not _same(then.get(name), now.get(name)) for name in {*then, *now})
    return Live(str(printed.get("date", "")), behind)


def readers_have(project: Project, sheet: Sheet) -> tuple[str, dict[str, Accepted]]:
    """Return the date of an article's last release and what readers have since then:
    the fingerprints of both texts, by unit; an empty date if it was never released.

    :raises FlowError: if the record cannot be read.
    """
    printed = read_record(project.release(sheet.file.slug)).get(sheet.language)
    if not isinstance(printed, dict):
        return "", {}
    return str(printed.get("date", "")), _rows(printed)


def _rows(printed: Mapping[str, Any]) -> dict[str, Accepted]:
    """Return the fingerprints in a record, by unit; rows that say something else are
    left out."""
    rows = printed.get("units", {})
    told = {name: str(text).split(".") for name, text in rows.items()}
    return {name: Accepted(*two) for name, two in told.items() if len(two) == 2}


def _pairs_of(units: Iterable[Unit]) -> dict[str, Accepted]:
    return {unit.id: pair(unit) for unit in units}


def _same(then: Accepted | None, now: Accepted | None) -> bool:
    return same(then, now) if then and now else then is now


def _stand(before: Mapping[str, Any], now: Mapping[str, Accepted], text: str) -> bool:
    """Whether readers have these pairs, of an article of this text, already."""
    then = _rows(before)
    stand = all(_same(then.get(name), now.get(name)) for name in {*then, *now})
    return stand and names(str(before.get("revision", "")), exact(text))


def record(desk: Desk, sheet: Sheet, edition: Edition) -> None:
    """Note the pairs that readers get, one line per unit, in the article's record. The
    date stays while they stay."""
    path = desk.project.release(sheet.file.slug)
    stored = read_record(path)
    before = stored.get(sheet.language, {})
    units = _pairs_of(printed.unit for printed in edition.pairs)
    text = edition.article.text
    stand = _stand(before, units, text)
    now = {
        **before,
        "date": str(before.get("date") if stand else desk.today),
        "revision": exact(text),
        "units": {name: str(told) for name, told in units.items()},
    }
    write_record(desk, path, {**stored, sheet.language: now})


def write_record(desk: Desk, path: Path, record: Mapping[str, Any]) -> None:
    """Save a record; the project's lock must be held."""
    desk.journal.write(path, _toml(record).encode())


def read_record(path: Path) -> dict[str, Any]:
    """Return the record of an article; empty if it was never released.

    :raises FlowError: if it cannot be read.
    """
    import tomllib

    data = read_if_there(path)
    if data is None:
        return {}
    try:
        return tomllib.loads(data.decode())
    except ValueError as error:
        hint = "mend it, or delete it to release anew"
        raise FlowError("not a release record", str(path), hint=hint) from error


def _toml(record: Mapping[str, Any]) -> str:
    lines = ["# What readers have; written by tflow export --release."]
    for language, values in record.items():
        if language == CORRECTIONS:
            continue
        flat = {k: v for k, v in values.items() if not isinstance(v, dict)}
        lines += ["", f"[{language}]", *_assignments(flat)]
        for name, table in values.items():
            if isinstance(table, dict):
                lines += ["", f"[{language}.{name}]", *_assignments(table)]
    for row in record.get(CORRECTIONS, []):
        lines += ["", f"[[{CORRECTIONS}]]", *_assignments(row)]
    return "\n".join(lines) + "\n"


def _assignments(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{key} = {json.dumps(str(value), ensure_ascii=False)}"
