"""The text of a target edition as a page of an existing site: the site's own front
matter, and addresses that lead where the page's readers should go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from translate_flow.article import parse
from translate_flow.article.front import Front, cut, read
from translate_flow.article.places import Refusal
from translate_flow.article.saying import Edit, Value, replacement, saying, spliced
from translate_flow.article.shortcodes import OPENS, REGION
from translate_flow.model import Block
from translate_flow.text.mask import HIDDEN
from translate_flow.text.pieces import bare

Lead = Callable[[str], str]
"""Turns an address in an article into the one on its page."""

TEMPLATED = r"\{\{[^\n]{0,1000}?\}\}|\{%[^\n]{0,1000}?%\}"
WHERE = rf"<[^<>\n]*>|(?:{TEMPLATED}|[^\s()<\\]|\\.|\((?:[^\s()\\]|\\.)*\))+"
SCAN = re.compile(
    rf"""(?P<inline> \]\( \s* (?P<where> {WHERE} ) )
    | (?P<definition> (?m:^)[ \t>]* \[(?!\^) (?:\\.|[^\[\]\\])+ \]: [ \t]*\n?[ \t]*
        (?P<to> <[^<>\n]*> | [^\s<]\S* ) )
    | {HIDDEN.pattern}""",
    re.VERBOSE | re.DOTALL,
)
QUOTED = re.compile(
    r"""(?:(?P<name>[\w:@.-]+)\s*=\s*\{?\s*)?(?P<quote>["'])(?P<value>(?:(?!(?P=quote)).)*)(?P=quote)""",
    re.DOTALL,
)
"""A text in quotes, with the name of the parameter or attribute that it is said of."""
WORDS = re.compile(
    "alt|caption|title|subtitle|header|heading|summary|description|label|name|id|class"
    "|classname|style|lang|width|height"
)
"""Parameters that are never addresses, even if they look like one."""
MODULE = re.compile(
    r"""(?P<before>\b(?:from|import|require\s*\(|import\s*\()\s*)"""
    r"""(?P<quote>["'])(?P<value>[^"'\n]+)(?P=quote)"""
)
FENCE = re.compile(r"[ \t>*+\-0-9.)]*(?:`{3}|~{3})")
NEWLINE = re.compile(r"\r\n?|\n")
LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")


def page(
    text: str,
    *,
    name: str,
    front: Mapping[str, Value],
    lead: Lead,
    headed: Lead = lambda heading: heading,
) -> str:
    """Return an article in the target language as a page of its site.

    :param text: what the Markdown exporter makes: it has front matter.
    :param name: the article's file, for errors; its suffix tells MDX.
    :param front: what the front matter is to say; an empty text takes a key away.
    :param lead: called with every address, code left aside.
    :param headed: called with every line that a heading begins with.
    :raises FlowError: if the front matter cannot be made to say that.
    """
    plain = NEWLINE.sub("\n", text)
    head = cut(plain, name)
    lines = LINES.findall(text)
    above = len(LINES.findall(plain[: head.end])) if head else 0
    blocks = parse(plain, name=name).blocks
    for n in (block.line - 1 for block in blocks if block.kind == "heading"):
        line = lines[n].rstrip("\r\n")
        lines[n] = headed(line) + lines[n][len(line) :]
    body = "".join(_led_body(lines, above, blocks, lead))
    if head is None:
        return body
    top = spliced("".join(lines[:above]), list(_led_front(head, lead)))
    return saying(top + body, front, name=name)


def exchanged(address: str, links: Mapping[str, str]) -> str:
    """Return an address with the longest beginning that fits exchanged. A beginning
    ends where a word does: ``/en`` does not fit ``/english``.

    :param links: beginnings, and what takes their place.
    """
    for old in sorted(links, key=len, reverse=True):
        rest = address[len(old) :]
        if address.startswith(old) and not (old[-1].isalnum() and rest[:1].isalnum()):
            return links[old] + rest
    return address


# --- the body ---------------------------------------------------------------


def _led_body(
    lines: Sequence[str], above: int, blocks: Sequence[Block], lead: Lead
) -> Iterator[str]:
    """Yield the text below the first lines with its addresses led; code stays.

    :param above: how many lines the front matter has.
    """
    done = above
    for first, last, write in _own_ways(lines, blocks):
        if first < done:
            continue
        yield _led("".join(lines[done:first]), lead)
        yield write("".join(lines[first:last]), lead)
        done = last
    yield _led("".join(lines[done:]), lead)


def _own_ways(
    lines: Sequence[str], blocks: Sequence[Block]
) -> Iterator[tuple[int, int, Callable[[str, Lead], str]]]:
    """Yield the lines that are not inline Markdown, and how their addresses are
    led."""
    for block in blocks:
        first, content = block.line - 1, "".join(map(str, block.content))
        if block.kind == "code":
            count = content.count("\n") + 2 * bool(FENCE.match(lines[first]))
            yield first, first + count, _as_it_is
        elif block.kind == "opaque":
            last = first + content.count("\n") + 1
            if OPENS.match(content):
                if REGION.match(content):
                    yield first, last, _as_it_is
            elif not content.startswith("<"):
                yield first, last, _led_module


def _as_it_is(text: str, lead: Lead) -> str:
    return text


def _led_module(text: str, lead: Lead) -> str:
    """Lead what MDX imports; maths and other foreign words have no address."""

    def write(found: re.Match[str]) -> str:
        quote = found["quote"]
        return f"{found['before']}{quote}{lead(found['value'])}{quote}"

    return MODULE.sub(write, text)


def _led(text: str, lead: Lead) -> str:
    return SCAN.sub(lambda found: _led_part(found, lead), text)


def _led_part(found: re.Match[str], lead: Lead) -> str:
    for name in ("where", "to"):
        if found[name] is not None:
            start, end = (at - found.start() for at in found.span(name))
            return found[0][:start] + _led_link(found[name], lead) + found[0][end:]
    if found["tag"] or found["shortcode"]:
        return _led_quoted(found[0], lead)
    if found["autolink"]:
        return f"<{lead(found[0][1:-1])}>"
    if found["url"]:
        url = bare(found[0])
        return lead(url) + found[0][len(url) :]
    return found[0]


def _led_link(where: str, lead: Lead) -> str:
    """Lead what stands in the brackets of a link: an address or what makes one."""
    if where.startswith("<"):
        return f"<{lead(where[1:-1])}>"
    led = lead(where)
    if re.match(r"\{[{%]", where):
        return led if led != where else _led_quoted(where, lead)
    return f"<{led}>" if re.search(r"[\s()]", led) and led != where else led


def _led_quoted(text: str, lead: Lead) -> str:
    """Lead the addresses among the parameters of a shortcode or a tag."""

    def write(found: re.Match[str]) -> str:
        name, value = (found["name"] or "").lower(), found["value"]
        if WORDS.fullmatch(name) or not value:
            return found[0]
        if name == "srcset":
            led = re.sub(
                r"[^\s,]+(?=\s|,|$)(?<![0-9][wx])", lambda m: lead(m[0]), value
            )
        elif re.search(r"\s", value):
            return found[0]
        else:
            led = lead(value)
        start, end = (at - found.start() for at in found.span("value"))
        return found[0][:start] + led + found[0][end:]

    return QUOTED.sub(write, text)


# --- front matter -----------------------------------------------------------


def _led_front(head: Front, lead: Lead) -> Iterator[Edit]:
    """Yield the edits that lead the addresses among front matter's values."""
    for scalar in read(head).scalars:
        led = scalar.text
        if re.fullmatch(r"\S*[/.]\S*", led):
            led = lead(led)
        if led != scalar.text:
            with suppress(Refusal):
                written = replacement(head, scalar, led)
                yield head.start + scalar.start, head.start + scalar.end, written
