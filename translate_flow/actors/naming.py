"""Which names are a machine's: those of commits, of their trailers, of headers.

A small table of well-known agents, bots and engines; a project adds its own. A name
that is a person's first name, too, counts as a machine's if nothing but words of models
follows it: ``Claude Opus 4.5``, not ``Claude Dupont``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from translate_flow.actors import RESERVED, UNNAMED


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


AGENTS = _words(
    """
    aider amp antigravity augment bard chatglm chatgpt claude cline codegen
    codeium coderabbit codestral codex copilot crush cursor cursoragent deepseek
    devin droid exaone gemini gemma glm goose gpt grok hyperclova junie kilo
    kilocode kimi kiro llama llm lovable minimax mistral mixtral ollama openai
    opencode openhands openrouter perplexity qodo qwen replit roo roocode sashiko
    sourcery tabnine trae warp windsurf
    """
)
"""Agents and language models."""

ENGINES = _words(
    """
    argos azure bing deepl google googletrans libretranslate lingvanex madlad
    microsoft mymemory nllb opusmt papago sogou systran yandex
    """
)
"""Translation engines, as comments and headers name them."""

_MODEL = _words(
    """
    4o agent ai amazon anthropic api app apps assistant auto aws bot chat cli
    cloud code coder coding command desktop dev engine experimental fable fast
    flash free github haiku hosted instruct integration labs large latest lite
    machine max mini model mt mythos nano online opus plus preview pro pulse
    reasoner review small sonnet swe thinking translate translation translations
    translator turbo ultra v via with work workspace
    """
)
"""Words that stand beside the name of a machine and are no person's."""

_LAST = frozenset(("bot", "agent", "llm", "gpt", "robot", "automation"))
"""Words with which a name ends that is no person's."""

_ADDRESSES = (
    (r"noreply@anthropic\.com", "claude"),
    (r"cursoragent@cursor\.com", "cursor"),
    (r"(?:.*\+)?copilot@(?:users\.noreply\.)?github\.com", "copilot"),
    (r"(?:noreply|codex|codex-.*)@(?:chat)?openai\.com", "codex"),
    (r".*@aider\.chat", "aider"),
    (r".*@(?:amp|sourcegraph)code\.com", "amp"),
    (r"openhands@all-hands\.dev", "openhands"),
    (r"crush@charm\.land", "crush"),
    (r"(?:noreply|.*-agent)@opencode\.ai", "opencode"),
    (r"(?:.*\+)?devin-ai-integration.*@.*", "devin"),
    (r"(?:.*\+)?google-labs-jules.*@.*", "jules"),
    (r"noreply-mt-(.*)@weblate\.org", ""),
    (r"(?:.*\+)?(.*)\[bot\]@.*", ""),
    (r"(?:.*[-+._])?(?:bot|agent)@.*", UNNAMED),
)
"""Addresses that machines write from, and their names."""

_WORDS = re.compile(r"[^\W_][\w.]*")
_VERSION = re.compile(r"[a-z]?\d[\w.]*|[bvx]\d*")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_PERSON = re.compile(r"([^<>]*)(?:<([^<>]*)>)?")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of machines that are known, and those that a project adds."""

    machines: frozenset[str] = frozenset()
    """Names and addresses that are a machine's here."""

    people: frozenset[str] = frozenset()
    """Names and addresses that are people's here, or pass on what people wrote."""

    def machine(self, who: str) -> str:
        """Return the machine that a name with or without an address is, as origins call
        it; an empty string for a person's.

        :param who: ``Claude <noreply@anthropic.com>``.
        """
        found = _PERSON.match(who.strip())
        name = " ".join((found[1] if found else who).split())
        address = (found[2] or "" if found else "").strip().casefold()
        said = {name.casefold(), address} - {""}
        if said & self.people:
            return ""
        if said & self.machines:
            return origin(name or address)
        for pattern, known in _ADDRESSES:
            if address and (at := re.fullmatch(pattern, address)):
                own = _named(name) or known
                return own or origin(at[1] if at.groups() else name)
        return _named(name)

    def of_commit(self, author: str, committer: str, message: str) -> str:
        """Return the machine that a commit names as who wrote it, or had a hand in it;
        an empty string if it names none.

        Who only passes on what others wrote, as servers and bots do that commit in
        somebody's name, does not count; an agent that commits does.

        :param author: name and address.
        :param committer: likewise.
        """
        writers = (author, *_trailed(message, _WRITERS))
        for who in writers:
            if found := self.machine(who):
                return found
        for value in _trailed(message, _TOOLS):
            if found := self._tool(value):
                return found
        for value in _FOOTER.findall(message):
            if found := self.machine(value):
                return found
        found = self.machine(committer)
        return found if found in AGENTS or found in self.machines else ""

    def _tool(self, value: str) -> str:
        """Return the machine that a trailer names which names tools: whatever it says,
        unless that is a person with an address."""
        plain = value.casefold().strip(" .")
        if plain in _NONE or plain in ("yes", "true"):
            return "" if plain in _NONE else UNNAMED
        name, _, _ = value.partition(":")
        if known := self.machine(value) or self.machine(name):
            return known
        found = _PERSON.match(value)
        address = (found[2] or "").strip().casefold() if found else ""
        silent = re.match(r"(?:no-?reply|do-?not-?reply|bot|agent|ai)\b", address)
        bare = (found[1] if found else value).strip().casefold()
        if {bare, address} & self.people or (address and not silent):
            return ""
        return origin(re.split(r"[<(\[]", name)[0])


KNOWN = Names()
"""The names that are known anywhere."""


def origin(name: str) -> str:
    """Return the name of a machine as an origin: words of letters and digits."""
    words = re.findall(r"[^\W_][\w.+]*", name.casefold().replace("[bot]", ""))
    found = "-".join(words)[:40].strip("-.")
    return found if found and found not in RESERVED else UNNAMED


def _named(name: str) -> str:
    """Return the machine that a bare name is; an empty string for a person's."""
    if name.casefold().endswith("[bot]"):
        return _known(name[:-5]) or origin(name)
    inner = _PARENTHESES.findall(name)
    if any(part.casefold() == "bot" for part in inner):
        return origin(name)
    parts = (_PARENTHESES.sub(" ", name), *inner)
    return next((found for part in parts if (found := _known(part))), "")


def _known(name: str) -> str:
    """Return the machine of the table that a name is, or one by its last word."""
    words = _WORDS.findall(name.replace("_", " ").replace("-", " "))
    low = [word.casefold().rstrip(".") for word in words]
    bare = [re.sub(r"[\d.]+\w?$", "", word) or word for word in low]
    found = [word for word in bare if word in AGENTS]
    found += [word for word in bare if word in ENGINES]
    rest = [
        word
        for word, plain in zip(low, bare, strict=True)
        if plain not in AGENTS
        and plain not in ENGINES
        and word not in _MODEL
        and not _VERSION.fullmatch(word)
    ]
    if found and not rest:
        return found[0]
    if low and (low[-1] in _LAST or (len(low) > 1 and words[-1] == "AI")):
        return found[0] if found else origin(name)
    return ""


# --- what a message says ----------------------------------------------------

_WRITERS = (
    "co-authored-by", "co-developed-by", "authored-by", "written-by", "translated-by",
    "created-by", "signed-off-by", "helped-by", "paired-with", "on-behalf-of",
)  # fmt: skip
"""Trailers that name people, or machines under names that are known."""

_TOOLS = (
    "assisted-by", "ai-assisted-by", "generated-by", "generated-with",
    "ai-generated-by", "drafted-by", "machine-translated-by", "made-with", "made-by",
    "created-with", "ai-agent", "ai-model", "ai-tool", "ai-assistant", "ai-assisted",
    "ai-generated", "agent", "llm",
)  # fmt: skip
"""Trailers that name tools."""

_NONE = frozenset(("", "no", "none", "false", "n/a", "nobody", "nothing", "-", "0"))

_TRAILER = re.compile(r"^[ \t]*([A-Za-z][A-Za-z-]*)[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.M)
_FOOTER = re.compile(
    r"^\W*(?:Generated|Written|Translated|Made|Created|Drafted)[ ]+(?:with|by|using)"
    r"[ ]+\[?([^\]\[()<>\n.,;]{1,60})",
    re.M | re.I,
)


def _trailed(message: str, keys: Iterable[str]) -> Iterator[str]:
    """Yield what trailers say, wherever in a message they stand: squashing and mail put
    them into its middle."""
    for key, value in _TRAILER.findall(message):
        if key.casefold() in keys:
            yield value
