"""Keys: read from the environment alone, and sent only where they belong.

The address of a server may stand in the settings of a project, and a project may come
from anybody. So the settings never say where a key goes: that is the home of the
engine, or what the environment names, which is the user's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from translate_flow.errors import FlowError

PORTS = {"http": 80, "https": 443}


def found(environ: Mapping[str, str], *names: str) -> str:
    """Return the first key that the environment has; empty if it has none.

    :raises FlowError: for what cannot be a key.
    """
    for name in names:
        key = environ.get(name, "").strip()
        if key and not (key.isascii() and key.isprintable() and " " not in key):
            hint = "keys have no blanks and no letters beyond A to Z; copy it again"
            raise FlowError(f"{name} is not a key", hint=hint)
        if key:
            return key
    return ""


def at_home(url: str, homes: Collection[str], named: str = "") -> bool:
    """Whether a key may be sent to an address.

    :param homes: hosts that the key is for; all hosts below one that begins with a dot.
    :param named: an address in the environment of the user.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    known = any(
        host.endswith(home) if home.startswith(".") else host == home for home in homes
    )
    return (known and parts.scheme == "https") or (
        bool(named) and _origin(url) == _origin(named)
    )


def stranger(engine: str, url: str, variable: str) -> FlowError:
    """Return the error for a server that the key is not for.

    :param variable: by which the user lets another server have it.
    """
    host = urlsplit(url).netloc
    return FlowError(
        f"engines.{engine}.url: the key is not for {host}",
        hint=f"if that server may have it, set {variable} to its address",
    )


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)
