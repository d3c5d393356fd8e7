"""A text taken apart: its words as readers see them, and beside them what nobody reads
as words: code, addresses, markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import unescape

from translate_flow.state import collapse
from translate_flow.text.pieces import Piece, References, normalised, pieces
from translate_flow.text.worddiff import MOST_WORDS

CODE = "\ue000"
"""Stands for a code span in the words."""

ADDRESS = "\ue001"
"""Stands for a bare address in the words."""

OTHER = "\ue002"
"""Stands for a shortcode, a placeholder or maths."""

SIGNS = re.compile(f"[{CODE}{ADDRESS}{OTHER}]")
"""Any of them."""

TAIL = re.compile(
    r"(?P<blank>\s*)(?:\{(?::?[ \t]*[#.][^{}\n]*|/\*\s*[#.][^{}\n]*\*/)\}"
    r"|(?<=\S)\[\[[a-z0-9][a-z0-9_-]*\]\])\s*$"
)
"""Attributes at the end of a text, in MDX as a comment, or the name of a place,
``[[the-end]]``."""

BRACKETS = re.compile(r"(?<![\w\]])\[(?P<inner>[^\[\]^][^\[\]]*)\](?![(\[:])")
"""Words in brackets, which may be a link that is looked up by them."""

QUOTES = "\"'“”‘’"

_FENCED = re.compile(
    r"(`+)(?P<inner>.*?)\1|<(code|kbd|samp)\b[^<>]*>(?P<shown>[^<>]*)</\3>", re.DOTALL
)
_CUT = re.compile(r"[^\W_가-힣]+(?:['’][^\W\d_가-힣]+)*|[가-힣]+|\s+|.", re.DOTALL)
"""A word, what follows it in Korean, blanks or a sign."""
_PADDED = re.compile(r"\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?\s*\)")
_COLLAPSED = re.compile(r"(?<![\w\]])(\[[^\[\]]+\])\[\]")
_BLANK = re.compile(r"\{\s*([\"'`])\s*\1\s*\}")
_PAGE = re.compile(r"\[\[[^\[\]\n]+\]\]\Z")
_COMMENT = re.compile(r"\{\s*/\*.*\*/\s*\}", re.DOTALL)
_LABEL = re.compile(r"\]\[([^\[\]]+)\]")
KEYS = re.compile(r"<(?P<tag>kbd|samp)\b[^<>]*>(?P<text>[^<>]*)</(?P=tag)>")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_EMPHASIS = re.compile(r"\*+|~~|==|(?<!\w)_+|_+(?!\w)")
_ROLES = {
    "code": CODE,
    "address": ADDRESS,
    "shortcode": OTHER,
    "placeholder": OTHER,
    "maths": OTHER,
}


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart."""

    words: str
    """What is read, signs that stand for code and the like included."""

    codes: tuple[str, ...]
    """Code spans, shortcodes, placeholders and maths, in order."""

    addresses: tuple[str, ...]
    """Where links and images lead, and bare addresses; of a link by reference its
    label in brackets."""

    notes: tuple[str, ...]
    """Footnote marks."""

    markup: tuple[str, ...]
    """Emphasis, tags."""

    tail: str
    """Attributes at the end: ``{ #id }``."""

    signs: tuple[str, ...] = ()
    """What the signs among the words stand for, in order, as it is written."""

    def shown(self, words: str, before: str = "") -> str:
        """Return some of the words with what the signs in them stand for.

        :param before: the words that stand before them, from the first on: how many
            signs are in there tells which ones these are.
        """
        rest = iter(self.signs[len(SIGNS.findall(before)) :])
        return SIGNS.sub(lambda sign: next(rest, sign[0]), words)

    @property
    def brackets(self) -> tuple[str, ...]:
        """Words that stand in brackets, with them."""
        return tuple(
            self.shown(found[0], self.words[: found.start()])
            for found in BRACKETS.finditer(self.words)
        )


def constructs(text: str) -> Iterator[Piece]:
    """Yield what ``pieces`` finds in a text, comments of MDX as comments, a blank of
    JSX, ``{" "}``, as one, and ``[[page]]{shown text}`` as a link."""
    for piece in pieces(text, labels(text)):
        own = text[piece.start : piece.end]
        if piece.kind != "placeholder" or own[:1] != "{":
            yield piece
        elif _COMMENT.fullmatch(own):
            yield replace(piece, kind="comment")
        elif _BLANK.fullmatch(own):
            yield replace(piece, kind="break")
        elif page := _PAGE.search(text, 0, piece.start):
            start = page.start()
            link = Piece("link", start, piece.start + 1, "open", start, page[0])
            yield link
            yield replace(link, start=piece.end - 1, end=piece.end, role="close")
        else:
            yield piece


def tight(text: str) -> str:
    """Return a text without what may stand round an address in a link and is no part
    of it, ``[x]( <url> )``, without the empty brackets behind a label, ``[x][]``, and
    with blanks of JSX as blanks."""
    return _COLLAPSED.sub(r"\1", _PADDED.sub(r"](\1)", _BLANK.sub(" ", text)))


def labels(text: str) -> References:
    """Return the labels that links of a text name, each leading to itself."""
    return {normalised(one): (f"[{one}]", "") for one in _LABEL.findall(text)}


def unfenced(code: str) -> str | None:
    """Return what a code span shows, None if it is none."""
    found = _FENCED.fullmatch(code)
    return (found["inner"] or found["shown"]) if found else None


def fenced(old: Parts, new: Parts) -> tuple[Parts, Parts]:
    """Return two versions of a text in which words that became code, or code that
    became words, are code in both, and words that stand in brackets in one of them do
    so in both: such words are still there."""
    marks = [(len(one.signs), _brackets(one.words)[1]) for one in (old, new)]
    if marks[0] == marks[1]:
        return old, new
    sides = _CUT.findall(old.words), _CUT.findall(new.words)
    if sum(map(len, sides)) > MOST_WORDS:
        return old, new
    texts: tuple[list[str], list[str]] = [], []
    signs: tuple[list[str], list[str]] = [], []
    given = iter(old.signs), iter(new.signs)
    found = SequenceMatcher(None, sides[0], sides[1], autojunk=False)
    for op, a, b, c, d in found.get_opcodes():
        cuts = ["".join(sides[0][a:b]), "".join(sides[1][c:d])]
        own = [[next(given[n]) for _ in SIGNS.findall(cuts[n])] for n in (0, 1)]
        if op != "equal":
            _level(cuts, own)
        for n in (0, 1):
            texts[n].append(cuts[n])
            signs[n].extend(own[n])
    were, are = Counter(old.brackets), Counter(new.brackets)
    old = replace(old, markup=(*old.markup, *(were - are).elements()))
    new = replace(new, markup=(*new.markup, *(are - were).elements()))
    return _signed(old, texts[0], signs[0]), _signed(new, texts[1], signs[1])


def _level(cuts: list[str], own: list[list[str]]) -> None:
    """Make two versions of some words alike if they differ in marks of code alone, with
    or without quotation marks where they stand alone, or in brackets alone.

    :param cuts: the words, with signs.
    :param own: what the signs stand for.
    """
    if own[0] == own[1] and _brackets(cuts[0])[0] == _brackets(cuts[1])[0]:
        cuts[0] = cuts[1]
        return
    if bool(own[0]) == bool(own[1]):
        return
    there = 0 if own[0] else 1
    here = 1 - there
    shown = _as_words(cuts[there], own[there])
    alone = SIGNS.fullmatch(cuts[there]) is not None
    if alone and shown == cuts[here].strip(QUOTES) and shown:
        own[here] = [cuts[here]]
    elif shown == cuts[here]:
        own[here] = [unfenced(one) or one for one in own[there]]
    else:
        return
    cuts[here] = cuts[there]


def _brackets(words: str) -> tuple[str, int]:
    """Return words without brackets, and how many there were."""
    return re.subn(r"[\[\]]", "", words)


def _as_words(text: str, signs: Sequence[str]) -> str:
    """Return words in which code stands as the words that it shows."""
    rest = iter(signs)
    return SIGNS.sub(lambda _: unfenced(one := next(rest)) or one, text)


def _signed(parts: Parts, texts: Sequence[str], signs: Sequence[str]) -> Parts:
    """Return parts with other words and signs."""
    words = "".join(texts)
    pairs = zip(SIGNS.findall(words), signs, strict=True)
    codes = tuple(one for sign, one in pairs if sign != ADDRESS)
    return replace(parts, words=words, codes=codes, signs=tuple(signs))


def taken_apart(text: str) -> Parts:
    """Take a text of inline Markdown apart."""
    found = TAIL.search(text)
    tail = found[0].strip() if found else ""
    text = text[: found.start()] if found else text
    heading = _HEADING.match(text)
    text = text[heading.end() :] if heading else text
    words: list[str] = []
    codes: list[str] = []
    addresses: list[str] = []
    notes: list[str] = []
    markup = [heading[0].strip()] if heading else []
    signs: list[str] = []
    done = 0
    for piece in constructs(text):
        if piece.start < done:
            continue
        words.append(_plain(text[done : piece.start], markup))
        signs += SIGNS.findall(words[-1])
        done = piece.end
        if piece.kind == "note":
            notes.append(text[piece.start : piece.end])
            continue
        words.append(_piece(text, piece, codes, addresses, markup))
        if SIGNS.fullmatch(words[-1]):
            signs.append(text[piece.start : piece.end])
    words.append(_plain(text[done:], markup))
    return Parts(
        _COLLAPSED.sub(r"\1", collapse("".join(words))),
        tuple(codes),
        tuple(addresses),
        tuple(notes),
        tuple(markup),
        tail,
        tuple(signs),
    )


def _piece(
    text: str, piece: Piece, codes: list[str], addresses: list[str], markup: list[str]
) -> str:
    """Note what a construct is, and return what stands for it among the words."""
    own = text[piece.start : piece.end]
    if piece.kind in ("link", "image"):
        if piece.role == "close":
            addresses.append(piece.address or own)
        markup.append("!" if piece.kind == "image" and piece.role == "open" else "[")
        return ""
    if piece.kind == "address":
        addresses.append(piece.address)
        return ADDRESS
    if piece.kind == "code" and (shown := KEYS.fullmatch(own)):
        markup.append(shown["tag"])
        return shown["text"]
    if (sign := _ROLES.get(piece.kind)) is not None:
        codes.append(own)
        return sign
    if piece.kind in ("break", "comment"):
        if own.lstrip(" \t").startswith("\\") or own.startswith("  "):
            markup.append("break")
        return " "
    if piece.kind in ("escape", "entity"):
        return own[1:] if piece.kind == "escape" else unescape(own)
    markup.append(own)
    return ""


def _plain(text: str, markup: list[str]) -> str:
    markup += _EMPHASIS.findall(text)
    return _EMPHASIS.sub("", text)
