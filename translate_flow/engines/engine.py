"""What an engine is, and the ways in which it fails."""

from __future__ import annotations

from typing import Protocol

from translate_flow.errors import EngineError


class Engine(Protocol):
    """Translates by machine. One engine serves several threads at once."""

    @property
    def name(self) -> str:
        """What the user calls it; the ``origin`` of its drafts."""

    @property
    def remote(self) -> bool:
        """Whether texts leave this computer."""

    @property
    def limit(self) -> int:
        """Characters of one request; longer texts go in pieces. 0: any number."""

    def translate(self, text: str, source: str, target: str) -> str:
        """Translate one text.

        :param text: words and placeholders; no Markdown but emphasis.
        :param source: BCP 47 tag of its language.
        :param target: BCP 47 tag of the language to translate into.
        :raises EngineError: if it cannot translate this text.
        :raises Trouble: if it cannot now, and perhaps can later.
        :raises Unsupported: if it does not know one of the languages.
        :raises Unusable: if it will not translate anything.
        """


class Trouble(EngineError):
    """An engine that did not answer as it should; the next text may fare better."""


class Unusable(EngineError):
    """An engine that translates nothing: its key is refused, its quota used up."""


class Unsupported(EngineError):
    """An engine that does not know a language."""
