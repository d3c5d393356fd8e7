"""What readers are told of errors that were put right after a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from translate_flow.commands import command
from translate_flow.edition import Correction
from translate_flow.errors import FlowError
from translate_flow.flow.published import (
    read_record,
    refuse_torn,
    write_record,
)
from translate_flow.flow.workspace import (
    Desk,
    Sheet,
    indices,
    one_sheet,
)
from translate_flow.project.places import Place


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and where it was noted."""

    slug: str
    correction: Correction
    language: str
    """Of the translation whose readers are told."""


def correct(
    desk: Desk, spot: Place, *, source: str, target: str, language: str | None = None
) -> Corrected:
    """Note for readers of both languages that an error was put right.

    :param source: what is said of it in the article's language.
    :param target: the same in the target's.
    :raises FlowError: if a text is wanting, the place is not one segment, or readers
        never had the article.
    """
    desk.refuse_machine("tell readers what was put right")
    sheet = one_sheet(desk, spot.file, language)
    texts = {
        sheet.catalog.source_language: " ".join(source.split()),
        sheet.language: " ".join(target.split()),
    }
    if not all(texts.values()):
        hint = "say it to the readers of both: --source TEXT --target TEXT"
        raise FlowError("a correction is told in both languages", hint=hint)
    found = indices(sheet, spot)
    if len(found) != 1:
        hint = f"name it: {command('correct', f'{sheet.file.slug}:3', tail='…')}"
        raise FlowError("a correction is of one segment", hint=hint)
    path = desk.project.release(sheet.file.slug)
    with desk.locked():
        record = read_record(path)
        refuse_torn(record, path)
        if sheet.language not in record.live:
            hint = "nobody has read it yet: just put it right"
            message = f"{sheet.file.slug} was never released in {sheet.language}"
            raise FlowError(message, hint=hint)
        row = {"date": desk.today, "unit": sheet.ids[found[0]], **texts}
        rows = (*record.corrections, row)
        write_record(desk, path, replace(record, corrections=rows))
    made = Correction(desk.today, found[0] + 1, texts)
    return Corrected(sheet.file.slug, made, sheet.language)


def corrections(
    desk: Desk, sheet: Sheet, *, source: bool = False
) -> tuple[Correction, ...]:
    """Return what readers of a translation are told, the oldest first.

    :param source: what readers of the source alone are told, of whatever translation.
    :raises FlowError: if the record cannot be read.
    """
    path = desk.project.release(sheet.file.slug)
    numbers = {name: i + 1 for i, name in enumerate(sheet.ids)}
    own = sheet.catalog.source_language
    found = []
    record = read_record(path)
    refuse_torn(record, path)
    for row in record.corrections:
        texts = {tag: row[tag] for tag in (own, sheet.language) if row.get(tag)}
        if (own if source else sheet.language) in texts:
            n = numbers.get(row.get("unit", ""), 0)
            found.append(Correction(_date(row, path), n, texts))
    return tuple(sorted(found, key=lambda one: one.date))


def _date(row: Mapping[str, str], path: Path) -> str:
    try:
        return date.fromisoformat(str(row.get("date", ""))).isoformat()
    except ValueError:
        hint = f"write it as in {date(2026, 11, 23)}"
        raise FlowError("a correction has no date", str(path), hint=hint) from None
