"""Ids in an edition: where fragments of an article's addresses lead on each side."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from translate_flow.article.anchors import Anchors, anchors
from translate_flow.model import Block

if TYPE_CHECKING:
    from translate_flow.article import Article

OURS = re.compile(
    r"[st]\d+(?:-.*)?|(?:note|mark|heading)\d+(?:-.*)?|show-(?:source|target|both)"
    r"|unfold|bodymatter|colophon|endnotes"
)
"""Ids that our own pages have for something else."""


@dataclass(frozen=True)
class SideAnchors:
    """The ids of one side: the article's own; beside its source, those of a translation
    end in its language."""

    article: Article
    tail: str
    """The language of a translation beside its source, else empty."""

    once: frozenset[int]
    """Lines of blocks that stand on a page once, for both sides."""

    @cached_property
    def found(self) -> Anchors:
        """The ids of the article."""
        return anchors(self.article)

    @cached_property
    def _plain(self) -> Mapping[str, str]:
        """The id beside those of our own pages for each of the article's."""
        names = dict.fromkeys(name for ids in self.found.at.values() for name in ids)
        return {name: _other(name, names) for name in names}

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """The id on this side for each of the article's."""
        if not self.tail:
            return self._plain
        taken = frozenset(self._plain.values())
        return {k: _tailed(one, self.tail, taken) for k, one in self._plain.items()}

    def of(self, block: Block) -> tuple[str, ...]:
        """Return the ids that a block has on this side, a heading's own first."""
        ids = self.found.at.get(block.line, ())
        if block.line not in self.once:
            return tuple(map(self._ids.__getitem__, ids))
        own = not self.tail or block.part
        return tuple(map(self._plain.__getitem__, ids)) if own else ()

    @cached_property
    def known(self) -> frozenset[str]:
        """All ids that links of this side may lead to."""
        return frozenset((*self._ids.values(), *self._plain.values()))

    def at(self, fragment: str) -> str:
        """Return the id on this side that a fragment leads to; empty if there is
        none."""
        name = unquote(fragment)
        line = self.found.lines.get(name)
        if line is None:
            return ""
        ids = self.found.at.get(line, ())
        name = name if name in ids else next(iter(ids), "")
        return (self._plain if line in self.once else self._ids).get(name, "")

    def led(self, address: str) -> str:
        """Return the address of a link as it is on the page, if it stays on it."""
        path, sign, fragment = address.partition("#")
        if not sign or (path and unquote(path) != basename(self.article.name)):
            return address
        name = self.at(fragment)
        return f"#{quote(name)}" if name else address


def _other(name: str, known: Container[str]) -> str:
    """Return an id that is none of our own, nor another one of the article's."""
    made = name
    while OURS.fullmatch(made) or (made != name and made in known):
        made = f"h-{made}"
    return made


def _tailed(name: str, tail: str, taken: Container[str]) -> str:
    """Return the id that a translation's place has beside its source's."""
    made = f"{name}-{tail}"
    while made in taken:
        made += "-"
    return made
