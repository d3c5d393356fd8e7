"""Markdown to block tokens that know where their text stands in the source.

The one home of markdown-it's block rules. Inline rules are never run here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    Rule = Callable[[StateBlock, int, int, bool], bool]

DEEPEST = 100
"""Levels of nesting that are followed; what lies deeper is carried over as it is."""

Span = tuple[int, int]
"""Start and end of a piece of text, in characters."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The block structure of a text."""

    tokens: tuple[Token, ...]
    references: Mapping[str, tuple[str, str]]
    """Link reference definitions: normalised label → (href, title)."""

    def elements(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Yield what must not change when words change: for each token that stands
        for a block, its index and what it is. Two texts with equal elements have the
        same block structure."""
        for i, token in enumerate(self.tokens):
            kind = token.type
            if kind in ("inline", "paragraph_close"):
                continue
            yield i, (kind, token.level, token.tag, _detail(token))

    def signature(self) -> list[tuple[Any, ...]]:
        """Return the elements without their places."""
        return [element for _, element in self.elements()]


def parse(text: str) -> Parsed:
    """Return the block structure of Markdown.

    :param text: without front matter; lines end in ``\\n``. ``meta["lines"]`` of each
        ``inline`` and ``html_block`` token is the span of each of its lines without
        indents and markers of enclosing containers; own constructs have their
        attributes in ``meta``.
    """
    env: dict[str, Any] = {}
    tokens: list[Token] = []
    md = _parser()
    md.block.parse(text, md, env, tokens)
    references = env.get("references", {})
    return Parsed(
        tuple(tokens),
        {label: (found["href"], found["title"]) for label, found in references.items()},
    )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt, rules_block
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    from translate_flow.article.constructs import constructs

    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    md.use(deflist_plugin).use(footnote_plugin)
    interrupts: RuleOptionsType = {
        "alt": ["paragraph", "reference", "blockquote", "list"]
    }
    rules = md.block.ruler
    rules.before("table", "constructs", constructs, interrupts)
    rules.at("table", _located(rules_block.table), {"alt": ["paragraph", "reference"]})
    outer: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    rules.at("html_block", _located(rules_block.html_block), outer)
    rules.at("heading", _located(rules_block.heading), outer)
    deflist = next(rule.fn for rule in rules.__rules__ if rule.name == "deflist")
    rules.at("deflist", _located(deflist), outer)
    rules.at("lheading", _located(rules_block.lheading))
    rules.at("paragraph", _located(rules_block.paragraph))
    return md


def _located(rule: Rule) -> Rule:
    """Let a rule note where the lines of its text stand. Only while the rule runs does
    the parser know how much of each line belongs to the containers around it."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, True)
        first = len(state.tokens)
        if not rule(state, start, end, False):
            return False
        for token in state.tokens[first:]:
            if token.type in ("inline", "html_block") and "lines" not in token.meta:
                token.meta["lines"] = _lines(state, token)
        return True

    return run


def _lines(state: StateBlock, token: Token) -> tuple[Span, ...]:
    first, last = token.map or (0, 0)
    return tuple(
        (state.bMarks[n] + state.tShift[n], state.eMarks[n])
        for n in range(first, max(last, first + 1))
    )


def _detail(token: Token) -> Any:
    """Return what else tells a block from others of its type."""
    if token.type in ("fence", "code_block", "opaque"):
        return token.info, token.content
    if token.type == "html_block":
        from translate_flow.article.html import skeleton

        return skeleton(token.content)
    if token.type == "footnote_reference_open":
        return token.meta["label"]
    if token.type in ("box", "box_end", "box_open"):
        return token.info, token.meta["title"] is not None
    return tuple(token.attrs.items())
