"""Constructs of real pages through machines that mistreat them: is each intact or told?

    python benchmarks/placeholders.py FOLDER... [--seed N] [-v]

Every segment of the .md and .mdx files below the folders that has code, links, images,
footnote marks, tags, shortcodes, placeholders or maths in it is protected, "translated"
into filler of the other language, mistreated, and put back:

- *kept*: the machine keeps every placeholder; *spaced*: puts blanks into and around
  them; *wide*: writes full-width brackets; *glued*: takes the blanks beside them away;
- *lost*, *doubled*, *swapped*, *renumbered*, *torn*: with one placeholder in five;
- *fenced*, *ticked*, *commented*: puts the whole text into a fence, ticks, a comment;
- *within*: puts one placeholder in five into ticks, a comment, a tag, an address.

What came back is parsed anew and compared with the source, construct by construct:
*intact*, *told* (a finding of that segment says that something is wrong), or *silent*:
it changed and nothing says so.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from translate_flow.article import Article, decode, parse
from translate_flow.draft import Draft, Request, draft
from translate_flow.engines import Assignment, Passage, get
from translate_flow.errors import FlowError
from translate_flow.text.pieces import pieces

MARK = re.compile(r"\{(\d+)\}")
RARE = 0.2
FREE = ("escape", "entity", "break", "comment")
"""What a translator may leave out and put in."""

Mistreat = Callable[[str, random.Random], str]


def _each(change: Callable[[re.Match[str]], str]) -> Mistreat:
    return lambda text, _: MARK.sub(change, text)


def _some(change: Callable[[re.Match[str], random.Random], str]) -> Mistreat:
    def mistreat(text: str, chance: random.Random) -> str:
        return MARK.sub(
            lambda m: change(m, chance) if chance.random() < RARE else m[0], text
        )

    return mistreat


def _swapped(text: str, chance: random.Random) -> str:
    numbers = MARK.findall(text)
    if len(numbers) > 1:
        i = chance.randrange(len(numbers) - 1)
        numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
    left = iter(numbers)
    return MARK.sub(lambda _: f"{{{next(left)}}}", text)


AROUND = ("`x {} y`", "<!-- {} -->", "[x]({})", '<b title="{}">', "`` {}", "\\\\{}")


def _within(text: str, chance: random.Random) -> str:
    return MARK.sub(
        lambda m: (
            chance.choice(AROUND).replace("{}", m[0])
            if chance.random() < RARE
            else m[0]
        ),
        text,
    )


MACHINES: Mapping[str, Mistreat] = {
    "kept": lambda text, _: text,
    "spaced": _each(lambda m: f" {{ {m[1]} }} "),
    "wide": _each(lambda m: f"｛{m[1]}｝"),
    "glued": lambda text, _: re.sub(r"\s*(\{\d+\})\s*", r"\1", text),
    "lost": _some(lambda m, _: ""),
    "doubled": _some(lambda m, _: f"{m[0]} {m[0]}"),
    "swapped": _swapped,
    "renumbered": _some(lambda m, chance: f"{{{chance.randrange(40)}}}"),
    "fenced": lambda text, _: f"```markdown\n{text}\n```",
    "ticked": lambda text, _: f"`{text}`",
    "commented": lambda text, _: f"<!-- {text} -->",
    "within": _within,
    "torn": _some(lambda m, chance: chance.choice((f"{{{m[1]}", f"({m[1]})", m[1]))),
}


class Machine:
    """An engine that translates into filler and mistreats placeholders."""

    name, remote, where, limit, batch = "machine", False, "", 0, 1
    takes_terms, options = False, ""

    def __init__(self, mistreat: Mistreat, seed: int) -> None:
        """Begin with a seed."""
        self._mistreat, self._chance = mistreat, random.Random(seed)
        self._filler = get("pseudo", settings={}, environ={})

    def characters(self, passages: list[Passage], assignment: Assignment) -> int:
        """Return how long some passages are."""
        return sum(len(passage.text) for passage in passages)

    def translate(self, passages: list[Passage], assignment: Assignment) -> list[str]:
        """Return filler in which the placeholders have suffered."""
        texts = self._filler.translate(passages, assignment)
        return [self._mistreat(text, self._chance) for text in texts]


def articles(folders: list[Path]) -> Iterator[tuple[Article, str]]:
    """Yield the pages below folders that can be read, and their languages."""
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".mdx")):
            try:
                page = parse(decode(path.read_bytes(), str(path)), name=str(path))
            except FlowError:
                continue
            yield page, "ko" if "ko" in path.parts else "en"


def constructs(text: str, article: Article) -> Counter[tuple[str, str]]:
    """Return the constructs of a text, links and images by where they lead."""
    return Counter(
        (piece.kind, piece.address if piece.role else text[piece.start : piece.end])
        for piece in pieces(text, article.references)
        if piece.role != "close" and piece.kind not in FREE
    )


def suffer(
    name: str, pages: list[tuple[Article, str]], args: argparse.Namespace
) -> str:
    """Return a row of the table: a machine, and what came of the constructs."""
    machine = Machine(MACHINES[name], args.seed)
    told = Counter[str]()
    for article, language in pages:
        assignment = Assignment(language, "ko" if language == "en" else "en")
        before = {str(s.n): constructs(s.text, article) for s in article.segments}
        wanted = [
            Request(str(s.n), s.text) for s in article.segments if before[str(s.n)]
        ]
        for answer in draft(
            wanted, machine, assignment, references=article.references, fresh=True
        ):
            had = before[answer.id]
            told["sent"] += had.total()
            if not isinstance(answer, Draft):
                told["told"] += had.total()
                continue
            has = constructs(answer.target, article)
            lost = (had - has).total() + (has - had).total()
            hurt = min(lost, had.total())
            told["intact"] += had.total() - hurt
            told["told" if answer.findings else "silent"] += hurt
            if hurt and not answer.findings and args.v:
                print(f"{name}: {article.name}:{answer.id}: {answer.target}")
    counts = (told[key] for key in ("sent", "intact", "told", "silent"))
    return f"| {name} | " + " | ".join(f"{n:,}" for n in counts) + " |"


def main() -> int:
    """Print the table; 1 if anything changed in silence."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", action="store_true", help="show what changed in silence")
    args = parser.parse_args()
    pages = list(articles(args.folders))
    print(f"{len(pages)} pages")
    print(
        "| machine | constructs | intact | told | silent |\n|---|---:|---:|---:|---:|"
    )
    rows = [suffer(name, pages, args) for name in MACHINES]
    print("\n".join(rows))
    return int(any(not row.endswith(" 0 |") for row in rows))


if __name__ == "__main__":
    sys.exit(main())
