"""Where sentences end, in English and Korean: a view inside a segment."""

from __future__ import annotations

import re

END = re.compile(
    r"""(?P<stop>[.!?…。！？]+)
    (?P<close>["'”’」』)\]*_]*)
    (?P<blank>\s+)
    (?P<open>["'“‘「『(\[*_]*)
    (?=(?P<next>\S))""",
    re.VERBOSE,
)
SHORT = re.compile(
    r"""(?:^|[\s("'“‘])(?:
    (?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|Hon|St|Sr|Jr|Mt
    |No|Nos|Vol|vol|pp?|ch|sec|fig|Fig|ed|eds|vs|etc|al|cf|approx|ca|Inc|Ltd|Co|Corp
    |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun
    |e\.g|i\.e|a\.m|p\.m|[A-Z](?:\.[A-Z])*)
    )\.$""",
    re.VERBOSE,
)
"""A stop behind one of these ends no sentence, or perhaps none."""
NUMBER = re.compile(r"\d\.$")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, each with the blanks behind it; joined they are
    the text. In doubt, two sentences are one."""
    parts: list[str] = []
    done = 0
    for found in END.finditer(text):
        if _ends(text, done, found):
            at = found.end("blank")
            parts.append(text[done:at])
            done = at
    rest = text[done:]
    return (*parts, rest) if rest else tuple(parts)


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    if "\n\n" in found["blank"]:
        return True
    following = found["next"]
    if following.islower() and following.isascii():
        return False
    if found["stop"] != ".":
        return True
    head = text[start : found.end("stop")]
    if NUMBER.search(head) and (following.isdigit() or len(head.split()) == 1):
        return False
    return SHORT.search(head) is None
