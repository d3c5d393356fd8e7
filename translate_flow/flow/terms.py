"""The glossary of a project: read, looked up, added to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.glossary import (
    Glossary,
    Hit,
    MergedGlossary,
    Status,
    Term,
    decoded,
    merged,
    read_csv,
    read_tbx,
    write_csv,
    write_tbx,
)
from translate_flow.project.termbase import glossary_path, read_glossary

if TYPE_CHECKING:
    from translate_flow.flow.workspace import Workspace

Form: TypeAlias = Literal["csv", "tbx"]
FORMS: dict[str, Form] = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".tbx": "tbx"}
"""Suffix → what is in such a file."""

MARK = "\ufeff"
"""How spreadsheets know that a file is UTF-8."""


# --- finding ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lookup:
    """A term that was looked for, as it is in another language."""

    source: str
    """Language of the term."""

    target: str
    hit: Hit
    """Its span is that in the text; both ends 0 if only its beginning was said."""


def find(workspace: Workspace, text: str) -> tuple[Lookup, ...]:
    """Return the terms in a text, in any language of the project, or if there are none,
    the terms that begin with it."""
    glossary, languages = workspace.glossary, workspace.project.languages
    pairs = [(a, b) for a in languages for b in languages if a != b]
    found = tuple(
        Lookup(a, b, hit) for a, b in pairs for hit in glossary.hits(text, a, b)
    )
    return found or tuple(_beginning(glossary, text, pairs))


def _beginning(
    glossary: Glossary, text: str, pairs: Sequence[tuple[str, str]]
) -> Iterator[Lookup]:
    wanted = text.casefold().strip()
    for source, target in pairs:
        for hit in glossary.all(source, target):
            if wanted and hit.term.casefold().startswith(wanted):
                yield Lookup(source, target, hit)


# --- in and out -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Put:
    """What putting rows into the glossary of a project did."""

    merged: MergedGlossary
    written: Path | None
    """None if nothing had to be changed."""

    notes: tuple[str, ...] = ()
    """What a person should know of how the rows were read."""


def bring_in(
    workspace: Workspace, paths: Iterable[Path], *, theirs: bool = False
) -> Put:
    """Put the rows of files into the glossary of a project. What contradicts it is left
    out, unless ``theirs``.

    :raises FlowError: if a file or the glossary cannot be read; then nothing is put in.
    """
    read = [read_file(path, workspace.project.languages) for path in paths]
    rows = [term for one in read for term in one.terms]
    notes = tuple(note for one in read for note in one.notes)
    return replace(put(workspace, rows, theirs=theirs), notes=notes)


def read_file(path: Path, languages: Sequence[str]) -> Glossary:
    """Read a glossary from a file, which its suffix says how to read.

    :raises FlowError: naming the file and what is wrong.
    """
    data = read_bytes(path)
    if form_of(path) == "tbx":
        return read_tbx(data, name=str(path), languages=languages)
    return read_csv(decoded(data, str(path)), name=str(path), languages=languages)


def form_of(path: Path) -> Form:
    """Return what a file holds by its suffix.

    :raises FlowError: if that tells nothing.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise FlowError("is neither .csv nor .tbx", str(path), hint="rename it")
    return form


def put(workspace: Workspace, rows: Sequence[Term], *, theirs: bool = False) -> Put:
    """Put rows into the glossary of a project, and save it.

    :raises FlowError: if it cannot be read or written.
    """
    languages, path = workspace.project.languages, glossary_path(workspace.project)
    with workspace.locked():
        ours, data = read_glossary(workspace.project)
        done = merged(ours, rows, theirs=theirs)
        if not (done.added or done.changed):
            return Put(done, None)
        text = write_csv(done.glossary, languages=languages)
        read_csv(text, name=str(path), languages=languages)
        marked = data is not None and data.startswith(MARK.encode())
        workspace.journal.write(path, ((MARK if marked else "") + text).encode())
    return Put(done, path)


def row(
    workspace: Workspace,
    texts: Sequence[str],
    *,
    status: Status = "preferred",
    reading: str = "",
    kind: str = "",
    note: str = "",
) -> Term:
    """Return a row of the project's glossary made of what a person typed.

    :param texts: a term for each language, in the order of the settings; an empty one
        for a language that has none.
    :raises FlowError: if there is none for a second language, or there are too many.
    """
    languages = workspace.project.languages
    if len(texts) > len(languages):
        message = f"{len(texts)} terms for {len(languages)} languages"
        hint = f"say one for each of {', '.join(languages)}, in quotes"
        raise FlowError(message, hint=hint)
    if len(texts) < 2:
        message = f"one term for {len(languages)} languages"
        hint = f'say one for each of {", ".join(languages)}; "" for none'
        raise FlowError(message, hint=hint)
    pairs = zip(languages, texts, strict=False)
    return Term.of(dict(pairs), status=status, reading=reading, kind=kind, note=note)


def exported(workspace: Workspace, form: Form) -> str:
    """Return the glossary of a project as a file of some form holds it."""
    languages = workspace.project.languages
    if form == "csv":
        return write_csv(workspace.glossary, languages=languages)
    title = workspace.project.root.resolve().name or "glossary"
    return write_tbx(workspace.glossary, languages=languages, title=title)
