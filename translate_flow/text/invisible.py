"""Letters that nobody sees, and texts that are nothing else."""

from __future__ import annotations

import re

from translate_flow.text.markup import visible
from translate_flow.text.mask import has_letters
from translate_flow.text.pieces import References, pieces

ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffc"
    "\ud800-\udfff\ue000-\uf8ff\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
"""Controls, marks of direction, letters without width or shape, private ones."""

SHOWN = ("image", "maths", "shortcode", "placeholder", "note")
PICTURES = re.compile(r"<(?:img|video|audio|iframe|svg|object|embed)\b", re.IGNORECASE)


def nothing_to_see(text: str, references: References) -> bool:
    """Whether a reader sees nothing of a text: no word, sign, picture or formula.

    :param text: inline Markdown.
    :param references: the article's link reference definitions.
    """
    bare = INVISIBLE.sub("", text)
    if has_letters(bare) or INVISIBLE.sub("", visible(bare)).strip():
        return False
    found = pieces(bare, references)
    return not any(
        piece.kind in SHOWN or PICTURES.match(bare, piece.start) for piece in found
    )
