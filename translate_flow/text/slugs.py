"""The ids that generators of sites give to headings without one of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from translate_flow.text.markup import words

Style: TypeAlias = Literal["github", "typographic", "mkdocs", "vitepress"]
"""Whose ids: GitHub's, which Docusaurus, Astro and Starlight follow; likewise those of
Hugo and Jekyll, which make dashes of hyphens first; those of Python-Markdown; those of
VitePress."""

SPECIAL = re.compile(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'“”‘’<>,.?/]+""")
"""What VitePress writes as one hyphen."""


def github(text: str) -> str:
    """Return the id of a heading as GitHub makes it: small letters of any script,
    digits, ``_``, and a hyphen for each blank."""
    kept = (c for c in text.strip().lower() if _in_id(c))
    return "".join("-" if c.isspace() else c for c in kept)


def _in_id(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LMN" or category in ("Pc", "Zs") or char in "-\t\n"


def typographic(text: str) -> str:
    """Return the id of a heading as Hugo and Jekyll make it."""
    return github(re.sub("--+", "", text))


def mkdocs(text: str) -> str:
    """Return the id of a heading as Python-Markdown makes it, from ASCII alone."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)


def vitepress(text: str) -> str:
    """Return the id of a heading as VitePress makes it."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    plain = re.sub("[\u0000-\u001f]", "", plain)
    return re.sub(r"^(\d)", r"_\1", SPECIAL.sub("-", plain).strip("-")).lower()


STYLES: Mapping[Style, tuple[Callable[[str], str], str]] = {
    "github": (github, "-"),
    "typographic": (typographic, "-"),
    "mkdocs": (mkdocs, "_"),
    "vitepress": (vitepress, "-"),
}
"""How each names a heading, and what stands before the number of one that comes
again."""


@dataclass
class Slugs:
    """Names the headings of one page, each once."""

    style: Style = "github"
    taken: dict[str, int] = field(default_factory=dict)
    """Ids, and how often each came again."""

    def take(self, ids: Iterable[str]) -> None:
        """Note ids that the author gave to headings."""
        for one in ids:
            self.taken.setdefault(one, 0)

    def name(self, text: str) -> str:
        """Return the id of the next heading.

        :param text: inline Markdown, without attributes. One of which nothing can be
            in an id gets none, as far as generators agree on it.
        """
        write, between = STYLES[self.style]
        own = write(words(text.replace("$", "")).strip())
        made = own
        while made and made in self.taken:
            self.taken[own] = self.taken.get(own, 0) + 1
            made = f"{own}{between}{self.taken[own]}"
        self.taken.setdefault(made, 0)
        return made
