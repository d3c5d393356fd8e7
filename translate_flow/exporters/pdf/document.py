"""What a PDF says of itself: titles, authors and dates in the place of the browser's
name and clock (PDF 1.7, ISO 32000-1, 7.5 and 14.3.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.content.credits import authors, day
from translate_flow.exporters.content.sides import sides
from translate_flow.exporters.pdf.glyphs import named
from translate_flow.exporters.pdf.objects import read, unfit
from translate_flow.exporters.pdf.paper import titles
from translate_flow.exporters.pdf.words import legible

LONG_AGO = date(1980, 1, 1)
"""When an article without a date was written."""

INFO = re.compile(rb"/Info (\d+) 0 R")
PRODUCER = re.compile(rb"/Producer \((?:\\.|[^()\\])*\)")
NODE = re.compile(rb"\(node(\d{8})\)")
"""A name for an element of the page; browsers count on from one page to the next."""


def properties(edition: Edition, layout: Layout, epoch: str = "") -> dict[str, str]:
    """Return what a document says of itself: ``Title``, ``Author``, ``Creator``,
    ``CreationDate`` and ``ModDate``.

    :param epoch: the date of an article that has none, in seconds since 1970; ignored
        if it is not a number.
    """
    meta = edition.article.meta
    names = (", ".join(authors(meta, s.language)) for s in sides(edition, layout))
    written = day(meta)
    if written is None:
        known = epoch.isdecimal()
        written = datetime.fromtimestamp(int(epoch), UTC).date() if known else LONG_AGO
    changed = [date.fromisoformat(one.date) for one in edition.corrections]
    said = {
        "Title": " · ".join(dict.fromkeys(titles(edition, layout))),
        "Author": " · ".join(dict.fromkeys(filter(None, names))),
        "Creator": "translate_flow",
        "CreationDate": _moment(written),
        "ModDate": _moment(max([written, *changed])),
    }
    return {name: text for name, text in said.items() if text}


def stamped(pdf: bytes, said: Mapping[str, str]) -> bytes:
    """Return a document with these properties and no others but its producer; its fonts
    name their glyphs by what they show, and its words are read whole.

    :param pdf: with one plain table of objects, as browsers write it.
    :raises FlowError: if it has none.
    """
    document = legible(named(read(_renumbered(pdf))))
    info = INFO.search(document.trailer)
    number = int(info[1]) if info else 0
    if number not in document.bodies:
        raise unfit()
    producer = PRODUCER.search(document.bodies[number])
    lines = [f"/{name} {_string(text)}".encode() for name, text in said.items()]
    lines += [producer[0]] if producer else []
    new = b"%d 0 obj\n<<%s>>\nendobj\n" % (number, b"\n".join(lines))
    return document.with_bodies({number: new}).write()


def _renumbered(pdf: bytes) -> bytes:
    """Return a document whose elements are counted from its own first one, in the order
    that they had."""
    numbers = sorted(set(NODE.findall(pdf)))
    names = {old: b"(node%08d)" % new for new, old in enumerate(numbers, 1)}
    return NODE.sub(lambda found: names[found[1]], pdf)


def _moment(when: date) -> str:
    return f"D:{when:%Y%m%d}000000Z"


def _string(text: str) -> str:
    """Return a PDF text string: in ASCII if it can be, else in UTF-16."""
    if text.isascii() and text.isprintable():
        return "({})".format(re.sub(r"([\\()])", r"\\\1", text))
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
