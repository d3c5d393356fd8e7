"""Numbers and bullets of lists: Word keeps their looks apart from the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from translate_flow.model import Block, Container

STEP = 340
"""Twips that each container indents its text by; a millimetre has 56.7."""
LEVELS = 9

BULLETS = {None: ("•", "–"), False: ("☐",), True: ("☑",)}
"""Signs by level of an item without a number: of none, an open and a done task."""


class Lists:
    """Gives every numbered list of a document its own count, on each side."""

    def __init__(self) -> None:
        self._counts: dict[tuple[int, str], tuple[int, int]] = {}
        self._started: list[tuple[int, int]] = []

    def of(self, block: Block, language: str) -> tuple[int, int] | None:
        """Return list and level of a block that begins an item; else None."""
        depth = sum(container.kind == "item" for container in block.path) - 1
        at = max((i for i, c in enumerate(block.path) if c.kind == "item"), default=-1)
        if at < 1 or not block.path[at].first:
            return None
        item, level = block.path[at], min(depth, LEVELS - 1)
        if not item.ordered or item.checked is not None:
            return self.bullet(item), level
        return self.count(block.path[at - 1].key, language, item.number, level), level

    @staticmethod
    def bullet(item: Container | None = None) -> int:
        """Return the list of an item without a number."""
        return list(BULLETS).index(item.checked if item else None) + 1

    def count(self, key: int, language: str, number: int, level: int = 0) -> int:
        """Return the list in which the next item has a number: the one that the item
        before it is in, if Word counts there by itself; else a new one.

        :param key: tells lists apart.
        """
        name, last = self._counts.get((key, language), (0, 0))
        if not name or number != last + 1:
            self._started.append((level, number))
            name = len(BULLETS) + len(self._started)
        self._counts[key, language] = name, number
        return name

    def xml(self) -> str:
        """Return the definitions of all lists."""
        return "".join(self._xml())

    def _xml(self) -> Iterator[str]:
        for kind, signs in enumerate(BULLETS.values(), 1):
            yield _definition(kind, "bullet", list(islice(cycle(signs), LEVELS)))
        signs = tuple(f"%{level + 1}." for level in range(LEVELS))
        for kind, started in enumerate(self._started, len(BULLETS) + 1):
            yield _definition(kind, "decimal", signs, started)
        for kind in range(1, len(BULLETS) + len(self._started) + 1):
            yield f'<w:num w:numId="{kind}"><w:abstractNumId w:val="{kind}"/></w:num>'


def _definition(
    kind: int, form: str, signs: Sequence[str], started: tuple[int, int] = (0, 1)
) -> str:
    """Return one list.

    :param started: the level of its first item, and that item's number. (Lists of one
        definition count on from each other, so every list needs its own.)
    """
    levels = "".join(
        f'<w:lvl w:ilvl="{level}">'
        f'<w:start w:val="{started[1] if level == started[0] else 1}"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr>'
        '<w:rPr><w:color w:val="645D52"/></w:rPr></w:lvl>'
        for level, sign in enumerate(signs)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{kind}"><w:nsid w:val="{kind:08X}"/>'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )
