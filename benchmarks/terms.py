"""Terms in real texts: are they found in every form, and nowhere else?

    pip install kiwipiepy lemminflect simplemma
    python benchmarks/terms.py PATH... [--terms 200] [--show 40] [--seed N]

Reads the .md and .mdx pages below the paths (Korean where the path has a folder ``ko``)
and the .po files from English to Korean. The terms are the most frequent nouns of the
Korean texts, and the most frequent words of the English ones; all are looked for at
once, by our matcher and by simpler ones. What is right is said by others:

- Korean: kiwipiepy parses the text. A term is *there* if the parser has a noun of that
  form, with nothing but particles, endings, 들, 님 and verbs written to it. It is *in
  another word* if the noun is written together with other nouns, prefixes or suffixes
  (기본값, 국가별): whether that is the same term is for the glossary to say, so it is
  counted apart. Anywhere else the term *is not there* (형 in 유형).
- English: a word is the term if one of two dictionaries, lemminflect and simplemma, has
  the term as a lemma of it. One with a hyphen is another word.

Code, addresses, tags and placeholders are masked for all. ``--show`` prints places
where the parser and our matcher say different things, to judge by hand who is right.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polib

from translate_flow.article import decode, parse
from translate_flow.errors import FlowError
from translate_flow.glossary.search import Finder
from translate_flow.text.mask import mask

JUDGES = ("kiwipiepy", "lemminflect", "simplemma")
HEAD = (
    "| terms | matcher | found | precision | recall | precision, other words wrong "
    "| other words taken |\n|---|---|" + "---:|" * 5
)
HANGUL = re.compile("[가-힣]+")
WORD = re.compile(r"[A-Za-z]+(?:[-\u2010\u2011][A-Za-z]+)*")
WHOLE = re.compile(r"\w+")
EOJEOL = re.compile(r"\S+")
SIGNS = "\0*_~`\"'“”‘’()[]{}<>.,:;!?/|#"

NOUNS = ("NNG", "NNP")
JOINED = ("N", "X", "M")
"""Tags of what makes another word of a noun: nouns, affixes, determiners."""
LIGHT = ("XSV", "XSA", "MAG", "MAJ")
"""Tags that begin alike and do not: 하다 and its kind, adverbs."""
PLURAL = ("들", "님")
DOUBT = 0.1
"""Share of other readings that a noun may have to be taken for a term."""
STRIPPED = sorted(
    [
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "에서",
        "에게",
        "로",
        "으로",
        "와",
        "과",
        "도",
        "만",
        "까지",
        "부터",
        "보다",
        "처럼",
        "나",
        "이나",
        "라도",
        "이라도",
        "라고",
        "이라고",
        "들",
        "들은",
        "들이",
        "들을",
        "들의",
        "에는",
        "에서는",
        "으로는",
        "로는",
    ],
    key=len,
    reverse=True,
)
"""What a simple stripper takes off the end of a word."""

Place = tuple[int, str]
"""Where a term begins, and the term."""
Gold = tuple[set[Place], set[Place]]
"""Where terms are, and where they are in another word."""


def texts(paths: list[Path]) -> dict[str, list[str]]:
    """Return the segments of each language, each text once."""
    found: dict[str, dict[str, None]] = {"en": {}, "ko": {}}
    for folder in paths:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        for path in files:
            for language, text in _segments(path):
                found[language][text] = None
    return {language: list(said) for language, said in found.items()}


def _segments(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix == ".po":
        for entry in polib.pofile(str(path)):
            if not entry.obsolete and not entry.fuzzy and entry.msgstr:
                yield "en", entry.msgid
                yield "ko", entry.msgstr
    elif path.suffix in (".md", ".mdx"):
        try:
            page = parse(decode(path.read_bytes(), str(path)), name=str(path))
        except FlowError:
            return
        language = "ko" if "ko" in path.parts else "en"
        yield from ((language, segment.text) for segment in page.segments)


class Korean:
    """What a morphological analyser says of Korean texts."""

    def __init__(self, said: list[str]) -> None:
        """Parse the texts; Latin letters stand in for what is masked."""
        from kiwipiepy import Kiwi

        self._said = [text.replace("\0", "X") for text in said]
        self._parsed = list(Kiwi().tokenize(self._said))

    def terms(self, most: int) -> list[str]:
        """Return the most frequent nouns, without those that are often something else
        (의, 이, 다음) or mostly half of another word (매개)."""
        alone, joined, others = Counter[str](), Counter[str](), Counter[str]()
        for text, tokens in zip(self._said, self._parsed, strict=True):
            for i, token in enumerate(tokens):
                noun = token.tag in NOUNS and text.startswith(token.form, token.start)
                if not noun:
                    others[token.form] += 1
                elif _alone(text, tokens, i, i + 1):
                    alone[token.form] += 1
                else:
                    joined[token.form] += 1
        sure = [
            term
            for term, count in alone.most_common()
            if HANGUL.fullmatch(term)
            and joined[term] <= count
            and others[term] <= (count + joined[term]) * DOUBT
        ]
        return sure[:most]

    def gold(self, terms: set[str]) -> Iterator[Gold]:
        """Yield for each text where terms are."""
        for text, tokens in zip(self._said, self._parsed, strict=True):
            there: set[Place] = set()
            within: set[Place] = set()
            for first, after, form in _nouns(tokens):
                start = tokens[first].start
                if form in terms and text.startswith(form, start):
                    alone = _alone(text, tokens, first, after)
                    (there if alone else within).add((start, form))
            yield there, within


def _nouns(tokens: list[Any]) -> Iterator[tuple[int, int, str]]:
    """Yield nouns and what several in one make (매개 + 변수): the first token, the one
    after the last, and how they are written."""
    for first, token in enumerate(tokens):
        form, after = "", first
        for part in tokens[first : first + 3]:
            together = part.start == token.start + len(form)
            if not together or not part.tag.startswith(("N", "XSN", "XPN", "XR")):
                break
            form += part.form
            after += 1
            if part.tag.startswith(("N", "XSN")):
                yield first, after, form


def _alone(text: str, tokens: list[Any], first: int, after: int) -> bool:
    """Whether nothing that is written to a noun makes another word of it."""
    start, last = tokens[first].start, tokens[after - 1]
    if start and HANGUL.match(text[start - 1]):
        before = tokens[first - 1]
        if before.tag.startswith(JOINED) and before.tag not in LIGHT:
            return False
    end = last.start + last.len
    for token in tokens[after:]:
        if token.start != end or not HANGUL.match(text[end : end + 1]):
            return True
        if token.form not in PLURAL:
            return not token.tag.startswith(JOINED) or token.tag.startswith(LIGHT)
        end += token.len
    return True


class English:
    """What dictionaries say of English words."""

    def __init__(self, said: list[str]) -> None:
        """Take the words of the texts."""
        self._said = said

    def terms(self, most: int) -> list[str]:
        """Return the most frequent nouns that stand in the plural, too."""
        from lemminflect import getAllLemmas

        seen, plural = Counter[str](), set[str]()
        for text in self._said:
            for word in re.findall(r"\b[a-z]{3,}\b", text):
                seen[_lemma(word)] += 1
                if word.endswith("s") and word != _lemma(word):
                    plural.add(_lemma(word))
        kinds = {term: getAllLemmas(term) for term in plural}
        nouns = [
            term
            for term, _ in seen.most_common()
            if term in plural and "NOUN" in kinds[term] and "AUX" not in kinds[term]
        ]
        return nouns[:most]

    def gold(self, terms: set[str]) -> Iterator[Gold]:
        """Yield for each text where terms are."""
        for text in self._said:
            there: set[Place] = set()
            within: set[Place] = set()
            for word in WORD.finditer(text):
                if _identifier(text, word):
                    continue
                if word[0].isalpha():
                    kin = _lemmas(word[0].lower()) & terms
                    there |= {(word.start(), term) for term in kin}
                    continue
                for part in re.finditer("[A-Za-z]+", word[0]):
                    kin = _lemmas(part[0].lower()) & terms
                    within |= {(word.start() + part.start(), one) for one in kin}
            yield there, within


def _identifier(text: str, word: re.Match[str]) -> bool:
    """Whether a word is half of a name of a program: x_word, word2; not _word_."""
    around = text[: word.start()], text[word.end() :]
    return re.search(r"[^\W_]_?$", around[0][-2:]) is not None or (
        re.match(r"_?[^\W_]", around[1]) is not None
    )


@cache
def _lemma(word: str) -> str:
    import simplemma

    return simplemma.lemmatize(word, lang="en").lower()


@cache
def _lemmas(word: str) -> frozenset[str]:
    from lemminflect import getAllLemmas

    known = (lemma for lemmas in getAllLemmas(word).values() for lemma in lemmas)
    return frozenset({word, _lemma(word), *known})


Matcher = Callable[[str], set[Place]]


def matchers(terms: list[str], language: str) -> dict[str, Matcher]:
    """Return ours and those it is compared with, by name."""
    finder, known = Finder(terms, language), set(terms)

    def ours(text: str) -> set[Place]:
        return {(found.start, found.term) for found in finder.all(text)}

    def substring(text: str) -> set[Place]:
        low = text.lower()
        return {
            (at.start(), term)
            for term in terms
            if term in low
            for at in re.finditer(re.escape(term), low)
        }

    def equal(text: str) -> set[Place]:
        words = ((word.start(), word[0].lower()) for word in WHOLE.finditer(text))
        return {place for place in words if place[1] in known}

    def stripped(text: str) -> set[Place]:
        return {
            (eojeol.start() + len(eojeol[0]) - len(eojeol[0].lstrip(SIGNS)), word)
            for eojeol in EOJEOL.finditer(text)
            for word in _strip(eojeol[0].strip(SIGNS))
            if word in known
        }

    found: dict[str, Matcher] = {"**translate_flow**": ours, "substring": substring}
    found["word equality"] = equal
    if language == "ko":
        found["blanks, particle stripped"] = stripped
    return found


def _strip(word: str) -> list[str]:
    tail = next((one for one in STRIPPED if word.endswith(one)), "")
    return [word, word.removesuffix(tail)] if tail else [word]


@dataclass
class Score:
    """What a matcher found of some terms."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    taken: int = 0
    within: int = 0
    """Places in another word; of these ``taken``."""

    def add(self, found: set[Place], gold: Gold) -> None:
        """Count what was found in a text."""
        there, within = gold
        self.right += len(found & there)
        self.wrong += len(found - there - within)
        self.missed += len(there - found)
        self.taken += len(found & within)
        self.within += len(within)

    def line(self, group: str, name: str) -> str:
        """Return the row of the table."""
        found = self.right + self.wrong + self.taken
        shares = (
            (self.right, self.right + self.wrong),
            (self.right, self.right + self.missed),
            (self.right, found),
            (self.taken, self.within),
        )
        cells = [f"{part / all_:.1%}" if all_ else "–" for part, all_ in shares]
        return f"| {group} | {name} | {found:,} | {' | '.join(cells)} |"


def measure(language: str, said: list[str], args: argparse.Namespace) -> Iterator[str]:
    """Yield the rows of a language, and the places to judge."""
    bare = [mask(text) for text in said]
    judge = Korean(bare) if language == "ko" else English(bare)
    terms = judge.terms(args.terms)
    gold = list(judge.gold(set(terms)))
    groups = {language: set(terms)}
    if language == "ko":
        short = {term for term in terms if len(term) == 1}
        groups = {"ko, one syllable": short, "ko, longer": set(terms) - short}
    odd: list[str] = []
    for group, members in groups.items():
        right = [tuple(_only(places, members) for places in one) for one in gold]
        for name, matcher in matchers(sorted(members), language).items():
            score = Score()
            ours = name.startswith("**")
            seen = said if ours else bare
            for text, (there, within) in zip(seen, right, strict=True):
                found = matcher(text)
                score.add(found, (there, within))
                if ours:
                    odd += _odd(text, found - there - within, "found")
                    odd += _odd(text, there - found, "missed")
            yield score.line(f"{group} ({len(members)})", name)
    random.Random(args.seed).shuffle(odd)
    yield from odd[: args.show]


def _only(places: set[Place], terms: set[str]) -> set[Place]:
    return {place for place in places if place[1] in terms}


def _odd(text: str, places: set[Place], what: str) -> Iterator[str]:
    for at, term in sorted(places):
        around = text[max(0, at - 15) : at + len(term) + 15].replace("\n", " ")
        yield f"{what} {term}: {around!r}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--terms", type=int, default=200, help="of each language")
    parser.add_argument("--show", type=int, default=0, help="places to judge")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if missing := [name for name in JUDGES if find_spec(name) is None]:
        parser.error(
            f"what is right is said by others: pip install {' '.join(missing)}"
        )
    said = texts(args.paths)
    print(", ".join(f"{len(found):,} segments {name}" for name, found in said.items()))
    print(HEAD)
    for language in ("ko", "en"):
        for line in measure(language, said[language], args):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
