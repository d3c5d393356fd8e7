"""Tell the words of inline Markdown from what no translator touches."""

from __future__ import annotations

import re

HIDDEN = re.compile(
    r"""
    (?P<kept> \\[!-/:-@\[-`{-~] )                         # an escaped sign stays
  | (?P<code> (?<!`)(?P<ticks>`+)(?!`) .*? (?<!`)(?P=ticks)(?!`) )
  | (?P<comment> <!-- .{0,4000}? --> )
  | (?P<autolink> <https?:[^<>\s]*> | <[\w.+-]+@[\w.-]+> )
  | (?P<tag> </?[A-Za-z][\w.:-]*                          # JSX attributes too
      (?: "[^"]{0,2000}" | '[^']{0,2000}' | \{(?:[^{}]|\{[^{}]*\}){0,2000}\}
        | [^<>"'{}]++ ){0,200} >
      | </?> )
  | (?P<shortcode> \{\{.{0,1000}?\}\} | \{%.{0,1000}?%\} )  # template variables too
  | (?P<link_end> \]\( \s*
      (?P<address> <[^<>\n]*> | (?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))* )
      (?: \s+ (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'
        | \((?:[^()\\]|\\.)*\) ) )? \s* \) )
  | (?P<reference> \]\[ (?P<label>[^\[\]]*) \] )
  | (?P<note> \[\^ [^\[\]\s]+ \] )
  | (?P<maths> \$\$ .+? \$\$                              # $x$, but not $5 and $6
      | (?<![\w$])\$ (?=\S) [^$\n]*? (?<=[^\s\\]) \$ (?![A-Za-z0-9_$]) )
  | (?P<url> https?://[^\s<>()]* (?:\([^\s<>()]*\)[^\s<>()]*)* )
  | (?P<email> (?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+ )
  | (?P<braces> \$?\{ [^{}\n]* \} )                       # {name}, ${x}, { #id }
  | (?P<format> %\([A-Za-z_]\w*\)[#0+-]?\d*(?:\.\d+)?[a-z]
      | %(?:\d+\$)?[#0+-]?\d*(?:\.\d+)?[sdifgxXeEcr](?![A-Za-z0-9_]) )
  | (?P<entity> &(?:[A-Za-z][A-Za-z0-9]*|\#[0-9]+|\#[xX][0-9A-Fa-f]+); )
    """,
    re.VERBOSE | re.DOTALL,
)
"""What is hidden, each kind as a group by its name; within ``code`` its ``ticks``,
within ``link_end`` its ``address``, within ``reference`` its ``label``. Lengths have
bounds, or a page of opening signs that nothing closes would take minutes."""
PLAIN = re.compile(r"[^`<{\[\]$:@%&]*")
"""Text without any of the signs that a hidden part has."""
PLAIN_WORDS = re.compile(r"(?:[^`<{\[\]$:@%&\s]*(?:\s+|\Z))*")
"""Words that have none of those signs: nothing in them is hidden."""
LETTER = re.compile(r"[^\W\d_]")


def mask(text: str) -> str:
    """Return inline Markdown with code, addresses, HTML tags, placeholders, shortcodes
    and maths replaced by NULs, character by character: offsets stay what they were."""
    if PLAIN.fullmatch(text):
        return text
    return HIDDEN.sub(_hide, text)


def has_letters(text: str) -> bool:
    """Say whether anything is left to translate when the rest is masked."""
    if (sure := PLAIN_WORDS.match(text)) and LETTER.search(sure[0]):
        return True
    return LETTER.search(mask(text)) is not None


def _hide(found: re.Match[str]) -> str:
    return found[0] if found["kept"] else "\0" * len(found[0])
