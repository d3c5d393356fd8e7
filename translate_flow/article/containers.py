"""The containers that are open at one point of an article, read from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from translate_flow.model import Container

if TYPE_CHECKING:
    from markdown_it.token import Token

KINDS: dict[str, tuple[Any, bool]] = {
    "blockquote_open": ("quote", False),
    "bullet_list_open": ("list", False),
    "ordered_list_open": ("list", True),
    "list_item_open": ("item", False),
    "dd_open": ("definition", False),
    "footnote_reference_open": ("footnote", False),
    "box_open": ("box", False),
}
"""Opening tokens: the kind of their container, and whether it is numbered."""
TELLING = frozenset({"quote", "item", "definition", "footnote"})
"""Containers that name the kind of the paragraphs right inside them."""


@dataclass(slots=True)
class _Frame:
    """A container that is open."""

    container: Container
    family: str = ""
    """For ``:::`` and ``///``: which of them; they have no closing token."""

    seen: bool = False
    number: int = 0
    """For lists: the number of the next item."""


class Containers:
    """What encloses the next leaf."""

    def __init__(self) -> None:
        self._frames: list[_Frame] = []
        self._known: tuple[Container, ...] | None = ()
        self._keys = 0

    def open(self, token: Token, inside: Token, checked: bool | None) -> None:
        """Enter the container of an opening token.

        :param inside: the token after it.
        :param checked: for items of a task list, whether it is ticked.
        """
        kind, ordered = KINDS[token.type]
        number, name = 1, ""
        if kind == "item":
            above = self._frames[-1]
            number, ordered = above.number, above.container.ordered
            above.number += 1
        elif inside.type == "alert":
            kind, name = "box", inside.info
        elif kind == "box":
            name = token.info
        elif kind == "footnote":
            name = token.meta["label"]
        start = int(token.attrs.get("start", 1)) if ordered else 1
        self._enter(
            kind, number=start, ordered=(ordered, number), name=name, checked=checked
        )

    def open_flat(self, family: str, name: str) -> None:
        """Enter a box whose closing line is a leaf like any other."""
        self._enter("box", family, name=name)

    def close(self) -> None:
        """Leave the innermost container, and with it what was never closed inside."""
        while self._frames.pop().family:
            pass
        self._known = None

    def close_flat(self, family: str) -> bool:
        """Leave a box; say whether there was one to leave."""
        if not self._frames or self._frames[-1].family != family:
            return False
        self._frames.pop()
        self._known = None
        return True

    def path(self) -> tuple[Container, ...]:
        """Return the open containers for the next leaf, outermost first."""
        if self._known is not None:
            return self._known
        if all(frame.seen for frame in self._frames):
            self._known = tuple(frame.container for frame in self._frames)
            return self._known
        path = []
        for frame in self._frames:
            known = frame.container
            path.append(known if frame.seen else replace(known, first=True))
            frame.seen = True
        return tuple(path)

    def kind(self) -> str:
        """Return the kind of a paragraph that stands here."""
        kinds = (frame.container.kind for frame in reversed(self._frames))
        return next((kind for kind in kinds if kind in TELLING), "paragraph")

    def _enter(
        self,
        kind: Any,
        family: str = "",
        *,
        number: int = 0,
        ordered: tuple[bool, int] = (False, 1),
        name: str = "",
        checked: bool | None = None,
    ) -> None:
        self._keys += 1
        container = Container(kind, self._keys, False, *ordered, checked, name)
        self._frames.append(_Frame(container, family, number=number))
        self._known = None
