"""The file around a document's text: a zip of parts (Open Packaging Conventions), with
links, pictures and properties, the same bytes for the same content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from docx.package import Package
    from docx.parts.document import DocumentPart

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (("w", W), ("r", R), ("wp", WP), ("a", A), ("pic", PIC))
)
"""All prefixes of a text, declared on its root: some readers look nowhere else."""
VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Names the only set of custom properties that there is."""

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say."""

LONGEST_ADDRESS, LONGEST_PROPERTY = 2000, 255
"""Letters that Word takes."""
ADDRESS = re.compile(r"(?:https?://[^/?#@:\s\[\]]|mailto:[^@\s]|tel:|[^:/?#\s][^:]*$)")
KEPT_IN_ADDRESSES = "%/:?#@!$&'()*+,;=~"
ZIP_EPOCH = datetime(1980, 1, 1)
EMU_PER_MM = 36_000


@dataclass(frozen=True, slots=True)
class DocxPicture:
    """A picture as the file holds it."""

    id: str
    """Its relationship."""

    width: int
    """English metric units, of which a millimetre has 36 000."""

    height: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself; texts are plain."""

    title: str
    slug: str
    language: str
    date: datetime
    custom: Mapping[str, str]


def escaped(text: str) -> str:
    """Return text escaped for XML, in attributes too; forbidden characters become
    U+FFFD."""
    return escape(ILLEGAL.sub("\ufffd", text))


class DocxFile:
    """A DOCX file that is being written."""

    def __init__(self) -> None:
        from docx.opc.constants import CONTENT_TYPE as CT
        from docx.opc.constants import RELATIONSHIP_TYPE as RT
        from docx.opc.packuri import PackURI
        from docx.oxml.parser import parse_xml
        from docx.package import Package
        from docx.parts.document import DocumentPart

        self._package: Package = Package()
        empty = parse_xml(f"<w:document {SPACES}/>")
        name = PackURI("/word/document.xml")
        self._main: DocumentPart = DocumentPart(
            name, CT.WML_DOCUMENT_MAIN, empty, self._package
        )
        self._package.relate_to(self._main, RT.OFFICE_DOCUMENT)
        self._add("styles", CT.WML_STYLES, RT.STYLES)
        self._add("settings", CT.WML_SETTINGS, RT.SETTINGS)
        self._add("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE)
        self.footer = self._add("footer", CT.WML_FOOTER, RT.FOOTER)
        """The relationship of the foot of all pages."""
        self._objects = 0

    def _add(self, name: str, content_type: str, relation: str) -> str:
        blob = (files(__package__) / f"{name}.xml").read_bytes()
        return self._part(f"/word/{name}.xml", content_type, relation, blob)

    def _part(self, name: str, content_type: str, relation: str, blob: bytes) -> str:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        part = Part(PackURI(name), content_type, blob, self._package)
        whole = name.startswith("/docProps")
        return (self._package if whole else self._main).relate_to(part, relation)

    def link(self, address: str) -> str:
        """Return the relationship of a link; empty if Word could not read its address
        and would take the file for damaged."""
        from docx.opc.constants import RELATIONSHIP_TYPE as RT

        address = quote(address.strip(), safe=KEPT_IN_ADDRESSES)
        if len(address) > LONGEST_ADDRESS or not ADDRESS.match(address):
            return ""
        try:
            urlsplit(address).port  # noqa: B018
        except ValueError:
            return ""
        return str(self._main.relate_to(address, RT.HYPERLINK, is_external=True))

    def picture(self, data: bytes, widest: int, highest: int) -> DocxPicture | None:
        """Keep a picture, no larger than told in English metric units; None if Word
        cannot show it (it shows PNG, JPEG, GIF, BMP, TIFF)."""
        from docx.image.image import Image

        try:
            image = Image.from_blob(data)
            width, height = int(image.width), int(image.height)
        except Exception:  # python-docx has no common error for broken pictures
            return None
        if width <= 0 or height <= 0:
            return None
        fit = min(1, widest / width, highest / height)
        relation, _ = self._main.get_or_add_image(BytesIO(data))
        return DocxPicture(
            relation, max(1, int(width * fit)), max(1, int(height * fit))
        )

    def number(self) -> int:
        """Return a number that no other object of the file has."""
        self._objects += 1
        return self._objects

    def packed(self, body: str, numbering: str, facts: Facts) -> bytes:
        """Return the file's bytes.

        :param body: what is in ``w:body``, as XML with the prefixes of ``SPACES``;
            ``numbering`` likewise of ``w:numbering``.
        """
        from docx.opc.constants import CONTENT_TYPE as CT
        from docx.opc.constants import RELATIONSHIP_TYPE as RT
        from docx.oxml.parser import parse_xml

        whole = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        self._main._element = parse_xml(whole)
        lists = f"<w:numbering {SPACES}>{numbering}</w:numbering>".encode()
        self._part("/word/numbering.xml", CT.WML_NUMBERING, RT.NUMBERING, lists)
        self._say(facts)
        stream = BytesIO()
        self._package.save(stream)
        return _without_dates(stream.getvalue())

    def _say(self, facts: Facts) -> None:
        core = self._package.core_properties
        core.title = ILLEGAL.sub("\ufffd", facts.title)[:LONGEST_PROPERTY]
        core.identifier = ILLEGAL.sub("\ufffd", facts.slug)[:LONGEST_PROPERTY]
        core.language = facts.language
        core.author = core.last_modified_by = "translate_flow"
        core.created = core.modified = facts.date
        rows = (
            f'<property fmtid="{PROPERTY_SET}" pid="{pid}" name="{escaped(name)}">'
            f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
            for pid, (name, value) in enumerate(facts.custom.items(), 2)
        )
        inner = "".join(rows)
        xml = f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VT}">{inner}</Properties>'
        relation = f"{R}/custom-properties"
        self._part("/docProps/custom.xml", CUSTOM_TYPE, relation, xml.encode())


def _without_dates(data: bytes) -> bytes:
    """Return a zip whose files bear no time of day."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, ZIP_EPOCH.timetuple()[:6])
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            new.writestr(entry, old.read(name))
    return stream.getvalue()
