"""Addresses of servers: read by the parser that connects, and written so that every
other parser reads the same.

Programs differ in where they see a host end. So what they could differ in is refused:
a host has letters, digits, ``-`` and ``.``, or is an address of IPv6 in brackets.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from translate_flow.errors import FlowError

PORTS = {"http": 80, "https": 443}
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*")
"""What a host may be called, in small letters: whole labels and nothing else."""
LONGEST_NAME = 253
ODD_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$")
"""How what some programs take for a number of IPv4 ends: ``127.1``, ``0x7f.1``."""

BEGIN = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
NO_NAMES = "names and passwords do not belong there"

AT_HOME = ("local", "lan", "home", "internal", "home.arpa")
"""Domains that no network but one's own has."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is."""

    scheme: str
    """``http`` or ``https``."""

    host: str
    """In small letters; an address of IPv6 without its brackets."""

    port: int
    path: str
    """From the first slash on, with what follows a ``?``."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """What decides who is asked."""
        return self.scheme, self.host, self.port

    @property
    def netloc(self) -> str:
        """The host as people read it, with a port if it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def local(self) -> bool:
        """Whether it is on this computer."""
        number = self._number()
        return self.host == "localhost" if number is None else number.is_loopback

    @property
    def private(self) -> bool:
        """Whether only this computer and one's own network can mean it."""
        number = self._number()
        if number is not None:
            return number.is_loopback or number.is_private or number.is_link_local
        return "." not in self.host or any(below(self.host, one) for one in AT_HOME)

    def _number(self) -> IPv4Address | IPv6Address | None:
        try:
            return ip_address(self.host)
        except ValueError:
            return None


def below(host: str, domain: str) -> bool:
    """Whether a host is below a domain, by whole labels."""
    labels, wanted = host.split("."), domain.split(".")
    return len(labels) > len(wanted) and labels[-len(wanted) :] == wanted


def parsed(url: str) -> Address:
    """Read an address of the web.

    :raises ValueError: with the reason, if it is none, or programs might disagree on
        where it leads.
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    if not url.isprintable() or " " in url or "\\" in url:
        raise ValueError("it has blanks, backslashes or invisible characters")
    if (begin := BEGIN.match(url)) is None:
        raise ValueError("it must begin with http:// or https://")
    if "@" in begin[1]:
        raise ValueError(NO_NAMES)
    if not begin[1].isascii():
        raise ValueError("write its host as programs do, with xn--")
    try:
        found = parse_url(url)
    except LocationParseError:
        raise ValueError("nobody could tell which host it means") from None
    scheme = str(found.scheme)
    port = PORTS[scheme] if found.port is None else found.port
    if not 1 <= port <= 65535:
        raise ValueError("there is no such port")
    return Address(scheme, _host(found.host or ""), port, found.request_uri)


def _host(written: str) -> str:
    """Return a host that all programs take for the same.

    :raises ValueError: for any other.
    """
    host = written.lower()
    if host.startswith("[") and host.endswith("]") and "%" not in host:
        with suppress(ValueError):
            return str(IPv6Address(host[1:-1]))
    elif len(host) <= LONGEST_NAME and NAME.fullmatch(host):
        if not ODD_NUMBER.search(host):
            return host
        with suppress(ValueError):
            return str(IPv4Address(host))
    raise ValueError('a host has letters, digits, "-" and "." between them')


def refusal(name: str, url: object, reason: ValueError) -> FlowError:
    """Return the error for what is no address; a password in it is not told.

    :param name: of the setting or variable that holds it.
    :param reason: what ``parsed`` says.
    """
    if str(reason) == NO_NAMES:
        return FlowError(f"{name}: {NO_NAMES}", hint="take out what ends in @")
    shown = "what it says" if "@" in str(url) else repr(url)
    return FlowError(f"{name}: {shown} is not an address of the web", hint=str(reason))
