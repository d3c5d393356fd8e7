"""Whether what an engine answered is a translation: some of what comes with a good
status is nothing, a page, the source again, another language, or only a part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from translate_flow.engines.languages import primary
from translate_flow.errors import EngineError, Trouble
from translate_flow.text.protect import MARK

PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
"""Characters that engines add and nobody sees, and halves of characters."""

HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "ko": HANGUL,
    "ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    **dict.fromkeys(("ru", "uk", "bg"), re.compile("[\u0400-\u04ff]")),
    **dict.fromkeys(("en", "fr", "de", "es", "it", "pt", "nl", "vi"), LATIN),
}
"""Letters of languages that are written in one script."""

NAMED = re.compile(r"[A-Z\d][\w.+#/&'’-]*")
"""A word that may be a name: it begins with a capital or a digit."""

SENTENCE_END = re.compile(r"[.!?:…]\W*$")

LONG = 60
"""Letters from which on the length of a translation tells something."""

SYLLABIC = ("ko", "ja", "zh")
LEAST, MOST = 0.25, 6.0
"""Letters of a translation to one of its source, between alphabets. Of 6,234 texts of
a real book and its Korean translation, both ways, two were refused for their size."""
DENSER = 2.0
"""How many letters of an alphabet stand for one of a syllabic script."""


def judged(
    answer: object, words: str, sent: str, *, engine: str, source: str, target: str
) -> str:
    """Return an answer on one line, without what nobody sees.

    :param words: what was sent, without its placeholders.
    :param sent: what was sent.
    :param source: BCP 47 tag of its language.
    :param target: BCP 47 tag of the language asked for.
    :raises Trouble: for a page of a server.
    :raises EngineError: for what is no translation.
    """
    text = answer if isinstance(answer, str) else ""
    if PAGE.match(text):
        raise Trouble(f"{engine} answered with a web page, not with a translation")
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    text = re.sub(r"\s*\n\s*", " ", text.strip())
    bare = MARK.sub("", text)
    if not any(map(str.isalnum, bare)):
        raise EngineError(f"{engine} gave no words back", hint="translate it by hand")
    said, asked = primary(source), primary(target)
    if said != asked:
        _refuse_echo(words, bare, engine, asked)
        _refuse_other_script(words, bare, engine, said, asked)
        _refuse_size(words, bare, engine, said, asked)
    return text


def may_stay(words: str, language: str) -> bool:
    """Whether a text may be the same in another language: it has letters of that
    language alone, or is nothing but names."""
    named = all(NAMED.fullmatch(word) for word in _worded(words))
    stays = named and not SENTENCE_END.search(words)
    return stays or not _has_others(words, language)


def stayed(words: str, answer: str, source: str, target: str) -> bool:
    """Whether an answer is the text that was sent, though that has letters of another
    language than the one asked for."""
    other = primary(source) != primary(target)
    return other and _same(words, answer) and _has_others(words, primary(target))


def _has_others(words: str, language: str) -> bool:
    script = SCRIPTS.get(language, LATIN)
    return any(c.isalpha() and not script.match(c) for c in words)


def _worded(words: str) -> list[str]:
    bare = (word.strip("*_~.,;:!?()[]{}\"'“”‘’…—–-") for word in words.split())
    return [word for word in bare if sum(map(str.isalpha, word)) > 1]


def _same(words: str, answer: str) -> bool:
    return _letters(words) == _letters(MARK.sub("", answer))


def _refuse_echo(words: str, bare: str, engine: str, target: str) -> None:
    if _same(words, bare) and not may_stay(words, target):
        raise EngineError(
            f"{engine} gave the text back as it was",
            hint="if it should stay so, take it with tflow set",
        )


def _refuse_other_script(
    words: str, bare: str, engine: str, source: str, target: str
) -> None:
    """Refuse an answer without a letter of the target's script, or mostly in the
    source's."""
    own, other = SCRIPTS.get(target), SCRIPTS.get(source)
    if own is None or own is other or may_stay(words, target):
        return
    mine = len(own.findall(bare))
    theirs = len(other.findall(bare)) if other else 0
    if not mine or (other is HANGUL and theirs > mine):
        raise EngineError(
            f"{engine} answered in another language than {target}",
            hint="translate it by hand, or try another engine",
        )


def _refuse_size(words: str, bare: str, engine: str, source: str, target: str) -> None:
    """Refuse what is far too short or too long for a translation."""
    sent, came = len(_letters(words)), len(_letters(bare))
    scale = (DENSER if source in SYLLABIC else 1.0) / (
        DENSER if target in SYLLABIC else 1.0
    )
    if sent >= LONG and came < sent * scale * LEAST:
        raise EngineError(
            f"{engine} gave back a part only: {came} letters for {sent}",
            hint="translate it by hand, or try another engine",
        )
    if came >= LONG and came > max(sent, 5) * scale * MOST:
        raise EngineError(
            f"{engine} gave far more than was asked: {came} letters for {sent}",
            hint="translate it by hand, or try another engine",
        )


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
