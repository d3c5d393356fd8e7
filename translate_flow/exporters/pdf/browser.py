"""The one place that runs a browser: a page in, what it prints out."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from translate_flow.errors import FlowError

VARIABLE = "TFLOW_BROWSER"
"""Names the browser, by name or path, if it is not found or another one is wanted."""

MORE_FLAGS = "TFLOW_CHROMIUM_FLAGS"
"""Flags to start the browser with beside ours, as one would type them. Without a
sandbox a page may do more than it should: only the environment may ask for that, never
a project.
"""

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
"""Browsers that print alike, as they are called on PATH, and where they are on systems
that keep programs elsewhere."""

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--use-mock-keychain",
    "--lang=en-US",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
)
LIMIT = 120.0
"""Seconds that an article may take; the longest we know takes six."""

INSTALL = f"install Chromium, Chrome or Edge, or name one in {VARIABLE}"

KNOWN = (
    (
        "No usable sandbox",
        "No usable sandbox",
        "install the package chromium-sandbox; or, if you trust all that is printed, "
        f"set {MORE_FLAGS}=--no-sandbox",
    ),
    (
        "Could not find any font",
        "there are no fonts",
        "install some, on Debian fonts-liberation and fonts-nanum",
    ),
)
"""How browsers fail, by a sign in their logs: what is wrong, what to do."""


def find(environ: Mapping[str, str]) -> str:
    """Return the program to print with.

    :raises FlowError: if there is none.
    """
    wanted = environ.get(VARIABLE, "")
    for name in (wanted,) if wanted else NAMES:
        if found := shutil.which(name, path=environ.get("PATH")):
            return found
    if wanted:
        raise FlowError(f"{VARIABLE}: there is no program {wanted!r}", hint=INSTALL)
    raise FlowError("no browser to print a PDF with", hint=INSTALL)


def more_flags(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the flags that the user wants beside ours.

    :raises FlowError: if a quote in them is not closed.
    """
    try:
        return tuple(shlex.split(environ.get(MORE_FLAGS, "")))
    except ValueError:
        hint = "write them as in a shell, like --no-sandbox"
        raise FlowError(f"{MORE_FLAGS}: a quote is not closed", hint=hint) from None


def printed(
    html: str, browser: str, seconds: float = LIMIT, flags: Sequence[str] = ()
) -> bytes:
    """Return a page as a browser prints it, from an empty profile and without network.

    :param browser: the program, of the Chromium family.
    :param seconds: how long it may take.
    :param flags: what to start it with beside our own flags.
    :raises FlowError: if it cannot be run, takes longer, or prints nothing.
    """
    # what a browser still writes while it ends must not keep the folder from going
    with TemporaryDirectory(prefix="tflow-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, pdf = folder / "page.html", folder / "page.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            browser,
            *FLAGS,
            *(["--no-sandbox"] if _is_root() else []),
            *flags,
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={pdf}",
            page.as_uri(),
        ]
        with _running(command, folder / "log") as process:
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                message = f"{browser} did not print within {seconds:g} seconds"
                raise FlowError(message, hint=f"{VARIABLE} names another") from None
        if not pdf.is_file() or not (data := pdf.read_bytes()):
            raise _failed(browser, code, folder / "log")
        return data


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a group of its own, so that all its processes end with it."""
    try:
        with log.open("wb") as errors:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
    except OSError as error:
        told = error.strerror or str(error)
        raise FlowError(f"{command[0]} cannot be run: {told}", hint=INSTALL) from None
    try:
        yield process
    finally:
        if process.poll() is None:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _is_root() -> bool:
    """Whether the browser's sandbox would refuse to start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _failed(browser: str, code: int, log: Path) -> FlowError:
    """Return why a browser printed nothing, and what to do."""
    text = log.read_text("utf-8", "replace")
    for sign, told, hint in KNOWN:
        if sign in text:
            return FlowError(f"{browser} printed nothing: {told}", hint=hint)
    fatal = (row.partition("] ")[2] for row in text.splitlines() if ":FATAL:" in row)
    told = next(fatal, "") or f"exit code {code}"
    return FlowError(f"{browser} printed nothing: {told}", hint=INSTALL)
