"""What ``[engines.<name>]`` in the settings says, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from translate_flow.engines.network import Patience
from translate_flow.errors import FlowError

COMMON = ("url", "timeout", "per_minute", "price")
"""The settings of every engine that has a server."""


def checked(
    engine: str, settings: Mapping[str, Any], known: Collection[str]
) -> Mapping[str, Any]:
    """Return the settings of an engine, their names and the price looked at.

    :param known: the settings that it has.
    :raises FlowError: for one that it has not, or a price that is none.
    """
    for key in settings:
        if key not in known:
            hint = f"known: {', '.join(known)}" if known else f"{engine} has none"
            raise FlowError(f"unknown setting engines.{engine}.{key}", hint=hint)
    price(engine, settings)
    return settings


def address(engine: str, settings: Mapping[str, Any], default: str) -> str:
    """Return where an engine is.

    :raises FlowError: if ``url`` is not an address of the web.
    """
    url = settings.get("url", default)
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname is not None
        secret = parts.password is not None or parts.username is not None
    except (ValueError, AttributeError):
        fine = secret = False
    if not fine:
        message = f"engines.{engine}.url: {url!r} is not an address of the web"
        raise FlowError(message, hint='like "http://127.0.0.1:5000/"')
    if secret:
        message = f"engines.{engine}.url: names and passwords do not belong there"
        raise FlowError(message, hint="take out what stands before the @")
    return str(url)


def patient(engine: str, settings: Mapping[str, Any], patience: Patience) -> Patience:
    """Return how long to wait for an engine.

    :raises FlowError: if ``timeout`` is not a number of seconds.
    """
    seconds = _number(settings, "timeout", patience.answer)
    if seconds is None or not 0 < seconds <= 3600:
        message = f"engines.{engine}.timeout: must be a number of seconds up to 3600"
        raise FlowError(message)
    return replace(patience, answer=seconds)


def per_minute(engine: str, settings: Mapping[str, Any], default: float) -> float:
    """Return how many requests an engine may get in a minute; 0: any number.

    :raises FlowError: if ``per_minute`` is not such a number.
    """
    found = _number(settings, "per_minute", default)
    if found is None or not 0 <= found <= 60_000:
        message = f"engines.{engine}.per_minute: must be a number of requests"
        raise FlowError(message, hint="0 lets it be asked as often as it answers")
    return found


def price(engine: str, settings: Mapping[str, Any]) -> float | None:
    """Return what a million characters cost, in whatever money; None if nobody said.

    :raises FlowError: if ``price`` is not an amount of money.
    """
    if "price" not in settings:
        return None
    found = _number(settings, "price", 0)
    if found is None or not 0 <= found < 1e12:
        message = f"engines.{engine}.price: must be a number, for a million characters"
        raise FlowError(message, hint="like 20 or 2.5, without the currency")
    return found


def _number(settings: Mapping[str, Any], key: str, default: float) -> float | None:
    """Return a setting that is a number; None if it is something else."""
    found = settings.get(key, default)
    fine = isinstance(found, int | float) and not isinstance(found, bool)
    return float(found) if fine else None
