"""XML from anywhere, read in one way: bounded, without entities, nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from translate_flow.errors import FlowError


class Reader:
    """Reads one file of a format, part by part; a format overrides the last three
    methods. Names of elements come without their prefix."""

    FORMAT = "XML"
    """What the format is called in errors."""

    ROOTS: frozenset[str] = frozenset()
    """How files of the format may begin."""

    LARGEST = 64 << 20
    """Bytes of a file that is read at all."""

    DEEPEST = 100
    """Elements within elements."""

    MENDING = "export it again from the tool that made it"
    """What to do with a file that is broken."""

    def __init__(self, name: str) -> None:
        """:param name: what to call the file in errors."""
        self.name = name
        self._depth = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_skipped

    @property
    def line(self) -> int:
        """The 1-based line that is being read."""
        return self._parser.CurrentLineNumber

    def read(self, data: bytes) -> None:
        """Read a whole file.

        :raises FlowError: naming the line, if it is not of the format, is broken or too
            large, or is not safe to read.
        """
        if len(data) > self.LARGEST:
            size = f"larger than {self.LARGEST >> 20:,} MiB"
            raise FlowError(size, self.name, hint="import it in parts")
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or "broken"
            message = f"not XML: {reason}"
            raise FlowError(message, self.name, error.lineno, self.MENDING) from None
        except (ValueError, LookupError):
            message = "its encoding is not known"
            raise FlowError(message, self.name, 1, "save it as UTF-8") from None

    def wrong(self, message: str, hint: str | None = None) -> FlowError:
        """Return an error about the line that is being read."""
        return FlowError(message, self.name, self.line, hint or self.MENDING)

    def _refuse_entity(self, *declared: object) -> None:
        message = f"declares the entity {declared[0]!r}"
        raise self.wrong(message, "take the declaration out")

    def _refuse_skipped(self, entity: str, is_parameter: int) -> None:
        if not is_parameter:
            raise self.wrong(f"has the entity {entity!r}, which nothing declares")

    def _opened(self, full: str, attributes: dict[str, str]) -> None:
        element = full.rpartition(":")[2]
        if not self._depth and element not in self.ROOTS:
            raise self.wrong(f"not a {self.FORMAT} file", f"it is a file of <{full}>")
        if self._depth >= self.DEEPEST:
            raise self.wrong("elements within elements without end")
        self._depth += 1
        self.start(element, attributes)

    def _closed(self, full: str) -> None:
        self._depth -= 1
        self.end(full.rpartition(":")[2])

    # what a format makes of it

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, element: str) -> None:
        """Take its end."""

    def text(self, text: str) -> None:
        """Take text, which may come in portions."""
