"""Lines as wide as the terminal."""

from __future__ import annotations

import shlex

from hypothesis import given
from hypothesis import strategies as st

from translate_flow.cli.terminal.folding import (
    cell_len,
    continued,
    fold,
    fold_commands,
)

WORDS = st.text(st.sampled_from("ab-/가힣 "), min_size=1, max_size=80)


@given(WORDS, st.integers(8, 60))
def test_folded_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """Whatever is folded fits and holds the same letters."""
    got = fold(text, width)
    assert all(cell_len(line) <= width for line in got.split("\n"))
    assert "".join(got.split()) == "".join(text.split())


@given(WORDS)
def test_what_fits_stays_as_it_is(text: str) -> None:
    """A line for which there is room is not touched, but for blanks at its end."""
    assert fold(text, 500) == text.rstrip()


def test_words_stay_whole_where_they_can() -> None:
    """A line ends between words; a word wider than a line after a slash or hyphen."""
    text = "wrote translations/ko/opinion/who-should-pay.po"
    assert fold(text, 30).split("\n") == [
        "wrote",
        "  translations/ko/opinion/who-",
        "  should-pay.po",
    ]
    assert fold("가나다라마바사", 8) == "가나다라\n  마바사"


@given(st.lists(st.sampled_from(("boat:2", '"…"', "--all", "긴-이름", "a" * 30))))
def test_a_folded_command_is_the_same_to_a_shell(words: list[str]) -> None:
    """A command that is broken is read by a shell as it was."""
    command = shlex.join(["tflow", "set", *words])
    for width in (10, 24, 60):
        lines = continued(command, width, "    ")
        joined = "\n".join(lines).replace("\\\n", "")
        assert shlex.split(joined) == shlex.split(command)


def test_alternatives_stand_below_each_other() -> None:
    """Commands of which one will do are parted, and what goes before them comes
    first."""
    commands = ('tflow set boat:2 "…"', "tflow edit boat")
    line = 'next: tflow sync boat, then tflow set boat:2 "…", or tflow edit boat'
    assert fold_commands(commands, "tflow sync boat", 100) == line
    assert fold_commands(commands, "", 40).split("\n") == [
        'next: tflow set boat:2 "…",',
        "  or tflow edit boat",
    ]
    assert fold_commands(("tflow show " + "a" * 40,), "", 30).split("\n") == [
        "next: tflow show \\",
        f"    {'a' * 40}",
    ]
