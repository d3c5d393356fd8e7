"""The plain-text form, and what an editor makes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Tflow
from hypothesis import given
from hypothesis import strategies as st

from translate_flow.errors import FlowError
from translate_flow.exchange.form import FormUnit, read, write

KO = Path("translations/ko/boat.po")

TARGETS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=60
).map(lambda text: "\n".join(row for row in text.split("\n") if row.strip()))


@given(st.lists(TARGETS, max_size=4))
def test_an_untouched_form_changes_nothing(targets: list[str]) -> None:
    """What was not changed is read back as kept, whatever the texts hold."""
    items = [FormUnit(f"a:k{n}", "", (("en", t),), t) for n, t in enumerate(targets)]
    answers = read(write(items), items)
    assert [answer.word for answer in answers] == ["keep"] * len(items)
    assert [answer.changed for answer in answers] == [False] * len(items)
    assert [answer.target for answer in answers] == [t.strip("\n") for t in targets]


ONE = [FormUnit("boat:k1", "segment 1", (("en", "One."),), "하나.")]


def test_words() -> None:
    """ok takes, ask asks, a changed target counts whatever the word says."""
    text = write(ONE)
    [ok] = read(text.replace("keep\n", "OK\n"), ONE)
    assert (ok.word, ok.changed) == ("ok", False)
    [ask] = read(text.replace("keep\n", "ask: Which one?\n"), ONE)
    assert (ask.word, ask.question) == ("ask", "Which one?")
    [new] = read(text.replace("하나.", "둘.\n\n# 셋 | 넷"), ONE)
    assert (new.word, new.changed, new.target) == ("keep", True, "둘.\n\n# 셋 | 넷")
    assert read("", ONE) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("target:\n", "", 'boat:k1 has no line "target:" any more'),
        ("keep\n", "maybe\n", "boat:k1: not understood: 'maybe'"),
        ("keep\n", "ask\n", "boat:k1: ask what?"),
        ("=== boat:k1", "=== boat:k9", "boat:k9 is no unit of this form"),
    ],
)
def test_what_cannot_be_understood(old: str, new: str, message: str) -> None:
    """A form that is broken is answered with the line of its unit."""
    with pytest.raises(FlowError) as caught:
        read(write(ONE).replace(old, new), ONE)
    assert caught.value.message == message
    assert (
        caught.value.line == write(ONE).split("\n").index("=== boat:k1  segment 1") + 1
    )


THREE = [
    FormUnit("a:k1", "segment 1", (("en", "One.\n\nTwo."),), "<k1> 하나.\n\n<k1> 둘."),
    FormUnit("a:k2", "segment 2", (("en", "Three."),), "ask <k2> 셋"),
    FormUnit("a:k3", "segment 3", (("en", "Four."),), "<k3>\n=== a:k1 <k3>\n| <k3>"),
]
"""Units of whose targets each line says whose it is."""

OPERATIONS = ("delete", "repeat", "swap", "cut", "indent", "insert")


def damaged(rows: list[str], operation: str, at: int, other: int) -> list[str]:
    """Return the lines of a form after one slip; a line of a text is not mistyped, and
    goes into no other text: nobody could tell that from what is meant."""
    i, j = at % len(rows), other % len(rows)
    changed = list(rows)
    ours, others = (bool(row) and "<k" not in row for row in (rows[i], rows[j]))
    if operation == "delete":
        del changed[i]
    elif operation == "repeat" and ours:
        changed.insert(j, rows[i])
    elif operation == "swap" and (ours or others):
        changed[i], changed[j] = rows[j], rows[i]
    elif operation == "cut" and ours:
        changed[i] = rows[i][: j % len(rows[i])] + rows[i][j % len(rows[i]) + 1 :]
    elif operation == "indent" and ours:
        changed[i] = f" {rows[i]}"
    elif operation == "insert" and ours:
        changed[i] = f"{rows[i][:j]}=|x "[: j + 1 + other % 3] + rows[i][j:]
    return changed


def reads_no_scaffolding(rows: list[str]) -> None:
    """A form is refused, or each target is its own unit's lines, and none is lost."""
    try:
        answers = read("\n".join(rows), THREE)
    except FlowError:
        return
    found = [(a.place, row) for a in answers for row in a.target.split("\n")]
    found = [(place, row) for place, row in found if row.strip()]
    assert all(f"<{place[2:]}>" in row for place, row in found)
    asked = [f"ask {answer.question}" for answer in answers if answer.question]
    typed = (row.removeprefix("\\") for row in rows if "<k" in row)
    assert sorted([row for _, row in found] + asked) == sorted(typed)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_slip_in_a_form_is_no_translation(operation: str) -> None:
    """Whatever one slip does to any line, nothing of the form becomes a target, no text
    another unit's, and none is lost."""
    rows = write(THREE).split("\n")
    assert rows[rows.index("<k3>") + 1] == "\\=== a:k1 <k3>"
    for i in range(len(rows)):
        for j in range(len(rows)):
            reads_no_scaffolding(damaged(rows, operation, i, j))


@given(st.data())
def test_a_form_that_was_cut_is_no_translation(data: st.DataObject) -> None:
    """Nor does one more after lines were cut without looking."""
    rows = write(THREE).split("\n")
    first = data.draw(st.integers(0, len(rows) - 1))
    del rows[first : first + data.draw(st.integers(0, 8))]
    i, j = (data.draw(st.integers(0, 40)) for _ in range(2))
    rows = damaged(rows, data.draw(st.sampled_from(OPERATIONS)), i, j)
    reads_no_scaffolding(rows)


@pytest.mark.parametrize(
    ("cut", "message"),
    [
        ("=== end boat:k1\n\n=== boat:k2  \n", "'| en    Two.' in a translation"),
        ("=== end boat:k1\n", 'boat:k1 has no line "=== end boat:k1" any more'),
        ("=== boat:k2  \n", "'keep' stands in no unit"),
    ],
)
def test_a_form_that_lost_its_joint(cut: str, message: str) -> None:
    """Two units without what parts them are not one: the first strange line is told."""
    items = [ONE[0], FormUnit("boat:k2", " ", (("en", "Two."),), "둘.")]
    form = write(items).replace("=== boat:k2\n", "=== boat:k2  \n")
    with pytest.raises(FlowError) as caught:
        read(form.replace(cut, ""), items)
    assert caught.value.message.endswith(message)


@pytest.mark.parametrize("text", ["keep", "OK", "| 배", "===", "target:\n\n\\ask"])
def test_a_text_that_looks_like_the_form(text: str) -> None:
    """A line that looks like one of the form is refused as a text, and taken with a
    backslash before it, as the form itself shows it."""
    quoted = "\n".join(f"\\{row}" if row else row for row in text.split("\n"))
    form = write(ONE)
    with pytest.raises(FlowError, match=r"in a translation|any more"):
        read(form.replace("하나.", text.replace("\\", "")), ONE)
    [answer] = read(form.replace("하나.", quoted), ONE)
    assert answer.target == text
    again = [FormUnit("boat:k1", "segment 1", (("en", "One."),), text)]
    assert write(again) == form.replace("하나.", quoted)


@pytest.mark.parametrize(
    "shown", ["하나.\n", "하나.  \n둘", "하나\r\n둘", "하나\n \n둘"]
)
def test_what_an_editor_trims_is_no_change(shown: str) -> None:
    """Blanks and line ends that an editor takes away are not a person's translation."""
    items = [FormUnit("boat:k1", "", (), shown)]
    text = "\n".join(row.rstrip() for row in write(items).splitlines()) + "\n"
    assert [answer.changed for answer in read(text, items)] == [False]


# --- edit -------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["== boat:k1  segment 1\n", "boat:k1\n", ""])
def test_a_target_without_its_heading(heading: str) -> None:
    """What is typed below a damaged heading is not lost: its line is told."""
    form = write(ONE).replace("=== boat:k1  segment 1\n", heading)
    with pytest.raises(FlowError, match="stands in no unit") as caught:
        read(form, ONE)
    assert caught.value.line == form.split("\n").index(heading.strip() or "keep") + 1


def test_a_target_may_say_target() -> None:
    """A text with that very line is read as any other."""
    items = [FormUnit("boat:k1", "", (), "target:\n\n둘."), ONE[0]]
    items[1] = FormUnit("boat:k2", "", (), "하나.")
    assert [a.target for a in read(write(items), items)] == ["target:\n\n둘.", "하나."]


class Editor:
    """An editor that replaces texts in what it is given, one pair at each call."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        script = folder / "editor.py"
        script.write_text(
            "import pathlib, sys\n"
            f"here = pathlib.Path({str(folder)!r})\n"
            "calls = sorted(here.glob('call*.txt'))\n"
            "path = pathlib.Path(sys.argv[-1])\n"
            "n = len(list(here.glob('seen*.txt')))\n"
            "(here / f'seen{n}.txt').write_text(path.read_text())\n"
            "if calls:\n"
            "    old, new = calls[0].read_text().split('\\0')\n"
            "    calls[0].unlink()\n"
            "    assert old in path.read_text()\n"
            "    path.write_text(path.read_text().replace(old, new))\n"
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")

    def will(self, *calls: tuple[str, str]) -> None:
        """Say what to replace at each call; at later calls nothing is changed."""
        for n, (old, new) in enumerate(calls):
            (self._folder / f"call{n}.txt").write_text(f"{old}\0{new}")

    def seen(self, call: int = 0) -> str:
        """Return what the editor was given."""
        return (self._folder / f"seen{call}.txt").read_text()


@pytest.fixture
def editor(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Editor:
    """An editor that does as it is told."""
    return Editor(tmp_path_factory.mktemp("editor"), monkeypatch)


def targets(tflow: Tflow, language: str = "ko") -> list[str]:
    """Return the targets of the article."""
    done = tflow("show", "boat", "--lang", language, "--json")
    return [unit["target"] for unit in done.json["units"]]


def test_edit_takes_what_was_typed(project: Path, tflow: Tflow, editor: Editor) -> None:
    """A text typed in the form is a translation, in one's name."""
    tflow("draft", "boat:3", "--engine", "pseudo")
    [unit] = tflow("show", "boat:3", "--json").json["units"]
    editor.will((unit["target"], "배는 아홉 시에 떠난다."))
    done = tflow("edit", "boat")
    assert done.out == "1 unit taken\n"
    assert targets(tflow)[2] == "배는 아홉 시에 떠난다."
    form = editor.seen()
    assert "segment 3, paragraph, draft\n| above Harbour\n" in form
    assert "| en    The boat leaves at 9.\nkeep\ntarget:\n" in form
    tflow("undo")
    assert targets(tflow)[2] == unit["target"]


def test_edit_shows_what_changed(project: Path, tflow: Tflow, editor: Editor) -> None:
    """Of a drifted unit the form shows the text it was taken for and the new words."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    path = Path("sources/boat.md")
    path.write_text(path.read_text().replace("leaves at 9", "never leaves at 9"))
    editor.will(("keep\n", "ok\n"))
    tflow("edit", "boat", "--state", "drifted")
    form = editor.seen()
    assert "| was   The boat leaves at 9.\n" in form
    assert "| now   The boat {+never +}leaves at 9.\n" in form
    assert form.count("\n=== boat:") == 1
    [unit] = tflow("show", "boat:3", "--json").json["units"]
    assert unit["state"] == "translated"


def test_an_editor_that_takes_the_form_away(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is taken from a form that is gone, and that is said in one line."""
    monkeypatch.setenv("EDITOR", "rm")
    done = tflow("edit", "boat", code=2)
    assert done.err == "error: rm took the form away; nothing was taken\n"


def test_edit_asks(project: Path, tflow: Tflow, editor: Editor) -> None:
    """A question in the form is a question to the author."""
    editor.will(("keep\n", "ask Which boat?\n"))
    done = tflow("edit", "boat:3")
    assert done.out == "1 question asked\n"
    assert done.err == "next: tflow status; tflow undo takes it back\n"
    assert "tflow-ask: " in KO.read_text()


def test_an_untouched_form_does_nothing(
    project: Path, tflow: Tflow, editor: Editor
) -> None:
    """Closing the editor leaves everything as it is."""
    tflow("sync")
    before = KO.read_bytes()
    done = tflow("edit")
    assert (done.out, done.err) == ("nothing changed\n", "next: tflow status\n")
    assert KO.read_bytes() == before


def test_a_wrong_answer_comes_back(project: Path, tflow: Tflow, editor: Editor) -> None:
    """What cannot stand is shown again with the reason; the rest is taken."""
    tflow("draft", "boat", "--engine", "pseudo")
    _, heading, _, text = targets(tflow)
    editor.will((heading, "하나\n\n둘"), ("하나\n\n둘", "항구"))
    tflow("edit", "boat:2,4")
    again = editor.seen(1)
    assert "| ERROR " in again
    assert "하나\n\n둘" in again
    assert text not in again
    assert targets(tflow)[1] == "항구"


def test_a_broken_form_comes_back(project: Path, tflow: Tflow, editor: Editor) -> None:
    """A form that is not understood is opened again at what is wrong."""
    editor.will(("keep\ntarget:\n", "hm\ntarget:\n배"), ("\nhm\n", "\nkeep\n"))
    tflow("edit", "boat:3")
    first = editor.seen(1).split("\n")
    assert first[0].startswith("| ERROR line ")
    line = int(first[0].split()[3].rstrip(":"))
    assert first[line - 1].startswith("=== boat:")
    assert targets(tflow)[2] == "배"


def test_who_gives_up_loses_nothing(
    project: Path, tflow: Tflow, editor: Editor
) -> None:
    """What was typed and cannot be taken is kept in a file that is named."""
    editor.will(("keep\ntarget:\n", "keep\ntarget:\n하나\n\n둘"))
    done = tflow("edit", "boat:2", code=2)
    assert ": not everything could be taken: segment 2 (line 5): the " in done.err
    assert done.err.endswith("; what you typed is kept there\n")
    path = Path(done.err.removeprefix("error: ").partition(":")[0])
    assert "하나\n\n둘" in path.read_text()


def test_a_damaged_form_is_kept_and_told(
    project: Path, tflow: Tflow, editor: Editor
) -> None:
    """Who loses a line between two units and gives up publishes nothing of the form;
    the reason is told without a terminal, too, and what was typed is kept."""
    tflow("set", "boat:3", "배는 9시에 떠난다.")
    [unit] = tflow("show", "boat:4", "--json").json["units"]
    joint = f"=== boat:{unit['id']}  segment 4, paragraph, untranslated\n"
    editor.will((f"\n{joint}", "한 문단 더\n"))
    done = tflow("edit", "boat:3,4", code=2)
    told, _, kept = done.err.removeprefix("error: ").partition(": not everything ")
    [line] = [
        n for n, row in enumerate(editor.seen(1).split("\n"), 1) if row == "한 문단 더"
    ]
    assert f"taken: line {line}: '한 문단 더' stands in no unit" in kept
    assert "한 문단 더" in Path(told).read_text()
    assert targets(tflow) == ["", "", "배는 9시에 떠난다.", ""]


def test_findings_of_a_form_are_told(
    project: Path, tflow: Tflow, editor: Editor
) -> None:
    """What is wrong with a text of a form is told at once, as ``set`` does; one of
    which nobody sees anything is shown again."""
    editor.will(("keep\ntarget:\n", "keep\ntarget:\n# 배는 \u202e떠난다."))
    told = tflow("edit", "boat:3").err
    assert "found: error: boat:3 (ko): # begins a line" in told
    assert "U+202E (right-to-left override) is in the translation" in told
    editor.will(("# 배는 \u202e떠난다.", "&nbsp;"))
    told = tflow("edit", "boat:3", code=2).err
    assert "the translation has nothing that a reader sees" in told


def test_an_emptied_target_is_told(project: Path, tflow: Tflow, editor: Editor) -> None:
    """A target that was taken away is not counted among those taken."""
    tflow("set", "boat:3", "배는 떠난다.")
    editor.will(("target:\n배는 떠난다.\n", "target:\n"))
    assert tflow("edit", "boat:3").out == "1 unit emptied\n"
    tflow("undo")
    editor.will(("target:\n배는 떠난다.\n", "target:\n"))
    [place] = tflow("edit", "boat:3", "--json").json["emptied"]
    assert place.startswith("boat:")


def test_what_changed_meanwhile_is_set_aside(
    project: Path, tflow: Tflow, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit that somebody else changed while the form was open is not overwritten."""
    script = Path("both.sh").absolute()
    program = Path(sys.executable).with_name("tflow")
    script.write_text(
        f"{program} set boat:3 '남의 글' --by bob --quiet >/dev/null\n"
        "sed -i 's/^target:$/target:\\n내 글/' \"$1\"\n"
    )
    monkeypatch.setenv("EDITOR", f"bash {script}")
    done = tflow("edit", "boat:3")
    assert done.out == "nothing changed\n"
    assert "it changed meanwhile" in done.err
    assert targets(tflow)[2] == "남의 글"
    kept = Path(done.err.split("is kept in ")[1].split("\n")[0])
    assert "내 글" in kept.read_text()


def test_what_was_only_wrapped_anew_is_taken(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line breaks that the author moved while the form was open change no unit."""
    script = Path("wrap.sh").absolute()
    script.write_text(
        "sed -i 's/The boat leaves/The boat\\nleaves/' sources/boat.md\n"
        "sed -i 's/^target:$/target:\\n내 글/' \"$1\"\n"
    )
    monkeypatch.setenv("EDITOR", f"bash {script}")
    tflow("edit", "boat:3")
    assert "The boat\nleaves at 9." in Path("sources/boat.md").read_text()
    assert targets(tflow)[2] == "내 글"


def test_one_language_at_a_time(project: Path, tflow: Tflow, editor: Editor) -> None:
    """A unit has one id in all languages, so a form is of one."""
    Path("translate_flow.toml").write_text(
        '[project]\nlanguages = ["en", "ko", "ja"]\n'
    )
    assert tflow("edit", code=2).err == (
        "error: these are translated into ko, ja; pick one with --lang\n"
    )
    editor.will(("keep\ntarget:\n", "keep\ntarget:\n船"))
    tflow("edit", "boat:3", "--lang", "ja")
    assert targets(tflow, "ko")[2] == ""
    assert targets(tflow, "ja")[2] == "船"


def test_no_editor(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor that is not there, or that fails, is one clear line."""
    monkeypatch.setenv("EDITOR", "no-such-editor-at-all")
    assert tflow("edit", code=2).err == (
        "error: no-such-editor-at-all cannot be run; "
        "set EDITOR to the command of your editor\n"
    )
    monkeypatch.setenv("EDITOR", "false")
    assert "false ended with 1; nothing was taken" in tflow("edit", code=2).err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--state", "drifed"),
            "unknown state 'drifed'; did you mean drifted? known: ",
        ),
        (("--class", "risc"), "unknown class 'risc'; did you mean risk? known: "),
        (("--severity", "grave"), "unknown severity 'grave'; known: high, medium, low"),
        (("--state", "draft,x"), "unknown state 'x'; known: omitted, "),
    ],
)
def test_edit_knows_its_words(
    project: Path, tflow: Tflow, words: tuple[str, str], message: str
) -> None:
    """A state, class or severity that does not exist is no empty choice."""
    assert tflow("edit", *words, code=2).err.startswith(f"error: {message}")


# --- next -------------------------------------------------------------------


def test_next_is_the_most_urgent(project: Path, tflow: Tflow) -> None:
    """Drift comes before drafts, drafts before what is missing."""

    def urgent() -> tuple[int, str] | None:
        units = tflow("next", "--json").json["units"]
        return (units[0]["n"], units[0]["state"]) if units else None

    assert urgent() == (1, "untranslated")
    tflow("draft", "boat:2", "--engine", "pseudo")
    assert urgent() == (2, "draft")
    tflow("set", "boat:3", "배")
    tflow("set", "boat:4", "아니")
    path = Path("sources/boat.md")
    path.write_text(
        path.read_text().replace("at 9", "at 10").replace("does not wait", "does wait")
    )
    assert urgent() == (4, "drifted")
    hint = 'tflow set boat:4 "…", or tflow edit boat\n'
    assert tflow("next").err == f"next: tflow sync boat, then {hint}"
    tflow("sync")
    assert tflow("next").err == f"next: {hint}"
    tflow("draft", "boat", "--engine", "pseudo")
    tflow("accept", "boat", "--unread")
    assert tflow("next").out == "nothing is left to do\n"
