"""A ``tflow`` that starts at once: a process that has loaded everything forks for each
command line.

The program in the folder that ``running`` gives asks that process over a socket, and
hands its words, environment, folder, umask and its own stdin, stdout and stderr over.
The child runs the installed command with them, to its very end. Where Python itself
would start in another way (its own variables, the locale, a closed stream), the
program runs the installed command instead. It passes no signals on: it is nothing for
tests that kill, nor for those whose point is the start.
"""

from __future__ import annotations

import atexit
import gc
import io
import locale
import marshal
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

REAL = Path(sys.executable).with_name("tflow")

LIBRARIES = (
    *("diff_match_patch", "docx", "filelock", "jinja2", "markdown_it.main"),
    *("mdit_py_plugins.front_matter", "nh3", "polib", "rapidfuzz.distance"),
    *("rapidfuzz.fuzz", "requests", "rich.console", "rich.table", "rich.text"),
    *("ruamel.yaml", "spellchecker", "stamina", "tomlkit"),
)
"""What the commands load when they need it."""

STARTED = (
    "[(stream.encoding, stream.errors) for stream in (sys.stdin, sys.stdout)]"
    " + sorted(v for v in os.environb.items() if v[0].startswith(b'PYTHON'))"
)
"""What the environment told Python as it started, its locale included."""

CLIENT = """\
#!{python} -IS
import os, sys

try:
    for stream in range(3):
        os.fstat(stream)
    warm = repr({expression}) == {started!r}
except OSError:
    warm = False
if not warm:
    os.execv({real!r}, sys.argv)
import _socket, marshal

mask = os.umask(0)
words = [os.fsencode(word) for word in sys.argv[1:]]
asked = marshal.dumps((words, dict(os.environb), mask))
streams = (0, 1, 2, os.open(".", os.O_RDONLY))
passed = b"".join(one.to_bytes(4, sys.byteorder) for one in streams)
server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
server.connect({address!r})
server.sendmsg(
    [len(asked).to_bytes(4, "big")],
    [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, passed)],
)
server.sendall(asked)
code = int.from_bytes(server.recv(4, _socket.MSG_WAITALL), "big", signed=True)
if code < 0:
    os.kill(os.getpid(), -code)
os._exit(code)
"""


@contextmanager
def running() -> Iterator[Path]:
    """Start the process; give the folder with the ``tflow`` that asks it."""
    with tempfile.TemporaryDirectory(prefix="warm-") as name:
        folder, address = Path(name) / "bin", str(Path(name) / "socket")
        folder.mkdir()
        words = [sys.executable, __file__, address]
        pipe = subprocess.PIPE
        with subprocess.Popen(words, stdin=pipe, stdout=pipe) as process:
            assert process.stdout
            started = process.stdout.readline().decode().removesuffix("\n")
            program = folder / "tflow"
            program.write_text(
                CLIENT.format(
                    python=sys.executable,
                    real=str(REAL),
                    address=address,
                    expression=STARTED,
                    started=started,
                )
            )
            program.chmod(0o755)
            yield folder
            process.communicate()  # which ends its stdin, and so itself


def load() -> None:
    """Load everything that a command may need."""
    import translate_flow

    for found in pkgutil.walk_packages(translate_flow.__path__, "translate_flow."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
    for library in LIBRARIES:
        import_module(library)
    gc.collect()
    gc.freeze()


def serve(address: str) -> None:
    """Answer until stdin ends; come back in each child, with all that it was given."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    print(repr(eval(STARTED)), flush=True)
    waiting: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([listening, woken, 0], [], [])
        if 0 in ready:
            os._exit(0)
        if woken in ready:
            os.read(woken, 4096)
            tell(waiting)
        if listening in ready:
            asking = listening.accept()[0]
            if (child := os.fork()) == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for mine in (woken, wake):
                    os.close(mine)
                for other in (listening, *waiting.values()):
                    other.close()
                take_over(asking)
                return
            waiting[child] = asking


def tell(waiting: dict[int, socket.socket]) -> None:
    """Tell those who wait how their children ended."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            with waiting.pop(ended[0]) as asking, suppress(OSError):
                code = os.waitstatus_to_exitcode(ended[1])
                asking.sendall(code.to_bytes(4, "big", signed=True))


def take_over(asking: socket.socket) -> None:
    """Become the process that was asked for."""
    head, passed, _, _ = socket.recv_fds(asking, 4, 4)
    data = asking.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL)
    words, environ, mask = marshal.loads(data)
    asking.close()
    *streams, folder = passed
    os.fchdir(folder)
    for stream, given in enumerate(streams):
        os.dup2(given, stream)
    for given in passed:
        os.close(given)
    os.umask(mask)
    os.environb.clear()
    os.environb.update(environ)
    time.tzset()
    locale.setlocale(locale.LC_CTYPE, "")
    tempfile.tempdir = None
    sys.argv = [str(REAL), *map(os.fsdecode, words)]
    sys.stdin = sys.__stdin__ = opened(0, sys.__stdin__)
    sys.stdout = sys.__stdout__ = opened(1, sys.__stdout__)
    sys.stderr = sys.__stderr__ = opened(2, sys.__stderr__)


def opened(stream: int, before: io.TextIOWrapper) -> io.TextIOWrapper:
    """Open a standard stream anew, as Python does when it starts."""
    binary = open(stream, "wb" if stream else "rb", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(
        binary,
        encoding=before.encoding,
        errors=before.errors,
        newline="\n",
        line_buffering=stream == 2 or os.isatty(stream),
    )


def run() -> int:
    """Run the installed command, and what it has to be done at its end.

    :returns: its exit code; the many modules need not be taken apart for it.
    """
    try:
        runpy.run_path(str(REAL), run_name="__main__")
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return 120
    return code


if __name__ == "__main__":
    load()
    serve(sys.argv[1])
    os._exit(run())
