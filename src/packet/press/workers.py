"""Typeset on all cores: worker processes, each started once, the longest documents first.

Any concurrent.futures.Executor will do, so that a district can bring its own machines.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Protocol, TypeVar

from packet.press import fonts, typesetter
from packet.press.sheets import Order
from packet.problems import Exit, stop
from packet.write import stop_held


class Part(Protocol):
    """What a worker is given."""

    @property
    def order(self) -> Order:
        """What it is set with, and its name."""

    @property
    def documents(self) -> tuple[str, ...]:
        """The HTML to set."""


Given = TypeVar("Given", bound=Part)
Made = TypeVar("Made")
PATIENCE = "10s"
"""How long a Dask scheduler is waited for."""


@contextmanager
def pool(count: int) -> Iterator[Executor]:
    """Give an executor of `count` processes that have loaded the typesetter; Ctrl-C ends them at once."""
    fonts.setup()  # once, for all of them
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
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except OSError as error:
        raise stop(
            "no-dask", f"no Dask scheduler answers at {address}: {error}", "is it running?", exit=Exit.MACHINE
        ) from None
    with client:
        yield client.get_executor()


def cores() -> int:
    """Return how many processes this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(make: Callable[[Given], Made], given: Sequence[Given], executor: Executor | None) -> list[Made]:
    """Return what `make` gives for each of some parts, in their order. A worker that dies is named by its part.

    A part has a name, `order.name`, and the HTML of its `documents`: the longest is begun first.
    """
    if executor is None:
        return [make(part) for part in given]
    longest_first = sorted(range(len(given)), key=lambda index: -sum(map(len, given[index].documents)))
    under_way: dict[int, Future[Made]] = {}
    made = []
    index = 0
    try:
        with stop_held():  # a process that is just starting would answer Ctrl-C with a traceback
            for index in longest_first:
                under_way[index] = executor.submit(_made, make, given[index])
        for index in range(len(given)):
            made.append(under_way[index].result())
    except BrokenProcessPool:
        raise stop(
            "worker-died",
            f"a typesetting process ended while {given[index].order.name!r} was waiting for it",
            "is the machine out of memory? try again with --workers 1",
            exit=Exit.MACHINE,
        ) from None
    return made


def _made(make: Callable[[Given], Made], part: Given) -> Made:
    """Make a part in a worker, and let go of its boxes at once: left to themselves they pile up, lesson by lesson."""
    try:
        return make(part)
    finally:
        gc.collect()


def _start() -> None:
    """Load the typesetter; leave Ctrl-C to the main process, which ends the workers."""
    import signal  # noqa: PLC0415 (only workers need it)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    typesetter.load()
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)  # a layout makes many objects that live as long as it does: a fifth of its time
