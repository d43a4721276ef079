"""Typeset on all cores: worker processes, each started once, the longest documents first.

Any concurrent.futures.Executor will do, so that a district can bring its own machines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from packet.press import typeset
from packet.press.sheets import Order
from packet.problems import Exit, stop
from packet.write import stop_held

Made = TypeVar("Made")


@contextmanager
def pool(count: int) -> Iterator[Executor]:
    """Give an executor of `count` processes that have loaded the typesetter; Ctrl-C ends them at once."""
    executor = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_start)
    try:
        yield executor
    except BaseException:
        for process in list((executor._processes or {}).values()):
            process.kill()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """Give an executor that typesets on a Dask cluster; its workers need packet, its fonts and Pango installed."""
    try:
        from distributed import Client  # noqa: PLC0415 (an extra)
    except ImportError:
        raise stop("no-dask", "Dask is not installed", "run: pip install 'packet[dask]'", exit=Exit.MACHINE) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except OSError as error:
        raise stop(
            "no-dask", f"no Dask scheduler answers at {address}: {error}", "is it running?", exit=Exit.MACHINE
        ) from None
    with client:
        yield client.get_executor()


def cores() -> int:
    """Return how many processes this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(make: Callable[[Order], Made], orders: Sequence[Order], executor: Executor | None) -> list[Made]:
    """Return what `make` gives for each order, in their order. A worker that dies is named by its document."""
    if executor is None or len(orders) < 2:
        return [make(order) for order in orders]
    longest_first = sorted(range(len(orders)), key=lambda index: -len(orders[index].html))
    with stop_held():  # a process that is just starting would answer Ctrl-C with a traceback
        under_way = {index: executor.submit(make, orders[index]) for index in longest_first}
    made = []
    for index, order in enumerate(orders):
        try:
            made.append(under_way[index].result())
        except BrokenProcessPool:
            raise stop(
                "worker-died",
                f"a typesetting process ended while {order.name!r} was waiting for it",
                "is the machine out of memory? try again with --workers 1",
                exit=Exit.MACHINE,
            ) from None
    return made


def _start() -> None:
    """Load the typesetter; leave Ctrl-C to the main process, which ends the workers."""
    import signal  # noqa: PLC0415 (only workers need it)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    typeset.engine()
