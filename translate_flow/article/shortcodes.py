"""Shortcodes of Hugo and tags of Liquid that have a line of their own.

``{{< name >}}``, ``{{% name %}}`` and ``{% name %}``: what stands between an opening
and a closing one is Markdown, but for a few whose content is code. Texts for readers
among their parameters (``caption="..."``) are translated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from translate_flow.article.blockstate import closing_line, few_lines, line, opaque

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

TAG = (
    r"(?: \{\{< (?:(?!>\}\}).)* >\}\} | \{\{% (?:(?!%\}\}).)* %\}\}"
    r" | \{% (?:(?!%\}).)* %\} )"
)
TAGS = re.compile(rf"(?:{TAG}[ \t]*)+\Z", re.VERBOSE | re.DOTALL)
COMPONENT = re.compile(r"<[A-Z]")
"""A component of MDX: its parameters are attributes."""
OPENS = re.compile(r"\{\{[<%]|\{%")
CLOSES = re.compile(r"[>%]\}")
CODE = (
    "highlight|raw|comment|verbatim|mermaid|plantuml|graphviz|chart|katex|math|latex"
    "|code|codeblock|javascript|stylesheet|schema"
)
REGION = re.compile(
    rf"\{{%-?\s*(?P<tag>{CODE})\b[^\n]*?%\}}"
    rf"|\{{\{{[<%]\s*(?P<code>{CODE})\b[^\n/]*[>%]\}}\}}"
)
"""The opening of a region in which nothing is Markdown."""
TEXTS = re.compile(
    r"""(?<![\w.-])
    (?P<name>alt|caption|title|subtitle|header|heading|summary|description)
    [ ]*=[ ]*(?:"(?P<double>(?:\\.|[^"\\\n])*)"|'(?P<single>(?:\\.|[^'\\\n])*)')""",
    re.VERBOSE,
)


class Parameter(NamedTuple):
    """A text for readers among the parameters of a shortcode."""

    name: str
    start: int
    end: int
    quote: str


def parameters(text: str) -> tuple[Parameter, ...]:
    """Return the texts for readers in the parameters of shortcodes, quotes aside."""
    if not TAGS.match(text) and not COMPONENT.match(text):
        return ()
    return tuple(
        Parameter(found["name"], *found.span(field), quote)
        for found in TEXTS.finditer(text)
        for field, quote in (("double", '"'), ("single", "'"))
        if found[field]
    )


def shown(text: str, found: Parameter) -> str:
    """Return what readers see of a parameter. Liquid knows no escapes."""
    value = text[found.start : found.end]
    if text.startswith("{{"):
        value = re.sub(r"\\([\"'\\])", r"\1", value)
    return value.replace("&quot;", '"')


def skeleton(text: str) -> str:
    """Return lines that are carried over without the texts that may change."""
    done, last = "", 0
    for found in parameters(text):
        done += text[last : found.start]
        last = found.end
    return done + text[last:]


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
