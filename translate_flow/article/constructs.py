"""Block constructs that CommonMark does not know: containers, maths, MDX and more.

Each is a rule for markdown-it's block parser, found by the first character of a line.
A rule gets the state, the first line and the line to stop at, and a flag to only say
whether it matches; it pushes its tokens and moves ``state.line`` on:

- ``box`` and ``box_end``: the opening and closing line of ``:::`` and ``///``. They
  stand side by side with their content, so that an unclosed one changes nothing else.
- ``box_open`` and ``box_close``: around the indented content of ``!!!``, ``???`` and
  ``=== "Tab"``.
- ``opaque``: lines that are carried over as they are.
- ``alert`` and ``abbreviation``: see ``singles``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from translate_flow.article import singles
from translate_flow.article.blockstate import closing_line, few_lines, line, opaque
from translate_flow.article.mdx import component, expression, module
from translate_flow.article.shortcodes import shortcode
from translate_flow.article.texts import is_element, looks_said

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from translate_flow.article.blockstate import Rule

COLONS = re.compile(
    r"""(?P<fence>:{3,})[ \t]*
    (?: (?P<name>[^\W\d][\w-]*) (?:\[(?P<label_title>[^\n]*)\])?
        (?:\{[^{}\n]*\})? (?:[ \t]+(?P<title>[^\s{][^\n]*?))? [ \t]*(?:\{[^{}\n]*\})?
      | \{(?P<directive>[^\W\d][\w:-]*)\} (?:[ \t]+(?P<argument>[^\s:][^\n]*?))?
      | \{[^{}\n]*\} )
    [ \t]*(?::{3,}[ \t]*)?$""",
    re.VERBOSE,
)
"""``::: name Title``, ``:::name[Title]{.class}``, ``:::{name} Title``, ``::: {.name}``.
"""
TITLED = re.compile(
    "admonition|attention|caution|danger|error|hint|important|note|seealso|tip|warning"
    "|card|dropdown|grid-item-card|sidebar|tab-item|topic"
)
"""Directives whose argument is a title, not an address or a language."""
LITERAL = re.compile("code|code-block|code-cell|sourcecode|math|mermaid|raw")
"""Directives whose content is not Markdown."""
OPTION = re.compile(r":[\w-]+:(?:[ \t]|$)")
COLONS_END = re.compile(r":{3,}[ \t]*$")
CLASS = re.compile(r"\.([\w-]+)")
SLASHES = re.compile(
    r"/{3,}[ \t]*(?P<name>[^\W\d][\w-]*)"
    r"(?:[ \t]*\|(?:[ \t]*(?P<title>\S[^\n]*?))?)?[ \t]*$"
)
"""``/// name | Title``."""
SLASHES_END = re.compile(r"/{3,}[ \t]*$")
MARKED = re.compile(
    r"""(?: (?:!!!|\?\?\?\+?)[ \t]+(?P<name>[^\W\d][\w-]*)(?:[ \t]+[^\W\d][\w-]*)*
            (?:[ \t]+"(?P<title>[^\n]*)")?
          | ={3}[!+]*[ \t]+"(?P<tab>[^\n]+)" ) [ \t]*$""",
    re.VERBOSE,
)
"""``!!! name "Title"``, ``??? name``, ``=== "Tab"``."""
ATTRIBUTES = re.compile(r"\{:[^\n]*\}[ \t]*$")
BRACES = re.compile(r"\{[^{}\n]*\}")
DOLLARS = re.compile(r"(?<!\\)\$\$")
AFTER_MATHS = r"(?:[ \t]*(?:\{[^{}\n]*\}|\([^()\s]+\)|[.,;:!?]))*[ \t]*$"
"""What may follow maths on its line: attributes, a label, a sign of the sentence."""
MATHS_LINE = re.compile(
    rf"\$\$(?!\$)(?:[^$\n]|\\\$|\$(?!\$))+?(?<!\\)\$\${AFTER_MATHS}"
)
MATHS_END = re.compile(rf"(?:(?!\$\$).)*(?<!\\)\$\${AFTER_MATHS}")
TEX = re.compile(r"\\[A-Za-z,;!\\{}]|[\^_=&<>+]")
WORD = re.compile(r"[^\W\d_]{2}")
TEX_WORDS = re.compile(
    r"\\(?:text\w*|mbox|mathrm|operatorname\*?|tag\*?|label|intertext|begin|end)"
    r"\s*\{[^{}]*\}|(?<!\\)%.*"
)
"""Words that stand in maths."""
PROSE = re.compile(
    r"""(?<![\\{\w])[^\W\d_]{2,}[,.]?(?:[ ][^\W\d_]{2,}[,.]?){2}
    | [가-힣] | ^[#]{1,6}[ ] | ^[`~]{3} | ^</?[A-Za-z][^<>]*>""",
    re.VERBOSE,
)


def constructs(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Try the rules for the first character of a line."""
    pos = state.bMarks[start] + state.tShift[start]
    if pos >= state.eMarks[start]:
        return False
    rules = RULES.get(state.src[pos])
    if rules is None or state.is_code_block(start):
        return False
    return any(rule(state, start, end, silent) for rule in rules)


# --- boxes ------------------------------------------------------------------


def _fenced_box(
    opening: re.Pattern[str], closing: re.Pattern[str], family: str
) -> Rule:
    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        text = line(state, start)
        found = opening.match(text)
        if found is None and not closing.match(text):
            return False
        if found and family == ":" and LITERAL.fullmatch(found["directive"] or ""):
            closes = re.compile(rf"{found['fence']}[ \t]*$")
            last = closing_line(state, start, end, closes)
            return last is not None and opaque(state, start, last + 1, silent)
        if silent:
            return True
        token = state.push("box" if found else "box_end", "", 0)
        token.meta = _box(state, start, found) if found else {"title": None}
        token.meta["family"] = family
        token.info = token.meta.get("name", "")
        last = _options_end(state, start, end, found) if found else start + 1
        token.map = [start, last]
        token.content = text
        state.line = last
        return True

    return rule


def _box(state: StateBlock, start: int, found: re.Match[str]) -> dict[str, Any]:
    """Return the name of a box and the span of its title."""
    parts = found.groupdict()
    directive = parts.get("directive") or ""
    fields = (
        "title",
        "tab",
        "label_title",
        *["argument"] * bool(TITLED.match(directive)),
    )
    field = next((f for f in fields if parts.get(f)), None)
    name = parts.get("name") or directive or ("tab" if parts.get("tab") else "")
    if not name and (css := CLASS.search(found[0])):
        name = css[1]
    at = state.bMarks[start] + state.tShift[start]
    title = field and (at + found.start(field), at + found.end(field))
    form = {"tab": "quoted", "label_title": "bracketed"}.get(field or "", "bare")
    if field == "title" and found[0][0] in "!?":
        form = "quoted"
    return {"name": name, "title": title, "form": form}


def _options_end(state: StateBlock, start: int, end: int, found: re.Match[str]) -> int:
    """Return where the options below an opening line end: indented ones of ``///``,
    ``:key: value`` of a ``:::{directive}``."""
    n = start + 1
    parts = found.groupdict()
    if found[0].startswith("/"):
        while n < end and not state.isEmpty(n) and state.is_code_block(n):
            n += 1
    elif parts["directive"]:
        while n < end and OPTION.match(line(state, n)):
            n += 1
    return n


def _indented_box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = MARKED.match(line(state, start))
    if found is None:
        return False
    if silent:
        return True
    token = state.push("box_open", "", 1)
    token.meta = _box(state, start, found)
    token.info = token.meta["name"]
    token.content = found[0]
    last = _content_end(state, start, end)
    token.map = [start, last]
    _inside(state, start, last)
    state.push("box_close", "", -1)
    state.line = last
    return True


def _content_end(state: StateBlock, start: int, end: int) -> int:
    inner, last = state.sCount[start] + 4, start + 1
    for n in range(start + 1, end):
        if state.isEmpty(n):
            continue
        if state.sCount[n] < inner:
            break
        last = n + 1
    return last


def _inside(state: StateBlock, start: int, last: int) -> None:
    """Parse the content of an indented box. ``lineMax`` moves too, or paragraphs would
    go on into the lines below it."""
    kept = state.blkIndent, state.lineMax, state.parentType, state.tight
    state.blkIndent, state.lineMax = state.sCount[start] + 4, last
    state.parentType = "root"
    state.md.block.tokenize(state, start + 1, last)
    state.blkIndent, state.lineMax, state.parentType, state.tight = kept


# --- opaque lines -----------------------------------------------------------


def _braces(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = line(state, start)
    if ATTRIBUTES.match(text):
        return opaque(state, start, start + 1, silent)
    if text.startswith("{/*"):
        return _comment(state, start, end, silent)
    if not state.env.get("mdx") and BRACES.fullmatch(text) and looks_said(text[1:-1]):
        return False
    return _mdx(expression)(state, start, end, silent)


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    closed = re.compile(r"\*/\}[ \t]*$")
    if closed.search(line(state, start)):
        return opaque(state, start, start + 1, silent)
    last = closing_line(state, start, end, closed)
    return last is not None and opaque(state, start, last + 1, silent)


def _maths(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = line(state, start).rstrip()
    if not text.startswith("$$"):
        return False
    if MATHS_LINE.match(text):
        return opaque(state, start, start + 1, silent)
    if DOLLARS.search(text, 2):
        return False
    last = closing_line(state, start, end, DOLLARS)
    if last is None or MATHS_END.match(line(state, last)) is None:
        return False
    rows = [line(state, n) for n in range(start, last + 1)]
    parted = text != "$$" and not all(row.strip() for row in rows)
    if parted or not _is_maths(rows):
        return False
    return opaque(state, start, last + 1, silent)


def _is_maths(rows: list[str]) -> bool:
    """Whether lines between dollars are maths, and not a page between two stray ones:
    nothing in them is prose, and where there are blank lines each word is in TeX."""
    rows = [TEX_WORDS.sub("", row).strip() for row in rows]
    rows[0], rows[-1] = rows[0].removeprefix("$$"), rows[-1].partition("$$")[0]
    if any(PROSE.search(row) for row in rows):
        return False
    parted = not all(rows[1:-1])
    return not parted or all(TEX.search(row) or not WORD.search(row) for row in rows)


def _mdx(count_lines: Callable[[str], int | None]) -> Rule:
    """Make a rule of a function that says how many lines of a text it takes: None if
    the text breaks off too early, 0 if it is something else."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        count = count_lines(line(state, start))
        if count is None:
            count = count_lines(few_lines(state, start, end, silent))
        return bool(count) and opaque(state, start, start + (count or 0), silent)

    return rule


def _component(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tags of components, which begin with a capital. Elements of HTML in capitals are
    none but in MDX."""
    if not state.env.get("mdx") and is_element(line(state, start)):
        return False
    return _mdx(component)(state, start, end, silent)


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Imports and exports begin a block: in the middle of a paragraph they are prose.
    An export that never closes its brackets takes all lines up to a blank one."""
    if silent:
        return False
    count = module(line(state, start))
    if count is None:
        lines = few_lines(state, start, end, silent)
        count = module(lines)
        count = lines.count("\n") + 1 if count is None else count
    return bool(count) and opaque(state, start, start + count, silent)


RULES: dict[str, tuple[Rule, ...]] = {
    ":": (singles.documented, _fenced_box(COLONS, COLONS_END, ":")),
    "/": (_fenced_box(SLASHES, SLASHES_END, "/"),),
    "!": (_indented_box,),
    "?": (_indented_box,),
    "=": (_indented_box,),
    "{": (shortcode, _braces),
    "[": (singles.bracketed,),
    "*": (singles.abbreviation,),
    "-": (singles.snippet,),
    "$": (_maths,),
    "<": (_component,),
    "i": (_module,),
    "e": (_module,),
}
