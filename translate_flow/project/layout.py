"""Where the articles and pages of an existing site lie: patterns and paths.

A pattern is a path relative to the project in which ``*`` and ``?`` stand for signs of
a name, ``**`` for any folders, and ``{lang}`` for one of the project's languages. A
``!`` before a pattern takes the files, or whole folders, that fit it out again. Paths
here are texts with slashes; nothing is looked up on the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from posixpath import normpath
from typing import Literal

from translate_flow.article.saying import Value
from translate_flow.errors import FlowError

FIELDS = ("lang", "dir", "name", "ext", "path", "slug")
"""What an output and a value of front matter may hold in braces."""

LANG = "{lang}"
NOT = "!"
"""What stands before a pattern of files that are no articles."""
INDEX = "index"
"""Name of the file that is the page of its folder."""

_FIELD = re.compile(r"\{(\w*)\}")
_WILD = re.compile(r"\*+|\?|\{lang\}")
_UNKNOWN = re.compile(r"[\[\]!|<>\"^;$`\x00-\x1f\x7f]|[@+]\(")
"""What means something in other patterns and nothing in ours."""
_IN_NAME = re.compile(
    r"(?!.*\{lang\}.*\{lang\})(?:\{lang\}|\{lang\}[._-].+|.+[._-]\{lang\})\.[\w*]+"
)


# --- what is wrong with a setting -------------------------------------------


def wrong_path(path: str) -> str | None:
    """Say what is wrong with a path of the project; None if nothing is."""
    parts = path.split("/")
    if not path or path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return f"{path!r} must be relative to the project"
    if "\\" in path or ".." in parts:
        return f"{path!r} must stay in the project, with / between its parts"
    return f"{path!r} has an empty part" if "" in parts or "." in parts else None


def wrong_pattern(pattern: str) -> str | None:
    """Say what is wrong with a pattern of sources; None if nothing is.

    :param pattern: with ``!`` before it, of files that are no articles.
    """
    pattern = pattern.removeprefix(NOT)
    if (wrong := wrong_path(pattern)) is not None:
        return wrong
    if any("**" in part and part != "**" for part in pattern.split("/")):
        return f"{pattern!r}: ** stands for folders, alone between two slashes"
    if re.search(r"[{}]", pattern.replace(LANG, "")):
        return f"{pattern!r}: only {LANG} may stand in braces"
    if unknown := _UNKNOWN.search(pattern):
        known = f"*, **, ?, {LANG} and a ! before all of it"
        return f"{pattern!r}: unknown sign {unknown[0]!r}; known: {known}"
    *folders, name = pattern.split("/")
    inside = any(LANG in part and part != LANG for part in folders)
    if inside or (LANG in name and not _IN_NAME.fullmatch(name)):
        ends = "a folder, or the beginning or end of a file's name"
        return f"{pattern!r}: {LANG} must be {ends}"
    return None


def wrong_template(template: str) -> str | None:
    """Say which field of a template is unknown; None if all are known."""
    for name in _FIELD.findall(template):
        if name not in FIELDS:
            known = ", ".join(f"{{{known}}}" for known in FIELDS)
            return f"unknown field {{{name}}}; known: {known}"
    return None


def wrong_output(output: str) -> str | None:
    """Say what is wrong with the path of an output; None if nothing is."""
    if (wrong := wrong_template(output)) is not None:
        return wrong
    if re.search(r"[{}]", _FIELD.sub("", output)):
        return f"{output!r} has a brace without its other half"
    return wrong_path(output)


# --- files seen through a pattern -------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """A file of the tree, seen through the pattern that it fits."""

    file: str
    """Its path, spelled as it was given."""

    language: str
    """As the project spells it; empty if the path does not tell."""

    slug: str
    """In NFC."""

    dir: str
    """Its folder; ``.`` at the top of the project."""

    name: str
    """Name of the file without suffix and language."""

    ext: str
    """Its suffix without the dot."""

    path: str
    """Below the pattern's fixed folders, without suffix and language."""

    folder: int = -1
    """Which of its folders is the language; -1 if none is."""

    pattern: int = 0
    """Which of the tree's patterns it fits."""

    @property
    def bundled(self) -> bool:
        """Whether it is the page of its folder: the folder has its slug."""
        return self.name in ("", INDEX) and self.slug != INDEX

    def filled(self, template: str, language: str) -> str:
        """Return a template with its fields replaced."""
        values = {known: getattr(self, known, "") for known in FIELDS}
        values["lang"] = language
        return _FIELD.sub(lambda found: values.get(found[1], found[0]), template)


@dataclass(frozen=True)
class Pattern:
    """Where some of the articles lie."""

    text: str
    languages: tuple[str, ...]
    """The project's."""

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What stands between its slashes."""
        return tuple(self.text.split("/"))

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """The folders that it begins with, up to the first that may vary."""
        return tuple(takewhile(lambda part: not _WILD.search(part), self.parts[:-1]))

    @property
    def depth(self) -> int | None:
        """How many parts the paths of its files have; None if that may vary."""
        return None if "**" in self.parts else len(self.parts)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        regex = ""
        for part in self.parts[:-1]:
            regex += "(?:[^/]+/)*" if part == "**" else f"{_part(part)}/"
        regex += ".+" if self.parts[-1] == "**" else _part(self.parts[-1])
        tags = "|".join(map(re.escape, sorted(self.languages, key=len, reverse=True)))
        return re.compile(regex.replace(LANG, f"(?i:({tags}))"))

    def fits(self, path: str) -> bool:
        """Whether a file or a folder fits it."""
        found = self._regex.fullmatch(path)
        return found is not None and len({tag.lower() for tag in found.groups()}) < 2

    def spot(self, file: str, common: int = 0) -> Spot | None:
        """Return a file as it is seen through this pattern; None if it does not fit.

        :param common: how many folders at the beginning belong to no slug.
        """
        found = self._regex.fullmatch(file)
        if found is None or len({tag.lower() for tag in found.groups()}) > 1:
            return None
        parts = file.split("/")
        at = {file.count("/", 0, start): tag for start, tag in _groups(found)}
        at = at or self._literal(parts)
        *folders, name = parts
        stem, _, ext = name.rpartition(".")
        if tag := at.get(len(folders), ""):
            stem = _without(stem, tag)
        rows = [*folders, stem]
        below = [(n, row) for n, row in enumerate(rows) if row and n not in at]
        if stem and len(folders) in at:
            below.append((len(folders), stem))
        slug = "/".join(row for n, row in below if n >= common) or INDEX
        said = next(iter(at.values()), "").lower()
        return Spot(
            file=file,
            language=next((n for n in self.languages if n.lower() == said), ""),
            slug=unicodedata.normalize("NFC", slug.removesuffix(f"/{INDEX}")),
            dir="/".join(folders) or ".",
            name=stem,
            ext=ext,
            path="/".join(row for n, row in below if n >= len(self.fixed)),
            folder=next((n for n in at if n < len(folders)), -1),
        )

    def _literal(self, parts: Sequence[str]) -> dict[int, str]:
        """Return the part where the language is written out: at the end of the name,
        ``index.en.md``, or as a folder that the pattern names."""
        known = {language.lower() for language in self.languages}
        before, _, tag = parts[-1].rpartition(".")[0].rpartition(".")
        if before and tag.lower() in known:
            return {len(parts) - 1: tag}
        named = enumerate(parts[: len(self.fixed)])
        return dict([(n, part) for n, part in named if part.lower() in known][-1:])

    def place(
        self, slug: str, language: str, suffix: str, common: int = 0
    ) -> str | None:
        """Return where an article with this slug lies; None if it fits nowhere.

        :param suffix: of its file, with the dot.
        :param common: how many folders at the beginning belong to no slug.
        """
        *folders, name = slug.split("/")
        last = self.parts[-1].replace(LANG, language)
        if last.endswith("*"):
            last = last.replace("**", "*").removesuffix(".*") + suffix
        if "*" not in last:
            folders.append(name)
        built: list[str] = []
        for n, part in enumerate(self.parts[:-1]):
            if part == "**":
                built, folders = [*built, *folders], []
            elif "*" in part:
                built.append(folders.pop(0) if folders else "")
            else:
                built.append(language if part == LANG else part)
                if n >= common and folders[:1] == [part]:
                    folders = folders[1:]
        file = "/".join((*built, last.replace("*", name, 1)))
        spot = self.spot(file, common)
        fits = spot is not None and (spot.slug, f".{spot.ext}") == (slug, suffix)
        return file if fits and spot and spot.language in ("", language) else None


def _part(part: str) -> str:
    """Return the expression for one part of a pattern; its language is filled in
    later."""
    regex, done = "", 0
    for found in _WILD.finditer(part):
        wild = {"*": "[^/]*", "?": "[^/]"}.get(found[0], LANG)
        regex += _either(part[done : found.start()]) + wild
        done = found.end()
    return regex + _either(part[done:])


def _either(literal: str) -> str:
    """Match a text composed or decomposed."""
    forms = {unicodedata.normalize(form, literal) for form in ("NFC", "NFD")}
    return "(?:" + "|".join(map(re.escape, sorted(forms))) + ")" if literal else ""


def _groups(found: re.Match[str]) -> Iterable[tuple[int, str]]:
    return ((found.start(n), tag) for n, tag in enumerate(found.groups(), 1))


def _without(stem: str, tag: str) -> str:
    """Take a language out of the name of a file."""
    for cut in (stem.removesuffix(tag), stem.removeprefix(tag)):
        if cut != stem and (not cut or cut[-1] in "._-" or cut[0] in "._-"):
            return cut.strip("._-") if cut else ""
    return stem


# --- the whole tree ---------------------------------------------------------


@dataclass(frozen=True)
class Locations:
    """Where the articles of a project lie, and where their target pages go."""

    sources: tuple[str, ...]
    languages: tuple[str, ...]
    outputs: tuple[str, ...] = ()
    """One for each pattern of ``sources``; none if pages go to the editions."""

    front: Mapping[str, Value] = field(default_factory=dict)
    """Front matter that target pages get; an empty text takes a key away."""

    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each language, beginnings of addresses and what takes their place."""

    addresses: Literal["files", "pages"] = "files"
    """What relative addresses start from: the file, or the page made of it."""

    excluded: tuple[str, ...] = ()
    """Patterns of files and folders that hold no articles."""

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The sources, read."""
        return tuple(Pattern(text, self.languages) for text in self.sources)

    @cached_property
    def _common(self) -> int:
        """How many folders all patterns begin with."""
        columns = zip(*(pattern.fixed for pattern in self.patterns), strict=False)
        return len(list(takewhile(lambda parts: len(set(parts)) == 1, columns)))

    def spot(self, file: str) -> Spot | None:
        """Return a file as it is seen in this tree; None if it is no article."""
        if self._is_excluded(file):
            return None
        for n, pattern in enumerate(self.patterns):
            if (spot := pattern.spot(file, self._common)) is not None:
                return replace(spot, pattern=n)
        return None

    @cached_property
    def _exceptions(self) -> tuple[Pattern, ...]:
        return tuple(Pattern(text, self.languages) for text in self.excluded)

    def _is_excluded(self, file: str) -> bool:
        """Whether a file, or a folder that it lies in, fits an exception."""
        parts = file.split("/")
        paths = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
        return any(one.fits(path) for one in self._exceptions for path in paths)

    def output(self, spot: Spot, language: str) -> str | None:
        """Return where the page of an article in a language lies; None if it goes to
        the editions."""
        if not self.outputs:
            return None
        return normpath(spot.filled(self.outputs[spot.pattern], language))

    def place(self, slug: str, language: str, suffix: str) -> str | None:
        """Return where a new article with this slug could lie; None if it fits no
        pattern."""
        found = (p.place(slug, language, suffix, self._common) for p in self.patterns)
        fitting = (file for file in found if file and not self._is_excluded(file))
        return next(fitting, None)

    def moved(self, spot: Spot, slug: str) -> str | None:
        """Return where an article lies under another slug, the same kind of file in
        the same place; None if that fits no pattern."""
        folders, name = spot.file.split("/")[:-1], spot.file.rpartition("/")[2]
        wanted = slug.split("/") if not spot.bundled else [*slug.split("/"), spot.name]
        if spot.name:
            name = name.replace(spot.name, wanted[-1], 1)
        built = [*folders[: self._common], *wanted[:-1]]
        if spot.folder >= self._common:
            built.insert(spot.folder, folders[spot.folder])
        found = self.spot("/".join((*built, name)))
        same = found and (found.slug, found.language) == (slug, spot.language)
        return found.file if found and same else None


# --- which file is the article ----------------------------------------------


def article(
    versions: Sequence[Spot], source: str, is_target: Callable[[str, str], bool]
) -> Spot | None:
    """Return the article among the files that share a slug; None if all of them are
    pages made of one that is gone.

    :param source: the project's source language.
    :param is_target: tells whether a slug has a catalog in a language: that version is
        made, not written.
    :raises FlowError: if two files have one slug and one language, or if it cannot be
        told which is the article.
    """
    by_language: dict[str, Spot] = {}
    for spot in versions:
        twin = by_language.setdefault(spot.language or source, spot)
        if twin is not spot:
            message = f"two articles have the slug {spot.slug!r}: this and {twin.file}"
            raise FlowError(message, spot.file, hint="rename one of them")
    written = {
        language: spot
        for language, spot in by_language.items()
        if not (spot.language and is_target(spot.slug, language))
    }
    if source in written or len(written) == 1:
        return written.get(source) or next(iter(written.values()))
    if not written:
        return None
    files = " or ".join(spot.file for spot in written.values())
    message = f"which is the article of {versions[0].slug!r}: {files}"
    hint = f"remove one, or add a version in {source}"
    raise FlowError(message, hint=hint)


def without_pages(
    tree: Locations, spots: Sequence[Spot], source: str
) -> tuple[Spot, ...]:
    """Return the files that are no target page of another one.

    :param source: the language of files whose path does not tell.
    :raises FlowError: if a page would be written over its own article, or over that of
        another article.
    """
    made: dict[str, Spot] = {}
    for spot, page in _pages(tree, spots, source):
        if page != _composed(spot.file):
            made.setdefault(page, spot)
    found = tuple(spot for spot in spots if _composed(spot.file) not in made)
    taken: dict[str, Spot] = {}
    for spot, page in _pages(tree, found, source):
        other = taken.setdefault(page, spot)
        if page == _composed(spot.file) or other is not spot:
            raise _clash(spot, page, other)
    return found


def _pages(
    tree: Locations, spots: Sequence[Spot], source: str
) -> Iterator[tuple[Spot, str]]:
    for spot in spots:
        for language in tree.languages:
            if language != (spot.language or source):
                page = tree.output(spot, language)
                if page is not None:
                    yield spot, _composed(page)


def _clash(spot: Spot, page: str, other: Spot) -> FlowError:
    hint = "change layout.output, which may hold {lang}, {path} and {slug}"
    if other is not spot:
        message = f"this and {other.file} would have one page, {page}"
    else:
        message = "its target page would be written over it"
    return FlowError(message, spot.file, hint=hint)


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)
