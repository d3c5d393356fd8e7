"""Addresses that stand bare in a text, as links."""

from __future__ import annotations

import re
from html import escape, unescape

from translate_flow.exporters.inline.whole import TAGS
from translate_flow.text.pieces import bare

SIGN = r'(?:(?!&(?:lt|gt|quot|\#\w+);)[^\s<>()"])*'
ADDRESS = re.compile(
    rf"(?<![\w/.@-])(?:https?://|www\.(?=[\w-]+\.)){SIGN}(?:\({SIGN}\){SIGN})*"
)
UNLINKED = re.compile(r"<(/?)(?:a|code|kbd|samp|pre)\b")
HOST = re.compile(r"https?://[\w-]+(?:[.:][\w-]+)*(?![^/?#])", re.ASCII)


def linked(html: str) -> str:
    """Return sanitised HTML in which web addresses are links that stand in the text
    itself, in no link and no code."""
    if "://" not in html and "www." not in html:
        return html
    parts, within = TAGS.split(html), 0
    for i, part in enumerate(parts):
        if i % 2 and (tag := UNLINKED.match(part)):
            within += -1 if tag[1] else 1
        elif i % 2 == 0 and not within:
            parts[i] = ADDRESS.sub(_link, part)
    return "".join(parts)


def _link(found: re.Match[str]) -> str:
    address = bare(unescape(found[0]))
    shown = escape(address, quote=False)
    where = address if "://" in address else f"https://{address}"
    if not found[0].startswith(shown) or not HOST.match(where):
        return found[0]
    link = f'<a href="{escape(where)}" rel="noopener noreferrer">{shown}</a>'
    return link + found[0][len(shown) :]
