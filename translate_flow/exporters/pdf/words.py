"""Words that stay whole for programs that read a PDF, though parts of them are set in
different faces: such programs know a blank only by how far apart two letters stand.

Nothing is shown otherwise than it was (ISO 32000-1, 9.4.2 and 9.6.5).
"""

from __future__ import annotations

import re

from translate_flow.exporters.pdf.objects import Objects

NUMBER = rb"-?[\d.]+"
BEGINS = re.compile(
    rb"(?P<face>\bBT\n/F\d+ [\d.]+ Tf\n1 0 %(n)b -1) "
    rb"(?P<x>%(n)b) (?P<y>%(n)b) Tm\n(?P<on>%(n)b) 0 Td " % {b"n": NUMBER}
)
"""A text that begins at a place and some way on from there: a program that forgets what
it has read when it is told of a place takes the way for a blank."""

DRAWN = re.compile(
    rb"(?P<before>/Subtype /Type3\n/FontMatrix \[(?P<scale>[\d.]+) .*?/FirstChar 0\n)"
    rb"/LastChar (?P<last>\d+)(?P<between>.*?/Widths \[)(?P<widths>[^\]]*)"
    rb"(?P<behind>\].*?/Differences \[0 )(?P<names>[^\]]*)(?P<end>\])",
    re.DOTALL,
)
"""A font of drawings, which browsers make of faces with PostScript outlines."""

LETTER, WIDTH = b"/m", 0.6
"""What a program judges the size of such a font by, else by any of its letters: Korean
ones are so wide that it takes them for twice as large as Latin ones beside them."""
CODES = 256


def legible(document: Objects) -> Objects:
    """Return a document in which words of several faces are read whole."""
    sized = {
        number: DRAWN.sub(_sized, body, count=1)
        for number, body in document.bodies.items()
        if b"/Subtype /Type3\n" in body
    }
    document = document.with_bodies(sized)
    for number, data in document.streams():
        if b" Tf" in data and (moved := BEGINS.sub(_moved, data)) != data:
            document = document.with_data(number, moved)
    return document


def _moved(found: re.Match[bytes]) -> bytes:
    x = b"%.6f" % (float(found["x"]) + float(found["on"]))
    return b"%s %s %s Tm\n" % (found["face"], x.rstrip(b"0").rstrip(b"."), found["y"])


def _sized(found: re.Match[bytes]) -> bytes:
    """Return a font with a letter to judge its size by, whose code no text has."""
    widths, names = found["widths"].split(), found["names"].split()
    unused = (n for n in range(1, len(names)) if names[n] == names[0])
    code = next(unused, len(names))
    if len(widths) != len(names) or LETTER in names or code == CODES:
        return found[0]
    widths[code : code + 1] = [b"%d" % round(WIDTH / float(found["scale"]))]
    names[code : code + 1] = [LETTER]
    return b"".join(
        (
            found["before"],
            b"/LastChar %d" % (len(names) - 1),
            found["between"],
            b" ".join(widths),
            found["behind"],
            b" ".join(names),
            found["end"],
        )
    )
