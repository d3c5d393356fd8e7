"""Whether an edition is fit to print: what of it readers would not see or not reach."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import dirname, join
from typing import TYPE_CHECKING
from urllib.parse import unquote

from translate_flow.checks.printing import Goal, Printing
from translate_flow.errors import FlowError
from translate_flow.files import read_bytes
from translate_flow.flow.publish.links import Neighbours, composed, spelled
from translate_flow.flow.publish.prepare import unfit
from translate_flow.flow.publish.release import Refused
from translate_flow.flow.published import read_record
from translate_flow.flow.translations import Translation
from translate_flow.model import Finding
from translate_flow.project import ArticleFile
from translate_flow.project.matter import held_back

if TYPE_CHECKING:
    from translate_flow.edition import Edition

KNOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
"""Suffixes of images whose content tells what they are."""


@dataclass(frozen=True)
class Surroundings:
    """What lies around the articles of a project."""

    neighbours: Neighbours
    """With ``release``: what readers may have."""

    images: dict[Path, str] = field(default_factory=dict)
    """Why images cannot be shown, as far as they were looked at."""

    def findings(self, translation: Translation, edition: Edition) -> list[Finding]:
        """Return what of an edition would be missing or broken in print, with the file
        and line where it stands."""
        workspace = self.neighbours.workspace
        file = workspace.git.prefix + translation.file.name
        world = _World(self, translation.file)
        return [
            replace(found, file=file, message=f"{file}:{found.line}: {found.message}")
            for found in Printing(edition, world).findings()
        ]

    def refused(self, translation: Translation, edition: Edition) -> list[Refused]:
        """Return what keeps an edition from being released."""
        slug, language = translation.file.slug, translation.language
        found = self.findings(translation, edition)
        return [
            Refused(slug, language, edition.pair(one.n) if one.n else None, one)
            for one in found
        ]

    def picture(self, path: Path) -> str:
        """Say why an image cannot be shown; empty if it can."""
        if path not in self.images:
            self.images[path] = broken(path)
        return self.images[path]

    def has(self, other: ArticleFile) -> bool:
        """Tell whether readers have an article, or could."""
        project = self.neighbours.workspace.project
        meta, languages = self.neighbours.seen(other)
        if languages:
            return True
        try:
            live = bool(read_record(project.release(other.slug)).live)
        except FlowError:
            live = False
        of_site = project.tree is not None and bool(project.tree.outputs)
        kept = all(held_back(meta, language) for language in project.languages)
        return live or (of_site and not kept)


@dataclass(frozen=True)
class _World:
    """What lies around one article."""

    around: Surroundings
    file: ArticleFile

    def image(self, address: str) -> str:
        """Say why readers would not see an image; empty if they will, or if nobody
        can tell."""
        root = self.around.neighbours.workspace.project.root.resolve()
        way = unquote(address.partition("?")[0].partition("#")[0])
        written = join(dirname(self.file.name), way)
        try:
            whole = (root / written).resolve()
        except (OSError, ValueError):
            return "no file can be called so"
        if not whole.is_relative_to(root):
            return ""  # of a site around the project
        ways = [written]
        if self.around.neighbours.workspace.project.tree:  # seen from the page's folder
            ways.append(join(self.file.name.rpartition(".")[0], way))
        found = (spelled(root, composed(one)) for one in ways)
        path = next(filter(None, found), None)
        if path is None:
            return "it is not there"
        return unfit(path, root) or self.around.picture(path)

    def goal(self, path: str) -> Goal:
        """Return what a path to a Markdown file leads to."""
        neighbours = self.around.neighbours
        root = neighbours.workspace.project.root
        name = composed(join(dirname(self.file.name), path))
        if (other := neighbours.articles.get(name)) is None:
            there = name.startswith("../") or spelled(root, name)
            return Goal("" if there else "there is no such article")
        if other.slug != self.file.slug and not self.around.has(other):
            return Goal(f"readers do not have {other.slug} yet", open=True)
        return Goal(article=neighbours.article(other))


def broken(path: Path) -> str:
    """Say why a file cannot be shown as an image; empty if it can."""
    from translate_flow.exporters.inline.writer import media_type

    try:
        data = read_bytes(path)
    except FlowError:
        return "it cannot be read"
    if not data:
        return "it is empty"
    known = path.suffix.lower() in KNOWN
    return "it is no image" if known and not media_type(data) else ""
