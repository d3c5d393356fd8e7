"""Markdown of one language alone: the article as its author wrote it, and its
translation in its place."""

from __future__ import annotations

import re

from translate_flow.edition import Edition, Pair, target_order
from translate_flow.exporters.colophon import corrections
from translate_flow.exporters.sides import Side, sides
from translate_flow.exporters.words import marker
from translate_flow.model import Segment

FRONT_MATTER = re.compile(
    r"(---|\+\+\+)[ \t]*\r?\n(?P<head>.*?)^\1[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
QUIET = "<small>"
"""What begins a word that stands for a text."""


def source(edition: Edition) -> str:
    """Return the article as its author wrote it, without what is for others."""
    article, language = edition.article, edition.source_language
    if not any(root.part for root in article.roots):
        text: str = article.text
        return text
    own = [i for i in range(len(article.roots)) if _is_for(edition, i, language)]
    return article.render(lambda segment: None, order=own)


def _is_for(edition: Edition, root: int, language: str) -> bool:
    """Whether an outermost block is for readers of a language."""
    part = edition.article.roots[root].part
    if part is None:
        return True
    spoken = part.language or edition.source_language
    return spoken == language and not edition.article.roots[root].directive


def target(edition: Edition) -> str:
    """Return the article in the other language."""
    side = sides(edition, "target")[0]

    def lookup(segment: Segment) -> str | None:
        pair = edition.pair(segment.n)
        word = side.absence(segment.n)
        if word and not segment.kind.startswith("front "):
            return f"{QUIET}{word}</small>"
        text = pair.unit.target or segment.text
        if pair.finished or not edition.proof:
            return text
        return f"{marker(pair.standing, edition.target_language)} {text}"

    article = edition.article
    whole = edition.order == "source"
    order = range(len(article.roots)) if whole else target_order(edition)
    own = [i for i in order if _is_for(edition, i, edition.target_language)]
    gone = () if whole else [p.segment.n for p in edition.segments if _gone(side, p)]
    changed = own != list(range(len(article.roots)))
    text = article.render(lookup, order=own if changed else None, without=gone)
    has_front = bool(edition.article.meta)
    page = in_language(text, edition.target_language, has_front=has_front)
    told = [line for _, line in corrections(edition, edition.target_language)]
    newline = "\r\n" if "\r\n" in page else "\n"
    return page + "".join(f"{newline}{line}{newline}" for line in told)


def _gone(side: Side, pair: Pair) -> bool:
    return bool(side.absence(pair.segment.n))


def in_language(text: str, language: str, *, has_front: bool) -> str:
    """Return an article whose front matter says ``lang``, opened if it has none."""
    bom, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    newline = "\r\n" if re.match(r"[^\r\n]*\r\n", text) else "\n"
    found = FRONT_MATTER.match(text) if has_front else None
    if found is None:
        return f"{bom}---{newline}lang: {language}{newline}---{newline * 2}{text}"
    line = f"lang: {language}" if found[1] == "---" else f'lang = "{language}"'
    start, end = found.span("head")
    head = _head_in_language(text[start:end], line, newline)
    return bom + text[:start] + head + text[end:]


def _head_in_language(head: str, line: str, newline: str) -> str:
    """Replace the top level's ``lang``, or put one first."""
    top = re.split(r"^\[", head, maxsplit=1, flags=re.MULTILINE)[0]
    found = re.search(r"^lang[ \t]*[:=][^\r\n]*", top, re.MULTILINE)
    if found:
        return head[: found.start()] + line + head[found.end() :]
    return line + newline + head
