"""Edits of one text: each returns another text, or None where it does not apply."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.drift.language import WORD, misspelt, sentences, stand_in, words
from translate_flow.text.mask import HIDDEN, mask

NUMBER = re.compile(r"(?<![\w.,/#-])\d[\d,]*(?:\.\d+)?(?![\w/-]|[.,]\d)")
TAIL = re.compile(r"[ \t]*\{[^{}]*\}$")
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
ADDRESS = re.compile(r"[\w-]+(?=/?(?:\.\w+)?(?:#[\w-]+)?$)")
KEPT = 0.4
"""Most of its words that a heavily rewritten text keeps."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an author has at hand while editing one page."""

    words: tuple[str, ...]
    """Words of the page."""

    known: frozenset[str]
    """All words of the corpus, in small letters."""

    codes: tuple[str, ...]
    """Code spans of the page, without their signs."""

    foreign: tuple[str, ...]
    """Paragraphs of other pages."""


Edit = Callable[[str, random.Random, Surroundings], str | None]


def typo(text: str, dice: random.Random, around: Surroundings) -> str | None:
    """Misspell one word."""
    found = [w for w in words(text) if w[0].lower() in around.known]
    dice.shuffle(found)
    for word in found[:6]:
        if bad := misspelt(word[0], dice, around.known):
            return text[: word.start()] + bad + text[word.end() :]
    return None


def word(text: str, dice: random.Random, around: Surroundings) -> str | None:
    """Exchange one or two words for words of the page."""
    found = [w for w in words(text) if len(w[0]) > 1]
    if len(found) < 3:
        return None
    chosen = sorted(dice.sample(found, dice.choice((1, 1, 2))), key=re.Match.start)
    for old in reversed(chosen):
        new = stand_in(old[0], around.words, dice)
        if new is None:
            return None
        text = text[: old.start()] + new + text[old.end() :]
    return text


def sentence_added(text: str, dice: random.Random, around: Surroundings) -> str | None:
    """Add a sentence of another page."""
    parts = sentences(text)
    if TAIL.search(text) or len(words(text)) < 4 or not _ends(parts[-1]):
        return None
    new = _sentence(dice, around)
    if new is None or new in text:
        return None
    parts[-1] += " "
    parts.insert(dice.randrange(len(parts) + 1), new + " ")
    return "".join(parts).strip()


def _ends(text: str) -> bool:
    return mask(text).rstrip("\"')”’*_ ").endswith((".", "!", "?", ":"))


def _sentence(dice: random.Random, around: Surroundings) -> str | None:
    for _ in range(12):
        found = dice.choice(sentences(dice.choice(around.foreign))).strip()
        if 4 <= len(found.split()) <= 30 and _ends(found) and not HIDDEN.search(found):
            return found if re.match(r"\w", found) else None
    return None


def sentence_deleted(text: str, dice: random.Random, _: Surroundings) -> str | None:
    """Take one sentence out."""
    parts = sentences(text)
    if len(parts) < 2 or (len(parts) == 2 and min(map(len, parts)) < 0.2 * len(text)):
        return None
    parts.pop(dice.randrange(len(parts)))
    return "".join(parts).strip()


def link(text: str, dice: random.Random, around: Surroundings) -> str | None:
    """Change the address of one link."""
    spots = []
    for found in HIDDEN.finditer(text):
        name = next((n for n in ("address", "url") if found[n]), None)
        if name and (last := ADDRESS.search(found[name])):
            at = found.start(name)
            spots.append((at + last.start(), at + last.end()))
    if not spots:
        return None
    start, end = dice.choice(spots)
    plain = [w.lower() for w in around.words if w.isascii() and len(w) > 3]
    new = dice.choice(plain or ["page"])
    if dice.random() < 0.5:
        new = f"{text[start:end]}-{new}"
    return None if new == text[start:end] else text[:start] + new + text[end:]


def code(text: str, dice: random.Random, around: Surroundings) -> str | None:
    """Exchange one code span for another one of the page."""
    spans = [found for found in CODE.finditer(text) if len(found[1]) > 1]
    others = [other for other in around.codes if f"`{other}`" not in text]
    if not spans or not others:
        return None
    old = dice.choice(spans)
    return text[: old.start(1)] + dice.choice(others) + text[old.end(1) :]


def number(text: str, dice: random.Random, _: Surroundings) -> str | None:
    """Change one number to another one like it."""
    found = list(NUMBER.finditer(mask(text)))
    if not found or not WORD.search(mask(text)):
        return None
    old = dice.choice(found)
    at = dice.choice([i for i, sign in enumerate(old[0]) if sign.isdigit()])
    digit = dice.choice([d for d in "123456789" if d != old[0][at]])
    new = old[0][:at] + digit + old[0][at + 1 :]
    return text[: old.start()] + new + text[old.end() :]


def cosmetic(text: str, _: random.Random, __: Surroundings) -> str | None:
    """Set quotes, dashes and ellipses as a printer would."""
    if HIDDEN.search(text) and '="' in text:
        return None
    shown = mask(text)
    new = re.sub(r'(?<![\w\\])"(?=[^\s"])([^"\0]*)"', r"“\1”", shown)
    new = re.sub(r"(?<=\w)'(?=\w)", "’", new)
    new = re.sub(r" - ", " – ", new).replace("...", "…")
    if len(new) != len(shown):
        new = re.sub(r"(?<=\w)'(?=\w)", "’", shown)
    pairs = zip(text, new, shown, strict=True)
    new = "".join(a if b == c else b for a, b, c in pairs)
    return None if new == text else new


def attributes(text: str, dice: random.Random, around: Surroundings) -> str | None:
    """Add, change or take away the attributes of a heading."""
    bare = TAIL.sub("", text)
    if bare != text and dice.random() < 0.3:
        return bare
    plain = [w.lower() for w in around.words if w.isascii() and len(w) > 3]
    name = "-".join(dice.sample(plain, min(2, len(plain)))) or "top"
    new = f"{bare} {{ #{name} }}"
    return None if new == text else new


def rewrite(text: str, dice: random.Random, around: Surroundings) -> str | None:
    """Keep 30 to 40 % of the words, in runs, and fill the rest with words in a row
    from the paragraph of another page that is most about the same things."""
    own = text.split()
    if len(own) < 12 or (HIDDEN.search(text) and not mask(text).strip("\0 ")):
        return None
    mine = {w[0].lower() for w in words(text)}
    sample = dice.sample(around.foreign, min(60, len(around.foreign)))
    donor = max(sample, key=lambda other: _shared(mine, other), default="").split()
    if len(donor) < 8:
        return None
    kept = _runs(len(own), dice)
    taken = dice.randrange(len(donor))
    new: list[str] = []
    for at, old in enumerate(own):
        if at in kept:
            new.append(old)
        else:
            new.append(donor[taken % len(donor)])
            taken += 1
    return _tidy(" ".join(new))


def _runs(size: int, dice: random.Random) -> set[int]:
    """Return which words of a text are kept: 30 to 40 %, in runs."""
    kept: set[int] = set()
    while len(kept) < 0.3 * size:
        at, run = dice.randrange(size), dice.randint(2, 4)
        kept |= set(range(at, min(at + run, size, at + int(KEPT * size) - len(kept))))
    return kept


def _shared(mine: set[str], other: str) -> float:
    theirs = {w[0].lower() for w in words(other)}
    return len(mine & theirs) / (10 + len(theirs))


def _tidy(text: str) -> str | None:
    """Let no markup be left open where two texts were put together."""
    text = re.sub(r"[*~<>{}\[\]|]|(?<!\w)_|_(?!\w)|(?<=\])\([^)]*\)", "", text)
    if text.count("`") % 2:
        text = text.replace("`", "")
    return text.strip() or None


EDITS: dict[str, Edit] = {
    "typo made": typo,
    "word": word,
    "sentence added": sentence_added,
    "sentence deleted": sentence_deleted,
    "link": link,
    "code": code,
    "number": number,
    "cosmetic": cosmetic,
    "attributes": attributes,
    "rewrite": rewrite,
}
"""Edits of one text by the kind that they are."""


def codes(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the code spans of texts, each once."""
    spans = (span for text in texts for span in CODE.findall(text) if len(span) > 1)
    return tuple(dict.fromkeys(spans))
