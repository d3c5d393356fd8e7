"""What other tools say of texts in their catalogs: that a machine made them.

They say it in flags (``#, ai``), in comments (``# Machine-translated via DeepL``,
``#. AI-generated``) or for the whole file, in its header. Such words are read once:
they become the origin of a draft, and go.
"""

from __future__ import annotations

import re
from dataclasses import replace

from translate_flow.actors import UNNAMED
from translate_flow.actors.naming import Names, origin
from translate_flow.model import Catalog, Unit

_MADE = r"(?:translat(?:ed|ions?)|generated|drafted|filled|localized)"
_MACHINE = r"(?:machine|auto(?:matic(?:ally)?)?|ai|a\.i\.|llm|gpt|mt|nmt|chatgpt)"
_BY = r"(?:by|via|with|using|from|through)"

_FLAG = re.compile(
    rf"(?:x-)?(?:(?:ai|mt|llm)|{_MACHINE}[-_]?{_MADE})(?:[:=\[(](?P<by>[^\])]*)[\])]?)?",
    re.I,
)
_COMMENT = re.compile(
    rf"[\W_]*(?:(?:this|the|entry|string|text|was|is|pre)[\s-]+)*"
    rf"(?:{_MACHINE}[\s_-]*{_MADE}\b|(?:mt|ai)(?=\s*[:=]|\W*$)"
    rf"|(?:기계|자동|인공지능|ai)\s*번역(?:됨|함|문|본|입니다)?)"
    rf"(?P<rest>\W*$|\s*[^\w\s].*|\s+(?:{_BY}|on|at|and)\b.*)?",
    re.I | re.S,
)
_TOOL = re.compile(rf"[\W_]*(?:pre-?)?{_MADE}\s+{_BY}\s+(?P<by>[^,;:|]+?)[\W_]*$", re.I)
_NAMED = re.compile(rf"\s*(?:{_BY}\b|[:=(\[|])\s*(?P<by>[^,;:()\[\]|]+)", re.I)
_DATE = re.compile(r"\s+(?:on|at|in)\s+\d.*|\s+\d{4}-.*")

_FIELDS = re.compile(
    r"X-(?:Generator|Translator|Translated-(?:By|With|Using)|Translation-Engine"
    r"|Machine-Translat\w*|AI-\w+)|Last-Translator",
    re.I,
)
_GENERATORS = re.compile(
    r"gpt|\bllm|openai|claude|gemini|deepl|machine[ -]?translat|\bai[ -]|"
    r"(?:auto|ai)[-_ ]?translat|googletrans|google[ -]translate|ollama|\bmsgai\b",
    re.I,
)
"""Programs that translate by machine, as headers name them."""


def claim(text: str, names: Names) -> str:
    """Return the machine that made a text, as a comment beside it says; an empty string
    if it says nothing of that."""
    text = text.strip()
    if said := _COMMENT.fullmatch(text):
        found = _NAMED.match(said["rest"] or "")
        return _called(found["by"], names) if found else UNNAMED
    if found := _TOOL.fullmatch(text):
        by = found["by"].strip()
        generic = re.fullmatch(r"(?:an?\s+)?(?:ai|machine|llm|mt)", by, re.I)
        return UNNAMED if generic else names.machine(by)
    return ""


def _called(who: str, names: Names) -> str:
    who = _DATE.sub("", who).strip()
    return names.machine(who) or (
        origin(who) if re.search(r"[^\W\d_]", who) else UNNAMED
    )


def _flagged(flag: str, names: Names) -> str:
    found = _FLAG.fullmatch(flag)
    if not found:
        return ""
    return _called(found["by"], names) if found["by"] else UNNAMED


def of_unit(unit: Unit, names: Names) -> tuple[str, Unit]:
    """Return the machine that made a unit's target, as another tool says beside it, and
    the unit without those words; an empty string and the unit if none does."""
    found = [made for flag in unit.flags if (made := _flagged(flag, names))]
    lines = (*unit.comments, unit.kind, *unit.note.split("\n"))
    found += [made for line in lines if (made := claim(line, names))]
    if not found:
        return "", unit

    def kept(said: str) -> bool:
        return not claim(said, names)

    rest = [line for line in (unit.kind, *unit.note.split("\n")) if kept(line)]
    bare = replace(
        unit,
        flags=tuple(flag for flag in unit.flags if not _flagged(flag, names)),
        comments=tuple(filter(kept, unit.comments)),
        kind=rest[0] if rest else "",
        note="\n".join(rest[1:]),
    )
    return next((made for made in found if made != UNNAMED), UNNAMED), bare


def of_file(catalog: Catalog, names: Names) -> tuple[str, Catalog]:
    """Return the machine that made the targets of a catalog, as its header says, and
    the catalog without those words."""
    found = [made for line in catalog.header_comment if (made := claim(line, names))]
    fields = {pair: _generator(*pair, names) for pair in catalog.header}
    found += [made for made in fields.values() if made]
    if not found:
        return "", catalog
    comments = (line for line in catalog.header_comment if not claim(line, names))
    header = (pair for pair in catalog.header if not fields[pair])
    bare = replace(catalog, header=tuple(header), header_comment=tuple(comments))
    return next((made for made in found if made != UNNAMED), UNNAMED), bare


def _generator(key: str, value: str, names: Names) -> str:
    if not _FIELDS.fullmatch(key):
        return ""
    if made := names.machine(value):
        return made
    if key.casefold() == "last-translator" or not _GENERATORS.search(value):
        return ""
    return names.machine(re.split(r"[(\[/,;]", value)[0]) or origin(value)
