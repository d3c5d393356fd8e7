"""Where a project has its terms."""

from __future__ import annotations

from pathlib import Path

from translate_flow.files import read_if_there
from translate_flow.glossary import Glossary, decoded, read_csv
from translate_flow.project import TRANSLATIONS, Project


def glossary_path(project: Project) -> Path:
    """Return where the glossary of a project lies."""
    return project.root / TRANSLATIONS / "glossary.csv"


def read_glossary(project: Project) -> tuple[Glossary, bytes | None]:
    """Return the terms of a project, and the bytes that they were read from; none and
    None if it has no glossary.

    :raises FlowError: naming the file and the line that cannot be read.
    """
    path = glossary_path(project)
    data = read_if_there(path)
    if data is None:
        return Glossary(), None
    text = decoded(data, str(path))
    return read_csv(text, name=str(path), languages=project.languages), data
