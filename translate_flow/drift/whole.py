"""Whole sentences that an edit added or dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from translate_flow.text.sentences import sentences

OTHER = 0.35
"""Similarity of letters below which one sentence did not become the other."""

FEW = 3
"""Sentences of so few words may become anything."""

NEW = 0.4
"""Share of its words that a new sentence may have from what went in its place."""

MOST = 60
"""So many sentences on either side are compared."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Whole sentences that came or went."""

    dropped: tuple[str, ...]
    added: tuple[str, ...]
    old: str
    """The old text without those that went."""

    new: str
    """The new text without those that came."""


def whole_sentences(old: str, new: str) -> Sentences:
    """Return which sentences of two versions of a text have nothing that they became or
    came of in the other one."""
    olds, news = (list(sentences(text)) for text in (old, new))
    if len(olds) + len(news) < 3 or max(len(olds), len(news)) > MOST:
        return Sentences((), (), old, new)
    keys = [[" ".join(s.split()) for s in side] for side in (olds, news)]
    gone, came = set[int](), set[int]()
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op != "equal":
            pairs = _paired(keys[0][a:b], keys[1][c:d])
            gone |= {a + i for i in range(b - a)} - {a + i for i, _ in pairs}
            came |= {c + j for j in range(d - c)} - {c + j for _, j in pairs}
    gone = {i for i in gone if _WORD.search(keys[0][i])}
    came = {j for j in came if _WORD.search(keys[1][j])}
    if len(gone) == len(olds) or len(came) == len(news):
        return Sentences((), (), old, new)
    rest = _counted(keys[0][i] for i in range(len(olds)) if i not in gone)
    left = _counted(keys[1][j] for j in range(len(news)) if j not in came)
    # what only went to another sentence, or came from one, is no sentence of its own
    went, wrote = _counted(keys[0]) - left, _counted(keys[1]) - rest
    if any(_shared(keys[1][j], went) > NEW for j in came) or any(
        _shared(keys[0][i], wrote) > NEW for i in gone
    ):
        return Sentences((), (), old, new)
    return Sentences(
        tuple(keys[0][i] for i in sorted(gone)),
        tuple(keys[1][j] for j in sorted(came)),
        _without(olds, gone),
        _without(news, came),
    )


def _paired(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """Pair sentences in order, as many as can be, so that they are most alike."""
    from rapidfuzz.distance import Indel

    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}
    for i in range(len(olds), -1, -1):
        for j in range(len(news), -1, -1):
            if i == len(olds) or j == len(news):
                best[i, j] = (0.0, [])
                continue
            found = max(best[i + 1, j], best[i, j + 1], key=lambda f: f[0])
            alike = 1 + Indel.normalized_similarity(olds[i].lower(), news[j].lower())
            after = best[i + 1, j + 1]
            if after[0] + alike > found[0]:
                found = (after[0] + alike, [(i, j), *after[1]])
            best[i, j] = found
    return [(i, j) for i, j in best[0, 0][1] if _is_like(olds[i], news[j])]


def _is_like(old: str, new: str) -> bool:
    """Whether a sentence may have become another one."""
    from rapidfuzz.distance import Indel

    short = min(len(_WORD.findall(one)) for one in (old, new)) <= FEW
    return short or Indel.normalized_similarity(old.lower(), new.lower()) >= OTHER


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(w for text in texts for w in _WORD.findall(text.lower()))


def _shared(sentence: str, words: Counter[str]) -> float:
    own = Counter(_WORD.findall(sentence.lower()))
    return (own & words).total() / max(1, own.total())


def _without(parts: Sequence[str], gone: set[int]) -> str:
    return "".join(part for n, part in enumerate(parts) if n not in gone).strip()
