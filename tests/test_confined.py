"""A project's own template has little time and room, whatever it says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Tflow, Write

from translate_flow.errors import FlowError
from translate_flow.exporters.templates import Template
from translate_flow.exporters.templates.confined import Work, confined

OURS = Template("translate_flow.exporters.html", "page.html.j2", "edition.html")


def made(text: str, seconds: float = 5.0, **values: object) -> str:
    """Return what a project's template makes."""
    work = Work(OURS, {"edition.html": text}, values)
    return confined(work, "templates/edition.html", seconds)


ENDLESS = {
    "loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}"
    "{% endfor %}",
    "a loop that writes": "{% for i in range(99999) %}{% for j in range(99999) %}x"
    "{% endfor %}{% endfor %}",
    "a power": "{{ 9 ** (9 ** 9) }}",
    "a power of powers": "{{ (7 ** 99999) ** 99999 }}",
    "a long text": "{{ 'a' * 10 ** 11 }}",
    "a wide number": "{{ '%99999999999d' % 1 }}",
    "a wide format": "{{ '{:>99999999999}'.format(1) }}",
    "a filter": "{{ 'a'|center(10 ** 11) }}",
    "a filter of filters": "{{ ('a' * 10 ** 6)|list|map('center', 10 ** 7)|join }}",
    "filler": "{{ lipsum(n=10 ** 9) }}",
    "a list": "{{ ([0] * 10 ** 11)|length }}",
    "a text that doubles": "{% set ns = namespace(t='ab') %}{% for i in range(99) %}"
    "{% set ns.t = ns.t ~ ns.t %}{% endfor %}{{ ns.t }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a template in itself": "{% include 'edition.html' %}",
    "words to wrap": "{{ ('a ' * 10 ** 8)|wordwrap(1) }}",
    "addresses": "{{ ('http:// ' * 10 ** 8)|urlize }}",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=list(ENDLESS))
def test_a_template_has_an_end(text: str) -> None:
    """Loops, powers, filters and calls without end are stopped, and told in one line;
    the next page is made as if nothing had been."""
    began = time.monotonic()
    with pytest.raises(FlowError) as caught:
        made(text, 0.5)
    assert time.monotonic() - began < 8
    told = str(caught.value)
    assert told.startswith("templates/edition.html")
    assert "\n" not in told
    assert len(told) < 300
    assert made("{{ 1 + 1 }}") == "2\n"


def test_the_clock_is_told() -> None:
    """Who wrote a template learns what was wrong with it."""
    with pytest.raises(FlowError) as caught:
        made(ENDLESS["loops"], 0.5)
    assert str(caught.value) == (
        "templates/edition.html: template: it takes more than 0.5 seconds, and was "
        "stopped; look for loops, and for texts that are made long"
    )


def test_threads_get_their_own_pages() -> None:
    """It works beside the main thread, and answers are not mixed up."""
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda n: made("{{ n }} " * 500, n=n), range(40)))
    assert pages == [f"{n} " * 500 + "\n" for n in range(40)]


def test_long_pages_arrive_whole() -> None:
    """A page of many megabytes, half characters included, is what the template made."""
    text = "배\ud800 " * 10**6
    assert made("{{ long }}", 30.0, long=text) == text + "\n"


def test_nobody_is_left_behind() -> None:
    """When a command ends, or is killed in the middle of an endless page, the other
    process ends, too."""
    code = f"""
from translate_flow.exporters.templates import Template
import translate_flow.exporters.templates.confined as c
for text in ("x", {ENDLESS["loops"]!r}):
    c.confined(c.Work({OURS!r}, {{"edition.html": text}}, {{}}), "a.html", 0.9)
    print(c._worker()._process.pid, flush=True)
"""
    command = [sys.executable, "-c", code]
    begun = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    others = [int(process.stdout.readline()) for process in begun if process.stdout]
    busy(others[1])
    begun[1].kill()
    assert [process.wait(30) for process in begun] == [1, -signal.SIGKILL]
    for other in others:
        _gone(other)


def busy(pid: int) -> None:
    """Wait until a process has worked for a tenth of a second more."""
    ticks = []
    while not ticks or ticks[-1] < ticks[0] + 10:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks.append(int(fields[11]))
        time.sleep(0.01)


def _gone(pid: int) -> None:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a process was left behind")


def test_keys_are_not_there() -> None:
    """What runs a stranger's template knows no key, should the sandbox ever leak."""
    code = """
import translate_flow.exporters.templates.confined as c, os, sys
worker = c._worker()
path = f"/proc/{worker._process.pid}/environ"
print(open(path).read() if os.path.exists(path) else "")
"""
    environ = {**os.environ, "DEEPL_API_KEY": "s3cr3t"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, env=environ)
    assert done.returncode == 0, done.stderr
    assert "s3cr3t" not in done.stdout


def test_an_export_goes_on_to_its_end(
    project: Path, tflow: Tflow, write: Write
) -> None:
    """The command says which template, and exits 2; without it the edition is made."""
    path = write("templates/edition.html", ENDLESS["a long text"])
    tflow("sync")
    done = tflow("export", "boat", "--format", "html", code=2)
    assert "templates/edition.html" in done.err
    assert len(done.err.splitlines()) == 1
    path.write_text("<title>{{ title }}</title>")
    tflow("export", "boat", "--format", "html")
    (page,) = Path("editions").glob("*.html")
    assert page.read_text().startswith("<title>The last boat")
