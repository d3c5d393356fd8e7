"""A project's own templates are filled in by another process, which is stopped if it
takes too much time or memory: a project may come from anybody, and nobody can tell
beforehand whether a template's loop ends."""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, NamedTuple

from translate_flow.errors import FlowError
from translate_flow.exporters.templates.filling import Template

SECONDS = 10.0
"""For a page. Ours take a hundredth of a second."""
LARGEST = 64 * 2**20
"""Characters that a page may have beyond four times what is filled in."""
MEMORY = 2 * 2**30
"""Bytes that the process may have, where the system can see to that."""

_BOOT = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from translate_flow.exporters.templates.confined import serve
serve()
"""
_KEPT = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
"""What the process sees of the environment: no keys."""


class Work(NamedTuple):
    """A page to be made."""

    template: Template
    own: Mapping[str, str]
    values: Mapping[str, Any]


def confined(work: Work, file: str, seconds: float = SECONDS) -> str:
    """Return a page made by the other process.

    :param file: the template, for errors.
    :raises FlowError: if the template is wrong, or takes too long or too much.
    """
    try:
        return _worker().done(work, seconds)
    except TimeoutError:
        _worker.cache_clear()
        says = f"it takes more than {seconds:g} seconds, and was stopped"
    except EOFError:
        _worker.cache_clear()
        says = "it broke the process that fills it in, or takes too much memory"
    hint = "look for loops, and for texts that are made long"
    raise FlowError(f"template: {says}", file, hint=hint)


@lru_cache(maxsize=1)
def _worker() -> _Worker:
    return _Worker()


class _Worker:
    """The other process, for page after page; threads take turns."""

    def __init__(self) -> None:
        path = [str(Path(folder).absolute()) for folder in sys.path]
        environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, json.dumps(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
        )
        atexit.register(self._stop)
        assert self._process.stdin
        assert self._process.stdout
        self._to: IO[bytes] = self._process.stdin
        self._from: IO[bytes] = self._process.stdout
        self._from.readline()  # it is ready

    def done(self, work: Work, seconds: float) -> str:
        """Return what becomes of some work.

        :raises FlowError: if that says so.
        :raises TimeoutError: if it was stopped.
        :raises EOFError: if it broke down.
        """
        asked = pickle.dumps((work, seconds))
        with self._turn:
            late = threading.Event()
            timer = threading.Timer(seconds, self._stop, (late,))
            timer.start()
            try:
                self._to.write(len(asked).to_bytes(8, "big") + asked)
                self._to.flush()
                head = self._from.read(8)
                answer = self._from.read(int.from_bytes(head, "big"))
            except OSError:
                head = answer = b""
            except BaseException:  # half an answer is left there
                self._stop()
                raise
            finally:
                timer.cancel()
        if late.is_set():
            raise TimeoutError
        if len(head) < 8 or len(answer) != int.from_bytes(head, "big"):
            self._stop()
            raise EOFError
        if answer[:1] == b"!":
            raise FlowError(**json.loads(answer[1:]))
        return answer[1:].decode("utf-8", "surrogatepass")

    def _stop(self, late: threading.Event | None = None) -> None:
        if late is not None:
            late.set()
        with suppress(OSError):
            self._process.kill()
        self._process.wait()


# --- in the other process ---------------------------------------------------


def serve() -> None:
    """Make page after page, until nobody asks any more."""
    asked, answers = os.fdopen(0, "rb"), os.fdopen(1, "wb")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    answers.write(b"ready\n")
    answers.flush()
    while len(head := asked.read(8)) == 8:
        data = asked.read(int.from_bytes(head, "big"))
        work, seconds = pickle.loads(data)
        if hasattr(signal, "alarm"):  # should nobody be left who stops us
            signal.alarm(int(seconds) + 2)
        answer = _answer(work, LARGEST + 4 * len(data))
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()


def _answer(work: Work, largest: int) -> bytes:
    from translate_flow.exporters.templates.filling import rendered

    try:
        page = rendered(*work, largest=largest)
    except FlowError as error:
        told: dict[str, Any] = {"message": error.message, "file": error.file}
        return (
            b"!" + json.dumps({**told, "line": error.line, "hint": error.hint}).encode()
        )
    return b"=" + page.encode("utf-8", "surrogatepass")


def _bound_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
