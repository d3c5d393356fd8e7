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
from translate_flow.flow.translations import Translation, indices, one_translation
from translate_flow.flow.workspace import Workspace
from translate_flow.project.places import Place


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and where it was noted."""

    slug: str
    correction: Correction
    language: str
    """Of the translation whose readers are told."""

    by: str = ""
    """Who noted it; empty if nobody knows."""


def correct(
    workspace: Workspace,
    spot: Place,
    *,
    source: str,
    target: str,
    language: str | None = None,
    by: str | None = None,
) -> Corrected:
    """Note for readers of both languages that an error was put right.

    :param source: what is said of it in the article's language.
    :param target: the same in the target's.
    :param by: who notes it; None for the person who acts, if that is known.
    :raises FlowError: if a text is wanting, the place is not one segment, or readers
        never had the article.
    """
    act = "tell readers what was put right"
    workspace.refuse_machine(act)
    who = _known(workspace, by, act)
    translation = one_translation(workspace, spot.file, language)
    texts = {
        translation.catalog.source_language: " ".join(source.split()),
        translation.language: " ".join(target.split()),
    }
    if not all(texts.values()):
        hint = "say it to the readers of both: --source TEXT --target TEXT"
        raise FlowError("a correction is told in both languages", hint=hint)
    found = indices(translation, spot)
    if len(found) != 1:
        hint = f"name it: {command('correct', f'{translation.file.slug}:3', tail='…')}"
        raise FlowError("a correction is of one segment", hint=hint)
    path = workspace.project.release(translation.file.slug)
    with workspace.locked():
        record = read_record(path)
        refuse_torn(record, path)
        if translation.language not in record.live:
            hint = "nobody has read it yet: just put it right"
            message = (
                f"{translation.file.slug} was never released in {translation.language}"
            )
            raise FlowError(message, hint=hint)
        row = {"date": workspace.today, "unit": translation.ids[found[0]], **texts}
        row |= {"by": who} if who else {}
        rows = (*record.corrections, row)
        write_record(workspace, path, replace(record, corrections=rows))
    made = Correction(workspace.today, found[0] + 1, texts)
    return Corrected(translation.file.slug, made, translation.language, who)


def _known(workspace: Workspace, by: str | None, act: str) -> str:
    """Return who acts, an empty string if nobody knows: readers are told all the same.

    :raises FlowError: if the name that was given is none.
    """
    try:
        return workspace.by(by, act)
    except FlowError:
        if by is not None:
            raise
        return ""


def corrections(
    workspace: Workspace, translation: Translation, *, source: bool = False
) -> tuple[Correction, ...]:
    """Return what readers of a translation are told, the oldest first.

    :param source: what readers of the source alone are told, of whatever translation.
    :raises FlowError: if the record cannot be read.
    """
    path = workspace.project.release(translation.file.slug)
    numbers = {name: i + 1 for i, name in enumerate(translation.ids)}
    own = translation.catalog.source_language
    found = []
    record = read_record(path)
    refuse_torn(record, path)
    for row in record.corrections:
        texts = {tag: row[tag] for tag in (own, translation.language) if row.get(tag)}
        if (own if source else translation.language) in texts:
            n = numbers.get(row.get("unit", ""), 0)
            found.append(Correction(_date(row, path), n, texts))
    return tuple(sorted(found, key=lambda one: one.date))


def _date(row: Mapping[str, str], path: Path) -> str:
    try:
        return date.fromisoformat(str(row.get("date", ""))).isoformat()
    except ValueError:
        hint = f"write it as in {date(2026, 11, 23)}"
        raise FlowError("a correction has no date", str(path), hint=hint) from None
