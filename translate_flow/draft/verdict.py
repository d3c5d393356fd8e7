"""Whether what an engine answered is a translation: some of what comes with a good
status is nothing, a page, a server's message, the source again, another language, or
only a part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from translate_flow.engines.languages import primary
from translate_flow.errors import Trouble, Useless
from translate_flow.text.protect import MARK

PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
MESSAGE = re.compile(
    r"""MYMEMORY\ WARNING | YOU\ USED\ ALL\ AVAILABLE\ FREE\ TRANSLATIONS
      | QUERY\ LENGTH\ LIMIT\ EXC[A-Z]+ | INVALID\ LANGUAGE\ PAIR
      | SELECT\ TWO\ DISTINCT\ LANGUAGES | NO\ QUERY\ SPECIFIED
      | IS\ AN\ INVALID\ (?:SOURCE|TARGET)\ LANGUAGE | INVALID\ EMAIL\ PROVIDED
      | (?i: \bError\ \d{3}\ \([^()]*\)!! | \bunusual\ traffic\ from\ your
        | \bThat[’']s\ an\ error\b .{0,200} \bThat[’']s\ all\ we\ know
        | \bsending\ automated\ queries | \bhave\ permission\ to\ get\ URL )""",
    re.VERBOSE,
)
"""What servers say of themselves where a translation would stand."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
"""Characters that engines add and nobody sees, and halves of characters."""

WRAPPED = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"\A(`{3,}|~{3,})[\w-]*\n(.*?)\n?\s*\1\Z",
        r"\A(`+)(?!`)([^`]*)(?<!`)\1\Z",
        r"\A(<!--)((?:(?!--).)*)-->\Z",
    )
)
"""A whole answer within a fence, ticks or a comment, which hide what is in it."""

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

SCRIPT_NAMES = frozenset({
    "HANGUL", "HIRAGANA", "KATAKANA", "CJK", "CYRILLIC", "ARABIC", "HEBREW", "THAI",
    "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "GEORGIAN", "ARMENIAN", "KHMER", "LAO",
    "MYANMAR", "ETHIOPIC",
})  # fmt: skip
"""Scripts of which no letter strays into a text of another one, as Unicode calls them.
Latin and Greek letters stand in every language."""
WRITTEN: Mapping[str, frozenset[str]] = {
    "ko": frozenset({"HANGUL"}),
    "ja": frozenset({"HIRAGANA", "KATAKANA", "CJK"}),
    "zh": frozenset({"CJK"}),
    **dict.fromkeys(("ru", "uk", "bg"), frozenset({"CYRILLIC"})),
    **dict.fromkeys(("en", "fr", "de", "es", "it", "pt", "nl", "vi"), frozenset[str]()),
}
"""Which of these each language is written in."""

KANA = re.compile("[\u3040-\u30ff]")
PURE = 12
"""Chinese characters from which on a text without kana is not Japanese."""
GLOSS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|〔[^〔〕]*〕")
"""Where Korean has a word's Chinese characters, and English what a word is in Korean.
"""
SHORT_FORM = re.compile(
    r"(?<![\w])[美中日英獨佛露北南韓與野軍檢警靑新舊全前現故對反親非無大小高低最]{1,3}(?![\u4e00-\u9fff])"
)
"""Characters that Korean newspapers write for countries, parties and the like."""
WORD = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f\d_.:/-])[A-Za-z\u00c0-\u024f]{2,}"
    r"(?![A-Za-z\u00c0-\u024f\d_:/-])"
)
"""A word in Latin letters that is no part of a longer name."""
PHRASE = re.compile(rf"{WORD.pattern}\s+{WORD.pattern}")
STAYED, STAYED_SHARE = 3, 0.5
"""Small words of a text, and the share of them, that no translation keeps."""

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
    :raises Useless: for whatever else is no translation.
    """
    text = cleaned(answer, sent)
    if PAGE.match(text):
        raise Trouble(f"{engine} answered with a web page, not with a translation")
    bare = MARK.sub("", text)
    if not any(map(str.isalnum, bare)):
        raise Useless(f"{engine} gave no words back", hint="translate it by hand")
    _refuse_message(words, bare, engine)
    said, asked = primary(source), primary(target)
    if said != asked:
        _refuse_echo(words, bare, engine, asked)
        _refuse_other_language(words, bare, engine, said, asked)
        _refuse_size(words, bare, engine, said, asked)
    return text


def cleaned(answer: object, sent: str) -> str:
    """Return an answer on one line, without what nobody sees, or stands around it; no
    text if it is none."""
    text = answer if isinstance(answer, str) else ""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    text = _unwrapped(text.strip(), sent)
    return re.sub(r"\s*\n\s*", " ", text.strip())


def _unwrapped(text: str, sent: str) -> str:
    """Return an answer without what a machine has put around all of it."""
    for pattern in WRAPPED:
        found, own = pattern.match(text), pattern.match(sent.strip())
        text = found[2].strip() if found and not own else text
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
        raise Useless(
            f"{engine} gave the text back as it was",
            hint="if it should stay so, take it with tflow set",
        )


def _refuse_message(words: str, bare: str, engine: str) -> None:
    found = MESSAGE.search(bare)
    if found and found[0].casefold() not in words.casefold():
        told = " ".join(found[0].split())
        raise Useless(
            f"{engine} answered with a message of its server ({told})",
            hint="try again later, or another engine",
        )


def _refuse_other_language(
    words: str, bare: str, engine: str, source: str, target: str
) -> None:
    """Refuse an answer that is not written as its language is."""
    in_another = not may_stay(words, target) and (
        _is_in_other_script(bare, source, target)
        or _is_left_over(words, bare, target)
        or (target == "ja" and _is_chinese(bare))
    )
    if in_another or _has_strays(words, bare, target):
        raise Useless(
            f"{engine} answered in another language than {target}",
            hint="translate it by hand, or try another engine",
        )


def _is_in_other_script(bare: str, source: str, target: str) -> bool:
    """Whether an answer has no letter of the target's script, or mostly other ones."""
    own, other = SCRIPTS.get(target), SCRIPTS.get(source)
    if own is None or own is other:
        return False
    mine = len(own.findall(bare))
    left = other not in (None, LATIN) and other.findall(GLOSS.sub("", bare))
    theirs = len(left or ()) * (DENSER if own is LATIN else 1)
    return not mine or theirs > mine


def _has_strays(words: str, bare: str, target: str) -> bool:
    """Whether letters stand in an answer that neither its language nor its source is
    written with: Japanese or Chinese within Korean."""
    if target not in WRITTEN:
        return False
    text = SHORT_FORM.sub("", GLOSS.sub("", bare)) if target == "ko" else bare
    strange = _scripts(text) - WRITTEN[target]
    return bool(strange and strange - _scripts(words))


def _scripts(text: str) -> set[str]:
    letters = {letter for letter in text if letter > "\u02af" and letter.isalpha()}
    named = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters}
    return named & SCRIPT_NAMES


def _is_left_over(words: str, bare: str, target: str) -> bool:
    """Whether most of an answer in another script stands there in Latin letters, and is
    of a third language, or what was sent."""
    own = SCRIPTS.get(target)
    if own is None or own is LATIN:
        return False
    mine = len(own.findall(bare))
    sent = {word.casefold() for word in WORD.findall(words)}
    found = WORD.findall(bare)
    new = [word for word in found if word.casefold() not in sent and word.islower()]
    if sum(map(len, new)) > DENSER * mine:
        return True
    stayed = {word.casefold() for word in found} & sent
    small = {word for word in WORD.findall(words) if word.islower()}
    kept = small & stayed
    size = sum(len(word) for word in found if word.casefold() in kept)
    least = STAYED - bool(SENTENCE_END.search(words))
    return (
        len(kept) >= least
        and PHRASE.search(bare) is not None
        and len(kept) > STAYED_SHARE * len(small)
        and size > DENSER * mine
    )


def _is_chinese(bare: str) -> bool:
    return not KANA.search(bare) and len(SCRIPTS["zh"].findall(bare)) >= PURE


def _refuse_size(words: str, bare: str, engine: str, source: str, target: str) -> None:
    """Refuse what is far too short or too long for a translation."""
    sent, came = len(_letters(words)), len(_letters(bare))
    scale = (DENSER if source in SYLLABIC else 1.0) / (
        DENSER if target in SYLLABIC else 1.0
    )
    if sent >= LONG and came < sent * scale * LEAST:
        raise Useless(
            f"{engine} gave back a part only: {came} letters for {sent}",
            hint="translate it by hand, or try another engine",
        )
    if came >= LONG and came > max(sent, 5) * scale * MOST:
        raise Useless(
            f"{engine} gave far more than was asked: {came} letters for {sent}",
            hint="translate it by hand, or try another engine",
        )


def size(words: str) -> float:
    """Return how many letters of an alphabet a text has, or would have."""
    letters = _letters(words)
    return len(letters) + (DENSER - 1) * sum(letter > "\u1100" for letter in letters)


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
