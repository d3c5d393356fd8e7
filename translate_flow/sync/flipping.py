"""What becomes of texts and units when an article changes its direction. Every
function here gives back what went in if it is used twice."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from translate_flow.errors import FlowError
from translate_flow.model import Accepted, Catalog, Mark, Segment, Unit
from translate_flow.state import exact, fingerprint, names, pair

# --- units ------------------------------------------------------------------

PEOPLE = ("", "human")
"""Origins of texts that were written by people."""

_ASIDE = ("origin", "draft", "on")
"""What a mark says of its target; of a text that is the source now, it is put aside
under these names with ``source-`` before them."""

_SPELLED = "source-spelled"
"""Key for the target that the source was made of, where its article spells it another
way: after the fingerprint of that source and a colon."""

_LANGUAGE = "msgid-lang"
"""Key for the language of an obsolete msgid that stayed what it was."""

_FLAGGED = "msgid-for"
"""Key for what ``for`` said of such a unit."""


def spelled(unit: Unit) -> str:
    """Return the source of a unit as the target that it once was, if its article spells
    it another way."""
    extra = dict(unit.mark.extra) if unit.mark else {}
    src, _, text = extra.get(_SPELLED, "").partition(":")
    return text if text and names(src, fingerprint(unit.source)) else unit.source


def turned(unit: Unit, segment: Segment) -> Unit:
    """Return a finished unit with its target as its source.

    :param segment: of the new article: the target as it is spelled there.
    """
    return replace(
        _turned(unit, segment.text, spelled(unit)),
        kind=segment.kind,
        note=segment.note,
        fuzzy=False,
        previous=None,
    )


def _turned(unit: Unit, source: str, target: str) -> Unit:
    mark = unit.mark or Mark()
    extra = dict(mark.extra)
    back = {key: extra.pop(f"source-{key}", "") for key in _ASIDE}
    extra.pop(_SPELLED, None)
    now = {key: getattr(mark, key) for key in _ASIDE}
    if now["origin"] in PEOPLE:
        back["origin"] = back["origin"] or now["origin"]
        now["origin"] = ""
    extra |= {f"source-{key}": value for key, value in now.items() if value}
    if source != unit.target:
        extra[_SPELLED] = f"{fingerprint(source)}:{unit.target}"
    src, tgt = fingerprint(source), exact(target)
    stamped = replace(
        mark,
        origin=back["origin"] or "human",
        draft=back["draft"],
        on=back["on"],
        src=src,
        tgt=tgt,
        flagged_for="",
        ok=Accepted(src, tgt),
        extra=tuple(extra.items()),
    )
    return replace(unit, source=source, target=target, mark=stamped)


def turned_obsolete(unit: Unit, language: str, other: str) -> Unit:
    """Return a unit whose segment is gone as a catalog of the other direction keeps it.

    What was accepted is turned round. Everything else stays as it is, with its language
    in its mark, so that nothing that somebody wrote is lost; should its text ever come
    back, it is a draft.

    :param language: of its msgid.
    :param other: of the sources from now on.
    """
    mark = unit.mark or Mark()
    extra = dict(mark.extra)
    said = extra.pop(_LANGUAGE, "")
    if said == other:
        flagged = extra.pop(_FLAGGED, "")
        mark = replace(mark, flagged_for=flagged, extra=tuple(extra.items()))
        return replace(unit, mark=mark)
    if not said and unit.target and not unit.fuzzy and mark.ok == pair(unit):
        return _turned(unit, unit.target, spelled(unit))
    extra[_LANGUAGE] = said or language
    if mark.flagged_for:
        extra[_FLAGGED] = mark.flagged_for
    mark = replace(mark, flagged_for="", extra=tuple(extra.items()))
    return replace(unit, mark=mark)


# --- catalogs ---------------------------------------------------------------

_ADDED = ("X-Tflow-Lang", "added")
"""Header field of a catalog whose article got its ``lang`` from a flip."""


def has_added_lang(catalog: Catalog) -> bool:
    """Tell whether it was a flip that wrote an article's ``lang``."""
    return _ADDED in catalog.header


def turned_catalog(
    catalog: Catalog, segments: tuple[Segment, ...], *, added_lang: bool
) -> Catalog:
    """Return the catalog of an article that was written in the target's language.

    :param catalog: all of its units are finished.
    :param segments: of the new article.
    :param added_lang: whether the new article got its ``lang`` just now.
    """
    own, target = catalog.source_language, catalog.language
    header = tuple(field for field in catalog.header if field != _ADDED)
    return replace(
        catalog,
        source_language=target,
        language=own,
        units=tuple(map(turned, catalog.units, segments)),
        obsolete=tuple(turned_obsolete(u, own, target) for u in catalog.obsolete),
        header=(*header, *([_ADDED] if added_lang else [])),
    )


# --- the language of an article ---------------------------------------------

_NEWLINE = re.compile(r"\r\n?|\n")


def in_language(
    text: str, name: str, languages: tuple[str, str], *, say: bool = True
) -> str:
    """Return an article's text that is in another language, and translated into the one
    it was in, where it names its targets.

    :param name: the article's file, for errors.
    :param languages: the one that it is in, and the one it shall be in.
    :param say: whether front matter without ``lang`` gets one.
    """
    from translate_flow.article import parse

    article = parse(text, name=name, keys=("lang", "targets"))
    if say and "lang" not in article.meta:
        text = with_lang(text, languages[1], name)
        article = parse(text, name=name, keys=("lang", "targets"))
    old, new = languages
    names = {old.lower(): new, new.lower(): old}

    def said(segment: Segment) -> str | None:
        if segment.kind == "front lang":
            return new
        named = names.get(segment.text.lower())
        return named if segment.kind == "front targets" else None

    return article.render(said)


def with_lang(text: str, language: str, name: str = "") -> str:
    """Return an article's text with its language in its front matter, which must not
    say one.

    :param name: the article's file, for errors.
    """
    from translate_flow.article.saying import saying

    return saying(text, {"lang": language}, name=name, first=True)


def without_lang(text: str, language: str) -> str | None:
    """Return the text that :func:`with_lang` made this of; None if it did not."""
    from translate_flow.article.saying import saying

    bom = "\ufeff" if text.startswith("\ufeff") else ""
    bare = text.removeprefix("\ufeff")
    ends = [found.end() for found in islice(_NEWLINE.finditer(bare), 4)]
    ways = [bom + bare[ends[3] :]] if len(ends) == 4 else []
    with suppress(FlowError):
        ways.append(saying(text, {"lang": ""}, name=""))
    for before in ways:
        with suppress(FlowError):
            if before != text and with_lang(before, language) == text:
                return before
    return None
