"""DOCX editions: a table that a colleague can comment on and edit in Word, a row per
pair; one language alone is plain text in flow.

A unit's target lies in a *content control* (``w:sdt``) whose tag is
``tflow:<slug>:<language>:<id>``, so that an edited file can come back. A bookmark would
be the other way to carry an id, but it is two loose points: whoever retypes a paragraph
deletes it or leaves the text outside, and Word never shows where it is. A control holds
what is typed in it, even after all of its text was deleted, and shows its bounds. Word
cuts tags at 64 letters: a slug that is too long is left out, as in
``tflow::ko:k7f2qd``. The custom properties ``tflow-slug``, ``tflow-source``,
``tflow-target`` and ``tflow-revision`` say whose file it is; with them, the number
before a row finds its unit in a file whose controls another program has dropped.
Numbers and badges are outside of controls; a control with ``w:showingPlcHdr`` is empty.
"""

from __future__ import annotations

from importlib.util import find_spec

from translate_flow.edition import Edition
from translate_flow.errors import FlowError
from translate_flow.exporters import Layout

NAME = "docx"
SUFFIX = "docx"
LAYOUTS: tuple[Layout, ...] = ("facing", "interleaved", "source", "target")


def export(edition: Edition, *, layout: Layout) -> bytes:
    """Return a DOCX edition: the same bytes for the same edition.

    :param layout: ``facing`` is a table with a column per language on landscape paper,
        ``interleaved`` one with both languages in a cell, ``source`` and ``target``
        are one language without a table.
    :raises FlowError: if python-docx is not installed.
    """
    if find_spec("docx") is None:
        from translate_flow.installed import adding

        message = "DOCX needs python-docx, which is not here"
        raise FlowError(message, hint=adding("docx"))
    from translate_flow.exporters.docx.page import page

    return page(edition, layout)
