"""HTML editions: one self-contained file, complete without its small script. Columns
side by side on wide screens, one language and its partner a tap away on phones, clean
in print."""

from __future__ import annotations

from translate_flow.edition import Edition
from translate_flow.exporters import Layout

NAME = "html"
SUFFIX = "html"
LAYOUTS: tuple[Layout, ...] = ("facing", "interleaved", "source", "target")


def export(edition: Edition, *, layout: Layout) -> str:
    """Return an HTML edition.

    :param layout: ``facing`` has two columns where the screen is wide enough,
        ``interleaved`` stacks pairs on every screen, ``source`` and ``target`` show
        one language.
    :raises FlowError: if the project's own template, ``edition.html``, is wrong.
    """
    from translate_flow.exporters.html.page import page

    return page(edition, layout)


def images(edition: Edition) -> tuple[str, ...]:
    """Return the addresses of the article's images as it writes them, without those
    on other hosts: a caller may read these files into ``edition.images``."""
    from translate_flow.exporters.inline.writer import local_images

    return local_images(export(edition, layout="source"))
