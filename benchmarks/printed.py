"""How often the checks of what is fit to print speak on real pages, and of what.

    python benchmarks/printed.py FOLDER…

Each Markdown file below a folder is looked at by itself, its neighbours on the disk.
What is told of pages that are published is wrong in them, or a false alarm: read it.
"""

from __future__ import annotations

import sys
from collections import Counter
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote

from translate_flow.article import Article, parse
from translate_flow.checks.printing import Goal, Printing
from translate_flow.edition import build
from translate_flow.errors import FlowError
from translate_flow.flow.publish.printing import broken
from translate_flow.model import Catalog, Unit


class Disk:
    """What lies around a file."""

    def __init__(self, path: Path) -> None:
        self.folder, self.page = path.parent, path.with_suffix("")

    def image(self, address: str) -> str:
        """Say why readers would not see an image."""
        way = unquote(address.partition("?")[0].partition("#")[0])
        ways = (Path(normpath(folder / way)) for folder in (self.folder, self.page))
        path = next((one for one in ways if one.is_file()), None)
        return broken(path) if path else "it is not there"

    def goal(self, path: str) -> Goal:
        """Return what a path to a Markdown file leads to."""
        file = self.folder / path
        if not file.is_file():
            return Goal("there is no such article")
        return Goal(article=read(file))


def read(path: Path) -> Article | None:
    """Return an article; None if it cannot be read."""
    try:
        return parse(path.read_text("utf-8", "replace"), name=str(path))
    except FlowError:
        return None


def main(folders: list[str]) -> None:
    """Print what is told of each page, and how often."""
    counts: Counter[str] = Counter()
    files = segments = 0
    for path in sorted(p for f in folders for p in Path(f).rglob("*.md*")):
        article = read(path) if path.is_file() else None
        if article is None:
            continue
        units = tuple(Unit(f"u{s.n}", s.text, s.text) for s in article.segments)
        edition = build(path.stem, article, Catalog("", "en", "ko", units), proof=False)
        files, segments = files + 1, segments + len(units)
        for found in Printing(edition, Disk(path)).findings():
            counts[found.check] += 1
            print(f"{path}:{found.line}: {found.message} [{found.check}]")
    print(f"{files} files, {segments} segments: {dict(counts)}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
