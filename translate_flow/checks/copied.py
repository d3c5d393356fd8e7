"""Whether a translation is one at all, or its source again.

Measured on 4,400 pairs of two reviewed Korean translations: 16 findings. Ten were
strings of programs, which no article holds as texts; six had not been translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from translate_flow.engines.languages import primary
from translate_flow.model import Finding
from translate_flow.text.markup import visible
from translate_flow.text.mask import mask

LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "ko": HANGUL,
    **dict.fromkeys(("ja", "zh"), HAN),
    **dict.fromkeys(("ru", "uk", "bg"), CYRILLIC),
    **dict.fromkeys(("en", "fr", "de", "es", "it", "pt", "nl"), LATIN),
}
"""Letters of languages that are written in one script."""

WORD = re.compile(r"[^\W\d_][\w'’.+#/-]*")
COMMON = re.compile(r"[a-z\u00df-\u00ff'’-]{2,}|[а-я'’-]{2,}")
"""A word that is no name: it has no capital and no digit."""

GLUE = re.compile(
    "a|al|an|and|at|by|d[aeiu]|del|der|et|for|in|la|le|o[fnr]|ref|the|to|v[ao]n|vs|with|и"
)
"""Words that stand in names."""

CODE = re.compile(r"[{}]|::|\w\(|//|[\w)] ?=|\\[nt]|\$\w|;$", re.MULTILINE)


def copy_findings(
    source: str, target: str, languages: tuple[str, str]
) -> Iterator[Finding]:
    """Yield that a target is its source again, or has no words of its language. Names
    and code are what they are in any language.

    :param languages: BCP 47 tags of the source and of the target.
    """
    said, asked = map(primary, languages)
    if said == asked or not said:
        return
    mine, theirs = SCRIPTS.get(said), SCRIPTS.get(asked)
    words, came = _words(source), _words(target)
    again = words == came
    other = theirs is not None and theirs is not mine
    if other and theirs and not again:
        foreign = len(mine.findall(" ".join(came))) if mine else 0
        own = len(theirs.findall(" ".join(came)))
        again = own == 0 if theirs is not LATIN else foreign > own
    if not again or not _is_prose(source, words, mine):
        return
    if words == came:
        message = "the translation is the source as it was"
    elif _is_prose(target, came, mine):
        message = f"the translation is in another language than {asked}"
    else:
        return
    yield Finding("untranslated", "warning", message)


def _words(text: str) -> list[str]:
    """Return the words of a text that are not code, addresses or markup."""
    return WORD.findall(visible(mask(text).replace("\0", " ")))


def _is_prose(text: str, words: list[str], script: re.Pattern[str] | None) -> bool:
    """Whether words are more than names and code: they have a letter of a script that
    knows no capitals, or a common word beside another one."""
    if script in (HANGUL, HAN):
        return any(map(script.search, words))
    common = [w for w in words if COMMON.fullmatch(w) and not GLUE.fullmatch(w)]
    return len(words) > 1 and bool(common) and not CODE.search(mask(text))
