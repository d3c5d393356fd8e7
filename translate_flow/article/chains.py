"""Fewer block rules to try on each line: those that its first character allows.

markdown-it tries every rule on every line. Most lines begin with a letter, and then
nearly all of them look at that letter and give up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from translate_flow.article.blockstate import spans

if TYPE_CHECKING:
    from markdown_it.ruler import Ruler
    from markdown_it.rules_block import StateBlock

    from translate_flow.article.blockstate import Rule

CHAINS = ("", "paragraph", "reference", "blockquote", "list")
"""The lists of rules that markdown-it asks for: all, and those that may end each of
these blocks."""
FIRST: Mapping[str, str] = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "footnote_def": "[",
    "html_block": "<",
    "heading": "#",
    "code": "",
}
"""Rules and the characters that a line must begin with for them. ``code`` is tried on
lines that are indented far enough, whatever they begin with."""


def paragraph_of_one_line(
    state: StateBlock, start: int, end: int, silent: bool
) -> bool:
    """A rule for the most frequent block, once no other than a paragraph is possible:
    a line that nothing stands right below."""
    below = start + 1
    if silent or not _alone(state, start):
        return False
    state.push("paragraph_open", "p", 1).map = [start, below]
    inline = state.push("inline", "", 0)
    inline.map = [start, below]
    inline.meta = {"lines": spans(state, start, below)}
    state.push("paragraph_close", "p", -1)
    state.line = below
    return True


def of_many_lines(rule: Rule) -> Rule:
    """Spare a rule that needs another line right below."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return not _alone(state, start) and rule(state, start, end, silent)

    return run


def _alone(state: StateBlock, start: int) -> bool:
    return start + 1 >= state.lineMax or state.isEmpty(start + 1)


class Chains:
    """Stands in for the ruler of a block parser that has all its rules."""

    def __init__(self, ruler: Ruler[Rule], first: Mapping[str, str]) -> None:
        """:param first: more rules and the characters that they need."""
        self._active = ruler.get_active_rules()
        names = {rule.fn: rule.name for rule in ruler.__rules__}
        self._chains: dict[str, list[Rule]] = {}
        for chain in CHAINS:
            rules = [(names[fn], fn) for fn in ruler.getRules(chain)]
            needs = {**FIRST, **first, **({"deflist": ":~"} if chain else {})}
            self._chains[chain] = [_chosen(rules, needs)]

    def getRules(self, chain: str = "") -> list[Rule]:
        """Return the rules of a chain, as markdown-it's own ruler does."""
        return self._chains.get(chain, [])

    def get_active_rules(self) -> list[str]:
        """Return the names of all rules, as markdown-it's own ruler does."""
        return self._active


def _chosen(rules: list[tuple[str, Rule]], needs: Mapping[str, str]) -> Rule:
    """Make one rule of many that tries those that a line's first character allows."""
    every = tuple(rule for _, rule in rules)
    chosen: dict[str, tuple[Rule, ...]] = {}

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        pos = state.bMarks[start] + state.tShift[start]
        char = state.src[pos] if pos < state.eMarks[start] else ""
        fits = every
        if not state.is_code_block(start):
            known = chosen.get(char)
            if known is None:
                known = chosen[char] = tuple(
                    rule for name, rule in rules if char in needs.get(name, char)
                )
            fits = known
        for rule in fits:  # noqa: SIM110 (a generator costs more than the rules)
            if rule(state, start, end, silent):
                return True
        return False

    return run
