"""Requests to engines: with time limits, again if that helps, and without ever telling
a key.

deep-translator calls ``requests.get`` and ``requests.post``: no limits, no second try,
the key in the address. Each engine gets a copy of its module in which ``requests`` is a
``Wire``; the modules that other programs in this process may use stay as they are.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from translate_flow.engines.engine import Trouble, Unusable
from translate_flow.errors import EngineError, FlowError

if TYPE_CHECKING:
    from requests import Response, Session

AGENT = "Mozilla/5.0 (compatible; translate_flow)"
"""Google's page for small devices answers only to what looks like a browser."""
KEY = "[key]"
SHOWN = 200
"""Characters of a server's own words that are worth telling."""
SILENCES = 2
"""Requests without any answer before a text is given up."""


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
    """Stands for ``requests`` in a module of deep-translator. Threads may share it."""

    def __init__(
        self,
        engine: str,
        url: str,
        patience: Patience,
        *,
        secret: str = "",
        read: Callable[[Response], None] = lambda response: None,
    ) -> None:
        """Make a connection to a server; nothing is sent yet.

        :param url: the address that requests go to, or begin with.
        :param secret: what no message may tell.
        :param read: looks at each good answer; raises EngineError if it is none.
        """
        self.engine, self.host, self.local = engine, urlsplit(url).netloc, is_local(url)
        self._patience, self._secret, self._read = patience, secret, read
        self._sessions = threading.local()
        self._makers: dict[str, Callable[..., Any]] = {}
        self._quiet_until = 0.0

    def __repr__(self) -> str:
        return f"Wire({self.engine!r}, {self.host!r})"

    def get(self, url: str, params: Mapping[str, Any], **_: Any) -> Response:
        """Ask with the parameters in the address.

        :raises EngineError: if no good answer came.
        """
        return self._ask("GET", url, params=params)

    def post(self, url: str, params: Mapping[str, Any], **_: Any) -> Response:
        """Ask with the parameters in the body, whatever their length.

        :raises EngineError: if no good answer came.
        """
        return self._ask("POST", url, json=params)

    def maker(self, module: str, name: str) -> Callable[..., Any]:
        """Return a class of deep-translator whose requests go this way."""
        if name not in self._makers:
            names = _copy(module)
            names["requests"] = self
            self._makers[name] = names[name]
        return self._makers[name]

    def _ask(self, method: str, url: str, **content: Any) -> Response:
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
                    return self._try(method, url, content)
        except _Again as last:
            error = last.error
        raise error

    def _try(self, method: str, url: str, content: Mapping[str, Any]) -> Response:
        from requests import RequestException

        if (quiet := self._quiet_until - time.monotonic()) > 0:
            time.sleep(min(quiet, self._patience.longest_wait))
        try:
            response = self._session().request(
                method,
                url,
                timeout=(self._patience.connect, self._patience.answer),
                allow_redirects=method == "GET",
                **content,
            )
        except RequestException as error:
            failure = self._unanswered(error)
        else:
            self._judge(response)
            if "charset" not in response.headers.get("Content-Type", ""):
                response.encoding = "utf-8"
            self._read(response)
            return response
        raise failure

    def _session(self) -> Session:
        """Return the session of this thread."""
        import requests

        session: Session | None = getattr(self._sessions, "session", None)
        if session is None:
            session = self._sessions.session = requests.Session()
            session.headers["User-Agent"] = AGENT
            if self.local:  # no proxy shall see what stays on this computer
                session.trust_env = False
        return session

    # --- what went wrong ----------------------------------------------------

    def _judge(self, response: Response) -> None:
        """Raise what the status of an answer means.

        :raises _Again: if another try may help.
        :raises EngineError: if not.
        """
        status = response.status_code
        if status < 300:
            return
        says = self._says(response)
        if status == 429 or status >= 500:
            raise self._busy(response, status, says)
        if status < 400:
            where = self.told(response.headers.get("Location", "nowhere"))
            raise Unusable(
                f"{self.engine} at {self.host} has moved to {where}",
                hint=f"set url in [engines.{self.engine}]",
            )
        if status in (401, 402, 403):
            raise Unusable(f"{self.engine} refuses to translate ({status}{says})")
        if status in (404, 405):
            raise Unusable(
                f"{self.engine} is not at {self.host} ({status}{says})",
                hint=f"set url in [engines.{self.engine}]",
            )
        raise EngineError(f"{self.engine} refused this text ({status}{says})")

    def _busy(self, response: Response, status: int, says: str) -> Exception:
        after = retry_after(response.headers.get("Retry-After", ""))
        reason = "is asked too much" if status == 429 else "has broken down"
        message = f"{self.engine} {reason} ({status}{says})"
        hint = "try again later"
        if after is not None and after > self._patience.longest_wait:
            return Unusable(f"{message}; it asks for {after:.0f} s of peace", hint=hint)
        if after is not None:
            self._quiet_until = time.monotonic() + after
        return _Again(Trouble(message, hint=hint), after)

    def _unanswered(self, error: Exception) -> Exception:
        """Return what a failed request means. Its own words are not told: the address
        in them holds the text."""
        from requests import exceptions

        silent = True
        if isinstance(error, exceptions.ReadTimeout):
            why = f"gave no answer within {self._patience.answer:g} s"
        elif isinstance(error, exceptions.ConnectTimeout):
            why = f"took no connection within {self._patience.connect:g} s"
        elif isinstance(error, exceptions.SSLError):
            return Unusable(f"{self.engine} at {self.host} cannot prove who it is")
        elif isinstance(error, exceptions.ConnectionError):
            why, silent = _lost(error)
        elif isinstance(error, ValueError):
            return Unusable(f"{self.engine} cannot be asked at {self.host}")
        else:
            why, silent = "broke its answer off", False
        return _Again(Trouble(f"{self.engine} at {self.host} {why}"), silent=silent)

    def _says(self, response: Response) -> str:
        """Return the reason that a server gives, ready to follow its status."""
        try:
            found = response.json()
        except ValueError:
            return ""
        words = found.get("error") if isinstance(found, dict) else None
        return f": {self.told(words)}" if isinstance(words, str) and words else ""

    def told(self, words: str) -> str:
        """Return a server's words as a message may repeat them: one short line without
        the key."""
        if self._secret:
            for form in (self._secret, quote(self._secret), quote(self._secret, "")):
                words = words.replace(form, KEY)
        line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
        return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _lost(error: Exception) -> tuple[str, bool]:
    """Return why a connection failed, and whether there was none."""
    reason: object = error.args[0] if error.args else None
    kind = type(getattr(reason, "reason", reason)).__name__
    if kind == "NameResolutionError":
        return "cannot be reached: there is no such host, or no network", True
    if kind in ("ProtocolError", "ReadTimeoutError"):
        return "broke the connection off", False
    return "cannot be reached: it takes no connections", True


def _quieten() -> None:
    """Keep the retries of stamina off the screen."""
    import logging

    logger = logging.getLogger("stamina")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def retry_after(value: str) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for: a number or a date."""
    from email.utils import parsedate_to_datetime

    if re.fullmatch(r"\d+(\.\d+)?", value.strip()):
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def is_local(url: str) -> bool:
    """Whether an address is on this computer."""
    host = (urlsplit(url).hostname or "").lower()
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# --- deep-translator --------------------------------------------------------


def _copy(module: str) -> dict[str, Any]:
    """Return the names of a fresh copy of a module of deep-translator."""
    from importlib.util import find_spec, module_from_spec

    spec = find_spec(f"deep_translator.{module}")
    if spec is None or spec.loader is None:
        message = f"deep-translator is here without {module}"
        raise FlowError(message, hint="install translate-flow again")
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    return vars(copy)


def framed(text: str, translate: Callable[[str], object], engine: str) -> str:
    """Translate what stands between the white space at both ends of a text.

    :param translate: a call into deep-translator, which strips texts and answers, and
        stumbles over what it does not expect.
    :raises EngineError: if nothing comes back.
    """
    core = text.strip()
    if not any(map(str.isalnum, core)):
        return text
    try:
        answer = translate(core)
    except EngineError:
        raise
    except Exception as error:
        kind = type(error).__name__
        message = f"{engine} gave an answer that cannot be read ({kind})"
        failure = Trouble(message)
    else:
        if isinstance(answer, str) and answer.strip():
            start = text.index(core)
            return text[:start] + answer.strip() + text[start + len(core) :]
        failure = Trouble(f"{engine} gave an empty answer")
    raise failure
