"""PDF editions: the HTML edition printed by a Chromium browser, so that screen and
paper have one renderer.

The only exporter that is not pure: it runs a program. All before and after that run is
pure, and the same browser with the same fonts gives the same bytes.
"""

from __future__ import annotations

import os

from translate_flow.edition import Edition
from translate_flow.exporters import Layout

NAME = "pdf"
SUFFIX = "pdf"
LAYOUTS: tuple[Layout, ...] = ("facing", "interleaved", "source", "target")


def export(edition: Edition, *, layout: Layout) -> bytes:
    """Return a PDF edition: tagged, with bookmarks, A4.

    :param layout: ``facing`` has two columns, ``interleaved`` stacks pairs, ``source``
        and ``target`` show one language.
    :raises FlowError: if there is no browser, or it does not print.
    """
    from translate_flow.exporters.pdf.browser import find, more_flags, printed
    from translate_flow.exporters.pdf.document import properties, stamped
    from translate_flow.exporters.pdf.paper import paper

    flags = more_flags(os.environ)
    pdf = printed(paper(edition, layout), find(os.environ), flags=flags)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return stamped(pdf, properties(edition, layout, epoch))


def missing(pdf: bytes, edition: Edition, layout: Layout) -> str:
    """Return the letters of an edition that stand in its PDF as empty boxes, since no
    font had them when it was printed."""
    from translate_flow.exporters.pdf import glyphs
    from translate_flow.exporters.pdf.objects import read
    from translate_flow.exporters.pdf.paper import paper

    return glyphs.missing(read(pdf), paper(edition, layout))
