"""How generators of sites name headings, and how a page tells them the id of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate_flow.article.anchors import anchors, bare, explicit
from translate_flow.text.slugs import Slugs, Style

if TYPE_CHECKING:
    from translate_flow.edition import Edition

ANCHOR = '<a id="{}"></a>'
"""Before the words of a heading, this is a place to lead to for any renderer."""

Wraps = Mapping[int, tuple[str, str]]
"""What stands before and after the words of headings, by the numbers of their
segments."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a generator does with headings."""

    style: Style = "github"
    """How it names those without an id of their own."""

    after: str = ""
    """How it reads an id behind the words of a heading; empty if it does not."""

    able: str = r".+"
    """The ids that it can read so."""

    reads: str = r"(?!)"
    """What authors may write behind a heading that it reads, too."""

    def wrap(self, name: str) -> tuple[str, str]:
        """Return what stands before and after the words of a heading to give it an
        id."""
        if self.after and re.fullmatch(self.able, name):
            return "", f" {self.after.format(name)}"
        return ANCHOR.format(name), ""

    def told(self, heading: str) -> str:
        """Return a line of Markdown that may be a heading with its id as the generator
        reads it."""
        name, words = explicit(heading), bare(heading)
        attributes = heading[len(words) :].strip()
        if not name or re.fullmatch(self.reads, attributes):
            return heading
        mark = re.match(r"[ \t>]*(?:#+[ \t]*)?", words)
        start = mark.end() if mark else 0
        before, after = self.wrap(name)
        return f"{words[:start]}{before}{words[start:]}{after}"


ASCII = r"[A-Za-z][\w:-]*"
NAMINGS: Mapping[str, Naming] = {
    "hugo": Naming("typographic", "{{#{}}}", reads=r"\{[^:/][^{}]*\}"),
    "jekyll": Naming(
        "typographic",
        "{{#{}}}",
        able=rf"(?a:{ASCII})",
        reads=rf"(?a:\{{#{ASCII}\}})|\{{:[^{{}}]*\}}",
    ),
    "docusaurus": Naming("github", "{{#{}}}", reads=r"\{#[^{}]+\}|\{/\*.*\*/\}"),
    "astro": Naming("github"),
    "mkdocs": Naming("mkdocs", "{{ #{} }}", reads=r"\{[^{}/]*\}"),
    "vitepress": Naming("vitepress", "{{#{}}}", reads=r"\{[^:/][^{}]*\}"),
}
"""What is known of generators, as they are built: Hugo 0.168, Jekyll 4.3, Docusaurus
3.9, Astro 5, MkDocs 1.6 with ``attr_list``, VitePress 1.6."""

SETTINGS: Mapping[str, str] = {
    "hugo.toml": "hugo",
    "hugo.yaml": "hugo",
    "config/_default": "hugo",
    "_config.yml": "jekyll",
    "docusaurus.config.js": "docusaurus",
    "docusaurus.config.ts": "docusaurus",
    "astro.config.mjs": "astro",
    "astro.config.ts": "astro",
    ".vitepress": "vitepress",
}
"""Files and folders that tell which generator builds a site."""
MKDOCS = ("mkdocs.yml", "mkdocs.yaml")


def naming_of(root: Path, folders: Iterable[Path]) -> Naming:
    """Return what the generator of an existing site does with headings, as far as files
    beside an article tell.

    :param root: the project's folder.
    :param folders: the article's own and those above it.
    """
    for folder in folders:
        for name, generator in SETTINGS.items():
            if (folder / name).exists():
                return NAMINGS[generator]
        for path in (folder / name for name in MKDOCS):
            if path.is_file():
                listed = "attr_list" in path.read_text("utf-8", "replace")
                return NAMINGS["mkdocs"] if listed else Naming("mkdocs")
        if folder == root:
            break
    return Naming()


def wraps(edition: Edition, naming: Naming) -> Wraps:
    """Return how headings of a target page keep the ids that those of the source have:
    nothing for one that has its own id, or gets the same by its words."""
    article = edition.article
    ids, found = anchors(article, naming.style).headings, dict[int, tuple[str, str]]()
    for pair in edition.segments:
        if not pair.segment.kind.startswith("heading"):
            continue
        name = ids.get(pair.segment.line, "")
        target = pair.unit.target or pair.segment.text
        owned = explicit(pair.segment.text) or explicit(target)
        # numbers alone are a generator's way to say that it found no letters
        if not name or owned or re.fullmatch(r"_\d+", name):
            continue
        if Slugs(naming.style).name(target) != name:
            found[pair.segment.n] = naming.wrap(name)
    return found
