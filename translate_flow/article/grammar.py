"""Markdown to block tokens that know where their text stands in the source.

The one home of markdown-it's block rules. Inline rules are never run here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from translate_flow.article import html
from translate_flow.article.blockstate import spans
from translate_flow.article.texts import Names, named, skeleton

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from translate_flow.article.blockstate import Rule

DEEPEST = 100
"""Levels of nesting that are followed; what lies deeper is carried over as it is."""

SILENT = frozenset({"inline", "paragraph_close"})
"""Tokens that stand for no block of their own."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The block structure of a text."""

    tokens: tuple[Token, ...]
    references: Mapping[str, tuple[str, str]]
    """Link reference definitions: normalised label → (href, title)."""

    names: Names = field(default_factory=named)
    """Which attributes are texts that may change."""

    def elements(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Yield what must not change when words change: for each token that stands
        for a block, its index and what it is. Two texts with equal elements have the
        same block structure."""
        for i, token in enumerate(self.tokens):
            if token.type not in SILENT:
                yield (
                    i,
                    (token.type, token.level, token.tag, _detail(token, self.names)),
                )

    def signature(self) -> list[tuple[Any, ...]]:
        """Return the elements without their places."""
        return [element for _, element in self.elements()]


def parse(
    text: str,
    *,
    mdx: bool = False,
    names: Names | None = None,
    every_rule: bool = False,
) -> Parsed:
    """Return the block structure of Markdown.

    :param text: without front matter; lines end in ``\\n``. ``meta["lines"]`` of each
        ``inline`` and ``html_block`` token is the span of each of its lines without
        indents and markers of enclosing containers; own constructs have their
        attributes in ``meta``.
    :param mdx: indented lines are no code, and every tag in capitals is a component,
        as in MDX.
    :param names: which attributes are texts; None for those that everybody has.
    :param every_rule: try every rule on every line, slowly, with the same result.
    """
    env: dict[str, Any] = {"mdx": mdx}
    tokens: list[Token] = []
    md = _parser(mdx, every_rule)
    md.block.parse(text, md, env, tokens)
    references = env.get("references", {})
    return Parsed(
        tuple(tokens),
        {label: (found["href"], found["title"]) for label, found in references.items()},
        names or named(),
    )


@cache
def _parser(mdx: bool, every_rule: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt, rules_block
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    from translate_flow.article.chains import (
        Chains,
        of_many_lines,
        paragraph_of_one_line,
    )
    from translate_flow.article.constructs import RULES, constructs

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
    rules.at("reference", _defined(rules_block.reference))
    rules.at("lheading", _located(rules_block.lheading))
    rules.at("paragraph", _located(rules_block.paragraph))
    if mdx:
        md.disable("code")
    if not every_rule:
        rules.at("lheading", of_many_lines(_located(rules_block.lheading)))
        rules.before("paragraph", "one_line", paragraph_of_one_line)
        ruler: Any = Chains(rules, {"constructs": "".join(RULES)})
        md.block.ruler = ruler
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
            if token.type in ("inline", "html_block") and not token.meta:
                top, bottom = token.map or (0, 0)
                token.meta = {"lines": spans(state, top, max(bottom, top + 1))}
        return True

    return run


def _defined(rule: Rule) -> Rule:
    """Let a link definition leave a token."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not rule(state, start, end, silent):
            return False
        if not silent:
            token = state.push("reference", "", 0)
            token.map = [start, state.line]
            token.meta = {"lines": spans(state, start, state.line)}
        return True

    return run


def _detail(token: Token, names: Names) -> Any:
    """Return what else tells a block from others of its type."""
    if token.type in ("fence", "code_block"):
        return token.info, token.content
    if token.type == "opaque":
        return skeleton(token.content.strip(" \t\n"), names)
    if token.type == "html_block":
        return html.skeleton(token.content, names)
    if token.type == "footnote_reference_open":
        return token.meta["label"]
    if token.type == "abbreviation":
        return token.info
    if token.type in ("box", "box_end", "box_open", "alert"):
        return token.info, token.meta["title"] is not None
    return tuple(token.attrs.items())
