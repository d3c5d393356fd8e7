"""Engines that translate by machine: one small module for each.

A new one gets a module with ``make`` and a line in the table below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from translate_flow.engines import google, libretranslate, mymemory, pseudo
from translate_flow.engines.engine import Engine, Trouble, Unsupported, Unusable
from translate_flow.engines.network import Patience
from translate_flow.errors import FlowError

__all__ = [
    "ENGINES",
    "Engine",
    "Patience",
    "Trouble",
    "Unsupported",
    "Unusable",
    "get",
]

Make = Callable[[Mapping[str, Any], Mapping[str, str], Patience], Engine]

ENGINES: Mapping[str, Make] = {
    google.NAME: google.make,
    mymemory.NAME: mymemory.make,
    libretranslate.NAME: libretranslate.make,
    pseudo.NAME: pseudo.make,
}


def get(
    name: str,
    *,
    settings: Mapping[str, Any],
    environ: Mapping[str, str],
    patience: Patience | None = None,
) -> Engine:
    """Make an engine ready. Nothing is sent yet.

    :param settings: what ``[engines.<name>]`` says.
    :param environ: where keys are looked up.
    :param patience: how long to wait for it; the usual time if not said.
    :raises FlowError: for an engine that is none, settings that it does not know, or
        without a key that it needs.
    """
    make = ENGINES.get(name)
    if make is None:
        hint = f"engines are {', '.join(ENGINES)}"
        raise FlowError(f"unknown engine {name!r}", hint=hint)
    return make(settings, environ, patience or Patience())
