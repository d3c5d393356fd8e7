"""Editions as files: one module per format, listed by hand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, cast

from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.edition import Edition

Layout = Literal["facing", "interleaved", "source", "target"]
Order = Literal["source", "target"]


class Exporter(Protocol):
    """What a format's module offers."""

    NAME: str
    """What ``--format`` calls it."""

    SUFFIX: str
    """The file name's ending, without the dot."""

    LAYOUTS: tuple[Layout, ...]
    """Layouts it can make; the first is its default."""

    def export(self, edition: Edition, *, layout: Layout) -> str | bytes:
        """Return the whole file of an arranged edition."""


FORMATS = {
    "md": "translate_flow.exporters.markdown",
    "html": "translate_flow.exporters.html",
    "docx": "translate_flow.exporters.docx",
    "email": "translate_flow.exporters.email",
    "epub": "translate_flow.exporters.epub",
    "pdf": "translate_flow.exporters.pdf",
    "wordpress": "translate_flow.exporters.wordpress",
}
"""Format name → module; imported when asked for."""

COMMON = ("md", "html")
"""What is made if nobody asks for a format."""

EMBEDDING = ("html", "epub", "pdf", "docx")
"""Formats that hold the images of an article."""


def get(name: str) -> Exporter:
    """Return the exporter of a format.

    :raises FlowError: if there is no such format.
    """
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise FlowError(f"unknown format {name!r}", hint=f"known formats: {known}")
    return cast("Exporter", import_module(FORMATS[name]))


def export(
    edition: Edition,
    format: str,
    layout: Layout | None = None,
    *,
    order: Order = "source",
) -> str | bytes:
    """Return an edition as a file of a format.

    :param layout: None for the format's own default.
    :param order: whose order of blocks to follow where they differ.
    :raises FlowError: if the format is unknown or has no such layout, or if the
        article's blocks are nested too deeply.
    """
    from translate_flow.edition import arranged

    exporter = get(format)
    chosen = layout_of(exporter, layout)
    try:
        return exporter.export(arranged(edition, order), layout=chosen)
    except RecursionError:
        message = f"is nested too deeply for {format}"
        hint = "close what is opened: quotes, lists, links, tags"
        raise FlowError(message, edition.article.name, hint=hint) from None


def layout_of(exporter: Exporter, layout: Layout | None) -> Layout:
    """Return the layout to use.

    :raises FlowError: if the format has no such layout.
    """
    if layout is None:
        return exporter.LAYOUTS[0]
    if layout not in exporter.LAYOUTS:
        raise FlowError(
            f"{exporter.NAME} has no layout {layout!r}",
            hint=f"known layouts: {', '.join(exporter.LAYOUTS)}",
        )
    return layout


def file_name(
    edition: Edition,
    format: str,
    layout: Layout | None = None,
    order: Order = "source",
    *,
    beside: bool = False,
) -> str:
    """Return the name of an edition's file, relative to the folder of editions.

    ``<slug>.<source>-<target>[.<layout>][.reordered].<ext>``, the layout left out if it
    is the format's default; ``<slug>.<lang>[.reordered].<ext>`` for one language. An
    edition in the target's order is named so only if that differs from the source's.

    :param beside: whether it is a proof beside a release: ``….proof.<ext>``.
    """
    from translate_flow.edition import target_order

    exporter = get(format)
    chosen = layout_of(exporter, layout)
    languages = f"{edition.source_language}-{edition.target_language}"
    tail = "" if chosen == exporter.LAYOUTS[0] else f".{chosen}"
    if chosen == "source":
        languages, tail = edition.source_language, ""
    elif chosen == "target":
        languages, tail = edition.target_language, ""
    if order == "target":
        roots = target_order(edition)
        tail += ".reordered" if roots != tuple(sorted(roots)) else ""
    tail += ".proof" * beside
    return f"{edition.slug}.{languages}{tail}.{exporter.SUFFIX}"
