"""Engines that translate by machine: one small module for each.

A new one gets a module with ``make`` and a line in the table below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from translate_flow.engines import (
    chat as openai,
)
from translate_flow.engines import (
    deepl,
    google,
    libretranslate,
    mymemory,
    papago,
    pseudo,
)
from translate_flow.engines.engine import Assignment, Engine, Passage
from translate_flow.errors import FlowError
from translate_flow.wire.network import Patience

__all__ = [
    "ENGINES",
    "Assignment",
    "Engine",
    "Kind",
    "Passage",
    "Patience",
    "get",
]

Make: TypeAlias = Callable[[Mapping[str, Any], Mapping[str, str], Patience], Engine]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be said of an engine without making it."""

    name: str
    """What the user calls it."""

    make: Make
    """Makes it of its settings, the environment and how long to wait."""

    keys: tuple[str, ...]
    """Environment variables that it reads: its keys."""

    settings: tuple[str, ...]
    """What ``[engines.<name>]`` may say."""

    says: str
    """What it is, in one line for people."""

    per_minute: float = 0
    """Requests in a minute if the settings do not say; 0: any number."""

    free: bool = False
    """Whether nobody pays for it, wherever it is."""


ENGINES: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            google.NAME,
            google.make,
            (),
            google.SETTINGS,
            "Google's page for small devices: no key, and no promises",
            per_minute=google.PER_MINUTE,
            free=True,
        ),
        Kind(
            mymemory.NAME,
            mymemory.make,
            (),
            mymemory.SETTINGS,
            "a memory with a machine behind it: no key, a quota for each day",
            free=True,
        ),
        Kind(
            libretranslate.NAME,
            libretranslate.make,
            (libretranslate.KEY,),
            libretranslate.SETTINGS,
            "LibreTranslate, on this computer or on a server",
        ),
        Kind(
            deepl.NAME,
            deepl.make,
            deepl.KEYS,
            deepl.SETTINGS,
            "DeepL, with neighbours and the glossary of the project",
        ),
        Kind(
            papago.NAME,
            papago.make,
            papago.KEYS,
            papago.SETTINGS,
            "Papago of NAVER Cloud, at home in Korean",
        ),
        Kind(
            openai.NAME,
            openai.make,
            (openai.KEY,),
            openai.SETTINGS,
            "a language model: OpenAI, Ollama, vLLM, llama.cpp and others",
        ),
        Kind(
            pseudo.NAME,
            pseudo.make,
            (),
            (),
            "filler in the letters of the language, for trying out",
            free=True,
        ),
    )
}
"""All engines, in the order in which people are told of them."""


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
    :raises FlowError: for an unknown engine, a setting that it does not have, or a
        missing key.
    """
    kind = ENGINES.get(name)
    if kind is None:
        hint = f"engines are {', '.join(ENGINES)}"
        raise FlowError(f"unknown engine {name!r}", hint=hint)
    return kind.make(settings, environ, patience or Patience())
