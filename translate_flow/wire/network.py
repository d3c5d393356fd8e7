"""Requests to engines: with time limits, not too often, again if that helps, and
without ever telling a key."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from translate_flow.errors import EngineError, Trouble, Unusable, Useless
from translate_flow.wire.addresses import parsed
from translate_flow.wire.pace import Pace, within
from translate_flow.wire.redaction import pattern, without
from translate_flow.wire.sending import Departure, departing, session

if TYPE_CHECKING:
    from requests import Response as Response
    from requests import Session

SHOWN = 200
"""Characters of a server's own words that are worth telling."""
SILENCES = 2
"""Requests without any answer before a text is given up."""
REDIRECTS = 5
LARGEST = 8 * 2**20
"""Bytes of an answer. No translation is that long."""
CHUNK = 2**16
TEXT = "q"
"""Where deep-translator puts a text."""
STREAM = "text/event-stream"
STREAMS = "{} streams its answers, though it is asked for whole ones"
WHOLE = "let its server give whole answers, or take another one"
PROXY = "a name and a password for it stand in HTTPS_PROXY, before the @"
BUSY = (408, 425, 429)
REASONS = ("error", "message", "errorMessage", "detail", "details", "msg")
"""Where a server's JSON says what is wrong."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an engine, in seconds."""

    connect: float = 10.0
    """For a connection."""

    answer: float = 30.0
    """For an answer, between two pieces of it."""

    tries: int = 4
    """Requests for one text before it is given up."""

    first_wait: float = 1.0
    """Before the second try; each further wait is twice as long."""

    longest_wait: float = 60.0
    """The longest that a server may ask for."""

    whole: float = 0.0
    """For all of a request, to the last byte of its answer. 0: as long as for a
    connection and two answers."""

    @property
    def deadline(self) -> float:
        """Seconds after which a request is given up, whatever has come of it."""
        return self.whole or self.connect + 2 * self.answer


class _Again(Exception):
    """A request that may be worth another try."""

    def __init__(
        self, error: EngineError, after: float | None = None, *, silent: bool = False
    ) -> None:
        """Wrap what to raise in the end.

        :param after: seconds to wait, if the server said how many.
        :param silent: whether there was no answer at all.
        """
        super().__init__(error.message)
        self.error, self.after, self.silent = error, after, silent


class Wire:
    """The way to a server, for all threads: every request of an engine goes through it.
    In a module of deep-translator it stands for ``requests``."""

    def __init__(
        self,
        engine: str,
        url: str,
        patience: Patience,
        *,
        secrets: Sequence[str] = (),
        read: Callable[[Response], None] = lambda response: None,
        refused: Callable[[Response, str], EngineError | None] = lambda _, says: None,
        per_minute: float = 0,
    ) -> None:
        """Make a connection to a server; nothing is sent yet.

        :param url: the address that requests go to, or begin with. None goes to
            another host.
        :param secrets: what no message may tell.
        :param read: looks at each good answer; raises EngineError if it is none.
        :param refused: looks at each answer from 400 on first, with the server's words
            as they may follow its status; returns what it means if that is something
            else than usual.
        :param per_minute: requests in a minute at most; 0: any number.
        """
        server = parsed(url)
        self.engine, self._origin = engine, server.origin
        self.host, self.local = server.netloc, server.local
        self._patience, self._read, self._refused = patience, read, refused
        self._secrets, self._keyed = pattern(secrets), any(secrets)
        self._pace = Pace(per_minute)
        self._sessions = threading.local()

    def __repr__(self) -> str:
        return f"Wire({self.engine!r}, {self.host!r})"

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        data: Mapping[str, Any] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        characters: int = 0,
        answer: int = 0,
    ) -> Response:
        """Ask a server, and again if that may help.

        :param params: of the address, which servers and proxies write down: no keys.
        :param json: a body of JSON.
        :param data: a body of form fields, or of bytes.
        :param characters: of all in it that is paid for; each try that leaves this
            computer counts.
        :param answer: characters that an answer will count, about.
        :returns: a good answer (status below 300), read to its end; without an encoding
            of its own it is UTF-8.
        :raises Trouble: if none came.
        :raises Unusable: if the server will not answer anything.
        :raises EngineError: if it refused this request, or more may not be sent.
        """
        content = {"params": params, "json": json, "data": data, "headers": headers}
        content = {k: v for k, v in content.items() if v}
        return self._ask(method, url, content, (characters, answer))

    def get(self, url: str, params: Mapping[str, Any], **_: Any) -> Response:
        """Ask as deep-translator does, with the parameters in the address."""
        size = len(str(params.get(TEXT, "")))
        return self.send("GET", url, params=params, characters=size)

    def post(self, url: str, params: Mapping[str, Any], **_: Any) -> Response:
        """Ask with the parameters in the body, whatever their length."""
        size = len(str(params.get(TEXT, "")))
        return self.send("POST", url, json=params, characters=size)

    def told(self, words: object) -> str:
        """Return a server's words as a message may repeat them: one short line without
        the keys.

        :param words: a text, or JSON with the text where servers put it.
        """
        text = without(self._secrets, _reason(words))
        line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"

    # --- one request, and others after it -----------------------------------

    def _ask(
        self, method: str, url: str, content: Mapping[str, Any], size: tuple[int, int]
    ) -> Response:
        import stamina

        silences = 0

        def again(error: Exception) -> bool | float:
            nonlocal silences
            if not isinstance(error, _Again):
                return False
            silences += error.silent
            if silences >= SILENCES:
                return False
            return True if error.after is None else error.after

        waits = self._patience
        _quieten()
        try:
            for attempt in stamina.retry_context(
                on=again,
                attempts=waits.tries,
                timeout=None,
                wait_initial=waits.first_wait,
                wait_max=waits.longest_wait,
                wait_jitter=waits.first_wait / 2,
            ):
                with attempt:
                    return self._try(method, url, content, size)
        except _Again as last:
            error = last.error
            if isinstance(error, Trouble):
                error.tried = True
        raise error

    def _try(
        self, method: str, url: str, content: Mapping[str, Any], size: tuple[int, int]
    ) -> Response:
        from requests import RequestException

        self._pace.wait()
        made, deadline = self._session(), self._patience.deadline
        departure = Departure(*size)
        departing(made, departure)
        try:
            response = within(
                deadline, lambda: self._exchange(made, departure, method, url, content)
            )
        except TimeoutError:
            del self._sessions.made  # the thread that was left alone has it
            why = f"gave no whole answer within {deadline:g} s"
            failure: Exception = self._silence(why)
        except (RequestException, ValueError) as error:
            failure = self._unanswered(error)
        else:
            self._judge(response)
            self._read(response)
            return response
        finally:
            departure.close()
        raise failure

    def _session(self) -> Session:
        """Return the session of this thread."""
        made: Session | None = getattr(self._sessions, "made", None)
        if made is None:
            made = self._sessions.made = session(self.local)
        return made

    def _exchange(
        self,
        session: Session,
        departure: Departure,
        method: str,
        url: str,
        content: Mapping[str, Any],
    ) -> Response:
        """Send one request, follow where it leads, and read the answer."""
        waits = (self._patience.connect, self._patience.answer)
        how: dict[str, Any] = {
            "timeout": waits,
            "allow_redirects": False,
            "stream": True,
        }
        if parsed(url).origin != self._origin:
            raise ValueError
        for left in reversed(range(REDIRECTS)):
            response = session.request(method, url, **how, **content)
            further = self._further(method, response) if left else ""
            if not further:
                break
            response.close()
            departure.further()
            url, content = further, {}
        return self._whole(response)

    def _further(self, method: str, response: Response) -> str:
        """Return where an answer sends us, if we may go there: nowhere else with a key
        or a body, and not away from this computer."""
        if method != "GET" or not response.is_redirect:
            return ""
        try:
            here = parsed(response.url)
            there = parsed(urljoin(response.url, response.headers["Location"]))
        except ValueError:
            return ""
        safe = there.scheme in ("https", here.scheme)
        free = safe and not self._keyed and (there.local or not self.local)
        return there.url if there.origin == here.origin or free else ""

    def _whole(self, response: Response) -> Response:
        """Return an answer with all that belongs to it.

        :raises Trouble: if that is too much.
        :raises Unusable: if it is a stream.
        """
        from io import BytesIO

        from requests import Response

        data = bytearray()
        with response:
            kind = response.headers.get("Content-Type", "")
            if response.ok and kind.startswith(STREAM):
                raise Unusable(STREAMS.format(self.engine), hint=WHOLE)
            for piece in response.iter_content(CHUNK):
                data += piece
                if len(data) > LARGEST:
                    size = f"{LARGEST // 2**20} MB"
                    raise Trouble(f"{self.engine} answered with more than {size}")
        whole = Response()
        whole.status_code, whole.reason = response.status_code, response.reason
        whole.url, whole.headers = response.url, response.headers
        whole.raw, whole.encoding = BytesIO(bytes(data)), response.encoding
        if "charset" not in kind.lower() or _is_json(kind, data):
            whole.encoding = "utf-8-sig"
        return whole

    # --- what went wrong ----------------------------------------------------

    def _judge(self, response: Response) -> None:
        """Raise what the status of an answer means.

        :raises _Again: if another try may help.
        :raises EngineError: if not.
        """
        status = response.status_code
        if status < 300:
            return
        if status < 400:
            raise self._moved(response)
        if status == 407:
            raise self._refused_by_proxy("407")
        says = self._says(response)
        if (error := self._refused(response, says)) is not None:
            raise error
        if status in BUSY or status >= 500:
            raise self._busy(response, status, says)
        if status in (401, 402, 403):
            raise Unusable(f"{self.engine} refuses to translate ({status}{says})")
        if status in (404, 405):
            raise Unusable(
                f"{self.engine} is not at {self.host} ({status}{says})",
                hint=f"set url in [engines.{self.engine}]",
            )
        raise Useless(f"{self.engine} refused this text ({status}{says})")

    def _busy(self, response: Response, status: int, says: str) -> Exception:
        after = retry_after(response.headers.get("Retry-After", ""))
        reason = "is asked too much" if status in BUSY else "has broken down"
        message = f"{self.engine} {reason} ({status}{says})"
        hint = "try again later"
        if after is not None and after > self._patience.longest_wait:
            return Unusable(f"{message}; it asks for {after:.0f} s of peace", hint=hint)
        if after is not None:
            self._pace.hush(after)
        return _Again(Trouble(message, hint=hint), after)

    def _moved(self, response: Response) -> Unusable:
        """Return what an address means that we do not follow; behind its ``?`` the text
        may stand."""
        where = self.told(response.headers.get("Location", "").partition("?")[0])
        return Unusable(
            f"{self.engine} at {self.host} has moved to {where or 'nowhere'}",
            hint=f"set url in [engines.{self.engine}]",
        )

    def _unanswered(self, error: Exception) -> Exception:
        """Return what a failed request means. Its own words are not told: the address
        in them holds the text."""
        from requests import exceptions

        if isinstance(error, exceptions.ProxyError):
            refused = re.search(r"failed: (\d{3})\b", str(error))
            if refused:
                return self._refused_by_proxy(refused[1])
            return self._silence("cannot be reached: the proxy takes no connections")
        if isinstance(error, exceptions.ReadTimeout):
            return self._silence(f"gave no answer within {self._patience.answer:g} s")
        if isinstance(error, exceptions.ConnectTimeout):
            waited = f"{self._patience.connect:g} s"
            return self._silence(f"took no connection within {waited}")
        if isinstance(error, exceptions.SSLError):
            return Unusable(f"{self.engine} at {self.host} cannot prove who it is")
        if isinstance(error, exceptions.ConnectionError):
            return self._silence(*_lost(error))
        if isinstance(error, ValueError):
            return Unusable(f"{self.engine} cannot be asked at {self.host}")
        return self._silence("broke its answer off", silent=False)

    def _refused_by_proxy(self, status: str) -> Unusable:
        wants = "wants a password" if status == "407" else "lets nobody through"
        message = f"the proxy on the way to {self.host} {wants} ({status})"
        return Unusable(message, hint=PROXY if status == "407" else None)

    def _silence(self, why: str, silent: bool = True) -> _Again:
        error = Trouble(f"{self.engine} at {self.host} {why}")
        return _Again(error, silent=silent)

    def _says(self, response: Response) -> str:
        """Return the reason that a server gives, ready to follow its status."""
        try:
            words = self.told(response.json())
        except (ValueError, RecursionError):
            return ""
        return f": {words}" if words else ""


def _reason(found: object) -> str:
    """Return the first words that say what is wrong, wherever they stand."""
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        return next(filter(None, map(_reason, found[:3])), "")
    if isinstance(found, dict):
        return next(filter(None, (_reason(found.get(key)) for key in REASONS)), "")
    return ""


def _lost(error: Exception) -> tuple[str, bool]:
    """Return why a connection failed, and whether there was none."""
    reason: object = error.args[0] if error.args else None
    kind = type(getattr(reason, "reason", reason)).__name__
    if kind == "NameResolutionError":
        return "cannot be reached: there is no such host, or no network", True
    if kind == "ReadTimeoutError":
        return "stopped in the middle of its answer", True
    if kind == "ProtocolError":
        return "broke the connection off", False
    return "cannot be reached: it takes no connections", True


def _quieten() -> None:
    """Keep the retries of stamina off the screen."""
    import logging

    logger = logging.getLogger("stamina")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def document(response: Response, engine: str) -> Any:
    """Return the JSON of an answer.

    :raises Trouble: if it is none.
    :raises Unusable: if it is a stream of events.
    """
    try:
        return response.json()
    except (ValueError, RecursionError):
        failure: EngineError = Trouble(f"{engine} gave an answer that is not JSON")
    if re.match(r"(?:event:.*\n)?data:\s*\{", response.text):
        failure = Unusable(STREAMS.format(engine), hint=WHOLE)
    raise failure


def _is_json(kind: str, data: bytes | bytearray) -> bool:
    """Whether an answer is JSON in UTF-8, as JSON is, whatever it says of itself."""
    if "json" not in kind and data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in b"{[":
        return False
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def retry_after(value: str) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for: a number or a date."""
    from email.utils import parsedate_to_datetime

    if re.fullmatch(r"\d+(\.\d+)?", value.strip()):
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
