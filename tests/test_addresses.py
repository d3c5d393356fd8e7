"""A text and a key go to the host that was named, whatever an address looks like."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from servers import KO, QUICK, passages

from translate_flow.engines import Engine, get
from translate_flow.errors import FlowError
from translate_flow.exporters.wordpress.blog import blog
from translate_flow.wire.addresses import parsed
from translate_flow.wire.network import Wire

SECRET, TEXT = "s3cr3t-key-0", "The boat leaves."
HOMES = {
    "google": "translate.google.com",
    "mymemory": "api.mymemory.translated.net",
    "libretranslate": "libretranslate.com",
    "deepl": "api.deepl.com",
    "papago": "papago.apigw.ntruss.com",
    "openai": "api.openai.com",
}
SERVERS = {
    "libretranslate": "LIBRETRANSLATE_URL",
    "deepl": "DEEPL_SERVER_URL",
    "papago": "PAPAGO_URL",
    "openai": "OPENAI_BASE_URL",
}
KEYS = dict.fromkeys(
    (
        "LIBRETRANSLATE_API_KEY",
        "DEEPL_API_KEY",
        "PAPAGO_CLIENT_ID",
        "PAPAGO_CLIENT_SECRET",
        "OPENAI_API_KEY",
    ),
    SECRET,
)
KEYED = ("libretranslate", "deepl", "papago")
"""These refuse a server that may not have their key; openai asks it without."""

FORGED = (
    # what ends a host for one parser and not for another
    r"https://evil.example\.{home}", r"https://evil.example\@{home}/",
    r"https://evil.example:443\@{home}/", r"https:\\evil.example\.{home}",
    r"https:/\evil.example/.{home}", r"https://{home}\.evil.example",
    "https://evil.example;.{home}/", "https://evil.example,{home}/",
    "https://evil.example&.{home}/", "https://evil.example%2f.{home}/",
    "https://evil.example%5c.{home}/", "https://evil.example%23@{home}/",
    "https://evil.example%00.{home}/", "https://evil.example\x00.{home}/",
    "https://evil.example#.{home}/", "https://evil.example?.{home}/",
    "https://evil.example#@{home}/", "https://evil.example?@{home}/",
    # white space that some take out
    "https://evil.example\t.{home}/", "https://evil.example\n.{home}/",
    "https://evil.example\r\n.{home}/", "https://evil.example .{home}/",
    "ht\ntps://evil.example/.{home}/", " https://evil.example/",
    "https://evil.example\u00a0.{home}/", "https://evil.example\u2028.{home}/",
    # letters that become others
    "https://evil.example\uff0f.{home}/", "https://evil.example\uff0e{home}/",
    "https://evil\u3002{home}/", "https://evil.example\u2044.{home}/",
    "https://evil.example\u2100.{home}/", "https://\u0430pi.{home}/",
    "https://ev\u00adil.example/", "https://\u24d4vil.example/",
    "https://evil.example\u200b.{home}/", "https://\u202eevil.example/",
    # names, passwords, brackets, ports, labels
    "https://{home}@evil.example/", "https://{home}:443@evil.example/",
    "https://a@b@{home}/", "https://[evil.example]/.{home}",
    "https://[::1].evil.example/", "https://[::1%25.{home}]/", "https://[::1/",
    "https://{home}:0/", "https://{home}:99999/", "https://{home}:443.evil.example/",
    "https://{home}:\uff14\uff14\uff13/", "https://{home}./", "https://.{home}/",
    "https://evil..{home}/", "https://-.{home}/", "https://*.{home}/",
    "https://evil_.{home}/", "http://127.1/", "http://2130706433/",
    "http://0x7f.0.0.1/", "http://0177.0.0.1/",
    # other schemes, or none
    "//evil.example/", "https:evil.example/", "https:///evil.example/",
    "https:/{home}/", "httpx://evil.example/", "http+unix://evil.example/",
    "ftp://{home}/", "file:///etc/passwd", "javascript:alert(1)", "{home}", "",
)  # fmt: skip
"""Addresses that programs could read in two ways, or that lead nowhere."""

ALIKE = (
    "https://{home}.evil.example/", "https://evil{home}/", "https://evil-{home}/",
    "https://evil.example/{home}", "https://evil.example/.{home}/@{home}",
    "https://evil.example:8443/", "https://xn--pi-7lc.example/", "http://{home}/",
    "https://com/", "http://0.0.0.0:9/", "http://[::]:9/",
    "http://[::ffff:192.0.2.1]:9/",
)  # fmt: skip
"""Honest addresses of others than the home of an engine."""


class _Heard(socketserver.StreamRequestHandler):
    server: Witness

    def handle(self) -> None:
        head = b""
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            head += line
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        body = self.rfile.read(int(length[1])) if length else b""
        self.server.heard.append((head + body).decode())
        self.wfile.write(self.server.says)


class Witness(socketserver.ThreadingTCPServer):
    """A server that notes what it is asked for, and always says the same."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Heard)
        self.heard: list[str] = []
        self.says = b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def hosts(self) -> set[str]:
        """The hosts that somebody wanted to speak with, if it is a proxy."""
        found = [re.match(r"[A-Z]+ (?:http://)?([^/ ]+)", said) for said in self.heard]
        return {match[1].removesuffix(":443") if match else "?" for match in found}


@contextmanager
def listening(host: str = "127.0.0.1") -> Iterator[Witness]:
    """Run a server."""
    with Witness(host) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def running() -> Iterator[Witness]:
    """A proxy for all tests here."""
    with listening() as proxy:
        yield proxy


@pytest.fixture
def witness(running: Witness, monkeypatch: pytest.MonkeyPatch) -> Witness:
    """A proxy that all requests to other computers go through."""
    running.heard.clear()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{running.port}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")
    return running


def engine(name: str, url: str, **environ: str) -> Engine:
    """Return an engine at an address that a project names."""
    model = {"model": "ferry-7b"} if name == "openai" else {}
    settings = {"url": url, "timeout": 5, **model}
    return get(name, settings=settings, environ={**KEYS, **environ}, patience=QUICK)


def one_line(error: FlowError) -> str:
    """Return what an error says: one line without controls or the key."""
    told = str(error)
    assert told.isprintable()
    assert SECRET not in told
    return told


engines = pytest.mark.parametrize("name", HOMES)
SOME = FORGED[:: len(FORGED) // 6]
some = pytest.mark.parametrize(
    "url",
    [pytest.param(u, marks=() if u in SOME else pytest.mark.long) for u in FORGED],
)
"""Each engine is asked for a few; all of them are for the parser that it reads with."""


@pytest.mark.parametrize("url", FORGED)
def test_forged_addresses_are_none(url: str) -> None:
    """What could mean two hosts is no address."""
    url = url.format(home="api.deepl.com")
    if not harmless(url):
        with pytest.raises(ValueError, match=r"."):
            parsed(url)


@engines
@some
def test_forged_addresses_are_refused(witness: Witness, name: str, url: str) -> None:
    """What could mean two hosts is refused with one line, before anything is sent."""
    with pytest.raises(FlowError) as caught:
        engine(name, url.format(home=HOMES[name])).translate(passages(TEXT), KO)
    assert one_line(caught.value).startswith(f"engines.{name}.url: ")
    assert witness.heard == []


@engines
@pytest.mark.parametrize("url", ALIKE)
def test_others_get_no_key(witness: Witness, name: str, url: str) -> None:
    """Whoever is not the home of an engine never gets its key; the text goes to the
    host that people are told of, and to no other."""
    home = "deepl.com" if name == "deepl" else HOMES[name]  # all hosts below it are
    if name in KEYED:
        with pytest.raises(FlowError, match="the key is not for") as caught:
            engine(name, url.format(home=home))
        one_line(caught.value)
        assert witness.heard == []
        return
    made = engine(name, url.format(home=home))
    with pytest.raises(FlowError) as caught:
        made.translate(passages(TEXT), KO)
    one_line(caught.value)
    assert witness.hosts == {made.where}
    assert SECRET not in "".join(witness.heard)
    assert SECRET not in str(getattr(made, "headers", ""))


@engines
def test_a_host_may_be_written_as_people_do(witness: Witness, name: str) -> None:
    """Capitals, the usual port and a path change nothing: the engine is at home."""
    home = HOMES[name]
    for url in (f"https://{home.upper()}", f"HTTPS://{home}:443/", f"https://{home}/x"):
        made = engine(name, url)
        assert made.where == home
        with pytest.raises(FlowError):
            made.translate(passages(TEXT), KO)
    assert witness.hosts == {home}


@pytest.mark.parametrize("name", SERVERS)
def test_keys_are_protected_in_the_open_net(name: str) -> None:
    """Who names a server may have it get a key; but over http only on this computer
    and in one's own network, where nobody has certificates."""
    for url in ("http://translate.example/", "http://192.0.2.1.example/",
                "http://8.8.8.8:5000/", f"http://{HOMES[name]}/"):  # fmt: skip
        with pytest.raises(FlowError) as caught:
            engine(name, url, **{SERVERS[name]: url})
        assert "over https alone; write https:// in" in one_line(caught.value)
    for url in ("http://127.0.0.1:5000/", "http://localhost:5000/", "http://[::1]:5/",
                "http://10.1.2.3:5000/", "http://192.168.1.7/", "http://nas:5000/",
                "http://nas.local/", "https://translate.example:8443/"):  # fmt: skip
        assert engine(name, url, **{SERVERS[name]: url}).where == parsed(url).netloc


@pytest.mark.parametrize("name", SERVERS)
@some
def test_the_environment_is_read_as_strictly(name: str, url: str) -> None:
    """A variable that holds no address is named."""
    url = url.format(home=HOMES[name]).strip()
    if harmless(url) or not url:
        return
    with pytest.raises(FlowError) as caught:
        engine(name, f"https://{HOMES[name]}/", **{SERVERS[name]: url})
    assert one_line(caught.value).startswith(f"{SERVERS[name]}: ")


def harmless(url: str) -> bool:
    """Whether an address is one after all, without the blanks around it or with what
    follows its question mark."""
    return url == "https://evil.example/" or bool(re.match(r"[\w:/.]+[?#]", url))


@pytest.mark.parametrize("url", FORGED)
def test_a_blog_is_read_as_strictly(witness: Witness, url: str) -> None:
    """The address of a WordPress, too, means one host or none, and a password goes
    over https alone."""
    url = url.format(home="blog.example").strip()
    who = {"WORDPRESS_USER": "mina", "WORDPRESS_PASSWORD": SECRET}
    if not harmless(url):
        with pytest.raises(FlowError) as caught:
            blog({**who, "WORDPRESS_URL": url})
        one_line(caught.value)
        assert witness.heard == []
        return
    site = blog({**who, "WORDPRESS_URL": url})
    with pytest.raises(FlowError):
        site.read(7)
    assert witness.hosts == {site.host} == {"evil.example"}


@pytest.mark.parametrize("name", ["google", "mymemory"])
@pytest.mark.parametrize(
    "where",
    [
        r"http://0.0.0.0:{evil}\@127.0.0.1:{here}/", r"http://0.0.0.0:{evil}\.localhost",
        "http://0.0.0.0:{evil}\t@127.0.0.1/", "http://0.0.0.0:{evil}#@127.0.0.1/",
        "http://0.0.0.0:{evil}/", "//0.0.0.0:{evil}/", r"/\0.0.0.0:{evil}/",
        r"\\0.0.0.0:{evil}/", "http://here@0.0.0.0:{evil}/",
    ],
)  # fmt: skip
def test_redirects_are_read_as_strictly(name: str, where: str) -> None:
    """A server on this computer that sends us to what may be another one is not
    followed."""
    with listening() as here, listening("0.0.0.0") as evil:
        to = where.format(evil=evil.port, here=here.port)
        head = f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
        here.says = head.encode()
        made = engine(name, f"http://127.0.0.1:{here.port}/")
        with pytest.raises(FlowError) as caught:
            made.translate(passages(TEXT), KO)
    one_line(caught.value)
    assert evil.heard == []
    assert len(here.heard) == 1


def test_a_wire_goes_to_its_server_alone(witness: Witness) -> None:
    """Whatever an adapter makes of an address, a request goes to the host, by the
    scheme and at the port that were looked at."""
    wire = Wire("x", "https://api.deepl.com/", QUICK, secrets=[SECRET])
    for url in ("https://api.deepl.com.evil.example/", "http://api.deepl.com/",
                "https://api.deepl.com:8443/", r"https://evil.example\.api.deepl.com",
                "https://user@api.deepl.com/"):  # fmt: skip
        with pytest.raises(FlowError, match="cannot be asked at"):
            wire.send("POST", url, headers={"X-Key": SECRET})
    assert witness.heard == []
