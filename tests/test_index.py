"""What sync need not look at again, and what brings it to look."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from conftest import Tflow, Write

from translate_flow import article

INDEX = Path(".tflow/index.json")
KO = Path("translations/ko/boat.po")
SOURCE = Path("sources/boat.md")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that were parsed, as they are."""
    found: list[str] = []
    really = article.parse

    def parse(text: str, *, name: str, **more: object) -> article.Article:
        found.append(name)
        return really(text, name=name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("translate_flow.article.parse", parse)
    return found


@pytest.fixture
def still(project: Path, tflow: Tflow, parsed: list[str]) -> Path:
    """A project of which sync knows that it would change nothing."""
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    tflow("sync")
    tflow("sync")
    parsed.clear()
    return project


def test_what_is_still_is_not_read(
    still: Path, tflow: Tflow, parsed: list[str]
) -> None:
    """The answer is the same, and nothing is parsed for it; of one language, too."""
    said = tflow("sync")
    assert parsed == []
    assert tflow("sync", "--check").out == said.out
    assert parsed == []
    assert tflow("sync", "--lang", "ko").out == said.out
    INDEX.unlink()
    assert tflow("sync").out == said.out
    assert parsed


def edited() -> None:
    """The author edits."""
    SOURCE.write_text(SOURCE.read_text().replace("nine", "ten").replace("9", "10"))


def typed() -> None:
    """Somebody types in another editor."""
    KO.write_text(KO.read_text().replace("아홉", "열"))


def gone() -> None:
    """The catalog goes."""
    KO.unlink()


def set_otherwise() -> None:
    """The project has another setting."""
    file = Path("translate_flow.toml")
    file.write_text(f'{file.read_text()}\n[drift]\nalways = ["spelling"]\n')


@pytest.mark.parametrize(
    ("change", "code"), [(edited, 1), (typed, 1), (gone, 1), (set_otherwise, 0)]
)
def test_what_brings_sync_to_look(
    still: Path, tflow: Tflow, parsed: list[str], change: Callable[[], None], code: int
) -> None:
    """Each is seen, and the answer is what it is without an index."""
    change()
    with_index = tflow("sync", "--check", "--json", code=code)
    assert parsed
    INDEX.unlink()
    without = tflow("sync", "--check", "--json", code=code)
    assert with_index.out == without.out


def test_another_machine_is_another_answer(
    still: Path, tflow: Tflow, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who acts is part of what is known."""
    monkeypatch.setenv("TFLOW_ACTOR", "machine:robot")
    tflow("sync")
    assert parsed


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"boat\\u0000": []}', '{"boat\\u0000": ["ko", ""]}', "1"]
)
def test_a_damaged_index_is_made_anew(
    still: Path, tflow: Tflow, parsed: list[str], text: str
) -> None:
    """What cannot be read, or was never said, is not believed."""
    INDEX.write_text(text)
    tflow("sync")
    assert parsed
    assert json.loads(INDEX.read_text())


def test_status_is_remembered(still: Path, tflow: Tflow, parsed: list[str]) -> None:
    """How far articles are is told without reading them, for people and programs."""
    first = tflow("status").out, tflow("status", "--json").out
    parsed.clear()
    assert (tflow("status").out, tflow("status", "--json").out) == first
    assert parsed == []
    tflow("status", "boat:1")
    assert parsed


def test_what_readers_have_is_told(
    still: Path, tflow: Tflow, parsed: list[str]
) -> None:
    """A release is part of what is known, and brings status to look again."""
    for n, text in ((1, "배"), (2, "항구"), (4, "기다리지 않는다.")):
        tflow("set", f"boat:{n}", text)
    tflow("status")
    assert tflow("status", "--json").json["articles"][0]["live"] is None
    tflow("sign", "boat", "--by", "bob")
    tflow("export", "boat", "--release", "--format", "md")
    first = tflow("status", "--json")
    assert first.json["articles"][0]["live"]["behind"] == 0
    parsed.clear()
    assert tflow("status", "--json").out == first.out
    assert parsed == []


def commit() -> None:
    """Put everything into git."""
    for words in (["init"], ["add", "-A"], ["commit", "--allow-empty", "-m", "now"]):
        subprocess.run(["git", *words], check=True, capture_output=True)


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a file as an editor does."""
    path.write_text(path.read_text().replace(old, new))


def step(tflow: Tflow, dice: Random) -> None:
    """Do one of the things that are done to a project."""
    n, text = dice.randint(1, 4), f"배 {dice.random()}"
    steps: list[Callable[[], object]] = [
        lambda: rewrite(SOURCE, *dice.choice([("9", "10"), ("boat", "ship")])),
        lambda: SOURCE.write_text(f"{SOURCE.read_text()}\nMore {text}.\n"),
        lambda: rewrite(KO, "배", "선박"),
        lambda: tflow("set", f"boat:{n}", text),
        lambda: tflow("draft", "boat", "--engine", "pseudo"),
        lambda: tflow("accept", "boat", "--unread"),
        lambda: tflow("sign", "boat", "--by", "bob"),
        lambda: tflow("sync"),
        commit,
        lambda: tflow("undo"),
    ]
    with suppress(AssertionError):  # a command may be refused
        dice.choice(steps)()


def said(tflow: Tflow) -> list[str]:
    """Return what reading commands say, whatever they exit with."""
    told = []
    for words in (("status",), ("sync", "--check"), ("drift",)):
        try:
            told.append(tflow(*words, "--json").out)
        except AssertionError:
            told.append(tflow(*words, "--json", code=1).out)
    return told


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_every_answer_is_the_same_without_an_index(
    project: Path, tflow: Tflow, seed: int
) -> None:
    """Whatever happened: with the index of before, without one, and with a new one."""
    dice = Random(seed)
    for _ in range(14):
        step(tflow, dice)
        with_old = said(tflow)
        INDEX.unlink(missing_ok=True)
        without = said(tflow)
        assert with_old == without == said(tflow)


def test_nobody_brings_answers_along(
    still: Path, tflow: Tflow, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that another user made says nothing here."""
    monkeypatch.setenv("XDG_STATE_HOME", str(still.parent / "other"))
    tflow("sync")
    assert parsed


def test_answers_are_of_one_article(
    still: Path, tflow: Tflow, parsed: list[str], write: Write
) -> None:
    """An answer that is put under another name is none."""
    write("sources/copy.md", SOURCE.read_text())
    shutil.copy(KO, "translations/ko/copy.po")
    known = json.loads(INDEX.read_text())
    known |= {key.replace("boat", "copy"): row for key, row in known.items()}
    INDEX.write_text(json.dumps(known))
    tflow("sync")
    assert any("copy" in name for name in parsed)


def test_without_a_place_for_a_secret(
    still: Path, tflow: Tflow, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is known then, and all works."""
    for name in ("XDG_STATE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("translate_flow.project.user.home", lambda environ: None)
    assert "nothing changed" in tflow("sync").out
    assert parsed
