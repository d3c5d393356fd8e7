"""WordPress editions: block HTML to be pasted into the code editor. Pairs stand in
columns; blocks are the editor's own, as it saves them, so it has nothing to recover."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from translate_flow.edition import Edition
from translate_flow.exporters import Layout
from translate_flow.exporters.inline import told

NAME = "wordpress"
SUFFIX = "wp.html"
LAYOUTS: tuple[Layout, ...] = ("facing", "interleaved", "source", "target")


def export(edition: Edition, *, layout: Layout) -> str:
    """Return a post to be pasted. Of two languages both titles stand above it: the
    editor has one field, for both or for either.

    :param layout: ``facing`` has two columns for each block and its translation,
        ``interleaved`` one after the other, ``source`` and ``target`` one language.
    """
    from translate_flow.exporters.wordpress.post import post

    return post(edition, layout, titled=layout in ("facing", "interleaved"))


def content(edition: Edition, layout: Layout) -> str:
    """Return the content of a post whose title the site is told by itself."""
    from translate_flow.exporters.wordpress.post import post

    return post(edition, layout)


def title(edition: Edition, layout: Layout) -> str:
    """Return the title of a post as HTML; of a bilingual one in both languages."""
    return escape(told.title(edition, layout), quote=False)


def images(content: str) -> tuple[str, ...]:
    """Return the addresses of a post's images that are not on the web yet, as the
    article writes them."""
    from translate_flow.exporters.wordpress.blocks import local_images

    return local_images(content)


def with_images(content: str, uploaded: Mapping[str, str]) -> str:
    """Return a post whose images have the addresses that they were uploaded to."""
    from translate_flow.exporters.wordpress.blocks import readdressed

    return readdressed(content, uploaded)
