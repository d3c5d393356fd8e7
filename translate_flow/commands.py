"""Command lines that people are told to type: each can be copied into a shell as it
stands, whatever an article is called."""

from __future__ import annotations

import re

_BARE = re.compile(r"[\w@%+:,./-][\w@%+=:,./-]*")
"""What no shell takes for more than letters, in any script."""
_ESCAPES = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\\": r"\\", "'": r"\'"}


def command(verb: str, *names: str, tail: str = "") -> str:
    """Return a command of tflow.

    :param verb: with what is fixed of it: ``accept``, ``export``.
    :param names: places, slugs and files, as they are called.
    :param tail: options and words to be filled in, as they are typed.
    """
    words = ["tflow", verb, *map(named, names), tail]
    return " ".join(filter(None, words))


def named(name: str) -> str:
    """Return a name as a shell wants it, and as nobody takes it for an option."""
    return word(f"./{name}" if name.startswith("-") else name)


def word(text: str) -> str:
    """Return a text as one word of a command line."""
    if _BARE.fullmatch(text):
        return text
    if not text.isprintable():
        return f"$'{''.join(map(_escaped, text))}'"
    return "'" + text.replace("'", "'\\''") + "'"


def _escaped(letter: str) -> str:
    if letter in _ESCAPES or letter.isprintable():
        return _ESCAPES.get(letter, letter)
    return "".join(f"\\x{byte:02x}" for byte in letter.encode("utf-8", "replace"))
