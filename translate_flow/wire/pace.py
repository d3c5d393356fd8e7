"""When a server may be asked: not too often, not while it wants to be left alone, and
not for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

Found = TypeVar("Found")


class Pace:
    """Keeps requests apart. Threads share it: a bucket with room for one request, which
    fills anew after a minute's share of time."""

    def __init__(self, per_minute: float = 0) -> None:
        """Begin with a full bucket.

        :param per_minute: requests in a minute at most; 0: any number.
        """
        self._gap = 60 / per_minute if per_minute > 0 else 0.0
        self._lock = threading.Lock()
        self._free = 0.0
        """When the next request may be made, on the monotonic clock."""

    def wait(self) -> None:
        """Wait until a request may be made, and count it."""
        while True:
            with self._lock:
                now = time.monotonic()
                if now >= self._free:
                    self._free = now + self._gap
                    return
                rest = self._free - now
            time.sleep(rest)

    def hush(self, seconds: float) -> None:
        """Let nobody ask for some seconds."""
        with self._lock:
            self._free = max(self._free, time.monotonic() + seconds)


def within(seconds: float, call: Callable[[], Found]) -> Found:
    """Return what a call returns, or raise what it raises, unless it takes too long.

    A name server that is silent and a server that sends a byte now and then outlast
    every time limit of a socket. So the call has a thread of its own, which is left to
    itself when the time is over; it does not keep the program from ending.

    :raises TimeoutError: if it took longer.
    """
    outcome: SimpleQueue[tuple[Found | None, Exception | None]] = SimpleQueue()

    def work() -> None:
        try:
            outcome.put((call(), None))
        except Exception as error:
            outcome.put((None, error))

    threading.Thread(target=work, daemon=True).start()
    try:
        found, error = outcome.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return found  # type: ignore[return-value]  # None only if the call returned it
