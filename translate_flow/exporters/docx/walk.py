"""Sanitised HTML as paragraphs of runs, which is all that a word processor knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

LOOKS = {
    **dict.fromkeys(("b", "strong", "th", "dt"), "bold"),
    **dict.fromkeys(("cite", "dfn", "em", "i", "var"), "emphasis"),
    **dict.fromkeys(("code", "kbd", "samp", "pre"), "code"),
    **dict.fromkeys(("del", "s"), "struck"),
    **dict.fromkeys(("ins", "u"), "underlined"),
    **dict.fromkeys(("small", "rt"), "small"),
    "mark": "marked",
    "sub": "sub",
    "sup": "sup",
}
"""How an element makes its words look."""

AROUND = {"q": "“”", "rt": "()"}
"""What browsers write around the words of an element."""

PARAGRAPHS = frozenset(
    re.findall(
        r"\w+",
        "blockquote caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol "
        "p pre table tr ul",
    )
)
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
BLANKS = re.compile(r"[ \t\r\n\f]+")

OPEN, NUMBERED, CLOSE = "\ue010", "\ue011", "\ue012"
"""Around the text of a segment in a block of HTML: ``OPEN 7 NUMBERED text CLOSE``."""
HOLD = re.compile(f"{OPEN}([0-9]+){NUMBERED}|{CLOSE}")
HOLDS = {ord(sign): None for sign in (OPEN, NUMBERED, CLOSE)}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same, a line break (``\\n``), or a picture."""

    text: str
    looks: frozenset[str] = frozenset()
    address: str = ""
    """Where it leads; empty if nowhere."""

    language: str = ""
    """Its own language; empty for that of its side."""

    picture: str = ""
    """A picture's ``data:`` address; the text tells what it shows."""

    segment: int = 0
    """The segment that it belongs to, in a block that has several."""


@dataclass(slots=True)
class Paragraph:
    """Runs, and the innermost element that they stand in as a paragraph."""

    element: str = "p"
    runs: list[Run] = field(default_factory=list)


def held(n: int, text: str) -> str:
    """Return the text of segment ``n`` so that its runs will know where they belong."""
    return f"{OPEN}{n}{NUMBERED}{text.translate(HOLDS)}{CLOSE}"


def unheld(text: str) -> str:
    """Return text without the signs that hold segments."""
    return text.translate(HOLDS)


def paragraphs(html: str) -> list[Paragraph]:
    """Return the paragraphs of sanitised HTML, without those that are empty."""
    walker = _Walker()
    walker.feed(html)
    walker.close()
    return [_trimmed(p) for p in walker.paragraphs if any(map(_is_seen, p.runs))]


def _is_seen(run: Run) -> bool:
    return bool(run.picture or run.text.strip())


def _trimmed(paragraph: Paragraph) -> Paragraph:
    """Drop blanks at the ends and around line breaks, as browsers do."""
    if paragraph.element == "pre":
        return paragraph
    kept: list[Run] = []
    for run in paragraph.runs:
        if not kept or kept[-1].text.endswith(("\n", " ")):
            run = replace(run, text=run.text if run.text == "\n" else _led(run))
        if run.text == "\n" and kept:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        if run.text or run.picture:
            kept.append(run)
    while kept and not _is_seen(kept[-1]):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return Paragraph(paragraph.element, kept)


def _led(run: Run) -> str:
    return run.text.lstrip(" ")


class _Walker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs = [Paragraph()]
        self._open: list[tuple[str, dict[str, str]]] = []
        self._segment = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element or a paragraph, or write a void element."""
        found = {name: value or "" for name, value in attrs}
        if tag in PARAGRAPHS:
            self._new_paragraph(tag)
        elif tag in ("td", "th") and self.paragraphs[-1].runs:
            self._write("\t")
        if tag == "br":
            self._write("\n")
        elif tag == "img":
            self._write(found.get("alt", ""), picture=found.get("src", ""))
        if tag not in VOID:
            self._open.append((tag, found))
            self._write(AROUND.get(tag, "")[:1])

    def handle_endtag(self, tag: str) -> None:
        """Close an element; what stands after a paragraph begins another."""
        self._write(AROUND.get(tag, "")[1:])
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in PARAGRAPHS:
            self._new_paragraph(self._innermost())

    def handle_data(self, data: str) -> None:
        """Write words, and note which segment they belong to."""
        last = 0
        for hold in HOLD.finditer(data):
            self._words(data[last : hold.start()])
            self._segment = int(hold[1] or 0)
            last = hold.end()
        self._words(data[last:])

    def _words(self, text: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "rp" not in tags:
            self._write(text if "pre" in tags else BLANKS.sub(" ", text))

    def _innermost(self) -> str:
        tags = (tag for tag, _ in reversed(self._open) if tag in PARAGRAPHS)
        return next(tags, "p")

    def _new_paragraph(self, element: str) -> None:
        if self.paragraphs[-1].runs:
            self.paragraphs.append(Paragraph())
        self.paragraphs[-1].element = element

    def _write(self, text: str, *, picture: str = "") -> None:
        if not text and not picture:
            return
        looks = frozenset(LOOKS[tag] for tag, _ in self._open if tag in LOOKS)
        run = Run(
            text,
            looks,
            self._inherited("href"),
            self._inherited("lang"),
            picture,
            self._segment,
        )
        self.paragraphs[-1].runs.append(run)

    def _inherited(self, name: str) -> str:
        found = (attrs[name] for _, attrs in reversed(self._open) if name in attrs)
        return next(found, "")
