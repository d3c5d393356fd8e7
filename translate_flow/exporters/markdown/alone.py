"""Markdown of one language alone: the article as its author wrote it, and its
translation in its place."""

from __future__ import annotations

from translate_flow.article.saying import saying
from translate_flow.edition import Edition, target_order
from translate_flow.exporters.content.credits import corrections
from translate_flow.exporters.content.sides import sides
from translate_flow.exporters.content.words import marker
from translate_flow.model import Segment

QUIET = "<small>"
"""How a quiet word begins."""


def source(edition: Edition) -> str:
    """Return the article as its author wrote it, without parts for readers of the other
    language."""
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
    numbers = () if whole else (pair.segment.n for pair in edition.segments)
    gone = [n for n in numbers if side.absence(n)]
    changed = own != list(range(len(article.roots)))
    text = article.render(lookup, order=own if changed else None, without=gone)
    says = {"lang": edition.target_language}
    page = saying(text, says, name=article.name, first=True)
    told = [line for _, line in corrections(edition, edition.target_language)]
    newline = "\r\n" if "\r\n" in page else "\n"
    return page + "".join(f"{newline}{line}{newline}" for line in told)
