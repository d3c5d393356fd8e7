"""``completion``: a shell that completes what one types.

The script of a shell asks ``tflow`` itself, with ``_TFLOW_COMPLETE`` set and the words
up to the cursor. The answer is a line with ``words``, ``files`` or ``folders``, then a
line for each word that fits. Whatever goes wrong, there is no answer and no message:
nobody wants errors in a prompt.

Typer's own completion does not do here: its script for bash passes on the words as bash
breaks them, so that of ``russia:7`` a callback sees the word ``7`` after ``:``, and of
``russia:`` only ``:``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from translate_flow.cli.completion.cursor import Cursor, cursor_in
from translate_flow.cli.documents.resources import completion_document
from translate_flow.cli.face import face, plain
from translate_flow.cli.options import Command
from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from translate_flow.flow.completing import Candidate
    from translate_flow.project import Project

# --- scripts ----------------------------------------------------------------

BASH = r"""
# Completion of tflow in bash. In ~/.bashrc: eval "$(tflow completion bash)"
_tflow_completion() {
    local kind line
    COMPREPLY=()
    {
        read -r kind
        case $kind in
            files) compopt -o default 2>/dev/null ;;
            folders) compopt -o dirnames 2>/dev/null ;;
        esac
        while IFS= read -r line; do COMPREPLY+=("$line"); done
    } < <(_TFLOW_COMPLETE=bash "$1" \
        "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o nosort -F _tflow_completion tflow 2>/dev/null ||
    complete -F _tflow_completion tflow
"""

ZSH = r"""
#compdef tflow
# Completion of tflow in zsh. In ~/.zshrc: eval "$(tflow completion zsh)"
_tflow() {
    local kind line says
    local -a found values
    found=("${(@f)$(_TFLOW_COMPLETE=zsh ${(Q)words[1]} \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    kind=$found[1]
    shift found
    [[ $PREFIX == --*=* ]] && compset -P '--*='
    case $kind in
        files) _files ;;
        folders) _files -/ ;;
        words)
            for line in $found; do
                says=${line#*$'\t'}
                values+=("${${line%%$'\t'*}//:/\\:}${says:+:$says}")
            done
            _describe -V -t tflow tflow values
            ;;
    esac
}
if [[ $funcstack[1] == _tflow ]]; then
    _tflow "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit; compinit -i; }
    compdef _tflow tflow
fi
"""

FISH = r"""
# Completion of tflow in fish: tflow completion fish | source
function __tflow_complete
    set -l current (commandline --current-token --cut-at-cursor)
    set -l words (commandline --tokenize --current-process --cut-at-cursor)
    set -l found (env _TFLOW_COMPLETE=fish $words "$current" 2>/dev/null)
    set -l kind $found[1]
    set --erase found[1]
    switch "$kind"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
        case words
            printf '%s\n' $found
    end
end
complete --command tflow --no-files --keep-order --arguments '(__tflow_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Let your shell complete what you type."""
    speaker = face(context)
    if shell not in SCRIPTS:
        known = ", ".join(SCRIPTS)
        raise FlowError(f"unknown shell {shell!r}", hint=f"known: {known}")
    script = SCRIPTS[shell].lstrip("\n")
    if speaker.json:
        speaker.document(completion_document(script))
    else:
        print(script, end="")


# --- what may stand there ---------------------------------------------------

Answer = tuple[str, Iterable["Candidate"]]
"""``words``, ``files`` or ``folders``; the words."""


def answered(at: Cursor) -> Answer:
    """Return what may stand at the cursor.

    :raises FlowError: if a project is needed and there is none.
    """
    from translate_flow.flow.completing import Candidate, beginning

    if not at.parameter:
        names = (Candidate(*name) for name in at.names)
        return "words", beginning(at.typed, names)
    own = f"{at.command} {at.parameter}"
    return ANSWERS[own if own in ANSWERS else at.parameter](at)


def _project(at: Cursor) -> Project:
    from translate_flow.project import find_root, load

    return load(find_root(Path.cwd(), at.face.project))


def _places(at: Cursor) -> Answer:
    from translate_flow.flow.completing import places

    language = at.options.get("--lang")
    return "words", places(_project(at), at.face.workspace, at.typed, language)


def _slugs(at: Cursor) -> Answer:
    from translate_flow.flow.completing import slugs

    return "words", slugs(_project(at), at.typed)


def _segments(at: Cursor) -> Answer:
    from translate_flow.flow.completing import beginning, segments

    slug, language = at.given[0].partition(":")[0], at.options.get("--lang")
    found = segments(at.face.workspace(), slug, at.typed, language)
    return "words", beginning(at.typed, found)


def _languages(at: Cursor) -> Answer:
    from translate_flow.flow.completing import beginning, languages

    return "words", beginning(at.typed, languages(_project(at)))


def _settings(at: Cursor) -> Answer:
    from translate_flow.flow.completing import Candidate, beginning
    from translate_flow.project.settings import KNOWN
    from translate_flow.project.user import OWN

    found = (Candidate(one.path, one.says) for one in (*KNOWN, *OWN))
    return "words", beginning(at.typed, found)


def _value(at: Cursor) -> Answer:
    """Return the values that a setting may have."""
    found = _VALUES.get(at.given[0])
    return found(at) if found else ("words", ())


def _engines() -> Iterable[str]:
    from translate_flow.engines import ENGINES

    return ENGINES


def _drafters() -> Iterable[str]:
    return (*_engines(), "memory")


def _formats() -> Iterable[str]:
    from translate_flow.exporters import FORMATS

    return FORMATS


def _layouts() -> Iterable[str]:
    from translate_flow.exporters import Layout

    return get_args(Layout)


def _generators() -> Iterable[str]:
    from translate_flow.exporters.sites.generators import GENERATORS

    return GENERATORS


def _states() -> Iterable[str]:
    from translate_flow.model import State

    return (str(state) for state in State)


def _classes() -> Iterable[str]:
    from translate_flow.drift import SEVERITIES

    return SEVERITIES


def _encodings() -> Iterable[str]:
    from translate_flow.text.encoding import NAMES

    return NAMES


def _one(known: Callable[[], Iterable[str]]) -> Callable[[Cursor], Answer]:
    """Answer with one of some words."""

    def answer(at: Cursor) -> Answer:
        from translate_flow.flow.completing import Candidate, beginning

        return "words", beginning(at.typed, map(Candidate, known()))

    return answer


def _several(known: Callable[[], Iterable[str]]) -> Callable[[Cursor], Answer]:
    """Answer with a list of some words, with commas between."""

    def answer(at: Cursor) -> Answer:
        from translate_flow.flow.completing import Candidate, listed

        return "words", listed(at.typed, map(Candidate, known()))

    return answer


def _always(kind: str) -> Callable[[Cursor], Answer]:
    return lambda at: (kind, ())


_FILES, _FOLDERS, NOTHING = _always("files"), _always("folders"), _always("words")

ANSWERS: Mapping[str, Callable[[Cursor], Answer]] = {
    "--project": _FOLDERS,
    # places and languages
    "places": _places,
    "place": _places,
    "--like": _places,
    "old": _slugs,
    "article": _slugs,
    "--after": _segments,
    "--lang": _languages,
    # words that are known
    "--engine": _one(_drafters),
    "names": _one(_engines),
    "--format": _several(_formats),
    "check --format": _one(lambda: ("text", "github", "sarif")),
    "--layout": _several(_layouts),
    "--order": _one(lambda: ("source", "target")),
    "--state": _several(_states),
    "--class": _several(_classes),
    "--side": _one(lambda: ("source", "target")),
    "--severity": _several(lambda: ("high", "medium", "low")),
    "--fail-on": _one(lambda: ("error", "warning", "info", "never")),
    "key": _settings,
    "words": _value,
    "shell": _one(lambda: SCRIPTS),
    # files
    "files": _FILES,
    "base": _FILES,
    "ours": _FILES,
    "theirs": _FILES,
    "folder": _FOLDERS,
    "-o": _FOLDERS,
    "--site": _FOLDERS,
    "--for": _one(_generators),
    "--encoding": _one(_encodings),
    # nobody knows but the person
    "--base": NOTHING,
    "--by": NOTHING,
    "--grace": NOTHING,
    "--languages": NOTHING,
    "--max-characters": NOTHING,
    "--patience": NOTHING,
    "--machine": NOTHING,
    "draft --from": _FILES,
    "--from": _languages,
    "--to": _languages,
    "--least": NOTHING,
    "--most": NOTHING,
    "file": _FILES,
    "tm search words": NOTHING,
    "glossary find words": NOTHING,
    "glossary check --format": _one(lambda: ("text", "github", "sarif")),
    "glossary export --format": _one(lambda: ("csv", "tbx")),
    "--status": _one(lambda: ("preferred", "admitted", "forbidden")),
    "export --status": _one(lambda: ("draft", "pending", "private", "publish")),
    "--reading": NOTHING,
    "--source": NOTHING,
    "--target": NOTHING,
    "--type": _one(lambda: ("name",)),
    "--note": NOTHING,
    "terms": NOTHING,
    "--since": _one(lambda: ("release", "HEAD")),
    "--slug": NOTHING,
    "--why": NOTHING,
    "blocks": NOTHING,
    "name": NOTHING,
    "new": NOTHING,
    "text": NOTHING,
}
"""What may stand where: after a parameter's name or, where that means several things,
the command's and the parameter's. Every parameter has its line."""


def _settled() -> Iterable[str]:
    from translate_flow.project.settings import SETTLED

    return SETTLED


_VALUES: Mapping[str, Callable[[Cursor], Answer]] = {
    "draft.engine": _one(_drafters),
    "drift.always": _one(_settled),
    "editions.dir": _FOLDERS,
    "layout.addresses": _one(lambda: ("files", "pages")),
    "project.languages": _languages,
    "project.source_language": _languages,
    "release.require": _one(lambda: ("translated", "reviewed")),
    "release.reviewer": _one(lambda: ("anyone", "other")),
}

# --- what the shell hears ---------------------------------------------------


def answer(shell: str, words: Sequence[str]) -> int:
    """Tell a shell what may stand at the cursor, or nothing if anything is wrong.

    :param words: of bash the line up to the cursor and the characters that part words;
        of the others the words, without the program's name.
    :returns: the exit code, which is always 0.
    """
    with suppress(Exception, KeyboardInterrupt):
        told = "".join(f"{line}\n" for line in _lines(shell, words))
        sys.stdout.buffer.write(told.encode())
        sys.stdout.flush()
    return 0


def _lines(shell: str, words: Sequence[str]) -> Iterator[str]:
    if shell == "bash":
        before, at = split(*words)
        before = before[1:]
    else:
        *before, last = words
        at = split(last, "")[1] if shell == "fish" else TypedWord(last)
    here = cursor_in(before, at.value)
    kind, found = answered(here)
    yield kind
    for one in found:
        if one.value != plain(one.value) or "\n" in one.value:
            continue
        says = " ".join(plain(one.says).split())
        if shell == "bash":
            yield at.ended(here.prefix + one.value)
        elif shell == "zsh":
            yield f"{one.value}\t{says}"
        else:
            yield f"{here.prefix}{one.value}\t{says}"


@dataclass
class TypedWord:
    """A word as it is typed into a shell."""

    value: str = ""
    """Without quotes and backslashes."""

    kept: int = 0
    """How many of its characters the shell leaves as they are, whatever is chosen: to
    it, a colon, an equals sign or a quote ends a word."""

    quote: str = ""
    """The quote that is still open."""

    begun: bool = False

    def ended(self, value: str) -> str:
        """Return what follows the part that is kept, quoted as the word is."""
        rest = value[self.kept :]
        if self.quote == "'":
            return rest
        if self.quote:
            return re.sub(r'(["$`\\])', r"\\\1", rest)
        return re.sub(r"([^\w@%+=:,./-])", r"\\\1", rest)


def split(line: str, breaks: str) -> tuple[list[str], TypedWord]:
    """Split a line as bash does, up to a cursor at its end.

    :param breaks: bash's ``COMP_WORDBREAKS``.
    :returns: the whole words, and the word at the cursor.
    """
    words: list[str] = []
    word = TypedWord()
    signs = iter(line)
    for sign in signs:
        if sign == word.quote:
            word.quote, word.kept = "", len(word.value)
        elif word.quote:
            word.value += _escaped(sign, signs) if word.quote == '"' else sign
        elif sign in "'\"":
            word.quote, word.kept, word.begun = sign, len(word.value), True
        elif sign.isspace():
            words += [word.value] if word.begun else []
            word = TypedWord()
        else:
            word.value += _escaped(sign, signs)
            word.begun = True
            word.kept = len(word.value) if sign in breaks else word.kept
    return words, word


def _escaped(sign: str, signs: Iterator[str]) -> str:
    return next(signs, "") if sign == "\\" else sign


COMMANDS = {
    "completion": Command(
        completion,
        (
            """eval "$(tflow completion bash)"   # in ~/.bashrc""",
            """eval "$(tflow completion zsh)"    # in ~/.zshrc""",
            "tflow completion fish > ~/.config/fish/completions/tflow.fish",
        ),
    ),
}
