"""What only some engines let one set: choices, switches, names and numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from translate_flow.errors import FlowError


def choice(
    engine: str, settings: Mapping[str, Any], key: str, known: Collection[str]
) -> str:
    """Return one of some words, the first if nothing is said.

    :raises FlowError: for another one.
    """
    found = settings.get(key, next(iter(known)))
    if found not in known:
        hint = f"known: {', '.join(known)}"
        raise FlowError(f"engines.{engine}.{key}: {found!r} is none", hint=hint)
    return str(found)


def switch(engine: str, settings: Mapping[str, Any], key: str, default: bool) -> bool:
    """Return whether something is wanted.

    :raises FlowError: for anything but true and false.
    """
    found = settings.get(key, default)
    if not isinstance(found, bool):
        raise FlowError(f"engines.{engine}.{key}: must be true or false")
    return found


def name(engine: str, settings: Mapping[str, Any], key: str) -> str:
    """Return a name, empty if nothing is said.

    :raises FlowError: if it is no text on one line.
    """
    found = settings.get(key, "")
    if not isinstance(found, str) or not found.isprintable():
        raise FlowError(f"engines.{engine}.{key}: must be a name in quotes")
    return found.strip()


def number(
    engine: str,
    settings: Mapping[str, Any],
    key: str,
    default: float,
    span: tuple[float, float],
) -> float:
    """Return a number; a whole one if the default is.

    :param span: the least and the greatest that it may be.
    :raises FlowError: for anything else.
    """
    found = settings.get(key, default)
    kinds = (int,) if isinstance(default, int) else (int, float)
    fine = isinstance(found, kinds) and not isinstance(found, bool)
    if not fine or not span[0] <= found <= span[1]:
        kind = "whole number" if kinds == (int,) else "number"
        message = f"must be a {kind} from {span[0]:g} to {span[1]:g}"
        raise FlowError(f"engines.{engine}.{key}: {message}")
    return type(default)(found)
