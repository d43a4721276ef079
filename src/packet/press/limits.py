"""Bound what setting one part may take: a hostile style or drawing ends with a message, and not with the machine."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from packet.press.sheets import Order
from packet.problems import stop

SECONDS = 120.0
"""The longest lesson of the shipped unit takes about two seconds."""
BYTES = 4_000_000_000
"""It takes about a quarter of a gigabyte."""


class _TooLong(BaseException):
    """Time is up. Not an Exception, as the typesetter goes on after those that a drawing raises."""


@contextmanager
def bounded(order: Order) -> Iterator[None]:
    """Raise Problems if what is done inside takes too long or too much memory; `order` says what it was.

    Time is kept where the system has alarms and this is the main thread, memory where it has limits: not on Windows.
    """
    try:
        with _alarm(), _limit():
            yield
    except _TooLong:
        raise stop("too-long", f"{order.name} was not set within {SECONDS:g} seconds", _advice(order)) from None
    except MemoryError:
        raise stop("too-large", f"{order.name} needs too much memory to be set", _advice(order)) from None
    except RecursionError:
        raise stop("too-nested", f"{order.name} is nested too deep to be set", _advice(order)) from None


def _advice(order: Order) -> str:
    named = ", ".join([f"{name}.css" for name in order.styles] + list(order.files))
    return f"look for what goes on without end in its texts, or in {named}"


@contextmanager
def _alarm() -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: object) -> NoReturn:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _limit() -> Iterator[None]:
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = BYTES if soft == resource.RLIM_INFINITY else min(soft, BYTES)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
