"""In what encoding a text came that is not UTF-8."""

from __future__ import annotations

import codecs
import re

NAMES = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp949": "CP949 (EUC-KR)",
    "cp1252": "Windows-1252 (Latin-1)",
}
"""Encodings that are recognised, as Python has them and as people know them."""

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Marks at the beginning of a text; the longer of two that begin alike is first."""

ASCII = re.compile(r"[\x00-\x7f]")
WORDS = re.compile("[가-힣一-鿿\uf900-\ufaff\u3040-\u30ff]")
WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”–—…•€£§©®°·«»¿¡\xa0½¼¾²³×]")
STRAY = re.compile("[\udc80-\udcff]")
"""What stands for a byte that is no UTF-8."""
KS_X_1001 = 2
"""Bytes of a Korean syllable that is in common use, in EUC-KR: the rest have more."""


def recognised(data: bytes) -> str | None:
    """Return the encoding of a text that is not UTF-8, one of ``NAMES``; None if it is
    none that can be told from others."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name if _text(data, name) is not None else None
    if b"\0" in data:
        return _wide(data)
    if _is_damaged(data):
        return None
    if _is_korean(_text(data, "cp949") or ""):
        return "cp949"
    western = ASCII.sub("", _text(data, "cp1252") or "")
    plain = sum(byte < 0x80 and chr(byte).isalpha() for byte in data)
    fits = 0 < len(western) < plain and not WESTERN.sub("", western)
    return "cp1252" if fits else None


def _is_damaged(data: bytes) -> bool:
    """Whether a text is UTF-8 but for a few bytes: at least as many of its letters
    beyond ASCII are right as are not."""
    text = data.decode("utf-8", "surrogateescape")
    beyond = ASCII.sub("", text)
    wrong = len(STRAY.findall(beyond))
    return 0 < wrong <= len(beyond) - wrong


def _is_korean(text: str) -> bool:
    """Whether nearly all words of a text are of syllables in common use: Chinese and
    Japanese texts read as Korean are not."""
    letters = WORDS.findall(text)
    common = [c for c in letters if len(c.encode("euc-kr", "ignore")) == KS_X_1001]
    hangul = [c for c in common if "가" <= c <= "힣"]
    return bool(letters) and len(hangul) >= 0.8 * len(letters)


def decoded(data: bytes, encoding: str) -> str:
    """Return a text in an encoding that was named, without the mark at its beginning.

    :raises LookupError: if there is no such encoding of texts.
    :raises UnicodeDecodeError: if it is not in that.
    """
    text = data.decode(encoding)
    if not isinstance(text, str):
        raise LookupError(encoding)
    return text.removeprefix("\ufeff")


def _text(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str | None:
    """Return the order of two-byte letters without a mark: blanks and marks of any
    script have a NUL on one side of each pair."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    name = "utf-16-be" if even > odd else "utf-16-le"
    few, many = sorted((even, odd))
    text = _text(data, name) if many > 4 * few and 20 * many >= len(data) else None
    return name if text and "\0" not in text else None
