"""What ``[engines.<name>]`` in the settings says, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from translate_flow.errors import FlowError
from translate_flow.wire.addresses import Address, parsed, refusal
from translate_flow.wire.network import Patience

COMMON = ("url", "timeout", "per_minute", "price")
"""The settings of every engine that has a server."""


def checked(
    engine: str, settings: Mapping[str, Any], known: Collection[str]
) -> Mapping[str, Any]:
    """Return the settings of an engine, their names and the price looked at.

    :param known: the settings that it has.
    :raises FlowError: for one that it does not have, or a price that is not an amount.
    """
    for key in settings:
        if key not in known:
            path = f"engines.{engine}.{key}"
            hint = f"known: {', '.join(known)}" if known else f"{engine} has none"
            raise FlowError(f"unknown setting {path}", hint=hint, setting=path)
    price(engine, settings)
    return settings


def wrong(engine: str, key: str, message: str, hint: str | None = None) -> FlowError:
    """Return an error about a setting of an engine."""
    path = f"engines.{engine}.{key}"
    return FlowError(f"{path}: {message}", hint=hint, setting=path)


def address(
    engine: str, settings: Mapping[str, Any], named: Address | None, own: str
) -> Address:
    """Return where an engine is: where the settings say, else the user, else at home.

    :param named: the server that the environment names.
    :raises FlowError: if ``url`` is not an address of the web.
    """
    url = settings.get("url", named or own)
    if isinstance(url, Address):
        return url
    try:
        if not isinstance(url, str):
            raise ValueError('like "http://127.0.0.1:5000/"')
        if "?" in url or "#" in url:
            raise ValueError("leave out what follows ? or #")
        return parsed(url)
    except ValueError as error:
        path = f"engines.{engine}.url"
        raise replace(refusal(path, url, error), setting=path) from None


def patient(engine: str, settings: Mapping[str, Any], patience: Patience) -> Patience:
    """Return how long to wait for an engine.

    :raises FlowError: if ``timeout`` is not a number of seconds.
    """
    seconds = _number(settings, "timeout", patience.answer)
    if seconds is None or not 0 < seconds <= 3600:
        raise wrong(engine, "timeout", "must be a number of seconds up to 3600")
    return replace(patience, answer=seconds)


def per_minute(engine: str, settings: Mapping[str, Any], default: float) -> float:
    """Return how many requests an engine may get in a minute; 0: any number.

    :raises FlowError: if ``per_minute`` is not such a number.
    """
    found = _number(settings, "per_minute", default)
    if found is None or not 0 <= found <= 60_000:
        hint = "0 lets it be asked as often as it answers"
        raise wrong(engine, "per_minute", "must be a number of requests", hint)
    return found


def price(engine: str, settings: Mapping[str, Any]) -> float | None:
    """Return what a million characters cost, in whatever money; None if nobody said.

    :raises FlowError: if ``price`` is not an amount of money.
    """
    if "price" not in settings:
        return None
    found = _number(settings, "price", 0)
    if found is None or not 0 <= found < 1e12:
        hint = "like 20 or 2.5, without the currency"
        message = "must be a number, for a million characters"
        raise wrong(engine, "price", message, hint)
    return found


def _number(settings: Mapping[str, Any], key: str, default: float) -> float | None:
    """Return a setting that is a number; None if it is something else."""
    found = settings.get(key, default)
    fine = isinstance(found, int | float) and not isinstance(found, bool)
    return float(found) if fine else None


# --- what only some engines have ---------------------------------------------


def choice(
    engine: str, settings: Mapping[str, Any], key: str, known: Collection[str]
) -> str:
    """Return one of some words, the first if nothing is said.

    :raises FlowError: for another one.
    """
    found = settings.get(key, next(iter(known)))
    if found not in known:
        hint = f"known: {', '.join(known)}"
        raise wrong(engine, key, f"{found!r} is none", hint)
    return str(found)


def switch(engine: str, settings: Mapping[str, Any], key: str, default: bool) -> bool:
    """Return whether something is wanted.

    :raises FlowError: for anything but true and false.
    """
    found = settings.get(key, default)
    if not isinstance(found, bool):
        raise wrong(engine, key, "must be true or false")
    return found


def name(engine: str, settings: Mapping[str, Any], key: str) -> str:
    """Return a name, empty if nothing is said.

    :raises FlowError: if it is no text on one line.
    """
    found = settings.get(key, "")
    if not isinstance(found, str) or not found.isprintable():
        raise wrong(engine, key, "must be a name in quotes")
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
        raise wrong(engine, key, message)
    return type(default)(found)
