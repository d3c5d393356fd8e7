"""A composed edition with the writers that turn its texts into HTML."""

from __future__ import annotations

from dataclasses import dataclass

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.composition import Composition
from translate_flow.exporters.content.sides import part_language
from translate_flow.exporters.inline.writer import Notes, Writer
from translate_flow.model import Block


@dataclass(frozen=True)
class Book:
    """A composition, the writers of its sides and their common footnotes."""

    composed: Composition
    writers: tuple[Writer, ...]
    notes: Notes

    @property
    def edition(self) -> Edition:
        """The edition that it is made of."""
        return self.composed.edition

    @property
    def source(self) -> Writer:
        """The writer of the first side; of the only one, if there is but one."""
        return self.writers[0]

    def writers_of(self, block: Block) -> tuple[Writer, ...]:
        """Return the writers of a block: of a part, the one of its language."""
        if not block.part:
            return self.writers
        language = part_language(self.edition, block)
        return tuple(w for w in self.writers if w.side.language == language)


def bound(
    edition: Edition,
    layout: Layout,
    writer: type[Writer] = Writer,
    notes: type[Notes] = Notes,
) -> Book:
    """Compose an edition in a layout and give each side a writer of a class."""
    composed = Composition(edition, layout)
    numbered = notes(tuple(composed.footnotes), composed.unprinted)
    return Book(composed, tuple(writer(s, numbered) for s in composed.sides), numbered)
