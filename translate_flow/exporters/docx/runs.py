"""Runs and paragraphs as WordprocessingML (ECMA-376 part 1, chapter 17)."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from urllib.parse import unquote

from translate_flow.exporters.content.words import phrase
from translate_flow.exporters.docx.package import EMU_PER_MM, PIC, DocxFile, escaped
from translate_flow.exporters.docx.walk import Run

EAST_ASIAN = {
    "ja": ("ja-JP", "Yu Gothic"),
    "ko": ("ko-KR", "Malgun Gothic"),
    "zh": ("zh-CN", "Microsoft YaHei"),
}
"""What spell checkers call a language, and a font that Word has for it."""

REGIONS = {"de": "de-DE", "en": "en-US", "es": "es-ES", "fr": "fr-FR"}
"""What spell checkers call a language that names no region."""

DRAWN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]")
"""Letters of scripts without italics."""

LOOKS = {
    "bold": (1, "<w:b/>"),
    "struck": (4, "<w:strike/>"),
    "marked": (6, '<w:highlight w:val="yellow"/>'),
    "underlined": (7, '<w:u w:val="single"/>'),
    "sub": (9, '<w:vertAlign w:val="subscript"/>'),
    "sup": (9, '<w:vertAlign w:val="superscript"/>'),
}
"""Properties of runs, and their place in the order that the schema wants."""

NOTE = re.compile(r"#(?:note|mark)\d")
"""How the address of a footnote or its mark begins."""
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")
MONO = 'w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"'
"""Said of each run: LibreOffice does not take a font from a character style."""
HIGHEST_PICTURE = 120 * EMU_PER_MM


@dataclass(frozen=True, slots=True)
class Tongue:
    """A side's language, and what letters of the other kind of script are taken for."""

    language: str
    other: str = ""

    def properties(self, own: str = "") -> tuple[str, str]:
        """Return the fonts and the language of a run, as ``w:rFonts`` and ``w:lang``.

        :param own: the run's own language, if it has one.
        """
        language = own or self.language
        others = (self.other, self.language) if own else (self.other,)
        spoken = [language, *filter(None, others), "en", "ko"]
        east = next(tag for tag in spoken if _base(tag) in EAST_ASIAN)
        west = next(tag for tag in spoken if _base(tag) not in EAST_ASIAN)
        name, font = EAST_ASIAN[_base(east)]
        hint = ' w:hint="eastAsia"' if east == language else ""
        fonts = f'<w:rFonts{hint} w:eastAsia="{font}"/>' if hint else ""
        name = east if "-" in east else name
        west = escaped(REGIONS.get(west.lower(), west))
        return fonts, f'<w:lang w:val="{west}" w:eastAsia="{escaped(name)}"/>'


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the runs of one side."""

    file: DocxFile
    tongue: Tongue
    widest: int
    """How wide a picture may be, in English metric units."""

    known: frozenset[str] = frozenset()
    """Ids of the article that links may lead to."""

    def runs(self, runs: Iterable[Run]) -> str:
        """Return runs as XML, those of one link in one hyperlink."""
        led = map(self._led, runs)
        return "".join(
            self._linked(address, "".join(map(self._run, group)))
            for address, group in groupby(led, lambda run: run.address)
        )

    def _led(self, run: Run) -> Run:
        """Return a run without an address that leads nowhere in the document."""
        inside = run.address.startswith("#") and not NOTE.match(run.address)
        if not inside or unquote(run.address[1:]) in self.known:
            return run
        return replace(run, address="")

    def plain(self, text: str, style: str = "") -> str:
        """Return plain text as one run.

        :param style: id of a character style.
        """
        fonts, spoken = self.tongue.properties()
        named = f'<w:rStyle w:val="{style}"/>' if style else ""
        return _run(f"{named}{fonts}{spoken}", text)

    def _linked(self, address: str, inner: str) -> str:
        if not address:
            return inner
        if address.startswith("#"):
            name = bookmark(unquote(address[1:]))
            return f'<w:hyperlink w:anchor="{name}">{inner}</w:hyperlink>'
        relation = self.file.link(address)
        return (
            f'<w:hyperlink r:id="{relation}">{inner}</w:hyperlink>'
            if relation
            else inner
        )

    def _run(self, run: Run) -> str:
        if run.picture:
            return self._picture(run)
        fonts, spoken = self.tongue.properties(run.language)
        found = [LOOKS[look] for look in run.looks if look in LOOKS]
        if "emphasis" in run.looks:
            dots = DRAWN.search(run.text)
            found.append((8, '<w:em w:val="dot"/>') if dots else (2, "<w:i/>"))
        if "code" in run.looks:
            found.append((5, "<w:noProof/>"))
            fonts = (
                fonts.replace("<w:rFonts", f"<w:rFonts {MONO}", 1)
                or f"<w:rFonts {MONO}/>"
            )
        looks = "".join(xml for _, xml in sorted(found))
        named = _style(run)
        return _run(f"{named}{fonts}{looks}{spoken}", run.text)

    def _picture(self, run: Run) -> str:
        data = b64decode(run.picture.partition(",")[2])
        picture = self.file.picture(data, self.widest, HIGHEST_PICTURE)
        if picture is None:
            says = f"{phrase('image', self.tongue.language)}: {run.text}"
            return self.plain(says, "Picture")
        number, alt = self.file.number(), escaped(run.text)
        names = f'id="{number}" name="Picture {number}" descr="{alt}"'
        size = f'cx="{picture.width}" cy="{picture.height}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {size}/><wp:docPr {names}/>"
            f'<a:graphic><a:graphicData uri="{PIC}">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {names}/>"
            f"<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
            f'<a:blip r:embed="{picture.id}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
            f'</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            f"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def _style(run: Run) -> str:
    if NOTE.match(run.address):
        name = "FootnoteReference"
    elif "code" in run.looks:
        name = "VerbatimChar"
    elif run.address:
        name = "Hyperlink"
    elif "missing" in run.looks:
        name = "PlaceholderText"
    else:
        name = "Small" if "small" in run.looks else ""
    return f'<w:rStyle w:val="{name}"/>' if name else ""


def _run(properties: str, text: str) -> str:
    parts = re.split(r"([\n\t])", text)
    inner = "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part)
        or f'<w:t xml:space="preserve">{escaped(part)}</w:t>'
        for part in parts
        if part
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def bookmark(anchor: str) -> str:
    """Return the name of the bookmark of an anchor: letters, digits and ``_``, of which
    Word takes 40; a hash stands for what cannot be written so."""
    if PLAIN.fullmatch(anchor):
        return anchor.replace("-", "_")
    return f"h_{sha256(anchor.encode()).hexdigest()[:16]}"
