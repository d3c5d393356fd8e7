"""EPUB 3 editions: both languages side by side where a page is wide enough, pairs
stacked elsewhere. Made from the HTML edition."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from xml.etree.ElementTree import tostring
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from translate_flow.edition import Edition
from translate_flow.exporters import Layout

NAME = "epub"
SUFFIX = "epub"
LAYOUTS: tuple[Layout, ...] = ("facing", "interleaved", "source", "target")

MIMETYPE = b"application/epub+zip"


def export(edition: Edition, *, layout: Layout) -> bytes:
    """Return an EPUB edition.

    :param layout: ``facing`` has two columns where a page is wide enough,
        ``interleaved`` stacks pairs on every page, ``source`` and ``target`` show one
        language.
    """
    from translate_flow.exporters.epub.package import (
        CONTAINER,
        Publication,
        navigation,
        package,
        page,
    )
    from translate_flow.exporters.epub.text import text

    book = Publication(edition, layout, text(edition, layout))
    body = tostring(book.text.body, encoding="unicode").rstrip()
    style = (files(__package__) / "style.css").read_bytes()
    named = {
        "META-INF/container.xml": CONTAINER.encode(),
        "EPUB/package.opf": package(book).encode(),
        "EPUB/nav.xhtml": navigation(book).encode(),
        "EPUB/text.xhtml": page(book, book.name, body).encode(),
        "EPUB/style.css": style,
        **{f"EPUB/{image.name}": image.data for image in book.text.pictures},
    }
    return _packed(named)


def _packed(named: dict[str, bytes]) -> bytes:
    """Return files as an EPUB container (EPUB 3.3, section 4): what it is comes first
    and uncompressed. Dates are the oldest that a ZIP file knows."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in {"mimetype": MIMETYPE, **named}.items():
            entry = ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()
