"""What a proposal makes of a translation when a number, a date or a name is changed.

    python -m benchmarks.proposals PATH... [--each 40] [--seed N] [--kinds month,day]
        [--source en|ko] [--brief]

Reads real pairs: ``.po`` files from English to Korean, and files ``NAME.en`` beside
``NAME.ko`` with a sentence a line. Of each text one thing is changed into another of
its kind, wherever that text says it: a month, weekday, day, decade, time, a number in
digits, in words, in myriads, in native Korean words, or a name of the list below, which
serves as the glossary. Then the edit is classified, and asked for its proposal, as for
an author's edit.

Printed are the source before and after, the target and the proposal, for a person to
judge: right is only what a translator would take as it stands. At the end: how many
texts had such a thing, and how many proposals were made. To withhold one is no error.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polib

from translate_flow.drift import classify
from translate_flow.drift.proposals import proposal
from translate_flow.glossary import Glossary, Term
from translate_flow.text import moments, numerals
from translate_flow.text.korean import replaced
from translate_flow.text.moments import Moment
from translate_flow.text.quantities import Quantity, quantities
from translate_flow.text.worddiff import Diff, word_diff

NAMES = """
    China=중국 Japan=일본 Russia=러시아 Germany=독일 France=프랑스 Britain=영국
    India=인도 Israel=이스라엘 Iran=이란 Iraq=이라크 Brazil=브라질 Spain=스페인
    Italy=이탈리아 Vietnam=베트남 Canada=캐나다 Mexico=멕시코 Pakistan=파키스탄
    Egypt=이집트 Turkey=터키 Taiwan=대만 Seoul=서울 Busan=부산 Tokyo=도쿄
    Beijing=베이징 Washington=워싱턴 London=런던 Paris=파리 Baghdad=바그다드
    Moscow=모스크바 Berlin=베를린 Kabul=카불 Tehran=테헤란 Samsung=삼성 Hyundai=현대
    Microsoft=마이크로소프트 Google=구글 Apple=애플 Toyota=도요타 Sony=소니
    Australia=호주 Afghanistan=아프가니스탄 Cuba=쿠바 Thailand=태국 Sudan=수단
"""
GLOSSARY = Glossary(
    tuple(
        Term.of(dict(zip(("en", "ko"), name.split("="), strict=True)), kind="name")
        for name in NAMES.split()
    )
)
KINDS = ("month", "weekday", "day", "decade", "time", "digits", "words", "name")


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a real text."""

    kind: str
    before: str
    after: str
    target: str


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of a file with their translations."""
    if path.suffix == ".po":
        for entry in polib.pofile(str(path)):
            if entry.msgstr and not entry.obsolete and not entry.fuzzy:
                yield entry.msgid, entry.msgstr
    elif path.suffix == ".en":
        files = (path, path.with_suffix(".ko"))
        sides = (file.read_text("utf-8").split("\n") for file in files)
        yield from zip(*sides, strict=True)


def edits(
    source: str, target: str, languages: tuple[str, str], random_: random.Random
) -> Iterator[Edit]:
    """Yield one edit for each kind of thing that a text has."""
    own = languages[0]
    found: list[tuple[str, Moment | Quantity]] = [
        (moment.kind, moment) for moment in moments.moments(source, own)
    ]
    spoken = ("words", "native", "sino", "days")
    found += [
        ("words" if q.form in spoken else "digits", q) for q in quantities(source, own)
    ]
    random_.shuffle(found)
    seen = set()
    for kind, thing in found:
        new = _other(thing, own, random_)
        if kind in seen or new is None:
            continue
        seen.add(kind)
        alike = [
            (one.start, one.end)
            for _, one in found
            if type(one) is type(thing) and one.text == thing.text
        ]
        yield Edit(kind, source, _exchanged(source, alike, new, own), target)
    if names := GLOSSARY.hits(source, *languages):
        one = random_.choice(names)
        new = random_.choice([t.texts[own] for t in GLOSSARY.terms])
        alike = [(h.start, h.end) for h in names if h.term == one.term]
        if new != one.term:
            yield Edit("name", source, _exchanged(source, alike, new, own), target)


def _exchanged(
    text: str, spans: Sequence[tuple[int, int]], new: str, language: str
) -> str:
    for start, end in sorted(spans, reverse=True):
        if language == "ko":
            text = replaced(text, start, end, new)
        else:
            text = text[:start] + new + text[end:]
    return text


def _other(
    thing: Moment | Quantity, language: str, random_: random.Random
) -> str | None:
    """Return another value of a thing, as its text writes it."""
    if isinstance(thing, Quantity):
        near = [thing.value * n / 4 for n in (2, 3, 5, 6, 8)]
        near += [thing.value + n for n in (-3, -2, -1, 1, 2, 3, 7)]
        whole = thing.value.denominator == 1
        values = [v for v in near if v > 0 and not (whole and v.denominator > 1)]
        values = [v for v in values if v != 1 != thing.value]  # ships, not one ships
        return numerals.rewritten(thing, random_.choice(values)) if values else None
    number, minute, half = thing.value
    if thing.kind == "time":
        minute = random_.choice((minute, 0, 15, 30, 45))
        half = random_.choice((half, half, "am", "pm")) if half else half
    most = {"month": 12, "weekday": 7, "day": 28, "time": 12}.get(thing.kind, 0)
    first = 0 if thing.kind == "weekday" else 1
    value = (
        random_.randrange(most) + first if most else 1920 + 10 * random_.randrange(9)
    )
    old, new = (
        replace(thing, value=v, text="") for v in (thing.value, (value, minute, half))
    )
    return moments.rewritten(thing, old, new, language) if value != number else None


def proposed(edit: Edit, languages: tuple[str, str]) -> str | None:
    """Return what is proposed for an edit."""
    found = classify(edit.before, edit.after, languages[0])
    return proposal(edit.before, edit.after, edit.target, found, languages, GLOSSARY)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print proposals, and how many there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=40, help="proposals of each kind")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--source", choices=("en", "ko"), default="en")
    parser.add_argument("--brief", action="store_true", help="show what changes alone")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    random_ = random.Random(options.seed)
    texts = list(dict.fromkeys(pair for path in options.paths for pair in pairs(path)))
    random_.shuffle(texts)
    languages = ("en", "ko")
    if options.source == "ko":
        texts, languages = [(target, source) for source, target in texts], ("ko", "en")
    asked, made = Counter[str](), Counter[str]()
    for source, target in texts:
        for edit in edits(source, target, languages, random_):
            if edit.kind not in options.kinds.split(",") or edit.before == edit.after:
                continue
            if made[edit.kind] >= options.each:
                continue
            asked[edit.kind] += 1
            if (text := proposed(edit, languages)) is not None:
                made[edit.kind] += 1
                print(f"{edit.kind} {made[edit.kind]}")
                show(edit, text, brief=options.brief)
    for kind in KINDS:
        print(f"{kind}: {made[kind]} of {asked[kind]} proposed")


def show(edit: Edit, text: str, *, brief: bool) -> None:
    """Print an edit and what was proposed for it."""
    if brief:
        print("  " + marked(word_diff(edit.before, edit.after), 60))
        print("  " + marked(word_diff(edit.target, text), 60))
        return
    sides = (edit.before, edit.after, edit.target, text)
    for label, line in zip("-+=>", sides, strict=True):
        print(f"  {label} {line}")


def marked(diff: Diff, around: int) -> str:
    """Return a text with what went and came in it, and some letters around that."""
    marks = {"-": "[-{}-]", "+": "{{+{}+}}"}
    told = []
    for n, (op, text) in enumerate(diff):
        head = text[:around] if n else ""
        tail = text[-around:] if n + 1 < len(diff) else ""
        short = text if len(text) <= 2 * around else f"{head} … {tail}"
        told.append(short if op == "=" else marks[op].format(text))
    return "".join(told)


if __name__ == "__main__":
    main()
