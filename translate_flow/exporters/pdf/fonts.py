"""Where to get a font for letters that no installed one has."""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Mapping

from translate_flow.exporters.pdf.glyphs import UNKNOWN

SHOWN = 12
"""How many letters a message names."""

PACKAGES = (
    ("HANGUL", "Korean", "fonts-nanum"),
    ("CJK HIRAGANA KATAKANA BOPOMOFO IDEOGRAPHIC KANGXI", "CJK", "fonts-noto-cjk"),
    ("LATIN GREEK CYRILLIC DIGIT", "Latin", "fonts-liberation"),
)
"""First words of the names of letters, what they are together, Debian's package with a
face that editions ask for first."""

EMOJI = ("emoji", "fonts-noto-color-emoji")
SYMBOLS = ("symbols", "fonts-dejavu-core")
OTHERS = ("other scripts", "fonts-noto-core")


def told(letters: str) -> str:
    """Return what to tell of letters that no font has."""
    known = letters.replace(UNKNOWN, "")
    if not known:
        return "no font here has one of its letters"
    shown = " ".join(known[:SHOWN])
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"no font here has {shown}{more}"


def advice(letters: str, system: Mapping[str, str] | None = None) -> str:
    """Return what to install for letters to be printed.

    :param system: what the computer says of its system, as in os-release; None to ask.
    """
    if not letters.replace(UNKNOWN, ""):
        return "install fonts for all scripts and signs in it"
    kinds = dict(filter(None, map(_kind, letters)))
    if not kinds:
        return "take them out: they are private to some font"
    if _is_debian(_system() if system is None else system):
        return f"sudo apt-get install {' '.join(kinds.values())}"
    return f"install a font for {', '.join(kinds)}"


def _kind(letter: str) -> tuple[str, str] | None:
    """Return what kind of letter it is, and a package for it."""
    category = unicodedata.category(letter)
    if letter == UNKNOWN or category in ("Co", "Cn", "Cs"):
        return None
    first = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    for names, kind, package in PACKAGES:
        if first in names.split():
            return kind, package
    if ord(letter) >= 0x1F000:
        return EMOJI
    if letter.isascii():
        return PACKAGES[-1][1:]
    return OTHERS if category[0] in "LM" else SYMBOLS


def _is_debian(system: Mapping[str, str]) -> bool:
    names = f"{system.get('ID', '')} {system.get('ID_LIKE', '')}".split()
    return bool({"debian", "ubuntu"} & set(names))


def _system() -> Mapping[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}
