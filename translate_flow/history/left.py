"""Catalogs that git knows and that no article has any more: those of articles that were
renamed, as far as a language goes."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from translate_flow.errors import FlowError
from translate_flow.files import inside
from translate_flow.history.repository import Repository

_SOURCE = re.compile(rb'X-Tflow-Source: ([^"\\]+)')
_HEADER = 4000
"""Bytes of a catalog in which its header stands."""


class Left:
    """What was left behind in one repository; each question is asked once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._known: dict[str, bool] = {}
        self._names: dict[str, tuple[str, ...]] = {}

    def has(self, path: str) -> bool:
        """Whether a catalog is not there, or its article is not.

        :param path: relative to the top of the work tree.
        """
        if path not in self._known:
            self._known[path] = self._is_left(path)
        return self._known[path]

    def beside(self, path: str) -> tuple[str, ...]:
        """Return the catalogs of a catalog's language that were ever committed, on any
        branch, and are left."""
        folder = language_folder(path)
        if folder not in self._names:
            asked = ("--all", "--reflog", "--no-renames", "--diff-filter=A", "-z")
            shown = ("--name-only", "--format=", "--", folder)
            told = os.fsdecode(self._repository.ask("log", *asked, *shown, top=True))
            names = dict.fromkeys(told.replace("\n", "\0").split("\0"))
            found = (name for name in names if name.endswith(".po"))
            self._names[folder] = tuple(name for name in found if self.has(name))
        return self._names[folder]

    def _is_left(self, path: str) -> bool:
        top = self._repository.found.top
        catalog = top / path
        try:
            if not inside(catalog).is_file():
                return True
            with catalog.open("rb") as file:
                header = file.read(_HEADER)
        except (FlowError, OSError):
            return True
        if (source := _SOURCE.search(header)) is None:
            return False
        project = path.rpartition("translations/")[0]
        article = os.path.normpath(top / project / os.fsdecode(source[1]))
        within = Path(article).is_relative_to(top)
        return not (within and os.path.lexists(article))


@lru_cache(maxsize=4)
def left_in(repository: Repository) -> Left:
    """Return what was left behind in a repository, the same for all its catalogs."""
    return Left(repository)


def language_folder(path: str) -> str:
    """Return the folder of ``translations`` in which a catalog lies."""
    project, _, inner = path.rpartition("translations/")
    return f"{project}translations/{inner.partition('/')[0]}"
