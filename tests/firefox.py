"""Firefox, asked through its own remote protocol, Marionette: commands as JSON lists,
each after its length, over a socket of this computer.

Playwright drives only a Firefox of its own making; this one is the system's.
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

PREFERENCES = {
    "marionette.port": 0,
    "remote.prefs.recommended": True,
    "toolkit.legacyUserProfileCustomizations.stylesheets": True,
}
NARROW = ":root { min-width: 0 !important; }"
"""Lets a window be as narrow as a phone."""
SECONDS = 60


class Firefox:
    """A window without a screen."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self._file = self._socket.makefile("rb")
        self._numbers = count(1)
        self._received()
        self._ask("WebDriver:NewSession")

    def _ask(self, command: str, **values: Any) -> Any:
        data = json.dumps([0, next(self._numbers), command, values]).encode()
        self._socket.sendall(b"%d:%s" % (len(data), data))
        _, _, error, result = self._received()
        assert error is None, error
        return result

    def _received(self) -> Any:
        size = b""
        while (digit := self._file.read(1)) != b":":
            assert digit, "Firefox has gone"
            size += digit
        return json.loads(self._file.read(int(size)))

    def show(self, file: Path, width: int, height: int = 900) -> None:
        """Open a file, in a window of this size."""
        self._ask("WebDriver:SetWindowRect", width=width, height=height)
        self._ask("WebDriver:Navigate", url=file.as_uri())

    def evaluate(self, function: str) -> Any:
        """Return what a function of JavaScript says of the page."""
        script = f"return ({function})()"
        return self._ask("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def printed(self) -> bytes:
        """Return the page as a PDF."""
        told = self._ask("WebDriver:Print", background=True, shrinkToFit=False)
        return base64.b64decode(told["value"])

    def seen(self, *, whole: bool = False) -> bytes:
        """Return a picture of the window or of the whole page, as PNG."""
        told = self._ask("WebDriver:TakeScreenshot", full=whole)
        return base64.b64decode(told["value"])


@contextmanager
def started(profile: Path) -> Iterator[Firefox]:
    """Start the system's Firefox with a new profile: a missing one is a failure, never
    a skip."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.fail("Firefox is missing; install it: apt-get install -y firefox-esr")
    said = (f'user_pref("{k}", {json.dumps(v)});' for k, v in PREFERENCES.items())
    (profile / "user.js").write_text("\n".join(said))
    (profile / "chrome").mkdir()
    (profile / "chrome" / "userChrome.css").write_text(NARROW)
    words = (path, "--headless", "--marionette", "--no-remote", "--profile", profile)
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    try:
        lines = (line for line in process.stdout if "Listening on port" in line)
        port = int(next(lines).split()[-1])
        Thread(target=process.stdout.read, daemon=True).start()
        yield Firefox(port)
    finally:
        process.kill()
        process.wait()
