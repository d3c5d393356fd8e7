"""Backslashes that keep a text the kind of block that it is."""

from __future__ import annotations

import re

from translate_flow.text.mask import mask

OPENER = re.compile(
    r"""(?P<number>[0-9]{1,9})(?=[.)](?:[ \t]|$))
      | (?P<definition>\[[^\]]+\])(?=:)
      | (?= [-+*](?:[ \t]|$) | \#{1,6}(?:[ \t]|$) | [>|<{$] | `{3} | ~{3} | :{3} | /{3}
          | [:~][ \t] | !!! | \?\?\? | === | =+[ \t]*$ | -+[ \t]*$
          | \*\[ | \[!\w | \[\[?_?(?i:toc)_?\] | -+8<
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
FOLD = re.compile(r"(?<=\S) (?=[^\W\d_])")
PIPE = "&#124;"
NEAR = 2
"""Lines above one that decide with it whether it opens a block."""
TAIL = re.compile(r"(^|[ \t])(#+[ \t]*)$")


def escape_line_starts(rows: list[str], *, opens: bool, firmly: int) -> list[str]:
    """Return the lines of one block with backslashes where a line would open another
    kind of block, and nowhere else.

    :param opens: whether the first line begins a block, not the middle of a line.
    :param firmly: 1 to make pipes entities, 2 to escape every sign that a line begins
        with as well.
    """
    if firmly:
        return _firm(rows, opens, firmly)
    done: list[str] = []
    for i, row in enumerate(rows):
        suspect = (i or opens) and OPENER.match(row)
        if suspect:
            near = [*done[-NEAR:], row]
            if FAR.match(row) or not _is_paragraph(near, opens or i > NEAR):
                row = escape(row)
        done.append(row)
    if not _could_open(done) or _is_paragraph(done, opens):
        return done
    milder = _firm(done, opens, 1)
    return milder if _is_paragraph(milder, opens) else _firm(done, opens, 2)


def escape(row: str) -> str:
    """Return a line that opens nothing: ``1919\\. 3. 1.``, ``\\# x``, ``[x]\\: y``."""
    found = OPENER.match(row)
    at = found.end() if found else 0
    return f"{row[:at]}\\{row[at:]}"


def heading_tail(text: str) -> str:
    """Return the text of a heading so that no ``#`` at its end closes it."""
    return TAIL.sub(r"\1\\\2", text)


def fold(row: str) -> list[str]:
    """Return a line as two where it has a space before a letter: what stands below a
    text of one line may make it something else, as in a definition list."""
    found = FOLD.search(mask(row))
    return [row[: found.start()], row[found.end() :]] if found else [row]


def _firm(rows: list[str], opens: bool, firmly: int) -> list[str]:
    rows = [_without_pipes(row) for row in rows]
    if firmly == 1:
        return rows
    return [_opening_nothing(row) if i or opens else row for i, row in enumerate(rows)]


def _without_pipes(row: str) -> str:
    if "|" not in row:
        return row
    shown = mask(row)
    return "".join(PIPE if shown[i] == "|" else sign for i, sign in enumerate(row))


def _opening_nothing(row: str) -> str:
    if MODULE.match(row):
        return f"&#{ord(row[0])};{row[1:]}"
    found = OPENER.match(row)
    if (found and found[0]) or SIGN.match(row):
        return escape(row) if not row.startswith("\\") else row
    return row


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
