"""What kinds of edit lie between two versions of a text, each with its evidence: the
exact words that went and came. Where it is uncertain, the more severe kind is named."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import unescape
from itertools import groupby
from typing import Literal

from translate_flow.drift.hunks import Hunk, apart, hunks, joined
from translate_flow.drift.lexicon import (
    HANGUL,
    TITLES,
    is_number,
    korean_name,
    of_one_kind,
    risks,
    shaded,
    turned,
)
from translate_flow.drift.opposites import opposed, other_unit
from translate_flow.drift.parts import (
    ADDRESS,
    CODE,
    OTHER,
    QUOTES,
    SIGNS,
    Parts,
    fenced,
    taken_apart,
    tight,
    unfenced,
)
from translate_flow.drift.style import levelled
from translate_flow.drift.whole import whole_sentences
from translate_flow.state import collapse
from translate_flow.text.invisible import INVISIBLE
from translate_flow.text.moments import MONTHS, WEEKDAYS
from translate_flow.text.worddiff import Diff, word_diff

Severity = Literal["high", "medium", "low"]

SEVERITIES: dict[str, Severity] = {
    "unknown": "high",
    "rewrite": "high",
    "risk": "high",
    "added": "high",
    "dropped": "high",
    "wording": "medium",
    "name": "medium",
    "number": "medium",
    "code": "medium",
    "link": "medium",
    "markup": "low",
    "case": "low",
    "punctuation": "low",
    "spacing": "low",
    "hyphen": "low",
    "doubled": "low",
    "numeral": "low",
    "contraction": "low",
    "variant": "low",
    "article": "low",
    "agreement": "low",
    "respelling": "low",
    "spelling": "low",
    "cosmetic": "low",
}
"""Drift class → how grave it is, the gravest first."""

LEAST_KEPT = 0.4
"""Share of its words that a text must keep not to be called rewritten."""

FEW = 4
"""So many words may change in any text without its being called rewritten."""

_SIGNS = str.maketrans(dict.fromkeys("“”‘’«»「」『』《》〈〉‹›\"'´`", '"'))
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])['’](?=[A-Za-z])")
_CONTRACTED = re.compile(r"\w+(?:['’]\w+)+")
_SHORTENED = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])")
_FEET = re.compile(r"(?<=\d)['’′]")
"""5' is not 5": behind a number the two signs are no quotation marks of one style."""

_WITHIN = "\ue003"
"""Stands for an apostrophe within a word while quotation marks are made alike."""
_DASH = re.compile(r"(?<=[가-힣])[-–](?=[가-힣])|\s*(?:—|–|―|--+)\s*|\s+-+\s+")
_RANGE = re.compile(r"(?<=\d)[–—-](?=\d)")
_MINUS = re.compile(r"(?<!\S)[–−-](?=\d)|(?<=\d)−(?=\d)|(?<=\d )−(?= \d)")
"""What makes a number less than nothing, or takes it away: 2 -3 is no 2-3."""

_BELOW = "\ue004"
"""Stands for a minus sign while dashes are made alike."""
_HYPHEN = re.compile(r"(?<=\w)[‐‑‒–](?=\w)|(?<=[\d가-힣])[~∼〜～](?=[\d가-힣])|[‐‑−]")
_ELLIPSIS = re.compile(r"(?:…|\.{3,}|\.(?: \.){2,}|⋯|‥|·{3,})+\.?")
_BETWEEN = re.compile(r"\s*([·/~])\s*")
_NEGATING = frozenset({"not", "never", "only", "always"})
"""What turns a sentence round if it only changes its place."""
_NEGATES = re.compile(r"\b(?:not|never)\s$|n't\s$", re.IGNORECASE)
_TILDE = re.compile(r"[∼〜～]")
_STYLE = re.compile(
    r"[“”‘’«»「」『』《》〈〉‹›\"'´`–—―‒‐‑−…⋯‥]|--+|\.{3,}|·{3,}|[~∼〜～]"
)
_WORD = re.compile(
    rf"[{CODE}{ADDRESS}{OTHER}]|[^\W_]+(?:[.,:'’·-][^\W_]+)*[%℃]?|[$€£₩%]"
)
_INSIDE = re.compile(r"(?<!\\)\[\s+|\s+\](?=[(\[])")
"""Blanks inside the brackets of a link."""
_BEGINS = re.compile(r"^\W*$|[.!?…]\W*\s\W*$")
"""What stands before the first word of a sentence."""
_COUNTS = re.compile(r"\d\s?°?$")
_LEADING = re.compile(r"\d[\d.,]*")
_SIGN = ("", "-", "−", "+")
_PLACEHOLDERS = re.compile(f"[{CODE}{ADDRESS}{OTHER}]")


MENDED = ("spelling", "respelling")
"""Classes of a misspelt word that was put right."""

CAPITAL = frozenset({*MONTHS, *WEEKDAYS, "English", "Korean", "American", "British"})
"""Words that have a capital and are no names."""

TITLED = tuple([title] for title in TITLES)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that an edit did."""

    drift_class: str
    """A key of ``SEVERITIES``."""

    old: str
    """The words that went; empty if none did."""

    new: str
    """The words that came."""

    sure: bool = True
    """Whether a class that leaves translations as they are surely does so here."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return SEVERITIES[self.drift_class]


def classify(
    before: str | None,
    after: str,
    language: str,
    terms: Container[str] = (),
    target_language: str = "",
) -> tuple[Evidence, ...]:
    """Return what an edit did, the gravest first; nothing if the texts are the same.

    :param before: the text that a translation was accepted for; None if nobody has it.
    :param language: of both texts, BCP 47.
    :param terms: words in small letters that are none of a dictionary and meant so.
    :param target_language: of the translation: one without articles is right whatever
        becomes of those of its source.
    """
    if before is None:
        return (Evidence("unknown", "", after),)
    if before == after:
        return ()
    if _as_seen(before) == _as_seen(after):
        return (Evidence("cosmetic", before, after),)
    old, new = fenced(
        *(taken_apart(INVISIBLE.sub("", text)) for text in (before, after))
    )
    found = [
        *_constructs(old, new),
        *_texts(old, new, _Reading(language, target_language, terms)),
    ]
    if not found:
        found = [Evidence(_of_marks(before, after), before, after)]
    order = list(SEVERITIES)
    found = [
        replace(
            e,
            old=_spelt(_told(e.old, old), before),
            new=_spelt(_told(e.new, new), after),
        )
        for e in found
    ]
    unique = dict.fromkeys(sorted(found, key=lambda e: order.index(e.drift_class)))
    grave = {(e.old, e.new) for e in unique if e.drift_class == "risk"}
    return tuple(
        e for e in unique if e.drift_class != "wording" or (e.old, e.new) not in grave
    )


def _of_marks(before: str, after: str) -> str:
    """Name an edit that changes neither words nor constructs: of escapes, of blanks
    inside brackets, or of what stands in a link beside its address."""
    sides = [_as_seen(unescape(tight(text))) for text in (before, after)]
    if sides[0] == sides[1]:
        return "cosmetic"
    close = [_INSIDE.sub(lambda at: at[0].strip(), text) for text in sides]
    if close[0] == close[1]:
        return "punctuation"
    if "".join(before.split()) != "".join(after.split()):
        return "markup"
    return "spacing" if HANGUL.search(after) else "cosmetic"


def _as_seen(text: str) -> str:
    """Return a text without what nobody sees of it."""
    return collapse(INVISIBLE.sub("", text))


def _told(words: str, parts: Parts) -> str:
    """Return words with what the signs in them stand for."""
    if not SIGNS.search(words):
        return words
    text = plain_signs(parts.words)
    at = text.find(words)
    return parts.shown(words, text[:at]) if at >= 0 else SIGNS.sub("…", words)


def _spelt(words: str, text: str) -> str:
    """Return words with the apostrophes that they have in their text."""
    if "'" not in words:
        return words
    own = {_APOSTROPHE.sub("'", word): word for word in _CONTRACTED.findall(text)}
    return _CONTRACTED.sub(lambda found: own.get(found[0], found[0]), words)


# --- constructs -------------------------------------------------------------


def _constructs(old: Parts, new: Parts) -> Iterator[Evidence]:
    for one in _exchanged("code", old.codes, new.codes):
        yield Evidence(_of_code(one.old, one.new), one.old, one.new)
    yield from _exchanged("link", old.addresses, new.addresses)
    yield from _exchanged("markup", old.notes, new.notes)
    yield from _exchanged("markup", old.markup, new.markup)
    if old.tail != new.tail:
        yield Evidence("markup", old.tail, new.tail)


def _of_code(old: str, new: str) -> str:
    """Name an exchange of code: what shows the same has other marks round it."""
    fenced_old, fenced_new = unfenced(old), unfenced(new)
    plain = old if fenced_old is None else new
    shown = {fenced_old, fenced_new} - {None}
    same = len(shown) == 1 and (
        None not in (fenced_old, fenced_new) or shown & {plain, plain.strip(QUOTES)}
    )
    return "markup" if same else "code"


def _exchanged(
    named: str, old: Sequence[str], new: Sequence[str]
) -> Iterator[Evidence]:
    """Yield what differs between two lists of constructs, one by one where as many
    came as went, as when labels and footnotes are renumbered."""
    if len(old) == len(new) and all(one[:1] == "[" for one in (*old, *new)):
        pairs = zip(old, new, strict=True)
        yield from (Evidence(named, a, b) for a, b in pairs if a != b)
        return
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        if b - a == d - c:
            pairs = zip(old[a:b], new[c:d], strict=True)
            yield from (Evidence(named, one, other) for one, other in pairs)
        else:
            yield Evidence(named, " ".join(old[a:b]), " ".join(new[c:d]))


# --- words ------------------------------------------------------------------


def plain_signs(text: str) -> str:
    """Return a text with quotation marks, dashes and ellipses of one style."""
    text = _APOSTROPHE.sub(_WITHIN, _FEET.sub(_WITHIN, text))
    text = text.translate(_SIGNS).replace(_WITHIN, "'")
    text = _MINUS.sub(_BELOW, text)
    text = _HYPHEN.sub("-", _RANGE.sub("-", text))
    text = _BETWEEN.sub(r"\1", _TILDE.sub("~", _DASH.sub(" - ", text)))
    return collapse(_ELLIPSIS.sub("...", text)).replace(_BELOW, "−")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What words are read as."""

    language: str
    target_language: str
    terms: Container[str]


def _texts(old: Parts, new: Parts, reading: _Reading) -> Iterator[Evidence]:
    """Yield what differs between two texts, with what stands in them for the signs
    among their words."""
    if old.words == new.words:
        return
    one, other = plain_signs(old.words), plain_signs(new.words)
    if one == other:
        yield Evidence("cosmetic", old.words, new.words)
        return
    styles = [_STYLE.findall(_SHORTENED.sub("", p.words)) for p in (old, new)]
    if styles[0] != styles[1]:
        yield Evidence("cosmetic", old.words, new.words)
    came = whole_sentences(one, other)
    for name, said in (("dropped", came.dropped), ("added", came.added)):
        for sentence in said:
            yield Evidence(
                name, *((sentence, "") if name == "dropped" else ("", sentence))
            )
    level, trifles = levelled(
        came.old, came.new, reading.language, reading.target_language
    )
    for trifle in trifles:
        name, texts = trifle.drift_class, (trifle.old, trifle.new)
        yield Evidence(name, *texts, sure=trifle.sure)
    if level != came.new:
        yield from _words(level, came.new, reading)


def _words(old: str, new: str, reading: _Reading) -> Iterator[Evidence]:
    """Yield what differs between the words of two texts."""
    diff = word_diff(old, new)
    changes = [part for hunk in hunks(diff) for part in apart(hunk)]
    named = [(hunk, _named(hunk, old, reading)) for hunk in changes]
    mended = any(name in MENDED for _, name in named)
    if _is_rewrite(diff) or (_is_other(old, new) and not mended):
        yield Evidence("rewrite", old, new)
    if _turned(diff, named):
        yield _of_risk(changes)
    for same, group in groupby(named, key=lambda one: one[1]):
        together = [hunk for hunk, _ in group]
        if same == "link":
            yield from (_relabelled(hunk, old) for hunk in together)
            continue
        yield from (Evidence(same, *texts) for texts in joined(together))


def _relabelled(hunk: Hunk, text: str) -> Evidence:
    """Return that a label was put right, the words of a text in brackets."""
    old, new = hunk.old.strip(), hunk.new.strip()
    label = _label(old, text)
    whole = rf"(?<!\w){re.escape(old)}(?!\w)"
    return Evidence("link", label, re.sub(whole, lambda _: new, label))


def _turned(diff: Diff, named: Sequence[tuple[Hunk, str]]) -> bool:
    """Whether risky words came, went or changed places. A misspelt one was one."""
    mended = {(h.old, h.new) for h, name in named if name in MENDED}
    old = "".join(text for op, text in diff if op != "+")
    new = "".join(text for op, text in diff if op != "-")
    for was, now in mended:
        old = re.sub(rf"(?<!\w){re.escape(was)}(?!\w)", now, old, count=1)
    return turned(old, new) or any(
        _negations(hunk.old) != _negations(hunk.new)
        or (_NEGATES.search(hunk.before) and not hunk.new.strip())
        or shaded(hunk.old, hunk.new)
        for hunk, _ in named
    )


def _negations(text: str) -> list[str]:
    return [word for word in risks(text) if word in _NEGATING]


def _named(hunk: Hunk, text: str, reading: _Reading) -> str:
    """Name what one change did to the words of a text."""
    old, new = (_WORD.findall(side) for side in (hunk.old, hunk.new))
    one, other = hunk.old.strip(), hunk.new.strip()
    blanks = "wording" if HANGUL.search(text) else "cosmetic"
    named = "wording"
    pairs = list(zip(old, new, strict=False)) if len(old) == len(new) else []
    counted = _COUNTS.search(hunk.before)
    if any(opposed(*pair) or (counted and other_unit(*pair)) for pair in pairs):
        named = "risk"
    elif one + other and _is_number(hunk, old, new):
        named = "numeral" if _same_value(hunk, reading.language) else "number"
    elif _PLACEHOLDERS.sub("", one + other) == "":
        named = "link" if ADDRESS in one + other else "code" if one + other else blanks
    elif len(old) == len(new) == 1 and _is_mended(hunk, reading.language):
        named = _mended(one, other, text, reading.terms)
    elif _is_name(hunk, old, new):
        named = "respelling" if _is_respelt(one, other) else "name"
    return named


def _is_number(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether one number came for another; of 3억 → 3조 the unit is one, too."""
    if not old and not new:
        sign = hunk.old.strip() in _SIGN and hunk.new.strip() in _SIGN
        return sign and hunk.after[:1].isdigit()
    if len(old) == len(new) == 1:
        one, other = (_LEADING.match(word) for word in (old[0], new[0]))
        if one and other and one[0] == other[0]:
            tails = old[0][one.end() :], new[0][other.end() :]
            return all(tail and is_number(tail) for tail in tails)
    return bool(old and new) and all(map(is_number, (*old, *new)))


def _same_value(hunk: Hunk, language: str) -> bool:
    """Whether a number was only written otherwise: 3만, 30,000."""
    sides = (hunk.before[-8:] + side + hunk.after[:8] for side in (hunk.old, hunk.new))
    one, other = (_valued(side, language) for side in sides)
    return one == other


def _valued(text: str, language: str) -> tuple[str, ...]:
    """Return the values of a text and what stands between them, without blanks."""
    from translate_flow.text.quantities import quantities

    parts, at = list[str](), 0
    for quantity in quantities(text, language):
        parts += [text[at : quantity.start], str(quantity.value)]
        at = quantity.end
    return tuple("".join(part.split()) for part in (*parts, text[at:]))


def _is_respelt(old: str, new: str) -> bool:
    """Whether a name that nobody has became one that is known and nearly the same."""
    from translate_flow.drift.spelling import is_near

    return is_near(old, new)


def _is_mended(hunk: Hunk, language: str) -> bool:
    """Whether a word was put right, or a Korean particle behind code or a mark."""
    from translate_flow.drift.spelling import is_mended

    old, new = hunk.old.strip(), hunk.new.strip()
    if is_mended(old, new, language):
        return True
    stem = hunk.before.rsplit(" ", 1)[-1]
    both = HANGUL.match(hunk.old) and HANGUL.match(hunk.new)
    return bool(stem and both) and is_mended(stem + old, stem + new, language)


def _mended(old: str, new: str, text: str, terms: Container[str]) -> str:
    """Name the edit of a word that no dictionary has to one that it has: the old one
    may be a term, or a name."""
    if old.lower() in terms:
        return "wording"
    if _label(old, text):
        return "link"
    common = new in CAPITAL or new.startswith(("I'", "I’"))
    return "respelling" if not common and _is_within(old, text) else "spelling"


def _label(word: str, text: str) -> str:
    """Return the words in brackets that a word is among, with the brackets: a link is
    looked up by them. An empty string if there are none."""
    found = re.search(rf"\[(?:[^\[\]]*\W)?{re.escape(word)}(?:\W[^\[\]]*)?\]", text)
    return found[0] if found else ""


def _is_within(word: str, text: str) -> bool:
    """Whether a word with a capital stands anywhere but at a sentence's start."""
    if not word[:1].isupper() or not word.isascii():
        return False
    places = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return any(not _BEGINS.search(text[: place.start()]) for place in places)


def _is_name(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether one proper name came for another."""
    if not old or not new or len(old) > 4 or len(new) > 4:
        return False
    if HANGUL.search(hunk.old + hunk.new):
        above = hunk.before.split()[-1:]
        titled = hunk.after.lstrip().startswith(TITLES) or above in TITLED
        alone = len(old) == len(new) == 1
        both = all(map(korean_name, (*old, *new)))
        return both or (alone and (titled or of_one_kind(old[0], new[0])))
    capital = all(word[:1].isupper() for word in (*old, *new))
    begins = re.search(r"(?:^|[.!?]\W*)$", hunk.before) is not None
    return capital and not (begins and _common([*old, *new]))


def _common(words: Sequence[str]) -> bool:
    """Whether words at the beginning of a sentence are no names for sure."""
    from translate_flow.drift.spelling import is_common

    return any(map(is_common, words))


def _of_risk(hunks: Sequence[Hunk]) -> Evidence:
    """Return the change that turns the sentence round: the first that holds a risky
    word, else the first."""
    for hunk in hunks:
        mine = hunk.before[-8:] + hunk.old + hunk.after[:8]
        theirs = hunk.before[-8:] + hunk.new + hunk.after[:8]
        if turned(mine, theirs):
            return Evidence("risk", hunk.old.strip(), hunk.new.strip())
    return Evidence("risk", hunks[0].old.strip(), hunks[0].new.strip())


def _is_other(old: str, new: str) -> bool:
    """Whether two texts of more than one word share none."""
    one, other = (_WORD.findall(text.lower()) for text in (old, new))
    return max(len(one), len(other)) > 1 and not set(one) & set(other)


def _is_rewrite(diff: Diff) -> bool:
    sizes = {"=": 0, "-": 0, "+": 0}
    for op, text in diff:
        sizes[op] += len(_WORD.findall(text))
    changed = max(sizes["-"], sizes["+"])
    return changed > FEW and sizes["="] < LEAST_KEPT * (sizes["="] + changed)
