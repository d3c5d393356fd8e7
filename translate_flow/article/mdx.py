"""How many lines of a text are MDX: components, expressions, imports and exports.

Each function gets a text that may go on for many lines and returns how many of them
the construct takes, 0 if it is something else, None if the text ends inside it.
"""

from __future__ import annotations

import re

TAG = re.compile(r"</?(?:[A-Z][\w.]*(?=[\s/>]|\Z)|(?=>))")
"""The start of a component or fragment tag; lower case is HTML."""
ANY_TAG = re.compile(r"</?(?:[A-Za-z][\w.-]*(?=[\s/>]|\Z)|(?=>))")
IN_TAG = re.compile(r"[^>\"'{<]+")
IN_BRACES = re.compile(r"(?:[^{}\"'`/\\]|\\.)+", re.DOTALL)
STRING = re.compile(r"""(["'`])(?:\\.|(?!\1)[^\\])*\1""", re.DOTALL)
BLANKS = re.compile(r"[ \t]*")
LINE_END = re.compile(r"[ \t]*(?:\n|$)")
IMPORT = re.compile(
    r"""import\s+(?:type\s+)?
    (?: (?:[\w$]+\s*,\s*)? (?:[\w$]+|\*\s+as\s+[\w$]+|\{[^{}"']*\}) \s+from\s+
      | (?:[\w$]+\s*,\s*)? \{[^{}"']*\}\s*from\s* )?
    (?:"[^"\n]+"|'[^'\n]+')[ \t]*;?[ \t]*(?=\n|$)""",
    re.VERBOSE,
)
IMPORT_BEGINS = re.compile(r"import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{[^{}]*$")
EXPORT = re.compile(
    r"""export\s+(?: default\s+(?:async\s+)?function\b | default\s+class\s+\w
      | default\s+(?:[({]|[\w$]+;?[ \t]*(?=\n|$)|[\w$]+\()
      | (?:const|let|var)\s+[\w${\[][^=\n]*= | (?:async\s+)?function\s*\*?\s*[\w$]+\s*\(
      | class\s+[\w$]+\s*(?:\{|extends\b) | \{[^{}"']*\}
      | \*\s+(?:as\s+[\w$]+\s+)?from\s
      | (?:type|interface)\s+[\w$]+[^\n]*[={] )""",
    re.VERBOSE,
)
OPENING, CLOSING = "([{", ")]}"


def component(text: str) -> int | None:
    """Component tags with nothing else on their lines."""
    if TAG.match(text) is None:
        return 0
    end: int | None = 0
    while end is not None:
        end = _tag_end(text, end)
        if end is None:
            return None
        if LINE_END.match(text, end):
            return text.count("\n", 0, end) + 1
        end = BLANKS.match(text, end).end()  # type: ignore[union-attr]
        if ANY_TAG.match(text, end) is None:
            return 0
    return None


def expression(text: str) -> int | None:
    """One pair of braces with nothing else on its lines."""
    end = braces_end(text, 0) if "}" in text else None
    if end is None:
        return None
    return text.count("\n", 0, end) + 1 if LINE_END.match(text, end) else 0


def module(text: str) -> int | None:
    """One import or export, not prose that begins with that word."""
    if found := IMPORT.match(text):
        return text.count("\n", 0, found.end()) + 1
    if IMPORT_BEGINS.match(text):
        return None if "\n" not in text else 0
    if EXPORT.match(text) is None:
        return 0
    return _balanced_lines(text)


def _tag_end(text: str, start: int) -> int | None:
    found = ANY_TAG.match(text, start)
    pos = found.end() if found else len(text)
    while pos < len(text):
        char = text[pos]
        if char == ">":
            return pos + 1
        if char == "{":
            end = braces_end(text, pos)
        elif char in "\"'":
            end = text.find(char, pos + 1) + 1 or None
        else:
            rest = IN_TAG.match(text, pos)
            end = rest.end() if rest else None
        if end is None:
            return None
        pos = end
    return None


def braces_end(text: str, start: int) -> int | None:
    """Return where the braces end that begin at an offset; None if they never do."""
    depth, pos = 0, start
    while pos < len(text):
        char = text[pos]
        if char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return pos + 1
        pos = _past(text, pos)
    return None


def _past(text: str, pos: int) -> int:
    """Return the position after a string, a run of plain characters or one sign."""
    found = STRING.match(text, pos) or IN_BRACES.match(text, pos)
    return found.end() if found else pos + 1


def _balanced_lines(text: str) -> int | None:
    """Return the lines up to the one where all brackets are closed."""
    depth = pos = 0
    while pos < len(text):
        char = text[pos]
        if char == "\n" and depth <= 0:
            break
        depth += (char in OPENING) - (char in CLOSING)
        found = STRING.match(text, pos)
        pos = found.end() if found else pos + 1 + (char == "\\")
    return text.count("\n", 0, pos) + 1 if depth <= 0 else None
