"""What ``[engines.<name>]`` in the settings says, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from translate_flow.engines.network import Patience
from translate_flow.errors import FlowError


def checked(
    engine: str, settings: Mapping[str, Any], known: Collection[str]
) -> Mapping[str, Any]:
    """Return the settings of an engine.

    :param known: the settings that it has.
    :raises FlowError: for one that it has not.
    """
    for key in settings:
        if key not in known:
            hint = f"known: {', '.join(known)}" if known else f"{engine} has none"
            raise FlowError(f"unknown setting engines.{engine}.{key}", hint=hint)
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
    seconds = settings.get("timeout", patience.answer)
    fine = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not fine or not 0 < seconds <= 3600:
        message = f"engines.{engine}.timeout: must be a number of seconds up to 3600"
        raise FlowError(message)
    return replace(patience, answer=float(seconds))
