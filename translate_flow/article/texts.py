"""Texts for readers among the attributes of tags, components and shortcodes.

One table names them for the generators that people use; a project may add to it. What
is not named and looks like words is no segment, but is told.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Literal, NamedTuple

from translate_flow.article.mdx import braces_end
from translate_flow.text.mask import HIDDEN, has_letters

ANY = "*"
"""Components and shortcodes of any name."""
HTML = "<>"
"""Elements of HTML of any name."""
LIST = "{}"
"""Attributes in braces behind an image or a link."""

TABLE: dict[str, dict[str, str]] = {
    "HTML": {
        HTML: "alt title placeholder aria-label aria-description aria-placeholder "
        "aria-roledescription aria-valuetext",
        "option": "label",
        "optgroup": "label",
        "track": "label",
        "input-button": "value",
    },
    "all": {
        ANY: "alt caption title subtitle header heading summary description tooltip "
        "placeholder aria-label ariaLabel",
    },
    "Hugo": {
        "figure": "attr",
        "details": "1",
        "expand": "1 2",
        "tab": "1 name",
        "notice": "2",
        "hint": "2",
        "tabs": "items",
        "button": "text label",
        "badge": "1 text content",
        "card": "footer tag",
        "glossary_tooltip": "text",
        "attachments": "1",
    },
    "Docsy": {
        "card": "footer",
        "card-code": "footer",
        "tab": "header",
        "blocks/link-down": "text",
        "iframe": "sub",
    },
    "Docusaurus": {
        "TabItem": "label",
        "Tab": "label",
        "BrowserWindow": "label",
        "Highlight": "text",
    },
    "Starlight": {
        "TabItem": "label",
        "Badge": "text",
        "LinkCard": "label",
        "LinkButton": "text label",
        "Icon": "label",
    },
    "Quarto": {LIST: "fig-alt fig-cap tbl-cap lst-cap"},
    "MkDocs": {"image": "text", "card": "text", "button": "text"},
    "Jekyll": {
        "include": "content text label alert_title toc_title",
        "include_relative": "content text label",
        "include_cached": "content text label",
        "render": "content text label",
    },
}
"""By the system that has them, constructs and their texts: names, or the number of one
that has none. Names are compared without regard to case."""

ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym address applet area article aside b base basefont bdi bdo big "
        "blink blockquote body br button caption center cite code col colgroup dd del "
        "details dfn dir div dl dt em embed fieldset figcaption figure font footer "
        "form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input "
        "ins kbd label legend li link main map mark marquee menu meta nav nobr "
        "noframes noscript object ol optgroup option output p param picture pre q s "
        "samp script section select small source span strike strong style sub summary "
        "sup table tbody td textarea tfoot th thead time title tr track tt u ul var "
        "video wbr",
    )
)
CAPITALS = re.compile(r"</?([A-Z][A-Z0-9]*)(?=[\s/>]|\Z)")
"""A tag that may be an element of HTML, as people wrote them."""

TAG = re.compile(r"<(?P<name>[A-Za-z][\w.:-]*)(?=[\s/>{])")
ATTRIBUTE = re.compile(
    r"""\s*(?: (?P<spread>\{) | /(?!>)
    | (?P<name>[^\s=>"'/{}<]+)
      (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<braces>\{)
        |(?P<bare>[^\s"'=<>`{}]+)))? )""",
    re.VERBOSE,
)
STRING = re.compile(
    r"""\{\s*(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'
    |`(?P<raw>[^`\\$]*)`)\s*\}""",
    re.VERBOSE | re.DOTALL,
)
"""An expression of MDX that is nothing but a text."""
WORDS_IN_CODE = re.compile(
    r"""(?P<quote>["'`])(?P<said>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote)"""
    r"""|(?<=>)(?P<child>[^<>{}]+)(?=<)""",
    re.DOTALL,
)
IN_LIST = re.compile(r"""(?P<name>[\w-]+)="(?P<said>[^"]*)\"""")
SHORTCODE = re.compile(
    r"\{\{<(?P<angle>.*?)>\}\}|\{\{%(?P<percent>.*?)%\}\}|\{%-?(?P<liquid>.*?)-?%\}",
    re.DOTALL,
)
NAME = re.compile(r"\s*(?P<name>[\w./-]+)")
ARGUMENT = re.compile(
    r"""(?:(?P<name>[\w.-]+)\s*=\s*)?
    (?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|`(?P<raw>[^`]*)`)
    | [^\s"'`]+""",
    re.VERBOSE | re.DOTALL,
)
QUOTES = {"double": '"', "single": "'", "raw": "`", "bare": ""}

CODE_NAME = re.compile(
    r"""(?:.*(?:class(?:es|name|list)?|style|id|src|url|href|link|path|files?|query
    |sql|code|cmd|command|colou?r|size|icon|date|format|lang|language|script|regex|args)
    | rel|sizes|srcset|media|allow|sandbox|d|points|transform|viewbox|values|values_list
    | .*key|type|kind|mode|options|params|keywords|tags|template|pattern|keys|value|name
    | on\w+|data-.*|x-.*|v-.*|:.*|@.*|\#.*|client:.*|set:.*|slot|as|is|sx|css|w|h
    | hl_lines|linenos|mark|ins|del|meta|frame)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Parameters that are for machines, whatever they hold."""
CODE_CONSTRUCTS = frozenset(
    re.findall(
        r"[\w-]+",
        "ref relref param youtube vimeo tweet x gist instagram readfile code-toggle "
        "highlight code codenew assign capture case when if elsif else unless for "
        "cycle tablerow increment decrement raw verbatim link post_url layout extends "
        "block set macro import from with liquid echo comment swagger openapi",
    )
)
"""Shortcodes and tags whose own words are addresses, conditions or code."""

SIGNS = re.compile(r"[{}<>=;|\\$@#/]|\w[.:_]\w|\w\(")
PURE = re.compile(r"[\"'“‘(\[]*[^\W\d_]{2,}(?:[’'][^\W\d_]+)*[,.;:!?…)\]\"'”’]*")
"""A word with nothing but letters in it."""
CJK = re.compile("[\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")


class Text(NamedTuple):
    """A text in a construct, without its quotes."""

    construct: str
    name: str
    start: int
    end: int
    quote: str
    """The sign around it; empty for an attribute of HTML without one."""

    form: Literal["attribute", "parameter", "title", "html"]
    """How it is escaped."""

    held: bool
    """Whether readers see it for sure, so that it is a segment; else it may be seen."""

    reach: int = 0
    """Where the attribute ends that has more such texts; 0 if it has one."""

    @property
    def kind(self) -> str:
        """The kind of its segment."""
        name = self.name.lower()
        if name.endswith("alt"):
            return "alt"
        return name if name == "caption" else "title"


class Unheld(NamedTuple):
    """Words that readers see, or may see, and that no segment holds."""

    line: int
    """1-based line of the article's file where they begin."""

    text: str
    why: str
    """What they are."""

    setting: str = ""
    """What ``project.texts`` may say of them; empty if that would not help."""

    last: int = 0
    """1-based line up to which more of the kind may stand."""


@dataclass(frozen=True, slots=True)
class Names:
    """Which attributes and parameters are texts for readers."""

    texts: frozenset[str]
    others: frozenset[str]

    def says(self, construct: str, name: str, *, html: bool = False) -> bool | None:
        """Whether readers see an attribute; None if nobody said."""
        for first in (construct, HTML if html else ANY):
            path = f"{first}.{name}".lower()
            if path in self.others:
                return False
            if path in self.texts:
                return True
        return None


@lru_cache
def named(own: Sequence[str] = ()) -> Names:
    """Return the table with what a project adds to it.

    :param own: ``construct.name`` or ``name`` for any construct; ``!`` before it says
        that it is not for readers.
    """
    known = (
        f"{construct}.{name}".lower()
        for system in TABLE.values()
        for construct, names in system.items()
        for name in names.split()
    )
    texts: set[str] = set(known)
    others: set[str] = set()
    for said in own:
        path = said.removeprefix("!").lower()
        paths = {path} if "." in path else {f"{ANY}.{path}", f"{HTML}.{path}"}
        (others if said.startswith("!") else texts).update(paths)
        (texts if said.startswith("!") else others).difference_update(paths)
    return Names(frozenset(texts), frozenset(others))


def is_element(tag: str) -> bool:
    """Whether a tag in capitals is an element of HTML, as people wrote them once."""
    found = CAPITALS.match(tag)
    return found is not None and found[1].lower() in ELEMENTS


# --- finding them -----------------------------------------------------------


def texts(markup: str, names: Names) -> Iterator[Text]:
    """Yield the texts in the tags, components and shortcodes of a piece of markup."""
    pos, ends = 0, len(markup)
    while pos < ends:
        tag, short = TAG.search(markup, pos), SHORTCODE.search(markup, pos)
        if short and (tag is None or short.start() < tag.start()):
            yield from _of_shortcode(short, names)
            pos = short.end()
        elif tag:
            pos = yield from of_tag(tag, names)
        else:
            return


def of_tag(tag: re.Match[str], names: Names) -> Generator[Text, None, int]:
    """Yield the texts among the attributes of a tag; return where they end."""
    markup, construct = tag.string, tag["name"]
    html = construct[0].islower() or is_element(tag[0])
    found = list(_attributes(markup, tag.end()))
    if construct.lower() == "input":
        types = {markup[a:b].lower() for name, _, (a, b) in found if name == "type"}
        if types & {"button", "submit", "reset"}:
            construct = "input-button"
    for name, field, span in found:
        if field == "braces":
            yield from _of_expression(construct, name, markup, span, names)
        elif html or field != "bare":
            said = names.says(construct, name, html=html)
            one = _Value(construct, name, markup, span, QUOTES[field], said)
            yield from one.texts(html=html)
    return found[-1][2][1] if found else tag.end()


def _attributes(markup: str, pos: int) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Yield name, kind and span of each attribute that begins at an offset or later."""
    while (one := ATTRIBUTE.match(markup, pos)) and one.end() > pos:
        pos = one.end()
        if one["spread"] or one["braces"]:
            end = braces_end(markup, pos - 1)
            if end is None:
                return
            if one["name"]:
                yield one["name"], "braces", (pos - 1, end)
            pos = end
        elif field := next((f for f in ("double", "single", "bare") if one[f]), None):
            yield one["name"], field, one.span(field)


def _of_expression(
    construct: str, name: str, markup: str, span: tuple[int, int], names: Names
) -> Iterator[Text]:
    """Yield the text of an attribute in braces, or what in them may be one."""
    said = names.says(construct, name)
    if whole := STRING.fullmatch(markup, *span):
        field = next(f for f in ("double", "single", "raw") if whole[f] is not None)
        at, quote = whole.span(field), QUOTES[field]
        yield from _Value(construct, name, markup, at, quote, said).texts(string=True)
        return
    if said is False or (said is None and CODE_NAME.fullmatch(name)):
        return
    for one in WORDS_IN_CODE.finditer(markup, *span):
        field = "said" if one["quote"] else "child"
        words = one[field]
        sure = said or field == "child"
        if looks_said(words) or (sure and has_letters(words)):
            at = one.span(field)
            yield Text(construct, name, *at, "", "parameter", False, span[1])
            return


def _of_shortcode(found: re.Match[str], names: Names) -> Iterator[Text]:
    group = found.lastgroup or "liquid"
    start, end = found.span(group)
    head = NAME.match(found.string, start, end)
    if head is None or head["name"].startswith("/"):
        return
    construct, place = head["name"], 0
    for one in ARGUMENT.finditer(found.string, head.end(), end):
        field = next((f for f in ("double", "single", "raw") if one[f]), None)
        name = one["name"]
        if not name:
            place += field is not None or "=" not in one[0]
            name = str(place)
        if field is None:
            continue
        said = names.says(construct, name)
        if said is not None or construct not in CODE_CONSTRUCTS:
            at, quote = one.span(field), QUOTES[field]
            value = _Value(construct, name, found.string, at, quote, said)
            yield from value.texts(string=group != "liquid")


@dataclass(frozen=True, slots=True)
class _Value:
    """An attribute, and whether readers see it, if anybody said so."""

    construct: str
    name: str
    markup: str
    span: tuple[int, int]
    quote: str
    said: bool | None

    def texts(self, *, html: bool = False, string: bool = False) -> Iterator[Text]:
        """Yield it as a text, if it is one or may be one."""
        value = self.markup[slice(*self.span)]
        unknown = self.said is None
        if self.said is False or not value or (unknown and html):
            return
        if unknown and (CODE_NAME.fullmatch(self.name) or not looks_said(value)):
            return
        form: Literal["attribute", "parameter"] = "parameter" if string else "attribute"
        yield Text(
            self.construct, self.name, *self.span, self.quote, form, bool(self.said)
        )


def inside(text: str, names: Names) -> Iterator[Text]:
    """Yield the texts of inline Markdown in which nothing else is left to translate:
    those of its tags and shortcodes, and the titles of its links."""
    for found in HIDDEN.finditer(text):
        group = found.lastgroup or ""
        if group in ("tag", "shortcode"):
            for one in texts(found[0], names):
                at = found.start()
                reach = one.reach + at if one.reach else 0
                yield one._replace(start=one.start + at, end=one.end + at, reach=reach)
        elif group == "link_end":
            yield from _of_link(found)
    yield from hidden(text, names)


def hidden(text: str, names: Names) -> Iterator[Text]:
    """Yield the texts of attributes in braces, and what looks like maths or
    placeholders, and like words as well."""
    if "{" not in text and "$" not in text:
        return
    for found in HIDDEN.finditer(text):
        if found.lastgroup == "braces" and '="' in found[0]:
            for one in IN_LIST.finditer(text, *found.span()):
                said = names.says(LIST, one["name"])
                value = _Value(LIST, one["name"], text, one.span("said"), '"', said)
                yield from value.texts()
            continue
        if found.lastgroup in ("braces", "maths") and looks_said(found[0].strip("${}")):
            yield Text(found.lastgroup, "", *found.span(), "", "parameter", False)


LINK_TITLE = re.compile(r"\s(?:\"(?P<d>.*)\"|'(?P<s>.*)'|\((?P<p>.*)\))\s*\)\Z", re.S)


def _of_link(found: re.Match[str]) -> Iterator[Text]:
    title = LINK_TITLE.search(found[0], found.end("address") - found.start())
    if title is None:
        return
    field = title.lastgroup or "d"
    start, end = title.span(field)
    quote = {"d": '"', "s": "'", "p": "()"}[field]
    at = found.start()
    yield Text("link", "title", start + at, end + at, quote, "title", True)


def shown(markup: str, text: Text) -> str:
    """Return what readers see of a text. Liquid and HTML know no backslashes."""
    value = markup[text.start : text.end]
    if text.form == "parameter" and text.quote != "`":
        value = re.sub(r"\\([\"'\\])", r"\1", value)
    return value.replace("&quot;", '"')


def skeleton(markup: str, names: Names) -> str:
    """Return markup that is carried over without the texts that may change."""
    done, last = "", 0
    for found in texts(markup, names):
        if found.held:
            done += markup[last : found.start] + '""' * (not found.quote)
            last = found.end
    return done + markup[last:]


# --- words ------------------------------------------------------------------


def looks_said(value: str) -> bool:
    """Whether a value that nobody named looks like words for readers: of Korean,
    Chinese or Japanese letters, or some words in a row."""
    value = value.strip()
    if SIGNS.search(value):
        return False
    if CJK.search(value):
        return True
    words = value.split()
    pure = sum(PURE.fullmatch(word) is not None for word in words)
    if pure < 2 or pure < len(words) / 2:
        return False
    return len(words) >= 3 or value[0].isupper()


def worded(text: str) -> bool:
    """Whether anything is left to translate, letters that are written as entities
    (``&eacute;``) included."""
    if has_letters(text):
        return True
    return "&" in text and has_letters(ENTITY.sub(_letter, text))


def _letter(found: re.Match[str]) -> str:
    char = unescape(found[0])
    return char if char.isalpha() else " "
