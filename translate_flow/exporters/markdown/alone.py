"""Markdown of one language alone: the article as its author wrote it, and its
translation in its place."""

from __future__ import annotations

from translate_flow.article.anchors import anchors, fragments
from translate_flow.article.saying import saying
from translate_flow.edition import Edition, target_order
from translate_flow.exporters import Layout
from translate_flow.exporters.content.composition import Composition
from translate_flow.exporters.content.credits import corrections
from translate_flow.exporters.content.sides import ATTRIBUTES, map_notes, sides
from translate_flow.exporters.content.words import marker
from translate_flow.exporters.sites.headings import Naming, Wraps, wraps
from translate_flow.model import Segment
from translate_flow.text.markup import everywhere


def source(edition: Edition) -> str:
    """Return the article as its author wrote it, without parts for readers of the other
    language, and without what no readers are to have."""
    article, language = edition.article, edition.source_language
    whole = not edition.left_out and not any(root.part for root in article.roots)
    if whole and all(_seen(one, one.text) == one.text for one in article.segments):
        text: str = article.text
        return text
    marks = _Marks(edition, "source")
    own = [i for i in range(len(article.roots)) if _is_for(edition, i, language)]
    return article.render(
        lambda segment: _seen(segment, marks.without(segment.text)),
        order=None if whole else own,
        without=edition.left_out,
    )


def _seen(segment: Segment, text: str) -> str:
    """Return a text whose emphasis every generator sees."""
    plain = segment.kind.startswith("front ") or segment.kind in (*ATTRIBUTES, "html")
    return text if plain else everywhere(text)


def _is_for(edition: Edition, root: int, language: str) -> bool:
    """Whether an outermost block is for readers of a language."""
    part = edition.article.roots[root].part
    if part is None:
        return True
    spoken = part.language or edition.source_language
    return spoken == language and not edition.article.roots[root].directive


class _Marks:
    """Takes away the marks of footnotes of which readers see nothing."""

    def __init__(self, edition: Edition, layout: Layout) -> None:
        self._labels = Composition(edition, layout).unprinted

    def without(self, text: str) -> str:
        return map_notes(text, self._labels, lambda label: "")


def _named(edition: Edition) -> Wraps:
    """Return how headings that the article links to can be led to in any renderer."""
    texts = (pair.unit.target for pair in edition.segments)
    goals = fragments(edition.article, (edition.article.text, *texts))
    known = anchors(edition.article)
    linked = {known.headings.get(known.lines.get(one, 0)) for one in goals}
    made = wraps(edition, Naming()) if goals else {}
    return {
        n: wrap
        for n, wrap in made.items()
        if known.headings.get(edition.pair(n).segment.line) in linked
    }


def target(edition: Edition) -> str:
    """Return the article in the other language: what it leaves out or tells in another
    place leaves no trace."""
    article, side = edition.article, sides(edition, "target")[0]
    gone = {p.segment.n for p in edition.segments if side.leaves_out(p.segment.n)}
    marks = _Marks(edition, "target")
    named = _named(edition) if edition.headings is None else edition.headings

    def lookup(segment: Segment) -> str | None:
        before, after = named.get(segment.n, ("", ""))
        text = said(segment)
        return f"{before}{text}{after}"

    def said(segment: Segment) -> str:
        pair = edition.pair(segment.n)
        text = pair.unit.target or segment.text
        if not pair.of_front:
            text = _seen(segment, marks.without(text))
        if pair.finished or not edition.proof:
            return text
        return f"{marker(pair.standing, edition.target_language)} {text}"

    whole = edition.order == "source"
    order = range(len(article.roots)) if whole else target_order(edition)
    own = [i for i in order if _is_for(edition, i, edition.target_language)]
    changed = own != list(range(len(article.roots)))
    text = article.render(lookup, order=own if changed else None, without=gone)
    says = {"lang": edition.target_language}
    page = saying(text, says, name=article.name, first=True)
    told = [line for _, line in corrections(edition, edition.target_language)]
    newline = "\r\n" if "\r\n" in page else "\n"
    return page + "".join(f"{newline}{line}{newline}" for line in told)
