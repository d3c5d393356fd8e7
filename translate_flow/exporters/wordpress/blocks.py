"""The markup of WordPress' blocks, as its editor saves them (WordPress 6.9).

The editor compares a block's HTML with what it would write itself, attribute by
attribute: there is no place for ``lang`` but on a ``span`` in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from json import dumps

from translate_flow.exporters.inline.tags import anchor_tags
from translate_flow.exporters.inline.told import Told
from translate_flow.exporters.inline.writer import ELSEWHERE

IMAGE = re.compile(r'(<img src=")([^"]*)(")')
SHORTCODE = re.compile(r"\[(?=\[?/?[A-Za-z])")
BOX = {
    "style": {
        "border": {"width": "1px"},
        "spacing": {
            "padding": {"top": "1em", "right": "1em", "bottom": "1em", "left": "1em"}
        },
    }
}
BOX_STYLE = (
    "border-width:1px;padding-top:1em;padding-right:1em;padding-bottom:1em;"
    "padding-left:1em"
)


def block(name: str, html: str, attributes: Mapping[str, object] | None = None) -> str:
    """Return a block between its comments."""
    said = f" {dumps(attributes, separators=(',', ':'))}" if attributes else ""
    return f"<!-- wp:{name}{said} -->\n{html}\n<!-- /wp:{name} -->"


def joined(blocks: Iterable[str]) -> str:
    """Return blocks one after another, without empty ones."""
    return "\n\n".join(filter(None, blocks))


def spans(lines: Iterable[Told]) -> str:
    """Return texts as lines of one block, each marked with its language."""
    return "<br>".join(map(_span, lines))


def _span(line: Told) -> str:
    own = f'<span lang="{escape(line.language)}">{line.html}</span>'
    return anchor_tags(line.ids) + own


def paragraph(html: str) -> str:
    """Return a paragraph; an empty string for an empty text."""
    return block("paragraph", f"<p>{html}</p>") if html else ""


def small(html: str) -> str:
    """Return a paragraph in small letters."""
    if not html:
        return ""
    inner = f'<p class="has-small-font-size">{html}</p>'
    return block("paragraph", inner, {"fontSize": "small"})


def heading(level: int, html: str, name: str = "") -> str:
    """Return a heading of a level from 1 to 6.

    :param name: what the editor calls its HTML anchor; empty for none.
    """
    if not html:
        return ""
    own = f' id="{escape(name)}"' if name else ""
    tag = f'<h{level} class="wp-block-heading"{own}>{html}</h{level}>'
    return block("heading", tag, {"level": level} if level != 2 else None)


def columns(sides: Mapping[str, str], *, translatable: bool = False) -> str:
    """Return columns side by side: the blocks of each language. Themes may know them
    by their class, ``tflow-ko``.

    :param translatable: whether browsers may offer to translate them.
    """
    inner = joined(
        block(
            "column",
            f'<div class="wp-block-column tflow-{escape(language)}">{html}</div>',
            {"className": f"tflow-{language}"},
        )
        for language, html in sides.items()
    )
    if translatable:
        return block("columns", f'<div class="wp-block-columns">{inner}</div>')
    html = f'<div class="wp-block-columns notranslate">{inner}</div>'
    return block("columns", html, {"className": "notranslate"})


def listing(items: Iterable[str], *, ordered: bool = False, start: int = 1) -> str:
    """Return a list of items, which are blocks already."""
    inner, attributes = joined(items), dict[str, object]()
    if not inner:
        return ""
    if ordered:
        attributes["ordered"] = True
    if ordered and start != 1:
        attributes["start"] = start
    tag = "ol" if ordered else "ul"
    first = f' start="{start}"' if "start" in attributes else ""
    html = f'<{tag}{first} class="wp-block-list">{inner}</{tag}>'
    return block("list", html, attributes)


def item(html: str, inner: str = "") -> str:
    """Return an item of a list: its first text, and the blocks below."""
    return block("list-item", f"<li>{html}{inner}</li>") if html or inner else ""


def quote(inner: str) -> str:
    """Return a quotation of the blocks that it holds."""
    html = f'<blockquote class="wp-block-quote">{inner}</blockquote>'
    return block("quote", html) if inner else ""


def box(inner: str) -> str:
    """Return a frame around blocks."""
    html = f'<div class="wp-block-group" style="{BOX_STYLE}">{inner}</div>'
    return block("group", html, BOX) if inner else ""


def details(summary: str, inner: str) -> str:
    """Return what readers unfold."""
    html = f"<summary>{summary}</summary>{inner}"
    return block("details", f'<details class="wp-block-details">{html}</details>')


def table(rows: Iterable[Iterable[str]], align: tuple[str, ...]) -> str:
    """Return a table whose first row is its head."""
    head, *rest = (
        f"<tr>{''.join(_cells(row, align, 'td' if n else 'th'))}</tr>"
        for n, row in enumerate(rows)
    )
    body = f"<tbody>{''.join(rest)}</tbody>" if rest else ""
    html = f"<table><thead>{head}</thead>{body}</table>"
    figure = f'<figure class="wp-block-table">{html}</figure>'
    return block("table", figure, {"hasFixedLayout": False})


def _cells(row: Iterable[str], align: tuple[str, ...], tag: str) -> Iterator[str]:
    for n, html in enumerate(row):
        side = align[n] if n < len(align) else ""
        more = f' class="has-text-align-{side}" data-align="{side}"' if side else ""
        yield f"<{tag}{more}>{html}</{tag}>"


def code(text: str) -> str:
    """Return lines of code, given as plain text."""
    lines = escape(text.strip("\n"), quote=False)
    return block("code", f'<pre class="wp-block-code"><code>{lines}</code></pre>')


def image(tag: str, caption: str = "") -> str:
    """Return an image with a caption.

    :param tag: its ``img`` tag, with an address and a text.
    """
    html = tag.removesuffix(">") + "/>"
    if caption:
        html += f'<figcaption class="wp-element-caption">{caption}</figcaption>'
    return block("image", f'<figure class="wp-block-image">{html}</figure>')


def separator() -> str:
    """Return a line across the page."""
    html = '<hr class="wp-block-separator has-alpha-channel-opacity"/>'
    return block("separator", html)


def raw(html: str) -> str:
    """Return a block of HTML, shown unchanged."""
    return block("html", html) if html else ""


def without_shortcodes(content: str) -> str:
    """Return a post in which what looks like a shortcode, ``[gallery]``, is a text."""
    return SHORTCODE.sub("&#91;", content)


def local_images(content: str) -> tuple[str, ...]:
    """Return the addresses of a post's images that are on no host."""
    found = dict.fromkeys(unescape(one[2]) for one in IMAGE.finditer(content))
    return tuple(address for address in found if not ELSEWHERE.match(address))


def readdressed(content: str, addresses: Mapping[str, str]) -> str:
    """Return a post whose images have other addresses, by those that they had."""

    def write(found: re.Match[str]) -> str:
        address = unescape(found[2])
        return f"{found[1]}{escape(addresses.get(address, address))}{found[3]}"

    return IMAGE.sub(write, content)
