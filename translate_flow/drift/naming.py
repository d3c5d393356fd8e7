"""Names exchanged in a translation: those that stand there as in the source, and those
that the glossary has in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate_flow.drift.carrying import is_explained
from translate_flow.drift.classes import Evidence
from translate_flow.drift.lexicon import PLACES, TITLES
from translate_flow.glossary import NAME, Glossary, Hit
from translate_flow.text.korean import replaced, surely_replaced
from translate_flow.text.moments import moments

STEM = 4
"""So many letters of a name tell words that are made of it: of China, Chinese."""
PEOPLE = re.compile(
    r"\b(?:French|Spanish|Spaniards?|Polish|Poles?|Danish|Danes?|Finnish|Finns?|Dutch"
    r"|Swiss|Greeks?|Irish|Welsh|Filipinos?)\b"
)
"""Words made of names of countries that do not begin alike."""
COUNTRIES = re.compile(
    r"France|Spain|Poland|Denmark|Finland|(?:the )?Netherlands|Switzerland|Greece"
    r"|Ireland|Wales|(?:the )?Philippines"
)
BESIDE = re.compile(r"(?<![가-힣])([가-힣]+) $")
NEXT = re.compile(r" ([가-힣]+)")


@dataclass(frozen=True, slots=True)
class Rename:
    """One name that came for another one in a source."""

    old: str
    new: str
    old_hit: Hit | None = None
    """What the glossary says of it; None if it knows neither."""

    new_hit: Hit | None = None
    respelt: bool = False
    """Whether it is the same name, put right: a target may have it rightly already."""


def known_renames(
    before: str, after: str, languages: tuple[str, str], glossary: Glossary | None
) -> list[Rename]:
    """Return which names of the glossary came for which between two sources."""
    if glossary is None:
        return []
    olds, news = (
        [hit for hit in glossary.hits(text, *languages) if _is_name(hit)]
        for text in (before, after)
    )
    if len(olds) != len(news):
        return []
    return [
        Rename(old.term, new.term, old, new)
        for old, new in zip(olds, news, strict=True)
        if old.term != new.term
    ]


def _is_name(hit: Hit) -> bool:
    """Whether a term is a name: it says so, or has a capital in English."""
    texts = (hit.term, *hit.allowed)
    return hit.type == NAME or any(text[:1].isupper() for text in texts)


def rename(evidence: Evidence, language: str) -> Rename | None:
    """Return which name came for which by an edit of a name that is no date."""
    sides = (evidence.old, evidence.new)
    dates = ({m.kind for m in moments(f"on {one}", language)} for one in sides)
    respelt = evidence.drift_class == "respelling"
    if not (respelt or evidence.drift_class == "name") or not all(sides):
        return None
    if all(kinds & {"month", "weekday"} for kinds in dates):
        return None
    return Rename(*sides, respelt=respelt)


def renamed(
    source: str,
    target: str,
    name: Rename,
    languages: tuple[str, str],
    glossary: Glossary | None,
) -> tuple[str | None, str | None]:
    """Return a target and its source with a name exchanged; None for what is not
    certain."""
    there = [m.span() for m in re.finditer(_word(name.old), target)]
    if name.respelt and not there:
        return target, re.sub(_word(name.old), name.new, source)
    spots = [m.span() for m in re.finditer(_word(name.old), source)]
    if len(spots) != 1 or _is_made_of(source, name.old):
        return None, None
    now = replaced(source, *spots[0], name.new)
    new, reading = name.new, ""
    if not there and glossary and name.old_hit and name.new_hit:
        if not name.new_hit.preferred:
            return None, None
        new, reading = name.new_hit.preferred[0], name.new_hit.reading
        standing = glossary.standing(target, languages[1])
        allowed = name.old_hit.allowed
        there = list({(f.start, f.end): 0 for f in standing if f.term in allowed})
    if len(there) != 1 or not _may_be(source, target, spots[0], there[0]):
        return None, None
    reading = reading if languages[1] == "ko" else ""
    return surely_replaced(target, *there[0], new, reading), now


_ENDS = re.compile(r"^\W+|\W+$")
_TAIL = re.compile(r"(?<=[A-Za-z0-9])[가-힣]+$")


def recased(
    source: str, after: str, target: str, evidence: Evidence
) -> tuple[str, str] | None:
    """Return a source and its target with words written with other capitals, or None if
    one does not stand in both as often, or kept its capitals somewhere.

    :param after: the source as it is now.
    """
    pairs = zip(evidence.old.split(), evidence.new.split(), strict=False)
    for old, new in pairs:
        old, new = (_TAIL.sub("", _ENDS.sub("", side)) for side in (old, new))
        word = re.compile(_word(old))
        if old == new or not word.search(source):
            continue
        there = len(word.findall(target))
        if not there or len(word.findall(source)) != there or word.search(after):
            return None
        if not re.fullmatch("[A-Za-z][A-Za-z0-9]*", old) or old.lower() != new.lower():
            return None
        source, target = word.sub(new, source), word.sub(new, target)
    return source, target


def _may_be(
    source: str, target: str, here: tuple[int, int], there: tuple[int, int]
) -> bool:
    """Whether a name in a target is that of its source, and can be exchanged alone."""
    own = target[there[0] : there[1]]
    return not (
        is_explained(source, target, source[here[0] : here[1]], there)
        or _is_made_of(target, own)
        or _is_part(source, *here)
        or _is_part(target, *there)
        or _is_named_again(source, *here)
        or _is_named_again(target, *there)
    )


def _is_made_of(text: str, name: str) -> bool:
    """Whether a text has a word that is made of a name: of *China* and *Chinese* either
    may be the 중국 of its translation."""
    shape = rf"(?<![A-Za-z]){re.escape(name[:STEM])}[A-Za-z]*"
    if re.match("[A-Za-z]", name) and len(re.findall(shape, text, re.IGNORECASE)) > 1:
        return True
    return bool(COUNTRIES.fullmatch(name) and PEOPLE.search(text))


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a Korean name may be part of another one, or tells where that is: 중국
    남방항공, 독일 베를린; a title makes no other name of it."""
    before, behind = BESIDE.search(text[:start]), NEXT.match(text, end)
    if not re.match("[가-힣]", text[start:end]):
        return False
    if before and (before[1] in PLACES or before[1] == "수도"):
        return True
    return behind is not None and not behind[1].startswith(TITLES)


def _is_named_again(text: str, start: int, end: int) -> bool:
    """Whether a part of a name stands elsewhere in a text, as people are named the
    second time: 문재인 and 문 대통령, Moon Jae-in and Moon."""
    name, rest = text[start:end], f"{text[:start]} {text[end:]}"
    parts = [part for part in re.findall(r"[A-Z][A-Za-z]+", name) if part != name]
    if any(re.search(_word(part), rest) for part in parts):
        return True
    family = re.match("[가-힣]", name)
    titles = "|".join(TITLES)
    return bool(family and re.search(rf"(?<![가-힣]){family[0]}\s(?:{titles})", rest))


def _word(name: str) -> str:
    return rf"(?<![A-Za-z0-9가-힣]){re.escape(name)}(?![A-Za-z0-9])"
