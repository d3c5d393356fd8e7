"""A bilingual publishing workflow for Korean and English articles.

What stands in ``__all__`` is promised; :mod:`translate_flow.api` describes it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_flow.api import *  # noqa: F403

__version__ = "0.1.0"

__all__ = [  # noqa: F405
    "Article",
    "Catalog",
    "Change",
    "Drifted",
    "Edition",
    "Exported",
    "Finding",
    "FlowError",
    "Layout",
    "Mark",
    "Order",
    "Pair",
    "Segment",
    "Standing",
    "State",
    "SyncResult",
    "Unit",
    "Workspace",
    "edition",
    "export",
    "new_catalog",
    "open",
    "parse",
    "read_catalog",
    "sync",
    "take",
    "write_catalog",
]


def __getattr__(name: str) -> object:
    """Load all promised names when the first is asked for: the command line, which
    needs none, starts faster. Two of them are names of modules, too, and hide these."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    api = import_module("translate_flow.api")
    globals().update({known: getattr(api, known) for known in __all__})
    return globals()[name]


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
