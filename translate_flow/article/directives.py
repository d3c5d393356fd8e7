"""What an author says to tflow in comments: ``<!-- tflow:skip -->`` and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from translate_flow.errors import FlowError
from translate_flow.model import Part

COMMENT = re.compile(
    r"(?:<!--|\{/\*)\s*tflow:(?P<name>[\w-]*)\s*(?P<text>.*?)\s*(?:-->|\*/\})",
    re.DOTALL,
)
CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
KNOWN = ("skip", "part", "end", "note")
REGIONS = ("skip", "part")
PART = re.compile(r"(?P<name>[^\W\d][\w-]*)?\s*(?:lang=(?P<lang>[A-Za-z][\w-]*))?")
"""What a part says of itself: ``note lang=en``."""


@dataclass
class Directives:
    """What is in force at one point of an article, read from top to bottom."""

    file: str
    note: str = ""
    """Said to the translator of the next segment."""

    region: str = ""
    """The directive that opened the region we are in: nothing there is a segment."""

    opened: int = 0
    """1-based line where the region began."""

    part: Part | None = None
    """The part we are in."""

    parts: int = 0
    """How many parts have begun."""

    def read(self, comment: str, line: int) -> bool:
        """Take a comment in; say whether it is a directive.

        :raises FlowError: if it is an unknown one, or an ``end`` too many.
        """
        found = COMMENT.match(comment)
        if found is None:
            return False
        name = found["name"]
        if name == "note":
            text = re.sub(r"\s+", " ", found["text"])
            self.note = f"{self.note} {text}".strip()
        elif name in REGIONS:
            self._open(name, line)
            if name == "part":
                self._begin(found["text"], line)
        elif name == "end":
            self._close(line)
        else:
            raise self._unknown(name, line)
        return True

    def inside(self, text: str, line: int) -> None:
        """Take in the notes inside a text that is to be translated.

        :raises FlowError: if there is another directive: it could not be obeyed.
        """
        for found in COMMENT.finditer(CODE.sub("", text)):
            if found["name"] in ("end", *REGIONS):
                message = f"tflow:{found['name']} stands inside a text"
                hint = "put it on a line of its own"
                raise FlowError(message, self.file, line, hint)
            self.read(found[0], line)

    def finish(self) -> None:
        """:raises FlowError: if a region is still open."""
        if self.region:
            message = f"tflow:{self.region} is never closed"
            hint = "put <!-- tflow:end --> where it ends"
            raise FlowError(message, self.file, self.opened, hint)

    def _open(self, name: str, line: int) -> None:
        if self.region:
            message = f"tflow:{name} inside tflow:{self.region} of line {self.opened}"
            hint = "put <!-- tflow:end --> before it"
            raise FlowError(message, self.file, line, hint)
        self.region, self.opened = name, line

    def _close(self, line: int) -> None:
        if not self.region:
            hint = "remove it, or put <!-- tflow:skip --> where the region begins"
            raise FlowError("tflow:end closes nothing", self.file, line, hint)
        self.region, self.part = "", None

    def _begin(self, text: str, line: int) -> None:
        said = PART.fullmatch(text)
        if said is None:
            message = f"tflow:part {text}: not understood"
            hint = "write it like <!-- tflow:part note lang=en -->"
            raise FlowError(message, self.file, line, hint)
        self.parts += 1
        self.part = Part(self.parts, said["name"] or "note", said["lang"] or "")

    def _unknown(self, name: str, line: int) -> FlowError:
        near = get_close_matches(name, KNOWN, n=1, cutoff=0.5)
        hint = (
            f"did you mean tflow:{near[0]}?" if near else f"known: {', '.join(KNOWN)}"
        )
        return FlowError(f"unknown directive tflow:{name}", self.file, line, hint)
