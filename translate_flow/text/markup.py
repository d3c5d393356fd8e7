"""Inline Markdown as readers see it: as HTML, or as plain words.

The one home of markdown-it's inline rules. Emphasis follows CommonMark but for one
thing: beside a Korean, Chinese or Japanese letter a delimiter may stand after or before
punctuation, since particles follow at once: ``**굵게(bold)**는`` is bold. (The rule is
that of commonmark-spec issue 650.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import category

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CJK = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")
"""Letters that are written without a blank between words and particles."""

MARKUP = re.compile(r"[\\`*_~<>\[\]!&{$\n]")
"""A text without any of these signs is what it looks like."""

UNSPOKEN = re.compile(
    r"""\{\{.*?\}\} | \{%.*?%\} | \{:?[ ]*[#.][^{}\n]*\}
    | \$\$.+?\$\$ | (?<![\w$])\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?![\w$])""",
    re.VERBOSE | re.DOTALL,
)
"""Shortcodes, attributes and maths: no Markdown is in them."""

ATTRIBUTES = re.compile(r"\{:?[ ]*[#.]")

SIGNIFICANT = re.compile(
    r"""[`*\[\]{}~$] | \\(?=[!-/:-@\[-`{-~\n]|\Z) | (?<![^\W_])_+ | _+(?![^\W_])
    | <(?=[A-Za-z/!?]) | &(?=\#|\w+;) | (?<=[ \t])\#+(?=[ \t]*\Z)""",
    re.VERBOSE,
)
"""What could be more than the letters that it is made of; the last ``#`` of a heading
would close it."""

Span: TypeAlias = tuple[int, int]

TAG = re.compile(r"<(?P<name>br)\b[^>]*>|<[^>]*>", re.IGNORECASE)


def to_html(text: str, references: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Return inline Markdown as HTML. Raw HTML comes through: a caller that shows the
    result must sanitise it.

    :param references: link reference definitions: normalised label → (href, title).
    """
    known = {
        label: {"href": href, "title": title}
        for label, (href, title) in (references or {}).items()
    }
    html: str = _parser().renderInline(text, {"references": known})
    return html


def portable(text: str) -> str:
    """Return inline Markdown that plain CommonMark shows as we do: emphasis beside
    Korean that it would not see is written as tags, ``<strong>(굵게)</strong>는``."""
    if "*" not in text or not CJK.search(text):
        return text
    seen = _emphasis(text, {})
    unseen = seen - _emphasis(text, {"strict": True})
    written = _as_tags(text, unseen)
    if unseen and _parser().renderInline(written, {"strict": True}) != to_html(text):
        return _as_tags(text, seen)
    return written


def everywhere(text: str) -> str:
    """Return inline Markdown that every parser of CommonMark shows as we do, also one
    that drops tags: beside emphasis that it would not see, the Korean letter is written
    as a reference, ``**정부(政府)**&#45716;``."""
    if "*" not in text or not CJK.search(text):
        return text
    letters: set[int] = set()
    for _, (start, opened), (closes, end) in _emphasis(text, {}):
        while start > 0 and text[start - 1] == "*":
            start -= 1
        while text[opened] == "*":
            opened += 1
        while text[closes - 1] == "*":
            closes -= 1
        while end < len(text) and text[end] == "*":
            end += 1
        for outer, inner in ((start - 1, opened), (end, closes - 1)):
            beside = 0 <= outer < len(text) and CJK.match(text[outer])
            if beside and category(text[inner])[0] in "PS":
                letters.add(outer)
    written = "".join(f"&#{ord(c)};" if i in letters else c for i, c in enumerate(text))
    same = _parser().renderInline(written, {"strict": True}) == to_html(text)
    return written if same else portable(text)


def emphasis(text: str) -> tuple[tuple[Span, Span], ...]:
    """Return where the marks of emphasis stand, of stars and of underscores: those that
    open and those that close, in the order in which they open."""
    if "*" not in text and "_" not in text:
        return ()
    return tuple(sorted((opens, closes) for _, opens, closes in _emphasised(text, {})))


def _emphasis(text: str, env: dict[str, Any]) -> set[tuple[str, Span, Span]]:
    """Return the emphasis made by stars: its tag and where its ends stand."""
    return {one for one in _emphasised(text, env) if text[one[1][0]] == "*"}


def _emphasised(text: str, env: dict[str, Any]) -> set[tuple[str, Span, Span]]:
    """Return all emphasis: its tag and where its ends stand."""
    found: set[tuple[str, Span, Span]] = set()
    opened: list[Span] = []
    for token in _parser().parseInline(text, env)[0].children or ():
        if token.tag not in ("em", "strong") or "at" not in token.meta:
            continue
        at, more = token.meta["at"], int(token.tag == "strong")
        if token.nesting > 0:
            opened.append((at - more, at + 1))
        else:
            found.add((token.tag, opened.pop(), (at, at + 1 + more)))
    return found


def _as_tags(text: str, emphasis: set[tuple[str, Span, Span]]) -> str:
    ends = [(start, f"<{tag}>") for tag, start, _ in emphasis]
    ends += [(end, f"</{tag}>") for tag, _, end in emphasis]
    for (start, end), tag in sorted(ends, reverse=True):
        text = text[:start] + tag + text[end:]
    return text


def literal(text: str) -> str:
    """Return plain text as inline Markdown that shows just its letters."""
    return SIGNIFICANT.sub(lambda f: re.sub(r"(?s).", r"\\\g<0>", f[0]), text)


def visible(text: str) -> str:
    """Return the words that a reader sees: without markup, addresses, attributes and
    shortcodes; alternative texts of images and code stay."""
    if not MARKUP.search(text):
        return text
    return re.sub(r"[ \t]{2,}", " ", words(text)).strip(" ")


def words(text: str) -> str:
    """Return the words of a text like :func:`visible`, with all their blanks."""
    tokens = _parser().parseInline(text, {})
    return "".join(_words(token) for token in tokens[0].children or ())


def _words(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if (tag := TAG.match(token.content)) and tag["name"] else ""
    if token.type == "image":
        return unescape("".join(_words(child) for child in token.children or ()))
    return ""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark").enable("strikethrough")
    md.inline.ruler.before("emphasis", "flanking", _delimiter_runs)
    md.inline.ruler.before("escape", "unspoken", _unspoken)
    md.add_render_rule("unspoken", _as_it_is)
    return md


def _unspoken(state: StateInline, silent: bool) -> bool:
    """Take shortcodes, maths and attributes over whole, or what looks like emphasis in
    them would be."""
    if state.src[state.pos] not in "{$":
        return False
    found = UNSPOKEN.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("unspoken", "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True


def _as_it_is(
    renderer: Any, tokens: list[Token], index: int, options: Any, env: Any
) -> str:
    """Show shortcodes and maths as they are written; attributes are not for readers."""
    from markdown_it.common.utils import escapeHtml

    content = tokens[index].content
    return "" if ATTRIBUTES.match(content) else escapeHtml(content)


# --- emphasis beside Korean -------------------------------------------------


def _delimiter_runs(state: StateInline, silent: bool) -> bool:
    """Let a run of stars beside a Korean letter open or close where CommonMark would
    not let it; all others follow CommonMark's own rule. Each mark notes where it is."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = _faces(after), _faces(before)
    stars = marker == "*"
    if not stars or "strict" in state.env or not CJK.search(before + after):
        scanned = state.scanDelims(state.pos, stars)
        can_open, can_close = scanned.can_open, scanned.can_close
    _push_run(state, end - state.pos, can_open=can_open, can_close=can_close)
    state.pos = end
    return True


def _faces(neighbour: str) -> bool:
    """Whether a delimiter may hold on to the text on this side of it."""
    return not neighbour.isspace()


def _push_run(
    state: StateInline, length: int, *, can_open: bool, can_close: bool
) -> None:
    from markdown_it.rules_inline.state_inline import Delimiter

    for i in range(length):
        token = state.push("text", "", 0)
        token.content = state.src[state.pos]
        token.meta = {"at": state.pos + i}
        state.delimiters.append(
            Delimiter(
                marker=ord(state.src[state.pos]),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
