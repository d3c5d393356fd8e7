"""Shortcodes of Hugo and tags of Liquid that have a line of their own.

``{{< name >}}``, ``{{% name %}}`` and ``{% name %}``: what stands between an opening
and a closing one is Markdown, but for a few whose content is code. Texts for readers
among their parameters are found by ``texts``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_flow.article.blockstate import closing_line, few_lines, line, opaque

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

TAG = (
    r"(?: \{\{< (?:(?!>\}\}).)* >\}\} | \{\{% (?:(?!%\}\}).)* %\}\}"
    r" | \{% (?:(?!%\}).)* %\} )"
)
TAGS = re.compile(rf"(?:{TAG}[ \t]*)+\Z", re.VERBOSE | re.DOTALL)
OPENS = re.compile(r"\{\{[<%]|\{%")
CLOSES = re.compile(r"[>%]\}")
CODE = (
    "highlight|comment|mermaid|plantuml|graphviz|chart|katex|math|latex"
    "|code|codeblock|javascript|stylesheet|schema"
)
REGION = re.compile(
    rf"\{{%-?\s*(?P<tag>{CODE})\b[^\n]*?%\}}"
    rf"|\{{\{{[<%]\s*(?P<code>{CODE})\b[^\n/]*[>%]\}}\}}"
)
"""The opening of a region in which nothing is Markdown."""
TAB = re.compile(r"\{\{<\s*tab(?:pane)?\b(?P<says>[^\n]*?)>\}\}")
TABS_END = re.compile(r"\{\{<\s*/tabpane\b")
CODE_TAB = re.compile(r"\b(?:code)?lang\s*=")
TEXT_TAB = re.compile(r"\btext\s*=\s*[\"']?true")
PANE = 100
"""Lines above a tab in which its pane is looked for."""


def shortcode(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule of markdown-it's block parser."""
    text = line(state, start)
    if not OPENS.match(text):
        return False
    if (region := REGION.match(text)) is not None:
        name = region["tag"] or region["code"]
        closes = rf"\{{%-?\s*end{name}\b" if region["tag"] else rf"\{{\{{.\s*/{name}\b"
        if re.search(closes, text[region.end() :]):
            return opaque(state, start, start + 1, silent)
        last = closing_line(state, start, end, re.compile(closes))
        if last is not None:
            return opaque(state, start, last + 1, silent)
    if (last := _code_tab(state, start, end, text)) is not None:
        return opaque(state, start, last + 1, silent)
    if TAGS.match(text.rstrip()):
        return opaque(state, start, start + 1, silent)
    return _of_many_lines(state, start, end, silent)


def _of_many_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if CLOSES.search(line(state, start)):
        return False
    lines = few_lines(state, start, end, silent).split("\n")
    for n, text in enumerate(lines[1:], 1):
        if CLOSES.search(text):
            whole = TAGS.match("\n".join(lines[: n + 1]).rstrip())
            return bool(whole) and opaque(state, start, start + n + 1, silent)
    return False


def _code_tab(state: StateBlock, start: int, end: int, text: str) -> int | None:
    """Return the last line of a tab of Docsy that names the language of its code,
    itself or in the pane around it; None for any other."""
    tab = TAB.match(text)
    if tab is None or "tabpane" in tab[0] or "/tab" in text[tab.end() :]:
        return None
    says = [tab["says"]]
    for n in range(start - 1, max(-1, start - PANE), -1):
        above = line(state, n)
        if TABS_END.match(above):
            break
        if (pane := TAB.match(above)) and "tabpane" in pane[0]:
            says.append(pane["says"])
            break
    if not any(map(CODE_TAB.search, says)) or any(map(TEXT_TAB.search, says)):
        return None
    return closing_line(state, start, end, re.compile(r"\{\{<\s*/tab\b"))
