"""What an engine is, and the ways in which it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from translate_flow.wire.network import Wire

Wording: TypeAlias = tuple[str, str]
"""A text in the source language, and what it is in the target language."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text for an engine, and what may help with it. Engines that take no help send
    the text alone."""

    text: str
    """Words and placeholders ``{1}``, ``{2}`` …; no Markdown but emphasis."""

    above: str = ""
    """What stands before it in the article, in the source language."""

    below: str = ""
    """What stands behind it."""

    terms: tuple[Wording, ...] = ()
    """Terms of the glossary that are in it."""

    examples: tuple[Wording, ...] = ()
    """Texts like it that people have translated, the most similar first."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What all passages of an article have in common."""

    source: str
    """BCP 47 tag of the texts' language."""

    target: str
    """BCP 47 tag of the language to translate into."""

    title: str = ""
    """Of the article, in the source language."""

    style: str = ""
    """What the project asks of every translation, in its own words."""

    glossary: tuple[Wording, ...] = ()
    """The preferred terms of the project in this direction, in one order."""

    @property
    def pair(self) -> tuple[str, str]:
        """The tags of both languages, the source's first."""
        return self.source, self.target


class Engine(Protocol):
    """Translates by machine. One engine serves several threads at once."""

    @property
    def name(self) -> str:
        """What the user calls it; the ``origin`` of its drafts."""

    @property
    def remote(self) -> bool:
        """Whether texts leave this computer."""

    @property
    def where(self) -> str:
        """The host that texts are sent to; empty if they stay in this program."""

    @property
    def keys(self) -> Sequence[str]:
        """The environment variables whose keys go with the texts."""

    @property
    def limit(self) -> int:
        """Characters of one request; longer texts go in pieces. 0: any number."""

    @property
    def batch(self) -> int:
        """Passages that one request may hold."""

    @property
    def takes_terms(self) -> bool:
        """Whether it heeds the terms of a passage or the glossary by itself."""

    @property
    def options(self) -> str:
        """What else its answers depend on: model, formality … No keys, no hosts' names
        and passwords; the same text for the same answers."""

    def characters(self, passages: Sequence[Passage], assignment: Assignment) -> int:
        """Return what a request about some passages counts as: the characters of all
        that is paid for, so far as that can be told before."""

    def translate(
        self, passages: Sequence[Passage], assignment: Assignment
    ) -> Sequence[str]:
        """Translate some passages, at most ``batch``.

        :returns: a translation for each passage, in their order.
        :raises EngineError: if it cannot translate one of these; alone, the others may
            fare better.
        :raises Trouble: if it cannot now, and perhaps can later.
        :raises Unsupported: if it does not know one of the languages.
        :raises Unusable: if it will not translate anything.
        :raises Useless: if what it says cannot be a translation.
        """


class ByText:
    """An engine that is paid for the texts alone, whatever goes along with them."""

    __slots__ = ()

    def characters(self, passages: Sequence[Passage], assignment: Assignment) -> int:
        """Return how long some passages are."""
        return sum(len(passage.text) for passage in passages)


class Served:
    """An engine that has a server."""

    __slots__ = ()

    wire: Wire

    @property
    def remote(self) -> bool:
        """Whether the server is another computer."""
        return not self.wire.local

    @property
    def where(self) -> str:
        """The host that texts are sent to."""
        return self.wire.host
