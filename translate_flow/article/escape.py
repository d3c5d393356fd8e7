"""Backslashes that keep a text the kind of block that it is."""

from __future__ import annotations

import re

OPENER = re.compile(
    r"""(?P<number>[0-9]{1,9})(?=[.)](?:[ \t]|$))
      | (?P<definition>\[[^\]]+\])(?=:)
      | (?= [-+*](?:[ \t]|$) | \#{1,6}(?:[ \t]|$) | [>|<{$] | `{3} | ~{3} | :{3} | /{3}
          | [:~][ \t] | !!! | \?\?\? | === | =+[ \t]*$ | -+[ \t]*$
          | (?:[-*_][ \t]*){3,}$ | [-:|][-:|\ \t]*$ )""",
    re.VERBOSE,
)
"""What may open another kind of block at the beginning of a line."""
TASK = re.compile(r"\[[ xX]\](?:[ \t]|$)")
"""What ticks a list item."""
FAR = re.compile(r"\$\$(?!.*\$\$)|\{/\*(?!.*\*/\})")
"""What opens another kind of block if anything further down closes it."""
MODULE = re.compile(r"(?:im|ex)port\b")
SIGN = re.compile(r"[!-/:-@\[-`{-~]")
TAIL = re.compile(r"(^|[ \t])(#+[ \t]*)$")


def escape_line_starts(rows: list[str], *, opens: bool, firmly: bool) -> list[str]:
    """Return the lines of one block with backslashes where a line would open another
    kind of block, and nowhere else.

    :param opens: whether the first line begins a block, not the middle of a line.
    :param firmly: escape every sign that a line begins with.
    """
    if firmly:
        return [_firm(row) if i or opens else row for i, row in enumerate(rows)]
    done: list[str] = []
    for i, row in enumerate(rows):
        suspect = (i or opens) and OPENER.match(row)
        if suspect and (FAR.match(row) or not _is_paragraph([*done, row], opens)):
            row = escape(row)
        done.append(row)
    if _could_open(done) and not _is_paragraph(done, opens):
        return [_firm(row) if i or opens else row for i, row in enumerate(rows)]
    return done


def escape(row: str) -> str:
    """Return a line that opens nothing: ``1919\\. 3. 1.``, ``\\# x``, ``[x]\\: y``."""
    found = OPENER.match(row)
    at = found.end() if found else 0
    return f"{row[:at]}\\{row[at:]}"


def heading_tail(text: str) -> str:
    """Return the text of a heading so that no ``#`` at its end closes it."""
    return TAIL.sub(r"\1\\\2", text)


def _firm(row: str) -> str:
    if MODULE.match(row):
        return f"&#{ord(row[0])};{row[1:]}"
    found = OPENER.match(row)
    if (found and found[0]) or SIGN.match(row):
        row = escape(row) if not row.startswith("\\") else row
    return row.replace("|", "&#124;")


def _could_open(rows: list[str]) -> bool:
    return any(SIGN.match(row) or MODULE.match(row) for row in rows)


def _is_paragraph(rows: list[str], opens: bool) -> bool:
    """Whether lines are one paragraph, also below another one."""
    from translate_flow.article.grammar import parse

    before = "a\n\n" if opens else "a\n\nb "
    parsed = parse(before + "\n".join(rows))
    kinds = [token.type for token in parsed.tokens]
    paragraph = ["paragraph_open", "inline", "paragraph_close"]
    if kinds != paragraph * 2 or parsed.references:
        return False
    return len(parsed.tokens[4].meta["lines"]) == len(rows)
