"""The pictures that an article's front matter names and has a caption for: they stand
above its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from translate_flow.edition import Edition
from translate_flow.exporters.content.sides import front, key
from translate_flow.model import Block

CAPTION = "caption"
PICTURES = (
    *("image", "cover", "hero", "banner", "picture", "photo", "thumbnail"),
    *("featured_image", "feature_image", "featuredImage", "header_image"),
)
"""Keys of front matter that name a picture, or hold what is said of it."""
ADDRESSES = ("src", "url", "path", "file", "image", "relative")
"""Keys in there that say where it is."""
FIT = re.compile(r"[^<>\s\\]+(?: [^<>\s\\]+)*")


def opening(edition: Edition) -> Iterator[Block]:
    """Yield the blocks of pictures with a caption in front matter: the picture, if it
    says where that is, and below it the caption."""
    for pair in front(edition):
        holder, _, name = key(pair).rpartition(".")
        if name == CAPTION:
            if address := picture(edition.article.meta, holder):
                yield Block("paragraph", ("![", f"](<{address}>)"))
            yield Block("caption", (pair.segment.n,))


def picture(meta: Mapping[str, Any], holder: str) -> str:
    """Return the address of a picture in front matter; empty if it names none.

    :param holder: dotted path to what holds its caption; empty for the top.
    """
    found: Any = meta
    for part in filter(None, holder.split(".")):
        found = found.get(part) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        return ""
    named = [found.get(name) for name in (*PICTURES, *(ADDRESSES if holder else ()))]
    for one in named:
        inner = one.values() if isinstance(one, Mapping) else [one]
        for text in inner:
            if isinstance(text, str) and PICTURE.search(text) and FIT.fullmatch(text):
                return text
    return ""


PICTURE = re.compile(r"(?i)\.(?:png|jpe?g|gif|webp|avif|svg)(?:[?#]\S*)?$")
