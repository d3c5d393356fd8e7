"""Keys: read from the environment alone, and sent only where they belong.

The address of a server may stand in the settings of a project, and a project may come
from anybody. So the settings never say where a key goes: that is the home of the
engine, or what the environment names, which is the user's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from translate_flow.errors import FlowError
from translate_flow.wire.addresses import (
    Address,
    below,
    parsed,
    refusal,
)


def held(environ: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """Return the variable that :func:`found` takes the key from, alone; none if it has
    none."""
    return tuple(name for name in names if environ.get(name, "").strip())[:1]


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


def named(environ: Mapping[str, str], variable: str) -> Address | None:
    """Return the server that the user lets have a key.

    :param variable: of the environment, with the address of the server.
    :raises FlowError: if there is something else in it.
    """
    url = environ.get(variable, "").strip()
    try:
        return parsed(url) if url else None
    except ValueError as error:
        raise refusal(variable, url, error) from None


def at_home(server: Address, homes: Collection[str], named: Address | None) -> bool:
    """Whether a key may be sent to a server: protected, unless it goes no farther than
    one's own network.

    :param homes: hosts that the key is for; all hosts below one that begins with a dot.
    :param named: the server that the user lets have it.
    :raises FlowError: if the user does, and it would go through the open net for
        everybody to read.
    """
    if named is not None and named.origin == server.origin:
        if server.scheme == "https" or server.private:
            return True
        message = f"a key goes to {server.netloc} over https alone"
        raise FlowError(message, hint="write https:// in its address")
    return server.scheme == "https" and any(
        below(server.host, home[1:]) if home.startswith(".") else server.host == home
        for home in homes
    )


def guarded(
    engine: str,
    server: Address,
    homes: Collection[str],
    named: Address | None,
    variable: str,
) -> None:
    """See to it that a key goes home, to this computer, or where the user says.

    :param variable: by which the user lets another server have it.
    :raises FlowError: if it would go to a stranger, or unprotected.
    """
    if not server.local and not at_home(server, homes, named):
        path = f"engines.{engine}.url"
        raise FlowError(
            f"{path}: the key is not for {server.netloc}",
            hint=f"if that server may have it, set {variable} to its address",
            setting=path,
        )
