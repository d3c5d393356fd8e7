"""The command line: assembles the commands, and is the one place where errors end."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from shlex import join

import typer

from translate_flow import __version__
from translate_flow.cli.commands import build, command_in, hoisted, shielded
from translate_flow.cli.documents import failure
from translate_flow.cli.face import BAD_INPUT, Face
from translate_flow.errors import FlowError

BUG = 3
INTERRUPTED = 130
CUT_OFF = 141

# --- where errors end -------------------------------------------------------


def main(words: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    :param words: without the program's name; None for those of this process.
    """
    words = sys.argv[1:] if words is None else words
    if shell := os.environ.get("_TFLOW_COMPLETE"):
        from translate_flow.cli.completion import answer

        return answer(shell, words)
    words = shielded(hoisted(words))
    speaks_json = "--json" in words
    _replace_closed_streams()
    _replace_unknown_letters()
    try:
        return _ended(words, speaks_json)
    except BrokenPipeError:
        _silenced()
        return CUT_OFF
    except OSError as error:
        return _unwritable(error)


def _ended(words: Sequence[str], speaks_json: bool) -> int:
    """Run a command line, and report what stopped it.

    :raises OSError: if what it says cannot be written.
    """
    try:
        code = _run(words)
    except FlowError as error:
        code = _failed(error, speaks_json)
    except typer.TyperException as error:
        code = _failed(_wrong_use(error), speaks_json)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and _is_of_output(error):
            raise
        code = _bug(words, speaks_json)
    _flush()
    return code


def _run(words: Sequence[str]) -> int:
    if any("\ud800" <= letter <= "\udfff" for word in words for letter in word):
        raise FlowError("a word of the command line is not UTF-8")
    app = build(command_in(words))
    command = f"tflow {join(words)}"
    code = app(args=list(words), prog_name="tflow", standalone_mode=False, obj=command)
    return code if isinstance(code, int) else 0


def _replace_closed_streams() -> None:
    """Let what goes to a stream that the shell closed (``>&-``) go nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, nowhere)


def _replace_unknown_letters() -> None:
    """Let a terminal that lacks a letter show a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _wrong_use(error: typer.TyperException) -> FlowError:
    """Put what the parser says of a command line into one line."""
    message = error.format_message().strip().rstrip(".")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "tflow"
    hint = f"see {path} --help"
    if message.startswith("No such option: -"):
        hint += "; a text that begins with - stands behind --"
    return FlowError(message[:1].lower() + message[1:], hint=hint)


def _failed(error: FlowError, speaks_json: bool) -> int:
    if speaks_json:
        Face(json=True).document(failure(error))
    else:
        Face().warn(f"error: {error}")
    return BAD_INPUT


_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EPIPE)


def _is_of_output(error: OSError) -> bool:
    """Whether an error is about stdout or stderr: one about a file names the file."""
    return error.errno in _UNWRITABLE and error.filename is None


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.flush()


def _silenced() -> None:
    """Discard what a stream still holds if it cannot be written: Python would fail on
    it once more when it exits."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
            stream.flush()


def _unwritable(error: OSError) -> int:
    """Say on stderr, if that can be written, that the output could not be."""
    _silenced()
    reason = (error.strerror or str(error)).lower()
    with suppress(OSError):
        Face().warn(f"error: the output cannot be written: {reason}")
    _silenced()
    return BAD_INPUT


def _bug(words: Sequence[str], speaks_json: bool) -> int:
    import platform
    import traceback

    report = "\n".join(
        (
            "This is a bug in tflow, not your mistake. Please report these lines:",
            "",
            f"tflow {__version__}, Python {platform.python_version()}, {sys.platform}",
            f"$ tflow {join(words)}",
            traceback.format_exc().rstrip(),
        )
    )
    for line in report.split("\n"):
        Face().warn(line)
    if speaks_json:
        bug = FlowError("a bug in tflow", hint=report)
        Face(json=True).document(failure(bug))
    return BUG
