"""Real pages as readers get them: is everything they see in a segment, or told?

    python benchmarks/unseen.py FOLDER... [-v]

Reads every .md and .mdx file below the folders twice: with our parser, and with
pulldown-cmark, which shares nothing with it. What that shows as text must stand in a
segment of ours, be code, or be told as `unseen`. Prints

- *leaks*: words that it shows, that are in no segment, are not code, and are not told;
- *told*: findings `unseen`; those in text that it shows, in attributes and parameters
  (which it cannot show: a person must judge), and *false alarms*: all others.

What no renderer of plain Markdown knows is taken as code by a few rules of this file
alone: lines of nothing but shortcodes, components, imports, container marks.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pyromark
from pyromark import Options

from translate_flow.article import Article, decode, parse
from translate_flow.errors import FlowError

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_MATH
)
FRONT = re.compile(
    r"\A\ufeff?\s*(---|\+\+\+)[ \t]*\n.*?^(?:\1|\.\.\.)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
LETTERS = re.compile(r"[^\W\d_]{2,}")
SYNTAX = re.compile(
    r"""\{\{[<%][ ]*(?P<a>code-toggle|code|highlight|mermaid|math|chart|comment)\b
      .*?/[ ]*(?P=a)[ ]*[%>]\}\}
    | \{\{<[ ]*(?P<c>tab|tabpane)\b[^\n>]*lang=.*?/[ ]*(?P=c)[ ]*>\}\}
    | \{%-?[ ]*(?P<b>highlight|comment)\b.*?end(?P=b)[ ]*-?%\}
    | \{\{.*?\}\} | \{%.*?%\} | \{[ ]*[:\#.%*][^{}\n]*\} | \{/\*.*?\*/\} | <!--.*?-->
    | ^[ \t>]*(?:!!!|\?\?\?\+?|===\+?!?)[ ].*$ | ^[ \t>*+-]*:{3,}.*$ | ^[ \t>]*/{3,}.*$
    | ^(?:import|export)\s.*?(?:\n[ \t]*\n|\Z) | ^[ \t]*:[\w-]+:(?:[ ].*)?$
    | ^[ \t>]*\[!\w+\][+-]? | ^[ \t>]*\[\[?_?(?i:toc)_?\]\]?[ \t]*$ | ^\*\[[^\]\n]+\]:
    | `[^`\n|]+` | https?://[^\s<>()]+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | \[\^[^\]\s]+\]
    | ^(?P<f>[ \t>]*)`{3}.*?^(?P=f)`{3,}[ \t]*$ | ^-+8<-.*$
    | \{[ ][\w-]+="[^"\n]*"[ ]?\}
    | \$\$(?:(?!\n[ \t>]*\n).)*?\$\$ | \$\{?\w[^$\n]*?\$(?!\w) | \{[^{}\s]*\}
    | <[A-Za-z/][^<>\n]*>
    | <[A-Z][\w.]*(?:[^<>{}]|\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})*>
    | ^[ \t]*\[[^\]\n]+\]:[ ].*$ | &[a-z]+; """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
"""What is no words for readers though a renderer of plain Markdown shows it."""


@dataclass
class Tally:
    """What was found on all pages."""

    pages: int = 0
    broken: int = 0
    segments: int = 0
    leaks: list[str] = field(default_factory=list)
    shown: int = 0
    attributes: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


class Words(HTMLParser):
    """Finds the text that a browser shows of a block of HTML."""

    HIDDEN = frozenset({"script", "style", "template", "code", "pre", "math", "iframe"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, int, str]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what attributes show, and enter elements whose text nobody sees."""
        if not self.inside:
            for name, value in attrs:
                if value and name in ("alt", "title", "placeholder", "aria-label"):
                    self.found.append((*self.getpos(), value))
        if tag in self.HIDDEN:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in self.inside:
            del self.inside[self.inside.index(tag) :]

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self.inside:
            self.found.append((*self.getpos(), data))


def shown(text: str) -> Iterator[tuple[int, str]]:
    """Yield what a page shows in words, each with the offset where it begins, as
    pulldown-cmark reads it; code, maths and comments are left out."""
    data = text.encode()
    offsets = [0]
    for char in text:
        offsets.append(offsets[-1] + len(char.encode()))
    known = {byte: i for i, byte in enumerate(offsets)}
    code = 0
    html: list[tuple[int, str]] = []
    for event, span in pyromark.events_with_range(text, options=OPTIONS):
        if isinstance(event, str):
            continue
        kind, value = next(iter(event.items()))
        if (
            kind in ("Start", "End")
            and isinstance(value, dict)
            and "CodeBlock" in value
        ):
            code += 1 if kind == "Start" else -1
        elif kind == "End" and value == "CodeBlock":
            code -= 1
        elif kind in ("Html", "InlineHtml"):
            html.append((known[span["start"]], value))
        elif kind == "Text" and not code:
            yield known[span["start"]], data[span["start"] : span["end"]].decode()
        if value == "HtmlBlock" or kind == "InlineHtml":
            yield from of_html(html)
            html = []


def of_html(parts: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the words of a block of HTML, with the offset of their line."""
    words = Words()
    words.feed("".join(text for _, text in parts))
    starts = [at for at, _ in parts]
    for line, _, text in words.found:
        yield starts[min(line - 1, len(starts) - 1)], text


def unheld(text: str, article: Article) -> tuple[list[tuple[int, str]], set[int]]:
    """Return the lines, with their words, that the other parser shows and that stand in
    no segment and are not told; and all lines that it shows words of.

    :param text: the page, with line ends of one character.
    """
    head = FRONT.match(text) if article.meta else None
    above = text[: head.end()] if head else ""
    body = BLANK.sub(" ", above) + text[len(above) :]
    plain = SYNTAX.sub(lambda found: BLANK.sub(" ", found[0]), body)
    free = list(plain)
    for start, end in article.spans:
        free[start:end] = " " * (end - start)
    told = {n for one in article.unheld for n in range(one.line, one.last + 1)}
    leaks, seen = [], set()
    for at, words in shown(body):
        own = words.strip()
        found = text.find(own, at, at + len(words) + FAR) if own else -1
        start = max(at, found)
        if not LETTERS.search(plain[start : start + len(own)]):
            continue
        line = text.count("\n", 0, at) + 1
        rows = range(line, line + words.count("\n") + 1)
        seen.update(rows)
        left = "".join(free[start : start + len(own)])
        if LETTERS.search(left) and not told & set(rows):
            leaks.append((line, " ".join(left.split())))
    return leaks, seen


BLANK = re.compile(r"[^\n]")
FAR = 2000
"""Characters below its line in which a text of HTML is looked for."""


def compare(page: Path, tally: Tally) -> None:
    """Hold a page against what the other parser shows."""
    try:
        text = decode(page.read_bytes(), str(page)).replace("\r\n", "\n")
        article = parse(text, name=str(page))
    except FlowError:
        tally.broken += 1
        return
    tally.pages += 1
    tally.segments += len(article.segments)
    leaks, seen = unheld(text, article)
    tally.leaks += (f"{page}:{line}: {words[:100]}" for line, words in leaks)
    for one in article.unheld:
        where = f"{page}:{one.line}: {one.text[:80]} ({one.why})"
        if one.setting:
            tally.attributes.append(where)
        elif one.line in seen:
            tally.shown += 1
        else:
            tally.false.append(where)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("-v", "--verbose", action="store_true", help="list all")
    chosen = parser.parse_args()
    tally = Tally()
    for folder in chosen.folders:
        for page in sorted(folder.rglob("*.md*")):
            if page.suffix in (".md", ".mdx") and page.is_file():
                compare(page, tally)
    print(
        "| pages | not read | segments | leaks | told: shown | in attributes "
        "| false alarms | per 1,000 segments |\n|" + "---:|" * 8
    )
    rate = 1000 * len(tally.false) / max(1, tally.segments)
    cells = (tally.pages, tally.broken, tally.segments, len(tally.leaks), tally.shown)
    cells += (len(tally.attributes), len(tally.false))
    print(f"| {' | '.join(map(str, cells))} | {rate:.2f} |")
    if chosen.verbose:
        for name in ("leaks", "attributes", "false"):
            for one in getattr(tally, name):
                print(f"{name}: {one}")


if __name__ == "__main__":
    main()
