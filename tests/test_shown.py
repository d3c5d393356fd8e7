"""Whatever an article is called or says: nothing of it steers a terminal, stands as a
line of ours, or becomes a command when a hint is copied."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shlex import split

import pytest
from conftest import BOAT, Tflow, Write
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.cli.face import inline, plain
from translate_flow.cli.terminal.folding import continued
from translate_flow.commands import command, named, word

UNSEEN = [
    *map(chr, (*range(9), *range(11, 32), *range(0x7F, 0xA0))),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029\u180e\u3164\U000e0041",
]
"""Controls, marks of direction, letters without width, ends of lines."""

NAMES = (
    "a\nFORGED all is well", "b\x1b[31mred", "c\u202etxt.exe", "d\x9b31m",
    "e\u2028FORGED",
    "f\rFORGED", "g;touch PWN", "h$(touch PWN)", "i`touch PWN`", "j k", "it's",
    'say "m"',
    "-rf", "--yes", "n&&touch PWN", "o|touch PWN", "p>PWN", "~q", "=ls", "#r", "!s",
    "*",
    "t\\", "u\t{v}", "w\u200b\u2066x", "러시아", "한 글", "$HOME", "%s", "🙂",
)  # fmt: skip
"""What a file may be called on this system."""


def unseen(text: str) -> list[str]:
    """Return what a terminal would obey or hide."""
    return [letter for letter in text if letter in UNSEEN]


@pytest.mark.parametrize("letter", UNSEEN, ids=lambda one: f"{ord(one):x}")
def test_what_nobody_sees_stands_as_an_escape(letter: str) -> None:
    """Each such letter is told by its number, and nothing else changes."""
    shown = plain(f"a{letter}b")
    assert re.fullmatch(r"a\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})b", shown)
    number = int(re.sub(r"\W", "", shown)[2:-1], 16)
    assert chr(number) == letter


def test_what_people_write_stays() -> None:
    """Letters of all scripts, pictures of several, blanks that do not break, and in a
    text its lines."""
    text = "Überfluß, 각,  x, 👨\u200d👩\u200d👧, नि, é, «\u00a0»,\n\tשלום"
    assert plain(text) == text
    assert inline("a\nb\tc") == r"a\nb\tc"


# --- commands ---------------------------------------------------------------


def words_of(line: str) -> list[str]:
    """Return the words that bash makes of a command line, without running it."""
    bash = shutil.which("bash")
    assert bash, "these tests need bash"
    script = f"tflow() {{ printf '%s\\0' \"$@\"; }}\n{line}\n"
    told = subprocess.run([bash, "-c", script], capture_output=True, check=True)
    return told.stdout.decode().split("\0")[:-1]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_means_what_it_says(tmp_path: Path, name: str) -> None:
    """A shell takes a name for one word, the command takes it for no option, and a
    terminal shows it."""
    line = command("set", f"{name}:1", tail="--by mina TEXT")
    verb, place, *rest = words_of(line)
    assert (verb, rest) == ("set", ["--by", "mina", "TEXT"])
    assert place.removeprefix("./") == f"{name}:1"
    assert not place.startswith("-")
    assert not unseen(line)
    assert "\n" not in line


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_word_comes_back(text: str) -> None:
    """Quoting is undone by a shell, whatever the word; what needs none gets none."""
    made = word(text)
    assert not unseen(made)
    if not made.startswith("$'"):
        assert split(made, comments=True) == [text]
    if re.fullmatch(r"[a-z0-9/가-힣-]+", text):
        assert made == text


def test_some_words_come_back_from_bash() -> None:
    """Also those that only bash and zsh can read: with escapes."""
    words = [f"a{letter}'\\b" for letter in UNSEEN[1:]] + ["\n", "'", "\\x41", "\t"]
    made = " ".join(map(word, words))
    assert words_of(f"tflow {made}") == words


def test_a_command_is_not_broken_within_quotes() -> None:
    """On a narrow terminal a word in quotes stays whole."""
    line = command("show", "one two three's four five six:7", tail="--lang ko")
    rows = continued(line, 24, "  ")
    assert len(rows) > 1
    assert words_of("\n".join(rows)) == words_of(line)


def test_no_hint_is_made_by_hand() -> None:
    """Where a name stands in a command that people copy, one function wrote it."""
    package = Path(plain.__code__.co_filename).parent.parent
    for path in package.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.search(
                r"""tflow [a-z-]+ \{(?![A-Z]+\})|tflow \{(?!__|join|shlex|hash)""", line
            )
            assert not found, f"{path}: {line.strip()}"


# --- everything that is told -------------------------------------------------


@pytest.fixture
def hostile(project: Path, write: Write) -> Iterator[Path]:
    """A project whose articles have the names above."""
    for n, name in enumerate(NAMES):
        write(f"sources/{name}.md", BOAT.replace("9", str(n)))
    yield project
    assert not list(project.rglob("PWN*"))


COMMANDS = (
    ("sync",), ("status",), ("status", "--all"), ("show",), ("check",), ("drift",),
    ("drift", "--kept"), ("next",), ("export", "--all", "--format", "md"),
    ("export", "--all", "--release"), ("draft", "--all", "--engine", "pseudo"),
    ("draft", "--all", "--engine", "pseudo", "--dry-run"),
    ("clean",), ("glossary", "check"),
    ("accept", "--all"), ("accept", "--all", "--unread"), ("sign", "--all"),
    ("check", "--format", "github"), ("undo",),
)  # fmt: skip


def test_names_stay_in_their_lines(hostile: Path, tflow: Tflow, write: Write) -> None:
    """No command prints a letter that nobody sees, or a line that a name made; JSON
    decodes to the true names, and does not steer a terminal either."""
    from translate_flow.cli import main

    for round_, told in enumerate((False, True)):
        for words in COMMANDS:
            more = ("--json",) if told else ()
            if words[0] == "drift":
                for n, name in enumerate(NAMES):
                    text = BOAT.replace("leaves", f"never leaves {round_}")
                    write(f"sources/{name}.md", text.replace("9", str(n)))
            tflow._capsys.readouterr()
            main([*more, *words])
            out, err = tflow._capsys.readouterr()
            assert not unseen(out + err), words
            assert not re.search(r"(?m)^\s*FORGED", out + err), words
            if told:
                json.loads(out)
    named_ = {
        one["slug"] for one in tflow("--json", "status", "--all").json["articles"]
    }
    assert named_ >= set(NAMES) - {"u\t{v}"}


@pytest.mark.parametrize("name", NAMES)
def test_hints_can_be_typed(hostile: Path, tflow: Tflow, name: str) -> None:
    """What a command says is next is a command, and it finds the article."""
    done = tflow("draft", named_place(name), "--engine", "pseudo")
    verb, place = words_of(done.err.split("next: ")[1].strip())
    assert verb == "show"
    (first, *_) = tflow("--json", verb, place).json["units"]
    assert first["slug"] == name


def named_place(name: str) -> str:
    """Return an article as one must type it, without a shell."""
    return f"./{name}" if name.startswith("-") else name


TEXTS = (
    "\\u001b]0;PWN\\u0007", "\\u202egnihtyna", "x\\u2028FORGED", "\\u009b2J",
    "x\\nFORGED",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_texts_steer_no_terminal(project: Path, tflow: Tflow, text: str) -> None:
    """Front matter, its keys, catalogs, marks and settings are told as they are, with
    escapes for what nobody sees; JSON has the very letters."""
    true = json.loads(f'"{text}"')
    source = f'---\ntitle: "{text}"\nlang: "{text}"\n---\n\nThe boat.\n'
    Path("sources/other.md").write_text(source)
    tflow("sync", "boat")
    catalog = Path("translations/ko/boat.po")
    written = catalog.read_text()
    hostile = text.replace("\\u001b", "\x1b").replace("\\u009b", "\x9b")
    hostile = hostile.replace("\\u202e", "\u202e").replace("\\u2028", "x")
    hostile = hostile.replace("\\u0007", "\x07")
    catalog.write_text(written.replace('msgstr ""', f'msgstr "{hostile}"'))
    outs = []
    for words in (["show", "boat"], ["status"], ["check"], ["show", "other"], ["next"]):
        from translate_flow.cli import main

        for more in ((), ("--json",)):
            tflow._capsys.readouterr()
            main([*more, *words])
            out, err = tflow._capsys.readouterr()
            outs.append(out)
            assert not unseen(out + err), words
    assert not re.search(r"(?m)^error.*\n\s*FORGED", "".join(outs))
    if "2028" not in text:
        units = tflow("--json", "show", "boat").json["units"]
        assert {u["target"] for u in units} == {true}


def test_a_place_may_begin_with_a_dot(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """``./-x`` names an article whose name would be an option; others may be written
    so, too."""
    write("sources/-x.md", BOAT)
    for place in ("./-x", "./-x:2", "./boat", "./boat:2"):
        assert tflow("--json", "show", place).json["units"]
    assert named("-x") == "./-x"
