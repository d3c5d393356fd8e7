"""What ``--json`` promises: the keys of every document, in one table.

Programs of others read them, so a key is never renamed or taken away; who adds one adds
it here. ``Tflow`` holds each document that a test asks for against this table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from translate_flow.cli.commands import COMMANDS, commands

Shape = Mapping[str, str]
"""The keys of each object of a document, by its place. A key with ``?`` may be missing,
``*`` stands for keys that the project or its people chose."""


def at(place: str, shape: Shape) -> Shape:
    """Return a shape that stands at a place of another."""
    return {place + more: keys for more, keys in shape.items()}


ERROR = {"": "message file line hint"}
UNREAD = {**at(".error", ERROR), **at(".errors[]", ERROR)}
"""What could not be read, beside what could: ``error? errors?``."""
FINDING = {
    "": "check severity slug lang id n file line message source_span target_span fix"
}
SUGGESTION = {"": "score source target origin part by on made diff"}
UNIT = {
    "": "slug lang id n kind source target state mark previous note questions"
    " suggestions terms findings",
    ".mark": "origin? draft? on? src? tgt? for? ok? by? signed? omitted? both? with?"
    " at? added? from? conf? *",
    ".questions[]": "by on text",
    ".terms[]": "term span preferred admitted forbidden reading type note",
    **at(".suggestions[]", SUGGESTION),
    **at(".findings[]", FINDING),
}
DRIFTED = {
    "": "slug lang id n state class classes severity evidence side before after source"
    " target proposal diff covers cover stale like live action",
    ".evidence[]": "class old new",
}
REFUSED = {"": "slug lang id n state check message why path"}
ACTED = {"": "units written", **at(".units[]", UNIT)}
FOUND = {"": "findings error? errors?", **at(".findings[]", FINDING), **UNREAD}
TERMS = {"": "added changed conflicts written"}
EDITIONS = {
    "": "editions others refused overwritten changed?",
    ".editions[]": "slug lang format layout path written missing states",
    ".editions[].states": "*",
    ".overwritten[]": "path why",
    **at(".refused[]", REFUSED),
}

DOCUMENTS: Mapping[str, Shape] = {
    "error": {"": "error", **at(".error", ERROR)},
    "version": {"": "version"},
    "init": {"": "written"},
    "add": {"": "added", ".added[]": "slug path source segments"},
    "status": {
        "": "articles shallow left_behind unfit error? errors?",
        ".articles[]": "slug source target segments words characters target_words"
        " target_characters states drift unread made outdated questions minutes live"
        " edited_pages unseen",
        ".articles[].states": "*",
        ".articles[].drift": "*",
        ".articles[].made": "*",
        ".articles[].questions": "*",
        ".articles[].live": "date behind damage",
        ".left_behind[]": "path what kept",
        ".unfit[]": "slug why fitting",
        **UNREAD,
    },
    "sync": {
        "": "changes written first_format cleared error? errors?",
        ".changes[]": "slug lang id kind moved class classes severity from action",
        ".cleared[]": "slug lang id",
        **UNREAD,
    },
    "draft": {
        "": "drafted from_memory requested sent characters cost engine failed findings "
        "error? errors?",
        ".failed[]": "slug lang id n message line?",
        **UNREAD,
        **at(".findings[]", FINDING),
    },
    "drift": {
        "": "drifted kept? error? errors?",
        **at(".drifted[]", DRIFTED),
        **at(".kept[]", DRIFTED),
        **UNREAD,
    },
    "next": {"": "units error? errors?", **at(".units[]", UNIT), **UNREAD},
    "edit": {"": "taken emptied asked late findings", **at(".findings[]", FINDING)},
    "show": {"": "units error? errors?", **at(".units[]", UNIT), **UNREAD},
    **dict.fromkeys(
        ("set", "accept", "sign", "minor", "omit", "join", "reorder", "added", "ask"),
        ACTED,
    ),
    "mv": {"": "from to files", ".files[]": "from to"},
    "clean": {"": "left dropped", ".left[]": "path what kept"},
    "flip": {"": "slug source target segments written removed"},
    "undo": {"": "undone files left?"},
    "check": FOUND,
    "gate": {
        "": "base commit worse not_compared edited_pages",
        ".worse[]": "slug lang id n file line reason before now class severity message"
        " command level",
        ".not_compared[]": "slug why",
    },
    "export": EDITIONS,
    "export --publish": {
        "": "posts refused",
        ".posts[]": "slug lang layout id url status new images",
        **at(".refused[]", REFUSED),
    },
    "correct": {"": "slug lang n date texts by?", ".texts": "*"},
    "config": {"": "settings defaults written?", ".settings": "*"},
    "completion": {"": "script"},
    "tm search": {"": "matches", **at(".matches[]", SUGGESTION)},
    "tm import": {
        "": "imported",
        ".imported[]": "file written entries languages skipped alone",
        ".imported[].languages": "*",
        ".imported[].skipped": "*",
    },
    "tm export": {
        "": "entries written?",
        ".entries[]": "from to source target origin by on made",
    },
    "glossary find": {
        "": "terms",
        ".terms[]": "source target term preferred admitted forbidden type reading note",
    },
    "glossary check": FOUND,
    "glossary add": TERMS,
    "glossary import": TERMS,
    "glossary export": {"": "glossary? written?"},
    "engines": {
        "": "engines",
        ".engines[]": "name ready why where remote limit batch per_minute price keys"
        " default",
        ".engines[].keys[]": "name found",
    },
    "engines doctor": {
        "": "tried",
        ".tried[]": "name where source target sent answer seconds placeholders_kept"
        " error skipped",
    },
    "git install": {"": "written"},
    "merge-po": {"": "conflicts"},
    "merge-csv": {"": "conflicts"},
    "demo": {"": "folder editions"},
}

FAMILIES = {name for entry in COMMANDS for name in commands(entry)}


def command(words: Sequence[str]) -> str:
    """Return the command of a command line as the table names it."""
    if "--version" in words:
        return "version"
    names = {entry.name for entry in COMMANDS}
    place = next((n for n, word in enumerate(words) if word in names), len(words))
    for many in (2, 1):
        name = " ".join(words[place : place + many])
        if name in FAMILIES:
            return f"{name} --publish" if "--publish" in words else name
    return "error"


def objects(document: object, place: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield each object of a document: its place, and its keys."""
    if isinstance(document, dict):
        yield place, set(document)
        for key, value in document.items():
            yield from objects(value, f"{place}.{key}")
    elif isinstance(document, list):
        for value in document:
            yield from objects(value, f"{place}[]")


def strange(words: Sequence[str], document: object) -> list[str]:
    """Return how a document differs from what the table says of it."""
    failed = isinstance(document, dict) and set(document) == {"error"}
    name = "error" if failed else command(words)
    found = []
    for place, keys in objects(document):
        said = DOCUMENTS[name].get(place, "").split()
        known = {key.removesuffix("?") for key in said}
        wanted = {key for key in said if key not in ("*",) and not key.endswith("?")}
        if missing := wanted - keys:
            found.append(f"{name}{place} lacks {sorted(missing)}")
        if "*" not in said and (more := keys - known):
            found.append(f"{name}{place} has {sorted(more)}")
    return found
