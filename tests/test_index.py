"""What sync need not look at again, and what brings it to look."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

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
