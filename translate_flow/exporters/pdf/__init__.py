"""PDF editions: the HTML edition printed by a Chromium browser, so that screen and
paper have one renderer.

The exporter that is not pure: it runs a program. What goes into that program and what
is made of its answer is, and the same browser with the same fonts gives the same bytes.
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
    from translate_flow.exporters.pdf.browser import find, printed
    from translate_flow.exporters.pdf.document import properties, stamped
    from translate_flow.exporters.pdf.paper import paper

    html = paper(edition, layout)
    pdf = printed(html, find(os.environ))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return stamped(pdf, properties(edition, layout, epoch))
