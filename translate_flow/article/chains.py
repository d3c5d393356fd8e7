"""Fewer block rules to try on each line: those that its first character allows.

markdown-it tries every rule on every line. Most lines begin with a letter, and then
nearly all of them look at that letter and give up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

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
