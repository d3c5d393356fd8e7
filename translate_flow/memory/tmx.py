"""TMX 1.4: a memory as a file that every translation tool reads.

Reading is bounded and safe: whatever declares an entity is refused, nothing outside of
the file is ever fetched. Of inline elements, codes are dropped and words are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from translate_flow import __version__
from translate_flow.memory.entries import MemoryUnit
from translate_flow.xml import Reader

MOST_LETTERS = 100_000
"""Of one text; longer ones are skipped."""

CHARACTER = "x-tflow-char"
"""Type of a placeholder that stands for a character that XML cannot hold."""

MADE, ABOVE, SENTENCE = "x-tflow-made", "x-tflow-above", "x-tflow-sentence"
"""Types of our properties."""

CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements around the codes of a format, which are no words."""

_PLACEHOLDER = re.compile(r"\{[^{}<>]*\}|%(?:\d+\$|\(\w+\))?[a-zA-Z@]|\$\{\w+\}")
"""A code that belongs to the text: what a program puts a value into."""

# --- reading ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tmx:
    """What a TMX file holds."""

    entries: tuple[MemoryUnit, ...]
    """Each text in each two of its languages."""

    languages: Mapping[str, int]
    """Tags of the texts as the file writes them, and how many there are."""

    skipped: Mapping[str, int]
    """Tags of texts whose language is not wanted, and how many there are."""

    alone: int = 0
    """Units that are left with one language, or none."""


def same_tag(tag: str) -> str:
    """Take every language as the file writes it."""
    return tag


def read_tmx(
    data: bytes, *, name: str, language: Callable[[str], str | None] = same_tag
) -> Tmx:
    """Read a TMX file, 1.4 or older.

    :param name: what to call the file in errors.
    :param language: gives the tag that a language is to have; None skips its texts.
    :raises FlowError: naming the line, if it is no TMX file or is not safe to read.
    """
    reader = _Reader(name, language)
    reader.read(data)
    return Tmx(
        tuple(reader.entries),
        dict(reader.languages),
        dict(reader.skipped),
        reader.alone,
    )


@dataclass(slots=True)
class _Variant:
    """A ``tuv``: a text in one language."""

    tag: str
    text: list[str] = field(default_factory=list)
    props: dict[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


class _Reader(Reader):
    """Takes the parts of a file one by one and makes entries of them."""

    FORMAT, ROOTS, LARGEST = "TMX", frozenset({"tmx"}), 1 << 30

    def __init__(self, name: str, language: Callable[[str], str | None]) -> None:
        self.entries: list[MemoryUnit] = []
        self.languages: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.alone = 0
        super().__init__(name)
        self._language = language
        self._source = ""
        self._path: list[str] = []
        self._unit: Mapping[str, str] = {}
        self._props: dict[str, str] = {}
        self._variants: list[_Variant] = []
        self._prop: tuple[str, list[str]] = ("", [])
        self._code: tuple[str, list[str]] = ("", [])
        """Type and text of the outermost code that is open."""

    # --- elements -----------------------------------------------------------

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Begin a unit, a variant, a property or a code."""
        if element == "header":
            self._source = attributes.get("srclang", "")
        elif element == "tu":
            self._unit, self._props, self._variants = attributes, {}, []
        elif element == "tuv":
            tag = attributes.get("xml:lang") or attributes.get("lang") or ""
            self._variants.append(_Variant(tag, attributes=attributes))
        elif element == "prop":
            self._prop = (attributes.get("type", ""), [])
        elif element in CODES and not self._in_code():
            self._code = (attributes.get("type", ""), [])
        self._path.append(element)

    def end(self, element: str) -> None:
        """Finish what began."""
        self._path.pop()
        if element == "tu":
            self._finish()
        elif element == "prop":
            kind, parts = self._prop
            in_variant = "tuv" in self._path and self._variants
            props = self._variants[-1].props if in_variant else self._props
            props[kind] = "".join(parts)
        elif element in CODES and not self._in_code() and "seg" in self._path:
            self._add(_meant(self._code[0], "".join(self._code[1])))

    def text(self, text: str) -> None:
        """Add to what is open."""
        where = self._path[-1] if self._path else ""
        if where == "prop":
            self._prop[1].append(text)
        elif "seg" not in self._path:
            return
        elif where in CODES:
            self._code[1].append(text)
        elif not self._in_code():
            self._add(text)

    def _in_code(self) -> bool:
        return not CODES.isdisjoint(self._path)

    def _add(self, text: str) -> None:
        if self._variants:
            self._variants[-1].text.append(text)

    # --- units --------------------------------------------------------------

    def _finish(self) -> None:
        """Make entries of the unit that ends here."""
        texts: dict[str, tuple[_Variant, str]] = {}
        for variant in self._variants:
            text = "".join(variant.text)
            tag = self._language(variant.tag)
            counts = self.languages if tag else self.skipped
            counts[variant.tag] += 1
            if tag and text.strip() and len(text) <= MOST_LETTERS:
                texts.setdefault(tag, (variant, text))
        if len(texts) < 2:
            self.alone += 1
        for one, two in combinations(self._ordered(texts), 2):
            self.entries.append(self._entry(texts, one, two))
        self._variants = []

    def _ordered(self, tags: Iterable[str]) -> list[str]:
        """Return tags with that of the source first."""
        source = self._language(self._unit.get("srclang") or self._source)
        return sorted(tags, key=lambda tag: tag != source)

    def _entry(
        self, texts: Mapping[str, tuple[_Variant, str]], one: str, two: str
    ) -> MemoryUnit:
        (first, text), (second, target) = texts[one], texts[two]
        nearest = (second.attributes, self._unit)
        sentence = self._props.get(SENTENCE, "")
        return MemoryUnit(
            ((one, text), (two, target)),
            place=self._unit.get("tuid", ""),
            by=_first(nearest, "changeid", "creationid"),
            on=_day(_first(nearest, "changedate", "creationdate")),
            made=self._props.get(MADE, ""),
            above=(first.props.get(ABOVE, ""), second.props.get(ABOVE, "")),
            sentence=int(sentence) if re.fullmatch(r"[0-9]{1,6}", sentence) else 0,
        )


def _meant(kind: str, code: str) -> str:
    """Return what of a code belongs to the text."""
    if kind == CHARACTER:
        number = int(code, 16) if re.fullmatch(r"[0-9A-F]{1,6}", code) else 0x110000
        return chr(number) if number < 0x110000 else ""
    return code if _PLACEHOLDER.fullmatch(code.strip()) else ""


def _first(attributes: Sequence[Mapping[str, str]], *names: str) -> str:
    found = (one[name] for one in attributes for name in names if one.get(name))
    return next(found, "")


def _day(stamp: str) -> str:
    """Return the ISO date of a TMX time, ``20261124T093000Z``; empty if it is none."""
    found = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", stamp, re.ASCII)
    return "-".join(found.groups()) if found else ""


# --- writing ----------------------------------------------------------------

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="tflow" creationtoolversion="{version}" segtype="paragraph" \
o-tmf="tflow" adminlang="en" srclang="{source}" datatype="plaintext"/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file can hold."""

_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE = {**_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def write_tmx(entries: Iterable[MemoryUnit]) -> bytes:
    """Write entries as a TMX 1.4 file: the same entries, the same bytes."""
    kept = list(entries)
    sources = {entry.texts[0][0] for entry in kept}
    source = sources.pop() if len(sources) == 1 else "*all*"
    head = _HEAD.format(version=__version__, source=_attribute(source))
    units = (line for entry in kept for line in _unit(entry, source))
    return "".join((head, *units, _TAIL)).encode()


def _unit(entry: MemoryUnit, source: str) -> Iterator[str]:
    (one, text), (two, target) = entry.texts
    stamp = entry.on.replace("-", "") + "T000000Z" if entry.on else ""
    attributes = {
        "tuid": entry.place,
        "srclang": one if source == "*all*" else "",
        "creationdate": stamp,
        "creationid": entry.by,
        "changedate": stamp,
    }
    yield f"<tu{_attributes(attributes)}>\n"
    sentence = str(entry.sentence) if entry.sentence else ""
    yield from _props({MADE: entry.made, SENTENCE: sentence})
    yield from _variant(one, text, entry.above[0])
    yield from _variant(two, target, entry.above[1])
    yield "</tu>\n"


def _variant(tag: str, text: str, above: str) -> Iterator[str]:
    yield f'<tuv xml:lang="{_attribute(tag)}">'
    yield from _props({ABOVE: above}, end="")
    yield f"<seg>{_seg(text)}</seg></tuv>\n"


def _props(props: Mapping[str, str], end: str = "\n") -> Iterator[str]:
    for kind, value in props.items():
        if value:
            yield f'<prop type="{kind}">{_replaced(_TEXT, _bare(value))}</prop>{end}'


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {k}="{_attribute(v)}"' for k, v in values.items() if v)


def _attribute(value: str) -> str:
    return _replaced(_ATTRIBUTE, _bare(value))


def _bare(value: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value)


def _seg(text: str) -> str:
    def stands_for(found: re.Match[str]) -> str:
        return f'<ph type="{CHARACTER}">{ord(found[0]):04X}</ph>'

    return _NO_XML.sub(stands_for, _replaced(_TEXT, text))


def _replaced(signs: Mapping[str, str], text: str) -> str:
    return "".join(signs.get(letter, letter) for letter in text)
