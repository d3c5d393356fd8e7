"""Tell the words of inline Markdown from what no translator touches."""

from __future__ import annotations

import re

HIDDEN = re.compile(
    r"""
    (?P<kept> \\[!-/:-@\[-`{-~] )                         # an escaped sign stays
  | (?P<code> (?<!`)(`+)(?!`) .*? (?<!`)\3(?!`) )
  | <!-- .*? -->
  | <https?:[^<>\s]*> | <[\w.+-]+@[\w.-]+>                # autolinks
  | </?[A-Za-z][\w.:-]*                                   # tags, JSX attributes too
      (?: "[^"]*" | '[^']*' | \{(?:[^{}]|\{[^{}]*\})*\} | [^<>"'{}] )* >
  | </?>
  | \{\{.*?\}\} | \{%.*?%\}                               # shortcodes, variables
  | \]\( \s* (?: <[^<>\n]*> | (?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))* )
      (?: \s+ (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'
        | \((?:[^()\\]|\\.)*\) ) )? \s* \)
  | \]\[ [^\[\]]* \]
  | \[\^ [^\[\]\s]+ \]
  | \$\$ .+? \$\$
  | (?<![\w$])\$ (?=\S) [^$\n]*? (?<=[^\s\\]) \$ (?![\w$]) # $x$, but not $5 and $6
  | https?://[^\s<>()]* (?:\([^\s<>()]*\)[^\s<>()]*)*
  | (?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
  | \$?\{ [^{}\n]* \}                                     # {name}, ${x}, { #id }
  | %\([A-Za-z_]\w*\)[#0+-]?\d*(?:\.\d+)?[a-z]
  | %(?:\d+\$)?[#0+-]?\d*(?:\.\d+)?[sdifgxXeEcr](?!\w)
  | &(?:[A-Za-z][A-Za-z0-9]*|\#[0-9]+|\#[xX][0-9A-Fa-f]+);
    """,
    re.VERBOSE | re.DOTALL,
)
PLAIN = re.compile(r"[^`<{\[\]$:@%&]*")
"""Text without any of the signs that a hidden part has."""
LETTER = re.compile(r"[^\W\d_]")


def mask(text: str) -> str:
    """Return inline Markdown with code, addresses, HTML tags, placeholders, shortcodes
    and maths replaced by NULs, character by character: offsets stay what they were."""
    if PLAIN.fullmatch(text):
        return text
    return HIDDEN.sub(_hide, text)


def has_letters(text: str) -> bool:
    """Say whether anything is left to translate when the rest is masked."""
    return LETTER.search(mask(text)) is not None


def _hide(found: re.Match[str]) -> str:
    return found[0] if found["kept"] else "\0" * len(found[0])
