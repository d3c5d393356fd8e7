"""Placeholders as XML: the form that DeepL keeps best."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{(\d{1,6})\}")
BEGINNING = re.compile(r"""<\s*x\s+id\s*=\s*["'](\d{1,6})["']\s*/?\s*>""")
END = re.compile(r"<\s*/\s*x\s*>")
"""Servers may write an empty element in two parts."""

ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
BEYOND = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in XML."""


def tagged(text: str) -> str:
    """Return a text as XML, with an element for each placeholder."""
    clean = BEYOND.sub(" ", text)
    escaped = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return PLACEHOLDER.sub(r'<x id="\1"/>', escaped)


def untagged(text: str) -> str:
    """Return a text of such XML with its placeholders. What is lost, doubled or strange
    in it stays so."""
    marked = BEGINNING.sub(r"{\1}", text)
    return ENTITY.sub(_character, END.sub("", marked))


def _character(entity: re.Match[str]) -> str:
    decimal, hexadecimal, name = entity.groups()
    if name:
        return NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    fine = 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000
    return chr(number) if fine else entity[0]
