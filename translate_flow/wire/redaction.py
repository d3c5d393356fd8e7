"""Keys taken out of what servers say."""

from __future__ import annotations

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote, quote_plus

SHORTEST = 4
"""Characters of a secret. What is shorter guards nothing, and would be found in any
word."""
KEY = "[key]"
"""What stands in a secret's place."""


def pattern(secrets: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds secrets in a text in every form in which servers and libraries
    repeat them; None if there are none."""
    whole = {secret.strip() for secret in secrets}
    found = {
        form for secret in whole if len(secret) >= SHORTEST for form in _as(secret)
    }
    if not found:
        return None
    longest_first = sorted(found, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def _as(secret: str) -> Iterator[str]:
    """Yield a secret as it is, in addresses, in JSON, in HTML and in base 64."""
    yield secret
    yield from (quote(secret), quote(secret, ""), quote_plus(secret))
    for whole in (True, False):
        written = json.dumps(secret, ensure_ascii=whole)[1:-1]
        yield from (written, written.replace("/", "\\/"))
    yield from (escape(secret), repr(secret)[1:-1])
    for encoded in (b64encode(secret.encode()), urlsafe_b64encode(secret.encode())):
        yield encoded.decode().rstrip("=")


def without(found: re.Pattern[str] | None, text: str) -> str:
    """Return a text in which ``[key]`` stands for every secret."""
    return found.sub(KEY, text) if found else text
