"""What leaves for an engine: only a request that goes out counts, in the moment in
which it does, and none goes out beyond what may be sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from translate_flow.errors import EngineError

if TYPE_CHECKING:
    from requests import Session
    from requests.adapters import HTTPAdapter

AGENT = "Mozilla/5.0 (compatible; translate_flow)"
"""Google's page for small devices answers only to what looks like a browser."""


class Budget(Protocol):
    """How many characters may be sent, for one thread."""

    def take(self, characters: int) -> bool:
        """Take so many out for a request, if they are in it."""

    def gone(self, characters: int) -> None:
        """Note that the request with them leaves now."""

    def came(self, characters: int) -> None:
        """Pay for what has come: it cannot be refused any more."""

    def give_back(self, characters: int) -> None:
        """Put back what was taken for a request that has not left."""

    @property
    def empty(self) -> EngineError:
        """What to say if there is not enough in it."""


_BUDGET: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def paid_from(budget: Budget) -> Iterator[None]:
    """Let the requests of this thread be paid from a budget."""
    before = _BUDGET.set(budget)
    try:
        yield
    finally:
        _BUDGET.reset(before)


def answered(characters: int) -> None:
    """Pay for an answer from the budget of this thread, if it has one."""
    if (budget := _BUDGET.get()) is not None:
        budget.came(characters)


class Departure:
    """One request on its way out: whether it has left, and whether it still may."""

    def __init__(self, characters: int, answer: int = 0) -> None:
        """Pay for a request from the budget of this thread, if it has one.

        :param characters: of all in it that is paid for.
        :param answer: characters of an answer that will have to be paid for, too.
        :raises EngineError: if that is more than may be sent.
        """
        self._budget, self._characters = _BUDGET.get(), characters
        self._answer = answer
        self._lock = threading.Lock()
        self._left = self._over = False
        if self._budget is not None and not self._budget.take(characters + answer):
            raise self._budget.empty

    def leave(self) -> None:
        """Note that the first byte leaves now.

        :raises TimeoutError: if nobody waits for the request any more.
        """
        with self._lock:
            if self._over:
                raise TimeoutError
            if not self._left and self._budget is not None:
                self._budget.gone(self._characters)
            self._left = True

    def further(self) -> None:
        """Pay for the same request to another address, to which a server sent us.

        :raises EngineError: if that is more than may be sent.
        """
        with self._lock:
            if self._over:
                raise TimeoutError
            if self._budget is not None and not self._budget.take(self._characters):
                raise self._budget.empty
            self._left = False

    def close(self) -> None:
        """Let it not leave any more; what has not left costs nothing, and an answer
        what it is."""
        with self._lock:
            if not self._over and self._budget is not None:
                unsent = 0 if self._left else self._characters
                self._budget.give_back(unsent + self._answer)
            self._over = True


# --- the session that knows -------------------------------------------------


def session(local: bool) -> Session:
    """Return a session for a server, of which one thread makes use; ``departing`` tells
    it whose request goes out.

    :param local: whether the server is on this computer.
    """
    import requests

    made = requests.Session()
    made.headers["User-Agent"] = AGENT
    made.auth = lambda request: request  # nor what a .netrc says
    if local:  # no proxy shall see what stays on this computer
        made.trust_env = False
    adapter = _adapter()
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made


def departing(session: Session, departure: Departure) -> None:
    """Tell a session whose request goes out next."""
    session.get_adapter("https://").departure = departure  # type: ignore[attr-defined]


def _adapter() -> HTTPAdapter:
    """Return an adapter whose connections tell when they have got through and send the
    first byte of a request."""
    from requests.adapters import HTTPAdapter

    class Watched(HTTPAdapter):
        departure: Departure

        def init_poolmanager(self, *args: Any, **how: Any) -> None:
            super().init_poolmanager(*args, **how)
            _watch(self.poolmanager, self._leave)

        def proxy_manager_for(self, *args: Any, **how: Any) -> Any:
            manager = super().proxy_manager_for(*args, **how)
            _watch(manager, self._leave)
            return manager

        def _leave(self) -> None:
            self.departure.leave()

    return Watched()


def _watch(manager: Any, leave: Callable[[], None]) -> None:
    """Let the connections of a pool manager tell when a request leaves."""
    kinds = manager.pool_classes_by_scheme
    if all(issubclass(kind, _Pool) for kind in kinds.values()):
        return
    manager.pool_classes_by_scheme = {
        scheme: _watched(kind, leave) for scheme, kind in kinds.items()
    }


class _Pool:
    """A pool of connections that tell."""


def _watched(pool: Any, leave: Callable[[], None]) -> Any:
    class Connection(pool.ConnectionCls):  # type: ignore[misc]
        def endheaders(self, *args: Any, **how: Any) -> None:
            if self.sock is None:
                self.connect()
            leave()
            super().endheaders(*args, **how)

    class Pool(_Pool, pool):  # type: ignore[misc]
        ConnectionCls = Connection

    return Pool
