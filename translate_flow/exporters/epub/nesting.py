"""Elements where they may stand: authors' own HTML often breaks the content models of
HTML, which browsers forgive and bookshops' validators do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from translate_flow.exporters.inline.whole import INLINE
from translate_flow.exporters.inline.writer import BLOCKS

TRANSPARENT = frozenset({"a", "del", "ins"})
"""May hold what their parent may hold."""

WORDS_ONLY = (INLINE - TRANSPARENT) | frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"}
)

HOMES = {
    "caption": "table",
    "col": "colgroup",
    "colgroup": "table",
    "dd": "dl",
    "dt": "dl",
    "figcaption": "figure",
    "li": "ol ul",
    "rp": "ruby",
    "rt": "ruby",
    "tbody": "table",
    "td": "tr",
    "tfoot": "table",
    "th": "tr",
    "thead": "table",
    "tr": "table tbody tfoot thead",
}
"""Which elements may hold an element that cannot stand everywhere."""

REST = r"(?:(?!{} )\S+ )"
MODELS = {
    "dl": re.compile(r"(?:(?:dt )+(?:dd )+)*"),
    "figure": re.compile(
        "(?:figcaption )?{0}*|{0}*(?:figcaption )?".format(REST.format("figcaption"))
    ),
    "ol": re.compile(r"(?:li )*"),
    "ruby": re.compile(f"(?:{REST.format('r[tp]')}+(?:rt |rp (?:rt rp )+))+"),
    "table": re.compile(
        r"(?:caption )?(?:colgroup )*(?:thead )?(?:tbody |tr )*(?:tfoot )?"
    ),
    "ul": re.compile(r"(?:li )*"),
}
"""What an element must hold: tags in their order, ``#`` for text."""

EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})


def fit(root: Element) -> None:
    """Turn elements that stand or hold what they must not into plain ones, from the
    outermost: their words stay."""
    for child in root:
        tag = child.tag
        if root.tag not in HOMES.get(tag, root.tag).split() or not _holds_well(child):
            inline = tag in INLINE and not _has_blocks(child)
            child.tag = "span" if inline else "div"
            child.attrib = {k: v for k, v in child.items() if k in EVERYWHERE}
        fit(child)


def _holds_well(element: Element) -> bool:
    model = MODELS.get(element.tag)
    if model and not model.fullmatch("".join(_content(element))):
        return False
    return element.tag not in WORDS_ONLY or not _has_blocks(element)


def _has_blocks(element: Element) -> bool:
    return any(
        inner.tag in BLOCKS and inner.tag not in INLINE
        for inner in element.iter()
        if inner is not element
    )


def _content(element: Element) -> Iterator[str]:
    if (element.text or "").strip():
        yield "# "
    for child in element:
        yield f"{child.tag} "
        if (child.tail or "").strip():
            yield "# "
