"""What is no word of a language and is never hyphenated: addresses and names of code
outside of code."""

from __future__ import annotations

import re

from translate_flow.exporters.inline.whole import TAGS

OPENS = '<span class="as-is">'
ADDRESS = re.compile(
    r"(?:https?://|www\.)(?:(?!&[lg]t;)[!-~])*[\w/]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:\w+[.:])*\w+(?:_\w+)+(?:[.:]\w+)*",
    re.ASCII,
)
CODE = re.compile(r"<(/?)(?:code|kbd|samp|pre)\b")


def verbatim(html: str) -> str:
    """Return sanitised inline HTML with an element around what must not be
    hyphenated."""
    parts, within = TAGS.split(html), 0
    for i, part in enumerate(parts):
        if i % 2 and (tag := CODE.match(part)):
            within += -1 if tag[1] else 1
        elif i % 2 == 0 and not within:
            parts[i] = ADDRESS.sub(lambda found: f"{OPENS}{found[0]}</span>", part)
    return "".join(parts)
