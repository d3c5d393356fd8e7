"""A PDF taken apart into its objects and put together again (ISO 32000-1, 7.5)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from translate_flow.errors import FlowError

END = re.compile(
    rb"\nxref\n0 (?P<count>\d+) *\n(?P<entries>(?:\d{10} \d{5} [fn][ \r]\n)+)"
    rb"trailer\n(?P<trailer>.*?)\nstartxref\n(?P<start>\d+)\n%%EOF\s*\Z",
    re.DOTALL,
)
"""The end of a file: where each object begins, what describes the document, and where
this table itself begins."""

STREAM = re.compile(
    rb"\A\d+ 0 obj\s*<<(?P<says>.*?)>>\s*stream\r?\n(?P<data>.*)\r?\nendstream",
    re.DOTALL,
)
"""An object that holds data."""

LENGTH = re.compile(rb"/Length \d+(?: \d+ R)?")

ENTRY = 20
"""Bytes of a line of the table."""


@dataclass(frozen=True, slots=True)
class Objects:
    """A document by its objects."""

    head: bytes
    """What stands before the first object."""

    bodies: Mapping[int, bytes]
    """Each object with its number, in the order of the file."""

    tail: bytes
    """From the table of objects on."""

    def write(self) -> bytes:
        """Return the file."""
        starts, at = {}, len(self.head)
        for number, body in self.bodies.items():
            starts[number] = at
            at += len(body)
        end = _end(self.tail)
        lines = bytearray(end["entries"])
        for number, start in starts.items():
            lines[number * ENTRY : number * ENTRY + 10] = b"%010d" % start
        table = self.tail[: end.start("entries")] + lines
        trailer = self.tail[end.end("entries") : end.start("start")]
        # the table begins behind the end of a line
        tail = b"%s%s%d%s" % (table, trailer, at + 1, self.tail[end.end("start") :])
        return b"".join((self.head, *self.bodies.values(), tail))

    def with_bodies(self, new: Mapping[int, bytes]) -> Objects:
        """Return the document with other objects under some numbers."""
        return replace(self, bodies={**self.bodies, **new})

    def with_data(self, number: int, data: bytes) -> Objects:
        """Return the document with other data in an object that holds some."""
        found = STREAM.match(self.bodies[number])
        if found is None:
            raise unfit()
        small = zlib.compress(data) if b"/FlateDecode" in found["says"] else data
        says = LENGTH.sub(b"/Length %d" % len(small), found["says"])
        parts = b"%d 0 obj\n<<" % number, says, b">> stream\n", small
        body = b"".join((*parts, b"\nendstream\nendobj\n"))
        return self.with_bodies({number: body})

    @property
    def trailer(self) -> bytes:
        """What describes the document."""
        return _end(self.tail)["trailer"]

    def streams(self) -> Iterator[tuple[int, bytes]]:
        """Yield the data of objects that hold some, unpacked, but images and fonts."""
        for number, body in self.bodies.items():
            found = STREAM.match(body)
            if found is None or b"/Subtype /Image" in found["says"]:
                continue
            if b"/FlateDecode" not in found["says"]:
                yield number, found["data"]
                continue
            try:
                yield number, zlib.decompress(found["data"])
            except zlib.error:
                continue


def read(pdf: bytes) -> Objects:
    """Take a document apart.

    :param pdf: with one plain table of objects, as browsers write it.
    :raises FlowError: if it has none.
    """
    at = pdf.rfind(b"\nxref\n")
    tail = pdf[max(at, 0) :]
    end = _end(tail)
    lines = end["entries"].splitlines()
    places = {int(line[:10]): n for n, line in enumerate(lines) if line[17:18] == b"n"}
    starts = sorted(places)
    if not starts or starts[0] <= 0 or starts[-1] >= at:
        raise unfit()
    ends = [*starts[1:], at]
    bodies = {places[a]: pdf[a:b] for a, b in zip(starts, ends, strict=True)}
    return Objects(pdf[: starts[0]], bodies, tail)


def packed(number: int, data: bytes) -> bytes:
    """Return an object that holds data."""
    small = zlib.compress(data)
    head = b"%d 0 obj\n<</Filter /FlateDecode\n/Length %d>> stream\n"
    return head % (number, len(small)) + small + b"\nendstream\nendobj\n"


def _end(tail: bytes) -> re.Match[bytes]:
    found = END.match(tail)
    if found is None:
        raise unfit()
    return found


def unfit() -> FlowError:
    """Return the error of a file that cannot be taken apart."""
    hint = "use a current Chromium, Chrome or Edge"
    return FlowError("the browser's PDF has no table of objects", hint=hint)
